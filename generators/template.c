/*
 * Events that a user describes: those of the scenario's `events:`, of a JSON file, or of one text, each with a weight.
 *
 * Row i of an event type is the i-th event of that type in the module, whichever other types there are.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "base/words.h"
#include "generators/table.h"
#include "generators/template.h"
#include "value/template.h"

struct opts {
	char *emit, *template, *file;
};

static const struct param params[] = {
	P_PAIRS(struct opts, emit, .help = "Which events of the scenario, or of the file, each with its weight, which is a knob of its own: emit.EVENT; empty "
		"means all, with their own."),
	P_TEXT(struct opts, template, "", .flags = PARAM_PROGRAM, .help = "Instead of events of the scenario: the text of an event, with ${...}."),
	P_TEXT(struct opts, file, "", .help = "Instead of events of the scenario: a JSON template, whose path is relative to the scenario."),
	P_END
};

/* ---- the mix ---- */

void template_mix_set(struct template_mix *mix)
{
	double sum = 0;
	struct alias fresh = { 0 };

	for (unsigned i = 0; i < mix->n; i++)
		sum += mix->weights[i];
	mix->silent = !(sum > 0);
	if (!mix->silent && alias_init(&fresh, mix->weights, mix->n) == 0) {
		alias_free(&mix->alias);
		mix->alias = fresh;
	}
}

int template_mix_pick(const struct template_mix *mix, struct rng *rng)
{
	if (mix->n < 2)
		return 0;
	return mix->silent ? -1 : (int)alias_pick(&mix->alias, rng_next(rng));
}

/* ---- which events ---- */

struct chosen {
	char name[80], weight[40];
};

/* The next of the name=weight lines; false at their end. */
static bool next_chosen(const char **pairs, struct chosen *to)
{
	struct word_pair p;

	if (!words_next_pair(pairs, &p))
		return false;
	snprintf(to->name, sizeof to->name, "%.*s", (int)(p.key_n < 79 ? p.key_n : 79), p.key);
	snprintf(to->weight, sizeof to->weight, "%.*s", (int)(p.value_n < 39 ? p.value_n : 0), p.value);
	return true;
}

static bool read_weight(const struct chosen *c, double *to, struct err *e)
{
	if (num_real(c->weight, to, e) == 0 && *to >= 0 && *to <= 1e9)
		return true;
	err_set(e, ERR_INPUT, "emit: the weight of '%s' must be a number from 0, not '%s'", c->name, c->weight);
	return false;
}

/* What stands in `emit`, or would if its weight were turned. */
static bool can_be_chosen(const char *name)
{
	return strlen(name) < TEMPLATE_KNOB - sizeof "emit." + 1 && !strpbrk(name, "=\n");
}

static bool add_knob(struct template_state *st, unsigned i, const char *name, double weight)
{
	if (!can_be_chosen(name))
		return false;
	snprintf(st->names[i], sizeof st->names[i], "emit.%s", name);
	st->mix.weights[i] = weight;
	st->knobs[i] = (struct param){ .name = st->names[i], .type = PARAM_REAL, .flags = PARAM_LIVE | PARAM_PART, .offset = i * sizeof(double),
				       .def = weight, .help = "Weight of this event among those that the module makes; with all at 0 it makes none." };
	st->knobs[i + 1] = (struct param)P_END;
	return true;
}

/* Tries no event: those of a file are only looked at. */
static bool none_is_tried(void *arg, const char *event)
{
	(void)arg;
	(void)event;
	return true;
}

/* What the file describes, beside what else of the scenario its expressions see. */
static int read_file(const struct module *m, bool tried, struct arena *a, struct world *to, struct err *e)
{
	const char *file = ((const struct opts *)m->opts)->file;
	struct described found;
	struct report report;
	struct describer d = { .arena = a, .world = to, .report = &report, .elsewhere = tried ? NULL : none_is_tried };
	char path[4200];
	int result = 0;

	snprintf(path, sizeof path, "%s%s", to->folder && *file != '/' ? to->folder : "", file);
	report_init(&report, path);
	if (template_file(&d, path, &found) < 0) {
		report_err(&report, e);
		result = err_wrap(e, "file");
	}
	report_free(&report);
	to->events = found.events;
	to->event_n = result == 0 ? found.n : 0;
	return result;
}

static struct world world_of(const struct module *m)
{
	return m->world ? *(const struct world *)m->world : (struct world){ .locale = "en_US" };
}

/* A fader for each weight of the scenario or the file. What start() will refuse has none. */
static void parts(struct module *m)
{
	const struct opts *opt = m->opts;
	struct world w = world_of(m);
	struct template_state *st = m->state;
	const char *pairs = opt->emit;
	bool whole = !*opt->template;
	struct arena arena;
	struct chosen c;
	struct err ignored;
	double weight, most = 1;
	unsigned n = 0;

	arena_init(&arena);
	if (*opt->file && !*opt->emit)
		whole &= read_file(m, false, &arena, &w, &ignored) == 0;
	while (whole && n < TEMPLATE_TYPES && next_chosen(&pairs, &c)) {
		whole = read_weight(&c, &weight, NULL) && add_knob(st, n++, c.name, weight);
		most = fmax(most, weight);
	}
	for (unsigned i = 0; whole && !*opt->emit && i < w.event_n && i < TEMPLATE_TYPES; i++) {
		whole = add_knob(st, n++, w.events[i].name, w.events[i].weight);
		most = fmax(most, w.events[i].weight);
	}
	for (unsigned i = 0; whole && i < n; i++)
		st->knobs[i].max = 10 * most;
	module_lend(m, "emit", whole && n > 1 ? st->knobs : NULL, st->mix.weights);
	arena_free(&arena);
}

static void changed(struct module *m, const struct param *p)
{
	struct template_state *st = m->state;

	if (p->flags & PARAM_PART)
		template_mix_set(&st->mix);
}

static int take(struct module *m, const struct event_def *def, double weight, struct err *e)
{
	struct template_state *st = m->state;
	unsigned i = st->mix.n;

	if (i == TEMPLATE_TYPES)
		return err_set(e, ERR_INPUT, "more than %d events", TEMPLATE_TYPES);
	st->defs[i] = def;
	st->records[i] = record_new(def, &st->world, m->name, NULL, e);
	if (!st->records[i])
		return err_wrap(e, "event '%s'", def->name);
	st->mix.weights[i] = weight;
	st->mix.n++;
	st->handles[i] = module_declare(m, record_schema(st->records[i]), e);
	return st->handles[i] < 0 ? -1 : 0;
}

static int take_chosen(struct module *m, const char *pairs, struct err *e)
{
	const struct template_state *st = m->state;
	struct chosen c;
	double w;

	while (next_chosen(&pairs, &c)) {
		const struct event_def *def = world_event(&st->world, c.name, e);

		if (!def)
			return err_wrap(e, "emit");
		if (!read_weight(&c, &w, e) || take(m, def, w, e) < 0)
			return -1;
	}
	return 0;
}

static int start(struct module *m, struct err *e)
{
	const struct opts *opt = m->opts;
	struct template_state *st = m->state;
	int result = 0;

	arena_init(&st->arena);
	st->world = world_of(m);
	if (*opt->template && (*opt->emit || *opt->file))
		return err_set(e, ERR_INPUT, "template stands alone, without emit and file");
	if (*opt->file && read_file(m, true, &st->arena, &st->world, e) < 0)
		return -1;
	if (*opt->template) {
		st->line = (struct field_def){ .name = "line", .text = opt->template };
		st->own = (struct event_def){ .name = "event", .fields = &st->line, .n = 1, .raw = true };
		result = take(m, &st->own, 1, e);
	} else if (*opt->emit) {
		result = take_chosen(m, opt->emit, e);
	} else {
		for (unsigned i = 0; i < st->world.event_n && result == 0; i++)
			result = take(m, &st->world.events[i], st->world.events[i].weight, e);
	}
	if (result < 0)
		return -1;
	if (!st->mix.n)
		return err_set(e, ERR_INPUT, "there is nothing to make: the scenario has no `events:`, and the module neither `template:` nor `file:`");
	template_mix_set(&st->mix);
	/* All may stand at 0 until one is turned up. */
	return st->mix.silent || st->mix.alias.n ? 0 : err_memory(e);
}

static int make(struct module *m, struct err *e)
{
	struct template_state *st = m->state;
	int i = template_mix_pick(&st->mix, &m->rng);
	struct event *ev;

	if (UNLIKELY(i < 0))
		return 0;
	ev = module_event(m, st->handles[i], e);
	if (!ev || record_fill(st->records[i], ev, m->seed, st->made[i], m->name, m->start_ns, e) < 0)
		return -1;
	st->made[i]++;
	return module_emit(m, ev, e);
}

/* The event is counted already: its row is the one before. */
static void explain(const struct module *m, const struct event *ev, struct buf *to)
{
	const struct template_state *st = m->state;
	unsigned i = 0;

	while (i + 1 < st->mix.n && record_schema(st->records[i]) != ev->schema)
		i++;
	buf_printf(to, "made by\t%s, weight %g\n", st->defs[i]->name, st->mix.weights[i]);
	buf_printf(to, "stream\tseed %llu, '%s', '%s', row %llu\n", (unsigned long long)m->seed, m->name, st->defs[i]->name, (unsigned long long)st->made[i] - 1);
}

static void dump(const struct module *m, struct buf *b)
{
	const struct template_state *st = m->state;

	buf_text(b, "event,made\n");
	for (unsigned i = 0; i < st->mix.n; i++)
		buf_printf(b, "%s,%llu\n", record_schema(st->records[i])->name, (unsigned long long)st->made[i]);
}

/* The first number whose expression names the parameter, or the first field at all. */
static const struct leaf *shows(const struct module *m, const char *knob)
{
	const struct template_state *st = m->state;

	for (int numbers = 1; numbers >= 0; numbers--)
		for (unsigned i = 0; i < st->mix.n; i++)
			for (unsigned f = 0; f < st->defs[i]->n; f++) {
				const struct leaf *l = &record_schema(st->records[i])->leaves[f];

				if ((numbers ? leaf_is_number(l) : leaf_is_words(l)) && words_within(st->defs[i]->fields[f].text, knob))
					return l;
			}
	return NULL;
}

static void stop(struct module *m)
{
	struct template_state *st = m->state;

	for (unsigned i = 0; i < st->mix.n; i++)
		record_free(st->records[i]);
	alias_free(&st->mix.alias);
	arena_free(&st->arena);
}

const struct generator_class generator_template = {
	.name = "template", .summary = "events as a user describes them: fields and lines with ${...}", .params = params, .describes = true, .shows = shows,
	.parts = parts, .sketch = &template_sketch, .opts_size = sizeof(struct opts), .state_size = sizeof(struct template_state), .start = start,
	.make = make, .changed = changed, .explain = explain, .dump = dump, .stop = stop,
};
