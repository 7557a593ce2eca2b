/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"

enum { CHUNK = 65536 };

static int check_regular(const struct stat *st, const char *shown, struct limbeck_error *err)
{
	if (S_ISREG(st->st_mode))
		return 0;
	if (S_ISDIR(st->st_mode))
		return error_set(err, LIMBECK_E_IO, "\"%s\" is a folder, not a file", shown);
	return error_set(err, LIMBECK_E_IO, "\"%s\" is not a regular file", shown);
}

int file_open(int dirfd, const char *name, const char *shown, off_t *size,
	struct limbeck_error *err)
{
	struct stat st;
	int fd;

	do /* O_NONBLOCK: the open of a FIFO without a writer would wait */
		fd = openat(dirfd, name, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	while (fd < 0 && errno == EINTR);
	if (fd < 0)
		return error_errno(err, "could not open file \"%s\"", shown);
	if (fstat(fd, &st) < 0) {
		error_errno(err, "could not examine file \"%s\"", shown);
		goto out;
	}
	if (check_regular(&st, shown, err) < 0)
		goto out;
	if (size)
		*size = st.st_size;
	return fd;
out:
	close(fd);
	return -1;
}

int file_read_fd(int fd, const char *shown, size_t limit, struct strbuf *out, bool *end,
	struct limbeck_error *err)
{
	size_t left = limit ? limit : SIZE_MAX;
	ssize_t got;

	if (end)
		*end = false;
	while (left) {
		size_t room = out->capacity > out->len ? out->capacity - out->len - 1 : 0;

		if (!room) {
			if (!strbuf_grow(out, left < CHUNK ? left : CHUNK))
				return error_nomem(err);
			room = out->capacity - out->len - 1;
		}
		got = read(fd, out->buf + out->len, room < left ? room : left);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return error_errno(err, "could not read file \"%s\"", shown);
		if (got == 0) {
			if (end)
				*end = true;
			break;
		}
		out->len += (size_t)got;
		out->buf[out->len] = '\0';
		left -= (size_t)got;
	}
	return 0;
}

static int too_large(const char *path, size_t limit, struct limbeck_error *err)
{
	return error_set(err, LIMBECK_E_IO, "file \"%s\" is larger than %zu bytes", path, limit);
}

int file_read(const char *path, size_t limit, struct strbuf *out, struct limbeck_error *err)
{
	size_t before = out->len;
	off_t size;
	int fd, result = -1;

	fd = file_open(AT_FDCWD, path, path, &size, err);
	if (fd < 0)
		return -1;
	if (limit && (uintmax_t)size > limit) {
		too_large(path, limit, err);
		goto out;
	}
	if ((uintmax_t)size > SIZE_MAX / 2 || !strbuf_grow(out, (size_t)size + 1)) {
		error_nomem(err);
		goto out;
	}
	if (file_read_fd(fd, path, limit && limit < SIZE_MAX ? limit + 1 : 0, out, NULL, err) < 0)
		goto out;
	if (limit && out->len - before > limit) /* it grew meanwhile */
		too_large(path, limit, err);
	else
		result = 0;
out:
	close(fd);
	return result;
}

static int write_all(int fd, const char *data, size_t length)
{
	while (length) {
		ssize_t put = write(fd, data, length);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return -1;
		data += put;
		length -= (size_t)put;
	}
	return 0;
}

/* Writes a new file of that mode. shown is the name in errors. */
static int write_new(const char *path, const char *shown, mode_t mode, const void *data,
	size_t length, struct limbeck_error *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, 0666);
	int failed;

	if (fd < 0)
		return error_errno(err, "could not create file \"%s\"", shown);
	failed = write_all(fd, data, length) < 0 || (mode && fchmod(fd, mode) < 0) || fsync(fd) < 0;
	if (failed)
		error_errno(err, "could not write file \"%s\"", shown);
	if (close(fd) < 0 && !failed) {
		error_errno(err, "could not write file \"%s\"", shown);
		failed = 1;
	}
	if (failed)
		unlink(path);
	return failed ? -1 : 0;
}

int file_create(const char *path, const void *data, size_t length, struct limbeck_error *err)
{
	return write_new(path, path, 0, data, length, err);
}

int file_replace(const char *path, const void *data, size_t length, struct limbeck_error *err)
{
	struct strbuf temporary = STRBUF_INIT;
	struct stat st;
	mode_t mode = 0;
	int result = -1;
	/* A symbolic link stays one: what it points to is replaced. */
	char *real = realpath(path, NULL);
	const char *target = real ? real : path;

	if (stat(target, &st) == 0) {
		if (check_regular(&st, path, err) < 0)
			goto out;
		mode = st.st_mode & 0777;
	}
	strbuf_addf(&temporary, "%s.%ld.tmp", target, (long)getpid());
	if (strbuf_failed(&temporary)) {
		error_nomem(err);
		goto out;
	}
	if (write_new(temporary.buf, path, mode, data, length, err) < 0)
		goto out;
	if (rename(temporary.buf, target) < 0) {
		error_errno(err, "could not replace file \"%s\"", path);
		unlink(temporary.buf);
		goto out;
	}
	result = 0;
out:
	strbuf_release(&temporary);
	free(real);
	return result;
}

/* The folder itself; those above it exist. */
static int make_one(const char *path)
{
	if (mkdir(path, 0777) == 0)
		return 0;
	if (errno == EEXIST && !file_is_directory(path)) {
		errno = ENOTDIR;
		return -1;
	}
	return errno == EEXIST || file_is_directory(path) ? 0 : -1;
}

int file_mkdir(const char *path, struct limbeck_error *err)
{
	char *part = mem_strdup(path);
	int result = 0;

	if (!part)
		return error_nomem(err);
	for (char *p = part + 1; part[0] && result == 0; p++) {
		char c = *p;

		if (c && c != '/')
			continue;
		*p = '\0';
		result = make_one(part);
		*p = c;
		if (!c)
			break;
	}
	if (result < 0)
		error_errno(err, "could not create folder \"%s\"", path);
	mem_free(part);
	return result;
}

bool file_exists(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0;
}

bool file_is_directory(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}
