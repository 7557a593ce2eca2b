/* SPDX-License-Identifier: BSD-2-Clause */
/* GRANT and REVOKE: the rights of each role in an object are a part of it. */
#include "script/touch_int.h"

#include "base/mem.h"

static const char *const not_known = "whose rights it changes is not in the file";

struct rights {
	struct toucher *t;
	VEC(struct chain) objects;
	unsigned flags;
};

static bool at_roles(const struct toucher *t)
{
	return touch_at(t, "TO") || touch_at(t, "FROM");
}

/* The names behind ON. */
static void read_objects(struct rights *rights)
{
	static const char *const kinds[] = { "TABLE", "SEQUENCE", "FUNCTION", "PROCEDURE",
		"ROUTINE", "TYPE", "DOMAIN", NULL };
	static const char *const schemas[] = { "SCHEMA", "DATABASE", NULL };
	static const char *const others[] = { "ALL", "FOREIGN", "LARGE", "LANGUAGE", "TABLESPACE",
		"PARAMETER", NULL };
	struct toucher *t = rights->t;
	struct chain name;

	if (touch_at_any(t, others)) {
		touch_unknown(t, not_known);
		return;
	}
	if (touch_at_any(t, schemas))
		rights->flags |= TOUCH_SCHEMA;
	touch_pass_all(t, rights->flags & TOUCH_SCHEMA ? schemas : kinds);
	while (!touch_ended(t) && !at_roles(t)) {
		if (!touch_chain(t, &name)) {
			if (t->token.kind != TOKEN_COMMA)
				touch_unknown(t, not_known);
			touch_next(t);
			continue;
		}
		touch_pass_group(t);
		if (name.star)
			touch_unknown(t, not_known);
		else if (!vec_push_arena(&rights->objects, name, t->arena))
			t->failed = true;
	}
}

static void read_roles(struct rights *rights)
{
	static const char *const ends[] = { "WITH", "GRANTED", "CASCADE", "RESTRICT", "REQUIRE",
		NULL };
	struct toucher *t = rights->t;
	struct chain role;

	while (!touch_ended(t) && !touch_at_any(t, ends)) {
		const struct token token = t->token;

		touch_pass(t, "GROUP");
		if (token.kind == TOKEN_STRING && touch_string_chain(t, &token, &role))
			touch_next(t);
		else if (!touch_chain(t, &role)) {
			touch_next(t);
			continue;
		}
		for (size_t i = 0; i < rights->objects.count; i++)
			touch_add_column(t, &rights->objects.items[i],
				touch_format(t, "(rights of %)", role.parts[0]), rights->flags);
	}
}

static void read_rights(struct toucher *t, unsigned flags)
{
	struct rights rights = { .t = t, .objects = VEC_INIT, .flags = flags };

	while (!touch_ended(t) && !touch_at(t, "ON") && !at_roles(t))
		touch_word(t, false);
	if (!touch_pass(t, "ON"))
		touch_unknown(t, not_known);
	read_objects(&rights);
	while (!touch_ended(t) && !at_roles(t))
		touch_next(t);
	touch_next(t);
	read_roles(&rights);
}

void touch_grant(struct toucher *t)
{
	/* Whichever is given first, both are there. */
	read_rights(t, TOUCH_WRITE | TOUCH_SHARED);
}

void touch_revoke(struct toucher *t)
{
	read_rights(t, TOUCH_WRITE);
}
