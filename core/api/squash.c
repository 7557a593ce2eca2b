/* SPDX-License-Identifier: BSD-2-Clause */
#include "api/squash.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "api/create.h"
#include "api/proof.h"
#include "base/error.h"
#include "base/file.h"

static struct limbeck_new what_of(const struct limbeck_new *given)
{
	struct limbeck_new what = { 0 };

	if (given && given->size)
		memcpy(&what, given, given->size < sizeof what ? given->size : sizeof what);
	what.size = sizeof what;
	return what;
}

static int check_places(struct squash *squash, struct limbeck_error *err)
{
	for (size_t i = 0; i < squash->range.count; i++) {
		const char *place = squash_place(squash, squash->range.items[i]);

		if (!place)
			return error_nomem(err);
		if (file_exists(place))
			return error_set(err, LIMBECK_E_IO, "%s exists already", place);
	}
	return 0;
}

static int write_file(struct squash *squash, struct limbeck_new *what, char **path,
	struct limbeck_error *err)
{
	const struct revision_list *range = &squash->range;
	const struct create_content content = {
		.upgrade = squash->up.text.buf, .upgrade_flags = squash->up.flags,
		.downgrade = squash->down.text.buf, .downgrade_flags = squash->down.flags,
		.replaces = &squash->replaces, .parents = &squash->parents,
		.depends = &squash->depends, .labels = &squash->labels,
		.dialect = squash->dialect ? squash->dialect
			: squash->up.joined ? NULL : proof_dialect(squash->lb),
	};

	if (!what->message)
		what->message = arena_printf(&squash->arena, "squash %s to %s", range->items[0]->id,
			range->items[range->count - 1]->id);
	if (!what->message)
		return error_nomem(err);
	what->version_path = squash->location;
	return create_revision(squash->lb, what, &content, path, err);
}

static int move(const char *from, const char *to, struct limbeck_error *err)
{
	return rename(from, to) == 0 ? 0 : error_errno(err, "could not move %s to %s", from, to);
}

/* Puts the first count of them back. */
static void move_back(struct squash *squash, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const char *place = squash_place(squash, squash->range.items[i]);

		if (place)
			(void)rename(place, squash->range.items[i]->path);
	}
}

static int move_files(struct squash *squash, const struct limbeck_new *what,
	struct limbeck_error *err)
{
	if (file_mkdir(squash->folder, err) < 0)
		return -1;
	for (size_t i = 0; i < squash->range.count; i++) {
		const char *place = squash_place(squash, squash->range.items[i]);

		if (!place || move(squash->range.items[i]->path, place, err) < 0) {
			move_back(squash, i);
			return place ? -1 : error_nomem(err);
		}
	}
	for (size_t i = 0; what->report && i < squash->range.count; i++)
		what->report(what->data, "Moving to squashed", squash->range.items[i]->path);
	return 0;
}

/* Writing the new file makes the project forget its graph, which is still needed. */
static void keep_graph(struct squash *squash)
{
	struct limbeck *lb = squash->lb;

	squash->graph = lb->graph;
	graph_init(&lb->graph);
	lb->has_graph = false;
}

static int run(struct squash *squash, const char *range, struct limbeck_new *what, char **path,
	struct limbeck_error *err)
{
	if (squash_find(squash, range, err) < 0 || check_places(squash, err) < 0
		|| squash_replay(squash, err) < 0 || squash_write(squash, err) < 0)
		return -1;
	keep_graph(squash);
	if (write_file(squash, what, path, err) < 0)
		return -1;
	if (squash_prove(squash, *path, err) == 0 && move_files(squash, what, err) == 0) {
		session_forget_graph(squash->lb);
		return 0;
	}
	unlink(*path);
	session_forget_graph(squash->lb);
	error_outcome(err, "%s was removed again; all files are as they were", *path);
	mem_free(*path);
	*path = NULL;
	return -1;
}

int limbeck_squash(struct limbeck *lb, const char *range, const struct limbeck_new *given,
	char **path, struct limbeck_error *err)
{
	struct limbeck_new what = what_of(given);
	struct squash squash = { .lb = lb };
	int result;

	*path = NULL;
	graph_init(&squash.graph);
	strbuf_init(&squash.up.text);
	strbuf_init(&squash.down.text);
	result = run(&squash, range, &what, path, err);
	catalog_free(squash.before);
	catalog_free(squash.after);
	catalog_free(squash.back);
	replay_close(squash.replay);
	graph_release(&squash.graph);
	strbuf_release(&squash.up.text);
	strbuf_release(&squash.down.text);
	arena_release(&squash.arena);
	return result;
}
