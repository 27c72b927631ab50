/*
 * Settings of a module with a name, and the two hands of A/B.
 *
 * A preset holds the live values of a module (not whether it runs, is muted or solo, nor where its events go) and belongs to its
 * generator: any module of the same kind can take it. Loading is one group of changes, so that one undo takes it back. A/B swaps
 * two whole settings; at first B is what the scenario says.
 */
#ifndef CORE_PRESET_H
#define CORE_PRESET_H

#include "core/control.h"

struct preset {
	struct list link;
	char *generator, *name;
	char *text;             /* key=value lines */
};

struct ab {
	struct list link;
	char *module;
	char *other;            /* the values of the hand that is down, key=value lines */
	bool on_b;
};

struct presets {
	struct list all, hands;
};

enum { PRESET_TEXT = 256 * 1024, PRESET_MOST = 200 };

void presets_init(struct presets *p);
void presets_free(struct presets *p);

/* The present values of a module as key=value lines. */
int preset_capture(struct control *c, const char *module, struct buf *to, struct err *e);
/* Keeps a text under a name; one of the same generator and name is replaced. */
int preset_keep(struct presets *p, const char *generator, const char *name, const char *text, struct err *e);
const struct preset *preset_find(const struct presets *p, const char *generator, const char *name);
/* Gives a module these values, as one group: all are checked first, then all are set. Returns how many changed, or -1. */
int preset_apply(struct control *c, const char *module, const char *text, enum origin by, struct err *e);
/* Swaps; says in `said` which hand plays now. */
int preset_swap(struct presets *p, struct control *c, const char *module, enum origin by, struct buf *said, struct err *e);
const struct ab *preset_hands(const struct presets *p, const char *module);    /* NULL: A, and never swapped */

#endif
