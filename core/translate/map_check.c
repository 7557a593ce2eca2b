/* SPDX-License-Identifier: BSD-2-Clause */
/* Checks: a table's own, and those that a type of home stands for. */
#include <string.h>

#include "base/error.h"
#include "translate/map_int.h"

int mapper_expr(struct mapper *m, const struct limbeck_object *object, const char *text,
	struct strbuf *out)
{
	struct phrase_scope scope = { m->home, limbeck_object_schema(m->table),
		limbeck_object_name(m->table), NULL };

	if (phrase_expr_text(m->mapping->outward, &scope, text, out, m->err) == 0)
		return 0;
	return error_is(m->err, LIMBECK_E_UNSUPPORTED) && m->err->message
		? mapper_refuse(m, object, "%s", m->err->message) : -1;
}

/* A check of what numbers the rows, which some engines don't take. */
static int check_numbers(struct mapper *m, const struct limbeck_object *check)
{
	const char *text = limbeck_object_get(check, LIMBECK_ATTR_EXPRESSION);
	const struct limbeck_object *column = NULL;

	if (mapper_says(m, LIMBECK_SAYS_IDENTITY_CHECK))
		return 0;
	while ((column = mapper_part(m, LIMBECK_KIND_COLUMN, column))) {
		const char *name = limbeck_object_name(column);

		if (limbeck_object_get(column, LIMBECK_ATTR_IDENTITY)
			&& text_mentions(dialect_lexis(LIMBECK_COMMON_DIALECT), text, name))
			return mapper_refuse(m, check, "the engine has no checks of a column that "
				"numbers the rows, as %s does", name);
	}
	return 0;
}

static int map_check(struct mapper *m, const struct limbeck_object *check)
{
	struct limbeck_object *to = mapper_add(m, LIMBECK_KIND_CHECK, true,
		mapper_part_name(m, check));
	struct strbuf out = STRBUF_INIT;
	const char *text;

	if (!to || check_numbers(m, check))
		return -1;
	if (mapper_expr(m, check, limbeck_object_get(check, LIMBECK_ATTR_EXPRESSION), &out)) {
		strbuf_release(&out);
		return -1;
	}
	text = mapper_text(m, &out);
	object_set(to, LIMBECK_ATTR_EXPRESSION, text);
	if (limbeck_object_get(check, LIMBECK_ATTR_NOT_ENFORCED))
		mapper_remark(m, check, "NOT VALID is left out: it holds for all rows");
	mapper_comment(m, check, to);
	return text ? 0 : -1;
}

int map_checks(struct mapper *m)
{
	const struct limbeck_object *check = NULL;

	while ((check = mapper_part(m, LIMBECK_KIND_CHECK, check)))
		if (map_check(m, check))
			return -1;
	return 0;
}

/* table_column_check, as a check without a name is called; with a number where the table
 * has one of that name. */
static const char *check_name(struct mapper *m, const char *column, const char *suffix)
{
	struct object_name name = { .kind = LIMBECK_KIND_CHECK,
		.schema = limbeck_object_schema(m->table), .table = limbeck_object_name(m->table) };
	struct object_name there = { .kind = LIMBECK_KIND_CHECK, .table = m->name };
	const struct schema_rules *rules = catalog_rules(m->to);
	const char *stem = arena_printf(&m->arena, "%s_%s_%s", m->name, column, suffix);
	unsigned number = 0;

	there.schema = mapper_says(m, LIMBECK_SAYS_SCHEMA) ? rules->default_schema : NULL;
	name.name = stem ? mapper_fit(m, stem) : NULL;
	while (name.name) {
		there.name = name.name;
		if (!catalog_find(m->home, &name) && !catalog_find(m->to, &there))
			break;
		name.name = arena_printf(&m->arena, "%s%u", stem, ++number);
		name.name = name.name ? mapper_fit(m, name.name) : NULL;
	}
	return name.name;
}

/* Adds a check of a column, in the engine's words. */
static int add_check(struct mapper *m, const struct limbeck_object *column,
	struct limbeck_object *to, const char *suffix, const char *text)
{
	const char *name = "";
	struct limbeck_object *check;
	const char *own = limbeck_object_get(to, LIMBECK_ATTR_EXPRESSION);

	if (mapper_says(m, LIMBECK_SAYS_COLUMN_CHECK)) {
		if (own)
			text = arena_printf(&m->arena, "(%s) AND (%s)", own, text);
		object_set(to, LIMBECK_ATTR_EXPRESSION, text);
		return text ? 0 : mapper_nomem(m);
	}
	if (!mapper_says(m, LIMBECK_SAYS_NAMELESS))
		name = check_name(m, limbeck_object_name(column), suffix);
	check = mapper_add(m, LIMBECK_KIND_CHECK, true, name);
	object_set(check, LIMBECK_ATTR_EXPRESSION, text);
	return check ? 0 : -1;
}

/* column IN ('a', 'b') */
static int check_enum(struct mapper *m, const struct limbeck_object *column,
	const struct home_kind *kind, struct limbeck_object *to)
{
	struct strbuf out = STRBUF_INIT;
	const char **values, *text;
	size_t count;

	if (mapper_values(m, kind, &values, &count))
		return -1;
	mapper_quote(m, &out, limbeck_object_name(column));
	strbuf_addstr(&out, " IN (");
	for (size_t i = 0; i < count; i++) {
		if (i)
			strbuf_addstr(&out, ", ");
		mapper_literal(m, &out, values[i]);
	}
	strbuf_addch(&out, ')');
	text = mapper_text(m, &out);
	return text ? add_check(m, column, to, "check", text) : -1;
}

/* VALUE stands for the column. */
static int check_domain(struct mapper *m, const struct limbeck_object *column,
	const struct limbeck_object *check, struct limbeck_object *to)
{
	const struct limbeck_lexis *lexis = dialect_lexis(LIMBECK_COMMON_DIALECT);
	struct strbuf said = STRBUF_INIT, out = STRBUF_INIT;
	const char *text;

	text_rename(&said, lexis, limbeck_object_get(check, LIMBECK_ATTR_EXPRESSION), NULL,
		"value", limbeck_object_name(column));
	text = mapper_text(m, &said);
	if (!text || mapper_expr(m, check, text, &out)) {
		strbuf_release(&out);
		return -1;
	}
	text = mapper_text(m, &out);
	return text ? add_check(m, column, to, "check", text) : -1;
}

int map_type_checks(struct mapper *m, const struct limbeck_object *column,
	const struct home_kind *kind, struct limbeck_object *to)
{
	bool native = kind->enumeration ? mapper_says(m, LIMBECK_SAYS_ENUM_TYPE) : false;

	if (kind->sort == SORT_ENUM && !native && !mapper_says(m, LIMBECK_SAYS_ENUM_COLUMN)
		&& check_enum(m, column, kind, to))
		return -1;
	for (size_t i = 0; i < kind->domain_count && kind->sort != SORT_ARRAY; i++) {
		const struct limbeck_object *check = NULL;

		while ((check = mapper_part_of(m, kind->domains[i], LIMBECK_KIND_CHECK, check)))
			if (check_domain(m, column, check, to))
				return -1;
	}
	return 0;
}
