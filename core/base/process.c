/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/process.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/file.h"
#include "base/vec.h"

/* Only what is safe between fork and exec in a program with threads. */
static _Noreturn void child(const struct process *process, char *const *argv, int out)
{
	if (dup2(out, STDOUT_FILENO) < 0)
		_exit(127);
	if (process->folder && chdir(process->folder) < 0)
		_exit(127);
	execvp(argv[0], argv);
	_exit(127);
}

static char **copy_words(struct arena *arena, const char *const *argv)
{
	VEC(char *) list = VEC_INIT;

	for (; *argv; argv++) {
		char *copy = arena_strdup(arena, *argv);

		if (!copy || !vec_push_arena(&list, copy, arena))
			return NULL;
	}
	return vec_push_arena(&list, NULL, arena) ? list.items : NULL;
}

static int wait_for(pid_t pid, int *status)
{
	int raw;

	while (waitpid(pid, &raw, 0) < 0)
		if (errno != EINTR)
			return -1;
	*status = WIFSIGNALED(raw) ? 128 + WTERMSIG(raw) : WEXITSTATUS(raw);
	return 0;
}

int process_run(const struct process *process, int *status, struct limbeck_error *err)
{
	struct arena arena = ARENA_INIT;
	char **argv = copy_words(&arena, process->argv);
	int ends[2] = { -1, STDERR_FILENO };
	int result = -1;
	pid_t pid;

	if (!argv) {
		error_nomem(err);
		goto out;
	}
	if (process->out && pipe(ends) < 0) {
		error_errno(err, "could not make a pipe");
		goto out;
	}
	pid = fork();
	if (pid == 0)
		child(process, argv, ends[1]);
	if (process->out)
		close(ends[1]);
	if (pid < 0) {
		error_errno(err, "could not start %s", argv[0]);
		goto out;
	}
	result = process->out ? file_read_fd(ends[0], argv[0], 0, process->out, NULL, err) : 0;
	if (wait_for(pid, status) < 0)
		result = error_errno(err, "could not wait for %s", argv[0]);
	else if (*status == 127 && result == 0)
		result = error_set(err, LIMBECK_E_IO, "could not run %s", argv[0]);
out:
	if (ends[0] >= 0)
		close(ends[0]);
	arena_release(&arena);
	return result;
}

/* Appends one word of *line to word; false at an open quote. */
static bool take_word(const char **line, struct strbuf *word)
{
	char quote = 0;
	const char *p = *line;

	for (; *p && (quote || !strchr(" \t\r\n", *p)); p++) {
		if (quote ? *p == quote : *p == '\'' || *p == '"')
			quote = quote ? 0 : *p;
		else if (*p == '\\' && quote != '\'' && p[1])
			strbuf_addch(word, *++p);
		else
			strbuf_addch(word, *p);
	}
	*line = p;
	return !quote;
}

const char **process_words(struct arena *arena, const char *line, struct limbeck_error *err)
{
	VEC(const char *) words = VEC_INIT;
	struct strbuf word = STRBUF_INIT;
	bool closed = true, memory = true;

	for (line += strspn(line, " \t\r\n"); *line && closed && memory;
		line += strspn(line, " \t\r\n")) {
		const char *copy;

		strbuf_reset(&word);
		closed = take_word(&line, &word);
		copy = strbuf_failed(&word) ? NULL : arena_strdup(arena, word.buf);
		memory = copy && vec_push_arena(&words, copy, arena);
	}
	strbuf_release(&word);
	if (closed && memory && vec_push_arena(&words, NULL, arena))
		return words.items;
	if (closed)
		error_nomem(err);
	else
		error_set(err, LIMBECK_E_CONFIG, "a quote is not closed in a command line");
	return NULL;
}
