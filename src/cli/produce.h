/* What `fluxdeck generate` makes: values of one kind, texts, or records, written one after the other. */
#ifndef CLI_PRODUCE_H
#define CLI_PRODUCE_H

#include "value/described.h"
#include "value/locale.h"

enum format { FORMAT_TEXT, FORMAT_JSON, FORMAT_CSV, FORMAT_NDJSON, FORMAT_ANY };        /* any: records as ndjson, the rest as text */

struct generate {
	/* Exactly one of the two: a value; or events, of which each row is one, by their weights. */
	struct call *call;              /* the first of calls[] */
	struct call *calls[LOCALES_MOST];       /* one for each locale, with the same parameters */
	struct locales locales;
	struct described events;
	struct world world;
	const char *events_from;        /* the flag that says them */
	bool bare;                      /* they are the values of their only field, as those of a call */
	uint64_t seed, row, n;          /* rows row .. row + n - 1 */
	int64_t now_ns, step_ns;        /* row i is made at now + i * step */
	enum format format;
	bool pretty;                    /* JSON with line ends and blanks */
};

/* Writes all of them. The program's exit status; what is wrong is printed. */
int produce(const struct generate *g, int fd);

#endif
