/* SPDX-License-Identifier: BSD-2-Clause */
/* Printing INSERT, UPDATE and DELETE. */
#include "ddl/query_int.h"
#include "ddl/target.h"

void assignments_print(struct printer *out, const struct ddl_assignment *first)
{
	for (; first; first = first->next) {
		if (first->parens)
			printer_open(out);
		expr_list_print(out, &first->targets);
		if (first->parens)
			printer_close(out);
		printer_word(out, first->operator);
		expr_print(out, first->value);
		if (first->next)
			printer_comma(out);
	}
}

static void action_print(struct printer *out, const char *action)
{
	if (!action)
		return;
	printer_word(out, action);
}

static void insert_head_print(struct printer *out, const struct ddl_insert *insert)
{
	printer_word(out, insert->verb);
	action_print(out, insert->or_action);
	modifiers_print(out, insert->modifiers);
	printer_if(out, insert->into, "INTO");
	target_name(out, &insert->name, NAME_TABLE);
	partitions_print(out, insert->partitions);
	printer_if(out, insert->as, "AS");
	if (insert->alias)
		target_ident(out, insert->alias, NAME_TABLE);
	if (insert->columns_parens) {
		printer_open(out);
		expr_list_print(out, &insert->columns);
		printer_close(out);
	}
	if (insert->overriding) {
		printer_word(out, "OVERRIDING");
		printer_word(out, insert->overriding);
		printer_word(out, "VALUE");
	}
}

static void insert_source_print(struct printer *out, const struct ddl_insert *insert)
{
	switch (insert->source) {
	case INSERT_VALUES:
		printer_word(out, insert->values_word);
		value_rows_print(out, &insert->rows);
		break;
	case INSERT_DEFAULT:
		printer_word(out, "DEFAULT VALUES");
		break;
	case INSERT_QUERY:
		query_print(out, insert->query);
		break;
	case INSERT_SET:
		printer_word(out, "SET");
		assignments_print(out, insert->set);
		break;
	}
}

static void targets_print(struct printer *out, const struct ddl_conflict *conflict)
{
	if (conflict->constraint) {
		printer_word(out, "ON CONSTRAINT");
		target_ident(out, conflict->constraint, NAME_OTHER);
	}
	if (!conflict->parens)
		return;
	printer_open(out);
	for (size_t i = 0; i < conflict->targets.count; i++) {
		const struct conflict_target *target = &conflict->targets.items[i];

		if (i > 0)
			printer_comma(out);
		expr_print(out, target->expr);
		if (target->class)
			target_name(out, target->class, NAME_OTHER);
		if (target->direction)
			printer_word(out, target->direction);
	}
	printer_close(out);
	where_print(out, conflict->target_where);
}

void conflicts_print(struct printer *out, const struct ddl_insert *insert)
{
	for (const struct ddl_conflict *one = insert->conflicts; one; one = one->next) {
		printer_word(out, "ON CONFLICT");
		targets_print(out, one);
		if (one->action == CONFLICT_NOTHING) {
			printer_word(out, "DO NOTHING");
			continue;
		}
		printer_word(out, "DO UPDATE SET");
		assignments_print(out, one->set);
		where_print(out, one->where);
	}
}

void insert_print(struct printer *out, const struct ddl_insert *insert)
{
	const struct print_hooks *hooks = out->target ? out->target->hooks : NULL;

	if (hooks && hooks->insert && !(insert = hooks->insert(out, insert)))
		return;
	if (insert->with)
		with_print(out, insert->with);
	insert_head_print(out, insert);
	insert_source_print(out, insert);
	if (insert->row_alias) {
		printer_word(out, "AS");
		target_ident(out, insert->row_alias, NAME_TABLE);
	}
	if (insert->row_columns) {
		printer_open(out);
		target_idents(out, insert->row_columns, NAME_COLUMN);
		printer_close(out);
	}
	conflicts_print(out, insert);
	if (insert->duplicate) {
		printer_word(out, "ON DUPLICATE KEY UPDATE");
		assignments_print(out, insert->duplicate);
	}
	returning_print(out, &insert->returning);
}

static void cursor_print(struct printer *out, const struct ddl_ident *cursor)
{
	if (!cursor)
		return;
	printer_word(out, "WHERE CURRENT OF");
	target_ident(out, cursor, NAME_OTHER);
}

static void order_by_print(struct printer *out, const struct order_list *order)
{
	if (order->count == 0)
		return;
	printer_word(out, "ORDER BY");
	order_print(out, order);
}

void update_print(struct printer *out, const struct ddl_update *update)
{
	const struct print_hooks *hooks = out->target ? out->target->hooks : NULL;

	if (hooks && hooks->update && !(update = hooks->update(out, update)))
		return;
	if (update->with)
		with_print(out, update->with);
	printer_word(out, "UPDATE");
	action_print(out, update->or_action);
	modifiers_print(out, update->modifiers);
	from_list_print(out, &update->tables);
	printer_word(out, "SET");
	assignments_print(out, update->set);
	if (update->from.count > 0) {
		printer_word(out, "FROM");
		from_list_print(out, &update->from);
	}
	where_print(out, update->where);
	cursor_print(out, update->cursor);
	if (update->returning_first)
		returning_print(out, &update->returning);
	order_by_print(out, &update->order);
	limit_print(out, update->limit);
	if (!update->returning_first)
		returning_print(out, &update->returning);
}

static void delete_targets_print(struct printer *out, const struct delete_target *target)
{
	for (; target; target = target->next) {
		target_name(out, &target->name, NAME_TABLE);
		if (target->star) {
			printer_dot(out);
			printer_word(out, "*");
		}
		if (target->next)
			printer_comma(out);
	}
}

static void delete_what_print(struct printer *out, const struct ddl_delete *delete)
{
	if (delete->form != DELETE_LIST)
		printer_word(out, "FROM");
	delete_targets_print(out, delete->targets);
	if (delete->form != DELETE_FROM && !delete->no_from)
		printer_word(out, delete->form == DELETE_USING ? "USING" : "FROM");
	from_list_print(out, &delete->tables);
	if (delete->from.count > 0) {
		printer_word(out, "USING");
		from_list_print(out, &delete->from);
	}
}

void delete_print(struct printer *out, const struct ddl_delete *delete)
{
	const struct print_hooks *hooks = out->target ? out->target->hooks : NULL;

	if (hooks && hooks->delete && !(delete = hooks->delete(out, delete)))
		return;
	if (delete->with)
		with_print(out, delete->with);
	printer_word(out, "DELETE");
	modifiers_print(out, delete->modifiers);
	delete_what_print(out, delete);
	where_print(out, delete->where);
	cursor_print(out, delete->cursor);
	if (delete->returning_first)
		returning_print(out, &delete->returning);
	order_by_print(out, &delete->order);
	limit_print(out, delete->limit);
	if (!delete->returning_first)
		returning_print(out, &delete->returning);
}

void dml_print(struct printer *out, const struct ddl_dml *dml)
{
	switch (dml->kind) {
	case DML_QUERY: query_print(out, dml->query); break;
	case DML_INSERT: insert_print(out, dml->insert); break;
	case DML_UPDATE: update_print(out, dml->update); break;
	case DML_DELETE: delete_print(out, dml->delete); break;
	}
}
