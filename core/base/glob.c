/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/glob.h"

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/error.h"
#include "base/path.h"

enum { DEEPEST = 64 };

/* A folder, and what of the pattern is to be found in it. */
struct walk {
	struct arena *arena;
	struct glob_list *out;
	unsigned depth;
};

static int find(struct walk *walk, const char *folder, const char *pattern,
	struct limbeck_error *err);

bool glob_is_pattern(const char *text)
{
	return strpbrk(text, "*?[") != NULL;
}

static int add_file(struct walk *walk, const char *path, struct limbeck_error *err)
{
	struct stat st;

	if (stat(path, &st) != 0 || S_ISDIR(st.st_mode))
		return 0;
	for (size_t i = 0; i < walk->out->count; i++)
		if (!strcmp(walk->out->items[i], path))
			return 0;
	return vec_push_arena(walk->out, path, walk->arena) ? 0 : error_nomem(err);
}

static int compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The names in a folder, sorted; none where there is no such folder. */
static int read_folder(struct walk *walk, const char *folder, struct glob_list *names,
	struct limbeck_error *err)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	bool fine = true;

	if (!dir && (errno == ENOENT || errno == ENOTDIR))
		return 0;
	if (!dir)
		return error_errno(err, "could not read folder \"%s\"", folder);
	while (fine && (entry = readdir(dir))) {
		const char *copy;

		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		copy = arena_strdup(walk->arena, entry->d_name);
		fine = copy && vec_push_arena(names, copy, walk->arena);
	}
	closedir(dir);
	if (!fine)
		return error_nomem(err);
	if (names->count)
		qsort(names->items, names->count, sizeof *names->items, compare);
	return 0;
}

static bool is_folder(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* What is left of the pattern here, and in all folders below. */
static int find_below(struct walk *walk, const char *folder, const char *rest,
	struct limbeck_error *err)
{
	struct glob_list names = { 0 };
	int result = find(walk, folder, *rest ? rest : "*", err);

	if (result == 0)
		result = read_folder(walk, folder, &names, err);
	for (size_t i = 0; result == 0 && i < names.count; i++) {
		const char *path = path_join(walk->arena, folder, names.items[i]);

		if (!path)
			result = error_nomem(err);
		else if (names.items[i][0] != '.' && is_folder(path)) {
			walk->depth++;
			result = walk->depth > DEEPEST
				? error_set(err, LIMBECK_E_IO, "folder \"%s\" is too deep", path)
				: find_below(walk, path, rest, err);
			walk->depth--;
		}
	}
	return result;
}

static int find_matching(struct walk *walk, const char *folder, const char *part, const char *rest,
	struct limbeck_error *err)
{
	struct glob_list names = { 0 };
	int result = read_folder(walk, folder, &names, err);

	for (size_t i = 0; result == 0 && i < names.count; i++) {
		const char *path;

		if (fnmatch(part, names.items[i], FNM_PERIOD) != 0)
			continue;
		path = path_join(walk->arena, folder, names.items[i]);
		if (!path)
			result = error_nomem(err);
		else
			result = *rest ? find(walk, path, rest, err) : add_file(walk, path, err);
	}
	return result;
}

/* The recursion is as deep as the pattern has parts. */
static int find(struct walk *walk, const char *folder, const char *pattern,
	struct limbeck_error *err)
{
	size_t length = strcspn(pattern, "/");
	const char *part = arena_strndup(walk->arena, pattern, length);
	const char *rest = pattern + length + strspn(pattern + length, "/");
	const char *path;

	if (!part)
		return error_nomem(err);
	if (!strcmp(part, "**"))
		return find_below(walk, folder, rest, err);
	if (glob_is_pattern(part))
		return find_matching(walk, folder, part, rest, err);
	path = path_join(walk->arena, folder, part);
	if (!path)
		return error_nomem(err);
	return *rest ? find(walk, path, rest, err) : add_file(walk, path, err);
}

int glob_files(struct arena *arena, const char *pattern, struct glob_list *out,
	struct limbeck_error *err)
{
	struct walk walk = { arena, out, 0 };

	return find(&walk, "/", pattern + strspn(pattern, "/"), err);
}
