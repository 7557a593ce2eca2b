/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * An identifier in parts: [BRANCH@][SYMBOL][+N|-N]. Only this room uses it.
 *
 * A key (id or label) that has exactly the text after BRANCH@ is that key, even
 * where it looks like a relative form: labels may hold '-'.
 */
#ifndef REVISION_QUERY_H
#define REVISION_QUERY_H

#include "revision/resolve.h"

struct query {
	struct graph *graph;
	enum resolve_use use;
	const struct revision_list *rows; /* never NULL */
	const char *text;             /* all of it, for messages */
	const char *branch_name;      /* NULL: none */
	struct revision *branch;
	struct revision_set lineage;  /* of branch, by parents; has is NULL without one */
	const char *symbol;           /* "" if there is none */
	bool relative;
	bool up;
	size_t steps;
	bool clamp;                   /* walking too far ends at the last revision, or base */
};

/* Fills query; query_release() frees what it holds, after an error too. */
int query_parse(struct query *query, struct graph *graph, const char *text, enum resolve_use use,
	const struct revision_list *rows, struct limbeck_error *err);
void query_release(struct query *query);
/* True for "+N", "-N", and these after "BRANCH@". */
bool query_is_bare(const struct query *query);

int query_run(struct query *query, struct resolve_result *out, struct limbeck_error *err);
/* The heads of the branch, of all branches where none was named. */
int query_heads(struct query *query, struct revision_list *out, struct limbeck_error *err);
/* What the symbol alone stands for; base gives an empty list. */
int query_symbol(struct query *query, struct revision_list *out, struct limbeck_error *err);
/* What a relative form stands for. */
int query_relative(struct query *query, struct revision_list *out, struct limbeck_error *err);
/* N below each of from; whole gets those of from that this leads to the base. */
int query_below(struct query *query, const struct revision_list *from,
	struct revision_list *out, struct revision_list *whole, struct limbeck_error *err);

/* True if there is no branch, or the revision shares its lineage. */
bool query_fits(const struct query *query, const struct revision *revision);
/* Adds to out, in the graph's arena. */
int query_add(struct query *query, struct revision_list *out, struct revision *revision,
	struct limbeck_error *err);

/* The revision that key names: by id, by label, or by the one id or label that
 * begins so; in the query's branch, if it has one. */
int query_lookup(struct query *query, const char *key, struct revision **out,
	struct limbeck_error *err);

#endif
