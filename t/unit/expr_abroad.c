/* SPDX-License-Identifier: BSD-2-Clause */
/* Printing for another dialect: spellings, quotes, parentheses decided anew, hooks. */
#include <string.h>

#include "base/error.h"
#include "ddl/expr_make.h"
#include "ddl/target.h"
#include "ddl_trees.h"
#include "sql/scanner.h"
#include "tap.h"

/* a ILIKE b: lower(a) LIKE lower(b) */
static const struct ddl_expr *like(struct printer *out, const struct ddl_expr *expr)
{
	struct arena *arena = out->target->arena;

	if (strcmp(expr->word, "ILIKE") != 0)
		return expr;
	return make_like(arena, expr, "LIKE", make_call(arena, "lower", 1, expr->args.items[0]),
		make_call(arena, "lower", 1, expr->args.items[1]));
}

/* a || b: concat(a, b); a -> b: json_extract, which wraps itself */
static const struct ddl_expr *infix(struct printer *out, const struct ddl_expr *expr)
{
	struct arena *arena = out->target->arena;

	if (strcmp(expr->word, "||") == 0)
		return make_call_list(arena, "concat", &expr->args);
	if (strcmp(expr->word, "#") == 0) {
		target_refuse(out, &expr->span, "exclusive or has no counterpart");
		return NULL;
	}
	return expr;
}

/* f(x): g(f(x)), with the call inside left alone */
static const struct ddl_expr *call(struct printer *out, const struct ddl_expr *expr)
{
	struct arena *arena = out->target->arena;

	if (expr_calls(expr, "now"))
		return make_bare_call(arena, "CURRENT_TIMESTAMP");
	if (expr_calls(expr, "loop"))
		return make_call(arena, "again", 1, expr);
	return expr_calls(expr, "f") ? make_call(arena, "g", 1, make_final(arena, expr)) : expr;
}

static const struct ddl_expr *keyword(struct printer *out, const struct ddl_expr *expr)
{
	struct arena *arena = out->target->arena;

	if (strcmp(expr->word, "TRUE") == 0)
		return make_infix(arena, make_number(arena, "0"), "+", make_number(arena, "1"));
	return expr;
}

static bool type(struct printer *out, const struct ddl_type *given)
{
	(void)given;
	printer_word(out, "signed");
	return true;
}

static bool ident(struct printer *out, const struct ddl_ident *given, enum name_role role)
{
	if (given->quoted || role != NAME_TABLE)
		return false;
	printer_word(out, "T_");
	printer_glue(out);
	printer_word(out, given->name);
	return true;
}

static const struct print_hooks hooks = { .expr = { [EXPR_LIKE] = like, [EXPR_INFIX] = infix,
	[EXPR_CALL] = call, [EXPR_KEYWORD] = keyword }, .type = type, .ident = ident };

static const struct {
	const char *from, *text, *to, *printed;
	bool hooked;
} prints[] = {
	/* Spellings */
	{ "pg", "a::int", "lite", "CAST(a AS int)", false },
	{ "pg", "a != b", "lite", "a <> b", false },
	{ "lite", "a == b", "pg", "a = b", false },
	{ "my", "a || b && !c", "pg", "a OR b AND NOT c", false },
	{ "lite", "a ISNULL OR b NOT NULL", "pg", "a IS NULL OR b IS NOT NULL", false },
	{ "my", "a RLIKE b", "lite", "a REGEXP b", false },
	/* Names and their quotes */
	{ "my", "`a b`.`c`", "pg", "\"a b\".\"c\"", false },
	{ "pg", "\"a`b\"", "my", "`a``b`", false },
	{ "lite", "[a]", "my", "`a`", false },
	{ "lite", "key + rank", "my", "`key` + `rank`", false },
	{ "my", "left(Name, 1)", "pg", "left(Name, 1)", false },
	{ "pg", "t.* ", "lite", "T_t.*", true },
	/* Precedence */
	{ "pg", "-2 ^ 3", "my", "-2 ^ 3", false },
	{ "my", "a | b = c", "pg", "a | b = c", false },
	{ "my", "a & b | c", "pg", "a & b | c", false },
	{ "my", "a | b & c", "pg", "a | (b & c)", false },
	{ "my", "a << b + c", "pg", "a << b + c", false },
	{ "my", "a * b ^ c", "pg", "a * b ^ c", false },
	{ "my", "a ^ b * c", "pg", "a ^ b * c", false },
	{ "lite", "a || b * c", "pg", "(a || b) * c", false },
	{ "pg", "a || b + c", "lite", "a || (b + c)", false },
	{ "pg", "a || b || c", "lite", "a || b || c", false },
	{ "lite", "a = b < c", "pg", "a = (b < c)", false },
	{ "lite", "a = b = c", "pg", "(a = b) = c", false },
	{ "pg", "a = b IS NULL", "lite", "a = b IS NULL", false },
	{ "pg", "a IS NULL = b", "lite", "a IS NULL = b", false },
	{ "lite", "a IS NULL = b", "pg", "(a IS NULL) = b", false },
	{ "lite", "a = b = c <> d", "pg", "((a = b) = c) <> d", false },
	{ "pg", "a = (b IS NULL)", "lite", "a = (b IS NULL)", false },
	{ "pg", "(a + b) * c", "lite", "(a + b) * c", false },
	{ "pg", "((a))", "lite", "((a))", false },
	{ "pg", "a - (b - c) - d", "my", "a - (b - c) - d", false },
	{ "my", "! a = b", "pg", "(NOT a) = b", false },
	{ "pg", "a IN (1) = b", "lite", "a IN (1) = b", false },
	{ "pg", "NOT a = b", "my", "NOT a = b", false },
	{ "pg", "a LIKE b || c", "lite", "a LIKE b || c", false },
	{ "lite", "-a COLLATE x", "pg", "- a COLLATE x", false },
	{ "pg", "- -1", "my", "- -1", false },
	{ "pg", "a AT TIME ZONE b", "my", NULL, false },
	/* What the target lacks */
	{ "pg", "a @> b", "lite", NULL, false },
	{ "pg", "a ~ b", "lite", NULL, false },
	{ "my", "a XOR b", "pg", NULL, false },
	{ "lite", "a GLOB b", "pg", NULL, false },
	{ "pg", "a ILIKE b", "my", NULL, false },
	{ "pg", "a OPERATOR(x.+) b", "lite", NULL, false },
	/* Hooks */
	{ "pg", "a ILIKE b || 'x'", "lite", "lower(a) LIKE lower(concat(b, 'x'))", true },
	{ "pg", "a NOT ILIKE b ESCAPE '!'", "lite", "lower(a) NOT LIKE lower(b) ESCAPE '!'", true },
	{ "pg", "a || b || now()", "my", "concat(a, b, CURRENT_TIMESTAMP)", true },
	{ "pg", "f(f(a))", "lite", "g(f(g(f(a))))", true },
	{ "pg", "true * 2", "lite", "(0 + 1) * 2", true },
	{ "pg", "true + 2", "lite", "0 + 1 + 2", true },
	{ "pg", "2 - true", "lite", "2 - (0 + 1)", true },
	{ "pg", "case when true then a || b end", "my", "CASE WHEN 0 + 1 THEN concat(a, b) END", true },
	{ "pg", "a::bigint", "my", "CAST(a AS signed)", true },
	{ "pg", "a # b", "my", NULL, true },
	{ "pg", "loop(a)", "my", NULL, true },
};

static void check(size_t i)
{
	struct arena arena = ARENA_INIT;
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct strbuf text = STRBUF_INIT;
	const char *to = tree_dialect(prints[i].to);
	struct print_target target = { .lexis = dialect_lexis(to),
		.operators_text = dialect_operators(to), .arena = &arena,
		.hooks = prints[i].hooked ? &hooks : NULL };
	struct ddl_expr *expr = tree_expr(&arena, prints[i].from, prints[i].text, &err);
	struct printer printer;
	int result = -1;

	if (ok(expr != NULL || !prints[i].printed, "%s reads %s", prints[i].from, prints[i].text)
		&& expr) {
		target_init(&printer, &target, &text, &err);
		expr_print(&printer, expr);
		result = target_end(&printer);
		is_str(result ? NULL : text.buf, prints[i].printed, "... %s prints it%s", to,
			prints[i].printed ? "" : " not");
		if (result)
			ok(err.message && err.line == 1, "... the error has a place: %s", err.message);
	}
	limbeck_error_release(&err);
	strbuf_release(&text);
	arena_release(&arena);
}

static void pipes_and_quotes(void)
{
	static const struct limbeck_lexis lexis = LIMBECK_LEXIS_POSTGRESQL;
	struct arena arena = ARENA_INIT;
	struct strbuf text = STRBUF_INIT;
	struct print_target target = { .lexis = &lexis,
		.operators_text = LIMBECK_OPERATORS_MYSQL_ANSI, .arena = &arena };
	struct printer printer;

	target_init(&printer, &target, &text, NULL);
	expr_print(&printer, tree_expr(&arena, "pg", "(a || b * c) = \"D\" || - 1 ^ 2", NULL));
	is_str(target_end(&printer) ? NULL : text.buf, "(a || (b * c)) = \"D\" || (-1 ^ 2)",
		"with PIPES_AS_CONCAT || binds tighter than arithmetic");
	strbuf_release(&text);
	arena_release(&arena);
}

int main(void)
{
	for (size_t i = 0; i < sizeof prints / sizeof *prints; i++)
		check(i);
	pipes_and_quotes();
	return done_testing();
}
