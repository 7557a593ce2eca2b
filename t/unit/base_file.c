/* SPDX-License-Identifier: BSD-2-Clause */
/* core/base: reading and writing files, and refusing what is none. */
#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"
#include "base/file.h"
#include "tap.h"

static struct limbeck_error err = LIMBECK_ERROR_INIT;

static bool fails(int result, const char *words)
{
	bool good = result < 0 && err.message && strstr(err.message, words);

	if (!good)
		diag("%d: %s", result, err.message ? err.message : "no message");
	limbeck_error_release(&err);
	return good;
}

static int count_files(void)
{
	DIR *folder = opendir(".");
	int count = 0;

	while (folder && readdir(folder))
		count++;
	if (folder)
		closedir(folder);
	return count;
}

static void test_reading(void)
{
	struct strbuf text = STRBUF_INIT;
	bool end = false;
	off_t size = 0;
	int fd;

	is_int(file_create("a", "0123456789", 10, &err), 0, "a file is created");
	is_int(file_read("a", 0, &text, &err), 0, "and read");
	is_str(text.buf, "0123456789", "with its content");
	is_int(file_read("a", 10, &text, &err), 0, "a limit equal to its size is no error");
	is_int((long long)text.len, 20, "reading appends");
	ok(fails(file_read("a", 9, &text, &err), "larger than 9 bytes"), "a smaller limit is one");
	strbuf_reset(&text);
	fd = file_open(AT_FDCWD, "a", "a", &size, &err);
	ok(fd >= 0 && size == 10, "file_open tells the size");
	ok(file_read_fd(fd, "a", 4, &text, &end, &err) == 0 && !end &&
		strcmp(text.buf, "0123") == 0, "file_read_fd stops at its limit");
	ok(file_read_fd(fd, "a", 40, &text, &end, &err) == 0 && text.len == 10 && end,
		"and says when the end came");
	close(fd);
	strbuf_release(&text);
}

static void test_refusals(void)
{
	struct strbuf text = STRBUF_INIT;

	ok(fails(file_read("none", 0, &text, &err), "could not open file \"none\""), "no file");
	mkdir("folder", 0777);
	ok(fails(file_read("folder", 0, &text, &err), "is a folder"), "a folder is no file");
	is_int(mkfifo("fifo", 0666), 0, "making a FIFO");
	ok(fails(file_read("fifo", 0, &text, &err), "not a regular file"),
		"a FIFO is refused at once");
	ok(fails(file_read("/dev/zero", 0, &text, &err), "not a regular file"), "so is a device");
	ok(fails(file_create("a", "x", 1, &err), "could not create file \"a\""),
		"file_create does not overwrite");
	ok(fails(file_create("none/a", "x", 1, &err), "could not create"), "nor makes folders");
	ok(fails(file_replace("folder", "x", 1, &err), "is a folder"),
		"file_replace does not replace a folder");
	strbuf_release(&text);
}

static void test_replacing(void)
{
	struct strbuf text = STRBUF_INIT;
	struct stat st;
	int before;

	is_int(file_replace("new", "one", 3, &err), 0, "file_replace makes a file");
	chmod("new", 0640);
	is_int(symlink("new", "link"), 0, "making a symbolic link");
	before = count_files();
	is_int(file_replace("link", "two", 3, &err), 0, "a link's file is replaced");
	ok(file_read("new", 0, &text, &err) == 0 && strcmp(text.buf, "two") == 0, "in its place");
	ok(lstat("link", &st) == 0 && S_ISLNK(st.st_mode), "the link stays a link");
	ok(stat("new", &st) == 0 && (st.st_mode & 0777) == 0640, "the file keeps its mode");
	is_int(count_files(), before, "no temporary file is left");
	strbuf_release(&text);
}

static void test_folders(void)
{
	is_int(file_mkdir("x/y//z", &err), 0, "folders in folders are made");
	ok(file_is_directory("x/y/z"), "and are there");
	is_int(file_mkdir("x/y/z/", &err), 0, "making them again is no error");
	ok(fails(file_mkdir("a/b", &err), "could not create folder \"a/b\""),
		"a file in the way is one");
	ok(file_exists("a") && file_exists("x") && !file_exists("b"), "file_exists");
	ok(!file_is_directory("a"), "a file is no folder");
}

static void clean(void)
{
	static const char *const files[] = { "a", "fifo", "link", "new" };
	static const char *const folders[] = { "x/y/z", "x/y", "x", "folder" };

	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		unlink(files[i]);
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
		rmdir(folders[i]);
}

int main(void)
{
	char folder[] = "/tmp/limbeck-test-XXXXXX";

	if (!ok(mkdtemp(folder) && chdir(folder) == 0, "a folder to work in"))
		return done_testing();
	test_reading();
	test_refusals();
	test_replacing();
	test_folders();
	clean();
	ok(chdir("/") == 0 && rmdir(folder) == 0, "nothing else was left in the folder");
	return done_testing();
}
