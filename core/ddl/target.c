/* SPDX-License-Identifier: BSD-2-Clause */
#include "ddl/target.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>

#include "base/error.h"
#include "sql/quote.h"
#include "sql/reserved.h"

void target_init(struct printer *out, struct print_target *target, struct strbuf *text,
	struct limbeck_error *err)
{
	*out = (struct printer) PRINTER_INIT(text);
	out->target = target;
	operators_init(&target->operators, target->operators_text);
	target->depth = 0;
	target->failed = false;
	target->err = err;
}

void target_refuse(struct printer *out, const struct ddl_span *span, const char *format, ...)
{
	struct print_target *target = out->target;
	va_list arguments;

	if (!target || target->failed)
		return;
	target->failed = true;
	va_start(arguments, format);
	error_vset(target->err, LIMBECK_E_UNSUPPORTED, format, arguments);
	va_end(arguments);
	error_place(target->err, target->file, span ? span->line : 0, span ? span->column : 0);
}

int target_end(struct printer *out)
{
	if (out->target && out->target->failed)
		return -1;
	return strbuf_failed(out->out) ? error_nomem(out->target ? out->target->err : NULL) : 0;
}

static bool is_reserved(const char *name)
{
	char word[32];
	size_t length = strlen(name);

	if (length >= sizeof word)
		return false;
	for (size_t i = 0; i <= length; i++)
		word[i] = (char)tolower((unsigned char)name[i]);
	return reserved_word(word);
}

static void ident_abroad(struct printer *out, const struct ddl_ident *ident, enum name_role role)
{
	const struct print_hooks *hooks = out->target->hooks;

	if (hooks && hooks->ident && hooks->ident(out, ident, role))
		return;
	if (!ident->quoted && (role == NAME_FUNCTION || !is_reserved(ident->name))) {
		printer_word(out, ident->name);
		return;
	}
	printer_text(out, "", 0);
	quote_identifier(out->out, out->target->lexis, ident->name);
}

void target_ident(struct printer *out, const struct ddl_ident *ident, enum name_role role)
{
	if (out->target)
		ident_abroad(out, ident, role);
	else if (ident->span.length)
		ident_print(out, ident);
	else
		printer_word(out, ident->name);
}

void target_idents(struct printer *out, const struct ddl_ident *first, enum name_role role)
{
	for (; first; first = first->next) {
		target_ident(out, first, role);
		if (first->next)
			printer_comma(out);
	}
}

void target_name(struct printer *out, const struct ddl_name *name, enum name_role role)
{
	const struct print_hooks *hooks = out->target ? out->target->hooks : NULL;

	if (hooks && hooks->name && hooks->name(out, name, role))
		return;
	for (const struct ddl_ident *part = name->first; part; part = part->next) {
		target_ident(out, part, role);
		if (part->next)
			printer_dot(out);
	}
}

void target_type(struct printer *out, const struct ddl_type *type)
{
	const struct print_hooks *hooks = out->target ? out->target->hooks : NULL;

	if (!hooks || !hooks->type || !hooks->type(out, type))
		type_print(out, type);
}
