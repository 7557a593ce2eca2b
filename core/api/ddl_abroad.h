/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef API_DDL_ABROAD_H
#define API_DDL_ABROAD_H

#include "api/ddl.h"
#include "driver/connection.h"

/* Puts what makes the same schema on the connection's engine in place of the statements,
 * which are in a dialect of <limbeck/dialect.h>. */
int ddl_translate(struct ddl *ddl, const char *dialect, struct connection *connection,
	const char *const *engines, size_t engine_count, bool skip, struct limbeck_error *err);

#endif
