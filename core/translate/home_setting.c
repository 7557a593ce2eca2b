/* SPDX-License-Identifier: BSD-2-Clause */
/* SET, RESET, PRAGMA: settings of the home engine's session. */
#include <string.h>
#include <strings.h>

#include "base/error.h"
#include "translate/home_int.h"

/* What changes how the home engine works, and nothing that a migration says. An asterisk
 * stands for any end. */
static const char *const session[] = {
	"client_encoding", "client_min_messages", "standard_conforming_strings",
	"check_function_bodies", "xmloption", "row_security", "statement_timeout", "lock_timeout",
	"transaction_timeout", "idle_in_transaction_session_timeout", "default_tablespace",
	"default_table_access_method", "default_with_oids", "bytea_output", "work_mem",
	"maintenance_work_mem", "escape_string_warning", "synchronous_commit", "jit", "enable_*",
	"max_parallel*", "log_*", "application_name", "temp_buffers", "deadlock_timeout",
	"default_statistics_target", "plpgsql.*", "extra_float_digits", "random_page_cost",
	"transaction", "session characteristics", "role", "session authorization", "session",
	"backslash_quote", "default_toast_compression", "parallel_*", "datestyle",
	"names", "character", "charset", "character_set_*", "collation_*", "foreign_key_checks",
	"unique_checks", "sql_mode", "sql_notes", "sql_safe_updates", "autocommit",
	"default_storage_engine", "storage_engine", "innodb_*", "group_concat_max_len",
	"lock_wait_timeout", "max_*", "net_*", "wait_timeout", "interactive_timeout",
	"explicit_defaults_for_timestamp", "sql_log_bin", "sql_quote_show_create",
	"sql_warnings", "sql_big_selects", "log_bin_trust_function_creators",
	"system_versioning_alter_history", "alter_algorithm", "tx_isolation", "cte_max_*"
};

static const char *const pragmas[] = {
	"foreign_keys", "legacy_alter_table", "defer_foreign_keys", "journal_mode", "synchronous",
	"encoding", "auto_vacuum", "page_size", "cache_size", "user_version", "application_id",
	"foreign_key_check", "integrity_check", "quick_check", "recursive_triggers",
	"ignore_check_constraints", "optimize", "temp_store", "busy_timeout", "locking_mode",
	"wal_checkpoint", "wal_autocheckpoint", "journal_size_limit", "analysis_limit",
	"trusted_schema", "secure_delete", "mmap_size", "automatic_index", "threads",
	"incremental_vacuum", "table_info", "index_list", "foreign_key_list"
};

static bool is_listed(const char *const *list, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++) {
		size_t length = strlen(list[i]);

		if (list[i][length - 1] == '*' ? strncasecmp(list[i], name, length - 1) == 0
					       : strcasecmp(list[i], name) == 0)
			return true;
	}
	return false;
}

/* The settings of a statement, one after the other. */
struct settings {
	struct performer *p;
	struct parser parser;
	const struct ddl_statement *statement;
};

static int refuse(struct settings *s, const char *name)
{
	return home_refuse(s->p, &s->statement->span, "%s %s has no counterpart",
		s->statement->construct, name);
}

/* Passes one name with its points, "a.b". */
static const char *take_name(struct settings *s)
{
	struct strbuf name = STRBUF_INIT;

	while (parser_at_operator(&s->parser, "@") || parser_at_operator(&s->parser, "@@")) {
		strbuf_addstr(&name, parser_at_operator(&s->parser, "@") ? "@" : "@@");
		parser_next(&s->parser);
	}
	for (;;) {
		const struct token *token = parser_peek(&s->parser, 0);

		strbuf_add(&name, token->text, token->length);
		parser_next(&s->parser);
		if (!parser_accept_operator(&s->parser, "."))
			break;
		strbuf_addch(&name, '.');
	}
	return home_text(s->p, &name);
}

/* Passes the value, up to a comma outside of parentheses; its text without quotes. */
static const char *take_value(struct settings *s, bool list)
{
	struct strbuf value = STRBUF_INIT;
	unsigned depth = 0;

	while (!parser_ended(&s->parser) && !parser_at_kind(&s->parser, TOKEN_BAD)) {
		const struct token *token = parser_peek(&s->parser, 0);

		if (!depth && !list && token->kind == TOKEN_COMMA)
			break;
		if (token->kind == TOKEN_OPEN)
			depth++;
		if (token->kind == TOKEN_CLOSE && depth)
			depth--;
		if ((token->kind == TOKEN_STRING || token->kind == TOKEN_IDENTIFIER)
			&& token->length >= 2)
			strbuf_add(&value, token->text + 1, token->length - 2);
		else
			strbuf_add(&value, token->text, token->length);
		parser_next(&s->parser);
	}
	return home_text(s->p, &value);
}

/* The default schema alone, or with others behind it that hold no tables of ours. */
static bool is_usual_path(const struct performer *p, const char *value)
{
	const char *usual = catalog_rules(p->catalog)->default_schema;
	size_t length = strcspn(value, ",");

	if (!*value || strcasecmp(value, "DEFAULT") == 0)
		return true;
	if (strncmp(value, "$user,", 6) == 0)
		return is_usual_path(p, value + 6);
	return (usual && strlen(usual) == length && strncasecmp(value, usual, length) == 0)
		|| (p->traits->default_schema && strlen(p->traits->default_schema) == length
			&& strncasecmp(value, p->traits->default_schema, length) == 0);
}

static bool is_utc(const char *value)
{
	return strcasecmp(value, "UTC") == 0 || strcmp(value, "+00:00") == 0
		|| strcmp(value, "0") == 0 || strcasecmp(value, "DEFAULT") == 0
		|| strcasecmp(value, "Etc/UTC") == 0 || strcasecmp(value, "GMT") == 0;
}

/* What a dump keeps the old settings in. */
static bool is_kept(const char *name)
{
	return strncasecmp(name, "@old_", 5) == 0 || strcasecmp(name, "@saved_cs_client") == 0
		|| strncasecmp(name, "@saved_", 7) == 0;
}

static int look(struct settings *s, const char *name, const char *value)
{
	if (name[0] == '@' && name[1] != '@')
		return is_kept(name) ? 0 : refuse(s, name);
	if (strncmp(name, "@@", 2) == 0) {
		name += 2;
		if (strncasecmp(name, "session.", 8) == 0)
			name += 8;
		else if (strncasecmp(name, "global.", 7) == 0)
			name += 7;
	}
	if (strcasecmp(name, "search_path") == 0)
		return is_usual_path(s->p, value) ? 0 : refuse(s, name);
	if (strcasecmp(name, "timezone") == 0 || strcasecmp(name, "time_zone") == 0)
		return is_utc(value) || strncasecmp(value, "@old", 4) == 0 ? 0 : refuse(s, name);
	return is_listed(session, sizeof session / sizeof *session, name) ? 0 : refuse(s, name);
}

static int look_at_set(struct settings *s)
{
	static const char *const scopes[] = { "SESSION AUTHORIZATION", "SESSION CHARACTERISTICS",
		NULL };
	static const char *const words[] = { "SESSION", "LOCAL", "GLOBAL", "PERSIST", NULL };
	struct parser *parser = &s->parser;
	const char *name, *value;

	do {
		if (parser_at_any(parser, scopes))
			return 0;
		parser_accept_any(parser, words);
		if (parser_accept(parser, "TIME ZONE")) {
			value = take_value(s, false);
			return value ? look(s, "timezone", value) : -1;
		}
		name = take_name(s);
		if (!name)
			return -1;
		if (!parser_accept_operator(parser, "=") && !parser_accept_operator(parser, ":="))
			parser_accept(parser, "TO");
		value = take_value(s, strcasecmp(name, "search_path") == 0);
		if (!value || look(s, name, value))
			return -1;
	} while (parser_accept_kind(parser, TOKEN_COMMA));
	return 0;
}

static int look_at_pragma(struct settings *s)
{
	const char *name = take_name(s), *point;

	if (!name)
		return -1;
	point = strrchr(name, '.');
	if (point)
		name = point + 1;
	return is_listed(pragmas, sizeof pragmas / sizeof *pragmas, name) ? 0 : refuse(s, name);
}

int home_setting(struct performer *p, const struct ddl_statement *statement)
{
	struct settings s = { .p = p, .statement = statement };
	const struct ddl_span *span = &statement->span;
	const struct ddl_place place = { p->home->file, span->line, span->column };
	int failed = 0;

	if (parser_init(&s.parser, p->arena, dialect_lexis(p->traits->dialect), p->traits->dialect,
			span->text, span->length, &place, p->err))
		return -1;
	if (parser_accept(&s.parser, "SET"))
		failed = look_at_set(&s);
	else if (parser_accept(&s.parser, "PRAGMA"))
		failed = look_at_pragma(&s);
	else if (parser_at(&s.parser, "USE") || parser_at(&s.parser, "ATTACH")
		|| parser_at(&s.parser, "DETACH") || parser_at(&s.parser, "ALTER"))
		failed = home_refuse(p, span, "%s has no counterpart", statement->construct);
	return failed ? -1 : home_leave(p, "It is a setting of the home engine's session.");
}
