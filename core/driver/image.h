/* SPDX-License-Identifier: BSD-2-Clause */
/* A shared object's file, looked at before it is loaded. */
#ifndef DRIVER_IMAGE_H
#define DRIVER_IMAGE_H

#include <limbeck/error.h>

/* Whether the file holds all that its header says is to be mapped: the loader maps
 * what is missing too, and the process dies when it is touched. A file that is no
 * shared object of this machine is left to the loader, which refuses it. */
int image_check(const char *file, struct limbeck_error *err);

#endif
