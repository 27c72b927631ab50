/* The console without a terminal: keys, bindings, layout. */
#include "tests/fake.h"

#include <stdio.h>
#include <string.h>

#include "ui/bind.h"
#include "ui/cells.h"
#include "ui/keys.h"
#include "ui/layout.h"

static size_t decode(const char *bytes, size_t n, struct key *out, size_t piece)
{
	struct keys k = { 0 };
	size_t got = 0;

	for (size_t at = 0; at < n; at += piece) {
		size_t len = n - at < piece ? n - at : piece, used;

		got += keys_feed(&k, bytes + at, len, &used, out + got, KEYS_ROOM - got);
	}
	return got + keys_flush(&k, out + got, KEYS_ROOM - got);
}

static void sequences_are_keys_however_they_are_cut(void **state)
{
	static const struct { const char *bytes; enum key_code code; uint32_t ch; } cases[] = {
		{ "x", KEY_CODE_CHAR, 'x' }, { "\r", KEY_CODE_ENTER, 0 }, { "\x7f", KEY_CODE_BACKSPACE, 0 }, { "\x03", KEY_CODE_CTRL, 'c' },
		{ "\033[A", KEY_CODE_UP, 0 }, { "\033OA", KEY_CODE_UP, 0 }, { "\033[1;5C", KEY_CODE_RIGHT, 0 }, { "\033[5~", KEY_CODE_PGUP, 0 },
		{ "\033[Z", KEY_CODE_BACKTAB, 0 }, { "\033OP", KEY_CODE_F, 1 }, { "\033[[B", KEY_CODE_F, 2 }, { "\033[15~", KEY_CODE_F, 5 },
		{ "\033[17~", KEY_CODE_F, 6 }, { "\033[24~", KEY_CODE_F, 12 }, { "\033", KEY_CODE_ESC, 0 }, { "€", KEY_CODE_CHAR, 0x20ac },
		{ "\033[0n", KEY_CODE_REPLY, 0 }, { "\t", KEY_CODE_TAB, 0 }, { "\033[3~", KEY_CODE_DELETE, 0 }, { "\033[H", KEY_CODE_HOME, 0 },
	};
	struct key out[KEYS_ROOM];

	(void)state;
	for (size_t i = 0; i < COUNT_OF(cases); i++)
		for (size_t piece = 1; piece <= 8; piece++) {
			assert_int_equal(decode(cases[i].bytes, strlen(cases[i].bytes), out, piece), 1);
			assert_int_equal(out[0].code, cases[i].code);
			assert_int_equal(out[0].ch, cases[i].ch);
		}
	assert_int_equal(decode("\033[<0;12;7M", 10, out, 3), 1);
	assert_true(out[0].code == KEY_CODE_MOUSE && out[0].x == 11 && out[0].y == 6 && out[0].down);
	assert_int_equal(decode("\033[200~q!\033[201~q", 15, out, 4), 3);
	assert_true(out[0].code == KEY_CODE_PASTE && out[1].code == KEY_CODE_PASTE && out[2].code == KEY_CODE_CHAR);
}

static void every_binding_names_keys_has_help_and_stands_once(void **state)
{
	(void)state;
	for (const struct bind *b = bind_table; b->keys; b++) {
		char names[80], *save, *name;

		snprintf(names, sizeof names, "%s", b->keys);
		assert_true(b->act && b->where);
		assert_true(!b->hint || b->help);
		for (name = strtok_r(names, " ", &save); name; name = strtok_r(NULL, " ", &save)) {
			struct key k;

			assert_true(key_parse(name, &k));
			/* On each of its screens the key finds this row and no other. */
			for (int s = 0; s < SCREEN_N; s++)
				if (b->where & 1u << s)
					assert_ptr_equal(bind_find(&k, (enum screen)s), b);
		}
	}
}

static bool overlap(struct rect a, struct rect b)
{
	return a.w && a.h && b.w && b.h && a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

/* Maximised, one pane has it all. */
static bool zoomed(const struct layout *l)
{
	int n = 0;

	for (int i = PANE_MAIN; i < PANE_N; i++)
		n += l->panes[i].h > 0;
	return n == 1;
}

static void panes_lie_inside_and_never_overlap(void **state)
{
	(void)state;
	for (int s = 0; s < SCREEN_N; s++)
		for (int w = 1; w <= 250; w++)
			for (int h = 1; h <= 80; h++) {
				struct layout l = layout_of((enum screen)s, w, h, (unsigned)(w % 13), (unsigned)(h % 7), (enum pane)(PANE_N - (w + h) % 3 / 2 * ((w * h) % PANE_N)), (w + h) % 2);

				for (int i = 0; i < PANE_N; i++) {
					struct rect r = l.panes[i];

					if (!r.w || !r.h)
						continue;
					assert_true(r.x >= 0 && r.y >= 0 && r.w > 0 && r.h > 0 && r.x + r.w <= w && r.y + r.h <= h);
					for (int k = 0; k < i; k++)
						assert_false(overlap(r, l.panes[k]));
				}
				assert_true(l.panes[PANE_HEADER].h == 1);
				assert_true(h < 3 || zoomed(&l) || l.panes[PANE_MAIN].h >= 1);
			}
}

static void cells_clip_and_replace(void **state)
{
	struct cells g = { 0 };
	struct buf b;

	(void)state;
	buf_init(&b, 1000);
	assert_int_equal(cells_resize(&g, 8, 2), 0);
	cells_text(&g, 6, 0, 10, STYLE_TEXT, "abcdef");
	cells_text(&g, -2, 1, 10, STYLE_TEXT, "12\x01" "4\xff");
	cells_text(&g, 0, 5, 10, STYLE_TEXT, "nowhere");
	cells_dump(&g, &b);
	assert_string_equal(b.data, "      ab\n\xef\xbf\xbd" "4\xef\xbf\xbd     \n");
	buf_free(&b);
	cells_free(&g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sequences_are_keys_however_they_are_cut),
		cmocka_unit_test(every_binding_names_keys_has_help_and_stands_once),
		cmocka_unit_test(panes_lie_inside_and_never_overlap),
		cmocka_unit_test(cells_clip_and_replace),
	};

	return cmocka_run_group_tests_name("ui", tests, NULL, NULL);
}
