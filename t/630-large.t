#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Much of it: a revision of 100 MB in bounded memory, and a thousand revisions.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

# The most memory that the program had at once, in KiB, as Linux tells it while
# it runs; and its result.
sub watched
{
    my $run = limbeck_start({ timeout => 120 }, @_);
    my $status = '/proc/' . $run->pid . '/status';
    my $most = 0;
    while (open my $fh, '<', $status) {
        my ($now) = join('', <$fh>) =~ /^VmHWM:\s+(\d+) kB/m or last;
        $most = $now if $now > $most;
        $run->{harness}->pump_nb;
        select undef, undef, undef, 0.01;
    }
    return ($most, $run->finish);
}

# A sanitizer or a wrapper has memory of its own.
sub counts_memory
{
    return 0 if $ENV{LIMBECK_TEST_WRAPPER} || !-e '/proc/self/status';
    my ($library) = glob builddir() . '/core/.libs/liblimbeck.so';
    return $library && `ldd $library 2>/dev/null` !~ /lib[atu][sb]?san/;
}

sub within_memory
{
    my ($limit, $name, @args) = @_;
    my ($most, $result) = watched(@args);
    is $result->{status}, 0, $name or diag substr $result->{stderr}, -2000;
    SKIP: {
        skip 'the memory of the program alone is not known here', 2 unless counts_memory();
        cmp_ok $most, '<', $limit * 1024, "$name: below $limit MB" or diag $result->{stderr};
        cmp_ok $most, '>', 0, "$name: which were measured";
    }
    return $result;
}

for_each_engine(engines => [grep { $_ eq 'sqlite' } engines()], sub {
    my ($db) = @_;
    my $project = new_project(db => $db);
    my $file = $project->versions . '/a1_large.sql';
    open my $fh, '>', $file or die "$file: $!\n";
    print {$fh} "-- \@revision a1\n--\n-- Large\n\n-- \@upgrade\nCREATE TABLE t (id integer PRIMARY KEY, s text);\n";
    my $line = 'x; -- ' x 160;
    my $count = 0;
    while (tell($fh) < 100 * 1024 * 1024) {
        print {$fh} "INSERT INTO t VALUES ($count, '$line');\n";
        $count++;
    }
    print {$fh} "\n-- \@downgrade\nDROP TABLE t;\n";
    close $fh or die "$file: $!\n";

    within_memory(32, 'a revision of 100 MB', 'upgrade', 'head');
    is_deeply $db->query('SELECT count(*), max(id) FROM t'), [[$count, $count - 1]], 'every statement ran';
    is $db->value('SELECT statements_done FROM limbeck_history'), $count + 1, 'and is counted';
    is $db->value("SELECT count(*) FROM t WHERE s <> '$line'"), 0, 'its text is whole';
    within_memory(32, 'a look at it', 'current');
    within_memory(32, 'its downgrade', 'downgrade', 'base');
});

for_each_engine(sub {
    my ($db) = @_;
    my $project = new_project(db => $db);
    my $count = 1000;
    for my $n (1 .. $count) {
        my $id = sprintf 'r%04d', $n;
        $project->revision(id => $id, parents => $n == 1 ? undef : sprintf('r%04d', $n - 1),
            upgrade => $n == 1 ? 'CREATE TABLE t (n int);' : "INSERT INTO t VALUES ($n);",
            downgrade => $n == 1 ? 'DROP TABLE t;' : "DELETE FROM t WHERE n = $n;");
    }
    my $result = within_memory(16, 'a thousand revisions', 'upgrade', 'head');
    is scalar(() = $result->{stderr} =~ /^Running upgrade .*\[\d+\.\d+s\]$/mg), $count, 'a line for each';
    is_deeply [$db->versions], ['r1000'], 'the database is at the last';
    is_deeply $db->query('SELECT count(*), count(DISTINCT n) FROM t'), [[$count - 1, $count - 1]], 'each ran once';
    is $db->value("SELECT count(*) FROM limbeck_history WHERE outcome = 'done'"), $count, 'and is in the history';
    within_memory(16, 'half of them down', 'downgrade', 'r0500');
    is_deeply $db->query('SELECT count(*), max(n) FROM t'), [[499, 500]], 'are undone';
});

done_testing;
