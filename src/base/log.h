/*
 * What the program says about itself: levels and areas; a ring in memory for the log screen, and a stream (stderr, a file) if
 * one is set. Equal lines in a row are folded with a count. Loop thread only: other threads post.
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

#include <stdint.h>
#include <stdio.h>

#include "base/attr.h"

enum log_level { LOG_LEVEL_ERROR, LOG_LEVEL_WARN, LOG_LEVEL_INFO, LOG_LEVEL_DEBUG };

struct log_line {
	int64_t epoch_ns;
	enum log_level level;
	uint32_t times;         /* how often it was said in a row */
	char area[24], text[216];
};

enum { LOG_RING = 512 };

struct log {
	struct log_line ring[LOG_RING];
	uint64_t n;             /* lines ever; line i is ring[i % LOG_RING] */
	uint64_t counts[4];     /* per level, folded ones included */
	FILE *to;               /* borrowed; NULL = ring only */
	enum log_level most;    /* what goes to `to` */
};

extern const char log_letters[];        /* "EWID" */

/* The program's one log; writing to it can be done from anywhere on the loop thread. */
struct log *log_of_program(void);
void log_say(enum log_level level, const char *area, const char *format, ...) ATTR_PRINTF(3, 4);

#define log_error(area, ...) log_say(LOG_LEVEL_ERROR, area, __VA_ARGS__)
#define log_warn(area, ...) log_say(LOG_LEVEL_WARN, area, __VA_ARGS__)
#define log_info(area, ...) log_say(LOG_LEVEL_INFO, area, __VA_ARGS__)
#define log_debug(area, ...) log_say(LOG_LEVEL_DEBUG, area, __VA_ARGS__)

#endif
