/* SPDX-License-Identifier: BSD-2-Clause */
/* What the trees of queries and of statements that change rows hold. */
#include <string.h>

#include "ddl/print.h"
#include "ddl_trees.h"
#include "tap.h"

static struct ddl_dml *read_one(struct arena *arena, const char *dialect, const char *text)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct ddl_dml *dml = tree_dml(arena, dialect, text, &err);

	if (!ok(dml != NULL, "%s reads %s", dialect, text))
		diag("%s", err.message);
	limbeck_error_release(&err);
	return dml;
}

static void is_expr(const struct ddl_expr *expr, const char *want, const char *name)
{
	struct strbuf out = STRBUF_INIT;

	if (expr)
		tree_shape(&out, expr);
	is_str(expr ? out.buf : NULL, want, "%s", name);
	strbuf_release(&out);
}

static void selects(struct arena *arena)
{
	struct ddl_dml *dml = read_one(arena, "pg", "SELECT DISTINCT ON (a) a AS x, b FROM t u WHERE c"
		" GROUP BY a HAVING d WINDOW w AS (ORDER BY e) ORDER BY f DESC LIMIT 1 OFFSET 2");
	const struct ddl_query *query = dml ? dml->query : NULL;
	const struct ddl_select *select = query ? query->terms->select : NULL;

	if (!select)
		return;
	is_int(dml->kind, DML_QUERY, "it is a query");
	is_int(query->terms->kind, TERM_SELECT, "of one SELECT");
	ok(select->distinct && select->on && select->distinct_on.count == 1, "DISTINCT ON");
	is_int((long long)select->items.count, 2, "the select list");
	is_str(select->items.items[0].alias->name, "x", "an alias");
	ok(select->items.items[0].as && !select->items.items[1].alias, "with AS, and none");
	is_str(select->from.items[0]->name.last->name, "t", "the table");
	is_str(select->from.items[0]->alias->name, "u", "its alias");
	is_expr(select->where, "c", "WHERE");
	is_int((long long)select->group.count, 1, "GROUP BY");
	is_expr(select->having, "d", "HAVING");
	is_str(select->windows->name->name, "w", "WINDOW");
	is_str(query->order.items[0].direction, "DESC", "ORDER BY");
	is_expr(query->limit->count, "1", "LIMIT");
	is_expr(query->limit->offset, "2", "OFFSET");
	is_int((long long)select->span.column, 1, "the place");
}

static void limits(struct arena *arena)
{
	const struct ddl_dml *dml = read_one(arena, "my", "SELECT a FROM t LIMIT 5, 10");

	if (dml) {
		is_expr(dml->query->limit->count, "10", "the count is the second");
		is_expr(dml->query->limit->offset, "5", "the offset the first");
		ok(dml->query->limit->comma, "and a comma between them");
	}
	dml = read_one(arena, "pg", "SELECT a FROM t OFFSET 2 FETCH FIRST ROW ONLY");
	if (dml)
		ok(dml->query->limit->offset_first && !dml->query->limit->count, "FETCH FIRST ROW");
}

static void joins(struct arena *arena)
{
	const struct ddl_dml *dml = read_one(arena, "pg",
		"SELECT 1 FROM a JOIN b ON x LEFT JOIN c USING (k) CROSS JOIN d");
	const struct from_join *join;

	if (dml) {
		join = dml->query->terms->select->from.items[0]->joins;
		is_str(join->words, "JOIN", "the first join");
		is_expr(join->on, "x", "with ON");
		is_str(join->next->words, "LEFT JOIN", "the second");
		is_str(join->next->columns->name, "k", "with USING");
		is_str(join->next->next->item->name.last->name, "d", "and the third");
	}
	dml = read_one(arena, "pg", "SELECT 1 FROM a JOIN b JOIN c ON x ON y");
	if (dml) {
		join = dml->query->terms->select->from.items[0]->joins;
		is_expr(join->on, "y", "the outer join's ON comes last");
		is_expr(join->item->joins->on, "x", "the inner's first");
	}
	dml = read_one(arena, "my", "SELECT 1 FROM a JOIN b LEFT JOIN c ON x");
	if (dml) {
		join = dml->query->terms->select->from.items[0]->joins;
		ok(!join->on && !join->item->joins, "a join without a condition");
		is_expr(join->next->on, "x", "does not keep the next one's");
	}
}

static void sets(struct arena *arena)
{
	const struct ddl_dml *dml = read_one(arena, "pg",
		"WITH RECURSIVE w (a) AS (SELECT 1) SELECT 1 UNION ALL (SELECT 2 LIMIT 1) EXCEPT VALUES (3)");
	const struct query_term *term;

	if (!dml)
		return;
	ok(dml->query->with->recursive, "WITH RECURSIVE");
	is_str(dml->query->with->first->name.name, "w", "its name");
	term = dml->query->terms->next;
	is_str(term->set, "UNION", "UNION");
	is_str(term->set_quantifier, "ALL", "ALL");
	is_int(term->kind, TERM_PAREN, "of a query in parentheses");
	ok(term->query->limit != NULL, "with a limit");
	is_str(term->next->set, "EXCEPT", "EXCEPT");
	is_int((long long)term->next->rows.count, 1, "of a row");
}

static void inserts(struct arena *arena)
{
	const struct ddl_dml *dml = read_one(arena, "pg", "INSERT INTO s.t (a, b[1]) VALUES (1, 2), (3, DEFAULT)"
		" ON CONFLICT (a) WHERE c DO UPDATE SET a = EXCLUDED.a WHERE d RETURNING a, b AS x");
	const struct ddl_insert *insert;

	if (dml) {
		insert = dml->insert;
		is_str(insert->name.last->name, "t", "the table");
		is_int((long long)insert->columns.count, 2, "two columns");
		is_expr(insert->columns.items[1], "(subscript b 1)", "one with a subscript");
		is_int((long long)insert->rows.count, 2, "two rows");
		is_expr(insert->rows.items[1].values.items[1], "DEFAULT", "DEFAULT");
		is_int(insert->conflicts->action, CONFLICT_UPDATE, "ON CONFLICT DO UPDATE");
		is_expr(insert->conflicts->target_where, "c", "the target's WHERE");
		is_expr(insert->conflicts->where, "d", "and the update's");
		is_int((long long)insert->returning.count, 2, "RETURNING");
	}
	dml = read_one(arena, "my", "INSERT IGNORE INTO t (a) VALUES (1) ON DUPLICATE KEY UPDATE a = VALUES(a) + b");
	if (dml) {
		is_str(dml->insert->modifiers->word, "IGNORE", "INSERT IGNORE");
		is_expr(dml->insert->duplicate->value, "(+ (VALUES a) b)", "VALUES(a) is a call");
	}
	dml = read_one(arena, "lite", "INSERT OR REPLACE INTO t SELECT 1");
	if (dml) {
		is_str(dml->insert->or_action, "OR REPLACE", "INSERT OR REPLACE");
		is_int(dml->insert->source, INSERT_QUERY, "from a query");
	}
	dml = read_one(arena, "pg", "INSERT INTO t (a) VALUES (1) ON CONFLICT DO NOTHING");
	if (dml)
		ok(!dml->insert->conflicts->parens
			&& dml->insert->conflicts->action == CONFLICT_NOTHING, "DO NOTHING");
}

static void changes(struct arena *arena)
{
	const struct ddl_dml *dml = read_one(arena, "pg", "UPDATE t x SET a = 1, (b, c) = (2, 3) FROM u WHERE d RETURNING *");

	if (dml) {
		is_str(dml->update->tables.items[0]->alias->name, "x", "the alias");
		is_expr(dml->update->set->value, "1", "an assignment");
		is_int((long long)dml->update->set->next->targets.count, 2, "of two columns");
		is_int((long long)dml->update->from.count, 1, "FROM");
		is_expr(dml->update->where, "d", "WHERE");
	}
	dml = read_one(arena, "my", "UPDATE t JOIN u ON x SET t.a = u.b");
	if (dml)
		ok(dml->update->tables.items[0]->joins != NULL, "UPDATE of a join");
	dml = read_one(arena, "pg", "DELETE FROM t USING u WHERE x");
	if (dml) {
		is_int(dml->delete->form, DELETE_FROM, "DELETE FROM t USING u");
		is_int((long long)dml->delete->from.count, 1, "with its list");
	}
	dml = read_one(arena, "my", "DELETE a, b.* FROM t AS a JOIN b ON x");
	if (dml) {
		is_int(dml->delete->form, DELETE_LIST, "DELETE a, b FROM");
		ok(dml->delete->targets->next->star, "b.*");
	}
	dml = read_one(arena, "my", "DELETE FROM a, b USING a JOIN b ON x");
	if (dml)
		is_int(dml->delete->form, DELETE_USING, "DELETE FROM a, b USING");
}

static void places(struct arena *arena)
{
	const struct ddl_dml *dml = read_one(arena, "pg", "SELECT a,\n  f( b ) + 1 -- c\nFROM t");
	const struct ddl_expr *expr;

	if (!dml)
		return;
	expr = dml->query->terms->select->items.items[1].expr;
	is_int(expr->span.line, 2, "the line of an expression");
	is_int(expr->span.column, 3, "its column");
	is_int((long long)expr->span.length, 10, "its length");
	ok(memcmp(expr->span.text, "f( b ) + 1", 10) == 0, "its text");
}

int main(void)
{
	struct arena arena = ARENA_INIT;

	selects(&arena);
	limits(&arena);
	joins(&arena);
	sets(&arena);
	inserts(&arena);
	changes(&arena);
	places(&arena);
	arena_release(&arena);
	return done_testing();
}
