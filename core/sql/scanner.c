/* SPDX-License-Identifier: BSD-2-Clause */
#include "sql/scanner.h"

#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

/* No token is told from another by more than this many bytes, but for those
 * that run to a closing mark. */
enum { LOOKAHEAD = 8 };

/* A closing mark is not in the window. */
#define NOT_CLOSED SIZE_MAX

/* What a byte can be: a blank, the start of a word, a later part of one. */
enum { BLANK = 1, START = 2, PART = 4, DIGIT = 8, HIGH = 16 };
enum { o = 0, B = BLANK, W = START | PART, D = DIGIT | PART, P = PART, H = START | PART | HIGH };

static const unsigned char class[256] = {
	o, o, o, o, o, o, o, o, o, B, B, B, B, B, o, o,
	o, o, o, o, o, o, o, o, o, o, o, o, o, o, o, o,
	B, o, o, o, P, o, o, o, o, o, o, o, o, o, o, o,
	D, D, D, D, D, D, D, D, D, D, o, o, o, o, o, o,
	o, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W,
	W, W, W, W, W, W, W, W, W, W, W, o, o, o, o, W,
	o, W, W, W, W, W, W, W, W, W, W, W, W, W, W, W,
	W, W, W, W, W, W, W, W, W, W, W, o, o, o, o, o,
	H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
	H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
	H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
	H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
	H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
	H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
	H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
	H, H, H, H, H, H, H, H, H, H, H, H, H, H, H, H,
};

static unsigned char class_at(const struct scanner *s, size_t at)
{
	return at < s->length ? class[(unsigned char)s->window[at]] : 0;
}

static char byte_at(const struct scanner *s, size_t at)
{
	return at < s->length ? s->window[at] : '\0';
}

void scanner_init(struct scanner *scanner, const struct limbeck_lexis *lexis, const char *text,
	size_t length, bool last)
{
	*scanner = (struct scanner) { .lexis = lexis, .window = text, .length = length,
		.last = last, .line = 1, .column = 1, .line_start = true };
}

void scanner_window(struct scanner *scanner, const char *window, size_t length, size_t dropped,
	bool last)
{
	scanner->window = window;
	scanner->length = length;
	scanner->pos -= dropped;
	scanner->last = last;
}

/* utf8_count(), fast where all is ASCII. */
static unsigned characters(const char *text, size_t length)
{
	uint64_t eight, seen = 0;
	size_t i = 0;

	for (; i + sizeof eight <= length; i += sizeof eight) {
		memcpy(&eight, text + i, sizeof eight);
		seen |= eight;
	}
	for (; i < length; i++)
		seen |= (unsigned char)text[i];
	if (seen & UINT64_C(0x8080808080808080))
		length = utf8_count(text, length);
	return (unsigned)length;
}

void scanner_skip(struct scanner *scanner, size_t to)
{
	const char *from = scanner->window + scanner->pos, *end = scanner->window + to, *newline;

	if (from == end)
		return;
	while ((newline = memchr(from, '\n', (size_t)(end - from)))) {
		scanner->line++;
		scanner->column = 1;
		from = newline + 1;
	}
	scanner->column += characters(from, (size_t)(end - from));
	scanner->line_start = from == end;
	scanner->pos = to;
}

void scanner_back(struct scanner *scanner, const struct token *token)
{
	scanner->pos = token->offset;
	scanner->line = token->line;
	scanner->column = token->column;
	scanner->line_start = token->first;
}

static void skip_blanks(struct scanner *s)
{
	for (; class_at(s, s->pos) & BLANK; s->pos++) {
		s->column++;
		if (s->window[s->pos] == '\n') {
			s->line++;
			s->column = 1;
			s->line_start = true;
		}
	}
}

/* The end of what is quoted from offset `from` on. The quote is looked for once
 * for a run of backslashes, so that these cost no more than their number. */
static size_t quoted(const struct scanner *s, size_t from, char quote, bool backslash, bool doubled)
{
	const char *p = s->window + from, *end = s->window + s->length, *q = NULL, *escape;

	while (p < end) {
		if (!q || q < p)
			q = memchr(p, quote, (size_t)(end - p));
		if (!q)
			return NOT_CLOSED;
		escape = backslash ? memchr(p, '\\', (size_t)(q - p)) : NULL;
		if (escape)
			p = escape + 2;
		else if (doubled && q + 1 < end && q[1] == quote)
			p = q + 2;
		else
			return (size_t)(q + 1 - s->window);
	}
	return NOT_CLOSED;
}

/* A string goes on behind blanks that hold a line's end, under the same rules
 * (PostgreSQL "String Constants"); that matters where backslashes escape. */
static size_t escape_string(const struct scanner *s, size_t from)
{
	for (;;) {
		size_t end = quoted(s, from, '\'', true, true), next = end;
		bool newline = false;

		if (end == NOT_CLOSED)
			return NOT_CLOSED;
		for (; class_at(s, next) & BLANK; next++)
			newline = newline || s->window[next] == '\n';
		if (next == s->length && !s->last)
			return NOT_CLOSED;
		if (!newline || byte_at(s, next) != '\'')
			return end;
		from = next + 1;
	}
}

static size_t string(const struct scanner *s, struct token *token, size_t from)
{
	token->kind = TOKEN_STRING;
	return quoted(s, from, s->window[from - 1], s->lexis->flags & LIMBECK_LEX_BACKSLASH, true);
}

/* The end of an identifier whose opening quote is at pos + skip, 0 if the byte
 * there opens none. */
static size_t identifier(const struct scanner *s, struct token *token, size_t skip)
{
	size_t at = s->pos + skip;

	for (const char *pair = s->lexis->identifier_quotes; pair[0] && pair[1]; pair += 2)
		if (s->window[at] == pair[0]) {
			token->kind = TOKEN_IDENTIFIER;
			return quoted(s, at + 1, pair[1], false, pair[1] != ']');
		}
	return 0;
}

static size_t word(const struct scanner *s, struct token *token)
{
	size_t end = s->pos + 1;
	char first = s->window[s->pos], next;

	while (class_at(s, end) & PART)
		end++;
	token->kind = TOKEN_WORD;
	next = byte_at(s, end);
	if (end - s->pos > 1 || (next != '\'' && next != '&'))
		return end;
	if (next == '&') { /* U&'...' and U&"..." */
		if ((first != 'U' && first != 'u') || !(s->lexis->flags & LIMBECK_LEX_E_STRINGS))
			return end;
		if (byte_at(s, end + 1) == '\'')
			return string(s, token, end + 2);
		return byte_at(s, end + 1) == '"' ? identifier(s, token, 2) : end;
	}
	if ((first == 'E' || first == 'e') && (s->lexis->flags & LIMBECK_LEX_E_STRINGS)) {
		token->kind = TOKEN_STRING;
		return escape_string(s, end + 1);
	}
	return strchr("BbNnXx", first) ? string(s, token, end + 1) : end;
}

static size_t number(const struct scanner *s, struct token *token)
{
	size_t at = s->pos;
	bool hex = s->window[at] == '0' && (byte_at(s, at + 1) | 0x20) == 'x';

	token->kind = TOKEN_NUMBER;
	for (;; at++) {
		char c = byte_at(s, at);

		if (class_at(s, at) & PART)
			continue;
		if (c == '.' && byte_at(s, at + 1) != '.')
			continue;
		if ((c == '+' || c == '-') && !hex && (s->window[at - 1] | 0x20) == 'e'
			&& class_at(s, at + 1) & DIGIT)
			continue;
		return at;
	}
}

/* $tag$...$tag$, $1, $name; a lone $ is an operator. */
static size_t dollar(const struct scanner *s, struct token *token)
{
	const char *open = s->window + s->pos, *end = s->window + s->length, *p;
	size_t at = s->pos + 1, length;

	token->kind = class_at(s, at) & PART ? TOKEN_PARAMETER : TOKEN_OPERATOR;
	if (!(s->lexis->flags & LIMBECK_LEX_DOLLAR_QUOTES) || class_at(s, at) & DIGIT) {
		while (class_at(s, at) & PART)
			at++;
		return at;
	}
	while (class_at(s, at) & PART && s->window[at] != '$')
		at++;
	if (byte_at(s, at) != '$')
		return at;
	token->kind = TOKEN_STRING;
	length = at + 1 - s->pos;
	for (p = open + length; (p = memchr(p, '$', (size_t)(end - p))); p++) {
		if ((size_t)(end - p) < length)
			break;
		if (memcmp(p, open, length) == 0)
			return (size_t)(p - s->window) + length;
	}
	return NOT_CLOSED;
}

static size_t line_comment(const struct scanner *s, struct token *token)
{
	const char *from = s->window + s->pos;
	const char *newline = memchr(from, '\n', s->length - s->pos);

	token->kind = TOKEN_COMMENT;
	if (!newline)
		return s->last ? s->length : NOT_CLOSED;
	if (newline > from && newline[-1] == '\r')
		newline--;
	return (size_t)(newline - s->window);
}

static size_t block_comment(const struct scanner *s, struct token *token)
{
	const char *p = s->window + s->pos + 2, *end = s->window + s->length, *slash;
	bool nested = s->lexis->flags & LIMBECK_LEX_NESTED_COMMENTS;
	size_t depth = 1;

	token->kind = TOKEN_COMMENT;
	while (p < end && (slash = memchr(p, '/', (size_t)(end - p)))) {
		if (slash > p && slash[-1] == '*') {
			if (--depth == 0)
				return (size_t)(slash + 1 - s->window);
		} else if (nested && slash + 1 < end && slash[1] == '*') {
			depth++;
			slash++;
		}
		p = slash + 1;
	}
	return NOT_CLOSED;
}

/* What begins with slash and star. */
static size_t comment(const struct scanner *s, struct token *token)
{
	size_t at = s->pos + 2;

	if (!(s->lexis->flags & LIMBECK_LEX_EXECUTABLE_COMMENTS))
		return block_comment(s, token);
	if (byte_at(s, at) == 'M' && byte_at(s, at + 1) == '!')
		at++;
	if (byte_at(s, at) != '!')
		return block_comment(s, token);
	token->kind = TOKEN_EXECUTABLE;
	for (at++; class_at(s, at) & DIGIT; at++)
		;
	return at;
}

static bool begins_line_comment(const struct scanner *s)
{
	char c = byte_at(s, s->pos + 2);

	if (byte_at(s, s->pos + 1) != '-')
		return false;
	return !(s->lexis->flags & LIMBECK_LEX_DASH_NEEDS_BLANK) || (unsigned char)c <= ' '
		|| c == '\x7f';
}

static size_t operator(const struct scanner *s, struct token *token)
{
	static const char pairs[][3] = { "::", ":=", "<=", ">=", "<>", "!=", "==", "||", "&&", "->",
		"<<", ">>" };
	char a = s->window[s->pos], b = byte_at(s, s->pos + 1);

	token->kind = TOKEN_OPERATOR;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		if (a == pairs[i][0] && b == pairs[i][1])
			return s->pos + (a == '-' && byte_at(s, s->pos + 2) == '>' ? 3 : 2);
	return s->pos + 1;
}

/* :name, but not where a colon ends a label; and ?, but not where it is an
 * operator of the language. */
static size_t parameter(const struct scanner *s, struct token *token)
{
	unsigned excluded = s->window[s->pos] == ':' ? LIMBECK_LEX_ROUTINE_BODIES
						     : LIMBECK_LEX_DOLLAR_QUOTES;
	size_t at = s->pos + 1;

	if (s->lexis->flags & excluded || (s->window[s->pos] == ':' && !(class_at(s, at) & START)))
		return operator(s, token);
	token->kind = TOKEN_PARAMETER;
	while (class_at(s, at) & PART)
		at++;
	return at;
}

static size_t single(const struct scanner *s, struct token *token, enum token_kind kind)
{
	token->kind = kind;
	return s->pos + 1;
}

/* Sets the token's kind and gives its end. */
static size_t measure(const struct scanner *s, struct token *token)
{
	char c = s->window[s->pos];
	size_t end;

	switch (c) {
	case '\'': return string(s, token, s->pos + 1);
	case '"':
		if (s->lexis->flags & LIMBECK_LEX_DOUBLE_IS_STRING)
			return string(s, token, s->pos + 1);
		break;
	case '(': return single(s, token, TOKEN_OPEN);
	case ')': return single(s, token, TOKEN_CLOSE);
	case ',': return single(s, token, TOKEN_COMMA);
	case ';': return single(s, token, TOKEN_SEMICOLON);
	case '$': return dollar(s, token);
	case ':':
	case '?': return parameter(s, token);
	case '-':
		if (begins_line_comment(s))
			return line_comment(s, token);
		break;
	case '#':
		if (s->lexis->flags & LIMBECK_LEX_HASH_COMMENTS)
			return line_comment(s, token);
		break;
	case '/':
		if (byte_at(s, s->pos + 1) == '*')
			return comment(s, token);
		break;
	case '*':
		if (s->in_executable && byte_at(s, s->pos + 1) == '/') {
			token->kind = TOKEN_EXECUTABLE;
			return s->pos + 2;
		}
		break;
	case '.':
		if (class_at(s, s->pos + 1) & DIGIT)
			return number(s, token);
		break;
	default:
		break;
	}
	end = identifier(s, token, 0);
	return end ? end : operator(s, token);
}

/* Moves behind the token; few kinds can hold line ends. */
static void advance(struct scanner *s, const struct token *token)
{
	switch (token->kind) {
	case TOKEN_STRING:
	case TOKEN_IDENTIFIER:
	case TOKEN_COMMENT:
		scanner_skip(s, token->offset + token->length);
		break;
	case TOKEN_WORD:
		s->column += characters(token->text, token->length);
		s->pos += token->length;
		break;
	case TOKEN_EXECUTABLE:
		s->in_executable = token->text[0] == '/';
		/* fall through */
	default:
		s->column += (unsigned)token->length;
		s->pos += token->length;
		break;
	}
	s->line_start = false;
}

void scanner_next(struct scanner *scanner, struct token *token)
{
	unsigned char c;
	size_t end;

	skip_blanks(scanner);
	token->text = scanner->window + scanner->pos;
	token->offset = scanner->pos;
	token->line = scanner->line;
	token->column = scanner->column;
	token->first = scanner->line_start;
	token->length = scanner->length - scanner->pos;
	if (!scanner->last && token->length < LOOKAHEAD) {
		token->kind = TOKEN_MORE;
		return;
	}
	if (token->length == 0) {
		token->kind = TOKEN_END;
		return;
	}
	c = class[(unsigned char)token->text[0]];
	if (c & START)
		end = word(scanner, token);
	else
		end = c & DIGIT ? number(scanner, token) : measure(scanner, token);
	if (end == NOT_CLOSED || (end == scanner->length && !scanner->last)) {
		token->kind = scanner->last ? TOKEN_BAD : TOKEN_MORE;
		return;
	}
	token->length = end - scanner->pos;
	advance(scanner, token);
}

bool token_is(const struct token *token, const char *word_text)
{
	size_t i = 0;

	if (token->kind != TOKEN_WORD)
		return false;
	for (; i < token->length && word_text[i]; i++) {
		char c = token->text[i];

		if ((c >= 'a' && c <= 'z' ? c - ('a' - 'A') : c) != word_text[i])
			return false;
	}
	return i == token->length && !word_text[i];
}
