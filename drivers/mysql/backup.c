/* SPDX-License-Identifier: BSD-2-Clause */
/* A backup: the dump of the product's own program. Its password is in its environment,
 * which nobody else sees, and never on its command line. */
#include <stdio.h>
#include <string.h>

#include "subject.h"

enum { MOST = 24 };

struct dump {
	struct text words[MOST];
	size_t count;
};

static void add(struct dump *dump, const char *option, const char *value)
{
	if (!value || dump->count == MOST)
		return;
	text_add(&dump->words[dump->count], option);
	text_add(&dump->words[dump->count], value);
	dump->count++;
}

static void add_tls(struct dump *dump, const struct connection *c, bool mariadb)
{
	static const char *const modes[] = { NULL, "DISABLED", "PREFERRED", "REQUIRED",
		"VERIFY_IDENTITY" };
	static const char *const words[] = { NULL, "--skip-ssl", "--ssl", "--ssl",
		"--ssl-verify-server-cert" };
	const struct settings *settings = &c->settings;
	size_t i;

	if (mariadb)
		add(dump, "", words[settings->tls]);
	else
		add(dump, "--ssl-mode=", modes[settings->tls]);
	for (i = 0; i < settings->option_count; i++) {
		const struct option *option = &settings->options[i];

		if (option->number == MYSQL_OPT_SSL_CA)
			add(dump, "--ssl-ca=", option->text);
		else if (option->number == MYSQL_OPT_SSL_CERT)
			add(dump, "--ssl-cert=", option->text);
		else if (option->number == MYSQL_OPT_SSL_KEY)
			add(dump, "--ssl-key=", option->text);
	}
}

static void make(struct dump *dump, const struct connection *c, const char *program,
	const char *path)
{
	const struct settings *settings = &c->settings;
	char port[16];

	add(dump, program, "");
	add(dump, "--defaults-file=", settings->file);
	add(dump, "--host=", settings->host);
	if (settings->port > 0) {
		snprintf(port, sizeof(port), "%u", settings->port);
		add(dump, "--port=", port);
	}
	add(dump, "--socket=", settings->socket);
	if (settings->host && !settings->socket && strcmp(settings->host, "localhost") != 0)
		add(dump, "--protocol=", "tcp");
	add(dump, "--user=", settings->user);
	add_tls(dump, c, strcmp(program, "mariadb-dump") == 0);
	add(dump, "--result-file=", path);
	add(dump, "--single-transaction", "");
	add(dump, "--quick", "");
	add(dump, "--routines", "");
	add(dump, "--events", "");
	add(dump, "--hex-blob", "");
	add(dump, "--no-tablespaces", "");
	add(dump, "--", "");
	add(dump, "", c->database);
}

static int run(struct connection *c, const char *program, const char *path,
	struct limbeck_error *err)
{
	struct dump dump = { .count = 0 };
	const char *argv[MOST + 1] = { NULL };
	const char *environment[2] = { NULL, NULL };
	struct text password = TEXT_INIT;
	bool failed = false;
	int result;
	size_t i;

	make(&dump, c, program, path);
	if (c->settings.password) {
		text_add(&password, "MYSQL_PWD=");
		text_add(&password, c->settings.password);
		environment[0] = text_string(&password);
	}
	for (i = 0; i < dump.count; i++) {
		argv[i] = text_string(&dump.words[i]);
		failed = failed || dump.words[i].failed;
	}
	result = failed || password.failed ? connection_nomem(err) :
		limbeck_host->run(c->session, argv, environment, c->settings.password, err);
	for (i = 0; i < dump.count; i++)
		text_release(&dump.words[i]);
	text_release(&password);
	return result;
}

int connection_backup(void *conn, const char *path, struct limbeck_error *err)
{
	struct connection *c = conn;
	bool mariadb = strcmp(c->product, "mariadb") == 0;
	int result;

	if (!c->database)
		return limbeck_host->fail(err, LIMBECK_E_UNSUPPORTED,
			"no database is chosen to back up");
	result = run(c, mariadb ? "mariadb-dump" : "mysqldump", path, err);
	/* Its name of old. */
	if (result < 0 && mariadb && err && err->code == LIMBECK_E_UNSUPPORTED)
		result = run(c, "mysqldump", path, err);
	return result;
}
