/*
 * The console without a screen: commands come from standard input, words go to standard error (ui/line.h says how they look). Events
 * have standard output to themselves.
 *
 * Neither descriptor is made non-blocking, since others share it: two threads read and write. Words that a stalled reader does not
 * take are thrown away, and that is said; the stream never waits for them.
 */
#ifndef CLI_LINE_MODE_H
#define CLI_LINE_MODE_H

#include "cli/session.h"

/* Does --ui ask for line mode? Without --ui: is there no terminal for a screen? Then `why` gets the reason, otherwise "". */
bool line_mode_wanted(struct cli_args *a, struct err *why);
/* Runs until `quit`, `bye`, a signal or the end of the input; `why` as above is shown at the start. Returns the exit status. The
 * session's `detach` is the caller's. */
int line_mode(struct session *s, struct setup *setup, struct cli_args *a, const struct err *why);

#endif
