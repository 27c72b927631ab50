/* The console without a screen. */
#include "cli/line_mode.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "io/worker.h"
#include "ui/curses.h"
#include "ui/line.h"
#include "ui/term.h"

enum {
	PIECE = 512,            /* bytes read at once: what so many commands take stays within a turn */
	LOOK_MS = 250,          /* in the background: how often to see whether the terminal is ours again */
	LAST_WORDS_MS = 1000,   /* for the words that are not written when the run has ended */
};

struct line_mode {
	struct session *session;
	struct line line;
	struct worker *reader, *writer;
	struct job read, write;
	struct post post;               /* there are words to write */
	bool posted, writing;
	bool terminal;                  /* standard input is one */
	uv_signal_t cont;
	char piece[PIECE];
	ssize_t got;
	struct buf sending;
};

/* ---- words out ---- */

static void write_words(struct job *j)
{
	const struct line_mode *m = container_of(j, struct line_mode, write);
	struct pollfd p = { .fd = STDERR_FILENO, .events = POLLOUT };
	size_t at = 0;

	while (at < m->sending.n && !worker_abandoned(m->writer)) {
		ssize_t n = write(STDERR_FILENO, m->sending.data + at, m->sending.n - at);

		if (n >= 0)
			at += (size_t)n;
		else if (errno == EAGAIN)
			poll(&p, 1, 100);       /* somebody made the descriptor non-blocking; it is not ours to change back */
		else if (errno != EINTR)
			return;                 /* nobody listens; the run goes on */
	}
}

static void send_words(struct line_mode *m)
{
	if (m->writing)
		return;
	if (!buf_ok(&m->line.out)) {
		log_warn("console", "words were thrown away: over 1 MiB of them was not read");
		buf_clear(&m->line.out);
	}
	if (!m->line.out.n)
		return;
	line_take(&m->line, &m->sending);
	m->writing = true;
	worker_give(m->writer, &m->write);
}

static void words_written(struct job *j)
{
	struct line_mode *m = container_of(j, struct line_mode, write);

	m->writing = false;
	send_words(m);
}

static void words_posted(struct post *p)
{
	struct line_mode *m = container_of(p, struct line_mode, post);

	m->posted = false;
	send_words(m);
}

static void on_words(struct line *l)
{
	struct line_mode *m = container_of(l, struct line_mode, line);

	/* Later: the line is in the middle of something. */
	if (!m->posted)
		loop_post(m->session->setup->loop, &m->post);
	m->posted = true;
}

/* ---- lines in ---- */

/* Reading a terminal from the background would stop the program, so its thread waits, and looks before it reads. */
static void read_piece(struct job *j)
{
	struct line_mode *m = container_of(j, struct line_mode, read);
	const struct term in = { .fd = STDIN_FILENO };
	struct pollfd p = { .fd = STDIN_FILENO, .events = POLLIN };

	while (!worker_abandoned(m->reader)) {
		if (poll(&p, 1, -1) <= 0)
			continue;
		if (m->terminal && !term_is_ours(&in)) {
			poll(NULL, 0, LOOK_MS);
			continue;
		}
		m->got = read(STDIN_FILENO, m->piece, sizeof m->piece);
		if (m->got >= 0 || (errno != EINTR && errno != EAGAIN))
			return;
	}
}

static void piece_read(struct job *j)
{
	struct line_mode *m = container_of(j, struct line_mode, read);

	if (m->session->phase == SESSION_ENDED)
		return;
	if (m->got > 0) {
		line_feed(&m->line, m->piece, (size_t)m->got);
		if (m->line.ended)
			session_stop(m->session);
		else
			worker_give(m->reader, &m->read);
		return;
	}
	line_finish(&m->line);
	/* A terminal that went away is for --hangup to judge; ^D leaves it where it is. */
	if (!m->terminal || isatty(STDIN_FILENO) || !m->session->detach)
		session_stop(m->session);
}

/* ---- set-up ---- */

static void on_tick(struct session *s)
{
	struct line_mode *m = s->face;
	int64_t now = clock_wall_ns();

	if (line_due(&m->line) <= now)
		line_tick(&m->line, now);
}

static void on_cont(uv_signal_t *h, int number)
{
	const struct line_mode *m = h->data;

	(void)number;
	session_continued(m->session);
}

static int begin(struct line_mode *m)
{
	struct loop *l = m->session->setup->loop;
	struct err e;

	m->terminal = isatty(STDIN_FILENO);
	m->reader = worker_new(l, &e);
	m->writer = m->reader ? worker_new(l, &e) : NULL;
	if (!m->writer) {
		worker_free(m->reader);
		session_stop(m->session);
		return cli_refuse("%s", e.text);
	}
	m->read = (struct job){ .work = read_piece, .done = piece_read };
	m->write = (struct job){ .work = write_words, .done = words_written };
	m->post.run = words_posted;
	buf_init(&m->sending, LINE_UNREAD);
	line_init(&m->line, &m->session->deck);
	m->line.ready = on_words;
	m->session->on_tick = on_tick;
	uv_signal_init(loop_uv(l), &m->cont);
	m->cont.data = m;
	uv_signal_start(&m->cont, on_cont, SIGCONT);
	worker_give(m->reader, &m->read);
	return 0;
}

static void end(struct line_mode *m)
{
	struct loop *l = m->session->setup->loop;

	worker_abandon(m->reader);
	worker_free(m->reader);
	line_tick(&m->line, INT64_MIN);         /* what the log had to say at the end */
	for (int i = 0; i < LAST_WORDS_MS && (m->posted || m->writing); i++) {
		loop_turn(l);
		uv_sleep(1);
	}
	worker_abandon(m->writer);
	worker_free(m->writer);
	uv_close((uv_handle_t *)&m->cont, NULL);
	loop_turn(l);
	line_free(&m->line);
	buf_free(&m->sending);
}

bool line_mode_wanted(struct cli_args *a, struct err *why)
{
	const char *ui = cli_value(a, "ui");

	why->text[0] = '\0';
	if (ui)
		return strcmp(ui, "line") == 0;
	return curses_check(getenv("TERM"), why) < 0 || (!cli_value(a, "tty") && term_check("/dev/tty", why) < 0);
}

int line_mode(struct session *s, struct setup *setup, struct cli_args *a, const struct err *why)
{
	struct line_mode m = { .session = s };
	int status;

	s->endless = true;
	s->face = &m;
	status = session_open(s, setup, a);
	if (status)
		return status;
	if (*why->text)
		fprintf(stderr, "fluxdeck: %s; so without a screen: commands from standard input, quit ends\n", why->text);
	status = session_eval(s, a);
	if (status == 0)
		status = begin(&m);
	session_run(s);
	if (status)
		return status;
	end(&m);
	session_summary(s);
	return session_status(s);
}
