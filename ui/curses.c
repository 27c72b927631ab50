/* The grid of cells to the bytes of a terminal. */
#include "ui/curses.h"

/* Without it curses.h and term.h redefine words that others use. */
#define NCURSES_NOMACROS 1
#include <curses.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <term.h>
#include <unistd.h>

#include "base/utf8.h"

struct curses {
	SCREEN *screen;
	FILE *out, *in;
	int fd;
	int colours;
	unsigned theme;
	bool themed;
	struct glyph *last;      /* what the rows were in the last frame: an equal row costs nothing */
	int last_w, last_h;
};

/* A file in memory: curses can write as much as it likes and is never made to wait. */
static int memory_file(void)
{
	int fd = memfd_create("screen", MFD_CLOEXEC);
	FILE *f;

	if (fd >= 0)
		return fd;
	f = tmpfile();
	return f ? dup(fileno(f)) : -1;
}

int curses_check(const char *term, struct err *e)
{
	const char *cup;
	int found;

	if (setupterm(term ? term : "", STDOUT_FILENO, &found) != OK)
		return err_set(e, ERR_INPUT, "the terminal '%s' is unknown", term ? term : "");
	/* newterm is content with a terminal that cannot, and then writes nonsense. */
	cup = tigetstr("cup");
	del_curterm(cur_term);
	if (!cup || cup == (char *)-1)
		return err_set(e, ERR_INPUT, "the terminal '%s' cannot place its cursor", term);
	return 0;
}

struct curses *curses_open(const char *term, int w, int h, int colours, struct err *e)
{
	struct curses *c;
	char *name;

	if (curses_check(term, e) < 0)
		return NULL;
	c = calloc(1, sizeof *c);
	name = strdup(term);
	if (!c || !name) {
		err_memory(e);
		goto fail;
	}
	c->fd = memory_file();
	c->out = c->fd >= 0 ? fdopen(c->fd, "w+") : NULL;
	c->in = fopen("/dev/null", "r");
	c->screen = c->out && c->in ? newterm(name, c->out, c->in) : NULL;
	if (!c->screen) {
		err_set(e, ERR_IO, "cannot draw on the terminal '%s'", name);
		goto fail;
	}
	free(name);
	set_term(c->screen);
	noecho();
	curs_set(0);
	leaveok(stdscr, TRUE);
	c->colours = colours && has_colors() && start_color() == OK && use_default_colors() == OK ? (COLORS < colours ? COLORS : colours) : 0;
	resizeterm(h, w);
	return c;
fail:
	free(name);
	if (c) {
		if (c->out)
			fclose(c->out);
		if (c->in)
			fclose(c->in);
	}
	free(c);
	return NULL;
}

int curses_colours(const struct curses *c)
{
	return c->colours;
}

void curses_resize(struct curses *c, int w, int h)
{
	set_term(c->screen);
	resizeterm(h, w);
	/* resizeterm queues a key that is none; nobody reads keys from curses, so it is thrown away. */
	flushinp();
}

static void use_theme(struct curses *c, unsigned theme)
{
	if (c->themed && c->theme == theme)
		return;
	c->themed = true;
	c->theme = theme;
	for (short s = 0; s < STYLE_N; s++) {
		struct look l = theme_look((enum style)s, theme);
		int colour = c->colours >= 256 ? l.colour256 : l.colour8;

		if (c->colours)
			init_pair((short)(s + 1), (short)colour, -1);
	}
}

static attr_t attributes(const struct curses *c, enum style s)
{
	struct look l = theme_look(s, c->theme);
	unsigned f = c->colours ? l.flags : l.mono;
	attr_t a = A_NORMAL;

	if (f & LOOK_BOLD)
		a |= A_BOLD;
	if (f & LOOK_DIM)
		a |= A_DIM;
	if (f & LOOK_REVERSE)
		a |= A_REVERSE;
	if (f & LOOK_UNDERLINE)
		a |= A_UNDERLINE;
	return a;
}

/* Runs of one style at a time. */
static void put_row(struct curses *c, const struct cells *g, int y)
{
	for (int x = 0; x < g->w;) {
		const struct glyph *at = &g->at[y * g->w + x];
		wchar_t run[512];
		int n = 0, start = x;

		for (; x < g->w && n < 511 && g->at[y * g->w + x].style == at->style; x++)
			if (g->at[y * g->w + x].c)
				run[n++] = (wchar_t)g->at[y * g->w + x].c;
		run[n] = L'\0';
		attr_set(attributes(c, (enum style)at->style), c->colours ? (short)(at->style + 1) : 0, NULL);
		mvaddnwstr(y, start, run, n);
	}
}

static void remember(struct curses *c, const struct cells *g)
{
	size_t n = (size_t)g->w * (size_t)g->h;
	struct glyph *last = c->last_w == g->w && c->last_h == g->h ? c->last : realloc(c->last, (n ? n : 1) * sizeof *last);

	c->last_w = last ? g->w : 0;    /* without memory every row is put again */
	c->last_h = last ? g->h : 0;
	if (!last)
		free(c->last);
	c->last = last;
	if (last)
		memcpy(last, g->at, n * sizeof *last);
}

void curses_frame(struct curses *c, const struct cells *g, unsigned theme, bool all, struct buf *out)
{
	char piece[65536];
	ssize_t n;
	off_t at = 0;

	set_term(c->screen);
	all |= !c->themed || c->theme != theme || c->last_w != g->w || c->last_h != g->h;
	use_theme(c, theme);
	for (int y = 0; y < g->h && y < LINES; y++)
		if (all || !c->last || memcmp(c->last + y * g->w, g->at + y * g->w, (size_t)g->w * sizeof *g->at) != 0)
			put_row(c, g, y);
	remember(c, g);
	if (all)
		clearok(stdscr, TRUE);
	wnoutrefresh(stdscr);
	doupdate();
	fflush(c->out);
	while ((n = pread(c->fd, piece, sizeof piece, at)) > 0) {
		buf_add(out, piece, (size_t)n);
		at += n;
	}
	if (ftruncate(c->fd, 0) < 0 || lseek(c->fd, 0, SEEK_SET) < 0)
		out->spoilt = true;
}

void curses_close(struct curses *c)
{
	if (!c)
		return;
	set_term(c->screen);
	endwin();
	delscreen(c->screen);
	fclose(c->out);
	fclose(c->in);
	free(c->last);
	free(c);
}
