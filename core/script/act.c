/* SPDX-License-Identifier: BSD-2-Clause */
/* What each directive of the body does in a walk. */
#include "script/walk.h"

#include <string.h>

#include "base/error.h"

enum { PAUSE_LONGEST = 3600 * 1000 };

/* A directive that is being done. */
struct act {
	struct walk *walk;
	const struct split_item *split;
	struct directive directive;
	struct walk_item *item;
};

static int fail(const struct act *act, struct limbeck_error *err)
{
	return walk_fail(act->walk, act->split->line, act->split->column, err);
}

/* As fail(), at a word of the directive. */
static int fail_word(const struct act *act, const char *word, struct limbeck_error *err)
{
	return walk_fail(act->walk, act->split->line,
		act->split->column + (unsigned)(word - act->split->text), err);
}

static int no_argument(const struct act *act, struct limbeck_error *err)
{
	if (act->directive.rest_length == 0)
		return 0;
	error_set(err, LIMBECK_E_SCRIPT, "@%s takes no argument",
		directive_name(act->directive.id));
	return fail_word(act, act->directive.rest, err);
}

static struct walk_section *current(const struct act *act)
{
	return &act->walk->sections[act->walk->section];
}

static bool is_word(const char *word, size_t length, const char *name)
{
	return length == strlen(name) && memcmp(word, name, length) == 0;
}

static int read_flags(const struct act *act, struct walk_section *section,
	struct limbeck_error *err)
{
	const char *rest = act->directive.rest, *word;
	size_t left = act->directive.rest_length, length;

	while (directive_word(&rest, &left, &word, &length)) {
		if (is_word(word, length, "no-transaction")) {
			section->no_transaction = true;
		} else if (is_word(word, length, "rebuild")) {
			section->rebuild = true;
		} else {
			error_set(err, LIMBECK_E_SCRIPT, "unknown flag \"%.*s\" on @%s",
				length > 80 ? 80 : (int)length, word,
				directive_name(act->directive.id));
			error_hint(err, "The flags that there are are no-transaction and rebuild.");
			return fail_word(act, word, err);
		}
		if (section->no_transaction && section->rebuild) {
			error_set(err, LIMBECK_E_SCRIPT, "rebuild beside no-transaction on @%s",
				directive_name(act->directive.id));
			error_hint(err, "What a rebuild leaves behind is checked before the "
				"transaction is committed, so there must be one.");
			return fail_word(act, word, err);
		}
	}
	return 0;
}

static int begin_section(struct act *act, struct limbeck_error *err)
{
	struct walk *walk = act->walk;
	int which = act->directive.id == DIRECTIVE_UPGRADE ? SCRIPT_UPGRADE : SCRIPT_DOWNGRADE;
	struct walk_section *section = &walk->sections[which];

	if (walk_section_end(walk, err) < 0)
		return -1;
	if (!walk->source->path && (!walk->fresh || which != walk->section)) {
		error_set(err, LIMBECK_E_SCRIPT, "@%s in the text of one section",
			directive_name(act->directive.id));
		return fail(act, err);
	}
	if (section->line) {
		error_set(err, LIMBECK_E_SCRIPT, "second @%s section",
			directive_name(act->directive.id));
		error_detail(err, "The first begins in line %u.", section->line);
		return fail(act, err);
	}
	if (read_flags(act, section, err) < 0)
		return -1;
	walk->section = which;
	section->line = act->split->line;
	splitter_lexis(&walk->splitter, walk->source->home);
	*act->item = (struct walk_item) { .kind = WALK_SECTION, .section = which,
		.offset = act->split->offset, .line = act->split->line,
		.column = act->split->column, .no_transaction = section->no_transaction,
		.rebuild = section->rebuild };
	return 1;
}

static int irreversible(struct act *act, struct limbeck_error *err)
{
	struct walk *walk = act->walk;
	const char *fault = NULL;

	if (walk->section != SCRIPT_DOWNGRADE)
		fault = "@irreversible in the upgrade section";
	else if (walk->depth)
		fault = "@irreversible inside a block";
	else if (current(act)->irreversible)
		fault = "second @irreversible";
	else if (current(act)->statements)
		fault = "@irreversible in a section that has statements";
	if (fault) {
		error_set(err, LIMBECK_E_SCRIPT, "%s", fault);
		error_hint(err, "It stands alone in the downgrade section, and says that there is "
			"no way back.");
		return fail(act, err);
	}
	current(act)->irreversible = act->split->line;
	*act->item = (struct walk_item) { .kind = WALK_IRREVERSIBLE, .section = walk->section,
		.text = act->directive.rest, .length = act->directive.rest_length,
		.line = act->split->line, .column = act->split->column };
	return 1;
}

/* Which blocks a block may stand in: an @only or @except and an @autocommit in
 * each other, none in itself. */
static int check_nesting(const struct act *act, struct limbeck_error *err)
{
	const struct walk *walk = act->walk;
	bool selects = act->directive.id != DIRECTIVE_AUTOCOMMIT;

	for (size_t i = 0; i < walk->depth; i++) {
		const struct walk_block *block = &walk->blocks[i];

		if (selects != (block->id != DIRECTIVE_AUTOCOMMIT))
			continue;
		error_set(err, LIMBECK_E_SCRIPT, "@%s inside @%s",
			directive_name(act->directive.id), directive_name(block->id));
		error_detail(err, "The @%s is in line %u.", directive_name(block->id), block->line);
		error_hint(err, "Close it with \"-- @end\" first.");
		return fail(act, err);
	}
	return 0;
}

static void push(struct act *act, bool mine)
{
	struct walk *walk = act->walk;

	walk->blocks[walk->depth++] = (struct walk_block) { .id = act->directive.id,
		.line = act->split->line, .column = act->split->column, .mine = mine };
}

static bool is_listed(const struct script_source *source, const char *name, size_t length)
{
	for (size_t i = 0; i < source->engine_count; i++)
		if (strlen(source->engines[i]) == length
			&& memcmp(source->engines[i], name, length) == 0)
			return true;
	return false;
}

/* The rules of the first dialect named, or the file's. */
static const struct limbeck_lexis *named_lexis(const struct act *act)
{
	const char *rest = act->directive.rest, *word;
	size_t left = act->directive.rest_length, length;
	const struct limbeck_lexis *lexis = NULL;
	char name[64];

	directive_word(&rest, &left, &word, &length);
	if (length < sizeof name) {
		memcpy(name, word, length);
		name[length] = '\0';
		lexis = dialect_lexis(name);
	}
	return lexis ? lexis : act->walk->source->home;
}

static int select_engines(struct act *act, struct limbeck_error *err)
{
	const struct script_source *source = act->walk->source;
	const char *rest = act->directive.rest, *word;
	size_t left = act->directive.rest_length, length;
	const struct limbeck_lexis *lexis = source->home;
	bool only = act->directive.id == DIRECTIVE_ONLY, listed = false;

	if (check_nesting(act, err) < 0)
		return -1;
	if (left == 0) {
		error_set(err, LIMBECK_E_SCRIPT, "@%s without an engine",
			directive_name(act->directive.id));
		error_hint(err, "Name the engines behind it, with blanks between them.");
		return fail(act, err);
	}
	while (directive_word(&rest, &left, &word, &length)) {
		if (directive_engine(word, length, "engine", source->engines, source->engine_count,
				err) < 0)
			return fail_word(act, word, err);
		listed = listed || is_listed(source, word, length);
	}
	if (only)
		lexis = listed && source->engine ? source->engine : named_lexis(act);
	push(act, listed == only);
	splitter_lexis(&act->walk->splitter, lexis);
	return 0;
}

static int autocommit(struct act *act, struct limbeck_error *err)
{
	if (no_argument(act, err) < 0 || check_nesting(act, err) < 0)
		return -1;
	push(act, true);
	return 0;
}

static int end_block(struct act *act, struct limbeck_error *err)
{
	struct walk *walk = act->walk;
	enum directive_id id;

	if (no_argument(act, err) < 0)
		return -1;
	if (walk->depth == 0) {
		error_set(err, LIMBECK_E_SCRIPT, "@end without a block to end");
		error_hint(err, "@only, @except, @autocommit and @statement open one.");
		return fail(act, err);
	}
	id = walk->blocks[--walk->depth].id;
	if (id == DIRECTIVE_ONLY || id == DIRECTIVE_EXCEPT)
		splitter_lexis(&walk->splitter, walk->source->home);
	return 0;
}

/* The text up to @end, which comes next; semicolons at its end are no part. */
static int statement(struct act *act, struct limbeck_error *err)
{
	static const char *const stops[] = { "end", "upgrade", "downgrade", NULL };
	struct walk *walk = act->walk;
	struct split_item split;

	if (no_argument(act, err) < 0)
		return -1;
	push(act, true);
	if (splitter_raw(&walk->splitter, stops, true, &split, err) < 0)
		return -1;
	while (split.length && strchr("; \t\n\v\f\r", split.text[split.length - 1]))
		split.length--;
	if (split.length)
		return walk_statement(walk, &split, act->item, err);
	if (walk->splitter.end && walk->splitter.scanner.pos == walk->splitter.window.len)
		return 0;
	error_set(err, LIMBECK_E_SCRIPT, "@statement without a statement");
	return fail(act, err);
}

static int whole(struct act *act, struct limbeck_error *err)
{
	if (no_argument(act, err) < 0)
		return -1;
	if (act->walk->depth || current(act)->statements) {
		error_set(err, LIMBECK_E_SCRIPT, act->walk->depth ? "@whole inside a block"
			: "@whole after a statement");
		error_hint(err, "It stands right behind @upgrade or @downgrade, and makes the "
			"section one text.");
		return fail(act, err);
	}
	/* The other section may be one that can't be read statement by statement. */
	act->walk->whole = !act->walk->parts
		|| act->walk->section != (int)act->walk->source->section;
	return 0;
}

/* The value of pause=MS. */
static bool read_pause(const char *word, size_t length, unsigned *pause)
{
	const size_t prefix = strlen("pause=");
	unsigned value = 0;

	if (length <= prefix || memcmp(word, "pause=", prefix) != 0)
		return false;
	for (size_t i = prefix; i < length; i++) {
		if (word[i] < '0' || word[i] > '9')
			return false;
		value = value * 10 + (unsigned)(word[i] - '0');
		if (value > PAUSE_LONGEST)
			return false;
	}
	*pause = value;
	return true;
}

static int repeat(struct act *act, struct limbeck_error *err)
{
	struct walk *walk = act->walk;
	const char *rest = act->directive.rest, *word;
	size_t left = act->directive.rest_length, length;

	while (directive_word(&rest, &left, &word, &length))
		if (!read_pause(word, length, &walk->pause_ms)) {
			error_set(err, LIMBECK_E_SCRIPT, "\"%.*s\" is no option of @repeat",
				length > 80 ? 80 : (int)length, word);
			error_hint(err, "Write pause=MS, with 0 to %d milliseconds.",
				PAUSE_LONGEST);
			return fail_word(act, word, err);
		}
	walk->repeat = true;
	walk->repeat_line = act->split->line;
	walk->repeat_column = act->split->column;
	return 0;
}

static int decide(struct act *act, struct limbeck_error *err)
{
	const struct walk *walk = act->walk;

	if (act->directive.rest_length == 0) {
		error_set(err, LIMBECK_E_SCRIPT, "@decide without a text");
		error_hint(err, "Say behind it what a person has to decide.");
		return fail(act, err);
	}
	*act->item = (struct walk_item) { .kind = WALK_DECIDE, .section = walk->section,
		.text = act->directive.rest, .length = act->directive.rest_length, .mine = true,
		.line = act->split->line, .column = act->split->column };
	for (size_t i = 0; i < walk->depth; i++)
		act->item->mine = act->item->mine && walk->blocks[i].mine;
	return 1;
}

static int header(struct act *act, struct limbeck_error *err)
{
	if (act->walk->section == WALK_HEADER)
		return 0;
	error_set(err, LIMBECK_E_SCRIPT, "@%s in a section", directive_name(act->directive.id));
	error_hint(err, "It belongs to the file's header, before @upgrade.");
	return fail(act, err);
}

static int unknown(struct act *act, struct limbeck_error *err)
{
	directive_unknown(&act->directive, err);
	return fail(act, err);
}

static int (*const acts[])(struct act *act, struct limbeck_error *err) = {
	[DIRECTIVE_REVISION] = header,
	[DIRECTIVE_PARENTS] = header,
	[DIRECTIVE_DEPENDS] = header,
	[DIRECTIVE_LABELS] = header,
	[DIRECTIVE_CREATED] = header,
	[DIRECTIVE_REPLACES] = header,
	[DIRECTIVE_DIALECT] = header,
	[DIRECTIVE_UPGRADE] = begin_section,
	[DIRECTIVE_DOWNGRADE] = begin_section,
	[DIRECTIVE_IRREVERSIBLE] = irreversible,
	[DIRECTIVE_ONLY] = select_engines,
	[DIRECTIVE_EXCEPT] = select_engines,
	[DIRECTIVE_END] = end_block,
	[DIRECTIVE_AUTOCOMMIT] = autocommit,
	[DIRECTIVE_STATEMENT] = statement,
	[DIRECTIVE_WHOLE] = whole,
	[DIRECTIVE_REPEAT] = repeat,
	[DIRECTIVE_DECIDE] = decide,
	[DIRECTIVE_UNKNOWN] = unknown,
};

int walk_directive(struct walk *walk, const struct split_item *split, struct walk_item *item,
	struct limbeck_error *err)
{
	struct act act = { .walk = walk, .split = split, .item = item };
	enum directive_id id;
	int result;

	directive_parse(&act.directive, split->text, split->length);
	id = act.directive.id;
	if (walk->repeat && id != DIRECTIVE_STATEMENT && id != DIRECTIVE_UNKNOWN
		&& walk_section_end(walk, err) < 0)
		return -1;
	if (walk->section == WALK_HEADER && id > DIRECTIVE_DOWNGRADE && id != DIRECTIVE_UNKNOWN) {
		error_set(err, LIMBECK_E_SCRIPT, "@%s before a section", directive_name(id));
		error_hint(err, "It stands behind \"-- @upgrade\" or \"-- @downgrade\".");
		return fail(&act, err);
	}
	result = acts[id](&act, err);
	walk->fresh = false;
	return result;
}
