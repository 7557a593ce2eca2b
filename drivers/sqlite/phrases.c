/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Expressions of the common dialect in SQLite's words. Dates and times are texts of one
 * length, so that they are compared as texts: '2000-01-31', '2000-01-31 12:00:00.000000',
 * '12:00:00.000000'. Their parts are cut out by place, and computed from whole seconds,
 * since the functions for dates round to milliseconds. Arrays are JSON.
 */
#include "translation.h"

#define NOW "strftime('%Y-%m-%d %H:%M:%f000', 'now')"
#define MIDNIGHT " || ' 00:00:00.000000'"
#define INT(EXPRESSION) "CAST(" EXPRESSION " AS INTEGER)"
#define PART(FIELD, TO)                                                       \
	{ "extract(" FIELD " FROM $1)", TO },                                 \
	{ "extract('" FIELD "' FROM $1)", TO },                               \
	{ "date_part('" FIELD "', $1)", TO }
#define EPOCH(TIME)                                                           \
	"(CAST(strftime('%s', substr(" TIME ", 1, 19)) AS INTEGER) + CAST('0' || substr(" TIME  \
	", 20) AS REAL))"
#define HEX(BYTES) "lower(hex(randomblob(" BYTES ")))"
#define UUID                                                                  \
	HEX("4") " || '-' || " HEX("2") " || '-4' || substr(" HEX("2") ", 2) || '-' || "        \
	"substr('89ab', 1 + (random() & 3), 1) || substr(" HEX("2") ", 2) || '-' || " HEX("6")
#define REPEATED(TEXT, TIMES) "replace(hex(zeroblob(" TIMES ")), '00', " TEXT ")"
#define OR_EMPTY(N) "coalesce($" N ", '')"
#define WITH(N) "coalesce($1 || $" N ", '')"
#define BOOLEAN_TEXT "CASE WHEN $1 THEN 'true' WHEN NOT $1 THEN 'false' END"
/* A pattern of LIKE as one of GLOB. */
#define GLOBBED                                                               \
	"replace(replace(replace(replace(replace(replace(replace(replace(replace(replace("      \
	"replace($2, '\\\\', char(1)), '\\%', char(2)), '\\_', char(3)), '[', '[[]'), "          \
	"'*', '[*]'), '?', '[?]'), '%', '*'), '_', '?'), char(1), '\\'), char(2), '%'), "        \
	"char(3), '_')"
#define TYPE_NAME                                                             \
	"CASE json_type($1) WHEN 'text' THEN 'string' WHEN 'integer' THEN 'number' "            \
	"WHEN 'real' THEN 'number' WHEN 'true' THEN 'boolean' WHEN 'false' THEN 'boolean' "     \
	"ELSE json_type($1) END"
#define PADDING(FILL) REPEATED(FILL, "$2")

const struct limbeck_phrase phrases_expressions[] = {
	/* The current time */
	{ "now()", NOW },
	{ "CURRENT_TIMESTAMP", NOW },
	{ "CURRENT_TIMESTAMP($1)", NOW },
	{ "transaction_timestamp()", NOW },
	{ "statement_timestamp()", NOW },
	{ "clock_timestamp()", NOW },
	{ "LOCALTIMESTAMP", NOW },
	{ "LOCALTIMESTAMP($1)", NOW },
	{ "CURRENT_DATE", "date('now')" },
	{ "CURRENT_TIME", "strftime('%H:%M:%f000', 'now')" },
	{ "LOCALTIME", "strftime('%H:%M:%f000', 'now')" },

	/* Times */
	{ "date_trunc('microseconds', $1)", "$1" },
	{ "date_trunc('milliseconds', $1)", "substr($1, 1, 23) || '000'" },
	{ "date_trunc('second', $1)", "substr($1, 1, 19) || '.000000'" },
	{ "date_trunc('minute', $1)", "substr($1, 1, 16) || ':00.000000'" },
	{ "date_trunc('hour', $1)", "substr($1, 1, 13) || ':00:00.000000'" },
	{ "date_trunc('day', $1)", "substr($1, 1, 10)" MIDNIGHT },
	{ "date_trunc('week', $1)", "date(substr($1, 1, 10), 'weekday 0', '-6 days')" MIDNIGHT },
	{ "date_trunc('month', $1)", "substr($1, 1, 7) || '-01 00:00:00.000000'" },
	{ "date_trunc('quarter', $1)", "substr($1, 1, 5) || substr('010101040404070707101010', "
		"2 * CAST(substr($1, 6, 2) AS INTEGER) - 1, 2) || '-01 00:00:00.000000'" },
	{ "date_trunc('year', $1)", "substr($1, 1, 4) || '-01-01 00:00:00.000000'" },
	{ "extract(epoch FROM $1::moment - $2::moment)", EPOCH("$1") " - " EPOCH("$2") },
	{ "date_part('epoch', $1::moment - $2::moment)", EPOCH("$1") " - " EPOCH("$2") },
	{ "extract(day FROM $1::moment - $2::moment)", INT("(" EPOCH("$1") " - " EPOCH("$2") ") / 86400") },
	{ "date_part('day', $1::moment - $2::moment)", INT("(" EPOCH("$1") " - " EPOCH("$2") ") / 86400") },
	PART("epoch", EPOCH("$1")),
	PART("year", INT("substr($1, 1, 4)")),
	PART("month", INT("substr($1, 6, 2)")),
	PART("day", INT("substr($1, 9, 2)")),
	{ "extract(hour FROM $1::time)", INT("substr($1, 1, 2)") },
	{ "extract(minute FROM $1::time)", INT("substr($1, 4, 2)") },
	{ "extract(second FROM $1::time)", "CAST(substr($1, 7) AS REAL)" },
	PART("hour", INT("substr($1, 12, 2)")),
	PART("minute", INT("substr($1, 15, 2)")),
	PART("second", "CAST(substr($1, 18) AS REAL)"),
	PART("quarter", "(" INT("substr($1, 6, 2)") " + 2) / 3"),
	PART("dow", INT("strftime('%w', substr($1, 1, 10))")),
	PART("isodow", "(" INT("strftime('%w', substr($1, 1, 10))") " + 6) % 7 + 1"),
	PART("doy", INT("strftime('%j', substr($1, 1, 10))")),
	PART("week", "(" INT("strftime('%j', date(substr($1, 1, 10), '-3 days', 'weekday 4'))")
		" - 1) / 7 + 1"),
	PART("isoyear", INT("strftime('%Y', date(substr($1, 1, 10), '-3 days', 'weekday 4'))")),
	{ "to_timestamp($1)", "strftime('%Y-%m-%d %H:%M:%f000', $1, 'unixepoch')" },
	{ "make_date($1, $2, $3)", "printf('%04d-%02d-%02d', $1, $2, $3)" },
	{ "limbeck.add_days(now(), $2, $3)", "strftime('%Y-%m-%d %H:%M:%f000', 'now', $3)" },
	{ "limbeck.add_days(CURRENT_TIMESTAMP, $2, $3)",
		"strftime('%Y-%m-%d %H:%M:%f000', 'now', $3)" },
	{ "limbeck.add_seconds(now(), $2, $3)", "strftime('%Y-%m-%d %H:%M:%f000', 'now', $3)" },
	{ "limbeck.add_seconds(CURRENT_TIMESTAMP, $2, $3)",
		"strftime('%Y-%m-%d %H:%M:%f000', 'now', $3)" },
	{ "limbeck.add_months($1, $2, $3)", "min(date(substr($1, 1, 10), $3), "
		"date(substr($1, 1, 10), 'start of month', $3, '+1 month', '-1 day')) "
		"|| substr($1, 11)" },
	{ "limbeck.add_days($1, $2, $3)", "date(substr($1, 1, 10), $3) || substr($1, 11)" },
	{ "limbeck.add_seconds($1::time, $2, $3)",
		"strftime('%H:%M:%S', substr($1, 1, 8), $3) || substr($1, 9)" },
	{ "limbeck.add_seconds($1, $2, $3)", "strftime('%Y-%m-%d %H:%M:%S', substr($1, 1, 19), "
		"$3) || substr($1, 20)" },
	{ "limbeck.add_fraction($1, $2, $3)",
		"strftime('%Y-%m-%d %H:%M:%f000', $1, $3)" },
	{ "limbeck.date_days($1, $2, $3)", "date($1, $3)" },
	{ "limbeck.days_between($1, $2)", INT("julianday($1) - julianday($2)") },
	{ "limbeck.to_char($1, $2, $3)", "strftime($2, substr($1, 1, 19))" },
	{ "$1::moment AT TIME ZONE 'UTC'", "$1" },
	{ "$1::moment AT TIME ZONE 'utc'", "$1" },
	{ "timezone('UTC', $1)", "$1" },
	{ "timezone('utc', $1)", "$1" },
	{ "date($1::moment)", "substr($1, 1, 10)" },
	{ "date($1)", "date($1)" },

	/* Texts */
	{ "limbeck.glob($1, $2)", "$1 GLOB $2" },
	{ "$1 LIKE $2", "$1 GLOB " GLOBBED },
	{ "$1 ILIKE $2", "$1 LIKE $2 ESCAPE '\\'" },
	{ "$1 ~~ $2", "$1 GLOB " GLOBBED },
	{ "$1 ~~* $2", "$1 LIKE $2 ESCAPE '\\'" },
	{ "starts_with($1, $2)", "substr($1, 1, length($2)) = $2" },
	{ "$1 ^@ $2", "substr($1, 1, length($2)) = $2" },
	{ "char_length($1)", "length($1)" },
	{ "character_length($1)", "length($1)" },
	{ "octet_length($1)", "length(CAST($1 AS BLOB))" },
	{ "bit_length($1)", "8 * length(CAST($1 AS BLOB))" },
	{ "substring($1 FROM $2::literal)", NULL },
	{ "substring($1, $2::literal)", NULL },
	{ "substring($1 FROM $2 FOR $3)", "substr($1, $2, $3)" },
	{ "substring($1 FROM $2)", "substr($1, $2)" },
	{ "substring($1 FOR $2)", "substr($1, 1, $2)" },
	{ "substring($1, $2, $3)", "substr($1, $2, $3)" },
	{ "substring($1, $2)", "substr($1, $2)" },
	{ "left($1, $2::count)", "substr($1, 1, $2)" },
	{ "left($1, $2)", "CASE WHEN $2 >= 0 THEN substr($1, 1, $2) "
		"ELSE substr($1, 1, max(length($1) + $2, 0)) END" },
	{ "right($1, $2)", "CASE WHEN $2 > 0 THEN substr($1, -$2) WHEN $2 < 0 "
		"THEN substr($1, 1 - $2) ELSE substr($1, 1, 0) END" },
	{ "strpos($1, $2)", "instr($1, $2)" },
	{ "position($1 IN $2)", "instr($2, $1)" },
	{ "btrim($1, $$)", "trim($1, $$)" },
	{ "trim(BOTH FROM $1)", "trim($1)" },
	{ "trim(LEADING FROM $1)", "ltrim($1)" },
	{ "trim(TRAILING FROM $1)", "rtrim($1)" },
	{ "trim(BOTH $1 FROM $2)", "trim($2, $1)" },
	{ "trim(LEADING $1 FROM $2)", "ltrim($2, $1)" },
	{ "trim(TRAILING $1 FROM $2)", "rtrim($2, $1)" },
	{ "trim($1 FROM $2)", "trim($2, $1)" },
	{ "repeat($1, $2)", REPEATED("$1", "$2") },
	{ "lpad($1, $2)", "CASE WHEN length($1) >= $2 THEN substr($1, 1, $2) ELSE substr("
		PADDING("' '") ", 1, $2 - length($1)) || $1 END" },
	{ "rpad($1, $2)", "CASE WHEN length($1) >= $2 THEN substr($1, 1, $2) ELSE $1 || "
		"substr(" PADDING("' '") ", 1, $2 - length($1)) END" },
	{ "lpad($1, $2, $3)", "CASE WHEN length($1) >= $2 THEN substr($1, 1, $2) ELSE substr("
		PADDING("$3") ", 1, $2 - length($1)) || $1 END" },
	{ "rpad($1, $2, $3)", "CASE WHEN length($1) >= $2 THEN substr($1, 1, $2) ELSE $1 || "
		"substr(" PADDING("$3") ", 1, $2 - length($1)) END" },
	{ "split_part($1, $2, 1)",
		"CASE WHEN instr($1, $2) > 0 THEN substr($1, 1, instr($1, $2) - 1) ELSE $1 END" },
	{ "split_part($1, $2, 2)", "CASE WHEN instr($1, $2) = 0 THEN '' "
		"WHEN instr(substr($1, instr($1, $2) + length($2)), $2) = 0 "
		"THEN substr($1, instr($1, $2) + length($2)) "
		"ELSE substr($1, instr($1, $2) + length($2), "
		"instr(substr($1, instr($1, $2) + length($2)), $2) - 1) END" },
	{ "chr($1)", "char($1)" },
	{ "ascii($1)", "unicode($1)" },
	{ "concat($1)", OR_EMPTY("1") },
	{ "concat($1, $2)", OR_EMPTY("1") " || " OR_EMPTY("2") },
	{ "concat($1, $2, $3)", OR_EMPTY("1") " || " OR_EMPTY("2") " || " OR_EMPTY("3") },
	{ "concat($1, $2, $3, $4)", OR_EMPTY("1") " || " OR_EMPTY("2") " || " OR_EMPTY("3") " || "
		OR_EMPTY("4") },
	{ "concat($1, $2, $3, $4, $5)", OR_EMPTY("1") " || " OR_EMPTY("2") " || " OR_EMPTY("3")
		" || " OR_EMPTY("4") " || " OR_EMPTY("5") },
	{ "concat($1, $2, $3, $4, $5, $6)", OR_EMPTY("1") " || " OR_EMPTY("2") " || "
		OR_EMPTY("3") " || " OR_EMPTY("4") " || " OR_EMPTY("5") " || " OR_EMPTY("6") },
	{ "concat($1, $2, $3, $4, $5, $6, $7)", OR_EMPTY("1") " || " OR_EMPTY("2") " || "
		OR_EMPTY("3") " || " OR_EMPTY("4") " || " OR_EMPTY("5") " || " OR_EMPTY("6") " || "
		OR_EMPTY("7") },
	{ "concat_ws($1, $2)", OR_EMPTY("2") },
	{ "concat_ws($1, $2, $3)", "substr(" WITH("2") " || " WITH("3") ", length($1) + 1)" },
	{ "concat_ws($1, $2, $3, $4)",
		"substr(" WITH("2") " || " WITH("3") " || " WITH("4") ", length($1) + 1)" },
	{ "concat_ws($1, $2, $3, $4, $5)", "substr(" WITH("2") " || " WITH("3") " || " WITH("4")
		" || " WITH("5") ", length($1) + 1)" },
	{ "encode($1, 'hex')", "CASE WHEN $1 IS NOT NULL THEN lower(hex($1)) END" },
	{ "to_hex($1)", "printf('%x', $1)" },
	{ "quote_literal($1)", "quote($1)" },

	/* Numbers */
	{ "$1::fraction / $2", "CAST($1 AS REAL) / $2" },
	{ "$1 / $2::fraction", "$1 / CAST($2 AS REAL)" },
	{ "$1::fraction % $2", "mod($1, $2)" },
	{ "$1 % $2::fraction", "mod($1, $2)" },
	{ "mod($1::integer, $2::integer)", "$1 % $2" },
	{ "mod($1, $2)", "mod($1, $2)" },
	{ "trunc($1)", "trunc($1)" },
	{ "trunc($1, $2)", "trunc($1 * power(10, $2)) / power(10, $2)" },
	{ "div($1, $2)", INT("CAST($1 AS REAL) / $2") },
	{ "$1 ^ $2", "power($1, $2)" },
	{ "$1 # $2", "($1 | $2) - ($1 & $2)" },
	{ "greatest($1)", "$1" },
	{ "limbeck.greatest($$)", "max($$)" },
	{ "least($1)", "$1" },
	{ "limbeck.least($$)", "min($$)" },
	{ "random()", "((random() >> 11) + 4503599627370496) / 9007199254740992.0" },
	{ "gen_random_uuid()", UUID },
	{ "uuid_generate_v4()", UUID },
	{ "limbeck.numeric($1, $2, $3)", "round(CAST($1 AS REAL), $3)" },
	{ "log($1)", "log10($1)" },
	{ "log10($1)", "log10($1)" },
	{ "cbrt($1)", "power($1, 1.0 / 3)" },

	/* Aggregates */
	{ "string_agg(DISTINCT $1, ',')", "group_concat(DISTINCT $1)" },
	{ "string_agg(DISTINCT $1, $2)", NULL },
	{ "string_agg($1, $2)", "group_concat($1, $2)" },
	{ "array_agg($1)", "CASE WHEN count(*) > 0 THEN json_group_array($1) END" },
	{ "json_agg($1)", "CASE WHEN count(*) > 0 THEN json_group_array($1) END" },
	{ "jsonb_agg($1)", "CASE WHEN count(*) > 0 THEN json_group_array($1) END" },
	{ "array_agg($1)", "json_group_array($1)" },
	{ "json_agg($1)", "json_group_array($1)" },
	{ "jsonb_agg($1)", "json_group_array($1)" },
	{ "json_object_agg($1, $2)", "json_group_object($1, $2)" },
	{ "jsonb_object_agg($1, $2)", "json_group_object($1, $2)" },
	{ "bool_and($1)", "min($1)" },
	{ "every($1)", "min($1)" },
	{ "bool_or($1)", "max($1)" },
	{ "avg($1)", "avg($1)" },

	/* Comparisons */
	{ "$1 IS UNKNOWN", "$1 IS NULL" },
	{ "$1 IS NOT UNKNOWN", "$1 IS NOT NULL" },
	{ "$1 IS DISTINCT FROM $2", "$1 IS NOT $2" },
	{ "$1 IS NOT DISTINCT FROM $2", "$1 IS $2" },
	{ "$1::array = $2::array", "json($1) = json($2)" },
	{ "$1::array <> $2::array", "json($1) <> json($2)" },
	{ "$1::json = $2::json", "json($1) = json($2)" },
	{ "$1::json <> $2::json", "json($1) <> json($2)" },
	{ "$1 BETWEEN SYMMETRIC $2 AND $3", "$1 BETWEEN min($2, $3) AND max($2, $3)" },
	{ "num_nulls($1, $2)", "($1 IS NULL) + ($2 IS NULL)" },
	{ "num_nonnulls($1, $2)", "($1 IS NOT NULL) + ($2 IS NOT NULL)" },
	{ "num_nonnulls($1, $2, $3)", "($1 IS NOT NULL) + ($2 IS NOT NULL) + ($3 IS NOT NULL)" },

	/* Arrays */
	{ "$1 = ANY(ARRAY[$$])", "$1 IN ($$)" },
	{ "$1 <> ALL(ARRAY[$$])", "$1 NOT IN ($$)" },
	{ "$1 = ANY($2::array)", "CASE WHEN $2 IS NOT NULL THEN $1 IN "
		"(SELECT value FROM json_each($2)) END" },
	{ "$1 <> ALL($2::array)", "CASE WHEN $2 IS NOT NULL THEN $1 NOT IN "
		"(SELECT value FROM json_each($2)) END" },
	{ "ARRAY[$$]", "json_array($$)" },
	{ "array_length($1, 1)", "nullif(json_array_length($1), 0)" },
	{ "cardinality($1)", "json_array_length($1)" },
	{ "array_append($1, $2)", "json_insert(coalesce($1, '[]'), '$[#]', $2)" },
	{ "array_remove($1, $2)", "CASE WHEN $1 IS NOT NULL THEN (SELECT json_group_array(limbeck_value) FROM (SELECT value AS "
		"limbeck_value FROM json_each($1)) WHERE limbeck_value IS NOT $2) END" },
	{ "array_to_string($1, $2)", "CASE WHEN $1 IS NOT NULL THEN (SELECT coalesce(group_concat("
		"limbeck_value, $2), '') FROM (SELECT value AS limbeck_value FROM json_each($1))) END" },
	{ "$1::array || $2::array", "(SELECT json_group_array(limbeck_value) FROM (SELECT value AS "
		"limbeck_value FROM json_each($1) UNION ALL SELECT value FROM json_each($2)))" },
	{ "$1::array || $2", "json_insert(coalesce($1, '[]'), '$[#]', $2)" },
	{ "array_cat($1, $2)", "(SELECT json_group_array(limbeck_value) FROM (SELECT value AS "
		"limbeck_value FROM json_each($1) UNION ALL SELECT value FROM json_each($2)))" },
	{ "$1::array @> $2::array", "CASE WHEN $1 IS NOT NULL AND $2 IS NOT NULL THEN NOT EXISTS (SELECT 1 FROM (SELECT value AS limbeck_value FROM "
		"json_each($2)) WHERE limbeck_value NOT IN (SELECT value FROM json_each($1))) END" },
	{ "$1::array <@ $2::array", "CASE WHEN $1 IS NOT NULL AND $2 IS NOT NULL THEN NOT EXISTS (SELECT 1 FROM (SELECT value AS limbeck_value FROM "
		"json_each($1)) WHERE limbeck_value NOT IN (SELECT value FROM json_each($2))) END" },
	{ "$1::array && $2::array", "CASE WHEN $1 IS NOT NULL AND $2 IS NOT NULL THEN EXISTS (SELECT 1 FROM (SELECT value AS limbeck_value FROM "
		"json_each($1)) WHERE limbeck_value IN (SELECT value FROM json_each($2))) END" },
	{ "$1[$2]", "json_extract($1, '$[' || ($2 - 1) || ']')" },

	{ "limbeck.each_json($1, $2)", "CASE $2 WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' "
		"WHEN 'null' THEN 'null' ELSE json_quote($1) END" },
	{ "limbeck.each_text($1, $2)", "CASE $2 WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' "
		"ELSE CAST($1 AS TEXT) END" },
	{ "limbeck.each_number($1, $2)", "$1" },
	{ "limbeck.series($1, $2, $3)", "(WITH RECURSIVE limbeck_series (limbeck_n) AS "
		"(SELECT $1 WHERE $1 <= $2 UNION ALL SELECT limbeck_n + $3 FROM limbeck_series "
		"WHERE limbeck_n + $3 <= $2) SELECT limbeck_n FROM limbeck_series)" },

	/* JSON */
	{ "limbeck.json($1, $2)", "$1 -> $2" },
	{ "limbeck.json_text($1, $2)", "CASE json_type($1, $2) WHEN 'text' THEN "
		"json_extract($1, $2) WHEN 'null' THEN NULL ELSE $1 -> $2 END" },
	{ "limbeck.json_has($1, $2, $3)", "CASE json_type($1) WHEN 'array' THEN $2 IN "
		"(SELECT value FROM json_each($1)) WHEN 'object' THEN json_type($1, $3) IS NOT NULL "
		"WHEN 'text' THEN json_extract($1, '$') = $2 ELSE $1 IS NULL AND NULL END" },
	{ "limbeck.json_boolean($1)", "json(" BOOLEAN_TEXT ")" },
	{ "limbeck.json_value($1)", "json($1)" },
	{ "limbeck.json_set($1, $2, $3)", "json_set($1, $2, json($3))" },
	{ "limbeck.json_replace($1, $2, $3)", "json_replace($1, $2, json($3))" },
	{ "limbeck.json_remove($1, $2)", "json_remove($1, $2)" },
	{ "limbeck.json_merge($1, $2)", "json_patch($1, $2)" },
	{ "jsonb_build_object($$)", "json_object($$)" },
	{ "json_build_object($$)", "json_object($$)" },
	{ "jsonb_build_array($$)", "json_array($$)" },
	{ "json_build_array($$)", "json_array($$)" },
	{ "jsonb_array_length($1)", "json_array_length($1)" },
	{ "json_array_length($1)", "json_array_length($1)" },
	{ "jsonb_typeof($1)", TYPE_NAME },
	{ "json_typeof($1)", TYPE_NAME },
	{ "to_jsonb($1::text)", "CASE WHEN $1 IS NOT NULL THEN json_quote($1) END" },
	{ "to_json($1::text)", "CASE WHEN $1 IS NOT NULL THEN json_quote($1) END" },
	{ "to_jsonb($1::number)", "CASE WHEN $1 IS NOT NULL THEN json_quote($1) END" },
	{ "to_jsonb($1::boolean)", "json(" BOOLEAN_TEXT ")" },
	{ "to_jsonb($1::array)", "$1" },
	{ "to_jsonb($1::json)", "$1" },
	{ "to_json($1::array)", "$1" },

	/* Casts */
	{ "CAST($1::boolean AS text)", BOOLEAN_TEXT },
	{ "CAST($1::boolean AS varchar)", BOOLEAN_TEXT },
	{ "CAST($1::boolean AS integer)", "$1" },
	{ "CAST($1::integer AS boolean)", "$1 <> 0" },
	{ "CAST($1::text AS boolean)", "CASE WHEN lower($1) IN ('t', 'true', 'y', 'yes', 'on', '1') "
		"THEN 1 WHEN lower($1) IN ('f', 'false', 'n', 'no', 'off', '0') THEN 0 END" },
	{ "CAST($1::timestamptz AS date)", "substr($1, 1, 10)" },
	{ "CAST($1::timestamp AS date)", "substr($1, 1, 10)" },
	{ "CAST($1::date AS timestamp)", "$1" MIDNIGHT },
	{ "CAST($1::date AS timestamptz)", "$1" MIDNIGHT },
	{ "CAST($1::moment AS time)", "substr($1, 12)" },
	{ "CAST($1::timestamptz AS text)", "rtrim(rtrim($1, '0'), '.') || '+00'" },
	{ "CAST($1::timestamp AS text)", "rtrim(rtrim($1, '0'), '.')" },
	{ "CAST($1::time AS text)", "rtrim(rtrim($1, '0'), '.')" },
	{ "CAST($1::date AS text)", "$1" },
	{ "CAST($1::text AS timestamptz)", "strftime('%Y-%m-%d %H:%M:%f000', $1)" },
	{ "CAST($1::text AS timestamp)", "strftime('%Y-%m-%d %H:%M:%f000', $1)" },
	{ "CAST($1::text AS date)", "date($1)" },
	{ "CAST($1::fraction AS integer)", INT("round($1)") },
	{ "CAST($1::fraction AS bigint)", INT("round($1)") },
	{ "CAST($1::fraction AS smallint)", INT("round($1)") },
	{ "CAST($1 AS integer)", INT("$1") },
	{ "CAST($1 AS bigint)", INT("$1") },
	{ "CAST($1 AS smallint)", INT("$1") },
	{ "CAST($1 AS numeric)", "CAST($1 AS NUMERIC)" },
	{ "CAST($1 AS real)", "CAST($1 AS REAL)" },
	{ "CAST($1 AS double precision)", "CAST($1 AS REAL)" },
	{ "CAST($1 AS text)", "CAST($1 AS TEXT)" },
	{ "CAST($1::text AS bytea)", "CAST($1 AS BLOB)" },
	{ "CAST($1::text AS jsonb)", "$1" },
	{ "CAST($1::text AS json)", "$1" },
	{ "CAST($1::json AS text)", "$1" },
	{ NULL, NULL },
};

const char phrases_functions[] =
	"coalesce nullif abs lower upper length replace substr trim ltrim rtrim round sign ceil "
	"ceiling floor sqrt exp ln power pi sin cos tan atan atan2 asin acos degrees radians "
	"count sum min max row_number rank dense_rank percent_rank cume_dist ntile lag lead "
	"first_value last_value nth_value";
