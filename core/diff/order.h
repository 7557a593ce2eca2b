/* SPDX-License-Identifier: BSD-2-Clause */
/* Between order.c, which says where nodes would like to be, and walk.c, which takes
 * them as they can; private to these two. */
#ifndef DIFF_ORDER_H
#define DIFF_ORDER_H

#include "diff/diff_int.h"

/* Edges by the node at one of their ends. */
struct links {
	unsigned *starts; /* one more than there are nodes */
	unsigned *items;
};

struct sorting {
	int phase, kinds, rank;
	unsigned group, node;
	const struct limbeck_object *group_object, *object;
};

/* A place in the wished order. Neighbours about the same table are a run. */
struct place {
	unsigned node;
	unsigned run;      /* the place of the first of them */
	unsigned ready;    /* of a first: how many of the run are ready, */
	unsigned lowest;   /* ... and none of them is before this place */
	bool is_ready;
};

struct ordering {
	struct work *work;
	struct links into, out;
	struct place *at;  /* by place */
	unsigned *places;  /* by node */
	unsigned *waiting; /* how many edges a node waits for */
	bool *taken;       /* by node */
	bool *cut;         /* by edge */
	unsigned *heap;    /* runs that have ready nodes */
	size_t heap_count;
	unsigned *order;   /* the result */
	size_t count;
};

bool order_walk(struct ordering *ordering);

#endif
