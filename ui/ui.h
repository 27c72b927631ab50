/*
 * The console: what is focused, what is typed, which view is shown. It draws a view into cells and turns keys into lines of the
 * command language; it never touches the engine, files or the clock. Whoever hosts it (a terminal, a test) feeds keys and asks for
 * drawings.
 */
#ifndef UI_UI_H
#define UI_UI_H

#include "core/command.h"
#include "core/view.h"
#include "ui/keys.h"
#include "ui/layout.h"
#include "ui/theme.h"

enum ui_mode {
	UI_PLAIN,
	UI_PALETTE,             /* the command line is open */
	UI_VALUE,               /* a value for the focused knob is typed */
	UI_RAMP,                /* value and duration of a ramp */
	UI_FILE,                /* a file name for the module's state */
	UI_QUIT,                /* "quit?" waits for y or n */
};

enum { UI_LINE = 512, UI_HISTORY = 64, UI_MARK = 32 };

struct ui;

/* What only the host can do. */
struct ui_host {
	void (*quit)(void *arg);                                /* the orderly stop */
	void (*suspend)(void *arg);                             /* ^Z */
	bool (*save_screen)(void *arg, const struct cells *g, char *name, size_t room);  /* false: why not is in name */
	void *arg;
};

struct ui {
	struct deck *deck;
	struct ui_host host;
	const struct view *view, *frozen;       /* frozen: what is shown instead, or NULL */
	int64_t frozen_ns, held_ns;             /* wall instants since when */
	struct cells cells;
	enum screen screen, before_help;
	enum ui_mode mode;
	unsigned row, knob, scroll;             /* focused module; focused knob; first row shown */
	char focus[72];                         /* name of the focused module: rows may move */
	unsigned log_scroll, log_level;         /* lines up from the end; letters shown */
	char help_filter[64];
	unsigned help_row;
	char line[UI_LINE];                     /* what is being typed */
	size_t line_n;
	char *history[UI_HISTORY];
	unsigned history_n, history_at;
	char message[300];
	enum style message_style;
	uint64_t errors_read;
	int seconds;                            /* time window of graphs */
	enum glyphs glyphs;
	unsigned theme;
	bool redraw, quitting, explained, going;           /* going: g was pressed, its letter comes next */
	int64_t interrupt_ns;                   /* ^C was pressed once */
	double top;                             /* sticky top of the desk's graph */
	int64_t top_ns;
};

int ui_init(struct ui *u, struct deck *deck, int w, int h);
void ui_free(struct ui *u);
int ui_resize(struct ui *u, int w, int h);
void ui_key(struct ui *u, const struct key *k);
/* Makes a fresh view and draws; the result is in u->cells. */
void ui_draw(struct ui *u);

/* ---- between the files of the console ---- */

const struct view *ui_shown(const struct ui *u);
const struct view_module *ui_module(const struct ui *u);                /* the focused one, or NULL */
const struct view_knob *ui_knob(const struct ui *u);                   /* the focused knob, or NULL */
void ui_say(struct ui *u, enum style s, const char *format, ...) ATTR_PRINTF(3, 4);
/* Runs a line of the command language with the focused module, and shows what it says. */
void ui_command(struct ui *u, const char *format, ...) ATTR_PRINTF(2, 3);
void ui_focus_row(struct ui *u, unsigned row);
bool ui_knob_is_shown(const struct view_knob *k);

void screen_desk(struct ui *u, const struct layout *l);
void screen_module(struct ui *u, const struct layout *l);
void screen_log(struct ui *u, const struct layout *l);
void screen_help(struct ui *u, const struct layout *l);
void screen_palette(struct ui *u);
void draw_header(struct ui *u, struct rect r);
void draw_tabs(struct ui *u, struct rect r);
void draw_message(struct ui *u, struct rect r);
void draw_hints(struct ui *u, struct rect r);
void draw_log(struct ui *u, struct rect r, unsigned up, unsigned level);
void draw_changes(struct ui *u, struct rect r, const char *prefix, bool one_line);

/* Editing of u->line; true when the key was used. */
bool input_key(struct ui *u, const struct key *k);
void input_open(struct ui *u, enum ui_mode mode, const char *text);
void input_remember(struct ui *u, const char *line);

#endif
