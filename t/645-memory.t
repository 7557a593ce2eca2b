#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Allocations fail, of an upgrade and of a downgrade: no crash, no leak where the
# build can tell, a message and a status that say so, and a database that is as it
# was or as its history says. A sample of them; with LIMBECK_TEST_ROUNDS set each of
# limbeck's own, and as many as that of SQLite's.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Crash;
use Limbeck::Fault;

crash_seed();

# A run in which this one fails ("17"), or all from there on ("17+").
sub starved
{
    my ($crash, $number, $library) = @_;
    my $result = $crash->run(memory_fault($number, undef, $library), $crash->args($crash->{direction}));
    $crash->{hit}++ if $result->{status};
    $crash->problem("status $result->{status}: $result->{stderr}") if $result->{status} > 1;
    $crash->problem("no message but: $result->{stderr}")
        if $result->{status} && $result->{stderr} !~ /error: .*memory|no memory/;
    my $whole = $crash->{direction} eq 'upgrade' ? $crash->{ledger}->head : '';
    $crash->problem("done, it says, and is not: $result->{stderr}")
        if !$result->{status} && join(' ', $crash->{db}->versions) ne $whole;
}

# The larger number of the two ways.
sub points
{
    my ($crash, $library) = @_;
    my @count = map {
        my $direction = $_;
        my $count = memory_points(sub { $crash->run($_[0], $crash->args($direction)) }, $library);
        $crash->{db}->do('DELETE FROM ledger');
        $count;
    } qw(upgrade downgrade);
    return $count[0] > $count[1] ? $count[0] : $count[1];
}

for_each_engine(engines => [grep { $_ eq 'sqlite' } engines()], sub {
    my ($db) = @_;
    my $crash = Limbeck::Crash->new($db);
    for my $library (undef, 'libsqlite3') {
        my $count = points($crash, $library);
        my $name = $library ? "limbeck's and $library\'s" : "limbeck's";
        cmp_ok $count, '>', 100, "$count allocations of $name";
        for my $onwards ('', '+') {
            my @chosen = 1 .. $count;
            my $wanted = $library ? crash_rounds(5) : $ENV{LIMBECK_TEST_ROUNDS} ? $count : 5;
            @chosen = map { splice @chosen, rand @chosen, 1 } 1 .. $wanted if $wanted < $count;
            $crash->rounds(2 * @chosen, $onwards ? "no memory from one of $name on" : "one of $name fails",
                sub { starved($crash, $chosen[int(($_[1] - 1) / 2)] . $onwards, $library) });
        }
    }
});

done_testing;
