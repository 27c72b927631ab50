/* JSON into a buffer. */
#include "base/json.h"

#include <math.h>
#include <stdio.h>

#include "base/num.h"
#include "base/utf8.h"

static void escaped(struct buf *b, unsigned char c)
{
	switch (c) {
	case '"': buf_text(b, "\\\""); break;
	case '\\': buf_text(b, "\\\\"); break;
	case '\n': buf_text(b, "\\n"); break;
	case '\r': buf_text(b, "\\r"); break;
	case '\t': buf_text(b, "\\t"); break;
	default: buf_printf(b, "\\u%04x", c);
	}
}

/* Is one of these eight bytes a quote, a backslash, a control character or no ASCII? */
static bool eight_special(const char *at)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
	uint64_t x, quote, backslash;

	memcpy(&x, at, 8);
	quote = x ^ ones * '"';
	backslash = x ^ ones * '\\';
	return (((x - ones * 0x20) | (quote - ones) | (backslash - ones) | x) & tops) != 0;
}

size_t json_plain(const char *text, size_t n)
{
	size_t at = 0;

	for (;;) {
		uint32_t c;
		size_t length = 1;

		while (n - at >= 8 && !eight_special(text + at))
			at += 8;
		/* What is left of a text of eight or more is looked at together with what was. */
		if (at == n || (n >= 8 && n - at < 8 && !eight_special(text + n - 8)))
			return n;
		if ((unsigned char)text[at] >= 0x80)
			length = utf8_next(text + at, n - at, &c);
		else if ((unsigned char)text[at] < 0x20 || text[at] == '"' || text[at] == '\\')
			return at;
		if (!length)
			return at;
		at += length;
	}
}

void json_text(struct buf *b, const char *text, size_t n)
{
	size_t at = 0;

	buf_char(b, '"');
	while (at < n) {
		size_t run = json_plain(text + at, n - at);

		buf_add(b, text + at, run);
		at += run;
		if (at == n)
			break;
		if ((unsigned char)text[at] < 0x80)
			escaped(b, (unsigned char)text[at]);
		else
			buf_text(b, "\xef\xbf\xbd");
		at++;
	}
	buf_char(b, '"');
}

void json_cstr(struct buf *b, const char *text)
{
	if (text)
		json_text(b, text, strlen(text));
	else
		buf_text(b, "null");
}

void json_real(struct buf *b, double v)
{
	char text[NUM_TEXT];

	if (!isfinite(v)) {
		buf_text(b, "null");
		return;
	}
	buf_add(b, text, num_put_real(text, v));
}

static void new_line(struct buf *b, unsigned depth)
{
	buf_printf(b, "\n%*s", (int)(2 * depth), "");
}

void json_indented(struct buf *b, const char *text, size_t n, unsigned depth)
{
	bool inside = false;            /* of a text */

	for (size_t i = 0; i < n; i++) {
		char c = text[i];

		if (inside && c == '\\' && i + 1 < n)
			buf_char(b, text[i++]);
		else if (c == '"')
			inside = !inside;
		else if (!inside && (c == '}' || c == ']'))
			new_line(b, --depth);
		buf_char(b, text[i]);
		if (inside)
			continue;
		if ((c == '{' || c == '[') && i + 1 < n && text[i + 1] == c + 2)
			buf_char(b, text[++i]);
		else if (c == '{' || c == '[')
			new_line(b, ++depth);
		else if (c == ',')
			new_line(b, depth);
		else if (c == ':')
			buf_char(b, ' ');
	}
}
