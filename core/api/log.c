/* SPDX-License-Identifier: BSD-2-Clause */
/* The history of runs, and the drivers. */
#include <string.h>

#include "api/session.h"
#include "base/error.h"

struct log_reader {
	int (*fn)(void *data, const struct limbeck_entry *entry);
	void *data;
};

static int give_entry(void *data, const struct history_entry *entry)
{
	struct log_reader *reader = data;
	struct limbeck_entry shown = {
		.size = sizeof shown, .sequence = entry->seq, .revision = entry->revision,
		.direction = entry->direction, .outcome = entry->outcome, .message = entry->message,
		.checksum = entry->checksum, .statements_done = entry->done,
		.statements_total = entry->total, .started_at = entry->started_at,
		.finished_at = entry->finished_at, .database_user = entry->database_user,
		.os_user = entry->os_user, .host = entry->host, .tool_version = entry->tool_version,
		.error = entry->error,
	};

	return reader->fn(reader->data, &shown);
}

int limbeck_log(struct limbeck *lb, size_t limit,
	int (*fn)(void *data, const struct limbeck_entry *entry), void *data,
	struct limbeck_error *err)
{
	struct log_reader reader = { fn, data };

	if (session_connect(lb, true, err) < 0)
		return -1;
	return store_read_history(&lb->store, lb->connection, limit, give_entry, &reader, err);
}

int limbeck_drivers(struct limbeck *lb, const struct limbeck_options *given,
	int (*fn)(void *data, const struct limbeck_driver_info *driver), void *data,
	struct limbeck_error *err)
{
	struct limbeck_options options = { 0 };
	struct config config;
	int result;

	if (lb)
		return driver_list(lb->config.driver_path, fn, data, err);
	if (given && given->size)
		memcpy(&options, given, given->size < sizeof options ? given->size : sizeof options);
	if (config_load(&config, &options, false, LIMBECK_DRIVERS_DIR, LIMBECK_TEMPLATES_DIR, err) < 0)
		return -1;
	result = driver_list(config.driver_path, fn, data, err);
	config_release(&config);
	return result;
}
