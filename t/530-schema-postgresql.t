#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# PostgreSQL's schema: a corpus of odd objects is read whole, in few queries, and
# written so that the server makes the same of it; what must go on counting does;
# scratch leaves nothing behind, and works without the right to create databases
# where it can.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Database;
use Limbeck::Dump;

my $why = Limbeck::Database->why_not('postgresql');
skip_or_bail($why) if $why;

sub database { return Limbeck::Database->create('postgresql') }

# ---------------------------------------------------------------------------
# The corpus: read, written, read again.

my $corpus = slurp(srcdir() . '/t/data/postgresql/corpus.sql');
my $first = database()->do($corpus);
my $project = new_project(db => $first);
my $dump = run_ok(['schema', 'dump'], 'the corpus is dumped')->{stdout};
my $second = database();
ok eval { $second->do($dump); 1 }, 'the server takes the dump' or diag $@;
is_deeply dump_of($second), dump_of($first), 'and pg_dump sees in it what it saw in the corpus';
run_err_like ['diff', 'database', $second->url], qr/No difference/, 'so does limbeck';
stdout_is ['-u', $second->url, 'schema', 'dump'], $dump, 'a dump of what was dumped is the same';
like $dump, qr/^    id serial,$/m, 'a serial column is one';
like $dump, qr/^    c integer DEFAULT nextval\('another'::regclass\) NOT NULL/m, 'but not where its sequence is another than usual';
unlike $dump, qr/\bpublic\./, 'names of the default schema are not qualified';

# ---------------------------------------------------------------------------
# The number of queries.

sub queries_for
{
    my ($tables) = @_;
    my $db = database();
    $db->do(join '', map { "CREATE TABLE t$_ (id serial PRIMARY KEY, a int REFERENCES t1, b text); CREATE INDEX ON t$_ (b);\n" }
            1 .. $tables);
    $db->admin('ALTER DATABASE ' . $db->name . " SET log_statement = 'all'");
    run_ok ['-u', $db->url, 'schema', 'dump'], "$tables tables are dumped";
    my $name = $db->name;
    return scalar grep { / $name .*(?:statement|execute [^:]*):/ } split /\n/, $db->server->servers_log;
}

my ($few, $many) = (queries_for(2), queries_for(200));
is $many, $few, "they take as many queries as two do";
cmp_ok $few, '<=', 16, "which is $few, what opens and closes the session included";

# ---------------------------------------------------------------------------
# Settings of the session, and transactions.

my $odd = database();
$odd->do('CREATE TABLE t (a timestamptz DEFAULT \'2020-01-01 00:00+00\', b interval DEFAULT \'1 day 2 hours\')');
my $plain = run_ok(['-u', $odd->url, 'schema', 'dump'], 'a dump')->{stdout};
$odd->admin('ALTER DATABASE ' . $odd->name . " SET $_") for q{timezone = 'Asia/Tokyo'}, q{datestyle = 'German'},
    q{intervalstyle = 'iso_8601'}, q{quote_all_identifiers = on};
stdout_is ['-u', $odd->url, 'schema', 'dump'], $plain, 'settings of the database make no other';

my $app = database();
$app->do('CREATE SCHEMA app; CREATE TABLE app.here (a int); CREATE TABLE public.there (a int REFERENCES app.none)' =~ s/ REFERENCES app.none//r);
$app->admin('ALTER DATABASE ' . $app->name . ' SET search_path = app, public');
run_like ['-u', $app->url, 'schema', 'dump'], qr/CREATE TABLE here .*CREATE TABLE public\.there /s,
    'the default schema is that of the search path';
new_project(db => $app, ini => { url => $app->url, schema => 'schema.sql' });
write_file('schema.sql', 'CREATE TABLE here (a int); CREATE TABLE public.there (a int);');
run_ok ['check'], 'in scratch, too';

# ---------------------------------------------------------------------------
# Scratch.

sub scratches
{
    my ($db) = @_;
    return [map { $_->[0] } @{ $db->query(q{SELECT datname FROM pg_database WHERE datname LIKE 'limbeck\_scratch\_%' ORDER BY 1}) }];
}

sub desired
{
    my ($db, $schema, %opt) = @_;
    my $made = new_project(db => $db, ini => { url => $opt{url} // $db->url, schema => 'schema.sql' });
    write_file('schema.sql', $schema);
    return $made;
}

my $tidy = database()->do('CREATE TABLE t (a int)');
desired($tidy, 'CREATE TABLE t (a int);');
run_ok ['check'], 'a database is compared';
is_deeply scratches($tidy), [], 'and no scratch stays';
write_file('schema.sql', 'CREATE TABLE t (a nonsense);');
fails_with 1, qr/nonsense/, ['check'], 'a schema that the server refuses';
is_deeply scratches($tidy), [], 'leaves none either';

my ($left, $held) = ('0123456789abcdef', 'fedcba9876543210');
$tidy->admin("CREATE DATABASE limbeck_scratch_$_") for $left, $held;
write_file('schema.sql', 'CREATE TABLE t (a int);');
my $holder = Limbeck::Database->create('postgresql');
my $hold = IPC::Run::start(['psql', '-XqAt', '-h', $tidy->server->dir, '-p', $tidy->server->port, '-U', Limbeck::Server->USER,
        '-d', $holder->name], \my $in, \my $out);
$in = "SELECT 'locked', pg_advisory_lock(('x$held')::bit(64)::bigint);\n";
$hold->pump until $out =~ /locked/;
run_ok ['check'], 'where others were left';
is_deeply scratches($tidy), ["limbeck_scratch_$held"], 'the abandoned one is dropped, that of a living process is not';
$hold->finish;
run_ok ['check'], 'once that is gone';
is_deeply scratches($tidy), [], 'its scratch goes, too';

# A role that may create no database.
my $role = 'limbeck_poor_' . $$;
my $poor = database();
$poor->admin("CREATE ROLE $role LOGIN PASSWORD 'poor'; ALTER DATABASE " . $poor->name . " OWNER TO $role");
my $poor_url = $poor->url =~ s{//[^@]*@}{//$role:poor@}r;
$poor->do('CREATE EXTENSION citext');
$poor->do("SET SESSION AUTHORIZATION $role; CREATE TABLE kept (id serial PRIMARY KEY, name citext); INSERT INTO kept (name) VALUES ('a')");
my $before = dump_of($poor);
desired($poor, <<'SQL', url => $poor_url);
CREATE EXTENSION IF NOT EXISTS citext;
BEGIN;
CREATE TABLE public.kept (id serial PRIMARY KEY, name citext);
COMMIT;
SQL
run_ok ['check'], 'without the right, a transaction serves';
write_file('schema.sql', "CREATE TABLE kept (id serial PRIMARY KEY, name citext, more int);\n");
my $seen = limbeck('check');
is $seen->{status}, 3, 'and sees differences';
like $seen->{stdout}, qr/kept\.more/, 'this one';
is_deeply dump_of($poor), $before, 'of which nothing stays';
is $poor->value('SELECT count(*) FROM kept'), 1, 'nor are rows lost';
write_file('schema.sql', "CREATE TABLE kept (id int);\nROLLBACK;\nDROP TABLE kept;\n");
isnt limbeck('check')->{status}, 0, 'what would end the transaction';
is_deeply dump_of($poor), $before, 'does no harm';
$poor->do("CREATE SCHEMA more AUTHORIZATION $role; CREATE TABLE more.t (a int)");
write_file('schema.sql', "CREATE TABLE kept (id int);\n");
fails_with 1, qr/"more".*CREATEDB.*scratch_url/s, ['check'], 'with another schema there is no such scratch';

END {
    my $status = $?;
    if ($poor) {
        eval { $poor->drop; $tidy->admin("DROP ROLE $role") };
    }
    $? = $status;
}

# ---------------------------------------------------------------------------
# Led from one schema to another, pg_dump sees no difference, and numbers go on.

sub leads
{
    my ($name, $from, $to, %opt) = @_;
    subtest $name => sub {
        my ($db, $wanted) = (database()->do($from), database()->do($to));
        my $was = dump_of($db);
        $db->do($opt{rows}) if $opt{rows};
        my $made = desired($db, $to);
        my @rename = map { ('--rename', $_) } @{ $opt{rename} // [] };
        run_ok ['revision', '--autogenerate', '-m', 'change', @rename], 'a revision is written';
        my ($file) = glob $made->versions . '/*.sql';
        return fail('there is a revision') unless $file;
        like slurp($file), $opt{sql}, 'its text' if $opt{sql};
        run_ok ['upgrade', 'head'], 'it runs';
        is_deeply dump_of($db), dump_of($wanted), 'to what pg_dump sees in the desired schema';
        $opt{then}->($db) if $opt{then};
        run_ok ['check'], 'nothing is left to do';
        run_ok ['downgrade', 'base'], 'and back';
        is_deeply dump_of($db), $was, 'to what it saw before';
    };
}

sub next_is
{
    my ($table, $expected) = @_;
    return sub { is $_[0]->value("INSERT INTO $table DEFAULT VALUES RETURNING id"), $expected, 'numbers go on' };
}

my $three = 'INSERT INTO t (v) VALUES (1), (2), (3)';
leads('serial becomes identity', 'CREATE TABLE t (id serial PRIMARY KEY, v int)',
    'CREATE TABLE t (id int GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY, v int)', rows => $three, then => next_is('t', 4));
leads('identity becomes serial', 'CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, v int)',
    'CREATE TABLE t (id serial PRIMARY KEY, v int)', rows => $three, then => next_is('t', 4));
leads('a number becomes serial', 'CREATE TABLE "T 1" (id int NOT NULL, v int)',
    'CREATE TABLE "T 1" (id serial, v int)', rows => 'INSERT INTO "T 1" VALUES (7)', then => next_is('"T 1"', 8));
leads('serial becomes bigserial', 'CREATE TABLE t (id serial PRIMARY KEY, v int)',
    'CREATE TABLE t (id bigserial PRIMARY KEY, v int)', rows => $three, then => next_is('t', 4));
leads('identity changes its options', 'CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY, v int)',
    'CREATE TABLE t (id bigint GENERATED BY DEFAULT AS IDENTITY (START WITH 100 INCREMENT BY 2 CACHE 3 CYCLE), v int)', rows => $three);
leads('a table and a serial column are renamed', 'CREATE TABLE t (id serial PRIMARY KEY, g int GENERATED ALWAYS AS IDENTITY, v int)',
    'CREATE TABLE u (nr serial PRIMARY KEY, g int GENERATED ALWAYS AS IDENTITY, v int)', rename => ['t=u', 'u.id=nr'], rows => $three,
    sql => qr/RENAME TO u_nr_seq/);
leads('a primary key leaves a column that may be null', 'CREATE TABLE t (id int PRIMARY KEY, v int)', 'CREATE TABLE t (id int, v int PRIMARY KEY)');
leads('a value is added to an enum and used at once', q{CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (id int, m e DEFAULT 'a')},
    q{CREATE TYPE e AS ENUM ('0', 'a', 'b'); CREATE TABLE t (id int, m e DEFAULT 'b', CONSTRAINT c CHECK (m <> '0'))},
    rows => "INSERT INTO t VALUES (1, 'a')", sql => qr/\@autocommit/);
leads('values go, under a check, an index, a view and a function',
    q{CREATE TYPE e AS ENUM ('a', 'b', 'c'); CREATE TABLE t (m e DEFAULT 'a', n e[], CONSTRAINT k CHECK (m <> 'b'), CONSTRAINT l CHECK (m <> 'c'));
    CREATE INDEX i ON t (m) WHERE m = 'a'; CREATE VIEW v AS SELECT m FROM t; CREATE VIEW w AS SELECT m FROM v WHERE m = 'a';
    CREATE FUNCTION f(x e) RETURNS int LANGUAGE sql AS 'select 1'},
    q{CREATE TYPE e AS ENUM ('c', 'a'); CREATE TABLE t (m e DEFAULT 'c', n e[], CONSTRAINT l CHECK (m <> 'c'));
    CREATE INDEX i ON t (m) WHERE m = 'a'; CREATE VIEW v AS SELECT m FROM t; CREATE VIEW w AS SELECT m FROM v WHERE m = 'a';
    CREATE FUNCTION f(x e) RETURNS int LANGUAGE sql AS 'select 1'}, rows => q{INSERT INTO t VALUES ('a', '{a,c}')},
    then => sub { is_deeply $_[0]->query('SELECT m, n FROM t'), [['a', '{a,c}']], 'the rows' });
leads('a composite type gets an attribute, another changes one',
    'CREATE TYPE c AS (a int); CREATE TYPE d AS (a int); CREATE TABLE t (x c, y d)',
    'CREATE TYPE c AS (a int, b text); CREATE TYPE d AS (a text); CREATE TABLE t (x c, y d)', sql => qr/ADD ATTRIBUTE b text/);
leads('a domain gets another type', q{CREATE DOMAIN d AS varchar(10) CONSTRAINT k CHECK (VALUE <> ''); CREATE TABLE t (a d, b d[]); CREATE VIEW v AS SELECT a FROM t},
    q{CREATE DOMAIN d AS text CONSTRAINT k CHECK (VALUE <> ''); CREATE TABLE t (a d, b d[]); CREATE VIEW v AS SELECT a FROM t},
    rows => q{INSERT INTO t VALUES ('x', '{y}')}, then => sub { is_deeply $_[0]->query('SELECT * FROM t'), [['x', '{y}']], 'the rows' });
leads('storage parameters, replica identity and the states of triggers and rules',
    q{CREATE TABLE t (a int, s text) WITH (fillfactor=50, autovacuum_enabled=false); ALTER TABLE t REPLICA IDENTITY FULL;
    CREATE INDEX i ON t (a) WITH (fillfactor=50); CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING;
    CREATE TRIGGER x BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()},
    q{CREATE TABLE t (a int, s text) WITH (fillfactor=60, toast.autovacuum_enabled=false); ALTER TABLE t ALTER s SET STORAGE EXTERNAL;
    ALTER TABLE t ALTER s SET STATISTICS 9; CREATE INDEX i ON t (a) WITH (deduplicate_items=off);
    CREATE RULE r AS ON DELETE TO t DO INSTEAD NOTHING; ALTER TABLE t DISABLE RULE r;
    CREATE TRIGGER x BEFORE UPDATE ON t FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger(); ALTER TABLE t ENABLE REPLICA TRIGGER x});
leads('a view gets a column at its end, and another one in between', 'CREATE TABLE t (a int, b text); CREATE VIEW v AS SELECT a FROM t; CREATE VIEW w AS SELECT a FROM v',
    'CREATE TABLE t (a int, b text); CREATE VIEW v AS SELECT a, b FROM t; CREATE VIEW w AS SELECT v.b, v.a FROM v', sql => qr/CREATE OR REPLACE VIEW v /);
leads('types that have no cast of their own', 'CREATE TABLE t (a boolean, b bigint, c int, d int4range, e text)',
    'CREATE TABLE t (a smallint, b boolean, c int[], d text, e int)', rows => q{INSERT INTO t VALUES (true, 7, 3, '[1,2)', '5')},
    then => sub { is_deeply $_[0]->query('SELECT * FROM t'), [['1', 't', '{3}', '[1,2)', '5']], 'the values' });
# Lastly, since it uses up the corpus.
leads('all of the corpus', '', $corpus);

done_testing;
