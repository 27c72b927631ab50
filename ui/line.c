/* Line mode. */
#include "ui/line.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>

#include "base/log.h"
#include "base/num.h"
#include "core/view.h"

enum { SAID_MOST = 1 << 19 };           /* bytes of one answer: half of what may wait */

static const int64_t every_default_ns = 5000000000;
static const int64_t every_least_ns = 250000000;        /* hosts tell the time four times a second */
static const int64_t every_most_ns = 86400000000000;

/* ---- what is said ---- */

/* One answer: what kind it is, and its text, which is taken apart. Whatever is quoted, it moves no cursor. */
static void put(struct line *l, const char *head, char *text)
{
	buf_text(&l->out, head);
	for (char *s = text; *s;) {
		size_t n = strcspn(s, "\n");
		bool last = s[n] == '\0';

		s[n] = '\0';
		err_clean(s);
		buf_printf(&l->out, "%s  %s", s == text ? "" : "\n", s);
		s += last ? n : n + 1;
	}
	buf_char(&l->out, '\n');
	if (l->ready)
		l->ready(l);
}

static void put_at(struct line *l, const char *kind, uint64_t event, char *text)
{
	char head[64];

	snprintf(head, sizeof head, "%s  %llu", kind, (unsigned long long)event);
	put(l, head, text);
}

/* Events made until now. */
static uint64_t events_now(struct line *l)
{
	struct knobs *k;

	return control_find(l->deck.control, "clock.held", &k, NULL) ? k->hooks->place(k->of).event : 0;
}

static void told(struct watch *w, const struct change *ch)
{
	struct line *l = container_of(w, struct line, watch);
	struct buf text;

	if (l->running) {
		/* The answer will say it. */
		l->changed = true;
		l->event = ch->place.event;
		return;
	}
	if (l->quiet || l->ended)
		return;
	buf_init(&text, SAID_MOST);
	buf_text(&text, ch->text);
	err_clean(text.data);           /* a value may have lines, a change is one */
	buf_printf(&text, " (%s)", origin_names[ch->by]);
	put_at(l, "change", ch->place.event, text.data);
	buf_free(&text);
}

/* ---- what is watched ---- */

static void rate_text(char *to, double v)
{
	if (isinf(v))
		snprintf(to, NUM_TEXT, "max");
	else
		num_put_real(to, v < 100 ? round(v * 100) / 100 : round(v));
}

/* The rate of a module: what it should be, what it is, and why that is less. False when `name` is no module. */
static bool show_rate(const struct view *v, const char *name, size_t n, struct buf *to)
{
	char target[NUM_TEXT], actual[NUM_TEXT];

	for (unsigned i = 0; i < v->module_n; i++) {
		const struct view_module *m = &v->modules[i];

		if (strlen(m->name) != n || strncmp(m->name, name, n) != 0)
			continue;
		rate_text(target, m->target);
		rate_text(actual, m->actual);
		buf_printf(to, "target %s/s  actual %s/s", target, actual);
		if (m->actual < m->target && strcmp(v->limit, "none") != 0)
			buf_printf(to, "  limited by %s", v->limit);
		return true;
	}
	return false;
}

static int show(struct line *l, const char *what, struct buf *to, struct err *e)
{
	size_t n = strcspn(what, ".");
	const struct view *v;
	const struct param *p;
	struct knobs *k;
	bool shown;

	if (strcmp(what, "status") == 0)
		return command_run(&l->deck, what, to, e);
	p = control_find(l->deck.control, what, &k, e);
	if (!p)
		return -1;
	v = strcmp(what + n, ".rate") == 0 ? view_make(l->deck.engine, l->deck.scenario, NULL) : NULL;
	shown = v && show_rate(v, what, n, to);
	view_drop(v);
	if (!shown)
		param_show(p, k->opts, to);
	return 0;
}

static void drop_watch(struct line *l, unsigned i)
{
	l->watches[i] = l->watches[--l->watch_n];
}

/* What cannot be shown any more is not watched any longer. */
static bool tell_watch(struct line *l, const struct line_watch *w)
{
	struct buf text;
	struct err e;
	bool known;

	buf_init(&text, SAID_MOST);
	known = show(l, w->what, &text, &e) == 0;
	if (known)
		put(l, w->what, text.data);
	else
		put(l, "error", e.text);
	buf_free(&text);
	return known;
}

static void tell_log(struct line *l)
{
	const struct log *log = log_of_program();

	if (log->n - l->logged > LOG_RING)
		l->logged = log->n - LOG_RING;
	for (; l->logged < log->n; l->logged++) {
		struct log_line said = log->ring[l->logged % LOG_RING];
		char head[64];

		if (said.level > LOG_LEVEL_WARN)
			continue;
		snprintf(head, sizeof head, "log  %c %s", log_letters[said.level], said.area);
		put(l, head, said.text);
	}
}

void line_tick(struct line *l, int64_t wall_ns)
{
	if (l->ended)
		return;
	tell_log(l);
	for (unsigned i = 0; i < l->watch_n;) {
		struct line_watch *w = &l->watches[i];

		if (w->due_ns > wall_ns) {
			i++;
			continue;
		}
		/* In step with the first one, unless that has passed, too. */
		w->due_ns = w->due_ns + w->every_ns > wall_ns ? w->due_ns + w->every_ns : wall_ns + w->every_ns;
		if (tell_watch(l, w))
			i++;
		else
			drop_watch(l, i);
	}
}

int64_t line_due(const struct line *l)
{
	int64_t due = INT64_MAX;

	if (l->ended)
		return INT64_MAX;
	if (log_of_program()->n != l->logged)
		return INT64_MIN;
	for (unsigned i = 0; i < l->watch_n; i++)
		due = l->watches[i].due_ns < due ? l->watches[i].due_ns : due;
	return due;
}

/* ---- lines in ---- */

static void run(struct line *l, const char *text)
{
	struct buf said;
	struct err e;
	int result;

	text += strspn(text, " \t");
	if (!*text || *text == '#')
		return;
	buf_init(&said, SAID_MOST);
	l->changed = false;
	l->running = true;
	result = command_run(&l->deck, text, &said, &e);
	l->running = false;
	if (result == 0 && !buf_ok(&said))
		result = err_set(&e, ERR_INPUT, "done; the answer is longer than %d bytes", SAID_MOST);
	if (result < 0)
		put(l, "error", e.text);
	else
		put_at(l, l->ended ? "bye" : "ok", l->changed ? l->event : events_now(l), said.data);
	buf_free(&said);
}

static void end_line(struct line *l)
{
	size_t n = l->input_n;
	struct err e;

	l->input_n = 0;
	if (l->skipping) {
		l->skipping = false;
		return;
	}
	if (n && l->input[n - 1] == '\r')       /* of a serial console, or telnet */
		n--;
	l->input[n] = '\0';
	/* What stands before a NUL is not what was meant. */
	if (!memchr(l->input, '\0', n)) {
		run(l, l->input);
		return;
	}
	err_set(&e, ERR_INPUT, "a line with a NUL byte is no command");
	put(l, "error", e.text);
}

void line_feed(struct line *l, const char *bytes, size_t n)
{
	for (size_t i = 0; i < n && !l->ended; i++) {
		struct err e;

		if (bytes[i] == '\n') {
			end_line(l);
		} else if (l->input_n < sizeof l->input - 1) {
			l->input[l->input_n++] = bytes[i];
		} else if (!l->skipping) {
			l->skipping = true;
			err_set(&e, ERR_INPUT, "a command has at most %d bytes", COMMAND_LINE - 1);
			put(l, "error", e.text);
		}
	}
}

void line_finish(struct line *l)
{
	if (!l->ended && l->input_n)
		end_line(l);
}

void line_bye(struct line *l, const char *why)
{
	struct buf text;

	if (l->ended)
		return;
	buf_init(&text, 1000);
	buf_text(&text, why);
	put_at(l, "bye", events_now(l), text.data);
	buf_free(&text);
	l->ended = true;
}

void line_take(struct line *l, struct buf *to)
{
	struct buf taken = l->out;

	l->out = *to;
	*to = taken;
	buf_clear(&l->out);
}

void line_init(struct line *l, const struct deck *deck)
{
	unsigned n = 0;

	*l = (struct line){ .deck = *deck, .watch = { .told = told }, .logged = log_of_program()->n };
	l->tables[n++] = line_commands;
	for (const struct command *const *t = deck->tables; *t; t++) {
		assert(n < LINE_TABLES - 1);
		l->tables[n++] = *t;
	}
	l->deck.tables = l->tables;
	l->deck.by = BY_COMMAND;
	l->deck.focus = NULL;
	buf_init(&l->out, LINE_UNREAD);
	control_watch(deck->control, &l->watch);
}

void line_free(struct line *l)
{
	control_unwatch(&l->watch);
	buf_free(&l->out);
}

/* ---- commands ---- */

static struct line *line_of(struct deck *d)
{
	return container_of(d, struct line, deck);
}

static unsigned find_watch(const struct line *l, const char *what)
{
	unsigned i = 0;

	while (i < l->watch_n && strcmp(l->watches[i].what, what) != 0)
		i++;
	return i;
}

static int cmd_watch(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	struct line *l = line_of(d);
	struct line_watch one = { .every_ns = every_default_ns, .due_ns = INT64_MIN };
	char every[NUM_TEXT];
	unsigned i;

	if (strcmp(w[0], "status") != 0 && !control_find(d->control, w[0], NULL, e))
		return -1;
	if (n > 1 && num_span(w[1], &one.every_ns, e) < 0)
		return -1;
	if (one.every_ns < every_least_ns || one.every_ns > every_most_ns)
		return err_set(e, ERR_INPUT, "watch takes a span of 250ms to 24h, not %.40s", w[1]);
	if ((size_t)snprintf(one.what, sizeof one.what, "%s", w[0]) >= sizeof one.what)
		return err_set(e, ERR_INPUT, "'%.40s...' is too long", w[0]);
	i = find_watch(l, one.what);
	if (i == LINE_WATCHES)
		return err_set(e, ERR_INPUT, "%d things are watched already; unwatch one", LINE_WATCHES);
	l->watches[i] = one;
	l->watch_n += i == l->watch_n;
	num_put_span(every, one.every_ns);
	buf_printf(said, "watching %s every %s", one.what, every);
	return 0;
}

static int cmd_unwatch(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	struct line *l = line_of(d);
	unsigned i = n ? find_watch(l, w[0]) : 0;

	if (!n)
		l->watch_n = 0;
	else if (i == l->watch_n)
		return err_set(e, ERR_INPUT, "'%.100s' is not watched", w[0]);
	else
		drop_watch(l, i);
	buf_printf(said, "not watching %s any more", n ? w[0] : "anything");
	return 0;
}

static int cmd_quiet(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	bool on = strcmp(w[0], "on") == 0;

	(void)n;
	if (!on && strcmp(w[0], "off") != 0)
		return err_set(e, ERR_INPUT, "quiet is on or off, not '%.40s'", w[0]);
	line_of(d)->quiet = on;
	buf_text(said, on ? "changes of others are not told" : "changes of others are told");
	return 0;
}

static int cmd_bye(struct deck *d, unsigned n, char **w, struct buf *said, struct err *e)
{
	(void)n;
	(void)w;
	(void)e;
	line_of(d)->ended = true;
	buf_text(said, "as you wish");
	return 0;
}

const struct command line_commands[] = {
	{ "watch", "PATH|status [SPAN]", "In line mode: says a parameter, or how the run is, again and again (every 5s).", COMMAND_LOOK, 1, 2, cmd_watch },
	{ "unwatch", "[PATH|status]", "In line mode: ends watching, of all without a name.", COMMAND_LOOK, 0, 1, cmd_unwatch },
	{ "quiet", "on|off", "In line mode: whether changes of others are told.", COMMAND_LOOK, 1, 1, cmd_quiet },
	{ "bye", "", "In line mode: ends this connection; on standard input the run.", COMMAND_LOOK, 0, 0, cmd_bye },
	{ .name = NULL },
};
