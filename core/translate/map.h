/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Objects of the home catalog as an engine can have them.
 *
 * Types, defaults and expressions go through the phrases of the driver's translation;
 * what the engine has not (enum types, domains, identity columns, partial indexes,
 * comments...) is said by other means, or left out with a remark where no rows are
 * harmed by that, or is an error that names it.
 */
#ifndef TRANSLATE_MAP_H
#define TRANSLATE_MAP_H

#include "base/arena.h"
#include "base/vec.h"
#include "schema/catalog.h"
#include "translate/phrase.h"
#include <limbeck/translation.h>

struct mapping {
	const struct limbeck_translation *translation; /* driver_translation() */
	const struct limbeck_traits *traits;        /* of the engine */
	const struct limbeck_server *server;        /* NULL: not connected */
	struct phrasebook *outward;                 /* common -> engine */
	/* Told of each thing that is left out or made by other means; may be NULL. */
	void (*remark)(void *data, const struct limbeck_object *object, const char *text);
	void *data;
};

typedef VEC(struct object_name) object_names;

/* Adds to names, in the arena, the tables of `home` that change with one of them on this
 * engine: whose columns have a type that is spelled out there, or refer to a column from
 * which they take their type. To be called with the home catalog as it was before a change
 * and again as it is after it, so that both are mapped by the same names. */
int map_widen(const struct mapping *mapping, const struct limbeck_catalog *home,
	struct arena *arena, object_names *names, struct limbeck_error *err);

/* Appends to `to` (a catalog with the engine's rules) what the engine has for these
 * objects of `home`, with their parts; a name that home does not have is passed over.
 * Deterministic: equal objects give equal ones. An object that has no counterpart is an
 * error LIMBECK_E_UNSUPPORTED that names it, without a place. */
int map_objects(const struct mapping *mapping, const struct limbeck_catalog *home,
	const struct object_name *names, size_t count, struct limbeck_catalog *to,
	struct limbeck_error *err);

#endif
