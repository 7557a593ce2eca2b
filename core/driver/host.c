/* SPDX-License-Identifier: BSD-2-Clause */
#include "driver/host.h"

#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "driver/connection.h"
#include "driver/hide.h"
#include "driver/host_run.h"
#include "driver/host_schema.h"
#include "driver/out.h"
#include "schema/catalog.h"

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
	hide_in_text(session->hide, line.buf);
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
	.token = host_token,
	.object_add = host_object_add,
	.object_set = object_set,
	.object_set_n = object_set_n,
	.object_append = object_append,
	.object_depends = host_object_depends,
	.object_kind = limbeck_object_kind,
	.object_schema = limbeck_object_schema,
	.object_table = limbeck_object_table,
	.object_name = limbeck_object_name,
	.object_signature = limbeck_object_signature,
	.object_get = limbeck_object_get,
	.object_count = limbeck_object_count,
	.object_item = limbeck_object_item,
	.object_same = host_object_same,
	.object_find = host_object_find,
	.object_next = host_object_next,
	.put = out_put,
	.put_name = out_put_name,
	.put_qualified = out_put_qualified,
	.put_names = out_put_names,
	.put_literal = out_put_literal,
	.put_definition = out_put_definition,
	.end = out_end,
	.remark = out_remark,
	.put_autocommit = out_put_autocommit,
	.put_decide = out_put_decide,
	.put_rebuild = out_put_rebuild,
	.object_catalog = host_object_catalog,
	.run = host_run,
};
