/*
 * How a price moves.
 *
 * With D seconds since an instrument last moved, dt = D / year and Z standard normal:
 *   gbm        x += (drift - s^2/2) dt + s sqrt(dt) Z                         Black and Scholes 1973
 *   ou         x <- m + (x - m) e^(-kD) + s sqrt((1 - e^(-2kD)) / 2k') Z      Uhlenbeck and Ornstein 1930; exact step: Gillespie 1996
 *   jumps      gbm and a Poisson number of jumps N(0, J^2), drift compensated Merton 1976
 *   realistic  jumps with s(t) = s exp(h - v^2) sqrt(u): h an OU process of deviation v, u the shape of the day;
 *              sizes go with exp(0.6 h - 0.18 v^2) u (Admati and Pfleiderer 1988), trades bounce between bid and ask (Roll 1984)
 *   sine       base + amplitude sin(2 pi t / period) + noise
 *   walk       a bounded walk, reflected at its bounds
 * All transitions are exact over any gap, so a pause costs one step. x is the logarithm of the price.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mathx.h"
#include "base/num.h"
#include "generators/market.h"

double market_year_seconds(const struct market_opts *opt)
{
	return opt->year == YEAR_TRADING ? 252 * 23400.0 : 31536000.0;
}

static bool is_log(const struct market_opts *opt)
{
	return opt->model < MODEL_SINE;
}

/* e^x, from the last full e^x while x is within a ten-thousandth of it: d^4/24 is below the last digit there. Which price is the
 * last full one depends on the path of x alone, so the digits are the same everywhere. */
static double price_of_log(struct instrument *it)
{
	double d = it->x - it->level_x;

	if (fabs(d) > 1e-4) {
		it->level = mathx_exp(it->x);
		it->level_x = it->x;
		return it->level;
	}
	return it->level * (1 + d * (1 + d * (0.5 + d * (1.0 / 6))));
}

double market_price(const struct market_opts *opt, struct instrument *it)
{
	double p = is_log(opt) ? price_of_log(it) : it->x;

	return p < opt->floor ? opt->floor : p;
}

void market_model_start(struct module *m)
{
	const struct market_opts *opt = m->opts;
	struct market *st = m->state;

	rng_seed(&st->factor_rng, rng_key(m->seed, m->name, "factor", 0));
	st->factor_ns = m->start_ns;
	st->log_n = mathx_log((double)st->n + 1);
	for (uint32_t i = 0; i < st->n; i++) {
		struct instrument *it = &st->at[i];
		double p;

		rng_seed(&it->rng, rng_key(m->seed, m->name, st->names[i], 0));
		p = opt->price.low + (opt->price.high - opt->price.low) * rng_unit(&it->rng);
		if (p < opt->floor)
			p = opt->floor;
		it->anchor = it->x = is_log(opt) ? mathx_log(p) : p;
		it->h = opt->vol_of_vol * rng_normal(&it->rng);
		it->level = 1;          /* e^0 */
		it->last_ns = m->start_ns;
		it->price = it->bid = it->ask = p;
	}
}

/* A positive definite matrix R as lower L with L L^T = R (Cholesky); rows separated by ';', numbers by ','. */
int market_matrix(struct market *st, const char *text, struct err *e)
{
	uint32_t n = st->n;
	double *r;

	if (!*text)
		return 0;
	if (n > MATRIX_MOST)
		return err_set(e, ERR_INPUT, "matrix: at most %d instruments, not %u", MATRIX_MOST, n);
	r = st->cholesky = calloc((size_t)n * n, sizeof *r);
	st->paths = calloc(n, sizeof *st->paths);
	if (!r || !st->paths)
		return err_memory(e);
	st->factor_n = n;
	for (uint32_t i = 0; i < n * n; i++) {
		size_t len;
		char one[NUM_TEXT];

		text += strspn(text, " ");
		len = strcspn(text, ",; ");
		if (len == 0 || len >= sizeof one)
			return err_set(e, ERR_INPUT, "matrix: %u rows of %u numbers are needed", n, n);
		memcpy(one, text, len);
		one[len] = '\0';
		if (num_real(one, &r[i], e) < 0 || fabs(r[i]) > 1)
			return err_set(e, ERR_INPUT, "matrix: '%s' is no correlation from -1 to 1", one);
		text += len;
		text += strspn(text, " ");
		if (i + 1 < n * n && *text != ((i + 1) % n ? ',' : ';'))
			return err_set(e, ERR_INPUT, "matrix: %u rows of %u numbers are needed", n, n);
		text += *text != '\0';
	}
	for (uint32_t i = 0; i < n; i++)
		for (uint32_t j = 0; j <= i; j++) {
			double sum = r[i * n + j];

			if (r[i * n + j] != r[j * n + i] || (i == j && r[i * n + i] != 1)) /* typed numbers, compared as typed */
				return err_set(e, ERR_INPUT, "matrix: row '%s' and row '%s' do not mirror each other, or a 1 is missing",
					       st->names[i], st->names[j]);
			for (uint32_t k = 0; k < j; k++)
				sum -= st->cholesky[i * n + k] * st->cholesky[j * n + k];
			if (i == j && !(sum > 1e-12))
				return err_set(e, ERR_INPUT, "matrix: '%s' cannot correlate like this with the ones before it",
					       st->names[i]);
			/* The upper half still holds R; the lower becomes L. */
			st->cholesky[i * n + j] = i == j ? sqrt(sum) : sum / st->cholesky[j * n + j];
			if (i == j)
				st->cholesky[i * n + i] = sqrt(sum);
		}
	return 0;
}

/* Moves the shared paths to now. Their increments have variance 1 per year. */
static void move_factors(struct module *m)
{
	const struct market_opts *opt = m->opts;
	struct market *st = m->state;
	double root;

	if (m->now_ns <= st->factor_ns)
		return;
	root = sqrt((double)(m->now_ns - st->factor_ns) / 1e9 / market_year_seconds(opt));
	st->factor_ns = m->now_ns;
	for (uint32_t k = 0; k < st->factor_n; k++)
		st->paths[k] += root * rng_normal(&st->factor_rng);
	if (!st->factor_n)
		st->factor += root * rng_normal(&st->factor_rng);
}

/* The instrument's own Brownian increment over dt years, correlated with the others as declared. */
static double increment(struct module *m, struct instrument *it, uint32_t i, double dt)
{
	const struct market_opts *opt = m->opts;
	struct market *st = m->state;
	double path = 0, beta, moved;

	if (!st->factor_n && opt->correlation == 0)     /* exactly: the knob stands at its middle */
		return sqrt(dt) * rng_normal(&it->rng);
	if (opt->dt > 0)                                /* a fixed step has no common time to share */
		return sqrt(dt) * rng_normal(&it->rng);
	if (st->factor_n) {
		for (uint32_t k = 0; k <= i; k++)
			path += st->cholesky[i * st->n + k] * st->paths[k];
		moved = path - it->factor;
		it->factor = path;
		return moved;
	}
	/* corr = beta_i beta_j; below zero the odd ones lean the other way. */
	beta = sqrt(fabs(opt->correlation)) * (opt->correlation < 0 && i % 2 ? -1 : 1);
	moved = st->factor - it->factor;
	it->factor = st->factor;
	return beta * moved + sqrt(1 - fabs(opt->correlation)) * sqrt(dt) * rng_normal(&it->rng);
}

/* Activity over a session: high at open and close, low at noon, 1 on average. */
static double day_shape(const struct market_opts *opt, int64_t now_ns)
{
	double tau, a = opt->day_shape;

	if (a == 0 || opt->session <= 0)        /* exactly: off */
		return 1;
	tau = (double)(now_ns % opt->session) / (double)opt->session;
	return (1 + a * (2 * tau - 1) * (2 * tau - 1)) / (1 + a / 3);
}

static double jumps(const struct market_opts *opt, struct instrument *it, double seconds)
{
	double mean = opt->jump_prob * seconds, k = mathx_exp(opt->jump_size * opt->jump_size / 2) - 1, sum = -mean * k;

	if (mean <= 0)
		return 0;
	for (uint64_t n = rng_poisson(&it->rng, mean); n > 0; n--)
		sum += opt->jump_size * rng_normal(&it->rng);
	return sum;
}

/* h to now; returns the volatility that holds over this step. */
static double stochastic(const struct market_opts *opt, struct instrument *it, double seconds, double u)
{
	double v = opt->vol_of_vol, decay = mathx_exp(-0.69314718055994531 * seconds / ((double)opt->vol_half_life / 1e9));

	it->h = it->h * decay + v * sqrt(1 - decay * decay) * rng_normal(&it->rng);
	return opt->volatility * mathx_exp(it->h - v * v) * sqrt(u);
}

static void move_log(struct module *m, struct instrument *it, uint32_t i, double seconds, double calm, double u)
{
	const struct market_opts *opt = m->opts;
	double dt = opt->dt > 0 ? opt->dt : seconds / market_year_seconds(opt), s = opt->volatility * calm;

	if (opt->model == MODEL_OU && seconds > 0) {
		double k = 0.69314718055994531 / ((double)opt->half_life / 1e9), decay = mathx_exp(-k * seconds);
		double sd = s * sqrt((1 - decay * decay) / (2 * k * market_year_seconds(opt)));

		it->anchor += opt->drift * dt;
		it->x = it->anchor + (it->x - it->anchor) * decay + sd / sqrt(dt) * increment(m, it, i, dt);
		return;
	}
	if (opt->model == MODEL_REALISTIC)
		s = stochastic(opt, it, seconds, u) * calm;
	it->x += (opt->drift - s * s / 2) * dt + s * increment(m, it, i, dt);
	if (opt->model == MODEL_JUMPS || opt->model == MODEL_REALISTIC)
		it->x += jumps(opt, it, seconds);
}

static void move_plain(const struct module *m, struct instrument *it)
{
	const struct market_opts *opt = m->opts;
	double noise = opt->noise > 0 ? opt->noise * (2 * rng_unit(&it->rng) - 1) : 0;

	if (opt->model == MODEL_SINE) {
		double t = (double)((m->now_ns - m->start_ns) % opt->period) / (double)opt->period;

		it->x = it->anchor + opt->amplitude * mathx_sin(2 * MATHX_PI * t) + noise;
		return;
	}
	it->x += opt->step * (2 * rng_unit(&it->rng) - 1);
	if (it->x < opt->low)
		it->x = fmin(2 * opt->low - it->x, opt->high);
	if (it->x > opt->high)
		it->x = fmax(2 * opt->high - it->x, opt->low);
}

/* 80 % of 100..499, 15 % of 500..2499, 5 % of 2500..12499. */
static int64_t draw_size(struct rng *r)
{
	uint64_t u = rng_below(r, 100);

	if (u < 80)
		return 100 + (int64_t)rng_below(r, 400);
	if (u < 95)
		return 500 + (int64_t)rng_below(r, 2000);
	return 2500 + (int64_t)rng_below(r, 10000);
}

static int64_t on_lots(const struct market_opts *opt, double size)
{
	int64_t lots = (int64_t)(size / (double)opt->lot + 0.5);

	return (lots > 0 ? lots : 1) * opt->lot;
}

/* Bid and ask around the latent price, and the trade at one of them; on the tick grid when there is one. */
static void quote(const struct module *m, struct instrument *it, double thin)
{
	const struct market_opts *opt = m->opts;
	const struct market *st = m->state;
	double mid = market_price(opt, it);
	double half = mid * (opt->spread + opt->spread_jitter * rng_unit(&it->rng)) / 2 * thin;
	bool bounces = opt->bounce && is_log(opt) && opt->format == FORMAT_MARKET && half > 0;

	it->side = rng_next(&it->rng) >> 63 ? 1 : -1;
	it->bid = mid - half;
	it->ask = mid + half;
	it->price = !bounces ? mid : it->side > 0 ? it->ask : it->bid;
	if (st->grid == 0)      /* exactly: no grid was asked for */
		return;
	it->bid_units = (int64_t)floor(it->bid / st->grid + 1e-9);
	it->ask_units = (int64_t)ceil(it->ask / st->grid - 1e-9);
	if (it->bid_units < 1)
		it->bid_units = 1;
	if (it->ask_units <= it->bid_units && half > 0)
		it->ask_units = it->bid_units + 1;
	it->price_units = !bounces ? (int64_t)floor(mid / st->grid + 0.5) : it->side > 0 ? it->ask_units : it->bid_units;
}

void market_move(struct module *m, struct instrument *it, uint32_t i)
{
	const struct market_opts *opt = m->opts;
	const struct market *st = m->state;
	double seconds = (double)(m->now_ns - it->last_ns) / 1e9, u = 1, size;
	double calm = opt->regime == REGIME_VOLATILE ? 5 : 1, thin = opt->regime == REGIME_LOW_LIQUIDITY ? 5 : 1;
	int64_t session = opt->session > 0 ? m->now_ns / opt->session : 0;

	if (opt->model == MODEL_REALISTIC)
		u = day_shape(opt, m->now_ns);
	if (st->factor_n || opt->correlation != 0)      /* exactly: the knob stands at its middle */
		move_factors(m);
	if (is_log(opt))
		move_log(m, it, i, seconds, calm, u);
	else
		move_plain(m, it);
	it->last_ns = m->now_ns;
	quote(m, it, thin);
	if (session != it->session) {
		it->session = session;
		it->volume = 0;
	}
	if (opt->format == FORMAT_FLUXFAKR) {
		double width = opt->volume_step.high - opt->volume_step.low + 1;

		it->volume += (int64_t)opt->volume_step.low + (int64_t)rng_below(&it->rng, (uint64_t)width);
		return;
	}
	size = (double)draw_size(&it->rng) / (thin > 1 ? 10 : 1);
	if (opt->model == MODEL_REALISTIC)
		size *= u * mathx_exp(0.6 * it->h - 0.18 * opt->vol_of_vol * opt->vol_of_vol);
	it->size = on_lots(opt, size);
	it->volume += it->size;
	it->trades++;
}
