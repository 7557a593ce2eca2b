/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a statement commits ("Statements That Cause an Implicit Commit"), and whether
 * ROLLBACK undoes it: a table of MyISAM and its like keeps every row. The names of such
 * tables are asked for once, and those that a revision makes are added.
 */
#include <string.h>
#include <strings.h>

#include "subject.h"

/* A name that a statement may not touch without leaving something behind. */
struct kept {
	struct kept *next;
	char name[];
};

static void remember(struct connection *c, const char *name)
{
	struct kept *kept = limbeck_host->alloc(sizeof(*kept) + strlen(name) + 1);

	if (!kept)
		return;
	strcpy(kept->name, name);
	kept->next = c->kept;
	c->kept = kept;
}

void nature_release(struct connection *c)
{
	while (c->kept) {
		struct kept *next = c->kept->next;

		limbeck_host->free(c->kept);
		c->kept = next;
	}
}

static bool is_safe_engine(const char *engine)
{
	static const char *const safe[] = { "innodb", "rocksdb", "ndb", "ndbcluster", "tokudb" };
	size_t i;

	for (i = 0; i < sizeof(safe) / sizeof(safe[0]); i++)
		if (strcasecmp(engine, safe[i]) == 0)
			return true;
	return false;
}

static void read_names(struct connection *c, const char *sql)
{
	MYSQL_RES *result = mysql_query(c->link, sql) ? NULL : mysql_store_result(c->link);
	MYSQL_ROW row;

	while (result && (row = mysql_fetch_row(result)) != NULL)
		if (row[0])
			remember(c, row[0]);
	mysql_free_result(result);
}

/* Where there is one, whatever may write to it out of sight is taken for one, too. */
static void read_kept(struct connection *c)
{
	char *engine = NULL;

	if (c->kept_read)
		return;
	c->kept_read = true;
	connection_enter(c);
	if (connection_row(c, "SELECT @@default_storage_engine", &engine, 1, NULL) > 0 && engine)
		c->kept_default = !is_safe_engine(engine);
	limbeck_host->free(engine);
	read_names(c, "SELECT TABLE_NAME FROM information_schema.TABLES "
		"WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'BASE TABLE' AND ENGINE NOT IN "
		"(SELECT ENGINE FROM information_schema.ENGINES WHERE TRANSACTIONS = 'YES')");
	if (c->kept)
		read_names(c, "SELECT TABLE_NAME FROM information_schema.VIEWS "
			"WHERE TABLE_SCHEMA = DATABASE() UNION SELECT EVENT_OBJECT_TABLE "
			"FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()");
	connection_leave(c);
}

/* What a statement that is sent now makes of this. */
static void follow(struct connection *c, const struct limbeck_statement *statement)
{
	struct subject subject;
	size_t i;

	subject_read(&subject, c, statement);
	if (subject.kind != SUBJECT_EXISTENCE && subject.kind != SUBJECT_TABLE)
		return;
	/* Named behind others, it is one that a table was renamed to. */
	if (subject.engine[0] ? is_safe_engine(subject.engine) :
		!c->kept_default && subject.count < 2)
		return;
	if (!subject.engine[0] && !c->kept_default && !c->kept)
		return;
	for (i = 0; i < subject.count; i++)
		remember(c, subject.names[i].name);
}

static bool touches_kept(struct connection *c, const struct limbeck_statement *statement)
{
	struct words words;
	char name[SUBJECT_NAME];
	const struct kept *kept;

	read_kept(c);
	if (!c->kept)
		return false;
	for (words_init(&words, c, statement); words.token.kind != LIMBECK_TOKEN_END;
		words_next(&words)) {
		if (!words_name(&words, name))
			continue;
		for (kept = c->kept; kept; kept = kept->next)
			if (strcasecmp(kept->name, name) == 0)
				return true;
	}
	return false;
}

static int nature_of_set(struct words *words)
{
	words_next(words);
	if (words_is(words, "statement"))
		return LIMBECK_NATURE_OPAQUE;
	if (words_is(words, "password"))
		return LIMBECK_NATURE_COMMITS;
	if (words_take(words, "default") && words_is(words, "role"))
		return LIMBECK_NATURE_COMMITS;
	return LIMBECK_NATURE_SETTING;
}

static int nature_of_ddl(struct connection *c, struct words *words,
	const struct limbeck_statement *statement)
{
	if (words_take(words, "create drop")) {
		words_take(words, "or");
		words_take(words, "replace");
		/* It goes with the session, and commits nothing. */
		if (words_is(words, "temporary"))
			return LIMBECK_NATURE_PLAIN;
	}
	follow(c, statement);
	return LIMBECK_NATURE_COMMITS;
}

int connection_nature(void *conn, const struct limbeck_statement *statement)
{
	struct connection *c = conn;
	struct words words;

	words_init(&words, c, statement);
	if (words.token.kind == LIMBECK_TOKEN_END || words_is(&words, "select values table show "
			"explain describe desc help handler savepoint release rollback"))
		return LIMBECK_NATURE_PLAIN;
	if (words_is(&words, "insert replace update delete with do"))
		return touches_kept(c, statement) ? LIMBECK_NATURE_KEPT : LIMBECK_NATURE_PLAIN;
	if (words_is(&words, "set"))
		return nature_of_set(&words);
	if (words_is(&words, "use prepare deallocate"))
		return LIMBECK_NATURE_SETTING;
	if (words_take(&words, "load")) {
		if (words_is(&words, "index"))
			return LIMBECK_NATURE_COMMITS;
		return touches_kept(c, statement) ? LIMBECK_NATURE_KEPT : LIMBECK_NATURE_PLAIN;
	}
	if (words_is(&words, "create alter drop rename truncate"))
		return nature_of_ddl(c, &words, statement);
	if (words_is(&words, "grant revoke analyze optimize check repair cache flush install "
			"uninstall lock unlock commit start reset"))
		return LIMBECK_NATURE_COMMITS;
	read_kept(c);
	return c->kept ? LIMBECK_NATURE_KEPT : LIMBECK_NATURE_OPAQUE;
}
