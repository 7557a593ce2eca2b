/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ALTER TYPE ... RENAME VALUE: where an enum is a check or the type of a column, its rows
 * have the value itself. The columns that have the enum take both values for as long as
 * the rows are given the new one.
 */
#include <string.h>

#include "base/error.h"
#include "sql/quote.h"
#include "translate/translator_int.h"

struct limbeck_catalog *work_both_values(const struct limbeck_catalog *catalog,
	const struct home_work *work)
{
	const struct object_name name = { .kind = LIMBECK_KIND_ENUM, .schema = work->schema,
		.name = work->table };
	struct limbeck_catalog *both = catalog_clone(catalog);
	struct limbeck_object *type = both ? catalog_find(both, &name) : NULL;

	if (type)
		object_append(type, LIMBECK_ATTR_VALUES, work->from);
	if (both && catalog_failed(both)) {
		catalog_free(both);
		return NULL;
	}
	return both;
}

static int replace(struct translator *translator, const struct limbeck_object *column,
	const struct home_work *work, struct limbeck_error *err)
{
	const struct limbeck_lexis *lexis = translator->lexis;
	struct strbuf text = STRBUF_INIT;
	int result = 0;

	strbuf_addstr(&text, "UPDATE ");
	quote_qualified(&text, lexis, limbeck_object_schema(column), limbeck_object_table(column));
	strbuf_addstr(&text, " SET ");
	quote_identifier(&text, lexis, limbeck_object_name(column));
	strbuf_addstr(&text, " = ");
	quote_literal(&text, lexis, work->to);
	strbuf_addstr(&text, " WHERE ");
	quote_identifier(&text, lexis, limbeck_object_name(column));
	strbuf_addstr(&text, " = ");
	quote_literal(&text, lexis, work->from);
	if (strbuf_failed(&text))
		result = error_nomem(err);
	else
		section_emit(translator, NULL, text.buf, text.len);
	strbuf_release(&text);
	return result;
}

/* A column of the enum, which the catalog has in quotes where it needs them. */
static bool has_type(const struct limbeck_object *column, const struct strbuf *type)
{
	const char *text = limbeck_object_get(column, LIMBECK_ATTR_TYPE);

	return text && strncmp(text, type->buf, type->len) == 0
		&& (!text[type->len] || text[type->len] == '[');
}

int work_replace_value(struct translator *translator, const struct home_work *work,
	struct limbeck_error *err)
{
	const struct limbeck_object *column = NULL;
	struct strbuf type = STRBUF_INIT;
	int result = 0;

	home_type_name(&type, work->schema, work->table);
	while (result == 0 && (column = catalog_next(translator->catalog, LIMBECK_KIND_COLUMN, NULL,
			NULL, column))) {
		if (!has_type(column, &type))
			continue;
		if (strchr(limbeck_object_get(column, LIMBECK_ATTR_TYPE), '['))
			result = error_set(err, LIMBECK_E_UNSUPPORTED,
				"RENAME VALUE can't be translated for an array (%s.%s)",
				limbeck_object_table(column), limbeck_object_name(column));
		else if (translator->out && !translator->pending.verbatim)
			result = replace(translator, column, work, err);
	}
	strbuf_release(&type);
	return result;
}
