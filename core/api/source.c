/* SPDX-License-Identifier: BSD-2-Clause */
/* Where DDL comes from. */
#include "api/side.h"

#include <string.h>

#include "base/error.h"
#include "base/file.h"
#include "base/glob.h"
#include "base/path.h"
#include "base/process.h"
#include "config/value.h"

enum { LARGEST = 256 << 20 };

/* A model set of an application takes its time to be imported; one that hangs
 * should be told from one that works. */
static const double command_seconds = 600;

static int add(struct arena *arena, const char *shown, const struct strbuf *text,
	struct source_texts *out, struct limbeck_error *err)
{
	struct source_text new = { shown, NULL, text->len };

	if (strbuf_failed(text))
		return error_nomem(err);
	new.text = arena_strndup(arena, text->buf, text->len);
	return shown && new.text && vec_push_arena(out, new, arena) ? 0 : error_nomem(err);
}

static int read_one(struct limbeck *lb, struct arena *arena, const char *path,
	struct source_texts *out, struct limbeck_error *err)
{
	const char *shown = arena_strdup(arena, path_below(lb->config.cwd, path));
	struct strbuf text = STRBUF_INIT;
	int result = file_read(path, LARGEST, &text, err);

	if (result == 0 && memchr(text.buf, '\0', text.len)) {
		error_set(err, LIMBECK_E_SCRIPT, "\"%s\" is no SQL text: it has a zero byte in it",
			shown ? shown : path);
		error_hint(err, "Save it in UTF-8.");
		result = -1;
	}
	if (result == 0)
		result = add(arena, shown, &text, out, err);
	strbuf_release(&text);
	return result;
}

static int no_file(const char *pattern, const char *full, struct limbeck_error *err)
{
	if (file_is_directory(full)) {
		error_set(err, LIMBECK_E_CONFIG, "\"%s\" is a folder, not a file", pattern);
		error_hint(err, "Name its files: \"%s/*.sql\", or \"%s/**/*.sql\" for those of its "
			"subfolders too.", pattern, pattern);
		return -1;
	}
	error_set(err, LIMBECK_E_CONFIG, "no file fits \"%s\"", pattern);
	error_detail(err, "It stands for %s.", full);
	return -1;
}

int source_files(struct limbeck *lb, struct arena *arena, const char *text, const char *folder,
	struct source_texts *out, struct limbeck_error *err)
{
	struct glob_list files = { 0 };
	const char *const *patterns;
	size_t count;

	if (!value_split(arena, text, ", \t\r\n", &patterns, &count))
		return error_nomem(err);
	for (size_t i = 0; i < count; i++) {
		const char *full = path_join(arena, folder, patterns[i]);
		struct glob_list own = { 0 };

		if (!full)
			return error_nomem(err);
		if (glob_files(arena, full, &own, err) < 0
			|| glob_files(arena, full, &files, err) < 0)
			return -1;
		if (own.count == 0)
			return no_file(patterns[i], full, err);
	}
	for (size_t i = 0; i < files.count; i++)
		if (read_one(lb, arena, files.items[i], out, err) < 0)
			return -1;
	return 0;
}

static bool is_cancelled(void *data)
{
	return session_cancelled(data);
}

/* The end of what it has said, which is where programs say why they failed. */
static void explain(const struct strbuf *errors, struct limbeck_error *err)
{
	enum { MOST = 2000 };
	const char *text = errors->buf;
	size_t length = errors->len;

	while (length && strchr(" \t\r\n", text[length - 1]))
		length--;
	if (length > MOST) {
		text += length - MOST;
		length = MOST;
	}
	if (length)
		error_detail(err, "It said: %.*s", (int)length, text);
	error_hint(err, "It is the value of schema in limbeck.ini; run it by hand in that folder.");
}

/* The command's first word: what follows may hold a secret. */
static char *shown_command(struct arena *arena, const char *command)
{
	command += strspn(command, " \t");
	return arena_printf(arena, "exec:%.*s", (int)strcspn(command, " \t\r\n"), command);
}

int source_command(struct limbeck *lb, struct arena *arena, const char *command,
	struct source_texts *out, struct limbeck_error *err)
{
	const char *shown = shown_command(arena, command);
	const char *argv[] = { "/bin/sh", "-c", command, NULL };
	struct strbuf text = STRBUF_INIT, errors = STRBUF_INIT;
	const struct capture capture = {
		.argv = argv, .folder = lb->config.folder, .out = &text, .errors = &errors,
		.most = LARGEST, .seconds = command_seconds, .stop = is_cancelled, .data = lb,
	};
	int status = 0, result = process_capture(&capture, &status, err);

	if (result == 0 && status != 0)
		result = error_set(err, LIMBECK_E_IO, "the command that prints the desired schema "
			"failed with status %d", status);
	else if (result == 0 && memchr(text.buf, '\0', text.len))
		result = error_set(err, LIMBECK_E_SCRIPT, "the command that prints the desired "
			"schema printed a zero byte");
	else if (result == 0 && !text.buf[strspn(text.buf, " \t\r\n")])
		result = error_set(err, LIMBECK_E_SCRIPT, "the command that prints the desired "
			"schema printed nothing");
	if (result < 0 && !error_is(err, LIMBECK_E_CANCELLED) && !error_is(err, LIMBECK_E_NOMEM))
		explain(&errors, err);
	if (result == 0 && errors.len)
		log_write(&lb->log, LIMBECK_LOG_INFO, "%s: %s", shown ? shown : "exec", errors.buf);
	if (result == 0)
		result = add(arena, shown, &text, out, err);
	strbuf_release(&text);
	strbuf_release(&errors);
	return result;
}
