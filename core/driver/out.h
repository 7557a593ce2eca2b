/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where rendered SQL goes: the host's services put, end, remark and so on, and
 * what the renderer does with what came.
 *
 * Statements are held until out_flush(), so that what a driver has rendered can
 * be headed by remarks that depend on how much it was. Then they are written as
 * the body of a section: remarks and @decide directives before the statement, ";"
 * behind it, an empty line between groups. A statement that the splitter would
 * not give back whole stands in an @statement block.
 */
#ifndef DRIVER_OUT_H
#define DRIVER_OUT_H

#include "base/arena.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "driver/render.h"
#include <limbeck/host.h>

struct out_statement {
	const char *remarks;    /* lines, of comments and of directives */
	const char *text;       /* "": remarks alone */
	bool autocommit;
};

struct limbeck_out {
	const struct limbeck_lexis *lexis;
	const char *default_schema;     /* NULL: none */
	struct rendered *rendered;
	struct arena arena;
	VEC(struct out_statement) statements;
	/* The statement that is being put. */
	struct strbuf text;
	struct strbuf remarks;
	struct strbuf decides;
	bool autocommit;
	bool group;             /* what is written next is about another object */
	bool block;             /* an @autocommit block is open in what was written */
	bool nameless;          /* an empty name was put */
	bool failed;            /* no memory */
};

/* lexis, default_schema and rendered are borrowed. */
void out_init(struct limbeck_out *out, const struct limbeck_lexis *lexis,
	const char *default_schema, struct rendered *rendered);
void out_release(struct limbeck_out *out);
/* What comes is about another object than what came. */
void out_group(struct limbeck_out *out);
/* Whether a statement has been begun and not ended. */
bool out_is_open(const struct limbeck_out *out);
/* Writes the statements, heading (lines of comment, "" for none) before the first.
 * Where there is none, heading is dropped. */
void out_flush(struct limbeck_out *out, const char *heading);
/* The last: remarks without a statement are written, an open block is closed.
 * LIMBECK_E_NOMEM when something was lost on the way. */
int out_finish(struct limbeck_out *out, struct limbeck_error *err);
/* A line of comment, whatever is in the text. */
void out_comment(struct strbuf *to, const char *text);

/* The services, as <limbeck/host.h> has them. */
void out_put(struct limbeck_out *out, const char *format, ...) LIMBECK_PRINTF(2, 3);
void out_put_name(struct limbeck_out *out, const char *name);
void out_put_qualified(struct limbeck_out *out, const char *schema, const char *name);
void out_put_names(struct limbeck_out *out, const struct limbeck_object *object,
	enum limbeck_attribute attribute);
void out_put_literal(struct limbeck_out *out, const char *text);
void out_put_definition(struct limbeck_out *out, const struct limbeck_object *object);
void out_end(struct limbeck_out *out);
void out_remark(struct limbeck_out *out, const char *format, ...) LIMBECK_PRINTF(2, 3);
void out_put_autocommit(struct limbeck_out *out);
void out_put_decide(struct limbeck_out *out, const char *format, ...) LIMBECK_PRINTF(2, 3);
void out_put_rebuild(struct limbeck_out *out);

#endif
