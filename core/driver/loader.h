/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Finding and loading drivers. A driver is SCHEME.so in one of the folders of
 * the driver path; the scheme is checked to be a-z 0-9 _ alone, so a URL can
 * never name a path, and the working directory is never searched (a relative
 * folder in the path is skipped with a warning). RTLD_NOW | RTLD_LOCAL. A file
 * that somebody other than root and the effective user could have put there or
 * changed is refused. All failures are LIMBECK_E_DRIVER.
 */
#ifndef DRIVER_LOADER_H
#define DRIVER_LOADER_H

#include <stdbool.h>

#include "base/log.h"
#include <limbeck/driver.h>
#include <limbeck/limbeck.h>

struct driver {
	struct limbeck_driver table;  /* what both sides know; absent members are stubs;
	                               * table.traits points to traits below */
	struct limbeck_traits traits; /* likewise, with the standard values filled in */
	char *scheme;
	char *path;                   /* of the file */
	unsigned abi;
	void *handle;                 /* dlopen's */
};

/* Loads the driver for a scheme. path: folders separated by ':'. Each way to
 * fail has a sentence of its own: no such driver (which there are, and how to
 * install one), unreadable, not a driver, another ABI (both numbers and what to
 * do), a required member missing. */
int driver_load(struct driver **driver, const char *path, const char *scheme,
	const struct log *log, struct limbeck_error *err);
/* The driver in one file, whatever its folder; scheme is for messages. */
int driver_load_file(struct driver **driver, const char *file, const char *scheme,
	struct limbeck_error *err);
/* NULL is allowed. No connection of the driver may be open any more. */
void driver_free(struct driver *driver);

/* How this server (NULL: not connected) says what was written for others; NULL: it does
 * not. */
const struct limbeck_translation *driver_translation(const struct driver *driver,
	const struct limbeck_server *server);

/* All drivers of the path, by scheme; the first folder wins. */
int driver_list(const char *path, int (*fn)(void *data, const struct limbeck_driver_info *info),
	void *data, struct limbeck_error *err);

#endif
