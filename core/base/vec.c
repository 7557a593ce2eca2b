/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/vec.h"

#include <stdint.h>
#include <string.h>

enum { VEC_SMALLEST = 8 };

/* items_pointer is the address of a pointer of unknown type, which C lets one
 * read and write through memcpy only. */
bool vec_reserve(void *items_pointer, size_t *capacity, size_t count, size_t item_size,
	struct arena *arena)
{
	size_t wanted = *capacity;
	void *items, *grown;

	if (count < *capacity)
		return true;
	if (wanted > SIZE_MAX / 2 || count > SIZE_MAX / 2)
		return false;
	wanted = wanted ? wanted * 2 : VEC_SMALLEST;
	if (wanted <= count)
		wanted = count + 1;
	if (wanted > SIZE_MAX / item_size)
		return false;
	memcpy(&items, items_pointer, sizeof items);
	if (arena) {
		grown = arena_alloc(arena, wanted * item_size);
		if (grown && count)
			memcpy(grown, items, count * item_size);
	} else {
		grown = mem_realloc(items, wanted * item_size);
	}
	if (!grown)
		return false;
	memcpy(items_pointer, &grown, sizeof grown);
	*capacity = wanted;
	return true;
}
