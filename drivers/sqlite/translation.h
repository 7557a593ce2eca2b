/* SPDX-License-Identifier: BSD-2-Clause */
/* How this engine says what was written for others. */
#ifndef TRANSLATION_H
#define TRANSLATION_H

#include <limbeck/driver.h>

/* phrases.c */
extern const struct limbeck_phrase phrases_expressions[];
extern const char phrases_functions[];

/* translation.c */
extern const struct limbeck_translation translation_here;

#endif
