/*
 * The scenario as text, with the present values as its own: what was tuned by hand, for a run without one.
 *
 * Only what differs from a parameter's default is written. A value that the scenario took from the environment stays `${env...}`;
 * a secret that came from elsewhere is left out, with a remark. Modules and outputs that were removed are not in it.
 */
#ifndef SCENARIO_EXPORT_H
#define SCENARIO_EXPORT_H

#include "scenario/load.h"

/* `home`: not the present values but those of the beginning, with the start as an instant: what a timeline goes with. */
void scenario_export(const struct scenario *sc, const struct engine *en, struct control *c, bool home, struct buf *to);
/* Behind it, where it reads files: the scenario's folder, as it is seen from that of the file `path` that all this goes into. */
void scenario_export_folder(const struct scenario *sc, const char *path, struct buf *to);

#endif
