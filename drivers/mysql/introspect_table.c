/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "introspect.h"

/* The server adds to the options that were given when the table was made words
 * of its own. */
static void add_options(struct text *options, const char *given)
{
	while (*given) {
		size_t length = strcspn(given, " ");
		size_t name = strcspn(given, "= ");

		if (length > 0 && name < length) {
			size_t i;

			text_add(options, options->length ? " " : "");
			for (i = 0; i < name; i++) {
				char c = given[i];

				if (c >= 'a' && c <= 'z' && *given != '`' && *given != '"')
					c = (char)(c - 'a' + 'A');
				text_add_n(options, &c, 1);
			}
			text_add_n(options, given + name, length - name);
		}
		given += length + (given[length] == ' ');
	}
}

/* name, type, engine, collation, options, comment */
static void describe_table(struct reader *r, struct limbeck_object *table, char **row)
{
	struct text *options = &r->scratch;

	text_clear(options);
	if (row[2] && !same_word(row[2], r->engine))
		text_addf(options, "ENGINE=%s", row[2]);
	if (row[4]) {
		add_options(options, row[4]);
		r->partitioned = r->partitioned || find_word(row[4], "partitioned");
	}
	if (same_word(row[1], "SYSTEM VERSIONED"))
		text_add(options, options->length ? " WITH SYSTEM VERSIONING" :
			"WITH SYSTEM VERSIONING");
	if (options->length > 0)
		limbeck_host->object_set(table, LIMBECK_ATTR_OPTIONS, text_string(options));
	if (row[3] && !same_word(row[3], r->collation))
		limbeck_host->object_set(table, LIMBECK_ATTR_COLLATION, row[3]);
	if (row[5] && *row[5])
		limbeck_host->object_set(table, LIMBECK_ATTR_COMMENT, row[5]);
}

static void add_sequence_query(struct reader *r, const char *name)
{
	struct text *sql = &r->sequences;

	text_add(sql, sql->length ? " UNION ALL SELECT " : "SELECT ");
	text_add_literal(sql, name, r->backslash);
	text_add(sql, ", start_value, increment, minimum_value, maximum_value, cache_size, "
		"cycle_option FROM ");
	text_add_name(sql, name);
}

static int read_table(struct reader *r, void *data, char **row, struct limbeck_error *err)
{
	struct limbeck_object *object;

	(void)data, (void)err;
	if (same_word(row[1], "VIEW")) {
		limbeck_host->object_add(r->catalog, LIMBECK_KIND_VIEW, NULL, NULL, row[0], NULL);
	} else if (same_word(row[1], "SEQUENCE")) {
		limbeck_host->object_add(r->catalog, LIMBECK_KIND_SEQUENCE, NULL, NULL, row[0],
			NULL);
		add_sequence_query(r, row[0]);
	} else if (same_word(row[1], "BASE TABLE") || same_word(row[1], "SYSTEM VERSIONED")) {
		object = limbeck_host->object_add(r->catalog, LIMBECK_KIND_TABLE, NULL, NULL,
			row[0], NULL);
		describe_table(r, object, row);
	}
	return 0;
}

int reader_tables(struct reader *r, struct limbeck_error *err)
{
	struct text sql = TEXT_INIT;

	text_addf(&sql, "SELECT table_name, table_type, engine, table_collation, create_options, "
		"table_comment FROM information_schema.tables WHERE table_schema = %s "
		"ORDER BY table_name", text_string(&r->schema));
	return reader_query(r, &sql, read_table, NULL, err);
}

int reader_columns(struct reader *r, struct limbeck_error *err)
{
	struct text sql = TEXT_INIT;

	text_add(&sql, "SELECT ");
	reader_column_list(r, &sql);
	text_addf(&sql, " FROM information_schema.columns WHERE table_schema = %s "
		"ORDER BY table_name, ordinal_position", text_string(&r->schema));
	return reader_query(r, &sql, reader_column, NULL, err);
}
