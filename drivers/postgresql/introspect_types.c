/* SPDX-License-Identifier: BSD-2-Clause */
/* Schemas, extensions, and types. */
#include <string.h>

#include "introspect.h"

/* pg_namespace, pg_extension. A schema that an extension has made is read, but is
 * no object. What the server itself brings has a small oid, but for public. */
static const struct piece schemas_sql[] = { { 0, 0,
	"SELECT 2615, n.oid, n.nspname, NULL, NULL, EXISTS (SELECT FROM pg_catalog.pg_depend d "
	"WHERE d.classid = 2615 AND d.objid = n.oid AND d.deptype = 'e') "
	"FROM pg_catalog.pg_namespace n "
	"WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' "
	"UNION ALL "
	"SELECT 3079, e.oid, e.extname, n.nspname, e.extversion, false "
	"FROM pg_catalog.pg_extension e "
	"JOIN pg_catalog.pg_namespace n ON n.oid = e.extnamespace "
	"WHERE e.oid >= 16384 "
	"ORDER BY 1, 3" } };

static bool wanted(const struct reader *reader, const char *name)
{
	const struct limbeck_introspect *request = reader->request;
	size_t i;

	if (strcmp(name, reader->pg->behind) == 0)
		return false;
	for (i = 0; i < request->schema_count; i++) {
		if (strcmp(request->schemas[i], name) == 0)
			return true;
	}
	return request->schema_count == 0;
}

static int take_schema(struct reader *reader, const struct row *row)
{
	const char *name = row_text(row, 2);
	struct limbeck_object *object = NULL;
	struct known *known;

	if (!wanted(reader, name))
		return 0;
	if (strcmp(name, reader->home) != 0 && !row_true(row, 5))
		object = limbeck_host->object_add(reader->catalog, LIMBECK_KIND_SCHEMA, NULL, NULL,
			name, NULL);
	known = known_add(reader, CLASS_SCHEMA, row_oid(row, 1), object);
	if (!known)
		return postgresql_nomem(reader->err);
	known->name = reader_copy(reader, name);
	strings_add(&reader->schemas, reader->schemas.length ? "," : "'{");
	strings_add(&reader->schemas, row_text(row, 1));
	return known->name ? 0 : postgresql_nomem(reader->err);
}

static int take_extension(struct reader *reader, const struct row *row)
{
	const char *into = row_text(row, 3);
	struct limbeck_object *object = limbeck_host->object_add(reader->catalog,
		LIMBECK_KIND_EXTENSION, NULL, NULL, row_text(row, 2), NULL);

	if (strcmp(into, reader->home) != 0 && strcmp(into, reader->pg->behind) != 0)
		limbeck_host->object_set(object, LIMBECK_ATTR_INTO_SCHEMA, into);
	limbeck_host->object_set(object, LIMBECK_ATTR_VERSION, row_text(row, 4));
	if (!known_add(reader, CLASS_EXTENSION, row_oid(row, 1), object))
		return postgresql_nomem(reader->err);
	return 0;
}

static int take_schema_or_extension(struct reader *reader, const struct row *row)
{
	return row_oid(row, 0) == CLASS_SCHEMA ? take_schema(reader, row) :
		take_extension(reader, row);
}

int read_schemas(struct reader *reader)
{
	if (reader_query(reader, schemas_sql, LENGTH(schemas_sql), take_schema_or_extension) < 0)
		return -1;
	strings_add(&reader->schemas, reader->schemas.length ? "}'::pg_catalog.oid[]" :
		"'{}'::pg_catalog.oid[]");
	return reader->schemas.failed ? postgresql_nomem(reader->err) : 0;
}

/* pg_type, pg_enum, pg_range. Composite and range types are written out here: the
 * server has no function for them. */
static const struct piece types_sql[] = {
	{ 0, 0,
	"SELECT t.oid, t.typarray, t.typnamespace, t.typname, t.typtype, "
	"CASE WHEN t.typtype = 'e' THEN ARRAY(SELECT e.enumlabel FROM pg_catalog.pg_enum e "
	"WHERE e.enumtypid = t.oid ORDER BY e.enumsortorder) END, "
	"CASE WHEN t.typtype = 'd' THEN pg_catalog.format_type(t.typbasetype, t.typtypmod) END, "
	"t.typnotnull, pg_catalog.pg_get_expr(t.typdefaultbin, 0), "
	"CASE WHEN t.typtype = 'd' AND t.typcollation <> b.typcollation THEN "
	COLLATION_OF("t.typcollation") " END, "
	"CASE t.typtype WHEN 'c' THEN "
	"'CREATE TYPE ' || pg_catalog.format_type(t.oid, NULL) || ' AS (' || "
	"coalesce((SELECT pg_catalog.string_agg(E'\\n    ' || pg_catalog.quote_ident(a.attname) || "
	"' ' || pg_catalog.format_type(a.atttypid, a.atttypmod) || "
	"CASE WHEN a.attcollation <> at.typcollation THEN ' COLLATE ' || "
	COLLATION_OF("a.attcollation") " ELSE '' END, ',' ORDER BY a.attnum) || E'\\n' "
	"FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_type at ON at.oid = a.atttypid "
	"WHERE a.attrelid = t.typrelid AND a.attnum > 0 AND NOT a.attisdropped), '') || ')' "
	"WHEN 'r' THEN (SELECT "
	"'CREATE TYPE ' || pg_catalog.format_type(t.oid, NULL) || ' AS RANGE (' || "
	"pg_catalog.concat_ws(', ', "
	"'SUBTYPE = ' || pg_catalog.format_type(r.rngsubtype, NULL), "
	"(SELECT 'SUBTYPE_OPCLASS = ' || pg_catalog.quote_ident(n.nspname) || '.' || "
	"pg_catalog.quote_ident(o.opcname) FROM pg_catalog.pg_opclass o "
	"JOIN pg_catalog.pg_namespace n ON n.oid = o.opcnamespace "
	"WHERE o.oid = r.rngsubopc AND NOT o.opcdefault), "
	"CASE WHEN r.rngcollation <> (SELECT s.typcollation FROM pg_catalog.pg_type s "
	"WHERE s.oid = r.rngsubtype) THEN 'COLLATION = ' || "
	COLLATION_OF("r.rngcollation") " END, "
	"'CANONICAL = ' || nullif(r.rngcanonical, 0)::pg_catalog.regproc, "
	"'SUBTYPE_DIFF = ' || nullif(r.rngsubdiff, 0)::pg_catalog.regproc" },
	{ 140000, 0,
	", 'MULTIRANGE_TYPE_NAME = ' || pg_catalog.format_type(r.rngmultitypid, NULL)" },
	{ 0, 0,
	") || ')' FROM pg_catalog.pg_range r WHERE r.rngtypid = t.oid) END "
	"FROM pg_catalog.pg_type t "
	"LEFT JOIN pg_catalog.pg_type b ON t.typtype = 'd' AND b.oid = t.typbasetype "
	"LEFT JOIN pg_catalog.pg_class c ON t.typtype = 'c' AND c.oid = t.typrelid "
	"WHERE t.typnamespace = ANY (%SCHEMAS%) "
	"AND (t.typtype IN ('e', 'd', 'r') OR (t.typtype = 'c' AND c.relkind = 'c')) "
	"AND " NOT_EXTENSION("1247", "t.oid") " "
	"ORDER BY t.typname" },
};

static int fill_type(struct reader *reader, struct limbeck_object *object, const struct row *row,
	enum limbeck_kind kind)
{
	if (kind == LIMBECK_KIND_ENUM)
		return append_array(reader, object, LIMBECK_ATTR_VALUES, row_text(row, 5));
	if (kind == LIMBECK_KIND_DOMAIN) {
		limbeck_host->object_set(object, LIMBECK_ATTR_TYPE, row_text(row, 6));
		set_yes(object, LIMBECK_ATTR_NOT_NULL, row_true(row, 7));
		limbeck_host->object_set(object, LIMBECK_ATTR_DEFAULT, row_text(row, 8));
		limbeck_host->object_set(object, LIMBECK_ATTR_COLLATION, row_text(row, 9));
		return 0;
	}
	limbeck_host->object_set(object, LIMBECK_ATTR_WORD, "TYPE");
	return set_definition(reader, object, row_text(row, 10));
}

static int take_type(struct reader *reader, const struct row *row)
{
	char type = row_char(row, 4);
	enum limbeck_kind kind = type == 'e' ? LIMBECK_KIND_ENUM :
		type == 'd' ? LIMBECK_KIND_DOMAIN : LIMBECK_KIND_TYPE;
	struct limbeck_object *object = limbeck_host->object_add(reader->catalog, kind,
		schema_name(reader, row_oid(row, 2)), NULL, row_text(row, 3), NULL);
	struct known *known = known_add(reader, CLASS_TYPE, row_oid(row, 0), object);
	struct known *array = known;

	if (row_oid(row, 1))
		array = known_add(reader, CLASS_TYPE, row_oid(row, 1), object);
	if (!known || !array)
		return postgresql_nomem(reader->err);
	return fill_type(reader, object, row, kind);
}

int read_types(struct reader *reader)
{
	return reader_query(reader, types_sql, LENGTH(types_sql), take_type);
}
