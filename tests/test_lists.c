/* Filters, lists, the mouse, the line that is typed, and keys with another meaning: the console without a terminal. */
#include "tests/fake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "ui/bind.h"
#include "ui/rows.h"

#define SECOND INT64_C(1000000000)

/* ---- filters ---- */

static const char *field(const void *row, const char *name, char *scratch, unsigned room)
{
	static const struct { const char *name, *value; } has[] = {
		{ "amount", "-12.5" }, { "module", "payments" }, { "n", "3" }, { "order", "late" }, { "big", "1500" }, { "two.deep", "x y" },
	};

	(void)row;
	for (size_t i = 0; i < COUNT_OF(has); i++)
		if (strcmp(has[i].name, name) == 0) {
			snprintf(scratch, room, "%s", has[i].value);
			return scratch;
		}
	return NULL;
}

static void filters_match_words_and_fields(void **state)
{
	static const struct { const char *text; bool yes; } cases[] = {
		{ "", true }, { "  ", true }, { "PAY", true }, { "pay ments", false }, { "!pay", false }, { "! nothing", true }, { "~pmts", true },
		{ "~ stmp", false }, { "!~pmts", false }, { "amount < 0", true }, { "amount<0", true }, { "amount >= -12.5", true },
		{ "amount > -12.5", false }, { "amount == -12.50", true }, { "n = 3", true }, { "n != 3", false }, { "n <= 2", false }, { "big > 1k", true },
		{ "module == payments", true }, { "module == 'payments'", true }, { "module == \"pay\"", false }, { "module != pay", true },
		{ "two.deep == 'x y'", true }, { "two.deep ~ 'X' and n = 3", true }, { "module ~ MENT", true }, { "module ~ x", false },
		{ "not module ~ x", true }, { "none = 1", false }, { "none != 1", false }, { "not none = 1", true }, { "module < 5", false },
		/* `and` binds tighter than `or` */
		{ "n = 3 or n = 4 and n = 5", true }, { "n = 4 and n = 3 or n = 3", true }, { "n = 4 or n = 3 and n = 5", false },
		{ "n = 4 and n = 5 or n = 5 and n = 3", false }, { "not n = 4 and not n = 5", true },
		/* Words that only begin like an operator. */
		{ "order = late", true }, { "n = 3 and order = late", true },
	};
	struct filter f;
	struct err e;

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		if (filter_set(&f, cases[i].text, &e) < 0)
			fail_msg("'%s': %s", cases[i].text, e.text);
		if (filter_matches(&f, NULL, "payments 12", field) != cases[i].yes)
			fail_msg("'%s' does not give %d", cases[i].text, cases[i].yes);
	}
}

static void filters_say_what_is_wrong_and_stay(void **state)
{
	static const struct { const char *text, *says; } cases[] = {
		{ "amount <", "'amount' is compared with nothing" },
		{ "amount < much", "'much' is no number to compare with" },
		{ "amount < '5'", "'5' is no number to compare with" },
		{ "= 5", "a condition begins with a field, not with '= 5'" },
		{ "module == 'open", "a quote ' does not end" },
		{ "n = 3 n = 4", "'and' or 'or' must stand before 'n = 4'" },
		{ "n = 3 and", "a condition begins with a field, not with ''" },
		{ "n 3 = 4", "'n' needs a comparison (== != < <= > >= ~)" },
		{ "n=1 or n=1 or n=1 or n=1 or n=1 or n=1 or n=1 or n=1 or n=1", "more than 8 conditions" },
		{ "n = 0123456789012345678901234567890123456789012345678901234567890123", "a value has at most 63 bytes" },
	};
	char text[FILTER_TEXT + 1];
	struct filter f;
	struct err e;

	(void)state;
	assert_int_equal(filter_set(&f, "pay", &e), 0);
	for (size_t i = 0; i < COUNT_OF(cases); i++) {
		assert_int_equal(filter_set(&f, cases[i].text, &e), -1);
		assert_string_equal(e.text, cases[i].says);
		assert_string_equal(f.text, "pay");
	}
	memset(text, 'x', sizeof text - 1);
	text[FILTER_TEXT] = '\0';
	assert_int_equal(filter_set(&f, text, &e), -1);
	assert_string_equal(e.text, "a filter has at most 127 bytes");
	text[FILTER_TEXT - 1] = '\0';
	assert_int_equal(filter_set(&f, text, &e), 0);
	assert_true(text_fuzzy("payments", "PYS") && text_fuzzy("x", "") && !text_fuzzy("", "x") && !text_fuzzy("ab", "ba"));
}

/* ---- a console on fakes ---- */

struct desk {
	struct fake f;
	struct deck deck;
	struct ui u;
};

static void desk_begin(struct desk *d)
{
	static const struct command *const tables[] = { ui_commands, core_commands, NULL };

	fake_begin(&d->f);
	d->f.set.speed = 1;
	fake_output(&d->f, "a", &fake_output_a, "linger=0s");
	fake_output(&d->f, "b", &fake_output_b, "linger=0s");
	fake_module(&d->f, "alpha", "custom", "rate=10");
	fake_module(&d->f, "bravo", "custom", "rate=30");
	fake_module(&d->f, "charlie", "market", "rate=20");
	fake_open(&d->f);
	d->deck = (struct deck){ .engine = d->f.engine, .control = &d->f.control, .scenario = "lists", .by = BY_KEY, .tables = tables, .cat = &fake_catalogue };
	assert_int_equal(ui_init(&d->u, &d->deck, 80, 24), 0);
	ui_draw(&d->u);
}

static void desk_end(struct desk *d)
{
	ui_free(&d->u);
	fake_end(&d->f);
}

/* Names of keys, and texts that begin with a quote. */
static void press(struct desk *d, const char *keys)
{
	char copy[400], *save, *w;

	snprintf(copy, sizeof copy, "%s", keys);
	for (w = strtok_r(copy, " ", &save); w; w = strtok_r(NULL, " ", &save)) {
		struct key k = { .code = KEY_CODE_CHAR };

		if (w[0] == '"') {
			for (size_t at = 1; w[at]; ui_key(&d->u, &k))
				at += utf8_next(w + at, strlen(w + at), &k.ch);
		} else {
			assert_true(key_parse(w, &k));
			ui_key(&d->u, &k);
		}
		ui_draw(&d->u);
	}
}

static const char *row(const struct desk *d, enum ui_list_id id, unsigned place)
{
	return rows_name(&d->u, id, d->u.lists[id].order[place]);
}

static void check_order(const struct desk *d, const char *names)
{
	char have[200] = "";
	const struct ui_list *l = &d->u.lists[LIST_MODULES];

	for (unsigned i = 0; i < l->n; i++)
		snprintf(have + strlen(have), sizeof have - strlen(have), "%s%s", i ? " " : "", row(d, LIST_MODULES, i));
	assert_string_equal(have, names);
}

static void pass(struct desk *d, int64_t ns)
{
	fake_pass(&d->f, ns);
	ui_draw(&d->u);
}

static double value_of(struct desk *d, const char *path)
{
	struct knobs *k;
	const struct param *p = control_find(&d->f.control, path, &k, NULL);

	assert_non_null(p);
	return param_number(p, k->opts);
}

/* ---- lists ---- */

static void rows_are_sorted_and_the_cursor_follows(void **state)
{
	struct desk d;
	struct err e;

	(void)state;
	desk_begin(&d);
	pass(&d, SECOND);
	engine_sample(d.f.engine);
	ui_draw(&d.u);
	check_order(&d, "alpha bravo charlie");
	press(&d, "r");
	check_order(&d, "charlie bravo alpha");
	assert_string_equal(d.u.lists[LIST_MODULES].focus, "alpha");
	assert_int_equal(d.u.lists[LIST_MODULES].at, 2);
	press(&d, "r s Down Down Enter");                       /* by target */
	check_order(&d, "bravo charlie alpha");
	assert_string_equal(d.u.lists[LIST_MODULES].focus, "alpha");
	assert_int_equal(d.u.lists[LIST_MODULES].at, 2);
	/* Rows move; the cursor goes with its row. */
	assert_int_equal(control_set(&d.f.control, "alpha.rate", "500", BY_COMMAND, &e), 0);
	engine_sample(d.f.engine);
	ui_draw(&d.u);
	check_order(&d, "alpha bravo charlie");
	assert_string_equal(row(&d, LIST_MODULES, d.u.lists[LIST_MODULES].at), "alpha");
	/* Right after moving the order stands for two seconds. */
	press(&d, "Down");
	assert_string_equal(d.u.lists[LIST_MODULES].focus, "bravo");
	assert_int_equal(control_set(&d.f.control, "charlie.rate", "900", BY_COMMAND, &e), 0);
	engine_sample(d.f.engine);
	pass(&d, SECOND * 19 / 10);
	check_order(&d, "alpha bravo charlie");
	pass(&d, SECOND / 5);
	check_order(&d, "charlie alpha bravo");
	assert_string_equal(row(&d, LIST_MODULES, d.u.lists[LIST_MODULES].at), "bravo");
	desk_end(&d);
}

static void a_filter_hides_counts_and_gives_back(void **state)
{
	struct desk d;
	struct ui_list *l;

	(void)state;
	desk_begin(&d);
	l = &d.u.lists[LIST_MODULES];
	press(&d, "\\ \"custom");
	assert_true(l->n == 2 && l->hidden == 1);               /* while typing */
	press(&d, "Esc");
	assert_true(l->n == 3 && l->hidden == 0);
	press(&d, "\\ \"rate>15 Enter");
	check_order(&d, "bravo charlie");
	assert_string_equal(l->focus, "bravo");                 /* its row went: the cursor stays in place */
	press(&d, "\\ \"x> Enter");
	assert_int_equal(d.u.message_style, STYLE_BAD);
	check_order(&d, "bravo charlie");
	press(&d, "\\ ^U \"!~zz Enter");
	assert_int_equal(l->n, 3);
	press(&d, "\\ ^U \"nothing Enter");
	assert_true(l->n == 0 && l->hidden == 3);
	press(&d, ": \"filter Space \"name Space \"== Space \"'alpha Space \"x' Space \"or Space \"name Space \"==bravo Enter");
	check_order(&d, "bravo");
	press(&d, ": \"filter Space \"nothing Enter Down Up / \"x Enter \\ ^U Enter");
	check_order(&d, "alpha bravo charlie");
	desk_end(&d);
}

static void a_search_goes_round(void **state)
{
	struct desk d;
	struct ui_list *l;

	(void)state;
	desk_begin(&d);
	l = &d.u.lists[LIST_MODULES];
	press(&d, "n");
	assert_string_equal(d.u.message, "nothing was searched for; / does");
	press(&d, "/ \"custom Enter");
	assert_string_equal(l->focus, "bravo");                 /* the next one, however many letters it took */
	press(&d, "n");
	assert_string_equal(l->focus, "alpha");
	press(&d, "N");
	assert_string_equal(l->focus, "bravo");
	press(&d, "/ \"charl");
	assert_string_equal(l->focus, "charlie");
	press(&d, "Esc");
	assert_string_equal(l->focus, "bravo");
	press(&d, "n");                                         /* Esc gave back what was searched before */
	assert_string_equal(l->focus, "alpha");
	press(&d, "/ \"qqq Enter");
	assert_string_equal(d.u.message, "'qqq' is not found");
	assert_string_equal(l->focus, "alpha");
	desk_end(&d);
}

static void marks_are_what_is_done_next(void **state)
{
	struct desk d;

	(void)state;
	desk_begin(&d);
	press(&d, "v Down v");
	assert_int_equal(d.u.lists[LIST_MODULES].mark_n, 2);
	press(&d, "m");
	assert_true(value_of(&d, "alpha.mute") > 0 && value_of(&d, "charlie.mute") > 0 && !(value_of(&d, "bravo.mute") > 0));
	press(&d, "u");                                         /* one group */
	assert_true(!(value_of(&d, "alpha.mute") > 0) && !(value_of(&d, "charlie.mute") > 0));
	press(&d, "Home v");
	assert_true(!rows_marked(&d.u.lists[LIST_MODULES], "alpha"));
	press(&d, "V Space");
	assert_true(!(value_of(&d, "alpha.on") > 0) && !(value_of(&d, "bravo.on") > 0) && !(value_of(&d, "charlie.on") > 0));
	press(&d, "u Esc Esc");
	assert_int_equal(d.u.lists[LIST_MODULES].mark_n, 0);
	press(&d, "Home Del y");
	assert_null(engine_module(d.f.engine, "alpha"));
	assert_non_null(engine_module(d.f.engine, "bravo"));
	desk_end(&d);
}

/* ---- the mouse ---- */

static void mouse(struct desk *d, int button, int x, int y, bool down)
{
	struct key k = { .code = KEY_CODE_MOUSE, .button = button, .x = x, .y = y, .down = down };

	ui_key(&d->u, &k);
	ui_draw(&d->u);
}

static void click(struct desk *d, int button, int x, int y)
{
	mouse(d, button, x, y, true);
	mouse(d, button, x, y, false);
}

static struct rect fader_of(const struct desk *d, const char *path)
{
	for (unsigned i = 0; i < d->u.spot_n; i++)
		if (d->u.spots[i].fader && strcmp(d->u.spots[i].arg, path) == 0)
			return d->u.spots[i].r;
	fail_msg("no fader %s", path);
	return (struct rect){ 0 };
}

static void a_fader_is_dragged_turned_and_put_back(void **state)
{
	struct desk d;
	struct rect r;

	(void)state;
	desk_begin(&d);
	r = fader_of(&d, "bravo.rate");
	click(&d, 0, r.x + r.w - 2, r.y);
	assert_true(value_of(&d, "bravo.rate") == 30);          /* a click does not jump */
	assert_string_equal(d.u.lists[LIST_MODULES].focus, "bravo");
	pass(&d, SECOND);
	mouse(&d, 0, r.x + 2, r.y, true);
	mouse(&d, 32, r.x + 1, r.y, true);
	assert_true(value_of(&d, "bravo.rate") == 0.0001);
	mouse(&d, 32, r.x + r.w + 30, r.y + 5, true);           /* beyond the end it stays at the end */
	assert_true(value_of(&d, "bravo.rate") == 1e9);
	mouse(&d, 0, r.x + r.w, r.y, false);
	mouse(&d, 32, r.x + 3, r.y, true);                      /* the button is up */
	assert_true(value_of(&d, "bravo.rate") == 1e9);
	assert_int_equal(d.f.control.log[d.f.control.n - 1].by, BY_MOUSE);
	press(&d, "u");                                         /* one movement of the hand */
	assert_true(value_of(&d, "bravo.rate") == 30);
	mouse(&d, 64, r.x + 2, r.y, true);
	assert_true(value_of(&d, "bravo.rate") > 31);
	mouse(&d, 65, r.x + 2, r.y, true);
	assert_true(value_of(&d, "bravo.rate") < 31 && value_of(&d, "bravo.rate") > 29);
	press(&d, "u");
	mouse(&d, 64 + 16, r.x + 2, r.y, true);
	assert_true(value_of(&d, "bravo.rate") > 30 && value_of(&d, "bravo.rate") < 31);
	pass(&d, SECOND);
	click(&d, 0, r.x + 2, r.y);
	click(&d, 0, r.x + 2, r.y);
	assert_true(value_of(&d, "bravo.rate") == 30);
	desk_end(&d);
}

static void clicks_focus_open_and_choose(void **state)
{
	struct desk d;
	struct rect r;

	(void)state;
	desk_begin(&d);
	r = fader_of(&d, "charlie.rate");
	click(&d, 0, 5, r.y);
	assert_string_equal(d.u.lists[LIST_MODULES].focus, "charlie");
	click(&d, 0, 5, 4);
	assert_int_equal(d.u.focus[SCREEN_DESK], PANE_GRAPH);
	click(&d, 0, 5, r.y);
	assert_int_equal(d.u.focus[SCREEN_DESK], PANE_MAIN);
	pass(&d, SECOND);
	click(&d, 0, 5, r.y);
	pass(&d, SECOND);
	click(&d, 0, 5, r.y);                                   /* too slow for a double click */
	assert_int_equal(d.u.screen, SCREEN_DESK);
	click(&d, 0, 5, r.y);
	assert_int_equal(d.u.screen, SCREEN_MODULE);
	click(&d, 0, 3, 1);                                     /* its tab */
	assert_int_equal(d.u.screen, SCREEN_DESK);
	mouse(&d, 64, 5, r.y, true);                            /* the wheel moves the cursor by three */
	assert_string_equal(d.u.lists[LIST_MODULES].focus, "alpha");
	/* A menu: what lies under it cannot be clicked, a click beside it closes it. */
	click(&d, 2, 5, r.y);
	assert_int_equal(d.u.mode, UI_MENU);
	assert_string_equal(d.u.menu.title, "charlie");
	mouse(&d, 0, 60, 3, true);
	assert_int_equal(d.u.mode, UI_PLAIN);
	click(&d, 2, 5, r.y);
	for (unsigned i = 0; i < d.u.spot_n; i++)
		if (strcmp(d.u.spots[i].arg, "mute charlie") == 0) {
			mouse(&d, 0, d.u.spots[i].r.x + 1, d.u.spots[i].r.y, true);
			break;
		}
	assert_true(value_of(&d, "charlie.mute") > 0);
	assert_int_equal(d.u.screen, SCREEN_DESK);              /* two clicks of the right button are no double click */
	click(&d, 0, r.x + 1, r.y);
	click(&d, 2, r.x + 1, r.y);                             /* of the fader, with keys */
	assert_string_equal(d.u.menu.title, "charlie.rate");
	press(&d, "Down Enter");
	assert_true(value_of(&d, "charlie.rate") == 40);
	press(&d, "M");
	click(&d, 0, 20, 1);                                    /* the terminal's */
	assert_int_equal(d.u.screen, SCREEN_DESK);
	desk_end(&d);
}

/* ---- the line that is typed ---- */

static void check_line(const struct desk *d, const char *text, size_t at)
{
	assert_string_equal(d->u.line, text);
	assert_int_equal(d->u.line_n, strlen(text));
	assert_int_equal(d->u.line_at, at);
}

static void a_line_is_edited(void **state)
{
	struct desk d;

	(void)state;
	desk_begin(&d);
	press(&d, ": \"abc Left Left \"X");
	check_line(&d, "aXbc", 2);
	press(&d, "Home Del End Bksp Del");
	check_line(&d, "Xb", 2);
	press(&d, "Left Left Left Bksp \"ä€ Right Right Right");
	check_line(&d, "ä€Xb", 7);
	press(&d, "Left Left Bksp");                            /* characters, not bytes */
	check_line(&d, "äXb", 2);
	press(&d, "Left Del");
	check_line(&d, "Xb", 0);
	press(&d, "^U ^W Left Bksp");
	check_line(&d, "Xb", 0);
	press(&d, "^E Space \"cd Space Space ^W");
	check_line(&d, "Xb ", 3);
	press(&d, "\"ef ^A Right ^K");
	check_line(&d, "X", 1);
	press(&d, "\"yz Left ^U");
	check_line(&d, "z", 0);
	press(&d, "^E");
	for (int i = 0; i < 2 * UI_LINE; i++) {
		struct key k = { .code = KEY_CODE_CHAR, .ch = 0x20ac };

		ui_key(&d.u, &k);
	}
	assert_true(d.u.line_n < UI_LINE && d.u.line_n > UI_LINE - 5 && (d.u.line_n - 1) % 3 == 0);
	ui_draw(&d.u);
	press(&d, "Esc");
	assert_int_equal(d.u.mode, UI_PLAIN);
	desk_end(&d);
}

static void a_line_comes_back_and_is_completed(void **state)
{
	struct desk d;

	(void)state;
	desk_begin(&d);
	press(&d, ": \"status Enter : \"modules Enter : \"modules Enter : \"show Space \"bravo.rate Enter");
	press(&d, ": Up");
	check_line(&d, "show bravo.rate", 15);
	press(&d, "Up");
	check_line(&d, "modules", 7);                           /* the same line twice is kept once */
	press(&d, "Up Up Up");
	check_line(&d, "status", 6);
	press(&d, "Down");
	check_line(&d, "modules", 7);
	press(&d, "Down Down Down");
	check_line(&d, "", 0);
	press(&d, "\"at ^R");
	check_line(&d, "show bravo.rate", 15);
	press(&d, "^U \"stat ^R ^R");
	check_line(&d, "status", 6);
	press(&d, "^U \"ram Tab");
	check_line(&d, "ramp ", 5);
	press(&d, "\"brav Tab \"rat Tab");
	check_line(&d, "ramp bravo.rate ", 16);
	press(&d, "Esc");
	assert_int_equal(d.u.history_n, 3);
	press(&d, "= Up Tab");                                  /* a prompt has no history */
	check_line(&d, "", 0);
	desk_end(&d);
}

/* ---- keys with another meaning ---- */

static void a_key_can_mean_something_else(void **state)
{
	struct desk d;
	struct err e;

	(void)state;
	desk_begin(&d);
	assert_int_equal(ui_rebind(&d.u, "x", 0, "mute", &e), 0);
	press(&d, "x");
	assert_true(value_of(&d, "alpha.mute") > 0);
	assert_int_equal(ui_rebind(&d.u, "F9", 0, "set bravo.rate 77", &e), 0);
	press(&d, "F9");
	assert_true(value_of(&d, "bravo.rate") == 77);
	/* For one screen before everywhere, whichever was said later. */
	assert_int_equal(ui_rebind(&d.u, "x", ON_OUTPUTS, "set bravo.rate 5", &e), 0);
	assert_int_equal(ui_rebind(&d.u, "x", 0, "set bravo.rate 6", &e), 0);
	press(&d, "x");
	assert_true(value_of(&d, "bravo.rate") == 6);
	press(&d, "4 x");
	assert_true(value_of(&d, "bravo.rate") == 5);
	assert_int_equal(ui_rebind(&d.u, "x", ON_OUTPUTS, "desk", &e), 0);
	press(&d, "x");
	assert_int_equal(d.u.screen, SCREEN_DESK);
	press(&d, ": \"key Space \"^X Space \"log Space \"set Space \"bravo.rate Space \"8 Enter 6 ^X");
	assert_true(value_of(&d, "bravo.rate") == 8);
	assert_int_equal(ui_rebind(&d.u, "Spce", 0, "mute", &e), -1);
	assert_string_equal(e.text, "'Spce' is no key (like x, ^X, F5, Space, Up)");
	assert_int_equal(ui_rebind(&d.u, "x", 0, "mutt", &e), -1);
	assert_string_equal(e.text, "'mutt' is neither an action (fluxdeck list keys) nor a command; did you mean 'mute'?");
	while (d.u.rebind_n < UI_REBINDS)
		assert_int_equal(ui_rebind(&d.u, "y", 0, "undo", &e), 0);
	assert_int_equal(ui_rebind(&d.u, "y", 0, "undo", &e), -1);
	assert_string_equal(e.text, "more than 100 keys");
	desk_end(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(filters_match_words_and_fields),
		cmocka_unit_test(filters_say_what_is_wrong_and_stay),
		cmocka_unit_test(rows_are_sorted_and_the_cursor_follows),
		cmocka_unit_test(a_filter_hides_counts_and_gives_back),
		cmocka_unit_test(a_search_goes_round),
		cmocka_unit_test(marks_are_what_is_done_next),
		cmocka_unit_test(a_fader_is_dragged_turned_and_put_back),
		cmocka_unit_test(clicks_focus_open_and_choose),
		cmocka_unit_test(a_line_is_edited),
		cmocka_unit_test(a_line_comes_back_and_is_completed),
		cmocka_unit_test(a_key_can_mean_something_else),
	};

	return cmocka_run_group_tests_name("lists", tests, NULL, NULL);
}
