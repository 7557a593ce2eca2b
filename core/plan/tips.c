/* SPDX-License-Identifier: BSD-2-Clause */
#include "plan/tips.h"

#include "base/error.h"
#include "revision/describe.h"

static void cover(struct tips *tips, const struct revision *revision)
{
	for (size_t i = 0; i < revision->tops.count; i++)
		tips->covered[revision->tops.items[i]->index]++;
}

int tips_init(struct tips *tips, struct arena *arena, struct graph *graph,
	const struct revision_list *rows, struct limbeck_error *err)
{
	tips->arena = arena;
	tips->graph = graph;
	tips->covered = arena_array(arena, graph->all.count + 1, sizeof *tips->covered);
	if (!tips->covered || !revision_set_init(&tips->applied, graph, arena) ||
		!revision_set_init(&tips->rows, graph, arena) ||
		!graph_mark_ancestors(graph, rows, &tips->applied))
		return error_nomem(err);
	for (size_t i = 0; i < rows->count; i++)
		tips->rows.has[rows->items[i]->index] = 1;
	for (size_t i = 0; i < graph->all.count; i++)
		if (revision_set_has(&tips->applied, graph->all.items[i]))
			cover(tips, graph->all.items[i]);
	return 0;
}

/* A list of the one id, without memory of its own. */
static struct names name_of(struct revision *revision)
{
	struct names names = { &revision->id, 1, 1 };

	return names;
}

int tips_up(struct tips *tips, struct revision *revision, struct version_change *change,
	struct limbeck_error *err)
{
	for (size_t i = 0; i < revision->tops.count; i++) {
		struct revision *top = revision->tops.items[i];

		if (!revision_set_has(&tips->rows, top))
			continue;
		tips->rows.has[top->index] = 0;
		if (change->update_from &&
			!vec_push_arena(&change->deletes, change->update_from, tips->arena))
			return error_nomem(err);
		change->update_from = top->id;
	}
	if (change->update_from)
		change->update_to = revision->id;
	else
		change->inserts = name_of(revision);
	tips->applied.has[revision->index] = tips->rows.has[revision->index] = 1;
	cover(tips, revision);
	return 0;
}

int tips_down(struct tips *tips, struct revision *revision, struct version_change *change,
	struct limbeck_error *err)
{
	tips->applied.has[revision->index] = tips->rows.has[revision->index] = 0;
	for (size_t i = 0; i < revision->tops.count; i++) {
		struct revision *top = revision->tops.items[i];

		if (--tips->covered[top->index] > 0 || revision_set_has(&tips->rows, top))
			continue;
		tips->rows.has[top->index] = 1;
		if (change->update_to &&
			!vec_push_arena(&change->inserts, change->update_to, tips->arena))
			return error_nomem(err);
		change->update_to = top->id;
	}
	if (change->update_to)
		change->update_from = revision->id;
	else
		change->deletes = name_of(revision);
	return 0;
}

int tips_rows(const struct tips *tips, struct names *out, struct limbeck_error *err)
{
	for (size_t i = 0; i < tips->graph->all.count; i++)
		if (tips->rows.has[i] &&
			!vec_push_arena(out, tips->graph->all.items[i]->id, tips->arena))
			return error_nomem(err);
	return 0;
}

static int report_overlap(struct tips *tips, const struct revision_list *rows,
	struct revision *lower, const char *what, struct limbeck_error *err)
{
	struct revision_list all = { NULL, 0, 0 };
	struct revision_list self = { &lower, 1, 1 };
	struct revision_set above;

	if (!revision_set_init(&above, tips->graph, tips->arena) ||
		!graph_mark_descendants(tips->graph, &self, &above))
		return error_nomem(err);
	for (size_t i = 0; i < rows->count; i++)
		if (revision_set_has(&above, rows->items[i]) &&
			!vec_push_arena(&all, rows->items[i], tips->arena))
			return error_nomem(err);
	error_set(err, LIMBECK_E_STATE, "%s overlap: \"%s\" is an ancestor of \"%s\"", what,
		lower->id, all.items[all.count - 1]->id);
	describe_list(err, "These overlap:", &all);
	error_hint(err, "A row stands for all its ancestors too; \"limbeck stamp %s\" leaves that "
		"one alone.", all.items[all.count - 1]->id);
	return -1;
}

int tips_check_overlap(struct tips *tips, const struct revision_list *rows, const char *what,
	struct limbeck_error *err)
{
	struct revision_set below;

	if (!revision_set_init(&below, tips->graph, tips->arena))
		return error_nomem(err);
	for (size_t i = 0; i < rows->count; i++)
		if (!graph_mark_ancestors(tips->graph, &rows->items[i]->tops, &below))
			return error_nomem(err);
	for (size_t i = 0; i < rows->count; i++)
		if (revision_set_has(&below, rows->items[i]))
			return report_overlap(tips, rows, rows->items[i], what, err);
	return 0;
}

int plan_reserve(struct plan *plan, struct arena *arena, size_t count, struct limbeck_error *err)
{
	plan->steps = arena_array(arena, count ? count : 1, sizeof *plan->steps);
	if (!plan->steps)
		return error_nomem(err);
	plan->capacity = count;
	return 0;
}

/* The ids of the parents; as the file has them, but each once. */
static int parent_names(struct arena *arena, const struct revision *revision, struct names *out,
	struct limbeck_error *err)
{
	if (revision->parents.count == revision->downs.count) {
		*out = revision->parents;
		return 0;
	}
	for (size_t i = 0; i < revision->downs.count; i++)
		if (!vec_push_arena(out, revision->downs.items[i]->id, arena))
			return error_nomem(err);
	return 0;
}

int plan_add(struct plan *plan, struct tips *tips, struct revision *revision,
	enum limbeck_direction direction, struct limbeck_error *err)
{
	struct plan_step *step = &plan->steps[plan->count++];
	bool up = direction == LIMBECK_UP;

	step->revision = revision;
	step->direction = direction;
	step->message = revision->message;
	*(up ? &step->to : &step->from) = name_of(revision);
	if (parent_names(tips->arena, revision, up ? &step->from : &step->to, err) < 0)
		return -1;
	return (up ? tips_up : tips_down)(tips, revision, &step->change, err);
}
