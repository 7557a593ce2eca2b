/* SPDX-License-Identifier: BSD-2-Clause */
/* Printing statements for another dialect, with hooks that put others in their place. */
#include <string.h>

#include "base/error.h"
#include "ddl/expr_make.h"
#include "ddl/target.h"
#include "ddl_trees.h"
#include "sql/scanner.h"
#include "tap.h"

/* FETCH FIRST is LIMIT. */
static const struct ddl_query *query(struct printer *out, const struct ddl_query *given)
{
	struct ddl_query *copy;
	struct ddl_limit *limit;

	if (!given->limit || !given->limit->word || given->limit->word[0] != 'F')
		return given;
	copy = arena_alloc(out->target->arena, sizeof *copy);
	limit = arena_alloc(out->target->arena, sizeof *limit);
	if (!copy || !limit)
		return NULL;
	*limit = (struct ddl_limit) { .word = "LIMIT", .count = given->limit->count,
		.offset = given->limit->offset };
	*copy = *given;
	copy->limit = limit;
	return copy;
}

static const struct ddl_select *select_(struct printer *out, const struct ddl_select *given)
{
	if (given->on) {
		target_refuse(out, &given->span, "DISTINCT ON has no counterpart");
		return NULL;
	}
	return given;
}

static const struct from_item *from(struct printer *out, const struct from_item *given)
{
	struct from_item *copy;

	if (!given->only)
		return given;
	copy = arena_alloc(out->target->arena, sizeof *copy);
	if (!copy)
		return NULL;
	*copy = *given;
	copy->only = copy->only_parens = false;
	return copy;
}

/* ON CONFLICT DO NOTHING is INSERT IGNORE. */
static const struct ddl_insert *insert(struct printer *out, const struct ddl_insert *given)
{
	struct ddl_insert *copy;
	struct ddl_word *ignore;

	if (!given->conflicts || given->conflicts->action != CONFLICT_NOTHING)
		return given;
	copy = arena_alloc(out->target->arena, sizeof *copy);
	ignore = arena_alloc(out->target->arena, sizeof *ignore);
	if (!copy || !ignore)
		return NULL;
	*copy = *given;
	ignore->word = "IGNORE";
	copy->modifiers = ignore;
	copy->conflicts = NULL;
	return copy;
}

static const struct ddl_update *update(struct printer *out, const struct ddl_update *given)
{
	if (given->from.count > 0) {
		target_refuse(out, &given->from.items[0]->span, "UPDATE with FROM has no counterpart");
		return NULL;
	}
	return given;
}

static const struct ddl_delete *delete(struct printer *out, const struct ddl_delete *given)
{
	struct ddl_delete *copy = arena_alloc(out->target->arena, sizeof *copy);

	if (!copy)
		return NULL;
	*copy = *given;
	copy->returning.count = 0;
	return copy;
}

static bool name(struct printer *out, const struct ddl_name *given, enum name_role role)
{
	if (role != NAME_TABLE || given->count != 2 || strcmp(given->first->name, "public") != 0)
		return false;
	target_ident(out, given->last, role);
	return true;
}

static const struct print_hooks hooks = { .query = query, .select = select_, .from = from,
	.insert = insert, .update = update, .delete = delete, .name = name };

static const struct {
	const char *text, *printed;
} prints[] = {
	{ "SELECT a::int FROM public.t ORDER BY a FETCH FIRST 5 ROWS ONLY",
		"SELECT CAST(a AS int) FROM t ORDER BY a LIMIT 5" },
	{ "SELECT 1 FROM (SELECT 2 OFFSET 1 FETCH NEXT 1 ROW ONLY) x",
		"SELECT 1 FROM (SELECT 2 LIMIT 1 OFFSET 1) x" },
	{ "SELECT DISTINCT ON (a) b FROM t", NULL },
	{ "SELECT 1 FROM ONLY (\"A b\") JOIN ONLY u USING (k)", "SELECT 1 FROM `A b` JOIN u USING (k)" },
	{ "INSERT INTO public.t (\"order\", value) VALUES (1, E'\\n') ON CONFLICT DO NOTHING",
		"INSERT IGNORE INTO t (`order`, value) VALUES (1, '\n')" },
	{ "INSERT INTO t (a) SELECT b || c FROM d", "INSERT INTO t (a) SELECT b || c FROM d" },
	{ "UPDATE t SET a = b FROM c WHERE d", NULL },
	{ "UPDATE t SET a = EXISTS (SELECT 1 FROM public.u) WHERE b IN (SELECT c FROM ONLY v)",
		"UPDATE t SET a = EXISTS (SELECT 1 FROM u) WHERE b IN (SELECT c FROM v)" },
	{ "DELETE FROM t WHERE a RETURNING b", "DELETE FROM t WHERE a" },
	{ "WITH x AS (DELETE FROM t RETURNING a) SELECT * FROM x",
		"WITH x AS (DELETE FROM t) SELECT * FROM x" },
	{ "SELECT ~a # b FROM t", NULL },
};

static void check(size_t i)
{
	struct arena arena = ARENA_INIT;
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct strbuf text = STRBUF_INIT;
	struct print_target target = { .lexis = dialect_lexis("mysql"), .file = "x.sql",
		.operators_text = LIMBECK_OPERATORS_MYSQL_ANSI, .arena = &arena, .hooks = &hooks };
	struct ddl_dml *dml = tree_dml(&arena, "pg", prints[i].text, &err);
	struct printer printer;
	int result;

	target_init(&printer, &target, &text, &err);
	if (ok(dml != NULL, "pg reads %s", prints[i].text)) {
		dml_print(&printer, dml);
		result = target_end(&printer);
		is_str(result ? NULL : text.buf, prints[i].printed, "... it prints%s",
			prints[i].printed ? "" : " not");
		if (result)
			is_str(err.file, "x.sql", "... the error tells the file: %s", err.message);
	}
	limbeck_error_release(&err);
	strbuf_release(&text);
	arena_release(&arena);
}

int main(void)
{
	for (size_t i = 0; i < sizeof prints / sizeof *prints; i++)
		check(i);
	return done_testing();
}
