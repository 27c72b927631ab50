/*
 * What a view shows of flows: those of a module, their accounts, and how far their launches come, step by step. Core knows no flows: a
 * generator that has some fills this in its show(). Texts are the view's own.
 */
#ifndef CORE_VIEW_FLOWS_H
#define CORE_VIEW_FLOWS_H

#include <stdbool.h>
#include <stdint.h>

enum view_step_kind { VIEW_STEP_EVENT, VIEW_STEP_CHANGE, VIEW_STEP_CHOICE, VIEW_STEP_WAIT, VIEW_STEP_FORK, VIEW_STEP_ARM, VIEW_STEP_CALL, VIEW_STEP_END };

/* A step, or the head of an arm: "80%", "then". */
struct view_step {
	enum view_step_kind kind;
	const char *text;               /* "emit order_placed" */
	const char *fader;              /* the module's knob of what drops out here, "drops.checkout.3"; NULL: none */
	unsigned number, depth;         /* number: 0 of an arm */
	uint64_t reached, passed, dropped, lost;        /* passed: are no longer here, dropped or not; lost: nothing matched */
	uint64_t waiting;               /* are here now */
	bool goes_on;                   /* where nothing matches, too */
	double share;                   /* of an arm of a branch, as written, 0..1; else below 0 */
};

struct view_flow {
	const char *module, *name;
	const char *fader;              /* the module's knob of its weight, "flows.checkout" */
	double weight, share;           /* share: of all weights, 0..1 */
	uint64_t launched, active, completed, dropped, stopped, failed, lost;   /* lost: launches that found nothing; not among those launched */
	uint64_t entered;               /* the first step: launches, calls, and ways back to the beginning */
	double rate;                    /* of the latest launches, per second of simulated time */
	const char *why;                /* of the last that failed, or "" */
	const struct view_step *steps;  /* in the order in which they are written; NULL where they were not asked for */
	unsigned step_n;
};

#endif
