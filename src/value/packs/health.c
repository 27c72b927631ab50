/* Health: diagnoses, drugs, numbers of patients and providers, small vocabularies. */

#include <string.h>

#include "value/packs/clinic.h"
#include "value/packs/person.h"
#include "value/packs/pick.h"

struct health_opts {
	char *code, *class, *form, *medication, *pattern;
	bool billable, severity;
	int chapter, chronic, format, check, type;
};

struct health {
	struct clinic clinic;
	uint32_t only;                  /* UINT32_MAX: any */
};

#define CLINIC(c) (&((const struct health *)(c)->made)->clinic)
#define OPTS(c) ((const struct health_opts *)(c)->opts)

static const char *const chapters[] = { "any", "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K", "L", "M", "N", "O", "P", "Q", "R", "S", "T", "U",
	"V", "W", "X", "Y", "Z", NULL };
static const char *const any_yes_no[] = { "any", "yes", "no", NULL };
static const char *const layouts[] = { "5-4-2", "5-3-2", "5-4-1", "4-4-2", "11", NULL };
static const char *const checks[] = { "none", "mod10", "mod11", NULL };
static const char *const types[] = { "1", "2", NULL };

static const struct param code_params[] = {
	P_CHOICE(struct health_opts, chapter, chapters, 0, .help = "First letter of the code."),
	P_BOOL(struct health_opts, billable, true, .help = "Complete codes; false: the category of three characters."), P_END
};
static const struct param description_params[] = { P_TEXT(struct health_opts, code, "", .help = "A code; empty: that of the record."), P_END };
static const struct param condition_params[] = { P_CHOICE(struct health_opts, chronic, any_yes_no, 0, .help = "Only chronic conditions, or only others."), P_END };
static const struct param medication_params[] = {
	P_TEXT(struct health_opts, class, "any", .help = "Class of drug, like statin; any."),
	P_TEXT(struct health_opts, form, "any", .help = "Form, like tablet; any."), P_END
};
static const struct param ndc_params[] = {
	P_CHOICE(struct health_opts, format, layouts, 0, .help = "Digits of labeler, product and package; 11: without hyphens."), P_END
};
static const struct param mrn_params[] = {
	P_TEXT(struct health_opts, pattern, "MRN########", .help = "# a digit, ? a letter, \\\\ escapes."),
	P_CHOICE(struct health_opts, check, checks, 0, .help = "The last # is a check digit of the digits before it."), P_END
};
static const struct param patient_id_params[] = { P_TEXT(struct health_opts, pattern, "P-########", .help = "# a digit, ? a letter, \\\\ escapes."), P_END };
static const struct param member_params[] = { P_TEXT(struct health_opts, pattern, "???#########", .help = "# a digit, ? a letter, \\\\ escapes."), P_END };
static const struct param npi_params[] = { P_CHOICE(struct health_opts, type, types, 0, .help = "First digit: 1, as nearly all have, or 2."), P_END };
static const struct param allergy_params[] = { P_BOOL(struct health_opts, severity, false, .help = "With how severe it is."), P_END };
static const struct param dosage_params[] = { P_TEXT(struct health_opts, medication, "", .help = "Name of a drug; empty: that of the record."), P_END };

/* ---- setting up ---- */

static bool of_chapter(const struct clinic *k, uint32_t row, const void *what)
{
	return *table_cell(k->codes, row, ICD_CODE).at == *(const char *)what;
}

static bool of_chronic(const struct clinic *k, uint32_t row, const void *what)
{
	return k->family[k->family_of[row]].chronic == *(const bool *)what;
}

static bool asked(const char *text)
{
	return text && *text && strcmp(text, "any") != 0;
}

static bool of_drug(const struct clinic *k, uint32_t row, const void *what)
{
	const struct health_opts *o = what;
	const char *const wanted[] = { o->class, o->form };

	for (unsigned i = 0; i < 2; i++)
		if (asked(wanted[i]) && !cell_is(table_cell(k->drugs, row, DRUG_CLASS + i), wanted[i]))
			return false;
	return true;
}

static void clinic_release(struct call *c)
{
	clinic_close(&((struct health *)c->made)->clinic);
}

static int clinic_prepare(struct call *c, struct err *e)
{
	struct health *h = c->made;
	const struct health_opts *o = OPTS(c);
	int status = 0;

	h->only = UINT32_MAX;
	if (clinic_open(&h->clinic, e) < 0)
		return -1;
	if (o->chapter)
		status = clinic_filter(&h->clinic, h->clinic.codes, of_chapter, chapters[o->chapter], "chapter: no code of this letter is known", e);
	else if (o->chronic)
		status = clinic_filter(&h->clinic, h->clinic.codes, of_chronic, &(bool){ o->chronic == 1 }, "chronic: no condition is known", e);
	else if (asked(o->class) || asked(o->form))
		status = clinic_filter(&h->clinic, h->clinic.drugs, of_drug, o, "class: no drug of this class and form is known", e);
	if (status == 0 && asked(o->code)) {
		h->only = table_named(h->clinic.codes, ICD_CODE, "code", "diagnosis", o->code, e);
		status = h->only == UINT32_MAX ? -1 : 0;
	}
	if (status == 0 && asked(o->medication)) {
		h->only = table_named(h->clinic.drugs, DRUG_NAME, "medication", "drug", o->medication, e);
		status = h->only == UINT32_MAX ? -1 : 0;
	}
	if (status < 0)
		clinic_release(c);
	return status;
}

/* ---- diagnosis ---- */

static uint32_t code_of(const struct call *c, const struct row *r)
{
	const struct health *h = c->made;

	return h->only != UINT32_MAX ? h->only : clinic_code(&h->clinic, r, c->group_salt);
}

static char *icd10_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	struct cell code = table_cell(CLINIC(c)->codes, code_of(c, r), ICD_CODE);

	(void)d;
	return put_bytes(to, code.at, OPTS(c)->billable || code.n < 3 ? code.n : 3);
}

static char *description_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return put_cell(to, table_cell(CLINIC(c)->codes, code_of(c, r), ICD_DESCRIPTION));
}

static char *condition_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct clinic *k = CLINIC(c);

	(void)d;
	return put_cell(to, table_cell(k->families, k->family_of[code_of(c, r)], FAMILY_CONDITION));
}

static char *symptom_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct clinic *k = CLINIC(c);

	return put_cell(to, list_pick(table_cell(k->families, k->family_of[code_of(c, r)], FAMILY_SYMPTOMS), ';', d));
}

/* ---- drug ---- */

static char *medication_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return put_cell(to, table_cell(CLINIC(c)->drugs, clinic_drug(CLINIC(c), r, c->group_salt), DRUG_NAME));
}

static char *dosage_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct health *h = c->made;

	(void)d;
	return clinic_put_dosage(&h->clinic, h->only != UINT32_MAX ? h->only : clinic_drug(&h->clinic, r, c->group_salt), r, c->group_salt, to);
}

/* The parts that a layout shortens begin with 0 in the eleven digits; here each has as many as its layout says. */
static char *ndc_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	static const uint8_t widths[][3] = { { 5, 4, 2 }, { 5, 3, 2 }, { 5, 4, 1 }, { 4, 4, 2 }, { 5, 4, 2 } };
	static const uint32_t tens[] = { 1, 10, 100, 1000, 10000, 100000 };
	int format = OPTS(c)->format;
	struct draws own = draws_of(r, c->group_salt ^ 0x6e6463);
	uint64_t pick = draws_next(&own);
	const uint32_t part[] = { 10000 + (uint32_t)(pick >> 40) % 90000, (uint32_t)(pick >> 16 & 0xffffff) % 9999 + 1, (uint32_t)(pick & 0xffff) % 99 + 1 };

	(void)d;
	for (unsigned i = 0; i < 3; i++) {
		if (i && format != 4)
			*to++ = '-';
		to = put_digits(to, part[i] % tens[widths[format][i]], widths[format][i]);
	}
	return to;
}

/* ---- numbers ---- */

static int number_prepare(struct call *c, struct err *e)
{
	return pattern_check(OPTS(c)->pattern, (enum check)OPTS(c)->check, e);
}

static size_t number_room(const struct call *c)
{
	return strlen(OPTS(c)->pattern);
}

static char *number_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)r;
	return pattern_put(to, OPTS(c)->pattern, (enum check)OPTS(c)->check, d);
}

/* Luhn over 80840 and the number: the prefix adds 24. */
static char *npi_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	uint64_t v = (OPTS(c)->type ? 200000000 : 100000000) + draws_below(d, 100000000), rest = v;
	unsigned sum = 24;

	(void)r;
	for (unsigned i = 0; i < 9; i++, rest /= 10) {
		unsigned digit = (unsigned)(rest % 10);

		sum += i % 2 ? digit : digit < 5 ? 2 * digit : 2 * digit - 9;
	}
	return put_digits(to, v * 10 + (10 - sum % 10) % 10, 10);
}

/* ---- words ---- */

static char *lab_test_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	*d = draws_of(r, c->group_salt);
	return pick_put(c->made, d, 0, to);
}

static int allergy_prepare(struct call *c, struct err *e)
{
	return pick_bind(c->made, c->locale, "allergy", true, e);
}

static char *allergy_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	uint64_t luck;

	(void)r;
	to = pick_put(c->made, d, 0, to);
	if (!OPTS(c)->severity)
		return to;
	luck = draws_below(d, 100);
	return luck < 50 ? put_literal(to, " (mild)") : luck < 85 ? put_literal(to, " (moderate)") : put_literal(to, " (severe)");
}

static char *payer_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	static const char *const first[] = { "Summit", "Harbor", "Evergreen", "Prairie", "Lakeside", "Heritage", "Beacon", "Cedar", "Granite", "Liberty Oak",
		"Northfield", "Pinecrest", "Riverbend", "Silver Birch", "Keystone Valley", "Golden Plains" };
	static const char *const second[] = { "Health Plan", "Mutual", "Health Insurance", "Care Network", "Medical Plan", "Benefit Group", "Assurance", "HealthCare" };
	uint64_t pick = draws_next(d);

	(void)c, (void)r;
	to = put_text(to, first[pick & 15]);
	*to++ = ' ';
	return put_text(to, second[pick >> 32 & 7]);
}

static int hospital_prepare(struct call *c, struct err *e)
{
	const struct atlas **of = c->made;

	*of = atlas_of(c->locale, e);
	return *of ? 0 : -1;
}

static char *hospital_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	static const char *const kinds[] = { "General Hospital", "Medical Center", "Community Hospital", "Regional Medical Center", "Memorial Hospital",
		"Children's Hospital", "University Hospital", "Veterans Hospital" };
	struct draws own = draws_of(r, c->group_salt ^ 0x686f7370);

	(void)d;
	to = put_cell(to, place_city(*(const struct atlas *const *)c->made, r, c->group_salt));
	*to++ = ' ';
	return put_text(to, kinds[draws_next(&own) >> 32 & 7]);
}

#define ABOUT(h, x) .category = "Health", .help = h, .example = x
#define HEALTH(n, h, x, p) ROW_NAME(n), ABOUT(h, x), .out = KIND_TEXT, .params = p, .opts_size = sizeof(struct health_opts)
#define CLINICAL(n, g, h, x, p) HEALTH(n, h, x, p), .group = g, .made_size = sizeof(struct health), .prepare = clinic_prepare, .release = clinic_release, .room = 128

const struct provider pack_health[] = {
	{ CLINICAL("icd10_code", "diagnosis", "Code of a diagnosis (ICD-10-CM).", "E11.9", code_params), .text = icd10_text },
	{ CLINICAL("icd10_description", "diagnosis", "What the code means, in plain words.", "Type 2 diabetes, uncomplicated", description_params),
	  .text = description_text },
	{ CLINICAL("medical_condition", "diagnosis", "A condition.", "Hypertension", condition_params), .text = condition_text },
	{ CLINICAL("symptom", "diagnosis", "A symptom of the diagnosis.", "shortness of breath", NULL), .text = symptom_text },
	{ CLINICAL("medication", "drug", "Generic name of a drug.", "Lisinopril", medication_params), .text = medication_text },
	{ CLINICAL("dosage", "drug", "A strength that the drug has, and how often it is taken.", "10 mg once daily", dosage_params), .text = dosage_text },
	{ HEALTH("ndc_code", "Number of a drug package, in a layout of the National Drug Code.", "54321-0407-30", ndc_params), .group = "drug",
	  .text = ndc_text },
	{ HEALTH("mrn", "Number of a medical record.", "MRN20481733", mrn_params), .prepare = number_prepare, .max_len = number_room, .text = number_text },
	{ HEALTH("npi", "Number of a provider of health care in the United States.", "1234567893", npi_params), .text = npi_text },
	{ HEALTH("hospital_name", "Name of a hospital, in the city of the place.", "Sacramento General Hospital", NULL), .group = "place",
	  .made_size = sizeof(struct atlas *), .prepare = hospital_prepare, .room = 128, .text = hospital_text },
	{ HEALTH("allergy", "What a patient is allergic to.", "Penicillin", allergy_params), .made_size = sizeof(struct pick), .prepare = allergy_prepare,
	  .text = allergy_text },
	{ HEALTH("patient_id", "Number of a patient.", "P-40218817", patient_id_params), .prepare = number_prepare, .max_len = number_room,
	  .text = number_text },
	{ ROW_NAME("lab_test"), ABOUT("Name of a laboratory test.", "Hemoglobin"), .group = "lab", .out = KIND_TEXT, .made_size = sizeof(struct pick),
	  .prepare = pick_prepare, .max_len = pick_room, .text = lab_test_text },
	{ PICKED("procedure"), ABOUT("A procedure, in own wording.", "Chest X-ray") },
	{ PICKED("medical_specialty"), ABOUT("A specialty of physicians.", "Cardiology") },
	{ HEALTH("insurance_payer", "Name of a health insurer, assembled.", "Evergreen Health Plan", NULL), .text = payer_text },
	{ HEALTH("insurance_member_id", "Number of a member of an insurance.", "XKQ204817330", member_params), .prepare = number_prepare,
	  .max_len = number_room, .text = number_text },
	{ PICKED("encounter_type"), ABOUT("Kind of a visit.", "outpatient"), PICK_WEIGHTED },
	{ .name = NULL },
};
