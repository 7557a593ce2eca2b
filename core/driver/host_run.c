/* SPDX-License-Identifier: BSD-2-Clause */
/* A program that a driver runs for the user: a backup's. */
#include "driver/host_run.h"

#include <stdlib.h>
#include <string.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/process.h"
#include "base/strbuf.h"
#include "driver/host.h"

/* More than this nobody reads. */
enum { OUTPUT_BYTES = 1024 * 1024, DETAIL_BYTES = 4096 };

static bool wants_stop(void *data)
{
	return driver_host.cancelled(data) != 0;
}

/* The first lines of what it said, without the secret. */
static void add_detail(const struct strbuf *said, const char *secret, struct limbeck_error *err)
{
	struct strbuf out = STRBUF_INIT;
	const char *text = said->len ? said->buf : "", *place;

	while (secret && *secret && (place = strstr(text, secret))) {
		strbuf_add(&out, text, (size_t)(place - text));
		strbuf_addstr(&out, "***");
		text = place + strlen(secret);
	}
	strbuf_addstr(&out, text);
	if (out.len > DETAIL_BYTES)
		strbuf_truncate(&out, DETAIL_BYTES);
	while (out.len > 0 && out.buf[out.len - 1] == '\n')
		strbuf_truncate(&out, out.len - 1);
	if (out.len > 0 && !strbuf_failed(&out))
		error_detail(err, "%s", out.buf);
	strbuf_release(&out);
}

int host_run(struct limbeck_session *session, const char *const *argv,
	const char *const *environment, const char *secret, struct limbeck_error *err)
{
	struct strbuf out = STRBUF_INIT, errors = STRBUF_INIT;
	struct capture capture = { .argv = argv, .environment = environment, .out = &out,
		.errors = &errors, .most = OUTPUT_BYTES, .seconds = 1e9, .stop = wants_stop,
		.data = session };
	int status = 0, result = process_capture(&capture, &status, err);

	if (result == 0 && status == 127) {
		result = error_set(err, LIMBECK_E_UNSUPPORTED, "there is no program %s", argv[0]);
		error_hint(err, "Install it, or add its folder to PATH.");
	} else if (result == 0 && status != 0) {
		result = error_set(err, LIMBECK_E_IO, "%s failed with status %d", argv[0], status);
		add_detail(&errors, secret, err);
	}
	strbuf_release(&out);
	strbuf_release(&errors);
	return result;
}
