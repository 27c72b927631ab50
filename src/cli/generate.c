/* fluxdeck generate: one kind of value on standard output, its parameters as flags. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/json.h"
#include "base/num.h"
#include "base/suggest.h"
#include "cli/cli.h"
#include "value/record.h"

enum { GENERATE_MOST = 1000000000, CHUNK = 1 << 16 };
enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_CSV, FORMAT_NDJSON };

static const struct cli_option options[] = {
	{ "n", "N", "how many (also -n N, --count N; default 1)" },
	{ "seed", "N", "seed; the same seed gives the same values" },
	{ "row", "N", "number of the first value (default 0): value i can be made alone" },
	{ "now", "INSTANT", "what relative times count from (default: the present, or 2024-01-01 with --seed)" },
	{ "locale", "LOCALE", "like en_US or de_DE (default en_US)" },
	{ "format", "text|json|csv|ndjson", "how values are written (also --output-format)" },
	{ "json", NULL, "the same as --format ndjson" },
	{ "template", "TEXT", "instead of a value: a text with ${...}, like '${first_name} <${email}>'" },
	{ "output", "FILE", "write there (also -o FILE)" },
	{ "verbose", NULL, "say seed and now on standard error (also -v)" },
	{ "help", NULL, "this text" },
	{ .name = NULL },
};

struct generate {
	struct call *call;              /* of one value; or */
	const char *template;           /* a text with ${...} */
	uint64_t seed, row, n;
	bool has_seed, has_now, verbose;
	int64_t now_ns;
	enum format format;
	const char *locale, *path;
};

/* ---- flags ---- */

static int read_format(struct generate *g, const char *text)
{
	static const char *const names[] = { "text", "json", "csv", "ndjson" };

	for (int i = 0; i < 4; i++)
		if (strcmp(names[i], text) == 0) {
			g->format = (enum format)i;
			return 0;
		}
	return cli_refuse("--format is text, json, csv or ndjson, not '%.40s'", text);
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
static int own_flag(struct generate *g, const char *name, const char *value)
{
	struct err e;

	if (strcmp(name, "n") == 0 || strcmp(name, "count") == 0)
		return read_whole("-n", value, 1, GENERATE_MOST, &g->n);
	if (strcmp(name, "seed") == 0) {
		g->has_seed = true;
		return read_whole("--seed", value, 0, INT64_MAX, &g->seed);
	}
	if (strcmp(name, "row") == 0)
		return read_whole("--row", value, 0, INT64_MAX / 2, &g->row);
	if (strcmp(name, "now") == 0) {
		g->has_now = true;
		return num_instant(value, &g->now_ns, &e) < 0 ? cli_refuse("--now: %s", e.text) : 0;
	}
	if (strcmp(name, "template") == 0) {
		g->template = value;
		return 0;
	}
	if (strcmp(name, "locale") == 0) {
		g->locale = value;
		return 0;
	}
	if (strcmp(name, "format") == 0 || strcmp(name, "output-format") == 0)
		return read_format(g, value);
	if (strcmp(name, "output") == 0 || strcmp(name, "o") == 0) {
		g->path = value;
		return 0;
	}
	return -1;
}

static bool own_switch(struct generate *g, const char *name)
{
	if (strcmp(name, "json") == 0)
		g->format = FORMAT_NDJSON;
	else if (strcmp(name, "verbose") == 0 || strcmp(name, "v") == 0)
		g->verbose = true;
	else
		return false;
	return true;
}

static int set_parameter(struct generate *g, const char *name, const char *value)
{
	struct err e;

	if (!g->call)
		return cli_refuse("unknown option '--%.60s'", name);
	return call_set(g->call, name, value, &e) < 0 ? cli_refuse("%s", e.text) : 0;
}

/* A bool of the value needs no text: --special, --no-special. */
static bool bool_flag(struct generate *g, const char *name, const char *equals, int *status)
{
	bool no = strncmp(name, "no-", 3) == 0;
	const struct param *p = g->call && g->call->is->params ? param_find(g->call->is->params, no ? name + 3 : name) : NULL;

	if (!p || p->type != PARAM_BOOL || equals)
		return false;
	*status = set_parameter(g, p->name, no ? "false" : "true");
	return true;
}

static int read_flags(struct generate *g, const struct cli_args *a, unsigned first)
{
	for (unsigned i = first; i < a->rest_n; i++) {
		const char *word = a->rest[i], *equals = strchr(word, '=');
		char name[80];
		const char *value;
		bool letter = word[0] == '-' && word[1] && word[1] != '-';
		int status;

		if (word[0] != '-' || !word[1])
			return cli_refuse("one value at a time, not '%.60s' as well", word);
		word += word[1] == '-' ? 2 : 1;
		snprintf(name, sizeof name, "%.*s", (int)(equals ? equals - word < 79 ? equals - word : 79 : 79), word);
		if (own_switch(g, name))
			continue;
		if (bool_flag(g, name, equals, &status)) {
			if (status)
				return status;
			continue;
		}
		value = equals ? equals + 1 : i + 1 < a->rest_n ? a->rest[++i] : NULL;
		if (!value)
			return cli_refuse("--%s needs a value", name);
		/* A parameter of the value goes before a flag of ours that has its name; -n and -o are always ours. */
		if ((!letter && g->call && g->call->is->params && param_find(g->call->is->params, name)) || (status = own_flag(g, name, value)) < 0)
			status = set_parameter(g, name, value);
		if (status)
			return status;
	}
	return 0;
}

/* What an alias sets: "sex=male,style=x". */
static int apply_preset(struct generate *g, char *preset)
{
	for (char *s = preset; *s;) {
		size_t n = strcspn(s, ",");
		char *next = s + n + (s[n] == ','), *equals;

		s[n] = '\0';
		equals = strchr(s, '=');
		if (equals) {
			*equals = '\0';
			if (set_parameter(g, s, equals + 1))
				return EXIT_REFUSED;
		}
		s = next;
	}
	return 0;
}

/* ---- values ---- */

static void put_json(const struct provider *p, struct buf *to, const char *text, size_t n)
{
	if (p->out == KIND_TEXT || p->out == KIND_INSTANT)
		json_text(to, text, n);
	else
		buf_add(to, text, n);
}

static void put_csv(struct buf *to, const char *text, size_t n)
{
	if (!memchr(text, ',', n) && !memchr(text, '"', n) && !memchr(text, '\n', n) && !memchr(text, '\r', n)) {
		buf_add(to, text, n);
		return;
	}
	buf_char(to, '"');
	for (size_t i = 0; i < n; i++) {
		if (text[i] == '"')
			buf_char(to, '"');
		buf_char(to, text[i]);
	}
	buf_char(to, '"');
}

static int write_all(int fd, const struct buf *b)
{
	for (size_t at = 0; at < b->n;) {
		ssize_t n = write(fd, b->data + at, b->n - at);

		if (n < 0 && errno == EPIPE)
			return 1;               /* `| head` has seen enough */
		if (n < 0 && errno != EINTR)
			return cli_refuse("cannot write: %s", strerror(errno)), -1;
		at += n > 0 ? (size_t)n : 0;
	}
	return 0;
}

/* One value as it is written, with what stands between two. */
static void put_value(const struct generate *g, const struct provider *p, uint64_t i, const char *text, size_t n, struct buf *out)
{
	if (g->format == FORMAT_JSON && i)
		buf_char(out, ',');
	if (g->format == FORMAT_TEXT)
		buf_add(out, text, n);
	else if (g->format == FORMAT_CSV)
		put_csv(out, text, n);
	else if (p)
		put_json(p, out, text, n);
	else
		json_text(out, text, n);
	if (g->format != FORMAT_JSON)
		buf_char(out, '\n');
}

static int produce_template(struct generate *g, struct record *rec, int fd)
{
	union value value;
	struct arena arena;
	struct event ev = { .schema = record_schema(rec), .values = &value, .time_ns = g->now_ns, .arena = &arena };
	struct buf out;
	struct err e;
	int status = 0;

	arena_init(&arena);
	buf_init(&out, (size_t)1 << 30);
	if (g->format == FORMAT_JSON)
		buf_char(&out, '[');
	for (uint64_t i = 0; i < g->n && status == 0; i++) {
		ev.nulls[0] = 0;
		record_fill(rec, &ev, g->seed, g->row + i, "generate", g->now_ns, &e);
		put_value(g, NULL, i, event_null(&ev, 0) ? "" : value.t.at, event_null(&ev, 0) ? 0 : value.t.n, &out);
		arena_reset(&arena);
		if (out.n >= CHUNK) {
			status = write_all(fd, &out);
			buf_clear(&out);
		}
	}
	if (g->format == FORMAT_JSON)
		buf_text(&out, "]\n");
	if (status == 0)
		status = write_all(fd, &out);
	arena_free(&arena);
	buf_free(&out);
	return status < 0 ? EXIT_FAILED : EXIT_DONE;
}

/* The text as an event with one field. */
static int use_template(struct generate *g, int fd)
{
	struct field_def line = { .name = "line", .text = g->template };
	struct event_def def = { .name = "line", .fields = &line, .n = 1, .raw = true };
	struct world w = { .locale = g->locale };
	struct err e;
	struct record *rec = record_new(&def, &w, "generate", NULL, &e);
	int status;

	if (!rec)
		return cli_refuse("--template: %s", e.text);
	status = produce_template(g, rec, fd);
	record_free(rec);
	return status;
}

static int produce(struct generate *g, int fd)
{
	const struct provider *p = g->call->is;
	struct row r = { .seed = g->seed, .now_ns = g->now_ns };
	char *text = malloc(call_room(g->call) + 64);
	struct buf out;
	int status = 0;

	buf_init(&out, (size_t)1 << 30);
	if (!text)
		return cli_refuse("out of memory");
	if (g->format == FORMAT_JSON)
		buf_char(&out, '[');
	if (g->format == FORMAT_CSV)
		buf_printf(&out, "%s\n", p->name);
	for (uint64_t i = 0; i < g->n && status == 0; i++) {
		size_t n;

		r.number = g->row + i;
		r.key = row_key(g->seed, r.number);
		n = (size_t)(call_text(g->call, &r, text) - text);
		put_value(g, p, i, text, n, &out);
		if (out.n >= CHUNK) {
			status = write_all(fd, &out);
			buf_clear(&out);
		}
	}
	if (g->format == FORMAT_JSON)
		buf_text(&out, "]\n");
	if (status == 0)
		status = write_all(fd, &out);
	free(text);
	buf_free(&out);
	return status < 0 ? EXIT_FAILED : EXIT_DONE;
}

static int print_help(const struct provider *p)
{
	struct buf b;

	buf_init(&b, 65536);
	if (p) {
		buf_printf(&b, "%s: %s Like %s\n", p->name, p->help, p->example);
		if (p->params)
			param_usage(p->params, &b);
		fwrite(b.data, 1, b.n, stdout);
	}
	buf_free(&b);
	cli_print_help(&subcommand_generate);
	return EXIT_DONE;
}

static int generate(struct generate *g)
{
	FILE *f = g->path ? fopen(g->path, "w") : NULL;
	char when[NUM_TEXT];
	int status;

	if (g->path && !f)
		return cli_refuse("cannot write '%s': %s", g->path, strerror(errno));
	if (!g->has_seed && getrandom(&g->seed, sizeof g->seed, 0) != (ssize_t)sizeof g->seed)
		g->seed = (uint64_t)clock_epoch_ns();
	g->seed &= INT64_MAX;
	if (!g->has_now)
		g->now_ns = g->has_seed ? 1704067200000000000 : clock_epoch_ns();
	num_put_instant(when, g->now_ns, 3);
	if (g->verbose)
		fprintf(stderr, "--seed %llu --now %s\n", (unsigned long long)g->seed, when);
	status = g->template ? use_template(g, f ? fileno(f) : STDOUT_FILENO) : produce(g, f ? fileno(f) : STDOUT_FILENO);
	if (f && fclose(f) != 0)
		status = EXIT_FAILED;
	return status;
}

static int run_template(struct generate *g, const struct cli_args *a)
{
	int status = read_flags(g, a, 0);

	if (status)
		return status;
	return g->template ? generate(g) : cli_refuse("which value? (fluxdeck list values)");
}

static int run(const struct catalogue *cat, struct cli_args *a)
{
	struct generate g = { .n = 1, .locale = "en_US" };
	char preset[200];
	const struct provider *p;
	struct err e;
	int status = 0;

	(void)cat;
	if (!a->rest_n || strcmp(a->rest[0], "--help") == 0)
		return a->rest_n ? print_help(NULL) : cli_refuse("which value? (fluxdeck list values)");
	if (a->rest[0][0] == '-')
		return run_template(&g, a);
	p = provider_find(a->rest[0], preset, sizeof preset, &e);
	if (!p)
		return cli_refuse("%s (fluxdeck list values)", e.text);
	for (unsigned i = 1; i < a->rest_n; i++)
		if (strcmp(a->rest[i], "--help") == 0)
			return print_help(p);
	/* The locale decides which tables a call binds: it is looked for first. */
	for (unsigned i = 1; i < a->rest_n; i++)
		if (strncmp(a->rest[i], "--locale", 8) == 0)
			g.locale = a->rest[i][8] == '=' ? a->rest[i] + 9 : i + 1 < a->rest_n ? a->rest[i + 1] : g.locale;
	g.call = call_new(p, g.locale, &e);
	if (!g.call)
		return cli_refuse("%s", e.text);
	status = apply_preset(&g, preset);
	if (status == 0)
		status = read_flags(&g, a, 1);
	if (status == 0 && call_begin(g.call, p->name, "", &e) < 0)
		status = cli_refuse("%s", e.text);
	if (status == 0)
		status = generate(&g);
	call_free(g.call);
	return status;
}

const struct subcommand subcommand_generate = {
	"generate", "VALUE [--PARAMETER VALUE]... [-n N]", "Makes values of one kind, one a line", options, run, true,
};
