/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Expressions as trees.
 *
 * A node has a kind, operands, and what else its kind needs. `word` says what is
 * meant in one spelling for all dialects and in upper case ("<>" for !=, "REGEXP" for
 * RLIKE, "OR" for || where that is a disjunction); `spelled` is how it was written
 * where that differs. Nodes made from text have a span; those that were made later
 * have none, and are printed from their members alone.
 *
 * Nodes are not changed once they stand in a tree: whoever wants another tree makes
 * other nodes (expr_make.h), which may share operands with the old ones.
 */
#ifndef DDL_EXPR_H
#define DDL_EXPR_H

#include "ddl/name.h"
#include "ddl/type.h"

struct ddl_query;

enum expr_kind {
	/* Leaves */
	EXPR_COLUMN,        /* a, t.a: name */
	EXPR_STAR,          /* *, and t.* with name */
	EXPR_NUMBER,        /* word: as written */
	EXPR_STRING,        /* string */
	EXPR_KEYWORD,       /* word: NULL TRUE FALSE DEFAULT */
	EXPR_PARAMETER,     /* word, as written: $1 ? :a @v @@global.v */
	/* Literals of a type */
	EXPR_TYPED,         /* type args[0]: DATE '2000-01-01' */
	EXPR_INTERVAL,      /* INTERVAL args[0] word; word is a unit (DAY, YEAR TO MONTH) or NULL */
	/* Operators */
	EXPR_PREFIX,        /* word args[0]: - + ~ NOT BINARY... */
	EXPR_INFIX,         /* args[0] word args[1] word ... args[n], grouped from the left; IS
	                       DISTINCT FROM, IS NOT DISTINCT FROM, IS, IS NOT too */
	EXPR_TEST,          /* args[0] IS [NOT] word: NULL TRUE FALSE UNKNOWN DOCUMENT... */
	EXPR_BETWEEN,       /* args[0] [NOT] BETWEEN [word] args[1] AND args[2]; word: SYMMETRIC */
	EXPR_IN,            /* args[0] [NOT] IN (args[1], ...), or (query) */
	EXPR_IN_TABLE,      /* args[0] [NOT] IN args[1]: a table or table function */
	EXPR_LIKE,          /* args[0] [NOT] word args[1] [ESCAPE args[2]]; word: LIKE ILIKE
	                       SIMILAR TO, REGEXP, GLOB, MATCH */
	EXPR_COLLATE,       /* args[0] COLLATE name */
	EXPR_ZONE,          /* args[0] AT TIME ZONE args[1]; AT LOCAL without args[1] */
	EXPR_CAST,          /* CAST(args[0] AS type): form; made ones have word for the type */
	EXPR_CHARSET,       /* CONVERT(args[0] USING name) */
	EXPR_QUANTIFIED,    /* word (args[0]), or (query), behind an operator; word: ANY ALL SOME */
	/* Compounds */
	EXPR_PAREN,         /* (args[0]) */
	EXPR_ROW,           /* (args...), or ROW(args...) where word is ROW */
	EXPR_ARRAY,         /* ARRAY[args...], or ARRAY(query); word is NULL for [..] inside */
	EXPR_SUBSCRIPT,     /* args[0][args[1]] */
	EXPR_SLICE,         /* args[0][args[1]:args[2]]; these may be NULL */
	EXPR_FIELD,         /* args[0].ident; ident NULL: .* */
	EXPR_CASE,          /* branches */
	EXPR_EXISTS,        /* EXISTS (query) */
	EXPR_SUBQUERY,      /* (query) */
	EXPR_CALL,          /* call, args */
	EXPR_MATCH,         /* MATCH (args[1]...) AGAINST (args[0] word), word may be NULL */
	EXPR_SEQUENCE,      /* NEXT VALUE FOR name: word is NEXT or PREVIOUS */
	EXPR_GROUPING_SETS, /* GROUPING SETS (args...) */
	EXPR_KINDS
};

enum expr_form {
	FORM_PLAIN,
	CAST_CALL = FORM_PLAIN,  /* CAST(a AS t) */
	CAST_COLONS,             /* a::t */
	CAST_CONVERT,            /* CONVERT(a, t) */
	CAST_TREAT,              /* TREAT(a AS t) */
	TEST_SUFFIX,             /* ISNULL, NOTNULL */
	TEST_NOT_NULL            /* a NOT NULL */
};

enum string_form {
	STRING_PLAIN,     /* '...', "..." where that is a string */
	STRING_ESCAPE,    /* E'...' */
	STRING_UNICODE,   /* U&'...' */
	STRING_BITS,      /* B'0101': the digits */
	STRING_HEX,       /* X'00ff': the digits */
	STRING_NATIONAL,  /* N'...' */
	STRING_DOLLAR     /* $tag$...$tag$ */
};

struct ddl_string {
	enum string_form form;
	const char *value;        /* what it stands for; not ended by a zero byte */
	size_t length;
	const char *introducer;   /* _utf8mb4, or NULL */
};

struct expr_list {
	const struct ddl_expr **items;
	size_t count;
	size_t capacity;
};

struct order_item {
	const struct ddl_expr *expr;
	const char *direction;    /* ASC, DESC, or NULL */
	const char *operator;     /* USING operator, or NULL */
	const char *nulls;        /* FIRST, LAST, or NULL */
};

struct order_list {
	struct order_item *items;
	size_t count;
	size_t capacity;
};

struct window_bound {
	const char *word;         /* UNBOUNDED PRECEDING, CURRENT ROW, PRECEDING... */
	const struct ddl_expr *offset;  /* before PRECEDING and FOLLOWING, else NULL */
};

struct ddl_window {
	struct ddl_ident *name;   /* of a definition; and the whole, if !parens: OVER w */
	bool parens;
	struct ddl_ident *base;
	struct expr_list partition;
	struct order_list order;
	const char *unit;         /* ROWS RANGE GROUPS, or NULL: no frame */
	bool between;
	struct window_bound from, to;
	const char *exclude;      /* CURRENT ROW, GROUP, TIES, NO OTHERS, or NULL */
	struct ddl_window *next;
};

/* What stands before an argument. */
struct call_part {
	const char *keyword;      /* FROM, FOR, LEADING, "BOTH FROM", USING, VARIADIC... or NULL */
	bool instead;             /* the keyword stands for the comma */
	struct ddl_ident *name;   /* of a named argument, or NULL */
	const char *arrow;        /* => or := behind it */
};

struct ddl_call {
	struct ddl_name name;
	bool bare;                /* without parentheses: CURRENT_DATE */
	const char *quantifier;   /* DISTINCT, ALL, or NULL */
	struct call_part *parts;  /* one for each of args, or NULL */
	struct order_list order;  /* in the parentheses */
	const struct ddl_expr *separator;
	const struct ddl_expr *limit, *limit_offset;
	bool limit_comma;         /* the offset is first */
	const char *nulls;        /* IGNORE NULLS, RESPECT NULLS, or NULL */
	bool nulls_inside;        /* in the parentheses */
	struct order_list within; /* WITHIN GROUP (ORDER BY ...) */
	const struct ddl_expr *filter;
	struct ddl_window *over;
};

struct expr_branch {
	const struct ddl_expr *when, *then;
};

struct ddl_case {
	const struct ddl_expr *subject;   /* or NULL */
	struct { struct expr_branch *items; size_t count, capacity; } branches;
	const struct ddl_expr *otherwise; /* or NULL */
};

struct ddl_expr {
	enum expr_kind kind;
	unsigned short height;  /* of the tree */
	unsigned char form;     /* enum expr_form */
	bool negated;
	bool final;             /* printed as it is, whatever the target would make of it */
	struct ddl_span span;
	const char *word;
	const char *spelled;    /* NULL: as word */
	struct expr_list args;
	union {
		struct ddl_name *name;
		struct ddl_type *type;
		struct ddl_string *string;
		struct ddl_query *query;
		struct ddl_call *call;
		struct ddl_case *branches;
		struct ddl_ident *ident;
	};
};

/* Reads one expression; parser.restricted says where it must end early. */
int expr_parse(struct parser *p, struct ddl_expr **out, struct limbeck_error *err);
/* a, b, c: not empty. */
int expr_list_parse(struct parser *p, struct expr_list *out, struct limbeck_error *err);
/* Behind ORDER BY. */
int order_parse(struct parser *p, struct order_list *out, struct limbeck_error *err);
/* The definition of a window, from its opening parenthesis on. */
int window_parse(struct parser *p, struct ddl_window *out, struct limbeck_error *err);

void expr_print(struct printer *out, const struct ddl_expr *expr);
void expr_list_print(struct printer *out, const struct expr_list *list);
void order_print(struct printer *out, const struct order_list *list);
void window_print(struct printer *out, const struct ddl_window *window);

/* Calls visit for each operand of the node, of whatever kind, in the order of writing;
 * queries inside are for the caller (expr->query). Ends at the first that gives other
 * than 0, and gives that. */
typedef int expr_visit(void *context, const struct ddl_expr *expr);
int expr_each(const struct ddl_expr *expr, expr_visit *visit, void *context);

/* Whether it is a call of that function (in lower case, unqualified or of the system's
 * schema), not quoted with other letters. */
bool expr_calls(const struct ddl_expr *expr, const char *name);
/* Without the parentheses around it. */
const struct ddl_expr *expr_inner(const struct ddl_expr *expr);

#endif
