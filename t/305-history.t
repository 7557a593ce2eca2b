#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# What history lists: every form of its ranges, the order of revisions, and
# its lines.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Graph;

graph_table(\*DATA);

__DATA__
graph a line: a111; b222<a111; c333<b222; d444<c333
history => d444 c333 b222 a111
history -r : => d444 c333 b222 a111
history -r a111:c333 => c333 b222 a111
history -r "a1 : c3" => c333 b222 a111
history -r b222: => d444 c333 b222
history -r :b222 => b222 a111
history -r b222:b222 => b222
history -r base:head => d444 c333 b222 a111
history -r base:base => none
history -r c333:a111 => error range qr/"c333" is not an ancestor of the end of range "c333:a111"/
history -r head:base => error range
history -r b222 => error usage qr/Write FROM:TO/
history -r a:b:c => error usage
history -r -1: => d444 c333
history -r-2: => d444 c333 b222
history -r-3: => d444 c333 b222 a111
history -r-9: => d444 c333 b222 a111
history -r-1:c333 => c333 b222
history -r d444-1: => d444 c333
history -r head-2:head-1 => c333 b222
history -r a111:+1 => b222 a111
history -r a111:+9 => d444 c333 b222 a111
history -r :+2 => b222 a111
history -r a111:a111+2 => c333 b222 a111
history -r-1:+1 => error usage
history -r+1: => error usage
history -r :-1 => error usage
history -r nowhere: => error unknown
history -r :nowhere => error unknown
# An empty database: what is applied is nothing, and all is to come.
history -r :current => none
history -r current: => d444 c333 b222 a111
history -r-2:current => none
history -r current:current => error usage
upgrade b222 => +a111 +b222, rows b222
history -r current: => d444 c333 b222
history -r :current => b222 a111
history -r-1:current => b222 a111
history -r current:+1 => c333 b222
history -r c333:current => error range
history -r current:a111 => error range
history -r current-1:current => error usage
history -r current-1:c333 => c333 b222 a111
history -r :current+1 => c333 b222 a111
history --rev-range=b222: => d444 c333 b222

graph its lines: a111; b222<a111~x111 labels bb; c333<a111; d444<b222,c333; x111 labels xx yy
history =>
| b222, c333 -> d444 (bb) (head) (mergepoint), make d444
| a111 (x111) -> b222 (bb), make b222
| <base> -> x111 (xx, yy) (effective head), make x111
| a111 -> c333, make c333
| <base> -> a111 (branchpoint), make a111
show b222 =>
| Rev: b222
| Parent: a111
| Also depends on: x111
| Branch names: bb
| Path: migrations/versions/b222.sql
|
|     make b222
|
history -v -r c333:d444 =>
| Rev: d444 (head) (mergepoint)
| Merges: b222, c333
| Branch names: bb
| Path: migrations/versions/d444.sql
|
|     make d444
|
| Rev: c333
| Parent: a111
| Path: migrations/versions/c333.sql
|
|     make c333
|
show a111 =>
| Rev: a111 (branchpoint)
| Parent: <base>
| Branches into: c333, b222
| Path: migrations/versions/a111.sql
|
|     make a111
|

graph a fork: root; left1<root labels left; left2<left1; right1<root labels right; right2<right1
history => right2 right1 left2 left1 root
history -r left1: => left2 left1
history -r left: => left2 left1
history -r :left@head => left2 left1 root
history -r left@base: => left2 left1 root
history -r left@root: => left2 left1 root
history -r left@base:right2 => error branch qr/not on branch "left"/
history -r root:left2 => left2 left1 root
history -r root: => right2 right1 left2 left1 root
history -r left1:right2 => error range
history -r left2:left1 => error range
history -r-1: => right2 right1 left2 left1
history -r-2: => right2 right1 left2 left1 root
history -r left@-1: => left2 left1
history -r left@-2: => left2 left1 root
history -r :left@+2 => left1 root
history -r right1:right@head => right2 right1
history -r head: => error ambiguous
history -r :head => error ambiguous
history -r heads: => right2 left2
history -r :heads => right2 right1 left2 left1 root
upgrade left1 => +root +left1, rows left1
upgrade right1 => +right1, rows left1 right1
history -r current: => right2 right1 left2 left1
history -r :current => right1 left1 root
history -r-1:current => right1 left1 root
history -r left@current: => left2 left1

graph a diamond: a111; b222<a111; c333<a111; d444<b222,c333; e555<d444
history => e555 d444 c333 b222 a111
history -r b222:e555 => e555 d444 b222
history -r a111:d444 => d444 c333 b222 a111
history -r d444: => e555 d444
history -r b222:c333 => error range
history -r-1: => e555 d444
history -r-2: => error ambiguous qr/"d444" has 2 parents/

graph a long arm and a short one: r111; s111<r111; l111<r111; l222<l111; l333<l222; m111<s111,l333
history => m111 s111 l333 l222 l111 r111
history -r s111: => m111 s111
history -r l222: => m111 l333 l222

graph created decides where nothing else does: z111 at 1; b111<z111 at 5; a111<z111 at 7; c111<z111 at 3
history => a111 b111 c111 z111
heads => c111 b111 a111

graph several bases: a001; a002<a001; b001 labels bb; b002<b001~a002; c001
history => c001 b002 b001 a002 a001
history -r b001: => b002 b001
history -r bb@base: => b002 b001 a002 a001
history -r :b002 => b002 b001 a002 a001
history -r :c001 => c001
history -r :a002 => a002 a001
history -r b002:a002 => error range
history -r-1: => c001 b002 b001
history -r a001@base: => a002 a001

graph merges in a row: r; a<r; b<r; m1<a,b; c<m1; d<m1; m2<c,d; e<m2; f<m2; m3<e,f
history => m3 f e m2 d c m1 b a r
history -r m1:m2 => m2 d c m1
history -r a:m3 => m3 f e m2 d c m1 a
history -r c:e => e m2 c

graph twin merges: r; a<r; b<r; m1<a,b; m2<a,b
heads => m1 m2
history => m2 m1 b a r
history -r a:m1 => m1 a
history -r-1: => error ambiguous

graph a merge of three: r; a<r; b<r; c<r; m<a,b,c
history => m c b a r
history -r b: => m b

graph what is current is marked: a111; b222<a111; c333<b222; x111
upgrade b222 => +a111 +b222, rows b222
history -i =>
| <base> -> x111 (head), make x111
| b222 -> c333 (head), make c333
| a111 -> b222 (current), make b222
| <base> -> a111, make a111
upgrade x111 => +x111, rows b222 x111
history --indicate-current =>
| <base> -> x111 (head) (current), make x111
| b222 -> c333 (head), make c333
| a111 -> b222 (current), make b222
| <base> -> a111, make a111
history -i -r current: => x111 c333 b222
