/*
 * A run on the loop: turns of the engine, signals, and the orderly stop. Shared by run and console.
 *
 * The orderly stop: no more events; what is queued is sent, at most flush_limit long; outputs are closed; the loop ends. A second
 * SIGINT or SIGTERM ends at once.
 */
#ifndef CLI_SESSION_H
#define CLI_SESSION_H

#include "cli/setup.h"
#include "core/command.h"
#include "core/view.h"

enum session_phase { SESSION_RUNNING, SESSION_DRAINING, SESSION_CLOSING, SESSION_ENDED };

struct socket;

struct session {
	struct setup *setup;
	struct deck deck;
	struct socket *socket;  /* where others may steer, or NULL */
	enum session_phase phase;
	int64_t signalled_ns;   /* when the first signal to stop came */
	int64_t budget_ns, flush_limit_ns, began_ns, ended_ns, deadline_ns, turned_ns, seen_ns;
	bool endless;           /* a run whose modules have finished goes on: there is somebody at the console */
	bool abandoned, idling, drained_once, turning;
	bool driven;            /* somebody else runs the engine, on a clock of his own: no timer and no wake-up of the session does */
	bool detach;            /* a terminal that goes away does not end the run */
	uv_signal_t signals[3];
	uv_idle_t idle;
	uv_timer_t tick;        /* samples of counters, deadlines, progress */
	unsigned handles;
	void (*on_tick)(struct session *s);     /* four times a second while running; optional */
	void (*on_turn)(struct session *s);     /* after each turn of the engine; optional */
	void (*at_once)(struct session *s);     /* before the program ends at once: restores a terminal; optional */
	struct watch watch;     /* of the face */
	void *face;
};

/* Opens the outputs and starts. 0, or EXIT_REFUSED with the reason printed. */
int session_open(struct session *s, struct setup *setup, struct cli_args *a);
/* Runs the commands of --eval, after session_open(). 0, or EXIT_REFUSED with the reason printed; then the run has begun to stop. */
int session_eval(struct session *s, struct cli_args *a);
void session_run(struct session *s);    /* until the end */
void session_stop(struct session *s);   /* begins the orderly stop; again: nothing */
void session_hurry(struct session *s);  /* begins it, or ends what still waits */
void session_kick(struct session *s);   /* something changed: have a turn soon */
int session_status(const struct session *s);
/* The program was stopped (SIGSTOP) and goes on: simulated time does not count that. */
void session_continued(struct session *s);
/* Accounts on stderr. */
void session_summary(const struct session *s);
/* Commands that need files or the scenario: add, dump, export, preset, quit. */
extern const struct command session_commands[];

#endif
