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

void json_text(struct buf *b, const char *text, size_t n)
{
	size_t at = 0;

	buf_char(b, '"');
	while (at < n) {
		size_t run = at;
		uint32_t c;

		while (run < n && (unsigned char)text[run] >= 0x20 && (unsigned char)text[run] < 0x80 && text[run] != '"' &&
		       text[run] != '\\')
			run++;
		buf_add(b, text + at, run - at);
		at = run;
		if (at == n)
			break;
		if ((unsigned char)text[at] < 0x80) {
			escaped(b, (unsigned char)text[at++]);
			continue;
		}
		run = utf8_next(text + at, n - at, &c);
		if (run)
			buf_add(b, text + at, run);
		else
			buf_text(b, "\xef\xbf\xbd");
		at += run ? run : 1;
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
