/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A scratch inside a transaction of the same database: the default schema is renamed
 * out of the way and made anew, so that names mean the scratch. Others see nothing of
 * it, and the end of the session undoes it. It must not be committed: no statement
 * that could is sent, and none in a text of several.
 *
 * What extensions have put into the default schema is found behind it, by the search
 * path; where there are none the old schema is out of sight, so that a name that is
 * not there yet is an error and no table of before.
 */
#include <stdio.h>
#include <string.h>

#include "postgresql.h"

/* A schema beside the default one that holds something which is no extension's. */
static const char others_query[] =
	"SELECT n.nspname FROM pg_catalog.pg_namespace n "
	"WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema' "
	"AND n.nspname <> coalesce(pg_catalog.current_schema(), 'public') "
	"AND (EXISTS (SELECT FROM pg_catalog.pg_class c WHERE c.relnamespace = n.oid "
	"AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 1259 "
	"AND d.objid = c.oid AND d.deptype = 'e')) "
	"OR EXISTS (SELECT FROM pg_catalog.pg_type t WHERE t.typnamespace = n.oid "
	"AND t.typtype IN ('e', 'd', 'r') AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d "
	"WHERE d.classid = 1247 AND d.objid = t.oid AND d.deptype = 'e')) "
	"OR EXISTS (SELECT FROM pg_catalog.pg_proc p WHERE p.pronamespace = n.oid "
	"AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d WHERE d.classid = 1255 "
	"AND d.objid = p.oid AND d.deptype = 'e'))) "
	"ORDER BY 1 LIMIT 1";

static const char name_query[] =
	"SELECT 'limbeck_scratch_' || pg_catalog.substr(pg_catalog.md5("
	"pg_catalog.random()::text || pg_catalog.clock_timestamp()::text || "
	"pg_catalog.pg_backend_pid()::text), 1, 16)";

static const char extensions_query[] =
	"SELECT EXISTS (SELECT FROM pg_catalog.pg_extension e JOIN pg_catalog.pg_namespace n "
	"ON n.oid = e.extnamespace "
	"WHERE n.nspname = coalesce(pg_catalog.current_schema(), 'public'))";

static int check_others(struct postgresql *pg, struct limbeck_error *err)
{
	char other[256];
	char why[512];

	if (postgresql_value(pg, others_query, other, sizeof(other), err) < 0)
		return -1;
	if (!other[0])
		return 0;
	snprintf(why, sizeof(why), "the role may create none, and there are objects in the "
		"schema \"%s\" beside the default one", other);
	return postgresql_scratch_refuse(why, err);
}

static int begin(struct postgresql *pg, const char *home, bool extended,
	struct limbeck_error *err)
{
	struct strings sql = { NULL, 0, 0, false };
	int status;

	/* Whoever waits for a lock here would make others wait. */
	strings_add(&sql, "BEGIN; SET LOCAL lock_timeout = '2s'; ALTER SCHEMA ");
	strings_add_quoted(&sql, home, '"');
	strings_add(&sql, " RENAME TO ");
	strings_add(&sql, pg->behind);
	strings_add(&sql, "; CREATE SCHEMA ");
	strings_add_quoted(&sql, home, '"');
	strings_add(&sql, "; SET LOCAL search_path = ");
	strings_add_quoted(&sql, home, '"');
	if (extended) {
		strings_add(&sql, ", ");
		strings_add(&sql, pg->behind);
	}
	status = sql.failed ? postgresql_nomem(err) : postgresql_do(pg, sql.text, err);
	strings_release(&sql);
	return status;
}

int postgresql_scratch_inside(struct postgresql *pg, struct postgresql *from,
	struct limbeck_error *err)
{
	char home[256];
	char extended[8];

	if (postgresql_connect_like(pg, from, NULL, err) < 0 || check_others(pg, err) < 0 ||
		postgresql_value(pg, "SELECT coalesce(pg_catalog.current_schema(), 'public')",
			home, sizeof(home), err) < 0 ||
		postgresql_value(pg, extensions_query, extended, sizeof(extended), err) < 0 ||
		postgresql_value(pg, name_query, pg->behind, sizeof(pg->behind), err) < 0)
		return -1;
	if (begin(pg, home, extended[0] == 't', err) < 0) {
		limbeck_host->fail_hint(err, "The role may create no database, and the scratch "
			"must take the place of the default schema in a transaction: give the "
			"role CREATEDB, or name an empty database in scratch_url.");
		return -1;
	}
	pg->enclosed = true;
	return 0;
}

int postgresql_scratch_check(const struct postgresql *pg, struct limbeck_error *err)
{
	if (!pg->enclosed || PQtransactionStatus(pg->link) != PQTRANS_IDLE)
		return 0;
	return limbeck_host->fail(err, LIMBECK_E_SQL,
		"the transaction that the scratch schema lived in is over");
}

bool postgresql_scratch_skips(const struct postgresql *pg,
	const struct limbeck_statement *statement)
{
	const char *end;
	enum word word;

	if (!pg->enclosed)
		return false;
	word = postgresql_first_word(statement);
	end = memchr(statement->sql, ';', statement->length);
	/* A text of several is for the server to refuse. */
	if (end && end + 1 < statement->sql + statement->length)
		return false;
	return word == WORD_BEGIN || word == WORD_COMMIT;
}
