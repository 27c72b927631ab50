/* Keys to actions. */
#include "ui/bind.h"

#include <stdio.h>
#include <string.h>

#include "ui/actions.h"

const struct bind bind_table[] = {
	{ "?  F1", EVERYWHERE, act_help, NULL, "GLOBAL", "help: type to filter, Enter runs", "help" },
	{ ":  ^P", EVERYWHERE, act_palette, NULL, "GLOBAL", "command palette", "cmd" },
	{ "Space", ON_DESK | ON_MODULE, act_toggle, NULL, "RUN", "start or stop the module", "start/stop" },
	{ "Left h -", ON_DESK | ON_MODULE, act_nudge, "-1", "VALUE", "one step down", NULL },
	{ "Right l +", ON_DESK | ON_MODULE, act_nudge, "1", "VALUE", "one step up", "rate" },
	{ "Enter", ON_DESK, act_open, NULL, "MOVE", "open the module", "detail" },
	{ "=", ON_DESK | ON_MODULE, act_type, NULL, "VALUE", "type a value with its unit, or +10%", "type" },
	{ "t", ON_DESK | ON_MODULE, act_ramp, NULL, "VALUE", "ramp to a value over a time", "ramp" },
	{ "u", EVERYWHERE, act_line, "undo", "VALUE", "undo", "undo" },
	{ "Bksp", ON_DESK | ON_MODULE, act_default, NULL, "VALUE", "back to the scenario's value", "default" },
	{ "f Z", EVERYWHERE, act_freeze, NULL, "LOOK", "freeze the view", "freeze" },
	{ "S", ON_DESK | ON_MODULE, act_solo, NULL, "RUN", "solo, and back", "solo" },
	{ "m", ON_DESK | ON_MODULE, act_mute, NULL, "RUN", "mute, and back", "mute" },
	{ "P F8", EVERYWHERE, act_hold, NULL, "RUN", "hold the clock, and let it go on", "hold" },
	{ "U ^R", EVERYWHERE, act_line, "redo", "VALUE", "redo", "redo" },
	{ ".", EVERYWHERE, act_line, "step", "RUN", "one arrival while the clock is held", NULL },
	{ "i", ON_DESK | ON_MODULE, act_line, "inject", "RUN", "one arrival of the module now", NULL },
	{ "!", EVERYWHERE, act_line, "panic", "RUN", "stop all modules; u starts them again", NULL },
	{ "H", ON_DESK | ON_MODULE, act_nudge, "-10", "VALUE", "ten steps down", NULL },
	{ "L", ON_DESK | ON_MODULE, act_nudge, "10", "VALUE", "ten steps up", NULL },
	{ "[", ON_DESK | ON_MODULE, act_nudge, "-0.1", "VALUE", "a tenth of a step down", NULL },
	{ "]", ON_DESK | ON_MODULE, act_nudge, "0.1", "VALUE", "a tenth of a step up", NULL },
	{ "<", ON_DESK | ON_MODULE, act_adjust, "/2", "VALUE", "half", NULL },
	{ ">", ON_DESK | ON_MODULE, act_adjust, "*2", "VALUE", "double", NULL },
	{ "0", ON_MODULE, act_percent, "0", "VALUE", "0-9: 0 to 90 % of the range", NULL },
	{ "1", ON_MODULE, act_percent, "0.1", NULL, NULL, NULL },
	{ "2", ON_MODULE, act_percent, "0.2", NULL, NULL, NULL },
	{ "3", ON_MODULE, act_percent, "0.3", NULL, NULL, NULL },
	{ "4", ON_MODULE, act_percent, "0.4", NULL, NULL, NULL },
	{ "5", ON_MODULE, act_percent, "0.5", NULL, NULL, NULL },
	{ "6", ON_MODULE, act_percent, "0.6", NULL, NULL, NULL },
	{ "7", ON_MODULE, act_percent, "0.7", NULL, NULL, NULL },
	{ "8", ON_MODULE, act_percent, "0.8", NULL, NULL, NULL },
	{ "9", ON_MODULE, act_percent, "0.9", NULL, NULL, NULL },
	{ "Up k", EVERYWHERE, act_move, "-1", "MOVE", "up", NULL },
	{ "Down j", EVERYWHERE, act_move, "1", "MOVE", "down", NULL },
	{ "PgUp ^U", EVERYWHERE, act_move, "-10", "MOVE", "ten up", NULL },
	{ "PgDn ^D", EVERYWHERE, act_move, "10", "MOVE", "ten down", NULL },
	{ "Home", EVERYWHERE, act_move, "-100000", "MOVE", "top", NULL },
	{ "End G", EVERYWHERE, act_move, "100000", "MOVE", "end", NULL },
	{ "{", ON_DESK | ON_MODULE, act_module, "-1", "MOVE", "previous module", NULL },
	{ "}", ON_DESK | ON_MODULE, act_module, "1", "MOVE", "next module", NULL },
	{ "Esc", EVERYWHERE, act_back, NULL, "MOVE", "back", NULL },
	{ "1", ON_DESK | ON_LOG, act_screen, "desk", "MOVE", "1 Desk, 2 Module, 6 Log", NULL },
	{ "2", ON_DESK | ON_LOG, act_screen, "module", NULL, NULL, NULL },
	{ "6", ON_DESK | ON_LOG, act_screen, "log", NULL, NULL, NULL },
	{ "g", EVERYWHERE, act_go, NULL, "MOVE", "g and d, m or l: desk, module, log", NULL },
	{ "v", ON_LOG, act_level, NULL, "LOOK", "level of the log", "level" },
	{ "F", ON_LOG, act_move, "100000", "LOOK", "follow the end of the log", "follow" },
	{ "(", EVERYWHERE, act_window, "-1", "LOOK", "shorter time window", NULL },
	{ ")", EVERYWHERE, act_window, "1", "LOOK", "longer time window", NULL },
	{ "B", EVERYWHERE, act_glyphs, NULL, "LOOK", "glyphs of graphs: braille, blocks, ASCII", NULL },
	{ "T", EVERYWHERE, act_theme, NULL, "LOOK", "theme", NULL },
	{ "C", ON_DESK | ON_MODULE, act_dump, NULL, "GLOBAL", "write the module's state as CSV", NULL },
	{ "^G", EVERYWHERE, act_save_screen, NULL, "GLOBAL", "save the screen as text", NULL },
	{ "^L", EVERYWHERE, act_redraw, NULL, "LOOK", "redraw", NULL },
	{ "^Z", EVERYWHERE, act_suspend, NULL, "GLOBAL", "suspend; bg runs on without a screen", NULL },
	{ "q", ON_MODULE | ON_LOG, act_back, NULL, "GLOBAL", "close the screen", NULL },
	{ "q", ON_DESK, act_quit, NULL, "GLOBAL", "quit, after a question", "quit" },
	{ "Q", EVERYWHERE, act_quit_now, NULL, "GLOBAL", "quit", NULL },
	{ "^C", EVERYWHERE, act_interrupt, NULL, "GLOBAL", "twice: quit", NULL },
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
