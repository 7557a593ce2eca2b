/* SPDX-License-Identifier: BSD-2-Clause */
/* What a statement is about, so that the catalog can tell whether it took effect. */
#ifndef SUBJECT_H
#define SUBJECT_H

#include "postgresql.h"

#define SUBJECT_OBJECTS 16
/* A name with its quotes, those within doubled, and a zero byte; cut where the server
 * would cut it. */
#define SUBJECT_NAME (2 * POSTGRESQL_NAME_BYTES + 2)

enum subject_kind {
	SUBJECT_UNKNOWN,
	SUBJECT_AGAIN,     /* to run it twice does no harm */
	SUBJECT_EXISTENCE, /* a relation comes or goes */
	SUBJECT_RELATION,  /* something of it changes */
	SUBJECT_TYPE,
	SUBJECT_ROUTINE,
	SUBJECT_SCHEMA,
	SUBJECT_EXTENSION,
	SUBJECT_DATABASE,
	SUBJECT_INDEX,     /* CREATE INDEX: of the table that is the one object */
	SUBJECT_REINDEX    /* of a table or an index */
};

struct subject {
	enum subject_kind kind;
	bool concurrently;
	char index[POSTGRESQL_NAME_BYTES]; /* SUBJECT_INDEX: its name, "" where it has none */
	size_t count;
	/* "schema"."name" as the server reads it, and the last name alone. */
	char names[SUBJECT_OBJECTS][2 * SUBJECT_NAME + 1];
	char plain[SUBJECT_OBJECTS][POSTGRESQL_NAME_BYTES];
};

/* A walk over the tokens of a statement. */
struct words {
	const struct limbeck_lexis *lexis;
	const char *text;
	size_t length;
	size_t position;
	struct limbeck_token token;
};

void words_init(struct words *words, const struct postgresql *pg,
	const struct limbeck_statement *statement);
void words_next(struct words *words);
/* Whether the token is one of these words, which are separated by blanks. */
bool words_is(const struct words *words, const char *list);
/* Whether it is; then it is passed over. */
bool words_take(struct words *words, const char *list);
bool words_sign(const struct words *words, char sign);
/* A name that may be qualified, quoted; and its last part as it is. It is passed over. */
bool words_name(struct words *words, char quoted[2 * SUBJECT_NAME + 1],
	char plain[POSTGRESQL_NAME_BYTES]);

void subject_read(struct subject *subject, const struct postgresql *pg,
	const struct limbeck_statement *statement);

/* probe.c */
int postgresql_footprint(void *conn, const struct limbeck_statement *statement, char **expression);
int postgresql_probe(void *conn, struct limbeck_probe *probe, struct limbeck_error *err);
/* limit.c */
int postgresql_nature(void *conn, const struct limbeck_statement *statement);
int postgresql_limit(void *conn, const struct limbeck_limits *limits,
	const struct limbeck_statement *statement, char *text, size_t size);
int postgresql_blockers(void *conn, const struct limbeck_statement *statement, char *text,
	size_t size);
/* backup.c */
int postgresql_backup(void *conn, const char *path, struct limbeck_error *err);

#endif
