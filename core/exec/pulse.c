/* SPDX-License-Identifier: BSD-2-Clause */
#include "exec/pulse.h"

#include <pthread.h>
#include <signal.h>
#include <time.h>

#include "base/error.h"
#include "base/mem.h"

/* Seconds between two beats. */
enum { INTERVAL = 3 };

struct pulse {
	const struct connection *like;
	struct store store;
	const char *token;
	pthread_t thread;
	pthread_mutex_t mutex;      /* guards the rest */
	pthread_cond_t changed;
	struct connection *own;     /* NULL: not connected */
	bool stop;
};

static bool is_stopped(struct pulse *pulse)
{
	bool stop;

	pthread_mutex_lock(&pulse->mutex);
	stop = pulse->stop;
	pthread_mutex_unlock(&pulse->mutex);
	return stop;
}

static void set_own(struct pulse *pulse, struct connection *own)
{
	pthread_mutex_lock(&pulse->mutex);
	pulse->own = own;
	pthread_mutex_unlock(&pulse->mutex);
}

static void disconnect(struct pulse *pulse)
{
	struct connection *own = pulse->own;

	set_own(pulse, NULL);
	connection_close(own);
}

/* What fails is tried again the next time, with another connection. */
static void beat(struct pulse *pulse)
{
	struct limbeck_error problem = LIMBECK_ERROR_INIT;
	struct connection *own = pulse->own;
	struct strbuf sql = STRBUF_INIT;
	int result = -1;

	if (own || connection_again(pulse->like, &own, &problem) == 0) {
		set_own(pulse, own);
		store_sql_beat(&pulse->store, pulse->token, &sql);
		if (!strbuf_failed(&sql) && !is_stopped(pulse))
			result = connection_do(own, sql.buf, &problem);
	}
	strbuf_release(&sql);
	limbeck_error_release(&problem);
	if (result < 0)
		disconnect(pulse);
}

/* Waits for the time of the next beat, or until it is to stop, which it returns. */
static bool rest(struct pulse *pulse)
{
	struct timespec until = { 0, 0 };
	bool stop;

	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += INTERVAL;
	pthread_mutex_lock(&pulse->mutex);
	while (!pulse->stop
		&& pthread_cond_timedwait(&pulse->changed, &pulse->mutex, &until) == 0)
		;
	stop = pulse->stop;
	pthread_mutex_unlock(&pulse->mutex);
	return stop;
}

static void *live(void *data)
{
	struct pulse *pulse = data;

	while (!rest(pulse))
		beat(pulse);
	disconnect(pulse);
	return NULL;
}

static int init(struct pulse *pulse)
{
	pthread_condattr_t attributes;
	int status = pthread_condattr_init(&attributes);

	if (status != 0)
		return status;
	status = pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
	if (status == 0)
		status = pthread_cond_init(&pulse->changed, &attributes);
	pthread_condattr_destroy(&attributes);
	if (status != 0)
		return status;
	status = pthread_mutex_init(&pulse->mutex, NULL);
	if (status != 0)
		pthread_cond_destroy(&pulse->changed);
	return status;
}

static void release(struct pulse *pulse)
{
	pthread_mutex_destroy(&pulse->mutex);
	pthread_cond_destroy(&pulse->changed);
	mem_free(pulse);
}

/* Signals are for the threads that were there before. */
static int start_thread(struct pulse *pulse)
{
	sigset_t all, before;
	int status;

	sigfillset(&all);
	status = pthread_sigmask(SIG_SETMASK, &all, &before);
	if (status != 0)
		return status;
	status = pthread_create(&pulse->thread, NULL, live, pulse);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return status;
}

struct pulse *pulse_start(const struct connection *connection, const struct store *store,
	const char *token, const struct log *log)
{
	struct pulse *pulse = mem_alloc(sizeof *pulse);

	if (pulse) {
		*pulse = (struct pulse) { .like = connection, .store = *store, .token = token };
		if (init(pulse) != 0) {
			mem_free(pulse);
			pulse = NULL;
		} else if (start_thread(pulse) != 0) {
			release(pulse);
			pulse = NULL;
		}
	}
	if (!pulse)
		log_write(log, LIMBECK_LOG_WARNING, "the lock can't be renewed while a statement runs; a "
			"run that waits for it may take it over");
	return pulse;
}

void pulse_stop(struct pulse *pulse)
{
	if (!pulse)
		return;
	pthread_mutex_lock(&pulse->mutex);
	pulse->stop = true;
	if (pulse->own)
		connection_cancel(pulse->own);
	pthread_cond_signal(&pulse->changed);
	pthread_mutex_unlock(&pulse->mutex);
	pthread_join(pulse->thread, NULL);
	release(pulse);
}
