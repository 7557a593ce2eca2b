/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the loader share. */
#ifndef API_LOAD_INT_H
#define API_LOAD_INT_H

#include "api/load.h"

/* A transaction locks all that it makes, and servers have room for so many locks. */
enum { LOAD_STATEMENTS = 200, LOAD_BYTES = 256 << 10 };

struct load {
	struct connection *connection;
	const struct ddl *ddl;
	const struct limbeck_traits *traits;
	bool transactional;
	bool open;                   /* a transaction */
	size_t pending;              /* statements in it */
	/* The session: which settings hold. */
	const struct ddl_text *text; /* those of this text, NULL: none is known */
	size_t next;                 /* up to this statement */
	bool dirty;                  /* a setting was made since the last reset */
	VEC(size_t) waiting;         /* statements that have failed so far */
	VEC(struct limbeck_statement) batch;
};

/* A failure that another try does not mend. */
bool load_is_final(const struct load *load, const struct limbeck_error *err);

/* The transaction; harmless where there is none to be opened or closed. */
int load_begin(struct load *load, struct limbeck_error *err);
int load_commit(struct load *load, struct limbeck_error *err);
/* In a transaction: what stands before what may fail, what stands behind it, and
 * what undoes it when it has failed. */
extern const char load_savepoint[], load_release[];
int load_undo(struct load *load, struct limbeck_error *err);

/* Gives the session its own settings back, where it may have lost them. */
int load_reset(struct load *load, struct limbeck_error *err);
/* Makes the session's settings what they are before statement i in its text. */
int load_enter(struct load *load, size_t i, struct limbeck_error *err);
/* Runs statement i alone: 1 done; 0 failed, with problem filled, and undone; -1
 * with err. */
int load_one(struct load *load, size_t i, struct limbeck_error *problem,
	struct limbeck_error *err);

#endif
