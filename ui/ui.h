/*
 * The console: what is focused, what is typed, which view is shown. It draws a view into cells and turns keys into lines of the
 * command language; it never touches the engine, files or the clock. Whoever hosts it (a terminal, a test) feeds keys and asks for
 * drawings.
 *
 * The way of a key: ui_key() -> the mode that is open (prompt, question, menu, help, form) or the table of bindings -> an action
 * (actions.h) -> a line of the command language, or something that only changes what is looked at.
 * The way of a frame: ui_draw() makes a view, brings the lists up to date (rows.h), asks layout_of() for rectangles and lets each
 * pane draw. While it draws, panes note what can be clicked (ui_spot).
 */
#ifndef UI_UI_H
#define UI_UI_H

#include "core/command.h"
#include "core/view.h"
#include "ui/entities.h"
#include "ui/filter.h"
#include "ui/keys.h"
#include "ui/layout.h"
#include "ui/theme.h"

enum ui_mode {
	UI_PLAIN,
	UI_PALETTE,             /* the command line is open */
	UI_PROMPT,              /* one line is typed, for u->prompt */
	UI_QUESTION,            /* a question waits for its letter */
	UI_MENU,
};

enum { UI_LINE = 512, UI_HISTORY = 64, UI_MARK = 32, UI_SPOTS = 400, UI_MARKS = 64, UI_ROWS = 1100, UI_NAME = 72, UI_REBINDS = 100 };

struct ui;
struct add_form;

/* What only the host can do. All may be NULL: the console says that it cannot be done here. */
struct ui_host {
	void (*quit)(void *arg);                                /* the orderly stop */
	void (*suspend)(void *arg);                             /* ^Z */
	void (*detach)(void *arg);                              /* the screen goes, the run stays */
	/* A file beside us; false: why not is in name. */
	bool (*save)(void *arg, const char *what, const struct buf *b, char *name, size_t room);
	bool (*copy)(void *arg, const char *text, size_t n);    /* to the clipboard of the terminal; false: too long or impossible */
	void (*mouse)(void *arg, bool on);
	bool (*fps)(void *arg, int fps);
	bool (*settings)(void *arg, const struct buf *b, char *name, size_t room);      /* writes the console's settings */
	void *arg;
};

/* What a list remembers: where the cursor is, what is shown, how it is sorted. Rows are places in the view's own array. */
struct ui_list {
	unsigned at, first;             /* place of the cursor in order[]; first row drawn */
	char focus[UI_NAME];            /* name of the row under the cursor, where rows have names */
	uint64_t number;                /* its number, where they have numbers */
	int sort;                       /* column, see rows.h */
	bool reverse, follow;           /* follow: the cursor stays at the end */
	struct filter filter;
	char search[80];
	char marks[UI_MARKS][UI_NAME];
	unsigned mark_n;
	unsigned order[UI_ROWS], n, hidden;    /* hidden: rows that the filter leaves out */
	int64_t moved_ns;               /* the cursor moved: the order stands for a while */
};

enum ui_list_id { LIST_MODULES, LIST_OUTPUTS, LIST_TAIL, LIST_LOG, LIST_JOURNAL, LIST_PRESETS, LIST_FLOWS, LIST_N };

struct ui_menu {
	char title[60];
	struct { char text[80], line[200]; } items[24];         /* line: a command */
	unsigned n, at;
	int x, y;                       /* where it was asked for; -1: in the middle */
};

struct ui_prompt {
	char label[180], hint[300];
	void (*done)(struct ui *u, const char *text);
	void (*typed)(struct ui *u);    /* after each key, for filters that work while typing; optional */
	char was[128];                  /* what Esc gives back, with `typed` */
	char knob[160];                 /* path of the knob whose value is typed; "": none. Its effect is shown before it is entered */
	bool ramps;                     /* a time follows the value, and perhaps a shape */
	bool paused;                    /* the list was paused for this; Esc lets it follow again */
	unsigned from;                  /* place in the list where a search began */
};

/* A place that can be clicked, noted while drawing; the latest that contains the pointer wins. */
struct ui_spot {
	struct rect r;
	void (*act)(struct ui *u, const char *arg);
	char arg[100];
	bool fader;                     /* arg is a path: the wheel nudges, the knob is dragged, a double click resets */
	bool row;                       /* a second click acts as Enter */
};

struct ui_rebind {
	struct key key;
	unsigned where;
	const struct bind *bind;        /* NULL: run line */
	char line[160];
};

/* How the console itself does, told by the host. */
struct ui_own {
	double round_trip_ns, rate;
	uint64_t drawn, skipped;
};

struct ui {
	struct deck *deck;
	struct ui_host host;
	struct ui_own own;
	const struct view *view, *frozen;       /* frozen: what is shown instead, or NULL */
	const struct view *paused;              /* what Tail and Log show while they are paused, or NULL */
	const struct view *since;               /* what Flows counts from, or NULL: the start */
	int64_t frozen_ns, held_ns;             /* wall instants since when */
	int64_t cursor_ns;                      /* wall instant of the time cursor while frozen; 0: none */
	struct cells cells;
	enum screen screen, before;             /* before: where Esc of help and form leads */
	enum pane focus[SCREEN_N];              /* focused pane of each screen */
	bool zoom;
	struct layout layout;                   /* of the frame that is shown */
	enum ui_mode mode;
	struct ui_list lists[LIST_N];
	unsigned knob, knob_first, out_knob, out_knob_first, step, step_first;
	struct ui_entities ents;
	enum log_level log_level;
	char log_area[24];                      /* "": all */
	char help_filter[64];
	unsigned help_row;
	char line[UI_LINE];                     /* what is being typed */
	size_t line_n, line_at;
	char *history[UI_HISTORY];
	unsigned history_n, history_at;
	struct ui_prompt prompt;
	struct ui_menu menu;
	char ask[200], ask_line[300];           /* the question; the command that y runs ("": quit) */
	struct add_form *form;
	char message[400];
	enum style message_style;
	uint64_t errors_read;
	struct { uint64_t number; bool passes; } sieved[1024];  /* what the filter of the tail said of an event */
	char sieved_by[FILTER_TEXT];
	uint64_t left_out[256];                 /* groups that the export of a timeline leaves out */
	unsigned left_out_n;
	int seconds;                            /* time window of graphs */
	enum scale_mode { SCALE_STICKY, SCALE_FIT, SCALE_LOG, SCALE_N } scale;
	enum glyphs glyphs;
	unsigned theme;
	bool redraw, quitting, explained, going, presenting, mouse, previewing;
	char keys_shown[40];                    /* of a presentation: what was pressed last */
	int64_t interrupt_ns;                   /* ^C was pressed once */
	double top[4];                          /* sticky tops of graphs: desk, rate, queue, effect */
	int64_t top_ns[4];
	struct ui_spot spots[UI_SPOTS];
	unsigned spot_n;
	struct ui_spot drag;                    /* act NULL: nothing is dragged */
	int64_t click_ns;
	int click_x, click_y;
	struct ui_rebind rebinds[UI_REBINDS];
	unsigned rebind_n;
};

int ui_init(struct ui *u, struct deck *deck, int w, int h);
void ui_free(struct ui *u);
int ui_resize(struct ui *u, int w, int h);
void ui_key(struct ui *u, const struct key *k);
/* Makes a fresh view and draws; the result is in u->cells. */
void ui_draw(struct ui *u);
/* Gives a key another meaning: the name of a row of the table (bind.h), or a command line. where 0: everywhere. */
int ui_rebind(struct ui *u, const char *key, unsigned where, const char *what, struct err *e);
/* The commands that only change what is looked at: screen, freeze, theme, window, ... */
extern const struct command ui_commands[];

/* ---- between the files of the console ---- */

const struct view *ui_shown(const struct ui *u);
const struct view_module *ui_module(const struct ui *u);                /* the focused one, or NULL */
const struct view_output *ui_output(const struct ui *u);
const struct view_knob *ui_knob(const struct ui *u);                    /* of the module, or NULL */
const struct view_knob *ui_out_knob(const struct ui *u);
const struct view_flow *ui_flow(const struct ui *u);                    /* the focused one, or NULL */
unsigned ui_step_at(const struct ui *u, const struct view_flow *f);     /* its focused row of steps */
bool ui_has_flows(const struct ui *u, const char *module);
const struct view_knob *ui_knob_named(const struct view_knob *knobs, unsigned n, const char *name);     /* NULL: there is none */
bool ui_knob_is_shown(const struct view_knob *k);
/* What the value keys are about: the path of a knob, and the knob if the view has it. false: nothing, and it was said. */
bool ui_target(struct ui *u, char *path, size_t room, const struct view_knob **knob);
enum pane ui_pane(const struct ui *u);                                  /* the focused pane of this screen */
enum ui_list_id ui_list_of(const struct ui *u);                         /* the list in it; LIST_N for none */
void ui_say(struct ui *u, enum style s, const char *format, ...) ATTR_PRINTF(3, 4);
/* Runs a line of the command language with the focused module, and shows what it says. */
void ui_command(struct ui *u, const char *format, ...) ATTR_PRINTF(2, 3);
void ui_run_line(struct ui *u, const char *line, enum origin by);
void ui_ask(struct ui *u, const char *line, const char *format, ...) ATTR_PRINTF(3, 4);
/* Opens a prompt with a text to edit; the caller may add a hint and what runs while typing. */
struct ui_prompt *ui_prompt(struct ui *u, void (*done)(struct ui *u, const char *text), const char *text, const char *format, ...) ATTR_PRINTF(4, 5);
void ui_focus_module(struct ui *u, const char *name);
struct ui_spot *ui_spot(struct ui *u, struct rect r, void (*act)(struct ui *u, const char *arg), const char *arg);
void ui_note_key(struct ui *u, const struct key *k);                    /* for a presentation */

void mouse_key(struct ui *u, const struct key *k);
void menu_begin(struct ui *u, const char *title);
void menu_add(struct ui *u, const char *line, const char *format, ...) ATTR_PRINTF(3, 4);
void menu_open(struct ui *u, int x, int y);
void menu_key(struct ui *u, const struct key *k);
void form_open(struct ui *u, bool output);
void form_key(struct ui *u, const struct key *k);
void form_free(struct ui *u);
void help_key(struct ui *u, const struct key *k);
void take_copy(struct ui *u, const struct buf *b);              /* to the clipboard, or into a file */

void screen_desk(struct ui *u, const struct layout *l);
void screen_module(struct ui *u, const struct layout *l);
void screen_outputs(struct ui *u, const struct layout *l);
void screen_tail(struct ui *u, const struct layout *l);
void screen_log(struct ui *u, const struct layout *l);
void screen_journal(struct ui *u, const struct layout *l);
void screen_flows(struct ui *u, const struct layout *l);
void screen_entities(struct ui *u, const struct layout *l);
void screen_entity(struct ui *u, const struct layout *l);
void screen_help(struct ui *u, const struct layout *l);
void screen_form(struct ui *u, const struct layout *l);
void screen_palette(struct ui *u);
void screen_menu(struct ui *u);

/* Editing of u->line; true when the key was used. */
bool input_key(struct ui *u, const struct key *k);
void input_open(struct ui *u, enum ui_mode mode, const char *text);
void input_remember(struct ui *u, const char *line);

#endif
