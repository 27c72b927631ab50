/* A look at one number. */
#include "core/lens.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/inside.h"

static bool is_numeric(const struct leaf *l)
{
	return l->kind == KIND_INT || l->kind == KIND_REAL || l->kind == KIND_DECIMAL;
}

static void clear(struct lens *l)
{
	l->n = 0;
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
}

static bool aim_by_name(struct lens *l, const struct slot *s, const char *field, bool relative)
{
	for (unsigned t = 0; t < s->type_n; t++)
		for (unsigned i = 0; i < s->types[t]->leaf_n; i++)
			if (strcmp(s->types[t]->leaves[i].name, field) == 0 && is_numeric(&s->types[t]->leaves[i])) {
				aim_at(l, s, s->types[t], i, relative);
				return true;
			}
	return false;
}

void lens_aim(struct lens *l, const struct slot *s, const char *knob)
{
	const struct effect *of = s ? s->pub.class->effects : NULL;
	const char *field;

	snprintf(l->knob, sizeof l->knob, "%s", knob ? knob : "");
	if (!s) {
		l->slot = NULL;
		return;
	}
	/* What the generator says of the knob, then what it says of all; else the first number that is no identifier. */
	for (int pass = 0; pass < 2; pass++)
		for (const struct effect *f = of; f && f->field; f++)
			if ((pass == 0 ? f->param && knob && !strcmp(f->param, knob) : !f->param) && aim_by_name(l, s, f->field, f->relative))
				return;
	if (knob && s->pub.class->shows && (field = s->pub.class->shows(&s->pub, knob)) && aim_by_name(l, s, field, false))
		return;
	for (int pass = 0; pass < 2; pass++)
		for (unsigned t = 0; t < s->type_n; t++)
			for (unsigned i = 0; i < s->types[t]->leaf_n; i++) {
				const struct leaf *leaf = &s->types[t]->leaves[i];

				if (is_numeric(leaf) && (pass || !strstr(leaf->name, "id"))) {
					aim_at(l, s, s->types[t], i, false);
					return;
				}
			}
	l->slot = NULL;
}

/* Keeps `knob`: going on by hand is what the eye wants until another knob is turned. */
void lens_next(struct lens *l)
{
	const struct slot *s = l->slot;
	unsigned t = 0, i = l->leaf + 1;

	if (!s)
		return;
	while (t < s->type_n && s->types[t] != l->schema)
		t++;
	/* All fields of all types, round and round. */
	for (unsigned tries = 0; tries < s->type_n * SCHEMA_LEAVES; tries++, i++) {
		if (t < s->type_n && i >= s->types[t]->leaf_n) {
			t++;
			i = 0;
		}
		if (t >= s->type_n)
			t = i = 0;
		if (i < s->types[t]->leaf_n && is_numeric(&s->types[t]->leaves[i])) {
			aim_at(l, s, s->types[t], i, false);
			return;
		}
	}
}

static double value_of(const struct schema *s, const struct event *ev, unsigned leaf)
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

void lens_take(struct lens *l, const struct event *ev)
{
	double v;

	if (ev->schema != l->schema || event_null(ev, l->leaf))
		return;
	v = value_of(l->schema, ev, l->leaf);
	if (l->relative) {
		uint64_t key = key_of(ev);
		unsigned at = (unsigned)(key % LENS_KEYS);
		double before = l->last[at].key == key ? l->last[at].last : NAN;

		l->last[at].key = key;
		l->last[at].last = v;
		v = v > 0 && before > 0 ? log(v / before) : NAN;
	}
	if (!isfinite(v))
		return;
	l->ring[l->n++ % LENS_ROOM] = v;
	l->sum += v;
	l->squares += v * v;
	l->count++;
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
