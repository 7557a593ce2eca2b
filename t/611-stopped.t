#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# A run that is interrupted, or killed: what is undone, what is written down,
# and that nothing stands in the way of the next one.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Slow;

sub make
{
    my ($db, %opt) = @_;
    my $project = new_project(db => $db, ini => { lock_timeout => '10s' });
    $project->revision(id => 'a1', upgrade => 'CREATE TABLE t (id int);', downgrade => 'DROP TABLE t;');
    $project->revision(id => 'a2', parents => 'a1',
        upgrade => "CREATE TABLE u (id int);\nINSERT INTO u VALUES (1);\n" . endless_sql($db)
            . "INSERT INTO u VALUES (2);\n", downgrade => 'DROP TABLE u;', %opt);
    run_ok ['upgrade', 'a1'], 'the first revision';
    return $project;
}

# The same file with nothing slow in it.
sub mend
{
    my ($db, %opt) = @_;
    project->revision(id => 'a2', parents => 'a1',
        upgrade => "CREATE TABLE u (id int);\nINSERT INTO u VALUES (1);\n" . slow_sql($db, 0)
            . "INSERT INTO u VALUES (2);\n", downgrade => 'DROP TABLE u;', %opt);
}

# Starts the run and waits until the server is busy with the slow statement.
sub start
{
    my ($db) = @_;
    my $run = limbeck_start('upgrade', 'head');
    my $busy = {
        sqlite     => undef,
        postgresql => "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
            AND state = 'active' AND query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()",
        mysql      => "SELECT count(*) FROM information_schema.processlist WHERE db = database()
            AND state = 'User sleep'",
    }->{ $db->engine };
    if ($busy) { wait_until(sub { $db->value($busy) }) or fail 'the statement runs' }
    else       { $run->wait_for(qr/Running upgrade a1 -> a2/); select undef, undef, undef, 0.3 }
    return $run;
}

sub wait_until
{
    my ($condition) = @_;
    for (1 .. 400) {
        return 1 if eval { $condition->() };
        select undef, undef, undef, 0.05;
    }
    return 0;
}

# The lock's places: a file, an advisory lock, a named lock.
sub no_lock
{
    my ($db, $name) = @_;
    if ($db->engine eq 'sqlite') {
        my @files = glob $db->path . '*';
        is_deeply \@files, [$db->path], "$name: no lock file, no journal";
    } elsif ($db->engine eq 'postgresql') {
        is $db->value("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database =
            (SELECT oid FROM pg_database WHERE datname = current_database())"), 0, "$name: no lock";
    } else {
        is $db->value("SELECT count(*) FROM information_schema.processlist WHERE db = database()
            AND id <> connection_id()"), 0, "$name: no session, so no lock";
    }
}

for my $signal ('INT', 'TERM') {
    for_each_engine(sub {
        my ($db) = @_;
        make($db);
        my $run = start($db)->signal($signal)->finish;
        my $halfway = $db->engine eq 'mysql';
        is $run->{status}, 130, "SIG$signal: status 130";
        cmp_ok $run->{seconds}, '<', 20, 'soon';
        like $run->{stderr}, $halfway ? qr/a2 stopped half-way: 1 of its 4 statements.*the database is at a1$/m
            : qr/revision a2 was rolled back, the database is at a1$/m, 'it says what was undone';
        is_deeply [$db->versions], ['a1'], 'the version row is that of the revision before';
        is_deeply [$db->user_tables], $halfway ? ['t', 'u'] : ['t'], 'what it did is undone';
        is $db->value('SELECT count(*) FROM u'), 0, 'what can be' if $halfway;
        is_deeply $db->query('SELECT revision, outcome, statements_done FROM limbeck_history ORDER BY seq'),
            [['a1', 'done', 1], ['a2', 'failed', $halfway ? 1 : 0]], 'the history says that it failed';
        no_lock($db, 'afterwards');
        mend($db);
        run_ok ['upgrade', 'head'], 'the next run';
        is $db->value('SELECT count(*) FROM u'), 2, 'does all of it';
    });
}

for_each_engine(sub {
    my ($db) = @_;
    make($db);
    my $run = start($db);
    $run->signal('KILL')->finish;
    # A sleeping session notices only at its end that nobody listens.
    end_sessions($db);
    if ($db->engine ne 'mysql') {
        is_deeply [$db->user_tables], ['t'], 'SIGKILL: nothing is left of the revision';
        is_deeply $db->query('SELECT revision, outcome FROM limbeck_history'), [['a1', 'done']], 'no entry either';
    } else {
        is_deeply $db->query("SELECT outcome, statements_done, statement_started FROM limbeck_history
            WHERE revision = 'a2'"), [['running', 1, 0]], 'the history says how far it got';
        is $db->value('SELECT count(*) FROM u'), 0, 'what was not committed is gone';
    }
    is_deeply [$db->versions], ['a1'], 'the version row is that of the revision before';
    mend($db);
    run_ok ['upgrade', 'head'], 'the next run is not kept waiting';
    is_deeply [map { $_->[0] } @{ $db->query('SELECT id FROM u ORDER BY id') }], [1, 2], 'and does each statement once';
    no_lock($db, 'afterwards');
});

# Killed while a statement was under way that stands outside of transactions. One that a
# transaction may hold all the same gets one, and is not in doubt; what a query has done
# that calls a function nobody can tell.
for_each_engine(sub {
    my ($db) = @_;
    my $doubt = $db->engine eq 'postgresql';
    make($db, upgrade_args => 'no-transaction');
    start($db)->signal('KILL')->finish;
    end_sessions($db);
    is_deeply $db->query("SELECT outcome, statements_done, statement_started, finished_at FROM limbeck_history
        WHERE revision = 'a2'"), [['running', 2, $doubt ? 3 : 0, '']], 'the history says which statement was under way';
    if ($doubt) {
        my $run = fails_with 1, qr/not known whether statement 3 of revision a2 took effect/, ['upgrade', 'head'],
            'the next run does not guess';
        like $run->{stderr}, qr/ended while the statement was under way; the 2 before it are done/, 'says what is known';
        run_ok ['repair', 'a2', '--retry'], 'the user says that it did not';
    }
    mend($db, upgrade_args => 'no-transaction');
    run_ok ['upgrade', 'head'], 'and the next run goes on';
    is_deeply [map { $_->[0] } @{ $db->query('SELECT id FROM u ORDER BY id') }], [1, 2], 'each statement was done once';
});

sub end_sessions
{
    my ($db) = @_;
    if ($db->engine eq 'postgresql') {
        $db->do("SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()");
    } elsif ($db->engine eq 'mysql') {
        my $rows = $db->query("SELECT id FROM information_schema.processlist WHERE db = database()
            AND id <> connection_id()");
        eval { $db->do("KILL $_->[0]") } for @$rows;
    }
}

done_testing;
