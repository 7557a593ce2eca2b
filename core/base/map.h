/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A map from strings to pointers that remembers the order of insertion. Keys
 * and values are borrowed. Built on uthash; all memory is the heap's until
 * map_release().
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>

struct map_entry;

struct map {
	struct map_entry *first;
};

#define MAP_INIT { NULL }

/* Sets key's value; false when there is no memory. */
bool map_put(struct map *map, const char *key, void *value);
/* The value, or NULL. */
void *map_get(const struct map *map, const char *key);
void *map_get_n(const struct map *map, const char *key, size_t length);
size_t map_count(const struct map *map);
/* Entries in order of insertion: start with NULL, ends with NULL. */
struct map_entry *map_next(const struct map *map, const struct map_entry *entry);
const char *map_entry_key(const struct map_entry *entry);
void *map_entry_value(const struct map_entry *entry);
void map_release(struct map *map);

#endif
