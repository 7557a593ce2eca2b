/* SPDX-License-Identifier: BSD-2-Clause */
/* Tables, views, materialized views; sequences are only remembered here. */
#include <string.h>

#include "introspect.h"

/* pg_class, pg_inherits, pg_sequence, pg_am; a sequence's owner is in pg_depend.
 * Views are written out by pg_get_viewdef(). */
enum {
	R_OID, R_SCHEMA, R_NAME, R_KIND, R_PERSISTENCE, R_ROW_TYPE, R_SECURITY, R_OPTIONS,
	R_PARTITION_BY, R_PARTITION_OF, R_BOUND, R_INHERITS, R_SHOWN, R_DEFINITION, R_POPULATED,
	R_TYPE, R_START, R_INCREMENT, R_MINIMUM, R_MAXIMUM, R_CACHE, R_CYCLE, R_OWNER,
	R_OWNER_COLUMN, R_OWNER_HOW
};

static const struct piece relations_sql[] = { { 0, 0,
	"SELECT c.oid, c.relnamespace, c.relname, c.relkind, c.relpersistence, c.reltype, "
	"CASE WHEN c.relrowsecurity THEN CASE WHEN c.relforcerowsecurity THEN 'forced' "
	"ELSE 'enabled' END END, "
	"pg_catalog.concat_ws(' ', "
	"CASE WHEN c.relkind IN ('r', 'm') AND am.amname <> 'heap' THEN "
	"'USING ' || pg_catalog.quote_ident(am.amname) END, "
	"'WITH (' || pg_catalog.concat_ws(', ', "
	"CASE WHEN c.reloptions IS NOT NULL THEN " OPTIONS_OF("c.reloptions", "''") " END, "
	"CASE WHEN t.reloptions IS NOT NULL THEN " OPTIONS_OF("t.reloptions", "'toast.'") " END) "
	"|| CASE WHEN coalesce(c.reloptions, t.reloptions) IS NOT NULL THEN ')' END, "
	"CASE c.relreplident WHEN 'f' THEN 'REPLICA IDENTITY FULL' "
	"WHEN 'n' THEN CASE WHEN c.relkind IN ('r', 'p') THEN 'REPLICA IDENTITY NOTHING' END END), "
	"CASE WHEN c.relkind = 'p' THEN pg_catalog.pg_get_partkeydef(c.oid) END, "
	"CASE WHEN c.relispartition THEN (SELECT ARRAY[CASE WHEN n.nspname = "
	"pg_catalog.current_schema() THEN '' ELSE n.nspname END, p.relname] "
	"FROM pg_catalog.pg_inherits i JOIN pg_catalog.pg_class p ON p.oid = i.inhparent "
	"JOIN pg_catalog.pg_namespace n ON n.oid = p.relnamespace WHERE i.inhrelid = c.oid) END, "
	"pg_catalog.pg_get_expr(c.relpartbound, c.oid), "
	"CASE WHEN c.relkind = 'r' AND NOT c.relispartition THEN ARRAY(SELECT "
	"i.inhparent::pg_catalog.regclass::text FROM pg_catalog.pg_inherits i "
	"WHERE i.inhrelid = c.oid ORDER BY i.inhseqno) END, "
	"CASE WHEN c.relkind IN ('v', 'm', 'S') THEN c.oid::pg_catalog.regclass::text END, "
	"CASE WHEN c.relkind IN ('v', 'm') THEN pg_catalog.pg_get_viewdef(c.oid, true) END, "
	"c.relispopulated, "
	"pg_catalog.format_type(s.seqtypid, NULL), s.seqstart, s.seqincrement, s.seqmin, s.seqmax, "
	"s.seqcache, s.seqcycle, d.refobjid, d.refobjsubid, d.deptype "
	"FROM pg_catalog.pg_class c "
	"LEFT JOIN pg_catalog.pg_class t ON t.oid = c.reltoastrelid "
	"LEFT JOIN pg_catalog.pg_am am ON am.oid = c.relam "
	"LEFT JOIN pg_catalog.pg_sequence s ON s.seqrelid = c.oid "
	"LEFT JOIN pg_catalog.pg_depend d ON c.relkind = 'S' AND d.classid = 1259 "
	"AND d.objid = c.oid AND d.objsubid = 0 AND d.refclassid = 1259 AND d.refobjsubid > 0 "
	"AND d.deptype IN ('a', 'i') "
	"WHERE c.relnamespace = ANY (%SCHEMAS%) AND c.relkind IN ('r', 'p', 'v', 'm', 'S') "
	"AND c.relpersistence <> 't' AND " NOT_EXTENSION("1259", "c.oid") " "
	"ORDER BY c.relname" } };

/* The sequence of an identity column comes before others that it may own. */
static int remember_owner(struct reader *reader, struct sequence *sequence)
{
	struct known *known;

	if (!sequence->table)
		return 0;
	known = known_add(reader, COLUMN_SEQUENCE + sequence->column, sequence->table, NULL);
	if (!known)
		return postgresql_nomem(reader->err);
	if (!known->sequence || sequence->identity)
		known->sequence = sequence;
	return 0;
}

static int take_sequence(struct reader *reader, const struct row *row)
{
	struct sequence *sequence = reader_alloc(reader, sizeof(*sequence));
	size_t i;

	if (!sequence)
		return postgresql_nomem(reader->err);
	sequence->oid = row_oid(row, R_OID);
	sequence->schema = schema_name(reader, row_oid(row, R_SCHEMA));
	sequence->name = reader_copy(reader, row_text(row, R_NAME));
	sequence->shown = reader_copy(reader, row_text(row, R_SHOWN));
	sequence->type = reader_copy(reader, row_text(row, R_TYPE));
	for (i = 0; i < LENGTH(sequence->values); i++) {
		sequence->values[i] = reader_copy(reader, row_text(row, R_START + (int)i));
		if (!sequence->values[i])
			return postgresql_nomem(reader->err);
	}
	sequence->cycle = row_true(row, R_CYCLE);
	sequence->table = row_oid(row, R_OWNER);
	sequence->column = row_oid(row, R_OWNER_COLUMN);
	sequence->identity = row_char(row, R_OWNER_HOW) == 'i';
	*reader->last_sequence = sequence;
	reader->last_sequence = &sequence->next;
	if (!sequence->name || !sequence->shown || !sequence->type)
		return postgresql_nomem(reader->err);
	return remember_owner(reader, sequence);
}

/* The options stand before AS; the server has kept only what follows it. */
static int fill_view(struct reader *reader, struct limbeck_object *object, const struct row *row)
{
	bool stored = row_char(row, R_KIND) == 'm';
	const char *options = row_text(row, R_OPTIONS);
	const char *definition = row_text(row, R_DEFINITION);
	struct strings *sql = &reader->sql;
	size_t length = strlen(definition);

	while (length && strchr(" \n;", definition[length - 1]))
		length--;
	strings_clear(sql);
	strings_add(sql, stored ? "CREATE MATERIALIZED VIEW " : "CREATE VIEW ");
	strings_add(sql, row_text(row, R_SHOWN));
	if (options && *options) {
		strings_add(sql, " ");
		strings_add(sql, options);
	}
	strings_add(sql, " AS\n");
	strings_add_n(sql, definition, length);
	if (sql->failed)
		return postgresql_nomem(reader->err);
	limbeck_host->object_set(object, LIMBECK_ATTR_DEFINITION, sql->text);
	set_yes(object, LIMBECK_ATTR_NO_DATA, stored && !row_true(row, R_POPULATED));
	return 0;
}

static int fill_table(struct reader *reader, struct limbeck_object *object, const struct row *row)
{
	limbeck_host->object_set(object, LIMBECK_ATTR_ROW_SECURITY, row_text(row, R_SECURITY));
	set_some(object, LIMBECK_ATTR_OPTIONS, row_text(row, R_OPTIONS));
	set_yes(object, LIMBECK_ATTR_UNLOGGED, row_char(row, R_PERSISTENCE) == 'u');
	limbeck_host->object_set(object, LIMBECK_ATTR_PARTITION_BY,
		row_text(row, R_PARTITION_BY));
	limbeck_host->object_set(object, LIMBECK_ATTR_PARTITION_BOUND, row_text(row, R_BOUND));
	if (append_array(reader, object, LIMBECK_ATTR_PARTITION_OF,
		row_text(row, R_PARTITION_OF)) < 0)
		return -1;
	return append_array(reader, object, LIMBECK_ATTR_INHERITS, row_text(row, R_INHERITS));
}

static int take_relation(struct reader *reader, const struct row *row)
{
	char letter = row_char(row, R_KIND);
	enum limbeck_kind kind = letter == 'v' ? LIMBECK_KIND_VIEW :
		letter == 'm' ? LIMBECK_KIND_MATERIALIZED_VIEW : LIMBECK_KIND_TABLE;
	struct limbeck_object *object;
	struct known *known;
	struct known *type;

	if (letter == 'S')
		return take_sequence(reader, row);
	object = limbeck_host->object_add(reader->catalog, kind,
		schema_name(reader, row_oid(row, R_SCHEMA)), NULL, row_text(row, R_NAME), NULL);
	known = known_add(reader, CLASS_RELATION, row_oid(row, R_OID), object);
	type = known_add(reader, CLASS_TYPE, row_oid(row, R_ROW_TYPE), object);
	if (!known || !type)
		return postgresql_nomem(reader->err);
	known->partition = row_text(row, R_PARTITION_OF) != NULL;
	type->alias = true;
	return kind == LIMBECK_KIND_TABLE ? fill_table(reader, object, row) :
		fill_view(reader, object, row);
}

int read_relations(struct reader *reader)
{
	return reader_query(reader, relations_sql, LENGTH(relations_sql), take_relation);
}
