/* SPDX-License-Identifier: BSD-2-Clause */
#include "ddl/ddl_int.h"

#include <string.h>

/* What may follow a constraint wherever it stands. */
const struct option_form constraint_forms[] = {
	{ "MATCH FULL", OPTION_MATCH, SHAPE_NONE, 0 },
	{ "MATCH PARTIAL", OPTION_MATCH, SHAPE_NONE, 0 },
	{ "MATCH SIMPLE", OPTION_MATCH, SHAPE_NONE, 0 },
	{ "ON DELETE CASCADE", OPTION_ON_DELETE, SHAPE_NONE, 0 },
	{ "ON DELETE RESTRICT", OPTION_ON_DELETE, SHAPE_NONE, 0 },
	{ "ON DELETE NO ACTION", OPTION_ON_DELETE, SHAPE_NONE, 0 },
	{ "ON DELETE SET NULL", OPTION_ON_DELETE, SHAPE_IDENTS_MAYBE, 0 },
	{ "ON DELETE SET DEFAULT", OPTION_ON_DELETE, SHAPE_IDENTS_MAYBE, 0 },
	{ "ON UPDATE CASCADE", OPTION_ON_UPDATE_KEY, SHAPE_NONE, 0 },
	{ "ON UPDATE RESTRICT", OPTION_ON_UPDATE_KEY, SHAPE_NONE, 0 },
	{ "ON UPDATE NO ACTION", OPTION_ON_UPDATE_KEY, SHAPE_NONE, 0 },
	{ "ON UPDATE SET NULL", OPTION_ON_UPDATE_KEY, SHAPE_IDENTS_MAYBE, 0 },
	{ "ON UPDATE SET DEFAULT", OPTION_ON_UPDATE_KEY, SHAPE_IDENTS_MAYBE, 0 },
	{ "NOT DEFERRABLE", OPTION_NOT_DEFERRABLE, SHAPE_NONE, 0 },
	{ "DEFERRABLE", OPTION_DEFERRABLE, SHAPE_NONE, 0 },
	{ "INITIALLY DEFERRED", OPTION_INITIALLY_DEFERRED, SHAPE_NONE, 0 },
	{ "INITIALLY IMMEDIATE", OPTION_INITIALLY_IMMEDIATE, SHAPE_NONE, 0 },
	{ "NOT VALID", OPTION_NOT_VALID, SHAPE_NONE, 0 },
	{ "NO INHERIT", OPTION_NO_INHERIT, SHAPE_NONE, 0 },
	{ "NOT ENFORCED", OPTION_NOT_ENFORCED, SHAPE_NONE, 0 },
	{ "ENFORCED", OPTION_ENFORCED, SHAPE_NONE, 0 },
	{ "ON CONFLICT ROLLBACK", OPTION_ON_CONFLICT, SHAPE_NONE, 0 },
	{ "ON CONFLICT ABORT", OPTION_ON_CONFLICT, SHAPE_NONE, 0 },
	{ "ON CONFLICT FAIL", OPTION_ON_CONFLICT, SHAPE_NONE, 0 },
	{ "ON CONFLICT IGNORE", OPTION_ON_CONFLICT, SHAPE_NONE, 0 },
	{ "ON CONFLICT REPLACE", OPTION_ON_CONFLICT, SHAPE_NONE, 0 },
	{ "USING INDEX TABLESPACE", OPTION_TABLESPACE, SHAPE_NAME, 0 },
	{ "NULLS NOT DISTINCT", OPTION_NULLS_NOT_DISTINCT, SHAPE_NONE, 0 },
	{ "NULLS DISTINCT", OPTION_OTHER, SHAPE_NONE, 0 },
	{ "INCLUDE", OPTION_INCLUDE, SHAPE_IDENTS, OPTION_OPEN },
	{ "WITH PARSER", OPTION_PARSER, SHAPE_NAME, 0 },
	{ "WITH", OPTION_PARAMETERS, SHAPE_PARAMETERS, OPTION_OPEN },
	{ "ASC", OPTION_ASC, SHAPE_NONE, 0 },
	{ "DESC", OPTION_DESC, SHAPE_NONE, 0 },
	{ NULL, 0, 0, 0 }
};

/* Only behind one that stands for itself: behind a column's they would be the column's. */
static const struct option_form table_constraint_forms[] = {
	{ "WHERE", OPTION_WHERE, SHAPE_EXPR_GROUP, 0 },
	{ "USING", OPTION_USING, SHAPE_NAME, 0 },
	{ "COMMENT", OPTION_COMMENT, SHAPE_STRING, 0 },
	{ "KEY_BLOCK_SIZE", OPTION_OTHER, SHAPE_NUMBER, OPTION_EQUALS },
	{ "INVISIBLE", OPTION_INVISIBLE, SHAPE_NONE, 0 },
	{ "VISIBLE", OPTION_OTHER, SHAPE_NONE, 0 },
	{ "NOT IGNORED", OPTION_OTHER, SHAPE_NONE, 0 },
	{ "IGNORED", OPTION_INVISIBLE, SHAPE_NONE, 0 },
	{ NULL, 0, 0, 0 }
};

static const struct option_form before_forms[] = {
	{ "USING INDEX", OPTION_USING_INDEX, SHAPE_NAME, 0 },
	{ "USING", OPTION_USING, SHAPE_NAME, 0 },
	{ "NULLS NOT DISTINCT", OPTION_NULLS_NOT_DISTINCT, SHAPE_NONE, 0 },
	{ "NULLS DISTINCT", OPTION_OTHER, SHAPE_NONE, 0 },
	{ NULL, 0, 0, 0 }
};

static const struct {
	const char *words;
	enum ddl_constraint_kind kind;
} kinds[] = {
	{ "PRIMARY KEY", CONSTRAINT_PRIMARY },
	{ "UNIQUE KEY", CONSTRAINT_UNIQUE },
	{ "UNIQUE INDEX", CONSTRAINT_UNIQUE },
	{ "UNIQUE", CONSTRAINT_UNIQUE },
	{ "CHECK", CONSTRAINT_CHECK },
	{ "FOREIGN KEY", CONSTRAINT_FOREIGN },
	{ "EXCLUDE", CONSTRAINT_EXCLUDE },
	{ "NOT NULL", CONSTRAINT_NOT_NULL }
};

bool constraint_at(struct parser *p)
{
	const struct token *next = parser_peek(p, 1);

	if (parser_at(p, "CHECK") || parser_at(p, "EXCLUDE"))
		return next->kind == TOKEN_OPEN || token_is(next, "USING");
	return parser_at(p, "CONSTRAINT") || parser_at(p, "NOT NULL") || parser_at(p, "PRIMARY KEY") || parser_at(p, "UNIQUE")
		|| parser_at(p, "FOREIGN KEY");
}

static bool at_kind(struct parser *p)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (parser_at(p, kinds[i].words))
			return true;
	return false;
}

static int parse_name(struct parser *p, struct ddl_constraint *constraint,
	struct limbeck_error *err)
{
	constraint->constraint_word = parser_accept(p, "CONSTRAINT");
	if (!constraint->constraint_word || at_kind(p))
		return 0;
	constraint->if_not_exists = parser_accept(p, "IF NOT EXISTS");
	return ident_parse_new(p, &constraint->name, err);
}

static int parse_kind(struct parser *p, struct ddl_constraint *constraint,
	struct limbeck_error *err)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (parser_accept(p, kinds[i].words)) {
			constraint->words = kinds[i].words;
			constraint->kind = kinds[i].kind;
			return 0;
		}
	return parser_fail(p, "PRIMARY KEY, UNIQUE, CHECK, FOREIGN KEY or EXCLUDE", err);
}

static int parse_reference(struct parser *p, struct ddl_constraint *constraint,
	struct limbeck_error *err)
{
	struct ddl_reference *reference = parser_alloc(p, sizeof *reference, err);

	if (!reference || parser_expect(p, "REFERENCES", err)
		|| name_parse(p, &reference->table, err))
		return -1;
	constraint->reference = reference;
	return parser_at_kind(p, TOKEN_OPEN) ? parts_parse(p, false, &reference->parts, err) : 0;
}

/* What a table's constraint has behind its words. */
static int parse_body(struct parser *p, struct ddl_constraint *constraint,
	struct limbeck_error *err)
{
	if (constraint->kind == CONSTRAINT_CHECK)
		return option_group_expr(p, &constraint->check, err);
	if (constraint->kind == CONSTRAINT_NOT_NULL)
		return ident_parse_new(p, &constraint->column, err);
	if (constraint->kind == CONSTRAINT_FOREIGN && parser_accept(p, "IF NOT EXISTS"))
		constraint->if_not_exists = true;
	if (name_at(p, 0) && !parser_at(p, "USING") && !parser_at(p, "NULLS")
		&& ident_parse_new(p, &constraint->index_name, err))
		return -1;
	if (options_parse(p, before_forms, false, &constraint->before, err))
		return -1;
	if (option_of(constraint->before, OPTION_USING_INDEX))
		return 0;
	if (parts_parse(p, constraint->kind == CONSTRAINT_EXCLUDE, &constraint->parts, err))
		return -1;
	return constraint->kind == CONSTRAINT_FOREIGN ? parse_reference(p, constraint, err) : 0;
}

static int parse_options(struct parser *p, struct ddl_constraint *constraint,
	struct limbeck_error *err)
{
	struct ddl_option **tail = &constraint->options;
	int found;

	do {
		found = option_parse(p, constraint_forms, tail, err);
		if (found == 0)
			found = option_parse(p, table_constraint_forms, tail, err);
		if (found == 1)
			tail = &(*tail)->next;
	} while (found == 1);
	return found;
}

int constraint_parse(struct parser *p, struct ddl_constraint **out, struct limbeck_error *err)
{
	struct ddl_constraint *constraint = parser_alloc(p, sizeof *constraint, err);

	if (!constraint)
		return -1;
	constraint->span = parser_open_span(p);
	if (parse_name(p, constraint, err) || parse_kind(p, constraint, err)
		|| parse_body(p, constraint, err) || parse_options(p, constraint, err))
		return -1;
	parser_close_span(p, &constraint->span);
	*out = constraint;
	return 0;
}

static bool column_kind(struct parser *p, struct ddl_constraint *constraint)
{
	static const struct {
		const char *words;
		enum ddl_constraint_kind kind;
	} words[] = {
		{ "NOT NULL", CONSTRAINT_NOT_NULL },
		{ "PRIMARY KEY", CONSTRAINT_PRIMARY },
		{ "UNIQUE KEY", CONSTRAINT_UNIQUE },
		{ "UNIQUE", CONSTRAINT_UNIQUE },
		{ "CHECK", CONSTRAINT_CHECK },
		{ "PRIMARY", CONSTRAINT_PRIMARY },
		{ "KEY", CONSTRAINT_PRIMARY }
	};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (parser_accept(p, words[i].words)) {
			constraint->words = words[i].words;
			constraint->kind = words[i].kind;
			return true;
		}
	return false;
}

/* The name has been read by the caller, who looks what follows it. */
int constraint_parse_column(struct parser *p, struct ddl_constraint **out,
	struct limbeck_error *err)
{
	struct ddl_constraint *constraint = parser_alloc(p, sizeof *constraint, err);

	if (!constraint)
		return -1;
	constraint->span = parser_open_span(p);
	if (parser_at(p, "REFERENCES")) {
		constraint->kind = CONSTRAINT_FOREIGN;
		constraint->words = "";
		if (parse_reference(p, constraint, err))
			return -1;
	} else if (!column_kind(p, constraint)) {
		return 0;
	}
	if (constraint->kind == CONSTRAINT_CHECK
		&& option_group_expr(p, &constraint->check, err))
		return -1;
	if (options_parse(p, constraint_forms, false, &constraint->options, err))
		return -1;
	parser_close_span(p, &constraint->span);
	*out = constraint;
	return 1;
}

const char *reference_action(const struct ddl_constraint *constraint, bool on_delete)
{
	const struct ddl_option *option = option_of(constraint->options,
		on_delete ? OPTION_ON_DELETE : OPTION_ON_UPDATE_KEY);

	return option ? option->form->words + strlen("ON DELETE ") : NULL;
}
