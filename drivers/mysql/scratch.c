/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A scratch is a database of its own, limbeck_scratch_<hex>, and a connection that
 * holds the lock of this name as long as it lives. So a scratch whose lock is
 * free has been abandoned, and whoever opens the next one drops it.
 */
#include <stdio.h>
#include <string.h>

#include "scratch_guard.h"

#define PREFIX "limbeck_scratch_"

static bool copy_text(char **to, const char *from)
{
	*to = text_copy(from);
	return !from || *to;
}

static bool copy_options(struct settings *to, const struct settings *from)
{
	size_t i;

	to->options = limbeck_host->alloc((from->option_count + 1) * sizeof(*to->options));
	if (!to->options)
		return false;
	for (i = 0; i < from->option_count; i++) {
		to->options[i] = from->options[i];
		to->option_count = i + 1;
		if (!copy_text(&to->options[i].text, from->options[i].text))
			return false;
	}
	return true;
}

/* What was copied when memory ran out is released with the connection. */
static bool copy_settings(struct settings *to, const struct settings *from)
{
	to->port = from->port;
	to->tls = from->tls;
	return copy_text(&to->host, from->host) && copy_text(&to->user, from->user) &&
		copy_text(&to->password, from->password) &&
		copy_text(&to->database, from->database) &&
		copy_text(&to->socket, from->socket) &&
		copy_text(&to->application, from->application) &&
		copy_text(&to->charset, from->charset) && copy_text(&to->file, from->file) &&
		copy_text(&to->group, from->group) && copy_options(to, from);
}

/* Sends a statement whose result does not matter. A text that failed for want of
 * memory is none. */
static bool run(MYSQL *link, const struct text *sql)
{
	return !sql->failed &&
		mysql_real_query(link, text_string(sql), (unsigned long)sql->length) == 0;
}

/* Somebody may be reading it, for a backup say, which can take long. */
static bool drop(MYSQL *link, const char *name)
{
	struct text sql = TEXT_INIT;
	bool done;

	if (mysql_query(link, "SET SESSION lock_wait_timeout = 5") != 0)
		return false;
	text_addf(&sql, "DROP DATABASE IF EXISTS `%s`", name);
	done = run(link, &sql);
	text_release(&sql);
	return mysql_query(link, "SET SESSION lock_wait_timeout = DEFAULT") == 0 && done;
}

/* The locks of one node of a cluster are not known on the others. */
static bool is_clustered(struct connection *c)
{
	char *values[2] = { NULL, NULL };
	bool on = connection_row(c, "SHOW GLOBAL VARIABLES LIKE 'wsrep_on'", values, 2, NULL) > 0 &&
		values[1] && same_word(values[1], "ON");

	limbeck_host->free(values[0]);
	limbeck_host->free(values[1]);
	return on;
}

/* Nobody else's database that happens to be named likewise. */
static bool is_ours(const char *name)
{
	size_t length = strlen(name);

	return length >= strlen(PREFIX) + 12 && strncmp(name, PREFIX, strlen(PREFIX)) == 0 &&
		strspn(name + strlen(PREFIX), "0123456789abcdef") == length - strlen(PREFIX);
}

/* One that can't be dropped, for want of rights or since somebody else was
 * faster, is left alone. */
static void drop_abandoned(struct connection *c)
{
	static const char sql[] = "SELECT schema_name FROM information_schema.schemata "
		"WHERE LEFT(schema_name, 16) = '" PREFIX "' AND IS_FREE_LOCK(schema_name) = 1";
	MYSQL_RES *result;
	MYSQL_ROW row;

	if (is_clustered(c) || mysql_query(c->link, sql) != 0)
		return;
	result = mysql_store_result(c->link);
	while (result && (row = mysql_fetch_row(result)) != NULL) {
		if (is_ours(row[0]))
			drop(c->link, row[0]);
	}
	if (result)
		mysql_free_result(result);
}

static int fail_create(struct connection *c, struct limbeck_error *err)
{
	unsigned number = mysql_errno(c->link);

	connection_fail(c, NULL, err);
	if (number != 1044 && number != 1227)
		return -1;
	limbeck_host->fail_detail(err, "A schema is tried out in a database of its own, named "
		PREFIX "..., which is made and dropped again.");
	limbeck_host->fail_hint(err, "GRANT ALL ON `limbeck\\_scratch\\_%`.* to the user of the "
		"URL, or name another server, of the same version, with scratch_url.");
	return -1;
}

/* Name, character set and collation: those of the connection's database, or the
 * server's. */
static int choose(struct connection *c, char **values, struct limbeck_error *err)
{
	static const char sql[] = "SELECT CONCAT('" PREFIX "', LOWER(HEX(UUID_SHORT()))), "
		"@@character_set_database, @@collation_database";

	if (connection_row(c, sql, values, 3, err) < 0)
		return -1;
	if (values[0] && values[1] && values[2])
		return 0;
	return limbeck_host->fail(err, LIMBECK_E_SQL,
		"the server does not say the character set of its databases");
}

/* The lock comes first, so that nobody sees the database without it. */
static int make(struct connection *c, char **values, struct limbeck_error *err)
{
	struct text sql = TEXT_INIT;
	char *taken = NULL;
	bool made = false;

	text_addf(&sql, "SELECT GET_LOCK('%s', 0)", values[0]);
	if (connection_row(c, text_string(&sql), &taken, 1, err) < 0)
		goto out;
	if (!taken || strcmp(taken, "1") != 0) {
		limbeck_host->fail(err, LIMBECK_E_SQL, "the server could not give the lock");
		goto out;
	}
	limbeck_host->free(c->database);
	c->database = text_copy(values[0]);
	if (!c->database) {
		connection_nomem(err);
		goto out;
	}
	text_clear(&sql);
	text_addf(&sql, "CREATE DATABASE `%s` CHARACTER SET %s COLLATE %s", values[0], values[1],
		values[2]);
	if (!run(c->link, &sql)) {
		fail_create(c, err);
		goto out;
	}
	c->scratch = true;
	text_clear(&sql);
	text_addf(&sql, "USE `%s`", values[0]);
	made = run(c->link, &sql);
	if (!made)
		connection_fail(c, NULL, err);
out:
	limbeck_host->free(taken);
	text_release(&sql);
	return made ? 0 : -1;
}

static int enter(struct connection *c, struct limbeck_error *err)
{
	char *values[3] = { NULL, NULL, NULL };
	int status = -1;
	size_t i;

	drop_abandoned(c);
	if (choose(c, values, err) == 0)
		status = make(c, values, err);
	if (status == 0)
		status = guard_open(c, c->settings.database, err);
	for (i = 0; i < 3; i++)
		limbeck_host->free(values[i]);
	return status;
}

int connection_scratch(void *conn, struct limbeck_session *session, unsigned flags, void **scratch,
	struct limbeck_error *err)
{
	const struct connection *from = conn;
	struct connection *c = limbeck_host->alloc(sizeof(*c));
	int status;

	(void)flags;
	if (!c)
		return connection_nomem(err);
	c->session = session;
	atomic_init(&c->stage, STAGE_IDLE);
	if (!copy_settings(&c->settings, &from->settings)) {
		status = connection_nomem(err);
	} else {
		status = connection_connect(c, err);
		if (status == 0)
			status = enter(c, err);
	}
	if (status < 0) {
		connection_close(c);
		return -1;
	}
	*scratch = c;
	return 0;
}

/* The connection may be lost: then another one drops it. */
void scratch_leave(struct connection *c)
{
	MYSQL *link;

	if (mysql_query(c->link, "ROLLBACK") == 0 && mysql_query(c->link, "UNLOCK TABLES") == 0 &&
		drop(c->link, c->database))
		return;
	link = connection_second(c);
	if (link) {
		drop(link, c->database);
		mysql_close(link);
	}
}
