/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A copy of the database before anything is changed. It is made under another name,
 * beside the one that is wanted, so that this one is there only when it is complete.
 */
#include "exec/exec_int.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

static int exists(const char *path, struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_IO, "the backup file %s exists already", path);
	error_hint(err, "Nothing is overwritten; choose another name.");
	return -1;
}

/* The data must be on the disk before what it is a copy of is changed. */
static int sync_file(const char *path, struct limbeck_error *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	int result = 0;

	if (fd < 0 || fstat(fd, &st) < 0 || fsync(fd) < 0)
		result = error_errno(err, "could not write the backup %s", path);
	else if (st.st_size == 0)
		result = error_set(err, LIMBECK_E_IO, "the backup %s is empty", path);
	if (fd >= 0)
		close(fd);
	return result;
}

/* link() never overwrites; some file systems have none. */
static int give_name(const char *made, const char *path, struct limbeck_error *err)
{
	int fd;

	if (link(made, path) == 0) {
		unlink(made);
		return 0;
	}
	if (errno == EEXIST)
		return exists(path, err);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return errno == EEXIST ? exists(path, err)
			: error_errno(err, "could not make the backup %s", path);
	close(fd);
	return rename(made, path) == 0 ? 0
		: error_errno(err, "could not make the backup %s", path);
}

static int make(struct exec *exec, char *made, struct limbeck_error *err)
{
	struct stat st;
	int fd;

	if (lstat(exec->backup, &st) == 0)
		return exists(exec->backup, err);
	fd = mkstemp(made);
	if (fd < 0)
		return error_errno(err, "could not make the backup %s", exec->backup);
	close(fd);
	if (connection_backup(exec->connection, made, err) == 0 && sync_file(made, err) == 0
		&& give_name(made, exec->backup, err) == 0)
		return 0;
	unlink(made);
	return -1;
}

int exec_back_up(struct exec *exec, struct limbeck_error *err)
{
	char *made;
	int result;

	if (!exec->backup || exec->backed_up)
		return 0;
	made = arena_printf(exec->arena, "%s.XXXXXX", exec->backup);
	result = made ? make(exec, made, err) : error_nomem(err);
	if (result < 0) {
		error_outcome(err, "no backup, so nothing was done");
		return -1;
	}
	exec->backed_up = true;
	log_write(exec->log, LIMBECK_LOG_NOTICE, "the database was copied to %s", exec->backup);
	return 0;
}
