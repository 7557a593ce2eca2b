/* SPDX-License-Identifier: BSD-2-Clause */
/* The texts of a schema: their normal form, and names put in the place of others. */
#include "tap.h"

#include <stdlib.h>
#include <string.h>

#include "schema/catalog.h"

static const struct limbeck_lexis postgresql = LIMBECK_LEXIS_POSTGRESQL;
static const struct limbeck_lexis sqlite = LIMBECK_LEXIS_SQLITE;
static const struct limbeck_lexis mysql = LIMBECK_LEXIS_MYSQL;

static void test_normal(void)
{
	static const struct {
		const char *text, *normal, *what;
	} cases[] = {
		{ "", "", "nothing is nothing" },
		{ "  ", "", "nor are blanks" },
		{ "5", "5", "a number stays" },
		{ "(5)", "5", "outer parentheses go" },
		{ " ( ( 5 ) ) ", "5", "all of them" },
		{ "(a) + (b)", "( a ) + ( b )", "but none that are not outer" },
		{ "((a) + (b))", "( a ) + ( b )", "whatever is inside" },
		{ "()", "", "empty ones too" },
		{ "(a", "( a", "an open one stays" },
		{ "a)", "a )", "and a closed one" },
		{ ")(", ") (", "and both the wrong way" },
		{ "(1) -- one\n", "1", "comments go" },
		{ "a/* x */>/**/1", "a > 1", "wherever they are" },
		{ "a>=1", "a >= 1", "spacing is the same everywhere" },
		{ "A AND b", "a and b", "words are in lower case" },
		{ "\"A\"", "a", "quotes of ordinary names go, and so does their case" },
		{ "`a` [b]", "a b", "of all kinds" },
		{ "\"My Col\"", "\"my col\"", "other names are quoted" },
		{ "[My Col]", "\"my col\"", "in the same way" },
		{ "`a\"b`", "\"a\"\"b\"", "quotes in them doubled" },
		{ "`a``b`", "\"a`b\"", "and halved" },
		{ "'It''s A'", "'It''s A'", "strings stay" },
		{ "x'AB'", "x'AB'", "of any kind" },
		{ "a != b", "a <> b", "unequal is written in one way" },
		{ "a == b", "a = b", "and equal" },
		{ "1E5", "1e5", "numbers are in lower case" },
		{ "a;", "a", "a closing semicolon goes" },
		{ "(a);;", "a", "before the parentheses are looked at" },
		{ "a; b", "a ; b", "not another" },
		{ "'open", "'open", "an open string stays as it is" },
		{ "a \"Open", "a \"Open", "and an open name" },
		{ "a /* Open", "a /* Open", "and an open comment" },
		{ "\xc3\x84 b", "\xc3\x84 b", "other alphabets are left alone" },
	};
	struct strbuf out = STRBUF_INIT;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		strbuf_reset(&out);
		text_normal(&out, &sqlite, cases[i].text);
		is_str(out.buf, cases[i].normal, "normal form: %s", cases[i].what);
	}
	strbuf_reset(&out);
	strbuf_addstr(&out, "x:");
	text_normal(&out, &mysql, "/*!80000 A */");
	is_str(out.buf, "x:a", "it is appended; the code of an executable comment is code");
	strbuf_release(&out);
}

/* What is equal has one normal form, which is its own. */
static void test_normal_twice(void)
{
	static const char *const pieces[] = { "(", ")", "a", "\"B c\"", "'s'", ">=", "=", "-- x\n", ",",
		"1.5", "select", "[q]", ".", "/* */" };
	struct strbuf text = STRBUF_INIT, once = STRBUF_INIT, twice = STRBUF_INIT;
	bool same = true;

	srand(7);
	for (int round = 0; round < 3000 && same; round++) {
		strbuf_reset(&text);
		strbuf_reset(&once);
		strbuf_reset(&twice);
		for (int i = rand() % 12; i >= 0; i--)
			strbuf_addf(&text, "%s%s", rand() % 2 ? " " : "",
				pieces[(size_t)rand() % (sizeof pieces / sizeof *pieces)]);
		text_normal(&once, &sqlite, text.buf);
		text_normal(&twice, &sqlite, once.buf);
		same = strcmp(once.buf, twice.buf) == 0;
	}
	if (!ok(same, "the normal form of a normal form is itself"))
		diag("%s\n%s\n%s", text.buf, once.buf, twice.buf);
	strbuf_release(&text);
	strbuf_release(&once);
	strbuf_release(&twice);
}

static void test_rename(void)
{
	static const struct {
		const char *text, *table, *from, *to, *want, *what;
	} cases[] = {
		{ "a > 0", NULL, "a", "b", "b > 0", "a word" },
		{ "aa > 'a'", NULL, "a", "b", "aa > 'a'", "not a part of one, nor a string" },
		{ "a /* a */", NULL, "a", "b", "b /* a */", "nor a comment" },
		{ "A > 0", NULL, "a", "b", "b > 0", "in any case" },
		{ "\"a\" > 0", NULL, "a", "b", "\"b\" > 0", "quotes stay where they were" },
		{ "a > 0", NULL, "a", "b c", "\"b c\" > 0", "and come where they must be" },
		{ "a > 0", NULL, "a", "select", "\"select\" > 0", "as for a reserved word" },
		{ "\"b c\" > 0", NULL, "b c", "a", "a > 0", "and go where they need not be any more" },
		{ "\"b c\" > \"d\"", NULL, "b c", "a", "\"a\" > \"d\"", "unless all names have them" },
		{ "\"a\"\"b\"", NULL, "a\"b", "c", "c", "a name with a quote in it" },
		{ "c", NULL, "c", "a\"b", "\"a\"\"b\"", "and one to be" },
		{ "t.a = u.a", NULL, "a", "b", "t.b = u.b", "without a table, wherever it stands" },
		{ "t.a = u.a", "t", "a", "b", "t.b = u.a", "with one, behind it alone" },
		{ "t.a = a", "t", "a", "b", "t.b = b", "and where there is no point" },
		{ "a.x = 1", "t", "a", "b", "a.x = 1", "not before a point: that is a table" },
		{ "a(1) + a", "t", "a", "b", "a(1) + b", "nor a function" },
		{ "SELECT x AS a FROM t", "t", "a", "b", "SELECT x AS a FROM t", "nor another's new name" },
		{ "SELECT u.a, v.a FROM t u, w v", "t", "a", "b", "SELECT u.b, v.a FROM t u, w v",
			"behind what the table is called there" },
		{ "SELECT u.a FROM s.t AS u", "t", "a", "b", "SELECT u.b FROM s.t AS u", "with AS" },
		{ "SELECT s.t.a FROM s.t", "t", "a", "b", "SELECT s.t.b FROM s.t", "with its schema" },
		{ "(x).a", "t", "a", "b", "(x).a", "not a part of a row" },
		{ ".a", "t", "a", "b", ".a", "nor behind nothing" },
		{ "a", NULL, "", "b", "a", "no name is nowhere" },
		{ "", NULL, "a", "b", "", "and there is none in nothing" },
		{ "'open a", NULL, "a", "b", "'open a", "what is open is left" },
	};
	struct strbuf out = STRBUF_INIT;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		strbuf_reset(&out);
		text_rename(&out, &postgresql, cases[i].text, cases[i].table, cases[i].from, cases[i].to);
		is_str(out.buf, cases[i].want, "a name: %s", cases[i].what);
	}
	strbuf_reset(&out);
	text_rename(&out, &sqlite, "[a]+`a`+\"a\"", NULL, "a", "b");
	is_str(out.buf, "[b]+`b`+\"b\"", "quotes of their kind");
	strbuf_reset(&out);
	text_rename(&out, &sqlite, "[a]", NULL, "a", "b]c");
	is_str(out.buf, "\"b]c\"", "unless the name can't stand in them");
	strbuf_reset(&out);
	text_rename(&out, &mysql, "`a` > \"a\"", NULL, "a", "b");
	is_str(out.buf, "`b` > \"a\"", "a string in double quotes is one");
	strbuf_release(&out);
}

static void test_mentions(void)
{
	ok(text_mentions(&postgresql, "a > 0", "a"), "a word is mentioned");
	ok(text_mentions(&postgresql, "\"a b\" > 0", "a b"), "a quoted name");
	ok(text_mentions(&postgresql, "t.a", "a"), "behind a point");
	ok(!text_mentions(&postgresql, "'a' > aa -- a", "a"), "no string, no part, no comment");
	ok(!text_mentions(&postgresql, "", "a"), "nothing mentions nothing");
}

int main(void)
{
	test_normal();
	test_normal_twice();
	test_rename();
	test_mentions();
	return done_testing();
}
