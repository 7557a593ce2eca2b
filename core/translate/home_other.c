/* SPDX-License-Identifier: BSD-2-Clause */
/* Statements that change nothing of the schema, or what has no counterpart at all. */
#include <string.h>

#include "base/error.h"
#include "translate/home_int.h"

static int refuse(struct performer *p, const struct ddl_statement *statement)
{
	return home_refuse(p, &statement->span, "%s has no counterpart", statement->construct);
}

int home_create_schema(struct performer *p, const struct ddl_create *create)
{
	const char *usual = catalog_rules(p->catalog)->default_schema, *name;
	struct limbeck_object *schema;

	if (create->object == DDL_DATABASE)
		return home_refuse(p, &create->name->span, "CREATE DATABASE has no counterpart");
	if (create->body.length)
		return home_refuse(p, &create->body,
			"objects inside CREATE SCHEMA have no counterpart");
	if (!create->name) {
		const struct ddl_option *owner = option_of(create->options, OPTION_OWNER);

		name = owner ? home_ident(p, owner->name->last) : "";
	} else {
		name = home_ident(p, create->name->last);
	}
	if (!name)
		return -1;
	if ((usual && home_same(p, name, usual)) || (p->traits->default_schema
		&& home_same(p, name, p->traits->default_schema)))
		return 0;
	if (home_find(p, LIMBECK_KIND_SCHEMA, NULL, NULL, name))
		return create->if_not_exists ? 0 : home_complain(p, HOME_OBJECT_EXISTS,
			&create->name->span, "schema", name, NULL);
	schema = home_add(p, LIMBECK_KIND_SCHEMA, NULL, NULL, name);
	return schema ? home_touch_object(p, schema) : -1;
}

/* Of DDL_OTHER: what serves speed or copies alone. */
static int perform_other(struct performer *p, const struct ddl_statement *statement)
{
	static const char *const production[] = { "STATISTICS", "PUBLICATION", "SUBSCRIPTION",
		"TABLESPACE", "LOGFILE GROUP", "INSTANCE", "LANGUAGE" };
	const char *words = strchr(statement->construct, ' ');

	for (size_t i = 0; words && i < sizeof production / sizeof *production; i++)
		if (strstr(words, production[i]))
			return home_leave(p, "It matters in production alone.");
	if (strcmp(statement->construct, "COMMENT ON") == 0)
		return home_leave(p, "A comment on such an object matters at home alone.");
	return refuse(p, statement);
}

static int perform_transaction(struct performer *p, const struct ddl_statement *statement)
{
	if (strcmp(statement->construct, "LOCK") == 0
		|| strcmp(statement->construct, "UNLOCK") == 0)
		return home_leave(p, "Locks of tables matter at home alone.");
	return home_leave(p, "The transaction is that of the revision.");
}

int home_other(struct performer *p, const struct ddl_statement *statement)
{
	switch (statement->kind) {
	case DDL_CREATE_EXTENSION: return home_leave(p, "Extensions matter at home alone.");
	case DDL_RIGHTS: return home_leave(p, "Rights matter at home alone.");
	case DDL_MAINTENANCE:
		return home_leave(p, "Statistics and storage are the home engine's own.");
	case DDL_TRANSACTION: return perform_transaction(p, statement);
	case DDL_SETTING: return home_setting(p, statement);
	case DDL_OTHER: return perform_other(p, statement);
	default: return refuse(p, statement);
	}
}
