/* SPDX-License-Identifier: BSD-2-Clause */
/* Names by convention: "ix_{table}_{columns}". */
#include "base/error.h"
#include "diff/diff.h"

#include <string.h>

struct filling {
	struct strbuf *out;
	const struct limbeck_object *object;
	bool first_only;      /* {column} */
	bool any;
};

static void add_column(struct filling *filling, const char *name)
{
	if (filling->any && filling->first_only)
		return;
	strbuf_addf(filling->out, "%s%s", filling->any ? "_" : "", *name ? name : "expr");
	filling->any = true;
}

/* The columns that the expression of a check mentions, in the order of the table. */
static void add_mentioned(struct filling *filling)
{
	const struct limbeck_object *object = filling->object, *column = NULL;
	const struct limbeck_catalog *catalog = object_catalog(object);
	const char *text = limbeck_object_get(object, LIMBECK_ATTR_EXPRESSION);

	while (text && (column = catalog_next(catalog, LIMBECK_KIND_COLUMN,
			limbeck_object_schema(object), limbeck_object_table(object), column)))
		if (text_mentions(catalog_rules(catalog)->lexis, text, limbeck_object_name(column)))
			add_column(filling, limbeck_object_name(column));
}

static void add_columns(struct filling *filling, enum limbeck_attribute list)
{
	size_t count = limbeck_object_count(filling->object, list);

	filling->any = false;
	for (size_t i = 0; i < count; i++)
		add_column(filling, limbeck_object_item(filling->object, list, i));
	if (!count && limbeck_object_kind(filling->object) == LIMBECK_KIND_CHECK)
		add_mentioned(filling);
}

/* What a foreign key refers to: the columns it names, or those of the primary key. */
static void add_referred(struct filling *filling)
{
	const struct limbeck_object *foreign = filling->object;
	const struct limbeck_object *key = catalog_next(object_catalog(foreign),
		LIMBECK_KIND_PRIMARY_KEY, limbeck_object_get(foreign, LIMBECK_ATTR_REF_SCHEMA),
		limbeck_object_get(foreign, LIMBECK_ATTR_REF_TABLE), NULL);

	if (!limbeck_object_count(foreign, LIMBECK_ATTR_REF_COLUMNS) && key) {
		filling->object = key;
		add_columns(filling, LIMBECK_ATTR_COLUMNS);
		filling->object = foreign;
	} else {
		add_columns(filling, LIMBECK_ATTR_REF_COLUMNS);
	}
}

static void add_text(struct filling *filling, const char *text)
{
	strbuf_addstr(filling->out, text ? text : "");
}

static bool fill_token(struct filling *filling, const char *token, size_t length)
{
	static const char *const tokens[] = { "table", "columns", "column", "referred_table",
		"referred_columns" };
	size_t i = 0;

	while (i < sizeof tokens / sizeof *tokens &&
		!(strlen(tokens[i]) == length && memcmp(tokens[i], token, length) == 0))
		i++;
	filling->first_only = i == 2;
	switch (i) {
	case 0:
		add_text(filling, limbeck_object_table(filling->object));
		return true;
	case 1:
	case 2:
		add_columns(filling, LIMBECK_ATTR_COLUMNS);
		return true;
	case 3:
		add_text(filling, limbeck_object_get(filling->object, LIMBECK_ATTR_REF_TABLE));
		return true;
	case 4:
		add_referred(filling);
		return true;
	default:
		return false;
	}
}

static int refuse(const char *convention, const char *what, const char *at, size_t length,
	struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_CONFIG, "naming convention \"%s\": %s \"%.*s\"", convention, what,
		length > 100 ? 100 : (int)length, at);
	error_hint(err, "The tokens are {table}, {columns}, {column}, {referred_table} and "
		"{referred_columns}.");
	return -1;
}

int naming_fill(struct strbuf *out, const char *convention, const struct limbeck_object *object,
	struct limbeck_error *err)
{
	struct filling filling = { out, object, false, false };

	for (const char *at = convention; *at;) {
		size_t length = strcspn(at, "{");
		const char *close;

		strbuf_add(out, at, length);
		at += length;
		if (!*at)
			break;
		close = strchr(at, '}');
		if (!close)
			return refuse(convention, "no } behind", at, strlen(at), err);
		length = (size_t)(close - at) + 1;
		if (!fill_token(&filling, at + 1, length - 2))
			return refuse(convention, "unknown token", at, length, err);
		at = close + 1;
	}
	return strbuf_failed(out) ? error_nomem(err) : 0;
}
