/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/command.h"
#include "cli/json.h"
#include "cli/table.h"

struct drivers_state {
	struct cli *cli;
	struct table table;
	struct json_list drivers;
};

static json_t *describe(const struct limbeck_driver_info *driver)
{
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
		"scheme", json_text(driver->scheme),
		"name", json_text(driver->name),
		"version", json_text(driver->version),
		"abi", driver->problem ? json_null() : json_integer((json_int_t)driver->abi),
		"path", json_text(driver->path),
		"description", json_text(driver->description),
		"problem", json_text(driver->problem));
}

static int on_driver(void *data, const struct limbeck_driver_info *driver)
{
	struct drivers_state *state = data;

	if (state->cli->json) {
		json_list_add(&state->drivers, describe(driver));
		return 0;
	}
	table_add(&state->table, driver->scheme);
	table_add(&state->table, driver->name ? driver->name : "-");
	table_add(&state->table, driver->version ? driver->version : "-");
	table_add(&state->table, driver->path);
	table_add_format(&state->table, "%s%s", driver->problem ? "cannot be used: " : "",
		driver->problem ? driver->problem :
		driver->description ? driver->description : "");
	return 0;
}

static int start(struct drivers_state *state, struct limbeck_error *err)
{
	static const char *const heading[] = {
		"SCHEME", "DRIVER", "VERSION", "FILE", "DESCRIPTION"
	};

	if (state->cli->json)
		return json_list_init(&state->drivers, err);
	state->table.columns = sizeof heading / sizeof heading[0];
	for (size_t i = 0; i < state->table.columns; i++)
		table_add(&state->table, heading[i]);
	return 0;
}

static int finish(struct drivers_state *state, struct limbeck_error *err)
{
	if (state->cli->json)
		return json_list_answer(state->cli, &state->drivers, "drivers", NULL, err);
	if (state->table.count <= state->table.columns && !state->table.failed) {
		cli_say(state->cli, "No driver was found.");
		return 0;
	}
	return table_print(&state->table, &state->cli->output.out, err);
}

/* A project is not needed; but where there is one, it may name a folder. An
 * error that is not about a file means that there is none. */
static int open_project(struct cli *cli, struct limbeck_error *err)
{
	if (cli_open(cli, false, err) == 0)
		return 0;
	if (err->code != LIMBECK_E_CONFIG || err->file ||
	    arguments_count(&cli->args, OPTION_CONFIG) > 0 ||
	    arguments_count(&cli->args, OPTION_NAME) > 0)
		return -1;
	limbeck_error_release(err);
	return 0;
}

static int run(struct cli *cli, struct limbeck_error *err)
{
	struct drivers_state state = { .cli = cli };
	struct limbeck_options options;
	char **variables = NULL;
	int rc = -1;

	if (start(&state, err) < 0 || cli_options(cli, &options, &variables, err) < 0)
		goto out;
	if (open_project(cli, err) < 0)
		goto out;
	rc = limbeck_drivers(cli->lb, &options, on_driver, &state, err);
	if (rc == 0)
		rc = finish(&state, err);
out:
	cli_free_variables(variables);
	table_release(&state.table);
	json_list_release(&state.drivers);
	return rc;
}

const struct command cmd_drivers = {
	.name = "drivers",
	.summary = "list the database drivers that are installed",
	.usage = "[OPTION]...",
	.about = "Prints a line for each driver that is found: the scheme of the URLs that it "
		"serves, its name and version, and its file; or why it can't be used.",
	.examples = "    limbeck drivers\n",
	.words = "no arguments",
	.run = run
};
