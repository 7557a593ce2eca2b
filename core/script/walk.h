/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A walk through a revision file: its sections and statements with what the
 * directives around them say. All directives are checked on the way, whichever
 * section and engine is asked for.
 */
#ifndef SCRIPT_WALK_H
#define SCRIPT_WALK_H

#include "script/directive.h"
#include "script/input.h"
#include "sql/splitter.h"

enum walk_kind {
	WALK_END,
	WALK_SECTION,       /* a section begins */
	WALK_IRREVERSIBLE,  /* text is the reason */
	WALK_DECIDE,        /* text is what a person has to decide */
	WALK_STATEMENT
};

struct walk_item {
	enum walk_kind kind;
	int section;            /* SCRIPT_UPGRADE or SCRIPT_DOWNGRADE */
	const char *text;       /* valid until the next call */
	size_t length;
	uint64_t offset;
	unsigned line;
	unsigned column;
	bool no_transaction;    /* the section's flags */
	bool rebuild;
	bool mine;              /* for this engine */
	bool autocommit;        /* in an @autocommit block */
	bool repeat;
	unsigned pause_ms;
	bool verbatim;          /* from an @only block */
	bool selected;          /* from a block for some engines */
	bool whole;             /* an @whole section */
	bool transaction;       /* opens or ends a transaction */
};

struct walk_block {
	enum directive_id id;
	unsigned line;
	unsigned column;
	bool mine;
};

enum { WALK_SECTIONS = 2, WALK_DEEPEST = 3, WALK_HEADER = -1 };

struct walk {
	const struct script_source *source;
	bool keep;              /* the texts of our section's statements are wanted */
	struct input input;
	struct splitter splitter;
	int section;            /* where the walk is; WALK_HEADER before the first */
	bool fresh;             /* a text whose first item may be its own directive */
	bool whole;             /* what follows is the text after @whole */
	bool parts;             /* give a @whole section's statements one by one */
	struct walk_section {
		unsigned line;          /* of its directive, 0 if it was not seen */
		bool no_transaction;
		bool rebuild;
		unsigned irreversible;  /* line of @irreversible, 0 if there is none */
		uint64_t statements;    /* for whichever engine */
	} sections[WALK_SECTIONS];
	struct walk_block blocks[WALK_DEEPEST];
	size_t depth;
	bool repeat;            /* @repeat stands before what follows */
	unsigned pause_ms;
	unsigned repeat_line;
	unsigned repeat_column;
};

/* sum, which may be NULL, takes in all that is read. */
int walk_open(struct walk *walk, const struct script_source *source, bool keep,
	struct checksum *sum, struct limbeck_error *err);
void walk_close(struct walk *walk);
int walk_next(struct walk *walk, struct walk_item *item, struct limbeck_error *err);
/* Gives an error just made its place in the file. Always -1. */
int walk_fail(const struct walk *walk, unsigned line, unsigned column, struct limbeck_error *err);

/* Does what a directive says: 1 when that gives an item, 0, or -1. */
int walk_directive(struct walk *walk, const struct split_item *split, struct walk_item *item,
	struct limbeck_error *err);
/* Fills item with a statement's text: 1, or -1. */
int walk_statement(struct walk *walk, const struct split_item *split, struct walk_item *item,
	struct limbeck_error *err);
/* Checks that nothing is open where a section ends. */
int walk_section_end(const struct walk *walk, struct limbeck_error *err);

#endif
