/* SPDX-License-Identifier: BSD-2-Clause */
/* Post-write hooks: programs that are run on a new revision file, as
 * [post_write_hooks] names them (Alembic's keys: hooks, NAME.type,
 * NAME.executable, NAME.options, NAME.cwd). */
#include "api/session.h"

#include <string.h>

#include "base/error.h"
#include "base/path.h"
#include "base/process.h"
#include "base/strbuf.h"

static const char file_token[] = "REVISION_SCRIPT_FILENAME";

static const char *hook_key(struct limbeck *lb, struct arena *arena, const char *hook,
	const char *key)
{
	const char *name = arena_printf(arena, "post_write_hooks.%s.%s", hook, key);

	return name ? config_get(&lb->config, name) : NULL;
}

/* word with the token replaced by the file's name. */
static const char *put_file(struct arena *arena, const char *word, const char *path, bool *used)
{
	const char *token = strstr(word, file_token);

	if (!token)
		return word;
	*used = true;
	return arena_printf(arena, "%.*s%s%s", (int)(token - word), word, path,
		token + sizeof file_token - 1);
}

/* Alembic has two keys for it. */
static const char *hook_program(struct limbeck *lb, struct arena *arena, const char *hook)
{
	const char *program = hook_key(lb, arena, hook, "executable");

	return program ? program : hook_key(lb, arena, hook, "entrypoint");
}

static const char **hook_arguments(struct limbeck *lb, struct arena *arena, const char *hook,
	const char *path, struct limbeck_error *err)
{
	const char *program = hook_program(lb, arena, hook);
	const char *options = hook_key(lb, arena, hook, "options");
	const char **words = process_words(arena, options ? options : "", err);
	VEC(const char *) list = VEC_INIT;
	bool used = false, fine;

	if (!words)
		return NULL;
	fine = program && vec_push_arena(&list, program, arena);
	for (size_t i = 0; fine && words[i]; i++) {
		const char *word = put_file(arena, words[i], path, &used);

		fine = word && vec_push_arena(&list, word, arena);
	}
	if (fine && !used)
		fine = vec_push_arena(&list, path, arena);
	if (fine && vec_push_arena(&list, NULL, arena))
		return list.items;
	error_nomem(err);
	return NULL;
}

/* What of a hook can be known to be wrong before there is a file. */
static int check_hook(struct limbeck *lb, struct arena *arena, const char *hook,
	struct limbeck_error *err)
{
	const char *type = hook_key(lb, arena, hook, "type");
	const char *options = hook_key(lb, arena, hook, "options");

	if (type && strcmp(type, "exec") != 0 && strcmp(type, "console_scripts") != 0) {
		error_set(err, LIMBECK_E_CONFIG, "post-write hook \"%s\" has type \"%s\"", hook,
			type);
		error_hint(err, "The type is exec; set %s.executable to the program.", hook);
		return -1;
	}
	if (!hook_program(lb, arena, hook)) {
		error_set(err, LIMBECK_E_CONFIG, "post-write hook \"%s\" has no program", hook);
		error_hint(err, "Set %s.executable in section [post_write_hooks].", hook);
		return -1;
	}
	if (options && !process_words(arena, options, err)) {
		error_detail(err, "It is in %s.options of section [post_write_hooks].", hook);
		return -1;
	}
	return 0;
}

static int run_hook(struct limbeck *lb, const struct limbeck_new *what, struct arena *arena,
	const char *hook, const char *path, struct limbeck_error *err)
{
	const char *full = path_join(arena, lb->config.cwd, path);
	const char *own = hook_key(lb, arena, hook, "cwd");
	const char *folder = own ? path_join(arena, lb->config.folder, own) : NULL;
	const char **arguments = full ? hook_arguments(lb, arena, hook, full, err) : NULL;
	struct process process = { arguments, folder, NULL };
	int status = 0;

	if (!full || (own && !folder))
		return error_nomem(err);
	if (!arguments)
		return -1;
	if (process_run(&process, &status, err) < 0) {
		error_detail(err, "It is the post-write hook \"%s\".", hook);
	} else if (status != 0) {
		error_set(err, LIMBECK_E_IO, "post-write hook \"%s\" failed with status %d", hook,
			status);
	} else {
		if (what->report)
			what->report(what->data, "Running post write hook", hook);
		return 0;
	}
	error_outcome(err, "%s is written and stays", path);
	return -1;
}

/* The next name in *list, which it moves on; NULL at its end. */
static const char *next_hook(struct arena *arena, const char **list, struct limbeck_error *err)
{
	size_t length;
	const char *hook;

	*list += strspn(*list, " ,\t\r\n");
	length = strcspn(*list, " ,\t\r\n");
	if (!length)
		return NULL;
	hook = arena_strndup(arena, *list, length);
	*list += length;
	if (!hook)
		error_nomem(err);
	return hook;
}

/* what is NULL: only looks. */
static int each_hook(struct limbeck *lb, const struct limbeck_new *what, const char *path,
	struct limbeck_error *err)
{
	const char *list = config_get(&lb->config, "post_write_hooks.hooks"), *hook;
	struct arena arena = ARENA_INIT;
	int result = 0;

	while (result == 0 && list && (hook = next_hook(&arena, &list, err)))
		result = what ? run_hook(lb, what, &arena, hook, path, err)
			      : check_hook(lb, &arena, hook, err);
	if (error_is(err, LIMBECK_E_NOMEM))
		result = -1;
	arena_release(&arena);
	return result;
}

int hooks_check(struct limbeck *lb, struct limbeck_error *err)
{
	return each_hook(lb, NULL, NULL, err);
}

int hooks_run(struct limbeck *lb, const struct limbeck_new *what, const char *path,
	struct limbeck_error *err)
{
	return each_hook(lb, what, path, err);
}
