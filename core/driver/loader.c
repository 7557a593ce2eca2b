/* SPDX-License-Identifier: BSD-2-Clause */
#include "driver/loader.h"

#include <dlfcn.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/mem.h"
#include "base/strbuf.h"
#include "base/suggest.h"
#include "driver/host.h"
#include "driver/image.h"
#include "driver/search.h"
#include "driver/table.h"
#include "driver/trust.h"

#define ENTRY "limbeck_driver_entry"

/* A sanitizer's report of a leak can't name what has been unloaded. */
#if defined(__SANITIZE_ADDRESS__)
#define KEEP_LOADED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer) || \
	__has_feature(thread_sanitizer)
#define KEEP_LOADED 1
#endif
#endif
#ifndef KEEP_LOADED
#define KEEP_LOADED 0
#endif

static void add_installed(struct strbuf *detail, const struct search_found *found, size_t count)
{
	strbuf_addstr(detail, count ? "" : "none");
	for (size_t i = 0; i < count; i++)
		strbuf_addf(detail, "%s%s", i ? ", " : "", found[i].scheme);
}

static const char *nearest(struct arena *arena, const char *scheme,
	const struct search_found *found, size_t count)
{
	const char **names = arena_array(arena, count ? count : 1, sizeof *names);

	for (size_t i = 0; names && i < count; i++)
		names[i] = found[i].scheme;
	return names && count ? suggest_nearest(scheme, names, count) : NULL;
}

static int no_such_driver(struct arena *arena, const char *path, const char *scheme,
	struct limbeck_error *err)
{
	struct strbuf detail = STRBUF_INIT;
	struct search_found *found;
	size_t count;
	const char *meant;

	if (search_all(arena, path, &found, &count, err) < 0)
		return -1;
	error_set(err, LIMBECK_E_DRIVER, "no driver for \"%s\" is installed", scheme);
	strbuf_addf(&detail, "The driver path is %s; installed: ", path && *path ? path : "empty");
	add_installed(&detail, found, count);
	error_detail(err, "%s.", detail.buf);
	strbuf_release(&detail);
	meant = nearest(arena, scheme, found, count);
	if (meant)
		error_hint(err, "Perhaps you meant \"%s\". Otherwise install the package "
			"limbeck-%s, or put %s.so into a folder of the driver path.",
			meant, scheme, scheme);
	else
		error_hint(err, "Install the package limbeck-%s, or put %s.so into a folder of the "
			"driver path.", scheme, scheme);
	return -1;
}

static int not_a_driver(const char *file, const char *why, const char *hint,
	struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_DRIVER, "\"%s\" is not a driver: %s", file, why);
	error_hint(err, "%s", hint);
	return -1;
}

/* What dlopen() says begins with the file's name, which we have said. */
static int not_loaded(const char *file, struct limbeck_error *err)
{
	const char *why = dlerror();
	size_t length = strlen(file);

	if (!why)
		why = "unknown reason";
	if (strncmp(why, file, length) == 0 && strncmp(why + length, ": ", 2) == 0)
		why += length + 2;
	return not_a_driver(file, why,
		"It is no shared object for this machine, or a library that it needs is not "
		"installed.", err);
}

static int check_file(const char *file, struct limbeck_error *err)
{
	struct stat status;
	struct arena arena = ARENA_INIT;
	int result = -1;

	if (stat(file, &status) != 0 || access(file, R_OK) != 0)
		error_set(err, LIMBECK_E_DRIVER, "could not read driver \"%s\": %s", file,
			strerror(errno));
	else if (!S_ISREG(status.st_mode))
		not_a_driver(file, "it is no regular file", "A driver is a shared object.", err);
	else
		result = trust_check(&arena, file, err);
	arena_release(&arena);
	return result;
}

static int open_file(struct driver *driver, struct limbeck_error *err)
{
	limbeck_driver_entry_fn *entry = NULL;
	void *symbol;

	driver->handle = dlopen(driver->path, RTLD_NOW | RTLD_LOCAL);
	if (!driver->handle)
		return not_loaded(driver->path, err);
	symbol = dlsym(driver->handle, ENTRY);
	if (!symbol)
		return not_a_driver(driver->path, "it does not export " ENTRY,
			"A driver's source has LIMBECK_DRIVER_DEFINE of <limbeck/driver.h> in it.",
			err);
	memcpy(&entry, &symbol, sizeof entry);
	return table_adopt(driver, entry(&driver_host), err);
}

int driver_load_file(struct driver **driver, const char *file, const char *scheme,
	struct limbeck_error *err)
{
	struct driver *new;

	if (check_file(file, err) < 0 || image_check(file, err) < 0)
		return -1;
	new = mem_alloc(sizeof *new);
	if (!new)
		return error_nomem(err);
	new->scheme = mem_strdup(scheme);
	new->path = mem_strdup(file);
	if (!new->scheme || !new->path) {
		driver_free(new);
		return error_nomem(err);
	}
	if (open_file(new, err) < 0) {
		driver_free(new);
		return -1;
	}
	*driver = new;
	return 0;
}

int driver_load(struct driver **driver, const char *path, const char *scheme,
	const struct log *log, struct limbeck_error *err)
{
	struct arena arena = ARENA_INIT;
	const char *file;
	int result = -1;

	if (!search_scheme_valid(scheme)) {
		error_set(err, LIMBECK_E_DRIVER, "\"%s\" is not the scheme of a driver", scheme);
		error_detail(err,
			"A scheme is made of lower-case letters, digits and \"_\" alone.");
		goto out;
	}
	if (search_find(&arena, path, scheme, log, &file, err) < 0)
		goto out;
	if (!file)
		result = no_such_driver(&arena, path, scheme, err);
	else
		result = driver_load_file(driver, file, scheme, err);
	if (result == 0)
		log_write(log, LIMBECK_LOG_DEBUG, "driver %s %s: %s (ABI %u)",
			(*driver)->table.name, (*driver)->table.version, file, (*driver)->abi);
out:
	arena_release(&arena);
	return result;
}

void driver_free(struct driver *driver)
{
	if (!driver)
		return;
	if (driver->handle && !KEEP_LOADED)
		dlclose(driver->handle);
	mem_free(driver->scheme);
	mem_free(driver->path);
	mem_free(driver);
}

const struct limbeck_translation *driver_translation(const struct driver *driver,
	const struct limbeck_server *server)
{
	const struct limbeck_translation *own = driver->table.translation(server);

	return own ? own : driver->traits.translation;
}
