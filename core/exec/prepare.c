/* SPDX-License-Identifier: BSD-2-Clause */
#include "exec/exec_int.h"

#include <string.h>

#include "base/error.h"
#include "exec/abroad.h"
#include "sql/scanner.h"

char *exec_join(struct arena *arena, const struct names *names, const char *separator)
{
	struct strbuf out = STRBUF_INIT;
	char *copy = NULL;

	for (size_t i = 0; i < names->count; i++) {
		strbuf_addstr(&out, i ? separator : "");
		strbuf_addstr(&out, names->items[i]);
	}
	if (!strbuf_failed(&out))
		copy = arena_strndup(arena, out.buf, out.len);
	strbuf_release(&out);
	return copy;
}

static bool is_engine(const struct exec *exec, const char *name)
{
	for (size_t i = 0; i < exec->engine_count; i++)
		if (!strcmp(exec->engines[i], name))
			return true;
	return false;
}

static void hint_dialects(const struct exec *exec, struct limbeck_error *err)
{
	struct strbuf known = STRBUF_INIT;
	size_t count;
	const char *const *names = dialect_names(&count);

	for (size_t i = 0; i < count; i++)
		strbuf_addf(&known, "%s, ", names[i]);
	error_hint(err, "The dialects are %sand the connected engine's, %s.", known.buf, exec->engine);
	strbuf_release(&known);
}

int exec_source(const struct exec *exec, const struct revision *revision, bool upgrade,
	struct script_source *source, struct limbeck_error *err)
{
	const char *dialect = revision->dialect ? revision->dialect : exec->dialect;

	*source = (struct script_source) {
		.path = revision->kept ? NULL : revision->path, .shown = revision->path,
		.text = revision->kept, .length = revision->kept ? strlen(revision->kept) : 0,
		.section = upgrade ? SCRIPT_UPGRADE : SCRIPT_DOWNGRADE,
		.home = exec->lexis, .engine = exec->lexis,
		.engines = exec->engines, .engine_count = exec->engine_count,
	};
	if (!dialect || is_engine(exec, dialect))
		return 0;
	source->home = dialect_lexis(dialect);
	if (source->home)
		return 0;
	error_set(err, revision->dialect ? LIMBECK_E_SCRIPT : LIMBECK_E_CONFIG,
		"unknown dialect \"%s\"", dialect);
	if (revision->dialect)
		error_place(err, revision->path, 0, 0);
	hint_dialects(exec, err);
	return -1;
}

static const char *direction_name(enum limbeck_direction direction)
{
	switch (direction) {
	case LIMBECK_UP: return "upgrade";
	case LIMBECK_DOWN: return "downgrade";
	case LIMBECK_STAMP: break;
	}
	return "stamp";
}

static int irreversible(const struct job *job, struct limbeck_error *err)
{
	const struct script_survey *survey = &job->survey;

	error_set(err, LIMBECK_E_IRREVERSIBLE, "revision %s can't be downgraded%s%s",
		job->step->revision->id, survey->why ? ": " : "", survey->why ? survey->why : "");
	error_place(err, job->source.shown, survey->line, 0);
	if (!survey->present)
		error_hint(err, "The file has no @downgrade section; one that holds only a comment "
			"says that there is nothing to undo.");
	return -1;
}

/* The names that a step takes out of the version table, and puts in. */
static int show_rows(struct exec *exec, struct job *job)
{
	const struct version_change *change = &job->step->change;
	struct names inserted = change->inserts, deleted = change->deletes;

	/* A push that finds its vector full moves it: the plan's own stays. */
	inserted.capacity = inserted.count;
	deleted.capacity = deleted.count;
	if (change->update_from && (!vec_push_arena(&deleted, change->update_from, exec->arena)
			|| !vec_push_arena(&inserted, change->update_to, exec->arena)))
		return -1;
	job->shown.inserted = inserted.items;
	job->shown.inserted_count = inserted.count;
	job->shown.deleted = deleted.items;
	job->shown.deleted_count = deleted.count;
	return 0;
}

static int show(struct exec *exec, struct job *job, struct limbeck_error *err)
{
	const struct plan_step *step = job->step;

	job->shown = (struct limbeck_step) {
		.size = sizeof job->shown,
		.direction = (int)step->direction,
		.revision = step->revision ? step->revision->id : "",
		.from = step->from.items, .from_count = step->from.count,
		.to = step->to.items, .to_count = step->to.count,
		.message = step->message ? step->message : "",
		.path = step->revision && !step->revision->kept ? step->revision->path : NULL,
	};
	return show_rows(exec, job) < 0 ? error_nomem(err) : 0;
}

int job_describe(struct exec *exec, struct job *job, struct limbeck_error *err)
{
	const struct plan_step *step = job->step;
	struct history_entry *entry = &job->entry;

	*entry = (struct history_entry) {
		.revision = step->revision ? step->revision->id : "base",
		.direction = direction_name(step->direction),
		.message = step->revision ? step->revision->message : "",
		.checksum = job->survey.checksum,
		.dialect = step->revision && step->revision->dialect ? step->revision->dialect
			: exec->dialect,
		.total = (int64_t)job->survey.statements,
	};
	if (step->revision) {
		entry->parents = exec_join(exec->arena, &step->revision->parents, " ");
		entry->depends = exec_join(exec->arena, &step->revision->depends, " ");
		if (!entry->parents || !entry->depends)
			return error_nomem(err);
	}
	return 0;
}

static int take_up(struct exec *exec, struct job *job, struct limbeck_error *err)
{
	const struct history_entry *partial = store_find_partial(&exec->state, job->entry.revision);

	if (!partial || strcmp(partial->direction, job->entry.direction) != 0)
		return 0;
	job->kind = JOB_JOURNALED;
	job->entry.seq = partial->seq;
	job->recorded = job->taken_up = true;
	job->resume_done = partial->done;
	job->resume_hash = partial->done_hash;
	if (job_check_done(job, err) < 0)
		return -1;
	return partial->started != 0 ? job_settle_doubt(exec, job, partial, err) : 0;
}

/* Small files are read once, as long as they are not too many. */
static int load(struct exec *exec, struct job *job, struct limbeck_error *err)
{
	enum { FILE_BYTES = 64 * 1024, ALL_BYTES = 2 * 1024 * 1024 };

	if (exec->loaded > ALL_BYTES)
		return 0;
	if (script_load(exec->arena, &job->source, FILE_BYTES, err) < 0)
		return -1;
	if (job->source.loaded)
		exec->loaded += job->source.length;
	return 0;
}

/* What a person has to decide, nobody else does. */
static int check_decided(const struct exec *exec, const struct job *job, struct limbeck_error *err)
{
	const struct script_survey *survey = &job->survey;

	if (survey->decisions == 0 || exec->looks)
		return 0;
	error_set(err, LIMBECK_E_SCRIPT, "to be decided: %s", survey->decide);
	error_place(err, job->source.shown, survey->decide_line, survey->decide_column);
	if (survey->decisions > 1)
		error_detail(err, "%u more @decide in this section.", survey->decisions - 1);
	error_hint(err, "Edit the statements behind the line, then delete the line.");
	error_outcome(err, "nothing was done");
	return -1;
}

static bool has_rebuild(const struct limbeck_traits *traits)
{
	return traits->rebuild_begin || traits->rebuild_check || traits->rebuild_end;
}

static int prepare_script(struct exec *exec, struct job *job, struct limbeck_error *err)
{
	bool up = job->step->direction == LIMBECK_UP;
	const struct script_survey *survey = &job->survey;

	if (exec_source(exec, job->step->revision, up, &job->source, err) < 0
		|| load(exec, job, err) < 0
		|| script_survey(exec->arena, &job->source, &job->survey, err) < 0)
		return -1;
	if (!up && survey->irreversible && !exec->looks)
		return irreversible(job, err);
	if (check_decided(exec, job, err) < 0 || abroad_prepare(exec, job, err) < 0)
		return -1;
	job->kind = survey->no_transaction || survey->cut
			|| exec->traits->can[LIMBECK_CAP_TRANSACTIONAL_DDL] == LIMBECK_NO
		? JOB_JOURNALED : JOB_ATOMIC;
	if (survey->statements == 0)
		job->kind = JOB_ATOMIC;
	job->rebuild = survey->rebuild && survey->statements > 0 && has_rebuild(exec->traits);
	return 0;
}

static int check_rebuild(const struct job *job, struct limbeck_error *err)
{
	if (!job->rebuild || job->kind != JOB_JOURNALED)
		return 0;
	error_set(err, LIMBECK_E_SCRIPT, "revision %s has the flag rebuild and can't be one transaction",
		job->step->revision->id);
	error_place(err, job->source.shown, job->survey.line, 0);
	error_hint(err, job->survey.cut
		? "What a rebuild leaves behind is checked before its one transaction is committed; "
		  "move what stands under @autocommit or @repeat to a revision of its own."
		: "An earlier run has done a part of it, without the flag; bring back the file as it "
		  "was.");
	return -1;
}

static int check_single(const struct exec *exec, const struct job *job, struct limbeck_error *err)
{
	const struct script_survey *survey = &job->survey;

	bool rebuild = job->rebuild && exec->plan.count > 1;

	if (!exec->single || (job->kind != JOB_JOURNALED && !rebuild))
		return 0;
	error_set(err, LIMBECK_E_UNSUPPORTED, "revision %s can't be part of a single transaction",
		job->step->revision->id);
	error_place(err, job->source.shown, survey->line, 0);
	if (rebuild)
		error_hint(err, "Foreign keys are switched off for it before its transaction begins; "
			"run without --single-transaction, or to this revision alone.");
	else if (survey->no_transaction || survey->cut)
		error_hint(err, "It has parts that run outside a transaction; run without "
			"--single-transaction.");
	else if (job->entry.seq > 0)
		error_hint(err, "An earlier run has done a part of it; run without "
			"--single-transaction.");
	else
		error_hint(err, "The engine commits each change of the schema; run without "
			"--single-transaction.");
	return -1;
}

static bool is_taken_up(const struct exec *exec, const struct history_entry *partial)
{
	for (size_t i = 0; i < exec->plan.count; i++)
		if (!strcmp(exec->jobs[i].entry.revision, partial->revision)
			&& !strcmp(exec->jobs[i].entry.direction, partial->direction))
			return true;
	return false;
}

/* Nothing else may be done while a revision is left half done. */
static int check_partial(const struct exec *exec, struct limbeck_error *err)
{
	const struct history_entry *partial = exec->state.partials;
	const struct history_entry *end = partial + exec->state.partial_count;
	const struct job *last = exec->jobs + exec->plan.count - 1;

	if (exec->plan.count == 0 || last->step->direction == LIMBECK_STAMP)
		return 0;
	while (partial < end && ((partial->done == 0 && partial->started <= 0)
			|| is_taken_up(exec, partial)))
		partial++;
	if (partial == end)
		return 0;
	error_set(err, LIMBECK_E_STATE, "the database is half-way through the %s of revision %s",
		partial->direction, partial->revision);
	error_detail(err, "%lld of its %lld statements are done.", (long long)partial->done,
		(long long)partial->total);
	error_hint(err, "Run `limbeck %s` to it first, or `limbeck repair %s --forget` once you "
		"have cleaned up by hand.", partial->direction, partial->revision);
	return -1;
}

static int prepare(struct exec *exec, struct job *job, struct limbeck_error *err)
{
	job->kind = JOB_ROWS;
	if (show(exec, job, err) < 0)
		return -1;
	if (exec->headers_only)
		return 0;
	if (job->step->direction != LIMBECK_STAMP && prepare_script(exec, job, err) < 0)
		return -1;
	if (job_describe(exec, job, err) < 0 || take_up(exec, job, err) < 0
		|| check_rebuild(job, err) < 0)
		return -1;
	return check_single(exec, job, err);
}

int exec_prepare(struct exec *exec, struct limbeck_error *err)
{
	struct plan *plan = &exec->plan;
	int result = 0;

	exec->loaded = 0;
	exec->jobs = arena_array(exec->arena, plan->count ? plan->count : 1, sizeof *exec->jobs);
	if (!exec->jobs)
		return error_nomem(err);
	for (size_t i = 0; result == 0 && i < plan->count; i++) {
		exec->jobs[i].step = &plan->steps[i];
		result = prepare(exec, &exec->jobs[i], err);
	}
	abroad_end(exec);
	if (result < 0)
		return -1;
	return exec->headers_only ? 0 : check_partial(exec, err);
}
