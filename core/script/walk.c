/* SPDX-License-Identifier: BSD-2-Clause */
#include "script/walk.h"

#include <string.h>

#include "base/error.h"

int walk_open(struct walk *walk, const struct script_source *source, bool keep,
	struct checksum *sum, struct limbeck_error *err)
{
	memset(walk, 0, sizeof *walk);
	walk->source = source;
	walk->keep = keep;
	walk->section = source->path ? WALK_HEADER : (int)source->section;
	walk->fresh = !source->path;
	splitter_init(&walk->splitter, source->home, source->shown, input_read, &walk->input);
	return input_open(&walk->input, source, sum, err);
}

void walk_close(struct walk *walk)
{
	splitter_release(&walk->splitter);
	input_close(&walk->input);
}

int walk_fail(const struct walk *walk, unsigned line, unsigned column, struct limbeck_error *err)
{
	splitter_place(&walk->splitter, line, column, err);
	return -1;
}

int walk_section_end(const struct walk *walk, struct limbeck_error *err)
{
	const struct walk_block *block;

	if (walk->repeat) {
		error_set(err, LIMBECK_E_SCRIPT, "@repeat without a statement after it");
		return walk_fail(walk, walk->repeat_line, walk->repeat_column, err);
	}
	if (walk->depth == 0)
		return 0;
	block = &walk->blocks[walk->depth - 1];
	error_set(err, LIMBECK_E_SCRIPT, "@%s is not closed", directive_name(block->id));
	error_hint(err, "Put the line \"-- @end\" behind its last statement.");
	return walk_fail(walk, block->line, block->column, err);
}

static int no_section(const struct walk *walk, const struct split_item *split,
	struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_SCRIPT, "statement before \"-- @upgrade\"");
	error_hint(err, "Put the line \"-- @upgrade\" or \"-- @downgrade\" before it.");
	return walk_fail(walk, split->line, split->column, err);
}

int walk_statement(struct walk *walk, const struct split_item *split, struct walk_item *item,
	struct limbeck_error *err)
{
	struct walk_section *section;

	if (walk->section == WALK_HEADER)
		return no_section(walk, split, err);
	section = &walk->sections[walk->section];
	section->statements++;
	if (section->irreversible) {
		error_set(err, LIMBECK_E_SCRIPT, "statement in a section that is @irreversible");
		error_detail(err, "@irreversible is in line %u.", section->irreversible);
		return walk_fail(walk, split->line, split->column, err);
	}
	*item = (struct walk_item) { .kind = WALK_STATEMENT, .section = walk->section,
		.text = split->text, .length = split->length, .offset = split->offset,
		.line = split->line, .column = split->column, .mine = true,
		.no_transaction = section->no_transaction, .transaction = split->transaction,
		.repeat = walk->repeat, .pause_ms = walk->pause_ms };
	for (size_t i = 0; i < walk->depth; i++) {
		item->mine = item->mine && walk->blocks[i].mine;
		item->selected = item->selected || walk->blocks[i].id == DIRECTIVE_ONLY
			|| walk->blocks[i].id == DIRECTIVE_EXCEPT;
		item->verbatim = item->verbatim || walk->blocks[i].id == DIRECTIVE_ONLY;
		item->autocommit = item->autocommit || walk->blocks[i].id == DIRECTIVE_AUTOCOMMIT;
	}
	walk->repeat = false;
	walk->pause_ms = 0;
	return 1;
}

/* What follows @whole. */
static int whole(struct walk *walk, struct walk_item *item, struct limbeck_error *err)
{
	static const char *const stops[] = { "upgrade", "downgrade", NULL };
	struct split_item split;
	int result;

	walk->whole = false;
	if (splitter_raw(&walk->splitter, stops,
			walk->keep && walk->section == (int)walk->source->section, &split, err) < 0)
		return -1;
	if (split.kind == SPLIT_END)
		return 0;
	result = walk_statement(walk, &split, item, err);
	if (result > 0)
		item->whole = true;
	return result;
}

static int step(struct walk *walk, struct walk_item *item, struct limbeck_error *err)
{
	struct split_item split;

	if (walk->whole)
		return whole(walk, item, err);
	if (splitter_next(&walk->splitter, &split, err) < 0)
		return -1;
	if (split.kind == SPLIT_DIRECTIVE)
		return walk_directive(walk, &split, item, err);
	walk->fresh = false;
	if (split.kind == SPLIT_STATEMENT)
		return walk_statement(walk, &split, item, err);
	if (walk_section_end(walk, err) < 0)
		return -1;
	*item = (struct walk_item) { .kind = WALK_END, .section = walk->section,
		.offset = split.offset, .line = split.line, .column = split.column };
	return 1;
}

int walk_next(struct walk *walk, struct walk_item *item, struct limbeck_error *err)
{
	int result;

	do
		result = step(walk, item, err);
	while (result == 0);
	return result < 0 ? -1 : 0;
}
