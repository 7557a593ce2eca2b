#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Graphs that are none: cycles at the base, at the head, through branchpoints and
# merges, by dependencies and mixed; and what only looks like one.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Graph;

graph_table(\*DATA);

__DATA__
graph itself: a<a
heads => error graph qr/revision "a" is its own parent/
upgrade head => error graph
current => error graph

graph itself, by a dependency: a~a
heads => error graph qr/revision "a" depends on itself/

graph two: a<b; b<a
heads => error graph qr/the parents of 2 revisions form a cycle: a -> b -> a/
history => error graph
show a => error graph
upgrade a => error graph
downgrade base => error graph
stamp a => error graph

graph at the base: a<c; b<a; c<b; d<c; e<d
heads => error graph qr/the parents of 3 revisions form a cycle: a -> b -> c -> a/

graph at the head: a; b<a; c<b,e; d<c; e<d
heads => error graph qr/3 revisions form a cycle: c -> d -> e -> c/

graph through a branchpoint: a<c; b<a; c<a; d<b
heads => error graph qr/2 revisions form a cycle: a -> c -> a/

graph through a merge: a; b<a,d; c<a; d<b,c
heads => error graph qr/2 revisions form a cycle: b -> d -> b/

graph all of it: a<d; b<a; c<b; d<c
heads => error graph qr/4 revisions form a cycle/

graph beside what is good: a; b<a; x<y; y<x
heads => error graph qr/x -> y -> x/
show a => error graph

graph two, by dependencies: a~b; b~a
heads => error graph qr/dependencies of 2 revisions form a cycle/

graph three, by dependencies: a~c; b~a; c~b; d<c
heads => error graph qr/3 revisions form a cycle/

graph at the base, by a dependency: a~c; b<a; c<b
heads => error graph qr/3 revisions form a cycle: a -> b -> c -> a/

graph through a branchpoint, by a dependency: a; b<a~d; c<a; d<c~b
heads => error graph qr/2 revisions form a cycle/

graph a parent that depends on its child: a~b; b<a
heads => error graph qr/2 revisions form a cycle/

graph by a label: a~lab; b<a labels lab
heads => error graph qr/2 revisions form a cycle/

graph ids within ids: a; aa<a; aaa<aa; aaaa<aaa~a,aa; ab<a~aaa
heads => aaaa ab
upgrade heads => rows aaaa ab
downgrade base => rows

graph a parent that is missing: a; b<gone
heads => error graph qr/parent "gone" of revision "b" does not exist/
upgrade a => error graph
history => error graph

graph a dependency that is missing: a; b<a~gone
heads => error graph qr/dependency "gone" of revision "b" does not exist/
downgrade base => error graph
