/* SPDX-License-Identifier: BSD-2-Clause */
/* A desired schema in another dialect than the engine's. */
#include "api/ddl_abroad.h"

#include <string.h>

#include "base/error.h"
#include "translate/translate.h"

static struct schema_statement *items_of(const struct ddl *ddl, size_t *count)
{
	struct schema_statement *items = arena_array(ddl->arena,
		ddl->statements.count ? ddl->statements.count : 1, sizeof *items);

	*count = 0;
	for (size_t i = 0; items && i < ddl->statements.count; i++) {
		const struct ddl_statement *statement = &ddl->statements.items[i];

		/* A setting is one of its own engine's. */
		if (!statement->setting && !statement->drop)
			items[(*count)++] = (struct schema_statement){ statement->sql,
				statement->length,
				{ statement->from->shown, statement->line, statement->column } };
	}
	return items;
}

/* In place of what was there comes what was made of it, as one text. */
static int replace(struct ddl *ddl, const struct limbeck_lexis *lexis,
	const struct translated *out, struct limbeck_error *err)
{
	const char *shown = ddl->texts.count ? ddl->texts.items[0]->shown : "schema";
	const char *text = arena_strndup(ddl->arena, out->text.buf, out->text.len);

	shown = arena_printf(ddl->arena, "%s, translated", shown);
	if (!text || !shown)
		return error_nomem(err);
	ddl->statements.count = 0;
	ddl->lexis = lexis;
	return ddl_add(ddl, shown, text, out->text.len, err);
}

int ddl_translate(struct ddl *ddl, const char *dialect, struct connection *connection,
	const char *const *engines, size_t engine_count, bool skip, struct limbeck_error *err)
{
	const struct translator_options options = { .dialect = dialect,
		.driver = connection_driver(connection), .server = connection_server(connection),
		.engines = engines, .engine_count = engine_count, .skip = skip, .log = ddl->log };
	struct translator *translator = NULL;
	struct translated out;
	size_t count;
	struct schema_statement *items = items_of(ddl, &count);
	int result;

	translated_init(&out);
	result = items ? translator_new(&options, &translator, err) : error_nomem(err);
	if (result == 0)
		result = translate_schema(translator, items, count, &out, err);
	if (result == 0 && strbuf_failed(&out.text))
		result = error_nomem(err);
	if (result == 0)
		result = replace(ddl, connection_lexis(connection), &out, err);
	translated_release(&out);
	translator_free(translator);
	return result;
}
