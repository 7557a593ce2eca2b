/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Writing other parents into a revision file: the header then says them, and all else
 * that it said before; and the sections are as they were.
 *
 * The input is the dialect, the number of parents, and the file.
 */
#include <string.h>

#include "fuzz.h"
#include "script/script.h"

static void same_names(const struct names *a, const struct names *b)
{
	fuzz_must(a->count == b->count, "as many names");
	for (size_t i = 0; i < a->count; i++)
		fuzz_same(a->items[i], b->items[i], "names are the same");
}

static int read_header(struct arena *arena, const struct strbuf *text, struct revision *out)
{
	bool complete;

	return script_header(arena, text->buf, text->len, true, "f.sql", out, &complete, NULL);
}

static void check_header(struct arena *arena, const struct revision *before,
	const struct names *parents, const struct strbuf *text)
{
	struct revision after;

	fuzz_must(read_header(arena, text, &after) == 0, "the header can still be read");
	same_names(&after.parents, parents);
	same_names(&after.depends, &before->depends);
	same_names(&after.labels, &before->labels);
	same_names(&after.replaces, &before->replaces);
	fuzz_same(after.id, before->id, "the id stays");
	fuzz_same(after.created, before->created, "the time stays");
	fuzz_same(after.dialect, before->dialect, "the dialect stays");
	/* A line that goes may have stood between two comments, which are one then. */
	if (parents->count)
		fuzz_same(after.text, before->text, "the message stays");
}

static int survey_of(struct arena *arena, const struct limbeck_lexis *lexis,
	const struct strbuf *text, int section, struct script_survey *survey)
{
	static const char *const names[] = { "x" };
	const struct script_source source = { .path = "f.sql", .text = text->buf,
		.length = text->len, .loaded = true, .shown = "f.sql",
		.section = section ? SCRIPT_DOWNGRADE : SCRIPT_UPGRADE, .home = lexis,
		.engine = lexis, .engines = names, .engine_count = 1 };

	return script_survey(arena, &source, survey, NULL);
}

static void check_section(struct arena *arena, const struct limbeck_lexis *lexis, int section,
	const struct strbuf *before, const struct strbuf *after)
{
	struct script_survey one, other;
	const struct script_place *a = &one.places[section], *b = &other.places[section];

	if (survey_of(arena, lexis, before, section, &one) < 0)
		return;
	fuzz_must(survey_of(arena, lexis, after, section, &other) == 0,
		"a section is as good as it was");
	fuzz_must(one.present == other.present && one.statements == other.statements,
		"a section has what it had");
	fuzz_must(a->end - a->begin == b->end - b->begin && memcmp(before->buf + a->begin,
		after->buf + b->begin, (size_t)(a->end - a->begin)) == 0,
		"the text of a section stays");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *ids[] = { "p1", "p2", "p3" };
	struct fuzz input = { data, size };
	struct arena arena = ARENA_INIT;
	const struct limbeck_lexis *lexis = fuzz_lexis(&input);
	struct names parents = { ids, fuzz_byte(&input) % 4, 3 };
	struct strbuf text = STRBUF_INIT, out = STRBUF_INIT;
	struct revision before;

	strbuf_add(&text, input.data, input.left);
	if (read_header(&arena, &text, &before) == 0) {
		script_put_parents(&text, &parents, &out);
		check_header(&arena, &before, &parents, &out);
		check_section(&arena, lexis, 0, &text, &out);
		check_section(&arena, lexis, 1, &text, &out);
	}
	strbuf_release(&text);
	strbuf_release(&out);
	arena_release(&arena);
	return 0;
}
