/*
 * Market to ndjson to /dev/null on one core, against a hand-written loop that makes the same line: price step, tick grid, quote,
 * size, volume, time, all formatted by hand with prefixes copied. Both write 256 KiB at a time.
 */
#include <fcntl.h>
#include <math.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "base/mathx.h"
#include "base/rng.h"
#include "bench/bench.h"
#include "cli/cli.h"
#include "generators/table.h"
#include "outputs/table.h"
#include "value/setting.h"

enum { EVENTS = 5000000, BLOCK = 262144, N = 5 };

static char *digits(char *to, uint64_t v, int least)
{
	char text[24], *p = text + sizeof text;

	do {
		*--p = (char)('0' + v % 10);
		v /= 10;
	} while (v || text + sizeof text - p < least);
	memcpy(to, p, (size_t)(text + sizeof text - p));
	return to + (text + sizeof text - p);
}

static char *cents(char *to, uint64_t v)
{
	to = digits(to, v / 100, 1);
	*to++ = '.';
	return digits(to, v % 100, 2);
}

#define PUT(s) (memcpy(to, s, sizeof s - 1), to += sizeof s - 1)

/* {"symbol":"STK3","price":193.75,"bid":193.03,"ask":193.75,"size":133,"volume":133,"time":"2024-01-01T00:00:00.000001Z"} */
static double by_hand(int fd)
{
	static char block[BLOCK + 4096];
	struct rng r[N], pick;
	double x[N], sd = 0.35 * sqrt(1e-6 / 31536000.0), start = bench_now();
	uint64_t volume[N] = { 0 }, us = 0;
	char *to = block;

	rng_seed(&pick, 99);
	for (int i = 0; i < N; i++) {
		rng_seed(&r[i], (uint64_t)i);
		x[i] = 5 + i * 0.01;
	}
	for (int k = 0; k < EVENTS; k++) {
		unsigned i = (unsigned)rng_below(&pick, N);
		double mid, half;
		uint64_t bid, ask, size, s;

		x[i] += sd * rng_normal(&r[i]);
		mid = mathx_exp(x[i]);
		half = mid * (0.001 + 0.001 * rng_unit(&r[i]));
		bid = (uint64_t)((mid - half) * 100);
		ask = (uint64_t)((mid + half) * 100) + 1;
		size = 100 + rng_below(&r[i], 400);
		volume[i] += size;
		us++;
		s = us / 1000000;
		PUT("{\"symbol\":\"STK");
		*to++ = (char)('0' + i);
		PUT("\",\"price\":");
		to = cents(to, rng_next(&r[i]) >> 63 ? bid : ask);
		PUT(",\"bid\":");
		to = cents(to, bid);
		PUT(",\"ask\":");
		to = cents(to, ask);
		PUT(",\"size\":");
		to = digits(to, size, 1);
		PUT(",\"volume\":");
		to = digits(to, volume[i], 1);
		PUT(",\"time\":\"2024-01-01T");
		to = digits(to, s / 3600, 2);
		*to++ = ':';
		to = digits(to, s / 60 % 60, 2);
		*to++ = ':';
		to = digits(to, s % 60, 2);
		*to++ = '.';
		to = digits(to, us % 1000000, 6);
		PUT("Z\"}\n");
		if (to - block > BLOCK) {
			if (write(fd, block, (size_t)(to - block)) < 0)
				exit(1);
			to = block;
		}
	}
	if (write(fd, block, (size_t)(to - block)) < 0)
		exit(1);
	return EVENTS / (bench_now() - start);
}

static double by_fluxdeck(const char *output)
{
	static const struct catalogue cat = { .generators = generator_table, .outputs = output_table, .compile = setting_compile };
	char events[40];
	const char *argv[] = { "fluxdeck", "run", "--generator", "market", "--pace", "unlimited", "--events", events, "--output", output,
				     "--envelope", "none", "--seed", "1", "--start", "2024-01-01", "--quiet", "--path", "/dev/null", "--sync", "false", NULL };
	int argc = (int)(sizeof argv / sizeof *argv) - 1;
	double start;

	snprintf(events, sizeof events, "%d", EVENTS);
	if (output[0] != 'f')
		argc -= 4;
	start = bench_now();
	if (cli_main(&cat, argc, (char **)(uintptr_t)argv) != 0)
		exit(1);
	return EVENTS / (bench_now() - start);
}

int main(void)
{
	double limit[BENCH_RUNS], null[BENCH_RUNS], file[BENCH_RUNS];
	int fd = open("/dev/null", O_WRONLY);

	/* One after the other in each round: the machine drifts. */
	for (int i = 0; i < BENCH_RUNS; i++) {
		limit[i] = by_hand(fd);
		null[i] = by_fluxdeck("null");
		file[i] = by_fluxdeck("file");
	}
	double l = bench_median(limit, BENCH_RUNS);

	bench_line("hand-written loop to /dev/null", l, l, 1);
	bench_line("market, ndjson, output null", bench_median(null, BENCH_RUNS), l, 0.5);
	bench_line("market, ndjson, file /dev/null", bench_median(file, BENCH_RUNS), l, 0.5);
	return 0;
}
