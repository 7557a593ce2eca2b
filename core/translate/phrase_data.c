/* SPDX-License-Identifier: BSD-2-Clause */
/* Statements about rows, as a whole. */
#include "translate/phrase_rules.h"

#include <string.h>

/* A sequence that belongs to no column: nothing follows by itself there. */
static bool stands_alone(struct rewriting *r, const struct ddl_expr *call)
{
	const struct ddl_expr *name = call->args.count > 0 ? expr_inner(call->args.items[0]) : NULL;
	struct object_name of = { .kind = LIMBECK_KIND_SEQUENCE };
	const struct limbeck_object *sequence;
	const char *text, *point;

	while (name && name->kind == EXPR_CAST)
		name = expr_inner(name->args.items[0]);
	if (!name || name->kind != EXPR_STRING || !r->scope->home)
		return false;
	text = arena_strndup(&r->arena, name->string->value, name->string->length);
	point = text ? strrchr(text, '.') : NULL;
	of.name = point ? point + 1 : text;
	sequence = of.name ? catalog_find(r->scope->home, &of) : NULL;
	return sequence && limbeck_object_count(sequence, LIMBECK_ATTR_OWNED_BY) == 0;
}

/* SELECT setval(...): where numbers follow what is in the table by themselves. */
static bool sets_number(struct rewriting *r, const struct ddl_dml *dml)
{
	const struct query_term *term = dml->kind == DML_QUERY ? dml->query->terms : NULL;
	const struct ddl_expr *call;

	if (!term || term->next || term->kind != TERM_SELECT || term->select->items.count != 1)
		return false;
	call = expr_inner(term->select->items.items[0].expr);
	return expr_calls(call, "setval") && !stands_alone(r, call);
}

void phrase_print_dml(struct printer *out, const struct ddl_dml *dml)
{
	struct rewriting *r = rewriting_of(out);

	if (r->book->way != PHRASE_INWARD && !r->book->common && sets_number(r, dml))
		return;
	dml_print(out, dml);
}
