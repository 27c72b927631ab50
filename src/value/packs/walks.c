/* Distributions with memory. Each value is a function of the seed, the key and the row's number or instant: nothing is kept. */
#include "value/packs/packs.h"

#include <math.h>
#include <stdio.h>

#include "base/mathx.h"
#include "value/packs/bounded.h"
#include "value/packs/noise.h"
#include "value/packs/pieces.h"

#define YEAR_NS 31557600e9      /* 365.25 days */

/* ---- random_walk ---- */

struct walk_opts {
	struct path_opts path;          /* first, in all of these */
	double start, step_sd;
	char *min, *max;
};

struct walk_made {
	struct path path;               /* first */
	struct bounds bounds;
};

static const struct param walk_params[] = {
	P_REAL(struct walk_opts, start, -1e300, 1e300, 0, .help = "First value."),
	P_REAL(struct walk_opts, step_sd, 0, 1e280, 1, .help = "Standard deviation of a step, which is one row."),
	P_TEXT(struct walk_opts, min, "", .help = "Reflected here; no bound when empty."),
	P_TEXT(struct walk_opts, max, "", .help = "Reflected here; no bound when empty."),
	P_PATH(struct walk_opts),
	P_END
};

static int walk_prepare(struct call *c, struct err *e)
{
	const struct walk_opts *o = c->opts;
	struct walk_made *m = c->made;

	if (bounds_read(&m->bounds, o->min, o->max, "auto", e) < 0)
		return -1;
	if (o->start < m->bounds.low || o->start > m->bounds.high)
		return err_set(e, ERR_INPUT, "start: %g is outside min and max", o->start);
	return path_prepare(c, e);
}

/* A free path folded between its bounds is a reflected one. */
static double reflected(const struct bounds *b, double x)
{
	double width = b->high - b->low;

	if (b->low > -HUGE_VAL && b->high < HUGE_VAL) {
		if (!(width > 0))
			return b->low;
		x = (x - b->low) / (2 * width);
		x = 2 * width * (x - floor(x));
		x = b->low + (x > width ? 2 * width - x : x);
	} else if (x < b->low) {
		x = 2 * b->low - x;
	} else if (x > b->high) {
		x = 2 * b->high - x;
	}
	return bounds_keep(b, x);
}

static void walk_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct walk_opts *o = c->opts;
	const struct walk_made *m = c->made;

	(void)d;
	to->r = reflected(&m->bounds, o->start + o->step_sd * noise_walk(path_key(c, r, 0), r->number));
}

/* ---- mean_revert ---- */

struct revert_opts {
	struct path_opts path;
	double mean, theta, sigma;
};

static const struct param revert_params[] = {
	P_REAL(struct revert_opts, mean, -1e300, 1e300, 0, .help = "What values return to."),
	P_REAL(struct revert_opts, theta, 0, 1e6, 0.1, .help = "How fast: what a row takes back; 0 is a walk."),
	P_REAL(struct revert_opts, sigma, 0, 1e280, 1, .help = "Volatility, the square root of what a row adds to the variance."),
	P_PATH(struct revert_opts),
	P_END
};

static void revert_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct revert_opts *o = c->opts;
	uint64_t key = path_key(c, r, 0);

	(void)d;
	/* Below 1e-12 no row that anybody asks for is far enough to be taken back. */
	to->r = o->mean + o->sigma * (o->theta > 1e-12 ? noise_reverting(key, o->theta, r->number) / sqrt(2 * o->theta) :
				      noise_walk(key, r->number));
}

/* ---- gbm ---- */

struct gbm_opts {
	struct path_opts path;
	double start, drift, vol;
	int64_t dt;
};

static const struct param gbm_params[] = {
	P_REAL(struct gbm_opts, start, 1e-300, 1e300, 100, .help = "First value."),
	P_REAL(struct gbm_opts, drift, -1e3, 1e3, 0, .help = "Growth per year."),
	P_REAL(struct gbm_opts, vol, 0, 1e3, 0.2, .help = "Volatility per year."),
	P_SPAN(struct gbm_opts, dt, 1, 31557600e9, 1e9, .help = "Time from one row to the next."),
	P_PATH(struct gbm_opts),
	P_END
};

static void gbm_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct gbm_opts *o = c->opts;
	double years = (double)o->dt / YEAR_NS, t = (double)r->number * years;
	double x = (o->drift - 0.5 * o->vol * o->vol) * t + o->vol * sqrt(years) * noise_walk(path_key(c, r, 0), r->number);

	(void)d;
	x = o->start * mathx_exp(x > 700 ? 700 : x);
	to->r = x < 1e308 ? x : 1e308;
}

/* ---- sine_wave ---- */

struct sine_opts {
	double mean, amplitude, phase, noise;
	int64_t period, step;
	int clock;
};

static const struct param sine_params[] = {
	P_REAL(struct sine_opts, mean, -1e300, 1e300, 0, .help = "Middle."),
	P_REAL(struct sine_opts, amplitude, -1e300, 1e300, 1, .help = "From the middle to the crest."),
	P_SPAN(struct sine_opts, period, 1, 9e18, 3600e9, .help = "Time from crest to crest."),
	P_REAL(struct sine_opts, phase, -1e6, 1e6, 0, .help = "Where the wave begins, in periods: 0.25 is a crest."),
	P_REAL(struct sine_opts, noise, 0, 1e300, 0, .help = "Standard deviation of what is added to each row."),
	P_CLOCK(struct sine_opts),
	P_SPAN(struct sine_opts, step, 0, 31557600e9, 0, .help = "Time that a row adds to the clock, for rows that are made at one instant."),
	P_END
};

static void sine_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct sine_opts *o = c->opts;
	uint64_t ns = (uint64_t)r->now_ns + r->number * (uint64_t)o->step;
	double turn = (double)((int64_t)ns % o->period) / (double)o->period + o->phase;

	to->r = o->mean + o->amplitude * mathx_sin(2 * MATHX_PI * (turn - floor(turn)));
	if (o->noise > 0) {
		struct rng g = draws_rng(d);

		to->r += o->noise * rng_normal(&g);
	}
}

/* ---- markov ---- */

enum { STATES = 64, STATE_TEXT = 256, LOOK_BACK = 1 << 16 };

struct markov_opts {
	struct path_opts path;
	char *states, *matrix, *start;
};

struct markov_made {
	struct path path;
	uint32_t n, start, longest;
	const char *name[STATES];       /* in the option's text */
	uint32_t length[STATES];
	struct alias next[STATES];
};

static const struct param markov_params[] = {
	P_TEXT(struct markov_opts, states, "up,down", .flags = PARAM_LIST | PARAM_NEEDED, .help = "Names of the states, separated by commas."),
	P_TEXT(struct markov_opts, matrix, "0.95,0.05;0.3,0.7", .flags = PARAM_NEEDED, .help = "Probabilities of the next state: a row per state, rows separated by ';'."),
	P_TEXT(struct markov_opts, start, "", .help = "First state; the first of the list when empty."),
	P_PATH(struct markov_opts),
	P_END
};

static int read_states(struct markov_made *m, const struct markov_opts *o, struct err *e)
{
	m->start = *o->start ? STATES : 0;
	for (const char *s = o->states; *s && m->n <= STATES;) {
		size_t n = strcspn(s, ","), blanks = strspn(s, " ");

		blanks = blanks < n ? blanks : n;
		if (n == blanks || n - blanks > STATE_TEXT)
			return err_set(e, ERR_INPUT, "states: state %u is empty or longer than %d bytes", m->n + 1, STATE_TEXT);
		if (m->n == STATES)
			return err_set(e, ERR_INPUT, "states: takes at most %d", STATES);
		for (uint32_t i = 0; i < m->n; i++)
			if (m->length[i] == n - blanks && memcmp(m->name[i], s + blanks, n - blanks) == 0)
				return err_set(e, ERR_INPUT, "states: '%.*s' is there twice", (int)(n - blanks < 40 ? n - blanks : 40), s + blanks);
		m->name[m->n] = s + blanks;
		m->length[m->n] = (uint32_t)(n - blanks);
		m->longest = m->length[m->n] > m->longest ? m->length[m->n] : m->longest;
		if (strlen(o->start) == n - blanks && memcmp(o->start, s + blanks, n - blanks) == 0)
			m->start = m->n;
		m->n++;
		s += n + (s[n] == ',');
	}
	if (!m->n)
		return err_set(e, ERR_INPUT, "states: there is none");
	return m->start == STATES ? err_set(e, ERR_INPUT, "start: '%.40s' is none of the states", o->start) : 0;
}

/* One row of the matrix; `s` moves behind it. */
static int read_probabilities(const char **s, const struct markov_made *m, uint32_t row, double *p, struct err *e)
{
	double sum = 0;

	for (uint32_t i = 0; i < m->n; i++) {
		size_t n = strcspn(*s, ",;"), blanks = strspn(*s, " \n");
		char text[64];

		blanks = blanks < n ? blanks : n;
		snprintf(text, sizeof text, "%.*s", (int)(n - blanks < 63 ? n - blanks : 63), *s + blanks);
		if (bounds_real("matrix", text, &p[i], e) < 0)
			return -1;
		if (p[i] < 0 || p[i] > 1 || ((*s)[n] == ',') != (i + 1 < m->n))
			return err_set(e, ERR_INPUT, "matrix: row %u needs %u probabilities", row + 1, m->n);
		sum += p[i];
		*s += n + ((*s)[n] != '\0');
	}
	return fabs(sum - 1) > 1e-6 ? err_set(e, ERR_INPUT, "matrix: row %u adds up to %g instead of 1", row + 1, sum) : 0;
}

static int markov_prepare(struct call *c, struct err *e)
{
	const struct markov_opts *o = c->opts;
	struct markov_made *m = c->made;
	const char *s = o->matrix;
	double p[STATES];

	if (read_states(m, o, e) < 0)
		return -1;
	for (uint32_t i = 0; i < m->n; i++) {
		if (read_probabilities(&s, m, i, p, e) < 0)
			return -1;
		if (alias_init(&m->next[i], p, m->n) < 0)
			return err_memory(e);
	}
	return *s ? err_set(e, ERR_INPUT, "matrix: has more rows than there are states") : path_prepare(c, e);
}

static void markov_release(struct call *c)
{
	struct markov_made *m = c->made;

	for (uint32_t i = 0; i < m->n && i < STATES; i++)
		alias_free(&m->next[i]);
}

static size_t markov_room(const struct call *c)
{
	return ((const struct markov_made *)c->made)->longest;
}

/*
 * Step k maps every state to its next one by draws of its own. The maps are composed backwards from the row asked for until all
 * states have come to the same one: then it does not matter where the path began (Propp and Wilson 1996). Otherwise it began with
 * the first state, at row 0 or at the last multiple of LOOK_BACK that is far enough.
 */
static char *markov_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct markov_made *m = c->made;
	uint64_t key = path_key(c, r, 0), least = r->number / LOOK_BACK;
	uint8_t map[STATES], older[STATES];

	(void)d;
	least = least ? (least - 1) * LOOK_BACK : 0;
	for (uint32_t i = 0; i < m->n; i++)
		map[i] = (uint8_t)i;
	for (uint64_t k = r->number; k > least; k--) {
		struct draws step = { rng_mix(key ^ rng_mix(k)) };
		bool same = true;

		for (uint32_t i = 0; i < m->n; i++) {
			older[i] = map[alias_pick(&m->next[i], draws_next(&step))];
			same = same && older[i] == older[0];
		}
		memcpy(map, older, m->n);
		if (same)
			break;
	}
	return put_bytes(to, m->name[map[m->start]], m->length[map[m->start]]);
}

#define ROW(n, o, kind, text, like) \
	ROW_NAME(n), .category = "Distributions", .group = "state", .help = (text), .example = (like), .out = (kind), \
	.params = o##_params, .opts_size = sizeof(struct o##_opts)

const struct provider pack_walks[] = {
	{ ROW("random_walk", walk, KIND_REAL, "A walk: each row is the one before and a normal step.", "3.81"),
	  .made_size = sizeof(struct walk_made), .prepare = walk_prepare, .value = walk_value },
	{ ROW("sine_wave", sine, KIND_REAL, "A sine of the clock.", "0.7071"), .value = sine_value },
	{ ROW("mean_revert", revert, KIND_REAL, "A walk that is drawn back to its mean (Ornstein and Uhlenbeck).", "-1.27"),
	  .made_size = sizeof(struct path), .prepare = path_prepare, .value = revert_value },
	{ ROW("gbm", gbm, KIND_REAL, "Geometric Brownian motion, like prices.", "101.37"),
	  .made_size = sizeof(struct path), .prepare = path_prepare, .value = gbm_value },
	{ ROW("markov", markov, KIND_TEXT, "A chain of states, each drawn by the one before.", "up"), .made_size = sizeof(struct markov_made),
	  .prepare = markov_prepare, .release = markov_release, .max_len = markov_room, .text = markov_text },
	{ .name = NULL },
};
