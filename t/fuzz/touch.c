/* SPDX-License-Identifier: BSD-2-Clause */
/* What a statement touches, in every dialect: each touch has a name and can be
 * shown, and it meets a statement that does the same. */
#include <string.h>

#include "fuzz.h"
#include "script/touch.h"

static void check_one(const struct touch *touch, const struct touches *all)
{
	struct strbuf shown = STRBUF_INIT;

	fuzz_must(touch->name != NULL, "a touch has a name");
	touch_describe(&shown, touch);
	fuzz_must(!shown.failed, "a touch can be shown");
	if (touch->flags & TOUCH_WRITE)
		touch_meets(touch, all);
	strbuf_release(&shown);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fuzz input = { data, size };
	struct arena arena = ARENA_INIT;
	const struct limbeck_lexis *lexis = fuzz_lexis(&input);
	struct touches touches = { .rows = false };
	size_t length;
	const char *text = fuzz_rest(&input, &arena, &length);

	fuzz_must(touch_statement(&arena, lexis, text, length, &touches), "there is memory");
	for (size_t i = 0; i < touches.list.count; i++)
		check_one(&touches.list.items[i], &touches);
	arena_release(&arena);
	return 0;
}
