/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * limbeck.ini: what is read, written down again plainly, is read as the same; each
 * byte of a value has a place in the file; and values are read as what they may be.
 */
#include <string.h>

#include "base/vec.h"
#include "config/expand.h"
#include "config/ini.h"
#include "config/value.h"
#include "fuzz.h"

struct entries {
	VEC(struct ini_entry) list;
	struct arena *arena;
};

static int keep(void *data, const struct ini_entry *entry, struct limbeck_error *err)
{
	struct entries *entries = data;

	(void)err;
	fuzz_must(vec_push_arena(&entries->list, *entry, entries->arena), "there is memory");
	return 0;
}

static void write_entry(struct strbuf *out, const struct ini_entry *entry)
{
	if (!entry->key) {
		strbuf_addf(out, "[%s]\n", entry->section);
		return;
	}
	strbuf_addf(out, "%s=", entry->key);
	for (const char *c = entry->value; *c; c++) {
		strbuf_addch(out, *c);
		if (*c == '\n' && c[1] != '\n')
			strbuf_addch(out, ' ');
	}
	strbuf_addch(out, '\n');
}

/* A value is read as each thing that it may be. */
static void read_value(struct arena *arena, const char *value)
{
	static const char *const variables[] = { "A=x", "B=${A}" };
	const struct expansion with = { "/here", variables, 2 };
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	const char *const *parts;
	size_t offset, count;
	double seconds = 0;
	long number = 0;
	bool yes;

	value_boolean(value, &yes);
	fuzz_must(!value_integer(value, 1, 200, &number) || (number >= 1 && number <= 200),
		"a number is in its range");
	fuzz_must(!value_duration(value, &seconds) || seconds >= 0, "a time is not negative");
	fuzz_must(value_split(arena, value, ":;\n", &parts, &count), "there is memory");
	for (size_t i = 0; i < count; i++)
		fuzz_must(parts[i][0] && !strpbrk(parts[i], ":;\n"), "a piece is one piece");
	if (!expand_text(arena, &with, value, &offset, &err)) {
		fuzz_must(offset <= strlen(value), "an error stands in the value");
		fuzz_failed(&err);
	}
}

static void check_entry(struct arena *arena, const struct ini_entry *entry, const char *text,
	size_t length)
{
	unsigned lines = 1, line, column;
	size_t source_length;
	const char *source;

	for (size_t i = 0; i < length; i++)
		lines += text[i] == '\n';
	fuzz_must(entry->line && entry->line <= lines && entry->key_column, "an entry has a place");
	if (!entry->key)
		return;
	fuzz_must(entry->line_count > 0, "a value has a line");
	for (size_t at = 0; at <= strlen(entry->value); at++) {
		ini_place(entry, at, &line, &column);
		fuzz_must(line >= entry->line && line <= lines && column,
			"each byte of a value has a place");
	}
	ini_place(entry, 0, &line, &column);
	source = ini_source(text, length, line, &source_length);
	fuzz_must(source >= text && source + source_length <= text + length,
		"a line is one of the file");
	read_value(arena, entry->value);
}

static void check_again(const struct entries *first, struct arena *arena)
{
	struct entries second = { .arena = arena };
	struct strbuf out = STRBUF_INIT;

	for (size_t i = 0; i < first->list.count; i++)
		write_entry(&out, &first->list.items[i]);
	fuzz_must(ini_parse(arena, out.buf, out.len, "f.ini", keep, &second, NULL) == 0,
		"what is written can be read");
	fuzz_must(first->list.count == second.list.count, "there are as many entries");
	for (size_t i = 0; i < first->list.count; i++) {
		fuzz_same(first->list.items[i].section, second.list.items[i].section, "sections");
		fuzz_same(first->list.items[i].key, second.list.items[i].key, "keys");
		fuzz_same(first->list.items[i].value, second.list.items[i].value, "values");
	}
	strbuf_release(&out);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz input = { data, size };
	struct arena arena = ARENA_INIT;
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct entries entries = { .arena = &arena };
	size_t length;
	const char *text = fuzz_rest(&input, &arena, &length);

	if (ini_parse(&arena, text, length, "f.ini", keep, &entries, &err) < 0) {
		fuzz_must(err.line && err.column, "an error has a place");
		fuzz_failed(&err);
	} else {
		for (size_t i = 0; i < entries.list.count; i++)
			check_entry(&arena, &entries.list.items[i], text, length);
		check_again(&entries, &arena);
	}
	arena_release(&arena);
	return 0;
}
