/* The store of entities against a naive model: keys, state, lists, chains, bars, accounts, history. */
#include "tests/shop.h"

enum { OPS = 10000, KEYS = 400, VERSIONS = 64, PLANS = 20 };

/* ---- the naive model ---- */

struct state {
	int64_t orders, last, price;
	double spent;
	char name[24], plan[24];
	bool active, null[FIELDS];
};

struct mine {
	bool live, held;
	uint32_t id, generation;
	char key[24];
	struct state now, was[VERSIONS];
	int64_t until[VERSIONS], created_ns;    /* was[i] held up to until[i] */
	unsigned n;
};

struct naive {
	struct shop shop;
	struct mine of[KEYS];
	struct rng rng;
	int64_t now_ns;
	uint64_t live, created, retired, event;
	uint32_t generations[KEYS * 2];         /* of each id */
};

static bool any(const struct state *s, int64_t now)
{
	(void)now;
	return s != NULL;
}

static bool many(const struct state *s, int64_t now)
{
	(void)now;
	return !s->null[ORDERS] && s->orders > 3;
}

static bool pro(const struct state *s, int64_t now)
{
	(void)now;
	return !s->null[ACTIVE] && s->active && !s->null[PLAN] && strcmp(s->plan, "plan 1") == 0;
}

static bool long_ago(const struct state *s, int64_t now)
{
	return !s->null[LAST] && s->last < now - 30 * DAY;
}

static bool lately(const struct state *s, int64_t now)
{
	return !s->null[LAST] && s->last >= now - 5 * DAY && !s->null[ORDERS] && s->orders >= 2;
}

static bool to_come(const struct state *s, int64_t now)
{
	return !s->null[LAST] && now + DAY <= s->last;
}

static bool nameless(const struct state *s, int64_t now)
{
	(void)now;
	return s->null[NAME];
}

static bool odd(const struct state *s, int64_t now)
{
	(void)now;
	return (!s->null[SPENT] && s->spent >= 1 && s->spent <= 2) || (!s->null[PRICE] && s->price > 150);
}

static bool over_mean(const struct state *s, int64_t now)
{
	(void)now;
	return !s->null[ORDERS] && (double)s->orders > mean;
}

static const struct {
	const char *where;
	bool available;
	bool (*holds)(const struct state *s, int64_t now);
} lists[] = {
	{ NULL, false, any }, { NULL, true, any }, { "orders > 3", true, many }, { "orders > 3 and available", false, many }, { "orders > 3", false, many },
	{ "active and plan == 'plan 1'", true, pro }, { "last < now - 30d", true, long_ago }, { "now - 30d > last", false, long_ago },
	{ "orders >= 2 and last >= now - 5d", true, lately }, { "now + 1d <= last", false, to_come }, { "name == null", true, nameless },
	{ "spent between 1 and 2 or price > 1.5", true, odd }, { "orders > mean", true, over_mean },
};

static struct matching *made[COUNT_OF(lists)];
static struct join *by_plan, *by_orders, *by_active;

static uint64_t below(struct naive *n, uint64_t many_)
{
	return rng_below(&n->rng, many_);
}

/* A value for a field, in the model and as a setting of the store. */
static struct setting draw(struct naive *n, unsigned field, struct state *to)
{
	struct setting s = { .field = field, .null = below(n, 6) == 0 };

	to->null[field] = s.null;
	if (s.null)
		return s;
	switch (field) {
	case ORDERS: s.v.i = to->orders = (int64_t)below(n, 9); break;
	case SPENT: s.v.r = to->spent = (double)below(n, 30) / 10; break;
	case ACTIVE: s.v.b = to->active = below(n, 2); break;
	case LAST: s.v.i = to->last = n->now_ns + (int64_t)below(n, 40) * DAY / 2 - 17 * DAY; break;
	case PRICE: s.v.i = to->price = (int64_t)below(n, 300); break;
	case NAME:
		snprintf(to->name, sizeof to->name, "%.*s", (int)below(n, 20), "nobody but my name is");
		s.v = text_of(to->name);
		break;
	case PLAN:
		snprintf(to->plan, sizeof to->plan, "plan %d", (int)below(n, below(n, 2) ? 3 : PLANS));
		s.v = text_of(to->plan);
		break;
	}
	return s;
}

static void op_create(struct naive *n, struct mine *m)
{
	struct setting s[FIELDS] = { { .field = 0 } };
	struct state fresh = { .null = { false } };
	unsigned some = 1;
	struct err e = { 0 };
	uint32_t id;

	snprintf(m->key, sizeof m->key, "key %d", (int)(m - n->of));
	s[0].v = text_of(m->key);
	for (unsigned f = 1; f < FIELDS; f++) {
		fresh.null[f] = true;
		if (below(n, 8))
			s[some++] = draw(n, f, &fresh);
	}
	m->held = below(n, 3) == 0;
	id = class_create(n->shop.class, s, some, m->held ? 7 : HELD_BY_NONE, n->now_ns, &e);
	if (m->live) {
		char want[80];

		snprintf(want, sizeof want, "there is already a user '%s'", m->key);
		assert_int_equal(id, NOBODY);
		assert_string_equal(e.text, want);
		m->held = entity_at(n->shop.class, m->id)->holder != HELD_BY_NONE;
		return;
	}
	assert_int_not_equal(id, NOBODY);
	m->live = true;
	m->id = id;
	m->generation = entity_at(n->shop.class, id)->generation;
	assert_int_equal(m->generation, ++n->generations[id]);
	m->created_ns = n->now_ns;
	m->now = fresh;
	m->n = 0;
	n->live++;
	n->created++;
}

static bool same_state(const struct state *a, const struct state *b, unsigned f)
{
	if (a->null[f] || b->null[f])
		return a->null[f] && b->null[f];
	switch (f) {
	case ORDERS: return a->orders == b->orders;
	case SPENT: return a->spent == b->spent;
	case NAME: return strcmp(a->name, b->name) == 0;
	case PLAN: return strcmp(a->plan, b->plan) == 0;
	case ACTIVE: return a->active == b->active;
	case LAST: return a->last == b->last;
	default: return a->price == b->price;
	}
}

static void op_change(struct naive *n, struct mine *m)
{
	struct setting s[FIELDS];
	struct state next = m->now;
	const struct cause why = { .event = ++n->event, .at_ns = n->now_ns, .flow = 3, .step = 2 };
	unsigned some = 0;
	bool differs = false;
	struct err e;

	for (unsigned f = 1; f < FIELDS; f++)
		if (below(n, 3) == 0)
			s[some++] = draw(n, f, &next);
	for (unsigned f = 1; f < FIELDS; f++)
		differs |= !same_state(&m->now, &next, f);
	assert_int_equal(class_change(n->shop.class, m->id, s, some, &why, &e), 0);
	if (!differs)
		return;
	if (m->n == VERSIONS)
		memmove(m->was, m->was + 1, --m->n * sizeof *m->was), memmove(m->until, m->until + 1, m->n * sizeof *m->until);
	m->was[m->n] = m->now;
	m->until[m->n++] = n->now_ns;
	m->now = next;
}

static void op(struct naive *n)
{
	struct mine *m = &n->of[below(n, KEYS)];

	n->now_ns += (int64_t)below(n, 4) * DAY / 24;
	switch (below(n, 6)) {
	case 0:
		op_create(n, m);
		break;
	case 1:
		if (!m->live)
			op_create(n, m);
		else if (m->held)
			class_release(n->shop.class, m->id);
		else
			class_hold(n->shop.class, m->id, 9);
		m->held = entity_at(n->shop.class, m->id)->holder != HELD_BY_NONE;
		break;
	case 2:
		if (!m->live || below(n, 2))
			break;
		class_retire(n->shop.class, m->id);
		m->live = m->held = false;
		n->live--;
		n->retired++;
		break;
	default:
		if (m->live)
			op_change(n, m);
	}
	store_step_done(n->shop.store);
}

/* ---- what must hold ---- */

static void check_state(const struct class *c, const struct mine *m)
{
	const struct entity *en = entity_at(c, m->id);
	struct held h[FIELDS];

	for (unsigned f = 0; f < FIELDS; f++)
		entity_load(c, en, f, &h[f]);
	assert_memory_equal(h[0].v.t.at, m->key, strlen(m->key));
	for (unsigned f = 1; f < FIELDS; f++)
		assert_int_equal(h[f].null, m->now.null[f]);
	assert_true(h[ORDERS].null || h[ORDERS].v.i == m->now.orders);
	assert_true(h[SPENT].null || h[SPENT].v.r == m->now.spent);
	assert_true(h[ACTIVE].null || h[ACTIVE].v.b == m->now.active);
	assert_true(h[LAST].null || h[LAST].v.i == m->now.last);
	assert_true(h[PRICE].null || h[PRICE].v.i == m->now.price);
	assert_true(h[NAME].null || (h[NAME].v.t.n == strlen(m->now.name) && memcmp(h[NAME].v.t.at, m->now.name, h[NAME].v.t.n) == 0));
	assert_true(h[PLAN].null || (h[PLAN].v.t.n == strlen(m->now.plan) && memcmp(h[PLAN].v.t.at, m->now.plan, h[PLAN].v.t.n) == 0));
	assert_int_equal(en->holder != HELD_BY_NONE, m->held);
	assert_int_equal(en->created_ns, m->created_ns);
	assert_true(entity_is(c, m->id, m->generation));
}

/* One field of a version, as history has it. */
static bool old_is(const struct past *p, const struct state *s)
{
	struct text t = lasting_text(p->text && !p->null ? p->old.t : NULL);

	if (p->null || s->null[p->field])
		return p->null && s->null[p->field];
	switch (p->field) {
	case ORDERS: return p->old.i == s->orders;
	case SPENT: return p->old.r == s->spent;
	case NAME: return t.n == strlen(s->name) && memcmp(t.at, s->name, t.n) == 0;
	case PLAN: return t.n == strlen(s->plan) && memcmp(t.at, s->plan, t.n) == 0;
	case ACTIVE: return p->old.b == s->active;
	case LAST: return p->old.i == s->last;
	default: return p->old.i == s->price;
	}
}

/* From the newest version to older ones: all of them, in order, and nothing of a life before. */
static void check_history(const struct class *c, const struct mine *m)
{
	const struct history *h = &c->store->history;
	uint32_t number = entity_at(c, m->id)->change;
	unsigned version = m->n;

	for (const struct past *p; version && (p = history_at(h, number, c->number, m->id)); number = p->before) {
		assert_int_equal(p->at_ns, m->until[version - 1]);
		assert_true(old_is(p, &m->was[version - 1]));
		assert_true(p->at_ns >= m->created_ns);
		assert_int_equal(p->flow, 3);
		version -= p->last;
	}
	assert_int_equal(version, 0);
	if (m->n < VERSIONS)
		assert_null(history_at(h, number, c->number, m->id));
}

static void check_lists(struct naive *n)
{
	struct class *c = n->shop.class;

	for (size_t i = 0; i < COUNT_OF(lists); i++) {
		uint32_t want = 0, got = matching_n(c, made[i], n->now_ns);

		for (unsigned k = 0; k < KEYS; k++) {
			const struct mine *m = &n->of[k];
			bool in;

			if (!m->live)
				continue;
			in = !((lists[i].available || i == 3) && m->held) && lists[i].holds(&m->now, n->now_ns);
			want += in;
			if (in != entity_matches(c, made[i], m->id))
				fail_msg("%s is %s '%s'", m->key, in ? "not in" : "in", lists[i].where ? lists[i].where : "any");
		}
		assert_int_equal(got, want);
		for (uint32_t k = 0; k < got; k++)
			assert_int_equal(entity_places(c, entity_at(c, made[i]->members[k]))[made[i]->number], k + 1);
	}
}

/* All of the value, each once; what the chain has beside them has another value of the same hash. */
static void check_join(struct naive *n, struct join *j, union value v, bool (*has)(const struct state *s, union value v))
{
	struct class *c = n->shop.class;
	static bool seen[KEYS * 2];
	unsigned want = 0, got = 0;

	memset(seen, 0, sizeof seen);
	for (uint32_t id = join_first(c, j, v); id != NOBODY; id = j->next[id] - 1) {
		assert_false(seen[id]);
		seen[id] = true;
	}
	for (unsigned k = 0; k < KEYS; k++)
		if (n->of[k].live && has(&n->of[k].now, v)) {
			want++;
			got += seen[n->of[k].id];
		}
	assert_int_equal(got, want);
}

static bool has_plan(const struct state *s, union value v)
{
	return !s->null[PLAN] && strlen(s->plan) == v.t.n && memcmp(s->plan, v.t.at, v.t.n) == 0;
}

static bool has_orders(const struct state *s, union value v)
{
	return !s->null[ORDERS] && s->orders == v.i;
}

static bool has_active(const struct state *s, union value v)
{
	return !s->null[ACTIVE] && s->active == v.b;
}

static void check_bars(struct naive *n)
{
	struct class *c = n->shop.class;
	uint64_t sum = 0;

	for (unsigned i = 0; i <= c->bar_n; i++) {
		uint64_t want = 0;

		for (unsigned k = 0; k < KEYS && i < c->bar_n; k++)
			want += n->of[k].live && strcmp(n->of[k].now.null[PLAN] ? "null" : n->of[k].now.plan, c->bars[i].text) == 0;
		if (i < c->bar_n)
			assert_int_equal(c->bars[i].n, want);
		sum += c->bars[i == c->bar_n ? BAR_MOST : i].n;
	}
	assert_int_equal(sum, n->live);
}

static void check(struct naive *n)
{
	struct class *c = n->shop.class;
	uint64_t busy = 0;

	for (unsigned k = 0; k < KEYS; k++) {
		struct mine *m = &n->of[k];
		char key[24];

		snprintf(key, sizeof key, "key %u", k);
		assert_int_equal(class_find(c, text_of(key)), m->live ? m->id : NOBODY);
		busy += m->live && m->held;
		if (!m->live)
			continue;
		check_state(c, m);
		check_history(c, m);
	}
	assert_int_equal(c->live, n->live);
	assert_int_equal(c->created, n->created);
	assert_int_equal(c->retired, n->retired);
	assert_int_equal(c->created - c->retired, c->live);
	assert_int_equal(c->busy, busy);
	check_lists(n);
	check_bars(n);
	for (int i = 0; i < PLANS; i++) {
		char plan[24];

		snprintf(plan, sizeof plan, "plan %d", i);
		check_join(n, by_plan, text_of(plan), has_plan);
		check_join(n, by_orders, (union value){ .i = i }, has_orders);
	}
	check_join(n, by_active, (union value){ .b = true }, has_active);
	check_join(n, by_active, (union value){ .b = false }, has_active);
}

static void make_lists(struct class *c, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		made[i] = list_of(c, lists[i].where, lists[i].available);
}

static void the_store_is_as_the_naive_one(void **state)
{
	static struct naive n;
	struct err e;

	(void)state;
	for (uint64_t seed = 1; seed <= 4; seed++) {
		memset(&n, 0, sizeof n);
		rng_seed(&n.rng, seed);
		n.now_ns = START;
		mean = 5;
		open_shop(&n.shop, 0, 20);
		/* Some lists and chains are there from the beginning, some are asked for when there are entities. */
		make_lists(n.shop.class, 0, COUNT_OF(lists) / 2);
		by_plan = class_join(n.shop.class, PLAN, &e);
		for (unsigned i = 0; i < OPS; i++) {
			if (i == OPS / 4) {
				make_lists(n.shop.class, COUNT_OF(lists) / 2, COUNT_OF(lists));
				by_orders = class_join(n.shop.class, ORDERS, &e);
				by_active = class_join(n.shop.class, ACTIVE, &e);
			}
			/* A knob that is turned, and turned back before anybody looks. */
			if (below(&n, 30) == 0)
				mean = mean == 5 ? 2 : 5;
			op(&n);
			if (i > OPS / 4 && i % 97 == 0)
				check(&n);
		}
		check(&n);
		assert_ptr_equal(list_of(n.shop.class, "orders > 3", true), made[2]);
		assert_ptr_equal(made[2], made[3]);
		close_shop(&n.shop);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(the_store_is_as_the_naive_one) };

	return cmocka_run_group_tests_name("entity", tests, NULL, NULL);
}
