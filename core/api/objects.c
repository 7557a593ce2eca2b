/* SPDX-License-Identifier: BSD-2-Clause */
/* A schema's objects. */
#include <string.h>

#include "api/side.h"
#include "base/error.h"
#include "base/suggest.h"

struct listing {
	const struct limbeck_catalog *catalog;
	int (*fn)(void *data, const struct limbeck_object *object);
	void *data;
	bool stop;
};

static void give(struct listing *listing, const struct limbeck_object *object)
{
	const struct limbeck_object *part = NULL;
	const char *schema = limbeck_object_schema(object), *name = limbeck_object_name(object);

	listing->stop = listing->stop || listing->fn(listing->data, object) != 0;
	switch (limbeck_object_kind(object)) {
	case LIMBECK_KIND_TABLE:
	case LIMBECK_KIND_VIEW:
	case LIMBECK_KIND_MATERIALIZED_VIEW:
	case LIMBECK_KIND_DOMAIN:
		break;
	default:
		return;
	}
	while (!listing->stop && (part = catalog_next(listing->catalog, LIMBECK_KIND_NONE, schema,
			name, part)))
		listing->stop = listing->fn(listing->data, part) != 0;
}

static void give_all(struct listing *listing)
{
	const struct limbeck_object *object = NULL;

	while (!listing->stop && (object = catalog_next(listing->catalog, LIMBECK_KIND_NONE, NULL,
			NULL, object)))
		if (!limbeck_object_table(object))
			give(listing, object);
}

/* "users", "billing.invoices", or for a part "users.users_email_key". */
static bool is_named(const struct limbeck_object *object, const char *name, struct strbuf *full)
{
	const char *table = limbeck_object_table(object), *schema = limbeck_object_schema(object);
	const char *own = limbeck_object_name(object);

	if (!strcmp(own, name))
		return true;
	strbuf_reset(full);
	strbuf_addf(full, "%s.%s", table ? table : schema ? schema : "", own);
	return !strcmp(full->buf, name);
}

/* All that has the name: the objects, or where there are none, the parts. */
static size_t give_named(struct listing *listing, const char *name, struct strbuf *full)
{
	size_t found = 0;

	for (int parts = 0; parts < 2 && !found; parts++) {
		const struct limbeck_object *object = NULL;

		while (!listing->stop && (object = catalog_next(listing->catalog, LIMBECK_KIND_NONE,
				NULL, NULL, object))) {
			if ((limbeck_object_table(object) != NULL) != parts
				|| !is_named(object, name, full))
				continue;
			found++;
			give(listing, object);
		}
	}
	return found;
}

static int not_there(const struct side *side, const char *name, struct limbeck_error *err)
{
	VEC(const char *) names = VEC_INIT;
	const struct limbeck_object *object = NULL;
	const char *nearest;

	error_set(err, LIMBECK_E_UNKNOWN, "there is no \"%s\" in %s", name, side->shown);
	while ((object = catalog_next(side->catalog, LIMBECK_KIND_NONE, NULL, NULL, object)))
		if (!limbeck_object_table(object) && !vec_push(&names, limbeck_object_name(object)))
			break;
	nearest = suggest_nearest(name, names.items, names.count);
	if (nearest)
		error_hint(err, "Did you mean \"%s\"?", nearest);
	vec_release(&names);
	return -1;
}

int limbeck_schema_objects(struct limbeck *lb, const char *what, const char *const *names,
	size_t name_count, int (*fn)(void *data, const struct limbeck_object *object), void *data,
	struct limbeck_error *err)
{
	struct strbuf full = STRBUF_INIT;
	struct side side;
	int result = side_open(lb, what ? what : "database", 0, &side, err);
	struct listing listing = { .catalog = side.catalog, .fn = fn, .data = data };

	if (result == 0 && name_count == 0)
		give_all(&listing);
	for (size_t i = 0; result == 0 && !listing.stop && i < name_count; i++)
		if (!give_named(&listing, names[i], &full) && !listing.stop)
			result = not_there(&side, names[i], err);
	if (result == 0 && strbuf_failed(&full))
		result = error_nomem(err);
	strbuf_release(&full);
	side_close(&side);
	return result;
}
