/* Payment cards: number, type, code, expiry agree in a record. */
#include <assert.h>

#include "value/check.h"
#include "value/moments.h"
#include "value/packs/people.h"
#include "value/packs/pick.h"
#include "value/packs/pieces.h"

enum { CARD_DIGITS = 19, ISSUERS = 11, BRANDS_MOST = 80, LOWER_DIGITS = 6 };

/* Numbers begin with first .. last, which have `digits` digits. */
struct range {
	uint32_t first, last;
	uint8_t digits, weight;
};

struct issuer {
	const char *label;
	uint8_t weight, shortest, longest, code;
	struct range ranges[7];
};

/* ISO/IEC 7812 ranges as the schemes publish them; weights are rough shares of cards in use. */
static const struct issuer issuers[ISSUERS] = {
	{ "Visa", 40, 16, 16, 3, { { 4, 4, 1, 1 } } },
	{ "Mastercard", 30, 16, 16, 3, { { 51, 55, 2, 8 }, { 2221, 2720, 4, 2 } } },
	{ "American Express", 8, 15, 15, 4, { { 34, 34, 2, 1 }, { 37, 37, 2, 3 } } },
	{ "Discover", 6, 16, 16, 3, { { 6011, 6011, 4, 6 }, { 644, 649, 3, 2 }, { 656, 659, 3, 2 } } },
	{ "Diners Club", 2, 14, 14, 3, { { 300, 305, 3, 1 }, { 36, 36, 2, 6 }, { 38, 39, 2, 1 } } },
	{ "JCB", 3, 16, 16, 3, { { 3528, 3589, 4, 1 } } },
	{ "UnionPay", 4, 16, 19, 3, { { 620, 629, 3, 1 } } },
	{ "Maestro", 3, 12, 19, 3, { { 500, 503, 3, 1 }, { 56, 58, 2, 2 }, { 6304, 6304, 4, 1 }, { 6759, 6759, 4, 2 }, { 6761, 6763, 4, 1 } } },
	{ "Elo", 2, 16, 16, 3, { { 438935, 438935, 6, 1 }, { 457631, 457632, 6, 1 }, { 504175, 504175, 6, 1 }, { 506699, 506778, 6, 4 },
	  { 509000, 509999, 6, 8 }, { 636297, 636297, 6, 1 }, { 636368, 636368, 6, 2 } } },
	{ "Mir", 1, 16, 16, 3, { { 2200, 2204, 4, 1 } } },
	{ "RuPay", 1, 16, 16, 3, { { 607, 608, 3, 2 }, { 652, 653, 3, 1 }, { 81, 82, 2, 2 } } },
};

static const char *const issuer_names[] = { "any", "visa", "mastercard", "amex", "discover", "diners", "jcb", "unionpay", "maestro", "elo",
	"mir", "rupay", NULL };

/* All members of the group have all that steers it; rows that are not of a provider's own are hidden. */
struct card_opts {
	int issuer, length;
	bool gaps, test, valid, weighted;
	int64_t min_months, max_months, show_last;
	char *format, *mask;
	int sex;                        /* of the holder */
};

#define CARD_ISSUER(f) P_CHOICE(struct card_opts, issuer, issuer_names, 0, .flags = (f), .help = "Whose card it is.")
#define CARD_TEST(f) P_BOOL(struct card_opts, test, false, .flags = (f), .help = "Whether only published test numbers are given.")
#define CARD_VALID(f) P_BOOL(struct card_opts, valid, true, .flags = (f), .help = "Whether the check digit is right.")
#define CARD_WEIGHTED(f) P_BOOL(struct card_opts, weighted, true, .flags = (f), .help = "Whether common issuers come more often.")

/* Numbers that come equally often: what stands in front of the last six digits and the check digit is one of `n` from `first`. Or
 * rows of the published test numbers. */
struct brand {
	uint64_t first, n;
	uint8_t issuer, digits;         /* digits: with the check digit */
	bool usual;                     /* sixteen digits, the last of them right, without gaps */
};

struct card_made {
	struct odds pick;
	const struct table *tests;
	struct brand brands[BRANDS_MOST];
	unsigned brands_n;
	const struct people *people;    /* of the object's holder, who is the record's person */
	uint64_t person_salt;
};

struct card {
	unsigned issuer, n;
	char digits[CARD_DIGITS + 1];
};

static const char *const test_keys[ISSUERS] = { "visa", "mastercard", "amex", "discover", "diners", "jcb", "unionpay", "maestro", "elo", "mir",
	"rupay" };

static void card_release(struct call *c)
{
	odds_free(&((struct card_made *)c->made)->pick);
}

static void add_brand(struct card_made *m, double weights[BRANDS_MOST], double weight, struct brand b)
{
	assert(m->brands_n < BRANDS_MOST);
	weights[m->brands_n] = weight;
	m->brands[m->brands_n++] = b;
}

/* Each range in each of the lengths of its issuer. */
static void add_ranges(struct card_made *m, double weights[BRANDS_MOST], double weight, unsigned issuer)
{
	const struct issuer *is = &issuers[issuer];
	double sum = 0;

	for (size_t k = 0; k < COUNT_OF(is->ranges); k++)
		sum += is->ranges[k].weight;
	for (size_t k = 0; k < COUNT_OF(is->ranges) && is->ranges[k].weight; k++)
		for (unsigned n = is->shortest; n <= is->longest; n++) {
			const struct range *range = &is->ranges[k];
			uint64_t span = (uint64_t)schema_power10(n - 1 - LOWER_DIGITS - range->digits);

			add_brand(m, weights, weight * range->weight / sum / (is->longest - is->shortest + 1),
				  (struct brand){ .first = range->first * span, .n = (range->last - range->first + 1) * span, .issuer = (uint8_t)issuer,
						  .digits = (uint8_t)n });
		}
}

static void add_tests(struct card_made *m, double weights[BRANDS_MOST], double weight, unsigned issuer)
{
	struct brand b = { .issuer = (uint8_t)issuer };
	uint32_t first = 0;

	b.n = m->tests ? table_range(m->tests, 1, test_keys[issuer], &first) : 0;
	b.first = first;
	if (b.n)
		add_brand(m, weights, weight, b);
}

static int card_prepare(struct call *c, struct err *e)
{
	const struct card_opts *o = c->opts;
	struct card_made *m = c->made;
	double weights[BRANDS_MOST];
	struct alias alias = { 0 };
	int status;

	m->tests = table_find(c->locale, "card_test");
	for (unsigned i = 0; i < ISSUERS; i++)
		if (!o->issuer || i == (unsigned)o->issuer - 1)
			(o->test ? add_tests : add_ranges)(m, weights, o->weighted ? issuers[i].weight : 1, i);
	for (unsigned i = 0; i < m->brands_n; i++)
		m->brands[i].usual = m->brands[i].digits == 16 && o->valid && !o->gaps;
	if (!m->brands_n)
		return err_set(e, ERR_INPUT, "test: no test numbers of %s are published", issuer_names[o->issuer]);
	if (text_fits("mask", o->mask, 16, e) < 0)
		return -1;
	status = alias_init(&alias, weights, m->brands_n) < 0 ? -1 : odds_init(&m->pick, &alias);
	alias_free(&alias);
	return status < 0 ? err_memory(e) : 0;
}

/* Three digits of a payload; what they add goes on to *sum. */
static inline char *put_three(char *to, uint32_t three, unsigned shift, unsigned *sum)
{
	const struct luhn_three *t = &check_luhn_threes[three];

	memcpy(to, t, 4);
	*sum += t->sums >> shift & 15;
	return to + 3;
}

/* A payload of 15 digits, which is by far the most frequent, and the check digit. */
static inline void put_sixteen(char *to, uint32_t upper, const uint32_t lower[2])
{
	uint32_t high = upper / 1000000, rest = upper - high * 1000000, middle = rest / 1000;
	unsigned sum = 0;

	to = put_three(to, high, 4, &sum);
	to = put_three(to, middle, 0, &sum);
	to = put_three(to, rest - middle * 1000, 4, &sum);
	to = put_three(to, lower[0], 0, &sum);
	to = put_three(to, lower[1], 4, &sum);
	*to = check_luhn_digit(sum);
}

/* The same of up to 18: the last n of 19. */
static void put_others(char *to, unsigned n, uint64_t upper, const uint32_t lower[2])
{
	char all[20], *at = all;
	unsigned sum = 0;

	at = put_three(at, (uint32_t)(upper / 1000000000), 0, &sum);
	at = put_three(at, (uint32_t)(upper / 1000000 % 1000), 4, &sum);
	at = put_three(at, (uint32_t)(upper / 1000 % 1000), 0, &sum);
	at = put_three(at, (uint32_t)(upper % 1000), 4, &sum);
	at = put_three(at, lower[0], 0, &sum);
	at = put_three(at, lower[1], 4, &sum);
	*at = check_luhn_digit(sum);
	memcpy(to, all + 19 - n, n);
}

static const struct brand *brand_of(const struct card_made *m, struct draws *d)
{
	uint64_t bits = draws_next(d);

	return &m->brands[odds_take(&m->pick, &bits)];
}

/* What of a number was drawn. */
struct drawn {
	uint64_t upper;
	uint32_t lower[2];
};

static inline struct drawn draw_number(const struct brand *b, struct draws *d)
{
	unsigned __int128 product = (unsigned __int128)draws_next(d) * b->n;
	uint64_t left = (uint64_t)product;
	struct drawn drawn = { .upper = b->first + (uint64_t)(product >> 64) };

	drawn.lower[0] = take(&left, 1000);
	drawn.lower[1] = take(&left, 1000);
	return drawn;
}

/* Its digits, of any card; at most CARD_DIGITS. Returns how many. */
static unsigned put_card(char *to, const struct card_opts *o, const struct card_made *m, const struct brand *b, struct draws *d)
{
	struct drawn drawn = draw_number(b, d);

	if (UNLIKELY(o->test)) {
		struct cell test = table_cell(m->tests, (uint32_t)drawn.upper, 0);

		memcpy(to, test.at, test.n);
		return test.n;
	}
	put_others(to, b->digits, drawn.upper, drawn.lower);
	if (UNLIKELY(!o->valid))
		to[b->digits - 1] = (char)('0' + (to[b->digits - 1] - '0' + 1 + (int)draws_below(d, 9)) % 10);
	return b->digits;
}

static void card_of(const struct call *c, const struct row *r, struct card *to)
{
	struct draws d = draws_of(r, c->group_salt);
	const struct brand *b = brand_of(c->made, &d);

	to->issuer = b->issuer;
	to->n = put_card(to->digits, c->opts, c->made, b, &d);
}

/* ---- credit_card_number ---- */

static const struct param number_params[] = {
	CARD_ISSUER(0),
	P_BOOL(struct card_opts, gaps, false, .help = "Whether digits stand in groups, as printed on the card."),
	CARD_TEST(0), CARD_VALID(0), CARD_WEIGHTED(PARAM_INSIDE),
	P_END
};

/* 4-6-5 and 4-6-4 of American Express and Diners Club; fours otherwise. */
static char *put_gaps(const struct card *card, char *to)
{
	for (unsigned i = 0; i < card->n; i++) {
		if (card->issuer == 2 || card->issuer == 4 ? i == 4 || i == 10 : i && i % 4 == 0)
			*to++ = ' ';
		*to++ = card->digits[i];
	}
	return to;
}

static ATTR_COLD char *put_unusual(const struct call *c, const struct brand *b, struct draws d, char *to)
{
	const struct card_opts *o = c->opts;
	struct card card;

	if (LIKELY(!o->gaps))
		return to + put_card(to, o, c->made, b, &d);
	card.issuer = b->issuer;
	card.n = put_card(card.digits, o, c->made, b, &d);
	return put_gaps(&card, to);
}

static char *number_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	struct draws draws = draws_of(r, c->group_salt);
	const struct brand *b = brand_of(c->made, &draws);
	struct drawn drawn;

	(void)d;
	if (UNLIKELY(!b->usual))
		return put_unusual(c, b, draws, to);
	drawn = draw_number(b, &draws);
	put_sixteen(to, (uint32_t)drawn.upper, drawn.lower);
	return to + 16;
}

/* ---- type, code, expiry ---- */

static const struct param type_params[] = {
	CARD_WEIGHTED(0), CARD_ISSUER(PARAM_INSIDE), CARD_TEST(PARAM_INSIDE), CARD_VALID(PARAM_INSIDE), P_END
};

static unsigned issuer_of(const struct call *c, const struct row *r)
{
	struct draws d = draws_of(r, c->group_salt);

	return brand_of(c->made, &d)->issuer;
}

static char *type_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const char *label = issuers[issuer_of(c, r)].label;

	(void)d;
	return put_text(to, label);
}

static const struct param code_params[] = {
	CARD_ISSUER(0), CARD_TEST(PARAM_INSIDE), CARD_VALID(PARAM_INSIDE), CARD_WEIGHTED(PARAM_INSIDE), P_END
};

static char *put_code(char *to, struct draws *d, unsigned issuer)
{
	return put_drawn(to, d, issuers[issuer].code);
}

/* What belongs to the card and not to a field: the object has the same. */
static struct draws card_draws(const struct call *c, const struct row *r, uint64_t what)
{
	return draws_of(r, c->group_salt ^ what);
}

enum { CARD_CODE = 0x63766300, CARD_EXPIRY = 0x65787000 };

static char *code_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	*d = card_draws(c, r, CARD_CODE);
	return put_code(to, d, issuer_of(c, r));
}

static const struct param expiry_params[] = {
	P_INT(struct card_opts, min_months, -600, 600, 1, .unit = "months", .help = "Earliest expiry, from now."),
	P_INT(struct card_opts, max_months, -600, 600, 60, .unit = "months", .help = "Latest expiry, from now."),
	P_TEXT(struct card_opts, format, "%m/%y", .help = "Layout, as of strftime."),
	CARD_ISSUER(PARAM_INSIDE), CARD_TEST(PARAM_INSIDE), CARD_VALID(PARAM_INSIDE), CARD_WEIGHTED(PARAM_INSIDE),
	P_END
};

enum { EXPIRY_ROOM = 256 };

static char *put_expiry(const struct call *c, const struct row *r, int64_t low, int64_t high, const char *format, char *to)
{
	struct draws d = card_draws(c, r, CARD_EXPIRY);
	int64_t day = r->now_ns / 86400000000000 - (r->now_ns % 86400000000000 < 0), month;
	struct civil at = civil_of_days(day);

	month = at.year * 12 + at.month - 1 + draws_between(&d, low, high);
	if (strcmp(format, "%m/%y") == 0) {
		to = put_digits(to, (uint64_t)(month % 12 + 1), 2);
		*to++ = '/';
		return put_digits(to, (uint64_t)(month / 12 % 100), 2);
	}
	return put_time(to, EXPIRY_ROOM, format, days_of_civil(month / 12, (unsigned)(month % 12 + 1), 1) * 86400000000000);
}

static char *expiry_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct card_opts *o = c->opts;

	(void)d;
	return put_expiry(c, r, o->min_months, o->max_months, o->format, to);
}

/* ---- credit_card ---- */

static const struct param object_params[] = {
	CARD_ISSUER(0), CARD_TEST(PARAM_INSIDE), CARD_VALID(PARAM_INSIDE), CARD_WEIGHTED(PARAM_INSIDE), P_SEX_INSIDE(struct card_opts), P_END
};

static int object_prepare(struct call *c, struct err *e)
{
	struct card_made *m = c->made;

	m->people = people_of(c->locale, e);
	m->person_salt = call_group_salt(c, "person");
	return m->people ? card_prepare(c, e) : -1;
}

static char *card_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct card_made *m = c->made;
	struct person holder = person_make(m->people, r, m->person_salt, (enum sex)((const struct card_opts *)c->opts)->sex);
	const char *label;
	struct card card;

	card_of(c, r, &card);
	label = issuers[card.issuer].label;
	to = put_literal(to, "{\"holder\":\"");
	to = person_put_name(m->people, &holder, to);
	*to++ = '"';
	to = put_member(to, ',', "number", (struct cell){ card.digits, card.n });
	to = put_member(to, ',', "type", (struct cell){ label, (uint32_t)strlen(label) });
	to = put_literal(to, ",\"cvv\":\"");
	*d = card_draws(c, r, CARD_CODE);
	to = put_code(to, d, card.issuer);
	to = put_literal(to, "\",\"expiry\":\"");
	to = put_expiry(c, r, 1, 60, "%m/%y", to);
	return put_literal(to, "\"}");
}

/* ---- masked number, BIN ---- */

static const struct param masked_params[] = {
	P_INT(struct card_opts, show_last, 0, 8, 4, .help = "How many digits at the end are shown."),
	P_TEXT(struct card_opts, mask, "*", .help = "What stands for a digit that is not shown."),
	CARD_ISSUER(PARAM_INSIDE), CARD_TEST(PARAM_INSIDE), CARD_VALID(PARAM_INSIDE), CARD_WEIGHTED(PARAM_INSIDE),
	P_END
};

static char *masked_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct card_opts *o = c->opts;
	size_t mask = strlen(o->mask);
	struct card card;

	(void)d;
	card_of(c, r, &card);
	for (unsigned i = (unsigned)o->show_last; i < card.n; i++)
		to = put_bytes(to, o->mask, mask);
	return put_bytes(to, card.digits + card.n - o->show_last, (size_t)o->show_last);
}

static const char *const bin_lengths[] = { "6", "8", NULL };

static const struct param bin_params[] = {
	CARD_ISSUER(0),
	P_CHOICE(struct card_opts, length, bin_lengths, 0, .help = "How many digits."),
	CARD_TEST(PARAM_INSIDE), CARD_VALID(PARAM_INSIDE), CARD_WEIGHTED(PARAM_INSIDE),
	P_END
};

static char *bin_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	struct card card;

	(void)d;
	card_of(c, r, &card);
	return put_bytes(to, card.digits, ((const struct card_opts *)c->opts)->length ? 8 : 6);
}

#define CARD_ROW(n) ROW_NAME(n), .plain = true, .category = "Payment", .group = "card", .opts_size = sizeof(struct card_opts), \
	.made_size = sizeof(struct card_made), .prepare = card_prepare, .release = card_release

const struct provider pack_card[] = {
	{ CARD_ROW("credit_card_number"), .aliases = "finance.creditCardNumber", .help = "A card number in the issuer's range, with check digit.",
	  .example = "4111111111111111", .out = KIND_TEXT, .params = number_params, .text = number_text },
	{ CARD_ROW("credit_card_type"), .aliases = "finance.creditCardIssuer credit_card_provider", .help = "Whose card it is, as the issuer writes it.",
	  .example = "Visa", .out = KIND_TEXT, .params = type_params, .text = type_text },
	{ CARD_ROW("credit_card_cvv"), .aliases = "finance.creditCardCVV credit_card_security_code", .help = "The code on the card: 3 digits, 4 on American Express.",
	  .example = "473", .out = KIND_TEXT, .params = code_params, .text = code_text },
	{ CARD_ROW("credit_card_expiry"), .aliases = "creditcardexp credit_card_expire", .help = "Month in which the card ends, counted from now.",
	  .example = "08/27", .out = KIND_TEXT, .params = expiry_params, .room = EXPIRY_ROOM, .text = expiry_text },
	{ ROW_NAME("credit_card"), .category = "Payment", .group = "card", .aliases = "credit_card_full",
	  .help = "A card as an object: holder, number, type, code, expiry.",
	  .example = "{\"holder\":\"Maria Lopez\",\"number\":\"4111111111111111\",\"type\":\"Visa\",\"cvv\":\"473\",\"expiry\":\"08/27\"}", .out = KIND_JSON,
	  .params = object_params, .opts_size = sizeof(struct card_opts), .made_size = sizeof(struct card_made), .prepare = object_prepare,
	  .release = card_release, .room = 400, .text = card_text },
	{ CARD_ROW("credit_card_masked"), .help = "A card number of which only the end is shown.", .example = "************1111", .out = KIND_TEXT,
	  .params = masked_params, .room = CARD_DIGITS * 17, .text = masked_text },
	{ CARD_ROW("card_bin"), .help = "The digits of a card number that name the issuer.", .example = "411111", .out = KIND_TEXT, .params = bin_params,
	  .text = bin_text },
	{ .name = NULL },
};
