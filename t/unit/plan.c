/* SPDX-License-Identifier: BSD-2-Clause */
/* core/plan: which steps lead where, and what the version table holds after. */
#include <string.h>

#include "revgraph.h"
#include "tap.h"

#define LINE "a; b<a; c<b; d<c"
/* Two branches on one branchpoint. */
#define FORK "r; b1<r labels bb; b2<b1; c1<r labels cc; c2<c1"
#define MERGED FORK "; m<b2,c2; n<m"
/* A merge beside which one side goes on. */
#define BESIDE "r; b1<r; c1<r; m<b1,c1; b2<b1"
#define THREE "r; x<r; y<r; z<r; m<x,y,z"
#define TWINS "r; x<r; y<r; m<x,y; n<x,y"
/* B depends on the middle of A; C is alone. */
#define DEPENDS "a1 labels aa; a2<a1; a3<a2; b1 labels bb; b2<b1~a2; b3<b2; c1 labels cc"
#define CRISS "a1 labels aa; b1 labels bb; a2<a1~b1; b2<b1~a2; a3<a2~b2"
#define FOREST "p1; p2<p1; q1; q2<q1; s1"
#define SHARED "a1; x1~a1; y1~a1"

static const struct {
	const char *graph;
	const char *rows;
	const char *command;
	const char *want;
} cases[] = {
	/* A line */
	{ "", "", "up head", "=>" },
	{ "", "", "up heads", "=>" },
	{ "", "", "down base", "=>" },
	{ LINE, "", "up head", "+a +b +c +d => d" },
	{ LINE, "", "up heads", "+a +b +c +d => d" },
	{ LINE, "", "up b", "+a +b => b" },
	{ LINE, "b", "up d", "+c +d => d" },
	{ LINE, "b b", "up d", "+c +d => d" },
	{ LINE, "b", "up head", "+c +d => d" },
	{ LINE, "", "up +1", "+a => a" },
	{ LINE, "a", "up +1", "+b => b" },
	{ LINE, "a", "up +2", "+b +c => c" },
	{ LINE, "b", "up b+1", "+c => c" },
	{ LINE, "a", "up b+1", "+b +c => c" },
	{ LINE, "a", "up head-1", "+b +c => c" },
	{ LINE, "", "up base+2", "+a +b => b" },
	{ LINE, "c", "up +2", "!range" },
	{ LINE, "d", "up +1", "!range" },
	{ LINE, "d", "up -1", "!range" },
	{ LINE, "d", "up head", "=> d" },
	{ LINE, "c", "up b", "=> c" },
	{ LINE, "c", "up c", "=> c" },
	{ LINE, "c", "up base", "=> c" },
	{ LINE, "", "up b-2", "=>" },
	{ LINE, "", "up b-3", "!range" },
	{ LINE, "", "up nothing", "!unknown" },
	{ LINE, "gone", "up head", "!state" },
	{ LINE, "gone", "down base", "!state" },
	{ LINE, "a c", "up head", "!state" },
	{ LINE, "d", "down base", "-d -c -b -a =>" },
	{ LINE, "d", "down b", "-d -c => b" },
	{ LINE, "d", "down -1", "-d => c" },
	{ LINE, "d", "down -4", "-d -c -b -a =>" },
	{ LINE, "d", "down -5", "!range" },
	{ LINE, "c", "down c-1", "-c => b" },
	{ LINE, "c", "down head-2", "-c => b" },
	{ LINE, "d", "down a+1", "-d -c => b" },
	{ LINE, "d", "down base+1", "-d -c -b => a" },
	{ LINE, "c", "down c-3", "-c -b -a =>" },
	{ LINE, "c", "down c-4", "!range" },
	{ LINE, "c", "down c", "=> c" },
	{ LINE, "c", "down d", "!range" },
	{ LINE, "c", "down head", "!range" },
	{ LINE, "d", "down head", "=> d" },
	{ LINE, "", "down base", "=>" },
	{ LINE, "", "down -1", "!range" },
	{ LINE, "", "down a", "!range" },
	{ LINE, "c", "down +1", "!range" },
	{ LINE, "c", "down nothing", "!unknown" },
	{ LINE, "a c", "down base", "-c -b -a =>" },
	{ LINE, "b c", "down a", "-c -b => a" },
	{ LINE, "b d", "down c", "-d => b c" },

	/* Two branches */
	{ FORK, "", "up heads", "+r +b1 +b2 +c1 +c2 => b2 c2" },
	{ FORK, "", "up head", "!ambiguous" },
	{ FORK, "", "up b2", "+r +b1 +b2 => b2" },
	{ FORK, "b2", "up c2", "+c1 +c2 => b2 c2" },
	{ FORK, "b2", "up cc@head", "+c1 +c2 => b2 c2" },
	{ FORK, "b2", "up heads", "+c1 +c2 => b2 c2" },
	{ FORK, "r", "up b1", "+b1 => b1" },
	{ FORK, "r", "up heads", "+b1 +b2 +c1 +c2 => b2 c2" },
	{ FORK, "", "up +1", "+r => r" },
	{ FORK, "", "up +2", "!ambiguous" },
	{ FORK, "r", "up +1", "!ambiguous" },
	{ FORK, "", "up cc@+1", "+r => r" },
	{ FORK, "", "up cc@+2", "+r +c1 => c1" },
	{ FORK, "r", "up cc@+1", "+c1 => c1" },
	{ FORK, "b1", "up cc@+1", "+c1 => b1 c1" },
	{ FORK, "b2", "up cc@+2", "+c1 +c2 => b2 c2" },
	{ FORK, "b2 c1", "up cc@+1", "+c2 => b2 c2" },
	{ FORK, "b2 c2", "up cc@+1", "!range" },
	{ FORK, "b1 c1", "up +1", "!ambiguous" },
	{ FORK, "", "up cc@base+2", "+r +c1 => c1" },
	{ FORK, "b1", "up cc@base+3", "+c1 +c2 => b1 c2" },
	{ FORK, "b1", "up cc@head-1", "+c1 => b1 c1" },
	{ FORK, "b1", "up cc@b2", "!branch" },
	{ FORK, "b2 c2", "down base", "-c2 -c1 -b2 -b1 -r =>" },
	{ FORK, "b2 c2", "down r", "-c2 -c1 -b2 -b1 => r" },
	{ FORK, "b2 c2", "down b1", "-b2 => b1 c2" },
	{ FORK, "b2 c2", "down bb@r", "-b2 -b1 => c2" },
	{ FORK, "b2 c2", "down c1@r", "-c2 -c1 => b2" },
	{ FORK, "b2 c2", "down c2@r", "-c2 -c1 => b2" },
	{ FORK, "b2 c2", "down r@r", "!range" },
	{ FORK, "b2 c2", "down bb@base", "-c2 -c1 -b2 -b1 -r =>" },
	{ FORK, "b2 c2", "down -1", "!ambiguous" },
	{ FORK, "c2 b2", "down -1", "!ambiguous" },
	{ FORK, "b2 c2", "down bb@-1", "-b2 => b1 c2" },
	{ FORK, "b2 c2", "down bb@-2", "-b2 -b1 => c2" },
	{ FORK, "b2 c2", "down b2@-2", "-b2 -b1 => c2" },
	{ FORK, "b2 c2", "down b2-1", "-b2 => b1 c2" },
	{ FORK, "c2", "down -2", "-c2 -c1 => r" },
	{ FORK, "c2", "down b1", "!range" },
	{ FORK, "c2", "down heads", "!ambiguous" },
	{ FORK, "b1 c2", "down bb@head", "!range" },
	{ FORK, "c1", "down bb@-1", "!range" },

	/* Merges */
	{ MERGED, "", "up head", "+r +b1 +b2 +c1 +c2 +m +n => n" },
	{ MERGED, "b2 c2", "up m", "+m => m" },
	{ MERGED, "b2", "up m", "+c1 +c2 +m => m" },
	{ MERGED, "c1", "up m", "+b1 +b2 +c2 +m => m" },
	{ MERGED, "b2 c1", "up head", "+c2 +m +n => n" },
	{ MERGED, "b1", "up bb@head", "+b2 +c1 +c2 +m +n => n" },
	{ MERGED, "", "up bb@b2", "+r +b1 +b2 => b2" },
	{ MERGED, "n", "down -1", "-n => m" },
	{ MERGED, "m", "down -1", "!ambiguous" },
	{ MERGED, "n", "down -2", "!ambiguous" },
	{ MERGED, "m", "down b2", "-m => b2 c2" },
	{ MERGED, "n", "down b2", "-n -m => b2 c2" },
	{ MERGED, "m", "down b1", "-m -b2 => b1 c2" },
	{ MERGED, "m", "down c1", "-m -c2 => b2 c1" },
	{ MERGED, "m", "down r", "-m -c2 -c1 -b2 -b1 => r" },
	{ MERGED, "m", "down bb@r", "-m -b2 -b1 => c2" },
	{ MERGED, "n", "down cc@r", "-n -m -c2 -c1 => b2" },
	{ MERGED, "m", "down base", "-m -c2 -c1 -b2 -b1 -r =>" },
	{ MERGED, "m", "down m", "=> m" },
	{ BESIDE, "", "up m", "+r +b1 +c1 +m => m" },
	{ BESIDE, "b2", "up m", "+c1 +m => b2 m" },
	{ BESIDE, "b2 c1", "up m", "+m => b2 m" },
	{ BESIDE, "m", "up b2", "+b2 => b2 m" },
	{ BESIDE, "", "up heads", "+r +b1 +b2 +c1 +m => b2 m" },
	{ BESIDE, "b2 m", "down c1", "-m => b2 c1" },
	{ BESIDE, "b2 m", "down b1", "-m -b2 => b1 c1" },
	{ BESIDE, "b2 m", "down b2", "=> b2 m" },
	{ BESIDE, "b2 m", "down b2@b1", "-b2 => m" },
	{ BESIDE, "b2 m", "down m@-1", "!ambiguous" },
	{ BESIDE, "b2 m", "down b2@-1", "-b2 => m" },
	{ BESIDE, "b2 m", "down base", "-m -c1 -b2 -b1 -r =>" },
	{ THREE, "", "up head", "+r +x +y +z +m => m" },
	{ THREE, "x y z", "up head", "+m => m" },
	{ THREE, "x", "up head", "+y +z +m => m" },
	{ THREE, "m", "down x", "-m => x y z" },
	{ THREE, "m", "down r", "-m -z -y -x => r" },
	{ THREE, "m", "down y@r", "-m -y => x z" },
	{ TWINS, "", "up heads", "+r +x +y +m +n => m n" },
	{ TWINS, "m", "up n", "+n => m n" },
	{ TWINS, "m n", "down base", "-n -m -y -x -r =>" },
	{ TWINS, "m n", "down x", "-n -m => x y" },
	{ TWINS, "m n", "down m@x", "-m => n" },
	{ "r; x<r; y<r; m<x,y; m2<m,y; h<m2", "y x", "up head", "+m +m2 +h => h" },
	{ "r; x<r; y<r; m<x,y; m2<m,y; h<m2", "h", "down m", "-h -m2 => m" },
	{ "r; x<r; y<r; m<x,y; m2<m,y; h<m2", "h", "down x", "-h -m2 -m => x y" },
	{ "r; x<r; s<r,x", "", "up head", "+r +x +s => s" },
	{ "r; x<r; s<r,x", "s", "down x", "-s => x" },
	{ "r; a1<r; b1<r; m1<a1,b1; a2<m1; b2<m1; m2<a2,b2", "", "up head",
	  "+r +a1 +b1 +m1 +a2 +b2 +m2 => m2" },
	{ "r; a1<r; b1<r; m1<a1,b1; a2<m1; b2<m1; m2<a2,b2", "m2", "down a1",
	  "-m2 -b2 -a2 -m1 => a1 b1" },
	{ "r; a1<r; a2<a1; a3<a2; b1<r; m<a3,b1", "a1 b1", "up head", "+a2 +a3 +m => m" },

	/* Several bases */
	{ FOREST, "", "up heads", "+p1 +p2 +q1 +q2 +s1 => p2 q2 s1" },
	{ FOREST, "", "up q2", "+q1 +q2 => q2" },
	{ FOREST, "p2", "up s1", "+s1 => p2 s1" },
	{ FOREST, "", "up +1", "!ambiguous" },
	{ FOREST, "p1", "up +1", "+p2 => p2" },
	{ FOREST, "p1", "up q1@+1", "+q1 => p1 q1" },
	{ FOREST, "p2 q2 s1", "down base", "-s1 -q2 -q1 -p2 -p1 =>" },
	{ FOREST, "p2 q2 s1", "down q1@base", "-q2 -q1 => p2 s1" },
	{ FOREST, "p2 q2 s1", "down q1", "-q2 => p2 q1 s1" },
	{ FOREST, "p2 q2 s1", "down s1@-1", "-s1 => p2 q2" },
	{ FOREST, "p2", "down -2", "-p2 -p1 =>" },
	{ FOREST, "p2", "down q1", "!range" },

	/* Dependencies */
	{ DEPENDS, "", "up heads", "+a1 +a2 +a3 +b1 +b2 +b3 +c1 => a3 b3 c1" },
	{ DEPENDS, "", "up bb@head", "+a1 +a2 +b1 +b2 +b3 => b3" },
	{ DEPENDS, "", "up b2", "+a1 +a2 +b1 +b2 => b2" },
	{ DEPENDS, "", "up b1", "+b1 => b1" },
	{ DEPENDS, "a2", "up b2", "+b1 +b2 => b2" },
	{ DEPENDS, "a1 b1", "up b2", "+a2 +b2 => b2" },
	{ DEPENDS, "a3", "up b2", "+b1 +b2 => a3 b2" },
	{ DEPENDS, "b2", "up a3", "+a3 => a3 b2" },
	{ DEPENDS, "b2", "up aa@+1", "+a3 => a3 b2" },
	{ DEPENDS, "b2", "up aa@head", "+a3 => a3 b2" },
	{ DEPENDS, "b2", "up +1", "+b3 => b3" },
	{ DEPENDS, "b2", "down b1", "-b2 => a2 b1" },
	{ DEPENDS, "b2", "down -1", "-b2 => a2 b1" },
	{ DEPENDS, "b2", "down bb@base", "-b2 -b1 => a2" },
	{ DEPENDS, "b2", "down -2", "-b2 -b1 => a2" },
	{ DEPENDS, "a3 b3", "down b1", "-b3 -b2 => a3 b1" },
	{ DEPENDS, "a3 b3", "down a2", "-a3 => b3" },
	{ DEPENDS, "b3", "down a1", "-b3 -b2 -a2 => a1 b1" },
	{ DEPENDS, "b3", "down aa@base", "-b3 -b2 -a2 -a1 => b1" },
	{ DEPENDS, "b3", "down aa@-1", "-b3 -b2 -a2 => a1 b1" },
	{ DEPENDS, "a3 b3 c1", "down a1", "-b3 -b2 -a3 -a2 => a1 b1 c1" },
	{ DEPENDS, "b3", "down a2", "!range" },
	{ DEPENDS, "b3", "down base", "-b3 -b2 -b1 -a2 -a1 =>" },
	{ CRISS, "", "up head", "!ambiguous" },
	{ CRISS, "", "up heads", "+a1 +b1 +a2 +b2 +a3 => a3" },
	{ CRISS, "", "up aa@head", "+a1 +b1 +a2 +b2 +a3 => a3" },
	{ CRISS, "", "up a2", "+a1 +b1 +a2 => a2" },
	{ CRISS, "a2", "up b2", "+b2 => b2" },
	{ CRISS, "a3", "down b1", "-a3 -b2 => a2" },
	{ CRISS, "a3", "down a1", "-a3 -b2 -a2 => a1 b1" },
	{ CRISS, "a3", "down bb@base", "-a3 -b2 -a2 -b1 => a1" },
	{ CRISS, "a3", "down bb@-1", "-a3 -b2 => a2" },
	{ SHARED, "", "up x1", "+a1 +x1 => x1" },
	{ SHARED, "x1", "up y1", "+y1 => x1 y1" },
	{ SHARED, "x1 y1", "down x1@base", "-x1 => y1" },
	{ SHARED, "y1", "down y1@base", "-y1 => a1" },
	{ SHARED, "x1 y1", "down a1@base", "-y1 -x1 -a1 =>" },
	{ SHARED, "x1", "up a1", "=> x1" },
	{ "a1 labels aa; a2<a1; b1~aa", "", "up b1", "+a1 +b1 => b1" },
	{ "a1; a2<a1; b1~a1; b2<b1~a2", "b1", "up b2", "+a2 +b2 => b2" },
	{ "a1; a2<a1; b1~a1; b2<b1~a2", "b2", "down b1", "-b2 => a2 b1" },
	{ "a1; a2<a1; b1~a1; b2<b1~a2", "a2 b1", "down b1@base", "-b1 => a2" },
	{ "a1; b1; m<a1~b1; n<m~b1", "n", "down m", "-n => m" },
	{ "a1; b1; m<a1~b1; n<m~b1", "n", "down a1", "-n -m => a1 b1" },

	/* Stamp */
	{ LINE, "", "stamp c", "=c => c" },
	{ LINE, "a", "stamp c", "=c => c" },
	{ LINE, "d", "stamp b", "=b => b" },
	{ LINE, "b", "stamp b", "=> b" },
	{ LINE, "b", "stamp head", "=d => d" },
	{ LINE, "b", "stamp base", "=base =>" },
	{ LINE, "", "stamp base", "=>" },
	{ LINE, "b", "stamp b b", "=> b" },
	{ LINE, "", "stamp b b", "=b => b" },
	{ LINE, "", "stamp +1", "!usage" },
	{ LINE, "b", "stamp b-1", "!usage" },
	{ LINE, "b", "stamp nothing", "!unknown" },
	{ LINE, "b", "stamp current", "!usage" },
	{ LINE, "gone", "stamp b", "!state" },
	{ LINE, "gone b", "purge b", "=b => b" },
	{ LINE, "gone gone", "purge base", "=base =>" },
	{ LINE, "", "purge c", "=c => c" },
	{ LINE, "", "purge base", "=>" },
	{ LINE, "d", "purge b", "=b => b" },
	{ LINE, "b", "stamp a c", "!state" },
	{ LINE, "b", "purge a c", "!state" },
	{ LINE, "b", "stamp c base", "!state" },
	{ LINE, "b", "stamp base c", "=base =c => c" },
	{ LINE, "a c", "stamp c", "=c => c" },
	{ LINE, "a c", "stamp d", "=d => d" },
	{ LINE, "a c", "stamp b", "=b => b" },
	{ FORK, "", "stamp heads", "=b2 =c2 => b2 c2" },
	{ FORK, "", "stamp b1 c2", "=b1 =c2 => b1 c2" },
	{ FORK, "r", "stamp b1 c2", "=b1 =c2 => b1 c2" },
	{ FORK, "b1 c1", "stamp heads", "=b2 =c2 => b2 c2" },
	{ FORK, "b2 c1", "stamp heads", "=c2 => b2 c2" },
	{ FORK, "b2 c2", "stamp r", "=r => r" },
	{ FORK, "b2 c2", "stamp b1", "=b1 => b1 c2" },
	{ FORK, "b2", "stamp c1", "=c1 => b2 c1" },
	{ FORK, "b2 c2", "stamp base", "=base =base =>" },
	{ FORK, "b2 c2", "stamp bb@base", "=base => c2" },
	{ FORK, "b1 c2", "stamp b1@base", "=base => c2" },
	{ FORK, "b2 c2", "stamp bb@base cc@base", "=base =base =>" },
	{ FORK, "b2 c2", "stamp bb@head", "=> b2 c2" },
	{ FORK, "r", "stamp bb@head", "=b2 => b2" },
	{ FORK, "r b1", "stamp c1", "=c1 => b1 c1" },
	{ FORK, "b1 b2", "stamp c1", "!state" },
	{ FOREST, "p2 q2", "stamp q1", "=q1 => p2 q1" },
	{ FOREST, "p2", "stamp heads", "=q2 =s1 => p2 q2 s1" },
	{ FOREST, "p2 q2", "stamp q1@base", "=base => p2" },
	{ MERGED, "b2 c2", "stamp m", "=m => m" },
	{ MERGED, "b2", "stamp m", "=m => m" },
	{ MERGED, "m", "stamp b2", "!state" },
	{ MERGED, "m", "stamp b1", "!state" },
	{ MERGED, "m", "stamp b2 c2", "=b2 =c2 => b2 c2" },
	{ MERGED, "m", "stamp b1 c2", "=b1 =c2 => b1 c2" },
	{ MERGED, "n", "stamp c1 b1", "=c1 =b1 => b1 c1" },
	{ MERGED, "n", "stamp m", "=m => m" },
	{ MERGED, "m", "stamp r", "=r => r" },
	{ MERGED, "m", "stamp bb@base", "=base =>" },
	{ MERGED, "m", "purge b2", "=b2 => b2" },
	{ DEPENDS, "b2", "stamp a2", "!state" },
	{ DEPENDS, "b2", "stamp a1", "!state" },
	{ DEPENDS, "b2", "stamp a1 b1", "=a1 =b1 => a1 b1" },
	{ DEPENDS, "b2", "stamp b1", "!state" },
	{ DEPENDS, "b2", "stamp b1 a2", "=b1 =a2 => a2 b1" },
	{ DEPENDS, "a2", "stamp b2", "=b2 => b2" },
	{ DEPENDS, "a3", "stamp b2", "=b2 => a3 b2" },
	{ DEPENDS, "b2", "stamp a3", "=a3 => a3 b2" },
	{ DEPENDS, "b2", "stamp aa@base", "!state" },
	{ DEPENDS, "b2", "stamp bb@base", "!state" },
	{ DEPENDS, "a3 b2", "stamp bb@base", "=base => a3" },
	{ DEPENDS, "b3 a2", "down base", "-b3 -b2 -b1 -a2 -a1 =>" },
	{ CRISS, "", "stamp aa@heads", "=a3 => a3" },
	{ CRISS, "", "stamp a2 b2", "!state" },
};

static void check_case(size_t i)
{
	struct graph graph;
	struct arena arena = ARENA_INIT;
	struct plan made;
	struct strbuf text = STRBUF_INIT;
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	const char *wrong = NULL;

	graph_init(&graph);
	if (revgraph_read(&graph, cases[i].graph, &err) == 0 &&
		revgraph_plan(&arena, &graph, cases[i].rows, cases[i].command, &made, &text,
			&err) == 0)
		wrong = revgraph_replay(&arena, &graph, &made);
	if (!is_str(text.buf, cases[i].want, "%s at \"%s\" of \"%s\"", cases[i].command,
		    cases[i].rows, cases[i].graph) || wrong)
		diag("%s", err.message ? err.message : wrong ? wrong : "");
	ok(!wrong, "its changes find their rows");
	strbuf_release(&text);
	limbeck_error_release(&err);
	arena_release(&arena);
	graph_release(&graph);
}

/* The change of the first step: deletes, inserts, update. */
static const struct {
	const char *graph;
	const char *rows;
	const char *command;
	const char *want;
} changes[] = {
	{ LINE, "", "up a", "insert a" },
	{ LINE, "a", "up b", "update a b" },
	{ LINE, "a", "down base", "delete a" },
	{ LINE, "b", "down a", "update b a" },
	{ FORK, "b1", "up c1", "insert c1" },
	{ FORK, "b1 c1", "down cc@r", "delete c1" },
	{ MERGED, "b2 c2", "up m", "delete b2 update c2 m" },
	{ MERGED, "m", "down b2", "insert b2 update m c2" },
	{ THREE, "x y z", "up m", "delete x delete y update z m" },
	{ THREE, "m", "down x", "insert x insert y update m z" },
	{ BESIDE, "b2 c1", "up m", "update c1 m" },
	{ BESIDE, "b2 m", "down c1", "update m c1" },
	{ BESIDE, "m b2", "down b2@b1", "delete b2" },
	{ BESIDE, "m", "up b2", "insert b2" },
	{ TWINS, "m", "up n", "insert n" },
	{ TWINS, "m n", "down n@x", "delete n" },
	{ DEPENDS, "a2 b1", "up b2", "delete b1 update a2 b2" },
	{ DEPENDS, "b2", "down b1", "insert b1 update b2 a2" },
	{ DEPENDS, "a3 b2", "down b1", "update b2 b1" },
	{ SHARED, "a1", "up x1", "update a1 x1" },
	{ SHARED, "x1", "up y1", "insert y1" },
	{ SHARED, "x1 y1", "down x1@base", "delete x1" },
	{ SHARED, "x1", "down x1@base", "update x1 a1" },
	{ LINE, "a c", "down b", "update c b" },
	{ LINE, "b c", "down b", "delete c" },
	{ LINE, "b", "stamp d", "update b d" },
	{ LINE, "b", "stamp base", "delete b" },
	{ LINE, "", "stamp b", "insert b" },
	{ LINE, "a c", "stamp c", "delete a" },
	{ FORK, "b2 c2", "stamp r", "delete b2 update c2 r" },
	{ FORK, "b2", "stamp c1", "insert c1" },
	{ MERGED, "b2 c2", "stamp m", "delete b2 update c2 m" },
	{ LINE, "gone b", "purge c", "delete b delete gone insert c" },
	{ LINE, "gone b", "purge base", "delete b delete gone" },
};

static void write_change(struct strbuf *out, const struct version_change *change)
{
	for (size_t i = 0; i < change->deletes.count; i++)
		strbuf_addf(out, " delete %s", change->deletes.items[i]);
	for (size_t i = 0; i < change->inserts.count; i++)
		strbuf_addf(out, " insert %s", change->inserts.items[i]);
	if (change->update_from)
		strbuf_addf(out, " update %s %s", change->update_from, change->update_to);
}

static void check_change(size_t i)
{
	struct graph graph;
	struct arena arena = ARENA_INIT;
	struct plan made;
	struct strbuf text = STRBUF_INIT;
	struct strbuf change = STRBUF_INIT;

	graph_init(&graph);
	revgraph_read(&graph, changes[i].graph, NULL);
	revgraph_plan(&arena, &graph, changes[i].rows, changes[i].command, &made, &text, NULL);
	if (made.count)
		write_change(&change, &made.steps[0].change);
	is_str(change.buf + (change.len > 0), changes[i].want, "rows changed by %s at \"%s\"",
		changes[i].command, changes[i].rows);
	strbuf_release(&change);
	strbuf_release(&text);
	arena_release(&arena);
	graph_release(&graph);
}

static void write_names(struct strbuf *out, const struct names *names)
{
	for (size_t i = 0; i < names->count; i++)
		strbuf_addf(out, "%s%s", i ? ", " : "", names->items[i]);
}

/* "FROM -> TO" of each step, as the log says it. */
static const struct {
	const char *graph;
	const char *rows;
	const char *command;
	const char *want;
} lines[] = {
	{ LINE, "", "up b", " -> a|a -> b|" },
	{ LINE, "b", "down base", "b -> a|a -> |" },
	{ MERGED, "b2 c2", "up m", "b2, c2 -> m|" },
	{ MERGED, "m", "down b2", "m -> b2, c2|" },
	{ DEPENDS, "a2 b1", "up b2", "b1 -> b2|" },
	{ "a; b<a,a", "a", "up b", "a -> b|" },
	{ FORK, "b2 c2", "stamp r", "b2, c2 -> r|" },
	{ FORK, "b2 c2", "stamp base", "b2 -> |c2 -> |" },
	{ FORK, "", "stamp heads", " -> b2| -> c2|" },
	{ FORK, "gone c2", "purge b1 c1", "c2, gone -> b1| -> c1|" },
};

static void check_lines(size_t i)
{
	struct graph graph;
	struct arena arena = ARENA_INIT;
	struct plan made;
	struct strbuf text = STRBUF_INIT;

	graph_init(&graph);
	revgraph_read(&graph, lines[i].graph, NULL);
	revgraph_plan(&arena, &graph, lines[i].rows, lines[i].command, &made, &text, NULL);
	strbuf_reset(&text);
	for (size_t k = 0; k < made.count; k++) {
		write_names(&text, &made.steps[k].from);
		strbuf_addstr(&text, " -> ");
		write_names(&text, &made.steps[k].to);
		strbuf_addch(&text, '|');
	}
	is_str(text.buf, lines[i].want, "lines of %s at \"%s\"", lines[i].command, lines[i].rows);
	strbuf_release(&text);
	arena_release(&arena);
	graph_release(&graph);
}

static const struct {
	const char *graph;
	const char *rows;
	const char *command;
	const char *message;
	const char *detail;
	const char *hint;
} refusals[] = {
	{ LINE, "gone", "up head", "the database is at gone, which no revision file has", NULL,
	  "--purge" },
	{ LINE, "a c", "up head",
	  "the rows of the version table overlap: \"a\" is an ancestor of \"c\"",
	  "These overlap:\n  a, v/a.sql, make a\n  c, v/c.sql, make c", "limbeck stamp c" },
	{ LINE, "b", "down d", "revision \"d\" is not applied, so nothing can be downgraded to it",
	  "The database is at:\n  b, v/b.sql, make b", NULL },
	{ LINE, "", "down d", "revision \"d\" is not applied, so nothing can be downgraded to it",
	  "Nothing is applied.", NULL },
	{ DEPENDS, "b3", "down a2", "nothing above revision \"a2\" is applied",
	  "The database is at:\n  b3", NULL },
	{ FORK, "b2", "down r@r", "\"r@r\" is not a valid downgrade target: no way up from it "
	  "leads to revision \"r\"", "From there it goes up to:\n  b1, v/b1.sql, make b1\n  c1",
	  "on the side to undo" },
	{ MERGED, "m", "stamp b2", "the stamp would forget that revision \"c2\" is applied",
	  "Nothing would stand for:\n  c2, v/c2.sql, make c2", "--force" },
	{ THREE, "m", "stamp x", "the stamp would forget that 2 branches are applied",
	  "Nothing would stand for:\n  z", "--force" },
	{ DEPENDS, "b2", "stamp a2", "the stamp would forget that revision \"b2\" is applied", NULL,
	  "--force" },
	{ LINE, "", "stamp a c", "the targets overlap: \"a\" is an ancestor of \"c\"",
	  "These overlap:", NULL },
	{ LINE, "", "stamp c base",
	  "the targets contradict each other: \"c\" is undone by one that follows", NULL,
	  "Name base first" },
	{ FORK, "b1 b2", "stamp c1",
	  "the rows that remain overlap: \"b1\" is an ancestor of \"b2\"",
	  NULL, "limbeck stamp b2" },
};

static bool begins(const char *text, const char *part)
{
	return !part || (text && strncmp(text, part, strlen(part)) == 0);
}

static bool has(const char *text, const char *part)
{
	return !part || (text && strstr(text, part));
}

static void check_refusal(size_t i)
{
	struct graph graph;
	struct arena arena = ARENA_INIT;
	struct plan made;
	struct strbuf text = STRBUF_INIT;
	struct limbeck_error err = LIMBECK_ERROR_INIT;

	graph_init(&graph);
	revgraph_read(&graph, refusals[i].graph, &err);
	revgraph_plan(&arena, &graph, refusals[i].rows, refusals[i].command, &made, &text, &err);
	is_str(err.message, refusals[i].message, "%s at \"%s\" is refused in words",
		refusals[i].command, refusals[i].rows);
	if (!ok(begins(err.detail, refusals[i].detail) && has(err.hint, refusals[i].hint),
		    "with the revisions that it is about, and what to do"))
		diag("%s\n%s", err.detail ? err.detail : "", err.hint ? err.hint : "");
	strbuf_release(&text);
	limbeck_error_release(&err);
	arena_release(&arena);
	graph_release(&graph);
}

static void test_ranges(void)
{
	struct arena arena = ARENA_INIT;
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	const char *from, *to;

	plan_split_range(&arena, "a1:head", &from, &to, &err);
	ok(from && strcmp(from, "a1") == 0 && strcmp(to, "head") == 0, "a range has two halves");
	plan_split_range(&arena, "head", &from, &to, &err);
	ok(!from && strcmp(to, "head") == 0, "without a colon there is no start");
	plan_split_range(&arena, ":b", &from, &to, &err);
	ok(from && strcmp(from, "base") == 0 && strcmp(to, "b") == 0, "nothing before it is base");
	ok(plan_split_range(&arena, "a:", &from, &to, &err) < 0, "nothing after it is an error");
	is_int(err.code, LIMBECK_E_USAGE, "of usage");
	ok(plan_split_range(&arena, "a:b:c", &from, &to, &err) < 0, "so are two colons");
	limbeck_error_release(&err);
	arena_release(&arena);
}

static void test_large(void)
{
	struct graph graph;
	struct arena arena = ARENA_INIT;
	struct plan made;
	struct strbuf text = STRBUF_INIT;
	struct strbuf out = STRBUF_INIT;

	for (size_t i = 0; i < 100000; i++)
		strbuf_addf(&text, "r%06zu%s%06zu;", i, i ? "<r" : " at ", i ? i - 1 : 0);
	graph_init(&graph);
	revgraph_read(&graph, text.buf, NULL);
	revgraph_plan(&arena, &graph, "", "up head", &made, &out, NULL);
	is_int((long long)made.count, 100000, "a plan over 100,000 revisions is made");
	revgraph_plan(&arena, &graph, "r099999", "down base", &made, &out, NULL);
	is_int((long long)made.count, 100000, "and one down again");
	revgraph_plan(&arena, &graph, "r050000", "stamp head", &made, &out, NULL);
	is_int((long long)made.count, 1, "and a stamp over the half");
	strbuf_release(&text);
	strbuf_release(&out);
	arena_release(&arena);
	graph_release(&graph);
}

int main(void)
{
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check_case(i);
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
		check_change(i);
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		check_lines(i);
	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++)
		check_refusal(i);
	test_ranges();
	test_large();
	return done_testing();
}
