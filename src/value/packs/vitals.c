/* Vital signs, blood types, body mass, glucose and laboratory results. */
#include "value/packs/packs.h"

#include <string.h>

#include "base/num.h"
#include "value/packs/clinic.h"
#include "value/packs/pieces.h"

double draws_normal(struct draws *d)
{
	struct rng rng = draws_rng(d);

	return rng_normal(&rng);
}

static int64_t nearest(double v)
{
	return (int64_t)(v < 0 ? v - 0.5 : v + 0.5);
}

static int64_t hold(double v, int64_t low, int64_t high)
{
	return v <= (double)low ? low : v >= (double)high ? high : nearest(v);
}

/* ---- vital signs ---- */

static const char *const units[] = { "C", "F", NULL };
static const char *const profiles[] = { "normal", "elevated", "stage1", "stage2", "mixed", NULL };
static const char *const pressures[] = { "pair", "systolic", "diastolic", NULL };
const char *const vitals_fields[] = { "heart_rate", "blood_pressure", "body_temperature", "respiratory_rate", "spo2", NULL };
enum { SIGN_FEVER = 1, SIGN_PULSE, SIGN_PRESSURE, SIGN_BREATH, SIGN_OXYGEN };

#define SIGN(r, salt, purpose) draws_of(r, rng_mix((salt) + (purpose)))

/* Degrees above usual that fever adds; 0 without it. */
static double fever(const struct row *r, uint64_t salt, double rate)
{
	struct draws d = SIGN(r, salt, SIGN_FEVER);

	return draws_unit(&d) < rate ? 1.4 + 2 * draws_unit(&d) : 0;
}

static double sign_oxygen(const struct row *r, uint64_t salt, double mean, double sd)
{
	struct draws d = SIGN(r, salt, SIGN_OXYGEN);
	double z = draws_normal(&d);

	/* 100 is the most there is: what would be above is mirrored. */
	return mean + sd * z > 100 ? 200 - mean - sd * z : mean + sd * z;
}

static double sign_pulse(const struct row *r, uint64_t salt, double mean, double sd)
{
	struct draws d = SIGN(r, salt, SIGN_PULSE);

	return mean + sd * draws_normal(&d) + 10 * fever(r, salt, 0.05);
}

static double sign_breath(const struct row *r, uint64_t salt, double mean, double sd)
{
	struct draws d = SIGN(r, salt, SIGN_BREATH);
	double oxygen = sign_oxygen(r, salt, 97.5, 1.5);

	return mean + sd * draws_normal(&d) + 2 * fever(r, salt, 0.05) + (oxygen < 94 ? 1.5 * (94 - oxygen) + 3 : 0);
}

static double sign_celsius(const struct row *r, uint64_t salt, double mean, double sd, double rate)
{
	struct draws d = SIGN(r, salt, SIGN_FEVER);
	double z;

	draws_unit(&d);
	draws_unit(&d);
	z = draws_normal(&d);
	z = z < -3 ? -3 : z > 3 ? 3 : z;
	return mean + sd * z + fever(r, salt, rate);
}

/* By the ranges of the American guideline: below 120/80, 120 to 129, 130 to 139 or 80 to 89, from 140 or 90. */
static void sign_pressure(const struct row *r, uint64_t salt, int profile, int64_t *systolic, int64_t *diastolic)
{
	static const uint8_t low[][2] = { { 95, 60 }, { 120, 62 }, { 130, 80 }, { 140, 90 } }, span[][2] = { { 25, 20 }, { 10, 18 }, { 10, 10 }, { 35, 20 } };
	struct draws d = SIGN(r, salt, SIGN_PRESSURE);
	uint64_t luck = draws_below(&d, 100);

	if (profile == PROFILE_MIXED)
		profile = luck < 42 ? PROFILE_NORMAL : luck < 60 ? PROFILE_ELEVATED : luck < 82 ? PROFILE_STAGE1 : PROFILE_STAGE2;
	*systolic = low[profile][0] + (int64_t)draws_below(&d, span[profile][0]);
	*diastolic = low[profile][1] + (int64_t)draws_below(&d, span[profile][1]);
}

struct vitals vitals_of(const struct row *r, uint64_t salt, double fever_rate, int profile)
{
	struct vitals v = { .pulse = hold(sign_pulse(r, salt, 75, 12), 35, 180), .breath = hold(sign_breath(r, salt, 16, 3), 6, 40),
		.oxygen = hold(sign_oxygen(r, salt, 97.5, 1.5), 70, 100), .celsius = sign_celsius(r, salt, 36.8, 0.4, fever_rate) };

	sign_pressure(r, salt, profile, &v.systolic, &v.diastolic);
	return v;
}

static char *put_tenths(char *to, double v)
{
	return to + num_put_decimal(to, nearest(v * 10), 1);
}

char *vitals_put(char *to, const struct vitals *v, uint64_t fields)
{
	char before = '{';

	for (unsigned i = 0; vitals_fields[i]; i++) {
		if (!(fields >> i & 1))
			continue;
		to = put_key(to, before, vitals_fields[i]);
		before = ',';
		switch (i) {
		case 0: to = put_int(to, v->pulse); break;
		case 1:
			*to++ = '"';
			to = put_int(to, v->systolic);
			*to++ = '/';
			to = put_int(to, v->diastolic);
			*to++ = '"';
			break;
		case 2: to = put_tenths(to, v->celsius); break;
		case 3: to = put_int(to, v->breath); break;
		default: to = put_int(to, v->oxygen);
		}
	}
	*to++ = '}';
	return to;
}

#define SIGN_PARAMS(m, s, lo, hi, u, b) \
	P_REAL(struct vitals_opts, mean, 0, 300, m, .unit = u, .help = "Mean."), P_REAL(struct vitals_opts, sd, 0, 100, s, .unit = u, .help = "Standard deviation."), \
	P_INT(struct vitals_opts, min, 0, b, lo, .unit = u, .help = "Smallest value."), P_INT(struct vitals_opts, max, 0, b, hi, .unit = u, .help = "Largest value.")

static const struct param pulse_params[] = { SIGN_PARAMS(75, 12, 35, 180, "bpm", 300), P_END };
static const struct param breath_params[] = { SIGN_PARAMS(16, 3, 6, 40, "per minute", 300), P_END };
static const struct param oxygen_params[] = { SIGN_PARAMS(97.5, 1.5, 70, 100, "percent", 100), P_END };
static const struct param pressure_params[] = {
	P_CHOICE(struct vitals_opts, profile, profiles, PROFILE_MIXED, .help = "How high."),
	P_CHOICE(struct vitals_opts, as, pressures, 0, .help = "Both, or one."), P_END
};
static const struct param temperature_params[] = {
	P_CHOICE(struct vitals_opts, unit, units, 0, .help = "Celsius or Fahrenheit."),
	P_REAL(struct vitals_opts, mean, 20, 45, 36.8, .unit = "C", .help = "Mean without fever, in Celsius."),
	P_REAL(struct vitals_opts, sd, 0, 5, 0.4, .unit = "C", .help = "Standard deviation, in Celsius."),
	P_SHARE(struct vitals_opts, fever_rate, 0, 1, 0.05, .help = "Share of values with fever."), P_END
};
static const struct param vitals_params[] = {
	P_TEXT(struct vitals_opts, fields, "all", .flags = PARAM_LIST, .help = "Names of fields, or all."), P_END
};

static void pulse_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct vitals_opts *o = c->opts;

	(void)d;
	to->i = hold(sign_pulse(r, c->group_salt, o->mean, o->sd), o->min, o->max);
}

static void breath_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct vitals_opts *o = c->opts;

	(void)d;
	to->i = hold(sign_breath(r, c->group_salt, o->mean, o->sd), o->min, o->max);
}

static void oxygen_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct vitals_opts *o = c->opts;

	(void)d;
	to->i = hold(sign_oxygen(r, c->group_salt, o->mean, o->sd), o->min, o->max);
}

static void temperature_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct vitals_opts *o = c->opts;
	double v = sign_celsius(r, c->group_salt, o->mean, o->sd, o->fever_rate);

	(void)d;
	to->r = (double)nearest((o->unit ? v * 1.8 + 32 : v) * 10) / 10;
}

static char *pressure_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct vitals_opts *o = c->opts;
	int64_t systolic, diastolic;

	(void)d;
	sign_pressure(r, c->group_salt, o->profile, &systolic, &diastolic);
	if (o->as != 2)
		to = put_int(to, systolic);
	if (o->as == 0)
		*to++ = '/';
	return o->as != 1 ? put_int(to, diastolic) : to;
}

static int vitals_prepare(struct call *c, struct err *e)
{
	return fields_read(c->made, ((const struct vitals_opts *)c->opts)->fields, vitals_fields, UINT64_MAX, e);
}

static char *vitals_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	struct vitals v = vitals_of(r, c->group_salt, 0.05, PROFILE_MIXED);

	(void)d;
	return vitals_put(to, &v, ((const struct fields *)c->made)->set);
}

/* ---- blood_type ---- */

static const char *const blood_weights[] = { "US", "uniform", NULL };
struct blood_opts {
	int weighted;
	bool rh;
};
static const struct param blood_params[] = {
	P_CHOICE(struct blood_opts, weighted, blood_weights, 0, .help = "As often as in the United States, or all alike."),
	P_BOOL(struct blood_opts, rh, true, .help = "With the rhesus factor."), P_END
};

char *blood_put(char *to, bool uniform, bool rh, struct draws *d)
{
	static const uint16_t running[] = { 374, 731, 816, 882, 945, 979, 994, 1000 };
	static const char *const names[] = { "O+", "A+", "B+", "O-", "A-", "AB+", "B-", "AB-" };
	unsigned i = 0;
	uint64_t luck;

	if (uniform) {
		luck = draws_below(d, 8);
		i = (unsigned)luck;
		if (!rh)
			i = (unsigned)(luck & 3) == 3 ? 5 : (unsigned)(luck & 3);
	} else {
		luck = draws_below(d, 1000);
		while (luck >= running[i])
			i++;
	}
	for (const char *s = names[i]; *s && (rh || (*s != '+' && *s != '-')); s++)
		*to++ = *s;
	return to;
}

static char *blood_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct blood_opts *o = c->opts;

	(void)r;
	return blood_put(to, o->weighted == 1, o->rh, d);
}

/* ---- bmi, glucose ---- */

static const struct param bmi_params[] = {
	P_REAL(struct vitals_opts, mean, 10, 60, 27, .unit = "kg/m2", .help = "Mean."),
	P_REAL(struct vitals_opts, sd, 0, 20, 5, .unit = "kg/m2", .help = "Standard deviation."), P_END
};

static void bmi_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct vitals_opts *o = c->opts;
	struct draws own = draws_of(r, c->group_salt ^ 0x626d69);
	double v = o->mean + o->sd * draws_normal(&own);

	(void)d;
	to->r = (double)nearest((v < 12 ? 12 : v > 70 ? 70 : v) * 10) / 10;
}

static const char *const glucose_units[] = { "mg/dL", "mmol/L", NULL };
struct glucose_opts {
	int unit;
	double diabetic_rate;
};
static const struct param glucose_params[] = {
	P_CHOICE(struct glucose_opts, unit, glucose_units, 0, .help = "Unit; whole numbers of either."),
	P_SHARE(struct glucose_opts, diabetic_rate, 0, 1, 0.1, .help = "Share of values as high as in diabetes."), P_END
};

static void glucose_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct glucose_opts *o = c->opts;
	bool diabetic = draws_unit(d) < o->diabetic_rate;
	double v = diabetic ? 126 + 30 * draws_normal(d) + 30 : 91 + 9 * draws_normal(d);

	(void)r;
	v = diabetic ? v < 126 ? 252 - v : v : v < 65 ? 65 : v > 125 ? 125 : v;
	to->i = nearest(o->unit ? v / 18.016 : v);
}

#define VITAL(n, h, x, p) ROW_NAME(n), .category = "Health", .help = h, .example = x, .params = p, .opts_size = sizeof(struct vitals_opts)

const struct provider pack_vitals[] = {
	{ VITAL("heart_rate", "Beats a minute; fever lifts them.", "72", pulse_params), .group = "vitals", .out = KIND_INT, .value = pulse_value },
	{ VITAL("blood_pressure", "Systolic above diastolic, in mmHg.", "118/76", pressure_params), .group = "vitals", .out = KIND_TEXT,
	  .aliases = "systolic(as=systolic) diastolic(as=diastolic)", .text = pressure_text },
	{ VITAL("body_temperature", "Temperature of a body, now and then with fever.", "36.7", temperature_params), .group = "vitals", .out = KIND_REAL,
	  .value = temperature_value },
	{ VITAL("respiratory_rate", "Breaths a minute; fever and little oxygen lift them.", "15", breath_params), .group = "vitals", .out = KIND_INT,
	  .value = breath_value },
	{ VITAL("spo2", "Oxygen in the blood, in percent.", "98", oxygen_params), .group = "vitals", .out = KIND_INT, .value = oxygen_value },
	{ VITAL("vitals", "All vital signs, which agree.", "{\"heart_rate\":72,\"blood_pressure\":\"118/76\",\"body_temperature\":36.7}", vitals_params),
	  .aliases = "vital_sign", .group = "vitals", .out = KIND_JSON, .made_size = sizeof(struct fields), .prepare = vitals_prepare,
	  .room = 160, .text = vitals_text },
	{ ROW_NAME("blood_type"), .category = "Health", .help = "Blood group and rhesus factor.", .example = "O+", .out = KIND_TEXT,
	  .params = blood_params, .opts_size = sizeof(struct blood_opts), .text = blood_text },
	{ VITAL("bmi", "Body mass index.", "24.1", bmi_params), .group = "person", .out = KIND_REAL, .value = bmi_value },
	{ ROW_NAME("glucose"), .category = "Health", .help = "Fasting blood sugar.", .example = "96", .out = KIND_INT, .params = glucose_params,
	  .opts_size = sizeof(struct glucose_opts), .value = glucose_value },
	{ .name = NULL },
};
