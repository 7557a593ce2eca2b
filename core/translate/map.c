/* SPDX-License-Identifier: BSD-2-Clause */
/* Which object becomes what. */
#include <stdarg.h>
#include <string.h>

#include "base/error.h"
#include "translate/map_int.h"

int mapper_nomem(struct mapper *m)
{
	return error_nomem(m->err);
}

int mapper_refuse(struct mapper *m, const struct limbeck_object *object, const char *format, ...)
{
	struct strbuf text = STRBUF_INIT;
	va_list arguments;

	strbuf_addf(&text, "%s ", limbeck_kind_name(limbeck_object_kind(object)));
	object_shown(&text, object);
	strbuf_addstr(&text, ": ");
	va_start(arguments, format);
	strbuf_vaddf(&text, format, arguments);
	va_end(arguments);
	if (strbuf_failed(&text))
		mapper_nomem(m);
	else
		error_set(m->err, LIMBECK_E_UNSUPPORTED, "%s", text.buf);
	strbuf_release(&text);
	return -1;
}

void mapper_remark(struct mapper *m, const struct limbeck_object *object, const char *format, ...)
{
	struct strbuf text = STRBUF_INIT;
	va_list arguments;

	if (!m->mapping->remark)
		return;
	va_start(arguments, format);
	strbuf_vaddf(&text, format, arguments);
	va_end(arguments);
	if (!strbuf_failed(&text))
		m->mapping->remark(m->mapping->data, object, text.buf);
	strbuf_release(&text);
}

const struct limbeck_object *mapper_part_of(const struct mapper *m,
	const struct limbeck_object *table, enum limbeck_kind kind, const struct limbeck_object *previous)
{
	return catalog_next(m->home, kind, limbeck_object_schema(table),
		limbeck_object_name(table), previous);
}

const struct limbeck_object *mapper_part(const struct mapper *m, enum limbeck_kind kind,
	const struct limbeck_object *previous)
{
	return mapper_part_of(m, m->table, kind, previous);
}

bool mapper_list_has(const struct limbeck_object *object, enum limbeck_attribute list,
	const char *name)
{
	size_t count = limbeck_object_count(object, list);

	for (size_t i = 0; i < count; i++)
		if (strcmp(limbeck_object_item(object, list, i), name) == 0)
			return true;
	return false;
}

/* The schema that objects of this one's have there. */
static const char *schema_there(const struct mapper *m, const struct limbeck_object *object)
{
	const struct schema_rules *rules = catalog_rules(m->to);

	if (!mapper_says(m, LIMBECK_SAYS_SCHEMA))
		return NULL;
	return limbeck_object_in_default_schema(object) ? rules->default_schema
		: limbeck_object_schema(object);
}

struct limbeck_object *mapper_add(struct mapper *m, enum limbeck_kind kind, bool part,
	const char *name)
{
	struct object_name full = { .kind = kind, .table = part ? m->name : NULL, .name = name };
	struct limbeck_object *object;

	full.schema = schema_there(m, m->table);
	object = name ? catalog_add(m->to, &full) : NULL;
	if (!object)
		mapper_nomem(m);
	return object;
}

void mapper_comment(struct mapper *m, const struct limbeck_object *from,
	struct limbeck_object *to)
{
	enum limbeck_kind kind = limbeck_object_kind(from);
	bool has = limbeck_object_get(from, LIMBECK_ATTR_COMMENT) != NULL;
	bool can = mapper_says(m, LIMBECK_SAYS_OBJECT_COMMENT)
		|| (mapper_says(m, LIMBECK_SAYS_COMMENT)
			&& (kind == LIMBECK_KIND_TABLE || kind == LIMBECK_KIND_COLUMN));

	if (has && can)
		object_copy_attribute(to, from, LIMBECK_ATTR_COMMENT);
	else if (has)
		mapper_remark(m, from, "its comment is left out");
}

static int check_schema(struct mapper *m, const struct limbeck_object *object)
{
	if (mapper_says(m, LIMBECK_SAYS_SCHEMA) || limbeck_object_in_default_schema(object))
		return 0;
	mapper_refuse(m, object, "the engine has no schemas");
	error_hint(m->err, "Objects of the default schema alone have a place there.");
	return -1;
}

/* What the engine has in the same words. */
static int copy_whole(struct mapper *m, const struct limbeck_object *object)
{
	struct object_name name;

	object_name_of(object, &name);
	name.schema = object_is_part(object) || limbeck_object_kind(object) == LIMBECK_KIND_SCHEMA
		? name.schema : schema_there(m, object);
	return catalog_copy(m->to, object, true, &name) ? 0 : mapper_nomem(m);
}

static int copy_if(struct mapper *m, const struct limbeck_object *object, enum limbeck_says what)
{
	return mapper_says(m, what) ? copy_whole(m, object) : 0;
}

static int map_sequence(struct mapper *m, const struct limbeck_object *sequence)
{
	static const enum limbeck_attribute kept[] = { LIMBECK_ATTR_START,
		LIMBECK_ATTR_INCREMENT, LIMBECK_ATTR_MINIMUM, LIMBECK_ATTR_MAXIMUM,
		LIMBECK_ATTR_CYCLE };
	struct limbeck_object *to;

	if (!mapper_says(m, LIMBECK_SAYS_SEQUENCE)) {
		mapper_remark(m, sequence, "it is left out, for the engine has no sequences");
		return 0;
	}
	if (mapper_says(m, LIMBECK_SAYS_SCHEMA))
		return copy_whole(m, sequence);
	to = mapper_add(m, LIMBECK_KIND_SEQUENCE, false, limbeck_object_name(sequence));
	for (size_t i = 0; to && i < sizeof kept / sizeof *kept; i++)
		object_copy_attribute(to, sequence, kept[i]);
	return to ? 0 : -1;
}

static int map_schema(struct mapper *m, const struct limbeck_object *schema)
{
	if (mapper_says(m, LIMBECK_SAYS_SCHEMA))
		return copy_whole(m, schema);
	mapper_remark(m, schema, "it is left out, for the engine has no schemas");
	return 0;
}

static int map_object(struct mapper *m, const struct limbeck_object *object)
{
	enum limbeck_kind kind = limbeck_object_kind(object);

	m->table = object;
	if (kind != LIMBECK_KIND_SCHEMA && kind != LIMBECK_KIND_EXTENSION
		&& kind != LIMBECK_KIND_ENUM && kind != LIMBECK_KIND_DOMAIN
		&& check_schema(m, object))
		return -1;
	switch (kind) {
	case LIMBECK_KIND_SCHEMA:
		return map_schema(m, object);
	case LIMBECK_KIND_EXTENSION:
		return 0;
	case LIMBECK_KIND_ENUM:
		return copy_if(m, object, LIMBECK_SAYS_ENUM_TYPE);
	case LIMBECK_KIND_DOMAIN:
		return copy_if(m, object, LIMBECK_SAYS_DOMAIN);
	case LIMBECK_KIND_SEQUENCE:
		return map_sequence(m, object);
	case LIMBECK_KIND_TABLE:
		return map_table(m, object);
	case LIMBECK_KIND_VIEW:
	case LIMBECK_KIND_MATERIALIZED_VIEW:
		return map_view(m, object);
	default:
		return mapper_refuse(m, object, "it has no counterpart");
	}
}

/* The object, or the table that it is a part of. */
static const struct limbeck_object *whole(const struct limbeck_catalog *home,
	const struct object_name *name)
{
	struct object_name of = { .schema = name->schema, .name = name->table };

	if (!name->table)
		return catalog_find(home, name);
	of.kind = LIMBECK_KIND_DOMAIN;
	return catalog_relation(home, name->schema, name->table)
		? catalog_relation(home, name->schema, name->table) : catalog_find(home, &of);
}

static bool is_listed(const struct limbeck_catalog *home, const struct object_name *names,
	size_t count, const struct limbeck_object *object)
{
	for (size_t i = 0; i < count; i++)
		if (whole(home, &names[i]) == object)
			return true;
	return false;
}

int map_objects(const struct mapping *mapping, const struct limbeck_catalog *home,
	const struct object_name *names, size_t count, struct limbeck_catalog *to,
	struct limbeck_error *err)
{
	struct mapper m = { .mapping = mapping, .translation = mapping->translation, .home = home,
		.to = to, .arena = ARENA_INIT, .err = err };
	int result = 0;

	for (size_t i = 0; result == 0 && i < count; i++) {
		const struct limbeck_object *object = whole(home, &names[i]);

		if (object && !is_listed(home, names, i, object))
			result = map_object(&m, object);
	}
	if (result == 0 && catalog_failed(to))
		result = error_nomem(err);
	arena_release(&m.arena);
	return result;
}
