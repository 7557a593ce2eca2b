/* SPDX-License-Identifier: BSD-2-Clause */
/* CREATE TABLE ... LIKE and ... AS */
#include <string.h>
#include <strings.h>

#include "base/error.h"
#include "translate/home_int.h"

/* What is taken along, by the words behind INCLUDING. */
enum {
	LIKE_DEFAULTS = 1 << 0, LIKE_CONSTRAINTS = 1 << 1, LIKE_INDEXES = 1 << 2,
	LIKE_IDENTITY = 1 << 3, LIKE_GENERATED = 1 << 4, LIKE_COMMENTS = 1 << 5,
	LIKE_ALL = (1 << 6) - 1
};

static unsigned like_flag(const char *word)
{
	static const struct {
		const char *word;
		unsigned flags;
	} words[] = {
		{ "ALL", LIKE_ALL }, { "DEFAULTS", LIKE_DEFAULTS },
		{ "CONSTRAINTS", LIKE_CONSTRAINTS }, { "INDEXES", LIKE_INDEXES },
		{ "IDENTITY", LIKE_IDENTITY }, { "GENERATED", LIKE_GENERATED },
		{ "COMMENTS", LIKE_COMMENTS }
	};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcasecmp(words[i].word, word) == 0)
			return words[i].flags;
	return 0;
}

/* Without any word it is all, where the dialect has none of these words. */
static unsigned like_flags(const struct performer *p, const struct ddl_like *like)
{
	unsigned flags = p->traits->flags & HOME_KEY_INDEXES ? LIKE_ALL : 0;

	for (const struct ddl_option *o = like->options; o; o = o->next) {
		unsigned flag = like_flag(o->name->last->name);

		flags = o->kind == OPTION_INCLUDING ? flags | flag : flags & ~flag;
	}
	return flags;
}

/* The numbers of a serial column go on from the same sequence. */
static int copy_serial(struct performer *p, struct limbeck_object *copy,
	const struct limbeck_object *column, unsigned flags)
{
	const char *identity = limbeck_object_get(column, LIMBECK_ATTR_IDENTITY);
	const char *sequence = limbeck_object_get(column, LIMBECK_ATTR_SEQUENCE);
	struct strbuf text = STRBUF_INIT;

	object_set(copy, LIMBECK_ATTR_SEQUENCE, NULL);
	if (!identity)
		return 0;
	if (strcmp(identity, "serial") != 0 || !sequence) {
		if (flags & LIKE_IDENTITY)
			return home_name_sequence(p, copy, NULL);
		object_set(copy, LIMBECK_ATTR_IDENTITY, NULL);
		return 0;
	}
	object_set(copy, LIMBECK_ATTR_IDENTITY, NULL);
	if (flags & LIKE_DEFAULTS) {
		strbuf_addf(&text, "nextval('%s'::regclass)", sequence);
		object_set(copy, LIMBECK_ATTR_DEFAULT, text.buf);
		strbuf_release(&text);
	}
	return 0;
}

static int copy_column(struct performer *p, const struct limbeck_object *table,
	const struct limbeck_object *from, const struct limbeck_object *column, unsigned flags)
{
	const struct object_name as = { .kind = LIMBECK_KIND_COLUMN,
		.schema = limbeck_object_schema(table), .table = limbeck_object_name(table),
		.name = limbeck_object_name(column) };
	const struct limbeck_object *key = home_primary_key(p, from);
	struct limbeck_object *copy = catalog_copy(p->catalog, column, false, &as);

	if (!copy)
		return home_nomem(p);
	if (key && home_lists(p, key, LIMBECK_ATTR_COLUMNS, as.name))
		object_set(copy, LIMBECK_ATTR_NOT_NULL, "yes");
	if (!(flags & LIKE_DEFAULTS))
		object_set(copy, LIMBECK_ATTR_DEFAULT, NULL);
	if (!(flags & LIKE_GENERATED)) {
		object_set(copy, LIMBECK_ATTR_GENERATED, NULL);
		object_set(copy, LIMBECK_ATTR_GENERATED_KIND, NULL);
	}
	if (!(flags & LIKE_COMMENTS))
		object_set(copy, LIMBECK_ATTR_COMMENT, NULL);
	return copy_serial(p, copy, column, flags);
}

/* The pattern for the name of a key that is made anew; a check keeps its own. */
static const char *pattern_of(const struct performer *p, enum limbeck_kind kind)
{
	switch (kind) {
	case LIMBECK_KIND_PRIMARY_KEY: return p->traits->primary_key;
	case LIMBECK_KIND_UNIQUE: return p->traits->unique;
	case LIMBECK_KIND_EXCLUSION: return p->traits->exclusion;
	default: return p->traits->index;
	}
}

static const char *join_columns(struct performer *p, const struct limbeck_object *part)
{
	struct strbuf text = STRBUF_INIT;

	for (size_t i = 0; i < limbeck_object_count(part, LIMBECK_ATTR_COLUMNS); i++) {
		const char *name = limbeck_object_item(part, LIMBECK_ATTR_COLUMNS, i);

		strbuf_addf(&text, "%s%s", i ? "_" : "", *name ? name : "expr");
	}
	return home_text(p, &text);
}

static int copy_part(struct performer *p, const struct limbeck_object *table,
	const struct limbeck_object *part)
{
	enum limbeck_kind kind = limbeck_object_kind(part);
	struct home_naming naming = { .kind = kind, .schema = limbeck_object_schema(table),
		.table = limbeck_object_name(table) };
	struct object_name as = { .kind = kind, .schema = naming.schema, .table = naming.table,
		.name = limbeck_object_name(part) };

	naming.columns = join_columns(p, part);
	naming.column = limbeck_object_get(part, LIMBECK_ATTR_COLUMNS);
	if (!naming.columns)
		return -1;
	if (limbeck_object_get(part, LIMBECK_ATTR_UNNAMED)) {
		as.name = "";
	} else if (kind != LIMBECK_KIND_CHECK && p->traits->flags & HOME_SCHEMA_INDEXES) {
		naming.pattern = pattern_of(p, kind);
		if (home_make_name(p, &naming, &as.name))
			return -1;
		if (!as.name)
			as.name = "";
	}
	return catalog_copy(p->catalog, part, false, &as) ? 0 : home_nomem(p);
}

static int copy_parts(struct performer *p, struct limbeck_object *table,
	const struct limbeck_object *from, unsigned flags)
{
	const struct limbeck_object *part = NULL;
	struct limbeck_object *key;

	while ((part = catalog_next(p->catalog, LIMBECK_KIND_NONE, limbeck_object_schema(from),
			limbeck_object_name(from), part))) {
		enum limbeck_kind kind = limbeck_object_kind(part);
		unsigned flag = kind == LIMBECK_KIND_CHECK ? LIKE_CONSTRAINTS
			: kind == LIMBECK_KIND_PRIMARY_KEY || kind == LIMBECK_KIND_UNIQUE
			|| kind == LIMBECK_KIND_EXCLUSION || kind == LIMBECK_KIND_INDEX
			? LIKE_INDEXES : 0;

		if (flags & flag && copy_part(p, table, part))
			return -1;
	}
	key = home_primary_key(p, table);
	for (size_t i = 0; key && i < limbeck_object_count(key, LIMBECK_ATTR_COLUMNS); i++) {
		struct limbeck_object *column = home_part(p, table, LIMBECK_KIND_COLUMN,
			limbeck_object_item(key, LIMBECK_ATTR_COLUMNS, i));

		if (column)
			object_set(column, LIMBECK_ATTR_NOT_NULL, NULL);
	}
	return 0;
}

int home_like(struct performer *p, struct limbeck_object *table, const struct ddl_like *like)
{
	unsigned flags = like_flags(p, like);
	struct limbeck_object *from, *column = NULL;

	if (home_need_relation(p, &like->table, LIMBECK_KIND_TABLE, &from))
		return -1;
	while ((column = catalog_next(p->catalog, LIMBECK_KIND_COLUMN,
			limbeck_object_schema(from), limbeck_object_name(from), column)))
		if (copy_column(p, table, from, column, flags))
			return -1;
	return copy_parts(p, table, from, flags);
}

/* Columns made from those of a query. */
struct made {
	struct performer *p;
	struct limbeck_object *table;
	const struct ddl_element *names;  /* the next name that was written for one, or NULL */
	const struct ddl_span *span;
};

static int make_column(void *context, const struct home_column *column)
{
	struct made *made = context;
	const char *name = column->name;
	struct limbeck_object *object;

	while (made->names && (!made->names->column || made->names->column->type))
		made->names = made->names->next;
	if (made->names) {
		name = home_ident(made->p, &made->names->column->name);
		made->names = made->names->next;
	}
	if (!name)
		return -1;
	if (home_part(made->p, made->table, LIMBECK_KIND_COLUMN, name))
		return 0;
	if (!column->type) {
		home_refuse(made->p, column->span ? column->span : made->span,
			"the type of column \"%s\" of the query is not known", name);
		error_hint(made->p->err, "Write CREATE TABLE with its columns and their types, and "
			"INSERT ... SELECT behind it.");
		return -1;
	}
	object = home_add(made->p, LIMBECK_KIND_COLUMN, limbeck_object_schema(made->table),
		limbeck_object_name(made->table), name);
	if (!object)
		return -1;
	object_set(object, LIMBECK_ATTR_TYPE, column->type);
	return home_set_collation(made->p, made->table, object);
}

static bool is_written(const struct ddl_element *elements)
{
	for (; elements; elements = elements->next)
		if (elements->column && !elements->column->type)
			return true;
	return false;
}

int home_table_as(struct performer *p, struct limbeck_object *table,
	const struct ddl_table *statement)
{
	struct made made = { .p = p, .table = table, .span = &statement->query->span,
		.names = p->traits->flags & HOME_AFFINITY || !is_written(statement->elements)
			? NULL : statement->elements };
	struct home_work work = { .kind = HOME_WORK_INSERT, .schema = limbeck_object_schema(table),
		.table = limbeck_object_name(table), .query = statement->query };

	if (!made.names && home_elements(p, table, statement->elements))
		return -1;
	if (home_query_columns(p, statement->query, make_column, &made))
		return -1;
	if (option_of(statement->data, OPTION_NO_DATA))
		return 0;
	if (strcmp(statement->as, "AS") != 0 && *statement->as)
		return home_refuse(p, &statement->query->span, "CREATE TABLE %s has no counterpart",
			statement->as);
	return home_work(p, &work);
}
