/* SPDX-License-Identifier: BSD-2-Clause */
/* Relative identifiers: +N and -N, from what is applied or from a revision. */
#include "base/error.h"
#include "base/mem.h"
#include "revision/describe.h"
#include "revision/query.h"

/* Detail of a walk that ended at a revision, or at the base (NULL). */
static void tell_end(struct limbeck_error *err, const struct revision *at)
{
	struct strbuf text = STRBUF_INIT;

	if (at)
		describe_revision(&text, at);
	else
		strbuf_addstr(&text, "the base");
	error_detail(err, "The walk ended at %s.", text.buf);
	strbuf_release(&text);
}

static int too_far(const struct query *query, size_t done, const struct revision *at,
	struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_RANGE, "\"%s\" goes too far: there %s only %zu step%s to go",
		query->text, done == 1 ? "is" : "are", done, done == 1 ? "" : "s");
	tell_end(err, at);
	return -1;
}

static int crossing(const struct query *query, const struct revision *at,
	const struct revision_list *ways, struct limbeck_error *err)
{
	if (!at)
		error_set(err, LIMBECK_E_AMBIGUOUS, "\"%s\" is ambiguous: there are %zu bases",
			query->text, ways->count);
	else
		error_set(err, LIMBECK_E_AMBIGUOUS, "\"%s\" is ambiguous: revision \"%s\" has "
			"%zu %s", query->text, at->id, ways->count,
			query->up ? "children" : "parents");
	describe_list(err, "It could go to:", ways);
	if (query->up)
		error_hint(err, "Name a branch, as in %s@+1, or the revision itself.",
			ways->items[0]->id);
	else
		error_hint(err, "Name the revision itself.");
	return -1;
}

/* The ways that lead on from at (NULL: the base). */
static int next_ways(struct query *query, const struct revision *at, struct revision_list *ways,
	struct limbeck_error *err)
{
	struct revision_list from = { NULL, 0, 0 };

	if (at)
		from = query->up ? at->ups : at->downs;
	else if (query->up && !graph_bases(query->graph, &from))
		return error_nomem(err);
	if (!query->up || !query->branch) {
		*ways = from;
		return 0;
	}
	for (size_t i = 0; i < from.count; i++)
		if (query_fits(query, from.items[i]) &&
			query_add(query, ways, from.items[i], err) < 0)
			return -1;
	return 0;
}

/* Walks from *at, where NULL is the base; *done is how many steps were there. */
static int walk(struct query *query, struct revision **at, size_t *done, struct limbeck_error *err)
{
	for (*done = 0; *done < query->steps; ++*done) {
		struct revision_list ways = { NULL, 0, 0 };

		if (!*at && !query->up)
			return 0;
		if (next_ways(query, *at, &ways, err) < 0)
			return -1;
		if (ways.count > 1)
			return crossing(query, *at, &ways, err);
		if (!ways.count && query->up)
			return 0;
		*at = ways.count ? ways.items[0] : NULL;
	}
	return 0;
}

static int walk_from(struct query *query, struct revision *at, struct revision_list *out,
	struct limbeck_error *err)
{
	size_t done;

	if (walk(query, &at, &done, err) < 0)
		return -1;
	if (done < query->steps && !query->clamp)
		return too_far(query, done, at, err);
	return at ? query_add(query, out, at, err) : 0;
}

int query_below(struct query *query, const struct revision_list *from,
	struct revision_list *out, struct revision_list *whole, struct limbeck_error *err)
{
	size_t most = 0;
	size_t reached = 0;

	for (size_t i = 0; i < from->count; i++) {
		struct revision *at = from->items[i];
		size_t done;

		if (walk(query, &at, &done, err) < 0)
			return -1;
		if (done > most)
			most = done;
		if (done < query->steps && !query->clamp)
			continue;
		reached++;
		if (query_add(query, at ? out : whole, at ? at : from->items[i], err) < 0)
			return -1;
	}
	revision_list_sort(out);
	if (!reached && from->count)
		return too_far(query, most, NULL, err);
	return 0;
}

static int several_rows(const struct query *query, const struct revision_list *rows,
	struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_AMBIGUOUS, "\"%s\" is ambiguous: %zu current revisions %s",
		query->text, rows->count, query->branch ? "are on that branch" : "are there");
	describe_list(err, "The database is at:", rows);
	error_hint(err, "Name the branch, as in %s@%c1, or a revision.", rows->items[0]->id,
		query->up ? '+' : '-');
	return -1;
}

static int on_branch(struct query *query, const struct revision_list *from,
	struct revision_list *out, struct limbeck_error *err)
{
	for (size_t i = 0; i < from->count; i++)
		if (query_fits(query, from->items[i]) &&
			query_add(query, out, from->items[i], err) < 0)
			return -1;
	return 0;
}

static bool has_applied_child(const struct revision *revision, const struct revision_set *applied)
{
	for (size_t i = 0; i < revision->ups.count; i++)
		if (revision_set_has(applied, revision->ups.items[i]))
			return true;
	return false;
}

/* Of the applied revisions on the branch, those that nothing applied is above:
 * no child, and, where whole is set, nothing on the branch by dependencies
 * either. */
static int find_tips(struct query *query, bool whole, struct revision_list *out,
	struct limbeck_error *err)
{
	struct graph *graph = query->graph;
	struct revision_set applied = { mem_alloc(graph->all.count + 1) };
	struct revision_set covered = { mem_alloc(graph->all.count + 1) };
	int result = -1;

	if (!applied.has || !covered.has || !graph_mark_ancestors(graph, query->rows, &applied)) {
		error_nomem(err);
		goto out;
	}
	for (size_t i = graph->all.count; i-- > 0;) {
		struct revision *revision = graph->all.items[i];
		struct revision_list self = { &revision, 1, 1 };

		if (!revision_set_has(&applied, revision) || !query_fits(query, revision) ||
			(whole ? revision_set_has(&covered, revision)
			       : has_applied_child(revision, &applied)))
			continue;
		if (query_add(query, out, revision, err) < 0)
			goto out;
		if (whole && !graph_mark_ancestors(graph, &self, &covered)) {
			error_nomem(err);
			goto out;
		}
	}
	result = 0;
out:
	mem_free(applied.has);
	mem_free(covered.has);
	return result;
}

/* The one revision that a walk from the rows starts at. On a branch that no row
 * is on, what is applied of it by a merge or a dependency counts. */
static int start_of_rows(struct query *query, struct revision **start, struct limbeck_error *err)
{
	struct revision_list found = { NULL, 0, 0 };

	if (on_branch(query, query->rows, &found, err) < 0)
		return -1;
	if (!found.count && query->branch && find_tips(query, query->up, &found, err) < 0)
		return -1;
	if (found.count > 1)
		return several_rows(query, &found, err);
	*start = found.count ? found.items[0] : NULL;
	return 0;
}

static int wrong_way(const struct query *query, struct limbeck_error *err)
{
	if (query->use == RESOLVE_UPGRADE) {
		error_set(err, LIMBECK_E_RANGE, "\"%s\" does not lead up", query->text);
		error_hint(err, "Upgrade takes +N, or a revision; downgrade takes -N.");
	} else if (query->use == RESOLVE_DOWNGRADE) {
		error_set(err, LIMBECK_E_RANGE, "\"%s\" does not lead down", query->text);
		error_hint(err, "Downgrade takes -N, or a revision; upgrade takes +N.");
	} else {
		error_set(err, LIMBECK_E_RANGE, "\"%s\" leads beyond the heads", query->text);
		error_hint(err, "Use -N, counted from the heads, or REVISION+N.");
	}
	return -1;
}

static int from_rows(struct query *query, struct revision_list *out, struct limbeck_error *err)
{
	struct revision *start;

	if (query->up != (query->use == RESOLVE_UPGRADE) || !query->steps)
		return wrong_way(query, err);
	if (start_of_rows(query, &start, err) < 0)
		return -1;
	if (!start && !query->up) {
		error_set(err, LIMBECK_E_RANGE, query->branch
			? "\"%s\" goes too far: nothing of that branch is applied"
			: "\"%s\" goes too far: nothing is applied", query->text);
		return -1;
	}
	/* Of a branchpoint below, only the side that it comes from is meant. */
	if (!query->branch)
		query->branch = query->up ? NULL : start;
	return walk_from(query, start, out, err);
}

static int from_heads(struct query *query, struct revision_list *out, struct limbeck_error *err)
{
	struct revision_list heads = { NULL, 0, 0 };
	struct revision_list whole = { NULL, 0, 0 };

	if (query->up)
		return wrong_way(query, err);
	query->symbol = "heads";
	if (query_symbol(query, &heads, err) < 0)
		return -1;
	return query_below(query, &heads, out, &whole, err);
}

/* What a walk starts from. A walk up onto a branch may start beside it:
 * *beside then is the error that this was before. */
static int find_start(struct query *query, struct revision_list *out,
	struct limbeck_error *beside, struct limbeck_error *err)
{
	struct revision_set lineage = query->lineage;
	int result = query_symbol(query, out, beside);

	if (result == 0)
		return 0;
	if (query->up && error_is(beside, LIMBECK_E_BRANCH)) {
		query->lineage.has = NULL;
		result = query_symbol(query, out, err);
		query->lineage = lineage;
	} else {
		error_move(err, beside);
	}
	return result;
}

/* Refuses a start beside the branch if no way leads from there onto it. */
static int check_start(struct query *query, const struct revision_list *start,
	struct limbeck_error *beside, struct limbeck_error *err)
{
	struct revision_list ways = { NULL, 0, 0 };

	if (!beside->message || start->count != 1)
		return 0;
	if (next_ways(query, start->items[0], &ways, err) < 0)
		return -1;
	if (ways.count)
		return 0;
	error_move(err, beside);
	return -1;
}

static int from_symbol(struct query *query, struct revision_list *out, struct limbeck_error *beside,
	struct limbeck_error *err)
{
	struct revision_list start = { NULL, 0, 0 };

	if (find_start(query, &start, beside, err) < 0 ||
		check_start(query, &start, beside, err) < 0)
		return -1;
	if (start.count > 1) {
		error_set(err, LIMBECK_E_AMBIGUOUS, "\"%s\" is ambiguous: it starts from %zu "
			"revisions", query->text, start.count);
		describe_list(err, "They are:", &start);
		error_hint(err, "Name one of them, or a branch, as in LABEL@head.");
		return -1;
	}
	return walk_from(query, start.count ? start.items[0] : NULL, out, err);
}

int query_relative(struct query *query, struct revision_list *out, struct limbeck_error *err)
{
	struct limbeck_error beside = LIMBECK_ERROR_INIT;
	int result;

	if (query_is_bare(query))
		return query->use == RESOLVE_SHOW ? from_heads(query, out, err)
						  : from_rows(query, out, err);
	result = from_symbol(query, out, &beside, err);
	limbeck_error_release(&beside);
	return result;
}
