/* SPDX-License-Identifier: BSD-2-Clause */
#include "homes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sql/scanner.h"
#include "tap.h"

static void stop(const char *what)
{
	printf("Bail out! %s\n", what);
	exit(1);
}

void homes_open(struct homes *homes, const char *dialect)
{
	static const struct limbeck_error none = LIMBECK_ERROR_INIT;
	static const struct strbuf empty = STRBUF_INIT;
	const struct schema_rules rules = { dialect_lexis("postgresql"), false, "public" };
	const struct phrase_options inward = { .way = PHRASE_INWARD, .dialect = dialect,
		.lexis = dialect_lexis("postgresql") };

	memset(homes, 0, sizeof *homes);
	homes->err = none;
	homes->text = empty;
	homes->dialect = dialect;
	homes->home.traits = home_traits(dialect);
	homes->home.catalog = catalog_new(&rules);
	if (!homes->home.traits || !homes->home.catalog
		|| phrasebook_new(&inward, &homes->home.inward, &homes->err))
		stop(homes->err.message ? homes->err.message : "no home");
}

void homes_close(struct homes *homes)
{
	catalog_free(homes->home.catalog);
	phrasebook_free(homes->home.inward);
	arena_release(&homes->arena);
	limbeck_error_release(&homes->err);
	strbuf_release(&homes->text);
}

int homes_do_one(struct homes *homes, const char *text, size_t length,
	const struct ddl_place *place)
{
	struct ddl_statement *statement;

	limbeck_error_release(&homes->err);
	if (ddl_parse(&homes->arena, dialect_lexis(homes->dialect), homes->dialect, text, length,
			place, &statement, &homes->err))
		return -1;
	return home_perform(&homes->home, &homes->arena, statement, &homes->effect, &homes->err);
}

int homes_do(struct homes *homes, const char *statements)
{
	struct ddl_place place = { NULL, 1, 1 };

	while (*statements) {
		const char *end = strstr(statements, ";\n");
		size_t length = end ? (size_t)(end - statements) : strlen(statements);

		if (!end && length && statements[length - 1] == ';')
			length--;
		if (length && homes_do_one(homes, statements, length, &place))
			return -1;
		for (size_t i = 0; i < length; i++)
			place.line += statements[i] == '\n';
		place.line += end != NULL;
		statements = end ? end + 2 : statements + strlen(statements);
	}
	return 0;
}

static void add_word(struct strbuf *out, const char *word)
{
	for (; *word; word++)
		strbuf_addch(out, *word == ' ' ? '_' : *word);
}

static void add_attribute(struct strbuf *out, const struct limbeck_object *object,
	enum limbeck_attribute attribute)
{
	size_t count = limbeck_object_count(object, attribute);
	const char *text = limbeck_object_get(object, attribute);

	if (!text || attribute == LIMBECK_ATTR_UNNAMED)
		return;
	strbuf_addch(out, ' ');
	add_word(out, limbeck_attribute_name(attribute));
	if (!limbeck_attribute_is_list(attribute) && strcmp(text, "yes") == 0)
		return;
	strbuf_addch(out, '=');
	for (size_t i = 0; i < count; i++)
		strbuf_addf(out, "%s%s", i ? "," : "", limbeck_object_item(object, attribute, i));
	if (!count)
		strbuf_addstr(out, text);
}

static void add_object(struct strbuf *out, const struct limbeck_object *object)
{
	add_word(out, limbeck_kind_name(limbeck_object_kind(object)));
	strbuf_addch(out, ' ');
	object_shown(out, object);
	for (int i = LIMBECK_ATTR_NONE + 1; i < LIMBECK_ATTR_COUNT; i++)
		add_attribute(out, object, (enum limbeck_attribute)i);
	strbuf_addch(out, '\n');
}

const char *homes_shown(struct homes *homes)
{
	const struct limbeck_object *object = NULL, *part;

	strbuf_reset(&homes->text);
	while ((object = catalog_next(homes->home.catalog, LIMBECK_KIND_NONE, NULL, NULL, object))) {
		if (object_is_part(object))
			continue;
		add_object(&homes->text, object);
		part = NULL;
		while ((part = catalog_next(homes->home.catalog, LIMBECK_KIND_NONE,
				limbeck_object_schema(object), limbeck_object_name(object), part)))
			add_object(&homes->text, part);
	}
	return homes->text.buf;
}

static void add_name(struct strbuf *out, const struct home *home, const char *schema,
	const char *table, const char *name)
{
	const struct object_name full = { .schema = schema, .table = table, .name = name };

	object_name_shown(out, catalog_rules(home->catalog), &full);
}

static void add_work(struct strbuf *out, const struct home *home, const struct home_work *work)
{
	static const char *const kinds[] = { "using", "insert", "truncate", "rename_value" };

	strbuf_addf(out, "work %s ", kinds[work->kind]);
	add_name(out, home, work->schema, work->column ? work->table : NULL,
		work->column ? work->column : work->table);
	if (work->restart)
		strbuf_addstr(out, " restart");
	if (work->from)
		strbuf_addf(out, " %s to %s", work->from, work->to);
	strbuf_addstr(out, "; ");
}

const char *homes_effect(struct homes *homes)
{
	const struct home_effect *effect = &homes->effect;
	struct strbuf *out = &homes->text;

	strbuf_reset(out);
	for (size_t i = 0; i < effect->touched.count; i++) {
		const struct object_name *name = &effect->touched.items[i];

		strbuf_addf(out, "touched %s ", limbeck_kind_name(name->kind));
		add_name(out, &homes->home, name->schema, NULL, name->name);
		strbuf_addstr(out, "; ");
	}
	for (size_t i = 0; i < effect->renames.count; i++) {
		const struct diff_rename *rename = &effect->renames.items[i];

		strbuf_addf(out, "rename %s ", limbeck_kind_name(rename->kind));
		add_name(out, &homes->home, rename->schema, rename->table, rename->from);
		strbuf_addf(out, " to %s; ", rename->to);
	}
	for (size_t i = 0; i < effect->works.count; i++)
		add_work(out, &homes->home, &effect->works.items[i]);
	for (size_t i = 0; i < effect->notices.count; i++)
		strbuf_addf(out, "left out %s; ", effect->notices.items[i].what);
	if (effect->alone)
		strbuf_addstr(out, "alone; ");
	if (effect->dropped)
		strbuf_addf(out, "dropped: %s; ", effect->dropped);
	strbuf_truncate(out, out->len ? out->len - 2 : 0);
	return out->buf;
}

const char *homes_error(struct homes *homes)
{
	strbuf_reset(&homes->text);
	strbuf_addf(&homes->text, "%u:%u %s", homes->err.line, homes->err.column,
		homes->err.message ? homes->err.message : "");
	return homes->text.buf;
}

void homes_check(const struct homes_case *cases, size_t count, homes_look *look, bool fails)
{
	for (size_t i = 0; i < count; i++) {
		struct homes homes;
		int failed;

		homes_open(&homes, cases[i].dialect);
		failed = homes_do(&homes, cases[i].statements);
		if (fails != (failed < 0))
			ok(false, "%s: %s: %s", cases[i].dialect, cases[i].name,
				failed ? homes_error(&homes) : "no error");
		else
			is_str(look(&homes), cases[i].want, "%s: %s", cases[i].dialect,
				cases[i].name);
		homes_close(&homes);
	}
}
