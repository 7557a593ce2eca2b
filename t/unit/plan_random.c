/* SPDX-License-Identifier: BSD-2-Clause */
/* core/plan: random graphs and commands, and what must always hold: the rows
 * are the tips of what is applied, after each step; parents and dependencies
 * come first; a change finds exactly its rows; up and down again is nothing.
 * plan_random.t [STEPS [SEED]] goes on until so many steps were planned. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "revgraph.h"
#include "tap.h"

#define STEPS 50000
#define COMMANDS 12
#define REVISIONS_MAX 14

/* xorshift64*: the same numbers everywhere. */
struct dice {
	uint64_t state;
};

static size_t roll(struct dice *dice, size_t sides)
{
	dice->state ^= dice->state >> 12;
	dice->state ^= dice->state << 25;
	dice->state ^= dice->state >> 27;
	return (size_t)((dice->state * UINT64_C(2685821657736338717)) >> 33) % sides;
}

/* One graph under test, and where its database is. */
struct trial {
	struct dice dice;
	struct graph graph;
	struct strbuf text;
	struct strbuf rows;
	size_t count;
	size_t graphs;
	size_t plans;      /* that were made */
	size_t steps;      /* of these plans */
	size_t refusals;
	const char *wrong; /* in arena */
	struct strbuf command;
	struct arena arena;
};

static void add_links(struct trial *trial, char sign, size_t below, size_t most)
{
	size_t links = 1 + roll(&trial->dice, most);

	for (size_t i = 0; i < links; i++)
		strbuf_addf(&trial->text, "%cr%02zu", i ? ',' : sign, roll(&trial->dice, below));
}

static void make_text(struct trial *trial)
{
	struct dice *dice = &trial->dice;

	strbuf_reset(&trial->text);
	trial->count = 1 + roll(dice, REVISIONS_MAX);
	for (size_t i = 0; i < trial->count; i++) {
		strbuf_addf(&trial->text, "%sr%02zu", i ? "; " : "", i);
		if (i && roll(dice, 6))
			add_links(trial, '<', i, roll(dice, 4) ? 1 : 3);
		if (i && !roll(dice, 4))
			add_links(trial, '~', i, 2);
		if (!roll(dice, 4))
			strbuf_addf(&trial->text, " labels label%02zu", i);
		if (!roll(dice, 2))
			strbuf_addf(&trial->text, " at %zu", roll(dice, 10));
	}
}

static void add_key(struct trial *trial)
{
	static const char *const symbols[] = { "head", "heads", "base" };

	if (roll(&trial->dice, 4))
		strbuf_addf(&trial->command, "%s%02zu", roll(&trial->dice, 4) ? "r" : "label",
			roll(&trial->dice, trial->count));
	else
		strbuf_addstr(&trial->command, symbols[roll(&trial->dice, 3)]);
}

static void add_target(struct trial *trial)
{
	struct dice *dice = &trial->dice;
	bool relative = !roll(dice, 2);

	strbuf_addch(&trial->command, ' ');
	if (!roll(dice, 3))
		strbuf_addf(&trial->command, "r%02zu@", roll(dice, trial->count));
	if (!relative || roll(dice, 2))
		add_key(trial);
	if (relative)
		strbuf_addf(&trial->command, "%c%zu", roll(dice, 2) ? '+' : '-', 1 + roll(dice, 3));
}

static void make_command(struct trial *trial)
{
	static const char *const verbs[] = { "up", "up", "down", "down", "stamp", "purge" };
	size_t verb = roll(&trial->dice, 6);

	strbuf_reset(&trial->command);
	strbuf_addstr(&trial->command, verbs[verb]);
	add_target(trial);
	if (verb >= 4 && !roll(&trial->dice, 2))
		add_target(trial);
}

/* Plans and replays the trial's command; the rows are then what it leads to. */
static bool run(struct trial *trial)
{
	struct plan made;
	struct strbuf out = STRBUF_INIT;
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	bool done = revgraph_plan(&trial->arena, &trial->graph, trial->rows.buf, trial->command.buf,
		&made, &out, &err) == 0;

	if (done) {
		trial->plans++;
		trial->steps += made.count;
		trial->wrong = revgraph_replay(&trial->arena, &trial->graph, &made);
		strbuf_reset(&trial->rows);
		for (size_t i = 0; i < made.rows_after.count; i++)
			strbuf_addf(&trial->rows, "%s ", made.rows_after.items[i]);
	} else {
		trial->refusals++;
		if (!err.message || err.code == LIMBECK_E_INTERNAL || err.code == LIMBECK_E_NOMEM)
			trial->wrong = "an error that says nothing";
	}
	strbuf_release(&out);
	limbeck_error_release(&err);
	return done;
}

static void run_fixed(struct trial *trial, const char *command, const char *rows_after)
{
	if (trial->wrong)
		return;
	strbuf_reset(&trial->command);
	strbuf_addstr(&trial->command, command);
	if (!run(trial) && !trial->wrong)
		trial->wrong = "it is refused";
	if (!trial->wrong && rows_after && strcmp(trial->rows.buf, rows_after) != 0)
		trial->wrong = arena_printf(&trial->arena, "the rows are \"%s\", not \"%s\"",
			trial->rows.buf, rows_after);
}

/* Ids in the form of rows. */
static void heads_text(struct trial *trial, struct strbuf *out)
{
	struct revision_list heads = { NULL, 0, 0 };

	graph_effective_heads(&trial->graph, &heads);
	for (size_t i = 0; i < heads.count; i++)
		strbuf_addf(out, "%s ", heads.items[i]->id);
}

static void try_graph(struct trial *trial)
{
	struct strbuf heads = STRBUF_INIT;
	struct limbeck_error err = LIMBECK_ERROR_INIT;

	make_text(trial);
	graph_init(&trial->graph);
	strbuf_reset(&trial->rows);
	if (revgraph_read(&trial->graph, trial->text.buf, &err) < 0) {
		trial->wrong = arena_strdup(&trial->arena, err.message);
	} else {
		for (size_t i = 0; i < COMMANDS && !trial->wrong; i++) {
			make_command(trial);
			run(trial);
		}
		heads_text(trial, &heads);
		run_fixed(trial, "up heads", heads.buf);
		run_fixed(trial, "up heads", heads.buf);
		run_fixed(trial, "down base", "");
		run_fixed(trial, "up heads", heads.buf);
		run_fixed(trial, "stamp heads", heads.buf);
		run_fixed(trial, "stamp base", "");
		run_fixed(trial, "stamp heads", heads.buf);
	}
	limbeck_error_release(&err);
	strbuf_release(&heads);
}

static size_t number(const char *text, size_t otherwise)
{
	unsigned long long value = text ? strtoull(text, NULL, 10) : 0;

	return value ? (size_t)value : otherwise;
}

int main(int argc, char **argv)
{
	size_t wanted = number(argc > 1 ? argv[1] : NULL, STEPS);
	uint64_t seed = number(argc > 2 ? argv[2] : NULL, 20260101);
	struct trial trial = { .dice = { seed }, .text = STRBUF_INIT, .rows = STRBUF_INIT,
		.command = STRBUF_INIT };
	size_t bad = 0;

	for (; trial.steps < wanted && bad < 5; trial.graphs++) {
		trial.wrong = NULL;
		try_graph(&trial);
		if (trial.wrong) {
			bad++;
			diag("%s\n\"%s\" of \"%s\"", trial.wrong, trial.command.buf,
				trial.text.buf);
		}
		graph_release(&trial.graph);
		arena_release(&trial.arena);
	}
	is_int((long long)bad, 0, "rows, order and changes are right in %zu graphs, %zu steps",
		trial.graphs, trial.steps);
	ok(trial.plans > wanted / 10, "many plans were made: %zu", trial.plans);
	ok(trial.refusals > wanted / 50, "many commands were refused: %zu", trial.refusals);
	strbuf_release(&trial.text);
	strbuf_release(&trial.rows);
	strbuf_release(&trial.command);
	return done_testing();
}
