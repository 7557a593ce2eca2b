/* SPDX-License-Identifier: BSD-2-Clause */
#include "script/script.h"

#include <string.h>

#include "base/error.h"
#include "script/token.h"

static const char *const token_names[] = {
	"rev", "parents", "depends", "labels", "created", "dialect", "message", "upgrade",
	"downgrade"
};

enum { TOKEN_COUNT = sizeof token_names / sizeof *token_names, TOKEN_MESSAGE = 6 };

struct fill {
	const struct script_new *what;
	const char *shown;
	unsigned number;       /* of the line */
	struct strbuf values[TOKEN_COUNT];
};

static void add_names(struct strbuf *out, const struct names *names)
{
	for (size_t i = 0; names && i < names->count; i++) {
		strbuf_addstr(out, i ? " " : "");
		strbuf_addstr(out, names->items[i]);
	}
}

/* Takes blanks off the end, back to start. */
static void trim(struct strbuf *out, const char *blanks, size_t start)
{
	while (out->len > start && strchr(blanks, out->buf[out->len - 1]))
		strbuf_truncate(out, out->len - 1);
}

/* A text without blanks and empty lines at its end, lines ended by LF. */
static void add_text(struct strbuf *out, const char *text)
{
	for (; text && *text; text++)
		if (text[0] != '\r' || text[1] != '\n')
			strbuf_addch(out, text[0]);
	trim(out, " \t\r\n", 0);
}

/* A message becomes comment lines, where a line like "@word" would be read as
 * a directive. */
static int check_message(const char *message, struct limbeck_error *err)
{
	for (const char *line = message; line; line = strchr(line, '\n')) {
		size_t length;

		line += strspn(line, " \t\r\n");
		if (line[0] != '@' || line[1] < 'a' || line[1] > 'z')
			continue;
		length = strcspn(line, " \t\r\n");
		error_set(err, LIMBECK_E_USAGE, "a line of the message begins with \"%.*s\"",
			length > 60 ? 60 : (int)length, line);
		error_hint(err, "It would be read as a directive; put another word first.");
		return -1;
	}
	return 0;
}

static int get_values(struct fill *fill, const struct script_new *what, struct limbeck_error *err)
{
	struct strbuf *values = fill->values;

	for (size_t i = 0; i < TOKEN_COUNT; i++)
		strbuf_init(&values[i]);
	if (what->message && check_message(what->message, err) < 0)
		return -1;
	add_text(&values[0], what->id);
	add_names(&values[1], what->parents);
	add_names(&values[2], what->depends);
	add_names(&values[3], what->labels);
	add_text(&values[4], what->created);
	add_text(&values[5], what->dialect);
	add_text(&values[TOKEN_MESSAGE], what->message ? what->message
		+ strspn(what->message, "\r\n") : NULL);
	add_text(&values[7], what->upgrade);
	add_text(&values[8], what->downgrade);
	for (size_t i = 0; i < TOKEN_COUNT; i++)
		if (strbuf_failed(&values[i]))
			return error_nomem(err);
	return 0;
}

/* The token's place in token_names at text; -1 none, -2 an error. */
static int find_token(const struct fill *fill, const char *text, size_t length,
	struct template_token *token, struct limbeck_error *err)
{
	int result = template_token(text, length, token, err);

	if (result == 0)
		return -1;
	for (int i = 0; result > 0 && i < TOKEN_COUNT; i++)
		if (template_token_is(token, token_names[i]) && token->conversion == 's')
			return i;
	if (result > 0)
		template_token_unknown(token, token_names, TOKEN_COUNT, err);
	error_place(err, fill->shown, fill->number, 0);
	return -2;
}

/* A message's further lines begin as the template's line did, or with "-- ". */
static void add_message(struct strbuf *out, const struct strbuf *message, const char *line,
	size_t before)
{
	bool comment = before >= 2 && memcmp(line, "--", 2) == 0;
	const char *text = message->buf, *newline;

	for (size_t i = 2; comment && i < before; i++)
		comment = line[i] == ' ' || line[i] == '\t';
	while ((newline = strchr(text, '\n'))) {
		strbuf_add(out, text, (size_t)(newline - text));
		trim(out, " \t", 0);
		strbuf_addch(out, '\n');
		strbuf_add(out, comment ? line : "-- ", comment ? before : 3);
		text = newline + 1;
	}
	strbuf_addstr(out, text);
}

/* True for a line that is "-- @word TOKEN", or the token alone, and nothing
 * else: it is left out when the token is empty. */
static bool is_optional(const char *line, size_t before, size_t behind)
{
	size_t at = 0;

	if (behind > 0)
		return false;
	while (at < before && strchr(" \t", line[at]))
		at++;
	if (at == before)
		return true;
	if (before - at < 2 || memcmp(line + at, "--", 2) != 0)
		return false;
	for (at += 2; at < before && strchr(" \t", line[at]); at++)
		;
	return at < before && line[at] == '@';
}

/* Whether a line is that of a directive ("@upgrade"). */
static bool is_directive(const char *line, size_t length, const char *directive)
{
	const char *end = line + length, *word;

	for (; line < end && strchr(" \t", *line); line++)
		;
	if (end - line < 2 || memcmp(line, "--", 2) != 0)
		return false;
	for (line += 2; line < end && strchr(" \t", *line); line++)
		;
	for (word = line; line < end && !strchr(" \t", *line); line++)
		;
	return (size_t)(line - word) == strlen(directive)
		&& memcmp(word, directive, strlen(directive)) == 0;
}

/* What belongs behind a line of the template without a token. */
static void add_behind(const struct script_new *what, const char *line, size_t length,
	size_t start, struct strbuf *out)
{
	const char *flags = NULL;

	if (is_directive(line, length, "@upgrade"))
		flags = what->upgrade_flags;
	else if (is_directive(line, length, "@downgrade"))
		flags = what->downgrade_flags;
	if (flags && *flags) {
		trim(out, " \t", start);
		strbuf_addf(out, " %s", flags);
	}
	if (what->replaces && what->replaces->count && is_directive(line, length, "@revision")) {
		strbuf_addstr(out, "\n-- @replaces ");
		add_names(out, what->replaces);
	}
}

static int fill_line(struct fill *fill, const char *line, size_t length, struct strbuf *out,
	struct limbeck_error *err)
{
	size_t start = out->len;
	bool message = false;

	for (size_t at = 0; at < length;) {
		struct template_token token;
		int which = find_token(fill, line + at, length - at, &token, err);

		if (which == -2)
			return -1;
		if (which < 0) {
			strbuf_addch(out, line[at++]);
			continue;
		}
		if (!fill->values[which].len && is_optional(line, at, length - at - token.length)) {
			strbuf_truncate(out, start);
			return 0;
		}
		message = message || which == TOKEN_MESSAGE;
		if (which == TOKEN_MESSAGE)
			add_message(out, &fill->values[which], line, at);
		else
			strbuf_add(out, fill->values[which].buf, fill->values[which].len);
		at += token.length;
	}
	if (message)
		trim(out, " \t", start);
	add_behind(fill->what, line, length, start, out);
	strbuf_addch(out, '\n');
	return 0;
}

int script_fill(const char *template_text, size_t length, const char *template_shown,
	const struct script_new *what, struct strbuf *out, struct limbeck_error *err)
{
	struct fill fill = { .what = what, .shown = template_shown };
	int result = get_values(&fill, what, err);

	for (size_t at = 0; result == 0 && at < length;) {
		const char *line = template_text + at, *newline = memchr(line, '\n', length - at);
		size_t line_length = newline ? (size_t)(newline - line) : length - at;

		at += line_length + 1;
		if (line_length && line[line_length - 1] == '\r')
			line_length--;
		fill.number++;
		result = fill_line(&fill, line, line_length, out, err);
	}
	if (result == 0 && strbuf_failed(out))
		result = error_nomem(err);
	for (size_t i = 0; i < TOKEN_COUNT; i++)
		strbuf_release(&fill.values[i]);
	return result;
}
