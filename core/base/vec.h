/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Vectors of any type, on the heap or in an arena.
 *
 *     VEC(struct token) tokens = VEC_INIT;
 *     if (!vec_push(&tokens, token))
 *             return error_nomem(err);
 *     for (size_t i = 0; i < tokens.count; i++) ... tokens.items[i] ...
 *     vec_release(&tokens);
 *
 * vec_push_arena() takes the memory from an arena; such a vector is not
 * released, and must only ever grow from the same arena. Both are expressions
 * that are false when there is no memory; the vector then is as before.
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

#define VEC(type) struct { type *items; size_t count; size_t capacity; }
#define VEC_INIT { NULL, 0, 0 }

bool vec_reserve(void *items_pointer, size_t *capacity, size_t count, size_t item_size,
	struct arena *arena);

#define vec_push_to(vec, value, arena)                                                  \
	(((vec)->count < (vec)->capacity ||                                              \
	  vec_reserve(&(vec)->items, &(vec)->capacity, (vec)->count, sizeof *(vec)->items, \
		  arena))                                                                \
		 ? ((vec)->items[(vec)->count++] = (value), true)                        \
		 : false)
#define vec_push(vec, value) vec_push_to(vec, value, NULL)
#define vec_push_arena(vec, value, arena) vec_push_to(vec, value, arena)
#define vec_release(vec) \
	(mem_free((vec)->items), (vec)->items = NULL, (vec)->count = (vec)->capacity = 0)

#include "base/mem.h"

#endif
