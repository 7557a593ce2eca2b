/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/map.h"

#include <limits.h>
#include <string.h>

#include "base/mem.h"

#define HASH_NONFATAL_OOM 1
#define uthash_nonfatal_oom(entry) ((entry)->failed = true)
#define uthash_malloc(size) mem_alloc(size)
#define uthash_free(memory, size) mem_free(memory)
#include <uthash.h>

struct map_entry {
	const char *key;
	void *value;
	bool failed; /* uthash found no memory to take it in */
	UT_hash_handle hh;
};

static struct map_entry *entry_find(const struct map *map, const char *key, size_t length)
{
	struct map_entry *entry = NULL;

	if (length <= UINT_MAX)
		HASH_FIND(hh, map->first, key, (unsigned)length, entry);
	return entry;
}

bool map_put(struct map *map, const char *key, void *value)
{
	size_t length = strlen(key);
	struct map_entry *entry = entry_find(map, key, length);

	if (entry) {
		entry->value = value;
		return true;
	}
	entry = length <= UINT_MAX ? mem_alloc(sizeof *entry) : NULL;
	if (!entry)
		return false;
	entry->key = key;
	entry->value = value;
	HASH_ADD_KEYPTR(hh, map->first, key, (unsigned)length, entry);
	if (entry->failed) {
		mem_free(entry);
		return false;
	}
	return true;
}

void *map_get(const struct map *map, const char *key)
{
	return map_get_n(map, key, strlen(key));
}

void *map_get_n(const struct map *map, const char *key, size_t length)
{
	struct map_entry *entry = entry_find(map, key, length);

	return entry ? entry->value : NULL;
}

size_t map_count(const struct map *map)
{
	return HASH_COUNT(map->first);
}

struct map_entry *map_next(const struct map *map, const struct map_entry *entry)
{
	return entry ? entry->hh.next : map->first;
}

const char *map_entry_key(const struct map_entry *entry)
{
	return entry->key;
}

void *map_entry_value(const struct map_entry *entry)
{
	return entry->value;
}

void map_release(struct map *map)
{
	struct map_entry *entry = map->first;

	HASH_CLEAR(hh, map->first);
	while (entry) {
		struct map_entry *next = entry->hh.next;

		mem_free(entry);
		entry = next;
	}
}
