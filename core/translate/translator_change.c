/* SPDX-License-Identifier: BSD-2-Clause */
/* A change of the home catalog becomes one of the engine's. */
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "translate/translator_int.h"

/* Objects put into `done` leave what they replace in its memory until it is made anew. */
enum { SYNC_LIMIT = 4096 };

/* Tables whose foreign keys lead to one that is touched hold its name. */
static bool add_referrers(struct translator *translator, object_names *names)
{
	size_t touched = names->count, count;

	for (size_t i = 0; i < touched; i++) {
		const struct hanging *on = names->items[i].kind == LIMBECK_KIND_TABLE
			? hangs_on(translator->referrers, names->items[i].name, &count) : NULL;

		for (size_t k = 0; on && k < count; k++) {
			const struct object_name name = { .kind = LIMBECK_KIND_TABLE,
				.schema = on[k].schema, .name = on[k].name };

			if (!vec_push_arena(names, name, &translator->pending.arena))
				return false;
		}
	}
	return true;
}

static bool is_in(const object_names *names, const struct object_name *name, size_t before)
{
	for (size_t i = 0; i < before; i++) {
		const struct object_name *other = &names->items[i];

		if (other->kind == name->kind && strcmp(other->name, name->name) == 0
			&& (other->schema == name->schema || (other->schema && name->schema
				&& strcmp(other->schema, name->schema) == 0)))
			return true;
	}
	return false;
}

/* Of many: by a text for each. */
static void drop_many_doubles(object_names *names)
{
	struct texts *texts = texts_new();
	struct strbuf key = STRBUF_INIT;
	size_t kept = 0;

	for (size_t i = 0; texts && i < names->count; i++) {
		const struct object_name *name = &names->items[i];

		strbuf_reset(&key);
		strbuf_addf(&key, "%d %s.%s", (int)name->kind, name->schema ? name->schema : "",
			name->name);
		if (strbuf_failed(&key) || texts_add(texts, key.buf))
			names->items[kept++] = *name;
	}
	if (texts)
		names->count = kept;
	strbuf_release(&key);
	texts_free(texts);
}

void translator_drop_doubles(object_names *names)
{
	enum { FEW = 32 };
	size_t kept = 0;

	if (names->count > FEW) {
		drop_many_doubles(names);
		return;
	}
	for (size_t i = 0; i < names->count; i++)
		if (!is_in(names, &names->items[i], kept))
			names->items[kept++] = names->items[i];
	names->count = kept;
}

/* Whether another table can change with one that is touched: it has a type that is, or a
 * foreign key that leads there. To find out which takes a look at all. */
static bool may_widen(const struct translator *translator)
{
	const struct pending *pending = &translator->pending;
	size_t count = 0;

	for (size_t i = 0; i < pending->touched.count; i++) {
		const struct object_name *name = &pending->touched.items[i];

		if (name->kind == LIMBECK_KIND_VIEW || name->kind == LIMBECK_KIND_MATERIALIZED_VIEW)
			continue;
		if (name->kind != LIMBECK_KIND_TABLE
			|| hangs_on(translator->referrers, name->name, &count))
			return true;
	}
	return false;
}

static int collect(struct translator *translator, object_names *names, struct limbeck_error *err)
{
	struct pending *pending = &translator->pending;

	for (size_t i = 0; i < pending->touched.count; i++)
		if (!vec_push_arena(names, pending->touched.items[i], &pending->arena))
			return error_nomem(err);
	if (!add_referrers(translator, names))
		return error_nomem(err);
	if (may_widen(translator) && (map_widen(&translator->mapping, translator->done,
			&pending->arena, names, err) < 0
		|| map_widen(&translator->mapping, translator->catalog, &pending->arena, names,
			err) < 0))
		return -1;
	translator_drop_doubles(names);
	return 0;
}

static bool copy_attributes(struct limbeck_object *object, const struct limbeck_object *from)
{
	for (int attribute = 1; attribute < LIMBECK_ATTR_COUNT; attribute++)
		object_copy_attribute(object, from, (enum limbeck_attribute)attribute);
	return !catalog_failed(object_catalog(object));
}

/* In its place, since what came earlier may have a name that what comes later can't. */
static bool sync_object(struct limbeck_catalog *done, const struct limbeck_object *new)
{
	struct object_name name;
	struct limbeck_object *old;

	object_name_of(new, &name);
	old = catalog_find(done, &name);
	return old ? copy_attributes(old, new) : catalog_copy(done, new, false, NULL) != NULL;
}

static bool sync_parts(struct limbeck_catalog *done, const struct limbeck_object *new)
{
	const char *schema = limbeck_object_schema(new), *table = limbeck_object_name(new);
	const struct limbeck_object *part = NULL;
	struct limbeck_object *old, *next;
	struct object_name name;
	bool fine = true;

	for (old = catalog_next(done, LIMBECK_KIND_NONE, schema, table, NULL); old; old = next) {
		next = catalog_next(done, LIMBECK_KIND_NONE, schema, table, old);
		object_name_of(old, &name);
		if (!catalog_find(object_catalog(new), &name))
			catalog_remove(done, old);
	}
	while (fine && (part = catalog_next(object_catalog(new), LIMBECK_KIND_NONE, schema, table,
			part)))
		fine = sync_object(done, part);
	return fine;
}

static bool has_parts(enum limbeck_kind kind)
{
	return kind == LIMBECK_KIND_TABLE || kind == LIMBECK_KIND_DOMAIN
		|| kind == LIMBECK_KIND_VIEW || kind == LIMBECK_KIND_MATERIALIZED_VIEW;
}

static int sync_one(struct translator *translator, const struct object_name *name,
	struct limbeck_error *err)
{
	struct limbeck_object *old = catalog_find(translator->done, name);
	const struct limbeck_object *new = catalog_find(translator->catalog, name);

	translator->synced++;
	if (old && !new)
		catalog_remove(translator->done, old);
	if (!new)
		return 0;
	if (!sync_object(translator->done, new)
		|| (has_parts(name->kind) && !sync_parts(translator->done, new))
		|| (name->kind == LIMBECK_KIND_TABLE && !hangs_note(translator->referrers, new)))
		return error_nomem(err);
	return 0;
}

static int set_home(struct translator *translator, struct limbeck_catalog *catalog)
{
	translator->catalog = catalog;
	for (size_t i = 0; i < translator->homes.count; i++)
		translator->homes.items[i]->home.catalog = catalog;
	return 0;
}

int translator_sync(struct translator *translator, const struct object_name *names, size_t count,
	struct limbeck_error *err)
{
	struct limbeck_catalog *clone;

	for (size_t i = 0; i < count; i++)
		if (sync_one(translator, &names[i], err) < 0)
			return -1;
	if (translator->synced < SYNC_LIMIT + 4 * catalog_size(translator->done))
		return 0;
	translator->synced = 0;
	clone = catalog_clone(translator->catalog);
	if (!clone)
		return error_nomem(err);
	catalog_free(translator->done);
	translator->done = clone;
	clone = catalog_clone(clone);
	if (!clone)
		return error_nomem(err);
	catalog_free(translator->catalog);
	return set_home(translator, clone);
}

int translator_go_back(struct translator *translator, struct limbeck_error *err)
{
	struct limbeck_catalog *clone = catalog_clone(translator->done);

	if (!clone)
		return error_nomem(err);
	catalog_free(translator->catalog);
	arena_release(&translator->pending.arena);
	memset(&translator->pending, 0, sizeof translator->pending);
	return set_home(translator, clone);
}

/* An object of before or after whose definition nobody has understood. */
static int check_unknown(struct translator *translator, const struct diff *diff,
	struct limbeck_error *err)
{
	for (size_t i = 0; i < diff->changes.count; i++) {
		const struct limbeck_change *change = &diff->changes.items[i];
		const struct limbeck_object *object = change->before ? change->before : change->after;
		const char *table = limbeck_object_table(object);

		table = table ? table : limbeck_object_name(object);
		for (size_t k = 0; k < translator->unknown.count; k++) {
			const char *text = translator->unknown.items[k];

			if (!text_mentions(translator->lexis, text, table))
				continue;
			error_set(err, LIMBECK_E_UNSUPPORTED, "table %s is to be made anew, and it is not "
				"known what becomes of what was sent as it is written: %.60s", table,
				text);
			error_hint(err, "Write the change for this engine too, in an @only block; an "
				"object that hangs on the table is dropped before it and made again "
				"behind it.");
			return -1;
		}
	}
	return 0;
}

static int perform(struct translator *translator, const struct diff *diff,
	struct limbeck_error *err)
{
	for (size_t i = 0; i < diff->changes.count; i++) {
		const struct limbeck_change *change = &diff->changes.items[i];

		if (change->verb != LIMBECK_FILL
			&& catalog_apply(translator->target, change, err) < 0)
			return -1;
	}
	return 0;
}

/* What hangs on what, as it is now. */
static int note(struct translator *translator, const struct limbeck_catalog *after,
	struct limbeck_error *err)
{
	return hangs_note_all(translator->dependents, after) ? 0 : error_nomem(err);
}

static int render(struct translator *translator, const struct limbeck_catalog *before,
	const struct diff *diff, struct limbeck_error *err)
{
	struct rendered rendered;
	int result;

	rendered_init(&rendered);
	result = render_changes(translator->options.driver, translator->options.server, before,
		diff->changes.items, diff->changes.count, &rendered, err);
	if (result == 0 && rendered.decides)
		result = error_set(err, LIMBECK_E_UNSUPPORTED,
			"what this does to the rows that are there has to be decided by a person");
	if (result == 0 && rendered.rebuild)
		result = check_unknown(translator, diff, err);
	if (result == 0) {
		translator->out->rebuild = translator->out->rebuild || rendered.rebuild;
		section_emit(translator, NULL, rendered.text.buf, rendered.text.len);
	}
	rendered_release(&rendered);
	return result;
}

int translator_lead(struct translator *translator, struct limbeck_catalog *before,
	struct limbeck_catalog *after, const struct diff_rename *renames, size_t rename_count,
	struct limbeck_error *err)
{
	const struct diff_options options = { .traits = translator->traits,
		.alterable = translator->options.driver->table.alterable, .renames = renames,
		.rename_count = rename_count };
	struct arena arena = ARENA_INIT;
	struct diff diff = { 0 };
	int result;

	catalog_connect(after);
	result = diff_make(&arena, before, after, &options, &diff, err);
	if (result == 0 && diff.changes.count && translator->out && !translator->pending.verbatim)
		result = render(translator, before, &diff, err);
	if (result == 0)
		result = perform(translator, &diff, err);
	if (result == 0)
		result = note(translator, after, err);
	diff_release(&diff);
	arena_release(&arena);
	return result;
}

/* The renames that concern something which the engine has. */
static int choose_renames(struct translator *translator, const struct limbeck_catalog *before,
	struct diff_rename **out, size_t *count, struct limbeck_error *err)
{
	const struct pending *pending = &translator->pending;
	size_t kept = 0;
	struct diff_rename *renames = arena_array(&translator->pending.arena,
		pending->renames.count ? pending->renames.count : 1, sizeof *renames);

	if (!renames)
		return error_nomem(err);
	for (size_t i = 0; i < pending->renames.count; i++) {
		const struct diff_rename *rename = &pending->renames.items[i];
		struct object_name name = { .kind = rename->kind, .schema = rename->schema,
			.table = rename->table, .name = rename->from };
		bool table = rename->table && !catalog_relation(before, name.schema, name.table);

		/* The table of a part is said by its new name. */
		for (size_t k = 0; table && k < pending->renames.count; k++)
			if (pending->renames.items[k].kind == LIMBECK_KIND_TABLE
				&& strcmp(pending->renames.items[k].to, rename->table) == 0)
				name.table = pending->renames.items[k].from;
		if (catalog_find(before, &name))
			renames[kept++] = *rename;
	}
	*out = renames;
	*count = kept;
	return 0;
}

static int lead(struct translator *translator, struct limbeck_catalog *before,
	struct limbeck_catalog *after, struct limbeck_error *err)
{
	struct limbeck_catalog *was = NULL, *becomes = NULL;
	struct patch patch = { .before = before, .after = after };
	struct diff_rename *renames = NULL;
	int result = choose_renames(translator, before, &renames, &patch.rename_count, err);

	patch.renames = renames;
	if (result == 0)
		result = subset_make(translator, before, after, &was, err);
	if (result == 0) {
		becomes = catalog_clone(was);
		patch.target = becomes;
		result = becomes ? patch_apply(&patch, err) : error_nomem(err);
	}
	if (result == 0)
		result = work_convert(translator, &was, becomes, err);
	if (result == 0)
		result = translator_lead(translator, was, becomes, renames, patch.rename_count, err);
	catalog_free(was);
	catalog_free(becomes);
	return result;
}

/* Works of a kind that comes before the change, or behind it. */
static int do_works(struct translator *translator, bool before, struct limbeck_error *err)
{
	const struct pending *pending = &translator->pending;

	for (size_t i = 0; translator->out && !pending->verbatim && i < pending->works.count; i++)
		if ((before ? work_before : work_after)(translator, &pending->works.items[i], err) < 0)
			return -1;
	return 0;
}

/* From `done` to `catalog`. */
static int go(struct translator *translator, struct limbeck_error *err)
{
	struct limbeck_catalog *before = NULL, *after = NULL;
	object_names names = VEC_INIT;
	int result = collect(translator, &names, err);

	if (result == 0)
		result = translator_map(translator, translator->done, &names, &before, err);
	if (result == 0)
		result = translator_map(translator, translator->catalog, &names, &after, err);
	if (result == 0)
		result = lead(translator, before, after, err);
	if (result == 0)
		result = translator_sync(translator, names.items, names.count, err);
	catalog_free(before);
	catalog_free(after);
	return result;
}

/* A value of an enum gets another name by way of an enum that has both. */
static int go_by_both(struct translator *translator, const struct home_work *work,
	struct limbeck_error *err)
{
	struct limbeck_catalog *catalog = translator->catalog;
	struct limbeck_catalog *both = work_both_values(catalog, work);
	int result = both ? 0 : error_nomem(err);

	if (result == 0)
		result = set_home(translator, both);
	if (result == 0)
		result = go(translator, err);
	if (both)
		catalog_free(translator->catalog);
	(void)set_home(translator, catalog);
	return result == 0 ? work_replace_value(translator, work, err) : -1;
}

static int flush(struct translator *translator, struct limbeck_error *err)
{
	const struct pending *pending = &translator->pending;
	int result = 0;

	for (size_t i = 0; result == 0 && i < pending->works.count; i++)
		if (pending->works.items[i].kind == HOME_WORK_RENAME_VALUE)
			result = go_by_both(translator, &pending->works.items[i], err);
	if (result == 0)
		result = do_works(translator, true, err);
	if (result == 0)
		result = go(translator, err);
	return result == 0 ? do_works(translator, false, err) : -1;
}

int translator_flush(struct translator *translator, struct limbeck_error *err)
{
	struct pending *pending = &translator->pending;
	unsigned line = pending->line, column = pending->column;
	int result = 0;

	if (pending->last && pending->touched.count + pending->works.count)
		result = flush(translator, err);
	if (result < 0)
		return translator_refuse(translator, line, column, err);
	arena_release(&pending->arena);
	memset(pending, 0, sizeof *pending);
	return 0;
}
