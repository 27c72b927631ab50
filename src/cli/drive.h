/*
 * The console without a terminal, on a wall clock that moves only when it is told to: for golden screens, documentation, bug
 * reports.
 *
 * A file of keys holds names separated by blanks (Space, Enter, ^P, x), "text" to type, +SPAN to let time pass, `dump` to print the
 * screen at that place, and # to the end of a line for remarks. It begins with the first second having passed.
 */
#ifndef CLI_DRIVE_H
#define CLI_DRIVE_H

#include "cli/setup.h"

void drive_clock(void);         /* before anything looks at the clock */
int drive(struct setup *setup, struct cli_args *a, const char *size);

#endif
