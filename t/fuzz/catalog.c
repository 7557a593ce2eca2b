/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A catalog that was kept: a text that is none is refused; one that is read again
 * is written as it was, copied, ordered and connected.
 */
#include <string.h>

#include "fuzz.h"
#include "schema/catalog.h"

static void check_stored(const struct limbeck_catalog *catalog, struct strbuf *out)
{
	struct limbeck_catalog *again;
	struct strbuf second = STRBUF_INIT;

	fuzz_must(catalog_store(out, catalog), "there is memory");
	again = catalog_restore(catalog_rules(catalog), out->buf, out->len);
	fuzz_must(again != NULL, "what is stored can be read again");
	fuzz_must(catalog_size(again) == catalog_size(catalog), "nothing is lost");
	fuzz_must(catalog_store(&second, again), "there is memory");
	fuzz_same(out->buf, second.buf, "what is read again is stored the same");
	strbuf_release(&second);
	catalog_free(again);
}

static void check_order(const struct limbeck_catalog *catalog, struct arena *arena)
{
	size_t count, size = catalog_size(catalog);
	const struct limbeck_object **order = catalog_order(catalog, arena, &count);

	fuzz_must(order != NULL && count == size, "the order has all objects");
	for (size_t i = 0; i < count; i++) {
		struct strbuf shown = STRBUF_INIT;

		object_shown(&shown, order[i]);
		fuzz_must(!shown.failed, "an object can be shown");
		strbuf_release(&shown);
	}
}

static void check_clone(const struct limbeck_catalog *catalog)
{
	struct limbeck_catalog *clone = catalog_clone(catalog);
	struct strbuf out = STRBUF_INIT;

	fuzz_must(clone != NULL && catalog_store(&out, clone), "there is memory");
	fuzz_must(catalog_size(clone) == catalog_size(catalog), "a copy has as many objects");
	catalog_connect(clone);
	strbuf_release(&out);
	catalog_free(clone);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz input = { data, size };
	struct arena arena = ARENA_INIT;
	unsigned folds = fuzz_byte(&input);
	struct schema_rules rules = { .lexis = fuzz_lexis(&input), .texts_as_written = folds & 1 };
	struct strbuf stored = STRBUF_INIT;
	size_t length;
	const char *text = fuzz_rest(&input, &arena, &length);
	struct limbeck_catalog *catalog = catalog_restore(&rules, text, length);

	if (catalog) {
		check_stored(catalog, &stored);
		check_order(catalog, &arena);
		check_clone(catalog);
		catalog_free(catalog);
	}
	strbuf_release(&stored);
	arena_release(&arena);
	return 0;
}
