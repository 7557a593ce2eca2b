/* SPDX-License-Identifier: BSD-2-Clause */
#include "api/ddl.h"

#include <string.h>

#include "base/error.h"
#include "base/utf8.h"

/* A text on its way through the splitter, from `start` on. */
struct reading {
	struct ddl *ddl;
	const struct ddl_text *text;
	size_t start;            /* the splitter's input begins there, */
	unsigned line;           /* on this line, from 0 */
	size_t given;            /* bytes that the splitter has taken */
	size_t behind;           /* what it has given out ends there */
	struct ddl_hint hint;    /* waits for its statement if old is set */
};

int ddl_fail(const struct ddl_text *text, unsigned line, unsigned column,
	struct limbeck_error *err)
{
	const char *start = text->text, *end = text->text + text->length, *newline;

	error_place(err, text->shown, line, column);
	for (unsigned i = 1; start && i < line; i++) {
		newline = memchr(start, '\n', (size_t)(end - start));
		start = newline ? newline + 1 : NULL;
	}
	if (!start || !line)
		return -1;
	newline = memchr(start, '\n', (size_t)(end - start));
	error_source(err, start, (size_t)((newline ? newline : end) - start));
	return -1;
}

void ddl_place(const struct ddl_statement *statement, size_t position, struct limbeck_error *err)
{
	size_t before = position > 0 && position <= statement->length + 1 ? position - 1 : 0;
	unsigned line = statement->line, column = statement->column;
	const char *start = statement->sql, *newline;

	while ((newline = memchr(start, '\n', before - (size_t)(start - statement->sql)))) {
		start = newline + 1;
		column = 1;
		line++;
	}
	column += (unsigned)utf8_count(start, before - (size_t)(start - statement->sql));
	ddl_fail(statement->from, line, column, err);
}

static int read_text(void *data, struct strbuf *out, size_t limit, bool *end,
	struct limbeck_error *err)
{
	struct reading *reading = data;
	size_t left = reading->text->length - reading->start - reading->given;

	limit = limit < left ? limit : left;
	strbuf_add(out, reading->text->text + reading->start + reading->given, limit);
	reading->given += limit;
	*end = limit == left;
	return strbuf_failed(out) ? error_nomem(err) : 0;
}

/* The offset of the next thing behind `at` that is neither blank, comment nor
 * semicolon. */
static size_t next_start(const struct reading *reading, size_t at)
{
	struct scanner scanner;
	struct token token;

	scanner_init(&scanner, reading->ddl->lexis, reading->text->text + at,
		reading->text->length - at, true);
	do
		scanner_next(&scanner, &token);
	while (token.kind == TOKEN_COMMENT || token.kind == TOKEN_SEMICOLON);
	return at + token.offset;
}

static int refuse_include(const struct reading *reading, const char *command, size_t length,
	unsigned line, struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_SCRIPT, "the client's command %.*s is not followed", (int)length,
		command);
	error_hint(err, "Name that file in the key schema of limbeck.ini; files may come in any "
		"order.");
	return ddl_fail(reading->text, line, 1, err);
}

/* A line of the client's own, "\connect app": what it holds is no SQL, so the
 * splitter must not see it. 1: there was one, and reading starts behind it. */
static int skip_command(struct reading *reading, struct limbeck_error *err)
{
	static const char *const includes[] = { "\\i", "\\ir", "\\include", "\\include_relative" };
	const char *text = reading->text->text;
	size_t at = next_start(reading, reading->behind), length;
	unsigned line = reading->line;

	if (at >= reading->text->length || text[at] != '\\')
		return 0;
	for (const char *p = text + reading->start; p < text + at; p++)
		line += *p == '\n';
	length = strcspn(text + at, " \t\r\n");
	for (size_t i = 0; i < sizeof includes / sizeof *includes; i++)
		if (length == strlen(includes[i]) && memcmp(text + at, includes[i], length) == 0)
			return refuse_include(reading, text + at, length, line + 1, err);
	log_write(reading->ddl->log, LIMBECK_LOG_INFO, "%s:%u: passed over %.*s",
		reading->text->shown, line + 1, length > 80 ? 80 : (int)length, text + at);
	at += strcspn(text + at, "\n");
	reading->start = reading->behind = at;
	reading->line = line;
	reading->given = 0;
	return 1;
}

static int add_statement(struct reading *reading, const struct split_item *item,
	struct limbeck_error *err)
{
	struct ddl *ddl = reading->ddl;
	struct ddl_hint hint = reading->hint;
	struct ddl_statement statement = {
		.from = reading->text, .sql = reading->text->text + reading->start + item->offset,
		.length = item->length, .line = item->line + reading->line, .column = item->column,
	};
	enum ddl_use use = item->transaction ? DDL_SKIP
		: ddl_judge(ddl, &statement, err);

	reading->hint.old = NULL;
	if (use == DDL_REFUSE)
		return ddl_fail(reading->text, statement.line, statement.column, err);
	if (use == DDL_RUN && ddl_hints(ddl, &statement, hint.old ? &hint : NULL, err) < 0)
		return -1;
	if (use == DDL_SKIP) {
		log_write(ddl->log, LIMBECK_LOG_INFO, "%s:%u: passed over %.*s",
			reading->text->shown, statement.line,
			(int)strcspn(statement.sql, "\r\n(;"), statement.sql);
		return 0;
	}
	statement.setting = use == DDL_SETTING;
	return vec_push_arena(&ddl->statements, statement, ddl->arena) ? 0 : error_nomem(err);
}

static int unused_hint(const struct ddl_hint *hint, struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_SCRIPT,
		"@renamed stands before nothing that can have been renamed");
	error_hint(err, "It belongs on a line of its own before CREATE TABLE, or before the line "
		"of a column.");
	return ddl_fail(hint->from, hint->line, hint->column, err);
}

static int add_directive(struct reading *reading, const struct split_item *item,
	struct limbeck_error *err)
{
	const char *old = NULL;

	if (ddl_directive(reading->ddl, item->text, item->length, &old, err) < 0)
		return ddl_fail(reading->text, item->line + reading->line, item->column, err);
	if (!old)
		return 0;
	if (reading->hint.old)
		return unused_hint(&reading->hint, err);
	reading->hint = (struct ddl_hint) { .from = reading->text, .old = old,
		.line = item->line + reading->line, .column = item->column };
	return 0;
}

/* Until the text ends, or a command of the client's does away with the
 * splitter's state: 1, 0 or -1. */
static int read_items(struct reading *reading, struct splitter *splitter,
	struct limbeck_error *err)
{
	struct split_item item;
	int result;

	for (;;) {
		result = skip_command(reading, err);
		if (result != 0)
			return result;
		if (splitter_next(splitter, &item, err) < 0) {
			if (err && err->line)
				ddl_fail(reading->text, err->line + reading->line, err->column,
					err);
			return -1;
		}
		if (item.kind == SPLIT_END)
			return 0;
		reading->behind = reading->start + (size_t)item.offset + item.length;
		result = item.kind == SPLIT_DIRECTIVE ? add_directive(reading, &item, err)
			: add_statement(reading, &item, err);
		if (result < 0)
			return -1;
	}
}

int ddl_add(struct ddl *ddl, const char *shown, const char *text, size_t length,
	struct limbeck_error *err)
{
	struct ddl_text *new = arena_alloc(ddl->arena, sizeof *new);
	struct reading reading = { .ddl = ddl, .text = new };
	int result;

	if (!new || !vec_push_arena(&ddl->texts, new, ddl->arena))
		return error_nomem(err);
	*new = (struct ddl_text) { shown, text, length, ddl->statements.count };
	do {
		struct splitter splitter;

		splitter_init(&splitter, ddl->lexis, shown, read_text, &reading);
		result = read_items(&reading, &splitter, err);
		splitter_release(&splitter);
	} while (result > 0);
	if (result == 0 && reading.hint.old)
		return unused_hint(&reading.hint, err);
	return result;
}
