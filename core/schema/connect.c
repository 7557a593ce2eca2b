/* SPDX-License-Identifier: BSD-2-Clause */
/* Dependencies that follow from the model and from texts. */
#include <string.h>

#include "base/map.h"
#include "schema/catalog_int.h"
#include "schema/words.h"

/* What the names in a text may be. */
enum {
	SEEK_RELATIONS = 1 << 0,
	SEEK_FUNCTIONS = 1 << 1,
	SEEK_SEQUENCES = 1 << 2,
	SEEK_TYPES = 1 << 3,
	SEEK_STRINGS = 1 << 4,     /* a string may be such a name: nextval('name') */
	SEEK_BODIES = 1 << 5       /* a string may be SQL with such names */
};

struct connector {
	struct limbeck_catalog *catalog;
	struct map functions;      /* by name: the first that was added */
	unsigned present;          /* which there are */
	struct strbuf name;
	struct strbuf schema;
};

static void depend(struct limbeck_object *object, const struct limbeck_object *on)
{
	if (on && on != object)
		object_depends(object, &on->key.name);
}

static struct limbeck_object *find(const struct connector *c, enum limbeck_kind kind,
	const char *schema, const char *name)
{
	struct object_name full = { .kind = kind, .schema = schema, .name = name };

	return catalog_find(c->catalog, &full);
}

/* All functions of the name, since its arguments are not looked at. */
static void depend_function(struct connector *c, struct limbeck_object *object,
	const char *schema, const char *name)
{
	const struct limbeck_object *function = map_get(&c->functions, name);

	schema = catalog_schema(c->catalog, schema);
	for (; function; function = function->next)
		if (strcmp(function->key.name.name, name) == 0 &&
			catalog_name_is(c->catalog, function->key.name.schema, schema))
			depend(object, function);
}

static void depend_name(struct connector *c, struct limbeck_object *object, unsigned seek,
	bool call, const char *schema, const char *name)
{
	static const enum limbeck_kind types[] = { LIMBECK_KIND_ENUM, LIMBECK_KIND_DOMAIN,
		LIMBECK_KIND_TYPE };

	if (seek & SEEK_RELATIONS)
		depend(object, catalog_relation(c->catalog, schema, name));
	if (seek & SEEK_SEQUENCES)
		depend(object, find(c, LIMBECK_KIND_SEQUENCE, schema, name));
	for (size_t i = 0; seek & SEEK_TYPES && i < sizeof types / sizeof *types; i++)
		depend(object, find(c, types[i], schema, name));
	if (seek & SEEK_FUNCTIONS && call)
		depend_function(c, object, schema, name);
}

static void get_name(struct strbuf *out, const struct token *token, bool lower)
{
	strbuf_reset(out);
	words_name(out, token);
	for (size_t i = 0; lower && token->kind == TOKEN_WORD && i < out->len; i++)
		if (out->buf[i] >= 'A' && out->buf[i] <= 'Z')
			out->buf[i] = (char)(out->buf[i] + ('a' - 'A'));
}

/* A word is the name as it is written, or in lower case. */
static void depend_token(struct connector *c, struct limbeck_object *object, unsigned seek,
	const token_list *tokens, size_t i)
{
	const struct token *token = &tokens->items[i];
	bool qualified = i && words_is_point(token - 1);
	bool call = i + 1 < tokens->count && token[1].kind == TOKEN_OPEN;

	if (qualified && (i < 2 || !words_is_name(token - 2)))
		return;
	for (int lower = 0; lower <= (token->kind == TOKEN_WORD); lower++) {
		get_name(&c->name, token, lower);
		if (qualified)
			get_name(&c->schema, token - 2, lower);
		if (!strbuf_failed(&c->name) && !strbuf_failed(&c->schema))
			depend_name(c, object, seek, call, qualified ? c->schema.buf : NULL,
				c->name.buf);
	}
}

static void seek_in(struct connector *c, struct limbeck_object *object, unsigned seek,
	const char *text, size_t length);

/* 'text', $tag$text$tag$. */
static void seek_in_string(struct connector *c, struct limbeck_object *object, unsigned seek,
	const struct token *token)
{
	const char *text = token->text, *body;
	size_t quote = 1;

	if (text[0] == '$') {
		body = memchr(text + 1, '$', token->length - 1);
		quote = body ? (size_t)(body - text) + 1 : token->length;
	} else if (text[0] != '\'') {
		return;
	}
	if (token->length >= 2 * quote)
		seek_in(c, object, seek, text + quote, token->length - 2 * quote);
}

static void seek_in(struct connector *c, struct limbeck_object *object, unsigned seek,
	const char *text, size_t length)
{
	token_list tokens = VEC_INIT;
	unsigned inner = seek & ~(unsigned)(SEEK_STRINGS | SEEK_BODIES);

	c->catalog->failed |= !words_read(&tokens, c->catalog->rules.lexis, text, length);
	for (size_t i = 0; i < tokens.count; i++) {
		const struct token *token = &tokens.items[i];

		if (words_is_name(token))
			depend_token(c, object, inner, &tokens, i);
		else if (token->kind == TOKEN_STRING && seek & SEEK_BODIES)
			seek_in_string(c, object, inner, token);
		else if (token->kind == TOKEN_STRING && seek & SEEK_STRINGS)
			seek_in_string(c, object, inner & SEEK_SEQUENCES, token);
	}
	vec_release(&tokens);
}

static void seek_attribute(struct connector *c, struct limbeck_object *object,
	enum limbeck_attribute attribute, unsigned seek)
{
	size_t count = seek & c->present ? limbeck_object_count(object, attribute) : 0;

	for (size_t i = 0; i < count; i++) {
		const char *text = limbeck_object_item(object, attribute, i);

		seek_in(c, object, seek & (c->present | SEEK_STRINGS | SEEK_BODIES), text,
			strlen(text));
	}
}

/* A function in SQL, whose body is read when it is made. */
static bool is_sql_function(const struct connector *c, const struct limbeck_object *object)
{
	const char *text = limbeck_object_get(object, LIMBECK_ATTR_DEFINITION);
	token_list tokens = VEC_INIT;
	bool sql = false;

	if (object->key.name.kind != LIMBECK_KIND_FUNCTION || !text)
		return false;
	if (!words_read(&tokens, c->catalog->rules.lexis, text, strlen(text)))
		c->catalog->failed = true;
	for (size_t i = 0; i + 1 < tokens.count && !sql; i++)
		sql = token_is(&tokens.items[i], "LANGUAGE") && token_is(&tokens.items[i + 1], "SQL");
	vec_release(&tokens);
	return sql;
}

/* What stands in the texts of an object, if the driver has not said it. */
static void connect_texts(struct connector *c, struct limbeck_object *object)
{
	static const enum limbeck_attribute expressions[] = { LIMBECK_ATTR_DEFAULT,
		LIMBECK_ATTR_GENERATED, LIMBECK_ATTR_EXPRESSION, LIMBECK_ATTR_PREDICATE,
		LIMBECK_ATTR_PARTS };
	bool said = object->dependency_count > 0;

	if (is_sql_function(c, object))
		seek_attribute(c, object, LIMBECK_ATTR_DEFINITION,
			SEEK_RELATIONS | SEEK_FUNCTIONS | SEEK_BODIES);
	else if (!said)
		seek_attribute(c, object, LIMBECK_ATTR_DEFINITION, SEEK_RELATIONS | SEEK_FUNCTIONS);
	for (size_t i = 0; !said && i < sizeof expressions / sizeof *expressions; i++)
		seek_attribute(c, object, expressions[i], SEEK_FUNCTIONS);
	seek_attribute(c, object, LIMBECK_ATTR_DEFAULT, SEEK_SEQUENCES | SEEK_STRINGS);
	seek_attribute(c, object, LIMBECK_ATTR_TYPE, SEEK_TYPES);
}

static bool same_columns(const struct limbeck_object *key, const struct limbeck_object *foreign)
{
	size_t count = limbeck_object_count(foreign, LIMBECK_ATTR_REF_COLUMNS), found = 0;

	if (!count)
		return key->key.name.kind == LIMBECK_KIND_PRIMARY_KEY;
	if (limbeck_object_count(key, LIMBECK_ATTR_COLUMNS) != count)
		return false;
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < count; k++)
			if (catalog_name_is(key->catalog,
					limbeck_object_item(key, LIMBECK_ATTR_COLUMNS, i),
					limbeck_object_item(foreign, LIMBECK_ATTR_REF_COLUMNS, k))) {
				found++;
				break;
			}
	return found == count;
}

/* The table that a foreign key refers to, and the key there. */
static void connect_foreign_key(struct connector *c, struct limbeck_object *object)
{
	static const enum limbeck_kind kinds[] = { LIMBECK_KIND_PRIMARY_KEY, LIMBECK_KIND_UNIQUE,
		LIMBECK_KIND_INDEX };
	const char *schema = limbeck_object_get(object, LIMBECK_ATTR_REF_SCHEMA);
	const char *table = limbeck_object_get(object, LIMBECK_ATTR_REF_TABLE);

	if (!table)
		return;
	depend(object, find(c, LIMBECK_KIND_TABLE, schema, table));
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		for (struct limbeck_object *key = catalog_next(c->catalog, kinds[i], schema, table, NULL);
			key; key = catalog_next(c->catalog, kinds[i], schema, table, key))
			if (same_columns(key, object) && (kinds[i] != LIMBECK_KIND_INDEX ||
					limbeck_object_get(key, LIMBECK_ATTR_UNIQUE))) {
				depend(object, key);
				return;
			}
}

static void connect_part(struct connector *c, struct limbeck_object *object)
{
	const struct object_name *name = &object->key.name;
	const struct limbeck_object *owner = catalog_relation(c->catalog, name->schema, name->table);

	depend(object, owner ? owner : find(c, LIMBECK_KIND_DOMAIN, name->schema, name->table));
	if (name->kind == LIMBECK_KIND_FOREIGN_KEY)
		connect_foreign_key(c, object);
}

static void connect_object(struct connector *c, struct limbeck_object *object)
{
	const char *parent = limbeck_object_item(object, LIMBECK_ATTR_PARTITION_OF, 1);

	connect_texts(c, object);
	if (object->group)
		connect_part(c, object);
	else if (object->key.name.schema)
		depend(object, find(c, LIMBECK_KIND_SCHEMA, NULL, object->key.name.schema));
	if (limbeck_object_get(object, LIMBECK_ATTR_INTO_SCHEMA))
		depend(object, find(c, LIMBECK_KIND_SCHEMA, NULL,
				limbeck_object_get(object, LIMBECK_ATTR_INTO_SCHEMA)));
	if (parent)
		depend(object, find(c, LIMBECK_KIND_TABLE,
				limbeck_object_get(object, LIMBECK_ATTR_PARTITION_OF), parent));
	seek_attribute(c, object, LIMBECK_ATTR_INHERITS, SEEK_RELATIONS);
}

/* Looks which kinds there are, so that no text is read for one that is not. */
static void look_around(struct connector *c)
{
	const struct object_list *kinds = c->catalog->kinds;

	for (struct limbeck_object *f = kinds[LIMBECK_KIND_FUNCTION].first; f; f = f->next)
		if (!map_get(&c->functions, f->key.name.name) &&
			!map_put(&c->functions, f->key.name.name, f))
			c->catalog->failed = true;
	c->present = SEEK_RELATIONS;
	if (kinds[LIMBECK_KIND_FUNCTION].first)
		c->present |= SEEK_FUNCTIONS;
	if (kinds[LIMBECK_KIND_SEQUENCE].first)
		c->present |= SEEK_SEQUENCES;
	if (kinds[LIMBECK_KIND_ENUM].first || kinds[LIMBECK_KIND_DOMAIN].first ||
		kinds[LIMBECK_KIND_TYPE].first)
		c->present |= SEEK_TYPES;
}

void catalog_connect(struct limbeck_catalog *catalog)
{
	struct connector c = { .catalog = catalog, .functions = MAP_INIT, .name = STRBUF_INIT,
		.schema = STRBUF_INIT };

	look_around(&c);
	for (int kind = 0; kind < LIMBECK_KIND_COUNT; kind++)
		for (struct limbeck_object *object = catalog->kinds[kind].first;
			object && !catalog->failed; object = object->next)
			connect_object(&c, object);
	catalog->failed |= strbuf_failed(&c.name) || strbuf_failed(&c.schema);
	map_release(&c.functions);
	strbuf_release(&c.name);
	strbuf_release(&c.schema);
}
