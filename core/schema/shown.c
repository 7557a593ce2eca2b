/* SPDX-License-Identifier: BSD-2-Clause */
/* Names of objects for people. */
#include <string.h>

#include "schema/catalog_int.h"

/* Of an expression that stands for a name. */
enum { SHOWN_LONGEST = 60 };

void object_name_shown(struct strbuf *out, const struct schema_rules *rules,
	const struct object_name *name)
{
	if (name->schema && *name->schema &&
		!(rules->default_schema && strcmp(rules->default_schema, name->schema) == 0))
		strbuf_addf(out, "%s.", name->schema);
	if (name->table && *name->table)
		strbuf_addf(out, name->name && *name->name ? "%s." : "%s", name->table);
	strbuf_addstr(out, name->name ? name->name : "");
	if (name->kind == LIMBECK_KIND_FUNCTION)
		strbuf_addf(out, "(%s)", name->signature ? name->signature : "");
}

static void add_clipped(struct strbuf *out, const char *text)
{
	size_t length = strlen(text);
	bool clip = length > SHOWN_LONGEST;

	if (clip)
		for (length = SHOWN_LONGEST - 3; length && (text[length] & 0xc0) == 0x80; length--)
			;
	strbuf_add(out, text, length);
	if (clip)
		strbuf_addstr(out, "...");
}

/* What an unnamed part holds. */
static void add_content(struct strbuf *out, const struct limbeck_object *object)
{
	size_t count = limbeck_object_count(object, LIMBECK_ATTR_COLUMNS);
	const char *text = limbeck_object_get(object, LIMBECK_ATTR_EXPRESSION);

	if (!text)
		text = limbeck_object_get(object, LIMBECK_ATTR_DEFINITION);
	for (size_t i = 0; i < count; i++) {
		const char *column = limbeck_object_item(object, LIMBECK_ATTR_COLUMNS, i);
		const char *part = limbeck_object_item(object, LIMBECK_ATTR_PARTS, i);

		strbuf_addstr(out, i ? ", " : " (");
		strbuf_addstr(out, *column || !part ? column : part);
	}
	if (count) {
		strbuf_addch(out, ')');
	} else if (text) {
		strbuf_addstr(out, " (");
		add_clipped(out, text);
		strbuf_addch(out, ')');
	}
}

void object_shown(struct strbuf *out, const struct limbeck_object *object)
{
	struct object_name name = object->key.name;

	if (object->numbered)
		name.name = "";
	object_name_shown(out, &object->catalog->rules, &name);
	if (object->numbered)
		add_content(out, object);
}
