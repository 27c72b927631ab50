/* A look at one field. */
#include "core/lens.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "core/inside.h"

enum { PROMISE_SLICE = 16, PROMISE_LASTS_NS = INT32_MAX };      /* rows between looks at the clock; two seconds */

/* ---- aiming ---- */

static void clear(struct lens *l)
{
	l->made.n = l->promised.n = l->promised_goal = l->since = 0;
	l->print = 0;
	l->sum = l->squares = 0;
	l->count = 0;
	memset(l->last, 0, sizeof l->last);
	l->mean.n = l->spread.n = 0;
}

static void aim_at(struct lens *l, const struct slot *s, const struct schema *schema, unsigned leaf, bool relative)
{
	if (l->slot == s && l->schema == schema && l->leaf == leaf && l->relative == relative)
		return;
	clear(l);
	l->slot = s;
	l->schema = schema;
	l->leaf = leaf;
	l->relative = relative;
	l->words = leaf == LENS_TYPES || leaf_is_words(&schema->leaves[leaf]);
	snprintf(l->watched, sizeof l->watched, "%s", leaf != LENS_TYPES && schema->leaves[leaf].kind == KIND_BOOL ? "true" : "");
}

static bool aim_by_name(struct lens *l, const struct slot *s, const char *field, bool relative)
{
	for (unsigned t = 0; t < s->type_n; t++)
		for (unsigned i = 0; i < s->types[t]->leaf_n; i++)
			if (strcmp(s->types[t]->leaves[i].name, field) == 0 && leaf_is_number(&s->types[t]->leaves[i])) {
				aim_at(l, s, s->types[t], i, relative);
				return true;
			}
	return false;
}

static bool aim_at_leaf(struct lens *l, const struct slot *s, const struct leaf *leaf)
{
	for (unsigned t = 0; t < s->type_n; t++)
		for (unsigned i = 0; i < s->types[t]->leaf_n; i++)
			if (&s->types[t]->leaves[i] == leaf) {
				aim_at(l, s, s->types[t], i, false);
				return true;
			}
	return false;
}

/* What the generator says of the knob, then what it says of all; else the first number that is no identifier, or the first field. */
static void aim(struct lens *l, const struct slot *s, const char *knob)
{
	const struct effect *of = s->pub.class->effects;
	const struct leaf *leaf;

	for (int pass = 0; pass < 2; pass++)
		for (const struct effect *f = of; f && f->field; f++)
			if ((pass == 0 ? f->param && knob && !strcmp(f->param, knob) : !f->param) && aim_by_name(l, s, f->field, f->relative))
				return;
	if (knob && parts_have(s, knob)) {
		aim_at(l, s, NULL, LENS_TYPES, false);
		snprintf(l->watched, sizeof l->watched, "%s", strchr(knob, '.') + 1);
		return;
	}
	if (knob && s->pub.class->shows && (leaf = s->pub.class->shows(&s->pub, knob)) && aim_at_leaf(l, s, leaf))
		return;
	for (int pass = 0; pass < 3; pass++)
		for (unsigned t = 0; t < s->type_n; t++)
			for (unsigned i = 0; i < s->types[t]->leaf_n; i++) {
				leaf = &s->types[t]->leaves[i];
				if (pass < 2 ? leaf_is_number(leaf) && (pass || !strstr(leaf->name, "id")) : leaf_is_words(leaf)) {
					aim_at(l, s, s->types[t], i, false);
					return;
				}
			}
	l->slot = NULL;
}

static void drop_sketch(struct lens *l, const struct slot *of)
{
	if (l->sketch)
		of->pub.class->sketch->end(l->sketch);
	l->sketch = NULL;
}

void lens_aim(struct lens *l, const struct slot *s, const char *knob)
{
	if (l->slot != s)
		drop_sketch(l, l->slot);
	snprintf(l->knob, sizeof l->knob, "%s", knob ? knob : "");
	if (s)
		aim(l, s, knob);
	else
		l->slot = NULL;
	if (s && !l->slot)
		drop_sketch(l, s);
	/* It is the eye's: without memory for it, it sees what is made and nothing else. */
	if (l->slot && !l->sketch && s->pub.class->sketch && s->started && s->state != SLOT_FAILED)
		l->sketch = s->pub.class->sketch->begin(&s->pub, NULL);
}

static bool can_be_seen(const struct slot *s, unsigned t, unsigned i)
{
	return leaf_is_number(&s->types[t]->leaves[i]) || leaf_is_words(&s->types[t]->leaves[i]);
}

/* Keeps `knob`: going on by hand is what the eye wants until another knob is turned. All fields of all types, round and round; the
 * types themselves, where there are several, stand before the first. */
void lens_step(struct lens *l, bool back)
{
	const struct slot *s = l->slot;
	unsigned places = 0, at = 0, goal;

	if (!s)
		return;
	for (int turn = 0; turn < 2; turn++) {
		unsigned place = s->type_n > 1;

		goal = turn ? (at + (back ? places - 1 : 1)) % places : 0;
		if (turn && goal == 0 && s->type_n > 1) {
			aim_at(l, s, NULL, LENS_TYPES, false);
			return;
		}
		for (unsigned t = 0; t < s->type_n; t++)
			for (unsigned i = 0; i < s->types[t]->leaf_n; i++) {
				if (!can_be_seen(s, t, i))
					continue;
				if (turn && place == goal) {
					aim_at(l, s, s->types[t], i, false);
					return;
				}
				if (!turn && l->schema == s->types[t] && l->leaf == i)
					at = place;
				place++;
			}
		places = place;
		if (!places)
			return;
	}
}

/* ---- what is made ---- */

static double number_of(const struct schema *s, const struct event *ev, unsigned leaf)
{
	switch (s->leaves[leaf].kind) {
	case KIND_INT: return (double)ev->values[leaf].i;
	case KIND_DECIMAL: return (double)ev->values[leaf].i / (double)schema_power10(s->leaves[leaf].scale);
	default: return ev->values[leaf].r;
	}
}

static uint64_t key_of(const struct event *ev)
{
	uint64_t h = 14695981039346656037u;

	for (uint32_t i = 0; i < ev->key.n; i++)
		h = (h ^ (unsigned char)ev->key.at[i]) * 1099511628211u;
	return h;
}

static void put_word(struct lens_ring *ring, const char *at, size_t n)
{
	char *to = ring->words[ring->n++ % LENS_WORDS];         /* which is PROMISE_ROWS, too */

	n = n < LENS_WORD ? n : LENS_WORD - 1;
	memcpy(to, at, n);
	to[n] = '\0';
}

static void put_leaf(struct lens_ring *ring, const struct event *ev, unsigned leaf, bool words)
{
	const struct leaf *of = &ev->schema->leaves[leaf];
	bool null = event_null(ev, leaf);

	if (!words)
		ring->numbers[ring->n++ % PROMISE_ROWS] = null ? NAN : number_of(ev->schema, ev, leaf);
	else if (null)
		put_word(ring, LENS_NULL, 1);
	else if (of->kind == KIND_BOOL)
		put_word(ring, ev->values[leaf].b ? "true" : "false", ev->values[leaf].b ? 4 : 5);
	else
		put_word(ring, ev->values[leaf].t.at, ev->values[leaf].t.n);
}

static void take_word(struct lens *l, const struct event *ev)
{
	bool is;

	if (l->leaf == LENS_TYPES)
		put_word(&l->made, ev->schema->name, strlen(ev->schema->name));
	else
		put_leaf(&l->made, ev, l->leaf, true);
	is = strcmp(l->made.words[(l->made.n - 1) % LENS_WORDS], l->watched) == 0;
	l->sum += is;
	l->squares += is;
	l->count++;
}

static void take_number(struct lens *l, const struct event *ev)
{
	double v = event_null(ev, l->leaf) ? NAN : number_of(l->schema, ev, l->leaf);

	if (l->relative && !isnan(v)) {
		uint64_t key = key_of(ev);
		unsigned at = (unsigned)(key % LENS_KEYS);
		double before = l->last[at].key == key ? l->last[at].last : NAN;

		l->last[at].key = key;
		l->last[at].last = v;
		v = v > 0 && before > 0 ? log(v / before) : NAN;
	}
	if (isfinite(v) || (isnan(v) && !l->relative))
		l->made.numbers[l->made.n++ % LENS_ROOM] = v;
	if (!isfinite(v))
		return;
	l->sum += v;
	l->squares += v * v;
	l->count++;
}

void lens_take(struct lens *l, const struct event *ev)
{
	if (l->leaf != LENS_TYPES && ev->schema != l->schema)
		return;
	if (l->words)
		take_word(l, ev);
	else
		take_number(l, ev);
}

void lens_turned(struct lens *l)
{
	l->since = l->made.n;
}

unsigned lens_made(const struct lens *l)
{
	uint64_t room = l->words ? LENS_WORDS : LENS_ROOM, n = l->made.n < room ? l->made.n : room, fresh = l->made.n - l->since;

	fresh = fresh < LENS_LEAST ? LENS_LEAST : fresh;
	return (unsigned)(fresh < n ? fresh : n);
}

void lens_sample(struct lens *l)
{
	double mean = series_ago(&l->mean, 0), spread = series_ago(&l->spread, 0);

	if (!l->slot)
		return;
	if (l->count) {
		mean = l->sum / l->count;
		spread = sqrt(fmax(l->squares / l->count - mean * mean, 0));
	}
	series_add(&l->mean, mean);
	series_add(&l->spread, spread);
	l->sum = l->squares = 0;
	l->count = 0;
}

/* ---- what is promised ---- */

void *lens_sketch(struct lens *l)
{
	if (l->sketch)
		l->slot->pub.class->sketch->follow(l->sketch, &l->slot->pub);
	return l->sketch;
}

void lens_promise(struct lens *l, const char *knob, double v, int64_t wall_ns, int64_t budget_ns)
{
	void *sketch = lens_sketch(l);
	const struct sketch_class *class = sketch ? l->slot->pub.class->sketch : NULL;
	int64_t begun = clock_wall_ns();
	unsigned type = 0;
	uint64_t print;

	if (!sketch || l->relative)
		return;
	if (knob)
		class->turn(sketch, knob, v);
	print = class->print(sketch);
	if (print != l->print)
		l->promised.n = l->promised_goal = 0;
	if (l->promised.n >= l->promised_goal && (!l->promised_goal || wall_ns - l->promised_ns > PROMISE_LASTS_NS)) {
		l->promised_goal = l->promised.n + PROMISE_ROWS;
		l->promised_ns = wall_ns;
	}
	l->print = print;
	if (l->leaf == LENS_TYPES)
		return;         /* its weights say it all */
	while (l->slot->types[type] != l->schema)
		type++;
	while (l->promised.n < l->promised_goal) {
		for (unsigned i = 0; i < PROMISE_SLICE; i++) {
			const struct event *ev = class->row(sketch, type, l->promised.n % PROMISE_ROWS);

			if (!ev)
				return;         /* no memory now; perhaps at the next look */
			put_leaf(&l->promised, ev, l->leaf, l->words);
		}
		if (clock_wall_ns() - begun >= budget_ns)
			return;
	}
}
