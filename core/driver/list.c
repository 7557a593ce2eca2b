/* SPDX-License-Identifier: BSD-2-Clause */
#include "driver/loader.h"

#include "base/arena.h"
#include "base/error.h"
#include "driver/search.h"

static int tell(const struct search_found *found,
	int (*fn)(void *data, const struct limbeck_driver_info *info), void *data)
{
	struct limbeck_driver_info info = { .size = sizeof info, .scheme = found->scheme,
		.path = found->file };
	struct limbeck_error problem = LIMBECK_ERROR_INIT;
	struct driver *driver = NULL;
	int stop;

	if (driver_load_file(&driver, found->file, found->scheme, &problem) == 0) {
		info.name = driver->table.name;
		info.description = driver->table.description;
		info.version = driver->table.version;
		info.abi = driver->abi;
	} else {
		info.problem = problem.message ? problem.message : "out of memory";
	}
	stop = fn(data, &info);
	driver_free(driver);
	limbeck_error_release(&problem);
	return stop;
}

int driver_list(const char *path, int (*fn)(void *data, const struct limbeck_driver_info *info),
	void *data, struct limbeck_error *err)
{
	struct arena arena = ARENA_INIT;
	struct search_found *found;
	size_t count;
	int result = search_all(&arena, path, &found, &count, err);

	for (size_t i = 0; result == 0 && i < count; i++)
		if (tell(&found[i], fn, data))
			break;
	arena_release(&arena);
	return result;
}
