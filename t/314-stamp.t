#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# stamp: up and down a line, over a merge both ways, beside other branches,
# with several targets and --purge; and what it refuses, for it would lose or
# leave something.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Graph;

graph_table(\*DATA);

__DATA__
everywhere a line: a; b<a; c<b; d<c
stamp c => =c, rows c
stamp b => =b, rows b
stamp b => nothing, rows b
upgrade c => +c, rows c
stamp head => =d, rows d
stamp a c => error state qr/the targets overlap: "a" is an ancestor of "c"/
stamp nowhere => error unknown
downgrade c => -d, rows c
stamp base => =base, rows

graph up and down: a; b<a; c<b; d<c
stamp base => nothing, rows
stamp a => =a, rows a
stamp c => =c, rows c
stamp b b => =b, rows b
stamp b => nothing, rows b
stamp b base => error state qr/"b" is undone by one that follows.*Name base first/
stamp base c => =base =c, rows c
stamp heads => =d, rows d
stamp d@base => =base, rows
stamp a d => error state
stamp --purge a c => error state
stamp --purge c => =c, rows c
stamp --purge a => =a, rows a
stamp --purge base => =base, rows
stamp --purge base => nothing, rows
stamp --purge d => =d, rows d
stamp => error usage qr/stamp needs a revision/

graph what the log says: a; b<a; c<b
stamp b =>
| Running stamp_revision  -> b, make b
stamp c =>
| Running stamp_revision b -> c, make c
stamp base =>
| Running stamp_revision c -> 
stamp base =>
| Nothing to do: the database is at base.

graph a fork: r; b1<r labels bb; b2<b1; c1<r labels cc; c2<c1
stamp heads => =b2 =c2, rows b2 c2
stamp head => error ambiguous
stamp r => =r, rows r
stamp b1 c2 => =b1 =c2, rows b1 c2
stamp b1 => nothing, rows b1 c2
stamp b2 => =b2, rows b2 c2
stamp b1 => =b1, rows b1 c2
stamp heads => =b2, rows b2 c2
stamp base => =base =base, rows
from b2
stamp c1 => =c1, rows b2 c1
stamp bb@base => =base, rows c1
stamp bb@head => =b2, rows b2 c1
stamp cc@c2 => =c2, rows b2 c2
stamp cc@b2 => error branch
stamp b1@base => =base, rows c2
from b2 c2
stamp bb@base cc@base => =base =base, rows
from r
stamp bb@head => =b2, rows b2
from b1 c1
stamp heads => =b2 =c2, rows b2 c2
stamp r@heads => nothing, rows b2 c2
stamp b1 c1 => =b1 =c1, rows b1 c1
stamp b1@head => =b2, rows b2 c1

graph a forest: p1; p2<p1; q1; q2<q1; s1
from p2 q2
stamp q1 => =q1, rows p2 q1
stamp heads => =q2 =s1, rows p2 q2 s1
stamp q1@base => =base, rows p2 s1
stamp q1 => =q1, rows p2 q1 s1
stamp p1 q2 => =p1 =q2, rows p1 q2 s1
stamp base => =base =base =base, rows

graph over a merge: r; b1<r labels bb; b2<b1; c1<r labels cc; c2<c1; m<b2,c2; n<m
from b2 c2
stamp m => =m, rows m
from b2
stamp m => =m, rows m
stamp b2 => error state qr/would forget that revision "c2" is applied.*Nothing would stand for:\n  c2, .*--force/
stamp b1 => error state qr/--force/
stamp b2 c2 => =b2 =c2, rows b2 c2
stamp n => =n, rows n
stamp m => =m, rows m
stamp b1 c2 => =b1 =c2, rows b1 c2
from n
stamp c1 b1 => =c1 =b1, rows b1 c1
from m
stamp r => =r, rows r
from m
stamp bb@base => =base, rows
from m
stamp --purge b2 => =b2, rows b2
upgrade head => +c1 +c2 +m +n, rows n

graph what is refused can be forced: r; b1<r; b2<b1; c1<r; c2<c1; m<b2,c2; x~m
from m
stamp b2 => error state
stamp --force b2 => =b2, rows b2
upgrade m => +c1 +c2 +m, rows m
from x
stamp m => error state
stamp --force m => =m, rows m
stamp --force b1 c2 => =b1 =c2, rows b1 c2
from b1 b2
stamp c1 => error state
stamp --force c1 => =c1, rows b1 b2 c1
from gone m
stamp --force m => error state

graph over a merge of three: r; x<r; y<r; z<r; m<x,y,z
from m
stamp x => error state qr/would forget that 2 branches are applied/
stamp x y => error state qr/forget that revision "z"/
stamp x y z => =x =y =z, rows x y z
stamp m => =m, rows m
stamp r => =r, rows r

graph with dependencies: a1 labels aa; a2<a1; a3<a2; b1 labels bb; b2<b1~a2; b3<b2; c1 labels cc
from b2
stamp a2 => error state qr/would forget that revision "b2" is applied/
stamp a1 => error state
stamp b1 => error state
stamp b1 a2 => =b1 =a2, rows a2 b1
stamp b2 => =b2, rows b2
stamp a1 b1 => =a1 =b1, rows a1 b1
from a2
stamp b2 => =b2, rows b2
stamp a3 => =a3, rows a3 b2
stamp aa@base => error state
stamp bb@base => =base, rows a3
from a3
stamp b2 => =b2, rows a3 b2
from b2
stamp bb@base => error state
from
stamp heads => =a3 =b3 =c1, rows a3 b3 c1
downgrade a2 => -a3, rows b3 c1

graph crisscross: a1 labels aa; b1 labels bb; a2<a1~b1; b2<b1~a2; a3<a2~b2
stamp aa@heads => =a3, rows a3
stamp base => =base, rows
stamp a2 b2 => error state qr/overlap/
stamp b2 => =b2, rows b2
stamp heads => =a3, rows a3

graph rows that overlap: r; b1<r; b2<b1; c1<r; c2<c1
from b1 b2
stamp c1 => error state qr/the rows that remain overlap: "b1" is an ancestor of "b2".*limbeck stamp b2/
stamp b2 => =b2, rows b2
from b1 b2
stamp b1 => =b1, rows b1
from r b1
stamp c1 => =c1, rows b1 c1
from r b1
stamp b2 => =b2, rows b2

everywhere unknown rows: a; b<a; c<b
from gone b
stamp b => error state qr/the database is at gone/
upgrade head => error state
current => gone b
stamp --purge b => =b, rows b
from gone lost
stamp --purge base => =base, rows
from gone
stamp --purge a => =a, rows a
upgrade head => +b +c, rows c

graph as a script: r; b1<r labels bb; b2<b1; c1<r labels cc; c2<c1; m<b2,c2
stamp m --sql => =m, rows m
stamp b2:m --sql => =m, rows m
stamp m:r --sql => =r, rows r
stamp m:b1 --sql => error state
stamp b1:heads --sql => =m, rows m
stamp base --sql => nothing, rows
