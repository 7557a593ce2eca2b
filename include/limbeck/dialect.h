/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Lexical traits: what a scanner must know of a dialect of SQL in order to
 * find where a string, an identifier, a comment and a statement end. They are
 * data, so that one scanner serves every engine.
 *
 * The tables at the end describe the dialects that revision files are written
 * in. They stand here, and not in a driver, because a file may be read on a
 * machine that lacks its home engine's driver; the drivers refer to them too.
 */
#ifndef LIMBECK_DIALECT_H
#define LIMBECK_DIALECT_H

#include <stddef.h>

#include <limbeck/version.h>

LIMBECK_BEGIN_DECLS

enum limbeck_lexical_flag {
	/* 'it\'s': a backslash escapes in '...' and "..." strings
	 * (MySQL "String Literals", without NO_BACKSLASH_ESCAPES). */
	LIMBECK_LEX_BACKSLASH = 1 << 0,
	/* E'it\'s': a backslash escapes after the prefix E
	 * (PostgreSQL "String Constants with C-Style Escapes"). */
	LIMBECK_LEX_E_STRINGS = 1 << 1,
	/* $tag$ ... $tag$ (PostgreSQL "Dollar-Quoted String Constants"). */
	LIMBECK_LEX_DOLLAR_QUOTES = 1 << 2,
	/* Comments nest: slash-star inside slash-star (PostgreSQL "Comments"). */
	LIMBECK_LEX_NESTED_COMMENTS = 1 << 3,
	/* # starts a comment (MySQL "Comments"). */
	LIMBECK_LEX_HASH_COMMENTS = 1 << 4,
	/* -- starts a comment only before a blank, a control character or the
	 * end of the line (MySQL "Comments"). */
	LIMBECK_LEX_DASH_NEEDS_BLANK = 1 << 5,
	/* The content of a slash-star comment that begins with ! or M! is code
	 * (MySQL "Comments", MariaDB "Executable Comment Syntax"). */
	LIMBECK_LEX_EXECUTABLE_COMMENTS = 1 << 6,
	/* "..." is a string, not an identifier (MySQL without ANSI_QUOTES). */
	LIMBECK_LEX_DOUBLE_IS_STRING = 1 << 7,
	/* A line "DELIMITER xx" changes what ends a statement (the mysql client). */
	LIMBECK_LEX_DELIMITER = 1 << 8,
	/* CREATE TRIGGER ... BEGIN ...; ...; END (SQLite "CREATE TRIGGER"). */
	LIMBECK_LEX_TRIGGER_BODIES = 1 << 9,
	/* CREATE PROCEDURE/FUNCTION/TRIGGER/EVENT with a compound statement:
	 * BEGIN, IF, CASE, LOOP, WHILE, REPEAT ... END (MySQL "Compound
	 * Statement Syntax"). */
	LIMBECK_LEX_ROUTINE_BODIES = 1 << 10,
	/* CREATE FUNCTION/PROCEDURE ... BEGIN ATOMIC ...; END
	 * (PostgreSQL "CREATE FUNCTION", sql_body). */
	LIMBECK_LEX_ATOMIC_BODIES = 1 << 11
};

struct limbeck_lexis {
	size_t size;                   /* sizeof(struct limbeck_lexis) */
	unsigned flags;                /* enum limbeck_lexical_flag */
	/* Pairs of opening and closing identifier quotes, the preferred pair
	 * first: "\"\"" or "``\"\"" or "\"\"``[]". A closing quote is doubled to
	 * stand for itself, but for ']', which can't. */
	const char *identifier_quotes;
};

/* A dialect by name, and its traits. */
struct limbeck_dialect {
	const char *name;
	struct limbeck_lexis lexis;
	const char *operators;         /* as below */
};

/* The operators, the loosest first. Each line is a level; its first character says how
 * operators of that level group: l from the left, r from the right, n not at all. A
 * word stands for all that begins with it (IS for IS NULL and ISNULL, NOT IN for IN).
 * _ behind an operator says that it is a prefix; a~b that a does what is b elsewhere;
 * three dots are all operators that are not listed, if any can be defined. IS= says that
 * IS compares any two values, IS<> that IS DISTINCT FROM does. */

/* PostgreSQL "Lexical Structure", "Operator Precedence". */
#define LIMBECK_OPERATORS_POSTGRESQL                                         \
	"lOR\nlAND\nrNOT_\nnIS IS<>\nn< > = <= >= <> !=~<>\n"                     \
	"nBETWEEN IN LIKE ILIKE SIMILAR OVERLAPS\nl...\nl+ -\nl* / %\nl^\n"    \
	"lAT\nlCOLLATE\nr-_ +_\nl::"

/* SQLite "SQL Language Expressions", "Operators". */
#define LIMBECK_OPERATORS_SQLITE                                             \
	"lOR\nlAND\nrNOT_\n"                                                 \
	"l= ==~= <> !=~<> IS IS= IS<> BETWEEN IN MATCH LIKE REGEXP GLOB\n"            \
	"l< > <= >=\nl& | << >>\nl+ -\nl* / %\nl|| -> ->>\nlCOLLATE\nr-_ +_ ~_"

/* MySQL "Operator Precedence", without PIPES_AS_CONCAT; and with it. */
#define LIMBECK_OPERATORS_MYSQL_LOOSE(OR)                                    \
	"r:=\nlOR " OR "\nlXOR\nlAND &&~AND\nrNOT_\n"                        \
	"l= < > <= >= <> !=~<> <=> IS\n"                                     \
	"nBETWEEN IN LIKE REGEXP RLIKE~REGEXP SOUNDS MEMBER\nl|\nl&\nl<< >>\n" \
	"l+ -\nl* / DIV % MOD~%\nl^\n"
#define LIMBECK_OPERATORS_MYSQL_TIGHT "r-_ +_ ~_ !_~NOT BINARY_\nlCOLLATE\nl-> ->>"
#define LIMBECK_OPERATORS_MYSQL                                              \
	LIMBECK_OPERATORS_MYSQL_LOOSE("||~OR") LIMBECK_OPERATORS_MYSQL_TIGHT
#define LIMBECK_OPERATORS_MYSQL_ANSI                                         \
	LIMBECK_OPERATORS_MYSQL_LOOSE("") "l||\n" LIMBECK_OPERATORS_MYSQL_TIGHT

#define LIMBECK_LEXIS_POSTGRESQL                                             \
	{ sizeof(struct limbeck_lexis),                                      \
	  LIMBECK_LEX_E_STRINGS | LIMBECK_LEX_DOLLAR_QUOTES |                \
	  LIMBECK_LEX_NESTED_COMMENTS | LIMBECK_LEX_ATOMIC_BODIES, "\"\"" }

#define LIMBECK_LEXIS_SQLITE                                                 \
	{ sizeof(struct limbeck_lexis), LIMBECK_LEX_TRIGGER_BODIES, "\"\"``[]" }

#define LIMBECK_LEXIS_MYSQL                                                  \
	{ sizeof(struct limbeck_lexis),                                      \
	  LIMBECK_LEX_BACKSLASH | LIMBECK_LEX_HASH_COMMENTS |                \
	  LIMBECK_LEX_DASH_NEEDS_BLANK | LIMBECK_LEX_EXECUTABLE_COMMENTS |   \
	  LIMBECK_LEX_DOUBLE_IS_STRING | LIMBECK_LEX_DELIMITER |             \
	  LIMBECK_LEX_ROUTINE_BODIES, "``" }

/* The dialects that `dialect =`, `@dialect` and `@only` know without a driver. */
#define LIMBECK_DIALECTS                                                     \
	{ "postgresql", LIMBECK_LEXIS_POSTGRESQL, LIMBECK_OPERATORS_POSTGRESQL }, \
	{ "sqlite", LIMBECK_LEXIS_SQLITE, LIMBECK_OPERATORS_SQLITE },        \
	{ "mysql", LIMBECK_LEXIS_MYSQL, LIMBECK_OPERATORS_MYSQL },           \
	{ "mariadb", LIMBECK_LEXIS_MYSQL, LIMBECK_OPERATORS_MYSQL }

/* Their names, in the same order. */
#define LIMBECK_DIALECT_NAMES "postgresql", "sqlite", "mysql", "mariadb"

LIMBECK_END_DECLS

#endif
