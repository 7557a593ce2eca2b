/* SPDX-License-Identifier: BSD-2-Clause */
/* Tables as a home has them when they have been made. */
#include "homes.h"
#include "tap.h"

static const struct homes_case cases[] = {
	{ "postgresql", "columns have their types in common words",
	  "CREATE TABLE t (a int4, b INT8 NOT NULL, c character varying(20), d "
	  "timestamp with time zone, e double precision NULL)",
	  "table t\n"
	  "column t.a type=integer\n"
	  "column t.b type=bigint not_null\n"
	  "column t.c type=varchar(20)\n"
	  "column t.d type=timestamptz\n"
	  "column t.e type=double precision\n" },
	{ "postgresql", "names are folded but for those in quotes",
	  "CREATE TABLE Users (\"Id\" int, eMail text)",
	  "table users\n"
	  "column users.Id type=integer\n"
	  "column users.email type=text\n" },
	{ "postgresql", "names are cut to 63 bytes",
	  "CREATE TABLE "
	  "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa (a int)",
	  "table aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n"
	  "column aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	  "aaa.a type=integer\n" },
	{ "postgresql", "an array",
	  "CREATE TABLE t (a text[], b int[3][3], c uuid ARRAY)",
	  "table t\n"
	  "column t.a type=text[]\n"
	  "column t.b type=integer[][]\n"
	  "column t.c type=uuid[]\n" },
	{ "postgresql", "serial columns",
	  "CREATE TABLE t (a serial, b bigserial, c smallserial, d serial4 PRIMARY KEY)",
	  "table t\n"
	  "column t.a type=integer not_null identity=serial sequence=t_a_seq\n"
	  "column t.b type=bigint not_null identity=serial sequence=t_b_seq\n"
	  "column t.c type=smallint not_null identity=serial sequence=t_c_seq\n"
	  "column t.d type=integer identity=serial sequence=t_d_seq\n"
	  "primary_key t.t_pkey columns=d\n" },
	{ "postgresql", "identity columns",
	  "CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY, b bigint GENERATED "
	  "BY DEFAULT AS IDENTITY (START WITH 5 INCREMENT BY 2), c int GENERATED "
	  "ALWAYS AS IDENTITY (SEQUENCE NAME s START WITH 1 INCREMENT BY 1 NO "
	  "MINVALUE NO MAXVALUE CACHE 1))",
	  "table t\n"
	  "column t.a type=integer not_null identity=always sequence=t_a_seq\n"
	  "column t.b type=bigint not_null identity=by default start=5 increment=2 "
	  "sequence=t_b_seq\n"
	  "column t.c type=integer not_null identity=always sequence=s\n" },
	{ "postgresql", "defaults",
	  "CREATE TABLE t (a int DEFAULT 1, b text DEFAULT 'x', c text DEFAULT "
	  "NULL, d text DEFAULT NULL::character varying, e timestamptz DEFAULT "
	  "now(), f int DEFAULT (1 + 2))",
	  "table t\n"
	  "column t.a type=integer default=1\n"
	  "column t.b type=text default='x'\n"
	  "column t.c type=text\n"
	  "column t.d type=text\n"
	  "column t.e type=timestamptz default=now()\n"
	  "column t.f type=integer default=1 + 2\n" },
	{ "postgresql", "a generated column",
	  "CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a * 2) STORED)",
	  "table t\n"
	  "column t.a type=integer\n"
	  "column t.b type=integer generated=a * 2 generated_kind=stored\n" },
	{ "postgresql", "keys of columns",
	  "CREATE TABLE t (a int PRIMARY KEY, b int UNIQUE, c int NOT NULL UNIQUE "
	  "NULLS NOT DISTINCT)",
	  "table t\n"
	  "column t.a type=integer\n"
	  "column t.b type=integer\n"
	  "column t.c type=integer not_null\n"
	  "primary_key t.t_pkey columns=a\n"
	  "unique t.t_b_key columns=b\n"
	  "unique t.t_c_key columns=c nulls_not_distinct\n" },
	{ "postgresql", "named keys of columns",
	  "CREATE TABLE t (a int CONSTRAINT pk PRIMARY KEY, b int CONSTRAINT u UNIQUE)",
	  "table t\n"
	  "column t.a type=integer\n"
	  "column t.b type=integer\n"
	  "primary_key t.pk columns=a\n"
	  "unique t.u columns=b\n" },
	{ "postgresql", "keys of the table",
	  "CREATE TABLE t (a int NOT NULL, b int, PRIMARY KEY (a, b), UNIQUE (b, "
	  "a), CONSTRAINT u UNIQUE (b) INCLUDE (a))",
	  "table t\n"
	  "column t.a type=integer\n"
	  "column t.b type=integer\n"
	  "primary_key t.t_pkey columns=a,b\n"
	  "unique t.t_b_a_key columns=b,a\n"
	  "unique t.u columns=b include=a\n" },
	{ "postgresql", "a check takes the name of the one column that it mentions",
	  "CREATE TABLE t (a int CHECK (a > 0), b int, CHECK (b > 0 AND b < 9), "
	  "CHECK (a < b), CHECK (1 < 2))",
	  "table t\n"
	  "column t.a type=integer\n"
	  "column t.b type=integer\n"
	  "check t.t_a_check expression=a > 0\n"
	  "check t.t_b_check expression=b > 0 AND b < 9\n"
	  "check t.t_check expression=a < b\n"
	  "check t.t_check1 expression=1 < 2\n" },
	{ "postgresql", "the next of a name has a number",
	  "CREATE TABLE t (a int CHECK (a > 0) CHECK (a < 9), CHECK (a <> 5))",
	  "table t\n"
	  "column t.a type=integer\n"
	  "check t.t_a_check expression=a > 0\n"
	  "check t.t_a_check1 expression=a < 9\n"
	  "check t.t_a_check2 expression=a <> 5\n" },
	{ "postgresql", "a number goes on where the name is taken",
	  "CREATE TABLE t_a_key (a int);\n"
	  "CREATE TABLE t (a int UNIQUE)",
	  "table t_a_key\n"
	  "column t_a_key.a type=integer\n"
	  "table t\n"
	  "column t.a type=integer\n"
	  "unique t.t_a_key1 columns=a\n" },
	{ "postgresql", "long names are cut in halves",
	  "CREATE TABLE a_table_with_a_name_that_is_long_enough_to_be_cut "
	  "(a_column_with_a_name_that_is_rather_long int UNIQUE)",
	  "table a_table_with_a_name_that_is_long_enough_to_be_cut\n"
	  "column a_table_with_a_name_that_is_long_enough_to_be_cut.a_column_w"
	  "ith_a_name_that_is_rather_long type=integer\n"
	  "unique a_table_with_a_name_that_is_long_enough_to_be_cut.a_table_wi"
	  "th_a_name_that_is_l_a_column_with_a_name_that_is__key "
	  "columns=a_column_with_a_name_that_is_rather_long\n" },
	{ "postgresql", "the name of a long table's key",
	  "CREATE TABLE "
	  "a_table_with_a_name_that_is_long_enough_to_be_cut_soon_enough_ok (a int "
	  "PRIMARY KEY)",
	  "table a_table_with_a_name_that_is_long_enough_to_be_cut_soon_enough_o\n"
	  "column a_table_with_a_name_that_is_long_enough_to_be_cut_soon_enoug"
	  "h_o.a type=integer\n"
	  "primary_key "
	  "a_table_with_a_name_that_is_long_enough_to_be_cut_soon_enough_o.a_t"
	  "able_with_a_name_that_is_long_enough_to_be_cut_soon_eno_pkey columns=a\n" },
	{ "postgresql", "references",
	  "CREATE TABLE p (id int PRIMARY KEY, x int UNIQUE);\n"
	  "CREATE TABLE c (a int REFERENCES p, b int REFERENCES p (x) ON DELETE "
	  "CASCADE ON UPDATE SET NULL, d int REFERENCES public.p ON DELETE NO "
	  "ACTION, FOREIGN KEY (a) REFERENCES p (id) MATCH FULL)",
	  "table p\n"
	  "column p.id type=integer\n"
	  "column p.x type=integer\n"
	  "primary_key p.p_pkey columns=id\n"
	  "unique p.p_x_key columns=x\n"
	  "table c\n"
	  "column c.a type=integer\n"
	  "column c.b type=integer\n"
	  "column c.d type=integer\n"
	  "foreign_key c.c_a_fkey columns=a referenced_table=p referenced_columns=id\n"
	  "foreign_key c.c_b_fkey on_update=SET NULL columns=b referenced_table=p "
	  "referenced_columns=x on_delete=CASCADE\n"
	  "foreign_key c.c_d_fkey columns=d referenced_table=p referenced_columns=id\n"
	  "foreign_key c.c_a_fkey1 columns=a referenced_table=p "
	  "referenced_columns=id match=FULL\n" },
	{ "postgresql", "a reference to itself, before its key",
	  "CREATE TABLE t (parent int REFERENCES t, id int, PRIMARY KEY (id))",
	  "table t\n"
	  "column t.parent type=integer\n"
	  "column t.id type=integer\n"
	  "primary_key t.t_pkey columns=id\n"
	  "foreign_key t.t_parent_fkey columns=parent referenced_table=t "
	  "referenced_columns=id\n" },
	{ "postgresql", "a key of two columns is referred to",
	  "CREATE TABLE p (a int, b int, PRIMARY KEY (a, b));\n"
	  "CREATE TABLE c (x int, y int, CONSTRAINT fk FOREIGN KEY (x, y) "
	  "REFERENCES p ON DELETE SET NULL (x))",
	  "table p\n"
	  "column p.a type=integer\n"
	  "column p.b type=integer\n"
	  "primary_key p.p_pkey columns=a,b\n"
	  "table c\n"
	  "column c.x type=integer\n"
	  "column c.y type=integer\n"
	  "foreign_key c.fk columns=x,y referenced_table=p referenced_columns=a,b "
	  "on_delete=SET NULL on_delete_columns=x\n" },
	{ "postgresql", "deferred constraints",
	  "CREATE TABLE t (a int UNIQUE DEFERRABLE, b int UNIQUE DEFERRABLE "
	  "INITIALLY DEFERRED, c int REFERENCES t (a) DEFERRABLE INITIALLY "
	  "IMMEDIATE, d int REFERENCES t (b) NOT DEFERRABLE)",
	  "table t\n"
	  "column t.a type=integer\n"
	  "column t.b type=integer\n"
	  "column t.c type=integer\n"
	  "column t.d type=integer\n"
	  "unique t.t_a_key columns=a deferrable=deferrable\n"
	  "unique t.t_b_key columns=b deferrable=initially deferred\n"
	  "foreign_key t.t_c_fkey columns=c deferrable=deferrable "
	  "referenced_table=t referenced_columns=a\n"
	  "foreign_key t.t_d_fkey columns=d referenced_table=t referenced_columns=b\n" },
	{ "postgresql", "an exclusion",
	  "CREATE TABLE t (a int, r int4range, EXCLUDE USING gist (a WITH =, r "
	  "WITH &&) WHERE (a > 0))",
	  "table t\n"
	  "column t.a type=integer\n"
	  "column t.r type=int4range\n"
	  "exclusion t.t_a_r_excl columns=a,r parts=a WITH =,r WITH && predicate=a "
	  "> 0 method=gist\n" },
	{ "postgresql", "IF NOT EXISTS leaves what is there",
	  "CREATE TABLE t (a int);\n"
	  "CREATE TABLE IF NOT EXISTS t (b int)",
	  "table t\n"
	  "column t.a type=integer\n" },
	{ "postgresql", "a temporary table",
	  "CREATE TEMPORARY TABLE t (a int) ON COMMIT DROP",
	  "table t temporary=on commit drop\n"
	  "column t.a type=integer\n" },
	{ "postgresql", "a table in another schema",
	  "CREATE SCHEMA s;\n"
	  "CREATE TABLE s.t (a int PRIMARY KEY);\n"
	  "CREATE TABLE c (a int REFERENCES s.t)",
	  "schema s\n"
	  "table s.t\n"
	  "column s.t.a type=integer\n"
	  "primary_key s.t.t_pkey columns=a\n"
	  "table c\n"
	  "column c.a type=integer\n"
	  "foreign_key c.c_a_fkey columns=a referenced_schema=s referenced_table=t "
	  "referenced_columns=a\n" },
	{ "postgresql", "the default schema needs no name",
	  "CREATE SCHEMA IF NOT EXISTS public;\n"
	  "CREATE TABLE public.t (a int)",
	  "table t\n"
	  "column t.a type=integer\n" },
	{ "postgresql", "partitions",
	  "CREATE TABLE t (a int, d date) PARTITION BY RANGE (d);\n"
	  "CREATE TABLE t1 PARTITION OF t FOR VALUES FROM ('2020-01-01') TO "
	  "('2021-01-01');\n"
	  "CREATE TABLE t2 PARTITION OF t DEFAULT",
	  "table t partition_by=RANGE (d)\n"
	  "column t.a type=integer\n"
	  "column t.d type=date\n"
	  "table t1 partition_of=,t partition_bound=FOR VALUES FROM ('2020-01-01') "
	  "TO ('2021-01-01')\n"
	  "column t1.a type=integer\n"
	  "column t1.d type=date\n"
	  "table t2 partition_of=,t partition_bound=DEFAULT\n"
	  "column t2.a type=integer\n"
	  "column t2.d type=date\n" },
	{ "postgresql", "storage is left out",
	  "CREATE UNLOGGED TABLE t (a int) WITH (fillfactor = 70) TABLESPACE fast",
	  "table t\n"
	  "column t.a type=integer\n" },
	{ "postgresql", "LIKE takes types and NOT NULL along",
	  "CREATE TABLE a (x int PRIMARY KEY, y text DEFAULT 'd' CHECK (y <> ''), "
	  "z int GENERATED ALWAYS AS (x) STORED);\n"
	  "CREATE INDEX i ON a (y);\n"
	  "CREATE TABLE b (LIKE a)",
	  "table a\n"
	  "column a.x type=integer\n"
	  "column a.y type=text default='d'\n"
	  "column a.z type=integer generated=x generated_kind=stored\n"
	  "primary_key a.a_pkey columns=x\n"
	  "check a.a_y_check expression=y <> ''\n"
	  "index a.i columns=y parts=y\n"
	  "table b\n"
	  "column b.x type=integer not_null\n"
	  "column b.y type=text\n"
	  "column b.z type=integer\n" },
	{ "postgresql", "LIKE INCLUDING ALL",
	  "CREATE TABLE a (x int PRIMARY KEY, y text DEFAULT 'd' CHECK (y <> ''), "
	  "z int UNIQUE);\n"
	  "CREATE INDEX i ON a (y);\n"
	  "CREATE TABLE b (LIKE a INCLUDING ALL EXCLUDING INDEXES, more int);\n"
	  "CREATE TABLE c (LIKE a INCLUDING ALL)",
	  "table a\n"
	  "column a.x type=integer\n"
	  "column a.y type=text default='d'\n"
	  "column a.z type=integer\n"
	  "primary_key a.a_pkey columns=x\n"
	  "unique a.a_z_key columns=z\n"
	  "check a.a_y_check expression=y <> ''\n"
	  "index a.i columns=y parts=y\n"
	  "table b\n"
	  "column b.x type=integer not_null\n"
	  "column b.y type=text default='d'\n"
	  "column b.z type=integer\n"
	  "column b.more type=integer\n"
	  "check b.a_y_check expression=y <> ''\n"
	  "table c\n"
	  "column c.x type=integer\n"
	  "column c.y type=text default='d'\n"
	  "column c.z type=integer\n"
	  "primary_key c.c_pkey columns=x\n"
	  "unique c.c_z_key columns=z\n"
	  "check c.a_y_check expression=y <> ''\n"
	  "index c.c_y_idx columns=y parts=y\n" },
	{ "postgresql", "LIKE with the numbers of the other",
	  "CREATE TABLE a (id serial, g int GENERATED ALWAYS AS IDENTITY);\n"
	  "CREATE TABLE b (LIKE a INCLUDING DEFAULTS);\n"
	  "CREATE TABLE c (LIKE a INCLUDING IDENTITY)",
	  "table a\n"
	  "column a.id type=integer not_null identity=serial sequence=a_id_seq\n"
	  "column a.g type=integer not_null identity=always sequence=a_g_seq\n"
	  "table b\n"
	  "column b.id type=integer not_null default=nextval('a_id_seq'::regclass)\n"
	  "column b.g type=integer not_null\n"
	  "table c\n"
	  "column c.id type=integer not_null\n"
	  "column c.g type=integer not_null identity=always sequence=c_g_seq\n" },
	{ "postgresql", "AS takes columns and types from the query",
	  "CREATE TABLE a (id int PRIMARY KEY, name varchar(10), at timestamptz);\n"
	  "CREATE TABLE b AS SELECT a.*, count(*) AS n, lower(name), 1 + 1 AS two, "
	  "a.at::date AS day, coalesce(name, '') FROM a",
	  "table a\n"
	  "column a.id type=integer\n"
	  "column a.name type=varchar(10)\n"
	  "column a.at type=timestamptz\n"
	  "primary_key a.a_pkey columns=id\n"
	  "table b\n"
	  "column b.id type=integer\n"
	  "column b.name type=varchar(10)\n"
	  "column b.at type=timestamptz\n"
	  "column b.n type=bigint\n"
	  "column b.lower type=text\n"
	  "column b.two type=integer\n"
	  "column b.day type=date\n"
	  "column b.coalesce type=varchar(10)\n" },
	{ "postgresql", "AS with names of its own",
	  "CREATE TABLE a (id int, name text);\n"
	  "CREATE TABLE b (x, y) AS SELECT id, name FROM a WITH NO DATA",
	  "table a\n"
	  "column a.id type=integer\n"
	  "column a.name type=text\n"
	  "table b\n"
	  "column b.x type=integer\n"
	  "column b.y type=text\n" },
	{ "postgresql", "AS from a join, a subquery and WITH",
	  "CREATE TABLE a (id int, name text);\n"
	  "CREATE TABLE b AS WITH c AS (SELECT id AS cid, name FROM a) SELECT "
	  "x.cid, y.k, (SELECT max(id) FROM a) AS m FROM c x JOIN (SELECT id AS k "
	  "FROM a) y ON y.k = x.cid",
	  "table a\n"
	  "column a.id type=integer\n"
	  "column a.name type=text\n"
	  "table b\n"
	  "column b.cid type=integer\n"
	  "column b.k type=integer\n"
	  "column b.m type=integer\n" },
	{ "postgresql", "AS from VALUES and a recursion",
	  "CREATE TABLE a (x) AS VALUES (1), (2);\n"
	  "CREATE TABLE b AS WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + "
	  "1 FROM r) SELECT n FROM r",
	  "table a\n"
	  "column a.x type=integer\n"
	  "table b\n"
	  "column b.n type=integer\n" },
	{ "postgresql", "AS from a view",
	  "CREATE TABLE a (id int, name text);\n"
	  "CREATE VIEW v (k, l) AS SELECT id, upper(name) FROM a;\n"
	  "CREATE TABLE b AS SELECT * FROM v",
	  "table a\n"
	  "column a.id type=integer\n"
	  "column a.name type=text\n"
	  "table b\n"
	  "column b.k type=integer\n"
	  "column b.l type=text\n"
	  "view v definition=CREATE VIEW v (k, l) AS SELECT id, upper(name) FROM a "
	  "columns=k,l column_types=integer,text\n" },
	{ "postgresql", "a comment on a column is an attribute",
	  "CREATE TABLE t (a int);\n"
	  "COMMENT ON TABLE t IS 'it''s';\n"
	  "COMMENT ON COLUMN public.t.a IS 'a'",
	  "table t comment=it's\n"
	  "column t.a comment=a type=integer\n" },
	{ "postgresql", "CHECK NOT VALID and NO INHERIT",
	  "CREATE TABLE t (a int, CONSTRAINT c CHECK (a > 0) NO INHERIT);\n"
	  "ALTER TABLE t ADD CONSTRAINT d CHECK (a < 9) NOT VALID",
	  "table t\n"
	  "column t.a type=integer\n"
	  "check t.c expression=a > 0 no_inherit\n"
	  "check t.d expression=a < 9 not_enforced=not valid\n" },
	{ "postgresql", "an enum and a domain as types",
	  "CREATE TYPE mood AS ENUM ('sad', 'ok', 'it''s');\n"
	  "CREATE DOMAIN \"Age\" AS int4 NOT NULL DEFAULT 1 CHECK (VALUE > 0) "
	  "CONSTRAINT most CHECK (VALUE < 200);\n"
	  "CREATE TABLE t (m mood NOT NULL DEFAULT 'ok', l public.mood[], a \"Age\")",
	  "enum mood values=sad,ok,it's\n"
	  "domain Age type=integer not_null default=1\n"
	  "check Age.Age_check expression=value > 0\n"
	  "check Age.most expression=value < 200\n"
	  "table t\n"
	  "column t.m type=mood not_null default='ok'\n"
	  "column t.l type=mood[]\n"
	  "column t.a type=\"Age\"\n" },
	{ "postgresql", "a collation",
	  "CREATE TABLE t (a text COLLATE \"C\", b text COLLATE pg_catalog.\"de_DE\")",
	  "table t\n"
	  "column t.a type=text collation=C\n"
	  "column t.b type=text collation=de_DE\n" },
};

int main(void)
{
	homes_check(cases, sizeof cases / sizeof *cases, homes_shown, false);
	return done_testing();
}
