/*
 * What a console with a terminal and one that is driven share: its commands, its files, its settings.
 *
 * Settings are `console.yaml` in the user's configuration folder: theme, graphs, scale, window, mouse, and `keys:`, a map of a key
 * (or "KEY SCREEN") to an action or a command line. They are read when the console begins and written only by `save`.
 */
#ifndef CLI_FACE_H
#define CLI_FACE_H

#include "cli/session.h"

/* Before session_open(): the console's own commands, and presets. */
void face_begin(struct session *s, struct setup *setup);
/* For struct ui_host. */
bool face_save(void *arg, const char *what, const struct buf *b, char *name, size_t room);
bool face_settings(void *arg, const struct buf *b, char *name, size_t room);
/* Reads the settings and applies them; what is wrong with them is logged. */
void face_read_settings(struct deck *d);

#endif
