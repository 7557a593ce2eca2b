#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# PostgreSQL: an index that CREATE INDEX CONCURRENTLY leaves invalid when it fails is
# named, and dropped before the statement is run again.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

sub indexes
{
    my ($db) = @_;
    return [map { join ' ', @$_ } @{ $db->query("SELECT c.relname, i.indisvalid FROM pg_index i
        JOIN pg_class c ON c.oid = i.indexrelid WHERE i.indrelid = 't'::regclass ORDER BY 1") }];
}

sub make
{
    my ($db, $sql) = @_;
    my $project = new_project(db => $db);
    $project->revision(id => 'a1', upgrade => "CREATE TABLE t (id int);\nINSERT INTO t VALUES (1), (1);", downgrade => 'DROP TABLE t;');
    $project->revision(id => 'a2', parents => 'a1', upgrade => "$sql;\nCREATE TABLE u (id int);", upgrade_args => 'no-transaction', downgrade => 'DROP TABLE u;');
    run_ok ['upgrade', 'a1'], 'a table with a duplicate';
    return $project;
}

my %statements = (
    'named'                 => 'CREATE UNIQUE INDEX CONCURRENTLY "t Ix" ON t (id)',
    'named, if not exists'  => 'CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS "t Ix" ON public.t (id)',
    'without a name'        => 'CREATE UNIQUE INDEX CONCURRENTLY ON t (id)',
);

for_each_engine(engines => [grep { $_ eq 'postgresql' } engines()], sub {
    my ($first) = @_;
    for my $name (sort keys %statements) {
        subtest $name => sub {
            my $db = $first->fresh;
            my $index = $name eq 'without a name' ? 't_id_idx' : 't Ix';
            make($db, $statements{$name});
            fails_with 1, qr/could not create unique index.*Index public\.\S*\Q$index\E\S* is left invalid.*DROP INDEX CONCURRENTLY/s,
                ['upgrade', 'head'], 'it fails, and what it leaves is named';
            is_deeply indexes($db), ["$index f"], 'an invalid index is there';
            fails_with 1, qr/notice: revision a2: what an earlier attempt has left is removed: DROP INDEX CONCURRENTLY.*could not create unique index/s,
                ['upgrade', 'head'], 'the next run drops it, and fails for the same reason';
            is_deeply indexes($db), ["$index f"], 'there is still but one';
            run_ok ['plan', 'head'], 'a plan can be made';
            is_deeply indexes($db), ["$index f"], 'which changes nothing';
            $db->do('DELETE FROM t');
            run_err_like ['upgrade', 'head'], qr/what an earlier attempt has left is removed/, 'once the rows allow it';
            is_deeply indexes($db), ["$index t"], 'the index is there, once, and valid';
            is_deeply [$db->user_tables], [qw(t u)], 'and the rest is done';
        };
    }
});

# A run that dies while the server is at it.
for_each_engine(engines => [grep { $_ eq 'postgresql' } engines()], sub {
    my ($first) = @_;
    for my $case (['left invalid', 0], ['finished', 1]) {
        my ($name, $finishes) = @$case;
        subtest $name => sub {
            my $db = $first->fresh;
            make($db, 'CREATE INDEX CONCURRENTLY ix ON t (id)');
            $db->do($_) for 'CREATE INDEX ' . ($finishes ? 'ix' : 'iy') . ' ON t (id)';
            $db->do("ALTER INDEX iy RENAME TO ix; UPDATE pg_index SET indisvalid = false
                WHERE indexrelid = 'ix'::regclass") unless $finishes;
            run_ok ['upgrade', 'a1'], 'nothing to do';
            $db->do("INSERT INTO limbeck_history SELECT 2, version_table, 'a2', 'upgrade', 'running', checksum, dialect, message,
                parents, depends, 1, 2, 0, 1, '', '', '', started_at, '', database_user, os_user, host, tool_version, '', NULL
                FROM limbeck_history WHERE seq = 1");
            run_err_like ['upgrade', 'head'], $finishes ? qr/statement 1, .* took effect: public\.ix is there and valid/
                : qr/statement 1, .* is to be run again: Index public\.ix is left invalid.*is removed: DROP INDEX/s, 'the next run looks at the index';
            is_deeply indexes($db), ['ix t'], 'which is there, and valid';
            is_deeply [$db->user_tables], [qw(t u)], 'and the rest is done';
        };
    }
});

# Nothing waits for its lock, so none is given up.
for_each_engine(engines => [grep { $_ eq 'postgresql' } engines()], sub {
    my ($db) = @_;
    my $project = new_project(db => $db, ini => { ddl_lock_timeout => '1s' });
    $project->revision(id => 'a1', upgrade => "CREATE TABLE t (id int);", downgrade => 'DROP TABLE t;');
    $project->revision(id => 'a2', parents => 'a1', upgrade_args => 'no-transaction',
        upgrade => "CREATE INDEX CONCURRENTLY ix ON t (id);", downgrade => 'DROP INDEX ix;');
    run_ok ['upgrade', 'a1'], 'a table';
    require IPC::Run;
    write_file('hold.sql', "BEGIN; SELECT * FROM t; SELECT pg_sleep(4);");
    my $other = IPC::Run::start([$db->command], '<', project->path('hold.sql'), '>', '/dev/null', '2>', '/dev/null');
    for (1 .. 100) {
        last if $db->value("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
            AND query LIKE '%pg_sleep(4)%' AND pid <> pg_backend_pid()");
        select undef, undef, undef, 0.05;
    }
    my $run = run_ok ['upgrade', 'head'], 'CONCURRENTLY waits for a transaction of another';
    unlike $run->{stderr}, qr/could not be had/, 'as long as it takes';
    is_deeply indexes($db), ['ix t'], 'the index is valid';
    $other->finish;
});

done_testing;
