/* SPDX-License-Identifier: BSD-2-Clause */
#include "driver/tally.h"

#include "driver/host.h"

static void tally_columns(void *data, size_t count, const char *const *names)
{
	struct tally *tally = data;

	driver_host.columns(tally->to, count, names);
}

static int tally_row(void *data, size_t count, const char *const *values, const size_t *lengths)
{
	struct tally *tally = data;

	tally->rows++;
	if (!tally->full)
		tally->full = driver_host.row(tally->to, count, values, lengths) != 0;
	return tally->full;
}

static int tally_done(void *data, size_t index, int64_t affected)
{
	struct tally *tally = data;

	(void)index;
	if (affected < 0)
		return 0;
	if (tally->affected < 0)
		tally->affected = 0;
	tally->affected += affected > INT64_MAX - tally->affected ? 0 : affected;
	return 0;
}

void tally_init(struct tally *tally, struct limbeck_sink *to)
{
	*tally = (struct tally){
		.sink = { .row = tally_row, .done = tally_done, .columns = tally_columns,
			.data = tally },
		.to = to,
		.affected = -1,
	};
}
