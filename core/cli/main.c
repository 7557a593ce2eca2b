/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdio.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/command.h"
#include "cli/json.h"

/* Whether --json was asked for, even where the line can't be read. */
static bool wants_json(const char *const *line)
{
	for (; *line && strcmp(*line, "--") != 0; line++)
		if (strcmp(*line, "--json") == 0)
			return true;
	return false;
}

static int report(struct cli *cli, const struct limbeck_error *error, bool json)
{
	struct limbeck_error again = LIMBECK_ERROR_INIT;

	progress_stop(&cli->progress);
	/* What was found comes before what is wrong with it. */
	fflush(stdout);
	stream_diagnostic(&cli->output.err, error);
	if (json && !cli->answered &&
	    json_answer(cli, json_pack("{s:o}", "error", json_failure(error)), &again) < 0)
		stream_diagnostic(&cli->output.err, &again);
	limbeck_error_release(&again);
	return error->code == LIMBECK_OK ? CLI_FAILED : cli_status(error->code);
}

int main(int argc, char **argv)
{
	struct cli cli = { 0 };
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	const char *const *line = (const char *const *)argv + (argc > 0);
	int status, rc;
	bool told;

	if (output_prepare() < 0 || output_setup(&cli.output, NULL, &err) < 0)
		return CLI_FAILED;
	rc = command_line(&cli, line, &err);
	told = rc < 0 && err.code == LIMBECK_E_IO;
	status = rc < 0 ? report(&cli, &err, wants_json(line)) : cli.status;
	cli_close(&cli);
	progress_stop(&cli.progress);
	arguments_release(&cli.args);
	limbeck_error_release(&err);
	rc = output_finish();
	/* Not twice, where the command itself saw it. */
	if (rc != 0 && !told) {
		fprintf(cli.output.err.file,
			"limbeck: error: could not write to standard output: %s\n", strerror(rc));
		if (status == CLI_DONE)
			status = CLI_FAILED;
	}
	return status;
}
