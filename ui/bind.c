/* Keys to actions. */
#include "ui/bind.h"

#include <stdio.h>
#include <string.h>

#include "base/suggest.h"
#include "ui/actions.h"

const char *const bind_groups[] = { "MOVE", "RUN", "VALUE", "LOOK", "LISTS", "ENTITIES", "GLOBAL", "AT RISK", NULL };

enum { LISTS = EVERYWHERE & ~(ON_MODULE | ENTITIES), GROWING = ON_TAIL | ON_LOG };

const struct bind bind_table[] = {
	{ "?  F1", EVERYWHERE, act_help, NULL, "help", "GLOBAL", "help: type to filter, Enter runs", "help" },
	{ ":  ^P", EVERYWHERE, act_palette, NULL, "palette", "GLOBAL", "command palette", "cmd" },
	{ "Space", GROWING, act_pause, NULL, "pause", "RUN", "pause the list", "pause" },
	{ "Space", EVERYWHERE & ~(GROWING | ENTITIES), act_toggle, NULL, "toggle", "RUN", "start or stop", "start/stop" },
	{ "Left h", VALUES, act_nudge, "-1", "down", "VALUE", "one step down", NULL },
	{ "Right l", VALUES, act_nudge, "1", "up", "VALUE", "one step up", "rate" },
	{ "-", VALUES, act_nudge, "-1", NULL, NULL, NULL, NULL },
	{ "+", VALUES, act_nudge, "1", NULL, NULL, NULL, NULL },
	{ "Enter", ON_DESK, act_open, NULL, "open", "MOVE", "open", "detail" },
	{ "Enter", ON_MODULE, act_open, NULL, NULL, "VALUE", "type a value; load the preset", NULL },
	{ "Enter", ON_OUTPUTS, act_open, NULL, NULL, "MOVE", "the output's parameters", "parameters" },
	{ "Enter", ON_FLOWS, act_open, NULL, NULL, "MOVE", "the flow's steps; type what drops out", "steps" },
	{ "Enter", ON_TAIL, act_open, NULL, NULL, "LISTS", "stop at this event", "stop here" },
	{ "Enter", ON_JOURNAL, act_open, NULL, NULL, "LISTS", "freeze the graphs at this entry", "jump" },
	{ "Enter", ON_ENTITIES, act_entity_open, NULL, NULL, "ENTITIES", "open the entity; on its state, edit the field", "open" },
	{ "Enter", ON_ENTITY, act_entity_open, NULL, NULL, "ENTITIES", "edit the field; on a link, open that one", "edit" },
	{ "\\ F4", ON_ENTITIES, act_entity_filter, NULL, "filter", "ENTITIES", "filter: words, or orders > 3 and plan = pro", "filter" },
	{ "s", ON_ENTITIES, act_entity_sort, NULL, "sort", "ENTITIES", "sort by a field; the same again reverses", "sort" },
	{ "r", ON_ENTITIES, act_entity_reverse, NULL, "reverse", "ENTITIES", "reverse the order", NULL },
	{ "e", ENTITIES, act_entity_edit, NULL, "edit", "ENTITIES", "edit a field", "edit" },
	{ "*", ENTITIES, act_entity_pin, NULL, "pin", "ENTITIES", "pin it: it stays above the list, live", "pin" },
	{ "d", ENTITIES, act_entity_compare, NULL, "compare", "ENTITIES", "compare with others; again ends it", "diff" },
	{ "c", ENTITIES, act_entity_changed, NULL, "changed", "ENTITIES", "only fields that were changed", "changed" },
	{ "R", ENTITIES, act_entity_release, NULL, "release", "ENTITIES", "take it from the flow that holds it", NULL },
	{ "C", ENTITIES, act_entity_clone, NULL, "clone", "ENTITIES", "clone it under a new key", "clone" },
	{ "Del", ENTITIES, act_entity_retire, NULL, "retire", "AT RISK", "retire the entity (asks); undo brings it back", NULL },
	{ "Left h", ENTITIES, act_entity_class, "-1", NULL, "ENTITIES", "the class before", NULL },
	{ "Right l", ENTITIES, act_entity_class, "1", NULL, "ENTITIES", "the next class", NULL },
	{ "/", ON_ENTITIES, act_entity_search, NULL, "search", "ENTITIES", "search a key; n and N go on", NULL },
	{ "n", ON_ENTITIES, act_entity_search_next, "1", "next", NULL, NULL, NULL },
	{ "N", ON_ENTITIES, act_entity_search_next, "-1", "previous", NULL, NULL, NULL },
	{ "{", ENTITIES, act_entity_next, "-1", "previous-thing", "ENTITIES", "previous entity", NULL },
	{ "}", ENTITIES, act_entity_next, "1", "next-thing", "ENTITIES", "next entity", "next" },
	{ "\\ F4", LISTS, act_filter, NULL, "filter", "LISTS", "filter: words, !not, ~fuzzy, field < 5", "filter" },
	{ "=", VALUES, act_type, NULL, "type", "VALUE", "type a value with its unit, or +10%", "type" },
	{ "t", VALUES, act_ramp, NULL, "ramp", "VALUE", "ramp to a value over a time", "ramp" },
	{ "f Z", EVERYWHERE, act_freeze, NULL, "freeze", "LOOK", "freeze the view, not the stream", "freeze" },
	{ "S", ON_DESK | ON_MODULE, act_solo, NULL, "solo", "RUN", "solo: mute all others; again restores", "solo" },
	{ "u", ON_JOURNAL, act_undo_here, NULL, "undo-here", "AT RISK", "undo from this entry on (asks)", "undo from here" },
	{ "u", EVERYWHERE & ~ON_JOURNAL, act_line, "undo", "undo", "VALUE", "undo", "undo" },
	{ "U ^R", EVERYWHERE, act_line, "redo", "redo", "VALUE", "redo", NULL },
	{ "m", ON_DESK | ON_MODULE, act_mute, NULL, "mute", "RUN", "mute: lives on, events go nowhere", "mute" },
	{ "P F8", EVERYWHERE, act_hold, NULL, "hold", "RUN", "hold or resume the clock", "hold" },
	{ ".", EVERYWHERE, act_line, "step", "step", "RUN", "one arrival while held", NULL },
	{ "i", ON_DESK | ON_MODULE, act_inject, NULL, "inject", "RUN", "one arrival of the module now", NULL },
	{ "b", ON_DESK | ON_MODULE, act_ab, NULL, "ab", "VALUE", "A/B: swap the module's two settings", "A/B" },
	{ "H", VALUES, act_nudge, "-10", "down-coarse", "VALUE", "ten steps down", NULL },
	{ "L", VALUES, act_nudge, "10", "up-coarse", "VALUE", "ten steps up", NULL },
	{ "[", VALUES, act_nudge, "-0.1", "down-fine", "VALUE", "a tenth of a step down", NULL },
	{ "]", VALUES, act_nudge, "0.1", "up-fine", "VALUE", "a tenth of a step up", NULL },
	{ "<", VALUES, act_adjust, "/2", "half", "VALUE", "half", NULL },
	{ ">", VALUES, act_adjust, "*2", "double", "VALUE", "double", NULL },
	{ "Bksp", VALUES, act_default, NULL, "default", "VALUE", "back to the scenario's value", NULL },
	{ "0", ON_MODULE, act_percent, "0", NULL, "VALUE", "0-9: 0 to 90 % of the range", NULL },
	{ "1", ON_MODULE, act_percent, "0.1", NULL, NULL, NULL, NULL },
	{ "2", ON_MODULE, act_percent, "0.2", NULL, NULL, NULL, NULL },
	{ "3", ON_MODULE, act_percent, "0.3", NULL, NULL, NULL, NULL },
	{ "4", ON_MODULE, act_percent, "0.4", NULL, NULL, NULL, NULL },
	{ "5", ON_MODULE, act_percent, "0.5", NULL, NULL, NULL, NULL },
	{ "6", ON_MODULE, act_percent, "0.6", NULL, NULL, NULL, NULL },
	{ "7", ON_MODULE, act_percent, "0.7", NULL, NULL, NULL, NULL },
	{ "8", ON_MODULE, act_percent, "0.8", NULL, NULL, NULL, NULL },
	{ "9", ON_MODULE, act_percent, "0.9", NULL, NULL, NULL, NULL },
	{ "o", ON_DESK | ON_MODULE, act_route, NULL, "route", "RUN", "outputs of the module", NULL },
	{ "A", VALUES & ~ON_FLOWS, act_add, NULL, "add", "RUN", "add a module, on Outputs an output", NULL },
	{ "p", ON_DESK | ON_MODULE, act_preset_load, NULL, "preset-load", "VALUE", "load a preset", "preset" },
	{ "w", ON_DESK | ON_MODULE, act_preset_save, NULL, "preset-save", "VALUE", "save the setting as a preset", NULL },
	{ "w", GROWING | ON_JOURNAL, act_write, NULL, "write", "LISTS", "write the lines to a file", "write" },
	{ "e", ON_MODULE, act_field, "+", "field", "LOOK", "show the next field of the events", "field" },
	{ "r", ON_MODULE, act_field, "-", "field-back", "LOOK", "show the field before", NULL },
	{ "n", ON_MODULE, act_preview, NULL, "preview", "LOOK", "show the records that come next", "next" },
	{ "E", EVERYWHERE, act_export, NULL, "export", "GLOBAL", "write the tuned scenario", NULL },
	{ "R", ON_OUTPUTS, act_retry, NULL, "retry", "RUN", "try a broken output now", "retry" },
	{ "D", ON_OUTPUTS, act_when_full, NULL, "when-full", "AT RISK", "wait or drop when full (asks)", "when full" },
	{ "Del", VALUES & ~ON_FLOWS, act_remove, NULL, "remove", "AT RISK", "remove it (asks); undo brings it back", NULL },
	{ "!", EVERYWHERE, act_line, "panic", "panic", "AT RISK", "panic: stop all modules; u restores", NULL },
	{ "d", ON_JOURNAL, act_leave_out, NULL, "leave-out", "LISTS", "leave the entry out of a timeline", "leave out" },
	{ "v", ON_DESK | ON_OUTPUTS, act_mark, NULL, "mark", "LISTS", "mark the row for what is done next", NULL },
	{ "V", ON_DESK | ON_OUTPUTS, act_mark_all, NULL, "mark-all", "LISTS", "mark all rows", NULL },
	{ "v", ON_LOG, act_level, NULL, "level", "LISTS", "level of the log", "level" },
	{ "o", ON_LOG, act_area, NULL, "area", "LISTS", "area of the log", "area" },
	{ "c", ON_FLOWS, act_since, NULL, "since", "LOOK", "count from now; again: from the start", "count" },
	{ "x", ON_TAIL, act_explain, NULL, "explain", "LISTS", "where the event comes from", "explain" },
	{ "F", ON_DESK | ON_MODULE, act_screen, "flows", "flows", "MOVE", "Flows: how far their launches come", NULL },
	{ "F", GROWING, act_follow, NULL, "follow", "LISTS", "follow the end", "follow" },
	{ "/", LISTS, act_search, NULL, "search", "LISTS", "search", NULL },
	{ "n", LISTS, act_search_next, "1", "next", "LISTS", "next match", NULL },
	{ "N", LISTS, act_search_next, "-1", "previous", "LISTS", "previous match", NULL },
	{ "s", ON_DESK | ON_OUTPUTS | ON_FLOWS, act_sort, NULL, "sort", "LISTS", "sort by a column", "sort" },
	{ "r", ON_DESK | ON_OUTPUTS | ON_FLOWS, act_reverse, NULL, "reverse", "LISTS", "reverse the order", NULL },
	{ "(", ON_TAIL, act_every, "-1", "more", "LISTS", "sample more events", NULL },
	{ ")", ON_TAIL, act_every, "1", "fewer", "LISTS", "sample fewer events", "sample" },
	{ "(", EVERYWHERE & ~ON_TAIL, act_window, "-1", "shorter", "LOOK", "shorter time window", NULL },
	{ ")", EVERYWHERE & ~ON_TAIL, act_window, "1", "longer", "LOOK", "longer time window", NULL },
	{ ",", EVERYWHERE, act_cursor, "-1", "earlier", "LOOK", "time cursor back, while frozen", NULL },
	{ ";", EVERYWHERE, act_cursor, "1", "later", "LOOK", "time cursor forward", NULL },
	{ "a", EVERYWHERE, act_scale, NULL, "scale", "LOOK", "scale of graphs: sticky, fit, log", NULL },
	{ "Up k", EVERYWHERE, act_move, "-1", "row-up", "MOVE", "up", NULL },
	{ "Down j", EVERYWHERE, act_move, "1", "row-down", "MOVE", "down", NULL },
	{ "PgUp ^U", ON_MODULE, act_nudge, "-10", NULL, NULL, NULL, NULL },
	{ "PgDn ^D", ON_MODULE, act_nudge, "10", NULL, NULL, NULL, NULL },
	{ "PgUp ^U", EVERYWHERE & ~ON_MODULE, act_move, "-10", "page-up", "MOVE", "ten up", NULL },
	{ "PgDn ^D", EVERYWHERE & ~ON_MODULE, act_move, "10", "page-down", "MOVE", "ten down", NULL },
	{ "Home", EVERYWHERE, act_move, "-100000", "top", "MOVE", "top", NULL },
	{ "End G", EVERYWHERE, act_move, "100000", "end", "MOVE", "end", NULL },
	{ "Tab", EVERYWHERE, act_pane, "1", "pane", "MOVE", "next pane", NULL },
	{ "S-Tab", EVERYWHERE, act_pane, "-1", "pane-back", "MOVE", "previous pane", NULL },
	{ "z", EVERYWHERE, act_zoom, NULL, "zoom", "LOOK", "maximise the pane", NULL },
	{ "{", VALUES, act_module, "-1", "previous-thing", "MOVE", "previous module or output", NULL },
	{ "}", VALUES, act_module, "1", "next-thing", "MOVE", "next module or output", NULL },
	{ "Esc", EVERYWHERE, act_back, NULL, "back", "MOVE", "back; never quits", NULL },
	{ "1", EVERYWHERE & ~ON_MODULE, act_screen, "desk", "desk", "MOVE", "Desk (3 Entities, 4 Outputs, 5 Tail, 6 Log, 7 Journal)", NULL },
	{ "2", EVERYWHERE & ~ON_MODULE, act_screen, "module", "module", NULL, NULL, NULL },
	{ "3", EVERYWHERE & ~ON_MODULE, act_screen, "entities", "entities", NULL, NULL, NULL },
	{ "4", EVERYWHERE & ~ON_MODULE, act_screen, "outputs", "outputs", NULL, NULL, NULL },
	{ "5", EVERYWHERE & ~ON_MODULE, act_screen, "tail", "tail", NULL, NULL, NULL },
	{ "6", EVERYWHERE & ~ON_MODULE, act_screen, "log", "log", NULL, NULL, NULL },
	{ "7", EVERYWHERE & ~ON_MODULE, act_screen, "journal", NULL, NULL, NULL, NULL },
	{ "J", EVERYWHERE, act_screen, "journal", "journal", "MOVE", "journal of all changes", NULL },
	{ "g", EVERYWHERE, act_go, NULL, "go", "MOVE", "g and d, m, e, f, o, t, l, j: a screen; gg top", NULL },
	{ "B", EVERYWHERE, act_glyphs, NULL, "glyphs", "LOOK", "graphs in braille, blocks, ASCII, numbers", NULL },
	{ "T", EVERYWHERE, act_theme, NULL, "theme", "LOOK", "theme", NULL },
	{ "y", ENTITIES, act_entity_yank, NULL, "yank", NULL, NULL, NULL },
	{ "y", EVERYWHERE & ~ENTITIES, act_yank, NULL, "yank", "GLOBAL", "copy the row or value", NULL },
	{ "C", ON_DESK | ON_MODULE, act_dump, NULL, "dump", "GLOBAL", "write the module's state as CSV", NULL },
	{ "M", EVERYWHERE, act_mouse, NULL, "mouse", "GLOBAL", "mouse: the console's or the terminal's", NULL },
	{ "^G", EVERYWHERE, act_save_screen, NULL, "save-screen", "GLOBAL", "save the screen as text", NULL },
	{ "^L", EVERYWHERE, act_redraw, NULL, "redraw", "LOOK", "redraw", NULL },
	{ "^Z", EVERYWHERE, act_suspend, NULL, "suspend", "GLOBAL", "suspend; bg runs on without a screen", NULL },
	{ "q", EVERYWHERE & ~ON_DESK, act_back, NULL, NULL, "GLOBAL", "close the screen", NULL },
	{ "q", ON_DESK, act_quit, NULL, "quit", "AT RISK", "quit, after a question", "quit" },
	{ "Q", EVERYWHERE, act_quit_now, NULL, "quit-now", "GLOBAL", "quit and leave a summary", NULL },
	{ "^C", EVERYWHERE, act_interrupt, NULL, "interrupt", "GLOBAL", "twice: quit", NULL },
	{ .keys = NULL },
};

const struct bind *bind_find(const struct key *k, enum screen where)
{
	for (const struct bind *b = bind_table; b->keys; b++) {
		const char *s = b->keys;

		if (!(b->where & 1u << where))
			continue;
		while (*s) {
			size_t n;
			char name[16];
			struct key one;

			s += strspn(s, " ");
			n = strcspn(s, " ");
			snprintf(name, sizeof name, "%.*s", (int)n, s);
			s += n;
			if (n && key_parse(name, &one) && key_same(&one, k))
				return b;
		}
	}
	return NULL;
}

const struct ui_rebind *bind_rebound(const struct ui *u, const struct key *k, enum screen where)
{
	const struct ui_rebind *found = NULL;

	/* What was said for one screen goes before what was said for all; of two the later. */
	for (unsigned i = 0; i < u->rebind_n; i++) {
		const struct ui_rebind *r = &u->rebinds[i];

		if (key_same(&r->key, k) && r->where & 1u << where && (!found || r->where != EVERYWHERE || found->where == EVERYWHERE))
			found = r;
	}
	return found;
}

int ui_rebind(struct ui *u, const char *key, unsigned where, const char *what, struct err *e)
{
	struct ui_rebind r = { .where = where ? where : EVERYWHERE };
	struct suggest s;
	char hint[80], word[60];

	if (!key_parse(key, &r.key))
		return err_set(e, ERR_INPUT, "'%.40s' is no key (like x, ^X, F5, Space, Up)", key);
	if (u->rebind_n == UI_REBINDS)
		return err_set(e, ERR_INPUT, "more than %d keys", UI_REBINDS);
	suggest_init(&s, what);
	for (const struct bind *b = bind_table; b->keys; b++) {
		if (!b->name)
			continue;
		suggest_try(&s, b->name);
		/* Of rows of one name the one for a screen in question. */
		if (strcmp(b->name, what) == 0 && (!r.bind || b->where & r.where))
			r.bind = b;
	}
	snprintf(word, sizeof word, "%.*s", (int)strcspn(what, " "), what);
	if (!r.bind && !command_find(u->deck, word))
		return err_set(e, ERR_INPUT, "'%.60s' is neither an action (fluxdeck list keys) nor a command%s", what, suggest_text(&s, hint, sizeof hint));
	snprintf(r.line, sizeof r.line, "%s", what);
	u->rebinds[u->rebind_n++] = r;
	return 0;
}
