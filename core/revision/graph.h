/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The revision graph: a directed acyclic graph over parents ("down revisions"
 * to Alembic), with dependencies as extra edges that order but do not join
 * branches. Semantics are Alembic's, without its known defects.
 *
 * Life: graph_init, graph_add for each file, graph_link once, then questions.
 * All order is deterministic: revisions that nothing else orders go by
 * `created`, then by id. No function recurses; 100,000 revisions in a line are
 * fine. Pointers live until graph_release; memory comes from the graph's arena.
 *
 * A label spreads from the revision that declares it to all descendants. Where
 * the line from there to its head has no branchpoint (dependents count) and no
 * merge, it spreads to the ancestors too, up to the next branchpoint or merge.
 */
#ifndef REVISION_GRAPH_H
#define REVISION_GRAPH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/vec.h"
#include <limbeck/error.h>

struct revision;

struct revision_list {
	struct revision **items;
	size_t count;
	size_t capacity;
};

struct names {
	const char **items;
	size_t count;
	size_t capacity;
};

struct revision {
	/* From the file; set by whoever adds it. */
	const char *id;
	struct names parents;       /* graph_link puts in what replaces them */
	struct names depends;       /* ids and labels, as written */
	struct names labels;        /* declared here */
	struct names replaces;      /* squashed revisions that it stands for, in their order */
	const char *message;        /* first line, "" if none */
	const char *text;           /* whole comment, "" if none */
	const char *created;        /* "" if not given */
	const char *dialect;        /* NULL: the project's */
	const char *kept;           /* downgrade text from the history table; NULL: it has a file */
	const char *path;           /* as shown, and as opened from the current folder */
	unsigned line;              /* of @revision */

	/* From graph_link. */
	size_t index;               /* place in topological order: ancestors are lower */
	struct revision_list downs;     /* parents */
	struct revision_list needs;     /* dependencies resolved */
	struct revision_list tops;      /* normalised: parents, and dependencies not reached
	                                   through others (in huge tangles, more of them) */
	struct revision_list ups;       /* children */
	struct revision_list needed_by; /* that depend on it */
	struct revision_list topped_by; /* whose tops hold it */
	struct names all_labels;        /* declared, and spread from others, sorted */
};

struct graph {
	struct arena arena;
	struct map by_id;
	struct map by_label;         /* label -> the revision that declares it */
	struct map by_replaced;      /* id -> the revision that replaces it */
	struct map aliases;          /* id -> another id, that stands for it: see graph_alias */
	struct revision_list all;    /* after graph_link: topological order */
	bool linked;
};

void graph_init(struct graph *graph);
void graph_release(struct graph *graph);

/* Adds a revision; its strings and lists must live as long as the graph (take
 * them from graph->arena). A duplicate id, or one that is reserved or not well
 * formed, is an error naming file and line, and both files. */
int graph_add(struct graph *graph, const struct revision *revision, struct limbeck_error *err);

/* Says before graph_link() that id, which no revision of the graph has, stands for
 * another: of a squashed revision that is left out, the last that it replaces. Both
 * must live as long as the graph. false: no memory. */
bool graph_alias(struct graph *graph, const char *id, const char *other);

/* Resolves parents, dependencies and labels, and checks: a missing parent or
 * dependency (file, line, the id, and the nearest known one), cycles (all
 * members in order, with files), a label declared twice or equal to an id. */
int graph_link(struct graph *graph, struct limbeck_error *err);

/* True if id is 1 to 128 of A-Z a-z 0-9 _ . and not reserved. */
bool graph_id_is_valid(const char *id);
/* True if id is head, heads, base or current. */
bool graph_id_is_reserved(const char *id);
/* As for an id, but '-' may stand in it too, not at its front. */
bool graph_label_is_valid(const char *label);

/* The revision of exactly that id, or NULL. */
struct revision *graph_find(const struct graph *graph, const char *id);
/* The revision of that id, or that replaces it, or the one that declares that
 * label, or NULL. */
struct revision *graph_find_key(const struct graph *graph, const char *key);

/* What a row of the version table stands for: the revision of that id, or the one
 * of which it is the last that it replaces, or an alias; or NULL. */
struct revision *graph_find_row(const struct graph *graph, const char *id);
/* The revision that replaces id and others behind it, so that it does not stand
 * for id; or NULL. */
struct revision *graph_find_around(const struct graph *graph, const char *id);

/* Nobody's parent; nobody's parent or dependency; without parents. In the
 * order of graph->all. false: no memory. */
bool graph_heads(struct graph *graph, struct revision_list *out);
bool graph_effective_heads(struct graph *graph, struct revision_list *out);
bool graph_bases(struct graph *graph, struct revision_list *out);

/* Sorts by index, and drops what is there twice. */
void revision_list_sort(struct revision_list *list);

/* A set of revisions, by index. */
struct revision_set {
	unsigned char *has;   /* graph->all.count bytes */
};
bool revision_set_init(struct revision_set *set, const struct graph *graph, struct arena *arena);
static inline bool revision_set_has(const struct revision_set *set, const struct revision *revision)
{
	return set->has[revision->index] != 0;
}

/* Marks roots and all below them (parents and dependencies), or above them
 * (children and dependents), in set. Revisions that are marked already are not
 * walked again. */
bool graph_mark_ancestors(const struct graph *graph, const struct revision_list *roots,
	struct revision_set *set);
bool graph_mark_descendants(const struct graph *graph, const struct revision_list *roots,
	struct revision_set *set);
/* Marks the lineage of root: itself, its ancestors and its descendants, by
 * parents alone, or by dependencies too. set must be empty. */
bool graph_mark_lineage(const struct graph *graph, struct revision *root, bool dependencies,
	struct revision_set *set);
/* Marks roots and their descendants by parents alone. */
bool graph_mark_children(const struct graph *graph, const struct revision_list *roots,
	struct revision_set *set);

#endif
