/* Nonsense as parameters of values: nothing crashes or hangs, and every refusal says whose parameter was meant. */
#include "tests/value_maker.h"

#include <signal.h>
#include <unistd.h>

#include "base/utf8.h"

enum { PATIENCE = 60 /* seconds for one provider */ };

/* Of those that are no combinators. */
#define each_provider(p) provider_each(p) if (!p->combine)

static char trying[400];        /* what is being tried, for the alarm */
static unsigned wrong_n;

static void wrong(const char *what, const char *message)
{
	print_error("%s %s %s\n", trying, what, message);
	wrong_n++;
}

static void too_long(int sig)
{
	ssize_t n = write(2, trying, strlen(trying));

	(void)sig;
	_exit(n < 0 ? 99 : 98);
}

static struct call *fresh(const struct provider *p)
{
	struct err e;
	struct call *c = call_new(p, "en_US", &e);

	assert_non_null(c);
	maker_needs(c);
	return c;
}

/* "name: parameter ..." with a parameter that the provider has. */
static bool names_both(const struct provider *p, const char *message)
{
	size_t n = strlen(p->name);

	if (strncmp(message, p->name, n) != 0 || strncmp(message + n, ": ", 2) != 0)
		return false;
	param_each(q, p->params) {
		size_t m = strlen(q->name);

		if (!(q->flags & PARAM_INSIDE) && strncmp(message + n + 2, q->name, m) == 0 && strchr(": ", message[n + 2 + m]))
			return true;
	}
	return false;
}

/* Either good values or a good refusal. Takes the call. */
static void decide(struct call *c)
{
	struct err e = { 0 };
	char *to;
	size_t room;

	if (call_begin(c, "field", "", &e) < 0) {
		if (!names_both(c->is, e.text))
			wrong("is refused without its names:", e.text);
		call_free(c);
		return;
	}
	room = call_room(c);
	to = malloc(room + 64);
	assert_non_null(to);
	for (uint64_t i = 0; i < 20; i++) {
		struct row r = { .key = row_key(1, i), .number = i * i * i, .seed = 1, .now_ns = MAKER_NOW };
		size_t n = (size_t)(call_text(c, &r, to) - to);

		if (n > room)
			wrong("goes beyond", "its room");
		if (utf8_check(to, n) != n)
			wrong("gives", "no text");
	}
	free(to);
	call_free(c);
}

static void refuse(const struct provider *p, const struct param *q, const char *value)
{
	struct call *c = fresh(p);
	struct err e = { 0 };

	snprintf(trying, sizeof trying, "%s %s=%.60s", p->name, q->name, value);
	if (call_set(c, q->name, value, &e) == 0)
		wrong("is", "taken");
	else if (!names_both(p, e.text))
		wrong("is refused without its names:", e.text);
	call_free(c);
}

static void take(const struct provider *p, const struct param *q, const char *value)
{
	struct call *c = fresh(p);
	struct err e = { 0 };

	snprintf(trying, sizeof trying, "%s %s=%.60s", p->name, q->name, value);
	if (call_set(c, q->name, value, &e) == 0) {
		decide(c);
		return;
	}
	if (!names_both(p, e.text))
		wrong("is refused without its names:", e.text);
	call_free(c);
}

static void number(const struct provider *p, const struct param *q)
{
	static const char *const bad[] = { "", " ", "abc", "1x", "--1", "nan", "inf", "1e999", "-1e999", "0x10", "1..2", "\xff" };
	double step = q->type == PARAM_SHARE || q->type == PARAM_REAL ? (q->max > 1e6 ? q->max : 1) : q->max > 1e15 ? 2048 : 1;
	struct buf text;

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		refuse(p, q, bad[i]);
	buf_init(&text, 400);
	for (int i = 0; i < 4; i++) {
		double v = i == 0 ? q->min : i == 1 ? q->max : i == 2 ? q->min - step : q->max + step;

		buf_clear(&text);
		if (i == 2 && q->type == PARAM_SIZE)
			buf_text(&text, "-1");
		else if (i == 3 && q->type != PARAM_REAL && q->type != PARAM_SHARE && q->max > 9e18)
			buf_text(&text, "99999999999999999999");
		else if (i == 2 && q->type == PARAM_INT && q->min < -9e18)
			buf_text(&text, "-9223372036854775809");
		else
			param_number_text(q, v, &text);
		if (i < 2)
			take(p, q, text.data);
		else
			refuse(p, q, text.data);
	}
	buf_free(&text);
}

static void text_(const struct provider *p, const struct param *q)
{
	static const char *const odd[] = { "", " ", ",", ",,", "nonsense", "any", "all", "auto", "-1", "0", "1", "99999999999999999999", "1e999", "nan", "0..", "..",
		"9..1", "1..99999999999", "%", "%n%s", "%%%", "%5", "#", "\\", "?", "a,b", "a,a", "US", "us", "XX", "locale", "now", "-30y", "-999999y", "9999-99-99",
		"+25:00", "{", "{site", "[", "(((", "1:2", "1:2:3", "3:2:1", "0:1:0", "1,2;3", "/", "::/0", "::", "1.2.3.4/33", "10.0.0.1/8", "\x01", "\t", "\n" };
	char *longer = malloc(100001);

	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
		take(p, q, odd[i]);
	refuse(p, q, "\xff\xfe");
	for (size_t n = 60; n <= 100000; n = n * 5 / 2) {
		memset(longer, n % 2 ? '#' : '1', n);
		longer[n] = '\0';
		take(p, q, longer);
		memset(longer, '%', n);
		take(p, q, longer);
		for (size_t i = 0; i < n; i++)
			longer[i] = ",a"[i & 1];
		take(p, q, longer);
	}
	free(longer);
}

static void every_parameter_takes_or_refuses(void **state)
{
	(void)state;
	signal(SIGALRM, too_long);
	each_provider(p) {
		alarm(PATIENCE);
		param_each(q, p->params) {
			if (q->flags & PARAM_INSIDE)
				continue;
			switch (q->type) {
			case PARAM_BOOL:
				refuse(p, q, "");
				refuse(p, q, "maybe");
				refuse(p, q, "2");
				take(p, q, "true");
				take(p, q, "false");
				break;
			case PARAM_CHOICE:
				refuse(p, q, "");
				refuse(p, q, "no such choice");
				refuse(p, q, "-1");
				for (int i = 0; q->choices[i]; i++)
					take(p, q, q->choices[i]);
				break;
			case PARAM_TEXT: text_(p, q); break;
			default: number(p, q); break;
			}
		}
	}
	alarm(0);
	assert_int_equal(wrong_n, 0);
}

/* All numbers at one end at once, and each pair of them at both. */
static void ends_meet(void **state)
{
	(void)state;
	each_provider(p) {
		alarm(PATIENCE);
		param_each(low, p->params) {
			param_each(high, p->params) {
				struct call *c = fresh(p);
				struct buf text;
				struct err e;

				if (!param_is_number(low) || !param_is_number(high) || (low->flags | high->flags) & PARAM_INSIDE) {
					call_free(c);
					continue;
				}
				buf_init(&text, 400);
				snprintf(trying, sizeof trying, "%s %s=max %s=min", p->name, low->name, high->name);
				param_number_text(low, low->max, &text);
				if (call_set(c, low->name, text.data, &e) < 0)
					fail_msg("%s: %s", trying, e.text);
				buf_clear(&text);
				param_number_text(high, high->min, &text);
				if (call_set(c, high->name, text.data, &e) < 0)
					fail_msg("%s: %s", trying, e.text);
				buf_free(&text);
				decide(c);
			}
		}
	}
	alarm(0);
	assert_int_equal(wrong_n, 0);
}

/* The exact words, one for each reason that a value has of its own. */
static const struct { const char *spec, *message; } reasons[] = {
	{ "random_int min=9 max=3", "random_int: min: 9 is above max, which is 3" },
	{ "random_int min=x", "random_int: min: 'x' is not a whole number (like 12, 200k)" },
	{ "random_int min=-99999999999999999999", "random_int: min: '-99999999999999999999' is too large a whole number" },
	{ "random_int step=0", "random_int: step must be 1 to 9000000000000000000, not 0" },
	{ "random_int stepp=1", "random_int has no parameter 'stepp'; did you mean 'step'?" },
	{ "boolean p=1.5", "boolean: p must be 0% to 100%, not 1.5" },
	{ "boolean p=maybe", "boolean: p: 'maybe' is not a number (like 2.5, 1e3, 200k, 30%)" },
	{ "digits leading_zeros=perhaps", "digits: leading_zeros must be true or false, not 'perhaps'" },
	{ "temperature unit=X", "temperature: unit must be one of C, F, K, not 'X'" },
	{ "file_size min=10KiB max=1KiB", "file_size: min: 10KiB is above max, which is 1KiB" },
	{ "duration min=1h max=1m", "duration: min: 1h is above max, which is 1m" },
	{ "duration min=1500ms max=1900ms", "duration: min: there is no whole second between min and max" },
	{ "float decimals=99", "float: decimals: takes auto or 0 to 17, not '99'" },
	{ "float decimals=0 min=0.2 max=0.8", "float: decimals: nothing with 0 of them is between 0.2 and 0.8" },
	{ "float step=-1", "float: step: must be above 0, not -1" },
	{ "float step=1e-30", "float: step: 1e-30 is too small for the range" },
	{ "decimal min=abc", "decimal: min: 'abc' is not a decimal number" },
	{ "decimal min=1.234", "decimal: min: '1.234' has more than 2 decimals" },
	{ "decimal min=2 max=1", "decimal: min: 2 is above max, which is 1" },
	{ "decimal max=99999999999999999999", "decimal: max: '99999999999999999999' is too large" },
	{ "uniform min=2 max=1", "uniform: min: 2 is above max, which is 1" },
	{ "triangular mode=7", "triangular: mode: 7 is outside min and max" },
	{ "normal sd=0 max=-1", "normal: sd: with 0 every value is 0, outside min and max" },
	{ "normal min=x", "normal: min: 'x' is not a number (like 2.5, 1e3, 200k, 30%)" },
	{ "lognormal mu=9999", "lognormal: mu: takes -690 to 690, not 9999" },
	{ "lognormal p95=0.5", "lognormal: p95: 0.5 is below the median, which is 1" },
	{ "lognormal max=-1", "lognormal: max: -1 is below 0, where the values begin" },
	{ "exponential rate=0", "exponential: rate: must be above 0, not 0" },
	{ "exponential min=1e300", "exponential: min: 1e+300 is too far above the mean, which is 1" },
	{ "pareto max=0.5", "pareto: max: 0.5 is below xm, which is 1" },
	{ "weibull min=1e300", "weibull: min: 1e+300 is too far above the scale, which is 1" },
	{ "gamma min=1e300", "gamma: min: 1e+300 is too far above the scale, which is 1" },
	{ "gamma max=-1", "gamma: max: -1 is below 0, where the values begin" },
	{ "histogram bins=1:2", "histogram: bins: '1:2' is not low:high:weight" },
	{ "histogram bins=2:1:1", "histogram: bins: '2:1:1' has low above high" },
	{ "histogram bins=0:1:-1", "histogram: bins: '0:1:-1' has a negative weight" },
	{ "histogram bins=0:1:0", "histogram: bins: no weight is above 0" },
	{ "random_walk start=5 max=1", "random_walk: start: 5 is outside min and max" },
	{ "markov states=,", "markov: states: state 1 is empty or longer than 256 bytes" },
	{ "markov states=up,up,", "markov: states: 'up' is there twice" },
	{ "markov start=sideways", "markov: start: 'sideways' is none of the states" },
	{ "markov matrix=0.5,0.5;1", "markov: matrix: row 2 needs 2 probabilities" },
	{ "markov matrix=0.5,0.4;0.3,0.7", "markov: matrix: row 1 adds up to 0.9 instead of 1" },
	{ "markov matrix=0.5,0.5;0.3,0.7;1,0", "markov: matrix: has more rows than there are states" },
	{ "nanoid alphabet=a", "nanoid: alphabet: 2 to 256 characters are needed" },
	{ "nanoid alphabet=aä", "nanoid: alphabet: only printable ASCII characters are taken" },
	{ "alphanumeric exclude=ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789",
	  "alphanumeric: exclude: no character is left" },
	{ "string charset=ä", "string: charset: only printable ASCII characters are taken" },
	{ "regex pattern=(a", "regex: pattern: position 1: ')' is missing" },
	{ "date_time tz=Atlantis", "date_time: tz: 'Atlantis' is neither UTC, an offset like +02:00 nor a zone like Europe/Berlin" },
	{ "date_time tz=Europe/Berlni", "date_time: tz: there is no zone 'Europe/Berlni'; did you mean 'Europe/Berlin'?" },
	{ "date_time tz=+15:00", "date_time: tz: an offset is at most 14 hours" },
	{ "date_time format=banana",
	  "date_time: format: 'banana' is none of iso8601, sql, unix, unix_ms, unix_us, unix_ns, and no strftime text of at most 64 bytes" },
	{ "date_time start=banana", "date_time: start: 'banana' is no instant (like 2024-03-15, now, today, -30d, +2h, -18mo, -30y)" },
	{ "date_time start=999999y", "date_time: start: '999999y' is more than 200 years" },
	{ "date_time start=now end=-1d", "date_time: start: it is after end" },
	{ "time start=25:00", "time: start: '25:00' is no time of day like 09:00 or 09:00:30" },
	{ "time start=10:00 end=09:00", "time: start: it is after end" },
	{ "past_date within=-3d", "past_date: within: a time like 30d, 12h or 1y is needed" },
	{ "business_time open=10:00 close=09:00", "business_time: open: it is not before close" },
	{ "year max=soon", "year: max: 'soon' is neither now nor a whole number of 1 to 9999" },
	{ "year max=10000", "year: max: '10000' is neither now nor a whole number of 1 to 9999" },
	{ "year min=2000 max=1999", "year: min: 2000 is above max, which is 1999" },
	{ "word pos=particle",
	  "word: pos must be one of any, noun, verb, adjective, adverb, preposition, pronoun, conjunction, interjection, not 'particle'" },
	{ "noun kind=verbal", "noun: kind: there is nothing of the kind 'verbal'" },
	{ "words count=1000001", "words: count must be 1 to 1000, not 1000001" },
	{ "sentence words=0..5", "sentence: words: '0..5' is outside 1..200" },
	{ "sentence words=5..1", "sentence: words: '5..1' is no range: the first is above the last" },
	{ "sentence words=many", "sentence: words: 'many' is not a whole number (like 12, 200k)" },
	{ "lorem_word min_length=19", "lorem_word: min_length: no word has that length" },
	{ "lorem_paragraph separator=0123456789012345678901234567890123456789012345678901234567890123456789",
	  "lorem_paragraph: separator: takes at most 64 bytes, not 70" },
	{ "password length=2", "password: length: 4 characters are needed for one of each class" },
	{ "password lower=false upper=false digits=false special=false", "password: lower: no class of characters is left" },
	{ "api_key prefix=0123456789012345678901234567890123456789012345678901234567890123456789",
	  "api_key: prefix: takes at most 64 bytes, not 70" },
	{ "jwt claims=role", "jwt: claims: members of an object are needed, like \"role\":\"admin\"" },
	{ "ipv4 cidr=10.0.0.1/8", "ipv4: cidr: '10.0.0.1/8' is no block like 10.0.0.0/8 with zero host bits" },
	{ "ipv4 cidr=10.0.0.0/8", "ipv4: cidr: there is no public address in 10.0.0.0/8" },
	{ "ipv6 cidr=2001:db8::1/32", "ipv6: cidr: '2001:db8::1/32' is no block like 2001:db8::/32 with zero host bits" },
	{ "mac_address vendor=Nobody", "mac_address: vendor: 'Nobody' is not in the table of vendors" },
	{ "mac_address separator=12345", "mac_address: separator: takes at most 4 bytes, not 5" },
	{ "port range=system min=2000", "port: min: there is no port between min and max in that range" },
	{ "cidr_block max_prefix=64", "cidr_block: max_prefix: IPv4 has 32 bits" },
	{ "cidr_block min_prefix=20 max_prefix=10", "cidr_block: min_prefix: 20 is above max_prefix, which is 10" },
	{ "file_name extension=a/b", "file_name: extension: at most 16 bytes without a slash" },
	{ "file_name words=0", "file_name: words: '0' is outside 1..8" },
	{ "service_name pool=1000000", "service_name: pool must be 1 to 1000, not 1000000" },
	{ "email first=漢字", "email: first: '漢字' has no letter that an address could hold" },
	{ "username min=30 max=20", "username: min: 30 is above max, which is 20" },
	{ "age min=40 max=30", "age: min: 40 is above max, which is 30" },
	{ "date_of_birth min_age=40 max_age=30", "date_of_birth: min_age: 40 is above max_age, which is 30" },
	{ "height_cm mean=tall", "height_cm: mean: 'tall' is neither auto nor a number from 0 to 1000" },
	{ "weight_kg sd=1001", "weight_kg: sd: '1001' is neither auto nor a number from 0 to 1000" },
	{ "national_id country=XX", "national_id: country: no national id of 'XX' is known; there are US, DE, FR, ES, JP, GB and BR" },
	{ "passport_number country=DE", "passport_number: country: no passport of 'DE' is known; there are US, FR, ES, JP and GB" },
	{ "driver_license state=XX", "driver_license: state: there is no state 'XX'; did you mean 'TX'?" },
	{ "imei tac=12", "imei: tac: '12' is neither any nor eight digits" },
	{ "city country=XX", "city: country: no places of 'XX' are known; there are US, DE, FR, ES, JP and GB" },
	{ "postcode state=ZZ", "postcode: state: there is no state 'ZZ'; did you mean 'AZ'?" },
	{ "latitude min=10 max=5", "latitude: min: 10 is above max, which is 5" },
	{ "coordinate near=here", "coordinate: near: 'here' is no point; it looks like '38.58,-121.49'" },
	{ "country_code of=moon", "country_code: of must be one of world, locale, not 'moon'" },
	{ "time_zone country=ZZ", "time_zone: country: there is no country 'ZZ'; did you mean 'AZ', 'BZ' or 'CZ'?" },
	{ "phone_number country=XX", "phone_number: country: no phone plan of 'XX' is known; there are US, DE, FR, ES, JP and GB" },
	{ "phone_number country=JP fictional=true", "phone_number: fictional: the country sets no numbers aside" },
	{ "credit_card_number issuer=visaa",
	  "credit_card_number: issuer must be one of any, visa, mastercard, amex, discover, diners, jcb, unionpay, maestro, elo, mir, rupay, not 'visaa'; did you mean 'visa'?" },
	{ "credit_card_number issuer=rupay test=true", "credit_card_number: test: no test numbers of rupay are published" },
	{ "credit_card_expiry min_months=9 max_months=1", "credit_card_expiry: min_months: 9 is above max_months, which is 1" },
	{ "credit_card_masked mask=01234567890123456789", "credit_card_masked: mask: takes at most 16 bytes, not 20" },
	{ "iban country=US", "iban: country: there is no country with an IBAN 'US'; did you mean 'ES', 'PS' or 'RS'?" },
	{ "aba_routing district=13", "aba_routing: district: '13' is neither any nor a whole number of 0 to 12" },
	{ "currency_symbol code=EURO", "currency_symbol: code: there is no currency 'EURO'; did you mean 'EUR'?" },
	{ "email max_length=5", "email: max_length: 5 characters are too few for an address; these have 12 beside the name" },
	{ "email max_length=30 domain=a-long-name.of-a-shop.example",
	  "email: max_length: 30 characters are too few for an address; these have 30 beside the name" },
	{ "coordinate max_length=5", "coordinate: max_length: only a text is cut" },
	{ "vehicle as=object case=upper", "vehicle: case: only a text has letters" },
	{ "amount currency=EURO", "amount: currency: there is no currency 'EURO'; did you mean 'EUR'?" },
	{ "amount decimals=9", "amount: decimals: '9' is neither currency nor a whole number of 0 to 6" },
	{ "exchange_rate pair=EURUSD", "exchange_rate: pair: 'EURUSD' is no pair, like EUR/USD" },
	{ "exchange_rate pair=EUR/XXX", "exchange_rate: pair: there is no currency 'XXX'; did you mean 'MXN', 'UGX' or 'XAF'?" },
	{ "isin country=ZZ", "isin: country: there is no country with an ISIN 'ZZ'; did you mean 'ZA'?" },
	{ "stock_price tick=0", "stock_price: tick must be 1e-06 to 1000000, not 0" },
	{ "volume min=101 max=199", "volume: lot: no multiple of it is between min and max" },
	{ "crypto_pair quote=01234567890123456789", "crypto_pair: quote: takes at most 16 bytes, not 20" },
	{ "price ending=99 decimals=1", "price: ending: 99 needs two decimals" },
	{ "price min=5 max=1", "price: min: 5 is above max, which is 1" },
	{ "ean13 prefix=12x", "ean13: prefix: '12x' is not made of at most 12 digits" },
	{ "ean8 prefix=12345678", "ean8: prefix: '12345678' is not made of at most 7 digits" },
	{ "isbn13 separator=-----", "isbn13: separator: takes at most 4 bytes, not 5" },
	{ "product fields=name,colour", "product: fields: there is no field 'colour'" },
	{ "product fields=name,name", "product: fields: 'name' is there twice" },
	{ "product fields=,", "product: fields: none is named" },
	{ "vat_number country=US", "vat_number: country: 'US' is neither any nor a state of the European Union, like DE" },
	{ "vehicle_model make=Volv", "vehicle_model: make: there is no make 'Volv'; did you mean 'Volvo'?" },
	{ "vin wmi=IOQ", "vin: wmi: 'IOQ' is neither any nor three letters and digits without I, O and Q" },
	{ "vin year=1979", "vin: year: '1979' is neither any nor a whole number of 1980 to 2039" },
	{ "vehicle_year max=then", "vehicle_year: max: 'then' is neither now nor a whole number of 1980 to 2039" },
	{ "vehicle_year min=2010 max=2005", "vehicle_year: max: 2005 is below min, which is 2010" },
	{ "license_plate country=XX", "license_plate: country: no plates of 'XX' are known" },
	{ "license_plate state=ZZ", "license_plate: state: no plates of 'ZZ' in that country are known" },
	{ "container_number owner=ab", "container_number: owner: 'ab' is neither any nor three capital letters" },
	{ "sscc prefix=123456789012345678", "sscc: prefix: '123456789012345678' is not made of at most 17 digits" },
	{ "unlocode country=XX", "unlocode: country: no port of 'XX' is known" },
	{ "mmsi country=XX", "mmsi: country: no ship of 'XX' is known" },
	{ "employee_id patern=x", "employee_id has no parameter 'patern'; did you mean 'pattern'?" },
	{ "icd10_description code=E11.99", "icd10_description: code: there is no diagnosis 'E11.99'; did you mean 'E11.69' or 'E11.9'?" },
	{ "medication class=statinn", "medication: class: no drug of this class and form is known" },
	{ "dosage medication=Lisinopri", "dosage: medication: there is no drug 'Lisinopri'; did you mean 'Lisinopril'?" },
	{ "mrn pattern=MRN check=mod10", "mrn: pattern: 'MRN' has no # for the check digit" },
	{ "mrn pattern=", "mrn: pattern: takes 1 to 4096 bytes, not 0" },
	{ "lab_result test=Hemoglobn", "lab_result: test: there is no test 'Hemoglobn'; did you mean 'Hemoglobin'?" },
	{ "vitals fields=pulse", "vitals: fields: there is no field 'pulse'" },
	{ "heart_rate min=90 max=60", "heart_rate: min: 90 is above max, which is 60" },
	{ "airline_iata airline=Lufthans", "airline_iata: airline: there is no airline 'Lufthans'; did you mean 'Lufthansa' or 'Lufthansa CityLine'?" },
	{ "airport country=XYZ", "airport: country: takes two letters, any or locale, not 'XYZ'" },
	{ "airport country=ZZ", "airport: country: no such airport is known in ZZ" },
	{ "icao24 country=ZZ", "icao24: country: no marks of aircraft are known for ZZ" },
	{ "flight_number digits=0..9", "flight_number: digits: takes a range within 1..4, not '0..9'" },
	{ "airport_city iata=OSLO", "airport_city: iata: there is no airport 'OSLO'; did you mean 'OSL'?" },
	{ "route min_km=15990", "route: min_km: 15990 is above max_km, which is 15000" },
	{ "route min_km=500 max_km=300", "route: min_km: 500 is above max_km, which is 300" },
	{ "flight fields=orgin", "flight: fields: there is no field 'orgin'; did you mean 'origin'?" },
	{ "metar station=ENGG", "metar: station: there is no airport 'ENGG'; did you mean 'OGG' or 'NGO'?" },
	{ "flight_level step=5", "flight_level: step: 5 is no multiple of 10" },
	{ "flight_level min=52 max=58", "flight_level: max: between 52 and 58 there is no level for both directions" },
	{ "reading sensor=temp", "reading: sensor: there is no sensor type 'temp'; did you mean 'temperature'?" },
	{ "humidity min=60 max=40", "humidity: min: 60 is above max, which is 40" },
	{ "gpa sd=0 mean=9", "gpa: sd: with 0 every value is 9, outside min and max" },
	{ "geometry kind=circle", "geometry: kind: wkt has no circle" },
	{ "geometry kind=path max=0.001", "geometry: max: min and max must be 4000 units of the last decimal apart, or more" },
	{ "geometry decimals=0 min=0.2 max=0.8", "geometry: decimals: nothing is between min and max" },
	{ "amount decimals=any", "amount: decimals: 'any' is neither currency nor a whole number of 0 to 6" },
	{ "vehicle_year max=any", "vehicle_year: max: 'any' is neither now nor a whole number of 1980 to 2039" },
	{ "aba_routing district=", "aba_routing: district: '' is neither any nor a whole number of 0 to 12" },
};

static void every_reason_has_its_words(void **state)
{
	char longer[5000];
	struct err e = { 0 };
	struct call *c;

	(void)state;
	for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++) {
		snprintf(trying, sizeof trying, "%s", reasons[i].spec);
		c = maker_try(reasons[i].spec, &e);
		if (c || strcmp(e.text, reasons[i].message) != 0)
			wrong("gives", c ? "values" : e.text);
		call_free(c);
	}
	assert_int_equal(wrong_n, 0);
	/* Texts of patterns are bounded everywhere. */
	memset(longer, '#', sizeof longer - 1);
	longer[sizeof longer - 1] = '\0';
	each_provider(p) {
		if (!param_find(p->params, "pattern") || strcmp(p->name, "regex") == 0)
			continue;
		c = fresh(p);
		if (call_set(c, "pattern", longer, &e) == 0 && call_begin(c, "field", "", &e) == 0)
			fail_msg("%s takes a pattern of 5,000 bytes", p->name);
		if (!names_both(p, e.text) || !strstr(e.text, "pattern: takes "))
			fail_msg("%s: %s", p->name, e.text);
		call_free(c);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_parameter_takes_or_refuses),
		cmocka_unit_test(ends_meet),
		cmocka_unit_test(every_reason_has_its_words),
	};

	return cmocka_run_group_tests_name("refusals of values", tests, NULL, NULL);
}
