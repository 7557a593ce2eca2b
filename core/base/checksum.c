/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/checksum.h"

#include <string.h>

static void add_text(struct checksum *sum, const unsigned char *data, size_t length)
{
	const unsigned char *end = data + length, *cr;

	while (data < end) {
		if (sum->after_cr && *data == '\n')
			data++;
		sum->after_cr = false;
		cr = memchr(data, '\r', (size_t)(end - data));
		SHA256Update(&sum->context, data, (size_t)((cr ? cr : end) - data));
		if (!cr)
			break;
		SHA256Update(&sum->context, (const uint8_t *)"\n", 1);
		sum->after_cr = true;
		data = cr + 1;
	}
}

/* Deals with the bytes that were kept back in case they are the mark. */
static void add_front(struct checksum *sum, size_t length)
{
	if (length < 3 || memcmp(sum->front, "\xef\xbb\xbf", 3) != 0)
		add_text(sum, sum->front, length);
}

void checksum_init(struct checksum *sum)
{
	memset(sum, 0, sizeof *sum);
	SHA256Init(&sum->context);
}

void checksum_init_exact(struct checksum *sum)
{
	checksum_init(sum);
	sum->exact = true;
}

void checksum_add(struct checksum *sum, const void *data, size_t length)
{
	const unsigned char *bytes = data;

	if (sum->exact) {
		SHA256Update(&sum->context, bytes, length);
		return;
	}
	while (length && sum->seen < sizeof sum->front) {
		sum->front[sum->seen++] = *bytes++;
		length--;
		if (sum->seen == sizeof sum->front)
			add_front(sum, sizeof sum->front);
	}
	if (length)
		add_text(sum, bytes, length);
}

void checksum_final(struct checksum *sum, char out[CHECKSUM_LENGTH + 1])
{
	static const char digits[] = "0123456789abcdef";
	uint8_t digest[SHA256_DIGEST_LENGTH];

	if (!sum->exact && sum->seen < sizeof sum->front)
		add_front(sum, (size_t)sum->seen);
	SHA256Final(digest, &sum->context);
	for (size_t i = 0; i < sizeof digest; i++) {
		out[2 * i] = digits[digest[i] >> 4];
		out[2 * i + 1] = digits[digest[i] & 15];
	}
	out[CHECKSUM_LENGTH] = '\0';
}
