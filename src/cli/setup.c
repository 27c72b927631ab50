/* From the command line to a prepared engine. */
#include "cli/setup.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/num.h"
#include "base/suggest.h"
#include "base/words.h"
#include "cli/shipped.h"
#include "value/locale.h"

/* ---- reports ---- */

enum { SHOWN_MOST = 20 };

static int by_place(const void *a, const void *b)
{
	const struct complaint *const *p = a, *const *q = b;

	if ((*p)->line != (*q)->line)
		return (*p)->line < (*q)->line ? -1 : 1;
	return (*p)->column < (*q)->column ? -1 : (*p)->column > (*q)->column;
}

unsigned setup_print_report(struct report *r)
{
	const struct complaint *all[REPORT_MOST];
	unsigned n = 0;

	for (const struct complaint *c = r->first; c; c = c->next)
		all[n++] = c;
	qsort(all, n, sizeof *all, by_place);
	for (unsigned i = 0; i < n && i < SHOWN_MOST; i++) {
		if (all[i]->line && r->file)
			fprintf(stderr, "%s:%u:%u: %s\n", r->file, all[i]->line, all[i]->column, all[i]->text);
		else
			fprintf(stderr, "fluxdeck: %s\n", all[i]->text);
	}
	if (r->n > SHOWN_MOST)
		fprintf(stderr, "fluxdeck: and %u more\n", r->n - SHOWN_MOST);
	return r->n;
}

/* ---- the ad-hoc form ---- */

static int add_outputs(struct setup *s, const char *names, struct err *e)
{
	char name[80];

	if (!names[strspn(names, ", ")])
		return err_set(e, ERR_INPUT, "--output names no output");
	while (words_next(&names, name, sizeof name)) {
		const struct output_class *class = catalogue_output(s->cat, name, e);

		if (!class || engine_add_output(s->engine, name, class, e) < 0)
			return -1;
	}
	return 0;
}

/* --output with a scenario: its events go there instead of where it says. */
static int replace_outputs(struct setup *s, const char *names, struct err *e)
{
	char copy[200];
	const char *name;

	while ((name = engine_output_name(s->engine, 0))) {
		snprintf(copy, sizeof copy, "%s", name);
		engine_drop(s->engine, copy);
	}
	if (add_outputs(s, names, e) < 0)
		return -1;
	for (unsigned i = 0; (name = engine_module_name(s->engine, i)); i++) {
		snprintf(copy, sizeof copy, "%.64s.outputs", name);
		if (control_set(&s->control, copy, "", BY_FLAG, e) < 0)
			return -1;
	}
	return 0;
}

/* FluxFakr's names of generators, and what they mean here. */
static int alias_module(struct setup *s, const char *name, const char **generator, struct err *e)
{
	static const char *const known[] = { "stock", "market", "market-data", "supermarket", "langchain-data" };
	struct suggest g;
	char hint[80];

	s->fluxfakr = true;
	suggest_init(&g, name);
	for (size_t i = 0; i < COUNT_OF(known); i++) {
		suggest_try(&g, known[i]);
		if (strcmp(known[i], name) != 0)
			continue;
		*generator = i < 3 ? "market" : i == 3 ? "supermarket" : "prompt";
		return catalogue_generator(s->cat, *generator, e) ? 0 : -1;
	}
	return err_set(e, ERR_INPUT, "unknown module '%.60s'%s", name, suggest_text(&g, hint, sizeof hint));
}

static int set_flag(struct setup *s, const char *owner, const char *name, const char *value, struct err *e)
{
	char path[300];

	snprintf(path, sizeof path, "%.64s.%.200s", owner, name);
	return control_set(&s->control, path, value, BY_FLAG, e);
}

static int apply_aliases(struct setup *s, struct cli_args *a, const char *generator, bool kafka, struct err *e)
{
	const char *mps = cli_value(a, "mps"), *variants = cli_value(a, "variants"), *broker = cli_value(a, "broker");

	if (mps && set_flag(s, generator, "rate", mps, e) < 0)
		return err_wrap(e, "--mps");
	if (variants && set_flag(s, generator, strcmp(generator, "market") ? "stores" : "instruments", variants, e) < 0)
		return err_wrap(e, "--variants");
	if (broker && kafka && set_flag(s, "kafka", "brokers", broker, e) < 0)
		return err_wrap(e, "--broker");
	if (s->fluxfakr && strcmp(generator, "market") == 0)
		return set_flag(s, generator, "format", "fluxfakr", e);
	return 0;
}

static bool given(const struct cli_args *a, const char *name)
{
	for (unsigned i = 0; i < a->given_n; i++)
		if (strcmp(a->given[i].name, name) == 0)
			return true;
	return false;
}

static int make_ad_hoc(struct setup *s, struct cli_args *a, struct err *e)
{
	const char *generator = cli_value(a, "generator"), *module = cli_value(a, "module"), *outputs = cli_value(a, "output");
	const char *broker = cli_value(a, "broker");
	const struct generator_class *class;
	bool topic = given(a, "topic"), kafka;

	if (generator && module)
		return err_set(e, ERR_INPUT, "--module and --generator name the same thing; give one");
	if (module && alias_module(s, module, &generator, e) < 0)
		return -1;
	class = catalogue_generator(s->cat, generator, e);
	if (!class)
		return -1;
	if (module && !outputs) {
		if ((broker != NULL) != topic)
			return err_set(e, ERR_INPUT, "%s is missing: --broker and --topic go together", broker ? "--topic" : "--broker");
		outputs = broker ? "stdout,kafka" : "stdout";
	}
	if (add_outputs(s, outputs ? outputs : "stdout", e) < 0 || engine_add_module(s->engine, generator, class, e) < 0)
		return -1;
	kafka = engine_output(s->engine, "kafka") != NULL;
	if (broker && !kafka)
		return err_set(e, ERR_INPUT, "--broker needs the output kafka");
	s->scenario.name = generator;
	return apply_aliases(s, a, generator, kafka, e);
}

/* ---- parameter flags ---- */

/* Sets NAME.PARAM, or PARAM of the first module or output that has it; one that has it and refuses the value gives way to a later
 * one that takes it (`--format csv` is the output's, `--format fluxfakr` the market's). */
static int set_param(struct setup *s, const char *name, const char *value, struct err *e)
{
	struct err first = { 0 };
	struct suggest g;
	char hint[80];

	if (strchr(name, '.'))
		return control_set(&s->control, name, value, BY_FLAG, e);
	suggest_init(&g, name);
	for (int outputs = 0; outputs < 2; outputs++)
		list_each(l, &s->control.owners) {
			const struct knobs *k = container_of(l, struct knobs, link);
			bool is_output = engine_output(s->engine, k->prefix) != NULL;

			if (is_output != (bool)outputs || strcmp(k->prefix, "clock") == 0)
				continue;
			param_each(p, k->rows)
				suggest_try(&g, p->name);
			if (!param_find(k->rows, name))
				continue;
			if (set_flag(s, k->prefix, name, value, e) == 0)
				return 0;
			if (!first.code)
				first = *e;
		}
	if (first.code) {
		*e = first;
		return -1;
	}
	for (const struct cli_option *o = subcommand_run.options; o->name; o++)
		suggest_try(&g, o->name);
	if (g.best)
		snprintf(hint, sizeof hint, "; did you mean '--%s'?", g.best);
	return err_set(e, ERR_INPUT, "unknown option '--%.60s'%s", name, g.best ? hint : "");
}

/* `config=linger.ms=5` adds to the pairs that are there. */
static int set_text(struct setup *s, const char *path, const char *value, struct err *e)
{
	struct knobs *k;
	const struct param *p = control_find(&s->control, path, &k, NULL);
	struct buf b;
	int result = -1;

	buf_init(&b, 70000);
	if (p && p->type == PARAM_PAIRS) {
		param_text(p, k->opts, &b);
		if (b.n)
			buf_char(&b, '\n');
		if (!(p->flags & PARAM_PROGRAM))
			buf_text(&b, value);
		if (!(p->flags & PARAM_PROGRAM) || setting_read(value, &s->scenario.world, true, &b, e) == 0)
			result = set_param(s, path, b.data, e);
	} else if (setting_read(value, &s->scenario.world, !p || p->flags & PARAM_PROGRAM, &b, e) == 0) {
		result = set_param(s, path, b.data, e);
	}
	buf_free(&b);
	return result;
}

static int apply_flags(struct setup *s, struct cli_args *a, struct err *e)
{
	for (unsigned i = 0; i < a->given_n; i++) {
		struct cli_given *g = &a->given[i];
		char path[200], full[200];
		const char *eq;

		if (g->row && strcmp(g->row->name, "set") == 0) {
			eq = strchr(g->value, '=');
			if (!eq || eq == g->value || (size_t)(eq - g->value) >= sizeof path)
				return err_set(e, ERR_INPUT, "--set takes PATH=VALUE, not '%.60s'", g->value);
			snprintf(path, sizeof path, "%.*s", (int)(eq - g->value), g->value);
			if (!control_find(&s->control, path, NULL, e) || set_text(s, path, eq + 1, e) < 0)
				return err_wrap(e, "--set");
		} else if (!g->row) {
			snprintf(full, sizeof full, "%.150s", g->name);
			/* --config has no dot; its owner is found among the outputs. */
			if (strcmp(g->name, "config") == 0 || strcmp(g->name, "headers") == 0 || strcmp(g->name, "topics") == 0)
				snprintf(full, sizeof full, "kafka.%s", g->name);
			else if (strcmp(g->name, "paths") == 0)
				snprintf(full, sizeof full, "file.%s", g->name);
			if (set_text(s, full, g->value, e) < 0)
				return strstr(e->text, "unknown option") ? -1 : err_wrap(e, "--%s", g->name);
		}
	}
	return 0;
}

/* ---- the run's own options ---- */

/* In place of the scenario's; records are compiled later. */
static int apply_locale(struct setup *s, const char *text, struct err *e)
{
	if (locales_check(text, e) < 0)
		return err_wrap(e, "--locale");
	s->scenario.world.locale = text;
	engine_describe(s->engine, &s->scenario.world);
	return 0;
}

static int apply_settings(struct setup *s, struct cli_args *a, struct err *e)
{
	struct engine_settings *set = &s->scenario.set;
	const char *span = cli_value(a, "for"), *speed = cli_value(a, "speed"), *seed = cli_value(a, "seed"), *start = cli_value(a, "start");
	const char *events = cli_value(a, "events");
	int64_t v = 0;

	if (events && cli_value(a, "repeat"))
		return err_set(e, ERR_INPUT, "--events and --repeat are the same; give one");
	if (!events)
		events = cli_value(a, "repeat");
	if (span && (num_span(span, &set->for_ns, e) < 0 || set->for_ns <= 0))
		return e->code ? err_wrap(e, "--for") : err_set(e, ERR_INPUT, "--for must be longer than 0");
	if (cli_value(a, "drain")) {
		if (!set->for_ns)
			return err_set(e, ERR_INPUT, "--drain needs an end: give --for, or stop_after in the scenario's clock");
		set->drain = true;
	}
	if (events) {
		if (num_int(events, &v, e) < 0 || v < 1)
			return err_set(e, ERR_INPUT, "--events must be a whole number from 1, not '%.40s'", events);
		set->events = (uint64_t)v;
	}
	set->one_lane = set->events > 0;
	if (speed && strcmp(speed, "max") == 0)
		set->speed = INFINITY;
	else if (speed && (control_set(&s->control, "clock.speed", speed, BY_FLAG, e) < 0 || num_real(speed, &set->speed, e) < 0))
		return err_wrap(e, "--speed");
	if (seed) {
		if (num_int(seed, &v, e) < 0 || v < 0)
			return err_set(e, ERR_INPUT, "--seed must be a whole number from 0, not '%.40s'", seed);
		set->seed = (uint64_t)v;
	} else if (!s->scenario.has_seed) {
		uint32_t drawn = 1;

		/* Short enough to be read out and typed. */
		if (getrandom(&drawn, sizeof drawn, 0) < 0)
			drawn = (uint32_t)clock_wall_ns();
		set->seed = drawn % 1000000;
	}
	if (start && strcmp(start, "now") != 0) {
		if (num_instant(start, &set->start_ns, e) < 0)
			return err_wrap(e, "--start");
	} else if (start || !s->scenario.has_start) {
		s->from_now = true;
		set->start_ns = clock_epoch_ns() / 1000000 * 1000000;
	}
	if (set->for_ns > INT64_MAX - set->start_ns)
		return err_set(e, ERR_INPUT, "the run would end after the year 2262");
	set->hash = cli_value(a, "hash") != NULL;
	return cli_value(a, "locale") ? apply_locale(s, cli_value(a, "locale"), e) : 0;
}

static int refuse(const struct err *e)
{
	return cli_refuse("%s", e->text);
}

const char *setup_read(struct setup *s, const char *name, size_t *n, struct err *e)
{
	const struct shipped *ready = shipped_find(shipped_scenarios, name);
	struct suggest g;
	char hint[80], text[sizeof e->text];

	if (ready) {
		*n = strlen(ready->text);
		return ready->text;
	}
	if (strlen(name) > 3 && strcmp(name + strlen(name) - 3, ".py") == 0) {
		err_set(e, ERR_INPUT, "'%.200s' is a program, and a scenario is a file that describes one; see fluxdeck(5)", name);
		return NULL;
	}
	s->text = scenario_read_file(name, n, e);
	if (s->text)
		return s->text;
	suggest_init(&g, name);
	for (const struct shipped *sh = shipped_scenarios; sh->name; sh++)
		suggest_try(&g, sh->name);
	memcpy(text, e->text, sizeof text);
	err_set(e, ERR_INPUT, "%.390s%s", text, suggest_text(&g, hint, sizeof hint));
	return NULL;
}

static int load_scenario(struct setup *s, const char *name)
{
	struct err e;
	size_t n;
	const char *text = setup_read(s, name, &n, &e);

	if (!text)
		return refuse(&e);
	s->report.file = name;
	if (scenario_load(&s->scenario, text, n, s->engine, &s->control, s->cat, &s->report) < 0) {
		setup_print_report(&s->report);
		return EXIT_REFUSED;
	}
	return 0;
}

int setup_prepare(struct setup *s, const struct catalogue *cat, struct cli_args *a, bool demo_if_empty)
{
	struct err e = { 0 };
	bool ad_hoc = cli_value(a, "generator") || cli_value(a, "module");
	int status = 0;

	*s = (struct setup){ .cat = cat };
	control_init(&s->control);
	presets_init(&s->presets);
	scenario_init(&s->scenario);
	report_init(&s->report, NULL);
	s->loop = loop_new(&e);
	s->engine = s->loop ? engine_new(cat, &s->control, s->loop, &e) : NULL;
	if (!s->engine)
		return refuse(&e);
	if (cli_value(a, "chdir") && chdir(cli_value(a, "chdir")) < 0)
		return cli_refuse("--chdir %.200s: %s", cli_value(a, "chdir"), strerror(errno));
	if (cli_value(a, "prompt"))
		return cli_refuse("--prompt: this version has no generator 'prompt'");
	if (a->rest_n > 1)
		return cli_refuse("one scenario at a time, not '%.60s' as well", a->rest[1]);
	if (a->rest_n && ad_hoc)
		return cli_refuse("a scenario and --generator or --module exclude each other");
	if (ad_hoc)
		status = make_ad_hoc(s, a, &e) < 0 ? refuse(&e) : 0;
	else if (a->rest_n || demo_if_empty)
		status = load_scenario(s, a->rest_n ? a->rest[0] : "demo");
	else
		return cli_refuse("what should run? name a scenario file, or --generator (fluxdeck list scenarios)");
	if (status)
		return status;
	if (!ad_hoc && cli_value(a, "output") && replace_outputs(s, cli_value(a, "output"), &e) < 0)
		return refuse(&e);
	if (apply_settings(s, a, &e) < 0 || apply_flags(s, a, &e) < 0)
		return refuse(&e);
	if (scenario_prepare(&s->scenario, s->engine, &s->report) < 0) {
		setup_print_report(&s->report);
		return EXIT_REFUSED;
	}
	return 0;
}

void setup_free(struct setup *s)
{
	engine_free(s->engine);
	control_free(&s->control);
	presets_free(&s->presets);
	scenario_free(&s->scenario);
	report_free(&s->report);
	loop_free(s->loop);
	free(s->text);
}
