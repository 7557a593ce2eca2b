/* SPDX-License-Identifier: BSD-2-Clause */
/* Indexes: what speeds reading alone may be left out; what is unique guards rows. */
#include <stdlib.h>
#include <string.h>

#include "translate/map_int.h"

enum { LONGEST_PART = 768 };

/* An index on its way: what its parts are there. */
struct plan {
	const struct limbeck_object *index;
	const char **columns;        /* "" for an expression */
	const char **parts;          /* as SQL */
	size_t count;
	const char *predicate;
	bool unique;
	bool expressions;            /* parts that are no columns */
	bool complex;                /* a part is more than a column */
	bool left_out;
	unsigned helpers;
};

static bool is_any(const char *word, const char *const *words)
{
	for (; *words; words++)
		if (strcmp(word, *words) == 0)
			return true;
	return false;
}

/* 1: without the index's method; 0: with it, or it is the usual one; -1: left out. */
static int plan_method(struct mapper *m, const struct limbeck_object *index)
{
	static const char *const common[] = { "btree", "hash", "gin", "gist", "spgist", "brin",
		NULL };
	static const char *const plain[] = { "btree", "BTREE", "hash", "HASH", "brin", NULL };
	const char *method = limbeck_object_get(index, LIMBECK_ATTR_METHOD);

	if (!method || strcmp(method, "btree") == 0)
		return 0;
	if (mapper_says(m, LIMBECK_SAYS_INDEX_OPTIONS) && is_any(method, common))
		return 0;
	if (is_any(method, plain)) {
		mapper_remark(m, index, "it is a plain index: USING %s is left out", method);
		return 1;
	}
	mapper_remark(m, index, "it is left out, for the engine has no %s indexes", method);
	return -1;
}

static const struct limbeck_object *column_there(const struct mapper *m, const char *name)
{
	struct object_name full = { .kind = LIMBECK_KIND_COLUMN, .table = m->name, .name = name };

	if (mapper_says(m, LIMBECK_SAYS_SCHEMA))
		full.schema = limbeck_object_in_default_schema(m->table)
			? catalog_rules(m->to)->default_schema : limbeck_object_schema(m->table);
	return catalog_find(m->to, &full);
}

/* Whether the engine can have the whole of the column in an index. */
static bool is_short(const struct mapper *m, const struct limbeck_object *column)
{
	const char *type = limbeck_object_get(column, LIMBECK_ATTR_TYPE);
	const char *meaning = limbeck_object_get(column, LIMBECK_ATTR_MEANING);
	const char *key_blob = m->translation->key_blob;

	if (mapper_says(m, LIMBECK_SAYS_TEXT_KEY) || !type || !meaning
		|| (strcmp(meaning, "text") == 0 && strncmp(type, m->translation->key_text,
			strcspn(m->translation->key_text, "(")) == 0)
		|| (key_blob && strcmp(type, key_blob) == 0))
		return true;
	if (strcmp(meaning, "text") == 0 || strcmp(meaning, "blob") == 0
		|| strcmp(meaning, "json") == 0 || strcmp(meaning, "array") == 0
		|| strcmp(meaning, "other") == 0)
		return false;
	return !meaning_begins(meaning, "text")
		|| strtoul(meaning + strlen("text("), NULL, 10) <= LONGEST_PART;
}

static bool is_json(const struct limbeck_object *column)
{
	const char *meaning = limbeck_object_get(column, LIMBECK_ATTR_MEANING);

	return meaning && (strcmp(meaning, "json") == 0 || strcmp(meaning, "array") == 0);
}

static void put_order(struct mapper *m, const struct plan *plan, const struct ddl_part *part,
	struct strbuf *out)
{
	bool nulls = mapper_option(part, OPTION_NULLS_FIRST) || mapper_option(part, OPTION_NULLS_LAST);

	if (mapper_option(part, OPTION_DESC))
		strbuf_addstr(out, " DESC");
	if (nulls && mapper_says(m, LIMBECK_SAYS_NULLS_ORDER))
		strbuf_addf(out, " NULLS %s",
			mapper_option(part, OPTION_NULLS_FIRST) ? "FIRST" : "LAST");
	else if (nulls)
		mapper_remark(m, plan->index, "NULLS FIRST or LAST is left out");
}

static void put_class(struct mapper *m, const struct plan *plan, const struct ddl_part *part,
	struct strbuf *out)
{
	struct printer printer = PRINTER_INIT(out);

	if (!part->opclass)
		return;
	if (!mapper_says(m, LIMBECK_SAYS_INDEX_OPTIONS)) {
		mapper_remark(m, plan->index, "the operator class %s is left out",
			part->opclass->last->name);
		return;
	}
	strbuf_addch(out, ' ');
	name_print(&printer, part->opclass);
}

static int add_part(struct mapper *m, struct plan *plan, const char *column, struct strbuf *out)
{
	const char *text = mapper_text(m, out);

	plan->columns[plan->count] = column;
	plan->parts[plan->count++] = text;
	return text && column ? 0 : -1;
}

static int plan_column(struct mapper *m, struct plan *plan, const char *name,
	const struct ddl_part *part)
{
	const struct limbeck_object *column = column_there(m, name);
	struct strbuf out = STRBUF_INIT;

	if (column && is_json(column) && !mapper_says(m, LIMBECK_SAYS_JSON_INDEX)) {
		plan->left_out = true;
		mapper_remark(m, plan->index, "it is left out, for the engine has no index on json");
		return 0;
	}
	mapper_quote(m, &out, name);
	if (column && !plan->unique && !is_short(m, column) && m->translation->key_prefix) {
		strbuf_addf(&out, "(%zu)", mapper_share(m,
			(size_t)strtoul(m->translation->key_prefix, NULL, 10),
			limbeck_object_count(plan->index, LIMBECK_ATTR_COLUMNS)));
		plan->complex = true;
	}
	put_class(m, plan, part, &out);
	put_order(m, plan, part, &out);
	plan->complex = plan->complex || mapper_option(part, OPTION_DESC);
	return add_part(m, plan, name, &out);
}

/* An expression in the engine's own index. */
static int plan_native(struct mapper *m, struct plan *plan, const struct ddl_part *part,
	const char *text)
{
	bool bare = expr_inner(part->expr)->kind == EXPR_CALL
		&& !mapper_says(m, LIMBECK_SAYS_QUOTED_NAMES);
	struct strbuf out = STRBUF_INIT;

	strbuf_addstr(&out, bare ? "" : "(");
	if (mapper_expr(m, plan->index, text, &out)) {
		strbuf_release(&out);
		return -1;
	}
	strbuf_addstr(&out, bare ? "" : ")");
	put_class(m, plan, part, &out);
	put_order(m, plan, part, &out);
	plan->expressions = true;
	return add_part(m, plan, "", &out);
}

/* The only column that an expression like lower(email) is made of; NULL: there is none such. */
static const char *column_of(const struct mapper *m, const struct ddl_expr *expr)
{
	const struct ddl_expr *inner = expr_inner(expr);

	while (inner->kind == EXPR_CALL && inner->args.count == 1)
		inner = expr_inner(inner->args.items[0]);
	return inner->kind == EXPR_COLUMN && inner->name->count == 1
		&& column_there(m, inner->name->last->name) ? inner->name->last->name : NULL;
}

static const char *expr_text(struct mapper *m, const struct ddl_expr *expr)
{
	struct strbuf text = STRBUF_INIT;
	struct printer printer = PRINTER_INIT(&text);

	expr_print(&printer, expr_inner(expr));
	return mapper_text(m, &text);
}

static const char *meaning_of(struct mapper *m, const struct ddl_expr *expr)
{
	struct phrase_scope scope = { m->home, limbeck_object_schema(m->table),
		limbeck_object_name(m->table), NULL };

	return phrase_meaning(&scope, expr_inner(expr));
}

/* A column that is computed stands for the text in the index. */
static int plan_helper(struct mapper *m, struct plan *plan, const char *text, const char *meaning,
	bool descending)
{
	const char *name = map_helper(m, plan->index, ++plan->helpers, text, meaning);
	struct strbuf out = STRBUF_INIT;

	if (!name)
		return -1;
	mapper_quote(m, &out, name);
	strbuf_addstr(&out, descending ? " DESC" : "");
	plan->complex = plan->complex || descending;
	return add_part(m, plan, name, &out);
}

static int plan_expr(struct mapper *m, struct plan *plan, const struct ddl_part *part)
{
	const char *text = expr_text(m, part->expr);
	const char *column;

	if (!text)
		return -1;
	if (mapper_says(m, LIMBECK_SAYS_EXPRESSION_INDEX))
		return plan_native(m, plan, part, text);
	if (plan->unique)
		return plan_helper(m, plan, text, meaning_of(m, part->expr),
			mapper_option(part, OPTION_DESC) != NULL);
	column = column_of(m, part->expr);
	if (column) {
		mapper_remark(m, plan->index, "it is one of the column %s, for the engine has none "
			"of expressions", column);
		return plan_column(m, plan, column, part);
	}
	mapper_remark(m, plan->index, "it is left out, for the engine has no indexes of "
		"expressions");
	plan->left_out = true;
	return 0;
}

/* The beginning of a text: where the engine has no such parts they are expressions. */
static int plan_prefix(struct mapper *m, struct plan *plan, const char *column,
	const struct ddl_part *part)
{
	struct strbuf text = STRBUF_INIT;
	const char *said;

	if (!plan->unique || m->translation->key_prefix)
		return plan_column(m, plan, column, part);
	strbuf_addstr(&text, "substr(");
	mapper_quote(m, &text, column);
	strbuf_addf(&text, ", 1, %.*s)", (int)part->prefix.length, part->prefix.text);
	said = mapper_text(m, &text);
	plan->expressions = true;
	if (!said || mapper_expr(m, plan->index, said, &text))
		return -1;
	return add_part(m, plan, "", &text);
}

static int plan_predicate(struct mapper *m, struct plan *plan)
{
	const char *text = limbeck_object_get(plan->index, LIMBECK_ATTR_PREDICATE);
	struct strbuf out = STRBUF_INIT;

	if (!text)
		return 0;
	if (mapper_says(m, LIMBECK_SAYS_PARTIAL_INDEX)) {
		if (mapper_expr(m, plan->index, text, &out)) {
			strbuf_release(&out);
			return -1;
		}
		plan->predicate = mapper_text(m, &out);
		return plan->predicate ? 0 : -1;
	}
	if (!plan->unique) {
		mapper_remark(m, plan->index, "it is one of all rows: WHERE is left out");
		return 0;
	}
	text = arena_printf(&m->arena, "CASE WHEN %s THEN 1 END", text);
	return text ? plan_helper(m, plan, text, "smallint", false) : mapper_nomem(m);
}

static int plan_parts(struct mapper *m, struct plan *plan)
{
	size_t count = limbeck_object_count(plan->index, LIMBECK_ATTR_COLUMNS), i = 0;
	const struct ddl_part *part;

	plan->columns = arena_array(&m->arena, count + 1, sizeof *plan->columns);
	plan->parts = arena_array(&m->arena, count + 1, sizeof *plan->parts);
	if (!plan->columns || !plan->parts)
		return mapper_nomem(m);
	if (map_parts_read(m, plan->index, &part))
		return -1;
	for (; part && i < count && !plan->left_out; part = part->next, i++) {
		const char *column = limbeck_object_item(plan->index, LIMBECK_ATTR_COLUMNS, i);
		int result = *column && part->prefix.length ? plan_prefix(m, plan, column, part)
			: *column ? plan_column(m, plan, column, part) : plan_expr(m, plan, part);

		if (result)
			return -1;
	}
	return plan->left_out ? 0 : plan_predicate(m, plan);
}

static void map_include(struct mapper *m, const struct limbeck_object *index,
	struct limbeck_object *to)
{
	if (!limbeck_object_get(index, LIMBECK_ATTR_INCLUDE))
		return;
	if (mapper_says(m, LIMBECK_SAYS_INDEX_INCLUDE))
		object_copy_attribute(to, index, LIMBECK_ATTR_INCLUDE);
	else
		mapper_remark(m, index, "INCLUDE is left out");
}

static void map_options(struct mapper *m, const struct limbeck_object *index, bool method,
	struct limbeck_object *to)
{
	bool own = mapper_says(m, LIMBECK_SAYS_INDEX_OPTIONS);

	if (own && method)
		object_copy_attribute(to, index, LIMBECK_ATTR_METHOD);
	if (own)
		object_copy_attribute(to, index, LIMBECK_ATTR_OPTIONS);
	else if (limbeck_object_get(index, LIMBECK_ATTR_OPTIONS))
		mapper_remark(m, index, "its storage options are left out");
}

static int make_index(struct mapper *m, const struct plan *plan, bool method)
{
	bool constraint = plan->unique && !mapper_says(m, LIMBECK_SAYS_UNIQUE_INDEX)
		&& !plan->expressions;
	enum limbeck_kind kind = constraint ? LIMBECK_KIND_UNIQUE : LIMBECK_KIND_INDEX;
	const char *name = mapper_part_name(m, plan->index);
	struct limbeck_object *to = mapper_add(m, kind, true, name);

	if (!to)
		return -1;
	for (size_t i = 0; i < plan->count; i++) {
		object_append(to, LIMBECK_ATTR_COLUMNS, plan->columns[i]);
		if (!constraint || plan->complex)
			object_append(to, LIMBECK_ATTR_PARTS, plan->parts[i]);
	}
	if (!constraint)
		object_set(to, LIMBECK_ATTR_UNIQUE, plan->unique ? "yes" : NULL);
	object_set(to, LIMBECK_ATTR_PREDICATE, plan->predicate);
	map_include(m, plan->index, to);
	map_options(m, plan->index, method, to);
	mapper_comment(m, plan->index, to);
	return 0;
}

static int map_index(struct mapper *m, const struct limbeck_object *index)
{
	struct plan plan = { .index = index,
		.unique = limbeck_object_get(index, LIMBECK_ATTR_UNIQUE) != NULL };
	int method = plan_method(m, index);

	if (method < 0)
		return 0;
	if (limbeck_object_get(index, LIMBECK_ATTR_NULLS_NOT_DISTINCT) && plan.unique
		&& !mapper_says(m, LIMBECK_SAYS_NULLS_NOT_DISTINCT))
		return mapper_refuse(m, index, "NULLS NOT DISTINCT has no counterpart");
	if (plan_parts(m, &plan))
		return -1;
	return plan.left_out ? 0 : make_index(m, &plan, method == 0);
}

int map_indexes(struct mapper *m)
{
	const struct limbeck_object *index = NULL;

	while ((index = mapper_part(m, LIMBECK_KIND_INDEX, index)))
		if (map_index(m, index))
			return -1;
	return 0;
}
