/* SPDX-License-Identifier: BSD-2-Clause */
/* Finding drivers: schemes, the driver path, and who may write to it. What is
 * in a file is tested by t/500-drivers.t, which can compile some. */
#include "driver/loader.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/strbuf.h"
#include "driver/host.h"
#include "driver/table.h"
#include "tap.h"

/* A folder of our own, and a name in it. */
struct place {
	char folder[64];
	char name[128];
};

static const char *in(struct place *place, const char *name)
{
	snprintf(place->name, sizeof place->name, "%s/%s", place->folder, name);
	return place->name;
}

static void write_file(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	if (file) {
		fputs(text, file);
		fclose(file);
	}
}

static void keep_line(void *data, int level, const char *line)
{
	(void)level;
	strbuf_addf(data, "%s\n", line);
}

/* Expects a failure whose whole text holds each of several parts. */
static void fails(const char *path, const char *scheme, const char *name, const char *const *parts)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct driver *driver = NULL;
	char *text;

	is_int(driver_load(&driver, path, scheme, NULL, &err), -1, "%s is an error", name);
	is_int(err.code, LIMBECK_E_DRIVER, "about a driver");
	ok(driver == NULL, "and the result is left alone");
	text = limbeck_error_text(&err);
	for (; *parts; parts++)
		if (!ok(text && strstr(text, *parts), "it says: %s", *parts))
			diag("%s", text ? text : "nothing");
	free(text);
	limbeck_error_release(&err);
	is_int(driver_load(&driver, path, scheme, NULL, NULL), -1, "nobody need want to know");
}

#define FAILS(path, scheme, name, ...) \
	fails(path, scheme, name, (const char *const[]){ __VA_ARGS__, NULL })

static void test_schemes(struct place *place)
{
	static const char *const bad[] = { "", "../x", "a/b", "Foo", "a.b", "a-b", "x:",
		"\xc3\xa4" };

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		FAILS(place->folder, bad[i], "a scheme that is none", bad[i],
			"is not the scheme of a driver", "lower-case letters, digits");
}

static void test_absent(struct place *place)
{
	struct strbuf path = STRBUF_INIT;

	FAILS("", "foo", "an empty path", "no driver for \"foo\"", "path is empty",
		"installed: none");
	FAILS(NULL, "foo", "no path", "installed: none");
	FAILS("/nonexistent::/dev/null/x", "foo", "a path of nothing", "installed: none");
	write_file(in(place, "alpha.so"), "");
	write_file(in(place, "beta.so"), "");
	write_file(in(place, "Gamma.so"), "");
	write_file(in(place, "delta.la"), "");
	write_file(in(place, ".so"), "");
	strbuf_addf(&path, "/nonexistent:%s:%s/", place->folder, place->folder);
	FAILS(path.buf, "foo", "a driver that is not there", "no driver for \"foo\" is installed",
		"installed: alpha, beta.", "package limbeck-foo", "put foo.so into a folder");
	FAILS(path.buf, "alfa", "one with a slip of the pen", "Perhaps you meant \"alpha\"",
		"limbeck-alfa");
	strbuf_release(&path);
}

static void test_relative(struct place *place)
{
	struct strbuf seen = STRBUF_INIT;
	struct log log = { LIMBECK_LOG_WARNING, keep_line, &seen };
	struct driver *driver = NULL;

	ok(chdir(place->folder) == 0, "in a folder with drivers");
	is_int(driver_load(&driver, ".:sub", "alpha", &log, NULL), -1,
		"the working directory is not searched");
	ok(strstr(seen.buf, "folder \".\" of the driver path is skipped") &&
		strstr(seen.buf, "folder \"sub\" of"),
		"a relative folder is skipped with a warning");
	ok(chdir("/") == 0, "and out again");
	strbuf_release(&seen);
}

static void test_files(struct place *place)
{
	FAILS(place->folder, "alpha", "an empty file", "alpha.so\" is not a driver: ",
		"a library that it needs is not installed");
	mkdir(in(place, "dir.so"), 0755);
	FAILS(place->folder, "dir", "a folder", "dir.so\" is not a driver: it is no regular file");
	ok(symlink("nowhere", in(place, "dangling.so")) == 0, "a link that leads nowhere");
	FAILS(place->folder, "dangling", "it", "could not read driver",
		"dangling.so\": No such file");
	if (geteuid() != 0) {
		chmod(in(place, "beta.so"), 0);
		FAILS(place->folder, "beta", "an unreadable file", "beta.so\": Permission denied");
		chmod(in(place, "beta.so"), 0644);
	}
}

static void test_permissions(struct place *place)
{
	chmod(in(place, "alpha.so"), 0666);
	FAILS(place->folder, "alpha", "a file that everybody may write", "alpha.so\" is not loaded",
		"everybody may write to", "chmod o-w");
	chmod(in(place, "alpha.so"), 0644);
	chmod(place->folder, 0777);
	FAILS(place->folder, "alpha", "such a folder", "is not loaded: everybody may write to",
		place->folder);
	chmod(place->folder, 01777);
	FAILS(place->folder, "alpha", "a sticky folder is none, but the file", "is not a driver");
	chmod(place->folder, 0700);
	if (geteuid() == 0 && chown(in(place, "alpha.so"), 12345, 12345) == 0)
		FAILS(place->folder, "alpha", "a stranger's file", "belongs to user 12345");
}

static int count_driver(void *data, const struct limbeck_driver_info *info)
{
	struct strbuf *seen = data;

	strbuf_addf(seen, "%s%s ", info->scheme, info->problem && !info->name ? "!" : "");
	return 0;
}

static void test_list(struct place *place)
{
	struct strbuf seen = STRBUF_INIT;

	is_int(driver_list(place->folder, count_driver, &seen, NULL), 0, "a list of drivers");
	is_str(seen.buf, "alpha! beta! dangling! dir! ", "is by scheme, with those that fail");
	is_int(driver_list("", count_driver, &seen, NULL), 0, "an empty list is none");
	strbuf_release(&seen);
}

static const struct limbeck_traits traits = { .lexis = LIMBECK_LEXIS_SQLITE,
	.can = { [LIMBECK_CAP_COUNT + 1] = LIMBECK_NATIVE } };
static int open_nothing(struct limbeck_session *session, const struct limbeck_open *how,
	void **conn, struct limbeck_error *err)
{
	(void)session, (void)how, (void)conn, (void)err;
	return 0;
}
static void close_nothing(void *conn)
{
	(void)conn;
}
static int execute_nothing(void *conn, const struct limbeck_statement *statement,
	struct limbeck_sink *sink, struct limbeck_error *err)
{
	(void)conn, (void)statement, (void)sink, (void)err;
	return 0;
}

static void adopt_fails(const struct limbeck_driver_entry *entry, const char *part)
{
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	char path[] = "/x/foo.so", scheme[] = "foo";
	struct driver driver = { .path = path, .scheme = scheme };

	is_int(table_adopt(&driver, entry, &err), -1, "a table that can't be used");
	ok(err.message && strstr(err.message, "/x/foo.so") && strstr(err.message, part), "says: %s",
		part);
	limbeck_error_release(&err);
}

static int introspect_nothing(void *conn, struct limbeck_introspect *request,
	struct limbeck_catalog *catalog, struct limbeck_error *err)
{
	(void)conn, (void)request, (void)catalog, (void)err;
	return 0;
}

static void test_tables(void)
{
	const struct limbeck_driver whole = { .name = "foo", .traits = &traits,
		.open = open_nothing, .close = close_nothing, .execute = execute_nothing };
	const size_t size = sizeof whole;
	struct limbeck_driver table = whole;
	struct limbeck_driver_entry entry = { LIMBECK_DRIVER_ABI, size, sizeof traits, &table };
	struct driver driver = { .path = NULL };

	adopt_fails(NULL, "its entry function returned nothing");
	entry.abi = 4711;
	adopt_fails(&entry, "built for driver ABI 4711, and this is ABI");
	entry.abi = LIMBECK_DRIVER_ABI;
	entry.driver = NULL;
	adopt_fails(&entry, "it has no table");
	entry.driver = &table;
	entry.driver_size = offsetof(struct limbeck_driver, execute);
	adopt_fails(&entry, "its members are");
	entry.driver_size = size;
	entry.traits_size = 3;
	adopt_fails(&entry, "its traits are 3 bytes");
	entry.traits_size = sizeof traits;
	table.close = NULL;
	adopt_fails(&entry, "lacks the required member \"close\"");
	table = whole;
	table.traits = NULL;
	adopt_fails(&entry, "lacks the required member \"traits\"");
	table = whole;
	table.name = "No Name";
	adopt_fails(&entry, "its name is not made of");
	table = whole;
	entry.driver_size = offsetof(struct limbeck_driver, execute_batch);
	entry.traits_size = offsetof(struct limbeck_traits, begin);
	is_int(table_adopt(&driver, &entry, NULL), 0, "a table without the optional members");
	ok(driver.table.execute_batch && driver.table.server && driver.table.cancel &&
		driver.table.lock && driver.table.unlock && driver.table.lock_holder,
		"gets the standard ones");
	is_str(driver.traits.begin, "BEGIN", "traits that end early get standard values");
	ok(driver.table.traits == &driver.traits, "and belong to the copy");
	/* What lies behind the sizes is not the driver's word. */
	table.introspect = introspect_nothing;
	entry.driver_size = offsetof(struct limbeck_driver, introspect);
	entry.traits_size = offsetof(struct limbeck_traits, texts_as_written);
	driver = (struct driver){ .path = NULL };
	is_int(table_adopt(&driver, &entry, NULL), 0, "a driver from before schemas were read");
	ok(driver.table.introspect != introspect_nothing && driver.table.scratch &&
		driver.table.alterable && driver.table.render, "gets the standard members");
	is_int(driver.traits.can[LIMBECK_CAP_INTROSPECT], LIMBECK_NO, "can't introspect");
	is_int(driver.traits.can[LIMBECK_CAP_SCRATCH], LIMBECK_NO, "has no scratch");
	is_int(driver.traits.texts_as_written, 0, "and no trait that it did not know");
	entry.driver_size = size;
	is_int(table_adopt(&driver, &entry, NULL), 0, "one that reads schemas");
	is_int(driver.traits.can[LIMBECK_CAP_INTROSPECT], LIMBECK_NATIVE, "can");
}

int main(void)
{
	struct place place = { .folder = "/tmp/limbeck-loader-XXXXXX" };

	umask(022);
	if (!mkdtemp(place.folder))
		return 1;
	test_schemes(&place);
	test_absent(&place);
	test_relative(&place);
	test_files(&place);
	test_permissions(&place);
	test_list(&place);
	test_tables();
	for (const char *const *name = (const char *const[]){ "alpha.so", "beta.so", "Gamma.so",
		"delta.la", ".so", "dangling.so", NULL }; *name; name++)
		unlink(in(&place, *name));
	rmdir(in(&place, "dir.so"));
	is_int(rmdir(place.folder), 0, "nothing else was left in the folder");
	return done_testing();
}
