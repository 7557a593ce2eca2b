/* SPDX-License-Identifier: BSD-2-Clause */
/* Types in the words of another dialect. */
#include "translate/phrase_int.h"

#include <ctype.h>
#include <fnmatch.h>
#include <string.h>

#include "base/error.h"

enum { TYPE_ARGUMENTS = 9 };

/* "timestamp(3) with time zone": what stands before, in and behind the parentheses. */
struct type_parts {
	const char *name, *suffix;
	const char *arguments[TYPE_ARGUMENTS];
	unsigned count;
	bool any;                /* the arguments are a star */
};

static void add_dimensions(struct strbuf *out, const struct ddl_type *type)
{
	if (type->flags & TYPE_ARRAY_WORD && !type->dimensions)
		strbuf_addstr(out, "[]");
	for (const struct type_dimension *d = type->dimensions; d; d = d->next)
		strbuf_addstr(out, "[]");
}

const char *type_spelled(struct arena *arena, const struct ddl_type *type)
{
	struct strbuf text = STRBUF_INIT;
	const char *spelled = NULL;

	strbuf_addstr(&text, strncmp(type->plain, "pg_catalog.", 11) == 0 ? type->simple
		: type->plain);
	for (const struct type_argument *a = type->arguments; a; a = a->next) {
		strbuf_addch(&text, a == type->arguments ? '(' : ',');
		strbuf_add(&text, a->span.text, a->span.length);
		if (!a->next)
			strbuf_addch(&text, ')');
	}
	if (type->flags & TYPE_WITH_ZONE)
		strbuf_addstr(&text, " with time zone");
	if (type->flags & TYPE_UNSIGNED)
		strbuf_addstr(&text, " unsigned");
	add_dimensions(&text, type);
	if (!strbuf_failed(&text))
		spelled = arena_strdup(arena, text.buf);
	strbuf_release(&text);
	return spelled;
}

static void split_arguments(struct type_parts *parts, char *at, char *end)
{
	*end = '\0';
	parts->any = strcmp(at, "*") == 0;
	while (!parts->any && at && parts->count < TYPE_ARGUMENTS) {
		char *comma = strchr(at, ',');

		if (comma)
			*comma = '\0';
		parts->arguments[parts->count++] = at + strspn(at, " ");
		at = comma ? comma + 1 : NULL;
	}
}

static bool split(struct arena *arena, const char *text, struct type_parts *parts)
{
	char *copy = arena_strdup(arena, text), *open = copy ? strchr(copy, '(') : NULL;
	char *close = open ? strrchr(open, ')') : NULL;

	*parts = (struct type_parts) { .name = copy, .suffix = "" };
	if (!close)
		return copy != NULL;
	parts->suffix = close + 1;
	*open = '\0';
	split_arguments(parts, open + 1, close);
	return true;
}

static bool same_name(const char *pattern, const char *name)
{
	if (strchr(pattern, '*'))
		return fnmatch(pattern, name, 0) == 0;
	return strcmp(pattern, name) == 0;
}

/* "x(*) y" fits "x y" too. */
static bool fits_bare(struct arena *arena, const struct type_parts *pattern,
	const struct type_parts *type)
{
	const char *whole = arena_printf(arena, "%s%s", pattern->name, pattern->suffix);

	return whole && type->count == 0 && !*type->suffix && same_name(whole, type->name);
}

static bool fits(struct arena *arena, const struct type_parts *pattern,
	const struct type_parts *type)
{
	if (pattern->any)
		return fits_bare(arena, pattern, type) || (same_name(pattern->name, type->name)
			&& strcmp(pattern->suffix, type->suffix) == 0);
	if (pattern->count != type->count || !same_name(pattern->name, type->name)
		|| strcmp(pattern->suffix, type->suffix) != 0)
		return false;
	for (unsigned i = 0; i < type->count; i++)
		if (pattern->arguments[i][0] != '$'
			&& strcmp(pattern->arguments[i], type->arguments[i]) != 0)
			return false;
	return true;
}

static const char *filled(struct arena *arena, const char *to, const struct type_parts *type)
{
	struct strbuf text = STRBUF_INIT;
	const char *result = NULL;

	for (; *to; to++) {
		unsigned i = *to == '$' && isdigit((unsigned char)to[1]) ? (unsigned)(to[1] - '0') : 0;

		if (i == 0) {
			strbuf_addch(&text, *to);
			continue;
		}
		strbuf_addstr(&text, i <= type->count ? type->arguments[i - 1] : "");
		to++;
	}
	if (!strbuf_failed(&text))
		result = arena_strdup(arena, text.buf);
	strbuf_release(&text);
	return result;
}

/* By the first phrase that fits: NULL and *found false if none does. */
static const char *by_table(struct arena *arena, const struct limbeck_phrase *phrase,
	const char *spelled, bool *found)
{
	struct type_parts type, pattern;

	*found = false;
	if (!split(arena, spelled, &type))
		return NULL;
	for (; phrase && phrase->from; phrase++) {
		if (!split(arena, phrase->from, &pattern))
			return NULL;
		if (!fits(arena, &pattern, &type))
			continue;
		*found = true;
		return phrase->to ? filled(arena, phrase->to, &type) : NULL;
	}
	return NULL;
}

const char *type_common(struct arena *arena, const char *spelled)
{
	const struct home_phrases *common = home_phrases(LIMBECK_COMMON_DIALECT);
	size_t length = strlen(spelled);
	const char *result;
	bool found;

	if (length > 2 && strcmp(spelled + length - 2, "[]") == 0) {
		char *element = arena_strndup(arena, spelled, length - 2);

		result = element ? type_common(arena, element) : NULL;
		return result ? arena_printf(arena, "%s[]", result) : NULL;
	}
	result = by_table(arena, common->types, spelled, &found);
	return found && result ? result : spelled;
}

const char *type_phrase(struct phrasebook *book, struct arena *arena, const char *spelled,
	bool cast, struct limbeck_error *err)
{
	const char *result = NULL;
	bool found = false;

	if (book->way == PHRASE_INWARD && strcmp(book->dialect, LIMBECK_COMMON_DIALECT) != 0) {
		result = by_table(arena, book->types, spelled, &found);
		return found && result ? result : spelled;
	}
	spelled = type_common(arena, spelled);
	if (!spelled)
		error_nomem(err);
	if (!spelled || book->way == PHRASE_INWARD || (book->common && cast))
		return spelled;
	if (strlen(spelled) > 2 && strcmp(spelled + strlen(spelled) - 2, "[]") == 0
		&& !book->translation->says[LIMBECK_SAYS_ARRAY])
		spelled = "jsonb";
	if (cast)
		result = by_table(arena, book->cast_types, spelled, &found);
	if (!found)
		result = by_table(arena, book->types, spelled, &found);
	if (result || book->common)
		return result ? result : spelled;
	error_set(err, LIMBECK_E_UNSUPPORTED, "the type \"%s\" has no counterpart", spelled);
	return NULL;
}

bool phrase_type_hook(struct printer *out, const struct ddl_type *type)
{
	struct rewriting *r = rewriting_of(out);
	const char *spelled = type_spelled(&r->arena, type), *text;

	if ((r->book->common || r->book->way == PHRASE_INWARD) && type->name.last->quoted)
		return false;
	text = spelled && !out->target->failed ? type_phrase(r->book, &r->arena, spelled, true,
		NULL) : NULL;
	if (text)
		printer_word(out, text);
	else if (!spelled)
		phrase_nomem(out);
	else
		target_refuse(out, &type->span, "the type \"%s\" has no counterpart", spelled);
	return true;
}

int phrase_type(struct phrasebook *book, const struct ddl_type *type, struct strbuf *out,
	struct limbeck_error *err)
{
	struct arena arena = ARENA_INIT;
	const char *spelled = type_spelled(&arena, type);
	int result = spelled ? 0 : error_nomem(err);

	if (result == 0)
		result = phrase_type_text(book, spelled, out, err);
	if (result)
		error_place(err, NULL, type->span.line, type->span.column);
	arena_release(&arena);
	return result;
}

int phrase_type_text(struct phrasebook *book, const char *text, struct strbuf *out,
	struct limbeck_error *err)
{
	struct arena arena = ARENA_INIT;
	const char *spelled = text, *result;

	if (book->inward)
		spelled = type_phrase(book->inward, &arena, spelled, false, err);
	result = spelled ? type_phrase(book, &arena, spelled, false, err) : NULL;
	if (result)
		strbuf_addstr(out, result);
	arena_release(&arena);
	if (!result)
		return -1;
	return strbuf_failed(out) ? error_nomem(err) : 0;
}
