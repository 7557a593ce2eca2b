#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
# A revision may change the session's default schema, as every dump of
# PostgreSQL and many of MySQL do; limbeck finds its own tables all the same.
use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

my %elsewhere = (
    postgresql => "SELECT pg_catalog.set_config('search_path', '', false);",
    mysql => 'USE information_schema;',
);

for_each_engine(sub {
    my ($db) = @_;
    my $change = $elsewhere{$db->engine} or return pass 'has no default schema';
    my $project = new_project(db => $db);
    $project->revision(id => 'a1', upgrade => "CREATE TABLE t (id int);\n$change", downgrade => 'DROP TABLE t;');
    $project->revision(id => 'a2', parents => ['a1'], upgrade => '', downgrade => $change);
    run_ok ['upgrade', 'head'], 'upgrade goes through';
    is_deeply [$db->versions], ['a2'], 'and is written down';
    run_ok ['downgrade', '-1'], 'so does downgrade';
    is_deeply [$db->versions], ['a1'], 'which is written down too';
    is $db->value("SELECT count(*) FROM limbeck_history WHERE outcome = 'done'"), 3, 'with its history';
});

# Nor does a revision see what an earlier one has set.
for_each_engine(engines => [grep { $_ eq 'postgresql' } engines()], sub {
    my ($db) = @_;
    my $project = new_project(db => $db);
    $project->revision(id => 'a1', upgrade => "SELECT pg_catalog.set_config('search_path', '', false);\nCREATE TABLE public.t (id int);",
        downgrade => 'DROP TABLE t;');
    $project->revision(id => 'a2', parents => ['a1'], upgrade => 'CREATE TABLE u (id int);', downgrade => 'DROP TABLE u;');
    run_ok ['upgrade', 'head'], 'a dump, then a revision that relies on the default schema, in one run';
    is_deeply [$db->user_tables], [qw(t u)], 'both tables are there';
    run_ok ['downgrade', 'base'], 'and go again';
});

# A statement that commits though it begins as a data statement does.
for_each_engine(engines => [grep { $_ eq 'mysql' } engines()], sub {
    my ($db) = @_;
    my $project = new_project(db => $db);
    $project->revision(id => 'a1', upgrade => "CREATE TABLE t (id int);\nINSERT INTO t VALUES (1);\nSET STATEMENT max_statement_time = 100 FOR CREATE TABLE u (id int);\nSELECT nosuch();",
        downgrade => 'DROP TABLE t;');
    fails_with(1, qr/3 of its 4 statements are done/, ['upgrade', 'head'], 'what it committed is counted');
    is $db->value('SELECT count(*) FROM t'), 1, 'the row is there';
}) if grep { $_ eq 'mysql' } engines();
done_testing;
