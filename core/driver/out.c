/* SPDX-License-Identifier: BSD-2-Clause */
#include "driver/out.h"

#include <string.h>

#include "base/error.h"
#include "driver/out_text.h"
#include "sql/quote.h"
#include "sql/reserved.h"

void out_init(struct limbeck_out *out, const struct limbeck_lexis *lexis,
	const char *default_schema, struct rendered *rendered)
{
	*out = (struct limbeck_out){ .lexis = lexis, .default_schema = default_schema,
		.rendered = rendered };
	strbuf_init(&out->text);
	strbuf_init(&out->remarks);
	strbuf_init(&out->decides);
}

void out_release(struct limbeck_out *out)
{
	strbuf_release(&out->text);
	strbuf_release(&out->remarks);
	strbuf_release(&out->decides);
	arena_release(&out->arena);
}

void out_group(struct limbeck_out *out)
{
	out->group = true;
}

bool out_is_open(const struct limbeck_out *out)
{
	return out->text.len || out->decides.len || out->autocommit;
}

void out_put(struct limbeck_out *out, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	strbuf_vaddf(&out->text, format, arguments);
	va_end(arguments);
}

void out_put_name(struct limbeck_out *out, const char *name)
{
	if (!name || !*name)
		out->nameless = true;
	else if (reserved_is_plain(name))
		strbuf_addstr(&out->text, name);
	else
		quote_identifier(&out->text, out->lexis, name);
}

void out_put_qualified(struct limbeck_out *out, const char *schema, const char *name)
{
	bool is_default = out->default_schema && schema &&
		strcmp(schema, out->default_schema) == 0;

	if (schema && *schema && !is_default) {
		out_put_name(out, schema);
		strbuf_addch(&out->text, '.');
	}
	out_put_name(out, name);
}

void out_put_names(struct limbeck_out *out, const struct limbeck_object *object,
	enum limbeck_attribute attribute)
{
	size_t count = limbeck_object_count(object, attribute);

	for (size_t i = 0; i < count; i++) {
		strbuf_addstr(&out->text, i ? ", " : "");
		out_put_name(out, limbeck_object_item(object, attribute, i));
	}
}

void out_put_literal(struct limbeck_out *out, const char *text)
{
	quote_literal(&out->text, out->lexis, text);
}

static const char *keep(struct limbeck_out *out, const struct strbuf *text)
{
	const char *copy = arena_strndup(&out->arena, text->buf, text->len);

	out->failed = out->failed || !copy || strbuf_failed(text);
	return copy ? copy : "";
}

/* Remarks first, so that a directive stands next to its statement. */
void out_end(struct limbeck_out *out)
{
	struct out_statement statement = { .autocommit = out->autocommit };

	if (!out->text.len && !strbuf_failed(&out->text))
		return;
	strbuf_add(&out->remarks, out->decides.buf, out->decides.len);
	out->failed = out->failed || strbuf_failed(&out->decides);
	out->rendered->decides = out->rendered->decides || out->decides.len;
	statement.remarks = keep(out, &out->remarks);
	statement.text = keep(out, &out->text);
	if (!vec_push_arena(&out->statements, statement, &out->arena))
		out->failed = true;
	strbuf_reset(&out->text);
	strbuf_reset(&out->remarks);
	strbuf_reset(&out->decides);
	out->autocommit = false;
}

/* A line that begins with "@" would be a directive. */
void out_comment(struct strbuf *to, const char *text)
{
	strbuf_addstr(to, "-- ");
	if (*text == '@')
		strbuf_addstr(to, ": ");
	out_text_line(to, text);
	strbuf_addch(to, '\n');
}

void out_remark(struct limbeck_out *out, const char *format, ...)
{
	struct strbuf line = STRBUF_INIT;
	va_list arguments;

	va_start(arguments, format);
	strbuf_vaddf(&line, format, arguments);
	va_end(arguments);
	out_comment(&out->remarks, line.buf);
	out->failed = out->failed || strbuf_failed(&line);
	strbuf_release(&line);
}

void out_put_autocommit(struct limbeck_out *out)
{
	out->autocommit = true;
}

void out_put_decide(struct limbeck_out *out, const char *format, ...)
{
	struct strbuf line = STRBUF_INIT;
	va_list arguments;

	va_start(arguments, format);
	strbuf_vaddf(&line, format, arguments);
	va_end(arguments);
	strbuf_addstr(&out->decides, "-- @decide ");
	out_text_line(&out->decides, line.buf);
	strbuf_addch(&out->decides, '\n');
	out->failed = out->failed || strbuf_failed(&line);
	strbuf_release(&line);
}

void out_put_rebuild(struct limbeck_out *out)
{
	out->rendered->rebuild = true;
}

static void write_statement(struct limbeck_out *out, const struct out_statement *statement,
	const char *heading)
{
	struct rendered *rendered = out->rendered;
	struct strbuf *to = &rendered->text;

	if (out->block && !statement->autocommit) {
		strbuf_addstr(to, "-- @end\n");
		out->block = false;
	}
	if (out->group && to->len)
		strbuf_addch(to, '\n');
	out->group = false;
	if (statement->autocommit && !out->block) {
		strbuf_addstr(to, "-- @autocommit\n");
		out->block = rendered->autocommit = true;
	}
	strbuf_addstr(to, heading);
	strbuf_addstr(to, statement->remarks);
	if (*statement->text && out_text_statement(to, out->lexis, statement->text) < 0)
		out->failed = true;
	rendered->statements += *statement->text != '\0';
}

void out_flush(struct limbeck_out *out, const char *heading)
{
	for (size_t i = 0; i < out->statements.count; i++)
		write_statement(out, &out->statements.items[i], i ? "" : heading);
	out->statements.count = 0;
	out->statements.capacity = 0;
	out->statements.items = NULL;
	arena_release(&out->arena);
}

int out_finish(struct limbeck_out *out, struct limbeck_error *err)
{
	const struct out_statement rest = { .remarks = out->remarks.buf, .text = "" };

	out_flush(out, "");
	if (out->remarks.len)
		write_statement(out, &rest, "");
	if (out->block)
		strbuf_addstr(&out->rendered->text, "-- @end\n");
	out->block = false;
	if (out->failed || strbuf_failed(&out->remarks) || strbuf_failed(&out->rendered->text))
		return error_nomem(err);
	return 0;
}
