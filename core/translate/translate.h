/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Translation: the statements of one dialect for an engine of another.
 *
 * A translator holds two catalogs. `home` is what the home engine would have made of
 * all statements so far: names folded as there, unnamed constraints named as there, texts
 * (types, defaults, checks, views) in the common dialect (<limbeck/translation.h>).
 * `target` is what the engine has: tracked from the first revision on, so that a script
 * says the same as a run, and completed by what is found in the database.
 *
 * A structural statement becomes a change of `home` (home.h). What it touches is mapped to
 * objects that the engine could have, as they were before and as they are after (map.h);
 * what differs between the two (core/diff) is done to `target`, with all that depends
 * there, and rendered by the engine's driver: so a change that ALTER can't make is a
 * rebuild, a value added to an enum reaches every column that has it, and what was made
 * in @only blocks is kept. Neighbouring statements about one table are one change.
 * A statement about rows is rewritten and printed (phrase.h).
 */
#ifndef TRANSLATE_TRANSLATE_H
#define TRANSLATE_TRANSLATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/log.h"
#include "base/strbuf.h"
#include "base/vec.h"
#include "ddl/parser.h"
#include "driver/loader.h"
#include "schema/catalog.h"
#include "script/script.h"
#include <limbeck/driver.h>

struct translator;

/* All is borrowed but the catalog. */
struct translator_options {
	const char *dialect;                  /* home: one of <limbeck/dialect.h> */
	const struct driver *driver;          /* of the engine */
	const struct limbeck_server *server;  /* NULL: not connected */
	const char *const *engines;           /* its names for @only */
	size_t engine_count;
	/* What the engine has; the translator's from now on. NULL: what the revisions make. */
	struct limbeck_catalog *target;
	bool skip;                            /* untranslatable = skip: a warning instead */
	bool skip_all;                        /* with it: any failure, to show them all */
	const struct log *log;                /* what is dropped or skipped */
};

int translator_new(const struct translator_options *options, struct translator **translator,
	struct limbeck_error *err);
void translator_free(struct translator *translator); /* NULL is allowed */

/* What becomes of a statement, for those who show it beside its source. */
enum translation_fate {
	TRANSLATION_SENT,      /* text holds statements */
	TRANSLATION_JOINED,    /* ... those of the next one, which is done together with it */
	TRANSLATION_NOTHING,   /* nothing is to be done on this engine (IF EXISTS, say) */
	TRANSLATION_DROPPED,   /* it matters at home alone: why */
	TRANSLATION_SKIPPED    /* no counterpart, and options.skip: why */
};

/* A statement of the section as it will run. */
struct translated_statement {
	size_t offset;          /* in text */
	size_t length;
	unsigned line, column;  /* of the source that it comes from */
	unsigned source;        /* number of that statement, from 1 */
};

struct translated_source {
	unsigned number;        /* from 1 */
	unsigned line, column;
	const char *text;       /* in the arena; as it was written */
	size_t length;
	enum translation_fate fate;
	const char *why;        /* a sentence, or NULL */
	/* Of one that is skipped. */
	const char *hint;       /* or NULL */
	unsigned problem_line, problem_column;
};

/* From offset on, the text comes from that statement. */
struct translated_chunk {
	size_t offset;
	unsigned source;
};

/* A section in the engine's words: a text that script_reader_open() reads, with the
 * directives that were there (@autocommit, @repeat, @statement...). */
struct translated {
	struct strbuf text;
	bool rebuild;           /* needs the flag of that name */
	VEC(struct translated_statement) statements;  /* in the order in which they run */
	VEC(struct translated_source) sources;
	VEC(struct translated_chunk) chunks;
};
void translated_init(struct translated *translated);
void translated_release(struct translated *translated);

/* The text as a source, of the section and for the engines that the original is; borrows. */
struct script_source translated_script(const struct translated *translated,
	const struct script_source *source, const struct limbeck_lexis *lexis);
/* Reads the section's statements and translates them, going on from what the translator
 * has seen before; out may be NULL: the catalogs alone go on (what was applied long ago),
 * and what has no counterpart is no error then. The first statement that has none is an
 * error LIMBECK_E_UNSUPPORTED at its file:line:column that names the construct and hints at
 * the @only block to write. After an error the translator is of no use. */
int translate_section(struct translator *translator, const struct script_source *source,
	struct arena *arena, struct translated *out, struct limbeck_error *err);

/* To be called once all that was applied has been seen: from now on the target is what
 * options.target has found. Not for a revision that is half done. */
int translator_meet(struct translator *translator, struct limbeck_error *err);
/* The dialect in which the sections that follow are written; that of the options to begin
 * with. The engine's own may be one too: then the catalogs follow what is sent as it is. */
int translator_speak(struct translator *translator, const char *dialect,
	struct limbeck_error *err);

/* One statement alone, for tests and units. */
int translate_statement(struct translator *translator, const char *text, size_t length,
	const struct ddl_place *place, struct translated *out, struct limbeck_error *err);

/* A statement of a desired schema. */
struct schema_statement {
	const char *text;
	size_t length;
	struct ddl_place place;
};
/* The statements that make all of it on an empty engine, in an order in which they can be
 * made, whatever the order of the items; out->sources stays empty. */
int translate_schema(struct translator *translator, const struct schema_statement *items,
	size_t count, struct translated *out, struct limbeck_error *err);

const struct limbeck_catalog *translator_home(const struct translator *translator);
const struct limbeck_catalog *translator_target(const struct translator *translator);

#endif
