/* SPDX-License-Identifier: BSD-2-Clause */
/* The sink of one execute(): hands rows on, and adds up what is reported as
 * changed, for a text of several statements may report several times. */
#ifndef DRIVER_TALLY_H
#define DRIVER_TALLY_H

#include <stdbool.h>
#include <stdint.h>

#include "driver/connection.h"

struct tally {
	struct limbeck_sink sink; /* for the driver */
	struct limbeck_sink *to;  /* where rows go; NULL: nowhere */
	int64_t affected;         /* -1: nothing that counts was reported */
	uint64_t rows;
	bool full;                /* no more rows are wanted */
};

/* The tally must stay where it is: its sink points to it. */
void tally_init(struct tally *tally, struct limbeck_sink *to);

#endif
