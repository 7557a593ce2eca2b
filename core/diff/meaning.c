/* SPDX-License-Identifier: BSD-2-Clause */
#include "diff/meaning.h"

#include <stdlib.h>
#include <string.h>

/* The words of LIMBECK_ATTR_MEANING as bits, so that sets of them can be named. */
enum word {
	BOOLEAN = 1 << 0,
	SMALLINT = 1 << 1,
	INTEGER = 1 << 2,
	BIGINT = 1 << 3,
	NUMERIC = 1 << 4,
	REAL = 1 << 5,
	DOUBLE = 1 << 6,
	TEXT = 1 << 7,
	CHAR = 1 << 8,
	BLOB = 1 << 9,
	DATE = 1 << 10,
	TIME = 1 << 11,
	TIMETZ = 1 << 12,
	TIMESTAMP = 1 << 13,
	TIMESTAMPTZ = 1 << 14,
	INTERVAL = 1 << 15,
	UUID = 1 << 16,
	JSON = 1 << 17,
	INET = 1 << 18,
	ENUM = 1 << 19,
	ARRAY = 1 << 20,
	OTHER = 1 << 21
};

static const char *const words[] = { "boolean", "smallint", "integer", "bigint", "numeric",
	"real", "double", "text", "char", "blob", "date", "time", "timetz", "timestamp",
	"timestamptz", "interval", "uuid", "json", "inet", "enum", "array", "other" };

enum { UUID_LENGTH = 36, NUMERIC_LONGEST = 38, KEY_LONGEST = 191 };

/* -1 where no number is written. */
struct meaning {
	unsigned word;
	long first, second;
};

static struct meaning read_meaning(const char *text)
{
	struct meaning meaning = { OTHER, -1, -1 };
	size_t length = strcspn(text, "(");
	char *end;

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strlen(words[i]) == length && memcmp(words[i], text, length) == 0)
			meaning.word = 1u << i;
	if (text[length] != '(')
		return meaning;
	meaning.first = strtol(text + length + 1, &end, 10);
	if (*end == ',')
		meaning.second = strtol(end + 1, NULL, 10);
	return meaning;
}

/* Whether one is this, the other one of those. */
static bool are(const struct meaning *a, const struct meaning *b, unsigned this, unsigned those)
{
	return ((a->word & this) && (b->word & those)) || ((b->word & this) && (a->word & those));
}

static bool same_length(const struct meaning *a, const struct meaning *b, bool keyed)
{
	if (a->first == b->first)
		return true;
	return keyed && (a->first < 0 || b->first < 0) &&
		(a->first >= KEY_LONGEST || b->first >= KEY_LONGEST);
}

/* An engine without unlimited numbers has long ones. */
static bool same_numeric(const struct meaning *a, const struct meaning *b)
{
	if (a->first < 0 || b->first < 0)
		return a->first == b->first || a->first >= NUMERIC_LONGEST ||
			b->first >= NUMERIC_LONGEST;
	return a->first == b->first &&
		(a->second > 0 ? a->second : 0) == (b->second > 0 ? b->second : 0);
}

static bool same_word(const struct meaning *a, const struct meaning *b, bool lenient, bool keyed)
{
	if (lenient)
		return true;
	if (a->word & (TEXT | CHAR))
		return same_length(a, b, keyed);
	return !(a->word & NUMERIC) || same_numeric(a, b);
}

/* What one of the engines has in the place of the other's. */
static bool stands_for(const struct meaning *a, const struct meaning *b)
{
	const struct meaning *text = a->word & (TEXT | CHAR) ? a : b;

	if (are(a, b, BOOLEAN, SMALLINT | INTEGER) || are(a, b, TIMESTAMPTZ, TIMESTAMP) ||
		are(a, b, TIMETZ, TIME) || are(a, b, JSON, ARRAY))
		return true;
	if (are(a, b, UUID, TEXT | CHAR))
		return text->first < 0 || text->first >= UUID_LENGTH;
	return are(a, b, JSON | ARRAY | ENUM | INET | INTERVAL, TEXT | CHAR);
}

/* Where values are not held to their type, what is stored alike means the same. */
static bool same_storage(const struct meaning *a, const struct meaning *b)
{
	const unsigned whole = BOOLEAN | SMALLINT | INTEGER | BIGINT;
	const unsigned number = NUMERIC | REAL | DOUBLE;
	const unsigned text = TEXT | CHAR | UUID | JSON | INET | ENUM | ARRAY | INTERVAL;
	const unsigned moment = DATE | TIME | TIMETZ | TIMESTAMP | TIMESTAMPTZ;

	return are(a, b, whole, whole) || are(a, b, number, number | TEXT) ||
		are(a, b, text, text) || are(a, b, moment, TEXT | NUMERIC);
}

bool meaning_same(const char *a, const char *b, bool lenient, bool keyed)
{
	struct meaning x = read_meaning(a), y = read_meaning(b);

	if ((x.word | y.word) & OTHER)
		return true;
	if (x.word == y.word)
		return same_word(&x, &y, lenient, keyed);
	return stands_for(&x, &y) || (lenient && same_storage(&x, &y));
}
