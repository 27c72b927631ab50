/*
 * Sensors: physical-looking values as functions of the seed, the field or the device, and the instant. A slow keyed noise moves
 * them, the hour of the day lifts them, and each row adds a little noise of its own; whoever asks for the same instant again gets the
 * same place.
 */
#include "value/packs/packs.h"

#include <math.h>

#include "base/mathx.h"
#include "value/packs/bounded.h"
#include "value/packs/noise.h"

#define HOUR_NS INT64_C(3600000000000)
#define OWN 0.03                /* share of the deviation that each row has for itself */
#define REFERENCE_NS INT64_C(1704067200000000000)       /* 2024-01-01: where meters begin to count */

enum light { LIGHT_LOGNORMAL, LIGHT_NORMAL };
enum unit { UNIT_C, UNIT_F, UNIT_K };

struct sensor_opts {
	struct path_opts path;          /* first */
	double mean, sd, drift, daily_amplitude, min, max, fault_rate, nominal, start, rate, drain_per_hour;
	int64_t decimals, step;
	int unit, dist;
};

#define P_STEP P_SPAN(struct sensor_opts, step, 0, 31557600e9, 0, .help = "Time that a row adds to the clock, for rows that are made at one instant.")
#define P_PLACES(n) P_INT(struct sensor_opts, decimals, 0, 9, n, .help = "Digits after the point.")
#define P_MEAN(n, u) P_REAL(struct sensor_opts, mean, -1e9, 1e9, n, .unit = (u), .help = "Mean.")
#define P_SD(n, u) P_REAL(struct sensor_opts, sd, 0, 1e9, n, .unit = (u), .help = "Standard deviation.")

static const char *const units[] = { "C", "F", "K", NULL };
static const char *const lights[] = { "lognormal", "normal", NULL };

static const struct param temperature_params[] = {
	P_CHOICE(struct sensor_opts, unit, units, UNIT_C, .help = "Scale of the values; the other parameters are in degrees Celsius."),
	P_MEAN(21, NULL),
	P_SD(3, NULL),
	P_REAL(struct sensor_opts, drift, -1e6, 1e6, 0, .help = "Error that grows per hour until the calibration, which is every 30 days."),
	P_REAL(struct sensor_opts, daily_amplitude, -1e6, 1e6, 4, .help = "How far the warmest hour, 15:00 UTC, is above the mean."),
	P_PLACES(2),
	P_SHARE(struct sensor_opts, fault_rate, 0, 1, 0, .help = "Share of rows with a spike or a value that is stuck for the hour."),
	P_STEP,
	P_PATH(struct sensor_opts),
	P_END
};

static const struct param humidity_params[] = {
	P_MEAN(45, "%"), P_SD(10, "%"),
	P_REAL(struct sensor_opts, min, 0, 100, 0, .help = "Smallest value."),
	P_REAL(struct sensor_opts, max, 0, 100, 100, .help = "Largest value."),
	P_PLACES(1), P_STEP, P_PATH(struct sensor_opts), P_END
};

static const struct param pressure_params[] = { P_MEAN(1013, "hPa"), P_SD(8, "hPa"), P_PLACES(1), P_STEP, P_PATH(struct sensor_opts), P_END };

static const struct param battery_params[] = {
	P_REAL(struct sensor_opts, start, 0, 100, 100, .help = "Charge after charging."),
	P_REAL(struct sensor_opts, drain_per_hour, 0, 100, 0.5, .help = "What an hour takes; when it is empty it is charged again."),
	P_STEP, P_PATH(struct sensor_opts), P_END
};

static const struct param rssi_params[] = {
	P_MEAN(-67, "dBm"), P_SD(8, "dBm"),
	P_REAL(struct sensor_opts, min, -200, 100, -110, .help = "Smallest value."),
	P_REAL(struct sensor_opts, max, -200, 100, -30, .help = "Largest value."),
	P_PATH(struct sensor_opts),
	P_END
};

static const struct param co2_params[] = {
	P_MEAN(600, "ppm"), P_SD(150, "ppm"), P_REAL(struct sensor_opts, min, 0, 1e6, 400, .help = "Smallest value."), P_STEP, P_PATH(struct sensor_opts), P_END
};

static const struct param light_params[] = {
	P_REAL(struct sensor_opts, mean, 0, 1e9, 300, .unit = "lx", .help = "Mean."),
	P_CHOICE(struct sensor_opts, dist, lights, LIGHT_LOGNORMAL, .help = "Distribution."),
	P_STEP, P_PATH(struct sensor_opts), P_END
};

static const struct param voltage_params[] = {
	P_REAL(struct sensor_opts, nominal, -1e9, 1e9, 230, .unit = "V", .help = "Mean."), P_SD(2, "V"), P_PLACES(1), P_STEP, P_PATH(struct sensor_opts), P_END
};

static const struct param current_params[] = { P_MEAN(4, "A"), P_SD(1.5, "A"), P_PLACES(2), P_STEP, P_PATH(struct sensor_opts), P_END };
static const struct param power_params[] = { P_MEAN(400, "W"), P_SD(150, "W"), P_STEP, P_PATH(struct sensor_opts), P_END };

static const struct param energy_params[] = {
	P_REAL(struct sensor_opts, start, 0, 1e12, 0, .unit = "kWh", .help = "What the meter showed on 2024-01-01."),
	P_REAL(struct sensor_opts, rate, 0, 1e9, 0.5, .unit = "kW", .help = "Mean load."),
	P_STEP, P_PATH(struct sensor_opts), P_END
};

/* ---- what they share ---- */

static int64_t instant_of(const struct call *c, const struct row *r)
{
	return (int64_t)((uint64_t)r->now_ns + r->number * (uint64_t)((const struct sensor_opts *)c->opts)->step);
}

static uint64_t key_of(const struct call *c, const struct row *r)
{
	return path_key(c, r, 0x73656e736f72);
}

/* Normal with deviation 1: slow noise and a little of the row's own. */
static double moving(const struct call *c, const struct row *r, struct draws *d, int64_t period_ns, double own)
{
	double u = noise_quantile(((double)(draws_next(d) >> 12) + 0.5) * 0x1p-52);

	return sqrt(1 - own * own) * noise_smooth(key_of(c, r), instant_of(c, r), period_ns) + own * u;
}

/* 1 at 15:00 UTC, -1 at 3:00. */
static double daily(int64_t ns)
{
	int64_t day = 24 * HOUR_NS, in = (ns % day + day) % day;

	return mathx_cos(2 * MATHX_PI * ((double)in / (double)day - 0.625));
}

static double rounded(double x, int64_t decimals)
{
	double power = (double)schema_power10((unsigned)decimals);

	return fabs(x) * power < 0x1p53 ? floor(x * power + 0.5) / power : x;
}

static double held(double x, double low, double high)
{
	return x < low ? low : x > high ? high : x;
}

/* ---- values ---- */

static double celsius(const struct call *c, const struct row *r, struct draws *d, int64_t ns)
{
	const struct sensor_opts *o = c->opts;
	int64_t month = 720 * HOUR_NS, since = ((ns + (int64_t)(key_of(c, r) % 720) * HOUR_NS) % month + month) % month;

	return o->mean + o->sd * moving(c, r, d, 6 * HOUR_NS, OWN) + o->daily_amplitude * daily(ns) + o->drift * ((double)since / (double)HOUR_NS);
}

static void temperature_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct sensor_opts *o = c->opts;
	int64_t ns = instant_of(c, r);
	double x = celsius(c, r, d, ns);

	if (o->fault_rate > 0 && draws_unit(d) < o->fault_rate) {
		uint64_t u = draws_next(d);
		double size = (o->sd + 1) * (8 + 24 * ((double)(u >> 11) * 0x1p-53));
		int64_t hour = ns - (ns % HOUR_NS + HOUR_NS) % HOUR_NS;

		if (u & 1)
			x = o->mean + o->sd * noise_smooth(key_of(c, r), hour, 6 * HOUR_NS) + o->daily_amplitude * daily(hour);
		else
			x += u & 2 ? size : -size;
	}
	x = x < -273.15 ? -273.15 : x;
	if (o->unit == UNIT_F)
		x = x * 1.8 + 32;
	else if (o->unit == UNIT_K)
		x += 273.15;
	to->r = rounded(x, o->decimals);
}

static void humidity_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct sensor_opts *o = c->opts;
	double x = o->mean + o->sd * (0.94 * moving(c, r, d, 8 * HOUR_NS, OWN) - 0.48 * daily(instant_of(c, r)));

	to->r = held(rounded(x, o->decimals), o->min, o->max);
}

static void pressure_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct sensor_opts *o = c->opts;

	to->r = rounded(o->mean + o->sd * moving(c, r, d, 36 * HOUR_NS, 0.01), o->decimals);
}

static void battery_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct sensor_opts *o = c->opts;
	double hours = o->drain_per_hour > 0 ? o->start / o->drain_per_hour * 1.05 : 0, at, level = o->start;

	(void)d;
	/* A cycle of charge, with a while at 0; fields and seeds are at different places of it. */
	if (hours > 0) {
		at = (double)instant_of(c, r) / (double)HOUR_NS / hours + (double)(key_of(c, r) >> 11) * 0x1p-53;
		level -= o->drain_per_hour * hours * (at - floor(at));
	}
	to->r = rounded(level > 0 ? level : 0, 2);
}

static void rssi_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct sensor_opts *o = c->opts;

	to->i = (int64_t)floor(held(o->mean + o->sd * moving(c, r, d, HOUR_NS / 30, 0.6), o->min, o->max) + 0.5);
}

static void co2_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct sensor_opts *o = c->opts;
	double x = o->mean + o->sd * moving(c, r, d, 6 * HOUR_NS, OWN);

	to->i = (int64_t)ceil(x < o->min ? o->min : x);
}

static void light_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct sensor_opts *o = c->opts;
	double z = moving(c, r, d, HOUR_NS, OWN), x = o->mean * (1 + 0.4 * z);

	if (o->dist == LIGHT_LOGNORMAL)
		x = o->mean * mathx_exp(0.8 * z - 0.32);        /* the mean of exp(0.8 z) is exp(0.32) */
	to->r = rounded(x > 0 ? x : 0, 1);
}

static void voltage_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct sensor_opts *o = c->opts;

	to->r = rounded(o->nominal + o->sd * moving(c, r, d, HOUR_NS, 0.2), o->decimals);
}

static void load_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct sensor_opts *o = c->opts;
	double x = o->mean + o->sd * moving(c, r, d, HOUR_NS / 2, 0.1);

	to->r = rounded(x > 0 ? x : 0, c->is->params == power_params ? 1 : o->decimals);
}

/* The integral of a load of 1 - 0.6 at night to 1 + 0.6 in the day, and a noise whose slope stays below what is left. */
static void energy_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct sensor_opts *o = c->opts;
	int64_t ns = instant_of(c, r);
	double hours, wave = 24 / (2 * MATHX_PI);

	(void)d;
	ns = ns > REFERENCE_NS ? ns : REFERENCE_NS;
	hours = (double)(ns - REFERENCE_NS) / (double)HOUR_NS + 0.6 * wave * (daily(ns - 6 * HOUR_NS) - daily(REFERENCE_NS - 6 * HOUR_NS));
	hours += 0.05 * (noise_smooth(key_of(c, r), ns, 48 * HOUR_NS) - noise_smooth(key_of(c, r), REFERENCE_NS, 48 * HOUR_NS));
	to->r = rounded(o->start + o->rate * hours, 3);
}

#define ROW(n, o, kind, v, text, like) \
	ROW_NAME(n), .category = "Devices and IoT", .help = (text), .example = (like), .out = (kind), .params = o##_params, \
	.opts_size = sizeof(struct sensor_opts), .made_size = sizeof(struct path), .prepare = path_prepare, .value = v##_value

const struct provider pack_sensors[] = {
	{ ROW("temperature", temperature, KIND_REAL, temperature, "A temperature that follows the clock.", "22.37"), .group = "state" },
	{ ROW("humidity", humidity, KIND_REAL, humidity, "Relative humidity in percent, lowest when it is warm.", "47.2"), .group = "state" },
	{ ROW("pressure_hpa", pressure, KIND_REAL, pressure, "Air pressure in hectopascal.", "1009.8"), .group = "state" },
	{ ROW("battery_level", battery, KIND_REAL, battery, "Charge in percent, falling with the clock.", "87.5"), .group = "state" },
	{ ROW("rssi_dbm", rssi, KIND_INT, rssi, "Strength of a received signal in dBm.", "-71") },
	{ ROW("co2_ppm", co2, KIND_INT, co2, "Carbon dioxide in parts per million.", "640"), .group = "state" },
	{ ROW("light_lux", light, KIND_REAL, light, "Illuminance in lux.", "312.4"), .group = "state" },
	{ ROW("voltage", voltage, KIND_REAL, voltage, "Mains voltage.", "229.4"), .group = "state" },
	{ ROW("current_a", current, KIND_REAL, load, "Current in ampere, never below 0.", "3.92"), .group = "state" },
	{ ROW("power_w", power, KIND_REAL, load, "Power in watt, never below 0.", "412.6"), .group = "state" },
	{ ROW("energy_kwh", energy, KIND_REAL, energy, "A meter in kilowatt hours, which never falls.", "1204.817"), .group = "state" },
	{ .name = NULL },
};
