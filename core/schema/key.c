/* SPDX-License-Identifier: BSD-2-Clause */
/* Names as keys: their hash, and when two are the same. */
#include <stdint.h>
#include <string.h>

#include "schema/catalog_int.h"

static unsigned char folded(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

bool text_same_folded(const char *a, const char *b)
{
	for (; *a && folded(*a) == folded(*b); a++)
		b++;
	return folded(*a) == folded(*b);
}

/* FNV-1a, with a mark behind each text. */
static uint32_t add_text(uint32_t hash, const char *text, bool fold)
{
	for (; text && *text; text++) {
		hash ^= fold ? folded(*text) : (unsigned char)*text;
		hash *= UINT32_C(16777619);
	}
	return (hash ^ 0xff) * UINT32_C(16777619);
}

unsigned name_key_hash(const struct name_key *key)
{
	uint32_t hash = UINT32_C(2166136261) ^ (uint32_t)key->name.kind;

	hash = add_text(hash, key->name.schema, key->fold);
	hash = add_text(hash, key->name.table, key->fold);
	hash = add_text(hash, key->name.name, key->fold);
	return add_text(hash, key->name.signature, key->fold);
}

static bool same(const char *a, const char *b, bool fold)
{
	if (a == b)
		return true;
	a = a ? a : "";
	b = b ? b : "";
	return fold ? text_same_folded(a, b) : strcmp(a, b) == 0;
}

int name_key_compare(const struct name_key *a, const struct name_key *b)
{
	const struct object_name *x = &a->name, *y = &b->name;

	return !(x->kind == y->kind && same(x->name, y->name, a->fold) &&
		same(x->table, y->table, a->fold) && same(x->schema, y->schema, a->fold) &&
		same(x->signature, y->signature, a->fold));
}

bool catalog_name_is(const struct limbeck_catalog *catalog, const char *a, const char *b)
{
	return same(a, b, catalog->rules.texts_as_written);
}

const char *catalog_schema(const struct limbeck_catalog *catalog, const char *schema)
{
	return schema && *schema ? schema : catalog->rules.default_schema;
}

bool catalog_names_same(const struct limbeck_catalog *catalog, const struct object_name *a,
	const struct object_name *b)
{
	struct name_key x = { *a, catalog->rules.texts_as_written };
	struct name_key y = { *b, catalog->rules.texts_as_written };

	x.name.schema = catalog_schema(catalog, a->schema);
	y.name.schema = catalog_schema(catalog, b->schema);
	return name_key_compare(&x, &y) == 0;
}
