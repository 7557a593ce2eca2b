/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "introspect.h"

static const struct {
	const char *type;       /* the first word */
	const char *meaning;
	const char *plain;      /* where it is unsigned; NULL: the same */
	bool sized;             /* the numbers behind the type are kept */
} meanings[] = {
	{ "tinyint", "smallint", NULL, false }, { "smallint", "smallint", "integer", false },
	{ "mediumint", "integer", NULL, false }, { "int", "integer", "bigint", false },
	{ "bigint", "bigint", "numeric(20,0)", false }, { "decimal", "numeric", NULL, true },
	{ "float", "real", NULL, false }, { "double", "double", NULL, false },
	{ "char", "char", NULL, true }, { "varchar", "text", NULL, true },
	{ "tinytext", "text", NULL, false }, { "text", "text", NULL, false },
	{ "mediumtext", "text", NULL, false }, { "longtext", "text", NULL, false },
	{ "binary", "blob", NULL, false }, { "varbinary", "blob", NULL, false },
	{ "tinyblob", "blob", NULL, false }, { "blob", "blob", NULL, false },
	{ "mediumblob", "blob", NULL, false }, { "longblob", "blob", NULL, false },
	{ "date", "date", NULL, false }, { "time", "time", NULL, false },
	{ "datetime", "timestamp", NULL, false }, { "timestamp", "timestamptz", NULL, false },
	{ "year", "smallint", NULL, false }, { "json", "json", NULL, false },
	{ "uuid", "uuid", NULL, false }, { "inet4", "inet", NULL, false },
	{ "inet6", "inet", NULL, false }, { "enum", "enum", NULL, false },
};

void meaning_of(const char *type, struct text *meaning)
{
	size_t length = strcspn(type, "( ");
	const char *end = strchr(type, ')');
	size_t i;

	if (begins_with(type, "tinyint(1)") || same_word(type, "bit(1)")) {
		text_add(meaning, "boolean");
		return;
	}
	for (i = 0; i < sizeof(meanings) / sizeof(meanings[0]); i++) {
		if (strlen(meanings[i].type) == length && begins_with(type, meanings[i].type))
			break;
	}
	if (i == sizeof(meanings) / sizeof(meanings[0])) {
		text_add(meaning, "other");
		return;
	}
	text_add(meaning, meanings[i].plain && find_word(type, " unsigned") ? meanings[i].plain :
		meanings[i].meaning);
	if (meanings[i].sized && type[length] == '(' && end)
		text_add_n(meaning, type + length, (size_t)(end + 1 - type) - length);
}
