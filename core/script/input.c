/* SPDX-License-Identifier: BSD-2-Clause */
#include "script/input.h"

#include <fcntl.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"

int input_open(struct input *input, const struct script_source *source, struct checksum *sum,
	struct limbeck_error *err)
{
	*input = (struct input) { .fd = -1, .shown = source->shown, .text = source->text,
		.left = source->length, .sum = sum };
	if (!source->path || source->loaded)
		return 0;
	input->fd = file_open(AT_FDCWD, source->path, source->shown, NULL, err);
	if (input->fd >= 0)
		return 0;
	error_place(err, source->shown, 0, 0);
	return -1;
}

void input_close(struct input *input)
{
	if (input->fd >= 0)
		close(input->fd);
	input->fd = -1;
}

int input_read(void *data, struct strbuf *out, size_t limit, bool *end, struct limbeck_error *err)
{
	struct input *input = data;
	size_t had = out->len;

	if (input->fd >= 0) {
		if (file_read_fd(input->fd, input->shown, limit, out, end, err) < 0)
			return -1;
	} else {
		limit = limit < input->left ? limit : input->left;
		strbuf_add(out, input->text, limit);
		input->text = limit ? input->text + limit : input->text;
		input->left -= limit;
		*end = input->left == 0;
	}
	if (input->sum && !strbuf_failed(out))
		checksum_add(input->sum, out->buf + had, out->len - had);
	return 0;
}
