/* SPDX-License-Identifier: BSD-2-Clause */
#include "driver/search.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/path.h"
#include "base/vec.h"

#define SUFFIX ".so"

bool search_scheme_valid(const char *scheme)
{
	size_t length = strspn(scheme, "abcdefghijklmnopqrstuvwxyz0123456789_");

	return length && !scheme[length];
}

static int unreadable(const char *file, struct limbeck_error *err)
{
	return error_set(err, LIMBECK_E_DRIVER, "could not read driver \"%s\": %s", file,
		strerror(errno));
}

/* The next folder of *rest into *folder; false after the last one. */
static bool next_folder(struct arena *arena, const char **rest, const struct log *log,
	const char **folder)
{
	while (*rest && **rest) {
		size_t length = strcspn(*rest, ":");
		const char *start = *rest;

		*rest += length + (start[length] == ':');
		if (!length)
			continue;
		if (path_is_absolute(start)) {
			*folder = arena_strndup(arena, start, length);
			return true;
		}
		log_write(log, LIMBECK_LOG_WARNING,
			"folder \"%.*s\" of the driver path is skipped: it is not an absolute path",
			(int)(length < 1000 ? length : 1000), start);
	}
	return false;
}

int search_find(struct arena *arena, const char *path, const char *scheme, const struct log *log,
	const char **file, struct limbeck_error *err)
{
	const char *folder;
	struct stat status;

	*file = NULL;
	while (next_folder(arena, &path, log, &folder)) {
		char *name = folder ? arena_printf(arena, "%s/%s" SUFFIX, folder, scheme) : NULL;

		if (!name)
			return error_nomem(err);
		/* A link that leads nowhere has been found, and is an error later. */
		if (lstat(name, &status) == 0) {
			*file = name;
			return 0;
		}
		if (errno != ENOENT && errno != ENOTDIR)
			return unreadable(name, err);
	}
	return 0;
}

/* The scheme that a file name stands for, NULL if none. */
static char *scheme_of(struct arena *arena, const char *name)
{
	size_t length = strlen(name), suffix = strlen(SUFFIX);
	char *scheme;

	if (length <= suffix || strcmp(name + length - suffix, SUFFIX) != 0)
		return NULL;
	scheme = arena_strndup(arena, name, length - suffix);
	return scheme && search_scheme_valid(scheme) ? scheme : NULL;
}

struct listing {
	VEC(struct search_found) found;
};

static bool known(const struct listing *listing, const char *scheme)
{
	for (size_t i = 0; i < listing->found.count; i++)
		if (strcmp(listing->found.items[i].scheme, scheme) == 0)
			return true;
	return false;
}

static int read_folder(struct arena *arena, const char *folder, struct listing *listing,
	struct limbeck_error *err)
{
	DIR *directory = opendir(folder);
	struct dirent *entry;
	int result = 0;

	if (!directory)
		return 0;
	while (result == 0 && (entry = readdir(directory)) != NULL) {
		struct search_found found = { .scheme = scheme_of(arena, entry->d_name) };

		if (!found.scheme || known(listing, found.scheme))
			continue;
		found.file = arena_printf(arena, "%s/%s", folder, entry->d_name);
		if (!found.file || !vec_push_arena(&listing->found, found, arena))
			result = error_nomem(err);
	}
	closedir(directory);
	return result;
}

static int by_scheme(const void *a, const void *b)
{
	const struct search_found *left = a, *right = b;

	return strcmp(left->scheme, right->scheme);
}

int search_all(struct arena *arena, const char *path, struct search_found **found, size_t *count,
	struct limbeck_error *err)
{
	struct listing listing = { VEC_INIT };
	const char *folder;

	while (next_folder(arena, &path, NULL, &folder)) {
		if (!folder)
			return error_nomem(err);
		if (read_folder(arena, folder, &listing, err) < 0)
			return -1;
	}
	*found = listing.found.items;
	*count = listing.found.count;
	if (*count)
		qsort(*found, *count, sizeof **found, by_scheme);
	return 0;
}
