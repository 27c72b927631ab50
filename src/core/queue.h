/*
 * The event-time queue of a lane: a heap ordered by (instant, rank, phase, number), so that equal instants have one order
 * on every machine. Timed changes come first (rank 0), then modules by their place in the scenario (rank 1...).
 */
#ifndef CORE_QUEUE_H
#define CORE_QUEUE_H

#include <stdbool.h>
#include <stdint.h>

/* Also the order at one instant within a rank. A step of a ramp and what a timeline says are changes: they wait for no output. */
enum item_kind { ITEM_CHANGE, ITEM_TIMED, ITEM_WAKE, ITEM_ARRIVAL };
#define ITEM_IS_CHANGE(kind) ((kind) <= ITEM_TIMED)

struct item {
	int64_t at_ns;
	uint32_t rank;
	enum item_kind kind;
	uint64_t number;
	void *of, *what;
};

struct queue {
	struct item *items;
	uint32_t n, room;
	uint64_t numbered;
};

void queue_free(struct queue *q);
int queue_push(struct queue *q, struct item item);      /* sets its number; -1: no memory */
struct item queue_pop(struct queue *q);                 /* of a queue that is not empty */
/* The head's instant moves to at_ns (its next arrival): one sift instead of pop and push. */
void queue_reschedule_head(struct queue *q, int64_t at_ns);
/* Takes out every item for which wanted() is true; returns how many. */
uint32_t queue_remove(struct queue *q, bool (*wanted)(const struct item *i, const void *arg), const void *arg);
bool queue_before(const struct item *a, const struct item *b);

#endif
