/* SPDX-License-Identifier: BSD-2-Clause */
/* Defaults of columns. */
#include <string.h>

#include "base/error.h"
#include "sql/quote.h"
#include "translate/map_int.h"

static const char *default_of(const struct limbeck_object *column, const struct home_kind *kind)
{
	const char *text = limbeck_object_get(column, LIMBECK_ATTR_DEFAULT);

	for (size_t i = 0; !text && kind && i < kind->domain_count; i++)
		text = limbeck_object_get(kind->domains[i], LIMBECK_ATTR_DEFAULT);
	return text;
}

static int parse(struct mapper *m, const char *text, const struct ddl_expr **out)
{
	const struct ddl_place place = { NULL, 1, 1 };
	struct ddl_expr *expr;
	struct parser p;

	if (parser_init(&p, &m->arena, dialect_lexis(LIMBECK_COMMON_DIALECT),
		LIMBECK_COMMON_DIALECT, text, strlen(text), &place, m->err)
		|| expr_parse(&p, &expr, m->err))
		return -1;
	*out = expr_inner(expr);
	return 0;
}

/* The sequence's name in nextval('name'), or NULL. */
static const struct ddl_string *counted(const struct ddl_expr *expr)
{
	if (!expr_calls(expr, "nextval") || expr->args.count != 1)
		return NULL;
	expr = expr_inner(expr->args.items[0]);
	while (expr->kind == EXPR_CAST)
		expr = expr_inner(expr->args.items[0]);
	return expr->kind == EXPR_STRING ? expr->string : NULL;
}

static bool takes_number(struct mapper *m, const struct limbeck_object *column,
	const struct ddl_string **sequence)
{
	const char *text = limbeck_object_get(column, LIMBECK_ATTR_DEFAULT);
	const struct ddl_expr *expr;

	*sequence = NULL;
	if (!text || !strstr(text, "nextval"))
		return false;
	*sequence = parse(m, text, &expr) == 0 ? counted(expr) : NULL;
	return *sequence != NULL;
}

static bool is_named(const struct ddl_string *sequence, const char *name)
{
	return strlen(name) == sequence->length
		&& memcmp(sequence->value, name, sequence->length) == 0;
}

static bool is_shared(struct mapper *m, const struct limbeck_object *column,
	const struct ddl_string *sequence)
{
	const struct limbeck_object *other = NULL;
	const struct ddl_string *taken;

	while ((other = catalog_next(m->home, LIMBECK_KIND_COLUMN, NULL, NULL, other))) {
		const char *own = limbeck_object_get(other, LIMBECK_ATTR_SEQUENCE);

		if (other != column && (own ? is_named(sequence, own)
			: takes_number(m, other, &taken) && taken->length == sequence->length
				&& memcmp(taken->value, sequence->value, taken->length) == 0))
			return true;
	}
	return false;
}

bool column_counts(struct mapper *m, const struct limbeck_object *column)
{
	const struct ddl_string *sequence;

	return takes_number(m, column, &sequence) && !is_shared(m, column, sequence);
}

/* nextval(name) */
static int put_number(struct mapper *m, const struct limbeck_object *column,
	const struct ddl_string *sequence, struct strbuf *out)
{
	struct object_name name = { .kind = LIMBECK_KIND_SEQUENCE };
	const char *text = arena_strndup(&m->arena, sequence->value, sequence->length);

	if (!text)
		return mapper_nomem(m);
	name.name = strncmp(text, "public.", 7) == 0 ? text + 7 : text;
	if (!mapper_says(m, LIMBECK_SAYS_SEQUENCE))
		return mapper_refuse(m, column, "its numbers come from the sequence %s, and the "
			"engine has none", text);
	if (!catalog_find(m->home, &name))
		return mapper_refuse(m, column, "its numbers come from the sequence %s, which is "
			"another column's", text);
	strbuf_addstr(out, "nextval(");
	mapper_quote(m, out, name.name);
	strbuf_addch(out, ')');
	return 0;
}

static int put_default(struct mapper *m, const struct limbeck_object *column,
	const struct home_kind *kind, const struct ddl_expr *expr, struct strbuf *out)
{
	struct phrase_scope scope = { m->home, limbeck_object_schema(m->table),
		limbeck_object_name(m->table), NULL };
	const struct ddl_string *sequence = counted(expr);
	int done = 0;

	if (sequence && !mapper_is_common(m))
		return put_number(m, column, sequence, out);
	if (strcmp(kind->meaning, "blob") == 0 && !mapper_is_common(m) && literal_bytes(expr, out))
		return 0;
	if (kind->sort == SORT_ARRAY && !mapper_says(m, LIMBECK_SAYS_ARRAY))
		done = literal_json(m, kind, expr, out);
	if (done)
		return done < 0 ? -1 : 0;
	if (phrase_expr(m->mapping->outward, &scope, expr, out, m->err) == 0)
		return 0;
	return error_is(m->err, LIMBECK_E_UNSUPPORTED) && m->err->message
		? mapper_refuse(m, column, "its default: %s", m->err->message) : -1;
}

/* What a string says of a day or a time is read by its type. */
static int as_moment(struct mapper *m, const struct home_kind *kind, const struct ddl_expr **expr)
{
	static const char *const types[] = { "date", "time", "timetz", "timestamp", "timestamptz" };
	struct strbuf text = STRBUF_INIT;
	const char *said;
	size_t i = 0;

	while (i < sizeof types / sizeof *types && strcmp(types[i], kind->meaning) != 0)
		i++;
	if ((*expr)->kind != EXPR_STRING || i == sizeof types / sizeof *types
		|| mapper_is_common(m))
		return 0;
	strbuf_addstr(&text, "CAST(");
	quote_literal_n(&text, dialect_lexis(LIMBECK_COMMON_DIALECT), (*expr)->string->value,
		(*expr)->string->length);
	strbuf_addf(&text, " AS %s)", kind->text);
	said = mapper_text(m, &text);
	return said ? parse(m, said, expr) : -1;
}

/* A date by default the day of a time. */
static int as_date(struct mapper *m, const struct home_kind *kind, const char *text,
	const struct ddl_expr **expr)
{
	struct phrase_scope scope = { m->home, limbeck_object_schema(m->table),
		limbeck_object_name(m->table), NULL };

	if (strcmp(kind->meaning, "date") != 0 || mapper_is_common(m)
		|| strncmp(phrase_meaning(&scope, *expr), "timestamp", strlen("timestamp")) != 0)
		return 0;
	text = arena_printf(&m->arena, "CAST(%s AS date)", text);
	return text ? parse(m, text, expr) : mapper_nomem(m);
}

int map_default(struct mapper *m, const struct limbeck_object *column,
	const struct home_kind *kind, struct limbeck_object *to)
{
	const char *text = default_of(column, kind);
	const struct ddl_expr *expr;
	struct strbuf out = STRBUF_INIT;

	if (!text)
		return 0;
	if (parse(m, text, &expr) || as_date(m, kind, text, &expr))
		return -1;
	expr = literal_typed(m, kind, literal_bare(expr));
	if (!expr)
		return mapper_nomem(m);
	if (as_moment(m, kind, &expr))
		return -1;
	if (expr->kind == EXPR_KEYWORD && strcmp(expr->word, "NULL") == 0)
		return 0;
	if (put_default(m, column, kind, expr, &out)) {
		strbuf_release(&out);
		return -1;
	}
	text = mapper_text(m, &out);
	if (text)
		text = default_shaped(m, kind, to, text);
	object_set(to, LIMBECK_ATTR_DEFAULT, text);
	return text ? 0 : -1;
}
