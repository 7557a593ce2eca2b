/* SPDX-License-Identifier: BSD-2-Clause */
#include "driver/render_group.h"

#include <string.h>

#include "base/error.h"

/* What a change is about: the whole of which its object is a part, or that object. */
struct subject {
	enum limbeck_kind kind;  /* TABLE for all that can have parts */
	const char *schema;
	const char *name;
	const char *signature;
};

static bool can_have_parts(enum limbeck_kind kind)
{
	return kind == LIMBECK_KIND_TABLE || kind == LIMBECK_KIND_VIEW ||
		kind == LIMBECK_KIND_MATERIALIZED_VIEW || kind == LIMBECK_KIND_DOMAIN;
}

static struct subject subject_of(const struct limbeck_object *object)
{
	enum limbeck_kind kind = limbeck_object_kind(object);
	bool part = object_is_part(object);

	return (struct subject){
		.kind = part || can_have_parts(kind) ? LIMBECK_KIND_TABLE : kind,
		.schema = limbeck_object_schema(object),
		.name = part ? limbeck_object_table(object) : limbeck_object_name(object),
		.signature = part ? NULL : limbeck_object_signature(object),
	};
}

static bool same_text(const char *a, const char *b)
{
	return strcmp(a ? a : "", b ? b : "") == 0;
}

static bool same_subject(const struct subject *a, const struct subject *b)
{
	return a->kind == b->kind && same_text(a->schema, b->schema) &&
		same_text(a->name, b->name) && same_text(a->signature, b->signature);
}

/* The object as it is before the change, where it is there. */
static const struct limbeck_object *object_of(const struct limbeck_change *change)
{
	return change->before ? change->before : change->after;
}

static bool is_whole(const struct limbeck_change *change)
{
	return can_have_parts(limbeck_object_kind(object_of(change)));
}

static bool begins(const struct limbeck_change *change)
{
	return is_whole(change) &&
		(change->verb == LIMBECK_CREATE || change->verb == LIMBECK_RENAME);
}

static bool ends(const struct limbeck_change *change)
{
	return is_whole(change) &&
		(change->verb == LIMBECK_DROP || change->verb == LIMBECK_RENAME);
}

size_t group_length(const struct limbeck_change *changes, size_t count)
{
	struct subject first = subject_of(object_of(&changes[0]));
	size_t length = 1;

	while (length < count && !ends(&changes[length - 1]) && !begins(&changes[length])) {
		struct subject next = subject_of(object_of(&changes[length]));

		if (!same_subject(&first, &next))
			break;
		length++;
	}
	return length;
}

static struct limbeck_object *find(const struct limbeck_catalog *catalog,
	const struct subject *subject)
{
	const struct object_name domain = { .kind = LIMBECK_KIND_DOMAIN,
		.schema = subject->schema, .name = subject->name };
	struct limbeck_object *relation = catalog_relation(catalog, subject->schema,
		subject->name);

	return relation ? relation : catalog_find(catalog, &domain);
}

int group_before(const struct limbeck_catalog *catalog, const struct limbeck_change *change,
	struct limbeck_catalog **before, struct limbeck_error *err)
{
	struct subject subject = subject_of(object_of(change));
	struct limbeck_object *object;

	if (subject.kind != LIMBECK_KIND_TABLE)
		return 0;
	*before = catalog_new(catalog_rules(catalog));
	if (!*before)
		return error_nomem(err);
	object = find(catalog, &subject);
	if (object && !catalog_copy(*before, object, true, NULL))
		return error_nomem(err);
	return 0;
}
