/* SPDX-License-Identifier: BSD-2-Clause */
/* The help texts, made from the tables of commands and options. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "cli/command.h"

/* The program: all commands and the options that all of them have. */
void help_program(const struct stream *stream);
/* A few lines for someone who gave no command. */
void help_short(const struct stream *stream);
void help_command(const struct stream *stream, const struct command *command);
/* What an alias stands for. */
void help_alias(const struct stream *stream, const char *name, const char *line);

#endif
