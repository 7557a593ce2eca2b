/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a statement is about: the objects that it makes, changes or drops. So that it
 * can be told, later and from the catalog, whether it took effect.
 */
#ifndef SUBJECT_H
#define SUBJECT_H

#include "connection.h"
#include "text.h"

#define SUBJECT_OBJECTS 16
/* 64 characters of four bytes. */
#define SUBJECT_NAME 257

enum subject_kind {
	SUBJECT_UNKNOWN,   /* nothing can be told */
	SUBJECT_AGAIN,     /* to run it twice does no harm */
	SUBJECT_EXISTENCE, /* a table comes or goes */
	SUBJECT_INDEXES,   /* those of a table change */
	SUBJECT_TABLE,     /* anything of a table may */
	SUBJECT_VIEW,
	SUBJECT_TRIGGER,
	SUBJECT_PROCEDURE,
	SUBJECT_FUNCTION,
	SUBJECT_EVENT,
	SUBJECT_DATABASE
};

struct subject_name {
	char schema[SUBJECT_NAME]; /* "": the session's */
	char name[SUBJECT_NAME];
};

struct subject {
	enum subject_kind kind;
	bool hidden;               /* some of what it does is not in the catalog */
	bool temporary;
	char engine[SUBJECT_NAME]; /* of a table, "" where it names none */
	size_t count;
	struct subject_name names[SUBJECT_OBJECTS];
};

/* A walk over the tokens of a statement. */
struct words {
	const struct limbeck_lexis *lexis;
	const char *text;
	size_t length;
	size_t position;
	struct limbeck_token token;
};

void words_init(struct words *words, const struct connection *c,
	const struct limbeck_statement *statement);
void words_next(struct words *words);
/* Whether the token is one of these words, which are separated by blanks. */
bool words_is(const struct words *words, const char *list);
/* Whether it is; then it is passed over. */
bool words_take(struct words *words, const char *list);
/* The token as a name, without its quotes; false: it is none, or too long. */
bool words_name(const struct words *words, char name[SUBJECT_NAME]);

void subject_read(struct subject *subject, const struct connection *c,
	const struct limbeck_statement *statement);

/* probe.c */
int connection_footprint(void *conn, const struct limbeck_statement *statement, char **expression);
int connection_probe(void *conn, struct limbeck_probe *probe, struct limbeck_error *err);
/* nature.c */
int connection_nature(void *conn, const struct limbeck_statement *statement);
void nature_release(struct connection *c);
/* limit.c */
int connection_limit(void *conn, const struct limbeck_limits *limits,
	const struct limbeck_statement *statement, char *text, size_t size);
int connection_blockers(void *conn, const struct limbeck_statement *statement, char *text,
	size_t size);
/* backup.c */
int connection_backup(void *conn, const char *path, struct limbeck_error *err);

#endif
