/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Procedures and functions: their heads are put together from the parameters'
 * types, their bodies are as they were written.
 */
#include <string.h>

#include "introspect.h"

enum { P_NAME, P_KIND, P_ORDINAL, P_MODE, P_PARAMETER, P_TYPE, P_CHARSET, P_COLLATION, P_DEFAULT };

/* A procedure may have the name of a function: that makes it another object. */
static struct limbeck_object *routine_of(struct reader *r, const char *name, const char *kind)
{
	const struct limbeck_object *found = limbeck_host->object_find(r->catalog,
		LIMBECK_KIND_FUNCTION, NULL, NULL, name, NULL);
	const char *word = found ? limbeck_host->object_get(found, LIMBECK_ATTR_WORD) : NULL;

	return limbeck_host->object_add(r->catalog, LIMBECK_KIND_FUNCTION, NULL, NULL, name,
		word && strcmp(word, kind) != 0 ? kind : NULL);
}

static void add_type(const struct reader *r, struct text *text, char **row)
{
	text_add(text, row[P_TYPE] ? row[P_TYPE] : "");
	if (row[P_COLLATION] && row[P_CHARSET] && !same_word(row[P_COLLATION], r->collation))
		text_addf(text, " CHARSET %s COLLATE %s", row[P_CHARSET], row[P_COLLATION]);
}

/* The head of a routine grows in its DEFINITION and RESULT, until its body comes. */
static int read_parameter(struct reader *r, void *data, char **row, struct limbeck_error *err)
{
	struct limbeck_object *routine = routine_of(r, row[P_NAME], row[P_KIND]);
	struct text *text = &r->scratch;
	const char *head;

	(void)data, (void)err;
	text_clear(text);
	limbeck_host->object_set(routine, LIMBECK_ATTR_WORD, row[P_KIND]);
	if (strcmp(row[P_ORDINAL], "0") == 0) {
		add_type(r, text, row);
		limbeck_host->object_set(routine, LIMBECK_ATTR_RESULT, text_string(text));
		return 0;
	}
	head = routine ? limbeck_host->object_get(routine, LIMBECK_ATTR_DEFINITION) : NULL;
	if (head)
		text_addf(text, "%s, ", head);
	if (row[P_MODE] && (!same_word(row[P_MODE], "IN") || !same_word(row[P_KIND], "FUNCTION")))
		text_addf(text, "%s ", row[P_MODE]);
	text_add_name(text, row[P_PARAMETER]);
	text_add(text, " ");
	add_type(r, text, row);
	if (row[P_DEFAULT])
		text_addf(text, " DEFAULT %s", row[P_DEFAULT]);
	limbeck_host->object_set(routine, LIMBECK_ATTR_DEFINITION, text_string(text));
	return 0;
}

enum { R_NAME, R_KIND, R_BODY, R_DETERMINISTIC, R_ACCESS, R_SECURITY, R_COMMENT };

static void add_characteristics(const struct reader *r, struct text *text, char **row)
{
	if (same_word(row[R_DETERMINISTIC], "YES"))
		text_add(text, " DETERMINISTIC");
	if (!same_word(row[R_ACCESS], "CONTAINS SQL"))
		text_addf(text, " %s", row[R_ACCESS]);
	if (same_word(row[R_SECURITY], "INVOKER"))
		text_add(text, " SQL SECURITY INVOKER");
	if (row[R_COMMENT] && *row[R_COMMENT]) {
		text_add(text, " COMMENT ");
		text_add_literal(text, row[R_COMMENT], r->backslash);
	}
}

/* Nothing else tells an aggregate function than what its body must have. */
static bool is_aggregate(const char *body)
{
	return find_word(body, "FETCH GROUP NEXT ROW") != NULL;
}

static int fail_hidden(char **row, struct limbeck_error *err)
{
	limbeck_host->fail(err, LIMBECK_E_SQL, "the body of %s \"%s\" can't be read",
		same_word(row[R_KIND], "FUNCTION") ? "function" : "procedure", row[R_NAME]);
	limbeck_host->fail_detail(err, "The server shows it to its definer, and to those who have "
		"the right SHOW_ROUTINE (MySQL), SHOW CREATE ROUTINE (MariaDB 11.3 and later) or "
		"SELECT on mysql.proc.");
	limbeck_host->fail_hint(err, "GRANT it to the user of the URL.");
	return -1;
}

static int read_routine(struct reader *r, void *data, char **row, struct limbeck_error *err)
{
	struct text *text = &r->scratch;
	struct limbeck_object *routine;
	const char *head;
	const char *result;

	(void)data;
	if (!same_word(row[R_KIND], "FUNCTION") && !same_word(row[R_KIND], "PROCEDURE")) {
		limbeck_host->log(r->c->session, LIMBECK_LOG_WARNING,
			"%s \"%s\" is passed over", row[R_KIND], row[R_NAME]);
		return 0;
	}
	if (!row[R_BODY])
		return fail_hidden(row, err);
	routine = routine_of(r, row[R_NAME], row[R_KIND]);
	if (!routine)
		return 0;
	head = limbeck_host->object_get(routine, LIMBECK_ATTR_DEFINITION);
	result = limbeck_host->object_get(routine, LIMBECK_ATTR_RESULT);
	text_clear(text);
	text_addf(text, "CREATE %s%s ", is_aggregate(row[R_BODY]) ? "AGGREGATE " : "", row[R_KIND]);
	text_add_name(text, row[R_NAME]);
	text_addf(text, "(%s)", head ? head : "");
	if (result)
		text_addf(text, " RETURNS %s", result);
	add_characteristics(r, text, row);
	text_addf(text, "\n%s", row[R_BODY]);
	limbeck_host->object_set(routine, LIMBECK_ATTR_WORD, row[R_KIND]);
	limbeck_host->object_set(routine, LIMBECK_ATTR_DEFINITION, text_string(text));
	return 0;
}

int reader_routines(struct reader *r, struct limbeck_error *err)
{
	struct text sql = TEXT_INIT;

	text_addf(&sql, "SELECT specific_name, routine_type, ordinal_position, parameter_mode, "
		"parameter_name, dtd_identifier, character_set_name, collation_name, %s "
		"FROM information_schema.parameters WHERE specific_schema = %s "
		"AND routine_type IN ('FUNCTION', 'PROCEDURE') "
		"ORDER BY routine_type, specific_name, ordinal_position",
		r->known & KNOWN_PARAMETER_DEFAULT ? "parameter_default" : "NULL",
		text_string(&r->schema));
	if (reader_query(r, &sql, read_parameter, NULL, err) < 0)
		return -1;
	text_addf(&sql, "SELECT routine_name, routine_type, routine_definition, is_deterministic, "
		"sql_data_access, security_type, routine_comment FROM information_schema.routines "
		"WHERE routine_schema = %s ORDER BY routine_type, routine_name",
		text_string(&r->schema));
	return reader_query(r, &sql, read_routine, NULL, err);
}
