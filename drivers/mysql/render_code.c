/* SPDX-License-Identifier: BSD-2-Clause */
/* Views, sequences, routines, events and triggers. */
#include "render.h"

static const char create[] = "CREATE ";
/* As the introspection writes them. */
static const char each_row[] = " FOR EACH ROW ";
static const char follows[] = " FOR EACH ROW FOLLOWS `";

static const char *word_of(const struct limbeck_object *object)
{
	const char *word = get(object, LIMBECK_ATTR_WORD);

	switch (kind_of(object)) {
	case LIMBECK_KIND_VIEW:
		return "VIEW";
	case LIMBECK_KIND_SEQUENCE:
		return "SEQUENCE";
	case LIMBECK_KIND_TRIGGER:
		return "TRIGGER";
	default:
		return word ? word : "FUNCTION";
	}
}

static void put_bounds(struct limbeck_out *out, const struct limbeck_object *sequence, bool all)
{
	static const struct {
		enum limbeck_attribute attribute;
		const char *words;
		const char *standard;   /* NULL: what the server chooses */
	} options[] = {
		{ LIMBECK_ATTR_START, " START WITH ", NULL },
		{ LIMBECK_ATTR_INCREMENT, " INCREMENT BY ", " INCREMENT BY 1" },
		{ LIMBECK_ATTR_MINIMUM, " MINVALUE ", " NO MINVALUE" },
		{ LIMBECK_ATTR_MAXIMUM, " MAXVALUE ", " NO MAXVALUE" },
		{ LIMBECK_ATTR_CACHE, " CACHE ", " CACHE 1000" },
		{ LIMBECK_ATTR_CYCLE, " CYCLE", " NOCYCLE" },
	};
	size_t i;

	for (i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		const char *value = get(sequence, options[i].attribute);

		if (value && options[i].attribute == LIMBECK_ATTR_CYCLE)
			limbeck_host->put(out, "%s", options[i].words);
		else if (value)
			limbeck_host->put(out, "%s%s", options[i].words, value);
		else if (all && options[i].standard)
			limbeck_host->put(out, "%s", options[i].standard);
	}
}

/* A start that is the server's own is said too, or the old one would stay. */
static void alter_sequence(struct limbeck_out *out, const struct limbeck_change *change)
{
	const char *increment = get(change->after, LIMBECK_ATTR_INCREMENT);
	bool down = increment && *increment == '-';
	const char *least = get(change->after, LIMBECK_ATTR_MINIMUM);
	const char *most = get(change->after, LIMBECK_ATTR_MAXIMUM);

	limbeck_host->put(out, "ALTER SEQUENCE ");
	limbeck_host->put_name(out, name_of(change->after));
	if (!get(change->after, LIMBECK_ATTR_START))
		limbeck_host->put(out, " START WITH %s", down ? (most ? most : "-1") :
			(least ? least : "1"));
	put_bounds(out, change->after, true);
}

static void put_create(struct limbeck_out *out, const struct limbeck_object *object)
{
	const char *definition = get(object, LIMBECK_ATTR_DEFINITION);

	if (kind_of(object) != LIMBECK_KIND_SEQUENCE) {
		limbeck_host->put(out, "%s", definition ? definition : "");
		return;
	}
	limbeck_host->put(out, "CREATE SEQUENCE ");
	limbeck_host->put_name(out, name_of(object));
	put_bounds(out, object, false);
}

static void put_drop(struct limbeck_out *out, const struct limbeck_object *object)
{
	limbeck_host->put(out, "DROP %s ", word_of(object));
	limbeck_host->put_name(out, name_of(object));
}

static void put_alter(struct limbeck_out *out, const struct limbeck_change *change)
{
	const char *definition = get(change->after, LIMBECK_ATTR_DEFINITION);

	if (kind_of(change->after) == LIMBECK_KIND_SEQUENCE) {
		alter_sequence(out, change);
	} else if (kind_of(change->after) == LIMBECK_KIND_VIEW) {
		bool plain = definition && strncmp(definition, create, strlen(create)) == 0;

		limbeck_host->put(out, "%s%s", plain ? "CREATE OR REPLACE " : "",
			plain ? definition + strlen(create) : definition);
	} else {
		put_drop(out, change->before);
		limbeck_host->end(out);
		put_create(out, change->after);
	}
}

static void put_rename(struct limbeck_out *out, const struct limbeck_change *change)
{
	enum limbeck_kind kind = kind_of(change->after);
	const char *word = word_of(change->after);
	bool event = kind == LIMBECK_KIND_OTHER && strcmp(word, "EVENT") == 0;

	if (kind != LIMBECK_KIND_VIEW && kind != LIMBECK_KIND_SEQUENCE && !event) {
		put_alter(out, change);
		return;
	}
	limbeck_host->put(out, event ? "ALTER EVENT " : "RENAME TABLE ");
	limbeck_host->put_name(out, name_of(change->before));
	limbeck_host->put(out, event ? " RENAME TO " : " TO ");
	limbeck_host->put_name(out, name_of(change->after));
}

static const struct limbeck_object *follower(const struct limbeck_catalog *catalog,
	const char *table, const char *name)
{
	const struct limbeck_object *trigger = NULL;

	while ((trigger = limbeck_host->object_next(catalog, LIMBECK_KIND_TRIGGER, NULL, table,
		trigger)) != NULL) {
		const char *words = strstr(get(trigger, LIMBECK_ATTR_DEFINITION), follows);
		size_t length = strlen(name);

		if (words && strncmp(words + strlen(follows), name, length) == 0 &&
			words[strlen(follows) + length] == '`')
			return trigger;
	}
	return NULL;
}

/* A trigger that is to be the first comes before those that are there already. */
size_t render_trigger(struct alter *alter, size_t at)
{
	const struct limbeck_change *change = &alter->changes[at];
	const char *definition = get(object_of(change), LIMBECK_ATTR_DEFINITION);
	const struct limbeck_object *next = change->after;
	const char *body = definition ? strstr(definition, each_row) : NULL;

	if (change->verb != LIMBECK_CREATE || !body || strstr(definition, follows))
		return (size_t)render_object(change, alter->out);
	while ((next = follower(alter->rendering->after, alter->table, name_of(next))) != NULL) {
		if (state_has(alter, at, LIMBECK_KIND_TRIGGER, name_of(next)))
			break;
	}
	if (!next)
		return (size_t)render_object(change, alter->out);
	body += strlen(each_row);
	limbeck_host->put(alter->out, "%.*sPRECEDES ", (int)(body - definition), definition);
	limbeck_host->put_name(alter->out, name_of(next));
	limbeck_host->put(alter->out, " %s", body);
	limbeck_host->end(alter->out);
	return 1;
}

int render_object(const struct limbeck_change *change, struct limbeck_out *out)
{
	enum limbeck_kind kind = kind_of(object_of(change));

	if (kind != LIMBECK_KIND_VIEW && kind != LIMBECK_KIND_SEQUENCE &&
		kind != LIMBECK_KIND_TRIGGER && kind != LIMBECK_KIND_FUNCTION &&
		kind != LIMBECK_KIND_OTHER)
		return 0;
	switch (change->verb) {
	case LIMBECK_CREATE:
		put_create(out, change->after);
		break;
	case LIMBECK_DROP:
		put_drop(out, change->before);
		break;
	case LIMBECK_RENAME:
		put_rename(out, change);
		break;
	case LIMBECK_ALTER:
		put_alter(out, change);
		break;
	default:
		return 0;
	}
	limbeck_host->end(out);
	return 1;
}
