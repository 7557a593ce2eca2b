/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/listing.h"

#include <stdlib.h>
#include <string.h>

#include "cli/text.h"

static const char *given(const char *text)
{
	return text && text[0] != '\0' ? text : NULL;
}

/* "effective head" is Alembic's name for a head that another revision depends
 * on. */
static const char *head_mark(const struct limbeck_revision *revision)
{
	if (!(revision->marks & LIMBECK_MARK_HEAD))
		return NULL;
	return revision->marks & LIMBECK_MARK_EFFECTIVE_HEAD ? "effective head" : "head";
}

static void put_mark(const struct stream *stream, enum paint paint, const char *mark)
{
	char text[32];

	snprintf(text, sizeof text, "(%s)", mark);
	putc(' ', stream->file);
	stream_paint(stream, paint, text);
}

static void put_marks(const struct stream *stream, const struct limbeck_revision *revision,
	unsigned flags)
{
	const char *head = head_mark(revision);

	if (head)
		put_mark(stream, PAINT_MARK, head);
	if ((flags & LISTING_CURRENT) && (revision->marks & LIMBECK_MARK_CURRENT))
		put_mark(stream, PAINT_MARK, "current");
	if ((flags & LISTING_TREE) && (revision->marks & LIMBECK_MARK_BRANCHPOINT))
		put_mark(stream, PAINT_LABEL, "branchpoint");
	if ((flags & LISTING_TREE) && (revision->marks & LIMBECK_MARK_MERGEPOINT))
		put_mark(stream, PAINT_LABEL, "mergepoint");
	if (revision->marks & LIMBECK_MARK_MISSING)
		put_mark(stream, PAINT_ERROR, "missing");
}

static void put_parents(FILE *file, const struct limbeck_revision *revision)
{
	if (revision->parent_count == 0)
		fputs("<base>", file);
	text_put_list(file, revision->parents, revision->parent_count);
}

static void put_message(FILE *file, const char *message)
{
	char *line;

	if (!given(message))
		return;
	line = text_line(message);
	fprintf(file, ", %s", line ? line : "");
	free(line);
}

static void put_line(const struct stream *stream, const struct limbeck_revision *revision,
	unsigned flags)
{
	FILE *file = stream->file;

	if (flags & LISTING_PARENTS) {
		put_parents(file, revision);
		if (revision->depend_count > 0) {
			fputs(" (", file);
			text_put_list(file, revision->depends, revision->depend_count);
			putc(')', file);
		}
		fputs(" -> ", file);
	}
	stream_paint(stream, PAINT_ID, revision->id);
	if ((flags & LISTING_LABELS) && revision->label_count > 0) {
		fputs(" (", file);
		for (size_t i = 0; i < revision->label_count; i++) {
			fputs(i > 0 ? ", " : "", file);
			stream_paint(stream, PAINT_LABEL, revision->labels[i]);
		}
		putc(')', file);
	}
	put_marks(stream, revision, flags);
	if (flags & LISTING_MESSAGE)
		put_message(file, revision->message);
	putc('\n', file);
}

static void put_block_head(const struct stream *stream, const struct limbeck_revision *revision,
	unsigned flags)
{
	unsigned marks = revision->marks;

	fputs("Rev: ", stream->file);
	stream_paint(stream, PAINT_ID, revision->id);
	if (marks & LIMBECK_MARK_HEAD)
		put_mark(stream, PAINT_MARK, "head");
	if (marks & LIMBECK_MARK_BRANCHPOINT)
		put_mark(stream, PAINT_LABEL, "branchpoint");
	if (marks & LIMBECK_MARK_MERGEPOINT)
		put_mark(stream, PAINT_LABEL, "mergepoint");
	if ((flags & LISTING_CURRENT) && (marks & LIMBECK_MARK_CURRENT))
		put_mark(stream, PAINT_MARK, "current");
	if (marks & LIMBECK_MARK_MISSING)
		put_mark(stream, PAINT_ERROR, "missing");
	putc('\n', stream->file);
}

static void put_field(FILE *file, const char *name, const char *const *texts, size_t count)
{
	fprintf(file, "%s: ", name);
	text_put_list(file, texts, count);
	putc('\n', file);
}

/* The whole comment, each line of it four blanks in. */
static void put_text(FILE *file, const char *text)
{
	char *copy = strdup(text);
	char *line = copy;

	while (line && *line != '\0') {
		char *end = strchr(line, '\n');

		if (end)
			*end = '\0';
		if (line[0] != '\0')
			fputs("    ", file);
		text_put(file, line);
		putc('\n', file);
		line = end ? end + 1 : NULL;
	}
	free(copy);
}

static void put_block(const struct stream *stream, const struct limbeck_revision *revision,
	unsigned flags)
{
	FILE *file = stream->file;

	put_block_head(stream, revision, flags);
	if (!(revision->marks & LIMBECK_MARK_MISSING)) {
		fputs(revision->marks & LIMBECK_MARK_MERGEPOINT ? "Merges: " : "Parent: ", file);
		put_parents(file, revision);
		putc('\n', file);
	}
	if (revision->depend_count > 0)
		put_field(file, "Also depends on", revision->depends, revision->depend_count);
	if (revision->marks & LIMBECK_MARK_BRANCHPOINT)
		put_field(file, "Branches into", revision->children, revision->child_count);
	if (revision->label_count > 0)
		put_field(file, "Branch names", revision->labels, revision->label_count);
	if (given(revision->path))
		put_field(file, "Path", &revision->path, 1);
	putc('\n', file);
	put_text(file, given(revision->text) ? revision->text :
		revision->message ? revision->message : "");
	putc('\n', file);
}

static json_t *mark_of(const struct limbeck_revision *revision, enum limbeck_mark mark)
{
	return json_boolean((revision->marks & (unsigned)mark) != 0);
}

/* What is known of a revision without the database. */
static json_t *describe(const struct limbeck_revision *r)
{
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
		"id", json_text(r->id),
		"parents", json_texts(r->parents, r->parent_count),
		"depends", json_texts(r->depends, r->depend_count),
		"labels", json_texts(r->labels, r->label_count),
		"children", json_texts(r->children, r->child_count),
		"message", json_text(r->message ? r->message : ""),
		"text", json_text(r->text ? r->text : ""),
		"created", json_text(given(r->created)),
		"dialect", json_text(given(r->dialect)),
		"path", json_text(given(r->path)),
		"head", mark_of(r, LIMBECK_MARK_HEAD),
		"effective_head", mark_of(r, LIMBECK_MARK_EFFECTIVE_HEAD),
		"branchpoint", mark_of(r, LIMBECK_MARK_BRANCHPOINT),
		"mergepoint", mark_of(r, LIMBECK_MARK_MERGEPOINT));
}

json_t *listing_json(const struct limbeck_revision *revision, unsigned flags)
{
	json_t *object = describe(revision);

	if (!(flags & LISTING_CURRENT))
		return object;
	if (json_object_set_new(object, "current", mark_of(revision, LIMBECK_MARK_CURRENT)) < 0 ||
	    json_object_set_new(object, "applied", mark_of(revision, LIMBECK_MARK_APPLIED)) < 0 ||
	    json_object_set_new(object, "missing", mark_of(revision, LIMBECK_MARK_MISSING)) < 0) {
		json_decref(object);
		return NULL;
	}
	return object;
}

int listing_init(struct listing *listing, struct cli *cli, unsigned flags,
	struct limbeck_error *err)
{
	memset(listing, 0, sizeof *listing);
	listing->cli = cli;
	listing->flags = flags;
	listing->stream = cli->output.out;
	return cli->json ? json_list_init(&listing->json, err) : 0;
}

void listing_put(const struct stream *stream, const struct limbeck_revision *revision,
	unsigned flags)
{
	if (flags & LISTING_BLOCKS)
		put_block(stream, revision, flags);
	else
		put_line(stream, revision, flags);
}

int listing_show(void *data, const struct limbeck_revision *revision)
{
	struct listing *listing = data;

	if (listing->cli->json)
		json_list_add(&listing->json, listing_json(revision, listing->flags));
	else
		listing_put(&listing->stream, revision, listing->flags);
	return ferror(listing->stream.file);
}

int listing_finish(struct listing *listing, json_t *more, struct limbeck_error *err)
{
	if (listing->cli->json)
		return json_list_answer(listing->cli, &listing->json, "revisions", more, err);
	json_decref(more);
	return 0;
}

void listing_release(struct listing *listing)
{
	json_list_release(&listing->json);
}
