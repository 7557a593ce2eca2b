/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdint.h>
#include <string.h>

#include "cli/command.h"
#include "cli/json.h"

static const struct option_spec options[] = {
	{ OPTION_END, 0, NULL, NULL, NULL }
};

struct report {
	struct cli *cli;
	json_t *created;
	json_t *kept;
};

static void on_report(void *data, const char *action, const char *name)
{
	struct report *report = data;

	json_array_append_new(strcmp(action, "Creating") == 0 ? report->created : report->kept,
		json_text(name));
	cli_say(report->cli, "  %s %s ...  done", action, name);
}

static int run(struct cli *cli, struct limbeck_error *err)
{
	struct report report = { .cli = cli, .created = json_array(), .kept = json_array() };
	int rc = cli_open(cli, true, err);

	if (rc == 0)
		rc = limbeck_extensions(cli->lb, cli->args.words, cli->args.word_count, on_report,
			&report, err);
	if (rc == 0 && cli->json)
		rc = json_answer(cli, json_pack("{s:O, s:O}", "created", report.created,
			"kept", report.kept), err);
	json_decref(report.created);
	json_decref(report.kept);
	return rc;
}

const struct command cmd_extensions = {
	.name = "extensions",
	.summary = "create extensions of the engine that are missing",
	.usage = "[OPTION]... NAME...",
	.about = "Creates those of the named extensions that the database does not have yet. On an "
		"engine that has no extensions nothing is done, so that the same script serves the "
		"database of the tests.",
	.examples = "    limbeck extensions citext pgcrypto\n",
	.options = options,
	.words = "the extensions",
	.words_min = 1,
	.words_max = SIZE_MAX,
	.run = run
};
