/*
 * Noise that is a function of a key and a place, never of what was made before: values with memory that any row can be asked for.
 *
 * Each whole number has a keyed normal draw. Noise over time runs smoothly from one to the next, so that neighbouring instants
 * differ little; a walk and a reverting process are halved from known ends (Levy's construction), so that their value after any
 * number of steps costs the logarithm of that number.
 */
#ifndef VALUE_PACKS_NOISE_H
#define VALUE_PACKS_NOISE_H

#include "value/provider.h"

/*
 * Whose path a row is on, for providers whose options begin with a struct path_opts and what they made with a struct path: that of the
 * field, of a name, which fields may share, or of the record's device, so that each device of a stream has its own.
 */
struct path_opts {
	char *key;
	int of;
};
struct path {
	uint64_t named, devices;        /* 0: none */
};
extern const char *const path_ofs[];
#define P_PATH(S) \
	{ .name = "key", .type = PARAM_TEXT, .offset = PARAM_AT(S, path.key, char *), .text = "", .help = "Name of the path; fields with one name share it." }, \
	{ .name = "of", .type = PARAM_CHOICE, .offset = PARAM_AT(S, path.of, int), .choices = path_ofs, \
	  .help = "One path of the whole field, or one for each device, which is the record's." }
int path_prepare(struct call *c, struct err *e);
uint64_t path_key(const struct call *c, const struct row *r, uint64_t purpose);
uint32_t device_number(const struct row *r, uint64_t salt);     /* of the record, below DEVICES; salt: of the group "device" */
enum { DEVICES = 1000000 };

double noise_quantile(double p);                        /* of the normal distribution, 0 < p < 1 */
double noise_normal(uint64_t key, int64_t i);           /* independent normal draws, one per i */
/* Normal at every instant, with mean 0 and deviation 1; changes within about a period. */
double noise_smooth(uint64_t key, int64_t ns, int64_t period_ns);
double noise_walk(uint64_t key, uint64_t steps);        /* the sum of that many normal draws */
/* Ornstein-Uhlenbeck of deviation 1 after so many steps; `theta` > 0 is what a step takes back. */
double noise_reverting(uint64_t key, double theta, uint64_t steps);

#endif
