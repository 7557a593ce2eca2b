/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What DDL became when a server had read it, kept from one run to the next.
 *
 * To load thousands of tables takes a server many times as long as to tell what it
 * has, and mostly nothing has changed since the last time. A file in the user's cache
 * folder holds a catalog; its name is a checksum of all that the catalog depends on:
 * the statements, the server's fingerprint (traits), limbeck and the driver. What does
 * not fit is never found, and what is damaged is passed over; no failure here is one of
 * the command.
 */
#ifndef API_CACHE_H
#define API_CACHE_H

#include "api/ddl.h"
#include "api/session.h"
#include "schema/catalog.h"

/* Less is not worth it. */
enum { CACHE_STATEMENTS = 100 };

/* *path: the file of what these statements become on this server, NULL where nothing is
 * kept. Fails only with the connection, or when it is cancelled. */
int cache_path(struct limbeck *lb, struct connection *server, const struct ddl *ddl,
	struct arena *arena, const char **path, struct limbeck_error *err);
/* What is kept there, as connection_introspect() gives it; NULL: nothing. */
struct limbeck_catalog *cache_find(struct limbeck *lb, struct connection *server,
	const char *path);
/* Keeps it there, and drops what was not used for the longest time where there would be
 * too much. */
void cache_keep(struct limbeck *lb, const char *path, const struct limbeck_catalog *catalog);

/* Drops what is too much in a folder. */
void cache_trim(const char *folder);

#endif
