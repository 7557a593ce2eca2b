/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Clusters whose nodes all take writes: Galera, and Group Replication. What is written
 * on two of them at once is certified, and one of both fails; but GET_LOCK, and what it
 * gives, is each node's own affair.
 */
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "connection.h"

static bool is(const char *name, const char *wanted)
{
	return strcasecmp(name, wanted) == 0;
}

static void take_variable(struct connection *c, const char *name, const char *value)
{
	if (is(name, "wsrep_on"))
		c->clustered = c->clustered || is(value, "ON") || is(value, "1");
	else if (is(name, "group_replication_group_name"))
		c->clustered = c->clustered || *value;
	else if (is(name, "pxc_strict_mode")) /* of Percona's cluster, which forbids GET_LOCK then */
		c->lockless = is(value, "ENFORCING") || is(value, "MASTER");
	else if (is(name, "wsrep_gcomm_uuid") || (is(name, "server_uuid") && !c->node[0]))
		snprintf(c->node, sizeof(c->node), "%s", value);
	/* Old servers have it on, but nobody who provides it. */
	if (is(name, "wsrep_gcomm_uuid") && !*value)
		c->clustered = false;
}

static int take_rows(struct connection *c, const char *sql, struct limbeck_error *err)
{
	MYSQL_RES *result;
	MYSQL_ROW row;

	if (mysql_query(c->link, sql) != 0)
		return connection_fail(c, NULL, err);
	result = mysql_store_result(c->link);
	if (!result)
		return connection_fail(c, NULL, err);
	while ((row = mysql_fetch_row(result)) != NULL) {
		if (mysql_num_fields(result) >= 2 && row[0] && row[1])
			take_variable(c, row[0], row[1]);
	}
	mysql_free_result(result);
	return 0;
}

int connection_find_node(struct connection *c, struct limbeck_error *err)
{
	int status;

	connection_enter(c);
	status = take_rows(c, "SHOW VARIABLES WHERE Variable_name IN ('wsrep_on', "
		"'group_replication_group_name', 'pxc_strict_mode', 'server_uuid')", err);
	if (status == 0 && c->clustered)
		status = take_rows(c, "SHOW GLOBAL STATUS LIKE 'wsrep_gcomm_uuid'", err);
	connection_leave(c);
	if (!c->clustered || c->lockless)
		c->node[0] = '\0';
	c->lockless = c->lockless && c->clustered;
	return status;
}
