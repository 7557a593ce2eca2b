/* SPDX-License-Identifier: BSD-2-Clause */
/* What indexes and keys are made of. */
#include <stdio.h>
#include <string.h>

#include "translate/home_int.h"

/* The order, where it is not the usual one: nulls are last, and first where it descends. */
static void add_order(struct strbuf *out, const struct ddl_option *options)
{
	bool down = option_of(options, OPTION_DESC) != NULL;

	if (down)
		strbuf_addstr(out, " DESC");
	if (down && option_of(options, OPTION_NULLS_LAST))
		strbuf_addstr(out, " NULLS LAST");
	if (!down && option_of(options, OPTION_NULLS_FIRST))
		strbuf_addstr(out, " NULLS FIRST");
}

static int add_subject(struct performer *p, const struct limbeck_object *table,
	const struct ddl_part *part, const char *column, struct strbuf *out)
{
	const struct ddl_expr *expr = part->expr ? expr_inner(part->expr) : NULL;
	const char *text;

	if (column) {
		home_quote(out, column);
		if (part->prefix.length)
			strbuf_addf(out, "(%.*s)", (int)part->prefix.length, part->prefix.text);
		return 0;
	}
	text = home_expr(p, table, expr);
	if (!text)
		return -1;
	strbuf_addf(out, expr->kind == EXPR_CALL && !expr->call->bare ? "%s" : "(%s)", text);
	return 0;
}

static int add_part(struct performer *p, const struct limbeck_object *table,
	const struct ddl_part *part, const char *column, struct strbuf *out)
{
	struct home_name name;

	if (add_subject(p, table, part, column, out))
		return -1;
	if (part->collation) {
		strbuf_addstr(out, " COLLATE ");
		home_quote(out, part->collation->last->name);
	}
	if (part->opclass) {
		if (home_name(p, part->opclass, &name))
			return -1;
		strbuf_addch(out, ' ');
		home_quote_name(out, name.schema, name.name);
	}
	add_order(out, part->options);
	if (part->operator.length)
		strbuf_addf(out, " WITH %.*s", (int)part->operator.length, part->operator.text);
	return strbuf_failed(out) ? home_nomem(p) : 0;
}

/* A column in parentheses, or with a collation behind it, is an expression to the parser
 * and a column all the same. */
static const struct ddl_ident *plain_column(const struct ddl_part *part)
{
	const struct ddl_expr *expr = part->expr ? expr_inner(part->expr) : NULL;

	if (part->column)
		return part->column;
	return expr && expr->kind == EXPR_COLUMN && expr->name->count == 1 ? expr->name->last : NULL;
}

static int find_column(struct performer *p, const struct limbeck_object *table,
	const struct ddl_ident *ident, const char **out)
{
	const struct limbeck_object *column;

	*out = home_ident(p, ident);
	if (!*out)
		return -1;
	column = home_part(p, table, LIMBECK_KIND_COLUMN, *out);
	if (column)
		*out = limbeck_object_name(column);
	else if (limbeck_object_kind(table) == LIMBECK_KIND_TABLE)
		return home_complain(p, HOME_NO_KEY_COLUMN, &ident->span, NULL, *out,
			limbeck_object_name(table));
	return 0;
}

/* AUTOINCREMENT inside a key. */
static void set_numbers(struct performer *p, const struct limbeck_object *table,
	const struct ddl_part *part, const char *column)
{
	struct limbeck_object *object;

	if (!column || !option_of(part->options, OPTION_AUTO_INCREMENT))
		return;
	object = home_part(p, table, LIMBECK_KIND_COLUMN, column);
	if (object)
		object_set(object, LIMBECK_ATTR_IDENTITY, "by default");
}

static int set_part(struct performer *p, const struct limbeck_object *table,
	struct limbeck_object *object, const struct ddl_part *part, bool *more)
{
	const struct ddl_ident *ident = plain_column(part);
	struct strbuf text = STRBUF_INIT, name = STRBUF_INIT;
	const char *column = NULL;

	if (part->period || option_of(part->options, OPTION_OTHER))
		return home_refuse(p, &part->span, "this part of a key has no counterpart");
	if (part->opclass_options)
		return home_refuse(p, &part->span,
			"an operator class with parameters has no counterpart");
	if ((ident && find_column(p, table, ident, &column))
		|| add_part(p, table, part, column, &text)) {
		strbuf_release(&text);
		return -1;
	}
	if (column)
		home_quote(&name, column);
	*more |= strcmp(name.buf, text.buf) != 0;
	object_append(object, LIMBECK_ATTR_COLUMNS, column ? column : "");
	object_append(object, LIMBECK_ATTR_PARTS, text.buf);
	set_numbers(p, table, part, column);
	strbuf_release(&text);
	strbuf_release(&name);
	return 0;
}

int home_set_parts(struct performer *p, const struct limbeck_object *table,
	struct limbeck_object *object, const struct ddl_part *parts)
{
	enum limbeck_kind kind = limbeck_object_kind(object);
	bool more = kind == LIMBECK_KIND_INDEX || kind == LIMBECK_KIND_EXCLUSION;

	for (const struct ddl_part *part = parts; part; part = part->next)
		if (set_part(p, table, object, part, &more))
			return -1;
	if (!more)
		object_set(object, LIMBECK_ATTR_PARTS, NULL);
	return 0;
}

/* What an expression is called where it has no name: PostgreSQL's FigureColname(). */
static const char *expression_name(struct performer *p, const struct ddl_expr *expr)
{
	expr = expr_inner(expr);
	switch (expr->kind) {
	case EXPR_COLUMN: return home_ident(p, expr->name->last);
	case EXPR_CALL: return home_ident(p, expr->call->name.last);
	case EXPR_CASE: return "case";
	case EXPR_COLLATE: return expression_name(p, expr->args.items[0]);
	case EXPR_CAST: return expression_name(p, expr->args.items[0]);
	default: return "expr";
	}
}

/* Whether the name is one of those that are joined already. */
static bool is_in(const char *joined, const char *name)
{
	size_t length = strlen(name);

	for (const char *at = joined; (at = strstr(at, name)) != NULL; at += length)
		if ((at == joined || at[-1] == '_') && (!at[length] || at[length] == '_'))
			return true;
	return false;
}

int home_part_names(struct performer *p, const struct ddl_part *parts, struct home_naming *out)
{
	struct strbuf text = STRBUF_INIT;

	for (const struct ddl_part *part = parts; part; part = part->next) {
		const struct ddl_ident *ident = plain_column(part);
		const char *name = ident ? home_ident(p, ident) : expression_name(p, part->expr);
		char numbered[80];

		if (!name) {
			strbuf_release(&text);
			return -1;
		}
		if (!ident && is_in(text.buf, name)) {
			snprintf(numbered, sizeof numbered, "%.60s1", name);
			name = numbered;
		}
		strbuf_addf(&text, "%s%s", part == parts ? "" : "_", name);
		if (part == parts)
			out->column = ident ? name : "functional_index";
	}
	out->columns = home_text(p, &text);
	return out->columns ? 0 : -1;
}
