/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Proves that headers of revision files are read as the format says, from as
 * little of the file as is needed, and that each fault is told with its place;
 * and that a scan of folders finds the right files and reports all that are
 * broken.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/strbuf.h"
#include "script/script.h"
#include "tap.h"

#define R "-- @revision a1\n"

/* What a header says, as "id parents;depends;labels;created;dialect;line;
 * message;text", or "!LINE:COLUMN MESSAGE". */
static const struct {
	const char *text;
	const char *says;
} cases[] = {
	{ R, "a1 ;;;;;1;;" },
	{ "-- @revision 27c6a30d7c24\n-- @parents 1975ea83b712\n"
	  "-- @created 2026-11-21T04:55:12Z\n--\n-- Add fields\n--\n-- Longer text,\n--   if any.\n"
	  "--\n\n-- Not this.\n-- @upgrade\nx",
	  "27c6a30d7c24 1975ea83b712;;;2026-11-21T04:55:12Z;;1;Add fields;"
	  "Add fields\n\nLonger text,\n  if any." },
	{ "\xef\xbb\xbf-- @revision a1\r\n-- @parents b  c\td \r\n--  M \r\n--\r\n\r\n"
	  "-- @upgrade\r\n",
	  "a1 b c d;;;;;1; M; M" },
	{ "-- SPDX\n\n-- Licence\n  --  @revision a.B_9  \n-- @depends x y\n-- @labels l m_2\n"
	  "-- @dialect mysql\n-- T\n", "a.B_9 ;x y;l m_2;;mysql;4;T;T" },
	{ R "-- First\n-- @parents b\n-- Second\n", "a1 b;;;;;1;Second;Second" },
	{ R "-- First\n-- @parents b\n\n", "a1 b;;;;;1;First;First" },
	{ R "-- see @foo\n-- @ bar\n-- @Baz\n", "a1 ;;;;;1;see @foo;see @foo\n@ bar\n@Baz" },
	{ R "\n\n-- M\nSELECT 1;\n-- @parents x", "a1 ;;;;;1;M;M" },
	{ R "/* no */\n-- M", "a1 ;;;;;1;;" },
	{ R "--M", "a1 ;;;;;1;M;M" },
	{ "-- @revision a1", "a1 ;;;;;1;;" },
	{ R "-- @only mysql\n-- M\n", "a1 ;;;;;1;;" },
	{ R "-- @created 2026-11-21\n", "a1 ;;;2026-11-21;;1;;" },
	{ R "-- @created 2026-11-21 04:55\n", "a1 ;;;2026-11-21 04:55;;1;;" },
	{ R "-- @created 2026-11-21T04:55:12.123456+01:30\n",
	  "a1 ;;;2026-11-21T04:55:12.123456+01:30;;1;;" },
	{ R "-- @dialect oracle\n", "a1 ;;;;oracle;1;;" },

	{ "", "!1:0 file has no @revision" },
	{ "\n\n", "!1:0 file has no @revision" },
	{ "SELECT 1;\n" R, "!1:0 file has no @revision" },
	{ "/* x */\n" R, "!1:0 file has no @revision" },
	{ "-- comment\n-- @upgrade\n", "!1:0 file has no @revision" },
	{ R "--  @parent b\n", "!2:5 unknown directive \"@parent\"" },
	{ "-- @xyzzyx b\n", "!1:4 unknown directive \"@xyzzyx\"" },
	{ R "-- @revision b\n", "!2:4 second @revision" },
	{ R "-- @parents b\n-- @parents c\n", "!3:4 second @parents" },
	{ "-- @revision\n", "!1:4 @revision takes one id" },
	{ "-- @revision a b\n", "!1:4 @revision takes one id" },
	{ "-- @revision a-b\n", "!1:14 \"a-b\" can't be a revision id" },
	{ "-- @revision head\n", "!1:14 \"head\" is reserved and can't be a revision id" },
	{ R "-- @parents\n", "!2:4 @parents without a value" },
	{ R "-- @parents b base\n", "!2:15 \"base\" can't be a parent" },
	{ R "-- @parents b b\n", "!2:15 \"b\" stands twice in @parents" },
	{ R "-- @parents b, c\n", "!2:13 \"b,\" can't be a parent" },
	{ R "-- @labels a@b\n", "!2:12 \"a@b\" can't be a label" },
	{ R "-- @labels heads\n", "!2:12 \"heads\" is reserved and can't be a label" },
	{ R "-- @depends a:b\n", "!2:13 \"a:b\" can't be a dependency" },
	{ R "-- @created yesterday\n",
	  "!2:13 \"yesterday\" is not a time in the form of ISO 8601" },
	{ R "-- @created 2026-13-21\n",
	  "!2:13 \"2026-13-21\" is not a time in the form of ISO 8601" },
	{ R "-- @created 2026-11-21T04:55:12ZZ\n",
	  "!2:13 \"2026-11-21T04:55:12ZZ\" is not a time in the form of ISO 8601" },
	{ R "-- @dialect postgres\n", "!2:13 unknown dialect \"postgres\"" },
	{ R "-- @dialect MySQL\n", "!2:13 \"MySQL\" is not the name of a dialect" },
	{ R "-- @dialect a b\n", "!2:4 @dialect takes one name" },
};

static void add_names(struct strbuf *out, const struct names *names)
{
	for (size_t i = 0; i < names->count; i++)
		strbuf_addf(out, "%s%s", i ? " " : "", names->items[i]);
	strbuf_addch(out, ';');
}

/* Reads a header, given step bytes more each time; 0: all at once. */
static void read_header(const char *text, size_t length, size_t step, struct strbuf *out)
{
	struct arena arena = ARENA_INIT;
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct revision revision;
	bool complete = false;
	size_t seen = 0;
	int result;

	strbuf_reset(out);
	do {
		bool whole = !step || seen + step > length;

		seen = whole ? length : seen + step;
		result = script_header(&arena, text, seen, whole, "x.sql", &revision, &complete,
			&err);
	} while (result == 0 && !complete);
	if (result < 0) {
		strbuf_addf(out, "!%u:%u %s", err.line, err.column, err.message);
	} else {
		strbuf_addf(out, "%s ", revision.id);
		add_names(out, &revision.parents);
		add_names(out, &revision.depends);
		add_names(out, &revision.labels);
		strbuf_addf(out, "%s;%s;%u;%s;%s", revision.created,
			revision.dialect ? revision.dialect : "", revision.line, revision.message,
			revision.text);
	}
	limbeck_error_release(&err);
	arena_release(&arena);
}

static void test_cases(void)
{
	struct strbuf got = STRBUF_INIT;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		read_header(cases[i].text, strlen(cases[i].text), 0, &got);
		is_str(got.buf, cases[i].says, "header %zu", i);
		read_header(cases[i].text, strlen(cases[i].text), 1, &got);
		is_str(got.buf, cases[i].says, "header %zu, byte by byte", i);
	}
	read_header("-- @revision a\n-- b\0c\n", 22, 0, &got);
	is_str(got.buf, "!2:5 zero byte in the text", "a zero byte has a place");
	strbuf_release(&got);
}

static void test_front(void)
{
	static const char text[] = R "-- @upgrade\nSELECT 'and so on";
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct arena arena = ARENA_INIT;
	struct revision revision;
	bool complete;

	script_header(&arena, text, sizeof text - 1, false, "x.sql", &revision, &complete, NULL);
	ok(complete, "a header is complete when the body has begun");
	script_header(&arena, text, sizeof R + 8, false, "x.sql", &revision, &complete, NULL);
	ok(!complete, "and not before");
	script_header(&arena, "-- @revision é", 15, true, "x.sql", &revision, &complete, &err);
	is_str(err.source, "-- @revision é", "an error shows its line");
	ok(strstr(err.hint, "letters") != NULL, "and says what is right");
	limbeck_error_release(&err);
	script_header(&arena, "x", 1, true, "x.sql", &revision, &complete, &err);
	is_str(err.hint, "The first line of a revision file looks like "
		"\"-- @revision 27c6a30d7c24\".", "a file that is none: what it should look like");
	limbeck_error_release(&err);
	script_header(&arena, "-- @parent b", 12, true, "x.sql", &revision, &complete, &err);
	is_str(err.hint, "Perhaps you meant \"@parents\".", "the nearest directive is named");
	limbeck_error_release(&err);
	arena_release(&arena);
}

/* A folder of revision files that is removed afterwards. */
static char folder[] = "/tmp/limbeck-header-XXXXXX";

static const char *in_folder(const char *name)
{
	static char path[256];

	snprintf(path, sizeof path, "%s/%s", folder, name);
	return path;
}

static void put(const char *name, const char *text)
{
	if (file_create(in_folder(name), text, strlen(text), NULL) < 0)
		diag("could not write %s", name);
}

static void count_line(void *data, int level, const char *line)
{
	unsigned *lines = data;

	(void)level;
	(void)line;
	++*lines;
}

/* Scans the folder, as often as it is listed; the result is "id=path ..." or
 * the error. */
static void scan(unsigned times, bool recursive, unsigned *warnings, struct strbuf *out)
{
	const char *paths[] = { folder, folder };
	struct script_folders folders = { .paths = paths, .count = times,
		.recursive = recursive, .cwd = "/tmp" };
	struct log log = { LIMBECK_LOG_WARNING, count_line, warnings };
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct graph graph;

	strbuf_reset(out);
	*warnings = 0;
	graph_init(&graph);
	if (script_scan(&folders, &graph, &log, &err) < 0)
		strbuf_addf(out, "!%s:%u %s / %s", err.file ? strrchr(err.file, '/') + 1 : "",
			err.line,
			err.message, err.detail ? err.detail : "");
	else
		for (size_t i = 0; i < graph.all.count; i++)
			strbuf_addf(out, "%s%s=%s", i ? " " : "", graph.all.items[i]->id,
				graph.all.items[i]->path + strlen(folder) - strlen("/tmp"));
	limbeck_error_release(&err);
	graph_release(&graph);
}

static void test_scan(void)
{
	struct strbuf got = STRBUF_INIT, large = STRBUF_INIT;
	unsigned warnings;

	put("b.sql", "-- @revision b\n-- @parents a\n-- @upgrade\n");
	put("a.sql", "-- @revision a");
	put(".hidden.sql", "broken");
	put("#x.sql", "broken");
	put("c.sql~", "broken");
	put("notes.txt", "broken");
	mkdir(in_folder("sub"), 0777);
	mkdir(in_folder("folder.sql"), 0777);
	put("sub/c.sql", "-- @revision c\n-- @parents b\n");
	scan(1, false, &warnings, &got);
	is_str(got.buf, "a=a.sql b=b.sql", "a scan reads .sql files, and shows short paths");
	is_int(warnings, 0, "without a warning");
	scan(2, true, &warnings, &got);
	is_str(got.buf, "a=a.sql b=b.sql c=sub/c.sql", "a folder listed twice, and subfolders");
	is_int(warnings, 1, "with a warning");

	strbuf_addstr(&large, "-- @revision d\n-- @parents b\n");
	for (int i = 0; i < 1000; i++)
		strbuf_addstr(&large, "-- a long header\n");
	strbuf_addstr(&large, "-- @upgrade\n");
	put("d.sql", large.buf);
	if (symlink("../a.sql", in_folder("sub/link.sql")) < 0 || symlink("sub",
		in_folder("z.sql")) < 0)
		diag("no symbolic links");
	scan(1, false, &warnings, &got);
	is_str(got.buf, "a=a.sql b=b.sql d=d.sql",
		"a long header is read on; a link to a folder is skipped");
	scan(1, true, &warnings, &got);
	ok(strstr(got.buf, "link.sql:1 revision id \"a\" is used twice") != NULL,
		"a link to a file is followed: %s", got.buf);
	strbuf_release(&large);
	strbuf_release(&got);
}

static void test_broken(void)
{
	struct strbuf got = STRBUF_INIT;
	unsigned warnings;

	put("e.sql", "SELECT 1");
	put("f.sql", "-- @revision f\n-- @what\n");
	mkfifo(in_folder("g.sql"), 0666);
	if (symlink("nowhere", in_folder("h.sql")) < 0)
		diag("no symbolic links");
	scan(1, false, &warnings, &got);
	ok(strncmp(got.buf, "!e.sql:1 file has no @revision / 3 more files are broken: ", 57) == 0,
		"the first broken file is the error: %s", got.buf);
	ok(strstr(got.buf, "/f.sql:2: unknown directive \"@what\"; ") != NULL,
		"the others its detail");
	ok(strstr(got.buf, "g.sql\" is not a regular file") != NULL, "a FIFO is one of them");
	ok(strstr(got.buf, "could not open file") != NULL, "and so is a dangling link");
	strbuf_release(&got);
}

static void test_no_folder(void)
{
	const char *path = "/nowhere/versions";
	struct script_folders folders = { .paths = &path, .count = 1, .cwd = "/" };
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct graph graph;

	graph_init(&graph);
	ok(script_scan(&folders, &graph, NULL, &err) < 0 && strstr(err.message, path),
		"a folder that is not there is an error that names it");
	ok(err.hint != NULL, "with a hint");
	limbeck_error_release(&err);
	graph_release(&graph);
}

static void clean(void)
{
	static const char *const names[] = { "a.sql", "b.sql", "d.sql", "e.sql", "f.sql", "g.sql",
		"h.sql", "z.sql", ".hidden.sql", "#x.sql", "c.sql~", "notes.txt", "sub/c.sql",
		"sub/link.sql" };

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		unlink(in_folder(names[i]));
	rmdir(in_folder("sub"));
	rmdir(in_folder("folder.sql"));
	rmdir(folder);
}

int main(void)
{
	test_cases();
	test_front();
	if (ok(mkdtemp(folder) != NULL, "a folder to work in")) {
		test_scan();
		test_broken();
		clean();
	}
	test_no_folder();
	return done_testing();
}
