/* SPDX-License-Identifier: BSD-2-Clause */
/* Dependencies of a catalog: those that follow from it, and the order by them. */
#include "tap.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/strbuf.h"
#include "schema.h"

static struct limbeck_object *define(struct limbeck_catalog *c, enum limbeck_kind kind,
	const char *name, const char *definition)
{
	struct limbeck_object *object = add(c, kind, catalog_rules(c)->default_schema, NULL, name);

	object_set(object, LIMBECK_ATTR_DEFINITION, definition);
	return object;
}

static void test_model(void)
{
	struct limbeck_catalog *c = catalog_new(&rules_normal);
	struct limbeck_object *column, *key, *part, *domain, *check, *child;

	domain = add(c, LIMBECK_KIND_DOMAIN, "crm", NULL, "Mail");
	check = add(c, LIMBECK_KIND_CHECK, "crm", "Mail", "Mail_check");
	add(c, LIMBECK_KIND_SCHEMA, NULL, NULL, "crm");
	add(c, LIMBECK_KIND_SEQUENCE, "public", NULL, "numbers");
	add(c, LIMBECK_KIND_TABLE, "public", NULL, "t");
	column = add(c, LIMBECK_KIND_COLUMN, "public", "t", "a");
	object_set(column, LIMBECK_ATTR_TYPE, "crm.\"Mail\"[]");
	object_set(column, LIMBECK_ATTR_DEFAULT, "nextval('public.numbers'::regclass)");
	part = add(c, LIMBECK_KIND_UNIQUE, "public", "t", "t_a_b");
	set_list(part, LIMBECK_ATTR_COLUMNS, "a", "b");
	key = add_foreign_key(c, "public", "u", "u_fk", "x", "t", "b");
	object_append(key, LIMBECK_ATTR_REF_COLUMNS, "a");
	child = add(c, LIMBECK_KIND_TABLE, "public", NULL, "t_2024");
	set_list(child, LIMBECK_ATTR_PARTITION_OF, "", "t");
	object_append(add(c, LIMBECK_KIND_TABLE, "public", NULL, "heir"), LIMBECK_ATTR_INHERITS, "t");
	catalog_connect(c);
	ok(depends_on(column, LIMBECK_KIND_TABLE, "t"), "a part depends on its table");
	ok(depends_on(column, LIMBECK_KIND_DOMAIN, "Mail"), "a column on its type");
	ok(depends_on(column, LIMBECK_KIND_SEQUENCE, "numbers"), "and on the sequence of its default");
	ok(depends_on(key, LIMBECK_KIND_TABLE, "t"), "a foreign key on what it refers to");
	ok(depends_on(key, LIMBECK_KIND_UNIQUE, "t_a_b"), "and on the key there");
	ok(depends_on(child, LIMBECK_KIND_TABLE, "t"), "a partition on its parent");
	ok(depends_on(find(c, LIMBECK_KIND_TABLE, NULL, NULL, "heir"), LIMBECK_KIND_TABLE, "t"),
		"and so does who inherits");
	ok(depends_on(check, LIMBECK_KIND_DOMAIN, "Mail"), "a check on its domain");
	ok(depends_on(domain, LIMBECK_KIND_SCHEMA, "crm"), "everything on its schema");
	catalog_connect(c);
	{
		struct object_name on;
		size_t count = 0;

		while (object_dependency(column, count, &on))
			count++;
		is_int((long long)count, 3, "connecting again adds nothing");
	}
	catalog_free(c);
}

static void test_texts(void)
{
	struct limbeck_catalog *c = catalog_new(&rules_normal);
	struct limbeck_object *a, *b, *said, *body, *plain, *other;

	add(c, LIMBECK_KIND_TABLE, "public", NULL, "t");
	add(c, LIMBECK_KIND_TABLE, "public", NULL, "Odd t");
	add(c, LIMBECK_KIND_TABLE, "crm", NULL, "u");
	a = define(c, LIMBECK_KIND_VIEW, "a", "CREATE VIEW a AS SELECT * FROM T, crm.u -- \"Odd t\"");
	b = define(c, LIMBECK_KIND_VIEW, "b", "CREATE VIEW b AS SELECT f(1), g FROM a, \"Odd t\", u");
	said = define(c, LIMBECK_KIND_VIEW, "c", "CREATE VIEW c AS SELECT * FROM a, b");
	depend(said, LIMBECK_KIND_VIEW, "public", NULL, "a");
	define(c, LIMBECK_KIND_FUNCTION, "f", "CREATE FUNCTION f(i integer) ...");
	define(c, LIMBECK_KIND_FUNCTION, "g", "CREATE FUNCTION g() ...");
	body = define(c, LIMBECK_KIND_FUNCTION, "h",
		"CREATE FUNCTION h() RETURNS void LANGUAGE sql AS $x$ SELECT * FROM t WHERE f(1) $x$");
	plain = define(c, LIMBECK_KIND_FUNCTION, "k",
		"CREATE FUNCTION k() RETURNS void LANGUAGE plpgsql AS $x$ SELECT * FROM t $x$");
	other = add(c, LIMBECK_KIND_COLUMN, "public", "t", "x");
	object_set(other, LIMBECK_ATTR_DEFAULT, "f(1) + g");
	catalog_connect(c);
	ok(depends_on(a, LIMBECK_KIND_TABLE, "t"), "a view depends on the table it names");
	ok(depends_on(a, LIMBECK_KIND_TABLE, "u"), "in its schema");
	ok(!depends_on(a, LIMBECK_KIND_TABLE, "Odd t"), "but not on one in a comment");
	ok(!depends_on(a, LIMBECK_KIND_VIEW, "a"), "nor on itself");
	ok(depends_on(b, LIMBECK_KIND_VIEW, "a") && depends_on(b, LIMBECK_KIND_TABLE, "Odd t"),
		"on views, and on tables in quotes");
	ok(!depends_on(b, LIMBECK_KIND_TABLE, "u"), "not on one of another schema");
	ok(depends_on(b, LIMBECK_KIND_FUNCTION, "f") && !depends_on(b, LIMBECK_KIND_FUNCTION, "g"),
		"on the functions that it calls");
	ok(depends_on(said, LIMBECK_KIND_VIEW, "a") && !depends_on(said, LIMBECK_KIND_VIEW, "b"),
		"what the driver has said is taken as it is");
	ok(depends_on(body, LIMBECK_KIND_TABLE, "t") && depends_on(body, LIMBECK_KIND_FUNCTION, "f"),
		"a function in SQL depends on what its body names");
	ok(!depends_on(plain, LIMBECK_KIND_TABLE, "t"), "one in another language does not");
	ok(depends_on(other, LIMBECK_KIND_FUNCTION, "f") && !depends_on(other, LIMBECK_KIND_FUNCTION, "g"),
		"a column on the function of its default");
	catalog_free(c);
}

static void is_ordered(const struct limbeck_catalog *c, const char *want, const char *what)
{
	struct arena arena = ARENA_INIT;
	struct strbuf out = STRBUF_INIT;
	size_t count = 0;
	const struct limbeck_object **ordered = catalog_order(c, &arena, &count);

	for (size_t i = 0; ordered && i < count; i++)
		strbuf_addf(&out, "%s%s", i ? " " : "", limbeck_object_name(ordered[i]));
	is_str(out.buf, want, "%s", what);
	strbuf_release(&out);
	arena_release(&arena);
}

static void test_order(void)
{
	struct limbeck_catalog *c = catalog_new(&rules_written);
	struct limbeck_object *cycle;

	is_ordered(c, "", "nothing has an order");
	define(c, LIMBECK_KIND_VIEW, "v1", "CREATE VIEW v1 AS SELECT * FROM v2");
	define(c, LIMBECK_KIND_VIEW, "v2", "CREATE VIEW v2 AS SELECT * FROM a");
	add(c, LIMBECK_KIND_TABLE, NULL, NULL, "b");
	add(c, LIMBECK_KIND_COLUMN, NULL, "b", "b2");
	add(c, LIMBECK_KIND_COLUMN, NULL, "b", "b1");
	add(c, LIMBECK_KIND_TABLE, NULL, NULL, "a");
	add(c, LIMBECK_KIND_COLUMN, NULL, "a", "a1");
	catalog_connect(c);
	is_ordered(c, "a b a1 b2 b1 v2 v1", "kinds, names, columns as they come, views behind views");
	add_foreign_key(c, NULL, "a", "a_b", "a1", "b", "b1");
	catalog_connect(c);
	is_ordered(c, "b a a1 b2 b1 a_b v2 v1", "a table comes behind the one that it refers to");
	add_foreign_key(c, NULL, "b", "b_a", "b1", "a", "a1");
	catalog_connect(c);
	is_ordered(c, "a b a1 b2 b1 a_b b_a v2 v1", "unless that refers to it as well");
	cycle = find(c, LIMBECK_KIND_TABLE, NULL, NULL, "a");
	depend(cycle, LIMBECK_KIND_TABLE, NULL, NULL, "b");
	is_ordered(c, "b a a1 b2 b1 a_b b_a v2 v1", "the circle is cut at the foreign key");
	depend(find(c, LIMBECK_KIND_TABLE, NULL, NULL, "b"), LIMBECK_KIND_TABLE, NULL, NULL, "a");
	is_ordered(c, "a b a1 b2 b1 a_b b_a v2 v1", "and else anywhere");
	catalog_free(c);
}

static void test_lifted(void)
{
	struct limbeck_catalog *c = catalog_new(&rules_normal);

	add(c, LIMBECK_KIND_TABLE, "public", NULL, "a");
	object_set(add(c, LIMBECK_KIND_COLUMN, "public", "a", "x"), LIMBECK_ATTR_DEFAULT, "f()");
	add(c, LIMBECK_KIND_TABLE, "public", NULL, "b");
	define(c, LIMBECK_KIND_FUNCTION, "f",
		"CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT count(*) FROM b'");
	catalog_connect(c);
	is_ordered(c, "b f a x", "a table waits for what its columns need");
	catalog_free(c);
}

/* Only what is in a circle is cut: a waits for the circle of b and c as a whole. */
static void test_circle_elsewhere(void)
{
	struct limbeck_catalog *c = catalog_new(&rules_written);

	add(c, LIMBECK_KIND_TABLE, NULL, NULL, "a");
	add(c, LIMBECK_KIND_TABLE, NULL, NULL, "b");
	add(c, LIMBECK_KIND_TABLE, NULL, NULL, "c");
	add_foreign_key(c, NULL, "a", "1", "x", "b", "x");
	add_foreign_key(c, NULL, "b", "2", "x", "c", "x");
	add_foreign_key(c, NULL, "c", "3", "x", "b", "x");
	add_foreign_key(c, NULL, "c", "4", "x", "c", "x");
	catalog_connect(c);
	is_ordered(c, "b a c 1 2 3 4", "a circle is cut where it is, not at those who wait for it");
	catalog_free(c);
}

/* Whatever the dependencies, everything comes once, and behind what it depends on
 * if there is no circle. */
static void test_random(void)
{
	bool all = true, behind = true;

	srand(11);
	for (int round = 0; round < 200; round++) {
		struct limbeck_catalog *c = catalog_new(&rules_written);
		struct arena arena = ARENA_INIT;
		size_t count = 0, place[40];
		int n = 1 + rand() % 40;
		bool circles = round % 2;
		const struct limbeck_object **ordered;
		struct object_name on;
		char name[16];

		for (int i = 0; i < n; i++) {
			snprintf(name, sizeof name, "t%02d", i);
			add(c, LIMBECK_KIND_TABLE, NULL, NULL, name);
		}
		for (int i = rand() % (n * 3); i > 0; i--) {
			int from = rand() % n, to = rand() % n;
			struct limbeck_object *object;

			if (!circles && from <= to)
				continue;
			snprintf(name, sizeof name, "t%02d", n - 1 - from);
			object = find(c, LIMBECK_KIND_TABLE, NULL, NULL, name);
			snprintf(name, sizeof name, "t%02d", n - 1 - to);
			depend(object, LIMBECK_KIND_TABLE, NULL, NULL, name);
		}
		ordered = catalog_order(c, &arena, &count);
		all = all && ordered && count == (size_t)n;
		memset(place, 0, sizeof place);
		for (size_t i = 0; all && i < count; i++)
			place[atoi(limbeck_object_name(ordered[i]) + 1)] = i + 1;
		for (int i = 0; i < n; i++)
			all = all && place[i];
		for (size_t i = 0; all && !circles && i < count; i++)
			for (size_t k = 0; object_dependency(ordered[i], k, &on); k++)
				behind = behind && place[atoi(on.name + 1)] <= i;
		arena_release(&arena);
		catalog_free(c);
	}
	ok(all, "everything comes once, whatever it depends on");
	ok(behind, "and behind what it depends on where there is no circle");
}

/* Long chains and large circles are no matter of stack or patience. */
static void test_long(void)
{
	enum { LENGTH = 20000 };
	struct limbeck_catalog *c = catalog_new(&rules_written);
	struct arena arena = ARENA_INIT;
	const struct limbeck_object **ordered;
	char name[16], next[16];
	size_t count = 0;

	for (int i = 0; i < LENGTH; i++) {
		snprintf(name, sizeof name, "v%05d", i);
		snprintf(next, sizeof next, "v%05d", (i + 1) % LENGTH);
		depend(add(c, LIMBECK_KIND_VIEW, NULL, NULL, name), LIMBECK_KIND_VIEW, NULL, NULL, next);
	}
	ordered = catalog_order(c, &arena, &count);
	ok(ordered && count == LENGTH, "a circle of twenty thousand views");
	is_str(ordered ? limbeck_object_name(ordered[0]) : NULL, "v00000", "is cut at the first");
	is_str(ordered ? limbeck_object_name(ordered[1]) : NULL, "v19999", "and the others follow");
	arena_release(&arena);
	catalog_free(c);
}

int main(void)
{
	test_model();
	test_texts();
	test_order();
	test_lifted();
	test_circle_elsewhere();
	test_random();
	test_long();
	return done_testing();
}
