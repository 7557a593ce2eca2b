/* SPDX-License-Identifier: BSD-2-Clause */
/* The inside of catalogs and objects; private to the room. */
#ifndef SCHEMA_CATALOG_INT_H
#define SCHEMA_CATALOG_INT_H

#include "base/mem.h"
#include "schema/catalog.h"

#define HASH_NONFATAL_OOM 1
#define uthash_nonfatal_oom(entry) ((entry)->lost = true)
#define uthash_malloc(size) mem_alloc(size)
#define uthash_free(memory, size) mem_free(memory)
/* Keys are names, compared text by text, so that none need be joined. */
#define HASH_FUNCTION(key, length, hash) ((hash) = name_key_hash(key))
#define HASH_KEYCMP(a, b, length) name_key_compare(a, b)
#include <uthash.h>

/* What objects and tables are found by. */
struct name_key {
	struct object_name name;
	bool fold;                /* without regard to case (texts_as_written) */
};

unsigned name_key_hash(const struct name_key *key);
/* 0: the same. NULL is the same as "". */
int name_key_compare(const struct name_key *a, const struct name_key *b);

struct attribute {
	unsigned short id;
	unsigned count;           /* items of a list */
	union {
		const char *text;
		const char **items;
	} value;
};

struct object_list {
	struct limbeck_object *first;
	struct limbeck_object *last;
};

/* The parts of one table, view or domain, which need not be there itself. */
struct group {
	struct limbeck_catalog *catalog;
	struct name_key key;      /* schema and table alone */
	struct object_list parts[LIMBECK_KIND_COUNT];
	unsigned numbered;        /* the last number given to an unnamed part */
	bool lost;
	UT_hash_handle hh;
};

struct limbeck_object {
	struct limbeck_catalog *catalog;
	struct name_key key;
	struct group *group;      /* NULL: not a part */
	/* All of the kind, and those of the group. */
	struct limbeck_object *previous, *next;
	struct limbeck_object *part_previous, *part_next;
	struct attribute *attributes; /* by id */
	unsigned attribute_count, attribute_capacity;
	unsigned dependency_count, dependency_capacity;
	struct object_name *dependencies;
	unsigned id;              /* counted in the catalog, never used again */
	bool numbered;            /* its name is a number of ours */
	bool lost;                /* no memory to take it in */
	bool removed;
	UT_hash_handle hh;
};

/* Texts shorter than this are shared with an equal one that came not long ago. */
enum { TEXT_SHORT = 200, TEXT_RECENT = 1024 };

struct limbeck_catalog {
	struct schema_rules rules;
	struct arena arena;
	char *texts;              /* what is left of the block for short texts */
	size_t texts_left;
	const char *recent[TEXT_RECENT];
	struct limbeck_object *objects; /* by name */
	struct group *groups;
	struct object_list kinds[LIMBECK_KIND_COUNT];
	size_t count;
	unsigned added;
	bool failed;
};

static inline bool kind_is_valid(enum limbeck_kind kind)
{
	return kind > LIMBECK_KIND_NONE && kind < LIMBECK_KIND_COUNT;
}
/* Whether parts can belong to objects of the kind. */
bool kind_has_parts(enum limbeck_kind kind);
static inline bool kind_is_relation(enum limbeck_kind kind)
{
	return kind == LIMBECK_KIND_TABLE || kind == LIMBECK_KIND_VIEW ||
		kind == LIMBECK_KIND_MATERIALIZED_VIEW;
}

/* How texts of an attribute are compared where they are as they were written. */
enum attribute_class {
	CLASS_EXACT,
	CLASS_NAME,   /* without regard to case */
	CLASS_SQL     /* text_normal() */
};
enum attribute_class attribute_class(enum limbeck_attribute attribute);
static inline bool attribute_is_valid(enum limbeck_attribute attribute)
{
	return attribute > LIMBECK_ATTR_NONE && attribute < LIMBECK_ATTR_COUNT;
}

/* A copy of a text in the catalog; NULL, and the catalog is failed: no memory. */
const char *catalog_text(struct limbeck_catalog *catalog, const char *text, size_t length);
/* Put into the hash by their keys; false, and the catalog is failed: no memory. */
bool group_insert(struct group *group);
bool object_insert(struct limbeck_object *object);
/* Gives an object, and with it its parts, another name (texts are the catalog's
 * own). What else holds the name is not changed. */
void catalog_rekey(struct limbeck_object *object, const char *schema, const char *name);
/* Gives a function other arguments. */
void catalog_resign(struct limbeck_object *object, const char *signature);
struct group *catalog_group(const struct limbeck_catalog *catalog, const char *schema,
	const char *table);
/* The same in another case, or only the same: as the catalog has it. */
bool catalog_name_is(const struct limbeck_catalog *catalog, const char *a, const char *b);
/* A schema as keys have it: the default one for NULL. */
const char *catalog_schema(const struct limbeck_catalog *catalog, const char *schema);
/* Whether these name one object, the default schema being named or not. */
bool catalog_names_same(const struct limbeck_catalog *catalog, const struct object_name *a,
	const struct object_name *b);

/* All of them by id; NULL: absent. */
const struct attribute *object_attribute(const struct limbeck_object *object,
	enum limbeck_attribute attribute);
/* Makes item i of a list attribute that is there another text. */
void object_set_item(struct limbeck_object *object, enum limbeck_attribute attribute, size_t i,
	const char *item);
/* Makes all attributes and dependencies what they are in other. */
void object_become(struct limbeck_object *object, const struct limbeck_object *other);

/* Whether a and b are equal but for the case of ASCII letters. */
bool text_same_folded(const char *a, const char *b);

#endif
