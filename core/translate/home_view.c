/* SPDX-License-Identifier: BSD-2-Clause */
/* Views, which are kept as the statement that would make them in the common dialect. */
#include <string.h>

#include "base/error.h"
#include "translate/home_int.h"

struct reading {
	struct performer *p;
	struct limbeck_object *view;
	const struct ddl_ident *names;   /* that are written for the next columns */
};

static int depend(void *context, const struct ddl_name *name)
{
	struct reading *reading = context;
	struct performer *p = reading->p;
	struct object_name on = { .kind = LIMBECK_KIND_TABLE };
	struct limbeck_object *relation;
	struct home_name full;

	if (home_name(p, name, &full) || home_relation(p, &full, &relation))
		return -1;
	if (relation == reading->view)
		return home_refuse(p, &name->span, "a view that reads itself");
	on.schema = full.schema;
	on.name = full.name;
	if (relation)
		object_name_of(relation, &on);
	else if (!(p->traits->flags & HOME_LOOSE_REFERENCES))
		return home_complain(p, HOME_NO_RELATION, &name->span, NULL, full.name, NULL);
	object_depends(reading->view, &on);
	return 0;
}

static int add_column(void *context, const struct home_column *column)
{
	struct reading *reading = context;
	const char *name = column->name;

	if (reading->names) {
		name = home_ident(reading->p, reading->names);
		reading->names = reading->names->next;
	}
	if (!name)
		return -1;
	object_append(reading->view, LIMBECK_ATTR_COLUMNS, name);
	object_append(reading->view, LIMBECK_ATTR_COLUMN_TYPES, column->type ? column->type : "");
	return 0;
}

/* The names stand in the text, so that they stay when a column is called otherwise. */
static void add_columns(struct strbuf *out, const struct limbeck_object *view)
{
	size_t count = limbeck_object_count(view, LIMBECK_ATTR_COLUMNS);

	for (size_t i = 0; i < count; i++) {
		strbuf_addstr(out, i ? ", " : " (");
		home_quote(out, limbeck_object_item(view, LIMBECK_ATTR_COLUMNS, i));
	}
	if (count)
		strbuf_addch(out, ')');
}

/* Past a name or string in quotes, in which they are doubled. */
static const char *skip_quoted(const char *at)
{
	char quote = *at++;

	while (*at && (*at != quote || at[1] == quote))
		at += *at == quote ? 2 : 1;
	return *at ? at + 1 : at;
}

int home_restore_columns(struct performer *p, struct limbeck_object *view)
{
	const char *text = limbeck_object_get(view, LIMBECK_ATTR_DEFINITION), *at = text, *whole;
	struct strbuf out = STRBUF_INIT;

	while (at && *at && *at != '(' && strncmp(at, " AS ", 4) != 0)
		at = *at == '"' ? skip_quoted(at) : at + 1;
	if (!at || *at != '(')
		return 0;
	strbuf_add(&out, text, (size_t)(at - text) - 1);
	while (*at && *at != ')')
		at = *at == '"' ? skip_quoted(at) : at + 1;
	add_columns(&out, view);
	strbuf_addstr(&out, *at ? at + 1 : at);
	whole = home_text(p, &out);
	if (!whole)
		return -1;
	object_set(view, LIMBECK_ATTR_DEFINITION, whole);
	return 0;
}

static int set_definition(struct performer *p, struct limbeck_object *view,
	const struct ddl_ident *columns, const struct ddl_query *query)
{
	bool materialized = limbeck_object_kind(view) == LIMBECK_KIND_MATERIALIZED_VIEW;
	struct reading reading = { p, view, columns };
	struct strbuf text = STRBUF_INIT;
	const char *body, *whole;

	if (home_query_relations(query, depend, &reading)
		|| home_query_columns(p, query, add_column, &reading))
		return -1;
	if (p->traits->flags & HOME_VIEWS_FROZEN && home_has_stars(query))
		query = home_expand_stars(p, query);
	body = query ? home_query(p, query) : NULL;
	if (!body)
		return query ? -1 : home_nomem(p);
	strbuf_addf(&text, "CREATE %sVIEW ", materialized ? "MATERIALIZED " : "");
	home_quote_name(&text, limbeck_object_schema(view), limbeck_object_name(view));
	if (columns || !home_has_stars(query))
		add_columns(&text, view);
	strbuf_addf(&text, " AS %s", body);
	whole = home_text(p, &text);
	if (!whole)
		return -1;
	object_set(view, LIMBECK_ATTR_DEFINITION, whole);
	return 0;
}

static int refuse_kind(struct performer *p, const struct ddl_view *view)
{
	const struct ddl_option *check = option_of(view->after, OPTION_CHECK_OPTION);

	if (strstr(view->words, "TEMP"))
		return home_refuse(p, &view->name.span, "a temporary view has no counterpart");
	if (strstr(view->words, "RECURSIVE")) {
		home_refuse(p, &view->name.span, "CREATE RECURSIVE VIEW has no counterpart");
		error_hint(p->err, "Write CREATE VIEW ... AS WITH RECURSIVE ...");
		return -1;
	}
	if (check)
		return home_refuse(p, &check->span, "%s has no counterpart", check->form->words);
	return 0;
}

static int skip_options(struct performer *p, const struct ddl_option *options)
{
	for (const struct ddl_option *o = options; o; o = o->next)
		if (o->kind != OPTION_WITH_DATA && o->kind != OPTION_NO_DATA
			&& home_skip_option(p, o, "a view"))
			return -1;
	return 0;
}

/* A view that is replaced is another object: what it depended on is forgotten. */
static int replace(struct performer *p, struct limbeck_object **view, enum limbeck_kind kind)
{
	const char *schema = limbeck_object_schema(*view), *name = limbeck_object_name(*view);
	const char *comment = limbeck_object_get(*view, LIMBECK_ATTR_COMMENT);

	catalog_remove(p->catalog, *view);
	*view = home_add(p, kind, schema, NULL, name);
	if (!*view)
		return -1;
	object_set(*view, LIMBECK_ATTR_COMMENT, comment);
	return 0;
}

static int open_view(struct performer *p, const struct ddl_view *statement,
	enum limbeck_kind kind, struct limbeck_object **view)
{
	struct home_name name;

	if (home_name(p, &statement->name, &name) || home_relation(p, &name, view))
		return -1;
	if (*view && statement->or_replace && limbeck_object_kind(*view) == kind)
		return replace(p, view, kind);
	if (*view || (p->traits->flags & HOME_SCHEMA_INDEXES
		&& home_taken(p, name.schema, name.name, false))) {
		*view = NULL;
		return statement->if_not_exists ? 0 : home_complain(p, HOME_RELATION_EXISTS,
			&statement->name.span, NULL, name.name, NULL);
	}
	*view = home_add(p, kind, name.schema, NULL, name.name);
	return *view ? 0 : -1;
}

int home_create_view(struct performer *p, const struct ddl_view *statement)
{
	enum limbeck_kind kind = statement->materialized ? LIMBECK_KIND_MATERIALIZED_VIEW
							 : LIMBECK_KIND_VIEW;
	struct limbeck_object *view;

	if (refuse_kind(p, statement) || open_view(p, statement, kind, &view))
		return -1;
	if (!view)
		return 0;
	if (option_of(statement->after, OPTION_NO_DATA))
		object_set(view, LIMBECK_ATTR_NO_DATA, "yes");
	if (skip_options(p, statement->before) || skip_options(p, statement->options)
		|| skip_options(p, statement->after)
		|| set_definition(p, view, statement->columns, statement->query))
		return -1;
	return home_touch_object(p, view) || home_touch_dependents(p, view) ? -1 : 0;
}

int home_alter_view(struct performer *p, const struct ddl_alter *alter)
{
	struct limbeck_object *view;

	if (alter->actions->kind != ACTION_QUERY)
		return home_alter_plainly(p, alter, LIMBECK_KIND_VIEW, "view");
	if (home_need_relation(p, alter->name, LIMBECK_KIND_VIEW, &view)
		|| replace(p, &view, LIMBECK_KIND_VIEW)
		|| set_definition(p, view, alter->columns, alter->actions->query))
		return -1;
	return home_touch_object(p, view);
}
