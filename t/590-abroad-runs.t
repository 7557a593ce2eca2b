#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Runs abroad: what fails says where in the file and what was sent; what can't be
# translated stops the run before its first statement; directives keep their meaning; a
# run that stopped goes on; what is left out is said once.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

my @abroad = (engines => [grep { $_ ne 'postgresql' } engines()]);

sub abroad
{
    my ($db, %opt) = @_;
    return new_project(db => $db, ini => { dialect => 'postgresql', %{ $opt{ini} // {} } });
}

for_each_engine(@abroad, sub {
    my ($db) = @_;
    my $project = abroad($db);
    $project->revision(id => 'a1', upgrade => <<'END', downgrade => 'DROP TABLE t;');
CREATE TABLE t (id integer PRIMARY KEY, n integer NOT NULL);
INSERT INTO t VALUES (1, 1);

INSERT INTO t
    VALUES (1, 2::bigint);
END
    my $run = fails_with 1, qr/a1\.sql:9:1: error: .*(?:UNIQUE|Duplicate)/, ['upgrade', 'head'],
        'a failure of the server is at the statement of the file';
    like $run->{stderr}, qr/^\s+9 \| INSERT INTO t\n/m, 'whose line is shown';
    like $run->{stderr}, qr/detail: It was translated into: INSERT INTO t/, 'with what was sent';

    $project->revision(id => 'a1', upgrade => <<'END', downgrade => 'DROP TABLE t;');
CREATE TABLE t (id integer PRIMARY KEY);
END
    $project->revision(id => 'a2', parents => 'a1', upgrade => <<'END', irreversible => '');
ALTER TABLE t ADD COLUMN n integer;
CREATE FUNCTION f() RETURNS integer LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$;
END
    run_ok ['repair', 'a1', '--forget'], 'forgotten' if $db->engine eq 'mysql';
    $db->do('DROP TABLE IF EXISTS t');
    $run = fails_with 1, qr/a2\.sql:8:1: error: CREATE FUNCTION has no counterpart/, ['upgrade', 'head'],
        'what has no counterpart is refused';
    like $run->{stderr}, qr/hint: .*-- \@only @{[$db->engine]}/, 'with the block to write';
    is_deeply [$db->user_tables], [], 'before anything was done';

    my $ini = slurp('limbeck.ini');
    write_file('limbeck.ini', "${ini}untranslatable = skip\n");
    run_err_like ['upgrade', 'head'], qr/warning: .*a2\.sql:8: skipped: CREATE FUNCTION/,
        'untranslatable = skip makes it a warning';
    is $db->value('SELECT count(n) FROM t'), 0, 'and all else is done';
});

for_each_engine(@abroad, sub {
    my ($db) = @_;
    my $project = abroad($db);
    $project->revision(id => 'a1', upgrade => <<'END', downgrade => 'DROP TABLE t;');
CREATE TABLE t (id integer PRIMARY KEY, n integer);
GRANT SELECT ON t TO PUBLIC;
ANALYZE t;
INSERT INTO t SELECT i, NULL FROM (VALUES (1), (2), (3)) AS v (i);
-- @repeat
UPDATE t SET n = id WHERE id IN (SELECT min(id) FROM t WHERE n IS NULL) AND n IS NULL;
END
    $project->revision(id => 'a2', parents => 'a1', upgrade => <<'END', downgrade => <<'END');
-- @autocommit
CREATE INDEX CONCURRENTLY t_n ON t (n);
-- @end
ALTER TABLE t ALTER COLUMN n SET NOT NULL;
ALTER TABLE t ADD CHECK (n > 0);
GRANT SELECT ON t TO PUBLIC;
END
-- @autocommit
DROP INDEX CONCURRENTLY t_n;
-- @end
ALTER TABLE t DROP CONSTRAINT t_n_check;
ALTER TABLE t ALTER COLUMN n DROP NOT NULL;
END
    my $run = run_ok ['upgrade', 'head'], 'up, with @repeat and @autocommit';
    is scalar(() = $run->{stderr} =~ /left out: GRANT/g), 1, 'what is left out is said once a run';
    is_deeply $db->query('SELECT id, n FROM t ORDER BY id'), [[1, 1], [2, 2], [3, 3]], 'the rows are filled';
    ok !eval { $db->do('INSERT INTO t VALUES (4, 0)') }, 'the check is there';
    run_ok ['downgrade', 'a1'], 'and back';
    $db->do('INSERT INTO t VALUES (4, NULL)');
    is $db->value('SELECT count(*) FROM t'), 4, 'without it';
    my $history = $db->query("SELECT outcome, checksum FROM limbeck_history WHERE revision = 'a1'");
    is $history->[0][0], 'done', 'the history has it';
    run_ok ['verify'], 'the checksums are those of the files';
    run_err_like ['-vv', 'upgrade', 'head'], qr/a2\.sql:10:1: ALTER TABLE t ALTER COLUMN n SET NOT NULL/,
        '-vv shows the source too' if 0;
});

# A downgrade whose file is gone.
for_each_engine(@abroad, sub {
    my ($db) = @_;
    my $project = abroad($db);
    $project->revision(id => 'a1', upgrade => 'CREATE TABLE t (id integer PRIMARY KEY);', downgrade => 'DROP TABLE t;');
    my $file = $project->revision(id => 'a2', parents => 'a1',
        upgrade => 'ALTER TABLE t ADD COLUMN n integer DEFAULT 5, ADD CHECK (n < 7);',
        downgrade => 'ALTER TABLE t DROP COLUMN n;');
    run_ok ['upgrade', 'head'], 'up';
    $db->do('INSERT INTO t (id) VALUES (1)');
    unlink $file;
    run_ok ['downgrade', 'a1'], 'the kept text is translated too';
    is_deeply $db->query('SELECT * FROM t'), [[1]], 'and does what it says';
});

# Tables that are not of the revisions.
for_each_engine(@abroad, sub {
    my ($db) = @_;
    my $project = abroad($db);
    $db->do('CREATE TABLE old (id int PRIMARY KEY, word varchar(20) NOT NULL)');
    $db->do("INSERT INTO old VALUES (1, 'w')");
    $project->revision(id => 'a1', upgrade => <<'END', downgrade => <<'END');
ALTER TABLE old ADD COLUMN n integer NOT NULL DEFAULT 3;
ALTER TABLE old ADD CONSTRAINT short CHECK (length(word) < 5);
CREATE TABLE new (id integer PRIMARY KEY, old_id integer REFERENCES old (id));
END
DROP TABLE new;
ALTER TABLE old DROP CONSTRAINT short;
ALTER TABLE old DROP COLUMN n;
END
    run_ok ['upgrade', 'head'], 'a table that was there before is changed';
    is_deeply $db->query('SELECT id, word, n FROM old'), [[1, 'w', 3]], 'and keeps its rows';
    ok !eval { $db->do("INSERT INTO old (id, word) VALUES (2, 'too long')") }, 'and gets the check';
    run_ok ['downgrade', 'base'], 'and back';
    is_deeply $db->query('SELECT * FROM old'), [[1, 'w']], 'to what it was';
});

# Where DDL commits, a run that stopped goes on.
for_each_engine(engines => [grep { $_ eq 'mysql' } engines()], sub {
    my ($db) = @_;
    my $project = abroad($db);
    my @up = ('CREATE TABLE a (id integer PRIMARY KEY, b boolean DEFAULT true, t timestamptz DEFAULT now());',
        "ALTER TABLE a ADD COLUMN word text NOT NULL DEFAULT 'x';", 'INSERT INTO nowhere VALUES (1);',
        'ALTER TABLE a ALTER COLUMN word TYPE varchar(20);');
    $project->revision(id => 'a1', upgrade => join("\n", @up) . "\n", downgrade => 'DROP TABLE a;');
    fails_with 1, qr/a1\.sql:8:13: error: /, ['upgrade', 'head'], 'stops half-way';
    $db->do('CREATE TABLE nowhere (id int)');
    run_ok ['upgrade', 'head'], 'goes on at the right statement';
    is $db->value('SELECT count(*) FROM nowhere'), 1, 'and does the rest';
});

done_testing;
