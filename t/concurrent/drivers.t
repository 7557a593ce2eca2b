#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Drivers that have no lock, for which the host uses a row of a table, and such as
# know no more of one than to take it and to give it back.

use FindBin;
use lib "$FindBin::Bin/../lib";
use Limbeck::Test;
use Limbeck::Fault;
use Limbeck::Slow;
use Limbeck::Together;

for my $what ('none', 'plain') {
    for_each_engine(sub {
        my ($db) = @_;
        my $opt = driver_fault($db, undef, undef);
        $opt->{env}{LIMBECK_FAULT_LOCK} = $what;
        ledger_project($db, 4, args => { 2 => 'no-transaction' });
        my @results = together("lock: $what", map { limbeck_start($opt, 'upgrade', 'head') } 1 .. 8);
        ledger_is $db, ['up', 1 .. 4], "lock: $what";
        is scalar(grep { $_ eq 'limbeck_lock' } $db->tables), $what eq 'none' ? 1 : 0,
            $what eq 'none' ? 'there is a row for it' : 'no row is needed';
    });
}

for_each_engine(sub {
    my ($db) = @_;
    my $opt = driver_fault($db, undef, undef);
    $opt->{env}{LIMBECK_FAULT_LOCK} = 'none';
    ledger_project($db, 2, ini => { lock_timeout => '1s' });
    run_ok [$opt, 'upgrade', 'r01'], 'the first revision';
    # As if a process had died between the two.
    $db->do("DELETE FROM limbeck_lock WHERE part = 'owner'");
    run_ok [$opt, 'upgrade', 'r01'], 'a row that is missing comes back';
    $db->do("UPDATE limbeck_lock SET token = 'x', holder = 'pid 1 on elsewhere', since = '2020-01-01T00:00:00Z',
        beat_at = " . now_of($db));
    fails_with 4, qr/Waiting for the lock, held by pid 1 on elsewhere since 2020-.*at work on this database: pid 1/s,
        [$opt, 'upgrade', 'head'], 'another one has the row';
    $db->do("UPDATE limbeck_lock SET beat_at = '2020-01-01T00:00:00.000000Z'");
    run_err_like [$opt, 'upgrade', 'head'], qr/taken over from pid 1 on elsewhere/, 'one that is old waits for nobody';
    ledger_is $db, ['up', 1, 2], 'afterwards';
});

sub now_of
{
    my ($db) = @_;
    return { sqlite => "strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')",
        postgresql => "to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')",
        mysql => "DATE_FORMAT(UTC_TIMESTAMP(6), '%Y-%m-%dT%H:%i:%s.%fZ')" }->{ $db->engine };
}

done_testing;
