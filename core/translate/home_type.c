/* SPDX-License-Identifier: BSD-2-Clause */
/* Enums and domains. */
#include <string.h>

#include "sql/quote.h"
#include "translate/home_int.h"

static const struct limbeck_lexis common_lexis = { sizeof(struct limbeck_lexis), 0, "\"\"" };

void home_type_name(struct strbuf *out, const char *schema, const char *name)
{
	home_quote_name(out, schema, name);
}

static bool is_taken(struct performer *p, const struct home_name *name)
{
	return home_find(p, LIMBECK_KIND_ENUM, name->schema, NULL, name->name)
		|| home_find(p, LIMBECK_KIND_DOMAIN, name->schema, NULL, name->name);
}

static int begin(struct performer *p, const struct ddl_create *create, enum limbeck_kind kind,
	struct limbeck_object **out)
{
	struct home_name name;

	if (home_name(p, create->name, &name))
		return -1;
	if (is_taken(p, &name))
		return home_complain(p, HOME_OBJECT_EXISTS, &create->name->span, "type", name.name,
			NULL);
	*out = home_add(p, kind, name.schema, NULL, name.name);
	return *out ? home_touch_object(p, *out) : -1;
}

int home_create_type(struct performer *p, const struct ddl_statement *statement)
{
	const struct ddl_create *create = statement->create;
	struct limbeck_object *type;

	if (!create->is_enum)
		return home_refuse(p, &create->name->span,
			"CREATE TYPE of another kind than ENUM has no counterpart");
	if (begin(p, create, LIMBECK_KIND_ENUM, &type))
		return -1;
	for (const struct ddl_label *label = create->labels; label; label = label->next) {
		const char *text = home_string(p, label->value);

		if (!text)
			return -1;
		object_append(type, LIMBECK_ATTR_VALUES, text);
	}
	return 0;
}

static int set_domain_option(struct performer *p, struct limbeck_object *domain,
	const struct ddl_option *option)
{
	switch ((enum ddl_option_kind)option->kind) {
	case OPTION_NULL: return 0;
	case OPTION_DEFAULT: return home_set_default(p, domain, domain, option->expr);
	case OPTION_COLLATE:
		object_set(domain, LIMBECK_ATTR_COLLATION, option->name->last->name);
		return 0;
	default:
		return home_refuse(p, &option->span, "%s of a domain has no counterpart",
			option->form->words);
	}
}

static int set_domain_clause(struct performer *p, struct limbeck_object *domain,
	const struct ddl_clause *clause)
{
	if (clause->option)
		return set_domain_option(p, domain, clause->option);
	switch (clause->constraint->kind) {
	case CONSTRAINT_NOT_NULL: object_set(domain, LIMBECK_ATTR_NOT_NULL, "yes"); return 0;
	case CONSTRAINT_CHECK: return home_add_check(p, domain, NULL, clause->constraint);
	default:
		return home_refuse(p, &clause->constraint->span,
			"this constraint of a domain has no counterpart");
	}
}

int home_create_domain(struct performer *p, const struct ddl_create *create)
{
	struct limbeck_object *domain;
	struct home_type type;

	if (begin(p, create, LIMBECK_KIND_DOMAIN, &domain) || home_type(p, create->type, &type))
		return -1;
	object_set(domain, LIMBECK_ATTR_TYPE, type.text);
	for (const struct ddl_clause *c = create->clauses; c; c = c->next)
		if (set_domain_clause(p, domain, c))
			return -1;
	return 0;
}

/* Puts the values in the list, with one more before item `at`, or with another text there. */
static int set_values(struct performer *p, struct limbeck_object *type, size_t at,
	const char *value, bool instead)
{
	size_t count = limbeck_object_count(type, LIMBECK_ATTR_VALUES);
	const char **old = arena_array(p->arena, count + 1, sizeof *old);

	if (!old)
		return home_nomem(p);
	for (size_t i = 0; i < count; i++)
		old[i] = limbeck_object_item(type, LIMBECK_ATTR_VALUES, i);
	object_set(type, LIMBECK_ATTR_VALUES, NULL);
	for (size_t i = 0; i <= count; i++) {
		if (i == at)
			object_append(type, LIMBECK_ATTR_VALUES, value);
		if (i < count && !(instead && i == at))
			object_append(type, LIMBECK_ATTR_VALUES, old[i]);
	}
	return 0;
}

/* The number of values: there is none such. */
static size_t find_value(const struct limbeck_object *type, const char *value)
{
	size_t i = 0, count = limbeck_object_count(type, LIMBECK_ATTR_VALUES);

	while (i < count && strcmp(limbeck_object_item(type, LIMBECK_ATTR_VALUES, i), value) != 0)
		i++;
	return i;
}

static int add_value(struct performer *p, struct limbeck_object *type,
	const struct ddl_action *action)
{
	size_t count = limbeck_object_count(type, LIMBECK_ATTR_VALUES), at = count;
	const char *value = home_string(p, action->value->value), *other;

	if (!value)
		return -1;
	if (find_value(type, value) < count)
		return action->if_not_exists ? 0 : home_complain(p, HOME_OBJECT_EXISTS,
			&action->value->value->span, "enum label", value, NULL);
	if (action->side) {
		other = home_string(p, action->new_value->value);
		if (!other)
			return -1;
		at = find_value(type, other);
		if (at == count)
			return home_complain(p, HOME_NO_OBJECT, &action->new_value->value->span,
				"enum label", other, NULL);
		at += action->side[0] == 'A';
	}
	return set_values(p, type, at, value, false);
}

/* 'value' as the catalog's texts have it. */
static const char *literal(struct performer *p, const char *value)
{
	struct strbuf text = STRBUF_INIT;

	quote_literal(&text, &common_lexis, value);
	return home_text(p, &text);
}

static bool says(const struct limbeck_object *object, const char *text)
{
	static const enum limbeck_attribute places[] = { LIMBECK_ATTR_EXPRESSION,
		LIMBECK_ATTR_PREDICATE, LIMBECK_ATTR_GENERATED, LIMBECK_ATTR_DEFINITION };

	for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
		const char *place = limbeck_object_get(object, places[i]);

		if (place && strstr(place, text))
			return true;
	}
	return false;
}

/* The default of each column that has the type; a check or a view that has the value in its
 * text may mean another. */
static int rename_in_texts(struct performer *p, const struct limbeck_object *type,
	const struct ddl_action *action, const char *from, const char *to)
{
	const char *old = literal(p, from), *new = literal(p, to);
	struct limbeck_object *object = NULL;
	struct strbuf name = STRBUF_INIT;

	if (!old || !new)
		return -1;
	home_quote_name(&name, limbeck_object_schema(type), limbeck_object_name(type));
	while ((object = catalog_next(p->catalog, LIMBECK_KIND_NONE, NULL, NULL, object))) {
		const char *of = limbeck_object_get(object, LIMBECK_ATTR_TYPE);
		const char *value = limbeck_object_get(object, LIMBECK_ATTR_DEFAULT);
		struct strbuf shown = STRBUF_INIT;

		if (value && of && strcmp(of, name.buf) == 0 && strcmp(value, old) == 0)
			object_set(object, LIMBECK_ATTR_DEFAULT, new);
		if (!says(object, old))
			continue;
		object_shown(&shown, object);
		home_refuse(p, &action->span, "RENAME VALUE has no counterpart while %s %s has "
			"%s in its text", limbeck_kind_name(limbeck_object_kind(object)),
			shown.buf, old);
		strbuf_release(&shown);
		strbuf_release(&name);
		return -1;
	}
	strbuf_release(&name);
	return 0;
}

static int rename_value(struct performer *p, struct limbeck_object *type,
	const struct ddl_action *action)
{
	const char *from = home_string(p, action->value->value);
	const char *to = home_string(p, action->new_value->value);
	struct home_work work = { .kind = HOME_WORK_RENAME_VALUE,
		.schema = limbeck_object_schema(type), .table = limbeck_object_name(type),
		.from = from, .to = to };
	size_t at;

	if (!from || !to)
		return -1;
	at = find_value(type, from);
	if (at == limbeck_object_count(type, LIMBECK_ATTR_VALUES))
		return home_complain(p, HOME_NO_OBJECT, &action->value->value->span, "enum label",
			from, NULL);
	p->effect->alone = true;
	return rename_in_texts(p, type, action, from, to) || set_values(p, type, at, to, true)
		|| home_work(p, &work) ? -1 : 0;
}

/* What has the type has another then. */
static int touch_columns(struct performer *p, const struct limbeck_object *type)
{
	struct limbeck_object *column = NULL;
	struct strbuf text = STRBUF_INIT;
	size_t length;
	int failed = 0;

	home_quote_name(&text, limbeck_object_schema(type), limbeck_object_name(type));
	length = text.len;
	while (!failed && (column = catalog_next(p->catalog, LIMBECK_KIND_COLUMN, NULL, NULL,
			column))) {
		const char *of = limbeck_object_get(column, LIMBECK_ATTR_TYPE);

		if (of && strncmp(of, text.buf, length) == 0 && (!of[length] || of[length] == '['))
			failed = home_touch_object(p, column);
	}
	strbuf_release(&text);
	return failed;
}

static bool only_renames(const struct ddl_alter *alter)
{
	return alter->actions->kind == ACTION_RENAME || alter->actions->kind == ACTION_SET_SCHEMA;
}

int home_alter_type(struct performer *p, const struct ddl_alter *alter)
{
	struct limbeck_object *type;
	struct home_name name;
	int failed = 0;

	if (home_name(p, alter->name, &name))
		return -1;
	type = home_find(p, LIMBECK_KIND_ENUM, name.schema, NULL, name.name);
	if (!type)
		return home_complain(p, HOME_NO_OBJECT, &alter->name->span, "type", name.name, NULL);
	if (touch_columns(p, type))
		return -1;
	if (only_renames(alter))
		return home_alter_plainly(p, alter, LIMBECK_KIND_ENUM, "type");
	if (home_touch_object(p, type))
		return -1;
	for (const struct ddl_action *a = alter->actions; a && !failed; a = a->next)
		failed = a->kind == ACTION_ADD_VALUE ? add_value(p, type, a)
			: a->kind == ACTION_RENAME_VALUE ? rename_value(p, type, a)
			: home_refuse(p, &a->span, "this action of ALTER TYPE has no counterpart");
	return failed;
}

static int drop_check(struct performer *p, const struct limbeck_object *domain,
	const struct ddl_action *action)
{
	const char *name = home_ident(p, action->name);
	struct limbeck_object *check = name ? home_part(p, domain, LIMBECK_KIND_CHECK, name) : NULL;

	if (!name)
		return -1;
	if (!check)
		return action->if_exists ? 0 : home_complain(p, HOME_NO_CONSTRAINT,
			&action->name->span, NULL, name, limbeck_object_name(domain));
	catalog_remove(p->catalog, check);
	return 0;
}

static int validate(struct performer *p, const struct limbeck_object *domain,
	const struct ddl_action *action)
{
	const char *name = home_ident(p, action->option->name->last);
	struct limbeck_object *check = name ? home_part(p, domain, LIMBECK_KIND_CHECK, name) : NULL;

	if (check)
		object_set(check, LIMBECK_ATTR_NOT_ENFORCED, NULL);
	return name ? 0 : -1;
}

static int domain_action(struct performer *p, struct limbeck_object *domain,
	const struct ddl_action *action)
{
	switch (action->kind) {
	case ACTION_SET_DEFAULT: return home_set_default(p, domain, domain, action->expr);
	case ACTION_DROP_DEFAULT: object_set(domain, LIMBECK_ATTR_DEFAULT, NULL); return 0;
	case ACTION_SET_NOT_NULL: object_set(domain, LIMBECK_ATTR_NOT_NULL, "yes"); return 0;
	case ACTION_DROP_NOT_NULL: object_set(domain, LIMBECK_ATTR_NOT_NULL, NULL); return 0;
	case ACTION_ADD_CONSTRAINT:
		if (action->constraint->kind == CONSTRAINT_CHECK)
			return home_add_check(p, domain, NULL, action->constraint);
		break;
	case ACTION_DROP_CONSTRAINT: return drop_check(p, domain, action);
	case ACTION_VALIDATE: return validate(p, domain, action);
	case ACTION_RENAME_CONSTRAINT: return home_rename_part(p, domain, action);
	default: break;
	}
	return home_refuse(p, &action->span, "this action of ALTER DOMAIN has no counterpart");
}

int home_alter_domain(struct performer *p, const struct ddl_alter *alter)
{
	struct limbeck_object *domain;
	struct home_name name;

	if (home_name(p, alter->name, &name))
		return -1;
	domain = home_find(p, LIMBECK_KIND_DOMAIN, name.schema, NULL, name.name);
	if (!domain)
		return home_complain(p, HOME_NO_OBJECT, &alter->name->span, "type", name.name, NULL);
	if (touch_columns(p, domain))
		return -1;
	if (only_renames(alter))
		return home_alter_plainly(p, alter, LIMBECK_KIND_DOMAIN, "type");
	for (const struct ddl_action *a = alter->actions; a; a = a->next)
		if (domain_action(p, domain, a))
			return -1;
	return home_touch_object(p, domain);
}
