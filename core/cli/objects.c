/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/objects.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "cli/text.h"

static json_t *list_json(const struct limbeck_object *object, enum limbeck_attribute attribute)
{
	size_t count = limbeck_object_count(object, attribute);
	json_t *list = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(list, json_text(limbeck_object_item(object, attribute, i)));
	return list;
}

static json_t *attributes_json(const struct limbeck_object *object)
{
	json_t *all = json_object();

	for (int i = LIMBECK_ATTR_NONE + 1; i < LIMBECK_ATTR_COUNT; i++) {
		enum limbeck_attribute attribute = (enum limbeck_attribute)i;

		if (!limbeck_object_get(object, attribute))
			continue;
		json_object_set_new(all, limbeck_attribute_name(attribute),
			limbeck_attribute_is_list(attribute) ? list_json(object, attribute) :
			json_text(limbeck_object_get(object, attribute)));
	}
	return all;
}

static bool is_function(const struct limbeck_object *object)
{
	return limbeck_object_kind(object) == LIMBECK_KIND_FUNCTION;
}

json_t *object_json(const struct limbeck_object *object)
{
	return json_pack("{s:s, s:o, s:o, s:o, s:o, s:o}",
		"kind", limbeck_kind_name(limbeck_object_kind(object)),
		"schema", json_text(limbeck_object_schema(object)),
		"table", json_text(limbeck_object_table(object)),
		"name", json_text(limbeck_object_name(object)),
		"signature", json_text(is_function(object) ?
			limbeck_object_signature(object) : NULL),
		"attributes", attributes_json(object));
}

static const char *text(const struct limbeck_object *object, enum limbeck_attribute attribute)
{
	const char *value = limbeck_object_get(object, attribute);

	return value ? value : "";
}

void objects_init(struct objects *objects, struct cli *cli, struct limbeck_error *err)
{
	*objects = (struct objects){ .cli = cli, .err = err };
	objects->columns.columns = 4;
	objects->columns.plain = true;
	if (cli->json)
		objects->rc = json_list_init(&objects->json, err);
}

/* The columns wait until all are there, so that they can be aligned. */
static void flush_columns(struct objects *objects)
{
	if (objects->columns.count > 0 && objects->rc == 0)
		objects->rc = table_print(&objects->columns, &objects->cli->output.out,
			objects->err);
	table_release(&objects->columns);
}

static void column_extra(FILE *file, const struct limbeck_object *column)
{
	const char *value;

	if (limbeck_object_get(column, LIMBECK_ATTR_NOT_NULL))
		fputs("not null  ", file);
	value = limbeck_object_get(column, LIMBECK_ATTR_IDENTITY);
	if (value)
		fprintf(file, strcmp(value, "always") == 0 || strcmp(value, "by default") == 0 ?
			"identity %s  " : "%s  ", value);
	value = limbeck_object_get(column, LIMBECK_ATTR_DEFAULT);
	if (value)
		fprintf(file, "default %s  ", value);
	value = limbeck_object_get(column, LIMBECK_ATTR_ON_UPDATE);
	if (value)
		fprintf(file, "on update %s  ", value);
	value = limbeck_object_get(column, LIMBECK_ATTR_GENERATED);
	if (value)
		fprintf(file, "generated as (%s) %s  ", value,
			text(column, LIMBECK_ATTR_GENERATED_KIND));
	value = limbeck_object_get(column, LIMBECK_ATTR_COLLATION);
	if (value)
		fprintf(file, "collate %s  ", value);
	value = limbeck_object_get(column, LIMBECK_ATTR_COMMENT);
	if (value)
		fprintf(file, "-- %s", value);
}

static void add_column(struct objects *objects, const struct limbeck_object *column)
{
	char *extra = NULL;
	size_t size = 0;
	FILE *file = open_memstream(&extra, &size);

	if (!file) {
		objects->rc = cli_nomem(objects->err);
		return;
	}
	column_extra(file, column);
	fclose(file);
	while (size > 0 && extra[size - 1] == ' ')
		extra[--size] = '\0';
	table_add(&objects->columns, "");
	table_add(&objects->columns, limbeck_object_name(column));
	table_add(&objects->columns, text(column, LIMBECK_ATTR_TYPE));
	table_add(&objects->columns, extra);
	free(extra);
}

static void put_list(FILE *file, const struct limbeck_object *object,
	enum limbeck_attribute attribute)
{
	size_t count = limbeck_object_count(object, attribute);

	for (size_t i = 0; i < count; i++) {
		if (i > 0)
			fputs(", ", file);
		text_put(file, limbeck_object_item(object, attribute, i));
	}
}

/* The engine's keywords, in our letters. */
static void put_lower(FILE *file, const char *word)
{
	for (; *word != '\0'; word++)
		putc(tolower((unsigned char)*word), file);
}

static void put_action(FILE *file, const char *event, const struct limbeck_object *key,
	enum limbeck_attribute attribute)
{
	if (!limbeck_object_get(key, attribute))
		return;
	fputs(event, file);
	put_lower(file, text(key, attribute));
}

static void put_reference(FILE *file, const struct limbeck_object *key)
{
	fputs(" -> ", file);
	if (limbeck_object_get(key, LIMBECK_ATTR_REF_SCHEMA)) {
		text_put(file, text(key, LIMBECK_ATTR_REF_SCHEMA));
		putc('.', file);
	}
	text_put(file, text(key, LIMBECK_ATTR_REF_TABLE));
	if (limbeck_object_count(key, LIMBECK_ATTR_REF_COLUMNS) > 0) {
		fputs(" (", file);
		put_list(file, key, LIMBECK_ATTR_REF_COLUMNS);
		putc(')', file);
	}
	put_action(file, " on delete ", key, LIMBECK_ATTR_ON_DELETE);
	put_action(file, " on update ", key, LIMBECK_ATTR_ON_UPDATE);
}

/* What a part holds: its columns, its expression, what it refers to. */
static void put_content(FILE *file, const struct limbeck_object *part)
{
	enum limbeck_attribute columns = limbeck_object_count(part, LIMBECK_ATTR_PARTS) > 0 ?
		LIMBECK_ATTR_PARTS : LIMBECK_ATTR_COLUMNS;

	if (limbeck_object_count(part, columns) > 0) {
		fputs(" (", file);
		put_list(file, part, columns);
		putc(')', file);
	}
	if (limbeck_object_get(part, LIMBECK_ATTR_EXPRESSION)) {
		fputs(" (", file);
		text_put(file, text(part, LIMBECK_ATTR_EXPRESSION));
		putc(')', file);
	}
	if (limbeck_object_get(part, LIMBECK_ATTR_REF_TABLE))
		put_reference(file, part);
	if (limbeck_object_get(part, LIMBECK_ATTR_PREDICATE)) {
		fputs(" where ", file);
		text_put(file, text(part, LIMBECK_ATTR_PREDICATE));
	}
	if (limbeck_object_get(part, LIMBECK_ATTR_DEFERRABLE)) {
		putc(' ', file);
		text_put(file, text(part, LIMBECK_ATTR_DEFERRABLE));
	}
}

/* The kind, by the engine's own word where it has one: "procedure", "policy". */
static void put_kind(FILE *file, const struct limbeck_object *object)
{
	const char *word = limbeck_object_get(object, LIMBECK_ATTR_WORD);

	if (limbeck_object_get(object, LIMBECK_ATTR_UNIQUE))
		fputs("unique ", file);
	if (!word)
		fputs(limbeck_kind_name(limbeck_object_kind(object)), file);
	else
		put_lower(file, word);
}

static void put_part(struct objects *objects, const struct limbeck_object *part)
{
	FILE *file = objects->cli->output.out.file;
	bool unnamed = limbeck_object_get(part, LIMBECK_ATTR_UNNAMED) != NULL;
	const char *name = limbeck_object_name(part);

	flush_columns(objects);
	fputs("  ", file);
	put_kind(file, part);
	if (!unnamed && name && name[0] != '\0') {
		putc(' ', file);
		text_put(file, name);
	}
	put_content(file, part);
	putc('\n', file);
}

static void put_heading(struct objects *objects, const struct limbeck_object *object)
{
	const struct stream *stream = &objects->cli->output.out;
	const char *schema = limbeck_object_schema(object);
	const char *more = text(object, LIMBECK_ATTR_COMMENT);

	flush_columns(objects);
	if (objects->count++ > 0)
		putc('\n', stream->file);
	put_kind(stream->file, object);
	putc(' ', stream->file);
	if (schema && !limbeck_object_in_default_schema(object)) {
		stream_paint(stream, PAINT_HEADING, schema);
		stream_paint(stream, PAINT_HEADING, ".");
	}
	stream_paint(stream, PAINT_HEADING, limbeck_object_name(object));
	text_put(stream->file, is_function(object) && limbeck_object_signature(object) ?
		limbeck_object_signature(object) : "");
	if (more[0] != '\0') {
		fputs("  -- ", stream->file);
		text_put(stream->file, more);
	}
	putc('\n', stream->file);
}

/* The text of what has one, and the values of an enum, below the heading. */
static void put_body(struct objects *objects, const struct limbeck_object *object)
{
	FILE *file = objects->cli->output.out.file;
	const char *definition = limbeck_object_get(object, LIMBECK_ATTR_DEFINITION);

	if (limbeck_object_count(object, LIMBECK_ATTR_VALUES) > 0) {
		fputs("  values ", file);
		put_list(file, object, LIMBECK_ATTR_VALUES);
		putc('\n', file);
	}
	while (definition && definition[0] != '\0') {
		size_t length = strcspn(definition, "\n");

		char *line = strndup(definition, length);

		fputs("  ", file);
		text_put(file, line ? line : "");
		putc('\n', file);
		free(line);
		definition += length + (definition[length] == '\n');
	}
}

int objects_add(void *data, const struct limbeck_object *object)
{
	struct objects *objects = data;

	if (objects->cli->json)
		json_list_add(&objects->json, object_json(object));
	else if (limbeck_object_kind(object) == LIMBECK_KIND_COLUMN)
		add_column(objects, object);
	else if (limbeck_object_table(object))
		put_part(objects, object);
	else {
		put_heading(objects, object);
		put_body(objects, object);
	}
	return objects->rc != 0;
}

int objects_finish(struct objects *objects)
{
	flush_columns(objects);
	if (objects->rc == 0 && objects->cli->json)
		objects->rc = json_list_answer(objects->cli, &objects->json, "objects", NULL,
			objects->err);
	return objects->rc;
}

void objects_release(struct objects *objects)
{
	table_release(&objects->columns);
	json_list_release(&objects->json);
}
