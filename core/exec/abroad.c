/* SPDX-License-Identifier: BSD-2-Clause */
#include "exec/abroad.h"

#include <string.h>

#include "base/error.h"
#include "exec/exec_int.h"
#include "schema/catalog.h"
#include "sql/scanner.h"

static const char *dialect_of(const struct exec *exec, const struct revision *revision)
{
	return revision->dialect ? revision->dialect : exec->dialect;
}

bool abroad_is_foreign(const struct exec *exec, const struct revision *revision)
{
	const char *dialect = dialect_of(exec, revision);

	for (size_t i = 0; dialect && i < exec->engine_count; i++)
		if (strcmp(exec->engines[i], dialect) == 0)
			return false;
	return dialect != NULL;
}

static const struct driver *driver_of(const struct exec *exec)
{
	return exec->connection ? connection_driver(exec->connection) : exec->driver;
}

static int find_live(struct exec *exec, struct limbeck_catalog **live, struct limbeck_error *err)
{
	*live = NULL;
	if (!exec->connection
		|| connection_can(exec->connection, LIMBECK_CAP_INTROSPECT) == LIMBECK_NO)
		return 0;
	return connection_introspect(exec->connection, NULL, 0, live, err);
}

int abroad_section(struct exec *exec, struct translator *translator,
	const struct revision *revision, bool upgrade, struct translated *out,
	struct limbeck_error *err)
{
	const char *dialect = abroad_is_foreign(exec, revision) ? dialect_of(exec, revision)
		: driver_of(exec)->table.name;
	struct script_source source;

	if (exec_source(exec, revision, upgrade, &source, err) < 0
		|| translator_speak(translator, dialect, err) < 0)
		return -1;
	return translate_section(translator, &source, exec->arena, out, err);
}

/* The revisions that are applied, in an order in which they can have been. */
static int see_applied(struct exec *exec, struct translator *translator, struct limbeck_error *err)
{
	struct revision_list rows = { NULL, 0, 0 };
	struct names missing = { NULL, 0, 0 };
	struct revision_set set;

	if (graph_rows(exec->graph, &exec->state.rows, &rows, &missing, err) < 0)
		return -1;
	if (!revision_set_init(&set, exec->graph, exec->arena)
		|| !graph_mark_ancestors(exec->graph, &rows, &set))
		return error_nomem(err);
	/* Of one whose file is not here all is as the database has it. */
	for (size_t i = 0; i < exec->graph->all.count; i++)
		if (revision_set_has(&set, exec->graph->all.items[i])
			&& exec->graph->all.items[i]->kept)
			return 0;
	for (size_t i = 0; i < exec->graph->all.count; i++) {
		const struct revision *revision = exec->graph->all.items[i];

		if (revision_set_has(&set, revision)
			&& abroad_section(exec, translator, revision, true, NULL, err) < 0)
			return -1;
	}
	return 0;
}

int abroad_open(struct exec *exec, bool half_done, struct translator **translator,
	struct limbeck_error *err)
{
	struct translator_options options = { .driver = driver_of(exec),
		.dialect = exec->dialect ? exec->dialect : driver_of(exec)->table.name,
		.server = exec->connection ? connection_server(exec->connection) : exec->server,
		.engines = exec->engines, .engine_count = exec->engine_count,
		.skip = exec->skips, .log = exec->log };
	struct translator *new = NULL;

	if (find_live(exec, &options.target, err) < 0
		|| translator_new(&options, &new, err) < 0)
		return -1;
	if (see_applied(exec, new, err) < 0
		|| (!half_done && translator_meet(new, err) < 0)) {
		translator_free(new);
		return -1;
	}
	*translator = new;
	return 0;
}

void abroad_end(struct exec *exec)
{
	translator_free(exec->translator);
	exec->translator = NULL;
}

static bool goes_up(const struct job *job)
{
	return job->step->direction == LIMBECK_UP;
}

/* Sent as it is written; what is known of the schema follows. */
static int follow(struct exec *exec, const struct job *job, struct limbeck_error *err)
{
	struct translated out;
	int result;

	translated_init(&out);
	result = abroad_section(exec, exec->translator, job->step->revision, goes_up(job), &out, err);
	translated_release(&out);
	return result;
}

static bool is_half_done(const struct exec *exec)
{
	for (size_t i = 0; i < exec->state.partial_count; i++)
		if (exec->state.partials[i].done > 0 || exec->state.partials[i].started != 0)
			return true;
	return false;
}

/* The jobs before the first foreign one were passed by. */
static int begin(struct exec *exec, const struct job *job, struct limbeck_error *err)
{
	if (abroad_open(exec, is_half_done(exec), &exec->translator, err) < 0)
		return -1;
	for (const struct job *earlier = exec->jobs; earlier < job; earlier++)
		if (earlier->step->direction != LIMBECK_STAMP && follow(exec, earlier, err) < 0)
			return -1;
	return 0;
}

/* What belongs to the file stays that of the file. */
static int take_over(struct exec *exec, struct job *job, struct limbeck_error *err)
{
	struct script_survey file = job->survey;

	job->source = translated_script(job->translated, &job->file, exec->lexis);
	if (script_survey(exec->arena, &job->source, &job->survey, err) < 0)
		return -1;
	memcpy(job->survey.checksum, file.checksum, sizeof file.checksum);
	memcpy(job->survey.places, file.places, sizeof file.places);
	job->survey.present = file.present;
	job->survey.irreversible = file.irreversible;
	job->survey.why = file.why;
	job->survey.size = file.size;
	job->survey.mtime_ns = file.mtime_ns;
	job->survey.line = file.line;
	job->survey.decisions = file.decisions;
	job->survey.decide = file.decide;
	job->survey.decide_line = file.decide_line;
	job->survey.decide_column = file.decide_column;
	return 0;
}

/* So that it lives as long as the arena. */
static int keep(struct exec *exec, struct translated *out, struct job *job,
	struct limbeck_error *err)
{
	struct translated *kept = arena_alloc(exec->arena, sizeof *kept);
	size_t statements = out->statements.count, sources = out->sources.count;

	if (!kept)
		return error_nomem(err);
	kept->rebuild = out->rebuild;
	kept->text = (struct strbuf)STRBUF_INIT;
	kept->text.buf = arena_strndup(exec->arena, out->text.buf, out->text.len);
	kept->text.len = out->text.len;
	kept->statements.items = arena_array(exec->arena, statements + 1,
		sizeof *kept->statements.items);
	kept->sources.items = arena_array(exec->arena, sources + 1, sizeof *kept->sources.items);
	if (!kept->text.buf || !kept->statements.items || !kept->sources.items)
		return error_nomem(err);
	if (statements)
		memcpy(kept->statements.items, out->statements.items,
			statements * sizeof *kept->statements.items);
	if (sources)
		memcpy(kept->sources.items, out->sources.items,
			sources * sizeof *kept->sources.items);
	kept->statements.count = statements;
	kept->sources.count = sources;
	job->translated = kept;
	return 0;
}

static int translate(struct exec *exec, struct job *job, struct limbeck_error *err)
{
	struct translated out;
	int result;

	translated_init(&out);
	result = abroad_section(exec, exec->translator, job->step->revision, goes_up(job), &out, err);
	if (result == 0)
		result = keep(exec, &out, job, err);
	if (result == 0)
		result = take_over(exec, job, err);
	else
		error_outcome(err, "nothing was done");
	translated_release(&out);
	return result;
}

int abroad_prepare(struct exec *exec, struct job *job, struct limbeck_error *err)
{
	job->file = job->source;
	if (!abroad_is_foreign(exec, job->step->revision))
		return exec->translator ? follow(exec, job, err) : 0;
	if (job->survey.statements == 0)
		return 0;
	if (!exec->translator && begin(exec, job, err) < 0)
		return -1;
	return translate(exec, job, err);
}

const struct translated_source *abroad_source_of(const struct job *job, uint64_t number)
{
	const struct translated *translated = job->translated;
	unsigned source;

	if (!translated || number == 0 || number > translated->statements.count)
		return NULL;
	source = translated->statements.items[number - 1].source;
	return source && source <= translated->sources.count ? &translated->sources.items[source - 1]
							     : NULL;
}

const char *abroad_switch(const struct exec *exec, const struct job *job, bool translated,
	bool *on)
{
	const struct limbeck_translation *translation;

	if (!job->translated || *on == translated)
		return NULL;
	translation = driver_translation(driver_of(exec),
		exec->connection ? connection_server(exec->connection) : exec->server);
	*on = translated;
	return translation && translated ? translation->begin : translation ? translation->end : NULL;
}
