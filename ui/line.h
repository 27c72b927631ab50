/*
 * Line mode: the command language as lines in and lines out, without a screen. It holds no descriptor and looks at no clock: whoever
 * hosts it (standard input, a client of the control socket, a test) feeds bytes, tells the time and takes the answers.
 *
 *     ok  1393904  ticks.volatility = 0.35          an answer; the number counts the events made before it
 *     error  unknown parameter 'volatilty' ...      a refusal; nothing was changed
 *     change  1393950  ticks.rate 50 → 60 (key)     somebody else changed something
 *     ticks.rate  target 60/s  actual 59/s          something that is watched
 *     log  W kafka  ...                             a warning or error of the program
 *     bye  1394000  ...                             the last line of a connection that ends in order
 *
 * One line each. Further lines of an answer are indented by two blanks. Empty lines and lines that begin with # are nothing.
 */
#ifndef UI_LINE_H
#define UI_LINE_H

#include "core/command.h"

enum {
	LINE_UNREAD = 1 << 20,          /* bytes of `out` at most; then it is spoilt */
	LINE_TABLES = 6,                /* of commands, our own and the end included */
	LINE_WATCHES = 16,
};

struct line_watch {
	char what[256];                 /* "status", or the full path of a parameter */
	int64_t every_ns, due_ns;
};

struct line {
	struct buf out;                 /* answers, whole lines, for line_take(); spoilt when too much waits there */
	void (*ready)(struct line *l);  /* of the host, optional: there is something in `out`. It only takes note: the line is in use */
	bool ended;                     /* by `bye`: the host ends the connection when `out` is written */
	/* ---- its own ---- */
	struct deck deck;
	const struct command *tables[LINE_TABLES];
	struct watch watch;
	char input[COMMAND_LINE];       /* of a line that is not whole yet */
	size_t input_n;
	bool skipping;                  /* the rest of a line that is too long */
	bool running, changed;          /* a command of ours is being run, and it has changed something */
	bool quiet;
	uint64_t event;                 /* where its latest change applies */
	uint64_t logged;                /* lines of the log that were looked at */
	struct line_watch watches[LINE_WATCHES];
	unsigned watch_n;
};

/* The deck is copied; its engine and control must outlive the line, and its tables of commands stand behind our own. */
void line_init(struct line *l, const struct deck *deck);
void line_free(struct line *l);

/* Gives what is said so far: `to`, whose bytes are thrown away, becomes the buffer of the host. */
void line_take(struct line *l, struct buf *to);
/* Runs the lines that are whole now. */
void line_feed(struct line *l, const char *bytes, size_t n);
/* The input is over: what stands without an end of line is run, too. */
void line_finish(struct line *l);
/* Says goodbye, as the last line. */
void line_bye(struct line *l, const char *why);
/* Says what the log has, and what is watched and due. The clock is the caller's; only differences mean anything. */
void line_tick(struct line *l, int64_t wall_ns);
/* When line_tick() will have something to say: INT64_MIN at once, INT64_MAX not before something happens. */
int64_t line_due(const struct line *l);

/* Commands that need a line: watch, unwatch, quiet, bye. */
extern const struct command line_commands[];

#endif
