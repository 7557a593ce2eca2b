/* SPDX-License-Identifier: BSD-2-Clause */
#include "api/comparison.h"

#include <string.h>

#include "base/error.h"

static int not_applied(const struct revision_list *heads, const struct revision_set *applied,
	struct limbeck_error *err)
{
	struct strbuf list = STRBUF_INIT;
	size_t count = 0;

	for (size_t i = 0; i < heads->count; i++) {
		const struct revision *head = heads->items[i];

		if (revision_set_has(applied, head))
			continue;
		strbuf_addf(&list, "%s%s", count++ ? ", " : "", head->id);
		if (head->message[0])
			strbuf_addf(&list, " (%s)", head->message);
	}
	if (count > 0) {
		error_set(err, LIMBECK_E_STATE,
			"the database is not at the head%s of the revisions",
			heads->count > 1 ? "s" : "");
		error_detail(err, "Not applied: %s.", list.buf);
		error_hint(err, "Run `limbeck upgrade heads` first, or compare with the revisions "
			"alone: --against-migrations.");
	}
	strbuf_release(&list);
	return count ? -1 : 0;
}

/* What the revisions still have to do would show as differences. */
static int check_heads(struct limbeck *lb, struct limbeck_error *err)
{
	struct revision_list rows = { 0 }, heads = { 0 };
	struct revision_set applied;
	struct store_state state;

	if (session_graph(lb, err) < 0 || session_connect(lb, true, err) < 0
		|| store_read(&lb->store, lb->connection, &lb->arena, &state, err) < 0)
		return -1;
	if (graph_rows(&lb->graph, &state.rows, &rows, NULL, err) < 0) {
		missing_explain(lb, &state.rows, err);
		return -1;
	}
	if (!graph_heads(&lb->graph, &heads) || !revision_set_init(&applied, &lb->graph, &lb->arena)
		|| !graph_mark_ancestors(&lb->graph, &rows, &applied))
		return error_nomem(err);
	return not_applied(&heads, &applied, err);
}

int comparison_open(struct limbeck *lb, const char *before, const char *after, unsigned flags,
	struct comparison *comparison, struct limbeck_error *err)
{
	*comparison = (struct comparison) { .lb = lb };
	if (side_open(lb, before, flags, &comparison->before, err) < 0
		|| side_open(lb, after, flags, &comparison->after, err) < 0)
		return -1;
	comparison->renames = (struct renames) { .arena = &comparison->arena,
		.before = comparison->before.catalog, .after = comparison->after.catalog };
	return 0;
}

int comparison_desired(struct limbeck *lb, unsigned flags, struct comparison *comparison,
	struct limbeck_error *err)
{
	*comparison = (struct comparison) { .lb = lb };
	if (!(flags & LIMBECK_SCHEMA_AGAINST_MIGRATIONS) && check_heads(lb, err) < 0)
		return -1;
	if (comparison_open(lb, "database", "schema", flags, comparison, err) < 0)
		return -1;
	if (catalog_size(comparison->after.catalog) == 0
		&& catalog_size(comparison->before.catalog) > 0)
		log_write(&lb->log, LIMBECK_LOG_WARNING, "the desired schema is empty: %s would be "
			"dropped whole", comparison->before.shown);
	return 0;
}

void comparison_close(struct comparison *comparison)
{
	diff_release(&comparison->diff);
	side_close(&comparison->before);
	side_close(&comparison->after);
	arena_release(&comparison->arena);
}

static int two_engines(const struct comparison *comparison, struct limbeck_error *err)
{
	const struct side *before = &comparison->before, *after = &comparison->after;

	error_set(err, LIMBECK_E_CONFIG, "%s is of %s, and %s of %s", before->shown,
		connection_server(before->connection)->product, after->shown,
		connection_server(after->connection)->product);
	error_hint(err, "What leads from one to the other can only be told of schemas of one "
		"engine; `limbeck diff` compares two engines by meaning.");
	return -1;
}

static struct diff_options options_of(const struct comparison *comparison,
	const struct renames *renames, const struct diff_options *given)
{
	const struct driver *driver = connection_driver(comparison->before.connection);

	return (struct diff_options) {
		.traits = &driver->traits, .alterable = driver->table.alterable,
		.renames = renames->items, .rename_count = renames->count,
		.ask = given->ask, .data = given->data, .fill = given->fill,
	};
}

/* What the files of the side that we come from say, they say of the way back. */
static int take_hints(struct comparison *comparison, struct limbeck_error *err)
{
	struct renames inverse = { .arena = &comparison->arena,
		.before = comparison->after.catalog, .after = comparison->before.catalog };
	struct renames back;

	if (renames_add_hints(&comparison->renames, &comparison->after.ddl, err) < 0
		|| renames_add_hints(&inverse, &comparison->before.ddl, err) < 0
		|| renames_invert(&inverse, &back, err) < 0)
		return -1;
	for (size_t i = 0; i < back.count; i++)
		if (!vec_push_arena(&comparison->renames, back.items[i], &comparison->arena))
			return error_nomem(err);
	comparison->hinted = true;
	return 0;
}

static int give_names(struct comparison *comparison, struct limbeck_error *err)
{
	struct side *before = &comparison->before, *after = &comparison->after;

	if (after->desired)
		return side_name(after, before->catalog, err);
	return before->desired ? side_name(before, after->catalog, err) : 0;
}

int comparison_diff(struct comparison *comparison, const struct diff_options *given,
	struct limbeck_error *err)
{
	struct diff_options options;

	if (!side_same_engine(&comparison->before, &comparison->after))
		return two_engines(comparison, err);
	if (!comparison->hinted
		&& (give_names(comparison, err) < 0 || take_hints(comparison, err) < 0))
		return -1;
	diff_release(&comparison->diff);
	comparison->diff = (struct diff) { .between = NULL };
	options = options_of(comparison, &comparison->renames, given);
	return diff_make(&comparison->arena, comparison->before.catalog, comparison->after.catalog,
		&options, &comparison->diff, err);
}

int comparison_back(struct comparison *comparison, struct diff *diff, struct limbeck_error *err)
{
	const struct diff_options fill = { .fill = true };
	struct diff_options options;
	struct renames inverse;

	if (renames_invert(&comparison->renames, &inverse, err) < 0)
		return -1;
	options = options_of(comparison, &inverse, &fill);
	return diff_make(&comparison->arena, comparison->after.catalog, comparison->before.catalog,
		&options, diff, err);
}

int comparison_render(const struct comparison *comparison, struct rendered *rendered,
	struct limbeck_error *err)
{
	const struct side *before = &comparison->before;

	return render_changes(connection_driver(before->connection),
		connection_server(before->connection), before->catalog,
		comparison->diff.changes.items, comparison->diff.changes.count, rendered, err);
}

/* What loses something is told in any case. */
static bool is_aside(const struct limbeck_change *change)
{
	return change->verb == LIMBECK_FILL
		|| ((change->flags & LIMBECK_CHANGE_AGAIN)
			&& !(change->flags & LIMBECK_CHANGE_DESTRUCTIVE));
}

static bool same_object(const struct limbeck_object *a, const struct limbeck_object *b)
{
	struct object_name one, other;

	object_name_of(a, &one);
	object_name_of(b, &other);
	return one.kind == other.kind && !strcmp(one.name, other.name)
		&& !strcmp(one.schema ? one.schema : "", other.schema ? other.schema : "");
}

/* The change that puts a type out of the way of the one that change i creates, or
 * of the one that it drops. NULL: there is none. */
static const struct limbeck_change *set_aside(const struct diff *diff, size_t i)
{
	const struct limbeck_change *change = &diff->changes.items[i];

	for (size_t j = 0; j < i; j++) {
		const struct limbeck_change *rename = &diff->changes.items[j];

		if (rename->verb == LIMBECK_RENAME && (rename->flags & LIMBECK_CHANGE_AGAIN)
			&& same_object(change->verb == LIMBECK_DROP ? rename->after
				: rename->before, change->verb == LIMBECK_DROP ? change->before
				: change->after))
			return rename;
	}
	return NULL;
}

/* That a type is changed by way of another one is nothing that people look for: it
 * is told as a change of the type. false: nothing is to be told. */
static bool as_told(const struct diff *diff, size_t i, struct limbeck_change *told)
{
	const struct limbeck_change *change = &diff->changes.items[i], *rename = NULL;

	*told = *change;
	if (is_aside(change))
		return false;
	if (change->verb == LIMBECK_DROP)
		return !(change->flags & LIMBECK_CHANGE_AGAIN) || !set_aside(diff, i);
	if (change->verb == LIMBECK_CREATE)
		rename = set_aside(diff, i);
	if (!rename)
		return true;
	told->verb = LIMBECK_ALTER;
	told->before = rename->before;
	told->members = NULL;
	told->member_count = 0;
	for (size_t j = i; j < diff->changes.count; j++)
		if (diff->changes.items[j].verb == LIMBECK_DROP
			&& same_object(diff->changes.items[j].before, rename->after))
			told->flags |= diff->changes.items[j].flags & LIMBECK_CHANGE_DESTRUCTIVE;
	return true;
}

int comparison_tell(const struct diff *diff, limbeck_change_fn *fn, void *data, size_t *count,
	struct limbeck_error *err)
{
	struct strbuf text = STRBUF_INIT;
	bool stopped = !fn;
	int result = 0;

	*count = 0;
	for (size_t i = 0; i < diff->changes.count && result == 0; i++) {
		struct limbeck_change told;

		if (!as_told(diff, i, &told))
			continue;
		++*count;
		if (stopped)
			continue;
		strbuf_reset(&text);
		diff_describe(&text, &told);
		if (strbuf_failed(&text))
			result = error_nomem(err);
		else
			stopped = fn(data, &told, text.buf) != 0;
	}
	strbuf_release(&text);
	return result;
}
