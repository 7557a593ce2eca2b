/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/path.h"

#include <string.h>

bool path_is_absolute(const char *path)
{
	return path[0] == '/';
}

/* path without "./" at its front, however often. */
static const char *skip_here(const char *path)
{
	while (path[0] == '.' && path[1] == '/') {
		path += 2;
		path += strspn(path, "/");
	}
	return strcmp(path, ".") == 0 ? "" : path;
}

/* How long path is without the slashes at its end, the root's own kept. */
static size_t trimmed(const char *path)
{
	size_t length = strlen(path);

	while (length > 1 && path[length - 1] == '/')
		length--;
	return length;
}

char *path_join(struct arena *arena, const char *base, const char *path)
{
	size_t length;

	if (path_is_absolute(path))
		return arena_strdup(arena, path);
	path = skip_here(path);
	if (!base[0] || strcmp(base, ".") == 0)
		return arena_strdup(arena, path[0] ? path : ".");
	length = trimmed(base);
	if (!path[0])
		return arena_strndup(arena, base, length);
	return arena_printf(arena, "%.*s%s%s", (int)length, base,
		base[length - 1] == '/' ? "" : "/", path);
}

char *path_dirname(struct arena *arena, const char *path)
{
	size_t length = trimmed(path);

	while (length && path[length - 1] != '/')
		length--;
	while (length > 1 && path[length - 1] == '/')
		length--;
	return length ? arena_strndup(arena, path, length) : arena_strdup(arena, ".");
}

const char *path_basename(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

const char *path_below(const char *base, const char *path)
{
	size_t length = trimmed(base);
	const char *rest;

	if (!length || strncmp(base, path, length) != 0)
		return path;
	if (base[length - 1] != '/' && path[length] != '/')
		return path;
	rest = path + length + strspn(path + length, "/");
	return *rest ? rest : path;
}
