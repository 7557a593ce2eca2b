/* SPDX-License-Identifier: BSD-2-Clause */
#include "script/directive.h"

#include <string.h>

#include "base/error.h"
#include "base/suggest.h"
#include "sql/scanner.h"

enum { NAME_LONGEST = 63 };

static const char *const names[] = {
	[DIRECTIVE_REVISION] = "revision",
	[DIRECTIVE_PARENTS] = "parents",
	[DIRECTIVE_DEPENDS] = "depends",
	[DIRECTIVE_LABELS] = "labels",
	[DIRECTIVE_CREATED] = "created",
	[DIRECTIVE_REPLACES] = "replaces",
	[DIRECTIVE_DIALECT] = "dialect",
	[DIRECTIVE_UPGRADE] = "upgrade",
	[DIRECTIVE_DOWNGRADE] = "downgrade",
	[DIRECTIVE_IRREVERSIBLE] = "irreversible",
	[DIRECTIVE_ONLY] = "only",
	[DIRECTIVE_EXCEPT] = "except",
	[DIRECTIVE_END] = "end",
	[DIRECTIVE_AUTOCOMMIT] = "autocommit",
	[DIRECTIVE_STATEMENT] = "statement",
	[DIRECTIVE_WHOLE] = "whole",
	[DIRECTIVE_REPEAT] = "repeat",
	[DIRECTIVE_DECIDE] = "decide",
};

enum { NAME_COUNT = sizeof names / sizeof *names };

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

bool directive_word(const char **text, size_t *left, const char **word, size_t *length)
{
	const char *p = *text, *end = p + *left;

	while (p < end && is_blank(*p))
		p++;
	*word = p;
	while (p < end && !is_blank(*p))
		p++;
	*length = (size_t)(p - *word);
	*text = p;
	*left = (size_t)(end - p);
	return *length > 0;
}

void directive_parse(struct directive *directive, const char *text, size_t length)
{
	text++;
	length--;
	directive_word(&text, &length, &directive->name, &directive->name_length);
	for (; length && is_blank(text[0]); text++)
		length--;
	while (length && is_blank(text[length - 1]))
		length--;
	directive->rest = text;
	directive->rest_length = length;
	for (directive->id = 0; directive->id < DIRECTIVE_UNKNOWN; directive->id++)
		if (strlen(names[directive->id]) == directive->name_length
			&& strncmp(names[directive->id], directive->name,
				directive->name_length) == 0)
			return;
}

const char *directive_name(enum directive_id id)
{
	return names[id];
}

/* A copy cut to what a message can hold. */
static void copy_name(char out[NAME_LONGEST + 1], const char *name, size_t length)
{
	length = length > NAME_LONGEST ? NAME_LONGEST : length;
	memcpy(out, name, length);
	out[length] = '\0';
}

int directive_unknown(const struct directive *directive, struct limbeck_error *err)
{
	char name[NAME_LONGEST + 1];
	const char *nearest;

	copy_name(name, directive->name, directive->name_length);
	nearest = suggest_nearest(name, names, NAME_COUNT);
	error_set(err, LIMBECK_E_SCRIPT, "unknown directive \"@%s\"", name);
	if (nearest)
		error_hint(err, "Perhaps you meant \"@%s\".", nearest);
	else
		error_hint(err, "If it is a comment, put another word before the \"@\".");
	return -1;
}

/* A candidate that name differs from by one or two letters; NULL if name is
 * equal to one, or near to none. */
static const char *near_miss(const char *name, const char *const *candidates, size_t count,
	const char *found, bool *equal)
{
	for (size_t i = 0; i < count; i++) {
		size_t far = suggest_distance(name, candidates[i]);

		*equal = *equal || far == 0;
		if (!found && far <= 2)
			found = candidates[i];
	}
	return found;
}

int directive_engine(const char *name, size_t length, const char *what, const char *const *known,
	size_t count, struct limbeck_error *err)
{
	char text[NAME_LONGEST + 1];
	const char *const *dialects, *nearest;
	size_t dialect_count;
	bool equal = false;

	copy_name(text, name, length);
	for (size_t i = 0; i < length; i++)
		if (!(name[i] >= 'a' && name[i] <= 'z') && !(name[i] >= '0' && name[i] <= '9')
			&& name[i] != '_') {
			error_set(err, LIMBECK_E_SCRIPT, "\"%s\" is not the name of a%s %s", text,
				what[0] == 'e' ? "n" : "", what);
			error_hint(err, "A name is lower-case letters, digits and \"_\"; blanks "
				"separate several.");
			return -1;
		}
	dialects = dialect_names(&dialect_count);
	nearest = near_miss(text, dialects, dialect_count, NULL, &equal);
	nearest = near_miss(text, known, count, nearest, &equal);
	if (equal || !nearest)
		return 0;
	error_set(err, LIMBECK_E_SCRIPT, "unknown %s \"%s\"", what, text);
	error_hint(err, "Perhaps you meant \"%s\".", nearest);
	return -1;
}
