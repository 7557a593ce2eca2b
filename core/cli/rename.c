/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/rename.h"

#include "cli/text.h"

static void put_object(FILE *file, const struct limbeck_object *object)
{
	const char *table = limbeck_object_table(object);

	if (table) {
		text_put(file, table);
		putc('.', file);
	}
	text_put(file, limbeck_object_name(object));
}

static int ask(void *data, const struct limbeck_object *gone, const struct limbeck_object *come)
{
	struct cli *cli = data;
	FILE *file = cli->output.err.file;
	char answer[16] = "";

	fprintf(file, "Was the %s ", limbeck_kind_name(limbeck_object_kind(gone)));
	put_object(file, gone);
	fputs(" renamed to ", file);
	put_object(file, come);
	fputs("? If not, it is dropped. [y/n/q] ", file);
	fflush(file);
	while (fgets(answer, sizeof answer, stdin)) {
		if (answer[0] == 'y' || answer[0] == 'Y')
			return 1;
		if (answer[0] == 'n' || answer[0] == 'N')
			return 0;
		if (answer[0] == 'q' || answer[0] == 'Q')
			return -1;
		fputs("Please answer y (renamed), n (dropped and added) or q (quit). ", file);
		fflush(file);
	}
	return -1;
}

int (*rename_asker(struct cli *cli))(void *data, const struct limbeck_object *gone,
	const struct limbeck_object *come)
{
	return stream_is_terminal(stdin) && cli->output.err.terminal && !cli->json ? ask : NULL;
}
