/* SPDX-License-Identifier: BSD-2-Clause */
/* Columns that are computed for the sake of a unique index. */
#include <string.h>

#include "translate/map_int.h"

/* A text has the length that a key may have. */
static int put_type(struct mapper *m, const char *meaning, struct strbuf *out)
{
	if (strcmp(meaning, "other") == 0 || strcmp(meaning, "enum") == 0
		|| strcmp(meaning, "text") == 0 || strcmp(meaning, "char") == 0) {
		strbuf_addstr(out, m->translation->key_text ? m->translation->key_text : "text");
		return 0;
	}
	if (strcmp(meaning, "double") == 0)
		meaning = "double precision";
	return phrase_type_text(m->mapping->outward, meaning, out, m->err);
}

const char *map_helper(struct mapper *m, const struct limbeck_object *index, unsigned number,
	const char *text, const char *meaning)
{
	const char *stem = limbeck_object_name(index);
	const char *name = arena_printf(&m->arena, "%s_%u", stem, number);
	struct strbuf type = STRBUF_INIT, out = STRBUF_INIT;
	struct limbeck_object *column;

	name = name ? mapper_fit(m, name) : NULL;
	column = name ? mapper_add(m, LIMBECK_KIND_COLUMN, true, name) : NULL;
	if (!column || put_type(m, meaning, &type) || mapper_expr(m, index, text, &out)) {
		strbuf_release(&type);
		strbuf_release(&out);
		return NULL;
	}
	object_set(column, LIMBECK_ATTR_TYPE, mapper_text(m, &type));
	object_set(column, LIMBECK_ATTR_MEANING, meaning);
	object_set(column, LIMBECK_ATTR_GENERATED, mapper_text(m, &out));
	object_set(column, LIMBECK_ATTR_GENERATED_KIND, "virtual");
	if (mapper_says(m, LIMBECK_SAYS_INVISIBLE))
		object_set(column, LIMBECK_ATTR_STORAGE, "INVISIBLE");
	mapper_remark(m, index, "the engine keeps it by a computed column, %s", name);
	return name;
}
