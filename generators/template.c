/*
 * Events that a user describes: those of the scenario's `events:`, of a JSON file, or of one text, each with a weight.
 *
 * Row i of an event type is the i-th event of that type in the module, whichever other types there are.
 */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/num.h"
#include "generators/table.h"
#include "value/template.h"

enum { TYPES = 64 };

struct opts {
	char *emit, *template, *file;
};

static const struct param params[] = {
	P_PAIRS(struct opts, emit, .help = "Which events of the scenario, each with its weight; empty means all, with their own."),
	P_TEXT(struct opts, template, "", .flags = PARAM_PROGRAM, .help = "Instead of events of the scenario: the text of an event, with ${...}."),
	P_TEXT(struct opts, file, "", .help = "Instead of events of the scenario: a JSON template, whose path is relative to the scenario."),
	P_END
};

struct state {
	struct arena arena;             /* of the events of a file */
	const struct event_def *defs[TYPES];
	struct record *records[TYPES];
	int handles[TYPES];
	uint64_t made[TYPES];
	double weights[TYPES];
	struct alias alias;
	unsigned n;
	struct field_def line;
	struct event_def own;
};

static int take(struct module *m, const struct event_def *def, double weight, struct err *e)
{
	struct state *st = m->state;

	if (st->n == TYPES)
		return err_set(e, ERR_INPUT, "more than %d events", TYPES);
	st->records[st->n] = record_new(def, m->world, m->name, NULL, e);
	if (!st->records[st->n])
		return err_wrap(e, "event '%s'", def->name);
	st->weights[st->n] = weight;
	st->defs[st->n] = def;
	st->handles[st->n] = module_declare(m, record_schema(st->records[st->n]), e);
	return st->handles[st->n++] < 0 ? -1 : 0;
}

/* name=weight lines. */
static int take_chosen(struct module *m, const char *pairs, struct err *e)
{
	while (*pairs) {
		size_t n = strcspn(pairs, "\n"), key = strcspn(pairs, "=");
		char name[80], weight[40];
		const struct event_def *def;
		double w;

		snprintf(name, sizeof name, "%.*s", (int)(key < 79 ? key : 79), pairs);
		snprintf(weight, sizeof weight, "%.*s", (int)(n > key && n - key - 1 < 39 ? n - key - 1 : 0), pairs + key + 1);
		def = world_event(m->world, name, e);
		if (!def)
			return err_wrap(e, "emit");
		if (num_real(weight, &w, e) < 0 || w < 0)
			return err_set(e, ERR_INPUT, "emit: the weight of '%s' must be a number from 0, not '%s'", name, weight);
		if (take(m, def, w, e) < 0)
			return -1;
		pairs += n + (pairs[n] == '\n');
	}
	return 0;
}

static int take_file(struct module *m, const char *file, struct err *e)
{
	static const struct world nothing = { .locale = "en_US" };
	struct state *st = m->state;
	const struct world *w = m->world ? m->world : &nothing;
	struct described found;
	struct report report;
	struct describer d = { .arena = &st->arena, .world = w, .report = &report };
	char path[4200];
	int result = 0;

	snprintf(path, sizeof path, "%s%s", w->folder && *file != '/' ? w->folder : "", file);
	report_init(&report, path);
	if (template_file(&d, path, &found) < 0) {
		report_err(&report, e);
		result = err_wrap(e, "file");
	}
	report_free(&report);
	for (unsigned i = 0; i < found.n && result == 0; i++)
		result = take(m, &found.events[i], found.events[i].weight, e);
	return result;
}

static int start(struct module *m, struct err *e)
{
	const struct opts *opt = m->opts;
	const struct world *w = m->world;
	struct state *st = m->state;
	int result = 0;

	arena_init(&st->arena);
	if ((*opt->template != 0) + (*opt->emit != 0) + (*opt->file != 0) > 1)
		return err_set(e, ERR_INPUT, "emit, template and file exclude each other");
	if (*opt->template) {
		st->line = (struct field_def){ .name = "line", .text = opt->template };
		st->own = (struct event_def){ .name = "event", .fields = &st->line, .n = 1, .raw = true };
		result = take(m, &st->own, 1, e);
	} else if (*opt->file) {
		result = take_file(m, opt->file, e);
	} else if (*opt->emit) {
		result = take_chosen(m, opt->emit, e);
	} else {
		for (unsigned i = 0; w && i < w->event_n && result == 0; i++)
			result = take(m, &w->events[i], w->events[i].weight, e);
	}
	if (result < 0)
		return -1;
	if (!st->n)
		return err_set(e, ERR_INPUT, "there is nothing to make: the scenario has no `events:`, and the module neither `template:` nor `file:`");
	return alias_init(&st->alias, st->weights, st->n) < 0 ? err_set(e, ERR_INPUT, "%s: the weights cannot all be 0", *opt->file ? "file" : "emit") : 0;
}

static int make(struct module *m, struct err *e)
{
	struct state *st = m->state;
	unsigned i = st->n > 1 ? alias_pick(&st->alias, rng_next(&m->rng)) : 0;
	struct event *ev = module_event(m, st->handles[i], e);

	if (!ev || record_fill(st->records[i], ev, m->seed, st->made[i], m->name, m->start_ns, e) < 0)
		return -1;
	st->made[i]++;
	return module_emit(m, ev, e);
}

static void dump(const struct module *m, struct buf *b)
{
	const struct state *st = m->state;

	buf_text(b, "event,made\n");
	for (unsigned i = 0; i < st->n; i++)
		buf_printf(b, "%s,%llu\n", record_schema(st->records[i])->name, (unsigned long long)st->made[i]);
}

static bool has_word(const char *text, const char *word)
{
	size_t n = strlen(word);

	for (const char *at = text; (at = strstr(at, word)); at += n)
		if ((at == text || !(isalnum((unsigned char)at[-1]) || at[-1] == '_')) && !(isalnum((unsigned char)at[n]) || at[n] == '_'))
			return true;
	return false;
}

/* The first number whose expression names the parameter. */
static const char *shows(const struct module *m, const char *knob)
{
	const struct state *st = m->state;

	for (unsigned i = 0; i < st->n; i++) {
		const struct schema *s = record_schema(st->records[i]);
		const struct event_def *def = st->defs[i];

		for (unsigned f = 0; f < def->n; f++)
			for (unsigned k = 0; has_word(def->fields[f].text, knob) && k < s->leaf_n; k++)
				if (strcmp(s->leaves[k].name, def->fields[f].name) == 0 && (s->leaves[k].kind == KIND_REAL || s->leaves[k].kind == KIND_INT ||
				    s->leaves[k].kind == KIND_DECIMAL))
					return s->leaves[k].name;
	}
	return NULL;
}

static void stop(struct module *m)
{
	struct state *st = m->state;

	for (unsigned i = 0; i < st->n; i++)
		record_free(st->records[i]);
	alias_free(&st->alias);
	arena_free(&st->arena);
}

const struct generator_class generator_template = {
	.name = "template", .summary = "events as a user describes them: fields and lines with ${...}", .params = params, .describes = true, .shows = shows,
	.opts_size = sizeof(struct opts), .state_size = sizeof(struct state), .start = start, .make = make, .dump = dump, .stop = stop,
};
