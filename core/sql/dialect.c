/* SPDX-License-Identifier: BSD-2-Clause */
#include "sql/scanner.h"

#include <string.h>

static const struct limbeck_dialect dialects[] = { LIMBECK_DIALECTS };
static const char *const names[] = { LIMBECK_DIALECT_NAMES };

static const struct limbeck_dialect *find(const char *name)
{
	for (size_t i = 0; i < sizeof dialects / sizeof *dialects; i++)
		if (strcmp(dialects[i].name, name) == 0)
			return &dialects[i];
	return NULL;
}

const struct limbeck_lexis *dialect_lexis(const char *name)
{
	const struct limbeck_dialect *dialect = find(name);

	return dialect ? &dialect->lexis : NULL;
}

const char *dialect_operators(const char *name)
{
	const struct limbeck_dialect *dialect = find(name);

	return dialect ? dialect->operators : NULL;
}

const char *const *dialect_names(size_t *count)
{
	*count = sizeof names / sizeof *names;
	return names;
}
