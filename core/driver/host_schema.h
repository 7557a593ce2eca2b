/* SPDX-License-Identifier: BSD-2-Clause */
/* The host's services for tokens and catalogs, as <limbeck/host.h> has them. */
#ifndef DRIVER_HOST_SCHEMA_H
#define DRIVER_HOST_SCHEMA_H

#include <limbeck/host.h>

void host_token(const struct limbeck_lexis *lexis, const char *text, size_t length,
	size_t *position, struct limbeck_token *token);

struct limbeck_object *host_object_add(struct limbeck_catalog *catalog, enum limbeck_kind kind,
	const char *schema, const char *table, const char *name, const char *signature);
void host_object_depends(struct limbeck_object *object, enum limbeck_kind kind,
	const char *schema, const char *table, const char *name, const char *signature);

int host_object_same(const struct limbeck_object *a, const struct limbeck_object *b,
	enum limbeck_attribute attribute);
const struct limbeck_object *host_object_find(const struct limbeck_catalog *catalog,
	enum limbeck_kind kind, const char *schema, const char *table, const char *name,
	const char *signature);
const struct limbeck_object *host_object_next(const struct limbeck_catalog *catalog,
	enum limbeck_kind kind, const char *schema, const char *table,
	const struct limbeck_object *previous);
const struct limbeck_catalog *host_object_catalog(const struct limbeck_object *object);

#endif
