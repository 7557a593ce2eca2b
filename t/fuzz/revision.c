/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Revision files, header and body: a front of the file says what the whole says, or
 * that it is not enough; survey and reader agree; and a section that is kept as text
 * reads as it did in its file.
 *
 * The input is the file's dialect, the engine, the length of a front, and the file.
 */
#include <string.h>

#include "base/vec.h"
#include "fuzz.h"
#include "script/script.h"
#include "script/touch.h"
#include "sql/scanner.h"

static const char *const engines[][2] = {
	{ "postgresql", "postgresql" }, { "sqlite", "sqlite" }, { "mariadb", "mysql" }
};

struct file {
	struct arena *arena;
	const char *text;
	size_t length;
	const struct limbeck_lexis *home;
	unsigned engine;
};

static struct script_source source_of(const struct file *file, int section)
{
	return (struct script_source) { .path = "f.sql", .text = file->text, .length = file->length,
		.loaded = true, .shown = "f.sql",
		.section = section ? SCRIPT_DOWNGRADE : SCRIPT_UPGRADE, .home = file->home,
		.engine = dialect_lexis(engines[file->engine][0]), .engines = engines[file->engine],
		.engine_count = 2 };
}

static void must_place(const struct limbeck_error *err)
{
	fuzz_same(err->file, "f.sql", "an error names the file");
	fuzz_must(err->line > 0, "and a line in it");
}

static void same_names(const struct names *a, const struct names *b)
{
	fuzz_must(a->count == b->count, "as many names");
	for (size_t i = 0; i < a->count; i++)
		fuzz_same(a->items[i], b->items[i], "names are the same");
}

static void same_header(const struct revision *a, const struct revision *b)
{
	fuzz_same(a->id, b->id, "the id is the same");
	fuzz_same(a->text, b->text, "the message is the same");
	fuzz_same(a->created, b->created, "the time is the same");
	fuzz_same(a->dialect, b->dialect, "the dialect is the same");
	same_names(&a->parents, &b->parents);
	same_names(&a->depends, &b->depends);
	same_names(&a->labels, &b->labels);
	same_names(&a->replaces, &b->replaces);
}

static void check_header(const struct file *file, size_t front)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT, other = LIMBECK_ERROR_INIT;
	struct revision all, some;
	bool complete, enough;
	int result = script_header(file->arena, file->text, file->length, true, "f.sql", &all,
		&complete, &err);
	int early = script_header(file->arena, file->text, front, false, "f.sql", &some, &enough,
		&other);

	fuzz_must(complete, "a whole file is a whole header");
	fuzz_must(enough || early == 0, "what is not enough is no error");
	if (enough) {
		fuzz_must(early == result, "the front says what the whole says");
		fuzz_same(err.message, other.message, "and in the same words");
	}
	if (enough && result == 0)
		same_header(&all, &some);
	if (result < 0) {
		must_place(&err);
		fuzz_failed(&err);
	}
	limbeck_error_release(&other);
}

/* All statements of a section as one text; the number of them, or -1. */
static int read_all(const struct script_source *source, struct strbuf *out)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct script_reader *reader;
	struct script_statement statement;
	int result, count = 0;

	fuzz_must(script_reader_open(&reader, source, &err) == 0, "a text can be read");
	while ((result = script_reader_next(reader, &statement, &err)) > 0) {
		fuzz_must(statement.number == (uint64_t)++count, "statements are counted");
		fuzz_must(statement.length > 0 && statement.line && statement.column,
			"a statement has a text and a place");
		strbuf_add(out, statement.text, statement.length);
		strbuf_addf(out, "|%d%d%u%d%d|", statement.autocommit, statement.repeat,
			statement.pause_ms, statement.whole, statement.verbatim);
	}
	script_reader_close(reader);
	if (result < 0) {
		fuzz_must(err.line > 0, "an error has a line");
		fuzz_failed(&err);
	}
	return result < 0 ? -1 : count;
}

static void check_kept(const struct file *file, const struct script_source *source,
	const struct script_survey *survey, const struct strbuf *statements)
{
	struct strbuf section = STRBUF_INIT, again = STRBUF_INIT;
	struct script_source kept = *source;
	struct script_survey second;
	bool cut;

	if (script_section(source, &survey->places[source->section], 1 << 20, &section, &cut, NULL) < 0)
		fuzz_must(false, "a section can be kept");
	fuzz_must(!cut, "a short one whole");
	kept.path = NULL;
	kept.text = section.buf;
	kept.length = section.len;
	kept.loaded = false;
	if (script_survey(file->arena, &kept, &second, NULL) < 0)
		fuzz_must(false, "what was kept can be read");
	fuzz_must(survey->statements == second.statements && survey->present == second.present
		&& survey->no_transaction == second.no_transaction && survey->cut == second.cut
		&& survey->whole == second.whole && survey->rebuild == second.rebuild,
		"what was kept says what the file says");
	fuzz_must(read_all(&kept, &again) >= 0, "its statements can be read");
	fuzz_same(statements->buf, again.buf, "they are those of the file");
	strbuf_release(&section);
	strbuf_release(&again);
}

static void check_section(const struct file *file, int section)
{
	struct script_source source = source_of(file, section);
	struct script_touched_list touched = { NULL, 0, 0 };
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct strbuf statements = STRBUF_INIT;
	struct script_survey survey;
	int count;

	if (script_survey(file->arena, &source, &survey, &err) < 0) {
		must_place(&err);
		fuzz_failed(&err);
		strbuf_release(&statements);
		return;
	}
	fuzz_must(survey.present == (survey.places[section].begin > 0),
		"a section that is there has a place");
	count = read_all(&source, &statements);
	fuzz_must(count >= 0 && (uint64_t)count == survey.statements, "survey and reader agree");
	fuzz_must(survey.present || count == 0, "no statements without a section");
	check_kept(file, &source, &survey, &statements);
	if (script_touches(file->arena, &source, &touched, &err) < 0)
		fuzz_must(false, "what statements touch can be told");
	strbuf_release(&statements);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz input = { data, size };
	struct arena arena = ARENA_INIT;
	struct file file = { .arena = &arena, .home = fuzz_lexis(&input) };
	size_t front;

	file.engine = fuzz_byte(&input) % 3;
	front = fuzz_byte(&input) * 4;
	file.text = fuzz_rest(&input, &arena, &file.length);
	check_header(&file, front < file.length ? front : file.length);
	check_section(&file, 0);
	check_section(&file, 1);
	arena_release(&arena);
	return 0;
}
