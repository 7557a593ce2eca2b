/* SPDX-License-Identifier: BSD-2-Clause */
#include "script/script.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "script/walk.h"

/* A statement that opens or ends a transaction would end ours. */
static int check_transaction(const struct walk *walk, const struct walk_item *item,
	struct limbeck_error *err)
{
	if (!item->mine || !item->transaction || item->no_transaction || item->autocommit)
		return 0;
	error_set(err, LIMBECK_E_SCRIPT, "transaction control in a section that runs in a "
		"transaction");
	error_hint(err, "Remove it, or begin the section with \"-- @%s no-transaction\".",
		item->section == SCRIPT_UPGRADE ? "upgrade" : "downgrade");
	return walk_fail(walk, item->line, item->column, err);
}

/* Enters what an item of the section that was asked for says. */
static int note(struct arena *arena, const struct walk_item *item, struct script_survey *survey,
	struct limbeck_error *err)
{
	switch (item->kind) {
	case WALK_SECTION:
		survey->present = true;
		survey->no_transaction = item->no_transaction;
		survey->line = item->line;
		break;
	case WALK_IRREVERSIBLE:
		survey->irreversible = true;
		if (!item->length)
			break;
		survey->why = arena_strndup(arena, item->text, item->length);
		if (!survey->why)
			return error_nomem(err);
		break;
	case WALK_STATEMENT:
		survey->statements += item->mine;
		survey->cut = survey->cut || (item->mine && (item->autocommit || item->repeat));
		break;
	default:
		break;
	}
	return 0;
}

/* The file's size and time, by its open descriptor. */
static int note_file(const struct walk *walk, struct script_survey *survey,
	struct limbeck_error *err)
{
	struct stat st;

	if (walk->input.fd < 0)
		return 0;
	if (fstat(walk->input.fd, &st) < 0)
		return error_errno(err, "could not examine file \"%s\"", walk->source->shown);
	survey->size = st.st_size;
	survey->mtime_ns = (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;
	return 0;
}

static int survey_all(struct arena *arena, struct walk *walk, struct script_survey *survey,
	struct limbeck_error *err)
{
	struct walk_item item;

	do {
		if (walk_next(walk, &item, err) < 0)
			return -1;
		if (item.kind == WALK_STATEMENT && check_transaction(walk, &item, err) < 0)
			return -1;
		if (item.section == (int)walk->source->section
			&& note(arena, &item, survey, err) < 0)
			return -1;
	} while (item.kind != WALK_END);
	if (walk->source->section == SCRIPT_DOWNGRADE && !survey->present)
		survey->irreversible = true;
	return 0;
}

int script_survey(struct arena *arena, const struct script_source *source,
	struct script_survey *survey, struct limbeck_error *err)
{
	struct checksum sum;
	struct walk walk;
	int result;

	memset(survey, 0, sizeof *survey);
	survey->present = !source->path && source->length > 0;
	checksum_init(&sum);
	result = walk_open(&walk, source, false, source->path ? &sum : NULL, err);
	if (result == 0)
		result = note_file(&walk, survey, err);
	if (result == 0)
		result = survey_all(arena, &walk, survey, err);
	if (result == 0 && source->path)
		checksum_final(&sum, survey->checksum);
	walk_close(&walk);
	return result;
}

/* Where the section stands in the file; *next: another follows it. */
static int find_section(struct walk *walk, size_t limit, uint64_t *begin, uint64_t *end, bool *next,
	struct limbeck_error *err)
{
	struct walk_item item;
	bool found = false;

	*begin = *end = 0;
	do {
		if (walk_next(walk, &item, err) < 0)
			return -1;
		if (item.kind == WALK_SECTION && item.section == (int)walk->source->section) {
			found = true;
			*begin = item.offset;
		} else {
			*next = found && item.kind == WALK_SECTION;
		}
		if (found)
			*end = item.offset;
	} while (item.kind != WALK_END && !*next
		&& !(found && item.kind == WALK_STATEMENT && item.offset - *begin > limit));
	return 0;
}

/* Copies that part of the file. */
static int copy_section(const struct walk *walk, uint64_t begin, uint64_t end, bool next,
	struct strbuf *out, struct limbeck_error *err)
{
	const struct input *input = &walk->input;

	if (lseek(input->fd, (off_t)begin, SEEK_SET) < 0)
		return error_errno(err, "could not read file \"%s\"", input->shown);
	strbuf_addstr(out, "-- ");
	if (file_read_fd(input->fd, input->shown, (size_t)(end - begin), out, NULL, err) < 0)
		return -1;
	/* end is in the next directive's line, at its "@". */
	while (next && out->len && out->buf[out->len - 1] != '\n')
		strbuf_truncate(out, out->len - 1);
	return strbuf_failed(out) ? error_nomem(err) : 0;
}

static int section_of_file(const struct script_source *source, size_t limit, struct strbuf *out,
	bool *cut, struct limbeck_error *err)
{
	uint64_t begin, end;
	bool next = false;
	struct walk walk;
	int result = -1;

	if (walk_open(&walk, source, false, NULL, err) == 0
		&& find_section(&walk, limit, &begin, &end, &next, err) == 0) {
		*cut = end - begin > limit;
		result = *cut || end == begin
			? 0 : copy_section(&walk, begin, end, next, out, err);
	}
	walk_close(&walk);
	return result;
}

int script_section(const struct script_source *source, size_t limit, struct strbuf *out, bool *cut,
	struct limbeck_error *err)
{
	*cut = false;
	if (source->path)
		return section_of_file(source, limit, out, cut, err);
	*cut = source->length > limit;
	if (!*cut)
		strbuf_add(out, source->text, source->length);
	return strbuf_failed(out) ? error_nomem(err) : 0;
}
