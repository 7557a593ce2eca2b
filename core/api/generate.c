/* SPDX-License-Identifier: BSD-2-Clause */
/* A new revision, and what it has to do found by comparison. */
#include <string.h>

#include "api/comparison.h"
#include "api/create.h"
#include "api/proof.h"
#include "base/error.h"

struct generation {
	struct limbeck *lb;
	struct limbeck_new what;
	struct comparison comparison;
	struct diff back;
	struct rendered up;
	struct rendered down;
	struct strbuf irreversible;  /* in place of down, where there is no way back */
};

static int maybe_renamed(const struct limbeck_object *gone, const struct limbeck_object *come,
	struct limbeck_error *err)
{
	const char *kind = limbeck_kind_name(limbeck_object_kind(gone));
	struct strbuf old = STRBUF_INIT, new = STRBUF_INIT;

	object_shown(&old, gone);
	object_shown(&new, come);
	error_set(err, LIMBECK_E_AMBIGUOUS, "%s %s may have been renamed to %s", kind, old.buf,
		new.buf);
	error_detail(err, "One goes and the other comes, and they are alike. Dropping it would "
		"lose what is in it.");
	error_hint(err, "If so, write `-- @renamed %s` on a line of its own before it in the "
		"schema's file, or add --rename %s=%s. If nothing was renamed, add --rename none.",
		limbeck_object_name(gone), old.buf, limbeck_object_name(come));
	error_outcome(err, "no revision was written");
	strbuf_release(&old);
	strbuf_release(&new);
	return -1;
}

static int ask(void *data, const struct limbeck_object *gone, const struct limbeck_object *come,
	struct limbeck_error *err)
{
	struct generation *generation = data;
	struct renames *renames = &generation->comparison.renames;
	int answer;

	if (renames->none)
		return 0;
	if (!generation->what.ask)
		return maybe_renamed(gone, come, err);
	answer = generation->what.ask(generation->what.data, gone, come);
	if (answer < 0) {
		error_set(err, LIMBECK_E_CANCELLED, "stopped at a question");
		error_outcome(err, "no revision was written");
		return -1;
	}
	return answer > 0 && renames_add_pair(renames, gone, come, err) < 0 ? -1 : answer > 0;
}

/* 1, or 0 where the engine can't go back; why is in generation->irreversible. */
static int find_way_back(struct generation *generation, struct limbeck_error *err)
{
	const struct side *after = &generation->comparison.after;
	struct limbeck_error problem = LIMBECK_ERROR_INIT;
	int result = comparison_back(&generation->comparison, &generation->back, &problem);

	if (result == 0)
		result = render_changes(connection_driver(after->connection),
			connection_server(after->connection), after->catalog,
			generation->back.changes.items, generation->back.changes.count,
			&generation->down, &problem);
	if (result == 0)
		return 1;
	if (!error_is(&problem, LIMBECK_E_UNSUPPORTED)) {
		error_move(err, &problem);
		return -1;
	}
	strbuf_addf(&generation->irreversible, "-- @irreversible %s\n", problem.message);
	limbeck_error_release(&problem);
	return strbuf_failed(&generation->irreversible) ? error_nomem(err) : 0;
}

/* A create_content.make. */
static int make(void *data, struct create_content *content, struct limbeck_error *err)
{
	struct generation *generation = data;
	const struct limbeck_new *what = &generation->what;
	const struct diff_options options = { .ask = ask, .data = generation, .fill = true };
	struct comparison *comparison = &generation->comparison;
	size_t count = 0;
	int back;

	if (comparison_desired(generation->lb, what->schema_flags, comparison, err) < 0
		|| renames_add_texts(&comparison->renames, what->renames, what->rename_count,
			err) < 0
		|| comparison_diff(comparison, &options, err) < 0)
		return -1;
	if (comparison->diff.changes.count == 0)
		return 0;
	if (comparison_render(comparison, &generation->up, err) < 0)
		return -1;
	back = find_way_back(generation, err);
	if (back < 0 || comparison_tell(&comparison->diff, what->change, what->data, &count,
			err) < 0)
		return -1;
	content->upgrade = generation->up.text.buf;
	content->upgrade_flags = generation->up.rebuild ? "rebuild" : NULL;
	content->downgrade = back ? generation->down.text.buf : generation->irreversible.buf;
	content->downgrade_flags = back && generation->down.rebuild ? "rebuild" : NULL;
	content->dialect = proof_dialect(generation->lb);
	return 1;
}

static void generation_init(struct generation *generation, struct limbeck *lb,
	const struct limbeck_new *what)
{
	memset(generation, 0, sizeof *generation);
	generation->lb = lb;
	if (what && what->size)
		memcpy(&generation->what, what, what->size < sizeof generation->what ? what->size
			: sizeof generation->what);
	rendered_init(&generation->up);
	rendered_init(&generation->down);
	strbuf_init(&generation->irreversible);
}

static void generation_release(struct generation *generation)
{
	rendered_release(&generation->up);
	rendered_release(&generation->down);
	strbuf_release(&generation->irreversible);
	diff_release(&generation->back);
	comparison_close(&generation->comparison);
}

int limbeck_revision_create(struct limbeck *lb, const struct limbeck_new *what, char **path,
	struct limbeck_error *err)
{
	struct generation generation;
	const struct create_content content = { .make = make, .data = &generation };
	int result;

	generation_init(&generation, lb, what);
	result = create_revision(lb, what, generation.what.autogenerate ? &content : NULL, path,
		err);
	if (result == 0 && generation.what.report
		&& (generation.up.decides || generation.down.decides))
		generation.what.report(generation.what.data, "Leaving a decision to you in", *path);
	generation_release(&generation);
	return result;
}
