/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Database URLs: scheme[+suffix]://[user[:password]@][host][:port][/path][?name=value&...]
 * (RFC 3986; libpq "Connection URIs", where several host:port may be given,
 * separated by commas: host and port then are such lists; SQLAlchemy's
 * "+driver" suffix is dropped). An IPv6 address stands in brackets, which are
 * not part of the host.
 *
 * For file databases: sqlite:///rel.db, sqlite:////abs.db, sqlite:// (in
 * memory, path NULL). Core does not know which schemes are files: where
 * neither the authority nor a parameter (host, hostaddr, port, service, socket,
 * unix_socket) says where a server is, the path counts as a file's: url_parse()
 * makes a relative one absolute by `folder` and keeps ":memory:" and paths that
 * begin with "file:" as they are. A server's driver that gets an absolute path
 * and no host takes what follows its last slash as the database's name.
 */
#ifndef CONFIG_URL_H
#define CONFIG_URL_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/strbuf.h"
#include <limbeck/driver.h>

/* Parses text into the arena. shown_at (may be NULL) is where the URL came
 * from, for errors ("limbeck.ini:3", "DATABASE_URL"); an error never contains
 * the password nor the text of a URL that could not be parsed. */
int url_parse(struct arena *arena, const char *text, const char *folder, const char *shown_at,
	struct limbeck_url *out, struct limbeck_error *err);

/* The URL as it may be shown: no password, and no value of a secret parameter. NULL:
 * no memory. */
char *url_shown(struct arena *arena, const struct limbeck_url *url);
/* Whether a parameter of that name holds a secret: it contains "pass", "pwd",
 * "secret" or "token", or ends in "key". */
bool url_param_is_secret(const char *name);
/* The text as it stands in a URL, with percent escapes. */
void url_encode(struct strbuf *out, const char *text);

#endif
