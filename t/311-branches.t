#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Branches on one branchpoint, and trees without a common base: one side, both
# sides, steps on one of them.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Graph;

graph_table(\*DATA);

__DATA__
everywhere a fork: r; b1<r labels bb; b2<b1; c1<r labels cc; c2<c1
upgrade head => error ambiguous qr/there are 2 heads.*b2, .*c2, /
upgrade b2 => +r +b1 +b2, rows b2
upgrade cc@+1 => +c1, rows b2 c1
upgrade heads => +c2, rows b2 c2
downgrade -1 => error ambiguous qr/2 current revisions are there.*b2, .*c2, .*b2\@-1/
downgrade bb@-1 => -b2, rows b1 c2
downgrade cc@r => -c2 -c1, rows b1
downgrade base => -b1 -r, rows

graph up on one side: r; b1<r labels bb; b2<b1; c1<r labels cc; c2<c1
upgrade cc@head => +r +c1 +c2, rows c2
upgrade bb@head => +b1 +b2, rows b2 c2
upgrade heads => nothing, rows b2 c2
from r
upgrade b1 => +b1, rows b1
from r
upgrade heads => +b1 +b2 +c1 +c2, rows b2 c2
from
upgrade heads => +r +b1 +b2 +c1 +c2, rows b2 c2
from
upgrade +1 => +r, rows r
upgrade +1 => error ambiguous qr/revision "r" has 2 children.*b1, .*c1, .*b1\@\+1/
from
upgrade +2 => error ambiguous
from
upgrade cc@+1 => +r, rows r
upgrade cc@+1 => +c1, rows c1
upgrade cc@+2 => error range
upgrade bb@+2 => +b1 +b2, rows b2 c1
from
upgrade cc@+2 => +r +c1, rows c1
from b1
upgrade cc@+1 => +c1, rows b1 c1
upgrade +1 => error ambiguous qr/2 current revisions/
upgrade bb@+1 => +b2, rows b2 c1
upgrade bb@+1 => error range
from
upgrade cc@base+2 => +r +c1, rows c1
from b1
upgrade cc@base+3 => +c1 +c2, rows b1 c2
from b1
upgrade cc@head-1 => +c1, rows b1 c1
upgrade cc@b2 => error branch
upgrade cc@b1+1 => error branch
upgrade cc@c1+1 => +c2, rows b1 c2
upgrade c1@heads => nothing, rows b1 c2
upgrade r@heads => +b2, rows b2 c2
upgrade r@head => error ambiguous

graph down on one side: r; b1<r labels bb; b2<b1; c1<r labels cc; c2<c1
from b2 c2
downgrade r => -c2 -c1 -b2 -b1, rows r
from b2 c2
downgrade b1 => -b2, rows b1 c2
from b2 c2
downgrade bb@r => -b2 -b1, rows c2
downgrade cc@r => -c2 -c1, rows r
from b2 c2
downgrade c1@r => -c2 -c1, rows b2
from b2 c2
downgrade c2@r => -c2 -c1, rows b2
from b2 c2
downgrade r@r => error range qr/not a valid downgrade target.*b1, .*c1, /
downgrade heads => error ambiguous
downgrade head => error ambiguous
downgrade bb@base => -c2 -c1 -b2 -b1 -r, rows
from b2 c2
downgrade b2 => nothing, rows b2 c2
downgrade bb@head => nothing, rows b2 c2
downgrade b2-1 => -b2, rows b1 c2
downgrade cc@-2 => -c2 -c1, rows b1
from b1 c2
downgrade bb@head => error range qr/"b2" is not applied/
downgrade cc@c1 => -c2, rows b1 c1
downgrade bb@c1 => error branch
from c2
downgrade -2 => -c2 -c1, rows r
downgrade -1 => -r, rows
from c2
downgrade b1 => error range
downgrade bb@-1 => error range qr/nothing of that branch is applied/
from c1
downgrade bb@r => error range
downgrade c1@r => -c1, rows r

graph the order of rows does not matter: r; b1<r; b2<b1; c1<r; c2<c1
from c2 b2
downgrade -1 => error ambiguous
downgrade b2@-1 => -b2, rows b1 c2
from c2 b2
downgrade b2-1 => -b2, rows b1 c2
from b2 c2
downgrade c2-1 => -c2, rows b2 c1

graph unbalanced: r; b1<r; b2<b1; b3<b2; b4<b3; c1<r
upgrade heads => +r +b1 +b2 +b3 +b4 +c1, rows b4 c1
downgrade b2 => -b4 -b3, rows b2 c1
downgrade c1@r => -c1, rows b2
downgrade -1 => -b2, rows b1
upgrade c1 => +c1, rows b1 c1
upgrade b4-1 => +b2 +b3, rows b3 c1

graph a fork on a fork: r; a1<r; b1<r; b2<b1; c2<b1; c3<c2
upgrade heads => +r +a1 +b1 +b2 +c2 +c3, rows a1 b2 c3
downgrade b1 => -c3 -c2 -b2, rows a1 b1
upgrade c3 => +c2 +c3, rows a1 c3
downgrade b1@r => -c3 -c2 -b1, rows a1
downgrade r => -a1, rows r
upgrade b1 => +b1, rows b1
upgrade +1 => error ambiguous
upgrade c3@+1 => +c2, rows c2
upgrade a1@+1 => +a1, rows a1 c2
downgrade c2@r => -c2 -b1, rows a1

everywhere a forest: p1; p2<p1; q1; q2<q1; s1
upgrade +1 => error ambiguous qr/there are 3 bases/
upgrade q2 => +q1 +q2, rows q2
upgrade heads => +p1 +p2 +s1, rows p2 q2 s1
downgrade q1@base => -q2 -q1, rows p2 s1
downgrade s1@-1 => -s1, rows p2
downgrade base => -p2 -p1, rows

graph each tree of a forest: p1; p2<p1; q1 labels qq; q2<q1; s1
upgrade s1 => +s1, rows s1
upgrade q1@+1 => +q1, rows q1 s1
upgrade qq@+1 => +q2, rows q2 s1
upgrade qq@+1 => error range
upgrade p1@base+2 => +p1 +p2, rows p2 q2 s1
downgrade q1 => -q2, rows p2 q1 s1
downgrade q1-1 => -s1 -q1 -p2 -p1, rows
upgrade heads => +p1 +p2 +q1 +q2 +s1, rows p2 q2 s1
downgrade qq@q1-1 => -q2 -q1, rows p2 s1
downgrade qq@base => nothing, rows p2 s1
downgrade p2@-2 => -p2 -p1, rows s1
downgrade -1 => -s1, rows
from p2
downgrade q1 => error range
downgrade -2 => -p2 -p1, rows
from s1
upgrade +1 => error range

graph what comes later: a labels aa; b<a
upgrade head => +a +b, rows b
with c<a; m<b,c
heads => m
upgrade head => +c +m, rows m
with d<b labels dd; e<d
heads => e m
show aa@heads => e m
upgrade dd@+1 => +d, rows d m
upgrade head => error ambiguous
with n<e,m
upgrade head => +e +n, rows n
downgrade dd@b => -n -e -d, rows m

graph thirty trees: a01; a02; a03; a04; a05; a06; a07; a08; a09; a10; a11; a12; a13; a14; a15; a16;
  a17; a18; a19; a20; a21; a22; a23; a24; a25; a26; a27; a28; a29; a30
upgrade a17 => +a17, rows a17
upgrade heads => rows a01 a02 a03 a04 a05 a06 a07 a08 a09 a10 a11 a12 a13 a14 a15 a16 a17 a18 a19 a20 a21 a22 a23 a24 a25 a26 a27 a28 a29 a30
downgrade a05@base => -a05, rows a01 a02 a03 a04 a06 a07 a08 a09 a10 a11 a12 a13 a14 a15 a16 a17 a18 a19 a20 a21 a22 a23 a24 a25 a26 a27 a28 a29 a30
downgrade base => rows

graph branches as a script: r; b1<r labels bb; b2<b1; c1<r labels cc; c2<c1
upgrade heads --sql => +r +b1 +b2 +c1 +c2, rows b2 c2
upgrade bb@head --sql => +r +b1 +b2, rows b2
upgrade b1:heads --sql => +b2 +c1 +c2, rows b2 c2
upgrade head --sql => error ambiguous
upgrade r:bb@+1 --sql => +b1, rows b1
downgrade b2:r --sql => -b2 -b1, rows r
downgrade heads:base --sql => -c2 -c1 -b2 -b1 -r, rows
downgrade heads:bb@r --sql => -b2 -b1, rows c2
