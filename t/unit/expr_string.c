/* SPDX-License-Identifier: BSD-2-Clause */
/* What string literals stand for, and printing them in another dialect. */
#include <string.h>

#include "base/error.h"
#include "ddl/target.h"
#include "ddl_trees.h"
#include "sql/scanner.h"
#include "tap.h"

static const struct {
	const char *dialect, *text, *value;
	size_t length;   /* 0: of value */
	enum string_form form;
} strings[] = {
	{ "pg", "'a''b'", "a'b", 0, STRING_PLAIN },
	{ "pg", "''", "", 0, STRING_PLAIN },
	{ "pg", "''''", "'", 0, STRING_PLAIN },
	{ "pg", "'a\\n'", "a\\n", 0, STRING_PLAIN },
	{ "pg", "E'\\b\\f\\n\\r\\t\\\\\\''", "\b\f\n\r\t\\'", 0, STRING_ESCAPE },
	{ "pg", "e'a''b\\'c'", "a'b'c", 0, STRING_ESCAPE },
	{ "pg", "E'\\x41\\101\\u00e9\\U0001F600'", "AA\xc3\xa9\xf0\x9f\x98\x80", 0, STRING_ESCAPE },
	{ "pg", "E'\\uD83D\\uDE00'", "\xf0\x9f\x98\x80", 0, STRING_ESCAPE },
	{ "pg", "E'\\q\\x'", "qx", 0, STRING_ESCAPE },
	{ "pg", "E'a\\n'\n  'b\\''", "a\nb'", 0, STRING_ESCAPE },
	{ "pg", "'a'\n'b' -- c\n 'c'", "abc", 0, STRING_PLAIN },
	{ "pg", "U&'d\\0061t\\+000061'", "data", 0, STRING_UNICODE },
	{ "pg", "U&'d!0061!!''' UESCAPE '!'", "da!'", 0, STRING_UNICODE },
	{ "pg", "u&'\\d83d\\de00'", "\xf0\x9f\x98\x80", 0, STRING_UNICODE },
	{ "pg", "$$it's \\n$$", "it's \\n", 0, STRING_DOLLAR },
	{ "pg", "$a$$$ x$a$", "$$ x", 0, STRING_DOLLAR },
	{ "pg", "$$$$", "", 0, STRING_DOLLAR },
	{ "pg", "B'0101'", "0101", 0, STRING_BITS },
	{ "pg", "x'0A'", "0A", 0, STRING_HEX },
	{ "pg", "N'x'", "x", 0, STRING_NATIONAL },
	{ "my", "'a\\0b\\'\\\"\\n\\%\\_\\q\\Z'", "a\0b'\"\n\\%\\_q\032", 12, STRING_PLAIN },
	{ "my", "\"a'b\"\"c\"", "a'b\"c", 0, STRING_PLAIN },
	{ "my", "'a' \"b\" 'c'", "abc", 0, STRING_PLAIN },
	{ "my", "_utf8mb4'x'", "x", 0, STRING_PLAIN },
	{ "my", "X'00ff'", "00ff", 0, STRING_HEX },
	{ "lite", "'a\\''", NULL, 0, STRING_PLAIN },
	{ "lite", "'a\\'", "a\\", 0, STRING_PLAIN },
	{ "lite", "x'00'", "00", 0, STRING_HEX },
};

static void check_value(size_t i)
{
	struct arena arena = ARENA_INIT;
	struct ddl_expr *expr = tree_expr(&arena, strings[i].dialect, strings[i].text, NULL);
	const char *want = strings[i].value;
	size_t length = strings[i].length || !want ? strings[i].length : strlen(want);

	if (!want)
		ok(!expr, "%s: %s is no string", strings[i].dialect, strings[i].text);
	else if (ok(expr && expr->kind == EXPR_STRING, "%s: %s is a string", strings[i].dialect,
		strings[i].text)) {
		ok(expr->string->length == length
			&& memcmp(expr->string->value, want, length) == 0, "... of that value");
		is_int(expr->string->form, strings[i].form, "... in that form");
	}
	arena_release(&arena);
}

static const struct {
	const char *from, *text, *to, *printed;
} abroad[] = {
	{ "pg", "E'a\\n\\'b\\\\'", "my", "'a\n''b\\\\'" },
	{ "pg", "$$it's$$", "lite", "'it''s'" },
	{ "my", "\"a\\\"b'\"", "pg", "'a\"b'''" },
	{ "my", "'a\\\\b'", "lite", "'a\\b'" },
	{ "pg", "'a'\n'b'", "lite", "'ab'" },
	{ "pg", "U&'\\00e9'", "lite", "'\xc3\xa9'" },
	{ "pg", "N'x'", "lite", "'x'" },
	{ "my", "x'00ff'", "pg", "X'00ff'" },
	{ "my", "'a\\0b'", "pg", NULL },
	{ "my", "_latin1'x'", "pg", NULL },
};

static const char *operators(const char *dialect)
{
	return dialect_operators(tree_dialect(dialect));
}

static void check_abroad(size_t i)
{
	struct arena arena = ARENA_INIT;
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct strbuf text = STRBUF_INIT;
	struct print_target target = { .lexis = dialect_lexis(tree_dialect(abroad[i].to)),
		.operators_text = operators(abroad[i].to), .arena = &arena };
	struct printer printer;
	int result;

	target_init(&printer, &target, &text, &err);
	expr_print(&printer, tree_expr(&arena, abroad[i].from, abroad[i].text, NULL));
	result = target_end(&printer);
	is_str(result ? NULL : text.buf, abroad[i].printed, "%s in %s: %s", abroad[i].from,
		abroad[i].to, abroad[i].text);
	if (result)
		is_int(err.line, 1, "... is refused at its place");
	limbeck_error_release(&err);
	strbuf_release(&text);
	arena_release(&arena);
}

int main(void)
{
	for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
		check_value(i);
	for (size_t i = 0; i < sizeof abroad / sizeof *abroad; i++)
		check_abroad(i);
	return done_testing();
}
