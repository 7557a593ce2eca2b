/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/help.h"

#include <string.h>

#include "cli/alias.h"
#include "cli/text.h"

enum { WIDEST = 88, OPTION_COLUMN = 28 };

static size_t page_width(const struct stream *stream)
{
	size_t width = stream_width(stream);

	return width < WIDEST ? width : WIDEST;
}

static void indent(FILE *file, size_t count)
{
	fprintf(file, "%*s", (int)count, "");
}

/* Writes words from column at on, wrapped, further lines from column left on.
 * A newline in the text ends the line, two make a paragraph. */
static void put_wrapped(const struct stream *stream, const char *text, size_t at, size_t left)
{
	size_t width = page_width(stream), column = at;

	while (*text != '\0') {
		size_t length = strcspn(text, " \n");

		if (column > left && column + 1 + length > width) {
			putc('\n', stream->file);
			indent(stream->file, left);
			column = left;
		}
		if (column > left) {
			putc(' ', stream->file);
			column++;
		}
		fwrite(text, 1, length, stream->file);
		column += length;
		text += length;
		for (; *text == '\n'; text++) {
			putc('\n', stream->file);
			column = left;
		}
		text += *text == ' ';
	}
	putc('\n', stream->file);
}

static void put_heading(const struct stream *stream, const char *text)
{
	putc('\n', stream->file);
	stream_paint(stream, PAINT_HEADING, text);
	putc('\n', stream->file);
}

static void put_option(const struct stream *stream, const struct option_spec *option)
{
	char text[80] = "  ";
	size_t length = 2;

	if (option->letter != 0)
		length += (size_t)snprintf(text + length, sizeof text - length, "-%c%s",
			option->letter, option->name ? ", " : "");
	else
		length += (size_t)snprintf(text + length, sizeof text - length, "    ");
	if (option->name)
		length += (size_t)snprintf(text + length, sizeof text - length, "--%s",
			option->name);
	if (option->argument)
		length += (size_t)snprintf(text + length, sizeof text - length, " %s",
			option->argument);
	fputs(text, stream->file);
	if (length + 2 > OPTION_COLUMN) {
		putc('\n', stream->file);
		length = 0;
	}
	indent(stream->file, OPTION_COLUMN - length);
	put_wrapped(stream, option->help, OPTION_COLUMN, OPTION_COLUMN);
}

static void put_options(const struct stream *stream, const char *heading,
	const struct option_spec *options)
{
	if (!options || options->id == OPTION_END)
		return;
	put_heading(stream, heading);
	for (; options->id != OPTION_END; options++)
		put_option(stream, options);
}

static void put_item(const struct stream *stream, const char *name, const char *text)
{
	size_t length = strlen(name);

	fputs("  ", stream->file);
	stream_paint(stream, PAINT_ID, name);
	indent(stream->file, length < 16 ? 16 - length : 2);
	put_wrapped(stream, text, 18, 18);
}

static void put_commands(const struct stream *stream)
{
	put_heading(stream, "Commands:");
	for (const struct command *const *c = command_table; *c; c++)
		put_item(stream, (*c)->name, (*c)->summary);
	put_heading(stream, "Aliases:");
	for (const struct alias *alias = alias_table; alias->name; alias++)
		put_item(stream, alias->name, alias->line);
}

void help_program(const struct stream *stream)
{
	fputs("Usage: limbeck [OPTION]... COMMAND [ARGUMENT]...\n\n", stream->file);
	put_wrapped(stream, "Limbeck migrates databases: it applies revisions, which are SQL files "
		"under version control, in order, and keeps account of them in the database.",
		0, 0);
	put_commands(stream);
	put_options(stream, "Options, before the command or after it:", command_globals);
	put_heading(stream, "Examples:");
	fputs("    limbeck upgrade head\n"
		"    limbeck current\n"
		"    limbeck history --indicate-current\n", stream->file);
	put_heading(stream, "Exit status:");
	fputs("  0    done\n"
		"  1    failed\n"
		"  2    wrong usage or configuration\n"
		"  3    a check found something\n"
		"  4    the lock was not to be had in time\n"
		"  130  interrupted\n\n", stream->file);
	put_wrapped(stream, "`limbeck help COMMAND` says more about a command.", 0, 0);
}

void help_short(const struct stream *stream)
{
	fputs("Usage: limbeck [OPTION]... COMMAND [ARGUMENT]...\n\n"
		"  limbeck init              start a project\n"
		"  limbeck revision -m TEXT  write a new revision\n"
		"  limbeck upgrade head      apply all revisions\n"
		"  limbeck current           say where the database is\n\n"
		"`limbeck help` lists all commands and options.\n", stream->file);
}

void help_command(const struct stream *stream, const struct command *command)
{
	FILE *file = stream->file;

	fprintf(file, "Usage: limbeck %s %s\n\n", command->name, command->usage);
	put_wrapped(stream, command->about, 0, 0);
	put_options(stream, "Options:", command->options);
	if (command->examples) {
		put_heading(stream, "Examples:");
		fputs(command->examples, file);
	}
	if (command->statuses) {
		put_heading(stream, "Exit status:");
		fputs(command->statuses, file);
	}
	putc('\n', file);
	put_wrapped(stream, "The options of `limbeck help` hold for this command too.", 0, 0);
}

void help_alias(const struct stream *stream, const char *name, const char *line)
{
	size_t length = strcspn(line, " ");

	fprintf(stream->file, "%s stands for: limbeck ", name);
	text_put(stream->file, line);
	fprintf(stream->file, "\n\nArguments that you add follow it. `limbeck help %.*s` says "
		"more.\n", (int)length, line);
}
