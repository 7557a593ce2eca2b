/* SPDX-License-Identifier: BSD-2-Clause */
/* The project's naming conventions. */
#include "api/side.h"

#include <ctype.h>

#include "base/error.h"
#include "base/map.h"
#include "base/strbuf.h"
#include "diff/diff.h"

static const struct {
	enum limbeck_kind kind;
	const char *key;
} conventions[] = {
	{ LIMBECK_KIND_INDEX, "naming.ix" }, { LIMBECK_KIND_UNIQUE, "naming.uq" },
	{ LIMBECK_KIND_CHECK, "naming.ck" }, { LIMBECK_KIND_FOREIGN_KEY, "naming.fk" },
	{ LIMBECK_KIND_PRIMARY_KEY, "naming.pk" },
};

struct naming {
	struct side *side;
	const struct limbeck_catalog *other;
	struct arena arena;
	struct map words;        /* the names that the schema's files may give */
	bool has_words;
	const char *key;
	const char *convention;
};

static bool add_word(struct naming *naming, const struct token *token)
{
	char *word = arena_strndup(&naming->arena, token->text, token->length);
	const char *plain;

	/* Unquoted, it may be known by its small letters. */
	for (char *p = word; p && token->kind == TOKEN_WORD && *p; p++)
		*p = (char)tolower((unsigned char)*p);
	if (!word || (token->kind == TOKEN_WORD && !map_put(&naming->words, word, naming)))
		return false;
	if (map_get_n(&naming->words, token->text, token->length))
		return true;
	plain = ddl_plain_name(&naming->arena, token->text, token->length);
	return plain && map_put(&naming->words, plain, naming);
}

/* Whether what follows the word may be the name of a constraint or an index. An
 * engine that names a key like its column says no name that stands there. */
static bool names_next(const struct token *token)
{
	static const char *const words[] = { "CONSTRAINT", "INDEX", "KEY", "UNIQUE", "FULLTEXT",
		"SPATIAL", "EXISTS", "CONCURRENTLY", "TO" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (token_is(token, words[i]))
			return true;
	return false;
}

static bool read_statement(struct naming *naming, const struct ddl_statement *statement)
{
	struct scanner scanner;
	struct token token;
	bool named = false;

	scanner_init(&scanner, naming->side->ddl.lexis, statement->sql, statement->length, true);
	do {
		scanner_next(&scanner, &token);
		if (token.kind == TOKEN_COMMENT || token.kind == TOKEN_EXECUTABLE)
			continue;
		if (named && (token.kind == TOKEN_WORD || token.kind == TOKEN_IDENTIFIER)
			&& !add_word(naming, &token))
			return false;
		named = names_next(&token);
	} while (token.kind != TOKEN_END && token.kind != TOKEN_BAD);
	return true;
}

static int read_words(struct naming *naming, struct limbeck_error *err)
{
	const struct ddl *ddl = &naming->side->ddl;

	for (size_t i = 0; i < ddl->statements.count; i++)
		if (!read_statement(naming, &ddl->statements.items[i]))
			return error_nomem(err);
	naming->has_words = ddl->statements.count > 0;
	return 0;
}

/* Whether the other side has a part without a name that is the same. */
static bool has_unnamed(const struct naming *naming, const struct limbeck_object *object)
{
	const struct limbeck_object *part = NULL;

	while ((part = catalog_next(naming->other, limbeck_object_kind(object),
			limbeck_object_schema(object), limbeck_object_table(object), part))) {
		enum limbeck_attribute attribute = LIMBECK_ATTR_NONE;

		if (!limbeck_object_get(part, LIMBECK_ATTR_UNNAMED))
			continue;
		do
			attribute = object_differs(part, object, attribute);
		while (attribute == LIMBECK_ATTR_UNNAMED);
		if (attribute == LIMBECK_ATTR_NONE)
			return true;
	}
	return false;
}

static bool wants_name(const struct naming *naming, const struct limbeck_object *object)
{
	struct object_name name;

	object_name_of(object, &name);
	if (limbeck_object_get(object, LIMBECK_ATTR_UNNAMED))
		return !has_unnamed(naming, object);
	return naming->has_words && !map_get(&naming->words, name.name)
		&& !catalog_find(naming->other, &name);
}

/* The same object under a name of its own. */
static bool give_name(struct limbeck_catalog *catalog, struct limbeck_object *object,
	const struct object_name *name)
{
	struct limbeck_object *named = catalog_add(catalog, name);
	struct object_name on;

	if (!named)
		return false;
	for (int i = LIMBECK_ATTR_NONE + 1; i < LIMBECK_ATTR_COUNT; i++)
		if (i != LIMBECK_ATTR_UNNAMED)
			object_copy_attribute(named, object, (enum limbeck_attribute)i);
	for (size_t i = 0; object_dependency(object, i, &on); i++)
		object_depends(named, &on);
	catalog_remove(catalog, object);
	return !catalog_failed(catalog);
}

static int name_one(struct naming *naming, struct limbeck_object *object, struct limbeck_error *err)
{
	struct limbeck_catalog *catalog = naming->side->catalog;
	struct strbuf text = STRBUF_INIT;
	struct object_name name;
	int result;

	object_name_of(object, &name);
	result = naming_fill(&text, naming->convention, object, err);
	if (result < 0)
		error_hint(err, "It is the value of %s in limbeck.ini.", naming->key);
	else if (strbuf_failed(&text))
		result = error_nomem(err);
	name.name = text.buf;
	/* Two that would have one name keep those that the engine gives. */
	if (result == 0 && text.len && !catalog_find(catalog, &name)
		&& !give_name(catalog, object, &name))
		result = error_nomem(err);
	strbuf_release(&text);
	return result;
}

/* What is named anew goes to the end of the kind, and is not looked at again. */
static int name_kind(struct naming *naming, enum limbeck_kind kind, struct limbeck_error *err)
{
	const struct limbeck_catalog *catalog = naming->side->catalog;
	struct limbeck_object *object = NULL, *next;
	size_t left = 0;

	while ((object = catalog_next(catalog, kind, NULL, NULL, object)))
		left++;
	object = catalog_next(catalog, kind, NULL, NULL, NULL);
	for (; object && left > 0; left--, object = next) {
		next = catalog_next(catalog, kind, NULL, NULL, object);
		if (limbeck_object_table(object) && wants_name(naming, object)
			&& name_one(naming, object, err) < 0)
			return -1;
	}
	return 0;
}

int side_name(struct side *side, const struct limbeck_catalog *other, struct limbeck_error *err)
{
	struct naming naming = { .side = side, .other = other };
	bool read = false;
	int result = 0;

	for (size_t i = 0; result == 0 && i < sizeof conventions / sizeof *conventions; i++) {
		naming.key = conventions[i].key;
		naming.convention = config_get(&side->lb->config, naming.key);
		if (!naming.convention)
			continue;
		if (!read)
			result = read_words(&naming, err);
		read = true;
		if (result == 0)
			result = name_kind(&naming, conventions[i].kind, err);
	}
	map_release(&naming.words);
	arena_release(&naming.arena);
	return result;
}
