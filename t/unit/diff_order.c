/* SPDX-License-Identifier: BSD-2-Clause */
/* core/diff: pairs of random schemas, on engines of three sorts. Each change of
 * the diff must be possible when its turn comes, and all of them lead from one to
 * the other; and they do not depend on the order in which objects were read.
 * diff_order.t [PAIRS [SEED]] */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "schemas.h"
#include "tap.h"

#define PAIRS 3000
enum { TABLES = 5, COLUMNS = 4, TYPES = 3, FUNCTIONS = 3, VIEWS = 4, PARTS = 3, SEQUENCES = 2 };

/* A schema is drawn from a seed: each of its traits by a question, whose answer is
 * the same on both sides of a pair, or may not be. */
struct draw {
	uint64_t seed;
	unsigned side;
	bool plain;      /* no more than tables and views */
	bool backwards;  /* tables and others in this order */
	bool renames;    /* before, the first table has another name */
	struct strbuf text;
};

static uint64_t mix(uint64_t x)
{
	x ^= x >> 30;
	x *= UINT64_C(0xbf58476d1ce4e5b9);
	x ^= x >> 27;
	x *= UINT64_C(0x94d049bb133111eb);
	return x ^ (x >> 31);
}

static unsigned answer(const struct draw *draw, unsigned what, unsigned a, unsigned b,
	unsigned sides)
{
	uint64_t question = mix(draw->seed ^ mix(what * 1000003u + a * 1009u + b));
	bool changes = question % 5 == 0;

	return (unsigned)(mix(question + (changes ? draw->side + 1 : 0)) >> 20) % sides;
}

enum { Q_TABLE, Q_COLUMN, Q_TYPE, Q_NULL, Q_DEFAULT, Q_KEY, Q_UNIQUE, Q_INDEX, Q_CHECK, Q_FOREIGN,
	Q_TARGET, Q_VIEW, Q_VIEW_ON, Q_VIEW_COLUMN, Q_ENUM, Q_VALUES, Q_FUNCTION, Q_RESULT,
	Q_TRIGGER, Q_SEQUENCE, Q_OWNED, Q_DOMAIN, Q_BODY, Q_NAME, Q_GENERATED, Q_SCHEMA, Q_UNNAMED,
	Q_COMMENT };

static bool has(const struct draw *draw, unsigned what, unsigned a, unsigned b)
{
	if (draw->plain && (what == Q_FUNCTION || what == Q_ENUM || what == Q_DOMAIN ||
		what == Q_SEQUENCE))
		return false;
	return answer(draw, what, a, b, 3) != 0;
}

static bool has_column(const struct draw *draw, unsigned t, unsigned c)
{
	return has(draw, Q_TABLE, t, 0) && (c == 0 || has(draw, Q_COLUMN, t, c));
}

static bool has_key(const struct draw *draw, unsigned t)
{
	return has(draw, Q_TABLE, t, 0) && has(draw, Q_KEY, t, 0);
}

static void add_type(struct draw *draw, unsigned t, unsigned c)
{
	static const char *const types[] = { "integer", "bigint", "varchar(8)", "varchar(20)",
		"text" };
	unsigned roll = answer(draw, Q_TYPE, t, c, 8);

	if (roll < 2 && has(draw, Q_ENUM, roll, 0))
		strbuf_addf(&draw->text, " type=e%u", roll);
	else if (roll == 2 && has(draw, Q_DOMAIN, 0, 0))
		strbuf_addstr(&draw->text, " type=d0");
	else
		strbuf_addf(&draw->text, " type=%s", types[roll % 5]);
}

static void add_column(struct draw *draw, unsigned t, unsigned c)
{
	unsigned value = answer(draw, Q_DEFAULT, t, c, 8);

	strbuf_addf(&draw->text, "column t%u.c%u", t, c);
	add_type(draw, t, c);
	if (!answer(draw, Q_GENERATED, t, c, 6) && c) {
		strbuf_addf(&draw->text, " generated=c0+%u generated_kind=stored",
			answer(draw, Q_BODY, t, c, 2));
		value = 9;
	} else if (has(draw, Q_NULL, t, c)) {
		strbuf_addstr(&draw->text, " not_null");
	}
	if (value < FUNCTIONS && has(draw, Q_FUNCTION, value, 0))
		strbuf_addf(&draw->text, " default=f%u() on:function:f%u()", value, value);
	else if (value >= 6 && value < 8 && has(draw, Q_SEQUENCE, value - 6, 0))
		strbuf_addf(&draw->text, " default=nextval('s%u')", value - 6);
	if (!answer(draw, Q_COMMENT, t, c, 6))
		strbuf_addstr(&draw->text, " comment=one");
	strbuf_addch(&draw->text, '\n');
}

static const char *unnamed(const struct draw *draw, unsigned t, unsigned i)
{
	return answer(draw, Q_UNNAMED, t, i, 4) ? "" : " unnamed";
}

static void add_parts(struct draw *draw, unsigned t)
{
	struct strbuf *text = &draw->text;

	if (has_key(draw, t))
		strbuf_addf(text, "primary_key t%u.pk%u_%u columns=c0\n", t, t,
			answer(draw, Q_NAME, t, 0, 2));
	for (unsigned i = 1; i < COLUMNS; i++) {
		if (!has_column(draw, t, i))
			continue;
		if (!has(draw, Q_UNIQUE, t, i))
			strbuf_addf(text, "unique t%u.uq%u_%u columns=c%u,c0%s\n", t, t, i, i,
				unnamed(draw, t, 50 + i));
		if (has(draw, Q_INDEX, t, i))
			strbuf_addf(text, "index t%u.ix%u_%u columns=c%u\n", t,
				answer(draw, Q_NAME, t, i, 3) ? t : (t + 1) % TABLES,
				answer(draw, Q_NAME, t, 100 + i, 4) ? i : i + 10, i);
		if (!has(draw, Q_CHECK, t, i))
			strbuf_addf(text, "check t%u.ck%u%s expression=c%u>%s%s\n", t, i,
				unnamed(draw, t, i), i,
				has(draw, Q_FUNCTION, 1, 0) ? "f1()" : "0",
				has(draw, Q_FUNCTION, 1, 0) ? " on:function:f1()" : "");
	}
}

static void add_foreign(struct draw *draw, unsigned t)
{
	for (unsigned i = 0; i < PARTS; i++) {
		unsigned to = answer(draw, Q_TARGET, t, i, TABLES);
		unsigned c = i % COLUMNS;

		if (has(draw, Q_FOREIGN, t, i) && has_column(draw, t, c) && has_key(draw, to))
			strbuf_addf(&draw->text, "foreign_key t%u.fk%u_%u columns=c%u "
				"referenced_table=t%u referenced_columns=c0\n", t, t, i, c, to);
	}
}

static void add_table(struct draw *draw, unsigned t)
{
	if (!has(draw, Q_TABLE, t, 0))
		return;
	strbuf_addf(&draw->text, "table t%u\n", t);
	for (unsigned c = 0; c < COLUMNS; c++)
		if (has_column(draw, t, c))
			add_column(draw, t, c);
	add_parts(draw, t);
	add_foreign(draw, t);
	if (!has(draw, Q_TRIGGER, t, 0) && has(draw, Q_FUNCTION, 2, 0))
		strbuf_addf(&draw->text, "trigger t%u.tr%u definition=tr%u "
			"on:function:f2()\n", t, t,
			answer(draw, Q_BODY, t, 99, 2));
}

static void add_view(struct draw *draw, unsigned v)
{
	unsigned on = answer(draw, Q_VIEW_ON, v, 0, TABLES + v);
	unsigned c = answer(draw, Q_VIEW_COLUMN, v, 0, COLUMNS);
	bool matview = answer(draw, Q_VIEW, v, 1, 4) == 0;
	struct strbuf *text = &draw->text;

	if (!has(draw, Q_VIEW, v, 0))
		return;
	strbuf_addf(text, "%s v%u definition=select~%u columns=c%u",
		matview ? "materialized_view" : "view", v, answer(draw, Q_BODY, v, 50, 2), c);
	if (on >= TABLES && has(draw, Q_VIEW, on - TABLES, 0))
		strbuf_addf(text, " on:view:v%u", on - TABLES);
	else if (on < TABLES && has(draw, Q_TABLE, on, 0))
		strbuf_addf(text, " on:table:t%u", on);
	if (on < TABLES && has_column(draw, on, c) && v % 2)
		strbuf_addf(text, " on:column:t%u.c%u", on, c);
	strbuf_addch(text, '\n');
	if (matview)
		strbuf_addf(text, "index v%u.iv%u columns=c%u\n", v,
			answer(draw, Q_NAME, v, 77, 2), c);
}

static void add_function(struct draw *draw, unsigned f)
{
	unsigned t = answer(draw, Q_BODY, f, 200, TABLES);

	if (!has(draw, Q_FUNCTION, f, 0))
		return;
	strbuf_addf(&draw->text, "function f%u() result=%s definition=body%u", f,
		answer(draw, Q_RESULT, f, 0, 2) ? "integer" : "bigint",
		answer(draw, Q_BODY, f, 0, 3));
	if (!answer(draw, Q_BODY, f, 1, 3) && has(draw, Q_TABLE, t, 0))
		strbuf_addf(&draw->text, " on:table:t%u", t);
	strbuf_addch(&draw->text, '\n');
}

static void add_types(struct draw *draw)
{
	static const char *const values[] = { "a,b", "a,b,c", "b,a", "c" };

	for (unsigned e = 0; e < 2; e++)
		if (has(draw, Q_ENUM, e, 0))
			strbuf_addf(&draw->text, "enum e%u values=%s\n", e,
				values[answer(draw, Q_VALUES, e, 0, 4)]);
	if (has(draw, Q_DOMAIN, 0, 0)) {
		strbuf_addf(&draw->text, "domain d0 type=%s", has(draw, Q_ENUM, 0, 0) &&
			answer(draw, Q_DOMAIN, 0, 1, 2) ? "e0" : "integer");
		strbuf_addf(&draw->text, "\ncheck d0.dck expression=value>%u\n",
			answer(draw, Q_BODY, 0, 300, 2));
	}
}

static void add_sequences(struct draw *draw)
{
	for (unsigned s = 0; s < SEQUENCES; s++) {
		unsigned t = answer(draw, Q_OWNED, s, 0, TABLES);
		unsigned c = answer(draw, Q_OWNED, s, 1, COLUMNS);

		if (!has(draw, Q_SEQUENCE, s, 0))
			continue;
		strbuf_addf(&draw->text, "sequence s%u increment=%u", s,
			answer(draw, Q_BODY, s, 400, 2));
		if (has_column(draw, t, c))
			strbuf_addf(&draw->text, " owned_by=t%u,c%u", t, c);
		strbuf_addch(&draw->text, '\n');
	}
}

static const char *draw_schema(struct draw *draw)
{
	strbuf_reset(&draw->text);
	if (has(draw, Q_SCHEMA, 0, 0))
		strbuf_addstr(&draw->text, "schema other\ntable other/x\ncolumn other/x.y "
			"type=text\n");
	add_types(draw);
	add_sequences(draw);
	for (unsigned f = 0; f < FUNCTIONS; f++)
		add_function(draw, draw->backwards ? FUNCTIONS - 1 - f : f);
	for (unsigned t = 0; t < TABLES; t++)
		add_table(draw, draw->backwards ? TABLES - 1 - t : t);
	for (unsigned v = 0; v < VIEWS; v++)
		add_view(draw, draw->backwards ? VIEWS - 1 - v : v);
	/* "t0" stands for nothing but the table. */
	for (char *at = draw->text.buf; draw->renames && (at = strstr(at, "t0")); at++)
		if (!strchr("abcdefghijklmnopqrstuvwxyz", at[-1]))
			at[0] = 'u';
	return draw->text.buf;
}

static const struct limbeck_traits *const engines[] = { &schemas_strict, &schemas_loose,
	&schemas_small };
static const char *const engine_names[] = { "strict", "loose", "small" };

static void tell(uint64_t seed, size_t engine, const struct draw *before,
	const struct draw *after, const char *changes)
{
	diag("seed %llu, engine %s", (unsigned long long)seed, engine_names[engine]);
	diag("before:\n%s", before->text.buf);
	diag("after:\n%s", after->text.buf);
	diag("changes:\n%s", changes);
}

/* false: something is wrong, and has been told. */
static bool try_pair(uint64_t seed, size_t engine, size_t *changes)
{
	static const struct diff_rename renames[] = {
		{ .kind = LIMBECK_KIND_TABLE, .from = "u0", .to = "t0", .hint = true } };
	bool plain = engines[engine] == &schemas_small;
	struct draw before = { .seed = seed, .side = 0, .plain = plain, .text = STRBUF_INIT };
	struct draw after = { .seed = seed, .side = 1, .plain = plain, .text = STRBUF_INIT };
	struct schemas_diff how = { .options = { .traits = engines[engine], .fill = seed % 2,
		.renames = renames }, .text = STRBUF_INIT, .err = LIMBECK_ERROR_INIT };
	bool good;
	char *once;

	before.renames = seed % 3 == 0 && has(&after, Q_TABLE, 0, 0);
	how.options.rename_count = before.renames;
	once = mem_strdup(schemas_diff(&how, draw_schema(&before), draw_schema(&after)));
	good = !strstr(once, "wrong: ") && !strstr(once, "error: ");
	for (const char *at = once; (at = strchr(at, '\n')); at++)
		++*changes;
	if (!good)
		tell(seed, engine, &before, &after, once);
	before.backwards = after.backwards = true;
	if (good && strcmp(once, schemas_diff(&how, draw_schema(&before),
				draw_schema(&after))) != 0) {
		tell(seed, engine, &before, &after, once);
		diag("but:\n%s", how.text.buf);
		good = false;
	}
	mem_free(once);
	strbuf_release(&before.text);
	strbuf_release(&after.text);
	schemas_diff_release(&how);
	return good;
}

int main(int argc, char **argv)
{
	unsigned long pairs = argc > 1 ? strtoul(argv[1], NULL, 10) : PAIRS;
	unsigned long long seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;

	for (size_t engine = 0; engine < sizeof engines / sizeof *engines; engine++) {
		unsigned long done = 0;
		size_t changes = 0;

		while (done < pairs && try_pair(mix(seed) + done, engine, &changes))
			done++;
		ok(done == pairs, "%lu pairs of random schemas on a %s engine: their %zu changes "
			"are possible in order and lead from one to the other", pairs,
			engine_names[engine], changes);
	}
	return done_testing();
}
