/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Making a revision file and its name from templates and a message that may be any:
 * with the usual template, what was written is read back.
 *
 * The input is lines: the message, a template of names; the rest is a template.
 */
#include <string.h>
#include <time.h>

#include "base/utf8.h"
#include "fuzz.h"
#include "script/script.h"

static const char usual[] =
	"-- @revision %(rev)s\n-- @parents %(parents)s\n-- @labels %(labels)s\n"
	"-- @created %(created)s\n--\n-- %(message)s\n\n-- @upgrade\n%(upgrade)s\n\n"
	"-- @downgrade\n%(downgrade)s\n";

static bool is_text(const char *text)
{
	size_t size;

	for (; *text; text += size) {
		size = (signed char)*text > 0 ? 1 : utf8_sequence(text, strlen(text));
		if (!size)
			return false;
	}
	return true;
}

static void check_usual(struct arena *arena, const struct script_new *what)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct strbuf out = STRBUF_INIT;
	struct revision made;
	bool complete;

	if (script_fill(usual, sizeof usual - 1, "t.in", what, &out, &err) < 0) {
		fuzz_failed(&err);
	} else if (is_text(what->message)) {
		fuzz_must(script_header(arena, out.buf, out.len, true, "f.sql", &made, &complete,
			NULL) == 0, "what is written can be read");
		fuzz_same(made.id, what->id, "the id is the same");
		fuzz_same(made.created, what->created, "the time is the same");
		fuzz_must(made.parents.count == 1 && made.labels.count == 0, "parents and labels");
	}
	strbuf_release(&out);
}

static void check_name(const char *template_text, const char *message)
{
	static const struct tm now = { .tm_year = 126, .tm_mon = 10, .tm_mday = 21 };
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct strbuf out = STRBUF_INIT;

	if (script_file_name(template_text, 40, "a1", message, &now, 1795237200, 7, &out, &err) < 0)
		fuzz_failed(&err);
	else
		fuzz_must(out.len >= 4 && strcmp(out.buf + out.len - 4, ".sql") == 0,
			"a name is that of an SQL file");
	strbuf_release(&out);
}

static void check_any(const struct script_new *what, const char *text, size_t length)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct strbuf out = STRBUF_INIT;

	if (script_fill(text, length, "t.in", what, &out, &err) < 0)
		fuzz_failed(&err);
	strbuf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *ids[] = { "p1" };
	static const struct names parents = { ids, 1, 1 };
	struct fuzz input = { data, size };
	struct arena arena = ARENA_INIT;
	struct script_new what = { .id = "a1", .parents = &parents,
		.created = "2026-11-21T04:55:12Z", .upgrade = "SELECT 1;", .upgrade_flags = "rebuild" };
	const char *name, *text;
	size_t length;

	what.message = fuzz_line(&input, &arena);
	name = fuzz_line(&input, &arena);
	text = fuzz_rest(&input, &arena, &length);
	check_usual(&arena, &what);
	check_name(name, what.message);
	check_any(&what, text, length);
	arena_release(&arena);
	return 0;
}
