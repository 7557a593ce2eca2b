/* SPDX-License-Identifier: BSD-2-Clause */
/* Every allocation of a catalog's work is made to fail in turn: each is noticed. */
#include "tap.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "schema.h"

/* In the place of those of core/base/mem.c. */
static long left;

static bool may(void)
{
	if (left > 0)
		left--;
	else
		return false;
	return true;
}

void *mem_alloc(size_t size)
{
	return may() ? calloc(1, size ? size : 1) : NULL;
}

void *mem_realloc(void *memory, size_t size)
{
	return may() ? realloc(memory, size ? size : 1) : NULL;
}

void mem_free(void *memory)
{
	free(memory);
}

char *mem_strdup(const char *text)
{
	size_t size = text ? strlen(text) + 1 : 0;
	char *copy = size ? mem_alloc(size) : NULL;

	if (copy)
		memcpy(copy, text, size);
	return copy;
}

static void fill_table(struct limbeck_catalog *c, const char *table)
{
	struct limbeck_object *o;
	char name[16];

	add(c, LIMBECK_KIND_TABLE, "public", NULL, table);
	for (int i = 0; i < 3; i++) {
		snprintf(name, sizeof name, "c%d", i);
		o = add(c, LIMBECK_KIND_COLUMN, "public", table, name);
		object_set(o, LIMBECK_ATTR_COMMENT, "a");
		object_set(o, LIMBECK_ATTR_TYPE, "mood[]");
		object_set(o, LIMBECK_ATTR_NOT_NULL, "yes");
		object_set(o, LIMBECK_ATTR_DEFAULT, "nextval('s'::regclass) + f(1)");
		object_set(o, LIMBECK_ATTR_STORAGE, "EXTERNAL");
	}
	o = add(c, LIMBECK_KIND_CHECK, "public", table, NULL);
	object_set(o, LIMBECK_ATTR_EXPRESSION, "c1 > 0");
	o = add(c, LIMBECK_KIND_FOREIGN_KEY, "public", table, "fk");
	set_list(o, LIMBECK_ATTR_COLUMNS, "c0", "c1");
	object_append(o, LIMBECK_ATTR_COLUMNS, "c2");
	object_set(o, LIMBECK_ATTR_REF_TABLE, "t0");
}

static struct limbeck_catalog *filled(void)
{
	struct limbeck_catalog *c = catalog_new(&rules_normal);
	char table[16];

	for (int i = 0; c && i < 30; i++) {
		snprintf(table, sizeof table, "t%d", i);
		fill_table(c, table);
	}
	if (c) {
		add(c, LIMBECK_KIND_SEQUENCE, "public", NULL, "s");
		add(c, LIMBECK_KIND_ENUM, "public", NULL, "mood");
		add(c, LIMBECK_KIND_FUNCTION, "public", NULL, "f");
		object_set(add(c, LIMBECK_KIND_VIEW, "public", NULL, "v"), LIMBECK_ATTR_DEFINITION,
			"CREATE VIEW v AS SELECT c1 FROM t1 x JOIN t2 ON x.c1 = t2.c1");
		catalog_connect(c);
	}
	return c;
}

static bool order(const struct limbeck_catalog *c)
{
	struct arena arena = ARENA_INIT;
	size_t count = 0;
	bool done = catalog_order(c, &arena, &count) != NULL;

	arena_release(&arena);
	return done;
}

/* Whether all went well; what fails must fail for want of memory. */
static bool change_all(const struct limbeck_catalog *c)
{
	struct limbeck_catalog *d = catalog_clone(c), *e = catalog_new(&rules_normal);
	struct limbeck_object *t1 = find(c, LIMBECK_KIND_TABLE, "public", NULL, "t1");
	struct limbeck_object *c1 = find(c, LIMBECK_KIND_COLUMN, "public", "t2", "c1");
	struct limbeck_object *t = e ? add(e, LIMBECK_KIND_TABLE, "public", NULL, "new one") : NULL;
	struct limbeck_object *col = e ? add(e, LIMBECK_KIND_COLUMN, "public", "t2", "new one") : NULL;
	const struct limbeck_change changes[] = {
		{ sizeof *changes, LIMBECK_RENAME, 0, t1, t, NULL, 0, NULL },
		{ sizeof *changes, LIMBECK_RENAME, 0, c1, col, NULL, 0, NULL },
		{ sizeof *changes, LIMBECK_ALTER, 0, col, col, NULL, 0, NULL },
		{ sizeof *changes, LIMBECK_DROP, 0, col, NULL, NULL, 0, NULL },
		{ sizeof *changes, LIMBECK_CREATE, 0, NULL, c1, NULL, 0, NULL },
	};
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	bool good = d && t && col;

	for (size_t i = 0; good && i < sizeof changes / sizeof *changes; i++)
		good = catalog_apply(d, &changes[i], &err) == 0;
	if (err.code && err.code != LIMBECK_E_NOMEM)
		ok(false, "change refused: %s", err.message ? err.message : "");
	limbeck_error_release(&err);
	catalog_free(d);
	catalog_free(e);
	return good;
}

static bool work(void)
{
	struct limbeck_catalog *c = filled();
	bool good = c && !catalog_failed(c) && order(c) && change_all(c);

	catalog_free(c);
	return good;
}

int main(void)
{
	long allocations, unnoticed = 0;

	left = 1000000;
	ok(work(), "with memory all goes well");
	allocations = 1000000 - left;
	for (long i = 0; i < allocations; i++) {
		left = i;
		if (work()) {
			diag("allocation %ld is not noticed", i);
			unnoticed++;
		}
	}
	ok(allocations > 100, "it takes many allocations");
	is_int(unnoticed, 0, "each that fails is noticed");
	return done_testing();
}
