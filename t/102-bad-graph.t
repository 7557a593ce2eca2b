#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Revision files that are right one by one and wrong together: ids used twice,
# parents that are not there, cycles, labels that clash. Every member is named.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Refusal;

my $project = new_project();
$project->revision(id => 'good', upgrade => 'CREATE TABLE t (a integer);', downgrade => 'DROP TABLE t;');
run_ok(['upgrade', 'head'], 'a good revision is applied first');

my $v = 'migrations/versions';

# A file with a header of these lines.
sub header
{
    my ($id, @lines) = @_;
    return join '', map { "-- $_\n" } "\@revision $id", @lines, '@upgrade';
}

sub wrong
{
    my ($name, $place, $error, $also, %headers) = @_;
    local $Test::Builder::Level = $Test::Builder::Level + 1;
    my %files = map { ("$v/$_.sql" => $headers{$_}) } keys %headers;
    return refused($name, files => \%files, place => "$v/$place", error => $error, also => $also);
}

wrong('an id that is used twice', 'z.sql:1', 'revision id "good" is used twice',
    ['migrations/versions/good.sql:1', 'another id'], z => header('good'));
wrong('an id that is used twice, the second in line 3', 'z.sql:3', 'revision id "good" is used twice', [],
    z => "--\n--\n" . header('good'));
wrong('a parent that is not there', 'b.sql:1', 'parent "nowhere" of revision "b" does not exist',
    ['Add the file of revision "nowhere"'], b => header('b', '@parents nowhere'));
wrong('a parent that is nearly there', 'b.sql:1', 'parent "gold" of revision "b" does not exist',
    ['Perhaps "good" is meant'], b => header('b', '@parents gold'));
wrong('a parent by the beginning of its id', 'b.sql:1', 'parent "goo" of revision "b" does not exist',
    ['Perhaps "good" is meant'], b => header('b', '@parents goo'));
wrong('a parent by its label', 'c.sql:1', 'parent "lab" of revision "c" does not exist', [],
    b => header('b', '@parents good', '@labels lab'), c => header('c', '@parents lab'));
wrong('a dependency that is not there', 'b.sql:1', 'dependency "nowhere" of revision "b" does not exist', [],
    b => header('b', '@parents good', '@depends nowhere'));
wrong('three that are not there', 'b.sql:1', 'parent "no1" of revision "b" does not exist',
    ["$v/b.sql:1: parent \"no2\" of revision \"b\"", "$v/c.sql:1: dependency \"no3\" of revision \"c\""],
    b => header('b', '@parents no1 no2'), c => header('c', '@parents good', '@depends no3'));

wrong('a revision that is its own parent', 'b.sql:1', 'revision "b" is its own parent', ['Correct the @parents'],
    b => header('b', '@parents b'));
wrong('a revision that depends on itself', 'b.sql:1', 'revision "b" depends on itself', ['Correct the @depends'],
    b => header('b', '@parents good', '@depends b'));
wrong('a cycle of two', 'b.sql:1', 'the parents of 2 revisions form a cycle: b -> c -> b',
    ["$v/b.sql:1: \"b\" has parent \"c\"", "$v/c.sql:1: \"c\" has parent \"b\""],
    b => header('b', '@parents c'), c => header('c', '@parents b'));
wrong('a cycle of three beside good ones', 'b.sql:1', 'the parents of 3 revisions form a cycle: b -> c -> d -> b',
    [map { "$v/$_->[0].sql:1: \"$_->[0]\" has parent \"$_->[1]\"" } ['b', 'd'], ['c', 'b'], ['d', 'c']],
    b => header('b', '@parents d'), c => header('c', '@parents b'), d => header('d', '@parents c'),
    e => header('e', '@parents d'), f => header('f', '@parents good'));
wrong('a cycle by a dependency', 'b.sql:1', 'parents and dependencies of 2 revisions form a cycle: b -> c -> b',
    ["\"b\" depends on \"c\"", "\"c\" has parent \"b\"", 'Correct the @depends'],
    b => header('b', '@parents good', '@depends c'), c => header('c', '@parents b'));
wrong('a cycle by the dependency on a label', 'b.sql:1', 'parents and dependencies of 2 revisions form a cycle', [],
    b => header('b', '@parents good', '@depends lab'), c => header('c', '@parents b', '@labels lab'));

my %ring = map { my $p = $_ ? $_ - 1 : 29; ("r$_" => header("r$_", "\@parents r$p")) } 0 .. 29;
wrong('a cycle of thirty names all its members', 'r0.sql:1', 'the parents of 30 revisions form a cycle: ',
    [map { "$v/r$_.sql:1: \"r$_\" has parent" } 0 .. 29], %ring);

wrong('a label that is declared twice', 'c.sql:1', 'label "lab" is declared twice, by revisions "b" and "c"',
    ["$v/b.sql:1", 'Rename'],
    b => header('b', '@parents good', '@created 2026-01-01', '@labels lab'),
    c => header('c', '@parents good', '@created 2026-01-02', '@labels lab'));
wrong('a label that is an id', 'b.sql:1', 'label "good" of revision "b" is the id of a revision', ["$v/good.sql:1"],
    b => header('b', '@parents good', '@labels good'));
wrong('a label that is the id of its own revision', 'b.sql:1', 'label "b" of revision "b" is the id of a revision', [],
    b => header('b', '@parents good', '@labels b'));

done_testing;
