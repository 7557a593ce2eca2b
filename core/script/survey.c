/* SPDX-License-Identifier: BSD-2-Clause */
#include "script/script.h"

#include <fcntl.h>
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

/* As check_transaction() for the statements of a @whole section. What can't be
 * read there is left to the engine. */
static int check_whole(const struct script_source *source, struct limbeck_error *err)
{
	struct walk_item item;
	struct walk walk;
	int result = walk_open(&walk, source, false, NULL, err);

	walk.parts = true;
	while (result == 0 && walk_next(&walk, &item, NULL) == 0 && item.kind != WALK_END)
		if (item.kind == WALK_STATEMENT && item.section == (int)source->section)
			result = check_transaction(&walk, &item, err);
	walk_close(&walk);
	return result;
}

static int note_decision(struct arena *arena, const struct walk_item *item,
	struct script_survey *survey, struct limbeck_error *err)
{
	if (!item->mine || survey->decisions++ > 0)
		return 0;
	survey->decide = arena_strndup(arena, item->text, item->length);
	survey->decide_line = item->line;
	survey->decide_column = item->column;
	return survey->decide ? 0 : error_nomem(err);
}

/* Enters what an item of the section that was asked for says. */
static int note(struct arena *arena, const struct walk_item *item, struct script_survey *survey,
	struct limbeck_error *err)
{
	switch (item->kind) {
	case WALK_SECTION:
		survey->present = true;
		survey->no_transaction = item->no_transaction;
		survey->rebuild = item->rebuild;
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
	case WALK_DECIDE:
		return note_decision(arena, item, survey, err);
	case WALK_STATEMENT:
		survey->statements += item->mine;
		survey->selects = survey->selects || item->selected;
		survey->whole = survey->whole || item->whole;
		survey->cut = survey->cut || (item->mine && (item->autocommit || item->repeat));
		break;
	default:
		break;
	}
	return 0;
}

static int64_t time_of(const struct stat *st)
{
	return (int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec;
}

static int load(struct arena *arena, struct script_source *source, int fd, off_t size,
	struct limbeck_error *err)
{
	struct strbuf text = STRBUF_INIT;
	struct stat st;
	int result = file_read_fd(fd, source->shown, (size_t)size + 1, &text, NULL, err);

	if (result == 0 && fstat(fd, &st) < 0)
		result = error_errno(err, "could not examine file \"%s\"", source->shown);
	if (result == 0) {
		source->text = strbuf_failed(&text) ? NULL
			: arena_strndup(arena, text.buf, text.len);
		result = source->text ? 0 : error_nomem(err);
	}
	if (result == 0) {
		source->length = text.len;
		source->loaded = true;
		source->size = st.st_size;
		source->mtime_ns = time_of(&st);
	}
	strbuf_release(&text);
	return result;
}

int script_load(struct arena *arena, struct script_source *source, size_t limit,
	struct limbeck_error *err)
{
	off_t size;
	int fd, result = 0;

	if (!source->path || source->loaded)
		return 0;
	fd = file_open(AT_FDCWD, source->path, source->shown, &size, err);
	if (fd < 0) {
		error_place(err, source->shown, 0, 0);
		return -1;
	}
	if ((uint64_t)size <= limit)
		result = load(arena, source, fd, size, err);
	close(fd);
	return result;
}

/* The file's size and time, by its open descriptor. */
static int note_file(const struct walk *walk, struct script_survey *survey,
	struct limbeck_error *err)
{
	struct stat st;

	survey->size = walk->source->size;
	survey->mtime_ns = walk->source->mtime_ns;
	if (walk->input.fd < 0)
		return 0;
	if (fstat(walk->input.fd, &st) < 0)
		return error_errno(err, "could not examine file \"%s\"", walk->source->shown);
	survey->size = st.st_size;
	survey->mtime_ns = time_of(&st);
	return 0;
}

/* Notes where sections begin and end; open is the one the walk is in. */
static void note_place(struct script_survey *survey, const struct walk_item *item,
	struct script_place **open)
{
	if (item->kind != WALK_SECTION && item->kind != WALK_END)
		return;
	if (*open) {
		(*open)->end = item->offset;
		(*open)->next = item->kind == WALK_SECTION;
	}
	*open = NULL;
	if (item->kind == WALK_SECTION) {
		*open = &survey->places[item->section];
		(*open)->begin = item->offset;
	}
}

static int survey_all(struct arena *arena, struct walk *walk, struct script_survey *survey,
	struct limbeck_error *err)
{
	struct script_place *open = NULL;
	struct walk_item item;

	do {
		if (walk_next(walk, &item, err) < 0)
			return -1;
		if (item.kind == WALK_STATEMENT && check_transaction(walk, &item, err) < 0)
			return -1;
		if (item.whole && item.section == (int)walk->source->section
			&& !item.no_transaction && check_whole(walk->source, err) < 0)
			return -1;
		note_place(survey, &item, &open);
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

/* What stands between begin and end of the file. */
static int copy_part(const struct script_source *source, uint64_t begin, uint64_t end,
	struct strbuf *out, struct limbeck_error *err)
{
	int fd, result;

	if (source->loaded) {
		strbuf_add(out, source->text + begin, (size_t)(end - begin));
		return 0;
	}
	fd = file_open(AT_FDCWD, source->path, source->shown, NULL, err);
	if (fd < 0)
		return -1;
	result = lseek(fd, (off_t)begin, SEEK_SET) < 0
		? error_errno(err, "could not read file \"%s\"", source->shown)
		: file_read_fd(fd, source->shown, (size_t)(end - begin), out, NULL, err);
	close(fd);
	return result;
}

static int section_of_file(const struct script_source *source, const struct script_place *place,
	size_t limit, struct strbuf *out, bool *cut, struct limbeck_error *err)
{
	*cut = place->end - place->begin > limit;
	if (*cut || place->begin == 0)
		return 0;
	strbuf_addstr(out, "-- ");
	if (copy_part(source, place->begin, place->end, out, err) < 0)
		return -1;
	/* end is in the next directive's line, at its "@". */
	while (place->next && out->len && out->buf[out->len - 1] != '\n')
		strbuf_truncate(out, out->len - 1);
	return strbuf_failed(out) ? error_nomem(err) : 0;
}

int script_section(const struct script_source *source, const struct script_place *place,
	size_t limit, struct strbuf *out, bool *cut, struct limbeck_error *err)
{
	*cut = false;
	if (source->path)
		return section_of_file(source, place, limit, out, cut, err);
	*cut = source->length > limit;
	if (!*cut)
		strbuf_add(out, source->text, source->length);
	return strbuf_failed(out) ? error_nomem(err) : 0;
}
