/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Definitions that have a body, which is run later, if at all: where it begins and
 * ends. And events: in a scratch they are disabled, in the way of those that a replica
 * has from its source, which hardly anybody writes; the few that do are remembered.
 */
#include <string.h>
#include <strings.h>

#include "scratch_guard.h"

static const char asleep[] = "DISABLE ON SLAVE";

bool guard_is(const struct limbeck_token *token, const char *word)
{
	return token->kind == LIMBECK_TOKEN_WORD && token->length == strlen(word) &&
		strncasecmp(token->text, word, token->length) == 0;
}

bool guard_is_any(const struct limbeck_token *token, const char *words)
{
	if (token->kind != LIMBECK_TOKEN_WORD)
		return false;
	while (*words) {
		size_t length = strcspn(words, " ");

		if (length == token->length && strncasecmp(words, token->text, length) == 0)
			return true;
		words += length;
		words += *words == ' ';
	}
	return false;
}

/* Before a digit it is part of what looks like a number. */
bool guard_is_dot(const struct limbeck_token *token)
{
	return (token->kind == LIMBECK_TOKEN_OTHER || token->kind == LIMBECK_TOKEN_NUMBER) &&
		*token->text == '.';
}

/* Copies a name without its quotes, and the quotes in it single; its length. */
static size_t plain(const struct limbeck_token *token, char *to)
{
	const char *from = token->text;
	const char *end = from + token->length;
	char quote = '\0';
	size_t length = 0;

	if (token->kind != LIMBECK_TOKEN_WORD && token->kind != LIMBECK_TOKEN_NUMBER &&
		token->length >= 2) {
		quote = *from++;
		end--;
	}
	/* 2020_shop.users is read as one number. */
	if (token->kind == LIMBECK_TOKEN_NUMBER && memchr(from, '.', token->length))
		end = memchr(from, '.', token->length);
	for (; from < end; from++) {
		to[length++] = *from;
		if (*from == quote && from + 1 < end && from[1] == quote)
			from++;
	}
	to[length] = '\0';
	return length;
}

#define NAME_BYTES 512

const struct guard_name *guard_find(const struct guard_name *list,
	const struct limbeck_token *token, bool folded)
{
	char name[NAME_BYTES];

	if (!list || token->length == 0 || token->length >= sizeof(name))
		return NULL;
	plain(token, name);
	for (; list; list = list->next) {
		if ((folded ? strcasecmp(list->name, name) : strcmp(list->name, name)) == 0)
			return list;
	}
	return NULL;
}

bool guard_is_same(const struct limbeck_token *a, const struct limbeck_token *b)
{
	char one[NAME_BYTES];
	char other[NAME_BYTES];

	if (a->length >= sizeof(one) || b->length >= sizeof(other))
		return false;
	return plain(a, one) == plain(b, other) && strcmp(one, other) == 0;
}

void guard_keep(struct guard_walk *walk, struct guard_name **list,
	const struct limbeck_token *token, bool call)
{
	struct guard_name *name;

	if (token->length == 0 || guard_find(*list, token, true))
		return;
	name = limbeck_host->alloc(sizeof(*name) + token->length + 1);
	if (!name) {
		walk->nomem = true;
		return;
	}
	plain(token, name->name);
	name->call = call;
	name->next = *list;
	*list = name;
}

static bool find_kind(struct guard_walk *walk)
{
	static const struct {
		const char *words;
		enum guard_kind kind;
	} kinds[] = {
		{ "view", KIND_VIEW }, { "function procedure package", KIND_ROUTINE },
		{ "trigger", KIND_TRIGGER }, { "event", KIND_EVENT },
	};
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (guard_is_any(&walk->token, kinds[i].words)) {
			walk->kind = kinds[i].kind;
			return true;
		}
	}
	return false;
}

static void begin_definition(struct guard_walk *walk)
{
	walk->alters = guard_is(&walk->token, "alter");
	if (walk->token.text == walk->start && (walk->alters || guard_is(&walk->token, "create")))
		walk->body = BODY_KIND;
	walk->settled = false;
	walk->depth = 0;
}

static void read_kind(struct guard_walk *walk)
{
	if (find_kind(walk)) {
		/* ALTER PROCEDURE gives no body. */
		walk->body = walk->alters && walk->kind != KIND_VIEW && walk->kind != KIND_EVENT ?
			BODY_NONE : BODY_NAME;
		if (walk->body && walk->kind == KIND_EVENT && walk->nested)
			guard_reached(walk, REACH_SERVER, "an event");
	} else if (*walk->token.text == '(' || *walk->token.text == ';' ||
		guard_is_any(&walk->token, "table index database schema sequence unique fulltext "
			"spatial server user role tablespace")) {
		walk->body = BODY_NONE;
	}
}

static void read_name(struct guard_walk *walk)
{
	if (guard_is_any(&walk->token, "if not exists body") || guard_is_dot(&walk->token) ||
		guard_is_dot(&walk->next))
		return;
	walk->name = walk->token;
	walk->body = walk->kind == KIND_ROUTINE ? BODY_INSIDE : BODY_HEAD;
}

static void settle_event(struct guard_walk *walk)
{
	if (guard_is(&walk->token, "enable")) {
		guard_replace(walk, walk->token.text, walk->token.length, asleep);
		walk->settled = true;
	} else if (guard_is(&walk->token, "disable")) {
		if (guard_is(&walk->next, "on"))
			guard_keep(walk, &walk->guard->replicas, &walk->name, false);
		walk->settled = true;
	} else if (guard_is_any(&walk->token, "comment do") && !walk->settled) {
		if (!walk->alters)
			guard_replace(walk, walk->token.text, 0, "DISABLE ON SLAVE ");
		walk->settled = true;
	}
}

static void read_head(struct guard_walk *walk)
{
	static const char *const leads[] = { [KIND_VIEW] = "as", [KIND_TRIGGER] = "row",
		[KIND_EVENT] = "do", [KIND_ROUTINE] = "" };

	if (walk->kind == KIND_EVENT)
		settle_event(walk);
	if (walk->kind == KIND_TRIGGER && guard_is(&walk->last, "on"))
		walk->name = guard_is_dot(&walk->next) ? walk->after : walk->token;
	if (*walk->token.text == ';')
		walk->body = BODY_NONE;
	else if (guard_is(&walk->token, leads[walk->kind]))
		walk->body = BODY_INSIDE;
}

/* The body of several statements ends with its END, any other with the statement. */
static void read_body(struct guard_walk *walk)
{
	if (guard_is_any(&walk->token, "begin case") && !guard_is(&walk->last, "end"))
		walk->depth++;
	else if (guard_is(&walk->token, "end") && walk->depth > 0 &&
		!guard_is_any(&walk->next, "if loop while repeat for"))
		walk->depth--;
	else if (*walk->token.text == ';' && walk->depth == 0)
		walk->body = BODY_NONE;
}

void guard_follow_body(struct guard_walk *walk)
{
	switch (walk->body) {
	case BODY_NONE:
		begin_definition(walk);
		break;
	case BODY_KIND:
		read_kind(walk);
		break;
	case BODY_NAME:
		read_name(walk);
		break;
	case BODY_HEAD:
		read_head(walk);
		break;
	case BODY_INSIDE:
		read_body(walk);
		break;
	}
}

const char *guard_event_state(const struct connection *c, const char *name, const char *state)
{
	const struct guard_name *at;

	if (!c->guard || !state || strcasecmp(state, "ENABLED") == 0 ||
		strcasecmp(state, "DISABLED") == 0)
		return state;
	for (at = c->guard->replicas; at; at = at->next) {
		if (strcasecmp(at->name, name) == 0)
			return state;
	}
	return "ENABLED";
}
