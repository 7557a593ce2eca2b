/* SPDX-License-Identifier: BSD-2-Clause */
#include "revision/query.h"

#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "revision/describe.h"

static const struct revision_list no_rows;

bool query_fits(const struct query *query, const struct revision *revision)
{
	return !query->lineage.has || revision_set_has(&query->lineage, revision);
}

int query_add(struct query *query, struct revision_list *out, struct revision *revision,
	struct limbeck_error *err)
{
	return vec_push_arena(out, revision, &query->graph->arena) ? 0 : error_nomem(err);
}

bool query_is_bare(const struct query *query)
{
	return query->relative && !*query->symbol;
}

void query_release(struct query *query)
{
	mem_free(query->lineage.has);
	query->lineage.has = NULL;
}

static int parse_branch(struct query *query, const char *at, struct limbeck_error *err)
{
	struct graph *graph = query->graph;

	if (at == query->text || !at[1] || strchr(at + 1, '@')) {
		error_set(err, LIMBECK_E_USAGE, "\"%s\" is not an identifier", query->text);
		error_hint(err, "A branch is named before one \"@\", and what is meant on it "
			"after: LABEL@head.");
		return -1;
	}
	query->branch_name = arena_strndup(&graph->arena, query->text, (size_t)(at - query->text));
	if (!query->branch_name)
		return error_nomem(err);
	if (query_lookup(query, query->branch_name, &query->branch, err) < 0)
		return -1;
	query->lineage.has = mem_alloc(graph->all.count + 1);
	if (!query->lineage.has ||
		!graph_mark_lineage(graph, query->branch, false, &query->lineage))
		return error_nomem(err);
	return 0;
}

/* Where the sign of a relative form is in text, or NULL. */
static const char *find_sign(const char *text)
{
	const char *end = text + strlen(text);
	const char *at = end;

	while (at > text && at[-1] >= '0' && at[-1] <= '9')
		at--;
	if (at == end || at == text || (at[-1] != '+' && at[-1] != '-'))
		return NULL;
	return at - 1;
}

static size_t parse_steps(const char *digits)
{
	size_t steps = 0;

	for (; *digits; digits++) {
		if (steps > ((size_t)-1) / 10 - 1)
			return (size_t)-1;
		steps = steps * 10 + (size_t)(*digits - '0');
	}
	return steps;
}

int query_parse(struct query *query, struct graph *graph, const char *text, enum resolve_use use,
	const struct revision_list *rows, struct limbeck_error *err)
{
	const char *at = strchr(text, '@');
	const char *rest = at ? at + 1 : text;
	const char *sign = find_sign(rest);

	memset(query, 0, sizeof *query);
	query->graph = graph;
	query->use = use;
	query->rows = rows ? rows : &no_rows;
	query->text = text;
	query->symbol = rest;
	if (!*text)
		return error_set(err, LIMBECK_E_USAGE, "an identifier is empty");
	if (at && parse_branch(query, at, err) < 0)
		return -1;
	if (!sign || graph_find_key(graph, rest))
		return 0;
	query->symbol = arena_strndup(&graph->arena, rest, (size_t)(sign - rest));
	if (!query->symbol)
		return error_nomem(err);
	query->relative = true;
	query->up = *sign == '+';
	query->steps = parse_steps(sign + 1);
	return 0;
}

static int several_heads(const struct query *query, const struct revision_list *heads,
	struct limbeck_error *err)
{
	if (query->branch_name)
		error_set(err, LIMBECK_E_AMBIGUOUS, "\"%s\" is ambiguous: branch \"%s\" has %zu "
			"heads", query->text, query->branch_name, heads->count);
	else
		error_set(err, LIMBECK_E_AMBIGUOUS, "\"%s\" is ambiguous: there are %zu heads",
			query->text, heads->count);
	describe_list(err, "The heads are:", heads);
	error_hint(err, query->use == RESOLVE_DOWNGRADE || query->relative
		? "Name one of them, or a branch, as in LABEL@head."
		: "Name one of them, or a branch, as in LABEL@head; \"heads\" stands for all.");
	return -1;
}

int query_heads(struct query *query, struct revision_list *out, struct limbeck_error *err)
{
	for (size_t i = 0; i < query->graph->all.count; i++) {
		struct revision *revision = query->graph->all.items[i];

		if (!revision->ups.count && query_fits(query, revision) &&
			query_add(query, out, revision, err) < 0)
			return -1;
	}
	return 0;
}

static int find_current(struct query *query, struct revision_list *out, struct limbeck_error *err)
{
	if (query->use != RESOLVE_SHOW) {
		error_set(err, LIMBECK_E_USAGE, "\"current\" can't be used here");
		error_hint(err, "Name a revision; \"current\" lists what is applied.");
		return -1;
	}
	for (size_t i = 0; i < query->rows->count; i++)
		if (query_fits(query, query->rows->items[i]) &&
			query_add(query, out, query->rows->items[i], err) < 0)
			return -1;
	return 0;
}

int query_symbol(struct query *query, struct revision_list *out, struct limbeck_error *err)
{
	bool one = strcmp(query->symbol, "head") == 0;
	struct revision *revision;

	if (strcmp(query->symbol, "base") == 0)
		return 0;
	if (strcmp(query->symbol, "current") == 0)
		return find_current(query, out, err);
	if (strcmp(query->symbol, "heads") == 0 && !query->branch_name)
		return graph_effective_heads(query->graph, out) ? 0 : error_nomem(err);
	if (one || strcmp(query->symbol, "heads") == 0) {
		if (query_heads(query, out, err) < 0)
			return -1;
		return one && out->count > 1 ? several_heads(query, out, err) : 0;
	}
	if (query_lookup(query, query->symbol, &revision, err) < 0)
		return -1;
	return query_add(query, out, revision, err);
}

static int check_relative(const struct query *query, struct limbeck_error *err)
{
	if (query->use != RESOLVE_STAMP && query->use != RESOLVE_REVISION &&
		(query->use != RESOLVE_PLAIN || !query_is_bare(query)))
		return 0;
	error_set(err, LIMBECK_E_USAGE, "the relative identifier \"%s\" can't be used here",
		query->text);
	error_hint(err, query->use == RESOLVE_PLAIN
		? "Name the revision that it starts from, as in REVISION+1."
		: "Name the revision itself.");
	return -1;
}

int query_run(struct query *query, struct resolve_result *out, struct limbeck_error *err)
{
	struct revision_list found = { NULL, 0, 0 };

	if (query->relative && check_relative(query, err) < 0)
		return -1;
	if ((query->relative ? query_relative : query_symbol)(query, &found, err) < 0)
		return -1;
	if (query->use == RESOLVE_DOWNGRADE && found.count > 1)
		return several_heads(query, &found, err);
	out->revisions = found;
	out->branch = query->branch;
	out->is_base = found.count == 0;
	return 0;
}
