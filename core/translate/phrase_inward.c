/* SPDX-License-Identifier: BSD-2-Clause */
/* Queries of another home dialect in common words. */
#include "translate/phrase_inward.h"

#include <string.h>

#include "base/vec.h"

static struct order_list inward_order(struct printer *out, const struct order_list *list,
	bool decides)
{
	struct rewriting *r = rewriting_of(out);
	struct order_list made = { NULL, 0, 0 };

	for (size_t i = 0; i < list->count; i++) {
		struct order_item item = list->items[i];
		bool down = item.direction && strcmp(item.direction, "DESC") == 0;

		if (decides && r->book->home->nulls_first && !item.nulls)
			item.nulls = down ? "LAST" : "FIRST";
		if (!vec_push_arena(&made, item, &r->arena))
			phrase_nomem(out);
	}
	return made;
}

struct ddl_window *inward_window(struct printer *out, const struct ddl_window *window)
{
	struct ddl_window *copy = arena_alloc(&rewriting_of(out)->arena, sizeof *copy);

	if (!copy)
		return (void)phrase_nomem(out), NULL;
	*copy = *window;
	copy->order = inward_order(out, &window->order, true);
	return copy;
}

static struct ddl_limit *inward_limit(struct printer *out, const struct ddl_limit *limit)
{
	struct ddl_limit *copy = arena_alloc(&rewriting_of(out)->arena, sizeof *copy);
	const struct ddl_expr *count = limit->count ? expr_inner(limit->count) : NULL;

	if (!copy)
		return (void)phrase_nomem(out), NULL;
	*copy = *limit;
	copy->comma = false;
	/* LIMIT -1, or a number beyond all: no limit. */
	if (count && ((count->kind == EXPR_PREFIX && strcmp(count->word, "-") == 0)
		|| (count->kind == EXPR_NUMBER && strlen(count->word) > 18))) {
		copy->word = NULL;
		copy->count = NULL;
	}
	return copy;
}

static struct ddl_lock *inward_locks(struct printer *out, const struct ddl_lock *locks)
{
	struct ddl_lock *copy = arena_alloc(&rewriting_of(out)->arena, sizeof *copy);

	if (!copy)
		return (void)phrase_nomem(out), NULL;
	*copy = *locks;
	if (strcmp(locks->words, "LOCK IN SHARE MODE") == 0)
		copy->words = "FOR SHARE";
	return copy;
}

const struct ddl_query *inward_query(struct printer *out, const struct ddl_query *query)
{
	struct rewriting *r = rewriting_of(out);
	struct ddl_query *copy;

	if (is_common(r))
		return query;
	copy = arena_alloc(&r->arena, sizeof *copy);
	if (!copy)
		return (void)phrase_nomem(out), NULL;
	*copy = *query;
	copy->order = inward_order(out, &query->order, query->limit != NULL);
	if (query->limit)
		copy->limit = inward_limit(out, query->limit);
	if (query->locks)
		copy->locks = inward_locks(out, query->locks);
	return out->target->failed ? NULL : copy;
}

/* DISTINCT and ALL alone say what is chosen. */
static struct ddl_word *inward_modifiers(struct printer *out, const struct ddl_word *words)
{
	struct ddl_word *first = NULL, **tail = &first;

	for (; words; words = words->next) {
		if (strncmp(words->word, "DISTINCT", 8) != 0 && strcmp(words->word, "ALL") != 0)
			continue;
		*tail = arena_alloc(&rewriting_of(out)->arena, sizeof **tail);
		if (!*tail)
			return (void)phrase_nomem(out), first;
		(*tail)->word = strcmp(words->word, "DISTINCTROW") == 0 ? "DISTINCT" : words->word;
		tail = &(*tail)->next;
	}
	return first;
}

static bool is_dual(const struct from_list *from)
{
	return from->count == 1 && from->items[0]->kind == FROM_TABLE && !from->items[0]->joins
		&& from->items[0]->name.count == 1
		&& (strcmp(from->items[0]->name.last->name, "dual") == 0
			|| strcmp(from->items[0]->name.last->name, "DUAL") == 0);
}

const struct ddl_select *inward_select(struct printer *out, const struct ddl_select *select)
{
	struct rewriting *r = rewriting_of(out);
	struct ddl_select *copy;

	if (is_common(r))
		return select;
	if (select->into_words || select->with_rollup) {
		target_refuse(out, &select->span, "%s has no counterpart", select->with_rollup
			? "WITH ROLLUP" : "SELECT ... INTO");
		return NULL;
	}
	copy = arena_alloc(&r->arena, sizeof *copy);
	if (!copy)
		return (void)phrase_nomem(out), NULL;
	*copy = *select;
	copy->modifiers = inward_modifiers(out, select->modifiers);
	if (is_dual(&select->from))
		copy->from = (struct from_list) { NULL, 0, 0 };
	if (select->where)
		copy->where = inward_condition(out, select->where);
	if (select->having)
		copy->having = inward_condition(out, select->having);
	return out->target->failed ? NULL : copy;
}

static struct from_join *inward_join(struct printer *out, const struct from_join *join)
{
	struct from_join *copy = arena_alloc(&rewriting_of(out)->arena, sizeof *copy);

	if (!copy)
		return (void)phrase_nomem(out), NULL;
	*copy = *join;
	if (strcmp(join->words, "STRAIGHT_JOIN") == 0)
		copy->words = "JOIN";
	if (!join->on && !join->columns && (strcmp(copy->words, "JOIN") == 0
		|| strcmp(copy->words, "INNER JOIN") == 0))
		copy->words = "CROSS JOIN";
	if (join->on)
		copy->on = inward_condition(out, join->on);
	if (join->next)
		copy->next = inward_join(out, join->next);
	return copy;
}

const struct from_item *inward_from(struct printer *out, const struct from_item *item)
{
	struct rewriting *r = rewriting_of(out);
	struct from_item *copy;

	if (is_common(r))
		return item;
	if (item->partitions) {
		target_refuse(out, &item->span, "PARTITION (...) has no counterpart");
		return NULL;
	}
	copy = arena_alloc(&r->arena, sizeof *copy);
	if (!copy)
		return (void)phrase_nomem(out), NULL;
	*copy = *item;
	copy->hints = NULL;
	if (item->joins)
		copy->joins = inward_join(out, item->joins);
	return out->target->failed ? NULL : copy;
}
