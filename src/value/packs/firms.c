/* Firms: invented names with the domain that belongs to them, and words of business. */
#include "value/packs/person.h"
#include "value/packs/pick.h"
#include "value/packs/pieces.h"

#include <stdlib.h>
#include <string.h>

enum { FIRM_ROOM = 256, TLD_MOST = 63 };
static const char *const styles[] = { "mixed", "surname", "two_names", "word", NULL };
static const char *const systems[] = { "naics", "plain", NULL };
static const char *const phrases[] = { "phrase", "adjective", "descriptor", "noun", NULL };

struct firms {
	struct kept kept;
	const struct table *form, *last, *base, *word, *suffix;
	const struct alias *pick_form, *pick_last, *pick_suffix;
};

static int bind(void *made, const char *locale)
{
	struct firms *f = made;

	f->form = table_find(locale, "company_form");
	f->last = table_find(locale, "last_name");
	f->base = table_find(locale, "company_base");
	f->word = table_find(locale, "company_word");
	f->suffix = table_find(locale, "company_suffix");
	f->pick_form = table_alias(f->form);
	f->pick_last = table_alias(f->last);
	f->pick_suffix = table_alias(f->suffix);
	return f->pick_form && f->pick_last && f->pick_suffix ? 0 : -1;
}

const struct firms *firms_of(const char *locale, struct err *e)
{
	static struct kept *all;

	return table_kept(&all, locale, sizeof(struct firms), bind, e);
}

/* What stands for a letter of a form; column 1 is the ASCII of it. */
static struct cell piece(const struct firms *of, const struct row *r, uint64_t salt, char letter, unsigned column)
{
	uint64_t draw = draw_at(r, salt, letter == 'l' ? 1 : letter == 'm' ? 2 : letter == 'b' ? 3 : letter == 'w' ? 4 : 5);

	switch (letter) {
	case 'l':
	case 'm': return table_cell(of->last, alias_pick(of->pick_last, draw), column);
	case 'b': return table_cell(of->base, draw_part(draw, of->base->rows), column);
	case 'w': return table_cell(of->word, draw_part(draw, of->word->rows), column);
	default: return table_cell(of->suffix, alias_pick(of->pick_suffix, draw), 0);
	}
}

static struct cell form_of(const struct firms *of, const struct row *r, uint64_t salt, int style)
{
	uint64_t draw = draw_at(r, salt, 0);
	uint32_t row = alias_pick(of->pick_form, draw);

	/* Another until the style fits; every locale has all three. */
	for (int i = 0; style && i < 200; i++) {
		if (cell_is(table_cell(of->form, row, 1), styles[style]))
			break;
		draw = draw_more(draw);
		row = alias_pick(of->pick_form, draw);
	}
	return table_cell(of->form, row, 0);
}

/* What its name begins with: Lopez of Lopez Trading Ltd. */
char *firm_first_word(const struct firms *of, const struct row *r, uint64_t salt, char *to)
{
	struct cell form = form_of(of, r, salt, 0);
	uint32_t i = 0;

	while (i + 1 < form.n && (form.at[i] != '%' || form.at[i + 1] == 's'))
		i++;
	return i + 1 < form.n ? put_cell(to, piece(of, r, salt, form.at[i + 1], 0)) : to;
}

char *firm_domain_word(const struct firms *of, const struct row *r, uint64_t salt, char *to)
{
	struct cell form = form_of(of, r, salt, 0);
	char *from = to;

	for (uint32_t i = 0; i + 1 < form.n; i++) {
		if (form.at[i] != '%' || form.at[i + 1] == 's')
			continue;
		if (to > from)
			*to++ = '-';
		to = put_cell(to, piece(of, r, salt, form.at[i + 1], 1));
	}
	return to;
}

char *firm_domain(const struct firms *of, const struct row *r, uint64_t salt, bool safe, char *to)
{
	static const char *const ends[] = { ".com", ".com", ".com", ".net", ".org", ".io", ".co", ".biz" };
	static const char *const safe_ends[] = { ".example.com", ".example.org", ".example.net" };
	uint64_t draw = draw_at(r, salt, 6);

	return put_text(firm_domain_word(of, r, salt, to), safe ? safe_ends[draw_part(draw, 3)] : ends[draw_part(draw, 8)]);
}

struct firm_opts {
	int style, system, as;
	int64_t levels;
	bool safe;
	char *tld;
};
struct firm_made {
	const struct firms *of;
	struct pick words[3];
};
static const struct param company_params[] = {
	P_CHOICE(struct firm_opts, style, styles, 0, .help = "What the name is made of; other than mixed it is apart from the record's domain."), P_END
};
static const struct param domain_params[] = {
	P_INT(struct firm_opts, levels, 1, 5, 1, .help = "How many names before the last."),
	P_BOOL(struct firm_opts, safe, false, .help = "Below example.com, .org or .net, which nobody owns."),
	P_TEXT(struct firm_opts, tld, "", .help = "What it ends in, like org or co.uk; drawn when empty."), P_END
};
static const struct param industry_params[] = { P_CHOICE(struct firm_opts, system, systems, 0, .help = "Titles of NAICS, or plain words."), P_END };
static const struct param phrase_params[] = { P_CHOICE(struct firm_opts, as, phrases, 0, .help = "The whole, or one of its words."), P_END };
static const struct param id_params[] = { P_PATTERN("E######"), P_END };

static int firm_prepare(struct call *c, struct err *e)
{
	struct firm_made *made = c->made;

	made->of = firms_of(c->locale, e);
	return made->of ? 0 : -1;
}

static int domain_prepare(struct call *c, struct err *e)
{
	const struct firm_opts *o = c->opts;
	size_t n = strlen(o->tld);

	if (n && o->safe)
		return err_set(e, ERR_INPUT, "tld: the safe ones are example.com, example.org and example.net");
	if (n > TLD_MOST || strspn(o->tld, "abcdefghijklmnopqrstuvwxyz0123456789-.") != n || *o->tld == '.' || (n && o->tld[n - 1] == '.'))
		return err_set(e, ERR_INPUT, "tld: '%.40s' is no end of a domain like org or co.uk", o->tld);
	return firm_prepare(c, e);
}

static char *company_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct firms *of = ((const struct firm_made *)c->made)->of;
	struct cell form = form_of(of, r, c->group_salt, ((const struct firm_opts *)c->opts)->style);

	(void)d;
	for (uint32_t i = 0; i < form.n; i++) {
		if (form.at[i] == '%' && i + 1 < form.n)
			to = put_cell(to, piece(of, r, c->group_salt, form.at[++i], 0));
		else
			*to++ = form.at[i];
	}
	return to;
}

static char *suffix_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return put_cell(to, piece(((const struct firm_made *)c->made)->of, r, c->group_salt, 's', 0));
}

static char *word_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return firm_domain_word(((const struct firm_made *)c->made)->of, r, c->group_salt, to);
}

static char *domain_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	static const char *const hosts[] = { "www", "shop", "mail", "api", "app", "cdn", "eu", "us", "dev", "blog" };
	const struct firm_opts *o = c->opts;

	for (int64_t i = 1; i < o->levels; i++) {
		const char *host = hosts[draws_below(d, 10)];

		to = put_text(to, host);
		*to++ = '.';
	}
	if (!*o->tld)
		return firm_domain(((const struct firm_made *)c->made)->of, r, c->group_salt, o->safe, to);
	to = firm_domain_word(((const struct firm_made *)c->made)->of, r, c->group_salt, to);
	*to++ = '.';
	return put_text(to, o->tld);
}

/* ---- words of business ---- */

static int words_prepare(struct call *c, struct err *e)
{
	static const struct { const char *provider, *tables[3]; } rows[] = {
		{ "industry", { "industry", "industry_plain" } },
		{ "catch_phrase", { "catch_adjective", "catch_descriptor", "catch_noun" } },
		{ "buzz_phrase", { "buzz_verb", "catch_descriptor", "catch_noun" } },
	};
	struct firm_made *made = c->made;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		for (int k = 0; k < 3 && rows[i].tables[k] && strcmp(rows[i].provider, c->is->name) == 0; k++)
			if (pick_bind(&made->words[k], c->locale, rows[i].tables[k], true, e) < 0)
				return -1;
	return 0;
}

static char *industry_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)r;
	return pick_put(&((const struct firm_made *)c->made)->words[((const struct firm_opts *)c->opts)->system], d, 0, to);
}

static char *phrase_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct pick *words = ((const struct firm_made *)c->made)->words;
	int as = ((const struct firm_opts *)c->opts)->as;

	(void)r;
	if (as)
		return pick_put(&words[as - 1], d, 0, to);
	for (int i = 0; i < 3; i++) {
		if (i)
			*to++ = ' ';
		to = pick_put(&words[i], d, 0, to);
	}
	return to;
}

#define FIRM(n) ROW_NAME(n), .out = KIND_TEXT, .opts_size = sizeof(struct firm_opts), .made_size = sizeof(struct firm_made)
#define NAMED(n) FIRM(n), .group = "company", .places = true, .prepare = firm_prepare, .room = FIRM_ROOM
#define WORDS(n) FIRM(n), .category = "Company", .prepare = words_prepare, .room = FIRM_ROOM
const struct provider pack_firms[] = {
	{ NAMED("company"), .category = "Company", .aliases = "company.name", .help = "An invented firm.", .example = "Lopez Trading Ltd",
	  .params = company_params, .text = company_text },
	{ NAMED("company_suffix"), .category = "Company", .help = "The legal form of the firm.", .example = "Ltd", .text = suffix_text },
	{ NAMED("domain_word"), .category = "Internet", .aliases = "internet.domainWord", .help = "The firm's name as part of a domain.",
	  .example = "lopez-trading", .text = word_text },
	{ FIRM("domain_name"), .group = "company", .places = true, .prepare = domain_prepare, .room = FIRM_ROOM, .category = "Internet", .aliases = "domain internet.domainName safe_domain_name(safe=true)", .help = "The firm's domain.",
	  .example = "lopez-trading.com", .params = domain_params, .text = domain_text },
	{ WORDS("industry"), .help = "A line of business.", .example = "General Freight Trucking", .params = industry_params, .text = industry_text },
	{ PICKED("department"), .category = "Company", .help = "A department of a firm.", .example = "Accounts Payable" },
	{ WORDS("catch_phrase"), .aliases = "slogan blurb company.catchPhrase company.catchPhraseAdjective(as=adjective) "
	  "company.catchPhraseDescriptor(as=descriptor) company.catchPhraseNoun(as=noun)", .help = "A slogan.", .example = "Adaptable data-driven network",
	  .params = phrase_params, .text = phrase_text },
	{ WORDS("buzz_phrase"), .aliases = "bs company.buzzPhrase", .help = "What firms say that they do.", .example = "scale real-time platform",
	  .text = phrase_text },
	{ PATTERNED("employee_id"), .category = "Company", .help = "A number of an employee.", .example = "E204817", .params = id_params },
	{ .name = NULL },
};
