/* SPDX-License-Identifier: BSD-2-Clause */
#include "api/comparison.h"

int limbeck_check(struct limbeck *lb, unsigned flags, limbeck_change_fn *fn, void *data,
	size_t *differences, struct limbeck_error *err)
{
	/* A column is one difference, in however many steps it would come. */
	const struct diff_options options = { .fill = false };
	struct comparison comparison;
	size_t count = 0;
	int result = comparison_desired(lb, flags, &comparison, err);

	if (result == 0)
		result = comparison_diff(&comparison, &options, err);
	if (result == 0)
		result = comparison_tell(&comparison.diff, fn, data, &count, err);
	if (result == 0 && differences)
		*differences = count;
	comparison_close(&comparison);
	return result;
}
