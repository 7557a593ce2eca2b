/* SPDX-License-Identifier: BSD-2-Clause */
#include "sql/splitter.h"

#include <string.h>

#include "base/error.h"
#include "sql/window.h"

/* What the parts of splitter_next() say: go on, the item is complete, or -1. */
enum { GO_ON = 0, ITEM = 1 };

static int fill(struct splitter *sp, struct limbeck_error *err)
{
	bool begun = sp->started || sp->hinted;
	size_t dropped;

	if (window_fill(sp, begun ? sp->start : sp->scanner.pos, &dropped, err) < 0)
		return -1;
	if (begun) {
		sp->start -= dropped;
		sp->stop -= dropped;
	}
	return GO_ON;
}

/* BEGIN, COMMIT and the like. A statement is looked at again, since nearly all
 * are told by their first word. */
static bool controls_transaction(const struct splitter *sp, const char *text, size_t length)
{
	static const char *const alone[] = { "BEGIN", "COMMIT", "END", "ABORT", "ROLLBACK" };
	struct scanner scanner;
	struct token first, next;
	bool control = false;

	scanner_init(&scanner, sp->scanner.lexis, text, length, true);
	do
		scanner_next(&scanner, &first);
	while (first.kind == TOKEN_EXECUTABLE || first.kind == TOKEN_COMMENT);
	do
		scanner_next(&scanner, &next);
	while (next.kind == TOKEN_EXECUTABLE || next.kind == TOKEN_COMMENT);
	if (token_is(&first, "START") || token_is(&first, "PREPARE"))
		return token_is(&next, "TRANSACTION");
	if (token_is(&first, "SET"))
		return token_is(&next, "AUTOCOMMIT");
	for (size_t i = 0; i < sizeof alone / sizeof *alone; i++)
		control = control || token_is(&first, alone[i]);
	if (token_is(&first, "ROLLBACK")
		&& (token_is(&next, "WORK") || token_is(&next, "TRANSACTION")))
		scanner_next(&scanner, &next);
	return control && !token_is(&next, "TO") && !token_is(&next, "NOT");
}

/* The window from start to stop as an item. */
static int statement(struct splitter *sp, bool closed, struct split_item *item)
{
	const char *text = sp->window.buf + sp->start;

	*item = (struct split_item) { .kind = SPLIT_STATEMENT, .text = text,
		.length = sp->stop - sp->start, .offset = sp->base + sp->start, .line = sp->line,
		.column = sp->column, .closed = closed };
	if (strchr("BbSsCcEeAaRrPp/", text[0]))
		item->transaction = controls_transaction(sp, text, item->length);
	sp->started = sp->hinted = false;
	return ITEM;
}

static int fail(const struct splitter *sp, unsigned line, unsigned column,
	struct limbeck_error *err)
{
	splitter_place(sp, line, column, err);
	return -1;
}

/* A dollar quote shows what would have ended it. */
static void dollar_not_closed(const struct token *token, struct limbeck_error *err)
{
	const char *tag_end = memchr(token->text + 1, '$', token->length - 1);

	error_set(err, LIMBECK_E_SCRIPT, "dollar-quoted string is not closed");
	if (tag_end && tag_end - token->text < 64)
		error_hint(err, "It ends with %.*s.", (int)(tag_end + 1 - token->text),
			token->text);
}

static int not_closed(const struct splitter *sp, const struct token *token,
	struct limbeck_error *err)
{
	bool double_is_string = sp->scanner.lexis->flags & LIMBECK_LEX_DOUBLE_IS_STRING;
	char c = token->text[0];

	if (c == '$')
		dollar_not_closed(token, err);
	else if (c == '/')
		error_set(err, LIMBECK_E_SCRIPT, "comment is not closed");
	else if (c == '`' || c == '[' || (c == '"' && !double_is_string))
		error_set(err, LIMBECK_E_SCRIPT, "quoted identifier is not closed");
	else
		error_set(err, LIMBECK_E_SCRIPT, "string is not closed");
	return fail(sp, token->line, token->column, err);
}

/* What is open when the text ends. */
static int open_at_end(const struct splitter *sp, struct limbeck_error *err)
{
	unsigned line = sp->mark_line, column = sp->mark_column;
	const char *opener = NULL;

	if (sp->scanner.in_executable)
		error_set(err, LIMBECK_E_SCRIPT, "executable comment is not closed");
	else
		opener = nesting_opener(&sp->nesting, &line, &column);
	if (opener && opener[0] == '(')
		error_set(err, LIMBECK_E_SCRIPT, "parenthesis is not closed");
	else if (opener)
		error_set(err, LIMBECK_E_SCRIPT, "%s without its END", opener);
	if (opener)
		error_hint(err, "If the text is as it should be, put the statement between "
			"\"-- @statement\" and \"-- @end\".");
	return fail(sp, line, column, err);
}

static int too_deep(const struct splitter *sp, const struct token *token, struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_SCRIPT, "blocks are nested more than %d deep", NESTING_DEEPEST);
	error_hint(err, "Put the statement between \"-- @statement\" and \"-- @end\".");
	return fail(sp, token->line, token->column, err);
}

static int at_end(struct splitter *sp, const struct token *token, struct split_item *item,
	struct limbeck_error *err)
{
	if (sp->started && (nesting_open(&sp->nesting) || sp->scanner.in_executable))
		return open_at_end(sp, err);
	if (sp->started)
		return statement(sp, false, item);
	*item = (struct split_item) { .kind = SPLIT_END, .offset = sp->base + token->offset,
		.line = token->line, .column = token->column };
	return ITEM;
}

static int comment(struct splitter *sp, const struct token *token, struct split_item *item)
{
	bool inside = sp->started && (nesting_open(&sp->nesting) || sp->scanner.in_executable);
	size_t at = token->first && !inside ? directive_offset(token->text, token->length) : 0;

	if (at == 0) {
		if (!sp->started && !sp->hinted && token->length > 2 && token->text[0] == '/'
			&& token->text[2] == '+') {
			sp->hinted = true;
			sp->start = sp->stop = token->offset;
			sp->line = token->line;
			sp->column = token->column;
		}
		return GO_ON;
	}
	if (sp->started) {
		scanner_back(&sp->scanner, token);
		return statement(sp, false, item);
	}
	*item = (struct split_item) { .kind = SPLIT_DIRECTIVE, .text = token->text + at,
		.length = trimmed_length(token->text + at, token->length - at),
		.offset = sp->base + token->offset + at, .line = token->line,
		.column = token->column + (unsigned)at };
	return ITEM;
}

/* What is wrong with a delimiter, NULL if nothing is. */
static const char *delimiter_fault(const struct splitter *sp, const char *text, size_t length)
{
	if (length == 0)
		return "DELIMITER without a delimiter";
	if (length >= sizeof sp->delimiter)
		return "delimiter is too long";
	if (memchr(text, ' ', length) || memchr(text, '\t', length))
		return "delimiter with a blank in it";
	return NULL;
}

/* The rest of a DELIMITER line, which is whole in the window. */
static int set_delimiter(struct splitter *sp, const struct token *token, struct limbeck_error *err)
{
	size_t at = token->offset + token->length, length = sp->window.len - at;
	const char *text = sp->window.buf + at, *fault;
	const char *newline = memchr(text, '\n', length);

	if (newline)
		length = (size_t)(newline - text);
	at += length;
	length = trimmed_length(text, length);
	for (; length && (*text == ' ' || *text == '\t'); text++)
		length--;
	fault = delimiter_fault(sp, text, length);
	if (fault) {
		error_set(err, LIMBECK_E_SCRIPT, "%s", fault);
		error_hint(err, "Write \"DELIMITER //\", and \"DELIMITER ;\" to return to the "
			"semicolon.");
		return fail(sp, token->line, token->column, err);
	}
	memcpy(sp->delimiter, text, length);
	sp->delimiter[length == 1 && text[0] == ';' ? 0 : length] = '\0';
	scanner_skip(&sp->scanner, at);
	sp->hinted = false;
	return GO_ON;
}

static bool begins_delimiter_line(const struct splitter *sp, const struct token *token)
{
	size_t next = token->offset + token->length;

	return !sp->started && token->first && (sp->scanner.lexis->flags & LIMBECK_LEX_DELIMITER)
		&& token_is(token, "DELIMITER")
		&& (next >= sp->window.len || strchr(" \t\r\n", sp->window.buf[next]));
}

static bool is_word_character(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')
		|| c == '_';
}

/* How many of a token's bytes a delimiter may begin at: all ("END$$" is one
 * word), but only the first of quotes and comments; and a delimiter that is a
 * word must be all of a token. */
static size_t delimiter_span(const struct splitter *sp, const struct token *token)
{
	switch (token->kind) {
	case TOKEN_STRING:
	case TOKEN_IDENTIFIER:
	case TOKEN_COMMENT:
	case TOKEN_BAD:
		return 1;
	default:
		if (is_word_character(sp->delimiter[0]))
			return token->length == strlen(sp->delimiter);
		return token->length;
	}
}

static bool find_delimiter(const struct splitter *sp, const struct token *token, size_t *at)
{
	size_t length = strlen(sp->delimiter), span = delimiter_span(sp, token);

	for (size_t i = 0; i < span; i++)
		if (sp->window.len - token->offset - i >= length
			&& memcmp(token->text + i, sp->delimiter, length) == 0) {
			*at = token->offset + i;
			return true;
		}
	return false;
}

static void start(struct splitter *sp, const struct token *token)
{
	if (!sp->hinted) {
		sp->start = sp->stop = token->offset;
		sp->line = token->line;
		sp->column = token->column;
	}
	sp->started = true;
	nesting_init(&sp->nesting, sp->scanner.lexis);
}

static int delimited(struct splitter *sp, const struct token *token, size_t at,
	struct split_item *item)
{
	scanner_back(&sp->scanner, token);
	scanner_skip(&sp->scanner, at + strlen(sp->delimiter));
	sp->scanner.in_executable = false;
	if (at > token->offset) {
		if (!sp->started)
			start(sp, token);
		sp->stop = at;
	}
	if (sp->started)
		return statement(sp, true, item);
	sp->hinted = false;
	return GO_ON;
}

static int code(struct splitter *sp, const struct token *token, struct split_item *item,
	struct limbeck_error *err)
{
	bool inside;

	if (!sp->started) {
		if (token->kind == TOKEN_SEMICOLON)
			return GO_ON;
		start(sp, token);
	}
	if (token->kind == TOKEN_EXECUTABLE && token->text[0] == '/') {
		sp->mark_line = token->line;
		sp->mark_column = token->column;
	}
	inside = nesting_open(&sp->nesting) || sp->scanner.in_executable;
	if (token->kind == TOKEN_SEMICOLON && !inside) {
		/* Under another delimiter, one at the end is still no part. */
		return sp->delimiter[0] ? GO_ON : statement(sp, true, item);
	}
	nesting_token(&sp->nesting, token);
	if (sp->nesting.too_deep)
		return too_deep(sp, token, err);
	sp->stop = token->offset + token->length;
	return GO_ON;
}

/* A token that is about to be judged by what stands around it needs this much
 * of the window behind it. */
static bool needs_more(const struct splitter *sp, const struct token *token)
{
	size_t behind = sp->window.len - token->offset;

	if (sp->end)
		return false;
	if (sp->delimiter[0] && token->kind != TOKEN_MORE
		&& behind < token->length + sizeof sp->delimiter)
		return true;
	return begins_delimiter_line(sp, token) && !memchr(token->text, '\n', behind);
}

static int step(struct splitter *sp, struct split_item *item, struct limbeck_error *err)
{
	bool was_executable = sp->scanner.in_executable;
	struct token token;
	size_t at;

	scanner_next(&sp->scanner, &token);
	if (token.kind == TOKEN_MORE)
		return fill(sp, err);
	if (needs_more(sp, &token)) {
		scanner_back(&sp->scanner, &token);
		sp->scanner.in_executable = was_executable;
		return fill(sp, err);
	}
	if (sp->delimiter[0] && token.kind != TOKEN_END && find_delimiter(sp, &token, &at))
		return delimited(sp, &token, at, item);
	switch (token.kind) {
	case TOKEN_BAD:
		return not_closed(sp, &token, err);
	case TOKEN_END:
		return at_end(sp, &token, item, err);
	case TOKEN_COMMENT:
		return comment(sp, &token, item);
	default:
		if (begins_delimiter_line(sp, &token))
			return set_delimiter(sp, &token, err);
		return code(sp, &token, item, err);
	}
}

int splitter_next(struct splitter *splitter, struct split_item *item, struct limbeck_error *err)
{
	int result;

	splitter->started = splitter->hinted = false;
	splitter->scanner.in_executable = false;
	do
		result = step(splitter, item, err);
	while (result == GO_ON);
	return result < 0 ? -1 : 0;
}
