/* SPDX-License-Identifier: BSD-2-Clause */
/* Operators whose literals are of the type of what they are compared with. */
#include "translate/phrase_rules.h"

#include <string.h>

static bool one_of(const char *word, const char *const *words)
{
	while (*words && strcmp(*words, word) != 0)
		words++;
	return *words != NULL;
}

static bool compares(const char *word)
{
	static const char *const words[] = { "=", "<>", "<", ">", "<=", ">=", "IS DISTINCT FROM",
		"IS NOT DISTINCT FROM", NULL };

	return one_of(word, words);
}

/* A type of the common dialect that has this meaning, where a literal must be made one of
 * it; NULL: it may stay as it is. */
static const char *literal_type(const char *meaning)
{
	static const char *const pairs[][2] = { { "boolean", "boolean" }, { "blob", "bytea" },
		{ "timestamptz", "timestamptz" }, { "timestamp", "timestamp" }, { "date", "date" },
		{ "time", "time" }, { "uuid", "uuid" }, { "integer", "integer" },
		{ "bigint", "bigint" }, { "smallint", "smallint" }, { "numeric", "numeric" },
		{ "double", "double precision" }, { "real", "real" } };

	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		if (strcmp(pairs[i][0], meaning) == 0)
			return pairs[i][1];
	return NULL;
}

/* The type of an array, as far as it is known: of its column or cast. */
static const char *array_type(struct rewriting *r, const struct ddl_expr *expr)
{
	const struct resolution *found = expr->kind == EXPR_COLUMN
		? resolutions_find(&r->names, expr->name) : NULL;

	if (found && found->column)
		return limbeck_object_get(found->column, LIMBECK_ATTR_TYPE);
	return expr->kind == EXPR_CAST && expr->type ? cast_type(r, expr) : "text[]";
}

/* Of the operands that are no literals. */
static const char *common_type(struct rewriting *r, const struct expr_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		const struct ddl_expr *one = expr_inner(list->items[i]);
		const char *meant = one->kind == EXPR_STRING ? "other" : expr_meaning(r, one);
		const char *type = strcmp(meant, "array") == 0 ? array_type(r, one)
			: literal_type(meant);

		if (type)
			return type;
	}
	return NULL;
}

/* The node with its literals made what they mean. */
static const struct ddl_expr *with_type(struct printer *out, const struct ddl_expr *expr,
	const char *type)
{
	struct ddl_expr *copy = NULL;

	for (size_t i = 0; type && i < expr->args.count; i++) {
		const struct ddl_expr *value;

		if (expr_inner(expr->args.items[i])->kind != EXPR_STRING)
			continue;
		value = cast_value(out, expr->args.items[i], type);
		if (!copy)
			copy = make_copy(&rewriting_of(out)->arena, expr);
		if (!value || !copy)
			return phrase_nomem(out);
		copy->args.items[i] = strstr(type, "[]") ? cast_to(out, expr->args.items[i], type)
			: value;
	}
	return copy ? copy : expr;
}

const struct ddl_expr *typed_alike(struct printer *out, const struct ddl_expr *expr)
{
	return with_type(out, expr, common_type(rewriting_of(out), &expr->args));
}

/* What prints otherwise as text than it is kept becomes text first. */
static const struct ddl_expr *concatenation(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	struct ddl_expr *copy;
	const char *whole = expr_meaning(r, expr);

	if (strcmp(whole, "json") == 0)
		return rule_merge(out, expr);
	if (strcmp(whole, "array") == 0)
		expr = typed_alike(out, expr);
	if (!expr || strcmp(whole, "text") != 0)
		return expr ? phrase_apply(out, expr) : NULL;
	copy = make_copy(&r->arena, expr);
	for (size_t i = 0; copy && i < copy->args.count; i++) {
		const char *its = expr_meaning(r, copy->args.items[i]);

		if (strcmp(its, "boolean") == 0 || meaning_is(its, "moment"))
			copy->args.items[i] = cast_to(out, copy->args.items[i], "text");
	}
	return copy ? phrase_apply(out, copy) : phrase_nomem(out);
}

/* x = ANY (SELECT ...): x IN (SELECT ...); x = ANY ('{a,b}'): an array of x's type. */
static const struct ddl_expr *quantified(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_expr *all = expr_inner(expr->args.items[1]);
	bool none = strcmp(expr->word, "<>") == 0 && strcmp(all->word, "ALL") == 0;
	bool any = strcmp(expr->word, "=") == 0 && strcmp(all->word, "ALL") != 0;
	const char *type;
	struct ddl_expr *copy, *inner;

	if (!none && !any)
		return expr;
	copy = make_copy(&r->arena, expr);
	inner = make_copy(&r->arena, all);
	if (!copy || !inner)
		return phrase_nomem(out);
	if (all->query) {
		copy->kind = EXPR_IN;
		copy->word = copy->spelled = NULL;
		copy->negated = none;
		copy->args.count = 1;
		copy->query = all->query;
		return copy;
	}
	inner->word = none ? "ALL" : "ANY";
	copy->args.items[1] = inner;
	if (expr_inner(all->args.items[0])->kind != EXPR_STRING)
		return copy;
	type = literal_type(expr_meaning(r, expr->args.items[0]));
	type = arena_printf(&r->arena, "%s[]", type ? type : "text");
	inner->args.items[0] = type ? cast_to(out, all->args.items[0], type) : NULL;
	return inner->args.items[0] ? copy : phrase_nomem(out);
}

const struct ddl_expr *rule_infix(struct printer *out, const struct ddl_expr *expr)
{
	static const char *const paths[] = { "->", "->>", "#>", "#>>", "?", "?|", "?&", "#-", NULL };
	static const char *const contains[] = { "@>", "<@", "&&", NULL };
	const char *word = expr->word;

	if (one_of(word, paths))
		return rule_path(out, expr);
	if (strcmp(word, "-") == 0 && strcmp(expr_meaning(rewriting_of(out),
		expr->args.items[0]), "json") == 0)
		return rule_remove(out, expr);
	if (strcmp(word, "+") == 0 || strcmp(word, "-") == 0)
		return rule_sum(out, expr);
	if (strcmp(word, "||") == 0)
		return concatenation(out, expr);
	if (expr->args.count == 2 && expr_inner(expr->args.items[1])->kind == EXPR_QUANTIFIED)
		expr = quantified(out, expr);
	else if (compares(word) || one_of(word, contains))
		expr = typed_alike(out, expr);
	return !expr || expr->kind != EXPR_INFIX ? expr : phrase_apply(out, expr);
}

const struct ddl_expr *rule_between(struct printer *out, const struct ddl_expr *expr)
{
	expr = typed_alike(out, expr);
	return expr ? phrase_apply(out, expr) : NULL;
}

const struct ddl_expr *rule_in(struct printer *out, const struct ddl_expr *expr)
{
	if (expr->query)
		return expr;
	expr = typed_alike(out, expr);
	return expr ? phrase_apply(out, expr) : NULL;
}

static const struct ddl_expr *case_compared(struct printer *out, const struct ddl_expr *expr,
	const char *type)
{
	struct rewriting *r = rewriting_of(out);
	struct ddl_expr *copy = make_copy(&r->arena, expr);
	struct ddl_case *branches = copy ? arena_alloc(&r->arena, sizeof *branches) : NULL;
	size_t count = expr->branches->branches.count;

	if (!branches)
		return phrase_nomem(out);
	*branches = *expr->branches;
	branches->branches.items = arena_array(&r->arena, count,
		sizeof *branches->branches.items);
	if (!branches->branches.items)
		return phrase_nomem(out);
	for (size_t i = 0; i < count; i++) {
		branches->branches.items[i] = expr->branches->branches.items[i];
		branches->branches.items[i].when = cast_value(out,
			branches->branches.items[i].when, type);
	}
	copy->branches = branches;
	return copy;
}

const struct ddl_expr *rule_case(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_expr *subject = expr->branches->subject;
	const char *type = literal_type(expr_meaning(r, expr));

	if (type && !meaning_is(expr_meaning(r, expr), "number"))
		expr = cast_value(out, expr, type);
	type = subject ? literal_type(expr_meaning(r, subject)) : NULL;
	return expr && type ? case_compared(out, expr, type) : expr;
}

/* Constants alone are one literal. */
static const struct ddl_expr *constant_array(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	struct strbuf json = STRBUF_INIT;
	const struct ddl_expr *made;

	strbuf_addch(&json, '[');
	for (size_t i = 0; i < expr->args.count; i++) {
		const struct ddl_expr *one = expr_inner(expr->args.items[i]);

		if (i > 0)
			strbuf_addch(&json, ',');
		if (!json_constant(&json, &r->arena, one)) {
			strbuf_release(&json);
			return expr;
		}
	}
	strbuf_addch(&json, ']');
	made = strbuf_failed(&json) ? NULL : make_string(&r->arena, json.buf, json.len);
	strbuf_release(&json);
	return made ? made : phrase_nomem(out);
}

const struct ddl_expr *rule_array(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_expr *node;

	if (rewriting_says(r, LIMBECK_SAYS_ARRAY))
		return expr;
	node = expr->query ? expr : constant_array(out, expr);
	if (!node || node != expr)
		return node;
	node = phrase_apply(out, expr);
	if (node != expr)
		return node;
	target_refuse(out, &expr->span, "this array has no counterpart");
	return NULL;
}

/* "C" and the like are what the engine's own comparison is here. */
const struct ddl_expr *rule_collate(struct printer *out, const struct ddl_expr *expr)
{
	static const char *const plain[] = { "C", "POSIX", "ucs_basic", "default", NULL };
	const struct ddl_expr *node = phrase_apply(out, expr);

	if (node != expr)
		return node;
	if (one_of(expr->name->last->name, plain))
		return phrase_again(out, expr->args.items[0]);
	target_refuse(out, &expr->span, "the collation \"%s\" has no counterpart",
		expr->name->last->name);
	return NULL;
}
