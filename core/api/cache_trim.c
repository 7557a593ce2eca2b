/* SPDX-License-Identifier: BSD-2-Clause */
#include "api/cache.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/checksum.h"

/* What is left, at most. */
enum { FILES = 16 };
static const off_t bytes = (off_t)256 << 20;

struct kept {
	const char *path;
	time_t used;
	off_t size;
};

/* Also one that a killed process has not finished ("KEY.catalog.PID.tmp"). */
static bool is_ours(const char *name)
{
	static const char ending[] = ".catalog";

	return strspn(name, "0123456789abcdef") == CHECKSUM_LENGTH
		&& strncmp(name + CHECKSUM_LENGTH, ending, sizeof ending - 1) == 0;
}

/* The last that was used first. */
static int compare(const void *a, const void *b)
{
	const struct kept *left = a, *right = b;

	if (left->used != right->used)
		return left->used < right->used ? 1 : -1;
	return strcmp(left->path, right->path);
}

void cache_trim(const char *folder)
{
	VEC(struct kept) files = VEC_INIT;
	struct arena arena = { 0 };
	DIR *stream = opendir(folder);
	struct dirent *entry;
	off_t sum = 0;

	while (stream && (entry = readdir(stream))) {
		struct kept file = { .path = arena_printf(&arena, "%s/%s", folder, entry->d_name) };
		struct stat st;

		if (!is_ours(entry->d_name) || !file.path || lstat(file.path, &st) < 0)
			continue;
		file.used = st.st_mtime;
		file.size = st.st_size;
		if (!vec_push(&files, file))
			break;
	}
	if (stream)
		closedir(stream);
	if (files.count)
		qsort(files.items, files.count, sizeof *files.items, compare);
	for (size_t i = 0; i < files.count; i++) {
		sum += files.items[i].size;
		if (i >= FILES || sum > bytes)
			unlink(files.items[i].path);
	}
	vec_release(&files);
	arena_release(&arena);
}
