/* Network: addresses, ports, blocks, protocols. */
#include <stdlib.h>

#include "base/num.h"
#include "value/packs/pick.h"
#include "value/packs/pieces.h"

struct block {
	uint32_t first;
	uint8_t bits;
};

/* Special-purpose ranges in rising order (IANA registry; values.md 3.2); what lies between them is public. */
static const struct block special[] = {
	{ 0x00000000, 8 }, { 0x0a000000, 8 }, { 0x64400000, 10 }, { 0x7f000000, 8 }, { 0xa9fe0000, 16 }, { 0xac100000, 12 }, { 0xc0000000, 24 },
	{ 0xc0000200, 24 }, { 0xc0586300, 24 }, { 0xc0a80000, 16 }, { 0xc6120000, 15 }, { 0xc6336400, 24 }, { 0xcb007100, 24 }, { 0xe0000000, 3 },
};
static const struct block private_blocks[] = { { 0x0a000000, 8 }, { 0xac100000, 12 }, { 0xc0a80000, 16 } };
static const struct block documentation_blocks[] = { { 0xc0000200, 24 }, { 0xc6336400, 24 }, { 0xcb007100, 24 } };
static const struct block loopback_blocks[] = { { 0x7f000000, 8 } };
static const struct block multicast_blocks[] = { { 0xe0000000, 4 } };

#define LEN(a) (sizeof(a) / sizeof *(a))
enum { SPANS_MOST = LEN(special) + 1, SPAN_PARTS = 64 };

/* Addresses one may draw: spans one after the other. Address i of all of them is i + shift of the first one that ends above i; where
 * it can be at the earliest says part[i >> part_bits]. */
struct spans {
	struct { uint64_t end; uint32_t shift; } at[SPANS_MOST];
	unsigned n, part_bits;
	uint64_t total;
	uint8_t part[SPAN_PARTS];
};

static void add_span(struct spans *s, uint64_t first, uint64_t end, uint64_t low, uint64_t high)
{
	first = first < low ? low : first;
	end = end > high ? high : end;
	if (first >= end)
		return;
	s->at[s->n].shift = (uint32_t)(first - s->total);
	s->total += end - first;
	s->at[s->n++].end = s->total;
}

static void add_blocks(struct spans *s, const struct block *b, size_t n, uint64_t low, uint64_t high)
{
	for (size_t i = 0; i < n; i++)
		add_span(s, b[i].first, b[i].first + (UINT64_C(1) << (32 - b[i].bits)), low, high);
}

static void add_public(struct spans *s, uint64_t low, uint64_t high)
{
	uint64_t from = 0;

	for (size_t i = 0; i < LEN(special); i++) {
		add_span(s, from, special[i].first, low, high);
		from = special[i].first + (UINT64_C(1) << (32 - special[i].bits));
	}
	add_span(s, from, UINT64_C(1) << 32, low, high);
}

/* Every byte as decimal digits and a dot, and how many bytes that is: nobody can foresee it, so it must not need a branch. */
struct octet {
	char text[7];
	uint8_t n;
};
#define OCTETS(h, t, n) { h t "0.", n }, { h t "1.", n }, { h t "2.", n }, { h t "3.", n }, { h t "4.", n }, { h t "5.", n }, { h t "6.", n }, \
	{ h t "7.", n }, { h t "8.", n }, { h t "9.", n }
#define OCTETS_TO(h) OCTETS(h, "0", 4), OCTETS(h, "1", 4), OCTETS(h, "2", 4), OCTETS(h, "3", 4), OCTETS(h, "4", 4)
static const struct octet octets[260] = {
	OCTETS("", "", 2), OCTETS("", "1", 3), OCTETS("", "2", 3), OCTETS("", "3", 3), OCTETS("", "4", 3), OCTETS("", "5", 3), OCTETS("", "6", 3),
	OCTETS("", "7", 3), OCTETS("", "8", 3), OCTETS("", "9", 3), OCTETS_TO("1"), OCTETS("1", "5", 4), OCTETS("1", "6", 4), OCTETS("1", "7", 4),
	OCTETS("1", "8", 4), OCTETS("1", "9", 4), OCTETS_TO("2"), OCTETS("2", "5", 4),
};

static inline char *put_octet(char *to, uint32_t v)
{
	memcpy(to, octets[v].text, 4);
	return to + octets[v].n;
}

static ATTR_INLINE char *put_ipv4(char *to, uint32_t a)
{
	to = put_octet(to, a >> 24);
	to = put_octet(to, a >> 16 & 255);
	to = put_octet(to, a >> 8 & 255);
	return put_octet(to, a & 255) - 1;
}

static uint32_t spans_draw(const struct spans *s, struct draws *d)
{
	uint64_t i = draws_below(d, s->total);
	unsigned k = s->part[i >> s->part_bits];

	while (i >= s->at[k].end)
		k++;
	return s->at[k].shift + (uint32_t)i;
}

/* ---- ipv4 ---- */

static const char *const ipv4_kinds[] = { "any", "public", "private", "documentation", "loopback", "multicast", NULL };
enum { IP_ANY, IP_PUBLIC, IP_PRIVATE, IP_DOCUMENTATION, IP_LOOPBACK, IP_MULTICAST };

struct ipv4_opts {
	char *cidr;
	int kind;
};

static const struct param ipv4_params[] = {
	P_TEXT(struct ipv4_opts, cidr, "0.0.0.0/0", .help = "Block that the address lies in."),
	P_CHOICE(struct ipv4_opts, kind, ipv4_kinds, IP_PUBLIC, .help = "Which addresses; public leaves out every special-purpose range."),
	P_END
};

/* "10.0.0.0/8" as first address and prefix; host bits must be zero. */
static int parse_cidr4(const char *text, uint64_t *low, uint64_t *high)
{
	const char *s = text;
	uint64_t v = 0, part = 0, bits = 32;

	for (int i = 0; i < 4; i++) {
		size_t n = 0;

		for (part = 0; s[n] >= '0' && s[n] <= '9' && n < 3; n++)
			part = part * 10 + (uint64_t)(s[n] - '0');
		if (n == 0 || part > 255 || (i < 3 && s[n] != '.'))
			return -1;
		v = v << 8 | part;
		s += n + (i < 3);
	}
	if (*s == '/') {
		s++;
		if (*s < '0' || *s > '9')
			return -1;
		for (bits = 0; *s >= '0' && *s <= '9' && bits < 100; s++)
			bits = bits * 10 + (uint64_t)(*s - '0');
	}
	if (*s || bits > 32 || v & ((UINT64_C(1) << (32 - bits)) - 1))
		return -1;
	*low = v;
	*high = v + (UINT64_C(1) << (32 - bits));
	return 0;
}

static void part_spans(struct spans *s)
{
	unsigned k = 0;

	while (s->total >> s->part_bits >= SPAN_PARTS)
		s->part_bits++;
	for (uint64_t i = 0; i << s->part_bits < s->total; i++) {
		while (i << s->part_bits >= s->at[k].end)
			k++;
		s->part[i] = (uint8_t)k;
	}
}

static int ipv4_spans(struct spans *s, const char *cidr, int kind, struct err *e)
{
	uint64_t low, high;

	if (parse_cidr4(cidr, &low, &high) < 0)
		return err_set(e, ERR_INPUT, "cidr: '%.40s' is no block like 10.0.0.0/8 with zero host bits", cidr);
	switch (kind) {
	case IP_ANY: add_span(s, 0, UINT64_C(1) << 32, low, high); break;
	case IP_PUBLIC: add_public(s, low, high); break;
	case IP_PRIVATE: add_blocks(s, private_blocks, LEN(private_blocks), low, high); break;
	case IP_DOCUMENTATION: add_blocks(s, documentation_blocks, LEN(documentation_blocks), low, high); break;
	case IP_LOOPBACK: add_blocks(s, loopback_blocks, LEN(loopback_blocks), low, high); break;
	default: add_blocks(s, multicast_blocks, LEN(multicast_blocks), low, high); break;
	}
	part_spans(s);
	return s->total ? 0 : err_set(e, ERR_INPUT, "cidr: there is no %s address in %.40s", ipv4_kinds[kind], cidr);
}

static int ipv4_prepare(struct call *c, struct err *e)
{
	const struct ipv4_opts *o = c->opts;

	return ipv4_spans(c->made, o->cidr, o->kind, e);
}

static char *ipv4_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)r;
	return put_ipv4(to, spans_draw(c->made, d));
}

char *put_public_ipv4(char *to, struct draws *d)
{
	/* Between 11/8 and 100/8 nothing is special. */
	return put_ipv4(to, (uint32_t)draws_between(d, 0x0b000000, 0x63ffffff));
}

/* ---- ipv6 ---- */

struct ipv6_opts {
	char *cidr;
	bool compress;
};
struct ipv6_made {
	uint64_t high, low;
	unsigned bits;
};

static const struct param ipv6_params[] = {
	P_TEXT(struct ipv6_opts, cidr, "2000::/3", .help = "Block that the address lies in."),
	P_BOOL(struct ipv6_opts, compress, true, .help = "Whether zeros are left out as RFC 5952 says."),
	P_END
};

static void mask6(uint64_t *high, uint64_t *low, unsigned bits)
{
	*high &= bits == 0 ? 0 : bits >= 64 ? UINT64_MAX : ~(UINT64_MAX >> bits);
	*low &= bits <= 64 ? 0 : bits >= 128 ? UINT64_MAX : ~(UINT64_MAX >> (bits - 64));
}

static int parse_group6(const char **s, unsigned *v)
{
	int n = 0;

	for (*v = 0; n < 4; n++, (*s)++) {
		const char *hex = **s ? strchr("00112233445566778899aAbBcCdDeEfF", **s) : NULL;

		if (!hex)
			break;
		*v = *v * 16 + (unsigned)(hex - "00112233445566778899aAbBcCdDeEfF") / 2;
	}
	return n ? 0 : -1;
}

static int parse_cidr6(const char *s, struct ipv6_made *m)
{
	unsigned groups[8] = { 0 }, n = 0;
	int gap = -1, bits = 128;
	uint64_t high, low;

	if (s[0] == ':' && s[1] != ':')
		return -1;
	while (*s && *s != '/') {
		if (s[0] == ':' && s[1] == ':') {
			if (gap >= 0)
				return -1;
			gap = (int)n;
			s += 2;
			continue;
		}
		s += n && *s == ':' && gap != (int)n;
		if (n == 8 || parse_group6(&s, &groups[n++]) < 0)
			return -1;
	}
	if (*s == '/') {
		bits = 0;
		if (!*++s)
			return -1;
		for (; *s >= '0' && *s <= '9' && bits < 200; s++)
			bits = bits * 10 + *s - '0';
	}
	if (*s || bits > 128 || (gap < 0 && n != 8) || (gap >= 0 && n == 8))
		return -1;
	for (int i = 0; gap >= 0 && i < (int)n - gap; i++) {
		groups[7 - i] = groups[(int)n - 1 - i];
		if (7 - i != (int)n - 1 - i)
			groups[(int)n - 1 - i] = 0;
	}
	*m = (struct ipv6_made){ .bits = (unsigned)bits };
	for (int i = 0; i < 4; i++) {
		m->high = m->high << 16 | groups[i];
		m->low = m->low << 16 | groups[4 + i];
	}
	high = m->high;
	low = m->low;
	mask6(&high, &low, m->bits);
	return high == m->high && low == m->low ? 0 : -1;
}

static int ipv6_prepare(struct call *c, struct err *e)
{
	const char *cidr = ((const struct ipv6_opts *)c->opts)->cidr;

	return parse_cidr6(cidr, c->made) < 0 ? err_set(e, ERR_INPUT, "cidr: '%.60s' is no block like 2001:db8::/32 with zero host bits", cidr) : 0;
}

static char *put_ipv6(char *to, uint64_t high, uint64_t low, bool compress)
{
	unsigned g[8];
	int from = -1, run = 1;

	for (int i = 0; i < 4; i++) {
		g[i] = (unsigned)(high >> (48 - 16 * i)) & 0xffff;
		g[4 + i] = (unsigned)(low >> (48 - 16 * i)) & 0xffff;
	}
	/* The first of the longest runs of two and more zeros. */
	for (int i = 0, n; compress && i < 8; i += n ? n : 1) {
		for (n = 0; i + n < 8 && g[i + n] == 0; n++)
			;
		if (n > run) {
			from = i;
			run = n;
		}
	}
	for (int i = 0; i < 8; i++) {
		unsigned digits = !compress || g[i] > 0xfff ? 4 : g[i] > 0xff ? 3 : g[i] > 0xf ? 2 : 1;

		if (i == from) {
			to = put_literal(to, "::");
			i += run - 1;
			continue;
		}
		if (i && to[-1] != ':')
			*to++ = ':';
		to = put_hex(to, g[i], digits);
	}
	return to;
}

static char *ipv6_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct ipv6_made *m = c->made;
	uint64_t high = draws_next(d), low = draws_next(d), fixed_high = high, fixed_low = low;

	(void)r;
	mask6(&fixed_high, &fixed_low, m->bits);
	return put_ipv6(to, m->high | (high ^ fixed_high), m->low | (low ^ fixed_low), ((const struct ipv6_opts *)c->opts)->compress);
}

/* ---- ip ---- */

struct ip_opts {
	double v6_rate;
};

static const struct param ip_params[] = {
	P_SHARE(struct ip_opts, v6_rate, 0, 1, 0.2, .help = "Share of IPv6 addresses."),
	P_END
};

static int ip_prepare(struct call *c, struct err *e)
{
	return ipv4_spans(c->made, "0.0.0.0/0", IP_PUBLIC, e);
}

static char *ip_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)r;
	if (draws_unit(d) >= ((const struct ip_opts *)c->opts)->v6_rate)
		return put_ipv4(to, spans_draw(c->made, d));
	return put_ipv6(to, draws_next(d) >> 3 | UINT64_C(1) << 61, draws_next(d), true);
}

/* ---- cidr_block ---- */

static const char *const versions[] = { "4", "6", NULL };
static const char *const block_as[] = { "block", "class", NULL };

struct cidr_opts {
	int version, as;
	int64_t min_prefix, max_prefix;
};

static const struct param cidr_params[] = {
	P_CHOICE(struct cidr_opts, version, versions, 0, .help = "Version of the protocol."),
	P_INT(struct cidr_opts, min_prefix, 0, 128, 8, .help = "Shortest prefix."),
	P_INT(struct cidr_opts, max_prefix, 0, 128, 30, .help = "Longest prefix."),
	P_CHOICE(struct cidr_opts, as, block_as, 0, .help = "The block, or the letter of the old class of an IPv4 address."),
	P_END
};

static int cidr_prepare(struct call *c, struct err *e)
{
	const struct cidr_opts *o = c->opts;

	return o->version == 0 && o->max_prefix > 32 ? err_set(e, ERR_INPUT, "max_prefix: IPv4 has 32 bits") : 0;
}

static char *cidr_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct cidr_opts *o = c->opts;
	unsigned bits = (unsigned)draws_between(d, o->min_prefix, o->max_prefix);
	uint64_t high = draws_next(d), low;

	(void)r;
	if (o->as == 1) {
		*to++ = "ABC"[draws_below(d, 3)];
		return to;
	}
	if (o->version == 0) {
		to = put_ipv4(to, bits ? (uint32_t)(high >> 32) & (UINT32_MAX << (32 - bits)) : 0);
	} else {
		low = draws_next(d);
		high = high >> 3 | UINT64_C(1) << 61;
		mask6(&high, &low, bits);
		to = put_ipv6(to, high, low, true);
	}
	*to++ = '/';
	return put_int(to, bits);
}

/* ---- mac_address ---- */

static const char *const ouis[] = { "local", "vendor", "any", NULL };
static const char *const letter_cases[] = { "lower", "upper", NULL };

struct mac_opts {
	char *separator, *vendor;
	int oui, letter_case;
};
struct mac_made {
	struct subset vendors;
	const char *digits;
};

static const struct param mac_params[] = {
	P_TEXT(struct mac_opts, separator, ":", .help = "Text between the bytes, at most four characters."),
	P_CHOICE(struct mac_opts, oui, ouis, 0, .help = "Locally administered, a vendor's prefix, or either."),
	{ .name = "case", .type = PARAM_CHOICE, .offset = PARAM_AT(struct mac_opts, letter_case, int), .choices = letter_cases,
	  .help = "Hex digits in lower or upper case." },
	P_TEXT(struct mac_opts, vendor, "", .help = "A prefix like 00:50:56, or the name of a vendor in the table; empty: any."),
	P_END
};

static int mac_prepare(struct call *c, struct err *e)
{
	const struct mac_opts *o = c->opts;
	struct mac_made *m = c->made;
	uint32_t kept = 0;

	if (text_fits("separator", o->separator, 4, e) < 0)
		return -1;
	m->digits = o->letter_case ? "0123456789ABCDEF" : "0123456789abcdef";
	if (subset_init(&m->vendors, c->locale, "oui", 1, "any", false, e) < 0)
		return -1;
	for (uint32_t i = 0; *o->vendor && i < m->vendors.n; i++) {
		struct cell prefix = table_cell(m->vendors.t, m->vendors.rows[i], 0), name = table_cell(m->vendors.t, m->vendors.rows[i], 1);

		if (cell_is(prefix, o->vendor) || cell_is(name, o->vendor))
			m->vendors.rows[kept++] = m->vendors.rows[i];
	}
	if (*o->vendor && !kept)
		return err_set(e, ERR_INPUT, "vendor: '%.40s' is not in the table of vendors", o->vendor);
	if (*o->vendor)
		m->vendors.n = kept;
	return 0;
}

static void mac_release(struct call *c)
{
	subset_free(&((struct mac_made *)c->made)->vendors);
}

static char *mac_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct mac_opts *o = c->opts;
	const struct mac_made *m = c->made;
	uint64_t bits = draws_next(d);
	bool vendor = o->oui == 1 || *o->vendor || (o->oui == 2 && bits >> 63);

	(void)r;
	bits = (bits & UINT64_C(0x0000fcffffffffff)) | UINT64_C(0x0000020000000000);
	if (vendor) {
		struct cell p = table_cell(m->vendors.t, subset_pick(&m->vendors, draws_next(d)), 0);

		bits &= 0xffffff;
		for (int i = 0; i < 3; i++)
			bits |= (uint64_t)(hex_value(p.at[3 * i]) << 4 | hex_value(p.at[3 * i + 1])) << (40 - 8 * i);
	}
	for (int shift = 40; shift >= 0; shift -= 8) {
		*to++ = m->digits[bits >> (shift + 4) & 15];
		*to++ = m->digits[bits >> shift & 15];
		for (const char *s = o->separator; shift && *s; s++)
			*to++ = *s;
	}
	return to;
}

/* ---- port, asn ---- */

static const char *const port_ranges[] = { "any", "system", "user", "dynamic", NULL };

struct port_opts {
	int range;
	int64_t min, max;
};

static const struct param port_params[] = {
	P_CHOICE(struct port_opts, range, port_ranges, 0, .help = "System 0 to 1023, user 1024 to 49151, dynamic 49152 to 65535."),
	P_INT(struct port_opts, min, 0, 65535, 1, .help = "Smallest port."),
	P_INT(struct port_opts, max, 0, 65535, 65535, .help = "Largest port."),
	P_END
};

struct port_made {
	int64_t low, high;
};

static int port_prepare(struct call *c, struct err *e)
{
	static const int64_t lows[] = { 0, 0, 1024, 49152 }, highs[] = { 65535, 1023, 49151, 65535 };
	const struct port_opts *o = c->opts;
	struct port_made *m = c->made;

	m->low = o->min > lows[o->range] ? o->min : lows[o->range];
	m->high = o->max < highs[o->range] ? o->max : highs[o->range];
	return m->low > m->high ? err_set(e, ERR_INPUT, "min: there is no port between min and max in that range") : 0;
}

static void port_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct port_made *m = c->made;

	(void)r;
	to->i = draws_between(d, m->low, m->high);
}

static const char *const layers[] = { "app", "transport", "ip", NULL };

struct protocol_opts {
	int layer;
};

static const struct param protocol_params[] = {
	P_CHOICE(struct protocol_opts, layer, layers, 0, .help = "Layer of the protocol."),
	P_END
};

static int protocol_prepare(struct call *c, struct err *e)
{
	return subset_init(c->made, c->locale, "protocol", 1, layers[((const struct protocol_opts *)c->opts)->layer], true, e);
}

struct asn_opts {
	bool private;
};

static const struct param asn_params[] = {
	P_BOOL(struct asn_opts, private, false, .help = "Whether it is one of the numbers for private use, 64512 to 65534."),
	P_END
};

static void asn_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	(void)r;
	/* Public ones: 1..64495 without AS_TRANS, 131072..401308, which registries have given out. */
	to->i = (int64_t)draws_below(d, 64494 + 270237);
	to->i = to->i < 64494 ? to->i + 1 + (to->i + 1 >= 23456) : to->i - 64494 + 131072;
	if (((const struct asn_opts *)c->opts)->private)
		to->i = draws_between(d, 64512, 65534);
}

const struct provider pack_network[] = {
	{ ROW_NAME("ipv4"), .plain = true, .aliases = "ipv4address internet.ipv4 ipv4_public(kind=public) ipv4_private(kind=private) sqlite_inet", .category = "Network",
	  .help = "An IPv4 address, public unless asked otherwise.", .example = "81.23.145.7", .out = KIND_TEXT, .params = ipv4_params,
	  .opts_size = sizeof(struct ipv4_opts), .made_size = sizeof(struct spans), .prepare = ipv4_prepare, .text = ipv4_text },
	{ ROW_NAME("ipv6"), .plain = true, .aliases = "ipv6address internet.ipv6", .category = "Network", .help = "An IPv6 address.",
	  .example = "2a02:8108:1:4c::1f", .out = KIND_TEXT, .params = ipv6_params, .opts_size = sizeof(struct ipv6_opts),
	  .made_size = sizeof(struct ipv6_made), .prepare = ipv6_prepare, .text = ipv6_text },
	{ ROW_NAME("ip"), .aliases = "internet.ip ip_address inet", .category = "Network", .help = "A public IPv4 or a global IPv6 address.",
	  .example = "81.23.145.7", .out = KIND_TEXT, .params = ip_params, .opts_size = sizeof(struct ip_opts), .made_size = sizeof(struct spans),
	  .prepare = ip_prepare, .text = ip_text },
	{ ROW_NAME("mac_address"), .aliases = "internet.mac macaddr mac sqlite_macaddr", .category = "Network", .help = "A unicast hardware address.",
	  .example = "02:1f:9a:44:0c:7e", .out = KIND_TEXT, .params = mac_params, .opts_size = sizeof(struct mac_opts),
	  .made_size = sizeof(struct mac_made), .prepare = mac_prepare, .release = mac_release, .text = mac_text },
	{ ROW_NAME("port"), .aliases = "internet.port port_number", .category = "Network", .help = "A port of TCP or UDP.", .example = "8443",
	  .out = KIND_INT, .params = port_params, .opts_size = sizeof(struct port_opts), .made_size = sizeof(struct port_made),
	  .prepare = port_prepare, .value = port_value },
	{ ROW_NAME("cidr_block"), .aliases = "cidr ipv4_network_class(as=class)", .category = "Network", .help = "A block of addresses whose host bits are zero.",
	  .example = "10.24.0.0/16", .out = KIND_TEXT, .params = cidr_params, .opts_size = sizeof(struct cidr_opts), .prepare = cidr_prepare,
	  .text = cidr_text },
	{ ROW_NAME("protocol"), .aliases = "internet.protocol(layer=app)", .category = "Network", .help = "A protocol of a layer.", .example = "https",
	  .params = protocol_params, .opts_size = sizeof(struct protocol_opts), .made_size = sizeof(struct subset), .prepare = protocol_prepare,
	  .release = subset_release, .max_len = subset_room, .text = subset_text, .out = KIND_TEXT },
	{ ROW_NAME("asn"), .category = "Network", .help = "The number of an autonomous system.", .example = "64512", .out = KIND_INT,
	  .params = asn_params, .opts_size = sizeof(struct asn_opts), .value = asn_value },
	{ PICKED("tls_version"), .category = "Network", .help = "A version of TLS by use.", .example = "TLSv1.3" },
	{ PICKED("dns_record_type"), .category = "Network", .help = "A type of DNS record.", .example = "AAAA", PICK_WEIGHTED },
	{ .name = NULL },
};
