/* SPDX-License-Identifier: BSD-2-Clause */
/* Whether a tree is of the form that a pattern describes. */
#include "translate/phrase_int.h"

#include <string.h>
#include <strings.h>

struct matching {
	struct rewriting *r;
	struct binding *binding;
};

static bool match(const struct matching *m, const struct ddl_expr *pattern,
	const struct ddl_expr *expr);

static bool same_text(const char *a, const char *b)
{
	return a == b || (a && b && strcmp(a, b) == 0);
}

static bool is_operand(const struct ddl_expr *pattern)
{
	return pattern->kind == EXPR_PARAMETER && pattern->word[0] == '$';
}

static bool is_rest(const struct ddl_expr *pattern)
{
	return is_operand(pattern) && pattern->word[1] == '0';
}

static bool bind(const struct matching *m, const struct ddl_expr *pattern,
	const struct ddl_expr *expr)
{
	m->binding->operands[(pattern->word[1] - '0') % PHRASE_OPERANDS] = expr;
	return true;
}

static bool is_form(const char *class)
{
	static const char *const forms[] = { "literal", "count", "anchored", "groupless",
		"character", NULL };
	const char *const *form = forms;

	while (*form && strcmp(*form, class) != 0)
		form++;
	return *form != NULL;
}

/* What a literal must be like, whatever its type. */
static bool has_form(const char *class, const struct ddl_expr *expr)
{
	const struct ddl_string *string = expr->kind == EXPR_STRING ? expr->string : NULL;

	if (strcmp(class, "count") == 0)
		return expr->kind == EXPR_NUMBER;
	if (!string || strcmp(class, "literal") == 0)
		return string != NULL;
	if (strcmp(class, "anchored") == 0)
		return string->length > 0 && string->value[0] == '^'
			&& !memchr(string->value, '|', string->length);
	if (strcmp(class, "groupless") == 0)
		return !memchr(string->value, '(', string->length);
	return string->length == 1;
}

/* $1::class */
static bool match_class(const struct matching *m, const struct ddl_expr *pattern,
	const struct ddl_expr *expr)
{
	const char *class = pattern->args.items[1]->name->last->name;
	const struct ddl_expr *inner = expr_inner(expr);
	const char *meaning;

	if (is_form(class))
		return has_form(class, inner) && bind(m, pattern->args.items[0], inner);
	meaning = expr_meaning(m->r, expr);
	return meaning_is(meaning, class) && bind(m, pattern->args.items[0], expr);
}

static bool match_list(const struct matching *m, const struct expr_list *patterns,
	const struct expr_list *list)
{
	size_t count = patterns->count;
	bool rest = count > 0 && patterns->items[count - 1] && is_rest(patterns->items[count - 1]);

	if (rest ? list->count < count - 1 : list->count != count)
		return false;
	for (size_t i = 0; i < count - (rest ? 1 : 0); i++) {
		if (!patterns->items[i] != !list->items[i])
			return false;
		if (patterns->items[i] && !match(m, patterns->items[i], list->items[i]))
			return false;
	}
	if (rest) {
		m->binding->rest = *list;
		m->binding->rest.items += count - 1;
		m->binding->rest.count -= count - 1;
	}
	return true;
}

static bool match_parts(const struct ddl_expr *pattern, const struct ddl_expr *expr)
{
	const struct call_part *a = pattern->call->parts, *b = expr->call->parts;
	static const struct call_part none;

	for (size_t i = 0; (a || b) && i < expr->args.count; i++) {
		const struct call_part *want = a && i < pattern->args.count ? &a[i] : &none;
		const struct call_part *have = b ? &b[i] : &none;

		if (!same_text(want->keyword, have->keyword) || have->name)
			return false;
	}
	return true;
}

/* A name without a schema, or with one whose functions are found without it. */
static bool plain_name(struct rewriting *r, const struct ddl_name *name)
{
	const struct limbeck_catalog *home = r->scope->home;
	const char *schema = home ? catalog_rules(home)->default_schema : NULL;

	if (name->count == 1)
		return true;
	return name->count == 2 && (strcasecmp(name->first->name, "pg_catalog") == 0
		|| (schema && strcasecmp(name->first->name, schema) == 0));
}

/* A rule's own word: limbeck.word */
static bool same_function(const struct matching *m, const struct ddl_name *want,
	const struct ddl_name *have)
{
	if (strcasecmp(want->last->name, have->last->name) != 0)
		return false;
	return want->count == 2 ? have->count == 2 && strcmp(have->first->name,
		want->first->name) == 0 : plain_name(m->r, have);
}

static bool match_call(const struct matching *m, const struct ddl_expr *pattern,
	const struct ddl_expr *expr)
{
	const struct ddl_call *want = pattern->call, *have = expr->call;

	if (!same_function(m, &want->name, &have->name) || want->bare != have->bare
		|| (want->quantifier && !same_text(want->quantifier, have->quantifier))
		|| !match_parts(pattern, expr) || have->limit || have->separator)
		return false;
	if (want->order.count > 0 && (have->order.count != 1 || have->order.items[0].direction
		|| !match(m, want->order.items[0].expr, have->order.items[0].expr)))
		return false;
	m->binding->tail = have;
	return match_list(m, &pattern->args, &expr->args);
}

static bool match_cast(const struct matching *m, const struct ddl_expr *pattern,
	const struct ddl_expr *expr)
{
	struct arena *arena = &m->r->arena;
	const char *want = type_spelled(arena, pattern->type);
	const char *have = type_spelled(arena, expr->type);
	size_t length;

	if (m->r->book->way != PHRASE_INWARD && have)
		have = type_common(arena, have);
	if (!want || !have)
		return false;
	length = strlen(want);
	if (strncmp(want, have, length) != 0 || (have[length] && have[length] != '('))
		return false;
	return match_list(m, &pattern->args, &expr->args);
}

static bool match_string(const struct ddl_string *a, const struct ddl_string *b)
{
	return a->length == b->length && memcmp(a->value, b->value, a->length) == 0;
}

static bool match_node(const struct matching *m, const struct ddl_expr *pattern,
	const struct ddl_expr *expr)
{
	switch (expr->kind) {
	case EXPR_CALL: return match_call(m, pattern, expr);
	case EXPR_CAST: return pattern->type && expr->type && match_cast(m, pattern, expr);
	case EXPR_STRING: return match_string(pattern->string, expr->string);
	case EXPR_COLUMN: return expr->name->count == 1
		&& strcasecmp(pattern->name->last->name, expr->name->last->name) == 0;
	case EXPR_CASE:
	case EXPR_EXISTS:
	case EXPR_SUBQUERY:
	case EXPR_MATCH: return false;
	case EXPR_COLLATE:
	case EXPR_CHARSET:
		return strcasecmp(pattern->name->last->name, expr->name->last->name) == 0
			&& match_list(m, &pattern->args, &expr->args);
	case EXPR_IN:
	case EXPR_ARRAY:
	case EXPR_QUANTIFIED:
		return !expr->query && match_list(m, &pattern->args, &expr->args);
	default: return match_list(m, &pattern->args, &expr->args);
	}
}

static bool match(const struct matching *m, const struct ddl_expr *pattern,
	const struct ddl_expr *expr)
{
	if (is_operand(pattern))
		return bind(m, pattern, expr);
	if (pattern->kind == EXPR_CALL && strcmp(pattern->call->name.last->name, PHRASE_CLASS) == 0)
		return match_class(m, pattern, expr);
	if (pattern->kind != EXPR_PAREN)
		expr = expr_inner(expr);
	if (pattern->kind != expr->kind || pattern->negated != expr->negated
		|| (pattern->kind != EXPR_CAST && !same_text(pattern->word, expr->word)))
		return false;
	return match_node(m, pattern, expr);
}

bool phrase_match(struct rewriting *r, const struct ddl_expr *pattern,
	const struct ddl_expr *expr, struct binding *binding)
{
	const struct matching m = { r, binding };

	*binding = (struct binding) { .tail = NULL };
	return match(&m, pattern, expr);
}
