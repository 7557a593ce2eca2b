/* SPDX-License-Identifier: BSD-2-Clause */
/* What an engine would be sent of a revision or a file, statement by statement. */
#include <string.h>

#include "api/run.h"
#include "base/error.h"
#include "base/file.h"
#include "base/path.h"
#include "exec/abroad.h"

enum { LARGEST = 64 << 20 };

struct showing {
	struct limbeck *lb;
	struct limbeck_translate what;
	struct exec exec;
	struct driver *driver;             /* of `to`; NULL: the project's */
	const char *engines[2];
	struct graph none;                 /* where there is no project */
	struct translator *translator;
	const char *path;                  /* of what is being shown */
	bool dry;                          /* only to see whether all has a counterpart */
	bool skips;                        /* it has not: no failure is the last */
	size_t problems;
	int stopped;
	int (*fn)(void *data, const struct limbeck_translated *statement);
	void *data;
};

static int fate_of(enum translation_fate fate)
{
	static const int fates[] = {
		[TRANSLATION_SENT] = LIMBECK_FATE_SENT, [TRANSLATION_JOINED] = LIMBECK_FATE_JOINED,
		[TRANSLATION_NOTHING] = LIMBECK_FATE_NOTHING,
		[TRANSLATION_DROPPED] = LIMBECK_FATE_DROPPED,
		[TRANSLATION_SKIPPED] = LIMBECK_FATE_REFUSED
	};

	return fates[fate];
}

/* What comes of the source of this number: texts in the arena. */
static int collect_sent(struct showing *showing, const struct translated *out, unsigned number,
	size_t *next, struct names *sent, struct limbeck_error *err)
{
	for (; *next < out->statements.count; ++*next) {
		const struct translated_statement *statement = &out->statements.items[*next];
		const char *text;

		if (statement->source > number)
			return 0;
		if (statement->source < number)
			continue;
		text = arena_strndup(showing->exec.arena, out->text.buf + statement->offset,
			statement->length);
		if (!text || !vec_push_arena(sent, text, showing->exec.arena))
			return error_nomem(err);
	}
	return 0;
}

static int tell(struct showing *showing, const struct translated *out, bool upgrade,
	struct limbeck_error *err)
{
	size_t next = 0;

	for (size_t i = 0; i < out->sources.count && !showing->stopped; i++) {
		const struct translated_source *source = &out->sources.items[i];
		struct names sent = { NULL, 0, 0 };
		struct limbeck_translated shown = { .size = sizeof shown, .path = showing->path,
			.upgrade = upgrade, .line = source->line, .column = source->column,
			.source = source->text, .fate = fate_of(source->fate), .why = source->why,
			.hint = source->hint };

		if (collect_sent(showing, out, source->number, &next, &sent, err) < 0)
			return -1;
		shown.sent = sent.items;
		shown.sent_count = sent.count;
		shown.problem_line = source->problem_line;
		shown.problem_column = source->problem_column;
		showing->problems += source->fate == TRANSLATION_SKIPPED;
		showing->stopped = showing->fn(showing->data, &shown);
	}
	return 0;
}

static int show_source(struct showing *showing, const struct script_source *source,
	const char *dialect, struct limbeck_error *err)
{
	struct translated out;
	int result;

	showing->path = source->shown;
	translated_init(&out);
	result = translator_speak(showing->translator, dialect, err);
	if (result == 0)
		result = translate_section(showing->translator, source, showing->exec.arena, &out, err);
	if (result == 0 && !showing->dry)
		result = tell(showing, &out, source->section == SCRIPT_UPGRADE, err);
	translated_release(&out);
	return result;
}

static const char *dialect_of(const struct showing *showing, const struct revision *revision)
{
	const struct exec *exec = &showing->exec;

	return revision && revision->dialect ? revision->dialect : exec->dialect;
}

static int show_section(struct showing *showing, const struct revision *revision, bool upgrade,
	struct limbeck_error *err)
{
	struct script_source source;

	if (exec_source(&showing->exec, revision, upgrade, &source, err) < 0)
		return -1;
	return show_source(showing, &source, dialect_of(showing, revision), err);
}

static int open_translator(struct showing *showing, struct limbeck_error *err)
{
	struct translator_options options = { .driver = showing->exec.driver,
		.dialect = showing->exec.dialect, .server = showing->exec.server,
		.engines = showing->engines, .engine_count = showing->exec.engine_count,
		.skip = showing->skips || showing->exec.skips, .skip_all = showing->skips };

	return translator_new(&options, &showing->translator, err);
}

/* The revisions below it made the schema that it meets. */
static int see_below(struct showing *showing, const struct revision *revision, bool itself,
	struct limbeck_error *err)
{
	struct graph *graph = showing->exec.graph;
	struct revision_list tops = revision->tops;
	struct revision_set set;

	if (!revision_set_init(&set, graph, showing->exec.arena)
		|| !graph_mark_ancestors(graph, &tops, &set))
		return error_nomem(err);
	for (size_t i = 0; i < graph->all.count; i++)
		if ((revision_set_has(&set, graph->all.items[i])
				|| (itself && graph->all.items[i] == revision))
			&& abroad_section(&showing->exec, showing->translator, graph->all.items[i],
				true, NULL, err) < 0)
			return -1;
	return 0;
}

static int show_revision(struct showing *showing, const struct revision *revision,
	struct limbeck_error *err)
{
	bool down = (showing->what.flags & LIMBECK_TRANSLATE_DOWNGRADE) != 0;

	if (open_translator(showing, err) < 0 || see_below(showing, revision, down, err) < 0)
		return -1;
	return show_section(showing, revision, !down, err);
}

/* All of them, each on what those before it have made. */
static int show_all(struct showing *showing, struct limbeck_error *err)
{
	const struct revision_list *all = &showing->exec.graph->all;

	if (open_translator(showing, err) < 0)
		return -1;
	for (size_t i = 0; i < all->count && !showing->stopped; i++)
		if (show_section(showing, all->items[i], true, err) < 0)
			return -1;
	if (!(showing->what.flags & LIMBECK_TRANSLATE_DOWNGRADE))
		return 0;
	for (size_t i = all->count; i-- > 0 && !showing->stopped;)
		if (show_section(showing, all->items[i], false, err) < 0)
			return -1;
	return 0;
}

/* A file that is no revision, or none of the project. */
static int show_file(struct showing *showing, const char *path, const struct strbuf *text,
	const struct revision *revision, struct limbeck_error *err)
{
	bool down = (showing->what.flags & LIMBECK_TRANSLATE_DOWNGRADE) != 0;
	const char *dialect = dialect_of(showing, revision);
	struct script_source source = { .path = revision ? path : NULL, .text = text->buf,
		.length = text->len, .shown = path, .section = SCRIPT_UPGRADE,
		.home = dialect_lexis(dialect), .engine = showing->exec.lexis,
		.engines = showing->engines, .engine_count = showing->exec.engine_count };

	if (!source.home) {
		error_set(err, LIMBECK_E_USAGE, "unknown dialect \"%s\"", dialect);
		return -1;
	}
	if (open_translator(showing, err) < 0)
		return -1;
	if (!down || !revision)
		return show_source(showing, &source, dialect, err);
	/* What its upgrade makes is there when it is undone. */
	if (translator_speak(showing->translator, dialect, err) < 0
		|| translate_section(showing->translator, &source, showing->exec.arena, NULL, err) < 0)
		return -1;
	source.section = SCRIPT_DOWNGRADE;
	return show_source(showing, &source, dialect, err);
}

static int show_path(struct showing *showing, const char *path, struct limbeck_error *err)
{
	struct strbuf text = STRBUF_INIT;
	struct revision revision = { .id = NULL }, *known = NULL;
	bool complete = false, has_header;
	int result = file_read(path, LARGEST, &text, err);

	if (result < 0) {
		strbuf_release(&text);
		return -1;
	}
	has_header = script_header(showing->exec.arena, text.buf, text.len, true, path, &revision,
		&complete, NULL) == 0 && revision.id;
	if (has_header)
		known = graph_find(showing->exec.graph, revision.id);
	if (known)
		result = show_revision(showing, known, err);
	else
		result = show_file(showing, path, &text, has_header ? &revision : NULL, err);
	strbuf_release(&text);
	return result;
}

/* A revision's id or label goes before a file of that name. */
static int show(struct showing *showing, struct limbeck_error *err)
{
	const char *what = showing->what.what;
	struct resolve_result found = { .branch = NULL };
	struct limbeck_error problem = LIMBECK_ERROR_INIT;
	int result = 0;

	if (!what)
		return show_all(showing, err);
	if (strpbrk(what, "/") || !showing->exec.graph->all.count
		|| graph_resolve(showing->exec.graph, what, RESOLVE_PLAIN, NULL, &found, &problem) < 0) {
		if (problem.code == LIMBECK_OK || file_exists(what))
			result = show_path(showing, what, err);
		else
			error_move(err, &problem), result = -1;
		limbeck_error_release(&problem);
		return result;
	}
	for (size_t i = 0; result == 0 && i < found.revisions.count; i++) {
		translator_free(showing->translator);
		showing->translator = NULL;
		result = show_revision(showing, found.revisions.items[i], err);
	}
	return result;
}

/* Neighbours are done together only where none of them can fail, so that is found out
 * first. */
static int show_twice(struct showing *showing, struct limbeck_error *err)
{
	struct limbeck_error problem = LIMBECK_ERROR_INIT;

	showing->dry = true;
	showing->skips = show(showing, &problem) < 0;
	limbeck_error_release(&problem);
	showing->dry = false;
	translator_free(showing->translator);
	showing->translator = NULL;
	return show(showing, err);
}

static int choose_engine(struct showing *showing, struct arena *arena, struct limbeck_error *err)
{
	struct limbeck *lb = showing->lb;
	const char *to = showing->what.to;
	const char *scheme = to ? to : lb->config.url.scheme;

	if (to && driver_load(&showing->driver, lb->config.driver_path, to, &lb->log, err) < 0)
		return -1;
	if (!to && session_driver(lb, err) < 0)
		return -1;
	showing->exec.driver = showing->driver ? showing->driver : lb->driver;
	if (session_offline_server(showing->exec.driver, scheme, arena, &showing->exec.server,
			err) < 0)
		return -1;
	showing->exec.traits = &showing->exec.driver->traits;
	showing->exec.lexis = &showing->exec.driver->traits.lexis;
	showing->exec.engine = showing->exec.driver->table.name;
	showing->engines[0] = showing->exec.engine;
	showing->engines[1] = scheme;
	showing->exec.engines = showing->engines;
	showing->exec.engine_count = strcmp(scheme, showing->exec.engine) == 0 ? 1 : 2;
	return 0;
}

static int prepare(struct showing *showing, struct arena *arena, bool project,
	struct limbeck_error *err)
{
	const struct limbeck_run run = { .size = sizeof run };

	if (project && session_graph(showing->lb, err) < 0)
		return -1;
	run_settings(showing->lb, &run, arena, &showing->exec);
	if (!project) {
		graph_init(&showing->none);
		if (graph_link(&showing->none, err) < 0)
			return -1;
		showing->exec.graph = &showing->none;
	}
	if (showing->what.from)
		showing->exec.dialect = showing->what.from;
	if (!showing->exec.dialect)
		showing->exec.dialect = LIMBECK_COMMON_DIALECT;
	return choose_engine(showing, arena, err);
}

int limbeck_translate(struct limbeck *lb, const struct limbeck_options *options,
	const struct limbeck_translate *what,
	int (*fn)(void *data, const struct limbeck_translated *statement), void *data,
	size_t *problems, struct limbeck_error *err)
{
	struct arena arena = ARENA_INIT;
	struct showing showing = { .lb = lb, .fn = fn, .data = data };
	struct limbeck *own = NULL;
	int result = 0;

	if (what && what->size)
		memcpy(&showing.what, what, what->size < sizeof *what ? what->size : sizeof *what);
	if (!lb)
		result = session_open(&own, options, false, err);
	if (own)
		showing.lb = own;
	if (result == 0)
		result = prepare(&showing, &arena, lb != NULL, err);
	if (result == 0)
		result = show_twice(&showing, err);
	*problems = showing.problems;
	translator_free(showing.translator);
	graph_release(&showing.none);
	arena_release(&arena);
	limbeck_close(own);
	driver_free(showing.driver);
	return result;
}
