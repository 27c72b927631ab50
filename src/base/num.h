/*
 * Numbers to and from text, the same in every locale: reals, whole numbers, durations, sizes, instants.
 *
 * Parsers take the whole text or refuse it with a sentence that says what would be right. Nothing is guessed: `10 sec`,
 * `1_000`, `nan` and `0x10` are refused.
 */
#ifndef BASE_NUM_H
#define BASE_NUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* 12, -0.5, 1e3; with k M G (thousands), % (hundredths) or bps (ten-thousandths): 2.5k, 30%, 4bps. Always finite. */
int num_real(const char *text, double *out, struct err *e);
/* A whole number, with k M G when the result is whole: 200k, 1.5M. */
int num_int(const char *text, int64_t *out, struct err *e);
/* Nanoseconds: 50us 250ms 10s 1m30s 2h 30d 1w; units ns us ms s m h d w in falling order; 0 needs none. */
int num_span(const char *text, int64_t *ns, struct err *e);
/* Bytes: 512, 64KiB, 100MB (powers of 1000: kB MB GB; of 1024: KiB MiB GiB). */
int num_size(const char *text, int64_t *bytes, struct err *e);
/* Nanoseconds since 1970 from RFC 3339: 2024-01-01T09:00:00Z, with fraction, with an offset, or the date alone. */
int num_instant(const char *text, int64_t *ns, struct err *e);

/* The nearest whole number, from INT64_MIN to INT64_MAX. */
int64_t num_whole(double v);

enum { NUM_TEXT = 40 };         /* bytes that every formatter below needs at most, NUL included */

/* Shortest text that reads back as the same real; never with a locale. Returns the length. */
size_t num_put_real(char *to, double v);
size_t num_put_int(char *to, int64_t v);
size_t num_put_span(char *to, int64_t ns);              /* 1m30s; reads back */
size_t num_put_size(char *to, int64_t bytes);           /* 64KiB, 100MB; reads back */
/* units * 10^-scale, exactly: 10245, 2 gives 102.45. */
size_t num_put_decimal(char *to, int64_t units, unsigned scale);
/* RFC 3339 in UTC with 0, 3, 6 or 9 decimals. */
size_t num_put_instant(char *to, int64_t ns, unsigned decimals);
size_t num_put_instant_ms(char *to, int64_t ms);                          /* the same of milliseconds, with three decimals */

/* For people: about three digits, 999 12.3k 4.60M; "-" for a value that is not finite. */
size_t num_human(char *to, double v);
size_t num_human_bytes(char *to, double bytes);         /* 4.6 MB */
size_t num_human_ns(char *to, double ns);               /* 250 us, 3 ms, 1.2 s */
size_t num_group(char *to, uint64_t v);                 /* 1 393 904 */
size_t num_clock(char *to, int64_t ns);                 /* 00:02:43 */

#endif
