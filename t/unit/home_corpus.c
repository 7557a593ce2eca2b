/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Reads files of SQL in their order, performs what they say on a home, and says how many
 * of the statements were understood:
 *
 *     home_corpus DIALECT [-v] [-s] [FILE...]
 *
 * -v shows what is not; -s the catalog at the end. Statements about rows and those that
 * have no counterpart by their kind (routines) are counted apart.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "homes.h"
#include "sql/splitter.h"

struct corpus {
	struct homes homes;
	const char *file;
	bool verbose;
	unsigned long statements, data, performed, dropped, refused, wrong, unparsed, notices;
};

static void show(struct corpus *c, const char *what, const struct split_item *item)
{
	int most = item->length > 100 ? 100 : (int)item->length;

	if (!c->verbose)
		return;
	printf("%s %s:%u:%u %s\n    ", what, c->file, c->homes.err.line, c->homes.err.column,
		c->homes.err.message ? c->homes.err.message : "");
	for (int i = 0; i < most; i++)
		putchar(item->text[i] == '\n' ? ' ' : item->text[i]);
	putchar('\n');
}

static void perform(struct corpus *c, const struct split_item *item)
{
	const struct ddl_place place = { c->file, item->line, item->column };
	struct ddl_statement *statement;
	struct homes *homes = &c->homes;

	c->statements++;
	limbeck_error_release(&homes->err);
	if (ddl_parse(&homes->arena, dialect_lexis(homes->dialect), homes->dialect, item->text,
			item->length, &place, &statement, &homes->err)) {
		c->unparsed++;
		show(c, "UNPARSED", item);
		return;
	}
	if (statement->kind == DDL_DATA) {
		c->data++;
		return;
	}
	if (home_perform(&homes->home, &homes->arena, statement, &homes->effect, &homes->err)) {
		bool refused = homes->err.code == LIMBECK_E_UNSUPPORTED;

		++*(refused ? &c->refused : &c->wrong);
		show(c, refused ? "REFUSED" : "WRONG", item);
		return;
	}
	c->notices += homes->effect.notices.count;
	++*(homes->effect.dropped ? &c->dropped : &c->performed);
}

static int read_file(void *data, struct strbuf *out, size_t limit, bool *end,
	struct limbeck_error *err)
{
	char buffer[65536];
	size_t count = fread(buffer, 1, limit < sizeof buffer ? limit : sizeof buffer, data);

	(void)err;
	if (count == 0) {
		*end = true;
		return 0;
	}
	strbuf_add(out, buffer, count);
	return 0;
}

static void read_all(struct corpus *c, FILE *in)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct splitter splitter;
	struct split_item item;

	splitter_init(&splitter, dialect_lexis(c->homes.dialect), c->file, read_file, in);
	while (splitter_next(&splitter, &item, &err) == 0 && item.kind != SPLIT_END)
		if (item.kind == SPLIT_STATEMENT)
			perform(c, &item);
	if (err.message)
		printf("UNSPLIT %s: %s\n", c->file, err.message);
	limbeck_error_release(&err);
	splitter_release(&splitter);
}

int main(int argc, char **argv)
{
	struct corpus c = { .file = "-" };
	bool shown = false, any = false;

	if (argc < 2 || !home_traits(argv[1]))
		return 2;
	homes_open(&c.homes, argv[1]);
	for (int i = 2; i < argc; i++) {
		FILE *in;

		if (strcmp(argv[i], "-v") == 0 || strcmp(argv[i], "-s") == 0) {
			*(argv[i][1] == 'v' ? &c.verbose : &shown) = true;
			continue;
		}
		any = true;
		c.file = argv[i];
		in = fopen(argv[i], "r");
		if (!in)
			return 2;
		read_all(&c, in);
		fclose(in);
	}
	if (!any)
		read_all(&c, stdin);
	if (shown)
		fputs(homes_shown(&c.homes), stdout);
	printf("%lu statements: %lu data, %lu performed (%lu notices), %lu dropped, %lu refused, "
		"%lu wrong, %lu not parsed\n", c.statements, c.data, c.performed, c.notices,
		c.dropped, c.refused, c.wrong, c.unparsed);
	homes_close(&c.homes);
	return 0;
}
