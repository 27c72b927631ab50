/* The form that adds a module or an output: its rows are the parameter rows of the kind. What it makes is one `add` line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/rows.h"
#include "ui/ui.h"

enum { FORM_ROWS = 120 };

struct add_form {
	bool output;
	unsigned kind, at, first;       /* rows: 0 the kind, 1 the name, then parameters, then [add] */
	char name[65];
	const struct param *rows[FORM_ROWS];
	char *values[FORM_ROWS];        /* NULL: the default */
	unsigned n;
};

static const char *kind_name(const struct ui *u, const struct add_form *f, unsigned i)
{
	return f->output ? u->deck->cat->outputs[i] ? u->deck->cat->outputs[i]->name : NULL :
	       u->deck->cat->generators[i] ? u->deck->cat->generators[i]->name : NULL;
}

static const char *kind_absent(const struct ui *u, const struct add_form *f, unsigned i)
{
	return f->output ? u->deck->cat->outputs[i]->absent : u->deck->cat->generators[i]->absent;
}

static const char *kind_summary(const struct ui *u, const struct add_form *f)
{
	return f->output ? u->deck->cat->outputs[f->kind]->summary : u->deck->cat->generators[f->kind]->summary;
}

static void empty(struct add_form *f)
{
	for (unsigned i = 0; i < f->n; i++)
		free(f->values[i]);
	memset(f->values, 0, sizeof f->values);
	f->n = 0;
}

/* A name that is free: the kind's, with a number if need be. */
static void propose_name(const struct ui *u, struct add_form *f)
{
	snprintf(f->name, sizeof f->name, "%s", kind_name(u, f, f->kind));
	for (unsigned i = 2; command_is_there(u->deck, f->name) && i < 1000; i++)
		snprintf(f->name, sizeof f->name, "%.50s%u", kind_name(u, f, f->kind), i);
}

/* What a hand would set first stands first: the kind's own rows, then the few common ones that matter. */
static void take_rows(const struct ui *u, struct add_form *f)
{
	static const char *const module_rows[] = { "rate", "pace", "outputs", "events" }, *const output_rows[] = { "format", "envelope", "ceiling", "when_full", "hash" };
	const struct param *common = f->output ? output_common_rows : module_common_rows;
	const struct param *own = f->output ? u->deck->cat->outputs[f->kind]->params : u->deck->cat->generators[f->kind]->params;
	const char *const *wanted = f->output ? output_rows : module_rows;
	size_t n = f->output ? COUNT_OF(output_rows) : COUNT_OF(module_rows);

	empty(f);
	for (int pass = 0; pass < 2; pass++) {
		if ((pass == 0) == f->output)
			param_each(p, own)
				if (p->type != PARAM_ACTION && f->n < FORM_ROWS)
					f->rows[f->n++] = p;
		for (size_t i = 0; (pass == 0) != f->output && i < n; i++)
			f->rows[f->n++] = param_find(common, wanted[i]);
		if (!f->output && pass == 0)
			continue;
	}
}

static void set_kind(struct ui *u, int by)
{
	struct add_form *f = u->form;
	unsigned n = 0;

	while (kind_name(u, f, n))
		n++;
	do
		f->kind = (f->kind + (by < 0 ? n - 1 : (unsigned)by)) % n;
	while (by && kind_absent(u, f, f->kind));
	propose_name(u, f);
	take_rows(u, f);
}

void form_open(struct ui *u, bool output)
{
	form_free(u);
	u->form = calloc(1, sizeof *u->form);
	if (!u->form)
		return;
	u->form->output = output;
	set_kind(u, 0);
	if (u->screen != SCREEN_FORM)
		u->before = u->screen;
	u->screen = SCREEN_FORM;
}

void form_free(struct ui *u)
{
	if (!u->form)
		return;
	empty(u->form);
	free(u->form);
	u->form = NULL;
}

static void leave(struct ui *u)
{
	u->screen = u->before;
	form_free(u);
}

/* A value goes into quotes, so that blanks stay in one word. */
static void submit(struct ui *u)
{
	struct add_form *f = u->form;
	struct buf b;
	char name[65];

	buf_init(&b, COMMAND_LINE - 1);
	buf_printf(&b, "add %s %s %s", f->output ? "output" : "module", f->name, kind_name(u, f, f->kind));
	for (unsigned i = 0; i < f->n; i++)
		if (f->values[i])
			buf_printf(&b, " \"%s=%s\"", f->rows[i]->name, f->values[i]);
	snprintf(name, sizeof name, "%s", f->name);
	u->message[0] = '\0';
	if (!buf_ok(&b))
		ui_say(u, STYLE_BAD, "too much for one line: add fewer values");
	else
		ui_command(u, "%s", b.data);
	if (u->message_style == STYLE_TEXT && command_is_there(u->deck, name)) {
		snprintf(u->lists[f->output ? LIST_OUTPUTS : LIST_MODULES].focus, UI_NAME, "%s", name);
		leave(u);
	}
	buf_free(&b);
}

static void keep_value(struct add_form *f, unsigned i, const char *text)
{
	free(f->values[i]);
	f->values[i] = strdup(text);
}

static void value_typed(struct ui *u, const char *text)
{
	struct add_form *f = u->form;
	struct err e;

	if (f->at == 1) {
		snprintf(f->name, sizeof f->name, "%.64s", text);
		return;
	}
	/* Quotes would end the word; what needs them belongs into a scenario. */
	if (strchr(text, '"'))
		ui_say(u, STYLE_BAD, "a value cannot hold a \" here; write it in a scenario");
	else if (!strstr(text, "${") && param_check(f->rows[f->at - 2], text, &e) < 0)
		ui_say(u, STYLE_BAD, "%s", e.text);
	else
		keep_value(f, f->at - 2, text);
}

static void value_text(const struct add_form *f, unsigned i, struct buf *to)
{
	if (f->values[i])
		buf_text(to, f->values[i]);
	else
		param_default_text(f->rows[i], to);
}

/* One step of a number, the next choice, the other side of a switch. */
static void turn(struct ui *u, int by)
{
	struct add_form *f = u->form;
	const struct param *p;
	struct buf now, next;
	void *scratch;

	if (f->at == 0)
		set_kind(u, by);
	if (f->at < 2 || f->at >= f->n + 2)
		return;
	p = f->rows[f->at - 2];
	scratch = calloc(1, p->offset + sizeof(struct draw) + 16);
	buf_init(&now, 70000);
	buf_init(&next, 200);
	value_text(f, f->at - 2, &now);
	if (scratch && param_is_number(p) && param_set(p, scratch, now.data, NULL) == 0) {
		double v = param_number(p, scratch);
		int n = 0;

		while (p->choices && p->choices[n])
			n++;
		if (p->type == PARAM_CHOICE)
			v = (double)(((int)v + by + n) % n);
		else if (p->type == PARAM_BOOL)
			v = v > 0 ? 0 : 1;
		else
			v = param_nudged(p, v, by);
		param_number_text(p, v, &next);
		keep_value(f, f->at - 2, next.data);
	}
	free(scratch);
	buf_free(&now);
	buf_free(&next);
}

static void enter(struct ui *u)
{
	struct add_form *f = u->form;
	struct buf now;

	if (f->at == f->n + 2) {
		submit(u);
		return;
	}
	if (f->at == 0) {
		set_kind(u, 1);
		return;
	}
	buf_init(&now, 70000);
	if (f->at == 1)
		buf_text(&now, f->name);
	else
		value_text(f, f->at - 2, &now);
	ui_prompt(u, value_typed, now.data, "%s: ", f->at == 1 ? "name" : f->rows[f->at - 2]->name);
	buf_free(&now);
}

void form_key(struct ui *u, const struct key *k)
{
	struct add_form *f = u->form;
	unsigned last;

	if (!f) {
		u->screen = SCREEN_DESK;
		return;
	}
	last = f->n + 2;
	u->message[0] = '\0';
	switch (k->code) {
	case KEY_CODE_ESC: leave(u); break;
	case KEY_CODE_UP:
	case KEY_CODE_BACKTAB: f->at = f->at ? f->at - 1 : last; break;
	case KEY_CODE_DOWN:
	case KEY_CODE_TAB: f->at = f->at < last ? f->at + 1 : 0; break;
	case KEY_CODE_PGDN:
	case KEY_CODE_END: f->at = last; break;
	case KEY_CODE_PGUP:
	case KEY_CODE_HOME: f->at = 0; break;
	case KEY_CODE_LEFT: turn(u, -1); break;
	case KEY_CODE_RIGHT: turn(u, 1); break;
	case KEY_CODE_ENTER: enter(u); break;
	case KEY_CODE_BACKSPACE:
		if (f->at >= 2 && f->at < last) {
			free(f->values[f->at - 2]);
			f->values[f->at - 2] = NULL;
		}
		break;
	case KEY_CODE_CHAR:
		if (k->ch == 'q')
			leave(u);
		else if (k->ch == ' ')
			turn(u, 1);
		else
			ui_say(u, STYLE_DIM, "arrows choose and turn, Enter types, the last row adds, Esc leaves");
		break;
	case KEY_CODE_CTRL:
		if (k->ch == 'c')
			leave(u);
		break;
	default: break;
	}
}

static void pick(struct ui *u, const char *arg)
{
	if (!u->form)
		return;
	u->form->at = (unsigned)strtoul(arg, NULL, 10);
	if (u->form->at == u->form->n + 2)
		submit(u);
}

static void draw_row(struct ui *u, struct rect r, unsigned i)
{
	struct add_form *f = u->form;
	struct cells *g = &u->cells;
	bool here = i == f->at;
	enum style s = here ? STYLE_TITLE : STYLE_TEXT;
	char number[12];
	struct buf b;

	snprintf(number, sizeof number, "%u", i);
	ui_spot(u, r, pick, number);
	cells_char(g, r.x, r.y, STYLE_KEY, here ? '>' : ' ');
	if (i == f->n + 2) {
		cells_text(g, r.x + 2, r.y, r.w - 2, here ? STYLE_FOCUS : STYLE_KEY, "[ add ]");
		return;
	}
	if (i < 2) {
		cells_text(g, r.x + 2, r.y, 16, s, i == 0 ? f->output ? "type" : "generator" : "name");
		cells_printf(g, r.x + 19, r.y, r.w - 19, here ? STYLE_INPUT : STYLE_VALUE, i == 0 ? "‹ %s ›" : "%s", i == 0 ? kind_name(u, f, f->kind) : f->name);
		if (i == 0 && r.w > 60)
			cells_text(g, r.x + 40, r.y, r.w - 40, STYLE_DIM, kind_summary(u, f));
		return;
	}
	buf_init(&b, 70000);
	value_text(f, i - 2, &b);
	cells_text(g, r.x + 2, r.y, 16, s, f->rows[i - 2]->name);
	cells_text(g, r.x + 19, r.y, r.w > 60 ? 20 : r.w - 19, here ? STYLE_INPUT : f->values[i - 2] ? STYLE_VALUE : STYLE_DIM,
		   f->rows[i - 2]->type == PARAM_SECRET && b.n ? "••••" : b.n ? b.data : "–");
	if (r.w > 60)
		cells_text(g, r.x + 40, r.y, r.w - 40, STYLE_DIM, f->rows[i - 2]->help);
	buf_free(&b);
}

void screen_form(struct ui *u, const struct layout *l)
{
	struct add_form *f = u->form;
	struct rect r = l->panes[PANE_MAIN], in = l->boxed ? cells_inside(r) : r;

	if (!f || in.h < 1)
		return;
	if (f->at < f->first)
		f->first = f->at;
	if (f->at >= f->first + (unsigned)in.h)
		f->first = f->at - (unsigned)in.h + 1;
	if (l->boxed)
		cells_box(&u->cells, r, f->output ? "add an output" : "add a module", "arrows, Enter; the last row adds", true);
	for (unsigned i = f->first; i <= f->n + 2 && i < f->first + (unsigned)in.h; i++)
		draw_row(u, (struct rect){ in.x, in.y + (int)(i - f->first), in.w, 1 }, i);
}
