/* SPDX-License-Identifier: BSD-2-Clause */
#include "script/touch.h"

#include <string.h>

#include "base/error.h"
#include "script/touch_int.h"
#include "script/walk.h"

struct beginning {
	const char *word;
	void (*read)(struct toucher *t);   /* NULL: it touches nothing that matters */
};

static void touch_set(struct toucher *t);

static const struct beginning beginnings[] = {
	{ "CREATE", touch_create }, { "ALTER", touch_alter }, { "DROP", touch_drop },
	{ "RENAME", touch_rename }, { "INSERT", touch_insert }, { "REPLACE", touch_insert },
	{ "UPDATE", touch_update }, { "DELETE", touch_delete }, { "MERGE", touch_merge },
	{ "TRUNCATE", touch_truncate }, { "SELECT", touch_query }, { "WITH", touch_query },
	{ "VALUES", touch_query }, { "COMMENT", touch_comment }, { "GRANT", touch_grant },
	{ "REVOKE", touch_revoke }, { "SET", touch_set }, { "ANALYZE", NULL }, { "VACUUM", NULL },
	{ "BEGIN", NULL }, { "START", NULL }, { "COMMIT", NULL }, { "END", NULL },
	{ "ROLLBACK", NULL }, { "SAVEPOINT", NULL }, { "RELEASE", NULL }, { "LOCK", NULL },
	{ "UNLOCK", NULL },
};

/* How long to wait for something changes no result. */
static void touch_set(struct toucher *t)
{
	static const char *const scopes[] = { "SESSION", "LOCAL", NULL };
	static const char *const waits[] = { "LOCK_TIMEOUT", "STATEMENT_TIMEOUT",
		"LOCK_WAIT_TIMEOUT", "MAX_STATEMENT_TIME", NULL };

	touch_pass_all(t, scopes);
	for (bool known = touch_at_any(t, waits); !touch_ended(t); touch_next(t))
		if (!known || t->token.kind == TOKEN_COMMA)
			touch_unknown(t, "what a setting changes is not in the file");
}

static void read_statement(struct toucher *t)
{
	for (size_t i = 0; i < sizeof beginnings / sizeof *beginnings; i++)
		if (touch_pass(t, beginnings[i].word)) {
			if (beginnings[i].read)
				beginnings[i].read(t);
			/* What is left may still say that it is not known. */
			while (!touch_ended(t))
				touch_next(t);
			return;
		}
	if (!touch_ended(t))
		touch_unknown(t, "what a statement of its kind does is not in the file");
}

bool touch_statement(struct arena *arena, const struct limbeck_lexis *lexis, const char *text,
	size_t length, struct touches *touches)
{
	struct toucher t = { .arena = arena, .out = touches, .names = MAP_INIT, .seen = MAP_INIT,
		.text = STRBUF_INIT };

	*touches = (struct touches) { .list = VEC_INIT };
	touch_begin(&t, lexis, text, length);
	read_statement(&t);
	map_release(&t.names);
	map_release(&t.seen);
	strbuf_release(&t.text);
	return !t.failed;
}

static bool same(const char *a, const char *b)
{
	return strcmp(a, b) == 0;
}

/* Whether other may be the object that write is about, or in it. */
static bool same_object(const struct touch *write, const struct touch *other)
{
	if (write->flags & TOUCH_SCHEMA) {
		if (other->schema && same(other->schema, write->name))
			return true;
		return other->flags & TOUCH_SCHEMA && same(other->name, write->name);
	}
	return !(other->flags & TOUCH_SCHEMA) && same(other->name, write->name)
		&& (!other->schema || !write->schema || same(other->schema, write->schema));
}

static bool both_shared(const struct touch *write, const struct touch *other)
{
	return write->flags & other->flags & TOUCH_SHARED;
}

/* Whether other, of the same table, is about the column that write is about. */
static bool same_column(const struct touch *write, const struct touch *other)
{
	bool special = write->column[0] == '(';

	if (other->column)
		return same(other->column, write->column) && !both_shared(write, other);
	if (other->flags & TOUCH_DATA)
		return write->flags & TOUCH_DATA;
	return other->flags & TOUCH_WRITE || (!special && other->flags & TOUCH_WHOLE);
}

/* Whether a write of the object as such matters to other, which is about it. */
static bool meets_all(const struct touch *write, const struct touch *other)
{
	if (!(write->flags & TOUCH_SHARED))
		return true;
	return other->flags & TOUCH_WRITE && !(other->flags & TOUCH_SHARED) && !other->column
		&& (write->flags & TOUCH_SCHEMA) == (other->flags & TOUCH_SCHEMA);
}

bool touch_meets(const struct touch *write, const struct touches *other)
{
	bool special = write->column && write->column[0] == '(';
	bool object = false, column = other->star && !special;

	if (!(write->flags & TOUCH_WRITE))
		return false;
	for (size_t i = 0; i < other->list.count; i++) {
		const struct touch *touch = &other->list.items[i];

		if (write->flags & TOUCH_DATA && !other->rows && !(touch->flags & TOUCH_DATA))
			continue;
		if (write->column && touch->flags & TOUCH_WORD && same(touch->name, write->column))
			column = true;
		if (!same_object(write, touch))
			continue;
		if (!write->column && meets_all(write, touch))
			return true;
		object = true;
		column = column || (write->column && same_column(write, touch));
	}
	return write->column && object && column;
}

void touch_describe(struct strbuf *out, const struct touch *touch)
{
	if (touch->schema)
		strbuf_addf(out, "%s.", touch->schema);
	strbuf_addstr(out, touch->name);
	if (touch->column)
		strbuf_addf(out, "%s%s", touch->column[0] == '(' ? " " : ".", touch->column);
}

static int add_statement(struct arena *arena, const struct walk *walk, const struct walk_item *item,
	struct script_touched_list *out, struct limbeck_error *err)
{
	struct script_touched touched = { .line = item->line, .column = item->column };

	if (item->whole)
		touched.touches.unknown = "its section is one text for the server (@whole)";
	else if (!touch_statement(arena, walk->splitter.scanner.lexis, item->text, item->length,
			&touched.touches))
		return error_nomem(err);
	return vec_push_arena(out, touched, arena) ? 0 : error_nomem(err);
}

int script_touches(struct arena *arena, const struct script_source *source,
	struct script_touched_list *out, struct limbeck_error *err)
{
	struct walk walk;
	struct walk_item item = { .kind = WALK_SECTION };
	int result = walk_open(&walk, source, true, NULL, err);

	while (result == 0 && item.kind != WALK_END) {
		result = walk_next(&walk, &item, err);
		if (result == 0 && item.kind == WALK_STATEMENT
			&& item.section == (int)source->section)
			result = add_statement(arena, &walk, &item, out, err);
	}
	walk_close(&walk);
	return result;
}
