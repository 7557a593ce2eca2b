/* SPDX-License-Identifier: BSD-2-Clause */
/* The parts of an index, read from their texts. */
#include <string.h>

#include "sql/quote.h"
#include "translate/map_int.h"

static void put_parts(struct strbuf *out, const struct limbeck_object *index)
{
	const struct limbeck_lexis *lexis = dialect_lexis(LIMBECK_COMMON_DIALECT);
	size_t count = limbeck_object_count(index, LIMBECK_ATTR_COLUMNS);

	for (size_t i = 0; i < count; i++) {
		const char *part = limbeck_object_item(index, LIMBECK_ATTR_PARTS, i);

		if (i)
			strbuf_addstr(out, ", ");
		if (part && *part)
			strbuf_addstr(out, part);
		else
			quote_identifier(out, lexis,
				limbeck_object_item(index, LIMBECK_ATTR_COLUMNS, i));
	}
}

int map_parts_read(struct mapper *m, const struct limbeck_object *index,
	const struct ddl_part **parts)
{
	const struct ddl_place place = { NULL, 1, 1 };
	struct strbuf text = STRBUF_INIT;
	struct ddl_statement *statement;
	int result = -1;

	strbuf_addstr(&text, "CREATE INDEX i ON t (");
	put_parts(&text, index);
	strbuf_addch(&text, ')');
	if (strbuf_failed(&text)) {
		mapper_nomem(m);
	} else if (ddl_parse(&m->arena, dialect_lexis(LIMBECK_COMMON_DIALECT),
		LIMBECK_COMMON_DIALECT, text.buf, text.len, &place, &statement, m->err) == 0) {
		*parts = statement->index->parts;
		result = 0;
	}
	strbuf_release(&text);
	return result;
}

const struct ddl_option *mapper_option(const struct ddl_part *part, enum ddl_option_kind kind)
{
	const struct ddl_option *option = part->options;

	while (option && option->kind != kind)
		option = option->next;
	return option;
}
