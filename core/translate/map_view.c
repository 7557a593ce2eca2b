/* SPDX-License-Identifier: BSD-2-Clause */
/* Views, which a materialized one becomes where there is none. */
#include <string.h>

#include "base/error.h"
#include "translate/map_int.h"

static int read_view(struct mapper *m, const struct limbeck_object *view,
	const struct ddl_view **out)
{
	const char *text = limbeck_object_get(view, LIMBECK_ATTR_DEFINITION);
	const struct ddl_place place = { NULL, 1, 1 };
	struct ddl_statement *statement;

	if (!text)
		return mapper_refuse(m, view, "its definition is not known");
	if (ddl_parse(&m->arena, dialect_lexis(LIMBECK_COMMON_DIALECT), LIMBECK_COMMON_DIALECT,
		text, strlen(text), &place, &statement, m->err))
		return -1;
	if (statement->kind != DDL_CREATE_VIEW)
		return mapper_refuse(m, view, "its definition is no CREATE VIEW");
	*out = statement->view;
	return 0;
}

static int put_query(struct mapper *m, const struct limbeck_object *view,
	const struct ddl_view *tree, struct strbuf *out)
{
	struct phrase_scope scope = { m->home, limbeck_object_schema(view), NULL, NULL };

	if (phrase_query(m->mapping->outward, &scope, tree->query, out, m->err) == 0)
		return 0;
	return error_is(m->err, LIMBECK_E_UNSUPPORTED) && m->err->message
		? mapper_refuse(m, view, "%s", m->err->message) : -1;
}

/* CREATE VIEW name (columns) AS query */
static int put_view(struct mapper *m, const struct limbeck_object *view,
	const struct ddl_view *tree, bool materialized, struct strbuf *out)
{
	strbuf_addf(out, "CREATE %sVIEW ", materialized ? "MATERIALIZED " : "");
	if (!limbeck_object_in_default_schema(view)) {
		mapper_quote(m, out, limbeck_object_schema(view));
		strbuf_addch(out, '.');
	}
	mapper_quote(m, out, limbeck_object_name(view));
	for (const struct ddl_ident *column = tree->columns; column; column = column->next) {
		strbuf_addstr(out, column == tree->columns ? " (" : ", ");
		mapper_quote(m, out, column->name);
	}
	strbuf_addf(out, "%s AS ", tree->columns ? ")" : "");
	return put_query(m, view, tree, out);
}

int map_view(struct mapper *m, const struct limbeck_object *view)
{
	bool materialized = limbeck_object_kind(view) == LIMBECK_KIND_MATERIALIZED_VIEW;
	bool stays = materialized && mapper_says(m, LIMBECK_SAYS_MATERIALIZED_VIEW);
	struct strbuf out = STRBUF_INIT;
	struct limbeck_object *to = NULL;
	const struct ddl_view *tree = NULL;
	const char *text;

	if (read_view(m, view, &tree))
		return -1;
	if (put_view(m, view, tree, stays, &out)) {
		strbuf_release(&out);
		return -1;
	}
	text = mapper_text(m, &out);
	if (text)
		to = mapper_add(m, stays ? LIMBECK_KIND_MATERIALIZED_VIEW : LIMBECK_KIND_VIEW,
			false, limbeck_object_name(view));
	if (!to)
		return -1;
	object_set(to, LIMBECK_ATTR_DEFINITION, text);
	if (!m->mapping->traits->texts_as_written)
		object_copy_attribute(to, view, LIMBECK_ATTR_COLUMNS);
	mapper_comment(m, view, to);
	if (materialized && !stays)
		mapper_remark(m, view, "it is a plain view, which is computed when it is read");
	return 0;
}
