/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/cli.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "cli/alias.h"
#include "cli/command.h"
#include "cli/text.h"

LIMBECK_PRINTF(1, 0)
static char *format_text(const char *format, va_list arguments)
{
	va_list again;
	char *text = NULL;
	int length;

	va_copy(again, arguments);
	length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (length >= 0)
		text = malloc((size_t)length + 1);
	if (text)
		vsnprintf(text, (size_t)length + 1, format, arguments);
	return text;
}

int cli_fail(struct limbeck_error *err, int code, const char *format, ...)
{
	va_list arguments;

	limbeck_error_release(err);
	err->code = code;
	va_start(arguments, format);
	err->message = format_text(format, arguments);
	va_end(arguments);
	return -1;
}

void cli_detail(struct limbeck_error *err, const char *format, ...)
{
	va_list arguments;

	free(err->detail);
	va_start(arguments, format);
	err->detail = format_text(format, arguments);
	va_end(arguments);
}

void cli_hint(struct limbeck_error *err, const char *format, ...)
{
	va_list arguments;

	free(err->hint);
	va_start(arguments, format);
	err->hint = format_text(format, arguments);
	va_end(arguments);
}

int cli_nomem(struct limbeck_error *err)
{
	return cli_fail(err, LIMBECK_E_NOMEM, "no memory");
}

int cli_status(int code)
{
	switch (code) {
	case LIMBECK_OK:
		return CLI_DONE;
	case LIMBECK_E_USAGE:
	case LIMBECK_E_CONFIG:
	case LIMBECK_E_DRIVER:
		return CLI_USAGE;
	case LIMBECK_E_FOUND:
		return CLI_FOUND;
	case LIMBECK_E_BUSY:
		return CLI_BUSY;
	case LIMBECK_E_CANCELLED:
		return CLI_INTERRUPTED;
	default:
		return CLI_FAILED;
	}
}

/* A line of the log; its own words where the level needs some. */
static void write_log(void *data, int level, const char *line)
{
	struct cli *cli = data;
	const struct stream *stream = &cli->output.err;
	char *shown = strdup(line);

	if (shown)
		text_hide_passwords(shown);
	progress_break(&cli->progress);
	if (level == LIMBECK_LOG_ERROR)
		stream_paint(stream, PAINT_ERROR, "error: ");
	else if (level == LIMBECK_LOG_WARNING)
		stream_paint(stream, PAINT_ERROR, "warning: ");
	else if (level == LIMBECK_LOG_NOTICE)
		stream_paint(stream, PAINT_HINT, "notice: ");
	text_put(stream->file, shown ? shown : "(no memory for this line)");
	putc('\n', stream->file);
	free(shown);
}

static int log_level(const struct cli *cli)
{
	size_t verbose = arguments_count(&cli->args, OPTION_VERBOSE);

	if (verbose > 1)
		return LIMBECK_LOG_DEBUG;
	if (verbose == 1)
		return LIMBECK_LOG_INFO;
	return cli->quiet ? LIMBECK_LOG_WARNING : LIMBECK_LOG_NOTICE;
}

void cli_free_variables(char **variables)
{
	for (size_t i = 0; variables && variables[i]; i++)
		free(variables[i]);
	free(variables);
}

/* The values of -x as KEY=VALUE; without "=" the value is empty. */
static int make_variables(const struct cli *cli, char ***variables, struct limbeck_error *err)
{
	char **list = calloc(arguments_count(&cli->args, OPTION_VARIABLE) + 1, sizeof *list);
	size_t count = 0;

	for (size_t i = 0; list && i < cli->args.given_count; i++) {
		const struct argument *given = &cli->args.given[i];
		size_t length;

		if (given->id != OPTION_VARIABLE)
			continue;
		length = strlen(given->value);
		list[count] = malloc(length + 2);
		if (!list[count]) {
			cli_free_variables(list);
			return cli_nomem(err);
		}
		memcpy(list[count], given->value, length + 1);
		if (!strchr(given->value, '='))
			memcpy(list[count] + length, "=", 2);
		count++;
	}
	*variables = list;
	return list ? 0 : cli_nomem(err);
}

int cli_options(struct cli *cli, struct limbeck_options *options, char ***variables,
	struct limbeck_error *err)
{
	memset(options, 0, sizeof *options);
	if (make_variables(cli, variables, err) < 0)
		return -1;
	options->size = sizeof *options;
	options->config = arguments_value(&cli->args, OPTION_CONFIG);
	options->section = arguments_value(&cli->args, OPTION_NAME);
	options->url = arguments_value(&cli->args, OPTION_URL);
	options->driver_path = arguments_value(&cli->args, OPTION_DRIVER_PATH);
	options->variables = (const char *const *)*variables;
	options->variable_count = arguments_count(&cli->args, OPTION_VARIABLE);
	options->log_level = log_level(cli);
	options->log = write_log;
	options->log_data = cli;
	return 0;
}

/* An alias of the user's that can never be called deserves a word. */
static void warn_of_hidden_alias(struct cli *cli)
{
	const char *name = cli->alias ? cli->alias : cli->command ? cli->command->name : NULL;
	char key[64];

	if (!name || cli->quiet)
		return;
	snprintf(key, sizeof key, "alias.%s", name);
	if (limbeck_config_get(cli->lb, key))
		cli_say(cli, "warning: the alias \"%s\" is not used, for limbeck has a command of "
			"that name", name);
}

int cli_open(struct cli *cli, bool connects, struct limbeck_error *err)
{
	struct limbeck_options options;
	char **variables = NULL;
	int rc = cli_options(cli, &options, &variables, err);

	if (rc == 0)
		rc = limbeck_open(&cli->lb, &options, err);
	cli_free_variables(variables);
	if (rc < 0)
		return -1;
	warn_of_hidden_alias(cli);
	return connects ? signals_start(&cli->signals, cli->lb, err) : 0;
}

void cli_close(struct cli *cli)
{
	signals_stop(&cli->signals);
	limbeck_close(cli->lb);
	signals_release(&cli->signals);
	cli->lb = NULL;
}

int cli_list(const struct cli *cli, enum option_id id, const char ***list, size_t *count,
	struct limbeck_error *err)
{
	const char **values = calloc(arguments_count(&cli->args, id) + 1, sizeof *values);
	size_t n = 0;

	if (!values)
		return cli_nomem(err);
	for (size_t i = 0; i < cli->args.given_count; i++)
		if (cli->args.given[i].id == id)
			values[n++] = cli->args.given[i].value;
	*list = values;
	*count = n;
	return 0;
}

void cli_say(struct cli *cli, const char *format, ...)
{
	va_list arguments;
	char *text;

	if (cli->quiet)
		return;
	va_start(arguments, format);
	text = format_text(format, arguments);
	va_end(arguments);
	progress_break(&cli->progress);
	text_put(cli->output.err.file, text ? text : "no memory");
	putc('\n', cli->output.err.file);
	free(text);
}
