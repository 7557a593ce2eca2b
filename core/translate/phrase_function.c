/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Functions that give rows. The elements of an array come from the engine's table
 * function (limbeck_translation.each); what the home calls its column is said as
 *
 *     limbeck.each_text(e.value, e.type)   unnest, jsonb_array_elements_text
 *     limbeck.each_number(...)             unnest of numbers
 *     limbeck.each_json(...)               jsonb_array_elements
 *     limbeck.series(from, to, step)       generate_series: a query in parentheses
 */
#include "translate/phrase_rules.h"

#include <string.h>

#include "base/vec.h"

static const struct {
	const char *name, *word, *meaning;
} functions[] = {
	{ "unnest", "each_text", "text" },
	{ "jsonb_array_elements", "each_json", "json" },
	{ "json_array_elements", "each_json", "json" },
	{ "jsonb_array_elements_text", "each_text", "text" },
	{ "json_array_elements_text", "each_text", "text" }
};

static bool find_function(const struct ddl_expr *call, size_t *found)
{
	size_t i = 0, count = sizeof functions / sizeof *functions;

	while (i < count && !(expr_calls(call, functions[i].name) && call->args.count == 1))
		i++;
	*found = i;
	return i < count;
}

bool function_gives_rows(const struct ddl_expr *call)
{
	size_t i;

	return call->kind == EXPR_CALL && find_function(call, &i);
}

const struct ddl_ident *function_range(const struct from_item *item)
{
	return item->alias ? item->alias : item->calls.items[0]->call->name.last;
}

const struct ddl_ident *function_column(const struct from_item *item)
{
	static const struct ddl_ident value = { .name = "value" };

	if (item->columns)
		return &item->columns->name;
	if (item->alias)
		return item->alias;
	return expr_calls(item->calls.items[0], "unnest")
		|| expr_calls(item->calls.items[0], "generate_series")
		? item->calls.items[0]->call->name.last : &value;
}

static bool gives_numbers(const struct rewriting *r, const struct ddl_expr *array)
{
	const struct resolution *found;
	const char *type;

	array = expr_inner(array);
	if (array->kind == EXPR_ARRAY)
		return array->args.count > 0
			&& meaning_is(expr_meaning(r, array->args.items[0]), "number");
	if (array->kind == EXPR_CAST && array->type)
		return meaning_is(type_meaning(NULL, array->type->plain), "number")
			|| strcmp(array->type->plain, "int") == 0;
	found = array->kind == EXPR_COLUMN ? resolutions_find(&r->names, array->name) : NULL;
	type = found && found->column ? limbeck_object_get(found->column, LIMBECK_ATTR_TYPE) : NULL;
	return type && (strncmp(type, "int", 3) == 0 || strncmp(type, "bigint", 6) == 0
		|| strncmp(type, "smallint", 8) == 0 || strncmp(type, "numeric", 7) == 0);
}

const char *function_meaning(const struct rewriting *r, const struct from_item *item)
{
	const struct ddl_expr *call = item->calls.items[0];
	size_t i;

	if (expr_calls(call, "generate_series"))
		return "integer";
	if (!find_function(call, &i))
		return "other";
	return i == 0 && gives_numbers(r, call->args.items[0]) ? "integer" : functions[i].meaning;
}

/* e.value, e.type */
static const struct ddl_expr *part(struct rewriting *r, const struct ddl_ident *range,
	const char *name)
{
	const struct ddl_name table = { .last = (struct ddl_ident *)(uintptr_t)range };

	return make_final(&r->arena, qualified_column(r, &table, make_column(&r->arena, name)));
}

static const struct ddl_expr *value_of(struct printer *out, const struct ddl_expr *call,
	const struct ddl_ident *range)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_expr *args[2] = { part(r, range, "value"), part(r, range, "type") };
	const char *word;
	size_t i;

	find_function(call, &i);
	word = i == 0 && gives_numbers(r, call->args.items[0]) ? "each_number" : functions[i].word;
	return phrase_again(out, own_call(&r->arena, word, 2, args));
}

const struct ddl_expr *function_value(struct printer *out, const struct from_item *item)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_expr *column;
	const struct ddl_name table = { .last = (struct ddl_ident *)(uintptr_t)function_range(item) };
	size_t i;

	if (find_function(item->calls.items[0], &i))
		return value_of(out, item->calls.items[0], function_range(item));
	column = make_column(&r->arena, function_column(item)->name);
	if (column)
		column->name->last->quoted = function_column(item)->quoted;
	return make_final(&r->arena, qualified_column(r, &table, column));
}

/* The engine's table function as text, with the array in its place. */
static const struct ddl_expr *each_call(struct printer *out, const struct ddl_expr *array)
{
	struct rewriting *r = rewriting_of(out);
	const char *pattern = r->book->translation->each, *at = strstr(pattern, "{array}");
	struct strbuf text = STRBUF_INIT;
	struct printer inside = { &text, true, out->target };
	const struct ddl_expr *made = NULL;

	strbuf_add(&text, pattern, (size_t)(at - pattern));
	expr_print(&inside, array);
	strbuf_addstr(&text, at + strlen("{array}"));
	if (!strbuf_failed(&text))
		made = make_final(&r->arena, make_keyword(&r->arena, text.buf));
	strbuf_release(&text);
	return made;
}

static bool each_element(struct printer *out, struct from_item *item)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_expr *call = item->calls.items[0];

	item->alias = (struct ddl_ident *)(uintptr_t)function_range(item);
	item->as = true;
	item->columns = NULL;
	item->columns_parens = item->lateral = false;
	item->calls = (struct expr_list) { NULL, 0, 0 };
	return vec_push_arena(&item->calls, each_call(out, call->args.items[0]), &r->arena)
		&& item->calls.items[0];
}

static const struct from_item *series(struct printer *out, struct from_item *item)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_expr *call = item->calls.items[0], *made;
	const struct ddl_expr *args[3] = { NULL, NULL, make_number(&r->arena, "1") };
	struct column_definition *name = arena_alloc(&r->arena, sizeof *name);
	const struct ddl_expr *series;

	for (size_t i = 0; i < call->args.count && i < 3; i++)
		args[i] = call->args.items[i];
	series = own_call(&r->arena, "series", 3, args);
	made = series ? phrase_apply(out, series) : NULL;
	if (!made || !name)
		return (void)phrase_nomem(out), NULL;
	if (made == series || made->kind != EXPR_SUBQUERY) {
		target_refuse(out, &item->span, "generate_series() has no counterpart");
		return NULL;
	}
	name->name = *function_column(item);
	name->name.next = NULL;
	item->alias = (struct ddl_ident *)(uintptr_t)function_range(item);
	item->kind = FROM_QUERY;
	item->query = made->query;
	item->calls = (struct expr_list) { NULL, 0, 0 };
	item->columns = name;
	item->columns_parens = true;
	item->lateral = false;
	return phrase_hook_from(out, item);
}

const struct from_item *function_abroad(struct printer *out, const struct from_item *item)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_expr *call = item->calls.items[0];
	struct from_item *copy = arena_alloc(&r->arena, sizeof *copy);
	size_t i;

	/* Of a phrase, or made here. */
	if (call->final)
		return item;
	if (!copy)
		return (void)phrase_nomem(out), NULL;
	*copy = *item;
	if (find_function(call, &i) && r->book->translation->each) {
		if (each_element(out, copy))
			return out->target->failed ? NULL : copy;
		return (void)phrase_nomem(out), NULL;
	}
	if (expr_calls(call, "generate_series") && (call->args.count == 2 || call->args.count == 3)
		&& meaning_is(expr_meaning(r, call->args.items[0]), "integer"))
		return series(out, copy);
	target_refuse(out, &item->span, "a function as a table has no counterpart");
	return NULL;
}

static const struct ddl_ident *push_function(struct printer *out, struct from_list *from,
	const struct ddl_expr *call)
{
	struct rewriting *r = rewriting_of(out);
	struct from_item *item = arena_alloc(&r->arena, sizeof *item);
	struct ddl_ident *alias = made_ident(r, arena_printf(&r->arena, "limbeck_each%zu",
		from->count));

	if (!item || !alias)
		return NULL;
	item->kind = FROM_FUNCTION;
	item->span = call->span;
	item->alias = alias;
	item->as = true;
	return vec_push_arena(&item->calls, call, &r->arena)
		&& vec_push_arena(from, item, &r->arena) ? alias : NULL;
}

const struct ddl_select *functions_moved(struct printer *out, const struct ddl_select *select)
{
	struct rewriting *r = rewriting_of(out);
	struct ddl_select *copy = NULL;
	size_t kind;

	for (size_t i = 0; i < select->items.count; i++) {
		const struct ddl_expr *call = expr_inner(select->items.items[i].expr);
		struct select_list items = { NULL, 0, 0 };
		const struct ddl_ident *range;

		if (call->final || !find_function(call, &kind) || !r->book->translation->each)
			continue;
		if (copy) {
			target_refuse(out, &call->span, "a second function that gives rows in a list "
				"has no counterpart");
			return NULL;
		}
		copy = arena_alloc(&r->arena, sizeof *copy);
		if (!copy)
			return (void)phrase_nomem(out), NULL;
		*copy = *select;
		copy->from = (struct from_list) { NULL, 0, 0 };
		for (size_t j = 0; j < select->from.count; j++)
			if (!vec_push_arena(&copy->from, select->from.items[j], &r->arena))
				return (void)phrase_nomem(out), NULL;
		range = push_function(out, &copy->from, call);
		for (size_t j = 0; range && j < select->items.count; j++)
			if (!vec_push_arena(&items, select->items.items[j], &r->arena))
				range = NULL;
		if (!range)
			return (void)phrase_nomem(out), NULL;
		items.items[i].expr = make_final(&r->arena, value_of(out, call, range));
		copy->items = items;
	}
	return copy ? copy : select;
}
