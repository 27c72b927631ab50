/* The mouse: what was drawn said what can be clicked. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ui/actions.h"
#include "ui/rows.h"

/* The bits of SGR reports. */
enum { BUTTON_RIGHT = 2, BUTTON_CONTROL = 16, BUTTON_MOVES = 32, BUTTON_WHEEL = 64, BUTTON_WHEEL_DOWN = 65 };
enum { DOUBLE_NS = 400000000 };

struct ui_spot *ui_spot(struct ui *u, struct rect r, void (*act)(struct ui *u, const char *arg), const char *arg)
{
	static struct ui_spot nowhere;
	struct ui_spot *s = u->spot_n < UI_SPOTS ? &u->spots[u->spot_n++] : &nowhere;

	*s = (struct ui_spot){ .r = r, .act = act };
	snprintf(s->arg, sizeof s->arg, "%s", arg ? arg : "");
	return s;
}

static bool contains(struct rect r, int x, int y)
{
	return x >= r.x && x < r.x + r.w && y >= r.y && y < r.y + r.h;
}

/* The latest spot there: what was drawn later lies on top. */
static const struct ui_spot *spot_at(const struct ui *u, int x, int y, bool fader)
{
	for (unsigned i = u->spot_n; i-- > 0;)
		if (u->spots[i].fader == fader && contains(u->spots[i].r, x, y))
			return &u->spots[i];
	return NULL;
}

static enum pane pane_at(const struct ui *u, int x, int y)
{
	for (int p = 0; p < PANE_N; p++)
		if (layout_focusable(u->screen, (enum pane)p) && contains(u->layout.panes[p], x, y))
			return (enum pane)p;
	return PANE_N;
}

/* The knob goes where the pointer is. */
static void drag_to(struct ui *u, int x)
{
	const struct rect r = u->drag.r;
	double at = r.w > 3 ? (double)(x - r.x - 1) / (r.w - 3) : 0;
	struct knobs *k;
	const struct param *p = control_find(u->deck->control, u->drag.arg, &k, NULL);
	struct buf text;

	if (!p)
		return;
	at = at < 0 ? 0 : at > 1 ? 1 : at;
	buf_init(&text, 200);
	param_number_text(p, param_round(p, param_at(p, at)), &text);
	ui_command(u, "drag %s %s", u->drag.arg, text.data);
	buf_free(&text);
}

static void menu_of(struct ui *u, int x, int y)
{
	const struct ui_spot *fader = spot_at(u, x, y, true);
	const char *module = u->lists[LIST_MODULES].focus, *output = u->lists[LIST_OUTPUTS].focus;
	enum ui_list_id id = ui_list_of(u);
	char line[200];

	if (entities_screen(u)) {
		entities_menu(u, x, y);
		return;
	}
	if (fader) {
		menu_begin(u, fader->arg);
		snprintf(line, sizeof line, "default %s", fader->arg);
		menu_add(u, line, "back to the default");
		snprintf(line, sizeof line, "adjust %s *2", fader->arg);
		menu_add(u, line, "double");
		snprintf(line, sizeof line, "adjust %s /2", fader->arg);
		menu_add(u, line, "half");
	} else if (id == LIST_OUTPUTS && *output) {
		menu_begin(u, output);
		for (size_t i = 0; i < 4; i++) {
			static const char *const verbs[] = { "start", "stop", "retry", "remove" };

			snprintf(line, sizeof line, "%s %.70s", verbs[i], output);
			menu_add(u, line, "%s", verbs[i]);
		}
	} else if (*module) {
		menu_begin(u, module);
		for (size_t i = 0; i < 9; i++) {
			static const char *const verbs[] = { "start", "stop", "mute", "unmute", "solo", "unsolo", "inject", "ab", "remove" };

			snprintf(line, sizeof line, "%s %.70s", verbs[i], module);
			menu_add(u, line, "%s", strcmp(verbs[i], "ab") == 0 ? "A/B" : verbs[i]);
		}
	}
	menu_open(u, x, y);
}

static void press(struct ui *u, const struct key *k)
{
	const struct ui_spot *s = spot_at(u, k->x, k->y, false), *fader = spot_at(u, k->x, k->y, true);
	int64_t now = u->view ? u->view->wall_ns : 0;
	bool right = (k->button & 3) == BUTTON_RIGHT;
	bool twice = !right && u->click_ns > 0 && now - u->click_ns < DOUBLE_NS && u->click_x == k->x && u->click_y == k->y;
	enum pane p = pane_at(u, k->x, k->y);
	struct ui_spot copy = { 0 };

	u->click_ns = right ? 0 : now ? now : 1;
	u->click_x = k->x;
	u->click_y = k->y;
	u->message[0] = '\0';
	if (p < PANE_N)
		u->focus[u->screen] = p;
	if (s)
		copy = *s;
	if (copy.act)
		copy.act(u, copy.arg);
	if (fader && twice)
		ui_command(u, "default %s", fader->arg);
	else if (fader && !right)
		u->drag = *fader;       /* a click alone does not jump: only moving does */
	else if (copy.row && twice)
		act_open(u, NULL);
	if (right)
		menu_of(u, k->x, k->y);
}

static void wheel(struct ui *u, const struct key *k)
{
	const struct ui_spot *fader = spot_at(u, k->x, k->y, true);
	bool down = (k->button & ~BUTTON_CONTROL) == BUTTON_WHEEL_DOWN;
	enum pane p = pane_at(u, k->x, k->y), was = u->focus[u->screen];

	if (fader) {
		ui_command(u, "nudge %s %s%s", fader->arg, down ? "-" : "", k->button & BUTTON_CONTROL ? "0.1" : "1");
	} else if (p < PANE_N) {
		u->focus[u->screen] = p;
		act_move(u, down ? "3" : "-3");
		u->focus[u->screen] = was;
	}
}

void mouse_key(struct ui *u, const struct key *k)
{
	if (!u->mouse)
		return;
	if (u->mode == UI_MENU && k->down && !(k->button & (BUTTON_MOVES | BUTTON_WHEEL))) {
		const struct ui_spot *s = spot_at(u, k->x, k->y, false);
		struct ui_spot copy = s ? *s : (struct ui_spot){ 0 };

		u->mode = UI_PLAIN;
		if (copy.act)
			copy.act(u, copy.arg);
		return;
	}
	if (u->mode != UI_PLAIN)
		return;
	if (k->button & BUTTON_MOVES) {
		if (u->drag.act)
			drag_to(u, k->x);
	} else if (k->button & BUTTON_WHEEL) {
		int64_t kept = u->click_ns;

		u->click_ns = -1;       /* what is said now is said by the mouse */
		wheel(u, k);
		u->click_ns = kept;
	} else if (!k->down) {
		u->drag.act = NULL;
	} else {
		press(u, k);
	}
}
