#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# A desired schema in the project's dialect, on engines of another: check, check
# --against-migrations, test, autogenerate and schema apply see the translated schema.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

for_each_engine(engines => [grep { $_ ne 'postgresql' } engines()], sub {
    my ($db) = @_;
    my $project = new_project(db => $db, ini => { dialect => 'postgresql', schema => 'schema.sql' });
    my $tables = "CREATE TYPE mood AS ENUM ('sad', 'glad');\n"
        . "CREATE TABLE users (id serial PRIMARY KEY, email varchar(200) NOT NULL UNIQUE, feels mood, made timestamptz DEFAULT now());\n"
        . "CREATE TABLE posts (id integer PRIMARY KEY, user_id integer REFERENCES users ON DELETE CASCADE, ok boolean DEFAULT true);\n";
    # In whatever order.
    write_file('schema.sql', join "\n", 'CREATE INDEX posts_by_user ON posts (user_id);', reverse split /\n/, $tables);
    $project->revision(id => 'a1', upgrade => $tables,
        downgrade => "DROP TABLE posts;\nDROP TABLE users;\nDROP TYPE mood;");
    run_ok ['upgrade', 'head'], 'up';
    my $run = fails_with 3, qr/./s, ['check'], 'check';
    like $run->{stdout} . $run->{stderr}, qr/create index posts_by_user/, 'finds the index that is missing';
    unlike $run->{stdout}, qr/users|create table/, 'and nothing else';
    $project->revision(id => 'a2', parents => 'a1', upgrade => 'CREATE INDEX posts_by_user ON posts (user_id);',
        downgrade => 'DROP INDEX posts_by_user;');
    run_ok ['upgrade', 'head'], 'the index';
    run_ok ['check'], 'no difference';
    run_ok ['check', '--against-migrations'], 'nor to the revisions';
    run_ok ['test'], 'each revision goes up, down and up again';
    run_ok ['diff', 'head', 'schema'], 'diff sees none';

    write_file('schema.sql', slurp('schema.sql') . "ALTER TABLE users ADD COLUMN age integer CHECK (age > 0);\n");
    run_ok ['revision', '--autogenerate', '-m', 'age', '--rev-id', 'a3'], 'autogenerate';
    my ($file) = glob $project->versions . '/a3*';
    like slurp($file), qr/^-- \@dialect @{[$db->engine]}$/m, 'writes the dialect of the engine';
    run_ok ['upgrade', 'head'], 'which runs';
    run_ok ['check'], 'and leads there';
    $project->revision(id => 'a4', parents => 'a3', upgrade => 'ALTER TABLE users DROP COLUMN age;', downgrade => 'ALTER TABLE users ADD COLUMN age integer CHECK (age > 0);');
    run_ok ['upgrade', 'head'], 'what comes behind it knows what it has done';
    run_ok ['downgrade', 'base'], 'down';
    is_deeply [$db->user_tables], [], 'to nothing';

    my $fresh = $db->fresh_url;
    run_ok ['-u', $fresh, 'schema', 'apply'], 'schema apply';
    fails_with 1, qr/schema\.sql:\d+:1: error: CREATE FUNCTION has no counterpart/,
        [{ stdin => '' }, 'check', '-u', $fresh], 'what has no counterpart is refused'
        if write_file('schema.sql', slurp('schema.sql') . "CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1';\n");
});

done_testing;
