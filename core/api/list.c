/* SPDX-License-Identifier: BSD-2-Clause */
/* Questions about revisions: history, heads, current, show. */
#include "api/list.h"

#include <string.h>

#include "base/error.h"
#include "base/path.h"

static int read_marks(struct limbeck *lb, struct marks *marks, struct revision_list *rows,
	struct names *missing, struct limbeck_error *err)
{
	if (session_rows(lb, rows, missing, err) < 0)
		return -1;
	if (!revision_set_init(&marks->applied, &lb->graph, &lb->arena)
		|| !revision_set_init(&marks->current, &lb->graph, &lb->arena)
		|| !graph_mark_ancestors(&lb->graph, rows, &marks->applied))
		return error_nomem(err);
	for (size_t i = 0; i < rows->count; i++)
		marks->current.has[rows->items[i]->index] = 1;
	marks->known = true;
	return 0;
}

static unsigned marks_of(const struct revision *revision, const struct marks *marks)
{
	unsigned bits = 0;

	if (revision->downs.count == 0)
		bits |= LIMBECK_MARK_BASE;
	if (revision->ups.count == 0)
		bits |= LIMBECK_MARK_HEAD;
	if (revision->ups.count == 0 && revision->needed_by.count > 0)
		bits |= LIMBECK_MARK_EFFECTIVE_HEAD;
	if (revision->ups.count > 1)
		bits |= LIMBECK_MARK_BRANCHPOINT;
	if (revision->downs.count > 1)
		bits |= LIMBECK_MARK_MERGEPOINT;
	if (marks->known && revision_set_has(&marks->current, revision))
		bits |= LIMBECK_MARK_CURRENT;
	if (marks->known && revision_set_has(&marks->applied, revision))
		bits |= LIMBECK_MARK_APPLIED;
	return bits;
}

/* Their ids, NULL when there is no memory. */
static const char *const *ids_of(struct arena *arena, const struct revision_list *list)
{
	const char **ids = arena_array(arena, list->count + 1, sizeof *ids);

	for (size_t i = 0; ids && i < list->count; i++)
		ids[i] = list->items[i]->id;
	return ids;
}

int list_describe(struct limbeck *lb, const struct revision *revision, const struct marks *marks,
	struct limbeck_revision *out, struct limbeck_error *err)
{
	*out = (struct limbeck_revision) {
		.size = sizeof *out, .id = revision->id,
		.parents = revision->parents.items, .parent_count = revision->parents.count,
		.depends = revision->depends.items, .depend_count = revision->depends.count,
		.labels = revision->all_labels.items, .label_count = revision->all_labels.count,
		.children = ids_of(&lb->arena, &revision->ups), .child_count = revision->ups.count,
		.needs = ids_of(&lb->arena, &revision->needs), .need_count = revision->needs.count,
		.message = revision->message, .text = revision->text, .created = revision->created,
		.dialect = revision->dialect ? revision->dialect : "",
		.path = revision->path, .marks = marks_of(revision, marks),
	};

	return out->children && out->needs ? 0 : error_nomem(err);
}

static int give(struct limbeck *lb, const struct revision *revision, const struct marks *marks,
	limbeck_revision_fn *fn, void *data, int *stop, struct limbeck_error *err)
{
	struct limbeck_revision shown;

	if (list_describe(lb, revision, marks, &shown, err) < 0)
		return -1;
	*stop = fn(data, &shown);
	return 0;
}

static int give_all(struct limbeck *lb, const struct revision_list *list, const struct marks *marks,
	limbeck_revision_fn *fn, void *data, struct limbeck_error *err)
{
	int stop = 0;

	for (size_t i = 0; i < list->count && !stop; i++)
		if (give(lb, list->items[i], marks, fn, data, &stop, err) < 0)
			return -1;
	return 0;
}

int limbeck_history(struct limbeck *lb, const char *range, unsigned flags, limbeck_revision_fn *fn,
	void *data, struct limbeck_error *err)
{
	struct marks marks = { 0 };
	struct revision_list rows = { 0 }, list = { 0 };
	struct names missing = { 0 };
	bool connects = (flags & LIMBECK_LIST_CURRENT) || (range && strstr(range, "current"));

	if (session_graph(lb, err) < 0 || (connects && read_marks(lb, &marks, &rows, &missing, err) < 0)
		|| graph_range(&lb->graph, range, connects ? &rows : NULL, &list, err) < 0)
		return -1;
	return give_all(lb, &list, &marks, fn, data, err);
}

int limbeck_heads(struct limbeck *lb, unsigned flags, limbeck_revision_fn *fn, void *data,
	struct limbeck_error *err)
{
	struct marks marks = { 0 };
	struct revision_list rows = { 0 }, list = { 0 };
	struct names missing = { 0 };
	bool found;

	if (session_graph(lb, err) < 0
		|| ((flags & LIMBECK_LIST_CURRENT) && read_marks(lb, &marks, &rows, &missing, err) < 0))
		return -1;
	found = flags & LIMBECK_LIST_EFFECTIVE ? graph_effective_heads(&lb->graph, &list)
					       : graph_heads(&lb->graph, &list);
	if (!found)
		return error_nomem(err);
	return give_all(lb, &list, &marks, fn, data, err);
}

/* The rows, and what is applied and ends its branch there, though a row that
 * depends on it stands for it. */
static int find_tips(struct limbeck *lb, const struct marks *marks, struct revision_list *tips,
	struct limbeck_error *err)
{
	for (size_t i = 0; i < lb->graph.all.count; i++) {
		struct revision *revision = lb->graph.all.items[i];
		bool tip = revision_set_has(&marks->applied, revision);

		for (size_t j = 0; tip && j < revision->ups.count; j++)
			tip = !revision_set_has(&marks->applied, revision->ups.items[j]);
		if ((tip || revision_set_has(&marks->current, revision))
			&& !vec_push_arena(tips, revision, &lb->arena))
			return error_nomem(err);
	}
	return 0;
}

int limbeck_current(struct limbeck *lb, limbeck_revision_fn *fn, void *data,
	struct limbeck_error *err)
{
	struct marks marks = { 0 };
	struct revision_list rows = { 0 }, tips = { 0 };
	struct names missing = { 0 };
	int stop = 0;

	if (read_marks(lb, &marks, &rows, &missing, err) < 0
		|| find_tips(lb, &marks, &tips, err) < 0)
		return -1;
	for (size_t i = 0; i < missing.count && !stop; i++) {
		struct limbeck_revision shown = {
			.size = sizeof shown, .id = missing.items[i], .message = "", .text = "",
			.created = "", .dialect = "", .path = "",
			.marks = LIMBECK_MARK_CURRENT | LIMBECK_MARK_APPLIED
				| LIMBECK_MARK_MISSING,
		};

		stop = fn(data, &shown);
	}
	return stop ? 0 : give_all(lb, &tips, &marks, fn, data, err);
}

int limbeck_show(struct limbeck *lb, const char *identifier, limbeck_revision_fn *fn, void *data,
	struct limbeck_error *err)
{
	struct marks marks = { 0 };
	struct revision_list rows = { 0 };
	struct names missing = { 0 };
	struct resolve_result result = { 0 };
	bool connects = strstr(identifier, "current") != NULL;

	if (session_graph(lb, err) < 0 || (connects && read_marks(lb, &marks, &rows, &missing, err) < 0)
		|| graph_resolve(&lb->graph, identifier, RESOLVE_SHOW, connects ? &rows : NULL, &result,
			err) < 0)
		return -1;
	return give_all(lb, &result.revisions, &marks, fn, data, err);
}
