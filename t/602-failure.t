#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# A statement that fails in the middle: where it stands, what is undone, what
# stays, and what the history says of it.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Slow;

my $broken = <<'END';
CREATE TABLE u (id int);
INSERT INTO u VALUES (1);
-- ä comment
INSERT INTO u VALUES (2);  INSERT INTO nowhere
    VALUES (3);
CREATE TABLE v (id int);
END

for_each_engine(sub {
    my ($db) = @_;
    my $project = new_project(db => $db);
    $project->revision(id => 'a1', upgrade => 'CREATE TABLE t (id int);', downgrade => 'DROP TABLE t;');
    $project->revision(id => 'a2', parents => 'a1', message => '', upgrade => $broken,
        downgrade => 'DROP TABLE v; DROP TABLE u;');
    $project->revision(id => 'a3', parents => 'a2', upgrade => 'CREATE TABLE w (id int);');
    my $halfway = $db->engine eq 'mysql';

    my $run = fails_with 1, qr/^Running upgrade  -> a1,.*\[\d.*\]\nRunning upgrade a1 -> a2\nmigrations/m,
        ['upgrade', 'head'], 'a broken second revision';
    my $line = 'INSERT INTO u VALUES (2);  INSERT INTO nowhere';
    my $caret = ' ' x index($line, 'nowhere');
    like $run->{stderr}, qr{^migrations/versions/a2\.sql:8:40: error: .*nowhere.*
 +8 \| \Q$line\E
 +\| $caret\^\n}m, 'place, message, and the line with a caret below the name';
    my %state = (sqlite => '42P01', postgresql => '42P01', mysql => '42S02');
    like $run->{stderr}, qr/^@{[$db->engine]}: SQLSTATE $state{$db->engine}\b/m, 'SQLSTATE';
    like $run->{stderr}, $halfway
        ? qr/; revision a2 stopped half-way: 1 of its 5 statements .*; the database is at a1$/m
        : qr/; revision a2 was rolled back, the database is at a1$/m, 'what was done and what not';
    is_deeply [$db->versions], ['a1'], 'the revision before stays';
    is_deeply [$db->user_tables], $halfway ? ['t', 'u'] : ['t'], 'what the database holds';
    is $db->value('SELECT count(*) FROM u'), 0, 'rows since the last commit are gone' if $halfway;

    is_deeply $db->query('SELECT seq, revision, outcome, statements_total, statements_done,
            statement_started FROM limbeck_history ORDER BY seq'),
        [[1, 'a1', 'done', 1, 1, 0], [2, 'a2', 'failed', 5, $halfway ? 1 : 0, 0]],
        'the history has the failure';
    my ($error, $started, $finished) = @{ $db->query(
        'SELECT error, started_at, finished_at FROM limbeck_history WHERE seq = 2')->[0] };
    like $error, qr/nowhere/, 'with the server\'s words';
    ok $started le $finished, 'and times';
    my $entry = json_of(['log', '-n', 1], 'log')->{entries}[0];
    is_deeply [@$entry{qw(outcome error statements_done)}], ['failed', $error, $halfway ? 1 : 0],
        'limbeck log says the same';

    my $answer = json_of([{ status => 1 }, '--json', 'upgrade', 'head'], 'the same with --json');
    is_deeply [@{ $answer->{error} }{qw(file line column engine)}],
        ['migrations/versions/a2.sql', 8, 40, $db->engine], 'says where';
    is_deeply [$db->versions], ['a1'], 'and does as little';
});

for_each_engine(sub {
    my ($db) = @_;
    my $project = new_project(db => $db);
    $project->revision(id => 'a1', upgrade => "CREATE TABLE t (id int);\n"
        . slow_sql($db, 0.3) . 'INSERT INTO nowhere VALUES (1);');
    my $run = fails_with 1, qr/nowhere/, ['upgrade', 'head'], 'a revision that fails after a while';
    my ($row) = @{ $db->query('SELECT started_at, finished_at FROM limbeck_history') };
    isnt substr($row->[0], 0, 21), substr($row->[1], 0, 21), 'its entry says how long it took';
    # DDL stays where it can't be undone.
    $db->do('DROP TABLE t') if $db->engine eq 'mysql';
    $db->do('DELETE FROM limbeck_history');
    $project->revision(id => 'a1', upgrade => slow_sql($db, 0.3));
    run_ok ['upgrade', 'head'], 'one that does not';
    ($row) = @{ $db->query('SELECT started_at, finished_at FROM limbeck_history') };
    isnt substr($row->[0], 0, 21), substr($row->[1], 0, 21), 'has both times too';
});

done_testing;
