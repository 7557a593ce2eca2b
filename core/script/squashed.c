/* SPDX-License-Identifier: BSD-2-Clause */
#include "script/squashed.h"

#include <string.h>

#include "base/error.h"
#include "base/path.h"

char *squashed_folder(struct arena *arena, const char *path)
{
	const char *above = path_dirname(arena, path);

	return above ? path_join(arena, above, "squashed") : NULL;
}

bool squashed_is_named(const struct names *names, const char *id)
{
	for (size_t i = 0; names && i < names->count; i++)
		if (strcmp(names->items[i], id) == 0)
			return true;
	return false;
}

/* Whether one that is expanded, or else one that is not, replaces id. */
static bool is_replaced(const struct names *expand, const struct squashed_list *aside,
	const char *id, bool expanded)
{
	for (size_t i = 0; i < aside->count; i++) {
		const struct revision *other = &aside->items[i];

		if (squashed_is_named(expand, other->id) == expanded
			&& squashed_is_named(&other->replaces, id)
			&& (expanded || is_replaced(expand, aside, other->id, true)))
			return true;
	}
	return false;
}

int squashed_pick(struct graph *graph, const struct names *expand,
	const struct squashed_list *aside, struct limbeck_error *err)
{
	for (size_t i = 0; i < aside->count; i++) {
		const struct revision *revision = &aside->items[i];
		const struct names *replaces = &revision->replaces;

		if (squashed_is_named(expand, revision->id)) {
			if (replaces->count && !graph_alias(graph, revision->id,
					replaces->items[replaces->count - 1]))
				return error_nomem(err);
		} else if (is_replaced(expand, aside, revision->id, true)
			&& !is_replaced(expand, aside, revision->id, false)
			&& graph_add(graph, revision, err) < 0) {
			return -1;
		}
	}
	return 0;
}
