/* SPDX-License-Identifier: BSD-2-Clause */
#include "api/session.h"

#include <pwd.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"
#include "script/script.h"

const char *limbeck_environment(const char *name)
{
	return config_environment(name);
}

const char *limbeck_version(void)
{
	return LIMBECK_VERSION;
}

/* A copy of what the caller filled, whatever size it knows. */
static struct limbeck_options options_of(const struct limbeck_options *given)
{
	struct limbeck_options options = { 0 };

	if (given && given->size)
		memcpy(&options, given, given->size < sizeof options ? given->size : sizeof options);
	options.size = sizeof options;
	return options;
}

/* Outside a project, a URL whose driver is missing is the better thing to say:
 * with a project it would not work either. */
static void prefer_driver_error(const struct limbeck_options *options, struct limbeck_error *err)
{
	struct limbeck_error other = LIMBECK_ERROR_INIT;
	struct driver *driver = NULL;
	struct config config;

	if (!options->url || config_load(&config, options, false, LIMBECK_DRIVERS_DIR,
			LIMBECK_TEMPLATES_DIR, &other) < 0) {
		limbeck_error_release(&other);
		return;
	}
	if (driver_load(&driver, config.driver_path, config.url.scheme, NULL, &other) < 0
		&& error_is(&other, LIMBECK_E_DRIVER))
		error_move(err, &other);
	limbeck_error_release(&other);
	driver_free(driver);
	config_release(&config);
}

int session_open(struct limbeck **out, const struct limbeck_options *given, bool project,
	struct limbeck_error *err)
{
	struct limbeck_options options = options_of(given);
	struct limbeck *lb = mem_alloc(sizeof *lb);

	if (!lb)
		return error_nomem(err);
	lb->log = (struct log) { options.log_level, options.log, options.log_data };
	pthread_mutex_init(&lb->mutex, NULL);
	graph_init(&lb->graph);
	if (config_load(&lb->config, &options, project, LIMBECK_DRIVERS_DIR, LIMBECK_TEMPLATES_DIR,
			err) < 0) {
		prefer_driver_error(&options, err);
		limbeck_close(lb);
		return -1;
	}
	*out = lb;
	return 0;
}

int limbeck_open(struct limbeck **out, const struct limbeck_options *given,
	struct limbeck_error *err)
{
	return session_open(out, given, true, err);
}

int session_watch(struct limbeck *lb, struct connection *connection, struct limbeck_error *err)
{
	bool cancelled, fine;

	pthread_mutex_lock(&lb->mutex);
	fine = vec_push(&lb->watched, connection);
	cancelled = lb->cancelled;
	pthread_mutex_unlock(&lb->mutex);
	if (!fine)
		return error_nomem(err);
	return cancelled ? error_set(err, LIMBECK_E_CANCELLED, "interrupted") : 0;
}

void session_unwatch(struct limbeck *lb, const struct connection *connection)
{
	size_t kept = 0;

	pthread_mutex_lock(&lb->mutex);
	for (size_t i = 0; i < lb->watched.count; i++)
		if (lb->watched.items[i] != connection)
			lb->watched.items[kept++] = lb->watched.items[i];
	lb->watched.count = kept;
	pthread_mutex_unlock(&lb->mutex);
}

bool session_cancelled(struct limbeck *lb)
{
	bool cancelled;

	pthread_mutex_lock(&lb->mutex);
	cancelled = lb->cancelled;
	pthread_mutex_unlock(&lb->mutex);
	return cancelled;
}

static void disconnect(struct limbeck *lb)
{
	session_unwatch(lb, lb->connection);
	connection_close(lb->connection);
	lb->connection = NULL;
}

void limbeck_close(struct limbeck *lb)
{
	if (!lb)
		return;
	disconnect(lb);
	for (size_t i = 0; i < lb->lost.count; i++)
		connection_close(lb->lost.items[i]);
	vec_release(&lb->lost);
	driver_free(lb->driver);
	vec_release(&lb->watched);
	graph_release(&lb->graph);
	config_release(&lb->config);
	arena_release(&lb->arena);
	pthread_mutex_destroy(&lb->mutex);
	mem_free(lb);
}

void limbeck_cancel(struct limbeck *lb)
{
	pthread_mutex_lock(&lb->mutex);
	lb->cancelled = true;
	for (size_t i = 0; i < lb->watched.count; i++)
		connection_cancel(lb->watched.items[i]);
	pthread_mutex_unlock(&lb->mutex);
}

const char *limbeck_config_get(struct limbeck *lb, const char *key)
{
	return config_get(&lb->config, key);
}

const char *limbeck_url_shown(struct limbeck *lb)
{
	return lb->config.url_shown;
}

int session_graph(struct limbeck *lb, struct limbeck_error *err)
{
	return lb->has_graph ? 0 : session_graph_with(lb, NULL, 0, err);
}

int session_graph_with(struct limbeck *lb, const struct revision *extra, size_t count,
	struct limbeck_error *err)
{
	struct script_folders folders = {
		.paths = lb->config.version_locations, .count = lb->config.version_location_count,
		.recursive = lb->config.recursive, .cwd = lb->config.cwd,
		.extra = extra, .extra_count = count, .expand = &lb->expand,
	};

	session_forget_graph(lb);
	if (script_scan(&folders, &lb->graph, &lb->log, err) < 0) {
		session_forget_graph(lb);
		return -1;
	}
	lb->has_graph = true;
	return 0;
}

static int not_squashed(const char *squashed, const char *row, struct limbeck_error *err)
{
	char *why = err ? err->message : NULL;

	if (err)
		err->message = NULL;
	error_set(err, LIMBECK_E_STATE, "the database is at %s, which was squashed into %s, and its "
		"files are not all here", row, squashed);
	if (why)
		error_detail(err, "Without %s: %s.", squashed, why);
	mem_free(why);
	error_hint(err, "Bring back the files of what it replaces, in the folder squashed beside the "
		"revision files, until no database stands there any more.");
	return -1;
}

/* One inside of another comes to light when that one is expanded. */
static int expand_row(struct limbeck *lb, const char *row, struct limbeck_error *err)
{
	const struct revision *squashed;

	while ((squashed = graph_find_around(&lb->graph, row))) {
		const char *id = arena_strdup(&lb->arena, squashed->id);

		if (!id)
			return error_nomem(err);
		for (size_t i = 0; i < lb->expand.count; i++)
			if (!strcmp(lb->expand.items[i], id))
				return not_squashed(id, row, err);
		if (!vec_push_arena(&lb->expand, id, &lb->arena))
			return error_nomem(err);
		if (session_graph_with(lb, NULL, 0, err) < 0)
			return error_is(err, LIMBECK_E_GRAPH) ? not_squashed(id, row, err) : -1;
	}
	return 0;
}

int session_expand(struct limbeck *lb, const struct names *rows, struct limbeck_error *err)
{
	for (size_t i = 0; i < rows->count; i++)
		if (expand_row(lb, rows->items[i], err) < 0)
			return -1;
	return 0;
}

void session_forget_graph(struct limbeck *lb)
{
	graph_release(&lb->graph);
	graph_init(&lb->graph);
	lb->has_graph = false;
}

static void add_engine(struct limbeck *lb, const char *name)
{
	for (size_t i = 0; i < lb->engine_count; i++)
		if (!strcmp(lb->engines[i], name))
			return;
	if (lb->engine_count < sizeof lb->engines / sizeof *lb->engines)
		lb->engines[lb->engine_count++] = name;
}

int session_driver(struct limbeck *lb, struct limbeck_error *err)
{
	if (lb->driver)
		return 0;
	if (driver_load(&lb->driver, lb->config.driver_path, lb->config.url.scheme, &lb->log, err) < 0)
		return -1;
	add_engine(lb, lb->driver->table.name);
	return 0;
}

/* Who we are, for the history. */
static int introduce(struct limbeck *lb, struct store *store, struct limbeck_error *err)
{
	char host[256] = "", buffer[4096];
	struct passwd entry, *found = NULL;

	if (gethostname(host, sizeof host) < 0)
		host[0] = '\0';
	host[sizeof host - 1] = '\0';
	(void)getpwuid_r(geteuid(), &entry, buffer, sizeof buffer, &found);
	store->host = arena_strdup(&lb->arena, host);
	store->os_user = found ? arena_strdup(&lb->arena, found->pw_name)
			       : arena_printf(&lb->arena, "%ld", (long)geteuid());
	store->tool_version = LIMBECK_VERSION;
	return store->host && store->os_user ? 0 : error_nomem(err);
}

static int make_store(struct limbeck *lb, struct limbeck_error *err)
{
	const struct limbeck_server *server = connection_server(lb->connection);

	if (store_init(&lb->store, &lb->arena, connection_traits(lb->connection),
			connection_lexis(lb->connection), lb->config.version_table_schema, server->schema,
			lb->config.version_table, err) < 0)
		return -1;
	if (server->product)
		add_engine(lb, server->product);
	lb->store.database_user = server->user ? server->user : "";
	return introduce(lb, &lb->store, err);
}

static void log_connected(const struct limbeck *lb)
{
	const struct limbeck_server *server = connection_server(lb->connection);
	bool transactional = connection_can(lb->connection, LIMBECK_CAP_TRANSACTIONAL_DDL)
		!= LIMBECK_NO;

	log_write(&lb->log, LIMBECK_LOG_INFO, "connected to %s%s%s, %s",
		server->product ? server->product : lb->driver->table.name,
		server->version ? " " : "", server->version ? server->version : "",
		lb->config.url_shown);
	log_write(&lb->log, LIMBECK_LOG_INFO, transactional
		? "DDL is transactional: a revision that fails is rolled back"
		: "DDL is not transactional: each statement is written down before and after it");
}

int session_connect(struct limbeck *lb, bool reads_only, struct limbeck_error *err)
{
	if (lb->connection && (!lb->reads_only || reads_only))
		return 0;
	disconnect(lb);
	if (session_driver(lb, err) < 0)
		return -1;
	if (connection_open(&lb->connection, lb->driver, &lb->config.url, lb->config.url_shown,
			reads_only ? LIMBECK_OPEN_READ : 0, &lb->log, err) < 0) {
		if (err && !err->hint)
			error_hint(err, "The database URL is %s (from %s).", lb->config.url_shown,
				lb->config.url_from);
		return -1;
	}
	lb->reads_only = reads_only;
	if (session_watch(lb, lb->connection, err) < 0 || make_store(lb, err) < 0) {
		disconnect(lb);
		return -1;
	}
	log_connected(lb);
	return 0;
}

int session_reconnect(struct limbeck *lb, struct limbeck_error *err)
{
	struct connection *lost = lb->connection;

	if (lost && !vec_push(&lb->lost, lost))
		return error_nomem(err);
	session_unwatch(lb, lost);
	lb->connection = NULL;
	if (session_connect(lb, false, err) == 0)
		return 0;
	/* Whoever asked goes on with what there was. */
	if (!lost)
		return -1;
	lb->connection = lost;
	lb->lost.count--;
	return session_watch(lb, lost, NULL) < 0 ? error_nomem(err) : -1;
}

int session_offline_store(struct limbeck *lb, struct store *store, struct limbeck_error *err)
{
	if (session_driver(lb, err) < 0
		|| store_init(store, &lb->arena, &lb->driver->traits, &lb->driver->traits.lexis,
			lb->config.version_table_schema, NULL, lb->config.version_table, err) < 0)
		return -1;
	/* The driver may serve several products; the URL's scheme says which. */
	add_engine(lb, lb->config.url.scheme);
	store->tool_version = LIMBECK_VERSION " (script)";
	return 0;
}

int session_offline_server(const struct driver *driver, const char *scheme, struct arena *arena,
	const struct limbeck_server **out, struct limbeck_error *err)
{
	struct limbeck_server *server;

	*out = NULL;
	if (strcmp(scheme, driver->table.name) == 0)
		return 0;
	server = arena_alloc(arena, sizeof *server);
	if (!server)
		return error_nomem(err);
	server->size = sizeof *server;
	server->product = arena_strdup(arena, scheme);
	*out = server;
	return server->product ? 0 : error_nomem(err);
}

int session_rows(struct limbeck *lb, struct revision_list *rows, struct names *missing,
	struct limbeck_error *err)
{
	struct store_state state;

	if (session_graph(lb, err) < 0 || session_connect(lb, true, err) < 0
		|| store_read(&lb->store, lb->connection, &lb->arena, &state, err) < 0
		|| session_expand(lb, &state.rows, err) < 0)
		return -1;
	return graph_rows(&lb->graph, &state.rows, rows, missing, err);
}
