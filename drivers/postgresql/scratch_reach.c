/* SPDX-License-Identifier: BSD-2-Clause */
/* What reaches out of a scratch in the middle of a statement, and definitions, whose
 * bodies are run later, if at all. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "scratch_guard.h"

#define NAME_BYTES 256

bool guard_is(const struct limbeck_token *token, const char *word)
{
	return token->kind == LIMBECK_TOKEN_WORD && token->length == strlen(word) &&
		strncasecmp(token->text, word, token->length) == 0;
}

bool guard_is_any(const struct limbeck_token *token, const char *words)
{
	if (token->kind != LIMBECK_TOKEN_WORD)
		return false;
	while (*words) {
		size_t length = strcspn(words, " ");

		if (length == token->length && strncasecmp(words, token->text, length) == 0)
			return true;
		words += length;
		words += *words == ' ';
	}
	return false;
}

/* A name as the server has it; false: it is too long for one. */
static bool plain(const struct limbeck_token *token, char *to, size_t size)
{
	bool quoted = token->kind == LIMBECK_TOKEN_IDENTIFIER && *token->text == '"';
	const char *from = token->text + quoted;
	const char *end = token->text + token->length - quoted;

	if (token->length == 0 || token->length >= size)
		return false;
	for (; from < end; from++) {
		*to++ = quoted ? *from : (char)tolower((unsigned char)*from);
		if (quoted && *from == '"' && from + 1 < end)
			from++;
	}
	*to = '\0';
	return true;
}

static const struct guard_name *find_outlet(const struct guard_walk *walk,
	const struct limbeck_token *token)
{
	const struct guard_name *at = walk->pg->guard->outlets;
	char name[NAME_BYTES];

	if (!at || !plain(token, name, sizeof(name)))
		return NULL;
	while (at && strcmp(at->name, name) != 0)
		at = at->next;
	return at;
}

static void keep_outlet(struct guard_walk *walk, const struct limbeck_token *token, bool call)
{
	char name[NAME_BYTES];
	struct guard_name *new;

	if (find_outlet(walk, token) || !plain(token, name, sizeof(name)))
		return;
	new = limbeck_host->alloc(sizeof(*new) + strlen(name) + 1);
	if (!new) {
		walk->nomem = true;
		return;
	}
	strcpy(new->name, name);
	new->call = call;
	new->next = walk->pg->guard->outlets;
	walk->pg->guard->outlets = new;
}

/* In a body nothing is run yet: what is defined becomes a way out. */
void guard_reached(struct guard_walk *walk, enum guard_reach reach, const char *what)
{
	size_t length = strlen(what);

	if (walk->problem.reach)
		return;
	if (walk->body == BODY_INSIDE) {
		keep_outlet(walk, &walk->name, walk->kind == KIND_ROUTINE);
		walk->left_out = NULL;
		return;
	}
	if (length >= sizeof(walk->problem.what))
		length = sizeof(walk->problem.what) - 1;
	walk->problem.reach = reach;
	walk->problem.at = walk->token.kind == LIMBECK_TOKEN_END ? walk->start : walk->token.text;
	memcpy(walk->problem.what, what, length);
	walk->problem.what[length] = '\0';
}

/* Functions that act on the server or its files, and those that read files. */
static bool is_reaching_function(const char *name)
{
	static const char *const names[] = {
		"lo_export", "lo_import", "pg_cancel_backend", "pg_copy_logical_replication_slot",
		"pg_copy_physical_replication_slot", "pg_create_logical_replication_slot",
		"pg_create_physical_replication_slot", "pg_create_restore_point",
		"pg_drop_replication_slot", "pg_log_backend_memory_contexts", "pg_logdir_ls",
		"pg_promote", "pg_read_binary_file", "pg_read_file", "pg_reload_conf",
		"pg_replication_slot_advance", "pg_rotate_logfile", "pg_stat_file",
		"pg_stat_reset_replication_slot", "pg_stat_reset_shared", "pg_stat_reset_slru",
		"pg_switch_wal", "pg_terminate_backend", "pg_wal_replay_pause",
		"pg_wal_replay_resume",
	};
	/* Whole families. */
	static const char *const prefixes[] = {
		"dblink", "pg_backup_", "pg_file_", "pg_ls_", "pg_replication_origin_",
		"pg_start_backup", "pg_stop_backup", "postgres_fdw_",
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(name, names[i]) == 0)
			return true;
	}
	for (i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		if (strncmp(name, prefixes[i], strlen(prefixes[i])) == 0)
			return true;
	}
	return false;
}

static bool about_functions(const struct guard_walk *walk)
{
	return guard_begins(walk, "DROP") || guard_begins(walk, "COMMENT") ||
		guard_begins(walk, "ALTER FUNCTION") || guard_begins(walk, "ALTER PROCEDURE") ||
		guard_begins(walk, "ALTER ROUTINE") || guard_begins(walk, "ALTER EXTENSION") ||
		walk->body == BODY_NAME;
}

static void look_for_function(struct guard_walk *walk)
{
	char name[NAME_BYTES];
	char what[NAME_BYTES + 2];

	if (*walk->next.text != '(' || about_functions(walk) ||
		!plain(&walk->token, name, sizeof(name)) || !is_reaching_function(name))
		return;
	strcpy(what, name);
	strcat(what, "()");
	guard_reached(walk, REACH_SERVER, what);
}

/* A relation that reaches out may be altered and dropped. */
static bool only_names(const struct guard_walk *walk)
{
	return guard_begins(walk, "DROP") || guard_begins(walk, "COMMENT") ||
		guard_begins(walk, "ALTER") || (guard_begins(walk, "CREATE") && !walk->selects &&
		!guard_begins(walk, "CREATE MATERIALIZED VIEW"));
}

static void look_for_outlet(struct guard_walk *walk)
{
	const struct guard_name *outlet = find_outlet(walk, &walk->token);

	if (!outlet)
		return;
	if (walk->body != BODY_INSIDE && outlet->call &&
		(*walk->next.text != '(' || about_functions(walk)))
		return;
	if (walk->body != BODY_INSIDE && !outlet->call && only_names(walk))
		return;
	guard_reached(walk, REACH_OUTLET, outlet->name);
}

static void look_at_copy(struct guard_walk *walk)
{
	if (walk->parens == 0 && guard_is_any(&walk->token, "from to") &&
		(walk->next.kind == LIMBECK_TOKEN_STRING || guard_is(&walk->next, "program")))
		guard_reached(walk, REACH_SERVER, "COPY with a file or a program");
}

static void look_at_alter(struct guard_walk *walk)
{
	bool word = walk->token.kind == LIMBECK_TOKEN_WORD;

	walk->several = walk->several || (*walk->token.text == ',' && walk->parens == 0) ||
		guard_is(&walk->token, "rename");
	if (walk->owner != 1 && word && guard_is(&walk->token, "owner"))
		walk->owner = 1;
	else if (walk->owner == 1 && guard_is(&walk->token, "to"))
		walk->owner = 2;
	else
		walk->owner = walk->owner == 2 ? 3 : 0;
}

void guard_look(struct guard_walk *walk)
{
	const struct limbeck_token *token = &walk->token;

	if (guard_begins(walk, "ALTER") && *token->text != ';')
		look_at_alter(walk);
	if (guard_begins(walk, "COPY"))
		look_at_copy(walk);
	if (guard_is(token, "select"))
		walk->selects = true;
	if (token->kind == LIMBECK_TOKEN_WORD || token->kind == LIMBECK_TOKEN_IDENTIFIER) {
		look_for_function(walk);
		look_for_outlet(walk);
	} else if (token->kind == LIMBECK_TOKEN_STRING && (guard_begins(walk, "DO") ||
		(walk->nested && guard_begins(walk, "EXECUTE")) ||
		(walk->body == BODY_INSIDE && walk->kind == KIND_ROUTINE))) {
		guard_nested(walk, token);
	}
}

/* A materialized view WITH NO DATA runs nothing either. */
static bool has_no_data(const struct guard_walk *walk)
{
	struct limbeck_token token = walk->next;
	size_t at = walk->position;
	bool no = false;

	while (token.kind != LIMBECK_TOKEN_END && *token.text != ';') {
		if (no && guard_is(&token, "data"))
			return true;
		no = guard_is(&token, "no");
		limbeck_host->token(walk->lexis, walk->text, walk->length, &at, &token);
	}
	return false;
}

static void read_kind(struct guard_walk *walk)
{
	const struct limbeck_token *token = &walk->token;

	walk->body = BODY_NAME;
	if (guard_is(token, "view"))
		walk->kind = KIND_VIEW;
	else if (guard_is_any(token, "function procedure"))
		walk->kind = KIND_ROUTINE;
	else if (guard_is(token, "trigger"))
		walk->kind = KIND_TRIGGER;
	else if (guard_is(token, "rule"))
		walk->kind = KIND_RULE;
	else
		walk->body = guard_is_any(token, "or replace temp temporary recursive constraint "
			"foreign") || (guard_is(token, "materialized") && has_no_data(walk)) ?
			BODY_KIND : BODY_NONE;
	/* Its rows are elsewhere. */
	if (guard_is(token, "table") && guard_is(&walk->last, "foreign")) {
		walk->kind = KIND_VIEW;
		walk->body = BODY_NAME;
	}
}

static void read_name(struct guard_walk *walk)
{
	bool foreign = guard_begins(walk, "CREATE FOREIGN TABLE");

	if (guard_is_any(&walk->token, "if not exists") || *walk->token.text == '.' ||
		*walk->next.text == '.')
		return;
	if (walk->kind == KIND_TRIGGER || walk->kind == KIND_RULE) {
		const char *lead = walk->kind == KIND_TRIGGER ? "on" : "to";

		/* Before the table's name come a name, and words. */
		if (*walk->last.text != '.' && !guard_is(&walk->last, lead))
			return;
	}
	walk->name = walk->token;
	walk->body = BODY_INSIDE;
	if (foreign)
		guard_reached(walk, REACH_SERVER, "a foreign table");
}

void guard_follow_body(struct guard_walk *walk)
{
	bool ends = *walk->token.text == ';' && walk->depth == 0;

	if (walk->body == BODY_NONE) {
		if (walk->token.text == walk->start && guard_is(&walk->token, "create"))
			walk->body = BODY_KIND;
	} else if (ends) {
		walk->body = BODY_NONE;
	} else if (walk->body == BODY_KIND) {
		read_kind(walk);
	} else if (walk->body == BODY_NAME) {
		read_name(walk);
	} else if (guard_is_any(&walk->token, "atomic case")) {
		walk->depth++;
	} else if (guard_is(&walk->token, "end") && walk->depth > 0) {
		walk->depth--;
	}
}
