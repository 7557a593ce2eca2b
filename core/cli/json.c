/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/json.h"

#include <stdlib.h>
#include <string.h>

#include "cli/text.h"

#define FORM (JSON_COMPACT | JSON_SORT_KEYS | JSON_REAL_PRECISION(12) | JSON_ENCODE_ANY)

json_t *json_text(const char *text)
{
	json_t *value;
	char *clean;

	if (!text)
		return json_null();
	/* Fails on bytes that are no UTF-8. */
	value = json_string(text);
	if (value)
		return value;
	clean = text_utf8(text);
	value = clean ? json_string(clean) : NULL;
	free(clean);
	return value;
}

json_t *json_texts(const char *const *texts, size_t count)
{
	json_t *array = json_array();

	for (size_t i = 0; i < count; i++) {
		if (json_array_append_new(array, json_text(texts[i])) < 0) {
			json_decref(array);
			return NULL;
		}
	}
	return array;
}

json_t *json_seconds(double seconds)
{
	return json_real((double)(long long)(seconds * 1e6 + 0.5) / 1e6);
}

static const char *direction_name(int direction)
{
	return direction == LIMBECK_UP ? "upgrade" :
		direction == LIMBECK_DOWN ? "downgrade" : "stamp";
}

json_t *json_step(const struct limbeck_step *step, double seconds)
{
	return json_pack("{s:o, s:s, s:o, s:o, s:o, s:o, s:o}",
		"revision", json_text(step->revision[0] != '\0' ? step->revision : NULL),
		"direction", direction_name(step->direction),
		"from", json_texts(step->from, step->from_count),
		"to", json_texts(step->to, step->to_count),
		"message", json_text(step->message),
		"path", json_text(step->path),
		"seconds", json_seconds(seconds));
}

/* A part of an error. */
static json_t *json_said(const char *text)
{
	char *copy = text ? strdup(text) : NULL;
	json_t *value;

	if (copy)
		text_hide_passwords(copy);
	value = text && !copy ? NULL : json_text(copy);
	free(copy);
	return value;
}

static json_t *json_place(unsigned number)
{
	return number > 0 ? json_integer((json_int_t)number) : json_null();
}

json_t *json_failure(const struct limbeck_error *error)
{
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
		"code", json_text(limbeck_code_name(error->code)),
		"message", json_said(error->message),
		"file", json_said(error->file),
		"line", json_place(error->line),
		"column", json_place(error->column),
		"sqlstate", json_text(error->sqlstate[0] != '\0' ? error->sqlstate : NULL),
		"detail", json_said(error->detail),
		"hint", json_said(error->hint),
		"engine", json_text(error->engine),
		"outcome", json_said(error->outcome));
}

/* A write that fails shows when the program ends. */
int json_answer(struct cli *cli, json_t *value, struct limbeck_error *err)
{
	char *text = value ? json_dumps(value, FORM) : NULL;

	json_decref(value);
	if (!text)
		return cli_nomem(err);
	puts(text);
	free(text);
	cli->answered = true;
	return 0;
}

int json_list_init(struct json_list *list, struct limbeck_error *err)
{
	memset(list, 0, sizeof *list);
	list->stream = open_memstream(&list->text, &list->size);
	return list->stream ? 0 : cli_nomem(err);
}

void json_list_add(struct json_list *list, json_t *element)
{
	if (!element) {
		list->failed = true;
		return;
	}
	fputs(list->count++ > 0 ? ",\n" : "\n", list->stream);
	if (json_dumpf(element, list->stream, FORM) < 0)
		list->failed = true;
	json_decref(element);
}

/* The members of an object without its braces, NULL when there is no memory. */
static char *members(const json_t *object)
{
	char *text = json_dumps(object, FORM);

	if (text)
		text[strlen(text) - 1] = '\0';
	return text;
}

int json_list_answer(struct cli *cli, struct json_list *list, const char *name, json_t *more,
	struct limbeck_error *err)
{
	char *rest = more ? members(more) : NULL;
	int rc = 0;

	if (list->failed || (more && !rest) || fflush(list->stream) != 0) {
		rc = cli_nomem(err);
		goto out;
	}
	printf("{\"%s\":[", name);
	fwrite(list->text, 1, list->size, stdout);
	fputs(list->count > 0 ? "\n]" : "]", stdout);
	if (rest && rest[1] != '\0')
		printf(",%s", rest + 1);
	puts("}");
	cli->answered = true;
out:
	free(rest);
	json_decref(more);
	return rc;
}

void json_list_release(struct json_list *list)
{
	if (list->stream)
		fclose(list->stream);
	free(list->text);
	list->stream = NULL;
	list->text = NULL;
}
