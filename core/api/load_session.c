/* SPDX-License-Identifier: BSD-2-Clause */
/* One statement at a time, and what the session must be for it. */
#include "api/load_int.h"

#include "base/error.h"

/* A scratch may itself live in a transaction that must not be rolled back, so
 * that what fails is undone by these. */
const char load_savepoint[] = "SAVEPOINT limbeck";
const char load_release[] = "RELEASE SAVEPOINT limbeck";
static const char undo[] = "ROLLBACK TO SAVEPOINT limbeck";

/* A failure that another try does not mend. */
bool load_is_final(const struct load *load, const struct limbeck_error *err)
{
	return error_is(err, LIMBECK_E_CONNECT) || error_is(err, LIMBECK_E_CANCELLED)
		|| error_is(err, LIMBECK_E_NOMEM) || error_is(err, LIMBECK_E_INTERNAL)
		|| connection_lost(load->connection);
}

int load_begin(struct load *load, struct limbeck_error *err)
{
	if (!load->transactional || load->open)
		return 0;
	load->open = true;
	load->pending = 0;
	return connection_do(load->connection, load->traits->begin, err);
}

int load_commit(struct load *load, struct limbeck_error *err)
{
	if (!load->open)
		return 0;
	load->open = false;
	return connection_do(load->connection, load->traits->commit, err);
}

int load_undo(struct load *load, struct limbeck_error *err)
{
	if (connection_do(load->connection, undo, err) < 0)
		return -1;
	return connection_do(load->connection, load_release, err);
}

/* 1 done; 0 failed, with problem filled, and undone; -1 with err. */
static int execute(struct load *load, const struct ddl_statement *statement,
	struct limbeck_error *problem, struct limbeck_error *err)
{
	bool failed;

	if (load->open && connection_do(load->connection, load_savepoint, err) < 0)
		return -1;
	failed = connection_execute(load->connection, statement->sql, statement->length, NULL, NULL,
		problem) < 0;
	if (failed && load_is_final(load, problem)) {
		error_move(err, problem);
		return -1;
	}
	load->pending++;
	if (load->open && (failed ? load_undo(load, err)
			: connection_do(load->connection, load_release, err)) < 0)
		return -1;
	return !failed;
}

int load_reset(struct load *load, struct limbeck_error *err)
{
	if (!load->dirty || !load->traits->reset)
		return 0;
	load->dirty = false;
	return connection_do(load->connection, load->traits->reset, err);
}

/* What a session can't be set to says nothing about the schema. */
static int run_setting(struct load *load, const struct ddl_statement *statement,
	struct limbeck_error *err)
{
	struct limbeck_error problem = LIMBECK_ERROR_INIT;
	int result;

	load->dirty = true;
	result = execute(load, statement, &problem, err);
	if (result == 0)
		log_write(load->ddl->log, LIMBECK_LOG_INFO, "%s:%u: passed over: %s",
			statement->from->shown, statement->line, problem.message);
	limbeck_error_release(&problem);
	return result < 0 ? -1 : 0;
}

/* Makes the session's settings what they are before statement i in its text. */
int load_enter(struct load *load, size_t i, struct limbeck_error *err)
{
	const struct ddl_statement *statements = load->ddl->statements.items;
	const struct ddl_text *text = statements[i].from;

	if (load->text != text || load->next > i) {
		if (load_reset(load, err) < 0)
			return -1;
		load->text = text;
		load->next = text->first;
	}
	for (; load->next < i; load->next++)
		if (statements[load->next].setting
			&& run_setting(load, &statements[load->next], err) < 0)
			return -1;
	return 0;
}

/* As execute(). */
int load_one(struct load *load, size_t i, struct limbeck_error *problem,
	struct limbeck_error *err)
{
	const struct ddl_statement *statement = &load->ddl->statements.items[i];

	if ((load->pending >= LOAD_STATEMENTS && load_commit(load, err) < 0)
		|| load_begin(load, err) < 0 || load_enter(load, i, err) < 0)
		return -1;
	load->next = i + 1;
	if (statement->setting)
		return run_setting(load, statement, err) < 0 ? -1 : 1;
	return execute(load, statement, problem, err);
}
