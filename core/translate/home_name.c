/* SPDX-License-Identifier: BSD-2-Clause */
/* Names: as the home engine folds them, and those that it makes up. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/utf8.h"
#include "sql/quote.h"
#include "sql/reserved.h"
#include "translate/home_int.h"

static const struct limbeck_lexis common_lexis = { sizeof(struct limbeck_lexis), 0, "\"\"" };

/* How much of a text of whole characters fits into so many bytes. */
static size_t fitting(const char *text, size_t length, size_t most)
{
	if (length <= most)
		return length;
	while (most && ((unsigned char)text[most] & 0xc0) == 0x80)
		most--;
	return most;
}

const char *home_ident(struct performer *p, const struct ddl_ident *ident)
{
	size_t most = p->traits->name_length, length = strlen(ident->name);
	char *name = arena_strndup(p->arena, ident->name,
		most ? fitting(ident->name, length, most) : length);

	if (!name) {
		home_nomem(p);
		return NULL;
	}
	if (p->traits->folds && !ident->quoted)
		for (char *c = name; *c; c++)
			if (*c >= 'A' && *c <= 'Z')
				*c = (char)(*c + ('a' - 'A'));
	return name;
}

bool home_same(const struct performer *p, const char *a, const char *b)
{
	return p->traits->folds ? strcmp(a, b) == 0 : strcasecmp(a, b) == 0;
}

int home_name(struct performer *p, const struct ddl_name *name, struct home_name *out)
{
	const struct ddl_ident *schema = name->first;
	const char *usual = catalog_rules(p->catalog)->default_schema;

	memset(out, 0, sizeof *out);
	out->span = &name->span;
	out->name = home_ident(p, name->last);
	if (!out->name)
		return -1;
	if (name->count < 2)
		return 0;
	while (schema->next != name->last)
		schema = schema->next;
	out->schema = home_ident(p, schema);
	if (!out->schema)
		return -1;
	if (p->traits->temporary_schema && home_same(p, out->schema, p->traits->temporary_schema))
		out->temporary = true;
	if (out->temporary || (usual && home_same(p, out->schema, usual))
		|| (p->traits->default_schema && home_same(p, out->schema, p->traits->default_schema)))
		out->schema = NULL;
	return 0;
}

void home_quote(struct strbuf *out, const char *name)
{
	if (reserved_is_plain(name))
		strbuf_addstr(out, name);
	else
		quote_identifier(out, &common_lexis, name);
}

void home_quote_name(struct strbuf *out, const char *schema, const char *name)
{
	if (schema) {
		home_quote(out, schema);
		strbuf_addch(out, '.');
	}
	home_quote(out, name);
}

const char *home_text(struct performer *p, struct strbuf *text)
{
	const char *copy = strbuf_failed(text) ? NULL
		: arena_strndup(p->arena, text->buf, text->len);

	strbuf_release(text);
	if (!copy)
		home_nomem(p);
	return copy;
}

/* A pattern with its tokens filled in, where the table's and the columns' names are given
 * so many bytes. */
struct filled {
	const struct home_naming *naming;
	const char *number;
	size_t table, columns;
};

static const char *columns_of(const struct home_naming *naming, const char *token)
{
	const char *text = strcmp(token, "{column}") == 0 ? naming->column : naming->columns;

	return text ? text : "";
}

/* The underscore before a name that is empty goes with it. */
static void fill(struct strbuf *out, const struct filled *filled)
{
	static const char *const tokens[] = { "{table}", "{columns}", "{column}", "{m}", "{k}",
		"{n}" };
	const char *pattern = filled->naming->pattern;

	while (*pattern) {
		size_t i = 0;

		while (i < 6 && strncmp(pattern, tokens[i], strlen(tokens[i])) != 0)
			i++;
		if (i == 6) {
			strbuf_addch(out, *pattern++);
			continue;
		}
		pattern += strlen(tokens[i]);
		if (i == 0) {
			strbuf_add(out, filled->naming->table, filled->table);
		} else if (i < 3) {
			const char *text = columns_of(filled->naming, tokens[i]);

			strbuf_add(out, text, fitting(text, strlen(text), filled->columns));
			if (!*text && out->len && out->buf[out->len - 1] == '_')
				strbuf_truncate(out, out->len - 1);
		} else {
			strbuf_addstr(out, filled->number);
		}
	}
}

/* The longer of the two is cut until all fits. */
static void fill_cut(struct performer *p, struct strbuf *out, const struct home_naming *naming,
	const char *number)
{
	bool one = strstr(naming->pattern, "{column}") != NULL;
	const char *columns = one || strstr(naming->pattern, "{columns}")
		? columns_of(naming, one ? "{column}" : "{columns}") : "";
	struct filled filled = { naming, number, strlen(naming->table), strlen(columns) };
	size_t most = p->traits->name_length, length;

	fill(out, &filled);
	if (!most || out->len <= most)
		return;
	for (length = out->len; length > most && filled.table + filled.columns > 0; length--)
		(*(filled.table > filled.columns ? &filled.table : &filled.columns))--;
	filled.table = fitting(naming->table, strlen(naming->table), filled.table);
	strbuf_truncate(out, 0);
	fill(out, &filled);
}

static bool is_taken(struct performer *p, const struct home_naming *naming, const char *name)
{
	const struct object_name table = { .kind = LIMBECK_KIND_TABLE, .schema = naming->schema,
		.name = naming->table };
	const struct limbeck_object *owner = catalog_find(p->catalog, &table), *part = NULL;

	if (naming->kind == LIMBECK_KIND_CHECK || naming->kind == LIMBECK_KIND_FOREIGN_KEY) {
		if (p->traits->flags & HOME_SCHEMA_CONSTRAINTS)
			return home_taken(p, naming->schema, name, true);
		return owner && home_constraint(p, owner, name);
	}
	if (p->traits->flags & HOME_SCHEMA_INDEXES)
		return home_taken(p, naming->schema, name, false)
			|| (naming->kind != LIMBECK_KIND_INDEX
				&& home_taken(p, naming->schema, name, true));
	while (owner && (part = catalog_next(p->catalog, LIMBECK_KIND_NONE, naming->schema,
			naming->table, part))) {
		enum limbeck_kind kind = limbeck_object_kind(part);

		if ((kind == LIMBECK_KIND_UNIQUE || kind == LIMBECK_KIND_INDEX)
			&& home_same(p, limbeck_object_name(part), name))
			return true;
	}
	return false;
}

/* The largest number behind the name among the table's parts. */
static unsigned long largest(struct performer *p, const struct home_naming *naming)
{
	const struct limbeck_object *part = NULL;
	struct strbuf stem = STRBUF_INIT;
	unsigned long most = 0;

	fill_cut(p, &stem, naming, "");
	while ((part = catalog_next(p->catalog, naming->kind, naming->schema, naming->table,
			part))) {
		const char *name = limbeck_object_name(part);

		if (strncasecmp(name, stem.buf, stem.len) == 0
			&& strspn(name + stem.len, "0123456789") == strlen(name + stem.len)
			&& strlen(name + stem.len) < 9 && strtoul(name + stem.len, NULL, 10) > most)
			most = strtoul(name + stem.len, NULL, 10);
	}
	strbuf_release(&stem);
	return most;
}

static int make_numbered(struct performer *p, const struct home_naming *naming,
	struct strbuf *name)
{
	bool counted = strstr(naming->pattern, "{n}") != NULL;
	bool second = strstr(naming->pattern, "{k}") != NULL;
	unsigned long n = counted ? largest(p, naming) + 1 : 0;
	char number[32] = "";

	for (;; n++) {
		if (n || counted)
			snprintf(number, sizeof number, second ? "_%lu" : "%lu", second ? n + 1 : n);
		strbuf_truncate(name, 0);
		fill_cut(p, name, naming, number);
		if (strbuf_failed(name) || catalog_failed(p->catalog))
			return home_nomem(p);
		if (!is_taken(p, naming, name->buf))
			return 0;
	}
}

int home_make_name(struct performer *p, const struct home_naming *naming, const char **out)
{
	struct strbuf name = STRBUF_INIT;

	*out = NULL;
	if (!naming->pattern)
		return 0;
	if (make_numbered(p, naming, &name)) {
		strbuf_release(&name);
		return -1;
	}
	*out = home_text(p, &name);
	return *out ? 0 : -1;
}
