/* SPDX-License-Identifier: BSD-2-Clause */
#include "api/load_int.h"

#include <string.h>

#include "base/error.h"

/* What does not go now, goes after the others, but for a DROP: what it drops is
 * not there, which is what it wants. */
static int put_off(struct load *load, size_t i, const struct limbeck_error *problem,
	struct limbeck_error *err)
{
	const struct ddl_statement *statement = &load->ddl->statements.items[i];

	if (!statement->drop)
		return vec_push(&load->waiting, i) ? 0 : error_nomem(err);
	log_write(load->ddl->log, LIMBECK_LOG_INFO, "%s:%u: passed over: %s",
		statement->from->shown, statement->line, problem->message);
	return 0;
}

static int one_by_one(struct load *load, size_t from, size_t to, struct limbeck_error *err)
{
	for (size_t i = from; i < to; i++) {
		struct limbeck_error problem = LIMBECK_ERROR_INIT;
		/* Engines that read their whole catalog anew after a failure are many
		 * failures slow: indexes are better not tried before their tables. */
		int result = load->ddl->statements.items[i].index ? 0
			: load_one(load, i, &problem, err);

		if (result == 0)
			result = put_off(load, i, &problem, err);
		limbeck_error_release(&problem);
		if (result < 0)
			return -1;
	}
	return load_commit(load, err);
}

static bool add(struct load *load, const char *sql, size_t length)
{
	const struct limbeck_statement statement = { sql, length };

	return vec_push(&load->batch, statement);
}

static bool fill_batch(struct load *load, size_t from, size_t to)
{
	const struct ddl_statement *statements = load->ddl->statements.items;
	const char *const end[] = { load_release, load->traits->commit };
	bool fine = !load->open || add(load, load_savepoint, strlen(load_savepoint));

	for (size_t i = from; fine && i < to; i++)
		fine = add(load, statements[i].sql, statements[i].length);
	for (size_t i = 0; fine && load->open && i < sizeof end / sizeof *end; i++)
		fine = add(load, end[i], strlen(end[i]));
	return fine;
}

/* Several statements at once: 1, or 0 where one failed, with *kept of them done. */
static int run_batch(struct load *load, size_t from, size_t to, size_t *kept,
	struct limbeck_error *err)
{
	struct limbeck_error problem = LIMBECK_ERROR_INIT;
	size_t done = 0;

	*kept = 0;
	load->batch.count = 0;
	if (!fill_batch(load, from, to))
		return error_nomem(err);
	if (connection_batch(load->connection, load->batch.items, load->batch.count, NULL, &done,
			&problem) == 0) {
		load->open = false;
		return 1;
	}
	if (load_is_final(load, &problem)) {
		error_move(err, &problem);
		return -1;
	}
	limbeck_error_release(&problem);
	/* What the settings are now depends on how far it came. */
	load->text = NULL;
	if (!load->open)
		*kept = done;
	return load->open ? load_undo(load, err) : 0;
}

static int run_chunk(struct load *load, size_t from, size_t to, struct limbeck_error *err)
{
	size_t kept;
	int result;

	if (load_begin(load, err) < 0 || load_enter(load, from, err) < 0)
		return -1;
	for (size_t i = from; i < to; i++)
		load->dirty = load->dirty || load->ddl->statements.items[i].setting;
	load->text = load->ddl->statements.items[to - 1].from;
	load->next = to;
	result = run_batch(load, from, to, &kept, err);
	if (result != 0)
		return result < 0 ? -1 : 0;
	return one_by_one(load, from + kept, to, err);
}

/* Where the chunk that begins at from ends: no text's settings hold for another. */
static size_t chunk_end(const struct load *load, size_t from)
{
	const struct ddl_statement *statements = load->ddl->statements.items;
	size_t to = from, bytes = 0;
	bool dirty = load->dirty;

	while (to < load->ddl->statements.count && to - from < LOAD_STATEMENTS
		&& bytes < LOAD_BYTES && (!dirty || statements[to].from == statements[from].from)) {
		bytes += statements[to].length;
		dirty = statements[to++].setting || dirty;
	}
	return to;
}

static int run_all(struct load *load, struct limbeck_error *err)
{
	for (size_t from = 0, to; from < load->ddl->statements.count; from = to) {
		to = chunk_end(load, from);
		if (run_chunk(load, from, to, err) < 0)
			return -1;
	}
	return 0;
}

/* Tries those that wait once more, keeps those that fail again in waiting, and
 * has the failure of the one that comes first in problem. */
static int retry(struct load *load, struct limbeck_error *problem, struct limbeck_error *err)
{
	size_t count = load->waiting.count, kept = 0, first = 0;
	size_t *items = load->waiting.items;

	for (size_t i = 0; i < count; i++) {
		struct limbeck_error own = LIMBECK_ERROR_INIT;
		int result = load_one(load, items[i], &own, err);

		if (result == 0) {
			if (!kept || items[i] < first) {
				first = items[i];
				error_move(problem, &own);
			}
			items[kept++] = items[i];
		}
		limbeck_error_release(&own);
		if (result < 0)
			return -1;
	}
	load->waiting.count = kept;
	if (kept)
		ddl_place(&load->ddl->statements.items[first], problem->position, problem);
	return load_commit(load, err);
}

static void turn(struct load *load)
{
	size_t *items = load->waiting.items, count = load->waiting.count;

	for (size_t i = 0; i < count / 2; i++) {
		size_t other = items[i];

		items[i] = items[count - 1 - i];
		items[count - 1 - i] = other;
	}
}

/* There are statements that can't be in a transaction. */
static int retry_alone(struct load *load, struct limbeck_error *err)
{
	struct limbeck_error ignored = LIMBECK_ERROR_INIT;
	int result;

	load->transactional = false;
	result = retry(load, &ignored, err);
	limbeck_error_release(&ignored);
	load->transactional = connection_can(load->connection, LIMBECK_CAP_TRANSACTIONAL_DDL)
		!= LIMBECK_NO;
	return result;
}

static int give_up(struct limbeck_error *problem, struct limbeck_error *err)
{
	error_outcome(problem, "the schema was loaded into scratch only; nothing was changed");
	error_move(err, problem);
	return -1;
}

/* Every other time from the last to the first, so that neither order of
 * statements takes a round for each. */
static int run_waiting(struct load *load, struct limbeck_error *err)
{
	while (load->waiting.count) {
		struct limbeck_error problem = LIMBECK_ERROR_INIT;
		size_t before = load->waiting.count;
		int result = retry(load, &problem, err);

		if (result == 0 && load->waiting.count == before && load->transactional)
			result = retry_alone(load, err);
		if (result == 0 && load->waiting.count == before)
			result = give_up(&problem, err);
		limbeck_error_release(&problem);
		if (result < 0)
			return -1;
		turn(load);
	}
	return 0;
}

int load_ddl(struct connection *connection, const struct ddl *ddl, struct limbeck_error *err)
{
	struct load load = {
		.connection = connection, .ddl = ddl, .traits = connection_traits(connection),
		.transactional = connection_can(connection, LIMBECK_CAP_TRANSACTIONAL_DDL)
			!= LIMBECK_NO,
	};
	int result = run_all(&load, err);

	if (result == 0)
		result = run_waiting(&load, err);
	if (result == 0)
		result = load_reset(&load, err);
	vec_release(&load.waiting);
	vec_release(&load.batch);
	return result;
}
