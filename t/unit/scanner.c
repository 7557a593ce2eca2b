/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Proves that the scanner finds the tokens of each dialect by its lexical
 * traits, the same ones whether it sees the text at once or byte by byte; and
 * that quoting writes what the scanner reads as one token.
 */
#include <string.h>

#include "base/strbuf.h"
#include "sql/quote.h"
#include "sql/scanner.h"
#include "tap.h"

/* Expected tokens: a letter for the kind, then the text, separated by spaces. */
static const char kind_letters[] = "eM!wisnpo(),;cx";

static const struct {
	const char *dialect;
	const char *text;
	const char *tokens;
} cases[] = {
	{ "postgresql", "", "" },
	{ "postgresql", "  \t\r\n\f\v ", "" },
	{ "postgresql", "select a_1, b", "wselect wa_1 ,, wb" },
	{ "postgresql", "SELECT(1);", "wSELECT (( n1 )) ;;" },
	{ "postgresql", "été über", "wété wüber" },
	{ "postgresql", "'a''b' 'c'", "s'a''b' s'c'" },
	{ "postgresql", "'a\\' b", "s'a\\' wb" },
	{ "postgresql", "E'a\\'b' e'\\\\' x", "sE'a\\'b' se'\\\\' wx" },
	{ "postgresql", "E'a''b'", "sE'a''b'" },
	{ "postgresql", "fooE'a\\' b", "wfooE s'a\\' wb" },
	{ "postgresql", "E 'a\\' b", "wE s'a\\' wb" },
	{ "postgresql", "E'a'\n 'b\\'c' d", "sE'a'\n 'b\\'c' wd" },
	{ "postgresql", "E'a' 'b\\' d", "sE'a' s'b\\' wd" },
	{ "postgresql", "U&'d\\0061' u&'x' U&\"a;\"", "sU&'d\\0061' su&'x' iU&\"a;\"" },
	{ "postgresql", "U & 'x' u&x", "wU o& s'x' wu o& wx" },
	{ "postgresql", "B'01' x'fF' N'n' n 'm'", "sB'01' sx'fF' sN'n' wn s'm'" },
	{ "postgresql", "\"a\"\"b;\" c", "i\"a\"\"b;\" wc" },
	{ "postgresql", "$$a;'b$$ c", "s$$a;'b$$ wc" },
	{ "postgresql", "$x$a $$ $y$ $x $x$ c", "s$x$a $$ $y$ $x $x$ wc" },
	{ "postgresql", "$$$$ c", "s$$$$ wc" },
	{ "postgresql", "$\xc3\xa9$;$\xc3\xa9$", "s$\xc3\xa9$;$\xc3\xa9$" },
	{ "postgresql", "a$b$c; d$$e", "wa$b$c ;; wd$$e" },
	{ "postgresql", "$1 $23 $", "p$1 p$23 o$" },
	{ "postgresql", "$1$ a", "p$1$ wa" },
	{ "postgresql", "/* a /* b */ c */ d", "c/* a /* b */ c */ wd" },
	{ "postgresql", "/*/**/*/ d", "c/*/**/*/ wd" },
	{ "postgresql", "/**/d/***/", "c/**/ wd c/***/" },
	{ "postgresql", "/*!40101 a */ b", "c/*!40101 a */ wb" },
	{ "postgresql", "a--b\nc -- d", "wa c--b wc c-- d" },
	{ "postgresql", "-- a\r\nb", "c-- a wb" },
	{ "postgresql", "a # b", "wa o# wb" },
	{ "postgresql", "a::b := c <= d >= e <> f != g || h -> i ->> j",
	  "wa o:: wb o:= wc o<= wd o>= we o<> wf o!= wg o|| wh o-> wi o->> wj" },
	{ "postgresql", "a=-1*+2", "wa o= o- n1 o* o+ n2" },
	{ "postgresql", "x[1:2] ? 'a'", "wx o[ n1 o: n2 o] o? s'a'" },
	{ "postgresql", "`a;`", "o` wa ;; o`" },
	{ "postgresql", "1.5 .5 1e10 1e-5 0x1F 1_000", "n1.5 n.5 n1e10 n1e-5 n0x1F n1_000" },
	{ "postgresql", "1..10", "n1 o. n.10" },
	{ "postgresql", "0xe-5 a.b", "n0xe o- n5 wa o. wb" },
	{ "postgresql", "a /b/ c", "wa o/ wb o/ wc" },
	{ "postgresql", "a*/b", "wa o* o/ wb" },

	{ "sqlite", "[a;]b] \"c\"\"d\" `e``f`", "i[a;] wb o] i\"c\"\"d\" i`e``f`" },
	{ "sqlite", "'a\\' b", "s'a\\' wb" },
	{ "sqlite", "/* a /* b */ c", "c/* a /* b */ wc" },
	{ "sqlite", "?1 ? :name @v $x a::b", "p?1 p? p:name o@ wv p$x wa o:: wb" },
	{ "sqlite", "$$ $a$;$a$", "p$$ p$a$ ;; p$a$" },
	{ "sqlite", "E'a\\' b", "wE s'a\\' wb" },
	{ "sqlite", "X'ab'", "sX'ab'" },
	{ "sqlite", "a--b", "wa c--b" },

	{ "mysql", "'a\\'b' 'c''d' 'e\\\\'", "s'a\\'b' s'c''d' s'e\\\\'" },
	{ "mysql", "\"a\\\"b\" \"c\"\"d\"", "s\"a\\\"b\" s\"c\"\"d\"" },
	{ "mysql", "'a\"b' \"c'd\"", "s'a\"b' s\"c'd\"" },
	{ "mysql", "`a\\`;`b``c`", "i`a\\` ;; i`b``c`" },
	{ "mysql", "a # b ; c\nd", "wa c# b ; c wd" },
	{ "mysql", "5--3 a -- b", "n5 o- o- n3 wa c-- b" },
	{ "mysql", "--\na --\tb", "c-- wa c--\tb" },
	{ "mysql", "a --", "wa c--" },
	{ "mysql", "/*!40101 SET a='b;c' */ d", "x/*!40101 wSET wa o= s'b;c' x*/ wd" },
	{ "mysql", "/*!a*/", "x/*! wa x*/" },
	{ "mysql", "/*M!100101 a */ /*M a */", "x/*M!100101 wa x*/ c/*M a */" },
	{ "mysql", "/*! a /* b */ c */ d", "x/*! wa c/* b */ wc x*/ wd" },
	{ "mysql", "/*!1 2*/*3", "x/*!1 n2 x*/ o* n3" },
	{ "mysql", "/*+ h */ a", "c/*+ h */ wa" },
	{ "mysql", "/* a /* b */ c", "c/* a /* b */ wc" },
	{ "mysql", "l:LOOP @a:=1 @@b", "wl o: wLOOP o@ wa o:= n1 o@ o@ wb" },
	{ "mysql", "_utf8'a' N'b\\'c'", "w_utf8 s'a' sN'b\\'c'" },
	{ "mysql", "a && b", "wa o&& wb" },
	{ "mysql", "END$$ x", "wEND$$ wx" },
	{ "mysql", "[a]", "o[ wa o]" },

	{ "postgresql", "a 'b", "wa !'b" },
	{ "postgresql", "a \"b", "wa !\"b" },
	{ "postgresql", "a /* b /* */", "wa !/* b /* */" },
	{ "postgresql", "a $x$ b $x", "wa !$x$ b $x" },
	{ "postgresql", "E'a\\'", "!E'a\\'" },
	{ "mysql", "'a\\'", "!'a\\'" },
	{ "mysql", "'a\\", "!'a\\" },
	{ "mysql", "`a", "!`a" },
	{ "sqlite", "[a", "![a" },
};

static void add_token(struct strbuf *out, const struct token *token)
{
	if (out->len)
		strbuf_addch(out, ' ');
	strbuf_addch(out, kind_letters[token->kind]);
	strbuf_add(out, token->text, token->length);
}

/* Scans with a window that grows by step bytes whenever more is asked for; 0:
 * all at once. */
static void scan(const char *dialect, const char *text, size_t step, struct strbuf *out)
{
	size_t length = strlen(text), seen = step ? 0 : length;
	struct scanner scanner;
	struct token token;

	strbuf_reset(out);
	scanner_init(&scanner, dialect_lexis(dialect), text, seen, seen == length && !step);
	for (;;) {
		scanner_next(&scanner, &token);
		if (token.kind == TOKEN_MORE) {
			bool last = seen + step > length;

			seen = last ? length : seen + step;
			scanner_window(&scanner, text, seen, 0, last);
			continue;
		}
		if (token.kind == TOKEN_END)
			return;
		add_token(out, &token);
		if (token.kind == TOKEN_BAD)
			return;
	}
}

static void test_cases(void)
{
	struct strbuf got = STRBUF_INIT;

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		scan(cases[i].dialect, cases[i].text, 0, &got);
		is_str(got.buf, cases[i].tokens, "%s: %s", cases[i].dialect, cases[i].tokens);
		scan(cases[i].dialect, cases[i].text, 1, &got);
		is_str(got.buf, cases[i].tokens, "%s, byte by byte: %s", cases[i].dialect,
			cases[i].tokens);
	}
	strbuf_release(&got);
}

static void test_places(void)
{
	static const char text[] = "a\n  é 'x\ny' b /* \n */ c\r\n\td";
	static const struct {
		unsigned line, column;
		bool first;
	} places[] = { { 1, 1, true }, { 2, 3, true }, { 2, 5, false }, { 3, 4, false },
		{ 3, 6, false }, { 4, 5, false }, { 5, 2, true } };
	struct scanner scanner;
	struct token token;

	scanner_init(&scanner, dialect_lexis("postgresql"), text, strlen(text), true);
	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		scanner_next(&scanner, &token);
		is_int(token.line, places[i].line, "line of token %zu", i);
		is_int(token.column, places[i].column, "column of token %zu, in characters", i);
		ok(token.first == places[i].first, "token %zu: whether it is first on its line", i);
	}
	scanner_back(&scanner, &token);
	scanner_next(&scanner, &token);
	ok(token_is(&token, "D") && token.line == 5, "a token is read again after scanner_back");
	ok(!token_is(&token, "DE") && !token_is(&token, ""), "token_is compares whole words");
}

static void test_dialects(void)
{
	size_t count;
	const char *const *names = dialect_names(&count);

	is_int((long long)count, 4, "four dialects are built in");
	for (size_t i = 0; i < count; i++)
		ok(dialect_lexis(names[i]) != NULL, "dialect %s has traits", names[i]);
	ok(!dialect_lexis("MySQL") && !dialect_lexis(""), "an unknown dialect has none");
}

/* What is quoted is scanned as one token of the right kind. */
static void check_quoted(const char *dialect, const char *want, enum token_kind kind,
	const struct strbuf *sql)
{
	struct scanner scanner;
	struct token token;

	is_str(sql->buf, want, "%s: quoted as %s", dialect, want);
	scanner_init(&scanner, dialect_lexis(dialect), sql->buf, sql->len, true);
	scanner_next(&scanner, &token);
	ok(token.kind == kind && token.length == sql->len, "%s: %s is one token", dialect, want);
}

static void test_quoting(void)
{
	static const struct {
		const char *dialect, *text, *literal, *identifier;
	} quotes[] = {
		{ "postgresql", "a", "'a'", "\"a\"" },
		{ "postgresql", "it's \"x\"", "'it''s \"x\"'", "\"it's \"\"x\"\"\"" },
		{ "postgresql", "a\\'b", "E'a\\\\''b'", "\"a\\'b\"" },
		{ "sqlite", "a\\'b`", "'a\\''b`'", "\"a\\'b`\"" },
		{ "mysql", "a\\'b`", "'a\\\\''b`'", "`a\\'b```" },
		{ "mysql", "\"", "'\"'", "`\"`" },
	};
	const struct limbeck_lexis brackets = { sizeof brackets, 0, "[]" };
	const struct limbeck_lexis *postgresql = dialect_lexis("postgresql");
	struct strbuf sql = STRBUF_INIT;

	for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++) {
		const struct limbeck_lexis *lexis = dialect_lexis(quotes[i].dialect);

		strbuf_reset(&sql);
		quote_literal(&sql, lexis, quotes[i].text);
		check_quoted(quotes[i].dialect, quotes[i].literal, TOKEN_STRING, &sql);
		strbuf_reset(&sql);
		quote_identifier(&sql, lexis, quotes[i].text);
		check_quoted(quotes[i].dialect, quotes[i].identifier, TOKEN_IDENTIFIER, &sql);
	}
	strbuf_reset(&sql);
	quote_literal(&sql, postgresql, NULL);
	quote_qualified(&sql, postgresql, "s", "t");
	quote_qualified(&sql, postgresql, "", "u");
	quote_qualified(&sql, postgresql, NULL, "v");
	is_str(sql.buf, "NULL\"s\".\"t\"\"u\"\"v\"", "NULL, and names with and without a schema");
	strbuf_reset(&sql);
	quote_literal_n(&sql, postgresql, "a\0b", 3);
	ok(strbuf_failed(&sql) && sql.len == 0, "a zero byte is never written");
	strbuf_reset(&sql);
	quote_identifier(&sql, postgresql, "");
	ok(strbuf_failed(&sql) && sql.len == 0, "an empty name is never written");
	strbuf_reset(&sql);
	quote_identifier(&sql, &brackets, "a]b");
	ok(strbuf_failed(&sql) && sql.len == 0, "a bracket can't be quoted in brackets");
	strbuf_release(&sql);
}

int main(void)
{
	test_cases();
	test_places();
	test_dialects();
	test_quoting();
	return done_testing();
}
