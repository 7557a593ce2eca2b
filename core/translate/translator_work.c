/* SPDX-License-Identifier: BSD-2-Clause */
/* What becomes of rows when the schema changes. */
#include <string.h>

#include "base/error.h"
#include "sql/quote.h"
#include "translate/translator_int.h"

static struct phrase_scope scope_of(const struct translator *translator,
	const struct home_work *work)
{
	return (struct phrase_scope){ .home = translator->done, .schema = work->schema,
		.table = work->table, .file = translator->file };
}

static int emit(struct translator *translator, struct strbuf *text, struct limbeck_error *err)
{
	bool failed = strbuf_failed(text);

	if (!failed)
		section_emit(translator, NULL, text->buf, text->len);
	strbuf_release(text);
	return failed ? error_nomem(err) : 0;
}

/* CREATE TABLE AS: from the query. */
static int insert(struct translator *translator, const struct home_work *work,
	struct limbeck_error *err)
{
	const struct phrase_scope scope = scope_of(translator, work);
	struct strbuf text = STRBUF_INIT;

	strbuf_addstr(&text, "INSERT INTO ");
	quote_qualified(&text, translator->lexis, work->schema, work->table);
	strbuf_addch(&text, ' ');
	if (phrase_query(translator->home->across, &scope, work->query, &text, err) < 0) {
		strbuf_release(&text);
		return -1;
	}
	return emit(translator, &text, err);
}

/* {table} and {name} of a pattern: as an identifier, and as a string. */
static void fill(struct strbuf *out, const struct translator *translator, const char *pattern,
	const struct home_work *work)
{
	while (*pattern) {
		if (strncmp(pattern, "{table}", 7) == 0) {
			quote_qualified(out, translator->lexis, work->schema, work->table);
			pattern += 7;
		} else if (strncmp(pattern, "{name}", 6) == 0) {
			quote_literal(out, translator->lexis, work->table);
			pattern += 6;
		} else {
			strbuf_addch(out, *pattern++);
		}
	}
}

static int empty(struct translator *translator, const struct home_work *work,
	struct limbeck_error *err)
{
	const struct limbeck_translation *translation = translator->translation;
	struct strbuf text = STRBUF_INIT;

	fill(&text, translator, translation->truncate ? translation->truncate
		: "DELETE FROM {table}", work);
	if (work->restart && translation->restart) {
		strbuf_addstr(&text, ";\n");
		fill(&text, translator, translation->restart, work);
	}
	return emit(translator, &text, err);
}

int work_before(struct translator *translator, const struct home_work *work,
	struct limbeck_error *err)
{
	return work->kind == HOME_WORK_TRUNCATE ? empty(translator, work, err) : 0;
}

int work_after(struct translator *translator, const struct home_work *work,
	struct limbeck_error *err)
{
	return work->kind == HOME_WORK_INSERT ? insert(translator, work, err) : 0;
}
