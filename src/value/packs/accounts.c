/* Accounts of the person: e-mail, user names, and the person as an object. */
#include "base/num.h"
#include "value/packs/packs.h"
#include "value/modify.h"
#include "value/packs/people.h"
#include "value/packs/pieces.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { NAME_MOST = 64, ACCOUNT_ROOM = 400, PERSON_ROOM = 1400, FIRM_MOST = 64 + 8, TAG_MOST = 19 };
static const char *const styles[] = { "mixed", "first.last", "flast", "firstl", "random", NULL };
static const char *const kinds[] = { "any", "free", "company", NULL };
static const char *const tags[] = { "auto", "always", "never", NULL };

struct account_opts {
	char *domain, *first, *last, *fields;
	bool safe;
	int style, kind, unique_tag, sex;
	int64_t min, max;
};
struct account_made {
	const struct people *of;
	const struct firms *firms;
	const struct atlas *at;
	char first[NAME_MOST], last[NAME_MOST];         /* of the parameters, folded */
	bool named;                                     /* one of them is not empty */
	bool usual;                                     /* nothing about it was asked for: names, style, tag, domain */
	uint64_t company_salt, place_salt;
	size_t local_most;                              /* bytes before the @ where max_length is set; 0: any */
	struct fields fields;
	struct jobs jobs;
};

#define STYLE_ROW P_CHOICE(struct account_opts, style, styles, 0, .help = "How it is made of the names.")
#define NAME_ROWS P_TEXT(struct account_opts, first, "", .flags = PARAM_VARIES, .help = "Given name to use instead of the person's."), \
	P_TEXT(struct account_opts, last, "", .flags = PARAM_VARIES, .help = "Family name to use instead of the person's.")
static const struct param email_params[] = {
	P_TEXT(struct account_opts, domain, "", .flags = PARAM_VARIES, .help = "Domain to use."),
	P_BOOL(struct account_opts, safe, true, .help = "Only domains that nobody owns, such as example.com."), STYLE_ROW,
	P_CHOICE(struct account_opts, kind, kinds, 0, .help = "At a free provider, or at the record's company."),
	P_CHOICE(struct account_opts, unique_tag, tags, 0, .help = "Whether the row's number stands behind the name, so that no two are equal."),
	NAME_ROWS, P_SEX_INSIDE(struct account_opts), P_END
};
static const struct param display_params[] = { P_SEX_INSIDE(struct account_opts), P_END };
static const struct param username_params[] = {
	STYLE_ROW, P_INT(struct account_opts, min, 1, 64, 3, .help = "Shortest; digits fill up."),
	P_INT(struct account_opts, max, 1, 64, 20, .help = "Longest."), NAME_ROWS, P_SEX_INSIDE(struct account_opts), P_END
};

/* Lower-case letters and digits of a name in Latin script; what has no such letter is left out. */
static int fold(const char *name, const char *what, char to[NAME_MOST], struct err *e)
{
	/* The letters of U+00C0 to U+00FF without their marks; '*' has none. */
	static const char plain[] = "aaaaaaaceeeeiiiidnooooo*ouuuuytsaaaaaaaceeeeiiiidnooooo*ouuuuyty";
	size_t n = 0;

	for (const unsigned char *s = (const unsigned char *)name; *s && n + 1 < NAME_MOST; s++) {
		if (isalnum(*s) && *s < 128)
			to[n++] = (char)tolower(*s);
		else if (*s == 0xc3 && s[1] >= 0x80 && s[1] < 0xc0 && plain[s[1] - 0x80] != '*')
			to[n++] = plain[*++s - 0x80];
	}
	to[n] = '\0';
	return *name && !n ? err_set(e, ERR_INPUT, "%s: '%.40s' has no letter that an address could hold", what, name) : 0;
}

/* An address that is cut is none: the name in it is shortened, as long as there is something left of it. */
static int shorten(struct call *c, struct err *e)
{
	const struct account_opts *o = c->opts;
	struct account_made *made = c->made;
	size_t most = (size_t)c->mods->max_length, rest = c->mods->prefix_n + c->mods->suffix_n + 1;

	rest += o->domain && *o->domain ? strlen(o->domain) : o->kind == 2 ? FIRM_MOST : sizeof "example.com" - 1;
	rest += o->unique_tag == 1 ? TAG_MOST : 0;
	if (most <= rest)
		return err_set(e, ERR_INPUT, "max_length: %zu characters are too few for an address; these have %zu beside the name", most, rest);
	made->local_most = most - rest + (o->unique_tag == 1 ? TAG_MOST : 0);
	made->usual = false;
	return 0;
}

static char *email_text(const struct call *c, const struct row *r, struct draws *d, char *to);

static int account_prepare(struct call *c, struct err *e)
{
	struct account_opts *o = c->opts;
	struct account_made *made = c->made;

	if (c->mods && c->mods->unique && o->unique_tag == 0)
		o->unique_tag = 1;
	made->of = people_of(c->locale, e);
	made->firms = firms_of(c->locale, e);
	made->company_salt = call_group_salt(c, "company");
	if (!made->of || !made->firms)
		return -1;
	if (text_fits("domain", o->domain, 200, e) < 0 || (o->first && fold(o->first, "first", made->first, e) < 0) || (o->last && fold(o->last, "last", made->last, e) < 0))
		return -1;
	made->named = *made->first || *made->last;
	made->usual = !made->named && o->style == 0 && o->unique_tag == 0 && o->safe && o->domain && !*o->domain && o->kind != 2;
	return c->mods && c->mods->max_length && c->is->text == email_text ? shorten(c, e) : 0;
}

/* A parameter's name where there is one. */
static struct cell or_text(struct cell drawn, const char *text)
{
	return *text ? (struct cell){ text, (uint32_t)strlen(text) } : drawn;
}

/* What a person's accounts draw, so that e-mail and user name are alike. */
struct account {
	uint32_t domain, mixed, tail, number;   /* domain: of six; mixed: of 16 styles; tail: of ten; number: of 100 */
	uint64_t left;
};

static ATTR_INLINE struct account account_of(const struct call *c, const struct row *r)
{
	uint64_t bits = draw_at(r, c->group_salt, 10);
	struct account a = { .domain = take(&bits, 6) };

	a.mixed = take_bits(&bits, 4);
	a.tail = take(&bits, 10);
	a.number = take(&bits, 100);
	a.left = bits;
	return a;
}

enum { FIRST_LAST = 1, FLAST, FIRSTL };

/* What of the names stands in an account, as masks: without a branch, because nobody can foresee which style it is. */
struct shape {
	uint8_t first, dot, last, none;
};
#define DOTTED { 255, 1, 255, 0 }
#define LETTER_FIRST { 0, 0, 255, 0 }
#define LETTER_LAST { 255, 0, 0, 0 }
static const struct shape shapes[] = { [FIRST_LAST] = DOTTED, [FLAST] = LETTER_FIRST, [FIRSTL] = LETTER_LAST };
/* What comes how often. */
static const struct shape mixed[16] = {
	DOTTED, DOTTED, DOTTED, DOTTED, DOTTED, DOTTED, DOTTED, DOTTED, LETTER_FIRST, LETTER_FIRST, LETTER_FIRST, LETTER_FIRST, LETTER_FIRST,
	LETTER_LAST, LETTER_LAST, LETTER_LAST,
};

static inline char *put_folded(const struct names *names, const struct shape *s, char *to)
{
	to += 1 + ((size_t)(name_put_folded(names->firsts, names->first, to) - to - 1) & s->first);
	*to = '.';
	to += s->dot;
	return to + 1 + ((size_t)(name_put_folded(names->lasts, names->last, to) - to - 1) & s->last);
}

static char *put_named(const struct account_made *made, const struct names *names, const struct shape *s, char *to)
{
	struct cell first = or_text(table_cell(made->of->first[names->firsts == &made->of->firsts[1]], names->first, FOLDED), made->first);
	struct cell last = or_text(table_cell(made->of->last, names->last, FOLDED), made->last);

	to = put_bytes(to, first.at, s->first ? first.n : 1);
	if (s->dot)
		*to++ = '.';
	return put_bytes(to, last.at, s->last ? last.n : 1);
}

/* Three in ten have two digits behind the name. */
static inline char *put_tail(const struct account *a, char *to)
{
	digits_pair(to, a->number);
	return to + 2 * (a->tail < 3);
}

/* The part before the @, or a user name. */
static char *put_account(const struct call *c, const struct row *r, const struct account *a, bool tagged, char *to)
{
	const struct account_opts *o = c->opts;
	const struct account_made *made = c->made;
	const struct shape *shape = o->style ? &shapes[o->style] : &mixed[a->mixed];

	if (o->style <= FIRSTL) {
		struct names names = person_names(made->of, r, c->group_salt, (enum sex)o->sex);

		to = made->named ? put_named(made, &names, shape, to) : put_folded(&names, shape, to);
	} else {
		to = put_from(to, "abcdefghijklmnopqrstuvwxyz", 26, 8, &(struct draws){ a->left });
	}
	if (tagged)
		return put_int(to, (int64_t)(r->number & INT64_MAX));
	return o->unique_tag == 2 ? to : put_tail(a, to);
}

/* Padded, as put_padded() copies them. */
static const char safe_mail[][16] = { "@example.com", "@example.org", "@example.net" };

/* The name shortened, and the row's number whole behind it. */
static char *put_local(const struct call *c, const struct row *r, const struct account *a, char *to)
{
	bool tagged = ((const struct account_opts *)c->opts)->unique_tag == 1;
	size_t most = ((const struct account_made *)c->made)->local_most;
	char *end = put_account(c, r, a, tagged, to), tag[NUM_TEXT];
	size_t tag_n = tagged ? (size_t)(put_int(tag, (int64_t)(r->number & INT64_MAX)) - tag) : 0, n = (size_t)(end - to) - tag_n;

	if (!most || n + tag_n <= most)
		return end;
	n = most - tag_n;
	while (n > 1 && to[n - 1] == '.')
		n--;
	return put_bytes(to + n, tag, tag_n);
}

static ATTR_COLD char *put_special(const struct call *c, const struct row *r, char *to)
{
	static const char free_mail[][16] = { "@gmail.com", "@yahoo.com", "@outlook.com", "@hotmail.com", "@icloud.com", "@proton.me" };
	const struct account_opts *o = c->opts;
	const struct account_made *made = c->made;
	struct account a = account_of(c, r);

	to = put_local(c, r, &a, to);
	if (*o->domain) {
		*to++ = '@';
		return put_text(to, o->domain);
	}
	if (o->kind == 2) {
		*to++ = '@';
		to = firm_domain_word(made->firms, r, made->company_salt, to);
		return o->safe ? put_literal(to, ".example") : put_literal(to, ".com");
	}
	return put_text(to, o->safe ? safe_mail[a.domain / 2] : free_mail[a.domain]);
}

static char *email_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct account_made *made = c->made;
	struct account a;
	struct names names;

	(void)d;
	if (UNLIKELY(!made->usual))
		return put_special(c, r, to);
	a = account_of(c, r);
	names = person_names(made->of, r, c->group_salt, (enum sex)((const struct account_opts *)c->opts)->sex);
	to = put_tail(&a, put_folded(&names, &mixed[a.mixed], to));
	memcpy(to, safe_mail[a.domain / 2], sizeof safe_mail[0]);
	return to + sizeof "@example.com" - 1;
}

/* The row's number stands in it. */
static uint64_t email_pool(const struct call *c)
{
	return ((const struct account_opts *)c->opts)->unique_tag == 1 ? POOL_ENDLESS : 0;
}

static char *username_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct account_opts *o = c->opts;
	struct account a = account_of(c, r);
	char *end = put_account(c, r, &a, false, to);

	if (end - to > o->max)
		end = to + o->max;
	if (end > to && end[-1] == '.')
		end[-1] = (char)('0' + draws_below(d, 10));
	while (end - to < o->min)
		*end++ = (char)('0' + draws_below(d, 10));
	return end;
}

static char *display_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	struct person p = person_make(((const struct account_made *)c->made)->of, r, c->group_salt, (enum sex)((const struct account_opts *)c->opts)->sex);
	uint32_t n = 1;

	(void)d;
	while (n < p.last.n && ((unsigned char)p.last.at[n] & 0xc0) == 0x80)
		n++;
	to = put_cell(to, p.first);
	*to++ = '.';
	return put_bytes(to, p.last.at, n);
}

/* ---- person ---- */

static const char *const field_names[] = { "first_name", "last_name", "sex", "date_of_birth", "email", "phone_number", "address", "age", "name", "middle_name", "job_title",
	NULL };
static const struct param person_params[] = {
	P_TEXT(struct account_opts, fields, "first_name,last_name,sex,date_of_birth,email,phone_number,address,job_title", .flags = PARAM_LIST,
	       .help = "Which members, of first_name, last_name, middle_name, name, sex, age, date_of_birth, email, phone_number, address, job_title."),
	P_SEX_INSIDE(struct account_opts), P_END
};

static int person_prepare(struct call *c, struct err *e)
{
	const struct account_opts *o = c->opts;
	struct account_made *made = c->made;

	made->of = people_of(c->locale, e);
	made->at = atlas_of(c->locale, e);
	made->place_salt = call_group_salt(c, "place");
	if (!made->of || !made->at)
		return -1;
	return jobs_bind(&made->jobs, c->locale, e) < 0 ? -1 : fields_read(&made->fields, o->fields, field_names, 0x47f, e);
}

static char *put_field(const struct call *c, const struct row *r, const struct person *p, unsigned which, char *to)
{
	const struct account_made *made = c->made;
	struct account_opts plain = { .safe = true, .sex = ((const struct account_opts *)c->opts)->sex, .domain = (char[]){ "" }, .max = 64 };
	struct account_made copy = { .of = made->of, .usual = true };
	struct call mail = { .is = c->is, .opts = &plain, .made = &copy, .group_salt = c->group_salt };
	struct draws d = draws_of(r, c->group_salt ^ 0x6a6f62);

	switch (which) {
	case 0: return put_cell(to, p->first);
	case 1: return put_cell(to, p->last);
	case 2: return p->male ? put_literal(to, "male") : put_literal(to, "female");
	case 3: return put_date(to, p->birth_days);
	case 4: return email_text(&mail, r, &d, to);
	case 5: return place_phone(made->at, r, made->place_salt, PHONE_NATIONAL, false, to);
	case 6: return place_address(made->at, r, made->place_salt, ", ", to);
	case 7: return put_int(to, p->age);
	case 8: return person_put_name(made->of, p, to);
	case 9: return put_cell(to, p->middle);
	default: return job_put(&made->jobs, &d, to);
	}
}

static char *person_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct account_made *made = c->made;
	struct person p = person_make(made->of, r, c->group_salt, (enum sex)((const struct account_opts *)c->opts)->sex);
	char before = '{';

	(void)d;
	for (unsigned i = 0; field_names[i]; i++) {
		if (!(made->fields.set >> i & 1))
			continue;
		to = put_key(to, before, field_names[i]);
		if (i != 7)
			*to++ = '"';
		to = put_field(c, r, &p, i, to);
		if (i != 7)
			*to++ = '"';
		before = ',';
	}
	*to++ = '}';
	return to;
}

#define ACCOUNT(n) ROW_NAME(n), .category = "Internet", .group = "person", .out = KIND_TEXT, .plain = true, .opts_size = sizeof(struct account_opts), \
	.made_size = sizeof(struct account_made), .prepare = account_prepare, .room = ACCOUNT_ROOM
const struct provider pack_accounts[] = {
	{ ACCOUNT("email"), .aliases = "internet.email internet.exampleEmail safe_email ascii_email ascii_safe_email free_email(kind=free) "
	  "ascii_free_email(kind=free) company_email(kind=company) ascii_company_email(kind=company)", .help = "An address of the person, in ASCII.",
	  .example = "maria.lopez@example.com", .params = email_params, .text = email_text, .pool = email_pool },
	{ ACCOUNT("username"), .aliases = "internet.username", .help = "A user name of the person.", .example = "mlopez87", .params = username_params,
	  .text = username_text },
	{ ACCOUNT("display_name"), .aliases = "internet.displayName", .help = "What the person is called on the screen.", .example = "Maria.L", .params = display_params,
	  .text = display_text },
	{ ROW_NAME("person"), .category = "Person", .group = "person", .aliases = "contact profile simple_profile", .out = KIND_JSON,
	  .opts_size = sizeof(struct account_opts), .made_size = sizeof(struct account_made), .prepare = person_prepare, .room = PERSON_ROOM,
	  .text = person_text, .params = person_params, .help = "A coherent person as an object.",
	  .example = "{\"first_name\":\"Maria\",\"last_name\":\"Lopez\",\"sex\":\"female\"}" },
	{ .name = NULL },
};
