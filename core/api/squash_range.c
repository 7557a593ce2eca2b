/* SPDX-License-Identifier: BSD-2-Clause */
/* Which revisions are squashed, and what their headers say together. */
#include <string.h>

#include "api/squash.h"
#include "base/error.h"
#include "base/path.h"
#include "script/squashed.h"

static int find_end(struct squash *squash, const char *identifier, struct revision **out,
	struct limbeck_error *err)
{
	struct resolve_result result = { 0 };

	if (graph_resolve(&squash->lb->graph, identifier, RESOLVE_PLAIN, NULL, &result, err) < 0)
		return -1;
	if (result.revisions.count > 1)
		return error_set(err, LIMBECK_E_AMBIGUOUS, "%s is %zu revisions; name one", identifier,
			result.revisions.count);
	*out = result.is_base ? NULL : result.revisions.items[0];
	return 0;
}

static int no_line(const struct revision *revision, const char *why, struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_RANGE, "the range is no line: revision %s %s", revision->id, why);
	error_place(err, revision->path, revision->line, 0);
	error_hint(err, "What is squashed begins at A and leads to B without a branch or a merge.");
	return -1;
}

/* Oldest first. */
static void turn(struct revision_list *list)
{
	for (size_t i = 0; i < list->count / 2; i++) {
		struct revision *other = list->items[i];

		list->items[i] = list->items[list->count - 1 - i];
		list->items[list->count - 1 - i] = other;
	}
}

/* From the last down to the first; first is NULL: to the base. */
static int walk(struct squash *squash, struct revision *first, struct revision *last,
	struct limbeck_error *err)
{
	struct revision *revision = last;

	for (;;) {
		if (revision != last && revision->ups.count > 1)
			return no_line(revision, "has several children", err);
		if (!vec_push_arena(&squash->range, revision, &squash->arena))
			return error_nomem(err);
		if (revision == first || (!first && revision->downs.count == 0))
			break;
		if (revision->downs.count == 0) {
			error_set(err, LIMBECK_E_RANGE, "revision %s is not below %s", first->id,
				last->id);
			error_hint(err, "A range is FROM:TO, the older revision first.");
			return -1;
		}
		if (revision->downs.count > 1)
			return no_line(revision, "is a merge", err);
		revision = revision->downs.items[0];
	}
	turn(&squash->range);
	if (squash->range.count > 1)
		return 0;
	return error_set(err, LIMBECK_E_RANGE, "there is nothing to squash: the range is the one "
		"revision %s", last->id);
}

static bool is_in_range(const struct squash *squash, const struct revision *revision)
{
	for (size_t i = 0; i < squash->range.count; i++)
		if (squash->range.items[i] == revision)
			return true;
	return false;
}

static bool add_name(struct squash *squash, struct names *names, const char *name)
{
	return squashed_is_named(names, name) || vec_push_arena(names, name, &squash->arena);
}

static int take_names(struct squash *squash, const struct revision *revision,
	struct limbeck_error *err)
{
	struct graph *graph = &squash->lb->graph;
	bool fine = true;

	for (size_t i = 0; fine && i < revision->replaces.count; i++)
		fine = add_name(squash, &squash->replaces, revision->replaces.items[i]);
	fine = fine && add_name(squash, &squash->replaces, revision->id);
	for (size_t i = 0; fine && i < revision->labels.count; i++)
		fine = add_name(squash, &squash->labels, revision->labels.items[i]);
	for (size_t i = 0; fine && i < revision->depends.count; i++) {
		const char *key = revision->depends.items[i];

		if (!is_in_range(squash, graph_find_key(graph, key)))
			fine = add_name(squash, &squash->depends, key);
	}
	return fine ? 0 : error_nomem(err);
}

static int check_dialect(const struct squash *squash, const struct revision *revision,
	struct limbeck_error *err)
{
	const char *dialect = squash->range.items[0]->dialect;

	if (dialect == revision->dialect
		|| (dialect && revision->dialect && !strcmp(dialect, revision->dialect)))
		return 0;
	error_set(err, LIMBECK_E_UNSUPPORTED, "revisions %s and %s are not in one dialect",
		squash->range.items[0]->id, revision->id);
	error_place(err, revision->path, revision->line, 0);
	error_hint(err, "Squash those of one dialect.");
	return -1;
}

/* Where the new file goes, and where the old ones. */
static int choose_folders(struct squash *squash, struct limbeck_error *err)
{
	const struct config *config = &squash->lb->config;
	const char *full = path_join(&squash->arena, config->cwd, squash->range.items[0]->path);

	for (size_t i = 0; full && i < config->version_location_count; i++) {
		const char *location = config->version_locations[i];

		if (path_below(location, full) != full
			&& (!squash->location || strlen(location) > strlen(squash->location)))
			squash->location = location;
	}
	if (!squash->location)
		squash->location = config->version_locations[0];
	squash->folder = squashed_folder(&squash->arena, squash->location);
	return full && squash->folder ? 0 : error_nomem(err);
}

const char *squash_place(struct squash *squash, const struct revision *revision)
{
	return path_join(&squash->arena, squash->folder, path_basename(revision->path));
}

int squash_find(struct squash *squash, const char *range, struct limbeck_error *err)
{
	const char *from = NULL, *to = NULL;
	struct revision *first, *last;

	if (session_graph(squash->lb, err) < 0
		|| plan_split_range(&squash->arena, range, &from, &to, err) < 0)
		return -1;
	if (!from)
		return error_set(err, LIMBECK_E_USAGE, "\"%s\" is not a range; write A:B", range);
	if (find_end(squash, from, &first, err) < 0 || find_end(squash, to, &last, err) < 0)
		return -1;
	if (!last)
		return error_set(err, LIMBECK_E_RANGE, "there is nothing to squash below the base");
	if (walk(squash, first, last, err) < 0)
		return -1;
	first = squash->range.items[0];
	for (size_t i = 0; i < first->downs.count; i++)
		if (!vec_push_arena(&squash->parents, first->downs.items[i]->id, &squash->arena))
			return error_nomem(err);
	for (size_t i = 0; i < squash->range.count; i++)
		if (take_names(squash, squash->range.items[i], err) < 0
			|| check_dialect(squash, squash->range.items[i], err) < 0)
			return -1;
	squash->dialect = first->dialect;
	return choose_folders(squash, err);
}
