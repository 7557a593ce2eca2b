/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Expressions of the common dialect in MySQL's and MariaDB's words. Times with a zone are
 * kept in UTC, which the session need not know: utc_timestamp(). Arrays are JSON.
 */
#include "translation.h"

#define PART(FIELD, TO)                                                       \
	{ "extract(" FIELD " FROM $1)", TO },                                 \
	{ "extract('" FIELD "' FROM $1)", TO },                               \
	{ "date_part('" FIELD "', $1)", TO }
#define SINCE(FROM, TO) "timestampdiff(MICROSECOND, " FROM ", " TO ") * 0.000001"
#define CUT(FORMAT) "CAST(date_format($1, '" FORMAT "') AS datetime(6))"
#define BOOLEAN_TEXT "CASE WHEN $1 THEN 'true' WHEN NOT $1 THEN 'false' END"
/* Without the zeros at the end of the fraction, as the common dialect prints it. */
#define TRIMMED(TEXT) "trim(TRAILING '.' FROM trim(TRAILING '0' FROM " TEXT "))"
#define MOMENT_TEXT TRIMMED("date_format($1, '%Y-%m-%d %H:%i:%s.%f')")
#define TYPE_NAME                                                             \
	"CASE json_type($1) WHEN 'INTEGER' THEN 'number' WHEN 'DOUBLE' THEN 'number' "          \
	"WHEN 'DECIMAL' THEN 'number' ELSE lower(json_type($1)) END"
/* A value of SQL as the JSON that the elements of an array are. */
#define IN_JSON(ARRAY, QUOTED) "json_contains(" ARRAY ", " QUOTED ")"

#define BOTH                                                                  \
	/* The current time */                                                \
	{ "now()", "utc_timestamp(6)" },                                      \
	{ "CURRENT_TIMESTAMP", "utc_timestamp(6)" },                          \
	{ "CURRENT_TIMESTAMP($1)", "utc_timestamp($1)" },                     \
	{ "transaction_timestamp()", "utc_timestamp(6)" },                    \
	{ "statement_timestamp()", "utc_timestamp(6)" },                      \
	{ "clock_timestamp()", "utc_timestamp(6)" },                          \
	{ "LOCALTIMESTAMP", "utc_timestamp(6)" },                             \
	{ "LOCALTIMESTAMP($1)", "utc_timestamp($1)" },                        \
	{ "CURRENT_DATE", "utc_date()" },                                     \
	{ "CURRENT_TIME", "utc_time(6)" },                                    \
	{ "LOCALTIME", "utc_time(6)" },                                       \
	/* Times */                                                           \
	{ "date_trunc('microseconds', $1)", "$1" },                           \
	{ "date_trunc('second', $1)", CUT("%Y-%m-%d %H:%i:%s") },             \
	{ "date_trunc('minute', $1)", CUT("%Y-%m-%d %H:%i:00") },             \
	{ "date_trunc('hour', $1)", CUT("%Y-%m-%d %H:00:00") },               \
	{ "date_trunc('day', $1)", CUT("%Y-%m-%d") },                         \
	{ "date_trunc('week', $1)",                                           \
		"CAST(date_sub(date($1), INTERVAL weekday($1) DAY) AS datetime(6))" },           \
	{ "date_trunc('month', $1)", CUT("%Y-%m-01") },                       \
	{ "date_trunc('quarter', $1)", "CAST(date_add(makedate(year($1), 1), "                  \
		"INTERVAL quarter($1) - 1 QUARTER) AS datetime(6))" },        \
	{ "date_trunc('year', $1)", CUT("%Y-01-01") },                        \
	{ "extract(epoch FROM $1::moment - $2::moment)", SINCE("$2", "$1") }, \
	{ "date_part('epoch', $1::moment - $2::moment)", SINCE("$2", "$1") }, \
	{ "extract(day FROM $1::moment - $2::moment)", "timestampdiff(DAY, $2, $1)" },          \
	{ "date_part('day', $1::moment - $2::moment)", "timestampdiff(DAY, $2, $1)" },          \
	PART("epoch", SINCE("'1970-01-01 00:00:00'", "$1")),                  \
	PART("year", "year($1)"),                                             \
	PART("month", "month($1)"),                                           \
	PART("day", "dayofmonth($1)"),                                        \
	PART("hour", "hour($1)"),                                             \
	PART("minute", "minute($1)"),                                         \
	PART("second", "second($1) + microsecond($1) * 0.000001"),            \
	PART("quarter", "quarter($1)"),                                       \
	PART("dow", "dayofweek($1) - 1"),                                     \
	PART("isodow", "weekday($1) + 1"),                                    \
	PART("doy", "dayofyear($1)"),                                         \
	PART("week", "week($1, 3)"),                                          \
	PART("isoyear", "yearweek($1, 3) DIV 100"),                           \
	{ "to_timestamp($1)", "date_add(CAST('1970-01-01 00:00:00' AS datetime(6)), "           \
		"INTERVAL $1 SECOND)" },                                      \
	{ "make_date($1, $2, $3)", "date_add(date_add(makedate($1, 1), INTERVAL $2 - 1 MONTH), " \
		"INTERVAL $3 - 1 DAY)" },                                     \
	{ "limbeck.add_months($1, $2, $3)", "date_add($1, INTERVAL $2 MONTH)" },  \
	{ "limbeck.add_days($1, $2, $3)", "date_add($1, INTERVAL $2 DAY)" },      \
	{ "limbeck.add_seconds($1, $2, $3)", "date_add($1, INTERVAL $2 SECOND)" },                  \
	{ "limbeck.add_fraction($1, $2, $3)", "date_add($1, INTERVAL $2 SECOND)" },                 \
	{ "limbeck.date_days($1, $2, $3)", "date_add($1, INTERVAL $2 DAY)" },     \
	{ "limbeck.days_between($1, $2)", "datediff($1, $2)" },               \
	{ "limbeck.to_char($1, $2, $3)", "date_format($1, $3)" },             \
	{ "$1::moment AT TIME ZONE 'UTC'", "$1" },                            \
	{ "$1::moment AT TIME ZONE 'utc'", "$1" },                            \
	{ "timezone('UTC', $1)", "$1" },                                      \
	{ "timezone('utc', $1)", "$1" },                                      \
	{ "date($1)", "date($1)" },                                           \
	/* Texts */                                                           \
	{ "$1 ILIKE $2", "lower($1) LIKE lower($2)" },                        \
	{ "$1 ~~ $2", "$1 LIKE $2" },                                         \
	{ "$1 ~~* $2", "lower($1) LIKE lower($2)" },                          \
	{ "$1 ~ $2", "$1 REGEXP concat('(?-i)', $2)" },                       \
	{ "$1 ~* $2", "$1 REGEXP concat('(?i)', $2)" },                       \
	{ "$1 !~ $2", "$1 NOT REGEXP concat('(?-i)', $2)" },                  \
	{ "$1 !~* $2", "$1 NOT REGEXP concat('(?i)', $2)" },                  \
	{ "regexp_replace($1, $2::anchored, $3)", "regexp_replace($1, concat('(?-i)', $2), $3)" }, \
	{ "regexp_replace($1, $2, $3, 'g')", "regexp_replace($1, concat('(?-i)', $2), $3)" },   \
	{ "regexp_replace($1, $2, $3, 'gi')", "regexp_replace($1, concat('(?i)', $2), $3)" },   \
	{ "starts_with($1, $2)", "left($1, char_length($2)) = $2" },          \
	{ "$1 ^@ $2", "left($1, char_length($2)) = $2" },                     \
	{ "length($1::bytea)", "length($1)" },                                \
	{ "length($1)", "char_length($1)" },                                  \
	{ "octet_length($1)", "length($1)" },                                 \
	{ "substring($1 FROM $2::groupless)",                                 \
		"nullif(regexp_substr($1, concat('(?-i)', $2)), '')" },       \
	{ "substring($1, $2::groupless)",                                     \
		"nullif(regexp_substr($1, concat('(?-i)', $2)), '')" },       \
	{ "substring($1 FROM $2::literal)", NULL },                           \
	{ "substring($1, $2::literal)", NULL },                               \
	{ "substring($1 FROM $2 FOR $3)", "substring($1, $2, $3)" },          \
	{ "substring($1 FROM $2)", "substring($1, $2)" },                     \
	{ "substring($1 FOR $2)", "left($1, $2)" },                           \
	{ "left($1, $2::count)", "left($1, $2)" },                            \
	{ "left($1, $2)", "CASE WHEN $2 >= 0 THEN left($1, $2) "              \
		"ELSE left($1, greatest(char_length($1) + $2, 0)) END" },     \
	{ "right($1, $2::count)", "right($1, $2)" },                          \
	{ "right($1, $2)", "CASE WHEN $2 >= 0 THEN right($1, $2) "            \
		"ELSE right($1, greatest(char_length($1) + $2, 0)) END" },    \
	{ "strpos($1, $2)", "locate($2, $1)" },                               \
	{ "position($1 IN $2)", "locate($1, $2)" },                           \
	{ "btrim($1)", "trim($1)" },                                          \
	{ "btrim($1, $2::character)", "trim(BOTH $2 FROM $1)" },              \
	{ "ltrim($1, $2::character)", "trim(LEADING $2 FROM $1)" },           \
	{ "rtrim($1, $2::character)", "trim(TRAILING $2 FROM $1)" },          \
	{ "ltrim($1)", "ltrim($1)" },                                         \
	{ "rtrim($1)", "rtrim($1)" },                                         \
	{ "trim($1)", "trim($1)" },                                           \
	{ "trim(BOTH FROM $1)", "trim($1)" },                                 \
	{ "trim(LEADING FROM $1)", "ltrim($1)" },                             \
	{ "trim(TRAILING FROM $1)", "rtrim($1)" },                            \
	{ "trim(BOTH $1::character FROM $2)", "trim(BOTH $1 FROM $2)" },      \
	{ "trim(LEADING $1::character FROM $2)", "trim(LEADING $1 FROM $2)" },                  \
	{ "trim(TRAILING $1::character FROM $2)", "trim(TRAILING $1 FROM $2)" },                \
	{ "trim($1::character FROM $2)", "trim(BOTH $1 FROM $2)" },           \
	{ "lpad($1, $2)", "lpad($1, $2, ' ')" },                              \
	{ "rpad($1, $2)", "rpad($1, $2, ' ')" },                              \
	{ "lpad($1, $2, $3)", "lpad($1, $2, $3)" },                           \
	{ "rpad($1, $2, $3)", "rpad($1, $2, $3)" },                           \
	{ "split_part($1, $2, 1)", "substring_index($1, $2, 1)" },            \
	{ "split_part($1, $2, $3)", "CASE WHEN (char_length($1) - char_length(replace($1, $2, ''))) "  \
		"/ char_length($2) + 1 >= $3 THEN substring_index(substring_index($1, $2, $3), "  \
		"$2, -1) ELSE left($1, 0) END" },                                      \
	{ "chr($1)", "char($1 USING utf8mb4)" },                              \
	{ "concat($1, $$)", "concat_ws('', $1, $$)" },                        \
	{ "concat($1)", "coalesce($1, '')" },                                 \
	{ "md5($1)", "md5($1)" },                                             \
	{ "sha256($1)", "unhex(sha2($1, 256))" },                             \
	{ "encode($1, 'hex')", "lower(hex($1))" },                            \
	{ "encode($1, 'base64')", "to_base64($1)" },                          \
	{ "decode($1, 'hex')", "unhex($1)" },                                 \
	{ "decode($1, 'base64')", "from_base64($1)" },                        \
	{ "to_hex($1)", "lower(hex($1))" },                                   \
	{ "quote_literal($1)", "quote($1)" },                                 \
	/* Numbers */                                                         \
	{ "$1::integer / $2::integer", "$1 DIV $2" },                         \
	{ "div($1, $2)", "$1 DIV $2" },                                       \
	{ "mod($1, $2)", "$1 % $2" },                                         \
	{ "$1 ^ $2", "pow($1, $2)" },                                         \
	{ "$1 # $2", "CAST($1 ^ $2 AS signed)" },                             \
	{ "$1 & $2", "CAST($1 & $2 AS signed)" },                             \
	{ "$1 | $2", "CAST($1 | $2 AS signed)" },                             \
	{ "$1 << $2", "CAST($1 << $2 AS signed)" },                           \
	{ "$1 >> $2", "floor($1 / pow(2, $2))" },                             \
	{ "~ $1", "CAST(~ $1 AS signed)" },                                   \
	{ "trunc($1)", "truncate($1, 0)" },                                   \
	{ "trunc($1, $2)", "truncate($1, $2)" },                              \
	{ "log($1)", "log10($1)" },                                           \
	{ "log($1, $2)", "log($1, $2)" },                                     \
	{ "cbrt($1)", "pow($1, 1.0 / 3)" },                                   \
	{ "greatest($1)", "$1" },                                             \
	{ "limbeck.greatest($$)", "greatest($$)" },         \
	{ "least($1)", "$1" },                                                \
	{ "limbeck.least($$)", "least($$)" },               \
	{ "random()", "rand()" },                                             \
	{ "gen_random_uuid()", "uuid()" },                                    \
	{ "uuid_generate_v4()", "uuid()" },                                   \
	/* Aggregates */                                                      \
	{ "string_agg($1, $2)", "group_concat($1 SEPARATOR $2)" },            \
	{ "array_agg($1)", "json_arrayagg($1)" },                             \
	{ "json_agg($1)", "json_arrayagg($1)" },                              \
	{ "jsonb_agg($1)", "json_arrayagg($1)" },                             \
	{ "json_object_agg($1, $2)", "json_objectagg($1, $2)" },              \
	{ "jsonb_object_agg($1, $2)", "json_objectagg($1, $2)" },             \
	{ "bool_and($1)", "min($1)" },                                        \
	{ "every($1)", "min($1)" },                                           \
	{ "bool_or($1)", "max($1)" },                                         \
	/* Comparisons */                                                     \
	{ "$1 IS UNKNOWN", "$1 IS NULL" },                                    \
	{ "$1 IS NOT UNKNOWN", "$1 IS NOT NULL" },                            \
	{ "$1 IS DISTINCT FROM $2", "NOT ($1 <=> $2)" },                      \
	{ "$1 IS NOT DISTINCT FROM $2", "$1 <=> $2" },                        \
	{ "$1 BETWEEN SYMMETRIC $2 AND $3", "$1 BETWEEN least($2, $3) AND greatest($2, $3)" },  \
	{ "$1::json = $2::json", "json_contains($1, $2) AND json_contains($2, $1)" },           \
	{ "$1::json <> $2::json", "NOT (json_contains($1, $2) AND json_contains($2, $1))" },    \
	{ "num_nulls($1, $2)", "($1 IS NULL) + ($2 IS NULL)" },               \
	{ "num_nonnulls($1, $2)", "($1 IS NOT NULL) + ($2 IS NOT NULL)" },    \
	{ "num_nonnulls($1, $2, $3)", "($1 IS NOT NULL) + ($2 IS NOT NULL) + ($3 IS NOT NULL)" }, \
	/* Arrays */                                                          \
	{ "$1 = ANY(ARRAY[$$])", "$1 IN ($$)" },                              \
	{ "$1 <> ALL(ARRAY[$$])", "$1 NOT IN ($$)" },                         \
	{ "$1::number = ANY($2::array)", IN_JSON("$2", "CAST($1 AS char)") }, \
	{ "$1::number <> ALL($2::array)", "NOT " IN_JSON("$2", "CAST($1 AS char)") },           \
	{ "$1::text = ANY($2::array)", IN_JSON("$2", "json_quote($1)") },     \
	{ "$1::text <> ALL($2::array)", "NOT " IN_JSON("$2", "json_quote($1)") },               \
	{ "ARRAY[$$]", "json_array($$)" },                                    \
	{ "array_length($1, 1)", "nullif(json_length($1), 0)" },              \
	{ "cardinality($1)", "json_length($1)" },                             \
	{ "array_append($1, $2)", "json_array_append(coalesce($1, '[]'), '$', $2)" },           \
	{ "$1::array || $2::array",                                           \
		"json_merge_preserve(coalesce($1, '[]'), coalesce($2, '[]'))" },                 \
	{ "$1::array || $2", "json_array_append(coalesce($1, '[]'), '$', $2)" },                \
	{ "array_cat($1, $2)", "json_merge_preserve(coalesce($1, '[]'), coalesce($2, '[]'))" }, \
	{ "$1 || $$", "concat($1, $$)" },                                     \
	{ "$1::array @> $2::array", "json_contains($1, $2)" },                \
	{ "$1::array <@ $2::array", "json_contains($2, $1)" },                \
	{ "$1[$2]", "json_unquote(json_extract($1, concat('$[', $2 - 1, ']')))" },              \
	{ "limbeck.each_json($1, $2)", "$1" },                                \
	{ "limbeck.each_text($1, $2)", "CASE WHEN json_type($1) <> 'NULL' THEN json_unquote($1) END" }, \
	{ "limbeck.each_number($1, $2)", "json_unquote($1) + 0" },            \
	{ "limbeck.series($1, $2, $3)", "(WITH RECURSIVE limbeck_series (limbeck_n) AS "        \
		"(SELECT $1 WHERE $1 <= $2 UNION ALL SELECT limbeck_n + $3 "           \
		"FROM limbeck_series WHERE limbeck_n + $3 <= $2) "            \
		"SELECT limbeck_n FROM limbeck_series)" },                    \
	/* JSON */                                                            \
	{ "limbeck.json($1, $2)", "json_extract($1, $2)" },                   \
	{ "limbeck.json_text($1, $2)", "CASE WHEN json_type(json_extract($1, $2)) <> 'NULL' "   \
		"THEN json_unquote(json_extract($1, $2)) END" },              \
	{ "limbeck.json_at($1, $2, $3)", "CASE WHEN json_type(json_extract($1, $3)) = 'ARRAY' "  \
		"THEN json_extract($1, $2) END" },                            \
	{ "limbeck.json_text_at($1, $2, $3)", "CASE WHEN json_type(json_extract($1, $3)) = 'ARRAY' " \
		"AND json_type(json_extract($1, $2)) <> 'NULL' "              \
		"THEN json_unquote(json_extract($1, $2)) END" },              \
	{ "limbeck.json_has($1, $2, $3)", "CASE json_type($1) WHEN 'ARRAY' THEN "               \
		IN_JSON("$1", "json_quote($2)") " ELSE json_contains_path($1, 'one', $3) END" }, \
	{ "limbeck.json_boolean($1)", "json_extract(" BOOLEAN_TEXT ", '$')" },                  \
	{ "limbeck.json_value($1)", "json_extract($1, '$')" },                \
	{ "limbeck.json_set($1, $2, $3)", "json_set($1, $2, json_extract($3, '$'))" },          \
	{ "limbeck.json_replace($1, $2, $3)", "json_replace($1, $2, json_extract($3, '$'))" },  \
	{ "limbeck.json_remove($1, $2)", "json_remove($1, $2)" },             \
	{ "limbeck.json_merge($1, $2)", "json_merge_patch($1, $2)" },         \
	{ "$1::json @> $2::json", "json_contains($1, $2)" },                  \
	{ "$1::json @> $2::text", "json_contains($1, $2)" },                  \
	{ "$1::json <@ $2::json", "json_contains($2, $1)" },                  \
	{ "jsonb_build_object($$)", "json_object($$)" },                      \
	{ "json_build_object($$)", "json_object($$)" },                       \
	{ "jsonb_build_array($$)", "json_array($$)" },                        \
	{ "json_build_array($$)", "json_array($$)" },                         \
	{ "jsonb_array_length($1)", "json_length($1)" },                      \
	{ "json_array_length($1)", "json_length($1)" },                       \
	{ "jsonb_typeof($1)", TYPE_NAME },                                    \
	{ "json_typeof($1)", TYPE_NAME },                                     \
	{ "to_jsonb($1::text)", "json_quote($1)" },                           \
	{ "to_json($1::text)", "json_quote($1)" },                            \
	{ "to_jsonb($1::boolean)", BOOLEAN_TEXT },                            \
	{ "to_jsonb($1::number)", "CAST($1 AS char)" },                       \
	{ "to_jsonb($1::array)", "$1" },                                      \
	{ "to_jsonb($1::json)", "$1" },                                       \
	{ "to_json($1::array)", "$1" },                                       \
	/* Casts */                                                           \
	{ "CAST($1::boolean AS text)", BOOLEAN_TEXT },                        \
	{ "CAST($1::boolean AS varchar)", BOOLEAN_TEXT },                     \
	{ "CAST($1::boolean AS integer)", "$1" },                             \
	{ "CAST($1::integer AS boolean)", "$1 <> 0" },                        \
	{ "CAST($1::text AS boolean)", "CASE WHEN lower($1) IN ('t', 'true', 'y', 'yes', 'on', '1') " \
		"THEN 1 WHEN lower($1) IN ('f', 'false', 'n', 'no', 'off', '0') THEN 0 END" },  \
	{ "CAST($1::timestamptz AS text)", "concat(" MOMENT_TEXT ", '+00')" },                  \
	{ "CAST($1::timestamp AS text)", MOMENT_TEXT },                       \
	{ "CAST($1::time AS text)", TRIMMED("time_format($1, '%H:%i:%s.%f')") },                \
	{ "CAST($1::moment AS date)", "date($1)" },                           \
	{ "CAST($1 AS text)", "CAST($1 AS char)" },                           \
	{ "CAST($1 AS integer)", "CAST($1 AS signed)" },                      \
	{ "CAST($1 AS bigint)", "CAST($1 AS signed)" },                       \
	{ "CAST($1 AS smallint)", "CAST($1 AS signed)" },                     \
	{ "CAST($1 AS real)", "CAST($1 AS double)" },                         \
	{ "CAST($1 AS double precision)", "CAST($1 AS double)" },             \
	{ "CAST($1::text AS bytea)", "CAST($1 AS binary)" },                  \
	{ "CAST($1::text AS uuid)", "lower($1)" },                            \
	{ "CAST($1::json AS text)", "$1" },

const struct limbeck_phrase phrases_both[] = {
	{ "$1::array = $2::array", "json_extract($1, '$') = json_extract($2, '$')" },
	{ "$1::array <> $2::array", "json_extract($1, '$') <> json_extract($2, '$')" },
	{ "lag($1, $2, $3)", NULL },
	{ "lead($1, $2, $3)", NULL },
	BOTH
	{ "CAST($1::text AS jsonb)", "$1" },
	{ "CAST($1::text AS json)", "$1" },
	{ NULL, NULL },
};

const struct limbeck_phrase phrases_mariadb[] = {
	{ "$1::array && $2::array", "json_overlaps($1, $2)" },
	{ "$1::array = $2::array", "json_equals($1, $2)" },
	{ "$1::array <> $2::array", "NOT json_equals($1, $2)" },
	{ "lag($1, $2, $3)", NULL },
	{ "lead($1, $2, $3)", NULL },
	BOTH
	{ "CAST($1::text AS jsonb)", "$1" },
	{ "CAST($1::text AS json)", "$1" },
	{ NULL, NULL },
};

const struct limbeck_phrase phrases_mysql[] = {
	{ "$1::array && $2::array", "json_overlaps($1, $2)" },
	{ "$1::array = $2::array", "CAST($1 AS json) = CAST($2 AS json)" },
	{ "$1::array <> $2::array", "CAST($1 AS json) <> CAST($2 AS json)" },
	{ "regexp_replace($1, $2, $3)", "regexp_replace($1, concat('(?-i)', $2), $3, 1, 1)" },
	{ "to_jsonb($1::boolean)", "CAST(" BOOLEAN_TEXT " AS json)" },
	{ "to_jsonb($1::number)", "CAST($1 AS json)" },
	BOTH
	{ "CAST($1::text AS jsonb)", "CAST($1 AS json)" },
	{ "CAST($1::text AS json)", "CAST($1 AS json)" },
	{ NULL, NULL },
};

const char phrases_functions[] =
	"coalesce nullif abs lower upper char_length character_length replace substring substr "
	"repeat reverse concat_ws ascii bit_length round sign ceil ceiling floor sqrt exp ln power pi "
	"sin cos tan atan atan2 asin acos degrees radians count sum avg min max row_number rank "
	"dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value";
