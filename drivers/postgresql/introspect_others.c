/* SPDX-License-Identifier: BSD-2-Clause */
/* Triggers, and what the model has no kind for. */
#include "introspect.h"

enum { O_CLASS, O_OID, O_WORD, O_SCHEMA, O_TABLE, O_NAME, O_DEFINITION, O_STATE };

#define STATE_OF(column) \
	"CASE " column " WHEN 'D' THEN 'disabled' WHEN 'R' THEN 'replica' WHEN 'A' THEN " \
	"'always' END"

/* The options of foreign objects, NULL where there are none. */
#define FOREIGN_OPTIONS(array) \
	"(SELECT pg_catalog.string_agg(pg_catalog.quote_ident(o.option_name) || ' ' || " \
	"pg_catalog.quote_literal(o.option_value), ', ') " \
	"FROM pg_catalog.pg_options_to_table(" array ") o)"

/* pg_trigger: the server's own are internal, those that a partition has from its
 * parent too (before 15), or have a parent (from 13 on). pg_rewrite: the rule of a
 * view is the view. pg_policy, pg_statistic_ext, pg_collation, pg_event_trigger,
 * pg_foreign_server, pg_foreign_table. */
static const struct piece others_sql[] = {
	{ 0, 0,
	"SELECT 2620, t.oid, 'TRIGGER', 0::pg_catalog.oid, t.tgrelid, t.tgname, "
	"pg_catalog.pg_get_triggerdef(t.oid, true), " STATE_OF("t.tgenabled") " "
	"FROM pg_catalog.pg_trigger t WHERE NOT t.tgisinternal " },
	{ 130000, 0, "AND t.tgparentid = 0 " },
	{ 0, 0,
	"UNION ALL "
	"SELECT 2618, r.oid, 'RULE', 0, r.ev_class, r.rulename, "
	"pg_catalog.pg_get_ruledef(r.oid, true), " STATE_OF("r.ev_enabled") " "
	"FROM pg_catalog.pg_rewrite r WHERE r.rulename <> '_RETURN' AND r.oid >= 16384 "
	"UNION ALL "
	"SELECT 3256, p.oid, 'POLICY', 0, p.polrelid, p.polname, "
	"'CREATE POLICY ' || pg_catalog.quote_ident(p.polname) || ' ON ' || "
	"p.polrelid::pg_catalog.regclass || "
	"CASE WHEN p.polpermissive THEN '' ELSE ' AS RESTRICTIVE' END || "
	"CASE p.polcmd WHEN 'r' THEN ' FOR SELECT' WHEN 'a' THEN ' FOR INSERT' "
	"WHEN 'w' THEN ' FOR UPDATE' WHEN 'd' THEN ' FOR DELETE' ELSE '' END || "
	"coalesce(' TO ' || (SELECT pg_catalog.string_agg(pg_catalog.quote_ident(u.rolname), ', ' "
	"ORDER BY u.rolname) FROM pg_catalog.pg_roles u WHERE u.oid = ANY (p.polroles)), '') || "
	"coalesce(' USING (' || pg_catalog.pg_get_expr(p.polqual, p.polrelid, true) || ')', '') || "
	"coalesce(' WITH CHECK (' || pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid, true) || "
	"')', ''), NULL "
	"FROM pg_catalog.pg_policy p "
	"UNION ALL "
	"SELECT 3381, s.oid, 'STATISTICS', s.stxnamespace, 0, s.stxname, "
	"pg_catalog.pg_get_statisticsobjdef(s.oid), NULL "
	"FROM pg_catalog.pg_statistic_ext s WHERE s.stxnamespace = ANY (%SCHEMAS%) "
	"UNION ALL "
	"SELECT 3456, c.oid, 'COLLATION', c.collnamespace, 0, c.collname, "
	"'CREATE COLLATION ' || " COLLATION_OF("c.oid") " || ' (' || pg_catalog.concat_ws(', ', "
	"CASE c.collprovider WHEN 'i' THEN 'PROVIDER = icu' WHEN 'c' THEN 'PROVIDER = libc' "
	"WHEN 'b' THEN 'PROVIDER = builtin' END, " },
	{ 0, 150000,
	"'LC_COLLATE = ' || pg_catalog.quote_literal(c.collcollate), "
	"'LC_CTYPE = ' || pg_catalog.quote_literal(c.collctype), " },
	{ 150000, 170000,
	"'LOCALE = ' || pg_catalog.quote_literal(c.colliculocale), " },
	{ 170000, 0,
	"'LOCALE = ' || pg_catalog.quote_literal(c.colllocale), " },
	{ 150000, 0,
	"'LC_COLLATE = ' || pg_catalog.quote_literal(c.collcollate), "
	"'LC_CTYPE = ' || pg_catalog.quote_literal(c.collctype), " },
	{ 160000, 0, "'RULES = ' || pg_catalog.quote_literal(c.collicurules), " },
	{ 0, 0,
	"CASE WHEN NOT c.collisdeterministic THEN 'DETERMINISTIC = false' END) || ')', NULL "
	"FROM pg_catalog.pg_collation c WHERE c.collnamespace = ANY (%SCHEMAS%) "
	"AND " NOT_EXTENSION("3456", "c.oid") " "
	"UNION ALL "
	"SELECT 3466, e.oid, 'EVENT TRIGGER', 0, 0, e.evtname, "
	"'CREATE EVENT TRIGGER ' || pg_catalog.quote_ident(e.evtname) || ' ON ' || e.evtevent || "
	"coalesce(' WHEN TAG IN (' || (SELECT pg_catalog.string_agg(pg_catalog.quote_literal(g), "
	"', ') FROM pg_catalog.unnest(e.evttags) AS x (g)) || ')', '') || "
	"' EXECUTE FUNCTION ' || e.evtfoid::pg_catalog.regproc || '()', "
	STATE_OF("e.evtenabled") " "
	"FROM pg_catalog.pg_event_trigger e WHERE " NOT_EXTENSION("3466", "e.oid") " "
	"UNION ALL "
	"SELECT 1417, f.oid, 'SERVER', 0, 0, f.srvname, "
	"'CREATE SERVER ' || pg_catalog.quote_ident(f.srvname) || "
	"coalesce(' TYPE ' || pg_catalog.quote_literal(f.srvtype), '') || "
	"coalesce(' VERSION ' || pg_catalog.quote_literal(f.srvversion), '') || "
	"' FOREIGN DATA WRAPPER ' || pg_catalog.quote_ident(w.fdwname) || "
	"coalesce(' OPTIONS (' || " FOREIGN_OPTIONS("f.srvoptions") " || ')', ''), NULL "
	"FROM pg_catalog.pg_foreign_server f "
	"JOIN pg_catalog.pg_foreign_data_wrapper w ON w.oid = f.srvfdw "
	"WHERE " NOT_EXTENSION("1417", "f.oid") " "
	"UNION ALL "
	"SELECT 1259, c.oid, 'FOREIGN TABLE', c.relnamespace, 0, c.relname, "
	"'CREATE FOREIGN TABLE ' || c.oid::pg_catalog.regclass || ' (' || "
	"coalesce((SELECT pg_catalog.string_agg(E'\\n    ' || pg_catalog.quote_ident(a.attname) || "
	"' ' || pg_catalog.format_type(a.atttypid, a.atttypmod) || "
	"coalesce(' OPTIONS (' || " FOREIGN_OPTIONS("a.attfdwoptions") " || ')', '') || "
	"coalesce(' DEFAULT ' || (SELECT pg_catalog.pg_get_expr(d.adbin, d.adrelid) "
	"FROM pg_catalog.pg_attrdef d WHERE d.adrelid = a.attrelid AND d.adnum = a.attnum), '') || "
	"CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END, ',' ORDER BY a.attnum) || E'\\n' "
	"FROM pg_catalog.pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 "
	"AND NOT a.attisdropped), '') || ') SERVER ' || pg_catalog.quote_ident(s.srvname) || "
	"coalesce(' OPTIONS (' || " FOREIGN_OPTIONS("t.ftoptions") " || ')', ''), NULL "
	"FROM pg_catalog.pg_foreign_table t JOIN pg_catalog.pg_class c ON c.oid = t.ftrelid "
	"JOIN pg_catalog.pg_foreign_server s ON s.oid = t.ftserver "
	"WHERE c.relnamespace = ANY (%SCHEMAS%) AND " NOT_EXTENSION("1259", "c.oid") " "
	"ORDER BY 3, 6" },
};

/* A part of a relation that is not read is not read either. A rule and a policy of
 * one table may have the same name: the word tells them apart. */
static struct limbeck_object *add_other(struct reader *reader, const struct row *row)
{
	bool trigger = row_oid(row, O_CLASS) == CLASS_TRIGGER;
	const char *schema = schema_name(reader, row_oid(row, O_SCHEMA));
	const char *table = NULL;

	if (row_oid(row, O_TABLE)) {
		const struct known *known = known_find(reader, CLASS_RELATION,
			row_oid(row, O_TABLE));

		if (!known)
			return NULL;
		schema = limbeck_host->object_schema(known->object);
		table = limbeck_host->object_name(known->object);
	}
	return limbeck_host->object_add(reader->catalog,
		trigger ? LIMBECK_KIND_TRIGGER : LIMBECK_KIND_OTHER, schema, table,
		row_text(row, O_NAME), trigger ? NULL : row_text(row, O_WORD));
}

static int take_other(struct reader *reader, const struct row *row)
{
	struct limbeck_object *object = add_other(reader, row);

	if (!object)
		return 0;
	if (!known_add(reader, row_oid(row, O_CLASS), row_oid(row, O_OID), object))
		return postgresql_nomem(reader->err);
	if (row_oid(row, O_CLASS) != CLASS_TRIGGER)
		limbeck_host->object_set(object, LIMBECK_ATTR_WORD, row_text(row, O_WORD));
	limbeck_host->object_set(object, LIMBECK_ATTR_ENABLED, row_text(row, O_STATE));
	return set_definition(reader, object, row_text(row, O_DEFINITION));
}

int read_others(struct reader *reader)
{
	return reader_query(reader, others_sql, LENGTH(others_sql), take_other);
}
