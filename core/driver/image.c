/* SPDX-License-Identifier: BSD-2-Clause */
#include "driver/image.h"

#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/error.h"

#if defined(__has_include)
#if __has_include(<link.h>) && __has_include(<elf.h>)
#define HAS_ELF 1
#endif
#endif

#ifdef HAS_ELF
#include <elf.h>
#include <link.h>

enum { SEGMENTS_MOST = 256 };

static bool read_at(int fd, void *to, size_t size, uint64_t offset)
{
	return offset <= INT64_MAX && pread(fd, to, size, (off_t)offset) == (ssize_t)size;
}

/* The first byte behind all that is mapped, 0 where that is not told. */
static uint64_t mapped_end(int fd)
{
	const unsigned char wanted = sizeof(void *) == 8 ? ELFCLASS64 : ELFCLASS32;
	ElfW(Ehdr) header;
	ElfW(Phdr) segment;
	uint64_t end = sizeof header;

	if (!read_at(fd, &header, sizeof header, 0)
		|| memcmp(header.e_ident, ELFMAG, SELFMAG) != 0
		|| header.e_ident[EI_CLASS] != wanted || header.e_phentsize != sizeof segment
		|| header.e_phnum > SEGMENTS_MOST)
		return 0;
	for (unsigned i = 0; i < header.e_phnum; i++) {
		if (!read_at(fd, &segment, sizeof segment, header.e_phoff + i * sizeof segment))
			return UINT64_MAX;
		if (segment.p_type != PT_LOAD && segment.p_type != PT_DYNAMIC)
			continue;
		if (segment.p_offset > INT64_MAX || segment.p_filesz > INT64_MAX)
			return UINT64_MAX;
		if (segment.p_offset + segment.p_filesz > end)
			end = segment.p_offset + segment.p_filesz;
	}
	return end;
}

static bool is_whole(int fd)
{
	struct stat status;

	return fstat(fd, &status) == 0 && mapped_end(fd) <= (uint64_t)status.st_size;
}
#else
static bool is_whole(int fd)
{
	(void)fd;
	return true;
}
#endif

int image_check(const char *file, struct limbeck_error *err)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	bool whole;

	if (fd < 0)
		return error_errno(err, "could not read driver \"%s\"", file);
	whole = is_whole(fd);
	close(fd);
	if (whole)
		return 0;
	error_set(err, LIMBECK_E_DRIVER, "\"%s\" is not a driver: the file is cut short", file);
	error_hint(err, "Copy or install it again.");
	return -1;
}
