/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/change.h"

#include "cli/objects.h"
#include "cli/text.h"

static const char *verb_name(int verb)
{
	switch (verb) {
	case LIMBECK_CREATE:
		return "create";
	case LIMBECK_DROP:
		return "drop";
	case LIMBECK_ALTER:
		return "alter";
	case LIMBECK_RENAME:
		return "rename";
	default:
		return "fill";
	}
}

static enum paint verb_paint(const struct limbeck_change *change)
{
	if (change->flags & LIMBECK_CHANGE_DESTRUCTIVE)
		return PAINT_ERROR;
	return change->verb == LIMBECK_CREATE ? PAINT_LABEL : PAINT_ID;
}

json_t *change_json(const struct limbeck_change *change, const char *text)
{
	const struct limbeck_object *object;

	if (!change)
		return json_pack("{s:o}", "text", json_text(text));
	object = change->after ? change->after : change->before;
	return json_pack("{s:s, s:s, s:o, s:o, s:o, s:o, s:b, s:o, s:o}",
		"verb", verb_name(change->verb),
		"kind", limbeck_kind_name(limbeck_object_kind(object)),
		"schema", json_text(limbeck_object_schema(object)),
		"table", json_text(limbeck_object_table(object)),
		"name", json_text(limbeck_object_name(object)),
		"text", json_text(text),
		"destructive", (change->flags & LIMBECK_CHANGE_DESTRUCTIVE) != 0,
		"before", change->before ? object_json(change->before) : json_null(),
		"after", change->after ? object_json(change->after) : json_null());
}

int changes_add(void *data, const struct limbeck_change *change, const char *text)
{
	struct changes *changes = data;
	FILE *file = changes->stream.file;

	changes->destructive += change && (change->flags & LIMBECK_CHANGE_DESTRUCTIVE);
	if (changes->cli->json) {
		json_list_add(&changes->json, change_json(change, text));
	} else if (file) {
		fputs(changes->indent, file);
		if (change)
			stream_paint(&changes->stream, verb_paint(change), text);
		else
			text_put(file, text);
		putc('\n', file);
	}
	return 0;
}
