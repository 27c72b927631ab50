/* The parameter row: reading, writing, showing a value. The generated texts are in param_docs.c. */
#include "core/param.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "base/suggest.h"
#include "base/utf8.h"
#include "base/words.h"

union slot {
	bool b;
	int64_t i;
	double r;
	int choice;
	struct draw draw;
	const char *text;
};

const struct param *param_find(const struct param *rows, const char *name)
{
	param_each(p, rows)
		if (suggest_same(p->name, name))
			return p;
	return NULL;
}

bool param_is_number(const struct param *p)
{
	return p->type == PARAM_INT || p->type == PARAM_REAL || p->type == PARAM_SHARE || p->type == PARAM_SPAN ||
	       p->type == PARAM_SIZE;
}

bool param_is_text(const struct param *p)
{
	return p->type == PARAM_TEXT || p->type == PARAM_SECRET || p->type == PARAM_PAIRS;
}

static int refuse(const struct param *p, const char *text, struct err *e)
{
	char lo[NUM_TEXT * 2], hi[NUM_TEXT * 2];

	param_show_number(p, p->min, lo, sizeof lo);
	param_show_number(p, p->max, hi, sizeof hi);
	return err_set(e, ERR_INPUT, "%s must be %s to %s, not %.60s", p->name, lo, hi, text);
}

static int read_choice(const struct param *p, const char *text, union slot *to, struct err *e)
{
	struct suggest s;
	struct buf names;
	char hint[80];

	suggest_init(&s, text);
	buf_init(&names, 400);
	for (int i = 0; p->choices[i]; i++) {
		if (suggest_same(p->choices[i], text)) {
			to->choice = i;
			buf_free(&names);
			return 0;
		}
		suggest_try(&s, p->choices[i]);
		buf_printf(&names, "%s%s", i ? ", " : "", p->choices[i]);
	}
	err_set(e, ERR_INPUT, "%s must be one of %s, not '%.60s'%s", p->name, names.data, text,
		suggest_text(&s, hint, sizeof hint));
	buf_free(&names);
	return -1;
}

static int read_draw(const struct param *p, const char *text, union slot *to, struct err *e)
{
	char copy[80], *comma, *end;
	struct draw d;
	size_t n = strlen(text);

	if (n >= sizeof copy)
		return err_set(e, ERR_INPUT, "%s is too long", p->name);
	memcpy(copy, text, n + 1);
	if (strncmp(copy, "uniform(", 8) == 0 && copy[n - 1] == ')' && (comma = strchr(copy, ','))) {
		*comma = copy[n - 1] = '\0';
		for (end = comma; end > copy && end[-1] == ' '; end--)
			end[-1] = '\0';
		if (num_real(copy + 8 + strspn(copy + 8, " "), &d.low, e) < 0 ||
		    num_real(comma + 1 + strspn(comma + 1, " "), &d.high, e) < 0)
			return err_wrap(e, "%s", p->name);
	} else if (num_real(copy, &d.low, NULL) == 0) {
		d.high = d.low;
	} else {
		return err_set(e, ERR_INPUT, "%s must be a number or uniform(low, high), not '%.60s'", p->name, text);
	}
	if (!(d.low >= p->min && d.high <= p->max && d.low <= d.high))
		return refuse(p, text, e);
	to->draw = d;
	return 0;
}

/* Text of one line: control characters never belong into a name, a path or an address. Pairs are lines. */
static int read_text(const struct param *p, const char *text, union slot *to, struct err *e)
{
	size_t n = strlen(text);

	if (n > 65536)
		return err_set(e, ERR_INPUT, "%s is longer than 65536 bytes", p->name);
	if (utf8_check(text, n) != n)
		return err_set(e, ERR_INPUT, "%s is not valid UTF-8", p->name);
	for (size_t i = 0; i < n; i++)
		if (((unsigned char)text[i] < 0x20 && !(p->type == PARAM_PAIRS && text[i] == '\n')) || text[i] == 0x7f)
			return err_set(e, ERR_INPUT, "%s contains a control character", p->name);
	if (p->type == PARAM_PAIRS) {
		for (const char *s = text; *s; s += strcspn(s, "\n"), s += *s == '\n') {
			size_t eq = strcspn(s, "=\n");

			if (s[eq] != '=' || eq == 0)
				return err_set(e, ERR_INPUT, "%s must be key=value, not '%.60s'", p->name, s);
		}
	}
	to->text = text;
	return 0;
}

static int read_number(const struct param *p, const char *text, union slot *to, struct err *e)
{
	double v;
	int result;

	if (p->type == PARAM_INT || p->type == PARAM_SPAN || p->type == PARAM_SIZE) {
		result = p->type == PARAM_INT ? num_int(text, &to->i, e) :
			 p->type == PARAM_SPAN ? num_span(text, &to->i, e) : num_size(text, &to->i, e);
		v = (double)to->i;
	} else {
		result = num_real(text, &to->r, e);
		v = to->r;
	}
	if (result < 0)
		return err_wrap(e, "%s", p->name);
	return v >= p->min && v <= p->max ? 0 : refuse(p, text, e);
}

static int read_value(const struct param *p, const char *text, union slot *to, struct err *e)
{
	switch (p->type) {
	case PARAM_BOOL:
		to->b = !strcmp(text, "true") || !strcmp(text, "on") || !strcmp(text, "1");
		if (to->b || !strcmp(text, "false") || !strcmp(text, "off") || !strcmp(text, "0"))
			return 0;
		return err_set(e, ERR_INPUT, "%s must be true or false, not '%.60s'", p->name, text);
	case PARAM_CHOICE: return read_choice(p, text, to, e);
	case PARAM_DRAW: return read_draw(p, text, to, e);
	case PARAM_TEXT:
	case PARAM_SECRET:
	case PARAM_PAIRS: return read_text(p, text, to, e);
	case PARAM_ACTION: return 0;
	default: return read_number(p, text, to, e);
	}
}

int param_check(const struct param *p, const char *text, struct err *e)
{
	union slot v;

	return read_value(p, text, &v, e);
}

int param_set(const struct param *p, void *opts, const char *text, struct err *e)
{
	void *at = (char *)opts + p->offset;
	union slot v;
	char *copy;
	size_t n;

	if (read_value(p, text, &v, e) < 0)
		return -1;
	switch (p->type) {
	case PARAM_BOOL: *(bool *)at = v.b; return 0;
	case PARAM_INT:
	case PARAM_SPAN:
	case PARAM_SIZE: *(int64_t *)at = v.i; return 0;
	case PARAM_REAL:
	case PARAM_SHARE: *(double *)at = v.r; return 0;
	case PARAM_CHOICE: *(int *)at = v.choice; return 0;
	case PARAM_DRAW: *(struct draw *)at = v.draw; return 0;
	case PARAM_ACTION:
	case PARAM_END: return 0;
	default: break;
	}
	n = strlen(text);
	copy = malloc(n + 1);
	if (!copy)
		return err_memory(e);
	memcpy(copy, text, n + 1);
	free(*(char **)at);
	*(char **)at = copy;
	return 0;
}

int param_init(const struct param *rows, void *opts, struct err *e)
{
	struct buf text;

	buf_init(&text, 4096);
	param_each(p, rows) {
		buf_clear(&text);
		param_default_text(p, &text);
		if (param_set(p, opts, text.data, e) < 0) {
			buf_free(&text);
			param_free(rows, opts);
			return -1;
		}
	}
	buf_free(&text);
	return 0;
}

void param_free(const struct param *rows, void *opts)
{
	param_each(p, rows) {
		if (!param_is_text(p))
			continue;
		free(*(char **)(void *)((char *)opts + p->offset));
		*(char **)(void *)((char *)opts + p->offset) = NULL;
	}
}

double param_number(const struct param *p, const void *opts)
{
	const void *at = (const char *)opts + p->offset;

	switch (p->type) {
	case PARAM_BOOL: return *(const bool *)at;
	case PARAM_INT:
	case PARAM_SPAN:
	case PARAM_SIZE: return (double)*(const int64_t *)at;
	case PARAM_REAL:
	case PARAM_SHARE: return *(const double *)at;
	case PARAM_CHOICE: return *(const int *)at;
	default: return 0;
	}
}

/* A share as people write it: 20bps or 30%, from which the same double is read back. */
static void share_text(const struct param *p, double v, struct buf *to)
{
	double factor = p->unit && !strcmp(p->unit, "bps") ? 1e4 : 100;
	char text[NUM_TEXT];

	for (int precision = 6; precision <= 15; precision += 3) {
		double shown = v * factor, scale = pow(10, precision);

		shown = nearbyint(shown * scale) / scale;
		num_put_real(text, shown);
		if (shown / factor == v)
			break;
	}
	buf_printf(to, "%s%s", text, factor > 100 ? "bps" : "%");
}

void param_number_text(const struct param *p, double v, struct buf *to)
{
	char text[NUM_TEXT];

	switch (p->type) {
	case PARAM_SHARE: share_text(p, v, to); return;
	case PARAM_INT: num_put_int(text, num_whole(v)); break;
	case PARAM_SPAN: num_put_span(text, (int64_t)llround(v)); break;
	case PARAM_SIZE: num_put_size(text, (int64_t)llround(v)); break;
	case PARAM_BOOL: buf_text(to, v != 0 ? "true" : "false"); return;
	case PARAM_CHOICE: buf_text(to, p->choices[(int)v]); return;
	default: num_put_real(text, v); break;
	}
	buf_text(to, text);
}

void param_text(const struct param *p, const void *opts, struct buf *to)
{
	const void *at = (const char *)opts + p->offset;

	if (p->type == PARAM_ACTION || p->type == PARAM_END)
		return;
	if (param_is_text(p)) {
		buf_text(to, *(char *const *)at);
	} else if (p->type == PARAM_DRAW) {
		const struct draw *d = at;
		char lo[NUM_TEXT], hi[NUM_TEXT];

		num_put_real(lo, d->low);
		num_put_real(hi, d->high);
		if (d->low == d->high)
			buf_text(to, lo);
		else
			buf_printf(to, "uniform(%s, %s)", lo, hi);
	} else if (p->type == PARAM_SPAN || p->type == PARAM_SIZE || p->type == PARAM_INT) {
		char text[NUM_TEXT];
		int64_t v = *(const int64_t *)at;

		/* Not through param_number(): a double has 53 bits. */
		if (p->type == PARAM_INT)
			num_put_int(text, v);
		else if (p->type == PARAM_SPAN)
			num_put_span(text, v);
		else
			num_put_size(text, v);
		buf_text(to, text);
	} else {
		param_number_text(p, param_number(p, opts), to);
	}
}

void param_default_text(const struct param *p, struct buf *to)
{
	if (p->text)
		buf_text(to, p->text);
	else if (p->type != PARAM_ACTION)
		param_number_text(p, p->def, to);
}

void param_show_number(const struct param *p, double v, char *to, size_t room)
{
	struct buf b;

	buf_init(&b, 200);
	if (p->type == PARAM_REAL) {
		char text[NUM_TEXT];

		num_put_real(text, v);
		buf_text(&b, text);
	} else {
		param_number_text(p, v, &b);
	}
	if (p->unit && p->type != PARAM_SHARE)
		buf_printf(&b, " %s", p->unit);
	if (room) {
		size_t n = b.n < room ? b.n : room - 1;

		memcpy(to, b.data, n);
		to[n] = '\0';
	}
	buf_free(&b);
}

static bool names_a_secret(const char *key, size_t n)
{
	static const char *const words[] = { "password", "secret", "key.pem", "token", "jaas" };

	for (size_t i = 0; i < COUNT_OF(words); i++)
		for (size_t at = 0; at + strlen(words[i]) <= n; at++)
			if (memcmp(key + at, words[i], strlen(words[i])) == 0)
				return true;
	return false;
}

void param_show(const struct param *p, const void *opts, struct buf *to)
{
	const char *text = param_is_text(p) ? *(char *const *)(const void *)((const char *)opts + p->offset) : NULL;

	if (p->type == PARAM_SECRET) {
		buf_text(to, *text ? "••••" : "");
	} else if (p->type == PARAM_PAIRS) {
		struct word_pair pair;

		for (const char *at = text; words_next_pair(&at, &pair);) {
			if (to->n && pair.key != text)
				buf_text(to, ", ");
			buf_printf(to, "%.*s=", (int)pair.key_n, pair.key);
			/* The keys of a program are names of events, not of properties. */
			if (!(p->flags & PARAM_PROGRAM) && names_a_secret(pair.key, pair.key_n))
				buf_text(to, "••••");
			else
				buf_add(to, pair.value, pair.value_n);
		}
	} else {
		param_text(p, opts, to);
		if (p->unit && p->type != PARAM_SHARE && param_is_number(p))
			buf_printf(to, " %s", p->unit);
	}
}
