/* SPDX-License-Identifier: BSD-2-Clause */
/* Finding the phrase that fits, and putting its replacement in place. */
#include "translate/phrase_int.h"

#include <ctype.h>
#include <string.h>

#include "base/error.h"

const struct ddl_expr *phrase_nomem(struct printer *out)
{
	if (!out->target->failed)
		error_nomem(out->target->err);
	out->target->failed = true;
	return NULL;
}

/* What a word of the rules' own stands for. */
static const char *rule_name(const char *word)
{
	static const struct { const char *prefix, *name; } names[] = {
		{ "json", "this use of JSON" }, { "add_", "this sum of times and intervals" },
		{ "date_", "this sum of dates" }, { "days_", "a difference of dates" },
		{ "each_", "a function that gives rows" }, { "to_char", "the function \"to_char\"" },
		{ "greatest", "the function \"greatest\"" }, { "least", "the function \"least\"" }
	};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strncmp(word, names[i].prefix, strlen(names[i].prefix)) == 0)
			return names[i].name;
	return "this expression";
}

/* What a phrase is about, for people. */
static void refuse(struct printer *out, const struct ddl_expr *expr)
{
	switch (expr->kind) {
	case EXPR_CALL:
		if (expr->call->name.count == 2
			&& strcmp(expr->call->name.first->name, "limbeck") == 0)
			target_refuse(out, &expr->span, "%s has no counterpart",
				rule_name(expr->call->name.last->name));
		else
			target_refuse(out, &expr->span, "the function \"%s\" has no counterpart",
				expr->call->name.last->name);
		return;
	case EXPR_CAST:
	case EXPR_TYPED:
		target_refuse(out, &expr->span, "this cast has no counterpart");
		return;
	default:
		if (expr->word)
			target_refuse(out, &expr->span, "the operator \"%s\" has no counterpart "
				"for these operands", expr->word);
		else
			target_refuse(out, &expr->span, "this expression has no counterpart");
	}
}

/* Whether what stands around the arguments of the matched call finds a place. */
static bool has_place(const struct ready_phrase *phrase, const struct binding *binding)
{
	const struct ddl_call *tail = binding->tail, *want;

	if (!tail || !phrase->to || phrase->to->kind == EXPR_CALL)
		return true;
	want = phrase->from->call;
	return (!tail->quantifier || want->quantifier) && !tail->filter && !tail->over
		&& (tail->order.count == 0 || want->order.count > 0) && tail->within.count == 0;
}

static const struct ready_phrase *find(struct rewriting *r, const struct ddl_expr *expr,
	struct binding *binding)
{
	const char *key = phrase_key(&r->arena, expr);
	const struct ready_phrase *phrase = key ? map_get(&r->book->phrases, key) : NULL;

	for (; phrase; phrase = phrase->next)
		if (phrase_match(r, phrase->from, expr, binding) && has_place(phrase, binding))
			return phrase;
	return NULL;
}

/* a op b op c as (a op b) op c, where the phrase is for two. */
static const struct ddl_expr *folded(struct rewriting *r, const struct ddl_expr *expr)
{
	struct ddl_expr *left, *both;

	if (expr->kind != EXPR_INFIX || expr->args.count < 3)
		return NULL;
	left = make_copy(&r->arena, expr);
	both = make_copy(&r->arena, expr);
	if (!left || !both)
		return NULL;
	left->args.count--;
	both->args.items[0] = left;
	both->args.items[1] = expr->args.items[expr->args.count - 1];
	both->args.count = 2;
	return both;
}

const struct ddl_expr *phrase_apply(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	const struct ready_phrase *phrase;
	const struct ddl_expr *built, *pair;
	struct binding binding;

	if (r->book->common)
		return expr;
	/* Phrases that say an operand twice, inside each other, would never end. */
	if (++r->replacements > r->most) {
		target_refuse(out, &expr->span, "what this becomes is too long");
		return NULL;
	}
	phrase = find(r, expr, &binding);
	if (!phrase && (pair = folded(r, expr)))
		phrase = find(r, pair, &binding);
	if (!phrase)
		return expr;
	if (!phrase->to) {
		refuse(out, expr);
		return NULL;
	}
	built = phrase_build(r, phrase->to, &binding, &expr->span);
	if (!built)
		return phrase_nomem(out);
	/* An operand alone may need a phrase of its own. */
	return phrase->to->kind == EXPR_PARAMETER ? phrase_again(out, built) : built;
}

static bool is_same(const struct rewriting *r, const struct ddl_name *name)
{
	char word[64];
	size_t length = strlen(name->last->name);

	if (r->book->common || r->book->way == PHRASE_INWARD)
		return true;
	if (name->count > 2 || length >= sizeof word)
		return false;
	for (size_t i = 0; i <= length; i++)
		word[i] = (char)tolower((unsigned char)name->last->name[i]);
	return map_get(&r->book->functions, word) != NULL;
}

const struct ddl_expr *phrase_call(struct printer *out, const struct ddl_expr *expr)
{
	const struct ddl_expr *node = phrase_apply(out, expr);

	if (node != expr || is_same(rewriting_of(out), &expr->call->name))
		return node;
	refuse(out, expr);
	return NULL;
}

const struct ddl_expr *phrase_again(struct printer *out, const struct ddl_expr *expr)
{
	target_expr_hook *hook;

	if (!expr)
		return phrase_nomem(out);
	hook = expr->final ? NULL : phrase_hooks.expr[expr->kind];
	return hook ? hook(out, expr) : expr;
}
