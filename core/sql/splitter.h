/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The splitter: text into statements and directives, in bounded memory: it
 * holds what it is reading of one statement, no more.
 *
 * A statement ends at a semicolon that is in no quote, comment, parenthesis or
 * routine body, or at the delimiter that a DELIMITER line set, or where a
 * directive or the text ends. Its text runs from its first token to its last;
 * comments between statements are dropped, those inside stay; so does an
 * optimizer's hint, slash-star-plus, before the first token. A directive is a
 * comment "-- @word ..." (word: a lower-case letter first) alone on its line,
 * outside quotes and comments; inside a parenthesis, a routine body or an
 * executable comment it is an ordinary comment. The delimiter is not part of
 * the text, and neither is the semicolon. A byte-order mark at the front is
 * skipped; a zero byte is an error, and so is a parenthesis or a body that is
 * open at the end.
 */
#ifndef SQL_SPLITTER_H
#define SQL_SPLITTER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/strbuf.h"
#include "sql/nesting.h"
#include "sql/scanner.h"
#include <limbeck/error.h>

/* Appends at least one and up to limit bytes to out; *end when there are no
 * more. 0 or -1. */
typedef int splitter_read_fn(void *data, struct strbuf *out, size_t limit, bool *end,
	struct limbeck_error *err);

enum split_kind {
	SPLIT_END,
	SPLIT_STATEMENT,
	SPLIT_DIRECTIVE    /* text is from "@" to the end of its line, without blanks at the end */
};

struct split_item {
	enum split_kind kind;
	const char *text;   /* valid until the next call */
	size_t length;
	uint64_t offset;    /* of text, from the start of the input */
	unsigned line;
	unsigned column;
	bool closed;        /* a statement that its delimiter ended */
	bool transaction;   /* a statement that opens or ends a transaction (BEGIN,
	                       START TRANSACTION, COMMIT, END, ROLLBACK, ABORT, PREPARE
	                       TRANSACTION; not ROLLBACK TO, nor a compound BEGIN NOT ATOMIC) */
};

struct splitter {
	struct scanner scanner;
	struct nesting nesting;
	struct strbuf window;
	uint64_t base;           /* offset of the window's first byte */
	const char *shown;       /* the file's name, for errors */
	splitter_read_fn *read;
	void *data;
	bool begun;              /* something has been read */
	bool end;                /* all is in the window */
	char delimiter[32];      /* "" : semicolon */
	/* The statement that is being read. */
	bool started;
	bool hinted;             /* a hint stands at start, and nothing behind it yet */
	size_t start;            /* in the window */
	size_t stop;             /* behind its last token */
	unsigned line;
	unsigned column;
	unsigned mark_line;      /* of the executable comment that was opened last */
	unsigned mark_column;
};

/* lexis, shown and data are borrowed. */
void splitter_init(struct splitter *splitter, const struct limbeck_lexis *lexis, const char *shown,
	splitter_read_fn *read, void *data);
void splitter_release(struct splitter *splitter);
/* From here on the text follows other rules (an @only block of another
 * dialect), and the semicolon ends statements again. */
void splitter_lexis(struct splitter *splitter, const struct limbeck_lexis *lexis);
/* The next item. An open quote or comment is an error at the place where it
 * begins. */
int splitter_next(struct splitter *splitter, struct split_item *item, struct limbeck_error *err);
/* Everything up to the next line that is a directive named one of stops
 * (NULL-ended, without "@"), or up to the end, as one SPLIT_STATEMENT (SPLIT_END
 * if there is nothing but blanks); no scanning. The directive is next. Unless
 * keep is set, the text is passed over in bounded memory and is not in item. */
int splitter_raw(struct splitter *splitter, const char *const *stops, bool keep,
	struct split_item *item, struct limbeck_error *err);
/* Gives an error just made its place, and that line of text if it is still at
 * hand. */
void splitter_place(const struct splitter *splitter, unsigned line, unsigned column,
	struct limbeck_error *err);

#endif
