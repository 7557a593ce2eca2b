#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Two nodes of a cluster that both take writes, and processes at each of them.

use FindBin;
use lib "$FindBin::Bin/../lib";
use Limbeck::Test;
use Limbeck::Slow;
use Limbeck::Server::Galera;
use Limbeck::Together;

plan skip_all => 'no driver for MySQL was built' unless grep { $_ eq 'mysql' } engines();
my $why = Limbeck::Server::Galera->missing;
skip_or_bail($why) if defined $why;
my ($one, $two) = Limbeck::Server::Galera->cluster(2);

sub database { return Limbeck::Database->create('mysql', $one) }

# Where a process turns to: half of them at each node.
sub at
{
    my ($db, $i) = @_;
    return ('-u', $db->url) unless $i % 2;
    my ($here, $there) = ($one->port, $two->port);
    return ('-u', $db->url =~ s/:$here\//:$there\//r);
}

# What was written at the other node comes a little later here: waits for it.
sub settle
{
    my ($db) = @_;
    $db->do('SET SESSION wsrep_sync_wait = 1; SELECT count(*) FROM ledger');
}

# Both nodes say the same, in the end.
sub same_on_both
{
    my ($db, $name) = @_;
    my $queries = 'SELECT way, n FROM ledger ORDER BY seq; SELECT version_num FROM limbeck_version;
        SELECT revision, direction, outcome FROM limbeck_history ORDER BY seq';
    my @seen = map { local $db->{server} = $_; $db->query("SET SESSION wsrep_sync_wait = 1; $queries") } $one, $two;
    is_deeply $seen[0], $seen[1], "$name: both nodes agree";
}

subtest 'many' => sub {
    my $db = database();
    ledger_project($db, 6);
    my @results = together('up', map { limbeck_start(at($db, $_), 'upgrade', 'head') } 1 .. 32);
    is scalar(() = join('', map { $_->{stderr} } @results) =~ /^Running upgrade /mg), 6, 'each was told of once';
    settle($db);
    ledger_is $db, ['up', 1 .. 6], '16 and 16 upgrades';
    together('up and down', map { limbeck_start(at($db, $_ >> 1), $_ % 2 ? ('upgrade', 'head') : ('downgrade', 'base')) } 1 .. 12);
    settle($db);
    my $level = ledger_is_true $db, 'upgrade against downgrade';
    ok $level == 0 || $level == 6, 'each went the whole of its way' or diag $level;
    same_on_both($db, 'afterwards');
    is $db->value("SELECT count(*) FROM limbeck_lock WHERE token <> ''"), 0, 'and the lock is free';
};

# A revision that takes longer than a lease without a beat lives; meanwhile others die, on
# databases of their own.
subtest 'long, and dead' => sub {
    my ($db, $other) = (database(), database());
    my $dead = killed_holder($other);
    my $project = ledger_project($db, 3, middle => { 2 => slow_sql($db, 17) });
    my $holder = $project->limbeck_start(at($db, 0), 'upgrade', 'head');
    $holder->wait_for(qr/Running upgrade r01 -> r02/) or fail 'it is at work';
    my @waiting = map { $project->limbeck_start(at($db, $_), 'upgrade', 'head') } 0, 1;
    my $pid = $holder->pid;
    $waiting[1]->wait_for(qr/Waiting for the lock, held by pid $pid on \S+ since \d{4}-/)
        and pass 'at the other node one sees for whom one waits' or fail 'at the other node one sees for whom one waits';
    my $heir = $dead->limbeck_start(at($other, 1), 'upgrade', 'head');
    {
        my $third = database();
        my $next = killed_holder($third)->limbeck_start(at($third, 0), 'upgrade', 'head');
        taken_over($third, $next, 8, 'at the same node, at once');
    }
    lost();
    taken_over($other, $heir, 35, 'at another node, after a while');
    my ($first) = together('a long revision', $holder, @waiting);
    unlike $first->{stderr}, qr/lost/, 'its holder keeps the lock';
    settle($db);
    ledger_is $db, ['up', 1 .. 3], 'a long revision';
};

# The project that others go on with.
sub killed_holder
{
    my ($db) = @_;
    my $project = ledger_project($db, 2);
    my $endless = Limbeck::Project->new(db => $db);
    $endless->revision(id => 'r01', upgrade => endless_sql($db));
    my $holder = $endless->limbeck_start(at($db, 0), 'upgrade', 'head');
    $holder->wait_for(qr/Running upgrade/) or fail 'it is at work';
    $holder->signal('KILL')->finish;
    # A session that sleeps hears of it only when it has slept.
    my $rows = $db->query("SELECT id FROM information_schema.processlist WHERE state = 'User sleep' AND db = database()");
    eval { $db->do("KILL $_->[0]") } for @$rows;
    return $project;
}

sub taken_over
{
    my ($db, $run, $seconds, $when) = @_;
    my $result = $run->finish;
    is $result->{status}, 0, 'after a SIGKILL the lock is taken over' or diag $result->{stderr};
    like $result->{stderr}, qr/taken over from pid \d+ on \S+ since .*, who is gone/, 'and that is said';
    cmp_ok $result->{seconds}, '<', $seconds, $when;
    settle($db);
    ledger_is $db, ['up', 1, 2], 'after a SIGKILL';
}

# As if the holder had slept, and others had taken it for dead.
sub lost
{
    my $db = database();
    my $project = ledger_project($db, 3, middle => { 2 => slow_sql($db, 2) });
    my $holder = $project->limbeck_start(at($db, 0), 'upgrade', 'head');
    $holder->wait_for(qr/Running upgrade r01 -> r02/) or fail 'it is at work';
    select undef, undef, undef, 0.5;
    {
        local $db->{server} = $two;
        $db->do("UPDATE limbeck_lock SET token = 'another', beat = beat + 1, beat_at = '2001-01-01T00:00:00Z'");
    }
    my $result = $holder->finish;
    is $result->{status}, 1, 'a holder that was taken for dead stops';
    like $result->{stderr}, qr/error: the lock of this run was lost while it was at work/, 'and says so';
    settle($db);
    is_deeply [ledger_rows($db)], ['up 1'], 'before it writes anything more';
    my $next = $project->limbeck_start(at($db, 1), 'upgrade', 'head')->finish;
    is $next->{status}, 0, 'the next run goes on' or diag $next->{stderr};
    settle($db);
    ledger_is $db, ['up', 1 .. 3], 'afterwards';
}

done_testing;
