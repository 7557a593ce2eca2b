/* SPDX-License-Identifier: BSD-2-Clause */
/* The standard renderer and the loop around a driver's own: each kind of change,
 * what the text around the statements looks like, and drivers that do a part. */
#include "driver/render.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "driver/host.h"
#include "driver/table.h"
#include "sql/reserved.h"
#include "tap.h"

enum { ANY = 16 };

static const struct limbeck_traits traits = { .lexis = LIMBECK_LEXIS_POSTGRESQL };
static const struct schema_rules rules = { .lexis = &traits.lexis, .default_schema = "public" };

static int no_open(struct limbeck_session *session, const struct limbeck_open *how, void **conn,
	struct limbeck_error *err)
{
	(void)session, (void)how, (void)conn;
	return driver_host.fail(err, LIMBECK_E_CONNECT, "no");
}

static void no_close(void *conn)
{
	(void)conn;
}

static int no_execute(void *conn, const struct limbeck_statement *statement,
	struct limbeck_sink *sink, struct limbeck_error *err)
{
	(void)conn, (void)statement, (void)sink;
	return driver_host.fail(err, LIMBECK_E_SQL, "no");
}

/* How the driver under test renders; NULL: the standard alone. */
typedef int render_fn(const struct limbeck_rendering *rendering,
	const struct limbeck_change *changes, size_t count, struct limbeck_out *out,
	struct limbeck_error *err);

static void make_driver(struct driver *driver, render_fn *render)
{
	static struct limbeck_driver table;
	static char path[] = "fake.so";
	const struct limbeck_driver_entry entry = { LIMBECK_DRIVER_ABI, sizeof table,
		sizeof traits, &table };

	table = (struct limbeck_driver){ .name = "fake", .traits = &traits, .open = no_open,
		.close = no_close, .execute = no_execute, .render = render };
	*driver = (struct driver){ .path = path, .scheme = path };
	if (table_adopt(driver, &entry, NULL) < 0)
		exit(1);
}

/* Two catalogs and the changes between them, as a diff would have them. */
struct bench {
	struct limbeck_catalog *before, *after;
	struct limbeck_change changes[ANY];
	size_t count;
	const struct limbeck_object *members[ANY];
	size_t member_count;
	render_fn *render;
	struct rendered rendered;
	struct limbeck_error err;
};

static void bench_init(struct bench *bench)
{
	*bench = (struct bench){ .err = LIMBECK_ERROR_INIT, .before = catalog_new(&rules),
		.after = catalog_new(&rules) };
	rendered_init(&bench->rendered);
}

static void bench_release(struct bench *bench)
{
	catalog_free(bench->before);
	catalog_free(bench->after);
	rendered_release(&bench->rendered);
	limbeck_error_release(&bench->err);
}

static struct limbeck_object *add(struct limbeck_catalog *catalog, enum limbeck_kind kind,
	const char *table, const char *name)
{
	bool bare = kind == LIMBECK_KIND_SCHEMA || kind == LIMBECK_KIND_EXTENSION;
	const struct object_name full = { .kind = kind, .schema = bare ? NULL : "public",
		.table = table, .name = name };

	return catalog_add(catalog, &full);
}

/* In both catalogs, for something to be there already. */
static void add_both(struct bench *bench, enum limbeck_kind kind, const char *table,
	const char *name)
{
	add(bench->before, kind, table, name);
	add(bench->after, kind, table, name);
}

static struct limbeck_object *column(struct limbeck_catalog *catalog, const char *table,
	const char *name, const char *type)
{
	struct limbeck_object *object = add(catalog, LIMBECK_KIND_COLUMN, table, name);

	object_set(object, LIMBECK_ATTR_TYPE, type);
	return object;
}

static struct limbeck_change *change(struct bench *bench, int verb,
	const struct limbeck_object *before, const struct limbeck_object *after)
{
	struct limbeck_change *new = &bench->changes[bench->count++];

	*new = (struct limbeck_change){ .size = sizeof *new, .verb = verb, .before = before,
		.after = after };
	return new;
}

static void member(struct bench *bench, const struct limbeck_object *object)
{
	struct limbeck_change *last = &bench->changes[bench->count - 1];

	bench->members[bench->member_count++] = object;
	if (!last->member_count)
		last->members = &bench->members[bench->member_count - 1];
	last->member_count++;
}

static int run(struct bench *bench)
{
	struct driver driver;

	make_driver(&driver, bench->render);
	return render_changes(&driver, NULL, bench->before, bench->changes, bench->count,
		&bench->rendered, &bench->err);
}

/* Runs and releases it. */
static void renders(struct bench *bench, const char *want, const char *name)
{
	int result = run(bench);

	ok(result == 0, "%s: rendered", name);
	if (result < 0)
		diag("%s", bench->err.message);
	is_str(bench->rendered.text.buf, want, "%s", name);
	bench_release(bench);
}

static void refuses(struct bench *bench, int code, const char *message, const char *name)
{
	is_int(run(bench), -1, "%s: refused", name);
	is_int(bench->err.code, code, "%s: with the right code", name);
	is_str(bench->err.message, message, "%s: and says so", name);
	bench_release(bench);
}

/* A constraint of a table, with columns. */
static struct limbeck_object *key(struct limbeck_catalog *catalog, enum limbeck_kind kind,
	const char *table, const char *name, const char *on)
{
	struct limbeck_object *object = add(catalog, kind, table, name);

	if (on)
		object_append(object, LIMBECK_ATTR_COLUMNS, on);
	return object;
}

static void test_create_table(void)
{
	struct bench b;
	struct limbeck_object *o;

	bench_init(&b);
	add_both(&b, LIMBECK_KIND_TABLE, NULL, "group");
	column(b.before, "group", "id", "bigint");
	o = add(b.after, LIMBECK_KIND_TABLE, NULL, "users");
	object_set(o, LIMBECK_ATTR_COMMENT, "who's who");
	change(&b, LIMBECK_CREATE, NULL, o);
	o = column(b.after, "users", "id", "bigint");
	object_set(o, LIMBECK_ATTR_IDENTITY, "always");
	object_set(o, LIMBECK_ATTR_START, "5");
	object_set(o, LIMBECK_ATTR_CACHE, "2");
	member(&b, o);
	o = column(b.after, "users", "Name", "character varying(20)");
	object_set(o, LIMBECK_ATTR_COLLATION, "C");
	object_set(o, LIMBECK_ATTR_DEFAULT, "'x'::character varying");
	object_set(o, LIMBECK_ATTR_NOT_NULL, "yes");
	object_set(o, LIMBECK_ATTR_COMMENT, "a\\b");
	member(&b, o);
	o = column(b.after, "users", "order", "bigint");
	object_set(o, LIMBECK_ATTR_GENERATED, "id * 2");
	object_set(o, LIMBECK_ATTR_GENERATED_KIND, "stored");
	member(&b, o);
	o = column(b.after, "users", "n", "integer");
	object_set(o, LIMBECK_ATTR_IDENTITY, "serial");
	member(&b, o);
	member(&b, key(b.after, LIMBECK_KIND_PRIMARY_KEY, "users", "users_pkey", "id"));
	o = key(b.after, LIMBECK_KIND_UNIQUE, "users", NULL, "Name");
	object_append(o, LIMBECK_ATTR_COLUMNS, "order");
	object_append(o, LIMBECK_ATTR_INCLUDE, "id");
	object_set(o, LIMBECK_ATTR_NULLS_NOT_DISTINCT, "yes");
	object_set(o, LIMBECK_ATTR_DEFERRABLE, "initially deferred");
	member(&b, o);
	o = key(b.after, LIMBECK_KIND_CHECK, "users", "positive", NULL);
	object_set(o, LIMBECK_ATTR_EXPRESSION, "n > 0");
	object_set(o, LIMBECK_ATTR_NO_INHERIT, "yes");
	object_set(o, LIMBECK_ATTR_COMMENT, "more than none");
	member(&b, o);
	o = key(b.after, LIMBECK_KIND_FOREIGN_KEY, "users", "users_n_fkey", "n");
	object_set(o, LIMBECK_ATTR_REF_TABLE, "group");
	object_append(o, LIMBECK_ATTR_REF_COLUMNS, "id");
	object_set(o, LIMBECK_ATTR_MATCH, "FULL");
	object_set(o, LIMBECK_ATTR_ON_UPDATE, "CASCADE");
	object_set(o, LIMBECK_ATTR_ON_DELETE, "SET NULL");
	object_append(o, LIMBECK_ATTR_ON_DELETE_COLUMNS, "n");
	object_set(o, LIMBECK_ATTR_DEFERRABLE, "deferrable");
	member(&b, o);
	o = key(b.after, LIMBECK_KIND_CHECK, "users", "later", NULL);
	object_set(o, LIMBECK_ATTR_EXPRESSION, "n < 9");
	object_set(o, LIMBECK_ATTR_NOT_ENFORCED, "not valid");
	member(&b, o);
	renders(&b, "CREATE TABLE users (\n"
		"    id bigint GENERATED ALWAYS AS IDENTITY (START WITH 5 CACHE 2),\n"
		"    \"Name\" character varying(20) COLLATE \"C\" DEFAULT 'x'::character varying "
		"NOT NULL,\n"
		"    \"order\" bigint GENERATED ALWAYS AS (id * 2) STORED,\n"
		"    n serial,\n"
		"    CONSTRAINT users_pkey PRIMARY KEY (id),\n"
		"    UNIQUE NULLS NOT DISTINCT (\"Name\", \"order\") INCLUDE (id) "
		"DEFERRABLE INITIALLY DEFERRED,\n"
		"    CONSTRAINT positive CHECK (n > 0) NO INHERIT,\n"
		"    CONSTRAINT users_n_fkey FOREIGN KEY (n) REFERENCES \"group\" (id) MATCH FULL "
		"ON UPDATE CASCADE ON DELETE SET NULL (n) DEFERRABLE\n"
		");\n"
		"ALTER TABLE users ADD CONSTRAINT later CHECK (n < 9) NOT VALID;\n"
		"COMMENT ON TABLE users IS 'who''s who';\n"
		"COMMENT ON COLUMN users.\"Name\" IS E'a\\\\b';\n"
		"COMMENT ON CONSTRAINT positive ON users IS 'more than none';\n",
		"a table with all kinds of columns and constraints");
}

static void test_table_options(void)
{
	struct bench b;
	struct limbeck_object *o;

	bench_init(&b);
	o = add(b.after, LIMBECK_KIND_TABLE, NULL, "log");
	object_set(o, LIMBECK_ATTR_UNLOGGED, "yes");
	object_set(o, LIMBECK_ATTR_PARTITION_BY, "RANGE (day)");
	object_set(o, LIMBECK_ATTR_OPTIONS, "WITH (fillfactor=70)");
	object_set(o, LIMBECK_ATTR_ROW_SECURITY, "forced");
	change(&b, LIMBECK_CREATE, NULL, o);
	member(&b, column(b.after, "log", "day", "date"));
	o = add(b.after, LIMBECK_KIND_TABLE, NULL, "log_1");
	object_append(o, LIMBECK_ATTR_PARTITION_OF, "");
	object_append(o, LIMBECK_ATTR_PARTITION_OF, "log");
	object_set(o, LIMBECK_ATTR_PARTITION_BOUND, "DEFAULT");
	change(&b, LIMBECK_CREATE, NULL, o);
	member(&b, column(b.after, "log_1", "day", "date"));
	o = add(b.after, LIMBECK_KIND_TABLE, NULL, "child");
	object_append(o, LIMBECK_ATTR_INHERITS, "a");
	object_append(o, LIMBECK_ATTR_INHERITS, "s.b");
	change(&b, LIMBECK_CREATE, NULL, o);
	renders(&b, "CREATE UNLOGGED TABLE log (\n    day date\n) PARTITION BY RANGE (day) "
		"WITH (fillfactor=70);\n"
		"ALTER TABLE log ENABLE ROW LEVEL SECURITY;\n"
		"ALTER TABLE log FORCE ROW LEVEL SECURITY;\n"
		"\nCREATE TABLE log_1 PARTITION OF log DEFAULT;\n"
		"\nCREATE TABLE child () INHERITS (a, s.b);\n", "the options of tables");
}

/* A column before and after, of a table that is there. */
static void column_pair(struct bench *bench, struct limbeck_object **before,
	struct limbeck_object **after)
{
	bench_init(bench);
	add_both(bench, LIMBECK_KIND_TABLE, NULL, "t");
	*before = column(bench->before, "t", "c", "integer");
	*after = column(bench->after, "t", "c", "integer");
	change(bench, LIMBECK_ALTER, *before, *after);
}

static void test_alter_column(void)
{
	static const struct {
		enum limbeck_attribute attribute;
		const char *before, *after, *want;
	} cases[] = {
		{ LIMBECK_ATTR_TYPE, "integer", "bigint",
			"ALTER TABLE t ALTER COLUMN c TYPE bigint;\n" },
		{ LIMBECK_ATTR_COLLATION, NULL, "de",
			"ALTER TABLE t ALTER COLUMN c TYPE integer COLLATE de;\n" },
		{ LIMBECK_ATTR_DEFAULT, NULL, "1",
			"ALTER TABLE t ALTER COLUMN c SET DEFAULT 1;\n" },
		{ LIMBECK_ATTR_DEFAULT, "1", NULL, "ALTER TABLE t ALTER COLUMN c DROP DEFAULT;\n" },
		{ LIMBECK_ATTR_NOT_NULL, NULL, "yes",
			"ALTER TABLE t ALTER COLUMN c SET NOT NULL;\n" },
		{ LIMBECK_ATTR_NOT_NULL, "yes", NULL,
			"ALTER TABLE t ALTER COLUMN c DROP NOT NULL;\n" },
		{ LIMBECK_ATTR_IDENTITY, NULL, "by default",
			"ALTER TABLE t ALTER COLUMN c ADD GENERATED BY DEFAULT AS IDENTITY;\n" },
		{ LIMBECK_ATTR_IDENTITY, "always", NULL,
			"ALTER TABLE t ALTER COLUMN c DROP IDENTITY;\n" },
		{ LIMBECK_ATTR_IDENTITY, "always", "by default",
			"ALTER TABLE t ALTER COLUMN c SET GENERATED BY DEFAULT;\n" },
		{ LIMBECK_ATTR_GENERATED, "a + 1", NULL,
			"ALTER TABLE t ALTER COLUMN c DROP EXPRESSION;\n" },
		{ LIMBECK_ATTR_GENERATED, "a + 1", "a + 2",
			"ALTER TABLE t DROP COLUMN c;\n"
			"ALTER TABLE t ADD COLUMN c integer "
			"GENERATED ALWAYS AS (a + 2) STORED;\n" },
		{ LIMBECK_ATTR_STORAGE, NULL, "STORAGE EXTERNAL",
			"ALTER TABLE t ALTER COLUMN c SET STORAGE EXTERNAL;\n" },
		{ LIMBECK_ATTR_COMMENT, "old", "new", "COMMENT ON COLUMN t.c IS 'new';\n" },
		{ LIMBECK_ATTR_COMMENT, "old", NULL, "COMMENT ON COLUMN t.c IS NULL;\n" },
	};
	struct bench b;
	struct limbeck_object *before, *after;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		column_pair(&b, &before, &after);
		object_set(before, cases[i].attribute, cases[i].before);
		object_set(after, cases[i].attribute, cases[i].after);
		renders(&b, cases[i].want, limbeck_attribute_name(cases[i].attribute));
	}
	column_pair(&b, &before, &after);
	object_set(before, LIMBECK_ATTR_DEFAULT, "1");
	object_set(after, LIMBECK_ATTR_DEFAULT, "'a'");
	object_set(after, LIMBECK_ATTR_TYPE, "text");
	renders(&b, "ALTER TABLE t ALTER COLUMN c DROP DEFAULT;\n"
		"ALTER TABLE t ALTER COLUMN c TYPE text;\n"
		"ALTER TABLE t ALTER COLUMN c SET DEFAULT 'a';\n",
		"a default goes before its type");
	column_pair(&b, &before, &after);
	object_set(before, LIMBECK_ATTR_IDENTITY, "always");
	object_set(after, LIMBECK_ATTR_IDENTITY, "always");
	object_set(before, LIMBECK_ATTR_START, "7");
	object_set(after, LIMBECK_ATTR_INCREMENT, "2");
	object_set(after, LIMBECK_ATTR_CYCLE, "yes");
	renders(&b, "ALTER TABLE t ALTER COLUMN c SET START WITH 1 SET INCREMENT BY 2 SET CYCLE;\n",
		"the numbers of an identity");
	column_pair(&b, &before, &after);
	object_set(after, LIMBECK_ATTR_IDENTITY, "serial");
	refuses(&b, LIMBECK_E_UNSUPPORTED,
		"the identity of column t.c can't be changed in the words of standard SQL",
		"a serial column out of a plain one");
	column_pair(&b, &before, &after);
	object_set(after, LIMBECK_ATTR_ON_UPDATE, "now()");
	refuses(&b, LIMBECK_E_UNSUPPORTED, "the on update of column t.c can't be changed in place",
		"what the standard has no words for");
}

static void test_columns(void)
{
	struct bench b;

	bench_init(&b);
	add_both(&b, LIMBECK_KIND_TABLE, NULL, "t");
	column(b.before, "t", "old", "text");
	change(&b, LIMBECK_CREATE, NULL, column(b.after, "t", "new", "text"));
	change(&b, LIMBECK_FILL, NULL, column(b.after, "t", "new", "text"))->value = "''";
	change(&b, LIMBECK_DROP, column(b.before, "t", "old", "text"), NULL)->flags =
		LIMBECK_CHANGE_DESTRUCTIVE;
	renders(&b, "ALTER TABLE t ADD COLUMN new text;\n"
		"UPDATE t SET new = '' WHERE new IS NULL;\n"
		"-- destructive: drops column t.old and its values\n"
		"ALTER TABLE t DROP COLUMN old;\n", "columns come, are filled, and go");
	bench_init(&b);
	add_both(&b, LIMBECK_KIND_TABLE, NULL, "t");
	column(b.before, "t", "c", "text");
	change(&b, LIMBECK_FILL, NULL, column(b.after, "t", "c", "text"));
	is_int(run(&b), 0, "a value that a person must give");
	ok(b.rendered.decides, "is told");
	is_str(b.rendered.text.buf, "-- @decide the value of t.c in the rows that are there: "
		"write it for NULL, and delete this line\nUPDATE t SET c = NULL WHERE c IS NULL;\n",
		"and asked for");
	is_int((long long)b.rendered.statements, 1, "one statement");
	bench_release(&b);
}

static void test_alter_table(void)
{
	struct bench b;
	struct limbeck_object *before, *after;

	bench_init(&b);
	before = add(b.before, LIMBECK_KIND_TABLE, NULL, "t");
	after = add(b.after, LIMBECK_KIND_TABLE, NULL, "t");
	object_append(before, LIMBECK_ATTR_PARTITION_OF, "s");
	object_append(before, LIMBECK_ATTR_PARTITION_OF, "p");
	object_set(before, LIMBECK_ATTR_ROW_SECURITY, "forced");
	object_append(after, LIMBECK_ATTR_INHERITS, "q");
	object_set(after, LIMBECK_ATTR_UNLOGGED, "yes");
	object_set(after, LIMBECK_ATTR_COMMENT, "hello");
	change(&b, LIMBECK_ALTER, before, after);
	renders(&b, "ALTER TABLE s.p DETACH PARTITION t;\n"
		"ALTER TABLE t INHERIT q;\n"
		"ALTER TABLE t SET UNLOGGED;\n"
		"ALTER TABLE t DISABLE ROW LEVEL SECURITY;\n"
		"ALTER TABLE t NO FORCE ROW LEVEL SECURITY;\n"
		"COMMENT ON TABLE t IS 'hello';\n", "what can be changed of a table");
	bench_init(&b);
	before = add(b.before, LIMBECK_KIND_TABLE, NULL, "t");
	after = add(b.after, LIMBECK_KIND_TABLE, NULL, "t");
	object_set(after, LIMBECK_ATTR_PARTITION_BY, "HASH (a)");
	change(&b, LIMBECK_ALTER, before, after);
	refuses(&b, LIMBECK_E_UNSUPPORTED, "the partition by of table t can't be changed in place",
		"a table is never dropped to be changed");
}

static void test_constraints(void)
{
	struct bench b;
	struct limbeck_object *before, *after;

	bench_init(&b);
	add_both(&b, LIMBECK_KIND_TABLE, NULL, "t");
	change(&b, LIMBECK_DROP, key(b.before, LIMBECK_KIND_UNIQUE, "t", "u", "a"), NULL);
	after = key(b.after, LIMBECK_KIND_EXCLUSION, "t", "x", "a");
	object_append(after, LIMBECK_ATTR_PARTS, "during WITH &&");
	object_set(after, LIMBECK_ATTR_METHOD, "gist");
	object_set(after, LIMBECK_ATTR_PREDICATE, "a > 0");
	change(&b, LIMBECK_CREATE, NULL, after);
	before = key(b.before, LIMBECK_KIND_FOREIGN_KEY, "t", "f", "a");
	after = key(b.after, LIMBECK_KIND_FOREIGN_KEY, "t", "f", "a");
	object_set(before, LIMBECK_ATTR_REF_TABLE, "t");
	object_set(after, LIMBECK_ATTR_REF_TABLE, "t");
	object_set(after, LIMBECK_ATTR_ON_DELETE, "CASCADE");
	change(&b, LIMBECK_ALTER, before, after);
	renders(&b, "ALTER TABLE t DROP CONSTRAINT u;\n"
		"ALTER TABLE t ADD CONSTRAINT x EXCLUDE USING gist (during WITH &&) "
		"WHERE (a > 0);\n"
		"ALTER TABLE t DROP CONSTRAINT f;\n"
		"ALTER TABLE t ADD CONSTRAINT f FOREIGN KEY (a) REFERENCES t ON DELETE CASCADE;\n",
		"constraints go and come, and are made again to be changed");
	bench_init(&b);
	add_both(&b, LIMBECK_KIND_TABLE, NULL, "t");
	before = key(b.before, LIMBECK_KIND_CHECK, "t", "c", NULL);
	after = key(b.after, LIMBECK_KIND_CHECK, "t", "c", NULL);
	object_set(before, LIMBECK_ATTR_NOT_ENFORCED, "not valid");
	object_set(after, LIMBECK_ATTR_COMMENT, "x");
	change(&b, LIMBECK_ALTER, before, after);
	before = key(b.before, LIMBECK_KIND_FOREIGN_KEY, "t", "f", "a");
	after = key(b.after, LIMBECK_KIND_FOREIGN_KEY, "t", "f", "a");
	object_set(after, LIMBECK_ATTR_DEFERRABLE, "initially deferred");
	change(&b, LIMBECK_ALTER, before, after);
	renders(&b, "ALTER TABLE t VALIDATE CONSTRAINT c;\n"
		"COMMENT ON CONSTRAINT c ON t IS 'x';\n"
		"ALTER TABLE t ALTER CONSTRAINT f DEFERRABLE INITIALLY DEFERRED;\n",
		"constraints that are altered in place");
	bench_init(&b);
	add_both(&b, LIMBECK_KIND_TABLE, NULL, "t");
	before = key(b.before, LIMBECK_KIND_UNIQUE, "t", NULL, "a");
	change(&b, LIMBECK_DROP, before, NULL);
	ok(run(&b) < 0 && b.err.code == LIMBECK_E_UNSUPPORTED &&
		strstr(b.err.message, "has no name of its own, and can't be dropped"),
		"an unnamed constraint can't be dropped by its name: %s", b.err.message);
	bench_release(&b);
}

static void test_indexes(void)
{
	struct bench b;
	struct limbeck_object *o, *before;

	bench_init(&b);
	add_both(&b, LIMBECK_KIND_TABLE, NULL, "t");
	o = key(b.after, LIMBECK_KIND_INDEX, "t", "t_a", "a");
	object_append(o, LIMBECK_ATTR_COLUMNS, "");
	object_append(o, LIMBECK_ATTR_PARTS, "a DESC");
	object_append(o, LIMBECK_ATTR_PARTS, "lower(b)");
	object_set(o, LIMBECK_ATTR_UNIQUE, "yes");
	object_set(o, LIMBECK_ATTR_METHOD, "gist");
	object_append(o, LIMBECK_ATTR_INCLUDE, "select");
	object_set(o, LIMBECK_ATTR_OPTIONS, "WITH (fillfactor=70)");
	object_set(o, LIMBECK_ATTR_PREDICATE, "a > 0");
	object_set(o, LIMBECK_ATTR_COMMENT, "fast");
	change(&b, LIMBECK_CREATE, NULL, o);
	change(&b, LIMBECK_DROP, key(b.before, LIMBECK_KIND_INDEX, "t", "t_b", "b"), NULL);
	before = key(b.before, LIMBECK_KIND_INDEX, "t", "t_c", "c");
	o = key(b.after, LIMBECK_KIND_INDEX, "t", "t_c", "d");
	change(&b, LIMBECK_ALTER, before, o);
	renders(&b, "CREATE UNIQUE INDEX t_a ON t USING gist (a DESC, lower(b)) "
		"INCLUDE (\"select\") WITH (fillfactor=70) WHERE a > 0;\n"
		"COMMENT ON INDEX t_a IS 'fast';\n"
		"DROP INDEX t_b;\n"
		"DROP INDEX t_c;\n"
		"CREATE INDEX t_c ON t (d);\n", "indexes");
}

static struct limbeck_object *mood(struct limbeck_catalog *catalog, const char *const *values)
{
	struct limbeck_object *object = add(catalog, LIMBECK_KIND_ENUM, NULL, "mood");

	for (; *values; values++)
		object_append(object, LIMBECK_ATTR_VALUES, *values);
	return object;
}

static void test_enums(void)
{
	static const char *const some[] = { "b", "d's", NULL };
	static const char *const more[] = { "a", "b", "c", "d's", "e", "f", NULL };
	static const char *const other[] = { "d's", "b", NULL };
	struct bench b;

	bench_init(&b);
	change(&b, LIMBECK_CREATE, NULL, mood(b.after, some));
	renders(&b, "CREATE TYPE mood AS ENUM ('b', 'd''s');\n", "an enum");
	bench_init(&b);
	change(&b, LIMBECK_ALTER, mood(b.before, some), mood(b.after, more));
	renders(&b, "ALTER TYPE mood ADD VALUE 'a' BEFORE 'b';\n"
		"ALTER TYPE mood ADD VALUE 'c' AFTER 'b';\n"
		"ALTER TYPE mood ADD VALUE 'e';\n"
		"ALTER TYPE mood ADD VALUE 'f';\n", "values come in their places");
	bench_init(&b);
	change(&b, LIMBECK_ALTER, mood(b.before, some), mood(b.after, other));
	renders(&b, "DROP TYPE mood;\nCREATE TYPE mood AS ENUM ('d''s', 'b');\n",
		"an order that can't be had by adding");
}

static void test_domains(void)
{
	struct bench b;
	struct limbeck_object *before, *after, *o;

	bench_init(&b);
	after = add(b.after, LIMBECK_KIND_DOMAIN, NULL, "email");
	object_set(after, LIMBECK_ATTR_TYPE, "text");
	object_set(after, LIMBECK_ATTR_DEFAULT, "''");
	object_set(after, LIMBECK_ATTR_NOT_NULL, "yes");
	change(&b, LIMBECK_CREATE, NULL, after);
	o = key(b.after, LIMBECK_KIND_CHECK, "email", "has_at", NULL);
	object_set(o, LIMBECK_ATTR_EXPRESSION, "VALUE ~ '@'");
	object_set(o, LIMBECK_ATTR_COMMENT, "x");
	member(&b, o);
	renders(&b, "CREATE DOMAIN email AS text DEFAULT '' NOT NULL\n"
		"    CONSTRAINT has_at CHECK (VALUE ~ '@');\n"
		"COMMENT ON CONSTRAINT has_at ON DOMAIN email IS 'x';\n", "a domain");
	bench_init(&b);
	before = add(b.before, LIMBECK_KIND_DOMAIN, NULL, "email");
	after = add(b.after, LIMBECK_KIND_DOMAIN, NULL, "email");
	object_set(before, LIMBECK_ATTR_DEFAULT, "1");
	object_set(after, LIMBECK_ATTR_NOT_NULL, "yes");
	change(&b, LIMBECK_ALTER, before, after);
	change(&b, LIMBECK_DROP, key(b.before, LIMBECK_KIND_CHECK, "email", "c", NULL), NULL);
	renders(&b, "ALTER DOMAIN email DROP DEFAULT;\n"
		"ALTER DOMAIN email SET NOT NULL;\n"
		"ALTER DOMAIN email DROP CONSTRAINT c;\n", "a domain is changed");
}

static void test_sequences(void)
{
	struct bench b;
	struct limbeck_object *before, *after, *o;

	bench_init(&b);
	after = add(b.after, LIMBECK_KIND_SEQUENCE, NULL, "ids");
	object_set(after, LIMBECK_ATTR_TYPE, "integer");
	object_set(after, LIMBECK_ATTR_START, "10");
	object_set(after, LIMBECK_ATTR_CYCLE, "yes");
	object_append(after, LIMBECK_ATTR_OWNED_BY, "t");
	object_append(after, LIMBECK_ATTR_OWNED_BY, "id");
	change(&b, LIMBECK_CREATE, NULL, after);
	change(&b, LIMBECK_CREATE, NULL, add(b.after, LIMBECK_KIND_SCHEMA, NULL, "s"));
	o = add(b.after, LIMBECK_KIND_TABLE, NULL, "t");
	change(&b, LIMBECK_CREATE, NULL, o);
	member(&b, column(b.after, "t", "id", "integer"));
	renders(&b, "CREATE SEQUENCE ids AS integer START WITH 10 CYCLE;\n"
		"\nCREATE SCHEMA s;\n"
		"\nCREATE TABLE t (\n    id integer\n);\n"
		"ALTER SEQUENCE ids OWNED BY t.id;\n", "a sequence waits for its table");
	bench_init(&b);
	before = add(b.before, LIMBECK_KIND_SEQUENCE, NULL, "ids");
	after = add(b.after, LIMBECK_KIND_SEQUENCE, NULL, "ids");
	object_set(before, LIMBECK_ATTR_MAXIMUM, "9");
	object_set(after, LIMBECK_ATTR_INCREMENT, "2");
	change(&b, LIMBECK_ALTER, before, after);
	renders(&b, "ALTER SEQUENCE ids INCREMENT BY 2 NO MAXVALUE;\n", "a sequence is changed");
}

static struct limbeck_object *defined(struct limbeck_catalog *catalog, enum limbeck_kind kind,
	const char *table, const char *name, const char *definition)
{
	struct limbeck_object *object = add(catalog, kind, table, name);

	object_set(object, LIMBECK_ATTR_DEFINITION, definition);
	return object;
}

static void test_defined(void)
{
	const struct object_name f = { .kind = LIMBECK_KIND_FUNCTION, .schema = "s", .name = "f",
		.signature = "integer, text" };
	struct bench b;
	struct limbeck_object *o, *before;

	bench_init(&b);
	add_both(&b, LIMBECK_KIND_TABLE, NULL, "t");
	change(&b, LIMBECK_CREATE, NULL, defined(b.after, LIMBECK_KIND_VIEW, NULL, "v",
		"CREATE VIEW v AS\n SELECT 1 -- one\n"));
	o = catalog_add(b.before, &f);
	object_set(o, LIMBECK_ATTR_WORD, "PROCEDURE");
	change(&b, LIMBECK_DROP, o, NULL);
	o = defined(b.after, LIMBECK_KIND_TRIGGER, "t", "g",
		"CREATE TRIGGER g BEFORE INSERT ON t EXECUTE FUNCTION x()");
	object_set(o, LIMBECK_ATTR_ENABLED, "disabled");
	change(&b, LIMBECK_CREATE, NULL, o);
	change(&b, LIMBECK_DROP, add(b.before, LIMBECK_KIND_TRIGGER, "t", "h"), NULL);
	o = add(b.before, LIMBECK_KIND_OTHER, "t", "p");
	object_set(o, LIMBECK_ATTR_WORD, "POLICY");
	change(&b, LIMBECK_DROP, o, NULL);
	change(&b, LIMBECK_DROP, add(b.before, LIMBECK_KIND_MATERIALIZED_VIEW, NULL, "m"), NULL);
	before = defined(b.before, LIMBECK_KIND_VIEW, NULL, "w",
		"CREATE OR REPLACE VIEW w AS SELECT 1");
	o = defined(b.after, LIMBECK_KIND_VIEW, NULL, "w", "CREATE OR REPLACE VIEW w AS SELECT 2");
	object_set(o, LIMBECK_ATTR_COMMENT, "two");
	change(&b, LIMBECK_ALTER, before, o);
	renders(&b, "-- @statement\nCREATE VIEW v AS\n SELECT 1 -- one\n-- @end\n"
		"\nDROP PROCEDURE s.f(integer, text);\n"
		"\nCREATE TRIGGER g BEFORE INSERT ON t EXECUTE FUNCTION x();\n"
		"ALTER TABLE t DISABLE TRIGGER g;\n"
		"DROP TRIGGER h ON t;\n"
		"DROP POLICY p ON t;\n"
		"\nDROP MATERIALIZED VIEW m;\n"
		"\nCREATE OR REPLACE VIEW w AS SELECT 2;\n"
		"COMMENT ON VIEW w IS 'two';\n", "what is known by its definition");
	bench_init(&b);
	change(&b, LIMBECK_CREATE, NULL, add(b.after, LIMBECK_KIND_TYPE, NULL, "point3"));
	refuses(&b, LIMBECK_E_UNSUPPORTED, "type point3 has no definition that could be written",
		"a definition that the driver did not give");
}

static void test_extensions(void)
{
	struct bench b;
	struct limbeck_object *before, *after;

	bench_init(&b);
	after = add(b.after, LIMBECK_KIND_EXTENSION, NULL, "uuid-ossp");
	object_set(after, LIMBECK_ATTR_INTO_SCHEMA, "ext");
	change(&b, LIMBECK_CREATE, NULL, after);
	before = add(b.before, LIMBECK_KIND_EXTENSION, NULL, "citext");
	after = add(b.after, LIMBECK_KIND_EXTENSION, NULL, "citext");
	object_set(before, LIMBECK_ATTR_INTO_SCHEMA, "ext");
	change(&b, LIMBECK_ALTER, before, after);
	change(&b, LIMBECK_DROP, add(b.before, LIMBECK_KIND_EXTENSION, NULL, "pgcrypto"), NULL);
	renders(&b, "CREATE EXTENSION IF NOT EXISTS \"uuid-ossp\" SCHEMA ext;\n"
		"\nALTER EXTENSION citext SET SCHEMA public;\n"
		"\nDROP EXTENSION pgcrypto;\n", "extensions");
}

static void test_renames(void)
{
	const struct object_name moved = { .kind = LIMBECK_KIND_VIEW, .schema = "s", .name = "w" };
	struct bench b;

	bench_init(&b);
	add_both(&b, LIMBECK_KIND_TABLE, NULL, "t");
	add(b.before, LIMBECK_KIND_TABLE, NULL, "people");
	change(&b, LIMBECK_RENAME, add(b.before, LIMBECK_KIND_TABLE, NULL, "people"),
		add(b.after, LIMBECK_KIND_TABLE, NULL, "users"));
	change(&b, LIMBECK_RENAME, column(b.before, "t", "a", "text"),
		column(b.after, "t", "b", "text"));
	change(&b, LIMBECK_RENAME, key(b.before, LIMBECK_KIND_UNIQUE, "t", "k", "b"),
		key(b.after, LIMBECK_KIND_UNIQUE, "t", "l", "b"));
	change(&b, LIMBECK_RENAME, key(b.before, LIMBECK_KIND_INDEX, "t", "i", "b"),
		key(b.after, LIMBECK_KIND_INDEX, "t", "j", "b"));
	change(&b, LIMBECK_RENAME, add(b.before, LIMBECK_KIND_VIEW, NULL, "v"),
		catalog_add(b.after, &moved));
	renders(&b, "ALTER TABLE people RENAME TO users;\n"
		"\nALTER TABLE t RENAME COLUMN a TO b;\n"
		"ALTER TABLE t RENAME CONSTRAINT k TO l;\n"
		"ALTER INDEX i RENAME TO j;\n"
		"\nALTER VIEW v SET SCHEMA s;\n"
		"ALTER VIEW s.v RENAME TO w;\n", "renames");
}

static void test_remarks(void)
{
	struct bench b;

	bench_init(&b);
	change(&b, LIMBECK_DROP, add(b.before, LIMBECK_KIND_TABLE, NULL, "a\nb"), NULL)->flags =
		LIMBECK_CHANGE_DESTRUCTIVE;
	renders(&b, "-- destructive: drops table a b and its rows\nDROP TABLE \"a\nb\";\n",
		"a name can't end a comment");
}

/* A driver that renders the first change alone, and looks at what it is shown. */
static size_t asked, tables_before, columns_before, tables_after;

static size_t count_of(const struct limbeck_catalog *catalog, enum limbeck_kind kind)
{
	const struct limbeck_object *object = NULL;
	size_t count = 0;

	while ((object = driver_host.object_next(catalog, kind, NULL, NULL, object)))
		count++;
	return count;
}

static int render_first(const struct limbeck_rendering *rendering,
	const struct limbeck_change *changes, size_t count, struct limbeck_out *out,
	struct limbeck_error *err)
{
	(void)err, (void)changes;
	asked++;
	tables_before = count_of(rendering->before, LIMBECK_KIND_TABLE);
	columns_before = count_of(rendering->before, LIMBECK_KIND_COLUMN);
	tables_after = count_of(rendering->after, LIMBECK_KIND_TABLE);
	if (asked > 1)
		return 0;
	driver_host.remark(out, "%zu changes", count);
	driver_host.remark(out, "@upgrade");
	driver_host.put(out, "SOMETHING %s ", rendering->default_schema);
	driver_host.put_qualified(out, "public", "a");
	driver_host.put_qualified(out, "s", "b");
	driver_host.end(out);
	driver_host.end(out);
	driver_host.put_rebuild(out);
	driver_host.remark(out, "for the next");
	return 1;
}

static void test_driver(void)
{
	struct bench b;

	bench_init(&b);
	b.render = render_first;
	add_both(&b, LIMBECK_KIND_TABLE, NULL, "t");
	add_both(&b, LIMBECK_KIND_TABLE, NULL, "u");
	column(b.before, "t", "old", "text");
	column(b.before, "u", "x", "text");
	change(&b, LIMBECK_DROP, column(b.before, "t", "old", "text"), NULL)->flags =
		LIMBECK_CHANGE_DESTRUCTIVE;
	change(&b, LIMBECK_CREATE, NULL, column(b.after, "t", "a", "text"));
	change(&b, LIMBECK_CREATE, NULL, column(b.after, "t", "b", "text"));
	is_int(run(&b), 0, "a driver that renders some");
	is_str(b.rendered.text.buf, "-- destructive: drops column t.old and its values\n"
		"-- 3 changes\n-- : @upgrade\nSOMETHING public as.b;\n"
		"-- for the next\nALTER TABLE t ADD COLUMN a text;\n"
		"ALTER TABLE t ADD COLUMN b text;\n", "and the standard the others");
	ok(b.rendered.rebuild, "a rebuild is told");
	is_int((long long)b.rendered.statements, 3, "three statements");
	is_int((long long)asked, 2, "it was asked again behind what the standard has done");
	is_int((long long)tables_before, 1, "it sees its table alone");
	is_int((long long)columns_before, 1, "as it is before what is left to do");
	is_int((long long)tables_after, 2, "and all of what comes out");
	bench_release(&b);
}

static int render_autocommit(const struct limbeck_rendering *rendering,
	const struct limbeck_change *changes, size_t count, struct limbeck_out *out,
	struct limbeck_error *err)
{
	(void)rendering, (void)err;
	for (size_t i = 0; i < count; i++) {
		if (limbeck_object_kind(changes[i].after) == LIMBECK_KIND_SCHEMA)
			return (int)i;
		driver_host.put_autocommit(out);
		driver_host.put_decide(out, "really\n%s?", "now");
		driver_host.put(out, "MAKE ");
		driver_host.put_name(out, limbeck_object_name(changes[i].after));
		driver_host.end(out);
	}
	return (int)count;
}

static void test_autocommit(void)
{
	struct bench b;

	bench_init(&b);
	b.render = render_autocommit;
	add_both(&b, LIMBECK_KIND_TABLE, NULL, "t");
	change(&b, LIMBECK_CREATE, NULL, key(b.after, LIMBECK_KIND_INDEX, "t", "i", "a"));
	change(&b, LIMBECK_CREATE, NULL, key(b.after, LIMBECK_KIND_INDEX, "t", "j", "a"));
	change(&b, LIMBECK_CREATE, NULL, add(b.after, LIMBECK_KIND_SCHEMA, NULL, "s"));
	change(&b, LIMBECK_CREATE, NULL, key(b.after, LIMBECK_KIND_INDEX, "t", "k", "a"));
	is_int(run(&b), 0, "statements outside a transaction");
	ok(b.rendered.autocommit && b.rendered.decides, "are told");
	is_str(b.rendered.text.buf, "-- @autocommit\n-- @decide really now?\nMAKE i;\n"
		"-- @decide really now?\nMAKE j;\n-- @end\n\nCREATE SCHEMA s;\n\n"
		"-- @autocommit\n-- @decide really now?\nMAKE k;\n-- @end\n",
		"and stand in blocks that are closed");
	bench_release(&b);
}

/* Ways to break the contract. */
static int defect_number;

static int render_badly(const struct limbeck_rendering *rendering,
	const struct limbeck_change *changes, size_t count, struct limbeck_out *out,
	struct limbeck_error *err)
{
	(void)rendering, (void)changes;
	switch (defect_number) {
	case 0:
		return -1;
	case 1:
		return (int)count + 1;
	case 2:
		driver_host.put(out, "x");
		return 1;
	case 3:
		driver_host.put(out, "x");
		driver_host.end(out);
		return 0;
	case 4:
		driver_host.put_name(out, "");
		driver_host.put(out, "x");
		driver_host.end(out);
		return 1;
	default:
		return driver_host.fail(err, LIMBECK_E_UNSUPPORTED, "not here");
	}
}

static void test_defects(void)
{
	static const struct {
		int code;
		const char *message;
	} cases[] = {
		{ LIMBECK_E_INTERNAL, "driver \"fake\": render: failed and did not say why" },
		{ LIMBECK_E_INTERNAL, "driver \"fake\": render: says that it rendered more changes "
			"than it was given" },
		{ LIMBECK_E_INTERNAL, "driver \"fake\": render: left a statement without an end" },
		{ LIMBECK_E_INTERNAL, "driver \"fake\": render: put statements for no change" },
		{ LIMBECK_E_UNSUPPORTED,
			"schema s can't be written, since a name in it is empty" },
		{ LIMBECK_E_UNSUPPORTED, "not here" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct bench b;

		bench_init(&b);
		b.render = render_badly;
		defect_number = (int)i;
		change(&b, LIMBECK_CREATE, NULL, add(b.after, LIMBECK_KIND_SCHEMA, NULL, "s"));
		refuses(&b, cases[i].code, cases[i].message, "a driver that fails");
	}
}

static void test_nothing(void)
{
	struct bench b;

	bench_init(&b);
	renders(&b, "", "no changes, no text");
}

/* Whether the standard alterable says that b may become a. */
static void test_alterable(void)
{
	struct limbeck_catalog *a = catalog_new(&rules), *b = catalog_new(&rules);
	struct limbeck_object *before = add(a, LIMBECK_KIND_VIEW, NULL, "v");
	struct limbeck_object *after = add(b, LIMBECK_KIND_VIEW, NULL, "v");
	struct driver driver;

	make_driver(&driver, NULL);
	object_set(after, LIMBECK_ATTR_COMMENT, "x");
	is_int(driver.table.alterable(before, after), 1, "a comment can be altered");
	object_set(after, LIMBECK_ATTR_DEFINITION, "x");
	is_int(driver.table.alterable(before, after), 0, "all else can't, as far as we know");
	catalog_free(a);
	catalog_free(b);
}

static void test_names(void)
{
	static const char *const quoted[] = { "accessible", "do", "do_domain_ids", "group", "index",
		"key", "order", "select", "table", "user", "values", "window", "zerofill",
		"Users", "two words", "1st", "a$b", "h\xc3\xa4user", "a-b", "" };
	static const char *const plain[] = { "users", "email", "name", "status", "type", "date",
		"_x1", "orders" };

	for (size_t i = 0; i < sizeof quoted / sizeof *quoted; i++)
		ok(!reserved_is_plain(quoted[i]), "a name that needs quotes: %s", quoted[i]);
	for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
		ok(reserved_is_plain(plain[i]), "a name that does not: %s", plain[i]);
}

int main(void)
{
	test_names();
	test_create_table();
	test_table_options();
	test_alter_column();
	test_columns();
	test_alter_table();
	test_constraints();
	test_indexes();
	test_enums();
	test_domains();
	test_sequences();
	test_defined();
	test_extensions();
	test_renames();
	test_remarks();
	test_driver();
	test_autocommit();
	test_defects();
	test_nothing();
	test_alterable();
	return done_testing();
}
