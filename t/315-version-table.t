#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# What the version table may hold before a run: rows that overlap, the same row
# twice, rows in any order.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Graph;

graph_table(\*DATA);

__DATA__
everywhere one row is an ancestor of another: a; b<a; c<b; d<c
from a c
upgrade head => error state qr/rows of the version table overlap: "a" is an ancestor of "c".*a, .*c, .*limbeck stamp c/
upgrade b => error state
upgrade base => error state
current => a c
downgrade base => -c -b -a, rows
from b d
downgrade c => -d, rows b c
stamp c => =c, rows c

graph a row twice: a; b<a; c<b
from b b
current => b
upgrade b => nothing, rows b b
upgrade c => error state qr/limbeck_version holds "b" more than once.*Delete all of these rows but one/
downgrade base => error state
stamp --purge a => error state

graph any order: r; b1<r; b2<b1; c1<r; m<b2,c1
from c1 b2
upgrade m => +m, rows m
from c1 b1
upgrade m => +b2 +m, rows m

graph rows that a dependency overlaps: a1; a2<a1; b1~a1
from a1 b1
upgrade a2 => error state qr/"a1" is an ancestor of "b1"/
downgrade a1 => nothing, rows a1 b1
downgrade b1@base => -b1, rows a1
from a1 b1
stamp b1 => =b1, rows b1

graph rows after a downgrade from rows that overlap: a; b<a; c<b
from a c
downgrade b => -c, rows a b
stamp b => =b, rows b
from b c
downgrade a => -c -b, rows a
