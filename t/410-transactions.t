#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# --single-transaction and transaction_per_migration = false: how much is undone
# when something fails.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

sub make
{
    my ($db, %opt) = @_;
    my $project = new_project(db => $db, ini => $opt{ini} // {});
    my $parent;
    for my $n (1 .. 4) {
        my %more = $opt{"r$n"} ? %{ $opt{"r$n"} } : ();
        $project->revision(id => "r$n", parents => $parent, upgrade => "CREATE TABLE t$n (id int);",
            downgrade => "DROP TABLE t$n;", %more);
        $parent = "r$n";
    }
    return $project;
}

my @single = ('upgrade', 'head', '--single-transaction');
my %broken = (upgrade => "CREATE TABLE t3 (id int);\nINSERT INTO nowhere VALUES (1);");

for_each_engine(engines => [grep { $_ ne 'mysql' } engines()], sub {
    my ($db) = @_;
    make($db, r3 => \%broken);
    fails_with 1, qr/r3\.sql:8:13: error: .*rolled back, the database is at base$/ms, [@single],
        'a failure in a single transaction';
    is_deeply [$db->user_tables], [], 'undoes all';
    is_deeply [$db->versions], [], 'also the version rows';
    is_deeply $db->query('SELECT revision, outcome FROM limbeck_history'), [['r3', 'failed']],
        'the history has the failure alone';

    make($db);
    run_ok ['upgrade', 'r1'], 'a first step by itself';
    run_ok [@single], 'the others in a single transaction';
    is_deeply [$db->versions], ['r4'], 'up to the head';
    is_deeply [$db->user_tables], [qw(t1 t2 t3 t4)], 'with all tables';
    run_ok ['downgrade', 'r1', '--single-transaction'], 'and down in one';
    is_deeply [$db->user_tables], ['t1'], 'to the first';

    make($db, r2 => { downgrade => 'DROP TABLE nowhere;' });
    run_ok ['upgrade', 'head'], 'up';
    fails_with 1, qr/r2\.sql:10:\d+: error: .*the database is at r4$/ms,
        ['downgrade', 'base', '--single-transaction'], 'a failure on the way down';
    is_deeply [$db->user_tables], [qw(t1 t2 t3 t4)], 'undoes all of the way';
    is_deeply [$db->versions], ['r4'], 'also in the version table';
});

# Where the engine or the file cuts a transaction, it can't be one.
for_each_engine(sub {
    my ($db) = @_;
    my %cut = (
        'no-transaction' => { upgrade_args => 'no-transaction' },
        '@autocommit'    => { upgrade => "-- \@autocommit\nCREATE TABLE t3 (id int);\n-- \@end" },
        '@repeat'        => { upgrade => "-- \@repeat\nDELETE FROM t2;" },
    );
    %cut = (nothing => {}) if $db->engine eq 'mysql';
    for my $what (sort keys %cut) {
        make($db, r3 => $cut{$what});
        my $place = $db->engine eq 'mysql' ? 'r1' : 'r3';
        my $run = fails_with 1, qr/$place\.sql:\d+: error: revision $place can't be part of a single transaction/,
            [@single], "$what in a single transaction";
        like $run->{stderr}, qr/hint: .*run without --single-transaction/, 'is refused, with a way out';
        is_deeply [$db->tables], [], 'before anything was done';
    }
});

# Nor can one of which an earlier run has done a part, whatever its file says now.
for_each_engine(engines => [grep { $_ ne 'mysql' } engines()], sub {
    my ($db) = @_;
    my $project = new_project(db => $db);
    $project->revision(id => 'r1', upgrade_args => 'no-transaction',
        upgrade => "CREATE TABLE t1 (id int);\nCREATE TABLE t1 (id int);");
    fails_with 1, qr/1 of its 2 statements are done/, ['upgrade', 'head'], 'a revision is left half done';
    $project->revision(id => 'r1', upgrade => "CREATE TABLE t1 (id int);\nCREATE TABLE t2 (id int);");
    my $run = fails_with 1, qr/r1\.sql:\d+: error: revision r1 can't be part of a single transaction/,
        [@single], 'which is then to be in a single transaction';
    like $run->{stderr}, qr/hint: An earlier run has done a part of it; run without --single/, 'is refused';
    run_ok ['upgrade', 'head'], 'on its own it is completed';
    is_deeply [$db->user_tables], ['t1', 't2'], 'with the rest of it';
});

for_each_engine(engines => [grep { $_ ne 'mysql' } engines()], sub {
    my ($db) = @_;
    my %ini = (ini => { transaction_per_migration => 'false' });
    make($db, %ini, r3 => \%broken);
    fails_with 1, qr/r3\.sql:8:13: error: .*rolled back, the database is at base$/ms, ['upgrade', 'head'],
        'transaction_per_migration = false: a failure';
    is_deeply [$db->user_tables], [], 'undoes all';
    make($db, %ini);
    run_ok ['upgrade', 'head'], 'all well';
    is_deeply [$db->versions], ['r4'], 'goes to the head';
    run_ok ['downgrade', 'base'], 'and down';
    is_deeply [$db->versions], [], 'to nothing';

    make($db, %ini, r2 => { upgrade_args => 'no-transaction' },
        r4 => { upgrade => "CREATE TABLE t4 (id int);\nINSERT INTO nowhere VALUES (1);" });
    fails_with 1, qr/r4\.sql:8:13: error: .*the database is at r2$/ms, ['upgrade', 'head'],
        'what stands outside transactions ends one';
    is_deeply [$db->versions], ['r2'], 'which stays';
    is_deeply [$db->user_tables], [qw(t1 t2)], 'and those after it are undone together';
});

# Where DDL can't be undone, the setting changes nothing.
for_each_engine(engines => [grep { $_ eq 'mysql' } engines()], sub {
    my ($db) = @_;
    make($db, ini => { transaction_per_migration => 'false' }, r3 => \%broken);
    fails_with 1, qr/revision r3 stopped half-way: 1 of its 2 statements.*the database is at r2$/ms, ['upgrade', 'head'],
        'transaction_per_migration = false: a failure';
    is_deeply [$db->versions], ['r2'], 'what was done stays';
});

done_testing;
