/* The parts of a view that are lists of what happened: changes, log, sampled events, presets. */
#include <stdio.h>

#include "core/inside.h"
#include "core/view.h"

enum { CHANGE_MOST = 1024 };

struct view_series view_series_copy(struct arena *a, const struct series *s)
{
	unsigned n = s->n < SERIES_ROOM ? (unsigned)s->n : SERIES_ROOM;
	float *at = arena_take(a, (n ? n : 1) * sizeof *at);

	for (unsigned i = 0; at && i < n; i++)
		at[i] = (float)series_ago(s, n - 1 - i);
	return (struct view_series){ .at = at, .n = at ? n : 0 };
}

const char *view_text(struct arena *a, const char *text)
{
	const char *copy = text ? arena_copy(a, text, strlen(text)) : NULL;

	return copy ? copy : "";
}

void view_fill_changes(struct view *v, const struct control *c)
{
	unsigned n = c->n < CHANGE_MOST ? (unsigned)c->n : CHANGE_MOST;
	struct view_change *to = arena_take(&v->arena, (n ? n : 1) * sizeof *to);

	v->change_total = c->n;
	v->changes = to;
	for (unsigned i = 0; to && i < n; i++) {
		const struct change *ch = &c->log[c->n - 1 - i];
		double was, now;

		to[i] = (struct view_change){ .number = ch->number, .group = ch->group, .event = ch->place.event, .undoes = ch->undoes,
			.sim_ns = ch->place.sim_ns, .wall_ns = ch->wall_ns, .undone = ch->undone, .kind = ch->kind, .by = ch->by,
			.path = view_text(&v->arena, ch->path), .was = view_text(&v->arena, ch->was),
			.now = view_text(&v->arena, ch->now), .text = view_text(&v->arena, ch->text) };
		if (sscanf(ch->was, "%lf", &was) == 1 && sscanf(ch->now, "%lf", &now) == 1)
			to[i].direction = now > was ? 1 : now < was ? -1 : 0;
		v->change_n = i + 1;
	}
}

void view_fill_log(struct view *v)
{
	const struct log *l = log_of_program();
	unsigned n = l->n < LOG_RING ? (unsigned)l->n : LOG_RING;
	struct log_line *to = arena_take(&v->arena, (n ? n : 1) * sizeof *to);

	v->errors = l->counts[LOG_LEVEL_ERROR];
	v->lines = to;
	for (unsigned i = 0; to && i < n; i++)
		to[i] = l->ring[(l->n - n + i) % LOG_RING];
	v->line_n = to ? n : 0;
}

void view_fill_tail(struct view *v, const struct tail *t, unsigned most)
{
	unsigned room = most < TAIL_ROOM ? most : TAIL_ROOM, n = t->n < room ? (unsigned)t->n : room;
	struct view_event *to = arena_take(&v->arena, (n ? n : 1) * sizeof *to);

	v->tail = to;
	v->tail_every = t->every;
	for (unsigned i = 0; to && i < n; i++) {
		const struct tail_event *ev = &t->ring[(t->n - n + i) % TAIL_ROOM];

		to[i] = (struct view_event){ .number = ev->number, .of_module = ev->of_module, .sim_ns = ev->sim_ns, .wall_ns = ev->wall_ns,
			.module = view_text(&v->arena, ev->module), .type = view_text(&v->arena, ev->type),
			.key = view_text(&v->arena, ev->key), .text = view_text(&v->arena, ev->text),
			.outputs = view_text(&v->arena, ev->outputs), .n = ev->n, .whole = ev->whole,
			.why = view_text(&v->arena, ev->why), .seed = ev->seed, .changes = ev->changes };
	}
	v->tail_n = to ? n : 0;
}

void view_fill_presets(struct view *v, const struct presets *p, const char *generator)
{
	struct view_preset *to;
	unsigned n = 0;

	for (const struct list *l = p->all.next; l != &p->all; l = l->next)
		n++;
	to = arena_take(&v->arena, (n ? n : 1) * sizeof *to);
	v->presets = to;
	for (const struct list *l = p->all.next; to && l != &p->all; l = l->next) {
		const struct preset *one = container_of(l, struct preset, link);

		if (strcmp(one->generator, generator) == 0)
			to[v->preset_n++] = (struct view_preset){ .name = view_text(&v->arena, one->name), .text = view_text(&v->arena, one->text) };
	}
}
