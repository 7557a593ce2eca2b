/* SPDX-License-Identifier: BSD-2-Clause */
/* A schema as the statements that make it. */
#include <string.h>

#include "api/side.h"
#include "base/error.h"
#include "base/map.h"
#include "diff/diff.h"
#include "driver/render.h"

/* The changes that go into one file. */
struct piece {
	const char *file;
	VEC(struct limbeck_change) changes;
};

struct dump {
	struct side side;
	struct arena arena;
	struct limbeck_catalog *empty;
	struct diff diff;
	struct map pieces;       /* by file */
	limbeck_text_fn *fn;
	void *data;
};

static int make_diff(struct dump *dump, struct limbeck_error *err)
{
	const struct driver *driver = connection_driver(dump->side.connection);
	const struct diff_options options = { .traits = &driver->traits,
		.alterable = driver->table.alterable };

	dump->empty = catalog_new(catalog_rules(dump->side.catalog));
	if (!dump->empty)
		return error_nomem(err);
	return diff_make(&dump->arena, dump->empty, dump->side.catalog, &options, &dump->diff, err);
}

/* *stop: fn wants no more. */
static int give(struct dump *dump, const char *file, const struct limbeck_change *changes,
	size_t count, bool *stop, struct limbeck_error *err)
{
	struct connection *connection = dump->side.connection;
	struct rendered rendered;
	int result;

	rendered_init(&rendered);
	result = render_changes(connection_driver(connection), connection_server(connection),
		dump->empty, changes, count, &rendered, err);
	if (result == 0 && rendered.text.len)
		*stop = dump->fn(dump->data, file, rendered.text.buf, rendered.text.len) != 0;
	rendered_release(&rendered);
	return result;
}

static const char *folder_of(enum limbeck_kind kind)
{
	switch (kind) {
	case LIMBECK_KIND_SCHEMA: return "schemas";
	case LIMBECK_KIND_EXTENSION: return "extensions";
	case LIMBECK_KIND_ENUM:
	case LIMBECK_KIND_DOMAIN:
	case LIMBECK_KIND_TYPE: return "types";
	case LIMBECK_KIND_SEQUENCE: return "sequences";
	case LIMBECK_KIND_FUNCTION: return "functions";
	case LIMBECK_KIND_VIEW:
	case LIMBECK_KIND_MATERIALIZED_VIEW: return "views";
	case LIMBECK_KIND_TABLE: return "tables";
	default: return "others";
	}
}

/* The object whose file a part goes into. */
static const struct limbeck_object *owner_of(const struct limbeck_object *object)
{
	const char *schema = limbeck_object_schema(object), *table = limbeck_object_table(object);
	struct object_name name = { .kind = LIMBECK_KIND_DOMAIN, .schema = schema, .name = table };
	const struct limbeck_object *owner;

	if (!table)
		return object;
	owner = catalog_relation(object_catalog(object), schema, table);
	if (!owner)
		owner = catalog_find(object_catalog(object), &name);
	return owner ? owner : object;
}

/* A name as one of a file: what could mean something to a file system is written
 * as %XX. */
static void add_name(struct strbuf *out, const char *name)
{
	for (const char *p = name; *p; p++)
		if (strchr("/\\:*?\"<>|% ", *p) || (unsigned char)*p < 0x20
			|| (*p == '.' && p == name))
			strbuf_addf(out, "%%%02X", (unsigned)(unsigned char)*p);
		else
			strbuf_addch(out, *p);
}

static const char *file_of(struct dump *dump, const struct limbeck_object *object)
{
	const struct limbeck_object *owner = owner_of(object);
	const char *schema = limbeck_object_schema(owner), *copy = NULL;
	const char *standard = catalog_rules(dump->side.catalog)->default_schema;
	struct strbuf file = STRBUF_INIT;

	if (schema && (!standard || strcmp(schema, standard) != 0)) {
		add_name(&file, schema);
		strbuf_addch(&file, '/');
	}
	strbuf_addf(&file, "%s/", folder_of(limbeck_object_kind(owner)));
	add_name(&file, limbeck_object_name(owner));
	strbuf_addstr(&file, ".sql");
	if (!strbuf_failed(&file))
		copy = arena_strdup(&dump->arena, file.buf);
	strbuf_release(&file);
	return copy;
}

static int sort_out(struct dump *dump, struct limbeck_error *err)
{
	for (size_t i = 0; i < dump->diff.changes.count; i++) {
		const struct limbeck_change *change = &dump->diff.changes.items[i];
		const char *file = file_of(dump, change->after);
		struct piece *piece;

		if (!file)
			return error_nomem(err);
		piece = map_get(&dump->pieces, file);
		if (!piece) {
			piece = arena_alloc(&dump->arena, sizeof *piece);
			if (!piece || !map_put(&dump->pieces, file, piece))
				return error_nomem(err);
			piece->file = file;
		}
		if (!vec_push_arena(&piece->changes, *change, &dump->arena))
			return error_nomem(err);
	}
	return 0;
}

static int give_pieces(struct dump *dump, struct limbeck_error *err)
{
	bool stop = false;

	if (sort_out(dump, err) < 0)
		return -1;
	for (struct map_entry *e = NULL; !stop && (e = map_next(&dump->pieces, e));) {
		const struct piece *piece = map_entry_value(e);

		if (give(dump, piece->file, piece->changes.items, piece->changes.count, &stop,
				err) < 0)
			return -1;
	}
	return 0;
}

int limbeck_schema_dump(struct limbeck *lb, const char *what, unsigned flags, limbeck_text_fn *fn,
	void *data, struct limbeck_error *err)
{
	struct dump dump = { .fn = fn, .data = data };
	bool stop = false;
	int result = side_open(lb, what ? what : "database", flags, &dump.side, err);

	if (result == 0)
		result = make_diff(&dump, err);
	if (result == 0 && (flags & LIMBECK_SCHEMA_SPLIT))
		result = give_pieces(&dump, err);
	else if (result == 0)
		result = give(&dump, NULL, dump.diff.changes.items, dump.diff.changes.count, &stop,
			err);
	diff_release(&dump.diff);
	catalog_free(dump.empty);
	side_close(&dump.side);
	map_release(&dump.pieces);
	arena_release(&dump.arena);
	return result;
}
