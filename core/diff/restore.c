/* SPDX-License-Identifier: BSD-2-Clause */
/* Engines know some objects by number and others by name. A text in which a name
 * stands that is no longer there is to be written anew, so it must differ. */
#include "diff/diff_int.h"

/* Where an object of the catalog before is in the one between; NULL: it was renamed
 * itself. */
static struct limbeck_object *find_now(const struct work *work,
	const struct limbeck_object *before)
{
	struct object_name name;

	object_name_of(before, &name);
	for (size_t i = 0; i < work->diff->changes.count; i++) {
		const struct limbeck_change *change = &work->diff->changes.items[i];
		const char *from = limbeck_object_name(change->before);

		if (!name.table || object_is_part(change->before) ||
			!same_name(from, name.table) ||
			!same_name(limbeck_object_schema(change->before), name.schema))
			continue;
		name.table = limbeck_object_name(change->after);
	}
	return catalog_find(work->between, &name);
}

static bool reached(const struct work *work, enum limbeck_kind kind)
{
	switch (kind) {
	case LIMBECK_KIND_FUNCTION:
		return false;
	case LIMBECK_KIND_VIEW:
	case LIMBECK_KIND_MATERIALIZED_VIEW:
	case LIMBECK_KIND_TRIGGER:
	case LIMBECK_KIND_OTHER:
		return work->options->traits->can[LIMBECK_CAP_RENAME_TEXTS] != LIMBECK_NO;
	default:
		return true;
	}
}

bool restore_texts(struct work *work, bool functions_alone)
{
	static const enum limbeck_kind kinds[] = { LIMBECK_KIND_FUNCTION, LIMBECK_KIND_VIEW,
		LIMBECK_KIND_MATERIALIZED_VIEW, LIMBECK_KIND_TRIGGER, LIMBECK_KIND_OTHER };
	size_t count = functions_alone ? 1 : sizeof kinds / sizeof *kinds;

	for (size_t i = 0; i < count; i++) {
		const struct limbeck_object *before = NULL;

		if (reached(work, kinds[i]))
			continue;
		while ((before = catalog_next(work->before, kinds[i], NULL, NULL, before))) {
			struct limbeck_object *now = find_now(work, before);

			if (now)
				object_copy_attribute(now, before, LIMBECK_ATTR_DEFINITION);
		}
	}
	return !catalog_failed(work->between);
}
