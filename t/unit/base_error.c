/* SPDX-License-Identifier: BSD-2-Clause */
/* core/base: errors, and their text as people read it. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "tap.h"

static void test_filling(void)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT, other = LIMBECK_ERROR_INIT;

	is_int(error_set(&err, LIMBECK_E_GRAPH, "cycle of %d", 3), -1, "error_set returns -1");
	is_int(err.code, LIMBECK_E_GRAPH, "error_set sets the code");
	is_str(err.message, "cycle of 3", "and the message");
	error_detail(&err, "Detail %d.", 1);
	error_hint(&err, "Hint %d.", 2);
	error_set(&err, LIMBECK_E_SQL, "%s, again", err.message);
	is_str(err.message, "cycle of 3, again", "an error can be wrapped in itself");
	ok(!err.detail && !err.hint, "filling anew drops what was there");
	errno = ENOENT;
	error_errno(&err, "could not open \"%s\"", "x");
	is_int(err.code, LIMBECK_E_IO, "error_errno is an I/O error");
	ok(strstr(err.message, "could not open \"x\": No such file") != NULL,
		"error_errno adds the system's words");
	error_move(&other, &err);
	ok(!err.message && err.code == 0 && other.message && error_is(&other, LIMBECK_E_IO),
		"error_move moves");
	error_move(NULL, &other);
	ok(!other.message, "error_move to nowhere releases");
	is_int(error_set(NULL, LIMBECK_E_SQL, "x"), -1, "nobody needs to want the error");
	error_hint(NULL, "x");
	error_source(NULL, "x", 1);
	error_place(NULL, "f", 1, 1);
	error_nomem(&err);
	is_str(err.message, "out of memory", "error_nomem");
	limbeck_error_release(&err);
	limbeck_error_release(&err);
	limbeck_error_release(NULL);
	ok(err.size == sizeof err && !err.message, "a released error is as new");
}

static void text_is(const struct limbeck_error *err, const char *want, const char *name)
{
	char *text = limbeck_error_text(err);

	is_str(text, want, "%s", name);
	free(text);
}

static void test_text(void)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT;

	error_set(&err, LIMBECK_E_SQL, "column \"phnoe\" does not exist");
	text_is(&err, "error: column \"phnoe\" does not exist\n", "a message alone");
	error_place(&err, "v/27.sql", 12, 35);
	error_source(&err, "UPDATE users SET phone = '' WHERE phnoe IS NULL;\r\n", 50);
	strcpy(err.sqlstate, "42703");
	error_engine(&err, "postgresql");
	error_outcome(&err, "nothing was done");
	error_hint(&err, "Look again.");
	text_is(&err,
		"v/27.sql:12:35: error: column \"phnoe\" does not exist\n"
		"  12 | UPDATE users SET phone = '' WHERE phnoe IS NULL;\n"
		"     |                                   ^\n"
		"postgresql: SQLSTATE 42703; nothing was done\n"
		"hint: Look again.\n", "the whole diagnostic");
	err.vendor = 1054;
	error_detail(&err, "More.");
	error_place(&err, "f", 0, 7);
	text_is(&err, "f: error: column \"phnoe\" does not exist\n"
		"postgresql: SQLSTATE 42703, error 1054; nothing was done\n"
		"detail: More.\nhint: Look again.\n", "without a line there is no excerpt");
	limbeck_error_release(&err);

	error_set(&err, LIMBECK_E_SCRIPT, "x");
	error_place(&err, "f", 3, 5);
	error_source(&err, "\t\xc3\xa4\tb", 5);
	text_is(&err, "f:3:5: error: x\n  3 | \t\xc3\xa4\tb\n    | \t \t ^\n",
		"tabs stay tabs, characters count as one, and the caret may be at the end");
	error_place(&err, "f", 3, 900);
	text_is(&err, "f:3:900: error: x\n  3 | \t\xc3\xa4\tb\n    | \t \t ^\n",
		"a column beyond the line is its end");
	error_source(&err, "a\x1b[31m\0\xff", 8);
	text_is(&err, "f:3:900: error: x\n"
		"  3 | a\xef\xbf\xbd[31m\xef\xbf\xbd\xef\xbf\xbd\n    |         ^\n",
		"what could upset a terminal is replaced");
	limbeck_error_release(&err);
	text_is(&err, "error: ok\n", "an empty error has a text too");
	err.code = LIMBECK_E_NOMEM;
	text_is(&err, "error: out of memory\n", "an error whose message found no memory");
}

/* A line of `length` letters with the error at `column`: the excerpt's caret. */
static size_t caret_of(size_t length, unsigned column, bool *under)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct strbuf line = STRBUF_INIT;
	char *text, *source, *caret;
	size_t at;

	for (size_t i = 1; i <= length; i++)
		strbuf_addch(&line, i == column ? '#' : 'x');
	error_set(&err, LIMBECK_E_SQL, "m");
	error_place(&err, "f", 1, column);
	error_source(&err, line.buf, line.len);
	text = limbeck_error_text(&err);
	source = strchr(text, '\n') + 1;
	caret = strchr(source, '\n') + 1;
	at = (size_t)(strchr(caret, '^') - caret);
	*under = source[at] == '#' && strlen(caret) <= 120 && (size_t)(caret - source) <= 121;
	free(text);
	strbuf_release(&line);
	limbeck_error_release(&err);
	return at;
}

static void test_long_lines(void)
{
	static const unsigned columns[] = { 1, 80, 81, 82, 100, 104, 105, 5000, 99999, 100000 };
	bool under;

	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
		size_t at = caret_of(100000, columns[i], &under);

		ok(under && at < 100, "of a long line, the part around column %u is shown",
			columns[i]);
	}
	caret_of(100, 90, &under);
	ok(under, "a line of 100 characters with the error near its end");
}

static void test_names(void)
{
	is_str(limbeck_code_name(LIMBECK_E_SQL), "sql", "the word for a code");
	is_str(limbeck_code_name(LIMBECK_E_FOUND), "found", "the word for the last code");
	is_str(limbeck_code_name(-1), "internal", "no code is below the first");
	is_str(limbeck_code_name(9999), "internal", "or beyond the last");
	for (int code = 0; code <= LIMBECK_E_FOUND; code++) {
		if (!limbeck_code_name(code))
			ok(false, "code %d has a word", code);
	}
}

int main(void)
{
	test_filling();
	test_text();
	test_long_lines();
	test_names();
	return done_testing();
}
