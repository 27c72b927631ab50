/*
 * The console on a pseudo-terminal: stalls, slow roads, resizes, hang-ups, job control, fatal signals. The program is taken from FLUXDECK; the
 * screen is read through libvterm, so claims are about what a user would see.
 */
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>
#include <utmp.h>
#include <vterm.h>

enum { SOON = 5000, LATE = 15000, PLAN = 35, MARKS = 4096, ROWS = 30, COLS = 100 };

/* One program on one terminal. The slave side stays open here, too: Linux resets the modes at its last close. */
struct desk {
	int master, slave, status;
	pid_t pid;
	bool over, stopped;
	VTerm *vt;
	VTermScreen *vs;
	int rows, cols;
	struct termios before;
	char *bytes;
	size_t n, room;
	/* What has come waits here as in the buffers of an ssh, and passes to the screen at so many bytes a second; 0: at once. */
	long per_s, ate_ms;
	size_t eaten;
	struct { size_t at; long ms; } marks[MARKS];    /* ends of frames on the way, and when they came */
	unsigned mark, mark_n;
	long ages[MARKS];                               /* of frames when they were seen, in ms */
	unsigned seen;
};

static int claims;
static char work[] = "/tmp/pty_test.XXXXXX";

static void claim(bool ok, const char *what)
{
	printf("%sok %d - %s\n", ok ? "" : "not ", ++claims, what);
	fflush(stdout);
}

static long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- the terminal ---- */

static void size(struct desk *d, int cols, int rows)
{
	struct winsize ws = { .ws_row = (unsigned short)rows, .ws_col = (unsigned short)cols };

	d->rows = rows;
	d->cols = cols;
	ioctl(d->master, TIOCSWINSZ, &ws);
	vterm_set_size(d->vt, rows, cols);
}

static void answer(const char *bytes, size_t n, void *arg)
{
	struct desk *d = arg;

	if (d->master >= 0 && write(d->master, bytes, n) < 0)
		puts("# an answer was not taken");
}

static void start_on(struct desk *d, const char *const argv[], long per_s, bool answers)
{
	*d = (struct desk){ .pid = -1, .per_s = per_s };
	if (openpty(&d->master, &d->slave, NULL, NULL, NULL) < 0)
		exit(99);
	fcntl(d->master, F_SETFD, FD_CLOEXEC);
	d->vt = vterm_new(ROWS, COLS);
	vterm_set_utf8(d->vt, 1);
	if (answers)
		vterm_output_set_callback(d->vt, answer, d);
	d->vs = vterm_obtain_screen(d->vt);
	vterm_screen_enable_altscreen(d->vs, 1);
	vterm_screen_reset(d->vs, 1);
	size(d, COLS, ROWS);
	tcgetattr(d->slave, &d->before);
	d->pid = fork();
	if (d->pid == 0)
		_exit(login_tty(d->slave) < 0 || execvp(argv[0], (char *const *)(uintptr_t)argv));
	if (d->pid < 0)
		exit(99);
}

static void start(struct desk *d, const char *const argv[])
{
	start_on(d, argv, 0, true);
}

/* Frames end here. */
static void mark(struct desk *d, size_t from)
{
	static const char end[] = "\033[?2026l";
	const char *s = d->bytes + (from > sizeof end ? from - sizeof end + 2 : 0), *hit;

	while ((hit = memmem(s, d->n - (size_t)(s - d->bytes), end, sizeof end - 1))) {
		s = hit + sizeof end - 1;
		if (d->mark_n < MARKS) {
			d->marks[d->mark_n].at = (size_t)(s - d->bytes);
			d->marks[d->mark_n++].ms = now_ms();
		}
	}
}

/* The screen takes what its road lets through, and answers questions in it. */
static void eat(struct desk *d)
{
	long now = now_ms();
	size_t n = d->n - d->eaten, most = (size_t)((now - d->ate_ms) * d->per_s / 1000);

	if (!d->per_s || n <= most) {
		d->ate_ms = now;
	} else {
		n = most;
		d->ate_ms += (long)n * 1000 / d->per_s;
	}
	d->eaten += n;
	vterm_input_write(d->vt, d->bytes + d->eaten - n, n);
	for (; d->mark < d->mark_n && d->marks[d->mark].at <= d->eaten; d->mark++)
		d->ages[d->seen++] = now - d->marks[d->mark].ms;
}

/* Reads what the program wrote for up to so many milliseconds; false when there was nothing. */
static bool take(struct desk *d, int ms)
{
	struct pollfd p = { .fd = d->master, .events = POLLIN };
	ssize_t n;

	if (d->n + 65536 > d->room)
		d->bytes = realloc(d->bytes, d->room = (d->n + 65536) * 2);
	if (d->eaten < d->n) {
		eat(d);
		ms = ms < 2 ? ms : 2;
	}
	if (!d->bytes || poll(&p, 1, ms) <= 0 || (n = read(d->master, d->bytes + d->n, 65536)) <= 0)
		return false;
	d->n += (size_t)n;
	mark(d, d->n - (size_t)n);
	eat(d);
	return true;
}

static void reap(struct desk *d)
{
	if (d->over || waitpid(d->pid, &d->status, WNOHANG | WUNTRACED | WCONTINUED) != d->pid)
		return;
	d->stopped = WIFSTOPPED(d->status);
	d->over = WIFEXITED(d->status) || WIFSIGNALED(d->status);
}

static bool shows(struct desk *d, const char *text)
{
	char row[4096];

	for (int y = 0; y < d->rows; y++) {
		VTermRect r = { y, y + 1, 0, d->cols };
		size_t n = vterm_screen_get_text(d->vs, row, sizeof row - 1, r);

		row[n] = '\0';
		if (strstr(row, text))
			return true;
	}
	return false;
}

/* Conditions to wait for. */
static bool is_over(struct desk *d, const void *arg) { (void)arg; return d->over; }
static bool is_stopped(struct desk *d, const void *arg) { (void)arg; return d->stopped; }
static bool is_shown(struct desk *d, const void *arg) { return shows(d, arg); }
static bool is_hidden(struct desk *d, const void *arg) { return !shows(d, arg); }

static bool wait_for(struct desk *d, bool (*condition)(struct desk *, const void *), const void *arg, int ms)
{
	for (long end = now_ms() + ms; now_ms() < end;) {
		take(d, 10);
		reap(d);
		if (condition(d, arg))
			return true;
	}
	return false;
}

static void type(struct desk *d, const char *keys)
{
	if (d->master >= 0 && write(d->master, keys, strlen(keys)) < 0)
		puts("# a key was not taken");
}

/* Offset of the last occurrence behind which nothing of the kind follows; -1 when there is none. */
static long last(const struct desk *d, const char *text)
{
	long at = -1;
	const char *s = d->bytes, *hit;

	while (s && (hit = memmem(s, d->n - (size_t)(s - d->bytes), text, strlen(text)))) {
		at = hit - d->bytes;
		s = hit + 1;
	}
	return at;
}

/* After the alternate screen was entered the last time it is left, the cursor is back, and paste, focus and mouse are not reported. */
static bool left(struct desk *d, const void *arg)
{
	static const char *const undone[] = { "\033[?1049l", "\033[?25h", "\033[?2004l", "\033[?1004l", "\033[?1000l", "\033[?1002l",
					      "\033[?1006l" };
	long in = last(d, "\033[?1049h");
	bool all = in >= 0 && last(d, "\033[?1000h") >= 0;

	(void)arg;
	for (size_t i = 0; i < sizeof undone / sizeof undone[0]; i++)
		all &= last(d, undone[i]) > in;
	return all;
}

static bool modes_back(const struct desk *d)
{
	struct termios t;

	/* Both were zero before they were filled, so that padding compares equal. */
	memset(&t, 0, sizeof t);
	return tcgetattr(d->slave, &t) == 0 && memcmp(&t, &d->before, sizeof t) == 0;
}

static void finish(struct desk *d)
{
	if (!d->over && kill(d->pid, SIGKILL) == 0)
		waitpid(d->pid, NULL, 0);
	close(d->master);
	close(d->slave);
	vterm_free(d->vt);
	free(d->bytes);
}

/* ---- scenarios and files ---- */

static void scenario(const char *name, const char *file, const char *events)
{
	FILE *f = fopen(name, "w");

	if (!f)
		exit(99);
	fprintf(f, "scenario: pty\nseed: 7\nclock:\n  start: 2024-01-01T09:00:00Z\noutputs:\n  disk:\n    type: file\n    path: %s\n"
		"    exists: replace\nmodules:\n  alpha:\n    generator: market\n    rate: 1000\n%s  beta:\n    generator: market\n"
		"    rate: 10\n%s", file, events, events);
	fclose(f);
}

/* Lines of a file; with whole, -1 unless each is an object that begins and ends. */
static long lines(const char *name, bool whole)
{
	FILE *f = fopen(name, "r");
	char *line = NULL;
	size_t room = 0;
	ssize_t n;
	long count = 0;

	while (f && (n = getline(&line, &room, f)) > 0) {
		if (line[n - 1] == '\n')
			count++;
		if (whole && (n < 3 || line[0] != '{' || line[n - 2] != '}' || line[n - 1] != '\n'))
			count = -1000000000;
	}
	free(line);
	if (f)
		fclose(f);
	return count < 0 ? -1 : count;
}

/* Nobody reads, and each redraw wants to write a whole screen: the terminal is full after a few. */
static void fill(struct desk *d, int times)
{
	for (; times > 0; times--) {
		type(d, "\x0c");
		usleep(50000);
	}
}

/* Until a file has so many lines; without reads nobody takes what the program paints, and keys make it paint all the time. */
static bool grows(struct desk *d, const char *file, long n, bool reads)
{
	for (long end = now_ms() + LATE; now_ms() < end && !d->over; reap(d)) {
		if (lines(file, false) >= n)
			return true;
		if (reads)
			take(d, 10);
		else
			fill(d, 1);
	}
	return false;
}

/* ---- claims ---- */

static bool opened(struct desk *d, const char *file, const char *more, const char *value)
{
	start(d, (const char *const[]){ getenv("FLUXDECK"), "console", file, more, value, NULL });
	return wait_for(d, is_shown, "modules 2", SOON);
}

static void test_keys(void)
{
	struct desk d;

	claim(opened(&d, "s.yaml", NULL, NULL) && wait_for(&d, is_shown, "alpha", SOON), "the desk appears with its modules");
	type(&d, ">");
	claim(wait_for(&d, is_shown, "alpha.rate = 2000", SOON) && shows(&d, "2.00k"), "a key doubles the rate");
	type(&d, "u");
	claim(wait_for(&d, is_shown, "undo alpha.rate", SOON) && wait_for(&d, is_hidden, "2.00k", SOON), "undo takes it back");
	type(&d, ":");
	claim(wait_for(&d, is_shown, "command", SOON), "a colon opens the palette");
	type(&d, "\033");
	claim(wait_for(&d, is_hidden, "Esc cancel", SOON), "a lone Esc closes it");
	type(&d, "\033[B");
	claim(wait_for(&d, is_shown, ">\u25b6 beta", SOON), "an arrow as CSI moves the focus");
	type(&d, "\033OA");
	claim(wait_for(&d, is_shown, ">\u25b6 alpha", SOON), "an arrow as SS3 moves it back");
	type(&d, "\033[200~>Q!j q>\033[201~6");
	claim(wait_for(&d, is_hidden, "modules 2", SOON) && !d.over && !shows(&d, "quit?"), "pasted letters are no keys");
	type(&d, "1");
	wait_for(&d, is_shown, ">\u25b6 alpha", SOON);
	type(&d, "\033[200~a\rb\tc\003\003\x0c\033[B\033[201~>");
	claim(wait_for(&d, is_shown, "alpha.rate = 2000", 2000) && shows(&d, "modules 2"), "pasted line ends and controls are no keys");
	finish(&d);
}

static void test_stall(void)
{
	struct desk d;
	long began, before, grown;

	opened(&d, "s.yaml", NULL, NULL);
	grows(&d, "s.jsonl", 500, true);
	before = lines("s.jsonl", false);
	began = now_ms();
	fill(&d, 60);
	grown = lines("s.jsonl", false) - before;
	claim((double)grown >= 0.6 * 1.01 * (double)(now_ms() - began), "while nobody reads the screen the file goes on growing");
	printf("# %ld lines in %ld ms\n", grown, now_ms() - began);
	type(&d, ">");
	claim(wait_for(&d, is_shown, "alpha.rate = 2000", SOON), "the screen is right again after the stall");
	finish(&d);
}

static int by_size(const void *a, const void *b)
{
	return *(const long *)a > *(const long *)b ? 1 : *(const long *)a < *(const long *)b ? -1 : 0;
}

/* The whole screen is wanted 30 times a second, for so long. */
static void press_on(struct desk *d, long ms)
{
	long next = now_ms();

	for (long end = next + ms; now_ms() < end; take(d, 5))
		if (now_ms() >= next) {
			type(d, "\x0c");
			next += 33;
		}
}

static void open_wide(struct desk *d, long per_s, bool answers)
{
	start_on(d, (const char *const[]){ getenv("FLUXDECK"), "console", "f.yaml", "--fps", "30", NULL }, per_s, answers);
	wait_for(d, is_shown, "modules 2", SOON);
	size(d, 56, 13);        /* about 1 KB to paint */
	press_on(d, 200);
}

/* Age in ms of what is seen over a road: nine of ten frames are younger. A busy machine makes frames older, never younger: the better
 * of two counts. */
static long age_over(long per_s, long limit)
{
	long best = 1000000;

	for (int tries = 0; tries < 2 && best >= limit; tries++) {
		struct desk d;
		long age;

		open_wide(&d, per_s, true);
		press_on(&d, 3000);
		d.seen = 0;
		press_on(&d, 5000);
		qsort(d.ages, d.seen, sizeof d.ages[0], by_size);
		age = d.seen >= 10 ? d.ages[d.seen * 9 / 10] : best;
		printf("# %ld bytes/s: %u frames of %zu bytes, seen after %ld ms, nine of ten within %ld, all within %ld\n", per_s, d.seen,
		       d.mark > 1 ? d.marks[d.mark - 1].at - d.marks[d.mark - 2].at : 0, d.seen ? d.ages[d.seen / 2] : -1, age,
		       d.seen ? d.ages[d.seen - 1] : -1);
		best = age < best ? age : best;
		finish(&d);
	}
	return best;
}

static void test_roads(void)
{
	struct desk d;
	size_t n;

	if (system("printf 'outputs: {o: {type: \"null\"}}\nmodules:\n  alpha: {generator: market, pace: unlimited}\n"
		   "  beta: {generator: market}\n' >f.yaml") != 0)
		exit(99);
	claim(age_over(20000, 150) < 150, "over 20 KB/s the picture is not older than 150 ms");
	claim(age_over(4000, 1000) < 1000, "over 4 KB/s not older than a second");
	open_wide(&d, 0, false);
	press_on(&d, 1500);
	n = d.n;
	d.seen = 0;
	press_on(&d, 3000);
	claim(d.seen >= 15, "a terminal that never answers gets frames");
	claim(last(&d, "\033[5n") < (long)n, "and is not asked any more");
	printf("# %u frames in 3 s\n", d.seen);
	finish(&d);
}

static void test_resizes(void)
{
	struct desk d;

	opened(&d, "s.yaml", NULL, NULL);
	for (int i = 0; i < 100; i++) {
		size(&d, 1 + i * 37 % 250, 1 + i * 23 % 80);
		usleep(10000);
		take(&d, 0);
	}
	size(&d, 120, 33);
	claim(wait_for(&d, is_shown, "modules 2", SOON) && !d.over, "100 resizes in a second leave a desk");
	type(&d, "6");
	claim(wait_for(&d, is_hidden, "modules 2", SOON), "and keys are heard at the last size");
	finish(&d);
}

static void hang_up(struct desk *d, const char *more, const char *value)
{
	remove("s.jsonl");     /* an old one stays until the first write, and would be counted */
	opened(d, "s.yaml", more, value);
	grows(d, "s.jsonl", 1000, true);
	close(d->slave);
	close(d->master);
	d->master = d->slave = -1;
}

static void test_hangup(void)
{
	struct desk d;
	long n;

	hang_up(&d, NULL, NULL);
	claim(wait_for(&d, is_over, NULL, SOON), "a hang-up ends the run");
	claim(d.over && WIFEXITED(d.status) && WEXITSTATUS(d.status) == 0, "in order, with status 0");
	claim(lines("s.jsonl", true) >= 1000, "with a complete file");
	finish(&d);
	hang_up(&d, "--hangup", "detach");
	n = lines("s.jsonl", false);
	claim(grows(&d, "s.jsonl", n + 1500, false) && !d.over, "with --hangup detach the run goes on");
	if (!d.over)
		kill(d.pid, SIGTERM);
	claim(wait_for(&d, is_over, NULL, SOON) && lines("s.jsonl", true) > n + 1500, "until SIGTERM ends it, with a complete file");
	finish(&d);
}

static void test_suspend(void)
{
	struct desk d;

	opened(&d, "s.yaml", NULL, NULL);
	type(&d, "\032");
	claim(wait_for(&d, is_shown, "no shell to come back from", SOON), "^Z without a shell is refused with a word");
	kill(d.pid, SIGSTOP);
	claim(wait_for(&d, is_stopped, NULL, SOON), "SIGSTOP from outside stops it");
	kill(d.pid, SIGCONT);
	claim(wait_for(&d, is_shown, "modules 2", SOON) && !left(&d, NULL), "SIGCONT brings the screen back");
	finish(&d);
}

static void test_shell(void)
{
	struct desk d;
	long n;

	setenv("PS1", "ready> ", 1);
	start(&d, (const char *const[]){ "bash", "--norc", "--noprofile", "-i", NULL });
	wait_for(&d, is_shown, "ready>", SOON);
	type(&d, "$FLUXDECK console s.yaml\r");
	wait_for(&d, is_shown, "modules 2", SOON);
	type(&d, "\032");
	wait_for(&d, is_shown, "Stopped", SOON);
	n = lines("s.jsonl", false);
	type(&d, "bg\r");
	n = grows(&d, "s.jsonl", n + 1000, true);
	type(&d, "echo us''able\r");
	claim(n && wait_for(&d, is_shown, "usable", SOON) && !shows(&d, "modules 2"), "after bg the run goes on and the shell is usable");
	type(&d, "fg\r");
	claim(wait_for(&d, is_shown, "modules 2", SOON), "fg brings the screen back");
	type(&d, "Q");
	claim(wait_for(&d, left, NULL, SOON) && !shows(&d, "0n"), "and no answer of the terminal is left for the shell");
	finish(&d);
}

static void test_signals(void)
{
	static const struct { int number; bool stalled; const char *what; } fatal[] = {
		{ SIGSEGV, false, "SIGSEGV leaves the terminal as it was" }, { SIGABRT, false, "so does SIGABRT" },
		{ SIGTERM, false, "so does SIGTERM" }, { SIGTERM, true, "so does SIGTERM when the terminal had not read for a while" },
	};
	struct desk d;

	for (size_t i = 0; i < 4; i++) {
		opened(&d, "s.yaml", NULL, NULL);
		if (fatal[i].stalled)
			fill(&d, 30);
		kill(d.pid, fatal[i].number);
		if (fatal[i].stalled)
			grows(&d, "", 1, false);
		wait_for(&d, is_over, NULL, SOON);
		while (take(&d, 100))
			;
		claim(d.over && left(&d, NULL) && modes_back(&d), fatal[i].what);
		finish(&d);
	}
}

/* A run of a fixed length with a screen, which is read or not. */
static void screened(const char *name, bool reads, long per_s)
{
	struct desk d;

	start_on(&d, (const char *const[]){ getenv("FLUXDECK"), "console", "e.yaml", "--fps", "30", NULL }, per_s, true);
	wait_for(&d, is_shown, "modules 2", SOON);
	grows(&d, "e.jsonl", 6000, reads);
	type(&d, "Q");
	wait_for(&d, is_over, NULL, SOON);
	rename("e.jsonl", name);
	finish(&d);
}

static void test_equality(void)
{
	scenario("e.yaml", "e.jsonl", "    events: 3000\n");
	if (system("sed -i 's/rate: 10$/rate: 700/' e.yaml && $FLUXDECK run e.yaml 2>run.log && mv e.jsonl run.jsonl") != 0)
		printf("# fluxdeck run failed\n");
	screened("screen.jsonl", true, 0);
	screened("stalled.jsonl", false, 0);
	screened("slow.jsonl", true, 4000);
	claim(system("test -s run.jsonl && cmp -s run.jsonl screen.jsonl") == 0, "the output with a screen is the output without");
	claim(system("test -s run.jsonl && cmp -s run.jsonl stalled.jsonl") == 0, "so is the output with a terminal that does not read");
	claim(system("test -s run.jsonl && cmp -s run.jsonl slow.jsonl") == 0, "so is the output with a slow one");
}

int main(void)
{
	char command[100];

	printf("1..%d\n", PLAN);
	if (!getenv("FLUXDECK") || !mkdtemp(work) || chdir(work) < 0)
		return 99;
	setenv("LC_ALL", "C.UTF-8", 1);
	setenv("TERM", "xterm-256color", 1);
	signal(SIGPIPE, SIG_IGN);
	scenario("s.yaml", "s.jsonl", "");
	test_keys();
	test_stall();
	test_roads();
	test_resizes();
	test_hangup();
	test_suspend();
	test_shell();
	test_signals();
	test_equality();
	snprintf(command, sizeof command, "rm -rf %s", work);
	return system(command) != 0 || claims != PLAN;
}
