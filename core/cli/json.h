/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * JSON on standard output: one value, one line, but for lists, which have a
 * line for each element. Keys are sorted. The functions that make a value
 * return NULL when there is no memory, and pass NULL on.
 */
#ifndef CLI_JSON_H
#define CLI_JSON_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include <jansson.h>

#include "cli/cli.h"

/* null for NULL; bytes that are no UTF-8 become U+FFFD. */
json_t *json_text(const char *text);
json_t *json_texts(const char *const *texts, size_t count);
/* The seconds, to the microsecond. */
json_t *json_seconds(double seconds);
json_t *json_step(const struct limbeck_step *step, double seconds);
json_t *json_failure(const struct limbeck_error *error);

/* Writes a value, which it frees. */
int json_answer(struct cli *cli, json_t *value, struct limbeck_error *err);

/* A list that is kept as text, for it may be long. */
struct json_list {
	FILE *stream;
	char *text;
	size_t size;
	size_t count;
	bool failed;
};

int json_list_init(struct json_list *list, struct limbeck_error *err);
/* Adds an element, which it frees. */
void json_list_add(struct json_list *list, json_t *element);
/* Writes {"name":[...], and the members of more}, which it frees; more may be
 * NULL. */
int json_list_answer(struct cli *cli, struct json_list *list, const char *name, json_t *more,
	struct limbeck_error *err);
void json_list_release(struct json_list *list);

#endif
