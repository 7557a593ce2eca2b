/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A catalog: the objects of a schema, found by name, walked in order.
 *
 * <limbeck/schema.h> says what an object is. Here is the inside: objects live in
 * the arena of their catalog; one that is removed stays in memory, since changes
 * may refer to it. A catalog that ran out of memory is marked failed and takes
 * nothing more; whoever filled it looks once, at the end.
 */
#ifndef SCHEMA_CATALOG_H
#define SCHEMA_CATALOG_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/strbuf.h"
#include <limbeck/dialect.h>
#include <limbeck/error.h>
#include <limbeck/schema.h>

/* What must be known of the engine to compare and to rewrite texts. Borrowed. */
struct schema_rules {
	const struct limbeck_lexis *lexis;
	bool texts_as_written;        /* traits */
	const char *default_schema;   /* NULL: no schemas */
};

/* The name of an object, as keys and dependencies have it. */
struct object_name {
	enum limbeck_kind kind;
	const char *schema;           /* NULL: none */
	const char *table;            /* NULL: not a part */
	const char *name;             /* "" for an unnamed part until it gets a place */
	const char *signature;        /* NULL: none */
};

/* NULL: no memory. rules are copied, what they point to is borrowed. */
struct limbeck_catalog *catalog_new(const struct schema_rules *rules);
void catalog_free(struct limbeck_catalog *catalog); /* NULL is allowed */
bool catalog_failed(const struct limbeck_catalog *catalog);
const struct schema_rules *catalog_rules(const struct limbeck_catalog *catalog);
/* The default schema is known once the introspection has said it. */
void catalog_set_default_schema(struct limbeck_catalog *catalog, const char *schema);
size_t catalog_size(const struct limbeck_catalog *catalog);

/* Adds, or returns what is there under the name. NULL: failed, or a kind that is not
 * known. An unnamed part (name NULL or "") is always added, marked UNNAMED, and
 * numbered: its name is "#1", so that it can be found. Where texts are as they were
 * written (rules), names are told apart without regard to case. */
struct limbeck_object *catalog_add(struct limbeck_catalog *catalog,
	const struct object_name *name);
/* A schema that is NULL is also the default one. */
struct limbeck_object *catalog_find(const struct limbeck_catalog *catalog,
	const struct object_name *name);
/* The table, view or materialized view of this name. */
struct limbeck_object *catalog_relation(const struct limbeck_catalog *catalog,
	const char *schema, const char *name);
/* Objects in order: of a kind (LIMBECK_KIND_NONE: any, kind by kind), of a table (or
 * domain, view; NULL: any, whatever the schema). Start with NULL, ends with NULL.
 * Walking the parts of a table costs its parts. Whoever takes objects out on the way
 * asks for the next one before. */
struct limbeck_object *catalog_next(const struct limbeck_catalog *catalog,
	enum limbeck_kind kind, const char *schema, const char *table,
	const struct limbeck_object *previous);
/* Takes an object out, with its parts. */
void catalog_remove(struct limbeck_catalog *catalog, struct limbeck_object *object);

void object_set(struct limbeck_object *object, enum limbeck_attribute attribute,
	const char *value);
void object_set_n(struct limbeck_object *object, enum limbeck_attribute attribute,
	const char *value, size_t length);
void object_append(struct limbeck_object *object, enum limbeck_attribute attribute,
	const char *item);
/* Makes attribute of object what it is in other. */
void object_copy_attribute(struct limbeck_object *object, const struct limbeck_object *other,
	enum limbeck_attribute attribute);
void object_depends(struct limbeck_object *object, const struct object_name *on);
/* Dependency i, false when there are no more. */
bool object_dependency(const struct limbeck_object *object, size_t i, struct object_name *on);
void object_name_of(const struct limbeck_object *object, struct object_name *name);
struct limbeck_catalog *object_catalog(const struct limbeck_object *object);
/* Whether the object belongs to a table (has a table in its name). */
bool object_is_part(const struct limbeck_object *object);

/* Whether an attribute is the same by the rules of a's catalog (texts_as_written). */
bool object_same(const struct limbeck_object *a, const struct limbeck_object *b,
	enum limbeck_attribute attribute);
/* Whether the attribute is never compared (a version, a meaning). */
bool attribute_is_silent(enum limbeck_attribute attribute);
/* The first attribute after `after` (LIMBECK_ATTR_NONE: from the start) in which
 * a and b differ, silent ones passed over; LIMBECK_ATTR_NONE: there is none. */
enum limbeck_attribute object_differs(const struct limbeck_object *a,
	const struct limbeck_object *b, enum limbeck_attribute after);

/* A copy of an object, with its parts if it has any (is a table, a view, a
 * domain), in another catalog; of the same name, or of another (as, of which the
 * kind and NULL members are taken from object). NULL: failed. */
struct limbeck_object *catalog_copy(struct limbeck_catalog *to,
	const struct limbeck_object *object, bool parts, const struct object_name *as);
/* A copy of the whole. NULL: no memory. */
struct limbeck_catalog *catalog_clone(const struct limbeck_catalog *catalog);

/* The whole as text, and back: what is read is equal in all that can be asked, the
 * dependencies included. It is for the build that wrote it alone. false: no memory. */
bool catalog_store(struct strbuf *out, const struct limbeck_catalog *catalog);
/* NULL: no memory, or the text is damaged. rules: as those of catalog_new(); the
 * default schema is that of the text. */
struct limbeck_catalog *catalog_restore(const struct schema_rules *rules, const char *text,
	size_t length);

/* "users", "billing.invoices", "users.phone", "f(integer)": for people. The
 * default schema is not said. */
void object_shown(struct strbuf *out, const struct limbeck_object *object);
void object_name_shown(struct strbuf *out, const struct schema_rules *rules,
	const struct object_name *name);

/*
 * Performs a change on a catalog (which change->before is, or need not be, an
 * object of: it is found by name). A rename reaches all that holds the name: the
 * parts of a table, the columns of keys and indexes, what foreign keys refer to,
 * and the texts (checks, predicates, definitions) of the parts and dependents of
 * the table, word by word. A table or column that is dropped takes its parts, or
 * the indexes and constraints that hold it, along, and the sequences that it owns.
 * CREATE makes the object and its members, no other part. An unnamed part is found
 * by what it holds, if its name leads to another. An object that is to be changed
 * and is not there, or created and is, is an error (LIMBECK_E_STATE).
 */
int catalog_apply(struct limbeck_catalog *catalog, const struct limbeck_change *change,
	struct limbeck_error *err);

/* Adds, to objects of which the driver has not said it (views, triggers,
 * functions, others without any dependency), the dependencies on relations and
 * functions whose names stand as words in their definition, and for parts on the
 * functions that their expressions call; and those that follow from the model to
 * all: a part on its table, a column on its type and on the sequence of its default,
 * a foreign key on the table and the key that it refers to, a partition on its
 * parent, a function in SQL on what its body names, everything on its schema. Call
 * once a catalog is full; calling again adds what is new. */
void catalog_connect(struct limbeck_catalog *catalog);

/* All objects, each behind those it depends on, otherwise by kind and name (columns
 * in the order of their table). A table or domain also stands behind what its columns
 * and constraints depend on, and behind the tables that its foreign keys refer to;
 * circles are cut at a foreign key, else anywhere, but always in the same way.
 * *count of them, in the arena. NULL: no memory. */
const struct limbeck_object **catalog_order(const struct limbeck_catalog *catalog,
	struct arena *arena, size_t *count);

/* A text in a form in which two are equal if they mean the same to an engine
 * that keeps texts as they were written: see traits. Appended to out. */
void text_normal(struct strbuf *out, const struct limbeck_lexis *lexis, const char *text);
/* The text with one name put in the place of another wherever it stands as a
 * word or quoted name (and, with table not NULL, not behind another table's name
 * and a point). */
void text_rename(struct strbuf *out, const struct limbeck_lexis *lexis, const char *text,
	const char *table, const char *from, const char *to);
/* Whether the name stands in the text so. */
bool text_mentions(const struct limbeck_lexis *lexis, const char *text, const char *name);

#endif
