/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "introspect.h"

enum { K_TABLE, K_NAME, K_CLAUSE, K_LEVEL, K_ENFORCED };

/* Names that the server makes up: CONSTRAINT_1 (MariaDB), table_chk_1 (MySQL). */
static bool is_made_up(const char *name, const char *table)
{
	size_t length = strlen(table);

	if (begins_with(name, "CONSTRAINT_"))
		name += strlen("CONSTRAINT_");
	else if (begins_with(name, table) && begins_with(name + length, "_chk_"))
		name += length + strlen("_chk_");
	else
		return false;
	return *name && name[strspn(name, "0123456789")] == '\0';
}

/* MariaDB's json is another word for longtext with a binary collation and a
 * check. */
static bool is_json(const struct limbeck_object *column, const char *clause)
{
	const char *collation = limbeck_host->object_get(column, LIMBECK_ATTR_COLLATION);
	struct text check = TEXT_INIT;
	bool same;

	text_add(&check, "json_valid(");
	text_add_name(&check, limbeck_host->object_name(column));
	text_add(&check, ")");
	same = strcmp(text_string(&check), clause) == 0;
	text_release(&check);
	return same && same_word(collation, "utf8mb4_bin") &&
		same_word(limbeck_host->object_get(column, LIMBECK_ATTR_TYPE), "longtext");
}

static void add_to_column(struct limbeck_object *column, const char *clause)
{
	if (!is_json(column, clause)) {
		limbeck_host->object_set(column, LIMBECK_ATTR_EXPRESSION, clause);
		return;
	}
	limbeck_host->object_set(column, LIMBECK_ATTR_TYPE, "json");
	limbeck_host->object_set(column, LIMBECK_ATTR_MEANING, "json");
	limbeck_host->object_set(column, LIMBECK_ATTR_CHARSET, NULL);
	limbeck_host->object_set(column, LIMBECK_ATTR_COLLATION, NULL);
}

/* Without the parentheses that MySQL puts around it. */
static const char *clause_of(struct reader *r, const char *clause)
{
	struct text *text = &r->scratch;

	text_clear(text);
	reader_expression(r, text, clause);
	if (r->mariadb || text->length < 2 || text->data[0] != '(' ||
		text->data[text->length - 1] != ')')
		return text_string(text);
	text->data[--text->length] = '\0';
	return text_string(text) + 1;
}

static int read_check(struct reader *r, void *data, char **row, struct limbeck_error *err)
{
	const char *clause = clause_of(r, row[K_CLAUSE]);
	struct limbeck_object *check;

	(void)data, (void)err;
	if (same_word(row[K_LEVEL], "Column") && limbeck_host->object_find(r->catalog,
		LIMBECK_KIND_COLUMN, NULL, row[K_TABLE], row[K_NAME], NULL)) {
		add_to_column(limbeck_host->object_add(r->catalog, LIMBECK_KIND_COLUMN, NULL,
			row[K_TABLE], row[K_NAME], NULL), clause);
		return 0;
	}
	check = limbeck_host->object_add(r->catalog, LIMBECK_KIND_CHECK, NULL, row[K_TABLE],
		row[K_NAME], NULL);
	limbeck_host->object_set(check, LIMBECK_ATTR_EXPRESSION, clause);
	if (is_made_up(row[K_NAME], row[K_TABLE]))
		limbeck_host->object_set(check, LIMBECK_ATTR_UNNAMED, "yes");
	if (same_word(row[K_ENFORCED], "NO"))
		limbeck_host->object_set(check, LIMBECK_ATTR_NOT_ENFORCED, "not enforced");
	return 0;
}

/* MySQL tells the table of a check in another place; names are the whole
 * database's there, not the table's. */
int reader_checks(struct reader *r, struct limbeck_error *err)
{
	struct text sql = TEXT_INIT;

	if (!(r->known & KNOWN_CHECKS))
		return 0;
	if (r->known & KNOWN_CHECK_TABLE)
		text_addf(&sql, "SELECT table_name, constraint_name, check_clause, %s, NULL "
			"FROM information_schema.check_constraints WHERE constraint_schema = %s "
			"ORDER BY table_name, constraint_name",
			r->known & KNOWN_CHECK_LEVEL ? "level" :
			"IF(constraint_name LIKE 'CONSTRAINT\\_%', 'Table', 'Column')",
			text_string(&r->schema));
	else
		text_addf(&sql, "SELECT t.table_name, t.constraint_name, c.check_clause, NULL, %s "
			"FROM information_schema.table_constraints AS t "
			"JOIN information_schema.check_constraints AS c "
			"ON c.constraint_schema = t.constraint_schema "
			"AND c.constraint_name = t.constraint_name "
			"WHERE t.table_schema = %s AND t.constraint_schema = %s "
			"AND t.constraint_type = 'CHECK' ORDER BY t.table_name, t.constraint_name",
			r->known & KNOWN_ENFORCED ? "t.enforced" : "NULL",
			text_string(&r->schema), text_string(&r->schema));
	return reader_query(r, &sql, read_check, NULL, err);
}
