/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The built-in dialects as homes, in common words: tables of phrases for
 * core/translate/phrase_homes.c alone. Not installed.
 */
#ifndef LIMBECK_HOME_PHRASES_H
#define LIMBECK_HOME_PHRASES_H

#include <limbeck/translation.h>

/* PostgreSQL "Data Types", the aliases. */
static const struct limbeck_phrase postgresql_types[] = {
	{ "int", "integer" }, { "int4", "integer" }, { "int8", "bigint" }, { "int2", "smallint" },
	{ "bool", "boolean" }, { "float4", "real" }, { "float8", "double precision" },
	{ "float", "double precision" }, { "float($1)", "double precision" },
	{ "decimal", "numeric" }, { "decimal($1)", "numeric($1)" },
	{ "decimal($1,$2)", "numeric($1,$2)" }, { "dec($1,$2)", "numeric($1,$2)" },
	{ "numeric($1,$2)", "numeric($1,$2)" },
	{ "character varying", "varchar" }, { "character varying($1)", "varchar($1)" },
	{ "char varying($1)", "varchar($1)" }, { "character", "char(1)" },
	{ "character($1)", "char($1)" }, { "bpchar", "char" }, { "char", "char(1)" },
	{ "timestamp with time zone", "timestamptz" },
	{ "timestamp($1) with time zone", "timestamptz($1)" },
	{ "time with time zone", "timetz" }, { "time($1) with time zone", "timetz($1)" },
	{ "bit varying", "varbit" }, { "bit varying($1)", "varbit($1)" },
	{ "serial4", "serial" }, { "serial8", "bigserial" }, { "serial2", "smallserial" },
	{ NULL, NULL }
};

static const struct limbeck_phrase postgresql_phrases[] = {
	{ NULL, NULL }
};

/* SQLite "Datatypes In SQLite", 3.1: the letters in a name that is not known. */
static const struct limbeck_phrase sqlite_types[] = {
	{ "boolean", "boolean" }, { "bool", "boolean" }, { "smallint", "smallint" },
	{ "int2", "smallint" }, { "tinyint(1)", "boolean" }, { "tinyint(*)", "smallint" },
	{ "mediumint", "integer" },
	{ "int8", "bigint" }, { "bigint", "bigint" }, { "integer(*)", "bigint" },
	{ "int(*)", "bigint" },
	{ "varchar($1)", "varchar($1)" }, { "nvarchar($1)", "varchar($1)" },
	{ "character varying($1)", "varchar($1)" }, { "varying character($1)", "varchar($1)" },
	{ "char($1)", "char($1)" }, { "character($1)", "char($1)" }, { "nchar($1)", "char($1)" },
	{ "date", "date" }, { "time", "time" }, { "datetime", "timestamp" },
	{ "timestamp", "timestamp" }, { "timestamptz", "timestamptz" },
	{ "timestamp with time zone", "timestamptz" }, { "uuid", "uuid" }, { "json", "json" },
	{ "jsonb", "jsonb" }, { "bytea", "bytea" },
	{ "decimal($1,$2)", "numeric($1,$2)" }, { "numeric($1,$2)", "numeric($1,$2)" },
	{ "decimal($1)", "numeric($1)" }, { "numeric($1)", "numeric($1)" },
	{ "*int*(*)", "bigint" }, { "*char*(*)", "text" }, { "*clob*(*)", "text" },
	{ "*text*(*)", "text" }, { "*blob*(*)", "bytea" }, { "*real*(*)", "double precision" },
	{ "*floa*(*)", "double precision" }, { "*doub*(*)", "double precision" },
	{ "*(*)", "numeric" },
	{ NULL, NULL }
};

static const struct limbeck_phrase sqlite_phrases[] = {
	{ "CURRENT_TIMESTAMP", "now()" }, { "CURRENT_TIME", "LOCALTIME" },
	{ "ifnull($1, $2)", "coalesce($1, $2)" },
	{ "instr($1, $2)", "strpos($1, $2)" },
	{ "unixepoch()", "CAST(floor(date_part('epoch', now())) AS bigint)" },
	{ "unixepoch('now')", "CAST(floor(date_part('epoch', now())) AS bigint)" },
	{ "unixepoch($1)", "CAST(floor(date_part('epoch', CAST($1 AS timestamp))) AS bigint)" },
	{ "lower(hex(randomblob(4))) || '-' || lower(hex(randomblob(2))) || '-4' || "
		"substr(lower(hex(randomblob(2))), 2) || '-' || substr('89ab', $1, 1) || "
		"substr(lower(hex(randomblob(2))), 2) || '-' || lower(hex(randomblob(6)))",
		"CAST(gen_random_uuid() AS text)" },
	{ "lower(hex(randomblob(16)))", "replace(CAST(gen_random_uuid() AS text), '-', '')" },
	{ "hex(randomblob(16))", "upper(replace(CAST(gen_random_uuid() AS text), '-', ''))" },
	{ "lower(hex(randomblob(4)))", "left(replace(CAST(gen_random_uuid() AS text), '-', ''), 8)" },
	{ "lower(hex($1))", "coalesce(encode(CAST($1 AS bytea), 'hex'), '')" },
	{ "hex($1::text)", "coalesce(upper(encode(CAST($1 AS bytea), 'hex')), '')" },
	{ "hex($1::bytea)", "coalesce(upper(encode($1, 'hex')), '')" },
	{ "random()", "CAST((random() - 0.5) * 18446744073709551615 AS bigint)" },
	{ "total($1)", "coalesce(sum($1), 0)" },
	{ "char($1)", "chr($1)" }, { "unicode($1)", "ascii($1)" },
	{ "printf('%d', $1)", "CAST(coalesce($1, 0) AS text)" },
	{ "printf('%s', $1)", "coalesce(CAST($1 AS text), '')" },
	{ "printf('%02d', $1)", "lpad(CAST(coalesce($1, 0) AS text), 2, '0')" },
	{ "printf('%03d', $1)", "lpad(CAST(coalesce($1, 0) AS text), 3, '0')" },
	{ "printf('%04d', $1)", "lpad(CAST(coalesce($1, 0) AS text), 4, '0')" },
	{ "printf('%.2f', $1)", "to_char($1, 'FM999999999999990.00')" },
	{ "printf($$)", NULL }, { "format($$)", NULL },
	{ "quote($1)", "quote_nullable($1)" },
	{ "last_insert_rowid()", "lastval()" },
	{ "trim($1, $2)", "btrim($1, $2)" },
	{ "json($1)", "CAST($1 AS jsonb)" },
	{ "json_object($$)", "jsonb_build_object($$)" },
	{ "json_array($$)", "jsonb_build_array($$)" },
	{ "json_group_array($1)", "coalesce(jsonb_agg($1), '[]')" },
	{ "json_group_object($1, $2)", "jsonb_object_agg($1, $2)" },
	{ "json_array_length($1)", "jsonb_array_length(CAST($1 AS jsonb))" },
	{ "json_type($1)", "jsonb_typeof(CAST($1 AS jsonb))" },
	{ "json_valid($1)", NULL }, { "typeof($1)", NULL }, { "julianday($$)", NULL },
	{ "changes()", NULL }, { "likelihood($1, $2)", "$1" }, { "likely($1)", "$1" },
	{ "unlikely($1)", "$1" }, { "sqlite_version()", NULL },
	{ NULL, NULL }
};

/* MySQL "Data Types"; numbers without a sign go into the next wider type. */
static const struct limbeck_phrase mysql_types[] = {
	{ "bool", "boolean" }, { "boolean", "boolean" }, { "tinyint(1)", "boolean" },
	{ "tinyint(*)", "smallint" }, { "tinyint(*) unsigned", "smallint" },
	{ "smallint(*)", "smallint" }, { "smallint(*) unsigned", "integer" },
	{ "mediumint(*)", "integer" }, { "mediumint(*) unsigned", "integer" },
	{ "int(*)", "integer" }, { "integer(*)", "integer" },
	{ "int(*) unsigned", "bigint" }, { "integer(*) unsigned", "bigint" },
	{ "bigint(*)", "bigint" }, { "bigint(*) unsigned", "numeric(20,0)" },
	{ "signed", "bigint" }, { "signed integer", "bigint" }, { "unsigned", "bigint" },
	{ "unsigned integer", "bigint" }, { "serial", "bigint" },
	{ "decimal", "numeric(10,0)" }, { "decimal($1)", "numeric($1,0)" },
	{ "decimal($1,$2)", "numeric($1,$2)" }, { "decimal($1,$2) unsigned", "numeric($1,$2)" },
	{ "numeric($1)", "numeric($1,0)" }, { "numeric($1,$2)", "numeric($1,$2)" },
	{ "dec($1,$2)", "numeric($1,$2)" }, { "fixed($1,$2)", "numeric($1,$2)" },
	{ "float(*)", "real" }, { "float(*) unsigned", "real" }, { "double(*)", "double precision" },
	{ "double(*) unsigned", "double precision" }, { "double precision(*)", "double precision" },
	{ "real(*)", "double precision" },
	{ "varchar($1)", "varchar($1)" }, { "nvarchar($1)", "varchar($1)" },
	{ "character varying($1)", "varchar($1)" }, { "char", "char(1)" }, { "char($1)", "char($1)" },
	{ "character($1)", "char($1)" }, { "nchar($1)", "char($1)" },
	{ "text(*)", "text" }, { "tinytext", "text" }, { "mediumtext", "text" },
	{ "longtext", "text" }, { "blob(*)", "bytea" }, { "tinyblob", "bytea" },
	{ "mediumblob", "bytea" }, { "longblob", "bytea" }, { "binary(*)", "bytea" },
	{ "varbinary(*)", "bytea" }, { "date", "date" }, { "time", "time(0)" },
	{ "time($1)", "time($1)" }, { "datetime", "timestamp(0)" },
	{ "datetime($1)", "timestamp($1)" }, { "timestamp", "timestamptz(0)" },
	{ "timestamp($1)", "timestamptz($1)" }, { "year(*)", "smallint" }, { "json", "jsonb" },
	{ "bit", "bit(1)" }, { "bit($1)", "bit($1)" }, { "uuid", "uuid" }, { "inet4", "inet" },
	{ "inet6", "inet" },
	{ NULL, NULL }
};

#define LIMBECK_MYSQL_PART(NAME, FIELD)                                       \
	{ NAME "($1::literal)", "CAST(date_part('" FIELD "', CAST($1 AS timestamp)) AS integer)" }, \
	{ NAME "($1)", "CAST(date_part('" FIELD "', $1) AS integer)" }
#define LIMBECK_MYSQL_EPOCH(TIME) "date_part('epoch', CAST(" TIME " AS timestamp))"
#define LIMBECK_MYSQL_SINCE(SECONDS)                                          \
	"CAST(trunc((" LIMBECK_MYSQL_EPOCH("$2") " - " LIMBECK_MYSQL_EPOCH("$1") ") / " SECONDS   \
	") AS bigint)"

static const struct limbeck_phrase mysql_phrases[] = {
	{ "IFNULL($1, $2)", "coalesce($1, $2)" }, { "NVL($1, $2)", "coalesce($1, $2)" },
	{ "ISNULL($1)", "$1 IS NULL" },
	{ "NOW()", "now()" }, { "NOW($1)", "now()" }, { "SYSDATE()", "clock_timestamp()" },
	{ "CURRENT_TIMESTAMP", "now()" }, { "CURRENT_TIMESTAMP()", "now()" },
	{ "utc_timestamp()", "now()" }, { "utc_timestamp($1)", "now()" },
	{ "CURRENT_TIMESTAMP($1)", "now()" }, { "LOCALTIMESTAMP", "now()" },
	{ "LOCALTIMESTAMP()", "now()" }, { "LOCALTIME", "now()" },
	{ "CURDATE()", "CURRENT_DATE" }, { "CURRENT_DATE()", "CURRENT_DATE" },
	{ "CURTIME()", "LOCALTIME" }, { "CURRENT_TIME()", "LOCALTIME" },
	{ "CURRENT_TIME", "LOCALTIME" },
	{ "UTC_TIMESTAMP", "now() AT TIME ZONE 'UTC'" },
	{ "UTC_TIMESTAMP()", "now() AT TIME ZONE 'UTC'" },
	{ "UTC_TIMESTAMP($1)", "now() AT TIME ZONE 'UTC'" },
	{ "UTC_DATE()", "CAST(now() AT TIME ZONE 'UTC' AS date)" },
	{ "UNIX_TIMESTAMP()", "CAST(floor(date_part('epoch', now())) AS bigint)" },
	{ "UNIX_TIMESTAMP($1::literal)", "CAST(floor(date_part('epoch', CAST($1 AS timestamp))) AS bigint)" },
	{ "UNIX_TIMESTAMP($1)", "CAST(floor(date_part('epoch', $1)) AS bigint)" },
	{ "FROM_UNIXTIME($1)", "to_timestamp($1)" },
	{ "DATE_ADD($1::literal, $2)", "CAST($1 AS timestamp) + $2" },
	{ "DATE_ADD($1, $2::interval)", "$1 + $2" },
	{ "ADDDATE($1, $2::interval)", "$1 + $2" },
	{ "DATE_SUB($1::literal, $2)", "CAST($1 AS timestamp) - $2" },
	{ "DATE_SUB($1, $2::interval)", "$1 - $2" },
	{ "SUBDATE($1, $2::interval)", "$1 - $2" },
	{ "DATEDIFF($1, $2)", "CAST($1 AS date) - CAST($2 AS date)" },
	{ "TIMESTAMPDIFF(SECOND, $1, $2)", LIMBECK_MYSQL_SINCE("1") },
	{ "TIMESTAMPDIFF(MINUTE, $1, $2)", LIMBECK_MYSQL_SINCE("60") },
	{ "TIMESTAMPDIFF(HOUR, $1, $2)", LIMBECK_MYSQL_SINCE("3600") },
	{ "TIMESTAMPDIFF(DAY, $1, $2)", LIMBECK_MYSQL_SINCE("86400") },
	{ "TIMESTAMPDIFF($$)", NULL },
	{ "DATE($1)", "CAST($1 AS date)" }, { "TIME($1)", "CAST($1 AS time)" },
	LIMBECK_MYSQL_PART("YEAR", "year"), LIMBECK_MYSQL_PART("MONTH", "month"),
	LIMBECK_MYSQL_PART("DAY", "day"), LIMBECK_MYSQL_PART("DAYOFMONTH", "day"),
	LIMBECK_MYSQL_PART("HOUR", "hour"), LIMBECK_MYSQL_PART("MINUTE", "minute"),
	LIMBECK_MYSQL_PART("QUARTER", "quarter"), LIMBECK_MYSQL_PART("DAYOFYEAR", "doy"),
	{ "SECOND($1)", "CAST(floor(date_part('second', $1)) AS integer)" },
	{ "DAYOFWEEK($1)", "CAST(date_part('dow', $1) AS integer) + 1" },
	{ "WEEKDAY($1)", "CAST(date_part('isodow', $1) AS integer) - 1" },
	{ "LAST_DAY($1)", "CAST(date_trunc('month', $1) + INTERVAL '1 month' - INTERVAL '1 day' AS date)" },
	{ "LENGTH($1)", "octet_length($1)" }, { "CHAR_LENGTH($1)", "char_length($1)" },
	{ "CHARACTER_LENGTH($1)", "char_length($1)" },
	{ "LCASE($1)", "lower($1)" }, { "UCASE($1)", "upper($1)" },
	{ "MID($1, $2, $3)", "substr($1, $2, $3)" },
	{ "LOCATE($1, $2)", "strpos($2, $1)" }, { "INSTR($1, $2)", "strpos($1, $2)" },
	{ "SUBSTRING_INDEX($1, $2, 1)", "split_part($1, $2, 1)" },
	{ "SUBSTRING_INDEX($1, $2, -1)", "split_part($1, $2, -1)" },
	{ "SUBSTRING_INDEX($$)", NULL },
	{ "HEX($1::number)", "upper(to_hex($1))" },
	{ "HEX($1::bytea)", "upper(encode($1, 'hex'))" },
	{ "HEX($1)", "upper(encode(convert_to($1, 'UTF8'), 'hex'))" },
	{ "UNHEX($1)", "decode($1, 'hex')" },
	{ "TO_BASE64($1)", "encode(CAST($1 AS bytea), 'base64')" },
	{ "FROM_BASE64($1)", "decode($1, 'base64')" },
	{ "SHA2($1, 256)", "encode(sha256(convert_to($1, 'UTF8')), 'hex')" },
	{ "SHA1($1)", NULL }, { "SHA($1)", NULL }, { "CRC32($1)", NULL },
	{ "UUID()", "CAST(gen_random_uuid() AS text)" },
	{ "RAND()", "random()" }, { "RAND($1)", NULL },
	{ "TRUNCATE($1, $2)", "trunc(CAST($1 AS numeric), $2)" },
	{ "ROUND($1, $2)", "round(CAST($1 AS numeric), $2)" },
	{ "POW($1, $2)", "power($1, $2)" }, { "LOG($1)", "ln($1)" }, { "LOG10($1)", "log($1)" },
	{ "LOG2($1)", NULL }, { "CEIL($1)", "ceil($1)" },
	{ "$1 <=> $2", "$1 IS NOT DISTINCT FROM $2" },
	{ "$1::integer DIV $2::integer", "$1 / $2" },
	{ "$1 DIV $2", "div(CAST($1 AS numeric), CAST($2 AS numeric))" },
	{ "$1::integer / $2::integer", "CAST($1 AS numeric) / $2" },
	{ "$1 XOR $2", "($1) <> ($2)" },
	{ "$1 ^ $2", "$1 # $2" },
	{ "JSON_OBJECT($$)", "jsonb_build_object($$)" },
	{ "JSON_ARRAY($$)", "jsonb_build_array($$)" },
	{ "JSON_ARRAYAGG($1)", "jsonb_agg($1)" }, { "JSON_OBJECTAGG($1, $2)", "jsonb_object_agg($1, $2)" },
	{ "JSON_LENGTH($1)", "jsonb_array_length(CAST($1 AS jsonb))" },
	{ "JSON_CONTAINS($1, $2)", "CAST($1 AS jsonb) @> CAST($2 AS jsonb)" },
	{ "JSON_UNQUOTE($1)", "CAST($1 AS jsonb) #>> '{}'" },
	{ "JSON_QUOTE($1)", "to_jsonb(CAST($1 AS text))" },
	{ "JSON_VALID($1)", NULL }, { "JSON_TYPE($1)", NULL },
	{ "LAST_INSERT_ID()", "lastval()" }, { "DATABASE()", "current_schema()" },
	{ "SCHEMA()", "current_schema()" }, { "VERSION()", NULL }, { "ROW_COUNT()", NULL },
	{ "FOUND_ROWS()", NULL }, { "SLEEP($1)", NULL }, { "CONVERT_TZ($$)", NULL },
	{ "FIND_IN_SET($1, $2)", "coalesce(array_position(string_to_array($2, ','), $1), 0)" },
	{ "FIELD($$)", NULL }, { "ELT($$)", NULL }, { "MAKE_SET($$)", NULL }, { "STR_TO_DATE($$)", NULL },
	{ "INET_ATON($1)", NULL }, { "INET_NTOA($1)", NULL }, { "ANY_VALUE($1)", "min($1)" },
	{ "BIT_COUNT($1)", NULL }, { "CONV($$)", NULL }, { "SOUNDEX($1)", NULL },
	{ NULL, NULL }
};

#define LIMBECK_HOME_PHRASES                                                  \
	{ "postgresql", postgresql_types, postgresql_phrases, false, true, true, false },       \
	{ "sqlite", sqlite_types, sqlite_phrases, true, false, false, true }, \
	{ "mysql", mysql_types, mysql_phrases, true, false, true, false },    \
	{ "mariadb", mysql_types, mysql_phrases, true, false, true, false }

#endif
