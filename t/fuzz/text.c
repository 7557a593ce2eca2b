/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Texts of a catalog (checks, views, defaults): their normal form is its own, and a
 * name that was put in the place of another stands there.
 *
 * The input is a dialect, then lines: from, to, table, and the text.
 */
#include <string.h>

#include "fuzz.h"
#include "schema/catalog.h"
#include "sql/scanner.h"

static void check_normal(const struct limbeck_lexis *lexis, const char *text)
{
	struct strbuf once = STRBUF_INIT, twice = STRBUF_INIT;

	text_normal(&once, lexis, text);
	text_normal(&twice, lexis, once.buf);
	fuzz_must(!once.failed && !twice.failed, "there is memory");
	fuzz_same(once.buf, twice.buf, "a normal form is its own");
	strbuf_release(&once);
	strbuf_release(&twice);
}

static bool is_closed(const struct limbeck_lexis *lexis, const char *text)
{
	struct scanner scanner;
	struct token token;

	scanner_init(&scanner, lexis, text, strlen(text), true);
	do
		scanner_next(&scanner, &token);
	while (token.kind != TOKEN_END && token.kind != TOKEN_BAD);
	return token.kind == TOKEN_END;
}

static void check_rename(const struct limbeck_lexis *lexis, const char *text, const char *from,
	const char *to)
{
	struct strbuf out = STRBUF_INIT, same = STRBUF_INIT;
	bool had = text_mentions(lexis, text, from);

	text_rename(&same, lexis, text, NULL, from, from);
	fuzz_must(!same.failed, "there is memory");
	fuzz_must(text_mentions(lexis, same.buf, from) == had, "a name stays");
	text_rename(&out, lexis, text, NULL, from, to);
	fuzz_must(!out.failed, "there is memory");
	if (had && is_closed(lexis, text))
		fuzz_must(text_mentions(lexis, out.buf, to), "the new name is there");
	strbuf_release(&out);
	strbuf_release(&same);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz input = { data, size };
	struct arena arena = ARENA_INIT;
	const struct limbeck_lexis *lexis = fuzz_lexis(&input);
	const char *from = fuzz_line(&input, &arena), *to = fuzz_line(&input, &arena);
	const char *table = fuzz_line(&input, &arena);
	const char *text = fuzz_rest(&input, &arena, NULL);
	struct strbuf out = STRBUF_INIT;

	/* It quotes names as the engines do that keep texts as they were written. */
	if (!(lexis->flags & LIMBECK_LEX_DOUBLE_IS_STRING))
		check_normal(lexis, text);
	if (*from && *to) {
		check_rename(lexis, text, from, to);
		text_rename(&out, lexis, text, table, from, to);
		fuzz_must(!out.failed, "there is memory");
	}
	strbuf_release(&out);
	arena_release(&arena);
	return 0;
}
