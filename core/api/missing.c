/* SPDX-License-Identifier: BSD-2-Clause */
/* Revisions that the database knows and this checkout does not. */
#include "api/session.h"

#include <string.h>

#include "base/error.h"

typedef VEC(struct revision) revisions;

/* The ids in text, separated by blanks. */
static int split(struct arena *arena, const char *text, struct names *out,
	struct limbeck_error *err)
{
	while (*(text += strspn(text, " "))) {
		size_t length = strcspn(text, " ");
		const char *id = arena_strndup(arena, text, length);

		if (!id || !vec_push_arena(out, id, arena))
			return error_nomem(err);
		text += length;
	}
	return 0;
}

static bool is_known(const struct limbeck *lb, const revisions *found, const char *id)
{
	for (size_t i = 0; i < found->count; i++)
		if (!strcmp(found->items[i].id, id))
			return true;
	return graph_find_key(&lb->graph, id) != NULL;
}

/* Adds the revision of id as the history table has it; nothing if it has none
 * that could be undone. */
static int recover_one(struct limbeck *lb, const char *id, revisions *found,
	struct limbeck_error *err)
{
	struct history_entry *entry;
	struct revision revision = { .id = id, .text = "", .created = "" };

	if (store_find_applied(&lb->store, lb->connection, &lb->arena, id, &entry, err) < 0)
		return -1;
	if (!entry || !entry->downgrade)
		return 0;
	revision.message = entry->message;
	revision.dialect = *entry->dialect ? entry->dialect : NULL;
	revision.kept = entry->downgrade;
	revision.path = arena_printf(&lb->arena, "(kept downgrade of %s)", id);
	if (!revision.path || split(&lb->arena, entry->parents, &revision.parents, err) < 0
		|| split(&lb->arena, entry->depends, &revision.depends, err) < 0
		|| !vec_push_arena(found, revision, &lb->arena))
		return error_nomem(err);
	return 0;
}

static int recover_all(struct limbeck *lb, const struct names *ids, revisions *found,
	struct limbeck_error *err)
{
	for (size_t i = 0; i < ids->count; i++)
		if (!is_known(lb, found, ids->items[i])
			&& recover_one(lb, ids->items[i], found, err) < 0)
			return -1;
	return 0;
}

int missing_recover(struct limbeck *lb, const struct names *rows, struct limbeck_error *err)
{
	revisions found = VEC_INIT;

	if (recover_all(lb, rows, &found, err) < 0)
		return -1;
	/* Those below them may be unknown here too. */
	for (size_t i = 0; i < found.count; i++) {
		struct names parents = found.items[i].parents, depends = found.items[i].depends;

		if (recover_all(lb, &parents, &found, err) < 0
			|| recover_all(lb, &depends, &found, err) < 0)
			return -1;
	}
	return found.count ? session_graph_with(lb, found.items, found.count, err) : 0;
}

static const char *first_missing(const struct limbeck *lb, const struct names *rows)
{
	for (size_t i = 0; i < rows->count; i++)
		if (!graph_find_row(&lb->graph, rows->items[i]))
			return rows->items[i];
	return NULL;
}

void missing_explain(struct limbeck *lb, const struct names *rows, struct limbeck_error *err)
{
	const char *id = error_is(err, LIMBECK_E_STATE) ? first_missing(lb, rows) : NULL;
	struct history_entry *entry = NULL;

	if (!id || store_find_applied(&lb->store, lb->connection, &lb->arena, id, &entry, NULL) < 0)
		return;
	if (!entry) {
		error_detail(err, "The history table does not know revision %s either.", id);
		error_hint(err, "Use the checkout that has its file, or correct the version table with "
			"`limbeck stamp --purge REVISION`.");
		return;
	}
	error_detail(err, "Revision %s%s%s%s was applied at %s by %s on %s.", id,
		*entry->message ? " (\"" : "", entry->message, *entry->message ? "\")" : "",
		entry->finished_at, entry->os_user, entry->host);
	error_hint(err, entry->downgrade
		? "Use the checkout that has its file, or go back behind it with `limbeck downgrade`: "
		  "the text of its downgrade is kept in the history table."
		: "Use the checkout that has its file; the history table keeps no downgrade for it.");
}
