/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Expressions of another home dialect in common words: truth is a number there, and texts
 * are compared without regard to case unless their collation says otherwise.
 */
#include "translate/phrase_inward.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

bool is_common(const struct rewriting *r)
{
	return strcmp(r->book->dialect, LIMBECK_COMMON_DIALECT) == 0;
}

static bool is_boolean(const struct rewriting *r, const struct ddl_expr *expr)
{
	return strcmp(expr_meaning(r, expr), "boolean") == 0;
}

/* 1 and 0 as truth, if it is one of them. */
static const struct ddl_expr *truth(struct rewriting *r, const struct ddl_expr *expr)
{
	const struct ddl_expr *inner = expr_inner(expr);

	if (inner->kind != EXPR_NUMBER)
		return NULL;
	if (strcmp(inner->word, "1") == 0)
		return make_keyword(&r->arena, "TRUE");
	return strcmp(inner->word, "0") == 0 ? make_keyword(&r->arena, "FALSE") : NULL;
}

const struct ddl_expr *inward_condition(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_expr *made = truth(r, expr);

	if (made)
		return made;
	if (!meaning_is(expr_meaning(r, expr), "number"))
		return expr;
	made = make_infix(&r->arena, expr, "<>", make_number(&r->arena, "0"));
	return made ? made : phrase_nomem(out);
}

static const struct ddl_expr *as_number(struct printer *out, const struct ddl_expr *expr)
{
	return is_boolean(rewriting_of(out), expr) && expr_inner(expr)->kind != EXPR_KEYWORD
		? cast_to(out, expr, "integer") : expr;
}

static bool one_of(const char *word, const char *const *words)
{
	while (*words && strcmp(*words, word) != 0)
		words++;
	return *words != NULL;
}

/* The node with something done to each operand. */
static const struct ddl_expr *with_operands(struct printer *out, const struct ddl_expr *expr,
	const struct ddl_expr *(*change)(struct printer *out, const struct ddl_expr *operand))
{
	struct ddl_expr *copy = make_copy(&rewriting_of(out)->arena, expr);

	if (!copy)
		return phrase_nomem(out);
	for (size_t i = 0; i < copy->args.count; i++)
		copy->args.items[i] = change(out, copy->args.items[i]);
	return copy;
}

/* flag = 1, flag IN (0, 1): with TRUE and FALSE; other numbers: by a cast of the flag. */
static const struct ddl_expr *compared(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	bool flags = false, others = false;
	struct ddl_expr *copy;

	for (size_t i = 0; i < expr->args.count; i++) {
		const struct ddl_expr *one = expr->args.items[i];

		if (is_boolean(r, one))
			flags = true;
		else if (!truth(r, one) && meaning_is(expr_meaning(r, one), "number"))
			others = true;
	}
	if (!flags)
		return expr;
	if (others)
		return with_operands(out, expr, as_number);
	copy = make_copy(&r->arena, expr);
	for (size_t i = 0; copy && i < copy->args.count; i++) {
		const struct ddl_expr *made = truth(r, copy->args.items[i]);

		if (made)
			copy->args.items[i] = made;
	}
	return copy ? copy : phrase_nomem(out);
}

/* a IS b of any two values. */
static const struct ddl_expr *same_value(struct printer *out, const struct ddl_expr *expr)
{
	struct ddl_expr *copy = make_copy(&rewriting_of(out)->arena, expr);

	if (!copy)
		return phrase_nomem(out);
	copy->word = strcmp(expr->word, "IS") == 0 ? "IS NOT DISTINCT FROM" : "IS DISTINCT FROM";
	return compared(out, copy);
}

static const struct ddl_expr *inward_infix(struct printer *out, const struct ddl_expr *expr)
{
	static const char *const logic[] = { "AND", "OR", "XOR", NULL };
	static const char *const comparisons[] = { "=", "<>", "<", ">", "<=", ">=", "<=>",
		"IS DISTINCT FROM", "IS NOT DISTINCT FROM", NULL };
	static const char *const sums[] = { "+", "-", "*", "/", "%", NULL };

	if (one_of(expr->word, logic))
		expr = with_operands(out, expr, inward_condition);
	else if (one_of(expr->word, comparisons))
		expr = compared(out, expr);
	else if (one_of(expr->word, sums))
		expr = with_operands(out, expr, as_number);
	else if (strcmp(expr->word, "IS") == 0 || strcmp(expr->word, "IS NOT") == 0)
		expr = same_value(out, expr);
	else if (strcmp(expr->word, "->") == 0 || strcmp(expr->word, "->>") == 0)
		return inward_json(out, expr, expr->word[2] != '\0');
	return expr ? phrase_apply(out, expr) : NULL;
}

/* Whether the text is of a column that tells letters of different case apart. */
static bool by_bytes(struct rewriting *r, const struct ddl_expr *expr)
{
	const struct resolution *found;
	const char *collation = NULL;

	expr = expr_inner(expr);
	if (expr->kind == EXPR_PREFIX && strcmp(expr->word, "BINARY") == 0)
		return true;
	if (expr->kind == EXPR_COLLATE)
		collation = expr->name->last->name;
	found = expr->kind == EXPR_COLUMN ? resolutions_find(&r->names, expr->name) : NULL;
	if (found && found->column)
		collation = limbeck_object_get(found->column, LIMBECK_ATTR_COLLATION);
	return collation && (strstr(collation, "_bin") || strstr(collation, "_cs")
		|| strcmp(collation, "C") == 0);
}

static const struct ddl_expr *glob_as_like(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_expr *pattern = expr_inner(expr->args.items[1]), *string;
	struct strbuf text = STRBUF_INIT;
	bool known = pattern->kind == EXPR_STRING;

	for (size_t i = 0; known && i < pattern->string->length; i++) {
		char c = pattern->string->value[i];

		known = c != '[' && c != ']';
		if (c == '%' || c == '_' || c == '\\')
			strbuf_addch(&text, '\\');
		strbuf_addch(&text, c == '*' ? '%' : c == '?' ? '_' : c);
	}
	string = known ? make_string(&r->arena, text.buf, text.len) : NULL;
	strbuf_release(&text);
	if (!known)
		target_refuse(out, &expr->span, "this pattern of GLOB has no counterpart");
	return string ? make_like(&r->arena, expr, "LIKE", expr->args.items[0], string) : NULL;
}

static bool has_backslash(const struct ddl_expr *pattern)
{
	pattern = expr_inner(pattern);
	return pattern->kind != EXPR_STRING
		|| memchr(pattern->string->value, '\\', pattern->string->length);
}

static const struct ddl_expr *inward_like(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_expr *node = phrase_apply(out, expr);
	struct ddl_expr *copy;

	if (node != expr)
		return node;
	if (strcmp(expr->word, "GLOB") == 0)
		return glob_as_like(out, expr);
	copy = make_copy(&r->arena, expr);
	if (!copy)
		return phrase_nomem(out);
	if (strcmp(expr->word, "LIKE") == 0)
		copy->word = by_bytes(r, expr->args.items[0]) || by_bytes(r, expr->args.items[1])
			? "LIKE" : "ILIKE";
	/* Where nothing escapes unless it is said. */
	if (!r->book->home->escapes && expr->args.count < 3 && has_backslash(expr->args.items[1])) {
		const struct ddl_expr *with = make_like(&r->arena, copy, copy->word,
			copy->args.items[0], copy->args.items[1]);
		struct ddl_expr *escaped = with ? arena_alloc(&r->arena, sizeof *escaped) : NULL;

		if (!escaped)
			return phrase_nomem(out);
		*escaped = *with;
		escaped->args.items[2] = make_string(&r->arena, "", 0);
		escaped->args.count = 3;
		return escaped->args.items[2] ? escaped : phrase_nomem(out);
	}
	if (strcmp(expr->word, "REGEXP") == 0) {
		node = make_infix(&r->arena, expr->args.items[0], by_bytes(r, expr->args.items[0])
			? expr->negated ? "!~" : "~" : expr->negated ? "!~*" : "~*", expr->args.items[1]);
		return node ? node : phrase_nomem(out);
	}
	return copy;
}

/* X'00ff' and 0x00ff are bytes: '\x00ff'::bytea. */
static const struct ddl_expr *bytes(struct printer *out, const char *digits, size_t length)
{
	struct rewriting *r = rewriting_of(out);
	const char *text = arena_printf(&r->arena, "\\x%.*s", (int)length, digits);
	const struct ddl_expr *string = text ? make_string(&r->arena, text, strlen(text)) : NULL;

	return string ? make_cast(&r->arena, string, "bytea") : phrase_nomem(out);
}

static const struct ddl_expr *inward_string(struct printer *out, const struct ddl_expr *expr)
{
	const struct ddl_string *string = expr->string;
	const struct ddl_expr *node = phrase_apply(out, expr);
	unsigned long value = 0;

	if (node != expr)
		return node;
	if (string->form == STRING_HEX)
		return bytes(out, string->value, string->length);
	if (string->form == STRING_BITS) {
		for (size_t i = 0; i < string->length && i < 32; i++)
			value = 2 * value + (string->value[i] == '1');
		return make_number(&rewriting_of(out)->arena,
			arena_printf(&rewriting_of(out)->arena, "%lu", value));
	}
	return make_string(&rewriting_of(out)->arena, string->value, string->length);
}

static const struct ddl_expr *inward_interval(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_expr *amount = expr_inner(expr->args.items[0]);
	bool known = amount->kind == EXPR_NUMBER || amount->kind == EXPR_STRING;
	const char *unit = expr->word ? expr->word : "", *number = "1", *text;
	struct ddl_expr *copy = make_copy(&r->arena, expr);

	if (strchr(unit, '_') || !*unit) {
		target_refuse(out, &expr->span, "this interval has no counterpart");
		return NULL;
	}
	if (amount->kind == EXPR_NUMBER)
		number = amount->word;
	else if (known)
		number = arena_strndup(&r->arena, amount->string->value, amount->string->length);
	text = strcmp(unit, "QUARTER") == 0 ? arena_printf(&r->arena, "%ld months",
		3 * strtol(number ? number : "1", NULL, 10))
		: arena_printf(&r->arena, "%s %s", number ? number : "1", unit);
	if (!copy || !text)
		return phrase_nomem(out);
	copy->word = NULL;
	copy->args.items[0] = make_string(&r->arena, text, strlen(text));
	copy->final = true;
	if (known)
		return copy;
	expr = make_infix(&r->arena, make_parens(&r->arena, amount), "*", copy);
	return expr ? expr : phrase_nomem(out);
}

static const struct ddl_expr *inward_case(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	struct ddl_case *branches;
	struct ddl_expr *copy;
	size_t count = expr->branches->branches.count;

	if (expr->branches->subject)
		return expr;
	copy = make_copy(&r->arena, expr);
	branches = copy ? arena_alloc(&r->arena, sizeof *branches) : NULL;
	if (!branches)
		return phrase_nomem(out);
	*branches = *expr->branches;
	branches->branches.items = arena_array(&r->arena, count, sizeof *branches->branches.items);
	if (!branches->branches.items)
		return phrase_nomem(out);
	for (size_t i = 0; i < count; i++) {
		branches->branches.items[i] = expr->branches->branches.items[i];
		branches->branches.items[i].when = inward_condition(out,
			branches->branches.items[i].when);
	}
	copy->branches = branches;
	return copy;
}

static const struct ddl_expr *inward_prefix(struct printer *out, const struct ddl_expr *expr)
{
	if (strcmp(expr->word, "BINARY") == 0)
		return phrase_again(out, expr->args.items[0]);
	if (strcmp(expr->word, "NOT") == 0)
		expr = with_operands(out, expr, inward_condition);
	return expr ? phrase_apply(out, expr) : NULL;
}

static const struct ddl_expr *inward_test(struct printer *out, const struct ddl_expr *expr)
{
	if (strcmp(expr->word, "TRUE") == 0 || strcmp(expr->word, "FALSE") == 0)
		expr = with_operands(out, expr, inward_condition);
	return expr ? phrase_apply(out, expr) : NULL;
}

static const struct ddl_expr *inward_collate(struct printer *out, const struct ddl_expr *expr)
{
	const char *name = expr->name->last->name;

	if (strstr(name, "_bin") || strstr(name, "_cs") || strcasecmp(name, "binary") == 0)
		return phrase_again(out, expr->args.items[0]);
	target_refuse(out, &expr->span, "the collation \"%s\" has no counterpart", name);
	return NULL;
}

static const struct ddl_expr *inward_cast(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_expr *node = phrase_apply(out, expr);
	struct ddl_expr *copy;
	const char *type;

	if (node != expr || !expr->type)
		return node;
	copy = make_copy(&r->arena, expr);
	if (!copy)
		return phrase_nomem(out);
	copy->form = CAST_CALL;
	type = type_spelled(&r->arena, expr->type);
	/* CAST(x AS CHAR) is no char(1) */
	if (type && (strcmp(type, "char") == 0 || strcmp(type, "character") == 0))
		return cast_to(out, copy->args.items[0], "text");
	return copy;
}

/* "abc" that is no column is a string where the dialect is loose. */
static const struct ddl_expr *inward_column(struct printer *out, const struct ddl_expr *expr)
{
	struct rewriting *r = rewriting_of(out);
	const struct resolution *found = resolutions_find(&r->names, expr->name);
	const struct ddl_ident *name = expr->name->last;

	if (found && found->crowded && found->range && expr->name->count == 1) {
		const struct ddl_name range = { .last = made_ident(r, found->range) };

		return range.last ? qualified_column(r, &range, expr) : phrase_nomem(out);
	}
	if (!found && expr->name->count == 1 && name->quoted && r->book->home->loose
		&& name->span.length > 0 && name->span.text[0] == '"' && r->scope->home
		&& catalog_size(r->scope->home) > 0)
		return make_string(&r->arena, name->name, strlen(name->name));
	return phrase_apply(out, expr);
}

const struct ddl_expr *inward_expr(struct printer *out, const struct ddl_expr *expr)
{
	if (is_common(rewriting_of(out)))
		return phrase_apply(out, expr);
	switch (expr->kind) {
	case EXPR_COLUMN: return inward_column(out, expr);
	case EXPR_NUMBER:
		return strncasecmp(expr->word, "0x", 2) == 0
			? bytes(out, expr->word + 2, strlen(expr->word) - 2) : expr;
	case EXPR_STRING: return inward_string(out, expr);
	case EXPR_INTERVAL: return inward_interval(out, expr);
	case EXPR_INFIX: return inward_infix(out, expr);
	case EXPR_PREFIX: return inward_prefix(out, expr);
	case EXPR_TEST: return inward_test(out, expr);
	case EXPR_IN: return expr->query ? expr : compared(out, expr);
	case EXPR_LIKE: return inward_like(out, expr);
	case EXPR_CASE: return inward_case(out, expr);
	case EXPR_CAST: return inward_cast(out, expr);
	case EXPR_COLLATE: return inward_collate(out, expr);
	case EXPR_CHARSET: return phrase_again(out, expr->args.items[0]);
	case EXPR_CALL: return inward_call(out, expr);
	default: return phrase_apply(out, expr);
	}
}

/* A string as bytes, whatever is in it. */
static const struct ddl_expr *string_bytes(struct printer *out, const struct ddl_string *string)
{
	struct strbuf hex = STRBUF_INIT;
	const struct ddl_expr *made;

	for (size_t i = 0; i < string->length; i++)
		strbuf_addf(&hex, "%02x", (unsigned char)string->value[i]);
	made = bytes(out, hex.buf, hex.len);
	strbuf_release(&hex);
	return made;
}

const struct ddl_expr *inward_value(struct printer *out, const struct ddl_expr *expr,
	const struct limbeck_object *column)
{
	struct rewriting *r = rewriting_of(out);
	const char *type = type_meaning(r->scope->home, limbeck_object_get(column,
		LIMBECK_ATTR_TYPE));
	const struct ddl_expr *inner = expr_inner(expr), *made;

	if (strcmp(type, "boolean") == 0) {
		made = truth(r, expr);
		return made ? made : inward_condition(out, expr);
	}
	if (strcmp(type, "blob") == 0 && inner->kind == EXPR_STRING
		&& inner->string->form != STRING_HEX && inner->string->form != STRING_BITS)
		return string_bytes(out, inner->string);
	if (meaning_is(type, "number") && is_boolean(r, expr)) {
		if (inner->kind == EXPR_KEYWORD)
			return make_number(&r->arena, inner->word[0] == 'T' ? "1" : "0");
		return cast_to(out, expr, "integer");
	}
	return expr;
}
