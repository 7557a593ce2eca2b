/* SPDX-License-Identifier: BSD-2-Clause */
#include "schema/catalog_int.h"

enum { LIST = 1, SILENT = 2 };

static const char *const kind_names[LIMBECK_KIND_COUNT] = {
	[LIMBECK_KIND_SCHEMA] = "schema",
	[LIMBECK_KIND_EXTENSION] = "extension",
	[LIMBECK_KIND_ENUM] = "enum",
	[LIMBECK_KIND_DOMAIN] = "domain",
	[LIMBECK_KIND_TYPE] = "type",
	[LIMBECK_KIND_SEQUENCE] = "sequence",
	[LIMBECK_KIND_FUNCTION] = "function",
	[LIMBECK_KIND_TABLE] = "table",
	[LIMBECK_KIND_COLUMN] = "column",
	[LIMBECK_KIND_PRIMARY_KEY] = "primary key",
	[LIMBECK_KIND_UNIQUE] = "unique",
	[LIMBECK_KIND_CHECK] = "check",
	[LIMBECK_KIND_EXCLUSION] = "exclusion",
	[LIMBECK_KIND_FOREIGN_KEY] = "foreign key",
	[LIMBECK_KIND_INDEX] = "index",
	[LIMBECK_KIND_VIEW] = "view",
	[LIMBECK_KIND_MATERIALIZED_VIEW] = "materialized view",
	[LIMBECK_KIND_TRIGGER] = "trigger",
	[LIMBECK_KIND_OTHER] = "other",
};

static const struct {
	const char *name;
	enum attribute_class class;
	unsigned flags;
} attributes[LIMBECK_ATTR_COUNT] = {
	[LIMBECK_ATTR_COMMENT] = { "comment", CLASS_EXACT, 0 },
	[LIMBECK_ATTR_UNNAMED] = { "unnamed", CLASS_EXACT, 0 },
	[LIMBECK_ATTR_DEFINITION] = { "definition", CLASS_SQL, 0 },
	[LIMBECK_ATTR_WORD] = { "word", CLASS_SQL, 0 },
	[LIMBECK_ATTR_OPTIONS] = { "options", CLASS_SQL, 0 },
	[LIMBECK_ATTR_TYPE] = { "type", CLASS_SQL, 0 },
	[LIMBECK_ATTR_MEANING] = { "meaning", CLASS_EXACT, SILENT },
	[LIMBECK_ATTR_NOT_NULL] = { "not null", CLASS_EXACT, 0 },
	[LIMBECK_ATTR_DEFAULT] = { "default", CLASS_SQL, 0 },
	[LIMBECK_ATTR_GENERATED] = { "generated", CLASS_SQL, 0 },
	[LIMBECK_ATTR_GENERATED_KIND] = { "generated kind", CLASS_EXACT, 0 },
	[LIMBECK_ATTR_IDENTITY] = { "identity", CLASS_EXACT, 0 },
	[LIMBECK_ATTR_COLLATION] = { "collation", CLASS_NAME, 0 },
	[LIMBECK_ATTR_CHARSET] = { "character set", CLASS_NAME, 0 },
	[LIMBECK_ATTR_ON_UPDATE] = { "on update", CLASS_SQL, 0 },
	[LIMBECK_ATTR_STORAGE] = { "storage", CLASS_SQL, 0 },
	[LIMBECK_ATTR_START] = { "start", CLASS_EXACT, 0 },
	[LIMBECK_ATTR_INCREMENT] = { "increment", CLASS_EXACT, 0 },
	[LIMBECK_ATTR_MINIMUM] = { "minimum", CLASS_EXACT, 0 },
	[LIMBECK_ATTR_MAXIMUM] = { "maximum", CLASS_EXACT, 0 },
	[LIMBECK_ATTR_CACHE] = { "cache", CLASS_EXACT, 0 },
	[LIMBECK_ATTR_CYCLE] = { "cycle", CLASS_EXACT, 0 },
	[LIMBECK_ATTR_OWNED_BY] = { "owned by", CLASS_NAME, LIST },
	[LIMBECK_ATTR_COLUMNS] = { "columns", CLASS_NAME, LIST },
	[LIMBECK_ATTR_PARTS] = { "parts", CLASS_SQL, LIST },
	[LIMBECK_ATTR_INCLUDE] = { "include", CLASS_NAME, LIST },
	[LIMBECK_ATTR_EXPRESSION] = { "expression", CLASS_SQL, 0 },
	[LIMBECK_ATTR_PREDICATE] = { "predicate", CLASS_SQL, 0 },
	[LIMBECK_ATTR_METHOD] = { "method", CLASS_NAME, 0 },
	[LIMBECK_ATTR_UNIQUE] = { "unique", CLASS_EXACT, 0 },
	[LIMBECK_ATTR_NULLS_NOT_DISTINCT] = { "nulls not distinct", CLASS_EXACT, 0 },
	[LIMBECK_ATTR_DEFERRABLE] = { "deferrable", CLASS_EXACT, 0 },
	[LIMBECK_ATTR_NOT_ENFORCED] = { "not enforced", CLASS_EXACT, 0 },
	[LIMBECK_ATTR_NO_INHERIT] = { "no inherit", CLASS_EXACT, 0 },
	[LIMBECK_ATTR_CONFLICT] = { "on conflict", CLASS_SQL, 0 },
	[LIMBECK_ATTR_REF_SCHEMA] = { "referenced schema", CLASS_NAME, 0 },
	[LIMBECK_ATTR_REF_TABLE] = { "referenced table", CLASS_NAME, 0 },
	[LIMBECK_ATTR_REF_COLUMNS] = { "referenced columns", CLASS_NAME, LIST },
	[LIMBECK_ATTR_MATCH] = { "match", CLASS_SQL, 0 },
	[LIMBECK_ATTR_ON_DELETE] = { "on delete", CLASS_SQL, 0 },
	[LIMBECK_ATTR_ON_DELETE_COLUMNS] = { "on delete columns", CLASS_NAME, LIST },
	[LIMBECK_ATTR_VALUES] = { "values", CLASS_EXACT, LIST },
	[LIMBECK_ATTR_STRICT] = { "strict", CLASS_EXACT, 0 },
	[LIMBECK_ATTR_WITHOUT_ROWID] = { "without rowid", CLASS_EXACT, 0 },
	[LIMBECK_ATTR_UNLOGGED] = { "unlogged", CLASS_EXACT, 0 },
	[LIMBECK_ATTR_PARTITION_BY] = { "partition by", CLASS_SQL, 0 },
	[LIMBECK_ATTR_PARTITION_OF] = { "partition of", CLASS_NAME, LIST },
	[LIMBECK_ATTR_PARTITION_BOUND] = { "partition bound", CLASS_SQL, 0 },
	[LIMBECK_ATTR_INHERITS] = { "inherits", CLASS_NAME, LIST },
	[LIMBECK_ATTR_ROW_SECURITY] = { "row security", CLASS_EXACT, 0 },
	[LIMBECK_ATTR_VERSION] = { "version", CLASS_EXACT, SILENT },
	[LIMBECK_ATTR_INTO_SCHEMA] = { "into schema", CLASS_NAME, 0 },
	[LIMBECK_ATTR_ENABLED] = { "enabled", CLASS_EXACT, 0 },
	[LIMBECK_ATTR_RESULT] = { "result", CLASS_SQL, 0 },
	[LIMBECK_ATTR_NO_DATA] = { "no data", CLASS_EXACT, SILENT },
	[LIMBECK_ATTR_BACKING_INDEX] = { "backing index", CLASS_NAME, SILENT },
	[LIMBECK_ATTR_IMPLIED_NOT_NULL] = { "implied not null", CLASS_EXACT, SILENT },
	[LIMBECK_ATTR_COLUMN_COMMENTS] = { "column comments", CLASS_EXACT, LIST },
	[LIMBECK_ATTR_TEMPORARY] = { "temporary", CLASS_EXACT, 0 },
	[LIMBECK_ATTR_SEQUENCE] = { "sequence", CLASS_NAME, SILENT },
	[LIMBECK_ATTR_COLUMN_TYPES] = { "column types", CLASS_EXACT, LIST | SILENT },
};

const char *limbeck_kind_name(enum limbeck_kind kind)
{
	return kind_is_valid(kind) ? kind_names[kind] : NULL;
}

const char *limbeck_attribute_name(enum limbeck_attribute attribute)
{
	return attribute_is_valid(attribute) ? attributes[attribute].name : NULL;
}

int limbeck_attribute_is_list(enum limbeck_attribute attribute)
{
	return attribute_is_valid(attribute) && (attributes[attribute].flags & LIST) != 0;
}

bool attribute_is_silent(enum limbeck_attribute attribute)
{
	return attribute_is_valid(attribute) && (attributes[attribute].flags & SILENT) != 0;
}

enum attribute_class attribute_class(enum limbeck_attribute attribute)
{
	return attribute_is_valid(attribute) ? attributes[attribute].class : CLASS_EXACT;
}

bool kind_has_parts(enum limbeck_kind kind)
{
	return kind_is_relation(kind) || kind == LIMBECK_KIND_DOMAIN;
}
