/* The supermarket's data: shared by supermarket.c, its catalogue, its towns and its test. */
#ifndef GENERATORS_SUPERMARKET_H
#define GENERATORS_SUPERMARKET_H

#include <stddef.h>
#include <stdint.h>

#include "base/attr.h"

struct product {
	const char *category, *subcategory, *name;
	int64_t cents;
};

struct town {
	const char *name, *state;
};

extern const struct product supermarket_catalogue[];
extern const size_t supermarket_catalogue_n;
extern const struct town supermarket_towns[];
extern const size_t supermarket_town_n;

/* FluxFakr's rule: a price in the category's range from the bytes of the name, ending in .49 or .99. */
int64_t product_price_cents(const char *category, const char *name);
int64_t nearest_price_cents(double v);          /* the rule's second half: v to .49 or .99 */

#endif
