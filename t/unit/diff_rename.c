/* SPDX-License-Identifier: BSD-2-Clause */
/* core/diff: renames that are asked for, offered, or follow from others; names by
 * convention; and how long thousands of tables take. */
#include <string.h>
#include <time.h>

#include "base/error.h"
#include "schemas.h"
#include "tap.h"

#define OLD                                                                        \
	"table users\ncolumn users.id type=integer\ncolumn users.fullname type=text\n" \
	"primary_key users.pk columns=id\nindex users.ix columns=fullname\n"       \
	"check users.ck expression=fullname<>''\n"                                 \
	"table orders\ncolumn orders.u type=integer\n"                             \
	"foreign_key orders.fk columns=u referenced_table=users referenced_columns=id\n"

#define NEW                                                                        \
	"table people\ncolumn people.id type=integer\ncolumn people.name type=text\n" \
	"primary_key people.pk columns=id\nindex people.ix columns=name\n"         \
	"check people.ck expression=name<>''\n"                                    \
	"table orders\ncolumn orders.u type=integer\n"                             \
	"foreign_key orders.fk columns=u referenced_table=people referenced_columns=id\n"

struct question {
	int answer;
	struct strbuf asked;
};

static int ask(void *data, const struct limbeck_object *gone, const struct limbeck_object *come,
	struct limbeck_error *err)
{
	struct question *question = data;

	object_shown(&question->asked, gone);
	strbuf_addstr(&question->asked, "=");
	object_shown(&question->asked, come);
	strbuf_addch(&question->asked, ' ');
	if (question->answer < 0)
		error_set(err, LIMBECK_E_CANCELLED, "no answer");
	return question->answer;
}

static void check(const struct diff_rename *renames, size_t count, const char *before,
	const char *after, const char *want, const char *name)
{
	struct schemas_diff how = { .options = { .renames = renames, .rename_count = count },
		.text = STRBUF_INIT, .err = LIMBECK_ERROR_INIT };

	is_str(schemas_diff(&how, before, after), want, "%s", name);
	schemas_diff_release(&how);
}

static void test_given(void)
{
	static const struct diff_rename both[] = {
		{ .kind = LIMBECK_KIND_COLUMN, .table = "people", .from = "fullname",
			.to = "name" },
		{ .kind = LIMBECK_KIND_TABLE, .from = "users", .to = "people" },
	};
	static const struct diff_rename old_table[] = {
		{ .kind = LIMBECK_KIND_COLUMN, .table = "users", .from = "fullname", .to = "name" },
		{ .kind = LIMBECK_KIND_TABLE, .from = "users", .to = "people" },
	};
	static const struct diff_rename swap[] = {
		{ .kind = LIMBECK_KIND_TABLE, .from = "a", .to = "b" },
		{ .kind = LIMBECK_KIND_TABLE, .from = "b", .to = "a" },
	};
	static const struct diff_rename chain[] = {
		{ .kind = LIMBECK_KIND_COLUMN, .table = "t", .from = "a", .to = "b" },
		{ .kind = LIMBECK_KIND_COLUMN, .table = "t", .from = "b", .to = "c" },
	};
	static const struct diff_rename view[] = {
		{ .kind = LIMBECK_KIND_TABLE, .from = "v", .to = "w" } };

	check(both, 2, OLD, NEW,
		"rename table users to people\nrename column people.fullname to name\n",
		"all that holds a renamed thing is equal then");
	check(old_table, 2, OLD, NEW,
		"rename table users to people\nrename column people.fullname to name\n",
		"a column's table may be said by its old name");
	check(both, 2, OLD "view v on:table:users on:column:users.fullname "
			   "definition=select~fullname~from~users\n",
		NEW "view v on:table:people on:column:people.name "
			"definition=select~name~from~people\n",
		"rename table users to people\nrename column people.fullname to name\n",
		"the texts of views too");
	check(swap, 2, "table a\ncolumn a.x type=text\ntable b\ncolumn b.y type=text\n",
		"table b\ncolumn b.x type=text\ntable a\ncolumn a.y type=text\n",
		"rename table a to a_\nrename table b to a\nrename table a_ to b\n",
		"names change places");
	check(chain, 2, "table t\ncolumn t.a type=text\ncolumn t.b type=integer\n",
		"table t\ncolumn t.b type=text\ncolumn t.c type=integer\ncolumn t.a type=date\n",
		"rename column t.b to c\nrename column t.a to b\nadd column t.a date\n",
		"each waits until its name is free");
	check(view, 1, "view v definition=create~view~v~as~1\n",
		"view w definition=create~view~w~as~1\n", "rename view v to w\n",
		"what is said of a table may be a view");
}

static void test_refused(void)
{
	static const struct diff_rename none[] = {
		{ .kind = LIMBECK_KIND_TABLE, .from = "nobody", .to = "people" } };
	static const struct diff_rename nowhere[] = {
		{ .kind = LIMBECK_KIND_COLUMN, .table = "users", .from = "id", .to = "key" } };
	static const struct diff_rename taken[] = {
		{ .kind = LIMBECK_KIND_TABLE, .from = "users", .to = "orders" } };
	static const struct diff_rename hint[] = {
		{ .kind = LIMBECK_KIND_TABLE, .from = "nobody", .to = "users", .hint = true } };

	check(none, 1, OLD, NEW, "error: cannot rename table nobody to people: "
				 "table nobody is not there\n",
		"an object that is not there is named");
	check(nowhere, 1, OLD, OLD, "error: cannot rename column users.id to key: "
				    "column users.key is not in the desired schema\n",
		"so is one that is not wanted");
	check(taken, 1, OLD, OLD, "error: cannot rename table users to orders: "
				  "table orders is there already\n",
		"and one that is in the way");
	check(hint, 1, OLD, OLD, "", "a hint that has been followed says nothing");
}

static void check_ask(int answer, const char *before, const char *after, const char *asked,
	const char *want, const char *name)
{
	struct question question = { answer, STRBUF_INIT };
	struct schemas_diff how = { .options = { .ask = ask, .data = &question },
		.text = STRBUF_INIT, .err = LIMBECK_ERROR_INIT };

	is_str(schemas_diff(&how, before, after), want, "%s", name);
	is_str(question.asked.buf, asked, "%s: what was asked", name);
	strbuf_release(&question.asked);
	schemas_diff_release(&how);
}

static void test_ask(void)
{
	check_ask(1, OLD, NEW, "users=people people.fullname=people.name ",
		"rename table users to people\nrename column people.fullname to name\n",
		"tables that are alike, and columns of one type");
	check_ask(0, "table t\ncolumn t.a type=text\ncolumn t.b type=text\n",
		"table t\ncolumn t.c type=text\ncolumn t.d type=integer\n", "t.a=t.c t.b=t.c ",
		"add column t.c text\nadd column t.d integer\n! drop column t.a\n! drop column "
		"t.b\n",
		"who says no gets a new one");
	check_ask(-1, OLD, NEW, "users=people ", "error: no answer\n", "who gives no answer "
		"stops it");
	check_ask(1, "table a\ncolumn a.x type=text\ncolumn a.y type=text\n",
		"table b\ncolumn b.p type=text\ncolumn b.q type=text\n", "",
		"create table b\n! drop table a\n", "tables that share nothing are not asked "
		"about");
}

/* What the engine does not rewrite by itself is written anew. */
static void test_texts(void)
{
	static const struct diff_rename renames[] = {
		{ .kind = LIMBECK_KIND_TABLE, .from = "users", .to = "people" } };
	struct schemas_diff how = { .options = { .renames = renames, .rename_count = 1,
		.traits = &schemas_loose }, .text = STRBUF_INIT, .err = LIMBECK_ERROR_INIT };

	is_str(schemas_diff(&how, "table users\nview v on:table:users definition=from~users\n"
				  "trigger users.tr definition=on~users\n",
		       "table people\nview v on:table:people definition=from~people\n"
		       "trigger people.tr definition=on~people\n"),
		"rename table users to people\ndrop trigger people.tr\nchange view v: definition\n"
		"create trigger people.tr\n",
		"views and triggers are made anew where a rename does not reach them");
	schemas_diff_release(&how);
	check(renames, 1, "table users\nfunction f() result=integer definition=from~users "
		"on:table:users\n",
		"table people\nfunction f() result=integer definition=from~people "
		"on:table:people\n",
		"rename table users to people\nchange function f(): definition\n",
		"a function's body is a text on any engine");
}

static void check_name(const char *convention, const char *want, const char *kind)
{
	struct limbeck_catalog *catalog = schemas_read(
		"table users\ncolumn users.id type=integer\nprimary_key users.pk columns=id\n"
		"table t\ncolumn t.a type=text\ncolumn t.b type=text\nindex t.index columns=a,,b\n"
		"check t.check expression=b>a\n"
		"foreign_key t.key columns=a referenced_table=users\n");
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	const struct limbeck_object *object = NULL;
	struct strbuf out = STRBUF_INIT;

	while ((object = catalog_next(catalog, LIMBECK_KIND_NONE, NULL, "t", object)))
		if (strcmp(limbeck_object_name(object), kind) == 0)
			break;
	is_str(naming_fill(&out, convention, object, &err) < 0 ? err.message : out.buf, want,
		"%s of %s", convention, kind);
	strbuf_release(&out);
	limbeck_error_release(&err);
	catalog_free(catalog);
}

static void test_naming(void)
{
	check_name("ix_{table}_{columns}", "ix_t_a_expr_b", "index");
	check_name("ix_{table}_{column}", "ix_t_a", "index");
	check_name("ck_{table}_{columns}", "ck_t_a_b", "check");
	check_name("fk_{table}_{column}_{referred_table}_{referred_columns}", "fk_t_a_users_id",
		"key");
	check_name("plain", "plain", "key");
	check_name("fk_{tabel}", "naming convention \"fk_{tabel}\": unknown token "
		"\"{tabel}\"", "key");
	check_name("fk_{table", "naming convention \"fk_{table\": no } behind \"{table\"", "key");
}

/* Tables that refer to the one before and have ten columns. */
static struct limbeck_catalog *many(size_t count, const char *type)
{
	struct strbuf text = STRBUF_INIT;
	struct limbeck_catalog *catalog;

	for (size_t i = 0; i < count; i++) {
		strbuf_addf(&text, "table t%zu\nprimary_key t%zu.pk%zu columns=c0\n", i, i, i);
		for (size_t c = 0; c < 10; c++)
			strbuf_addf(&text, "column t%zu.c%zu "
				"type=%s\n", i, c, c == 9 ? type : "integer");
		strbuf_addf(&text, "index t%zu.ix%zu columns=c1,c2\n", i, i);
		if (i)
			strbuf_addf(&text, "foreign_key t%zu.fk%zu columns=c3 "
				"referenced_table=t%zu "
				"referenced_columns=c0\n", i, i, i - 1);
	}
	catalog = schemas_read(text.buf);
	strbuf_release(&text);
	return catalog;
}

static void time_diff(const struct limbeck_catalog *before, const struct limbeck_catalog *after,
	size_t want, const char *name)
{
	struct diff_options options = { .traits = &schemas_strict, .alterable = schemas_alterable };
	struct arena arena = ARENA_INIT;
	clock_t start = clock();
	struct diff diff;

	if (ok(diff_make(&arena, before, after, &options, &diff, NULL) == 0, "%s", name)) {
		double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;

		is_int((long long)diff.changes.count, (long long)want, "%s: how many", name);
		diag("%s: %.2f s", name, seconds);
		ok(seconds < 20, "%s: in time even where all is slow", name);
		diff_release(&diff);
	}
	arena_release(&arena);
}

static void test_many(void)
{
	struct limbeck_catalog *none = schemas_read(""), *one = many(5000, "text");
	struct limbeck_catalog *two = many(5000, "date"), *same = many(5000, "text");

	time_diff(one, same, 0, "5,000 tables that are equal");
	time_diff(one, two, 5000, "5,000 tables of which a column changes");
	time_diff(none, one, 10000, "5,000 new tables, each behind the one it refers to");
	time_diff(one, none, 5000, "5,000 tables that go");
	catalog_free(none);
	catalog_free(one);
	catalog_free(two);
	catalog_free(same);
}

int main(void)
{
	test_given();
	test_refused();
	test_ask();
	test_texts();
	test_naming();
	test_many();
	return done_testing();
}
