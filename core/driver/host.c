/* SPDX-License-Identifier: BSD-2-Clause */
#include "driver/host.h"

#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "driver/connection.h"

static int fail(struct limbeck_error *err, int code, const char *format, ...) LIMBECK_PRINTF(3, 4);
static int fail(struct limbeck_error *err, int code, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	error_vset(err, code, format, arguments);
	va_end(arguments);
	return -1;
}

static void fail_sqlstate(struct limbeck_error *err, const char *sqlstate, int vendor)
{
	if (!err)
		return;
	err->vendor = vendor;
	if (sqlstate && strlen(sqlstate) == sizeof err->sqlstate - 1)
		memcpy(err->sqlstate, sqlstate, sizeof err->sqlstate);
}

static void fail_detail(struct limbeck_error *err, const char *detail)
{
	if (detail && *detail)
		error_detail(err, "%s", detail);
}

static void fail_hint(struct limbeck_error *err, const char *hint)
{
	if (hint && *hint)
		error_hint(err, "%s", hint);
}

static void fail_position(struct limbeck_error *err, size_t position)
{
	if (err)
		err->position = position;
}

static void session_log(struct limbeck_session *session, enum limbeck_log_level level,
	const char *format, ...) LIMBECK_PRINTF(3, 4);
static void session_log(struct limbeck_session *session, enum limbeck_log_level level,
	const char *format, ...)
{
	struct strbuf line = STRBUF_INIT;
	va_list arguments;

	if (!session || !log_wants(session->log, (int)level))
		return;
	va_start(arguments, format);
	strbuf_vaddf(&line, format, arguments);
	va_end(arguments);
	if (!strbuf_failed(&line))
		log_write(session->log, (int)level, "%s: %s", session->engine, line.buf);
	strbuf_release(&line);
}

static int cancelled(struct limbeck_session *session)
{
	return session && atomic_load(&session->cancelled);
}

static void columns(struct limbeck_sink *sink, size_t count, const char *const *names)
{
	if (sink && sink->columns)
		sink->columns(sink->data, count, names);
}

static int row(struct limbeck_sink *sink, size_t count, const char *const *values,
	const size_t *lengths)
{
	return sink && sink->row ? sink->row(sink->data, count, values, lengths) : 0;
}

static int done(struct limbeck_sink *sink, size_t index, int64_t affected)
{
	return sink && sink->done ? sink->done(sink->data, index, affected) : 0;
}

const struct limbeck_host driver_host = {
	.size = sizeof(struct limbeck_host),
	.abi = LIMBECK_DRIVER_ABI,
	.alloc = mem_alloc,
	.free = mem_free,
	.fail = fail,
	.fail_sqlstate = fail_sqlstate,
	.fail_detail = fail_detail,
	.fail_hint = fail_hint,
	.fail_position = fail_position,
	.log = session_log,
	.cancelled = cancelled,
	.columns = columns,
	.row = row,
	.done = done,
};
