/* SPDX-License-Identifier: BSD-2-Clause */
/* Between the files of diff_parity(); private to them. */
#ifndef DIFF_PARITY_H
#define DIFF_PARITY_H

#include "base/map.h"
#include "diff/diff.h"

struct parity {
	const struct parity_side *sides[2];
	int (*fn)(void *data, const struct limbeck_object *a, const struct limbeck_object *b,
		const char *text);
	void *data;
	struct arena arena;
	struct strbuf text;
	struct limbeck_error *err;
	int result;             /* not 0: stopped */
};

/* A table that is on both sides. */
struct parity_table {
	const struct limbeck_object *objects[2];
	struct map columns[2];  /* by name without case */
};

/* Says what is in parity->text, and empties it; false: stop. */
bool parity_say(struct parity *parity, const struct limbeck_object *a,
	const struct limbeck_object *b);
bool parity_only(struct parity *parity, size_t side, const struct limbeck_object *object);
bool parity_nomem(struct parity *parity);
/* The text in lower case, in the arena; NULL: no memory, and stopped. */
char *parity_folded(struct parity *parity, const char *text);
const struct limbeck_object *parity_part(const struct parity *parity,
	const struct parity_table *table, size_t side, enum limbeck_kind kind,
	const struct limbeck_object *previous);

/* parity_keys.c: keys, unique constraints and indexes, foreign keys. */
bool parity_keys(struct parity *parity, const struct parity_table *table);
/* Whether the column of the side is in its table's primary key. */
bool parity_in_key(const struct parity *parity, const struct parity_table *table, size_t side,
	const struct limbeck_object *column);
/* Whether the column is there to help a unique index, which on the other side has
 * expressions or a predicate. */
bool parity_helps(const struct parity *parity, const struct parity_table *table, size_t side,
	const struct limbeck_object *column);
/* Whether a unique index is not one on columns alone. */
bool parity_is_special(const struct limbeck_object *index);

#endif
