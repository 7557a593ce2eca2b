/* SPDX-License-Identifier: BSD-2-Clause */
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "postgresql.h"

/* libpq's keywords and values, as PQconnectStartParams() takes them: both end
 * with NULL, and of a keyword that comes twice the second counts. */
struct settings {
	const char **keywords;
	const char **values;
	size_t count;
};

static void add(struct settings *settings, const char *keyword, const char *value)
{
	if (!value || !*value)
		return;
	settings->keywords[settings->count] = keyword;
	settings->values[settings->count] = value;
	settings->count++;
}

/* libpq reads ?ssl=true, which JDBC wrote first, in a URL but not as a keyword. */
static void add_param(struct settings *settings, const struct limbeck_param *param)
{
	if (strcmp(param->name, "ssl") == 0 && param->value && strcmp(param->value, "true") == 0)
		add(settings, "sslmode", "require");
	else
		add(settings, param->name, param->value);
}

static bool settings_room(struct settings *settings, size_t room)
{
	settings->count = 0;
	settings->keywords = limbeck_host->alloc(room * sizeof(*settings->keywords));
	settings->values = limbeck_host->alloc(room * sizeof(*settings->values));
	return settings->keywords && settings->values;
}

static int settings_init(struct settings *settings, const struct limbeck_open *how)
{
	const struct limbeck_url *url = how->url;
	size_t i;

	if (!settings_room(settings, url->param_count + 11))
		return -1;
	/* Both ways to name the program beat this one: ?application_name= and
	 * PGAPPNAME. */
	add(settings, "fallback_application_name", how->application);
	add(settings, "host", url->host);
	add(settings, "port", url->port);
	add(settings, "user", url->user);
	add(settings, "password", url->password);
	add(settings, "dbname", url->name);
	for (i = 0; i < url->param_count; i++)
		add_param(settings, &url->params[i]);
	add(settings, "client_encoding", "UTF8");
	return 0;
}

static void settings_release(struct settings *settings)
{
	limbeck_host->free(settings->keywords);
	limbeck_host->free(settings->values);
}

static void log_notice(void *data, const PGresult *result)
{
	static const struct {
		const char *severity;
		enum limbeck_log_level level;
	} levels[] = {
		{ "WARNING", LIMBECK_LOG_WARNING }, { "NOTICE", LIMBECK_LOG_NOTICE },
		{ "INFO", LIMBECK_LOG_INFO }, { "LOG", LIMBECK_LOG_INFO },
	};
	const struct postgresql *pg = data;
	const char *severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);
	const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
	const char *detail = PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL);
	const char *hint = PQresultErrorField(result, PG_DIAG_MESSAGE_HINT);
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
	enum limbeck_log_level level = LIMBECK_LOG_DEBUG;
	size_t i;

	if (!severity)
		severity = "NOTICE";
	/* The host rolls back after each failure, whether it has to or not. */
	if (state && strcmp(state, "25P01") == 0)
		severity = "DEBUG";
	for (i = 0; i < sizeof(levels) / sizeof(levels[0]); i++) {
		if (strcmp(levels[i].severity, severity) == 0)
			level = levels[i].level;
	}
	limbeck_host->log(pg->session, level, "%s", message ? message : "");
	if (detail)
		limbeck_host->log(pg->session, level, "%s", detail);
	if (hint)
		limbeck_host->log(pg->session, level, "hint: %s", hint);
}

/* The seconds that ?connect_timeout=, PGCONNECT_TIMEOUT or the service gives
 * one host; PQconnectPoll() leaves them to the caller. 0: no limit. */
static long seconds_allowed(PGconn *link)
{
	PQconninfoOption *options = PQconninfo(link);
	const PQconninfoOption *option;
	long seconds = 0;

	for (option = options; option && option->keyword; option++) {
		if (option->val && strcmp(option->keyword, "connect_timeout") == 0)
			seconds = strtol(option->val, NULL, 10);
	}
	PQconninfoFree(options);
	return seconds > 0 ? seconds : 0;
}

static time_t now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec;
}

/* One step of libpq's connection, at most a moment long. */
static PostgresPollingStatusType advance(struct postgresql *pg, PostgresPollingStatusType status)
{
	struct pollfd fd = { PQsocket(pg->link), POLLIN, 0 };

	if (status == PGRES_POLLING_WRITING)
		fd.events = POLLOUT;
	if (poll(&fd, 1, MOMENT_MS) > 0 || fd.fd < 0)
		return PQconnectPoll(pg->link);
	return status;
}

static int fail_late(const struct postgresql *pg, long seconds, struct limbeck_error *err)
{
	const char *host = PQhost(pg->link);
	const char *port = PQport(pg->link);

	limbeck_host->fail(err, LIMBECK_E_CONNECT, "no answer from %s, port %s, within %ld s",
		host && *host ? host : "the server", port && *port ? port : "5432", seconds);
	limbeck_host->fail_hint(err, "Check the host and the port, or raise connect_timeout.");
	return -1;
}

/* *late: the host had its time, and err is not filled. */
static int complete(struct postgresql *pg, long seconds, bool *late, struct limbeck_error *err)
{
	PostgresPollingStatusType status = PGRES_POLLING_WRITING;
	int fd = PQsocket(pg->link);
	time_t since = now();

	*late = false;
	while (status != PGRES_POLLING_OK) {
		if (status == PGRES_POLLING_FAILED)
			return postgresql_fail_link(pg, err);
		if (postgresql_cancelled(pg))
			return limbeck_host->fail(err, LIMBECK_E_CANCELLED,
				"interrupted while connecting");
		if (seconds > 0 && now() - since > seconds) {
			*late = true;
			return -1;
		}
		status = advance(pg, status);
		if (PQsocket(pg->link) != fd) {
			fd = PQsocket(pg->link);
			since = now();
		}
	}
	return 0;
}

static int connect_once(struct postgresql *pg, const struct settings *settings, bool *late,
	long *seconds, struct limbeck_error *err)
{
	*late = false;
	pg->link = PQconnectStartParams(settings->keywords, settings->values, 0);
	if (!pg->link)
		return postgresql_nomem(err);
	PQsetNoticeReceiver(pg->link, log_notice, pg);
	if (PQstatus(pg->link) == CONNECTION_BAD)
		return postgresql_fail_link(pg, err);
	*seconds = seconds_allowed(pg->link);
	return complete(pg, *seconds, late, err);
}

int postgresql_connect(struct postgresql *pg, const struct limbeck_open *how,
	struct limbeck_error *err)
{
	struct settings settings = { NULL, NULL, 0 };
	struct hosts hosts = { NULL, NULL, NULL };
	size_t given;
	long seconds;
	bool late;
	int status;

	if (settings_init(&settings, how) < 0) {
		status = postgresql_nomem(err);
		goto out;
	}
	given = settings.count;
	status = connect_once(pg, &settings, &late, &seconds, err);
	while (late && hosts_leave_out(&hosts, pg->link)) {
		PQfinish(pg->link);
		settings.count = given;
		add(&settings, "host", hosts.names);
		add(&settings, "hostaddr", hosts.addresses);
		add(&settings, "port", hosts.ports);
		status = connect_once(pg, &settings, &late, &seconds, err);
	}
	if (late)
		fail_late(pg, seconds, err);
out:
	hosts_release(&hosts);
	settings_release(&settings);
	return status;
}

static size_t count_options(const PQconninfoOption *options)
{
	size_t count = 0;

	while (options && options[count].keyword)
		count++;
	return count;
}

/* Of several hosts the one that has answered; and the password that was used, which
 * a file may have for the other database alone. */
static void add_like(struct settings *settings, const PQconninfoOption *options, PGconn *link,
	const char *database)
{
	const PQconninfoOption *option;

	for (option = options; option && option->keyword; option++) {
		if (strcmp(option->keyword, "host") != 0 &&
			strcmp(option->keyword, "hostaddr") != 0 &&
			strcmp(option->keyword, "port") != 0)
			add(settings, option->keyword, option->val);
	}
	add(settings, "host", PQhost(link));
	add(settings, "hostaddr", PQhostaddr(link));
	add(settings, "port", PQport(link));
	add(settings, "password", PQpass(link));
	add(settings, "dbname", database);
}

int postgresql_connect_like(struct postgresql *pg, const struct postgresql *other,
	const char *database, struct limbeck_error *err)
{
	struct settings settings = { NULL, NULL, 0 };
	PQconninfoOption *options = PQconninfo(other->link);
	long seconds;
	bool late = false;
	int status;

	if (!options || !settings_room(&settings, count_options(options) + 6)) {
		status = postgresql_nomem(err);
		goto out;
	}
	add_like(&settings, options, other->link, database);
	status = connect_once(pg, &settings, &late, &seconds, err);
	if (late)
		fail_late(pg, seconds, err);
out:
	settings_release(&settings);
	PQconninfoFree(options);
	return status;
}
