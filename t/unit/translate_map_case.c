/* SPDX-License-Identifier: BSD-2-Clause */
#include "translate_map.h"

#include <string.h>

#include "base/error.h"
#include "config/url.h"
#include "diff/diff.h"
#include "driver/connection.h"
#include "driver/render.h"
#include "sql/scanner.h"
#include "sql/splitter.h"
#include "translate/home.h"
#include "translate/map.h"

/* One home and one engine. */
struct bench {
	const struct driver *driver;
	const struct limbeck_server *server;
	const char *dialect;
	struct arena arena;
	struct home home;
	struct mapping mapping;
	struct limbeck_catalog *done;      /* home as it was before the change */
	struct limbeck_catalog *maps[2];
	object_names names;
	VEC(struct diff_rename) renames;
	struct strbuf *out;
	struct limbeck_error err;
};

static void remark(void *data, const struct limbeck_object *object, const char *text)
{
	struct bench *b = data;

	strbuf_addf(b->out, "remark: %s ", limbeck_kind_name(limbeck_object_kind(object)));
	object_shown(b->out, object);
	strbuf_addf(b->out, ": %s\n", text);
}

static int open_books(struct bench *b)
{
	const struct phrase_options in = { .way = PHRASE_INWARD, .dialect = b->dialect,
		.lexis = dialect_lexis(LIMBECK_COMMON_DIALECT) };
	struct phrase_options out = { .way = PHRASE_OUTWARD, .dialect = LIMBECK_COMMON_DIALECT,
		.lexis = &b->driver->traits.lexis };

	b->mapping.translation = out.translation = driver_translation(b->driver, b->server);
	b->mapping.traits = &b->driver->traits;
	b->mapping.server = b->server;
	return phrasebook_new(&in, &b->home.inward, &b->err) < 0
		|| phrasebook_new(&out, &b->mapping.outward, &b->err) < 0 ? -1 : 0;
}

static int bench_open(struct bench *b)
{
	const struct schema_rules common = { .lexis = dialect_lexis(LIMBECK_COMMON_DIALECT) };

	b->err = (struct limbeck_error) LIMBECK_ERROR_INIT;
	b->home.traits = home_traits(b->dialect);
	b->home.catalog = catalog_new(&common);
	b->done = catalog_new(&common);
	return b->home.traits && b->home.catalog && b->done ? open_books(b)
		: error_nomem(&b->err);
}

static void bench_close(struct bench *b)
{
	phrasebook_free(b->home.inward);
	phrasebook_free(b->mapping.outward);
	catalog_free(b->home.catalog);
	catalog_free(b->done);
	catalog_free(b->maps[0]);
	catalog_free(b->maps[1]);
	limbeck_error_release(&b->err);
	arena_release(&b->arena);
}

static int note(struct bench *b, const struct home_effect *effect)
{
	for (size_t i = 0; i < effect->touched.count; i++)
		if (!vec_push_arena(&b->names, effect->touched.items[i], &b->arena))
			return error_nomem(&b->err);
	for (size_t i = 0; i < effect->renames.count; i++)
		if (!vec_push_arena(&b->renames, effect->renames.items[i], &b->arena))
			return error_nomem(&b->err);
	if (effect->dropped)
		strbuf_addf(b->out, "dropped: %s\n", effect->dropped);
	return 0;
}

static int perform(struct bench *b, const char *text, size_t length)
{
	const struct ddl_place place = { NULL, 1, 1 };
	struct ddl_statement *statement;
	struct home_effect effect;

	memset(&effect, 0, sizeof effect);
	if (length == strspn(text, " \n\t") || strspn(text, " \n\t;") >= length)
		return 0;
	if (ddl_parse(&b->arena, dialect_lexis(b->dialect), b->dialect, text, length, &place,
		&statement, &b->err)
		|| home_perform(&b->home, &b->arena, statement, &effect, &b->err))
		return -1;
	return note(b, &effect);
}

/* All statements up to one that is "|" alone, which is where the change begins. */
static int perform_all(struct bench *b, const char *sql)
{
	struct scanner scanner;
	struct token token;
	size_t from = 0;

	scanner_init(&scanner, dialect_lexis(b->dialect), sql, strlen(sql), true);
	for (;;) {
		scanner_next(&scanner, &token);
		if (token.kind == TOKEN_OPERATOR && *token.text == '|' && token.first) {
			catalog_free(b->done);
			b->done = catalog_clone(b->home.catalog);
			b->renames.count = 0;
			from = token.offset + 1;
		} else if (token.kind == TOKEN_SEMICOLON || token.kind == TOKEN_END
			|| token.kind == TOKEN_BAD) {
			if (perform(b, sql + from, token.offset - from))
				return -1;
			from = token.offset + 1;
			if (token.kind != TOKEN_SEMICOLON)
				return 0;
		}
	}
}

static int map_both(struct bench *b, const struct schema_rules *rules)
{
	const struct limbeck_catalog *homes[2] = { b->done, b->home.catalog };

	for (size_t i = 0; i < 2; i++)
		if (map_widen(&b->mapping, homes[i], &b->arena, &b->names, &b->err))
			return -1;
	for (size_t i = 0; i < 2; i++) {
		b->mapping.remark = i ? remark : NULL;
		b->mapping.data = b;
		b->maps[i] = catalog_new(rules);
		if (map_objects(&b->mapping, homes[i], b->names.items, b->names.count, b->maps[i],
			&b->err))
			return -1;
		catalog_connect(b->maps[i]);
	}
	return 0;
}

/* Those renames alone that concern what the engine has. */
static void keep_renames(struct bench *b)
{
	size_t kept = 0;

	for (size_t i = 0; i < b->renames.count; i++) {
		const struct diff_rename *rename = &b->renames.items[i];
		struct object_name name = { .kind = rename->kind, .table = rename->table,
			.name = rename->from };

		if (rename->table || catalog_find(b->maps[0], &name))
			b->renames.items[kept++] = *rename;
	}
	b->renames.count = kept;
}

/* What the engine is sent for the change from one map to the other. */
static int render(struct bench *b, const struct limbeck_catalog *before,
	const struct limbeck_catalog *after, struct rendered *rendered)
{
	const struct diff_options options = { .traits = &b->driver->traits,
		.alterable = b->driver->table.alterable, .renames = b->renames.items,
		.rename_count = before == b->maps[0] ? b->renames.count : 0 };
	struct diff diff = { 0 };
	int result = diff_make(&b->arena, before, after, &options, &diff, &b->err);

	if (result == 0)
		result = render_changes(b->driver, b->server, before, diff.changes.items,
			diff.changes.count, rendered, &b->err);
	diff_release(&diff);
	return result;
}

static struct schema_rules rules_of(const struct driver *driver)
{
	return (struct schema_rules) { .lexis = &driver->traits.lexis,
		.texts_as_written = driver->traits.texts_as_written,
		.default_schema = driver->traits.default_schema };
}

static int run(struct bench *b, const char *sql, struct rendered *rendered)
{
	const struct schema_rules rules = rules_of(b->driver);

	if (bench_open(b) || perform_all(b, sql) || map_both(b, &rules))
		return -1;
	keep_renames(b);
	return render(b, b->maps[0], b->maps[1], rendered);
}

/* What makes the engine what it was before the change. */
static int run_before(struct bench *b, struct rendered *rendered)
{
	const struct schema_rules rules = rules_of(b->driver);
	struct limbeck_catalog *nothing = catalog_new(&rules);
	int result = render(b, nothing, b->maps[0], rendered);

	catalog_free(nothing);
	return result;
}

void map_case_run(const struct driver *driver, const struct limbeck_server *server,
	const char *dialect, const char *sql, struct strbuf *out)
{
	struct bench b = { .driver = driver, .server = server, .dialect = dialect, .out = out };
	struct rendered rendered;

	rendered_init(&rendered);
	if (run(&b, sql, &rendered))
		strbuf_addf(out, "error: %s\n", b.err.message ? b.err.message : "?");
	else
		strbuf_add(out, rendered.text.buf, rendered.text.len);
	rendered_release(&rendered);
	bench_close(&b);
}

static void say(struct bench *b, const struct limbeck_object *object, const char *what)
{
	strbuf_addf(b->out, "%s ", limbeck_kind_name(limbeck_object_kind(object)));
	object_shown(b->out, object);
	strbuf_addf(b->out, ": %s\n", what);
}

static void say_difference(struct bench *b, const struct limbeck_object *want,
	const struct limbeck_object *got, enum limbeck_attribute attribute)
{
	say(b, want, limbeck_attribute_name(attribute));
	for (int side = 0; side < 2; side++) {
		const struct limbeck_object *object = side ? got : want;

		strbuf_addstr(b->out, side ? "   read:" : " mapped:");
		for (size_t i = 0; i < limbeck_object_count(object, attribute); i++)
			strbuf_addf(b->out, " <%s>", limbeck_object_item(object, attribute, i));
		strbuf_addch(b->out, '\n');
	}
}

static const struct limbeck_object *same_unnamed(const struct limbeck_catalog *there,
	const struct limbeck_object *object)
{
	const struct limbeck_object *other = NULL;

	while ((other = catalog_next(there, limbeck_object_kind(object), NULL,
		limbeck_object_table(object), other)))
		if (object_differs(object, other, LIMBECK_ATTR_UNNAMED) == LIMBECK_ATTR_NONE)
			break;
	return other;
}

/* Expressions as a server writes them in a normal form of its own. */
static bool is_rewritten(const struct bench *b, const struct limbeck_object *object,
	enum limbeck_attribute attribute)
{
	const char *text = limbeck_object_get(object, attribute);

	if (b->driver->traits.texts_as_written)
		return false;
	return attribute == LIMBECK_ATTR_EXPRESSION || attribute == LIMBECK_ATTR_GENERATED
		|| attribute == LIMBECK_ATTR_DEFINITION || attribute == LIMBECK_ATTR_PREDICATE
		|| (attribute == LIMBECK_ATTR_DEFAULT && text && strpbrk(text, "(\\'"));
}

/* Whether it is a temporary table, or a part of one, which is not read. */
static bool is_temporary(const struct bench *b, const struct limbeck_object *object)
{
	const char *table = limbeck_object_table(object);
	const struct limbeck_object *of = table ? catalog_relation(b->maps[1],
		limbeck_object_schema(object), table) : object;

	return of && limbeck_object_get(of, LIMBECK_ATTR_TEMPORARY);
}

/* Each object that was mapped, beside what was read. */
static void compare(struct bench *b, const struct limbeck_catalog *read)
{
	const struct limbeck_object *want = NULL;

	while ((want = catalog_next(b->maps[1], LIMBECK_KIND_NONE, NULL, NULL, want))) {
		struct object_name name;
		const struct limbeck_object *got;
		enum limbeck_attribute at = LIMBECK_ATTR_NONE;

		if (is_temporary(b, want))
			continue;
		object_name_of(want, &name);
		got = catalog_find(read, &name);
		if (!got && limbeck_object_get(want, LIMBECK_ATTR_UNNAMED))
			got = same_unnamed(read, want);
		if (!got)
			say(b, want, "not there");
		while (got && (at = object_differs(want, got, at)) != LIMBECK_ATTR_NONE)
			if (!is_rewritten(b, want, at))
				say_difference(b, want, got, at);
	}
	want = NULL;
	while ((want = catalog_next(read, LIMBECK_KIND_NONE, NULL, NULL, want))) {
		struct object_name name;

		object_name_of(want, &name);
		if (!catalog_find(b->maps[1], &name) && !limbeck_object_get(want,
			LIMBECK_ATTR_UNNAMED))
			say(b, want, "only there");
	}
}

/* Statement by statement, as they were rendered. */
static int send(struct connection *scratch, const struct rendered *rendered,
	const struct limbeck_lexis *lexis, struct limbeck_error *err)
{
	struct scanner scanner;
	struct token token = { .kind = TOKEN_WORD };
	size_t from = 0;

	scanner_init(&scanner, lexis, rendered->text.buf, rendered->text.len, true);
	while (token.kind != TOKEN_END && token.kind != TOKEN_BAD) {
		const char *text = rendered->text.buf + from;
		size_t length;

		do
			scanner_next(&scanner, &token);
		while (token.kind != TOKEN_END && token.kind != TOKEN_SEMICOLON
			&& token.kind != TOKEN_BAD);
		length = rendered->text.len - from;
		if (token.kind == TOKEN_SEMICOLON)
			length = token.offset - from;
		if (strspn(text, " \n") < length
			&& connection_execute(scratch, text, length, NULL, NULL, err) < 0) {
			error_detail(err, "%.*s", (int)length, text);
			return -1;
		}
		from = token.offset + 1;
	}
	return 0;
}

/* Both parts, in the session of translated statements. */
static int send_all(struct bench *b, struct connection *scratch, const struct rendered *change)
{
	const struct limbeck_translation *translation = b->mapping.translation;
	struct rendered before;
	int result;

	rendered_init(&before);
	result = run_before(b, &before);
	if (result == 0 && translation->begin)
		result = connection_do(scratch, translation->begin, &b->err);
	if (result == 0)
		result = send(scratch, &before, connection_lexis(scratch), &b->err);
	if (result == 0)
		result = send(scratch, change, connection_lexis(scratch), &b->err);
	if (result == 0 && translation->end)
		result = connection_do(scratch, translation->end, &b->err);
	rendered_release(&before);
	return result;
}

static int trip(struct bench *b, struct connection *scratch, const char *sql)
{
	struct limbeck_catalog *read = NULL;
	struct rendered rendered;
	struct strbuf remarks = STRBUF_INIT;
	struct strbuf *out = b->out;
	int result;

	rendered_init(&rendered);
	b->out = &remarks;
	b->server = connection_server(scratch);
	result = run(b, sql, &rendered);
	b->out = out;
	/* What can't be mapped is for the other test to say. */
	if (result < 0) {
		result = 0;
		goto out;
	}
	result = send_all(b, scratch, &rendered);
	if (result == 0)
		result = connection_introspect(scratch, NULL, 0, &read, &b->err);
	if (result == 0)
		compare(b, read);
	catalog_free(read);
out:
	rendered_release(&rendered);
	strbuf_release(&remarks);
	return result;
}

void map_case_trip(const struct driver *driver, const char *url, const char *dialect,
	const char *sql, struct strbuf *out)
{
	struct bench b = { .driver = driver, .dialect = dialect, .out = out };
	struct connection *connection = NULL, *scratch = NULL;
	struct limbeck_error err = LIMBECK_ERROR_INIT;
	struct limbeck_url parsed;

	if (url_parse(&b.arena, url, "/tmp", NULL, &parsed, &err) < 0
		|| connection_open(&connection, driver, &parsed, url, 0, NULL, &err) < 0
		|| connection_scratch(connection, 0, &scratch, &err) < 0)
		strbuf_addf(out, "error: %s\n", err.message);
	else if (trip(&b, scratch, sql) < 0)
		strbuf_addf(out, "error: %s\n%s\n", b.err.message,
			b.err.detail ? b.err.detail : "");
	connection_close(scratch);
	connection_close(connection);
	bench_close(&b);
	limbeck_error_release(&err);
}
