/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The sections of a squashed revision. What only makes and drops objects is found
 * by comparing what was there before and after; where rows are touched, or
 * something that a catalog does not tell, the old sections are joined.
 */
#include <string.h>
#include <strings.h>

#include "api/proof.h"
#include "api/squash.h"
#include "base/error.h"
#include "diff/diff.h"
#include "script/script.h"
#include "script/touch.h"
#include "sql/scanner.h"

enum { SECTION_LARGEST = 64 << 20 };

/* One section of one of the old files. */
struct part {
	const struct revision *revision;
	struct script_source source;
	struct script_survey survey;
	bool plain;                  /* a catalog tells all that it does */
};

/* How the statements are read: as those of a run on the configured engine. */
static int make_source(struct squash *squash, struct part *part, bool up,
	struct limbeck_error *err)
{
	struct limbeck *lb = squash->lb;
	const struct limbeck_lexis *own = &lb->driver->traits.lexis, *home = own;
	const char *dialect = squash->dialect ? squash->dialect : lb->config.dialect;

	for (size_t i = 0; dialect && i < lb->engine_count; i++)
		if (!strcmp(lb->engines[i], dialect))
			dialect = NULL;
	if (dialect)
		home = dialect_lexis(dialect);
	if (!home)
		return error_set(err, LIMBECK_E_CONFIG, "unknown dialect \"%s\"", dialect);
	part->source = (struct script_source) { .path = part->revision->path,
		.shown = part->revision->path, .section = up ? SCRIPT_UPGRADE : SCRIPT_DOWNGRADE,
		.home = home, .engine = own, .engines = lb->engines,
		.engine_count = lb->engine_count };
	part->plain = !dialect;
	return 0;
}

/* The first word of text is one of those, separated by blanks; moves on behind it. */
static bool take_word(const char **text, const char *end, const char *words)
{
	const char *start = *text;
	size_t length;

	while (start < end && strchr(" \t\r\n", *start))
		start++;
	for (length = 0; start + length < end && strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			"abcdefghijklmnopqrstuvwxyz_", start[length]); length++)
		;
	for (; *words; words += strcspn(words, " "), words += *words == ' ')
		if (strcspn(words, " ") == length && length
			&& !strncasecmp(words, start, length)) {
			*text = start + length;
			return true;
		}
	return false;
}

/* *plain: whether all that a statement does is seen in a catalog. false: no memory. */
static bool judge(struct arena *arena, const struct limbeck_lexis *lexis,
	const struct script_statement *statement, bool *plain)
{
	const char *text = statement->text, *end = text + statement->length;
	struct touches touches = { 0 };
	bool writes = false;

	*plain = false;
	if (statement->autocommit || statement->repeat
		|| !take_word(&text, end, "CREATE ALTER DROP COMMENT")
		|| !take_word(&text, end, "TABLE INDEX UNIQUE VIEW MATERIALIZED TYPE DOMAIN SEQUENCE "
			"SCHEMA TRIGGER FUNCTION PROCEDURE OR ON"))
		return true;
	if (!touch_statement(arena, lexis, statement->text, statement->length, &touches))
		return false;
	for (size_t i = 0; i < touches.list.count; i++) {
		unsigned flags = touches.list.items[i].flags;

		if ((flags & TOUCH_WRITE) && (flags & TOUCH_DATA))
			return true;
		writes = writes || (flags & TOUCH_WRITE);
	}
	if (!writes || touches.unknown || touches.rows)
		return true;
	text = arena_strndup(arena, statement->text, statement->length);
	/* Who owns what is in no catalog. */
	*plain = text && !text_mentions(lexis, text, "owner");
	return text != NULL;
}

static int read_statements(struct squash *squash, struct part *part, struct limbeck_error *err)
{
	struct script_reader *reader = NULL;
	struct script_statement statement;
	int result;

	if (script_reader_open(&reader, &part->source, err) < 0)
		return -1;
	while ((result = script_reader_next(reader, &statement, err)) > 0 && part->plain)
		if (!judge(&squash->arena, part->source.home, &statement, &part->plain)) {
			result = error_nomem(err);
			break;
		}
	script_reader_close(reader);
	return result < 0 ? -1 : 0;
}

static int check_part(const struct part *part, struct limbeck_error *err)
{
	const struct script_survey *survey = &part->survey;

	if (survey->decisions) {
		error_set(err, LIMBECK_E_SCRIPT, "to be decided: %s", survey->decide);
		error_place(err, part->source.shown, survey->decide_line, survey->decide_column);
		error_hint(err, "Edit the statements behind the line, then delete the line.");
		return -1;
	}
	if (!survey->whole)
		return 0;
	error_set(err, LIMBECK_E_UNSUPPORTED, "revision %s has @whole and can't be joined to others",
		part->revision->id);
	error_place(err, part->source.shown, survey->line, 0);
	return -1;
}

static int read_parts(struct squash *squash, bool up, struct part *parts,
	struct limbeck_error *err)
{
	for (size_t i = 0; i < squash->range.count; i++) {
		struct part *part = &parts[i];

		part->revision = squash->range.items[i];
		if (make_source(squash, part, up, err) < 0
			|| script_survey(&squash->arena, &part->source, &part->survey, err) < 0
			|| check_part(part, err) < 0)
			return -1;
		part->plain = part->plain && !part->survey.selects && !part->survey.no_transaction;
		if (part->plain && read_statements(squash, part, err) < 0)
			return -1;
	}
	return 0;
}

/* Whether all changes only make things: then nothing that is there is at stake. */
static int only_makes(struct squash *squash, const struct limbeck_catalog *before,
	const struct limbeck_catalog *after, bool *only, struct limbeck_error *err)
{
	struct diff diff = { 0 };
	const struct driver *driver = connection_driver(replay_connection(squash->replay));
	const struct diff_options options = { .traits = &driver->traits,
		.alterable = driver->table.alterable };
	int result = diff_make(&squash->arena, before, after, &options, &diff, err);

	*only = result == 0;
	for (size_t i = 0; *only && i < diff.changes.count; i++)
		*only = diff.changes.items[i].verb == LIMBECK_CREATE;
	diff_release(&diff);
	return result;
}

/* Puts the statements that lead from before to after into the section; it stays
 * joined where they need a person. */
static int compare(struct squash *squash, const struct limbeck_catalog *before,
	const struct limbeck_catalog *after, struct squash_section *section,
	struct limbeck_error *err)
{
	struct rendered rendered;
	int result;

	rendered_init(&rendered);
	result = proof_render(replay_connection(squash->replay), before, after, &rendered, err);
	if (result == 0 && !rendered.decides) {
		section->joined = false;
		section->flags = rendered.rebuild ? "rebuild" : NULL;
		strbuf_add(&section->text, rendered.text.buf, rendered.text.len);
	}
	rendered_release(&rendered);
	return result;
}

static bool all_plain(const struct part *parts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (!parts[i].plain)
			return false;
	return true;
}

static int choose_flags(const struct part *parts, size_t count, struct squash_section *section,
	struct limbeck_error *err)
{
	size_t outside = 0;
	bool rebuild = false;

	for (size_t i = 0; i < count; i++) {
		outside += parts[i].survey.no_transaction;
		rebuild = rebuild || parts[i].survey.rebuild;
	}
	if (outside == count)
		section->flags = "no-transaction";
	else if (rebuild)
		section->flags = "rebuild";
	for (size_t i = 0; i < count; i++) {
		const struct script_survey *survey = &parts[i].survey;
		bool cut = survey->cut || survey->no_transaction;

		if (outside == count || !(rebuild ? cut : survey->no_transaction && survey->cut))
			continue;
		error_set(err, LIMBECK_E_UNSUPPORTED, "revision %s can't be joined to the others: it "
			"has parts that run outside a transaction", parts[i].revision->id);
		error_place(err, parts[i].source.shown, survey->line, 0);
		error_hint(err, "Squash what is before it, and what is behind it.");
		return -1;
	}
	return 0;
}

/* Whether the last line is "-- @end", behind which nothing is open. */
static bool ends_block(const char *body, size_t length)
{
	static const char end[] = "-- @end";

	return length >= sizeof end - 1 &&
		memcmp(body + length - (sizeof end - 1), end, sizeof end - 1) == 0 &&
		(length == sizeof end - 1 || body[length - sizeof end] == '\n');
}

/* What a section has behind the line of its directive. */
static int add_body(const struct part *part, struct strbuf *out, struct limbeck_error *err)
{
	struct strbuf text = STRBUF_INIT;
	bool cut = false;
	const char *body;
	size_t length;
	int result = script_section(&part->source, &part->survey.places[part->source.section],
		SECTION_LARGEST, &text, &cut, err);

	if (result == 0 && cut)
		result = error_set(err, LIMBECK_E_UNSUPPORTED, "revision %s is too long to be joined to "
			"others", part->revision->id);
	body = text.buf + strcspn(text.buf, "\n");
	body += strspn(body, " \t\r\n");
	length = strlen(body);
	while (length && strchr(" \t\r\n", body[length - 1]))
		length--;
	strbuf_add(out, body, length);
	/* On a line of its own, for a comment may end the text. */
	if (length && body[length - 1] != ';' && !ends_block(body, length))
		strbuf_addstr(out, "\n;");
	strbuf_release(&text);
	return result;
}

static int add_part(const struct part *part, bool all_outside, struct strbuf *out,
	struct limbeck_error *err)
{
	const struct revision *revision = part->revision;
	bool outside = part->survey.no_transaction && !all_outside;

	if (!part->survey.present)
		return 0;
	strbuf_addf(out, "%s-- %s%s%s\n%s", out->len ? "\n" : "", revision->id,
		*revision->message ? ": " : "", revision->message, outside ? "-- @autocommit\n" : "");
	if (add_body(part, out, err) < 0)
		return -1;
	strbuf_addstr(out, outside ? "\n-- @end\n" : "\n");
	if (part->source.home->flags & LIMBECK_LEX_DELIMITER)
		strbuf_addstr(out, "DELIMITER ;\n");
	return strbuf_failed(out) ? error_nomem(err) : 0;
}

static int join(const struct part *parts, size_t count, bool up, struct squash_section *section,
	struct limbeck_error *err)
{
	bool all_outside;

	if (choose_flags(parts, count, section, err) < 0)
		return -1;
	all_outside = section->flags && !strcmp(section->flags, "no-transaction");
	for (size_t i = 0; i < count; i++)
		if (add_part(&parts[up ? i : count - 1 - i], all_outside, &section->text, err) < 0)
			return -1;
	return 0;
}

static int write_irreversible(struct squash *squash, const struct part *parts,
	struct limbeck_error *err)
{
	struct strbuf *out = &squash->down.text;

	for (size_t i = 0; i < squash->range.count && !squash->irreversible; i++) {
		const struct script_survey *survey = &parts[i].survey;

		if (!survey->irreversible)
			continue;
		squash->irreversible = true;
		strbuf_addf(out, "-- @irreversible %s\n",
			survey->why ? survey->why : "a squashed revision has no downgrade");
	}
	return strbuf_failed(out) ? error_nomem(err) : 0;
}

static int write_up(struct squash *squash, const struct part *parts, struct limbeck_error *err)
{
	struct squash_section *up = &squash->up;
	size_t count = squash->range.count;
	bool plain = all_plain(parts, count), only = false;

	up->joined = true;
	if (plain && only_makes(squash, squash->before, squash->after, &only, err) < 0)
		return -1;
	if (only && compare(squash, squash->before, squash->after, up, err) < 0)
		return -1;
	return up->joined ? join(parts, count, true, up, err) : 0;
}

/* The way back from what was found by comparison is found so too. */
static int write_down(struct squash *squash, const struct part *parts, struct limbeck_error *err)
{
	struct squash_section *down = &squash->down;
	size_t count = squash->range.count;

	down->joined = true;
	if (write_irreversible(squash, parts, err) < 0)
		return -1;
	if (squash->irreversible)
		return 0;
	if (!squash->up.joined && all_plain(parts, count)
		&& compare(squash, squash->after, squash->before, down, err) < 0)
		return -1;
	return down->joined ? join(parts, count, false, down, err) : 0;
}

int squash_write(struct squash *squash, struct limbeck_error *err)
{
	size_t count = squash->range.count;
	struct part *ups = arena_array(&squash->arena, count, sizeof *ups);
	struct part *downs = arena_array(&squash->arena, count, sizeof *downs);

	if (!ups || !downs)
		return error_nomem(err);
	if (read_parts(squash, true, ups, err) < 0 || read_parts(squash, false, downs, err) < 0
		|| write_up(squash, ups, err) < 0)
		return -1;
	if (write_down(squash, downs, err) < 0)
		return -1;
	return strbuf_failed(&squash->up.text) || strbuf_failed(&squash->down.text)
		? error_nomem(err) : 0;
}
