/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What was written for this engine is sent as it is. What is understood of it is done to
 * the catalogs: tables, indexes and views to both; triggers to the engine's alone.
 */
#include <string.h>
#include <strings.h>

#include "base/error.h"
#include "base/mem.h"
#include "sql/scanner.h"
#include "translate/translator_int.h"

/* What a text names, it holds on to. */
static void depend(struct translator *translator, struct limbeck_object *object, const char *text)
{
	struct scanner scanner;
	struct token token;
	struct strbuf name = STRBUF_INIT;

	scanner_init(&scanner, translator->lexis, text, strlen(text), true);
	for (scanner_next(&scanner, &token); token.kind != TOKEN_END && token.kind != TOKEN_BAD;
		scanner_next(&scanner, &token)) {
		const struct limbeck_object *relation;
		struct object_name on;
		bool quoted = token.kind == TOKEN_IDENTIFIER && token.length > 2;

		if (token.kind != TOKEN_WORD && !quoted)
			continue;
		strbuf_reset(&name);
		strbuf_add(&name, token.text + quoted, token.length - 2 * (size_t)quoted);
		relation = catalog_relation(translator->target, NULL, name.buf);
		if (!relation || relation == object)
			continue;
		object_name_of(relation, &on);
		object_depends(object, &on);
	}
	strbuf_release(&name);
}

static int put(struct translator *translator, const struct object_name *name,
	const struct source_statement *s, struct limbeck_error *err)
{
	struct limbeck_object *object = catalog_find(translator->target, name);
	const struct limbeck_object *relation;
	char *text = mem_alloc(s->length + 1);

	if (!text)
		return error_nomem(err);
	memcpy(text, s->text, s->length);
	if (object)
		catalog_remove(translator->target, object);
	object = catalog_add(translator->target, name);
	if (object) {
		object_set(object, LIMBECK_ATTR_DEFINITION, text);
		depend(translator, object, text);
	}
	mem_free(text);
	relation = object ? catalog_relation(translator->target, name->schema,
		name->table ? name->table : name->name) : NULL;
	if (!object || catalog_failed(translator->target)
		|| (relation && !hangs_note(translator->dependents, relation)))
		return error_nomem(err);
	return 0;
}

/* A trigger by its name alone, as some engines know them. */
static struct limbeck_object *find_trigger(const struct translator *translator, const char *name)
{
	struct limbeck_object *object = NULL;

	while ((object = catalog_next(translator->target, LIMBECK_KIND_TRIGGER, NULL, NULL, object)))
		if (strcasecmp(limbeck_object_name(object), name) == 0)
			return object;
	return NULL;
}

static const char *last_of(const struct ddl_name *name)
{
	return name && name->last ? name->last->name : NULL;
}

static int routine(struct translator *translator, const struct source_statement *s,
	const struct ddl_statement *statement, struct limbeck_error *err)
{
	struct object_name name = { .kind = LIMBECK_KIND_TRIGGER,
		.table = last_of(statement->other->table), .name = last_of(statement->other->name) };

	if (!strstr(statement->construct, "TRIGGER") || !name.table || !name.name
		|| strncmp(statement->construct, "CREATE", 6) != 0
		|| !catalog_relation(translator->target, NULL, name.table))
		return 0;
	return put(translator, &name, s, err);
}

static void drop_triggers(struct translator *translator, const struct ddl_drop *drop)
{
	for (const struct ddl_target *target = drop->targets; target; target = target->next) {
		struct limbeck_object *trigger = find_trigger(translator, last_of(&target->name));

		if (trigger)
			catalog_remove(translator->target, trigger);
	}
}

/* It stays as it was written: what was made of it on the way is another text. */
static int view(struct translator *translator, const struct source_statement *s,
	const struct ddl_statement *statement, struct limbeck_error *err)
{
	const struct object_name name = { .kind = statement->view->materialized
			? LIMBECK_KIND_MATERIALIZED_VIEW : LIMBECK_KIND_VIEW,
		.name = last_of(&statement->view->name) };

	return put(translator, &name, s, err);
}

/* Not understood, and so not known what it hangs on. */
static int note_unknown(struct translator *translator, const struct source_statement *s,
	struct limbeck_error *err)
{
	char *text;

	if (s->length < 6 || strncasecmp(s->text, "CREATE", 6) != 0)
		return 0;
	text = mem_alloc(s->length + 1);
	if (!text || !vec_push(&translator->unknown, text)) {
		mem_free(text);
		return error_nomem(err);
	}
	memcpy(text, s->text, s->length);
	return 0;
}

/* Both catalogs, by way of what the statement means in the common dialect. */
static int perform(struct translator *translator, const struct source_statement *s,
	const struct ddl_statement *statement, struct limbeck_error *err)
{
	struct pending *pending = &translator->pending;
	struct home_effect effect = { .alone = false };
	struct limbeck_error problem = LIMBECK_ERROR_INIT;
	int result = home_perform(&translator->native->home, &pending->arena, statement, &effect,
		&problem);
	bool understood = result == 0;

	if (result == 0 && !effect.dropped) {
		for (size_t i = 0; i < effect.touched.count; i++)
			if (!vec_push_arena(&pending->touched, effect.touched.items[i],
					&pending->arena))
				result = -1;
		for (size_t i = 0; i < effect.renames.count; i++)
			if (!vec_push_arena(&pending->renames, effect.renames.items[i],
					&pending->arena))
				result = -1;
		pending->last = pending->first = 1;
		pending->verbatim = true;
		pending->line = s->line;
		pending->column = s->column;
		if (result == 0)
			result = translator_flush(translator, &problem);
	}
	if (result < 0 && error_is(&problem, LIMBECK_E_NOMEM)) {
		error_move(err, &problem);
		return -1;
	}
	if (result < 0 && translator->out)
		log_write(translator->options.log, LIMBECK_LOG_DEBUG, "%s:%u: not followed: %s",
			translator->file ? translator->file : "?", s->line,
			problem.message ? problem.message : "it is not understood");
	limbeck_error_release(&problem);
	if (result < 0 && understood && translator_sync(translator, effect.touched.items,
			effect.touched.count, err) < 0)
		return -1;
	if (result < 0 && !understood && translator_go_back(translator, err) < 0)
		return -1;
	return result < 0 && !understood ? note_unknown(translator, s, err) : 0;
}

static bool is_plain(enum ddl_kind kind)
{
	return kind == DDL_DATA || kind == DDL_SETTING || kind == DDL_MAINTENANCE
		|| kind == DDL_TRANSACTION || kind == DDL_RIGHTS;
}

static int follow(struct translator *translator, const struct source_statement *s,
	const struct ddl_statement *statement, struct limbeck_error *err)
{
	if (is_plain(statement->kind))
		return 0;
	if (statement->kind == DDL_ROUTINE)
		return routine(translator, s, statement, err);
	if (statement->kind == DDL_DROP && statement->drop->object == DDL_TRIGGER) {
		drop_triggers(translator, statement->drop);
		return 0;
	}
	if (statement->kind == DDL_CREATE_VIEW) {
		struct arena arena = translator->pending.arena;
		int result;

		translator->pending.arena = (struct arena)ARENA_INIT;
		result = perform(translator, s, statement, err);
		if (result == 0)
			result = view(translator, s, statement, err);
		arena_release(&arena);
		return result;
	}
	return perform(translator, s, statement, err);
}

int translator_follow(struct translator *translator, const struct source_statement *s,
	struct limbeck_error *err)
{
	const struct ddl_place place = { translator->file, s->line, s->column };
	struct ddl_statement *statement = NULL;
	int result;

	if (translator_flush(translator, err) < 0)
		return -1;
	section_emit(translator, s, s->text, s->length);
	if (!translator->native)
		return note_unknown(translator, s, err);
	if (ddl_parse(&translator->pending.arena, translator->lexis, translator->native->dialect,
			s->text, s->length, &place, &statement, NULL) < 0)
		result = note_unknown(translator, s, err);
	else
		result = follow(translator, s, statement, err);
	arena_release(&translator->pending.arena);
	memset(&translator->pending, 0, sizeof translator->pending);
	return result;
}
