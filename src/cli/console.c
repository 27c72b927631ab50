/* fluxdeck console: a run with a screen; or, with --screen, without a terminal and on a clock of its own. */
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/num.h"
#include "cli/attach.h"
#include "cli/drive.h"
#include "cli/face.h"
#include "cli/line_mode.h"
#include "ui/curses.h"
#include "ui/pulse.h"
#include "ui/term.h"
#include "ui/ui.h"

static const struct cli_option options[] = {
	SETUP_OPTIONS,
	{ "ui", "screen|line", "draw, or take commands from stdin (default: draw, if the terminal can)" },
	{ "attach", "PATH", "steer the run whose --socket that is, with commands from stdin" },
	{ "color", "auto|256|16|8|none", "colours (NO_COLOR is heard, too)" },
	{ "ascii", NULL, "draw with ASCII only" },
	{ "fps", "N", "frames per second, 1 to 30 (default 10; over a slow ssh 4)" },
	{ "hangup", "stop|detach", "when the terminal goes away: end the run, or let it go on (default stop)" },
	{ "screen", "WxH", "draw without a terminal, on a simulated wall clock" },
	{ "keys", "FILE", "with --screen: keys to press, +SPAN to wait, \"text\" to type" },
	{ "dump", NULL, "with --screen: print the screen at the end" },
	{ "tty", "PATH", "the terminal to use instead of /dev/tty" },
	{ "help", NULL, "this text" },
	{ .name = NULL },
};

enum {
	AFTER_KEY_NS = 16000000,        /* frames after keys come at most so often */
	ESC_MS = 25,                    /* a lone Esc is a key after this */
	QUIET_MS = 50,                  /* a window that is dragged must be quiet for so long */
	SETTLING = 8,                   /* ticks after the last change: rates are means over a second, queues empty */
	FPS = 10, FPS_SSH = 4,          /* the latter until round trips are known to be short */
	LOOK_MS = 250,                  /* in the background: how often to see whether the terminal is ours again */
};

struct console {
	struct session session;
	struct ui ui;
	struct term term;
	struct curses *curses;
	struct keys keys;
	struct pulse pulse;
	uv_timer_t frame, soon, esc, quiet, background;
	uv_signal_t winch, cont, stop;
	uv_poll_t errors;               /* descriptor 2, while the screen is on */
	int error_pipe[2], error_fd;
	int64_t drawn_ns;
	int colours;
	bool all, wanted, handles;
	bool fresh;                     /* something was done since the last look: an idle screen is drawn once more */
	uint64_t lines;                 /* of the log, when it was drawn */
	int settling;                   /* ticks for which rates and queues still run down */
	const char *term_name;
};

/* ---- frames ---- */

/* The terminal has taken the last frame, and somebody has seen enough of those before. */
static bool may_draw(struct console *c)
{
	return c->term.entered && c->curses && term_idle(&c->term) && pulse_may(&c->pulse, clock_wall_ns());
}

static void draw(struct console *c)
{
	struct buf out;
	bool full;

	if (!may_draw(c)) {
		if (c->wanted)
			pulse_skipped(&c->pulse);
		c->wanted = c->term.entered;
		return;
	}
	c->wanted = false;
	ui_draw(&c->ui);
	buf_init(&out, 4 << 20);
	buf_text(&out, "\033[?2026h");
	full = c->all || c->ui.redraw || pulse_stale(&c->pulse, clock_wall_ns());
	curses_frame(c->curses, &c->ui.cells, c->ui.theme, full, &out);
	buf_text(&out, "\033[?2026l");
	c->all = c->ui.redraw = false;
	if (buf_ok(&out) && out.n > 16) {
		if (pulse_asks(&c->pulse))
			buf_text(&out, "\033[5n");
		pulse_sent(&c->pulse, out.n, full, clock_wall_ns());
		term_write(&c->term, out.data, out.n);
	} else if (!buf_ok(&out)) {
		c->all = true;
	}
	buf_free(&out);
	c->drawn_ns = clock_wall_ns();
	c->ui.own = (struct ui_own){ .round_trip_ns = (double)c->pulse.last_ns, .rate = pulse_rate(&c->pulse), .drawn = c->pulse.drawn,
				     .skipped = c->pulse.skipped };
}

/* The frame that could not be drawn when it was due. */
static void draw_wanted(struct console *c)
{
	if (c->wanted && may_draw(c))
		draw(c);
}

static void on_frame(uv_timer_t *h)
{
	draw(h->data);
}

/* Frames while something moves; four a second otherwise, by the session's tick; none while the terminal is not ours. */
static void set_pace(struct console *c)
{
	const struct view *v = c->ui.view;
	bool moves = v && !v->held && (v->actual > 0 || (v->target > 0 && v->on_n > 0));
	uint64_t ms = 1000 / (uint64_t)pulse_rate(&c->pulse);

	if (moves && c->term.entered && (!uv_is_active((uv_handle_t *)&c->frame) || uv_timer_get_repeat(&c->frame) != ms))
		uv_timer_start(&c->frame, on_frame, ms, ms);
	else if ((!moves || !c->term.entered) && uv_is_active((uv_handle_t *)&c->frame))
		uv_timer_stop(&c->frame);
}

static void on_tick(struct session *s)
{
	struct console *c = s->face;

	const struct view *v = c->ui.view;

	/* An idle screen is not drawn: only what was done, what the log says, and the seconds of HELD and FROZEN move it. */
	if (!uv_is_active((uv_handle_t *)&c->frame) &&
	    (c->fresh || !v || log_of_program()->n != c->lines || c->settling > 0 ||
	     ((v->held || c->ui.frozen) && clock_wall_ns() - c->drawn_ns >= 1000000000) || pulse_stale(&c->pulse, clock_wall_ns()))) {
		c->settling = c->fresh ? SETTLING : c->settling - (c->settling > 0);
		c->fresh = false;
		c->lines = log_of_program()->n;
		draw(c);
	}
	draw_wanted(c);
	set_pace(c);
}

static void on_drained(void *arg)
{
	draw_wanted(arg);
}

/* ---- keys ---- */

static void take_keys(struct console *c, const struct key *keys, size_t n)
{
	bool pressed = false;

	for (size_t i = 0; i < n; i++) {
		if (keys[i].code == KEY_CODE_REPLY)
			pulse_answered(&c->pulse, clock_wall_ns());
		else
			ui_key(&c->ui, &keys[i]);
		pressed |= keys[i].code != KEY_CODE_REPLY && keys[i].code != KEY_CODE_FOCUS;
	}
	draw_wanted(c);
	if (!pressed)
		return;
	c->fresh = true;
	if (clock_wall_ns() - c->drawn_ns >= AFTER_KEY_NS)
		draw(c);
	else
		uv_timer_start(&c->soon, on_frame, AFTER_KEY_NS / 1000000, 0);
}

static void on_esc(uv_timer_t *h)
{
	struct console *c = h->data;
	struct key keys[KEYS_ROOM];

	take_keys(c, keys, keys_flush(&c->keys, keys, KEYS_ROOM));
}

static void on_bytes(void *arg, const char *bytes, size_t n)
{
	struct console *c = arg;
	struct key keys[KEYS_ROOM];
	size_t used, got;

	do {
		got = keys_feed(&c->keys, bytes, n, &used, keys, KEYS_ROOM);
		bytes += used;
		n -= used;
		take_keys(c, keys, got);
	} while (got == KEYS_ROOM || n);
	if (keys_pending(&c->keys))
		uv_timer_start(&c->esc, on_esc, ESC_MS, 0);
	else
		uv_timer_stop(&c->esc);
}

/* ---- what is written to descriptor 2 while the screen is on ---- */

static void on_errors(uv_poll_t *h, int status, int events)
{
	struct console *c = h->data;
	char text[512];
	ssize_t n = status < 0 ? 0 : read(c->error_pipe[0], text, sizeof text - 1);

	(void)events;
	if (n <= 0)
		return;
	text[n] = '\0';
	for (char *s = text; *s;) {
		size_t len = strcspn(s, "\n");

		if (len)
			log_warn("stderr", "%.*s", (int)len, s);
		s += len;
		s += *s == '\n';
	}
}

static void catch_errors(struct console *c)
{
	if (!isatty(STDERR_FILENO) || pipe2(c->error_pipe, O_CLOEXEC | O_NONBLOCK) < 0) {
		c->error_pipe[0] = -1;
		return;
	}
	c->error_fd = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
	dup2(c->error_pipe[1], STDERR_FILENO);
	c->term.error_fd = c->error_fd;
	uv_poll_init(loop_uv(c->session.setup->loop), &c->errors, c->error_pipe[0]);
	c->errors.data = c;
	uv_poll_start(&c->errors, UV_READABLE, on_errors);
}

static void release_errors(struct console *c)
{
	if (c->error_pipe[0] < 0)
		return;
	dup2(c->error_fd, STDERR_FILENO);
	c->term.error_fd = -1;
	close(c->error_fd);
	close(c->error_pipe[1]);
	on_errors(&c->errors, 0, UV_READABLE);  /* what was still in the pipe */
	uv_close((uv_handle_t *)&c->errors, NULL);
	loop_turn(c->session.setup->loop);
	close(c->error_pipe[0]);
}

/* ---- size, job control, hang-up ---- */

static void enter(struct console *c)
{
	int w, h;

	pulse_begin(&c->pulse, clock_wall_ns());
	term_enter(&c->term);
	term_size(&c->term, &w, &h);
	ui_resize(&c->ui, w, h);
	curses_resize(c->curses, w, h);
	c->all = true;
	draw(c);
}

static void on_quiet(uv_timer_t *h)
{
	struct console *c = h->data;
	int width, height;

	if (!c->term.entered)
		return;
	term_size(&c->term, &width, &height);
	ui_resize(&c->ui, width, height);
	curses_resize(c->curses, width, height);
	c->all = true;
	draw(c);
}

static void on_winch(uv_signal_t *h, int number)
{
	struct console *c = h->data;

	(void)number;
	uv_timer_start(&c->quiet, on_quiet, QUIET_MS, 0);
}

/* In the background the run goes on without a screen. The shell sends no signal when `fg` takes a running job, so somebody looks. */
static void on_background(uv_timer_t *h)
{
	struct console *c = h->data;

	if (c->term.gone) {
		uv_timer_stop(h);
	} else if (term_is_ours(&c->term)) {
		uv_timer_stop(h);
		enter(c);
	}
}

static void come_back(struct console *c)
{
	if (c->term.gone || c->session.phase == SESSION_ENDED)
		return;
	if (term_is_ours(&c->term))
		enter(c);
	else
		uv_timer_start(&c->background, on_background, LOOK_MS, LOOK_MS);
}

static void on_cont(uv_signal_t *h, int number)
{
	struct console *c = h->data;

	(void)number;
	session_continued(&c->session);
	/* Stopped by a signal rather than by ^Z the screen was not left: what is there now is the shell's. */
	if (c->term.entered)
		term_forget(&c->term);
	come_back(c);
}

static void leave(struct console *c)
{
	term_settle(&c->term, pulse_open(&c->pulse));
	term_leave(&c->term);
}

static void suspend(void *arg)
{
	struct console *c = arg;

	/* A session leader has no shell that could wake it. */
	if (getsid(0) == getpid()) {
		ui_say(&c->ui, STYLE_WARN, "there is no shell to come back from; the run goes on");
		return;
	}
	leave(c);
	set_pace(c);
	/* The whole job, as the shell would: `fluxdeck | consumer` stops together. Delivered before the next line runs. */
	kill(0, SIGSTOP);
	/* Said before the next turn, which would take the pause for lateness; SIGCONT is heard only after it. */
	session_continued(&c->session);
}

static void on_stop(uv_signal_t *h, int number)
{
	(void)number;
	suspend(h->data);
}

static void on_lost(void *arg)
{
	struct console *c = arg;

	log_warn("console", "the terminal is gone");
	if (!c->session.detach)
		session_stop(&c->session);
}

/* OSC 52: the terminal's own clipboard, also over ssh. Longer texts are refused by many terminals. */
static bool copy(void *arg, const char *text, size_t n)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	struct console *c = arg;
	struct buf b;

	if (n > 74994 || !c->term.entered)
		return false;
	buf_init(&b, 120000);
	buf_text(&b, "\033]52;c;");
	for (size_t i = 0; i < n; i += 3) {
		uint32_t v = (uint32_t)(unsigned char)text[i] << 16 | (i + 1 < n ? (uint32_t)(unsigned char)text[i + 1] << 8 : 0) |
			     (i + 2 < n ? (unsigned char)text[i + 2] : 0);

		buf_char(&b, digits[v >> 18]);
		buf_char(&b, digits[v >> 12 & 63]);
		buf_char(&b, i + 1 < n ? digits[v >> 6 & 63] : '=');
		buf_char(&b, i + 2 < n ? digits[v & 63] : '=');
	}
	buf_char(&b, '\a');
	if (buf_ok(&b))
		term_write(&c->term, b.data, b.n);
	buf_free(&b);
	return true;
}

static void set_mouse(void *arg, bool on)
{
	struct console *c = arg;

	term_mouse(&c->term, on);
}

/* The screen goes for good; the socket is the way back. */
static void detach(void *arg)
{
	struct console *c = arg;

	term_leave(&c->term);
	c->term.gone = true;
	c->session.detach = true;
	set_pace(c);
	dprintf(c->error_pipe[0] < 0 ? STDERR_FILENO : c->error_fd, "fluxdeck: running on without a screen, process %d; its socket takes commands "
		"(console --attach). ^Z and bg give the shell back.\n", (int)getpid());
}

static bool set_fps(void *arg, int fps)
{
	struct console *c = arg;

	pulse_want(&c->pulse, fps);
	uv_timer_stop(&c->frame);       /* set_pace() starts it again */
	return true;
}

static void at_once(struct session *s)
{
	(void)s;
	term_restore_now();     /* and descriptor 2 */
}

static void quit(void *arg)
{
	struct console *c = arg;

	session_hurry(&c->session);
}

/* ---- set-up ---- */

static int read_options(struct console *c, struct cli_args *a)
{
	const char *colour = cli_value(a, "color"), *fps = cli_value(a, "fps"), *hangup = cli_value(a, "hangup"), *no = getenv("NO_COLOR");
	bool far = getenv("SSH_CONNECTION") || getenv("SSH_TTY");
	int64_t n = FPS;
	const char *ui = cli_value(a, "ui");
	struct err e;

	c->colours = 256;
	if (no && *no && !colour)
		c->colours = 0;
	if (colour && strcmp(colour, "none") == 0)
		c->colours = 0;
	else if (colour && (strcmp(colour, "8") == 0 || strcmp(colour, "16") == 0 || strcmp(colour, "256") == 0))
		c->colours = (int)strtol(colour, NULL, 10);
	else if (colour && strcmp(colour, "auto") != 0)
		return cli_refuse("--color takes auto, 256, 16, 8 or none, not '%.20s'", colour);
	if (fps && (num_int(fps, &n, &e) < 0 || n < 1 || n > 30))
		return cli_refuse("--fps takes 1 to 30, not '%.20s'", fps);
	pulse_init(&c->pulse, (int)n, far && !fps ? FPS_SSH : (int)n);
	if (hangup && strcmp(hangup, "stop") != 0 && strcmp(hangup, "detach") != 0)
		return cli_refuse("--hangup takes stop or detach, not '%.20s'", hangup);
	if (ui && strcmp(ui, "screen") != 0 && strcmp(ui, "line") != 0)
		return cli_refuse("--ui takes screen or line, not '%.20s'", ui);
	c->session.detach = hangup && strcmp(hangup, "detach") == 0;
	return 0;
}

static void start_handles(struct console *c)
{
	uv_loop_t *uv = loop_uv(c->session.setup->loop);
	uv_timer_t *timers[] = { &c->frame, &c->soon, &c->esc, &c->quiet, &c->background };
	uv_signal_t *signals[] = { &c->winch, &c->cont, &c->stop };

	for (size_t i = 0; i < COUNT_OF(timers); i++) {
		uv_timer_init(uv, timers[i]);
		timers[i]->data = c;
	}
	for (size_t i = 0; i < COUNT_OF(signals); i++) {
		uv_signal_init(uv, signals[i]);
		signals[i]->data = c;
	}
	uv_signal_start(&c->winch, on_winch, SIGWINCH);
	uv_signal_start(&c->cont, on_cont, SIGCONT);
	uv_signal_start(&c->stop, on_stop, SIGTSTP);
	c->handles = true;
}

static void stop_handles(struct console *c)
{
	uv_handle_t *all[] = { (uv_handle_t *)&c->frame, (uv_handle_t *)&c->soon, (uv_handle_t *)&c->esc, (uv_handle_t *)&c->quiet, (uv_handle_t *)&c->background,
			       (uv_handle_t *)&c->winch, (uv_handle_t *)&c->cont, (uv_handle_t *)&c->stop };

	for (size_t i = 0; c->handles && i < COUNT_OF(all); i++)
		uv_close(all[i], NULL);
}

/* With a screen, standard output must lead elsewhere when events go there. */
static int check_stdout(const struct setup *setup)
{
	const char *name;

	for (unsigned i = 0; (name = engine_output_name(setup->engine, i)); i++)
		if (strcmp(engine_output(setup->engine, name)->class->name, "stdout") == 0 && isatty(STDOUT_FILENO))
			return cli_refuse("output '%s' writes where the screen is; redirect it (| consumer, > file), or use fluxdeck run", name);
	return 0;
}

static int open_screen(struct console *c, struct cli_args *a)
{
	struct err e;
	int w, h;
	const char *tty = cli_value(a, "tty");

	if (term_open(&c->term, c->session.setup->loop, tty ? tty : "/dev/tty", &e) < 0)
		return cli_refuse("%s; fluxdeck run works without one", e.text);
	term_size(&c->term, &w, &h);
	c->term.bytes = on_bytes;
	c->term.drained = on_drained;
	c->term.lost = on_lost;
	c->term.arg = c;
	c->curses = curses_open(getenv("TERM"), w, h, c->colours, &e);
	if (!c->curses) {
		term_close(&c->term);
		loop_turn(c->session.setup->loop);
		return cli_refuse("%s; fluxdeck run works without a screen", e.text);
	}
	if (ui_init(&c->ui, &c->session.deck, w, h) < 0)
		return cli_refuse("out of memory");
	c->ui.cells.ascii = cli_value(a, "ascii") || strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
	c->ui.host = (struct ui_host){ .quit = quit, .suspend = suspend, .save = face_save, .copy = copy, .fps = set_fps,
				       .settings = face_settings, .mouse = set_mouse, .detach = c->session.socket ? detach : NULL, .arg = c };
	face_read_settings(&c->session.deck);
	return 0;
}

static int run_console(struct console *c, struct setup *setup, struct cli_args *a)
{
	int status;

	face_begin(&c->session, setup);
	c->session.endless = true;
	c->session.face = c;
	c->session.on_tick = on_tick;
	c->session.at_once = at_once;
	status = session_open(&c->session, setup, a);
	if (status)
		return status;
	status = session_eval(&c->session, a);
	if (status == 0)
		status = open_screen(c, a);
	if (status) {
		session_stop(&c->session);
		session_run(&c->session);
		return status;
	}
	start_handles(c);
	catch_errors(c);
	term_guard(&c->term);
	come_back(c);
	session_run(&c->session);
	leave(c);
	term_close(&c->term);
	stop_handles(c);
	release_errors(c);
	loop_turn(setup->loop);
	curses_close(c->curses);
	ui_free(&c->ui);
	session_summary(&c->session);
	return session_status(&c->session);
}

static int run(const struct catalogue *cat, struct cli_args *a)
{
	struct console c = { .error_pipe = { -1, -1 }, .term = { .fd = -1, .error_fd = -1 } };
	struct setup setup;
	const char *screen = cli_value(a, "screen");
	int status = read_options(&c, a);
	struct err why;
	bool line;

	if (status)
		return status;
	if (cli_value(a, "attach"))
		return a->given_n + a->rest_n == 1 ? attach(cli_value(a, "attach")) : cli_refuse("--attach PATH goes alone");
	line = !screen && line_mode_wanted(a, &why);
	if (screen && cli_value(a, "ui"))
		return cli_refuse("--screen draws without a terminal; --ui has no say in that");
	if (!screen && (cli_value(a, "keys") || cli_value(a, "dump")))
		return cli_refuse("--keys and --dump go with --screen WxH");
	if (screen)
		drive_clock();
	status = setup_prepare(&setup, cat, a, true);
	if (status == 0)
		status = screen ? drive(&setup, a, screen) : line ? line_mode(&c.session, &setup, a, &why) : check_stdout(&setup);
	if (status == 0 && !screen && !line)
		status = run_console(&c, &setup, a);
	setup_free(&setup);
	return status;
}

const struct subcommand subcommand_console = {
	"console", "[SCENARIO] [--PARAMETER VALUE]...", "Opens the console on a scenario, or on the built-in demo", options, run, false,
};
