/* SPDX-License-Identifier: BSD-2-Clause */
/* What SQLite's ALTER TABLE can do ("ALTER TABLE" in its documentation), sections
 * on ADD COLUMN and DROP COLUMN. */
#include "schema.h"

#include <stdio.h>
#include <string.h>

static const char *get(const struct limbeck_object *object, enum limbeck_attribute attribute)
{
	return limbeck_host->object_get(object, attribute);
}

/* Whether a default is the same for all rows, as ADD COLUMN wants it: a literal,
 * but for the words that give the time. Of TRUE it would make a number, also in a
 * text. */
static bool is_constant(const struct limbeck_object *column, const char *text)
{
	size_t length = strlen(text);
	struct cursor c;

	text_strip(&text, &length);
	cursor_init(&c, text, length);
	if (!cursor_take(&c, '-'))
		cursor_take(&c, '+');
	if (c.token.kind == LIMBECK_TOKEN_WORD && (column_is_text(column) ||
	    (!cursor_at_word(&c, "TRUE") && !cursor_at_word(&c, "FALSE"))))
		return false;
	if (cursor_at_end(&c) || c.token.kind == LIMBECK_TOKEN_OTHER)
		return false;
	cursor_next(&c);
	return cursor_at_end(&c);
}

/* The last change of the run that adds a column which this constraint is about,
 * if it can be written with that column; else r->count. */
static size_t column_of(const struct rendering *r, const struct limbeck_object *constraint)
{
	bool check = limbeck_host->object_kind(constraint) == LIMBECK_KIND_CHECK;

	if (!check && (limbeck_host->object_kind(constraint) != LIMBECK_KIND_FOREIGN_KEY ||
	    limbeck_host->object_count(constraint, LIMBECK_ATTR_COLUMNS) != 1))
		return r->count;
	for (size_t i = r->count; i-- > 0;) {
		const struct limbeck_object *column = r->changes[i].after;
		const char *name = limbeck_host->object_name(column);

		if (!change_is(&r->changes[i], LIMBECK_CREATE, LIMBECK_KIND_COLUMN))
			continue;
		if (check && text_has_name(get(constraint, LIMBECK_ATTR_EXPRESSION), name))
			return i;
		/* Of one with a default it would have to be checked. */
		if (!check && !get(column, LIMBECK_ATTR_DEFAULT) &&
		    sqlite3_stricmp(get(constraint, LIMBECK_ATTR_COLUMNS), name) == 0)
			return i;
	}
	return r->count;
}

static bool can_add(const struct limbeck_object *column)
{
	const char *text = get(column, LIMBECK_ATTR_DEFAULT);
	const char *generated = get(column, LIMBECK_ATTR_GENERATED_KIND);

	if (generated)
		return strcmp(generated, "virtual") == 0;
	if (get(column, LIMBECK_ATTR_IDENTITY) || (text && !is_constant(column, text)))
		return false;
	return text || !get(column, LIMBECK_ATTR_NOT_NULL);
}

static void add(const struct rendering *r, size_t i)
{
	render_words(r, "ALTER TABLE", change_table(&r->changes[i]));
	limbeck_host->put(r->out, " ADD COLUMN ");
	render_column(r, r->changes[i].after, NULL);
	for (size_t k = 0; k < r->count; k++) {
		const struct limbeck_object *object = r->changes[k].after;

		if (r->changes[k].verb != LIMBECK_CREATE || column_of(r, object) != i)
			continue;
		if (limbeck_host->object_kind(object) == LIMBECK_KIND_CHECK) {
			limbeck_host->put(r->out, " ");
			limbeck_host->put_definition(r->out, object);
		} else {
			render_references(r, object);
		}
	}
	limbeck_host->end(r->out);
}

static bool has_item(const struct limbeck_object *object, enum limbeck_attribute attribute,
	const char *name)
{
	size_t count = limbeck_host->object_count(object, attribute);

	for (size_t i = 0; i < count; i++)
		if (sqlite3_stricmp(limbeck_host->object_item(object, attribute, i), name) == 0)
			return true;
	return false;
}

static bool index_holds(const struct limbeck_object *index, const char *column)
{
	size_t count = limbeck_host->object_count(index, LIMBECK_ATTR_PARTS);

	for (size_t i = 0; i < count; i++)
		if (text_has_name(limbeck_host->object_item(index, LIMBECK_ATTR_PARTS, i), column))
			return true;
	return has_item(index, LIMBECK_ATTR_COLUMNS, column) ||
		text_has_name(get(index, LIMBECK_ATTR_PREDICATE), column);
}

/* Constraints, also those written with the column, and what is computed from it. */
static bool part_holds(const struct limbeck_object *part, const char *column)
{
	if (limbeck_host->object_kind(part) == LIMBECK_KIND_COLUMN)
		return text_has_name(get(part, LIMBECK_ATTR_GENERATED), column);
	return has_item(part, LIMBECK_ATTR_COLUMNS, column) ||
		text_has_name(get(part, LIMBECK_ATTR_EXPRESSION), column);
}

enum index_fate {
	INDEX_STAYS,  /* in the way */
	INDEX_GONE,   /* dropped by an earlier change */
	INDEX_GOES    /* nobody wants it any more */
};

static enum index_fate index_fate(const struct rendering *r, size_t i,
	const struct limbeck_object *index)
{
	const char *name = limbeck_host->object_name(index);

	for (size_t k = 0; k < r->count; k++)
		if (change_is(&r->changes[k], LIMBECK_DROP, LIMBECK_KIND_INDEX) &&
		    sqlite3_stricmp(limbeck_host->object_name(r->changes[k].before), name) == 0)
			return k < i ? INDEX_GONE : INDEX_STAYS;
	return limbeck_host->object_find(r->request->after, LIMBECK_KIND_INDEX, NULL,
		change_table(&r->changes[i]), name, NULL) ? INDEX_STAYS : INDEX_GOES;
}

/* 3.35 brought DROP COLUMN. */
static bool has_drop_column(const struct limbeck_server *server)
{
	int major = 3, minor = 35;

	return !server || !server->version ||
		sscanf(server->version, "%d.%d", &major, &minor) < 2 ||
		major > 3 || minor >= 35;
}

static bool can_drop(const struct rendering *r, size_t i)
{
	const char *name = name_before(r, limbeck_host->object_name(r->changes[i].before));
	const struct limbeck_object *index = NULL;

	if (!has_drop_column(r->request->server))
		return false;
	for (size_t k = 0; k < r->before.count; k++)
		if (part_holds(r->before.items[k], name))
			return false;
	while ((index = limbeck_host->object_next(r->request->before, LIMBECK_KIND_INDEX, NULL,
			NULL, index)))
		if (index_holds(index, name) && index_fate(r, i, index) == INDEX_STAYS)
			return false;
	return true;
}

static void drop(const struct rendering *r, size_t i)
{
	const char *name = limbeck_host->object_name(r->changes[i].before);
	const struct limbeck_object *index = NULL;

	while ((index = limbeck_host->object_next(r->request->before, LIMBECK_KIND_INDEX, NULL,
			NULL, index))) {
		if (!index_holds(index, name_before(r, name)) ||
		    index_fate(r, i, index) != INDEX_GOES)
			continue;
		render_words(r, "DROP INDEX", limbeck_host->object_name(index));
		limbeck_host->end(r->out);
	}
	render_words(r, "ALTER TABLE", change_table(&r->changes[i]));
	render_words(r, " DROP COLUMN", name);
	limbeck_host->end(r->out);
}

/* Whether something differs that SQLite has. */
static bool is_changed(const struct limbeck_change *change)
{
	static const enum limbeck_attribute attributes[] = { LIMBECK_ATTR_TYPE,
		LIMBECK_ATTR_NOT_NULL, LIMBECK_ATTR_DEFAULT, LIMBECK_ATTR_GENERATED,
		LIMBECK_ATTR_GENERATED_KIND, LIMBECK_ATTR_IDENTITY, LIMBECK_ATTR_COLLATION,
		LIMBECK_ATTR_CONFLICT, LIMBECK_ATTR_STRICT, LIMBECK_ATTR_WITHOUT_ROWID };

	for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
		if (!limbeck_host->object_same(change->before, change->after, attributes[i]))
			return true;
	return false;
}

static bool can_column(const struct rendering *r, size_t i)
{
	switch (r->changes[i].verb) {
	case LIMBECK_CREATE:
		return can_add(r->changes[i].after);
	case LIMBECK_DROP:
		return can_drop(r, i);
	case LIMBECK_ALTER:
		return !is_changed(&r->changes[i]);
	default:
		return true;
	}
}

bool alter_can(const struct rendering *r, size_t i)
{
	const struct limbeck_change *change = &r->changes[i];
	size_t column;

	switch (limbeck_host->object_kind(change_object(change))) {
	case LIMBECK_KIND_TABLE:
		return change->verb != LIMBECK_ALTER || !is_changed(change);
	case LIMBECK_KIND_COLUMN:
		return can_column(r, i);
	case LIMBECK_KIND_FOREIGN_KEY:
	case LIMBECK_KIND_CHECK:
		if (change->verb != LIMBECK_CREATE)
			return false;
		column = column_of(r, change->after);
		return column < r->count && can_add(r->changes[column].after);
	case LIMBECK_KIND_PRIMARY_KEY:
	case LIMBECK_KIND_UNIQUE:
		return false;
	default:
		return true;
	}
}

void alter_make(const struct rendering *r, size_t i)
{
	const struct limbeck_change *change = &r->changes[i];

	switch (limbeck_host->object_kind(change_object(change))) {
	case LIMBECK_KIND_CHECK:
	case LIMBECK_KIND_FOREIGN_KEY:
		return;
	case LIMBECK_KIND_TABLE:
	case LIMBECK_KIND_COLUMN:
		if (change->verb == LIMBECK_ALTER)
			return;
		break;
	default:
		break;
	}
	if (change_is(change, LIMBECK_CREATE, LIMBECK_KIND_COLUMN))
		add(r, i);
	else if (change_is(change, LIMBECK_DROP, LIMBECK_KIND_COLUMN))
		drop(r, i);
	else
		render_simple(r, change);
}
