/* SPDX-License-Identifier: BSD-2-Clause */
#include "revgraph.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "tap.h"

static void must(bool success)
{
	if (!success) {
		diag("bad test text, or no memory");
		exit(2);
	}
}

static void add_word(struct arena *arena, struct names *names, const char *text, size_t length)
{
	const char *word = arena_strndup(arena, text, length);

	must(word && vec_push_arena(names, word, arena));
}

static struct names split(struct arena *arena, const char *text, const char *separators)
{
	struct names names = { NULL, 0, 0 };

	while (*(text += strspn(text, separators))) {
		size_t length = strcspn(text, separators);

		add_word(arena, &names, text, length);
		text += length;
	}
	return names;
}

struct names revgraph_words(struct arena *arena, const char *text)
{
	return split(arena, text, " ");
}

/* "m<b,c~d" */
static void read_links(struct arena *arena, const char *text, struct revision *revision)
{
	size_t id = strcspn(text, "<~");
	const char *parents = strchr(text, '<');
	const char *depends = strchr(text, '~');

	revision->id = arena_strndup(arena, text, id);
	if (parents)
		revision->parents = split(arena, arena_strndup(arena, parents + 1,
			strcspn(parents + 1, "~")), ",");
	if (depends)
		revision->depends = split(arena, depends + 1, ",");
}

static void read_revision(struct arena *arena, const char *text, unsigned line,
	struct revision *revision)
{
	struct names words = revgraph_words(arena, text);

	memset(revision, 0, sizeof *revision);
	must(words.count > 0);
	read_links(arena, words.items[0], revision);
	revision->path = arena_printf(arena, "v/%s.sql", revision->id);
	revision->message = arena_printf(arena, "make %s", revision->id);
	revision->line = line;
	for (size_t i = 1; i < words.count; i++) {
		if (strcmp(words.items[i], "at") == 0)
			revision->created = words.items[++i];
		else if (strcmp(words.items[i], "labels") != 0)
			must(vec_push_arena(&revision->labels, words.items[i], arena));
	}
}

int revgraph_read(struct graph *graph, const char *text, struct limbeck_error *err)
{
	struct names lines = split(&graph->arena, text, ";");

	for (size_t i = 0; i < lines.count; i++) {
		struct revision revision;

		read_revision(&graph->arena, lines.items[i], (unsigned)i + 1, &revision);
		if (graph_add(graph, &revision, err) < 0)
			return -1;
	}
	return graph_link(graph, err);
}

void revgraph_ids(struct strbuf *out, const struct revision_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		strbuf_addf(out, "%s%s", i ? " " : "", list->items[i]->id);
}

static void write_plan(struct strbuf *out, const struct plan *made)
{
	for (size_t i = 0; i < made->count; i++) {
		const struct plan_step *step = &made->steps[i];

		strbuf_addch(out, step->direction == LIMBECK_UP ? '+'
			: step->direction == LIMBECK_DOWN ? '-' : '=');
		strbuf_addf(out, "%s ", step->revision ? step->revision->id : "base");
	}
	strbuf_addstr(out, "=>");
	for (size_t i = 0; i < made->rows_after.count; i++)
		strbuf_addf(out, " %s", made->rows_after.items[i]);
}

int revgraph_plan(struct arena *arena, struct graph *graph, const char *rows, const char *command,
	struct plan *made, struct strbuf *out, struct limbeck_error *err)
{
	struct names at = revgraph_words(arena, rows);
	struct names words = revgraph_words(arena, command);
	const char *const *targets = words.items + 1;
	int result;

	memset(made, 0, sizeof *made);
	must(words.count > 1);
	if (strcmp(words.items[0], "up") == 0)
		result = plan_upgrade(arena, graph, &at, targets[0], made, err);
	else if (strcmp(words.items[0], "down") == 0)
		result = plan_downgrade(arena, graph, &at, targets[0], made, err);
	else
		result = plan_stamp(arena, graph, &at, targets, words.count - 1,
			strcmp(words.items[0], "purge") == 0,
			strcmp(words.items[0], "force") == 0, made, err);
	if (result == 0)
		write_plan(out, made);
	else
		strbuf_addf(out, "!%s", limbeck_code_name(err->code));
	return result;
}

static size_t find_name(const struct names *names, const char *name)
{
	size_t i = 0;

	while (i < names->count && strcmp(names->items[i], name) != 0)
		i++;
	return i;
}

static const char *change_rows(struct arena *arena, struct names *rows,
	const struct version_change *change)
{
	size_t at;

	for (size_t i = 0; i < change->deletes.count; i++) {
		at = find_name(rows, change->deletes.items[i]);
		if (at == rows->count)
			return arena_printf(arena, "no row %s to delete", change->deletes.items[i]);
		rows->items[at] = rows->items[--rows->count];
	}
	for (size_t i = 0; i < change->inserts.count; i++) {
		if (find_name(rows, change->inserts.items[i]) < rows->count)
			return arena_printf(arena, "row %s is there", change->inserts.items[i]);
		must(vec_push_arena(rows, change->inserts.items[i], arena));
	}
	if (!change->update_from != !change->update_to)
		return "half an update";
	if (!change->update_from)
		return NULL;
	at = find_name(rows, change->update_from);
	if (at == rows->count)
		return arena_printf(arena, "no row %s to update", change->update_from);
	if (find_name(rows, change->update_to) < rows->count)
		return arena_printf(arena, "row %s is there", change->update_to);
	rows->items[at] = change->update_to;
	return NULL;
}

/* What is applied where rows are there; parents and dependencies of a revision
 * stand before it in graph->all. */
static void find_applied(const struct graph *graph, const struct names *rows, bool *applied)
{
	for (size_t i = graph->all.count; i-- > 0;) {
		const struct revision *revision = graph->all.items[i];

		if (find_name(rows, revision->id) < rows->count)
			applied[i] = true;
		for (size_t k = 0; applied[i] && k < revision->downs.count; k++)
			applied[revision->downs.items[k]->index] = true;
		for (size_t k = 0; applied[i] && k < revision->needs.count; k++)
			applied[revision->needs.items[k]->index] = true;
	}
}

static const char *check_tips(struct arena *arena, const struct graph *graph,
	const struct names *rows, const bool *applied, const char *when)
{
	bool *below = arena_array(arena, graph->all.count + 1, sizeof *below);
	size_t tips = 0;

	must(below != NULL);
	for (size_t i = graph->all.count; i-- > 0;) {
		const struct revision *revision = graph->all.items[i];

		for (size_t k = 0; applied[i] && k < revision->downs.count; k++)
			below[revision->downs.items[k]->index] = true;
		for (size_t k = 0; applied[i] && k < revision->needs.count; k++)
			below[revision->needs.items[k]->index] = true;
		if (!applied[i] || below[i])
			continue;
		tips++;
		if (find_name(rows, revision->id) == rows->count)
			return arena_printf(arena, "%s is a tip (%s), and no row",
				revision->id, when);
	}
	return tips == rows->count ? NULL : arena_printf(arena, "rows are no tips (%s)", when);
}

/* Applies or undoes one revision, in a right order. */
static const char *move(struct arena *arena, const struct plan_step *step, bool *applied)
{
	const struct revision *revision = step->revision;
	bool up = step->direction == LIMBECK_UP;
	const struct revision_list *lists[2];

	lists[0] = up ? &revision->downs : &revision->ups;
	lists[1] = up ? &revision->needs : &revision->needed_by;
	if (applied[revision->index] == up)
		return arena_printf(arena, "%s moves twice", revision->id);
	for (size_t i = 0; i < 2; i++)
		for (size_t k = 0; k < lists[i]->count; k++)
			if (applied[lists[i]->items[k]->index] != up)
				return arena_printf(arena, "%s moves before %s", revision->id,
					lists[i]->items[k]->id);
	applied[revision->index] = up;
	return NULL;
}

/* However they came about, rows are the tips of what they stand for. */
static const char *check_end(struct arena *arena, const struct graph *graph,
	const struct names *rows, const struct plan *made)
{
	bool *applied = arena_array(arena, graph->all.count + 1, sizeof *applied);

	must(applied != NULL);
	if (rows->count != made->rows_after.count)
		return "rows_after is not what the changes lead to";
	for (size_t i = 0; i < rows->count; i++)
		if (find_name(&made->rows_after, rows->items[i]) == made->rows_after.count)
			return "rows_after is not what the changes lead to";
	if (made->count && made->steps[0].direction != LIMBECK_STAMP)
		return NULL;
	find_applied(graph, rows, applied);
	return made->count ? check_tips(arena, graph, rows, applied, "at the end") : NULL;
}

const char *revgraph_replay(struct arena *arena, const struct graph *graph,
	const struct plan *made)
{
	struct names rows = { NULL, 0, 0 };
	bool *applied = arena_array(arena, graph->all.count + 1, sizeof *applied);
	const char *wrong = NULL;
	bool regular;

	must(applied != NULL);
	for (size_t i = 0; i < made->rows_before.count; i++)
		must(vec_push_arena(&rows, made->rows_before.items[i], arena));
	find_applied(graph, &rows, applied);
	regular = !check_tips(arena, graph, &rows, applied, "before");
	for (size_t i = 0; i < made->count && !wrong; i++) {
		const struct plan_step *step = &made->steps[i];

		wrong = change_rows(arena, &rows, &step->change);
		if (wrong || step->direction == LIMBECK_STAMP)
			continue;
		wrong = move(arena, step, applied);
		if (!wrong && regular)
			wrong = check_tips(arena, graph, &rows, applied, step->revision->id);
	}
	return wrong ? wrong : check_end(arena, graph, &rows, made);
}
