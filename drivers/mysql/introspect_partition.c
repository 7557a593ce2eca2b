/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "introspect.h"

/* A table's partitions, put together from a row for each, or for each of their
 * subpartitions. */
struct partitions {
	char *table;
	struct text head;      /* what follows PARTITION BY */
	struct text list;      /* the definitions in parentheses */
	struct text plain;     /* the names that the server would give */
	struct text names;
	struct text sub;       /* SUBPARTITION BY */
	unsigned count;
	unsigned subs;         /* subpartitions of the first */
	bool listed;           /* the partitions have bounds or comments */
};

enum { P_TABLE, P_NAME, P_SUBNAME, P_ORDINAL, P_SUBORDINAL, P_METHOD, P_SUBMETHOD, P_EXPRESSION,
	P_SUBEXPRESSION, P_DESCRIPTION, P_COMMENT };

static bool has_columns(const char *method)
{
	return find_word(method, " COLUMNS") != NULL;
}

static void add_method(struct text *out, const char *method, const char *expression)
{
	text_addf(out, "%s (%s)", method, expression ? expression : "");
}

static void finish_table(struct reader *r, struct partitions *p)
{
	struct limbeck_object *table;

	if (p->count == 0)
		return;
	table = limbeck_host->object_add(r->catalog, LIMBECK_KIND_TABLE, NULL, NULL, p->table,
		NULL);
	if (p->listed || strcmp(text_string(&p->plain), text_string(&p->names)) != 0)
		text_addf(&p->head, "%s%s (%s)", p->sub.length ? " " : "", text_string(&p->sub),
			text_string(&p->list));
	else
		text_addf(&p->head, " PARTITIONS %u%s%s", p->count, p->sub.length ? " " : "",
			text_string(&p->sub));
	if (p->head.failed || p->list.failed || p->sub.failed)
		r->scratch.failed = true;
	limbeck_host->object_set(table, LIMBECK_ATTR_PARTITION_BY, text_string(&p->head));
}

static void start_table(struct partitions *p, char **row)
{
	limbeck_host->free(p->table);
	p->table = text_copy(row[P_TABLE]);
	text_clear(&p->head);
	text_clear(&p->list);
	text_clear(&p->plain);
	text_clear(&p->names);
	text_clear(&p->sub);
	p->count = 0;
	p->subs = 0;
	p->listed = false;
	add_method(&p->head, row[P_METHOD], row[P_EXPRESSION]);
}

static void add_bound(struct text *list, char **row)
{
	const char *method = row[P_METHOD];
	const char *bound = row[P_DESCRIPTION];

	if (!bound)
		return;
	if (begins_with(method, "RANGE")) {
		bool most = same_word(bound, "MAXVALUE") && !has_columns(method);

		text_addf(list, most ? " VALUES LESS THAN %s" : " VALUES LESS THAN (%s)", bound);
	} else if (begins_with(method, "LIST")) {
		text_addf(list, same_word(bound, "DEFAULT") ? " DEFAULT" : " VALUES IN (%s)",
			bound);
	} else {
		text_addf(list, " %s", bound);
	}
}

static void add_partition(const struct reader *r, struct partitions *p, char **row)
{
	text_addf(&p->plain, "p%u,", p->count);
	text_addf(&p->names, "%s,", row[P_NAME]);
	text_add(&p->list, p->count > 0 ? ", PARTITION " : "PARTITION ");
	text_add_name(&p->list, row[P_NAME]);
	add_bound(&p->list, row);
	if (row[P_COMMENT] && *row[P_COMMENT]) {
		text_add(&p->list, " COMMENT = ");
		text_add_literal(&p->list, row[P_COMMENT], r->backslash);
		p->listed = true;
	}
	p->listed = p->listed || row[P_DESCRIPTION];
	p->count++;
}

static int read_partition(struct reader *r, void *data, char **row, struct limbeck_error *err)
{
	struct partitions *p = data;
	bool first_sub;

	if (!p->table || strcmp(p->table, row[P_TABLE]) != 0) {
		finish_table(r, p);
		start_table(p, row);
		if (!p->table)
			return connection_nomem(err);
	}
	first_sub = !row[P_SUBORDINAL] || strcmp(row[P_SUBORDINAL], "1") == 0;
	if (first_sub)
		add_partition(r, p, row);
	if (row[P_SUBMETHOD] && p->count == 1) {
		p->subs++;
		text_clear(&p->sub);
		text_add(&p->sub, "SUBPARTITION BY ");
		add_method(&p->sub, row[P_SUBMETHOD], row[P_SUBEXPRESSION]);
		text_addf(&p->sub, " SUBPARTITIONS %u", p->subs);
	}
	return 0;
}

int reader_partitions(struct reader *r, struct limbeck_error *err)
{
	struct partitions p = { 0 };
	struct text sql = TEXT_INIT;
	int status;

	if (!r->partitioned)
		return 0;
	text_addf(&sql, "SELECT table_name, partition_name, subpartition_name, "
		"partition_ordinal_position, subpartition_ordinal_position, partition_method, "
		"subpartition_method, partition_expression, subpartition_expression, "
		"partition_description, partition_comment FROM information_schema.partitions "
		"WHERE table_schema = %s AND partition_name IS NOT NULL "
		"ORDER BY table_name, partition_ordinal_position, subpartition_ordinal_position",
		text_string(&r->schema));
	status = reader_query(r, &sql, read_partition, &p, err);
	if (status == 0)
		finish_table(r, &p);
	limbeck_host->free(p.table);
	text_release(&p.head);
	text_release(&p.list);
	text_release(&p.plain);
	text_release(&p.names);
	text_release(&p.sub);
	return status;
}
