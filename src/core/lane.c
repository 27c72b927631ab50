/* Lanes: modules that share an output, in event-time order; where they stand and how they go on. */
#include <stdio.h>

#include "base/clock.h"
#include "core/inside.h"
#include "core/timed.h"

enum {
	LOOK_EVERY = 32,                /* items between two looks at the wall clock, which costs as much as a tick */
	TURN_MOST = 1000000,            /* items in one turn, for a test whose clock stands */
	STOPPED_NS = 1000000000,        /* a stopped module's plans are looked at once a second of simulated time */
	LATE_NS = 250000000,            /* a lane may be that late before `lateness` says what follows */
};

int64_t lane_until(const struct lane *ln, int64_t wall_ns)
{
	int64_t now = simclock_now(&ln->en->clock, wall_ns), end = engine_end(ln->en);

	if (ln->unlimited && !ln->en->clock.held)
		now = INT64_MAX;
	else if (now != INT64_MAX)
		now -= ln->behind_ns;
	if (!ln->en->set.drain)
		return now < end ? now : end;
	/* Once all is drained, time stands where the last came to its end. */
	if (ln->end == LANE_DONE && now > end)
		return ln->now_ns > end ? ln->now_ns : end;
	return now;
}

int64_t lane_instant(const struct lane *ln, int64_t wall_ns)
{
	int64_t until = lane_until(ln, wall_ns);

	if (ln->taking)
		return ln->now_ns;
	/* Not beyond what stands at the head: that has not happened yet. */
	if (ln->queue.n && until > ln->queue.items[0].at_ns)
		until = ln->queue.items[0].at_ns;
	if (until == INT64_MAX)
		until = ln->now_ns;
	if (until > ln->now_ns)
		return until;
	/* Behind what was made at this instant, so that the same change, timed, comes behind it, too. */
	return ln->now_ns + (ln->steps && (!ln->queue.n || ln->queue.items[0].at_ns > ln->now_ns));
}

/* When the next arrival comes; a lane that drains takes none after the end. */
static int64_t arrival_due(const struct slot *s)
{
	int64_t due = pace_due(&s->pace);

	return s->en->set.drain && due > engine_end(s->en) ? PACE_NEVER : due;
}

int lane_schedule(struct slot *s)
{
	int64_t due = arrival_due(s);

	if (due == PACE_NEVER || s->state != SLOT_ON)
		return 0;
	return queue_push(&s->lane->queue, (struct item){ .at_ns = due, .kind = ITEM_ARRIVAL, .rank = s->rank, .of = s });
}

static bool is_arrival_of(const struct item *i, const void *arg)
{
	return i->kind == ITEM_ARRIVAL && i->of == arg;
}

void lane_unschedule(struct slot *s)
{
	queue_remove(&s->lane->queue, is_arrival_of, s);
}

/* The output for which a module has to wait, or NULL. */
static struct outlet *blocked(const struct slot *s, int64_t wall_ns)
{
	for (unsigned i = 0; i < s->routes.n; i++)
		if (!s->routes.at[i].idle && !outlet_room(s->routes.at[i].to, wall_ns))
			return s->routes.at[i].to;
	return NULL;
}

/* The lane is late and may go on: stretch and catch_up move its clock, skip moves the arrivals. */
static void recover(struct lane *ln, int64_t until, int64_t late)
{
	struct engine *en = ln->en;

	if (ln->lateness != LATE_SKIP) {
		ln->behind_ns += late;
		if (ln->lateness == LATE_CATCH_UP)
			ln->owed_ns += late;
		ln->caught_ns = until;
		return;
	}
	for (unsigned i = 0; i < en->slot_n; i++) {
		struct slot *s = en->slots[i];
		uint64_t n;
		char path[160], text[24];

		if (s->lane != ln || s->state != SLOT_ON)
			continue;
		n = pace_skip(&s->pace, until);
		lane_unschedule(s);
		lane_schedule(s);
		if (!n)
			continue;
		s->missed += n;
		snprintf(path, sizeof path, "%s.skipped", s->pub.name);
		snprintf(text, sizeof text, "%llu", (unsigned long long)n);
		control_note(en->control, path, text, (struct place){ .sim_ns = until, .event = en->made, .step = ln->steps },
			     BY_ENGINE);
	}
}

/* Gives back, bit by bit, what catch_up owes: the lane's clock runs `catch_up` times as fast until it is level. */
static void catch_up(struct lane *ln, int64_t sim_ns)
{
	int64_t passed = sim_ns - ln->caught_ns, back;
	double factor = 1.01;

	if (ln->owed_ns <= 0 || passed <= 0)
		return;
	for (unsigned i = 0; i < ln->en->slot_n; i++)
		if (ln->en->slots[i]->lane == ln && ln->en->slots[i]->common.catch_up > factor)
			factor = ln->en->slots[i]->common.catch_up;
	back = (int64_t)((double)passed * (factor - 1));
	if (back > ln->owed_ns)
		back = ln->owed_ns;
	ln->owed_ns -= back;
	ln->behind_ns -= back;
	ln->caught_ns = sim_ns;
}

/* Before a turn: how late the lane is, and what follows from it. */
static void settle_lateness(struct lane *ln, int64_t wall_ns)
{
	int64_t sim = simclock_now(&ln->en->clock, wall_ns), until = lane_until(ln, wall_ns), late;

	if (sim == INT64_MAX || ln->unlimited || !ln->queue.n)
		return;
	catch_up(ln, sim);
	until = lane_until(ln, wall_ns);
	late = until - ln->queue.items[0].at_ns;
	ln->late = late > LATE_NS / 25;
	/* After standing the clock goes on from here; without, only when the machine is too slow for too long. */
	if (late > 0 && ln->stood)
		recover(ln, until, late);
	else if (late > LATE_NS && !ln->owed_ns)
		recover(ln, until, late - LATE_NS / 2);
	ln->stood = false;
}

enum { NEXT_AFTER = 4, FETCHED = 128 };

/* What wakes up next lies anywhere in memory: it comes nearer while something else is done. First what may be next but one, which are
 * the children of the head; then, when it is there and has come to the head, what its module needs of others for it. */
static void fetch_next(const struct queue *q)
{
	const struct item *head = q->items;
	const struct slot *s;

	for (uint32_t i = 1; i <= NEXT_AFTER && i < q->n; i++)
		for (unsigned at = 0; head[i].kind == ITEM_WAKE && at < FETCHED; at += 64)
			__builtin_prefetch((const char *)head[i].what + at);
	if (!q->n || head->kind != ITEM_WAKE)
		return;
	s = head->of;
	if (s->pub.class->near)
		s->pub.class->near(&s->pub, head->what);
}

static void take(struct lane *ln, const struct item *head)
{
	struct slot *s = head->of;
	struct err e = { 0 };

	ln->now_ns = head->at_ns;
	ln->taking = true;
	ln->steps++;
	s->pub.now_ns = head->at_ns;
	if (LIKELY(head->kind == ITEM_ARRIVAL)) {
		int64_t due;

		s->pub.lead_ns = s->pace.lead;
		pace_take(&s->pace);
		due = arrival_due(s);
		if (due == PACE_NEVER)
			queue_pop(&ln->queue);
		else
			queue_reschedule_head(&ln->queue, due);
		slot_arrive(s);
	} else {
		struct item it = queue_pop(&ln->queue);

		fetch_next(&ln->queue);
		if (it.kind == ITEM_TIMED) {
			timed_apply(s, it.what);
		} else if (it.kind == ITEM_CHANGE) {
			int64_t next = control_ramp_step(ln->en->control, it.what, it.at_ns);

			it.at_ns = next;
			if (next != INT64_MAX)
				queue_push(&ln->queue, it);
		} else if (s->state == SLOT_OFF) {
			/* A stopped module makes nothing: what it had planned comes when it goes on. */
			it.at_ns += STOPPED_NS;
			if (queue_push(&ln->queue, it) < 0)
				slot_fail(s, (err_memory(&e), &e));
		} else if (s->state == SLOT_ON && s->pub.class->wake(&s->pub, it.what, &e) < 0) {
			slot_fail(s, &e);
		}
	}
	ln->taking = false;
}

/* Is there nothing any more that will ever make an event? Timed changes alone are no reason to go on. `over`: the end has come. */
static bool exhausted(const struct lane *ln, bool over)
{
	if (over && !ln->en->set.drain)
		return true;
	for (unsigned i = 0; i < ln->en->slot_n; i++) {
		const struct slot *s = ln->en->slots[i];

		if (s->lane != ln || over)
			continue;
		if (s->state == SLOT_ON && pace_due(&s->pace) != PACE_NEVER)
			return false;
		/* A module that is off can be started again. */
		if (s->state == SLOT_OFF && s->presence.present)
			return false;
	}
	/* What wakes up in a module that has finished is nothing, and in one that is off nothing happens. */
	for (uint32_t i = 0; i < ln->queue.n; i++)
		if (ln->queue.items[i].kind == ITEM_WAKE && ((struct slot *)ln->queue.items[i].of)->state == SLOT_ON)
			return false;
	return true;
}

/* At the end and behind it a change or the plan of a stopped module is taken only as long as something else goes on. */
static bool drained(const struct lane *ln, const struct item *head, int64_t end)
{
	return head->at_ns > end && (ITEM_IS_CHANGE(head->kind) || ((struct slot *)head->of)->state != SLOT_ON) && exhausted(ln, true);
}

enum lane_end lane_run(struct lane *ln, int64_t wall_ns, int64_t deadline_ns)
{
	struct engine *en = ln->en;
	int64_t until, end = engine_end(en);
	unsigned looked = 0;

	settle_lateness(ln, wall_ns);
	until = lane_until(ln, wall_ns);
	ln->waits = NULL;
	for (;;) {
		const struct item *head = ln->queue.items;

		if (en->set.events && en->made >= en->set.events)
			return LANE_DONE;
		if (!ln->queue.n || head->at_ns > until)
			return exhausted(ln, until >= end) ? LANE_DONE : LANE_IDLE;
		if (UNLIKELY(drained(ln, head, end)))
			return LANE_DONE;
		ln->waits = ITEM_IS_CHANGE(head->kind) ? NULL : blocked(head->of, wall_ns);
		if (ln->waits || (!ITEM_IS_CHANGE(head->kind) && !engine_within_limits(en, wall_ns))) {
			ln->stood = true;
			return LANE_FULL;
		}
		take(ln, head);
		if (++looked % LOOK_EVERY == 0) {
			wall_ns = clock_wall_ns();
			if (wall_ns >= deadline_ns || looked >= TURN_MOST)
				return LANE_BUDGET;
		}
	}
}
