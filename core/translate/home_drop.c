/* SPDX-License-Identifier: BSD-2-Clause */
/* DROP of all but indexes, and what hangs on what is dropped. */
#include <string.h>

#include "base/error.h"
#include "translate/home_int.h"

static const enum limbeck_kind views[] = { LIMBECK_KIND_VIEW, LIMBECK_KIND_MATERIALIZED_VIEW };

static int complain(struct performer *p, const struct ddl_span *span, const char *word,
	const char *name, const struct limbeck_object *holder)
{
	struct strbuf shown = STRBUF_INIT;

	object_shown(&shown, holder);
	home_complain(p, HOME_HELD, span, word, name, NULL);
	error_detail(p->err, "%s %s depends on it.",
		limbeck_kind_name(limbeck_object_kind(holder)), shown.buf);
	error_hint(p->err, "Use DROP ... CASCADE to drop the dependent objects too.");
	strbuf_release(&shown);
	return -1;
}

/* One of the statement's own, which goes as well. */
static bool is_target(struct performer *p, const struct ddl_target *targets,
	const struct limbeck_object *object)
{
	const char *table = limbeck_object_table(object);
	const char *name = table ? table : limbeck_object_name(object);
	const char *schema = limbeck_object_schema(object);

	for (; targets; targets = targets->next) {
		struct home_name target;

		if (!home_name(p, &targets->name, &target) && home_same(p, target.name, name)
			&& (schema && target.schema ? home_same(p, schema, target.schema)
						    : !schema && !target.schema))
			return true;
	}
	return false;
}

static int drop_reader(struct performer *p, struct limbeck_object *view);

/* What refers to, or reads, a relation that goes. */
static int drop_holders(struct performer *p, const struct limbeck_object *relation, bool cascade,
	const struct ddl_target *targets, const struct ddl_span *span)
{
	struct limbeck_object *object, *next;
	const char *name = limbeck_object_name(relation);

	for (object = catalog_next(p->catalog, LIMBECK_KIND_FOREIGN_KEY, NULL, NULL, NULL); object;
		object = next) {
		next = catalog_next(p->catalog, LIMBECK_KIND_FOREIGN_KEY, NULL, NULL, object);
		if (!home_refers(p, object, relation) || is_target(p, targets, object)
			|| home_same(p, limbeck_object_table(object), name))
			continue;
		if (!cascade)
			return complain(p, span, "table", name, object);
		if (home_touch_object(p, object))
			return -1;
		catalog_remove(p->catalog, object);
	}
	for (size_t i = 0; i < 2; i++)
		for (object = catalog_next(p->catalog, views[i], NULL, NULL, NULL); object;
			object = next) {
			next = catalog_next(p->catalog, views[i], NULL, NULL, object);
			if (!home_reads(p, object, relation) || is_target(p, targets, object))
				continue;
			if (!cascade)
				return complain(p, span,
					limbeck_kind_name(limbeck_object_kind(relation)), name,
					object);
			if (drop_reader(p, object))
				return -1;
			/* Others may have gone with it. */
			next = catalog_next(p->catalog, views[i], NULL, NULL, NULL);
		}
	return 0;
}

static int drop_reader(struct performer *p, struct limbeck_object *view)
{
	struct object_name name;

	object_name_of(view, &name);
	if (home_touch_object(p, view))
		return -1;
	catalog_remove(p->catalog, view);
	view = NULL;
	for (size_t i = 0; i < 2; i++)
		while ((view = catalog_next(p->catalog, views[i], NULL, NULL, view))) {
			struct object_name on;

			for (size_t d = 0; object_dependency(view, d, &on); d++)
				if (on.kind == name.kind && home_same(p, on.name, name.name))
					return drop_reader(p, view);
		}
	return 0;
}

static int drop_partitions(struct performer *p, const struct limbeck_object *table)
{
	struct limbeck_object *object = NULL, *next;

	for (object = catalog_next(p->catalog, LIMBECK_KIND_TABLE, NULL, NULL, NULL); object;
		object = next) {
		const char *of = limbeck_object_item(object, LIMBECK_ATTR_PARTITION_OF, 1);

		next = catalog_next(p->catalog, LIMBECK_KIND_TABLE, NULL, NULL, object);
		if (!of || !home_same(p, of, limbeck_object_name(table)))
			continue;
		if (home_touch_object(p, object))
			return -1;
		catalog_remove(p->catalog, object);
	}
	return 0;
}

/* By the catalog's own rule, which takes the sequences along that it owns. */
static int remove_object(struct performer *p, const struct limbeck_object *object)
{
	const struct limbeck_change change = { .size = sizeof change, .verb = LIMBECK_DROP,
		.before = object };

	return catalog_apply(p->catalog, &change, p->err);
}

static int drop_relation(struct performer *p, struct limbeck_object *relation, bool cascade,
	const struct ddl_target *targets, const struct ddl_span *span)
{
	struct object_name name;

	object_name_of(relation, &name);
	p->effect->alone = true;
	if (home_touch_object(p, relation))
		return -1;
	if (p->traits->flags & HOME_GUARDS) {
		if (drop_holders(p, relation, cascade, targets, span)
			|| drop_partitions(p, relation))
			return -1;
	} else if (home_touch_dependents(p, relation)) {
		return -1;
	}
	/* Views that read each other in a circle have gone both. */
	return catalog_find(p->catalog, &name) ? remove_object(p, relation) : 0;
}

static int drop_table(struct performer *p, const struct ddl_drop *drop,
	const struct ddl_target *target, enum limbeck_kind kind)
{
	struct limbeck_object *relation;
	struct home_name name;

	if (home_name(p, &target->name, &name) || home_relation(p, &name, &relation))
		return -1;
	if (!relation)
		return drop->if_exists ? 0 : home_complain(p,
			p->traits->flags & HOME_GUARDS ? HOME_NO_OBJECT : HOME_NO_RELATION,
			&target->name.span, limbeck_kind_name(kind), name.name, NULL);
	if (limbeck_object_kind(relation) != kind)
		return home_refuse(p, &target->name.span, "\"%s\" is not a %s", name.name,
			limbeck_kind_name(kind));
	return drop_relation(p, relation, option_of(drop->options, OPTION_CASCADE) != NULL,
		drop->targets, &target->name.span);
}

/* Whether a column's type is the enum or domain, or an array of it. */
static bool has_type(const struct limbeck_object *column, const char *type)
{
	const char *text = limbeck_object_get(column, LIMBECK_ATTR_TYPE);
	size_t length = strlen(type);

	return text && strncmp(text, type, length) == 0
		&& (!text[length] || strcmp(text + length, "[]") == 0);
}

static int drop_type(struct performer *p, struct limbeck_object *type, bool cascade,
	const struct ddl_span *span)
{
	struct limbeck_object *column, *next, *table;
	struct strbuf text = STRBUF_INIT;
	const char *written;

	home_quote_name(&text, limbeck_object_schema(type), limbeck_object_name(type));
	written = home_text(p, &text);
	if (!written || home_touch_object(p, type))
		return -1;
	for (column = catalog_next(p->catalog, LIMBECK_KIND_COLUMN, NULL, NULL, NULL); column;
		column = next) {
		next = catalog_next(p->catalog, LIMBECK_KIND_COLUMN, NULL, NULL, column);
		if (!has_type(column, written))
			continue;
		if (!cascade)
			return complain(p, span, "type", limbeck_object_name(type), column);
		table = catalog_relation(p->catalog, limbeck_object_schema(column),
			limbeck_object_table(column));
		if (!table || home_touch_object(p, column)
			|| home_remove_column(p, table, column, true, span))
			return -1;
	}
	catalog_remove(p->catalog, type);
	return 0;
}

static int drop_sequence(struct performer *p, const struct ddl_drop *drop,
	const struct ddl_target *target)
{
	bool cascade = option_of(drop->options, OPTION_CASCADE) != NULL;
	struct limbeck_object *sequence, *column = NULL;
	struct home_name name;

	if (home_name(p, &target->name, &name))
		return -1;
	sequence = home_find(p, LIMBECK_KIND_SEQUENCE, name.schema, NULL, name.name);
	if (!sequence) {
		const struct limbeck_object *owner = home_sequence_column(p->home, name.schema,
			name.name);
		struct object_name full;

		if (!owner)
			return drop->if_exists ? 0 : home_complain(p, HOME_NO_OBJECT,
				&target->name.span, "sequence", name.name, NULL);
		if (!cascade)
			return complain(p, &target->name.span, "sequence", name.name, owner);
		object_name_of(owner, &full);
		column = catalog_find(p->catalog, &full);
		sequence = home_split_sequence(p, column);
	}
	if (!sequence || home_touch_object(p, sequence))
		return -1;
	column = NULL;
	while ((column = catalog_next(p->catalog, LIMBECK_KIND_COLUMN, NULL, NULL, column))) {
		if (!home_uses_sequence(p, column, name.schema, name.name))
			continue;
		if (!cascade)
			return complain(p, &target->name.span, "sequence", name.name, column);
		object_set(column, LIMBECK_ATTR_DEFAULT, NULL);
		if (home_touch_object(p, column))
			return -1;
	}
	catalog_remove(p->catalog, sequence);
	return 0;
}

static int drop_named(struct performer *p, const struct ddl_drop *drop,
	const struct ddl_target *target)
{
	bool domain = drop->object == DDL_DOMAIN;
	struct limbeck_object *object;
	struct home_name name;

	if (home_name(p, &target->name, &name))
		return -1;
	object = domain ? NULL : home_find(p, LIMBECK_KIND_ENUM, name.schema, NULL, name.name);
	if (!object)
		object = home_find(p, LIMBECK_KIND_DOMAIN, name.schema, NULL, name.name);
	if (!object)
		return drop->if_exists ? 0 : home_complain(p, HOME_NO_OBJECT, &target->name.span,
			"type", name.name, NULL);
	return drop_type(p, object, option_of(drop->options, OPTION_CASCADE) != NULL,
		&target->name.span);
}

/* Whatever is in it: what another schema has of it goes too. */
static int empty_schema(struct performer *p, const char *schema, bool cascade,
	const struct ddl_span *span)
{
	struct limbeck_object *object = NULL;

	while ((object = catalog_next(p->catalog, LIMBECK_KIND_NONE, NULL, NULL, object))) {
		const char *of = limbeck_object_schema(object);
		enum limbeck_kind kind = limbeck_object_kind(object);
		int failed;

		if (!of || object_is_part(object) || !home_same(p, of, schema))
			continue;
		if (!cascade)
			return complain(p, span, "schema", schema, object);
		if (kind == LIMBECK_KIND_ENUM || kind == LIMBECK_KIND_DOMAIN) {
			failed = drop_type(p, object, true, span);
		} else if (kind == LIMBECK_KIND_SEQUENCE) {
			failed = home_touch_object(p, object);
			catalog_remove(p->catalog, object);
		} else {
			failed = drop_relation(p, object, true, NULL, span);
		}
		if (failed)
			return -1;
		object = NULL;
	}
	return 0;
}

static int drop_schema(struct performer *p, const struct ddl_drop *drop,
	const struct ddl_target *target)
{
	const char *name = home_ident(p, target->name.last);
	struct limbeck_object *schema = name
		? home_find(p, LIMBECK_KIND_SCHEMA, NULL, NULL, name) : NULL;

	if (!name)
		return -1;
	if (!schema)
		return drop->if_exists ? 0 : home_complain(p, HOME_NO_OBJECT, &target->name.span,
			"schema", name, NULL);
	p->effect->alone = true;
	if (empty_schema(p, name, option_of(drop->options, OPTION_CASCADE) != NULL,
			&target->name.span) || home_touch_object(p, schema))
		return -1;
	catalog_remove(p->catalog, schema);
	return 0;
}

static int drop_target(struct performer *p, const struct ddl_drop *drop,
	const struct ddl_target *target)
{
	switch (drop->object) {
	case DDL_TABLE: return drop_table(p, drop, target, LIMBECK_KIND_TABLE);
	case DDL_VIEW: return drop_table(p, drop, target, LIMBECK_KIND_VIEW);
	case DDL_MATERIALIZED_VIEW:
		return drop_table(p, drop, target, LIMBECK_KIND_MATERIALIZED_VIEW);
	case DDL_SEQUENCE: return drop_sequence(p, drop, target);
	case DDL_TYPE:
	case DDL_DOMAIN: return drop_named(p, drop, target);
	case DDL_SCHEMA: return drop_schema(p, drop, target);
	default:
		return home_refuse(p, &target->name.span, "DROP %s has no counterpart",
			drop->words);
	}
}

int home_drop(struct performer *p, const struct ddl_drop *drop)
{
	if (drop->object == DDL_INDEX)
		return home_drop_index(p, drop);
	if (drop->object == DDL_EXTENSION)
		return home_leave(p, "Extensions matter at home alone.");
	if (drop->object == DDL_ROLE)
		return home_leave(p, "Rights matter at home alone.");
	for (const struct ddl_target *t = drop->targets; t; t = t->next)
		if (drop_target(p, drop, t))
			return -1;
	return 0;
}

/* Whether another key has the same columns, so that what refers to them may stay. */
static bool has_twin(struct performer *p, const struct limbeck_object *owner,
	const struct limbeck_object *key)
{
	const struct limbeck_object *other = NULL;

	while ((other = catalog_next(p->catalog, LIMBECK_KIND_NONE, limbeck_object_schema(owner),
			limbeck_object_name(owner), other))) {
		enum limbeck_kind kind = limbeck_object_kind(other);

		if (other != key && (kind == LIMBECK_KIND_PRIMARY_KEY || kind == LIMBECK_KIND_UNIQUE
			|| (kind == LIMBECK_KIND_INDEX
				&& limbeck_object_get(other, LIMBECK_ATTR_UNIQUE)))
			&& home_same_list(p, other, LIMBECK_ATTR_COLUMNS, key, LIMBECK_ATTR_COLUMNS))
			return true;
	}
	return false;
}

int home_drop_held(struct performer *p, struct limbeck_object *key, bool cascade,
	const struct ddl_span *span, const char *word)
{
	enum limbeck_kind kind = limbeck_object_kind(key);
	const struct object_name table = { .kind = LIMBECK_KIND_TABLE,
		.schema = limbeck_object_schema(key), .name = limbeck_object_table(key) };
	const struct limbeck_object *owner = catalog_find(p->catalog, &table);
	struct limbeck_object *foreign = NULL, *next;

	if (kind == LIMBECK_KIND_PRIMARY_KEY)
		home_keep_not_null(p, key);
	if (owner && p->traits->flags & HOME_GUARDS
		&& (kind == LIMBECK_KIND_PRIMARY_KEY || kind == LIMBECK_KIND_UNIQUE
			|| limbeck_object_get(key, LIMBECK_ATTR_UNIQUE))
		&& !has_twin(p, owner, key))
		for (foreign = catalog_next(p->catalog, LIMBECK_KIND_FOREIGN_KEY, NULL, NULL, NULL);
			foreign; foreign = next) {
			next = catalog_next(p->catalog, LIMBECK_KIND_FOREIGN_KEY, NULL, NULL,
				foreign);
			if (!home_refers(p, foreign, owner) || !home_same_list(p, foreign,
					LIMBECK_ATTR_REF_COLUMNS, key, LIMBECK_ATTR_COLUMNS))
				continue;
			if (!cascade)
				return complain(p, span, word, limbeck_object_name(key), foreign);
			if (home_touch_object(p, foreign))
				return -1;
			catalog_remove(p->catalog, foreign);
		}
	catalog_remove(p->catalog, key);
	return 0;
}
