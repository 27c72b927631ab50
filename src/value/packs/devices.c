/*
 * Devices: what a device is follows from its number, so that the same device is the same in every row: type, model, serial number
 * and firmware. A row is about one device and one of its sensors; all fields of the group draw the two alike.
 */
#include "value/packs/packs.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/mathx.h"
#include "base/num.h"
#include "value/packs/bounded.h"
#include "value/packs/noise.h"
#include "value/packs/pieces.h"

enum { DEVICE_DIGITS = 6, KINDS = 48, PER_TYPE = 8, TYPES = 64 };
enum { TYPE_NAME, TYPE_CODE, TYPE_SENSORS };
enum { MEASURE_NAME, MEASURE_UNIT, MEASURE_MEAN, MEASURE_SD, MEASURE_LOW, MEASURE_HIGH, MEASURE_DECIMALS, MEASURE_HOURS };

struct sensor_kind {
	double mean, sd, low, high;
	int64_t decimals, period_ns;
};

struct fleet {
	const struct table *types, *kinds, *sites, *statuses;
	const struct alias *by_type, *by_status;
	uint8_t sensor_n[TYPES], sensors[TYPES][PER_TYPE];
	struct sensor_kind kind[KINDS];
	int only;                       /* the sensor asked for, or -1 */
};

struct device {
	uint32_t number, type, sensor;
	uint64_t key;                   /* its own, in all rows */
};

struct device_opts {
	char *pattern, *sensor;
	bool weighted;
};

#define P_NAMED(d) P_TEXT(struct device_opts, pattern, d, .help = "# a digit, ? an upper-case letter, \\ escapes.")

static const struct param id_params[] = { P_NAMED("dev-######"), P_END };
static const struct param serial_params[] = { P_NAMED("??########"), P_END };
static const struct param status_params[] = {
	P_BOOL(struct device_opts, weighted, true, .help = "As often as in a fleet that is looked after; otherwise all alike."), P_END
};
static const struct param reading_params[] = {
	P_TEXT(struct device_opts, sensor, "any", .help = "A sensor type, or any of those that the device has."), P_END
};
static const struct param topic_params[] = {
	P_TEXT(struct device_opts, pattern, "{site}/{device_type}/{device_id}/{sensor_type}",
	       .help = "Text with {site}, {device_type}, {device_id} and {sensor_type}."),
	P_END
};

/* ---- set-up ---- */

static int read_sensors(struct fleet *f, uint32_t type, struct err *e)
{
	struct cell list = table_cell(f->types, type, TYPE_SENSORS);

	for (const char *s = list.at, *end = list.at + list.n; s < end;) {
		const char *comma = memchr(s, ',', (size_t)(end - s));
		char name[40];
		uint32_t kind;

		snprintf(name, sizeof name, "%.*s", (int)((comma ? comma : end) - s), s);
		kind = table_row(f->kinds, MEASURE_NAME, name);
		if (kind == UINT32_MAX || f->sensor_n[type] == PER_TYPE)
			return err_set(e, ERR_FATAL, "device type %u has the sensor '%s'", type, name);
		f->sensors[type][f->sensor_n[type]++] = (uint8_t)kind;
		s = comma ? comma + 1 : end;
	}
	return 0;
}

static int read_kind(const struct table *t, uint32_t row, struct sensor_kind *k, struct err *e)
{
	double number[MEASURE_HOURS + 1];

	for (unsigned i = MEASURE_MEAN; i <= MEASURE_HOURS; i++) {
		struct cell c = table_cell(t, row, i);
		char text[NUM_TEXT];

		snprintf(text, sizeof text, "%.*s", (int)c.n, c.at);
		if (num_real(text, &number[i], e) < 0)
			return -1;
	}
	*k = (struct sensor_kind){ .mean = number[MEASURE_MEAN], .sd = number[MEASURE_SD], .low = number[MEASURE_LOW], .high = number[MEASURE_HIGH],
				   .decimals = (int64_t)number[MEASURE_DECIMALS], .period_ns = (int64_t)(number[MEASURE_HOURS] * 3600e9) };
	return 0;
}

static int fleet_prepare(struct call *c, struct err *e)
{
	struct fleet *f = c->made;

	*f = (struct fleet){ .types = table_find("any", "device_type"), .kinds = table_find("any", "sensor_type"),
			     .sites = table_find("any", "device_site"), .statuses = table_find("any", "device_status"), .only = -1 };
	if (!f->types || !f->kinds || !f->sites || !f->statuses || f->types->rows > TYPES || f->kinds->rows > KINDS)
		return err_set(e, ERR_FATAL, "the tables of devices are missing");
	f->by_type = table_alias(f->types);
	f->by_status = table_alias(f->statuses);
	if (!f->by_type || !f->by_status)
		return err_memory(e);
	for (uint32_t i = 0; i < f->types->rows; i++)
		if (read_sensors(f, i, e) < 0)
			return -1;
	for (uint32_t i = 0; i < f->kinds->rows; i++)
		if (read_kind(f->kinds, i, &f->kind[i], e) < 0)
			return -1;
	return 0;
}

static int named_prepare(struct call *c, struct err *e)
{
	return text_fits("pattern", ((const struct device_opts *)c->opts)->pattern, PATTERN_MOST, e) < 0 ? -1 : fleet_prepare(c, e);
}

static int reading_prepare(struct call *c, struct err *e)
{
	const struct device_opts *o = c->opts;
	struct fleet *f = c->made;
	uint32_t kind;

	if (fleet_prepare(c, e) < 0)
		return -1;
	if (strcmp(o->sensor, "any") == 0)
		return 0;
	kind = table_named(f->kinds, MEASURE_NAME, "sensor", "sensor type", o->sensor, e);
	if (kind == UINT32_MAX)
		return -1;
	f->only = (int)kind;
	return 0;
}

/* ---- one device ---- */

static struct device device_of(const struct call *c, const struct row *r)
{
	const struct fleet *f = c->made;
	struct draws d = draws_of(r, c->group_salt);
	uint64_t u = draws_next(&d);
	struct device v = { .number = device_number(r, c->group_salt) };

	v.key = rng_mix(r->seed ^ rng_mix(c->group_salt + v.number));
	v.type = alias_pick(f->by_type, v.key);
	v.sensor = f->only >= 0 ? (uint32_t)f->only : f->sensors[v.type][(uint64_t)(uint32_t)u * f->sensor_n[v.type] >> 32];
	return v;
}

/* The last places for digits get the device's number, so that two devices differ wherever there are enough. */
static char *put_named(char *to, const char *pattern, const struct device *v, uint64_t purpose)
{
	struct draws d = { v->key ^ rng_mix(purpose) };
	uint32_t number = v->number;
	unsigned places = 0;
	uint8_t digit[DEVICE_DIGITS];

	for (unsigned i = 0; i < DEVICE_DIGITS; i++, number /= 10)
		digit[i] = (uint8_t)(number % 10);
	for (const char *s = pattern; *s; s++) {
		if (*s == '\\' && s[1])
			s++;
		else if (*s == '#')
			places++;
	}
	for (const char *s = pattern; *s; s++) {
		if (*s == '\\' && s[1])
			*to++ = *++s;
		else if (*s == '#')
			*to++ = (char)('0' + (--places < DEVICE_DIGITS ? digit[places] : (unsigned)draws_below(&d, 10)));
		else if (*s == '?')
			*to++ = (char)('A' + draws_below(&d, 26));
		else
			*to++ = *s;
	}
	return to;
}

static char *put_id(char *to, const struct device *v)
{
	return put_digits(put_literal(to, "dev-"), v->number, DEVICE_DIGITS);
}

static size_t named_room(const struct call *c)
{
	return strlen(((const struct device_opts *)c->opts)->pattern);
}

static char *id_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	struct device v = device_of(c, r);

	(void)d;
	return put_named(to, ((const struct device_opts *)c->opts)->pattern, &v, 1);
}

static char *serial_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	struct device v = device_of(c, r);

	(void)d;
	/* The digits before the device's number are its own as well. */
	return put_named(to, ((const struct device_opts *)c->opts)->pattern, &v, 2);
}

static char *type_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct fleet *f = c->made;

	(void)d;
	return put_cell(to, table_cell(f->types, device_of(c, r).type, TYPE_NAME));
}

static char *sensor_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct fleet *f = c->made;

	(void)d;
	return put_cell(to, table_cell(f->kinds, device_of(c, r).sensor, MEASURE_NAME));
}

/* A type has a few models. */
static char *model_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	static const char *const endings[] = { "", "", " Pro", " Lite", " Plus" };
	const struct fleet *f = c->made;
	struct device v = device_of(c, r);
	uint64_t model = (v.key >> 8) % 6, u = rng_mix(v.type * 8 + model);
	const char *ending = endings[u % 5];

	(void)d;
	to = put_literal(put_cell(to, table_cell(f->types, v.type, TYPE_CODE)), "-");
	to = put_digits(to, (model + 1) * 100 + u / 5 % 4 * 25, 3);
	return put_text(to, ending);
}

/* The newest release of the type, or one a little older. */
static char *firmware_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	struct device v = device_of(c, r);
	uint64_t newest = rng_mix(v.type ^ 0x6669726d), late = (v.key >> 20) % 8, minor = newest / 5 % 10, patch = newest / 50 % 10;

	(void)d;
	if (late == 7 && minor)
		minor--;
	if (late > 4)
		patch = (v.key >> 24) % (patch + 1);
	to = put_int(to, (int64_t)(newest % 5 + 1));
	*to++ = '.';
	to = put_int(to, (int64_t)minor);
	*to++ = '.';
	return put_int(to, (int64_t)patch);
}

static char *status_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct fleet *f = c->made;

	(void)r;
	return put_cell(to, table_cell(f->statuses, table_pick(f->statuses, ((const struct device_opts *)c->opts)->weighted ? f->by_status : NULL, d), 0));
}

/* ---- reading, mqtt_topic ---- */

/* The unit's value at the instant, in units of its last decimal. */
static int64_t measured(const struct sensor_kind *k, uint64_t key, const struct row *r, struct draws *d)
{
	double own = noise_quantile(((double)(draws_next(d) >> 12) + 0.5) * 0x1p-52);
	double x = k->mean + k->sd * (0.9995 * noise_smooth(key, r->now_ns, k->period_ns) + 0.03 * own);

	x = x < k->low ? k->low : x > k->high ? k->high : x;
	return (int64_t)floor(x * (double)schema_power10((unsigned)k->decimals) + 0.5);
}

static char *reading_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct fleet *f = c->made;
	struct device v = device_of(c, r);
	const struct sensor_kind *k = &f->kind[v.sensor];

	to = put_id(put_literal(to, "{\"device\":\""), &v);
	to = put_cell(put_literal(to, "\",\"sensor\":\""), table_cell(f->kinds, v.sensor, MEASURE_NAME));
	to = put_literal(to, "\",\"value\":");
	to += num_put_decimal(to, measured(k, v.key ^ rng_mix(v.sensor), r, d), (unsigned)k->decimals);
	to = put_cell(put_literal(to, ",\"unit\":\""), table_cell(f->kinds, v.sensor, MEASURE_UNIT));
	to = put_instant(put_literal(to, "\",\"time\":\""), r->now_ns, 3);
	return put_literal(to, "\"}");
}

static size_t topic_room(const struct call *c)
{
	/* The shortest of the names in braces, {site}, has 6 bytes; what stands for them at most 40. */
	return (named_room(c) / 6 + 1) * 40 + named_room(c);
}

static char *topic_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct fleet *f = c->made;
	struct device v = device_of(c, r);

	(void)d;
	for (const char *s = ((const struct device_opts *)c->opts)->pattern; *s;) {
		if (strncmp(s, "{site}", 6) == 0) {
			to = put_cell(to, table_cell(f->sites, (uint32_t)((v.key >> 40) % f->sites->rows), 0));
			s += 6;
		} else if (strncmp(s, "{device_type}", 13) == 0) {
			to = put_cell(to, table_cell(f->types, v.type, TYPE_NAME));
			s += 13;
		} else if (strncmp(s, "{device_id}", 11) == 0) {
			to = put_id(to, &v);
			s += 11;
		} else if (strncmp(s, "{sensor_type}", 13) == 0) {
			to = put_cell(to, table_cell(f->kinds, v.sensor, MEASURE_NAME));
			s += 13;
		} else {
			*to++ = *s++;
		}
	}
	return to;
}

#define ROW(n, o, kind, text_, like) \
	ROW_NAME(n), .category = "Devices and IoT", .group = "device", .help = (text_), .example = (like), .out = (kind), \
	.opts_size = sizeof(struct device_opts), .made_size = sizeof(struct fleet), .text = o##_text

const struct provider pack_devices[] = {
	{ ROW("device_id", id, KIND_TEXT, "Identifier of a device.", "dev-048172"), .params = id_params, .prepare = named_prepare,
	  .max_len = named_room },
	{ ROW("device_type", type, KIND_TEXT, "What a device is.", "thermostat"), .prepare = fleet_prepare },
	{ ROW("serial_number", serial, KIND_TEXT, "Serial number of a device.", "QK20481733"), .params = serial_params,
	  .prepare = named_prepare, .max_len = named_room },
	{ ROW("sensor_type", sensor, KIND_TEXT, "What one of the device's sensors measures.", "temperature"), .prepare = fleet_prepare },
	{ ROW("device_status", status, KIND_TEXT, "How a device does.", "online"), .params = status_params, .prepare = fleet_prepare },
	{ ROW("reading", reading, KIND_JSON, "A measurement: device, sensor, value, unit and time.",
	      "{\"device\":\"dev-048172\",\"sensor\":\"temperature\",\"value\":21.37,\"unit\":\"C\",\"time\":\"2024-01-01T00:00:00.000Z\"}"),
	  .params = reading_params, .prepare = reading_prepare, .room = 256 },
	{ ROW("device_model", model, KIND_TEXT, "Model of a device.", "THM-225 Pro"), .prepare = fleet_prepare },
	{ ROW("firmware_version", firmware, KIND_TEXT, "Version of a device's firmware.", "3.2.1"), .prepare = fleet_prepare },
	{ ROW("mqtt_topic", topic, KIND_TEXT, "A topic of a message broker, about the device of the row.", "north-hall/thermostat/dev-048172/temperature"),
	  .params = topic_params, .prepare = named_prepare, .max_len = topic_room },
	{ .name = NULL },
};
