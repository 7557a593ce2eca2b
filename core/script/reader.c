/* SPDX-License-Identifier: BSD-2-Clause */
#include "script/script.h"

#include "base/error.h"
#include "base/mem.h"
#include "script/walk.h"

struct script_reader {
	struct script_source source;
	struct walk walk;
	uint64_t number;
	bool done;
};

int script_reader_open(struct script_reader **reader, const struct script_source *source,
	struct limbeck_error *err)
{
	struct script_reader *made = mem_alloc(sizeof *made);

	if (!made)
		return error_nomem(err);
	made->source = *source;
	if (walk_open(&made->walk, &made->source, true, NULL, err) < 0) {
		script_reader_close(made);
		return -1;
	}
	*reader = made;
	return 0;
}

/* The next statement of the section for this engine; false: there is none. */
static int find_next(struct script_reader *reader, struct walk_item *item, bool *found,
	struct limbeck_error *err)
{
	bool ours;

	do {
		if (walk_next(&reader->walk, item, err) < 0)
			return -1;
		ours = item->section == (int)reader->source.section;
		*found = ours && item->kind == WALK_STATEMENT && item->mine;
		/* Another section after ours: what follows does not concern us. */
		reader->done = item->kind == WALK_END
			|| (!ours && reader->walk.sections[reader->source.section].line);
	} while (!*found && !reader->done);
	return 0;
}

int script_reader_next(struct script_reader *reader, struct script_statement *statement,
	struct limbeck_error *err)
{
	struct walk_item item;
	bool found;

	if (reader->done)
		return 0;
	if (find_next(reader, &item, &found, err) < 0)
		return -1;
	if (!found)
		return 0;
	*statement = (struct script_statement) { .text = item.text, .length = item.length,
		.number = ++reader->number, .line = item.line, .column = item.column,
		.autocommit = item.autocommit || item.no_transaction, .repeat = item.repeat,
		.pause_ms = item.pause_ms, .verbatim = item.verbatim, .whole = item.whole };
	return 1;
}

void script_reader_close(struct script_reader *reader)
{
	if (!reader)
		return;
	walk_close(&reader->walk);
	mem_free(reader);
}
