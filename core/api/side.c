/* SPDX-License-Identifier: BSD-2-Clause */
#include "api/side.h"

#include <string.h>

#include "api/cache.h"
#include "api/ddl_abroad.h"
#include "api/load.h"
#include "api/replay.h"
#include "base/error.h"
#include "base/file.h"
#include "base/glob.h"
#include "base/mem.h"
#include "base/path.h"
#include "config/url.h"
#include "sql/scanner.h"

static const char command_prefix[] = "exec:";

static int open_url(struct side *side, const struct limbeck_url *url, const char *shown,
	struct limbeck_error *err)
{
	struct limbeck *lb = side->lb;

	if (driver_load(&side->own_driver, lb->config.driver_path, url->scheme, &lb->log, err) < 0)
		return -1;
	/* A name that is misspelled must not pass for a schema without tables. */
	if (connection_open(&side->own, side->own_driver, url, shown,
			LIMBECK_OPEN_READ | LIMBECK_OPEN_EXISTING, &lb->log, err) < 0) {
		if (err && !err->hint)
			error_hint(err, "The database URL is %s.", shown);
		return -1;
	}
	side->connection = side->own;
	return session_watch(lb, side->own, err);
}

static int read_catalog(struct side *side, struct limbeck_error *err)
{
	const struct config *config = &side->lb->config;

	return connection_introspect(side->connection, config->schemas, config->schema_count,
		&side->catalog, err);
}

/* Whether the connection speaks the dialect, by name or by its rules. */
static bool speaks(const struct side *side, const char *dialect, const struct limbeck_lexis *lexis)
{
	const struct limbeck_lexis *own = &connection_traits(side->connection)->lexis;

	if (!strcmp(dialect, connection_engine(side->connection))
		|| !strcmp(dialect, connection_server(side->connection)->product))
		return true;
	return lexis && lexis->flags == own->flags
		&& !strcmp(lexis->identifier_quotes, own->identifier_quotes);
}

/* *foreign: the dialect that the schema is to be translated from, or NULL. */
static int choose_lexis(struct side *side, const char **foreign, struct limbeck_error *err)
{
	const char *dialect = side->lb->config.dialect;

	*foreign = NULL;
	side->ddl.lexis = connection_lexis(side->connection);
	if (!dialect || speaks(side, dialect, dialect_lexis(dialect)))
		return 0;
	if (dialect_lexis(dialect) && driver_translation(connection_driver(side->connection),
			connection_server(side->connection))) {
		*foreign = dialect;
		side->ddl.lexis = dialect_lexis(dialect);
		return 0;
	}
	error_set(err, LIMBECK_E_UNSUPPORTED, "a schema in the dialect %s can't be loaded into %s",
		dialect, connection_engine(side->connection));
	error_hint(err, "Set scratch_url to a database of that engine, or let -u name one.");
	return -1;
}

static int load(struct side *side, struct limbeck_error *err)
{
	const char *path;

	if (cache_path(side->lb, side->connection, &side->ddl, &side->arena, &path, err) < 0)
		return -1;
	side->catalog = path ? cache_find(side->lb, side->connection, path) : NULL;
	if (side->catalog)
		return 0;
	if (scratch_enter(&side->scratch, 0, err) < 0)
		return -1;
	side->connection = side->scratch.connection;
	if (load_ddl(side->connection, &side->ddl, err) < 0 || read_catalog(side, err) < 0)
		return -1;
	if (path)
		cache_keep(side->lb, path, side->catalog);
	return 0;
}

static int translate(struct side *side, const char *dialect, struct limbeck_error *err)
{
	const char *const engines[] = { connection_engine(side->connection),
		connection_server(side->connection)->product };

	return ddl_translate(&side->ddl, dialect, side->connection, engines, engines[1] ? 2 : 1,
		!side->lb->config.untranslatable_is_error, err);
}

static int load_texts(struct side *side, const struct source_texts *texts,
	struct limbeck_error *err)
{
	const char *foreign;

	if (scratch_reach(side->lb, &side->scratch, err) < 0)
		return -1;
	side->connection = scratch_server(&side->scratch);
	if (choose_lexis(side, &foreign, err) < 0)
		return -1;
	side->ddl.arena = &side->arena;
	side->ddl.log = &side->lb->log;
	side->ddl.schemas = connection_can(side->connection, LIMBECK_CAP_SCHEMAS) != LIMBECK_NO;
	for (size_t i = 0; i < texts->count; i++)
		if (ddl_add(&side->ddl, texts->items[i].shown, texts->items[i].text,
				texts->items[i].length, err) < 0)
			return -1;
	if (foreign && translate(side, foreign, err) < 0)
		return -1;
	return load(side, err);
}

static int open_files(struct side *side, const char *patterns, const char *folder,
	struct limbeck_error *err)
{
	struct source_texts texts = { 0 };

	if (source_files(side->lb, &side->arena, patterns, folder, &texts, err) < 0)
		return -1;
	return load_texts(side, &texts, err);
}

static int open_command(struct side *side, const char *command, struct limbeck_error *err)
{
	struct source_texts texts = { 0 };

	if (source_command(side->lb, &side->arena, command, &texts, err) < 0)
		return -1;
	if (load_texts(side, &texts, err) == 0)
		return 0;
	/* What a command prints may be secret; a file of the project is not. */
	if (err) {
		mem_free(err->source);
		err->source = NULL;
	}
	return -1;
}

static int open_database(struct side *side, struct limbeck_error *err)
{
	struct limbeck *lb = side->lb;

	if (session_connect(lb, true, err) < 0)
		return -1;
	side->connection = lb->connection;
	return read_catalog(side, err);
}

/* A URL that says itself what it is. */
static int open_other(struct side *side, const char *text, const char *folder,
	struct limbeck_error *err)
{
	struct limbeck_url *url = arena_alloc(&side->arena, sizeof *url);
	const char *shown;

	if (!url)
		return error_nomem(err);
	if (url_parse(&side->arena, text, folder, NULL, url, err) < 0)
		return -1;
	shown = url_shown(&side->arena, url);
	if (!shown)
		return error_nomem(err);
	if (!side->desired)
		side->shown = shown;
	if (open_url(side, url, shown, err) < 0)
		return -1;
	return read_catalog(side, err);
}

static int open_revision(struct side *side, const char *identifier, struct limbeck_error *err)
{
	if (replay_open(side->lb, &side->replay, err) < 0
		|| (strcmp(identifier, "base") != 0
			&& replay_upgrade(side->replay, identifier, err) < 0))
		return -1;
	side->connection = replay_connection(side->replay);
	return replay_catalog(side->replay, &side->catalog, err);
}

static bool is_url(const char *text)
{
	size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
		"0123456789+_.-");

	return length > 0 && !strncmp(text + length, "://", 3);
}

static bool is_file(const char *text)
{
	size_t length = strlen(text);

	return strchr(text, '/') || glob_is_pattern(text)
		|| (length > 4 && !strcmp(text + length - 4, ".sql"));
}

static int open_desired(struct side *side, struct limbeck_error *err)
{
	const struct config *config = &side->lb->config;
	const char *schema = config_get(config, "schema");

	side->desired = true;
	if (!schema) {
		error_set(err, LIMBECK_E_CONFIG, "no desired schema is configured");
		error_hint(err, "Set schema in limbeck.ini to patterns of SQL files, to a database "
			"URL, or to exec:COMMAND, which prints DDL.");
		return -1;
	}
	if (!strncmp(schema, command_prefix, sizeof command_prefix - 1))
		return open_command(side, schema + sizeof command_prefix - 1, err);
	if (is_url(schema))
		return open_other(side, schema, config->folder, err);
	return open_files(side, schema, config->folder, err);
}

static int open_what(struct side *side, const char *what, unsigned flags, struct limbeck_error *err)
{
	const char *cwd = side->lb->config.cwd;

	if (!strcmp(what, "database") && (flags & LIMBECK_SCHEMA_AGAINST_MIGRATIONS)) {
		side->shown = "the revisions";
		return open_revision(side, "heads", err);
	}
	if (!strcmp(what, "database")) {
		side->shown = "the database";
		return open_database(side, err);
	}
	if (!strcmp(what, "schema")) {
		side->shown = "the desired schema";
		return open_desired(side, err);
	}
	side->shown = what;
	if (!strncmp(what, command_prefix, sizeof command_prefix - 1))
		return open_command(side, what + sizeof command_prefix - 1, err);
	if (is_url(what))
		return open_other(side, what, cwd, err);
	if (is_file(what))
		return open_files(side, what, cwd, err);
	side->shown = arena_printf(&side->arena, "revision %s", what);
	return side->shown ? open_revision(side, what, err) : error_nomem(err);
}

int side_open(struct limbeck *lb, const char *what, unsigned flags, struct side *side,
	struct limbeck_error *err)
{
	*side = (struct side) { .lb = lb };
	if (open_what(side, what, flags, err) < 0)
		return -1;
	return catalog_filter(side->catalog, &lb->config, err);
}

void side_close(struct side *side)
{
	catalog_free(side->catalog);
	if (side->lb)
		session_unwatch(side->lb, side->own);
	connection_close(side->own);
	scratch_close(&side->scratch);
	replay_close(side->replay);
	driver_free(side->own_driver);
	arena_release(&side->arena);
	*side = (struct side) { .lb = NULL };
}

bool side_same_engine(const struct side *a, const struct side *b)
{
	const char *left = connection_server(a->connection)->product;
	const char *right = connection_server(b->connection)->product;

	return !strcmp(connection_engine(a->connection), connection_engine(b->connection))
		&& !strcmp(left, right);
}
