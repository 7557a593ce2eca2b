/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A whole schema at once: files that say what there shall be, in whatever order they say
 * it. The home catalog takes in one statement after the other, those that need another one
 * once that has come, and is then made for the engine from nothing.
 */
#include <string.h>

#include "base/error.h"
#include "ddl/ddl.h"
#include "translate/translator_int.h"

struct schema_work {
	struct translator *translator;
	const struct schema_statement *items;
	struct arena arena;
	object_names names;            /* all that was touched */
	VEC(size_t) waiting;
};

/* 1 done, 0 it needs what is not there yet (problem), -1. */
static int perform(struct schema_work *work, const struct schema_statement *item,
	struct limbeck_error *problem, struct limbeck_error *err)
{
	struct translator *translator = work->translator;
	struct home_effect effect = { .alone = false };
	struct ddl_statement *statement = NULL;
	int result = ddl_parse(&work->arena, translator->home->lexis, translator->home->dialect,
		item->text, item->length, &item->place, &statement, problem);

	translator->file = item->place.file;
	translator->home->home.file = item->place.file;
	if (result == 0 && statement->kind == DDL_DATA)
		return 1;
	if (result == 0)
		result = home_perform(&translator->home->home, &work->arena, statement, &effect,
			problem);
	if (result < 0) {
		if (translator_go_back(translator, err) < 0)
			return -1;
		return 0;
	}
	translator_tell_effect(translator, statement, &effect, item->place.line);
	for (size_t i = 0; i < effect.touched.count; i++)
		if (!vec_push_arena(&work->names, effect.touched.items[i], &work->arena))
			return error_nomem(err);
	return translator_sync(translator, effect.touched.items, effect.touched.count, err) < 0
		? -1 : 1;
}

static bool may_wait(const struct limbeck_error *problem)
{
	return error_is(problem, LIMBECK_E_SQL) || error_is(problem, LIMBECK_E_STATE);
}

static int give_up(struct translator *translator, const struct schema_statement *item,
	struct limbeck_error *problem, struct limbeck_error *err)
{
	translator_refuse(translator, item->place.line, item->place.column, problem);
	error_move(err, problem);
	return -1;
}

/* Another round over those that wait; problem is that of the first that still does. */
static int go_round(struct schema_work *work, struct limbeck_error *problem,
	struct limbeck_error *err)
{
	size_t count = work->waiting.count, kept = 0;

	for (size_t i = 0; i < count; i++) {
		size_t at = work->waiting.items[i];
		struct limbeck_error own = LIMBECK_ERROR_INIT;
		int result = perform(work, &work->items[at], &own, err);

		if (result == 0 && !may_wait(&own) && !work->translator->options.skip)
			result = give_up(work->translator, &work->items[at], &own, err);
		if (result == 0 && may_wait(&own)) {
			if (kept == 0)
				error_move(problem, &own);
			work->waiting.items[kept++] = at;
		} else if (result == 0) {
			log_write(work->translator->options.log, LIMBECK_LOG_WARNING,
				"%s:%u: skipped: %s", work->items[at].place.file,
				work->items[at].place.line, own.message ? own.message : "?");
		}
		limbeck_error_release(&own);
		if (result < 0)
			return -1;
	}
	work->waiting.count = kept;
	return 0;
}

static int take_in(struct schema_work *work, struct limbeck_error *err)
{
	size_t before = work->waiting.count + 1;

	while (work->waiting.count && work->waiting.count < before) {
		struct limbeck_error problem = LIMBECK_ERROR_INIT;
		int result;

		before = work->waiting.count;
		result = go_round(work, &problem, err);
		if (result == 0 && work->waiting.count == before)
			result = give_up(work->translator,
				&work->items[work->waiting.items[0]], &problem, err);
		limbeck_error_release(&problem);
		if (result < 0)
			return -1;
	}
	return 0;
}

static int make(struct schema_work *work, struct limbeck_error *err)
{
	struct translator *translator = work->translator;
	struct limbeck_catalog *nothing = catalog_new(catalog_rules(translator->target));
	struct limbeck_catalog *all = NULL;
	int result = nothing ? translator_map(translator, translator->catalog, &work->names, &all,
		err) : error_nomem(err);

	if (result == 0)
		result = translator_lead(translator, nothing, all, NULL, 0, err);
	catalog_free(nothing);
	catalog_free(all);
	return result;
}

int translate_schema(struct translator *translator, const struct schema_statement *items,
	size_t count, struct translated *out, struct limbeck_error *err)
{
	struct schema_work work = { .translator = translator, .items = items };
	int result = 0;

	translator->out = out;
	for (size_t i = 0; result == 0 && i < count; i++)
		if (!vec_push(&work.waiting, i))
			result = error_nomem(err);
	if (result == 0)
		result = take_in(&work, err);
	if (result == 0)
		translator_drop_doubles(&work.names);
	if (result == 0)
		result = make(&work, err);
	translator->out = NULL;
	translator->file = NULL;
	vec_release(&work.waiting);
	arena_release(&work.arena);
	return result;
}
