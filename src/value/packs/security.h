/* The ticker of a record, for quotes and trades of it. */
#ifndef VALUE_PACKS_SECURITY_H
#define VALUE_PACKS_SECURITY_H

#include "value/packs/pick.h"

enum { TICKERS = 100 };         /* in the pool by default */

uint32_t ticker_of(const struct call *c, const struct row *r, uint32_t n);   /* of the record that a call of its group is in */
char *put_ticker(char *to, uint32_t number);            /* number below 26,000; four letters */

#endif
