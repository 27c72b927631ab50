/*
 * The supermarket: one message is one line of a shopping basket, as FluxFakr makes them, with what it lacks: stores and customers
 * that recur (Zipf popularity), towns that lie in their states, transaction ids that never repeat, totals exact to the cent.
 */
#include "generators/supermarket.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "base/mathx.h"
#include "base/num.h"
#include "base/permute.h"
#include "generators/table.h"

static const char *const popularity_names[] = { "zipf", "uniform", NULL };
static const char *const bands[] = { "Low", "Medium", "High" };

struct opts {
	int64_t stores, customers, lines_min, lines_max;
	int popularity;
	bool repeat_products;
	char *catalogue;
};

static const struct param params[] = {
	P_INT(struct opts, stores, 1, 100000, 20, .help = "How many stores there are."),
	P_INT(struct opts, customers, 1, 1e7, 1000, .help = "How many customers there are."),
	P_INT(struct opts, lines_min, 1, 1000, 5, .flags = PARAM_LIVE, .help = "Fewest lines of a basket."),
	P_INT(struct opts, lines_max, 1, 1000, 15, .flags = PARAM_LIVE, .help = "Most lines of a basket."),
	P_CHOICE(struct opts, popularity, popularity_names, 0, .flags = PARAM_LIVE, .help = "How visits spread over stores and customers."),
	P_BOOL(struct opts, repeat_products, false, .flags = PARAM_LIVE, .help = "Whether a basket may hold a product on two lines."),
	P_TEXT(struct opts, catalogue, "", .help = "CSV file with category, subcategory, product, price instead of the built-in catalogue; an empty price is computed."),
	P_END
};

struct customer {
	uint8_t age, band;
};

/* Products of a subcategory, and subcategories of a category, as runs of the catalogue. */
struct shelf {
	uint32_t first, n;
};

struct state {
	const struct product *products;
	uint32_t product_n;
	struct product *own;            /* of a file */
	struct csv csv;
	struct shelf *shelves, *aisles; /* subcategories; categories as runs of shelves */
	uint32_t shelf_n, aisle_n;
	uint32_t *store_town;
	struct customer *customers;
	uint32_t *in_basket;            /* products of this basket */
	uint32_t in_basket_n;
	double store_log, customer_log;
	uint64_t id_key, baskets;
	uint32_t store, customer, lines, made;
	char transaction[32], basket[32];
	uint32_t transaction_n, basket_n;
	int handle;
};

enum { TRANSACTION, BASKET, TIMESTAMP, TOWN, STATE, COUNTRY, AGE, BAND, PRODUCT, CATEGORY, SUBCATEGORY, UNIT_PRICE, QUANTITY, TOTAL };
static const struct leaf leaves[] = {
	[TRANSACTION] = { .name = "transaction_id", .kind = KIND_TEXT },
	[BASKET] = { .name = "basket_id", .kind = KIND_TEXT },
	[TIMESTAMP] = { .name = "timestamp", .kind = KIND_INT },
	[TOWN] = { .name = "store.town", .kind = KIND_TEXT },
	[STATE] = { .name = "store.state", .kind = KIND_TEXT },
	[COUNTRY] = { .name = "store.country", .kind = KIND_TEXT },
	[AGE] = { .name = "customer.age", .kind = KIND_INT },
	[BAND] = { .name = "customer.income_band", .kind = KIND_TEXT },
	[PRODUCT] = { .name = "product.product_name", .kind = KIND_TEXT },
	[CATEGORY] = { .name = "product.category", .kind = KIND_TEXT },
	[SUBCATEGORY] = { .name = "product.subcategory", .kind = KIND_TEXT },
	[UNIT_PRICE] = { .name = "product.unit_price", .kind = KIND_DECIMAL, .scale = 2 },
	[QUANTITY] = { .name = "quantity", .kind = KIND_INT },
	[TOTAL] = { .name = "total_price", .kind = KIND_DECIMAL, .scale = 2 },
};
static const struct schema sale = { .name = "sale", .leaves = leaves, .leaf_n = COUNT_OF(leaves), .bare = true };

/* ---- prices ---- */

int64_t nearest_price_cents(double v)
{
	double whole = floor(v);

	/* A tie goes to .49; the .99 below is never considered, as there. */
	return (int64_t)whole * 100 + (fabs(v - (whole + 0.49)) <= fabs(v - (whole + 0.99)) ? 49 : 99);
}

int64_t product_price_cents(const char *category, const char *name)
{
	static const struct { const char *category; double low, high; } ranges[] = {
		{ "Food", 1, 10 }, { "Beauty", 5, 30 }, { "Healthcare", 3, 25 }, { "Cleaning Products", 2, 15 },
		{ "Pets", 3, 20 }, { "Clothing", 5, 50 },
	};
	double low = 1, high = 20;
	unsigned sum = 0;

	for (size_t i = 0; i < COUNT_OF(ranges); i++)
		if (strcmp(ranges[i].category, category) == 0) {
			low = ranges[i].low;
			high = ranges[i].high;
		}
	for (const char *s = name; *s; s++)
		sum += (unsigned char)*s;
	return nearest_price_cents(low + (double)(sum % 1000) / 1000 * (high - low));
}

/* ---- the catalogue ---- */

static int by_shelf(const void *a, const void *b)
{
	const struct product *p = a, *q = b;
	int order = strcmp(p->category, q->category);

	if (order == 0)
		order = strcmp(p->subcategory, q->subcategory);
	return order ? order : strcmp(p->name, q->name);
}

static int read_catalogue(struct state *st, const char *path, struct err *e)
{
	if (csv_read(&st->csv, path, e) < 0)
		return err_wrap(e, "catalogue");
	if (st->csv.columns != 4 || st->csv.n < 2 || strcmp(st->csv.rows[0][0], "category") != 0)
		return err_set(e, ERR_INPUT, "catalogue: '%s' must begin with category,subcategory,product,price and have rows", path);
	st->own = calloc(st->csv.n - 1, sizeof *st->own);
	if (!st->own)
		return err_memory(e);
	for (size_t i = 1; i < st->csv.n; i++) {
		char **row = st->csv.rows[i];
		double price;

		if (!*row[0] || !*row[1] || !*row[2])
			return err_set(e, ERR_INPUT, "%s:%zu: category, subcategory and product must not be empty", path, i + 1);
		if (*row[3] && (num_real(row[3], &price, e) < 0 || price < 0 || price > 1e9))
			return err_set(e, ERR_INPUT, "%s:%zu: price must be 0 to 1000000000, not '%.40s'", path, i + 1, row[3]);
		st->own[i - 1] = (struct product){ row[0], row[1], row[2],
						   *row[3] ? (int64_t)(price * 100 + 0.5) : product_price_cents(row[0], row[2]) };
	}
	qsort(st->own, st->csv.n - 1, sizeof *st->own, by_shelf);
	st->products = st->own;
	st->product_n = (uint32_t)st->csv.n - 1;
	return 0;
}

/* Finds the runs of equal subcategory and category. */
static int make_shelves(struct state *st, struct err *e)
{
	const struct product *p = st->products;

	st->shelves = calloc(st->product_n, sizeof *st->shelves);
	st->aisles = calloc(st->product_n, sizeof *st->aisles);
	if (!st->shelves || !st->aisles)
		return err_memory(e);
	for (uint32_t i = 0; i < st->product_n; i++) {
		bool aisle = i == 0 || strcmp(p[i].category, p[i - 1].category) != 0;

		if (aisle || strcmp(p[i].subcategory, p[i - 1].subcategory) != 0) {
			if (aisle)
				st->aisles[st->aisle_n++] = (struct shelf){ .first = st->shelf_n };
			st->aisles[st->aisle_n - 1].n++;
			st->shelves[st->shelf_n++] = (struct shelf){ .first = i };
		}
		st->shelves[st->shelf_n - 1].n++;
	}
	return 0;
}

/* ---- life ---- */

static int start(struct module *m, struct err *e)
{
	const struct opts *opt = m->opts;
	struct state *st = m->state;
	struct rng r;

	if (opt->lines_min > opt->lines_max)
		return err_set(e, ERR_INPUT, "lines_min is above lines_max");
	st->products = supermarket_catalogue;
	st->product_n = (uint32_t)supermarket_catalogue_n;
	if ((*opt->catalogue && read_catalogue(st, opt->catalogue, e) < 0) || make_shelves(st, e) < 0)
		return -1;
	st->store_town = calloc((size_t)opt->stores, sizeof *st->store_town);
	st->customers = calloc((size_t)opt->customers, sizeof *st->customers);
	st->in_basket = calloc(1000, sizeof *st->in_basket);
	if (!st->store_town || !st->customers || !st->in_basket)
		return err_memory(e);
	rng_seed(&r, rng_key(m->seed, m->name, "stores", 0));
	for (int64_t i = 0; i < opt->stores; i++)
		st->store_town[i] = (uint32_t)rng_below(&r, supermarket_town_n);
	rng_seed(&r, rng_key(m->seed, m->name, "customers", 0));
	for (int64_t i = 0; i < opt->customers; i++)
		st->customers[i] = (struct customer){ .age = (uint8_t)(18 + rng_below(&r, 62)), .band = (uint8_t)rng_below(&r, 3) };
	st->store_log = mathx_log((double)opt->stores + 1);
	st->customer_log = mathx_log((double)opt->customers + 1);
	st->id_key = rng_key(m->seed, m->name, "ids", 0);
	st->handle = module_declare(m, &sale, e);
	return st->handle < 0 ? -1 : 0;
}

static void stop(struct module *m)
{
	struct state *st = m->state;

	free(st->own);
	csv_free(&st->csv);
	free(st->shelves);
	free(st->aisles);
	free(st->store_town);
	free(st->customers);
	free(st->in_basket);
	*st = (struct state){ 0 };
}

/* One of n, the first ones more often: log-uniform ranks, see market.c. */
static uint32_t popular(struct module *m, int64_t n, double log_n)
{
	const struct opts *opt = m->opts;
	uint32_t k;

	if (opt->popularity != 0)
		return (uint32_t)rng_below(&m->rng, (uint64_t)n);
	k = (uint32_t)(mathx_exp(rng_unit(&m->rng) * log_n) - 1);
	return k < n ? k : (uint32_t)n - 1;
}

/* The i-th id: a permutation of all numbers of `digits` digits; when they are used up, of the ones with a digit more. */
static uint32_t id_text(char *to, size_t room, const char *prefix, uint64_t key, uint64_t i, int digits)
{
	uint64_t n = 1, first = 0;

	for (int d = 0; d < digits; d++)
		n *= 10;
	while (i - first >= n - (first ? n / 10 : 0)) {
		first += n - (first ? n / 10 : 0);
		n *= 10;
		digits++;
	}
	/* Beyond the first block only numbers with all their digits: a shorter one would be an old id with a zero. */
	if (first)
		return (uint32_t)snprintf(to, room, "%s%llu", prefix,
					  (unsigned long long)(n / 10 + permute(key + (uint64_t)digits, n - n / 10, i - first)));
	return (uint32_t)snprintf(to, room, "%s%0*llu", prefix, digits, (unsigned long long)permute(key, n, i));
}

static void open_basket(struct module *m)
{
	const struct opts *opt = m->opts;
	struct state *st = m->state;
	int64_t most = opt->lines_max < opt->lines_min ? opt->lines_min : opt->lines_max;

	st->transaction_n = id_text(st->transaction, sizeof st->transaction, "TXN-", st->id_key, st->baskets, 8);
	st->basket_n = id_text(st->basket, sizeof st->basket, "BASKET-", ~st->id_key, st->baskets, 4);
	st->baskets++;
	st->store = popular(m, opt->stores, st->store_log);
	st->customer = popular(m, opt->customers, st->customer_log);
	st->lines = (uint32_t)(opt->lines_min + (int64_t)rng_below(&m->rng, (uint64_t)(most - opt->lines_min + 1)));
	st->made = st->in_basket_n = 0;
}

static const struct product *draw_product(struct module *m)
{
	const struct opts *opt = m->opts;
	struct state *st = m->state;
	uint32_t at = 0;

	/* A product that is in the basket is drawn again; a tiny catalogue repeats rather than never end. */
	for (int tries = 0; tries < 50; tries++) {
		const struct shelf *aisle = &st->aisles[rng_below(&m->rng, st->aisle_n)];
		const struct shelf *shelf = &st->shelves[aisle->first + rng_below(&m->rng, aisle->n)];
		bool there = false;

		at = shelf->first + (uint32_t)rng_below(&m->rng, shelf->n);
		for (uint32_t i = 0; i < st->in_basket_n && !opt->repeat_products; i++)
			there |= st->in_basket[i] == at;
		if (!there)
			break;
	}
	if (st->in_basket_n < 1000)
		st->in_basket[st->in_basket_n++] = at;
	return &st->products[at];
}

static void set_cstr(struct event *ev, unsigned leaf, const char *text)
{
	event_set_lasting(ev, leaf, text, strlen(text));
}

static int make(struct module *m, struct err *e)
{
	struct state *st = m->state;
	struct event *ev = module_event(m, st->handle, e);
	const struct product *p;
	const struct town *town;
	int64_t quantity;

	if (!ev)
		return -1;
	if (st->made == st->lines)
		open_basket(m);
	p = draw_product(m);
	town = &supermarket_towns[st->store_town[st->store]];
	quantity = 1 + (int64_t)rng_below(&m->rng, 4);
	st->made++;
	ev->key = (struct text){ .at = st->transaction, .n = st->transaction_n };
	event_set_lasting(ev, TRANSACTION, st->transaction, st->transaction_n);
	event_set_lasting(ev, BASKET, st->basket, st->basket_n);
	event_set_int(ev, TIMESTAMP, m->now_ns / 1000000000);
	set_cstr(ev, TOWN, town->name);
	set_cstr(ev, STATE, town->state);
	set_cstr(ev, COUNTRY, "USA");
	event_set_int(ev, AGE, st->customers[st->customer].age);
	set_cstr(ev, BAND, bands[st->customers[st->customer].band]);
	set_cstr(ev, PRODUCT, p->name);
	set_cstr(ev, CATEGORY, p->category);
	set_cstr(ev, SUBCATEGORY, p->subcategory);
	event_set_int(ev, UNIT_PRICE, p->cents);
	event_set_int(ev, QUANTITY, quantity);
	event_set_int(ev, TOTAL, p->cents * quantity);
	return module_emit(m, ev, e);
}

static void dump(const struct module *m, struct buf *b)
{
	const struct state *st = m->state;

	buf_text(b, "transaction_id,basket_id,items_generated,total_items\n");
	if (st->made < st->lines)
		buf_printf(b, "%s,%s,%u,%u\n", st->transaction, st->basket, st->made, st->lines);
}

static uint64_t entities(const struct module *m)
{
	const struct opts *opt = m->opts;

	return (uint64_t)(opt->stores + opt->customers);
}

static const struct effect effects[] = { { NULL, "total_price", false }, { .field = NULL } };

const struct generator_class generator_supermarket = {
	.name = "supermarket", .summary = "lines of shopping baskets in stores of the United States", .params = params,
	.effects = effects, .opts_size = sizeof(struct opts), .state_size = sizeof(struct state), .start = start, .make = make, .dump = dump,
	.entities = entities, .stop = stop,
};
