/* The console without a terminal. */
#include "cli/drive.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/num.h"
#include "base/utf8.h"
#include "cli/face.h"
#include "ui/ui.h"

enum { STEP_NS = 10000000 };
static const int64_t epoch_ns = 1704099600000000000;   /* 2024-01-01T09:00:00Z: when every driven run begins */

struct driver {
	struct setup *setup;
	struct session session;
	struct ui ui;
	int64_t now_ns, sampled_ns;
	bool stopped;
};

void drive_clock(void)
{
	clock_pretend(epoch_ns);
}

/* Lets time pass in steps of 10 ms, with everything that is due in each. */
static void pass(struct driver *d, int64_t ns)
{
	for (int64_t end = d->now_ns + ns; d->now_ns < end && !d->stopped;) {
		d->now_ns += end - d->now_ns < STEP_NS ? end - d->now_ns : STEP_NS;
		clock_pretend(d->now_ns);
		for (int i = 0; i < 100 && engine_run(d->setup->engine, STEP_NS).again; i++)
			;
		uv_run(loop_uv(d->setup->loop), UV_RUN_NOWAIT);
		if (d->now_ns - d->sampled_ns >= SERIES_STEP_NS) {
			engine_sample(d->setup->engine);
			d->sampled_ns = d->now_ns;
		}
	}
}

static void print(struct driver *d)
{
	struct buf b;

	ui_draw(&d->ui);
	buf_init(&b, 4 << 20);
	cells_dump(&d->ui.cells, &b);
	fwrite(b.data, 1, b.n, stdout);
	buf_free(&b);
}

static void press(struct driver *d, const struct key *k)
{
	ui_draw(&d->ui);
	ui_key(&d->ui, k);
	pass(d, STEP_NS);
}

static void type(struct driver *d, const char *s, size_t n)
{
	size_t at = 0;

	while (at < n) {
		struct key k = { .code = KEY_CODE_CHAR };
		size_t len = utf8_next(s + at, n - at, &k.ch);

		if (!len)
			break;
		press(d, &k);
		at += len;
	}
}

/* click@10,5, double@, right@, up@ and down@ (the wheel), fine-up@, drag@10,5-20,5: places from 0. */
static bool pointer(struct driver *d, const char *w)
{
	static const struct { const char *name; int button; } uses[] = {
		{ "click", 0 }, { "double", 0 }, { "right", 2 }, { "up", 64 }, { "down", 65 }, { "fine-up", 80 }, { "fine-down", 81 }, { "drag", 0 },
	};
	size_t n = strcspn(w, "@");
	int x, y, x2, y2, got = sscanf(w + n, "@%d,%d-%d,%d", &x, &y, &x2, &y2);

	for (size_t i = 0; i < COUNT_OF(uses); i++) {
		struct key k = { .code = KEY_CODE_MOUSE, .button = uses[i].button, .x = x, .y = y, .down = true };

		if (strlen(uses[i].name) != n || strncmp(uses[i].name, w, n) != 0)
			continue;
		if (got != (*w == 'd' && w[1] == 'r' ? 4 : 2))
			return false;
		press(d, &k);
		if (got == 4) {
			k.button = 32;
			k.x = x2;
			k.y = y2;
			press(d, &k);
		}
		if (uses[i].button < 64) {
			k.down = false;
			k.button = 0;
			press(d, &k);
			k.down = true;
			if (strcmp(uses[i].name, "double") == 0)
				press(d, &k);
		}
		return true;
	}
	return false;
}

/* One word of the file of keys. */
static int word(struct driver *d, const char *w, unsigned line, const char *path)
{
	struct key k;
	struct err e;
	int64_t ns;

	if (w[0] == '+' && w[1]) {
		if (num_span(w + 1, &ns, &e) < 0 || ns > (int64_t)3600 * 1000000000)
			return cli_refuse("%s:%u: '%.40s' is no time to wait", path, line, w);
		pass(d, ns);
	} else if (strchr(w, '@') && w[0] != '@') {
		return pointer(d, w) ? 0 : cli_refuse("%s:%u: '%.40s' is no use of the mouse (click@X,Y drag@X,Y-X,Y)", path, line, w);
	} else if (strcmp(w, "dump") == 0) {
		print(d);
	} else if (key_parse(w, &k)) {
		press(d, &k);
	} else {
		return cli_refuse("%s:%u: there is no key '%.40s'", path, line, w);
	}
	return 0;
}

static int follow(struct driver *d, const char *text, const char *path)
{
	unsigned line = 1;

	for (const char *s = text; *s;) {
		char w[64];
		size_t n;

		if (*s == '\n')
			line++;
		if (strchr(" \t\n", *s)) {
			s++;
			continue;
		}
		if (*s == '#' && (s == text || strchr(" \t\n", s[-1])) && s[1] == ' ') {
			s += strcspn(s, "\n");
			continue;
		}
		if (*s == '"') {
			n = strcspn(s + 1, "\"\n");
			if (s[n + 1] != '"')
				return cli_refuse("%s:%u: the text does not end", path, line);
			type(d, s + 1, n);
			s += n + 2;
			continue;
		}
		n = strcspn(s, " \t\n");
		snprintf(w, sizeof w, "%.*s", (int)(n < sizeof w ? n : sizeof w - 1), s);
		s += n;
		if (word(d, w, line, path))
			return EXIT_REFUSED;
	}
	return 0;
}

static void quit(void *arg)
{
	struct driver *d = arg;

	engine_stop(d->setup->engine);
}

static int read_size(const char *size, int *w, int *h)
{
	char *end;

	*w = (int)strtol(size, &end, 10);
	*h = *end == 'x' ? (int)strtol(end + 1, &end, 10) : 0;
	if (*end || *w < 1 || *h < 1 || *w > 1000 || *h > 500)
		return cli_refuse("--screen takes columns and rows, like 80x24, not '%.40s'", size);
	return 0;
}

static int run_driver(struct driver *d, struct cli_args *a)
{
	const char *path = cli_value(a, "keys");
	struct err e;
	char *text = NULL;
	size_t n;
	int status = 0;

	pass(d, 1000000000);
	if (path) {
		text = scenario_read_file(path, &n, &e);
		status = text ? follow(d, text, path) : cli_refuse("%s", e.text);
		free(text);
	}
	if (status == 0 && cli_value(a, "dump"))
		print(d);
	return status;
}

int drive(struct setup *setup, struct cli_args *a, const char *size)
{
	struct driver d = { .setup = setup, .now_ns = epoch_ns, .sampled_ns = epoch_ns };
	int w, h, status = read_size(size, &w, &h);

	if (status)
		return status;
	face_begin(&d.session, setup);
	d.session.driven = true;
	status = session_open(&d.session, setup, a);
	if (status)
		return status;
	if (ui_init(&d.ui, &d.session.deck, w, h) < 0)
		return cli_refuse("out of memory");
	d.ui.cells.ascii = cli_value(a, "ascii") != NULL;
	d.ui.host = (struct ui_host){ .quit = quit, .save = face_save, .settings = face_settings, .arg = &d };
	face_read_settings(&d.session.deck);
	status = session_eval(&d.session, a);
	if (status == 0)
		status = run_driver(&d, a);
	ui_free(&d.ui);
	/* The end happens in real time: outputs have threads. */
	clock_pretend(-1);
	d.session.driven = false;
	session_stop(&d.session);
	session_run(&d.session);
	return status;
}
