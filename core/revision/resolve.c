/* SPDX-License-Identifier: BSD-2-Clause */
#include "revision/resolve.h"

#include "base/error.h"
#include "base/strbuf.h"
#include "revision/query.h"

int graph_resolve(struct graph *graph, const char *text, enum resolve_use use,
	const struct revision_list *rows, struct resolve_result *out, struct limbeck_error *err)
{
	struct query query;
	int result = query_parse(&query, graph, text, use, rows, err);

	if (result == 0)
		result = query_run(&query, out, err);
	query_release(&query);
	return result;
}

static void name_missing(struct strbuf *out, const struct names *missing)
{
	for (size_t i = 0; i < missing->count; i++)
		strbuf_addf(out, "%s%s", i == 0 ? "" : i + 1 < missing->count ? ", " : " and ",
			missing->items[i]);
}

static int report_missing(const struct names *missing, struct limbeck_error *err)
{
	struct strbuf text = STRBUF_INIT;

	name_missing(&text, missing);
	error_set(err, LIMBECK_E_STATE, "the database is at %s, which no revision file has",
		text.buf);
	error_hint(err, "Get the missing file (a branch or a commit that is not checked out may "
		"have it), or forget the row with \"limbeck stamp --purge\".");
	strbuf_release(&text);
	return -1;
}

int graph_rows(struct graph *graph, const struct names *rows, struct revision_list *out,
	struct names *missing, struct limbeck_error *err)
{
	struct names unknown = { NULL, 0, 0 };

	for (size_t i = 0; i < rows->count; i++) {
		struct revision *revision = graph_find_row(graph, rows->items[i]);
		bool kept = revision ? vec_push_arena(out, revision, &graph->arena)
				     : vec_push_arena(&unknown, rows->items[i], &graph->arena);

		if (!kept)
			return error_nomem(err);
	}
	revision_list_sort(out);
	if (missing)
		*missing = unknown;
	else if (unknown.count)
		return report_missing(&unknown, err);
	return 0;
}
