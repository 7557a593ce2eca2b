/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * For LD_PRELOAD: lets an allocation of limbeck's fail. Those that count are made
 * by the program, its library and its drivers, by name of the object that the call
 * comes from; what client libraries do when memory is short is their affair.
 *
 *     LIMBECK_FAULT_MEMORY        N: allocation N fails; N+: all from N on do
 *     LIMBECK_FAULT_MEMORY_ALSO   the beginning of a library's name: its allocations
 *                                 count too
 *     LIMBECK_FAULT_MEMORY_LOG    a file that gets the number of allocations at the end
 *     LIMBECK_FAULT_MEMORY_TRACE  a file that gets the offset in its object of the one
 *                                 that fails
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What is asked for before this object is ready: by the loader, and by a sanitizer
 * that must not be called yet. */
static _Alignas(max_align_t) char early[1 << 18];
static size_t early_used;

static void *(*real_malloc)(size_t);
static void *(*real_calloc)(size_t, size_t);
static void *(*real_realloc)(void *, size_t);
static char *(*real_strdup)(const char *);
static char *(*real_strndup)(const char *, size_t);
static void (*real_free)(void *);
static atomic_ulong count;
static unsigned long failing;
static bool onwards;
static _Thread_local bool inside;

static void find(const char *name, void *function)
{
	void *symbol = dlsym(RTLD_NEXT, name);

	memcpy(function, &symbol, sizeof symbol);
}

__attribute__((constructor)) static void prepare(void)
{
	const char *order = getenv("LIMBECK_FAULT_MEMORY");
	char *rest;

	inside = true;
	find("free", &real_free);
	find("calloc", &real_calloc);
	find("realloc", &real_realloc);
	find("strdup", &real_strdup);
	find("strndup", &real_strndup);
	if (order) {
		failing = strtoul(order, &rest, 10);
		onwards = *rest == '+';
	}
	find("malloc", &real_malloc);
	inside = false;
}

static bool is_ours(const char *path)
{
	const char *name = strrchr(path, '/'), *also = getenv("LIMBECK_FAULT_MEMORY_ALSO");

	name = name ? name + 1 : path;
	if (also && *also && !strncmp(name, also, strlen(also)))
		return true;
	return !strncmp(name, "limbeck", 7) || !strncmp(name, "liblimbeck", 10)
		|| strstr(path, "/drivers/");
}

static void trace(const void *caller, const Dl_info *info)
{
	const char *path = getenv("LIMBECK_FAULT_MEMORY_TRACE");
	char line[512];
	int fd = path ? open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666) : -1;
	int length;

	if (fd < 0)
		return;
	length = snprintf(line, sizeof line, "%s %#tx\n", info->dli_fname,
		(const char *)caller - (const char *)info->dli_fbase);
	if (length > 0 && (size_t)length < sizeof line && write(fd, line, (size_t)length) < 0)
		abort();
	close(fd);
}

/* Whether this allocation is to fail. */
static bool fails(const void *caller)
{
	Dl_info info;
	unsigned long number;
	bool due = false;

	if (inside)
		return false;
	inside = true;
	if (dladdr(caller, &info) && info.dli_fname && is_ours(info.dli_fname)) {
		number = atomic_fetch_add(&count, 1) + 1;
		due = failing && (number == failing || (onwards && number > failing));
		if (due && number == failing)
			trace(caller, &info);
	}
	inside = false;
	if (due)
		errno = ENOMEM;
	return due;
}

static void *take_early(size_t size)
{
	size_t needed = (size + 15) & ~(size_t)15;
	void *memory = early + early_used;

	if (needed > sizeof early - early_used)
		abort();
	early_used += needed;
	return memory;
}

static bool is_early(const char *memory)
{
	return memory >= early && memory < early + sizeof early;
}

/* How much was asked for is not known; what follows it is ours too. */
static void *move_early(char *memory, size_t size)
{
	char *new = real_malloc ? real_malloc(size) : take_early(size);
	size_t most = (size_t)(early + sizeof early - memory);

	for (size_t i = 0; new && i < size && i < most; i++)
		new[i] = memory[i];
	return new;
}

#define CALLER __builtin_return_address(0)
#define SHOWN __attribute__((visibility("default")))

SHOWN void *malloc(size_t size)
{
	if (!real_malloc)
		return take_early(size);
	return fails(CALLER) ? NULL : real_malloc(size);
}

SHOWN void *calloc(size_t number, size_t size)
{
	if (!real_malloc)
		return take_early(number * size);
	return fails(CALLER) ? NULL : real_calloc(number, size);
}

SHOWN void *realloc(void *memory, size_t size)
{
	if (is_early(memory) || !real_malloc)
		return memory ? move_early(memory, size) : take_early(size);
	return fails(CALLER) ? NULL : real_realloc(memory, size);
}

SHOWN char *strdup(const char *text)
{
	return fails(CALLER) ? NULL : real_strdup(text);
}

SHOWN char *strndup(const char *text, size_t length)
{
	return fails(CALLER) ? NULL : real_strndup(text, length);
}

SHOWN void free(void *memory)
{
	if (!is_early(memory) && real_free)
		real_free(memory);
}

__attribute__((destructor)) static void report(void)
{
	const char *path = getenv("LIMBECK_FAULT_MEMORY_LOG");
	FILE *file = path ? fopen(path, "w") : NULL;

	if (!file)
		return;
	fprintf(file, "%lu\n", atomic_load(&count));
	fclose(file);
}
