/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Views, sequences, triggers and events. Their definitions have no DEFINER, and
 * the name of the database nowhere but where a body says it.
 */
#include <string.h>

#include "introspect.h"
#include "scratch_guard.h"

static int fail_hidden(const struct reader *r, const char *what, const char *name,
	const char *right, struct limbeck_error *err)
{
	limbeck_host->fail(err, LIMBECK_E_SQL, "the definition of %s \"%s\" can't be read", what,
		name);
	limbeck_host->fail_detail(err, right);
	limbeck_host->fail_hint(err, r->c->user ? "GRANT it to the user of the URL." : NULL);
	return -1;
}

/* name, query, check option, security, algorithm */
static int read_view(struct reader *r, void *data, char **row, struct limbeck_error *err)
{
	struct limbeck_object *view = limbeck_host->object_add(r->catalog, LIMBECK_KIND_VIEW, NULL,
		NULL, row[0], NULL);
	struct text *text = &r->scratch;

	(void)data;
	if (!row[1] || !*row[1])
		return fail_hidden(r, "view", row[0],
			"The server shows it to those who have the right SHOW VIEW on it.", err);
	text_clear(text);
	text_add(text, "CREATE ");
	if (row[4] && !same_word(row[4], "UNDEFINED"))
		text_addf(text, "ALGORITHM=%s ", row[4]);
	if (same_word(row[3], "INVOKER"))
		text_add(text, "SQL SECURITY INVOKER ");
	text_add(text, "VIEW ");
	text_add_name(text, row[0]);
	text_add(text, " AS ");
	strip_database(text, r, row[1]);
	if (row[2] && !same_word(row[2], "NONE"))
		text_addf(text, " WITH %s CHECK OPTION", row[2]);
	limbeck_host->object_set(view, LIMBECK_ATTR_DEFINITION, text_string(text));
	return 0;
}

int reader_views(struct reader *r, struct limbeck_error *err)
{
	struct text sql = TEXT_INIT;

	text_addf(&sql, "SELECT table_name, view_definition, check_option, security_type, %s "
		"FROM information_schema.views WHERE table_schema = %s ORDER BY table_name",
		r->known & KNOWN_ALGORITHM ? "algorithm" : "NULL", text_string(&r->schema));
	return reader_query(r, &sql, read_view, NULL, err);
}

enum { S_NAME, S_START, S_INCREMENT, S_MINIMUM, S_MAXIMUM, S_CACHE, S_CYCLE };

static void set_unless(struct limbeck_object *object, enum limbeck_attribute attribute,
	const char *value, const char *standard)
{
	if (strcmp(value, standard) != 0)
		limbeck_host->object_set(object, attribute, value);
}

/* The standards are those of CREATE SEQUENCE, which depend on the direction. */
static int read_sequence(struct reader *r, void *data, char **row, struct limbeck_error *err)
{
	struct limbeck_object *sequence = limbeck_host->object_add(r->catalog,
		LIMBECK_KIND_SEQUENCE, NULL, NULL, row[S_NAME], NULL);
	bool down = row[S_INCREMENT][0] == '-';

	(void)data, (void)err;
	set_unless(sequence, LIMBECK_ATTR_INCREMENT, row[S_INCREMENT], "1");
	set_unless(sequence, LIMBECK_ATTR_MINIMUM, row[S_MINIMUM],
		down ? "-9223372036854775807" : "1");
	set_unless(sequence, LIMBECK_ATTR_MAXIMUM, row[S_MAXIMUM],
		down ? "-1" : "9223372036854775806");
	set_unless(sequence, LIMBECK_ATTR_START, row[S_START],
		down ? row[S_MAXIMUM] : row[S_MINIMUM]);
	set_unless(sequence, LIMBECK_ATTR_CACHE, row[S_CACHE], "1000");
	if (strcmp(row[S_CYCLE], "0") != 0)
		limbeck_host->object_set(sequence, LIMBECK_ATTR_CYCLE, "yes");
	return 0;
}

int reader_sequences(struct reader *r, struct limbeck_error *err)
{
	if (r->sequences.failed)
		return connection_nomem(err);
	return r->sequences.length ? reader_query(r, &r->sequences, read_sequence, NULL, err) : 0;
}

/* The trigger before, which one of the same time and event follows. */
struct former {
	char *name;
	char *key;     /* table, time, event */
};

enum { T_TABLE, T_NAME, T_TIME, T_EVENT, T_BODY };

static int read_trigger(struct reader *r, void *data, char **row, struct limbeck_error *err)
{
	struct limbeck_object *trigger = limbeck_host->object_add(r->catalog, LIMBECK_KIND_TRIGGER,
		NULL, row[T_TABLE], row[T_NAME], NULL);
	struct former *former = data;
	struct text *text = &r->scratch;
	bool follows;

	if (!row[T_BODY])
		return fail_hidden(r, "trigger", row[T_NAME],
			"The server shows it to those who have the right TRIGGER on its table.",
			err);
	text_clear(text);
	text_addf(text, "%s %s %s", row[T_TIME], row[T_EVENT], row[T_TABLE]);
	follows = former->key && strcmp(former->key, text_string(text)) == 0;
	limbeck_host->free(former->key);
	former->key = text_copy(text_string(text));
	text_clear(text);
	text_add(text, "CREATE TRIGGER ");
	text_add_name(text, row[T_NAME]);
	text_addf(text, " %s %s ON ", row[T_TIME], row[T_EVENT]);
	text_add_name(text, row[T_TABLE]);
	text_add(text, " FOR EACH ROW ");
	if (follows) {
		text_add(text, "FOLLOWS ");
		text_add_name(text, former->name);
		text_add(text, " ");
		limbeck_host->object_depends(trigger, LIMBECK_KIND_TRIGGER, NULL, row[T_TABLE],
			former->name, NULL);
	}
	text_add(text, row[T_BODY]);
	limbeck_host->object_set(trigger, LIMBECK_ATTR_DEFINITION, text_string(text));
	limbeck_host->free(former->name);
	former->name = text_copy(row[T_NAME]);
	return former->name && former->key ? 0 : connection_nomem(err);
}

int reader_triggers(struct reader *r, struct limbeck_error *err)
{
	struct text sql = TEXT_INIT;
	struct former former = { NULL, NULL };
	int status;

	text_addf(&sql, "SELECT event_object_table, trigger_name, action_timing, "
		"event_manipulation, action_statement FROM information_schema.triggers "
		"WHERE trigger_schema = %s ORDER BY event_object_table, action_timing, "
		"event_manipulation, action_order", text_string(&r->schema));
	status = reader_query(r, &sql, read_trigger, &former, err);
	limbeck_host->free(former.name);
	limbeck_host->free(former.key);
	return status;
}

enum { E_NAME, E_BODY, E_TYPE, E_AT, E_VALUE, E_FIELD, E_STARTS, E_ENDS, E_STATUS, E_COMPLETION,
	E_COMMENT };

static void add_schedule(struct text *text, char **row)
{
	if (same_word(row[E_TYPE], "ONE TIME")) {
		text_addf(text, "AT '%s'", row[E_AT] ? row[E_AT] : "");
		return;
	}
	text_addf(text, "EVERY %s %s", row[E_VALUE], row[E_FIELD]);
	if (row[E_STARTS])
		text_addf(text, " STARTS '%s'", row[E_STARTS]);
	if (row[E_ENDS])
		text_addf(text, " ENDS '%s'", row[E_ENDS]);
}

static int read_event(struct reader *r, void *data, char **row, struct limbeck_error *err)
{
	struct limbeck_object *event = limbeck_host->object_add(r->catalog, LIMBECK_KIND_OTHER,
		NULL, NULL, row[E_NAME], NULL);
	struct text *text = &r->scratch;
	const char *state = guard_event_state(r->c, row[E_NAME], row[E_STATUS]);

	(void)data;
	if (!row[E_BODY])
		return fail_hidden(r, "event", row[E_NAME],
			"The server shows it to those who have the right EVENT on the database.",
			err);
	text_clear(text);
	text_add(text, "CREATE EVENT ");
	text_add_name(text, row[E_NAME]);
	text_add(text, " ON SCHEDULE ");
	add_schedule(text, row);
	if (same_word(row[E_COMPLETION], "PRESERVE"))
		text_add(text, " ON COMPLETION PRESERVE");
	if (same_word(state, "DISABLED"))
		text_add(text, " DISABLE");
	else if (!same_word(state, "ENABLED"))
		text_add(text, " DISABLE ON SLAVE");
	if (row[E_COMMENT] && *row[E_COMMENT]) {
		text_add(text, " COMMENT ");
		text_add_literal(text, row[E_COMMENT], r->backslash);
	}
	text_addf(text, " DO %s", row[E_BODY]);
	limbeck_host->object_set(event, LIMBECK_ATTR_WORD, "EVENT");
	limbeck_host->object_set(event, LIMBECK_ATTR_DEFINITION, text_string(text));
	return 0;
}

/* Where no STARTS was given the server notes the time of creation, which says
 * nothing about the event. */
int reader_events(struct reader *r, struct limbeck_error *err)
{
	struct text sql = TEXT_INIT;

	text_addf(&sql, "SELECT event_name, event_definition, event_type, execute_at, "
		"interval_value, interval_field, "
		"IF(ABS(TIMESTAMPDIFF(SECOND, created, starts)) <= 1, NULL, starts), ends, status, "
		"on_completion, event_comment FROM information_schema.events "
		"WHERE event_schema = %s ORDER BY event_name", text_string(&r->schema));
	return reader_query(r, &sql, read_event, NULL, err);
}
