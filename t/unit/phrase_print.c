/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * No test: prints translations, for t/58x-phrases.t and for those who want to see one.
 *
 *     phrase_print DRIVER-FILE HOME SCHEME[:PRODUCT:VERSION] < lines
 *
 * A line is "table NAME", "column TABLE NAME TYPE", "default TABLE NAME EXPRESSION", "identity
 * TABLE NAME", "key TABLE KIND NAME COLUMN,...", "enum NAME", which fill the home catalog; or "e", "q", "d", "t" and a blank before an
 * expression, a query, a statement about rows, a type of the home dialect, for each of
 * which a line is printed: "ok " and the translation, its line ends as \n, or "no " and the
 * error. The columns of an expression are those of the table t. "i" and "j" before a statement and an expression: inward alone.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver/loader.h"
#include "schema/catalog.h"
#include "sql/scanner.h"
#include "translate/phrase.h"

struct session {
	struct limbeck_catalog *catalog;
	struct phrasebook *across, *inward;
	const char *home;
};

static void give_up(const struct limbeck_error *err)
{
	fprintf(stderr, "phrase_print: %s (%s)\n", err->message ? err->message : "failed",
		err->detail ? err->detail : "");
	exit(2);
}

static void column(struct session *s, const char *table, const char *name,
	enum limbeck_attribute attribute, const char *value)
{
	const struct object_name key = { .kind = LIMBECK_KIND_COLUMN, .schema = "public",
		.table = table, .name = name };
	struct limbeck_object *object = catalog_add(s->catalog, &key);

	object_set(object, attribute, value);
}

static void key(struct session *s, const char *table, const char *kind, char *rest)
{
	char *name = strtok(rest, " "), *columns = strtok(NULL, "");
	struct object_name of = { .schema = "public", .table = table, .name = name };
	struct limbeck_object *object;

	of.kind = strcmp(kind, "primary") == 0 ? LIMBECK_KIND_PRIMARY_KEY
		: strcmp(kind, "unique") == 0 ? LIMBECK_KIND_UNIQUE : LIMBECK_KIND_INDEX;
	object = catalog_add(s->catalog, &of);
	if (of.kind == LIMBECK_KIND_INDEX)
		object_set(object, LIMBECK_ATTR_UNIQUE, "yes");
	for (char *one = strtok(columns, ","); one; one = strtok(NULL, ","))
		object_append(object, LIMBECK_ATTR_COLUMNS, one);
}

/* "column t a text": true if the line was such. */
static bool declaration(struct session *s, char *line)
{
	char *word, *table, *name;

	if (line[0] && strchr("eqdtij", line[0]) && line[1] == ' ')
		return false;
	word = strtok(line, " ");
	table = strtok(NULL, " ");
	if (word && strcmp(word, "table") == 0) {
		const struct object_name of = { .kind = LIMBECK_KIND_TABLE, .schema = "public",
			.name = table };

		catalog_add(s->catalog, &of);
		return true;
	}
	if (word && strcmp(word, "enum") == 0) {
		const struct object_name of = { .kind = LIMBECK_KIND_ENUM, .schema = "public",
			.name = table };

		catalog_add(s->catalog, &of);
		return true;
	}
	name = strtok(NULL, " ");
	if (word && strcmp(word, "column") == 0)
		column(s, table, name, LIMBECK_ATTR_TYPE, strtok(NULL, ""));
	else if (word && strcmp(word, "default") == 0)
		column(s, table, name, LIMBECK_ATTR_DEFAULT, strtok(NULL, ""));
	else if (word && strcmp(word, "identity") == 0)
		column(s, table, name, LIMBECK_ATTR_IDENTITY, "serial");
	else if (word && strcmp(word, "key") == 0)
		key(s, table, name, strtok(NULL, ""));
	return true;
}

static int translate(struct session *s, const char *line, struct strbuf *out,
	struct limbeck_error *err)
{
	const struct phrase_scope scope = { .home = s->catalog, .schema = "public",
		.table = strchr("ej", line[0]) ? "t" : NULL };
	const struct ddl_place place = { NULL, 1, 1 };
	bool inward = line[0] == 'i' || line[0] == 'j';
	struct phrasebook *book = inward ? s->inward : s->across;
	const char *text = line + 2;
	struct arena arena = ARENA_INIT;
	struct ddl_expr *expr;
	struct ddl_query *query;
	struct ddl_dml *dml;
	struct ddl_type *type;
	struct parser p;
	int result;

	if (!book || parser_init(&p, &arena, dialect_lexis(s->home), s->home, text, strlen(text),
		&place, err))
		result = -1;
	else if (line[0] == 'e' || line[0] == 'j')
		result = expr_parse(&p, &expr, err) || (!parser_ended(&p) && parser_fail(&p, NULL,
			err)) ? -1 : phrase_expr(book, &scope, expr, out, err);
	else if (line[0] == 'q')
		result = ddl_query_parse(&p, &query, err) ? -1
			: phrase_query(book, &scope, query, out, err);
	else if (line[0] == 't')
		result = type_parse(&p, TYPE_OF_COLUMN, &type, err) ? -1
			: phrase_type(book, type, out, err);
	else
		result = dml_parse(&p, &dml, err) || (!parser_ended(&p) && parser_fail(&p, NULL,
			err)) ? -1 : phrase_data(book, &scope, dml, out, err);
	arena_release(&arena);
	return result;
}

static void answer(struct session *s, const char *line)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct strbuf out = STRBUF_INIT;

	if (translate(s, line, &out, &err) == 0) {
		printf("ok ");
		for (const char *c = out.buf; *c; c++)
			if (*c == '\n')
				printf("\\n");
			else
				putchar(*c);
		putchar('\n');
	} else {
		printf("no %u: %s\n", err.column, err.message ? err.message : "?");
	}
	strbuf_release(&out);
	limbeck_error_release(&err);
}

static void read_lines(struct session *s)
{
	char *line = NULL;
	size_t room = 0;
	ssize_t length;

	while ((length = getline(&line, &room, stdin)) > 0) {
		if (line[length - 1] == '\n')
			line[--length] = '\0';
		if (length > 1 && !declaration(s, line))
			answer(s, line);
		fflush(stdout);
	}
	free(line);
}

int main(int argc, char **argv)
{
	const struct schema_rules rules = { dialect_lexis("postgresql"), false, "public" };
	struct limbeck_server server = { .size = sizeof server };
	struct phrase_options options = { .way = PHRASE_ACROSS };
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct session s = { NULL, NULL, NULL, NULL };
	struct driver *driver;
	char *scheme;

	if (argc != 4)
		return 2;
	s.home = options.dialect = argv[2];
	scheme = strtok(argv[3], ":");
	server.product = strtok(NULL, ":");
	server.version = strtok(NULL, ":");
	if (driver_load_file(&driver, argv[1], scheme, &err))
		give_up(&err);
	options.translation = driver_translation(driver, server.product ? &server : NULL);
	options.lexis = &driver->traits.lexis;
	s.catalog = catalog_new(&rules);
	if (!options.translation || phrasebook_new(&options, &s.across, &err))
		give_up(&err);
	options.way = PHRASE_INWARD;
	if (phrasebook_new(&options, &s.inward, &err))
		give_up(&err);
	read_lines(&s);
	phrasebook_free(s.across);
	phrasebook_free(s.inward);
	catalog_free(s.catalog);
	driver_free(driver);
	return 0;
}
