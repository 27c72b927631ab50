/* What keys do. Whatever changes the run goes through ui_command(): the same lines that the palette takes. */
#ifndef UI_ACTIONS_H
#define UI_ACTIONS_H

#include "ui/ui.h"

/* actions.c: values and what runs */
void act_ab(struct ui *u, const char *arg);
void act_add(struct ui *u, const char *arg);
void act_adjust(struct ui *u, const char *arg);
void act_default(struct ui *u, const char *arg);
void act_dump(struct ui *u, const char *arg);
void act_export(struct ui *u, const char *arg);
void act_hold(struct ui *u, const char *arg);
void act_inject(struct ui *u, const char *arg);
void act_line(struct ui *u, const char *arg);
void act_mute(struct ui *u, const char *arg);
void act_nudge(struct ui *u, const char *arg);
void act_percent(struct ui *u, const char *arg);
void act_preset_load(struct ui *u, const char *arg);
void act_preset_save(struct ui *u, const char *arg);
void act_ramp(struct ui *u, const char *arg);
void act_remove(struct ui *u, const char *arg);
void act_retry(struct ui *u, const char *arg);
void act_route(struct ui *u, const char *arg);
void act_solo(struct ui *u, const char *arg);
void act_toggle(struct ui *u, const char *arg);
void act_type(struct ui *u, const char *arg);
void act_undo_here(struct ui *u, const char *arg);
void act_when_full(struct ui *u, const char *arg);

/* look.c: what is looked at */
void act_area(struct ui *u, const char *arg);
void act_back(struct ui *u, const char *arg);
void act_cursor(struct ui *u, const char *arg);
void act_every(struct ui *u, const char *arg);
void act_field(struct ui *u, const char *arg);
void act_filter(struct ui *u, const char *arg);
void act_follow(struct ui *u, const char *arg);
void act_freeze(struct ui *u, const char *arg);
void act_glyphs(struct ui *u, const char *arg);
void act_go(struct ui *u, const char *arg);
void act_help(struct ui *u, const char *arg);
void act_leave_out(struct ui *u, const char *arg);
void act_level(struct ui *u, const char *arg);
void act_mark(struct ui *u, const char *arg);
void act_mark_all(struct ui *u, const char *arg);
void act_module(struct ui *u, const char *arg);
void act_mouse(struct ui *u, const char *arg);
void act_move(struct ui *u, const char *arg);
void act_open(struct ui *u, const char *arg);
void act_palette(struct ui *u, const char *arg);
void act_pane(struct ui *u, const char *arg);
void act_pause(struct ui *u, const char *arg);
void act_preview(struct ui *u, const char *arg);
void act_redraw(struct ui *u, const char *arg);
void act_reverse(struct ui *u, const char *arg);
void act_save_screen(struct ui *u, const char *arg);
void act_scale(struct ui *u, const char *arg);
void act_screen(struct ui *u, const char *arg);
void act_search(struct ui *u, const char *arg);
void act_search_next(struct ui *u, const char *arg);
void act_sort(struct ui *u, const char *arg);
void act_theme(struct ui *u, const char *arg);
void act_window(struct ui *u, const char *arg);
void act_write(struct ui *u, const char *arg);
void act_yank(struct ui *u, const char *arg);
void act_zoom(struct ui *u, const char *arg);

/* screen_flows.c */
void act_since(struct ui *u, const char *arg);

/* screen_tail.c */
void act_explain(struct ui *u, const char *arg);

/* the end */
void act_detach(struct ui *u, const char *arg);
void act_interrupt(struct ui *u, const char *arg);
void act_quit(struct ui *u, const char *arg);
void act_quit_now(struct ui *u, const char *arg);
void act_suspend(struct ui *u, const char *arg);

/* of the mouse */
void act_focus_pane(struct ui *u, const char *arg);             /* number of a pane */
void act_focus_row(struct ui *u, const char *arg);              /* "list row" */
void act_focus_knob(struct ui *u, const char *arg);             /* number of a knob in the view */

#endif
