/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Statements at random, one behind the other: whatever happens, what the catalog has fits
 * together. A run can be repeated: home_random.t [ROUNDS [SEED]].
 */
#include "homes.h"
#include "tap.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static unsigned long long state;

static unsigned below(unsigned limit)
{
	state = state * 6364136223846793005ULL + 1442695040888963407ULL;
	return (unsigned)((state >> 33) % limit);
}

/* %t a table, %c a column, %n the name of a key or index, %y a type. */
static const char *const common[] = {
	"CREATE TABLE %t (%c int PRIMARY KEY, %c %y NOT NULL, %c text)",
	"CREATE TABLE %t (%c int, %c int, CONSTRAINT %n UNIQUE (%c, %c), CHECK (%c > 0))",
	"CREATE TABLE IF NOT EXISTS %t (%c %y DEFAULT 1, PRIMARY KEY (%c, %c))",
	"CREATE TABLE %t (%c int, %c int, FOREIGN KEY (%c) REFERENCES %t (%c))",
	"CREATE TABLE %t (%c int, FOREIGN KEY (%c) REFERENCES %t)",
	"CREATE TABLE %t AS SELECT * FROM %t",
	"CREATE TABLE %t AS SELECT a.%c, b.%c AS z FROM %t a JOIN %t b ON a.%c = b.%c",
	"CREATE INDEX %n ON %t (%c, %c DESC)",
	"CREATE UNIQUE INDEX %n ON %t (%c)",
	"CREATE VIEW %t AS SELECT * FROM %t",
	"CREATE VIEW %t AS SELECT %c, count(*) FROM %t GROUP BY %c",
	"ALTER TABLE %t ADD COLUMN %c %y",
	"ALTER TABLE %t ADD COLUMN %c %y NOT NULL DEFAULT 0",
	"ALTER TABLE %t DROP COLUMN %c",
	"ALTER TABLE %t RENAME COLUMN %c TO %c",
	"ALTER TABLE %t RENAME TO %t",
	"DROP TABLE IF EXISTS %t",
	"DROP VIEW IF EXISTS %t"
};
static const char *const guarded[] = {
	"DROP TABLE %t CASCADE", "DROP TABLE %t, %t", "ALTER TABLE %t DROP %c CASCADE",
	"ALTER TABLE %t ADD CONSTRAINT %n FOREIGN KEY (%c) REFERENCES %t ON DELETE CASCADE",
	"ALTER TABLE %t ADD UNIQUE (%c), ADD CHECK (%c < 9), ADD PRIMARY KEY (%c)",
	"ALTER TABLE %t DROP CONSTRAINT %n CASCADE", "ALTER TABLE %t ALTER %c TYPE %y USING %c::%y",
	"ALTER TABLE %t ALTER %c SET DEFAULT 3, ALTER %c DROP NOT NULL",
	"ALTER TABLE %t RENAME CONSTRAINT %n TO %n", "ALTER INDEX %n RENAME TO %n",
	"DROP INDEX %n CASCADE", "CREATE INDEX ON %t (lower(%c), %c) WHERE %c > 1",
	"CREATE TABLE %t (%c serial, %c e)", "CREATE TYPE e AS ENUM ('a')", "DROP TYPE e CASCADE",
	"CREATE SEQUENCE %n", "ALTER SEQUENCE %n OWNED BY %t.%c", "DROP SEQUENCE %n CASCADE",
	"ALTER TABLE %t ALTER %c SET DEFAULT nextval('%n')", "ALTER TABLE %t ALTER %c DROP DEFAULT",
	"CREATE TABLE %t (LIKE %t INCLUDING ALL)", "CREATE OR REPLACE VIEW %t AS SELECT %c FROM %t",
	"ALTER TABLE %t SET SCHEMA public", "CREATE SCHEMA s", "ALTER TABLE %t SET SCHEMA s",
	"DROP SCHEMA s CASCADE", "COMMENT ON COLUMN %t.%c IS 'x'", "TRUNCATE %t CASCADE"
};
static const char *const loose[] = {
	"CREATE TABLE %t (%c INTEGER PRIMARY KEY AUTOINCREMENT, %c REFERENCES %t)",
	"CREATE TABLE %t (%c TEXT UNIQUE, %c INTEGER REFERENCES %t (%c), UNIQUE (%c))",
	"DROP TABLE %t", "DROP INDEX IF EXISTS %n", "CREATE TEMP TABLE %t (%c INTEGER)"
};
static const char *const keyed[] = {
	"CREATE TABLE %t (%c int AUTO_INCREMENT PRIMARY KEY, %c varchar(9), KEY (%c), UNIQUE %n (%c))",
	"ALTER TABLE %t MODIFY %c %y FIRST, MODIFY %c %y AFTER %c", "ALTER TABLE %t CHANGE %c %c %y",
	"ALTER TABLE %t DROP KEY %n, DROP PRIMARY KEY", "ALTER TABLE %t DROP FOREIGN KEY %n",
	"ALTER TABLE %t ADD CONSTRAINT %n FOREIGN KEY (%c) REFERENCES %t (%c), ADD KEY (%c)",
	"RENAME TABLE %t TO %t, %t TO %t", "CREATE TABLE %t LIKE %t", "DROP INDEX %n ON %t",
	"ALTER TABLE %t ADD (%c int, %c int), RENAME %t", "DROP TABLE %t"
};

struct pool {
	const char *dialect;
	const char *const *more;
	size_t count;
};

#define POOL(dialect, more) { dialect, more, sizeof more / sizeof *more }
static const struct pool pools[] = { POOL("postgresql", guarded), POOL("sqlite", loose),
	POOL("mysql", keyed), POOL("mariadb", keyed) };

static void write_one(struct strbuf *out, const struct pool *pool)
{
	static const char *const names[] = { "t", "c", "n" };
	static const char *const types[] = { "int", "text", "varchar(9)", "numeric(5,2)", "e" };
	const size_t shared = sizeof common / sizeof *common;
	unsigned which = below((unsigned)(shared + pool->count));
	const char *at = which < shared ? common[which] : pool->more[which - shared];

	for (strbuf_reset(out); *at; at++)
		if (*at != '%')
			strbuf_addch(out, *at);
		else if (*++at == 'y')
			strbuf_addstr(out, types[below(5)]);
		else
			strbuf_addf(out, "%s%c", names[*at == 't' ? 0 : *at == 'c' ? 1 : 2],
				"12345"[below(*at == 't' ? 5 : 4)]);
}

static bool has(const struct homes *homes, enum limbeck_kind kind, const char *schema,
	const char *table, const char *name)
{
	const struct object_name full = { .kind = kind, .schema = schema, .table = table,
		.name = name };

	return catalog_find(homes->home.catalog, &full) != NULL;
}

/* The names of a list are columns of the table. */
static bool has_columns(const struct homes *homes, const struct limbeck_object *part,
	enum limbeck_attribute list, const char *schema, const char *table)
{
	for (size_t i = 0; i < limbeck_object_count(part, list); i++) {
		const char *name = limbeck_object_item(part, list, i);

		if (*name && !has(homes, LIMBECK_KIND_COLUMN, schema, table, name))
			return false;
	}
	return true;
}

static bool fits(const struct homes *homes, const struct limbeck_object *part)
{
	const char *schema = limbeck_object_schema(part), *table = limbeck_object_table(part);
	enum limbeck_kind kind = limbeck_object_kind(part);
	const char *to = limbeck_object_get(part, LIMBECK_ATTR_REF_TABLE);
	const char *of = limbeck_object_get(part, LIMBECK_ATTR_REF_SCHEMA);

	if (!catalog_relation(homes->home.catalog, schema, table))
		return false;
	if (kind != LIMBECK_KIND_COLUMN && kind != LIMBECK_KIND_CHECK
		&& limbeck_object_count(part, LIMBECK_ATTR_COLUMNS) == 0)
		return false;
	if (kind != LIMBECK_KIND_COLUMN
		&& !has_columns(homes, part, LIMBECK_ATTR_COLUMNS, schema, table))
		return false;
	if (!to || !(homes->home.traits->flags & HOME_GUARDS))
		return true;
	return has(homes, LIMBECK_KIND_TABLE, of, NULL, to)
		&& has_columns(homes, part, LIMBECK_ATTR_REF_COLUMNS, of, to);
}

static bool all_fit(struct homes *homes, const char *statement)
{
	const struct limbeck_object *object = NULL;
	struct strbuf shown = STRBUF_INIT;
	bool fine = true;

	while (fine && (object = catalog_next(homes->home.catalog, LIMBECK_KIND_NONE, NULL, NULL,
			object)))
		if (object_is_part(object) && !fits(homes, object)) {
			object_shown(&shown, object);
			diag("%s %s does not fit after %s\n%s",
				limbeck_kind_name(limbeck_object_kind(object)), shown.buf,
				statement, homes_shown(homes));
			fine = false;
		}
	strbuf_release(&shown);
	return fine;
}

/* A statement that fails may leave a half of it behind, so it is tried on a copy. */
static int try(struct homes *homes, const char *statement)
{
	struct limbeck_catalog *before = catalog_clone(homes->home.catalog);
	int failed = homes_do(homes, statement);

	if (failed) {
		catalog_free(homes->home.catalog);
		homes->home.catalog = before;
	} else {
		catalog_free(before);
	}
	return failed;
}

static void walk(const struct pool *pool, unsigned steps)
{
	struct strbuf statement = STRBUF_INIT;
	struct homes homes;
	unsigned done = 0;
	bool fine = true;

	homes_open(&homes, pool->dialect);
	for (unsigned i = 0; i < steps && fine; i++) {
		write_one(&statement, pool);
		if (try(&homes, statement.buf) == 0)
			done++;
		else if (homes.err.code != LIMBECK_E_SQL && homes.err.code != LIMBECK_E_UNSUPPORTED) {
			diag("%s: %s", statement.buf, homes_error(&homes));
			fine = false;
		}
		fine = fine && all_fit(&homes, statement.buf);
	}
	ok(fine && done > steps / 20, "%s: %u statements, of which %u are possible", pool->dialect,
		steps, done);
	strbuf_release(&statement);
	homes_close(&homes);
}

int main(int argc, char **argv)
{
	unsigned rounds = argc > 1 ? (unsigned)atoi(argv[1]) : 3;

	state = argc > 2 ? strtoull(argv[2], NULL, 10) : 20261121;
	for (unsigned round = 0; round < rounds; round++)
		for (size_t i = 0; i < sizeof pools / sizeof *pools; i++)
			walk(&pools[i], 400);
	return done_testing();
}
