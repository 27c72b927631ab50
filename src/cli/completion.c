/*
 * fluxdeck completion: what could stand in place of the last word, from the tables that drive everything else; and the scripts with
 * which shells ask for it.
 *
 * An answer is a candidate and its help, with a tab between them; `:files`, perhaps with a suffix, asks the shell for its own files.
 * The words of a table's `arg` and `args` say what is meant: small ones stand for themselves, capital ones are in `kinds`.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/setup.h"
#include "cli/shipped.h"
#include "value/modify.h"
#include "value/provider.h"

struct ask {
	const struct catalogue *cat;
	const struct subcommand *command;
	const char *word;               /* what the candidates begin with */
	const char *before;             /* what stands before that in the same word: "--format=", "stdout," */
	int before_n;
	const char *files;              /* the suffix of files that are wanted here */
	const char *first;              /* the first word that is no option, or NULL */
	const struct provider *value;   /* of `generate`, or NULL */
	struct setup setup;             /* what a run would have to do with */
	struct map seen;
};

static void offer(struct ask *q, const char *text, const char *help)
{
	if (strncmp(text, q->word, strlen(q->word)) == 0)
		printf("%.*s%s\t%s\n", q->before_n, q->before, text, help);
}

/* ---- kinds of words ---- */

static void offer_generators(struct ask *q)
{
	for (size_t i = 0; q->cat->generators[i]; i++)
		offer(q, q->cat->generators[i]->name, q->cat->generators[i]->summary);
}

static void offer_outputs(struct ask *q)
{
	for (size_t i = 0; q->cat->outputs[i]; i++)
		offer(q, q->cat->outputs[i]->name, q->cat->outputs[i]->summary);
}

static void offer_files(struct ask *q)
{
	printf(":files%s%s\n", *q->files ? " " : "", q->files);
}

static void offer_scenarios(struct ask *q)
{
	for (const struct shipped *s = shipped_scenarios; s->name; s++)
		offer(q, s->name, s->summary);
	offer_files(q);
}

static void offer_values(struct ask *q)
{
	provider_each(p)
		offer(q, p->name, p->help);
}

static void offer_new(struct ask *q, const char *text, const char *help)
{
	if (map_get(&q->seen, text, strlen(text)))
		return;
	map_put(&q->seen, text, strlen(text), q);
	offer(q, text, help);
}

static void offer_categories(struct ask *q)
{
	provider_each(p)
		offer_new(q, p->category, "");
}

static void offer_locales(struct ask *q)
{
	for (const struct table *const *t = value_tables; *t; t++)
		if (strcmp((*t)->locale, "any") != 0)
			offer_new(q, (*t)->locale, "");
}

static void offer_commands(struct ask *q)
{
	for (const struct subcommand *const *c = cli_table(); *c; c++)
		offer(q, (*c)->name, (*c)->summary);
}

static void offer_param_values(struct ask *q, const struct param *p)
{
	for (int i = 0; p->type == PARAM_CHOICE && p->choices[i]; i++)
		offer(q, p->choices[i], "");
	if (p->type == PARAM_BOOL) {
		offer(q, "true", "");
		offer(q, "false", "");
	}
	/* Any text may be the name of a file. */
	if (p->type == PARAM_TEXT)
		offer_files(q);
}

static void offer_paths(struct ask *q)
{
	const char *equals = strchr(q->word, '=');
	char path[300];

	if (equals) {
		const struct param *p;

		snprintf(path, sizeof path, "%.*s", (int)(equals - q->word < 299 ? equals - q->word : 299), q->word);
		p = control_find(&q->setup.control, path, NULL, NULL);
		q->before = q->before_n ? q->before : q->word;
		q->before_n += (int)(equals + 1 - q->word);
		q->word = equals + 1;
		if (p)
			offer_param_values(q, p);
		return;
	}
	list_each(l, &q->setup.control.owners) {
		const struct knobs *k = container_of(l, struct knobs, link);

		param_each(p, k->rows) {
			snprintf(path, sizeof path, "%.64s.%.160s=", k->prefix, p->name);
			if (p->type != PARAM_ACTION && !(p->flags & PARAM_INSIDE))
				offer(q, path, p->help);
		}
	}
}

static const struct {
	const char *word;
	void (*offer)(struct ask *q);
} kinds[] = {
	{ "GENERATOR", offer_generators }, { "OUTPUT", offer_outputs }, { "SCENARIO", offer_scenarios }, { "VALUE", offer_values },
	{ "QUERY", offer_values }, { "CATEGORY", offer_categories }, { "LOCALE", offer_locales }, { "COMMAND", offer_commands },
	{ "FILE", offer_files }, { "PATH", offer_files }, { "PATH=VALUE", offer_paths },
};

/* "text|json", "FILE|-", "OUTPUT[,OUTPUT]". */
static void offer_words(struct ask *q, const char *args, size_t n)
{
	for (const char *end = args + n; args < end;) {
		size_t length = strcspn(args, "|");
		char word[40];

		length = length < (size_t)(end - args) ? length : (size_t)(end - args);
		snprintf(word, sizeof word, "%.*s", (int)(length < 39 ? length : 39), args);
		args += length + 1;
		if (strchr(word, ',')) {
			const char *comma = strrchr(q->word, ',');

			*strchr(word, '[') = '\0';
			q->before = q->before_n ? q->before : q->word;
			q->before_n += comma ? (int)(comma + 1 - q->word) : 0;
			q->word = comma ? comma + 1 : q->word;
		}
		for (size_t i = 0; i < COUNT_OF(kinds); i++)
			if (strcmp(kinds[i].word, word) == 0)
				kinds[i].offer(q);
		if (*word == '-' || (*word >= 'a' && *word <= 'z') || (*word >= '0' && *word <= '9'))
			offer(q, word, "");
	}
}

/* ---- options ---- */

static const struct cli_option *find_option(const struct ask *q, const char *name)
{
	/* The one letter that is not the name of its option. */
	name = strcmp(name, "o") == 0 && q->command->raw ? "output" : name;
	for (const struct cli_option *o = q->command->options; o && o->name; o++)
		if (strcmp(o->name, name) == 0)
			return o;
	return NULL;
}

/* A parameter or modifier of the value that is generated. */
static const struct param *find_own(const struct ask *q, const char *name)
{
	const struct param *p = q->value && q->value->params ? param_find(q->value->params, name) : NULL;

	return p || !q->value || find_option(q, name) ? p : param_find(modifier_rows, name);
}

/* A parameter as its flag names it: --rate of any module or output, --ticks.rate of one. */
static const struct param *find_param(struct ask *q, const char *name)
{
	const struct param *p = find_own(q, name);

	if (p || !q->setup.engine)
		return p;
	if (strchr(name, '.'))
		return control_find(&q->setup.control, name, NULL, NULL);
	list_each(l, &q->setup.control.owners) {
		const struct knobs *k = container_of(l, struct knobs, link);

		if ((p = param_find(k->rows, name)) && strcmp(k->prefix, "clock") != 0)
			return p;
	}
	return NULL;
}

/* Is the word an option whose value is the next word? Then its name is in `name`. */
static bool wants_value(struct ask *q, const char *word, char *name, size_t room)
{
	const struct cli_option *o;
	const struct param *p;

	if (word[0] != '-' || !word[1] || strcmp(word, "--") == 0)
		return false;
	snprintf(name, room, "%s", word + (word[1] == '-' ? 2 : 1));
	o = find_option(q, name);
	p = find_own(q, strncmp(name, "no-", 3) == 0 ? name + 3 : name);
	if (strchr(name, '=') || strcmp(word, "-v") == 0 || strcmp(word, "-h") == 0)
		return false;
	return p ? p->type != PARAM_BOOL : !o || o->arg;
}

static void offer_value(struct ask *q, const char *name)
{
	const struct param *own = find_own(q, name);
	const struct cli_option *o = own ? NULL : find_option(q, name);
	const struct param *p = o ? NULL : find_param(q, name);

	if (o && o->arg)
		offer_words(q, o->arg, strlen(o->arg));
	else if (p)
		offer_param_values(q, p);
}

static void offer_flag(struct ask *q, const char *prefix, const char *name, const char *help)
{
	char flag[300];

	snprintf(flag, sizeof flag, "--%.100s%.190s", prefix, name);
	offer_new(q, flag, help);
}

static void offer_own_flags(struct ask *q, const struct param *rows)
{
	param_each(p, rows) {
		if (p->flags & PARAM_INSIDE || (rows == modifier_rows && find_option(q, p->name)))
			continue;
		offer_flag(q, "", p->name, p->help);
		if (p->type == PARAM_BOOL)
			offer_flag(q, "no-", p->name, p->help);
	}
}

static void offer_flags(struct ask *q)
{
	if (q->value) {
		offer_own_flags(q, q->value->params);
		offer_own_flags(q, modifier_rows);
	}
	for (const struct cli_option *o = q->command->options; o && o->name; o++)
		offer_flag(q, "", o->name, o->help);
	for (const struct list *l = q->setup.control.owners.next; q->setup.engine && l != &q->setup.control.owners; l = l->next) {
		const struct knobs *k = container_of(l, struct knobs, link);
		char dotted[100];
		size_t n = (size_t)snprintf(dotted, sizeof dotted, "%.64s.", k->prefix), typed = strlen(q->word + 2);

		param_each(p, k->rows) {
			if (p->type == PARAM_ACTION || p->flags & PARAM_INSIDE || strcmp(k->prefix, "clock") == 0)
				continue;
			/* The long form where its owner's name has begun: all of both would hide each other. */
			offer_flag(q, "", p->name, p->help);
			if (typed && strncmp(dotted, q->word + 2, typed < n ? typed : n) == 0)
				offer_flag(q, dotted, p->name, p->help);
		}
	}
}

/* ---- words before the cursor ---- */

/* The k-th word that is no option: the k-th of "[SCENARIO] [--PARAMETER VALUE]..."; what ends in "..." repeats. */
static void offer_positional(struct ask *q, unsigned k)
{
	for (const char *s = q->command->args; *s;) {
		size_t n = strcspn(s, " ");
		bool repeats = n > 3 && strncmp(s + n - 3, "...", 3) == 0;
		const char *from = s + (*s == '['), *end = from + strcspn(from, " ].");

		if (*from == '-')
			return;
		if (k == 0 || repeats) {
			q->files = ".yaml";
			offer_words(q, from, (size_t)(end - from));
			return;
		}
		k--;
		s += n + (s[n] == ' ');
	}
}

static const char *word_of(const char *const *words, unsigned n, const char *flag)
{
	size_t length = strlen(flag);
	const char *value = NULL;

	for (unsigned i = 0; i < n; i++)
		if (strncmp(words[i], flag, length) == 0)
			value = words[i][length] == '=' ? words[i] + length + 1 : !words[i][length] && i + 1 < n ? words[i + 1] : value;
	return value;
}

/* What the parameters of a run are: those of the generator and the outputs that are named, or of the scenario. Nothing is said of
 * what is wrong with it, and what is right is offered. */
static void set_up(struct ask *q, const char *const *words, unsigned n)
{
	struct setup *s = &q->setup;
	const char *generator = word_of(words, n, "--generator"), *outputs = word_of(words, n, "--output");
	const char *text;
	struct err e;
	size_t size;

	control_init(&s->control);
	scenario_init(&s->scenario);
	report_init(&s->report, q->first);
	presets_init(&s->presets);
	s->engine = engine_new(q->cat, &s->control, NULL, &e);
	if (!s->engine)
		return;
	text = q->first ? setup_read(s, q->first, &size, &e) : NULL;
	if (text)
		scenario_load(&s->scenario, text, size, s->engine, &s->control, q->cat, &s->report);
	for (size_t i = 0; generator && q->cat->generators[i]; i++)
		if (strcmp(q->cat->generators[i]->name, generator) == 0)
			engine_add_module(s->engine, generator, q->cat->generators[i], &e);
	for (size_t i = 0; q->cat->outputs[i]; i++) {
		const char *name = q->cat->outputs[i]->name;

		if (outputs ? strstr(outputs, name) != NULL : generator && strcmp(name, "stdout") == 0)
			engine_add_output(s->engine, name, q->cat->outputs[i], &e);
	}
}

static void offer_of_command(struct ask *q, const char *const *words, unsigned n)
{
	const char *equals = strchr(q->word, '=');
	char name[200] = "", preset[200];
	unsigned positional = 0;
	bool value = false, ended = false;

	for (unsigned i = 0; i < n; i++) {
		/* The parameters of the value decide which options have one. */
		if (value) {
			value = false;
		} else if (!ended && words[i][0] == '-' && words[i][1]) {
			ended = strcmp(words[i], "--") == 0;
			value = wants_value(q, words[i], name, sizeof name);
		} else if (positional++ == 0) {
			const struct provider *p = strcmp(q->command->name, "generate") ? NULL : provider_find(words[i], preset, sizeof preset, NULL);

			q->first = words[i];
			q->value = p;
		}
	}
	if (q->command == &subcommand_run || q->command == &subcommand_console)
		set_up(q, words, n);
	if (!ended && !value && strncmp(q->word, "--", 2) == 0 && equals) {
		snprintf(name, sizeof name, "%.*s", (int)(equals - q->word < 150 ? equals - q->word : 150) - 2, q->word + 2);
		q->before = q->word;
		q->before_n = (int)(equals + 1 - q->word);
		q->word = equals + 1;
		value = true;
	}
	if (value)
		offer_value(q, name);
	else if (!ended && *q->word == '-')
		offer_flags(q);
	else if (!(positional == 1 && q->command == &subcommand_list && strcmp(q->first, "values") != 0))
		offer_positional(q, positional);
}

/* words[n - 1] is to be completed. */
static void answer(const struct catalogue *cat, const char *const *words, unsigned n)
{
	struct ask q = { .cat = cat, .word = n ? words[n - 1] : "", .before = "", .files = "" };
	unsigned skip = 1;

	map_init(&q.seen);
	if (n < 2 && *q.word != '-') {
		offer_commands(&q);
	} else {
		q.command = cli_choose(words, n, &skip);
		if (n < 2) {
			offer(&q, "--help", subcommand_help.summary);
			offer(&q, "--version", subcommand_version.summary);
		}
		if (q.command && n > skip)
			offer_of_command(&q, words + skip, n - skip - 1);
	}
	if (q.setup.engine)
		setup_free(&q.setup);
	map_free(&q.seen);
}

static int run(const struct catalogue *cat, struct cli_args *a)
{
	const struct shipped *script = a->rest_n == 1 ? shipped_find(shipped_completions, a->rest[0]) : NULL;

	if (a->rest_n && strcmp(a->rest[0], "--") == 0) {
		answer(cat, a->rest + 1, a->rest_n - 1);
		return EXIT_DONE;
	}
	if (a->rest_n == 1 && strcmp(a->rest[0], "--help") == 0) {
		cli_print_help(&subcommand_completion);
		return EXIT_DONE;
	}
	if (!script)
		return cli_refuse("for which shell? fluxdeck completion bash, zsh or fish");
	fputs(script->text, stdout);
	return EXIT_DONE;
}

static const struct cli_option options[] = { { "help", NULL, "this text" }, { .name = NULL } };
const struct subcommand subcommand_completion = {
	"completion", "bash|zsh|fish", "Prints what completes command lines in a shell", options,
	run, true,
};
