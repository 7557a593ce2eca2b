/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * measure: runs a command and says what it took.
 *
 *     measure [-n TIMES] [-i FILE] [-o FILE] [-x FILE] [-d FOLDER]
 *             [-e NAME=VALUE]... COMMAND [ARGUMENT]...
 *
 * -n runs it so many times, one after the other; -i, -o and -x are its standard
 * input, output and error (/dev/null, /dev/null and our own); -d is the folder
 * that it starts in.
 *
 * Prints one line: wall-clock seconds, its own user and system CPU seconds (of
 * all runs together), its largest resident size in KiB, and the exit status of
 * the last run; a run that fails is the last.
 *
 * It is a small C program since the size that the kernel reports for a child is
 * never below that of the process that started it.
 */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

struct streams {
	const char *input;
	const char *output;
	const char *error;
};

struct taken {
	double wall;
	double user;
	double system;
	long largest;
	int status;
};

static void die(const char *what)
{
	fprintf(stderr, "measure: %s: %s\n", what, strerror(errno));
	exit(125);
}

static double now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

static double seconds(const struct timeval *tv)
{
	return (double)tv->tv_sec + (double)tv->tv_usec / 1e6;
}

static void prepare_streams(posix_spawn_file_actions_t *actions, const struct streams *streams)
{
	const int create = O_WRONLY | O_CREAT | O_TRUNC;

	posix_spawn_file_actions_init(actions);
	posix_spawn_file_actions_addopen(actions, 0, streams->input, O_RDONLY, 0);
	posix_spawn_file_actions_addopen(actions, 1, streams->output, create, 0666);
	if (streams->error)
		posix_spawn_file_actions_addopen(actions, 2, streams->error, create, 0666);
}

static void run(const posix_spawn_file_actions_t *actions, char **command, struct taken *taken)
{
	struct rusage usage;
	double start = now();
	pid_t pid;
	int status;

	errno = posix_spawnp(&pid, command[0], actions, NULL, command, environ);
	if (errno)
		die(command[0]);
	while (wait4(pid, &status, 0, &usage) < 0)
		if (errno != EINTR)
			die("wait4");
	taken->wall += now() - start;
	taken->user += seconds(&usage.ru_utime);
	taken->system += seconds(&usage.ru_stime);
	if (usage.ru_maxrss > taken->largest)
		taken->largest = usage.ru_maxrss;
	taken->status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

static void usage(void)
{
	fputs("usage: measure [-n TIMES] [-i FILE] [-o FILE] [-x FILE] [-d FOLDER]"
	      " [-e NAME=VALUE]... COMMAND [ARGUMENT]...\n", stderr);
	exit(125);
}

static int read_options(int argc, char **argv, struct streams *streams, long *times)
{
	int option;

	/* "+": what follows the command's name is the command's. */
	while ((option = getopt(argc, argv, "+n:i:o:x:d:e:")) != -1) {
		if (option == 'n')
			*times = strtol(optarg, NULL, 10);
		else if (option == 'i')
			streams->input = optarg;
		else if (option == 'o')
			streams->output = optarg;
		else if (option == 'x')
			streams->error = optarg;
		else if (option == 'd' && chdir(optarg) < 0)
			die(optarg);
		else if (option == 'e' && putenv(optarg) != 0)
			die(optarg);
		else if (option == '?')
			usage();
	}
	if (optind >= argc || *times < 1)
		usage();
	return optind;
}

int main(int argc, char **argv)
{
	struct streams streams = { "/dev/null", "/dev/null", NULL };
	struct taken taken = { 0 };
	posix_spawn_file_actions_t actions;
	long times = 1;
	int first = read_options(argc, argv, &streams, &times);

	prepare_streams(&actions, &streams);
	for (long i = 0; i < times && taken.status == 0; i++)
		run(&actions, argv + first, &taken);
	posix_spawn_file_actions_destroy(&actions);
	printf("%.6f %.6f %.6f %ld %d\n", taken.wall, taken.user, taken.system, taken.largest,
		taken.status);
	return 0;
}
