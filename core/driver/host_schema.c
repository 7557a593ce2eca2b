/* SPDX-License-Identifier: BSD-2-Clause */
#include "driver/host_schema.h"

#include <string.h>

#include "schema/catalog.h"
#include "sql/scanner.h"

static enum limbeck_token_kind kind_of(enum token_kind kind)
{
	switch (kind) {
	case TOKEN_END:
	case TOKEN_MORE:
	case TOKEN_BAD:
		return LIMBECK_TOKEN_END;
	case TOKEN_WORD:
		return LIMBECK_TOKEN_WORD;
	case TOKEN_IDENTIFIER:
		return LIMBECK_TOKEN_IDENTIFIER;
	case TOKEN_STRING:
		return LIMBECK_TOKEN_STRING;
	case TOKEN_NUMBER:
		return LIMBECK_TOKEN_NUMBER;
	default:
		return LIMBECK_TOKEN_OTHER;
	}
}

void host_token(const struct limbeck_lexis *lexis, const char *text, size_t length,
	size_t *position, struct limbeck_token *token)
{
	size_t at = *position < length ? *position : length;
	struct scanner scanner;
	struct token found;

	scanner_init(&scanner, lexis, text + at, length - at, true);
	/* An executable comment may have been opened before; its end means nothing else. */
	scanner.in_executable = lexis->flags & LIMBECK_LEX_EXECUTABLE_COMMENTS;
	do
		scanner_next(&scanner, &found);
	while (found.kind == TOKEN_COMMENT || found.kind == TOKEN_EXECUTABLE);
	token->kind = kind_of(found.kind);
	token->text = found.text;
	token->length = token->kind == LIMBECK_TOKEN_END ? 0 : found.length;
	*position = token->kind == LIMBECK_TOKEN_END ? length : at + scanner.pos;
}

/* False: the host knows no such kind, so that it has no such object. */
static bool name_object(struct object_name *full, enum limbeck_kind kind, const char *schema,
	const char *table, const char *name, const char *signature)
{
	*full = (struct object_name) { kind, schema, table, name, signature };
	return kind > LIMBECK_KIND_NONE && kind < LIMBECK_KIND_COUNT;
}

struct limbeck_object *host_object_add(struct limbeck_catalog *catalog, enum limbeck_kind kind,
	const char *schema, const char *table, const char *name, const char *signature)
{
	struct object_name full;

	if (!catalog || !name_object(&full, kind, schema, table, name, signature))
		return NULL;
	return catalog_add(catalog, &full);
}

void host_object_depends(struct limbeck_object *object, enum limbeck_kind kind,
	const char *schema, const char *table, const char *name, const char *signature)
{
	struct object_name full;

	if (object && name && name_object(&full, kind, schema, table, name, signature))
		object_depends(object, &full);
}

int host_object_same(const struct limbeck_object *a, const struct limbeck_object *b,
	enum limbeck_attribute attribute)
{
	return object_same(a, b, attribute);
}

const struct limbeck_object *host_object_find(const struct limbeck_catalog *catalog,
	enum limbeck_kind kind, const char *schema, const char *table, const char *name,
	const char *signature)
{
	struct object_name full;

	if (!catalog || !name || !name_object(&full, kind, schema, table, name, signature))
		return NULL;
	return catalog_find(catalog, &full);
}

const struct limbeck_object *host_object_next(const struct limbeck_catalog *catalog,
	enum limbeck_kind kind, const char *schema, const char *table,
	const struct limbeck_object *previous)
{
	return catalog ? catalog_next(catalog, kind, schema, table, previous) : NULL;
}

const struct limbeck_catalog *host_object_catalog(const struct limbeck_object *object)
{
	return object ? object_catalog(object) : NULL;
}
