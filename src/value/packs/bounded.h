/*
 * Distributions within bounds: what their parameters min, max and decimals mean, and draws from a density between bounds.
 *
 * Stairs stand above a density with one peak: a step is picked by its area, a place on it uniformly, and kept with the
 * share of the step that the density fills (von Neumann 1951). That is exact for any bounds, however little mass they hold.
 */
#ifndef VALUE_PACKS_BOUNDED_H
#define VALUE_PACKS_BOUNDED_H

#include "value/provider.h"

struct bounds {
	double low, high;               /* infinite where there is none; otherwise values that may come */
	double power;                   /* 10^decimals; 0: not rounded */
};

#define P_DECIMALS(S) P_TEXT(S, decimals, "auto", .help = "Digits after the point, 0 to 17; auto: not rounded.")
#define P_BOUNDS(S) \
	P_TEXT(S, min, "", .flags = PARAM_VARIES, .help = "Smallest value; none when empty."), \
	P_TEXT(S, max, "", .flags = PARAM_VARIES, .help = "Largest value; none when empty."), \
	P_DECIMALS(S)

/* Texts of parameters; "" is no bound, "auto" no rounding. Refuses bounds that hold nothing. */
int bounds_read(struct bounds *b, const char *min, const char *max, const char *decimals, struct err *e);
int bounds_between(struct bounds *b, double min, double max, const char *decimals, struct err *e);
int bounds_real(const char *name, const char *text, double *to, struct err *e);         /* "name: what is wrong" */
/* What a distribution above `least` needs: refuses a max below, and lifts min. */
int bounds_above(struct bounds *b, double least, struct err *e);
double bounds_keep(const struct bounds *b, double x);           /* rounded, and within the bounds */

struct stairs {
	struct alias alias;
	double *height;                 /* logarithm of the density, one per step */
	double low, width;
	double (*log_density)(const struct stairs *s, double x);
	double shape;                   /* for log_density */
};

/* From the members log_density and shape; `peak` is where the density is highest. Bounds may be infinite. */
int stairs_init(struct stairs *s, double low, double high, double peak, struct err *e);
void stairs_free(struct stairs *s);
double stairs_draw(const struct stairs *s, struct draws *d);

struct bounded_normal {
	double mean, sd;
	struct bounds within;           /* in standard deviations from the mean */
	bool redraw;                    /* the bounds hold a good part: draw until one fits */
	bool plain;                     /* without stairs: other draws of the same distribution, slower, and without memory */
	struct stairs stairs;
};

int bounded_normal_init(struct bounded_normal *n, double mean, double sd, double low, double high, bool plain, struct err *e);
double bounded_normal_draw(const struct bounded_normal *n, struct draws *d);
/* Mean 1, between low and high (which may be infinite), by inversion. */
double bounded_exp(struct draws *d, double low, double high);

#endif
