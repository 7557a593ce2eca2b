/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/progress.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "cli/text.h"

void progress_start(struct progress *progress, const struct stream *stream, bool live)
{
	memset(progress, 0, sizeof *progress);
	progress->stream = stream;
	progress->live = live && stream && stream->terminal;
	/* One write for a line, however many pieces it has. */
	if (stream)
		setvbuf(stream->file, NULL, _IOLBF, BUFSIZ);
}

static void erase(struct progress *progress)
{
	if (!progress->drawn)
		return;
	fputs("\r\033[K", progress->stream->file);
	progress->drawn = false;
}

void progress_break(struct progress *progress)
{
	if (!progress->stream)
		return;
	if (progress->begun) {
		putc('\n', progress->stream->file);
		progress->begun = false;
		progress->cut = true;
	}
	erase(progress);
	fflush(progress->stream->file);
}

void progress_stop(struct progress *progress)
{
	progress_break(progress);
	free(progress->waiting);
	memset(progress, 0, sizeof *progress);
}

static const char *verb(const struct limbeck_step *step)
{
	return step->direction == LIMBECK_UP ? "upgrade" :
		step->direction == LIMBECK_DOWN ? "downgrade" : "stamp_revision";
}

static void put_message(FILE *file, const struct limbeck_step *step)
{
	char *message;

	if (!step->message || step->message[0] == '\0')
		return;
	message = text_line(step->message);
	if (message)
		fprintf(file, ", %s", message);
	free(message);
}

static void put_step(FILE *file, const char *word, const struct limbeck_step *step)
{
	fprintf(file, "%s %s ", word, verb(step));
	text_put_list(file, step->from, step->from_count);
	fputs(" -> ", file);
	text_put_list(file, step->to, step->to_count);
	put_message(file, step);
}

static void put_time(const struct stream *stream, double seconds)
{
	char text[64];

	fputs("  ", stream->file);
	snprintf(text, sizeof text, "[%.3fs]", seconds);
	stream_paint(stream, PAINT_DIM, text);
	putc('\n', stream->file);
}

/* What is running, as one line of text; NULL when there is no memory. */
static char *describe(const struct limbeck_event *event)
{
	const struct limbeck_step *step = event->step;
	char *text = NULL;
	size_t size;
	FILE *file = open_memstream(&text, &size);

	if (!file)
		return NULL;
	if (step) {
		size_t left = event->total > event->index ? event->total - event->index - 1 : 0;

		fprintf(file, "%zu of %zu, %zu left: %s %s", event->index + 1, event->total, left,
			step->direction == LIMBECK_STAMP ? "stamp" : verb(step), step->revision);
		put_message(file, step);
		if (event->kind == LIMBECK_EVENT_STATEMENT)
			fprintf(file, " (statement %" PRId64 " of %" PRId64 ")", event->count,
				event->of);
		else if (event->kind == LIMBECK_EVENT_REPEAT)
			fprintf(file, " (%" PRId64 " rows so far)", event->count);
	} else {
		fprintf(file, "waiting for the lock, held by %s",
			event->text ? event->text : "another run");
	}
	if (fclose(file) != 0) {
		free(text);
		return NULL;
	}
	return text;
}

static void draw(struct progress *progress, const struct limbeck_event *event)
{
	const struct stream *stream = progress->stream;
	char *text = describe(event);
	char *line = text ? text_line(text) : NULL;

	free(text);
	if (!line)
		return;
	line[text_cut(line, stream_width(stream) - 1)] = '\0';
	fprintf(stream->file, "\r%s\033[K", line);
	fflush(stream->file);
	progress->drawn = true;
	clock_gettime(CLOCK_MONOTONIC, &progress->last);
	free(line);
}

/* The first statements of a step always show; of thousands that follow each
 * other quickly, twenty in a second. */
static bool is_due(const struct progress *progress, const struct limbeck_event *event)
{
	struct timespec now;

	if (event->count <= 20)
		return true;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - progress->last.tv_sec) +
		(double)(now.tv_nsec - progress->last.tv_nsec) / 1e9 >= 0.05;
}

static void begin(struct progress *progress, const struct limbeck_event *event)
{
	progress_break(progress);
	progress->cut = false;
	if (progress->live) {
		draw(progress, event);
		return;
	}
	put_step(progress->stream->file, "Running", event->step);
	fflush(progress->stream->file);
	progress->begun = true;
}

static void end(struct progress *progress, const struct limbeck_event *event)
{
	erase(progress);
	/* A message came between: the line stands above it already. */
	if (!progress->begun)
		put_step(progress->stream->file, progress->cut ? "Finished" : "Running",
			event->step);
	put_time(progress->stream, event->seconds);
	progress->begun = progress->cut = false;
}

static void wait_for(struct progress *progress, const struct limbeck_event *event)
{
	const char *holder = event->text ? event->text : "another run";

	if (progress->live) {
		draw(progress, event);
		return;
	}
	if (progress->waiting && strcmp(progress->waiting, holder) == 0)
		return;
	progress_break(progress);
	fputs("Waiting for the lock, held by ", progress->stream->file);
	text_put(progress->stream->file, holder);
	putc('\n', progress->stream->file);
	free(progress->waiting);
	progress->waiting = strdup(holder);
}

static void blocked(struct progress *progress, const struct limbeck_event *event)
{
	FILE *file = progress->stream->file;

	progress_break(progress);
	progress->cut = true;
	fprintf(file, "  a lock could not be had, so all was let go; trying again in %.1f s",
		event->seconds);
	if (event->text && *event->text) {
		fputs("; in the way: ", file);
		text_put(file, event->text);
	}
	putc('\n', file);
	fflush(file);
}

void progress_event(struct progress *progress, const struct limbeck_event *event)
{
	if (!progress->stream)
		return;
	switch (event->kind) {
	case LIMBECK_EVENT_BEGIN:
		begin(progress, event);
		break;
	case LIMBECK_EVENT_END:
		end(progress, event);
		break;
	case LIMBECK_EVENT_WAIT:
		wait_for(progress, event);
		break;
	case LIMBECK_EVENT_BLOCKED:
		blocked(progress, event);
		break;
	case LIMBECK_EVENT_STATEMENT:
	case LIMBECK_EVENT_REPEAT:
		if (progress->live && event->step && is_due(progress, event))
			draw(progress, event);
		break;
	default:
		break;
	}
}
