/* SPDX-License-Identifier: BSD-2-Clause */
/* CREATE TABLE */
#include <string.h>
#include <strings.h>

#include "translate/home_int.h"

enum pass { PASS_COLUMNS, PASS_KEYS, PASS_REFERENCES };

static int add_column(struct performer *p, struct limbeck_object *table,
	const struct ddl_column *column, enum pass pass)
{
	return pass == PASS_COLUMNS ? home_begin_column(p, table, column)
		: home_column_constraints(p, table, column, pass == PASS_REFERENCES);
}

static int add_element(struct performer *p, struct limbeck_object *table,
	const struct ddl_element *element, enum pass pass)
{
	if (element->column)
		return add_column(p, table, element->column, pass);
	if (element->constraint) {
		bool foreign = element->constraint->kind == CONSTRAINT_FOREIGN;

		if (pass != (foreign ? PASS_REFERENCES : PASS_KEYS))
			return 0;
		return home_add_constraint(p, table, NULL, element->constraint);
	}
	if (element->index)
		return pass == PASS_KEYS ? home_add_index(p, table, element->index) : 0;
	return element->like && pass == PASS_COLUMNS ? home_like(p, table, element->like) : 0;
}

/* Keys know all columns, and references all keys. */
int home_elements(struct performer *p, struct limbeck_object *table,
	const struct ddl_element *elements)
{
	for (enum pass pass = PASS_COLUMNS; pass <= PASS_REFERENCES; pass++)
		for (const struct ddl_element *e = elements; e; e = e->next)
			if (add_element(p, table, e, pass))
				return -1;
	return 0;
}

/* The primary key is one column of the very type INTEGER: it is the number of the row. */
static void number_rows(struct performer *p, const struct limbeck_object *table,
	const struct ddl_element *elements)
{
	const struct limbeck_object *key = home_primary_key(p, table);
	const char *name = key ? limbeck_object_get(key, LIMBECK_ATTR_COLUMNS) : NULL;
	struct limbeck_object *column;

	if (!(p->traits->flags & HOME_INTEGER_KEY) || !key
		|| limbeck_object_count(key, LIMBECK_ATTR_COLUMNS) != 1
		|| limbeck_object_get(table, LIMBECK_ATTR_WITHOUT_ROWID))
		return;
	for (; elements; elements = elements->next)
		if (elements->column && home_same(p, elements->column->name.name, name)
			&& elements->column->type
			&& strcasecmp(elements->column->type->plain, "integer") == 0) {
			column = home_part(p, table, LIMBECK_KIND_COLUMN, name);
			if (column)
				object_set(column, LIMBECK_ATTR_IDENTITY, "by default");
		}
}

static int set_comment(struct performer *p, struct limbeck_object *table,
	const struct ddl_option *option)
{
	const char *text = home_string(p, option->expr);

	if (!text)
		return -1;
	object_set(table, LIMBECK_ATTR_COMMENT, *text ? text : NULL);
	return 0;
}

static int set_partition(struct performer *p, struct limbeck_object *table,
	const struct ddl_option *option)
{
	const char *text = home_span_text(p, &option->text);

	if (!text)
		return -1;
	object_set(table, LIMBECK_ATTR_PARTITION_BY, text);
	return 0;
}

/* The next number: of the column that gives them. */
static int set_start(struct performer *p, struct limbeck_object *table,
	const struct ddl_option *option)
{
	struct limbeck_object *column = NULL;
	const char *text = home_expr(p, NULL, option->expr);

	if (!text)
		return -1;
	while ((column = catalog_next(p->catalog, LIMBECK_KIND_COLUMN,
			limbeck_object_schema(table), limbeck_object_name(table), column)))
		if (limbeck_object_get(column, LIMBECK_ATTR_IDENTITY))
			object_set(column, LIMBECK_ATTR_START, strcmp(text, "1") == 0 ? NULL : text);
	return 0;
}

static int set_on_commit(struct performer *p, struct limbeck_object *table,
	const struct ddl_option *option)
{
	if (strcmp(option->form->words, "ON COMMIT DELETE ROWS") == 0)
		return home_refuse(p, &option->span, "ON COMMIT DELETE ROWS has no counterpart");
	if (strcmp(option->form->words, "ON COMMIT DROP") == 0)
		object_set(table, LIMBECK_ATTR_TEMPORARY, "on commit drop");
	return 0;
}

int home_table_option(struct performer *p, struct limbeck_object *table,
	const struct ddl_option *option)
{
	switch ((enum ddl_option_kind)option->kind) {
	case OPTION_INHERITS:
		return home_refuse(p, &option->span, "INHERITS has no counterpart");
	case OPTION_PARTITION_BY: return set_partition(p, table, option);
	case OPTION_ON_COMMIT: return set_on_commit(p, table, option);
	case OPTION_STRICT: object_set(table, LIMBECK_ATTR_STRICT, "yes"); return 0;
	case OPTION_WITHOUT_ROWID:
		object_set(table, LIMBECK_ATTR_WITHOUT_ROWID, "yes");
		return 0;
	case OPTION_AUTO_INCREMENT: return set_start(p, table, option);
	case OPTION_COMMENT: return set_comment(p, table, option);
	case OPTION_CHARSET:
		object_set(table, LIMBECK_ATTR_CHARSET, option->name->last->name);
		return 0;
	case OPTION_COLLATE:
		object_set(table, LIMBECK_ATTR_COLLATION, option->name->last->name);
		return 0;
	default:
		if (strcmp(option->form->words, "WITH SYSTEM VERSIONING") == 0
			|| strcmp(option->form->words, "SERVER") == 0
			|| strcmp(option->form->words, "UNION") == 0)
			return home_refuse(p, &option->span, "%s has no counterpart",
				option->form->words);
		return home_skip_option(p, option, "a table");
	}
}

static int set_options(struct performer *p, struct limbeck_object *table,
	const struct ddl_option *options, bool numbers)
{
	for (const struct ddl_option *o = options; o; o = o->next)
		if ((o->kind == OPTION_AUTO_INCREMENT) == numbers && home_table_option(p, table, o))
			return -1;
	return 0;
}

static int set_partition_of(struct performer *p, struct limbeck_object *table,
	const struct ddl_table *statement)
{
	struct limbeck_object *parent, *column = NULL;
	const char *bound = home_span_text(p, &statement->bound), *schema;

	if (!bound || home_need_relation(p, statement->partition_of, LIMBECK_KIND_TABLE, &parent))
		return -1;
	schema = limbeck_object_schema(parent);
	object_append(table, LIMBECK_ATTR_PARTITION_OF, schema ? schema : "");
	object_append(table, LIMBECK_ATTR_PARTITION_OF, limbeck_object_name(parent));
	object_set(table, LIMBECK_ATTR_PARTITION_BOUND, bound);
	while ((column = catalog_next(p->catalog, LIMBECK_KIND_COLUMN, schema,
			limbeck_object_name(parent), column))) {
		const struct object_name as = { .kind = LIMBECK_KIND_COLUMN,
			.schema = limbeck_object_schema(table), .table = limbeck_object_name(table),
			.name = limbeck_object_name(column) };

		if (!catalog_copy(p->catalog, column, false, &as))
			return home_nomem(p);
	}
	return 0;
}

static int refuse_kind(struct performer *p, const struct ddl_table *statement)
{
	if (statement->virtual)
		return home_refuse(p, &statement->name.span, "a virtual table has no counterpart");
	if (strcmp(statement->words, "FOREIGN") == 0)
		return home_refuse(p, &statement->name.span, "a foreign table has no counterpart");
	if (statement->of)
		return home_refuse(p, &statement->of->span,
			"a table of a composite type has no counterpart");
	if (statement->execute.length)
		return home_refuse(p, &statement->execute,
			"CREATE TABLE AS EXECUTE has no counterpart");
	return 0;
}

/* What the statement says of it, in an order in which each finds what it needs. */
static int fill(struct performer *p, struct limbeck_object *table,
	const struct ddl_table *statement)
{
	if (set_options(p, table, statement->options, false)
		|| (statement->partition_of && set_partition_of(p, table, statement))
		|| (statement->like && home_like(p, table, statement->like)))
		return -1;
	if (statement->query ? home_table_as(p, table, statement)
			     : home_elements(p, table, statement->elements))
		return -1;
	if (set_options(p, table, statement->options, true))
		return -1;
	number_rows(p, table, statement->elements);
	return 0;
}

static struct limbeck_object *make(struct performer *p, const struct ddl_table *statement,
	const struct home_name *name)
{
	struct limbeck_object *table = home_add(p, LIMBECK_KIND_TABLE, name->schema, NULL,
		name->name);

	if (!table)
		return NULL;
	if (statement->temporary || name->temporary)
		object_set(table, LIMBECK_ATTR_TEMPORARY, "yes");
	if (strcmp(statement->words, "UNLOGGED") == 0
		&& home_notice(p, &statement->name.span, "UNLOGGED of table %s", name->name))
		return NULL;
	return table;
}

static bool taken(struct performer *p, const struct home_name *name,
	const struct limbeck_object *relation)
{
	return relation || (p->traits->flags & HOME_SCHEMA_INDEXES
		&& home_taken(p, name->schema, name->name, false));
}

int home_create_table(struct performer *p, const struct ddl_table *statement)
{
	struct limbeck_object *table;
	struct home_name name;

	if (refuse_kind(p, statement) || home_name(p, &statement->name, &name)
		|| home_relation(p, &name, &table))
		return -1;
	if (table && statement->or_replace) {
		p->effect->alone = true;
		catalog_remove(p->catalog, table);
		table = NULL;
	}
	if (taken(p, &name, table))
		return statement->if_not_exists ? 0 : home_complain(p, HOME_RELATION_EXISTS,
			&statement->name.span, NULL, name.name, NULL);
	table = make(p, statement, &name);
	if (!table || fill(p, table, statement) || home_complete_references(p, table)
		|| home_touch_object(p, table))
		return -1;
	return home_touch_dependents(p, table);
}
