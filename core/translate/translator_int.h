/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the translator share. */
#ifndef TRANSLATE_TRANSLATOR_INT_H
#define TRANSLATE_TRANSLATOR_INT_H

#include "driver/render.h"
#include "translate/home.h"
#include "translate/hangs.h"
#include "translate/map.h"
#include "translate/translate.h"

/* A dialect in which statements are written. */
struct translator_home {
	const char *dialect;
	const struct limbeck_lexis *lexis;
	struct home home;                /* its catalog is the translator's */
	struct phrasebook *across;
	bool native;                     /* the engine's own */
};

/* Structural statements that `home` has taken in and `target` has not: one, or
 * several that are made one change. */
struct pending {
	struct arena arena;              /* trees, names, works */
	const char *relation;            /* that all of them are about, where others may join */
	VEC(struct object_name) touched;
	VEC(struct diff_rename) renames;
	VEC(struct home_work) works;
	unsigned first, last;            /* their numbers; last 0: there is none */
	unsigned line, column;           /* of the last one */
	bool verbatim;                   /* they are sent as they are: only the catalogs follow */
};

struct translator {
	struct translator_options options;
	const struct limbeck_traits *traits;
	const struct limbeck_lexis *lexis;     /* of the engine's session */
	VEC(struct translator_home *) homes;
	struct translator_home *home;          /* in which the section is written */
	struct translator_home *native;        /* the engine's own; NULL: it is no home */
	const struct home_traits *rules;       /* those of the project's dialect */
	struct limbeck_catalog *catalog;       /* what the home engine would have */
	struct limbeck_catalog *done;          /* ... as far as `target` has it too */
	struct limbeck_catalog *target;
	const struct limbeck_translation *translation;
	struct phrasebook *outward;
	struct mapping mapping;
	struct texts *told;                    /* what was said already */
	struct hangs *referrers;               /* foreign keys of `catalog` */
	struct hangs *dependents;              /* all that hangs on others in `target` */
	struct pending pending;
	bool adopting;                         /* a table is being read from `target` */
	unsigned synced;                       /* objects put into `done` since it was made */
	/* What was sent verbatim and not understood. */
	VEC(char *) unknown;
	struct arena arena;                    /* as long as the translator */
	/* The section. */
	struct arena *section;                 /* what is said of it lives there */
	struct translated *out;                /* NULL: the catalogs alone go on */
	const char *file;
};

/* --- dialects --- */

/* The home of a dialect, made when it is first asked for. */
int translator_home_of(struct translator *translator, const char *dialect,
	struct translator_home **home, struct limbeck_error *err);
/* An adopt function (home.h) whose data is the translator. */
int translator_adopt(void *data, const char *schema, const char *name, struct limbeck_error *err);

/* --- what the engine could have of objects of a home catalog --- */

/* A catalog of the engine's rules with the named objects, as far as `home` has them. */
int translator_map(struct translator *translator, const struct limbeck_catalog *home,
	const object_names *names, struct limbeck_catalog **to, struct limbeck_error *err);
/* Of struct mapping: says each remark once. */
void translator_remark(void *data, const struct limbeck_object *object, const char *text);

/* --- the part of `target` that a change can reach (subset.c) --- */

/* Copies into `to`: the relations and types that are in `of` and in `target`, those that
 * refer to them or read them, and what they hold on to. Parts come in an order that
 * depends on their names alone. */
int subset_make(struct translator *translator, const struct limbeck_catalog *before,
	const struct limbeck_catalog *after, struct limbeck_catalog **to,
	struct limbeck_error *err);
/* A copy of an object and its parts in that order. */
bool subset_copy(struct limbeck_catalog *to, const struct limbeck_object *object);

/* --- doing to a subset of `target` what leads from one map to another (patch.c) --- */

struct patch {
	struct limbeck_catalog *before;    /* maps; changed by the renames */
	struct limbeck_catalog *after;
	struct limbeck_catalog *target;    /* is changed */
	const struct diff_rename *renames;
	size_t rename_count;
};
int patch_apply(const struct patch *patch, struct limbeck_error *err);

/* --- statements --- */

/* A change of the catalog `home` that was performed becomes one of `target`, and text.
 * Nothing if none is pending. */
int translator_flush(struct translator *translator, struct limbeck_error *err);
/* After a failure of home_perform(): `catalog` is again as `done`. */
int translator_go_back(struct translator *translator, struct limbeck_error *err);
/* `done` follows `catalog` in what was touched. */
int translator_sync(struct translator *translator, const struct object_name *names, size_t count,
	struct limbeck_error *err);
void translator_drop_doubles(object_names *names);
/* Says what was left out of a statement. */
void translator_tell_effect(struct translator *translator, const struct ddl_statement *statement,
	const struct home_effect *effect, unsigned line);
/* Adds what home_work wants done, before the change or behind it. */
int work_before(struct translator *translator, const struct home_work *work,
	struct limbeck_error *err);
int work_after(struct translator *translator, const struct home_work *work,
	struct limbeck_error *err);
/* The conversions of ALTER COLUMN ... TYPE ... USING that are more than a cast: done with
 * the values beside their column, for as long as it changes its type. `was` is then what
 * the target is half-way. */
int work_convert(struct translator *translator, struct limbeck_catalog **was,
	const struct limbeck_catalog *becomes, struct limbeck_error *err);
/* RENAME VALUE: a copy of the catalog in which the enum has both values (NULL: no memory),
 * and what gives the rows the new one. */
struct limbeck_catalog *work_both_values(const struct limbeck_catalog *catalog,
	const struct home_work *work);
int work_replace_value(struct translator *translator, const struct home_work *work,
	struct limbeck_error *err);
/* Leads `target` to `after` (a patched subset of it, of which `before` is what it was): adds
 * the text and performs the changes. */
int translator_lead(struct translator *translator, struct limbeck_catalog *before,
	struct limbeck_catalog *after, const struct diff_rename *renames, size_t rename_count,
	struct limbeck_error *err);

/* A statement on its way. */
struct source_statement {
	const char *text;
	size_t length;
	unsigned line, column;
	bool autocommit;          /* of an @autocommit block */
	bool repeat;
	unsigned pause_ms;
	bool verbatim;
};
int translator_take(struct translator *translator, const struct source_statement *statement,
	struct limbeck_error *err);
/* What was written for the engine, done to the catalogs as far as it is understood. */
int translator_follow(struct translator *translator, const struct source_statement *statement,
	struct limbeck_error *err);

/* --- the text --- */

/* Appends statements, each with its semicolon; directives around them as the statement
 * has them. */
void section_emit(struct translator *translator, const struct source_statement *like,
	const char *text, size_t length);
struct translated_source *section_source(struct translator *translator);
/* A text in the arena of what is said of the section. */
const char *section_say(struct translator *translator, const char *text);
/* Tells of something that is left out; once for each text. */
void translator_tell(struct translator *translator, int level, unsigned line, const char *text);
/* Gives err a place and the advice what to write instead, where it has none. Always -1. */
int translator_refuse(struct translator *translator, unsigned line, unsigned column,
	struct limbeck_error *err);

#endif
