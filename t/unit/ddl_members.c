/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Proves what the trees of statements say: that what differs in spelling alone has the
 * same members, that names and values lose their quotes, and that every node knows where
 * it stands.
 */
#include <string.h>

#include "base/arena.h"
#include "ddl/ddl.h"
#include "sql/scanner.h"
#include "tap.h"

static struct arena arena = ARENA_INIT;

static struct ddl_statement *parse(const char *dialect, const char *text)
{
	struct ddl_place place = { .file = "a.sql", .line = 10, .column = 5 };
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct ddl_statement *statement = NULL;

	if (ddl_parse(&arena, dialect_lexis(dialect), dialect, text, strlen(text), &place,
		&statement, &err)) {
		diag("%s", err.message);
		limbeck_error_release(&err);
	}
	ok(statement != NULL, "%s: %s", dialect, text);
	return statement;
}

static const struct ddl_column *column(const struct ddl_table *table, unsigned index)
{
	const struct ddl_element *element = table->elements;

	while (index-- && element)
		element = element->next;
	return element ? element->column : NULL;
}

static void is_span(const struct ddl_span *span, const char *text, unsigned line,
	unsigned at, const char *what)
{
	char *got = arena_strndup(&arena, span->text, span->length);

	is_str(got, text, "%s: its text", what);
	is_int(span->line, line, "%s: its line", what);
	is_int(span->column, at, "%s: its column", what);
}

static void test_columns(void)
{
	const struct ddl_statement *s = parse("postgresql",
		"CREATE TABLE \"S\".t (\n  a int NOT NULL,\n  \"b \"\"c\" varchar(20) DEFAULT 'x' "
		"COLLATE \"C\" CONSTRAINT u UNIQUE,\n  c int REFERENCES s.u (x) ON DELETE SET NULL"
		" ON UPDATE CASCADE)");
	const struct ddl_column *a = column(s->table, 0), *b = column(s->table, 1),
		*c = column(s->table, 2);
	const struct ddl_constraint *u = column_constraint(b, CONSTRAINT_UNIQUE),
		*f = column_constraint(c, CONSTRAINT_FOREIGN);

	is_int(s->table->name.count, 2, "a name has two parts");
	is_str(s->table->name.first->name, "S", "a quoted name is as it was");
	ok(s->table->name.first->quoted && !s->table->name.last->quoted, "... and says it");
	is_span(&a->span, "a int NOT NULL", 11, 3, "a column");
	is_str(a->type->plain, "int", "a type's name");
	ok(column_constraint(a, CONSTRAINT_NOT_NULL) != NULL, "it is not null");
	is_str(b->name.name, "b \"c", "a name without its quotes");
	is_int(type_argument_count(b->type), 1, "a type's argument");
	ok(column_option(b, OPTION_DEFAULT)->expr->kind == EXPR_STRING, "a default");
	is_str(column_collation(b)->first->name, "C", "a collation behind the default");
	is_str(u->name->name, "u", "a constraint's name");
	is_span(&u->span, "CONSTRAINT u UNIQUE", 12, 47, "a constraint");
	is_str(f->reference->table.last->name, "u", "a referenced table");
	is_str(f->reference->parts->column->name, "x", "... and column");
	is_str(reference_action(f, true), "SET NULL", "on delete");
	is_str(reference_action(f, false), "CASCADE", "on update");
}

static void test_types(void)
{
	const struct ddl_statement *s = parse("postgresql", "CREATE TABLE t (a TIMESTAMP(3) WITH "
		"TIME ZONE, b Double Precision, c public.\"Mood\"[], d timestamp without time zone)");
	const struct ddl_type *a = column(s->table, 0)->type, *b = column(s->table, 1)->type,
		*c = column(s->table, 2)->type, *d = column(s->table, 3)->type;

	is_str(a->plain, "timestamp", "a type in lower case");
	ok(a->flags & TYPE_WITH_ZONE && !(a->flags & TYPE_WITHOUT_ZONE), "with time zone");
	is_str(b->plain, "double precision", "a type of two words");
	is_str(c->plain, "public.Mood", "a type in a schema");
	is_str(c->simple, "Mood", "... without it");
	ok(c->dimensions != NULL, "... is an array");
	ok(d->flags & TYPE_WITHOUT_ZONE, "without time zone");
	s = parse("mysql", "CREATE TABLE t (a BIGINT(20) UNSIGNED ZEROFILL, b enum('x','y''z') "
		"CHARACTER SET utf8 COLLATE utf8_bin)");
	a = column(s->table, 0)->type;
	b = column(s->table, 1)->type;
	ok(a->flags & TYPE_UNSIGNED && a->flags & TYPE_ZEROFILL, "unsigned zerofill");
	is_int(type_argument_count(b), 2, "an enum's values");
	is_str(type_charset(b)->first->name, "utf8", "a character set");
	is_str(type_collation(b)->first->name, "utf8_bin", "a collation");
	s = parse("sqlite", "CREATE TABLE t (a UNSIGNED BIG INT, b, c LONG VARCHAR(5) NOT NULL)");
	is_str(column(s->table, 0)->type->plain, "unsigned big int", "a type of any words");
	ok(column(s->table, 1)->type == NULL, "a column without a type");
	is_str(column(s->table, 2)->type->plain, "long varchar", "clauses end a type");
}

static const struct ddl_element *element(const struct ddl_table *table, unsigned index)
{
	const struct ddl_element *e = table->elements;

	while (index--)
		e = e->next;
	return e;
}

static void test_keys(void)
{
	const struct ddl_statement *s = parse("mysql", "CREATE TABLE t (a int, UNIQUE KEY u (a "
		"DESC, b(10)), KEY k (a), FULLTEXT KEY (c), CONSTRAINT f FOREIGN KEY i (a) REFERENCES "
		"u (b), PRIMARY KEY (a), KEY e ((lower(d))))");
	const struct ddl_constraint *u = element(s->table, 1)->constraint;
	const struct ddl_index *k = element(s->table, 2)->index, *e = element(s->table, 6)->index;

	is_int(u->kind, CONSTRAINT_UNIQUE, "a unique key is a constraint");
	is_str(u->index_name->name, "u", "... with its name");
	ok(option_of(u->parts->options, OPTION_DESC) != NULL, "... in descending order");
	is_str(u->parts->next->column->name, "b", "... of a prefix of a column");
	is_span(&u->parts->next->prefix, "10", 10, 52, "... and its length");
	is_str(k->name->last->name, "k", "a key is an index");
	ok(!element(s->table, 3)->index->name, "a key without a name");
	is_str(element(s->table, 4)->constraint->name->name, "f", "a foreign key's name");
	is_str(element(s->table, 4)->constraint->index_name->name, "i", "... and its index's");
	ok(e->parts->expr->kind == EXPR_PAREN && !e->parts->column, "a key of an expression");
	s = parse("postgresql", "CREATE TABLE t (key text, index int, key varchar(10))");
	ok(column(s->table, 0) && column(s->table, 1) && column(s->table, 2),
		"columns named key and index");
}

static void test_index(void)
{
	const struct ddl_index *i = parse("postgresql", "CREATE UNIQUE INDEX CONCURRENTLY i ON t "
		"USING gin (a gin_trgm_ops, lower(b) DESC NULLS LAST) INCLUDE (c) WHERE d > 0")->index;

	ok(i->unique && i->concurrently && !i->if_not_exists, "an index's flags");
	is_str(option_of(i->before, OPTION_USING)->name->first->name, "gin", "its method");
	is_str(i->parts->opclass->first->name, "gin_trgm_ops", "an operator class");
	ok(i->parts->next->expr->kind == EXPR_CALL, "an expression");
	ok(option_of(i->parts->next->options, OPTION_DESC) != NULL, "descending");
	ok(option_of(i->parts->next->options, OPTION_NULLS_LAST) != NULL, "nulls last");
	is_str(option_of(i->options, OPTION_INCLUDE)->idents->name, "c", "included columns");
	ok(option_of(i->options, OPTION_WHERE)->expr->kind == EXPR_INFIX, "a predicate");
	ok(!parse("postgresql", "CREATE INDEX ON t (a)")->index->name, "an index without a name");
}

static void test_options(void)
{
	const struct ddl_statement *s = parse("postgresql", "CREATE TABLE t (id int GENERATED BY "
		"DEFAULT AS IDENTITY (START WITH 10), b int GENERATED ALWAYS AS (id * 2) STORED)");
	const struct ddl_option *o = column_option(column(s->table, 0), OPTION_IDENTITY_DEFAULT);

	ok(option_of(o->options, OPTION_START) != NULL, "an identity's options");
	o = column_option(column(s->table, 1), OPTION_GENERATED);
	ok(o->expr->kind == EXPR_INFIX && o->options->kind == OPTION_STORED, "a generated column");
	s = parse("mysql", "CREATE TABLE t (a int AUTO_INCREMENT KEY COMMENT 'x' AFTER b) "
		"ENGINE=InnoDB DEFAULT CHARSET 'utf8' COMMENT 'it''s'");
	ok(column_option(column(s->table, 0), OPTION_AUTO_INCREMENT) != NULL, "auto increment");
	ok(column_constraint(column(s->table, 0), CONSTRAINT_PRIMARY) != NULL, "KEY alone");
	is_str(column_option(column(s->table, 0), OPTION_AFTER)->name->first->name, "b", "after");
	is_str(option_of(s->table->options, OPTION_ENGINE)->name->first->name, "InnoDB",
		"an engine");
	is_str(option_of(s->table->options, OPTION_CHARSET)->name->first->name, "utf8",
		"a character set as a string");
	s = parse("sqlite", "CREATE TABLE t (a INTEGER PRIMARY KEY AUTOINCREMENT) STRICT, "
		"WITHOUT ROWID");
	ok(column_option(column(s->table, 0), OPTION_AUTO_INCREMENT) != NULL, "autoincrement");
	ok(option_of(s->table->options, OPTION_STRICT) != NULL
		&& option_of(s->table->options, OPTION_WITHOUT_ROWID) != NULL, "a table's kind");
}

static void is_actions(const char *dialect, const char *text, const int *kinds)
{
	const struct ddl_statement *s = parse(dialect, text);
	const struct ddl_action *action = s->alter->actions;

	for (; *kinds >= 0 && action; kinds++, action = action->next)
		is_int(action->kind, *kinds, "action %.*s", (int)action->span.length,
			action->span.text);
	ok(!action && *kinds < 0, "... and no other");
}

static void test_alter(void)
{
	static const int one[] = { ACTION_ADD_COLUMN, ACTION_ADD_COLUMN, ACTION_DROP_COLUMN,
		ACTION_DROP_CONSTRAINT, ACTION_ALTER_TYPE, ACTION_ALTER_TYPE, ACTION_SET_DEFAULT,
		ACTION_DROP_DEFAULT, ACTION_SET_NOT_NULL, ACTION_DROP_NOT_NULL,
		ACTION_ADD_CONSTRAINT, ACTION_OWNER, -1 };
	static const int two[] = { ACTION_MODIFY_COLUMN, ACTION_CHANGE_COLUMN, ACTION_ADD_INDEX,
		ACTION_ADD_CONSTRAINT, ACTION_DROP_PRIMARY_KEY, ACTION_DROP_FOREIGN_KEY,
		ACTION_DROP_INDEX, ACTION_RENAME_COLUMN, ACTION_OPTION, ACTION_OPTION, -1 };
	static const int three[] = { ACTION_RENAME_COLUMN, -1 }, four[] = { ACTION_RENAME, -1 };
	static const int five[] = { ACTION_SEQUENCE, ACTION_SEQUENCE, -1 };

	is_actions("postgresql", "ALTER TABLE t ADD COLUMN a int, ADD b int, DROP c, DROP CONSTRAINT "
		"d, ALTER e TYPE text, ALTER COLUMN e SET DATA TYPE text USING e::text, ALTER e SET "
		"DEFAULT 1, ALTER e DROP DEFAULT, ALTER e SET NOT NULL, ALTER e DROP NOT NULL, ADD "
		"CHECK (e > 0), OWNER TO joe", one);
	is_actions("mysql", "ALTER TABLE t MODIFY a int FIRST, CHANGE a b text, ADD KEY (b), ADD "
		"UNIQUE KEY u (b), DROP PRIMARY KEY, DROP FOREIGN KEY f, DROP KEY k, RENAME COLUMN a "
		"TO b, ENGINE=InnoDB DEFAULT CHARSET=utf8", two);
	is_actions("sqlite", "ALTER TABLE t RENAME a TO b", three);
	is_actions("mysql", "ALTER TABLE t RENAME u", four);
	is_actions("postgresql", "ALTER SEQUENCE s RESTART 5 OWNED BY t.a", five);
}

static void test_actions(void)
{
	const struct ddl_action *a = parse("postgresql", "ALTER TABLE IF EXISTS t ALTER a TYPE "
		"mood COLLATE \"C\" USING b::mood, RENAME TO u")->alter->actions;

	is_str(a->name->name, "a", "the column");
	is_str(a->type->plain, "mood", "its type");
	is_str(option_of(a->options, OPTION_COLLATE)->name->first->name, "C", "its collation");
	ok(a->expr->kind == EXPR_CAST, "what it is made from");
	is_str(a->next->target->last->name, "u", "a new name");
	a = parse("postgresql", "ALTER TYPE m ADD VALUE IF NOT EXISTS 'it''s' BEFORE 'y'")
		->alter->actions;
	is_int((long long)a->value->value->string->length, 4, "a value without its quotes");
	ok(a->if_not_exists && strcmp(a->side, "BEFORE") == 0, "... and its place");
	a = parse("mysql", "ALTER TABLE t CHANGE a b int NOT NULL AFTER c")->alter->actions;
	is_str(a->name->name, "a", "the old name");
	is_str(a->column->name.name, "b", "the new one");
	a = parse("postgresql", "ALTER TABLE t ADD COLUMN IF NOT EXISTS a int, DROP COLUMN IF EXISTS"
		" b CASCADE")->alter->actions;
	ok(a->if_not_exists && a->next->if_exists && a->next->behavior == DDL_CASCADE,
		"if exists, and cascade");
}

static void test_others(void)
{
	const struct ddl_statement *s = parse("postgresql", "CREATE TYPE s.m AS ENUM ('a', 'b')");

	ok(s->create->is_enum && s->create->labels->next && !s->create->labels->next->next,
		"an enum's labels");
	s = parse("postgresql", "DROP TABLE IF EXISTS s.a, b CASCADE");
	ok(s->drop->if_exists && s->drop->object == DDL_TABLE
		&& option_of(s->drop->options, OPTION_CASCADE), "what is dropped, and how");
	is_str(s->drop->targets->next->name.last->name, "b", "... several at once");
	s = parse("mysql", "DROP INDEX i ON t");
	is_str(s->drop->table->last->name, "t", "an index's table");
	s = parse("postgresql", "COMMENT ON COLUMN t.c IS 'x'");
	ok(s->comment->object == DDL_COLUMN && s->comment->text->kind == EXPR_STRING, "a comment");
	s = parse("postgresql", "CREATE TRIGGER tr AFTER INSERT ON s.t FOR EACH ROW EXECUTE "
		"FUNCTION f()");
	is_str(s->construct, "CREATE TRIGGER", "a trigger");
	is_str(s->other->name->last->name, "tr", "... its name");
	is_str(s->other->table->last->name, "t", "... and its table");
	s = parse("postgresql", "CREATE OR REPLACE FUNCTION s.f(a int) RETURNS int AS 'x'");
	is_str(s->other->name->last->name, "f", "a function's name");
	s = parse("postgresql", "CREATE RULE r AS ON INSERT TO t DO NOTHING");
	is_str(s->other->table->last->name, "t", "a rule's table");
	s = parse("postgresql", "CREATE MATERIALIZED VIEW v AS SELECT 1 WITH NO DATA");
	ok(s->view->materialized && option_of(s->view->after, OPTION_NO_DATA), "a view");
	s = parse("postgresql", "CREATE TABLE t AS SELECT 1 WITH DATA");
	ok(s->table->query && s->table->data, "a table made from a query");
}

int main(void)
{
	test_columns();
	test_types();
	test_keys();
	test_index();
	test_options();
	test_alter();
	test_actions();
	test_others();
	arena_release(&arena);
	return done_testing();
}
