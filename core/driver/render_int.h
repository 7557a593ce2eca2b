/* SPDX-License-Identifier: BSD-2-Clause */
/* The standard renderer's inside: what its files share, and nobody else sees. */
#ifndef DRIVER_RENDER_INT_H
#define DRIVER_RENDER_INT_H

#include <stdbool.h>

#include "driver/out.h"
#include "schema/catalog.h"

/* One change in the words of standard SQL; with its comments (LIMBECK_ATTR_COMMENT).
 * Statements are put and ended. LIMBECK_E_UNSUPPORTED where there are no words. */
int standard_change(struct limbeck_out *out, const struct limbeck_change *change,
	struct limbeck_error *err);

/* Attributes of an object. */
static inline const char *get(const struct limbeck_object *object,
	enum limbeck_attribute attribute)
{
	return limbeck_object_get(object, attribute);
}

/* Where it must be there; "" if a driver has left it out. */
static inline const char *text(const struct limbeck_object *object,
	enum limbeck_attribute attribute)
{
	const char *value = get(object, attribute);

	return value ? value : "";
}

static inline bool is_yes(const struct limbeck_object *object, enum limbeck_attribute attribute)
{
	return get(object, attribute) != NULL;
}

static inline bool differs(const struct limbeck_change *change, enum limbeck_attribute attribute)
{
	return !object_same(change->before, change->after, attribute);
}

/* Whether the attribute is there, and it has this value. */
bool standard_is(const struct limbeck_object *object, enum limbeck_attribute attribute,
	const char *value);
/* " WORDS value" where the attribute is there. */
void standard_option(struct limbeck_out *out, const char *words,
	const struct limbeck_object *object, enum limbeck_attribute attribute);

/* Names. */
void standard_name(struct limbeck_out *out, const struct limbeck_object *object);
void standard_table_name(struct limbeck_out *out, const struct limbeck_object *part);
/* "VIEW v", "FUNCTION f(integer)", "TRIGGER t ON users": as DROP and COMMENT ON say it. */
void standard_what(struct limbeck_out *out, const struct limbeck_object *object);
/* The same, of an object that has moved to this schema. */
void standard_what_in(struct limbeck_out *out, const struct limbeck_object *object,
	const char *schema);
/* "ALTER TABLE users ", or "ALTER DOMAIN email " for the constraint of a domain. */
void standard_alter_table(struct limbeck_out *out, const struct limbeck_object *part);
bool standard_is_constraint(const struct limbeck_object *object);
/* Whether it is known by what it holds alone, having no name that SQL could say. */
bool standard_is_nameless(const struct limbeck_object *object);
/* attribute: what of the object it is, LIMBECK_ATTR_NONE: not said. */
int standard_unsupported(const struct limbeck_change *change, enum limbeck_attribute attribute,
	const char *why, struct limbeck_error *err);

/* Comments: as it is (after CREATE), and as it changes. */
void standard_comment(struct limbeck_out *out, const struct limbeck_object *object);
void standard_comment_change(struct limbeck_out *out, const struct limbeck_change *change);

/* Parts of definitions, and whole ones. */
void standard_column(struct limbeck_out *out, const struct limbeck_object *column);
void standard_constraint(struct limbeck_out *out, const struct limbeck_object *constraint);
/* " (START WITH 5 INCREMENT BY 2)", or nothing. */
void standard_identity_options(struct limbeck_out *out, const struct limbeck_object *column);
void standard_collation(struct limbeck_out *out, const struct limbeck_object *object);

/* By kind and verb; these put and end whole statements. */
void standard_create_table(struct limbeck_out *out, const struct limbeck_change *change);
int standard_alter_table_change(struct limbeck_out *out, const struct limbeck_change *change,
	struct limbeck_error *err);
int standard_alter_column(struct limbeck_out *out, const struct limbeck_change *change,
	struct limbeck_error *err);
void standard_add_constraint(struct limbeck_out *out, const struct limbeck_object *constraint);
void standard_create_index(struct limbeck_out *out, const struct limbeck_object *index);
void standard_create_enum(struct limbeck_out *out, const struct limbeck_object *object);
void standard_create_domain(struct limbeck_out *out, const struct limbeck_change *change);
void standard_create_sequence(struct limbeck_out *out, const struct limbeck_object *object);
void standard_create_extension(struct limbeck_out *out, const struct limbeck_object *object);
/* Whose sequence it is: the table must be there. */
void standard_sequence_owner(struct limbeck_out *out, const struct limbeck_object *object);
/* 1: done; 0: it can't be altered, but dropped and created. */
int standard_alter_enum(struct limbeck_out *out, const struct limbeck_change *change);
int standard_alter_domain(struct limbeck_out *out, const struct limbeck_change *change);
int standard_alter_sequence(struct limbeck_out *out, const struct limbeck_change *change);
int standard_alter_extension(struct limbeck_out *out, const struct limbeck_change *change);
int standard_alter_constraint(struct limbeck_out *out, const struct limbeck_change *change);
int standard_alter_trigger(struct limbeck_out *out, const struct limbeck_change *change);
void standard_trigger_state(struct limbeck_out *out, const struct limbeck_object *trigger);
int standard_rename(struct limbeck_out *out, const struct limbeck_change *change,
	struct limbeck_error *err);
void standard_fill(struct limbeck_out *out, const struct limbeck_change *change);

#endif
