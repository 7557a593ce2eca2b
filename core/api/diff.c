/* SPDX-License-Identifier: BSD-2-Clause */
#include <string.h>

#include "api/comparison.h"
#include "base/error.h"

struct difference {
	struct limbeck_diff what;
	struct comparison comparison;
	bool stopped;
};

/* Parity's differences, one by one. */
static int tell_parity(void *data, const struct limbeck_object *a, const struct limbeck_object *b,
	const char *text)
{
	struct difference *difference = data;
	struct limbeck_diff *what = &difference->what;

	(void)a;
	(void)b;
	what->differences++;
	if (what->change && !difference->stopped)
		difference->stopped = what->change(what->data, NULL, text) != 0;
	return 0;
}

static void fill_parity(const struct side *side, struct parity_side *out)
{
	out->catalog = side->catalog;
	out->engine = connection_server(side->connection)->product;
	out->traits = connection_traits(side->connection);
}

static int compare_parity(struct difference *difference, struct limbeck_error *err)
{
	struct parity_side a, b;

	fill_parity(&difference->comparison.before, &a);
	fill_parity(&difference->comparison.after, &b);
	difference->what.parity = 1;
	if (difference->what.sql) {
		error_set(err, LIMBECK_E_UNSUPPORTED,
			"there are no statements that lead from %s to %s", a.engine, b.engine);
		error_hint(err, "Schemas of two engines are only compared, by what they mean.");
		return -1;
	}
	return diff_parity(&a, &b, tell_parity, difference, err);
}

/* fn's own answer does not matter: it is given all there is. */
static int give_sql(struct difference *difference, struct limbeck_error *err)
{
	const struct diff_options options = { .fill = true };
	struct rendered rendered;
	int result = comparison_diff(&difference->comparison, &options, err);

	rendered_init(&rendered);
	if (result == 0)
		result = comparison_render(&difference->comparison, &rendered, err);
	if (result == 0 && rendered.text.len)
		difference->what.sql(difference->what.data, NULL, rendered.text.buf,
			rendered.text.len);
	rendered_release(&rendered);
	return result;
}

static int compare_both(struct difference *difference, struct limbeck_error *err)
{
	struct limbeck_diff *what = &difference->what;
	struct comparison *comparison = &difference->comparison;
	/* As for limbeck_check(). */
	const struct diff_options options = { .fill = false };

	if (!side_same_engine(&comparison->before, &comparison->after))
		return compare_parity(difference, err);
	if (renames_add_texts(&comparison->renames, what->renames, what->rename_count, err) < 0
		|| comparison_diff(comparison, &options, err) < 0
		|| comparison_tell(&comparison->diff, what->change, what->data,
			&what->differences, err) < 0)
		return -1;
	return what->sql ? give_sql(difference, err) : 0;
}

int limbeck_diff(struct limbeck *lb, struct limbeck_diff *diff, struct limbeck_error *err)
{
	struct difference difference = { .stopped = false };
	size_t size = diff->size < sizeof difference.what ? diff->size : sizeof difference.what;
	int result;

	memcpy(&difference.what, diff, size);
	difference.what.differences = 0;
	difference.what.parity = 0;
	if (!difference.what.a || !difference.what.b)
		return error_set(err, LIMBECK_E_USAGE, "a diff needs two schemas");
	result = comparison_open(lb, difference.what.a, difference.what.b, difference.what.flags,
		&difference.comparison, err);
	if (result == 0)
		result = compare_both(&difference, err);
	comparison_close(&difference.comparison);
	memcpy(diff, &difference.what, size);
	return result;
}
