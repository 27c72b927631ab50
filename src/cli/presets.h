/*
 * Presets in the user's folder: $XDG_CONFIG_HOME/fluxdeck/presets/GENERATOR/NAME.yaml (default ~/.config), one map of values each.
 * They are read when the console begins and written only when asked.
 */
#ifndef CLI_PRESETS_H
#define CLI_PRESETS_H

#include "core/preset.h"

/* A file below the user's configuration folder; false when there is no home. */
bool config_path(char *to, size_t room, const char *below);
/* Makes every folder on the way to a file. */
void config_folders(const char *path);
/* Reads all there are; what cannot be read is logged. */
void presets_read(struct presets *p);
/* Writes one, in place of the old or not at all; `path` says where. */
int preset_write(const struct preset *one, char *path, size_t room, struct err *e);
/* A file of the program's own, in place of the old or not at all. */
int write_whole(const char *path, const struct buf *b, struct err *e);

#endif
