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

static const char **hook_arguments(struct limbeck *lb, struct arena *arena, const char *hook,
	const char *path, struct limbeck_error *err)
{
	const char *program = hook_key(lb, arena, hook, "executable");
	const char *options = hook_key(lb, arena, hook, "options");
	const char **words = process_words(arena, options ? options : "", err);
	VEC(const char *) list = VEC_INIT;
	bool used = false, fine;

	if (!program) {
		error_set(err, LIMBECK_E_CONFIG, "post-write hook \"%s\" has no %s.executable", hook, hook);
		return NULL;
	}
	if (!words)
		return NULL;
	fine = vec_push_arena(&list, program, arena);
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

static int run_hook(struct limbeck *lb, const struct limbeck_new *what, struct arena *arena,
	const char *hook, const char *path, struct limbeck_error *err)
{
	const char *full = path_join(arena, lb->config.cwd, path);
	const char *folder = hook_key(lb, arena, hook, "cwd");
	const char **arguments = full ? hook_arguments(lb, arena, hook, full, err) : NULL;
	struct process process = { arguments, folder, NULL };
	int status = 0;

	if (!full)
		return error_nomem(err);
	if (!arguments)
		return -1;
	if (what->report)
		what->report(what->data, "Running post write hook", hook);
	if (process_run(&process, &status, err) < 0 || status != 0) {
		if (status != 0)
			error_set(err, LIMBECK_E_IO, "post-write hook \"%s\" failed with status %d", hook,
				status);
		error_outcome(err, "%s is written and stays", path);
		return -1;
	}
	return 0;
}

int hooks_run(struct limbeck *lb, const struct limbeck_new *what, const char *path,
	struct limbeck_error *err)
{
	const char *hooks = config_get(&lb->config, "post_write_hooks.hooks");
	struct arena arena = ARENA_INIT;
	int result = 0;

	while (result == 0 && hooks && *(hooks += strspn(hooks, " ,\t\r\n"))) {
		size_t length = strcspn(hooks, " ,\t\r\n");
		const char *hook = arena_strndup(&arena, hooks, length);

		result = hook ? run_hook(lb, what, &arena, hook, path, err) : error_nomem(err);
		hooks += length;
	}
	arena_release(&arena);
	return result;
}
