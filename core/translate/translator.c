/* SPDX-License-Identifier: BSD-2-Clause */
#include "translate/translator_int.h"

#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "ddl/operators.h"
#include "sql/scanner.h"

static bool is_engine(const struct translator *translator, const char *name)
{
	for (size_t i = 0; i < translator->options.engine_count; i++)
		if (strcmp(translator->options.engines[i], name) == 0)
			return true;
	return strcmp(translator->options.driver->table.name, name) == 0;
}

static void home_free(struct translator_home *home)
{
	if (!home)
		return;
	phrasebook_free(home->home.inward);
	phrasebook_free(home->across);
	mem_free(home);
}

static int make_books(struct translator *translator, struct translator_home *home,
	struct limbeck_error *err)
{
	const struct phrase_options inward = { .way = PHRASE_INWARD, .dialect = home->dialect,
		.lexis = dialect_lexis(home->home.traits->dialect) };
	const struct phrase_options across = { .way = PHRASE_ACROSS, .dialect = home->dialect,
		.translation = translator->translation, .lexis = translator->lexis };
	struct phrase_options common = inward;

	common.lexis = dialect_lexis(LIMBECK_COMMON_DIALECT);
	if (phrasebook_new(&common, &home->home.inward, err) < 0)
		return -1;
	return home->native ? 0 : phrasebook_new(&across, &home->across, err);
}

static int no_home(const struct translator *translator, const char *dialect,
	struct limbeck_error *err)
{
	struct strbuf known = STRBUF_INIT;
	const char *const *names;
	size_t count;

	names = dialect_names(&count);
	for (size_t i = 0; i < count; i++)
		if (home_traits(names[i]))
			strbuf_addf(&known, "%s%s", known.len ? ", " : "", names[i]);
	error_set(err, LIMBECK_E_UNSUPPORTED, "statements in the dialect \"%s\" can't be "
		"translated for %s", dialect, translator->options.driver->table.name);
	error_hint(err, "The dialects that can are %s.", known.buf);
	strbuf_release(&known);
	return -1;
}

static int make_home(struct translator *translator, const char *dialect,
	struct translator_home **out, struct limbeck_error *err)
{
	struct translator_home *home;
	const struct home_traits *traits = home_traits(dialect);

	if (!traits || !dialect_lexis(dialect))
		return no_home(translator, dialect, err);
	home = mem_alloc(sizeof *home);
	if (!home)
		return error_nomem(err);
	home->dialect = arena_strdup(&translator->arena, dialect);
	home->lexis = dialect_lexis(dialect);
	home->native = is_engine(translator, dialect);
	home->home = (struct home) { .traits = traits, .catalog = translator->catalog,
		.adopt = translator_adopt, .data = translator };
	if (!home->dialect || make_books(translator, home, err) < 0
		|| !vec_push(&translator->homes, home)) {
		home_free(home);
		return home && !home->dialect ? error_nomem(err) : -1;
	}
	*out = home;
	return 0;
}

int translator_home_of(struct translator *translator, const char *dialect,
	struct translator_home **home, struct limbeck_error *err)
{
	for (size_t i = 0; i < translator->homes.count; i++) {
		*home = translator->homes.items[i];
		if (strcmp((*home)->dialect, dialect) == 0) {
			(*home)->home.catalog = translator->catalog;
			return 0;
		}
	}
	return make_home(translator, dialect, home, err);
}

int translator_speak(struct translator *translator, const char *dialect,
	struct limbeck_error *err)
{
	return translator_home_of(translator, dialect, &translator->home, err);
}

static int make_catalogs(struct translator *translator, struct limbeck_error *err)
{
	const struct schema_rules home = { .lexis = dialect_lexis(LIMBECK_COMMON_DIALECT),
		.texts_as_written = !translator->rules->folds };
	const struct schema_rules standard = { .lexis = translator->lexis,
		.texts_as_written = translator->traits->texts_as_written != 0,
		.default_schema = translator->traits->default_schema };
	const struct limbeck_catalog *live = translator->options.target;

	translator->catalog = catalog_new(&home);
	translator->done = catalog_new(&home);
	translator->target = catalog_new(live ? catalog_rules(live) : &standard);
	translator->referrers = hangs_new();
	translator->dependents = hangs_new();
	translator->told = texts_new();
	if (!translator->catalog || !translator->done || !translator->target
		|| !translator->referrers || !translator->dependents || !translator->told)
		return error_nomem(err);
	/* Of its own, for what is live goes once it has been met. */
	if (live)
		catalog_set_default_schema(translator->target, catalog_rules(live)->default_schema);
	return 0;
}

static int make_mapping(struct translator *translator, struct limbeck_error *err)
{
	const struct phrase_options outward = { .way = PHRASE_OUTWARD,
		.dialect = LIMBECK_COMMON_DIALECT, .translation = translator->translation,
		.lexis = translator->lexis };

	if (phrasebook_new(&outward, &translator->outward, err) < 0)
		return -1;
	translator->mapping = (struct mapping) { .translation = translator->translation,
		.traits = translator->traits, .server = translator->options.server,
		.outward = translator->outward, .remark = translator_remark, .data = translator };
	return 0;
}

static int no_translation(const struct translator_options *options, struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_UNSUPPORTED, "revisions in the dialect %s can't be translated: the "
		"driver \"%s\" says nothing of how", options->dialect, options->driver->table.name);
	error_hint(err, "Put what is for it between \"-- @only %s\" and \"-- @end\".",
		options->driver->table.name);
	return -1;
}

static int make(struct translator *translator, struct limbeck_error *err)
{
	const struct translator_options *options = &translator->options;
	struct translator_home *home;

	translator->traits = &options->driver->traits;
	translator->lexis = options->server && options->server->lexis ? options->server->lexis
		: &translator->traits->lexis;
	translator->translation = driver_translation(options->driver, options->server);
	translator->rules = home_traits(options->dialect);
	if (!translator->translation)
		return no_translation(options, err);
	if (!translator->rules)
		return make_home(translator, options->dialect, &home, err);
	if (make_catalogs(translator, err) < 0 || make_mapping(translator, err) < 0)
		return -1;
	if (home_traits(options->driver->table.name)
		&& translator_home_of(translator, options->driver->table.name,
			&translator->native, err) < 0)
		return -1;
	return translator_speak(translator, options->dialect, err);
}

int translator_new(const struct translator_options *options, struct translator **translator,
	struct limbeck_error *err)
{
	struct translator *new = mem_alloc(sizeof *new);

	if (!new) {
		catalog_free(options->target);
		return error_nomem(err);
	}
	new->options = *options;
	if (make(new, err) < 0) {
		translator_free(new);
		return -1;
	}
	*translator = new;
	return 0;
}

void translator_free(struct translator *translator)
{
	if (!translator)
		return;
	for (size_t i = 0; i < translator->homes.count; i++)
		home_free(translator->homes.items[i]);
	vec_release(&translator->homes);
	for (size_t i = 0; i < translator->unknown.count; i++)
		mem_free(translator->unknown.items[i]);
	vec_release(&translator->unknown);
	phrasebook_free(translator->outward);
	hangs_free(translator->referrers);
	hangs_free(translator->dependents);
	texts_free(translator->told);
	arena_release(&translator->pending.arena);
	arena_release(&translator->arena);
	catalog_free(translator->catalog);
	catalog_free(translator->done);
	catalog_free(translator->target);
	catalog_free(translator->options.target);
	mem_free(translator);
}

const struct limbeck_catalog *translator_home(const struct translator *translator)
{
	return translator->catalog;
}

const struct limbeck_catalog *translator_target(const struct translator *translator)
{
	return translator->target;
}

int translator_map(struct translator *translator, const struct limbeck_catalog *home,
	const object_names *names, struct limbeck_catalog **to, struct limbeck_error *err)
{
	struct limbeck_catalog *mapped = catalog_new(catalog_rules(translator->target));

	if (!mapped)
		return error_nomem(err);
	if (map_objects(&translator->mapping, home, names->items, names->count, mapped, err) < 0) {
		catalog_free(mapped);
		return -1;
	}
	*to = mapped;
	return 0;
}

void translator_tell(struct translator *translator, int level, unsigned line, const char *text)
{
	if (!translator->out || !texts_add(translator->told, text))
		return;
	if (translator->file && line)
		log_write(translator->options.log, level, "%s:%u: %s", translator->file, line, text);
	else
		log_write(translator->options.log, level, "%s", text);
}

void translator_remark(void *data, const struct limbeck_object *object, const char *text)
{
	struct translator *translator = data;
	struct strbuf line = STRBUF_INIT;

	strbuf_addf(&line, "%s ", limbeck_kind_name(limbeck_object_kind(object)));
	object_shown(&line, object);
	strbuf_addf(&line, ": %s", text);
	if (!strbuf_failed(&line))
		translator_tell(translator, LIMBECK_LOG_NOTICE, translator->pending.line, line.buf);
	strbuf_release(&line);
}

int translator_refuse(struct translator *translator, unsigned line, unsigned column,
	struct limbeck_error *err)
{
	const char *engine = translator->options.engine_count ? translator->options.engines[0]
		: translator->options.driver->table.name;

	if (!err)
		return -1;
	if (!err->file && translator->file)
		error_place(err, translator->file, err->line ? err->line : line,
			err->line ? err->column : column);
	else if (!err->line)
		error_place(err, translator->file, line, column);
	if (error_is(err, LIMBECK_E_UNSUPPORTED) && !err->hint)
		error_hint(err, "Put the statement between \"-- @except %s\" and \"-- @end\", and what %s "
			"is to do instead, if anything, between \"-- @only %s\" and \"-- @end\".", engine,
			engine, engine);
	return -1;
}
