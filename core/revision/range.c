/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * History ranges, both ends included. What is above A by parents and at or
 * below B; from the base, dependencies count too.
 *
 * -N at the lower end counts from the upper end, so that -3:current is what
 * was applied last; +N at the upper end counts from the lower one. Either
 * stops where there is no more.
 */
#include <ctype.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "revision/describe.h"
#include "revision/query.h"

struct range {
	struct graph *graph;
	const char *text;
	const char *lower_text; /* "" if left out */
	const char *upper_text;
	const struct revision_list *rows;
	struct revision_list lower; /* empty: the base */
	struct revision_list upper;
	struct revision *branch;    /* of the lower end */
	struct revision_list whole; /* of upper, those that -N leads down to the base from */
};

static const char *trimmed(struct graph *graph, const char *text, size_t length)
{
	while (length && isspace((unsigned char)*text)) {
		text++;
		length--;
	}
	while (length && isspace((unsigned char)text[length - 1]))
		length--;
	return arena_strndup(&graph->arena, text, length);
}

static int bad_range(const char *text, struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_USAGE, "\"%s\" is not a range", text);
	error_hint(err, "A range is FROM:TO, FROM: or :TO; \"current\" or a bare +N or -N may be "
		"at one end.");
	return -1;
}

static int split(struct range *range, struct limbeck_error *err)
{
	const char *colon = strchr(range->text, ':');

	if (!colon || strchr(colon + 1, ':'))
		return bad_range(range->text, err);
	range->lower_text = trimmed(range->graph, range->text, (size_t)(colon - range->text));
	range->upper_text = trimmed(range->graph, colon + 1, strlen(colon + 1));
	if (!range->lower_text || !range->upper_text)
		return error_nomem(err);
	return 0;
}

static int parse_end(struct range *range, const char *text, struct query *query,
	struct limbeck_error *err)
{
	int result = query_parse(query, range->graph, text, RESOLVE_SHOW, range->rows, err);

	query->clamp = true;
	return result;
}

static int run_end(struct query *query, struct revision_list *out, struct limbeck_error *err)
{
	struct resolve_result result = { { NULL, 0, 0 }, NULL, false };

	if (query_run(query, &result, err) < 0)
		return -1;
	*out = result.revisions;
	return 0;
}

/* Only what is on the query's branch. */
static int keep_fitting(struct query *query, struct revision_list *list, struct limbeck_error *err)
{
	struct revision_list kept = { NULL, 0, 0 };

	for (size_t i = 0; i < list->count; i++)
		if (query_fits(query, list->items[i]) &&
			query_add(query, &kept, list->items[i], err) < 0)
			return -1;
	*list = kept;
	return 0;
}

static int find_upper(struct range *range, struct query *lower, struct query *upper,
	struct limbeck_error *err)
{
	if (query_is_bare(upper)) {
		upper->use = RESOLVE_UPGRADE;
		upper->rows = &range->lower;
		return run_end(upper, &range->upper, err);
	}
	if (*range->upper_text)
		return run_end(upper, &range->upper, err);
	if (lower->branch)
		return query_heads(lower, &range->upper, err);
	return graph_effective_heads(range->graph, &range->upper) ? 0 : error_nomem(err);
}

static int find_lower(struct range *range, struct query *lower, struct limbeck_error *err)
{
	if (!query_is_bare(lower))
		return run_end(lower, &range->lower, err);
	return query_below(lower, &range->upper, &range->lower, &range->whole, err);
}

static int check_branch(struct range *range, struct query *lower, struct limbeck_error *err)
{
	struct revision_list all = range->upper;

	if (!lower->branch || !all.count)
		return 0;
	if (keep_fitting(lower, &range->upper, err) < 0)
		return -1;
	if (range->upper.count)
		return 0;
	error_set(err, LIMBECK_E_BRANCH, "the end of range \"%s\" is not on branch \"%s\"",
		range->text, lower->branch_name);
	describe_list(err, "The end is:", &all);
	return -1;
}

static int find_ends(struct range *range, struct query *lower, struct query *upper,
	struct limbeck_error *err)
{
	bool lower_bare = query_is_bare(lower);

	if ((lower_bare && (query_is_bare(upper) || lower->up)) ||
		(query_is_bare(upper) && !upper->up) ||
		(strcmp(lower->symbol, "current") == 0 && strcmp(upper->symbol, "current") == 0))
		return bad_range(range->text, err);
	if (!lower_bare && find_lower(range, lower, err) < 0)
		return -1;
	if (find_upper(range, lower, upper, err) < 0 || check_branch(range, lower, err) < 0)
		return -1;
	return lower_bare ? find_lower(range, lower, err) : 0;
}

static int resolve_ends(struct range *range, struct limbeck_error *err)
{
	struct query lower;
	struct query upper;
	int result;

	memset(&upper, 0, sizeof upper);
	result = parse_end(range, *range->lower_text ? range->lower_text : "base", &lower, err);
	if (result == 0)
		result = parse_end(range, *range->upper_text ? range->upper_text : "heads", &upper,
			err);
	if (result == 0)
		result = find_ends(range, &lower, &upper, err);
	query_release(&lower);
	query_release(&upper);
	return result;
}

static int check_below(const struct range *range, const struct revision_set *below,
	struct limbeck_error *err)
{
	for (size_t i = 0; i < range->lower.count; i++) {
		if (revision_set_has(below, range->lower.items[i]))
			continue;
		error_set(err, LIMBECK_E_RANGE, "revision \"%s\" is not an ancestor of the end of "
			"range \"%s\"", range->lower.items[i]->id, range->text);
		describe_list(err, "The end is:", &range->upper);
		error_hint(err, "A range goes from an older revision to a newer one of the same "
			"branch.");
		return -1;
	}
	return 0;
}

static bool mark_all(const struct range *range, struct revision_set *below,
	struct revision_set *above, struct revision_set *whole)
{
	below->has = mem_alloc(range->graph->all.count + 1);
	above->has = mem_alloc(range->graph->all.count + 1);
	whole->has = mem_alloc(range->graph->all.count + 1);
	return below->has && above->has && whole->has &&
		graph_mark_ancestors(range->graph, &range->upper, below) &&
		graph_mark_children(range->graph, &range->lower, above) &&
		graph_mark_ancestors(range->graph, &range->whole, whole);
}

static int collect(const struct range *range, struct revision_list *out, struct limbeck_error *err)
{
	struct graph *graph = range->graph;
	struct revision_set below, above, whole;
	bool from_base = !range->lower.count && !range->whole.count;
	int result = -1;

	if (!mark_all(range, &below, &above, &whole)) {
		error_nomem(err);
		goto out;
	}
	if (check_below(range, &below, err) < 0)
		goto out;
	for (size_t i = graph->all.count; i-- > 0;) {
		struct revision *revision = graph->all.items[i];

		if (!revision_set_has(&below, revision))
			continue;
		if ((from_base || revision_set_has(&above, revision) ||
			    revision_set_has(&whole, revision)) &&
			!vec_push_arena(out, revision, &graph->arena)) {
			error_nomem(err);
			goto out;
		}
	}
	result = 0;
out:
	mem_free(below.has);
	mem_free(above.has);
	mem_free(whole.has);
	return result;
}

int graph_range(struct graph *graph, const char *text, const struct revision_list *rows,
	struct revision_list *out, struct limbeck_error *err)
{
	struct range range;

	memset(&range, 0, sizeof range);
	range.graph = graph;
	range.text = text ? text : ":";
	range.rows = rows;
	if (split(&range, err) < 0 || resolve_ends(&range, err) < 0)
		return -1;
	return collect(&range, out, err);
}
