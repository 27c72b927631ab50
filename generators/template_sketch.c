/* The second hand of the generator of described events: the same definitions compiled again, with parameters of its own. */
#include <stdlib.h>
#include <string.h>

#include "base/rng.h"
#include "generators/template.h"

struct sketch {
	struct world world;             /* the scenario's, with numbers of our own behind the parameters */
	struct world_param *params;
	double *values;
	struct record *records[TEMPLATE_TYPES];
	struct event events[TEMPLATE_TYPES];
	struct arena arena;
	struct template_mix mix;
	uint64_t made[TEMPLATE_TYPES];
	struct rng rng;
	uint64_t seed;
	const char *module;
	int64_t now_ns, start_ns;
};

static void end(void *sketch)
{
	struct sketch *sk = sketch;

	for (unsigned i = 0; i < TEMPLATE_TYPES; i++) {
		record_free(sk->records[i]);
		free(sk->events[i].values);
	}
	alias_free(&sk->mix.alias);
	arena_free(&sk->arena);
	free(sk->params);
	free(sk->values);
	free(sk);
}

static int add_type(struct sketch *sk, const struct module *m, unsigned i, struct err *e)
{
	const struct template_state *st = m->state;

	sk->records[i] = record_new(st->defs[i], &sk->world, m->name, NULL, e);
	if (!sk->records[i])
		return -1;
	sk->events[i] = (struct event){ .schema = record_schema(sk->records[i]), .arena = &sk->arena,
					.values = calloc(st->defs[i]->n + 1, sizeof *sk->events[i].values) };
	return sk->events[i].values ? 0 : err_memory(e);
}

static void *begin(const struct module *m, struct err *e)
{
	const struct template_state *st = m->state;
	const struct world *w = &st->world;
	struct sketch *sk = calloc(1, sizeof *sk);

	if (!sk) {
		err_memory(e);
		return NULL;
	}
	arena_init(&sk->arena);
	sk->mix.n = st->mix.n;
	sk->world = *w;
	sk->world.params = sk->params = calloc(w->param_n + 1, sizeof *sk->params);
	sk->values = calloc(w->param_n + 1, sizeof *sk->values);
	if (!sk->params || !sk->values) {
		err_memory(e);
		end(sk);
		return NULL;
	}
	for (unsigned i = 0; i < w->param_n; i++)
		sk->params[i] = (struct world_param){ .name = w->params[i].name, .value = &sk->values[i] };
	for (unsigned i = 0; i < st->mix.n; i++)
		if (add_type(sk, m, i, e) < 0) {
			end(sk);
			return NULL;
		}
	return sk;
}

static void weigh(struct sketch *sk, const double *weights)
{
	size_t bytes = sk->mix.n * sizeof *weights;

	if (memcmp(sk->mix.weights, weights, bytes) != 0 || !sk->mix.alias.n) {
		memcpy(sk->mix.weights, weights, bytes);
		template_mix_set(&sk->mix);
	}
}

static void follow(void *sketch, const struct module *m)
{
	const struct template_state *st = m->state;
	const struct world *w = &st->world;
	struct sketch *sk = sketch;

	for (unsigned i = 0; i < w->param_n; i++)
		sk->values[i] = *w->params[i].value;
	weigh(sk, st->mix.weights);
	memcpy(sk->made, st->made, sizeof sk->made);
	sk->rng = m->rng;
	sk->seed = m->seed;
	sk->module = m->name;
	sk->now_ns = m->now_ns;
	sk->start_ns = m->start_ns;
}

static bool turn(void *sketch, const char *knob, double v)
{
	struct sketch *sk = sketch;
	double weights[TEMPLATE_TYPES];
	bool found = false;

	for (unsigned i = 0; i < sk->world.param_n; i++)
		if (strcmp(sk->world.params[i].name, knob) == 0) {
			sk->values[i] = v;
			return true;
		}
	if (strncmp(knob, "emit.", 5) != 0)
		return false;
	memcpy(weights, sk->mix.weights, sizeof weights);
	for (unsigned i = 0; i < sk->mix.n && !found; i++)
		if (strcmp(sk->events[i].schema->name, knob + 5) == 0) {
			weights[i] = v;
			found = true;
		}
	weigh(sk, weights);
	return found;
}

static struct event *fresh(struct sketch *sk, unsigned type, int64_t at_ns)
{
	struct event *ev = &sk->events[type];

	arena_reset(&sk->arena);
	memset(ev->nulls, 0, sizeof ev->nulls);
	ev->key.n = 0;
	ev->time_ns = at_ns;
	return ev;
}

static const struct event *next(void *sketch, int64_t at_ns, int *type)
{
	struct sketch *sk = sketch;
	int i = template_mix_pick(&sk->mix, &sk->rng);
	struct event *ev;

	*type = i;
	if (i < 0)
		return NULL;
	ev = fresh(sk, (unsigned)i, at_ns);
	return record_fill(sk->records[i], ev, sk->seed, sk->made[i]++, sk->module, sk->start_ns, NULL) == 0 ? ev : NULL;
}

static const struct event *row(void *sketch, unsigned type, uint64_t i)
{
	struct sketch *sk = sketch;
	struct event *ev = fresh(sk, type, sk->now_ns);

	return record_fill_aside(sk->records[type], ev, sk->seed, sk->made[type] + i, sk->module, sk->start_ns, NULL) == 0 ? ev : NULL;
}

static double share(const void *sketch, unsigned type)
{
	const struct sketch *sk = sketch;
	double sum = 0;

	for (unsigned i = 0; i < sk->mix.n; i++)
		sum += sk->mix.weights[i];
	return sum > 0 ? sk->mix.weights[type] / sum : 0;
}

static uint64_t mixed(uint64_t h, const double *v, unsigned n)
{
	for (unsigned i = 0; i < n; i++) {
		uint64_t bits;

		memcpy(&bits, &v[i], sizeof bits);
		h = rng_mix(h ^ bits);
	}
	return h;
}

static uint64_t print(const void *sketch)
{
	const struct sketch *sk = sketch;

	return mixed(mixed(1, sk->values, sk->world.param_n), sk->mix.weights, sk->mix.n);
}

const struct sketch_class template_sketch = {
	.begin = begin, .end = end, .follow = follow, .turn = turn, .next = next, .row = row, .share = share, .print = print,
};
