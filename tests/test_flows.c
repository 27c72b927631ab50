/* Random scenarios of entities and flows, and what must hold of each of them. */
#include "tests/town.h"

#include "base/digest.h"

enum { SCENARIOS = 60, CLASSES = 3, FLOWS = 5, SUBS = 2, DEPTH = 3 };

/* ---- scenarios from a seed ---- */

struct writer {
	struct rng rng;
	struct buf text;
	unsigned flow;
	bool sub;                       /* a flow that others call: it retires and lets go nobody whom they know */
};

/* What a place of the flow knows: a, b, c by their bits, and a second one of each class, a2, b2, c2; held ones are among them. */
struct spot {
	unsigned known, held;
	bool emitted;
};

static unsigned below(struct writer *m, unsigned n)
{
	return (unsigned)rng_below(&m->rng, n);
}

static const char *name_of(unsigned v)
{
	static const char *const names[2 * CLASSES] = { "a", "b", "c", "a2", "b2", "c2" };

	return names[v];
}

static void condition(struct writer *m, const struct spot *p)
{
	static const char *const plain[] = {
		"n < 5", "n >= 2 and level < 3.0", "tag == 'x'", "tag in [x, y]", "last == null or last < now - 10s", "last < now - 20s", "now - 5s <= last",
		"available and n != 3", "n % 2 == 0 and (tag != 'z' or level > 1.5)", "not (tag == 'x')", "ref == null", "level between 0.5 and 2.5", "id != null",
		"n < most", "price > 5.5 and available", "born < now - 3s and n < 9",
	};

	if (p->known && below(m, 3) == 0) {
		unsigned v = below(m, 2 * CLASSES);

		while (!(p->known >> v & 1))
			v = (v + 1) % (2 * CLASSES);
		buf_printf(&m->text, below(m, 2) ? "ref == %s.id" : "n <= %s.n and tag == 'y'", name_of(v));
		return;
	}
	buf_text(&m->text, plain[below(m, COUNT_OF(plain))]);
}

/* "a: {entity: a, where: ...}" */
static void selection(struct writer *m, struct spot *p, bool lock)
{
	unsigned v = below(m, 2 * CLASSES);

	buf_printf(&m->text, "{%s: {entity: %s", name_of(v), name_of(v % CLASSES));
	if (below(m, 4)) {
		buf_text(&m->text, ", where: \"");
		condition(m, p);
		buf_text(&m->text, "\"");
	}
	if (below(m, 6) == 0)
		buf_printf(&m->text, ", order: %s", below(m, 2) ? "-n" : "last");
	if (!lock)
		buf_text(&m->text, ", lock: false");
	buf_text(&m->text, "}}");
	p->known |= 1u << v;
	p->held = lock ? p->held | 1u << v : p->held & ~(1u << v);
}

static void steps(struct writer *m, struct spot *p, unsigned most, unsigned depth);

static void changes(struct writer *m, const struct spot *p)
{
	for (unsigned v = 0; v < 2 * CLASSES; v++) {
		const char *s = name_of(v);

		if (!(p->known >> v & 1) || below(m, 2))
			continue;
		buf_printf(&m->text, ", set: {%s.last: \"${now}\", %s.tag: \"${pick([x, y, z])}\", %s.ref: ", s, s, s);
		if (below(m, 2))
			buf_text(&m->text, "null");
		else
			buf_printf(&m->text, "\"${%s.id}\"", name_of((v + 3) % 6 < 3 && p->known >> (v + 3) % 6 & 1 ? (v + 3) % 6 : v));
		buf_printf(&m->text, "}, add: {%s.n: %d, %s.level: \"${float(-1, 1)}\", %s.price: 0.25}", s, below(m, 3) ? 1 : -1, s, s);
		return;
	}
}

static void emit(struct writer *m, struct spot *p)
{
	buf_printf(&m->text, "{emit: did_%u, with: {held: \"${concat(''", below(m, 2));
	for (unsigned v = 0; v < 2 * CLASSES; v++)
		if (p->held >> v & 1)
			buf_printf(&m->text, ", %s.id, ' '", name_of(v));
	buf_text(&m->text, ")}\", known: \"${concat(''");
	for (unsigned v = 0; v < 2 * CLASSES; v++)
		if (p->known >> v & 1)
			buf_printf(&m->text, ", %s.id ?? '', ' '", name_of(v));
	buf_text(&m->text, ")}\"");
	if (p->emitted && below(m, 2))
		buf_text(&m->text, ", x: \"${last.x ?? 0}\"");
	buf_text(&m->text, "}");
	changes(m, p);
	buf_text(&m->text, "}");
	p->emitted = true;
}

static void create(struct writer *m, struct spot *p)
{
	unsigned v = below(m, 2 * CLASSES);

	buf_printf(&m->text, "{emit: made_%s, create: {%s: %s}}", name_of(v % CLASSES), name_of(v), name_of(v % CLASSES));
	p->known |= 1u << v;
	p->held |= 1u << v;
	p->emitted = false;             /* it has no x */
}

static void choose(struct writer *m, struct spot *p, unsigned depth)
{
	struct spot before = *p;
	bool lock = m->sub || below(m, 3);

	/* What is borrowed under the name of one that is held lets that one go. */
	buf_text(&m->text, lock ? "{select: " : "{borrow: ");
	selection(m, p, lock);
	switch (below(m, 4)) {
	case 0:
		buf_text(&m->text, ", else: stop}");
		break;
	case 1:
		buf_text(&m->text, ", else: continue}");
		p->known = before.known;        /* it may be nobody */
		p->held &= before.held;
		break;
	case 2:
		buf_text(&m->text, ", else: [");
		steps(m, &before, 2, depth);
		buf_text(&m->text, "]}");
		break;
	default:
		buf_text(&m->text, "}");
	}
}

/* Of two ways only what both know is known. */
static void both(struct spot *p, const struct spot *one, const struct spot *two)
{
	p->known = one->known & two->known;
	p->held = one->held & two->held;
	p->emitted = one->emitted && two->emitted;
}

static void part(struct writer *m, struct spot *p, unsigned depth)
{
	struct spot one = *p, two = *p;
	bool branch = !p->known || below(m, 2);
	unsigned v = 0;

	while (!branch && !(p->known >> v & 1))
		v++;
	if (branch)
		buf_text(&m->text, "{branch: {70%: [");
	else
		buf_printf(&m->text, "{if: \"%s.n > 2\", then: [", name_of(v));
	steps(m, &one, 2, depth);
	buf_text(&m->text, branch ? "], 30%: [" : "], else: [");
	if (below(m, 5) == 0)
		buf_text(&m->text, "{stop: true}");
	else
		steps(m, &two, below(m, 3), depth);
	buf_text(&m->text, branch ? "]}}" : "]}");
	both(p, &one, &two);
}

static void step(struct writer *m, struct spot *p, unsigned depth)
{
	unsigned kind = below(m, depth ? 14 : 8);

	switch (kind) {
	case 0: case 1: case 2:
		emit(m, p);
		break;
	case 3:
		buf_printf(&m->text, below(m, 2) ? "{wait: %us, drop: %u%%}" : "{wait: \"${lognormal(%us, 0.5)}\", drop: %u%%}", 1 + below(m, 8),
			   below(m, 3) * 20);
		break;
	case 4:
		create(m, p);
		break;
	case 5: case 6:
		choose(m, p, depth ? depth - 1 : 0);
		break;
	case 7: {
		unsigned v = below(m, 2 * CLASSES);

		/* Which of them goes is said before, so that a reader of the lines knows it. */
		if (m->sub || !(p->held >> v & 1)) {
			emit(m, p);
			break;
		}
		buf_printf(&m->text, "{emit: gone, with: {who: \"${%s.id}\"}}, {retire: %s}", name_of(v), name_of(v));
		p->known &= ~(1u << v);
		p->held &= ~(1u << v);
		p->emitted = false;
		break;
	}
	case 8: case 9:
		part(m, p, depth - 1);
		break;
	case 10: {
		struct spot body = *p;

		buf_printf(&m->text, "{repeat: %u, do: [", below(m, 4));
		steps(m, &body, 2, depth - 1);
		buf_text(&m->text, "]}");
		both(p, p, &body);
		break;
	}
	case 11:
		if (m->sub)
			emit(m, p);
		else
			buf_printf(&m->text, "{call: sub_%u}", below(m, SUBS));
		p->emitted = false;
		break;
	default:
		buf_printf(&m->text, "{wait: %ums}", 100 + below(m, 900));
	}
}

static void steps(struct writer *m, struct spot *p, unsigned most, unsigned depth)
{
	unsigned n = most ? 1 + below(m, most) : 0;

	for (unsigned i = 0; i < n; i++) {
		if (i)
			buf_text(&m->text, ", ");
		step(m, p, depth);
	}
}

static void flow(struct writer *m, const char *name, unsigned i, bool sub)
{
	struct spot p = { 0 };

	m->sub = sub;
	buf_printf(&m->text, "  %s_%u:\n    weight: %u\n", name, i, sub ? 0 : 1 + below(m, 5));
	if (!sub && below(m, 4)) {
		buf_text(&m->text, "    select: ");
		selection(m, &p, true);
		buf_text(&m->text, "\n");
	}
	buf_text(&m->text, "    steps: [");
	emit(m, &p);
	for (unsigned k = 0; k < 2 + below(m, 6); k++) {
		buf_text(&m->text, ",\n      ");
		step(m, &p, DEPTH);
	}
	buf_text(&m->text, "]\n");
}

static char *scenario_of(uint64_t seed, bool drain, const char *speed)
{
	static const char *const paces[] = { "rate: 4", "rate: 4, pace: poisson", "pace: {shape: per_step, step: 1s, n: 4}", "rate: 3, max_active: 6" };
	struct writer m;

	rng_seed(&m.rng, seed);
	buf_init(&m.text, 1 << 20);
	buf_printf(&m.text, "scenario: town\nseed: %llu\nclock: {start: 2024-01-01T00:00:00Z, stop_after: 60s, speed: %s, drain: %s}\n"
		   "params: {most: {default: 4, min: 0, max: 10}}\noutputs:\n  a: {type: fake_a, linger: 0s}\nmodules:\n  town: {generator: flows, %s}\nevents:\n",
		   (unsigned long long)seed, speed, drain ? "true" : "false", paces[below(&m, COUNT_OF(paces))]);
	for (unsigned i = 0; i < CLASSES; i++)
		buf_printf(&m.text, "  made_%s: {fields: {id: \"${shortuuid(%u)}\", tag: \"${pick([x, y, z])}\", born: \"${now}\"}}\n", name_of(i), 9 + i);
	for (unsigned i = 0; i < 2; i++)
		buf_printf(&m.text, "  did_%u: {fields: {flow: \"${flow}\", held: '', known: '', x: \"${random_int(1, 1000)}\"}}\n", i);
	buf_text(&m.text, "  gone: {fields: {who: ''}}\nentities:\n");
	for (unsigned i = 0; i < CLASSES; i++)
		buf_printf(&m.text, "  %s:\n    key: id\n    created_by: made_%s\n    initial: %u\n    history: 20\n    state: {n: 0, level: 0.0, tag: {from: tag}, "
			   "born: {from: born}, last: {type: instant}, ref: {type: text}, price: \"${decimal(0, 10)}\"}\n", name_of(i), name_of(i), 3 + below(&m, 12));
	buf_text(&m.text, "flows:\n");
	for (unsigned i = 0; i < FLOWS; i++)
		flow(&m, "flow", i, false);
	for (unsigned i = 0; i < SUBS; i++)
		flow(&m, "sub", i, true);
	return m.text.data;
}

/* ---- what must hold ---- */

static void run_watched(struct town *t, const char *text)
{
	town_open(t, text);
	while (!fake_turn(&t->f, 1000).done) {
		town_check(t);
		t->f.wall_ns += SECOND / 10;
		clock_pretend(t->f.wall_ns);
	}
	town_check(t);
	engine_stop(t->f.engine);
	fake_turn(&t->f, 10);
	assert_false(engine_failed(t->f.engine));
}

struct born {
	char id[24];
	bool gone;
} ;

static struct born *find_born(struct born *b, unsigned n, const char *id)
{
	for (unsigned i = n; i; i--)
		if (strcmp(b[i - 1].id, id) == 0)
			return &b[i - 1];
	return NULL;
}

/* Entities that an event names were there before; those that it holds still are. */
static void check_references(const struct lines *l)
{
	struct born *b = calloc(l->n + 1, sizeof *b);
	unsigned n = 0;

	for (unsigned i = 0; i < l->n; i++) {
		const struct line *at = &l->at[i];
		const char *type = line_field(at, "event_type"), *lists[] = { "held", "known" };

		if (strncmp(type, "made_", 5) == 0) {
			assert_null(find_born(b, n, line_field(at, "id")));
			snprintf(b[n++].id, sizeof b[0].id, "%s", line_field(at, "id"));
		} else if (strcmp(type, "gone") == 0) {
			struct born *who = find_born(b, n, line_field(at, "who"));

			/* In a loop it may have gone the last time. */
			if (line_is(at, "who", "null"))
				continue;
			assert_non_null(who);
			assert_false(who->gone);
			who->gone = true;
		} else {
			for (size_t k = 0; k < COUNT_OF(lists); k++) {
				char all[600], *rest = all;

				snprintf(all, sizeof all, "%s", line_field(at, lists[k]));
				for (char *id; (id = strsep(&rest, " "));)
					if (*id && (!find_born(b, n, id) || (k == 0 && find_born(b, n, id)->gone)))
						fail_msg("%s is not there: %.*s", id, (int)at->n, at->at);
			}
		}
	}
	free(b);
}

static void check_accounts(const struct town *t, const struct lines *l, bool drain)
{
	const struct flows *f = town_flows(t);
	uint64_t launched = 0, lost = 0, busy = 0;

	for (unsigned i = 0; i < f->plans.model->flow_n; i++) {
		if (!f->plans.plans[i])         /* a part of others */
			continue;
		launched += f->plans.plans[i]->launched;
		lost += f->plans.plans[i]->lost;
		assert_int_equal(f->plans.plans[i]->failed, 0);
	}
	assert_int_equal(f->launches, launched + f->lost);
	assert_int_equal(f->lost, lost);
	for (unsigned i = 0; i < f->plans.type_n; i++)
		assert_int_equal(f->plans.types[i].made, lines_of(l, f->plans.types[i].def->name));
	for (unsigned i = 0; i < f->plans.store->class_n; i++)
		busy += f->plans.store->classes[i].busy;
	assert_int_equal(t->f.engine->slots[0]->made, l->n);
	if (!drain)
		return;
	assert_int_equal(f->active, 0);
	assert_int_equal(busy, 0);
}

/* From the newest version back: ordered, not before it was made, and of equal instants the later has the later event. */
static void check_histories(const struct town *t)
{
	const struct store *s = town_flows(t)->plans.store;

	for (unsigned i = 0; i < s->class_n; i++)
		for (uint32_t id = 0; id < s->classes[i].ids; id++) {
			const struct entity *en = entity_at(&s->classes[i], id);
			uint32_t number = en->change;
			int64_t until = s->now_ns;

			if (en->holder == HELD_DEAD)
				continue;
			for (const struct past *p; (p = history_at(&s->history, number, i, id)); number = p->before) {
				assert_true(p->at_ns <= until && p->at_ns >= en->created_ns);
				assert_int_not_equal(p->flow, CAUSE_HAND);
				until = p->at_ns;
			}
			assert_int_equal(number, 0);
		}
}

static void check_order(const struct lines *l, bool drain)
{
	for (unsigned i = 0; i < l->n; i++) {
		assert_true(i == 0 || l->at[i].ms >= l->at[i - 1].ms);
		assert_true(l->at[i].ms >= TOWN_START);
		assert_true(drain || l->at[i].ms <= TOWN_START + 60000);
		assert_int_equal(strlen(line_field(&l->at[i], "sys__eid")), 12);
	}
	/* The population is complete before anything else. */
	for (unsigned i = 1; i < l->n; i++)
		assert_true(!line_is(&l->at[i], "sys__sid", "initial_setup") || line_is(&l->at[i - 1], "sys__sid", "initial_setup"));
}

static void random_scenarios_keep_their_promises(void **state)
{
	uint64_t events = 0;

	(void)state;
	for (uint64_t seed = 1; seed <= SCENARIOS; seed++) {
		bool drain = seed % 2;
		char *text = scenario_of(seed, drain, "1");
		struct town t;
		struct lines l;

		run_watched(&t, text);
		l = town_lines(&t);
		check_order(&l, drain);
		check_references(&l);
		check_accounts(&t, &l, drain);
		check_histories(&t);
		events += l.n;
		free(l.at);
		town_close(&t);
		free(text);
	}
	print_message("# %llu events\n", (unsigned long long)events);
	assert_true(events > 20 * SCENARIOS);
}

static uint64_t hash_at_max(uint64_t seed, bool drain)
{
	char *text = scenario_of(seed, drain, "max");
	struct town t;
	uint64_t h;

	town_run(&t, text);
	h = digest_bytes(fake_a.got.data, fake_a.got.n, 0);
	town_close(&t);
	free(text);
	return h;
}

static uint64_t hash_live(uint64_t seed, bool drain)
{
	char *text = scenario_of(seed, drain, "1");
	struct town t;
	uint64_t h;

	town_open(&t, text);
	for (bool done = false; !done;) {
		t.f.wall_ns += 20000000;
		clock_pretend(t.f.wall_ns);
		done = fake_turn(&t.f, 1000).done;
	}
	engine_stop(t.f.engine);
	fake_turn(&t.f, 10);
	h = digest_bytes(fake_a.got.data, fake_a.got.n, 0);
	town_close(&t);
	free(text);
	return h;
}

static void the_same_seed_gives_the_same_bytes_at_any_speed(void **state)
{
	(void)state;
	for (uint64_t seed = 1; seed <= 12; seed++) {
		uint64_t h = hash_at_max(seed, seed % 2);

		assert_int_equal(hash_at_max(seed, seed % 2), h);
		assert_int_equal(hash_live(seed, seed % 2), h);
		assert_int_not_equal(hash_at_max(seed + 100, seed % 2), h);
	}
}

/* ---- a flow more ---- */

enum { LAUNCHES = 60 };

/* The k-th launch of a flow: what its events say but when they were. */
static void sessions_of(const char *more, const char *flow, char got[LAUNCHES][400])
{
	char text[3000];
	struct town t;
	struct lines l;
	unsigned n = 0;

	snprintf(text, sizeof text, "scenario: town\nseed: 5\nclock: {start: 2024-01-01T00:00:00Z, stop_after: 400s, speed: max, drain: true}\n"
		 "outputs: {a: {type: fake_a}}\nmodules: {town: {generator: flows, rate: 2}}\nevents:\n"
		 "  one: {fields: {flow: \"${flow}\", word: \"${word}\", x: \"${random_int(1, 1000000)}\"}}\n  other: {fields: {y: \"${uuid4}\"}}\n"
		 "  made: {fields: {id: \"${uuid4}\"}}\n"
		 "entities:\n  user: {key: id, created_by: made, initial: 3, announce: false}\nflows:\n%s"
		 "  first: {weight: 2, steps: [{emit: one}, {wait: \"${lognormal(2s, 1)}\", drop: 30%%}, {branch: {60%%: [{emit: one}], 40%%: []}}]}\n"
		 "  second: {steps: [{repeat: \"${random_int(1, 3)}\", do: [{emit: one}, {wait: 1s}]}]}\n", more);
	town_run(&t, text);
	l = town_lines(&t);
	memset(got, 0, LAUNCHES * sizeof got[0]);
	for (unsigned i = 0; i < l.n && n < LAUNCHES; i++) {
		char sid[20];
		bool known = !line_is(&l.at[i], "flow", flow);

		snprintf(sid, sizeof sid, "%s", line_field(&l.at[i], "sys__sid"));
		for (unsigned k = 0; k < n; k++)
			known |= strncmp(got[k], sid, 8) == 0;
		if (known)
			continue;
		snprintf(got[n], sizeof got[n], "%s", sid);
		for (unsigned k = i; k < l.n; k++)
			if (line_is(&l.at[k], "sys__sid", sid))
				snprintf(got[n] + strlen(got[n]), sizeof got[n] - strlen(got[n]), " %s %s %s", line_field(&l.at[k], "sys__eid"),
					 line_field(&l.at[k], "word"), line_field(&l.at[k], "x"));
		n++;
	}
	assert_int_equal(n, LAUNCHES);
	free(l.at);
	town_close(&t);
}

static void another_flow_leaves_launches_as_they_were(void **state)
{
	static const char *const more[] = { "  third: {weight: 3, select: user, steps: [{emit: other}, {wait: 3s, drop: 10%}, {emit: other}]}\n",
					    "  a: {weight: 1, steps: [{emit: made, create: user}]}\n  b: {weight: 5, steps: [{wait: 1s}]}\n" };
	static char before[2][LAUNCHES][400], after[LAUNCHES][400];

	(void)state;
	sessions_of("", "first", before[0]);
	sessions_of("", "second", before[1]);
	for (size_t i = 0; i < COUNT_OF(more); i++)
		for (unsigned f = 0; f < 2; f++) {
			sessions_of(more[i], f ? "second" : "first", after);
			for (unsigned k = 0; k < LAUNCHES; k++)
				assert_string_equal(after[k], before[f][k]);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(random_scenarios_keep_their_promises),
		cmocka_unit_test(the_same_seed_gives_the_same_bytes_at_any_speed),
		cmocka_unit_test(another_flow_leaves_launches_as_they_were),
	};

	return cmocka_run_group_tests_name("flows", tests, NULL, NULL);
}
