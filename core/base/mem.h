/* SPDX-License-Identifier: BSD-2-Clause */
/* Memory from the system. Everything that core allocates goes through here or
 * through an arena, which does. */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

/* Zeroed memory, NULL when there is none. */
void *mem_alloc(size_t size);
/* As realloc(); what is new is not zeroed. */
void *mem_realloc(void *memory, size_t size);
void mem_free(void *memory);
/* A copy on the heap, NULL for NULL. */
char *mem_strdup(const char *text);

#endif
