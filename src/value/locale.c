/* Locales and mixes of them. */
#include "value/locale.h"

#include <stdio.h>
#include <string.h>

#include "base/digest.h"
#include "base/num.h"
#include "base/suggest.h"

/* The name as the tables have it. */
static const char *known(const char *name, struct err *e)
{
	struct suggest s;
	char hint[80];

	suggest_init(&s, name);
	for (const struct table *const *t = value_tables; *t; t++) {
		if (strcmp((*t)->locale, "any") == 0)
			continue;
		if (strcmp((*t)->locale, name) == 0)
			return (*t)->locale;
		suggest_try(&s, (*t)->locale);
	}
	err_set(e, ERR_INPUT, "locale: there are no data of '%.40s'%s", name, suggest_text(&s, hint, sizeof hint));
	return NULL;
}

/* NAME or NAME=WEIGHT. */
static int read_one(struct locales *l, const char *text, size_t n, double *weight, struct err *e)
{
	char name[64], *equals;

	snprintf(name, sizeof name, "%.*s", (int)(n < sizeof name ? n : sizeof name - 1), text);
	equals = strchr(name, '=');
	*weight = 1;
	if (equals) {
		*equals = '\0';
		if (num_real(equals + 1, weight, NULL) < 0 || !(*weight >= 0))
			return err_set(e, ERR_INPUT, "locale: the weight of %.40s must be a number from 0, not '%.20s'", name, equals + 1);
	}
	l->names[l->n] = known(name, e);
	if (!l->names[l->n])
		return -1;
	for (unsigned i = 0; i < l->n; i++)
		if (l->names[i] == l->names[l->n] || strcmp(l->names[i], l->names[l->n]) == 0)
			return err_set(e, ERR_INPUT, "locale: %s stands there twice", l->names[i]);
	l->n++;
	return 0;
}

int locales_read(struct locales *l, const char *text, const char *group_path, struct err *e)
{
	double weights[LOCALES_MOST];

	*l = (struct locales){ .salt = digest_bytes("#locale", 7, digest_bytes(group_path, strlen(group_path), 0x6c6f63616c65)) };
	for (const char *s = text;; s++) {
		size_t n;

		s += strspn(s, " ");
		n = strcspn(s, ",");
		if (l->n == LOCALES_MOST)
			return err_set(e, ERR_INPUT, "locale: more than %d of them", LOCALES_MOST);
		if (read_one(l, s, n, &weights[l->n], e) < 0)
			return -1;
		s += n;
		if (!*s)
			break;
	}
	return alias_init(&l->pick, weights, l->n) < 0 ? err_set(e, ERR_INPUT, "locale: the weights cannot all be 0") : 0;
}

void locales_free(struct locales *l)
{
	alias_free(&l->pick);
}

int locales_check(const char *text, struct err *e)
{
	struct locales l;
	int status = locales_read(&l, text, "", e);

	locales_free(&l);
	return status;
}

bool locales_mixed(const char *text)
{
	return strchr(text, ',') != NULL;
}
