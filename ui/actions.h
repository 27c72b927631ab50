/* What keys do. Whatever changes the run goes through ui_command(): the same lines that the palette takes. */
#ifndef UI_ACTIONS_H
#define UI_ACTIONS_H

#include "ui/ui.h"

void act_adjust(struct ui *u, const char *arg);
void act_back(struct ui *u, const char *arg);
void act_default(struct ui *u, const char *arg);
void act_dump(struct ui *u, const char *arg);
void act_freeze(struct ui *u, const char *arg);
void act_glyphs(struct ui *u, const char *arg);
void act_go(struct ui *u, const char *arg);
void act_help(struct ui *u, const char *arg);
void act_hold(struct ui *u, const char *arg);
void act_interrupt(struct ui *u, const char *arg);
void act_level(struct ui *u, const char *arg);
void act_line(struct ui *u, const char *arg);
void act_module(struct ui *u, const char *arg);
void act_move(struct ui *u, const char *arg);
void act_mute(struct ui *u, const char *arg);
void act_nudge(struct ui *u, const char *arg);
void act_open(struct ui *u, const char *arg);
void act_palette(struct ui *u, const char *arg);
void act_percent(struct ui *u, const char *arg);
void act_quit(struct ui *u, const char *arg);
void act_quit_now(struct ui *u, const char *arg);
void act_ramp(struct ui *u, const char *arg);
void act_redraw(struct ui *u, const char *arg);
void act_save_screen(struct ui *u, const char *arg);
void act_screen(struct ui *u, const char *arg);
void act_solo(struct ui *u, const char *arg);
void act_suspend(struct ui *u, const char *arg);
void act_theme(struct ui *u, const char *arg);
void act_toggle(struct ui *u, const char *arg);
void act_type(struct ui *u, const char *arg);
void act_window(struct ui *u, const char *arg);

#endif
