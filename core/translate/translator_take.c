/* SPDX-License-Identifier: BSD-2-Clause */
/* One statement after the other. */
#include <string.h>
#include <strings.h>

#include "base/error.h"
#include "translate/translator_int.h"

/* Whether another change of the same table may be done together with this one: nothing
 * is taken away, and no rows are asked. */
static bool action_joins(const struct ddl_action *action)
{
	switch (action->kind) {
	case ACTION_ADD_COLUMN:
	case ACTION_ADD_CONSTRAINT:
	case ACTION_ADD_INDEX:
	case ACTION_SET_DEFAULT:
	case ACTION_DROP_DEFAULT:
	case ACTION_SET_NOT_NULL:
	case ACTION_DROP_NOT_NULL:
	case ACTION_VALIDATE:
	case ACTION_OWNER:
	case ACTION_STORAGE:
		return true;
	case ACTION_ALTER_TYPE:
		return action->expr == NULL;
	default:
		return false;
	}
}

static bool alter_joins(const struct ddl_alter *alter)
{
	const struct ddl_action *action = alter->actions;

	while (action && action_joins(action))
		action = action->next;
	return alter->object == DDL_TABLE && !action;
}

/* The table that the statement is about, where it may be joined with others about it. */
static const struct ddl_name *joined_table(const struct ddl_statement *statement)
{
	switch (statement->kind) {
	case DDL_CREATE_TABLE:
		return statement->table->query || statement->table->temporary ? NULL
			: &statement->table->name;
	case DDL_CREATE_INDEX:
		return statement->index->table;
	case DDL_ALTER:
		return alter_joins(statement->alter) ? statement->alter->name : NULL;
	default:
		return NULL;
	}
}

/* The last part of a name as it is written. */
static const char *relation_of(const struct ddl_statement *statement)
{
	const struct ddl_name *name = joined_table(statement);

	return name && name->last ? name->last->name : NULL;
}

static bool may_join(const struct translator *translator, const char *relation)
{
	const struct pending *pending = &translator->pending;

	return pending->last && pending->relation && relation
		&& strcmp(pending->relation, relation) == 0;
}

/* Where a failure is no end, each statement is done before the next is looked at. */
static bool goes_on(const struct translator *translator)
{
	return translator->options.skip || !translator->out;
}

static int parse(struct translator *translator, const struct source_statement *s,
	struct arena *arena, struct ddl_statement **out, struct limbeck_error *err)
{
	const struct ddl_place place = { translator->file, s->line, s->column };

	return ddl_parse(arena, translator->home->lexis, translator->home->dialect, s->text,
		s->length, &place, out, err);
}

static void set_fate(struct translator *translator, enum translation_fate fate, const char *why)
{
	struct translated_source *source = section_source(translator);

	if (!source)
		return;
	source->fate = fate;
	source->why = why ? section_say(translator, why) : NULL;
}

static void tell_notices(struct translator *translator, const struct home_effect *effect,
	unsigned line)
{
	struct strbuf text = STRBUF_INIT;

	for (size_t i = 0; i < effect->notices.count; i++) {
		const struct home_notice *notice = &effect->notices.items[i];

		strbuf_reset(&text);
		strbuf_addf(&text, "left out, since it matters at home alone: %s", notice->what);
		if (!strbuf_failed(&text))
			translator_tell(translator, LIMBECK_LOG_NOTICE,
				notice->line ? notice->line : line, text.buf);
	}
	strbuf_release(&text);
}

static int leave_out(struct translator *translator, const struct source_statement *s,
	const char *construct, const char *why, struct limbeck_error *err)
{
	struct strbuf text = STRBUF_INIT;
	bool failed;

	strbuf_addf(&text, "left out: %s: %s", construct, why);
	failed = strbuf_failed(&text);
	if (!failed)
		translator_tell(translator, LIMBECK_LOG_NOTICE, s->line, text.buf);
	set_fate(translator, TRANSLATION_DROPPED, why);
	strbuf_release(&text);
	return failed ? error_nomem(err) : 0;
}

/* What home_perform() has done waits to be done to the engine. */
static bool keep(struct translator *translator, const struct home_effect *effect)
{
	struct pending *pending = &translator->pending;
	struct arena *arena = &pending->arena;
	bool fine = true;

	for (size_t i = 0; fine && i < effect->touched.count; i++)
		fine = vec_push_arena(&pending->touched, effect->touched.items[i], arena);
	for (size_t i = 0; fine && i < effect->renames.count; i++)
		fine = vec_push_arena(&pending->renames, effect->renames.items[i], arena);
	for (size_t i = 0; fine && i < effect->works.count; i++)
		fine = vec_push_arena(&pending->works, effect->works.items[i], arena);
	return fine;
}

void translator_tell_effect(struct translator *translator, const struct ddl_statement *statement,
	const struct home_effect *effect, unsigned line)
{
	struct strbuf text = STRBUF_INIT;

	tell_notices(translator, effect, line);
	if (effect->dropped)
		strbuf_addf(&text, "left out: %s: %s", statement->construct, effect->dropped);
	if (text.len && !strbuf_failed(&text))
		translator_tell(translator, LIMBECK_LOG_NOTICE, line, text.buf);
	strbuf_release(&text);
}

static int perform(struct translator *translator, const struct source_statement *s,
	const struct ddl_statement *statement, struct limbeck_error *err)
{
	struct pending *pending = &translator->pending;
	struct home_effect effect = { .alone = false };
	const struct translated_source *source = section_source(translator);
	const char *relation = relation_of(statement);

	if (home_perform(&translator->home->home, &pending->arena, statement, &effect, err) < 0)
		return -1;
	tell_notices(translator, &effect, s->line);
	if (effect.dropped)
		return leave_out(translator, s, statement->construct, effect.dropped, err);
	if (!keep(translator, &effect))
		return error_nomem(err);
	pending->line = s->line;
	pending->column = s->column;
	pending->last = source ? source->number : 1;
	pending->first = pending->first ? pending->first : pending->last;
	pending->verbatim = s->verbatim;
	pending->relation = relation && !effect.alone && !effect.works.count
		&& !goes_on(translator) && !s->verbatim
		? arena_strdup(&pending->arena, relation) : NULL;
	return pending->relation ? 0 : translator_flush(translator, err);
}

/* The statement with some of its actions. */
static struct ddl_statement *with_actions(struct arena *arena,
	const struct ddl_statement *statement, bool drops)
{
	struct ddl_statement *copy = arena_alloc(arena, sizeof *copy);
	struct ddl_alter *alter = arena_alloc(arena, sizeof *alter);
	struct ddl_action **end;

	if (!copy || !alter)
		return NULL;
	*copy = *statement;
	*alter = *statement->alter;
	copy->alter = alter;
	end = &alter->actions;
	for (const struct ddl_action *a = statement->alter->actions; a; a = a->next) {
		if ((a->kind == ACTION_DROP_COLUMN) != drops)
			continue;
		*end = arena_alloc(arena, sizeof **end);
		if (!*end)
			return NULL;
		**end = *a;
		end = &(*end)->next;
	}
	*end = NULL;
	return copy;
}

/* A column that goes and one of its name that comes are not one that changes. */
static bool replaces_column(const struct ddl_statement *statement)
{
	if (statement->kind != DDL_ALTER)
		return false;
	for (const struct ddl_action *a = statement->alter->actions; a; a = a->next)
		for (const struct ddl_action *b = statement->alter->actions; b; b = b->next)
			if (a->kind == ACTION_DROP_COLUMN && b->kind == ACTION_ADD_COLUMN && b->column
				&& strcasecmp(a->name->name, b->column->name.name) == 0)
				return true;
	return false;
}

/* Tables may change places: each gets its new name before the next is looked at. */
static int renames(struct translator *translator, const struct source_statement *s,
	const struct ddl_statement *statement, struct limbeck_error *err)
{
	struct arena arena = translator->pending.arena;
	int result = 0;

	translator->pending.arena = (struct arena)ARENA_INIT;
	for (const struct ddl_rename *r = statement->rename; r && result == 0; r = r->next) {
		struct ddl_statement one = *statement;
		struct ddl_rename alone = *r;

		alone.next = NULL;
		one.rename = &alone;
		result = perform(translator, s, &one, err);
		if (result == 0)
			result = translator_flush(translator, err);
	}
	arena_release(&arena);
	return result;
}

static bool sets_default(const struct ddl_statement *statement)
{
	if (statement->kind != DDL_ALTER)
		return false;
	for (const struct ddl_action *a = statement->alter->actions; a; a = a->next)
		if (a->kind == ACTION_SET_DEFAULT)
			return true;
	return false;
}

/* Joined with what made the column, it would give the rows that are there the default. */
static int apart(struct translator *translator, const struct source_statement *s,
	const struct ddl_statement *statement, struct limbeck_error *err)
{
	struct arena arena = translator->pending.arena;
	int result;

	translator->pending.arena = (struct arena)ARENA_INIT;
	result = translator_flush(translator, err);
	if (result == 0)
		result = perform(translator, s, statement, err);
	if (result == 0)
		result = translator_flush(translator, err);
	arena_release(&arena);
	return result;
}

static int structural(struct translator *translator, const struct source_statement *s,
	const struct ddl_statement *statement, struct limbeck_error *err)
{
	struct arena arena;
	struct ddl_statement *first, *second;
	int result;

	if (statement->kind == DDL_RENAME && statement->rename->next)
		return renames(translator, s, statement, err);
	if (translator->pending.relation && sets_default(statement))
		return apart(translator, s, statement, err);
	if (!replaces_column(statement))
		return perform(translator, s, statement, err);
	/* The tree outlives the first half. */
	arena = translator->pending.arena;
	translator->pending.arena = (struct arena)ARENA_INIT;
	first = with_actions(&arena, statement, true);
	second = with_actions(&arena, statement, false);
	result = first && second ? perform(translator, s, first, err) : error_nomem(err);
	if (result == 0)
		result = translator_flush(translator, err);
	if (result == 0)
		result = perform(translator, s, second, err);
	if (result == 0)
		result = translator_flush(translator, err);
	arena_release(&arena);
	return result;
}

static int data(struct translator *translator, const struct source_statement *s,
	const struct ddl_statement *statement, struct limbeck_error *err)
{
	const struct phrase_scope scope = { .home = translator->catalog,
		.file = translator->file };
	struct strbuf text = STRBUF_INIT;
	int result;

	if (!translator->out)
		return 0;
	result = phrase_data(translator->home->across, &scope, statement->data, &text, err);
	if (result == 0 && strbuf_failed(&text))
		result = error_nomem(err);
	if (result == 0)
		section_emit(translator, s, text.buf, text.len);
	strbuf_release(&text);
	return result;
}

static int transaction(struct translator *translator, const struct source_statement *s,
	const struct ddl_statement *statement, struct limbeck_error *err)
{
	if (strncasecmp(statement->construct, "LOCK", 4) == 0)
		return leave_out(translator, s, statement->construct,
			"nobody else is kept out by it here", err);
	error_set(err, LIMBECK_E_UNSUPPORTED, "transaction control can't be translated");
	error_hint(err, "limbeck opens and commits transactions itself; see @autocommit and @repeat.");
	return -1;
}

static int repeated(const struct ddl_statement *statement, const struct source_statement *s,
	struct limbeck_error *err)
{
	if (!s->repeat || statement->kind == DDL_DATA)
		return 0;
	return error_set(err, LIMBECK_E_UNSUPPORTED, "@repeat is for statements that change rows");
}

static int take_parsed(struct translator *translator, const struct source_statement *s,
	const struct ddl_statement *statement, struct limbeck_error *err)
{
	if (repeated(statement, s, err) < 0)
		return -1;
	if (statement->kind == DDL_DATA)
		return data(translator, s, statement, err);
	if (statement->kind == DDL_TRANSACTION)
		return transaction(translator, s, statement, err);
	return structural(translator, s, statement, err);
}

/* `safe`: nothing has been done yet to the catalog if it fails. */
static int take(struct translator *translator, const struct source_statement *s, bool *safe,
	struct limbeck_error *err)
{
	struct arena arena = ARENA_INIT;
	struct ddl_statement *statement = NULL;
	size_t before = translator->out ? translator->out->text.len : 0;

	*safe = true;
	if (parse(translator, s, &arena, &statement, err) < 0) {
		arena_release(&arena);
		return -1;
	}
	if (may_join(translator, relation_of(statement))) {
		arena_release(&arena);
		if (parse(translator, s, &translator->pending.arena, &statement, err) < 0)
			return -1;
	} else {
		if (translator_flush(translator, err) < 0) {
			arena_release(&arena);
			return -1;
		}
		before = translator->out ? translator->out->text.len : 0;
		translator->pending.arena = arena;
	}
	*safe = statement->kind == DDL_DATA || statement->kind == DDL_TRANSACTION
		|| statement->kind == DDL_ROUTINE;
	if (take_parsed(translator, s, statement, err) < 0)
		return -1;
	if (!translator->pending.last)
		arena_release(&translator->pending.arena);
	if (translator->out && !translator->pending.last && translator->out->text.len == before
		&& section_source(translator)->fate == TRANSLATION_SENT)
		set_fate(translator, TRANSLATION_NOTHING, NULL);
	return 0;
}

/* Whether the failure is one of this statement alone, and it is passed over. */
static bool passes(const struct translator *translator, const struct limbeck_error *problem)
{
	if (!translator->out || translator->options.skip_all)
		return error_is(problem, LIMBECK_E_UNSUPPORTED) || error_is(problem, LIMBECK_E_SQL)
			|| error_is(problem, LIMBECK_E_STATE);
	return translator->options.skip && error_is(problem, LIMBECK_E_UNSUPPORTED);
}

static int pass_over(struct translator *translator, const struct source_statement *s, bool safe,
	const struct limbeck_error *problem, struct limbeck_error *err)
{
	struct translated_source *source = section_source(translator);

	if (source) {
		set_fate(translator, TRANSLATION_SKIPPED, problem->message);
		source->hint = problem->hint ? section_say(translator, problem->hint) : NULL;
		source->problem_line = problem->line ? problem->line : s->line;
		source->problem_column = problem->line ? problem->column : s->column;
		log_write(translator->options.log, LIMBECK_LOG_WARNING, "%s:%u: skipped: %s",
			translator->file ? translator->file : "?", source->problem_line,
			problem->message ? problem->message : "it has no counterpart");
	}
	if (!safe)
		return translator_go_back(translator, err);
	arena_release(&translator->pending.arena);
	memset(&translator->pending, 0, sizeof translator->pending);
	return 0;
}

int translator_take(struct translator *translator, const struct source_statement *s,
	struct limbeck_error *err)
{
	struct limbeck_error problem = LIMBECK_ERROR_INIT;
	bool safe = true;
	int result;

	if (s->verbatim)
		return translator_follow(translator, s, err);
	result = take(translator, s, &safe, &problem);
	if (result < 0)
		translator_refuse(translator, s->line, s->column, &problem);
	if (result < 0 && passes(translator, &problem))
		result = pass_over(translator, s, safe, &problem, err);
	else if (result < 0)
		error_move(err, &problem);
	limbeck_error_release(&problem);
	return result;
}
