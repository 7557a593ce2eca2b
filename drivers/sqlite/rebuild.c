/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A new table in the place of the old one: made beside it with the definition
 * that is wanted, filled by one INSERT ... SELECT, which streams, and given the
 * old one's name. The order of steps is SQLite's own ("Making Other Kinds Of
 * Table Schema Changes" in its ALTER TABLE), so that what refers to the table by
 * name, in views, triggers and other tables' foreign keys, refers to the new one.
 */
#include "schema.h"

#include <string.h>

/* One table's. */
struct renewal {
	const struct rendering *r;
	const char *table;                     /* its name, when the renames are done */
	const char *fresh;                     /* the new one's, until it takes this */
	const struct limbeck_object *old;      /* NULL: not known */
	const struct limbeck_object *object;
	struct parts parts;
	const char *rowid;                     /* how the hidden rowid is called, NULL: not kept */
};

static const char *get(const struct limbeck_object *object, enum limbeck_attribute attribute)
{
	return limbeck_host->object_get(object, attribute);
}

/* The column that a new one takes its values from, as it was; NULL: a new one. */
static const struct limbeck_object *source_of(const struct renewal *n,
	const struct limbeck_object *column)
{
	const char *name = limbeck_host->object_name(column);

	for (size_t i = 0; i < n->r->count; i++)
		if (change_is(&n->r->changes[i], LIMBECK_CREATE, LIMBECK_KIND_COLUMN) &&
		    sqlite3_stricmp(limbeck_host->object_name(n->r->changes[i].after), name) == 0)
			return NULL;
	return parts_find(&n->r->before, LIMBECK_KIND_COLUMN, name_before(n->r, name));
}

/* What rows without a value get. One that is the rowid numbers them by itself. */
static const struct limbeck_change *fill_of(const struct renewal *n,
	const struct limbeck_object *column)
{
	bool numbers = find_rowid(n->object, &n->parts) == column;

	for (size_t i = 0; i < n->r->count; i++)
		if (n->r->changes[i].verb == LIMBECK_FILL && (n->r->changes[i].value || !numbers) &&
		    sqlite3_stricmp(limbeck_host->object_name(n->r->changes[i].after),
			limbeck_host->object_name(column)) == 0)
			return &n->r->changes[i];
	return NULL;
}

/* Whether rows bring a value for it; else it is computed, or takes its default. */
static bool is_copied(const struct renewal *n, const struct limbeck_object *part)
{
	return limbeck_host->object_kind(part) == LIMBECK_KIND_COLUMN &&
		!get(part, LIMBECK_ATTR_GENERATED) && (source_of(n, part) || fill_of(n, part));
}

/* A name of the rowid that no column of either table has. */
static const char *free_rowid(const struct renewal *n)
{
	static const char *const names[] = { "rowid", "_rowid_", "oid" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (!parts_find(&n->r->before, LIMBECK_KIND_COLUMN, names[i]) &&
		    !parts_find(&n->parts, LIMBECK_KIND_COLUMN, names[i]))
			return names[i];
	return NULL;
}

/* Rows keep their numbers, unless a column that is copied is to give them. */
static const char *kept_rowid(const struct renewal *n)
{
	const struct limbeck_object *alias = find_rowid(n->object, &n->parts);

	if (!n->old || get(n->old, LIMBECK_ATTR_WITHOUT_ROWID) ||
	    get(n->object, LIMBECK_ATTR_WITHOUT_ROWID) || (alias && is_copied(n, alias)))
		return NULL;
	return free_rowid(n);
}

static bool has_counter(const struct parts *parts)
{
	for (size_t i = 0; i < parts->count; i++)
		if (limbeck_host->object_kind(parts->items[i]) == LIMBECK_KIND_COLUMN &&
		    get(parts->items[i], LIMBECK_ATTR_IDENTITY))
			return true;
	return false;
}

/* Before the rows, so that the counter is there also if there are none. */
static void copy_counter(const struct renewal *n)
{
	struct limbeck_out *out = n->r->out;

	if (!has_counter(&n->r->before) || !has_counter(&n->parts))
		return;
	limbeck_host->put(out, "INSERT INTO sqlite_sequence (name, seq)\n    SELECT ");
	limbeck_host->put_literal(out, n->fresh);
	limbeck_host->put(out, ", seq FROM sqlite_sequence WHERE name = ");
	limbeck_host->put_literal(out, n->table);
	limbeck_host->end(out);
}

static bool means_blob(const struct limbeck_object *column)
{
	const char *meaning = get(column, LIMBECK_ATTR_MEANING);

	return meaning && strcmp(meaning, "blob") == 0;
}

/* A column converts what it is given where it can; a strict one refuses bytes for
 * a text, and a text for bytes. */
static const char *cast_of(const struct renewal *n, const struct limbeck_object *source,
	const struct limbeck_object *column)
{
	if (!get(n->object, LIMBECK_ATTR_STRICT))
		return NULL;
	if (column_is_text(source) && means_blob(column))
		return "BLOB";
	return means_blob(source) && column_is_text(column) ? "TEXT" : NULL;
}

static void put_value(const struct renewal *n, const struct limbeck_object *column)
{
	struct limbeck_out *out = n->r->out;
	const struct limbeck_object *source = source_of(n, column);
	const struct limbeck_change *fill = fill_of(n, column);
	const char *cast = source ? cast_of(n, source, column) : NULL;

	if (fill && !fill->value)
		render_decide(n->r, column);
	if (fill && source)
		limbeck_host->put(out, "coalesce(");
	if (cast)
		limbeck_host->put(out, "CAST(");
	if (source)
		limbeck_host->put_name(out, limbeck_host->object_name(column));
	if (cast)
		limbeck_host->put(out, " AS %s)", cast);
	if (fill)
		limbeck_host->put(out, "%s%s%s", source ? ", " : "",
			fill->value ? fill->value : "NULL", source ? ")" : "");
}

/* The list of columns, or of the values for them. */
static size_t put_list(const struct renewal *n, bool values)
{
	struct limbeck_out *out = n->r->out;
	size_t count = 0;

	if (n->rowid) {
		limbeck_host->put(out, "%s", n->rowid);
		count++;
	}
	for (size_t i = 0; i < n->parts.count; i++) {
		const struct limbeck_object *part = n->parts.items[i];

		if (!is_copied(n, part))
			continue;
		if (count++)
			limbeck_host->put(out, ", ");
		if (values)
			put_value(n, part);
		else
			limbeck_host->put_name(out, limbeck_host->object_name(part));
	}
	return count;
}

/* Whether a constraint has a say in what an INSERT does with a bad row. */
static bool has_conflict(const struct renewal *n)
{
	for (size_t i = 0; i < n->parts.count; i++)
		if (get(n->parts.items[i], LIMBECK_ATTR_CONFLICT))
			return true;
	return false;
}

static bool copies_any(const struct renewal *n)
{
	for (size_t i = 0; i < n->parts.count; i++)
		if (is_copied(n, n->parts.items[i]))
			return true;
	return n->rowid;
}

/* No row may be left out in silence, whatever ON CONFLICT says. */
static void copy_rows(const struct renewal *n)
{
	struct limbeck_out *out = n->r->out;

	if (!copies_any(n))
		return;
	render_words(n->r, has_conflict(n) ? "INSERT OR ABORT INTO" : "INSERT INTO", n->fresh);
	limbeck_host->put(out, " (");
	put_list(n, false);
	limbeck_host->put(out, ")\n    SELECT ");
	put_list(n, true);
	render_words(n->r, "\n    FROM", n->table);
	limbeck_host->end(out);
}

static void statement(const struct renewal *n, const char *text)
{
	limbeck_host->put(n->r->out, "%s", text);
	limbeck_host->end(n->r->out);
}

/* SQLite would read all views and triggers before it renames, and refuse since
 * those that mention the table miss it now: the older way does not. */
static void take_place(const struct renewal *n)
{
	render_words(n->r, "DROP TABLE", n->table);
	limbeck_host->end(n->r->out);
	statement(n, "PRAGMA legacy_alter_table = ON");
	render_words(n->r, "ALTER TABLE", n->fresh);
	render_words(n->r, " RENAME TO", n->table);
	limbeck_host->end(n->r->out);
	statement(n, "PRAGMA legacy_alter_table = OFF");
}

static int no_memory(const struct rendering *r)
{
	return limbeck_host->fail(r->err, LIMBECK_E_NOMEM, "out of memory");
}

static int renew(struct renewal *n)
{
	if (!n->object)
		return limbeck_host->fail(n->r->err, LIMBECK_E_UNSUPPORTED,
			"table %s is to be rebuilt, and is not in the schema", n->table);
	parts_collect(&n->parts, n->r->request->after, n->table);
	if (n->parts.failed || !n->fresh)
		return no_memory(n->r);
	n->rowid = kept_rowid(n);
	limbeck_host->put_rebuild(n->r->out);
	limbeck_host->remark(n->r->out, "ALTER TABLE can't do this: a new table takes the rows "
		"and the place of %s.", n->table);
	render_table(n->r, n->fresh, n->object, &n->parts);
	copy_counter(n);
	copy_rows(n);
	take_place(n);
	render_parts_of(n->r, n->table);
	return 0;
}

int rebuild(struct rendering *r)
{
	struct renewal n = { .r = r, .table = change_table(&r->changes[r->count - 1]) };
	int result;

	n.fresh = pool_take(&r->pool, sqlite3_mprintf("limbeck_new_%s", n.table));
	n.old = limbeck_host->object_next(r->request->before, LIMBECK_KIND_TABLE, NULL, NULL, NULL);
	n.object = limbeck_host->object_find(r->request->after, LIMBECK_KIND_TABLE, NULL, NULL,
		n.table, NULL);
	result = renew(&n);
	parts_release(&n.parts);
	return result;
}
