/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Proves that the splitter ends statements where each dialect does, whatever
 * way the text arrives and wherever its window ends; that it says where what is
 * wrong begins; and that a long text needs a small window and little time.
 */
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/error.h"
#include "sql/splitter.h"
#include "tap.h"

/* Expected items, separated by "|": "@..." a directive, "T:" before a statement
 * that controls a transaction, "~" behind one that nothing ended; an error is
 * "!LINE:COLUMN MESSAGE". */
static const struct {
	const char *dialect;
	const char *text;
	const char *items;
} cases[] = {
	{ "postgresql", "", "" },
	{ "postgresql", " ;; ; \n", "" },
	{ "postgresql", "select 1; select 2", "select 1|select 2~" },
	{ "postgresql", "\xef\xbb\xbfselect 1;", "select 1" },
	{ "postgresql", "a\r\n;\r\n  b  \r\n;", "a|b" },
	{ "postgresql", "-- c ;\na /* ; */ ; /* x */ b ; -- y", "a|b" },
	{ "postgresql", "a -- ;'\n b;", "a -- ;'\n b" },
	{ "postgresql", "/*+ hint */ select 1; /*+ lost */", "/*+ hint */ select 1" },
	{ "postgresql", "do $$ begin; end; $$; x;", "do $$ begin; end; $$|x" },
	{ "postgresql", "select ';', \";\", E'\\';', $1;", "select ';', \";\", E'\\';', $1" },
	{ "postgresql", "create rule r as on insert to t do also (a; b); c;",
	  "create rule r as on insert to t do also (a; b)|c" },
	{ "postgresql", "create function f() returns int begin atomic select case when 1 "
	  "then 2 end; "
	  "select 3; end; x;",
	  "create function f() returns int begin atomic select case when 1 then 2 end; "
	  "select 3; end|x" },
	{ "postgresql", "CREATE OR REPLACE PROCEDURE p() LANGUAGE sql BEGIN ATOMIC END; x;",
	  "CREATE OR REPLACE PROCEDURE p() LANGUAGE sql BEGIN ATOMIC END|x" },
	{ "postgresql", "create function f() returns int return 1; x;",
	  "create function f() returns int return 1|x" },
	{ "postgresql", "create trigger t after insert on x for each row execute function f(); y;",
	  "create trigger t after insert on x for each row execute function f()|y" },
	{ "postgresql", "begin; commit; end; rollback; abort; start transaction; rollback to x;",
	  "T:begin|T:commit|T:end|T:rollback|T:abort|T:start transaction|rollback to x" },
	{ "postgresql", "BEGIN WORK; rollback transaction to savepoint x; /*c*/ COMMIT AND CHAIN; "
	  "prepare transaction 'x'; prepare x as y; starter; begin_it; savepoint x",
	  "T:BEGIN WORK|rollback transaction to savepoint x|T:COMMIT AND CHAIN|"
	  "T:prepare transaction 'x'|prepare x as y|starter|begin_it|savepoint x~" },
	{ "postgresql", "delimiter //\na;", "delimiter //\na" },

	{ "postgresql", "-- @upgrade  \nselect 1\n-- @downgrade a  b\nselect 2;",
	  "@upgrade|select 1~|@downgrade a  b|select 2" },
	{ "postgresql", "  \t-- \t@only x\r\na;", "@only x|a" },
	{ "postgresql", "-- @ foo\n-- see @foo\n-- @Foo\n-- @\n-- @1\n/* -- @a */ a;", "a" },
	{ "postgresql", "a; -- @foo\nb;", "a|b" },
	{ "postgresql", "'\n-- @a\n'; $$\n-- @b\n$$; /*\n-- @c\n*/ (\n-- @d\n);",
	  "'\n-- @a\n'|$$\n-- @b\n$$|(\n-- @d\n)" },
	{ "postgresql", "-- @end", "@end" },

	{ "sqlite", "create trigger t after insert on x begin select 1; select end from y; end; z;",
	  "create trigger t after insert on x begin select 1; select end from y; end|z" },
	{ "sqlite", "CREATE TEMP TRIGGER IF NOT EXISTS t UPDATE OF a ON x WHEN CASE 1 WHEN "
	  "2 THEN 3 END "
	  "BEGIN UPDATE y SET a=CASE WHEN (SELECT CASE 1 WHEN 1 THEN 2 END) THEN 1 END;\n-- @a\n"
	  "INSERT INTO a VALUES (1) ON CONFLICT DO NOTHING; END; z;",
	  "CREATE TEMP TRIGGER IF NOT EXISTS t UPDATE OF a ON x WHEN CASE 1 WHEN 2 THEN 3 END "
	  "BEGIN UPDATE y SET a=CASE WHEN (SELECT CASE 1 WHEN 1 THEN 2 END) THEN 1 END;\n-- @a\n"
	  "INSERT INTO a VALUES (1) ON CONFLICT DO NOTHING; END|z" },
	{ "sqlite", "create temporary trigger t insert on x begin delete from y; end; z;",
	  "create temporary trigger t insert on x begin delete from y; end|z" },
	{ "sqlite", "create table t (begin, end); begin immediate; end;",
	  "create table t (begin, end)|T:begin immediate|T:end" },
	{ "sqlite", "select [a;], `b;`;", "select [a;], `b;`" },

	{ "mysql", "insert 'a\\';', \"b\\\";\"; # c;\n/*!40101 set a=';' */; x;",
	  "insert 'a\\';', \"b\\\";\"|/*!40101 set a=';' */|x" },
	{ "mysql", "/*!50003 a; b */; /*M!100101 c */ d;", "/*!50003 a; b */|/*M!100101 c */ d" },
	{ "mysql", "/*!40101 START TRANSACTION */; /*!1 a */;",
	  "T:/*!40101 START TRANSACTION */|/*!1 a */" },
	{ "mysql", "DELIMITER //\na; b//\nc;\n//\nDELIMITER ;\nd; e;", "a; b|c|d|e" },
	{ "mysql", "  delimiter $$  \r\nBEGIN x; END$$ y $$\nDelimiter ;\nz;", "T:BEGIN x; "
	  "END|y|z" },
	{ "mysql", "DELIMITER ;;\na; b;;\nc ; ;;DELIMITER ;\n", "a; b|c|DELIMITER~" },
	{ "mysql", "DELIMITER //\na '//' `//` /* // */ b// // c//", "a '//' `//` /* // */ b|c" },
	{ "mysql", "DELIMITER |\na|b | c", "a|b|c~" },
	{ "mysql", "DELIMITER go\ncategory goto\ngo\nb", "category goto|b~" },
	{ "mysql", "DELIMITER //\na(//\nb)//", "a(|b)" },
	{ "mysql", "select delimiter from x; a\nDELIMITER //;", "select delimiter from x|"
	  "a\nDELIMITER //" },
	{ "mysql", "DELIMITER\n", "!1:1 DELIMITER without a delimiter" },
	{ "mysql", "a;\n DELIMITER   ", "a|!2:2 DELIMITER without a delimiter" },
	{ "mysql", "DELIMITER a b\n", "!1:1 delimiter with a blank in it" },
	{ "mysql", "DELIMITER 12345678901234567890123456789012\n", "!1:1 delimiter is too long" },

	{ "mysql", "create procedure p() select 1; x;", "create procedure p() select 1|x" },
	{ "mysql", "create procedure p() begin select 1; end; x;",
	  "create procedure p() begin select 1; end|x" },
	{ "mysql", "CREATE DEFINER=`a`@`b` PROCEDURE IF NOT EXISTS p(IN a SET('x;')) COMMENT ';' "
	  "NOT DETERMINISTIC l: BEGIN a; BEGIN END; BEGIN b; END; END l; x;",
	  "CREATE DEFINER=`a`@`b` PROCEDURE IF NOT EXISTS p(IN a SET('x;')) COMMENT ';' "
	  "NOT DETERMINISTIC l: BEGIN a; BEGIN END; BEGIN b; END; END l|x" },
	{ "mysql", "create procedure p() begin if (a) then b; elseif c then d; else e; end if; "
	  "case x when 1 then y; else z; end case; end; x;",
	  "create procedure p() begin if (a) then b; elseif c then d; else e; end if; "
	  "case x when 1 then y; else z; end case; end|x" },
	{ "mysql", "create procedure p() begin l:loop a; leave l; end loop l; while a do "
	  "b; end while; "
	  "repeat c; until d end repeat; for i in 1..2 do e; end for; end; x;",
	  "create procedure p() begin l:loop a; leave l; end loop l; while a do b; end while; "
	  "repeat c; until d end repeat; for i in 1..2 do e; end for; end|x" },
	{ "mysql", "create procedure p() begin select if(a,b,c), repeat('x',2), begin, end, "
	  "case a when 1 then if(b,c,d) end from t; drop table if exists u; do sleep(1); end; x;",
	  "create procedure p() begin select if(a,b,c), repeat('x',2), begin, end, "
	  "case a when 1 then if(b,c,d) end from t; drop table if exists u; do sleep(1); end|x" },
	{ "mysql", "create procedure p() begin declare exit handler for sqlexception begin a; end; "
	  "declare continue handler for not found set d = if(1,2,3); select handler, "
	  "if(a,b,c); end; x;",
	  "create procedure p() begin declare exit handler for sqlexception begin a; end; "
	  "declare continue handler for not found set d = if(1,2,3); select handler, "
	  "if(a,b,c); end|x" },
	{ "mysql", "create procedure p() if a then b; end if; x;",
	  "create procedure p() if a then b; end if|x" },
	{ "mysql", "create procedure p() begin if a then if b then c; end if; end if; "
	  "while case a when 1 then 2 end do d; end while; end; x;",
	  "create procedure p() begin if a then if b then c; end if; end if; "
	  "while case a when 1 then 2 end do d; end while; end|x" },
	{ "mysql", "create function f(a int) returns int return if(a, 1, 2); x;",
	  "create function f(a int) returns int return if(a, 1, 2)|x" },
	{ "mysql", "create function f(a int) returns int return case a when 1 then 2 end; x;",
	  "create function f(a int) returns int return case a when 1 then 2 end|x" },
	{ "mysql", "create function f(a int) returns varchar(9) character set utf8 begin "
	  "return 1; end; x;",
	  "create function f(a int) returns varchar(9) character set utf8 begin return 1; end|x" },
	{ "mysql", "create function f(a int) returns set('a') begin return 1; end; x;",
	  "create function f(a int) returns set('a') begin return 1; end|x" },
	{ "mysql", "create or replace aggregate function f(a int) returns int begin a; end; x;",
	  "create or replace aggregate function f(a int) returns int begin a; end|x" },
	{ "mysql", "create function f returns string soname 'x;'; x;",
	  "create function f returns string soname 'x;'|x" },
	{ "mysql", "create trigger t before insert on x for each row set a = if(1,2,3); y;",
	  "create trigger t before insert on x for each row set a = if(1,2,3)|y" },
	{ "mysql", "create trigger t before insert on x for each row follows u if a then "
	  "b; end if; y;",
	  "create trigger t before insert on x for each row follows u if a then b; end if|y" },
	{ "mysql", "create trigger if not exists t before update on x for each row begin "
	  "a; end; y;",
	  "create trigger if not exists t before update on x for each row begin a; end|y" },
	{ "mysql", "create event if not exists e on schedule every 1 day do begin a; end; y;",
	  "create event if not exists e on schedule every 1 day do begin a; end|y" },
	{ "mysql", "create event e on schedule every 1 day do drop table if exists t; y;",
	  "create event e on schedule every 1 day do drop table if exists t|y" },
	{ "mysql", "alter event e do begin a; end; alter table t add begin int; y;",
	  "alter event e do begin a; end|alter table t add begin int|y" },
	{ "mysql", "/*!50003 CREATE*/ /*!50017 DEFINER=`r`@`h`*/ /*!50003 TRIGGER t BEFORE "
	  "INSERT ON x "
	  "FOR EACH ROW BEGIN a; END */; y;",
	  "/*!50003 CREATE*/ /*!50017 DEFINER=`r`@`h`*/ /*!50003 TRIGGER t BEFORE INSERT ON x "
	  "FOR EACH ROW BEGIN a; END */|y" },
	{ "mysql", "begin not atomic a; if b then c; end if; end; begin; begin work; x;",
	  "begin not atomic a; if b then c; end if; end|T:begin|T:begin work|x" },
	{ "mysql", "if a then b; end if; loop c; end loop; x;",
	  "if a then b; end if|loop c; end loop|x" },
	{ "mysql", "create definer=root@localhost sql security invoker view v as select 1; y;",
	  "create definer=root@localhost sql security invoker view v as select 1|y" },
	{ "mysql", "create table if not exists t (a int); create temporary table begin (b int); y;",
	  "create table if not exists t (a int)|create temporary table begin (b int)|y" },
	{ "mysql", "create procedure p() begin\n-- @a\nselect 1; end; y;",
	  "create procedure p() begin\n-- @a\nselect 1; end|y" },

	{ "postgresql", "a;\n 'b", "a|!2:2 string is not closed" },
	{ "postgresql", "\"b", "!1:1 quoted identifier is not closed" },
	{ "mysql", "\"b", "!1:1 string is not closed" },
	{ "mysql", "`b", "!1:1 quoted identifier is not closed" },
	{ "postgresql", "é /* b", "!1:3 comment is not closed" },
	{ "postgresql", "a $x$ b", "!1:3 dollar-quoted string is not closed" },
	{ "postgresql", "a (\n(b) c", "!1:3 parenthesis is not closed" },
	{ "mysql", "/*! a", "!1:1 executable comment is not closed" },
	{ "sqlite", "create trigger t insert on x\nbegin a;", "!2:1 BEGIN without its END" },
	{ "mysql", "create procedure p() begin if a then b; end;", "!1:22 BEGIN without its END" },
	{ "postgresql", "E'a\\'", "!1:1 string is not closed" },
};

struct source {
	const char *text;
	size_t left;
	size_t chunk;
};

static int read_source(void *data, struct strbuf *out, size_t limit, bool *end,
	struct limbeck_error *err)
{
	struct source *source = data;
	size_t length = source->chunk && source->chunk < limit ? source->chunk : limit;

	(void)err;
	length = length < source->left ? length : source->left;
	strbuf_add(out, source->text, length);
	source->text += length;
	source->left -= length;
	*end = source->left == 0;
	return 0;
}

static void render(const struct split_item *item, struct strbuf *out)
{
	if (out->len)
		strbuf_addch(out, '|');
	if (item->transaction)
		strbuf_addstr(out, "T:");
	strbuf_add(out, item->text, item->length);
	if (item->kind == SPLIT_STATEMENT && !item->closed)
		strbuf_addch(out, '~');
}

/* Splits text; also checks that each item stands where it says it does. */
static void split(const char *dialect, const char *text, size_t length, size_t chunk,
	struct strbuf *out)
{
	struct source source = { text, length, chunk };
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct splitter splitter;
	struct split_item item;

	strbuf_reset(out);
	splitter_init(&splitter, dialect_lexis(dialect), "x.sql", read_source, &source);
	for (;;) {
		if (splitter_next(&splitter, &item, &err) < 0) {
			strbuf_addf(out, "%s!%u:%u %s", out->len ? "|" : "", err.line, err.column,
				err.message);
			break;
		}
		if (item.kind == SPLIT_END)
			break;
		if (memcmp(text + item.offset, item.text, item.length) != 0)
			strbuf_addstr(out, "(wrong offset)");
		render(&item, out);
	}
	limbeck_error_release(&err);
	splitter_release(&splitter);
}

static void test_cases(void)
{
	static const size_t chunks[] = { 0, 1, 7 };
	struct strbuf got = STRBUF_INIT;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		for (size_t j = 0; j < sizeof chunks / sizeof *chunks; j++) {
			split(cases[i].dialect, cases[i].text, strlen(cases[i].text), chunks[j],
				&got);
			is_str(got.buf, cases[i].items, "%s case %zu in pieces of %zu: %.60s",
				cases[i].dialect, i, chunks[j], cases[i].items);
		}
	strbuf_release(&got);
}

/* With as many blanks before it, the text meets the window's end at each of
 * its bytes in turn. */
static bool same_at_window_end(const char *dialect, const char *text, const char *items)
{
	enum { WINDOW = 65536 };
	size_t length = strlen(text), step = length / 24 + 1;
	char *padded = malloc(WINDOW + length);
	struct strbuf got = STRBUF_INIT;
	bool same = padded != NULL;

	for (size_t before = 0; same && before < length; before += step) {
		memset(padded, ' ', WINDOW - before);
		memcpy(padded + WINDOW - before, text, length);
		split(dialect, padded, WINDOW - before + length, 0, &got);
		same = strcmp(got.buf, items) == 0;
		if (!same)
			diag("%zu bytes in the first window:\n  got %s\n want %s", before, got.buf,
				items);
	}
	strbuf_release(&got);
	free(padded);
	return same;
}

static void test_window_ends(void)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		/* Blanks before it change the columns, and what is the front. */
		if (!strchr(cases[i].items, '!') && (unsigned char)cases[i].text[0] != 0xef)
			ok(same_at_window_end(cases[i].dialect, cases[i].text, cases[i].items),
				"%s case %zu across the window's end", cases[i].dialect, i);
}

static void test_places(void)
{
	static const char text[] = "a;\n  é; b\n;  -- x\n  -- @foo bar\n c";
	static const struct {
		unsigned line, column;
		uint64_t offset;
	} places[] = { { 1, 1, 0 }, { 2, 3, 5 }, { 2, 6, 9 }, { 4, 6, 24 }, { 5, 2, 34 } };
	struct source source = { text, sizeof text - 1, 0 };
	struct splitter splitter;
	struct split_item item;

	splitter_init(&splitter, dialect_lexis("postgresql"), "x.sql", read_source, &source);
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		ok(splitter_next(&splitter, &item, NULL) == 0, "item %zu", i);
		is_int(item.line, places[i].line, "line of item %zu", i);
		is_int(item.column, places[i].column, "column of item %zu", i);
		is_int((long long)item.offset, (long long)places[i].offset, "offset of "
	  "item %zu", i);
	}
	splitter_release(&splitter);
}

static void test_zero_byte(void)
{
	struct source source = { "a;\nb \0c", 7, 0 };
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct splitter splitter;
	struct split_item item;

	splitter_init(&splitter, dialect_lexis("mysql"), "x.sql", read_source, &source);
	ok(splitter_next(&splitter, &item, &err) < 0, "a zero byte is an error");
	is_int(err.line, 2, "its line");
	is_int(err.column, 3, "its column");
	is_str(err.file, "x.sql", "its file");
	limbeck_error_release(&err);
	splitter_release(&splitter);
}

static void test_error_source(void)
{
	struct source source = { "\xef\xbb\xbfselect 'x", 12, 0 };
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct splitter splitter;
	struct split_item item;

	splitter_init(&splitter, dialect_lexis("mysql"), "x.sql", read_source, &source);
	ok(splitter_next(&splitter, &item, &err) < 0, "an open string is an error");
	is_str(err.source, "select 'x", "an error shows its line, without a byte-order mark");
	is_int(err.column, 8, "which does not count for the column");
	limbeck_error_release(&err);
	splitter_release(&splitter);
}

/* Blocks nested deeper than can be followed are an error, parentheses are not. */
static void test_depth(void)
{
	struct strbuf text = STRBUF_INIT, got = STRBUF_INIT;

	strbuf_addstr(&text, "create procedure p() ");
	for (int i = 0; i < 1000; i++)
		strbuf_addstr(&text, "begin ");
	split("mysql", text.buf, text.len, 0, &got);
	is_str(got.buf, "!1:790 blocks are nested more than 128 deep", "blocks have a limit");
	strbuf_reset(&text);
	for (int i = 0; i < 100000; i++)
		strbuf_addch(&text, '(');
	for (int i = 0; i < 100000; i++)
		strbuf_addch(&text, ')');
	strbuf_addstr(&text, ");a");
	split("mysql", text.buf, text.len, 0, &got);
	ok(got.len > 200003 && strcmp(got.buf + got.len - 3, "|a~") == 0,
		"parentheses have none, and one too many does no harm");
	strbuf_release(&text);
	strbuf_release(&got);
}

static void test_raw(void)
{
	static const char text[] = "-- @whole\n  a 'b;\n-- @end x\n-- c\n-- @upgraded\n  "
	  "\n-- @upgrade\nd;";
	static const char *const stops[] = { "upgrade", NULL }, *const none[] = { "none", NULL };
	struct source source = { text, sizeof text - 1, 1 };
	struct splitter splitter;
	struct split_item item;

	splitter_init(&splitter, dialect_lexis("postgresql"), "x.sql", read_source, &source);
	splitter_next(&splitter, &item, NULL);
	ok(splitter_raw(&splitter, stops, true, &item, NULL) == 0 && item.kind == SPLIT_STATEMENT,
		"raw text up to a directive");
	ok(item.length == 33 && memcmp(item.text, "a 'b;\n-- @end x\n-- c\n-- @upgraded", 33) == 0,
		"is what stands there, without blanks around it");
	is_int(item.line, 2, "its line");
	is_int(item.column, 3, "its column");
	splitter_next(&splitter, &item, NULL);
	ok(item.kind == SPLIT_DIRECTIVE && item.line == 7, "the directive is next");
	ok(splitter_raw(&splitter, none, false, &item, NULL) == 0 && item.kind == SPLIT_STATEMENT,
		"raw text up to the end, passed over");
	is_int((long long)item.length, 0, "is not kept");
	ok(splitter_raw(&splitter, none, true, &item, NULL) == 0 && item.kind == SPLIT_END,
		"nothing is left");
	splitter_release(&splitter);
}

/* Makes a long text without holding it. */
struct stream {
	uint64_t left;
	size_t at;
};

static int read_stream(void *data, struct strbuf *out, size_t limit, bool *end,
	struct limbeck_error *err)
{
	static const char piece[] = "INSERT INTO users (id, name, note) VALUES (4711, 'A. Name', "
		"'some text; and more'); -- comment\n";
	struct stream *stream = data;
	size_t length;

	(void)err;
	for (limit = limit < stream->left ? limit : (size_t)stream->left; limit; limit -= length) {
		length = sizeof piece - 1 - stream->at;
		length = length < limit ? length : limit;
		strbuf_add(out, piece + stream->at, length);
		stream->at = (stream->at + length) % (sizeof piece - 1);
		stream->left -= length;
	}
	*end = stream->left == 0;
	return 0;
}

static void test_stream(void)
{
	struct stream stream = { 95 * UINT64_C(1100000), 0 };
	double begin = clock_seconds(), took;
	long long count = 0;
	size_t largest = 0;
	struct splitter splitter;
	struct split_item item;

	splitter_init(&splitter, dialect_lexis("mysql"), "x.sql", read_stream, &stream);
	while (splitter_next(&splitter, &item, NULL) == 0 && item.kind == SPLIT_STATEMENT) {
		count++;
		largest = largest > splitter.window.capacity ? largest : splitter.window.capacity;
	}
	took = clock_seconds() - begin;
	is_int(count, 1100000, "a stream of 100 MB is split");
	ok(largest < 1024 * 1024, "its window stays below 1 MiB: %zu bytes", largest);
	diag("%.2f s", took);
	splitter_release(&splitter);
}

int main(void)
{
	test_cases();
	test_window_ends();
	test_places();
	test_zero_byte();
	test_error_source();
	test_depth();
	test_raw();
	test_stream();
	return done_testing();
}
