/* SPDX-License-Identifier: BSD-2-Clause */
/* Changes in words, a line each. */
#include "diff/diff_int.h"

/* Of a text, or a list, that is shown; one that is longer is only named. */
enum { SHOWN = 48 };

static void add_columns(struct strbuf *out, const struct limbeck_object *object,
	enum limbeck_attribute list)
{
	strbuf_addch(out, '(');
	for (size_t i = 0; i < limbeck_object_count(object, list); i++) {
		const char *item = limbeck_object_item(object, list, i);
		const char *part = limbeck_object_item(object, LIMBECK_ATTR_PARTS, i);

		strbuf_addf(out, "%s%s", i ? ", " : "", *item ? item : part ? part : "...");
	}
	strbuf_addch(out, ')');
}

static bool is_short(const char *text)
{
	return text && strlen(text) <= SHOWN && !strchr(text, '\n');
}

static void add_column(struct strbuf *out, const struct limbeck_object *column)
{
	const char *type = limbeck_object_get(column, LIMBECK_ATTR_TYPE);
	const char *value = limbeck_object_get(column, LIMBECK_ATTR_DEFAULT);

	if (type)
		strbuf_addf(out, " %s", type);
	if (limbeck_object_get(column, LIMBECK_ATTR_NOT_NULL))
		strbuf_addstr(out, " not null");
	if (limbeck_object_get(column, LIMBECK_ATTR_IDENTITY))
		strbuf_addf(out, " %s", limbeck_object_get(column, LIMBECK_ATTR_IDENTITY));
	if (limbeck_object_get(column, LIMBECK_ATTR_GENERATED))
		strbuf_addstr(out, " generated");
	if (is_short(value))
		strbuf_addf(out, " default %s", value);
}

/* What a new part is, behind its name. */
static void add_content(struct strbuf *out, const struct limbeck_object *object)
{
	const char *text = limbeck_object_get(object, LIMBECK_ATTR_EXPRESSION);

	switch (limbeck_object_kind(object)) {
	case LIMBECK_KIND_COLUMN:
		add_column(out, object);
		break;
	case LIMBECK_KIND_INDEX:
		strbuf_addf(out, " on %s ", limbeck_object_table(object));
		add_columns(out, object, LIMBECK_ATTR_COLUMNS);
		break;
	case LIMBECK_KIND_PRIMARY_KEY:
	case LIMBECK_KIND_UNIQUE:
	case LIMBECK_KIND_EXCLUSION:
	case LIMBECK_KIND_FOREIGN_KEY:
		strbuf_addch(out, ' ');
		add_columns(out, object, LIMBECK_ATTR_COLUMNS);
		if (limbeck_object_get(object, LIMBECK_ATTR_REF_TABLE))
			strbuf_addf(out, " -> %s",
				limbeck_object_get(object, LIMBECK_ATTR_REF_TABLE));
		break;
	case LIMBECK_KIND_CHECK:
		if (is_short(text))
			strbuf_addf(out, " (%s)", text);
		break;
	default:
		break;
	}
}

/* What the catalog calls an unnamed part says its content already. */
static bool has_name(const struct limbeck_object *object)
{
	const char *name = limbeck_object_name(object);

	return name && *name && *name != '#';
}

static void add_object(struct strbuf *out, const struct limbeck_object *object)
{
	enum limbeck_kind kind = limbeck_object_kind(object);
	const char *word = limbeck_object_get(object, LIMBECK_ATTR_WORD);
	size_t start = out->len;

	strbuf_addstr(out, word && kind != LIMBECK_KIND_FUNCTION ? word : limbeck_kind_name(kind));
	for (size_t i = start; i < out->len; i++)
		if (out->buf[i] >= 'A' && out->buf[i] <= 'Z')
			out->buf[i] = (char)(out->buf[i] + ('a' - 'A'));
	strbuf_addch(out, ' ');
	if (kind != LIMBECK_KIND_INDEX || !has_name(object)) {
		object_shown(out, object);
	} else {
		struct object_name name;

		object_name_of(object, &name);
		name.table = NULL;
		object_name_shown(out, catalog_rules(object_catalog(object)), &name);
	}
}

/* Of an index the name may not say it: on some engines names are the table's own. */
static void add_place(struct strbuf *out, const struct limbeck_object *object)
{
	if (limbeck_object_kind(object) == LIMBECK_KIND_INDEX && has_name(object))
		strbuf_addf(out, " on %s", limbeck_object_table(object));
}

static void add_list(struct strbuf *out, const struct limbeck_object *object,
	enum limbeck_attribute attribute)
{
	for (size_t i = 0; i < limbeck_object_count(object, attribute); i++)
		strbuf_addf(out, "%s%s", i ? ", " : "", limbeck_object_item(object, attribute, i));
}

static bool is_flag(const char *a, const char *b)
{
	return (!a || strcmp(a, "yes") == 0) && (!b || strcmp(b, "yes") == 0);
}

/* "type integer -> bigint", "not null", "default 0", "no default", "definition". */
static void add_difference(struct strbuf *out, const struct limbeck_object *before,
	const struct limbeck_object *after, enum limbeck_attribute attribute)
{
	struct strbuf from = STRBUF_INIT, to = STRBUF_INIT;
	const char *name = limbeck_attribute_name(attribute);
	bool was = limbeck_object_count(before, attribute) > 0;
	bool is = limbeck_object_count(after, attribute) > 0;

	add_list(&from, before, attribute);
	add_list(&to, after, attribute);
	if (attribute == LIMBECK_ATTR_NOT_NULL)
		strbuf_addstr(out, is ? "not null" : "nullable");
	else if (is_flag(was ? from.buf : NULL, is ? to.buf : NULL) || !is)
		strbuf_addf(out, "%s%s", is ? "" : "no ", name);
	else if (attribute == LIMBECK_ATTR_DEFINITION ||
		attribute == LIMBECK_ATTR_COLUMN_COMMENTS || !is_short(from.buf) || !is_short(to.buf))
		strbuf_addstr(out, name);
	else
		strbuf_addf(out, "%s %s%s%s", name, from.buf, was ? " -> " : "", to.buf);
	out->failed |= from.failed || to.failed;
	strbuf_release(&from);
	strbuf_release(&to);
}

static void describe_alter(struct strbuf *out, const struct limbeck_change *change)
{
	enum limbeck_attribute at = LIMBECK_ATTR_NONE;
	bool first = true;

	strbuf_addstr(out, "change ");
	if (limbeck_object_kind(change->after) == LIMBECK_KIND_COLUMN)
		object_shown(out, change->after);
	else
		add_object(out, change->after);
	add_place(out, change->after);
	while ((at = object_differs(change->before, change->after, at)) != LIMBECK_ATTR_NONE) {
		strbuf_addstr(out, first ? ": " : ", ");
		add_difference(out, change->before, change->after, at);
		first = false;
	}
}

static void describe_create(struct strbuf *out, const struct limbeck_object *object)
{
	enum limbeck_kind kind = limbeck_object_kind(object);
	bool part = kind >= LIMBECK_KIND_COLUMN && kind <= LIMBECK_KIND_FOREIGN_KEY;

	strbuf_addstr(out, part ? "add " : "create ");
	add_object(out, object);
	if (has_name(object))
		add_content(out, object);
}

void diff_describe(struct strbuf *out, const struct limbeck_change *change)
{
	bool again = (change->flags & LIMBECK_CHANGE_AGAIN) != 0;

	switch (change->verb) {
	case LIMBECK_CREATE:
		describe_create(out, change->after);
		strbuf_addstr(out, again ? " again" : "");
		break;
	case LIMBECK_DROP:
		strbuf_addstr(out, "drop ");
		add_object(out, change->before);
		add_place(out, change->before);
		strbuf_addstr(out, again ? " for now" : "");
		break;
	case LIMBECK_ALTER:
		describe_alter(out, change);
		break;
	case LIMBECK_RENAME:
		strbuf_addstr(out, "rename ");
		add_object(out, change->before);
		add_place(out, change->before);
		strbuf_addf(out, " to %s", limbeck_object_name(change->after));
		strbuf_addstr(out, again ? " for now" : "");
		break;
	case LIMBECK_FILL:
		strbuf_addstr(out, "fill ");
		object_shown(out, change->after);
		if (change->value)
			strbuf_addf(out, " with %s", change->value);
		break;
	default:
		break;
	}
}
