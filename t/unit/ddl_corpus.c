/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reads files of SQL, or standard input, and says how many of their statements are
 * parsed, and printed again with the same tokens:
 *
 *     ddl_corpus DIALECT [-v] [-m SEED] [FILE...]
 *
 * -v shows what is not. -m also parses each statement cut short and changed at random: it
 * may be refused, but what is taken must come out again with all its tokens.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/vec.h"
#include "ddl/ddl.h"
#include "ddl_tokens.h"
#include "sql/splitter.h"

struct corpus {
	const struct limbeck_lexis *lexis;
	const char *dialect;
	const char *file;
	bool verbose;
	unsigned mutations;
	unsigned long long seed;
	unsigned long statements, parsed, same, unsplit;
	unsigned long ddl, ddl_same;
	unsigned long tried, taken, lost;
};

static unsigned random_below(struct corpus *c, size_t below)
{
	c->seed = c->seed * 6364136223846793005ULL + 1442695040888963407ULL;
	return (unsigned)((c->seed >> 33) % (below ? below : 1));
}

/* What the parser takes, though it be nonsense, it must have understood whole. */
static void try(struct corpus *c, const char *text)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct strbuf out = STRBUF_INIT, why = STRBUF_INIT;
	struct arena arena = ARENA_INIT;
	struct ddl_statement *statement;

	c->tried++;
	if (ddl_parse(&arena, c->lexis, c->dialect, text, strlen(text), NULL, &statement, &err)
		== 0) {
		c->taken++;
		ddl_print(&out, statement);
		if (!same_tokens(c->lexis, out.buf, text, &why)) {
			c->lost++;
			printf("LOST %s\n  of %s\n  as %s\n", why.buf, text, out.buf);
		}
	}
	limbeck_error_release(&err);
	strbuf_release(&out);
	strbuf_release(&why);
	arena_release(&arena);
}

/* Cut short, and with some bytes others. */
static void change_bytes(struct corpus *c, const char *text, size_t length)
{
	static const char bytes[] = "()',;.\"`$x1 *-+:=[]\\@";
	struct strbuf copy = STRBUF_INIT;

	strbuf_add(&copy, text, random_below(c, 2) ? random_below(c, length + 1) : length);
	for (unsigned n = random_below(c, 4); n && copy.len; n--)
		copy.buf[random_below(c, copy.len)] = bytes[random_below(c, sizeof bytes - 1)];
	try(c, copy.buf);
	strbuf_release(&copy);
}

/* One token is left out, doubled, or stands where another was. */
static void change_tokens(struct corpus *c, const char *text, size_t length)
{
	static const unsigned times[] = { 0, 2, 1 };
	struct strbuf copy = STRBUF_INIT;
	VEC(struct token) tokens = VEC_INIT;
	struct scanner scanner;
	struct token token;
	unsigned at, other, how = random_below(c, 3);

	scanner_init(&scanner, c->lexis, text, length, true);
	do {
		scanner_next(&scanner, &token);
	} while (token.kind != TOKEN_END && token.kind != TOKEN_BAD && vec_push(&tokens, token));
	at = random_below(c, tokens.count);
	other = random_below(c, tokens.count);
	for (unsigned i = 0; i < tokens.count; i++) {
		struct token *it = &tokens.items[i == at && how == 2 ? other : i];

		for (unsigned n = i == at ? times[how] : 1; n; n--) {
			strbuf_add(&copy, it->text, it->length);
			strbuf_addch(&copy, it->kind == TOKEN_COMMENT ? '\n' : ' ');
		}
	}
	try(c, copy.buf);
	vec_release(&tokens);
	strbuf_release(&copy);
}

static void mutate(struct corpus *c, const char *text, size_t length)
{
	for (unsigned i = 0; i < c->mutations; i++)
		if (i % 3 == 0)
			change_bytes(c, text, length);
		else
			change_tokens(c, text, length);
}

static bool is_data(const char *text)
{
	static const char *const words[] = { "SELECT", "INSERT", "UPDATE", "DELETE", "WITH",
		"REPLACE", "VALUES", "(" };

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strncasecmp(text, words[i], strlen(words[i])) == 0)
			return true;
	return false;
}

static void check(struct corpus *c, const struct split_item *item)
{
	struct ddl_place place = { .file = c->file, .line = item->line, .column = item->column };
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct strbuf out = STRBUF_INIT, why = STRBUF_INIT;
	struct arena arena = ARENA_INIT;
	struct ddl_statement *statement = NULL;
	bool same = false, data = is_data(item->text);

	c->statements++;
	if (ddl_parse(&arena, c->lexis, c->dialect, item->text, item->length, &place, &statement,
		&err) == 0) {
		char *text = arena_strndup(&arena, item->text, item->length);

		c->parsed++;
		ddl_print(&out, statement);
		same = text && same_tokens(c->lexis, out.buf, text, &why);
		if (!same && c->verbose)
			printf("%s:%u: PRINTED %s: %s\n", c->file, item->line, why.buf, out.buf);
	} else if (c->verbose) {
		printf("%s:%u:%u: %s %s | %s\n", c->file, err.line, err.column,
			err.message ? err.message : "no message", err.detail ? err.detail : "",
			err.source ? err.source : "");
	}
	c->same += same;
	c->ddl += !data;
	c->ddl_same += !data && same;
	mutate(c, item->text, item->length);
	limbeck_error_release(&err);
	strbuf_release(&out);
	strbuf_release(&why);
	arena_release(&arena);
}

static int read_stream(void *data, struct strbuf *out, size_t limit, bool *end,
	struct limbeck_error *err)
{
	size_t length;

	if (!strbuf_grow(out, limit))
		return error_nomem(err);
	length = fread(out->buf + out->len, 1, limit, data);
	out->len += length;
	out->buf[out->len] = '\0';
	*end = length == 0;
	return 0;
}

static void read_file(struct corpus *c, FILE *stream)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct splitter splitter;
	struct split_item item;

	splitter_init(&splitter, c->lexis, c->file, read_stream, stream);
	for (;;) {
		if (splitter_next(&splitter, &item, &err)) {
			c->unsplit++;
			if (c->verbose)
				printf("%s:%u: UNSPLIT %s\n", c->file, err.line,
					err.message ? err.message : "");
			break;
		}
		if (item.kind == SPLIT_END)
			break;
		if (item.kind == SPLIT_STATEMENT && item.text[0] != '\\')
			check(c, &item);
	}
	limbeck_error_release(&err);
	splitter_release(&splitter);
}

static int usage(void)
{
	fprintf(stderr, "usage: ddl_corpus DIALECT [-v] [-m SEED] [FILE...]\n");
	return 2;
}

int main(int argc, char **argv)
{
	struct corpus c = { .dialect = argc > 1 ? argv[1] : "", .file = "-" };
	int i = 2;

	c.lexis = dialect_lexis(c.dialect);
	if (!c.lexis)
		return usage();
	for (; i < argc && argv[i][0] == '-'; i++) {
		if (strcmp(argv[i], "-v") == 0) {
			c.verbose = true;
		} else if (strcmp(argv[i], "-m") == 0 && i + 1 < argc) {
			c.mutations = 20;
			c.seed = strtoull(argv[++i], NULL, 10);
		} else {
			return usage();
		}
	}
	if (i == argc)
		read_file(&c, stdin);
	for (; i < argc; i++) {
		FILE *stream = fopen(argv[i], "rb");

		if (!stream) {
			perror(argv[i]);
			return 1;
		}
		c.file = argv[i];
		read_file(&c, stream);
		fclose(stream);
	}
	printf("%lu statements, %lu parsed, %lu the same; DDL %lu, %lu the same; %lu files not "
		"split\n", c.statements, c.parsed, c.same, c.ddl, c.ddl_same, c.unsplit);
	if (c.tried)
		printf("%lu changed, %lu taken, %lu with something lost\n", c.tried, c.taken,
			c.lost);
	return c.same < c.statements || c.lost > 0;
}
