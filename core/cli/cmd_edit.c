/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "cli/command.h"
#include "cli/json.h"
#include "cli/listing.h"

/* The files are opened once all are known, so that the library is not held up
 * while somebody writes. */
struct edit_state {
	struct listing listing; /* for --json */
	char **paths;
	size_t count;
	bool failed;            /* no memory */
};

static int on_revision(void *data, const struct limbeck_revision *revision)
{
	struct edit_state *state = data;
	char **more;
	char *path;

	if (!revision->path || revision->path[0] == '\0')
		return 0;
	more = realloc(state->paths, (state->count + 1) * sizeof *more);
	path = strdup(revision->path);
	if (more)
		state->paths = more;
	if (!more || !path) {
		free(path);
		state->failed = true;
		return 1;
	}
	state->paths[state->count++] = path;
	return state->listing.cli->json ? listing_show(&state->listing, revision) : 0;
}

/* Written so that a shell reads one word, and no program an option. */
static void put_quoted(FILE *file, const char *path)
{
	fputs(path[0] == '-' ? "'./" : "'", file);
	for (; *path != '\0'; path++)
		if (*path == '\'')
			fputs("'\\''", file);
		else
			putc(*path, file);
	putc('\'', file);
}

/* VISUAL and EDITOR may hold options too: a shell is to read them. */
static char *command_for(const struct cli *cli, const char *editor, const char *path)
{
	char *line = NULL;
	size_t size;
	FILE *file = open_memstream(&line, &size);

	if (!file)
		return NULL;
	fprintf(file, "%s ", editor);
	put_quoted(file, path);
	/* Standard output is for the one JSON value. */
	if (cli->json)
		fputs(" >&2", file);
	if (fclose(file) == 0)
		return line;
	free(line);
	return NULL;
}

static const char *choose_editor(void)
{
	const char *editor = limbeck_environment("VISUAL");

	if (!editor)
		editor = limbeck_environment("EDITOR");
	return editor ? editor : "vi";
}

static int fail_editor(const char *editor, const char *path, int status,
	struct limbeck_error *err)
{
	if (status < 0)
		cli_fail(err, LIMBECK_E_IO, "could not start the editor \"%s\"", editor);
	else if (WIFSIGNALED(status))
		cli_fail(err, LIMBECK_E_IO, "the editor \"%s\" was ended by signal %d", editor,
			WTERMSIG(status));
	else
		cli_fail(err, LIMBECK_E_IO, "the editor \"%s\" failed with status %d", editor,
			WEXITSTATUS(status));
	cli_detail(err, "It was to open %s.", path);
	cli_hint(err, "VISUAL or EDITOR in the environment names the editor.");
	return -1;
}

/* system() keeps the keyboard's signals from us, for they are the editor's. */
static int open_editor(const struct cli *cli, const char *path, struct limbeck_error *err)
{
	const char *editor = choose_editor();
	char *line = command_for(cli, editor, path);
	int status;

	if (!line)
		return cli_nomem(err);
	fflush(stdout);
	status = system(line);
	free(line);
	return status == 0 ? 0 : fail_editor(editor, path, status, err);
}

static int check(const struct edit_state *state, const char *identifier,
	struct limbeck_error *err)
{
	if (state->failed)
		return cli_nomem(err);
	if (state->count > 0)
		return 0;
	cli_fail(err, LIMBECK_E_UNKNOWN, "\"%s\" stands for no revision file", identifier);
	if (strcmp(identifier, "current") == 0)
		cli_detail(err, "The database has no revisions, or none that has a file here.");
	return -1;
}

static int run(struct cli *cli, struct limbeck_error *err)
{
	const char *identifier = cli->args.words[0];
	struct edit_state state = { 0 };
	int rc = listing_init(&state.listing, cli, 0, err);

	if (rc == 0)
		rc = cli_open(cli, false, err);
	if (rc == 0)
		rc = limbeck_show(cli->lb, identifier, on_revision, &state, err);
	if (rc == 0)
		rc = check(&state, identifier, err);
	for (size_t i = 0; i < state.count && rc == 0; i++)
		rc = open_editor(cli, state.paths[i], err);
	if (rc == 0)
		rc = listing_finish(&state.listing, NULL, err);
	for (size_t i = 0; i < state.count; i++)
		free(state.paths[i]);
	free(state.paths);
	listing_release(&state.listing);
	return rc;
}

const struct command cmd_edit = {
	.name = "edit",
	.summary = "open a revision file in an editor",
	.usage = "[OPTION]... REVISION",
	.about = "Opens the file of REVISION, or those of several, one after the other, in the "
		"program that VISUAL or EDITOR names in the environment, else vi. REVISION is "
		"an id or its beginning, a label, head, heads, current, or any other form that "
		"show knows.",
	.examples = "    limbeck edit head\n"
		"    limbeck edit current\n",
	.words = "a revision, like head or current",
	.words_min = 1,
	.words_max = 1,
	.run = run
};
