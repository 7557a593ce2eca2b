#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# limbeck revision --autogenerate: where the desired schema comes from and what may
# stand in it, what is asked, what is written and when nothing is.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

my $users = "CREATE TABLE users (id int NOT NULL PRIMARY KEY, fullname varchar(40));\n";

sub start
{
    my ($db, $schema, %ini) = @_;
    my $sections = delete $ini{sections};
    return new_project(db => $db, ini => { schema => $schema, %ini }, sections => $sections);
}

sub files { return map { s{.*/}{}r } glob project->path('migrations/versions/*') }

my $number = 0;

# Writes the next revision and returns its text; undef where there is none.
sub generated
{
    my ($name, @args) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my $id = sprintf 'g%03d', ++$number;
    my $got = run_ok ['revision', '--autogenerate', '-m', 'x', '--rev-id', $id, @args], $name;
    my $path = "migrations/versions/${id}_x.sql";
    return -e project->path($path) ? slurp($path) : undef;
}

sub section
{
    my ($text, $name) = @_;
    return $text =~ /^-- \@$name[^\n]*\n(.*?)(?=^-- \@downgrade|\z)/ms ? $1 : '';
}

# What it prints and writes; nothing to do; at which revisions the database is.
for_each_engine(sub {
    my ($db) = @_;
    start($db, 'schema.sql');
    write_file('schema.sql', $users);
    my $got = run_ok ['revision', '--autogenerate', '-m', 'make users', '--rev-id', 'aaaa'], 'a first revision';
    is $got->{stderr}, "Detected: create table users\n", 'what is detected';
    is $got->{stdout}, "  Generating migrations/versions/aaaa_make_users.sql ...  done\n", 'what is written';
    is_deeply [$db->tables], [], 'and nothing is run';
    fails_with 1, qr/the database is not at the head/, ['revision', '--autogenerate', '-m', 'x'], 'a database behind is no measure';
    my $value = json_of ['revision', '--autogenerate', '-m', 'x', '--against-migrations'], 'but the revisions are';
    is_deeply $value, { path => undef, revisions => [] }, 'and there nothing is to do';
    run_ok ['upgrade', 'head'], 'it runs';
    $got = run_ok ['revision', '--autogenerate', '-m', 'x'], 'again';
    is $got->{stderr}, "No new upgrade operations detected; no file was written.\n", 'there is nothing to do';
    is $got->{stdout}, '', 'no file is named';
    is_deeply [files()], ['aaaa_make_users.sql'], 'and none is written';

    write_file('schema.sql', $users =~ s/\);/, age int);/r . "CREATE TABLE more (id int);\n");
    $got = run_ok ['makemigrations', 'ages', '--rev-id', 'bbbb'], 'makemigrations MSG';
    like $got->{stderr}, qr/^Detected: add column users\.age \S+\nDetected: create table more\n|^Detected: create table more\nDetected: add column/m, 'is the same';
    is_deeply [files()], ['aaaa_make_users.sql', 'bbbb_ages.sql'], 'with the message';
    like slurp('migrations/versions/bbbb_ages.sql'), qr/^-- \@parents aaaa$/m, 'on top of the head';
    run_ok ['migrate'], 'migrate';
    run_ok ['check'], 'and all is done';
    write_file('schema.sql', "\n-- nothing\n");
    $got = run_ok ['revision', '--autogenerate', '-m', 'empty', '--rev-id', 'cccc'], 'an empty schema';
    like $got->{stderr}, qr/^warning: the desired schema is empty: the database would be dropped whole$/m, 'deserves a warning';
    like $got->{stderr}, qr/^Detected, destructive: drop table users$/m, 'and what is lost is told';
    like section(slurp('migrations/versions/cccc_empty.sql'), 'upgrade'), qr/^-- destructive: .*\n.*DROP TABLE/m, 'and written';
});

# A value that only a person knows.
for_each_engine(sub {
    my ($db) = @_;
    start($db, 'schema.sql');
    write_file('schema.sql', $users);
    ok generated('users'), 'a table';
    run_ok ['upgrade', 'head'], 'with rows';
    $db->do("INSERT INTO users VALUES (1, 'Ann'), (2, 'Bob')");
    write_file('schema.sql', $users =~ s/\);/, born int NOT NULL);/r);
    my $text = generated('a column that may not be NULL and has no default');
    my $id = sprintf 'g%03d', $number;
    like $text, qr/^-- \@decide .*born/m, 'has something to decide';
    my $line = 1 + (() = substr($text, 0, index($text, '-- @decide')) =~ /\n/g);
    my $got = fails_with 1, qr/^migrations\/versions\/${id}_x\.sql:$line:\d+: error: to be decided: /m, ['upgrade', 'head'], 'and is refused until it is';
    like $got->{stderr}, qr/\@decide|decide/, 'by its name';
    is $db->value('SELECT count(*) FROM users'), 2, 'with nothing done';
    run_like ['plan', 'head'], qr/decide/, 'the plan shows it';
    my $path = "migrations/versions/${id}_x.sql";
    $text =~ s/^-- \@decide.*\n//m;
    $text =~ s/\bborn\S? = \K[^;]*?(?=(?: WHERE|;))/1970/ or $text =~ s/SELECT rowid, id, fullname, \KNULL$/1970/m;
    write_file($path, $text);
    run_ok ['upgrade', 'head'], 'filled in, it runs';
    is_deeply $db->query('SELECT id, born FROM users ORDER BY id'), [[1, 1970], [2, 1970]], 'with the value';
    run_ok ['check'], 'and nothing is left';
    run_ok ['downgrade', '-1'], 'the way back';
    is $db->value('SELECT count(*) FROM users'), 2, 'keeps the rows';
});

# What may be a rename is asked about on a terminal.
for_each_engine(sub {
    my ($db) = @_;
    start($db, 'schema.sql');
    write_file('schema.sql', $users);
    ok generated('users'), 'a table';
    run_ok ['upgrade', 'head'], 'with a row';
    $db->do("INSERT INTO users VALUES (1, 'Ann')");
    write_file('schema.sql', $users =~ s/fullname/name/r);
    my @before = files();
    my $ask = sub {
        my ($answer, @args) = @_;
        my $run = limbeck_start({ tty => 1, env => { TERM => 'xterm' }, stdin => $answer }, 'revision', '--autogenerate', '-m', 'asked', '--rev-id', 'asked', @args);
        my $got = $run->finish;
        $got->{stdout} =~ s/\r//g;
        # The terminal shows what is typed wherever the program is by then.
        $got->{stdout} =~ s/\Q$answer\E//;
        $got->{stdout} =~ s/\e\[[0-9;]*[mK]//g;
        return $got;
    };
    my $got = $ask->("q\n");
    like $got->{stdout}, qr/Was the column users\.fullname renamed to users\.name\? If not, it is dropped\. \[y\/n\/q\]/, 'the question';
    is $got->{status}, 130, 'q ends it';
    is_deeply [files()], [@before], 'with no file';
    $got = $ask->("what\nn\n");
    is $got->{status}, 0, 'n';
    like $got->{stdout}, qr/Please answer y/, 'what is no answer is asked again' if $db->engine eq 'sqlite';
    like section(slurp('migrations/versions/asked_asked.sql'), 'upgrade'), qr/DROP COLUMN/, 'drops and adds';
    unlink project->path('migrations/versions/asked_asked.sql');
    $got = $ask->("y\n");
    is $got->{status}, 0, 'y';
    unlike slurp('migrations/versions/asked_asked.sql'), qr/DROP COLUMN|destructive/, 'renames';
    run_ok ['upgrade', 'head'], 'it runs';
    is $db->value('SELECT name FROM users'), 'Ann', 'and keeps the row';
    run_ok ['downgrade', '-1'], 'back';
    unlink project->path('migrations/versions/asked_asked.sql');
    $got = fails_with 1, qr/--rename users\.fullname=name/, ['--json', 'revision', '--autogenerate', '-m', 'x'], 'where nobody can answer, it fails';
    is_deeply [files()], [@before], 'with no file';
    fails_with 1, qr/--rename/, [{ tty => 0, stdin => "y\n" }, 'revision', '--autogenerate', '-m', 'x'], 'a pipe is nobody' if $db->engine eq 'sqlite';
});

# Names by conventions.
for_each_engine(sub {
    my ($db) = @_;
    start($db, 'schema.sql', 'naming.ix' => 'ix_{table}_{columns}', 'naming.uq' => 'uq_{table}_{column}', 'naming.fk' => 'fk_{table}_{columns}_{referred_table}_{referred_columns}',
        'naming.ck' => 'ck_{table}', 'naming.pk' => 'pk_{table}');
    write_file('schema.sql', "CREATE TABLE a (x int NOT NULL, y int NOT NULL, z int, UNIQUE (x, y), PRIMARY KEY (x), CHECK (z > 0));\n"
        . "CREATE TABLE b (id int NOT NULL, a_x int, PRIMARY KEY (id), FOREIGN KEY (a_x) REFERENCES a (x), CONSTRAINT mine UNIQUE (a_x));\n"
        . "CREATE INDEX own ON b (a_x, id);\n");
    my $text = section(generated('names'), 'upgrade');
    for my $name ('uq_a_x', 'ck_a', 'fk_b_a_x_a_x', 'mine', 'own', $db->engine eq 'mysql' ? () : qw(pk_a pk_b)) {
        like $text, qr/\b$name\b/, $name;
    }
    run_ok ['upgrade', 'head'], 'they run';
    run_ok ['check'], 'and are what is wanted';
    return if $db->engine ne 'sqlite';
    for my $bad (['naming.ck = {nothing}', qr/\{nothing\}/], ['naming.zz = x', qr/"naming\.zz"/]) {
        write_file('limbeck.ini', "[limbeck]\nschema = schema.sql\n$bad->[0]\n");
        fails_with 2, $bad->[1], ['check', '--against-migrations'], "$bad->[0] is refused";
    }
});

# What other programs print is read as it is.
my %dumped = (
    postgresql => <<'END',
--
-- PostgreSQL database dump
--
\restrict abcdef
SET statement_timeout = 0;
SELECT pg_catalog.set_config('search_path', '', false);
SET default_tablespace = '';
\connect app
CREATE TABLE public.users (
    id integer NOT NULL,
    fullname character varying(40)
);
ALTER TABLE public.users OWNER TO nobody_here;
BEGIN;
COMMIT;
ALTER TABLE ONLY public.users ADD CONSTRAINT users_pkey PRIMARY KEY (id);
GRANT SELECT ON TABLE public.users TO nobody_here;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
INSERT INTO public.users VALUES (2, 'x');
ALTER DEFAULT PRIVILEGES FOR ROLE nobody_here GRANT SELECT ON TABLES TO nobody_here;
\unrestrict abcdef
END
    sqlite => <<'END',
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE users (id int NOT NULL PRIMARY KEY, fullname varchar(40));
INSERT INTO users VALUES(1,'it''s; CREATE TABLE wrong (id int);');
DELETE FROM sqlite_sequence;
COMMIT;
END
    mysql => <<'END',
/*M!999999\- enable the sandbox mode */
-- MariaDB dump 10.19
/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!40101 SET NAMES utf8mb4 */;
/*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */;
DROP TABLE IF EXISTS `users`;
/*!40101 SET @saved_cs_client     = @@character_set_client */;
CREATE TABLE `users` (
  `id` int(11) NOT NULL,
  `fullname` varchar(40) DEFAULT NULL,
  PRIMARY KEY (`id`)
);
LOCK TABLES `users` WRITE;
/*!40000 ALTER TABLE `users` DISABLE KEYS */;
INSERT INTO `users` VALUES (1,'it''s; CREATE TABLE wrong (id int);');
/*!40000 ALTER TABLE `users` ENABLE KEYS */;
UNLOCK TABLES;
GRANT SELECT ON users TO nobody_here;
/*!40014 SET FOREIGN_KEY_CHECKS=@OLD_FOREIGN_KEY_CHECKS */;
END
);

for_each_engine(sub {
    my ($db) = @_;
    start($db, 'dump.sql');
    write_file('dump.sql', $dumped{ $db->engine });
    $db->do($users);
    my $got = run_ok ['check'], 'a dump of the engine\'s own program';
    is $got->{stdout}, '', 'makes the table, and nothing else';
    # The line that is broken, behind all that.
    my $line = 2 + (() = $dumped{ $db->engine } =~ /\n/g);
    write_file('dump.sql', "$dumped{ $db->engine }CREATE TABLE late (id int,\n  CHECK);\n");
    $got = fails_with 1, qr/^dump\.sql:\d+:\d+: error: /m, ['check'], 'what is broken behind it';
    my ($told) = $got->{stderr} =~ /^dump\.sql:(\d+):/m;
    cmp_ok abs($line - $told), '<', 2, 'is shown where it is';
    return if $db->engine ne 'postgresql';
    write_file('dump.sql', "\\connect x\nCOPY users (id, fullname) FROM stdin;\n1\tit's\n\\.\n");
    fails_with 1, qr/^dump\.sql:2:1: error: COPY .* in a schema\n.*\n.*\ndetail: .*\nhint: .*schema alone/m, ['check'], 'rows of COPY are no part of a schema';
    write_file('dump.sql', "\n\\ir more.sql\n");
    fails_with 1, qr/^dump\.sql:2:1: error: .*\\ir is not followed\n/m, ['check'], 'nor is another file';
});

# Sources: an error has its place, and secrets stay secret.
for_each_engine(sub {
    my ($db) = @_;
    my $project = start($db, 'exec:cat $SECRET_FILE model.sql');
    write_file('model.sql', $users . "CREATE TABLE broken (id int,, x int);\n");
    fails_with 1, qr/^exec:cat:2:\d+: error: /m, [{ env => { SECRET_FILE => '' } }, 'check'], 'what a command prints has lines too';
    return if $db->engine eq 'postgresql';
    my $got = fails_with 1, qr/failed with status 3.*It said: no such thing/s, ['-u', $db->url, 'diff', 'exec:echo no such thing >&2; exit 3; hunter2', 'schema'], 'a command that fails';
    unlike $got->{stderr}, qr/hunter2/, 'is not printed';
    write_file('limbeck.ini', slurp('limbeck.ini') =~ s/^schema = .*/schema = exec:kill -9 \$\$/mr);
    fails_with 1, qr/the command that prints the desired schema/, ['check'], 'one that is killed';
    write_file('limbeck.ini', slurp('limbeck.ini') =~ s/^schema = .*/schema = exec:nosuchprogram --password=hunter2/mr);
    $got = fails_with 1, qr/failed with status 127/, ['check'], 'one that is not there';
    unlike $got->{stderr} =~ s/^detail: .*//mr, qr/hunter2/, 'without what follows it';
    write_file('limbeck.ini', slurp('limbeck.ini') =~ s/^schema = .*/schema = mysql:\/\/me:hunter2\@127.0.0.1:1\/none/mr);
    $got = limbeck('check');
    isnt $got->{status}, 0, 'a server that is not there';
    unlike $got->{stderr}, qr/hunter2/, 'and its password';
});

# A database as the desired schema.
for_each_engine(sub {
    my ($db) = @_;
    my $want = $db->fresh;
    start($db, $want->url);
    $want->do($users);
    $want->do('CREATE TABLE limbeck_history (id int)');
    my $text = generated('a database as the schema');
    like $text, qr/CREATE TABLE .?users/, 'gives its tables';
    unlike $text, qr/limbeck_/, 'but none of ours';
    return if $db->engine ne 'sqlite';
    write_file('limbeck.ini', "[limbeck]\nschema = sqlite:///mistyped.db\n");
    fails_with 1, qr/could not open database .*mistyped\.db/, ['check', '--against-migrations'], 'one that is not there is no empty one';
    ok !-e project->path('mistyped.db'), 'and is not made';
});

# Several heads; hooks; a file that can't be written.
for_each_engine(engines => [grep { $_ eq 'sqlite' } engines()], sub {
    my ($db) = @_;
    my $project = start($db, 'schema.sql', sections => "[post_write_hooks]\nhooks = mark\nmark.executable = sed\nmark.options = -i s/^CREATE/create/ REVISION_SCRIPT_FILENAME\n");
    write_file('schema.sql', $users);
    my $text = generated('with a hook');
    like $text, qr/^create TABLE/m, 'which has run on the file';
    $project->revision(id => 'aaaa', upgrade => 'CREATE TABLE x (id int);', downgrade => 'DROP TABLE x;');
    run_ok ['upgrade', 'heads'], 'two heads';
    write_file('schema.sql', $users . "CREATE TABLE x (id int);\nCREATE TABLE y (id int);\n");
    fails_with 1, qr/--head/, ['revision', '--autogenerate', '-m', 'x'], 'which one it follows must be said';
    $text = generated('with --head', '--head', 'aaaa');
    like $text, qr/^-- \@parents aaaa$/m, 'is on it';
    like $text, qr/CREATE TABLE .?y|create TABLE .?y/, 'with what both lack';
    unlike $text, qr/TABLE .?x\b/, 'and nothing else';
    run_ok ['upgrade', 'heads'], 'it runs';
    run_ok ['check'], 'and nothing is left';
    fails_with 2, qr/--rename is for --autogenerate/, ['revision', '--rename', 'a=b'], '--rename alone';
    fails_with 2, qr/--against-migrations is for --autogenerate/, ['revision', '--against-migrations'], '--against-migrations alone';
    fails_with 2, qr/option "-m" needs an argument/, ['makemigrations'], 'makemigrations without a message';
});

# Only some schemas.
for_each_engine(engines => [grep { $_ eq 'postgresql' } engines()], sub {
    my ($db) = @_;
    start($db, 'schema.sql', schemas => 'public, app', exclude => 'app.secret_*');
    $db->do("CREATE SCHEMA app; CREATE SCHEMA other; CREATE TABLE other.t (id int); CREATE TABLE app.secret_t (id int); CREATE TABLE app.t (id int)");
    write_file('schema.sql', "CREATE SCHEMA app;\nCREATE TABLE app.t (id int, more text);\nCREATE TABLE u (id int);\n");
    my $text = generated('of two of three schemas');
    like section($text, 'upgrade'), qr/ALTER TABLE app\.t ADD COLUMN more text;/, 'a table of one of them';
    unlike $text, qr/other|secret/, 'and nothing of the third';
    run_ok ['upgrade', 'head'], 'it runs';
    run_ok ['check'], 'and nothing is left';
});
done_testing;
