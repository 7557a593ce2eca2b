/* SPDX-License-Identifier: BSD-2-Clause */
/* How operators group, in each dialect as its manual says. */
#include <string.h>

#include "base/error.h"
#include "ddl_trees.h"
#include "tap.h"

static const struct {
	const char *dialect, *text, *shape;
} groups[] = {
	/* PostgreSQL "Operator Precedence" */
	{ "pg", "a + b * c", "(+ a (* b c))" },
	{ "pg", "a - b - c", "(- a b c)" },
	{ "pg", "a - b + c - d", "(- (+ (- a b) c) d)" },
	{ "pg", "a OR b AND NOT c = d", "(OR a (AND b (NOT (= c d))))" },
	{ "pg", "a AND b AND c OR d OR e", "(OR (AND a b c) d e)" },
	{ "pg", "- a ^ b", "(^ (- a) b)" },
	{ "pg", "- a::int", "(- (cast a))" },
	{ "pg", "a ^ b ^ c", "(^ a b c)" },
	{ "pg", "a || b + c", "(|| a (+ b c))" },
	{ "pg", "a || b LIKE c || d", "(LIKE (|| a b) (|| c d))" },
	{ "pg", "a -> b = c", "(= (-> a b) c)" },
	{ "pg", "a->b->>c", "(->> (-> a b) c)" },
	{ "pg", "a + b -> c", "(-> (+ a b) c)" },
	{ "pg", "a = b IS NULL", "(is (= a b))" },
	{ "pg", "a < b + 1 IS NOT TRUE", "(not-is (< a (+ b 1)))" },
	{ "pg", "NOT a IS NULL", "(NOT (is a))" },
	{ "pg", "a IN (b) = c", "(= (in a b) c)" },
	{ "pg", "a BETWEEN b AND c AND d", "(AND (between a b c) d)" },
	{ "pg", "a COLLATE x || b", "(|| (collate a) b)" },
	{ "pg", "a AT TIME ZONE b - c", "(- (zone a b) c)" },
	{ "pg", "a::date AT TIME ZONE b::text", "(zone (cast a) (cast b))" },
	{ "pg", "@ a || b", "(|| (@ a) b)" },
	{ "pg", "@ a + b", "(@ (+ a b))" },
	{ "pg", "a @> b AND c <@ d", "(AND (@> a b) (<@ c d))" },
	{ "pg", "a=-1", "(= a (- 1))" },
	{ "pg", "a<-1", "(< a (- 1))" },
	{ "pg", "a*-b", "(* a (- b))" },
	{ "pg", "a IS DISTINCT FROM b + 1", "(IS DISTINCT FROM a (+ b 1))" },
	{ "pg", "a != b", "(<> a b)" },
	{ "pg", "a + NOT b = c", "(+ a (NOT (= b c)))" },
	{ "pg", "a[1].b::int", "(cast (field (subscript a 1)))" },
	{ "pg", "(a + b) * c", "(* (paren (+ a b)) c)" },
	{ "pg", "a = ANY (b) AND c", "(AND (= a (ANY b)) c)" },
	{ "pg", "case when a then b else c end || d", "(|| (case a b c) d)" },
	{ "pg", "a OPERATOR(pg_catalog.*) b + c", "(* a (+ b c))" },
	/* MySQL "Operator Precedence" */
	{ "my", "a OR b AND c", "(OR a (AND b c))" },
	{ "my", "a || b && c", "(OR a (AND b c))" },
	{ "my", "a XOR b OR c AND d", "(OR (XOR a b) (AND c d))" },
	{ "my", "NOT a = b", "(NOT (= a b))" },
	{ "my", "! a = b", "(= (NOT a) b)" },
	{ "my", "a | b & c << d + e * f ^ -g", "(| a (& b (<< c (+ d (* e (^ f (- g)))))))" },
	{ "my", "a = b IS NULL", "(is (= a b))" },
	{ "my", "a = b = c", "(= a b c)" },
	{ "my", "a = b IN (1)", "(= a (in b 1))" },
	{ "my", "a <=> b", "(<=> a b)" },
	{ "my", "a DIV b MOD c", "(% (DIV a b) c)" },
	{ "my", "BINARY a = b", "(= (BINARY a) b)" },
	{ "my", "- a COLLATE x", "(- (collate a))" },
	{ "my", "a->'$.b' = c", "(= (-> a '$.b') c)" },
	{ "my", "@a := b OR c", "(:= @a (OR b c))" },
	{ "my", "a + interval 1 day", "(+ a (interval 1))" },
	{ "my", "a RLIKE b", "(REGEXP a b)" },
	/* SQLite "Operators" */
	{ "lite", "a = b < c", "(= a (< b c))" },
	{ "lite", "a = b IS NULL", "(is (= a b))" },
	{ "lite", "a == b <> c", "(<> (= a b) c)" },
	{ "lite", "a || b * c", "(* (|| a b) c)" },
	{ "lite", "a | b + c & d", "(& (| a (+ b c)) d)" },
	{ "lite", "a -> b || c", "(|| (-> a b) c)" },
	{ "lite", "~ a || b COLLATE x", "(|| (~ a) (collate b))" },
	{ "lite", "a LIKE b = c", "(= (LIKE a b) c)" },
	{ "lite", "NOT a LIKE b", "(NOT (LIKE a b))" },
	{ "lite", "a NOT NULL AND b", "(AND (not-is a) b)" },
	{ "lite", "a IS b AND c", "(AND (IS a b) c)" },
	{ "lite", "a GLOB b OR c", "(OR (GLOB a b) c)" },
	/* Operands of calls and compounds */
	{ "all", "f(a + b, c) + d", "(+ (f (+ a b) c) d)" },
	{ "all", "((a, b))", "(paren (row a b))" },
	{ "pg", "position(a || b IN c)", "(position (|| a b) c)" },
	{ "all", "case a when 1 then 2 end", "(case a 1 2)" },
	{ "pg", "DATE '2000-01-01' + 1", "(+ (typed '2000-01-01') 1)" },
	{ "pg", "ARRAY[[a], [b]]", "(array (array a) (array b))" },
};

static void check(const char *dialect, const char *text, const char *shape)
{
	struct arena arena = ARENA_INIT;
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct strbuf got = STRBUF_INIT;
	struct ddl_expr *expr = tree_expr(&arena, dialect, text, &err);

	if (expr)
		tree_shape(&got, expr);
	is_str(expr ? got.buf : err.message, shape, "%s groups %s", dialect, text);
	limbeck_error_release(&err);
	strbuf_release(&got);
	arena_release(&arena);
}

int main(void)
{
	static const char *const dialects[] = { "pg", "my", "lite" };

	for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
		for (size_t d = 0; d < 3; d++)
			if (strcmp(groups[i].dialect, dialects[d]) == 0
				|| strcmp(groups[i].dialect, "all") == 0)
				check(dialects[d], groups[i].text, groups[i].shape);
	return done_testing();
}
