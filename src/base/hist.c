/* Log-linear histogram. */
#include "base/hist.h"

static unsigned bin_of(uint64_t v)
{
	unsigned shift;

	if (v < HIST_SUB)
		return (unsigned)v;
	shift = 63u - (unsigned)__builtin_clzll(v) - 5;         /* 5 = log2(HIST_SUB) */
	return (shift + 1) * HIST_SUB + (unsigned)(v >> shift) - HIST_SUB;
}

/* The largest value that falls into the bin. */
static uint64_t top_of(unsigned bin)
{
	unsigned shift = bin / HIST_SUB;

	if (shift == 0)
		return bin;
	return ((uint64_t)(HIST_SUB + bin % HIST_SUB + 1) << (shift - 1)) - 1;
}

void hist_add(struct hist *h, int64_t value, uint64_t times)
{
	uint64_t v = value > 0 ? (uint64_t)value : 0;

	h->n += times;
	h->sum += (double)v * (double)times;
	if (v > h->max)
		h->max = v;
	h->bins[bin_of(v)] += times;
}

void hist_merge(struct hist *into, const struct hist *from)
{
	into->n += from->n;
	into->sum += from->sum;
	if (from->max > into->max)
		into->max = from->max;
	for (unsigned i = 0; i < HIST_BINS; i++)
		into->bins[i] += from->bins[i];
}

int64_t hist_quantile(const struct hist *h, double q)
{
	uint64_t rank = (uint64_t)(q * (double)h->n), seen = 0;

	if (rank >= h->n)
		rank = h->n ? h->n - 1 : 0;
	for (unsigned i = 0; i < HIST_BINS && h->n; i++) {
		seen += h->bins[i];
		if (seen > rank)
			return (int64_t)(top_of(i) < h->max ? top_of(i) : h->max);
	}
	return 0;
}

int64_t hist_value(int bin)
{
	uint64_t top = top_of((unsigned)bin), below = bin ? top_of((unsigned)bin - 1) + 1 : 0;

	return (int64_t)(below + (top - below) / 2);
}
