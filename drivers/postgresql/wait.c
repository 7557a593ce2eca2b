/* SPDX-License-Identifier: BSD-2-Clause */
#include <poll.h>

#include "postgresql.h"

void postgresql_enter(struct postgresql *pg, bool brief)
{
	pg->heeded = brief;
	atomic_store(&pg->stage, STAGE_BUSY);
}

/* The request must not arrive at the server while the next call runs, so one
 * that is on its way is waited for. */
void postgresql_leave(struct postgresql *pg)
{
	while (atomic_load(&pg->stage) == STAGE_CANCELLING)
		poll(NULL, 0, 1);
	atomic_store(&pg->stage, STAGE_IDLE);
	/* The lock is no better than the connection that works under it. */
	if (pg->locked && PQstatus(pg->link) == CONNECTION_BAD)
		postgresql_unlock_pooled(pg);
}

int postgresql_stop(struct postgresql *pg)
{
	int busy = STAGE_BUSY;
	char text[256];
	int sent;

	if (!atomic_compare_exchange_strong(&pg->stage, &busy, STAGE_CANCELLING))
		return 0;
	sent = PQcancel(pg->stopper, text, sizeof(text));
	atomic_store(&pg->stage, STAGE_CANCELLED);
	return sent ? 0 : -1;
}

bool postgresql_cancelled(const struct postgresql *pg)
{
	return limbeck_host->cancelled(pg->session) != 0;
}

bool postgresql_poll(struct postgresql *pg, bool writing)
{
	struct pollfd fd = { PQsocket(pg->link), POLLIN, 0 };
	int ready;

	if (fd.fd < 0)
		return false;
	if (writing)
		fd.events |= POLLOUT;
	ready = poll(&fd, 1, MOMENT_MS);
	if (!pg->heeded && postgresql_cancelled(pg)) {
		pg->heeded = true;
		postgresql_stop(pg);
	}
	return ready <= 0 || !(fd.revents & ~POLLOUT) || PQconsumeInput(pg->link);
}

PGresult *postgresql_take_result(struct postgresql *pg)
{
	PGresult *result = PQgetResult(pg->link);
	ExecStatusType status = PQresultStatus(result);
	bool copying = result && (status == PGRES_COPY_IN || status == PGRES_COPY_OUT ||
		status == PGRES_COPY_BOTH);

	if (copying && pg->copying) {
		PQclear(result);
		result = NULL;
	}
	pg->copying = copying;
	return result;
}

PGresult *postgresql_next(struct postgresql *pg)
{
	for (;;) {
		int unsent = PQflush(pg->link);

		if (!PQisBusy(pg->link) || !postgresql_poll(pg, unsent > 0))
			return postgresql_take_result(pg);
	}
}
