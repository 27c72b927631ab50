/* The sample of the stream. */
#include "core/tail.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "core/inside.h"

void tail_init(struct tail *t)
{
	memset(t, 0, sizeof *t);
}

void tail_free(struct tail *t)
{
	for (unsigned i = 0; i < TAIL_ROOM; i++) {
		free(t->ring[i].text);
		free(t->ring[i].why);
	}
	tail_init(t);
}

static void set_every(struct tail *t, uint64_t every)
{
	t->every = every;
	t->threshold = every ? (UINT64_C(1) << 32) / every : 0;
}

void tail_set(struct tail *t, uint64_t every)
{
	t->adapts = every == LOOK_AUTO;
	set_every(t, !t->adapts ? every : t->every ? t->every : 1);
}

void tail_adapt(struct tail *t, double rate)
{
	static const unsigned steps[] = { 1, 2, 5 };
	uint64_t power = 1, every = 1;

	if (!t->adapts)
		return;
	for (unsigned i = 0; (double)every * TAIL_PER_SECOND < rate && every < 1000000000; i++) {
		if (i && i % 3 == 0)
			power *= 10;
		every = steps[i % 3] * power;
	}
	/* A rate near a step must not make it jump to and fro: it goes down only when half would do. */
	if (every > t->every || every * 2 <= t->every)
		set_every(t, every);
}

static void name_outputs(const struct slot *s, char *to, size_t room)
{
	size_t n = 0;

	to[0] = '\0';
	for (unsigned i = 0; i < s->routes.n && n + 1 < room; i++)
		n += (size_t)snprintf(to + n, room - n, "%s%s%s", i ? ", " : "", s->routes.at[i].to->pub.name,
				      s->routes.at[i].to->common.on ? "" : " (off)");
}

static char *ask_why(const struct slot *s, const struct event *ev)
{
	char *why = NULL;
	struct buf b;

	if (!s->pub.class->explain)
		return NULL;
	buf_init(&b, TAIL_WHY);
	s->pub.class->explain(&s->pub, ev, &b);
	if (b.n)
		why = strndup(b.data, b.n);
	buf_free(&b);
	return why;
}

/* Without memory the eye misses an event; the stream does not. */
void tail_take(struct slot *s, const struct event *ev, unsigned type)
{
	static const struct form form = { .encoding = ENCODE_NDJSON, .envelope = ENVELOPE_NONE, .moments = MOMENTS_RFC3339 };
	struct tail *t = &s->en->tail;
	struct tail_event *to = &t->ring[t->n % TAIL_ROOM];
	struct buf b;
	char *text;

	if (!s->tail_encoders[type])
		s->tail_encoders[type] = encoder_new(s->types[type], form, s->pub.name, NULL);
	if (!s->tail_encoders[type])
		return;
	buf_init(&b, 1 << 20);
	encoder_put(s->tail_encoders[type], ev, &b);
	if (b.n && b.data[b.n - 1] == '\n')
		b.n--;
	text = strndup(b.data, b.n < TAIL_TEXT ? b.n : TAIL_TEXT);
	if (text) {
		free(to->text);
		free(to->why);
		*to = (struct tail_event){ .number = s->en->made, .of_module = ev->number, .sim_ns = ev->time_ns, .wall_ns = clock_wall_ns(),
					   .text = text, .n = (uint32_t)strlen(text), .whole = (uint32_t)b.n, .why = ask_why(s, ev),
					   .seed = s->pub.seed, .changes = s->en->control->n };
		snprintf(to->module, sizeof to->module, "%s", s->pub.name);
		snprintf(to->type, sizeof to->type, "%s", s->types[type]->name);
		snprintf(to->key, sizeof to->key, "%.*s", (int)(ev->key.n < sizeof to->key ? ev->key.n : sizeof to->key - 1), ev->key.at ? ev->key.at : "");
		name_outputs(s, to->outputs, sizeof to->outputs);
		t->n++;
	}
	buf_free(&b);
}
