/*
 * The pulse of the screen: whether a frame may be drawn now, and how many a second are worth drawing.
 *
 * Pure: instants come in as arguments, nothing is read or written. A frame ends with the question CSI 5 n; a terminal answers CSI 0 n
 * when it has come so far, which says how old the picture is that somebody sees. Whoever draws asks pulse_may() before, says
 * pulse_sent() after, and pulse_answered() when an answer comes (KEY_CODE_REPLY).
 *
 * - Few frames are on the way at once: one where the delay is all in the frames themselves, up to four where the road is long (one
 *   at a time over a road of 150 ms would be six a second).
 * - The rate halves when an answer is late, and rises again step by step when answers are quick. Late is more than twice what a
 *   frame of its size takes on a free road: the best round trip of small frames, and the best pace of large ones.
 * - A terminal that answered and then does not for a second has stalled. It gets one frame a second, until it has caught up.
 * - A terminal that never answers is not asked any more: it gets a frame whenever it has taken the last one.
 */
#ifndef UI_PULSE_H
#define UI_PULSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PULSE_WINDOW = 4 };      /* frames on the way, at most */

enum pulse_state {
	PULSE_UNKNOWN,          /* asked, no answer yet */
	PULSE_ANSWERS,
	PULSE_STALLED,          /* it answered before, and does not now */
	PULSE_SILENT,           /* it never answered: the method is off, unless an answer comes after all */
};

/* The least of what came in the last one or two spans. */
struct pulse_least {
	int64_t value, before, since_ns;
};

struct pulse {
	enum pulse_state state;
	int wanted, ceiling, rate;              /* frames a second: asked for, allowed so far, now */
	struct { int64_t sent_ns; size_t bytes; } way[PULSE_WINDOW];    /* on the way, oldest first */
	unsigned on_way, owed;                  /* owed: answers to what was on the way when it fell silent */
	bool back;                              /* since then at least one came */
	int64_t sent_ns, answered_ns, full_ns;  /* the last frame, answer, full repaint */
	int64_t lowered_ns, raised_ns;          /* when the rate was changed */
	struct pulse_least trip, pace;          /* ns of a small frame; ns a KiB of a large one */
	/* Figures to show. A round trip of 0 is none. */
	int64_t best_ns, last_ns;
	uint64_t drawn, skipped;
};

/* `first` is the rate until round trips are known to be short; equal to `wanted` where no caution is needed. */
void pulse_init(struct pulse *pl, int wanted, int first);
/* The terminal was entered, and a bare question has gone out: another terminal may be there than before. Figures go on. */
void pulse_begin(struct pulse *pl, int64_t now_ns);
/* May a frame be drawn, given that the terminal has taken all bytes so far? Time alone can change the answer to yes. */
bool pulse_may(struct pulse *pl, int64_t now_ns);
/* Does a frame carry the question? Asked after pulse_may(), before pulse_sent(). */
bool pulse_asks(const struct pulse *pl);
/* A frame of so many bytes was handed to the terminal; full: everything was painted. */
void pulse_sent(struct pulse *pl, size_t bytes, bool full, int64_t now_ns);
void pulse_answered(struct pulse *pl, int64_t now_ns);
/* Answers that should come any moment; whoever gives the terminal away waits for them, or the shell would read them. */
unsigned pulse_open(const struct pulse *pl);
/* Another rate is asked for; what the road does not carry is lowered again. */
void pulse_want(struct pulse *pl, int rate);
void pulse_skipped(struct pulse *pl);   /* a frame was wanted and not drawn */
int pulse_rate(const struct pulse *pl);
/* Time to paint everything: a program in the same pipeline may have written over the screen. */
bool pulse_stale(const struct pulse *pl, int64_t now_ns);

#endif
