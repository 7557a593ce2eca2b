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
	struct map checksums;    /* revision -> checksum of its last run */
	struct strbuf changed;   /* files, for the detail */
	size_t count;
	const char *first;
};

static int remember(void *data, const char *revision, const char *checksum)
{
	struct edited *edited = data;

	/* map wants a pointer that is not const; it gives back the same. */
	return map_put(&edited->checksums, revision, (void *)(uintptr_t)checksum) ? 0 : -1;
}

static int compare(struct edited *edited, const struct revision *revision,
	struct limbeck_error *err)
{
	const char *applied = map_get(&edited->checksums, revision->id);
	char now[CHECKSUM_LENGTH + 1];

	/* Stamped, or applied by another tool: nothing is known of the text. Or
	 * there is no file. */
	if (!applied || !*applied || revision->kept)
		return 0;
	if (checksum_of(revision->path, now, err) < 0)
		return -1;
	if (!strcmp(applied, now))
		return 0;
	if (edited->count++ == 0)
		edited->first = revision->path;
	strbuf_addf(&edited->changed, "%s%s", edited->changed.len ? ", " : "", revision->id);
	return 0;
}

static int report(const struct edited *edited, struct limbeck_error *err)
{
	if (edited->count == 0)
		return 0;
	error_set(err, LIMBECK_E_STATE, "%zu revision file%s changed after being applied",
		edited->count, edited->count == 1 ? " was" : "s were");
	error_place(err, edited->first, 0, 0);
	error_detail(err, "Changed: %s.", edited->changed.buf);
	error_hint(err, "Undo the change and write a new revision for it, or set "
		"`edited = warn` in limbeck.ini.");
	error_outcome(err, "nothing was done");
	return -1;
}

static int compare_all(struct exec *exec, struct edited *edited, struct limbeck_error *err)
{
	struct revision_list rows = { 0 };
	struct revision_set applied;
	struct names missing = { 0 };

	if (graph_rows(exec->graph, &exec->state.rows, &rows, &missing, err) < 0)
		return -1;
	if (!revision_set_init(&applied, exec->graph, exec->arena)
		|| !graph_mark_ancestors(exec->graph, &rows, &applied))
		return error_nomem(err);
	for (size_t i = 0; i < exec->graph->all.count; i++) {
		struct revision *revision = exec->graph->all.items[i];

		if (revision_set_has(&applied, revision) && compare(edited, revision, err) < 0)
			return -1;
	}
	return 0;
}

int exec_check_edited(struct exec *exec, struct limbeck_error *err)
{
	struct edited edited = { .checksums = MAP_INIT, .changed = STRBUF_INIT };
	int result;

	if (store_read_checksums(&exec->store, exec->connection, exec->arena, remember, &edited,
			err) < 0) {
		map_release(&edited.checksums);
		return -1;
	}
	result = compare_all(exec, &edited, err);
	if (result == 0)
		result = report(&edited, err);
	if (result < 0 && !exec->edited_is_error && error_is(err, LIMBECK_E_STATE)) {
		log_write(exec->log, LIMBECK_LOG_WARNING, "%s: %s", err->message, err->detail);
		limbeck_error_release(err);
		result = 0;
	}
	strbuf_release(&edited.changed);
	map_release(&edited.checksums);
	return result;
}
