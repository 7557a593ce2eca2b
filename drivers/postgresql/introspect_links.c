/* SPDX-License-Identifier: BSD-2-Clause */
/* What holds on to what, and comments. */
#include <string.h>

#include "introspect.h"

/* pg_depend, in which a view is its rule and a default has a row of its own; what
 * belongs to an extension stands for that. Only
 * what the model does not say by itself: not what keys hold on to, nor indexes on
 * plain columns, nor what is automatic between a table and its parts. */
static const struct piece dependencies_sql[] = { { 0, 0,
	"SELECT CASE WHEN w.oid IS NOT NULL OR a.oid IS NOT NULL THEN 1259 ELSE d.classid END, "
	"coalesce(w.ev_class, a.adrelid, d.objid), "
	"CASE WHEN w.oid IS NOT NULL THEN 0 ELSE coalesce(a.adnum, d.objsubid) END, "
	"coalesce(e.refclassid, d.refclassid), coalesce(e.refobjid, d.refobjid), "
	"CASE WHEN e.refobjid IS NULL THEN d.refobjsubid ELSE 0 END "
	"FROM pg_catalog.pg_depend d "
	"LEFT JOIN pg_catalog.pg_rewrite w ON d.classid = 2618 AND w.oid = d.objid "
	"AND w.rulename = '_RETURN' "
	"LEFT JOIN pg_catalog.pg_attrdef a ON d.classid = 2604 AND a.oid = d.objid "
	"LEFT JOIN pg_catalog.pg_depend e ON e.classid = d.refclassid AND e.objid = d.refobjid "
	"AND e.deptype = 'e' AND e.refclassid = 3079 "
	"WHERE d.deptype IN ('n', 'a') AND d.refobjid >= 16384 "
	"AND d.refclassid IN (1247, 1255, 1259, 1417, 2606, 2616, 2617, 3456) "
	"AND (d.classid IN (1247, 1255, 1417, 2604, 2618, 3256, 3381, 3466) "
	"OR (d.classid = 1259 AND (d.refclassid IN (1247, 1417, 2616, 3456) OR d.objsubid > 0 "
	"OR d.objid IN (SELECT i.indexrelid FROM pg_catalog.pg_index i "
	"WHERE i.indexprs IS NOT NULL OR i.indpred IS NOT NULL))) "
	"OR (d.classid = 2606 AND d.objid IN (SELECT c.oid FROM pg_catalog.pg_constraint c "
	"WHERE c.contype IN ('c', 'x'))) "
	"OR (d.classid = 2620 AND d.objid IN (SELECT t.oid FROM pg_catalog.pg_trigger t "
	"WHERE NOT t.tgisinternal)))" } };

/* The object that an oid and a column's number stand for. */
static struct limbeck_object *object_of(const struct reader *reader, unsigned class, unsigned oid,
	unsigned column)
{
	const struct known *known = known_find(reader, class, oid);

	if (!known)
		return NULL;
	if (column && column <= known->column_count && known->columns[column - 1].object)
		return known->columns[column - 1].object;
	return known->object;
}

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

/* Whether `table` is the table that `part` belongs to. */
static bool is_table_of(const struct limbeck_object *table, const struct limbeck_object *part)
{
	return limbeck_host->object_table(part) && !limbeck_host->object_table(table) &&
		same_text(limbeck_host->object_table(part), limbeck_host->object_name(table)) &&
		same_text(limbeck_host->object_schema(part), limbeck_host->object_schema(table));
}

static void depend(struct limbeck_object *object, const struct limbeck_object *on)
{
	if (!object || !on || object == on || is_table_of(on, object))
		return;
	limbeck_host->object_depends(object, limbeck_host->object_kind(on),
		limbeck_host->object_schema(on), limbeck_host->object_table(on),
		limbeck_host->object_name(on), limbeck_host->object_signature(on));
}

static int take_dependency(struct reader *reader, const struct row *row)
{
	depend(object_of(reader, row_oid(row, 0), row_oid(row, 1), row_oid(row, 2)),
		object_of(reader, row_oid(row, 3), row_oid(row, 4), row_oid(row, 5)));
	return 0;
}

int read_dependencies(struct reader *reader)
{
	const struct reliance *reliance;

	if (reader_query(reader, dependencies_sql, LENGTH(dependencies_sql), take_dependency) < 0)
		return -1;
	for (reliance = reader->reliances; reliance; reliance = reliance->next)
		depend(reliance->key, object_of(reader, CLASS_RELATION, reliance->index, 0));
	return 0;
}

/* pg_description; an extension's comment is the extension's own. */
static const struct piece comments_sql[] = { { 0, 0,
	"SELECT d.classoid, d.objoid, d.objsubid, d.description "
	"FROM pg_catalog.pg_description d "
	"WHERE d.objoid >= 16384 AND d.classoid <> 3079 ORDER BY d.objoid, d.objsubid" } };

/* Columns of views are no objects; those without a comment have an empty one, for
 * those behind them. */
static void view_column(struct limbeck_object *view, unsigned column, const char *text)
{
	enum limbeck_kind kind = limbeck_host->object_kind(view);
	size_t count = limbeck_host->object_count(view, LIMBECK_ATTR_COLUMN_COMMENTS);

	if (kind != LIMBECK_KIND_VIEW && kind != LIMBECK_KIND_MATERIALIZED_VIEW)
		return;
	while (++count < column)
		limbeck_host->object_append(view, LIMBECK_ATTR_COLUMN_COMMENTS, "");
	limbeck_host->object_append(view, LIMBECK_ATTR_COLUMN_COMMENTS, text);
}

static int take_comment(struct reader *reader, const struct row *row)
{
	const struct known *known = known_find(reader, row_oid(row, 0), row_oid(row, 1));
	struct limbeck_object *object;
	unsigned column = row_oid(row, 2);

	if (!known || known->alias)
		return 0;
	object = object_of(reader, row_oid(row, 0), row_oid(row, 1), column);
	if (object && column && object == known->object)
		view_column(object, column, row_text(row, 3));
	else if (object)
		limbeck_host->object_set(object, LIMBECK_ATTR_COMMENT, row_text(row, 3));
	return 0;
}

int read_comments(struct reader *reader)
{
	return reader_query(reader, comments_sql, LENGTH(comments_sql), take_comment);
}
