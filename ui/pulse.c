/* The pulse of the screen. */
#include "ui/pulse.h"

enum { SLOWEST = 1 };                           /* frames a second */
enum { SMALL = 256 };                           /* bytes: what a frame below takes is the length of the road */
static const int64_t silence_ns = 1000000000;   /* longer without an answer is none */
static const int64_t short_ns = 50000000;       /* nobody sees it: a trip that needs no caution, a delay that is none */
static const int64_t step_ns = 500000000;       /* between two steps up */
static const int64_t span_ns = 10000000000;     /* the best is that of the last one or two of these */
static const int64_t repaint_ns = 60000000000;

void pulse_init(struct pulse *pl, int wanted, int first)
{
	*pl = (struct pulse){ .wanted = wanted, .ceiling = first, .rate = first };
}

void pulse_begin(struct pulse *pl, int64_t now_ns)
{
	struct pulse old = *pl;

	pulse_init(pl, old.wanted, old.ceiling);
	pl->drawn = old.drawn;
	pl->skipped = old.skipped;
	pl->full_ns = now_ns;
	pl->way[0].sent_ns = now_ns;
	pl->on_way = 1;
}

static void least_add(struct pulse_least *l, int64_t value, int64_t now_ns)
{
	if (!l->value || now_ns - l->since_ns >= span_ns) {
		l->before = l->value ? l->value : value;
		l->value = value;
		l->since_ns = now_ns;
	} else if (value < l->value) {
		l->value = value;
	}
}

static int64_t least(const struct pulse_least *l)
{
	return l->before < l->value ? l->before : l->value;
}

/* Later than this is late: twice what so many bytes take on a free road. */
static int64_t late_ns(const struct pulse *pl, size_t bytes)
{
	double expected = (double)least(&pl->trip) + (double)least(&pl->pace) * (double)bytes / 1024;

	return 2 * (int64_t)expected + short_ns;
}

/* Since when the next answer is waited for: the frames before are out of its way. */
static int64_t waiting_since(const struct pulse *pl)
{
	return pl->answered_ns > pl->way[0].sent_ns ? pl->answered_ns : pl->way[0].sent_ns;
}

/* As many as the road holds at this rate. A quarter of a frame does not count: on a narrow road, too, the shortest trip is a little
 * more than nothing, and there a second frame only waits behind the first. */
static unsigned window(const struct pulse *pl)
{
	double held = (double)least(&pl->trip) * pl->rate / 1e9 + 0.75;

	return held < PULSE_WINDOW - 1 ? 1 + (unsigned)held : PULSE_WINDOW;
}

static void fall_silent(struct pulse *pl, enum pulse_state state)
{
	pl->state = state;
	pl->owed = pl->on_way;
	pl->on_way = 0;
	pl->back = false;
}

/* What only the time changes. */
static void pass(struct pulse *pl, int64_t now_ns)
{
	int64_t limit = pl->on_way ? late_ns(pl, pl->way[0].bytes) : 0;

	if (pl->state == PULSE_UNKNOWN && pl->on_way && now_ns - pl->way[0].sent_ns >= silence_ns)
		fall_silent(pl, PULSE_SILENT);
	else if (pl->state == PULSE_ANSWERS && pl->on_way && now_ns - waiting_since(pl) >= (limit > silence_ns ? limit : silence_ns))
		fall_silent(pl, PULSE_STALLED);
	else if (pl->state == PULSE_STALLED && pl->back && now_ns - pl->answered_ns >= silence_ns)
		pl->state = PULSE_ANSWERS;      /* the others are lost */
}

bool pulse_may(struct pulse *pl, int64_t now_ns)
{
	pass(pl, now_ns);
	switch (pl->state) {
	case PULSE_SILENT: return true;
	case PULSE_STALLED: return now_ns - (pl->answered_ns > pl->sent_ns ? pl->answered_ns : pl->sent_ns) >= silence_ns;
	case PULSE_UNKNOWN: return pl->on_way < PULSE_WINDOW;
	default: break;
	}
	return pl->on_way < window(pl) && (!pl->on_way || now_ns - waiting_since(pl) <= late_ns(pl, pl->way[0].bytes));
}

unsigned pulse_open(const struct pulse *pl)
{
	return pl->on_way;
}

bool pulse_asks(const struct pulse *pl)
{
	return pl->state != PULSE_SILENT;
}

void pulse_sent(struct pulse *pl, size_t bytes, bool full, int64_t now_ns)
{
	pl->drawn++;
	pl->sent_ns = now_ns;
	if (full)
		pl->full_ns = now_ns;
	if (pl->state == PULSE_STALLED) {
		pl->owed++;
	} else if (pl->state != PULSE_SILENT && pl->on_way < PULSE_WINDOW) {
		pl->way[pl->on_way].sent_ns = now_ns;
		pl->way[pl->on_way++].bytes = bytes;
	}
}

static void learn(struct pulse *pl, size_t bytes, int64_t trip_ns, int64_t now_ns)
{
	int64_t over = trip_ns - least(&pl->trip);

	pl->last_ns = trip_ns;
	if (!pl->best_ns || trip_ns < pl->best_ns)
		pl->best_ns = trip_ns;
	if (bytes < SMALL)
		least_add(&pl->trip, trip_ns, now_ns);
	else
		least_add(&pl->pace, over > 0 ? over * 1024 / (int64_t)bytes + 1 : 1, now_ns);
}

static void judge(struct pulse *pl, size_t bytes, int64_t sent_ns, int64_t now_ns)
{
	int64_t trip = now_ns - sent_ns;

	if (trip > late_ns(pl, bytes)) {
		/* Frames that were on the way when the rate fell are late for the same reason. */
		if (sent_ns >= pl->lowered_ns && pl->rate > SLOWEST) {
			pl->rate /= 2;
			pl->lowered_ns = now_ns;
		}
		pl->raised_ns = now_ns;
	} else if (pl->ceiling < pl->wanted && trip < short_ns) {
		pl->ceiling = pl->rate = pl->wanted;
	} else if (pl->rate < pl->ceiling && now_ns - pl->raised_ns >= step_ns) {
		pl->rate += pl->ceiling / 8 ? pl->ceiling / 8 : 1;
		if (pl->rate > pl->ceiling)
			pl->rate = pl->ceiling;
		pl->raised_ns = now_ns;
	}
}

/* Answers to frames of before the silence are counted, not judged. */
static void catch_up(struct pulse *pl)
{
	pl->state = PULSE_STALLED;
	pl->back = true;
	pl->owed -= pl->owed > 0;
	if (!pl->owed)
		pl->state = PULSE_ANSWERS;
}

void pulse_answered(struct pulse *pl, int64_t now_ns)
{
	int64_t sent = pl->way[0].sent_ns;
	size_t bytes = pl->way[0].bytes;

	pass(pl, now_ns);
	pl->answered_ns = now_ns;
	if (pl->state == PULSE_STALLED || pl->state == PULSE_SILENT) {
		catch_up(pl);
		return;
	}
	if (!pl->on_way)        /* nobody asked */
		return;
	pl->state = PULSE_ANSWERS;
	for (unsigned i = 1; i < pl->on_way; i++)
		pl->way[i - 1] = pl->way[i];
	pl->on_way--;
	learn(pl, bytes, now_ns - sent, now_ns);
	if (bytes)
		judge(pl, bytes, sent, now_ns);
}

void pulse_want(struct pulse *pl, int rate)
{
	pl->wanted = pl->ceiling = pl->rate = rate;
}

void pulse_skipped(struct pulse *pl)
{
	pl->skipped++;
}

int pulse_rate(const struct pulse *pl)
{
	return pl->rate;
}

bool pulse_stale(const struct pulse *pl, int64_t now_ns)
{
	return now_ns - pl->full_ns >= repaint_ns;
}
