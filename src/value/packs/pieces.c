/* What several packs share. */
#include "value/packs/pieces.h"

#include "value/modify.h"
#include "value/packs/distinct.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/suggest.h"
#include "base/words.h"
#include "value/moments.h"

static bool holds(struct cell c, const char *kind)
{
	size_t n = strlen(kind);

	for (uint32_t i = 0; i < c.n;) {
		const char *blank = memchr(c.at + i, ' ', c.n - i);
		uint32_t end = blank ? (uint32_t)(blank - c.at) : c.n;

		if (end - i == n && memcmp(c.at + i, kind, n) == 0)
			return true;
		i = end + 1;
	}
	return false;
}

int subset_init(struct subset *s, const char *locale, const char *table, unsigned column, const char *kind, bool weighted, struct err *e)
{
	bool all = strcmp(kind, "any") == 0;
	double *weights;
	int result = 0;

	*s = (struct subset){ .t = table_find(locale, table) };
	if (!s->t)
		return err_set(e, ERR_INPUT, "the table %s is not part of this build", table);
	s->rows = malloc((s->t->rows + 1) * sizeof *s->rows);
	weights = malloc((s->t->rows + 1) * sizeof *weights);
	for (uint32_t i = 0; s->rows && weights && i < s->t->rows; i++) {
		if (!all && !holds(table_cell(s->t, i, column), kind))
			continue;
		weights[s->n] = s->t->weights ? s->t->weights[i] : 1;
		s->rows[s->n++] = i;
	}
	if (!s->rows || !weights)
		result = err_memory(e);
	else if (s->n == 0)
		result = err_set(e, ERR_INPUT, "there is nothing of the kind '%.40s'", kind);
	else if (weighted && s->t->weights && alias_init(&s->alias, weights, s->n) < 0)
		result = err_memory(e);
	free(weights);
	if (result < 0)
		subset_free(s);
	return result;
}

void subset_free(struct subset *s)
{
	free(s->rows);
	alias_free(&s->alias);
	*s = (struct subset){ 0 };
}

size_t subset_longest(const struct subset *s, unsigned column)
{
	size_t most = 0;

	for (uint32_t i = 0; i < s->n; i++) {
		uint32_t n = table_cell(s->t, s->rows[i], column).n;

		most = n > most ? n : most;
	}
	return most;
}

void subset_release(struct call *c)
{
	subset_free(c->made);
}

size_t subset_room(const struct call *c)
{
	return subset_longest(c->made, 0);
}

char *subset_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)r;
	return subset_put(c->made, draws_next(d), 0, to);
}

uint64_t subset_pool(const struct call *c)
{
	return ((const struct subset *)c->made)->n;
}

uint32_t subset_of_group(const struct call *c, const struct row *r)
{
	const struct subset *s = c->made;
	struct draws d = draws_of(r, c->group_salt);

	return UNLIKELY(c->leader != NULL) ? s->rows[modify_row(c, r)] : subset_pick(s, draws_next(&d));
}

char *subset_nth(const struct call *c, uint64_t i, char *to)
{
	const struct subset *s = c->made;

	return put_cell(to, table_cell(s->t, s->rows[i], 0));
}

uint64_t pool_endless(const struct call *c)
{
	(void)c;
	return POOL_ENDLESS;
}

int pattern_prepare(struct call *c, struct err *e)
{
	return text_fits("pattern", ((const struct pattern_opts *)c->opts)->pattern, PATTERN_MOST, e);
}

size_t pattern_room(const struct call *c)
{
	return strlen(((const struct pattern_opts *)c->opts)->pattern);
}

char *pattern_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)r;
	return put_pattern(to, ((const struct pattern_opts *)c->opts)->pattern, d);
}

uint64_t pattern_pool(const struct call *c)
{
	return distinct_pattern_pool(((const struct pattern_opts *)c->opts)->pattern);
}

char *pattern_nth(const struct call *c, uint64_t i, char *to)
{
	return distinct_pattern_put(i, ((const struct pattern_opts *)c->opts)->pattern, to);
}

const char crockford[33] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const char base58[59] = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const char hex_pairs[513] =
	"000102030405060708090a0b0c0d0e0f"
	"101112131415161718191a1b1c1d1e1f"
	"202122232425262728292a2b2c2d2e2f"
	"303132333435363738393a3b3c3d3e3f"
	"404142434445464748494a4b4c4d4e4f"
	"505152535455565758595a5b5c5d5e5f"
	"606162636465666768696a6b6c6d6e6f"
	"707172737475767778797a7b7c7d7e7f"
	"808182838485868788898a8b8c8d8e8f"
	"909192939495969798999a9b9c9d9e9f"
	"a0a1a2a3a4a5a6a7a8a9aaabacadaeaf"
	"b0b1b2b3b4b5b6b7b8b9babbbcbdbebf"
	"c0c1c2c3c4c5c6c7c8c9cacbcccdcecf"
	"d0d1d2d3d4d5d6d7d8d9dadbdcdddedf"
	"e0e1e2e3e4e5e6e7e8e9eaebecedeeef"
	"f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff";

static void add_field(struct fields *f, unsigned i)
{
	f->set |= UINT64_C(1) << i;
	f->at[f->n++] = (uint8_t)i;
}

int fields_read(struct fields *f, const char *text, const char *const *names, uint64_t usual, struct err *e)
{
	bool all = strcmp(text, "all") == 0;
	char word[60], hint[80];
	struct suggest s;
	unsigned i;

	*f = (struct fields){ 0 };
	if (all || strcmp(text, "default") == 0) {
		for (i = 0; names[i]; i++)
			if (all || usual >> i & 1)
				add_field(f, i);
		return 0;
	}
	while (words_next(&text, word, sizeof word)) {
		suggest_init(&s, word);
		for (i = 0; names[i] && strcmp(names[i], word) != 0; i++)
			suggest_try(&s, names[i]);
		if (!names[i])
			return err_set(e, ERR_INPUT, "fields: there is no field '%s'%s", word, suggest_text(&s, hint, sizeof hint));
		if (f->set >> i & 1)
			return err_set(e, ERR_INPUT, "fields: '%s' is there twice", word);
		add_field(f, i);
	}
	return f->n ? 0 : err_set(e, ERR_INPUT, "fields: none is named");
}

char *put_base64(char *to, const void *from, size_t n, bool url)
{
	static const char digits[2][65] = { "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/",
					    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_" };
	const uint8_t *at = from;

	for (size_t i = 0; i < n; i += 3) {
		uint32_t three = (uint32_t)at[i] << 16 | (i + 1 < n ? (uint32_t)at[i + 1] << 8 : 0) | (i + 2 < n ? at[i + 2] : 0u);

		for (size_t k = 0; k < 4; k++, three = (three & 0x3ffff) << 6) {
			if (i + k <= n)
				*to++ = digits[url][three >> 18];
			else if (!url)
				*to++ = '=';
		}
	}
	return to;
}

void draw_bytes(struct draws *d, uint8_t *to, size_t n)
{
	uint64_t u = 0;

	for (size_t i = 0; i < n; i++, u >>= 8) {
		if (i % 8 == 0)
			u = draws_next(d);
		to[i] = (uint8_t)u;
	}
}

char *put_from(char *to, const char *alphabet, uint32_t size, int64_t n, struct draws *d)
{
	/* 256^6 is 2^48: six characters a draw. */
	while (n > 0) {
		uint64_t bits = draws_next(d);

		for (int i = 0; i < 6 && n > 0; i++, n--)
			*to++ = alphabet[take(&bits, size)];
	}
	return to;
}

static const int64_t day_ns = 86400 * INT64_C(1000000000), most_shift = INT64_C(6300000000000000000);

static int64_t floor_days(int64_t ns)
{
	return ns / day_ns - (ns % day_ns < 0);
}

int when_parse(const char *name, const char *text, struct when *w, struct err *e)
{
	static const struct { const char *word; int kind; } words[] = {
		{ "today", WHEN_TODAY }, { "month", WHEN_MONTH }, { "year", WHEN_YEAR }, { "decade", WHEN_DECADE }, { "century", WHEN_CENTURY },
	};
	static const struct { const char *unit; int64_t seconds, months; } units[] = {
		{ "s", 1, 0 }, { "m", 60, 0 }, { "h", 3600, 0 }, { "d", 86400, 0 }, { "w", 604800, 0 }, { "mo", 0, 1 }, { "y", 0, 12 },
	};
	const char *s = text + (text[0] == '-' || text[0] == '+');
	int64_t n = 0, sign = text[0] == '-' ? -1 : 1;
	size_t digits = strspn(s, "0123456789");

	*w = (struct when){ .kind = WHEN_SHIFT };
	if (strcmp(text, "now") == 0)
		return 0;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strcmp(text, words[i].word) == 0) {
			w->kind = words[i].kind;
			return 0;
		}
	for (size_t i = 0; i < digits && i < 12; i++)
		n = n * 10 + s[i] - '0';
	for (size_t i = 0; digits && digits < 12 && i < sizeof units / sizeof *units; i++) {
		if (strcmp(units[i].unit, s + digits) != 0)
			continue;
		if (n * units[i].months > 2400 || n > most_shift / 1000000000 / (units[i].seconds ? units[i].seconds : 1))
			return err_set(e, ERR_INPUT, "%s: '%.40s' is more than 200 years", name, text);
		w->kind = units[i].months ? WHEN_MONTHS : WHEN_SHIFT;
		w->n = sign * n * (units[i].months ? units[i].months : units[i].seconds * 1000000000);
		return 0;
	}
	w->kind = WHEN_AT;
	return parse_instant(text, 0, &w->n, e) < 0 ? err_wrap(e, "%s", name) : 0;
}

/* Of the start of a day. */
static int64_t when_day(const struct when *w, int64_t day)
{
	struct civil c = civil_of_days(day);

	if (w->kind == WHEN_MONTHS) {
		int64_t year = c.year + w->n / 12;

		/* What nanoseconds since 1970 can hold. */
		return year < 1679 ? INT64_MIN : year > 2260 ? INT64_MAX : add_months(day * day_ns, w->n);
	}
	c.year -= w->kind == WHEN_DECADE ? c.year % 10 : w->kind == WHEN_CENTURY ? c.year % 100 : 0;
	return days_of_civil(c.year, w->kind == WHEN_MONTH ? c.month : 1, 1) * day_ns;
}

int64_t when_ns(struct when *w, int64_t now_ns)
{
	int64_t sum, day;

	switch (w->kind) {
	case WHEN_AT: return w->n;
	case WHEN_SHIFT: return __builtin_add_overflow(now_ns, w->n, &sum) ? (w->n < 0 ? INT64_MIN : INT64_MAX) : sum;
	case WHEN_TODAY: return floor_days(now_ns) * day_ns;
	default: break;
	}
	day = floor_days(now_ns);
	if (day != w->day || !w->day_ns) {
		w->day = day;
		w->day_ns = when_day(w, day);
	}
	if (w->kind != WHEN_MONTHS || w->day_ns == INT64_MIN || w->day_ns == INT64_MAX)
		return w->day_ns;
	return w->day_ns + (now_ns - day * day_ns);
}

int when_ordered(const struct when *first, const struct when *last, struct err *e)
{
	bool known = first->kind == last->kind && first->kind <= WHEN_MONTHS;

	return known && first->n > last->n ? err_set(e, ERR_INPUT, "start: it is after end") : 0;
}

void layout_steps(struct step steps[STEP_MOST], struct cell layout)
{
	struct step *to = steps;

	memset(steps, 0, STEP_MOST * sizeof *steps);
	for (const char *s = layout.at; s < layout.at + layout.n; s++) {
		if (*s == '%') {
			to++->what = *++s;
			assert(to < steps + STEP_MOST);
		} else {
			assert(to->n < sizeof to->literal);
			to->literal[to->n++] = *s;
		}
	}
}

const char *const clock_names[] = { "sim", "wall", NULL };

char *put_version(char *to, uint64_t *bits)
{
	to = put_int(to, take(bits, 10));
	*to++ = '.';
	to = put_int(to, take(bits, 30));
	*to++ = '.';
	return put_int(to, take(bits, 20));
}

int range_parse(const char *name, const char *text, int64_t least, int64_t most, int64_t *low, int64_t *high, struct err *e)
{
	if (parse_range(text, low, high, e) < 0)
		return err_wrap(e, "%s", name);
	if (*low < least || *high > most)
		return err_set(e, ERR_INPUT, "%s: '%.40s' is outside %lld..%lld", name, text, (long long)least, (long long)most);
	return 0;
}
