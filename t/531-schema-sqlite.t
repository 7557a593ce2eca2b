#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# SQLite's schema: oddly written tables are read whole and written so that SQLite
# makes the same of them; what ALTER TABLE can't do is done by a new table that
# keeps rows, their numbers, counters, indexes, triggers, views and references.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Database;

my $why = Limbeck::Database->why_not('sqlite');
skip_or_bail($why) if $why;

# ---------------------------------------------------------------------------
# What SQLite itself says of a schema, by its pragmas, one fact a line. Its normal
# form of types and defaults, and the names it makes up, are evened out.

my $facts = q{
    SELECT 'table ' || t.name || ' ' || t.type || ' ' || t.wr || ' ' || t.strict FROM pragma_table_list AS t
        WHERE t.schema = 'main' AND t.type <> 'view' AND t.name NOT LIKE 'sqlite_%'
    UNION ALL SELECT 'column ' || m.name || ' ' || c.cid || ' ' || c.name || ' ' || lower(c.type) || ' ' || c."notnull"
        || ' ' || coalesce(c.dflt_value, 'NULL') || ' ' || c.pk || ' ' || c.hidden
        FROM sqlite_master AS m, pragma_table_xinfo(m.name) AS c WHERE m.type = 'table'
    UNION ALL SELECT 'key ' || m.name || ' ' || f.seq || ' ' || lower(f."table") || ' ' || f."from" || ' '
        || lower(coalesce(f."to", '')) || ' ' || f.on_update || ' ' || f.on_delete
        FROM sqlite_master AS m, pragma_foreign_key_list(m.name) AS f WHERE m.type = 'table'
    UNION ALL SELECT 'index ' || m.name || ' ' || CASE i.origin WHEN 'c' THEN i.name ELSE '' END || ' ' || i."unique"
        || ' ' || i.origin || ' ' || i.partial || ' ' || (SELECT group_concat(x.cid || ' ' || coalesce(x.name, '')
        || ' ' || x.desc || ' ' || coalesce(x.coll, '')) FROM pragma_index_xinfo(i.name) AS x)
        FROM sqlite_master AS m, pragma_index_list(m.name) AS i WHERE m.type = 'table'
    UNION ALL SELECT type || ' ' || name || ' ' || tbl_name FROM sqlite_master WHERE type IN ('view', 'trigger')};

sub facts_of
{
    my ($db) = @_;
    return [sort map { even($_->[0]) } @{ $db->query($facts) }];
}

sub even
{
    my ($fact) = @_;
    return $fact unless $fact =~ /^column /;
    $fact =~ s{/\*.*?\*/|--[^'\n]*\n}{}gs;
    $fact =~ s/\s*([(),])\s*/$1/g;
    # DEFAULT - 1 is DEFAULT -1.
    $fact =~ s/ - / -/g;
    $fact =~ s/\bnull\b/NULL/g;
    return $fact;
}

# ---------------------------------------------------------------------------
# The corpus: read, written, read again.

my $corpus = slurp(srcdir() . '/t/data/sqlite/corpus.sql');
my $first = Limbeck::Database->create('sqlite');
$first->do($corpus);
my $project = new_project(db => $first);
my $count = $first->value(q{SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'});
cmp_ok $count, '>', 100, "there are $count tables in the corpus";

my $dump = run_ok(['schema', 'dump'], 'the corpus is dumped')->{stdout};
my $second = Limbeck::Database->create('sqlite');
# The program has a way to write a statement that ends in a comment.
ok eval { $second->do($dump =~ s/^-- \@(?:statement|end)\n//gmr); 1 }, 'SQLite takes the dump' or diag $@;
is_deeply facts_of($second), facts_of($first), 'and sees in it what it saw in the corpus';
run_err_like ['diff', 'database', $second->url], qr/No difference/, 'so does limbeck';
stdout_is ['-u', $second->url, 'schema', 'dump'], $dump, 'a dump of what was dumped is the same';
unlike $dump, qr/x01_data|sqlite_sequence|x02_node/, 'neither shadow tables nor sqlite_sequence are in it';
for my $engine_table (['x01', 'fts5'], ['x02', 'rtree']) {
    like $dump, qr/^CREATE VIRTUAL TABLE $engine_table->[0] USING $engine_table->[1]/m, "virtual table $engine_table->[0] is";
}

# ---------------------------------------------------------------------------
# Rebuilds.

my $blog = q{
CREATE TABLE authors(id INTEGER PRIMARY KEY AUTOINCREMENT, name text NOT NULL, bio text);
CREATE TABLE posts(id INTEGER PRIMARY KEY AUTOINCREMENT, author_id int NOT NULL REFERENCES authors(id) ON DELETE CASCADE,
    title varchar(20), body text, old int, score int DEFAULT 0);
CREATE INDEX posts_author ON posts(author_id);
CREATE INDEX posts_old ON posts(old) WHERE old > 0;
CREATE TABLE log(msg text, n int);
CREATE TRIGGER posts_ai AFTER INSERT ON posts BEGIN INSERT INTO log(msg) VALUES ('new ' || new.title); END;
CREATE TRIGGER authors_bu BEFORE UPDATE ON authors BEGIN INSERT INTO log(msg) SELECT title FROM posts WHERE author_id = old.id; END;
CREATE VIEW posts_v AS SELECT p.id, p.title, a.name FROM posts p JOIN authors a ON a.id = p.author_id;
CREATE TABLE comments(id INTEGER PRIMARY KEY, post_id int REFERENCES posts(id) ON DELETE CASCADE, parent int REFERENCES comments(id));
};
my $rows = q{
INSERT INTO authors(id, name) VALUES (7, 'x'), (9, 'y');
DELETE FROM authors WHERE id = 9;
INSERT INTO posts(id, author_id, title, old, score) VALUES (3, 7, 't3', 1, 5), (5, 7, 't5', 2, 6), (100, 7, 'gone', 0, 0);
DELETE FROM posts WHERE id = 100;
INSERT INTO comments VALUES (1, 3, NULL), (2, 3, 1);
DELETE FROM log;
};
my @keeps = (
    'SELECT id, author_id, title, score FROM posts ORDER BY id',
    'SELECT * FROM comments ORDER BY id',
    'SELECT * FROM posts_v ORDER BY id',
    'SELECT name, seq FROM sqlite_sequence ORDER BY name',
    q{SELECT name FROM sqlite_master WHERE type IN ('index', 'trigger', 'view') AND name NOT LIKE 'sqlite_%' AND name <> 'posts_old' ORDER BY name},
);

sub changed
{
    my (@pairs) = @_;
    my $text = $blog;
    while (my ($from, $to) = splice @pairs, 0, 2) {
        die "no \"$from\" in the schema\n" if index($text, $from) < 0;
        $text =~ s/\Q$from/$to/g;
    }
    return $text;
}

# A database made of one schema is led to another by an autogenerated revision,
# with foreign keys enforced, and back. Options: before, rows, after, keeps
# (queries whose answers stay), rename, sql (a pattern), not_sql, downgrade (0).
sub leads
{
    my ($name, %opt) = @_;
    subtest $name => sub {
        my $db = Limbeck::Database->create('sqlite');
        $db->do(($opt{before} // $blog) . ($opt{rows} // $rows));
        my $from = facts_of($db);
        my $project = new_project(db => $db, ini => { url => $db->url . '?foreign_keys=on', schema => 'schema.sql' });
        write_file('schema.sql', $opt{after});
        my @keep = map { $db->query($_) } my @queries = @{ $opt{keeps} // \@keeps };
        my $result = run_ok(['revision', '--autogenerate', '-m', 'change', map { ('--rename', $_) } @{ $opt{rename} // [] }],
            'a revision is written');
        my ($file) = glob $project->versions . '/*.sql';
        return fail('there is a revision') unless $file;
        my ($upgrade) = slurp($file) =~ /^-- \@upgrade(.*?)^-- \@downgrade/ms;
        like $upgrade, $opt{sql}, 'its text' if $opt{sql};
        unlike $upgrade, $opt{not_sql}, 'what is not in its text' if $opt{not_sql};
        write_file($file, slurp($file) =~ s/$opt{decide}[0]/$opt{decide}[1]/r =~ s/^-- \@decide.*\n//mr) if $opt{decide};
        run_ok ['upgrade', 'head'], 'it runs';
        is_deeply [map { $db->query($_) } @queries], \@keep, 'rows, numbers and counters are kept';
        is_deeply $db->query('PRAGMA foreign_key_check'), [], 'no reference is broken';
        is $db->value('PRAGMA integrity_check'), 'ok', 'nor anything else';
        is_deeply $db->query(q{SELECT name FROM sqlite_master WHERE sql LIKE '%limbeck_new%'}), [], 'no name stays behind';
        run_ok ['check'], 'the schema is the desired one';
        $opt{then}->($db) if $opt{then};
        return if exists $opt{downgrade};
        run_ok ['downgrade', 'base'], 'and back';
        is_deeply [grep { !/ limbeck_/ } @{ facts_of($db) }], $from, 'to what SQLite saw before' unless $opt{moves};
    };
}

# What only works if triggers, views and references of other tables lead to the
# new table.
sub still_alive
{
    my ($db) = @_;
    $db->do(q{INSERT INTO posts(author_id, title) VALUES (7, 'fresh')});
    is $db->value('SELECT max(id) FROM posts'), 101, 'numbers go on where they were';
    $db->do('UPDATE authors SET name = name');
    is_deeply $db->query('SELECT msg FROM log ORDER BY msg'), [['fresh'], ['new fresh'], ['t3'], ['t5']],
        'the triggers of the table and of another fire';
    $db->do('PRAGMA foreign_keys = ON; DELETE FROM posts');
    is $db->value('SELECT count(*) FROM comments'), 0, 'deleting reaches the tables that refer to it';
}

my $rebuilt = qr/^CREATE TABLE limbeck_new_posts/m;
leads('a type', after => changed('varchar(20)', 'text'), sql => $rebuilt, then => \&still_alive, downgrade => 0);
leads('a type, and back', after => changed('varchar(20)', 'text'), sql => $rebuilt);
leads('not null and a check at once', after => changed('varchar(20)', 'varchar(30) NOT NULL', 'DEFAULT 0', 'DEFAULT 1 CHECK (score > 1)'),
    sql => qr/\A(?:(?!CREATE TABLE).)*CREATE TABLE limbeck_new_posts(?:(?!CREATE TABLE).)*\z/s, then => \&refuses_score);
sub refuses_score
{
    my ($db) = @_;
    ok !eval { $db->do(q{INSERT INTO posts(author_id, title, score) VALUES (7, 'bad', 0)}); 1 }, 'the check holds';
}
leads('a foreign key goes', after => changed(' REFERENCES authors(id) ON DELETE CASCADE', ''), sql => $rebuilt);
leads('what a foreign key does', after => changed('authors(id) ON DELETE CASCADE', 'authors(id) ON DELETE RESTRICT'), sql => $rebuilt);
leads('STRICT', after => changed('varchar(20)', 'text', "DEFAULT 0)", "DEFAULT 0) STRICT"), sql => $rebuilt);
leads('AUTOINCREMENT comes', after => changed('comments(id INTEGER PRIMARY KEY', 'comments(id INTEGER PRIMARY KEY AUTOINCREMENT'),
    keeps => [@keeps[0 .. 2]], then => sub { is $_[0]->value(q{SELECT seq FROM sqlite_sequence WHERE name = 'comments'}), 2, 'its counter' });
leads('a column whose index goes too', after => changed(', old int', '', 'CREATE INDEX posts_old ON posts(old) WHERE old > 0;', ''),
    sql => qr/DROP INDEX posts_old;\n.*DROP COLUMN old/s, not_sql => $rebuilt, moves => 1);
leads('columns that ALTER TABLE can add', after => changed('old int', "old int, k text DEFAULT 'x' NOT NULL, up int REFERENCES authors(id), g int AS (score * 2)"),
    not_sql => $rebuilt, sql => qr/ADD COLUMN up int REFERENCES authors/);
leads('columns that it can not', after => changed('old int', "old int, k text DEFAULT (hex(1)) NOT NULL, g int AS (score * 2) STORED"),
    sql => $rebuilt, then => sub { is_deeply $_[0]->query('SELECT k, g FROM posts ORDER BY id'), [['31', '10'], ['31', '12']], 'with values' });
leads('a column that needs a value', after => changed('old int', "old int, k text NOT NULL"), sql => qr/^-- \@decide .*\bk\b/m,
    decide => [qr/, NULL\n/, ", 'v'\n"], then => sub { is_deeply $_[0]->query('SELECT k FROM posts'), [['v'], ['v']], 'which it got' });
my @renamed = ('posts', 'articles', '(old) WHERE old', '(older) WHERE older');
my @renames = ('posts=articles', 'articles.old=older');
leads('a rename', after => changed(@renamed, ' old int', ' older int'), rename => \@renames, not_sql => qr/limbeck_new/,
    keeps => ['SELECT * FROM comments'], then => sub { renamed($_[0], 'integer') });
leads('a rename and a type', after => changed(@renamed, ' old int', ' older text'), rename => \@renames,
    sql => qr/limbeck_new_articles/, keeps => ['SELECT * FROM comments'], then => sub { renamed($_[0], 'text') });
sub renamed
{
    my ($db, $type) = @_;
    is_deeply $db->query('SELECT id, older, typeof(older) FROM articles ORDER BY id'), [[3, 1, $type], [5, 2, $type]], 'the rows';
    is $db->value(q{SELECT seq FROM sqlite_sequence WHERE name = 'articles'}), 100, 'the counter';
    is $db->value('SELECT count(*) FROM articles_v'), 2, 'the view';
}
leads('a counter without rows', rows => q{INSERT INTO authors(id, name) VALUES (50, 'a'); DELETE FROM authors;},
    after => changed('bio text', 'bio varchar(9)'), sql => qr/limbeck_new_authors/);
leads('hidden row numbers', before => 'CREATE TABLE t(a text, b text);', rows => q{INSERT INTO t(rowid, a) VALUES (5, 'x'), (9, 'y');},
    after => 'CREATE TABLE t(a text, b int);', keeps => ['SELECT rowid, a FROM t']);
leads('a column called rowid', before => 'CREATE TABLE t(rowid text, b text);', rows => q{INSERT INTO t(_rowid_, rowid, b) VALUES (5, 'x', 1), (9, 'y', 2);},
    after => 'CREATE TABLE t(rowid text, b int);', keeps => ['SELECT _rowid_, rowid FROM t']);
leads('WITHOUT ROWID', before => 'CREATE TABLE t(a text PRIMARY KEY, b text);', rows => q{INSERT INTO t VALUES ('x', 'y'), ('a', 'b');},
    after => 'CREATE TABLE t(a text PRIMARY KEY, b text) WITHOUT ROWID;', keeps => ['SELECT a, b FROM t ORDER BY a']);
leads('a primary key that was the row number', before => 'CREATE TABLE t(a text);', rows => q{INSERT INTO t(rowid, a) VALUES (5, 'x'), (9, 'y');},
    after => 'CREATE TABLE t(a text, id INTEGER PRIMARY KEY);', keeps => ['SELECT rowid, a FROM t'],
    then => sub { is_deeply $_[0]->query('SELECT id FROM t'), [['5'], ['9']], 'and is it still' }, downgrade => 0);
leads('ON CONFLICT, which drops no row', before => 'CREATE TABLE t(a int, b int);', rows => 'INSERT INTO t VALUES (1, 1), (2, 2);',
    after => 'CREATE TABLE t(a int UNIQUE ON CONFLICT IGNORE, b int NOT NULL ON CONFLICT REPLACE DEFAULT 3);',
    sql => qr/INSERT OR ABORT/, keeps => ['SELECT a, b FROM t']);
leads('a text becomes bytes in a strict table', before => 'CREATE TABLE t(a text);', rows => q{INSERT INTO t VALUES ('x');},
    after => 'CREATE TABLE t(a blob) STRICT;', keeps => ['SELECT hex(a) FROM t'], downgrade => 0);
leads('names with quotes and blanks', before => q{CREATE TABLE "a ""b'c"("x y" int, "it's" text); CREATE INDEX "i "" j" ON "a ""b'c"("x y");},
    rows => q{INSERT INTO "a ""b'c" VALUES (1, 2);},
    after => q{CREATE TABLE "a ""b'c"("x y" text, "it's" text); CREATE INDEX "i "" j" ON "a ""b'c"("x y");}, keeps => [q{SELECT "it's" FROM "a ""b'c"}]);
leads('tables in a circle go', before => q{CREATE TABLE z(a); CREATE TABLE x(id INTEGER PRIMARY KEY, y int REFERENCES y(id));
    CREATE TABLE y(id INTEGER PRIMARY KEY, x int REFERENCES x(id));}, rows => 'INSERT INTO x VALUES (1, NULL); INSERT INTO y VALUES (1, 1); UPDATE x SET y = 1;',
    after => 'CREATE TABLE z(a);', keeps => ['SELECT count(*) FROM z']);

# ---------------------------------------------------------------------------
# Rows that don't fit stop a rebuild, and leave everything as it was.

subtest 'a rebuild that fails' => sub {
    my $db = Limbeck::Database->create('sqlite');
    $db->do($blog . $rows . 'UPDATE posts SET title = NULL WHERE id = 5;');
    my $from = facts_of($db);
    new_project(db => $db, ini => { url => $db->url . '?foreign_keys=on', schema => 'schema.sql' });
    write_file('schema.sql', changed('varchar(20)', 'varchar(20) NOT NULL'));
    run_ok ['revision', '--autogenerate', '-m', 'change'], 'a revision is written';
    if (fails_with(1, qr/NOT NULL constraint failed/, ['upgrade', 'head'], 'it fails')->{status} == 1) {
        is_deeply [grep { !/ limbeck_/ } @{ facts_of($db) }], $from, 'the schema is as it was';
        is $db->value('SELECT count(*) FROM posts'), 2, 'and so are the rows';
    }
};

# ---------------------------------------------------------------------------
# Bad schemas.

subtest 'a damaged schema' => sub {
    my $db = Limbeck::Database->create('sqlite');
    $db->do('CREATE TABLE t(a int); PRAGMA writable_schema = ON;'
        . q{UPDATE sqlite_master SET sql = 'CREATE TABLE t(a int, CHECK (' WHERE name = 't';});
    new_project(db => $db);
    fails_with 1, qr/malformed database schema/, ['schema', 'dump'], 'SQLite refuses it, and that is said';
};

subtest 'a wide table' => sub {
    my $db = Limbeck::Database->create('sqlite');
    my $columns = join ', ', map { qq{"column $_" varchar($_) DEFAULT $_ CHECK ("column $_" > 1)} } 1 .. 2000;
    $db->do("CREATE TABLE wide ($columns);");
    my $project = new_project(db => $db);
    my $text = run_ok(['schema', 'dump'], 'is dumped')->{stdout};
    my $copy = Limbeck::Database->create('sqlite');
    $copy->do($text);
    run_err_like ['diff', 'database', $copy->url], qr/No difference/, 'and read back';
};

done_testing;
