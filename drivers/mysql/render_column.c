/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Columns. MODIFY restates the whole definition, since what it does not say is
 * lost.
 */
#include "render.h"

#include <strings.h>

static bool has_charset(const struct limbeck_object *column)
{
	static const char *const types[] = { "char", "varchar", "tinytext", "text", "mediumtext",
		"longtext", "enum", "set" };
	const char *type = get(column, LIMBECK_ATTR_TYPE);
	size_t i;

	for (i = 0; type && i < sizeof(types) / sizeof(types[0]); i++) {
		size_t length = strlen(types[i]);

		if (strncasecmp(type, types[i], length) == 0 &&
			(type[length] == '\0' || type[length] == '(' || type[length] == ' '))
			return true;
	}
	return false;
}

static void put_if(struct limbeck_out *out, const char *words, const char *value)
{
	if (value)
		limbeck_host->put(out, " %s%s%s", words, *words ? " " : "", value);
}

static void put_charset(struct limbeck_out *out, const struct limbeck_object *column)
{
	put_if(out, "CHARACTER SET", get(column, LIMBECK_ATTR_CHARSET));
	put_if(out, "COLLATE", get(column, LIMBECK_ATTR_COLLATION));
}

static void put_generated(struct limbeck_out *out, const struct limbeck_object *column)
{
	const char *expression = get(column, LIMBECK_ATTR_GENERATED);

	if (!expression)
		return;
	/* The columns of a period of system time. */
	if (strncmp(expression, "ROW ", 4) == 0)
		limbeck_host->put(out, " GENERATED ALWAYS AS %s", expression);
	else
		limbeck_host->put(out, " GENERATED ALWAYS AS (%s) %s", expression,
			same_text(get(column, LIMBECK_ATTR_GENERATED_KIND), "virtual") ? "VIRTUAL" :
			"STORED");
}

/* Without NULL an old server takes a timestamp for NOT NULL, and one that leaves
 * the primary key would keep it. */
static void put_null(const struct alter *alter, size_t i, const char *name,
	const struct limbeck_object *column)
{
	const char *type = get(column, LIMBECK_ATTR_TYPE);
	bool generated = get(column, LIMBECK_ATTR_GENERATED) != NULL;
	bool key = state_in_primary_key(alter, i, name);

	if (get(column, LIMBECK_ATTR_NOT_NULL) || (key && !generated))
		limbeck_host->put(alter->out, " NOT NULL");
	else if (!generated && type && strncasecmp(type, "timestamp", 9) == 0)
		limbeck_host->put(alter->out, " NULL");
}

void put_column(const struct alter *alter, size_t i, const char *name,
	const struct limbeck_object *column)
{
	struct limbeck_out *out = alter->out;
	const char *comment = get(column, LIMBECK_ATTR_COMMENT);
	const char *check = get(column, LIMBECK_ATTR_EXPRESSION);

	limbeck_host->put_name(out, name);
	put_if(out, "", get(column, LIMBECK_ATTR_TYPE));
	put_charset(out, column);
	put_generated(out, column);
	put_null(alter, i, name, column);
	put_if(out, "DEFAULT", get(column, LIMBECK_ATTR_DEFAULT));
	put_if(out, "ON UPDATE", get(column, LIMBECK_ATTR_ON_UPDATE));
	if (get(column, LIMBECK_ATTR_IDENTITY) && state_is_led(alter, i, name))
		limbeck_host->put(out, " AUTO_INCREMENT");
	put_if(out, "", get(column, LIMBECK_ATTR_STORAGE));
	if (comment) {
		limbeck_host->put(out, " COMMENT ");
		limbeck_host->put_literal(out, comment);
	}
	if (check)
		limbeck_host->put(out, " CHECK (%s)", check);
}

static bool is_changed_from(const struct alter *alter, size_t i, const char *name)
{
	for (; i < alter->count; i++) {
		const struct limbeck_object *object = object_of(&alter->changes[i]);

		if (kind_of(object) == LIMBECK_KIND_COLUMN && same_text(name_of(object), name))
			return true;
	}
	return false;
}

/* A column as it is at i. Where nothing more happens to it that is how it is in
 * the end, with all names in its expressions. */
static const struct limbeck_object *definition(const struct alter *alter, size_t i,
	const char *name)
{
	const struct limbeck_object *column = NULL;

	if (!is_changed_from(alter, i, name))
		column = limbeck_host->object_find(alter->rendering->after, LIMBECK_KIND_COLUMN,
			NULL, alter->table, name, NULL);
	return column ? column : state_column(alter, i, name);
}

static void modify(struct alter *alter, const char *name, const struct limbeck_object *column)
{
	alter_clause(alter);
	limbeck_host->put(alter->out, "MODIFY COLUMN ");
	put_column(alter, alter->to, name, column);
}

void alter_column(struct alter *alter, const struct limbeck_change *change)
{
	const char *name = name_of(object_of(change));

	if (change->verb == LIMBECK_ALTER) {
		modify(alter, name, change->after);
		return;
	}
	alter_clause(alter);
	if (change->verb == LIMBECK_DROP) {
		limbeck_host->put(alter->out, "DROP COLUMN ");
		limbeck_host->put_name(alter->out, name);
	} else {
		limbeck_host->put(alter->out, "ADD COLUMN ");
		put_column(alter, alter->to, name, change->after);
	}
}

/* MySQL renames no column that a check names, and MariaDB none where a view reads the
 * table by an alias, but with the check made anew. */
static void renew_checks(struct alter *alter, const char *column)
{
	const struct limbeck_object *check = NULL;

	while ((check = state_next(alter, alter->from, LIMBECK_KIND_CHECK,
		check)) != NULL) {
		const struct limbeck_object *after = limbeck_host->object_find(
			alter->rendering->after, LIMBECK_KIND_CHECK, NULL, alter->table,
			name_of(check), NULL);

		if (!after || !check_names(check, column))
			continue;
		alter_clause(alter);
		limbeck_host->put(alter->out, alter->mysql ? "DROP CHECK " : "DROP CONSTRAINT ");
		limbeck_host->put_name(alter->out, name_of(check));
		alter_clause(alter);
		limbeck_host->put(alter->out, "ADD ");
		put_key(alter->out, after);
	}
}

/* Nor one that others are computed from, but with these made anew. */
static void renew_generated(struct alter *alter, const char *column)
{
	const struct limbeck_object *other = NULL;

	while ((other = state_next(alter, alter->from, LIMBECK_KIND_COLUMN, other)) != NULL) {
		const struct limbeck_object *after;

		if (!get(other, LIMBECK_ATTR_GENERATED) ||
			!text_names(get(other, LIMBECK_ATTR_GENERATED), column))
			continue;
		after = limbeck_host->object_find(alter->rendering->after, LIMBECK_KIND_COLUMN,
			NULL, alter->table, name_of(other), NULL);
		if (after && !is_changed_from(alter, alter->to, name_of(other)))
			modify(alter, name_of(other), after);
	}
}

void rename_column(struct alter *alter, const struct limbeck_change *change)
{
	const char *name = name_of(change->after);
	unsigned least = alter->mysql ? 80000 : 100502;

	alter_clause(alter);
	if (alter->version && alter->version < least) {
		limbeck_host->put(alter->out, "CHANGE COLUMN ");
		limbeck_host->put_name(alter->out, name_of(change->before));
		limbeck_host->put(alter->out, " ");
		put_column(alter, alter->to, name, definition(alter, alter->to, name));
		return;
	}
	limbeck_host->put(alter->out, "RENAME COLUMN ");
	limbeck_host->put_name(alter->out, name_of(change->before));
	limbeck_host->put(alter->out, " TO ");
	limbeck_host->put_name(alter->out, name);
	renew_checks(alter, name_of(change->before));
	renew_generated(alter, name_of(change->before));
}

static bool is_automatic(const struct alter *alter, size_t i, const char *name)
{
	const struct limbeck_object *column = state_column(alter, i, name);

	return column && get(column, LIMBECK_ATTR_IDENTITY) && state_is_led(alter, i, name);
}

/* A column that left the primary key is still NOT NULL. */
static bool leaves_key(const struct alter *alter, const char *name,
	const struct limbeck_object *column)
{
	return state_in_primary_key(alter, alter->from, name) &&
		!state_in_primary_key(alter, alter->to, name) &&
		!get(column, LIMBECK_ATTR_NOT_NULL) && !get(column, LIMBECK_ATTR_GENERATED);
}

static bool follows_table(const struct alter *alter, const struct limbeck_object *column)
{
	return change_of_collation(alter) && has_charset(column) &&
		!get(column, LIMBECK_ATTR_COLLATION);
}

void alter_other_columns(struct alter *alter)
{
	const struct limbeck_object *column = NULL;

	while ((column = limbeck_host->object_next(alter->rendering->after, LIMBECK_KIND_COLUMN,
		NULL, alter->table, column)) != NULL) {
		const char *name = name_of(column);
		const struct limbeck_object *old = state_column(alter, alter->from, name);

		if (!old || alter_names(alter, LIMBECK_KIND_COLUMN, name))
			continue;
		if (leaves_key(alter, name, old) || follows_table(alter, old) ||
			is_automatic(alter, alter->from, name) !=
				is_automatic(alter, alter->to, name))
			modify(alter, name, definition(alter, alter->to, name));
	}
}
