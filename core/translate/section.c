/* SPDX-License-Identifier: BSD-2-Clause */
/* A section, statement by statement, and the text that comes of it. */
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "driver/out_text.h"
#include "script/script.h"
#include "translate/translator_int.h"

void translated_init(struct translated *translated)
{
	*translated = (struct translated){ .rebuild = false };
	strbuf_init(&translated->text);
}

void translated_release(struct translated *translated)
{
	strbuf_release(&translated->text);
	vec_release(&translated->statements);
	vec_release(&translated->sources);
	vec_release(&translated->chunks);
}

struct translated_source *section_source(struct translator *translator)
{
	struct translated *out = translator->out;

	return out && out->sources.count ? &out->sources.items[out->sources.count - 1] : NULL;
}

const char *section_say(struct translator *translator, const char *text)
{
	return translator->section ? arena_strdup(translator->section, text) : NULL;
}

/* What follows comes from the statement that is being looked at, or, of several that are
 * joined, the last. */
static void begin_chunk(struct translator *translator)
{
	struct translated *out = translator->out;
	const struct pending *pending = &translator->pending;
	struct translated_chunk new = { .offset = out->text.len,
		.source = pending->last ? pending->last : (unsigned)out->sources.count };

	if (out->chunks.count && out->chunks.items[out->chunks.count - 1].source == new.source)
		return;
	if (!vec_push(&out->chunks, new))
		out->text.failed = true;
}

static void open_blocks(struct translator *translator, const struct source_statement *like)
{
	struct strbuf *out = &translator->out->text;

	if (like->verbatim)
		strbuf_addf(out, "-- @only %s\n", translator->options.engine_count
			? translator->options.engines[0] : translator->options.driver->table.name);
	if (like->autocommit)
		strbuf_addstr(out, "-- @autocommit\n");
	if (like->repeat && like->pause_ms)
		strbuf_addf(out, "-- @repeat pause=%u\n", like->pause_ms);
	else if (like->repeat)
		strbuf_addstr(out, "-- @repeat\n");
}

static void close_blocks(struct translator *translator, const struct source_statement *like)
{
	struct strbuf *out = &translator->out->text;

	if (like->autocommit)
		strbuf_addstr(out, "-- @end\n");
	if (like->verbatim)
		strbuf_addstr(out, "-- @end\n");
}

/* One statement as it is, whatever is in it. */
static void add_one(struct translator *translator, const char *text, size_t length)
{
	struct strbuf *out = &translator->out->text;
	char *copy = mem_alloc(length + 1);

	if (!copy) {
		out->failed = true;
		return;
	}
	memcpy(copy, text, length);
	if (out_text_statement(out, translator->lexis, copy) < 0)
		out->failed = true;
	if (out->len && out->buf[out->len - 1] != '\n')
		strbuf_addch(out, '\n');
	mem_free(copy);
}

void section_emit(struct translator *translator, const struct source_statement *like,
	const char *text, size_t length)
{
	struct strbuf *out;

	if (!translator->out || !length)
		return;
	out = &translator->out->text;
	begin_chunk(translator);
	if (like)
		open_blocks(translator, like);
	if (like && like->verbatim) {
		add_one(translator, text, length);
	} else {
		strbuf_add(out, text, length);
		while (out->len && strchr(" \t\r\n", out->buf[out->len - 1]))
			strbuf_truncate(out, out->len - 1);
		if (out->len && out->buf[out->len - 1] != ';' && out->buf[out->len - 1] != '\n')
			strbuf_addstr(out, ";");
		strbuf_addch(out, '\n');
	}
	if (like)
		close_blocks(translator, like);
}

/* --- where each statement of the text comes from --- */

/* The byte at which a line of the text begins. */
static size_t offset_of(const struct strbuf *text, unsigned line, unsigned *at, size_t from)
{
	while (*at < line) {
		const char *end = memchr(text->buf + from, '\n', text->len - from);

		if (!end)
			break;
		from = (size_t)(end - text->buf) + 1;
		++*at;
	}
	return from;
}

static unsigned source_at(const struct translated *out, size_t offset)
{
	size_t low = 0, high = out->chunks.count;

	while (low + 1 < high) {
		size_t middle = (low + high) / 2;

		if (out->chunks.items[middle].offset <= offset)
			low = middle;
		else
			high = middle;
	}
	return out->chunks.count ? out->chunks.items[low].source : 0;
}

static bool add_statement(struct translated *out, const struct script_statement *statement,
	size_t line_start)
{
	struct translated_statement new = { .offset = line_start, .length = statement->length };
	unsigned number = source_at(out, line_start);

	/* Nothing but blanks stands before it on its line. */
	new.offset += statement->column ? statement->column - 1 : 0;
	if (number > 0 && number <= out->sources.count) {
		new.source = number;
		new.line = out->sources.items[number - 1].line;
		new.column = out->sources.items[number - 1].column;
	}
	return vec_push(&out->statements, new);
}

static int find_statements(struct translator *translator, const struct script_source *source,
	struct limbeck_error *err)
{
	struct translated *out = translator->out;
	struct script_source text = translated_script(out, source, translator->lexis);
	struct script_statement statement;
	struct script_reader *reader = NULL;
	unsigned line = 1;
	size_t at = 0;
	int result;

	if (script_reader_open(&reader, &text, err) < 0)
		return -1;
	while ((result = script_reader_next(reader, &statement, err)) > 0) {
		at = offset_of(&out->text, statement.line, &line, at);
		if (!add_statement(out, &statement, at)) {
			result = error_nomem(err);
			break;
		}
	}
	script_reader_close(reader);
	return result < 0 ? -1 : 0;
}

struct script_source translated_script(const struct translated *translated,
	const struct script_source *source, const struct limbeck_lexis *lexis)
{
	return (struct script_source){ .text = translated->text.buf,
		.length = translated->text.len, .shown = source->shown,
		.section = source->section, .home = lexis, .engine = lexis,
		.engines = source->engines, .engine_count = source->engine_count };
}

/* --- the section --- */

struct flags {
	bool no_transaction;   /* of the section as it is written */
	bool kept;             /* ... still to be said */
	bool rebuild;
};

static int add_source(struct translator *translator, const struct script_statement *statement,
	struct limbeck_error *err)
{
	struct translated *out = translator->out;
	struct translated_source new = { .line = statement->line, .column = statement->column,
		.length = statement->length };

	if (!out)
		return 0;
	new.number = (unsigned)out->sources.count + 1;
	new.text = arena_strndup(translator->section, statement->text, statement->length);
	return new.text && vec_push(&out->sources, new) ? 0 : error_nomem(err);
}

static int no_whole(struct translator *translator, const struct script_statement *statement,
	struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_UNSUPPORTED, "a @whole section can't be translated");
	error_hint(err, "It is one text to limbeck. Take the line \"-- @whole\" away, so that its "
		"statements are told apart.");
	error_place(err, translator->file, statement->line, statement->column);
	return -1;
}

static int take(struct translator *translator, const struct script_statement *statement,
	struct flags *flags, struct limbeck_error *err)
{
	struct source_statement s = { .text = statement->text, .length = statement->length,
		.line = statement->line, .column = statement->column,
		.repeat = statement->repeat, .pause_ms = statement->pause_ms,
		.verbatim = statement->verbatim || translator->home->native };

	if (statement->whole && !s.verbatim && translator->out)
		return no_whole(translator, statement, err);
	s.autocommit = statement->autocommit && !flags->no_transaction;
	flags->kept = flags->kept || (s.verbatim && flags->no_transaction);
	if (add_source(translator, statement, err) < 0)
		return -1;
	return translator_take(translator, &s, err);
}

static int take_all(struct translator *translator, const struct script_source *source,
	struct flags *flags, struct limbeck_error *err)
{
	struct script_reader *reader = NULL;
	struct script_statement statement;
	int result;

	if (script_reader_open(&reader, source, err) < 0)
		return -1;
	while ((result = script_reader_next(reader, &statement, err)) > 0)
		if (take(translator, &statement, flags, err) < 0) {
			result = -1;
			break;
		}
	script_reader_close(reader);
	return result < 0 ? -1 : translator_flush(translator, err);
}

/* What is joined is known at the end. Chunks are in the order of their sources. */
static void mark_joined(struct translated *out)
{
	size_t chunk = 0;

	for (size_t i = 0; i < out->sources.count; i++) {
		struct translated_source *source = &out->sources.items[i];

		while (chunk < out->chunks.count && out->chunks.items[chunk].source < source->number)
			chunk++;
		if (source->fate != TRANSLATION_SENT || (chunk < out->chunks.count
				&& out->chunks.items[chunk].source == source->number))
			continue;
		source->fate = i + 1 < out->sources.count ? TRANSLATION_JOINED : TRANSLATION_NOTHING;
	}
}

/* The section's directive, put before its text. */
static int finish(struct translator *translator, const struct script_source *source,
	const struct flags *flags, struct limbeck_error *err)
{
	struct translated *out = translator->out;
	struct strbuf text = STRBUF_INIT;
	size_t head;

	strbuf_addf(&text, "-- @%s%s%s\n", source->section == SCRIPT_UPGRADE ? "upgrade" : "downgrade",
		flags->kept ? " no-transaction" : "", out->rebuild || flags->rebuild ? " rebuild" : "");
	head = text.len;
	strbuf_add(&text, out->text.buf, out->text.len);
	for (size_t i = 0; i < out->chunks.count; i++)
		out->chunks.items[i].offset += head;
	if (strbuf_failed(&text) || strbuf_failed(&out->text)) {
		strbuf_release(&text);
		return error_nomem(err);
	}
	strbuf_release(&out->text);
	out->text = text;
	mark_joined(out);
	return find_statements(translator, source, err);
}

static int translate(struct translator *translator, const struct script_source *source,
	struct arena *arena, struct translated *out, struct limbeck_error *err)
{
	struct script_survey survey;
	struct flags flags = { false, false, false };

	translator->section = arena;
	translator->out = out;
	translator->file = source->shown;
	for (size_t i = 0; i < translator->homes.count; i++)
		translator->homes.items[i]->home.file = source->shown;
	if (script_survey(arena, source, &survey, err) < 0)
		return -1;
	flags.no_transaction = survey.no_transaction;
	if (take_all(translator, source, &flags, err) < 0)
		return -1;
	return out ? finish(translator, source, &flags, err) : 0;
}

int translate_section(struct translator *translator, const struct script_source *source,
	struct arena *arena, struct translated *out, struct limbeck_error *err)
{
	int result = translate(translator, source, arena, out, err);

	translator->out = NULL;
	translator->section = NULL;
	translator->file = NULL;
	return result;
}

int translate_statement(struct translator *translator, const char *text, size_t length,
	const struct ddl_place *place, struct translated *out, struct limbeck_error *err)
{
	struct arena arena = ARENA_INIT;
	const struct script_source source = { .text = text, .length = length,
		.shown = place && place->file ? place->file : "statement",
		.section = SCRIPT_UPGRADE, .home = translator->home->lexis,
		.engine = translator->lexis, .engines = translator->options.engines,
		.engine_count = translator->options.engine_count };
	int result = translate_section(translator, &source, &arena, out, err);

	/* What was said of it went with the arena. */
	if (out)
		out->sources.count = 0;
	arena_release(&arena);
	return result;
}
