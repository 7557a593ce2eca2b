#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# What identifiers stand for: ids, their beginnings, head, heads, base, labels,
# LABEL@..., and that each that stands for nothing says why and what there is.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Graph;

graph_table(\*DATA);

__DATA__
graph nothing at all:
heads => none
history => none
current => none
show head => none
show heads => none
show base => none
upgrade head => nothing, rows
upgrade heads => nothing, rows
upgrade base => nothing, rows
downgrade base => nothing, rows
stamp base => nothing, rows
stamp heads => nothing, rows
upgrade +1 => error range
downgrade -1 => error range qr/nothing is applied/
show aaaa => error unknown qr/"aaaa".*There are no revisions/
upgrade aaaa => error unknown
stamp aaaa => error unknown

graph one revision: only
heads => only
history => only
show head => only
show heads => only
show base => none
show -1 => none
show -2 => error range qr/too far: there is only 1 step/
show only@head => only
upgrade head => +only, rows only
show current => only
current => only
downgrade only => nothing, rows only
downgrade base => -only, rows

graph a line: a111; b222<a111; c333<b222
show head => c333
show heads => c333
show head-1 => b222
show heads-1 => b222
show head-2 => a111
show head-3 => none
show head-4 => error range
show -1 => b222
show a111+2 => c333
show a111+3 => error range qr/too far: there are only 2 steps.*The walk ended at c333/
show base+1 => a111
show base-1 => error range
show b => b222
show b2 => b222
show b222@head => c333
show b2@head => c333
show a111@c333 => c333
show c333@a111 => a111
show b+1 => c333
show +1 => error range qr/leads beyond the heads/
show B222 => error unknown
show "b222 " => error unknown
show a111,b222 => error unknown
show b* => error unknown
show "" => error usage qr/empty/
show @head => error usage
show b222@ => error usage
show a111@b222@c333 => error usage
show b223 => error unknown qr/nearest is:\n  b222.*b222\.sql, make b222.*Perhaps "b222" is meant/
upgrade a1 --sql => +a111, rows a111
upgrade b222-1 --sql => +a111, rows a111
upgrade c333-1xyz --sql => error unknown qr/A relative identifier ends with its number/
upgrade c333- --sql => error unknown

graph one id begins another: abcd1; abcd2<abcd1; abcd12<abcd2; abce<abcd12; xyz<abce
show abcd1 => abcd1
show abcd12 => abcd12
show abcd => error ambiguous qr/fits 3 revisions.*abcd1, .*abcd2, .*abcd12, .*Write more/
show ab => error ambiguous qr/fits 4 revisions/
show abce => abce
show abcd2@head => xyz
show xyz => xyz
# What is shorter than four characters is found in full only.
show xy => error unknown
show abcd@head => error ambiguous

graph labels: root; left1<root labels left lower; left2<left1; right1<root labels right; right2<right1
show left => left1
show left@head => left2
show left@heads => left2
show left@base => none
show left@left2 => left2
show left@left1 => left1
show left@root => root
show left@right1 => error branch qr/revision "right1" is not on branch "left".*left2/
show left@right => error branch
show left@lower => left1
show left@righ => error branch qr/no revision that begins with "righ" is on branch "left".*right1/
show rig => error ambiguous
show lowe => left1
show lower+1 => left2
show left-1 => root
show left@head-1 => left1
show left@root+1 => left1
show left@root+2 => left2
show left@root+3 => error range
show left@base+1 => root
show left@base+3 => left2
show left@-1 => left1
show root+1 => error ambiguous qr/revision "root" has 2 children.*left1.*right1/
show head => error ambiguous qr/there are 2 heads.*left2, .*right2, .*LABEL\@head/
show heads => left2 right2
show head-1 => error ambiguous
show heads-1 => error ambiguous qr/starts from 2 revisions/
show root@head => error ambiguous qr/branch "root" has 2 heads/
show root@heads => left2 right2
show left1@head => left2
show right2@head => right2
show lfet@head => error unknown qr/no such branch: "lfet".*Perhaps "left" is meant/
show nowhere@base => error unknown qr/no such branch/
show left@nowhere => error unknown
show left@current => none
upgrade right@head => +root +right1 +right2, rows right2
show left@current => none
show right@current => right2
show current => right2
show right@current-1 => right1

graph a beginning that only a branch makes unique: r; dead1<r labels aa; beef1<dead1; dead2<r labels bb; beef2<dead2
show dead => error ambiguous
show beef => error ambiguous
show aa@dead => dead1
show bb@dead => dead2
show bb@beef => beef2
show aa@beef2 => error branch
upgrade bb@beef => +r +dead2 +beef2, rows beef2
downgrade bb@dead => -beef2, rows dead2

graph labels go along: r; a1<r labels aa; a2<a1; b1<r; m<a2,b1; n<m; x1<a2
show aa@head => error ambiguous qr/2 heads.*n, .*x1/
show aa@heads => n x1
show m@head => n
show x1@head => x1
show b1@head => n
show aa@b1 => error branch
show aa@m => m
heads =>
| n (aa) (head)
| x1 (aa) (head)

graph a label spreads down to where the line forks: r; s<r; a1<s; a2<a1 labels aa; b1<s
history =>
| s -> b1 (head), make b1
| a1 -> a2 (aa) (head), make a2
| s -> a1 (aa), make a1
| r -> s (branchpoint), make s
| <base> -> r, make r

graph a label with dependencies: a1 labels aa; a2<a1; b1 labels bb; b2<b1~a2; c1~b2 labels cc
show aa@head => a2
show bb@head => b2
show aa@b2 => error branch
show cc@b2 => error branch
show heads => c1
show aa@heads => a2
show bb@heads => b2

graph labels that look like numbers: a labels v-1; b<a labels v-10; c<b labels vv
show v-1 => a
show v-10 => b
show v-10-1 => a
show vv-1 => b
show vv@v-1 => a
show v-1@head => c

graph no relative forms where they mean nothing: a111; b222<a111; c333<b222
from b222
stamp +1 => error usage qr/relative identifier "\+1" can't be used here/
stamp c333-1 => error usage
stamp head-1 => error usage
stamp -1 => error usage
stamp current => error usage
# A script starts at the base, or where its range says, so there they mean something.
upgrade +1 --sql => +a111, rows a111
upgrade +4 --sql => error range
upgrade a111:+1 --sql => +b222, rows b222
upgrade b222:+2 --sql => error range
downgrade c333:-2 --sql => -c333 -b222, rows a111
upgrade current => error usage
upgrade current:head --sql => error usage
upgrade a111:b222 => error usage qr/a range .* is for --sql/
upgrade a111+1:head --sql => +c333, rows c333
