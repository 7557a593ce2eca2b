#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Behind a pooler that gives each transaction whatever server connection is free.

use FindBin;
use lib "$FindBin::Bin/../lib";
use Limbeck::Test;
use Limbeck::Slow;
use Limbeck::Together;

my @engines = grep { $_ eq 'postgresql' } engines();

# Fewer server connections than processes.
for_each_engine(engines => \@engines, sub {
    my ($db) = @_;
    my $pooler = pooler($db, default_pool_size => 4);
    ledger_project($db, 6, ini => { url => $pooler->url($db) }, args => { 3 => 'no-transaction' });
    together('up', map { limbeck_start('upgrade', 'head') } 1 .. 32);
    ledger_is $db, ['up', 1 .. 6], '32 upgrades';
    together('up and down', map { limbeck_start(@$_) } (['upgrade', 'head'], ['downgrade', 'base']) x 6);
    ledger_is_true $db, 'upgrade against downgrade';
    # One who knows the server itself meets the others.
    together('direct and not', map { limbeck_start($_ % 2 ? ('-u', $db->url) : (), 'upgrade', 'head') } 1 .. 8);
    is +(ledger_is_true $db, 'direct and not'), 6, 'at the head';
    is $db->value("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"), 0, 'no server connection keeps a lock';
    $pooler->destroy;
});

for_each_engine(engines => \@engines, sub {
    my ($db) = @_;
    my $pooler = pooler($db);
    ledger_project($db, 3, ini => { url => $pooler->url($db) }, middle => { 2 => slow_sql($db, 1.2) });
    # What would end the lock's transaction, if it had not been told otherwise.
    $db->do("ALTER DATABASE @{[$db->name]} SET idle_in_transaction_session_timeout = '500ms'");
    my $holder = limbeck_start('upgrade', 'head');
    $holder->wait_for(qr/Running upgrade r01 -> r02/) or fail 'it is at work';
    my $waiting = limbeck_start('upgrade', 'head');
    $waiting->wait_for(qr/Waiting for the lock, held by pid \d+ \(application limbeck @{[$holder->pid]}@.* in a transaction since \d{4}-/)
        and pass 'who waits sees for whom' or fail 'who waits sees for whom';
    together('a long revision', $holder, $waiting);
    ledger_is $db, ['up', 1 .. 3], 'a long revision';
    $pooler->destroy;
});

for_each_engine(engines => \@engines, sub {
    my ($db) = @_;
    my $pooler = pooler($db);
    my $project = ledger_project($db, 2, ini => { url => $pooler->url($db) });
    my $endless = Limbeck::Project->new(db => $db, ini => { url => $pooler->url($db) });
    $endless->revision(id => 'r01', upgrade => "CREATE TABLE never (id int);\n" . endless_sql($db));
    my $holder = $endless->limbeck_start('upgrade', 'head');
    $holder->wait_for(qr/Running upgrade/);
    my @waiting = map { $project->limbeck_start('upgrade', 'head') } 1 .. 4;
    $waiting[0]->wait_for(qr/Waiting/) or fail 'others wait';
    $holder->signal('KILL')->finish;
    together('after a SIGKILL', @waiting);
    ledger_is $db, ['up', 1, 2], 'after a SIGKILL';
    $pooler->destroy;
});

# The connection of the lock is cut; the one that works lives on.
for my $args (undef, 'no-transaction') {
    for_each_engine(engines => \@engines, sub {
        my ($db) = @_;
        my $kind = $args ? 'in parts' : 'in one transaction';
        my $pooler = pooler($db);
        ledger_project($db, 3, ini => { url => $pooler->url($db) }, args => { 2 => $args },
            middle => { 2 => slow_sql($db, 1.5) });
        my $holder = limbeck_start('upgrade', 'head');
        until_true(sub { $db->value("SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(1.5)%' AND state = 'active' AND pid <> pg_backend_pid()") })
            or fail 'it is at work';
        $db->do("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1");
        my $other = limbeck_start('upgrade', 'head');
        my $result = $holder->finish;
        is $result->{status}, 1, "$kind: who has lost the lock stops";
        like $result->{stderr}, qr/error: the lock of this run was lost while it was at work.*hint: .*limbeck current/s, 'and says so';
        # What was not written down any more may be unknown to others.
        together('another one', { status => $args ? [0, 1] : [0] }, $other);
        limbeck('repair', 'r02', '--retry') if $args;
        run_ok ['upgrade', 'head'], 'and one more';
        is_deeply [ledger_rows($db)], ['up 1', 'up 2', 'up 3'], "$kind: each revision ran once" or diag $result->{stderr};
        is_deeply [$db->versions], ['r03'], 'and the database is at the head';
        $pooler->destroy;
    });
}

for_each_engine(engines => \@engines, sub {
    my ($db) = @_;
    my $pooler = pooler($db, default_pool_size => 1);
    ledger_project($db, 1, ini => { url => $pooler->url($db) });
    my $run = fails_with 4, qr/error: the pooler has no second server connection.*hint: .*pool_size/s, ['upgrade', 'head'],
        'a pool of one';
    cmp_ok $run->{seconds}, '<', 20, 'is found out soon';
    run_like ['current'], qr/\A\s*\z/, 'reading needs no lock';
    run_ok ['-u', $db->url, 'upgrade', 'head'], 'and the lock is free';
    $pooler->destroy;
});

# In a pool of sessions a client has its server connection as long as it likes.
for_each_engine(engines => \@engines, sub {
    my ($db) = @_;
    my $pooler = pooler($db, pool_mode => 'session', default_pool_size => 20);
    ledger_project($db, 3, ini => { url => $pooler->url($db) });
    together('a pool of sessions', map { limbeck_start('upgrade', 'head') } 1 .. 8);
    ledger_is $db, ['up', 1 .. 3], 'a pool of sessions';
    $pooler->destroy;
});

done_testing;
