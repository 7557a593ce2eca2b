/* SPDX-License-Identifier: BSD-2-Clause */
/* Files by pattern, and programs whose output is wanted. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/glob.h"
#include "base/process.h"
#include "tap.h"

static char root[] = "/tmp/limbeck-glob-XXXXXX";

static void make(const char *name)
{
	char path[512], *slash;

	snprintf(path, sizeof path, "%s/%s", root, name);
	for (slash = strchr(path + strlen(root) + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(path, 0777);
		*slash = '/';
	}
	file_create(path, "x", 1, NULL);
}

/* The files that fit, without the root, separated by blanks. */
static void finds(const char *pattern, const char *want, const char *name)
{
	struct arena arena = ARENA_INIT;
	struct glob_list list = { 0 };
	char full[512], got[1024] = "";

	snprintf(full, sizeof full, "%s/%s", root, pattern);
	if (glob_files(&arena, full, &list, NULL) < 0)
		snprintf(got, sizeof got, "failed");
	for (size_t i = 0; i < list.count; i++)
		snprintf(got + strlen(got), sizeof got - strlen(got), "%s%s", i ? " " : "",
			list.items[i] + strlen(root) + 1);
	is_str(got, want, "%s", name);
	arena_release(&arena);
}

static void test_glob(void)
{
	struct arena arena = ARENA_INIT;
	struct glob_list list = { 0 };
	char full[512];

	make("b.sql");
	make("a.sql");
	make(".hidden.sql");
	make("a.txt");
	make("app/c.sql");
	make("app/deep/d.sql");
	make("app/.git/e.sql");
	snprintf(full, sizeof full, "%s/loop", root);
	if (symlink(root, full) < 0)
		diag("no symbolic link could be made");
	finds("a.sql", "a.sql", "a name is a file");
	finds("./a.sql", "a.sql", "./ at its front does no harm");
	finds("none.sql", "", "a file that is not there is none");
	finds("app", "", "a folder is no file");
	finds("*.sql", "a.sql b.sql", "a star: sorted, and hidden ones left out");
	finds(".h*.sql", ".hidden.sql", "a point is named");
	finds("?.[st]*", "a.sql a.txt b.sql", "a question mark and brackets");
	finds("*/*.sql", "app/c.sql loop/a.sql loop/b.sql", "a star for a folder");
	finds("none/*.sql", "", "a folder that is not there has no files");
	finds("**/*.sql", "a.sql b.sql app/c.sql app/deep/d.sql",
		"two stars: here and below, not in hidden folders, nor through links");
	finds("app/**", "app/c.sql app/deep/d.sql", "two stars at the end: all files");
	finds("**/deep/*.sql", "app/deep/d.sql", "two stars before a name");
	snprintf(full, sizeof full, "%s/b.sql", root);
	glob_files(&arena, full, &list, NULL);
	snprintf(full, sizeof full, "%s/*.sql", root);
	glob_files(&arena, full, &list, NULL);
	is_int((long long)list.count, 2, "a file that two patterns fit comes once");
	ok(glob_is_pattern("a?") && glob_is_pattern("[a]") && !glob_is_pattern("a.sql"),
		"patterns are told from names");
	arena_release(&arena);
}

static bool at_once(void *data)
{
	(void)data;
	return true;
}

struct captured {
	struct strbuf out, errors;
	struct limbeck_error err;
	int status, result;
	double seconds;
};

static void capture(struct captured *captured, const char *command, double seconds,
	bool (*stop)(void *data))
{
	const char *argv[] = { "/bin/sh", "-c", command, NULL };
	const struct limbeck_error empty = LIMBECK_ERROR_INIT;
	const struct capture how = { .argv = argv, .folder = root, .out = &captured->out,
		.errors = &captured->errors, .most = 1000000, .seconds = seconds, .stop = stop };
	double start = clock_seconds();

	strbuf_init(&captured->out);
	strbuf_init(&captured->errors);
	captured->err = empty;
	captured->status = -1;
	captured->result = process_capture(&how, &captured->status, &captured->err);
	captured->seconds = clock_seconds() - start;
}

static void release(struct captured *captured)
{
	strbuf_release(&captured->out);
	strbuf_release(&captured->errors);
	limbeck_error_release(&captured->err);
}

static void test_capture(void)
{
	struct captured captured;

	capture(&captured, "cat a.sql; echo oops >&2; exit 3", 60, NULL);
	ok(captured.result == 0 && captured.status == 3, "the exit status is known");
	is_str(captured.out.buf, "x", "it ran in its folder, and its output was taken");
	is_str(captured.errors.buf, "oops\n", "so was what it said of errors");
	release(&captured);
	capture(&captured, "cat; echo end", 60, NULL);
	is_str(captured.out.buf, "end\n", "it has nothing to read");
	release(&captured);
	capture(&captured, "kill -9 $$", 60, NULL);
	is_int(captured.status, 137, "one that a signal ends has 128 and the signal");
	release(&captured);
	capture(&captured, "head -c 500000 /dev/zero | tr '\\0' a; head -c 500000 /dev/zero >&2", 60,
		NULL);
	ok(captured.result == 0 && captured.out.len == 500000 && captured.errors.len == 500000,
		"much output on both sides does not block");
	release(&captured);
	capture(&captured, "head -c 2000000 /dev/zero", 60, NULL);
	ok(captured.result < 0 && captured.err.code == LIMBECK_E_IO, "too much is an error");
	release(&captured);
	capture(&captured, "sleep 60 & sleep 60", 0.3, NULL);
	ok(captured.result < 0 && captured.err.code == LIMBECK_E_IO && captured.seconds < 10,
		"one that does not end is ended, with what it started");
	release(&captured);
	capture(&captured, "exec >&- 2>&-; sleep 60", 0.3, NULL);
	ok(captured.result < 0 && captured.seconds < 10, "so is one that closed its outputs");
	release(&captured);
	capture(&captured, "sleep 60", 60, at_once);
	ok(captured.result < 0 && captured.err.code == LIMBECK_E_CANCELLED && captured.seconds < 10,
		"it stops when it is told to");
	release(&captured);
}

int main(void)
{
	char command[128];

	if (!mkdtemp(root))
		return 1;
	test_glob();
	test_capture();
	snprintf(command, sizeof command, "rm -rf %s", root);
	if (system(command) != 0)
		diag("%s is left behind", root);
	return done_testing();
}
