/* When the next arrival is due. */
#include "core/pace.h"

#include <math.h>
#include <string.h>

#include "base/mathx.h"
#include "base/num.h"

const char *const pace_names[] = { "constant", "poisson", "ramp", "steps", "sine", "square", "sawtooth", "burst", "gap",
				   "spike", "unlimited", "per_step", NULL };

enum {
	UNLIMITED_GAP = 1000,   /* ns between arrivals of an unlimited module: simulated time must move, equally on all machines */
	SKIP_MOST = 100000,             /* arrivals walked at a time, so that the loop is not held up; the rest follows */
	SINE_PIECES = 64,       /* linear pieces of a sine: 0.04 % off at worst, and exact over each half */
};

/* A linear piece of the rate: arrivals per ns, its growth per ns, and the ns left of it (infinite when it is the last). */
struct piece {
	double rate, slope, length;
};

static int read_steps(const char *text, double *steps, unsigned *n, struct err *e)
{
	*n = 0;
	while (*text) {
		size_t len = strcspn(text, ",");
		char one[NUM_TEXT];
		double v;

		text += strspn(text, " ");
		len = strcspn(text, ", ");
		if (*n == PACE_STEP_MOST || len >= sizeof one)
			return err_set(e, ERR_INPUT, "pace_steps holds at most %d rates", PACE_STEP_MOST);
		memcpy(one, text, len);
		one[len] = '\0';
		if (num_real(one, &v, e) < 0 || v < 0 || v > 1e9)
			return err_set(e, ERR_INPUT, "pace_steps must be rates from 0 to 1G separated by commas, not '%.60s'",
				       one);
		steps[(*n)++] = v;
		text += len;
		text += strspn(text, " ");
		text += *text == ',';
	}
	return 0;
}

int pace_check(const struct pace_settings *s, struct err *e)
{
	double steps[PACE_STEP_MOST];
	unsigned n;

	if (read_steps(s->steps, steps, &n, e) < 0)
		return -1;
	if (s->shape == PACE_STEPS && n == 0)
		return err_set(e, ERR_INPUT, "pace 'steps' needs pace_steps, like 100,200,500");
	return 0;
}

/* A piece of a cycle: `from` to `to` times the rate between two instants of the cycle. */
static struct piece cycle_piece(double rate, double from, double to, double start, double end, double at)
{
	double slope = (to - from) * rate / (end - start);

	return (struct piece){ .rate = from * rate + slope * (at - start), .slope = slope, .length = end - at };
}

static struct piece sine_piece(const struct pace_settings *s, double rate, double at)
{
	double width = (double)s->period / SINE_PIECES, k = floor(at / width);
	double from = 1 + s->depth * mathx_sin(2 * MATHX_PI * k / SINE_PIECES);
	double to = 1 + s->depth * mathx_sin(2 * MATHX_PI * (k + 1) / SINE_PIECES);
	struct piece p = cycle_piece(rate, from, to, k * width, (k + 1) * width, at);

	/* A rounding that leaves nothing of a piece would stand still. */
	if (p.length < 1)
		p.length = 1;
	return p;
}

static struct piece spike_piece(const struct pace_settings *s, double rate, double at)
{
	double top = (double)s->lasts / 2, end = (double)s->lasts;

	if (at < top)
		return cycle_piece(rate, 1, s->times, 0, top, at);
	if (at < end)
		return cycle_piece(rate, s->times, 1, top, end, at);
	return cycle_piece(rate, 1, 1, end, (double)s->period, at);
}

/* Two levels in a cycle. */
static struct piece level_piece(const struct pace_settings *s, double rate, double first, double second, double change, double at)
{
	if (at < change)
		return cycle_piece(rate, first, first, 0, change, at);
	return cycle_piece(rate, second, second, change, (double)s->period, at);
}

static struct piece piece_at(const struct pace *p, int64_t at_ns, double fraction)
{
	const struct pace_settings *s = &p->set;
	double rate = s->rate / 1e9, since = (double)(at_ns - p->origin) + fraction;
	double at = (double)((at_ns - p->origin) % (s->period > 0 ? s->period : 1)) + fraction;
	double lasts = (double)(s->lasts < s->period ? s->lasts : s->period);

	switch ((enum pace_shape)s->shape) {
	case PACE_SINE: return sine_piece(s, rate, at);
	case PACE_SQUARE: return level_piece(s, rate, 1 + s->depth, 1 - s->depth, (double)s->period / 2, at);
	case PACE_SAWTOOTH: return cycle_piece(rate, 1 - s->depth, 1 + s->depth, 0, (double)s->period, at);
	case PACE_BURST: return level_piece(s, rate, s->times, 1, lasts, at);
	case PACE_GAP: return level_piece(s, rate, 0, 1, lasts, at);
	case PACE_SPIKE:
		if (s->lasts < s->period)
			return spike_piece(s, rate, at);
		break;
	case PACE_STEPS: {
		uint64_t k = (uint64_t)(at_ns - p->origin) / (uint64_t)s->period;

		rate = p->steps[k < p->step_n ? k : p->step_n - 1] / 1e9;
		if (k + 1 < p->step_n)
			return (struct piece){ .rate = rate, .length = (double)s->period - at };
		break;
	}
	case PACE_RAMP:
		if (since < (double)s->over)
			return cycle_piece(1 / 1e9, s->rate, s->to, 0, (double)s->over, since);
		rate = s->to / 1e9;
		break;
	default: break;
	}
	return (struct piece){ .rate = rate, .length = INFINITY };
}

double pace_rate(const struct pace *p, int64_t now_ns)
{
	if (now_ns > p->set.end)
		return 0;
	if (p->set.shape == PACE_UNLIMITED)
		return INFINITY;
	if (p->set.shape == PACE_PER_STEP)
		return (double)p->set.n * 1e9 / (double)p->set.step;
	return piece_at(p, now_ns, 0).rate * 1e9;
}

/* ns until the area under the piece has grown by need. */
static double solve(const struct piece *w, double need)
{
	double root;

	if (need <= 0)          /* due at once, even where nothing would come */
		return 0;
	if (w->slope == 0)
		return need / w->rate;
	root = w->rate * w->rate + 2 * w->slope * need;
	return 2 * need / (w->rate + sqrt(root > 0 ? root : 0));
}

/* Moves (at, fraction) forward until the area `need` is used up; PACE_NEVER when it never is. */
static void advance(const struct pace *p, int64_t *at, double *fraction, double need)
{
	unsigned barren = 0;

	for (;;) {
		struct piece w = piece_at(p, *at, *fraction);
		double area = isinf(w.length) ? (w.rate > 0 ? INFINITY : 0) : w.length * (w.rate + w.slope * w.length / 2);
		double step, whole;

		/* A whole cycle without any area, as a gap as long as its cycle: nothing will come. */
		barren = area > 0 ? 0 : barren + 1;
		if ((isinf(w.length) && w.rate <= 0) || barren > 2 * SINE_PIECES) {
			*at = PACE_NEVER;
			return;
		}
		if (need > area) {
			/* To the next whole ns behind the piece: its length, a difference of large numbers, is good to a
			 * thousandth of a ns only, and a rest that is never used up would be walked for ever. */
			whole = ceil(*fraction + w.length - 1e-3);
			*at += whole < 1 ? 1 : (int64_t)whole;
			*fraction = 0;
			need -= area;
			continue;
		}
		step = solve(&w, need);
		if (!(step + (double)*at < 9.2e18)) {
			*at = PACE_NEVER;
			return;
		}
		step += *fraction;
		whole = floor(step);
		*at += (int64_t)whole;
		*fraction = step - whole;
		return;
	}
}

/* ---- steps ---- */

static void begin_step(struct pace *p, int64_t at_ns)
{
	p->step.at = at_ns;
	p->step.length = p->set.step;
	p->step.n = p->step.left = p->set.n;
	p->step.share = 0;
}

/* The first step at now or later, counted from an instant at which one begins. */
static void step_from(struct pace *p, int64_t from_ns, int64_t now_ns)
{
	int64_t k = now_ns > from_ns ? (now_ns - from_ns - 1) / p->set.step + 1 : 0;

	begin_step(p, from_ns + k * p->set.step);
}

static bool step_begun(const struct pace *p, int64_t now_ns)
{
	return now_ns > p->step.at || p->step.left < p->step.n;
}

/* Draws the next arrival of the step, or of the next one: once for each. */
static void find_in_step(struct pace *p)
{
	int64_t last, into;

	if (p->step.left == 0)
		begin_step(p, p->step.at + p->step.length);
	p->lead = 0;
	p->next = PACE_NEVER;
	if (p->step.at >= p->set.end)
		return;
	p->next = p->step.at;
	if (p->set.early) {
		p->lead = (int64_t)rng_below(&p->rng, (uint64_t)p->step.length);
		return;
	}
	/* The least of as many uniform draws as are left, in what is left of the step: sorted without keeping them. */
	last = p->step.length - 1;
	p->step.share += (1 - p->step.share) * (1 - mathx_exp(-rng_exp(&p->rng) / (double)p->step.left));
	into = (int64_t)(p->step.share * (double)p->step.length);
	p->next += into < last ? into : last;
}

/* ---- arrivals ---- */

/* Finds `next` from (at, fraction, need). */
static void find(struct pace *p)
{
	p->next = p->at;
	p->next_fraction = 0;
	if (p->set.shape == PACE_UNLIMITED) {
		p->next += UNLIMITED_GAP;
	} else if (p->set.shape <= PACE_POISSON && p->set.rate >= 1e-3) {
		/* What advance() would do, without its search for the piece: this is the path of most events. */
		double step = p->need / (p->set.rate / 1e9) + p->fraction;
		int64_t whole = (int64_t)step;

		p->next += whole;
		p->next_fraction = step - (double)whole;
	} else {
		p->next_fraction = p->fraction;
		advance(p, &p->next, &p->next_fraction, p->need);
	}
}

static double draw_need(struct pace *p)
{
	return p->set.shape == PACE_POISSON ? rng_exp(&p->rng) : 1;
}

void pace_take(struct pace *p)
{
	p->at = p->next;
	if (p->set.shape == PACE_PER_STEP) {
		p->step.left--;
		find_in_step(p);
		return;
	}
	p->fraction = p->next_fraction;
	p->need = draw_need(p);
	find(p);
}

static void use(struct pace *p, const struct pace_settings *s)
{
	p->set = *s;
	p->set.steps = NULL;            /* the text may go away; it was read */
	if (read_steps(s->steps, p->steps, &p->step_n, NULL) < 0 || p->step_n == 0) {
		p->steps[0] = s->rate;
		p->step_n = 1;
	}
}

void pace_start(struct pace *p, const struct pace_settings *s, int64_t now_ns, uint64_t key)
{
	*p = (struct pace){ .origin = now_ns, .at = now_ns };
	use(p, s);
	rng_seed(&p->rng, key);
	if (s->shape == PACE_PER_STEP) {
		step_from(p, s->start, now_ns);
		find_in_step(p);
		return;
	}
	p->need = draw_need(p);
	find(p);
}

void pace_restart(struct pace *p, int64_t now_ns)
{
	p->origin = p->at = now_ns;
	p->fraction = 0;
	if (p->set.shape == PACE_PER_STEP) {
		step_from(p, p->step.at + (step_begun(p, now_ns) ? p->step.length : 0), now_ns);
		find_in_step(p);
		return;
	}
	p->need = draw_need(p);
	find(p);
}

/* The area that has passed between the start of the gap and now, under the settings that were in force. */
static double passed(const struct pace *p, int64_t now_ns)
{
	int64_t at = p->at;
	double fraction = p->fraction, sum = 0;

	while (at < now_ns && sum < p->need) {
		struct piece w = piece_at(p, at, fraction);
		double left = (double)(now_ns - at) - fraction, step = w.length < left ? w.length : left;

		sum += step * (w.rate + w.slope * step / 2);
		if (step >= left)
			break;
		step = ceil(fraction + step - 1e-3);
		at += step < 1 ? 1 : (int64_t)step;
		fraction = 0;
	}
	return sum;
}

static void change_step(struct pace *p, const struct pace_settings *s, int64_t now_ns)
{
	use(p, s);
	if (step_begun(p, now_ns) || (p->step.length == s->step && p->step.n == s->n))
		return;
	begin_step(p, p->step.at);
	find_in_step(p);
}

void pace_change(struct pace *p, const struct pace_settings *s, int64_t now_ns)
{
	bool anew = s->shape != p->set.shape || s->over != p->set.over || (s->to < p->set.to || s->to > p->set.to);
	bool stepped = p->set.shape == PACE_PER_STEP;

	if (stepped && s->shape == PACE_PER_STEP) {
		change_step(p, s, now_ns);
		return;
	}
	if (stepped || p->set.shape == PACE_UNLIMITED || now_ns < p->at) {
		p->need = 1;
		p->fraction = 0;
	} else {
		p->need -= passed(p, now_ns);
		if (p->need < 0)
			p->need = 0;
		p->fraction = 0;
	}
	if (now_ns > p->at)
		p->at = now_ns;
	use(p, s);
	if (anew)
		p->origin = p->at;
	p->lead = 0;
	if (s->shape == PACE_PER_STEP) {
		step_from(p, s->start, now_ns);
		find_in_step(p);
	} else {
		find(p);
	}
}

uint64_t pace_skip(struct pace *p, int64_t now_ns)
{
	uint64_t left_out = 0;

	if (p->set.shape == PACE_UNLIMITED) {
		p->at = now_ns;
		find(p);
		return 0;
	}
	if (p->set.shape == PACE_CONSTANT && pace_due(p) < now_ns) {
		/* However many there are: counted, not walked. */
		double gap = 1e9 / p->set.rate;

		/* A slot within a ns of now is not missed: instants are rounded down. */
		left_out = (uint64_t)((double)(now_ns - 2 - pace_due(p)) / gap) + 1;
		p->at = pace_due(p) + (int64_t)((double)(left_out - 1) * gap);
		p->fraction = 0;
		p->need = 1;
		find(p);
		return left_out;
	}
	for (; pace_due(p) < now_ns && left_out < SKIP_MOST; left_out++)
		pace_take(p);
	return left_out;
}
