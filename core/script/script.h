/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Revision files: finding them, their headers, their sections.
 *
 * A header is the comment lines up to the first body directive or statement;
 * reading it takes one read of 4 KiB for an ordinary file, and nothing behind
 * it is looked at.
 */
#ifndef SCRIPT_SCRIPT_H
#define SCRIPT_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/checksum.h"
#include "base/log.h"
#include "base/strbuf.h"
#include "revision/graph.h"
#include <limbeck/driver.h>

/* Where to look for revision files. */
struct script_folders {
	const char *const *paths;   /* absolute */
	size_t count;
	bool recursive;
	const char *cwd;            /* paths are shown relative to it */
	/* Revisions that are known from elsewhere; a file of the same id wins. */
	const struct revision *extra;
	size_t extra_count;
	/* Squashed revisions in whose place those that they replace are wanted: these
	 * are read from the folder `squashed` beside each folder. */
	const struct names *expand;
};

/* Reads the headers of all *.sql files and adds them to the graph, and links
 * it. Folders listed twice are read once, with a warning. Hidden files and
 * editors' leavings (names that begin with . or #, or end in ~) are skipped;
 * FIFOs, sockets, devices, dangling links are errors that name the file. All
 * broken files are reported: the first as the error, the others in its detail. */
int script_scan(const struct script_folders *folders, struct graph *graph, const struct log *log,
	struct limbeck_error *err);

/* Parses the header in text (the front of a file) into revision, but for its
 * path; strings go to arena. *complete is false when the header did not end
 * within text and text is not the whole file: call again with more. */
int script_header(struct arena *arena, const char *text, size_t length, bool whole,
	const char *shown, struct revision *revision, bool *complete, struct limbeck_error *err);

/* One section of one file, as it is to run on one engine. All is borrowed. */
struct script_source {
	const char *path;           /* NULL: take text */
	const char *text;           /* a section kept in the history table, as script_section */
	size_t length;              /* gave it, or its body alone; 0: the section is absent */
	const char *shown;          /* name for errors */
	enum { SCRIPT_UPGRADE, SCRIPT_DOWNGRADE } section;
	bool loaded;                /* text is that of the whole file at path */
	int64_t size;               /* with it: the file's size, and its time */
	int64_t mtime_ns;
	const struct limbeck_lexis *home;   /* the file's dialect */
	const struct limbeck_lexis *engine; /* the session's, for @only blocks */
	const char *const *engines; /* names by which @only and @except know the engine */
	size_t engine_count;
};

/* Where a section stands in its file. */
struct script_place {
	uint64_t begin;             /* the "@" of its directive; 0: there is no such section */
	uint64_t end;               /* the "@" of the next one, or the end of the file */
	bool next;                  /* another follows */
};

/* What is known of a section after reading the whole file once. */
struct script_survey {
	bool present;               /* the section is there */
	bool irreversible;          /* @irreversible, or an absent @downgrade */
	const char *why;            /* its reason, NULL if none */
	bool no_transaction;        /* the section's flags */
	bool rebuild;
	bool cut;                   /* has @autocommit or @repeat parts for this engine */
	bool selects;               /* has statements that are for some engines alone */
	bool whole;                 /* is sent as one text */
	uint64_t statements;        /* that this engine will run */
	char checksum[CHECKSUM_LENGTH + 1]; /* of the file; "" for a text source */
	int64_t size;               /* of the file, and its time, to notice a change */
	int64_t mtime_ns;
	unsigned line;              /* of the section's directive */
	/* What a person has to decide before this engine can run the section. */
	unsigned decisions;
	const char *decide;         /* the first of them; NULL: none */
	unsigned decide_line;
	unsigned decide_column;
	struct script_place places[2]; /* of both sections of a file */
};

/* Reads a file of at most limit bytes into the arena, so that what follows need
 * not open it again; leaves the source as it is when the file is larger. */
int script_load(struct arena *arena, struct script_source *source, size_t limit,
	struct limbeck_error *err);

/* Reads the file to its end, checks all its directives (both sections), and
 * fills survey; why lives in arena. Transaction control in a section that runs
 * in a transaction is an error. */
int script_survey(struct arena *arena, const struct script_source *source,
	struct script_survey *survey, struct limbeck_error *err);

/* Appends the section's text as it stands in the file, from its directive's
 * line (which holds its flags) to the next section, for the history table;
 * nothing if there is no such section. *cut is set, and nothing appended, when
 * it is longer than limit. place is where script_survey() found it. */
int script_section(const struct script_source *source, const struct script_place *place,
	size_t limit, struct strbuf *out, bool *cut, struct limbeck_error *err);

/* What was kept is read again by script_survey and script_reader_open with
 * source->text. */

struct script_reader;

struct script_statement {
	const char *text;           /* valid until the next call */
	size_t length;
	uint64_t number;            /* from 1, among those this engine runs */
	unsigned line;
	unsigned column;
	bool autocommit;            /* in an @autocommit block, or in a no-transaction section */
	bool repeat;                /* after @repeat */
	unsigned pause_ms;
	bool whole;                 /* a @whole section: may hold several statements */
	bool verbatim;              /* from an @only block: written for this engine */
};

/* Streams the section's statements for this engine. */
int script_reader_open(struct script_reader **reader, const struct script_source *source,
	struct limbeck_error *err);
/* 1 a statement, 0 the end of the section, -1 an error. */
int script_reader_next(struct script_reader *reader, struct script_statement *statement,
	struct limbeck_error *err);
void script_reader_close(struct script_reader *reader);

/* What a new revision file says. */
struct script_new {
	const char *id;
	const struct names *parents;
	const struct names *depends;
	const struct names *labels;
	const char *message;        /* may have several lines */
	const char *dialect;        /* NULL: no @dialect line */
	const char *created;        /* ISO 8601 with zone, or Z */
	const char *upgrade;        /* body text; NULL or "": none */
	const char *downgrade;
	const char *upgrade_flags;  /* flags for the section's directive ("rebuild"); NULL or */
	const char *downgrade_flags; /* "": none */
	const struct names *replaces; /* for @replaces; NULL: none */
};

/* Fills the template (text) and appends the file's content to out. Tokens are
 * %(rev)s %(parents)s %(depends)s %(labels)s %(created)s %(dialect)s
 * %(message)s %(upgrade)s %(downgrade)s; a line "-- @word TOKEN" whose token is
 * empty is left out; a message of several lines becomes comment lines; a lone %
 * is a %. Flags and replaces need no token: flags go behind the template's line
 * "-- @upgrade" or "-- @downgrade", @replaces comes behind that of @revision. An
 * unknown token is an error at template_shown:line. */
int script_fill(const char *template_text, size_t length, const char *template_shown,
	const struct script_new *what, struct strbuf *out, struct limbeck_error *err);

/* Writes the parents into the header of a file; all else stays as it is. No
 * parents: the line goes. */
int script_set_parents(const char *path, const struct names *parents, struct limbeck_error *err);
/* The same with the text of a file, whose header is well formed; appended to out. */
void script_put_parents(const struct strbuf *text, const struct names *parents,
	struct strbuf *out);

/* The file name for a new revision, from file_template: %(rev)s %(slug)s
 * %(year)d %(month).2d %(day).2d %(hour).2d %(minute).2d %(second).2d
 * %(epoch)s %(seq)04d; ".sql" is added. slug: lower-cased words of the message
 * joined by _, cut at slug_length on a word boundary. now is broken-down time in
 * the project's time zone, epoch its seconds; seq the number of revisions + 1. */
struct tm;
int script_file_name(const char *file_template, long slug_length, const char *id,
	const char *message, const struct tm *now, int64_t epoch, size_t seq, struct strbuf *out,
	struct limbeck_error *err);

#endif
