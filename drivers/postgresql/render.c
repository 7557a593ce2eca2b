/* SPDX-License-Identifier: BSD-2-Clause */
#include "render.h"

static const struct {
	int verb;
	enum limbeck_kind kind;
	int (*fn)(const struct render *render, const struct limbeck_change *change);
} renderers[] = {
	{ LIMBECK_CREATE, LIMBECK_KIND_TABLE, render_create_table },
	{ LIMBECK_CREATE, LIMBECK_KIND_COLUMN, render_add_column },
	{ LIMBECK_CREATE, LIMBECK_KIND_EXCLUSION, render_add_exclusion },
	{ LIMBECK_CREATE, LIMBECK_KIND_OTHER, render_create_other },
	{ LIMBECK_DROP, LIMBECK_KIND_PRIMARY_KEY, render_drop_key },
	{ LIMBECK_DROP, LIMBECK_KIND_SEQUENCE, render_drop_sequence },
	{ LIMBECK_ALTER, LIMBECK_KIND_TABLE, render_alter_table },
	{ LIMBECK_ALTER, LIMBECK_KIND_COLUMN, render_alter_column },
	{ LIMBECK_ALTER, LIMBECK_KIND_ENUM, render_alter_enum },
	{ LIMBECK_ALTER, LIMBECK_KIND_TYPE, render_alter_composite },
	{ LIMBECK_ALTER, LIMBECK_KIND_VIEW, render_alter_view },
	{ LIMBECK_ALTER, LIMBECK_KIND_INDEX, render_alter_options },
	{ LIMBECK_ALTER, LIMBECK_KIND_PRIMARY_KEY, render_alter_options },
	{ LIMBECK_ALTER, LIMBECK_KIND_UNIQUE, render_alter_options },
	{ LIMBECK_ALTER, LIMBECK_KIND_OTHER, render_alter_other },
	{ LIMBECK_RENAME, LIMBECK_KIND_TABLE, render_rename_table },
	{ LIMBECK_RENAME, LIMBECK_KIND_COLUMN, render_rename_column },
};

static int render_one(const struct render *render, const struct limbeck_change *change)
{
	enum limbeck_kind kind = limbeck_host->object_kind(change->after ? change->after :
		change->before);
	size_t i;

	for (i = 0; i < sizeof(renderers) / sizeof(renderers[0]); i++) {
		if (renderers[i].verb == change->verb && renderers[i].kind == kind)
			return renderers[i].fn(render, change);
	}
	return 0;
}

int postgresql_render(const struct limbeck_rendering *rendering,
	const struct limbeck_change *changes, size_t count, struct limbeck_out *out,
	struct limbeck_error *err)
{
	bool failed = false;
	const struct render render = { rendering, out, err, &failed };
	size_t i;

	for (i = 0; i < count; i++) {
		int rendered = render_one(&render, &changes[i]);

		if (rendered < 0)
			return -1;
		if (!rendered)
			break;
	}
	return failed ? postgresql_nomem(err) : (int)i;
}
