/* SPDX-License-Identifier: BSD-2-Clause */
/* A backup: pg_dump's. The password is in its environment, which nobody else sees, and
 * never on its command line. */
#include <string.h>

#include "postgresql.h"
#include "subject.h"

static void add_keyword(struct strings *info, const char *keyword, const char *value)
{
	if (!value || !*value)
		return;
	if (info->length > 0)
		strings_add(info, " ");
	strings_add(info, keyword);
	strings_add(info, "='");
	for (; *value; value++) {
		if (*value == '\'' || *value == '\\')
			strings_add(info, "\\");
		strings_add_n(info, value, 1);
	}
	strings_add(info, "'");
}

static bool is_left_out(const PQconninfoOption *option)
{
	static const char *const names[] = { "host", "hostaddr", "port", "dbname", "password",
		"sslpassword", "client_encoding", "replication", "fallback_application_name" };
	size_t i;

	/* libpq marks secrets so. */
	if (option->dispchar[0] == '*')
		return true;
	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(option->keyword, names[i]) == 0)
			return true;
	return false;
}

/* To the very server that has answered. */
static bool describe(const struct postgresql *pg, struct strings *info)
{
	PQconninfoOption *options = PQconninfo(pg->link);
	const PQconninfoOption *option;

	if (!options)
		return false;
	strings_add(info, "--dbname=");
	add_keyword(info, "host", PQhost(pg->link));
	add_keyword(info, "hostaddr", PQhostaddr(pg->link));
	add_keyword(info, "port", PQport(pg->link));
	add_keyword(info, "dbname", PQdb(pg->link));
	for (option = options; option->keyword; option++)
		if (!is_left_out(option))
			add_keyword(info, option->keyword, option->val);
	PQconninfoFree(options);
	return !info->failed;
}

int postgresql_backup(void *conn, const char *path, struct limbeck_error *err)
{
	struct postgresql *pg = conn;
	const char *password = PQpass(pg->link);
	struct strings info = { NULL, 0, 0, false }, file = { NULL, 0, 0, false };
	struct strings secret = { NULL, 0, 0, false };
	const char *environment[2] = { NULL, NULL };
	int result;

	strings_add(&file, "--file=");
	strings_add(&file, path);
	if (password && *password) {
		strings_add(&secret, "PGPASSWORD=");
		strings_add(&secret, password);
		environment[0] = secret.text;
	}
	if (describe(pg, &info) && !file.failed && !secret.failed) {
		const char *argv[] = { "pg_dump", "--no-password", "--format=plain", file.text,
			info.text, NULL };

		result = limbeck_host->run(pg->session, argv, environment, password, err);
	} else {
		result = postgresql_nomem(err);
	}
	strings_release(&info);
	strings_release(&file);
	strings_release(&secret);
	return result;
}
