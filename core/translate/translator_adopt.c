/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A table that the engine has and `home` has not, since it was made in an @only block or
 * before there were revisions: it is written in the engine's own words, and these are read
 * as those of any home dialect are.
 */
#include <string.h>

#include "base/error.h"
#include "script/script.h"
#include "translate/translator_int.h"

static int write_out(struct translator *translator, const struct limbeck_object *object,
	struct rendered *rendered, struct limbeck_error *err)
{
	const struct schema_rules *rules = catalog_rules(translator->target);
	struct limbeck_catalog *empty = catalog_new(rules), *only = catalog_new(rules);
	const struct diff_options options = { .traits = translator->traits,
		.alterable = translator->options.driver->table.alterable };
	struct arena arena = ARENA_INIT;
	struct diff diff = { 0 };
	int result = empty && only && subset_copy(only, object) ? 0 : error_nomem(err);

	if (result == 0)
		result = diff_make(&arena, empty, only, &options, &diff, err);
	if (result == 0)
		result = render_changes(translator->options.driver, translator->options.server, empty,
			diff.changes.items, diff.changes.count, rendered, err);
	diff_release(&diff);
	arena_release(&arena);
	catalog_free(empty);
	catalog_free(only);
	return result;
}

/* Triggers and what else the home engine knows nothing of stay where they are. */
static bool is_read(enum ddl_kind kind)
{
	return kind == DDL_CREATE_TABLE || kind == DDL_CREATE_INDEX || kind == DDL_CREATE_VIEW
		|| kind == DDL_ALTER;
}

static int read_one(struct translator *translator, const struct script_statement *statement,
	struct limbeck_error *err)
{
	struct arena arena = ARENA_INIT;
	struct home_effect effect = { .alone = false };
	struct ddl_statement *tree = NULL;
	const struct ddl_place place = { NULL, 1, 1 };
	int result = ddl_parse(&arena, translator->lexis, translator->native->dialect,
		statement->text, statement->length, &place, &tree, err);

	if (result == 0 && is_read(tree->kind))
		result = home_perform(&translator->native->home, &arena, tree, &effect, err);
	arena_release(&arena);
	return result;
}

static int read_back(struct translator *translator, const struct rendered *rendered,
	struct limbeck_error *err)
{
	const struct script_source source = { .text = rendered->text.buf,
		.length = rendered->text.len, .shown = "the table as it is", .section = SCRIPT_UPGRADE,
		.home = translator->lexis, .engine = translator->lexis,
		.engines = translator->options.engines,
		.engine_count = translator->options.engine_count };
	struct script_reader *reader = NULL;
	struct script_statement statement;
	int result;

	if (script_reader_open(&reader, &source, err) < 0)
		return -1;
	while ((result = script_reader_next(reader, &statement, err)) > 0)
		if (read_one(translator, &statement, err) < 0) {
			result = -1;
			break;
		}
	script_reader_close(reader);
	return result < 0 ? -1 : 0;
}

static int copy_to_done(struct translator *translator, const char *schema, const char *name,
	struct limbeck_error *err)
{
	const struct limbeck_object *made = catalog_relation(translator->catalog, schema, name);

	if (!made)
		return 0;
	if (!catalog_copy(translator->done, made, true, NULL)
		|| !hangs_note(translator->referrers, made))
		return error_nomem(err);
	return 1;
}

static int adopt(struct translator *translator, const struct limbeck_object *object,
	const char *schema, const char *name, struct limbeck_error *err)
{
	struct limbeck_error problem = LIMBECK_ERROR_INIT;
	struct rendered rendered;
	int result;

	rendered_init(&rendered);
	result = write_out(translator, object, &rendered, &problem);
	if (result == 0)
		result = read_back(translator, &rendered, &problem);
	rendered_release(&rendered);
	if (result == 0)
		return copy_to_done(translator, schema, name, err);
	error_set(err, LIMBECK_E_UNSUPPORTED, "%s is not of these revisions, and can't be read from "
		"the database: %s", name, problem.message ? problem.message : "it is not understood");
	limbeck_error_release(&problem);
	return -1;
}

int translator_adopt(void *data, const char *schema, const char *name, struct limbeck_error *err)
{
	struct translator *translator = data;
	const struct limbeck_object *object = catalog_relation(translator->target, schema, name);
	int result;

	if (!object || !translator->native || translator->adopting)
		return 0;
	translator->adopting = true;
	result = adopt(translator, object, schema, name, err);
	translator->adopting = false;
	return result;
}
