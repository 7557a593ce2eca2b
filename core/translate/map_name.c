/* SPDX-License-Identifier: BSD-2-Clause */
/* Names as the engine can have them. */
#include <string.h>

#include "base/checksum.h"
#include "sql/quote.h"
#include "sql/reserved.h"
#include "translate/map_int.h"

enum { SUM_LENGTH = 8 };

/* Not in the middle of a character. */
static size_t cut_at(const char *name, size_t length)
{
	while (length && ((unsigned char)name[length] & 0xc0) == 0x80)
		length--;
	return length;
}

static void sum_of(const char *text, char sum[CHECKSUM_LENGTH + 1])
{
	struct checksum checksum;

	checksum_init_exact(&checksum);
	checksum_add(&checksum, text, strlen(text));
	checksum_final(&checksum, sum);
}

const char *mapper_fit(struct mapper *m, const char *name)
{
	size_t most = m->translation->name_length, length = strlen(name);
	char sum[CHECKSUM_LENGTH + 1];

	if (most == 0 || length <= most)
		return arena_strdup(&m->arena, name);
	sum_of(name, sum);
	return arena_printf(&m->arena, "%.*s_%.*s", (int)cut_at(name, most - SUM_LENGTH - 1), name,
		SUM_LENGTH, sum);
}

/* Whether another table has a part of that kind and name, which was there earlier. */
static bool is_taken(const struct mapper *m, const struct limbeck_object *part,
	enum limbeck_kind kind, const char *name)
{
	const struct limbeck_object *other = NULL;

	while ((other = catalog_next(m->home, kind, NULL, NULL, other))) {
		if (other == part)
			return false;
		if (strcmp(limbeck_object_name(other), name) == 0
			&& strcmp(limbeck_object_table(other), limbeck_object_table(part)) != 0
			&& !limbeck_object_get(other, LIMBECK_ATTR_UNNAMED))
			return true;
	}
	return false;
}

static bool collides(const struct mapper *m, const struct limbeck_object *part, const char *name)
{
	switch (limbeck_object_kind(part)) {
	case LIMBECK_KIND_INDEX:
		return !mapper_says(m, LIMBECK_SAYS_LOCAL_INDEXES)
			&& (is_taken(m, part, LIMBECK_KIND_UNIQUE, name)
				|| is_taken(m, part, LIMBECK_KIND_INDEX, name));
	case LIMBECK_KIND_UNIQUE:
		return !mapper_says(m, LIMBECK_SAYS_LOCAL_INDEXES)
			&& is_taken(m, part, LIMBECK_KIND_UNIQUE, name);
	case LIMBECK_KIND_FOREIGN_KEY:
		return !mapper_says(m, LIMBECK_SAYS_LOCAL_KEYS)
			&& is_taken(m, part, LIMBECK_KIND_FOREIGN_KEY, name);
	case LIMBECK_KIND_CHECK:
		return !mapper_says(m, LIMBECK_SAYS_LOCAL_CHECKS)
			&& is_taken(m, part, LIMBECK_KIND_CHECK, name);
	default:
		return false;
	}
}

/* What a part without a name is called where it must have one: table_columns_key, or a sum
 * of what a check says. */
static const char *made_up(struct mapper *m, const struct limbeck_object *part)
{
	enum limbeck_kind kind = limbeck_object_kind(part);
	size_t count = limbeck_object_count(part, LIMBECK_ATTR_COLUMNS);
	char sum[CHECKSUM_LENGTH + 1];
	struct strbuf out = STRBUF_INIT;
	const char *name;

	strbuf_addstr(&out, limbeck_object_table(part));
	for (size_t i = 0; i < count && kind != LIMBECK_KIND_PRIMARY_KEY; i++)
		strbuf_addf(&out, "_%s", limbeck_object_item(part, LIMBECK_ATTR_COLUMNS, i));
	if (kind == LIMBECK_KIND_CHECK) {
		sum_of(limbeck_object_get(part, LIMBECK_ATTR_EXPRESSION), sum);
		strbuf_addf(&out, "_check_%.*s", SUM_LENGTH, sum);
	} else {
		strbuf_addstr(&out, kind == LIMBECK_KIND_PRIMARY_KEY ? "_pkey"
			: kind == LIMBECK_KIND_FOREIGN_KEY ? "_fkey"
			: kind == LIMBECK_KIND_UNIQUE ? "_key" : "_idx");
	}
	name = mapper_text(m, &out);
	return name ? mapper_fit(m, name) : NULL;
}

const char *mapper_part_name(struct mapper *m, const struct limbeck_object *part)
{
	const char *name = limbeck_object_name(part);

	if (limbeck_object_get(part, LIMBECK_ATTR_UNNAMED))
		return mapper_says(m, LIMBECK_SAYS_NAMELESS) ? "" : made_up(m, part);
	if (collides(m, part, name))
		name = arena_printf(&m->arena, "%s_%s", limbeck_object_table(part), name);
	return name ? mapper_fit(m, name) : NULL;
}

void mapper_quote(const struct mapper *m, struct strbuf *out, const char *name)
{
	if (!mapper_says(m, LIMBECK_SAYS_QUOTED_NAMES) && reserved_is_plain(name))
		strbuf_addstr(out, name);
	else
		quote_identifier(out, &m->mapping->traits->lexis, name);
}

void mapper_literal(const struct mapper *m, struct strbuf *out, const char *text)
{
	quote_literal(out, &m->mapping->traits->lexis, text);
}

const char *mapper_text(struct mapper *m, struct strbuf *out)
{
	const char *text = strbuf_failed(out) ? NULL
		: arena_strndup(&m->arena, out->buf, out->len);

	strbuf_release(out);
	if (!text)
		mapper_nomem(m);
	return text;
}
