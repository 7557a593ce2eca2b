#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# statement_timeout: a limit on each statement of a revision, and on none of limbeck's.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Slow;

for_each_engine(sub {
    my ($db) = @_;
    my $project = new_project(db => $db, ini => { statement_timeout => '700ms' });
    $project->revision(id => 'a1', upgrade => 'CREATE TABLE t (id int);', downgrade => 'DROP TABLE t;');
    my $write = sub {
        my ($slow, @args) = @_;
        $project->revision(id => 'a2', parents => 'a1', upgrade => "INSERT INTO t VALUES (1);\n$slow"
            . "INSERT INTO t VALUES (2);\n", downgrade => 'DELETE FROM t;', @args);
    };
    for my $args ([], [upgrade_args => 'no-transaction']) {
        my $name = @$args ? 'outside of transactions' : 'in a transaction';
        $write->(endless_sql($db), @$args);
        my $run = fails_with 1, qr/a2\.sql:\d+:1: error: .*(?:statement timeout|max_statement_time|ran longer).*hint: .*statement_timeout/s,
            ['upgrade', 'head'], "a statement that runs too long, $name";
        cmp_ok $run->{seconds}, '<', 20, 'is stopped soon';
        is_deeply [$db->versions], ['a1'], 'the revision is not there';
        $write->(slow_sql($db, 0), @$args);
        run_ok ['upgrade', 'head'], 'one that does not, is run';
        is $db->value('SELECT count(*) FROM t'), 2, 'with all of the revision';
        run_ok ['downgrade', 'base'], 'and down';
    }
});

for_each_engine(engines => [grep { $_ ne 'sqlite' } engines()], sub {
    my ($db) = @_;
    my $project = new_project(db => $db, ini => { statement_timeout => '1500ms', ddl_lock_timeout => '1234ms' });
    my $show = {
        postgresql => "INSERT INTO t SELECT current_setting('lock_timeout') || ' ' || current_setting('statement_timeout');\n",
        mysql      => "INSERT INTO t SELECT CONCAT(\@\@lock_wait_timeout, ' ', \@\@max_statement_time);\n",
    }->{ $db->engine };
    $project->revision(id => 'a1', upgrade => "CREATE TABLE t (x varchar(40));\n$show", downgrade => 'DROP TABLE t;');
    run_ok ['upgrade', 'head'], 'up';
    is $db->value('SELECT x FROM t'), { postgresql => '1234ms 1500ms', mysql => '2 1.500000' }->{ $db->engine },
        'the session of a revision has these limits';
});

for_each_engine(engines => [grep { $_ eq 'postgresql' } engines()], sub {
    my ($db) = @_;
    my $project = new_project(db => $db, ini => { ddl_lock_timeout => '1s' });
    $project->revision(id => 'a1', upgrade => "CREATE TABLE t (x text);\nSET lock_timeout = '77s';\n"
        . "INSERT INTO t SELECT current_setting('lock_timeout');\n", downgrade => 'DROP TABLE t;');
    run_ok ['upgrade', 'head'], 'a revision may set its own';
    is $db->value('SELECT x FROM t'), '77s', 'which holds then';
});

done_testing;
