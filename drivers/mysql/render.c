/* SPDX-License-Identifier: BSD-2-Clause */
#include "render.h"

#include <stdlib.h>

static bool is_silent(enum limbeck_attribute attribute)
{
	return attribute == LIMBECK_ATTR_MEANING || attribute == LIMBECK_ATTR_VERSION ||
		attribute == LIMBECK_ATTR_NO_DATA || attribute == LIMBECK_ATTR_BACKING_INDEX;
}

/* Whether the two are the same but for this attribute. */
static bool is_only(const struct limbeck_object *a, const struct limbeck_object *b,
	enum limbeck_attribute only)
{
	int i;

	for (i = LIMBECK_ATTR_NONE + 1; i < LIMBECK_ATTR_COUNT; i++) {
		enum limbeck_attribute attribute = (enum limbeck_attribute)i;

		if (attribute != only && !is_silent(attribute) &&
			!limbeck_host->object_same(a, b, attribute))
			return false;
	}
	return true;
}

/* Views are replaced; of an index its visibility changes, of a check whether it
 * is enforced. */
int render_alterable(const struct limbeck_object *before, const struct limbeck_object *after)
{
	switch (kind_of(after)) {
	case LIMBECK_KIND_VIEW:
	case LIMBECK_KIND_SEQUENCE:
		return 1;
	case LIMBECK_KIND_INDEX:
	case LIMBECK_KIND_UNIQUE:
		return is_only(before, after, LIMBECK_ATTR_OPTIONS);
	case LIMBECK_KIND_CHECK:
		return is_only(before, after, LIMBECK_ATTR_NOT_ENFORCED);
	default:
		return 0;
	}
}

static unsigned read_version(const char *text)
{
	unsigned long parts[3] = { 0, 0, 0 };
	char *end;
	size_t i;

	for (i = 0; text && i < 3 && *text >= '0' && *text <= '9'; i++) {
		parts[i] = strtoul(text, &end, 10);
		text = *end == '.' ? end + 1 : NULL;
	}
	return (unsigned)(parts[0] * 10000 + parts[1] * 100 + parts[2]);
}

static size_t rename_table(struct alter *alter, const struct limbeck_change *change)
{
	limbeck_host->put(alter->out, "RENAME TABLE ");
	limbeck_host->put_name(alter->out, name_of(change->before));
	limbeck_host->put(alter->out, " TO ");
	limbeck_host->put_name(alter->out, name_of(change->after));
	limbeck_host->end(alter->out);
	return 1;
}

static size_t drop_table(struct alter *alter)
{
	limbeck_host->put(alter->out, "DROP TABLE ");
	limbeck_host->put_name(alter->out, alter->table);
	limbeck_host->end(alter->out);
	return 1;
}

/* The steps from changes[at] on; how many there were. */
static size_t render_step(struct alter *alter, size_t at)
{
	const struct limbeck_change *change = &alter->changes[at];

	if (kind_of(object_of(change)) == LIMBECK_KIND_TABLE) {
		switch (change->verb) {
		case LIMBECK_CREATE:
			return render_create_table(alter, at);
		case LIMBECK_DROP:
			return drop_table(alter);
		case LIMBECK_RENAME:
			return rename_table(alter, change);
		default:
			break;
		}
	}
	if (kind_of(object_of(change)) == LIMBECK_KIND_TRIGGER)
		return render_trigger(alter, at);
	return render_alter_table(alter, at);
}

static const char *table_of(const struct limbeck_change *change)
{
	const struct limbeck_object *object = object_of(change);
	const char *table = limbeck_host->object_table(object);

	if (table)
		return table;
	return name_of(change->before ? change->before : change->after);
}

static bool is_of_table(enum limbeck_kind kind)
{
	return kind == LIMBECK_KIND_INDEX || kind == LIMBECK_KIND_TRIGGER ||
		(kind >= LIMBECK_KIND_TABLE && kind <= LIMBECK_KIND_FOREIGN_KEY);
}

/* FILL is left to the host, which writes it as an UPDATE and calls again. */
int render_changes(const struct limbeck_rendering *rendering, const struct limbeck_change *changes,
	size_t count, struct limbeck_out *out, struct limbeck_error *err)
{
	struct alter alter = { .rendering = rendering, .changes = changes, .count = count,
		.out = out, .table = table_of(&changes[0]) };
	const struct limbeck_server *server = rendering->server;
	size_t at = 0;

	(void)err;
	alter.mysql = server && same_text(server->product, "mysql");
	alter.version = server ? read_version(server->version) : 0;
	while (at < count && changes[at].verb != LIMBECK_FILL) {
		size_t done = is_of_table(kind_of(object_of(&changes[at]))) ?
			render_step(&alter, at) : (size_t)render_object(&changes[at], out);

		if (done == 0)
			break;
		at += done;
	}
	return (int)at;
}
