/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "introspect.h"

/* pg_constraint, and pg_index for those that have an index. Left out is what a
 * table has from its parents; but a foreign key to a partitioned table has a copy for
 * each partition, without which that can't be dropped. */
enum {
	K_OID, K_TYPE, K_NAME, K_TABLE, K_DOMAIN, K_INDEX, K_COLUMNS, K_REF_TABLE, K_REF_COLUMNS,
	K_ON_UPDATE, K_ON_DELETE, K_MATCH, K_DEFERRABLE, K_DEFERRED, K_VALID, K_NO_INHERIT,
	K_EXPRESSION, K_DEFINITION, K_KEYS, K_ALL_KEYS, K_PREDICATE, K_OPTIONS, K_METHOD,
	K_NULLS, K_DELETE_COLUMNS, K_PARENT
};

static const struct piece constraints_sql[] = {
	{ 0, 0,
	"SELECT c.oid, c.contype, c.conname, c.conrelid, c.contypid, c.conindid, c.conkey, "
	"c.confrelid, c.confkey, c.confupdtype, c.confdeltype, c.confmatchtype, c.condeferrable, "
	"c.condeferred, c.convalidated, c.connoinherit, "
	"CASE WHEN c.contype = 'c' THEN pg_catalog.pg_get_expr(c.conbin, c.conrelid, true) END, "
	"CASE WHEN c.contype = 'x' THEN pg_catalog.pg_get_constraintdef(c.oid, true) END, "
	"i.indnkeyatts, i.indkey, pg_catalog.pg_get_expr(i.indpred, i.indrelid, true), "
	"CASE WHEN ic.reloptions IS NOT NULL THEN 'WITH (' || "
	OPTIONS_OF("ic.reloptions", "''") " || ')' END, "
	"CASE WHEN c.contype = 'x' THEN am.amname END, " },
	{ 150000, 0, "i.indnullsnotdistinct, c.confdelsetcols, " },
	{ 0, 150000, "false, NULL, " },
	{ 0, 0,
	"c.conparentid FROM pg_catalog.pg_constraint c "
	"LEFT JOIN pg_catalog.pg_constraint u ON u.oid = c.conparentid "
	"LEFT JOIN pg_catalog.pg_index i ON c.contype IN ('p', 'u', 'x') "
	"AND i.indexrelid = c.conindid "
	"LEFT JOIN pg_catalog.pg_class ic ON ic.oid = i.indexrelid "
	"LEFT JOIN pg_catalog.pg_am am ON am.oid = ic.relam "
	"WHERE c.connamespace = ANY (%SCHEMAS%) AND c.contype IN ('p', 'u', 'c', 'x', 'f') "
	"AND CASE WHEN c.conparentid = 0 THEN c.conislocal "
	"ELSE c.contype = 'f' AND u.conrelid = c.conrelid END "
	"ORDER BY c.conparentid <> 0, CASE WHEN c.conparentid <> 0 THEN c.oid END, c.conname" },
};

static void set_key(struct limbeck_object *object, const struct known *table,
	const struct row *row)
{
	size_t keys = row_oid(row, K_KEYS);

	append_columns(object, LIMBECK_ATTR_INCLUDE, table, row_text(row, K_ALL_KEYS), keys,
		SIZE_MAX - keys);
	limbeck_host->object_set(object, LIMBECK_ATTR_OPTIONS, row_text(row, K_OPTIONS));
	set_yes(object, LIMBECK_ATTR_NULLS_NOT_DISTINCT, row_true(row, K_NULLS));
}

/* A primary key implies what its columns say. */
static void unsay_not_null(const struct limbeck_object *key, const struct known *table)
{
	size_t i, n;

	for (i = 0; i < table->column_count; i++) {
		for (n = 0; table->columns[i].object && n < limbeck_host->object_count(key,
			LIMBECK_ATTR_COLUMNS); n++) {
			if (strcmp(limbeck_host->object_item(key, LIMBECK_ATTR_COLUMNS, n),
				table->columns[i].name) == 0)
				limbeck_host->object_set(table->columns[i].object,
					LIMBECK_ATTR_NOT_NULL, NULL);
		}
	}
}

static void set_action(struct limbeck_object *object, enum limbeck_attribute attribute,
	char action)
{
	const char *word = action == 'r' ? "RESTRICT" : action == 'c' ? "CASCADE" :
		action == 'n' ? "SET NULL" : action == 'd' ? "SET DEFAULT" : NULL;

	limbeck_host->object_set(object, attribute, word);
}

static int set_foreign_key(struct reader *reader, struct limbeck_object *object,
	const struct known *table, const struct row *row)
{
	const struct known *other = known_find(reader, CLASS_RELATION, row_oid(row, K_REF_TABLE));
	struct reliance *reliance = reader_alloc(reader, sizeof(*reliance));
	const char *schema;

	if (!reliance)
		return postgresql_nomem(reader->err);
	reliance->key = object;
	reliance->index = row_oid(row, K_INDEX);
	reliance->next = reader->reliances;
	reader->reliances = reliance;
	set_action(object, LIMBECK_ATTR_ON_UPDATE, row_char(row, K_ON_UPDATE));
	set_action(object, LIMBECK_ATTR_ON_DELETE, row_char(row, K_ON_DELETE));
	if (row_char(row, K_MATCH) == 'f')
		limbeck_host->object_set(object, LIMBECK_ATTR_MATCH, "FULL");
	append_columns(object, LIMBECK_ATTR_ON_DELETE_COLUMNS, table,
		row_text(row, K_DELETE_COLUMNS), 0, SIZE_MAX);
	if (!other)
		return 0;
	schema = limbeck_host->object_schema(other->object);
	if (schema && strcmp(schema, reader->home) != 0)
		limbeck_host->object_set(object, LIMBECK_ATTR_REF_SCHEMA, schema);
	limbeck_host->object_set(object, LIMBECK_ATTR_REF_TABLE,
		limbeck_host->object_name(other->object));
	append_columns(object, LIMBECK_ATTR_REF_COLUMNS, other, row_text(row, K_REF_COLUMNS), 0,
		SIZE_MAX);
	return 0;
}

static int set_exclusion(struct reader *reader, struct limbeck_object *object,
	const struct known *table, const struct row *row)
{
	append_columns(object, LIMBECK_ATTR_COLUMNS, table, row_text(row, K_ALL_KEYS), 0,
		row_oid(row, K_KEYS));
	if (strcmp(row_text(row, K_METHOD), "btree") != 0)
		limbeck_host->object_set(object, LIMBECK_ATTR_METHOD, row_text(row, K_METHOD));
	limbeck_host->object_set(object, LIMBECK_ATTR_PREDICATE, row_text(row, K_PREDICATE));
	set_key(object, table, row);
	return append_parts(reader, object, row_text(row, K_DEFINITION));
}

static int fill_constraint(struct reader *reader, struct limbeck_object *object,
	const struct known *table, const struct row *row)
{
	char type = row_char(row, K_TYPE);

	if (row_true(row, K_DEFERRABLE))
		limbeck_host->object_set(object, LIMBECK_ATTR_DEFERRABLE,
			row_true(row, K_DEFERRED) ? "initially deferred" : "deferrable");
	if (!row_true(row, K_VALID))
		limbeck_host->object_set(object, LIMBECK_ATTR_NOT_ENFORCED, "not valid");
	if (type == 'c') {
		limbeck_host->object_set(object, LIMBECK_ATTR_EXPRESSION,
			row_text(row, K_EXPRESSION));
		set_yes(object, LIMBECK_ATTR_NO_INHERIT, row_true(row, K_NO_INHERIT));
		return 0;
	}
	if (type == 'x')
		return set_exclusion(reader, object, table, row);
	append_columns(object, LIMBECK_ATTR_COLUMNS, table, row_text(row, K_COLUMNS), 0, SIZE_MAX);
	if (type == 'f')
		return set_foreign_key(reader, object, table, row);
	set_key(object, table, row);
	if (type == 'p')
		unsay_not_null(object, table);
	return 0;
}

static enum limbeck_kind kind_of(char type)
{
	switch (type) {
	case 'p':
		return LIMBECK_KIND_PRIMARY_KEY;
	case 'u':
		return LIMBECK_KIND_UNIQUE;
	case 'c':
		return LIMBECK_KIND_CHECK;
	case 'x':
		return LIMBECK_KIND_EXCLUSION;
	default:
		return LIMBECK_KIND_FOREIGN_KEY;
	}
}

/* Copies come behind what they are copied from. */
static int take_copy(struct reader *reader, const struct row *row)
{
	const struct known *parent = known_find(reader, CLASS_CONSTRAINT, row_oid(row, K_PARENT));
	const struct known *partition = known_find(reader, CLASS_RELATION,
		row_oid(row, K_REF_TABLE));
	struct known *copy;

	if (!parent || !partition)
		return 0;
	limbeck_host->object_depends(parent->object, LIMBECK_KIND_TABLE,
		limbeck_host->object_schema(partition->object), NULL,
		limbeck_host->object_name(partition->object), NULL);
	copy = known_add(reader, CLASS_CONSTRAINT, row_oid(row, K_OID), parent->object);
	if (!copy)
		return postgresql_nomem(reader->err);
	copy->alias = true;
	return 0;
}

static int take_constraint(struct reader *reader, const struct row *row)
{
	char type = row_char(row, K_TYPE);
	const struct known *table = row_oid(row, K_DOMAIN) ?
		known_find(reader, CLASS_TYPE, row_oid(row, K_DOMAIN)) :
		known_find(reader, CLASS_RELATION, row_oid(row, K_TABLE));
	struct limbeck_object *object;
	struct known *index = NULL;

	if (row_oid(row, K_PARENT))
		return take_copy(reader, row);
	if (!table)
		return 0;
	object = limbeck_host->object_add(reader->catalog, kind_of(type),
		limbeck_host->object_schema(table->object),
		limbeck_host->object_name(table->object), row_text(row, K_NAME), NULL);
	if (!object || !known_add(reader, CLASS_CONSTRAINT, row_oid(row, K_OID), object))
		return postgresql_nomem(reader->err);
	if (type == 'p' || type == 'u' || type == 'x') {
		index = known_add(reader, CLASS_RELATION, row_oid(row, K_INDEX), object);
		if (!index)
			return postgresql_nomem(reader->err);
		index->alias = true;
	}
	return fill_constraint(reader, object, table, row);
}

int read_constraints(struct reader *reader)
{
	return reader_query(reader, constraints_sql, LENGTH(constraints_sql), take_constraint);
}
