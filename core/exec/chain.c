/* SPDX-License-Identifier: BSD-2-Clause */
/* The statements of a section, each hashed together with those before it. */
#include "exec/exec_int.h"

#include <string.h>

#include "base/error.h"

void chain_add(char hash[CHECKSUM_LENGTH + 1], const struct script_statement *statement)
{
	struct checksum sum;

	checksum_init(&sum);
	checksum_add(&sum, hash, strlen(hash));
	checksum_add(&sum, statement->text, statement->length);
	checksum_final(&sum, hash);
}

int chain_walk(struct script_reader *reader, int64_t count, int64_t *seen,
	char hash[CHECKSUM_LENGTH + 1], chain_fn *fn, void *data, struct limbeck_error *err)
{
	struct script_statement statement;
	int result = 1;

	while (*seen < count && (result = script_reader_next(reader, &statement, err)) > 0) {
		chain_add(hash, &statement);
		++*seen;
		if (fn && fn(data, &statement, err) < 0)
			return -1;
	}
	return result < 0 ? -1 : 0;
}

int job_hash(const struct job *job, int64_t count, int64_t *seen,
	char hash[CHECKSUM_LENGTH + 1], struct limbeck_error *err)
{
	struct script_reader *reader = NULL;
	int result;

	hash[0] = '\0';
	*seen = 0;
	if (count == 0)
		return 0;
	if (script_reader_open(&reader, &job->source, err) < 0)
		return -1;
	result = chain_walk(reader, count, seen, hash, NULL, NULL, err);
	script_reader_close(reader);
	return result;
}

int job_check_done(const struct job *job, struct limbeck_error *err)
{
	char hash[CHECKSUM_LENGTH + 1];
	int64_t seen = 0;

	if (job->resume_done == 0)
		return 0;
	if (job_hash(job, job->resume_done, &seen, hash, err) < 0)
		return -1;
	if (seen == job->resume_done && !strcmp(hash, job->resume_hash))
		return 0;
	error_set(err, LIMBECK_E_STATE, "revision %s was left half done, and the part that was "
		"done has been changed since", job->entry.revision);
	error_place(err, job->source.shown, 0, 0);
	error_outcome(err, "nothing was done");
	error_detail(err, "The first %lld statements ran as they stood in the file then.",
		(long long)job->resume_done);
	error_hint(err, "Bring back the file as it was, or finish the change by hand and run "
		"`limbeck repair %s --forget`.", job->entry.revision);
	return -1;
}

bool exec_is_setting(struct exec *exec, const struct script_statement *statement)
{
	struct limbeck_statement plain = { statement->text, statement->length };

	return !statement->repeat && !statement->whole
		&& connection_nature(exec->connection, &plain) == LIMBECK_NATURE_SETTING;
}
