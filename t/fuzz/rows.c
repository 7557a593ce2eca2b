/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The rows of limbeck's own tables, over a driver that answers every query with rows
 * from the input: whatever stands in them, or is missing, is read or refused.
 *
 * The input is, for each query: a byte of columns (0: an error; 31: as many as were
 * asked for), one of rows, and the values, each a line; a line "\N" is a NULL.
 */
#include <string.h>

#include "driver/connection.h"
#include "driver/host.h"
#include "driver/table.h"
#include "fuzz.h"
#include "revision/resolve.h"
#include "script/script.h"
#include "store/store.h"

enum { COLUMNS_MOST = 40, ROWS_MOST = 4 };

struct server {
	struct fuzz *input;
	struct arena *arena;
};

static int fake_open(struct limbeck_session *session, const struct limbeck_open *how, void **conn,
	struct limbeck_error *err)
{
	(void)session, (void)how, (void)conn, (void)err;
	return 0;
}

static void fake_close(void *conn)
{
	(void)conn;
}

/* The number of names between SELECT and the first FROM. */
static unsigned columns_of(const struct limbeck_statement *statement)
{
	const char *end = strstr(statement->sql, " FROM ");
	unsigned count = 1;

	for (const char *at = statement->sql; end && at < end; at++)
		count += *at == ',';
	return count + (strstr(statement->sql, "MAX(seq) FROM") != NULL && count > 1);
}

static const char *take_value(struct server *server)
{
	const char *value = fuzz_line(server->input, server->arena);

	return strcmp(value, "\\N") ? value : NULL;
}

static struct server current;

static int fake_execute(void *conn, const struct limbeck_statement *statement,
	struct limbeck_sink *sink, struct limbeck_error *err)
{
	const char *values[COLUMNS_MOST];
	unsigned columns = fuzz_byte(current.input) % 32, rows = fuzz_byte(current.input) % ROWS_MOST;

	(void)conn;
	if (!columns)
		return driver_host.fail(err, rows ? LIMBECK_E_NO_TABLE : LIMBECK_E_SQL, "no");
	if (columns == 31)
		columns = columns_of(statement);
	for (unsigned row = 0; row < rows; row++) {
		for (unsigned i = 0; i < columns; i++)
			values[i] = take_value(&current);
		driver_host.row(sink, columns, values, NULL);
	}
	driver_host.done(sink, 0, -1);
	return 0;
}

static const struct limbeck_traits traits = { .lexis = LIMBECK_LEXIS_POSTGRESQL };
static const struct limbeck_driver fake = { .name = "fake", .traits = &traits,
	.open = fake_open, .close = fake_close, .execute = fake_execute };

static struct connection *open_fake(struct driver *driver)
{
	static char path[] = "fake.so";
	const struct limbeck_driver_entry entry = { LIMBECK_DRIVER_ABI, sizeof fake,
		sizeof traits, &fake };
	const struct limbeck_url url = { .size = sizeof url, .scheme = "x" };
	struct connection *connection = NULL;

	*driver = (struct driver) { .path = path, .scheme = path };
	fuzz_must(table_adopt(driver, &entry, NULL) == 0 && connection_open(&connection, driver,
		&url, "x://", 0, NULL, NULL) == 0, "the fake driver can be opened");
	return connection;
}

static void check_entry(const struct history_entry *entry)
{
	const char *const texts[] = { entry->revision, entry->direction, entry->outcome,
		entry->checksum, entry->message, entry->parents, entry->depends, entry->done_hash,
		entry->host, entry->error };

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		fuzz_must(texts[i] != NULL, "a text of the history is never missing");
}

/* The text of a downgrade as it is run when its file is gone. */
static void read_downgrade(struct arena *arena, const char *text)
{
	static const char *const engines[] = { "postgresql" };
	const struct script_source source = { .text = text, .length = strlen(text),
		.shown = "history", .section = SCRIPT_DOWNGRADE, .home = &traits.lexis,
		.engine = &traits.lexis, .engines = engines, .engine_count = 1 };
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct script_statement statement;
	struct script_reader *reader;
	struct script_survey survey;

	if (script_survey(arena, &source, &survey, &err) < 0) {
		fuzz_failed(&err);
		return;
	}
	fuzz_must(script_reader_open(&reader, &source, NULL) == 0, "a text can be read");
	while (script_reader_next(reader, &statement, NULL) > 0)
		survey.statements--;
	fuzz_must(survey.statements == 0, "survey and reader agree");
	script_reader_close(reader);
}

static int take_entry(void *data, const struct history_entry *entry)
{
	check_entry(entry);
	if (entry->downgrade)
		read_downgrade(data, entry->downgrade);
	return 0;
}

static int take_checksum(void *data, const char *revision, const char *checksum)
{
	(void)data;
	fuzz_must(revision && checksum, "a checksum is never missing");
	return 0;
}

/* Nothing of the rows is in the graph. */
static void check_rows(const struct store_state *state)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct revision_list list = { NULL, 0, 0 };
	struct names missing = { NULL, 0, 0 };
	struct graph graph;

	graph_init(&graph);
	fuzz_must(graph_link(&graph, NULL) == 0, "an empty graph is one");
	fuzz_must(graph_rows(&graph, &state->rows, &list, &missing, NULL) == 0
		&& missing.count == state->rows.count, "unknown rows are counted");
	if (graph_rows(&graph, &state->rows, &list, NULL, &err) < 0)
		fuzz_failed(&err);
	else
		fuzz_must(state->rows.count == 0, "or refused");
	graph_release(&graph);
}

static void read_store(struct store *store, struct connection *connection, struct arena *arena)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct history_entry *entry;
	struct store_state state;

	if (store_read(store, connection, arena, &state, &err) == 0) {
		check_rows(&state);
		for (size_t i = 0; i < state.partial_count; i++)
			check_entry(&state.partials[i]);
	}
	limbeck_error_release(&err);
	store_read_history(store, connection, 0, take_entry, arena, &err);
	limbeck_error_release(&err);
	if (store_find_applied(store, connection, arena, "a1", &entry, &err) == 0 && entry)
		take_entry(arena, entry);
	limbeck_error_release(&err);
	store_read_checksums(store, connection, arena, take_checksum, NULL, &err);
	limbeck_error_release(&err);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz input = { data, size };
	struct arena arena = ARENA_INIT;
	struct driver driver;
	struct connection *connection = open_fake(&driver);
	struct store store = { .database_user = "u" };

	current = (struct server) { &input, &arena };
	fuzz_must(store_init(&store, &arena, connection_traits(connection),
		connection_lexis(connection), NULL, NULL, "limbeck_version", NULL) == 0,
		"names can be quoted");
	read_store(&store, connection, &arena);
	connection_close(connection);
	arena_release(&arena);
	return 0;
}
