/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Table options. OPTIONS is a list of NAME=value, and at its end perhaps WITH
 * SYSTEM VERSIONING.
 */
#include "render.h"

#include <strings.h>

static const char versioning[] = "WITH SYSTEM VERSIONING";

static void put_collation(struct limbeck_out *out, const char *collation, const char *equals)
{
	limbeck_host->put(out, "DEFAULT CHARACTER SET%s%.*s COLLATE%s%s", equals,
		(int)strcspn(collation, "_"), collation, equals, collation);
}

void put_options(struct limbeck_out *out, const struct limbeck_object *table)
{
	const char *collation = get(table, LIMBECK_ATTR_COLLATION);
	const char *comment = get(table, LIMBECK_ATTR_COMMENT);
	const char *options = get(table, LIMBECK_ATTR_OPTIONS);

	if (collation) {
		limbeck_host->put(out, " ");
		put_collation(out, collation, "=");
	}
	if (comment) {
		limbeck_host->put(out, " COMMENT=");
		limbeck_host->put_literal(out, comment);
	}
	if (options)
		limbeck_host->put(out, " %s", options);
}

/* The length of the option at the start of the text. */
static size_t option_length(const char *options)
{
	size_t length = 0;
	char quote = '\0';

	if (strncmp(options, versioning, strlen(versioning)) == 0)
		return strlen(versioning);
	for (; options[length] && (quote || options[length] != ' '); length++) {
		char c = options[length];

		if (quote)
			quote = c == quote ? '\0' : quote;
		else if (c == '\'' || c == '"' || c == '`')
			quote = c;
	}
	return length;
}

static size_t name_length(const char *option, size_t length)
{
	const char *equals = memchr(option, '=', length);

	return equals ? (size_t)(equals - option) : length;
}

/* Whether the options have one that is the same in its first bytes. */
static bool has(const char *options, const char *option, size_t length, bool name)
{
	while (options && *options) {
		size_t size = option_length(options);
		size_t compared = name ? name_length(options, size) : size;

		if (compared == length && memcmp(options, option, length) == 0)
			return true;
		options += size + (options[size] == ' ');
	}
	return false;
}

static const char *standard_of(const char *option, size_t length)
{
	static const char *const standards[][2] = { { "ENGINE", "InnoDB" },
		{ "KEY_BLOCK_SIZE", "0" }, { "CHECKSUM", "0" }, { "DELAY_KEY_WRITE", "0" },
		{ "MAX_ROWS", "0" }, { "MIN_ROWS", "0" }, { "AVG_ROW_LENGTH", "0" },
		{ "ENCRYPTION", "'N'" }, { "COMPRESSION", "'NONE'" } };
	size_t i;

	for (i = 0; i < sizeof(standards) / sizeof(standards[0]); i++) {
		if (strlen(standards[i][0]) == length &&
			strncasecmp(standards[i][0], option, length) == 0)
			return standards[i][1];
	}
	return "DEFAULT";
}

static void change_options(struct alter *alter, const char *before, const char *after)
{
	const char *option;
	size_t length;

	for (option = before; option && *option; option += length + (option[length] == ' ')) {
		length = option_length(option);
		if (has(after, option, name_length(option, length), true))
			continue;
		alter_clause(alter);
		if (strncmp(option, versioning, length) == 0)
			limbeck_host->put(alter->out, "DROP SYSTEM VERSIONING");
		else
			limbeck_host->put(alter->out, "%.*s=%s", (int)name_length(option, length),
				option, standard_of(option, name_length(option, length)));
	}
	for (option = after; option && *option; option += length + (option[length] == ' ')) {
		length = option_length(option);
		if (has(before, option, length, false))
			continue;
		alter_clause(alter);
		if (strncmp(option, versioning, length) == 0)
			limbeck_host->put(alter->out, "ADD SYSTEM VERSIONING");
		else
			limbeck_host->put(alter->out, "%.*s", (int)length, option);
	}
}

void alter_options(struct alter *alter, const struct limbeck_change *change)
{
	const char *collation = get(change->after, LIMBECK_ATTR_COLLATION);
	const char *comment = get(change->after, LIMBECK_ATTR_COMMENT);

	if (differs(change, LIMBECK_ATTR_COLLATION)) {
		alter_clause(alter);
		if (collation)
			put_collation(alter->out, collation, " ");
		else
			limbeck_host->put(alter->out,
				"DEFAULT CHARACTER SET DEFAULT COLLATE DEFAULT");
	}
	change_options(alter, get(change->before, LIMBECK_ATTR_OPTIONS),
		get(change->after, LIMBECK_ATTR_OPTIONS));
	if (differs(change, LIMBECK_ATTR_COMMENT)) {
		alter_clause(alter);
		limbeck_host->put(alter->out, "COMMENT = ");
		limbeck_host->put_literal(alter->out, comment ? comment : "");
	}
}

const struct limbeck_change *change_of_collation(const struct alter *alter)
{
	size_t i;

	for (i = alter->from; i < alter->to; i++) {
		const struct limbeck_change *change = &alter->changes[i];

		if (kind_of(object_of(change)) == LIMBECK_KIND_TABLE &&
			differs(change, LIMBECK_ATTR_COLLATION))
			return change;
	}
	return NULL;
}

/* What stands in `after` behind the partitions of `before`, if nothing else is
 * new: then no row moves. */
static const char *added_partitions(const char *before, const char *after)
{
	size_t length = before ? strlen(before) : 0;

	if (length == 0 || before[length - 1] != ')' || strncmp(before, after, length - 1) != 0 ||
		strncmp(after + length - 1, ", PARTITION ", strlen(", PARTITION ")) != 0)
		return NULL;
	return after + length + 1;
}

void alter_partitions(struct alter *alter, const struct limbeck_change *change)
{
	const char *before = get(change->before, LIMBECK_ATTR_PARTITION_BY);
	const char *after = get(change->after, LIMBECK_ATTR_PARTITION_BY);
	const char *added = after ? added_partitions(before, after) : NULL;

	if (same_text(before, after))
		return;
	alter_clause(alter);
	if (added)
		limbeck_host->put(alter->out, "ADD PARTITION (%s", added);
	else if (after)
		limbeck_host->put(alter->out, "PARTITION BY %s", after);
	else
		limbeck_host->put(alter->out, "REMOVE PARTITIONING");
	alter_end(alter);
}
