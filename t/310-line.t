#!/usr/bin/env perl
# SPDX-License-Identifier: BSD-2-Clause
#
# Up and down a line: by id, by symbols, by steps, too far, and to where the
# database is already.

use FindBin;
use lib "$FindBin::Bin/lib";
use Limbeck::Test;
use Limbeck::Graph;

graph_table(\*DATA);

__DATA__
everywhere a line: a; b<a; c<b; d<c
upgrade head => +a +b +c +d, rows d
upgrade head => nothing, rows d
downgrade -1 => -d, rows c
downgrade -4 => error range qr/too far: there are only 3 steps.*The walk ended at the base/
downgrade c => nothing, rows c
downgrade d => error range qr/"d" is not applied, so nothing can be downgraded to it.*The database is at:\n  c/
downgrade base => -c -b -a, rows
downgrade -1 => error range qr/nothing is applied/
upgrade +2 => +a +b, rows b
upgrade nowhere => error unknown

graph up: a; b<a; c<b; d<c
upgrade b => +a +b, rows b
upgrade d => +c +d, rows d
from b
upgrade heads => +c +d, rows d
from
upgrade +1 => +a, rows a
upgrade +2 => +b +c, rows c
upgrade +2 => error range qr/too far: there is only 1 step to go.*The walk ended at d/
upgrade +1 => +d, rows d
upgrade +1 => error range qr/too far: there are only 0 steps/
upgrade -1 => error range qr/does not lead up/
upgrade +0 => error range
from b
upgrade b+1 => +c, rows c
from a
upgrade b+1 => +b +c, rows c
from a
upgrade head-1 => +b +c, rows c
from
upgrade base+2 => +a +b, rows b
upgrade base => nothing, rows b
upgrade a => nothing, rows b
upgrade b => nothing, rows b
upgrade b-1 => nothing, rows b
upgrade b-2 => nothing, rows b
upgrade b-3 => error range
upgrade b+3 => error range
upgrade head+1 => error range
upgrade base-1 => error range
upgrade heads-1 => +c, rows c
upgrade heads heads => error usage
upgrade => error usage qr/upgrade needs a revision/

graph down: a; b<a; c<b; d<c
from d
downgrade b => -d -c, rows b
from d
downgrade -4 => -d -c -b -a, rows
from d
downgrade -5 => error range
downgrade +1 => error range qr/does not lead down/
downgrade c-1 => -d -c, rows b
downgrade head-2 => nothing, rows b
downgrade head-1 => error range
downgrade head => error range
from d
downgrade head => nothing, rows d
downgrade heads => nothing, rows d
downgrade a+1 => -d -c, rows b
downgrade base+1 => -b, rows a
from c
downgrade c-3 => -c -b -a, rows
from c
downgrade c-4 => error range qr/too far/
downgrade nowhere => error unknown
downgrade d-1 => nothing, rows c
downgrade b:a => error usage

graph as a script: a; b<a; c<b; d<c
upgrade head --sql => +a +b +c +d, rows d
upgrade b --sql => +a +b, rows b
upgrade base:b --sql => +a +b, rows b
upgrade :b --sql => +a +b, rows b
upgrade b:d --sql => +c +d, rows d
upgrade b:heads --sql => +c +d, rows d
upgrade b:+1 --sql => +c, rows c
upgrade c:b --sql => nothing, rows c
upgrade b:b --sql => nothing, rows b
upgrade b: --sql => error usage
upgrade a:b:c --sql => error usage
upgrade nowhere:d --sql => error unknown
upgrade a:nowhere --sql => error unknown
downgrade c:a --sql => -c -b, rows a
downgrade c:base --sql => -c -b -a, rows
downgrade head:base --sql => -d -c -b -a, rows
downgrade head:-1 --sql => -d, rows c
downgrade c:c-1 --sql => -c, rows b
downgrade c:d --sql => error range
downgrade :a --sql => error range
downgrade base --sql => error usage qr/needs a range.*FROM:TO/
downgrade -1 --sql => error usage qr/needs a range/
stamp b --sql => =b, rows b
stamp a:c --sql => =c, rows c
stamp c:a --sql => =a, rows a
stamp b:base --sql => =base, rows
stamp head --purge --sql => error usage qr/--purge/
current => none

graph a file that is gone: a; b<a; c<b
upgrade head => +a +b +c, rows c
without c
heads => b
current => c
upgrade head => error state qr/the database is at c, which no revision file has/
stamp b => error state
downgrade b => -c, rows b
upgrade head => nothing, rows b

graph a file that is gone, and that was never run: a; b<a
from c
downgrade a => error state qr/the database is at c, which no revision file has/
downgrade base => error state
stamp --purge b => =b, rows b
downgrade base => -b -a, rows

graph a thousand-fold walk: a; b<a; c<b; d<c; e<d; f<e; g<f; h<g; i<h; j<i
upgrade +10 => +a +b +c +d +e +f +g +h +i +j, rows j
downgrade -10 => -j -i -h -g -f -e -d -c -b -a, rows
upgrade +99999999999999999999999 => error range
upgrade +11 => error range qr/only 10 steps/
