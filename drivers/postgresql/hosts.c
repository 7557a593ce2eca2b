/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Several hosts. libpq tries the next one itself when a host refuses, but the
 * limit of time is the caller's affair where the caller waits, and no function
 * says "the next one": so we start again without the host that kept silent.
 */
#include <string.h>

#include "postgresql.h"

/* The nth element of a list with commas; NULL after the last. */
static const char *element(const char *list, size_t n, size_t *length)
{
	while (list && n-- > 0) {
		list = strchr(list, ',');
		if (list)
			list++;
	}
	*length = list ? strcspn(list, ",") : 0;
	return list;
}

static bool is_element(const char *list, size_t n, const char *word)
{
	size_t length;
	const char *item = element(list, n, &length);

	return item && word && strlen(word) == length && strncmp(item, word, length) == 0;
}

/* One port may stand for all hosts, and an empty one for the standard port. */
static bool is_port(const char *list, size_t n, const char *port)
{
	size_t length;
	const char *item;

	if (!list || !strchr(list, ','))
		return true;
	item = element(list, n, &length);
	return !item || length == 0 || is_element(list, n, port);
}

/* A copy of the list without its nth element. */
static char *without(const char *list, size_t n)
{
	size_t length;
	const char *item = element(list, n, &length);
	char *copy = limbeck_host->alloc(strlen(list) + 1);
	size_t before;

	if (!copy || !item)
		return copy;
	before = (size_t)(item - list);
	memcpy(copy, list, before);
	if (item[length] == ',')
		strcpy(copy + before, item + length + 1);
	else if (before > 0)
		copy[before - 1] = '\0';
	return copy;
}

static const char *value_of(const PQconninfoOption *options, const char *keyword)
{
	for (; options && options->keyword; options++) {
		if (strcmp(options->keyword, keyword) == 0)
			return options->val;
	}
	return NULL;
}

void hosts_release(struct hosts *hosts)
{
	limbeck_host->free(hosts->names);
	limbeck_host->free(hosts->addresses);
	limbeck_host->free(hosts->ports);
	memset(hosts, 0, sizeof(*hosts));
}

/* Which of the hosts libpq is trying. */
static bool find_present(PGconn *link, const char *names, const char *addresses,
	const char *ports, size_t *n)
{
	const char *longer = names && strchr(names, ',') ? names : addresses;
	size_t length;

	if (!longer || !strchr(longer, ','))
		return false;
	for (*n = 0; element(longer, *n, &length); (*n)++) {
		if ((is_element(names, *n, PQhost(link)) ||
			is_element(addresses, *n, PQhost(link))) &&
			is_port(ports, *n, PQport(link)))
			return true;
	}
	return false;
}

bool hosts_leave_out(struct hosts *hosts, PGconn *link)
{
	PQconninfoOption *options = PQconninfo(link);
	const char *names = value_of(options, "host");
	const char *addresses = value_of(options, "hostaddr");
	const char *ports = value_of(options, "port");
	bool others = false;
	size_t n;

	if (find_present(link, names, addresses, ports, &n)) {
		hosts_release(hosts);
		hosts->names = names ? without(names, n) : NULL;
		hosts->addresses = addresses ? without(addresses, n) : NULL;
		hosts->ports = ports && strchr(ports, ',') ? without(ports, n) : NULL;
		others = hosts->names || hosts->addresses;
	}
	PQconninfoFree(options);
	return others;
}
