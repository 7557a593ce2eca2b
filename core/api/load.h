/* SPDX-License-Identifier: BSD-2-Clause */
#ifndef API_LOAD_H
#define API_LOAD_H

#include "api/ddl.h"
#include "driver/connection.h"

/* Runs all statements on a scratch connection. Their order matters little: one that
 * fails is tried again after the others, for as long as that helps; then the first of
 * those that still fail is the error. */
int load_ddl(struct connection *connection, const struct ddl *ddl, struct limbeck_error *err);

#endif
