/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What other engines have for the objects of home: each case of t/data/map.txt is a list of
 * statements, and what each engine is sent for them, by its own driver's renderer.
 *
 *     ### what the case shows [mysql]      the home dialect, if not postgresql
 *     statements; behind a line "|" those whose change is shown, without it all
 *     --- sqlite                           mariadb, mysql, postgresql
 *     the statements that are sent, or "error: ..."; "remark: ..." lines before them
 *
 * With --write the file is written anew from what comes out. With URLs as arguments, the
 * objects are made there, in a scratch, and must be read back as they were mapped.
 */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/map.h"
#include "tap.h"
#include "translate_map.h"

enum { ENGINES = 4 };
static const struct {
	const char *name, *driver;
	struct limbeck_server server;
} engines[ENGINES] = {
	{ "sqlite", "sqlite", { .product = "sqlite", .version = "3.40.1" } },
	{ "mariadb", "mysql", { .product = "mariadb", .version = "10.11.6" } },
	{ "mysql", "mysql", { .product = "mysql", .version = "8.0.36" } },
	{ "postgresql", "postgresql", { .product = "postgresql", .version = "15.4" } },
};

static struct driver *drivers[ENGINES];

static void load_drivers(void)
{
	const char *folder = getenv("LIMBECK_BUILDDIR");

	for (size_t i = 0; i < ENGINES; i++) {
		struct strbuf path = STRBUF_INIT;
		struct limbeck_error err = LIMBECK_ERROR_INIT;

		strbuf_addf(&path, "%s/drivers/.libs/%s.so", folder ? folder : ".",
			engines[i].driver);
		if (driver_load_file(&drivers[i], path.buf, engines[i].driver, &err) < 0)
			diag("%s", err.message);
		limbeck_error_release(&err);
		strbuf_release(&path);
	}
}

/* A line without its end; NULL: no more. The text is cut. */
static char *next_line(char **text)
{
	char *line = *text, *end = line ? strchr(line, '\n') : NULL;

	if (!line || !*line)
		return NULL;
	*text = end ? end + 1 : line + strlen(line);
	if (end)
		*end = '\0';
	return line;
}

struct map_case {
	char *name;
	struct strbuf sql;
	struct strbuf want[ENGINES];
};

static void release_case(struct map_case *one)
{
	strbuf_release(&one->sql);
	for (size_t i = 0; i < ENGINES; i++)
		strbuf_release(&one->want[i]);
}

static const char *dialect_of(struct map_case *one)
{
	static const char *const homes[] = { "mysql", "mariadb", "sqlite" };

	for (size_t i = 0; i < sizeof homes / sizeof *homes; i++) {
		struct strbuf mark = STRBUF_INIT;
		bool found;

		strbuf_addf(&mark, "[%s]", homes[i]);
		found = strstr(one->name, mark.buf) != NULL;
		strbuf_release(&mark);
		if (found)
			return homes[i];
	}
	return "postgresql";
}

static void run_engine(struct map_case *one, size_t i, bool write)
{
	struct strbuf got = STRBUF_INIT;

	map_case_run(drivers[i], &engines[i].server, dialect_of(one), one->sql.buf, &got);
	if (write)
		printf("--- %s\n%s", engines[i].name, got.buf);
	else
		is_str(got.buf, one->want[i].buf, "%s: %s", one->name, engines[i].name);
	strbuf_release(&got);
}

static void run_case(struct map_case *one, bool write, char **urls)
{
	const char *home = dialect_of(one);

	if (write)
		printf("### %s\n%s", one->name, one->sql.buf);
	for (size_t i = 0; !*urls && i < ENGINES; i++)
		if (drivers[i] && strcmp(home, engines[i].driver) != 0)
			run_engine(one, i, write);
	for (; *urls; urls++)
		for (size_t i = 0; i < ENGINES; i++) {
			struct strbuf got = STRBUF_INIT;
			size_t length = strlen(engines[i].driver);

			if (strncmp(*urls, engines[i].driver, length) != 0 || !drivers[i]
				|| i == 2 || strcmp(home, engines[i].driver) == 0)
				continue;
			map_case_trip(drivers[i], *urls, home, one->sql.buf, &got);
			is_str(got.buf, "", "%s: %s reads it back", one->name, engines[i].name);
			strbuf_release(&got);
		}
}

static void new_case(struct map_case *one, char *name)
{
	*one = (struct map_case) { .name = name, .sql = STRBUF_INIT };
	for (size_t i = 0; i < ENGINES; i++)
		strbuf_init(&one->want[i]);
}

static struct strbuf *section(struct map_case *one, const char *line, struct strbuf *now)
{
	for (size_t i = 0; i < ENGINES; i++)
		if (strncmp(line, "--- ", 4) == 0 && strcmp(line + 4, engines[i].name) == 0)
			return &one->want[i];
	strbuf_addf(now, "%s\n", line);
	return now;
}

static void run_file(char *text, bool write, char **urls)
{
	struct map_case one = { .name = NULL };
	struct strbuf *now = NULL;
	char *line;

	while ((line = next_line(&text))) {
		if (strncmp(line, "### ", 4) == 0) {
			if (one.name)
				run_case(&one, write, urls);
			if (one.name)
				release_case(&one);
			new_case(&one, line + 4);
			now = &one.sql;
		} else if (now) {
			now = section(&one, line, now);
		}
	}
	if (one.name) {
		run_case(&one, write, urls);
		release_case(&one);
	}
}

int main(int argc, char **argv)
{
	const char *folder = getenv("LIMBECK_SRCDIR");
	bool write = argc > 1 && strcmp(argv[1], "--write") == 0;
	struct strbuf path = STRBUF_INIT, text = STRBUF_INIT;
	struct limbeck_error err = LIMBECK_ERROR_INIT;

	strbuf_addf(&path, "%s/t/data/map.txt", folder ? folder : ".");
	load_drivers();
	if (file_read(path.buf, 1 << 24, &text, &err) < 0) {
		diag("%s", err.message);
		return 1;
	}
	run_file(text.buf, write, argv + 1 + write);
	for (size_t i = 0; i < ENGINES; i++)
		driver_free(drivers[i]);
	strbuf_release(&path);
	strbuf_release(&text);
	limbeck_error_release(&err);
	return write ? 0 : done_testing();
}
