/* fluxdeck generate: values of one kind, texts or records on standard output; the parameters of a value as flags. */
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/num.h"
#include "base/suggest.h"
#include "cli/generate_list.h"
#include "cli/produce.h"
#include "cli/setup.h"
#include "value/combined.h"
#include "value/field_list.h"
#include "value/modify.h"
#include "value/template.h"

enum { GENERATE_MOST = 1000000000 };

static const struct cli_option options[] = {
	{ "n", "N", "how many (also -n N, --count N; default 1)" },
	{ "seed", "N", "seed; the same seed gives the same values" },
	{ "row", "N", "number of the first value (default 0): value i can be made alone" },
	{ "now", "INSTANT", "what relative times count from (default: the present, or 2024-01-01 with --seed)" },
	{ "step", "SPAN", "how much later each value is made than the one before (also --now-step; default 0)" },
	{ "locale", "LOCALE", "like de_DE, or a mix like en_US=0.7,de_DE=0.3 (default en_US)" },
	{ "format", "text|json|csv|ndjson|pretty", "how values are written (also -f, --output-format); records without it as ndjson" },
	{ "json", NULL, "the same as --format ndjson" },
	{ "pretty", NULL, "a JSON array, indented (also --format pretty)" },
	{ "capitalize", NULL, "the same as --case title; --lowercase and --uppercase are its other cases" },
	{ "industry", "base|health|aviation", "only a value of it; never needed" },
	{ "template", "TEXT|@FILE", "instead of a value: a text with ${...}, like '${first_name} <${email}>', or a JSON template" },
	{ "fields", "FIELD,...", "instead of a value: records of these, like 'id=uuid4, name, qty=random_int(1, 9)'" },
	{ "output", "FILE", "write there (also -o FILE)" },
	{ "list", NULL, "instead of a value: all names, sorted (also -l); with --category or --industry only those" },
	{ "category", "CATEGORY", "instead of a value: the names of values of it" },
	{ "categories", NULL, "instead of a value: the names of categories (also -c)" },
	{ "params", "VALUE", "instead of a value: its parameters (also -p); --params-all: those of all values" },
	{ "verbose", NULL, "say seed and now on standard error (also -v)" },
	{ "help", NULL, "this text" },
	{ .name = NULL },
};

/* What the flags say. */
struct wish {
	struct generate g;
	const char *template, *fields;  /* instead of a value */
	const char *industry, *letter_case;     /* letter_case: the flag that said it */
	bool has_seed, has_now, verbose;
	const char *path;
};

/* ---- flags ---- */

static int read_format(struct wish *w, const char *text)
{
	static const char *const names[] = { "text", "json", "csv", "ndjson" };

	w->g.pretty |= strcmp(text, "pretty") == 0;
	if (strcmp(text, "pretty") == 0)
		text = "json";
	for (int i = 0; i < 4; i++)
		if (strcmp(names[i], text) == 0) {
			w->g.format = (enum format)i;
			return 0;
		}
	return cli_refuse("--format is text, json, csv, ndjson or pretty, not '%.40s'", text);
}

static int read_whole(const char *flag, const char *text, uint64_t least, uint64_t most, uint64_t *to)
{
	struct err e;
	int64_t v;

	if (num_int(text, &v, &e) < 0 || v < 0 || (uint64_t)v < least || (uint64_t)v > most)
		return cli_refuse("%s takes %llu to %llu, not '%.40s'", flag, (unsigned long long)least, (unsigned long long)most, text);
	*to = (uint64_t)v;
	return 0;
}

/* One of our own flags; -1: it is none of them. */
static int own_flag(struct wish *w, const char *name, const char *value)
{
	struct err e;

	if (strcmp(name, "n") == 0 || strcmp(name, "count") == 0)
		return read_whole("-n", value, 1, GENERATE_MOST, &w->g.n);
	if (strcmp(name, "seed") == 0) {
		w->has_seed = true;
		return read_whole("--seed", value, 0, INT64_MAX, &w->g.seed);
	}
	if (strcmp(name, "row") == 0)
		return read_whole("--row", value, 0, INT64_MAX / 2, &w->g.row);
	if (strcmp(name, "now") == 0) {
		w->has_now = true;
		return num_instant(value, &w->g.now_ns, &e) < 0 ? cli_refuse("--now: %s", e.text) : 0;
	}
	if (strcmp(name, "template") == 0) {
		w->template = value;
		return 0;
	}
	if (strcmp(name, "fields") == 0) {
		w->fields = value;
		return 0;
	}
	if (strcmp(name, "step") == 0 || suggest_same(name, "now_step"))
		return num_span(value, &w->g.step_ns, &e) < 0 ? cli_refuse("--%s: %s", name, e.text) : 0;
	if (strcmp(name, "locale") == 0) {
		if (locales_check(value, &e) < 0)
			return cli_refuse("--%s", e.text);
		w->g.world.locale = value;
		return 0;
	}
	if (strcmp(name, "format") == 0 || suggest_same(name, "output-format") || strcmp(name, "f") == 0)
		return read_format(w, value);
	if (strcmp(name, "output") == 0 || strcmp(name, "o") == 0) {
		w->path = value;
		return 0;
	}
	if (strcmp(name, "industry") == 0) {
		w->industry = value;
		return industry_known(value) ? 0 : cli_refuse("--industry is base, health or aviation, not '%.40s'", value);
	}
	return -1;
}

/* Is it one of own_flag()? */
static bool is_own_flag(const char *name)
{
	static const char *const more[] = { "count", "output-format", "now-step", "f", "o" };

	for (size_t i = 0; i < COUNT_OF(more); i++)
		if (suggest_same(more[i], name))
			return true;
	for (const struct cli_option *o = options; o->name; o++)
		if (o->arg && strcmp(o->name, name) == 0)
			return strcmp(name, "category") != 0 && strcmp(name, "params") != 0;
	return false;
}

static bool own_switch(struct wish *w, const char *name)
{
	if (strcmp(name, "json") == 0)
		return read_format(w, "ndjson") == 0;
	if (strcmp(name, "verbose") == 0 || strcmp(name, "v") == 0)
		w->verbose = true;
	else if (strcmp(name, "pretty") == 0)
		w->g.pretty = true;
	else
		return false;
	return true;
}

static int set_parameter(struct wish *w, const char *name, const char *value)
{
	struct err e;

	for (unsigned i = 0; i < w->g.locales.n; i++)
		if (call_set(w->g.calls[i], name, value, &e) < 0)
			return cli_refuse("%s", e.text);
	return 0;
}

/* A bool of the value needs no text: --special, --no-special. */
static bool bool_flag(struct wish *w, const char *name, const char *equals, int *status)
{
	bool no = strncmp(name, "no-", 3) == 0;
	const struct param *p = w->g.call ? call_param(w->g.call, no ? name + 3 : name) : NULL;

	if (!p || p->type != PARAM_BOOL || equals)
		return false;
	*status = set_parameter(w, p->name, no ? "false" : "true");
	return true;
}

/* --uppercase and its like, which are the parameter or modifier `case`. */
static bool case_flag(struct wish *w, const char *name, const char *equals, int *status)
{
	static const struct { const char *name, *is; } cases[] = { { "capitalize", "title" }, { "lowercase", "lower" }, { "uppercase", "upper" } };

	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		if (strcmp(cases[i].name, name) != 0 || (equals && strcmp(equals, "=true") != 0) || !w->g.call || call_param(w->g.call, name))
			continue;
		if (w->letter_case && strcmp(w->letter_case, cases[i].name) != 0)
			*status = cli_refuse("--%s and --%s exclude each other", w->letter_case, cases[i].name);
		else
			*status = set_parameter(w, "case", cases[i].is);
		w->letter_case = cases[i].name;
		return true;
	}
	return false;
}

/* Of a flag that nobody knows, whatever stands behind it. */
static int unknown_flag(const struct wish *w, const char *dashes, const char *name)
{
	const char *say = generate_instead(name);
	struct err e;

	if (say)
		return cli_refuse("%s%s%s%.60s: %s", w->g.call ? w->g.call->is->name : "", w->g.call ? " has no " : "", dashes, name, say);
	if (!w->g.call || !dashes[1])
		return cli_refuse("unknown option '%s%.60s' (fluxdeck generate --help)", dashes, name);
	call_set(w->g.call, name, "", &e);
	return cli_refuse("%s", e.text);
}

static int read_flags(struct wish *w, const struct cli_args *a, unsigned first)
{
	for (unsigned i = first; i < a->rest_n; i++) {
		const char *word = a->rest[i], *equals = strchr(word, '=');
		char name[80];
		const char *value;
		bool letter = word[0] == '-' && word[1] && word[1] != '-', parameter;
		int status;

		if (word[0] != '-' || !word[1])
			return w->g.call || w->template || w->fields ? cli_refuse("one value at a time, not '%.60s' as well", word) :
			       cli_refuse("the value comes first: fluxdeck generate %.60s %.60s...", word, a->rest[0]);
		word += word[1] == '-' ? 2 : 1;
		snprintf(name, sizeof name, "%.*s", (int)(equals ? equals - word < 79 ? equals - word : 79 : 79), word);
		if (own_switch(w, name))
			continue;
		if (bool_flag(w, name, equals, &status)) {
			if (status)
				return status;
			continue;
		}
		if (case_flag(w, name, equals, &status)) {
			if (status)
				return status;
			continue;
		}
		/* A parameter of the value goes before a flag of ours that has its name; -n and -o are always ours. */
		parameter = !letter && w->g.call && strcmp(name, "locale") != 0 && call_param(w->g.call, name);
		if (!parameter && !is_own_flag(name))
			return unknown_flag(w, letter ? "-" : "--", name);
		value = equals ? equals + 1 : i + 1 < a->rest_n ? a->rest[++i] : NULL;
		if (!value)
			return cli_refuse("%s%s needs a value", letter ? "-" : "--", name);
		status = parameter ? set_parameter(w, name, value) : own_flag(w, name, value);
		if (status)
			return status;
	}
	return 0;
}

static int print_help(const struct provider *p)
{
	struct buf b;

	buf_init(&b, 65536);
	if (p) {
		generate_params(p, &b);
		buf_text(&b, "Modifiers, of every value:\n");
		param_each(q, modifier_rows)
			if (!p->params || !param_find(p->params, q->name))
				param_usage((const struct param[]){ *q, P_END }, &b);
		fwrite(b.data, 1, b.n, stdout);
	}
	buf_free(&b);
	cli_print_help(&subcommand_generate);
	return EXIT_DONE;
}

/* Instants go from 1970 to the end of 2250. */
static bool in_time(const struct generate *g)
{
	__int128 last = (__int128)g->now_ns + (__int128)(g->row + g->n - 1) * g->step_ns;

	return last >= 0 && last < INT64_C(8867491200000000000) && (__int128)g->row * g->step_ns + g->now_ns >= 0;
}

static int generate(struct wish *w)
{
	struct generate *g = &w->g;
	char when[NUM_TEXT];
	FILE *f;
	int status;

	if (!w->has_seed && getrandom(&g->seed, sizeof g->seed, 0) != (ssize_t)sizeof g->seed)
		g->seed = (uint64_t)clock_epoch_ns();
	g->seed &= INT64_MAX;
	if (g->pretty && g->format != FORMAT_ANY && g->format != FORMAT_JSON)
		return cli_refuse("--pretty: only an array is indented, that of --format json");
	if (g->pretty)
		g->format = FORMAT_JSON;
	if (!w->has_now)
		g->now_ns = w->has_seed ? 1704067200000000000 : clock_epoch_ns();
	if (!in_time(g))
		return cli_refuse("--step: %llu values of it leave the years 1970 to 2250", (unsigned long long)g->n);
	f = w->path ? fopen(w->path, "w") : NULL;
	if (w->path && !f)
		return cli_refuse("cannot write '%s': %s", w->path, strerror(errno));
	num_put_instant(when, g->now_ns, 3);
	if (w->verbose)
		fprintf(stderr, "--seed %llu --now %s\n", (unsigned long long)g->seed, when);
	status = produce(g, f ? fileno(f) : STDOUT_FILENO);
	if (f && fclose(f) != 0)
		status = EXIT_FAILED;
	return status;
}

/* ---- without a value ---- */

/* @FILE, where a text that begins so would have nothing to fill in. */
static bool names_file(const char *template)
{
	return template[0] == '@' && template[1] && !expr_next(template);
}

static int describe_file(struct wish *w, struct arena *a)
{
	struct report report;
	struct describer d = { .arena = a, .world = &w->g.world, .report = &report };
	int status = 0;

	report_init(&report, w->template + 1);
	if (template_file(&d, w->template + 1, &w->g.events) < 0) {
		setup_print_report(&report);
		status = EXIT_REFUSED;
	}
	report_free(&report);
	return status;
}

/* Events as `template`, `@FILE` or `fields` describe them; a text is an event of one field. */
static int describe(struct wish *w, struct arena *a)
{
	struct generate *g = &w->g;
	struct field_def *line = arena_take(a, sizeof *line);
	struct event_def *one = arena_take(a, sizeof *one);
	struct err e;
	int status = 0;

	if (!line || !one)
		return cli_refuse("out of memory");
	g->events = (struct described){ .events = one, .n = 1 };
	g->events_from = w->fields ? "--fields" : "--template";
	if (w->fields) {
		if (field_list(w->fields, &g->world, a, one, &e) < 0)
			return cli_refuse("--fields: %s", e.text);
	} else if (names_file(w->template)) {
		status = describe_file(w, a);
	} else {
		*line = (struct field_def){ .name = "line", .text = w->template };
		*one = (struct event_def){ .name = "line", .fields = line, .n = 1, .raw = true, .weight = 1 };
	}
	/* ref() may be of any of them. */
	g->world.events = g->events.events;
	g->world.event_n = g->events.n;
	if (status == 0 && g->events.n > 1 && g->format == FORMAT_CSV)
		return cli_refuse("%s: %u events have no columns in common; csv takes one", g->events_from, g->events.n);
	return status;
}

static int run_events(struct wish *w, const struct cli_args *a)
{
	struct arena arena;
	int status = read_flags(w, a, 0);

	if (status)
		return status;
	if (!w->template == !w->fields)
		return w->fields ? cli_refuse("--template and --fields exclude each other") : cli_refuse("which value? (fluxdeck list values)");
	arena_init(&arena);
	status = describe(w, &arena);
	if (status == 0)
		status = generate(w);
	arena_free(&arena);
	return status;
}

static int open_calls(struct generate *g, const struct provider *p, const char *preset, struct err *e)
{
	if (locales_read(&g->locales, g->world.locale, "", e) < 0)
		return -1;
	for (unsigned i = 0; i < g->locales.n; i++)
		if (!(g->calls[i] = call_new(p, g->locales.names[i], e)) || call_preset(g->calls[i], preset, e) < 0)
			return -1;
	g->call = g->calls[0];
	return 0;
}

/* Files of expressions are below the current folder; one that the command line itself names may be anywhere. */
static int go_beside(struct generate *g, char *folder, size_t room)
{
	const struct param *p = param_find(g->call->is->params, "path");
	const char *name, *slash;
	char last[256];
	struct err e;

	/* The table of sql is in a database. */
	p = p || param_find(g->call->is->params, "fields") ? p : param_find(g->call->is->params, "table");
	if (!p)
		return 0;
	name = *(char *const *)(void *)((char *)g->call->opts + p->offset);
	slash = strrchr(name, '/');
	if (!slash || (name[0] != '/' && strncmp(name, "../", 3) != 0))
		return 0;
	snprintf(folder, room, "%.*s", (int)(slash + 1 - name), name);
	snprintf(last, sizeof last, "%s", slash + 1);
	g->world.folder = folder;
	return param_set(p, g->call->opts, last, &e) < 0 ? cli_refuse("%s: %s", g->call->is->name, e.text) : 0;
}

/* A combinator is an expression: it is made as the only field of records. */
static int run_combined(struct wish *w)
{
	struct generate *g = &w->g;
	struct combined_text text;
	struct record *try = NULL;
	struct field_def field = { .name = g->call->is->name, .expression = true };
	struct event_def def = { .name = "fields", .fields = &field, .n = 1, .weight = 1 };
	char folder[PATH_MAX];
	struct err e;
	int status = go_beside(g, folder, sizeof folder);

	if (status)
		return status;
	if (combined_expression(g->call, &text, &e) < 0)
		status = cli_refuse("%s", e.text);
	field.text = text.text.data;
	g->events = (struct described){ .events = &def, .n = 1 };
	g->events_from = field.name;
	g->bare = true;
	g->call = NULL;
	g->world.events = &def;
	g->world.event_n = 1;
	if (status == 0 && !(try = record_new(&def, &g->world, "try", NULL, &e))) {
		combined_wrong(&text, &e);
		status = cli_refuse("%s", e.text);
	}
	record_free(try);
	if (status == 0)
		status = generate(w);
	combined_free(&text);
	return status;
}

static int run(const struct catalogue *cat, struct cli_args *a)
{
	struct wish w = { .g = { .n = 1, .format = FORMAT_ANY, .world = { .locale = "en_US" } } };
	struct generate *g = &w.g;
	char preset[200];
	const struct provider *p;
	struct err e;
	int status = 0;

	(void)cat;
	if (generate_lists(a, &status))
		return status;
	if (!a->rest_n || strcmp(a->rest[0], "--help") == 0)
		return a->rest_n ? print_help(NULL) : cli_refuse("which value? (fluxdeck list values)");
	if (a->rest[0][0] == '-')
		return run_events(&w, a);
	p = provider_find(a->rest[0], preset, sizeof preset, &e);
	if (!p)
		return cli_refuse("%s (fluxdeck list values)", e.text);
	for (unsigned i = 1; i < a->rest_n; i++)
		if (strcmp(a->rest[i], "--help") == 0)
			return print_help(p);
	/* The locale decides which tables a call binds: it is looked for first. */
	for (unsigned i = 1; i < a->rest_n; i++)
		if (strncmp(a->rest[i], "--locale", 8) == 0)
			g->world.locale = a->rest[i][8] == '=' ? a->rest[i] + 9 : i + 1 < a->rest_n ? a->rest[i + 1] : g->world.locale;
	status = open_calls(g, p, preset, &e) < 0 ? cli_refuse("%s", e.text) : 0;
	if (status == 0)
		status = read_flags(&w, a, 1);
	if (status == 0 && (w.template || w.fields))
		status = cli_refuse("%s is instead of a value, not with '%s'", w.template ? "--template" : "--fields", p->name);
	if (status == 0 && w.industry && !industry_has(w.industry, p))
		status = cli_refuse("--industry: %s is of %s, not of %s", p->name, p->category, w.industry);
	for (unsigned i = 0; status == 0 && !p->combine && i < g->locales.n; i++) {
		g->calls[i]->takes_wall = !w.has_seed && !w.has_now;
		g->calls[i]->takes_bytes = g->format == FORMAT_ANY && !g->pretty;
		if (call_begin(g->calls[i], p->name, "", &e) < 0)
			status = cli_refuse("%s", e.text);
	}
	if (status == 0)
		status = p->combine ? run_combined(&w) : generate(&w);
	for (unsigned i = 0; i < LOCALES_MOST; i++)
		call_free(g->calls[i]);
	locales_free(&g->locales);
	return status;
}

const struct subcommand subcommand_generate = {
	"generate", "VALUE [--PARAMETER VALUE]... [-n N]", "Makes values of one kind, one a line, or records of several", options, run, true,
};
