#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# A statement that can't get its lock gives up, lets go of all, waits, and tries again:
# nobody has to queue behind it. After a while the revision fails, and says who is in
# the way.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use IPC::Run ();
use Time::HiRes qw(sleep);

# Another session that has read the table, in a transaction that it does not end.
sub holder
{
    my ($db) = @_;
    my %sql = (
        postgresql => "BEGIN; SELECT * FROM t; SELECT 'secret-text', pg_sleep(100);",
        mysql      => "START TRANSACTION; SELECT * FROM t; SELECT 'secret-text', SLEEP(100);",
        sqlite     => "BEGIN IMMEDIATE;\n.system sleep 100\n",
    );
    write_file('hold.sql', $sql{ $db->engine });
    my @command = $db->command;
    if ($db->engine eq 'mysql') {
        # As the same user, who sees no other's sessions.
        my ($user, $password) = $db->url =~ m{//([^:]+):([^@]+)@} or die;
        @command = map { $_ eq '-uroot' ? ("-u$user", "-p$password") : $_ } @command;
    }
    my $client = IPC::Run::start([@command], '<', project->path('hold.sql'), '>', '/dev/null', '2>', '/dev/null');
    my $busy = {
        postgresql => "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
            AND query LIKE '%pg_sleep(100)%' AND pid <> pg_backend_pid()",
        mysql      => "SELECT COUNT(*) FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND STATE = 'User sleep'",
    }->{ $db->engine };
    if (!$busy) { sleep 1 }
    else {
        for (1 .. 200) {
            last if $db->value($busy);
            sleep 0.05;
        }
    }
    return $client;
}

sub release
{
    my ($db, $client) = @_;
    if ($db->engine eq 'postgresql') {
        $db->do("SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND query LIKE '%pg_sleep(100)%' AND pid <> pg_backend_pid()");
    } elsif ($db->engine eq 'mysql') {
        $db->do('KILL ' . $_->[0]) for @{ $db->query("SELECT ID FROM information_schema.PROCESSLIST
            WHERE DB = DATABASE() AND STATE = 'User sleep'") };
    }
    $client->kill_kill;
}

sub make
{
    my ($db, %ini) = @_;
    my $project = new_project(db => $db, ini => { ddl_lock_timeout => '1s', lock_timeout => '30s', %ini });
    $project->revision(id => 'a1', upgrade => "CREATE TABLE t (id int);\nINSERT INTO t VALUES (1);", downgrade => 'DROP TABLE t;');
    $project->revision(id => 'a2', parents => 'a1', downgrade => 'DROP TABLE u;',
        upgrade => "CREATE TABLE u (id int);\nINSERT INTO u VALUES (1);\nALTER TABLE t ADD COLUMN x int;\nINSERT INTO u VALUES (2);");
    $project->revision(id => 'a3', parents => 'a2', upgrade => 'CREATE TABLE v (id int);', downgrade => 'DROP TABLE v;');
    run_ok ['upgrade', 'a1'], 'the first revision';
    return $project;
}

my @servers = grep { $_ ne 'sqlite' } engines();

for_each_engine(engines => \@servers, sub {
    my ($db) = @_;
    make($db);
    my $holder = holder($db);
    my $run = limbeck_start('upgrade', 'head');
    $run->wait_for(qr/could not be had.*could not be had/s);
    # Nobody queues behind a waiter that is not there.
    my $start = Time::HiRes::time();
    is $db->value('SELECT id FROM t'), 1, 'others read on';
    cmp_ok Time::HiRes::time() - $start, '<', 3, 'at once or nearly so';
    release($db, $holder);
    my $result = $run->finish;
    is $result->{status}, 0, 'once the other one is gone it goes through';
    like $result->{stderr}, qr/trying again in \d+\.\d s; in the way: (?:pid|connection) \d+ \(user /, 'it says who is in the way';
    like $result->{stderr}, $db->engine eq 'mysql' ? qr/in a transaction for \d+ s|for \d+ s/ : qr/for \d+ s\)/, 'for how long';
    unlike $result->{stderr}, qr/secret-text/, 'but no texts of its query';
    is_deeply [map { $_->[0] } @{ $db->query('SELECT id FROM u ORDER BY id') }], [1, 2], 'each statement took effect once';
    is_deeply [$db->versions], ['a3'], 'all revisions are there';
    is_deeply [map { "@$_" } @{ $db->query('SELECT revision, outcome FROM limbeck_history ORDER BY seq') }],
        ['a1 done', 'a2 done', 'a3 done'], 'the history knows of no failure';
});

for_each_engine(engines => \@servers, sub {
    my ($db) = @_;
    make($db, ddl_lock_limit => '3s');
    my $holder = holder($db);
    my $run = fails_with 4, qr/a2\.sql:\d+:1: error: .*(?:lock timeout|Lock wait timeout).*Tried \d+ times within \d+ seconds; in the way: (?:pid|connection)/s,
        ['upgrade', 'head'], 'it gives up after ddl_lock_limit';
    like $run->{stderr}, qr/hint: .*ddl_lock_limit/, 'and says what to do';
    cmp_ok $run->{seconds}, '<', 15, 'soon';
    my $halfway = $db->engine eq 'mysql';
    is_deeply [$db->user_tables], $halfway ? [qw(t u)] : ['t'], 'what can be undone is undone';
    like $run->{stderr}, $halfway ? qr/stopped half-way: 2 of its 4/ : qr/revision a2 was rolled back/, 'it says so';
    is_deeply $db->query("SELECT outcome, statements_done, statement_started FROM limbeck_history WHERE revision = 'a2'"),
        [['failed', $halfway ? 2 : 0, 0]], 'the history too';
    release($db, $holder);
    run_ok ['upgrade', 'head'], 'the next run';
    is_deeply [map { $_->[0] } @{ $db->query('SELECT id FROM u ORDER BY id') }], [1, 2], 'does the rest';
});

for_each_engine(engines => \@servers, sub {
    my ($db) = @_;
    make($db, ddl_lock_timeout => '0s');
    my $holder = holder($db);
    my $run = limbeck_start('upgrade', 'head');
    sleep 3;
    release($db, $holder);
    my $result = $run->finish;
    is $result->{status}, 0, 'ddl_lock_timeout = 0: it waits as long as the server lets it';
    unlike $result->{stderr}, qr/could not be had/, 'without trying again';
});

# While it pauses it can be stopped.
for_each_engine(engines => \@servers, sub {
    my ($db) = @_;
    make($db);
    my $holder = holder($db);
    my $run = limbeck_start('upgrade', 'head');
    $run->wait_for(qr/could not be had.*could not be had/s);
    my $result = $run->signal('INT')->finish;
    is $result->{status}, 130, 'SIGINT ends it';
    cmp_ok $result->{seconds}, '<', 20, 'soon';
    release($db, $holder);
    run_ok ['upgrade', 'head'], 'the next run goes through';
    is_deeply [map { $_->[0] } @{ $db->query('SELECT id FROM u ORDER BY id') }], [1, 2], 'with each statement once';
});

# SQLite: the wait is busy_timeout's.
for_each_engine(engines => [grep { $_ eq 'sqlite' } engines()], sub {
    my ($db) = @_;
    make($db);
    write_file('limbeck.ini', slurp('limbeck.ini') =~ s{(url\s*=\s*\S+)}{$1?busy_timeout=300}r);
    my $other = IPC::Run::start(['sqlite3', $db->path], '<', \"BEGIN IMMEDIATE;\n.shell sleep 4\nCOMMIT;\n", '>', '/dev/null', '2>', '/dev/null');
    $other->pump_nb;
    sleep 0.7;
    my $result = limbeck('upgrade', 'head');
    $other->finish;
    is $result->{status}, 0, 'a writer is waited for';
    like $result->{stderr}, qr/could not be had/, 'by trying again';
    is $db->value('SELECT count(*) FROM u'), 2, 'and all is done once';
});

done_testing;
