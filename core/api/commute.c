/* SPDX-License-Identifier: BSD-2-Clause */
/* Whether two branches commute. */
#include "api/session.h"

#include <string.h>

#include "base/error.h"
#include "base/map.h"
#include "script/touch.h"
#include "sql/scanner.h"

/* A statement of one side. */
struct spot {
	struct limbeck_place place;
	struct touches touches;
};

struct spot_list {
	struct spot **items;
	size_t count;
	size_t capacity;
};

struct side {
	struct revision_set below;   /* the head and what it builds on */
	struct spot_list spots;
	struct map by_name;          /* of objects: struct spot_list */
};

struct commute {
	struct limbeck *lb;
	struct arena arena;
	struct side sides[2];
	struct map told;             /* what fn knows already */
	struct strbuf key;
	int verdict;
	limbeck_finding_fn *fn;
	void *data;
	int stop;
};

static int find_head(struct commute *c, const char *identifier, struct side *side,
	struct revision **head, struct limbeck_error *err)
{
	struct graph *graph = &c->lb->graph;
	struct resolve_result result = { 0 };

	if (graph_resolve(graph, identifier, RESOLVE_REVISION, NULL, &result, err) < 0)
		return -1;
	if (result.revisions.count != 1)
		return error_set(err, LIMBECK_E_USAGE, "%s is not one revision", identifier);
	*head = result.revisions.items[0];
	if (!revision_set_init(&side->below, graph, &c->arena)
		|| !graph_mark_ancestors(graph, &result.revisions, &side->below))
		return error_nomem(err);
	return 0;
}

static int find_heads(struct commute *c, const char *a, const char *b, struct limbeck_error *err)
{
	struct side *sides = c->sides;
	struct revision *heads[2];

	if (find_head(c, a, &sides[0], &heads[0], err) < 0
		|| find_head(c, b, &sides[1], &heads[1], err) < 0)
		return -1;
	for (int i = 0; i < 2; i++)
		if (revision_set_has(&sides[1 - i].below, heads[i])) {
			error_set(err, LIMBECK_E_RANGE, "revisions %s and %s are not on two branches",
				heads[0]->id, heads[1]->id);
			if (heads[0] != heads[1])
				error_detail(err, "%s builds on %s.", heads[1 - i]->id, heads[i]->id);
			return -1;
		}
	return 0;
}

/* The rules that a dialect is read by; name is NULL where it is the engine's,
 * which may be one that needs no driver to be known. */
static int find_lexis(struct commute *c, const struct revision *revision,
	const struct limbeck_lexis **lexis, struct limbeck_error *err)
{
	struct limbeck *lb = c->lb;
	const char *name = revision->dialect ? revision->dialect : lb->config.dialect;

	*lexis = dialect_lexis(name ? name : lb->config.url.scheme);
	if (*lexis)
		return 0;
	if (session_driver(lb, err) < 0)
		return -1;
	*lexis = &lb->driver->traits.lexis;
	if (!name || !strcmp(name, lb->driver->table.name) || !strcmp(name, lb->config.url.scheme))
		return 0;
	error_set(err, LIMBECK_E_CONFIG, "unknown dialect \"%s\"", name);
	if (revision->dialect)
		error_place(err, revision->path, 0, 0);
	return -1;
}

static bool index_name(struct commute *c, struct side *side, const char *name, struct spot *spot)
{
	struct spot_list *list = map_get(&side->by_name, name);

	if (!list) {
		list = arena_alloc(&c->arena, sizeof *list);
		if (!list || !map_put(&side->by_name, name, list))
			return false;
	}
	return (list->count > 0 && list->items[list->count - 1] == spot)
		|| vec_push_arena(list, spot, &c->arena);
}

static bool add_spot(struct commute *c, struct side *side, const struct revision *revision,
	const struct script_touched *touched)
{
	struct spot *spot = arena_alloc(&c->arena, sizeof *spot);

	if (!spot)
		return false;
	spot->touches = touched->touches;
	spot->place = (struct limbeck_place) { .size = sizeof spot->place,
		.revision = revision->id, .path = revision->path, .line = touched->line,
		.column = touched->column };
	for (size_t i = 0; i < spot->touches.list.count; i++) {
		const struct touch *touch = &spot->touches.list.items[i];

		if (!index_name(c, side, touch->name, spot)
			|| (touch->schema && !index_name(c, side, touch->schema, spot)))
			return false;
	}
	return vec_push_arena(&side->spots, spot, &c->arena);
}

static int read_revision(struct commute *c, struct side *side, const struct revision *revision,
	struct limbeck_error *err)
{
	const char *engine = c->lb->config.url.scheme;
	struct script_source source = {
		.path = revision->kept ? NULL : revision->path, .shown = revision->path,
		.section = SCRIPT_UPGRADE, .engines = &engine, .engine_count = 1,
	};
	struct script_touched_list list = { 0 };

	if (find_lexis(c, revision, &source.home, err) < 0
		|| script_touches(&c->arena, &source, &list, err) < 0)
		return -1;
	for (size_t i = 0; i < list.count; i++)
		if (!add_spot(c, side, revision, &list.items[i]))
			return error_nomem(err);
	return 0;
}

/* The revisions that only one of the two heads builds on. */
static int read_sides(struct commute *c, struct limbeck_error *err)
{
	const struct revision_list *all = &c->lb->graph.all;

	for (size_t i = 0; i < all->count; i++)
		for (int s = 0; s < 2; s++)
			if (revision_set_has(&c->sides[s].below, all->items[i])
				&& !revision_set_has(&c->sides[1 - s].below, all->items[i])
				&& read_revision(c, &c->sides[s], all->items[i], err) < 0)
				return -1;
	return 0;
}

/* True once for each key. */
static bool is_new(struct commute *c, struct limbeck_error *err)
{
	const char *key;

	if (!strbuf_failed(&c->key) && map_get(&c->told, c->key.buf))
		return false;
	key = strbuf_failed(&c->key) ? NULL : arena_strdup(&c->arena, c->key.buf);
	if (key && map_put(&c->told, key, c))
		return true;
	error_nomem(err);
	c->stop = -1;
	return false;
}

static void tell(struct commute *c, const struct limbeck_finding *finding)
{
	if (c->verdict != LIMBECK_VERDICT_CONFLICT)
		c->verdict = finding->verdict;
	if (c->fn && !c->stop)
		c->stop = c->fn(c->data, finding) ? 1 : 0;
}

/* A conflict is told once for an object and two revisions, and once for two
 * statements. */
static void tell_conflict(struct commute *c, const struct touch *write, int s,
	const struct spot *writer, const struct spot *other, struct limbeck_error *err)
{
	const struct limbeck_place *a = s ? &other->place : &writer->place;
	const struct limbeck_place *b = s ? &writer->place : &other->place;
	struct strbuf object = STRBUF_INIT;

	touch_describe(&object, write);
	strbuf_reset(&c->key);
	strbuf_addf(&c->key, "@%s:%u:%u %s:%u:%u", a->revision, a->line, a->column, b->revision,
		b->line, b->column);
	if (is_new(c, err)) {
		strbuf_reset(&c->key);
		strbuf_addf(&c->key, "=%s %s %s", a->revision, b->revision, object.buf);
		if (is_new(c, err))
			tell(c, &(struct limbeck_finding) { .size = sizeof(struct limbeck_finding),
				.verdict = LIMBECK_VERDICT_CONFLICT, .object = object.buf,
				.a = a, .b = b });
	}
	strbuf_release(&object);
}

/* What one statement writes, seen by each revision of the other side. */
static void compare(struct commute *c, int s, const struct spot *spot, const struct touch *write,
	struct limbeck_error *err)
{
	const struct spot_list *list = map_get(&c->sides[1 - s].by_name, write->name);
	const char *met = NULL;

	for (size_t i = 0; list && i < list->count && !c->stop; i++) {
		const struct spot *other = list->items[i];

		if (met == other->place.revision || !touch_meets(write, &other->touches))
			continue;
		met = other->place.revision;
		tell_conflict(c, write, s, spot, other, err);
	}
}

/* Of what a revision writes many times, the first time stands for all. */
static void compare_side(struct commute *c, int s, struct limbeck_error *err)
{
	const struct spot_list *spots = &c->sides[s].spots;

	for (size_t i = 0; i < spots->count; i++) {
		const struct spot *spot = spots->items[i];

		for (size_t j = 0; j < spot->touches.list.count && !c->stop; j++) {
			const struct touch *touch = &spot->touches.list.items[j];

			if (!(touch->flags & TOUCH_WRITE))
				continue;
			strbuf_reset(&c->key);
			strbuf_addf(&c->key, "!%s %u ", spot->place.revision, touch->flags);
			touch_describe(&c->key, touch);
			if (is_new(c, err))
				compare(c, s, spot, touch, err);
		}
	}
}

static bool touches_anything(const struct side *side)
{
	for (size_t i = 0; i < side->spots.count; i++)
		if (side->spots.items[i]->touches.list.count > 0
			|| side->spots.items[i]->touches.unknown)
			return true;
	return false;
}

/* What can't be known does not matter where the other side does nothing. */
static void tell_unknown(struct commute *c, int s)
{
	const struct side *side = &c->sides[s];

	if (!touches_anything(&c->sides[1 - s]))
		return;
	for (size_t i = 0; i < side->spots.count && !c->stop; i++) {
		const struct spot *spot = side->spots.items[i];
		struct limbeck_finding finding = { .size = sizeof finding,
			.verdict = LIMBECK_VERDICT_UNKNOWN, .why = spot->touches.unknown };

		if (!finding.why)
			continue;
		if (s)
			finding.b = &spot->place;
		else
			finding.a = &spot->place;
		tell(c, &finding);
	}
}

static int judge(struct commute *c, struct limbeck_error *err)
{
	for (int s = 0; s < 2; s++)
		compare_side(c, s, err);
	for (int s = 0; s < 2; s++)
		tell_unknown(c, s);
	return c->stop < 0 ? -1 : 0;
}

int limbeck_commute(struct limbeck *lb, const char *a, const char *b, int *verdict,
	limbeck_finding_fn *fn, void *data, struct limbeck_error *err)
{
	struct commute c = { .lb = lb, .arena = ARENA_INIT, .told = MAP_INIT, .key = STRBUF_INIT,
		.verdict = LIMBECK_VERDICT_COMMUTE, .fn = fn, .data = data };
	int result = -1;

	if (session_graph(lb, err) == 0 && find_heads(&c, a, b, err) == 0
		&& read_sides(&c, err) == 0)
		result = judge(&c, err);
	if (result == 0)
		*verdict = c.verdict;
	map_release(&c.sides[0].by_name);
	map_release(&c.sides[1].by_name);
	map_release(&c.told);
	strbuf_release(&c.key);
	arena_release(&c.arena);
	return result;
}
