/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * SIGINT, SIGTERM and SIGHUP while a command works on a database: the first
 * cancels the call in an orderly way, the second leaves at once. A thread waits
 * for them, so that no handler interrupts a client library.
 */
#ifndef CLI_SIGNALS_H
#define CLI_SIGNALS_H

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>

#include <limbeck/limbeck.h>

struct signals {
	bool started;
	bool blocked;            /* stopped, and not released yet */
	atomic_bool stopping;
	pthread_t thread;
	sigset_t waited;
	sigset_t before;
	struct limbeck *lb;
};

int signals_start(struct signals *signals, struct limbeck *lb, struct limbeck_error *err);
/* From here on they wait, so that nothing ends what is being closed. */
void signals_stop(struct signals *signals);
/* They do again what they did before. */
void signals_release(struct signals *signals);

#endif
