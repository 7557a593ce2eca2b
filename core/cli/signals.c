/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/signals.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"

/* In seconds. Who runs us, like timeout, signals us and then our group too: what
 * follows so close is not a person's second wish. */
#define AT_ONCE 0.3

static void tell(void)
{
	static const char text[] =
		"\nlimbeck: stopping in good order; interrupt once more to leave at once\n";

	if (isatty(STDERR_FILENO) == 1 && write(STDERR_FILENO, text, sizeof text - 1) < 0)
		return;
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void *wait_for_signals(void *data)
{
	struct signals *signals = data;
	bool asked = false;
	double first = 0;
	int number;

	while (sigwait(&signals->waited, &number) == 0) {
		if (atomic_load(&signals->stopping))
			break;
		if (asked && now() - first < AT_ONCE)
			continue;
		if (asked)
			_exit(CLI_INTERRUPTED);
		asked = true;
		first = now();
		tell();
		limbeck_cancel(signals->lb);
	}
	return NULL;
}

/* A signal that we were started to ignore (by nohup, or in the background) is
 * left alone: blocked, it would reach sigwait() all the same. */
static void choose(sigset_t *set)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
	struct sigaction action;

	sigemptyset(set);
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
		if (sigaction(numbers[i], NULL, &action) == 0 && action.sa_handler != SIG_IGN)
			sigaddset(set, numbers[i]);
	/* How signals_stop() wakes the thread; nobody else sends it. */
	sigaddset(set, SIGUSR2);
}

int signals_start(struct signals *signals, struct limbeck *lb, struct limbeck_error *err)
{
	int rc;

	signals->lb = lb;
	atomic_init(&signals->stopping, false);
	choose(&signals->waited);
	pthread_sigmask(SIG_BLOCK, &signals->waited, &signals->before);
	rc = pthread_create(&signals->thread, NULL, wait_for_signals, signals);
	if (rc != 0) {
		pthread_sigmask(SIG_SETMASK, &signals->before, NULL);
		return cli_fail(err, LIMBECK_E_INTERNAL, "could not start a thread: %s",
			strerror(rc));
	}
	signals->started = true;
	return 0;
}

void signals_stop(struct signals *signals)
{
	if (!signals->started)
		return;
	atomic_store(&signals->stopping, true);
	pthread_kill(signals->thread, SIGUSR2);
	pthread_join(signals->thread, NULL);
	signals->started = false;
	signals->blocked = true;
}

/* One that came meanwhile has nothing left to stop. */
static void drop_pending(const sigset_t *waited)
{
	static const int numbers[] = { SIGINT, SIGTERM, SIGHUP, SIGUSR2 };
	sigset_t pending;
	int number;

	if (sigpending(&pending) < 0)
		return;
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
		sigset_t one;

		sigemptyset(&one);
		sigaddset(&one, numbers[i]);
		if (sigismember(waited, numbers[i]) == 1 && sigismember(&pending, numbers[i]) == 1)
			sigwait(&one, &number);
	}
}

void signals_release(struct signals *signals)
{
	if (!signals->blocked)
		return;
	drop_pending(&signals->waited);
	pthread_sigmask(SIG_SETMASK, &signals->before, NULL);
	signals->blocked = false;
}
