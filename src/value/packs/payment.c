/* Payments beside the card: states, codes, merchants. */
#include "value/packs/person.h"
#include "value/packs/pick.h"

struct payment_opts {
	int64_t length;
	bool description;
};

static const struct param pin_params[] = {
	P_INT(struct payment_opts, length, 3, 12, 4, .help = "How many digits."),
	P_END
};

static char *pin_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)r;
	return put_drawn(to, d, (unsigned)((const struct payment_opts *)c->opts)->length);
}

static char *auth_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)c;
	(void)r;
	return put_of(to, d, 6, "0123456789ABCDEF", 16);
}

/* ---- merchant_name ---- */

struct merchant_made {
	struct pick words, trades;
};

static int merchant_prepare(struct call *c, struct err *e)
{
	struct merchant_made *m = c->made;

	return pick_bind(&m->words, c->locale, "merchant_word", true, e) < 0 ? -1 : pick_bind(&m->trades, c->locale, "merchant_trade", true, e);
}

static char *put_merchant(const struct call *c, struct draws *d, char *to)
{
	const struct merchant_made *m = c->made;

	to = pick_put(&m->words, d, 0, to);
	*to++ = ' ';
	return pick_put(&m->trades, d, 0, to);
}

/* The record's firm and what it sells; a statement has many firms, whose names are made of words. */
struct shop_made {
	const struct firms *firms;
	struct pick trades;
};

static int shop_prepare(struct call *c, struct err *e)
{
	struct shop_made *m = c->made;

	m->firms = firms_of(c->locale, e);
	return m->firms ? pick_bind(&m->trades, c->locale, "merchant_trade", true, e) : -1;
}

static char *shop_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct shop_made *m = c->made;

	*d = draws_of(r, c->group_salt ^ 0x6d657263);
	to = firm_first_word(m->firms, r, c->group_salt, to);
	*to++ = ' ';
	return pick_put(&m->trades, d, 0, to);
}

/* ---- mcc ---- */

static const struct param mcc_params[] = {
	P_BOOL(struct payment_opts, description, false, .help = "Whether what the code means follows."),
	P_END
};

static int mcc_prepare(struct call *c, struct err *e)
{
	return pick_bind(c->made, c->locale, "mcc", true, e);
}

static char *mcc_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct pick *p = c->made;
	uint32_t row = table_pick(p->table, p->weights, d);

	(void)r;
	to = put_cell(to, table_cell(p->table, row, 0));
	if (!((const struct payment_opts *)c->opts)->description)
		return to;
	*to++ = ' ';
	return put_cell(to, table_cell(p->table, row, 1));
}

/* ---- transaction_description ---- */

struct description_made {
	struct merchant_made merchant;
	struct pick kinds;
};

static int description_prepare(struct call *c, struct err *e)
{
	return merchant_prepare(c, e) < 0 ? -1 : pick_bind(&((struct description_made *)c->made)->kinds, c->locale, "transaction_text", true, e);
}

static char *description_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)r;
	to = pick_put(&((const struct description_made *)c->made)->kinds, d, 0, to);
	*to++ = ' ';
	to = put_merchant(c, d, to);
	to = put_literal(to, ", card ending ");
	return put_drawn(to, d, 4);
}

#define PAYMENT .category = "Payment"

const struct provider pack_payment[] = {
	{ PICKED("payment_status"), .aliases = "transaction_status", PAYMENT, .help = "Where a payment stands.", .example = "captured", PICK_WEIGHTED },
	{ PICKED("transaction_type"), PAYMENT, .aliases = "finance.transactionType", .help = "A kind of transaction.", .example = "refund" },
	{ ROW_NAME("pin"), PAYMENT, .aliases = "finance.pin", .help = "A personal identification number.", .example = "8204", .out = KIND_TEXT,
	  .params = pin_params, .opts_size = sizeof(struct payment_opts), .text = pin_text },
	{ ROW_NAME("transaction_description"), PAYMENT, .aliases = "finance.transactionDescription", .help = "A line of a statement of account.",
	  .example = "Purchase at North Street Bakery, card ending 4711", .out = KIND_TEXT, .made_size = sizeof(struct description_made),
	  .prepare = description_prepare, .room = 160, .text = description_text },
	{ ROW_NAME("auth_code"), PAYMENT, .help = "The code of an authorization, six characters.", .example = "04F81C", .out = KIND_TEXT, .text = auth_text },
	{ ROW_NAME("merchant_name"), PAYMENT, .group = "company", .help = "The name of a shop of the record's firm.", .example = "Lopez Bakery",
	  .out = KIND_TEXT, .made_size = sizeof(struct shop_made), .prepare = shop_prepare, .room = 128, .text = shop_text },
	{ ROW_NAME("mcc"), PAYMENT, .help = "A merchant category code.", .example = "5411", .out = KIND_TEXT, .params = mcc_params,
	  .opts_size = sizeof(struct payment_opts), .made_size = sizeof(struct pick), .prepare = mcc_prepare, .room = 128, .text = mcc_text },
	{ .name = NULL },
};
