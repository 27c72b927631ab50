/* What would come next: records as a module would make them, under its numbers or under others, without it being touched. */
#ifndef CORE_PREVIEW_H
#define CORE_PREVIEW_H

#include "core/engine.h"

struct preview_turn {
	const char *knob, *text;        /* "discount", "params.discount", "emit.view", "rate", with or without the module before it */
};

enum { PREVIEW_MOST = 100 };

/* The next `n` records, a line each, without an envelope, under the numbers of the turns. Refuses what cannot be seen so. */
int engine_preview(struct engine *en, const char *module, const struct preview_turn *turns, unsigned turn_n, unsigned n, struct buf *to, struct err *e);

#endif
