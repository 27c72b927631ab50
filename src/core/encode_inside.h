/* What the two files of the encoder share. */
#ifndef CORE_ENCODE_INSIDE_H
#define CORE_ENCODE_INSIDE_H

#include "core/encode.h"

/* What a writer prints: a leaf of the event, or something of the event itself. */
enum source { FROM_LEAF, FROM_ID, FROM_SESSION, FROM_FLOW, FROM_TIME_MS, FROM_TIME, FROM_MAKER };

struct writer {
	const char *prefix;     /* copied as it is: ,"price": */
	uint32_t prefix_n;
	uint16_t leaf;
	uint8_t source, kind, scale;
	bool bare;              /* of FROM_MAKER: what it makes stands as it is; quotes are in the texts before and behind */
	uint16_t run;           /* so many from here on are bare, have short prefixes and the same maker, which puts them at once */
	struct maker maker;     /* of FROM_MAKER */
};

struct encoder {
	const struct schema *schema;
	struct form form;
	struct writer *writers;
	struct making *makings; /* of each writer */
	unsigned writer_n;
	const char *suffix;     /* closing braces and the newline */
	uint32_t suffix_n;
	uint16_t *texts;        /* which leaves are free text */
	unsigned text_n;
	bool whole;             /* one run is all there is, and the suffix is short */
	size_t fixed;           /* bytes that everything but free text needs at most */
	int64_t day;            /* day of date_text, so that the date is formatted once a day */
	char date_text[12];
	struct arena arena;
	struct buf header;
};

enum { LONGEST_FIXED = 48 };    /* bytes of the longest number, instant or id with quotes */

#endif
