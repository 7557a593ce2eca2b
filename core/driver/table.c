/* SPDX-License-Identifier: BSD-2-Clause */
#include "driver/table.h"

#include <string.h>

#include "base/error.h"
#include "driver/search.h"
#include "driver/stubs.h"

/* The end of what every driver of this ABI has. */
#define THROUGH(type, member) (offsetof(type, member) + sizeof(((type *)0)->member))

static int other_abi(const struct driver *driver, unsigned abi, struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_DRIVER,
		"driver \"%s\" was built for driver ABI %u, and this is ABI %u (limbeck %s)",
		driver->path, abi, (unsigned)LIMBECK_DRIVER_ABI, LIMBECK_VERSION);
	error_hint(err,
		"Install the package limbeck-%s of the same version as limbeck, or build the "
		"driver again with the headers of limbeck %s.",
		driver->scheme, LIMBECK_VERSION);
	return -1;
}

static int too_small(const struct driver *driver, const char *what, size_t size, size_t least,
	struct limbeck_error *err)
{
	error_set(err, LIMBECK_E_DRIVER,
		"driver \"%s\" is not usable: its %s are %zu bytes, but at least %zu are required",
		driver->path, what, size, least);
	error_hint(err, "LIMBECK_DRIVER_DEFINE in <limbeck/driver.h> sets the sizes; "
			"build the driver with the headers of limbeck %s.", LIMBECK_VERSION);
	return -1;
}

static const char *missing_member(const struct limbeck_driver *table)
{
	return !table->name ? "name" : !table->traits ? "traits" : !table->open ? "open" :
		!table->close ? "close" : !table->execute ? "execute" : NULL;
}

static int check_members(const struct driver *driver, struct limbeck_error *err)
{
	const char *missing = missing_member(&driver->table);

	if (missing) {
		error_set(err, LIMBECK_E_DRIVER,
			"driver \"%s\" is not usable: it lacks the required member \"%s\"",
			driver->path, missing);
		error_hint(err, "<limbeck/driver.h> says what each member must do.");
		return -1;
	}
	if (!search_scheme_valid(driver->table.name))
		return error_set(err, LIMBECK_E_DRIVER,
			"driver \"%s\" is not usable: its name is not made of lower-case letters, "
			"digits and \"_\" alone", driver->path);
	return 0;
}

static void copy(void *to, size_t to_size, const void *from, size_t from_size)
{
	memcpy(to, from, from_size < to_size ? from_size : to_size);
}

int table_adopt(struct driver *driver, const struct limbeck_driver_entry *entry,
	struct limbeck_error *err)
{
	const size_t least = THROUGH(struct limbeck_driver, execute);
	const size_t least_traits = THROUGH(struct limbeck_traits, lexis);

	if (!entry)
		return error_set(err, LIMBECK_E_DRIVER,
			"driver \"%s\" is not usable: its entry function returned nothing",
			driver->path);
	driver->abi = entry->abi;
	if (entry->abi != LIMBECK_DRIVER_ABI)
		return other_abi(driver, entry->abi, err);
	if (!entry->driver)
		return error_set(err, LIMBECK_E_DRIVER,
			"driver \"%s\" is not usable: it has no table", driver->path);
	if (entry->driver_size < least)
		return too_small(driver, "members", entry->driver_size, least, err);
	if (entry->traits_size < least_traits)
		return too_small(driver, "traits", entry->traits_size, least_traits, err);
	copy(&driver->table, sizeof driver->table, entry->driver, entry->driver_size);
	if (check_members(driver, err) < 0)
		return -1;
	copy(&driver->traits, sizeof driver->traits, driver->table.traits, entry->traits_size);
	driver->table.traits = &driver->traits;
	stubs_fill_traits(&driver->traits, &driver->table);
	stubs_fill(&driver->table);
	return 0;
}
