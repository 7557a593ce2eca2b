/* SPDX-License-Identifier: BSD-2-Clause */
/* A new revision file. */
#include "api/create.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/random.h>
#include <time.h>

#include "base/error.h"
#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/process.h"
#include "base/strbuf.h"
#include "script/script.h"

struct creation {
	struct limbeck *lb;
	const struct limbeck_new *what;
	struct create_content content;
	struct arena *arena;
	struct names parents;
	struct names depends;
	struct names labels;
	struct revision *first;      /* of the parents, NULL: a base */
	const char *id;
	const char *message;
	const char *folder;
	const char *path;
	struct tm now;
	time_t epoch;
	const char *created;
};

static int several_heads(struct creation *creation, const struct revision_list *heads,
	struct limbeck_error *err)
{
	struct strbuf list = STRBUF_INIT;

	for (size_t i = 0; i < heads->count; i++) {
		strbuf_addf(&list, "%s%s", i ? ", " : "", heads->items[i]->id);
		if (heads->items[i]->message[0])
			strbuf_addf(&list, " (%s)", heads->items[i]->message);
	}
	error_set(err, LIMBECK_E_AMBIGUOUS, "there are %zu heads; which one is the parent?",
		heads->count);
	error_detail(err, "Heads: %s.", list.buf);
	error_hint(err, "Name it with --head, or join the heads with a merge revision first: "
		"--head heads.");
	strbuf_release(&list);
	(void)creation;
	return -1;
}

static int add_parent(struct creation *creation, struct revision *revision,
	struct limbeck_error *err)
{
	for (size_t i = 0; i < creation->parents.count; i++)
		if (!strcmp(creation->parents.items[i], revision->id))
			return error_set(err, LIMBECK_E_USAGE, "parent %s is named twice", revision->id);
	if (revision->ups.count > 0 && !creation->what->splice) {
		error_set(err, LIMBECK_E_RANGE, "revision %s is not a head", revision->id);
		error_hint(err, "Add --splice to begin a branch at it.");
		return -1;
	}
	if (!creation->first)
		creation->first = revision;
	return vec_push_arena(&creation->parents, revision->id, creation->arena)
		? 0 : error_nomem(err);
}

static int default_parent(struct creation *creation, struct limbeck_error *err)
{
	struct revision_list heads = { 0 };

	if (!graph_heads(&creation->lb->graph, &heads))
		return error_nomem(err);
	if (heads.count > 1)
		return several_heads(creation, &heads, err);
	return heads.count ? add_parent(creation, heads.items[0], err) : 0;
}

static int find_parents(struct creation *creation, struct limbeck_error *err)
{
	const struct limbeck_new *what = creation->what;
	const struct names *given = creation->content.parents;

	if (given) {
		creation->parents = (struct names) { given->items, given->count, given->count };
		if (given->count)
			creation->first = graph_find(&creation->lb->graph, given->items[0]);
		return 0;
	}
	if (what->head_count == 0)
		return default_parent(creation, err);
	for (size_t i = 0; i < what->head_count; i++) {
		struct resolve_result result = { 0 };

		if (graph_resolve(&creation->lb->graph, what->heads[i], RESOLVE_REVISION, NULL, &result,
				err) < 0)
			return -1;
		for (size_t j = 0; j < result.revisions.count; j++)
			if (add_parent(creation, result.revisions.items[j], err) < 0)
				return -1;
	}
	return 0;
}

static int check_merge(const struct creation *creation, struct limbeck_error *err)
{
	if (!creation->what->merge || creation->parents.count > 0)
		return 0;
	error_set(err, LIMBECK_E_USAGE, "there is nothing to merge");
	error_hint(err, "Name the revisions to be joined, or heads for all heads.");
	return -1;
}

/* A merge needs no words to say what it is. */
static int choose_message(struct creation *creation, struct limbeck_error *err)
{
	const struct names *parents = &creation->parents;
	struct strbuf text = STRBUF_INIT;

	creation->message = creation->what->message ? creation->what->message : "";
	if (creation->what->message || parents->count < 2)
		return 0;
	strbuf_addstr(&text, "merge ");
	for (size_t i = 0; i < parents->count; i++)
		strbuf_addf(&text, "%s%s", i == 0 ? "" : i + 1 < parents->count ? ", " : " and ",
			parents->items[i]);
	creation->message = strbuf_failed(&text) ? NULL : arena_strdup(creation->arena, text.buf);
	strbuf_release(&text);
	return creation->message ? 0 : error_nomem(err);
}

static bool is_named(const struct names *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++)
		if (!strcmp(names->items[i], name))
			return true;
	return false;
}

/* A label is kept as such, so that the dependency follows it. */
static int find_depends(struct creation *creation, struct limbeck_error *err)
{
	struct graph *graph = &creation->lb->graph;

	if (creation->content.depends) {
		creation->depends = *creation->content.depends;
		return 0;
	}
	for (size_t i = 0; i < creation->what->depend_count; i++) {
		const char *name = creation->what->depends[i];
		struct resolve_result result = { 0 };

		if (graph_resolve(graph, name, RESOLVE_REVISION, NULL, &result, err) < 0)
			return -1;
		if (result.revisions.count != 1)
			return error_set(err, LIMBECK_E_USAGE, "--depends-on %s is not one revision", name);
		if (!map_get(&graph->by_label, name))
			name = result.revisions.items[0]->id;
		if (!is_named(&creation->depends, name)
			&& !vec_push_arena(&creation->depends, name, creation->arena))
			return error_nomem(err);
	}
	return 0;
}

static int check_labels(struct creation *creation, struct limbeck_error *err)
{
	struct graph *graph = &creation->lb->graph;

	if (creation->content.labels) {
		creation->labels = *creation->content.labels;
		return 0;
	}
	for (size_t i = 0; i < creation->what->label_count; i++) {
		const char *label = creation->what->labels[i];

		if (!graph_label_is_valid(label) || graph_id_is_reserved(label))
			return error_set(err, LIMBECK_E_USAGE, "\"%s\" can't be a branch label", label);
		if (graph_find(graph, label) || map_get(&graph->by_label, label)
			|| !strcmp(label, creation->id) || is_named(&creation->labels, label))
			return error_set(err, LIMBECK_E_USAGE, "\"%s\" is in use already", label);
		if (!vec_push_arena(&creation->labels, label, creation->arena))
			return error_nomem(err);
	}
	return 0;
}

static int make_id(struct creation *creation, struct limbeck_error *err)
{
	struct graph *graph = &creation->lb->graph;
	const char *given = creation->what->id;
	unsigned char raw[6];

	if (given) {
		creation->id = given;
		if (!graph_id_is_valid(given)) {
			error_set(err, LIMBECK_E_USAGE, "\"%s\" can't be a revision id", given);
			error_hint(err, "An id is 1 to 128 letters, digits, \"_\" and \".\", and not "
				"head, heads, base or current.");
			return -1;
		}
		if (!graph_find_key(graph, given))
			return 0;
		return error_set(err, LIMBECK_E_USAGE, "revision id %s is in use already", given);
	}
	do {
		if (getrandom(raw, sizeof raw, 0) != (ssize_t)sizeof raw)
			return error_errno(err, "could not get random numbers");
		creation->id = arena_printf(creation->arena, "%02x%02x%02x%02x%02x%02x", raw[0], raw[1],
			raw[2], raw[3], raw[4], raw[5]);
		if (!creation->id)
			return error_nomem(err);
	} while (graph_find(graph, creation->id));
	return 0;
}

static int several_folders(struct creation *creation, struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_USAGE, "there are several version locations, and no parent says "
		"which one to write to");
	error_hint(err, "Name one with --version-path.");
	(void)creation;
	return -1;
}

/* The version location that the parent's file is in, however deep. */
static const char *location_of(struct creation *creation, const struct revision *parent)
{
	const struct config *config = &creation->lb->config;
	const char *full = path_join(creation->arena, config->cwd, parent->path);
	const char *best = NULL;

	for (size_t i = 0; full && i < config->version_location_count; i++) {
		const char *location = config->version_locations[i];

		if (path_below(location, full) != full && (!best || strlen(location) > strlen(best)))
			best = location;
	}
	return best ? best : path_dirname(creation->arena, parent->path);
}

static int choose_folder(struct creation *creation, struct limbeck_error *err)
{
	const struct config *config = &creation->lb->config;
	const char *wanted = creation->what->version_path;

	if (!wanted && creation->first) {
		creation->folder = location_of(creation, creation->first);
		return creation->folder ? 0 : error_nomem(err);
	}
	if (!wanted && config->version_location_count > 1)
		return several_folders(creation, err);
	creation->folder = config->version_locations[0];
	if (!wanted)
		return 0;
	wanted = path_join(creation->arena, config->cwd, wanted);
	if (!wanted)
		return error_nomem(err);
	for (size_t i = 0; i < config->version_location_count; i++)
		if (!strcmp(config->version_locations[i], wanted)) {
			creation->folder = wanted;
			return 0;
		}
	error_set(err, LIMBECK_E_USAGE, "%s is not one of the version locations",
		creation->what->version_path);
	error_hint(err, "They are set by version_locations in limbeck.ini.");
	return -1;
}

/* Of a zone that it does not know the system makes UTC without a word: it is
 * either a file of the zone data base, or a rule such as CET-1CEST. */
static bool zone_exists(struct arena *arena, const char *zone)
{
	const char *path = path_join(arena, "/usr/share/zoneinfo", zone);

	if (path && !strstr(zone, "..") && file_exists(path) && !file_is_directory(path))
		return true;
	return !strchr(zone, '/') && strpbrk(zone, "0123456789");
}

static int bad_zone(const char *zone, struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_CONFIG, "time zone \"%s\" can't be used", zone);
	error_hint(err, "Set timezone to utc, local, or a name of the time zone data base such as "
		"Europe/Berlin.");
	return -1;
}

/* The time of a named zone, as the system's own program knows it: the C
 * library could only be asked by changing the whole process's zone. */
static int zone_time(struct creation *creation, const char *zone, struct limbeck_error *err)
{
	char since[32];
	const char *variable = arena_printf(creation->arena, "TZ=%s", zone);
	const char *argv[] = { "env", variable, "date", "-d", since, "+%Y %m %d %H %M %S %z", NULL };
	struct strbuf out = STRBUF_INIT;
	struct process process = { argv, NULL, &out };
	struct tm *now = &creation->now;
	char offset[8] = "";
	int status = 1, result;

	if (!zone_exists(creation->arena, zone))
		return bad_zone(zone, err);
	snprintf(since, sizeof since, "@%lld", (long long)creation->epoch);
	result = variable ? process_run(&process, &status, err) : error_nomem(err);
	if (result == 0 && (status != 0 || sscanf(out.buf, "%d %d %d %d %d %d %7s", &now->tm_year,
			&now->tm_mon, &now->tm_mday, &now->tm_hour, &now->tm_min, &now->tm_sec,
			offset) != 7))
		result = bad_zone(zone, err);
	now->tm_year -= 1900;
	now->tm_mon -= 1;
	if (result == 0)
		creation->created = arena_printf(creation->arena, "%04d-%02d-%02dT%02d:%02d:%02d%.3s:%s",
			now->tm_year + 1900, now->tm_mon + 1, now->tm_mday, now->tm_hour, now->tm_min,
			now->tm_sec, offset, offset + 3);
	strbuf_release(&out);
	return result;
}

static int tell_time(struct creation *creation, struct limbeck_error *err)
{
	const char *zone = creation->lb->config.timezone;
	char text[64] = "";
	bool local = !zone || !*zone || !strcmp(zone, "local");
	size_t length;

	creation->epoch = time(NULL);
	if (!local && strcasecmp(zone, "utc")) {
		if (zone_time(creation, zone, err) < 0)
			return -1;
		return creation->created ? 0 : error_nomem(err);
	}
	if (local)
		localtime_r(&creation->epoch, &creation->now);
	else
		gmtime_r(&creation->epoch, &creation->now);
	length = strftime(text, sizeof text, local ? "%Y-%m-%dT%H:%M:%S%z" : "%Y-%m-%dT%H:%M:%SZ",
		&creation->now);
	if (local && length >= 5)
		creation->created = arena_printf(creation->arena, "%.*s:%s", (int)length - 2, text,
			text + length - 2);
	else
		creation->created = arena_strdup(creation->arena, text);
	return creation->created ? 0 : error_nomem(err);
}

static int choose_path(struct creation *creation, struct limbeck_error *err)
{
	const struct config *config = &creation->lb->config;
	struct strbuf name = STRBUF_INIT;
	int result = script_file_name(config->file_template, config->truncate_slug_length,
		creation->id, creation->message, &creation->now, creation->epoch,
		creation->lb->graph.all.count + 1, &name, err);

	if (result == 0) {
		creation->path = strbuf_failed(&name) ? NULL
			: path_join(creation->arena, path_below(config->cwd, creation->folder), name.buf);
		if (!creation->path)
			result = error_nomem(err);
	}
	strbuf_release(&name);
	if (result < 0 || !file_exists(creation->path))
		return result;
	return error_set(err, LIMBECK_E_IO, "%s exists already", creation->path);
}

/* The project's own template, or that of the installation. */
static int read_template(struct creation *creation, const char **shown, struct strbuf *text,
	struct limbeck_error *err)
{
	const struct config *config = &creation->lb->config;
	const char *path = path_join(creation->arena, config->script_location, "revision.sql");

	if (path && !file_exists(path))
		path = path_join(creation->arena, config->template_path, "generic/revision.sql");
	if (!path)
		return error_nomem(err);
	*shown = path_below(config->cwd, path);
	return file_read(path, 1 << 20, text, err);
}

static int fill(struct creation *creation, struct strbuf *out, struct limbeck_error *err)
{
	struct script_new new = {
		.id = creation->id, .parents = &creation->parents, .depends = &creation->depends,
		.labels = &creation->labels,
		.message = creation->message,
		.created = creation->created, .dialect = creation->content.dialect,
		.upgrade = creation->content.upgrade, .downgrade = creation->content.downgrade,
		.upgrade_flags = creation->content.upgrade_flags,
		.downgrade_flags = creation->content.downgrade_flags,
		.replaces = creation->content.replaces,
	};
	struct strbuf text = STRBUF_INIT;
	const char *shown = NULL;
	int result = read_template(creation, &shown, &text, err);

	if (result == 0)
		result = script_fill(text.buf, text.len, shown, &new, out, err);
	if (result == 0 && strbuf_failed(out))
		result = error_nomem(err);
	strbuf_release(&text);
	return result;
}

static int prepare(struct creation *creation, struct limbeck_error *err)
{
	if (hooks_check(creation->lb, err) < 0 || session_graph(creation->lb, err) < 0
		|| make_id(creation, err) < 0 || find_parents(creation, err) < 0
		|| check_merge(creation, err) < 0 || choose_message(creation, err) < 0
		|| find_depends(creation, err) < 0
		|| check_labels(creation, err) < 0 || choose_folder(creation, err) < 0
		|| tell_time(creation, err) < 0)
		return -1;
	return choose_path(creation, err);
}

static int write_file(struct creation *creation, const struct strbuf *text,
	struct limbeck_error *err)
{
	const char *folder = path_dirname(creation->arena, creation->path);

	if (!folder)
		return error_nomem(err);
	if (file_mkdir(folder, err) < 0
		|| file_create(creation->path, text->buf, text->len, err) < 0)
		return -1;
	session_forget_graph(creation->lb);
	return 0;
}

static int make_content(struct creation *creation, struct limbeck_error *err)
{
	struct create_content *content = &creation->content;

	return content->make ? content->make(content->data, content, err) : 1;
}

int create_revision(struct limbeck *lb, const struct limbeck_new *given,
	const struct create_content *content, char **path, struct limbeck_error *err)
{
	struct limbeck_new what = { 0 };
	struct arena arena = ARENA_INIT;
	struct creation creation = { .lb = lb, .what = &what, .arena = &arena };
	struct strbuf text = STRBUF_INIT;
	int result = -1;

	if (content)
		creation.content = *content;
	if (given && given->size)
		memcpy(&what, given, given->size < sizeof what ? given->size : sizeof what);
	if (prepare(&creation, err) < 0)
		goto out;
	result = make_content(&creation, err);
	if (result <= 0)
		goto out;
	result = -1;
	if (fill(&creation, &text, err) < 0 || write_file(&creation, &text, err) < 0)
		goto out;
	if (what.report)
		what.report(what.data, "Generating", creation.path);
	if (hooks_run(lb, &what, creation.path, err) < 0)
		goto out;
	*path = mem_strdup(creation.path);
	result = *path ? 0 : error_nomem(err);
out:
	strbuf_release(&text);
	arena_release(&arena);
	return result;
}
