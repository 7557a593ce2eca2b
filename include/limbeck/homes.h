/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Facts about the dialects of <limbeck/dialect.h> as the ones that statements are
 * written in, for core/translate. Not installed.
 *
 * LIMBECK_HOME_...: what home_perform() must know (struct home_traits).
 */
#ifndef LIMBECK_HOMES_H
#define LIMBECK_HOMES_H

/* In the order of enum home_message. */
#define LIMBECK_HOME_MESSAGES_POSTGRESQL {                                    \
	"relation \"{name}\" does not exist",                                 \
	"relation \"{name}\" already exists",                                 \
	"column \"{name}\" of relation \"{table}\" does not exist",           \
	"column \"{name}\" of relation \"{table}\" already exists",           \
	"constraint \"{name}\" of relation \"{table}\" does not exist",       \
	"constraint \"{name}\" for relation \"{table}\" already exists",      \
	"index \"{name}\" does not exist",                                    \
	"relation \"{name}\" already exists",                                 \
	"{kind} \"{name}\" does not exist",                                   \
	"{kind} \"{name}\" already exists",                                   \
	"cannot drop {kind} {name} because other objects depend on it",       \
	"multiple primary keys for table \"{table}\" are not allowed",        \
	"there is no primary key for referenced table \"{table}\"",           \
	"column \"{name}\" named in key does not exist" }

#define LIMBECK_HOME_MESSAGES_SQLITE {                                        \
	"no such table: {name}",                                              \
	"table {name} already exists",                                        \
	"no such column: {name}",                                             \
	"duplicate column name: {name}",                                      \
	"no such constraint: {name}",                                         \
	"constraint {name} already exists",                                   \
	"no such index: {name}",                                              \
	"index {name} already exists",                                        \
	"no such {kind}: {name}",                                             \
	"{kind} {name} already exists",                                       \
	"cannot drop {kind} {name}",                                          \
	"table \"{table}\" has more than one primary key",                    \
	"foreign key mismatch: \"{table}\" has no primary key",               \
	"no such column: {name}" }

#define LIMBECK_HOME_MESSAGES_MYSQL {                                         \
	"Table '{name}' doesn't exist",                                       \
	"Table '{name}' already exists",                                      \
	"Unknown column '{name}' in '{table}'",                               \
	"Duplicate column name '{name}'",                                     \
	"Can't DROP CONSTRAINT `{name}`; check that it exists",               \
	"Duplicate constraint name '{name}'",                                 \
	"Can't DROP INDEX `{name}`; check that it exists",                    \
	"Duplicate key name '{name}'",                                        \
	"Unknown {kind} '{name}'",                                            \
	"{kind} '{name}' already exists",                                     \
	"Cannot drop {kind} '{name}'",                                        \
	"Multiple primary key defined",                                       \
	"Failed to add the foreign key constraint. Missing key in the referenced table '{table}'", \
	"Key column '{name}' doesn't exist in table" }

/* Types that number their rows, and the type that each then has. */
#define LIMBECK_HOME_SERIALS_POSTGRESQL                                       \
	"serial=integer serial4=integer bigserial=bigint serial8=bigint "     \
	"smallserial=smallint serial2=smallint"
#define LIMBECK_HOME_SERIALS_MYSQL "serial=bigint" /* and unique */

#define LIMBECK_HOME_POSTGRESQL {                                             \
	.dialect = "postgresql", .folds = true, .default_schema = "public",   \
	.flags = HOME_GUARDS | HOME_SCHEMA_INDEXES | HOME_SCHEMA_CONSTRAINTS | \
		HOME_VIEWS_FROZEN,                                            \
	.primary_key = "{table}_pkey{m}", .unique = "{table}_{columns}_key{m}", \
	.check = "{table}_{column}_check{m}", .foreign_key = "{table}_{columns}_fkey{m}", \
	.index = "{table}_{columns}_idx{m}", .exclusion = "{table}_{columns}_excl{m}", \
	.sequence = "{table}_{column}_seq{m}",                                \
	.method = "btree", .name_length = 63, .serials = LIMBECK_HOME_SERIALS_POSTGRESQL, \
	.messages = LIMBECK_HOME_MESSAGES_POSTGRESQL }

#define LIMBECK_HOME_SQLITE {                                                 \
	.dialect = "sqlite", .default_schema = "main", .temporary_schema = "temp", \
	.flags = HOME_SCHEMA_INDEXES | HOME_INTEGER_KEY | HOME_AFFINITY |     \
		HOME_LOOSE_REFERENCES | HOME_LOOSE_STRINGS,                   \
	.method = "btree", .messages = LIMBECK_HOME_MESSAGES_SQLITE }

/* Where a foreign key has no index the engine makes one of its name. */
#define LIMBECK_HOME_MYSQL_OF(NAME, CHECK, FLAGS) {                           \
	.dialect = NAME,                                                      \
	.flags = HOME_KEY_INDEXES | HOME_LOOSE_REFERENCES | HOME_VIEWS_FROZEN | \
		HOME_SERIAL_UNIQUE | FLAGS, \
	.unique = "{column}{k}", .index = "{column}{k}", .check = CHECK,      \
	.foreign_key = "{table}_ibfk_{n}", .renamed = "{table}_ibfk_",        \
	.method = "btree", .collation = "utf8mb4_general_ci", .name_length = 64, \
	.serials = LIMBECK_HOME_SERIALS_MYSQL,                                \
	.messages = LIMBECK_HOME_MESSAGES_MYSQL }
#define LIMBECK_HOME_MYSQL                                                    \
	LIMBECK_HOME_MYSQL_OF("mysql", "{table}_chk_{n}",                     \
		HOME_NO_COLUMN_REFERENCES | HOME_SCHEMA_CONSTRAINTS)
#define LIMBECK_HOME_MARIADB LIMBECK_HOME_MYSQL_OF("mariadb", "CONSTRAINT_{n}", 0)

#define LIMBECK_HOMES                                                         \
	LIMBECK_HOME_POSTGRESQL, LIMBECK_HOME_SQLITE, LIMBECK_HOME_MYSQL, LIMBECK_HOME_MARIADB

#endif
