/* SPDX-License-Identifier: BSD-2-Clause */
/* Every revision up, down, and up again, in scratch. */
#include <inttypes.h>
#include <string.h>

#include "api/proof.h"
#include "api/replay.h"
#include "api/sample.h"
#include "base/clock.h"
#include "base/error.h"

struct test {
	struct limbeck *lb;
	struct plan plan;
	struct arena arena;              /* of the plan */
	struct replay *replay;
	struct limbeck_catalog *catalog; /* what is there now */
	bool has_rows;                   /* sample rows may be there */
};

/* One revision under test. */
struct trial {
	struct test *test;
	size_t step;
	struct revision *revision;
	struct arena arena;
	struct limbeck_catalog *first;   /* after the first upgrade */
	struct sample_counts rows;       /* before it */
	int outcome;                     /* enum limbeck_test_outcome */
	struct names details;
	double began;
};

static bool is_final(const struct limbeck_error *err)
{
	return error_is(err, LIMBECK_E_CANCELLED) || error_is(err, LIMBECK_E_NOMEM)
		|| error_is(err, LIMBECK_E_CONNECT) || error_is(err, LIMBECK_E_INTERNAL);
}

static int add_detail(struct trial *trial, const char *line, struct limbeck_error *err)
{
	return line && vec_push_arena(&trial->details, line, &trial->arena) ? 0 : error_nomem(err);
}

/* Text that may have several lines, with something before the first. */
static int add_text(struct trial *trial, const char *label, const char *text,
	struct limbeck_error *err)
{
	while (text && *text) {
		size_t length = strcspn(text, "\n");

		if (add_detail(trial, arena_printf(&trial->arena, "%s%.*s", label, (int)length, text),
				err) < 0)
			return -1;
		text += length + (text[length] == '\n');
		label = "  ";
	}
	return 0;
}

/* Makes the failure one of the revision; one that is not is err's. */
static int note_failure(struct trial *trial, int outcome, struct limbeck_error *problem,
	struct limbeck_error *err)
{
	const char *place = "";
	int result = 0;

	if (is_final(problem)) {
		error_move(err, problem);
		return -1;
	}
	trial->outcome = outcome;
	if (problem->file && problem->line)
		place = arena_printf(&trial->arena, "%s:%u: ", problem->file, problem->line);
	else if (problem->file)
		place = arena_printf(&trial->arena, "%s: ", problem->file);
	if (!place || add_text(trial, place, problem->message, err) < 0
		|| add_text(trial, "detail: ", problem->detail, err) < 0
		|| add_text(trial, "hint: ", problem->hint, err) < 0)
		result = error_nomem(err);
	limbeck_error_release(problem);
	return result;
}

/* Takes what there is now in place of the catalog of before. */
static int look(struct test *test, struct limbeck_error *err)
{
	catalog_free(test->catalog);
	test->catalog = NULL;
	return replay_catalog(test->replay, &test->catalog, err);
}

static void close_scratch(struct test *test)
{
	catalog_free(test->catalog);
	test->catalog = NULL;
	replay_close(test->replay);
	test->replay = NULL;
	test->has_rows = false;
}

/* The first count steps in a scratch that is new, without rows. */
static int begin_anew(struct trial *trial, size_t count, struct limbeck_error *err)
{
	struct test *test = trial->test;
	struct revision_set done;

	catalog_free(trial->first);
	trial->first = NULL;
	close_scratch(test);
	if (replay_open(test->lb, &test->replay, err) < 0)
		return -1;
	if (!revision_set_init(&done, &test->lb->graph, &trial->arena))
		return error_nomem(err);
	for (size_t i = count; i-- > 0;) {
		struct revision *revision = test->plan.steps[i].revision;
		const struct revision_list list = { &revision, 1, 1 };

		if (revision_set_has(&done, revision))
			continue;
		if (replay_upgrade(test->replay, revision->id, err) < 0)
			return -1;
		if (!graph_mark_ancestors(&test->lb->graph, &list, &done))
			return error_nomem(err);
	}
	return look(test, err);
}

/* 1: differ, with the details; 0: equal. */
static int compare(struct trial *trial, const struct limbeck_catalog *expected, const char *what,
	int outcome, struct limbeck_error *err)
{
	struct names lines = { 0 };
	size_t count = 0;

	if (proof_describe(replay_connection(trial->test->replay), &trial->arena, expected,
			trial->test->catalog, &lines, &count, err) < 0)
		return -1;
	if (count == 0)
		return 0;
	trial->outcome = outcome;
	if (add_detail(trial, what, err) < 0)
		return -1;
	for (size_t i = 0; i < lines.count; i++)
		if (add_text(trial, "  ", lines.items[i], err) < 0)
			return -1;
	return 1;
}

/* Rows of tables that were there before, and are there with the revision. */
static int compare_rows(struct trial *trial, struct limbeck_error *err)
{
	struct test *test = trial->test;
	struct sample_counts now = { 0 };

	if (sample_count(replay_connection(test->replay), &trial->arena, test->catalog, &now,
			err) < 0)
		return -1;
	for (size_t i = 0; i < trial->rows.count; i++) {
		const struct sample_count *before = &trial->rows.items[i];
		int64_t rows = sample_find(&now, before->schema, before->table);

		if (rows < 0 || rows >= before->rows
			|| !catalog_relation(trial->first, before->schema, before->table))
			continue;
		trial->outcome = LIMBECK_TEST_ROWS_LOST;
		if (add_detail(trial, arena_printf(&trial->arena, "table %s had %" PRId64
				" rows before, and has %" PRId64 " after upgrade and downgrade",
				before->table, before->rows, rows), err) < 0)
			return -1;
	}
	return 0;
}

/* 1 done; 0 the revision can't be applied; -1. */
static int upgrade(struct trial *trial, struct limbeck_error *err)
{
	struct test *test = trial->test;
	struct limbeck_error problem = LIMBECK_ERROR_INIT;

	if (replay_upgrade(test->replay, trial->revision->id, &problem) == 0)
		return 1;
	if (test->has_rows && !is_final(&problem)) {
		/* Rows that we made up are no reason to fail. */
		if (add_detail(trial, "with sample rows in the tables it fails, and was tested "
				"without any:", err) < 0
			|| note_failure(trial, LIMBECK_TEST_PASSED, &problem, err) < 0
			|| begin_anew(trial, trial->step, err) < 0)
			return -1;
		trial->rows.count = 0;
		if (replay_upgrade(test->replay, trial->revision->id, &problem) == 0)
			return 1;
		trial->details.count = 0;
	}
	return note_failure(trial, LIMBECK_TEST_UPGRADE_FAILED, &problem, err);
}

/* 1 undone; 0 it can't be, or leaves something else; -1. */
static int downgrade(struct trial *trial, struct limbeck_catalog *before,
	struct limbeck_error *err)
{
	struct test *test = trial->test;
	struct limbeck_error problem = LIMBECK_ERROR_INIT;
	int result;

	if (replay_undo(test->replay, trial->revision, &problem) < 0) {
		if (!error_is(&problem, LIMBECK_E_IRREVERSIBLE))
			return note_failure(trial, LIMBECK_TEST_DOWNGRADE_FAILED, &problem, err);
		limbeck_error_release(&problem);
		trial->outcome = LIMBECK_TEST_IRREVERSIBLE;
		return 0;
	}
	if (look(test, err) < 0)
		return -1;
	result = compare(trial, before, "the downgrade does not restore the schema; what has "
		"become of it:", LIMBECK_TEST_NOT_RESTORED, err);
	return result < 0 ? -1 : !result;
}

static int upgrade_again(struct trial *trial, struct limbeck_error *err)
{
	struct test *test = trial->test;
	struct limbeck_error problem = LIMBECK_ERROR_INIT;

	if (replay_upgrade(test->replay, trial->revision->id, &problem) < 0) {
		if (note_failure(trial, LIMBECK_TEST_NOT_REPEATED, &problem, err) < 0)
			return -1;
		return begin_anew(trial, trial->step + 1, err);
	}
	if (look(test, err) < 0)
		return -1;
	return compare(trial, trial->first, "the second upgrade makes another schema than the "
		"first; what has become of it:", LIMBECK_TEST_NOT_REPEATED, err) < 0 ? -1 : 0;
}

/* Takes the catalog from the test, which goes on with that of after. */
static int try_all(struct trial *trial, struct limbeck_catalog **before, struct limbeck_error *err)
{
	struct test *test = trial->test;
	int result;

	if (sample_count(replay_connection(test->replay), &trial->arena, test->catalog, &trial->rows,
			err) < 0)
		return -1;
	result = upgrade(trial, err);
	if (result <= 0)
		return result;
	*before = test->catalog;
	test->catalog = NULL;
	if (replay_catalog(test->replay, &trial->first, err) < 0)
		return -1;
	result = downgrade(trial, *before, err);
	if (result < 0)
		return -1;
	if (trial->outcome == LIMBECK_TEST_IRREVERSIBLE)
		return look(test, err);
	catalog_free(*before);
	*before = NULL;
	if (result == 0)
		return begin_anew(trial, trial->step + 1, err);
	if (compare_rows(trial, err) < 0)
		return -1;
	return upgrade_again(trial, err);
}

static int try_revision(struct trial *trial, struct limbeck_error *err)
{
	struct test *test = trial->test;
	struct limbeck_catalog *before = NULL;
	int result = try_all(trial, &before, err);

	catalog_free(before);
	if (result == 0 && trial->outcome != LIMBECK_TEST_UPGRADE_FAILED) {
		test->has_rows = true;
		result = sample_fill(replay_connection(test->replay), &trial->arena, test->catalog,
			err);
	}
	catalog_free(trial->first);
	return result;
}

static bool is_failure(int outcome)
{
	return outcome != LIMBECK_TEST_PASSED && outcome != LIMBECK_TEST_IRREVERSIBLE;
}

static int tell(const struct trial *trial,
	int (*fn)(void *data, const struct limbeck_test_result *result), void *data)
{
	const struct revision *revision = trial->revision;
	const struct limbeck_test_result result = {
		.size = sizeof result, .revision = revision->id, .message = revision->message,
		.path = revision->path, .outcome = trial->outcome, .details = trial->details.items,
		.detail_count = trial->details.count, .seconds = clock_seconds() - trial->began,
	};

	return fn ? fn(data, &result) : 0;
}

/* 1: the next one can be tested. */
static int test_step(struct test *test, size_t i,
	int (*fn)(void *data, const struct limbeck_test_result *result), void *data,
	size_t *failures, struct limbeck_error *err)
{
	struct trial trial = { .test = test, .step = i, .revision = test->plan.steps[i].revision,
		.began = clock_seconds() };
	int result = try_revision(&trial, err);

	if (result == 0) {
		*failures += is_failure(trial.outcome);
		result = !tell(&trial, fn, data) && trial.outcome != LIMBECK_TEST_UPGRADE_FAILED;
	}
	arena_release(&trial.arena);
	return result;
}

static int start(struct test *test, const char *target, struct limbeck_error *err)
{
	const struct names nothing = { 0 };

	if (session_graph(test->lb, err) < 0
		|| plan_upgrade(&test->arena, &test->lb->graph, &nothing, target ? target : "heads",
			&test->plan, err) < 0
		|| replay_open(test->lb, &test->replay, err) < 0)
		return -1;
	return look(test, err);
}

int limbeck_test(struct limbeck *lb, const char *target,
	int (*fn)(void *data, const struct limbeck_test_result *result), void *data,
	size_t *failures, struct limbeck_error *err)
{
	struct test test = { .lb = lb };
	int result = start(&test, target, err);

	*failures = 0;
	result = result < 0 ? -1 : 1;
	for (size_t i = 0; result > 0 && i < test.plan.count; i++)
		result = test_step(&test, i, fn, data, failures, err);
	close_scratch(&test);
	arena_release(&test.arena);
	return result < 0 ? -1 : 0;
}
