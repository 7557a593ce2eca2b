/* SPDX-License-Identifier: BSD-2-Clause */
/* Catalogs: adding, finding, walking, removing, attributes, copies, names. */
#include "tap.h"

#include <stdio.h>
#include <time.h>

#include "base/strbuf.h"
#include "schema.h"

static void test_adding(void)
{
	struct limbeck_catalog *c = catalog_new(&rules_normal);
	struct limbeck_object *users = add(c, LIMBECK_KIND_TABLE, "public", NULL, "users");

	ok(users && limbeck_object_kind(users) == LIMBECK_KIND_TABLE, "a table is added");
	is_str(limbeck_object_schema(users), "public", "its schema");
	is_str(limbeck_object_name(users), "users", "its name");
	is_str(limbeck_object_table(users), NULL, "it is no part");
	is_str(limbeck_object_signature(users), NULL, "and has no signature");
	ok(add(c, LIMBECK_KIND_TABLE, "public", NULL, "users") == users,
		"adding it again returns it");
	is_int((long long)catalog_size(c), 1, "and adds nothing");
	ok(find(c, LIMBECK_KIND_TABLE, "public", NULL, "users") == users, "it is found");
	ok(find(c, LIMBECK_KIND_TABLE, NULL, NULL, "users") == users,
		"and without a schema, since its own is the default one");
	ok(!find(c, LIMBECK_KIND_VIEW, "public", NULL, "users"), "not as another kind");
	ok(!find(c, LIMBECK_KIND_TABLE, "other", NULL, "users"), "nor in another schema");
	ok(!find(c, LIMBECK_KIND_TABLE, "public", NULL, "Users"), "nor in another case");
	ok(catalog_relation(c, NULL, "users") == users, "it is a relation");
	ok(!add(c, LIMBECK_KIND_NONE, NULL, NULL, "x") && !add(c, LIMBECK_KIND_COUNT, NULL, NULL, "x"),
		"a kind that is not known is not added");
	ok(!catalog_failed(c), "which is no failure");
	catalog_free(c);
	catalog_free(NULL);
}

static void test_functions(void)
{
	struct limbeck_catalog *c = catalog_new(&rules_normal);
	struct object_name name = { LIMBECK_KIND_FUNCTION, "public", NULL, "f", "integer" };
	struct limbeck_object *one = catalog_add(c, &name), *two;

	name.signature = "text";
	two = catalog_add(c, &name);
	ok(one && two && one != two, "functions of two signatures are two");
	ok(catalog_find(c, &name) == two, "each is found by its own");
	name.signature = "";
	ok(!catalog_find(c, &name), "and one without arguments is a third");
	is_str(limbeck_object_signature(two), "text", "the signature is kept");
	catalog_free(c);
}

static void test_case(void)
{
	struct limbeck_catalog *c = catalog_new(&rules_written);
	struct limbeck_object *users = add(c, LIMBECK_KIND_TABLE, NULL, NULL, "Users");
	struct limbeck_object *id = add(c, LIMBECK_KIND_COLUMN, NULL, "users", "ID");

	ok(find(c, LIMBECK_KIND_TABLE, NULL, NULL, "uSERS") == users,
		"where texts are as written, case does not tell names apart");
	ok(find(c, LIMBECK_KIND_COLUMN, NULL, "USERS", "id") == id, "nor those of parts");
	ok(catalog_next(c, LIMBECK_KIND_COLUMN, NULL, "Users", NULL) == id, "walking neither");
	is_str(limbeck_object_name(users), "Users", "a name is kept as it was written");
	catalog_free(c);
}

static void test_walking(void)
{
	static const char *const columns[] = { "id", "email", "age" };
	struct limbeck_catalog *c = catalog_new(&rules_normal);
	struct limbeck_object *object = NULL;
	struct strbuf seen = STRBUF_INIT;

	for (int i = 0; i < 3; i++)
		add(c, LIMBECK_KIND_COLUMN, "public", "users", columns[i]);
	add(c, LIMBECK_KIND_TABLE, "public", NULL, "users");
	add(c, LIMBECK_KIND_TABLE, "public", NULL, "orders");
	add(c, LIMBECK_KIND_COLUMN, "public", "orders", "id");
	add(c, LIMBECK_KIND_CHECK, "public", "users", "adult");
	while ((object = catalog_next(c, LIMBECK_KIND_COLUMN, "public", "users", object)))
		strbuf_addf(&seen, "%s ", limbeck_object_name(object));
	is_str(seen.buf, "id email age ", "columns of a table in the order of adding");
	strbuf_reset(&seen);
	while ((object = catalog_next(c, LIMBECK_KIND_NONE, NULL, "users", object)))
		strbuf_addf(&seen, "%s ", limbeck_object_name(object));
	is_str(seen.buf, "id email age adult ", "all parts, kind by kind; the schema may be left out");
	strbuf_reset(&seen);
	while ((object = catalog_next(c, LIMBECK_KIND_TABLE, NULL, NULL, object)))
		strbuf_addf(&seen, "%s ", limbeck_object_name(object));
	is_str(seen.buf, "users orders ", "all tables");
	strbuf_reset(&seen);
	while ((object = catalog_next(c, LIMBECK_KIND_NONE, NULL, NULL, object)))
		strbuf_addf(&seen, "%s ", limbeck_object_name(object));
	is_str(seen.buf, "users orders id email age id adult ", "all there is");
	ok(!catalog_next(c, LIMBECK_KIND_NONE, NULL, "nothing", NULL), "a table that is not there");
	ok(!catalog_next(c, LIMBECK_KIND_COUNT, NULL, NULL, NULL), "a kind that is not known");
	ok(!catalog_next(c, LIMBECK_KIND_COUNT, NULL, "users", NULL), "nor of a table");
	strbuf_release(&seen);
	catalog_free(c);
}

static void test_removing(void)
{
	struct limbeck_catalog *c = catalog_new(&rules_normal);
	struct limbeck_object *users = add(c, LIMBECK_KIND_TABLE, "public", NULL, "users");
	struct limbeck_object *a = add(c, LIMBECK_KIND_COLUMN, "public", "users", "a");
	struct limbeck_object *b = add(c, LIMBECK_KIND_COLUMN, "public", "users", "b");
	struct limbeck_object *d = add(c, LIMBECK_KIND_COLUMN, "public", "users", "d");

	add(c, LIMBECK_KIND_TABLE, "public", NULL, "other");
	catalog_remove(c, b);
	catalog_remove(c, b);
	is_int((long long)catalog_size(c), 4, "a column is removed once");
	ok(!find(c, LIMBECK_KIND_COLUMN, "public", "users", "b"), "it is not found any more");
	ok(catalog_next(c, LIMBECK_KIND_COLUMN, "public", "users", a) == d, "the walk passes over it");
	ok(catalog_next(c, LIMBECK_KIND_COLUMN, NULL, NULL, a) == d, "and so does that of all");
	is_str(limbeck_object_name(b), "b", "it can still be read");
	b = add(c, LIMBECK_KIND_COLUMN, "public", "users", "b");
	ok(b && catalog_next(c, LIMBECK_KIND_COLUMN, "public", "users", d) == b,
		"added again it is the last");
	catalog_remove(c, users);
	is_int((long long)catalog_size(c), 1, "a table takes its parts along");
	ok(!catalog_next(c, LIMBECK_KIND_COLUMN, NULL, NULL, NULL), "no column is left");
	catalog_free(c);
}

static void test_attributes(void)
{
	struct limbeck_catalog *c = catalog_new(&rules_normal);
	struct limbeck_object *o = add(c, LIMBECK_KIND_INDEX, "public", "t", "i");

	is_str(limbeck_object_get(o, LIMBECK_ATTR_COMMENT), NULL, "an attribute is absent at first");
	object_set(o, LIMBECK_ATTR_METHOD, "hash");
	object_set(o, LIMBECK_ATTR_COMMENT, "");
	is_str(limbeck_object_get(o, LIMBECK_ATTR_METHOD), "hash", "then it is what it was set to");
	is_str(limbeck_object_get(o, LIMBECK_ATTR_COMMENT), "", "an empty text is a text");
	is_int((long long)limbeck_object_count(o, LIMBECK_ATTR_METHOD), 1, "a text counts one");
	object_set(o, LIMBECK_ATTR_METHOD, NULL);
	is_str(limbeck_object_get(o, LIMBECK_ATTR_METHOD), NULL, "NULL takes it away");
	object_set_n(o, LIMBECK_ATTR_PREDICATE, "a > 0 AND", 5);
	is_str(limbeck_object_get(o, LIMBECK_ATTR_PREDICATE), "a > 0", "a text by its length");
	for (int i = 0; i < 100; i++) {
		char item[16];

		snprintf(item, sizeof item, "c%d", i);
		object_append(o, LIMBECK_ATTR_COLUMNS, item);
	}
	is_int((long long)limbeck_object_count(o, LIMBECK_ATTR_COLUMNS), 100, "a list of a hundred");
	is_str(limbeck_object_item(o, LIMBECK_ATTR_COLUMNS, 77), "c77", "an item of it");
	is_str(limbeck_object_item(o, LIMBECK_ATTR_COLUMNS, 100), NULL, "and none behind it");
	is_str(limbeck_object_get(o, LIMBECK_ATTR_COLUMNS), "c0", "the first when one is asked for");
	object_set(o, LIMBECK_ATTR_COLUMNS, "only");
	is_int((long long)limbeck_object_count(o, LIMBECK_ATTR_COLUMNS), 1, "a list can be set to one");
	object_append(o, LIMBECK_ATTR_COLUMNS, NULL);
	is_str(limbeck_object_item(o, LIMBECK_ATTR_COLUMNS, 1), "", "an item that is none is empty");
	object_set(o, LIMBECK_ATTR_COUNT, "x");
	object_append(o, LIMBECK_ATTR_NONE, "x");
	ok(!limbeck_object_get(o, LIMBECK_ATTR_COUNT) && !catalog_failed(c),
		"an attribute that is not known is passed over");
	object_set(NULL, LIMBECK_ATTR_COMMENT, "x");
	ok(!limbeck_object_get(NULL, LIMBECK_ATTR_COMMENT) &&
		limbeck_object_kind(NULL) == LIMBECK_KIND_NONE, "and so is no object");
	catalog_free(c);
}

static void test_long_texts(void)
{
	struct limbeck_catalog *c = catalog_new(&rules_normal);
	struct limbeck_object *o = add(c, LIMBECK_KIND_VIEW, "public", NULL, "v");
	static char text[100000];

	memset(text, 'x', sizeof text - 1);
	for (size_t length = 1; length < sizeof text; length = length * 2 + 1) {
		object_set_n(o, LIMBECK_ATTR_DEFINITION, text, length);
		if (strlen(limbeck_object_get(o, LIMBECK_ATTR_DEFINITION)) != length)
			break;
	}
	is_int((long long)strlen(limbeck_object_get(o, LIMBECK_ATTR_DEFINITION)), 65535,
		"texts of any length are kept");
	catalog_free(c);
}

static void test_names(void)
{
	bool all = true;

	for (int kind = 1; kind < LIMBECK_KIND_COUNT; kind++)
		all = all && limbeck_kind_name((enum limbeck_kind)kind);
	ok(all && !limbeck_kind_name(LIMBECK_KIND_NONE), "every kind has a name");
	all = true;
	for (int a = 1; a < LIMBECK_ATTR_COUNT; a++) {
		all = all && limbeck_attribute_name((enum limbeck_attribute)a);
		for (int b = 1; all && b < a; b++)
			all = strcmp(limbeck_attribute_name((enum limbeck_attribute)a),
				limbeck_attribute_name((enum limbeck_attribute)b)) != 0;
	}
	ok(all && !limbeck_attribute_name(LIMBECK_ATTR_NONE), "every attribute has a name of its own");
	is_str(limbeck_attribute_name(LIMBECK_ATTR_NOT_NULL), "not null", "as people say it");
	ok(limbeck_attribute_is_list(LIMBECK_ATTR_COLUMNS) &&
		!limbeck_attribute_is_list(LIMBECK_ATTR_TYPE), "lists are told from texts");
	ok(attribute_is_silent(LIMBECK_ATTR_MEANING) && attribute_is_silent(LIMBECK_ATTR_VERSION) &&
		attribute_is_silent(LIMBECK_ATTR_NO_DATA) && !attribute_is_silent(LIMBECK_ATTR_TYPE),
		"meaning, version and data are never compared");
}

static void is_shown(const struct limbeck_object *object, const char *want, const char *what)
{
	struct strbuf out = STRBUF_INIT;

	object_shown(&out, object);
	is_str(out.buf, want, "%s", what);
	strbuf_release(&out);
}

static void test_shown(void)
{
	struct limbeck_catalog *c = catalog_new(&rules_normal);
	struct object_name f = { LIMBECK_KIND_FUNCTION, "billing", NULL, "f", "integer, text" };
	struct limbeck_object *check, *key;

	is_shown(add(c, LIMBECK_KIND_TABLE, "public", NULL, "users"), "users", "a table is shown");
	is_shown(add(c, LIMBECK_KIND_TABLE, "billing", NULL, "invoices"), "billing.invoices",
		"with its schema if that is not the default");
	is_shown(add(c, LIMBECK_KIND_COLUMN, "public", "users", "phone"), "users.phone", "a column");
	is_shown(catalog_add(c, &f), "billing.f(integer, text)", "a function");
	check = add(c, LIMBECK_KIND_CHECK, "public", "users", NULL);
	object_set(check, LIMBECK_ATTR_EXPRESSION, "age > 17");
	is_shown(check, "users (age > 17)", "an unnamed check by what it says");
	object_set(check, LIMBECK_ATTR_EXPRESSION,
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
	is_shown(check, "users (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...)",
		"but not at any length");
	key = add(c, LIMBECK_KIND_UNIQUE, "public", "users", "");
	set_list(key, LIMBECK_ATTR_COLUMNS, "a", "b");
	is_shown(key, "users (a, b)", "an unnamed key by its columns");
	catalog_free(c);
}

static void test_unnamed(void)
{
	struct limbeck_catalog *c = catalog_new(&rules_written), *clone;
	struct limbeck_object *a = add(c, LIMBECK_KIND_CHECK, NULL, "t", NULL);
	struct limbeck_object *b = add(c, LIMBECK_KIND_CHECK, NULL, "t", "");
	struct object_name name;

	ok(a && b && a != b, "unnamed parts are always added");
	is_str(limbeck_object_get(b, LIMBECK_ATTR_UNNAMED), "yes", "and marked");
	object_name_of(b, &name);
	ok(catalog_find(c, &name) == b, "each is found by the name that it got");
	catalog_remove(c, a);
	clone = catalog_clone(c);
	ok(catalog_find(clone, &name) && catalog_size(clone) == 1, "which a clone keeps");
	catalog_free(clone);
	catalog_free(c);
}

static void test_same(void)
{
	struct limbeck_catalog *c = catalog_new(&rules_normal), *d = catalog_new(&rules_normal);
	struct limbeck_object *a = add(c, LIMBECK_KIND_INDEX, "public", "t", "i");
	struct limbeck_object *b = add(d, LIMBECK_KIND_INDEX, "public", "t", "i");

	object_set(a, LIMBECK_ATTR_PREDICATE, "a > 0");
	object_set(b, LIMBECK_ATTR_PREDICATE, "A  > 0");
	object_set(a, LIMBECK_ATTR_MEANING, "integer");
	set_list(a, LIMBECK_ATTR_COLUMNS, "a", "b");
	set_list(b, LIMBECK_ATTR_COLUMNS, "a", NULL);
	object_set(b, LIMBECK_ATTR_COMMENT, "x");
	ok(!object_same(a, b, LIMBECK_ATTR_PREDICATE), "normal forms are equal byte by byte");
	ok(object_same(a, b, LIMBECK_ATTR_METHOD), "what both lack is the same");
	is_int(object_differs(a, b, LIMBECK_ATTR_NONE), LIMBECK_ATTR_COMMENT, "the first difference");
	is_int(object_differs(a, b, LIMBECK_ATTR_COMMENT), LIMBECK_ATTR_COLUMNS, "the next");
	is_int(object_differs(a, b, LIMBECK_ATTR_COLUMNS), LIMBECK_ATTR_PREDICATE, "and the next");
	is_int(object_differs(a, b, LIMBECK_ATTR_PREDICATE), LIMBECK_ATTR_NONE, "silent ones are none");
	object_copy_attribute(a, b, LIMBECK_ATTR_COLUMNS);
	object_copy_attribute(a, b, LIMBECK_ATTR_PREDICATE);
	object_copy_attribute(b, a, LIMBECK_ATTR_COMMENT);
	is_int(object_differs(a, b, LIMBECK_ATTR_NONE), LIMBECK_ATTR_NONE,
		"copies of attributes make them equal");
	is_str(limbeck_object_get(b, LIMBECK_ATTR_COMMENT), NULL, "an absent one is copied too");
	catalog_free(c);
	catalog_free(d);
}

static void test_same_as_written(void)
{
	static const struct {
		enum limbeck_attribute attribute;
		const char *a, *b;
		bool same;
	} cases[] = {
		{ LIMBECK_ATTR_DEFAULT, "5", "( 5 )", true },
		{ LIMBECK_ATTR_DEFAULT, "'a'", "'A'", false },
		{ LIMBECK_ATTR_TYPE, "VARCHAR(20)", "varchar( 20 )", true },
		{ LIMBECK_ATTR_TYPE, "VARCHAR(20)", "varchar(21)", false },
		{ LIMBECK_ATTR_EXPRESSION, "\"Age\">1 /* why */", "age > 1", true },
		{ LIMBECK_ATTR_COLLATION, "NOCASE", "nocase", true },
		{ LIMBECK_ATTR_COMMENT, "Hello", "hello", false },
		{ LIMBECK_ATTR_REF_TABLE, "Users", "users", true },
		{ LIMBECK_ATTR_COLUMNS, "ID", "id", true },
		{ LIMBECK_ATTR_COLUMNS, "a b", "ab", false },
		{ LIMBECK_ATTR_PARTS, "\"a\" DESC", "A desc", true },
		{ LIMBECK_ATTR_DEFINITION, "CREATE VIEW [v] AS\nSELECT  1", "create view v as select 1", true },
	};
	struct limbeck_catalog *c = catalog_new(&rules_written);
	struct limbeck_object *a = add(c, LIMBECK_KIND_OTHER, NULL, NULL, "a");
	struct limbeck_object *b = add(c, LIMBECK_KIND_OTHER, NULL, NULL, "b");

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		object_set(a, cases[i].attribute, cases[i].a);
		object_set(b, cases[i].attribute, cases[i].b);
		ok(object_same(a, b, cases[i].attribute) == cases[i].same, "as written, %s: %s is %s%s",
			limbeck_attribute_name(cases[i].attribute), cases[i].a,
			cases[i].same ? "" : "not ", cases[i].b);
	}
	catalog_free(c);
}

static void test_copy(void)
{
	struct limbeck_catalog *c = catalog_new(&rules_normal), *d = catalog_new(&rules_normal);
	struct limbeck_object *t = add(c, LIMBECK_KIND_TABLE, "public", NULL, "t");
	struct limbeck_object *id = add(c, LIMBECK_KIND_COLUMN, "public", "t", "id"), *copy;
	struct object_name as = { LIMBECK_KIND_NONE, NULL, NULL, "u", NULL };

	object_set(id, LIMBECK_ATTR_TYPE, "integer");
	object_set(t, LIMBECK_ATTR_COMMENT, "all");
	add(c, LIMBECK_KIND_CHECK, "public", "t", NULL);
	catalog_connect(c);
	copy = catalog_copy(d, t, false, NULL);
	ok(copy && catalog_size(d) == 1, "a table is copied alone");
	is_str(limbeck_object_get(copy, LIMBECK_ATTR_COMMENT), "all", "with its attributes");
	object_set(copy, LIMBECK_ATTR_OPTIONS, "x");
	catalog_copy(d, t, true, NULL);
	is_int((long long)catalog_size(d), 3, "and with its parts");
	is_str(limbeck_object_get(copy, LIMBECK_ATTR_OPTIONS), NULL,
		"a copy over one that is there leaves nothing of that");
	copy = catalog_copy(d, t, true, &as);
	is_str(limbeck_object_schema(copy), "public", "a copy of another name has the schema");
	copy = find(d, LIMBECK_KIND_COLUMN, "public", "u", "id");
	is_str(limbeck_object_get(copy, LIMBECK_ATTR_TYPE), "integer", "and the parts of the original");
	ok(depends_on(copy, LIMBECK_KIND_TABLE, "u") && !depends_on(copy, LIMBECK_KIND_TABLE, "t"),
		"which depend on it");
	catalog_copy(c, t, true, &as);
	is_int((long long)catalog_size(c), 6, "a copy in the same catalog");
	catalog_copy(c, t, true, NULL);
	is_int((long long)catalog_size(c), 7, "of itself: only the unnamed part is one more");
	catalog_free(c);
	catalog_free(d);
}

static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void add_large_table(struct limbeck_catalog *c, int i)
{
	char table[32], name[48], other[32];
	struct limbeck_object *o;

	snprintf(table, sizeof table, "table_%04d", i);
	snprintf(other, sizeof other, "table_%04d", (i * 7 + 1) % 5000);
	add(c, LIMBECK_KIND_TABLE, "public", NULL, table);
	for (int k = 0; k < 10; k++) {
		snprintf(name, sizeof name, "column_%d", k);
		o = add(c, LIMBECK_KIND_COLUMN, "public", table, name);
		object_set(o, LIMBECK_ATTR_TYPE, "character varying(100)");
		object_set(o, LIMBECK_ATTR_MEANING, "text(100)");
		object_set(o, LIMBECK_ATTR_NOT_NULL, "yes");
		object_set(o, LIMBECK_ATTR_DEFAULT, "''::character varying");
	}
	snprintf(name, sizeof name, "%s_pkey", table);
	o = add(c, LIMBECK_KIND_PRIMARY_KEY, "public", table, name);
	object_append(o, LIMBECK_ATTR_COLUMNS, "column_0");
	for (int k = 1; k < 3; k++) {
		snprintf(name, sizeof name, "%s_column_%d_idx", table, k);
		o = add(c, LIMBECK_KIND_INDEX, "public", table, name);
		object_append(o, LIMBECK_ATTR_COLUMNS, k == 1 ? "column_1" : "column_2");
		object_append(o, LIMBECK_ATTR_PARTS, k == 1 ? "column_1" : "column_2");
	}
	snprintf(name, sizeof name, "%s_column_3_fkey", table);
	add_foreign_key(c, "public", table, name, "column_3", other, "column_0");
}

static void test_large(void)
{
	struct limbeck_catalog *c = catalog_new(&rules_normal), *clone;
	const struct limbeck_object **ordered;
	struct arena arena = ARENA_INIT;
	double start = seconds(), took;
	size_t count = 0;

	add(c, LIMBECK_KIND_ENUM, "public", NULL, "mood");
	add(c, LIMBECK_KIND_SEQUENCE, "public", NULL, "numbers");
	for (int i = 0; i < 5000; i++)
		add_large_table(c, i);
	catalog_connect(c);
	diag("adding and connecting: %.3f s", seconds() - start);
	clone = catalog_clone(c);
	diag("and cloning: %.3f s", seconds() - start);
	ordered = catalog_order(clone, &arena, &count);
	took = seconds() - start;
	diag("and ordering: %.3f s", took);
	ok(ordered && count == catalog_size(c), "5,000 tables are added, cloned, connected and ordered");
	ok(took < 3, "soon enough");
	arena_release(&arena);
	catalog_free(clone);
	catalog_free(c);
}

int main(void)
{
	test_adding();
	test_functions();
	test_case();
	test_walking();
	test_removing();
	test_attributes();
	test_long_texts();
	test_names();
	test_shown();
	test_unnamed();
	test_same();
	test_same_as_written();
	test_copy();
	test_large();
	return done_testing();
}
