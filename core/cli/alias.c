/* SPDX-License-Identifier: BSD-2-Clause */
#include "cli/alias.h"

#include <stdlib.h>
#include <string.h>

const struct alias alias_table[] = {
	{ "migrate", "upgrade head", NULL },
	{ "makemigrations", "revision --autogenerate -m", NULL },
	{ "showmigrations", "history --indicate-current", NULL },
	{ "rollback", "downgrade -1", NULL },
	{ "clear", "stamp base --purge",
	  "Forget which revisions are applied? No other table is touched." },
	{ NULL, NULL, NULL }
};

const struct alias *alias_find(const char *name)
{
	for (const struct alias *alias = alias_table; alias->name; alias++)
		if (strcmp(alias->name, name) == 0)
			return alias;
	return NULL;
}

int alias_look_up(struct cli *cli, const char *name, char **line, struct limbeck_error *err)
{
	static const char prefix[] = "alias.";
	char *key = malloc(sizeof prefix + strlen(name));
	const char *value;
	int rc = -1;

	if (!key)
		return cli_nomem(err);
	memcpy(key, prefix, sizeof prefix);
	strcpy(key + sizeof prefix - 1, name);
	if (cli_open(cli, false, err) < 0)
		goto out;
	value = limbeck_config_get(cli->lb, key);
	rc = value != NULL;
	if (value) {
		*line = strdup(value);
		if (!*line)
			rc = cli_nomem(err);
	}
out:
	cli_close(cli);
	free(key);
	return rc;
}

/* Takes the next word off *from into *to, which it moves on; the word ends in a
 * zero byte. Returns the word, NULL at the end of the line, and sets *open when
 * a quote is not closed. */
static char *next_word(const char **from, char **to, bool *open)
{
	const char *s = *from + strspn(*from, " \t\r\n");
	char *word = *to, *out = *to;
	char quote = '\0';

	if (*s == '\0')
		return NULL;
	for (; *s != '\0' && (quote != '\0' || !strchr(" \t\r\n", *s)); s++) {
		if (quote != '\0' && *s == quote) {
			quote = '\0';
		} else if (quote == '\0' && (*s == '\'' || *s == '"')) {
			quote = *s;
		} else {
			/* In "..." a backslash stands for itself but before these. */
			if (*s == '\\' && s[1] != '\0' &&
			    (quote == '\0' || (quote == '"' && strchr("\"\\$`", s[1]))))
				s++;
			*out++ = *s;
		}
	}
	*open = *open || quote != '\0';
	*out++ = '\0';
	*from = s;
	*to = out;
	return word;
}

const char **alias_expand(const char *line, const char *const *before, size_t before_count,
	const char *const *after, struct limbeck_error *err)
{
	size_t length = strlen(line), after_count = 0, count = 0;
	const char **vector;
	const char *word;
	char *text;
	bool open = false;

	while (after[after_count])
		after_count++;
	/* A line of n bytes has n / 2 + 1 words at most, and they need no more
	 * than n + 1 bytes. */
	vector = malloc((before_count + length / 2 + 1 + after_count + 1) * sizeof *vector +
		length + 2);
	if (!vector) {
		cli_nomem(err);
		return NULL;
	}
	text = (char *)(vector + before_count + length / 2 + 1 + after_count + 1);
	for (size_t i = 0; i < before_count; i++)
		vector[count++] = before[i];
	while ((word = next_word(&line, &text, &open)))
		vector[count++] = word;
	for (size_t i = 0; i <= after_count; i++)
		vector[count++] = after[i];
	if (open) {
		free(vector);
		cli_fail(err, LIMBECK_E_CONFIG, "a quote is not closed in the alias");
		return NULL;
	}
	return vector;
}
