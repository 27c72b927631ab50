/* The store of entities over long lives: memory that stays flat, the oldest that go, history, conditions, texts. */
#include "tests/shop.h"

#include "base/utf8.h"
#include "entity/flips.h"

/* ---- memory ---- */

static uint32_t born(struct shop *s, unsigned number, uint32_t holder, int64_t now_ns)
{
	char key[24], name[24];
	struct setting set[] = { { .field = 0 }, { .field = NAME }, { .field = LAST, .v.i = now_ns }, { .field = ORDERS, .v.i = 5 } };
	uint32_t id;
	struct err e;

	snprintf(key, sizeof key, "key %u", number);
	snprintf(name, sizeof name, "%.*s", (int)(number % 20), "nobody but my name is");
	set[0].v = text_of(key);
	set[1].v = text_of(name);
	id = class_create(s->class, set, COUNT_OF(set), holder, now_ns, &e);
	assert_int_not_equal(id, NOBODY);
	return id;
}

static void touch(struct shop *s, uint32_t id, int64_t now_ns)
{
	struct setting set = { .field = LAST, .v.i = now_ns };
	const struct cause why = { .at_ns = now_ns };
	struct err e;

	assert_int_equal(class_change(s->class, id, &set, 1, &why, &e), 0);
	store_step_done(s->store);
}

/* Rounds of a hundred that come, are held, released and go. */
static size_t rounds(struct shop *s, struct matching *m, unsigned from, unsigned to)
{
	uint32_t ids[100];

	for (unsigned r = from; r < to; r++) {
		int64_t now = START + r * INT64_C(1000000000);

		for (unsigned i = 0; i < COUNT_OF(ids); i++)
			ids[i] = born(s, r * 100 + i, 3, now);
		for (unsigned i = 0; i < COUNT_OF(ids); i++) {
			touch(s, ids[i], now + 1);
			class_release(s->class, ids[i]);
		}
		matching_n(s->class, m, now + 1);
		for (unsigned i = 0; i < COUNT_OF(ids); i++)
			class_retire(s->class, ids[i]);
		store_step_done(s->store);
	}
	return store_bytes(s->store) + m->flips->room * sizeof *m->flips->at + s->store->buried_room * sizeof(void *);
}

static void memory_stays_flat_when_entities_come_and_go(void **state)
{
	struct shop s;
	struct matching *m;
	size_t early, late;

	(void)state;
	for (uint64_t keep = 0; keep < 2000; keep += 1000) {
		open_shop(&s, keep, 0);
		m = list_of(s.class, "last < now - 30d", true);
		early = rounds(&s, m, 0, 50);
		late = rounds(&s, m, 50, 3000);
		assert_int_equal(late, early);
		assert_int_equal(s.class->live, 0);
		assert_int_equal(s.class->ids, 100);
		close_shop(&s);
	}
}

/* Those that stay, looked at and changed again and again: a condition that waits for the clock does not pile up instants. */
static void memory_stays_flat_when_entities_are_used(void **state)
{
	struct shop s;
	struct matching *m;
	uint32_t ids[100], room = 0;

	(void)state;
	open_shop(&s, 0, 20);
	m = list_of(s.class, "last < now - 30d", true);
	for (unsigned i = 0; i < COUNT_OF(ids); i++)
		ids[i] = born(&s, i, HELD_BY_NONE, START);
	for (unsigned r = 0; r < 3000; r++) {
		int64_t now = START + r * INT64_C(1000000000);

		for (unsigned i = 0; i < COUNT_OF(ids); i++) {
			class_hold(s.class, ids[i], 4);
			touch(&s, ids[i], now);
			class_release(s.class, ids[i]);
		}
		assert_int_equal(matching_n(s.class, m, now), 0);
		if (r == 50)
			room = m->flips->room;
	}
	assert_int_equal(m->flips->room, room);
	assert_int_equal(matching_n(s.class, m, START + 2999 * INT64_C(1000000000) + 30 * DAY), 0);
	assert_int_equal(matching_n(s.class, m, START + 2999 * INT64_C(1000000000) + 30 * DAY + 1), 100);
	close_shop(&s);
}

static void the_oldest_free_ones_go_when_there_are_too_many(void **state)
{
	struct shop s;
	uint32_t held = 0;
	char key[24];

	(void)state;
	open_shop(&s, 100, 0);
	for (unsigned i = 0; i < 5000; i++) {
		uint32_t id = born(&s, i, i % 50 == 0 && i < 500 ? 3 : HELD_BY_NONE, START + i);

		held = i == 450 ? id : held;
		store_step_done(s.store);
		assert_true(s.class->live <= 100);
	}
	assert_int_equal(s.class->live, 100);
	assert_int_equal(s.class->retired, 4900);
	for (unsigned i = 0; i < 5000; i++) {
		snprintf(key, sizeof key, "key %u", i);
		/* Ten are held and stay, however old; of the others those that came last. */
		assert_int_equal(class_find(s.class, text_of(key)) != NOBODY, i >= 4910 || (i % 50 == 0 && i < 500));
	}
	/* Free again, it is the next to go but for its turn: soon. */
	class_release(s.class, held);
	for (unsigned i = 5000; i < 5200; i++)
		born(&s, i, HELD_BY_NONE, START + i);
	assert_int_equal(class_find(s.class, text_of("key 450")), NOBODY);
	assert_int_equal(s.class->live, 100);
	close_shop(&s);
}

static void a_class_full_of_held_ones_grows_and_shrinks_again(void **state)
{
	struct shop s;
	uint32_t ids[200];

	(void)state;
	open_shop(&s, 50, 0);
	for (unsigned i = 0; i < 200; i++)
		ids[i] = born(&s, i, 3, START + i);
	assert_int_equal(s.class->live, 200);
	for (unsigned i = 0; i < 200; i++)
		class_release(s.class, ids[i]);
	for (unsigned i = 200; i < 220; i++)
		born(&s, i, HELD_BY_NONE, START + i);
	assert_int_equal(s.class->live, 50);
	close_shop(&s);
}

/* ---- history ---- */

static void history_is_a_ring_and_forgets_the_oldest(void **state)
{
	const struct cause why = { .at_ns = START };
	struct shop s;
	uint32_t first, other, number;
	size_t bytes = 0;
	struct err e;
	unsigned seen = 0;

	(void)state;
	open_shop(&s, 0, 20);
	first = born(&s, 1, HELD_BY_NONE, START);
	other = born(&s, 2, HELD_BY_NONE, START);
	touch(&s, first, START + 5);
	number = entity_at(s.class, first)->change;
	assert_non_null(history_at(&s.store->history, number, 0, first));
	assert_null(history_at(&s.store->history, number, 0, other));
	for (unsigned i = 0; i < 3 * HISTORY_ROOM; i++) {
		char name[24];
		struct setting set = { .field = NAME };

		snprintf(name, sizeof name, "name %u", 100 + i % 900);
		set.v = text_of(name);
		assert_int_equal(class_change(s.class, other, &set, 1, &why, &e), 0);
		store_step_done(s.store);
		if (i == HISTORY_ROOM - 2)
			assert_non_null(history_at(&s.store->history, number, 0, first));
		if (i == HISTORY_ROOM)
			bytes = store_bytes(s.store);
	}
	assert_null(history_at(&s.store->history, number, 0, first));
	assert_int_equal(store_bytes(s.store), bytes);
	number = entity_at(s.class, other)->change;
	for (const struct past *p; (p = history_at(&s.store->history, number, 0, other)); number = p->before)
		seen++;
	assert_int_equal(seen, HISTORY_ROOM);
	close_shop(&s);
}

/* ---- conditions ---- */

/* Letters of several bytes before an `and` move no cut. */
static void conditions_are_taken_apart_where_they_join(void **state)
{
	struct shop s;
	struct setting set[] = { { .field = 0, .v = text_of("a") }, { .field = NAME, .v = text_of("Zoë and Ümit") }, { .field = ORDERS, .v.i = 4 } };
	struct err e;

	(void)state;
	open_shop(&s, 0, 0);
	assert_int_not_equal(class_create(s.class, set, 3, HELD_BY_NONE, START, &e), NOBODY);
	assert_int_equal(matching_n(s.class, list_of(s.class, "name == 'Zoë and Ümit' and available and orders > 3", false), START), 1);
	assert_int_equal(matching_n(s.class, list_of(s.class, "name == 'Zoë and Ümit' and orders > 4", false), START), 0);
	assert_int_equal(matching_n(s.class, list_of(s.class, "orders > 3 and (name != null and orders < 9) and not (orders == 5 or orders == 6)", true), START),
			 1);
	assert_int_equal(matching_n(s.class, list_of(s.class, "orders between 3 and 5 and name matches '^Zo.*'", true), START), 1);
	close_shop(&s);
}

static void a_condition_may_have_many_parts(void **state)
{
	struct shop s;
	struct buf text;
	uint32_t id;

	(void)state;
	open_shop(&s, 0, 0);
	id = born(&s, 1, HELD_BY_NONE, START);
	buf_init(&text, 65536);
	buf_text(&text, "orders > 0");
	for (int i = 0; i < 200; i++)
		buf_printf(&text, " and orders != %d", i + (i >= 5));
	assert_int_equal(matching_n(s.class, list_of(s.class, text.data, true), START), 1);
	buf_text(&text, " and orders != 5");
	assert_int_equal(matching_n(s.class, list_of(s.class, text.data, true), START), 0);
	buf_free(&text);
	assert_int_equal(entity_at(s.class, id)->holder, HELD_BY_NONE);
	close_shop(&s);
}

/* ---- texts ---- */

static void texts_come_back_and_their_room_is_used_again(void **state)
{
	static struct lasting *kept[500];
	static char bytes[TEXT_KEPT + 100], want[500];
	struct texts t = { 0 };
	struct rng r;
	size_t early = 0;

	(void)state;
	rng_seed(&r, 3);
	for (unsigned round = 0; round < 200000; round++) {
		unsigned i = (unsigned)rng_below(&r, COUNT_OF(kept));
		size_t n = (size_t)rng_below(&r, i % 7 ? 40 : 300);

		if (kept[i]) {
			for (size_t k = 0; k < kept[i]->n; k++)
				assert_int_equal(kept[i]->bytes[k], want[i]);
			texts_drop(&t, kept[i]);
		}
		want[i] = (char)('a' + round % 26);
		memset(bytes, want[i], n);
		kept[i] = texts_keep(&t, bytes, n);
		assert_int_equal(lasting_text(kept[i]).n, n);
		assert_int_equal((uintptr_t)kept[i] % TEXT_STEP, 0);
		if (round == 50000)
			early = t.bytes;
	}
	assert_int_equal(t.bytes, early);
	texts_free(&t);
}

/* A text that is too long is cut between characters. */
static void a_long_text_is_cut_and_stays_a_text(void **state)
{
	char bytes[TEXT_KEPT + 100];
	struct texts t = { 0 };

	(void)state;
	for (size_t shift = 0; shift < 3; shift++) {
		struct lasting *k;

		for (size_t i = 0; i < sizeof bytes; i++)
			bytes[i] = i < shift ? 'a' : "\xe2\x82\xac"[(i - shift) % 3];
		k = texts_keep(&t, bytes, sizeof bytes);
		assert_in_range(k->n, TEXT_KEPT - 3, TEXT_KEPT);
		assert_int_equal(utf8_check(k->bytes, k->n), k->n);
		texts_drop(&t, k);
	}
	texts_free(&t);
}

/* So long that it is cut: it is found, it has no twin, and setting it again changes nothing. */
static void a_long_key_is_one_key(void **state)
{
	static char bytes[TEXT_KEPT + 100];
	struct shop s;
	struct setting key = { .field = 0, .v.t = { bytes, sizeof bytes } }, name = { .field = NAME, .v.t = { bytes, sizeof bytes } };
	const struct cause why = { .at_ns = START };
	uint32_t id;
	struct err e;

	(void)state;
	memset(bytes, 'k', sizeof bytes);
	open_shop(&s, 0, 20);
	id = class_create(s.class, &key, 1, HELD_BY_NONE, START, &e);
	assert_int_not_equal(id, NOBODY);
	assert_int_equal(class_find(s.class, key.v), id);
	assert_int_equal(class_create(s.class, &key, 1, HELD_BY_NONE, START, &e), NOBODY);
	assert_int_equal(class_change(s.class, id, &name, 1, &why, &e), 0);
	assert_int_equal(s.store->history.n, 1);
	assert_int_equal(class_change(s.class, id, &name, 1, &why, &e), 0);
	assert_int_equal(s.store->history.n, 1);
	close_shop(&s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_stays_flat_when_entities_come_and_go),
		cmocka_unit_test(memory_stays_flat_when_entities_are_used),
		cmocka_unit_test(the_oldest_free_ones_go_when_there_are_too_many),
		cmocka_unit_test(a_class_full_of_held_ones_grows_and_shrinks_again),
		cmocka_unit_test(history_is_a_ring_and_forgets_the_oldest),
		cmocka_unit_test(conditions_are_taken_apart_where_they_join),
		cmocka_unit_test(a_condition_may_have_many_parts),
		cmocka_unit_test(texts_come_back_and_their_room_is_used_again),
		cmocka_unit_test(a_long_text_is_cut_and_stays_a_text),
		cmocka_unit_test(a_long_key_is_one_key),
	};

	return cmocka_run_group_tests_name("entity life", tests, NULL, NULL);
}
