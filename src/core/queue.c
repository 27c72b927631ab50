/* The event-time queue. */
#include "core/queue.h"

#include <stdlib.h>

bool queue_before(const struct item *a, const struct item *b)
{
	if (a->at_ns != b->at_ns)
		return a->at_ns < b->at_ns;
	if (a->rank != b->rank)
		return a->rank < b->rank;
	if (a->kind != b->kind)
		return a->kind < b->kind;
	return a->number < b->number;
}

void queue_free(struct queue *q)
{
	free(q->items);
	*q = (struct queue){ 0 };
}

/* Children of an item: with four the heap is half as deep, and those of one stand side by side. */
enum { CHILDREN = 4 };

static uint32_t parent_of(uint32_t at)
{
	return (at - 1) / CHILDREN;
}

static void sift_down(struct queue *q, uint32_t at)
{
	struct item moving = q->items[at];

	for (;;) {
		uint32_t first = at * CHILDREN + 1, child = first, end = first + CHILDREN < q->n ? first + CHILDREN : q->n;

		if (first >= q->n)
			break;
		for (uint32_t i = first + 1; i < end; i++)
			if (queue_before(&q->items[i], &q->items[child]))
				child = i;
		if (!queue_before(&q->items[child], &moving))
			break;
		q->items[at] = q->items[child];
		at = child;
	}
	q->items[at] = moving;
}

int queue_push(struct queue *q, struct item item)
{
	uint32_t at = q->n;

	if (q->n == q->room) {
		uint32_t room = q->room ? q->room * 2 : 16;
		struct item *items = realloc(q->items, room * sizeof *items);

		if (!items)
			return -1;
		q->items = items;
		q->room = room;
	}
	item.number = ++q->numbered;
	q->n++;
	while (at > 0 && queue_before(&item, &q->items[parent_of(at)])) {
		q->items[at] = q->items[parent_of(at)];
		at = parent_of(at);
	}
	q->items[at] = item;
	return 0;
}

struct item queue_pop(struct queue *q)
{
	struct item head = q->items[0];

	q->items[0] = q->items[--q->n];
	if (q->n)
		sift_down(q, 0);
	return head;
}

void queue_reschedule_head(struct queue *q, int64_t at_ns)
{
	q->items[0].at_ns = at_ns;
	q->items[0].number = ++q->numbered;
	if (q->n > 1)
		sift_down(q, 0);
}

uint32_t queue_remove(struct queue *q, bool (*wanted)(const struct item *i, const void *arg), const void *arg)
{
	uint32_t kept = 0, was = q->n;

	for (uint32_t i = 0; i < q->n; i++)
		if (!wanted(&q->items[i], arg))
			q->items[kept++] = q->items[i];
	q->n = kept;
	for (uint32_t i = kept > 1 ? parent_of(kept - 1) + 1 : 0; i-- > 0;)
		sift_down(q, i);
	return was - kept;
}
