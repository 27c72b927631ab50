/* Events of entities that are looked at. */
#include "entity/eye.h"

#include <stdlib.h>
#include <string.h>

#include "core/encode.h"

struct eye_form {
	struct eye_form *next;
	const struct schema *schema;
	struct encoder *encoder;
};

void eye_forget_types(struct eye *e)
{
	for (struct eye_form *f = e->forms, *next; f; f = next) {
		next = f->next;
		encoder_free(f->encoder);
		free(f);
	}
	e->forms = NULL;
}

void eye_free(struct eye *e)
{
	for (unsigned i = 0; i < EYE_ROOM; i++)
		free(e->ring[i].text);
	eye_forget_types(e);
	*e = (struct eye){ 0 };
}

static struct encoder *encoder_of(struct eye *e, const struct schema *s)
{
	static const struct form form = { .encoding = ENCODE_NDJSON, .envelope = ENVELOPE_NONE, .moments = MOMENTS_RFC3339 };
	struct eye_form *f = e->forms;

	while (f && f->schema != s)
		f = f->next;
	if (f)
		return f->encoder;
	f = calloc(1, sizeof *f);
	if (!f)
		return NULL;
	*f = (struct eye_form){ .next = e->forms, .schema = s, .encoder = encoder_new(s, form, "", NULL) };
	e->forms = f;
	return f->encoder;
}

static void keep(struct eye *e, const struct seen *of, const struct flow_op *op, const struct event *ev, const char *text)
{
	struct seen_event *to = &e->ring[e->events % EYE_ROOM];
	char *copy = strdup(text);

	if (!copy)
		return;
	free(to->text);
	*to = (struct seen_event){ .of = *of, .at_ns = ev->time_ns, .number = ev->number, .type = ev->schema->name, .flow = (uint16_t)op->flow,
				   .step = (uint16_t)op->step, .text = copy };
	e->events++;
}

static bool has(const struct flow_run *run, const struct seen *s)
{
	for (unsigned v = 0; v < run->plan->variable_n; v++)
		if (run->variables[v].id == s->id && run->variables[v].generation == s->generation && run->plan->variables[v].class == s->class)
			return true;
	return false;
}

static void put(struct encoder *form, const struct event *ev, struct buf *to)
{
	if (!form)
		return;
	encoder_put(form, ev, to);
	to->n -= to->n && to->data[to->n - 1] == '\n';
	to->n = to->n < EYE_TEXT ? to->n : EYE_TEXT;
	to->data[to->n] = '\0';
}

void eye_take(struct eye *e, const struct flow_run *run, const struct flow_op *op, const struct event *ev)
{
	struct buf b;

	buf_init(&b, 1 << 20);
	for (unsigned i = 0; i < e->n; i++) {
		if (!has(run, &e->on[i]))
			continue;
		if (!b.n)
			put(encoder_of(e, ev->schema), ev, &b);
		keep(e, &e->on[i], op, ev, b.data);
	}
	buf_free(&b);
}
