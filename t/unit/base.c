/* SPDX-License-Identifier: BSD-2-Clause */
/* core/base: arena, string builder, vector, map, paths, checksum, suggestions,
 * UTF-8, clock, log. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/checksum.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/map.h"
#include "base/path.h"
#include "base/strbuf.h"
#include "base/suggest.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "tap.h"

static void test_arena(void)
{
	struct arena arena = ARENA_INIT;
	bool aligned = true, zeroed = true;
	char *text, *big;

	for (size_t size = 0; size < 3000; size++) {
		unsigned char *memory = arena_alloc(&arena, size);

		aligned = aligned && memory && (uintptr_t)memory % sizeof(void *) == 0;
		for (size_t i = 0; i < size; i++)
			zeroed = zeroed && memory[i] == 0;
		memset(memory, 0xff, size);
	}
	ok(aligned, "arena memory of any size is aligned");
	ok(zeroed, "arena memory is zeroed, and no piece overlaps another");
	big = arena_alloc(&arena, 1 << 20);
	ok(big && big[(1 << 20) - 1] == 0, "an arena gives a piece larger than its blocks");
	text = arena_printf(&arena, "%s-%d", "limbeck", 7);
	is_str(text, "limbeck-7", "arena_printf formats");
	is_str(arena_strndup(&arena, "abcdef", 3), "abc", "arena_strndup ends its copy");
	is_str(arena_strndup(&arena, "", 0), "", "arena_strndup copies nothing");
	ok(!arena_array(&arena, SIZE_MAX / 2, 3), "a product that overflows gives NULL");
	ok(!arena_alloc(&arena, SIZE_MAX), "a size near the largest gives NULL");
	arena_release(&arena);
	ok(!arena.block, "a released arena is empty");
	is_str(arena_strdup(&arena, "again"), "again", "a released arena is usable");
	arena_release(&arena);
}

static void test_strbuf(void)
{
	struct strbuf sb = STRBUF_INIT;
	char *text;

	is_str(sb.buf, "", "a new builder holds an empty text");
	strbuf_addstr(&sb, "mig");
	strbuf_addch(&sb, 'r');
	strbuf_add(&sb, "ationXXX", 5);
	strbuf_addf(&sb, " %d%s", 12, "!");
	is_str(sb.buf, "migration 12!", "additions follow each other");
	strbuf_shift(&sb, 10);
	is_str(sb.buf, "12!", "strbuf_shift drops the front");
	strbuf_shift(&sb, 100);
	is_str(sb.buf, "", "strbuf_shift of more than there is leaves nothing");
	strbuf_add(&sb, "a\0b", 3);
	is_int((long long)sb.len, 3, "a builder takes zero bytes");
	strbuf_truncate(&sb, 1);
	is_str(sb.buf, "a", "strbuf_truncate cuts");
	strbuf_truncate(&sb, 10);
	is_int((long long)sb.len, 1, "strbuf_truncate never lengthens");
	for (int i = 0; i < 10000; i++)
		strbuf_addstr(&sb, "0123456789");
	is_int((long long)sb.len, 100001, "a builder grows");
	ok(!strbuf_grow(&sb, SIZE_MAX) && strbuf_failed(&sb), "an impossible size fails");
	strbuf_addstr(&sb, "more");
	is_int((long long)sb.len, 100001, "a failed builder ignores additions");
	text = strbuf_detach(&sb);
	ok(!text && sb.capacity == 0, "a failed builder hands over nothing and is empty then");
	text = strbuf_detach(&sb);
	is_str(text, "", "an empty builder hands over an empty text");
	mem_free(text);
	ok(!strbuf_grow(&sb, SIZE_MAX), "failing again");
	strbuf_reset(&sb);
	strbuf_addstr(&sb, "fine");
	is_str(sb.buf, "fine", "strbuf_reset forgets a failure");
	strbuf_release(&sb);
	is_str(sb.buf, "", "a released builder holds an empty text");
}

struct triple {
	int a, b, c;
};

static void test_vec(void)
{
	struct arena arena = ARENA_INIT;
	VEC(struct triple) heap = VEC_INIT;
	VEC(const char *) names = VEC_INIT;
	bool pushed = true, kept = true;

	for (int i = 0; i < 1000; i++) {
		struct triple triple = { i, 2 * i, 3 * i };

		pushed = pushed && vec_push(&heap, triple);
		pushed = pushed && vec_push_arena(&names, i % 2 ? "odd" : "even", &arena);
	}
	ok(pushed, "a thousand items go into a heap vector and an arena vector");
	is_int((long long)heap.count, 1000, "the heap vector counts them");
	is_int((long long)names.count, 1000, "the arena vector counts them");
	for (int i = 0; i < 1000; i++) {
		kept = kept && heap.items[i].c == 3 * i;
		kept = kept && strcmp(names.items[i], i % 2 ? "odd" : "even") == 0;
	}
	ok(kept, "growing keeps the items");
	ok(!vec_reserve(&heap.items, &heap.capacity, SIZE_MAX - 1, sizeof *heap.items, NULL),
		"an impossible count is refused");
	is_int(heap.items[999].a, 999, "and leaves the vector as it was");
	vec_release(&heap);
	ok(!heap.items && !heap.count, "a released vector is empty");
	arena_release(&arena);
}

static void test_map(void)
{
	static char values[1000];
	static char keys[1000][8];
	struct map map = MAP_INIT;
	struct map_entry *entry = NULL;
	bool put = true, found = true, ordered = true;
	size_t i = 0;

	ok(!map_get(&map, "x") && map_count(&map) == 0 && !map_next(&map, NULL),
		"an empty map has nothing");
	for (i = 0; i < 1000; i++) {
		snprintf(keys[i], sizeof keys[i], "k%zu", (i * 7919) % 1000);
		put = put && map_put(&map, keys[i], &values[i]);
	}
	ok(put, "a thousand keys go in");
	for (i = 0; i < 1000; i++)
		found = found && map_get(&map, keys[i]) == &values[i];
	ok(found, "and are found");
	for (i = 0; (entry = map_next(&map, entry)); i++)
		ordered = ordered && strcmp(map_entry_key(entry), keys[i]) == 0 &&
			map_entry_value(entry) == &values[i];
	ok(ordered && i == 1000, "entries come in the order of insertion");
	ok(map_put(&map, "k5", &values[0]) && map_get(&map, "k5") == &values[0],
		"a key's value can be replaced");
	is_int((long long)map_count(&map), 1000, "which adds no entry");
	ok(map_get_n(&map, "k55xyz", 3) == map_get(&map, "k55"), "a key of given length is found");
	ok(!map_get(&map, "k5x") && !map_get(&map, ""), "an absent key is not");
	ok(map_put(&map, "", &values[3]) && map_get(&map, "") == &values[3],
		"the empty text is a key");
	map_release(&map);
	ok(!map_get(&map, "k5"), "a released map is empty");
	map_release(&map);
}

static void test_paths(void)
{
	static const struct {
		const char *base, *path, *joined;
	} joins[] = {
		{ "a", "b", "a/b" }, { "a/", "b", "a/b" }, { "a", "/b", "/b" }, { "", "b", "b" },
		{ ".", "b", "b" }, { "/", "b", "/b" }, { "a", "./b", "a/b" },
		{ "a", ".//./b", "a/b" },
		{ "a", ".", "a" }, { "a", "", "a" }, { "", "", "." }, { ".", "./", "." },
		{ "a", "../b", "a/../b" }, { "a//", ".b", "a/.b" },
	};
	static const char *const folders[][2] = {
		{ "a/b", "a" }, { "a", "." }, { "/a", "/" }, { "/", "/" }, { "", "." },
		{ "a/b/", "a" }, { "a//b", "a" }, { "/a/b/c", "/a/b" },
	};
	struct arena arena = ARENA_INIT;

	for (size_t i = 0; i < sizeof joins / sizeof *joins; i++)
		is_str(path_join(&arena, joins[i].base, joins[i].path), joins[i].joined,
			"path_join of \"%s\" and \"%s\"", joins[i].base, joins[i].path);
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
		is_str(path_dirname(&arena, folders[i][0]), folders[i][1],
			"path_dirname of \"%s\"", folders[i][0]);
	is_str(path_basename("a/b.sql"), "b.sql", "path_basename after a slash");
	is_str(path_basename("b.sql"), "b.sql", "path_basename of a bare name");
	is_str(path_below("/a/b", "/a/b/c/d"), "c/d", "a path below the base");
	is_str(path_below("/a/b/", "/a/b/c"), "c", "a base with a slash at its end");
	is_str(path_below("/", "/c"), "c", "the root as base");
	is_str(path_below("/a/b", "/a/bc"), "/a/bc", "a longer name is not below");
	is_str(path_below("/a/b", "/a/b"), "/a/b", "the base itself is not below");
	is_str(path_below("/a/b", "/x"), "/x", "a path elsewhere");
	arena_release(&arena);
}

/* The checksum of text, handed over in pieces of that size. */
static void sum_text(const char *text, size_t length, size_t piece, char out[CHECKSUM_LENGTH + 1])
{
	struct checksum sum;

	checksum_init(&sum);
	for (size_t i = 0; i < length; i += piece)
		checksum_add(&sum, text + i, length - i < piece ? length - i : piece);
	checksum_final(&sum, out);
}

static void test_checksum(void)
{
	static const char *const same[] = {
		"a\nb\n\nc", "a\r\nb\r\n\r\nc", "a\rb\r\rc", "\xef\xbb\xbf" "a\nb\n\nc",
		"\xef\xbb\xbf" "a\r\nb\n\rc",
	};
	char got[CHECKSUM_LENGTH + 1], want[CHECKSUM_LENGTH + 1];
	bool equal = true;

	sum_text("", 0, 1, got);
	is_str(got, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
		"SHA-256 of nothing");
	sum_text("abc", 3, 3, got);
	is_str(got, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
		"SHA-256 of abc (FIPS 180-2, B.1)");
	sum_text(same[0], strlen(same[0]), 100, want);
	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		for (size_t piece = 1; piece < 8; piece++) {
			sum_text(same[i], strlen(same[i]), piece, got);
			equal = equal && strcmp(got, want) == 0;
		}
	}
	ok(equal, "line ends and a byte-order mark don't count, however the text is cut");
	sum_text("\xef\xbb", 2, 1, got);
	sum_text("", 0, 1, want);
	ok(strcmp(got, want) != 0, "half a byte-order mark counts");
	sum_text("a\n", 2, 1, got);
	sum_text("a", 1, 1, want);
	ok(strcmp(got, want) != 0, "a line end at the end counts");
	sum_text("x\xef\xbb\xbf", 4, 1, got);
	sum_text("x", 1, 1, want);
	ok(strcmp(got, want) != 0, "a byte-order mark that is not at the front counts");
}

static void test_suggest(void)
{
	static const char *const names[] = {
		"upgrade", "downgrade", "script_location", "url", "id",
	};
	const size_t count = sizeof names / sizeof *names;

	is_int((long long)suggest_distance("", "abc"), 3, "three letters to add");
	is_int((long long)suggest_distance("kitten", "sitting"), 3, "kitten to sitting");
	is_int((long long)suggest_distance("ab", "ba"), 1, "two letters swapped count once");
	is_int((long long)suggest_distance("same", "same"), 0, "equal names");
	is_str(suggest_nearest("upgarde", names, count), "upgrade", "a swap is found");
	is_str(suggest_nearest("scirpt_locaton", names, count), "script_location", "two slips");
	is_str(suggest_nearest("UPGRADE", names, count), "upgrade", "letters' case does not count");
	is_str(suggest_nearest("down", names, count), "downgrade", "a beginning is enough");
	is_str(suggest_nearest("banana", names, count), NULL, "nothing is near to banana");
	is_str(suggest_nearest("", names, count), NULL, "nothing is near to nothing");
	is_str(suggest_nearest("x", NULL, 0), NULL, "there may be no candidates");
}

static void test_suggest_long(void)
{
	static char a[5000], b[5000];

	memset(a, 'a', sizeof a - 1);
	memset(b, 'b', sizeof b - 1);
	ok(suggest_distance(a, b) > 50, "very long names are compared in little room");
}

static void test_utf8(void)
{
	is_int((long long)utf8_count("abc", 3), 3, "ASCII");
	is_int((long long)utf8_count("\xc3\xa4\xe2\x82\xac\xf0\x9f\x98\x80", 9), 3,
		"characters of two, three and four bytes");
	is_int((long long)utf8_count("\xff\xfe" "a", 3), 3, "a bad byte counts as one");
	is_int((long long)utf8_count("\xe2\x82", 2), 2, "so does each of a cut character");
	is_int((long long)utf8_count("\xc0\x80", 2), 2, "and of an overlong form");
	is_int((long long)utf8_count("\xed\xa0\x80", 3), 3, "and of a surrogate");
	is_int((long long)utf8_count("\xf4\x90\x80\x80", 4), 4, "and beyond U+10FFFF");
	is_int((long long)utf8_sequence("\xc3\xa4x", 3), 2, "utf8_sequence gives the size");
	is_int((long long)utf8_sequence("", 0), 0, "and 0 at the end");
}

static void test_clock(void)
{
	char text[CLOCK_TEXT];
	double before = clock_seconds();

	clock_sleep(0.01);
	ok(clock_seconds() - before >= 0.009, "clock_sleep sleeps, clock_seconds measures it");
	clock_sleep(-1);
	clock_text(text);
	is_int((long long)strlen(text), CLOCK_TEXT - 1, "clock_text fills its array");
	ok(text[4] == '-' && text[10] == 'T' && text[19] == '.' && text[26] == 'Z',
		"clock_text is ISO 8601 with microseconds");
}

static void remember(void *data, int level, const char *line)
{
	char *text = data;

	snprintf(text, 100, "%d %s", level, line);
}

static void test_log(void)
{
	char seen[100] = "";
	const struct log log = { LIMBECK_LOG_INFO, remember, seen };
	const struct log deaf = { LIMBECK_LOG_DEBUG, NULL, NULL };

	log_write(&log, LIMBECK_LOG_DEBUG, "detail");
	is_str(seen, "", "what is above the level is not written");
	log_write(&log, LIMBECK_LOG_INFO, "%s took %d ms", "it", 5);
	is_str(seen, "3 it took 5 ms", "what is at the level is");
	ok(!log_wants(NULL, LIMBECK_LOG_ERROR) && !log_wants(&deaf, LIMBECK_LOG_ERROR),
		"no log, and one without a receiver, want nothing");
	log_write(NULL, LIMBECK_LOG_ERROR, "nobody hears this");
	log_write(&deaf, LIMBECK_LOG_ERROR, "nor this");
}

int main(void)
{
	test_arena();
	test_strbuf();
	test_vec();
	test_map();
	test_paths();
	test_checksum();
	test_suggest();
	test_suggest_long();
	test_utf8();
	test_clock();
	test_log();
	return done_testing();
}
