/* SPDX-License-Identifier: BSD-2-Clause */
/* The files of applied revisions beside what was applied. */
#include "api/run.h"

#include "base/error.h"

struct verifying {
	int (*fn)(void *data, const struct limbeck_verification *verification);
	void *data;
	size_t problems;
	bool stopped;
};

static int tell(void *data, const char *id, struct revision *revision, enum limbeck_verified state,
	struct limbeck_error *err)
{
	struct verifying *verifying = data;
	const struct limbeck_verification verification = {
		.size = sizeof verification,
		.revision = id,
		.path = revision && !revision->kept ? revision->path : NULL,
		.message = revision ? revision->message : "",
		.state = (int)state,
	};

	(void)err;
	verifying->problems += state == LIMBECK_VERIFIED_CHANGED
		|| state == LIMBECK_VERIFIED_MISSING;
	if (!verifying->stopped && verifying->fn)
		verifying->stopped = verifying->fn(verifying->data, &verification) != 0;
	return 0;
}

int limbeck_verify(struct limbeck *lb,
	int (*fn)(void *data, const struct limbeck_verification *verification), void *data,
	size_t *problems, struct limbeck_error *err)
{
	struct verifying verifying = { .fn = fn, .data = data };
	struct limbeck_run run = { 0 };
	struct arena arena = ARENA_INIT;
	struct exec exec;
	int result = -1;

	run_settings(lb, &run, &arena, &exec);
	if (session_graph(lb, err) == 0 && run_online(lb, &exec, true, err) == 0
		&& store_read(&exec.store, exec.connection, &arena, &exec.state, err) == 0)
		result = exec_verify(&exec, tell, &verifying, err);
	*problems = verifying.problems;
	arena_release(&arena);
	return result;
}

struct accepted {
	void (*report)(void *data, const char *action, const char *path);
	void *data;
};

static void told(void *data, const char *id, const char *path)
{
	struct accepted *accepted = data;

	(void)id;
	if (accepted->report)
		accepted->report(accepted->data, "Accepting", path);
}

static int resolve_all(struct limbeck *lb, struct arena *arena, const char *const *identifiers,
	size_t count, struct names *ids, struct limbeck_error *err)
{
	for (size_t i = 0; i < count; i++) {
		struct resolve_result found = { 0 };

		if (graph_resolve(&lb->graph, identifiers[i], RESOLVE_SHOW, NULL, &found, err) < 0)
			return -1;
		for (size_t j = 0; j < found.revisions.count; j++)
			if (!vec_push_arena(ids, found.revisions.items[j]->id, arena))
				return error_nomem(err);
	}
	return 0;
}

int limbeck_accept(struct limbeck *lb, const char *const *identifiers, size_t count,
	void (*report)(void *data, const char *action, const char *path), void *data,
	struct limbeck_error *err)
{
	struct accepted accepted = { report, data };
	struct limbeck_run run = { 0 };
	struct arena arena = ARENA_INIT;
	struct names ids = { 0 };
	struct exec exec;
	int result = -1;

	run_settings(lb, &run, &arena, &exec);
	if (session_graph(lb, err) == 0
		&& resolve_all(lb, &arena, identifiers, count, &ids, err) == 0
		&& run_online(lb, &exec, false, err) == 0)
		result = exec_accept(&exec, count > 0 ? &ids : NULL, told, &accepted, err);
	arena_release(&arena);
	return result;
}
