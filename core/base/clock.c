/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/clock.h"

#include <stdio.h>
#include <string.h>

double clock_seconds(void)
{
	struct timespec now = { 0, 0 };

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void clock_text(char out[CLOCK_TEXT])
{
	struct timespec now = { 0, 0 };
	struct tm tm;
	size_t length;

	memset(&tm, 0, sizeof tm);
	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &tm);
	length = strftime(out, CLOCK_TEXT, "%Y-%m-%dT%H:%M:%S", &tm);
	snprintf(out + length, CLOCK_TEXT - length, ".%06luZ",
		(unsigned long)now.tv_nsec / 1000 % 1000000);
}

void clock_sleep(double seconds)
{
	struct timespec time;

	if (!(seconds > 0))
		return;
	if (seconds > 1e9)
		seconds = 1e9;
	time.tv_sec = (time_t)seconds;
	time.tv_nsec = (long)((seconds - (double)time.tv_sec) * 1e9);
	nanosleep(&time, NULL);
}
