#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# merge --check says whether branches commute, by the objects that their
# statements touch, and writes nothing.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;

# A project with revision root, and two revisions on it with these upgrades.
sub branches
{
    my ($left, $right, %opt) = @_;
    my $project = new_project();
    $project->revision(id => 'root', upgrade => 'CREATE TABLE t (id int);', file => 'root.sql');
    $project->revision(id => 'left', parents => 'root', upgrade => $left, file => 'left.sql',
        created => '2026-01-01T00:00:00Z', %opt);
    $project->revision(id => 'right', parents => 'root', upgrade => $right, file => 'right.sql',
        created => '2026-01-02T00:00:00Z', %opt);
    return $project;
}

# The one pair's JSON, after checking the exit status.
sub verdict
{
    my ($status, @args) = @_;
    my $answer = json_of [{ status => $status }, 'merge', '--check', @args];
    return $answer->{pairs}[0];
}

subtest 'branches that commute' => sub {
    branches("ALTER TABLE t ADD COLUMN a int;\nCREATE INDEX i ON t (a);",
        'ALTER TABLE t ADD COLUMN b int;');
    stdout_is ['merge', '--check'], "left and right: commute\n", 'the two heads, status 0';
    stdout_is ['merge', '--check', 'right', 'lef'], "right and left: commute\n", 'two that are named';
    is_deeply verdict(0), { a => 'left', b => 'right', verdict => 'commute', conflicts => [],
        unknown => [] }, 'as JSON';
    my $result = run_ok ['merge', 'heads', '--rev-id', 'both'], 'a merge of them';
    is $result->{stderr}, '', 'comes without a notice';
    run_like ['merge', '--check'], qr/\A\z/, 'then there is one head, and nothing to say';
};

subtest 'branches that conflict' => sub {
    my $project = branches("CREATE TABLE x (id int);\nALTER TABLE t ADD COLUMN a int;",
        "SELECT 1;\nALTER TABLE T\n  ADD A text;");
    my @before = sort glob($project->versions . '/*');
    my $result = fails_with 3, qr/error: the branches do not commute/, ['merge', '--check'], 'status 3';
    is $result->{stdout}, "left and right: conflict\n  t.a: left (migrations/versions/left.sql:9), "
        . "right (migrations/versions/right.sql:9)\n", 'the object, and both places';
    my $pair = verdict(3);
    is $pair->{verdict}, 'conflict', 'as JSON';
    is_deeply [map { ($_->{object}, @{ $_->{a} }{qw(revision path line)}) } @{ $pair->{conflicts} }],
        ['t.a', 'left', 'migrations/versions/left.sql', 9], 'with the place in parts';
    is_deeply [sort glob($project->versions . '/*')], \@before, 'and nothing is written';
    run_err_like ['merge', 'heads'],
        qr/\Anotice: the branches do not commute: t\.a, left \(.*:9\) and right \(.*:9\)\n\z/,
        'a merge says so in one line, and is made';
    run_ok ['heads', '--check'], 'there is one head now';
};

subtest 'what is not known' => sub {
    branches("PRAGMA foreign_keys = off;", 'CREATE TABLE x (id int);');
    my $result = fails_with 3, qr/not known/, ['merge', '--check'], 'status 3';
    is $result->{stdout}, "left and right: unknown\n  unknown: left (migrations/versions/left.sql:8): "
        . "what a statement of its kind does is not in the file\n", 'the statement, and why';
    is verdict(3)->{unknown}[0]{place}{line}, 8, 'as JSON';
    branches("PRAGMA foreign_keys = off;\nDROP TABLE t;", 'ALTER TABLE t ADD a int;');
    is verdict(3)->{verdict}, 'conflict', 'a conflict wins';
    branches("PRAGMA foreign_keys = off;", '');
    is verdict(0)->{verdict}, 'commute', 'against a branch that does nothing it does not matter';
    branches("-- \@whole\nCREATE TABLE y (id int);", 'CREATE TABLE x (id int);');
    is verdict(3)->{verdict}, 'unknown', 'a section that is one text';
};

subtest 'blocks for other engines' => sub {
    my $only = "-- \@only mysql\nCREATE TABLE `x``y` (a int) # '\n;\n-- \@end\n";
    branches($only, "-- \@only postgresql\nSELECT \$\$;\$\$;\nDROP TABLE \"x`y\";\n-- \@end\n");
    is_deeply [map { $_->{object} } @{ verdict(3)->{conflicts} }], ['x`y'],
        'are read by the rules of their own, and count';
};

subtest 'dialects' => sub {
    branches("CREATE TABLE `x` (a int) # '\n;", "DROP TABLE `X`;", dialect => 'mysql');
    is verdict(3)->{conflicts}[0]{object}, 'x', 'a file is read by its own';
    branches("SELECT 1;", "SELECT 1;", dialect => 'klingon');
    fails_with 2, qr/left\.sql: error: unknown dialect "klingon"/, ['merge', '--check'], 'one that is not known';
};

subtest 'which revisions count' => sub {
    my $project = branches('ALTER TABLE t ADD a int;', 'CREATE TABLE x (id int);');
    $project->revision(id => 'left2', parents => 'left', upgrade => 'CREATE VIEW v AS SELECT 1;',
        created => '2026-01-03T00:00:00Z');
    $project->revision(id => 'right2', parents => 'right', upgrade => 'DROP TABLE t;',
        created => '2026-01-04T00:00:00Z');
    $project->revision(id => 'other', parents => 'root', upgrade => 'DROP VIEW v;',
        created => '2026-01-05T00:00:00Z');
    is_deeply [map { "$_->{a} $_->{b} $_->{verdict}" } @{ json_of([{ status => 3 }, 'merge', '--check'])->{pairs} }],
        ['left2 right2 conflict', 'left2 other conflict', 'right2 other commute'],
        'all heads, each with each, back to where they part' or diag limbeck('merge', '--check')->{stdout};
    is verdict(0, 'left2', 'right')->{verdict}, 'commute', 'two of the revisions, which need not be heads';
    fails_with 1, qr/not on two branches/, ['merge', '--check', 'left', 'left2'], 'one behind the other';
    fails_with 2, qr/needs two revisions/, ['merge', '--check', 'left'], 'one alone';
    fails_with 1, qr/"nowhere"/, ['merge', '--check', 'left', 'nowhere'], 'one that is not there';
};

subtest 'a large branch' => sub {
    my $rows = join '', map { "INSERT INTO t (id) VALUES ($_);\n" } 1 .. 20_000;
    branches($rows, $rows);
    my $result = fails_with 3, qr/do not commute/, ['merge', '--check'], '20,000 statements on each side';
    is $result->{stdout} =~ tr/\n//, 2, 'are told once';
    cmp_ok $result->{seconds}, '<', 10, 'in time';
};
done_testing;
