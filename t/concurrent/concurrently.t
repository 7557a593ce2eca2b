#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# CREATE INDEX CONCURRENTLY waits for every transaction that has a snapshot: neither
# those who wait for the lock nor the lock itself may have one.

use FindBin;
use lib "$FindBin::Bin/../lib";
use Limbeck::Test;
use Limbeck::Together;

my $index = "-- \@autocommit\nCREATE INDEX CONCURRENTLY t2_id ON t2 (id);\nDROP INDEX CONCURRENTLY t2_id;\nCREATE INDEX CONCURRENTLY t2_id ON t2 (id);\n-- \@end\n";

for_each_engine(engines => [grep { $_ eq 'postgresql' } engines()], sub {
    my ($db) = @_;
    # Whoever began a transaction with the default would have a snapshot all the time.
    $db->do("ALTER DATABASE @{[$db->name]} SET default_transaction_isolation = 'repeatable read'");
    build($db, $db->url, 'directly');
});

for_each_engine(engines => [grep { $_ eq 'postgresql' } engines()], sub {
    my ($db) = @_;
    my $pooler = pooler($db);
    $db->do("ALTER DATABASE @{[$db->name]} SET default_transaction_isolation = 'repeatable read'");
    build($db, $pooler->url($db), 'through a pooler');
    $pooler->destroy;
});

sub build
{
    my ($db, $url, $name) = @_;
    ledger_project($db, 3, ini => { url => $url }, middle => { 2 => $index });
    my @runs = map { limbeck_start('upgrade', 'head') } 1 .. 12;
    my $begun = time;
    together("$name, with eleven waiting", @runs);
    cmp_ok time - $begun, '<', 30, 'nobody stands in the way';
    ledger_is $db, ['up', 1 .. 3], $name;
    is $db->value("SELECT indisvalid FROM pg_index WHERE indexrelid = 't2_id'::regclass"), 't', 'the index is there';
}

done_testing;
