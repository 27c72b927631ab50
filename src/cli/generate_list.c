/* fluxdeck generate -l, -c, -p: the names of values, their categories, their parameters; sorted, as text or JSON. */
#include "cli/generate_list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/suggest.h"
#include "ui/filter.h"
#include "value/modify.h"

enum asked { ASKED_NOTHING, ASKED_NAMES, ASKED_CATEGORIES, ASKED_PARAMS };

struct question {
	enum asked asked;
	const char *category, *industry, *name;         /* NULL: any */
	bool json;
};

/* ---- industries ---- */

static const char *const industries[] = { "base", "health", "aviation" };

bool industry_known(const char *industry)
{
	for (size_t i = 0; i < COUNT_OF(industries); i++)
		if (strcmp(industries[i], industry) == 0)
			return true;
	return false;
}

bool industry_has(const char *industry, const struct provider *p)
{
	bool base = true;

	for (size_t i = 1; i < COUNT_OF(industries); i++) {
		if (!text_contains(p->category, industries[i]))
			continue;
		base = false;
		if (strcmp(industries[i], industry) == 0)
			return true;
	}
	return base && strcmp(industry, "base") == 0;
}

/* ---- the question ---- */

/* `value`: the member of the question that the word behind it is; 0: there is none. */
static const struct flag { const char *flag; enum asked asked; size_t value; } flags[] = {
	{ "-l", ASKED_NAMES, 0 }, { "--list", ASKED_NAMES, 0 }, { "-c", ASKED_CATEGORIES, 0 }, { "--categories", ASKED_CATEGORIES, 0 },
	{ "-p", ASKED_PARAMS, offsetof(struct question, name) }, { "--params", ASKED_PARAMS, offsetof(struct question, name) },
	{ "--params-all", ASKED_PARAMS, 0 }, { "--params_all", ASKED_PARAMS, 0 },
	{ "--category", ASKED_NOTHING, offsetof(struct question, category) }, { "--industry", ASKED_NOTHING, offsetof(struct question, industry) },
};

static const struct flag *find_flag(const char *word)
{
	for (size_t i = 0; i < COUNT_OF(flags); i++)
		if (strlen(flags[i].flag) == strcspn(word, "=") && strncmp(flags[i].flag, word, strlen(flags[i].flag)) == 0)
			return &flags[i];
	return NULL;
}

static int read_question(const struct cli_args *a, struct question *q)
{
	for (unsigned i = 0; i < a->rest_n; i++) {
		const char *word = a->rest[i], *equals = strchr(word, '=');
		const struct flag *f = find_flag(word);

		if (strcmp(word, "--json") == 0) {
			q->json = true;
			continue;
		}
		if (!f)
			return cli_refuse("'%.60s' has no place beside %.60s; --category, --industry and --json have", word, a->rest[0]);
		if (f->asked != ASKED_NOTHING)
			q->asked = f->asked;
		if (equals && !f->value)
			return cli_refuse("%s takes no value", f->flag);
		if (!equals && f->value && i + 1 == a->rest_n)
			return cli_refuse("%s needs a value", f->flag);
		if (f->value)
			*(const char **)(void *)((char *)q + f->value) = equals ? equals + 1 : a->rest[++i];
	}
	if (q->industry && !industry_known(q->industry))
		return cli_refuse("--industry is base, health or aviation, not '%.40s'", q->industry);
	return 0;
}

/* ---- the answer ---- */

void generate_params(const struct provider *p, struct buf *b)
{
	buf_printf(b, "%s: %s Like %s\n", p->name, p->help, p->example);
	if (p->params)
		param_usage(p->params, b);
}

static void put_item(const struct question *q, const struct provider *p, struct buf *b)
{
	if (!q->json && q->asked == ASKED_PARAMS) {
		generate_params(p, b);
		return;
	}
	if (!q->json) {
		if (q->asked == ASKED_CATEGORIES)
			buf_printf(b, "%s\n", p->category);
		else
			buf_printf(b, "%-24s %-20s %s\n", p->name, p->category, p->help);
		return;
	}
	buf_text(b, b->n > 1 ? "," : "");
	if (q->asked == ASKED_CATEGORIES) {
		json_cstr(b, p->category);
		return;
	}
	buf_text(b, "{\"name\":");
	json_cstr(b, p->name);
	buf_text(b, ",\"category\":");
	json_cstr(b, p->category);
	buf_text(b, ",\"help\":");
	json_cstr(b, p->help);
	if (q->asked == ASKED_PARAMS) {
		buf_text(b, ",\"parameters\":{");
		if (p->params)
			param_schema(p->params, b);
		buf_char(b, '}');
	}
	buf_char(b, '}');
}

static int by_name(const void *a, const void *b)
{
	return strcmp((*(const struct provider *const *)a)->name, (*(const struct provider *const *)b)->name);
}

static int by_category(const void *a, const void *b)
{
	return strcmp((*(const struct provider *const *)a)->category, (*(const struct provider *const *)b)->category);
}

static size_t collect(const struct question *q, const struct provider *only, const struct provider **to)
{
	size_t n = 0;

	provider_each(p) {
		if ((only && p != only) || (q->category && !text_contains(p->category, q->category)) ||
		    (q->industry && !industry_has(q->industry, p)))
			continue;
		if (to)
			to[n] = p;
		n++;
	}
	return n;
}

static int answer(const struct question *q)
{
	char preset[200];
	struct err e;
	const struct provider *only = q->name ? provider_find(q->name, preset, sizeof preset, &e) : NULL, **all;
	size_t n;
	struct buf b;

	if (q->name && !only)
		return cli_refuse("%s (fluxdeck list values)", e.text);
	n = collect(q, only, NULL);
	if (!n)
		return cli_refuse("no value is of that category (fluxdeck generate --categories lists them)");
	all = malloc(n * sizeof *all);
	if (!all)
		return cli_refuse("out of memory");
	collect(q, only, all);
	qsort(all, n, sizeof *all, q->asked == ASKED_CATEGORIES ? by_category : by_name);
	buf_init(&b, 1 << 22);
	if (q->json)
		buf_char(&b, '[');
	for (size_t i = 0; i < n; i++)
		if (!i || q->asked != ASKED_CATEGORIES || strcmp(all[i]->category, all[i - 1]->category) != 0)
			put_item(q, all[i], &b);
	if (q->json)
		buf_text(&b, "]\n");
	fwrite(b.data, 1, b.n, stdout);
	buf_free(&b);
	free(all);
	return EXIT_DONE;
}

bool generate_lists(const struct cli_args *a, int *status)
{
	struct question q = { .asked = ASKED_NAMES };

	/* An industry may stand before anything. */
	if (!a->rest_n || !find_flag(a->rest[0]) || strncmp(a->rest[0], "--industry", 10) == 0)
		return false;
	*status = read_question(a, &q);
	if (*status == 0)
		*status = answer(&q);
	return true;
}

/* ---- what is written instead ---- */

const char *generate_instead(const char *name)
{
	static const struct { const char *name, *say; } others[] = {
		{ "parallel", "values are the same whatever the machine, and are made as fast as it can" },
		{ "workers", "values are the same whatever the machine, and are made as fast as it can" },
		{ "negative", "write --min -100 --max -1" }, { "integer", "take random_int, or write --decimals 0 where there is such a parameter" },
		{ "unit", "write --suffix ' kg'" }, { "language", "write --locale de_DE" }, { "strings", "pick and pick_many have it, as --elements a,b" },
		{ "timezone", "date_time has it, as --tz" }, { "tld", "domain_name has it; an address is told --domain example.org" },
		{ "phone_format", "phone_number has it, as --style e164 or human" }, { "uuid_version", "uuid has it, as --version 7" },
		{ "word_count", "sentence and paragraph have it, as --words 8" }, { "sentence_count", "paragraph has it, as --sentences 3" },
		{ "min_length", "word and text have it; elsewhere write --min or --length where there is such a parameter" },
		{ "length", "write --max-length where a text is too long" }, { "positive", "number and float have it" },
		{ "params", "it stands before the value: fluxdeck generate --params NAME" }, { "p", "it stands before the value: fluxdeck generate -p NAME" },
		{ "list", "it stands alone: fluxdeck generate --list" }, { "l", "it stands alone: fluxdeck generate -l" },
		{ "category", "it stands alone: fluxdeck generate --category NAME" }, { "categories", "it stands alone: fluxdeck generate --categories" },
		{ "c", "it stands alone: fluxdeck generate -c" }, { "subtype", "that is of a column: its bytes are the same" },
		{ "country", "write --locale de_DE" }, { "version", "ipv4 and ipv6 are values of their own; uuid has it, as --version 7" },
		{ "values", "pick and pick_many have it, as --elements a,b" }, { "element_type", "write --of random_int" },
	};

	for (size_t i = 0; i < COUNT_OF(others); i++)
		if (suggest_same(others[i].name, name))
			return others[i].say;
	return NULL;
}
