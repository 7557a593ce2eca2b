#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# What heads, branches, current and plan say of a graph, as a database goes
# through it.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Graph;

graph_table(\*DATA);

__DATA__
graph heads: r; a1<r labels aa; a2<a1; b1<r~x1; b2<b1; x1; m<a2,b1
heads => x1 b2 m
heads --resolve-dependencies => b2 m
heads --check => 3 x1 b2 m
heads =>
| x1 (effective head)
| b2 (head)
| m (aa) (head)
heads --resolve-dependencies =>
| b2 (head)
| m (aa) (head)
heads -v =>
| Rev: x1 (head)
| Parent: <base>
| Path: migrations/versions/x1.sql
|
|     make x1
|
| Rev: b2 (head)
| Parent: b1
| Path: migrations/versions/b2.sql
|
|     make b2
|
| Rev: m (head) (mergepoint)
| Merges: a2, b1
| Branch names: aa
| Path: migrations/versions/m.sql
|
|     make m
|

graph one head: a; b<a; c<b
heads --check => c
heads =>
| c (head)
branches =>

graph a head that another needs is none too many: a; b~a
heads => a b
heads --check => a b

graph branches: r; a1<r labels aa; a2<a1; b1<r~x1; b2<b1; x1; m<a2,b1
branches =>
| b1 (branchpoint)
|    -> b2 (head)
|    -> m (aa) (head) (mergepoint)
|
| r (branchpoint)
|   -> a1 (aa)
|   -> b1 (branchpoint)
|

graph a line has no branches: a; b<a; c~b
branches =>

everywhere current: r; b1<r labels bb; b2<b1; c1<r; m<b2,c1
current => none
current --check-heads => 3 none
upgrade r => +r, rows r
current => r
upgrade bb@b2 => +b1 +b2, rows b2
current =>
| b2
current --check-heads => 3 b2
upgrade c1 => +c1, rows b2 c1
current => b2 c1
upgrade head => +m, rows m
current =>
| m (head) (mergepoint)
current --check-heads => m
downgrade base => -m -c1 -b2 -b1 -r, rows
current => none

graph current at heads that others need: a; b~a; c<b
upgrade b => +a +b, rows b
current --check-heads => 3 a b
upgrade heads => +c, rows c
current --check-heads => a c
heads => a c

graph plans: r; a1<r labels aa; a2<a1; b1<r~x1; b2<b1; x1; m<a2,b1
plan a2 => +r +a1 +a2, rows a2
plan head => error ambiguous
plan +1 => error ambiguous
plan nowhere => error unknown
upgrade a2 => +r +a1 +a2, rows a2
plan a1 => nothing, rows a2
plan m => +x1 +b1 +m, rows m
plan heads => +x1 +b1 +b2 +m, rows b2 m
plan +1 => +x1 +b1 +m, rows m
plan aa@+2 => error range
plan --downgrade r => -a2 -a1, rows r
plan --downgrade -2 => -a2 -a1, rows r
plan --downgrade base => -a2 -a1 -r, rows
plan --downgrade m => error range
plan --downgrade a2 => nothing, rows a2
upgrade m => +x1 +b1 +m, rows m
plan --downgrade x1@base => -m -b1 -x1, rows a2
plan --downgrade aa@r => -m -a2 -a1, rows b1
plan --downgrade -1 => error ambiguous
plan m => nothing, rows m
plan --downgrade b1 =>
| Downgrade from m to a2, b1: 1 step, 0 statements, 1 commit
|
| STEP  REVISION  WHY       STATEMENTS  ROWS AFTER  MESSAGE
|    1  m         above b1  0           a2, b1      make m

graph why each step is in a plan: r; a1<r labels aa; a2<a1; b1<r~x1; b2<b1; x1; m<a2,b1
upgrade a2 => rows a2
plan heads =>
| Upgrade from a2 to b2, m: 4 steps, 0 statements, 4 commits
|
| STEP  REVISION  WHY               STATEMENTS  ROWS AFTER  MESSAGE
|    1  x1        dependency of b1  0           a2, x1      make x1
|    2  b1        ancestor of b2    0           a2, b1      make b1
|    3  b2        asked for         0           a2, b2      make b2
|    4  m         asked for         0           b2, m       make m
