/* SPDX-License-Identifier: BSD-2-Clause */
/* A new project. */
#include <string.h>

#include <dirent.h>
#include <stdlib.h>
#include <unistd.h>

#include "api/session.h"
#include "base/error.h"
#include "base/file.h"
#include "base/path.h"
#include "base/strbuf.h"

struct creation {
	const struct limbeck_init *init;
	struct arena *arena;
	const char *templates;   /* folder of the chosen template */
	const char *folder;      /* script location */
	const char *config;
};

static void report(const struct creation *creation, const char *action, const char *path)
{
	if (creation->init->report)
		creation->init->report(creation->init->data, action, path);
}

static bool is_empty(const char *path)
{
	DIR *directory = opendir(path);
	struct dirent *entry;
	bool empty = true;

	if (!directory)
		return false;
	while (empty && (entry = readdir(directory)))
		empty = !strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..");
	closedir(directory);
	return empty;
}

static int make_folder(const struct creation *creation, const char *path,
	struct limbeck_error *err)
{
	bool existed = file_is_directory(path);

	if (file_mkdir(path, err) < 0)
		return -1;
	report(creation, existed ? "Keeping" : "Creating", path);
	return 0;
}

static int copy(const struct creation *creation, const char *name, const char *to,
	struct limbeck_error *err)
{
	const char *from = path_join(creation->arena, creation->templates, name);
	struct strbuf text = STRBUF_INIT;
	int result = from ? file_read(from, 1 << 20, &text, err) : error_nomem(err);

	if (result == 0)
		result = file_create(to, text.buf, text.len, err);
	if (result == 0)
		report(creation, "Creating", to);
	strbuf_release(&text);
	return result;
}

static const char *as_absolute(struct arena *arena, const char *path)
{
	char *cwd = getcwd(NULL, 0);
	const char *full = cwd ? path_join(arena, cwd, path) : NULL;

	free(cwd);
	return full;
}

/* As a value of the file that means the same text. */
static void add_value(struct strbuf *out, const char *text)
{
	for (; *text; text++) {
		if (*text == '%' || (text[0] == '$' && text[1] == '{'))
			strbuf_addch(out, *text);
		strbuf_addch(out, *text);
	}
}

/* The template says where the revision files are by one token. */
static int write_config(const struct creation *creation, struct limbeck_error *err)
{
	static const char token[] = "%(script_location)s";
	const char *from = path_join(creation->arena, creation->templates, "limbeck.ini");
	struct strbuf text = STRBUF_INIT, out = STRBUF_INIT;
	int result = from ? file_read(from, 1 << 20, &text, err) : error_nomem(err);
	const char *folder = path_dirname(creation->arena, creation->config);
	const char *rest = text.buf, *location = creation->folder, *found;

	/* A relative path in the file starts at the file's folder. */
	if (folder && strcmp(folder, ".") && !path_is_absolute(location))
		location = as_absolute(creation->arena, location);
	if (result == 0 && (!folder || !location))
		result = error_nomem(err);
	while (result == 0 && (found = strstr(rest, token))) {
		strbuf_add(&out, rest, (size_t)(found - rest));
		add_value(&out, location);
		rest = found + sizeof token - 1;
	}
	strbuf_addstr(&out, rest);
	if (result == 0)
		result = strbuf_failed(&out) ? error_nomem(err)
			: file_create(creation->config, out.buf, out.len, err);
	if (result == 0)
		report(creation, "Creating", creation->config);
	strbuf_release(&text);
	strbuf_release(&out);
	return result;
}

/* Whether a folder's name can be a value of the file: one line, no blanks around. */
static bool is_nameable(const char *path)
{
	for (const char *c = path; *c; c++)
		if ((*c > 0 && *c < ' ') || *c == 0x7f)
			return false;
	return *path && *path != ' ' && path[strlen(path) - 1] != ' ';
}

static int check(const struct creation *creation, const char *name, struct limbeck_error *err)
{
	const char *folder;

	if (!file_is_directory(creation->templates)) {
		error_set(err, LIMBECK_E_USAGE, "there is no template \"%s\"", name);
		error_detail(err, "Looked for %s.", creation->templates);
		return -1;
	}
	if (!is_nameable(creation->folder)) {
		error_set(err, LIMBECK_E_USAGE, "\"%s\" can't be the folder of a project",
			creation->folder);
		error_hint(err, "Its name must stand in limbeck.ini, on one line and without "
			"blanks around it.");
		error_outcome(err, "nothing was written");
		return -1;
	}
	folder = path_dirname(creation->arena, creation->config);
	if (folder && !file_is_directory(folder)) {
		error_set(err, LIMBECK_E_USAGE, "there is no folder %s for %s", folder,
			creation->config);
		error_outcome(err, "nothing was written");
		return -1;
	}
	if (file_exists(creation->folder) && !is_empty(creation->folder)) {
		error_set(err, LIMBECK_E_USAGE, "%s exists already and is not empty", creation->folder);
		error_hint(err, "Name another folder: `limbeck init FOLDER`.");
		error_outcome(err, "nothing was written");
		return -1;
	}
	return 0;
}

static int make_project(const struct creation *creation, struct limbeck_error *err)
{
	struct arena *arena = creation->arena;
	const char *versions = path_join(arena, creation->folder, "versions");
	const char *template = path_join(arena, creation->folder, "revision.sql");
	const char *schema = path_join(arena, creation->folder, "schema.sql");

	if (!versions || !template || !schema)
		return error_nomem(err);
	if (make_folder(creation, creation->folder, err) < 0
		|| make_folder(creation, versions, err) < 0
		|| copy(creation, "revision.sql", template, err) < 0
		|| copy(creation, "schema.sql", schema, err) < 0)
		return -1;
	if (!file_exists(creation->config))
		return write_config(creation, err);
	report(creation, "Keeping", creation->config);
	return 0;
}

int limbeck_init(const struct limbeck_init *given, struct limbeck_error *err)
{
	struct limbeck_init init = { 0 };
	struct arena arena = ARENA_INIT;
	struct creation creation = { .init = &init, .arena = &arena };
	const char *root = config_environment("LIMBECK_TEMPLATE_PATH");
	int result;

	if (given && given->size)
		memcpy(&init, given, given->size < sizeof init ? given->size : sizeof init);
	if (!init.template_name)
		init.template_name = "generic";
	creation.folder = init.directory ? init.directory : "migrations";
	creation.config = init.config ? init.config : "limbeck.ini";
	if (strchr(init.template_name, '/') || init.template_name[0] == '.') {
		result = error_set(err, LIMBECK_E_USAGE, "\"%s\" can't be a template's name",
			init.template_name);
	} else {
		creation.templates = path_join(&arena, root ? root : LIMBECK_TEMPLATES_DIR,
			init.template_name);
		result = !creation.templates ? error_nomem(err)
			: check(&creation, init.template_name, err);
	}
	if (result == 0)
		result = make_project(&creation, err);
	arena_release(&arena);
	return result;
}
