/* SPDX-License-Identifier: BSD-2-Clause */
#include "schemas.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "tap.h"

#define STANDARD_LEXIS { sizeof(struct limbeck_lexis), 0, "\"\"" }

const struct limbeck_traits schemas_strict = {
	.lexis = STANDARD_LEXIS,
	.can = { [LIMBECK_CAP_ALTER_CONSTRAINTS] = LIMBECK_NATIVE,
		[LIMBECK_CAP_SCHEMAS] = LIMBECK_NATIVE,
		[LIMBECK_CAP_BOUND_VIEWS] = LIMBECK_NATIVE,
		[LIMBECK_CAP_RENAME_INDEX] = LIMBECK_NATIVE,
		[LIMBECK_CAP_RENAME_CONSTRAINT] = LIMBECK_NATIVE,
		[LIMBECK_CAP_RENAME_TEXTS] = LIMBECK_NATIVE },
};
const struct limbeck_traits schemas_loose = {
	.lexis = STANDARD_LEXIS,
	.can = { [LIMBECK_CAP_ALTER_CONSTRAINTS] = LIMBECK_NATIVE,
		[LIMBECK_CAP_BOUND_KEYS] = LIMBECK_NATIVE,
		[LIMBECK_CAP_RENAME_INDEX] = LIMBECK_NATIVE },
};
const struct limbeck_traits schemas_small = {
	.lexis = STANDARD_LEXIS,
	.can = { [LIMBECK_CAP_RENAME_TEXTS] = LIMBECK_NATIVE },
	.texts_as_written = 1,
};

static const struct limbeck_lexis lexis = STANDARD_LEXIS;

static void give_up(const char *what, const char *text)
{
	diag("schemas.c: %s: %s", what, text);
	abort();
}

static enum limbeck_kind read_kind(const char *word)
{
	for (enum limbeck_kind kind = LIMBECK_KIND_NONE + 1; kind < LIMBECK_KIND_COUNT; kind++) {
		const char *name = limbeck_kind_name(kind);
		size_t i = 0;

		while (word[i] && (word[i] == '_' ? ' ' : word[i]) == name[i])
			i++;
		if (!word[i] && !name[i])
			return kind;
	}
	give_up("no such kind", word);
	return LIMBECK_KIND_NONE;
}

static enum limbeck_attribute read_attribute(const char *word)
{
	for (int i = LIMBECK_ATTR_NONE + 1; i < LIMBECK_ATTR_COUNT; i++) {
		const char *name = limbeck_attribute_name((enum limbeck_attribute)i);
		size_t k = 0;

		while (word[k] && (word[k] == '_' ? ' ' : word[k]) == name[k])
			k++;
		if (!word[k] && !name[k])
			return (enum limbeck_attribute)i;
	}
	give_up("no such attribute", word);
	return LIMBECK_ATTR_NONE;
}

/* Takes [schema/][table.]name[(signature)] apart, in place. */
static struct object_name read_name(enum limbeck_kind kind, char *word)
{
	struct object_name name = { .kind = kind };
	char *at = strchr(word, '/');

	if (at) {
		*at = '\0';
		name.schema = word;
		word = at + 1;
	}
	at = strchr(word, '(');
	if (at) {
		*at = '\0';
		name.signature = at + 1;
		at[strlen(at + 1)] = '\0';
	}
	at = strchr(word, '.');
	if (at) {
		*at = '\0';
		name.table = word;
		word = at + 1;
	}
	name.name = word;
	return name;
}

static void read_value(struct limbeck_object *object, char *word)
{
	char *value = strchr(word, '='), *comma;
	enum limbeck_attribute attribute;

	if (value)
		*value++ = '\0';
	attribute = read_attribute(word);
	for (char *c = value; c && *c; c++)
		*c = *c == '~' ? ' ' : *c;
	if (!limbeck_attribute_is_list(attribute)) {
		object_set(object, attribute, value ? value : "yes");
		return;
	}
	while (value) {
		comma = strchr(value, ',');
		if (comma)
			*comma++ = '\0';
		object_append(object, attribute, value);
		value = comma;
	}
}

static void read_dependency(struct limbeck_object *object, char *word)
{
	char *text = strchr(word, ':');
	struct object_name name;

	if (!text)
		give_up("not a dependency", word);
	*text = '\0';
	name = read_name(read_kind(word), text + 1);
	object_depends(object, &name);
}

static void read_line(struct limbeck_catalog *catalog, char *line)
{
	char *rest = NULL, *kind = strtok_r(line, " \t", &rest), *word;
	struct limbeck_object *object;
	struct object_name name;

	if (!kind)
		return;
	word = strtok_r(NULL, " \t", &rest);
	if (!word)
		give_up("no name", kind);
	name = read_name(read_kind(kind), word);
	object = catalog_add(catalog, &name);
	while ((word = strtok_r(NULL, " \t", &rest)))
		if (strncmp(word, "on:", 3) == 0)
			read_dependency(object, word + 3);
		else
			read_value(object, word);
}

struct limbeck_catalog *schemas_read(const char *text)
{
	struct schema_rules rules = { &lexis, false, "main" };
	struct limbeck_catalog *catalog = catalog_new(&rules);
	char *copy = mem_strdup(text), *rest = NULL;

	for (char *line = strtok_r(copy, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest))
		read_line(catalog, line);
	mem_free(copy);
	catalog_connect(catalog);
	if (catalog_failed(catalog))
		give_up("no memory", text);
	return catalog;
}

int schemas_alterable(const struct limbeck_object *before, const struct limbeck_object *after)
{
	enum limbeck_attribute at = object_differs(before, after, LIMBECK_ATTR_NONE);
	size_t i = 0;

	if (at == LIMBECK_ATTR_COMMENT &&
		object_differs(before, after, at) == LIMBECK_ATTR_NONE)
		return 1;
	switch (limbeck_object_kind(after)) {
	case LIMBECK_KIND_ENUM:
		while (i < limbeck_object_count(before, LIMBECK_ATTR_VALUES) &&
			limbeck_object_item(after, LIMBECK_ATTR_VALUES, i) &&
			strcmp(limbeck_object_item(before, LIMBECK_ATTR_VALUES, i),
				limbeck_object_item(after, LIMBECK_ATTR_VALUES, i)) == 0)
			i++;
		return i == limbeck_object_count(before, LIMBECK_ATTR_VALUES);
	case LIMBECK_KIND_FUNCTION:
		return object_same(before, after, LIMBECK_ATTR_RESULT);
	case LIMBECK_KIND_VIEW:
		return object_same(before, after, LIMBECK_ATTR_COLUMNS);
	case LIMBECK_KIND_SCHEMA:
	case LIMBECK_KIND_SEQUENCE:
		return 1;
	default:
		return 0;
	}
}

static void write_changes(struct strbuf *out, const struct diff *diff)
{
	for (size_t i = 0; i < diff->changes.count; i++) {
		const struct limbeck_change *change = &diff->changes.items[i];

		if (change->flags & LIMBECK_CHANGE_DESTRUCTIVE)
			strbuf_addstr(out, "! ");
		diff_describe(out, change);
		strbuf_addch(out, '\n');
	}
}

const char *schemas_diff(struct schemas_diff *how, const char *before, const char *after)
{
	struct limbeck_catalog *a = schemas_read(before), *b = schemas_read(after);
	struct arena arena = ARENA_INIT;
	struct strbuf wrong = STRBUF_INIT;
	struct diff diff;

	strbuf_reset(&how->text);
	limbeck_error_release(&how->err);
	if (!how->options.traits)
		how->options.traits = &schemas_strict;
	how->options.alterable = schemas_alterable;
	if (diff_make(&arena, a, b, &how->options, &diff, &how->err) < 0) {
		strbuf_addf(&how->text, "error: %s\n", how->err.message);
	} else {
		write_changes(&how->text, &diff);
		if (!schemas_walk(&wrong, a, b, &diff, how->options.traits))
			strbuf_addf(&how->text, "wrong: %s\n", wrong.buf);
		diff_release(&diff);
	}
	strbuf_release(&wrong);
	arena_release(&arena);
	catalog_free(a);
	catalog_free(b);
	return how->text.buf;
}

void schemas_diff_release(struct schemas_diff *how)
{
	strbuf_release(&how->text);
	limbeck_error_release(&how->err);
}
