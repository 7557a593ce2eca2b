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
done_testing;
