#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Plan first: what is wrong anywhere on the way stops the run before the first
# statement, with nothing done.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

sub good
{
    my ($project, $id, %opt) = @_;
    $project->revision(id => $id, upgrade => "CREATE TABLE t_$id (id int);",
        downgrade => "DROP TABLE t_$id;", %opt);
}

# A project of a1 and a2, and a last revision that is as given.
sub with_last
{
    my ($db, %last) = @_;
    my $project = new_project(db => $db);
    good($project, 'a1');
    good($project, 'a2', parents => 'a1');
    good($project, 'a3', parents => 'a2', %last);
    return $project;
}

sub refused
{
    my ($db, $pattern, $name, %last) = @_;
    with_last($db, %last);
    my $run = fails_with 1, $pattern, ['upgrade', 'head'], $name;
    unlike $run->{stderr}, qr/^Running/m, "$name: nothing ran";
    is_deeply [$db->tables], [], "$name: not a table was made";
}

for_each_engine(sub {
    my ($db) = @_;
    refused($db, qr{^migrations/versions/a3\.sql:7:8: error: }m, 'an open quote in the last file',
        upgrade => "SELECT 'and so on\n;");
    refused($db, qr{a3\.sql:7:4: error: .*\@onyl.*\@only\b}s, 'an unknown directive in the last file',
        upgrade => "-- \@onyl mysql\nSELECT 1;\n-- \@end");
    refused($db, qr{a3\.sql:7:4: error: \@only is not closed}s, 'an @only that is never closed',
        upgrade => "-- \@only mysql\nSELECT 1;");
    refused($db, qr{a3\.sql:7:4: error: \@end without a block}, 'an @end too many',
        upgrade => "-- \@end\nSELECT 1;");
    refused($db, qr{a3\.sql:7:12: error: .*postgersql.*\bpostgresql\b}s, 'an engine that there is not',
        upgrade => "-- \@except postgersql\nSELECT 1;\n-- \@end");
    refused($db, qr{a3\.sql:8:1: error: transaction control.*hint: .*no-transaction}s,
        'a COMMIT in a transaction', upgrade => "SELECT 1;\nCOMMIT;");
    refused($db, qr{a3\.sql:10:\d+: error: }, 'a downgrade section that is broken',
        downgrade => "SELECT 'x");
    refused($db, qr{a3\.sql:.*error: .*oracle.*hint: .*dialects are}s, 'an unknown dialect',
        dialect => 'oracle');

    with_last($db, parents => 'a22');
    fails_with 1, qr{a3\.sql:\d.*error: .*a22.*\ba2\b}s, ['upgrade', 'a2'],
        'a parent that does not exist, in a file that is not on the way';
    is_deeply [$db->tables], [], 'not a table was made';
});

# The way down.
for_each_engine(sub {
    my ($db) = @_;
    my $project = new_project(db => $db);
    good($project, 'a1', downgrade => undef);
    good($project, 'a2', parents => 'a1', irreversible => "the rows are gone; it's final");
    good($project, 'a3', parents => 'a2', downgrade => "-- nothing to undo");
    good($project, 'a4', parents => 'a3');
    run_ok ['upgrade', 'head'], 'up';
    my @tables = $db->tables;

    my $run = fails_with 1, qr{a2\.sql:\d+: error: revision a2 can't be downgraded: the rows are gone; it's final$}m,
        ['downgrade', 'a1'], 'an irreversible step at the end of the way';
    unlike $run->{stderr}, qr/^Running/m, 'nothing ran';
    is_deeply [$db->versions], ['a4'], 'the database is where it was';
    is_deeply [$db->tables], \@tables, 'with all its tables';

    run_ok ['downgrade', 'a2'], 'a downgrade that does not cross it';
    is_deeply [$db->versions], ['a2'], 'gets there';
    ok !grep({ $_ eq 't_a4' } $db->tables), 'and undid a4';
    ok grep({ $_ eq 't_a3' } $db->tables), 'a downgrade of a comment alone undoes nothing';

    run_ok ['stamp', 'a1'], 'stamped below the irreversible one';
    fails_with 1, qr{a1\.sql.*error: revision a1 can't be downgraded.*hint: .*no \@downgrade}s,
        ['downgrade', 'base'], 'a file without a @downgrade';
    is_deeply [$db->versions], ['a1'], 'the database is where it was';
});

# What can be known without a plan.
for_each_engine(sub {
    my ($db) = @_;
    my $project = new_project(db => $db);
    good($project, 'a1');
    good($project, 'a1', file => 'other.sql');
    fails_with 1, qr/a1\.sql.*other\.sql|other\.sql.*a1\.sql/s, ['upgrade', 'head'], 'an id used twice';
    unlink $project->versions . '/other.sql';
    good($project, 'b1', parents => 'b3');
    good($project, 'b2', parents => 'b1');
    good($project, 'b3', parents => 'b2');
    fails_with 1, qr/b1.*b2.*b3|b3.*b2.*b1|b1.*b3.*b2|b2.*b1.*b3/s, ['upgrade', 'a1'],
        'a cycle names its members';
    is_deeply [$db->tables], [], 'not a table was made';
});

done_testing;
