/* SPDX-License-Identifier: BSD-2-Clause */
/* The actions ADD, DROP and RENAME. */
#include "ddl/ddl_int.h"

static const struct option_form rest_forms[] = {
	{ "ADD PARTITION", ACTION_PARTITION, SHAPE_REST, 0 },
	{ "ADD TABLE", ACTION_ATTRIBUTE, SHAPE_REST, 0 },
	{ "ADD FUNCTION", ACTION_ATTRIBUTE, SHAPE_REST, 0 },
	{ "ADD ATTRIBUTE", ACTION_ATTRIBUTE, SHAPE_REST, 0 },
	{ "DROP ATTRIBUTE", ACTION_ATTRIBUTE, SHAPE_REST, 0 },
	{ "ADD SYSTEM VERSIONING", ACTION_STORAGE, SHAPE_NONE, 0 },
	{ "DROP SYSTEM VERSIONING", ACTION_STORAGE, SHAPE_NONE, 0 },
	{ NULL, 0, 0, 0 }
};

void behavior_parse(struct parser *p, enum ddl_behavior *out)
{
	if (parser_accept(p, "CASCADE"))
		*out = DDL_CASCADE;
	else if (parser_accept(p, "RESTRICT"))
		*out = DDL_RESTRICT;
}

/* ADD VALUE 'x' BEFORE 'y' */
static int add_value(struct alteration *a, struct limbeck_error *err)
{
	static const char *const sides[] = { "BEFORE", "AFTER", NULL };
	struct ddl_action *action = a->action;

	action->kind = ACTION_ADD_VALUE;
	action->words = "ADD VALUE";
	action->if_not_exists = parser_accept(a->p, "IF NOT EXISTS");
	if (label_parse(a->p, &action->value, err))
		return -1;
	action->side = parser_accept_any(a->p, sides);
	return action->side ? label_parse(a->p, &action->new_value, err) : 0;
}

/* ADD (a int, KEY (a)), and ADD a int */
static int add_columns(struct alteration *a, struct limbeck_error *err)
{
	static const char *const words[] = { "ADD COLUMN", "ADD", NULL };
	struct ddl_action *action = a->action;

	action->kind = ACTION_ADD_COLUMN;
	action->words = parser_accept_any(a->p, words);
	action->if_not_exists = parser_accept(a->p, "IF NOT EXISTS");
	if (parser_at_kind(a->p, TOKEN_OPEN)) {
		action->parentheses = true;
		return elements_parse(a->p, &action->elements, err);
	}
	return column_parse(a->p, &action->column, err);
}

static int parse_rest(struct alteration *a, struct limbeck_error *err)
{
	int found = option_parse(a->p, rest_forms, &a->action->option, err);

	if (found != 1)
		return found;
	a->action->kind = (enum ddl_action_kind)a->action->option->kind;
	a->action->option->kind = OPTION_OTHER;
	return 1;
}

/* The words are names of columns too: ADD partition int. */
static bool at_rest(struct parser *p)
{
	const struct token *third = parser_peek(p, 2);
	bool end = third->kind == TOKEN_COMMA || third->kind == TOKEN_END;

	if (parser_at(p, "ADD PARTITION"))
		return third->kind == TOKEN_OPEN || token_is(third, "PARTITIONS")
			|| token_is(third, "IF");
	if (parser_at(p, "ADD SYSTEM") || parser_at(p, "DROP SYSTEM"))
		return token_is(third, "VERSIONING");
	return !end && (parser_at(p, "ADD ATTRIBUTE") || parser_at(p, "DROP ATTRIBUTE")
		|| parser_at(p, "ADD TABLE") || parser_at(p, "ADD FUNCTION"));
}

/* Whether a key or a constraint follows the word ADD, or a column. */
static int after_add(struct alteration *a, bool *constraint, bool *index,
	struct limbeck_error *err)
{
	struct parser_cursor before = a->p->at;

	if (parser_expect(a->p, "ADD", err))
		return -1;
	*constraint = constraint_at(a->p);
	*index = !*constraint && index_at_key(a->p);
	if (!*constraint && !*index)
		a->p->at = before;
	return 0;
}

int alter_add(struct alteration *a, struct limbeck_error *err)
{
	bool constraint, index;

	if (parser_at(a->p, "ADD VALUE") && a->object == DDL_TYPE) {
		parser_accept(a->p, "ADD VALUE");
		return add_value(a, err);
	}
	if (at_rest(a->p))
		return parse_rest(a, err) == 1 ? 0 : -1;
	if (after_add(a, &constraint, &index, err))
		return -1;
	a->action->words = "ADD";
	if (constraint) {
		a->action->kind = ACTION_ADD_CONSTRAINT;
		return constraint_parse(a->p, &a->action->constraint, err);
	}
	if (index) {
		a->action->kind = ACTION_ADD_INDEX;
		return index_parse_key(a->p, &a->action->index, err);
	}
	return add_columns(a, err);
}

static const struct {
	const char *words;
	enum ddl_action_kind kind;
} drops[] = {
	{ "DROP CONSTRAINT", ACTION_DROP_CONSTRAINT },
	{ "DROP FOREIGN KEY", ACTION_DROP_FOREIGN_KEY },
	{ "DROP INDEX", ACTION_DROP_INDEX },
	{ "DROP KEY", ACTION_DROP_INDEX },
	{ "DROP CHECK", ACTION_DROP_CHECK },
	{ "DROP COLUMN", ACTION_DROP_COLUMN },
	{ "DROP", ACTION_DROP_COLUMN }
};

/* The words are followed by a name, or they are one themselves: DROP key. */
static bool accept_drop(struct alteration *a, size_t i)
{
	struct parser_cursor before = a->p->at;

	if (!parser_accept(a->p, drops[i].words))
		return false;
	if (name_at(a->p, 0) && !parser_at(a->p, "CASCADE") && !parser_at(a->p, "RESTRICT"))
		return true;
	a->p->at = before;
	return false;
}

int alter_drop(struct alteration *a, struct limbeck_error *err)
{
	size_t i = 0, count = sizeof drops / sizeof *drops;
	struct ddl_action *action = a->action;

	if (at_rest(a->p))
		return parse_rest(a, err) == 1 ? 0 : -1;
	if (parser_accept(a->p, "DROP PRIMARY KEY")) {
		action->kind = ACTION_DROP_PRIMARY_KEY;
		action->words = "DROP PRIMARY KEY";
		return 0;
	}
	while (i < count && !accept_drop(a, i))
		i++;
	if (i == count) {
		parser_next(a->p);
		return parser_fail(a->p, "a name", err);
	}
	action->kind = drops[i].kind;
	action->words = drops[i].words;
	action->if_exists = parser_accept(a->p, "IF EXISTS");
	if (ident_parse_new(a->p, &action->name, err))
		return -1;
	behavior_parse(a->p, &action->behavior);
	return 0;
}

static const struct {
	const char *words;
	enum ddl_action_kind kind;
} renames[] = {
	{ "RENAME CONSTRAINT", ACTION_RENAME_CONSTRAINT },
	{ "RENAME INDEX", ACTION_RENAME_INDEX },
	{ "RENAME KEY", ACTION_RENAME_INDEX },
	{ "RENAME ATTRIBUTE", ACTION_RENAME_ATTRIBUTE },
	{ "RENAME COLUMN", ACTION_RENAME_COLUMN },
	{ "RENAME", ACTION_RENAME_COLUMN }
};

/* RENAME a TO b, where the words may be a name themselves: RENAME key TO b. */
static int rename_part(struct alteration *a, struct limbeck_error *err)
{
	struct ddl_action *action = a->action;
	size_t i = 0, last = sizeof renames / sizeof *renames - 1;

	while (i < last && !(parser_at(a->p, renames[i].words) && name_at(a->p, 2)
		&& !token_is(parser_peek(a->p, 2), "TO")))
		i++;
	parser_accept(a->p, renames[i].words);
	action->kind = renames[i].kind;
	action->words = renames[i].words;
	action->if_exists = parser_accept(a->p, "IF EXISTS");
	if (ident_parse_new(a->p, &action->name, err) || parser_expect(a->p, "TO", err)
		|| ident_parse_new(a->p, &action->new_name, err))
		return -1;
	behavior_parse(a->p, &action->behavior);
	return 0;
}

int alter_rename(struct alteration *a, struct limbeck_error *err)
{
	static const char *const words[] = { "RENAME TO", "RENAME AS", NULL };
	struct ddl_action *action = a->action;

	if (parser_at(a->p, "RENAME VALUE") && a->object == DDL_TYPE) {
		action->kind = ACTION_RENAME_VALUE;
		action->words = "RENAME VALUE";
		parser_accept(a->p, "RENAME VALUE");
		return label_parse(a->p, &action->value, err) || parser_expect(a->p, "TO", err)
			|| label_parse(a->p, &action->new_value, err) ? -1 : 0;
	}
	action->words = parser_accept_any(a->p, words);
	if (!action->words && name_at(a->p, 1) && (parser_peek(a->p, 2)->kind == TOKEN_COMMA
		|| parser_peek(a->p, 2)->kind == TOKEN_END)) {
		action->words = "RENAME"; /* MySQL takes the new name at once */
		parser_next(a->p);
	}
	if (!action->words)
		return rename_part(a, err);
	action->kind = ACTION_RENAME;
	return name_parse_new(a->p, &action->target, err);
}
