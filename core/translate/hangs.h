/* SPDX-License-Identifier: BSD-2-Clause */
/* Which tables and views to look at when another one changes: by the names that their
 * parts and definitions mention. What is here may have gone since: whoever asks looks. */
#ifndef TRANSLATE_HANGS_H
#define TRANSLATE_HANGS_H

#include <stdbool.h>
#include <stddef.h>

#include "schema/catalog.h"

struct hangs;

struct hanging {
	const char *schema;   /* NULL: none */
	const char *name;
};

struct hangs *hangs_new(void); /* NULL: no memory */
void hangs_free(struct hangs *hangs); /* NULL is allowed */
/* Notes all that the relation and its parts hold on to. false: no memory. */
bool hangs_note(struct hangs *hangs, const struct limbeck_object *relation);
/* ... and each relation of the catalog. */
bool hangs_note_all(struct hangs *hangs, const struct limbeck_catalog *catalog);
/* What may hang on relations of this name, in whatever schema: NULL, or *count of them. */
const struct hanging *hangs_on(const struct hangs *hangs, const char *name, size_t *count);

/* A set of texts. */
struct texts;
struct texts *texts_new(void);
void texts_free(struct texts *texts);
/* true: it was not there before. */
bool texts_add(struct texts *texts, const char *text);

#endif
