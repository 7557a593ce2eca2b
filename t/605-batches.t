#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# More than one message to the server: a revision, and a line of revisions, that
# are longer than what is sent at once, and fail far behind.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

for_each_engine(sub {
    my ($db) = @_;
    my $project = new_project(db => $db);
    my $halfway = $db->engine eq 'mysql';
    my @rows = map { "INSERT INTO t VALUES ($_);\n" } 1 .. 6000;
    my $write = sub {
        $project->revision(id => 'a1', message => '', upgrade => "CREATE TABLE t (n int);\n@_", downgrade => 'DROP TABLE t;');
    };
    $write->(@rows[0 .. 4999], "INSERT INTO t VALUES (oops);\n", @rows[5000 .. 5999]);
    my $run = fails_with 1, qr/a1\.sql:5005:24: error: .*oops/, ['upgrade', 'head'], 'statement 5002 of a long revision fails';
    like $run->{stderr}, $halfway ? qr/1 of its 6002 statements are done/ : qr/a1 was rolled back, the database is at base$/m,
        'it says what is left';
    is_deeply [$db->user_tables], $halfway ? ['t'] : [], 'nothing that can be undone';
    is $db->value('SELECT count(*) FROM t'), 0, 'rows neither' if $halfway;
    $write->(@rows);
    run_ok ['upgrade', 'head'], 'mended';
    is_deeply $db->query('SELECT count(*), count(DISTINCT n) FROM t'), [[6000, 6000]], 'each statement ran once';

    $project->revision(id => 'a2', parents => 'a1', message => '',
        upgrade => "INSERT INTO t VALUES (7000);\n-- @{['x' x 100]}\nUPDATE t SET n = n + 1;\nSELECT '" . 'y' x 600_000 . "';\n");
    run_ok ['upgrade', 'head'], 'a statement longer than a message';
    is $db->value('SELECT max(n) FROM t'), 7001, 'and those before it';
});

for_each_engine(sub {
    my ($db) = @_;
    my $project = new_project(db => $db);
    my $write = sub {
        my ($n, $value) = @_;
        $project->revision(id => "r$n", parents => $n == 1 ? undef : 'r' . ($n - 1),
            upgrade => ($n == 1 ? "CREATE TABLE t (n int);\n" : '') . "INSERT INTO t VALUES ($value);\n",
            downgrade => "DELETE FROM t WHERE n = $n;");
    };
    $write->($_, $_ == 777 ? 'oops' : $_) for 1 .. 800;
    my $run = fails_with 1, qr/r777\.sql:\d+:\d+: error: .*oops.*the database is at r776$/ms, ['upgrade', 'head'],
        'revision 777 of 800 fails';
    is_deeply [$db->versions], ['r776'], 'the database is at the one before';
    is scalar(() = $run->{stderr} =~ /^Running upgrade .*\[\d+\.\d+s\]$/mg), 776, 'so many were said to be done';
    is $db->value('SELECT count(*) FROM t'), 776, 'and are';
    is $db->value("SELECT count(*) FROM limbeck_history WHERE outcome = 'done'"), 776, 'in the history too';
    $write->(777, 777);
    run_ok ['upgrade', 'head'], 'mended';
    is $db->value('SELECT count(*) FROM t'), 800, 'it goes to the end';
});

done_testing;
