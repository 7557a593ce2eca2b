/* SPDX-License-Identifier: BSD-2-Clause */
/* core/config: the INI reader. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "config/ini.h"
#include "tap.h"

static int collect(void *data, const struct ini_entry *entry, struct limbeck_error *err)
{
	struct strbuf *out = data;

	(void)err;
	if (entry->key)
		strbuf_addf(out, "%s.%s=<%s>@%u:%u;", entry->section, entry->key, entry->value,
			entry->line, entry->lines[0].column);
	else
		strbuf_addf(out, "[%s]@%u;", entry->section, entry->line);
	return 0;
}

/* What the entries of text are, or "line:column: message". */
static void parses(const char *text, size_t length, const char *want, const char *name)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct arena arena = ARENA_INIT;
	struct strbuf out = STRBUF_INIT;
	/* on the heap, without a zero after it, so that a sanitizer sees a read beyond */
	char *copy = malloc(length ? length : 1);

	memcpy(copy, text, length);
	if (ini_parse(&arena, copy, length, "f.ini", collect, &out, &err) < 0) {
		strbuf_reset(&out);
		strbuf_addf(&out, "%u:%u: %s", err.line, err.column, err.message);
		ok(err.code == LIMBECK_E_CONFIG && err.hint && strcmp(err.file, "f.ini") == 0,
			"%s: the error has a code, a file and a hint", name);
	}
	is_str(out.buf, want, "%s", name);
	limbeck_error_release(&err);
	strbuf_release(&out);
	arena_release(&arena);
	free(copy);
}

static void test_good(void)
{
	static const struct {
		const char *name, *text, *want;
	} cases[] = {
		{ "empty file", "", "" },
		{ "a section alone", "[a]", "[a]@1;" },
		{ "blanks in a section's head", "  [ a b ]  \n", "[a b]@1;" },
		{ "key = value", "[a]\nk = v\n", "[a]@1;a.k=<v>@2:5;" },
		{ "key : value", "[a]\nk: v", "[a]@1;a.k=<v>@2:4;" },
		{ "the first sign counts", "[a]\nk = a:b=c\n", "[a]@1;a.k=<a:b=c>@2:5;" },
		{ "a value may be empty", "[a]\nk =\nl=1\n", "[a]@1;a.k=<>@2:4;a.l=<1>@3:3;" },
		{ "CR LF", "[a]\r\nk = v\r\n\r\nl=w\r\n", "[a]@1;a.k=<v>@2:5;a.l=<w>@4:3;" },
		{ "byte-order mark", "\xef\xbb\xbf[a]\nk=v", "[a]@1;a.k=<v>@2:3;" },
		{ "comments", "# c\n[a]\n; c\n  # c\nk=v\n#l=w", "[a]@2;a.k=<v>@5:3;" },
		{ "a comment sign in a value", "[a]\nk = v ; w # x", "[a]@1;a.k=<v ; w # x>@2:5;" },
		{ "brackets in a value", "[a]\nk = [x]", "[a]@1;a.k=<[x]>@2:5;" },
		{ "a value goes on", "[a]\nk = v\n  w\n\tx\nl=1",
		  "[a]@1;a.k=<v\nw\nx>@2:5;a.l=<1>@5:3;" },
		{ "a value that begins on the next line", "[a]\nk =\n  v\n  w\n",
		  "[a]@1;a.k=<v\nw>@2:3;" },
		{ "a comment inside a value", "[a]\nk = v\n  # no\n  w\n",
		  "[a]@1;a.k=<v\nw>@2:5;" },
		{ "an empty line inside a value", "[a]\nk = v\n\n  w\n\nl=1",
		  "[a]@1;a.k=<v\n\nw>@2:5;a.l=<1>@6:3;" },
		{ "a key that is indented", "[a]\n  k = v\n", "[a]@1;a.k=<v>@2:7;" },
		{ "characters, not bytes", "[a]\n\xc3\xa4\xc3\xb6 = v",
		  "[a]@1;a.\xc3\xa4\xc3\xb6=<v>@2:6;" },
		{ "case of letters is kept", "[A]\nKey = V", "[A]@1;A.Key=<V>@2:7;" },
		{ "no line end at the end", "[a]\nk=v\n  w", "[a]@1;a.k=<v\nw>@2:3;" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		parses(cases[i].text, strlen(cases[i].text), cases[i].want, cases[i].name);
}

static void test_bad(void)
{
	static const struct {
		const char *name, *text, *want;
	} cases[] = {
		{ "unterminated section", "[a]\n [b\nk=v", "2:2: section without \"]\"" },
		{ "only a bracket", "[", "1:1: section without \"]\"" },
		{ "section without a name", "[ ]", "1:1: section without a name" },
		{ "text after a section", "[a] x", "1:4: text after the section's \"]\"" },
		{ "key without a value", "[a]\nkey\n", "2:1: key without a value" },
		{ "value without a key", "[a]\n  = v\n", "2:3: value without a key" },
		{ "key outside of a section", "\nk = v\n", "2:1: key outside of a section" },
		{ "an error after an open value", "[a]\nk=v\nl\n", "3:1: key without a value" },
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		parses(cases[i].text, strlen(cases[i].text), cases[i].want, cases[i].name);
	parses("[a]\nk = \0v", 10, "2:5: NUL byte in the text", "NUL byte");
	parses("\0", 1, "1:1: NUL byte in the text", "nothing but a NUL byte");
}

static int measure(void *data, const struct ini_entry *entry, struct limbeck_error *err)
{
	size_t *length = data;

	(void)err;
	if (entry->key)
		*length = strlen(entry->value);
	return 0;
}

static void test_large(void)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct arena arena = ARENA_INIT;
	struct strbuf text = STRBUF_INIT;
	size_t length = 0;

	strbuf_addstr(&text, "[a]\nk = ");
	for (int i = 0; i < 1 << 20; i++)
		strbuf_addch(&text, 'x');
	is_int(ini_parse(&arena, text.buf, text.len, "f", measure, &length, &err), 0,
		"a line of 1 MB");
	is_int((long long)length, 1 << 20, "none of it is lost");
	strbuf_reset(&text);
	strbuf_addstr(&text, "[a]\nk =\n");
	for (int i = 0; i < 100000; i++)
		strbuf_addstr(&text, " x\n");
	is_int(ini_parse(&arena, text.buf, text.len, "f", measure, &length, &err), 0,
		"a value of 100,000 lines");
	is_int((long long)length, 199999, "none of them is lost");
	strbuf_reset(&text);
	for (int i = 0; i < 1 << 20; i++)
		strbuf_addch(&text, '[');
	ok(ini_parse(&arena, text.buf, text.len, "f", measure, &length, &err) < 0,
		"1 MB of brackets is an error");
	limbeck_error_release(&err);
	strbuf_release(&text);
	arena_release(&arena);
}

static int stop(void *data, const struct ini_entry *entry, struct limbeck_error *err)
{
	int *calls = data;

	++*calls;
	if (!entry->key)
		return 0;
	error_set(err, LIMBECK_E_CONFIG, "enough");
	return 1;
}

static void test_stop(void)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct arena arena = ARENA_INIT;
	int calls = 0;

	is_int(ini_parse(&arena, "[a]\nk=v\nl=w", 11, "f", stop, &calls, &err), -1,
		"the callback can stop the reader");
	is_int(calls, 2, "which calls it no more");
	is_str(err.message, "enough", "and keeps its error");
	limbeck_error_release(&err);
	arena_release(&arena);
}

static int places(void *data, const struct ini_entry *entry, struct limbeck_error *err)
{
	const char *sign = entry->key ? strchr(entry->value, '!') : NULL;
	unsigned line, column;
	char *out = data;

	(void)err;
	if (sign) {
		ini_place(entry, (size_t)(sign - entry->value), &line, &column);
		sprintf(out, "%u:%u", line, column);
	}
	return 0;
}

static void test_places(void)
{
	static const char *const texts[][2] = {
		{ "[a]\nk = ab!", "2:7" }, { "[a]\nk = ab\n   cd!", "3:6" },
		{ "[a]\nk =\n\n  \xc3\xa4!", "4:4" }, { "[a]\nk = a\n; x\n\n    !", "5:5" },
		{ "[a]\nk =\n\n  a\n\n   !", "6:4" },
	};
	static const char text[] = "\xef\xbb\xbf" "one\ntwo\r\nthree";
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	size_t length;

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct arena arena = ARENA_INIT;
		char out[30] = "";

		ini_parse(&arena, texts[i][0], strlen(texts[i][0]), "f", places, out, &err);
		is_str(out, texts[i][1], "the place of a byte of a value, case %zu", i + 1);
		arena_release(&arena);
	}
	ok(strncmp(ini_source(text, sizeof text - 1, 1, &length), "one", 3) == 0 && length == 3,
		"ini_source gives the first line without the mark");
	ok(strncmp(ini_source(text, sizeof text - 1, 3, &length), "three", 5) == 0 && length == 5,
		"and the last one");
}

int main(void)
{
	test_good();
	test_bad();
	test_large();
	test_stop();
	test_places();
	return done_testing();
}
