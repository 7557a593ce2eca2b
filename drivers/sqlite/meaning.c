/* SPDX-License-Identifier: BSD-2-Clause */
/* What a declared type means: SQLite takes any words for one. The usual names
 * first, then its own rules ("Datatypes In SQLite", 3.1). */
#include "schema.h"

#include <string.h>

/* A type without its size, and with it. */
static const struct {
	const char *name;
	const char *meaning;
	bool sized;
} usual[] = {
	{ "BOOLEAN", "boolean", false }, { "BOOL", "boolean", false },
	{ "TINYINT", "smallint", false }, { "SMALLINT", "smallint", false },
	{ "INT2", "smallint", false }, { "BIGINT", "bigint", false },
	{ "INT8", "bigint", false }, { "UNSIGNED BIG INT", "bigint", false },
	{ "INTERVAL", "interval", false },
	{ "NUMERIC", "numeric", true }, { "DECIMAL", "numeric", true }, { "DEC", "numeric", true },
	{ "NUMBER", "numeric", true }, { "MONEY", "numeric", false },
	{ "REAL", "real", false }, { "FLOAT4", "real", false },
	{ "CHAR", "char", true }, { "CHARACTER", "char", true }, { "NCHAR", "char", true },
	{ "NATIVE CHARACTER", "char", true }, { "BPCHAR", "char", true },
	{ "VARCHAR", "text", true }, { "NVARCHAR", "text", true }, { "VARCHAR2", "text", true },
	{ "VARYING CHARACTER", "text", true }, { "CHARACTER VARYING", "text", true },
	{ "STRING", "text", true },
	{ "BYTEA", "blob", false }, { "BINARY", "blob", false }, { "VARBINARY", "blob", false },
	{ "DATE", "date", false }, { "TIME", "time", false }, { "TIMETZ", "timetz", false },
	{ "TIME WITH TIME ZONE", "timetz", false },
	{ "TIME WITHOUT TIME ZONE", "time", false },
	{ "DATETIME", "timestamp", false }, { "TIMESTAMP", "timestamp", false },
	{ "TIMESTAMP WITHOUT TIME ZONE", "timestamp", false },
	{ "TIMESTAMPTZ", "timestamptz", false },
	{ "TIMESTAMP WITH TIME ZONE", "timestamptz", false },
	{ "UUID", "uuid", false }, { "GUID", "uuid", false },
	{ "UNIQUEIDENTIFIER", "uuid", false },
	{ "JSON", "json", false }, { "JSONB", "json", false },
	{ "INET", "inet", false }, { "CIDR", "inet", false },
};

/* What a name holds decides; the first that fits counts. */
static const struct {
	const char *part;
	const char *meaning;
} rules[] = {
	{ "INT", "integer" }, { "CHAR", "text" }, { "CLOB", "text" }, { "TEXT", "text" },
	{ "BLOB", "blob" }, { "REAL", "double" }, { "FLOA", "double" }, { "DOUB", "double" },
};

static bool holds(const char *text, size_t length, const char *part)
{
	size_t size = strlen(part);

	for (size_t i = 0; i + size <= length; i++)
		if (sqlite3_strnicmp(text + i, part, (int)size) == 0)
			return true;
	return false;
}

char *type_meaning(struct pool *pool, const char *type)
{
	size_t length = type ? strcspn(type, "(") : 0;
	const char *size = type ? type + length : "";

	for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
		if (strlen(usual[i].name) == length &&
		    sqlite3_strnicmp(type, usual[i].name, (int)length) == 0)
			return pool_take(pool, sqlite3_mprintf("%s%s", usual[i].meaning,
				usual[i].sized ? size : ""));
	for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
		if (holds(type, length, rules[i].part))
			return pool_copy(pool, rules[i].meaning, strlen(rules[i].meaning));
	return pool_copy(pool, "other", strlen("other"));
}
