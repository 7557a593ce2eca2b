/* SPDX-License-Identifier: BSD-2-Clause */
#include "api/execute.h"

#include <string.h>

#include "base/error.h"

/* As large as transactions can be whatever a server's table of locks; and what
 * goes in one round trip. */
enum { TRANSACTION_STATEMENTS = 1000, BATCH_STATEMENTS = 200 };

struct execution {
	struct exec *exec;
	const struct limbeck_traits *traits;
	bool transactional;
	bool rebuild;
	bool open;                   /* a transaction of ours */
	size_t pending;              /* statements in it */
	size_t committed;
	struct arena texts;          /* of the batch */
	VEC(struct limbeck_statement) batch;
};

static int simple(struct execution *execution, const char *sql, struct limbeck_error *err)
{
	return sql ? connection_do(execution->exec->connection, sql, err) : 0;
}

static int begin(struct execution *execution, struct limbeck_error *err)
{
	if (!execution->transactional || execution->open)
		return 0;
	execution->open = true;
	if (execution->rebuild && simple(execution, execution->traits->rebuild_begin, err) < 0)
		return -1;
	return simple(execution, execution->traits->begin, err);
}

static const char *rebuild_end(const struct execution *execution)
{
	const char *own = connection_server(execution->exec->connection)->rebuild_end;

	if (!execution->rebuild)
		return NULL;
	return own ? own : execution->traits->rebuild_end;
}

/* Rows that refer to none after tables were replaced by copies of them. */
static int check_rebuild(struct execution *execution, struct limbeck_error *err)
{
	struct rows rows = { 0 };

	if (!execution->rebuild || !execution->traits->rebuild_check)
		return 0;
	if (connection_query(execution->exec->connection, execution->exec->arena,
			execution->traits->rebuild_check, &rows, err) < 0)
		return -1;
	return rows.count == 0 ? 0
		: error_set(err, LIMBECK_E_SQL, "%zu rows would break a foreign key", rows.count);
}

static int commit(struct execution *execution, struct limbeck_error *err)
{
	if (execution->open && (check_rebuild(execution, err) < 0
			|| simple(execution, execution->traits->commit, err) < 0
			|| simple(execution, execution->traits->after, err) < 0
			|| simple(execution, rebuild_end(execution), err) < 0))
		return -1;
	execution->open = false;
	execution->committed += execution->pending;
	execution->pending = 0;
	return 0;
}

static void show_statement(const struct limbeck_statement *statement, struct limbeck_error *err)
{
	enum { MOST = 300 };

	if (err && !err->detail)
		error_detail(err, "The statement was: %.*s%s",
			statement->length > MOST ? MOST : (int)statement->length, statement->sql,
			statement->length > MOST ? "..." : "");
}

static int flush(struct execution *execution, struct limbeck_error *err)
{
	size_t done = 0;
	int result = 0;

	if (execution->batch.count == 0)
		return 0;
	result = begin(execution, err);
	if (result == 0) {
		result = connection_batch(execution->exec->connection, execution->batch.items,
			execution->batch.count, NULL, &done, err);
		if (result < 0 && done < execution->batch.count)
			show_statement(&execution->batch.items[done], err);
	}
	execution->pending += done;
	execution->batch.count = 0;
	arena_release(&execution->texts);
	if (result == 0 && (!execution->transactional
			|| execution->pending >= TRANSACTION_STATEMENTS))
		result = commit(execution, err);
	return result;
}

static int add(struct execution *execution, const struct script_statement *statement,
	struct limbeck_error *err)
{
	struct limbeck_statement copy = {
		arena_strndup(&execution->texts, statement->text, statement->length),
		statement->length
	};

	if (!copy.sql || !vec_push(&execution->batch, copy))
		return error_nomem(err);
	return execution->batch.count >= BATCH_STATEMENTS ? flush(execution, err) : 0;
}

static int run_alone(struct execution *execution, const struct script_statement *statement,
	struct limbeck_error *err)
{
	const struct limbeck_statement shown = { statement->text, statement->length };

	if (flush(execution, err) < 0 || commit(execution, err) < 0)
		return -1;
	if (connection_execute(execution->exec->connection, statement->text, statement->length,
			NULL, NULL, err) < 0) {
		show_statement(&shown, err);
		return -1;
	}
	execution->committed++;
	return 0;
}

static int run_all(struct execution *execution, const struct script_source *source,
	struct limbeck_error *err)
{
	struct script_statement statement;
	struct script_reader *reader;
	int result;

	if (script_reader_open(&reader, source, err) < 0)
		return -1;
	while ((result = script_reader_next(reader, &statement, err)) > 0) {
		result = statement.autocommit ? run_alone(execution, &statement, err)
			: add(execution, &statement, err);
		if (result < 0)
			break;
	}
	script_reader_close(reader);
	if (result == 0)
		result = flush(execution, err);
	return result < 0 ? -1 : commit(execution, err);
}

/* The statements of ours whose failure would only hide the first one. */
static void clean_up(struct execution *execution)
{
	const char *const statements[] = { execution->traits->rollback, execution->traits->after,
		rebuild_end(execution) };

	for (size_t i = 0; i < sizeof statements / sizeof *statements; i++)
		if (statements[i])
			(void)connection_do(execution->exec->connection, statements[i], NULL);
}

static void say_outcome(const struct execution *execution, struct limbeck_error *err)
{
	size_t stays = execution->committed
		+ (execution->transactional ? 0 : execution->pending);

	if (stays)
		error_outcome(err, "%zu statements ran before it and stay", stays);
	else
		error_outcome(err, "nothing was changed");
}

int execute_rendered(struct exec *exec, const struct rendered *rendered, struct limbeck_error *err)
{
	const struct script_source source = {
		.text = rendered->text.buf, .length = rendered->text.len,
		.shown = "the desired schema", .section = SCRIPT_UPGRADE,
		.home = exec->lexis, .engine = exec->lexis,
		.engines = exec->engines, .engine_count = exec->engine_count,
	};
	struct execution execution = {
		.exec = exec, .traits = exec->traits, .rebuild = rendered->rebuild,
		.transactional = exec->traits->can[LIMBECK_CAP_TRANSACTIONAL_DDL] != LIMBECK_NO,
	};
	int result = rendered->text.len ? run_all(&execution, &source, err) : 0;

	if (result < 0) {
		if (execution.open && !connection_lost(exec->connection))
			clean_up(&execution);
		say_outcome(&execution, err);
	}
	arena_release(&execution.texts);
	vec_release(&execution.batch);
	return result;
}
