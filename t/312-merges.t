#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Merges: with one side applied or both, undone to either side, twins, merges of
# three, merges of merges, and a branch that goes on beside one.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Graph;

graph_table(\*DATA);

__DATA__
everywhere a merge: r; b1<r labels bb; b2<b1; c1<r labels cc; c2<c1; m<b2,c2; n<m
upgrade b1 => +r +b1, rows b1
upgrade c2 => +c1 +c2, rows b1 c2
upgrade m => +b2 +m, rows m
downgrade b1 => -m -b2, rows b1 c2
upgrade head => +b2 +m +n, rows n
downgrade -2 => error ambiguous qr/revision "m" has 2 parents.*b2, .*c2, /
downgrade bb@r => -n -m -b2 -b1, rows c2
downgrade base => -c2 -c1 -r, rows

graph up through a merge: r; b1<r labels bb; b2<b1; c1<r labels cc; c2<c1; m<b2,c2; n<m
upgrade head => +r +b1 +b2 +c1 +c2 +m +n, rows n
from b2 c2
upgrade m => +m, rows m
from b2
upgrade m => +c1 +c2 +m, rows m
from c1
upgrade m => +b1 +b2 +c2 +m, rows m
from b2 c1
upgrade head => +c2 +m +n, rows n
from b1
upgrade bb@head => +b2 +c1 +c2 +m +n, rows n
from
upgrade bb@b2 => +r +b1 +b2, rows b2
upgrade +1 => +c1 +c2 +m, rows m
upgrade +1 => +n, rows n
from b2
upgrade cc@+1 => +c1, rows b2 c1
upgrade cc@+1 => +c2, rows b2 c2
upgrade cc@+1 => +m, rows m
from b2
upgrade b2+1 => +c1 +c2 +m, rows m
# On a branch, from beside it.
from c2
upgrade bb@c2+1 => +b1 +b2 +m, rows m
from b2 c2
upgrade bb@c2+2 => +m +n, rows n
from r
upgrade bb@c1+1 => error branch qr/revision "c1" is not on branch "bb"/
upgrade bb@c2+3 => error range
from m
upgrade c2 => nothing, rows m
upgrade n-1 => nothing, rows m
upgrade n-2 => error ambiguous
upgrade bb@n-2 => error ambiguous
upgrade head-1 => nothing, rows m

graph down through a merge: r; b1<r labels bb; b2<b1; c1<r labels cc; c2<c1; m<b2,c2; n<m
from n
downgrade -1 => -n, rows m
downgrade -1 => error ambiguous
downgrade m-1 => error ambiguous
downgrade b2 => -m, rows b2 c2
from n
downgrade b2 => -n -m, rows b2 c2
from m
downgrade c1 => -m -c2, rows b2 c1
from m
downgrade b1 => -m -b2, rows b1 c2
downgrade c1 => -c2, rows b1 c1
from m
downgrade r => -m -c2 -c1 -b2 -b1, rows r
from m
downgrade bb@r => -m -b2 -b1, rows c2
from n
downgrade cc@r => -n -m -c2 -c1, rows b2
from m
downgrade base => -m -c2 -c1 -b2 -b1 -r, rows
from m
downgrade m => nothing, rows m
downgrade b2-1 => -m -b2, rows b1 c2
from m
downgrade bb@-1 => error ambiguous
downgrade b2@-1 => error ambiguous
from n
downgrade cc@-1 => -n, rows m
downgrade n => error range

graph a branch beside a merge: r; b1<r; c1<r; m<b1,c1; b2<b1
upgrade m => +r +b1 +c1 +m, rows m
upgrade b2 => +b2, rows b2 m
downgrade c1 => -m, rows b2 c1
upgrade m => +m, rows b2 m
downgrade b1 => -m -b2, rows b1 c1
from b2
upgrade m => +c1 +m, rows b2 m
from b2 m
downgrade b2 => nothing, rows b2 m
downgrade b2@b1 => -b2, rows m
from b2 m
downgrade m@b1 => -m, rows b2 c1
from b2 m
downgrade m@-1 => error ambiguous
downgrade b2@-1 => -b2, rows m
upgrade heads => +b2, rows b2 m
downgrade base => -m -c1 -b2 -b1 -r, rows

graph a branch beside a merge of three: r; a1<r; b1<r; c1<r; m<a1,b1,c1; b2<b1; c2<c1
upgrade heads => +r +a1 +b1 +b2 +c1 +c2 +m, rows b2 c2 m
downgrade a1 => -m, rows a1 b2 c2
downgrade b2@b1 => -b2, rows a1 b1 c2
upgrade m => +m, rows c2 m
downgrade c1 => -m -c2, rows a1 b1 c1

graph a merge of three: r; x<r; y<r; z<r; m<x,y,z
upgrade head => +r +x +y +z +m, rows m
from x y z
upgrade head => +m, rows m
from x
upgrade head => +y +z +m, rows m
from m
downgrade x => -m, rows x y z
from m
downgrade y@r => -m -y, rows x z
upgrade m => +y +m, rows m
downgrade r => -m -z -y -x, rows r
upgrade +1 => error ambiguous qr/3 children/

everywhere twin merges: r; x<r; y<r; m<x,y; n<x,y
upgrade m => +r +x +y +m, rows m
upgrade n => +n, rows m n
downgrade m@x => -m, rows n
upgrade heads => +m, rows m n
downgrade x => -n -m, rows x y
upgrade heads => +m +n, rows m n
downgrade base => -n -m -y -x -r, rows

graph not quite twins: r; x<r; y<r; z<r; m<x,y; n<y,z
upgrade heads => +r +x +y +m +z +n, rows m n
downgrade m@y => -m, rows n x
upgrade m => +m, rows m n
downgrade x => -m, rows n x
downgrade z => -n, rows x y z
upgrade n => +n, rows n x
downgrade y => -n, rows x y z

graph a merge with a parent that another implies: r; x<r; y<r; m<x,y; m2<m,y; h<m2
from y x
upgrade head => +m +m2 +h, rows h
downgrade m => -h -m2, rows m
upgrade h => +m2 +h, rows h
downgrade x => -h -m2 -m, rows x y
downgrade r => -y -x, rows r

graph a parent and its child: r; x<r; s<r,x
upgrade head => +r +x +s, rows s
downgrade x => -s, rows x
upgrade s => +s, rows s
downgrade r => -s -x, rows r

graph merges of merges: r; a1<r; b1<r; m1<a1,b1; a2<m1; b2<m1; m2<a2,b2
upgrade head => +r +a1 +b1 +m1 +a2 +b2 +m2, rows m2
downgrade a1 => -m2 -b2 -a2 -m1, rows a1 b1
upgrade b2 => +m1 +b2, rows b2
upgrade m2 => +a2 +m2, rows m2
downgrade a2@m1 => -m2 -a2, rows b2
downgrade b1 => -b2 -m1, rows a1 b1
downgrade base => -b1 -a1 -r, rows

graph a long arm and a short one: r; a1<r; a2<a1; a3<a2; b1<r; m<a3,b1
upgrade b1 => +r +b1, rows b1
upgrade a1 => +a1, rows a1 b1
upgrade head => +a2 +a3 +m, rows m
downgrade a1 => -m -a3 -a2, rows a1 b1
upgrade m => +a2 +a3 +m, rows m
downgrade b1@r => -m -b1, rows a3

graph a merge of trees: p1; p2<p1; q1; q2<q1; m<p2,q2; n<m
upgrade head => +p1 +p2 +q1 +q2 +m +n, rows n
downgrade q1 => -n -m -q2, rows p2 q1
upgrade +1 => error ambiguous
upgrade q1@+1 => +q2, rows p2 q2
upgrade +1 => error ambiguous
upgrade q1@+1 => +m, rows m
downgrade q1@base => -m -q2 -q1, rows p2
upgrade n => +q1 +q2 +m +n, rows n
downgrade base => -n -m -q2 -q1 -p2 -p1, rows

graph two merges side by side: r; a<r; b<r; c<r; ab<a,b; bc<b,c; m<ab,bc
upgrade head => +r +a +b +ab +c +bc +m, rows m
downgrade ab => -m, rows ab bc
downgrade bc@b => -bc, rows ab c
upgrade bc => +bc, rows ab bc
downgrade a => -ab, rows a bc
downgrade c => -bc, rows a b c

graph merges as a script: r; b1<r labels bb; b2<b1; c1<r labels cc; c2<c1; m<b2,c2; n<m
upgrade head --sql => +r +b1 +b2 +c1 +c2 +m +n, rows n
upgrade b2:m --sql => +c1 +c2 +m, rows m
downgrade n:b2 --sql => -n -m, rows b2 c2
downgrade m:bb@r --sql => -m -b2 -b1, rows c2
downgrade m:base --sql => -m -c2 -c1 -b2 -b1 -r, rows
