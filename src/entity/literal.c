/* Values of state to and from text. */
#include "entity/literal.h"

#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/json_read.h"
#include "base/num.h"
#include "base/utf8.h"

/* ---- words ---- */

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static int hex(const char *s)
{
	unsigned v = 0;

	for (int i = 0; i < 4; i++) {
		char c = s[i];
		int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;

		if (digit < 0)
			return -1;
		v = v << 4 | (unsigned)digit;
	}
	return (int)v;
}

/* One \uXXXX, or two of them that mean one character. */
static char *escaped(const char **from, char *to)
{
	const char *s = *from + 5;
	int c = hex(*from + 1), low = c >= 0xd800 && c < 0xdc00 && s[0] == '\\' && s[1] == 'u' ? hex(s + 2) : -1;

	if (low >= 0xdc00 && low < 0xe000) {
		c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
		s += 6;
	}
	*from = s;
	return c > 0 && !(c >= 0xd800 && c < 0xe000) ? to + utf8_put(to, (uint32_t)c) : NULL;
}

/* The text in quotes at *from, in place; what it means is never longer than what it is written as. */
static char *unquote(char **from, struct err *e)
{
	static const char letters[] = "\"\\/bfnrt", means[] = "\"\\/\b\f\n\r\t";
	char *start = ++*from, *to = start;
	const char *s = start;

	while (*s && *s != '"') {
		const char *letter = *s == '\\' && s[1] ? strchr(letters, s[1]) : NULL;

		if (*s != '\\') {
			*to++ = *s++;
		} else if (letter) {
			*to++ = means[letter - letters];
			s += 2;
		} else {
			char *next;

			s++;
			next = *s == 'u' ? escaped(&s, to) : NULL;
			if (!next)
				return err_set(e, ERR_INPUT, "a \\ in quotes is followed by one of \"\\/bfnrt or by u and four digits"), NULL;
			to = next;
		}
	}
	if (!*s)
		return err_set(e, ERR_INPUT, "a quote \" does not end"), NULL;
	*from += s + 1 - start;
	*to = '\0';
	return start;
}

int words_cut(char *line, struct word *to, unsigned room, struct err *e)
{
	unsigned n = 0;

	for (char *s = line; *s;) {
		struct word *w;

		while (is_blank(*s))
			s++;
		if (!*s)
			break;
		if (n == room)
			return err_set(e, ERR_INPUT, "more than %u words", room);
		w = &to[n++];
		*w = (struct word){ .text = s };
		if (*s == '"') {
			w->quoted = true;
			w->text = unquote(&s, e);
			if (!w->text)
				return -1;
		}
		while (*s && !is_blank(*s) && !(w->value == NULL && !w->quoted && *s == '='))
			s++;
		if (*s == '=') {
			*s++ = '\0';
			w->value = s;
			w->quoted = *s == '"';
			if (w->quoted && !(w->value = unquote(&s, e)))
				return -1;
			while (*s && !is_blank(*s))
				s++;
		}
		if (*s)
			*s++ = '\0';
	}
	return (int)n;
}

void literal_word(const char *text, size_t n, struct buf *to)
{
	bool bare = n > 0 && memchr(text, '=', n) == NULL;

	for (size_t i = 0; i < n; i++)
		bare &= (unsigned char)text[i] > ' ' && text[i] != '"' && text[i] != '\\' && text[i] != 0x7f;
	if (bare)
		buf_add(to, text, n);
	else
		json_text(to, text, n);
}

/* ---- values ---- */

/* -12.50 in units of 10^-scale; no more digits than that. */
static int read_decimal(const char *text, unsigned scale, int64_t *to)
{
	bool minus = *text == '-';
	const char *s = text + (*text == '-' || *text == '+');
	int64_t v = 0;
	unsigned digits = 0, decimals = 0;
	bool dot = false;

	for (; *s; s++) {
		if (*s == '.' && !dot) {
			dot = true;
			continue;
		}
		if (*s < '0' || *s > '9' || ++digits > 18 || (dot && ++decimals > scale))
			return -1;
		v = v * 10 + (*s - '0');
	}
	if (!digits || digits - decimals + scale > 18)
		return -1;
	*to = v * schema_power10(scale - decimals) * (minus ? -1 : 1);
	return 0;
}

static int read_json(const char *text)
{
	struct report r;
	struct arena a;
	int result;

	report_init(&r, "");
	arena_init(&a);
	result = json_nodes(text, strlen(text), &a, &r) ? 0 : -1;
	arena_free(&a);
	report_free(&r);
	return result;
}

int literal_read(const struct state_field *f, const char *text, bool quoted, struct setting *to, struct err *e)
{
	static const char *const wanted[] = { [TYPE_NULL] = "nothing", [TYPE_BOOL] = "true or false", [TYPE_INT] = "a whole number",
		[TYPE_REAL] = "a number", [TYPE_DECIMAL] = "a number", [TYPE_TEXT] = "a text", [TYPE_INSTANT] = "a moment like 2024-01-01T09:00:00Z",
		[TYPE_SPAN] = "a duration like 1m30s", [TYPE_JSON] = "JSON" };
	size_t n = strlen(text);
	int result = 0;

	to->null = !quoted && strcmp(text, "null") == 0;
	if (to->null)
		return 0;
	switch (f->type) {
	case TYPE_BOOL:
		to->v.b = strcmp(text, "true") == 0;
		result = to->v.b || strcmp(text, "false") == 0 ? 0 : -1;
		break;
	case TYPE_INT: result = num_int(text, &to->v.i, NULL); break;
	case TYPE_REAL: result = num_real(text, &to->v.r, NULL); break;
	case TYPE_DECIMAL: result = read_decimal(text, f->scale, &to->v.i); break;
	case TYPE_INSTANT: result = num_instant(text, &to->v.i, NULL); break;
	case TYPE_SPAN: result = num_span(text, &to->v.i, NULL); break;
	case TYPE_JSON:
	case TYPE_TEXT:
		result = f->type == TYPE_JSON ? read_json(text) : 0;
		to->v.t = (struct text){ text, (uint32_t)n };
		break;
	case TYPE_NULL: result = -1; break;
	}
	if (result == 0 && expr_is_text(f->type) && n > TEXT_KEPT)
		return err_set(e, ERR_INPUT, "%s has at most %d bytes, not %zu", f->name, TEXT_KEPT, n);
	if (result < 0 && f->type == TYPE_DECIMAL)
		return err_set(e, ERR_INPUT, "%s must be a number with at most %u decimals, or null, not '%.60s'", f->name, f->scale, text);
	if (result < 0 && f->type == TYPE_NULL)
		return err_set(e, ERR_INPUT, "%s has no type, since nothing in the scenario gives it a value", f->name);
	return result < 0 ? err_set(e, ERR_INPUT, "%s must be %s or null, not '%.60s'", f->name, wanted[f->type], text) : 0;
}

void literal_write(const struct class *c, const struct entity *en, unsigned field, struct buf *to)
{
	char text[NUM_TEXT];
	struct held h;

	entity_load(c, en, field, &h);
	if (h.null) {
		buf_text(to, "null");
		return;
	}
	switch (c->fields[field].type) {
	case TYPE_BOOL: buf_text(to, h.v.b ? "true" : "false"); return;
	case TYPE_TEXT:
	case TYPE_JSON: json_text(to, h.v.t.at, h.v.t.n); return;
	case TYPE_REAL: num_put_real(text, h.v.r); break;
	case TYPE_DECIMAL: num_put_decimal(text, h.v.i, c->fields[field].scale); break;
	case TYPE_INSTANT: num_put_instant(text, h.v.i, 9); break;
	case TYPE_SPAN: num_put_span(text, h.v.i); break;
	case TYPE_INT:
	case TYPE_NULL: num_put_int(text, h.v.i); break;
	}
	buf_text(to, text);
}
