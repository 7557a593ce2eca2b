/* SPDX-License-Identifier: BSD-2-Clause */
/* Runs a target on files, and on all files of folders; what a fuzzer found can be
 * looked at so, and the corpus run where there is no fuzzer. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "fuzz.h"

enum { SECONDS_AT_MOST = 10 };

static int run_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	struct strbuf text = STRBUF_INIT;
	char block[4096];
	size_t got;

	if (!file) {
		perror(path);
		return 1;
	}
	while ((got = fread(block, 1, sizeof block, file)) > 0)
		strbuf_add(&text, block, got);
	fclose(file);
	/* Printed before, so that a crash says what crashed. */
	printf("%s\n", path);
	fflush(stdout);
	alarm(SECONDS_AT_MOST);
	LLVMFuzzerTestOneInput((const uint8_t *)text.buf, text.len);
	alarm(0);
	strbuf_release(&text);
	return 0;
}

static int run_folder(const char *path)
{
	DIR *folder = opendir(path);
	struct dirent *entry;
	char name[4096];
	int failed = 0;

	if (!folder) {
		perror(path);
		return 1;
	}
	while ((entry = readdir(folder))) {
		if (entry->d_name[0] == '.')
			continue;
		snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
		failed |= run_file(name);
	}
	closedir(folder);
	return failed;
}

int main(int argc, char **argv)
{
	int failed = 0;

	for (int i = 1; i < argc; i++) {
		struct stat status;
		bool folder = stat(argv[i], &status) == 0 && S_ISDIR(status.st_mode);

		failed |= folder ? run_folder(argv[i]) : run_file(argv[i]);
	}
	return failed;
}
