/*
 * One block to one independent frame of a compressed file: a gzip member, a zstd frame, an lz4 frame. Such frames may stand one
 * after the other in a file, so a file is readable up to its last whole frame, whatever happened after it.
 */
#ifndef OUTPUTS_COMPRESS_H
#define OUTPUTS_COMPRESS_H

#include "base/buf.h"
#include "base/err.h"

enum compression { COMPRESS_NONE, COMPRESS_GZIP, COMPRESS_ZSTD, COMPRESS_LZ4 };
extern const char *const compression_names[];

const char *compress_suffix(enum compression c);        /* ".gz", "" */
const char *compress_absent(enum compression c);        /* why this build lacks it, or NULL */
/* Replaces what `to` holds. Level 0 is the library's fast default. */
int compress_frame(enum compression c, int level, const char *bytes, size_t n, struct buf *to, struct err *e);

#endif
