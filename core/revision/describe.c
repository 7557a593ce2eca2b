/* SPDX-License-Identifier: BSD-2-Clause */
#include "revision/describe.h"

#include "base/error.h"

#define SHOWN_MAX 20

void describe_revision(struct strbuf *out, const struct revision *revision)
{
	strbuf_addstr(out, revision->id);
	if (*revision->path)
		strbuf_addf(out, ", %s", revision->path);
	if (*revision->message)
		strbuf_addf(out, ", %s", revision->message);
}

void describe_list(struct limbeck_error *err, const char *heading,
	const struct revision_list *list)
{
	struct strbuf text = STRBUF_INIT;

	strbuf_addstr(&text, heading);
	for (size_t i = 0; i < list->count && i < SHOWN_MAX; i++) {
		strbuf_addstr(&text, "\n  ");
		describe_revision(&text, list->items[i]);
	}
	if (list->count > SHOWN_MAX)
		strbuf_addf(&text, "\n  and %zu more", list->count - SHOWN_MAX);
	error_detail(err, "%s", text.buf);
	strbuf_release(&text);
}
