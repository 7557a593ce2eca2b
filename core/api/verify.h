/* SPDX-License-Identifier: BSD-2-Clause */
/* Whether the revisions give what a database has. */
#ifndef API_VERIFY_H
#define API_VERIFY_H

#include "api/run.h"

/* Fails where the revisions that the stamp would leave as applied, run in scratch,
 * make another schema than the database has, and names the differences. */
int verify_stamp(const struct run_request *request, struct limbeck_error *err);

#endif
