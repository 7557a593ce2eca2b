/* SPDX-License-Identifier: BSD-2-Clause */
/* Which words end an expression or an alias, since they begin what follows it. */
#include "ddl/expr_int.h"

#include <string.h>

/* No dialect takes these for a column without quotes. */
static const char *const reserved[] = { "SELECT", "FROM", "WHERE", "GROUP", "HAVING", "ORDER",
	"LIMIT", "UNION", "INTERSECT", "EXCEPT", "ON", "USING", "JOIN", "WHEN", "THEN", "ELSE",
	"AND", "OR", "NOT", "IS", "IN", "LIKE", "BETWEEN", "AS", "SET", "INTO", "RETURNING",
	"CASE", "WITH", "DISTINCT", "CREATE", "TABLE", "CHECK", "CONSTRAINT", "PRIMARY",
	"FOREIGN", "REFERENCES", "UNIQUE", "COLLATE", "EXISTS", NULL };

/* These go on behind a select list, a table or an expression. */
static const char *const following[] = { "FROM", "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT",
	"OFFSET", "FETCH", "UNION", "INTERSECT", "EXCEPT", "MINUS", "FOR", "WINDOW", "INTO", "ON",
	"USING", "JOIN", "INNER", "LEFT", "RIGHT", "FULL", "CROSS", "NATURAL", "STRAIGHT_JOIN",
	"SET", "VALUES", "RETURNING", "AS", "AND", "OR", "NOT", "IS", "ISNULL", "NOTNULL", "LIKE",
	"ILIKE", "IN", "BETWEEN", "COLLATE", "DIV", "XOR", "REGEXP", "RLIKE", "GLOB", "MATCH",
	"ESCAPE", "END", "THEN", "WHEN", "ELSE", "TABLESAMPLE", "WITH", "FORCE", "IGNORE",
	"INDEXED", "PARTITION", "LOCK", "SELECT", "DEFAULT", "DESC", "ASC", "WITHIN", "FILTER",
	"OVER", "NULLS", "SEPARATOR", "LATERAL", "DO", "OVERRIDING", "CASE", "TABLE",
	NULL };

static bool among(const struct token *token, const char *const *words)
{
	if (token->kind != TOKEN_WORD)
		return false;
	for (; *words; words++)
		if (token_is(token, *words))
			return true;
	return false;
}

bool expr_reserved(const struct token *token)
{
	return among(token, reserved);
}

bool alias_reserved(const struct token *token)
{
	return among(token, following);
}
