/* SPDX-License-Identifier: BSD-2-Clause */
#include "script/script.h"

#include <string.h>

#include "base/error.h"
#include "base/utf8.h"
#include "script/directive.h"
#include "script/when.h"

/* One line of a header. */
struct line {
	const char *text;
	size_t length;      /* without its end */
	size_t comment;     /* offset behind "--", 0 if it is blank */
	size_t directive;   /* offset of "@", 0 if there is none */
};

struct header {
	struct arena *arena;
	const char *shown;
	struct revision *revision;
	struct line line;
	unsigned number;    /* of the line */
	unsigned seen;      /* bits by enum directive_id */
	/* The comment that may be the message. */
	enum { TEXT_NONE, TEXT_IN, TEXT_ENDED } state;
	char *text;
	size_t text_length;
};

static size_t skip_blanks(const char *text, size_t at, size_t length)
{
	while (at < length && (text[at] == ' ' || (text[at] >= '\t' && text[at] <= '\r')))
		at++;
	return at;
}

static size_t skip_bom(const char *text, size_t length)
{
	return length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

/* Understands a line; false if it is neither blank nor a comment. */
static bool read_line(struct line *line, const char *text, size_t length)
{
	size_t at = skip_blanks(text, 0, length);

	*line = (struct line) { .text = text, .length = length };
	if (at == length)
		return true;
	if (length - at < 2 || text[at] != '-' || text[at + 1] != '-')
		return false;
	line->comment = at + 2;
	at = skip_blanks(text, line->comment, length);
	if (length - at >= 2 && text[at] == '@' && text[at + 1] >= 'a' && text[at + 1] <= 'z')
		line->directive = at;
	return true;
}

static void line_directive(const struct line *line, struct directive *directive)
{
	directive_parse(directive, line->text + line->directive, line->length - line->directive);
}

static bool is_body_directive(const struct line *line)
{
	struct directive directive;

	if (!line->directive)
		return false;
	line_directive(line, &directive);
	return !directive_is_header(directive.id) && directive.id != DIRECTIVE_UNKNOWN;
}

/* Finds where the header ends; false when that takes more text. */
static bool find_end(const char *text, size_t length, bool whole, size_t *end)
{
	size_t at = skip_bom(text, length);
	struct line line;

	if (length < 3 && !whole) /* it may be the front of a byte-order mark */
		return false;
	while (at < length) {
		const char *newline = memchr(text + at, '\n', length - at);
		size_t line_length = newline ? (size_t)(newline - text) - at : length - at;
		bool part = !newline && !whole;

		*end = at;
		if (!read_line(&line, text + at, line_length)) {
			at += skip_blanks(text + at, 0, line_length);
			return !part || text[at] != '-' || length - at > 1;
		}
		if (part)
			return false;
		if (is_body_directive(&line))
			return true;
		at += line_length + 1;
	}
	*end = length;
	return whole;
}

static int fail_at(const struct header *h, size_t offset, struct limbeck_error *err)
{
	error_place(err, h->shown, h->number, (unsigned)utf8_count(h->line.text, offset) + 1);
	error_source(err, h->line.text, h->line.length);
	return -1;
}

static int bad_id(const struct header *h, const char *id, const char *word, const char *what,
	struct limbeck_error *err)
{
	if (graph_id_is_reserved(id) && strcmp(what, "parent") == 0) {
		error_set(err, LIMBECK_E_SCRIPT, "\"%s\" can't be a parent", id);
		error_hint(err, "@parents takes full revision ids; a file without it is a base.");
	} else if (graph_id_is_reserved(id)) {
		error_set(err, LIMBECK_E_SCRIPT, "\"%s\" is reserved and can't be a %s", id, what);
		error_hint(err, "Choose another name.");
	} else {
		error_set(err, LIMBECK_E_SCRIPT, "\"%.130s\" can't be a %s", id, what);
		error_hint(err, "It must be 1 to 128 letters, digits, \"_\"%s and \".\"; blanks "
			"separate several.", strcmp(what, "label") == 0 ? ", \"-\"" : "");
	}
	return fail_at(h, (size_t)(word - h->line.text), err);
}

static int twice(const struct header *h, const char *id, const char *word, const char *name,
	struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_SCRIPT, "\"%s\" stands twice in @%s", id, name);
	error_hint(err, "Remove one of them.");
	return fail_at(h, (size_t)(word - h->line.text), err);
}

/* A dependency may be a label too. */
static bool is_valid(const char *name, const char *what)
{
	if (strcmp(what, "label") == 0 || strcmp(what, "dependency") == 0)
		return graph_label_is_valid(name);
	return graph_id_is_valid(name);
}

/* Reads a list of ids or labels; what says which, and is for messages. */
static int read_names(struct header *h, const struct directive *directive, const char *what,
	struct names *names, struct limbeck_error *err)
{
	const char *rest = directive->rest, *word;
	size_t left = directive->rest_length, length;

	while (directive_word(&rest, &left, &word, &length)) {
		const char *id = arena_strndup(h->arena, word, length);

		if (!id)
			return error_nomem(err);
		if (!is_valid(id, what))
			return bad_id(h, id, word, what, err);
		for (size_t i = 0; i < names->count; i++)
			if (strcmp(names->items[i], id) == 0)
				return twice(h, id, word, directive_name(directive->id), err);
		if (!vec_push_arena(names, id, h->arena))
			return error_nomem(err);
	}
	return 0;
}

static int one_word(const struct header *h, const struct directive *directive,
	struct limbeck_error *err)
{
	const char *rest = directive->rest, *word;
	size_t left = directive->rest_length, length;

	if (directive_word(&rest, &left, &word, &length)
		&& !directive_word(&rest, &left, &word, &length))
		return 0;
	error_set(err, LIMBECK_E_SCRIPT, "@%s takes one %s", directive_name(directive->id),
		directive->id == DIRECTIVE_REVISION ? "id" : "name");
	error_hint(err, "Write it like \"-- @%s %s\".", directive_name(directive->id),
		directive->id == DIRECTIVE_REVISION ? "27c6a30d7c24" : "NAME");
	return fail_at(h, h->line.directive, err);
}

static int read_id(struct header *h, const struct directive *directive, struct limbeck_error *err)
{
	struct names ids = { NULL, 0, 0 };

	if (one_word(h, directive, err) < 0
		|| read_names(h, directive, "revision id", &ids, err) < 0)
		return -1;
	h->revision->id = ids.items[0];
	h->revision->line = h->number;
	return 0;
}

static int read_dialect(struct header *h, const struct directive *directive,
	struct limbeck_error *err)
{
	if (one_word(h, directive, err) < 0)
		return -1;
	if (directive_engine(directive->rest, directive->rest_length, "dialect", NULL, 0, err) < 0)
		return fail_at(h, (size_t)(directive->rest - h->line.text), err);
	h->revision->dialect = arena_strndup(h->arena, directive->rest, directive->rest_length);
	return h->revision->dialect ? 0 : error_nomem(err);
}

static int read_created(struct header *h, const struct directive *directive,
	struct limbeck_error *err)
{
	if (!when_is_valid(directive->rest, directive->rest_length)) {
		error_set(err, LIMBECK_E_SCRIPT, "\"%.*s\" is not a time in the form of ISO 8601",
			directive->rest_length > 80 ? 80 : (int)directive->rest_length,
			directive->rest);
		error_hint(err, "Write it like 2026-11-21T04:55:12Z.");
		return fail_at(h, (size_t)(directive->rest - h->line.text), err);
	}
	h->revision->created = arena_strndup(h->arena, directive->rest, directive->rest_length);
	return h->revision->created ? 0 : error_nomem(err);
}

static int read_directive(struct header *h, struct limbeck_error *err)
{
	struct revision *revision = h->revision;
	struct directive directive;

	line_directive(&h->line, &directive);
	if (directive.id == DIRECTIVE_UNKNOWN) {
		directive_unknown(&directive, err);
		return fail_at(h, h->line.directive, err);
	}
	if (h->seen & 1u << directive.id) {
		error_set(err, LIMBECK_E_SCRIPT, "second @%s", directive_name(directive.id));
		error_hint(err, "Keep one of the two lines.");
		return fail_at(h, h->line.directive, err);
	}
	h->seen |= 1u << directive.id;
	if (directive.rest_length == 0 && directive.id != DIRECTIVE_REVISION) {
		error_set(err, LIMBECK_E_SCRIPT, "@%s without a value",
			directive_name(directive.id));
		error_hint(err, "Give one, or remove the line.");
		return fail_at(h, h->line.directive, err);
	}
	switch (directive.id) {
	case DIRECTIVE_REVISION: return read_id(h, &directive, err);
	case DIRECTIVE_PARENTS: return read_names(h, &directive, "parent", &revision->parents, err);
	case DIRECTIVE_DEPENDS:
		return read_names(h, &directive, "dependency", &revision->depends, err);
	case DIRECTIVE_LABELS: return read_names(h, &directive, "label", &revision->labels, err);
	case DIRECTIVE_REPLACES:
		return read_names(h, &directive, "replaced revision", &revision->replaces, err);
	case DIRECTIVE_CREATED: return read_created(h, &directive, err);
	default: return read_dialect(h, &directive, err);
	}
}

/* Takes a comment line for the message: the first comment behind the
 * directives, up to a line that is no comment. room is what is left of the
 * header, which all that follows fits in. */
static bool read_text(struct header *h, size_t room)
{
	size_t at = h->line.comment, length = h->line.length;

	if (h->state == TEXT_ENDED || !(h->seen & 1u << DIRECTIVE_REVISION))
		return true;
	if (at < length && h->line.text[at] == ' ')
		at++;
	while (length > at && skip_blanks(h->line.text, length - 1, length) == length)
		length--;
	if (h->state == TEXT_NONE) {
		if (at >= length)
			return true;
		h->text = arena_alloc(h->arena, room + 1);
		if (!h->text)
			return false;
		h->text_length = 0;
		h->state = TEXT_IN;
	}
	if (length > at)
		memcpy(h->text + h->text_length, h->line.text + at, length - at);
	h->text_length += length > at ? length - at : 0;
	h->text[h->text_length++] = '\n';
	return true;
}

/* Ids and messages go into the database and onto terminals, which want UTF-8. */
static int check_bytes(const struct header *h, struct limbeck_error *err)
{
	const char *text = h->line.text;
	size_t length = h->line.length, at = 0, size = 1;

	while (at < length && text[at] && size) {
		size = (signed char)text[at] > 0 ? 1 : utf8_sequence(text + at, length - at);
		at += size;
	}
	if (at == length)
		return 0;
	error_set(err, LIMBECK_E_SCRIPT, "%s", text[at] ? "the text is not UTF-8"
		: "zero byte in the text");
	error_hint(err, "Revision files are UTF-8; if this one is in another encoding, save it as "
		"UTF-8.");
	return fail_at(h, at, err);
}

static int read_header_line(struct header *h, size_t room, struct limbeck_error *err)
{
	if (check_bytes(h, err) < 0)
		return -1;
	if (h->line.directive) {
		h->state = TEXT_NONE;
		return read_directive(h, err);
	}
	if (h->line.comment)
		return read_text(h, room) ? 0 : error_nomem(err);
	if (h->state == TEXT_IN)
		h->state = TEXT_ENDED;
	return 0;
}

static int finish(struct header *h, struct limbeck_error *err)
{
	const char *newline;

	if (!(h->seen & 1u << DIRECTIVE_REVISION)) {
		error_set(err, LIMBECK_E_SCRIPT, "file has no @revision");
		error_place(err, h->shown, 1, 0);
		error_hint(err, "The first line of a revision file looks like "
			"\"-- @revision 27c6a30d7c24\".");
		return -1;
	}
	h->revision->message = h->revision->text = "";
	if (!h->revision->created)
		h->revision->created = "";
	while (h->text_length && h->text[h->text_length - 1] == '\n')
		h->text_length--;
	if (!h->text_length)
		return 0;
	h->text[h->text_length] = '\0';
	h->revision->text = h->revision->message = h->text;
	newline = memchr(h->text, '\n', h->text_length);
	if (newline)
		h->revision->message = arena_strndup(h->arena, h->text,
			(size_t)(newline - h->text));
	return h->revision->message ? 0 : error_nomem(err);
}

int script_header(struct arena *arena, const char *text, size_t length, bool whole,
	const char *shown, struct revision *revision, bool *complete, struct limbeck_error *err)
{
	struct header h = { .arena = arena, .shown = shown, .revision = revision };
	size_t end, at = skip_bom(text, length), line_length;
	const char *newline;

	*complete = find_end(text, length, whole, &end);
	if (!*complete)
		return 0;
	memset(revision, 0, sizeof *revision);
	for (; at < end; at += line_length + 1) {
		newline = memchr(text + at, '\n', end - at);
		line_length = newline ? (size_t)(newline - text) - at : end - at;
		h.number++;
		read_line(&h.line, text + at, line_length);
		if (read_header_line(&h, end - at, err) < 0)
			return -1;
	}
	return finish(&h, err);
}
