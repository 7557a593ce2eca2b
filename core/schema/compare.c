/* SPDX-License-Identifier: BSD-2-Clause */
/* When attributes are the same. */
#include <string.h>

#include "schema/catalog_int.h"

static bool same_sql(const struct limbeck_lexis *lexis, const char *a, const char *b)
{
	struct strbuf x = STRBUF_INIT, y = STRBUF_INIT;
	bool same;

	text_normal(&x, lexis, a);
	text_normal(&y, lexis, b);
	same = !strbuf_failed(&x) && !strbuf_failed(&y) && strcmp(x.buf, y.buf) == 0;
	strbuf_release(&x);
	strbuf_release(&y);
	return same;
}

static bool same_text(const struct schema_rules *rules, enum attribute_class class, const char *a,
	const char *b)
{
	if (a == b || strcmp(a, b) == 0)
		return true;
	if (!rules->texts_as_written || class == CLASS_EXACT)
		return false;
	if (class == CLASS_NAME)
		return text_same_folded(a, b);
	return same_sql(rules->lexis, a, b);
}

static bool same_attribute(const struct schema_rules *rules, const struct attribute *a,
	const struct attribute *b)
{
	enum limbeck_attribute attribute = (enum limbeck_attribute)a->id;
	enum attribute_class class = attribute_class(attribute);

	if (!limbeck_attribute_is_list(attribute))
		return same_text(rules, class, a->value.text, b->value.text);
	if (a->count != b->count)
		return false;
	for (unsigned i = 0; i < a->count; i++)
		if (!same_text(rules, class, a->value.items[i], b->value.items[i]))
			return false;
	return true;
}

bool object_same(const struct limbeck_object *a, const struct limbeck_object *b,
	enum limbeck_attribute attribute)
{
	const struct attribute *x = object_attribute(a, attribute);
	const struct attribute *y = object_attribute(b, attribute);

	if (!x || !y)
		return !x && !y;
	return same_attribute(&a->catalog->rules, x, y);
}

enum limbeck_attribute object_differs(const struct limbeck_object *a,
	const struct limbeck_object *b, enum limbeck_attribute after)
{
	unsigned i = 0, k = 0;

	while (i < a->attribute_count || k < b->attribute_count) {
		const struct attribute *x = i < a->attribute_count ? &a->attributes[i] : NULL;
		const struct attribute *y = k < b->attribute_count ? &b->attributes[k] : NULL;
		enum limbeck_attribute id =
			(enum limbeck_attribute)(!y || (x && x->id < y->id) ? x->id : y->id);

		x = x && x->id == (unsigned)id ? x : NULL;
		y = y && y->id == (unsigned)id ? y : NULL;
		i += x != NULL;
		k += y != NULL;
		if (id <= after || attribute_is_silent(id))
			continue;
		if (!x || !y || !same_attribute(&a->catalog->rules, x, y))
			return id;
	}
	return LIMBECK_ATTR_NONE;
}
