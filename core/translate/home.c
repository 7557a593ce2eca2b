/* SPDX-License-Identifier: BSD-2-Clause */
#include "translate/home.h"

#include <string.h>

#include <limbeck/homes.h>

#include "base/error.h"
#include "translate/home_int.h"

static const struct home_traits homes[] = { LIMBECK_HOMES };

const struct home_traits *home_traits(const char *dialect)
{
	for (size_t i = 0; i < sizeof homes / sizeof *homes; i++)
		if (strcmp(homes[i].dialect, dialect) == 0)
			return &homes[i];
	return NULL;
}

static int perform(struct performer *p, const struct ddl_statement *statement)
{
	switch (statement->kind) {
	case DDL_CREATE_TABLE: return home_create_table(p, statement->table);
	case DDL_CREATE_INDEX: return home_create_index(p, statement->index);
	case DDL_CREATE_VIEW: return home_create_view(p, statement->view);
	case DDL_CREATE_TYPE: return home_create_type(p, statement);
	case DDL_CREATE_DOMAIN: return home_create_domain(p, statement->create);
	case DDL_CREATE_SEQUENCE: return home_create_sequence(p, statement->create);
	case DDL_CREATE_SCHEMA: return home_create_schema(p, statement->create);
	case DDL_ALTER: return home_alter(p, statement->alter);
	case DDL_DROP: return home_drop(p, statement->drop);
	case DDL_TRUNCATE: return home_truncate(p, statement->drop);
	case DDL_RENAME: return home_rename_table(p, statement->rename);
	case DDL_COMMENT: return home_comment(p, statement->comment);
	case DDL_CREATE_EXTENSION:
	case DDL_ROUTINE:
	case DDL_RIGHTS:
	case DDL_SETTING:
	case DDL_TRANSACTION:
	case DDL_MAINTENANCE:
	case DDL_OTHER:
	case DDL_DATA: return home_other(p, statement);
	}
	return home_refuse(p, &statement->span, "%s has no counterpart", statement->construct);
}

int home_perform(struct home *home, struct arena *arena, const struct ddl_statement *statement,
	struct home_effect *effect, struct limbeck_error *err)
{
	struct performer p = { .home = home, .traits = home->traits, .catalog = home->catalog,
		.arena = arena, .effect = effect, .err = err };
	struct home_effect none = { 0 };

	*effect = none;
	if (perform(&p, statement))
		return -1;
	return catalog_failed(home->catalog) ? error_nomem(err) : 0;
}
