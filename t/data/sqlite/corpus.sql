-- Tables that are written oddly, each as SQLite takes it. One database holds
-- them all; t/531-schema-sqlite.t reads it, writes it anew, and reads that.

-- Names and quoting.
CREATE TABLE n01(a);
CREATE TABLE "n02"("a" "INTEGER", `b` `TEXT`, [c] [REAL], 'd' 'BLOB');
CREATE TABLE "n 03"("a b" int, "c""d" int, `e``f` int, [g h] int, 'i''j' int);
CREATE TABLE n04("line
break" int, "tab	bed" int, "semi;colon" int, "dash--dash" int, "slash/*star" int);
CREATE TABLE n05("select" int, "from" int, "table" int, "index" int, "order" int, "group" int, "default" int);
CREATE TABLE n06(abort int, action int, after int, asc int, before int, by int, cascade int, cast int,
	column int, conflict int, database int, deferred int, desc int, each int, fail int, for int,
	glob int, "if" int, "like" int, key int, match int, "no" int, of int, "offset" int, plan int, pragma int,
	query int, replace int, row int, "rows" int, temp int, trigger int, vacuum int, view int, virtual int,
	without int, generated int, always int, first int, last int, nulls int, current int);
CREATE TABLE "n07""quoted"(a int);
CREATE TABLE [n08 bracket](a int);
CREATE TABLE `n09 tick`(a int);
CREATE TABLE 'n10 string'(a int);
CREATE TABLE n11_größe(wähl int, "日本" text, naïve_ int);
CREATE TABLE "N12Case"(Id INTEGER PRIMARY KEY, UserName text, UNIQUE(username), CHECK(USERNAME <> ''));
CREATE TABLE n13$dollar(a$b int, _ int, __x9 int);
CREATE TABLE "n14'apostrophe"("it's" text DEFAULT 'it''s');
CREATE TABLE n15(rowid text, a int);
CREATE TABLE n16(rowid text, _rowid_ text, oid text);
CREATE TABLE n17(strict int, rowid_ int, autoincrement_ int);

-- Types.
CREATE TABLE t01(a INT, b INTEGER, c TINYINT, d SMALLINT, e MEDIUMINT, f BIGINT, g UNSIGNED BIG INT, h INT2, i INT8);
CREATE TABLE t02(a CHARACTER(20), b VARCHAR(255), c VARYING CHARACTER(255), d NCHAR(55), e NATIVE CHARACTER(70),
	f NVARCHAR(100), g TEXT, h CLOB);
CREATE TABLE t03(a BLOB, b REAL, c DOUBLE, d DOUBLE PRECISION, e FLOAT, f NUMERIC, g DECIMAL(10,5), h BOOLEAN,
	i DATE, j DATETIME);
CREATE TABLE t04(a decimal ( 10 , 2 ), b decimal(10
	,2), c numeric(+5,-2), d float(1.5));
CREATE TABLE t05(a uuid, b json, c jsonb, d timestamp with time zone, e timestamptz, f interval, g time);
CREATE TABLE t06(a long long long type name(1,2), b "quoted type"(3), c 'string type', d [bracket type]);
CREATE TABLE t07(a generated, b always, c generated text, d text generated);
CREATE TABLE t08(a, b PRIMARY KEY, c NOT NULL, d DEFAULT 1, e CHECK (e), f UNIQUE, g REFERENCES n01(a), h COLLATE nocase);
CREATE TABLE t09(a point, b xml, c money, d enum, e any);
CREATE TABLE t10(a InTeGeR primary key, b VarChar(3));

-- Defaults.
CREATE TABLE d01(a DEFAULT 1, b DEFAULT -1, c DEFAULT +1, d DEFAULT - 1, e DEFAULT 1.5e10, f DEFAULT .5, g DEFAULT 0x1F);
CREATE TABLE d02(a DEFAULT 'x', b DEFAULT 'it''s', c DEFAULT '', d DEFAULT "double", e DEFAULT x'ab01', f DEFAULT X'');
CREATE TABLE d03(a DEFAULT NULL, b DEFAULT TRUE, c DEFAULT false, d DEFAULT CURRENT_TIMESTAMP, e DEFAULT current_date,
	f DEFAULT CURRENT_TIME);
CREATE TABLE d04(a DEFAULT (1 + 2), b DEFAULT ((3)), c DEFAULT (strftime('%s', 'now')), d DEFAULT (lower(hex(randomblob(16)))),
	e DEFAULT (CASE WHEN 1 THEN ')' ELSE '(' END), f DEFAULT ( /* note */ 5 -- five
	));
CREATE TABLE d05(a int DEFAULT 5 NOT NULL, b int NOT NULL DEFAULT 5, c int DEFAULT 5 CHECK (c > 0) NOT NULL);
CREATE TABLE d06(a text DEFAULT bareword, b text DEFAULT 'multi
line', c text DEFAULT ',(', d text DEFAULT '--no comment');
CREATE TABLE d07(a int default(7)not null, b int default-7, c text default'x'collate nocase);
CREATE TABLE d08(a int DEFAULT NULL NOT NULL, b int CONSTRAINT named DEFAULT 1, c int NULL, d int NULL ON CONFLICT FAIL);

-- Primary keys.
CREATE TABLE p01(id INTEGER PRIMARY KEY);
CREATE TABLE p02(id INTEGER PRIMARY KEY AUTOINCREMENT);
CREATE TABLE p03(id INTEGER PRIMARY KEY DESC);
CREATE TABLE p04(id INTEGER, PRIMARY KEY(id DESC));
CREATE TABLE p05(id INTEGER, PRIMARY KEY(id AUTOINCREMENT));
CREATE TABLE p06(id INTEGER CONSTRAINT pk PRIMARY KEY ASC ON CONFLICT REPLACE AUTOINCREMENT NOT NULL);
CREATE TABLE p07(id INT PRIMARY KEY, b int);
CREATE TABLE p08(id TEXT PRIMARY KEY NOT NULL, b int);
CREATE TABLE p09(id TEXT PRIMARY KEY DESC);
CREATE TABLE p10(a int, b text, PRIMARY KEY(a, b));
CREATE TABLE p11(a int, b text, CONSTRAINT "the key" PRIMARY KEY(b COLLATE nocase DESC, a) ON CONFLICT IGNORE);
CREATE TABLE p12(a int PRIMARY KEY, b int) WITHOUT ROWID;
CREATE TABLE p13(a INTEGER PRIMARY KEY DESC, b int NOT NULL) WITHOUT ROWID;
CREATE TABLE p14(a text, b int, PRIMARY KEY(b DESC, a)) WITHOUT ROWID, STRICT;
CREATE TABLE p15(a INTEGER PRIMARY KEY NOT NULL, b TEXT) STRICT;
CREATE TABLE p16(a int, b int, PRIMARY KEY('a', "b"));
CREATE TABLE p17(a int, PRIMARY KEY(A));
CREATE TABLE p18(a INTEGER, PRIMARY KEY(a COLLATE binary));

-- Unique keys and checks.
CREATE TABLE u01(a int UNIQUE, b int UNIQUE ON CONFLICT REPLACE, c int CONSTRAINT uq_c UNIQUE);
CREATE TABLE u02(a int, b int, UNIQUE(a, b), CONSTRAINT u UNIQUE(b COLLATE rtrim ASC, a DESC) ON CONFLICT ROLLBACK);
CREATE TABLE u03(a int UNIQUE UNIQUE, UNIQUE(a));
CREATE TABLE u04(a int, b int, CONSTRAINT same UNIQUE(a), CONSTRAINT same UNIQUE(b), CONSTRAINT same CHECK(a), CONSTRAINT same CHECK(b));
CREATE TABLE u05(a int CHECK (a > 0) CHECK (a < 10), b text CONSTRAINT b_len CHECK (length(b) < 5), CHECK (a <> b));
CREATE TABLE u06(a int, CHECK (a IN (1, 2, 3)) CHECK ((a > 0) AND (a < 5)), CONSTRAINT odd CHECK (((a % 2 = 1))) UNIQUE(a));
CREATE TABLE u07(a text CHECK (a NOT LIKE '%)%'), b text CHECK (b GLOB '[a-z]*' /* ) */ AND b <> '--' -- )
	), CHECK (a || ')' <> '(' || b));
CREATE TABLE u08(a int, CHECK (CASE WHEN a > 1 THEN 1 ELSE 0 END), CHECK (a ISNULL OR a NOTNULL) ON CONFLICT IGNORE);
CREATE TABLE u09(a int CONSTRAINT n NOT NULL ON CONFLICT IGNORE CONSTRAINT u UNIQUE CONSTRAINT c CHECK (a > 1));
CREATE TABLE u10(a text CHECK (json_valid(a)), b text CHECK (a->>'$.x' = b), c blob CHECK (typeof(c) = 'blob'));

-- References.
CREATE TABLE f01(id INTEGER PRIMARY KEY, a int REFERENCES p01, b int REFERENCES p01(id));
CREATE TABLE f02(a int REFERENCES p01(id) ON DELETE CASCADE ON UPDATE SET NULL, b int REFERENCES P01(ID) ON UPDATE NO ACTION ON DELETE RESTRICT);
CREATE TABLE f03(a int, b text, FOREIGN KEY(a, b) REFERENCES p10(a, b) ON DELETE SET DEFAULT DEFERRABLE INITIALLY DEFERRED);
CREATE TABLE f04(a int REFERENCES p01 DEFERRABLE, b int REFERENCES p01 NOT DEFERRABLE INITIALLY DEFERRED,
	c int REFERENCES p01 DEFERRABLE INITIALLY IMMEDIATE, d int REFERENCES p01 NOT NULL);
CREATE TABLE f05(a int REFERENCES p01 MATCH FULL, b int REFERENCES p01 MATCH simple ON DELETE CASCADE MATCH PARTIAL);
CREATE TABLE f06(id INTEGER PRIMARY KEY, parent int CONSTRAINT up REFERENCES f06(id) ON DELETE CASCADE);
CREATE TABLE f07(a int REFERENCES "no such table"("no column"));
CREATE TABLE f08(a int CONSTRAINT fk_a REFERENCES p01 CONSTRAINT fk_b REFERENCES p02(id));
CREATE TABLE f09(id INTEGER PRIMARY KEY, other int REFERENCES f10);
CREATE TABLE f10(id INTEGER PRIMARY KEY, other int REFERENCES f09);
CREATE TABLE f11(a int, CONSTRAINT x FOREIGN KEY("a") REFERENCES 'p01'('id') ON INSERT CASCADE);

-- Generated columns, collations, options.
CREATE TABLE g01(a int, b int AS (a + 1), c int GENERATED ALWAYS AS (a * 2) STORED, d int AS (a) VIRTUAL NOT NULL);
CREATE TABLE g02(a text, b text GENERATED ALWAYS AS (upper(a)) VIRTUAL COLLATE NOCASE UNIQUE, c AS (a || ')'));
CREATE TABLE g03(a text COLLATE NOCASE, b text COLLATE binary, c text COLLATE "rtrim", d text COLLATE 'nocase');
CREATE TABLE g04(a INTEGER PRIMARY KEY, b TEXT, c INT, d REAL, e BLOB, f ANY) STRICT;
CREATE TABLE g05(a int) strict;
CREATE TABLE g06(a int primary key) without rowid, strict;
CREATE TABLE g07(doc text, kind text AS (doc ->> '$.kind') STORED, CHECK (kind IS NOT NULL));

-- Comments and blanks.
CREATE TABLE/**/c01/**/(/*one*/a/*two*/int/*three*/,--four
b/*)*/text-- ) five
DEFAULT/*six*/'x'/*seven*/NOT/*eight*/NULL)/*nine*/;
CREATE TABLE c02(a int,	-- the first, it's
	b int	/* the "second" */
	-- and nothing (more
);
CREATE   TABLE
c03
(
a
int
,
b
int
)
;
CREATE TABLE c04(a int CHECK(a>0),CONSTRAINT c CHECK(a<9)/* , */UNIQUE(a)); -- behind
CREATE TABLE IF NOT EXISTS main.c05(a int);

-- By other ways.
CREATE TABLE s01 AS SELECT 1 AS one, 'x' AS "two words", a FROM n01;
CREATE TABLE s02(a int);
ALTER TABLE s02 ADD COLUMN b text DEFAULT 'x' NOT NULL;
ALTER TABLE s02 ADD c int REFERENCES p01(id) ON DELETE CASCADE;
ALTER TABLE s02 RENAME COLUMN a TO "a renamed";
CREATE TABLE s03(a int, CHECK (a > 0));
ALTER TABLE s03 ADD COLUMN b int AS (a + 1) CHECK (b > 1);
ALTER TABLE s03 RENAME TO "s03 renamed";
CREATE TABLE s04(a int, b int, c int);
ALTER TABLE s04 DROP COLUMN b;

-- Indexes.
CREATE INDEX i01 ON u02(a);
CREATE UNIQUE INDEX "i 02" ON u02(a DESC, b COLLATE nocase ASC);
CREATE INDEX i03 ON u02(a) WHERE b > 0 AND (a IS NOT NULL);
CREATE UNIQUE INDEX i04 ON u07(lower(a), (b), "a" || b COLLATE nocase DESC) WHERE (a <> '(');
CREATE INDEX i05 ON n06(desc, asc DESC);
CREATE INDEX i06 ON "n 03"("a b", [g h] COLLATE rtrim, 'i''j');
CREATE INDEX i07 ON g07(doc ->> '$.a', json_extract(doc, '$.b'));
CREATE INDEX IF NOT EXISTS main.i08 /* c */ ON /* d */ p10 (/* e */ b /* f */ COLLATE /* g */ nocase /* h */) -- i
WHERE /* j */ a > 1 /* k */;
CREATE INDEX i09 ON u02(max(a, b), CASE a WHEN 1 THEN b END);

-- Views and triggers.
CREATE VIEW v01 AS SELECT a, b FROM u02;
CREATE VIEW "v 02"(x, "y z") AS SELECT a, b FROM u02 -- ;
WHERE a > ';';
CREATE TEMP VIEW v03 AS SELECT 1;
CREATE TRIGGER r01 AFTER INSERT ON u02 BEGIN UPDATE u02 SET a = 1; DELETE FROM u05 WHERE a = ';'; END;
CREATE TRIGGER "r 02" INSTEAD OF UPDATE OF a ON V01 FOR EACH ROW WHEN new.a > 1 BEGIN SELECT CASE WHEN 1 THEN 2 END; END;
CREATE TRIGGER r03 BEFORE DELETE ON "N12CASE" BEGIN SELECT RAISE(ABORT, 'end;'); END;

-- Virtual tables, and what they keep in others.
CREATE VIRTUAL TABLE x01 USING fts5(title, body, content='');
CREATE VIRTUAL TABLE x02 USING rtree(id, a, b);
CREATE VIRTUAL TABLE "x 03" USING fts4(a, tokenize=porter);
