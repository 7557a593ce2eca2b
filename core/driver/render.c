/* SPDX-License-Identifier: BSD-2-Clause */
#include "driver/render.h"

#include <string.h>

#include "base/error.h"
#include "base/vec.h"
#include "driver/out.h"
#include "driver/render_group.h"
#include "driver/render_int.h"

void rendered_init(struct rendered *rendered)
{
	*rendered = (struct rendered){ .statements = 0 };
	strbuf_init(&rendered->text);
}

void rendered_release(struct rendered *rendered)
{
	strbuf_release(&rendered->text);
}

struct render {
	const struct driver *driver;
	const struct limbeck_server *server;
	struct limbeck_out out;
	struct limbeck_catalog *work;   /* the schema on its way */
	/* Sequences that wait for the table that owns them. */
	VEC(const struct limbeck_object *) owned;
};

/* What may stand in the way, said before the statements. */
static void add_warning(struct strbuf *to, const struct limbeck_change *change)
{
	struct strbuf line = STRBUF_INIT;

	if (!(change->flags & LIMBECK_CHANGE_NEEDS_VALUES))
		return;
	strbuf_addstr(&line, "fails if a row has no value (NULL) in ");
	object_shown(&line, change->after);
	strbuf_addstr(&line, "; give those rows one before");
	out_comment(to, line.buf);
	to->failed = to->failed || strbuf_failed(&line);
	strbuf_release(&line);
}

/* What is lost, said before the statements that lose it. */
static void add_remark(struct strbuf *to, const struct limbeck_change *change)
{
	const struct limbeck_object *object = change->before ? change->before : change->after;
	enum limbeck_kind kind = limbeck_object_kind(object);
	struct strbuf line = STRBUF_INIT;

	if (!(change->flags & LIMBECK_CHANGE_DESTRUCTIVE))
		return;
	strbuf_addf(&line, "destructive: %s %s ",
		change->verb == LIMBECK_DROP ? "drops" : "changes", limbeck_kind_name(kind));
	object_shown(&line, object);
	if (change->verb != LIMBECK_DROP)
		strbuf_addstr(&line, "; values may be lost");
	else if (kind == LIMBECK_KIND_TABLE)
		strbuf_addstr(&line, " and its rows");
	else if (kind == LIMBECK_KIND_COLUMN)
		strbuf_addstr(&line, " and its values");
	out_comment(to, line.buf);
	to->failed = to->failed || strbuf_failed(&line);
	strbuf_release(&line);
}

/* What was put, headed by the remarks on the changes that it makes. */
static int flush(struct render *render, const struct limbeck_change *changes, size_t count,
	struct limbeck_error *err)
{
	struct strbuf heading = STRBUF_INIT;
	bool failed;

	if (render->out.nameless)
		return standard_unsupported(changes, LIMBECK_ATTR_NONE,
			"can't be written, since a name in it is empty", err);
	for (size_t i = 0; i < count; i++) {
		add_remark(&heading, &changes[i]);
		add_warning(&heading, &changes[i]);
	}
	out_flush(&render->out, heading.buf);
	failed = strbuf_failed(&heading);
	strbuf_release(&heading);
	return failed ? error_nomem(err) : 0;
}

static int defect(const struct render *render, const char *what, struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_INTERNAL, "driver \"%s\": render: %s",
		render->driver->table.name, what);
	error_hint(err, "This is a defect of the driver; please report it to its author.");
	return -1;
}

/* How many of the changes the driver has rendered. */
static int ask_driver(struct render *render, const struct limbeck_rendering *rendering,
	const struct limbeck_change *changes, size_t count, size_t *done,
	struct limbeck_error *err)
{
	struct limbeck_error own = LIMBECK_ERROR_INIT;
	int result = render->driver->table.render(rendering, changes, count, &render->out, &own);

	if (result < 0 && own.code == LIMBECK_OK)
		defect(render, "failed and did not say why", &own);
	else if (result > 0 && (size_t)result > count)
		result = defect(render, "says that it rendered more changes than it was given",
			&own);
	else if (result >= 0 && out_is_open(&render->out))
		result = defect(render, "left a statement without an end", &own);
	else if (result == 0 && render->out.statements.count)
		result = defect(render, "put statements for no change", &own);
	if (result < 0) {
		error_engine(&own, render->driver->table.name);
		error_move(err, &own);
		return -1;
	}
	limbeck_error_release(&own);
	*done = (size_t)result;
	return flush(render, changes, *done, err);
}

static int render_standard(struct render *render, const struct limbeck_change *change,
	struct limbeck_error *err)
{
	if (standard_change(&render->out, change, err) < 0) {
		error_engine(err, render->driver->table.name);
		return -1;
	}
	return flush(render, change, 1, err);
}

static int apply(struct limbeck_catalog *catalog, const struct limbeck_change *changes,
	size_t count, struct limbeck_error *err)
{
	for (size_t i = 0; i < count; i++)
		if (catalog_apply(catalog, &changes[i], err) < 0)
			return -1;
	return 0;
}

/* The driver, and the standard for one change wherever it stops. */
static int render_all(struct render *render, struct limbeck_rendering *rendering,
	struct limbeck_catalog *before, const struct limbeck_change *changes, size_t count,
	struct limbeck_error *err)
{
	size_t at = 0, done;

	for (;;) {
		if (ask_driver(render, rendering, changes + at, count - at, &done, err) < 0)
			return -1;
		if (before && at + done < count && apply(before, changes + at, done, err) < 0)
			return -1;
		at += done;
		if (at == count)
			return 0;
		if (render_standard(render, &changes[at], err) < 0)
			return -1;
		at++;
		if (at == count)
			return 0;
		if (before && apply(before, &changes[at - 1], 1, err) < 0)
			return -1;
	}
}

/* Sequences that the group makes, or that were waiting for its table. */
static int give_sequences(struct render *render, const struct limbeck_change *changes,
	size_t count, struct limbeck_error *err)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++)
		if (changes[i].verb == LIMBECK_CREATE &&
		    limbeck_object_kind(changes[i].after) == LIMBECK_KIND_SEQUENCE &&
		    limbeck_object_count(changes[i].after, LIMBECK_ATTR_OWNED_BY) == 2 &&
		    !vec_push(&render->owned, changes[i].after))
			return error_nomem(err);
	for (size_t i = 0; i < render->owned.count; i++) {
		const struct limbeck_object *sequence = render->owned.items[i];
		const struct object_name column = { .kind = LIMBECK_KIND_COLUMN,
			.schema = limbeck_object_schema(sequence),
			.table = limbeck_object_item(sequence, LIMBECK_ATTR_OWNED_BY, 0),
			.name = limbeck_object_item(sequence, LIMBECK_ATTR_OWNED_BY, 1) };

		if (catalog_find(render->work, &column))
			standard_sequence_owner(&render->out, sequence);
		else
			render->owned.items[kept++] = sequence;
	}
	render->owned.count = kept;
	return flush(render, changes, 0, err);
}

static int render_group(struct render *render, const struct limbeck_change *changes, size_t count,
	struct limbeck_error *err)
{
	struct limbeck_catalog *before = NULL;
	struct limbeck_rendering rendering = { .size = sizeof rendering, .after = render->work,
		.default_schema = render->out.default_schema, .server = render->server };
	int result = -1;

	out_group(&render->out);
	if (group_before(render->work, &changes[0], &before, err) < 0)
		goto out;
	rendering.before = before;
	if (apply(render->work, changes, count, err) < 0)
		goto out;
	if (render_all(render, &rendering, before, changes, count, err) < 0)
		goto out;
	result = give_sequences(render, changes, count, err);
out:
	catalog_free(before);
	return result;
}

int render_changes(const struct driver *driver, const struct limbeck_server *server,
	const struct limbeck_catalog *before, const struct limbeck_change *changes, size_t count,
	struct rendered *rendered, struct limbeck_error *err)
{
	struct render render = { .driver = driver, .server = server };
	const struct limbeck_lexis *lexis = server && server->lexis ? server->lexis :
		&driver->traits.lexis;
	int result = -1;

	if (!count)
		return 0;
	out_init(&render.out, lexis, catalog_rules(before)->default_schema, rendered);
	render.work = catalog_clone(before);
	if (!render.work) {
		error_nomem(err);
		goto out;
	}
	for (size_t at = 0, length; at < count; at += length) {
		length = group_length(changes + at, count - at);
		if (render_group(&render, changes + at, length, err) < 0)
			goto out;
	}
	result = out_finish(&render.out, err);
out:
	vec_release(&render.owned);
	catalog_free(render.work);
	out_release(&render.out);
	return result;
}
