/* Diagnoses and drugs that know each other. */
#include "value/packs/clinic.h"

#include <stdlib.h>
#include <string.h>

#include "value/moments.h"

/* The next of a list; false at its end. */
static bool list_next(struct cell *rest, char separator, struct cell *item)
{
	const char *end;

	if (!rest->n)
		return false;
	end = memchr(rest->at, separator, rest->n);
	*item = (struct cell){ rest->at, end ? (uint32_t)(end - rest->at) : rest->n };
	*rest = end ? (struct cell){ end + 1, rest->n - item->n - 1 } : (struct cell){ rest->at, 0 };
	return true;
}

struct cell list_pick(struct cell list, char separator, struct draws *d)
{
	struct cell rest = list, item = list;
	uint64_t n = 0, at;

	while (list_next(&rest, separator, &item))
		n++;
	if (!n)
		return list;
	at = draws_below(d, n);
	rest = list;
	for (n = 0; n <= at; n++)
		list_next(&rest, separator, &item);
	return item;
}

bool list_has(struct cell list, char separator, struct cell what)
{
	struct cell item;

	while (list_next(&list, separator, &item))
		if (cell_same(item, what))
			return true;
	return false;
}

static void read_family(struct clinic *k, uint32_t row)
{
	struct family *f = &k->family[row];
	struct cell rest = table_cell(k->families, row, FAMILY_CLASSES), class;

	*f = (struct family){ .least = (uint8_t)cell_int(table_cell(k->families, row, FAMILY_LEAST)),
		.most = (uint8_t)cell_int(table_cell(k->families, row, FAMILY_MOST)),
		.sex = *table_cell(k->families, row, FAMILY_SEX).at, .chronic = *table_cell(k->families, row, FAMILY_CHRONIC).at == 'c' };
	while (f->classes < CLASSES_MOST && list_next(&rest, ',', &class)) {
		char name[64] = "";

		memcpy(name, class.at, class.n < sizeof name ? class.n : sizeof name - 1);
		f->class_n[f->classes] = table_range(k->drugs, DRUG_CLASS, name, &f->class_first[f->classes]);
		if (f->class_n[f->classes])
			f->classes++;
	}
}

int clinic_open(struct clinic *k, struct err *e)
{
	k->codes = table_find("en_US", "icd10");
	k->families = table_find("en_US", "icd10_family");
	k->drugs = table_find("en_US", "drug");
	k->allergies = table_find("en_US", "allergy");
	if (!k->codes || !k->families || !k->drugs || !k->allergies)
		return err_set(e, ERR_INPUT, "the tables of health are not in this build");
	k->by_frequency = table_alias(k->codes);
	k->by_use = table_alias(k->drugs);
	k->by_allergy = table_alias(k->allergies);
	k->family_of = calloc(k->codes->rows, sizeof *k->family_of);
	k->family = calloc(k->families->rows, sizeof *k->family);
	if (!k->by_frequency || !k->by_use || !k->by_allergy || !k->family_of || !k->family) {
		clinic_close(k);
		return err_memory(e);
	}
	for (uint32_t i = 0; i < k->families->rows; i++)
		read_family(k, i);
	for (uint32_t i = 0; i < k->codes->rows; i++)
		for (uint32_t n = 0; n < k->families->rows; n++)
			if (cell_same(table_cell(k->codes, i, ICD_FAMILY), table_cell(k->families, n, FAMILY_NAME)))
				k->family_of[i] = n;
	k->weighted = true;
	return 0;
}

void clinic_close(struct clinic *k)
{
	free(k->family_of);
	free(k->family);
	alias_free(&k->some);
	free(k->some_rows);
	*k = (struct clinic){ 0 };
}

int clinic_filter(struct clinic *k, const struct table *t, bool (*fits)(const struct clinic *k, uint32_t row, const void *what), const void *what,
		  const char *refusal, struct err *e)
{
	double *weights = calloc(t->rows, sizeof *weights);
	uint32_t n = 0;

	k->some_rows = calloc(t->rows, sizeof *k->some_rows);
	if (!weights || !k->some_rows) {
		free(weights);
		return err_memory(e);
	}
	for (uint32_t i = 0; i < t->rows; i++)
		if (fits(k, i, what)) {
			weights[n] = t->weights[i];
			k->some_rows[n++] = i;
		}
	if (n && alias_init(&k->some, weights, n) < 0)
		n = UINT32_MAX;
	free(weights);
	if (n == UINT32_MAX)
		return err_memory(e);
	return n ? 0 : err_set(e, ERR_INPUT, "%s", refusal);
}

uint32_t clinic_code(const struct clinic *k, const struct row *r, uint64_t salt)
{
	struct draws d = draws_of(r, salt);

	if (k->some.n)
		return k->some_rows[alias_pick(&k->some, draws_next(&d))];
	return table_pick(k->codes, k->weighted ? k->by_frequency : NULL, &d);
}

uint32_t clinic_drug(const struct clinic *k, const struct row *r, uint64_t salt)
{
	struct draws d = draws_of(r, salt);

	return k->some.n ? k->some_rows[alias_pick(&k->some, draws_next(&d))] : table_pick(k->drugs, k->by_use, &d);
}

char *clinic_put_dosage(const struct clinic *k, uint32_t drug, const struct row *r, uint64_t salt, char *to)
{
	struct draws d = draws_of(r, salt ^ 0x646f7365);

	to = put_cell(to, list_pick(table_cell(k->drugs, drug, DRUG_STRENGTHS), ';', &d));
	*to++ = ' ';
	return put_cell(to, table_cell(k->drugs, drug, DRUG_OFTEN));
}

/* ---- patterns ---- */

static const char *last_digit(const char *pattern)
{
	const char *last = NULL;

	for (const char *s = pattern; *s; s++) {
		if (*s == '\\' && s[1])
			s++;
		else if (*s == '#')
			last = s;
	}
	return last;
}

int pattern_check(const char *pattern, enum check check, struct err *e)
{
	size_t n = strlen(pattern);

	if (n < 1 || n > 4096)
		return err_set(e, ERR_INPUT, "pattern: takes 1 to 4096 bytes, not %zu", n);
	if (check != CHECK_NONE && !last_digit(pattern))
		return err_set(e, ERR_INPUT, "pattern: '%.40s' has no # for the check digit", pattern);
	return 0;
}

/* The check digit for digits already written, from the right: Luhn doubles every second; mod 11 weighs 2, 3, ... 7, 2, ... */
static char check_digit(const char *from, const char *to, enum check check)
{
	unsigned sum = 0, place = 0;

	while (to-- > from) {
		unsigned v = (unsigned)(*to - '0');

		if (v > 9)
			continue;
		if (check == CHECK_MOD11)
			sum += v * (2 + place % 6);
		else
			sum += place % 2 ? v : v < 5 ? 2 * v : 2 * v - 9;
		place++;
	}
	sum = check == CHECK_MOD11 ? (11 - sum % 11) % 11 : (10 - sum % 10) % 10;
	return sum == 10 ? 'X' : (char)('0' + sum);
}

char *pattern_put(char *to, const char *pattern, enum check check, struct draws *d)
{
	const char *last = check == CHECK_NONE ? NULL : last_digit(pattern);
	char *start = to;

	for (const char *s = pattern; *s; s++) {
		if (s == last) {
			*to = check_digit(start, to, check);
			to++;
		} else if (*s == '#') {
			*to++ = (char)('0' + draws_below(d, 10));
		} else if (*s == '?') {
			*to++ = (char)('A' + draws_below(d, 26));
		} else {
			s += *s == '\\' && s[1];
			*to++ = *s;
		}
	}
	return to;
}
