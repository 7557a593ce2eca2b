/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Checksums of revision files: SHA-256 (libmd) over the text without a
 * byte-order mark at its front and with every line end, CR LF or CR or LF,
 * taken as LF; so that an editor or a version control system that changes only
 * these does not change the checksum.
 */
#ifndef BASE_CHECKSUM_H
#define BASE_CHECKSUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <sha2.h>

#define CHECKSUM_LENGTH 64 /* hex digits */

struct checksum {
	SHA2_CTX context;
	uint64_t seen;  /* bytes taken so far, until the front has been dealt with */
	unsigned char front[3];
	bool after_cr;
	bool exact;     /* take the bytes as they are */
};

void checksum_init(struct checksum *sum);
/* For what is no text of a person's: every byte counts. */
void checksum_init_exact(struct checksum *sum);
void checksum_add(struct checksum *sum, const void *data, size_t length);
/* Writes the hex digits and a zero. sum is used up. */
void checksum_final(struct checksum *sum, char out[CHECKSUM_LENGTH + 1]);

#endif
