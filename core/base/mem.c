/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

void *mem_alloc(size_t size)
{
	return calloc(1, size ? size : 1);
}

void *mem_realloc(void *memory, size_t size)
{
	return realloc(memory, size ? size : 1);
}

void mem_free(void *memory)
{
	free(memory);
}

char *mem_strdup(const char *text)
{
	size_t size;
	char *copy;

	if (!text)
		return NULL;
	size = strlen(text) + 1;
	copy = malloc(size);
	if (copy)
		memcpy(copy, text, size);
	return copy;
}
