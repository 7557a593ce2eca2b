#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Several small revisions, which may travel to the server together: each is
# committed by itself all the same, and the third that fails takes nothing of
# the first two with it.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

for_each_engine(sub {
    my ($db) = @_;
    my $project = new_project(db => $db);
    my $parent;
    for my $n (1 .. 5) {
        my $wrong = $n == 3 ? 'oops' : $n;
        $project->revision(id => "r$n", parents => $parent,
            upgrade => "CREATE TABLE t$n (id int);\nINSERT INTO t$n VALUES ($wrong);",
            downgrade => "DROP TABLE t$n;");
        $parent = "r$n";
    }
    my $run = fails_with 1, qr/r3\.sql:8:24: error:.*oops/, ['upgrade', 'head'], 'the third fails';
    is scalar(() = $run->{stderr} =~ /^Running upgrade .*\[\d+\.\d+s\]$/mg), 2, 'two were finished';
    is scalar(() = $run->{stderr} =~ /^Running upgrade /mg), 3, 'and none after the third begun';
    like $run->{stderr}, qr/[;,] the database is at r2$/m, 'it says where it is';
    is_deeply [$db->versions], ['r2'], 'and it is there';
    is_deeply [grep { $_ ne 't3' } $db->user_tables], ['t1', 't2'], 'with the tables of the first two';
    ok !grep({ $_ eq 't3' } $db->user_tables), 'and nothing of the third' if $db->engine ne 'mysql';
    is_deeply $db->query('SELECT id FROM t1; SELECT id FROM t2'), [[1], [2]], 'and their rows';
    is_deeply $db->query('SELECT revision, outcome FROM limbeck_history ORDER BY seq'),
        [['r1', 'done'], ['r2', 'done'], ['r3', 'failed']], 'the history has all three';

    $project->revision(id => 'r3', parents => 'r2',
        upgrade => "CREATE TABLE t3 (id int);\nINSERT INTO t3 VALUES (3);", downgrade => 'DROP TABLE t3;');
    run_ok ['upgrade', 'head'], 'mended, it goes on';
    is_deeply [$db->versions], ['r5'], 'to the end';
    is_deeply [$db->user_tables], [map { "t$_" } 1 .. 5], 'all tables are there';

    $project->revision(id => 'r2', parents => 'r1',
        upgrade => "CREATE TABLE t2 (id int);\nINSERT INTO t2 VALUES (2);", downgrade => 'DROP TABLE nowhere;');
    fails_with 1, qr/r2\.sql:11:\d+: error:.*nowhere.*the database is at r2$/ms, ['downgrade', 'base'],
        'a downgrade that fails on its way';
    is_deeply [$db->versions], ['r2'], 'stops there';
    is_deeply [$db->user_tables], ['t1', 't2'], 'with what was above it undone';
});

done_testing;
