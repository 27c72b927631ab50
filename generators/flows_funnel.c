/* Flows for the eye: where an event comes from. */
#include "generators/flows.h"

#include <string.h>

#include "base/num.h"
#include "entity/step_text.h"

/* ---- an event ---- */

/* A key may be any text; here lines mean something. */
static void put_key(const struct class *c, uint32_t id, struct buf *to)
{
	size_t from = to->n;

	entity_text(c, entity_at(c, id), FIELD_KEY, to);
	for (size_t i = from; i < to->n; i++)
		if (to->data[i] == '\n' || to->data[i] == '\t')
			to->data[i] = ' ';
}

/* Those that the flow has, with their keys. */
static void put_entities(const struct flow_run *run, struct buf *to)
{
	const char *between = "has\t";

	for (unsigned v = 0; v < run->plan->variable_n; v++) {
		const struct class *c = run->plan->variables[v].class;
		const struct ref *r = &run->variables[v];

		if (r->id == NOBODY || !entity_is(c, r->id, r->generation))
			continue;
		buf_printf(to, "%s%s ", between, run->plan->variables[v].name);
		if (strcmp(run->plan->variables[v].name, c->def->name) != 0)
			buf_printf(to, "(%s) ", c->def->name);
		put_key(c, r->id, to);
		buf_text(to, run->held >> v & 1 ? " held" : "");
		between = ", ";
	}
	if (*between == ',')
		buf_char(to, '\n');
}

static void put_definition(const struct step_def *s, const struct event *ev, struct buf *to)
{
	buf_printf(to, "made by\tevents.%s", ev->schema->name);
	for (unsigned i = 0; s && i < s->with_n; i++)
		buf_printf(to, "%s%s", i ? ", " : ", with other ", s->with[i].name);
	buf_char(to, '\n');
}

static void explain_initial(const struct flows *f, const struct event *ev, struct buf *to)
{
	buf_printf(to, "flow\tnone: initial population of %s, number %llu\n", f->created, (unsigned long long)f->row + 1);
	put_definition(NULL, ev, to);
	buf_printf(to, "stream\tseed %llu, 'initial', '%s', row %llu\n", (unsigned long long)f->module->seed, f->created, (unsigned long long)f->row);
}

void flows_explain(const struct flows *f, const struct event *ev, struct buf *to)
{
	const struct flow_run *run = f->doing;
	const struct flow_def *at;
	const struct step_def *s;
	char started[NUM_TEXT];
	struct buf step;

	if (!f->at) {
		explain_initial(f, ev, to);
		return;
	}
	at = &f->plans.model->flows[f->at->flow];
	s = step_numbered(at, f->at->step);
	buf_init(&step, 4096);
	if (s)
		step_text(s, &step);
	buf_printf(to, "flow\t%s", run->plan->def->name);
	if (at != run->plan->def)
		buf_printf(to, ", called %s", at->name);
	buf_printf(to, ", step %u: %s\n", f->at->step, step.data);
	buf_free(&step);
	num_put_instant(started, run->started_ns, 3);
	buf_printf(to, "launch\t%llu of the flow, session %s, since %.12s\n", (unsigned long long)run->launch + 1, run->session, started + 11);
	put_entities(run, to);
	put_definition(s, ev, to);
	buf_printf(to, "stream\tseed %llu, '%s', '%s', row %llu\n", (unsigned long long)f->module->seed, f->module->name, run->plan->def->name,
		   (unsigned long long)f->row);
}
