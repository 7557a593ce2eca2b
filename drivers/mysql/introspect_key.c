/* SPDX-License-Identifier: BSD-2-Clause */
/* Foreign keys and indexes; a unique constraint and its index are one thing. */
#include <string.h>

#include "introspect.h"

/* Names that the server makes up: table_ibfk_1, or a number alone. */
static bool is_made_up(const char *name, const char *table)
{
	size_t length = strlen(table);

	if (begins_with(name, table) && begins_with(name + length, "_ibfk_"))
		name += length + strlen("_ibfk_");
	return *name && name[strspn(name, "0123456789")] == '\0';
}

static void set_action(struct limbeck_object *key, enum limbeck_attribute attribute,
	const char *action)
{
	/* RESTRICT and NO ACTION are the same here. */
	if (action && !same_word(action, "RESTRICT") && !same_word(action, "NO ACTION"))
		limbeck_host->object_set(key, attribute, action);
}

/* table, name, update, delete */
static int read_rule(struct reader *r, void *data, char **row, struct limbeck_error *err)
{
	struct limbeck_object *key = limbeck_host->object_add(r->catalog,
		LIMBECK_KIND_FOREIGN_KEY, NULL, row[0], row[1], NULL);

	(void)data, (void)err;
	if (is_made_up(row[1], row[0]))
		limbeck_host->object_set(key, LIMBECK_ATTR_UNNAMED, "yes");
	set_action(key, LIMBECK_ATTR_ON_UPDATE, row[2]);
	set_action(key, LIMBECK_ATTR_ON_DELETE, row[3]);
	return 0;
}

/* table, name, column, referenced schema, table, column */
static int read_key_column(struct reader *r, void *data, char **row, struct limbeck_error *err)
{
	struct limbeck_object *key = limbeck_host->object_add(r->catalog,
		LIMBECK_KIND_FOREIGN_KEY, NULL, row[0], row[1], NULL);

	(void)data, (void)err;
	limbeck_host->object_append(key, LIMBECK_ATTR_COLUMNS, row[2]);
	limbeck_host->object_append(key, LIMBECK_ATTR_REF_COLUMNS, row[5]);
	limbeck_host->object_set(key, LIMBECK_ATTR_REF_TABLE, row[4]);
	if (row[3] && strcmp(row[3], r->c->database) != 0)
		limbeck_host->object_set(key, LIMBECK_ATTR_REF_SCHEMA, row[3]);
	return 0;
}

int reader_foreign_keys(struct reader *r, struct limbeck_error *err)
{
	struct text sql = TEXT_INIT;

	text_addf(&sql, "SELECT table_name, constraint_name, update_rule, delete_rule "
		"FROM information_schema.referential_constraints WHERE constraint_schema = %s "
		"ORDER BY table_name, constraint_name", text_string(&r->schema));
	if (reader_query(r, &sql, read_rule, NULL, err) < 0)
		return -1;
	text_addf(&sql, "SELECT table_name, constraint_name, column_name, referenced_table_schema, "
		"referenced_table_name, referenced_column_name "
		"FROM information_schema.key_column_usage WHERE table_schema = %s "
		"AND referenced_table_name IS NOT NULL "
		"ORDER BY table_name, constraint_name, ordinal_position", text_string(&r->schema));
	return reader_query(r, &sql, read_key_column, NULL, err);
}

/* An index, put together from a row for each part. */
struct index {
	char *table;
	char *name;
	struct text columns;  /* each ended by a zero byte; empty: an expression */
	struct text parts;
	unsigned count;
	bool unique;
	bool complex;         /* a part is more than a column's name */
	bool expressions;
	bool hidden;
	struct text type;
	struct text comment;
};

enum { I_TABLE, I_NAME, I_NON_UNIQUE, I_COLUMN, I_ORDER, I_LENGTH, I_TYPE, I_COMMENT, I_EXPRESSION,
	I_VISIBLE, I_IGNORED };

static void release(struct index *index)
{
	limbeck_host->free(index->table);
	limbeck_host->free(index->name);
	text_release(&index->columns);
	text_release(&index->parts);
	text_release(&index->type);
	text_release(&index->comment);
	memset(index, 0, sizeof(*index));
}

static const char *next_item(const char *item)
{
	return item + strlen(item) + 1;
}

static bool same_columns(const struct index *index, const struct limbeck_object *key)
{
	const char *column = text_string(&index->columns);
	unsigned i;

	if (limbeck_host->object_count(key, LIMBECK_ATTR_COLUMNS) != index->count)
		return false;
	for (i = 0; i < index->count; i++, column = next_item(column)) {
		if (!same_word(column, limbeck_host->object_item(key, LIMBECK_ATTR_COLUMNS, i)))
			return false;
	}
	return true;
}

/* What the server calls an index that it makes for a foreign key: after the
 * key, or if that has no name of its own after the first column (column_2). */
static bool is_backing_name(const char *name, const struct limbeck_object *key)
{
	const char *column = limbeck_host->object_item(key, LIMBECK_ATTR_COLUMNS, 0);
	size_t length = strlen(column);

	if (!limbeck_host->object_get(key, LIMBECK_ATTR_UNNAMED))
		return same_word(name, limbeck_host->object_name(key));
	if (same_word(name, column))
		return true;
	return begins_with(name, column) && name[length] == '_' && name[length + 1] &&
		name[length + 1 + strspn(name + length + 1, "0123456789")] == '\0';
}

static bool is_for_foreign_key(const struct reader *r, const struct index *index)
{
	const struct limbeck_object *key = NULL;

	if (index->unique || index->complex || index->hidden || index->comment.length > 0 ||
		strcmp(text_string(&index->type), "BTREE") != 0)
		return false;
	while ((key = limbeck_host->object_next(r->catalog, LIMBECK_KIND_FOREIGN_KEY, NULL,
		index->table, key)) != NULL) {
		if (same_columns(index, key) && is_backing_name(index->name, key)) {
			limbeck_host->object_set(limbeck_host->object_add(r->catalog,
				LIMBECK_KIND_FOREIGN_KEY, NULL, index->table,
				limbeck_host->object_name(key), NULL),
				LIMBECK_ATTR_BACKING_INDEX, index->name);
			return true;
		}
	}
	return false;
}

static void set_method(struct reader *r, const struct index *index, struct limbeck_object *object)
{
	const struct limbeck_object *table = limbeck_host->object_find(r->catalog,
		LIMBECK_KIND_TABLE, NULL, NULL, index->table, NULL);
	const char *options = table ? limbeck_host->object_get(table, LIMBECK_ATTR_OPTIONS) : NULL;
	bool memory = options && begins_with(options, "ENGINE=MEMORY");

	if (strcmp(text_string(&index->type), memory ? "HASH" : "BTREE") != 0)
		limbeck_host->object_set(object, LIMBECK_ATTR_METHOD, text_string(&index->type));
}

static enum limbeck_kind kind_of(const struct index *index)
{
	if (strcmp(index->name, "PRIMARY") == 0)
		return LIMBECK_KIND_PRIMARY_KEY;
	return index->unique && !index->expressions ? LIMBECK_KIND_UNIQUE : LIMBECK_KIND_INDEX;
}

static void finish(struct reader *r, const struct index *index)
{
	const char *column = text_string(&index->columns);
	const char *part = text_string(&index->parts);
	struct limbeck_object *object;
	enum limbeck_kind kind;
	unsigned i;

	if (!index->name || is_for_foreign_key(r, index))
		return;
	kind = kind_of(index);
	object = limbeck_host->object_add(r->catalog, kind, NULL, index->table, index->name, NULL);
	if (kind == LIMBECK_KIND_PRIMARY_KEY)
		limbeck_host->object_set(object, LIMBECK_ATTR_UNNAMED, "yes");
	if (kind == LIMBECK_KIND_INDEX && index->unique)
		limbeck_host->object_set(object, LIMBECK_ATTR_UNIQUE, "yes");
	for (i = 0; i < index->count; i++) {
		limbeck_host->object_append(object, LIMBECK_ATTR_COLUMNS, column);
		if (kind == LIMBECK_KIND_INDEX || index->complex)
			limbeck_host->object_append(object, LIMBECK_ATTR_PARTS, part);
		column = next_item(column);
		part = next_item(part);
	}
	set_method(r, index, object);
	if (index->hidden)
		limbeck_host->object_set(object, LIMBECK_ATTR_OPTIONS,
			r->mariadb ? "IGNORED" : "INVISIBLE");
	if (index->comment.length > 0)
		limbeck_host->object_set(object, LIMBECK_ATTR_COMMENT,
			text_string(&index->comment));
}

static void start(struct index *index, char **row)
{
	release(index);
	index->table = text_copy(row[I_TABLE]);
	index->name = text_copy(row[I_NAME]);
	index->unique = strcmp(row[I_NON_UNIQUE], "0") == 0;
	index->hidden = same_word(row[I_VISIBLE], "NO") || same_word(row[I_IGNORED], "YES");
	text_add(&index->type, row[I_TYPE]);
	text_add(&index->comment, row[I_COMMENT] ? row[I_COMMENT] : "");
}

static void add_part(const struct reader *r, struct index *index, char **row)
{
	bool ordered = strcmp(text_string(&index->type), "FULLTEXT") != 0 &&
		strcmp(text_string(&index->type), "SPATIAL") != 0 &&
		strcmp(text_string(&index->type), "VECTOR") != 0;
	size_t before;

	if (row[I_COLUMN]) {
		text_add(&index->columns, row[I_COLUMN]);
		text_add_name(&index->parts, row[I_COLUMN]);
	} else {
		index->expressions = true;
		text_add(&index->parts, "(");
		reader_expression(r, &index->parts, row[I_EXPRESSION] ? row[I_EXPRESSION] : "");
		text_add(&index->parts, ")");
	}
	before = index->parts.length;
	if (row[I_LENGTH] && ordered)
		text_addf(&index->parts, "(%s)", row[I_LENGTH]);
	if (same_word(row[I_ORDER], "D"))
		text_add(&index->parts, " DESC");
	if (!row[I_COLUMN] || index->parts.length > before)
		index->complex = true;
	text_add_n(&index->columns, "", 1);
	text_add_n(&index->parts, "", 1);
	index->count++;
}

static int read_part(struct reader *r, void *data, char **row, struct limbeck_error *err)
{
	struct index *index = data;

	if (!index->name || strcmp(index->name, row[I_NAME]) != 0 ||
		strcmp(index->table, row[I_TABLE]) != 0) {
		finish(r, index);
		start(index, row);
	}
	add_part(r, index, row);
	if (!index->table || !index->name || index->columns.failed || index->parts.failed ||
		index->type.failed || index->comment.failed)
		return connection_nomem(err);
	return 0;
}

int reader_indexes(struct reader *r, struct limbeck_error *err)
{
	struct text sql = TEXT_INIT;
	struct index index = { 0 };
	int status;

	text_addf(&sql, "SELECT table_name, index_name, non_unique, column_name, collation, "
		"sub_part, index_type, index_comment, %s, %s, %s "
		"FROM information_schema.statistics WHERE table_schema = %s "
		"ORDER BY table_name, index_name, seq_in_index",
		r->known & KNOWN_EXPRESSIONS ? "expression" : "NULL",
		r->known & KNOWN_VISIBLE ? "is_visible" : "NULL",
		r->known & KNOWN_IGNORED ? "ignored" : "NULL", text_string(&r->schema));
	status = reader_query(r, &sql, read_part, &index, err);
	if (status == 0)
		finish(r, &index);
	release(&index);
	return status;
}
