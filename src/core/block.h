/* A run of encoded records on its way to one output. Payloads stand one after the other in `bytes`, each ending in a newline;
 * for an output that is `keyed`, a record's key stands right before its payload. */
#ifndef CORE_BLOCK_H
#define CORE_BLOCK_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/list.h"

enum { BLOCK_MINE = 14 };               /* words that an output may use while it holds the block */

struct record {
	uint32_t at, n;                 /* payload, newline included */
	uint32_t key_n;                 /* the key is the key_n bytes before `at`; 0 = none */
	uint32_t place;                 /* topic, table or file: see output_place() */
	int64_t time_ns;                /* event time, which is the intended instant */
};

struct block {
	struct list link;
	struct buf bytes;
	struct record *records;
	uint32_t n, room;
	uint32_t taken;                 /* records the output has, from the front */
	uint32_t settled;               /* of them delivered or failed */
	uint64_t number;                /* blocks of an output are put in this order */
	int64_t opened_ns, put_ns;      /* wall */
	uint32_t tries;                 /* how often it came back */
	void *mine[BLOCK_MINE];         /* the output's, while it holds the block */
};

#endif
