/* Internet: passwords, hosts, paths, addresses of pages, HTTP. Hosts are under example.com and its kin unless asked otherwise. */
#include "value/packs/person.h"
#include "value/packs/pick.h"
#include "value/packs/pieces.h"

#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

static const char base62[] = UPPER LOWER "0123456789";
static const char *const safe_domains[] = { "example.com", "example.org", "example.net" };

/* ---- password ---- */

struct password_opts {
	int64_t length;
	bool lower, upper, digits, special, space, ambiguous, memorable;
};
struct password_made {
	char all[128];
	char class[5][40];
	uint32_t all_n, class_n[5], classes;
};

static const struct param password_params[] = {
	P_INT(struct password_opts, length, 1, 1024, 12, .help = "How many characters."),
	P_BOOL(struct password_opts, lower, true, .help = "Whether lower-case letters are in it."),
	P_BOOL(struct password_opts, upper, true, .help = "Whether upper-case letters are in it."),
	P_BOOL(struct password_opts, digits, true, .help = "Whether digits are in it."),
	P_BOOL(struct password_opts, special, true, .help = "Whether special characters are in it."),
	P_BOOL(struct password_opts, space, false, .help = "Whether blanks are in it."),
	P_BOOL(struct password_opts, ambiguous, true, .help = "Whether characters that look alike (0 O o 1 l I |) may be in it."),
	P_BOOL(struct password_opts, memorable, false, .help = "Whether consonants and vowels take turns, with a digit at the end; the classes are ignored."),
	P_END
};

static int password_prepare(struct call *c, struct err *e)
{
	const struct password_opts *o = c->opts;
	struct password_made *m = c->made;
	const bool asked[] = { o->lower, o->upper, o->digits, o->special, o->space };
	const char *const sets[] = { LOWER, UPPER, "0123456789", "!#$%&*+-.:;<=>?@^_|~", " " };

	for (int k = 0; k < 5; k++) {
		uint32_t n = 0;

		for (const char *s = sets[k]; asked[k] && *s; s++)
			if (o->ambiguous || !strchr("0Oo1lI|", *s))
				m->all[m->all_n++] = m->class[m->classes][n++] = *s;
		m->class_n[m->classes] = n;
		m->classes += asked[k];
	}
	if (!m->classes)
		return err_set(e, ERR_INPUT, "lower: no class of characters is left");
	return !o->memorable && o->length < m->classes ? err_set(e, ERR_INPUT, "length: %u characters are needed for one of each class", m->classes) : 0;
}

static size_t password_room(const struct call *c)
{
	return (size_t)((const struct password_opts *)c->opts)->length;
}

static char *password_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct password_opts *o = c->opts;
	const struct password_made *m = c->made;
	char *end = put_from(to, m->all, m->all_n, o->length, d);
	uint32_t n = (uint32_t)o->length, places[5];

	(void)r;
	if (o->memorable) {
		for (uint32_t i = 0; i < n; i++)
			to[i] = i % 2 ? "aeiou"[draws_below(d, 5)] : "bcdfghjkmnprstvwz"[draws_below(d, 17)];
		if (n > 1)
			to[n - 1] = (char)('2' + draws_below(d, 8));
		return end;
	}
	/* One of each class, each at a place of its own: the at-th of those that are free. */
	for (uint32_t k = 0; k < m->classes; k++) {
		uint64_t bits = draws_next(d);
		uint32_t at = take(&bits, n - k), i = 0;

		/* places[] is sorted. */
		for (; i < k && places[i] <= at; i++)
			at++;
		for (uint32_t j = k; j > i; j--)
			places[j] = places[j - 1];
		places[i] = at;
		to[at] = m->class[k][take(&bits, m->class_n[k])];
	}
	return end;
}

/* ---- hostname, url, paths ---- */

struct names_made {
	const struct table *roles, *words, *pages, *paths;
	const struct firms *firms;      /* of URLs */
};

static int names_prepare(struct call *c, struct err *e)
{
	struct names_made *m = c->made;

	*m = (struct names_made){ table_find(c->locale, "host_role"), table_find(c->locale, "word"), table_find(c->locale, "page_word"),
				  table_find(c->locale, "path_word"), NULL };
	return m->roles && m->words && m->pages && m->paths ? 0 : err_set(e, ERR_INPUT, "its words are not part of this build");
}

struct host_opts {
	int64_t levels;
};

static const struct param host_params[] = {
	P_INT(struct host_opts, levels, 0, 5, 1, .help = "How many names stand before the domain."),
	P_END
};

static char *put_safe_domain(char *to, uint64_t *bits)
{
	return put_bytes(to, safe_domains[take(bits, 3)], 11);
}

static char *hostname_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct names_made *m = c->made;
	int64_t levels = ((const struct host_opts *)c->opts)->levels;
	uint64_t bits = draws_next(d);

	(void)r;
	if (levels) {
		to = put_word(to, m->roles, &bits);
		*to++ = '-';
		to = put_digits(to, 1 + take(&bits, 20), 2);
		*to++ = '.';
	}
	for (int64_t i = 1; i < levels; i++) {
		uint64_t more = draws_next(d);

		to = put_word(to, m->roles, &more);
		*to++ = '.';
	}
	return put_safe_domain(to, &bits);
}

static const char *const schemes[] = { "https", "http", "any", NULL };

struct url_opts {
	int scheme;
	int64_t path_depth;
	bool query, safe, here, domain_name;
};

static const struct param url_params[] = {
	P_CHOICE(struct url_opts, scheme, schemes, 0, .help = "How it begins."),
	P_INT(struct url_opts, path_depth, 0, 8, 1, .help = "How many parts the path has."),
	P_BOOL(struct url_opts, query, false, .help = "Whether a query follows."),
	P_BOOL(struct url_opts, safe, true, .help = "Whether the host is under example.com, .org or .net; otherwise under .com, .org or .net."),
	P_BOOL(struct url_opts, here, false, .flags = PARAM_INSIDE, .help = "Of the record's firm."),
	P_BOOL(struct url_opts, domain_name, false, .flags = PARAM_INSIDE, .help = "Beside the firm's domain."),
	P_END
};

static int url_prepare(struct call *c, struct err *e)
{
	struct names_made *m = c->made;

	if (names_prepare(c, e) < 0)
		return -1;
	m->firms = firms_of(c->locale, e);
	return m->firms ? 0 : -1;
}

static char *put_path(char *to, const struct names_made *m, int64_t depth, struct draws *d)
{
	uint64_t bits = 0;

	for (int64_t i = 0; i < depth; i++) {
		if (i % 6 == 0)
			bits = draws_next(d);
		*to++ = '/';
		to = put_word(to, m->paths, &bits);
	}
	return to;
}

static size_t url_room(const struct call *c)
{
	const struct names_made *m = c->made;

	return 64 + (size_t)((const struct url_opts *)c->opts)->path_depth * (m->paths->longest + 1u) + 2u * m->words->longest + 40 + DOMAIN_ROOM;
}

static char *url_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct url_opts *o = c->opts;
	const struct names_made *m = c->made;
	struct draws company = draws_of(r, c->group_salt);
	uint64_t bits = draws_next(d), host = draws_next(&company);

	to = o->scheme == 1 || (o->scheme == 2 && take(&bits, 5) == 0) ? put_literal(to, "http://") : put_literal(to, "https://");
	to = put_word(to, m->roles, &bits);
	*to++ = '.';
	if (o->here) {
		to = firm_domain(m->firms, r, c->group_salt, o->safe && !o->domain_name, to);
	} else if (o->safe) {
		to = put_safe_domain(to, &host);
	} else {
		to = put_word(to, m->words, &host);
		*to++ = '-';
		to = put_word(to, m->words, &host);
		to = put_bytes(to, &".com.org.net"[4 * take(&host, 3)], 4);
	}
	to = put_path(to, m, o->path_depth, d);
	if (o->query) {
		to = put_literal(to, "?id=");
		to = put_int(to, take(&bits, 100000));
		to = put_literal(to, "&page=");
		to = put_int(to, 1 + take(&bits, 20));
	}
	return to;
}

static const char *const path_as[] = { "path", "page", "extension", NULL };
static const char *const page_extensions[] = { "html", "php", "htm", "jsp", "asp" };

struct path_opts {
	int64_t depth;
	bool extension;
	int as;
};

static const struct param path_params[] = {
	P_INT(struct path_opts, depth, 1, 16, 2, .help = "How many parts it has."),
	P_BOOL(struct path_opts, extension, false, .help = "Whether it ends in an extension of pages."),
	P_CHOICE(struct path_opts, as, path_as, 0, .help = "The path, a page's name alone, or an extension alone."),
	P_END
};

static size_t path_room(const struct call *c)
{
	const struct names_made *m = c->made;

	return (size_t)((const struct path_opts *)c->opts)->depth * (m->paths->longest + 1u) + m->pages->longest + 8u;
}

static char *path_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct path_opts *o = c->opts;
	const struct names_made *m = c->made;
	uint64_t bits = draws_next(d);
	const char *extension = page_extensions[take(&bits, 5)];
	size_t n = (size_t)(extension[3] ? 4 : 3);

	(void)r;
	if (o->as == 2) {
		*to++ = '.';
		return put_bytes(to, extension, n);
	}
	to = o->as == 1 ? put_word(to, m->pages, &bits) : put_path(to, m, o->depth, d);
	if (o->extension) {
		*to++ = '.';
		to = put_bytes(to, extension, n);
	}
	return to;
}

struct slug_opts {
	int64_t words;
};

static const struct param slug_params[] = {
	P_INT(struct slug_opts, words, 1, 32, 3, .help = "How many words."),
	P_END
};

static size_t slug_room(const struct call *c)
{
	return (size_t)((const struct slug_opts *)c->opts)->words * (((const struct names_made *)c->made)->words->longest + 1u);
}

static char *slug_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct names_made *m = c->made;
	int64_t n = ((const struct slug_opts *)c->opts)->words;
	uint64_t bits = 0;

	(void)r;
	for (int64_t i = 0; i < n; i++) {
		if (i % 3 == 0)
			bits = draws_next(d);
		if (i)
			*to++ = '-';
		to = put_word(to, m->words, &bits);
	}
	return to;
}

/* ---- HTTP ---- */

static const char *const status_classes[] = { "any", "1xx", "2xx", "3xx", "4xx", "5xx", NULL };
static const char *const status_profiles[] = { "web", "uniform", NULL };

struct status_opts {
	int class, profile;
};

static const struct param status_params[] = {
	P_CHOICE(struct status_opts, class, status_classes, 0, .help = "Class of the status."),
	P_CHOICE(struct status_opts, profile, status_profiles, 0, .help = "As frequent as web servers answer, or all the same."),
	P_END
};

static int status_prepare(struct call *c, struct err *e)
{
	const struct status_opts *o = c->opts;

	return subset_init(c->made, c->locale, "http_status", 1, status_classes[o->class], o->profile == 0, e);
}

static int64_t status_of(struct cell v)
{
	return (v.at[0] - '0') * 100 + (v.at[1] - '0') * 10 + v.at[2] - '0';
}

static void status_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct subset *s = c->made;

	(void)r;
	to->i = status_of(table_cell(s->t, subset_pick(s, draws_next(d)), 0));
}

static void status_nth(const struct call *c, uint64_t i, union value *to)
{
	const struct subset *s = c->made;

	to->i = status_of(table_cell(s->t, s->rows[i], 0));
}

static const char *const tld_kinds[] = { "common", "cc", "all", NULL };

struct tld_opts {
	int kind;
};

static const struct param tld_params[] = {
	P_CHOICE(struct tld_opts, kind, tld_kinds, 0, .help = "Common ones, those of countries, or all."),
	P_END
};

static int tld_prepare(struct call *c, struct err *e)
{
	static const char *const kinds[] = { "common", "cc", "any" };

	return subset_init(c->made, c->locale, "tld", 1, kinds[((const struct tld_opts *)c->opts)->kind], false, e);
}

struct referrer_opts {
	double null_rate;
};

static const struct param referrer_params[] = {
	P_SHARE(struct referrer_opts, null_rate, 0, 1, 0.3, .help = "Share of visitors that come from nowhere."),
	P_END
};

static char *referrer_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	static const char *const hosts[] = { "search", "www", "news", "social", "mail", "blog", "forum", "shop" };
	const struct names_made *m = c->made;
	uint64_t bits = draws_next(d);
	const char *host = hosts[take(&bits, 16) < 9 ? 0 : take(&bits, 8)];

	(void)r;
	to = put_literal(to, "https://");
	to = put_text(to, host);
	*to++ = '.';
	to = put_safe_domain(to, &bits);
	*to++ = '/';
	return host == hosts[0] ? to : put_word(to, m->paths, &bits);
}

/* ---- keys ---- */

struct key_opts {
	char *prefix;
	int64_t length;
};

static const struct param api_key_params[] = {
	P_TEXT(struct key_opts, prefix, "sk_", .help = "Text that it begins with, at most 64 bytes."),
	P_INT(struct key_opts, length, 8, 256, 32, .help = "How many characters follow the prefix."),
	P_END
};
static const struct param session_params[] = {
	P_INT(struct key_opts, length, 8, 128, 32, .help = "How many hex digits."),
	P_END
};

static int api_key_prepare(struct call *c, struct err *e)
{
	return text_fits("prefix", ((const struct key_opts *)c->opts)->prefix, 64, e);
}

static size_t key_room(const struct call *c)
{
	return (size_t)((const struct key_opts *)c->opts)->length + 64;
}

static char *api_key_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct key_opts *o = c->opts;

	(void)r;
	return put_from(put_text(to, o->prefix), base62, 62, o->length, d);
}

static char *session_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	int64_t n = ((const struct key_opts *)c->opts)->length;

	(void)r;
	for (; n > 16; n -= 16)
		to = put_hex(to, draws_next(d), 16);
	return put_hex(to, draws_next(d), (unsigned)n);
}

/* 22 of 62 are 130 bits. */
static uint64_t api_key_pool(const struct call *c)
{
	return ((const struct key_opts *)c->opts)->length >= 22 ? pool_endless(c) : 0;
}

static uint64_t session_pool(const struct call *c)
{
	return ((const struct key_opts *)c->opts)->length >= 16 ? pool_endless(c) : 0;
}

#define WEB .category = "Internet"
#define NAMES .made_size = sizeof(struct names_made), .prepare = names_prepare, .out = KIND_TEXT

const struct provider pack_internet[] = {
	{ ROW_NAME("password"), .aliases = "internet.password", WEB, .help = "A password with at least one character of each class asked for.",
	  .example = "k7#Rw2x!Qz9b", .out = KIND_TEXT, .params = password_params, .opts_size = sizeof(struct password_opts),
	  .made_size = sizeof(struct password_made), .prepare = password_prepare, .max_len = password_room, .text = password_text },
	{ ROW_NAME("hostname"), WEB, .help = "The name of a machine.", .example = "db-07.example.net", .params = host_params,
	  .opts_size = sizeof(struct host_opts), .text = hostname_text, NAMES },
	{ ROW_NAME("url"), .aliases = "uri internet.url", WEB, .group = "company", .help = "The address of a page.",
	  .example = "https://shop.example.com/orders", .params = url_params, .opts_size = sizeof(struct url_opts), .max_len = url_room,
	  .out = KIND_TEXT, .text = url_text, .made_size = sizeof(struct names_made), .prepare = url_prepare },
	{ ROW_NAME("uri_path"), .aliases = "uri_page(as=page) uri_extension(as=extension)", WEB, .help = "The path of a page.",
	  .example = "/catalog/items", .params = path_params, .opts_size = sizeof(struct path_opts), .max_len = path_room, .text = path_text, NAMES },
	{ ROW_NAME("url_slug"), .aliases = "slug lorem.slug", WEB, .help = "Words joined by dashes.", .example = "bright-river-stone",
	  .params = slug_params, .opts_size = sizeof(struct slug_opts), .max_len = slug_room, .text = slug_text, NAMES },
	{ PICKED("http_method"), .aliases = "internet.httpMethod", WEB, .help = "A method of HTTP.", .example = "GET", PICK_WEIGHTED },
	{ ROW_NAME("http_status"), .aliases = "httpstatuscode httpstatuscodesimple internet.httpStatusCode", WEB, .help = "A status of HTTP.",
	  .example = "200", .out = KIND_INT, .params = status_params, .opts_size = sizeof(struct status_opts), .made_size = sizeof(struct subset),
	  .prepare = status_prepare, .release = subset_release, .value = status_value, .pool = subset_pool, .nth = status_nth },
	{ ROW_NAME("tld"), .aliases = "domainsuffix internet.domainSuffix", WEB, .help = "A top-level domain.", .example = "org", .params = tld_params,
	  .opts_size = sizeof(struct tld_opts), .made_size = sizeof(struct subset), .prepare = tld_prepare, .release = subset_release,
	  .max_len = subset_room, .text = subset_text, .out = KIND_TEXT, .pool = subset_pool, .nth_text = subset_nth },
	{ PICKED("http_version"), WEB, .help = "A version of HTTP by use.", .example = "HTTP/2" },
	{ ROW_NAME("referrer"), WEB, .help = "The page that a visitor comes from.", .example = "https://search.example.com/", .params = referrer_params,
	  .opts_size = sizeof(struct referrer_opts), .text = referrer_text, NAMES },
	{ ROW_NAME("api_key"), WEB, .help = "A key that looks like a service's.", .example = "sk_9fQ2kV7nXb3RtY8mZc5LpW1sHd6GjA4e", .out = KIND_TEXT,
	  .params = api_key_params, .opts_size = sizeof(struct key_opts), .prepare = api_key_prepare, .max_len = key_room, .text = api_key_text,
	  .pool = api_key_pool },
	{ ROW_NAME("session_id"), WEB, .help = "Lower-case hex digits.", .example = "9f1c2b7e4d3a4e8ba1c60d5e7f9b2a34", .out = KIND_TEXT,
	  .params = session_params, .opts_size = sizeof(struct key_opts), .max_len = key_room, .text = session_text, .pool = session_pool },
	{ .name = NULL },
};
