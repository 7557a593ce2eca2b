/* SPDX-License-Identifier: BSD-2-Clause */
/* Changes performed on catalogs: what they reach, and what they refuse. */
#include "tap.h"

#include "schema.h"

#include <stdio.h>

#define OBJECT(c, kind, table, name) find(c, LIMBECK_KIND_##kind, NULL, table, name)

static int apply(struct limbeck_catalog *catalog, int verb, const struct limbeck_object *before,
	const struct limbeck_object *after)
{
	struct limbeck_change change = { .size = sizeof change, .verb = verb, .before = before,
		.after = after };
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	int result = catalog_apply(catalog, &change, &err);

	if (result < 0 && err.code != LIMBECK_E_STATE)
		diag("code %d: %s", err.code, err.message);
	limbeck_error_release(&err);
	return result;
}

static void refuses(struct limbeck_catalog *catalog, int verb, const struct limbeck_object *before,
	const struct limbeck_object *after, const char *message)
{
	struct limbeck_change change = { .size = sizeof change, .verb = verb, .before = before,
		.after = after };
	struct limbeck_error err = LIMBECK_ERROR_INIT;

	ok(catalog_apply(catalog, &change, &err) < 0 && err.code == LIMBECK_E_STATE &&
		err.message && err.hint, "refused: %s", message);
	is_str(err.message, message, "and said");
	limbeck_error_release(&err);
}

/* Renames what is found under a name. */
static int rename_to(struct limbeck_catalog *catalog, struct limbeck_object *object,
	const char *schema, const char *name)
{
	struct limbeck_catalog *other = catalog_new(catalog_rules(catalog));
	struct object_name as;
	int result;

	object_name_of(object, &as);
	as.schema = schema ? schema : as.schema;
	as.name = name;
	result = apply(catalog, LIMBECK_RENAME, object, catalog_copy(other, object, false, &as));
	catalog_free(other);
	return result;
}

/* users(id, email, age), orders(id, user_id) that refers to it, a view, an index, a
 * sequence, a trigger. */
static struct limbeck_catalog *shop(const struct schema_rules *rules)
{
	struct limbeck_catalog *c = catalog_new(rules);
	const char *s = rules->default_schema;
	static const char *const columns[] = { "id", "email", "age" };
	struct limbeck_object *o;

	add(c, LIMBECK_KIND_TABLE, s, NULL, "users");
	for (int i = 0; i < 3; i++) {
		o = add(c, LIMBECK_KIND_COLUMN, s, "users", columns[i]);
		object_set(o, LIMBECK_ATTR_TYPE, i == 1 ? "text" : "integer");
	}
	o = add(c, LIMBECK_KIND_PRIMARY_KEY, s, "users", "users_pkey");
	object_append(o, LIMBECK_ATTR_COLUMNS, "id");
	o = add(c, LIMBECK_KIND_CHECK, s, "users", "adult");
	object_set(o, LIMBECK_ATTR_EXPRESSION, "age > 17 AND users.id > 0");
	o = add(c, LIMBECK_KIND_INDEX, s, "users", "lower_email");
	object_append(o, LIMBECK_ATTR_COLUMNS, "");
	object_append(o, LIMBECK_ATTR_PARTS, "lower(email)");
	object_set(o, LIMBECK_ATTR_PREDICATE, "age > 20");
	o = add(c, LIMBECK_KIND_TRIGGER, s, "users", "email");
	object_set(o, LIMBECK_ATTR_DEFINITION,
		"CREATE TRIGGER email BEFORE UPDATE OF email ON users WHEN (new.email > '') f()");
	add(c, LIMBECK_KIND_TABLE, s, NULL, "orders");
	object_set(add(c, LIMBECK_KIND_COLUMN, s, "orders", "id"), LIMBECK_ATTR_DEFAULT,
		"nextval('numbers'::regclass)");
	add(c, LIMBECK_KIND_COLUMN, s, "orders", "user_id");
	add_foreign_key(c, s, "orders", "orders_user", "user_id", "users", "id");
	o = add(c, LIMBECK_KIND_VIEW, s, NULL, "grown");
	object_set(o, LIMBECK_ATTR_DEFINITION,
		"CREATE VIEW grown AS SELECT u.id, u.email FROM users u JOIN orders o ON o.id = u.id");
	o = add(c, LIMBECK_KIND_SEQUENCE, s, NULL, "numbers");
	set_list(o, LIMBECK_ATTR_OWNED_BY, "orders", "id");
	catalog_connect(c);
	return c;
}

static bool same_catalogs(const struct limbeck_catalog *a, const struct limbeck_catalog *b)
{
	struct limbeck_object *object = NULL, *other;
	struct object_name name, on;

	if (catalog_size(a) != catalog_size(b))
		return false;
	while ((object = catalog_next(a, LIMBECK_KIND_NONE, NULL, NULL, object))) {
		object_name_of(object, &name);
		other = catalog_find(b, &name);
		if (!other || object_differs(object, other, LIMBECK_ATTR_NONE) != LIMBECK_ATTR_NONE)
			return false;
		for (size_t i = 0; object_dependency(object, i, &on); i++)
			if (!depends_on(other, on.kind, on.name))
				return false;
	}
	return true;
}

static void test_create(void)
{
	struct limbeck_catalog *c = shop(&rules_normal), *d = catalog_new(&rules_normal);
	struct limbeck_object *t = add(d, LIMBECK_KIND_TABLE, "public", NULL, "t");
	const struct limbeck_object *members[] = { add(d, LIMBECK_KIND_COLUMN, "public", "t", "a") };
	struct limbeck_change change = { .size = sizeof change, .verb = LIMBECK_CREATE, .after = t,
		.members = members, .member_count = 1 };

	add(d, LIMBECK_KIND_COLUMN, "public", "t", "b");
	add(d, LIMBECK_KIND_COLUMN, "public", "gone", "b");
	ok(catalog_apply(c, &change, NULL) == 0, "a table is created");
	ok(OBJECT(c, TABLE, NULL, "t") && OBJECT(c, COLUMN, "t", "a"), "with its members");
	ok(!OBJECT(c, COLUMN, "t", "b"), "and with no other part");
	ok(apply(c, LIMBECK_CREATE, NULL, OBJECT(d, COLUMN, "t", "b")) == 0, "a column is created");
	ok(apply(c, LIMBECK_FILL, NULL, OBJECT(d, COLUMN, "t", "b")) == 0, "and filled");
	refuses(c, LIMBECK_CREATE, NULL, t, "table t is there already");
	refuses(c, LIMBECK_CREATE, NULL, OBJECT(d, COLUMN, "t", "b"), "column t.b is there already");
	refuses(c, LIMBECK_CREATE, NULL, OBJECT(d, COLUMN, "gone", "b"), "table gone is not there");
	refuses(c, LIMBECK_FILL, NULL, OBJECT(d, COLUMN, "gone", "b"), "column gone.b is not there");
	catalog_free(c);
	catalog_free(d);
}

static void test_drop(void)
{
	struct limbeck_catalog *c = shop(&rules_normal), *d = shop(&rules_normal);

	ok(apply(c, LIMBECK_DROP, OBJECT(d, COLUMN, "users", "age"), NULL) == 0, "a column is dropped");
	ok(!OBJECT(c, COLUMN, "users", "age"), "it is gone");
	ok(!OBJECT(c, CHECK, "users", "adult"), "and the check that names it");
	ok(!OBJECT(c, INDEX, "users", "lower_email"), "and the index whose predicate does");
	ok(OBJECT(c, PRIMARY_KEY, "users", "users_pkey"), "but not a key of others");
	refuses(c, LIMBECK_DROP, OBJECT(d, COLUMN, "users", "age"), NULL,
		"column users.age is not there");
	refuses(c, LIMBECK_ALTER, OBJECT(d, CHECK, "users", "adult"), OBJECT(d, CHECK, "users", "adult"),
		"check users.adult is not there");
	ok(apply(c, LIMBECK_DROP, OBJECT(d, TABLE, NULL, "orders"), NULL) == 0, "a table is dropped");
	ok(!OBJECT(c, COLUMN, "orders", "id") && !OBJECT(c, FOREIGN_KEY, "orders", "orders_user"),
		"with its parts");
	ok(!OBJECT(c, SEQUENCE, NULL, "numbers"), "and the sequence that it owns");
	catalog_free(c);
	catalog_free(d);
}

static void test_alter(void)
{
	struct limbeck_catalog *c = shop(&rules_normal), *d = shop(&rules_normal);
	struct limbeck_object *email = OBJECT(d, COLUMN, "users", "email");

	object_set(OBJECT(c, COLUMN, "users", "email"), LIMBECK_ATTR_COMMENT, "old");
	object_set(email, LIMBECK_ATTR_TYPE, "varchar(20)");
	object_set(email, LIMBECK_ATTR_NOT_NULL, "yes");
	ok(apply(c, LIMBECK_ALTER, email, email) == 0, "a column is altered");
	ok(same_catalogs(c, d), "into what it is to be");
	catalog_free(c);
	catalog_free(d);
}

static void test_rename_table(void)
{
	struct limbeck_catalog *c = shop(&rules_normal), *d = catalog_clone(c);

	ok(same_catalogs(c, d), "a clone is the same");
	ok(rename_to(c, OBJECT(c, TABLE, NULL, "users"), NULL, "people") == 0, "a table is renamed");
	ok(OBJECT(c, TABLE, NULL, "people") && !OBJECT(c, TABLE, NULL, "users"), "it has the new name");
	ok(OBJECT(c, COLUMN, "people", "id") && !OBJECT(c, COLUMN, "users", "id"), "so have its parts");
	is_str(limbeck_object_name(catalog_next(c, LIMBECK_KIND_COLUMN, NULL, "people", NULL)), "id",
		"in their order");
	is_str(limbeck_object_get(OBJECT(c, FOREIGN_KEY, "orders", "orders_user"),
			LIMBECK_ATTR_REF_TABLE), "people", "a foreign key refers to it");
	is_str(limbeck_object_get(OBJECT(c, CHECK, "people", "adult"), LIMBECK_ATTR_EXPRESSION),
		"age > 17 AND people.id > 0", "a check says it");
	is_str(limbeck_object_get(OBJECT(c, VIEW, NULL, "grown"), LIMBECK_ATTR_DEFINITION),
		"CREATE VIEW grown AS SELECT u.id, u.email FROM people u JOIN orders o ON o.id = u.id",
		"a view reads it");
	is_str(limbeck_object_get(OBJECT(c, TRIGGER, "people", "email"), LIMBECK_ATTR_DEFINITION),
		"CREATE TRIGGER email BEFORE UPDATE OF email ON people WHEN (new.email > '') f()",
		"a trigger is on it");
	ok(depends_on(OBJECT(c, VIEW, NULL, "grown"), LIMBECK_KIND_TABLE, "people") &&
		!depends_on(OBJECT(c, VIEW, NULL, "grown"), LIMBECK_KIND_TABLE, "users"),
		"dependencies follow");
	ok(rename_to(c, OBJECT(c, TABLE, NULL, "people"), NULL, "orders") < 0,
		"a name that is taken is refused");
	ok(rename_to(c, OBJECT(c, TABLE, NULL, "people"), NULL, "grown") < 0, "that of a view too");
	rename_to(c, OBJECT(c, TABLE, NULL, "people"), NULL, "Our People");
	is_str(limbeck_object_get(OBJECT(c, CHECK, "Our People", "adult"), LIMBECK_ATTR_EXPRESSION),
		"age > 17 AND \"Our People\".id > 0", "a name that needs quotes gets them");
	rename_to(c, OBJECT(c, TABLE, NULL, "Our People"), "crm", "users");
	is_str(limbeck_object_get(OBJECT(c, FOREIGN_KEY, "orders", "orders_user"),
			LIMBECK_ATTR_REF_SCHEMA), "crm", "another schema: foreign keys");
	is_str(limbeck_object_get(OBJECT(c, VIEW, NULL, "grown"), LIMBECK_ATTR_DEFINITION),
		"CREATE VIEW grown AS SELECT u.id, u.email FROM crm.users u JOIN orders o ON o.id = u.id",
		"and texts");
	rename_to(c, find(c, LIMBECK_KIND_TABLE, "crm", NULL, "users"), "public", "users");
	ok(same_catalogs(c, d), "and back all is as it was");
	catalog_free(c);
	catalog_free(d);
}

static void test_rename_column(void)
{
	struct limbeck_catalog *c = shop(&rules_normal), *d = catalog_clone(c);
	struct limbeck_object *o;

	rename_to(c, OBJECT(c, COLUMN, "users", "email"), NULL, "mail");
	is_str(limbeck_object_get(OBJECT(c, INDEX, "users", "lower_email"), LIMBECK_ATTR_PARTS),
		"lower(mail)", "a column's new name is in the indexes");
	is_str(limbeck_object_get(OBJECT(c, TRIGGER, "users", "email"), LIMBECK_ATTR_DEFINITION),
		"CREATE TRIGGER mail BEFORE UPDATE OF mail ON users WHEN (new.mail > '') f()",
		"and in triggers");
	is_str(limbeck_object_get(OBJECT(c, VIEW, NULL, "grown"), LIMBECK_ATTR_DEFINITION),
		"CREATE VIEW grown AS SELECT u.id, u.mail FROM users u JOIN orders o ON o.id = u.id",
		"and in views");
	o = catalog_next(c, LIMBECK_KIND_COLUMN, NULL, "users", OBJECT(c, COLUMN, "users", "id"));
	is_str(limbeck_object_name(o), "mail", "it keeps its place");
	rename_to(c, OBJECT(c, COLUMN, "users", "id"), NULL, "number");
	is_str(limbeck_object_get(OBJECT(c, PRIMARY_KEY, "users", "users_pkey"), LIMBECK_ATTR_COLUMNS),
		"number", "keys");
	is_str(limbeck_object_get(OBJECT(c, FOREIGN_KEY, "orders", "orders_user"),
			LIMBECK_ATTR_REF_COLUMNS), "number", "and what refers to them");
	is_str(limbeck_object_get(OBJECT(c, CHECK, "users", "adult"), LIMBECK_ATTR_EXPRESSION),
		"age > 17 AND users.number > 0", "checks");
	is_str(limbeck_object_get(OBJECT(c, VIEW, NULL, "grown"), LIMBECK_ATTR_DEFINITION),
		"CREATE VIEW grown AS SELECT u.number, u.mail FROM users u JOIN orders o ON o.id = u.number",
		"but not a column of another table");
	rename_to(c, OBJECT(c, COLUMN, "orders", "user_id"), NULL, "buyer");
	is_str(limbeck_object_get(OBJECT(c, FOREIGN_KEY, "orders", "orders_user"), LIMBECK_ATTR_COLUMNS),
		"buyer", "the columns of a foreign key");
	rename_to(c, OBJECT(c, COLUMN, "orders", "id"), NULL, "order_number");
	is_str(limbeck_object_item(OBJECT(c, SEQUENCE, NULL, "numbers"), LIMBECK_ATTR_OWNED_BY, 1),
		"order_number", "the owner of a sequence");
	rename_to(c, OBJECT(c, COLUMN, "orders", "order_number"), NULL, "id");
	rename_to(c, OBJECT(c, COLUMN, "orders", "buyer"), NULL, "user_id");
	rename_to(c, OBJECT(c, COLUMN, "users", "number"), NULL, "id");
	rename_to(c, OBJECT(c, COLUMN, "users", "mail"), NULL, "email");
	ok(same_catalogs(c, d), "and back all is as it was");
	ok(rename_to(c, OBJECT(c, COLUMN, "users", "id"), NULL, "age") < 0,
		"the name of another column is refused");
	catalog_free(c);
	catalog_free(d);
}

static void test_rename_others(void)
{
	struct limbeck_catalog *c = shop(&rules_normal), *d;
	struct limbeck_object *mood = add(c, LIMBECK_KIND_ENUM, "public", NULL, "mood"), *o;
	struct object_name f = { LIMBECK_KIND_FUNCTION, "public", NULL, "f", "mood, integer" };

	o = add(c, LIMBECK_KIND_COLUMN, "public", "users", "mood");
	object_set(o, LIMBECK_ATTR_TYPE, "mood[]");
	object_set(o, LIMBECK_ATTR_DEFAULT, "'{}'::mood[]");
	object_set(catalog_add(c, &f), LIMBECK_ATTR_DEFINITION,
		"CREATE FUNCTION f(m mood, i integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'");
	o = add(c, LIMBECK_KIND_CHECK, "public", "users", "happy");
	object_set(o, LIMBECK_ATTR_EXPRESSION, "mood <> ARRAY['sad'::mood]");
	add(c, LIMBECK_KIND_SCHEMA, NULL, NULL, "crm");
	add(c, LIMBECK_KIND_TABLE, "crm", NULL, "t");
	add(c, LIMBECK_KIND_COLUMN, "crm", "t", "a");
	o = add_foreign_key(c, "public", "users", "to_crm", "age", "t", "a");
	object_set(o, LIMBECK_ATTR_REF_SCHEMA, "crm");
	object_set(add(c, LIMBECK_KIND_VIEW, "public", NULL, "all_t"), LIMBECK_ATTR_DEFINITION,
		"CREATE VIEW all_t AS SELECT crm.a FROM crm.t crm");
	catalog_connect(c);
	d = catalog_clone(c);
	ok(rename_to(c, mood, NULL, "feeling") == 0, "a type is renamed");
	o = OBJECT(c, COLUMN, "users", "mood");
	is_str(limbeck_object_get(o, LIMBECK_ATTR_TYPE), "feeling[]", "columns have it");
	is_str(limbeck_object_get(o, LIMBECK_ATTR_DEFAULT), "'{}'::feeling[]", "defaults");
	is_str(limbeck_object_get(OBJECT(c, CHECK, "users", "happy"), LIMBECK_ATTR_EXPRESSION),
		"mood <> ARRAY['sad'::feeling]", "and checks, but a column of that name is none");
	f.signature = "feeling, integer";
	is_str(limbeck_object_get(catalog_find(c, &f), LIMBECK_ATTR_DEFINITION),
		"CREATE FUNCTION f(m feeling, i integer) RETURNS integer LANGUAGE sql AS 'SELECT 1'",
		"functions are known by it");
	rename_to(c, OBJECT(c, ENUM, NULL, "feeling"), NULL, "mood");
	rename_to(c, OBJECT(c, SEQUENCE, NULL, "numbers"), NULL, "Counter");
	is_str(limbeck_object_get(OBJECT(c, COLUMN, "orders", "id"), LIMBECK_ATTR_DEFAULT),
		"nextval('\"Counter\"'::regclass)", "a sequence is named in strings");
	rename_to(c, OBJECT(c, SEQUENCE, NULL, "Counter"), NULL, "numbers");
	rename_to(c, OBJECT(c, SCHEMA, NULL, "crm"), NULL, "base");
	ok(find(c, LIMBECK_KIND_COLUMN, "base", "t", "a") &&
		!find(c, LIMBECK_KIND_TABLE, "crm", NULL, "t"),
		"a schema is renamed with what is in it");
	is_str(limbeck_object_get(OBJECT(c, FOREIGN_KEY, "users", "to_crm"), LIMBECK_ATTR_REF_SCHEMA),
		"base", "and what refers to it");
	rename_to(c, OBJECT(c, SCHEMA, NULL, "base"), NULL, "crm");
	rename_to(c, OBJECT(c, TRIGGER, "users", "email"), NULL, "on_email");
	is_str(limbeck_object_get(OBJECT(c, TRIGGER, "users", "on_email"), LIMBECK_ATTR_DEFINITION),
		"CREATE TRIGGER on_email BEFORE UPDATE OF email ON users WHEN (new.email > '') f()",
		"a trigger is renamed in its own definition, once");
	rename_to(c, OBJECT(c, TRIGGER, "users", "on_email"), NULL, "email");
	rename_to(c, OBJECT(c, CHECK, "users", "happy"), NULL, "mood");
	is_str(limbeck_object_get(OBJECT(c, CHECK, "users", "mood"), LIMBECK_ATTR_EXPRESSION),
		"mood <> ARRAY['sad'::mood]", "what a check says has nothing to do with its name");
	rename_to(c, OBJECT(c, CHECK, "users", "mood"), NULL, "happy");
	ok(same_catalogs(c, d), "and back all is as it was");
	catalog_free(c);
	catalog_free(d);
}

/* A change may know an object by a name that an earlier change has replaced. */
static void test_renamed_before(void)
{
	struct limbeck_catalog *c = shop(&rules_normal), *before = catalog_clone(c), *after;

	rename_to(c, OBJECT(c, TABLE, NULL, "users"), NULL, "people");
	after = catalog_clone(c);
	rename_to(after, OBJECT(after, COLUMN, "people", "age"), NULL, "years");
	ok(apply(c, LIMBECK_RENAME, OBJECT(before, COLUMN, "users", "age"),
			OBJECT(after, COLUMN, "people", "years")) == 0,
		"a column of a table that has another name by now is renamed");
	object_set(OBJECT(after, COLUMN, "people", "years"), LIMBECK_ATTR_TYPE, "smallint");
	ok(apply(c, LIMBECK_ALTER, OBJECT(before, COLUMN, "users", "age"),
			OBJECT(after, COLUMN, "people", "years")) == 0,
		"and altered");
	ok(same_catalogs(c, after), "all is as it is to be");
	catalog_free(c);
	catalog_free(before);
	catalog_free(after);
}

static struct limbeck_object *add_check(struct limbeck_catalog *c, const char *expression)
{
	struct limbeck_object *check = add(c, LIMBECK_KIND_CHECK, NULL, "users", NULL);

	object_set(check, LIMBECK_ATTR_EXPRESSION, expression);
	return check;
}

static bool has_check(const struct limbeck_catalog *c, const char *expression)
{
	struct limbeck_object *check = NULL;

	while ((check = catalog_next(c, LIMBECK_KIND_CHECK, NULL, "users", check)))
		if (strcmp(limbeck_object_get(check, LIMBECK_ATTR_EXPRESSION), expression) == 0)
			return true;
	return false;
}

static void test_unnamed(void)
{
	struct limbeck_catalog *c = shop(&rules_written), *d = shop(&rules_written);
	struct limbeck_object *one, *two;

	add_check(c, "id > 1");
	add_check(c, "id > 2");
	two = add_check(d, "ID > 2");
	one = add_check(d, "id > 3");
	ok(apply(c, LIMBECK_DROP, two, NULL) == 0, "an unnamed check is dropped");
	ok(has_check(c, "id > 1") && !has_check(c, "id > 2"), "the one that says the same");
	ok(apply(c, LIMBECK_CREATE, NULL, one) == 0 && has_check(c, "id > 3"), "another is created");
	ok(apply(c, LIMBECK_CREATE, NULL, one) == 0, "as often as one likes");
	is_int((long long)catalog_size(c), (long long)catalog_size(d) + 1, "they are all there");
	ok(apply(c, LIMBECK_DROP, one, NULL) == 0 && apply(c, LIMBECK_DROP, one, NULL) == 0 &&
		!has_check(c, "id > 3") && has_check(c, "id > 1"), "and go one by one");
	catalog_free(c);
	catalog_free(d);
}

static void test_made_up_names(void)
{
	struct limbeck_catalog *c = shop(&rules_normal), *d = shop(&rules_normal);
	struct limbeck_object *key;

	key = add_foreign_key(c, "public", "users", "users_ibfk_1", "age", "a", "x");
	object_set(key, LIMBECK_ATTR_UNNAMED, "yes");
	key = add_foreign_key(d, "public", "users", "users_ibfk_1", "age", "b", "y");
	object_set(key, LIMBECK_ATTR_UNNAMED, "yes");
	ok(apply(c, LIMBECK_CREATE, NULL, key) == 0,
		"a name that the engine made up is taken by another: it gets one of its own");
	ok(apply(c, LIMBECK_DROP, key, NULL) == 0, "it is dropped by what it holds");
	is_str(limbeck_object_get(OBJECT(c, FOREIGN_KEY, "users", "users_ibfk_1"),
			LIMBECK_ATTR_REF_TABLE), "a", "the other is still there");
	catalog_free(c);
	catalog_free(d);
}

static void test_as_written(void)
{
	struct limbeck_catalog *c = shop(&rules_written), *d = catalog_clone(c);

	ok(rename_to(c, OBJECT(c, TABLE, NULL, "USERS"), NULL, "Users") == 0,
		"a name in another case is the same object's");
	is_str(limbeck_object_name(OBJECT(c, TABLE, NULL, "users")), "Users", "and is written so");
	rename_to(c, OBJECT(c, COLUMN, "users", "Email"), NULL, "Mail");
	is_str(limbeck_object_get(OBJECT(c, INDEX, "users", "lower_email"), LIMBECK_ATTR_PARTS),
		"lower(Mail)", "texts have it without quotes");
	rename_to(c, OBJECT(c, COLUMN, "users", "mail"), NULL, "email");
	rename_to(c, OBJECT(c, TABLE, NULL, "users"), NULL, "users");
	ok(same_catalogs(c, d), "and back all is as it was");
	catalog_free(c);
	catalog_free(d);
}

/* A table gets the name of one that went, as many others do. */
static void test_name_again(void)
{
	struct limbeck_catalog *c = catalog_new(&rules_normal);
	char table[16], new_table[16];
	bool whole = true;

	for (int i = 0; i < 400; i++) {
		snprintf(table, sizeof table, "t%d", i);
		snprintf(new_table, sizeof new_table, "new_t%d", i);
		add(c, LIMBECK_KIND_TABLE, "public", NULL, table);
		add(c, LIMBECK_KIND_COLUMN, "public", table, "old");
		add(c, LIMBECK_KIND_TABLE, "public", NULL, new_table);
		add(c, LIMBECK_KIND_COLUMN, "public", new_table, "new");
		apply(c, LIMBECK_DROP, OBJECT(c, TABLE, NULL, table), NULL);
		rename_to(c, OBJECT(c, TABLE, NULL, new_table), NULL, table);
	}
	for (int i = 0; i < 400; i++) {
		snprintf(table, sizeof table, "t%d", i);
		whole = whole && catalog_next(c, LIMBECK_KIND_COLUMN, "public", table, NULL);
	}
	ok(whole, "a table with the name of one that went keeps its columns");
	catalog_free(c);
}

int main(void)
{
	test_name_again();
	test_create();
	test_drop();
	test_alter();
	test_rename_table();
	test_rename_column();
	test_rename_others();
	test_renamed_before();
	test_unnamed();
	test_made_up_names();
	test_as_written();
	return done_testing();
}
