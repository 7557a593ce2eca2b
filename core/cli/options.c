/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/options.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/text.h"

enum { TABLES = 2, MOST_NAMES = 64 };

struct parser {
	struct arguments *args;
	const struct option_spec *tables[TABLES];
	const char *const *line;
	size_t next;
	struct limbeck_error *err;
};

static const struct option_spec *find_letter(const struct parser *parser, char letter)
{
	for (size_t t = 0; t < TABLES; t++)
		for (const struct option_spec *o = parser->tables[t]; o && o->id != OPTION_END; o++)
			if (o->letter == letter)
				return o;
	return NULL;
}

static bool is_listed(const struct option_spec *const *found, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(found[i]->name, name) == 0)
			return true;
	return false;
}

/* Long names that begin so; an exact one comes alone. */
static size_t find_names(const struct parser *parser, const char *name, size_t length,
	const struct option_spec **found, size_t most)
{
	size_t count = 0;

	for (size_t t = 0; t < TABLES; t++) {
		const struct option_spec *o = parser->tables[t];

		for (; o && o->id != OPTION_END; o++) {
			if (!o->name || strncmp(o->name, name, length) != 0)
				continue;
			if (o->name[length] == '\0') {
				found[0] = o;
				return 1;
			}
			if (count < most && !is_listed(found, count, o->name))
				found[count++] = o;
		}
	}
	return count;
}

static const char *nearest_name(const struct parser *parser, const char *name)
{
	const struct option_spec *all[MOST_NAMES];
	const char *names[MOST_NAMES];
	size_t count = find_names(parser, "", 0, all, MOST_NAMES);

	for (size_t i = 0; i < count; i++)
		names[i] = all[i]->name;
	return text_nearest(name, names, count);
}

static int fail_unknown(const struct parser *parser, const char *option)
{
	const char *near = strncmp(option, "--", 2) == 0 ?
		nearest_name(parser, option + 2) : NULL;

	cli_fail(parser->err, LIMBECK_E_USAGE, "unknown option \"%s\"", option);
	if (near)
		cli_hint(parser->err, "Did you mean --%s?", near);
	return -1;
}

static int fail_ambiguous(const struct parser *parser, const char *option,
	const struct option_spec *const *found, size_t count)
{
	char names[200] = "";
	size_t used = 0;

	for (size_t i = 0; i < count; i++) {
		size_t length = strlen(found[i]->name) + 4;

		if (used + length >= sizeof names)
			break;
		used += (size_t)snprintf(names + used, sizeof names - used, "%s--%s",
			i > 0 ? ", " : "", found[i]->name);
	}
	cli_fail(parser->err, LIMBECK_E_USAGE, "option \"%s\" is ambiguous", option);
	cli_hint(parser->err, "It could be %s.", names);
	return -1;
}

static int grow(void **list, size_t count, size_t size, struct limbeck_error *err)
{
	void *more;

	/* Full at every power of two. */
	if (count & (count - 1))
		return 0;
	more = realloc(*list, (count > 0 ? 2 * count : 1) * size);
	if (!more)
		return cli_nomem(err);
	*list = more;
	return 0;
}

static int add_option(const struct parser *parser, enum option_id id, const char *value)
{
	struct arguments *args = parser->args;
	void *given = args->given;

	if (grow(&given, args->given_count, sizeof *args->given, parser->err) < 0)
		return -1;
	args->given = given;
	args->given[args->given_count].id = id;
	args->given[args->given_count++].value = value;
	return 0;
}

static int add_word(const struct parser *parser, const char *word)
{
	struct arguments *args = parser->args;
	void *words = args->words;

	if (grow(&words, args->word_count, sizeof *args->words, parser->err) < 0)
		return -1;
	args->words = words;
	args->words[args->word_count++] = word;
	return 0;
}

/* The argument of an option: what is glued to it, else the next element. */
static int take_value(struct parser *parser, const struct option_spec *spec, const char *glued,
	const char *option)
{
	const char *value = glued;

	if (!value)
		value = parser->line[parser->next];
	if (!value) {
		cli_fail(parser->err, LIMBECK_E_USAGE, "option \"%s\" needs an argument", option);
		cli_hint(parser->err, "Write %s %s.", option, spec->argument);
		return -1;
	}
	if (!glued)
		parser->next++;
	return add_option(parser, spec->id, value);
}

static int parse_long(struct parser *parser, const char *option)
{
	const struct option_spec *found[MOST_NAMES];
	const char *name = option + 2;
	size_t length = strcspn(name, "=");
	const char *glued = name[length] == '=' ? name + length + 1 : NULL;
	size_t count = length > 0 ? find_names(parser, name, length, found, MOST_NAMES) : 0;

	if (count == 0)
		return fail_unknown(parser, option);
	if (count > 1)
		return fail_ambiguous(parser, option, found, count);
	if (found[0]->argument)
		return take_value(parser, found[0], glued, option);
	if (glued)
		return cli_fail(parser->err, LIMBECK_E_USAGE, "option --%s takes no argument",
			found[0]->name);
	return add_option(parser, found[0]->id, NULL);
}

static int parse_short(struct parser *parser, const char *option)
{
	for (const char *letter = option + 1; *letter != '\0'; letter++) {
		const struct option_spec *spec = find_letter(parser, *letter);

		if (!spec)
			return fail_unknown(parser, option);
		if (spec->argument)
			return take_value(parser, spec, letter[1] != '\0' ? letter + 1 : NULL,
				(const char[]){ '-', *letter, '\0' });
		if (add_option(parser, spec->id, NULL) < 0)
			return -1;
	}
	return 0;
}

static bool is_word(const char *element)
{
	return element[0] != '-' || element[1] == '\0' || isdigit((unsigned char)element[1]);
}

int arguments_parse(struct arguments *args, const char *const *line,
	const struct option_spec *own, const struct option_spec *global, bool at_word,
	size_t *used, struct limbeck_error *err)
{
	struct parser parser = { args, { own, global }, line, 0, err };
	bool options = true;
	int rc = 0;

	while (rc == 0 && line[parser.next]) {
		const char *element = line[parser.next];

		if (options && strcmp(element, "--") == 0) {
			options = false;
			parser.next++;
			continue;
		}
		if (!options || is_word(element)) {
			if (at_word)
				break;
			rc = add_word(&parser, element);
			parser.next++;
			continue;
		}
		parser.next++;
		rc = element[1] == '-' ? parse_long(&parser, element) :
			parse_short(&parser, element);
	}
	if (used)
		*used = parser.next;
	return rc;
}

void arguments_release(struct arguments *args)
{
	free(args->given);
	free(args->words);
	memset(args, 0, sizeof *args);
}

size_t arguments_count(const struct arguments *args, enum option_id id)
{
	size_t count = 0;

	for (size_t i = 0; i < args->given_count; i++)
		count += args->given[i].id == id;
	return count;
}

const char *arguments_value(const struct arguments *args, enum option_id id)
{
	const char *value = NULL;

	for (size_t i = 0; i < args->given_count; i++)
		if (args->given[i].id == id)
			value = args->given[i].value;
	return value;
}
