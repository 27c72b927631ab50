/*
 * What the providers of health share: the diagnosis and the drug of a row, vital signs, and filling patterns with check digits.
 *
 * A diagnosis belongs to a family of codes, which names the condition, its symptoms, whom it befalls and the classes of drugs that
 * treat it. Groups draw from the salt of their group: "diagnosis", "drug", "vitals".
 */
#ifndef VALUE_PACKS_CLINIC_H
#define VALUE_PACKS_CLINIC_H

#include "value/moments.h"
#include "value/provider.h"

enum { ICD_CODE, ICD_FAMILY, ICD_DESCRIPTION };
enum { FAMILY_NAME, FAMILY_CONDITION, FAMILY_CHRONIC, FAMILY_SEX, FAMILY_LEAST, FAMILY_MOST, FAMILY_CLASSES, FAMILY_SYMPTOMS };
enum { DRUG_NAME, DRUG_CLASS, DRUG_FORM, DRUG_STRENGTHS, DRUG_OFTEN, DRUG_A_DAY, DRUG_DAYS };
enum { CLASSES_MOST = 6 };

struct family {
	uint32_t class_first[CLASSES_MOST], class_n[CLASSES_MOST];      /* rows of drugs; sorted by class */
	uint8_t classes, least, most;
	char sex;
	bool chronic;
};

struct clinic {
	const struct table *codes, *families, *drugs, *allergies;
	const struct alias *by_frequency, *by_use, *by_allergy;
	uint32_t *family_of;            /* per code */
	struct family *family;
	struct alias some;              /* of the rows that a filter leaves; n 0: no filter */
	uint32_t *some_rows;
	bool weighted;
};

/* Binds the tables; memory goes with clinic_close(). */
int clinic_open(struct clinic *k, struct err *e);
void clinic_close(struct clinic *k);
/* Keeps the rows of a table for which fits() is true; refuses with the text when there are none. */
int clinic_filter(struct clinic *k, const struct table *t, bool (*fits)(const struct clinic *k, uint32_t row, const void *what), const void *what,
		  const char *refusal, struct err *e);

uint32_t clinic_code(const struct clinic *k, const struct row *r, uint64_t salt);
uint32_t clinic_drug(const struct clinic *k, const struct row *r, uint64_t salt);
/* One of a list in a cell: "5 mg;10 mg". */
struct cell list_pick(struct cell list, char separator, struct draws *d);
bool list_has(struct cell list, char separator, struct cell what);
/* "10 mg once daily": the strength of the row. */
char *clinic_put_dosage(const struct clinic *k, uint32_t drug, const struct row *r, uint64_t salt, char *to);

/* Patterns whose last '#' is a check digit over the digits before it. */
enum check { CHECK_NONE, CHECK_MOD10, CHECK_MOD11 };
int pattern_check(const char *pattern, enum check check, struct err *e);
char *pattern_put(char *to, const char *pattern, enum check check, struct draws *d);

/* Standard normal, and one of the vital signs of a row, which agree: fever lifts heart and breath, low oxygen lifts breath. */
double draws_normal(struct draws *d);
struct vitals {
	int64_t pulse, systolic, diastolic, breath, oxygen;
	double celsius;
};
enum { PROFILE_NORMAL, PROFILE_ELEVATED, PROFILE_STAGE1, PROFILE_STAGE2, PROFILE_MIXED };
struct vitals_opts {
	double mean, sd, fever_rate;
	int64_t min, max;
	int profile, as, unit;
	char *fields;
};
struct vitals vitals_of(const struct row *r, uint64_t salt, double fever_rate, int profile);
/* {"heart_rate":72,...}: a bit for each of heart_rate, blood_pressure, body_temperature, respiratory_rate, spo2. */
char *vitals_put(char *to, const struct vitals *v, uint64_t fields);
extern const char *const vitals_fields[];

char *blood_put(char *to, bool uniform, bool rh, struct draws *d);

#endif
