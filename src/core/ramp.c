/* Ramps: a value that moves over simulated time. */
#include <stdio.h>
#include <stdlib.h>

#include "base/mathx.h"
#include "core/history.h"

enum { RAMP_STEP_NS = 50000000 };

const char *const ramp_shape_names[] = { "linear", "in", "out", "in-out", NULL };

void history_cancel_ramp(struct control *c, const struct knobs *k, const struct param *p)
{
	list_each(l, &c->ramps) {
		struct ramp *r = container_of(l, struct ramp, link);

		/* The engine's queue still points at it; control_ramp_step() frees what has no parameter. */
		if (r->knobs == k && r->param == p)
			r->param = NULL;
	}
}

const struct ramp *control_ramp_of(const struct control *c, const struct knobs *k, const struct param *p)
{
	for (struct list *l = c->ramps.next; l != &c->ramps; l = l->next) {
		const struct ramp *r = container_of(l, struct ramp, link);

		if (r->knobs == k && r->param == p)
			return r;
	}
	return NULL;
}

int control_ramp(struct control *c, const char *path, const char *to, int64_t over_ns, enum ramp_shape shape, enum origin by, struct err *e)
{
	struct knobs *k;
	const struct param *p = control_find(c, path, &k, e);
	struct ramp *r;
	struct buf target;
	char *was;
	void *scratch;
	int result;

	if (!p || control_check(c, k, p, to, e) < 0)
		return -1;
	if (!param_is_number(p) || !k->hooks || !k->hooks->at)
		return err_set(e, ERR_INPUT, "%s cannot be ramped", path);
	if (over_ns <= 0)
		return control_set(c, path, to, by, e);
	/* The target as a number: through the row, into options of our own that hold nothing else. */
	scratch = calloc(1, p->offset + 16);
	r = calloc(1, sizeof *r);
	was = control_value_text(k, p);
	if (!scratch || !r || !was) {
		free(scratch);
		free(r);
		free(was);
		return err_memory(e);
	}
	param_set(p, scratch, to, NULL);
	history_cancel_ramp(c, k, p);
	*r = (struct ramp){ .knobs = k, .param = p, .from = param_number(p, k->opts), .to = param_number(p, scratch),
			    .start_ns = k->hooks->place(k->of).sim_ns, .over_ns = over_ns, .shape = shape };
	buf_init(&target, 200);
	param_text(p, scratch, &target);
	free(scratch);
	list_add(&c->ramps, &r->link);
	result = k->hooks->at(k->of, r->start_ns, r, e);
	if (result < 0) {
		list_take(&r->link);
		free(r);
	} else {
		char canonical[256];

		snprintf(canonical, sizeof canonical, "%s.%s", k->prefix, p->name);
		history_forget_redo(c);
		result = control_append(c, (struct change){ .kind = CHANGE_RAMP, .by = by, .over_ns = over_ns, .shape = shape,
				.place = k->hooks->place(k->of) }, canonical, was, target.data, e);
	}
	buf_free(&target);
	free(was);
	return result;
}

static double eased(enum ramp_shape shape, double t)
{
	switch (shape) {
	case RAMP_IN: return t * t;
	case RAMP_OUT: return t * (2 - t);
	case RAMP_IN_OUT: return t * t * (3 - 2 * t);
	default: return t;
	}
}

int64_t control_ramp_step(struct control *c, struct ramp *r, int64_t sim_ns)
{
	double share = (double)(sim_ns - r->start_ns) / (double)r->over_ns;
	struct buf text;
	double v;

	if (!r->param || share >= 1)
		share = 1;
	else
		share = eased(r->shape, share);
	if (r->param) {
		/* On a logarithmic knob equal times are equal factors. */
		if (r->param->flags & PARAM_LOG && r->from > 0 && r->to > 0) {
			v = share < 1 ? r->from * mathx_exp(share * mathx_log(r->to / r->from)) : r->to;
		} else {
			v = share < 1 ? r->from + (r->to - r->from) * share : r->to;
		}
		buf_init(&text, 200);
		param_number_text(r->param, share < 1 ? param_round(r->param, v) : v, &text);
		if (param_set(r->param, r->knobs->opts, text.data, NULL) == 0 && r->knobs->hooks->changed)
			r->knobs->hooks->changed(r->knobs->of, r->param);
		buf_free(&text);
	}
	if (share < 1)
		return sim_ns + RAMP_STEP_NS < r->start_ns + r->over_ns ? sim_ns + RAMP_STEP_NS : r->start_ns + r->over_ns;
	list_take(&r->link);
	free(r);
	(void)c;
	return INT64_MAX;
}

