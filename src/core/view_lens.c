/* The parts of a view that show what a field is like, and what would come next. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "core/inside.h"
#include "core/preview.h"
#include "core/view.h"

enum { PROMISE_BUDGET_NS = 600000, PREVIEW_BYTES = 262144 };   /* of the 2 ms that a turn of the loop with a screen may take */

const unsigned char view_quantiles[LENS_QUANTILES] = { 1, 25, 50, 75, 99 };

/* ---- numbers ---- */

static int by_size(const void *a, const void *b)
{
	double p = *(const double *)a, q = *(const double *)b;

	return p < q ? -1 : p > q;
}

/* Moments in one pass after the mean; quantiles from the values in order. `sorted`: n values without the nulls. */
static void measure(struct view_measure *to, double *sorted, unsigned n)
{
	double m2 = 0, m3 = 0, m4 = 0;

	if (!n)
		return;
	for (unsigned i = 0; i < n; i++)
		to->mean += sorted[i] / n;
	for (unsigned i = 0; i < n; i++) {
		double d = sorted[i] - to->mean;

		m2 += d * d / n;
		m3 += d * d * d / n;
		m4 += d * d * d * d / n;
	}
	to->sd = sqrt(m2);
	to->skew = m2 > 0 ? m3 / (m2 * to->sd) : 0;
	to->kurtosis = m2 > 0 ? m4 / (m2 * m2) : 0;
	qsort(sorted, n, sizeof *sorted, by_size);
	to->min = sorted[0];
	to->max = sorted[n - 1];
	for (unsigned i = 0; i < LENS_QUANTILES; i++)
		to->quantiles[i] = sorted[(unsigned)(view_quantiles[i] / 100.0 * (n - 1) + 0.5)];
}

/* The latest n values that are no nulls, in memory of the view. */
static double *numbers(struct view *v, const struct lens_ring *ring, uint64_t room, unsigned n, struct view_measure *to)
{
	double *at = arena_take(&v->arena, (n + 1) * sizeof *at);
	unsigned kept = 0;

	for (unsigned i = 0; at && i < n; i++) {
		double x = ring->numbers[(ring->n - n + i) % room];

		if (!isnan(x))
			at[kept++] = x;
	}
	to->n = at ? n : 0;
	to->nulls = to->n - (at ? kept : 0);
	return at;
}

static void count(uint32_t *bins, const double *at, uint64_t n, const struct view_lens *l)
{
	double width = (l->log ? log(l->high / l->low) : l->high - l->low) / LENS_BINS;

	for (uint64_t i = 0; i < n; i++) {
		double place = width > 0 ? (l->log ? log(at[i] / l->low) : at[i] - l->low) / width : 0;

		if (place >= 0 && place <= LENS_BINS)
			bins[place < LENS_BINS ? (unsigned)place : LENS_BINS - 1]++;
	}
}

/* Incomes, amounts, times: most is small, and a few are many times as large. On an even scale that is one bar and nothing. */
static bool is_skewed(const struct view_measure *m)
{
	const double *q = m->quantiles;

	return m->min > 0 && q[LENS_QUANTILES - 1] - q[2] > 4 * (q[2] - q[0]);
}

static void fill_numbers(struct view *v, const struct lens *l)
{
	struct view_lens *to = &v->lens;
	unsigned made_n = lens_made(l), promised_n = l->promised.n < PROMISE_ROWS ? (unsigned)l->promised.n : PROMISE_ROWS;
	double *made = numbers(v, &l->made, LENS_ROOM, made_n, &to->made), *promised = numbers(v, &l->promised, PROMISE_ROWS, promised_n, &to->promised);
	const struct view_measure *both[] = { &to->made, &to->promised };
	bool any = false;

	measure(&to->made, made, (unsigned)(to->made.n - to->made.nulls));
	measure(&to->promised, promised, (unsigned)(to->promised.n - to->promised.nulls));
	to->log = is_skewed(to->promised.n ? &to->promised : &to->made) && (!(to->made.n > to->made.nulls) || to->made.min > 0);
	/* The picture leaves out what lies far beyond: one wild value must not make everything else a single bar. */
	for (unsigned i = 0; i < COUNT_OF(both); i++) {
		const struct view_measure *m = both[i];
		double low = to->log ? m->min : fmax(m->min, m->mean - 4 * m->sd), high = to->log ? m->max : fmin(m->max, m->mean + 4 * m->sd);

		if (m->n == m->nulls)
			continue;
		to->low = any ? fmin(to->low, low) : low;
		to->high = any ? fmax(to->high, high) : high;
		any = true;
	}
	if (made)
		count(to->made.bins, made, to->made.n - to->made.nulls, to);
	if (promised)
		count(to->promised.bins, promised, to->promised.n - to->promised.nulls, to);
}

/* ---- words ---- */

struct tally {
	const char *word;
	unsigned made, promised;
};

static int by_word(const void *a, const void *b)
{
	return strcmp(((const struct tally *)a)->word, ((const struct tally *)b)->word);
}

/* The most frequent first; what is only promised behind what is made as often. */
static int by_count(const void *a, const void *b)
{
	const struct tally *p = a, *q = b;
	int order = p->made != q->made ? p->made < q->made ? 1 : -1 : p->promised < q->promised ? 1 : p->promised > q->promised ? -1 : 0;

	return order ? order : by_word(a, b);
}

static unsigned add_words(struct tally *all, unsigned at, const struct lens_ring *ring, unsigned n, bool made)
{
	for (unsigned i = 0; i < n; i++)
		all[at + i] = (struct tally){ .word = ring->words[(ring->n - n + i) % LENS_WORDS], .made = made, .promised = !made };
	return at + n;
}

static void fill_words(struct view *v, struct lens *l)
{
	struct view_lens *to = &v->lens;
	unsigned made_n = lens_made(l), promised_n = l->promised.n < PROMISE_ROWS ? (unsigned)l->promised.n : PROMISE_ROWS, n = 0, last = 0;
	struct tally *all = arena_take(&v->arena, (made_n + promised_n + 1) * sizeof *all);
	struct view_word *words = arena_take(&v->arena, LENS_TOP * sizeof *words);

	if (!all || !words)
		return;
	to->made.n = made_n;
	to->promised.n = promised_n;
	n = add_words(all, n, &l->made, made_n, true);
	n = add_words(all, n, &l->promised, promised_n, false);
	qsort(all, n, sizeof *all, by_word);
	for (unsigned i = 1; i < n; i++) {
		if (by_word(&all[last], &all[i]) != 0) {
			all[++last] = all[i];
			continue;
		}
		all[last].made += all[i].made;
		all[last].promised += all[i].promised;
	}
	n = n ? last + 1 : 0;
	qsort(all, n, sizeof *all, by_count);
	if (!*l->watched && n && all[0].made)
		snprintf(l->watched, sizeof l->watched, "%s", all[0].word);
	to->words = words;
	for (unsigned i = 0; i < n; i++) {
		to->different += all[i].made > 0;
		if (i < LENS_TOP)
			words[to->word_n++] = (struct view_word){ .text = strcmp(all[i].word, LENS_NULL) ? view_text(&v->arena, all[i].word) : NULL,
				.made = made_n ? (double)all[i].made / made_n : 0, .promised = promised_n ? (double)all[i].promised / promised_n : 0 };
	}
}

/* What the weights promise is known, it need not be counted. */
static void fill_types(struct view *v, const struct lens *l)
{
	struct view_lens *to = &v->lens;
	unsigned made_n = lens_made(l);
	struct view_word *words = arena_take(&v->arena, TYPE_MOST * sizeof *words);

	if (!words)
		return;
	to->made.n = made_n;
	to->promised.n = l->sketch ? PROMISE_ROWS : 0;
	to->words = words;
	for (unsigned t = 0; t < l->slot->type_n; t++) {
		unsigned times = 0;

		for (unsigned i = 0; i < made_n; i++)
			times += strncmp(l->made.words[(l->made.n - made_n + i) % LENS_WORDS], l->slot->types[t]->name, LENS_WORD - 1) == 0;
		to->different += times > 0;
		words[to->word_n++] = (struct view_word){ .text = view_text(&v->arena, l->slot->types[t]->name), .made = made_n ? (double)times / made_n : 0,
							  .promised = l->sketch ? l->slot->pub.class->sketch->share(l->sketch, t) : 0 };
	}
}

/* ---- the lens and what comes next ---- */

static const char *field_name(struct view *v, const struct lens *l)
{
	char name[200];

	if (l->leaf == LENS_TYPES)
		return "event";
	snprintf(name, sizeof name, "%.80s.%.100s", l->schema->name, l->schema->leaves[l->leaf].name);
	return view_text(&v->arena, l->slot->type_n > 1 ? name : l->schema->leaves[l->leaf].name);
}

void view_fill_lens(struct view *v, struct engine *en, const struct view_want *want)
{
	struct lens *l = &en->lens;
	struct view_lens *to = &v->lens;
	const struct param *row = NULL;
	double value = 0;
	struct err e;

	*to = (struct view_lens){ .module = "", .field = "", .thought = "", .watched = "" };
	if (!want->lens || !l->slot)
		return;
	to->module = view_text(&v->arena, l->slot->pub.name);
	to->field = field_name(v, l);
	to->relative = l->relative;
	to->in_words = l->words;
	if (want->knob && *want->text && (row = control_find(en->control, want->knob, NULL, NULL)) &&
	    control_would_be(en->control, want->knob, want->text, &value, &e) == 0) {
		char text[80];

		param_show_number(row, control_is_relative(row, want->text) ? param_round(row, value) : value, text, sizeof text);
		to->thought = view_text(&v->arena, text);
	}
	lens_promise(l, *to->thought ? row->name : NULL, value, v->wall_ns, PROMISE_BUDGET_NS);
	if (l->leaf == LENS_TYPES)
		fill_types(v, l);
	else if (l->words)
		fill_words(v, l);
	else
		fill_numbers(v, l);
	to->mean_trace = view_series_copy(&v->arena, &l->mean);
	to->spread_trace = view_series_copy(&v->arena, &l->spread);
	to->watched = view_text(&v->arena, !l->words ? "" : strcmp(l->watched, LENS_NULL) ? l->watched : "null");
}

void view_fill_preview(struct view *v, struct engine *en, const struct view_want *want)
{
	struct view_preview *to = &v->preview;
	struct preview_turn turn = { want->knob, want->text };
	char thought[200];
	unsigned most = want->preview_n < PREVIEW_MOST ? want->preview_n : PREVIEW_MOST, turns = want->knob && *want->text;
	const char **lines;
	struct buf b;
	struct err e;

	*to = (struct view_preview){ .module = "", .why = "", .thought = "" };
	if (!want->preview_of || !most)
		return;
	to->module = view_text(&v->arena, want->preview_of);
	lines = arena_take(&v->arena, most * sizeof *lines);
	to->lines = lines;
	buf_init(&b, PREVIEW_BYTES);
	if (lines && engine_preview(en, want->preview_of, &turn, turns, most, &b, &e) == 0) {
		snprintf(thought, sizeof thought, "%.100s = %.60s", turns ? strchr(want->knob, '.') + 1 : "", turns ? want->text : "");
		to->thought = turns ? thought : "";
	} else if (lines) {
		/* What is typed is no value yet: what comes under the present one. */
		to->why = view_text(&v->arena, e.text);
		buf_clear(&b);
		if (!turns || engine_preview(en, want->preview_of, NULL, 0, most, &b, &e) < 0)
			buf_clear(&b);
	}
	to->thought = view_text(&v->arena, to->thought);
	for (char *s = b.data; lines && *s && to->n < most;) {
		size_t n = strcspn(s, "\n");
		char *copy = arena_copy(&v->arena, s, n);

		lines[to->n++] = copy ? copy : "";
		s += n + (s[n] == '\n');
	}
	buf_free(&b);
}
