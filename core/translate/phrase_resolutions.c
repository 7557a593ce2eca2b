/* SPDX-License-Identifier: BSD-2-Clause */
/* What names refer to, found by the place in memory of the name. */
#include "translate/phrase_int.h"

#include <stdint.h>

static size_t slot_of(const struct resolutions *all, const struct ddl_name *key)
{
	size_t at = ((uintptr_t)key >> 4) * 0x9e3779b1u;

	for (at &= all->capacity - 1; all->items[at].key && all->items[at].key != key; )
		at = (at + 1) & (all->capacity - 1);
	return at;
}

const struct resolution *resolutions_find(const struct resolutions *all,
	const struct ddl_name *name)
{
	const struct resolution *found;

	if (all->count == 0)
		return NULL;
	found = &all->items[slot_of(all, name)];
	return found->key ? found : NULL;
}

static bool grow(struct rewriting *r)
{
	struct resolutions larger = { NULL, r->names.count,
		r->names.capacity ? 2 * r->names.capacity : 64 };

	larger.items = arena_array(&r->arena, larger.capacity, sizeof *larger.items);
	if (!larger.items)
		return false;
	for (size_t i = 0; i < r->names.capacity; i++)
		if (r->names.items[i].key)
			larger.items[slot_of(&larger, r->names.items[i].key)] = r->names.items[i];
	r->names = larger;
	return true;
}

bool resolutions_put(struct rewriting *r, const struct resolution *one)
{
	size_t at;

	if (2 * (r->names.count + 1) > r->names.capacity && !grow(r))
		return false;
	at = slot_of(&r->names, one->key);
	r->names.count += r->names.items[at].key == NULL;
	r->names.items[at] = *one;
	return true;
}
