/* SPDX-License-Identifier: BSD-2-Clause */
#include "driver/trust.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/path.h"
#include "base/strbuf.h"

enum { LINKS_MOST = 40, LINK_LONGEST = 4096, NAMES_LONGEST = 16384,
	USERS_LONGEST = 1 << 24 };

struct trust {
	struct arena *arena;
	const char *file;         /* as it was named, for messages */
	const char *name;         /* of the effective user, "" if it has none */
	unsigned links;
	struct limbeck_error *err;
};

static int unreadable(const struct trust *t)
{
	return error_set(t->err, LIMBECK_E_DRIVER, "could not read driver \"%s\": %s", t->file,
		strerror(errno));
}

static int refuse_writable(const struct trust *t, const char *who, const char *what,
	const char *mode)
{
	error_set(t->err, LIMBECK_E_DRIVER, "driver \"%s\" is not loaded: %s may write to \"%s\"",
		t->file, who, what);
	error_hint(t->err, "Take that permission away: chmod %s '%s'", mode, what);
	return -1;
}

static int refuse_owner(const struct trust *t, const char *what, uid_t owner)
{
	error_set(t->err, LIMBECK_E_DRIVER,
		"driver \"%s\" is not loaded: \"%s\" belongs to user %lu, who is neither root nor "
		"the user running limbeck", t->file, what, (unsigned long)owner);
	error_hint(t->err, "Change its owner, or copy the driver into a folder of your own and name "
			"that folder with --driver-path.");
	return -1;
}

/* Whether a line of the list of users (name:password:uid:gid:...) is of somebody else
 * whose group it is. */
static bool is_foreign(const char *line, gid_t gid)
{
	unsigned long user, group;
	const char *at = strchr(line, ':');

	at = at ? strchr(at + 1, ':') : NULL;
	if (!at || sscanf(at + 1, "%lu:%lu", &user, &group) != 2)
		return false;
	return group == gid && user != 0 && user != geteuid();
}

/* Whether somebody else has the group as his own, by the list of this machine. */
static bool has_foreign(gid_t gid)
{
	struct strbuf users = STRBUF_INIT;
	bool foreign = file_read("/etc/passwd", USERS_LONGEST, &users, NULL) < 0;

	for (char *line = users.buf; line && !foreign; line = strchr(line, '\n')) {
		line += *line == '\n';
		foreign = is_foreign(line, gid);
	}
	foreign = foreign || strbuf_failed(&users);
	strbuf_release(&users);
	return foreign;
}

/* Whether nobody but root and the effective user is in the group; one that we have as
 * our own must be of our name, for users from elsewhere are not seen. */
static bool is_ours(const struct trust *t, gid_t gid)
{
	char *memory = arena_alloc(t->arena, NAMES_LONGEST);
	struct group group, *found = NULL;

	if (gid == 0)
		return true;
	if (!memory || getgrgid_r(gid, &group, memory, NAMES_LONGEST, &found) != 0 || !found)
		return false;
	if (gid == getegid() && strcmp(group.gr_name, t->name) != 0)
		return false;
	for (char **member = group.gr_mem; *member; member++)
		if (strcmp(*member, t->name) != 0 && strcmp(*member, "root") != 0)
			return false;
	return !has_foreign(gid);
}

static int check_one(const struct trust *t, const char *what, const struct stat *status)
{
	bool sticky = S_ISDIR(status->st_mode) && (status->st_mode & S_ISVTX);

	if (status->st_uid != 0 && status->st_uid != geteuid())
		return refuse_owner(t, what, status->st_uid);
	if (S_ISLNK(status->st_mode) || sticky)
		return 0;
	if (status->st_mode & S_IWOTH)
		return refuse_writable(t, "everybody", what, "o-w");
	if ((status->st_mode & S_IWGRP) && !is_ours(t, status->st_gid))
		return refuse_writable(t, "others of its group", what, "g-w");
	return 0;
}

/* What a link at path leads to, with the rest of the way behind it. */
static char *follow(struct trust *t, const char *path, const char *rest)
{
	char *target = arena_alloc(t->arena, LINK_LONGEST + 1);
	const char *folder = path_dirname(t->arena, path);
	ssize_t length = target ? readlink(path, target, LINK_LONGEST) : -1;

	if (length < 0 || !folder)
		return NULL;
	if (++t->links > LINKS_MOST) {
		errno = ELOOP;
		return NULL;
	}
	return arena_printf(t->arena, "%s%s%.*s%s", *target == '/' ? "" : folder,
		*target == '/' ? "" : "/", (int)length, target, rest);
}

/* From the root down, one part of the path after the other. A link is a part as it
 * is, and begins the way anew with what it leads to; ".." needs no care, since what
 * it leads back to has been looked at. */
static int check_way(struct trust *t, const char *path)
{
	struct stat status;
	size_t length = 0;

	do {
		char *part = arena_strndup(t->arena, path, length ? length : 1);

		if (!part)
			return error_nomem(t->err);
		if (lstat(part, &status) != 0)
			return unreadable(t);
		if (check_one(t, part, &status) < 0)
			return -1;
		if (S_ISLNK(status.st_mode)) {
			path = follow(t, part, path + length);
			if (!path)
				return unreadable(t);
			length = 0;
			continue;
		}
		while (path[length] == '/')
			length++;
		if (!path[length])
			return 0;
		length += strcspn(path + length, "/");
	} while (true);
}

int trust_check(struct arena *arena, const char *file, struct limbeck_error *err)
{
	struct trust t = { .arena = arena, .file = file, .name = "", .err = err };
	char *memory = arena_alloc(arena, NAMES_LONGEST);
	struct passwd user, *found = NULL;

	if (!memory)
		return error_nomem(err);
	if (getpwuid_r(geteuid(), &user, memory, NAMES_LONGEST, &found) == 0 && found)
		t.name = user.pw_name;
	return check_way(&t, file);
}
