/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Files. Only regular files are opened for reading: a FIFO, a device or a
 * folder is an error, and never waits. Errors name the file.
 */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/strbuf.h"

#include <limbeck/error.h>

/* Opens for reading relative to directory dirfd (AT_FDCWD: the current one);
 * *size, if wanted, is the file's size. shown is the name used in errors. The
 * descriptor, or -1. */
int file_open(int dirfd, const char *name, const char *shown, off_t *size,
	struct limbeck_error *err);
/* Appends up to limit bytes (0: all) from the descriptor. Sets *end, if
 * wanted, when the end of the file was reached. */
int file_read_fd(int fd, const char *shown, size_t limit, struct strbuf *out, bool *end,
	struct limbeck_error *err);
/* Appends a whole file. More than limit bytes (0: no limit) is an error. */
int file_read(const char *path, size_t limit, struct strbuf *out, struct limbeck_error *err);
/* Writes a file that must not exist yet. On failure nothing is left behind. */
int file_create(const char *path, const void *data, size_t length, struct limbeck_error *err);
/* Replaces a file's content at once: a temporary file beside it, renamed. */
int file_replace(const char *path, const void *data, size_t length, struct limbeck_error *err);
/* Makes a folder, and those above it; one that exists is no error. */
int file_mkdir(const char *path, struct limbeck_error *err);
bool file_exists(const char *path);
bool file_is_directory(const char *path);

#endif
