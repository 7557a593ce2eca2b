/* SPDX-License-Identifier: BSD-2-Clause */
/* Texts of statements in the common dialect. */
#include <string.h>
#include <strings.h>

#include "ddl/print.h"
#include "sql/quote.h"
#include "sql/scanner.h"
#include "translate/home_int.h"

static const struct limbeck_lexis common_lexis = { sizeof(struct limbeck_lexis), 0, "\"\"" };

static void scope_of(struct performer *p, const struct limbeck_object *table,
	struct phrase_scope *scope)
{
	*scope = (struct phrase_scope) { .home = p->catalog, .file = p->home->file,
		.schema = table ? limbeck_object_schema(table) : NULL,
		.table = table ? limbeck_object_name(table) : NULL };
}

const char *home_expr(struct performer *p, const struct limbeck_object *table,
	const struct ddl_expr *expr)
{
	struct strbuf text = STRBUF_INIT;
	struct phrase_scope scope;

	scope_of(p, table, &scope);
	if (p->home->inward) {
		if (phrase_expr(p->home->inward, &scope, expr, &text, p->err)) {
			strbuf_release(&text);
			return NULL;
		}
	} else {
		struct printer out = PRINTER_INIT(&text);

		expr_print(&out, expr);
	}
	return home_text(p, &text);
}

const char *home_query(struct performer *p, const struct ddl_query *query)
{
	struct strbuf text = STRBUF_INIT;
	struct phrase_scope scope;

	scope_of(p, NULL, &scope);
	if (p->home->inward) {
		if (phrase_query(p->home->inward, &scope, query, &text, p->err)) {
			strbuf_release(&text);
			return NULL;
		}
	} else {
		struct printer out = PRINTER_INIT(&text);

		query_print(&out, query);
	}
	return home_text(p, &text);
}

const char *home_string(struct performer *p, const struct ddl_expr *string)
{
	char *text = arena_strndup(p->arena, string->string->value, string->string->length);

	if (!text)
		home_nomem(p);
	return text;
}

const char *home_span_text(struct performer *p, const struct ddl_span *span)
{
	char *text = arena_strndup(p->arena, span->text, span->length);

	if (!text)
		home_nomem(p);
	return text;
}

/* What "serial=integer ..." says of the name; 0: nothing. */
static size_t find_serial(const char *list, const char *name, const char **out)
{
	size_t length = strlen(name);

	while (list && *list) {
		const char *equals = strchr(list, '=');
		size_t word = strcspn(list, " ");

		if ((size_t)(equals - list) == length && strncmp(list, name, length) == 0) {
			*out = equals + 1;
			return word - length - 1;
		}
		list += word + strspn(list + word, " ");
	}
	return 0;
}

/* An enum or a domain of the catalog. */
static const struct limbeck_object *find_type(struct performer *p, const struct ddl_type *type,
	int *failed)
{
	struct home_name name;
	const struct limbeck_object *found;

	*failed = home_name(p, &type->name, &name);
	if (*failed || type->words || type->arguments)
		return NULL;
	found = home_find(p, LIMBECK_KIND_ENUM, name.schema, NULL, name.name);
	if (!found)
		found = home_find(p, LIMBECK_KIND_DOMAIN, name.schema, NULL, name.name);
	return found;
}

static void add_dimensions(struct strbuf *out, const struct ddl_type *type)
{
	if (type->flags & TYPE_ARRAY_WORD && !type->dimensions)
		strbuf_addstr(out, "[]");
	for (const struct type_dimension *d = type->dimensions; d; d = d->next)
		strbuf_addstr(out, "[]");
}

/* enum('a', 'b') of a column. */
static bool is_inline_enum(const struct ddl_type *type)
{
	return !type->words && type->name.count == 1 && type->arguments
		&& type->arguments->kind == TOKEN_STRING
		&& (strcmp(type->plain, "enum") == 0 || strcmp(type->plain, "set") == 0);
}

/* The string that a token is, in the home dialect's quotes. */
static void add_label(struct strbuf *out, const struct limbeck_lexis *lexis,
	const struct ddl_span *span)
{
	struct strbuf value = STRBUF_INIT;
	char quote = span->text[0];

	for (size_t i = 1; i + 1 < span->length; i++) {
		if (span->text[i] == quote
			|| (span->text[i] == '\\' && lexis->flags & LIMBECK_LEX_BACKSLASH))
			i++;
		strbuf_addch(&value, span->text[i]);
	}
	quote_literal_n(out, &common_lexis, value.buf, value.len);
	strbuf_release(&value);
}

static void add_inline_enum(struct performer *p, struct strbuf *out, const struct ddl_type *type)
{
	const struct limbeck_lexis *lexis = dialect_lexis(p->traits->dialect);

	strbuf_addf(out, "%s(", type->plain);
	for (const struct type_argument *a = type->arguments; a; a = a->next) {
		if (a != type->arguments)
			strbuf_addstr(out, ", ");
		add_label(out, lexis, &a->span);
	}
	strbuf_addch(out, ')');
}

static int phrase(struct performer *p, const struct ddl_type *type, struct strbuf *text)
{
	struct printer out = PRINTER_INIT(text);

	if (p->home->inward)
		return phrase_type(p->home->inward, type, text, p->err);
	type_print(&out, type);
	return 0;
}

/* What is told from parts of the words alone: SQLite "Determination Of Column Affinity". */
static const char *by_affinity(const char *words)
{
	static const struct {
		const char *part, *type;
	} rules[] = {
		{ "INT", "bigint" }, { "CHAR", "text" }, { "CLOB", "text" }, { "TEXT", "text" },
		{ "BLOB", "bytea" }, { "REAL", "double precision" }, { "FLOA", "double precision" },
		{ "DOUB", "double precision" }
	};

	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		for (const char *at = words; *at; at++)
			if (strncasecmp(at, rules[i].part, strlen(rules[i].part)) == 0)
				return rules[i].type;
	return "numeric";
}

/* Whether the common dialect has a type of that name. */
static bool is_common(const char *text)
{
	static const char *const types[] = { "smallint", "integer", "bigint", "numeric", "real",
		"double precision", "boolean", "text", "varchar", "char", "date", "time", "timetz",
		"timestamp", "timestamptz", "interval", "uuid", "json", "jsonb", "bytea", "inet",
		"cidr", "citext" };
	size_t length = strcspn(text, "([");

	while (length && text[length - 1] == ' ')
		length--;
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (strlen(types[i]) == length && strncmp(types[i], text, length) == 0)
			return true;
	return false;
}

static int any_words(struct performer *p, const struct ddl_type *type, struct strbuf *text)
{
	if (!type) {
		strbuf_addstr(text, "bytea");
		return 0;
	}
	if (phrase(p, type, text))
		return -1;
	if (!is_common(text->buf)) {
		const char *affinity = by_affinity(text->buf);

		strbuf_truncate(text, 0);
		strbuf_addstr(text, affinity);
	}
	return 0;
}

static int fill_type(struct performer *p, const struct ddl_type *type, struct strbuf *text)
{
	const struct limbeck_object *known;
	int failed = 0;

	if (p->traits->flags & HOME_AFFINITY)
		return any_words(p, type, text);
	if (is_inline_enum(type)) {
		add_inline_enum(p, text, type);
		return 0;
	}
	known = find_type(p, type, &failed);
	if (failed)
		return -1;
	if (!known)
		return phrase(p, type, text);
	home_quote_name(text, limbeck_object_schema(known), limbeck_object_name(known));
	add_dimensions(text, type);
	return 0;
}

int home_type(struct performer *p, const struct ddl_type *type, struct home_type *out)
{
	struct strbuf text = STRBUF_INIT;
	const char *serial = NULL;
	size_t length = type && type->name.count == 1 && !type->words
		? find_serial(p->traits->serials, type->plain, &serial) : 0;

	out->serial = length > 0;
	if (length) {
		strbuf_add(&text, serial, length);
	} else if (fill_type(p, type, &text)) {
		strbuf_release(&text);
		return -1;
	}
	out->text = home_text(p, &text);
	return out->text ? 0 : -1;
}
