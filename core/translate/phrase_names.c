/* SPDX-License-Identifier: BSD-2-Clause */
/* Names, as the home dialect means them. */
#include "translate/phrase_int.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "sql/quote.h"
#include "sql/reserved.h"

const char *name_meant(struct rewriting *r, const struct ddl_ident *ident)
{
	char *copy = arena_strdup(&r->arena, ident->name);

	for (char *c = copy; c && !ident->quoted && r->book->home->folds && *c; c++)
		*c = (char)tolower((unsigned char)*c);
	return copy;
}

static void print_name(struct printer *out, const char *name)
{
	if (reserved_is_plain(name)) {
		printer_word(out, name);
		return;
	}
	printer_text(out, "", 0);
	quote_identifier(out->out, out->target->lexis, name);
}

bool phrase_ident(struct printer *out, const struct ddl_ident *ident, enum name_role role)
{
	const char *name = name_meant(rewriting_of(out), ident);

	if (!name)
		phrase_nomem(out);
	else if (role == NAME_FUNCTION && !ident->quoted)
		printer_word(out, ident->name);
	else
		print_name(out, name);
	return true;
}

/* Whether a name may stand before any other without a change of its meaning. */
static bool is_default(struct rewriting *r, const struct ddl_ident *schema)
{
	const struct limbeck_catalog *home = r->scope->home;
	const char *name = home ? catalog_rules(home)->default_schema : NULL;

	return name && strcasecmp(schema->name, name) == 0;
}

bool phrase_name(struct printer *out, const struct ddl_name *name, enum name_role role)
{
	struct rewriting *r = rewriting_of(out);
	const struct ddl_ident *part = name->first;

	if (r->book->way == PHRASE_INWARD || r->book->common)
		return false;
	if (((role == NAME_TABLE || role == NAME_FUNCTION) && name->count == 2)
		|| (role == NAME_COLUMN && name->count == 3)) {
		if (!is_default(r, part) && !rewriting_says(r, LIMBECK_SAYS_SCHEMA)) {
			target_refuse(out, &name->span, "the schema \"%s\" has no counterpart",
				part->name);
			return true;
		}
		if (is_default(r, part))
			part = part->next;
	}
	for (; part; part = part->next) {
		target_ident(out, part, role);
		if (part->next)
			printer_dot(out);
	}
	return true;
}
