#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# The lock is that of a database and a version table: tenants with schemas, or
# databases, of their own do not wait for each other.

use FindBin;
use lib "$FindBin::Bin/../lib";
use Limbeck::Test;
use Limbeck::Slow;
use Limbeck::Together;

for_each_engine(engines => [grep { $_ eq 'postgresql' } engines()], sub {
    my ($db) = @_;
    $db->do('CREATE SCHEMA one; CREATE SCHEMA two');
    # One says it in the configuration, the other by its session.
    my $one = ledger_project($db, 2, schema => 'one', ini => { version_table_schema => 'one' },
        middle => { 2 => endless_sql($db) });
    my $two = ledger_project($db, 2, schema => 'two', ini => { url => $db->url . '?options=-csearch_path%3Dtwo' });
    busy_and_free($db, $one, $two);
    ledger_is $db, ['up', 1, 2], 'the other tenant', schema => 'two';
});

for_each_engine(engines => [grep { $_ eq 'mysql' } engines()], sub {
    my ($db) = @_;
    my $other = $db->fresh;
    busy_and_free($db, ledger_project($db, 2, middle => { 2 => endless_sql($db) }), ledger_project($other, 2));
    ledger_is $other, ['up', 1, 2], 'the other database';
});

# Two version tables in one place; on SQLite one writes at a time.
for_each_engine(engines => [grep { $_ ne 'sqlite' } engines()], sub {
    my ($db) = @_;
    my $one = ledger_project($db, 2, ini => { version_table => 'one' }, middle => { 2 => endless_sql($db) });
    my $two = new_project(db => $db, ini => { version_table => 'two' });
    $two->revision(id => 'x1', upgrade => 'CREATE TABLE x (id int);');
    busy_and_free($db, $one, $two);
    is_deeply [$db->versions('two')], ['x1'], 'the other version table';
});

sub busy_and_free
{
    my ($db, $busy, $free) = @_;
    my $holder = $busy->limbeck_start('upgrade', 'head');
    $holder->wait_for(qr/Running upgrade r01 -> r02/) or fail 'one tenant is busy';
    my $result = $free->limbeck_start('upgrade', 'head')->finish;
    is $result->{status}, 0, 'another one works' or diag $result->{stderr};
    unlike $result->{stderr}, qr/Waiting/, 'and does not wait';
    # Its own do.
    my $run = $busy->limbeck_start({ env => { LIMBECK_CONFIG => undef } }, 'upgrade', 'head');
    $run->wait_for(qr/Waiting for the lock, held by .*limbeck/) and pass 'who has the same tables does'
        or fail 'who has the same tables does' if $db->engine eq 'postgresql';
    $_->signal('INT') for $run, $holder;
    is $holder->finish->{status}, 130, 'the first one is stopped';
    $run->finish;
}

done_testing;
