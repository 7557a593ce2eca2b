/* SPDX-License-Identifier: BSD-2-Clause */
#include "script/script.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "base/path.h"
#include "script/squashed.h"

enum {
	FRONT = 4096,             /* what is read of a file at first */
	HEADER_LARGEST = 1 << 20,
	LISTED = 10               /* how many broken files a message names */
};

struct folder_id {
	dev_t device;
	ino_t inode;
};

struct entry {
	const char *name;
	unsigned char type;       /* DT_REG... */
};

struct scan {
	const struct script_folders *folders;
	struct graph *graph;
	const struct log *log;
	struct arena arena;
	VEC(struct folder_id) visited;
	VEC(const char *) pending;  /* subfolders still to read */
	struct strbuf front;
	struct limbeck_error first; /* of the broken files */
	struct strbuf others;
	size_t broken;
	bool squashed;              /* a folder of squashed files is read */
	struct squashed_list aside; /* its files, and those of the revisions to expand */
};

/* Notes a broken file; -1 when there is no going on. */
static int broken(struct scan *scan, struct limbeck_error *fault, struct limbeck_error *err)
{
	if (fault->code == LIMBECK_E_NOMEM) {
		error_move(err, fault);
		return -1;
	}
	if (scan->broken++ == 0) {
		error_move(&scan->first, fault);
		return 0;
	}
	if (scan->broken <= LISTED) {
		strbuf_addstr(&scan->others, scan->broken == 2 ? "" : "; ");
		if (fault->file && fault->line)
			strbuf_addf(&scan->others, "%s:%u: ", fault->file, fault->line);
		else if (fault->file)
			strbuf_addf(&scan->others, "%s: ", fault->file);
		strbuf_addstr(&scan->others, fault->message ? fault->message : "");
	}
	limbeck_error_release(fault);
	return 0;
}

/* All broken files as one error. */
static int report(struct scan *scan, struct limbeck_error *err)
{
	size_t others = scan->broken - 1;
	char *detail = scan->first.detail;

	scan->first.detail = NULL;
	error_move(err, &scan->first);
	if (others > LISTED - 1)
		strbuf_addf(&scan->others, "; and %zu more", others - (LISTED - 1));
	if (others)
		error_detail(err, "%s%s%zu more file%s broken: %s.", detail ? detail : "",
			detail ? " " : "", others, others == 1 ? " is" : "s are", scan->others.buf);
	else if (detail)
		error_detail(err, "%s", detail);
	mem_free(detail);
	return -1;
}

/* Reads on until the header is complete. */
static int read_header(struct scan *scan, int fd, const char *shown, struct revision *revision,
	struct limbeck_error *err)
{
	struct strbuf *front = &scan->front;
	size_t wanted = FRONT;
	bool complete = false;

	strbuf_reset(front);
	while (!complete) {
		ssize_t got;

		if (!strbuf_grow(front, wanted))
			return error_nomem(err);
		got = read(fd, front->buf + front->len, wanted);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return error_errno(err, "could not read file \"%s\"", shown);
		front->len += (size_t)got;
		if (script_header(&scan->graph->arena, front->buf, front->len, got == 0, shown,
				revision, &complete, err) < 0)
			return -1;
		if (!complete && front->len > HEADER_LARGEST) {
			error_set(err, LIMBECK_E_SCRIPT, "header is longer than 1 MiB");
			error_place(err, shown, 1, 0);
			error_hint(err, "A revision file is a few comment lines, and then the line "
				"\"-- @upgrade\".");
			return -1;
		}
		wanted = front->len > FRONT ? front->len : FRONT;
	}
	return 0;
}

static int not_regular(const char *shown, struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_IO, "\"%s\" is not a regular file", shown);
	error_place(err, shown, 0, 0);
	error_hint(err, "Remove it, or give it a name that does not end in \".sql\".");
	return -1;
}

/* Opens one file; *skip is set for a link to a folder. O_NONBLOCK: a FIFO that
 * was put in its place meanwhile would make open() wait. */
static int open_file(int folder, const struct entry *entry, const char *shown, bool *skip,
	struct limbeck_error *err)
{
	struct stat st;
	int fd;

	if (entry->type != DT_REG && entry->type != DT_LNK && entry->type != DT_UNKNOWN)
		return not_regular(shown, err);
	do
		fd = openat(folder, entry->name, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	while (fd < 0 && errno == EINTR);
	if (fd < 0 && errno == ENXIO)
		return not_regular(shown, err);
	if (fd < 0) {
		error_errno(err, "could not open file \"%s\"", shown);
		error_place(err, shown, 0, 0);
		return -1;
	}
	if (entry->type == DT_REG)
		return fd;
	if (fstat(fd, &st) < 0)
		error_errno(err, "could not examine file \"%s\"", shown);
	else if (S_ISDIR(st.st_mode))
		*skip = true;
	else if (S_ISREG(st.st_mode))
		return fd;
	else
		not_regular(shown, err);
	close(fd);
	return -1;
}

static int add_revision(struct scan *scan, const struct revision *revision,
	struct limbeck_error *err)
{
	if (!scan->squashed && !squashed_is_named(scan->folders->expand, revision->id))
		return graph_add(scan->graph, revision, err);
	return vec_push_arena(&scan->aside, *revision, &scan->arena) ? 0 : error_nomem(err);
}

static int scan_file(struct scan *scan, int folder, const struct entry *entry, const char *shown,
	struct limbeck_error *err)
{
	struct limbeck_error fault = LIMBECK_ERROR_INIT;
	struct revision revision;
	bool skip = false;
	int fd = open_file(folder, entry, shown, &skip, &fault);
	int result = fd < 0 ? -1 : read_header(scan, fd, shown, &revision, &fault);

	if (fd >= 0)
		close(fd);
	if (skip)
		return 0;
	if (result == 0) {
		revision.path = shown;
		result = add_revision(scan, &revision, &fault);
	}
	return result < 0 ? broken(scan, &fault, err) : 0;
}

/* folder/name, without the cost of formatting. */
static char *join(struct arena *arena, const char *folder, const char *name)
{
	size_t folder_length = strlen(folder), name_length = strlen(name);
	bool slash = folder_length && folder[folder_length - 1] != '/';
	char *path = arena_alloc(arena, folder_length + slash + name_length + 1);

	if (!path)
		return NULL;
	memcpy(path, folder, folder_length);
	if (slash)
		path[folder_length] = '/';
	memcpy(path + folder_length + slash, name, name_length);
	return path;
}

static bool ends_in_sql(const char *name)
{
	size_t length = strlen(name);

	return length > 4 && memcmp(name + length - 4, ".sql", 4) == 0;
}

static bool is_folder(int folder, const struct entry *entry)
{
	struct stat st;

	if (entry->type != DT_UNKNOWN)
		return entry->type == DT_DIR;
	return fstatat(folder, entry->name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(st.st_mode);
}

static int compare_entries(const void *a, const void *b)
{
	return strcmp(((const struct entry *)a)->name, ((const struct entry *)b)->name);
}

struct entries {
	struct entry *items;
	size_t count;
	size_t capacity;
};

/* Lists what may concern us, in order. */
static int list(struct scan *scan, DIR *dir, const char *path, struct entries *entries,
	struct limbeck_error *err)
{
	struct dirent *found;

	for (;;) {
		struct entry entry;

		errno = 0;
		found = readdir(dir);
		if (!found)
			break;
		entry.type = found->d_type;
		if (found->d_name[0] == '.' || found->d_name[0] == '#')
			continue;
		if (!ends_in_sql(found->d_name) && (!scan->folders->recursive
				|| (entry.type != DT_DIR && entry.type != DT_UNKNOWN)))
			continue;
		entry.name = arena_strdup(&scan->arena, found->d_name);
		if (!entry.name || !vec_push(entries, entry))
			return error_nomem(err);
	}
	if (errno)
		return error_errno(err, "could not read folder \"%s\"", path);
	if (entries->count)
		qsort(entries->items, entries->count, sizeof *entries->items, compare_entries);
	return 0;
}

static int scan_entries(struct scan *scan, int fd, const char *path, const struct entries *entries,
	struct limbeck_error *err)
{
	const char *shown = strcmp(path, scan->folders->cwd) == 0
		? "" : path_below(scan->folders->cwd, path);

	for (size_t i = 0; i < entries->count; i++) {
		const struct entry *entry = &entries->items[i];
		bool folder = is_folder(fd, entry);
		char *name;

		if (folder ? !scan->folders->recursive : !ends_in_sql(entry->name))
			continue;
		name = folder ? join(&scan->arena, path, entry->name)
			      : join(&scan->graph->arena, shown, entry->name);
		if (!name || (folder && !vec_push(&scan->pending, name)))
			return error_nomem(err);
		if (!folder && scan_file(scan, fd, entry, name, err) < 0)
			return -1;
	}
	return 0;
}

/* Whether the folder has been read before; if not, notes that it is now. */
static int visit(struct scan *scan, int fd, const char *path, bool *again,
	struct limbeck_error *err)
{
	struct folder_id id;
	struct stat st;

	if (fstat(fd, &st) < 0)
		return error_errno(err, "could not examine folder \"%s\"", path);
	id = (struct folder_id) { st.st_dev, st.st_ino };
	for (size_t i = 0; i < scan->visited.count; i++)
		*again = *again || (scan->visited.items[i].device == id.device
			&& scan->visited.items[i].inode == id.inode);
	return *again || vec_push(&scan->visited, id) ? 0 : error_nomem(err);
}

static int open_folder(const char *path, struct limbeck_error *err)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int reason = errno;

	if (fd < 0) {
		error_errno(err, "could not open the folder of revision files \"%s\"", path);
		if (reason == ENOENT || reason == ENOTDIR)
			error_hint(err, "\"limbeck init\" makes one; script_location and "
				"version_locations in limbeck.ini say where it is.");
	}
	return fd;
}

static int scan_folder(struct scan *scan, const char *path, bool listed, struct limbeck_error *err)
{
	struct entries entries = { NULL, 0, 0 };
	bool again = false;
	DIR *dir = NULL;
	int result = -1, fd = open_folder(path, err);

	if (fd < 0)
		return -1;
	if (visit(scan, fd, path, &again, err) < 0)
		goto out;
	if (again) {
		if (listed)
			log_write(scan->log, LIMBECK_LOG_WARNING,
				"folder \"%s\" is listed more than once; it is read once", path);
		result = 0;
		goto out;
	}
	dir = fdopendir(fd);
	if (!dir) {
		error_errno(err, "could not read folder \"%s\"", path);
		goto out;
	}
	if (list(scan, dir, path, &entries, err) == 0)
		result = scan_entries(scan, fd, path, &entries, err);
out:
	if (dir)
		closedir(dir);
	else
		close(fd);
	vec_release(&entries);
	return result;
}

/* The folders of squashed files, where there are any. */
static int scan_squashed(struct scan *scan, struct limbeck_error *err)
{
	scan->squashed = true;
	for (size_t i = 0; i < scan->folders->count; i++) {
		const char *path = squashed_folder(&scan->arena, scan->folders->paths[i]);

		if (!path)
			return error_nomem(err);
		if (file_is_directory(path) && scan_folder(scan, path, false, err) < 0)
			return -1;
	}
	return 0;
}

static int scan_all(struct scan *scan, struct limbeck_error *err)
{
	for (size_t i = 0; i < scan->folders->count; i++) {
		if (scan_folder(scan, scan->folders->paths[i], true, err) < 0)
			return -1;
		for (size_t j = 0; j < scan->pending.count; j++)
			if (scan_folder(scan, scan->pending.items[j], false, err) < 0)
				return -1;
		scan->pending.count = 0;
	}
	if (scan->folders->expand && scan->folders->expand->count && scan_squashed(scan, err) < 0)
		return -1;
	if (scan->broken)
		return report(scan, err);
	if (squashed_pick(scan->graph, scan->folders->expand, &scan->aside, err) < 0)
		return -1;
	for (size_t i = 0; i < scan->folders->extra_count; i++) {
		const struct revision *extra = &scan->folders->extra[i];

		if (!graph_find(scan->graph, extra->id) && graph_add(scan->graph, extra, err) < 0)
			return -1;
	}
	return graph_link(scan->graph, err);
}

int script_scan(const struct script_folders *folders, struct graph *graph, const struct log *log,
	struct limbeck_error *err)
{
	struct scan scan = { .folders = folders, .graph = graph, .log = log,
		.front = STRBUF_INIT, .first = LIMBECK_ERROR_INIT, .others = STRBUF_INIT };
	int result = scan_all(&scan, err);

	vec_release(&scan.visited);
	vec_release(&scan.pending);
	strbuf_release(&scan.front);
	strbuf_release(&scan.others);
	limbeck_error_release(&scan.first);
	arena_release(&scan.arena);
	return result;
}
