/* SPDX-License-Identifier: BSD-2-Clause */
/* Has the file of an applied revision changed since? */
#include "exec/exec_int.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/map.h"

static int checksum_of(const char *path, char out[CHECKSUM_LENGTH + 1], struct limbeck_error *err)
{
	int fd = file_open(AT_FDCWD, path, path, NULL, err);
	struct strbuf part = STRBUF_INIT;
	struct checksum sum;
	bool end = false;
	int result = fd < 0 ? -1 : 0;

	checksum_init(&sum);
	while (result == 0 && !end) {
		strbuf_reset(&part);
		result = file_read_fd(fd, path, 64 * 1024, &part, &end, err);
		checksum_add(&sum, part.buf, part.len);
	}
	checksum_final(&sum, out);
	strbuf_release(&part);
	if (fd >= 0)
		close(fd);
	return result;
}

struct edited {
	struct exec *exec;
	struct map checksums;    /* revision -> checksum of its last run */
	exec_verified_fn *fn;
	void *data;
};

static int remember(void *data, const char *revision, const char *checksum)
{
	struct edited *edited = data;

	/* map wants a pointer that is not const; it gives back the same. */
	return map_put(&edited->checksums, revision, (void *)(uintptr_t)checksum) ? 0 : -1;
}

static int compare(struct edited *edited, struct revision *revision, struct limbeck_error *err)
{
	const char *applied = map_get(&edited->checksums, revision->id);
	enum limbeck_verified state = LIMBECK_VERIFIED_SAME;
	char now[CHECKSUM_LENGTH + 1];

	/* Stamped, or applied by another tool: nothing is known of the text. Or
	 * there is no file. */
	if (revision->kept)
		state = LIMBECK_VERIFIED_MISSING;
	else if (!applied || !*applied)
		state = LIMBECK_VERIFIED_UNKNOWN;
	else if (checksum_of(revision->path, now, err) < 0)
		return -1;
	else if (strcmp(applied, now))
		state = LIMBECK_VERIFIED_CHANGED;
	return edited->fn(edited->data, revision->id, revision, state, err);
}

static int compare_all(struct edited *edited, struct limbeck_error *err)
{
	struct exec *exec = edited->exec;
	struct revision_list rows = { 0 };
	struct revision_set applied;
	struct names missing = { 0 };
	int result = 0;

	if (graph_rows(exec->graph, &exec->state.rows, &rows, &missing, err) < 0)
		return -1;
	if (!revision_set_init(&applied, exec->graph, exec->arena)
		|| !graph_mark_ancestors(exec->graph, &rows, &applied))
		return error_nomem(err);
	for (size_t i = 0; result == 0 && i < exec->graph->all.count; i++)
		if (revision_set_has(&applied, exec->graph->all.items[i]))
			result = compare(edited, exec->graph->all.items[i], err);
	for (size_t i = 0; result == 0 && i < missing.count; i++)
		result = edited->fn(edited->data, missing.items[i], NULL, LIMBECK_VERIFIED_MISSING,
			err);
	return result;
}

int exec_verify(struct exec *exec, exec_verified_fn *fn, void *data, struct limbeck_error *err)
{
	struct edited edited = { .exec = exec, .checksums = MAP_INIT, .fn = fn, .data = data };
	int result = store_read_checksums(&exec->store, exec->connection, exec->arena, remember,
		&edited, err);

	if (result == 0)
		result = compare_all(&edited, err);
	map_release(&edited.checksums);
	return result;
}

/* The files that have changed, for an error. */
struct changed {
	struct strbuf ids;
	size_t count;
	const char *first;
};

static int add_changed(void *data, const char *id, struct revision *revision,
	enum limbeck_verified state, struct limbeck_error *err)
{
	struct changed *changed = data;

	(void)err;
	if (state != LIMBECK_VERIFIED_CHANGED)
		return 0;
	if (changed->count++ == 0)
		changed->first = revision->path;
	strbuf_addf(&changed->ids, "%s%s", changed->ids.len ? ", " : "", id);
	return 0;
}

static int report(const struct changed *changed, struct limbeck_error *err)
{
	if (changed->count == 0)
		return 0;
	error_set(err, LIMBECK_E_STATE, "%zu revision file%s changed after being applied",
		changed->count, changed->count == 1 ? " was" : "s were");
	error_place(err, changed->first, 0, 0);
	error_detail(err, "Changed: %s.", changed->ids.buf);
	error_hint(err, "Undo the change and write a new revision for it, or take it as it is: "
		"`limbeck repair --accept`. `edited = warn` in limbeck.ini makes this a warning.");
	error_outcome(err, "nothing was done");
	return -1;
}

int exec_check_edited(struct exec *exec, struct limbeck_error *err)
{
	struct changed changed = { .ids = STRBUF_INIT };
	int result = exec_verify(exec, add_changed, &changed, err);

	if (result == 0)
		result = report(&changed, err);
	if (result < 0 && !exec->edited_is_error && error_is(err, LIMBECK_E_STATE)) {
		log_write(exec->log, LIMBECK_LOG_WARNING, "%s: %s", err->message, err->detail);
		limbeck_error_release(err);
		result = 0;
	}
	strbuf_release(&changed.ids);
	return result;
}
