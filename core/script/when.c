/* SPDX-License-Identifier: BSD-2-Clause */
#include "script/when.h"

/* What is left to read. */
struct rest {
	const char *text;
	size_t length;
};

static bool take(struct rest *rest, const char *any_of)
{
	for (; rest->length && *any_of; any_of++)
		if (rest->text[0] == *any_of) {
			rest->text++;
			rest->length--;
			return true;
		}
	return false;
}

/* A number of exactly that many digits, from least to most. */
static bool take_number(struct rest *rest, unsigned digits, unsigned least, unsigned most)
{
	unsigned value = 0;

	for (; digits; digits--) {
		if (!rest->length || rest->text[0] < '0' || rest->text[0] > '9')
			return false;
		value = value * 10 + (unsigned)(rest->text[0] - '0');
		rest->text++;
		rest->length--;
	}
	return value >= least && value <= most;
}

static bool take_zone(struct rest *rest)
{
	take(rest, " ");
	if (!rest->length || take(rest, "Zz"))
		return true;
	if (!take(rest, "+-") || !take_number(rest, 2, 0, 23))
		return false;
	if (!rest->length)
		return true;
	take(rest, ":");
	return take_number(rest, 2, 0, 59);
}

bool when_is_valid(const char *text, size_t length)
{
	struct rest rest = { text, length };

	if (!take_number(&rest, 4, 0, 9999) || !take(&rest, "-") || !take_number(&rest, 2, 1, 12)
		|| !take(&rest, "-") || !take_number(&rest, 2, 1, 31))
		return false;
	if (!rest.length)
		return true;
	if (!take(&rest, "Tt ") || !take_number(&rest, 2, 0, 24) || !take(&rest, ":")
		|| !take_number(&rest, 2, 0, 59))
		return false;
	if (take(&rest, ":")) {
		if (!take_number(&rest, 2, 0, 60))
			return false;
		if (take(&rest, ".,") && !take_number(&rest, 1, 0, 9))
			return false;
		while (take(&rest, "0123456789"))
			;
	}
	return take_zone(&rest) && !rest.length;
}
