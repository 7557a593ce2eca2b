/* SPDX-License-Identifier: BSD-2-Clause */
/* The way back from stored.c. What is not as it would have written it is damaged,
 * and nothing of it is used. */
#include <stdint.h>
#include <string.h>

#include "base/strbuf.h"
#include "schema/catalog_int.h"

enum { PLACES = 2 };

struct reader {
	const char *at;
	const char *end;
	bool damaged;
	struct strbuf last[PLACES];
	struct strbuf name;
	struct strbuf signature;
	struct strbuf value;
	struct limbeck_catalog *catalog;
	struct limbeck_object **objects;
	size_t count;
};

static bool take(struct reader *r, char c)
{
	if (r->damaged || r->at == r->end || *r->at != c)
		return false;
	r->at++;
	return true;
}

/* Up to limit. */
static size_t take_number(struct reader *r, size_t limit)
{
	const char *start = r->at;
	size_t number = 0;

	while (!r->damaged && r->at < r->end && *r->at >= '0' && *r->at <= '9') {
		number = number * 10 + (size_t)(*r->at++ - '0');
		r->damaged = number > limit;
	}
	if (r->damaged || r->at == start || !take(r, ' ')) {
		r->damaged = true;
		return 0;
	}
	return number;
}

/* The text, held in the buffer; NULL: none. */
static const char *take_text(struct reader *r, struct strbuf *buffer)
{
	size_t length;

	if (take(r, '-'))
		return NULL;
	length = take_number(r, SIZE_MAX / 16);
	if (r->damaged || length > (size_t)(r->end - r->at) || memchr(r->at, '\0', length)) {
		r->damaged = true;
		return NULL;
	}
	strbuf_reset(buffer);
	strbuf_add(buffer, r->at, length);
	r->at += length;
	r->catalog->failed |= strbuf_failed(buffer);
	return buffer->buf;
}

static const char *take_place(struct reader *r, unsigned place)
{
	return take(r, '=') ? r->last[place].buf : take_text(r, &r->last[place]);
}

static void take_name(struct reader *r, struct object_name *name)
{
	name->kind = (enum limbeck_kind)take_number(r, LIMBECK_KIND_COUNT - 1);
	name->schema = take_place(r, 0);
	name->table = take_place(r, 1);
	name->name = take_text(r, &r->name);
	name->signature = take_text(r, &r->signature);
	r->damaged |= !kind_is_valid(name->kind) || !name->name;
}

static void take_attribute(struct reader *r, struct limbeck_object *object)
{
	enum limbeck_attribute id = (enum limbeck_attribute)take_number(r, LIMBECK_ATTR_COUNT - 1);
	size_t count = take_number(r, UINT32_MAX);

	r->damaged |= !attribute_is_valid(id) || !count ||
		(count > 1 && !limbeck_attribute_is_list(id));
	for (size_t i = 0; i < count && !r->damaged; i++) {
		const char *value = take_text(r, &r->value);

		r->damaged |= !value;
		object_append(object, id, value);
	}
}

static struct limbeck_object *take_object(struct reader *r)
{
	size_t before = catalog_size(r->catalog), count;
	struct limbeck_object *object;
	struct object_name name;

	r->damaged |= !take(r, 'o');
	take_name(r, &name);
	if (r->damaged || !name.name[0])
		return NULL;
	object = catalog_add(r->catalog, &name);
	if (!object || catalog_size(r->catalog) == before)
		return NULL;
	object->numbered = take_number(r, 1) == 1;
	count = take_number(r, LIMBECK_ATTR_COUNT);
	for (size_t i = 0; i < count && !r->damaged; i++)
		take_attribute(r, object);
	return object;
}

static void take_dependencies(struct reader *r)
{
	size_t number = take_number(r, r->count), count = take_number(r, UINT32_MAX);

	r->damaged |= number >= r->count;
	for (size_t i = 0; i < count && !r->damaged; i++) {
		size_t on = take_number(r, r->count);
		struct object_name name;

		if (on < r->count)
			object_name_of(r->objects[on], &name);
		else
			take_name(r, &name);
		if (!r->damaged)
			object_depends(r->objects[number], &name);
	}
}

static bool take_all(struct reader *r)
{
	catalog_set_default_schema(r->catalog, take_text(r, &r->value));
	r->count = take_number(r, SIZE_MAX / sizeof(struct limbeck_object *) / 16);
	/* Each takes some bytes. */
	if (r->damaged || r->count > (size_t)(r->end - r->at))
		return false;
	r->objects = mem_alloc((r->count + 1) * sizeof(struct limbeck_object *));
	if (!r->objects)
		return false;
	for (size_t i = 0; i < r->count; i++)
		if (!(r->objects[i] = take_object(r)) || r->damaged)
			return false;
	while (take(r, 'd'))
		take_dependencies(r);
	return take(r, '.') && r->at == r->end && !r->catalog->failed;
}

struct limbeck_catalog *catalog_restore(const struct schema_rules *rules, const char *text,
	size_t length)
{
	struct reader r = { .at = text, .end = text + length, .name = STRBUF_INIT,
		.last = { STRBUF_INIT, STRBUF_INIT },
		.signature = STRBUF_INIT, .value = STRBUF_INIT, .catalog = catalog_new(rules) };
	struct strbuf *const buffers[] = { &r.last[0], &r.last[1], &r.name, &r.signature, &r.value };

	if (r.catalog && !take_all(&r)) {
		catalog_free(r.catalog);
		r.catalog = NULL;
	}
	mem_free(r.objects);
	for (size_t i = 0; i < sizeof buffers / sizeof *buffers; i++)
		strbuf_release(buffers[i]);
	return r.catalog;
}
