/* SPDX-License-Identifier: BSD-2-Clause */
/* Literals of a type in the form that its counterparts abroad have. */
#include "translate/phrase_rules.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/strbuf.h"

/* A literal on its way: `text` is ended by a zero byte. */
struct literal {
	struct printer *out;
	const struct ddl_expr *expr;
	const char *text, *type, *meaning;
};

static struct arena *arena_of(const struct literal *l)
{
	return &rewriting_of(l->out)->arena;
}

static const struct ddl_expr *placed(const struct literal *l, const struct ddl_expr *expr)
{
	struct ddl_expr *copy = make_copy(arena_of(l), expr);

	if (!copy)
		return phrase_nomem(l->out);
	copy->span = l->expr->span;
	copy->final = true;
	return copy;
}

static const struct ddl_expr *string(const struct literal *l, const char *text)
{
	return placed(l, make_string(arena_of(l), text, strlen(text)));
}

static const struct ddl_expr *built(const struct literal *l, struct strbuf *text)
{
	const struct ddl_expr *expr = strbuf_failed(text) ? phrase_nomem(l->out)
		: string(l, text->buf);

	strbuf_release(text);
	return expr;
}

static const struct ddl_expr *not_understood(const struct literal *l)
{
	target_refuse(l->out, &l->expr->span, "the literal '%s' of type %s has no counterpart",
		l->text, l->type);
	return NULL;
}

/* A word of which the beginning is enough, as PostgreSQL "Boolean Type" has it. */
static bool begins(const char *word, const char *text, size_t least)
{
	size_t length = strlen(text);

	return length >= least && length <= strlen(word) && strncasecmp(word, text, length) == 0;
}

static const struct ddl_expr *boolean(const struct literal *l)
{
	const char *text = l->text;
	bool yes = begins("true", text, 1) || begins("yes", text, 1) || begins("on", text, 2)
		|| strcmp(text, "1") == 0;
	bool no = begins("false", text, 1) || begins("no", text, 1) || begins("off", text, 2)
		|| strcmp(text, "0") == 0;

	if (!yes && !no)
		return not_understood(l);
	if (rewriting_says(rewriting_of(l->out), LIMBECK_SAYS_BOOLEAN))
		return placed(l, make_keyword(arena_of(l), yes ? "TRUE" : "FALSE"));
	return placed(l, make_number(arena_of(l), yes ? "1" : "0"));
}

static const struct ddl_expr *moment(const struct literal *l)
{
	char text[64];

	if (strcasecmp(l->text, "now") == 0)
		return phrase_again(l->out, make_call(arena_of(l), "now", 0));
	if (!time_literal(l->meaning, l->text, text, sizeof text))
		return not_understood(l);
	return string(l, text);
}

static bool is_number(const char *text)
{
	bool any = false;

	text += *text == '-' || *text == '+';
	for (; isdigit((unsigned char)*text) || *text == '.'; text++)
		any = any || *text != '.';
	if (any && (*text == 'e' || *text == 'E')) {
		text += 1 + (text[1] == '-' || text[1] == '+');
		if (!isdigit((unsigned char)*text))
			return false;
		while (isdigit((unsigned char)*text))
			text++;
	}
	return any && !*text;
}

static const struct ddl_expr *number(const struct literal *l)
{
	const char *text = l->text + strspn(l->text, " ");

	if (!is_number(text))
		return not_understood(l);
	return placed(l, make_number(arena_of(l), text + (*text == '+')));
}

static void add_escaped(struct strbuf *out, const char *text)
{
	for (; *text; text++) {
		unsigned byte = (unsigned char)*text;

		if (*text == '\\' && text[1] == '\\') {
			text++;
		} else if (*text == '\\' && isdigit((unsigned char)text[1])
			&& isdigit((unsigned char)text[2]) && isdigit((unsigned char)text[3])) {
			byte = (unsigned)((text[1] - '0') * 64 + (text[2] - '0') * 8 + text[3] - '0');
			text += 3;
		}
		strbuf_addf(out, "%02x", byte & 0xff);
	}
}

static const struct ddl_expr *bytes(const struct literal *l)
{
	struct strbuf hex = STRBUF_INIT;
	const struct ddl_expr *expr;
	struct ddl_expr *copy;

	if (strncmp(l->text, "\\x", 2) == 0) {
		for (const char *at = l->text + 2; *at; at++)
			if (isxdigit((unsigned char)*at))
				strbuf_addch(&hex, *at);
			else if (!isspace((unsigned char)*at))
				break;
	} else {
		add_escaped(&hex, l->text);
	}
	expr = built(l, &hex);
	copy = expr ? make_copy(arena_of(l), expr) : NULL;
	if (!copy)
		return phrase_nomem(l->out);
	copy->string->form = STRING_HEX;
	return copy;
}

/* The 32 digits in groups, whatever stands between and around them. */
static const struct ddl_expr *uuid(const struct literal *l)
{
	struct strbuf text = STRBUF_INIT;
	size_t count = 0;

	for (const char *at = l->text; *at; at++) {
		if (strchr("-{}", *at))
			continue;
		if (!isxdigit((unsigned char)*at) || count == 32)
			break;
		if (count == 8 || count == 12 || count == 16 || count == 20)
			strbuf_addch(&text, '-');
		strbuf_addch(&text, tolower((unsigned char)*at));
		count++;
	}
	if (count == 32)
		return built(l, &text);
	strbuf_release(&text);
	return not_understood(l);
}

static void add_json_string(struct strbuf *out, const char *text, size_t length)
{
	strbuf_addch(out, '"');
	for (size_t i = 0; i < length; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c == '"' || c == '\\')
			strbuf_addf(out, "\\%c", c);
		else if (c < ' ')
			strbuf_addf(out, "\\u%04x", c);
		else
			strbuf_addch(out, c);
	}
	strbuf_addch(out, '"');
}

void json_element(struct strbuf *out, const char *meaning, const char *text)
{
	if (meaning_is(meaning, "number") && is_number(text))
		strbuf_addstr(out, text);
	else if (strcmp(meaning, "boolean") == 0)
		strbuf_addstr(out, begins("true", text, 1) || begins("yes", text, 1)
			|| begins("on", text, 2) || strcmp(text, "1") == 0 ? "true" : "false");
	else
		add_json_string(out, text, strlen(text));
}

/* One element of '{a,"b"}' that is no array itself. */
static const char *array_element(struct strbuf *out, const char *at, const char *meaning)
{
	struct strbuf item = STRBUF_INIT;
	bool quoted = *at == '"';

	at += quoted;
	while (*at && (quoted ? *at != '"' : !strchr(",{}", *at))) {
		if (*at == '\\' && at[1])
			at++;
		strbuf_addch(&item, *at++);
	}
	while (!quoted && item.len > 0 && item.buf[item.len - 1] == ' ')
		strbuf_truncate(&item, item.len - 1);
	if (!quoted && strcasecmp(item.buf, "null") == 0)
		strbuf_addstr(out, "null");
	else
		json_element(out, meaning, item.buf);
	strbuf_release(&item);
	return quoted && *at != '"' ? NULL : at + quoted;
}

/* From the opening brace on; NULL: it is none of an array. */
static const char *array_json(struct strbuf *out, const char *at, const char *meaning,
	unsigned depth)
{
	if (*at++ != '{' || depth == 0)
		return NULL;
	strbuf_addch(out, '[');
	at += strspn(at, " ");
	while (*at != '}') {
		at = *at == '{' ? array_json(out, at, meaning, depth - 1)
			: array_element(out, at, meaning);
		if (!at)
			return NULL;
		at += strspn(at, " ");
		if (*at == ',') {
			strbuf_addch(out, ',');
			at++;
			at += strspn(at, " ");
			if (*at == '}')
				return NULL;
		} else if (*at != '}') {
			return NULL;
		}
	}
	strbuf_addch(out, ']');
	return at + 1;
}

static const struct ddl_expr *array(const struct literal *l)
{
	const struct limbeck_catalog *home = rewriting_of(l->out)->scope->home;
	const char *element = arena_strndup(arena_of(l), l->type, strcspn(l->type, "["));
	const char *text = l->text + strspn(l->text, " "), *end = NULL;
	struct strbuf json = STRBUF_INIT;

	if (element)
		end = array_json(&json, text, type_meaning(home, element), 6);
	if (end && !end[strspn(end, " ")])
		return built(l, &json);
	strbuf_release(&json);
	return element ? not_understood(l) : phrase_nomem(l->out);
}

const struct ddl_expr *literal_of(struct printer *out, const struct ddl_expr *expr,
	const char *type)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_string *value = expr->string;
	struct literal l = { out, expr, NULL, type, type_meaning(r->scope->home, type) };

	if (value->form == STRING_BITS || value->form == STRING_HEX)
		return NULL;
	l.text = arena_strndup(&r->arena, value->value, value->length);
	if (!l.text)
		return phrase_nomem(out);
	if (strlen(l.text) != value->length)
		return NULL;
	if (strcmp(l.meaning, "boolean") == 0)
		return boolean(&l);
	if (meaning_is(l.meaning, "moment") || strcmp(l.meaning, "date") == 0
		|| strcmp(l.meaning, "time") == 0)
		return moment(&l);
	if (meaning_is(l.meaning, "number"))
		return number(&l);
	if (strcmp(l.meaning, "blob") == 0)
		return bytes(&l);
	if (strcmp(l.meaning, "uuid") == 0)
		return uuid(&l);
	if (strcmp(l.meaning, "array") == 0 && !rewriting_says(r, LIMBECK_SAYS_ARRAY))
		return array(&l);
	if (strcmp(l.meaning, "text") == 0 || strcmp(l.meaning, "char") == 0
		|| strcmp(l.meaning, "json") == 0 || strcmp(l.meaning, "enum") == 0
		|| strcmp(l.meaning, "inet") == 0)
		return string(&l, l.text);
	return NULL;
}
