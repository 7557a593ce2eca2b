/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Random catalogs: a clone is equal, and so is one that was stored and restored; what
 * is created and dropped, or renamed there and back, leaves everything as it was; and
 * texts of any bytes do no harm.
 * Arguments: how many rounds, and where the random numbers start.
 */
#include "tap.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/strbuf.h"
#include "schema.h"

enum { TABLES = 6, COLUMNS = 4 };

static int below(int limit)
{
	return rand() % limit;
}

/* A name of table or column i: some need quotes. */
static const char *name_of(char kind, int i)
{
	static char names[8][16];
	static int next;
	char *name = names[next++ % 8];

	snprintf(name, sizeof names[0], i % 3 == 2 ? "%c \"%d" : "%c%d", kind, i);
	return name;
}

static const char *quoted(char kind, int i)
{
	static char names[8][16];
	static int next;
	char *name = names[next++ % 8];

	snprintf(name, sizeof names[0], i % 3 == 2 ? "\"%c \"\"%d\"" : "%c%d", kind, i);
	return name;
}

static const char *expression(int table)
{
	static char text[128];
	int a = below(COLUMNS), b = below(COLUMNS);

	snprintf(text, sizeof text, "%s > %d OR %s.%s = 'c1' AND f(%s)", quoted('c', a), below(3),
		quoted('t', table), quoted('c', b), quoted('c', a));
	return text;
}

static struct limbeck_object *add_part(struct limbeck_catalog *c, int table)
{
	static const enum limbeck_kind kinds[] = { LIMBECK_KIND_UNIQUE, LIMBECK_KIND_CHECK,
		LIMBECK_KIND_FOREIGN_KEY, LIMBECK_KIND_INDEX, LIMBECK_KIND_TRIGGER };
	enum limbeck_kind kind = kinds[below(5)];
	const char *schema = catalog_rules(c)->default_schema;
	char name[16], text[256];
	struct limbeck_object *part;

	snprintf(name, sizeof name, "p%d", below(8));
	if (kind < LIMBECK_KIND_INDEX && below(3) == 0)
		name[0] = '\0';
	part = add(c, kind, schema, name_of('t', table), name);
	switch (kind) {
	case LIMBECK_KIND_CHECK:
		object_set(part, LIMBECK_ATTR_EXPRESSION, expression(table));
		break;
	case LIMBECK_KIND_TRIGGER:
		snprintf(text, sizeof text, "CREATE TRIGGER %s UPDATE OF %s ON %s WHEN (NEW.%s = 1)", name,
			quoted('c', 0), quoted('t', table), quoted('c', 1));
		object_set(part, LIMBECK_ATTR_DEFINITION, text);
		break;
	case LIMBECK_KIND_FOREIGN_KEY:
		object_set(part, LIMBECK_ATTR_REF_TABLE, name_of('t', below(TABLES)));
		set_list(part, LIMBECK_ATTR_REF_COLUMNS, name_of('c', below(COLUMNS)), NULL);
		/* fall through */
	default:
		set_list(part, LIMBECK_ATTR_COLUMNS, name_of('c', below(COLUMNS)), NULL);
		break;
	}
	if (kind == LIMBECK_KIND_INDEX) {
		set_list(part, LIMBECK_ATTR_PARTS, expression(table), NULL);
		object_set(part, LIMBECK_ATTR_PREDICATE, expression(table));
	}
	return part;
}

static struct limbeck_catalog *random_catalog(const struct schema_rules *rules)
{
	struct limbeck_catalog *c = catalog_new(rules);
	const char *schema = rules->default_schema;
	char text[256], name[16];

	for (int t = 0; t < TABLES; t++) {
		if (below(8) == 0)
			continue;
		add(c, LIMBECK_KIND_TABLE, schema, NULL, name_of('t', t));
		for (int i = 0; i < COLUMNS; i++)
			object_set(add(c, LIMBECK_KIND_COLUMN, schema, name_of('t', t), name_of('c', i)),
				LIMBECK_ATTR_TYPE, below(2) ? "integer" : "mood");
		for (int i = below(6); i > 0; i--)
			add_part(c, t);
	}
	for (int i = below(4); i > 0; i--) {
		int t = below(TABLES);

		snprintf(name, sizeof name, "v%d", i);
		snprintf(text, sizeof text, "CREATE VIEW %s AS SELECT x.%s, %s.%s AS z FROM %s x, %s", name,
			quoted('c', below(COLUMNS)), quoted('t', t), quoted('c', below(COLUMNS)),
			quoted('t', t), quoted('t', t));
		object_set(add(c, LIMBECK_KIND_VIEW, schema, NULL, name), LIMBECK_ATTR_DEFINITION, text);
	}
	add(c, LIMBECK_KIND_ENUM, schema, NULL, "mood");
	add(c, LIMBECK_KIND_SCHEMA, NULL, NULL, "crm");
	catalog_connect(c);
	return c;
}

static void list(struct strbuf *out, const struct limbeck_object *object)
{
	struct object_name on;

	strbuf_addf(out, "%s ", limbeck_kind_name(limbeck_object_kind(object)));
	object_shown(out, object);
	for (int a = 1; a < LIMBECK_ATTR_COUNT; a++) {
		enum limbeck_attribute attribute = (enum limbeck_attribute)a;

		for (size_t i = 0; i < limbeck_object_count(object, attribute); i++)
			strbuf_addf(out, "|%s=%s", limbeck_attribute_name(attribute),
				limbeck_object_item(object, attribute, i));
	}
	for (size_t i = 0; object_dependency(object, i, &on); i++)
		if (*on.name != '#')
			strbuf_addf(out, "|%s %s.%s", limbeck_kind_name(on.kind), on.table ? on.table : "", on.name);
	strbuf_addch(out, '\n');
}

static int compare_lines(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* All there is as text: in order, or sorted, since of two unnamed parts that are
 * equal either may go. */
static char *listing(const struct limbeck_catalog *c, bool sorted)
{
	struct strbuf out = STRBUF_INIT, line = STRBUF_INIT;
	struct limbeck_object *object = NULL;
	size_t count = catalog_size(c), n = 0;
	char **lines = mem_alloc((count + 1) * sizeof *lines);

	while ((object = catalog_next(c, LIMBECK_KIND_NONE, NULL, NULL, object)) && n < count) {
		strbuf_reset(&line);
		list(&line, object);
		lines[n++] = mem_strdup(line.buf);
	}
	if (sorted)
		qsort(lines, n, sizeof *lines, compare_lines);
	for (size_t i = 0; i < n; i++) {
		strbuf_addstr(&out, lines[i]);
		mem_free(lines[i]);
	}
	mem_free(lines);
	strbuf_release(&line);
	return strbuf_detach(&out);
}

static bool same(const struct limbeck_catalog *a, const struct limbeck_catalog *b, bool sorted,
	const char *what)
{
	char *x = listing(a, sorted), *y = listing(b, sorted);
	bool equal = x && y && strcmp(x, y) == 0;

	if (!equal)
		diag("%s:\n%s\n%s", what, x, y);
	mem_free(x);
	mem_free(y);
	return equal;
}

static struct limbeck_object *any_object(const struct limbeck_catalog *c)
{
	struct limbeck_object *object = NULL;

	for (int i = below((int)catalog_size(c)); i >= 0; i--)
		object = catalog_next(c, LIMBECK_KIND_NONE, NULL, NULL, object);
	return object;
}

static bool apply(struct limbeck_catalog *c, int verb, const struct limbeck_object *before,
	const struct limbeck_object *after)
{
	struct limbeck_change change = { .size = sizeof change, .verb = verb, .before = before,
		.after = after };
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	bool done = catalog_apply(c, &change, &err) == 0;

	if (!done)
		diag("%s", err.message);
	limbeck_error_release(&err);
	return done;
}

static bool rename_to(struct limbeck_catalog *c, struct limbeck_object *object, const char *name)
{
	struct limbeck_catalog *other = catalog_new(catalog_rules(c));
	struct object_name as;
	bool done;

	object_name_of(object, &as);
	as.name = name;
	done = apply(c, LIMBECK_RENAME, object, catalog_copy(other, object, false, &as));
	catalog_free(other);
	return done;
}

static bool round_rename(const struct limbeck_catalog *c)
{
	static const char *const names[] = { "fresh", "Fresh One", "select", "\"", "zz" };
	struct limbeck_catalog *work = catalog_clone(c);
	struct limbeck_object *object = any_object(work);
	struct strbuf old = STRBUF_INIT;
	bool good = true;

	if (!limbeck_object_get(object, LIMBECK_ATTR_UNNAMED)) {
		strbuf_addstr(&old, limbeck_object_name(object));
		good = rename_to(work, object, names[below(5)]) && catalog_size(work) == catalog_size(c) &&
			rename_to(work, object, names[below(5)]) && rename_to(work, object, old.buf) &&
			same(c, work, false, old.buf);
	}
	strbuf_release(&old);
	catalog_free(work);
	return good;
}

/* A new table with parts, which goes again; and a new part of an old one. */
static bool round_create(const struct limbeck_catalog *c)
{
	struct limbeck_catalog *work = catalog_clone(c), *other = random_catalog(catalog_rules(c));
	struct limbeck_object *object = any_object(other), *part;
	struct object_name name = { LIMBECK_KIND_NONE, NULL, NULL, "fresh", NULL };
	bool good = true;

	if (limbeck_object_kind(object) == LIMBECK_KIND_TABLE) {
		object = catalog_copy(other, object, true, &name);
		good = apply(work, LIMBECK_CREATE, NULL, object);
		for (part = NULL; good && (part = catalog_next(other, LIMBECK_KIND_NONE,
			limbeck_object_schema(object), "fresh", part));)
			good = apply(work, LIMBECK_CREATE, NULL, part);
	} else {
		if (!limbeck_object_get(object, LIMBECK_ATTR_UNNAMED))
			object = catalog_copy(other, object, false, &name);
		if (limbeck_object_table(object) && !catalog_relation(work, limbeck_object_schema(object),
				limbeck_object_table(object)))
			goto out;
		good = apply(work, LIMBECK_CREATE, NULL, object);
	}
	good = good && catalog_size(work) > catalog_size(c) && apply(work, LIMBECK_DROP, object, NULL) &&
		same(c, work, true, "create and drop");
out:
	catalog_free(work);
	catalog_free(other);
	return good;
}

/* Texts that the notation might stumble over. */
static void add_odd(struct limbeck_catalog *c)
{
	static const char *const texts[] = { "", "-", "=", "12 o", "a\nb", "\xff\r\n." };
	const char *schema = catalog_rules(c)->default_schema;
	struct object_name function = { LIMBECK_KIND_FUNCTION, schema, NULL, "= -", "" };
	struct limbeck_object *object;

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		function.signature = texts[i];
		object = catalog_add(c, &function);
		object_set(object, LIMBECK_ATTR_DEFINITION, texts[below(6)]);
		object_set(object, LIMBECK_ATTR_COMMENT, texts[i]);
		depend(object, LIMBECK_KIND_TABLE, "nowhere", NULL, texts[i]);
		object = add(c, LIMBECK_KIND_CHECK, schema, "away", NULL);
		object_set(object, LIMBECK_ATTR_EXPRESSION, texts[i]);
	}
	object = add(c, LIMBECK_KIND_ENUM, schema, NULL, "odd");
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		object_append(object, LIMBECK_ATTR_VALUES, texts[i]);
}

static bool round_store(struct limbeck_catalog *c)
{
	struct strbuf text = STRBUF_INIT;
	struct limbeck_catalog *back;
	bool good;

	add_odd(c);
	good = catalog_store(&text, c);
	back = catalog_restore(catalog_rules(c), text.buf, text.len);
	good = good && back && catalog_size(back) == catalog_size(c) && same(c, back, false, "store");
	catalog_free(back);
	strbuf_release(&text);
	return good;
}

/* A text that was cut is never taken for whole; one in which a byte is another need
 * only do no harm. */
static bool round_damage(const struct limbeck_catalog *c)
{
	struct strbuf text = STRBUF_INIT;
	bool good = catalog_store(&text, c);

	for (int i = 0; good && i < 40; i++) {
		size_t at = (size_t)below((int)text.len);
		char *cut = mem_alloc(at + 1), byte = text.buf[at];

		memcpy(cut, text.buf, at);
		good = !catalog_restore(catalog_rules(c), cut, at);
		mem_free(cut);
		text.buf[at] = i % 2 ? (char)below(256) : "0123456789 -=od."[below(16)];
		catalog_free(catalog_restore(catalog_rules(c), text.buf, text.len));
		text.buf[at] = byte;
	}
	strbuf_addch(&text, '.');
	good = good && !catalog_restore(catalog_rules(c), text.buf, text.len);
	strbuf_release(&text);
	return good;
}

static void test_stored(int rounds)
{
	bool stores = true, damages = true;

	for (int i = 0; i < rounds; i++) {
		struct limbeck_catalog *c = random_catalog(i % 2 ? &rules_normal : &rules_written);

		stores = stores && round_store(c);
		damages = damages && round_damage(c);
		catalog_free(c);
	}
	ok(stores, "what was stored is restored, whatever bytes there are in its texts");
	ok(damages, "a stored text that is cut or longer is refused, one that is damaged does no harm");
}

static void test_rounds(int rounds)
{
	bool clones = true, renames = true, creates = true;

	for (int i = 0; i < rounds; i++) {
		struct limbeck_catalog *c = random_catalog(i % 2 ? &rules_normal : &rules_written);
		struct limbeck_catalog *clone = catalog_clone(c);

		clones = clones && same(c, clone, false, "clone");
		for (int k = 0; k < 5; k++) {
			renames = renames && round_rename(c);
			creates = creates && round_create(c);
		}
		catalog_free(clone);
		catalog_free(c);
	}
	ok(clones, "a clone is equal");
	ok(renames, "renamed there and back everything is as it was");
	ok(creates, "created and dropped too");
}

static void test_any_bytes(int rounds)
{
	static const char bytes[] = "ab01 .\"'`[]()$;,-/*!#:<>=\\eE\n\xc3\xa4\x01\xff" "tx";
	struct strbuf out = STRBUF_INIT;
	char text[24];

	for (int i = 0; i < rounds * 20; i++) {
		static const struct limbeck_lexis mysql = LIMBECK_LEXIS_MYSQL;
		const struct limbeck_lexis *lexis =
			i % 3 == 0 ? &lexis_normal : i % 3 == 1 ? &lexis_written : &mysql;
		struct schema_rules rules = { lexis, i % 2, "a" };
		struct limbeck_catalog *c = catalog_new(&rules);
		struct limbeck_object *view = add(c, LIMBECK_KIND_VIEW, "a", NULL, "b");
		int length = below((int)sizeof text - 1);

		for (int k = 0; k < length; k++)
			text[k] = bytes[(size_t)below((int)sizeof bytes - 1)];
		text[length] = '\0';
		strbuf_reset(&out);
		text_normal(&out, lexis, text);
		text_rename(&out, lexis, text, below(2) ? "t" : NULL, "a", "x y");
		text_mentions(lexis, text, "a");
		object_set(view, LIMBECK_ATTR_DEFINITION, text);
		object_set(view, LIMBECK_ATTR_TYPE, text);
		object_set(view, LIMBECK_ATTR_DEFAULT, text);
		depend(add(c, LIMBECK_KIND_SEQUENCE, "a", NULL, "a"), LIMBECK_KIND_VIEW, "a", NULL, "b");
		catalog_connect(c);
		rename_to(c, find(c, LIMBECK_KIND_SEQUENCE, "a", NULL, "a"), "x'\"");
		rename_to(c, view, text);
		strbuf_reset(&out);
		object_shown(&out, view);
		catalog_free(c);
	}
	ok(!strbuf_failed(&out), "texts and names of any bytes do no harm");
	strbuf_release(&out);
}

int main(int argc, char **argv)
{
	int rounds = argc > 1 ? atoi(argv[1]) : 150;

	srand(argc > 2 ? (unsigned)atoi(argv[2]) : 4);
	test_rounds(rounds);
	test_stored(rounds);
	test_any_bytes(rounds);
	return done_testing();
}
