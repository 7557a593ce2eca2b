/* SPDX-License-Identifier: BSD-2-Clause */
#include "render.h"

/* What stands behind the column's name in a part: a length, an order. */
static const char *behind_name(const char *part)
{
	if (*part != '`')
		return part + strcspn(part, "( ");
	for (part++; *part; part++) {
		if (*part == '`' && *++part != '`')
			break;
	}
	return part;
}

static void put_parts(struct limbeck_out *out, const struct limbeck_object *key)
{
	size_t count = limbeck_host->object_count(key, LIMBECK_ATTR_COLUMNS);
	size_t parts = limbeck_host->object_count(key, LIMBECK_ATTR_PARTS);
	size_t i;

	limbeck_host->put(out, "(");
	for (i = 0; i < count; i++) {
		const char *column = limbeck_host->object_item(key, LIMBECK_ATTR_COLUMNS, i);
		const char *part = i < parts ?
			limbeck_host->object_item(key, LIMBECK_ATTR_PARTS, i) : "";

		limbeck_host->put(out, "%s", i > 0 ? ", " : "");
		if (*column)
			limbeck_host->put_name(out, column);
		limbeck_host->put(out, "%s", *column && *part ? behind_name(part) : part);
	}
	limbeck_host->put(out, ")");
}

static bool is_method_word(const char *method)
{
	return method && (strcmp(method, "FULLTEXT") == 0 || strcmp(method, "SPATIAL") == 0 ||
		strcmp(method, "VECTOR") == 0);
}

static void put_index_options(struct limbeck_out *out, const struct limbeck_object *index)
{
	const char *method = get(index, LIMBECK_ATTR_METHOD);
	const char *comment = get(index, LIMBECK_ATTR_COMMENT);
	const char *options = get(index, LIMBECK_ATTR_OPTIONS);

	if (method && !is_method_word(method))
		limbeck_host->put(out, " USING %s", method);
	if (comment) {
		limbeck_host->put(out, " COMMENT ");
		limbeck_host->put_literal(out, comment);
	}
	if (options)
		limbeck_host->put(out, " %s", options);
}

static void put_unique(struct limbeck_out *out, const struct limbeck_object *index)
{
	const char *method = get(index, LIMBECK_ATTR_METHOD);

	if (kind_of(index) == LIMBECK_KIND_UNIQUE || get(index, LIMBECK_ATTR_UNIQUE))
		limbeck_host->put(out, "UNIQUE ");
	else if (is_method_word(method))
		limbeck_host->put(out, "%s ", method);
}

static void put_action(struct limbeck_out *out, const char *words, const char *action)
{
	if (action)
		limbeck_host->put(out, " %s %s", words, action);
}

static void put_foreign_key(struct limbeck_out *out, const struct limbeck_object *key)
{
	limbeck_host->put(out, "FOREIGN KEY (");
	limbeck_host->put_names(out, key, LIMBECK_ATTR_COLUMNS);
	limbeck_host->put(out, ") REFERENCES ");
	limbeck_host->put_qualified(out, get(key, LIMBECK_ATTR_REF_SCHEMA),
		get(key, LIMBECK_ATTR_REF_TABLE));
	limbeck_host->put(out, " (");
	limbeck_host->put_names(out, key, LIMBECK_ATTR_REF_COLUMNS);
	limbeck_host->put(out, ")");
	put_action(out, "ON DELETE", get(key, LIMBECK_ATTR_ON_DELETE));
	put_action(out, "ON UPDATE", get(key, LIMBECK_ATTR_ON_UPDATE));
}

static void put_constraint_name(struct limbeck_out *out, const struct limbeck_object *constraint)
{
	const char *name = name_of(constraint);

	if (!name || !*name || get(constraint, LIMBECK_ATTR_UNNAMED))
		return;
	limbeck_host->put(out, "CONSTRAINT ");
	limbeck_host->put_name(out, name);
	limbeck_host->put(out, " ");
}

void put_key(struct limbeck_out *out, const struct limbeck_object *key)
{
	switch (kind_of(key)) {
	case LIMBECK_KIND_PRIMARY_KEY:
		limbeck_host->put(out, "PRIMARY KEY ");
		put_parts(out, key);
		put_index_options(out, key);
		break;
	case LIMBECK_KIND_FOREIGN_KEY:
		put_constraint_name(out, key);
		put_foreign_key(out, key);
		break;
	case LIMBECK_KIND_CHECK:
		put_constraint_name(out, key);
		limbeck_host->put(out, "CHECK (%s)%s", get(key, LIMBECK_ATTR_EXPRESSION),
			get(key, LIMBECK_ATTR_NOT_ENFORCED) ? " NOT ENFORCED" : "");
		break;
	default:
		put_unique(out, key);
		limbeck_host->put(out, "KEY ");
		limbeck_host->put_name(out, name_of(key));
		limbeck_host->put(out, " ");
		put_parts(out, key);
		put_index_options(out, key);
	}
}

void create_index(struct limbeck_out *out, const struct limbeck_object *index)
{
	limbeck_host->put(out, "CREATE ");
	put_unique(out, index);
	limbeck_host->put(out, "INDEX ");
	limbeck_host->put_name(out, name_of(index));
	limbeck_host->put(out, " ON ");
	limbeck_host->put_name(out, limbeck_host->object_table(index));
	limbeck_host->put(out, " ");
	put_parts(out, index);
	put_index_options(out, index);
	limbeck_host->end(out);
}

void drop_key(struct alter *alter, const struct limbeck_object *key)
{
	bool old = alter->mysql && alter->version && alter->version < 80019;

	switch (kind_of(key)) {
	case LIMBECK_KIND_PRIMARY_KEY:
		alter_clause(alter);
		limbeck_host->put(alter->out, "DROP PRIMARY KEY");
		break;
	case LIMBECK_KIND_FOREIGN_KEY:
		drop_named_key(alter, "FOREIGN KEY", name_of(key));
		break;
	case LIMBECK_KIND_CHECK:
		drop_named_key(alter, old ? "CHECK" : "CONSTRAINT", name_of(key));
		break;
	default:
		drop_named_key(alter, "KEY", name_of(key));
	}
}

static void add(struct alter *alter, const struct limbeck_object *key)
{
	alter_clause(alter);
	limbeck_host->put(alter->out, "ADD ");
	put_key(alter->out, key);
}

static void rename_key(struct alter *alter, const struct limbeck_change *change)
{
	unsigned least = alter->mysql ? 50700 : 100502;
	enum limbeck_kind kind = kind_of(change->after);

	if ((kind != LIMBECK_KIND_INDEX && kind != LIMBECK_KIND_UNIQUE) ||
		(alter->version && alter->version < least)) {
		drop_key(alter, change->before);
		add(alter, change->after);
		return;
	}
	alter_clause(alter);
	limbeck_host->put(alter->out, "RENAME INDEX ");
	limbeck_host->put_name(alter->out, name_of(change->before));
	limbeck_host->put(alter->out, " TO ");
	limbeck_host->put_name(alter->out, name_of(change->after));
}

static void change_visibility(struct alter *alter, const struct limbeck_change *change)
{
	const char *after = get(change->after, LIMBECK_ATTR_OPTIONS);
	const char *word = after ? after : get(change->before, LIMBECK_ATTR_OPTIONS);

	alter_clause(alter);
	limbeck_host->put(alter->out, "ALTER INDEX ");
	limbeck_host->put_name(alter->out, name_of(change->after));
	if (after)
		limbeck_host->put(alter->out, " %s", after);
	else
		limbeck_host->put(alter->out, same_text(word, "IGNORED") ? " NOT IGNORED" :
			" VISIBLE");
}

static void change_enforcement(struct alter *alter, const struct limbeck_change *change)
{
	alter_clause(alter);
	limbeck_host->put(alter->out, "ALTER CHECK ");
	limbeck_host->put_name(alter->out, name_of(change->before));
	limbeck_host->put(alter->out, get(change->after, LIMBECK_ATTR_NOT_ENFORCED) ?
		" NOT ENFORCED" : " ENFORCED");
}

void alter_key(struct alter *alter, const struct limbeck_change *change)
{
	switch (change->verb) {
	case LIMBECK_DROP:
		drop_key(alter, change->before);
		if (kind_of(change->before) == LIMBECK_KIND_FOREIGN_KEY)
			drop_backing(alter, change);
		break;
	case LIMBECK_CREATE:
		add(alter, change->after);
		break;
	case LIMBECK_RENAME:
		rename_key(alter, change);
		break;
	default:
		if (kind_of(change->after) == LIMBECK_KIND_CHECK) {
			change_enforcement(alter, change);
		} else if (render_alterable(change->before, change->after)) {
			change_visibility(alter, change);
		} else {
			drop_key(alter, change->before);
			add(alter, change->after);
		}
	}
}
