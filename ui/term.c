/* The terminal. */
#include "ui/term.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/clock.h"

enum { OUT_CEILING = 8 * 1024 * 1024 };

/* Presses, drags, and both in decimal. */
#define MOUSE_ON "\033[?1000h\033[?1002h\033[?1006h"
#define MOUSE_OFF "\033[?1006l\033[?1002l\033[?1000l"

/* Alternate screen, cursor keys as CSI, no cursor, bracketed paste, focus reports; and back, in the reverse order, with attributes
 * reset and a half-finished synchronized update ended. Modes that were never on are taken off, too: it is one text for every case. */
static const char enter_text[] = "\033[5n\033[?1049h\033[?1l\033>\033[?25l\033[?2004h\033[?1004h\033[H\033[2J";
static const char leave_text[] = "\033[?2026l" MOUSE_OFF "\033[?1004l\033[?2004l\033[0m\033[?25h\033[?1049l";

enum { SETTLE_MS = 250 };

/* For signal handlers, which cannot be handed anything. */
static struct term *volatile guarded;

static int open_terminal(const char *path, struct termios *saved, struct err *e)
{
	int fd = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC | O_NONBLOCK);

	if (fd >= 0 && tcgetattr(fd, saved) == 0)
		return fd;
	err_set(e, ERR_INPUT, "there is no terminal (%s)", strerror(errno));
	if (fd >= 0)
		close(fd);
	return -1;
}

int term_check(const char *path, struct err *e)
{
	struct termios unused;
	int fd = open_terminal(path, &unused, e);

	if (fd >= 0)
		close(fd);
	return fd < 0 ? -1 : 0;
}

int term_open(struct term *t, struct loop *l, const char *path, struct err *e)
{
	t->fd = open_terminal(path, &t->saved, e);
	if (t->fd < 0)
		return -1;
	buf_init(&t->out, OUT_CEILING);
	uv_poll_init(loop_uv(l), &t->poll, t->fd);
	t->poll.data = t;
	t->polling = t->mouse = true;
	return 0;
}

void term_size(const struct term *t, int *w, int *h)
{
	struct winsize ws;

	*w = 80;
	*h = 24;
	if (ioctl(t->fd, TIOCGWINSZ, &ws) == 0 && ws.ws_col && ws.ws_row) {
		*w = ws.ws_col < 1000 ? ws.ws_col : 1000;
		*h = ws.ws_row < 500 ? ws.ws_row : 500;
	}
}

bool term_is_ours(const struct term *t)
{
	pid_t group = tcgetpgrp(t->fd);

	return group < 0 || group == getpgrp();
}

static void lose(struct term *t)
{
	if (t->gone)
		return;
	t->gone = true;
	t->entered = false;
	uv_poll_stop(&t->poll);
	if (t->lost)
		t->lost(t->arg);
}

static void pump(struct term *t);

static void on_poll(uv_poll_t *h, int status, int events)
{
	struct term *t = h->data;
	char bytes[4096];
	ssize_t n;

	if (status < 0) {
		lose(t);
		return;
	}
	if (events & UV_WRITABLE)
		pump(t);
	if (!(events & UV_READABLE) || t->gone)
		return;
	n = read(t->fd, bytes, sizeof bytes);
	if (n > 0)
		t->bytes(t->arg, bytes, (size_t)n);
	else if (n == 0 || (errno != EAGAIN && errno != EINTR))
		lose(t);
}

static void watch(struct term *t)
{
	if (!t->gone && t->entered)
		uv_poll_start(&t->poll, UV_READABLE | (t->writing ? UV_WRITABLE : 0), on_poll);
}

static void pump(struct term *t)
{
	while (t->sent < t->out.n && !t->gone) {
		ssize_t n = write(t->fd, t->out.data + t->sent, t->out.n - t->sent);

		if (n >= 0) {
			t->sent += (size_t)n;
		} else if (errno == EAGAIN) {
			if (!t->writing) {
				t->writing = true;
				watch(t);
			}
			return;
		} else if (errno != EINTR) {
			lose(t);
			return;
		}
	}
	buf_clear(&t->out);
	t->sent = 0;
	if (t->writing) {
		t->writing = false;
		watch(t);
	}
	if (t->drained)
		t->drained(t->arg);
}

bool term_idle(const struct term *t)
{
	return t->sent == t->out.n;
}

void term_write(struct term *t, const char *bytes, size_t n)
{
	if (t->gone)
		return;
	buf_add(&t->out, bytes, n);
	if (!buf_ok(&t->out))           /* a frame of over 8 MiB: dropped whole, the next one draws everything */
		buf_clear(&t->out);
	if (!t->writing)
		pump(t);
}

void term_enter(struct term *t)
{
	struct termios raw = t->saved;

	if (t->gone)
		return;
	raw.c_iflag &= ~(tcflag_t)(BRKINT | ICRNL | INPCK | ISTRIP | IXON);
	raw.c_oflag &= ~(tcflag_t)OPOST;
	raw.c_lflag &= ~(tcflag_t)(ECHO | ICANON | IEXTEN | ISIG);
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	tcsetattr(t->fd, TCSANOW, &raw);
	t->entered = true;
	t->writing = false;
	watch(t);
	term_write(t, enter_text, sizeof enter_text - 1);
	if (t->mouse)
		term_mouse(t, true);
}

void term_mouse(struct term *t, bool on)
{
	t->mouse = on;
	if (t->entered)
		term_write(t, on ? MOUSE_ON : MOUSE_OFF, sizeof MOUSE_ON - 1);
}

/* Safe in a signal handler. What a stalled terminal has not read belongs to a screen that goes away: it is thrown away, so that there
 * is room for this; if there is none even so, the terminal gets a fifth of a second. */
static void write_leave(int fd)
{
	size_t at = 0;

	tcflush(fd, TCOFLUSH);
	for (int tries = 0; tries < 20 && at < sizeof leave_text - 1; tries++) {
		ssize_t n = write(fd, leave_text + at, sizeof leave_text - 1 - at);
		struct pollfd p = { .fd = fd, .events = POLLOUT };

		if (n > 0)
			at += (size_t)n;
		else if (errno == EAGAIN)
			poll(&p, 1, 10);
		else if (errno != EINTR)
			return;
	}
}

void term_forget(struct term *t)
{
	t->entered = false;
	uv_poll_stop(&t->poll);
	buf_clear(&t->out);
	t->sent = 0;
	t->writing = false;
}

void term_leave(struct term *t)
{
	if (!t->entered)
		return;
	term_forget(t);
	write_leave(t->fd);
	tcsetattr(t->fd, TCSANOW, &t->saved);
}

void term_settle(struct term *t, unsigned answers)
{
	static const char answer[] = "\033[0n";
	struct pollfd p = { .fd = t->fd, .events = POLLIN };
	int64_t end = clock_wall_ns() + SETTLE_MS * 1000000ll;
	char bytes[256];
	size_t same = 0;

	while (answers && t->entered && term_idle(t)) {
		int left = (int)((end - clock_wall_ns()) / 1000000);
		ssize_t n;

		if (left <= 0 || poll(&p, 1, left) <= 0)
			return;
		n = read(t->fd, bytes, sizeof bytes);
		if (n <= 0)
			return;
		for (ssize_t i = 0; i < n; i++) {
			same = bytes[i] == answer[same] ? same + 1 : bytes[i] == answer[0];
			if (same == sizeof answer - 1) {
				same = 0;
				answers -= answers > 0;
			}
		}
	}
}

static void closed(uv_handle_t *h)
{
	struct term *t = h->data;

	close(t->fd);
	t->fd = -1;
}

void term_close(struct term *t)
{
	if (guarded == t)
		guarded = NULL;
	if (t->fd < 0)
		return;
	term_leave(t);
	buf_free(&t->out);
	if (t->polling)
		uv_close((uv_handle_t *)&t->poll, closed);
	t->polling = false;
}

void term_restore_now(void)
{
	struct term *t = guarded;

	if (!t || !t->entered)
		return;
	t->entered = false;
	write_leave(t->fd);
	tcsetattr(t->fd, TCSANOW, &t->saved);
	if (t->error_fd >= 0)
		dup2(t->error_fd, STDERR_FILENO);
}

static void on_fatal(int number)
{
	term_restore_now();
	/* SA_RESETHAND has put the default back. */
	raise(number);
}

void term_guard(struct term *t)
{
	static const int numbers[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGQUIT };
	struct sigaction fatal = { .sa_handler = on_fatal, .sa_flags = (int)(SA_RESETHAND | SA_NODEFER) };

	guarded = t;
	for (size_t i = 0; i < COUNT_OF(numbers); i++)
		sigaction(numbers[i], &fatal, NULL);
}
