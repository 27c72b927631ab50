/* Coins: addresses with their real checksums, hashes of transactions, names. Nobody has the keys. */
#include "value/hashes.h"
#include "value/packs/pick.h"
#include "value/packs/pieces.h"

enum type { TYPE_LEGACY, TYPE_P2SH, TYPE_BECH32, TYPE_TAPROOT };
enum { NETWORK_MAIN, NETWORK_TEST };

static const char *const types[] = { "legacy", "p2sh", "bech32", "taproot", NULL };
static const char *const networks[] = { "main", "test", NULL };

struct coin_opts {
	int type, network, as;
	bool checksum;
};

/* ---- bitcoin_address ---- */

/* Base58Check: version, 20 bytes and the first four of their double SHA-256; a leading zero byte is a '1'. */
static char *put_base58(char *to, uint8_t version, const uint8_t hash[20])
{
	uint8_t bytes[25], sum[HASH_BYTES], digits[36];
	size_t n = 0;

	bytes[0] = version;
	memcpy(bytes + 1, hash, 20);
	hash_sha256(bytes, 21, sum);
	hash_sha256(sum, sizeof sum, sum);
	memcpy(bytes + 21, sum, 4);
	for (int i = 0; i < 25; i++) {
		unsigned carry = bytes[i];

		for (size_t k = 0; k < n; k++) {
			carry += digits[k] * 256U;
			digits[k] = (uint8_t)(carry % 58);
			carry /= 58;
		}
		for (; carry; carry /= 58)
			digits[n++] = (uint8_t)(carry % 58);
	}
	for (int i = 0; i < 25 && bytes[i] == 0; i++)
		*to++ = '1';
	while (n)
		*to++ = base58[digits[--n]];
	return to;
}

static uint32_t bech32_step(uint32_t sum, unsigned value)
{
	static const uint32_t terms[5] = { 0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3 };
	uint32_t top = sum >> 25;

	sum = (sum & 0x1ffffff) << 5 ^ value;
	for (int i = 0; i < 5; i++)
		sum ^= top >> i & 1 ? terms[i] : 0;
	return sum;
}

/* BIP 173 and 350: prefix, version and a program of n bytes, checked by a polynomial that leaves 1 or, from version 1 on, another. */
static char *put_bech32(char *to, const char *prefix, unsigned version, const uint8_t *program, size_t n)
{
	static const char alphabet[] = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
	uint32_t sum = 1, bits = 0;
	unsigned held = 0;

	for (int i = 0; i < 2; i++)
		sum = bech32_step(sum, (unsigned char)prefix[i] >> 5);
	sum = bech32_step(sum, 0);
	for (int i = 0; i < 2; i++) {
		sum = bech32_step(sum, (unsigned char)prefix[i] & 31U);
		*to++ = prefix[i];
	}
	*to++ = '1';
	*to++ = alphabet[version];
	sum = bech32_step(sum, version);
	for (size_t i = 0; i < n; i++) {
		bits = bits << 8 | program[i];
		for (held += 8; held >= 5; held -= 5) {
			sum = bech32_step(sum, bits >> (held - 5) & 31);
			*to++ = alphabet[bits >> (held - 5) & 31];
		}
	}
	/* The last group is filled with zeros. */
	if (held) {
		sum = bech32_step(sum, bits << (5 - held) & 31);
		*to++ = alphabet[bits << (5 - held) & 31];
	}
	for (int i = 0; i < 6; i++)
		sum = bech32_step(sum, 0);
	sum ^= version ? 0x2bc830a3 : 1;
	for (int i = 0; i < 6; i++)
		*to++ = alphabet[sum >> 5 * (5 - i) & 31];
	return to;
}

static const struct param bitcoin_params[] = {
	P_CHOICE(struct coin_opts, type, types, TYPE_BECH32, .help = "Kind of address."),
	P_CHOICE(struct coin_opts, network, networks, NETWORK_MAIN, .help = "Main or test network."),
	P_END
};

static char *bitcoin_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct coin_opts *o = c->opts;
	uint8_t bytes[32];

	(void)r;
	draw_bytes(d, bytes, sizeof bytes);
	switch ((enum type)o->type) {
	case TYPE_LEGACY: return put_base58(to, o->network ? 0x6f : 0x00, bytes);
	case TYPE_P2SH: return put_base58(to, o->network ? 0xc4 : 0x05, bytes);
	case TYPE_BECH32: return put_bech32(to, o->network ? "tb" : "bc", 0, bytes, 20);
	case TYPE_TAPROOT: break;
	}
	return put_bech32(to, o->network ? "tb" : "bc", 1, bytes, 32);
}

/* ---- ethereum_address, tx_hash ---- */

static const struct param ethereum_params[] = {
	P_BOOL(struct coin_opts, checksum, true, .help = "Whether capital letters carry the checksum of EIP-55."),
	P_END
};

static char *ethereum_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	uint8_t bytes[20], hash[HASH_BYTES];

	(void)r;
	draw_bytes(d, bytes, sizeof bytes);
	to = put_literal(to, "0x");
	put_hex_bytes(to, bytes, sizeof bytes);
	if (((const struct coin_opts *)c->opts)->checksum) {
		hash_keccak256(to, 40, hash);
		for (int i = 0; i < 40; i++)
			if (to[i] >= 'a' && hash[i / 2] >> (i & 1 ? 0 : 4) & 8)
				to[i] = (char)(to[i] - 32);
	}
	return to + 40;
}

static char *hash_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	uint8_t bytes[32];

	(void)c;
	(void)r;
	draw_bytes(d, bytes, sizeof bytes);
	return put_hex_bytes(to, bytes, sizeof bytes);
}

/* ---- cryptocurrency ---- */

static const char *const parts[] = { "code", "name", NULL };

static const struct param coin_params[] = {
	P_CHOICE(struct coin_opts, as, parts, 0, .help = "Code or name."),
	P_END
};

static int coin_prepare(struct call *c, struct err *e)
{
	return pick_bind(c->made, c->locale, "cryptocurrency", true, e);
}

static char *coin_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)r;
	return pick_put(c->made, d, (unsigned)((const struct coin_opts *)c->opts)->as, to);
}

const struct provider pack_coins[] = {
	{ ROW_NAME("bitcoin_address"), .aliases = "finance.bitcoinAddress", .category = "Payment", .help = "An address of Bitcoin with its checksum.",
	  .example = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", .out = KIND_TEXT, .params = bitcoin_params, .opts_size = sizeof(struct coin_opts),
	  .room = 72, .text = bitcoin_text, .pool = pool_endless },
	{ ROW_NAME("ethereum_address"), .aliases = "finance.ethereumAddress", .category = "Payment", .help = "An address of Ethereum with its checksum.",
	  .example = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed", .out = KIND_TEXT, .params = ethereum_params,
	  .opts_size = sizeof(struct coin_opts), .text = ethereum_text, .pool = pool_endless },
	{ ROW_NAME("tx_hash"), .category = "Payment", .help = "The hash of a transaction, 64 hexadecimal digits.",
	  .example = "f4184fc596403b9d638783cf57adfe4c75c605f6356fbc91338530e9831e9e16", .out = KIND_TEXT, .text = hash_text,
	  .pool = pool_endless },
	{ ROW_NAME("cryptocurrency"), .aliases = "cryptocurrency_code(as=code) cryptocurrency_name(as=name)", .category = "Payment",
	  .help = "A cryptocurrency.", .example = "BTC", .out = KIND_TEXT, .params = coin_params, .opts_size = sizeof(struct coin_opts),
	  .made_size = sizeof(struct pick), .prepare = coin_prepare, .text = coin_text },
	{ .name = NULL },
};
