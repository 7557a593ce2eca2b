#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Dependencies across branches, both ways: what they pull in, what they take
# with them, and what the version table holds beside them.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Graph;

graph_table(\*DATA);

__DATA__
everywhere a branch on another: a1 labels aa; a2<a1; a3<a2; b1 labels bb; b2<b1~a2; b3<b2; c1 labels cc
upgrade b2 => +a1 +a2 +b1 +b2, rows b2
upgrade aa@+1 => +a3, rows a3 b2
upgrade heads => +b3 +c1, rows a3 b3 c1
downgrade a1 => -b3 -b2 -a3 -a2, rows a1 b1 c1
upgrade bb@head => +a2 +b2 +b3, rows b3 c1
downgrade bb@base => -b3 -b2 -b1, rows a2 c1
downgrade aa@base => -a2 -a1, rows c1

graph up with dependencies: a1 labels aa; a2<a1; a3<a2; b1 labels bb; b2<b1~a2; b3<b2; c1 labels cc
upgrade heads => +a1 +a2 +a3 +b1 +b2 +b3 +c1, rows a3 b3 c1
from
upgrade bb@head => +a1 +a2 +b1 +b2 +b3, rows b3
from
upgrade b1 => +b1, rows b1
upgrade +1 => +a1 +a2 +b2, rows b2
from a2
upgrade b2 => +b1 +b2, rows b2
from a1 b1
upgrade b2 => +a2 +b2, rows b2
from a2 b1
upgrade b2 => +b2, rows b2
from a3
upgrade b2 => +b1 +b2, rows a3 b2
from b2
upgrade a3 => +a3, rows a3 b2
from b2
upgrade aa@head => +a3, rows a3 b2
from b2
upgrade aa@+1 => +a3, rows a3 b2
upgrade aa@+1 => error range
from b2
upgrade +1 => +b3, rows b3
upgrade a2 => nothing, rows b3
upgrade cc@+1 => +c1, rows b3 c1
from
upgrade bb@+2 => +a1 +a2 +b1 +b2, rows b2
upgrade bb@b1 => nothing, rows b2
upgrade bb@a1 => error branch
upgrade aa@b1 => error branch

graph down with dependencies: a1 labels aa; a2<a1; a3<a2; b1 labels bb; b2<b1~a2; b3<b2; c1 labels cc
from b2
downgrade b1 => -b2, rows a2 b1
from b2
downgrade -1 => -b2, rows a2 b1
from b2
downgrade -2 => -b2 -b1, rows a2
from b2
downgrade -3 => error range
from b2
downgrade bb@base => -b2 -b1, rows a2
from a3 b3
downgrade b1 => -b3 -b2, rows a3 b1
from a3 b3
downgrade a2 => -a3, rows b3
downgrade a2 => error range qr/nothing above revision "a2" is applied/
downgrade a1 => -b3 -b2 -a2, rows a1 b1
from b3
downgrade aa@base => -b3 -b2 -a2 -a1, rows b1
from b3
downgrade aa@-1 => -b3 -b2 -a2, rows a1 b1
from b3
downgrade a2-1 => -b3 -b2 -a2, rows a1 b1
from a3 b3 c1
downgrade a1 => -b3 -b2 -a3 -a2, rows a1 b1 c1
from b3
downgrade base => -b3 -b2 -b1 -a2 -a1, rows
from b3 c1
downgrade -1 => error ambiguous
downgrade cc@-1 => -c1, rows b3

graph crisscross: a1 labels aa; b1 labels bb; a2<a1~b1; b2<b1~a2; a3<a2~b2
upgrade head => error ambiguous
upgrade heads => +a1 +b1 +a2 +b2 +a3, rows a3
from
upgrade aa@head => +a1 +b1 +a2 +b2 +a3, rows a3
from
upgrade a2 => +a1 +b1 +a2, rows a2
upgrade b2 => +b2, rows b2
upgrade a3 => +a3, rows a3
downgrade b1 => -a3 -b2, rows a2
from a3
downgrade a1 => -a3 -b2 -a2, rows a1 b1
from a3
downgrade bb@base => -a3 -b2 -a2 -b1, rows a1
from a3
downgrade bb@-1 => -a3 -b2, rows a2
downgrade bb@-1 => -a2 -b1, rows a1
from a3
downgrade -1 => -a3, rows b2
downgrade -1 => -b2, rows a2
downgrade -1 => -a2, rows a1 b1
downgrade -1 => error ambiguous
heads => b2 a3
heads --resolve-dependencies => a3

graph two on the same: a1; x1~a1; y1~a1
upgrade x1 => +a1 +x1, rows x1
upgrade y1 => +y1, rows x1 y1
downgrade x1@base => -x1, rows y1
downgrade y1@base => -y1, rows a1
upgrade heads => +x1 +y1, rows x1 y1
upgrade a1 => nothing, rows x1 y1
downgrade a1@base => -y1 -x1 -a1, rows
heads => a1 x1 y1
heads --resolve-dependencies => x1 y1
show heads => x1 y1

graph a dependency that a parent implies: a1; a2<a1; b1~a1; b2<b1~a2
upgrade b1 => +a1 +b1, rows b1
upgrade b2 => +a2 +b2, rows b2
downgrade b1 => -b2, rows a2 b1
downgrade b1@base => -b1, rows a2
upgrade heads => +b1 +b2, rows b2
downgrade a1 => -b2 -a2, rows b1
downgrade base => -b1 -a1, rows

graph a dependency that the parents depend on already: a1; b1; m<a1~b1; n<m~b1
upgrade heads => +a1 +b1 +m +n, rows n
downgrade m => -n, rows m
downgrade a1 => -m, rows a1 b1
upgrade n => +m +n, rows n
downgrade b1@base => -n -m -b1, rows a1

graph a dependency that is an ancestor: a1; a2<a1; a3<a2~a1
upgrade head => +a1 +a2 +a3, rows a3
downgrade a2 => -a3, rows a2
downgrade -1 => -a2, rows a1

graph a dependency that is the parent: a1; a2<a1~a1
upgrade head => +a1 +a2, rows a2
downgrade -1 => -a2, rows a1

graph of two dependencies one implies the other: a1; a2<a1; b1~a1,a2; c1~a2,a1
upgrade heads => +a1 +a2 +b1 +c1, rows b1 c1
downgrade b1@base => -b1, rows c1
downgrade c1@base => -c1, rows a2
downgrade a1 => -a2, rows a1

graph a dependency on a label: a1 labels aa; a2<a1; b1~aa; c1~aa,b1
upgrade b1 => +a1 +b1, rows b1
upgrade a2 => +a2, rows a2 b1
upgrade c1 => +c1, rows a2 c1
downgrade aa@-1 => -a2, rows c1
downgrade aa@base => -c1 -b1 -a1, rows
history =>
| <base> (aa, b1) -> c1 (head), make c1
| <base> (aa) -> b1 (effective head), make b1
| a1 -> a2 (aa) (head), make a2
| <base> -> a1 (aa), make a1

graph a chain through three branches: a1 labels aa; a2<a1; b1~a1 labels bb; b2<b1; c1~b1 labels cc; c2<c1
upgrade cc@head => +a1 +b1 +c1 +c2, rows c2
upgrade aa@+1 => +a2, rows a2 c2
downgrade a1 => -a2, rows c2
downgrade a1@base => -c2 -c1 -b1 -a1, rows
upgrade heads => +a1 +a2 +b1 +b2 +c1 +c2, rows a2 b2 c2
downgrade b1 => -b2, rows a2 c2
downgrade bb@base => -c2 -c1 -b1, rows a2
upgrade c1 => +b1 +c1, rows a2 c1

graph a merge and a dependency: r; a1<r; b1<r; m<a1,b1; x1~a1; x2<x1~m
upgrade x1 => +r +a1 +x1, rows x1
upgrade m => +b1 +m, rows m x1
upgrade x2 => +x2, rows x2
downgrade x1 => -x2, rows m x1
downgrade b1 => -m, rows b1 x1
downgrade a1 => error range
upgrade heads => +m +x2, rows x2
downgrade b1 => -x2 -m, rows b1 x1
downgrade r => -x1 -b1 -a1, rows r

graph inside one branch: r; a1<r labels aa; b1<r~a1 labels bb; b2<b1
upgrade b1 => +r +a1 +b1, rows b1
downgrade aa@r => -b1 -a1, rows r
upgrade bb@head => +a1 +b1 +b2, rows b2
downgrade bb@r => -b2 -b1, rows a1
upgrade heads => +b1 +b2, rows b2
downgrade r => -b2 -b1 -a1, rows r

graph steps from effective heads: a1 labels aa; a2<a1; b1~a2 labels bb; b2<b1
from b2
downgrade aa@-1 => -b2 -b1 -a2, rows a1
from b2
downgrade aa@-2 => -b2 -b1 -a2 -a1, rows
from b2
downgrade aa@-3 => error range
downgrade bb@-2 => -b2 -b1, rows a2
show -1 => b1
show aa@-1 => a1

graph what is applied of a branch by way of another: s labels ss; z<s; y~z; x<s~y; w~x; v<x; u<z
from w
# Of s, z and x, which are on the branch, x alone is a tip: z is below it, by way of y.
upgrade ss@+1 => +v, rows v w
from w
downgrade ss@-1 => error ambiguous

graph a head that another head needs: r labels rr; a<r; b<r~a
from b
downgrade rr@heads => error ambiguous qr/branch "rr" has 2 heads|2 heads/
downgrade heads => nothing, rows b
heads => a b
heads --resolve-dependencies => b

graph dependencies as a script: a1 labels aa; a2<a1; a3<a2; b1 labels bb; b2<b1~a2; b3<b2
upgrade bb@head --sql => +a1 +a2 +b1 +b2 +b3, rows b3
upgrade b2:heads --sql => +a3 +b3, rows a3 b3
downgrade b3:b1 --sql => -b3 -b2, rows a2 b1
downgrade b3:aa@base --sql => -b3 -b2 -a2 -a1, rows b1
