/*
 * A keyed permutation of 0 .. n-1 without memory: a Feistel network over the next even power of two, walked until the value falls
 * into the range (Black and Rogaway 2002). permute(key, n, 0), permute(key, n, 1), ... never repeat and look drawn at random.
 */
#ifndef BASE_PERMUTE_H
#define BASE_PERMUTE_H

#include <stdint.h>

uint64_t permute(uint64_t key, uint64_t n, uint64_t i);         /* i < n <= 2^62, n > 0 */

#endif
