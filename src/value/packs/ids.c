/* Identifiers. Those that are ordered by time carry the row's number as well, so that they differ however often now stands still. */
#include "base/hex.h"
#include "value/hashes.h"
#include "value/packs/distinct.h"
#include "value/packs/packs.h"
#include "value/packs/pieces.h"

static const char base57[] = "23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
static const char base62[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
static const char url64[] = "useandom-26T198340PX75pxJACKVERYMINDBUSHWOLF_GQZbfghjklqvwyzrict";

static uint64_t now_ms(const struct row *r)
{
	return r->now_ns > 0 ? (uint64_t)r->now_ns / 1000000 : 0;
}

/* ---- uuid ---- */

struct uuid4_opts {
	bool upper, dashes;
	int version;
};

enum version { VERSION_4, VERSION_1, VERSION_3, VERSION_5, VERSION_7 };
static const char *const versions[] = { "4", "1", "3", "5", "7", NULL };

static const struct param uuid4_params[] = {
	P_BOOL(struct uuid4_opts, upper, false, .help = "Whether letters are upper case."),
	P_BOOL(struct uuid4_opts, dashes, true, .help = "Whether dashes stand between the groups."),
	P_CHOICE(struct uuid4_opts, version, versions, VERSION_4, .help = "4: random; 1 and 7: of the time; 3 and 5: of a drawn domain name."),
	P_END
};

/* Each half to where one of its ends belongs; then what lies between the dashes. */
static ATTR_INLINE char *put_dashed(char *to, struct hex32 hex)
{
	memcpy(to, &hex.high, 16);
	memcpy(to + 20, &hex.low, 16);
	put_bytes(to + 9, (const char *)&hex.high + 8, 4);
	put_bytes(to + 14, (const char *)&hex.high + 12, 4);
	put_bytes(to + 19, (const char *)&hex.low, 4);
	to[8] = to[13] = to[18] = to[23] = '-';
	return to + 36;
}

char *put_uuid(char *to, uint64_t high, uint64_t low, bool upper, bool dashes)
{
	struct hex32 hex = hex_of(high, low, upper);

	return dashes ? put_dashed(to, hex) : put_bytes(to, (const char *)&hex, 32);
}

static uint64_t high_first(const uint8_t *at)
{
	uint64_t v = 0;

	for (int i = 0; i < 8; i++)
		v = v << 8 | at[i];
	return v;
}

/* Of a name below the name space of domains, as RFC 9562 has it. */
static void uuid_of_name(enum version version, struct draws *d, uint64_t *high, uint64_t *low)
{
	uint8_t input[64] = { 0x6b, 0xa7, 0xb8, 0x10, 0x9d, 0xad, 0x11, 0xd1, 0x80, 0xb4, 0x00, 0xc0, 0x4f, 0xd4, 0x30, 0xc8 }, out[20];
	char *end = put_literal(put_hex((char *)input + 16, draws_next(d), 16), ".example.com");

	(version == VERSION_3 ? hash_md5 : hash_sha1)(input, (size_t)(end - (char *)input), out);
	*high = high_first(out);
	*low = high_first(out + 8);
	uuid_version(high, low, version == VERSION_3 ? 3 : 5);
}

/* 100 ns since 1582-10-15, and the row's number; a clock and a node of the run's own. */
static void uuid_of_clock(const struct call *c, const struct row *r, uint64_t *high, uint64_t *low)
{
	uint64_t t = (uint64_t)(r->now_ns / 100) + UINT64_C(0x01b21dd213814000) + r->number;

	*high = t << 32 | (t >> 32 & 0xffff) << 16 | (t >> 48 & 0xfff);
	*low = rng_mix(r->seed ^ c->salt) | UINT64_C(1) << 40;
	uuid_version(high, low, 1);
}

static ATTR_COLD char *put_versioned(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct uuid4_opts *o = c->opts;
	uint64_t high = draws_next(d), low;

	switch ((enum version)o->version) {
	case VERSION_1: uuid_of_clock(c, r, &high, &low); break;
	case VERSION_3:
	case VERSION_5: uuid_of_name((enum version)o->version, d, &high, &low); break;
	case VERSION_7:
		low = draws_next(d);
		high = now_ms(r) << 16 | (high & 0xfff);
		uuid_version(&high, &low, 7);
		break;
	default:
		low = draws_next(d);
		uuid_version(&high, &low, 4);
	}
	return put_uuid(to, high, low, o->upper, o->dashes);
}

static char *uuid4_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct uuid4_opts *o = c->opts;
	uint64_t high, low;

	if (UNLIKELY(o->upper || !o->dashes || o->version))
		return put_versioned(c, r, d, to);
	high = draws_next(d);
	low = draws_next(d);
	uuid_version(&high, &low, 4);
	return put_dashed(to, hex_of(high, low, false));
}

struct clock_opts {
	int clock;
};

static const struct param clock_params[] = { P_CLOCK(struct clock_opts), P_END };

static char *uuid7_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	uint64_t low = draws_next(d), high = now_ms(r) << 16 | (draws_next(d) & 0xfff);

	(void)c;
	uuid_version(&high, &low, 7);
	return put_uuid(to, high, low, false, true);
}

/* ---- ulid ---- */

struct ulid_opts {
	int clock;
	bool monotonic;
};

static const struct param ulid_params[] = {
	P_CLOCK(struct ulid_opts),
	P_BOOL(struct ulid_opts, monotonic, true, .help = "Whether those of one millisecond rise with the number of the row."),
	P_END
};

static char *ulid_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	unsigned __int128 v = draws_next(d);
	uint64_t ms = now_ms(r);

	if (((const struct ulid_opts *)c->opts)->monotonic) {
		/* A start of the field's own, 32 random bits a row: the order of the rows, and no two alike. */
		v = ((unsigned __int128)(rng_mix(r->seed ^ c->salt) >> 2) << 16) + ((unsigned __int128)r->number << 32) + (uint32_t)v;
	} else {
		v = v << 16 | draws_next(d) >> 48;
	}
	for (int i = 9; i >= 0; i--, ms >>= 5)
		to[i] = crockford[ms & 31];
	for (int i = 25; i >= 10; i--, v >>= 5)
		to[i] = crockford[(unsigned)v & 31];
	return to + 26;
}

/* ---- from an alphabet ---- */

struct nanoid_opts {
	int64_t length;
	char *alphabet;
};
struct named_alphabet {
	const char *at;
	uint32_t n;
};

static const struct param nanoid_params[] = {
	P_INT(struct nanoid_opts, length, 2, 256, 21, .help = "How many characters."),
	P_TEXT(struct nanoid_opts, alphabet, "url", .help = "A name (url, base58, base57, base62, hex, digits) or the ASCII characters themselves."),
	P_END
};
static const struct param short_id_params[] = {
	P_INT(struct nanoid_opts, length, 1, 64, 8, .help = "How many characters."),
	P_TEXT(struct nanoid_opts, alphabet, "base58", .help = "A name (url, base58, base57, base62, hex, digits) or the ASCII characters themselves."),
	P_END
};
static const struct param shortuuid_params[] = {
	P_INT(struct nanoid_opts, length, 1, 22, 22, .help = "How many characters."),
	P_END
};

static int alphabet_prepare(struct call *c, struct err *e)
{
	static const struct { const char *name, *at; } known[] = {
		{ "url", url64 }, { "base58", base58 }, { "base57", base57 }, { "base62", base62 }, { "hex", "0123456789abcdef" }, { "digits", "0123456789" },
	};
	const struct nanoid_opts *o = c->opts;
	struct named_alphabet *a = c->made;

	*a = (struct named_alphabet){ o->alphabet, (uint32_t)strlen(o->alphabet) };
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (strcmp(known[i].name, o->alphabet) == 0)
			*a = (struct named_alphabet){ known[i].at, (uint32_t)strlen(known[i].at) };
	if (a->n < 2 || a->n > 256)
		return err_set(e, ERR_INPUT, "alphabet: 2 to 256 characters are needed");
	for (uint32_t i = 0; i < a->n; i++)
		if (a->at[i] < 0x20 || a->at[i] > 0x7e)
			return err_set(e, ERR_INPUT, "alphabet: only printable ASCII characters are taken");
	return 0;
}

static size_t alphabet_room(const struct call *c)
{
	return (size_t)((const struct nanoid_opts *)c->opts)->length;
}

static char *alphabet_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct named_alphabet *a = c->made;
	int64_t n = ((const struct nanoid_opts *)c->opts)->length;

	(void)r;
	if (a->n != 64)
		return put_from(to, a->at, a->n, n, d);
	/* Six bits a character need no multiplication. */
	while (n > 0) {
		uint64_t bits = draws_next(d);

		for (int i = 0; i < 10 && n > 0; i++, n--, bits >>= 6)
			*to++ = a->at[bits & 63];
	}
	return to;
}

static char *shortuuid_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)r;
	return put_from(to, base57, 57, ((const struct nanoid_opts *)c->opts)->length, d);
}

static uint64_t alphabet_pool(const struct call *c)
{
	const struct named_alphabet *a = c->made;

	return distinct_pool(a->at, a->n, ((const struct nanoid_opts *)c->opts)->length);
}

static char *alphabet_nth(const struct call *c, uint64_t i, char *to)
{
	const struct named_alphabet *a = c->made;

	return distinct_put(i, a->at, a->n, ((const struct nanoid_opts *)c->opts)->length, to);
}

static uint64_t shortuuid_pool(const struct call *c)
{
	return distinct_pool(base57, 57, ((const struct nanoid_opts *)c->opts)->length);
}

static char *shortuuid_nth(const struct call *c, uint64_t i, char *to)
{
	return distinct_put(i, base57, 57, ((const struct nanoid_opts *)c->opts)->length, to);
}

/* ---- snowflake, ksuid, object_id ---- */

struct snowflake_opts {
	int64_t epoch, datacenter, worker;
	int clock;
};

static const struct param snowflake_params[] = {
	P_INT(struct snowflake_opts, epoch, 0, 9e12, 1288834974657, .unit = "ms", .help = "Unix time that the time bits count from."),
	P_INT(struct snowflake_opts, datacenter, 0, 31, 0, .help = "Number of the data centre."),
	P_INT(struct snowflake_opts, worker, 0, 31, 0, .help = "Number of the worker."),
	P_CLOCK(struct snowflake_opts),
	P_END
};

static void snowflake_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct snowflake_opts *o = c->opts;
	/* 4096 in a millisecond; what is above runs ahead of time, as the original does. */
	uint64_t ms = (now_ms(r) > (uint64_t)o->epoch ? now_ms(r) - (uint64_t)o->epoch : 0) + (r->number >> 12);

	(void)d;
	to->i = (int64_t)((ms & ((UINT64_C(1) << 41) - 1)) << 22 | (uint64_t)o->datacenter << 17 | (uint64_t)o->worker << 12 | (r->number & 4095));
}

static char *ksuid_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	uint64_t seconds = now_ms(r) / 1000, random[2] = { draws_next(d), draws_next(d) };
	uint32_t part[5] = { seconds > 1400000000 ? (uint32_t)(seconds - 1400000000) : 0, (uint32_t)(random[0] >> 32), (uint32_t)random[0],
			     (uint32_t)(random[1] >> 32), (uint32_t)random[1] };

	(void)c;
	for (int i = 26; i >= 0;) {
		/* Five digits of base 62 at a time fit beside 32 bits. */
		const uint32_t five = 62 * 62 * 62 * 62 * 62;
		uint64_t rest = 0;

		for (int k = 0; k < 5; k++) {
			rest = rest << 32 | part[k];
			part[k] = (uint32_t)(rest / five);
			rest %= five;
		}
		for (int k = 0; k < 5 && i >= 0; k++, rest /= 62)
			to[i--] = base62[rest % 62];
	}
	return to + 27;
}

static char *object_id_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	uint64_t process = rng_mix(r->seed ^ c->salt), count = (rng_mix(process) & 0xffffff) + r->number;

	(void)d;
	to = put_hex(to, now_ms(r) / 1000 + (count >> 24), 8);
	to = put_hex(to, process >> 24, 10);
	return put_hex(to, count, 6);
}

const struct provider pack_ids[] = {
	{ ROW_NAME("uuid4"), .plain = true, .aliases = "uuid string.uuid sqlite_uuid", .category = "Identifiers", .help = "A random UUID, version 4.",
	  .example = "9f1c2b7e-4d3a-4e8b-a1c6-0d5e7f9b2a34", .out = KIND_TEXT, .params = uuid4_params, .opts_size = sizeof(struct uuid4_opts),
	  .text = uuid4_text, .pool = pool_endless },
	{ ROW_NAME("uuid7"), .plain = true, .category = "Identifiers", .help = "A UUID that begins with the time, version 7.",
	  .example = "018cc251-f400-7b3e-9a41-5d0c8e2f7b16", .out = KIND_TEXT, .params = clock_params, .opts_size = sizeof(struct clock_opts),
	  .text = uuid7_text, .pool = pool_endless },
	{ ROW_NAME("ulid"), .plain = true, .aliases = "string.ulid", .category = "Identifiers", .help = "26 characters: time in milliseconds and a random part.",
	  .example = "01HK153X005ZQ4M8N2P7R9T1V3", .out = KIND_TEXT, .params = ulid_params, .opts_size = sizeof(struct ulid_opts), .text = ulid_text,
	  .pool = pool_endless },
	{ ROW_NAME("nanoid"), .aliases = "string.nanoid", .category = "Identifiers", .help = "A random text that is safe in URLs.",
	  .example = "V1StGXR8_Z5jdHi6B-myT", .out = KIND_TEXT, .params = nanoid_params, .opts_size = sizeof(struct nanoid_opts),
	  .made_size = sizeof(struct named_alphabet), .prepare = alphabet_prepare, .max_len = alphabet_room, .text = alphabet_text,
	  .pool = alphabet_pool, .nth_text = alphabet_nth },
	{ ROW_NAME("shortuuid"), .category = "Identifiers", .help = "A random text without characters that look alike.",
	  .example = "mhvXdrZT4jP5T8vBxuvm75", .out = KIND_TEXT, .params = shortuuid_params, .opts_size = sizeof(struct nanoid_opts), .text = shortuuid_text,
	  .pool = shortuuid_pool, .nth_text = shortuuid_nth },
	{ ROW_NAME("snowflake"), .category = "Identifiers", .help = "A 63-bit number of time, place and count.",
	  .example = "1741605000000000000", .out = KIND_INT, .params = snowflake_params, .opts_size = sizeof(struct snowflake_opts),
	  .value = snowflake_value, .pool = pool_endless },
	{ ROW_NAME("short_id"), .aliases = "id", .category = "Identifiers", .help = "A short random text.", .example = "8fKq3Zt7", .out = KIND_TEXT,
	  .params = short_id_params, .opts_size = sizeof(struct nanoid_opts), .made_size = sizeof(struct named_alphabet), .prepare = alphabet_prepare,
	  .max_len = alphabet_room, .text = alphabet_text, .pool = alphabet_pool, .nth_text = alphabet_nth },
	{ ROW_NAME("ksuid"), .category = "Identifiers", .help = "27 characters: time in seconds and 128 random bits.",
	  .example = "2aJ0VqZ3m8xKc5tR1nWb7yHd4Pf", .out = KIND_TEXT, .params = clock_params, .opts_size = sizeof(struct clock_opts),
	  .text = ksuid_text, .pool = pool_endless },
	{ ROW_NAME("object_id"), .aliases = "database.mongodbObjectId mongodb_objectid", .category = "Identifiers",
	  .help = "24 hex digits: time, place and count.", .example = "6592008029c8f1e4ab37d05c", .out = KIND_TEXT, .params = clock_params, .opts_size = sizeof(struct clock_opts),
	  .text = object_id_text,
	  .pool = pool_endless },
	{ .name = NULL },
};
