/* SPDX-License-Identifier: BSD-2-Clause */
#include "tap.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static struct {
	unsigned planned, run, failed;
} state;

void plan(unsigned count)
{
	state.planned = count;
	printf("1..%u\n", count);
	fflush(stdout);
}

static void remark(const char *format, va_list arguments) LIMBECK_PRINTF(1, 0);
static void remark(const char *format, va_list arguments)
{
	char text[4096];
	char *line = text;

	fflush(stdout);
	vsnprintf(text, sizeof text, format, arguments);
	while (line) {
		char *end = strchr(line, '\n');

		if (end)
			*end++ = '\0';
		fprintf(stderr, "# %s\n", line);
		line = end && *end ? end : NULL;
	}
}

void diag(const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	remark(format, arguments);
	va_end(arguments);
}

static bool result(bool success, const char *name, va_list arguments) LIMBECK_PRINTF(2, 0);
static bool result(bool success, const char *name, va_list arguments)
{
	char text[512];

	vsnprintf(text, sizeof text, name, arguments);
	for (char *c = text; *c; c++) {
		if (*c == '\n' || *c == '#')
			*c = ' ';
	}
	state.run++;
	printf("%s %u - %s\n", success ? "ok" : "not ok", state.run, text);
	fflush(stdout);
	if (!success) {
		state.failed++;
		diag("failed: %s", text);
	}
	return success;
}

bool ok(bool success, const char *name, ...)
{
	va_list arguments;

	va_start(arguments, name);
	result(success, name, arguments);
	va_end(arguments);
	return success;
}

bool is_str(const char *got, const char *want, const char *name, ...)
{
	bool same = got && want ? strcmp(got, want) == 0 : got == want;
	va_list arguments;

	va_start(arguments, name);
	result(same, name, arguments);
	va_end(arguments);
	if (!same) {
		diag("got:  %s", got ? got : "(null)");
		diag("want: %s", want ? want : "(null)");
	}
	return same;
}

bool is_int(long long got, long long want, const char *name, ...)
{
	va_list arguments;

	va_start(arguments, name);
	result(got == want, name, arguments);
	va_end(arguments);
	if (got != want)
		diag("got %lld, want %lld", got, want);
	return got == want;
}

int done_testing(void)
{
	if (!state.planned)
		plan(state.run);
	if (state.planned != state.run)
		diag("planned %u tests but ran %u", state.planned, state.run);
	if (state.failed)
		diag("%u of %u tests failed", state.failed, state.run);
	return state.failed || state.planned != state.run ? 1 : 0;
}
