/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * MySQL and MariaDB as the engines that are translated for. Types as each writes them by
 * itself; where it is not known which of the two it will be, what both understand.
 *
 * The collations tell letters of different case and blanks at the end apart, where the
 * server has one that does.
 */
#include "translation.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* Types that both write the same. */
#define TYPES                                                                 \
	{ "boolean", "tinyint(1)" },                                                     \
	{ "numeric", "decimal(65,30)" },                                                 \
	{ "numeric($1)", "decimal($1,0)" },                                              \
	{ "numeric($1, $2)", "decimal($1,$2)" },                                         \
	{ "real", "float" },                                                             \
	{ "double precision", "double" },                                                \
	{ "money", "decimal(19,2)" },                                                    \
	{ "text", "longtext" },                                                          \
	{ "varchar", "longtext" },                                                       \
	{ "varchar($1)", "varchar($1)" },                                                \
	{ "char", "char(1)" },                                                           \
	{ "char($1)", "char($1)" },                                                      \
	{ "name", "varchar(64)" },                                                       \
	{ "citext", "longtext" },                                                        \
	{ "bytea", "longblob" },                                                         \
	{ "date", "date" },                                                              \
	{ "time", "time(6)" },                                                           \
	{ "time(0)", "time" },                                                          \
	{ "time($1)", "time($1)" },                                                      \
	{ "timetz", "time(6)" },                                                         \
	{ "timetz(0)", "time" },                                                        \
	{ "timetz($1)", "time($1)" },                                                    \
	{ "timestamp", "datetime(6)" },                                                  \
	{ "timestamp(0)", "datetime" },                                                 \
	{ "timestamp($1)", "datetime($1)" },                                             \
	{ "timestamptz", "datetime(6)" },                                                \
	{ "timestamptz(0)", "datetime" },                                               \
	{ "timestamptz($1)", "datetime($1)" },                                           \
	{ "interval", "varchar(255)" },                                                  \
	{ "interval(*)", "varchar(255)" },                                               \
	{ "uuid", "char(36)" },                                                          \
	{ "json", "json" },                                                              \
	{ "jsonb", "json" },                                                             \
	{ "xml", "longtext" },                                                           \
	{ "inet", "varchar(43)" },                                                       \
	{ "cidr", "varchar(43)" },                                                       \
	{ "macaddr", "varchar(17)" },                                                    \
	{ "macaddr8", "varchar(23)" },                                                   \
	{ "ltree", "longtext" },                                                         \
	{ "tsvector", "longtext" },                                                      \
	{ "tsquery", "longtext" },                                                       \
	{ "bit", "bit(1)" },                                                             \
	{ "bit($1)", "bit($1)" },                                                        \
	{ "varbit", "longtext" },                                                        \
	{ "varbit(*)", "longtext" },

static const struct limbeck_phrase mariadb_types[] = {
	TYPES
	{ "smallint", "smallint(6)" },
	{ "integer", "int(11)" },
	{ "bigint", "bigint(20)" },
	{ "oid", "bigint(20)" },
	{ NULL, NULL },
};

static const struct limbeck_phrase types[] = {
	TYPES
	{ "smallint", "smallint" },
	{ "integer", "int" },
	{ "bigint", "bigint" },
	{ "oid", "bigint" },
	{ NULL, NULL },
};

/* A mode in which names, strings and numbers are what they are at home, and times are those
 * of UTC; strings are compared by their bytes. What the session had before is kept in variables. */
#define BEGIN                                                                 \
	"SET @limbeck_mode = coalesce(@limbeck_mode, @@SESSION.sql_mode), "   \
	"@limbeck_zone = coalesce(@limbeck_zone, @@SESSION.time_zone), "      \
	"@limbeck_collation = coalesce(@limbeck_collation, @@SESSION.collation_connection), " \
	"SESSION sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT,STRICT_ALL_TABLES,"  \
	"NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO,"            \
	"NO_AUTO_VALUE_ON_ZERO,NO_ENGINE_SUBSTITUTION', "                     \
	"SESSION time_zone = '+00:00', SESSION collation_connection = 'utf8mb4_bin'"
#define END                                                                   \
	"SET SESSION sql_mode = coalesce(@limbeck_mode, @@SESSION.sql_mode), " \
	"SESSION time_zone = coalesce(@limbeck_zone, @@SESSION.time_zone), "  \
	"SESSION collation_connection = coalesce(@limbeck_collation, @@SESSION.collation_connection), " \
	"@limbeck_mode = NULL, @limbeck_zone = NULL, @limbeck_collation = NULL"

/* MariaDB has it from 10.6 on. */
#define EACH "json_table({array}, '$[*]' COLUMNS (value json PATH '$'))"

#define COMMON                                                                \
	.size = sizeof(struct limbeck_translation),                           \
	.operators = LIMBECK_OPERATORS_MYSQL_ANSI,                            \
	.begin = BEGIN,                                                       \
	.end = END,                                                           \
	.name_length = 64,                                                    \
	.key_text = "varchar(255)",                                           \
	.key_blob = "varbinary(255)",                                          \
	.key_length = 3072,                                                   \
	.char_length = 255,                                                   \
	.text_length = 2000,                                                  \
	.key_prefix = "255",                                                  \
	.primary_key = "PRIMARY",                                             \
	.identity = "auto_increment",                                         \
	.functions = phrases_functions

#define SAYS                                                                  \
	[LIMBECK_SAYS_ENUM_COLUMN] = 1,                                            \
	[LIMBECK_SAYS_COMMENT] = 1,                                                \
	[LIMBECK_SAYS_VIRTUAL_COLUMN] = 1,                                         \
	[LIMBECK_SAYS_STORED_COLUMN] = 1,                                          \
	[LIMBECK_SAYS_UPDATE_JOIN] = 1,                                            \
	[LIMBECK_SAYS_DELETE_JOIN] = 1,                                            \
	[LIMBECK_SAYS_ON_DUPLICATE_KEY] = 1,                                       \
	[LIMBECK_SAYS_AGGREGATE_ORDER] = 1,                                        \
	[LIMBECK_SAYS_DEFAULT_IN_VALUES] = 1,                                      \
	[LIMBECK_SAYS_ROW_COMPARISON] = 1,                                         \
	[LIMBECK_SAYS_EXPRESSION_DEFAULT] = 1,                                     \
	[LIMBECK_SAYS_ON_UPDATE] = 1,                                              \
	[LIMBECK_SAYS_KEY_NOT_NULL] = 1,                                           \
	[LIMBECK_SAYS_QUOTED_NAMES] = 1,                                           \
	[LIMBECK_SAYS_LOCAL_INDEXES] = 1,                                          \
	[LIMBECK_SAYS_KEY_INDEX] = 1,

const struct limbeck_translation translation_both = {
	COMMON,
	.types = types,
	.expressions = phrases_both,
	.says = { SAYS },
	.collation = "utf8mb4_bin",
	.nocase = "utf8mb4_unicode_ci",
};

/* From 10.3 on; the name of a check is its table's. */
#define MARIADB                                                               \
	COMMON,                                                               \
	.types = mariadb_types,                                               \
	.expressions = phrases_mariadb,                                       \
	.each = EACH,                                                         \
	.collation = "utf8mb4_nopad_bin",                                     \
	.says = { SAYS                                                        \
		[LIMBECK_SAYS_SEQUENCE] = 1,                                \
		[LIMBECK_SAYS_TEXT_DEFAULT] = 1,                            \
		[LIMBECK_SAYS_INVISIBLE] = 1,                               \
		[LIMBECK_SAYS_COLUMN_CHECK] = 1,                            \
		[LIMBECK_SAYS_JSON_INDEX] = 1,                              \
		[LIMBECK_SAYS_RETURNING] = 1,                               \
		[LIMBECK_SAYS_LOCAL_CHECKS] = 1,                            \
		[LIMBECK_SAYS_CALL_DEFAULT] = 1,                            \
	}


static const struct limbeck_translation mariadb = {
	MARIADB,
	.nocase = "utf8mb4_unicode_nopad_ci",
};

/* 10.10 brought collations that tell accents apart, and letters of different case not. */
static const struct limbeck_translation mariadb_1010 = {
	MARIADB,
	.nocase = "utf8mb4_uca1400_nopad_as_ci",
};

/* From 8.0.17 on. */
static const struct limbeck_translation mysql = {
	COMMON,
	.types = types,
	.expressions = phrases_mysql,
	.each = EACH,
	.says = { SAYS
		[LIMBECK_SAYS_EXPRESSION_INDEX] = 1,
		[LIMBECK_SAYS_GENERATED_NOT_NULL] = 1,
		[LIMBECK_SAYS_INVISIBLE] = 1,
		[LIMBECK_SAYS_CTE_CHANGES] = 1,
		[LIMBECK_SAYS_LATERAL] = 1,

	},
	.collation = "utf8mb4_0900_bin",
	.nocase = "utf8mb4_0900_as_ci",
};

/* One that is not connected is taken to be of the newest. */
static unsigned version_of(const struct limbeck_server *server)
{
	unsigned version = 0;
	const char *at = server->version;
	char *end;
	int i;

	if (!at)
		return UINT_MAX;
	for (i = 0; i < 3; i++) {
		unsigned long part = strtoul(at, &end, 10);

		version = version * 100 + (unsigned)(part < 100 ? part : 99);
		at = *end == '.' ? end + 1 : end;
	}
	return version;
}

const struct limbeck_translation *translation_for(const struct limbeck_server *server)
{
	if (!server || !server->product)
		return &translation_both;
	if (strcmp(server->product, "mariadb") == 0)
		return version_of(server) >= 101000 ? &mariadb_1010
			: version_of(server) >= 100300 ? &mariadb : &translation_both;
	return version_of(server) >= 80017 ? &mysql : &translation_both;
}
