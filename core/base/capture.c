/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/vec.h"

enum { OUT, ERRORS, STREAMS, CHUNK = 65536, SLICE_MS = 100 };

struct run {
	const struct capture *capture;
	pid_t pid;
	int read[STREAMS];   /* -1: at its end */
	int write[STREAMS];
};

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static int open_pipes(struct run *run, struct limbeck_error *err)
{
	for (int i = 0; i < STREAMS; i++) {
		int ends[2];

		if (pipe(ends) < 0)
			return error_errno(err, "could not make a pipe");
		run->read[i] = ends[0];
		run->write[i] = ends[1];
		fcntl(ends[0], F_SETFD, FD_CLOEXEC);
		fcntl(ends[1], F_SETFD, FD_CLOEXEC);
	}
	return 0;
}

/* Only what is safe between fork and exec in a program with threads. The group
 * of its own lets us end what it starts, too. */
static _Noreturn void child(const struct run *run, char *const *argv, char *const *variables)
{
	int null = open("/dev/null", O_RDONLY);

	setpgid(0, 0);
	if (null < 0 || dup2(null, STDIN_FILENO) < 0 || dup2(run->write[OUT], STDOUT_FILENO) < 0
		|| dup2(run->write[ERRORS], STDERR_FILENO) < 0)
		_exit(127);
	if (run->capture->folder && chdir(run->capture->folder) < 0)
		_exit(127);
	/* It may take memory, of which nobody else here is in the middle: the library sees to
	 * that in fork(). */
	while (*variables)
		putenv(*variables++);
	execvp(argv[0], argv);
	_exit(127);
}

/* A copy of a list that ends with NULL, which may be NULL; NULL: no memory. */
static char **copy_list(struct arena *arena, const char *const *from)
{
	VEC(char *) list = VEC_INIT;

	for (; from && *from; from++) {
		char *copy = arena_strdup(arena, *from);

		if (!copy || !vec_push_arena(&list, copy, arena))
			return NULL;
	}
	return vec_push_arena(&list, NULL, arena) ? list.items : NULL;
}

static int start(struct run *run, struct arena *arena, struct limbeck_error *err)
{
	char **argv = copy_list(arena, run->capture->argv);
	char **variables = copy_list(arena, run->capture->environment);

	if (!argv || !variables)
		return error_nomem(err);
	if (open_pipes(run, err) < 0)
		return -1;
	run->pid = fork();
	if (run->pid == 0)
		child(run, argv, variables);
	if (run->pid < 0)
		return error_errno(err, "could not start %s", argv[0]);
	setpgid(run->pid, run->pid); /* whichever of us is first */
	close_fd(&run->write[OUT]);
	close_fd(&run->write[ERRORS]);
	return 0;
}

static int take(struct run *run, int which, struct limbeck_error *err)
{
	struct strbuf *out = which == OUT ? run->capture->out : run->capture->errors;
	ssize_t got;

	if (!strbuf_grow(out, CHUNK))
		return error_nomem(err);
	got = read(run->read[which], out->buf + out->len, CHUNK);
	if (got < 0 && (errno == EINTR || errno == EAGAIN))
		return 0;
	if (got < 0)
		return error_errno(err, "could not read what %s prints", run->capture->argv[0]);
	if (got == 0)
		close_fd(&run->read[which]);
	out->len += (size_t)got;
	out->buf[out->len] = '\0';
	if (out->len <= run->capture->most)
		return 0;
	return error_set(err, LIMBECK_E_IO, "%s prints more than %zu bytes", run->capture->argv[0],
		run->capture->most);
}

static int check_time(const struct run *run, double end, struct limbeck_error *err)
{
	const struct capture *capture = run->capture;

	if (capture->stop && capture->stop(capture->data))
		return error_set(err, LIMBECK_E_CANCELLED, "interrupted");
	if (clock_seconds() < end)
		return 0;
	return error_set(err, LIMBECK_E_IO, "%s did not end within %g seconds", capture->argv[0],
		capture->seconds);
}

static int collect(struct run *run, double end, struct limbeck_error *err)
{
	while (run->read[OUT] >= 0 || run->read[ERRORS] >= 0) {
		struct pollfd fds[STREAMS] = {
			{ .fd = run->read[OUT], .events = POLLIN },
			{ .fd = run->read[ERRORS], .events = POLLIN },
		};

		if (poll(fds, STREAMS, SLICE_MS) < 0 && errno != EINTR)
			return error_errno(err, "could not wait for %s", run->capture->argv[0]);
		for (int i = 0; i < STREAMS; i++)
			if (fds[i].revents && run->read[i] >= 0 && take(run, i, err) < 0)
				return -1;
		if (check_time(run, end, err) < 0)
			return -1;
	}
	return 0;
}

/* It may have closed its outputs and run on. */
static int wait_for(struct run *run, double end, int *status, struct limbeck_error *err)
{
	pid_t done;
	int raw = 0;

	while ((done = waitpid(run->pid, &raw, WNOHANG)) == 0) {
		if (check_time(run, end, err) < 0)
			return -1;
		clock_sleep(0.005);
	}
	if (done < 0)
		return error_errno(err, "could not wait for %s", run->capture->argv[0]);
	run->pid = -1;
	*status = WIFSIGNALED(raw) ? 128 + WTERMSIG(raw) : WEXITSTATUS(raw);
	return 0;
}

int process_capture(const struct capture *capture, int *status, struct limbeck_error *err)
{
	struct run run = { capture, -1, { -1, -1 }, { -1, -1 } };
	double end = clock_seconds() + capture->seconds;
	struct arena arena = ARENA_INIT;
	int result = start(&run, &arena, err);

	if (result == 0)
		result = collect(&run, end, err);
	if (result == 0)
		result = wait_for(&run, end, status, err);
	if (run.pid > 0) {
		kill(-run.pid, SIGKILL);
		while (waitpid(run.pid, NULL, 0) < 0 && errno == EINTR)
			;
	}
	for (int i = 0; i < STREAMS; i++) {
		close_fd(&run.read[i]);
		close_fd(&run.write[i]);
	}
	arena_release(&arena);
	return result;
}
