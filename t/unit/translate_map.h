/* SPDX-License-Identifier: BSD-2-Clause */
/* Statements of a home dialect on an engine. */
#ifndef T_UNIT_TRANSLATE_MAP_H
#define T_UNIT_TRANSLATE_MAP_H

#include <stdio.h>

#include "base/strbuf.h"
#include "driver/loader.h"

/* What is sent for the statements, or an error. */
void map_case_run(const struct driver *driver, const struct limbeck_server *server,
	const char *dialect, const char *sql, struct strbuf *out);
/* Makes the objects in a scratch of the URL's, and says what differs when it reads them
 * back. */
void map_case_trip(const struct driver *driver, const char *url, const char *dialect,
	const char *sql, struct strbuf *out);

#endif
