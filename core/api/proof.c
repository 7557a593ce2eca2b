/* SPDX-License-Identifier: BSD-2-Clause */
#include "api/proof.h"

#include <string.h>

#include "base/error.h"
#include "diff/diff.h"

static int find_changes(struct connection *connection, struct arena *arena,
	const struct limbeck_catalog *before, const struct limbeck_catalog *after,
	struct diff *diff, struct limbeck_error *err)
{
	const struct driver *driver = connection_driver(connection);
	const struct diff_options options = { .traits = &driver->traits,
		.alterable = driver->table.alterable };

	return diff_make(arena, before, after, &options, diff, err);
}

static int describe(struct arena *arena, const struct diff *diff, struct names *lines,
	struct limbeck_error *err)
{
	struct strbuf text = STRBUF_INIT;
	bool fine = true;

	for (size_t i = 0; fine && i < diff->changes.count && i <= PROOF_LINES; i++) {
		const char *line = NULL;

		strbuf_reset(&text);
		if (i < PROOF_LINES)
			diff_describe(&text, &diff->changes.items[i]);
		else
			strbuf_addf(&text, "and %zu more", diff->changes.count - i);
		if (!strbuf_failed(&text))
			line = arena_strdup(arena, text.buf);
		fine = line && vec_push_arena(lines, line, arena);
	}
	strbuf_release(&text);
	return fine ? 0 : error_nomem(err);
}

int proof_describe(struct connection *connection, struct arena *arena,
	const struct limbeck_catalog *before, const struct limbeck_catalog *after,
	struct names *lines, size_t *count, struct limbeck_error *err)
{
	struct diff diff = { 0 };
	int result = find_changes(connection, arena, before, after, &diff, err);

	if (result == 0) {
		*count = diff.changes.count;
		result = describe(arena, &diff, lines, err);
	}
	diff_release(&diff);
	return result;
}

int proof_render(struct connection *connection,
	const struct limbeck_catalog *before, const struct limbeck_catalog *after,
	struct rendered *rendered, struct limbeck_error *err)
{
	struct arena arena = ARENA_INIT;
	struct diff diff = { 0 };
	int result = find_changes(connection, &arena, before, after, &diff, err);

	if (result == 0)
		result = render_changes(connection_driver(connection), connection_server(connection),
			before, diff.changes.items, diff.changes.count, rendered, err);
	diff_release(&diff);
	arena_release(&arena);
	return result;
}

int proof_fail(const char *message, const struct names *lines, struct limbeck_error *err)
{
	struct strbuf text = STRBUF_INIT;

	for (size_t i = 0; i < lines->count; i++)
		strbuf_addf(&text, "\n  %s", lines->items[i]);
	error_set(err, LIMBECK_E_STATE, "%s", message);
	error_detail(err, "The differences:%s", text.buf);
	strbuf_release(&text);
	return -1;
}

struct limbeck_catalog *proof_empty(const struct limbeck_catalog *catalog)
{
	struct limbeck_catalog *empty = catalog_new(catalog_rules(catalog));

	if (empty)
		catalog_connect(empty);
	return empty;
}

const char *proof_dialect(const struct limbeck *lb)
{
	const char *dialect = lb->config.dialect;

	for (size_t i = 0; dialect && i < lb->engine_count; i++)
		if (!strcmp(lb->engines[i], dialect))
			return NULL;
	return dialect ? lb->driver->table.name : NULL;
}
