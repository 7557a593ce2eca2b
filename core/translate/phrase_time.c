/* SPDX-License-Identifier: BSD-2-Clause */
/* Literals of dates and times: read as they are usually written, put into one form. */
#include "translate/phrase_rules.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

struct moment {
	long year;
	int month, day, hour, minute, second;
	long microsecond;
	int offset;             /* of the zone, in seconds east */
	bool dated, timed;
};

/* Up to `most` digits; how many were read. */
static int digits(const char **at, int most, long *out)
{
	int count = 0;

	*out = 0;
	while (count < most && isdigit((unsigned char)**at)) {
		*out = *out * 10 + (*(*at)++ - '0');
		count++;
	}
	return count;
}

static bool number(const char **at, int most, int *out)
{
	long value;

	if (digits(at, most, &value) == 0)
		return false;
	*out = (int)value;
	return true;
}

static bool expect(const char **at, char c)
{
	if (**at != c)
		return false;
	(*at)++;
	return true;
}

static bool read_date(const char **at, struct moment *m)
{
	static const int days[] = { 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	if (digits(at, 4, &m->year) != 4 || !expect(at, '-') || !number(at, 2, &m->month)
		|| !expect(at, '-') || !number(at, 2, &m->day))
		return false;
	m->dated = true;
	return m->month >= 1 && m->month <= 12 && m->day >= 1 && m->day <= days[m->month - 1];
}

static void read_fraction(const char **at, struct moment *m)
{
	long unit = 100000;

	for (; isdigit((unsigned char)**at); (*at)++, unit /= 10)
		m->microsecond += (**at - '0') * unit;
}

static bool read_clock(const char **at, struct moment *m)
{
	if (!number(at, 2, &m->hour) || !expect(at, ':') || !number(at, 2, &m->minute))
		return false;
	if (expect(at, ':') && !number(at, 2, &m->second))
		return false;
	if (expect(at, '.') || expect(at, ','))
		read_fraction(at, m);
	m->timed = true;
	return m->hour <= 24 && m->minute < 60 && m->second <= 60;
}

static bool read_zone(const char **at, struct moment *m)
{
	int sign, hours, minutes = 0;

	*at += strspn(*at, " ");
	if (!**at)
		return true;
	if (strcasecmp(*at, "z") == 0 || strcasecmp(*at, "utc") == 0 || strcasecmp(*at, "gmt") == 0) {
		*at += strlen(*at);
		return true;
	}
	sign = **at == '-' ? -1 : 1;
	if (!expect(at, '+') && !expect(at, '-'))
		return false;
	if (!number(at, 2, &hours))
		return false;
	expect(at, ':');
	if (**at && !number(at, 2, &minutes))
		return false;
	m->offset = sign * (hours * 3600 + minutes * 60);
	return !**at;
}

static bool read_moment(const char *text, struct moment *m)
{
	const char *at = text + strspn(text, " ");

	*m = (struct moment) { .year = 2000, .month = 1, .day = 1 };
	if (strcasecmp(at, "epoch") == 0) {
		m->year = 1970;
		m->dated = m->timed = true;
		return true;
	}
	if (strchr(at, '-') && strcspn(at, "-") == 4) {
		if (!read_date(&at, m))
			return false;
		if (!expect(&at, ' ') && !expect(&at, 'T'))
			expect(&at, 't');
	}
	at += strspn(at, " ");
	if (isdigit((unsigned char)*at) && !read_clock(&at, m))
		return false;
	return (m->dated || m->timed) && read_zone(&at, m);
}

/* Days since 1970-01-01 of the proleptic Gregorian calendar, and back, by years that
 * begin in March. */
static long days_of(const struct moment *m)
{
	long year = m->year - (m->month <= 2), era = (year >= 0 ? year : year - 399) / 400;
	long of_era = year - era * 400;
	long of_year = (153 * (m->month + (m->month > 2 ? -3 : 9)) + 2) / 5 + m->day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void set_days(struct moment *m, long days)
{
	long era, of_era, year, of_year, month;

	days += 719468;
	era = (days >= 0 ? days : days - 146096) / 146097;
	of_era = days - era * 146097;
	year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	of_year = of_era - (365 * year + year / 4 - year / 100);
	month = (5 * of_year + 2) / 153;
	m->day = (int)(of_year - (153 * month + 2) / 5 + 1);
	m->month = (int)(month < 10 ? month + 3 : month - 9);
	m->year = year + era * 400 + (m->month <= 2);
}

static void to_utc(struct moment *m)
{
	long seconds = m->hour * 3600L + m->minute * 60L + m->second - m->offset;
	long days = seconds / 86400 - (seconds % 86400 < 0 ? 1 : 0);

	seconds -= days * 86400;
	set_days(m, days_of(m) + days);
	m->hour = (int)(seconds / 3600);
	m->minute = (int)(seconds / 60 % 60);
	m->second = (int)(seconds % 60);
}

bool time_literal(const char *meaning, const char *text, char *out, size_t size)
{
	struct moment m;

	if (!read_moment(text, &m))
		return false;
	if (strcmp(meaning, "time") == 0) {
		snprintf(out, size, "%02d:%02d:%02d.%06ld", m.hour, m.minute, m.second,
			m.microsecond);
		return m.timed;
	}
	if (!m.dated)
		return false;
	if (strcmp(meaning, "timestamptz") == 0 || m.hour == 24)
		to_utc(&m);
	if (strcmp(meaning, "date") == 0)
		snprintf(out, size, "%04ld-%02d-%02d", m.year, m.month, m.day);
	else
		snprintf(out, size, "%04ld-%02d-%02d %02d:%02d:%02d.%06ld", m.year, m.month,
			m.day, m.hour, m.minute, m.second, m.microsecond);
	return true;
}
