/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Proves that a new revision file and its name are made from their templates,
 * that what the template makes is read back as it was meant, and that a
 * template that is wrong is told where.
 */
#include <string.h>
#include <time.h>

#include "base/strbuf.h"
#include "script/script.h"
#include "tap.h"

static const char usual[] =
	"-- @revision %(rev)s\n"
	"-- @parents %(parents)s\n"
	"-- @depends %(depends)s\n"
	"-- @labels %(labels)s\n"
	"-- @created %(created)s\n"
	"-- @dialect %(dialect)s\n"
	"--\n"
	"-- %(message)s\n"
	"\n"
	"-- @upgrade\n"
	"%(upgrade)s\n"
	"\n"
	"-- @downgrade\n"
	"%(downgrade)s\n";

static const char *two[] = { "b1", "b2" };
static const struct names parents = { two, 2, 2 }, label = { two, 1, 1 };

static const struct script_new full = { "a1", &parents, NULL, &label, "Add x\n\nLonger:\n  text \n",
	"mysql", "2026-11-21T04:55:12Z", "SELECT 1;\n", "SELECT 2;\nSELECT 3;", NULL, NULL, NULL };
static const struct script_new least = { .id = "a1" };

/* The file, or "!LINE CODE MESSAGE". */
static void fill(const char *text, const struct script_new *what, struct strbuf *out)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT;

	strbuf_reset(out);
	if (script_fill(text, strlen(text), "t.in", what, out, &err) < 0) {
		strbuf_reset(out);
		strbuf_addf(out, "!%u %s %s", err.line, limbeck_code_name(err.code), err.message);
	}
	limbeck_error_release(&err);
}

static void test_fill(void)
{
	static const struct script_new sly = { .id = "a1", .message = "ok\n @upgrade" },
		windows = { .id = "a1", .message = "a\r\nb\r\n" },
		flagged = { .id = "a1", .upgrade_flags = "rebuild", .downgrade_flags = "x y" },
		joined = { .id = "a1", .replaces = &parents },
		half = { .id = "a1", .upgrade_flags = "", .downgrade_flags = "rebuild" };
	static const struct {
		const char *text;
		const struct script_new *what;
		const char *file;
	} cases[] = {
		{ usual, &full, "-- @revision a1\n-- @parents b1 b2\n-- @labels b1\n"
		  "-- @created 2026-11-21T04:55:12Z\n-- @dialect mysql\n--\n-- Add x\n--\n"
		  "-- Longer:\n"
		  "--   text\n\n-- @upgrade\nSELECT 1;\n\n-- @downgrade\nSELECT 2;\nSELECT 3;\n" },
		{ usual, &least, "-- @revision a1\n--\n--\n\n-- @upgrade\n\n-- @downgrade\n" },
		{ "100 % %d %% %(rev)s%", &least, "100 % %d %% a1%\n" },
		{ "--   %(message)s\r\n", &windows, "--   a\n--   b\n" },
		{ "x %(message)s y", &windows, "x a\n-- b y\n" },
		{ "-- @x %(labels)s y\n  %(labels)s\nz%(labels)s\n", &least, "-- @x  y\nz\n" },
		{ "-- @upgrade\n--\t@downgrade \r\n", &flagged,
		  "-- @upgrade rebuild\n--\t@downgrade x y\n" },
		{ "-- @upgrade\n-- @downgrade", &half, "-- @upgrade\n-- @downgrade rebuild\n" },
		{ "-- @upgrade no-transaction\n", &flagged,
		  "-- @upgrade no-transaction rebuild\n" },
		{ "-- @revision %(rev)s\n-- x\n-- @revisions", &joined,
		  "-- @revision a1\n-- @replaces b1 b2\n-- x\n-- @revisions\n" },
		{ "-- @upgraded\n-- an @upgrade\n@upgrade\n--", &flagged,
		  "-- @upgraded\n-- an @upgrade\n@upgrade\n--\n" },
		{ "", &least, "" },
		{ usual, &sly, "!0 usage a line of the message begins with \"@upgrade\"" },
		{ "a\n%(revv)s", &least, "!2 config unknown token %(revv)s" },
		{ "%(rev)d", &least, "!1 config unknown token %(rev)d" },
		{ "%(rev", &least, "!1 config token without \")\"" },
		{ "%(rev)x", &least, "!1 config token %(rev) is not well formed" },
	};
	struct strbuf got = STRBUF_INIT;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		fill(cases[i].text, cases[i].what, &got);
		is_str(got.buf, cases[i].file, "template %zu", i);
	}
	strbuf_release(&got);
}

static void test_read_back(void)
{
	struct strbuf file = STRBUF_INIT;
	struct arena arena = ARENA_INIT;
	struct revision revision;
	bool complete;

	fill(usual, &full, &file);
	ok(script_header(&arena, file.buf, file.len, true, "x.sql", &revision, &complete,
		NULL) == 0,
		"what the template made is a revision file");
	is_str(revision.id, "a1", "its id");
	is_int((long long)revision.parents.count, 2, "its parents");
	is_str(revision.labels.items[0], "b1", "its label");
	is_str(revision.message, "Add x", "its message");
	is_str(revision.text, "Add x\n\nLonger:\n  text", "its text");
	is_str(revision.dialect, "mysql", "its dialect");
	arena_release(&arena);
	strbuf_release(&file);
}

static void test_names(void)
{
	static const struct {
		const char *text;
		long slug_length;
		const char *message;
		const char *name;
	} cases[] = {
		{ "%(rev)s_%(slug)s", 40, "Add users' table, now!", "a1_add_users_table_now.sql" },
		{ "%(rev)s_%(slug)s", 9, "Add users table", "a1_add_.sql" },
		{ "%(rev)s_%(slug)s", 10, "Add users table", "a1_add_users_.sql" },
		{ "%(rev)s_%(slug)s", 15, "Add users table", "a1_add_users_table.sql" },
		{ "%(slug)s", 4, "Internationalization", "inte_.sql" },
		{ "%(slug)s", 0, "Internationalization of it all",
		  "internationalization_of_it_all.sql" },
		{ "%(slug)s", 40, "Größe \xe2\x80\x9cneu\xe2\x80\x9d \xff x", "größe_neu_x.sql" },
		{ "%(slug)s", 3, "äöüß", "äöü_.sql" },
		{ "%(rev)s_%(slug)s", 40, "", "a1_.sql" },
		{ "%(rev)s_%(slug)s", 40, NULL, "a1_.sql" },
		{ "%(year)d_%(month).2d_%(day).2d_%(hour).2d%(minute).2d-%(second).2d", 40, "",
		  "2026_03_04_0506-07.sql" },
		{ "%%(year)d_%%(month).2d", 40, "", "2026_03.sql" },
		{ "%(seq)04d_%(epoch)s", 40, "", "0012_1772600767.sql" },
		{ "%(seq)d%(seq)3d%(seq)s", 40, "", "12 1212.sql" },
		{ "%(year)d/%(rev)s", 40, "", "2026/a1.sql" },
		{ "%x%", 40, "", "%x%.sql" },
		{ "%(slugg)s", 40, "", "!unknown token %(slugg)s" },
		{ "%(rev)d", 40, "", "!token %(rev) is a text: write %(rev)s" },
		{ "%(seq)099d", 40, "", "!token %(seq)099 is not well formed" },
		{ "%(rev", 40, "", "!token without \")\"" },
		{ "/%(rev)s", 40, "",
		  "!file_template makes a name that can't be used: \"/a1.sql\"" },
		{ "../%(rev)s", 40, "",
		  "!file_template makes a name that can't be used: \"../a1.sql\"" },
		{ "x//%(rev)s", 40, "",
		  "!file_template makes a name that can't be used: \"x//a1.sql\"" },
		{ "%(slug)s", 40, "", "!file_template makes a name that can't be used: \".sql\"" },
		{ "#%(rev)s", 40, "",
		  "!file_template makes a name that can't be used: \"#a1.sql\"" },
	};
	struct tm now = { .tm_year = 126, .tm_mon = 2, .tm_mday = 4, .tm_hour = 5, .tm_min = 6,
		.tm_sec = 7 };
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct strbuf got = STRBUF_INIT;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		strbuf_reset(&got);
		if (script_file_name(cases[i].text, cases[i].slug_length, "a1", cases[i].message,
			&now,
				1772600767, 12, &got, &err) < 0) {
			strbuf_addf(&got, "!%s", err.message);
			limbeck_error_release(&err);
		}
		is_str(got.buf, cases[i].name, "file name of %s", cases[i].text);
	}
	strbuf_release(&got);
}

int main(void)
{
	test_fill();
	test_read_back();
	test_names();
	return done_testing();
}
