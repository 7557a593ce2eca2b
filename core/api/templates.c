/* SPDX-License-Identifier: BSD-2-Clause */
/* The templates that limbeck_init() knows. */
#include "api/session.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/path.h"
#include "base/strbuf.h"

static int by_name(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The folders in root that are not hidden, by name. */
static int find_names(struct arena *arena, const char *root, struct names *names,
	struct limbeck_error *err)
{
	DIR *directory = opendir(root);
	struct dirent *entry;
	int result = 0;

	if (!directory)
		return error_errno(err, "could not read folder \"%s\"", root);
	while (result == 0 && (entry = readdir(directory))) {
		const char *path = path_join(arena, root, entry->d_name);
		const char *name = arena_strdup(arena, entry->d_name);

		if (!path || !name)
			result = error_nomem(err);
		else if (name[0] != '.' && file_is_directory(path)
			&& !vec_push_arena(names, name, arena))
			result = error_nomem(err);
	}
	closedir(directory);
	if (names->count > 1)
		qsort(names->items, names->count, sizeof *names->items, by_name);
	return result;
}

static int read_synopsis(const char *folder, struct arena *arena, const char **out,
	struct limbeck_error *err)
{
	const char *path = path_join(arena, folder, "README");
	struct strbuf text = STRBUF_INIT;
	int result = 0;

	*out = "";
	if (!path)
		return error_nomem(err);
	if (file_exists(path))
		result = file_read(path, 1 << 20, &text, err);
	if (result == 0) {
		*out = arena_strndup(arena, text.buf, strcspn(text.buf, "\r\n"));
		if (!*out)
			result = error_nomem(err);
	}
	strbuf_release(&text);
	return result;
}

static int give_all(const char *root, struct arena *arena,
	int (*fn)(void *data, const struct limbeck_template *found), void *data,
	struct limbeck_error *err)
{
	struct names names = { 0 };
	int stop = 0;

	if (find_names(arena, root, &names, err) < 0)
		return -1;
	for (size_t i = 0; i < names.count && !stop; i++) {
		struct limbeck_template found = { .size = sizeof found, .name = names.items[i],
			.path = path_join(arena, root, names.items[i]) };

		if (!found.path)
			return error_nomem(err);
		if (read_synopsis(found.path, arena, &found.synopsis, err) < 0)
			return -1;
		stop = fn(data, &found);
	}
	return 0;
}

int limbeck_templates(int (*fn)(void *data, const struct limbeck_template *found), void *data,
	struct limbeck_error *err)
{
	const char *root = config_environment("LIMBECK_TEMPLATE_PATH");
	struct arena arena = ARENA_INIT;
	int result = give_all(root ? root : LIMBECK_TEMPLATES_DIR, &arena, fn, data, err);

	arena_release(&arena);
	return result;
}
