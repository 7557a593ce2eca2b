/* SPDX-License-Identifier: BSD-2-Clause */
/* Creating the extensions that a database lacks. */
#include "api/session.h"

#include "base/error.h"
#include "base/vec.h"
#include "driver/render.h"
#include "schema/catalog.h"

typedef void report_fn(void *data, const char *action, const char *name);

struct wanted {
	struct limbeck *lb;
	struct limbeck_catalog *there;
	struct limbeck_catalog *missing;
	VEC(struct limbeck_change) changes;
	report_fn *report;
	void *data;
};

static int want(struct wanted *wanted, const char *name, struct limbeck_error *err)
{
	struct object_name key = { .kind = LIMBECK_KIND_EXTENSION, .name = name };
	struct limbeck_change change = { .size = sizeof change, .verb = LIMBECK_CREATE };

	if (catalog_find(wanted->there, &key)) {
		if (wanted->report)
			wanted->report(wanted->data, "Keeping", name);
		return 0;
	}
	if (catalog_find(wanted->missing, &key))
		return 0;
	change.after = catalog_add(wanted->missing, &key);
	if (!change.after || !vec_push(&wanted->changes, change))
		return error_nomem(err);
	return 0;
}

/* One at a time, so that what fails is known and what went before stays. */
static int create(struct wanted *wanted, const struct limbeck_change *change,
	struct limbeck_error *err)
{
	struct connection *connection = wanted->lb->connection;
	const char *name = limbeck_object_name(change->after);
	struct rendered sql;
	int rc;

	rendered_init(&sql);
	rc = render_changes(wanted->lb->driver, connection_server(connection), wanted->there,
		change, 1, &sql, err);
	if (rc == 0)
		rc = connection_do(connection, sql.text.buf, err);
	if (rc < 0)
		error_hint(err, "The server must have the extension \"%s\" installed, and the role "
			"the right to create it.", name);
	else if (wanted->report)
		wanted->report(wanted->data, "Creating", name);
	rendered_release(&sql);
	return rc;
}

static int create_all(struct wanted *wanted, const char *const *names, size_t count,
	struct limbeck_error *err)
{
	struct connection *connection = wanted->lb->connection;

	if (connection_introspect(connection, NULL, 0, &wanted->there, err) < 0)
		return -1;
	wanted->missing = catalog_new(catalog_rules(wanted->there));
	if (!wanted->missing)
		return error_nomem(err);
	for (size_t i = 0; i < count; i++)
		if (want(wanted, names[i], err) < 0)
			return -1;
	for (size_t i = 0; i < wanted->changes.count; i++)
		if (create(wanted, &wanted->changes.items[i], err) < 0)
			return -1;
	return 0;
}

int limbeck_extensions(struct limbeck *lb, const char *const *names, size_t count,
	report_fn *report, void *data, struct limbeck_error *err)
{
	struct wanted wanted = { .lb = lb, .report = report, .data = data };
	int rc;

	if (session_connect(lb, false, err) < 0)
		return -1;
	if (connection_can(lb->connection, LIMBECK_CAP_EXTENSIONS) == LIMBECK_NO) {
		log_write(&lb->log, LIMBECK_LOG_NOTICE,
			"%s has no extensions: there is nothing to create",
			connection_engine(lb->connection));
		return 0;
	}
	rc = create_all(&wanted, names, count, err);
	vec_release(&wanted.changes);
	catalog_free(wanted.missing);
	catalog_free(wanted.there);
	return rc;
}
