/* SPDX-License-Identifier: BSD-2-Clause */
#include "introspect.h"

/* pg_proc and pg_aggregate. The server writes functions and procedures out by
 * pg_get_functiondef(); aggregates are written out here. A function is known by the
 * types of its arguments, as DROP takes them; what a range type has brought (an
 * internal dependency) is no object. */
enum { F_OID, F_SCHEMA, F_NAME, F_KIND, F_SIGNATURE, F_RESULT, F_DEFINITION };

/* 'WORD = ' and a function of the aggregate, NULL where it has none. */
#define AGGREGATE_FUNCTION(word, column) \
	"'" word " = ' || nullif(g." column ", 0)::pg_catalog.regproc, "
#define AGGREGATE_MODIFY(word, column, usual) \
	"CASE WHEN g." column " <> " usual " THEN '" word " = ' || CASE g." column " " \
	"WHEN 'r' THEN 'READ_ONLY' WHEN 's' THEN 'SHAREABLE' ELSE 'READ_WRITE' END END, "

static const struct piece functions_sql[] = { { 0, 0,
	"SELECT p.oid, p.pronamespace, p.proname, p.prokind, "
	"CASE WHEN p.prokind <> 'a' THEN pg_catalog.oidvectortypes(p.proargtypes) "
	"WHEN g.aggkind <> 'n' THEN pg_catalog.pg_get_function_identity_arguments(p.oid) "
	"ELSE coalesce(nullif(pg_catalog.oidvectortypes(p.proargtypes), ''), '*') END, "
	"pg_catalog.pg_get_function_result(p.oid), "
	"CASE WHEN p.prokind <> 'a' THEN pg_catalog.pg_get_functiondef(p.oid) ELSE "
	"'CREATE AGGREGATE ' || CASE WHEN n.nspname = pg_catalog.current_schema() THEN '' "
	"ELSE pg_catalog.quote_ident(n.nspname) || '.' END || pg_catalog.quote_ident(p.proname) || "
	"'(' || coalesce(nullif(pg_catalog.pg_get_function_arguments(p.oid), ''), '*') || "
	"E') (\\n    ' || pg_catalog.concat_ws(E',\\n    ', "
	AGGREGATE_FUNCTION("SFUNC", "aggtransfn")
	"'STYPE = ' || pg_catalog.format_type(g.aggtranstype, NULL), "
	"'SSPACE = ' || nullif(g.aggtransspace, 0), "
	AGGREGATE_FUNCTION("FINALFUNC", "aggfinalfn")
	"CASE WHEN g.aggfinalextra THEN 'FINALFUNC_EXTRA' END, "
	AGGREGATE_MODIFY("FINALFUNC_MODIFY", "aggfinalmodify",
		"CASE g.aggkind WHEN 'n' THEN 'r' ELSE 'w' END")
	AGGREGATE_FUNCTION("COMBINEFUNC", "aggcombinefn")
	AGGREGATE_FUNCTION("SERIALFUNC", "aggserialfn")
	AGGREGATE_FUNCTION("DESERIALFUNC", "aggdeserialfn")
	"'INITCOND = ' || pg_catalog.quote_literal(g.agginitval), "
	AGGREGATE_FUNCTION("MSFUNC", "aggmtransfn")
	AGGREGATE_FUNCTION("MINVFUNC", "aggminvtransfn")
	"'MSTYPE = ' || pg_catalog.format_type(nullif(g.aggmtranstype, 0), NULL), "
	"'MSSPACE = ' || nullif(g.aggmtransspace, 0), "
	AGGREGATE_FUNCTION("MFINALFUNC", "aggmfinalfn")
	"CASE WHEN g.aggmfinalextra THEN 'MFINALFUNC_EXTRA' END, "
	AGGREGATE_MODIFY("MFINALFUNC_MODIFY", "aggmfinalmodify",
		"CASE g.aggkind WHEN 'n' THEN 'r' ELSE 'w' END")
	"'MINITCOND = ' || pg_catalog.quote_literal(g.aggminitval), "
	"(SELECT 'SORTOP = OPERATOR(' || pg_catalog.quote_ident(no.nspname) || '.' || o.oprname || "
	"')' FROM pg_catalog.pg_operator o "
	"JOIN pg_catalog.pg_namespace no ON no.oid = o.oprnamespace WHERE o.oid = g.aggsortop), "
	"CASE p.proparallel WHEN 's' THEN 'PARALLEL = SAFE' WHEN 'r' THEN 'PARALLEL = RESTRICTED' "
	"END, "
	"CASE WHEN g.aggkind = 'h' THEN 'HYPOTHETICAL' END) || E'\\n)' END "
	"FROM pg_catalog.pg_proc p "
	"JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace "
	"LEFT JOIN pg_catalog.pg_aggregate g ON g.aggfnoid = p.oid "
	"WHERE p.pronamespace = ANY (%SCHEMAS%) AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend x "
	"WHERE x.classid = 1255 AND x.objid = p.oid AND x.deptype IN ('e', 'i')) "
	"ORDER BY p.proname, 5" } };

static int take_function(struct reader *reader, const struct row *row)
{
	char kind = row_char(row, F_KIND);
	struct limbeck_object *object = limbeck_host->object_add(reader->catalog,
		LIMBECK_KIND_FUNCTION, schema_name(reader, row_oid(row, F_SCHEMA)), NULL,
		row_text(row, F_NAME), row_text(row, F_SIGNATURE));

	if (!object || !known_add(reader, CLASS_FUNCTION, row_oid(row, F_OID), object))
		return postgresql_nomem(reader->err);
	limbeck_host->object_set(object, LIMBECK_ATTR_WORD, kind == 'p' ? "PROCEDURE" :
		kind == 'a' ? "AGGREGATE" : "FUNCTION");
	limbeck_host->object_set(object, LIMBECK_ATTR_RESULT, row_text(row, F_RESULT));
	return set_definition(reader, object, row_text(row, F_DEFINITION));
}

int read_functions(struct reader *reader)
{
	return reader_query(reader, functions_sql, LENGTH(functions_sql), take_function);
}
