/* SPDX-License-Identifier: BSD-2-Clause */
/* Directives as text: "@word rest". */
#ifndef SCRIPT_DIRECTIVE_H
#define SCRIPT_DIRECTIVE_H

#include <stdbool.h>
#include <stddef.h>

#include <limbeck/error.h>

enum directive_id {
	/* of the header */
	DIRECTIVE_REVISION,
	DIRECTIVE_PARENTS,
	DIRECTIVE_DEPENDS,
	DIRECTIVE_LABELS,
	DIRECTIVE_CREATED,
	DIRECTIVE_REPLACES,
	DIRECTIVE_DIALECT,
	/* of the body */
	DIRECTIVE_UPGRADE,
	DIRECTIVE_DOWNGRADE,
	DIRECTIVE_IRREVERSIBLE,
	DIRECTIVE_ONLY,
	DIRECTIVE_EXCEPT,
	DIRECTIVE_END,
	DIRECTIVE_AUTOCOMMIT,
	DIRECTIVE_STATEMENT,
	DIRECTIVE_WHOLE,
	DIRECTIVE_REPEAT,
	DIRECTIVE_DECIDE,
	DIRECTIVE_UNKNOWN
};

struct directive {
	enum directive_id id;
	const char *name;   /* without "@" */
	size_t name_length;
	const char *rest;   /* without blanks around it */
	size_t rest_length;
};

/* text begins with "@" and a letter. */
void directive_parse(struct directive *directive, const char *text, size_t length);
const char *directive_name(enum directive_id id);
static inline bool directive_is_header(enum directive_id id)
{
	return id <= DIRECTIVE_DIALECT;
}
/* Fills err for an unknown one, with the nearest; the caller adds the place. */
int directive_unknown(const struct directive *directive, struct limbeck_error *err);

/* The next word of a text: moves *text behind it. false: there is none. */
bool directive_word(const char **text, size_t *left, const char **word, size_t *length);

/* Checks that name may name an engine or a dialect (lower-case letters, digits
 * and "_") and is not a slip of the pen for a built-in dialect or one of known;
 * what ("engine", "dialect") is for the message. The caller adds the place. */
int directive_engine(const char *name, size_t length, const char *what, const char *const *known,
	size_t count, struct limbeck_error *err);

#endif
