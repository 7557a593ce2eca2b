#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# @repeat: a backfill in batches, each in a transaction of its own; one that is
# stopped or killed goes on where it was.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Time::HiRes qw(sleep);

my $fill = <<'END';
UPDATE t SET times = times + 1 WHERE id IN
    (SELECT id FROM (SELECT id FROM t WHERE times = 0 ORDER BY id LIMIT 10) AS batch);
END

sub make
{
    my ($db, $repeat, $more) = @_;
    my $project = new_project(db => $db);
    $project->revision(id => 'a1', upgrade => 'CREATE TABLE t (id int PRIMARY KEY, times int NOT NULL DEFAULT 0);'
        . "\nINSERT INTO t (id) VALUES " . join(', ', map { "($_)" } 1 .. 35) . ';',
        downgrade => 'DROP TABLE t;');
    $project->revision(id => 'a2', parents => 'a1', upgrade => "CREATE TABLE before_it (id int);\n"
        . "-- \@repeat$repeat\n$fill" . ($more // '') . "INSERT INTO before_it VALUES (1);\n",
        downgrade => "DROP TABLE before_it;");
    run_ok ['upgrade', 'a1'], 'a table with 35 rows';
    return $project;
}

sub filled { return $_[0]->value('SELECT count(*) FROM t WHERE times = 1') }
sub done_twice { return $_[0]->value('SELECT count(*) FROM t WHERE times > 1') }

# Until a batch is done and the pause after it is on.
sub wait_for_batch
{
    my ($db) = @_;
    for (1 .. 200) {
        # SQLite's file is locked at times.
        my $count = eval { filled($db) } // 0;
        return $count if $count;
        sleep 0.05;
    }
    return 0;
}

for_each_engine(sub {
    my ($db) = @_;
    make($db, '');
    run_ok ['upgrade', 'head'], 'a backfill';
    is filled($db), 35, 'reaches all rows';
    is done_twice($db), 0, 'each once';
    is_deeply $db->query("SELECT outcome, statements_done, statements_total FROM limbeck_history
        WHERE revision = 'a2'"), [['done', 3, 3]], 'and counts as one statement';

    project->revision(id => 'a3', parents => 'a2', upgrade => "-- \@repeat\nSELECT count(*) FROM t;");
    fails_with 1, qr/a3\.sql:\d+:1: error: a \@repeat statement must change rows/, ['upgrade', 'head'],
        'a statement that changes nothing by its nature is no @repeat';
    is_deeply [$db->versions], ['a2'], 'and the revision is not applied';
});

for_each_engine(sub {
    my ($db) = @_;
    make($db, ' pause=60000');
    my $run = limbeck_start('upgrade', 'head');
    is wait_for_batch($db), 10, 'the first batch is committed while the run goes on';
    ok grep({ $_ eq 'before_it' } $db->tables), 'and so is what precedes it';
    is $db->value('SELECT count(*) FROM before_it'), 0, 'but nothing that follows';
    is_deeply [$db->versions], ['a1'], 'the revision is not applied yet';
    my $result = $run->signal('INT')->finish;
    is $result->{status}, 130, 'interrupted in the pause';
    cmp_ok $result->{seconds}, '<', 30, 'it does not wait for its end';
    like $result->{stderr}, qr/a2 stopped half-way: 1 of its 3 statements.*the database is at a1/, 'and says where it is';
    is_deeply $db->query("SELECT outcome, statements_done FROM limbeck_history WHERE revision = 'a2'"),
        [['failed', 1]], 'so does the history';
    is filled($db), 10, 'the batch that was done stays';

    $run = limbeck_start('upgrade', 'head');
    for (1 .. 200) {
        last if (eval { filled($db) } // 0) > 10;
        sleep 0.05;
    }
    is filled($db), 20, 'the next run goes on with the next batch';
    $run->signal('KILL')->finish;
    make_quick(project);
    run_ok ['upgrade', 'head'], 'after a kill it goes on too';
    is filled($db), 35, 'to the last row';
    is done_twice($db), 0, 'each was done once';
    is $db->value('SELECT count(*) FROM before_it'), 1, 'and the statements around it once';
    is_deeply $db->query("SELECT outcome, statements_done FROM limbeck_history WHERE revision = 'a2'"),
        [['done', 3]], 'in the same entry';
});

# The pause is a directive, no part of the statements that were done.
sub make_quick
{
    my ($project) = @_;
    my $file = (glob $project->versions . '/a2*')[0];
    write_file($file, slurp($file) =~ s/pause=60000/pause=0/r);
}

done_testing;
