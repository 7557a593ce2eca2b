/* SPDX-License-Identifier: BSD-2-Clause */
/* Another parent for a revision that the database has not applied. */
#include "api/session.h"

#include <string.h>

#include "base/error.h"
#include "script/script.h"

static int find_one(struct limbeck *lb, const char *identifier, struct revision **out,
	struct limbeck_error *err)
{
	struct resolve_result result = { 0 };

	if (graph_resolve(&lb->graph, identifier, RESOLVE_REVISION, NULL, &result, err) < 0)
		return -1;
	*out = result.revisions.count ? result.revisions.items[0] : NULL;
	if (result.revisions.count > 1)
		return error_set(err, LIMBECK_E_AMBIGUOUS, "%s is %zu revisions; name one", identifier,
			result.revisions.count);
	return 0;
}

static int check_applied(struct limbeck *lb, const struct revision *revision,
	struct limbeck_error *err)
{
	struct revision_list rows = { 0 };
	struct names missing = { 0 };
	struct revision_set applied;

	if (session_rows(lb, &rows, &missing, err) < 0)
		return -1;
	if (!revision_set_init(&applied, &lb->graph, &lb->arena)
		|| !graph_mark_ancestors(&lb->graph, &rows, &applied))
		return error_nomem(err);
	if (!revision_set_has(&applied, revision))
		return 0;
	error_set(err, LIMBECK_E_STATE, "revision %s is applied in %s", revision->id,
		lb->config.url_shown);
	error_hint(err, "Downgrade behind it first; a merge revision joins branches that are in use.");
	error_outcome(err, "nothing was changed");
	return -1;
}

static int check_cycle(struct limbeck *lb, struct revision *revision, struct revision *onto,
	struct limbeck_error *err)
{
	struct revision_list roots = { &revision, 1, 1 };
	struct revision_set above;

	if (!onto)
		return 0;
	if (!revision_set_init(&above, &lb->graph, &lb->arena)
		|| !graph_mark_descendants(&lb->graph, &roots, &above))
		return error_nomem(err);
	if (!revision_set_has(&above, onto))
		return 0;
	error_set(err, LIMBECK_E_RANGE, "revision %s can't stand on %s, which %s", revision->id,
		onto->id, onto == revision ? "it is itself" : "follows it");
	error_outcome(err, "nothing was changed");
	return -1;
}

int limbeck_rebase(struct limbeck *lb, const char *identifier, const char *onto,
	void (*report)(void *data, const char *action, const char *path), void *data,
	struct limbeck_error *err)
{
	struct revision *revision, *parent;
	struct names parents = { 0 };

	if (session_graph(lb, err) < 0 || find_one(lb, identifier, &revision, err) < 0
		|| find_one(lb, onto, &parent, err) < 0)
		return -1;
	if (!revision)
		return error_set(err, LIMBECK_E_USAGE, "base can't be rebased");
	if (revision->parents.count > 1)
		return error_set(err, LIMBECK_E_USAGE, "revision %s is a merge; its parents are changed "
			"by hand", revision->id);
	if (check_cycle(lb, revision, parent, err) < 0 || check_applied(lb, revision, err) < 0)
		return -1;
	if (parent && !vec_push_arena(&parents, parent->id, &lb->arena))
		return error_nomem(err);
	if (script_set_parents(revision->path, &parents, err) < 0)
		return -1;
	if (report)
		report(data, "Rewriting", revision->path);
	session_forget_graph(lb);
	return 0;
}
