/* SPDX-License-Identifier: BSD-2-Clause */
/* Changes as SQL: the few that ALTER TABLE can make, and a new table for others. */
#include "schema.h"

#include <string.h>

const struct limbeck_object *change_object(const struct limbeck_change *change)
{
	return change->after ? change->after : change->before;
}

bool change_is(const struct limbeck_change *change, int verb, enum limbeck_kind kind)
{
	return change->verb == verb && limbeck_host->object_kind(change_object(change)) == kind;
}

const char *change_table(const struct limbeck_change *change)
{
	const struct limbeck_object *object = change_object(change);

	return limbeck_host->object_kind(object) == LIMBECK_KIND_TABLE ?
		limbeck_host->object_name(object) : limbeck_host->object_table(object);
}

const char *name_before(const struct rendering *r, const char *column)
{
	for (size_t i = r->count; i-- > 0;)
		if (change_is(&r->changes[i], LIMBECK_RENAME, LIMBECK_KIND_COLUMN) &&
		    sqlite3_stricmp(limbeck_host->object_name(r->changes[i].after), column) == 0)
			column = limbeck_host->object_name(r->changes[i].before);
	return column;
}

void render_words(const struct rendering *r, const char *words, const char *name)
{
	limbeck_host->put(r->out, "%s ", words);
	limbeck_host->put_name(r->out, name);
}

/* Views too may be dropped, and come again under another name. */
static void drop(const struct rendering *r, const struct limbeck_object *object)
{
	const char *word = limbeck_host->object_get(object, LIMBECK_ATTR_WORD);

	switch (limbeck_host->object_kind(object)) {
	case LIMBECK_KIND_TABLE:
		word = "TABLE";
		break;
	case LIMBECK_KIND_INDEX:
		word = "INDEX";
		break;
	case LIMBECK_KIND_VIEW:
		word = "VIEW";
		break;
	case LIMBECK_KIND_TRIGGER:
		word = "TRIGGER";
		break;
	default:
		break;
	}
	if (!word)
		return;
	limbeck_host->put(r->out, "DROP ");
	render_words(r, word, limbeck_host->object_name(object));
	limbeck_host->end(r->out);
}

static void create_index(const struct rendering *r, const struct limbeck_object *index)
{
	size_t count = limbeck_host->object_count(index, LIMBECK_ATTR_PARTS);
	const char *predicate = limbeck_host->object_get(index, LIMBECK_ATTR_PREDICATE);

	render_words(r, limbeck_host->object_get(index, LIMBECK_ATTR_UNIQUE) ?
		"CREATE UNIQUE INDEX" : "CREATE INDEX", limbeck_host->object_name(index));
	render_words(r, " ON", limbeck_host->object_table(index));
	limbeck_host->put(r->out, " (");
	for (size_t i = 0; i < count; i++)
		limbeck_host->put(r->out, "%s%s", i ? ", " : "",
			limbeck_host->object_item(index, LIMBECK_ATTR_PARTS, i));
	if (!count)
		limbeck_host->put_names(r->out, index, LIMBECK_ATTR_COLUMNS);
	limbeck_host->put(r->out, ")");
	if (predicate)
		limbeck_host->put(r->out, " WHERE %s", predicate);
	limbeck_host->end(r->out);
}

static void create(const struct rendering *r, const struct limbeck_change *change)
{
	const struct limbeck_object *object = change->after;
	const char *definition = limbeck_host->object_get(object, LIMBECK_ATTR_DEFINITION);

	if (limbeck_host->object_kind(object) == LIMBECK_KIND_INDEX) {
		create_index(r, object);
		return;
	}
	limbeck_host->put(r->out, "%s", definition ? definition : "");
	limbeck_host->end(r->out);
}

/* In two steps where only the case of letters differs, which SQLite takes for the
 * same name. */
static void rename_native(const struct rendering *r, const char *words, const char *from,
	const char *to, const char *table)
{
	const char *between = sqlite3_stricmp(from, to) == 0 ? "limbeck_new_name" : NULL;

	for (;;) {
		render_words(r, "ALTER TABLE", table);
		limbeck_host->put(r->out, " RENAME ");
		if (*words) {
			render_words(r, words, from);
			limbeck_host->put(r->out, " ");
		}
		render_words(r, "TO", between ? between : to);
		limbeck_host->end(r->out);
		if (!between)
			return;
		if (!*words)
			table = between;
		from = between;
		between = NULL;
	}
}

static void rename_object(const struct rendering *r, const struct limbeck_change *change)
{
	const char *from = limbeck_host->object_name(change->before);
	const char *to = limbeck_host->object_name(change->after);

	switch (limbeck_host->object_kind(change->after)) {
	case LIMBECK_KIND_TABLE:
	case LIMBECK_KIND_OTHER:
		rename_native(r, "", from, to, from);
		break;
	case LIMBECK_KIND_COLUMN:
		rename_native(r, "COLUMN", from, to, limbeck_host->object_table(change->after));
		break;
	default:
		drop(r, change->before);
		create(r, change);
	}
}

void render_decide(const struct rendering *r, const struct limbeck_object *column)
{
	limbeck_host->put_decide(r->out, "the value of %s.%s in the rows that are there: "
		"write it for NULL, and delete this line", limbeck_host->object_table(column),
		limbeck_host->object_name(column));
}

static void fill(const struct rendering *r, const struct limbeck_change *change)
{
	const char *column = limbeck_host->object_name(change->after);

	if (!change->value)
		render_decide(r, change->after);
	render_words(r, "UPDATE", limbeck_host->object_table(change->after));
	render_words(r, " SET", column);
	limbeck_host->put(r->out, " = %s", change->value ? change->value : "NULL");
	render_words(r, " WHERE", column);
	limbeck_host->put(r->out, " IS NULL");
	limbeck_host->end(r->out);
}

void render_simple(const struct rendering *r, const struct limbeck_change *change)
{
	switch (change->verb) {
	case LIMBECK_CREATE:
		create(r, change);
		break;
	case LIMBECK_DROP:
		drop(r, change->before);
		break;
	case LIMBECK_RENAME:
		rename_object(r, change);
		break;
	case LIMBECK_FILL:
		fill(r, change);
		break;
	default:
		drop(r, change->before);
		create(r, change);
	}
}

void render_parts_of(const struct rendering *r, const char *table)
{
	static const enum limbeck_kind kinds[] = { LIMBECK_KIND_INDEX, LIMBECK_KIND_TRIGGER };

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct limbeck_change change = { .size = sizeof change, .verb = LIMBECK_CREATE };

		while ((change.after = limbeck_host->object_next(r->request->after, kinds[i], NULL,
				table, change.after)))
			create(r, &change);
	}
}

static bool is_rename(const struct limbeck_change *change)
{
	return change_is(change, LIMBECK_RENAME, LIMBECK_KIND_TABLE) ||
		change_is(change, LIMBECK_RENAME, LIMBECK_KIND_COLUMN);
}

/* Renames first: ALTER TABLE follows them into views, triggers, other tables. */
static int render_rebuild(struct rendering *r)
{
	for (size_t i = 0; i < r->count; i++)
		if (is_rename(&r->changes[i]))
			render_simple(r, &r->changes[i]);
	return rebuild(r);
}

/* Whether it stands in CREATE TABLE. */
static bool is_definition(const struct limbeck_object *object)
{
	switch (limbeck_host->object_kind(object)) {
	case LIMBECK_KIND_TABLE:
	case LIMBECK_KIND_COLUMN:
	case LIMBECK_KIND_PRIMARY_KEY:
	case LIMBECK_KIND_UNIQUE:
	case LIMBECK_KIND_CHECK:
	case LIMBECK_KIND_FOREIGN_KEY:
		return true;
	default:
		return false;
	}
}

/* With the table go all its parts. */
static bool goes(const struct rendering *r)
{
	return change_is(&r->changes[r->count - 1], LIMBECK_DROP, LIMBECK_KIND_TABLE);
}

/* A new table is made as it is in the end; its constraints need no change. */
static int render_new(struct rendering *r)
{
	struct parts parts = { 0 };
	int result = -1;

	parts_collect(&parts, r->request->after, change_table(&r->changes[0]));
	if (parts.failed) {
		limbeck_host->fail(r->err, LIMBECK_E_NOMEM, "out of memory");
		goto out;
	}
	render_table(r, change_table(&r->changes[0]), r->changes[0].after, &parts);
	for (size_t i = 1; i < r->count; i++)
		if (!is_definition(change_object(&r->changes[i])))
			render_simple(r, &r->changes[i]);
	result = 0;
out:
	parts_release(&parts);
	return result;
}

/* While foreign keys are enforced, a table is emptied before it is dropped: what
 * refers to it must not be asked if it is to go as well. */
static void render_drop(const struct rendering *r)
{
	const struct limbeck_object *table = r->changes[r->count - 1].before, *key = NULL;

	while ((key = limbeck_host->object_next(r->request->after, LIMBECK_KIND_FOREIGN_KEY, NULL,
			NULL, key))) {
		if (sqlite3_stricmp(limbeck_host->object_get(key, LIMBECK_ATTR_REF_TABLE),
				limbeck_host->object_name(table)) != 0)
			continue;
		limbeck_host->put_rebuild(r->out);
		break;
	}
	drop(r, table);
}

static int render_all(struct rendering *r)
{
	if (goes(r)) {
		render_drop(r);
		return 0;
	}
	if (change_is(&r->changes[0], LIMBECK_CREATE, LIMBECK_KIND_TABLE))
		return render_new(r);
	for (size_t i = 0; i < r->count; i++)
		if (!alter_can(r, i))
			return render_rebuild(r);
	for (size_t i = 0; i < r->count; i++)
		alter_make(r, i);
	return 0;
}

int render(const struct limbeck_rendering *request, const struct limbeck_change *changes,
	size_t count, struct limbeck_out *out, struct limbeck_error *err)
{
	struct rendering r = { .request = request, .changes = changes, .count = count, .out = out,
		.err = err };
	const struct limbeck_object *table = limbeck_host->object_next(request->before,
		LIMBECK_KIND_TABLE, NULL, NULL, NULL);
	int result = -1;

	if (table)
		parts_collect(&r.before, request->before, limbeck_host->object_name(table));
	if (r.before.failed)
		limbeck_host->fail(err, LIMBECK_E_NOMEM, "out of memory");
	else
		result = render_all(&r);
	parts_release(&r.before);
	pool_release(&r.pool);
	return result < 0 ? -1 : (int)count;
}
