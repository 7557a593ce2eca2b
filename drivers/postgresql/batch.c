/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Several statements in one round trip, by libpq's pipeline mode ("Pipeline
 * Mode" in the manual): the server skips what follows a failed statement up to
 * the next synchronisation point, of which there is one, at the end.
 *
 * Outside a transaction the server would make all up to that point one
 * transaction, refuse VACUUM and its like, and undo statements that were
 * already reported as done. So only what stands between BEGIN and COMMIT, and
 * what follows with the next BEGIN, goes into a pipeline; a statement outside
 * is sent alone. COPY, which pipelines do not know, is sent alone too.
 */
#include <string.h>
#include <strings.h>

#include "postgresql.h"

/* As much is queued before answers are looked at; libpq sends by itself then. */
#define QUEUE_BYTES 65536
/* A server keeps its answers back until its buffer is full or it is told to
 * send: told after each statement of a small batch, whose statements may be
 * slow, and now and then in a large one. */
#define SMALL_BATCH 32
#define FLUSH_EVERY 16

struct pipeline {
	const struct limbeck_statement *statements;
	size_t count;
	size_t first;     /* place in the batch of the first */
	size_t sent;
	size_t answered;
	size_t queued;    /* bytes given to libpq since it was empty */
	bool open;        /* a result of the present statement has come */
	bool skipped;     /* ... which says that the server skipped it */
	bool stop;        /* send no more */
	bool synced;      /* the end was sent */
	bool over;        /* and answered, or the connection is lost */
	struct answer answer;
};

/* Past a comment that begins at i, or i where there is none. */
static size_t skip_comment(const char *sql, size_t length, size_t i)
{
	size_t depth = 0;

	if (i + 1 < length && sql[i] == '-' && sql[i + 1] == '-') {
		while (i < length && sql[i] != '\n')
			i++;
		return i;
	}
	do {
		if (i + 1 < length && sql[i] == '/' && sql[i + 1] == '*') {
			depth++;
			i += 2;
		} else if (depth && i + 1 < length && sql[i] == '*' && sql[i + 1] == '/') {
			depth--;
			i += 2;
		} else if (depth) {
			i++;
		}
	} while (depth && i < length);
	return i;
}

static size_t skip_blank(const char *sql, size_t length)
{
	size_t i = 0;

	while (i < length) {
		size_t next = strchr(" \t\n\r\f\v;", sql[i]) && sql[i] ? i + 1 :
			skip_comment(sql, length, i);

		if (next == i)
			break;
		i = next;
	}
	return i;
}

enum word postgresql_first_word(const struct limbeck_statement *statement)
{
	static const struct {
		const char *text;
		enum word word;
	} words[] = {
		{ "BEGIN", WORD_BEGIN }, { "START", WORD_BEGIN }, { "COMMIT", WORD_COMMIT },
		{ "END", WORD_COMMIT }, { "ROLLBACK", WORD_END }, { "ABORT", WORD_END },
		{ "PREPARE", WORD_COMMIT }, { "COPY", WORD_COPY },
	};
	size_t start = skip_blank(statement->sql, statement->length);
	size_t end = start;
	size_t i;

	while (end < statement->length && ((statement->sql[end] | 0x20) >= 'a' &&
		(statement->sql[end] | 0x20) <= 'z'))
		end++;
	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strlen(words[i].text) == end - start &&
			strncasecmp(words[i].text, statement->sql + start, end - start) == 0)
			return words[i].word;
	}
	return WORD_OTHER;
}

/* How many of the statements may go into one pipeline now; 0: send the first
 * one alone. */
static size_t pipeline_length(struct postgresql *pg,
	const struct limbeck_statement *statements, size_t count)
{
	bool inside = PQtransactionStatus(pg->link) != PQTRANS_IDLE;
	size_t i;

	/* There each is looked at before it is sent. */
	if (pg->enclosed)
		return 0;
	for (i = 0; i < count; i++) {
		enum word word = postgresql_first_word(&statements[i]);

		if (word == WORD_COPY || (!inside && word != WORD_BEGIN) ||
			!postgresql_scratch_is_clean(pg, &statements[i]))
			break;
		inside = word != WORD_END && word != WORD_COMMIT;
	}
	return i;
}

/* Rows one by one, so that a large result takes no memory; libpq wants to be
 * told when the statement becomes the one that answers. */
static void expect_rows(const struct pipeline *p)
{
	if (p->answered < p->sent)
		PQsetSingleRowMode(p->answer.pg->link);
}

static void fail_here(struct pipeline *p)
{
	if (!p->answer.failed)
		postgresql_fail_link(p->answer.pg, p->answer.err);
	p->answer.failed = true;
}

static void send_one(struct pipeline *p)
{
	struct postgresql *pg = p->answer.pg;
	const struct limbeck_statement *statement = &p->statements[p->sent];

	if (postgresql_text(pg, statement, p->answer.err) < 0) {
		p->answer.failed = true;
		return;
	}
	if (!PQsendQueryParams(pg->link, pg->text, 0, NULL, NULL, NULL, NULL, 0)) {
		fail_here(p);
		return;
	}
	p->sent++;
	p->queued += statement->length;
	if (p->sent == p->answered + 1)
		expect_rows(p);
	if (p->count <= SMALL_BATCH || p->sent % FLUSH_EVERY == 0)
		PQsendFlushRequest(pg->link);
}

/* Queues what there is room for, and sends what the socket takes. Returns
 * whether something is left to send. */
static bool send_some(struct pipeline *p)
{
	PGconn *link = p->answer.pg->link;
	int unsent;

	while (!p->synced && p->queued < QUEUE_BYTES) {
		if (p->sent < p->count && !p->answer.failed && !p->stop) {
			send_one(p);
			continue;
		}
		p->synced = true;
		if (!PQpipelineSync(link)) {
			fail_here(p);
			p->over = true;
		}
	}
	unsent = PQflush(link);
	if (unsent == 0)
		p->queued = 0;
	return unsent > 0;
}

/* A statement's last result was read. */
static void finish_one(struct pipeline *p, size_t *done)
{
	struct answer *answer = &p->answer;

	if (!answer->failed && !p->skipped) {
		(*done)++;
		if (limbeck_host->done(answer->sink, p->first + p->answered, answer->affected))
			p->stop = true;
	}
	p->answered++;
	p->open = false;
	p->skipped = false;
	answer->described = false;
	answer->full = false;
	answer->affected = -1;
	expect_rows(p);
}

static void take_one(struct pipeline *p, PGresult *result)
{
	switch (PQresultStatus(result)) {
	case PGRES_PIPELINE_SYNC:
		p->over = true;
		break;
	case PGRES_PIPELINE_ABORTED:
		p->open = true;
		p->skipped = true;
		break;
	default:
		p->open = true;
		p->answer.statement = &p->statements[p->answered < p->count ? p->answered : 0];
		postgresql_take(&p->answer, result);
		break;
	}
	PQclear(result);
}

/* Reads the answers that are here. */
static void receive(struct pipeline *p, size_t *done)
{
	PGconn *link = p->answer.pg->link;
	PGresult *result;

	while (!p->over && (p->answered < p->sent || p->synced) && !PQisBusy(link)) {
		result = PQgetResult(link);
		if (result)
			take_one(p, result);
		else if (p->open && p->answered < p->sent)
			finish_one(p, done);
		else
			break;
	}
	if (!p->over && PQstatus(link) == CONNECTION_BAD) {
		fail_here(p);
		p->over = true;
	}
}

static void run_pipeline(struct pipeline *p, size_t *done)
{
	struct postgresql *pg = p->answer.pg;

	if (!PQenterPipelineMode(pg->link)) {
		fail_here(p);
		return;
	}
	while (!p->over) {
		bool unsent = send_some(p);

		receive(p, done);
		if (p->over)
			continue;
		if (!p->synced && !unsent)
			PQconsumeInput(pg->link);
		else if (!postgresql_poll(pg, unsent))
			receive(p, done);
	}
	if (!PQexitPipelineMode(pg->link))
		fail_here(p);
}

static int run_inside(struct postgresql *pg, const struct limbeck_statement *statements,
	size_t count, struct limbeck_sink *sink, size_t *done, bool *stop,
	struct limbeck_error *err)
{
	struct pipeline p = {
		.statements = statements + *done, .count = count, .first = *done,
		.answer = { .pg = pg, .sink = sink, .err = err, .affected = -1 },
	};

	run_pipeline(&p, done);
	*stop = p.stop;
	return p.answer.failed ? -1 : 0;
}

static int run_alone(struct postgresql *pg, const struct limbeck_statement *statements,
	struct limbeck_sink *sink, size_t *done, bool *stop, struct limbeck_error *err)
{
	if (postgresql_run(pg, &statements[*done], *done, sink, stop, err) < 0)
		return -1;
	(*done)++;
	return 0;
}

int postgresql_batch(void *conn, const struct limbeck_statement *statements, size_t count,
	struct limbeck_sink *sink, size_t *done, struct limbeck_error *err)
{
	struct postgresql *pg = conn;
	bool stop = false;
	int status = 0;

	*done = 0;
	postgresql_enter(pg, false);
	while (status == 0 && !stop && *done < count) {
		size_t length = pipeline_length(pg, statements + *done, count - *done);

		status = length ? run_inside(pg, statements, length, sink, done, &stop, err) :
			run_alone(pg, statements, sink, done, &stop, err);
	}
	postgresql_leave(pg);
	return status;
}
