#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# A COMMIT whose answer never comes: limbeck connects again and finds out what the
# server has done; it goes on where that is all, and says what it is where it is not.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Proxy;

my @engines = grep { $_ ne 'sqlite' } engines();

# Each revision in a batch of its own, or all in one.
sub make
{
    my ($db, $count) = @_;
    my $project = new_project(db => $db, ini => { lock_timeout => '20s' });
    my $parent;
    for my $i (1 .. $count) {
        $project->revision(id => "r$i", ($parent ? (parents => $parent) : ()),
            upgrade => "CREATE TABLE t$i (id int);\nINSERT INTO t$i VALUES ($i);",
            downgrade => "DROP TABLE t$i;");
        $parent = "r$i";
    }
    run_ok ['ensure_version'], 'our tables';
    return $project;
}

sub outcome
{
    my ($db) = @_;
    return [map { join ' ', @$_ } @{ $db->query('SELECT revision, outcome, statements_done FROM limbeck_history ORDER BY seq') }];
}

# What ends a revision: its row in the version table, and the COMMIT behind.
my $last = qr/(?:INSERT INTO|UPDATE) \S*limbeck_version.*COMMIT/s;

for_each_engine(engines => \@engines, sub {
    my ($db) = @_;
    make($db, 1);
    my $proxy = Limbeck::Proxy->new($db, cut => 'after', at => $last, times => 1);
    my $run = run_ok ['-u', $proxy->url, 'upgrade', 'head'], 'the answer to the last COMMIT is lost';
    is $proxy->cuts, 1, 'the connection was cut';
    like $run->{stderr}, qr/connecting again.*r1 had been committed/s, 'it connects again, and finds it done';
    is_deeply outcome($db), ['r1 done 2'], 'the history has it once';
    is_deeply [$db->versions], ['r1'], 'so has the version table';
    is $db->value('SELECT count(*) FROM t1'), 1, 'the row is there once';
    run_err_like ['upgrade', 'head'], qr/Nothing to do/, 'nothing is left to do';
});

for_each_engine(engines => \@engines, sub {
    my ($db) = @_;
    make($db, 3);
    my $proxy = Limbeck::Proxy->new($db, cut => 'after', at => $last, times => 1);
    run_ok ['-u', $proxy->url, 'upgrade', '+1'], 'one revision, its answer lost';
    my $batch = Limbeck::Proxy->new($db, cut => 'after', at => $last, times => 1);
    run_ok ['-u', $batch->url, 'upgrade', 'head'], 'two in one message, all answers lost';
    is $batch->cuts, 1, 'the connection was cut';
    is_deeply outcome($db), [map { "r$_ done 2" } 1 .. 3], 'each is in the history once';
    is $db->value("SELECT count(*) FROM t$_"), 1, "row $_ is there once" for 1 .. 3;
});

# A run in steps that can't share a message goes on after the one that was lost.
for_each_engine(engines => \@engines, sub {
    my ($db) = @_;
    make($db, 1);
    project->revision(id => 'r2', parents => 'r1', upgrade_args => 'no-transaction',
        upgrade => "CREATE TABLE u (id int);\nINSERT INTO u VALUES (1);", downgrade => 'DROP TABLE u;');
    project->revision(id => 'r3', parents => 'r2', upgrade => 'CREATE TABLE v (id int);', downgrade => 'DROP TABLE v;');
    my $proxy = Limbeck::Proxy->new($db, cut => 'after', at => qr/(?:INSERT INTO|UPDATE) \S*limbeck_version.*r1.*COMMIT/s, times => 1);
    my $run = run_ok ['-u', $proxy->url, 'upgrade', 'head'], 'the first of several is lost';
    is $proxy->cuts, 1, 'the connection was cut';
    is_deeply [sort $db->user_tables], [qw(t1 u v)], 'all of them are there';
    is_deeply [map { s/ \d+$//r } @{ outcome($db) }], ['r1 done', 'r2 done', 'r3 done'], 'once each';
    is $db->value('SELECT count(*) FROM u'), 1, 'no row twice';
    like $run->{stderr}, qr/r1 had been committed.*Running upgrade r1 -> r2.*Running upgrade r2 -> r3/s, 'and it goes on';
});

# What never reached the server is not there, and that is said.
for_each_engine(engines => \@engines, sub {
    my ($db) = @_;
    make($db, 2);
    run_ok ['upgrade', 'r1'], 'the first';
    my $proxy = Limbeck::Proxy->new($db, cut => 'before', at => $last, times => 1);
    fails_with 1, qr/connecting again.*revision r2 (?:was rolled back|stopped half-way: \d of its 2).*is at r1$/ms,
        ['-u', $proxy->url, 'upgrade', 'head'], 'a message that never arrives';
    is $proxy->cuts, 1, 'the connection was cut';
    is_deeply [$db->versions], ['r1'], 'the version row is the old one';
    like outcome($db)->[1], qr/^r2 failed/, 'the history says that it failed';
    run_ok ['upgrade', 'head'], 'the next run';
    is $db->value('SELECT count(*) FROM t2'), 1, 'does all of it, once';
    is_deeply [$db->versions], ['r2'], 'and arrives';
});

# In the middle of a revision of parts.
for_each_engine(engines => \@engines, sub {
    my ($db) = @_;
    make($db, 1);
    run_ok ['upgrade', 'r1'], 'the first';
    project->revision(id => 'r2', parents => 'r1', upgrade_args => 'no-transaction',
        upgrade => "CREATE TABLE u (id int);\nCREATE TABLE v (id int);\nINSERT INTO v VALUES (1);", downgrade => 'DROP TABLE u;');
    for my $cut ('after', 'before') {
        my $proxy = Limbeck::Proxy->new($db, cut => $cut, at => qr/CREATE TABLE v/, times => 1);
        my $run = limbeck('-u', $proxy->url, 'upgrade', 'head');
        is $proxy->cuts, 1, "cut $cut a statement that no transaction holds" or next;
        is $run->{status}, 1, 'the run fails';
        like $run->{stderr}, qr/stopped half-way: \d of its 3 statements are done/, 'and says how far it came';
        is $db->value("SELECT statement_started FROM limbeck_history WHERE revision = 'r2'"), 0, 'nothing is in doubt';
        run_ok ['upgrade', 'head'], 'the next run needs no help';
        is_deeply [$db->user_tables], [qw(t1 u v)], 'all is there';
        is $db->value('SELECT count(*) FROM v'), 1, 'once';
        $db->do('DROP TABLE u; DROP TABLE v');
        run_ok ['stamp', 'r1'], 'back';
        $db->do("DELETE FROM limbeck_history WHERE revision = 'r2'");
    }
});

done_testing;
