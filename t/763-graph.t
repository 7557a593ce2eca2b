#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# history --graph: the branches beside the list.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Graph;

subtest 'drawings' => sub { graph_table(\*DATA) };

subtest 'the example' => sub {
    my $project = new_project(bare => 1);
    my $ini = srcdir() . '/migrations/example/limbeck.ini';
    my $result = run_ok ['-c', $ini, 'history', '--graph'];
    my @drawn = map { /^([ |\\\/_*:.]+)/ ? $1 =~ s/ +$//r : '' } split /\n/, $result->{stdout};
    is join("\n", @drawn), join("\n", ('*') x 5, '|\\', '* |', '| *', '* |', '| *', '* |', '|/', ('*') x 7),
        'two branches between two lines';
    my @listed = grep { length } map { s/^[ |\\\/_*:.]+//r } split /\n/, $result->{stdout};
    is join("\n", @listed, ''), run_ok(['-c', $ini, 'history'])->{stdout}, 'the list is that of history';
    fails_with 2, qr/--graph and --json exclude each other/, ['-c', $ini, '--json', 'history', '--graph'],
        'no JSON of it';
};

subtest 'at length' => sub {
    my $project = new_project();
    stdout_is ['history', '--graph'], '', 'of nothing, nothing';
    $project->revision(id => 'a1', created => '2026-01-01T00:00:00Z', message => "One\n\nMore of it.");
    $project->revision(id => 'b1', created => '2026-01-01T00:00:01Z', parents => 'a1');
    $project->revision(id => 'c1', created => '2026-01-01T00:00:02Z', parents => 'a1');
    stdout_is ['history', '--graph', '-v', '-i'], <<'END', 'the lines go on beside the text';
* Rev: c1 (head)
| Parent: a1
| Path: migrations/versions/c1.sql
|
|     Revision c1
|
| * Rev: b1 (head)
|/  Parent: a1
|   Path: migrations/versions/b1.sql
|
|       Revision b1
|
* Rev: a1 (branchpoint)
  Parent: <base>
  Branches into: b1, c1
  Path: migrations/versions/a1_one_more_of_it.sql

      One

      More of it.

END
};

# No more lines than a revision has edges, however many there are of both.
subtest 'many' => sub {
    my $project = new_project();
    my $count = 3000;
    for my $i (0 .. $count - 1) {
        my @parents = $i == 0 ? () : $i % 10 == 5 ? 'r' . ($i - 3) : 'r' . ($i - 1);
        push @parents, 'r' . ($i - 6) if $i % 10 == 0 && $i;
        $project->revision(id => "r$i", parents => \@parents,
            created => sprintf('2026-01-%02dT%02d:%02d:%02dZ', 1 + int($i / 86400),
                int($i / 3600) % 24, int($i / 60) % 60, $i % 60));
    }
    my $result = run_ok ['history', '--graph'], "$count revisions";
    my @stars = $result->{stdout} =~ /^[ |\\\/_]*\* /gm;
    is scalar @stars, $count, 'each has its place';
    my @lines = split /\n/, $result->{stdout};
    cmp_ok scalar @lines, '<=', 1.5 * $count, 'and few lines between';
    is run_ok(['history', '--graph'])->{stdout}, $result->{stdout}, 'the same each time';
};
done_testing;

__DATA__
graph a line: a; b<a at 1; c<b at 2
history --graph =>
| * b -> c (head), make c
| * a -> b, make b
| * <base> -> a, make a

graph two branches and a merge: a; b<a at 1; c<a at 2; m<b,c at 3
history --graph =>
| *   b, c -> m (head) (mergepoint), make m
| |\
| | * a -> c, make c
| * | a -> b, make b
| |/
| * <base> -> a (branchpoint), make a

graph an octopus: a; b<a at 1; c<a at 2; d<a at 3; m<b,c,d at 4; n<m at 5
history --graph =>
| * m -> n (head), make n
| *     b, c, d -> m (mergepoint), make m
| |\
| |\ \
| | | * a -> d, make d
| | * | a -> c, make c
| | |/
| * | a -> b, make b
| |/
| * <base> -> a (branchpoint), make a

graph branches that cross: a; b<a at 1; c<a at 2; d<a at 3; e<a at 4; f<b,e at 5; g<c,f at 6; h<d,g at 7; i<h,b at 8
history --graph =>
| *   h, b -> i (head) (mergepoint), make i
| |\
| * |   d, g -> h (mergepoint), make h
| |\ \
| | * |   c, f -> g (mergepoint), make g
| | |\ \
| | | * | b, e -> f (mergepoint), make f
| | | |\|
| | | * | a -> e, make e
| * | | | a -> d, make d
| |_|/ /
| | * | a -> c, make c
| |/ /
| | * a -> b (branchpoint), make b
| |/
| * <base> -> a (branchpoint), make a

graph several bases: a; b at 1; c<b at 2; d<c,a at 3; e at 4
history --graph =>
| * <base> -> e (head), make e
|
| *   c, a -> d (head) (mergepoint), make d
| |\
| * | b -> c, make c
| * | <base> -> b, make b
|  /
| * <base> -> a, make a

graph dependencies: a; b at 1; c<b~a at 2; d<a at 3; e<c at 4
history --graph =>
| * c -> e (head), make e
| | * a -> d (head), make d
| * | b (a) -> c, make c
| |\|
| * | <base> -> b, make b
|  /
| * <base> -> a, make a

graph a dependency alone, by a label: a labels x; b at 1; c<b~x at 2; d<c at 3
history --graph =>
| * c -> d (head), make d
| *   b (x) -> c, make c
| |\
| * : <base> -> b, make b
|  /
| * <base> -> a (x) (effective head), make a

graph part of it: a; b<a at 1; c<b at 2; d<b at 3; e<c,d at 4
history --graph -r c: =>
| * c, d -> e (head) (mergepoint), make e
| * b -> c, make c
history --graph -r :d =>
| * b -> d, make d
| * a -> b (branchpoint), make b
| * <base> -> a, make a
