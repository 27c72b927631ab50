/* The output that takes everything at once and keeps nothing: for measuring generators, and for rehearsals. */
#include "outputs/table.h"

static const struct param params[] = { P_END };

static int open_null(struct output *o, struct err *e)
{
	(void)o;
	(void)e;
	return 0;
}

static enum output_put put(struct output *o, struct block *k, struct err *e)
{
	uint32_t n = k->n - k->taken;

	(void)e;
	k->taken = k->n;
	output_settled(o, k, n, 0);
	return OUTPUT_TAKEN;
}

static void close_null(struct output *o, bool abandon)
{
	(void)abandon;
	output_closed(o);
}

const struct output_class output_null = {
	.name = "null", .summary = "takes everything and keeps nothing", .params = params, .open = open_null, .put = put,
	.close = close_null,
};
