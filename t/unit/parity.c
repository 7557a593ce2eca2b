/* SPDX-License-Identifier: BSD-2-Clause */
/* core/diff: what differs in meaning between schemas of two engines. */
#include <string.h>

#include "schemas.h"
#include "tap.h"

static int tell(void *data, const struct limbeck_object *a, const struct limbeck_object *b,
	const char *text)
{
	(void)a;
	(void)b;
	strbuf_addf(data, "%s\n", text);
	return 0;
}

static int stop(void *data, const struct limbeck_object *a, const struct limbeck_object *b,
	const char *text)
{
	(void)a;
	(void)b;
	(void)text;
	++*(int *)data;
	return 7;
}

static void check(const struct limbeck_traits *other, const char *a, const char *b,
	const char *want, const char *name)
{
	struct limbeck_catalog *one = schemas_read(a), *two = schemas_read(b);
	struct parity_side left = { one, "here", &schemas_strict };
	struct parity_side right = { two, "there", other };
	struct strbuf out = STRBUF_INIT;

	if (diff_parity(&left, &right, tell, &out, NULL) < 0)
		diag("diff_parity failed");
	is_str(out.buf, want, "%s", name);
	strbuf_release(&out);
	catalog_free(one);
	catalog_free(two);
}

static void test_tables(void)
{
	check(&schemas_loose, "table t\ntable here_only\n", "table T\ntable there_only\n",
		"table here_only: only in here\ntable there_only: only in there\n",
		"tables of one engine alone; case does not count");
	check(&schemas_loose, "table other/t\n", "table t\n", "",
		"schemas say nothing to an engine without them");
	check(&schemas_loose, "table p\ntable p1 partition_of=,p "
		"partition_bound=DEFAULT\n", "table p\n",
		"", "nor do partitions");
	check(&schemas_loose, "table t\ncolumn t.a meaning=text\ncolumn t.b meaning=text "
		"not_null\n",
		"table t\ncolumn t.c meaning=text\ncolumn t.b meaning=text\n",
		"column t.a: only in here\nt.b: not null in here, nullable in there\n"
		"column t.c: only in there\n",
		"columns, and whether they may be null");
	check(&schemas_loose, "table t\ncolumn t.a meaning=text not_null\nprimary_key t.p "
		"columns=a\n",
		"table t\ncolumn t.a meaning=text\nprimary_key t.p columns=a\n", "",
		"a column of the primary key is not null");
}

static void check_meaning(const struct limbeck_traits *other, const char *a, const char *b,
	bool same, bool keyed)
{
	struct strbuf x = STRBUF_INIT, y = STRBUF_INIT, want = STRBUF_INIT, name = STRBUF_INIT;
	const char *key = keyed ? "index t.i columns=c\n" : "";

	strbuf_addf(&x, "table t\ncolumn t.c meaning=%s\n%s", a, key);
	strbuf_addf(&y, "table t\ncolumn t.c meaning=%s\n%s", b, key);
	if (!same)
		strbuf_addf(&want, "t.c: %s in here, %s in there\n", a, b);
	strbuf_addf(&name, "%s and %s%s are %s", a, b, keyed ? " in an index" : "",
		same ? "one meaning" : "two");
	check(other, x.buf, y.buf, want.buf, name.buf);
	strbuf_release(&x);
	strbuf_release(&y);
	strbuf_release(&want);
	strbuf_release(&name);
}

static void test_meanings(void)
{
	static const struct {
		const char *a, *b;
		bool strict, lenient;
	} pairs[] = {
		{ "boolean", "smallint", true, true }, { "integer", "boolean", true, true },
		{ "boolean", "text", false, false }, { "smallint", "bigint", false, true },
		{ "uuid", "char(36)", true, true }, { "uuid", "text(20)", false, true },
		{ "json", "text", true, true }, { "array", "json", true, true },
		{ "enum", "text(8)", true, true }, { "timestamptz", "timestamp", true, true },
		{ "timestamp", "text", false, true }, { "date", "timestamp", false, false },
		{ "text(20)", "text(20)", true, true }, { "text(20)", "text(30)", false, true },
		{ "text", "text(30)", false, true }, { "char(3)", "text(3)", false, true },
		{ "numeric(10,2)", "numeric(10,2)", true, true },
		{ "numeric(10,2)", "numeric(12,2)", false, true },
		{ "numeric", "numeric(65,30)", true, true },
		{ "numeric(10,2)", "real", false, true },
		{ "real", "double", false, true }, { "blob", "text", false, false },
		{ "other", "text", true, true }, { "nonsense(", "blob", true, true },
	};

	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		check_meaning(&schemas_loose, pairs[i].a, pairs[i].b, pairs[i].strict, false);
		check_meaning(&schemas_small, pairs[i].a, pairs[i].b, pairs[i].lenient, false);
	}
	check_meaning(&schemas_loose, "text", "text(255)", true, true);
	check_meaning(&schemas_loose, "text", "text(20)", false, true);
}

#define TWO "table t\ncolumn t.a meaning=text\ncolumn t.b meaning=text\n"

static void test_keys(void)
{
	check(&schemas_loose, TWO "primary_key t.p columns=a\n", TWO "primary_key t.PRIMARY "
		"columns=A\n",
		"", "keys are known by their columns");
	check(&schemas_loose, TWO "primary_key t.p columns=a,b\n", TWO,
		"t.a: not null in here, nullable in there\nt.b: not null in here, nullable in "
		"there\n"
		"t: primary key (a, b) in here, none in there\n",
		"one that is missing");
	check(&schemas_loose, TWO "unique t.u columns=a,b\n", TWO "index t.i unique "
		"columns=b,a\n", "",
		"a unique index is a unique constraint, in any order");
	check(&schemas_loose, TWO "unique t.u columns=a\nindex t.i columns=b\n",
		TWO "unique t.u columns=b\n",
		"t: unique (a) only in here\nt: unique (b) only in there\n",
		"other unique columns");
	check(&schemas_loose, TWO "index t.i unique columns=a predicate=b>0\n",
		TWO "column t.h meaning=text generated=x\nindex t.i unique columns=h\n", "",
		"a partial unique index may be kept by a generated column");
	check(&schemas_loose, TWO "index t.i unique columns=a predicate=b>0\n", TWO,
		"index t.i: only in here\n", "but must be kept");
	check(&schemas_loose, TWO "index t.i columns=a method=gin\n", TWO, "",
		"other indexes change no meaning");
}

#define PARENT "table p\ncolumn p.id meaning=integer not_null\nprimary_key p.k columns=id\n"

static void test_foreign(void)
{
	check(&schemas_loose,
		PARENT TWO "foreign_key t.f columns=a referenced_table=p referenced_columns=id\n",
		"table P\ncolumn P.ID meaning=integer not_null\nprimary_key P.k columns=id\n"
		TWO "foreign_key t.g columns=A referenced_table=P on_delete=RESTRICT\n", "",
		"foreign keys, whatever they leave unsaid");
	check(&schemas_loose,
		PARENT TWO "foreign_key t.f columns=a referenced_table=p on_delete=CASCADE\n",
		PARENT TWO "foreign_key t.f columns=a referenced_table=p\n",
		"t: foreign key (a) -> p (id) on update NO ACTION on delete CASCADE only in here\n"
		"t: foreign key (a) -> p (id) on update NO ACTION on delete NO ACTION only in "
		"there\n",
		"what they do counts");
}

static void test_stop(void)
{
	struct limbeck_catalog *one = schemas_read("table a\ntable b\n"), *two = schemas_read("");
	struct parity_side left = { one, "here", &schemas_strict };
	struct parity_side right = { two, "there", &schemas_loose };
	int calls = 0;

	is_int(diff_parity(&left, &right, stop, &calls, NULL), 7, "what the function returns");
	is_int(calls, 1, "stops it");
	catalog_free(one);
	catalog_free(two);
}

int main(void)
{
	test_tables();
	test_meanings();
	test_keys();
	test_foreign();
	test_stop();
	return done_testing();
}
