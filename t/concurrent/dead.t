#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The holder of the lock dies, or its connection does, while others wait: one of them
# goes on, and nobody unlocks anything by hand.

use FindBin;
use lib "$FindBin::Bin/../lib";
use Limbeck::Test;
use Limbeck::Slow;
use Limbeck::Together;

# Revision 2 of the project that it starts never ends; that of the others does.
sub start
{
    my ($db, $seconds) = @_;
    ledger_project($db, 4);
    my $endless = ledger_copy($db, endless_sql($db));
    my $holder = $endless->limbeck_start('upgrade', 'head');
    until_true(sub { grep { $_ eq 'r01' } $db->versions }) or fail 'the holder is at work';
    my @waiting = map { limbeck_start('upgrade', 'head') } 1 .. 4;
    $waiting[0]->wait_for(qr/Waiting for the lock/) or fail 'the others wait';
    return ($holder, @waiting);
}

sub ledger_copy
{
    my ($db, $slow) = @_;
    my $project = Limbeck::Project->new(db => $db);
    for my $file (glob project()->versions . '/*') {
        my ($name) = $file =~ m{([^/]+)$};
        my $text = slurp($file);
        $text =~ s/^(CREATE TABLE t2 .*\n)/$1$slow/m;
        $project->write_file("migrations/versions/$name", $text);
    }
    return $project;
}

for_each_engine(sub {
    my ($db) = @_;
    my ($holder, @waiting) = start($db);
    $holder->signal('KILL')->finish;
    my $begun = time;
    # A sleeping session of this server hears of it only when it has slept.
    kill_sessions($db) if $db->engine eq 'mysql';
    together('after a SIGKILL', @waiting);
    cmp_ok time - $begun, '<', 20, 'and soon';
    ledger_is $db, ['up', 1 .. 4], 'after a SIGKILL';
});

for_each_engine(engines => [grep { $_ ne 'sqlite' } engines()], sub {
    my ($db) = @_;
    my ($holder, @waiting) = start($db);
    kill_sessions($db);
    my $result = $holder->finish;
    together('after the connection was cut', @waiting);
    ledger_is $db, ['up', 1 .. 4], 'after the connection was cut';
    ok $result->{status} == 1 || $result->{status} == 0, 'the holder ends too' or diag $result->{stderr};
});

# The sessions that are at work; those that wait are idle.
sub kill_sessions
{
    my ($db) = @_;
    if ($db->engine eq 'postgresql') {
        $db->do("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()
            AND state = 'active' AND query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()");
        return;
    }
    my $rows = $db->query("SELECT id FROM information_schema.processlist WHERE db = database() AND state = 'User sleep'");
    eval { $db->do("KILL $_->[0]") } for @$rows;
}

# The server ends a session that is idle for too long: between two batches, here.
for_each_engine(engines => [grep { $_ ne 'sqlite' } engines()], sub {
    my ($db) = @_;
    my $set = $db->engine eq 'mysql' ? 'SET SESSION wait_timeout = 1' : "SET idle_session_timeout = '300ms'";
    my $pause = $db->engine eq 'mysql' ? 2100 : 1000;
    my $batch = "INSERT INTO t2 SELECT coalesce(max(id), 0) + 1 FROM t2 HAVING count(*) < 2;\n";
    ledger_project($db, 3, middle => { 2 => "$set;\n-- \@repeat pause=$pause\n$batch" });
    my @runs = map { limbeck_start('upgrade', 'head') } 1, 2;
    together('an idle session is ended', { status => [0, 1] }, @runs);
    # The setting is the revision's own, so whoever goes on meets it again.
    limbeck('upgrade', 'head');
    is $db->value('SELECT count(*) FROM t2 WHERE id IN (1, 2)'), $db->value('SELECT count(*) FROM t2'), 'no batch ran twice';
    ledger_is $db, ['up', 1 .. 3], 'afterwards';
});

# A revision gives back what is not its own.
for_each_engine(engines => [grep { $_ ne 'sqlite' } engines()], sub {
    my ($db) = @_;
    my $release = $db->engine eq 'mysql' ? 'SELECT RELEASE_ALL_LOCKS()' : 'SELECT pg_advisory_unlock_all()';
    ledger_project($db, 3, middle => { 2 => "$release;\n" . slow_sql($db, 1) });
    if ($db->engine eq 'mysql') {
        fails_with 1, qr/error: the lock of this run was lost/, ['upgrade', 'head'], 'the run stops';
        is_deeply [ledger_rows($db)], ['up 1'], 'and has done no more';
        return;
    }
    # Its transaction has the lock too, and the next one takes it again.
    together('no lock in the session', map { limbeck_start('upgrade', 'head') } 1 .. 4);
    ledger_is $db, ['up', 1 .. 3], 'afterwards';
});

# Somebody removes the file of the lock.
for_each_engine(engines => [grep { $_ eq 'sqlite' } engines()], sub {
    my ($db) = @_;
    ledger_project($db, 3, middle => { 2 => slow_sql($db, 0.5) });
    my $holder = limbeck_start('upgrade', 'head');
    $holder->wait_for(qr/Running upgrade r01 -> r02/) or fail 'it is at work';
    unlink $db->path . '-limbeck' or fail 'there is a file';
    my $result = $holder->finish;
    is $result->{status}, 1, 'the holder stops';
    like $result->{stderr}, qr/error: the lock of this run was lost.*revision r02 was rolled back; before it the database was at r01/s,
        'and says so';
    run_ok ['upgrade', 'head'], 'the next run';
    ledger_is $db, ['up', 1 .. 3], 'afterwards';
});

done_testing;
