/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "introspect.h"

enum { C_TABLE, C_NAME, C_DEFAULT, C_NULLABLE, C_TYPE, C_EXTRA, C_CHARSET, C_COLLATION, C_COMMENT,
	C_GENERATION, C_SRS };

void reader_column_list(const struct reader *r, struct text *sql)
{
	text_addf(sql, "table_name, column_name, column_default, is_nullable, column_type, extra, "
		"character_set_name, collation_name, column_comment, %s, %s",
		r->known & KNOWN_GENERATED ? "generation_expression" : "NULL",
		r->known & KNOWN_SRS ? "srs_id" : "NULL");
}

static bool in_primary_key(const struct reader *r, const char *table, const char *column)
{
	const struct limbeck_object *key = limbeck_host->object_find(r->catalog,
		LIMBECK_KIND_PRIMARY_KEY, NULL, table, "PRIMARY", NULL);
	size_t count = key ? limbeck_host->object_count(key, LIMBECK_ATTR_COLUMNS) : 0;
	size_t i;

	for (i = 0; i < count; i++) {
		if (same_word(limbeck_host->object_item(key, LIMBECK_ATTR_COLUMNS, i), column))
			return true;
	}
	return false;
}

/* MariaDB writes COMPRESSED into the type, as a comment for MySQL. */
static void set_type(struct reader *r, struct limbeck_object *column, const char *type)
{
	const char *comment = strstr(type, " /*M!");
	struct text *text = &r->scratch;

	text_clear(text);
	text_add_n(text, type, comment ? (size_t)(comment - type) : strlen(type));
	if (comment && strstr(comment, " COMPRESSED"))
		text_add(text, " COMPRESSED");
	limbeck_host->object_set(column, LIMBECK_ATTR_TYPE, text_string(text));
	text_clear(text);
	meaning_of(type, text);
	limbeck_host->object_set(column, LIMBECK_ATTR_MEANING, text_string(text));
}

/* Before the column's own table, whose collation is the standard one. */
static void set_collation(const struct reader *r, struct limbeck_object *column,
	const struct limbeck_object *table, char **row)
{
	const char *standard = limbeck_host->object_get(table, LIMBECK_ATTR_COLLATION);
	const char *charset = row[C_CHARSET];

	if (!charset || !row[C_COLLATION])
		return;
	if (!standard)
		standard = r->collation;
	if (same_word(standard, row[C_COLLATION]))
		return;
	if (strlen(charset) != charset_length(standard) || !begins_with(standard, charset))
		limbeck_host->object_set(column, LIMBECK_ATTR_CHARSET, charset);
	limbeck_host->object_set(column, LIMBECK_ATTR_COLLATION, row[C_COLLATION]);
}

static bool is_numeric(const char *type)
{
	static const char *const types[] = { "tinyint", "smallint", "mediumint", "int", "bigint",
		"decimal", "float", "double", "bit", "year" };
	size_t i;

	for (i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		if (begins_with(type, types[i]))
			return true;
	}
	return false;
}

/* MySQL gives the value of a literal, not the literal; bytes it shows as 0x... */
static void add_mysql_default(const struct reader *r, struct text *text, char **row)
{
	const char *value = row[C_DEFAULT];
	const char *type = row[C_TYPE];
	bool clock = begins_with(value, "CURRENT_TIMESTAMP") &&
		(begins_with(type, "timestamp") || begins_with(type, "datetime"));

	if (find_word(row[C_EXTRA], "DEFAULT_GENERATED") && !clock) {
		text_add(text, "(");
		reader_expression(r, text, value);
		text_add(text, ")");
	} else if (clock || is_numeric(type) ||
		(strstr(type, "binary") && begins_with(value, "0x"))) {
		text_add(text, value);
	} else {
		text_add_literal(text, value, r->backslash);
	}
}

static void set_default(struct reader *r, struct limbeck_object *column, char **row)
{
	struct text *text = &r->scratch;

	if (!row[C_DEFAULT] || (r->mariadb && strcmp(row[C_DEFAULT], "NULL") == 0))
		return;
	text_clear(text);
	if (r->mariadb)
		strip_database(text, r, row[C_DEFAULT]);
	else
		add_mysql_default(r, text, row);
	limbeck_host->object_set(column, LIMBECK_ATTR_DEFAULT, text_string(text));
}

static void set_generated(struct reader *r, struct limbeck_object *column, char **row)
{
	struct text *text = &r->scratch;

	text_clear(text);
	reader_expression(r, text, row[C_GENERATION]);
	limbeck_host->object_set(column, LIMBECK_ATTR_GENERATED, text_string(text));
	limbeck_host->object_set(column, LIMBECK_ATTR_GENERATED_KIND,
		find_word(row[C_EXTRA], "VIRTUAL") ? "virtual" : "stored");
}

static void set_extra(struct reader *r, struct limbeck_object *column, char **row)
{
	static const char on_update[] = "on update ";
	const char *extra = row[C_EXTRA];
	const char *update = find_word(extra, on_update);
	struct text *text = &r->scratch;

	if (find_word(extra, "auto_increment"))
		limbeck_host->object_set(column, LIMBECK_ATTR_IDENTITY, "auto_increment");
	if (update) {
		update += strlen(on_update);
		limbeck_host->object_set_n(column, LIMBECK_ATTR_ON_UPDATE, update,
			strcspn(update, " ,"));
	}
	text_clear(text);
	if (row[C_SRS])
		text_addf(text, " SRID %s", row[C_SRS]);
	if (find_word(extra, "INVISIBLE"))
		text_add(text, " INVISIBLE");
	if (find_word(extra, "WITHOUT SYSTEM VERSIONING"))
		text_add(text, " WITHOUT SYSTEM VERSIONING");
	if (text->length > 0)
		limbeck_host->object_set(column, LIMBECK_ATTR_STORAGE, text_string(text) + 1);
}

int reader_column(struct reader *r, void *data, char **row, struct limbeck_error *err)
{
	bool generated = row[C_GENERATION] && *row[C_GENERATION];
	const struct limbeck_object *table;
	struct limbeck_object *column;

	(void)data, (void)err;
	column = NULL;
	table = limbeck_host->object_find(r->catalog, LIMBECK_KIND_VIEW, NULL, NULL, row[C_TABLE],
		NULL);
	if (table) {
		limbeck_host->object_append(limbeck_host->object_add(r->catalog, LIMBECK_KIND_VIEW,
			NULL, NULL, row[C_TABLE], NULL), LIMBECK_ATTR_COLUMNS, row[C_NAME]);
		return 0;
	}
	table = limbeck_host->object_find(r->catalog, LIMBECK_KIND_TABLE, NULL, NULL, row[C_TABLE],
		NULL);
	if (table)
		column = limbeck_host->object_add(r->catalog, LIMBECK_KIND_COLUMN, NULL,
			row[C_TABLE], row[C_NAME], NULL);
	if (!column)
		return 0;
	set_type(r, column, row[C_TYPE]);
	set_collation(r, column, table, row);
	/* MariaDB takes no NOT NULL for a generated column, and needs none. */
	if (same_word(row[C_NULLABLE], "NO") && !in_primary_key(r, row[C_TABLE], row[C_NAME]) &&
		!(r->mariadb && generated))
		limbeck_host->object_set(column, LIMBECK_ATTR_NOT_NULL, "yes");
	if (generated)
		set_generated(r, column, row);
	else
		set_default(r, column, row);
	set_extra(r, column, row);
	if (row[C_COMMENT] && *row[C_COMMENT])
		limbeck_host->object_set(column, LIMBECK_ATTR_COMMENT, row[C_COMMENT]);
	return 0;
}
