/* SPDX-License-Identifier: BSD-2-Clause */
/* core/diff: which changes lead from one schema to another, in which order. */
#include <string.h>

#include "base/error.h"
#include "schemas.h"
#include "tap.h"

#define USERS                                      \
	"table users\n"                            \
	"column users.id type=integer\n"           \
	"column users.name type=varchar(20)\n"     \
	"primary_key users.users_pkey columns=id\n"

#define ORDERS                                                                    \
	"table orders\n"                                                          \
	"column orders.id type=integer\n"                                         \
	"column orders.user_id type=integer not_null\n"                           \
	"primary_key orders.orders_pkey columns=id\n"                             \
	"foreign_key orders.fk columns=user_id referenced_table=users referenced_columns=id\n"

/* What a test says of the engine and the question, if it matters. */
static const struct diff_options ordinary;
static const struct diff_options loose = { .traits = &schemas_loose };
static const struct diff_options small = { .traits = &schemas_small };

static void check(const struct diff_options *options, const char *before, const char *after,
	const char *want, const char *name)
{
	struct schemas_diff how = { .options = *options, .text = STRBUF_INIT,
		.err = LIMBECK_ERROR_INIT };

	is_str(schemas_diff(&how, before, after), want, "%s", name);
	schemas_diff_release(&how);
}

static void test_plain(void)
{
	check(&ordinary, USERS ORDERS, USERS ORDERS, "", "equal schemas give no change");
	check(&ordinary, "", USERS, "create table users\n",
		"a new table comes with its columns and keys");
	check(&ordinary, USERS, "", "! drop table users\n", "a table that goes is destructive");
	check(&ordinary, USERS, USERS "column users.phone type=varchar(32) not_null default=''\n",
		"add column users.phone varchar(32) not null default ''\n", "a new column");
	check(&ordinary, USERS "column users.phone type=varchar(32)\n", USERS,
		"! drop column users.phone\n", "a column that goes is destructive");
	check(&ordinary, "table t\ncolumn t.a type=integer\ncolumn t.b type=text\n",
		"table t\ncolumn t.b type=text\ncolumn t.a type=integer\n", "",
		"the order of columns is no difference");
	check(&ordinary, USERS "index users.ix columns=name comment=old\n",
		USERS "index users.ix columns=name comment=new\n",
		"change index ix on users: comment old -> new\n", "a comment alone is altered");
	check(&ordinary, "schema a comment=one\n", "schema a comment=two\nschema b\n",
		"change schema a: comment one -> two\ncreate schema b\n",
		"schemas come, and their comments change");
}

static void test_describe(void)
{
	check(&ordinary, "table t\ncolumn t.a type=varchar(20)\ncolumn t.b type=integer not_null\n"
			 "column t.c type=integer default=0\ncolumn t.d type=integer default=1\n",
		"table t comment=It~is.\ncolumn t.a type=text not_null\ncolumn t.b type=bigint\n"
		"column t.c type=integer\ncolumn t.d type=integer default=2\n",
		"change t.a: type varchar(20) -> text, not null\n"
		"change t.b: type integer -> bigint, nullable\n"
		"change t.c: no default\n"
		"change t.d: default 1 -> 2\n"
		"change table t: comment It is.\n",
		"a change names all attributes that differ, with what they were and are");
	check(&ordinary, "", USERS ORDERS
			"index orders.ix columns=user_id,id\nunique users.uq columns=name unnamed\n"
			"view v definition=CREATE~VIEW~v~AS~...\nfunction f(integer) "
			"definition=x\n",
		"create function f(integer)\ncreate table users\ncreate table orders\n"
		"create index ix on orders (user_id, id)\ncreate view v\n",
		"what comes is described shortly");
	check(&ordinary, "view v columns=a definition=CREATE~VIEW~v~AS~SELECT~1~AS~a\n",
		"view v columns=a definition=CREATE~VIEW~v~AS~SELECT~2~AS~a\n",
		"change view v: definition\n", "a definition is only named");
	check(&ordinary, "table t\ncolumn t.a type=integer\n",
		"table t\ncolumn t.a type=integer\ncheck t.ck expression=a~>~0\n"
		"unique t.uq columns=a\nother t.p word=POLICY definition=CREATE~POLICY\n",
		"add unique t.uq (a)\nadd check t.ck (a > 0)\ncreate policy t.p\n",
		"constraints are added, other things go by their own word");
}

static void test_content(void)
{
	check(&ordinary, USERS "index users.old columns=name\ncheck users.c1 expression=id>0\n",
		USERS "index users.new columns=name\ncheck users.c2 expression=id>0\n",
		"rename check users.c1 to c2\nrename index old on users to new\n",
		"indexes and constraints that are equal but for the name are renamed");
	check(&loose, USERS "index users.old columns=name\ncheck users.c1 expression=id>0\n",
		USERS "index users.new columns=name\ncheck users.c2 expression=id>0\n",
		"drop check users.c1\nrename index old on users to new\nadd check users.c2 (id>0)\n",
		"or dropped and added where the engine can't");
	check(&ordinary, USERS "check users.a unnamed expression=id>0\n"
			 "check users.b unnamed expression=id<9\n",
		USERS "check users. expression=id<9\ncheck users. expression=id>0\n", "",
		"what has no name of its own is known by its content");
	check(&ordinary, USERS "check users. expression=id>0\n",
		USERS "check users. expression=id>1\n",
		"drop check users (id>0)\nadd check users (id>1)\n",
		"and changes by being replaced");
	check(&ordinary, USERS "index users.a columns=id\nindex users.b columns=name\n",
		USERS "index users.a columns=name\nindex users.b columns=id\n",
		"drop index a on users\ndrop index b on users\ncreate index a on users (name)\n"
		"create index b on users (id)\n",
		"names count where there are two");
	check(&ordinary, USERS "index users.a columns=id\n", USERS ORDERS
			"index users.b columns=id\nindex orders.a columns=user_id\n",
		"create table orders\nrename index a on users to b\ncreate index a on orders (user_id)\n",
		"a name is free before another object takes it");
	check(&ordinary, "view x definition=1\n", "materialized_view x definition=1\n",
		"drop view x\ncreate materialized view x\n",
		"also where the kind is another");
}

static void test_order(void)
{
	check(&ordinary, "",
		"table b\ncolumn b.id type=integer\nprimary_key b.pk columns=id\n"
		"table a\ncolumn a.id type=integer\n"
		"foreign_key a.fk columns=id referenced_table=b referenced_columns=id\n"
		"view v on:table:a\nview u on:view:v\n",
		"create table b\ncreate table a\ncreate view v\ncreate view u\n",
		"each behind what it refers to");
	check(&ordinary,
		"table b\ncolumn b.id type=integer\nprimary_key b.pk columns=id\n"
		"table a\ncolumn a.id type=integer\n"
		"foreign_key a.fk columns=id referenced_table=b referenced_columns=id\n"
		"view v on:table:a\nview u on:view:v\n", "",
		"drop view u\ndrop view v\n! drop table a\n! drop table b\n",
		"and goes before it");
	check(&ordinary, "", "function f() on:table:t definition=x\ntable t\ncolumn t.a "
		"type=integer "
			     "default=f() on:function:f()\nsequence s\nenum e values=a\n"
			"extension x\n",
		"create extension x\ncreate enum e\ncreate sequence s\ncreate function f()\n"
		"create table t\n",
		"where a function and a table mention each other, the body may wait");
	check(&ordinary, "",
		"table p\ncolumn p.d type=date\ntable p1 partition_of=,p partition_bound=DEFAULT\n",
		"create table p\ncreate table p1\n", "partitions come behind their parents");
	check(&ordinary,
		"table p\ncolumn p.d type=date\ntable p1 partition_of=,p "
		"partition_bound=DEFAULT\n", "",
		"! drop table p1\n! drop table p\n", "and go before them");
	check(&ordinary, "table parent\ncolumn parent.a type=integer\n"
			 "table child inherits=parent\ncolumn child.b type=integer\n",
		"table child\ncolumn child.b type=integer\n",
		"change table child: no inherits\n! drop table parent\n",
		"a child that stays lets go of its parent first");
}

#define RING(x, y)                                                          \
	"table " x "\ncolumn " x ".id type=integer\ncolumn " x ".o type=integer\n" \
	"primary_key " x ".pk_" x " columns=id\n"                           \
	"foreign_key " x ".fk_" x " columns=o referenced_table=" y " referenced_columns=id\n"

static void test_circles(void)
{
	check(&ordinary, "", RING("a", "b") RING("b", "c") RING("c", "a"),
		"create table a\ncreate table c\ncreate table b\nadd foreign key a.fk_a (o) -> b\n",
		"a circle of foreign keys is split at one");
	check(&ordinary, RING("a", "b") RING("b", "c") RING("c", "a"), "",
		"drop foreign key c.fk_c\n! drop table a\n! drop table b\n! drop table c\n",
		"also when it goes");
	check(&small, "", RING("a", "b") RING("b", "a"), "create table a\ncreate table b\n",
		"an engine that can't add keys takes them in the table");
	check(&small, RING("a", "b") RING("b", "a"), "", "! drop table a\n! drop table b\n",
		"and lets tables go as they are");
	check(&ordinary, "", RING("a", "a"), "create table a\n", "a table may refer to itself");
	check(&ordinary, "", "table a\ncolumn a.id type=integer\ncolumn a.o type=integer\n"
			     "index a.u columns=id unique\n"
			     "foreign_key a.f columns=o referenced_table=a referenced_columns=id\n",
		"create table a\ncreate index u on a (id)\nadd foreign key a.f (o) -> a\n",
		"a key that rests on an index waits for it");
	check(&loose, "", USERS ORDERS "index orders.ix columns=user_id\n",
		"create table users\ncreate table orders\ncreate index ix on orders (user_id)\n"
		"add foreign key orders.fk (user_id) -> users\n",
		"also on its own side, where the engine needs one there");
}

static void test_holding(void)
{
	check(&ordinary, USERS "view v on:column:users.name columns=name\nview w on:view:v\n"
			 "view x on:column:users.id\n",
		"table users\ncolumn users.id type=integer\ncolumn users.name type=text\n"
		"primary_key users.users_pkey columns=id\n"
		"view v on:column:users.name columns=name\nview w on:view:v\n"
		"view x on:column:users.id\n",
		"drop view w for now\ndrop view v for now\n"
		"change users.name: type varchar(20) -> text\n"
		"create view v again\ncreate view w again\n",
		"views go while a column is changed that they read, those alone");
	check(&ordinary, USERS "materialized_view m on:table:users\nindex m.mi columns=name\n",
		"table users\ncolumn users.id type=integer\n"
		"primary_key users.users_pkey columns=id\n"
		"materialized_view m on:table:users\nindex m.mi columns=name\n",
		"drop materialized view m for now\n! drop column users.name\n"
		"create materialized view m again\ncreate index mi on m (name) again\n",
		"a materialized view comes back with its indexes");
	check(&loose, USERS "view v on:column:users.name\n",
		"table users\ncolumn users.id type=integer\ncolumn users.name type=text\n"
		"primary_key users.users_pkey columns=id\nview v on:column:users.name\n",
		"change users.name: type varchar(20) -> text\n",
		"unless the engine does not bind them");
	check(&loose, USERS ORDERS,
		"table users\ncolumn users.id type=bigint\ncolumn users.name type=varchar(20)\n"
		"primary_key users.users_pkey columns=id\n"
		"table orders\ncolumn orders.id type=integer\n"
		"column orders.user_id type=bigint not_null\n"
		"primary_key orders.orders_pkey columns=id\n"
		"foreign_key orders.fk columns=user_id referenced_table=users "
		"referenced_columns=id\n",
		"drop foreign key orders.fk for now\n"
		"change orders.user_id: type integer -> bigint\n"
		"change users.id: type integer -> bigint\n"
		"add foreign key orders.fk (user_id) -> users again\n",
		"foreign keys go while the columns at their ends are changed");
	check(&ordinary, USERS ORDERS, "table users\ncolumn users.id type=integer\n"
			"column users.name type=varchar(20)\nunique users.u columns=id\n" ORDERS,
		"drop foreign key orders.fk for now\ndrop primary key users.users_pkey\n"
		"add unique users.u (id)\nadd foreign key orders.fk (user_id) -> users again\n",
		"and while the key changes that they refer to");
	check(&ordinary, USERS "column users.x type=integer\nindex users.ix columns=x\n"
			 "check users.ck expression=x>id\n", USERS,
		"drop check users.ck\ndrop index ix on users\n! drop column users.x\n",
		"what holds a column that goes is dropped before it");
	check(&ordinary, USERS "column users.g type=integer generated=id+1\n"
			 "index users.ix columns=g\n",
		USERS "column users.g type=integer generated=id+2\nindex users.ix columns=g\n",
		"drop index ix on users for now\ndrop column users.g\nadd column users.g integer generated\n"
		"create index ix on users (g) again\n",
		"a generated column is made anew, with its indexes");
}

static void test_functions(void)
{
	check(&ordinary, "function f() result=integer\ntable t\ncolumn t.a type=integer "
		"default=f() "
			 "on:function:f()\ncheck t.ck expression=a>f() on:function:f()\n"
			 "trigger t.tr definition=tr on:function:f()\nview v on:function:f()\n",
		"function f() result=bigint\ntable t\ncolumn t.a type=integer default=f() "
		"on:function:f()\ncheck t.ck expression=a>f() on:function:f()\n"
		"trigger t.tr definition=tr on:function:f()\nview v on:function:f()\n",
		"drop trigger t.tr for now\ndrop view v for now\ndrop check t.ck for now\n"
		"change t.a: no default\ndrop function f()\ncreate function f()\n"
		"change t.a: default f()\nadd check t.ck (a>f()) again\ncreate view v again\n"
		"create trigger t.tr again\n",
		"all that calls a function goes while it is replaced");
	check(&ordinary, "function f() result=integer definition=1\n"
			 "trigger t.tr definition=tr on:function:f()\ntable t\n",
		"function f() result=integer definition=2\n"
		"trigger t.tr definition=tr on:function:f()\ntable t\n",
		"change function f(): definition\n", "or nothing, while it is altered");
	check(&ordinary, "function f() definition=1\ntable t\ntrigger t.a definition=a "
			 "on:function:f()\n",
		"function g() definition=1\ntable t\ntrigger t.a definition=b on:function:g()\n",
		"drop trigger t.a\ncreate function g()\ncreate trigger t.a\ndrop function f()\n",
		"a trigger changes its function");
}

static void test_types(void)
{
	check(&ordinary, "enum e values=a,b\ntable t\ncolumn t.c type=e\n",
		"enum e values=a,b,c\ntable t\ncolumn t.c type=e\n",
		"change enum e: values a, b -> a, b, c\n", "an enum that can grow is altered");
	check(&ordinary, "enum e values=a,b\ntable t\ncolumn t.c type=e default='a'::e\n"
			 "check t.k expression=c<>'b'::e\nindex t.i columns=c\nview v "
			"on:column:t.c\n",
		"enum e values=b\ntable t\ncolumn t.c type=e default='a'::e\n"
		"check t.k expression=c<>'b'::e\nindex t.i columns=c\nview v on:column:t.c\n",
		"rename enum e to e__old for now\ndrop view v for now\ncreate enum e\n"
		"drop check t.k for now\n"
		"change t.c: type e__old -> e, default 'a'::e__old -> 'a'::e\n"
		"add check t.k (c<>'b'::e) again\ncreate view v again\n"
		"! drop enum e__old for now\n",
		"one that can't is set aside until its columns have the new one");
	check(&ordinary, "enum e values=a,b\ndomain d type=e\ntable t\ncolumn t.c type=d\n",
		"enum e values=b,a\ndomain d type=e\ntable t\ncolumn t.c type=d\n",
		"rename enum e to e__old for now\nrename domain d to d__old for now\n"
		"create enum e\ncreate domain d again\nchange t.c: type d__old -> d\n"
		"drop domain d__old for now\ndrop enum e__old for now\n",
		"a domain over it likewise");
	check(&ordinary, "enum e values=a\n", "enum e values=b\n", "drop enum e\ncreate enum e\n",
		"one without columns is dropped");
	check(&ordinary, "enum e values=a\ntable t\ncolumn t.c type=e\n",
		"table t\ncolumn t.c type=text\n",
		"change t.c: type e -> text\ndrop enum e\n", "columns leave a type before it goes");
	check(&ordinary, "domain d type=text\ncheck d.c expression=value>'a'\n",
		"domain d type=text\ncheck d.c expression=value>'b'\n",
		"drop check d.c\nadd check d.c (value>'b')\n", "checks of domains change");
}

static void test_sequences(void)
{
	check(&ordinary, "", "sequence s owned_by=t,a\ntable t\ncolumn t.a type=integer "
			     "default=nextval('s')\n",
		"create sequence s\ncreate table t\nchange sequence s: owned by t, a\n",
		"a sequence gets its column when that is there");
	check(&ordinary, "sequence s owned_by=t,a\ntable t\ncolumn t.a type=integer "
			 "default=nextval('s')\ncolumn t.b type=text\n",
		"table t\ncolumn t.b type=text\n", "! drop column t.a\n", "and goes with it");
	check(&ordinary, "sequence s\ntable t\ncolumn t.a type=integer default=nextval('s')\n",
		"table t\ncolumn t.a type=integer\n", "change t.a: no default\n! drop sequence s\n",
		"one of its own goes when no default asks it");
}

static void test_loss(void)
{
	static const struct {
		const char *from, *to;
		bool loses;
	} types[] = {
		{ "varchar(32)", "varchar(8)", true }, { "varchar(8)", "varchar(32)", false },
		{ "varchar(8)", "text", false }, { "text", "varchar(8)", true },
		{ "character~varying(8)", "varchar(8)", false },
		{ "bigint", "integer", true }, { "integer", "bigint", false },
		{ "int", "int~unsigned", true }, { "integer", "int4", false },
		{ "bigint(20)", "int(11)", true },
		{ "numeric(10,2)", "numeric(8,2)", true },
		{ "numeric(10,2)", "numeric(12,4)", false },
		{ "numeric(10,2)", "numeric(10,4)", true }, { "numeric(10,2)", "numeric", false },
		{ "numeric", "numeric(10,2)", true }, { "numeric(10,2)", "integer", true },
		{ "double~precision", "real", true }, { "real", "double", false },
		{ "double", "integer", true }, { "text", "integer", false },
		{ "timestamp(6)~with~time~zone", "timestamp(3)~with~time~zone", true },
		{ "enum('a','b')", "enum('a')", true },
		{ "enum('a','b')", "enum('b','a','c')", false },
		{ "enum('it''s')", "enum('it''s','x')", false }, { "enum('a", "enum('b')", false },
		{ "varchar(", "varchar()", false }, { "", "text", false },
	};

	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		struct schemas_diff how = { .text = STRBUF_INIT, .err = LIMBECK_ERROR_INIT };
		struct strbuf before = STRBUF_INIT, after = STRBUF_INIT;
		const char *text;

		strbuf_addf(&before, "table t\ncolumn t.a type=%s\n", types[i].from);
		strbuf_addf(&after, "table t\ncolumn t.a comment=x type=%s\n", types[i].to);
		text = schemas_diff(&how, before.buf, after.buf);
		ok(strncmp(text, types[i].loses ? "! change t.a: " : "change t.a: ",
			   types[i].loses ? 14 : 12) == 0, "%s -> %s is %sdestructive",
			types[i].from, types[i].to, types[i].loses ? "" : "not ");
		strbuf_release(&before);
		strbuf_release(&after);
		schemas_diff_release(&how);
	}
}

static void test_fill(void)
{
	struct diff_options fill = { .fill = true };
	struct diff_options fill_small = { .traits = &schemas_small, .fill = true };

	check(&fill, "table t\ncolumn t.a type=text\n",
		"table t\ncolumn t.a type=text\ncolumn t.b type=text not_null\n"
		"column t.c type=text not_null default='x'\ncolumn t.d type=text\n"
		"column t.e type=integer not_null identity=always\nunique t.u columns=b\n",
		"add column t.b text\nfill t.b\nchange t.b: not null\n"
		"add column t.c text not null default 'x'\nadd column t.d text\n"
		"add column t.e integer not null always\nadd unique t.u (b)\n",
		"a column that needs values comes in three steps");
	check(&fill_small, "table t\ncolumn t.a type=text\n",
		"table t\ncolumn t.a type=text\ncolumn t.b type=text not_null\n",
		"add column t.b text\nfill t.b\nchange t.b: not null\n", "on any engine");
	check(&fill, "table t\ncolumn t.a type=text\n",
		"table t\ncolumn t.a type=text\ncolumn t.b type=text\nprimary_key t.pk columns=b\n",
		"add column t.b text\nfill t.b\nadd primary key t.pk (b)\n",
		"one that comes into the primary key needs values too");
	check(&fill, "", "table t\ncolumn t.b type=text not_null\n", "create table t\n",
		"none in a new table does");
}

static void test_together(void)
{
	check(&small, "table a\ncolumn a.x type=text\ncheck a.c expression=x>1\nindex a.i "
		"columns=x\n"
		      "table b\ncolumn b.y type=text\nview v on:table:a\n",
		"table a\ncolumn a.x type=integer\ncheck a.c expression=x>2\nindex a.j columns=x\n"
		"column a.n type=text\n"
		"foreign_key a.f columns=x referenced_table=b referenced_columns=y\n"
		"table b\ncolumn b.y type=integer\nprimary_key b.p columns=y\nview v on:table:a\n",
		"change b.y: type text -> integer\nadd primary key b.p (y)\n"
		"drop check a.c\ndrop index i on a\nadd column a.n text\n"
		"change a.x: type text -> integer\nadd check a.c (x>2)\n"
		"add foreign key a.f (x) -> b\ncreate index j on a (x)\n",
		"all changes of a table are neighbours where the engine can't add constraints");
	check(&small, "table a\ncolumn a.x type=text\ncolumn a.y type=text\nindex a.i columns=x\n"
		      "table b\ncolumn b.x type=text\n",
		"table a\ncolumn a.x type=text\ncolumn a.y type=integer\n"
		"table b\ncolumn b.x type=text\nindex b.i columns=x\n",
		"drop index i on a\nchange a.y: type text -> integer\ncreate index i on b (x)\n",
		"only an index gives its name to another table's before");
	check(&ordinary, "table p partition_by=RANGE\ncolumn p.a type=integer\ncolumn p.z "
		"type=text\n"
			 "table q partition_of=,p\ncolumn q.a type=integer\ncolumn q.z type=text\n"
			 "column q.own type=text\n",
		"table p partition_by=RANGE\ncolumn p.a type=bigint\ncolumn p.b type=text\n"
		"table q partition_of=,p\ncolumn q.a type=bigint\ncolumn q.b type=text\n",
		"add column p.b text\nchange p.a: type integer -> bigint\n! drop column p.z\n"
		"! drop column q.own\n",
		"a partition's columns change with its parent's");
}

int main(void)
{
	test_plain();
	test_describe();
	test_content();
	test_order();
	test_circles();
	test_holding();
	test_functions();
	test_types();
	test_sequences();
	test_loss();
	test_fill();
	test_together();
	return done_testing();
}
