/* SPDX-License-Identifier: BSD-2-Clause */
#include "translate/phrase_rules.h"

#include <string.h>

#include "base/error.h"
#include "sql/scanner.h"

/* One of the three that can be asked for. */
struct subject {
	const struct ddl_expr *expr;
	const struct ddl_query *query;
	const struct ddl_dml *dml;
};

static int resolve(struct rewriting *r, const struct subject *subject)
{
	if (subject->expr)
		return scope_expr(r, subject->expr);
	if (subject->query)
		return scope_query(r, subject->query);
	return scope_dml(r, subject->dml);
}

static void print(struct printer *out, const struct subject *subject)
{
	if (subject->expr)
		expr_print(out, subject->expr);
	else if (subject->query)
		query_print(out, subject->query);
	else
		phrase_print_dml(out, subject->dml);
}

enum { REPLACEMENTS_LEAST = 20000, REPLACEMENTS_A_BYTE = 4 };

static size_t length_of(const struct subject *subject)
{
	return subject->expr ? subject->expr->span.length : subject->query
		? subject->query->span.length : subject->dml->span.length;
}

static int rewrite(struct phrasebook *book, const struct phrase_scope *scope,
	const struct subject *subject, struct strbuf *out, struct limbeck_error *err)
{
	struct rewriting r = { .book = book, .scope = scope,
		.most = REPLACEMENTS_LEAST + REPLACEMENTS_A_BYTE * length_of(subject) };
	struct strbuf text = STRBUF_INIT;
	struct printer printer;
	int result;

	r.target = (struct print_target) { .lexis = book->lexis, .operators_text = book->operators,
		.hooks = &phrase_hooks, .context = &r, .arena = &r.arena, .file = scope->file };
	if (resolve(&r, subject)) {
		arena_release(&r.arena);
		return error_nomem(err);
	}
	target_init(&printer, &r.target, &text, err);
	print(&printer, subject);
	result = target_end(&printer);
	if (result == 0) {
		strbuf_add(out, text.buf, text.len);
		if (strbuf_failed(out))
			result = error_nomem(err);
	}
	strbuf_release(&text);
	arena_release(&r.arena);
	return result;
}

/* A text that has been put into common words, as a subject again. */
static int reread(struct arena *arena, const struct subject *kind, const char *text,
	const struct ddl_place *place, struct subject *out, struct limbeck_error *err)
{
	struct ddl_query *query;
	struct ddl_expr *expr;
	struct ddl_dml *dml;
	struct parser p;
	int result;

	*out = (struct subject) { NULL, NULL, NULL };
	if (parser_init(&p, arena, dialect_lexis(LIMBECK_COMMON_DIALECT), LIMBECK_COMMON_DIALECT,
		text, strlen(text), place, err))
		return -1;
	if (kind->expr) {
		result = expr_parse(&p, &expr, err);
		out->expr = result ? NULL : expr;
	} else if (kind->query) {
		result = ddl_query_parse(&p, &query, err);
		out->query = result ? NULL : query;
	} else {
		result = dml_parse(&p, &dml, err);
		out->dml = result ? NULL : dml;
	}
	if (result == 0 && !parser_ended(&p))
		result = parser_fail(&p, NULL, err);
	return result;
}

static int across(struct phrasebook *book, const struct phrase_scope *scope,
	const struct subject *subject, struct strbuf *out, struct limbeck_error *err)
{
	const struct ddl_span *span = subject->expr ? &subject->expr->span
		: subject->query ? &subject->query->span : &subject->dml->span;
	const struct ddl_place place = { scope->file, span->line, span->column };
	struct strbuf common = STRBUF_INIT;
	struct arena arena = ARENA_INIT;
	struct subject second;
	int result;

	if (!book->inward)
		return rewrite(book, scope, subject, out, err);
	result = rewrite(book->inward, scope, subject, &common, err);
	if (result == 0)
		result = reread(&arena, subject, common.buf, &place, &second, err);
	if (result == 0)
		result = rewrite(book, scope, &second, out, err);
	arena_release(&arena);
	strbuf_release(&common);
	return result;
}

int phrase_expr(struct phrasebook *book, const struct phrase_scope *scope,
	const struct ddl_expr *expr, struct strbuf *out, struct limbeck_error *err)
{
	const struct subject subject = { .expr = expr };

	return across(book, scope, &subject, out, err);
}

int phrase_query(struct phrasebook *book, const struct phrase_scope *scope,
	const struct ddl_query *query, struct strbuf *out, struct limbeck_error *err)
{
	const struct subject subject = { .query = query };

	return across(book, scope, &subject, out, err);
}

int phrase_data(struct phrasebook *book, const struct phrase_scope *scope,
	const struct ddl_dml *statement, struct strbuf *out, struct limbeck_error *err)
{
	const struct subject subject = { .dml = statement };

	return across(book, scope, &subject, out, err);
}

static int from_text(struct phrasebook *book, const struct phrase_scope *scope,
	const struct subject *kind, const char *text, struct strbuf *out, struct limbeck_error *err)
{
	const struct ddl_place place = { scope->file, 1, 1 };
	struct arena arena = ARENA_INIT;
	struct subject subject;
	int result = reread(&arena, kind, text, &place, &subject, err);

	if (result == 0)
		result = rewrite(book, scope, &subject, out, err);
	arena_release(&arena);
	return result;
}

int phrase_expr_text(struct phrasebook *book, const struct phrase_scope *scope,
	const char *text, struct strbuf *out, struct limbeck_error *err)
{
	static const struct ddl_expr any;
	const struct subject kind = { .expr = &any };

	return from_text(book, scope, &kind, text, out, err);
}

int phrase_query_text(struct phrasebook *book, const struct phrase_scope *scope,
	const char *text, struct strbuf *out, struct limbeck_error *err)
{
	static const struct ddl_query any;
	const struct subject kind = { .query = &any };

	return from_text(book, scope, &kind, text, out, err);
}
