/* SPDX-License-Identifier: BSD-2-Clause */
#include "script/script.h"

#include <string.h>
#include <time.h>

#include "base/error.h"
#include "base/utf8.h"
#include "script/token.h"

static const char *const token_names[] = {
	"rev", "slug", "year", "month", "day", "hour", "minute", "second", "epoch", "seq"
};

enum { TOKEN_COUNT = sizeof token_names / sizeof *token_names };

/* What the tokens stand for; the first two are texts. */
struct values {
	const char *id;
	const struct strbuf *slug;
	int64_t numbers[TOKEN_COUNT];
};

/* How many bytes of a word character stand at text; 0: it separates words. Of
 * what is not ASCII, U+0080 to U+00BF and U+2000 to U+207F separate too. */
static size_t word_character(const char *text)
{
	unsigned char c = (unsigned char)text[0], next = (unsigned char)text[c != 0];
	size_t size;

	if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_')
		return 1;
	if (c < 0x80 || c == 0xc2 || (c == 0xe2 && (next == 0x80 || next == 0x81)))
		return 0;
	size = utf8_sequence(text, strlen(text));
	return size;
}

static void add_words(struct strbuf *out, const char *message)
{
	size_t size, begin = out->len;
	bool between = false;

	for (; *message; message += size ? size : 1) {
		size = word_character(message);
		if (!size) {
			between = true;
			continue;
		}
		if (between && out->len > begin)
			strbuf_addch(out, '_');
		between = false;
		if (size == 1 && message[0] >= 'A' && message[0] <= 'Z')
			strbuf_addch(out, message[0] - 'A' + 'a');
		else
			strbuf_add(out, message, size);
	}
}

/* Cuts to the last whole word within that many characters, and shows the cut
 * by "_" at the end, as Alembic does. */
static void cut_slug(struct strbuf *slug, long characters)
{
	size_t end = 0, cut;

	if (characters <= 0 || utf8_count(slug->buf, slug->len) <= (size_t)characters)
		return;
	for (; characters; characters--)
		end += utf8_sequence(slug->buf + end, slug->len - end);
	for (cut = end; cut > 0 && slug->buf[cut - 1] != '_'; cut--)
		;
	strbuf_truncate(slug, cut ? cut : end);
	if (!cut)
		strbuf_addch(slug, '_');
}

static int add_token(const struct template_token *token, const struct values *values,
	struct strbuf *out, struct limbeck_error *err)
{
	size_t which = 0;

	while (which < TOKEN_COUNT && !template_token_is(token, token_names[which]))
		which++;
	if (which == TOKEN_COUNT)
		return template_token_unknown(token, token_names, TOKEN_COUNT, err);
	if (which >= 2) {
		template_add_number(out, token, values->numbers[which]);
		return 0;
	}
	if (token->conversion != 's')
		return error_set(err, LIMBECK_E_CONFIG, "token %%(%s) is a text: write %%(%s)s",
			token_names[which], token_names[which]);
	strbuf_addstr(out, which ? values->slug->buf : values->id);
	return 0;
}

/* Each part of the path must be a name that a scan for revision files takes. */
static int check_name(const char *name, struct limbeck_error *err)
{
	for (const char *part = name; part; part = strchr(part, '/')) {
		part += part != name; /* the slash */
		if (part[0] && !strchr("./#", part[0]))
			continue;
		error_set(err, LIMBECK_E_CONFIG, "file_template makes a name that can't be used: "
			"\"%s\"", name);
		error_hint(err, "The name, and each folder in it, must not be empty and not begin "
			"with \".\" or \"#\".");
		return -1;
	}
	return 0;
}

static int expand(const char *file_template, const struct values *values, struct strbuf *out,
	struct limbeck_error *err)
{
	struct template_token token;

	while (*file_template) {
		int found;

		/* "%%(" is how Alembic's configuration has to spell "%(". */
		if (strncmp(file_template, "%%(", 3) == 0)
			file_template++;
		found = template_token(file_template, strlen(file_template), &token, err);
		if (found < 0 || (found && add_token(&token, values, out, err) < 0)) {
			error_detail(err, "It is in file_template.");
			return -1;
		}
		if (!found)
			strbuf_addch(out, *file_template);
		file_template += found ? token.length : 1;
	}
	strbuf_addstr(out, ".sql");
	return 0;
}

int script_file_name(const char *file_template, long slug_length, const char *id,
	const char *message, const struct tm *now, int64_t epoch, size_t seq, struct strbuf *out,
	struct limbeck_error *err)
{
	struct strbuf slug = STRBUF_INIT, name = STRBUF_INIT;
	struct values values = { .id = id, .slug = &slug, .numbers = { 0, 0, now->tm_year + 1900,
		now->tm_mon + 1, now->tm_mday, now->tm_hour, now->tm_min, now->tm_sec, epoch,
		(int64_t)seq } };
	int result;

	add_words(&slug, message ? message : "");
	cut_slug(&slug, slug_length);
	result = expand(file_template, &values, &name, err);
	if (result == 0 && (strbuf_failed(&slug) || strbuf_failed(&name)))
		result = error_nomem(err);
	if (result == 0)
		result = check_name(name.buf, err);
	if (result == 0) {
		strbuf_add(out, name.buf, name.len);
		result = strbuf_failed(out) ? error_nomem(err) : 0;
	}
	strbuf_release(&slug);
	strbuf_release(&name);
	return result;
}
