/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Whether a statement outside of a transaction took effect. Before it is sent, what the
 * catalog says of its objects is reduced to a checksum, in the statement that notes it;
 * afterwards the same is done again. An index made CONCURRENTLY is looked for by itself:
 * one that is left half-made is there and of no use.
 */
#include <stdio.h>
#include <string.h>

#include "subject.h"

/* The rows of a table of the catalog that belong to relation c, as one text. */
#define ROWS(table, condition) \
	"(SELECT pg_catalog.string_agg(x::text, ',' ORDER BY x::text) " \
	"FROM pg_catalog." table " x WHERE " condition ")"

static const char relation_digest[] =
	"(SELECT pg_catalog.md5(pg_catalog.concat_ws('|', c.oid, c.relname, c.relnamespace, "
	"c.relkind, c.relpersistence, c.reloptions, c.relowner, c.reltablespace, c.relreplident, "
	"c.relrowsecurity, c.relforcerowsecurity, c.relispartition, "
	ROWS("pg_attribute", "x.attrelid = c.oid") ", " ROWS("pg_attrdef", "x.adrelid = c.oid") ", "
	ROWS("pg_constraint", "x.conrelid = c.oid") ", "
	ROWS("pg_index", "c.oid IN (x.indrelid, x.indexrelid)") ", "
	ROWS("pg_trigger", "x.tgrelid = c.oid") ", " ROWS("pg_policy", "x.polrelid = c.oid") ", "
	ROWS("pg_rewrite", "x.ev_class = c.oid") ", "
	ROWS("pg_inherits", "c.oid IN (x.inhrelid, x.inhparent)") ", "
	ROWS("pg_description", "x.objoid = c.oid") ")) FROM pg_catalog.pg_class c WHERE c.oid = ";
static const char type_digest[] =
	"(SELECT pg_catalog.md5(pg_catalog.concat_ws('|', t::text, "
	ROWS("pg_enum", "x.enumtypid = t.oid") ", " ROWS("pg_attribute", "x.attrelid = t.typrelid") ", "
	ROWS("pg_constraint", "x.contypid = t.oid") ")) FROM pg_catalog.pg_type t WHERE t.oid = ";

static void add_class(struct strings *sql, const char *function, const char *name)
{
	strings_add(sql, function);
	strings_add_quoted(sql, name, '\'');
	strings_add(sql, "))");
}

static void add_by_name(struct strings *sql, const char *table, const char *column,
	const char *name)
{
	strings_add(sql, "(SELECT pg_catalog.md5(x::text) FROM pg_catalog.");
	strings_add(sql, table);
	strings_add(sql, " x WHERE x.");
	strings_add(sql, column);
	strings_add(sql, " = ");
	strings_add_quoted(sql, name, '\'');
	strings_add(sql, ")");
}

static void add_object(struct strings *sql, const struct subject *subject, size_t i)
{
	const char *name = subject->names[i], *plain = subject->plain[i];

	switch (subject->kind) {
	case SUBJECT_EXISTENCE:
		add_class(sql, "(pg_catalog.to_regclass(", name);
		strings_add(sql, "::pg_catalog.oid::text");
		break;
	case SUBJECT_RELATION:
		strings_add(sql, relation_digest);
		add_class(sql, "pg_catalog.to_regclass(", name);
		break;
	case SUBJECT_TYPE:
		strings_add(sql, type_digest);
		add_class(sql, "pg_catalog.to_regtype(", name);
		break;
	case SUBJECT_ROUTINE:
		strings_add(sql, "(SELECT pg_catalog.md5(pg_catalog.string_agg(p::text, ',' "
			"ORDER BY p.oid)) FROM pg_catalog.pg_proc p WHERE p.proname = ");
		strings_add_quoted(sql, plain, '\'');
		strings_add(sql, ")");
		break;
	case SUBJECT_SCHEMA:
		add_by_name(sql, "pg_namespace", "nspname", plain);
		break;
	case SUBJECT_EXTENSION:
		add_by_name(sql, "pg_extension", "extname", plain);
		break;
	case SUBJECT_DATABASE:
		add_by_name(sql, "pg_database", "datname", plain);
		break;
	case SUBJECT_INDEX:
		strings_add(sql, "(SELECT pg_catalog.string_agg(indexrelid::text, ',') "
			"FROM pg_catalog.pg_index WHERE indrelid = ");
		add_class(sql, "pg_catalog.to_regclass(", name);
		break;
	default:
		strings_add(sql, "''");
		break;
	}
}

/* The schemas that names are looked for in go first. */
static bool make(const struct subject *subject, struct strings *sql)
{
	size_t i;

	if (subject->kind <= SUBJECT_AGAIN)
		return false;
	strings_add(sql, "(SELECT pg_catalog.md5(pg_catalog.current_schemas(false)::text)");
	for (i = 0; i < subject->count; i++) {
		strings_add(sql, " || ' ' || COALESCE(");
		add_object(sql, subject, i);
		strings_add(sql, ", '-')");
	}
	strings_add(sql, ")");
	return !sql->failed;
}

int postgresql_footprint(void *conn, const struct limbeck_statement *statement, char **expression)
{
	struct strings sql = { NULL, 0, 0, false };
	struct subject subject;

	subject_read(&subject, conn, statement);
	if (make(&subject, &sql)) {
		*expression = sql.text;
		return 1;
	}
	strings_release(&sql);
	return 0;
}

static bool same_part(const char **before, const char **now)
{
	size_t a, b;
	bool same;

	*before += strspn(*before, " ");
	*now += strspn(*now, " ");
	a = strcspn(*before, " ");
	b = strcspn(*now, " ");
	same = a == b && memcmp(*before, *now, a) == 0;
	*before += a;
	*now += b;
	return same;
}

static void say(struct limbeck_probe *probe, const char *name, const char *what)
{
	snprintf(probe->known, sizeof(probe->known), "%s %s", name, what);
}

static int compare(const struct subject *subject, struct limbeck_probe *probe, const char *now)
{
	const char *before = probe->before;
	size_t i, changed = 0;

	if (!same_part(&before, &now)) {
		say(probe, "It", "ran in a session with another search_path.");
		return LIMBECK_EFFECT_UNKNOWN;
	}
	for (i = 0; i < subject->count; i++)
		if (!same_part(&before, &now))
			changed++;
	if (changed > 0 && changed < subject->count) {
		say(probe, "Only some", "of its objects changed since it was sent.");
		return subject->concurrently ? LIMBECK_EFFECT_NONE : LIMBECK_EFFECT_UNKNOWN;
	}
	say(probe, subject->names[0], changed ? "changed since it was sent." :
		"did not change since it was sent.");
	return changed ? LIMBECK_EFFECT_DONE : LIMBECK_EFFECT_NONE;
}

/* Valid or not, and its name; those first that are of no use. */
static void make_index_query(const struct subject *subject, const char *before,
	struct strings *sql)
{
	bool reindex = subject->kind == SUBJECT_REINDEX;

	strings_add(sql, "SELECT i.indisvalid || ' ' || pg_catalog.quote_ident(n.nspname) || '.' || "
		"pg_catalog.quote_ident(c.relname) FROM pg_catalog.pg_index i "
		"JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid "
		"JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE ");
	if (reindex) {
		strings_add(sql, "NOT i.indisvalid AND c.relname ~ '_ccnew[0-9]*$' AND i.indrelid IN "
			"(SELECT r.oid FROM pg_catalog.pg_class r WHERE r.oid = ");
		add_class(sql, "pg_catalog.to_regclass(", subject->names[0]);
		strings_add(sql, " UNION SELECT r.indrelid FROM pg_catalog.pg_index r "
			"WHERE r.indexrelid = ");
		add_class(sql, "pg_catalog.to_regclass(", subject->names[0]);
		strings_add(sql, ")");
		strings_add(sql, " LIMIT 1");
		return;
	}
	strings_add(sql, "i.indrelid = ");
	add_class(sql, "(pg_catalog.to_regclass(", subject->names[0]);
	if (subject->index[0]) {
		strings_add(sql, " AND c.relname = ");
		strings_add_quoted(sql, subject->index, '\'');
	}
	strings_add(sql, " AND i.indexrelid::text <> ALL (pg_catalog.string_to_array(");
	strings_add_quoted(sql, before, '\'');
	strings_add(sql, ", ',')) ORDER BY i.indisvalid LIMIT 1");
}

static int judge_index(const char *found, struct limbeck_probe *probe)
{
	const char *name = strchr(found, ' ');

	if (!name) {
		say(probe, "There is", "no index of it.");
		return LIMBECK_EFFECT_NONE;
	}
	if (found[0] == 't') {
		say(probe, name + 1, "is there and valid.");
		return LIMBECK_EFFECT_DONE;
	}
	snprintf(probe->known, sizeof(probe->known), "Index %s is left invalid.", name + 1);
	snprintf(probe->remedy, sizeof(probe->remedy), "DROP INDEX CONCURRENTLY IF EXISTS %s",
		name + 1);
	return LIMBECK_EFFECT_NONE;
}

static int probe_index(struct postgresql *pg, const struct subject *subject,
	struct limbeck_probe *probe, struct limbeck_error *err)
{
	const char *before = probe->before ? strchr(probe->before, ' ') : NULL;
	struct strings sql = { NULL, 0, 0, false };
	char found[300];
	int result;

	make_index_query(subject, before ? before + 1 : "", &sql);
	result = sql.failed ? postgresql_nomem(err) :
		postgresql_value(pg, sql.text, found, sizeof(found), err);
	strings_release(&sql);
	if (result < 0)
		return -1;
	/* Without a name, and not knowing what was there before, none can be told. */
	if (!before && !subject->index[0] && subject->kind == SUBJECT_INDEX)
		return LIMBECK_EFFECT_UNKNOWN;
	return judge_index(found, probe);
}

int postgresql_probe(void *conn, struct limbeck_probe *probe, struct limbeck_error *err)
{
	struct strings sql = { NULL, 0, 0, false };
	struct subject subject;
	char now[SUBJECT_OBJECTS * 40 + 64];
	int result = LIMBECK_EFFECT_UNKNOWN;

	subject_read(&subject, conn, probe->statement);
	if (subject.kind == SUBJECT_AGAIN)
		return LIMBECK_EFFECT_NONE;
	if (subject.kind == SUBJECT_INDEX || subject.kind == SUBJECT_REINDEX)
		return probe_index(conn, &subject, probe, err);
	if (!probe->before || !*probe->before)
		return result;
	strings_add(&sql, "SELECT ");
	if (make(&subject, &sql)) {
		result = postgresql_value(conn, sql.text, now, sizeof(now), err);
		if (result == 0)
			result = compare(&subject, probe, now);
	}
	strings_release(&sql);
	return result;
}
