/*
 * The output interface: where events go.
 *
 * An output is a const struct of facts and functions. The engine allocates options and state (zeroed) from the declared sizes,
 * writes the options, calls open() once, then put() for each block, and close() at the end. All calls come on the loop thread.
 * An output never paces, queues, numbers or drops: it takes blocks, and settles them.
 *
 * Life of a block: put() answers
 *   OUTPUT_TAKEN   the block is the output's until every record is settled by output_settled();
 *   OUTPUT_FULL    taken up to k->taken (usually 0); it is offered again after output_ready();
 *   OUTPUT_BROKEN  not taken; `e` says why. ERR_FATAL: nobody should try again by itself. Any other code: the engine tries
 *                  again by the `retry` and `backoff` rows of every output.
 * An output that took a block and could not finish it gives the rest back with output_returned(); blocks given back come again in
 * their old order.
 */
#ifndef CORE_OUTPUT_H
#define CORE_OUTPUT_H

#include "core/block.h"
#include "core/encode.h"
#include "core/param.h"

struct loop;
struct output;

enum output_put { OUTPUT_TAKEN, OUTPUT_FULL, OUTPUT_BROKEN };

struct output_class {
	const char *name, *summary;
	const char *absent;             /* why this build lacks it, or NULL */
	const struct param *params;
	size_t opts_size, state_size;
	bool keyed;                     /* wants keys in its blocks */
	bool bare_lines;                /* its records are messages, not lines: no form of ours but ndjson and text, no header */
	bool network;                   /* `limits.hosts` applies; hosts() names them */
	/* The row that says where a record goes (a path, a topic), a text with ${...}; NULL: there is one place. */
	const char *place_row, *key_row;
	/* The row that says it for each event type, PAIRS of such texts: TYPE=..., default=... for the others. NULL: there is none. */
	const char *places_row;
	int64_t linger_ns;              /* default of the `linger` row; 0 = 5 ms */

	/* Refuses options that make no sense together, before anything is opened. Optional. */
	int (*check)(const void *opts, struct err *e);
	/* Copies the next host name that would be contacted into `to`; false when there is none. Needed when `network`. */
	bool (*host)(const void *opts, unsigned i, char *to, size_t room);
	int (*open)(struct output *o, struct err *e);
	enum output_put (*put)(struct output *o, struct block *k, struct err *e);
	void (*changed)(struct output *o, const struct param *p);      /* optional: after a live change */
	/* Tries to finish what is under way; ends, now or later, with output_closed(). `abandon`: no more time, end at once. */
	void (*close)(struct output *o, bool abandon);
	void (*describe)(struct output *o, struct buf *to);             /* optional: one line for people, as `brokers 3 up` */
};

struct output {
	const struct output_class *class;
	const char *name;
	const void *opts;               /* read only here; control writes it */
	void *state;
	struct loop *loop;
	struct form form;
	bool again;                     /* it was open before in this run, and closed: what it wrote then stays */
	int64_t retry_ns;               /* the `retry` row, for outputs whose library tries again by itself; 0 = for ever */
};

/* What an output tells the engine; loop thread only. */
void output_ready(struct output *o);                            /* room again */
void output_settled(struct output *o, struct block *k, uint32_t delivered, uint32_t failed);
void output_returned(struct output *o, struct block *k, const struct err *e);
void output_retried(struct output *o, uint64_t n);
void output_trouble(struct output *o, const struct err *e);     /* something is wrong, but it goes on: shown, not counted */
void output_spoilt(struct output *o, const struct err *e);      /* what was delivered is not whole, as a file that cannot be renamed */
void output_well(struct output *o);                             /* the trouble is over */
void output_closed(struct output *o);                           /* handles gone, memory may go */

/* The text of a place, and the CSV header that a stream for it begins with ("" for none). Valid
 * until the output is closed; only on the loop thread. "" for a place that is not there. */
const char *output_place(const struct output *o, uint32_t place);
void output_header(const struct output *o, uint32_t place, struct buf *to);
/* For describe(): the place row, or the places of places_row, each once. */
void output_places(const struct output *o, struct buf *to);
/* Is it what the row says, without ${...}: known before the first event? */
bool output_place_is_fixed(const struct output *o, const char *place);

#endif
