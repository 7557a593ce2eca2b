/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * readall FOLDER: opens each *.sql file of a folder, reads its first 4 KiB and
 * closes it. This is the least that a program can do that has to know what is
 * at the head of each file; `current` and `heads` are measured against it.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int ends_in_sql(const char *name)
{
	size_t length = strlen(name);

	return length > 4 && strcmp(name + length - 4, ".sql") == 0;
}

static void die(const char *what)
{
	perror(what);
	exit(1);
}

int main(int argc, char **argv)
{
	char text[4096];
	unsigned long files = 0, bytes = 0;
	struct dirent *entry;
	DIR *dir;

	if (argc != 2)
		return 2;
	dir = opendir(argv[1]);
	if (!dir)
		die(argv[1]);
	while ((entry = readdir(dir))) {
		ssize_t got;
		int fd;

		if (!ends_in_sql(entry->d_name))
			continue;
		fd = openat(dirfd(dir), entry->d_name, O_RDONLY | O_CLOEXEC);
		if (fd < 0)
			die(entry->d_name);
		got = read(fd, text, sizeof text);
		if (got < 0)
			die(entry->d_name);
		close(fd);
		files++;
		bytes += (unsigned long)got;
	}
	closedir(dir);
	printf("%lu files, %lu bytes\n", files, bytes);
	return 0;
}
