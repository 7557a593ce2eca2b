/* SPDX-License-Identifier: BSD-2-Clause */
#include "api/list.h"

#include "base/error.h"

static int give(struct limbeck *lb, const struct revision *branchpoint, limbeck_branch_fn *fn,
	void *data, int *stop, struct limbeck_error *err)
{
	const struct revision_list *ups = &branchpoint->ups;
	struct limbeck_revision *shown = arena_array(&lb->arena, ups->count + 1, sizeof *shown);
	struct marks marks = { 0 };

	if (!shown)
		return error_nomem(err);
	for (size_t i = 0; i < ups->count; i++)
		if (list_describe(lb, ups->items[i], &marks, &shown[i], err) < 0)
			return -1;
	if (list_describe(lb, branchpoint, &marks, &shown[ups->count], err) < 0)
		return -1;
	*stop = fn(data, &shown[ups->count], shown, ups->count);
	return 0;
}

int limbeck_branches(struct limbeck *lb, limbeck_branch_fn *fn, void *data,
	struct limbeck_error *err)
{
	int stop = 0;

	if (session_graph(lb, err) < 0)
		return -1;
	for (size_t i = lb->graph.all.count; i-- > 0 && !stop;) {
		const struct revision *revision = lb->graph.all.items[i];

		if (revision->ups.count > 1 && give(lb, revision, fn, data, &stop, err) < 0)
			return -1;
	}
	return 0;
}
