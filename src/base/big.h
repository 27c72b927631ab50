/*
 * Large memory that is read all over the place, in huge pages where the system has some: with small ones finding out where an address
 * lies costs more than reading what is there. Zeroed; it comes as it is touched.
 */
#ifndef BASE_BIG_H
#define BASE_BIG_H

#include <stddef.h>

enum { BIG_PAGE = 2 << 20 };

void *big_take(size_t n);               /* NULL: no memory. Best in multiples of BIG_PAGE. */
void big_drop(void *at, size_t n);      /* n as it was taken */
void big_advise(void *at, size_t n);    /* memory of malloc(): the part that lies in whole huge pages */

#endif
