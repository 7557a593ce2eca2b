/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A catalog as text, to be kept and read again by the same build.
 *
 * A number is its digits and a blank. A text is its length as a number, and the
 * bytes; '-' stands for none, and '=' for the same as the last one in this place
 * (schemas and tables come in long runs). The default schema comes first, then the
 * objects, kind by kind and each 'o', then what each depends on, 'd', in which an
 * object is its number in that order; one that is not in the catalog is named.
 */
#include <string.h>

#include "schema/catalog_int.h"

enum { PLACES = 2 }; /* schema, table */

struct writer {
	struct strbuf *out;
	const char *last[PLACES];
	unsigned *numbers;        /* by the object's id */
};

static void put_number(struct writer *w, size_t number)
{
	strbuf_addf(w->out, "%zu ", number);
}

static void put_text(struct writer *w, const char *text)
{
	size_t length;

	if (!text) {
		strbuf_addch(w->out, '-');
		return;
	}
	length = strlen(text);
	put_number(w, length);
	strbuf_add(w->out, text, length);
}

static void put_place(struct writer *w, unsigned place, const char *text)
{
	const char **last = &w->last[place];

	if (text && *last && strcmp(text, *last) == 0) {
		strbuf_addch(w->out, '=');
		return;
	}
	put_text(w, text);
	*last = text;
}

static void put_name(struct writer *w, const struct object_name *name)
{
	put_number(w, (size_t)name->kind);
	put_place(w, 0, name->schema);
	put_place(w, 1, name->table);
	put_text(w, name->name);
	put_text(w, name->signature);
}

static void put_object(struct writer *w, const struct limbeck_object *object)
{
	strbuf_addch(w->out, 'o');
	put_name(w, &object->key.name);
	put_number(w, object->numbered);
	put_number(w, object->attribute_count);
	for (unsigned i = 0; i < object->attribute_count; i++) {
		enum limbeck_attribute id = (enum limbeck_attribute)object->attributes[i].id;

		put_number(w, (size_t)id);
		put_number(w, object->attributes[i].count);
		for (unsigned n = 0; n < object->attributes[i].count; n++)
			put_text(w, limbeck_object_item(object, id, n));
	}
}

static void put_dependencies(struct writer *w, const struct limbeck_object *object)
{
	if (!object->dependency_count)
		return;
	strbuf_addch(w->out, 'd');
	put_number(w, w->numbers[object->id]);
	put_number(w, object->dependency_count);
	for (unsigned i = 0; i < object->dependency_count; i++) {
		const struct object_name *on = &object->dependencies[i];
		const struct limbeck_object *found = catalog_find(object->catalog, on);

		put_number(w, found ? w->numbers[found->id] : object->catalog->count);
		if (!found)
			put_name(w, on);
	}
}

bool catalog_store(struct strbuf *out, const struct limbeck_catalog *catalog)
{
	struct writer w = { .out = out };
	unsigned count = 0;

	w.numbers = mem_alloc(((size_t)catalog->added + 1) * sizeof *w.numbers);
	if (!w.numbers)
		return false;
	put_text(&w, catalog->rules.default_schema);
	put_number(&w, catalog->count);
	for (int kind = 0; kind < LIMBECK_KIND_COUNT; kind++)
		for (const struct limbeck_object *o = catalog->kinds[kind].first; o; o = o->next) {
			w.numbers[o->id] = count++;
			put_object(&w, o);
		}
	for (int kind = 0; kind < LIMBECK_KIND_COUNT; kind++)
		for (const struct limbeck_object *o = catalog->kinds[kind].first; o; o = o->next)
			put_dependencies(&w, o);
	strbuf_addch(out, '.');
	mem_free(w.numbers);
	return !strbuf_failed(out);
}
