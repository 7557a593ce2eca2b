/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Proves what the directives of a revision file's body do, on which engine,
 * and that each fault in them is told with its place; that a section kept as
 * text reads as it did in its file; and that survey and reader agree.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/strbuf.h"
#include "script/script.h"
#include "sql/scanner.h"
#include "tap.h"

#define H "-- @revision a\n-- M\n"
#define U H "-- @upgrade\n"
#define D H "-- @downgrade\n"

/* What a section says to an engine: its statements between "|", each with its
 * marks before it (a autocommit, r repeat with its pause, v verbatim, w whole);
 * then "; " and the section's flags (decide=FIRST@+LINE:COLUMN/COUNT). Or "!LINE:COLUMN MESSAGE". */
static const struct {
	const char *text;
	char section;        /* u or d */
	const char *home;
	const char *engine;
	const char *says;
} cases[] = {
	{ U "a; b", 'u', "postgresql", "postgresql", "a|b; line=3" },
	{ H, 'u', "postgresql", "postgresql", "; absent" },
	{ U "a;", 'd', "postgresql", "postgresql", "; absent irreversible" },
	{ D "a;\n-- @upgrade\nb;", 'u', "postgresql", "postgresql", "b; line=5" },
	{ D "a;\n-- @upgrade\nb;", 'd', "postgresql", "postgresql", "a; line=3" },
	{ D "-- nothing", 'd', "postgresql", "postgresql", "; line=3" },
	{ U "a\n-- @downgrade\nb", 'u', "postgresql", "postgresql", "a; line=3" },
	{ U "'\n-- @downgrade\n'; $$\n-- @foo\n$$;\n/*\n-- @foo\n*/ (\n-- @foo\n);", 'u',
	  "postgresql",
	  "postgresql", "'\n-- @downgrade\n'|$$\n-- @foo\n$$|(\n-- @foo\n); line=3" },
	{ H "-- @upgrade no-transaction\na; b;", 'u', "postgresql", "postgresql",
	  "a:a|a:b; line=3 no-transaction" },
	{ H "-- @downgrade no-transaction\nbegin; commit;", 'd', "postgresql", "postgresql",
	  "a:begin|a:commit; line=3 no-transaction" },
	{ D "-- @irreversible the data are gone  \n", 'd', "postgresql", "postgresql",
	  "; line=3 irreversible=the data are gone" },
	{ D "-- @irreversible", 'd', "postgresql", "postgresql", "; line=3 irreversible" },

	{ U "a;\n-- @only sqlite\nb;\n-- @end\nc;", 'u', "postgresql", "sqlite",
	  "a|v:b|c; line=3" },
	{ U "a;\n-- @only sqlite\nb;\n-- @end\nc;", 'u', "postgresql", "postgresql",
	  "a|c; line=3" },
	{ U "-- @except sqlite mysql\nb;\n-- @end\n", 'u', "postgresql", "postgresql",
	  "b; line=3" },
	{ U "-- @except sqlite mysql\nb;\n-- @end\n", 'u', "postgresql", "mariadb", "; line=3" },
	{ U "-- @only mysql\nb;\n-- @end\n", 'u', "postgresql", "mariadb", "v:b; line=3" },
	{ U "-- @only mariadb\nb;\n-- @end\n", 'u', "postgresql", "mysql", "; line=3" },
	{ U "-- @only oracle\nb;\n-- @end\nc", 'u', "postgresql", "mysql", "c; line=3" },
	{ U "-- @only mysql\na '\\';' b;\n-- @end\n'\\';", 'u', "postgresql", "mysql",
	  "v:a '\\';' b|'\\'; line=3" },
	{ U "-- @only mysql\na '\\';' b;\n-- @end\n'\\';", 'u', "postgresql", "postgresql",
	  "'\\'; line=3" },
	{ U "-- @only mysql\nDELIMITER //\na; b//\n-- @end\nc; d;", 'u', "postgresql", "mysql",
	  "v:a; b|c|d; line=3" },
	{ U "-- @only sqlite\ncreate trigger t insert on x begin a; end;\n-- @end\n", 'u',
	  "postgresql",
	  "sqlite", "v:create trigger t insert on x begin a; end; line=3" },
	{ U "-- @only postgresql\ndo $$ a; $$;\n-- @end\nb;", 'u', "mysql", "mysql", "b; line=3" },
	{ U "DELIMITER //\na; b//\n-- @downgrade\nc; d;", 'd', "mysql", "mysql", "c|d; line=6" },

	{ U "a;\n-- @autocommit\nb;\nc;\n-- @end\nd;", 'u', "postgresql", "postgresql",
	  "a|a:b|a:c|d; line=3 cut" },
	{ U "-- @only postgresql\n-- @autocommit\nb;\n-- @end\nc;\n-- @end\nd;", 'u', "postgresql",
	  "postgresql", "av:b|v:c|d; line=3 cut" },
	{ U "-- @only sqlite\n-- @autocommit\nb;\n-- @end\nc;\n-- @end\nd;", 'u', "postgresql",
	  "postgresql", "d; line=3" },
	{ U "-- @autocommit\n-- @except sqlite\nb;\n-- @end\n-- @only sqlite\nc;\n-- @end\n"
	  "-- @end\n",
	  'u', "postgresql", "sqlite", "av:c; line=3 cut" },
	{ U "-- @autocommit\nbegin;\n-- @end\n", 'u', "postgresql", "postgresql",
	  "a:begin; line=3 cut" },
	{ U "a;\n-- @repeat\nb;\nc;", 'u', "postgresql", "postgresql", "a|r0:b|c; line=3 cut" },
	{ U "-- @repeat pause=250\n-- comment\nb", 'u', "postgresql", "postgresql",
	  "r250:b; line=3 cut" },
	{ U "-- @only sqlite\n-- @repeat\nb;\n-- @end", 'u', "postgresql", "postgresql",
	  "; line=3" },
	{ U "-- @statement\n  a; 'b\n;; \n-- @end\nc;", 'u', "postgresql", "postgresql",
	  "a; 'b|c; line=3" },
	{ U "-- @repeat\n-- @statement\na; b\n-- @end\nc;", 'u', "postgresql", "postgresql",
	  "r0:a; b|c; line=3 cut" },
	{ U "-- @only sqlite\n-- @autocommit\n-- @statement\na\n-- @end\n-- @end\n-- @end\n", 'u',
	  "postgresql", "sqlite", "av:a; line=3 cut" },
	{ U "-- @whole\na; 'b\n-- @foo\n-- @end\n\n-- @downgrade\nc;", 'u', "postgresql",
	  "postgresql", "w:a; 'b\n-- @foo\n-- @end; line=3" },
	{ U "-- @whole\na; 'b\n-- @downgrade\nc; d;", 'd', "postgresql", "postgresql",
	  "c|d; line=6" },
	{ U "-- @whole\nselect 1; analyze;", 'u', "postgresql", "postgresql",
	  "w:select 1; analyze;; line=3" },
	{ U "-- @whole\nbegin; commit;", 'u', "postgresql", "postgresql",
	  "!5:1 transaction control in a section that runs in a transaction" },
	{ H "-- @upgrade no-transaction\n-- @whole\nbegin; commit;", 'u', "postgresql",
	  "postgresql", "aw:begin; commit;; line=3 no-transaction" },
	{ U "-- @whole\n \n-- @downgrade\n", 'u', "postgresql", "postgresql", "; line=3" },
	{ U "create function f() returns int begin atomic\n-- @foo\na; end;", 'u', "postgresql",
	  "postgresql", "create function f() returns int begin atomic\n-- @foo\na; end; line=3" },
	{ "\xef\xbb\xbf-- @revision a\r\n\r\n-- @upgrade\r\na\r\n;\r\n-- @downgrade\r\nb\r\n", 'u',
	  "mysql", "mysql", "a; line=3" },

	{ H "-- @upgrade rebuild\na;\n-- @downgrade\nb;", 'u', "sqlite", "sqlite",
	  "a; line=3 rebuild" },
	{ H "-- @upgrade rebuild\na;\n-- @downgrade\nb;", 'd', "sqlite", "sqlite", "b; line=5" },
	{ D "a;\n-- @decide fill x in\nb;\n-- @decide y\n", 'd', "mysql", "mysql",
	  "a|b; line=3 decide=fill x in@+2:4/2" },
	{ D "-- @decide fill x in\na;\n-- @upgrade\nb", 'u', "mysql", "mysql", "b; line=6" },
	{ U "-- @only sqlite\n-- @decide x\na;\n-- @end\n-- @except sqlite\n-- @autocommit\n"
	  "-- @decide y\nb;\n-- @end\n-- @end", 'u', "mysql", "mysql",
	  "a:b; line=3 cut decide=y@+7:4/1" },
	{ U "-- @decide  \na;", 'u', "mysql", "mysql", "!4:4 @decide without a text" },
	{ U "-- @repeat\n-- @decide x\na;", 'u', "mysql", "mysql",
	  "!4:4 @repeat without a statement after it" },
	{ H "-- @decide x\n", 'u', "mysql", "mysql", "!3:4 @decide before a section" },
	{ H "-- @upgrade rebuild no-transaction\na;", 'u', "mysql", "mysql",
	  "!3:21 rebuild beside no-transaction on @upgrade" },
	{ H "-- @downgrade no-transaction rebuild\na;", 'u', "mysql", "mysql",
	  "!3:30 rebuild beside no-transaction on @downgrade" },
	{ U "-- @foo\n", 'd', "postgresql", "postgresql", "!4:4 unknown directive \"@foo\"" },
	{ H "-- @upgrade\n  --  @dowgrade", 'u', "mysql", "mysql",
	  "!4:7 unknown directive \"@dowgrade\"" },
	{ U "-- @downgrade\n-- @upgrade\n", 'u', "mysql", "mysql", "!5:4 second @upgrade section" },
	{ U "-- @parents b\n", 'u', "mysql", "mysql", "!4:4 @parents in a section" },
	{ H "-- @only mysql\n", 'u', "mysql", "mysql", "!3:4 @only before a section" },
	{ H "-- @end\n", 'u', "mysql", "mysql", "!3:4 @end before a section" },
	{ H "a;\n-- @upgrade\n", 'u', "mysql", "mysql", "!3:1 statement before \"-- @upgrade\"" },
	{ H "\n a;", 'u', "mysql", "mysql", "!4:2 statement before \"-- @upgrade\"" },
	{ U "-- @end\n", 'u', "mysql", "mysql", "!4:4 @end without a block to end" },
	{ U "-- @autocommit\n-- @end\n-- @end\n", 'u', "mysql", "mysql",
	  "!6:4 @end without a block to end" },
	{ U "-- @autocommit\na;\n-- @downgrade\n", 'u', "mysql", "mysql",
	  "!4:4 @autocommit is not closed" },
	{ U "-- @only mysql\na;\n-- @autocommit\n", 'u', "mysql", "mysql",
	  "!6:4 @autocommit is not closed" },
	{ U "-- @only mysql\na;", 'u', "mysql", "mysql", "!4:4 @only is not closed" },
	{ U "-- @except mysql\na;\n-- @downgrade\n", 'u', "mysql", "mysql",
	  "!4:4 @except is not closed" },
	{ U "-- @statement\na;", 'u', "mysql", "mysql", "!4:4 @statement is not closed" },
	{ U "-- @statement\na;\n-- @downgrade\n-- @end", 'u', "mysql", "mysql",
	  "!4:4 @statement is not closed" },
	{ U "-- @statement", 'u', "mysql", "mysql", "!4:4 @statement is not closed" },
	{ U "-- @statement\n ; \n-- @end", 'u', "mysql", "mysql",
	  "!4:4 @statement without a statement" },
	{ U "-- @only mysql\n-- @only mysql\n", 'u', "mysql", "mysql", "!5:4 @only inside @only" },
	{ U "-- @only mysql\n-- @autocommit\n-- @except mysql\n", 'u', "mysql", "mysql",
	  "!6:4 @except inside @only" },
	{ U "-- @autocommit\n-- @autocommit\n", 'u', "mysql", "mysql",
	  "!5:4 @autocommit inside @autocommit" },
	{ U "-- @repeat\n-- @only mysql\na;\n-- @end", 'u', "mysql", "mysql",
	  "!4:4 @repeat without a statement after it" },
	{ U "-- @repeat\n", 'u', "mysql", "mysql", "!4:4 @repeat without a statement after it" },
	{ U "-- @repeat\n-- @downgrade\n", 'u', "mysql", "mysql",
	  "!4:4 @repeat without a statement after it" },
	{ U "-- @repeat\n-- @repeat\na;", 'u', "mysql", "mysql",
	  "!4:4 @repeat without a statement after it" },
	{ U "-- @repeat wait=1\na;", 'u', "mysql", "mysql",
	  "!4:12 \"wait=1\" is no option of @repeat" },
	{ U "-- @repeat pause=x\na;", 'u', "mysql", "mysql",
	  "!4:12 \"pause=x\" is no option of @repeat" },
	{ U "-- @repeat pause=99999999999\na;", 'u', "mysql", "mysql",
	  "!4:12 \"pause=99999999999\" is no option of @repeat" },
	{ U "-- @irreversible", 'u', "mysql", "mysql",
	  "!4:4 @irreversible in the upgrade section" },
	{ D "-- @irreversible\na;", 'u', "mysql", "mysql",
	  "!5:1 statement in a section that is @irreversible" },
	{ D "a;\n-- @irreversible", 'u', "mysql", "mysql",
	  "!5:4 @irreversible in a section that has statements" },
	{ D "-- @irreversible\n-- @irreversible", 'u', "mysql", "mysql",
	  "!5:4 second @irreversible" },
	{ D "-- @only mysql\n-- @irreversible", 'u', "mysql", "mysql",
	  "!5:4 @irreversible inside a block" },
	{ H "-- @upgrade notransaction\n", 'u', "mysql", "mysql",
	  "!3:13 unknown flag \"notransaction\" on @upgrade" },
	{ U "a;\n-- @whole\nb;", 'u', "mysql", "mysql", "!5:4 @whole after a statement" },
	{ U "-- @autocommit\n-- @whole\nb;", 'u', "mysql", "mysql", "!5:4 @whole inside a block" },
	{ U "-- @whole x\nb;", 'u', "mysql", "mysql", "!4:11 @whole takes no argument" },
	{ U "-- @autocommit\n-- @end x\n", 'u', "mysql", "mysql", "!5:9 @end takes no argument" },
	{ U "-- @autocommit now\n", 'u', "mysql", "mysql", "!4:16 @autocommit takes no argument" },
	{ U "-- @only\n", 'u', "mysql", "mysql", "!4:4 @only without an engine" },
	{ U "-- @only postgres\n", 'u', "mysql", "mysql", "!4:10 unknown engine \"postgres\"" },
	{ U "-- @only mysql sqlit\n", 'u', "mysql", "mysql", "!4:16 unknown engine \"sqlit\"" },
	{ U "-- @except maria\n", 'u', "mysql", "mysql", "!4:12 unknown engine \"maria\"" },
	{ U "-- @only other\na;\n-- @end\n-- @only foodb\n", 'u', "mysql", "foobd",
	  "!7:10 unknown engine \"foodb\"" },
	{ U "-- @only mysql, sqlite\n", 'u', "mysql", "mysql",
	  "!4:10 \"mysql,\" is not the name of an engine" },
	{ U "a; begin;", 'u', "postgresql", "postgresql",
	  "!4:4 transaction control in a section that runs in a transaction" },
	{ U "a;\n-- @downgrade\nCOMMIT;", 'u', "postgresql", "postgresql",
	  "!6:1 transaction control in a section that runs in a transaction" },
	{ U "-- @only sqlite\nbegin;\n-- @end", 'u', "postgresql", "postgresql", "; line=3" },
	{ U "a;\n 'b", 'u', "mysql", "mysql", "!5:2 string is not closed" },
	{ U "a;\n-- @downgrade\n (b", 'u', "mysql", "mysql", "!6:2 parenthesis is not closed" },
};

static char path[] = "/tmp/limbeck-section-XXXXXX";

/* The names by which an engine is known. */
static size_t engine_names(const char *engine, const char *names[2])
{
	names[0] = engine;
	names[1] = "mysql";
	return strcmp(engine, "mariadb") == 0 ? 2 : 1;
}

static void add_statement(struct strbuf *out, const struct script_statement *statement)
{
	size_t before;

	if (statement->number > 1)
		strbuf_addch(out, '|');
	before = out->len;
	if (statement->autocommit)
		strbuf_addch(out, 'a');
	if (statement->repeat)
		strbuf_addf(out, "r%u", statement->pause_ms);
	if (statement->verbatim)
		strbuf_addch(out, 'v');
	if (statement->whole)
		strbuf_addch(out, 'w');
	if (out->len > before)
		strbuf_addch(out, ':');
	strbuf_add(out, statement->text, statement->length);
}

static void add_flags(struct strbuf *out, const struct script_survey *survey)
{
	strbuf_addch(out, ';');
	if (survey->line)
		strbuf_addf(out, " line=%u", survey->line);
	if (!survey->present)
		strbuf_addstr(out, " absent");
	if (survey->no_transaction)
		strbuf_addstr(out, " no-transaction");
	if (survey->rebuild)
		strbuf_addstr(out, " rebuild");
	if (survey->cut)
		strbuf_addstr(out, " cut");
	if (survey->irreversible)
		strbuf_addf(out, " irreversible%s%s", survey->why ? "=" : "",
			survey->why ? survey->why : "");
	if (survey->decide)
		strbuf_addf(out, " decide=%s@+%u:%u/%u", survey->decide,
			survey->decide_line - survey->line, survey->decide_column,
			survey->decisions);
}

/* Surveys and reads a source. */
static void read_source(const struct script_source *source, struct strbuf *out)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct arena arena = ARENA_INIT;
	struct script_reader *reader = NULL;
	struct script_statement statement = { .number = 0 };
	struct script_survey survey;
	int result;

	strbuf_reset(out);
	result = script_survey(&arena, source, &survey, &err);
	if (result == 0)
		result = script_reader_open(&reader, source, &err);
	while (result >= 0 && (result = script_reader_next(reader, &statement, &err)) > 0)
		add_statement(out, &statement);
	script_reader_close(reader);
	if (result < 0) {
		strbuf_reset(out);
		strbuf_addf(out, "!%u:%u %s", err.line, err.column, err.message);
	} else {
		if (survey.statements != statement.number)
			strbuf_addf(out, "(%d statements)", (int)survey.statements);
		add_flags(out, &survey);
	}
	limbeck_error_release(&err);
	arena_release(&arena);
}

static void put(const char *text)
{
	if (file_replace(path, text, strlen(text), NULL) < 0)
		diag("could not write %s", path);
}

static struct script_source file_source(const char *home, const char *engine, char section,
	const char *names[2])
{
	struct script_source source = { .path = path, .shown = "x.sql",
		.section = section == 'u' ? SCRIPT_UPGRADE : SCRIPT_DOWNGRADE,
		.home = dialect_lexis(home), .engine = dialect_lexis(engine), .engines = names,
		.engine_count = engine_names(engine, names) };

	return source;
}

static void test_cases(void)
{
	struct strbuf got = STRBUF_INIT;
	const char *names[2];

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct script_source source = file_source(cases[i].home, cases[i].engine,
			cases[i].section, names);

		put(cases[i].text);
		read_source(&source, &got);
		is_str(got.buf, cases[i].says, "case %zu on %s: %s", i, cases[i].engine,
			cases[i].says);
	}
	strbuf_release(&got);
}

/* script_section() where script_survey() finds the section; with loaded, of the
 * file's text in memory. */
static int keep(const struct script_source *given, size_t limit, bool loaded, struct strbuf *out,
	bool *cut)
{
	struct arena arena = ARENA_INIT;
	struct script_source source = *given;
	struct script_survey survey;
	int result = loaded ? script_load(&arena, &source, 1 << 20, NULL) : 0;

	if (result == 0)
		result = script_survey(&arena, &source, &survey, NULL);
	if (result == 0)
		result = script_section(&source, &survey.places[source.section], limit, out, cut, NULL);
	arena_release(&arena);
	return result;
}

/* Whether a section kept as text says what it says in its file, but for the
 * line. */
static bool same_when_kept(size_t i, struct strbuf *kept, struct strbuf *got)
{
	const char *names[2], *line = strstr(cases[i].says, " line=");
	struct script_source source = file_source(cases[i].home, cases[i].engine, cases[i].section,
		names);
	size_t before = line ? (size_t)(line - cases[i].says) : strlen(cases[i].says);
	bool cut;

	put(cases[i].text);
	strbuf_reset(kept);
	if (keep(&source, 4096, i % 2 == 0, kept, &cut) < 0 || cut)
		return false;
	source.path = NULL;
	source.text = kept->buf;
	source.length = kept->len;
	read_source(&source, got);
	if (strncmp(got->buf, cases[i].says, before) == 0
		&& (!line || strcmp(strchr(got->buf + before + 6, '1') + 1,
			line + 6 + strspn(line + 6, "0123456789")) == 0))
		return true;
	diag("kept \"%s\"\n says %s", kept->buf, got->buf);
	return false;
}

static void test_kept(void)
{
	struct strbuf kept = STRBUF_INIT, got = STRBUF_INIT;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (cases[i].says[0] != '!')
			ok(same_when_kept(i, &kept, &got), "case %zu, kept as text", i);
	strbuf_release(&kept);
	strbuf_release(&got);
}

static void test_section_text(void)
{
	struct strbuf out = STRBUF_INIT;
	const char *names[2];
	struct script_source source = file_source("sqlite", "sqlite", 'd', names);
	bool cut;

	put(U "a;\n  -- @downgrade no-transaction\nb;\n\n");
	keep(&source, 100, false, &out, &cut);
	is_str(out.buf, "-- @downgrade no-transaction\nb;\n\n", "the last section, with its flags");
	strbuf_reset(&out);
	source.section = SCRIPT_UPGRADE;
	keep(&source, 100, false, &out, &cut);
	is_str(out.buf, "-- @upgrade\na;\n", "one before another");
	strbuf_reset(&out);
	keep(&source, 3, false, &out, &cut);
	ok(cut && out.len == 0, "a section longer than the limit is cut");
	source.path = NULL;
	source.text = "b; c";
	source.length = 4;
	read_source(&source, &out);
	is_str(out.buf, "b|c;", "a body without its directive's line is a section");
	source.text = "b;\n-- @upgrade\n";
	source.length = 15;
	read_source(&source, &out);
	is_str(out.buf, "!2:4 @upgrade in the text of one section", "but one text is one section");
	strbuf_release(&out);
}

static void test_survey(void)
{
	const char *names[2];
	struct script_source source = file_source("mysql", "mysql", 'u', names);
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct arena arena = ARENA_INIT;
	struct script_survey unix_file, dos_file;

	put(U "a;\n");
	ok(script_survey(&arena, &source, &unix_file, NULL) == 0, "a survey");
	is_int(unix_file.size, (long long)strlen(U "a;\n"), "tells the size of the file");
	ok(unix_file.mtime_ns > 0, "and its time");
	is_int((long long)strlen(unix_file.checksum), CHECKSUM_LENGTH, "and its checksum");
	put("\xef\xbb\xbf-- @revision a\r\n-- M\r\n-- @upgrade\r\na;\r\n");
	script_survey(&arena, &source, &dos_file, NULL);
	is_str(dos_file.checksum, unix_file.checksum, "which line ends do not change");
	put(U "a; commit;\n");
	ok(script_survey(&arena, &source, &dos_file, &err) < 0, "transaction control");
	is_str(err.hint, "Remove it, or begin the section with \"-- @upgrade no-transaction\".",
		"comes with a hint");
	is_str(err.source, "a; commit;", "and the line");
	is_str(err.file, "x.sql", "and the file");
	limbeck_error_release(&err);
	source.path = "/nowhere/x.sql";
	ok(script_survey(&arena, &source, &dos_file, &err) < 0 && err.code == LIMBECK_E_IO,
		"a file that is not there");
	limbeck_error_release(&err);
	arena_release(&arena);
}

int main(void)
{
	int fd = mkstemp(path);

	if (ok(fd >= 0, "a file to work with")) {
		close(fd);
		test_cases();
		test_kept();
		test_section_text();
		test_survey();
		unlink(path);
	}
	return done_testing();
}
