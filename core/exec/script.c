/* SPDX-License-Identifier: BSD-2-Clause */
/* The plan as a script: what a run would send, to be read and run by hand. */
#include "exec/exec_int.h"

#include <string.h>

#include "base/error.h"
#include "exec/abroad.h"

struct writer {
	struct exec *exec;
	struct strbuf out;
	bool open;           /* a transaction is open in the script */
};

static int pass_on(struct writer *writer, struct limbeck_error *err)
{
	struct strbuf *out = &writer->out;
	int result = 0;

	if (strbuf_failed(out))
		return error_nomem(err);
	if (writer->exec->output
		&& writer->exec->output(writer->exec->data, out->buf, out->len))
		result = error_errno(err, "could not write the script");
	strbuf_reset(out);
	return result;
}

/* A delimiter for a client that splits at semicolons, and that is not in the text. */
static const char *choose_delimiter(const char *text)
{
	static const char *const delimiters[] = { "//", "$$", "|||", "@@@@" };
	size_t i = 0;

	while (i + 1 < sizeof delimiters / sizeof *delimiters && strstr(text, delimiters[i]))
		i++;
	return delimiters[i];
}

static void write_statement(struct writer *writer, const char *text, size_t length)
{
	struct strbuf *out = &writer->out;
	size_t start = out->len;
	const char *delimiter, *last_line;

	strbuf_add(out, text, length);
	if (strbuf_failed(out))
		return;
	if ((writer->exec->lexis->flags & LIMBECK_LEX_DELIMITER) && memchr(text, ';', length)) {
		delimiter = choose_delimiter(out->buf + start);
		strbuf_truncate(out, start);
		strbuf_addf(out, "DELIMITER %s\n", delimiter);
		strbuf_add(out, text, length);
		strbuf_addf(out, "\n%s\nDELIMITER ;\n\n", delimiter);
		return;
	}
	/* A comment on the last line would swallow the semicolon. */
	last_line = strrchr(out->buf + start, '\n');
	last_line = last_line ? last_line : out->buf + start;
	if (length > 0 && text[length - 1] == ';') {
		strbuf_addstr(out, "\n\n");
		return;
	}
	strbuf_addstr(out, strstr(last_line, "--") || strchr(last_line, '#') ? "\n;\n\n" : ";\n\n");
}

static void write_text(struct writer *writer, const char *sql)
{
	if (sql)
		write_statement(writer, sql, strlen(sql));
}

static void write_buf(struct writer *writer, struct strbuf *sql)
{
	if (strbuf_failed(sql))
		writer->out.failed = true;
	else
		write_statement(writer, sql->buf, sql->len);
	strbuf_reset(sql);
}

static void begin(struct writer *writer)
{
	if (!writer->open)
		write_text(writer, writer->exec->traits->begin);
	writer->open = true;
}

static void commit(struct writer *writer)
{
	if (!writer->open)
		return;
	write_text(writer, writer->exec->traits->commit);
	write_text(writer, writer->exec->traits->after);
	writer->open = false;
}

static void write_heading(struct writer *writer, const struct job *job)
{
	static const char *const words[] = { "upgrade", "downgrade", "stamp_revision" };
	struct strbuf *out = &writer->out;
	const struct limbeck_step *step = &job->shown;

	strbuf_addf(out, "-- Running %s ", words[step->direction]);
	for (size_t i = 0; i < step->from_count; i++)
		strbuf_addf(out, "%s%s", i ? ", " : "", step->from[i]);
	strbuf_addstr(out, " -> ");
	for (size_t i = 0; i < step->to_count; i++)
		strbuf_addf(out, "%s%s", i ? ", " : "", step->to[i]);
	/* The message is one line of a comment in the file, so it ends none here. */
	strbuf_addf(out, "%s%s\n\n", *step->message ? ", " : "", step->message);
}

static int write_one(struct writer *writer, const struct script_statement *statement,
	const struct job *job, struct limbeck_error *err)
{
	if (statement->autocommit)
		commit(writer);
	else
		begin(writer);
	if (statement->repeat) {
		strbuf_addstr(&writer->out, "-- Run this statement again, with a COMMIT each time, "
			"until it changes no rows.\n");
		log_write(writer->exec->log, LIMBECK_LOG_WARNING, "%s:%u: a script can't repeat a "
			"statement; it is written once, with a comment", job->source.shown,
			statement->line);
	}
	write_statement(writer, statement->text, statement->length);
	return pass_on(writer, err);
}

static int write_section(struct writer *writer, struct job *job, struct limbeck_error *err)
{
	struct exec *exec = writer->exec;
	struct script_reader *reader = NULL;
	struct script_statement statement;
	bool on = false;
	int result;

	if (script_reader_open(&reader, &job->source, err) < 0)
		return -1;
	while ((result = script_reader_next(reader, &statement, err)) > 0) {
		if (!statement.autocommit)
			begin(writer);
		write_text(writer, abroad_switch(exec, job, !statement.verbatim, &on));
		if (write_one(writer, &statement, job, err) < 0) {
			result = -1;
			break;
		}
	}
	script_reader_close(reader);
	write_text(writer, abroad_switch(exec, job, false, &on));
	return result;
}

static int write_bookkeeping(struct writer *writer, struct job *job, struct limbeck_error *err)
{
	struct exec *exec = writer->exec;
	const struct version_change *change = &job->step->change;
	struct strbuf sql = STRBUF_INIT, kept = STRBUF_INIT;
	int result = job_keep_downgrade(exec, job, &kept, err);

	job->entry.outcome = "done";
	job->entry.done = job->entry.total;
	store_sql_insert_history(&exec->store, &job->entry, change, &sql);
	write_buf(writer, &sql);
	for (size_t i = 0; i < change->deletes.count; i++) {
		store_sql_delete_row(&exec->store, change->deletes.items[i], &sql);
		write_buf(writer, &sql);
	}
	for (size_t i = 0; i < change->inserts.count; i++) {
		store_sql_insert_row(&exec->store, change->inserts.items[i], &sql);
		write_buf(writer, &sql);
	}
	if (change->update_from) {
		store_sql_update_row(&exec->store, change->update_from, change->update_to, &sql);
		write_buf(writer, &sql);
	}
	job->entry.downgrade = NULL;
	strbuf_release(&kept);
	strbuf_release(&sql);
	return result;
}

static void write_tables(struct writer *writer, bool empty)
{
	struct exec *exec = writer->exec;
	struct strbuf sql = STRBUF_INIT;

	if (empty) {
		store_sql_create_version(&exec->store, &sql);
		write_buf(writer, &sql);
	}
	store_sql_create_history(&exec->store, &sql);
	write_buf(writer, &sql);
	strbuf_release(&sql);
}

/* In the transaction of an earlier step it would have no effect. */
static void write_rebuild_begin(struct writer *writer, const struct job *job)
{
	if (!job->rebuild)
		return;
	commit(writer);
	write_text(writer, writer->exec->traits->rebuild_begin);
}

static void write_rebuild_check(struct writer *writer, const struct job *job)
{
	const char *check = job->rebuild ? writer->exec->traits->rebuild_check : NULL;

	if (!check)
		return;
	strbuf_addstr(&writer->out, "-- Must give no row; where it does, ROLLBACK instead of COMMIT.\n");
	write_text(writer, check);
}

/* What the session had before is not known here. */
static void write_rebuild_end(struct writer *writer, const struct job *job)
{
	const struct exec *exec = writer->exec;

	if (!job->rebuild)
		return;
	write_text(writer, exec_rebuild_end(exec));
	if (exec->traits->rebuild_begin && !exec->connection)
		strbuf_addf(&writer->out, "-- %s still holds: undo it here where this session had it "
			"otherwise.\n", exec->traits->rebuild_begin);
}

static int write_job(struct writer *writer, struct job *job, bool last, struct limbeck_error *err)
{
	struct exec *exec = writer->exec;

	write_heading(writer, job);
	if (!exec_tell(exec, LIMBECK_EVENT_BEGIN, job, 0, 0, 0, NULL))
		return error_set(err, LIMBECK_E_CANCELLED, "interrupted");
	write_rebuild_begin(writer, job);
	if (job->step->direction != LIMBECK_STAMP && exec->plan.count > 1)
		write_text(writer, exec->traits->reset);
	if (job->step->direction != LIMBECK_STAMP && write_section(writer, job, err) < 0)
		return -1;
	begin(writer);
	if (write_bookkeeping(writer, job, err) < 0)
		return -1;
	write_rebuild_check(writer, job);
	if (last || job->rebuild || !(exec->single || exec->grouped))
		commit(writer);
	write_rebuild_end(writer, job);
	return pass_on(writer, err);
}

int exec_script(struct exec *exec, const struct names *rows, exec_plan_fn *plan, void *plan_data,
	struct limbeck_error *err)
{
	struct writer writer = { .exec = exec, .out = STRBUF_INIT };
	int result;

	exec->state = (struct store_state) { .rows = *rows };
	memset(&exec->plan, 0, sizeof exec->plan);
	result = plan(plan_data, rows, exec->arena, &exec->plan, err);
	if (result == 0)
		result = exec_prepare(exec, err);
	if (result == 0 && !exec_tell(exec, LIMBECK_EVENT_PLAN, NULL, 0, 0, 0, NULL))
		result = error_set(err, LIMBECK_E_CANCELLED, "interrupted");
	if (result == 0 && exec->plan.count > 0)
		write_tables(&writer, rows->count == 0);
	for (size_t i = 0; result == 0 && i < exec->plan.count; i++)
		result = write_job(&writer, &exec->jobs[i], i + 1 == exec->plan.count, err);
	if (result == 0)
		result = pass_on(&writer, err);
	strbuf_release(&writer.out);
	return result;
}

int exec_script_tables(struct exec *exec, struct limbeck_error *err)
{
	struct writer writer = { .exec = exec, .out = STRBUF_INIT };
	int result;

	write_tables(&writer, true);
	result = pass_on(&writer, err);
	strbuf_release(&writer.out);
	return result;
}
