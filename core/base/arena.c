/* SPDX-License-Identifier: BSD-2-Clause */
#include "base/arena.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

enum { BLOCK_SMALLEST = 4096, BLOCK_LARGEST = 65536 };

struct arena_block {
	struct arena_block *next;
	size_t used;
	size_t size;
	max_align_t memory[];
};

static struct arena_block *block_new(size_t size)
{
	struct arena_block *block;

	if (size > SIZE_MAX - sizeof *block)
		return NULL;
	block = mem_alloc(sizeof *block + size);
	if (block)
		block->size = size;
	return block;
}

/* A new block with room for size bytes. One that is large goes behind the
 * first, so that what is left of the first stays in use. */
static struct arena_block *arena_extend(struct arena *arena, size_t size)
{
	struct arena_block *first = arena->block;
	size_t usual = BLOCK_SMALLEST;
	struct arena_block *block;

	if (first && first->size >= BLOCK_SMALLEST)
		usual = first->size < BLOCK_LARGEST ? first->size * 2 : BLOCK_LARGEST;
	usual = usual > BLOCK_LARGEST ? BLOCK_LARGEST : usual;
	if (size <= usual / 4) {
		block = block_new(usual - sizeof *block);
	} else {
		block = block_new(size);
		if (block && first) {
			block->next = first->next;
			first->next = block;
			return block;
		}
	}
	if (block) {
		block->next = first;
		arena->block = block;
	}
	return block;
}

void *arena_alloc(struct arena *arena, size_t size)
{
	const size_t unit = sizeof(max_align_t);
	struct arena_block *block = arena->block;
	unsigned char *memory;

	if (size > SIZE_MAX - unit)
		return NULL;
	size = size ? (size + unit - 1) / unit * unit : unit;
	if (!block || block->size - block->used < size)
		block = arena_extend(arena, size);
	if (!block)
		return NULL;
	memory = (unsigned char *)block->memory + block->used;
	block->used += size;
	return memory;
}

void *arena_array(struct arena *arena, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		return NULL;
	return arena_alloc(arena, count * size);
}

char *arena_strdup(struct arena *arena, const char *text)
{
	return arena_strndup(arena, text, strlen(text));
}

char *arena_strndup(struct arena *arena, const char *text, size_t length)
{
	char *copy = length < SIZE_MAX ? arena_alloc(arena, length + 1) : NULL;

	if (copy && length)
		memcpy(copy, text, length);
	return copy;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
	va_list arguments;
	char *text;

	va_start(arguments, format);
	text = arena_vprintf(arena, format, arguments);
	va_end(arguments);
	return text;
}

char *arena_vprintf(struct arena *arena, const char *format, va_list arguments)
{
	va_list again;
	char *text = NULL;
	int length;

	va_copy(again, arguments);
	length = vsnprintf(NULL, 0, format, again);
	va_end(again);
	if (length >= 0)
		text = arena_alloc(arena, (size_t)length + 1);
	if (text)
		vsnprintf(text, (size_t)length + 1, format, arguments);
	return text;
}

void arena_release(struct arena *arena)
{
	struct arena_block *block = arena->block;

	while (block) {
		struct arena_block *next = block->next;

		mem_free(block);
		block = next;
	}
	arena->block = NULL;
}
