/* SPDX-License-Identifier: BSD-2-Clause */
/* Sequences: of their own, and behind columns. */
#include <stdio.h>
#include <string.h>

#include "sql/quote.h"
#include "translate/home_int.h"

static const struct limbeck_lexis common_lexis = { sizeof(struct limbeck_lexis), 0, "\"\"" };

static const enum limbeck_attribute numbers[] = { LIMBECK_ATTR_START, LIMBECK_ATTR_INCREMENT,
	LIMBECK_ATTR_MINIMUM, LIMBECK_ATTR_MAXIMUM, LIMBECK_ATTR_CACHE, LIMBECK_ATTR_CYCLE };

const struct limbeck_object *home_sequence_column(const struct home *home, const char *schema,
	const char *name)
{
	const struct limbeck_object *column = NULL;

	while ((column = catalog_next(home->catalog, LIMBECK_KIND_COLUMN, NULL, NULL, column))) {
		const char *sequence = limbeck_object_get(column, LIMBECK_ATTR_SEQUENCE);
		const char *of = limbeck_object_schema(column);

		if (sequence && strcmp(sequence, name) == 0
			&& (of && schema ? strcmp(of, schema) == 0 : !of && !schema))
			return column;
	}
	return NULL;
}

int home_name_sequence(struct performer *p, struct limbeck_object *column, const char *name)
{
	struct home_naming naming = { .pattern = p->traits->sequence,
		.kind = LIMBECK_KIND_INDEX, .schema = limbeck_object_schema(column),
		.table = limbeck_object_table(column), .column = limbeck_object_name(column) };

	if (!name && home_make_name(p, &naming, &name))
		return -1;
	if (name)
		object_set(column, LIMBECK_ATTR_SEQUENCE, name);
	return 0;
}

static enum limbeck_attribute attribute_of(unsigned option)
{
	switch ((enum ddl_option_kind)option) {
	case OPTION_START:
	case OPTION_RESTART: return LIMBECK_ATTR_START;
	case OPTION_INCREMENT: return LIMBECK_ATTR_INCREMENT;
	case OPTION_MINVALUE:
	case OPTION_NO_MINVALUE: return LIMBECK_ATTR_MINIMUM;
	case OPTION_MAXVALUE:
	case OPTION_NO_MAXVALUE: return LIMBECK_ATTR_MAXIMUM;
	case OPTION_CACHE: return LIMBECK_ATTR_CACHE;
	case OPTION_CYCLE:
	case OPTION_NO_CYCLE: return LIMBECK_ATTR_CYCLE;
	default: return LIMBECK_ATTR_NONE;
	}
}

/* What is the same as nothing said, where numbers go up. */
static bool is_usual(enum limbeck_attribute attribute, const char *text)
{
	if (attribute == LIMBECK_ATTR_MAXIMUM)
		return strcmp(text, "9223372036854775807") == 0;
	return strcmp(text, "1") == 0;
}

static int set_option(struct performer *p, struct limbeck_object *object,
	const struct ddl_option *option)
{
	enum limbeck_attribute attribute = attribute_of(option->kind);
	const char *text;

	if (attribute == LIMBECK_ATTR_NONE)
		return 0;
	if (attribute == LIMBECK_ATTR_CYCLE) {
		object_set(object, attribute, option->kind == OPTION_CYCLE ? "yes" : NULL);
		return 0;
	}
	text = option->expr ? home_expr(p, NULL, option->expr) : NULL;
	if (option->expr && !text)
		return -1;
	object_set(object, attribute, text && !is_usual(attribute, text) ? text : NULL);
	return 0;
}

static int set_owner(struct performer *p, struct limbeck_object *sequence,
	const struct ddl_option *option)
{
	struct ddl_name of = *option->name;
	const struct ddl_ident *last = of.last;
	struct limbeck_object *table, *column;
	struct ddl_ident *before = of.first;

	object_set(sequence, LIMBECK_ATTR_OWNED_BY, NULL);
	if (of.count == 1)
		return 0; /* NONE */
	while (before->next != last)
		before = before->next;
	of.last = before;
	of.count--;
	if (home_need_relation(p, &of, LIMBECK_KIND_TABLE, &table)
		|| home_need_column(p, table, last, &column))
		return -1;
	object_append(sequence, LIMBECK_ATTR_OWNED_BY, limbeck_object_name(table));
	object_append(sequence, LIMBECK_ATTR_OWNED_BY, limbeck_object_name(column));
	return 0;
}

int home_sequence_options(struct performer *p, struct limbeck_object *object,
	const struct ddl_option *options)
{
	struct home_type type;

	for (const struct ddl_option *o = options; o; o = o->next) {
		if (o->kind == OPTION_AS_TYPE
			&& limbeck_object_kind(object) == LIMBECK_KIND_SEQUENCE) {
			if (home_type(p, o->type, &type))
				return -1;
			object_set(object, LIMBECK_ATTR_TYPE,
				strcmp(type.text, "bigint") == 0 ? NULL : type.text);
		} else if (o->kind == OPTION_OWNED_BY) {
			if (set_owner(p, object, o))
				return -1;
		} else if (set_option(p, object, o)) {
			return -1;
		}
	}
	return 0;
}

int home_set_identity(struct performer *p, struct limbeck_object *column,
	const struct ddl_option *identity)
{
	const struct ddl_option *named = option_of(identity->options, OPTION_SEQUENCE_NAME);
	const struct object_name table = { .kind = LIMBECK_KIND_TABLE,
		.schema = limbeck_object_schema(column), .name = limbeck_object_table(column) };
	const struct limbeck_object *owner = catalog_find(p->catalog, &table), *key;
	const char *name = named ? home_ident(p, named->name->last) : NULL;

	if (named && !name)
		return -1;
	object_set(column, LIMBECK_ATTR_IDENTITY,
		identity->kind == OPTION_IDENTITY_ALWAYS ? "always" : "by default");
	key = owner ? home_primary_key(p, owner) : NULL;
	if (!key || !home_lists(p, key, LIMBECK_ATTR_COLUMNS, limbeck_object_name(column)))
		object_set(column, LIMBECK_ATTR_NOT_NULL, "yes");
	return home_name_sequence(p, column, name)
		|| home_sequence_options(p, column, identity->options) ? -1 : 0;
}

/* The sequence that nextval('name'::regclass) asks; *out is NULL if it is no such call. */
static int called_sequence(struct performer *p, const struct ddl_expr *expr,
	struct home_name *name, struct limbeck_object **out)
{
	const struct ddl_place place = { NULL, 1, 1 };
	struct parser parser;
	struct ddl_name written;

	*out = NULL;
	memset(name, 0, sizeof *name);
	expr = expr_inner(expr);
	if (!expr_calls(expr, "nextval") || expr->args.count != 1)
		return 0;
	expr = expr_inner(expr->args.items[0]);
	while (expr->kind == EXPR_CAST)
		expr = expr_inner(expr->args.items[0]);
	if (expr->kind != EXPR_STRING)
		return 0;
	if (parser_init(&parser, p->arena, dialect_lexis(p->traits->dialect), p->traits->dialect, expr->string->value,
			expr->string->length, &place, p->err)
		|| name_parse(&parser, &written, p->err) || home_name(p, &written, name))
		return -1;
	*out = home_find(p, LIMBECK_KIND_SEQUENCE, name->schema, NULL, name->name);
	return 0;
}

/* The column has the numbers of its own sequence from now on. */
static void join(struct performer *p, struct limbeck_object *column,
	struct limbeck_object *sequence)
{
	object_set(column, LIMBECK_ATTR_IDENTITY, "serial");
	object_set(column, LIMBECK_ATTR_DEFAULT, NULL);
	object_set(column, LIMBECK_ATTR_SEQUENCE, limbeck_object_name(sequence));
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		object_copy_attribute(column, sequence, numbers[i]);
	catalog_remove(p->catalog, sequence);
}

static bool owns(const struct performer *p, const struct limbeck_object *column,
	const struct limbeck_object *sequence)
{
	const char *table = limbeck_object_item(sequence, LIMBECK_ATTR_OWNED_BY, 0);
	const char *name = limbeck_object_item(sequence, LIMBECK_ATTR_OWNED_BY, 1);

	return table && name && object_is_part(column)
		&& home_same(p, table, limbeck_object_table(column))
		&& home_same(p, name, limbeck_object_name(column));
}

int home_join_default(struct performer *p, struct limbeck_object *column,
	const struct ddl_expr *expr)
{
	struct limbeck_object *sequence;
	struct home_name name;

	if (called_sequence(p, expr, &name, &sequence))
		return -1;
	if (!sequence || !owns(p, column, sequence))
		return 0;
	if (home_touch_object(p, sequence))
		return -1;
	join(p, column, sequence);
	return 0;
}

/* nextval('name'::regclass), and as a text in quotes where the name needs them. */
static const char *default_text(struct performer *p, const char *schema, const char *name)
{
	struct strbuf shown = STRBUF_INIT, text = STRBUF_INIT;

	home_quote_name(&shown, schema, name);
	strbuf_addstr(&text, "nextval(");
	quote_literal(&text, &common_lexis, shown.buf);
	strbuf_addstr(&text, "::regclass)");
	strbuf_release(&shown);
	return home_text(p, &text);
}

bool home_uses_sequence(struct performer *p, const struct limbeck_object *column,
	const char *schema, const char *name)
{
	const char *text = limbeck_object_get(column, LIMBECK_ATTR_DEFAULT);
	struct strbuf quoted = STRBUF_INIT, called = STRBUF_INIT;
	bool found;

	if (!text || strncmp(text, "nextval", 7) != 0)
		return false;
	home_quote_name(&quoted, schema, name);
	strbuf_addch(&called, '\'');
	strbuf_addstr(&called, quoted.buf);
	strbuf_addch(&called, '\'');
	found = strstr(text, called.buf) != NULL;
	if (!found && !schema) { /* in the default schema by its name */
		strbuf_truncate(&called, 0);
		strbuf_addf(&called, ".%s'", quoted.buf);
		found = strstr(text, called.buf) != NULL;
	}
	strbuf_release(&quoted);
	strbuf_release(&called);
	(void)p;
	return found;
}

int home_join_sequence(struct performer *p, struct limbeck_object *sequence)
{
	const char *table = limbeck_object_item(sequence, LIMBECK_ATTR_OWNED_BY, 0);
	const char *column = limbeck_object_item(sequence, LIMBECK_ATTR_OWNED_BY, 1);
	const char *schema = limbeck_object_schema(sequence);
	struct limbeck_object *object;

	if (!table || !column)
		return 0;
	object = home_find(p, LIMBECK_KIND_COLUMN, schema, table, column);
	if (!object || !home_uses_sequence(p, object, schema, limbeck_object_name(sequence)))
		return 0;
	if (home_touch_object(p, sequence) || home_touch_object(p, object))
		return -1;
	join(p, object, sequence);
	return 0;
}

struct limbeck_object *home_split_sequence(struct performer *p, struct limbeck_object *column)
{
	const char *name = limbeck_object_get(column, LIMBECK_ATTR_SEQUENCE);
	const char *schema = limbeck_object_schema(column);
	const char *type = limbeck_object_get(column, LIMBECK_ATTR_TYPE);
	struct limbeck_object *sequence;
	const char *text;

	if (!name) {
		home_nomem(p);
		return NULL;
	}
	text = default_text(p, schema, name);
	sequence = text ? home_add(p, LIMBECK_KIND_SEQUENCE, schema, NULL, name) : NULL;
	if (!sequence || home_touch_object(p, sequence))
		return NULL;
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		object_copy_attribute(sequence, column, numbers[i]);
		object_set(column, numbers[i], NULL);
	}
	if (type && strcmp(type, "bigint") != 0)
		object_set(sequence, LIMBECK_ATTR_TYPE, type);
	object_append(sequence, LIMBECK_ATTR_OWNED_BY, limbeck_object_table(column));
	object_append(sequence, LIMBECK_ATTR_OWNED_BY, limbeck_object_name(column));
	object_set(column, LIMBECK_ATTR_IDENTITY, NULL);
	object_set(column, LIMBECK_ATTR_SEQUENCE, NULL);
	object_set(column, LIMBECK_ATTR_DEFAULT, text);
	return sequence;
}

int home_create_sequence(struct performer *p, const struct ddl_create *create)
{
	struct limbeck_object *sequence;
	struct home_name name;

	if (home_name(p, create->name, &name))
		return -1;
	if (home_taken(p, name.schema, name.name, false))
		return create->if_not_exists ? 0 : home_complain(p, HOME_RELATION_EXISTS,
			&create->name->span, NULL, name.name, NULL);
	sequence = home_add(p, LIMBECK_KIND_SEQUENCE, name.schema, NULL, name.name);
	if (!sequence || home_sequence_options(p, sequence, create->options)
		|| home_touch_object(p, sequence))
		return -1;
	return home_join_sequence(p, sequence);
}

/* Of a column that gives numbers by itself. */
static int alter_column(struct performer *p, const struct ddl_alter *alter,
	const struct limbeck_object *owner)
{
	struct object_name full;
	struct limbeck_object *column;
	struct home_name name;
	int failed = 0;

	object_name_of(owner, &full);
	column = catalog_find(p->catalog, &full);
	if (!column || home_touch_object(p, column))
		return -1;
	for (const struct ddl_action *a = alter->actions; a && !failed; a = a->next) {
		if (a->kind == ACTION_RENAME) {
			failed = home_name(p, a->target, &name);
			if (!failed)
				object_set(column, LIMBECK_ATTR_SEQUENCE, name.name);
		} else if (a->kind == ACTION_SEQUENCE) {
			if (a->option->kind == OPTION_OWNED_BY)
				continue;
			failed = home_sequence_options(p, column, a->option);
		} else if (a->kind != ACTION_OWNER) {
			failed = home_refuse(p, &a->span,
				"this action of ALTER SEQUENCE has no counterpart");
		}
	}
	return failed;
}

int home_alter_sequence(struct performer *p, const struct ddl_alter *alter)
{
	const struct limbeck_object *owner;
	struct limbeck_object *sequence;
	struct home_name name;

	if (home_name(p, alter->name, &name))
		return -1;
	sequence = home_find(p, LIMBECK_KIND_SEQUENCE, name.schema, NULL, name.name);
	if (!sequence) {
		owner = home_sequence_column(p->home, name.schema, name.name);
		if (owner)
			return alter_column(p, alter, owner);
		return alter->if_exists ? 0 : home_complain(p, HOME_NO_RELATION,
			&alter->name->span, NULL, name.name, NULL);
	}
	if (home_touch_object(p, sequence))
		return -1;
	if (alter->actions->kind != ACTION_SEQUENCE)
		return home_alter_plainly(p, alter, LIMBECK_KIND_SEQUENCE, "sequence");
	for (const struct ddl_action *a = alter->actions; a; a = a->next)
		if (a->kind != ACTION_SEQUENCE)
			return home_refuse(p, &a->span,
				"this action of ALTER SEQUENCE has no counterpart");
		else if (home_sequence_options(p, sequence, a->option))
			return -1;
	return home_join_sequence(p, sequence);
}
