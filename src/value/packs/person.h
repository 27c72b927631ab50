/*
 * Who and where a record is about, for all packs. A pack that needs the record's person, place or firm binds the tables in
 * prepare() and then asks for the record's; what it gets agrees with the fields of those groups, whatever the order.
 */
#ifndef VALUE_PACKS_PERSON_H
#define VALUE_PACKS_PERSON_H

#include "value/provider.h"

/* The nth draw of a group in a row, without those before it. */
static inline uint64_t draw_at(const struct row *r, uint64_t salt, unsigned n)
{
	return rng_mix((r->key ^ salt) + UINT64_C(0x9e3779b97f4a7c15) * (n + 1));
}
static inline uint32_t draw_part(uint64_t draw, uint32_t n)
{
	return (uint32_t)((unsigned __int128)draw * n >> 64);
}
static inline uint64_t draw_more(uint64_t draw)
{
	return rng_mix(draw ^ UINT64_C(0xd1b54a32d192ed03));
}

/* What a sex parameter says: any, male, female. */
enum sex { SEX_ANY, SEX_MALE, SEX_FEMALE };
extern const char *const sex_names[];
/* Of providers that show a person and leave it to others to say which. */
#define P_SEX_INSIDE(S) P_CHOICE(S, sex, sex_names, SEX_ANY, .flags = PARAM_INSIDE, .help = "Sex of the record's person.")

/* ---- person ---- */

struct people;          /* the tables of a locale, made at first use and kept until the program ends */

struct person {
	bool male;
	struct cell first, last, middle, second;                /* second: second family name, "" where there is none */
	struct cell first_ascii, last_ascii;                    /* lower case, letters only */
	int age;                                                /* completed years at now, 18 to 90 */
	int64_t birth_days;                                     /* since 1970-01-01 */
};

/* NULL and an error without memory. For prepare(). */
const struct people *people_of(const char *locale, struct err *e);
struct person person_make(const struct people *of, const struct row *r, uint64_t salt, enum sex sex);
/* The parts of it, for those who need only one. */
bool person_male(const struct row *r, uint64_t salt, enum sex sex);
int64_t person_birth(const struct row *r, uint64_t salt, int youngest, int oldest, int *age);
struct cell format_cell(const struct table *format, const char *key);   /* empty when there is none; not for the hot path */
const char *format_text(const struct table *format, const char *key);   /* the same, kept, with a NUL behind it */
/* A country's locale, of those with tables: "DE" is de_DE; `locale` and `` are the given one. NULL: none. */
const char *locale_of(const char *country, const char *locale);

/* ---- place ---- */

struct atlas;           /* the places of a locale, in the same way */

struct place {
	const struct atlas *of;
	uint32_t city_row;
	struct cell city, county, state_abbr, state, subdivision, zone, country;        /* country: two letters */
	struct cell postcode;           /* US: the ZIP; elsewhere the pattern that place_postcode() fills */
	uint64_t postcode_draw;
	double lat, lon;                /* within 3 km of the postcode's centre */
	struct cell area;               /* US: the area code; elsewhere a phone pattern */
};

const struct atlas *atlas_of(const char *locale, struct err *e);
struct cell place_city(const struct atlas *of, const struct row *r, uint64_t salt);     /* only its name */
struct place place_in(const struct atlas *of, uint32_t city_row, const struct row *r, uint64_t salt);
struct place place_make(const struct atlas *of, const struct row *r, uint64_t salt);
char *place_postcode(const struct place *p, char *to);                  /* at most 16 bytes */
uint32_t place_zone(const struct atlas *of, const struct row *r, uint64_t salt);        /* its row in any/zone.tsv */
const struct table *atlas_cities(const struct atlas *of);

/* ---- for the files of these packs ---- */

enum { STREET_ROOM = 400, PHONE_ROOM = 40 };
char *place_street(const struct atlas *of, const struct row *r, uint64_t salt, char *to);
unsigned place_number(const struct atlas *of, const struct row *r, uint64_t salt);
char *place_unit(const struct atlas *of, const struct row *r, uint64_t salt, char *to);
char *place_line(const struct atlas *of, const struct row *r, uint64_t salt, double unit_rate, char *to);
char *place_address(const struct atlas *of, const struct row *r, uint64_t salt, const char *between, char *to);
enum phone_style { PHONE_NATIONAL, PHONE_INTERNATIONAL, PHONE_E164, PHONE_HUMAN };
char *place_phone(const struct atlas *of, const struct row *r, uint64_t salt, enum phone_style style, bool fictional, char *to);
bool place_has_fictional(const struct atlas *of);
bool atlas_is_us(const struct atlas *of);
const struct table *atlas_table(const struct atlas *of, const char *name);
/* "38.58,-121.49" of a parameter. */
int point_parse(const char *name, const char *text, double *lat, double *lon, struct err *e);
/* The firm of the record as lower-case letters and hyphens, for domains. At most 64 bytes. */
struct firms;
const struct firms *firms_of(const char *locale, struct err *e);
char *firm_first_word(const struct firms *of, const struct row *r, uint64_t salt, char *to);      /* at most 64 bytes */
char *firm_domain_word(const struct firms *of, const struct row *r, uint64_t salt, char *to);
enum { DOMAIN_ROOM = 80 };
char *firm_domain(const struct firms *of, const struct row *r, uint64_t salt, bool safe, char *to);    /* safe: below example.com and its like */

#endif
