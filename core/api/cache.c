/* SPDX-License-Identifier: BSD-2-Clause */
#include "api/cache.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#include "base/checksum.h"
#include "base/error.h"
#include "base/file.h"
#include "base/path.h"

/* How a file begins; the checksum of the rest follows, and a line's end. */
#define HEAD "limbeck catalog 1 "
enum { HEAD_LENGTH = sizeof HEAD - 1 + CHECKSUM_LENGTH + 1, LARGEST = 64 << 20 };

/* With its length, so that two that follow each other are no others together. */
static void add_bytes(struct checksum *sum, const char *text, size_t length)
{
	const uint64_t before = text ? (uint64_t)length + 1 : 0;

	checksum_add(sum, &before, sizeof before);
	if (text)
		checksum_add(sum, text, length);
}

static void add_text(struct checksum *sum, const char *text)
{
	add_bytes(sum, text, text ? strlen(text) : 0);
}

static void add_number(struct checksum *sum, int64_t number)
{
	checksum_add(sum, &number, sizeof number);
}

/* The file too, since a driver that is worked on keeps its version. */
static void add_driver(struct checksum *sum, const struct driver *driver)
{
	struct stat st;

	add_text(sum, LIMBECK_VERSION);
	add_number(sum, LIMBECK_KIND_COUNT);
	add_number(sum, LIMBECK_ATTR_COUNT);
	add_text(sum, driver->table.name);
	add_text(sum, driver->table.version);
	add_text(sum, driver->path);
	if (driver->path && stat(driver->path, &st) == 0) {
		add_number(sum, (int64_t)st.st_mtime);
		add_number(sum, (int64_t)st.st_size);
	}
}

static void add_rows(struct checksum *sum, const struct rows *rows)
{
	for (size_t i = 0; i < rows->count; i++)
		for (size_t k = 0; k < rows->columns; k++)
			add_text(sum, rows->items[i][k]);
}

static void add_statements(struct checksum *sum, const struct ddl *ddl)
{
	for (size_t i = 0; i < ddl->statements.count; i++) {
		const struct ddl_statement *statement = &ddl->statements.items[i];

		/* Settings end with the text that they stand in. */
		add_number(sum, (int64_t)statement->from->first);
		add_bytes(sum, statement->sql, statement->length);
	}
}

static void make_key(struct limbeck *lb, struct connection *server, const struct ddl *ddl,
	const struct rows *rows, char key[CHECKSUM_LENGTH + 1])
{
	struct checksum sum;

	checksum_init_exact(&sum);
	add_driver(&sum, connection_driver(server));
	add_text(&sum, connection_server(server)->product);
	add_text(&sum, connection_server(server)->version);
	add_text(&sum, connection_server(server)->user);
	add_rows(&sum, rows);
	add_number(&sum, (int64_t)lb->config.schema_count);
	for (size_t i = 0; i < lb->config.schema_count; i++)
		add_text(&sum, lb->config.schemas[i]);
	add_statements(&sum, ddl);
	checksum_final(&sum, key);
}

/* 1, 0 where the server does not say it, -1. */
static int read_fingerprint(struct limbeck *lb, struct connection *server, struct arena *arena,
	struct rows *rows, struct limbeck_error *err)
{
	struct limbeck_error problem = LIMBECK_ERROR_INIT;
	int result = 1;

	if (connection_query(server, arena, connection_traits(server)->fingerprint, rows,
			&problem) == 0)
		return rows->count > 0;
	if (error_is(&problem, LIMBECK_E_SQL)) {
		log_write(&lb->log, LIMBECK_LOG_INFO, "nothing is kept of the desired schema: %s",
			problem.message);
		result = 0;
	} else {
		error_move(err, &problem);
		result = -1;
	}
	limbeck_error_release(&problem);
	return result;
}

int cache_path(struct limbeck *lb, struct connection *server, const struct ddl *ddl,
	struct arena *arena, const char **path, struct limbeck_error *err)
{
	char key[CHECKSUM_LENGTH + 1];
	struct rows rows = { .items = NULL };
	int result;

	*path = NULL;
	if (!lb->config.cache_folder || !connection_traits(server)->fingerprint ||
		ddl->statements.count < CACHE_STATEMENTS)
		return 0;
	result = read_fingerprint(lb, server, arena, &rows, err);
	if (result <= 0)
		return result;
	make_key(lb, server, ddl, &rows, key);
	*path = arena_printf(arena, "%s/%s.catalog", lb->config.cache_folder, key);
	return *path ? 0 : error_nomem(err);
}

static void make_head(char head[HEAD_LENGTH + 1], const char *text, size_t length)
{
	struct checksum sum;

	checksum_init_exact(&sum);
	checksum_add(&sum, text, length);
	memcpy(head, HEAD, sizeof HEAD - 1);
	checksum_final(&sum, head + sizeof HEAD - 1);
	head[HEAD_LENGTH - 1] = '\n';
	head[HEAD_LENGTH] = '\0';
}

static struct limbeck_catalog *restore(struct connection *server, const struct strbuf *text)
{
	const struct schema_rules rules = { .lexis = connection_lexis(server),
		.texts_as_written = connection_traits(server)->texts_as_written != 0 };
	char head[HEAD_LENGTH + 1];

	if (text->len < HEAD_LENGTH)
		return NULL;
	make_head(head, text->buf + HEAD_LENGTH, text->len - HEAD_LENGTH);
	if (memcmp(head, text->buf, HEAD_LENGTH) != 0)
		return NULL;
	return catalog_restore(&rules, text->buf + HEAD_LENGTH, text->len - HEAD_LENGTH);
}

struct limbeck_catalog *cache_find(struct limbeck *lb, struct connection *server,
	const char *path)
{
	struct limbeck_catalog *catalog = NULL;
	struct strbuf text = STRBUF_INIT;

	if (file_exists(path) && file_read(path, LARGEST, &text, NULL) == 0) {
		catalog = restore(server, &text);
		log_write(&lb->log, LIMBECK_LOG_INFO, catalog ? "the schema was loaded before: %s"
			: "passed over, since it is damaged: %s", path);
	}
	/* It was used just now. */
	if (catalog)
		utimensat(AT_FDCWD, path, NULL, 0);
	strbuf_release(&text);
	return catalog;
}

/* Nobody else need know which tables there are. */
static int make_folder(const char *folder, struct arena *arena, struct limbeck_error *err)
{
	const char *above = path_dirname(arena, folder);

	if (!above)
		return error_nomem(err);
	if (file_mkdir(above, err) < 0)
		return -1;
	if (mkdir(folder, 0700) < 0 && errno != EEXIST)
		return error_errno(err, "could not create folder \"%s\"", folder);
	return 0;
}

void cache_keep(struct limbeck *lb, const char *path, const struct limbeck_catalog *catalog)
{
	struct limbeck_error problem = LIMBECK_ERROR_INIT;
	struct strbuf text = STRBUF_INIT;
	struct arena arena = { 0 };
	char head[HEAD_LENGTH + 1];

	memset(head, ' ', HEAD_LENGTH);
	strbuf_add(&text, head, HEAD_LENGTH);
	if (!catalog_store(&text, catalog) || text.len > LARGEST)
		goto out;
	make_head(head, text.buf + HEAD_LENGTH, text.len - HEAD_LENGTH);
	memcpy(text.buf, head, HEAD_LENGTH);
	if (make_folder(lb->config.cache_folder, &arena, &problem) < 0 ||
		file_replace(path, text.buf, text.len, &problem) < 0)
		log_write(&lb->log, LIMBECK_LOG_INFO, "%s", problem.message);
	else
		cache_trim(lb->config.cache_folder);
out:
	limbeck_error_release(&problem);
	strbuf_release(&text);
	arena_release(&arena);
}
