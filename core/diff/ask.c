/* SPDX-License-Identifier: BSD-2-Clause */
/* Pairs that might be one renamed object, and whether somebody says so. */
#include "base/map.h"
#include "diff/diff_int.h"

/* A column that more of the tables that go have than this says little. */
enum { TELLING = 8 };

/* The tables that go and have a column of this name. */
struct holders {
	const struct limbeck_object *tables[TELLING];
	size_t count;
};

struct question {
	struct work *work;
	struct map columns;      /* struct holders by name */
};

static const struct limbeck_object *next_column(const struct limbeck_object *table,
	const struct limbeck_object *column)
{
	return catalog_next(object_catalog(table), LIMBECK_KIND_COLUMN,
		limbeck_object_schema(table), limbeck_object_name(table), column);
}

static const struct limbeck_object *other(const struct limbeck_catalog *catalog,
	const struct limbeck_object *object)
{
	struct object_name name;

	object_name_of(object, &name);
	return catalog_find(catalog, &name);
}

static bool note_table(struct question *question, const struct limbeck_object *table)
{
	for (const struct limbeck_object *column = NULL; (column = next_column(table, column));) {
		const char *name = limbeck_object_name(column);
		struct holders *holders = map_get(&question->columns, name);

		if (!holders) {
			holders = arena_alloc(&question->work->scratch, sizeof *holders);
			if (!holders || !map_put(&question->columns, name, holders))
				return false;
		}
		if (holders->count < TELLING)
			holders->tables[holders->count] = table;
		holders->count++;
	}
	return true;
}

/* Whether they are in one schema and at least half of the columns of the one that
 * has more are in both. */
static bool alike(const struct limbeck_object *gone, const struct limbeck_object *come)
{
	size_t here = 0, there = 0, both = 0;
	const struct limbeck_object *column = NULL;

	if (!same_name(limbeck_object_schema(gone), limbeck_object_schema(come)))
		return false;
	while ((column = next_column(gone, column)))
		here++;
	while ((column = next_column(come, column))) {
		struct object_name name;

		object_name_of(column, &name);
		name.table = limbeck_object_name(gone);
		there++;
		both += catalog_find(object_catalog(gone), &name) != NULL;
	}
	return both && both * 2 >= (here > there ? here : there);
}

static int ask(struct work *work, const struct limbeck_object *gone,
	const struct limbeck_object *come, struct limbeck_error *err)
{
	int answer = work->options->ask(work->options->data, gone, come, err);

	if (answer > 0 && renaming_perform(work, gone, limbeck_object_name(come), 0, err) < 0)
		return -1;
	return answer;
}

/* Asks about each table that goes and shares a telling column with the one that
 * comes, once, until it is one of them. */
static int ask_table(struct question *question, const struct limbeck_object *come,
	struct limbeck_error *err)
{
	const struct limbeck_object *column = NULL;
	struct map asked = MAP_INIT;
	int answer = 0;

	while (answer == 0 && (column = next_column(come, column))) {
		const struct holders *holders =
			map_get(&question->columns, limbeck_object_name(column));

		for (size_t i = 0; holders && answer == 0 && holders->count <= TELLING &&
			i < holders->count; i++) {
			const struct limbeck_object *gone = holders->tables[i];
			const char *name = limbeck_object_name(gone);

			if (!alike(gone, come) || other(question->work->after, gone) ||
				map_get(&asked, name))
				continue;
			answer = map_put(&asked, name, question)
				? ask(question->work, gone, come, err) : error_nomem(err);
		}
	}
	map_release(&asked);
	return answer;
}

int ask_tables(struct work *work, struct limbeck_error *err)
{
	struct question question = { work, MAP_INIT };
	const struct limbeck_object *table = NULL;
	int result = 0;

	if (!work->options->ask)
		return 0;
	while ((table = catalog_next(work->between, LIMBECK_KIND_TABLE, NULL, NULL, table)))
		if (!other(work->after, table) && !note_table(&question, table))
			result = error_nomem(err);
	while (result >= 0 &&
		(table = catalog_next(work->after, LIMBECK_KIND_TABLE, NULL, NULL, table)))
		if (!other(work->between, table))
			result = ask_table(&question, table, err);
	map_release(&question.columns);
	return result < 0 ? -1 : 0;
}

/* The column that comes may be any that goes and is of its type. */
static int ask_column(struct work *work, const struct limbeck_object *come,
	const struct limbeck_object *table, struct limbeck_error *err)
{
	const struct limbeck_object *gone = NULL;
	int answer = 0;

	while (answer == 0 && (gone = next_column(table, gone)))
		if (!other(work->after, gone) && object_same(gone, come, LIMBECK_ATTR_TYPE))
			answer = ask(work, gone, come, err);
	return answer;
}

int ask_columns(struct work *work, struct limbeck_error *err)
{
	const struct limbeck_object *come = NULL;

	while (work->options->ask &&
		(come = catalog_next(work->after, LIMBECK_KIND_COLUMN, NULL, NULL, come))) {
		struct object_name name = { .kind = LIMBECK_KIND_TABLE,
			.schema = limbeck_object_schema(come), .name = limbeck_object_table(come) };
		const struct limbeck_object *table = other(work->between, come) ? NULL
			: catalog_find(work->between, &name);

		if (table && ask_column(work, come, table, err) < 0)
			return -1;
	}
	return 0;
}
