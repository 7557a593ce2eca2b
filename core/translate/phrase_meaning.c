/* SPDX-License-Identifier: BSD-2-Clause */
/* The types of expressions, as far as they can be known. */
#include "translate/phrase_int.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "ddl/query.h"

/* Deep trees are asked about at each of their levels: what lies further down counts as
 * not known. */
enum { MEANING_DEEPEST = 40 };

struct word_pair {
	const char *word, *means;
};

static const struct word_pair types[] = {
	{ "boolean", "boolean" }, { "smallint", "smallint" }, { "integer", "integer" },
	{ "bigint", "bigint" }, { "numeric", "numeric" }, { "real", "real" },
	{ "double precision", "double" }, { "text", "text" }, { "varchar", "text" },
	{ "citext", "text" }, { "name", "text" }, { "char", "char" }, { "bpchar", "char" },
	{ "bytea", "blob" }, { "date", "date" }, { "time", "time" }, { "timetz", "timetz" },
	{ "timestamp", "timestamp" }, { "timestamptz", "timestamptz" },
	{ "interval", "interval" }, { "uuid", "uuid" }, { "json", "json" }, { "jsonb", "json" },
	{ "inet", "inet" }, { "cidr", "inet" }, { "serial", "integer" }, { "bigserial", "bigint" },
	{ "smallserial", "smallint" }
};

/* Functions whose result is of one type, whatever the arguments. */
static const struct word_pair functions[] = {
	{ "count", "bigint" }, { "length", "integer" }, { "char_length", "integer" },
	{ "character_length", "integer" }, { "octet_length", "integer" }, { "position", "integer" },
	{ "strpos", "integer" }, { "ascii", "integer" }, { "row_number", "bigint" },
	{ "rank", "bigint" }, { "dense_rank", "bigint" }, { "ntile", "integer" },
	{ "array_length", "integer" }, { "cardinality", "integer" },
	{ "jsonb_array_length", "integer" }, { "json_array_length", "integer" },
	{ "bit_length", "integer" }, { "nextval", "bigint" }, { "currval", "bigint" },
	{ "lower", "text" }, { "upper", "text" }, { "initcap", "text" }, { "trim", "text" },
	{ "btrim", "text" }, { "ltrim", "text" }, { "rtrim", "text" }, { "substring", "text" },
	{ "substr", "text" }, { "left", "text" }, { "right", "text" }, { "lpad", "text" },
	{ "rpad", "text" }, { "replace", "text" }, { "concat", "text" }, { "concat_ws", "text" },
	{ "md5", "text" }, { "encode", "text" }, { "to_char", "text" }, { "chr", "text" },
	{ "string_agg", "text" }, { "split_part", "text" }, { "reverse", "text" },
	{ "repeat", "text" }, { "translate", "text" }, { "regexp_replace", "text" },
	{ "format", "text" }, { "quote_literal", "text" }, { "overlay", "text" },
	{ "to_hex", "text" }, { "jsonb_typeof", "text" }, { "json_typeof", "text" },
	{ "array_to_string", "text" }, { "decode", "blob" }, { "sha256", "blob" },
	{ "now", "timestamptz" }, { "current_timestamp", "timestamptz" },
	{ "transaction_timestamp", "timestamptz" }, { "statement_timestamp", "timestamptz" },
	{ "clock_timestamp", "timestamptz" }, { "to_timestamp", "timestamptz" },
	{ "localtimestamp", "timestamp" }, { "current_date", "date" }, { "to_date", "date" },
	{ "make_date", "date" }, { "current_time", "timetz" }, { "localtime", "time" },
	{ "age", "interval" }, { "make_interval", "interval" }, { "extract", "numeric" },
	{ "date_part", "double" }, { "random", "double" }, { "pi", "double" }, { "sqrt", "double" },
	{ "exp", "double" }, { "ln", "double" }, { "power", "double" },
	{ "gen_random_uuid", "uuid" }, { "uuid_generate_v4", "uuid" },
	{ "jsonb_build_object", "json" }, { "json_build_object", "json" },
	{ "jsonb_build_array", "json" }, { "json_build_array", "json" }, { "to_jsonb", "json" },
	{ "to_json", "json" }, { "jsonb_set", "json" }, { "jsonb_agg", "json" },
	{ "json_agg", "json" }, { "jsonb_object_agg", "json" }, { "json_object_agg", "json" },
	{ "row_to_json", "json" }, { "jsonb_strip_nulls", "json" }, { "jsonb_insert", "json" },
	{ "array_agg", "array" }, { "string_to_array", "array" }, { "array_append", "array" },
	{ "array_remove", "array" }, { "array_cat", "array" }, { "array_prepend", "array" },
	{ "array_replace", "array" }, { "regexp_split_to_array", "array" },
	{ "bool_and", "boolean" }, { "bool_or", "boolean" }, { "every", "boolean" },
	{ "starts_with", "boolean" }, { "exists", "boolean" }, { "isfinite", "boolean" },
	{ "jsonb_exists", "boolean" }, { "cume_dist", "double" }, { "percent_rank", "double" }
};

/* Functions whose result is of the type of an argument that is known: coalesce(a, b). */
static const char *const alike[] = { "coalesce", "nullif", "greatest", "least", "max", "min",
	"abs", "lag", "lead", "first_value", "last_value", "nth_value", NULL };

static const char *meaning(const struct typing *typing, const struct ddl_expr *expr,
	unsigned depth);

static const char *paired(const struct word_pair *pairs, size_t count, const char *word,
	size_t length)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(pairs[i].word) == length
			&& strncasecmp(pairs[i].word, word, length) == 0)
			return pairs[i].means;
	return NULL;
}

static const char *declared(const struct limbeck_catalog *home, const char *type, size_t length)
{
	struct object_name name = { .kind = LIMBECK_KIND_ENUM, .name = type };
	const struct limbeck_object *object;
	char plain[256];

	if (!home || length >= sizeof plain)
		return "other";
	memcpy(plain, type, length);
	plain[length] = '\0';
	name.name = plain;
	if (catalog_find(home, &name))
		return "enum";
	name.kind = LIMBECK_KIND_DOMAIN;
	object = catalog_find(home, &name);
	type = object ? limbeck_object_get(object, LIMBECK_ATTR_TYPE) : NULL;
	return type ? type_meaning(NULL, type) : "other";
}

const char *type_meaning(const struct limbeck_catalog *home, const char *type)
{
	size_t length = strcspn(type, "("), whole = strlen(type);
	const char *found;

	if (whole > 2 && strcmp(type + whole - 2, "[]") == 0)
		return "array";
	while (length > 0 && type[length - 1] == ' ')
		length--;
	found = paired(types, sizeof types / sizeof *types, type, length);
	return found ? found : declared(home, type, length);
}

static bool one_of(const char *word, const char *const *words)
{
	while (*words && strcmp(*words, word) != 0)
		words++;
	return *words != NULL;
}

bool meaning_is(const char *meant, const char *class)
{
	static const char *const integers[] = { "smallint", "integer", "bigint", NULL };
	static const char *const numbers[] = { "smallint", "integer", "bigint", "numeric", "real",
		"double", NULL };
	static const char *const texts[] = { "text", "char", "enum", "uuid", "inet", NULL };
	static const char *const moments[] = { "timestamp", "timestamptz", NULL };
	static const char *const fractions[] = { "numeric", "real", "double", NULL };

	if (strcmp(class, "integer") == 0)
		return one_of(meant, integers);
	if (strcmp(class, "number") == 0)
		return one_of(meant, numbers);
	if (strcmp(class, "fraction") == 0)
		return one_of(meant, fractions);
	if (strcmp(class, "text") == 0)
		return one_of(meant, texts);
	if (strcmp(class, "moment") == 0)
		return one_of(meant, moments);
	if (strcmp(class, "bytea") == 0)
		return strcmp(meant, "blob") == 0;
	return strcmp(meant, class) == 0;
}

static const char *of_column(const struct typing *typing, const struct ddl_name *column)
{
	const struct phrase_scope *scope = typing->scope;
	const struct resolution *found = typing->names
		? resolutions_find(typing->names, column) : NULL;
	struct object_name name = { .kind = LIMBECK_KIND_COLUMN, .schema = scope->schema,
		.table = scope->table };
	const struct limbeck_object *object;
	char folded[256];
	size_t length = strlen(column->last->name);

	if (found)
		return found->meaning;
	if (!scope->home || !scope->table || length >= sizeof folded)
		return "other";
	for (size_t i = 0; i <= length; i++) {
		char c = column->last->name[i];

		folded[i] = column->last->quoted ? c : (char)tolower((unsigned char)c);
	}
	name.name = folded;
	object = catalog_find(scope->home, &name);
	if (!object) {
		name.name = column->last->name;
		object = catalog_find(scope->home, &name);
	}
	return object ? type_meaning(scope->home, limbeck_object_get(object,
		LIMBECK_ATTR_TYPE)) : "other";
}

static const char *of_type(const struct typing *typing, const struct ddl_type *type)
{
	struct arena arena = ARENA_INIT;
	const char *spelled = type ? type_spelled(&arena, type) : NULL;
	const char *common = spelled ? type_common(&arena, spelled) : NULL;
	const char *means = common ? type_meaning(typing->scope->home, common) : "other";

	arena_release(&arena);
	return means;
}

static bool known(const char *means)
{
	return strcmp(means, "other") != 0;
}

/* A literal may be of any type: what else is known comes first. */
static const char *of_list(const struct typing *typing, const struct expr_list *list, size_t from,
	unsigned depth)
{
	const char *means = "other";

	for (size_t i = from; i < list->count; i++) {
		const struct ddl_expr *one = expr_inner(list->items[i]);
		const char *its = meaning(typing, one, depth);

		if (known(its) && one->kind != EXPR_STRING)
			return its;
		if (known(its))
			means = its;
	}
	return means;
}

static const char *of_call(const struct typing *typing, const struct ddl_expr *expr,
	unsigned depth)
{
	const char *name = expr->call->name.last->name, *means;

	for (const char *const *like = alike; *like; like++)
		if (strcasecmp(*like, name) == 0)
			return of_list(typing, &expr->args, 0, depth);
	if (strcasecmp(name, "date_trunc") == 0 && expr->args.count > 1)
		return meaning(typing, expr->args.items[1], depth);
	if ((strcasecmp(name, "sum") == 0 || strcasecmp(name, "round") == 0
		|| strcasecmp(name, "floor") == 0 || strcasecmp(name, "ceil") == 0
		|| strcasecmp(name, "mod") == 0 || strcasecmp(name, "trunc") == 0)
		&& expr->args.count > 0) {
		means = meaning(typing, expr->args.items[0], depth);
		if (strcasecmp(name, "sum") == 0 && meaning_is(means, "integer"))
			return strcmp(means, "bigint") == 0 ? "numeric" : "bigint";
		return strcasecmp(name, "mod") != 0 && meaning_is(means, "integer")
			&& strcasecmp(name, "sum") != 0 ? "double" : means;
	}
	if (strcasecmp(name, "avg") == 0)
		return "numeric";
	means = paired(functions, sizeof functions / sizeof *functions, name, strlen(name));
	return means ? means : "other";
}

static bool is_moment(const char *means)
{
	return meaning_is(means, "moment") || strcmp(means, "date") == 0
		|| strcmp(means, "time") == 0;
}

static const char *of_sum(const char *word, const char *left, const char *right)
{
	bool minus = strcmp(word, "-") == 0;

	if (minus && is_moment(left) && is_moment(right))
		return strcmp(left, "date") == 0 && strcmp(right, "date") == 0 ? "integer"
			: "interval";
	if (is_moment(left))
		return strcmp(left, "date") == 0 && strcmp(right, "interval") == 0 ? "timestamp"
			: left;
	if (is_moment(right))
		return strcmp(right, "date") == 0 && strcmp(left, "interval") == 0 ? "timestamp"
			: right;
	return NULL;
}

static const char *wider(const char *left, const char *right)
{
	static const char *const order[] = { "double", "real", "numeric", "bigint", "integer",
		"smallint", NULL };

	for (const char *const *one = order; *one; one++)
		if (strcmp(left, *one) == 0 || strcmp(right, *one) == 0)
			return strcmp(*one, "real") == 0 ? "double" : *one;
	return "other";
}

static const char *of_arithmetic(const struct typing *typing, const struct ddl_expr *expr,
	unsigned depth)
{
	const char *means = meaning(typing, expr->args.items[0], depth), *next;

	for (size_t i = 1; i < expr->args.count; i++) {
		const char *sum;

		next = meaning(typing, expr->args.items[i], depth);
		sum = of_sum(expr->word, means, next);
		if (sum)
			means = sum;
		else if (strcmp(means, "interval") == 0 || strcmp(next, "interval") == 0)
			means = "interval";
		else if (strcmp(means, "json") == 0 || strcmp(means, "array") == 0)
			continue;
		else
			/* A string beside a number is a number too. */
			means = meaning_is(means, "number") && (meaning_is(next, "number")
				|| strcmp(next, "text") == 0) ? wider(means, next)
				: meaning_is(next, "number") && strcmp(means, "text") == 0 ? next : "other";
	}
	return means;
}

static const char *of_infix(const struct typing *typing, const struct ddl_expr *expr,
	unsigned depth)
{
	static const char *const logic[] = { "AND", "OR", "=", "<>", "<", ">", "<=", ">=", "@>",
		"<@", "?", "?|", "?&", "&&", "~", "~*", "!~", "!~*", "IS", "IS NOT",
		"IS DISTINCT FROM", "IS NOT DISTINCT FROM", "OVERLAPS", "^@", "@?", "@@", "<=>",
		"XOR", "==", NULL };
	static const char *const sums[] = { "+", "-", "*", "/", "%", NULL };
	const char *word = expr->word;

	if (one_of(word, logic))
		return "boolean";
	if (one_of(word, sums))
		return of_arithmetic(typing, expr, depth);
	if (strcmp(word, "->") == 0 || strcmp(word, "#>") == 0 || strcmp(word, "#-") == 0)
		return "json";
	if (strcmp(word, "->>") == 0 || strcmp(word, "#>>") == 0)
		return "text";
	if (strcmp(word, "||") == 0) {
		for (size_t i = 0; i < expr->args.count; i++) {
			const char *its = meaning(typing, expr->args.items[i], depth);

			if (strcmp(its, "json") == 0 || strcmp(its, "array") == 0
				|| strcmp(its, "blob") == 0)
				return its;
		}
		return "text";
	}
	if (strcmp(word, "^") == 0)
		return "double";
	if (strcmp(word, "&") == 0 || strcmp(word, "|") == 0 || strcmp(word, "#") == 0
		|| strcmp(word, "<<") == 0 || strcmp(word, ">>") == 0)
		return meaning(typing, expr->args.items[0], depth);
	return "other";
}

static const char *of_case(const struct typing *typing, const struct ddl_case *branches,
	unsigned depth)
{
	const char *means = branches->otherwise ? meaning(typing, branches->otherwise, depth)
		: "other";

	for (size_t i = 0; i < branches->branches.count; i++) {
		const struct ddl_expr *then = branches->branches.items[i].then;
		const char *its = meaning(typing, then, depth);

		if (known(its) && (then->kind != EXPR_STRING || !known(means)))
			means = its;
	}
	return means;
}

static const char *of_number(const char *word)
{
	if (strpbrk(word, ".eE") && strncasecmp(word, "0x", 2) != 0)
		return "numeric";
	return strlen(word) > 9 ? "bigint" : "integer";
}

static const char *of_subquery(const struct typing *typing, const struct ddl_query *query,
	unsigned depth)
{
	const struct query_term *term = query ? query->terms : NULL;

	if (!term || term->kind != TERM_SELECT || term->select->items.count != 1)
		return "other";
	return meaning(typing, term->select->items.items[0].expr, depth);
}

static const char *of_zone(const struct typing *typing, const struct ddl_expr *expr,
	unsigned depth)
{
	const char *means = meaning(typing, expr->args.items[0], depth);

	return strcmp(means, "timestamp") == 0 ? "timestamptz" : "timestamp";
}

static const char *meaning(const struct typing *typing, const struct ddl_expr *expr,
	unsigned depth)
{
	if (depth == 0 || !expr)
		return "other";
	depth--;
	switch (expr->kind) {
	case EXPR_COLUMN: return of_column(typing, expr->name);
	case EXPR_NUMBER: return of_number(expr->word);
	case EXPR_STRING: return expr->string->form == STRING_HEX ? "blob" : "text";
	case EXPR_KEYWORD:
		return expr->word[0] == 'T' || expr->word[0] == 'F' ? "boolean" : "other";
	case EXPR_TYPED:
	case EXPR_CAST: return of_type(typing, expr->type);
	case EXPR_INTERVAL: return "interval";
	case EXPR_PREFIX: return strcmp(expr->word, "NOT") == 0 ? "boolean"
		: meaning(typing, expr->args.items[0], depth);
	case EXPR_INFIX: return of_infix(typing, expr, depth);
	case EXPR_TEST:
	case EXPR_BETWEEN:
	case EXPR_IN:
	case EXPR_IN_TABLE:
	case EXPR_LIKE:
	case EXPR_EXISTS: return "boolean";
	case EXPR_PAREN:
	case EXPR_COLLATE: return meaning(typing, expr->args.items[0], depth);
	case EXPR_CHARSET: return "text";
	case EXPR_ZONE: return of_zone(typing, expr, depth);
	case EXPR_ARRAY: return "array";
	case EXPR_SLICE: return meaning(typing, expr->args.items[0], depth);
	case EXPR_CASE: return of_case(typing, expr->branches, depth);
	case EXPR_SUBQUERY: return of_subquery(typing, expr->query, depth);
	case EXPR_CALL: return of_call(typing, expr, depth);
	default: return "other";
	}
}

const char *typing_meaning(const struct typing *typing, const struct ddl_expr *expr)
{
	return meaning(typing, expr, MEANING_DEEPEST);
}

const char *expr_meaning(const struct rewriting *r, const struct ddl_expr *expr)
{
	const struct typing typing = { r->scope, &r->names };

	return typing_meaning(&typing, expr);
}

const char *phrase_meaning(const struct phrase_scope *scope, const struct ddl_expr *expr)
{
	const struct typing typing = { scope, NULL };

	return typing_meaning(&typing, expr);
}
