/* Health as objects: diagnosis, prescription, laboratory result, patient. */
#include "value/packs/packs.h"

#include <string.h>

#include "base/num.h"
#include "value/packs/clinic.h"
#include "value/packs/people.h"
#include "value/packs/pieces.h"

static const int64_t DAY_NS = 86400000000000;

struct record_opts {
	char *fields, *test;
	bool weighted;
	int sex;
	double abnormal_rate;
};

struct record {
	struct clinic clinic;
	const struct table *tests;
	const struct people *people;
	const struct alias *by_order;
	uint32_t only;
	uint64_t vitals_salt;
	struct fields fields;
};

static const char *const patient_fields[] = { "name", "sex", "date_of_birth", "age", "mrn", "blood_type", "allergies", "diagnoses", "medications", "vitals", NULL };
static const struct param diagnosis_params[] = { P_BOOL(struct record_opts, weighted, true, .help = "Frequent ones more often."), P_END };
static const struct param result_params[] = {
	P_TEXT(struct record_opts, test, "any", .help = "Name of a test; any."),
	P_SHARE(struct record_opts, abnormal_rate, 0, 1, 0.1, .help = "Share of values outside the reference range."), P_END
};
static const struct param patient_params[] = {
	P_TEXT(struct record_opts, fields, "default", .flags = PARAM_LIST, .help = "Names of fields, or default, or all."),
	P_SEX_INSIDE(struct record_opts), P_END
};

static void record_release(struct call *c)
{
	clinic_close(&((struct record *)c->made)->clinic);
}

static int record_prepare(struct call *c, struct err *e)
{
	struct record *k = c->made;
	const struct record_opts *o = c->opts;

	if (o->fields && fields_read(&k->fields, o->fields, patient_fields, UINT64_MAX, e) < 0)
		return -1;
	if (clinic_open(&k->clinic, e) < 0)
		return -1;
	k->clinic.weighted = !c->is->params || c->is->params != diagnosis_params || o->weighted;
	k->vitals_salt = call_group_salt(c, "vitals");
	k->people = people_of(c->locale, e);
	return k->people ? 0 : -1;
}

/* ---- diagnosis ---- */

static char *put_diagnosis(char *to, const struct clinic *k, uint32_t code, int64_t days)
{
	to = put_member(to, '{', "code", table_cell(k->codes, code, ICD_CODE));
	to = put_member(to, ',', "description", table_cell(k->codes, code, ICD_DESCRIPTION));
	to = put_literal(to, ",\"date\":\"");
	to = put_date(to, days);
	return put_literal(to, "\"}");
}

static char *diagnosis_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct record *k = c->made;

	return put_diagnosis(to, &k->clinic, clinic_code(&k->clinic, r, c->group_salt), r->now_ns / DAY_NS - (int64_t)draws_below(d, 1095));
}

/* ---- prescription ---- */

/* Units for the days of the supply; what comes in packages counts packages. */
static char *prescription_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct record *k = c->made;
	const struct table *drugs = k->clinic.drugs;
	uint32_t drug = clinic_drug(&k->clinic, r, c->group_salt);
	int64_t a_day = cell_int(table_cell(drugs, drug, DRUG_A_DAY)), days = cell_int(table_cell(drugs, drug, DRUG_DAYS)), times = 1;

	if (days >= 28)
		times = draws_below(d, 3) ? 1 : 3;
	to = put_member(to, '{', "medication", table_cell(drugs, drug, DRUG_NAME));
	to = put_member(to, ',', "form", table_cell(drugs, drug, DRUG_FORM));
	to = put_literal(to, ",\"dosage\":\"");
	to = clinic_put_dosage(&k->clinic, drug, r, c->group_salt, to);
	to = put_literal(to, "\",\"quantity\":");
	to = put_int(to, (a_day ? a_day * days : 1) * times);
	to = put_literal(to, ",\"refills\":");
	to = put_int(to, days >= 28 ? (int64_t)draws_below(d, times == 3 ? 4 : 6) : 0);
	*to++ = '}';
	return to;
}

/* ---- lab_result ---- */

static int result_prepare(struct call *c, struct err *e)
{
	struct record *k = c->made;
	const char *test = ((const struct record_opts *)c->opts)->test;

	k->only = UINT32_MAX;
	k->tests = table_find("en_US", "lab_test");
	if (!k->tests)
		return err_set(e, ERR_INPUT, "the tables of health are not in this build");
	k->by_order = table_alias(k->tests);
	if (!k->by_order)
		return err_memory(e);
	if (!*test || strcmp(test, "any") == 0)
		return 0;
	k->only = table_named(k->tests, 0, "test", "test", test, e);
	return k->only != UINT32_MAX ? 0 : -1;
}

/* "4.50" as 450; all bounds of a row have the same decimals. */
static int64_t units_of(const char **at, const char *end)
{
	int64_t v = 0;

	for (; *at < end; ++*at) {
		if (**at == '.' && *at + 1 < end && (*at)[1] == '.')
			break;
		if (**at >= '0' && **at <= '9')
			v = v * 10 + (**at - '0');
	}
	return v;
}

static int64_t units_in(struct cell c)
{
	const char *at = c.at;

	return units_of(&at, c.at + c.n);
}

static char *result_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct record *k = c->made;
	struct draws own = draws_of(r, c->group_salt);
	uint32_t test = alias_pick(k->by_order, draws_next(&own));
	struct cell low_text, high_text, span;
	int64_t low, high, least, most, value;
	unsigned decimals;
	const char *at, *flag = "normal";
	bool abnormal = draws_unit(d) < ((const struct record_opts *)c->opts)->abnormal_rate;

	test = k->only != UINT32_MAX ? k->only : test;
	low_text = table_cell(k->tests, test, 2);
	high_text = table_cell(k->tests, test, 3);
	span = table_cell(k->tests, test, 5);
	decimals = (unsigned)cell_int(table_cell(k->tests, test, 4));
	low = units_in(low_text);
	high = units_in(high_text);
	at = span.at;
	least = units_of(&at, span.at + span.n);
	at += 2;
	most = units_of(&at, span.at + span.n);
	/* Abnormal ones are mostly near the range: of two draws the nearer. */
	if (abnormal && low > least && draws_below(d, 2)) {
		int64_t a = draws_between(d, least, low - 1), b = draws_between(d, least, low - 1);

		value = a > b ? a : b;
		flag = "low";
	} else if (abnormal) {
		int64_t a = draws_between(d, high + 1, most), b = draws_between(d, high + 1, most);

		value = a < b ? a : b;
		flag = "high";
	} else {
		value = (draws_between(d, low, high) + draws_between(d, low, high)) / 2;
	}
	to = put_member(to, '{', "test", table_cell(k->tests, test, 0));
	to = put_literal(to, ",\"value\":");
	to += num_put_decimal(to, value, decimals);
	to = put_member(to, ',', "unit", table_cell(k->tests, test, 1));
	to = put_literal(to, ",\"range\":\"");
	to = put_cell(to, low_text);
	*to++ = '-';
	to = put_cell(to, high_text);
	to = put_literal(to, "\",\"flag\":\"");
	to = put_text(to, flag);
	return put_literal(to, "\"}");
}

/* ---- patient ---- */

enum { DIAGNOSES_MOST = 3, ALLERGIES_MOST = 2 };

struct patient {
	struct person who;
	bool female;
	int64_t age, born;              /* years; days since 1970 */
	unsigned codes, allergies;
	uint32_t code[DIAGNOSES_MOST], allergy[ALLERGIES_MOST], drug[DIAGNOSES_MOST];   /* UINT32_MAX: no drug */
};

/* Does an allergy exclude the class of the drug, or name the drug? */
static bool excluded(const struct clinic *k, const struct patient *p, uint32_t drug)
{
	for (unsigned i = 0; i < p->allergies; i++) {
		struct cell class = table_cell(k->allergies, p->allergy[i], 1), of = table_cell(k->drugs, drug, DRUG_CLASS);

		if (class.n && cell_same(class, of))
			return true;
	}
	return false;
}

/* A drug of a class that treats the diagnosis; the classes in turn, from a random one on, until none is excluded. */
static uint32_t treat(const struct clinic *k, const struct patient *p, uint32_t code, struct draws *d)
{
	const struct family *f = &k->family[k->family_of[code]];
	uint64_t start = f->classes ? draws_below(d, f->classes) : 0;

	for (unsigned i = 0; i < f->classes; i++) {
		unsigned at = (unsigned)(start + i) % f->classes;
		uint32_t drug = f->class_first[at] + (uint32_t)draws_below(d, f->class_n[at]);

		if (!excluded(k, p, drug))
			return drug;
	}
	return UINT32_MAX;
}

/* Codes from V to Y say how something came about, those of S and T what it is. */
static bool is_external(const struct clinic *k, uint32_t code)
{
	char first = *table_cell(k->codes, code, ICD_CODE).at;

	return first >= 'V' && first <= 'Y';
}

static bool is_injured(const struct clinic *k, const struct patient *p)
{
	bool found = false;

	for (unsigned i = 0; i < p->codes; i++) {
		char first = *table_cell(k->codes, p->code[i], ICD_CODE).at;

		found |= first == 'S' || first == 'T';
	}
	return found;
}

static bool befalls(const struct clinic *k, const struct patient *p, uint32_t code)
{
	const struct family *f = &k->family[k->family_of[code]];

	if ((f->sex == 'f' && !p->female) || (f->sex == 'm' && p->female) || p->age < f->least || p->age > f->most)
		return false;
	if (is_external(k, code) && !is_injured(k, p))
		return false;
	/* One of a family is enough. */
	for (unsigned i = 0; i < p->codes; i++)
		if (k->family_of[p->code[i]] == k->family_of[code])
			return false;
	return true;
}

static struct patient make_patient(const struct clinic *k, const struct people *of, const struct row *r, uint64_t salt, enum sex sex)
{
	struct draws d = draws_of(r, rng_mix(salt + 0x70617469));
	struct person who = person_make(of, r, salt, sex);
	struct patient p = { .who = who, .female = !who.male, .age = who.age, .born = who.birth_days };
	uint64_t wanted = 1 + draws_below(&d, DIAGNOSES_MOST), allergies = draws_below(&d, 10);

	allergies = allergies < 6 ? 0 : allergies < 9 ? 1 : 2;
	for (uint64_t i = 0; i < allergies; i++) {
		uint32_t a = alias_pick(k->by_allergy, draws_next(&d));

		if (!p.allergies || p.allergy[0] != a)
			p.allergy[p.allergies++] = a;
	}
	for (unsigned i = 0; i < 24 && p.codes < wanted; i++) {
		uint32_t code = alias_pick(k->by_frequency, draws_next(&d));

		if (befalls(k, &p, code))
			p.code[p.codes++] = code;
	}
	for (unsigned i = 0; i < p.codes; i++)
		p.drug[i] = treat(k, &p, p.code[i], &d);
	return p;
}

static char *put_medications(char *to, const struct clinic *k, const struct patient *p, const struct row *r, uint64_t salt)
{
	char *start = to;

	for (unsigned i = 0; i < p->codes; i++) {
		bool twice = false;

		for (unsigned n = 0; n < i; n++)
			twice |= p->drug[n] == p->drug[i];
		if (p->drug[i] == UINT32_MAX || twice)
			continue;
		*to = ',';
		to += to != start;
		to = put_member(to, '{', "name", table_cell(k->drugs, p->drug[i], DRUG_NAME));
		to = put_literal(to, ",\"dosage\":\"");
		to = clinic_put_dosage(k, p->drug[i], r, salt + i, to);
		to = put_literal(to, "\",\"for\":");
		to = put_quoted(to, table_cell(k->codes, p->code[i], ICD_CODE));
		*to++ = '}';
	}
	return to;
}

static char *put_list(char *to, const struct clinic *k, const struct patient *p, const struct row *r, bool allergies, struct draws *d)
{
	int64_t today = r->now_ns / DAY_NS, life = today - p->born;

	for (unsigned i = 0; i < (allergies ? p->allergies : p->codes); i++) {
		if (i)
			*to++ = ',';
		to = allergies ? put_quoted(to, table_cell(k->allergies, p->allergy[i], 0)) :
			put_diagnosis(to, k, p->code[i], today - (int64_t)draws_below(d, (uint64_t)(life < 1095 ? life : 1095)));
	}
	return to;
}

static char *put_field(const struct record *k, const struct patient *p, const struct row *r, uint64_t salt, unsigned field, char *to)
{
	struct draws d = draws_of(r, rng_mix(salt + 0x66000000 + field));
	struct vitals v;

	switch (field) {
	case 0:
		*to++ = '"';
		to = person_put_name(k->people, &p->who, to);
		*to++ = '"';
		return to;
	case 1: return p->female ? put_literal(to, "\"female\"") : put_literal(to, "\"male\"");
	case 2:
		*to++ = '"';
		to = put_date(to, p->born);
		*to++ = '"';
		return to;
	case 3: return put_int(to, p->age);
	case 4:
		to = put_literal(to, "\"MRN");
		to = put_digits(to, draws_below(&d, 100000000), 8);
		*to++ = '"';
		return to;
	case 5:
		*to++ = '"';
		to = blood_put(to, false, true, &d);
		*to++ = '"';
		return to;
	case 9:
		v = vitals_of(r, k->vitals_salt, 0.05, PROFILE_MIXED);
		return vitals_put(to, &v, 31);
	default:
		*to++ = '[';
		to = field == 8 ? put_medications(to, &k->clinic, p, r, salt) : put_list(to, &k->clinic, p, r, field == 6, &d);
		*to++ = ']';
		return to;
	}
}

static char *patient_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct record *k = c->made;
	struct patient p = make_patient(&k->clinic, k->people, r, c->group_salt, (enum sex)((const struct record_opts *)c->opts)->sex);
	char before = '{';

	(void)d;
	for (unsigned i = 0; patient_fields[i]; i++) {
		if (!(k->fields.set >> i & 1))
			continue;
		to = put_key(to, before, patient_fields[i]);
		before = ',';
		to = put_field(k, &p, r, c->group_salt, i, to);
	}
	*to++ = '}';
	return to;
}

static size_t patient_room(const struct call *c)
{
	const struct record *k = c->made;

	return 2064u + k->people->first[0]->longest + k->people->first[1]->longest + 2u * k->people->last->longest;
}

#define RECORD(n, g, h, p) ROW_NAME(n), .category = "Health", .group = g, .help = h, .out = KIND_JSON, .params = p, \
	.opts_size = sizeof(struct record_opts), .made_size = sizeof(struct record), .release = record_release

const struct provider pack_records[] = {
	{ RECORD("diagnosis", "diagnosis", "Code, description and date of a diagnosis.", diagnosis_params), .prepare = record_prepare,
	  .example = "{\"code\":\"E11.9\",\"description\":\"Type 2 diabetes, uncomplicated\",\"date\":\"2023-08-14\"}", .room = 512,
	  .text = diagnosis_text },
	{ RECORD("prescription", "drug", "Drug, form, dosage, quantity and refills.", NULL), .prepare = record_prepare,
	  .example = "{\"medication\":\"Lisinopril\",\"form\":\"tablet\",\"dosage\":\"10 mg once daily\",\"quantity\":30,\"refills\":2}",
	  .room = 512, .text = prescription_text },
	{ RECORD("lab_result", "lab", "A result with unit, reference range, and a flag that agrees.", result_params), .prepare = result_prepare,
	  .example = "{\"test\":\"Hemoglobin\",\"value\":14.2,\"unit\":\"g/dL\",\"range\":\"12.0-17.5\",\"flag\":\"normal\"}", .room = 512,
	  .text = result_text },
	{ RECORD("patient", "person", "A patient whose diagnoses fit age and sex, and whose medications treat them and respect the allergies.", patient_params),
	  .aliases = "medical_record", .prepare = record_prepare, .example = "{\"name\":\"Mary Miller\",\"sex\":\"female\",\"age\":61}",
	  .max_len = patient_room, .text = patient_text },
	{ .name = NULL },
};
