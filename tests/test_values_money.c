/* Payment, banks, securities, goods, vehicles, parcels: every code passes the validator of its rule, and records agree. */
#include "tests/fake.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/validators.h"
#include "value/hashes.h"
#include "value/provider.h"

enum { DRAWS = 100000, RECORDS = 10000 };

static struct call *begin(const char *name, const char *locale)
{
	char preset[200];
	struct err e;
	const struct provider *p = provider_find(name, preset, sizeof preset, &e);
	struct call *c = p ? call_new(p, locale, &e) : NULL;

	assert_non_null(c);
	return c;
}

static void set(struct call *c, const char *parameter, const char *value)
{
	struct err e;

	if (call_set(c, parameter, value, &e) < 0)
		fail_msg("%s", e.text);
}

static struct call *ready(struct call *c)
{
	struct err e;

	if (call_begin(c, c->is->name, "", &e) < 0)
		fail_msg("%s", e.text);
	return c;
}

static const char *make(const struct call *c, uint64_t number, char *to)
{
	struct row r = { .key = row_key(7, number), .number = number, .seed = 7, .now_ns = 1704067200000000000 };

	assert_true(call_room(c) < 2000);
	*call_text(c, &r, to) = '\0';
	return to;
}

static void all_valid(struct call *c, bool (*valid)(const char *))
{
	char text[2064];

	ready(c);
	for (unsigned i = 0; i < DRAWS; i++)
		if (!valid(make(c, i, text)))
			fail_msg("%s: %s", c->is->name, text);
	call_free(c);
}

static struct call *with(const char *name, const char *parameter, const char *value)
{
	struct call *c = begin(name, "en_US");

	set(c, parameter, value);
	return c;
}

/* Every vector passes; with any one digit raised by one it fails. */
static void vector(bool (*valid)(const char *), const char *good)
{
	char text[100];

	if (!valid(good))
		fail_msg("%s is not valid", good);
	for (size_t i = 0; good[i]; i++) {
		snprintf(text, sizeof text, "%s", good);
		if (text[i] < '0' || text[i] > '9')
			continue;
		text[i] = text[i] == '9' ? '0' : (char)(text[i] + 1);
		if (valid(text))
			fail_msg("%s is valid beside %s", text, good);
	}
}

static void validators_know_right_from_wrong(void **state)
{
	/* Numbers that the documentation of such checks gives as examples. */
	static const char *const firms[] = { "ATU13585627", "BE0428759497", "BG175074752", "CY10259033P", "CZ25123891", "DE136695976", "DK13585628", "EE100931558",
		"EL094259216", "ESB58378431", "FI20774740", "FR40303265045", "GB980780684", "HR33392005961", "HU12892312", "IE6433435F", "IT00743110157",
		"LT119511515", "LU15027442", "LV40003521600", "MT11679112", "NL004495445B01", "PL8567346215", "PT501964843", "RO18547290", "SE123456789701",
		"SI50223054", "SK2022749619" };

	(void)state;
	vector(valid_card, "4111111111111111");
	vector(valid_card, "378282246310005");
	vector(valid_isin, "US0378331005");
	vector(valid_isin, "GB0002634946");
	vector(valid_routing, "021000021");
	vector(valid_iban, "DE89370400440532013000");
	vector(valid_iban, "GB82WEST12345698765432");
	vector(valid_iban, "FR1420041010050500013M02606");
	vector(valid_iban, "NL91ABNA0417164300");
	vector(valid_iban, "ES9121000418450200051332");
	vector(valid_iban, "IT60X0542811101000000123456");
	vector(valid_iban, "BE68539007547034");
	vector(valid_iban, "NO9386011117947");
	vector(valid_iban, "PL61109010140000071219812874");
	vector(valid_iban, "HU42117730161111101800000000");
	vector(valid_iban, "CZ6508000000192000145399");
	vector(valid_iban, "AL47212110090000000235698741");
	vector(valid_iban, "BA391290079401028494");
	vector(valid_iban, "EE382200221020145685");
	vector(valid_iban, "HR1210010051863000160");
	vector(valid_iban, "ME25505000012345678951");
	vector(valid_iban, "MK07250120000058984");
	vector(valid_iban, "MC5811222000010123456789030");
	vector(valid_iban, "RS35260005601001611379");
	vector(valid_iban, "SI56263300012039086");
	vector(valid_iban, "SK3112000000198742637541");
	vector(valid_iban, "SM86U0322509800000000270100");
	vector(valid_iban, "TL380080012345678910157");
	vector(valid_iban, "TN5910006035183598478831");
	vector(valid_iban, "XK051212012345678906");
	vector(valid_lei, "5493001KJTIIGC8Y1R12");
	vector(valid_cusip, "037833100");
	vector(valid_cusip, "38259P508");
	vector(valid_vin, "11111111111111111");
	vector(valid_sedol, "B0YBKJ7");
	vector(valid_ean, "4006381333931");
	vector(valid_ean, "96385074");
	vector(valid_ean, "036000291452");
	vector(valid_ean, "978-0-306-40615-7");
	vector(valid_ean, "106141412345678908");
	vector(valid_container, "CSQU3054383");
	vector(valid_imo, "9074729");
	vector(valid_s10, "RB473124829GB");
	vector(valid_ups, "1Z999AA10123456784");
	vector(valid_fedex, "986578788855");
	vector(valid_mod7, "3318810025");
	for (size_t i = 0; i < sizeof firms / sizeof *firms; i++)
		vector(valid_vat, firms[i]);
	vector(valid_bech32, "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4");
	vector(valid_bech32, "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0");
	vector(valid_base58, "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa");
	vector(valid_base58, "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy");
	assert_true(valid_vin("1M8GDM9AXKP042788"));
}

/* 100,000 of each whose check is its own. */
static void each_country_is_valid(const char *name, const char *countries, bool (*valid)(const char *))
{
	for (const char *s = countries; *s; s += 2 + (s[2] == ' ')) {
		char country[3] = { s[0], s[1], '\0' };

		all_valid(with(name, "country", country), valid);
	}
}

static bool of_issuer(const char *s)
{
	return valid_luhn(s) && (s[0] == '6' || s[0] == '5');
}

static void codes_are_valid(void **state)
{
	(void)state;
	all_valid(begin("credit_card_number", "en_US"), valid_card);
	all_valid(with("credit_card_number", "test", "true"), valid_card);
	all_valid(with("credit_card_number", "issuer", "maestro"), of_issuer);
	all_valid(begin("iban", "en_US"), valid_iban);
	all_valid(begin("iban", "es_ES"), valid_iban);
	all_valid(begin("iban", "it_IT"), valid_iban);
	all_valid(begin("aba_routing", "en_US"), valid_routing);
	all_valid(begin("isin", "en_US"), valid_isin);
	all_valid(begin("cusip", "en_US"), valid_cusip);
	all_valid(begin("sedol", "en_US"), valid_sedol);
	all_valid(begin("lei", "en_US"), valid_lei);
	all_valid(begin("vat_number", "en_US"), valid_vat);
	all_valid(with("iban", "country", "any"), valid_iban);
	each_country_is_valid("vat_number", "AT BE BG CY CZ DE DK EE EL ES FI FR GB HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK", valid_vat);
	each_country_is_valid("iban", "AL BA BE BI CZ DJ EE ES FI FR HR HU IT MC ME MK MR NL NO PL PT RS SI SK SM ST TL TN XK", valid_iban);
	all_valid(begin("ean13", "en_US"), valid_ean);
	all_valid(begin("ean8", "en_US"), valid_ean);
	all_valid(begin("upc_a", "en_US"), valid_ean);
	all_valid(begin("isbn13", "en_US"), valid_ean);
	all_valid(begin("sscc", "en_US"), valid_ean);
	all_valid(begin("vin", "en_US"), valid_vin);
	all_valid(begin("tracking_number", "en_US"), valid_tracking);
	all_valid(begin("container_number", "en_US"), valid_container);
	all_valid(begin("imo_number", "en_US"), valid_imo);
	all_valid(begin("bitcoin_address", "en_US"), valid_bech32);
	all_valid(with("bitcoin_address", "type", "taproot"), valid_bech32);
	all_valid(with("bitcoin_address", "type", "legacy"), valid_base58);
	all_valid(with("bitcoin_address", "type", "p2sh"), valid_base58);
}

static void an_invalid_card_is_invalid(void **state)
{
	struct call *c = ready(with("credit_card_number", "valid", "false"));
	char text[2064];

	(void)state;
	for (unsigned i = 0; i < RECORDS; i++)
		assert_false(valid_luhn(make(c, i, text)));
	call_free(c);
}

static void hex_is(const uint8_t *hash, const char *hex)
{
	char text[65];

	for (int i = 0; i < 32; i++)
		snprintf(text + 2 * i, 3, "%02x", hash[i]);
	assert_string_equal(text, hex);
}

static void hashes_are_those_of_the_standards(void **state)
{
	static const char two_blocks[] = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
	uint8_t hash[HASH_BYTES];

	(void)state;
	hash_sha256("", 0, hash);
	hex_is(hash, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
	hash_sha256("abc", 3, hash);
	hex_is(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
	hash_sha256(two_blocks, 56, hash);
	hex_is(hash, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
	hash_keccak256("", 0, hash);
	hex_is(hash, "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");
	hash_keccak256("abc", 3, hash);
	hex_is(hash, "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45");
}

static void cards_agree(void **state)
{
	struct call *number = ready(begin("credit_card_number", "en_US")), *type = ready(begin("credit_card_type", "en_US")),
		*code = ready(begin("credit_card_cvv", "en_US")), *masked = ready(begin("credit_card_masked", "en_US")),
		*bin = ready(begin("card_bin", "en_US")), *whole = ready(begin("credit_card", "en_US"));
	char a[2064], b[2064];

	(void)state;
	for (unsigned i = 0; i < RECORDS; i++) {
		size_t n = strlen(make(number, i, a));
		bool amex = strncmp(a, "34", 2) == 0 || (strncmp(a, "37", 2) == 0 && n == 15);

		assert_int_equal(amex, strcmp(make(type, i, b), "American Express") == 0);
		assert_true(strstr(make(whole, i, b), a) != NULL);
		assert_int_equal(strlen(make(code, i, b)), amex ? 4 : 3);
		assert_int_equal(strlen(make(masked, i, b)), n);
		assert_string_equal(b + n - 4, a + n - 4);
		assert_memory_equal(make(bin, i, b), a, 6);
	}
	call_free(number);
	call_free(type);
	call_free(code);
	call_free(masked);
	call_free(bin);
	call_free(whole);
}

static void banks_agree(void **state)
{
	static const char *const locales[] = { "de_DE", "en_US", "en_GB" };
	char a[2064], b[2064], place[3];

	(void)state;
	for (int l = 0; l < 3; l++) {
		struct call *iban = ready(begin("iban", locales[l])), *bic = ready(begin("swift_bic", locales[l])),
			*bban = ready(begin("bban", locales[l])), *account = ready(begin("account_number", locales[l])),
			*sort = ready(with("sort_code", "dashes", "false"));

		for (unsigned i = 0; i < RECORDS; i++) {
			make(iban, i, a);
			snprintf(place, sizeof place, "%.2s", a);
			assert_memory_equal(make(bic, i, b) + 4, place, 2);
			assert_string_equal(make(bban, i, b), a + 4);
			make(account, i, b);
			if (l == 0)
				assert_string_equal(b, a + strlen(a) - 10);
			if (l == 2) {
				assert_string_equal(b + 2, a + strlen(a) - 8);
				assert_memory_equal(make(sort, i, b), a + 8, 6);
			}
		}
		call_free(iban);
		call_free(bic);
		call_free(bban);
		call_free(account);
		call_free(sort);
	}
}

static void securities_products_and_vehicles_agree(void **state)
{
	struct call *isin = ready(begin("isin", "en_US")), *cusip = ready(begin("cusip", "en_US")), *sedol = ready(begin("sedol", "en_US")),
		*name = ready(begin("product_name", "en_US")), *material = ready(begin("product_material", "en_US")),
		*price = ready(begin("price", "en_US")), *product = ready(begin("product", "en_US")), *text = ready(begin("product_description", "en_US")),
		*vin = ready(begin("vin", "en_US")), *year = ready(begin("vehicle_year", "en_US"));
	static const char years[] = "ABCDEFGHJKLMNPRSTVWXY123456789";
	char a[2064], b[2064];

	(void)state;
	for (unsigned i = 0; i < RECORDS; i++) {
		make(isin, i, a);
		if (strncmp(a, "US", 2) == 0)
			assert_memory_equal(make(cusip, i, b), a + 2, 9);
		if (strncmp(a, "GB", 2) == 0)
			assert_memory_equal(make(sedol, i, b), a + 4, 7);
		make(name, i, a);
		assert_non_null(strstr(a, make(material, i, b)));
		assert_non_null(strstr(make(product, i, b), a));
		assert_non_null(strstr(make(text, i, b), a));
		make(price, i, a);
		assert_non_null(strstr(make(product, i, b), a));
		make(vin, i, a);
		assert_int_equal(a[9], years[(atol(make(year, i, b)) - 1980) % 30]);
		assert_int_equal(a[6] >= 'A', atol(b) >= 2010);
	}
	call_free(isin);
	call_free(cusip);
	call_free(sedol);
	call_free(name);
	call_free(material);
	call_free(price);
	call_free(product);
	call_free(text);
	call_free(vin);
	call_free(year);
}

static double number_after(const char *text, const char *name)
{
	const char *at = strstr(text, name);

	assert_non_null(at);
	return atof(at + strlen(name));
}

static void quotes_are_in_order(void **state)
{
	struct call *quote = ready(begin("bid_ask", "en_US")), *candle = ready(begin("candle", "en_US"));
	char a[2064];
	double close = 0;

	(void)state;
	for (unsigned i = 0; i < RECORDS; i++) {
		make(quote, i, a);
		assert_true(number_after(a, "\"bid\":") < number_after(a, "\"ask\":"));
		make(candle, i, a);
		assert_true(number_after(a, "\"low\":") <= number_after(a, "\"open\":"));
		assert_true(number_after(a, "\"high\":") >= number_after(a, "\"close\":"));
		assert_true(i == 0 || number_after(a, "\"open\":") == close);
		close = number_after(a, "\"close\":");
	}
	call_free(quote);
	call_free(candle);
}

static void ethereum_addresses_carry_their_checksum(void **state)
{
	struct call *c = ready(begin("ethereum_address", "en_US"));
	char text[2064], lower[41] = "";

	(void)state;
	for (unsigned i = 0; i < RECORDS; i++) {
		uint8_t hash[HASH_BYTES];

		make(c, i, text);
		for (int k = 0; k < 40; k++)
			lower[k] = (char)(text[k + 2] >= 'A' && text[k + 2] <= 'F' ? text[k + 2] + 32 : text[k + 2]);
		hash_keccak256(lower, 40, hash);
		for (int k = 0; k < 40; k++)
			if (lower[k] >= 'a')
				assert_int_equal(text[k + 2] != lower[k], (k % 2 ? hash[k / 2] & 15 : hash[k / 2] >> 4) >= 8);
	}
	call_free(c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(validators_know_right_from_wrong),
		cmocka_unit_test(hashes_are_those_of_the_standards),
		cmocka_unit_test(codes_are_valid),
		cmocka_unit_test(an_invalid_card_is_invalid),
		cmocka_unit_test(cards_agree),
		cmocka_unit_test(banks_agree),
		cmocka_unit_test(securities_products_and_vehicles_agree),
		cmocka_unit_test(quotes_are_in_order),
		cmocka_unit_test(ethereum_addresses_carry_their_checksum),
	};

	return cmocka_run_group_tests_name("values_money", tests, NULL, NULL);
}
