/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include <limbeck/home_phrases.h>

#include "translate/phrase_int.h"

const struct home_phrases *home_phrases(const char *dialect)
{
	static const struct home_phrases all[] = { LIMBECK_HOME_PHRASES };

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (strcmp(all[i].dialect, dialect) == 0)
			return &all[i];
	return NULL;
}
