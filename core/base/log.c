/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/log.h"

#include "base/strbuf.h"

bool log_wants(const struct log *log, int level)
{
	return log && log->write && level <= log->level;
}

void log_write(const struct log *log, int level, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	log_vwrite(log, level, format, arguments);
	va_end(arguments);
}

void log_vwrite(const struct log *log, int level, const char *format, va_list arguments)
{
	struct strbuf line = STRBUF_INIT;

	if (!log_wants(log, level))
		return;
	strbuf_vaddf(&line, format, arguments);
	if (!strbuf_failed(&line))
		log->write(log->data, level, line.buf);
	strbuf_release(&line);
}
