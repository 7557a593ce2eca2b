/* SPDX-License-Identifier: BSD-2-Clause */
/* Tables of SQLite, MySQL and MariaDB as a home has them when they have been made. */
#include "homes.h"
#include "tap.h"

static const struct homes_case cases[] = {
	{ "sqlite", "the key of the row gives numbers",
	  "CREATE TABLE t (id INTEGER PRIMARY KEY, x TEXT);\n"
	  "CREATE TABLE u (id integer primary key autoincrement not null);\n"
	  "CREATE TABLE v (id INTEGER, PRIMARY KEY (id))",
	  "table t\n"
	  "column t.id type=bigint identity=by default\n"
	  "column t.x type=text\n"
	  "primary_key t (id) columns=id\n"
	  "table u\n"
	  "column u.id type=bigint identity=by default\n"
	  "primary_key u (id) columns=id\n"
	  "table v\n"
	  "column v.id type=bigint identity=by default\n"
	  "primary_key v (id) columns=id\n" },
	{ "sqlite", "these give no numbers",
	  "CREATE TABLE a (id INT PRIMARY KEY);\n"
	  "CREATE TABLE b (id INTEGER PRIMARY KEY, x) WITHOUT ROWID;\n"
	  "CREATE TABLE c (a INTEGER, b INTEGER, PRIMARY KEY (a, b))",
	  "table a\n"
	  "column a.id type=bigint\n"
	  "primary_key a (id) columns=id\n"
	  "table b without_rowid\n"
	  "column b.id type=bigint\n"
	  "column b.x type=bytea\n"
	  "primary_key b (id) columns=id\n"
	  "table c\n"
	  "column c.a type=bigint\n"
	  "column c.b type=bigint\n"
	  "primary_key c (a, b) columns=a,b\n" },
	{ "sqlite", "types by what is in their names",
	  "CREATE TABLE t (a VARCHAR(20), b TINYINT, c \"UNSIGNED BIG INT\", d "
	  "NATIVE CHARACTER(70), e CLOB, f, g BLOB, h REAL, i DOUBLE PRECISION, j "
	  "FLOATING, k DECIMAL(10,5), l BOOLEAN, m DATETIME, n STRING, o JSON, p "
	  "TIMESTAMP)",
	  "table t\n"
	  "column t.a type=varchar(20)\n"
	  "column t.b type=smallint\n"
	  "column t.c type=numeric\n"
	  "column t.d type=text\n"
	  "column t.e type=text\n"
	  "column t.f type=bytea\n"
	  "column t.g type=bytea\n"
	  "column t.h type=double precision\n"
	  "column t.i type=double precision\n"
	  "column t.j type=double precision\n"
	  "column t.k type=numeric(10,5)\n"
	  "column t.l type=boolean\n"
	  "column t.m type=timestamp\n"
	  "column t.n type=numeric\n"
	  "column t.o type=json\n"
	  "column t.p type=timestamp\n" },
	{ "sqlite", "names keep their case and are found in any",
	  "CREATE TABLE Foo (Id INTEGER PRIMARY KEY, Name TEXT);\n"
	  "CREATE TABLE bar (f INTEGER REFERENCES FOO(ID), UNIQUE (F));\n"
	  "CREATE INDEX i ON foo (NAME)",
	  "table Foo\n"
	  "column Foo.Id type=bigint identity=by default\n"
	  "column Foo.Name type=text\n"
	  "primary_key Foo (Id) columns=Id\n"
	  "index Foo.i columns=Name parts=\"Name\"\n"
	  "table bar\n"
	  "column bar.f type=bigint\n"
	  "unique bar (f) columns=f\n"
	  "foreign_key bar (f) columns=f referenced_table=Foo referenced_columns=Id\n" },
	{ "sqlite", "unnamed constraints stay unnamed",
	  "CREATE TABLE t (a INTEGER UNIQUE, b TEXT CHECK (b <> ''), c INTEGER "
	  "REFERENCES t, CONSTRAINT n UNIQUE (b))",
	  "table t\n"
	  "column t.a type=bigint\n"
	  "column t.b type=text\n"
	  "column t.c type=bigint\n"
	  "unique t (a) columns=a\n"
	  "unique t.n columns=b\n"
	  "check t (b <> '') expression=b <> ''\n"
	  "foreign_key t (c) columns=c referenced_table=t\n" },
	{ "sqlite", "what is referred to may come later",
	  "CREATE TABLE c (p INTEGER REFERENCES p, q INTEGER REFERENCES p (x));\n"
	  "CREATE TABLE p (id INTEGER PRIMARY KEY, x INTEGER UNIQUE)",
	  "table c\n"
	  "column c.p type=bigint\n"
	  "column c.q type=bigint\n"
	  "foreign_key c (p) columns=p referenced_table=p referenced_columns=id\n"
	  "foreign_key c (q) columns=q referenced_table=p referenced_columns=x\n"
	  "table p\n"
	  "column p.id type=bigint identity=by default\n"
	  "column p.x type=bigint\n"
	  "primary_key p (id) columns=id\n"
	  "unique p (x) columns=x\n" },
	{ "sqlite", "a string in double quotes as default",
	  "CREATE TABLE t (a TEXT DEFAULT \"x\", b TEXT DEFAULT (strftime('%s', "
	  "'now')), c INTEGER DEFAULT (0))",
	  "table t\n"
	  "column t.a type=text default='x'\n"
	  "column t.b type=text default=CAST(floor(date_part('epoch', now())) AS "
	  "bigint)\n"
	  "column t.c type=bigint default=0\n" },
	{ "sqlite", "STRICT and WITHOUT ROWID are kept",
	  "CREATE TABLE main.t (a TEXT PRIMARY KEY) STRICT, WITHOUT ROWID",
	  "table t strict without_rowid\n"
	  "column t.a type=text\n"
	  "primary_key t (a) columns=a\n" },
	{ "sqlite", "a generated column",
	  "CREATE TABLE t (a INTEGER, b INTEGER AS (a + 1), c INTEGER GENERATED "
	  "ALWAYS AS (a + 2) STORED)",
	  "table t\n"
	  "column t.a type=bigint\n"
	  "column t.b type=bigint generated=a + 1 generated_kind=virtual\n"
	  "column t.c type=bigint generated=a + 2 generated_kind=stored\n" },
	{ "sqlite", "COLLATE NOCASE and orders in a key",
	  "CREATE TABLE t (a TEXT COLLATE NOCASE, b INTEGER, UNIQUE (a COLLATE "
	  "NOCASE, b DESC))",
	  "table t\n"
	  "column t.a type=text collation=NOCASE\n"
	  "column t.b type=bigint\n"
	  "unique t (a, b) columns=a,b parts=a COLLATE \"NOCASE\",b DESC\n" },
	{ "sqlite", "ON CONFLICT ABORT is the usual",
	  "CREATE TABLE t (a INTEGER NOT NULL ON CONFLICT ABORT, UNIQUE (a) ON "
	  "CONFLICT ABORT)",
	  "table t\n"
	  "column t.a type=bigint not_null\n"
	  "unique t (a) columns=a\n" },
	{ "sqlite", "a temporary table",
	  "CREATE TEMP TABLE t AS SELECT 1 AS one, 'x' AS x;\n"
	  "CREATE TABLE temp.u (a INTEGER)",
	  "table t temporary\n"
	  "column t.one type=integer\n"
	  "column t.x type=text\n"
	  "table u temporary\n"
	  "column u.a type=bigint\n" },
	{ "mysql", "keys inside the table",
	  "CREATE TABLE t (id int NOT NULL AUTO_INCREMENT, a varchar(20) NOT NULL, "
	  "b text, PRIMARY KEY (id), UNIQUE KEY u (a), KEY (b(10)), INDEX (a, "
	  "b(5)), FULLTEXT KEY ft (b)) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 "
	  "AUTO_INCREMENT=100",
	  "table t character_set=utf8mb4\n"
	  "column t.id type=integer identity=by default start=100\n"
	  "column t.a type=varchar(20) not_null collation=utf8mb4_general_ci\n"
	  "column t.b type=text collation=utf8mb4_general_ci\n"
	  "primary_key t (id) columns=id\n"
	  "unique t.u columns=a\n"
	  "index t.b columns=b parts=b(10)\n"
	  "index t.a columns=a,b parts=a,b(5)\n"
	  "index t.ft columns=b parts=b method=fulltext\n" },
	{ "mysql", "types",
	  "CREATE TABLE t (a tinyint(1), b tinyint, c int(11) unsigned, d "
	  "bigint(20), e datetime(6), f mediumtext, g longblob, h decimal(10,2), i "
	  "double, j enum('a','it''s'), k timestamp, l json, m varbinary(16), n "
	  "char(36), o bit(1), p date, q year)",
	  "table t\n"
	  "column t.a type=boolean\n"
	  "column t.b type=smallint\n"
	  "column t.c type=bigint\n"
	  "column t.d type=bigint\n"
	  "column t.e type=timestamp(6)\n"
	  "column t.f type=text collation=utf8mb4_general_ci\n"
	  "column t.g type=bytea\n"
	  "column t.h type=numeric(10,2)\n"
	  "column t.i type=double precision\n"
	  "column t.j type=enum('a', 'it''s') collation=utf8mb4_general_ci\n"
	  "column t.k type=timestamptz(0)\n"
	  "column t.l type=jsonb\n"
	  "column t.m type=bytea\n"
	  "column t.n type=char(36) collation=utf8mb4_general_ci\n"
	  "column t.o type=bit(1)\n"
	  "column t.p type=date\n"
	  "column t.q type=smallint\n" },
	{ "mysql", "unnamed foreign keys have numbers",
	  "CREATE TABLE p (id int PRIMARY KEY);\n"
	  "CREATE TABLE c (a int, b int, FOREIGN KEY (a) REFERENCES p (id), "
	  "CONSTRAINT FOREIGN KEY (b) REFERENCES p (id) ON DELETE CASCADE)",
	  "table p\n"
	  "column p.id type=integer\n"
	  "primary_key p (id) columns=id\n"
	  "table c\n"
	  "column c.a type=integer\n"
	  "column c.b type=integer\n"
	  "foreign_key c.c_ibfk_1 columns=a referenced_table=p referenced_columns=id\n"
	  "foreign_key c.c_ibfk_2 columns=b referenced_table=p "
	  "referenced_columns=id on_delete=CASCADE\n"
	  "index c.a columns=a parts=a backing_index=c_ibfk_1\n"
	  "index c.b columns=b parts=b backing_index=c_ibfk_2\n" },
	{ "mysql", "REFERENCES behind a column does nothing",
	  "CREATE TABLE p (id int PRIMARY KEY);\n"
	  "CREATE TABLE c (a int REFERENCES p (id))",
	  "table p\n"
	  "column p.id type=integer\n"
	  "primary_key p (id) columns=id\n"
	  "table c\n"
	  "column c.a type=integer\n" },
	{ "mariadb", "REFERENCES behind a column does something",
	  "CREATE TABLE p (id int PRIMARY KEY);\n"
	  "CREATE TABLE c (a int REFERENCES p (id), CHECK (a > 0), CHECK (a < 9))",
	  "table p\n"
	  "column p.id type=integer\n"
	  "primary_key p (id) columns=id\n"
	  "table c\n"
	  "column c.a type=integer\n"
	  "check c.CONSTRAINT_1 expression=a > 0\n"
	  "check c.CONSTRAINT_2 expression=a < 9\n"
	  "foreign_key c.c_ibfk_1 columns=a referenced_table=p referenced_columns=id\n"
	  "index c.a columns=a parts=a backing_index=c_ibfk_1\n" },
	{ "mysql", "checks have numbers",
	  "CREATE TABLE t (a int CHECK (a > 0), CHECK (a < 9))",
	  "table t\n"
	  "column t.a type=integer\n"
	  "check t.t_chk_1 expression=a > 0\n"
	  "check t.t_chk_2 expression=a < 9\n" },
	{ "mysql", "unique columns and keys of the same name",
	  "CREATE TABLE t (a int UNIQUE, b int, UNIQUE (a, b), KEY (a))",
	  "table t\n"
	  "column t.a type=integer\n"
	  "column t.b type=integer\n"
	  "unique t.a columns=a\n"
	  "unique t.a_2 columns=a,b\n"
	  "index t.a_3 columns=a parts=a\n" },
	{ "mysql", "a foreign key has an index, unless another serves",
	  "CREATE TABLE p (id int PRIMARY KEY);\n"
	  "CREATE TABLE c (a int, b int, KEY k (b, a), CONSTRAINT fa FOREIGN KEY "
	  "(a) REFERENCES p (id), CONSTRAINT fb FOREIGN KEY (b) REFERENCES p (id))",
	  "table p\n"
	  "column p.id type=integer\n"
	  "primary_key p (id) columns=id\n"
	  "table c\n"
	  "column c.a type=integer\n"
	  "column c.b type=integer\n"
	  "foreign_key c.fa columns=a referenced_table=p referenced_columns=id\n"
	  "foreign_key c.fb columns=b referenced_table=p referenced_columns=id\n"
	  "index c.k columns=b,a parts=b,a\n"
	  "index c.fa columns=a parts=a backing_index=fa\n" },
	{ "mysql", "an index that comes later takes its place",
	  "CREATE TABLE p (id int PRIMARY KEY);\n"
	  "CREATE TABLE c (a int, CONSTRAINT fa FOREIGN KEY (a) REFERENCES p (id));\n"
	  "CREATE INDEX mine ON c (a)",
	  "table p\n"
	  "column p.id type=integer\n"
	  "primary_key p (id) columns=id\n"
	  "table c\n"
	  "column c.a type=integer\n"
	  "foreign_key c.fa columns=a referenced_table=p referenced_columns=id\n"
	  "index c.mine columns=a parts=a\n" },
	{ "mysql", "comments, ON UPDATE and collations",
	  "CREATE TABLE t (a timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON "
	  "UPDATE CURRENT_TIMESTAMP COMMENT 'when', b varchar(9) CHARACTER SET "
	  "latin1 COLLATE latin1_bin, c varchar(9)) COMMENT='table' COLLATE=utf8mb4_bin",
	  "table t comment=table collation=utf8mb4_bin\n"
	  "column t.a comment=when type=timestamptz(0) not_null default=now() "
	  "on_update=now()\n"
	  "column t.b type=varchar(9) collation=latin1_bin character_set=latin1\n"
	  "column t.c type=varchar(9) collation=utf8mb4_bin\n" },
	{ "mysql", "LIKE takes all but foreign keys",
	  "CREATE TABLE p (id int PRIMARY KEY, x int, KEY k (x), CONSTRAINT f "
	  "FOREIGN KEY (x) REFERENCES p (id));\n"
	  "CREATE TABLE q LIKE p",
	  "table p\n"
	  "column p.id type=integer\n"
	  "column p.x type=integer\n"
	  "primary_key p (id) columns=id\n"
	  "foreign_key p.f columns=x referenced_table=p referenced_columns=id\n"
	  "index p.k columns=x parts=x\n"
	  "table q\n"
	  "column q.id type=integer\n"
	  "column q.x type=integer\n"
	  "primary_key q (id) columns=id\n"
	  "index q.k columns=x parts=x\n" },
	{ "mysql", "a unique key of a part of a text is an index",
	  "CREATE TABLE t (a text, UNIQUE KEY u (a(20)))",
	  "table t\n"
	  "column t.a type=text collation=utf8mb4_general_ci\n"
	  "index t.u columns=a parts=a(20) unique\n" },
	{ "mysql", "a table from a query",
	  "CREATE TABLE a (id int, n varchar(9));\n"
	  "CREATE TABLE b (x int) SELECT id FROM a",
	  "table a\n"
	  "column a.id type=integer\n"
	  "column a.n type=varchar(9) collation=utf8mb4_general_ci\n"
	  "table b\n"
	  "column b.x type=integer\n"
	  "column b.id type=integer\n" },
	{ "mariadb", "OR REPLACE",
	  "CREATE TABLE t (a int);\n"
	  "CREATE OR REPLACE TABLE t (b int)",
	  "table t\n"
	  "column t.b type=integer\n" },
	{ "mysql", "a generated column and an invisible one",
	  "CREATE TABLE t (a int, b int AS (a + 1) STORED, c int GENERATED ALWAYS "
	  "AS (a) VIRTUAL)",
	  "table t\n"
	  "column t.a type=integer\n"
	  "column t.b type=integer generated=a + 1 generated_kind=stored\n"
	  "column t.c type=integer generated=a generated_kind=virtual\n" },
};

int main(void)
{
	homes_check(cases, sizeof cases / sizeof *cases, homes_shown, false);
	return done_testing();
}
