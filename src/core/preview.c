/* What would come next. */
#include "core/preview.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "core/inside.h"

struct preview {
	struct slot *slot;
	const struct sketch_class *class;
	void *sketch;
	struct pace pace;               /* a copy, which says when */
	struct encoder *encoders[TYPE_MOST];
};

/* The knob as control knows it: of the shared parameters, or the module's own. */
static const struct param *find(struct preview *p, const char *knob, char *path, size_t room, struct knobs **k, struct err *e)
{
	struct engine *en = p->slot->en;
	const struct param *row;

	snprintf(path, room, "%.140s", knob);
	if (strchr(knob, '.') && (row = control_find(en->control, path, k, NULL)) && ((*k)->of == p->slot || ((*k)->of == en && (*k)->rows != clock_rows)))
		return row;
	if (en->shared) {
		snprintf(path, room, "%s.%.100s", en->shared, knob);
		row = control_find(en->control, path, k, NULL);
		if (row)
			return row;
	}
	snprintf(path, room, "%s.%.100s", p->slot->pub.name, knob);
	return control_find(en->control, path, k, e);
}

static int turn(struct preview *p, const struct preview_turn *t, struct err *e)
{
	struct pace_settings set = slot_pace(p->slot);
	struct knobs *k;
	char path[200];
	double v;
	const struct param *row = find(p, t->knob, path, sizeof path, &k, e);

	if (!row || control_would_be(p->slot->en->control, path, t->text, &v, e) < 0)
		return -1;
	if (k->rows == module_common_rows && strcmp(row->name, "rate") == 0) {
		set.rate = v;
		pace_change(&p->pace, &set, lane_instant(p->slot->lane, clock_wall_ns()));
		return 0;
	}
	if (!p->class->turn(p->sketch, row->name, v))
		return err_set(e, ERR_INPUT, "no event of '%s' depends on %s", p->slot->pub.name, path);
	return 0;
}

static int put(struct preview *p, const struct event *ev, int type, struct buf *to, struct err *e)
{
	static const struct form form = { .encoding = ENCODE_NDJSON, .envelope = ENVELOPE_NONE, .moments = MOMENTS_RFC3339 };

	if (!p->encoders[type])
		p->encoders[type] = encoder_new(ev->schema, form, p->slot->pub.name, e);
	if (!p->encoders[type])
		return -1;
	encoder_put(p->encoders[type], ev, to);
	return buf_ok(to) ? 0 : err_set(e, ERR_INPUT, "the records are too large to be shown");
}

static int show(struct preview *p, unsigned n, struct buf *to, struct err *e)
{
	/* Arrivals may make nothing, as all of them do when every weight is 0. */
	for (unsigned made = 0, tries = 0; made < n && tries < n + PREVIEW_MOST; tries++) {
		int64_t at = pace_due(&p->pace);
		const struct event *ev;
		int type;

		if (at == PACE_NEVER)
			break;
		ev = p->class->next(p->sketch, at, &type);
		pace_take(&p->pace);
		if (!ev && type >= 0)
			return err_memory(e);
		if (ev && put(p, ev, type, to, e) < 0)
			return -1;
		made += ev != NULL;
	}
	if (!to->n)
		return err_set(e, ERR_INPUT, "'%s' would make nothing", p->slot->pub.name);
	to->n--;                        /* the last line end */
	to->data[to->n] = '\0';
	return 0;
}

int engine_preview(struct engine *en, const char *module, const struct preview_turn *turns, unsigned turn_n, unsigned n, struct buf *to, struct err *e)
{
	struct preview p = { .slot = slot_named(en, module, e) };
	bool own = false;
	int result = 0;

	if (!p.slot)
		return -1;
	p.class = p.slot->pub.class->sketch;
	if (!p.class)
		return err_set(e, ERR_INPUT, "generator '%s' cannot preview: what '%s' makes next depends on all it made before", p.slot->pub.class->name, module);
	if (p.slot->state == SLOT_FAILED)
		return err_set(e, ERR_INPUT, "module '%s' has failed: %s", module, p.slot->why.text);
	if (en->lens.slot == p.slot)
		p.sketch = lens_sketch(&en->lens);
	if (!p.sketch) {
		own = true;
		p.sketch = p.class->begin(&p.slot->pub, e);
		if (!p.sketch)
			return -1;
		p.class->follow(p.sketch, &p.slot->pub);
	}
	p.pace = p.slot->pace;
	if (p.slot->state != SLOT_ON)
		pace_restart(&p.pace, lane_instant(p.slot->lane, clock_wall_ns()));
	for (unsigned i = 0; i < turn_n && result == 0; i++)
		result = turn(&p, &turns[i], e);
	if (result == 0)
		result = show(&p, n, to, e);
	if (own)
		p.class->end(p.sketch);
	for (unsigned i = 0; i < TYPE_MOST; i++)
		encoder_free(p.encoders[i]);
	return result;
}
