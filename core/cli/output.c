/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/text.h"

static const char *const codes[] = {
	[PAINT_ID] = "33",
	[PAINT_MARK] = "1;36",
	[PAINT_LABEL] = "32",
	[PAINT_HEADING] = "1",
	[PAINT_DIM] = "2",
	[PAINT_ERROR] = "1;31",
	[PAINT_HINT] = "1;36"
};

static void nothing(int signal_number)
{
	(void)signal_number;
}

/* A handler that does nothing, not SIG_IGN: programs that we start get the
 * default back. */
int output_prepare(void)
{
	struct sigaction action = { .sa_handler = nothing, .sa_flags = SA_RESTART };

	sigemptyset(&action.sa_mask);
	sigaction(SIGPIPE, &action, NULL);
	/* A file that may not grow (ulimit -f) is as a full disk. */
	sigaction(SIGXFSZ, &action, NULL);
	for (int fd = 0; fd <= 2; fd++) {
		if (fcntl(fd, F_GETFD) >= 0 || errno != EBADF)
			continue;
		/* Not to be written to: what would be printed there is lost, and
		 * that must show. */
		if (open("/dev/null", O_RDONLY) != fd)
			return -1;
	}
	return 0;
}

bool stream_is_terminal(FILE *file)
{
	return isatty(fileno(file)) == 1;
}

static struct stream stream_of(FILE *file, const char *when)
{
	struct stream stream = { .file = file };
	const char *term, *no_color;

	stream.terminal = stream_is_terminal(file);
	if (strcmp(when, "auto") != 0) {
		stream.color = strcmp(when, "always") == 0;
	} else if (stream.terminal) {
		term = limbeck_environment("TERM");
		no_color = limbeck_environment("NO_COLOR");
		stream.color = (!term || strcmp(term, "dumb") != 0) && !no_color;
	}
	return stream;
}

int output_setup(struct output *output, const char *when, struct limbeck_error *err)
{
	const char *how = when ? when : "auto";

	if (strcmp(how, "auto") != 0 && strcmp(how, "always") != 0 && strcmp(how, "never") != 0) {
		cli_fail(err, LIMBECK_E_USAGE, "option --color does not know \"%s\"", how);
		cli_hint(err, "It takes auto, always or never.");
		return -1;
	}
	output->out = stream_of(stdout, how);
	output->err = stream_of(stderr, how);
	return 0;
}

size_t stream_width(const struct stream *stream)
{
	struct winsize size = { 0 };

	if (stream->terminal && ioctl(fileno(stream->file), TIOCGWINSZ, &size) == 0 &&
	    size.ws_col >= 20)
		return size.ws_col;
	return 80;
}

void stream_paint(const struct stream *stream, enum paint paint, const char *text)
{
	if (stream->color)
		fprintf(stream->file, "\033[%sm", codes[paint]);
	text_put(stream->file, text);
	if (stream->color)
		fputs("\033[0m", stream->file);
}

/* Writes the text up to word, and the word painted; returns what follows. */
static const char *paint_word(const struct stream *stream, char *text, const char *word,
	enum paint paint)
{
	char *at = strstr(text, word);

	if (!at)
		return text;
	*at = '\0';
	text_put(stream->file, text);
	stream_paint(stream, paint, word);
	return at + strlen(word);
}

void stream_diagnostic(const struct stream *stream, const struct limbeck_error *error)
{
	char *text = limbeck_error_text(error);
	char *line = text;

	if (!error->file)
		fputs("limbeck: ", stream->file);
	if (text)
		text_hide_passwords(text);
	else
		fputs("error: no memory\n", stream->file);
	while (line && *line != '\0') {
		char *end = strchr(line, '\n');
		const char *rest = line;

		if (end)
			*end = '\0';
		if (line == text)
			rest = paint_word(stream, line, "error:", PAINT_ERROR);
		else if (strncmp(line, "hint:", 5) == 0)
			rest = paint_word(stream, line, "hint:", PAINT_HINT);
		text_put(stream->file, rest);
		putc('\n', stream->file);
		line = end ? end + 1 : NULL;
	}
	free(text);
}

int output_finish(void)
{
	errno = 0;
	if (fflush(stdout) == 0 && !ferror(stdout))
		return 0;
	/* The stream keeps a mark that a write failed, but not why. */
	return errno != 0 ? errno : EIO;
}
