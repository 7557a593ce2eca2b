/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Whether a statement took effect. Before it is sent, the catalog's description of
 * each object that it is about is reduced to a checksum, in the round trip that sends
 * it; afterwards the same is done again. DDL is atomic: all of them have changed, or none.
 */
#include <stdio.h>
#include <string.h>

#include "subject.h"

/* A checksum of rows, whatever their order. QUOTE() tells NULL from a text. */
#define ROWS(columns, from) \
	"(SELECT CONCAT(COUNT(*), '.', COALESCE(BIT_XOR(CAST(CONV(SUBSTRING(MD5(CONCAT_WS('|', " \
	columns ")), 1, 15), 16, 10) AS UNSIGNED)), 0)) FROM information_schema." from

#define TABLE_ITSELF ROWS("ENGINE, TABLE_TYPE, ROW_FORMAT, TABLE_COLLATION, " \
	"QUOTE(CREATE_OPTIONS), QUOTE(TABLE_COMMENT)", "TABLES")
#define COLUMNS ROWS("ORDINAL_POSITION, QUOTE(COLUMN_NAME), COLUMN_TYPE, IS_NULLABLE, " \
	"QUOTE(COLUMN_DEFAULT), EXTRA, QUOTE(COLLATION_NAME), QUOTE(COLUMN_COMMENT), " \
	"QUOTE(GENERATION_EXPRESSION)", "COLUMNS")
#define INDEXES(more) ROWS("QUOTE(INDEX_NAME), SEQ_IN_INDEX, QUOTE(COLUMN_NAME), " \
	"QUOTE(SUB_PART), NON_UNIQUE, INDEX_TYPE, QUOTE(COLLATION), QUOTE(INDEX_COMMENT)" more, "STATISTICS")
#define KEYS ROWS("QUOTE(CONSTRAINT_NAME), ORDINAL_POSITION, QUOTE(COLUMN_NAME), " \
	"QUOTE(REFERENCED_TABLE_SCHEMA), QUOTE(REFERENCED_TABLE_NAME), " \
	"QUOTE(REFERENCED_COLUMN_NAME)", "KEY_COLUMN_USAGE")
#define ACTIONS ROWS("QUOTE(CONSTRAINT_NAME), UPDATE_RULE, DELETE_RULE", "REFERENTIAL_CONSTRAINTS")
#define CONSTRAINTS(more) ROWS("QUOTE(CONSTRAINT_NAME), CONSTRAINT_TYPE" more, "TABLE_CONSTRAINTS")
#define CHECKS ROWS("QUOTE(CONSTRAINT_NAME), QUOTE(CHECK_CLAUSE)", "CHECK_CONSTRAINTS")
#define PARTITIONS ROWS("QUOTE(PARTITION_NAME), QUOTE(SUBPARTITION_NAME), " \
	"QUOTE(PARTITION_METHOD), QUOTE(PARTITION_EXPRESSION), QUOTE(PARTITION_DESCRIPTION)", "PARTITIONS")

/* What an object of a kind is described by, and by which columns it is found. */
struct source {
	enum subject_kind kind;
	unsigned servers;
	const char *rows;
	const char *schema;
	const char *name;
	const char *more;
};

enum { MARIADB = 1, MYSQL_8 = 2, ANY = 7 };

#define OF_TABLE "TABLE_SCHEMA", "TABLE_NAME", ""

static const struct source sources[] = {
	{ SUBJECT_TABLE, ANY, TABLE_ITSELF, OF_TABLE }, { SUBJECT_TABLE, ANY, COLUMNS, OF_TABLE },
	{ SUBJECT_TABLE, MARIADB, INDEXES(""), OF_TABLE },
	{ SUBJECT_TABLE, MYSQL_8, INDEXES(", QUOTE(EXPRESSION), IS_VISIBLE"), OF_TABLE },
	{ SUBJECT_TABLE, ANY, KEYS, OF_TABLE },
	{ SUBJECT_TABLE, ANY, ACTIONS, "CONSTRAINT_SCHEMA", "TABLE_NAME", "" },
	{ SUBJECT_TABLE, MARIADB, CONSTRAINTS(""), OF_TABLE },
	{ SUBJECT_TABLE, MYSQL_8, CONSTRAINTS(", ENFORCED"), OF_TABLE },
	{ SUBJECT_TABLE, MARIADB, CHECKS, "CONSTRAINT_SCHEMA", "TABLE_NAME", "" },
	{ SUBJECT_TABLE, ANY, PARTITIONS, OF_TABLE },
	{ SUBJECT_INDEXES, MARIADB, INDEXES(""), OF_TABLE },
	{ SUBJECT_INDEXES, MYSQL_8, INDEXES(", QUOTE(EXPRESSION), IS_VISIBLE"), OF_TABLE },
	{ SUBJECT_EXISTENCE, ANY, "(SELECT COUNT(*) FROM information_schema.TABLES", OF_TABLE },
	{ SUBJECT_VIEW, ANY, ROWS("QUOTE(VIEW_DEFINITION), CHECK_OPTION, DEFINER, SECURITY_TYPE",
		"VIEWS"), OF_TABLE },
	{ SUBJECT_TRIGGER, ANY, ROWS("QUOTE(EVENT_OBJECT_TABLE), ACTION_TIMING, EVENT_MANIPULATION, "
		"QUOTE(ACTION_STATEMENT), ACTION_ORDER, DEFINER", "TRIGGERS"), "TRIGGER_SCHEMA",
		"TRIGGER_NAME", "" },
	{ SUBJECT_PROCEDURE, ANY, ROWS("QUOTE(ROUTINE_DEFINITION), SQL_DATA_ACCESS, SECURITY_TYPE, "
		"QUOTE(ROUTINE_COMMENT), DEFINER", "ROUTINES"), "ROUTINE_SCHEMA", "ROUTINE_NAME",
		" AND ROUTINE_TYPE = 'PROCEDURE'" },
	{ SUBJECT_FUNCTION, ANY, ROWS("QUOTE(ROUTINE_DEFINITION), QUOTE(DTD_IDENTIFIER), "
		"IS_DETERMINISTIC, SQL_DATA_ACCESS, SECURITY_TYPE, QUOTE(ROUTINE_COMMENT), DEFINER",
		"ROUTINES"), "ROUTINE_SCHEMA", "ROUTINE_NAME", " AND ROUTINE_TYPE = 'FUNCTION'" },
	{ SUBJECT_EVENT, ANY, ROWS("QUOTE(EVENT_DEFINITION), EVENT_TYPE, QUOTE(EXECUTE_AT), "
		"QUOTE(INTERVAL_VALUE), QUOTE(INTERVAL_FIELD), STATUS, ON_COMPLETION, "
		"QUOTE(EVENT_COMMENT)", "EVENTS"), "EVENT_SCHEMA", "EVENT_NAME", "" },
};

/* Of MySQL before 8.0 too little is in the catalog, and its DDL is not atomic. */
static unsigned server_of(const struct connection *c)
{
	if (strcmp(c->product, "mariadb") == 0)
		return MARIADB;
	return mysql_get_server_version(c->link) >= 80016 ? MYSQL_8 : 0;
}

static void add_literal(const struct connection *c, const char *literal, struct text *sql)
{
	text_add_literal(sql, literal, !c->own_lexis || (c->lexis.flags & LIMBECK_LEX_BACKSLASH));
}

static void add_where(const struct connection *c, const struct source *source,
	const struct subject_name *name, struct text *sql)
{
	text_addf(sql, " WHERE %s = ", source->schema);
	if (name->schema[0])
		add_literal(c, name->schema, sql);
	else
		text_add(sql, "DATABASE()");
	text_addf(sql, " AND %s = ", source->name);
	add_literal(c, name->name, sql);
	text_addf(sql, "%s)", source->more);
}

static void add_database(const struct connection *c, const struct subject_name *name,
	struct text *sql)
{
	text_add(sql, "(SELECT CONCAT('1', DEFAULT_CHARACTER_SET_NAME, DEFAULT_COLLATION_NAME) "
		"FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ");
	add_literal(c, name->name, sql);
	text_add(sql, ")");
}

static void add_object(const struct connection *c, enum subject_kind kind,
	const struct subject_name *name, struct text *sql)
{
	const char *comma = "";
	size_t i;

	text_add(sql, ", COALESCE(MD5(CONCAT(");
	if (kind == SUBJECT_DATABASE)
		add_database(c, name, sql);
	for (i = 0; i < sizeof(sources) / sizeof(sources[0]); i++) {
		const struct source *source = &sources[i];

		if (source->kind != kind || !(source->servers & server_of(c)))
			continue;
		text_addf(sql, "%s%s", comma, source->rows);
		add_where(c, source, name, sql);
		comma = ", '/', ";
	}
	text_add(sql, ")), '-')");
}

/* The session's database goes first: names depend on it. */
static int make(const struct connection *c, const struct subject *subject, struct text *sql)
{
	size_t i;

	if (subject->kind <= SUBJECT_AGAIN || subject->temporary || server_of(c) == 0)
		return 0;
	text_add(sql, "(SELECT CONCAT_WS(' ', MD5(COALESCE(DATABASE(), ''))");
	for (i = 0; i < subject->count; i++)
		add_object(c, subject->kind, &subject->names[i], sql);
	text_add(sql, "))");
	return sql->failed ? 0 : 1;
}

int connection_footprint(void *conn, const struct limbeck_statement *statement, char **expression)
{
	struct connection *c = conn;
	struct subject subject;
	struct text sql = TEXT_INIT;
	int made;

	subject_read(&subject, c, statement);
	made = make(c, &subject, &sql);
	*expression = made ? text_copy(text_string(&sql)) : NULL;
	text_release(&sql);
	return *expression != NULL;
}

static size_t next_part(const char **text)
{
	size_t length;

	*text += strspn(*text, " ");
	length = strcspn(*text, " ");
	return length;
}

static bool same_part(const char **before, const char **now)
{
	size_t a = next_part(before), b = next_part(now);
	bool same = a == b && memcmp(*before, *now, a) == 0;

	*before += a;
	*now += b;
	return same;
}

/* How many of the objects have changed; -1: the two can't be compared. */
static int compare(const struct subject *subject, const char *before, const char *now,
	char *changed, char *same, size_t size)
{
	int count = 0;
	size_t i;

	if (!same_part(&before, &now))
		return -1;
	for (i = 0; i < subject->count; i++) {
		char *list = same_part(&before, &now) ? same : changed;
		size_t length = strlen(list);

		snprintf(list + length, size - length, "%s%s", length ? ", " : "",
			subject->names[i].name);
		count += list == changed;
	}
	return count;
}

static int judge(const struct subject *subject, struct limbeck_probe *probe, const char *now)
{
	char changed[200] = "", same[200] = "";
	int count = compare(subject, probe->before, now, changed, same, sizeof(changed));

	if (count < 0) {
		snprintf(probe->known, sizeof(probe->known),
			"It ran in a session with another database.");
		return LIMBECK_EFFECT_UNKNOWN;
	}
	if (count > 0 && (size_t)count < subject->count) {
		snprintf(probe->known, sizeof(probe->known),
			"%s changed since it was sent, %s did not.", changed, same);
		return LIMBECK_EFFECT_UNKNOWN;
	}
	snprintf(probe->known, sizeof(probe->known), count ? "%s changed since it was sent." :
		"%s did not change since it was sent.", count ? changed : same);
	if (count > 0)
		return LIMBECK_EFFECT_DONE;
	return subject->hidden ? LIMBECK_EFFECT_UNKNOWN : LIMBECK_EFFECT_NONE;
}

int connection_probe(void *conn, struct limbeck_probe *probe, struct limbeck_error *err)
{
	struct connection *c = conn;
	struct text sql = TEXT_INIT;
	struct subject subject;
	char *now = NULL;
	int result = LIMBECK_EFFECT_UNKNOWN;

	subject_read(&subject, c, probe->statement);
	if (subject.kind == SUBJECT_AGAIN)
		return LIMBECK_EFFECT_NONE;
	if (!probe->before || !*probe->before)
		return LIMBECK_EFFECT_UNKNOWN;
	text_add(&sql, "SELECT ");
	if (make(c, &subject, &sql)) {
		connection_enter(c);
		result = connection_row(c, text_string(&sql), &now, 1, err);
		connection_leave(c);
		if (result >= 0)
			result = now ? judge(&subject, probe, now) : LIMBECK_EFFECT_UNKNOWN;
	}
	limbeck_host->free(now);
	text_release(&sql);
	return result;
}
