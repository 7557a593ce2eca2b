/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A sequence is an object of its own, or a part of a column: of an identity column
 * always; of a serial one where all is as `serial` would have made it, so that
 * nothing is lost by saying no more than that.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "introspect.h"

static const char *const attribute_defaults[] = { "1", "1", "1", NULL, "1" };
static const enum limbeck_attribute attributes[] = { LIMBECK_ATTR_START, LIMBECK_ATTR_INCREMENT,
	LIMBECK_ATTR_MINIMUM, LIMBECK_ATTR_MAXIMUM, LIMBECK_ATTR_CACHE };

static const char *largest(const char *type)
{
	return strcmp(type, "smallint") == 0 ? "32767" :
		strcmp(type, "integer") == 0 ? "2147483647" : "9223372036854775807";
}

static const char *smallest(const char *type)
{
	return strcmp(type, "smallint") == 0 ? "-32768" :
		strcmp(type, "integer") == 0 ? "-2147483648" : "-9223372036854775808";
}

/* What the server takes for value i where nothing is said (CREATE SEQUENCE): it
 * counts downwards from -1 where the increment is negative, and starts at the end. */
static const char *default_of(const struct sequence *sequence, size_t i)
{
	bool down = sequence->values[1][0] == '-';

	switch (attributes[i]) {
	case LIMBECK_ATTR_START:
		return sequence->values[down ? 3 : 2];
	case LIMBECK_ATTR_MINIMUM:
		return down ? smallest(sequence->type) : "1";
	case LIMBECK_ATTR_MAXIMUM:
		return down ? "-1" : largest(sequence->type);
	default:
		return attribute_defaults[i];
	}
}

static bool all_default(const struct sequence *sequence)
{
	size_t i;

	for (i = 0; i < LENGTH(attributes); i++) {
		if (strcmp(sequence->values[i], default_of(sequence, i)) != 0)
			return false;
	}
	return !sequence->cycle && sequence->values[1][0] != '-';
}

static void set_options(struct limbeck_object *object, const struct sequence *sequence)
{
	size_t i;

	for (i = 0; i < LENGTH(attributes); i++) {
		if (strcmp(sequence->values[i], default_of(sequence, i)) != 0)
			limbeck_host->object_set(object, attributes[i], sequence->values[i]);
	}
	set_yes(object, LIMBECK_ATTR_CYCLE, sequence->cycle);
}

static bool is_default_of(const struct sequence *sequence, const char *expression)
{
	struct strings text = { NULL, 0, 0, false };
	bool same;

	strings_add(&text, "nextval(");
	strings_add_quoted(&text, sequence->shown, '\'');
	strings_add(&text, "::regclass)");
	same = !text.failed && expression && strcmp(text.text, expression) == 0;
	strings_release(&text);
	return same;
}

/* As `serial` would have made it, with the name that it would have taken (or with a
 * number behind, where that was taken). */
static bool is_serial(const struct sequence *sequence, const struct column_facts *facts)
{
	const struct limbeck_object *table = facts->table->object;
	char name[POSTGRESQL_NAME_BYTES];
	size_t length;

	if (sequence->identity || !facts->not_null || strcmp(sequence->type, facts->type) != 0 ||
		!all_default(sequence) || !is_default_of(sequence, facts->fallback) ||
		strcmp(sequence->schema, limbeck_host->object_schema(table)) != 0)
		return false;
	postgresql_sequence_name(name, limbeck_host->object_name(table), facts->name);
	length = strlen(name);
	return strncmp(sequence->name, name, length) == 0 &&
		strspn(sequence->name + length, "0123456789") == strlen(sequence->name + length);
}

bool take_numbering(struct reader *reader, struct limbeck_object *column,
	const struct column_facts *facts)
{
	struct known *known = known_find(reader, COLUMN_SEQUENCE + facts->number, facts->oid);
	struct sequence *sequence = known ? known->sequence : NULL;

	if (!sequence || (!facts->identity && !is_serial(sequence, facts)))
		return false;
	limbeck_host->object_set(column, LIMBECK_ATTR_IDENTITY, facts->identity == 'a' ? "always" :
		facts->identity ? "by default" : "serial");
	set_options(column, sequence);
	sequence->spent = true;
	known = known_add(reader, CLASS_RELATION, sequence->oid, column);
	if (known)
		known->alias = true;
	return true;
}

static int add_sequence(struct reader *reader, const struct sequence *sequence)
{
	const struct known *table = known_find(reader, CLASS_RELATION, sequence->table);
	const char *column = table ? known_column_name(table, sequence->column) : NULL;
	struct limbeck_object *object = limbeck_host->object_add(reader->catalog,
		LIMBECK_KIND_SEQUENCE, sequence->schema, NULL, sequence->name, NULL);

	if (strcmp(sequence->type, "bigint") != 0)
		limbeck_host->object_set(object, LIMBECK_ATTR_TYPE, sequence->type);
	set_options(object, sequence);
	if (column) {
		limbeck_host->object_append(object, LIMBECK_ATTR_OWNED_BY,
			limbeck_host->object_name(table->object));
		limbeck_host->object_append(object, LIMBECK_ATTR_OWNED_BY, column);
	}
	return known_add(reader, CLASS_RELATION, sequence->oid, object) ? 0 :
		postgresql_nomem(reader->err);
}

int add_sequences(struct reader *reader)
{
	const struct sequence *sequence;

	for (sequence = reader->sequences; sequence; sequence = sequence->next) {
		if (!sequence->spent && !sequence->identity && add_sequence(reader, sequence) < 0)
			return -1;
	}
	return 0;
}
