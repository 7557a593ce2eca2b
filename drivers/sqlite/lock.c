/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The run lock: flock() on a file of its own beside the database. SQLite's own
 * locks last as long as a transaction, a run has several; and the database's
 * file must not be opened a second time, since closing it would drop SQLite's
 * POSIX locks ("How To Corrupt An SQLite Database File", 2.2).
 *
 * The kernel drops the lock with the process, so one that was killed leaves
 * nothing but the file, which the next holder takes over and removes. SQLite has
 * one writer at a time, so one lock serves all names.
 */
#include "driver.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static char *lock_path(const struct conn *conn)
{
	const char *file = sqlite3_db_filename(conn->db, "main");

	return file && *file ? sqlite3_mprintf("%s-limbeck", file) : NULL;
}

/* Whether the name still leads to the file that was locked: its last holder may
 * have removed it in between. */
static bool is_current(int fd, const char *path)
{
	struct stat ours, theirs;

	return fstat(fd, &ours) == 0 && stat(path, &theirs) == 0 && ours.st_ino == theirs.st_ino &&
		ours.st_dev == theirs.st_dev;
}

static void write_holder(int fd)
{
	char text[256], host[128] = "", when[32] = "";
	time_t now = time(NULL);
	struct tm utc;
	int length;

	if (gethostname(host, sizeof host - 1) < 0)
		host[0] = '\0';
	if (gmtime_r(&now, &utc))
		strftime(when, sizeof when, "%Y-%m-%dT%H:%M:%SZ", &utc);
	length = snprintf(text, sizeof text, "pid %ld on %s since %s", (long)getpid(), host, when);
	/* Only a courtesy to those who wait. */
	if (ftruncate(fd, 0) < 0 || (length > 0 && pwrite(fd, text, (size_t)length, 0) < 0))
		return;
}

/* Whether the lock is still a lock: whoever has removed its file has let others in. */
static bool is_held(const struct conn *conn)
{
	char *path = conn->lock < 0 ? NULL : lock_path(conn);
	bool held = path && is_current(conn->lock, path);

	sqlite3_free(path);
	return held;
}

static void check(sqlite3_context *context, int count, sqlite3_value **values)
{
	(void)count, (void)values;
	if (is_held(sqlite3_user_data(context)))
		sqlite3_result_int(context, 1);
	else
		sqlite3_result_error(context, "the lock file has been removed", -1);
}

/* 1 taken, 0 another has it, -1 failed, 2 the file is gone: try again. */
static int try_lock(struct conn *conn, const char *path, struct limbeck_error *err)
{
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0666);

	if (fd < 0)
		return limbeck_host->fail(err, LIMBECK_E_IO, "could not open the lock file %s: %s",
			path, strerror(errno));
	if (flock(fd, LOCK_EX | LOCK_NB) < 0) {
		int number = errno;

		close(fd);
		if (number == EWOULDBLOCK || number == EINTR)
			return 0;
		return limbeck_host->fail(err, LIMBECK_E_IO, "could not lock %s: %s", path,
			strerror(number));
	}
	if (!is_current(fd, path)) {
		close(fd);
		return 2;
	}
	write_holder(fd);
	conn->lock = fd;
	return 1;
}

int lock_take(void *data, const char *name, struct limbeck_error *err)
{
	struct conn *conn = data;
	char *path = lock_path(conn);
	int result = 2;

	(void)name;
	if (!path)
		return 1;
	while (result == 2)
		result = try_lock(conn, path, err);
	sqlite3_free(path);
	return result;
}

void lock_drop(struct conn *conn)
{
	char *path;

	if (conn->lock < 0)
		return;
	path = lock_path(conn);
	/* Removed while it is still locked: nobody can have taken it by then. */
	if (path && is_current(conn->lock, path))
		unlink(path);
	sqlite3_free(path);
	close(conn->lock);
	conn->lock = -1;
}

int lock_give(void *data, const char *name, struct limbeck_error *err)
{
	(void)name;
	(void)err;
	lock_drop(data);
	return 0;
}

int lock_check(void *data, const char *name, char *text, size_t size)
{
	struct conn *conn = data;

	(void)name;
	if (conn->lock < 0 || sqlite3_create_function_v2(conn->db, "limbeck_lock_check", 0,
			SQLITE_UTF8 | SQLITE_DIRECTONLY, conn, check, NULL, NULL, NULL) != SQLITE_OK)
		return 0;
	sqlite3_snprintf((int)size, text, "SELECT limbeck_lock_check()");
	return 1;
}

int lock_holder(void *data, const char *name, char *text, size_t size)
{
	const struct conn *conn = data;
	char *path = lock_path(conn);
	int fd = path ? open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK) : -1;
	ssize_t length = 0;

	(void)name;
	sqlite3_free(path);
	if (fd >= 0) {
		length = read(fd, text, size - 1);
		close(fd);
	}
	text[length > 0 ? length : 0] = '\0';
	return length > 0;
}
