/* SPDX-License-Identifier: BSD-2-Clause */
/* How far a job of parts came, after its last rollback: its entry says it. */
#include "exec/exec_int.h"

#include <string.h>

#include "base/error.h"

/* What the failed statement has left where it stands outside of a transaction. */
static int look_for_remains(struct stream *stream, struct standing *standing,
	struct limbeck_error *err)
{
	struct exec *exec = stream->exec;
	const struct stream_entry *failed = &stream->failed;
	struct limbeck_statement statement = { stream->text.buf + failed->offset, failed->length };
	struct limbeck_probe probe = { .statement = &statement,
		.before = standing->entry->started_state };

	if (connection_probe(exec->connection, &probe, err) < 0)
		return -1;
	if (!probe.remedy[0])
		return 0;
	standing->remedy = arena_strdup(exec->arena, probe.remedy);
	standing->known = arena_strdup(exec->arena, probe.known);
	return standing->remedy && standing->known ? 0 : error_nomem(err);
}

/* Where its statement in progress is not done. */
static int judge(struct stream *stream, struct standing *standing, struct limbeck_error *err)
{
	const struct stream_entry *failed = &stream->failed;

	if (!stream->has_failed || failed->number != (uint64_t)standing->entry->started
		|| (failed->marks & STREAM_TORN)) {
		standing->doubt = true;
		return 0;
	}
	/* It failed with an error, so it did nothing, or no more than can be seen. */
	return failed->marks & STREAM_OUTSIDE ? look_for_remains(stream, standing, err) : 0;
}

int job_standing(struct stream *stream, struct job *job, struct standing *standing,
	struct limbeck_error *err)
{
	struct exec *exec = stream->exec;
	const struct history_entry *entry;

	*standing = (struct standing) { .hash = "", .known = "" };
	if (!job->recorded || job->entry.seq == 0)
		return 0;
	if (store_read_entry(&exec->store, exec->connection, exec->arena, job->entry.seq,
			job->entry.revision, &standing->entry, err) < 0)
		return -1;
	entry = standing->entry;
	if (!entry)
		return 0;
	standing->done = entry->done;
	standing->hash = entry->done_hash;
	if (entry->started <= entry->done)
		return 0;
	if (entry->started > job->answered)
		return judge(stream, standing, err);
	standing->done = entry->started;
	standing->hash = entry->started_hash;
	return 0;
}
