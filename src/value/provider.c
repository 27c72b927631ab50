/* Providers: giving one parameters, making values. */
#include "value/provider.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "base/num.h"
#include "base/suggest.h"
#include "base/utf8.h"
#include "value/modify.h"

struct call *call_new(const struct provider *p, const char *locale, struct err *e)
{
	struct call *c = calloc(1, sizeof *c);

	if (c) {
		c->is = p;
		c->locale = locale;
		c->opts = calloc(1, p->opts_size + 1);
		c->made = calloc(1, p->made_size + 1);
	}
	if (!c || !c->opts || !c->made || (p->params && param_init(p->params, c->opts, e) < 0)) {
		call_free(c);
		err_memory(e);
		return NULL;
	}
	return c;
}

static uint64_t row_bit(const struct call *c, const struct param *p)
{
	return UINT64_C(1) << ((p - c->is->params) & 63);
}

/* What other tools call a parameter. */
static const struct { const char *name, *is; } other_names[] = {
	{ "min_value", "min" }, { "max_value", "max" }, { "start_date", "start" }, { "end_date", "end" }, { "from", "start" }, { "from", "min" },
	{ "to", "end" }, { "to", "max" }, { "nb_words", "words" }, { "word_count", "words" }, { "wordcount", "words" },
	{ "sentence_count", "sentences" }, { "nb_sentences", "sentences" }, { "p_true", "p" }, { "probability", "p" },
	{ "chance_of_getting_true", "p" }, { "truth_probability", "p" },
	{ "fraction_digits", "decimals" }, { "dec", "decimals" }, { "precision", "decimals" }, { "special_chars", "special" },
	{ "include_symbols", "special" }, { "include_numbers", "digits" }, { "numeric", "digits" }, { "upper_case", "upper" },
	{ "lower_case", "lower" }, { "delimiter", "separator" }, { "sep", "separator" }, { "max_nb_chars", "max_chars" },
	{ "card_type", "issuer" }, { "types", "issuer" }, { "country_code", "country" }, { "state_abbr", "state" },
	{ "options", "elements" }, { "values", "elements" }, { "array", "elements" }, { "strs", "elements" }, { "entity", "event" },
	{ "timezone", "tz" }, { "size", "length" }, { "length", "max_chars" }, { "min", "min_length" }, { "max", "max_length" }, { "max", "max_chars" },
	{ "phone_format", "style" }, { "uuid_version", "version" }, { "strings", "elements" }, { "nested_generator", "of" },
	{ "min_count", "min" }, { "max_count", "max" }, { "min_size", "min" }, { "max_size", "max" },
};

const struct param *provider_param(const struct provider *is, const char *name)
{
	const struct param *p = is->params ? param_find(is->params, name) : NULL;

	for (size_t i = 0; !p && is->params && i < COUNT_OF(other_names); i++)
		if (suggest_same(other_names[i].name, name))
			p = param_find(is->params, other_names[i].is);
	return p && p->flags & PARAM_INSIDE ? NULL : p;
}

bool call_in_hundredths(const struct call *c, const char *name)
{
	static const char *const names[] = { "chance_of_getting_true", "truth_probability" };

	for (size_t i = 0; i < COUNT_OF(names); i++)
		if (suggest_same(names[i], name))
			return provider_param(c->is, name);
	return false;
}

const struct param *call_param(const struct call *c, const char *name)
{
	const struct param *p = provider_param(c->is, name);

	return p ? p : param_find(modifier_rows, name);
}

int call_set(struct call *c, const char *parameter, const char *text, struct err *e)
{
	const struct param *p = provider_param(c->is, parameter);
	void *opts = c->opts;
	size_t n = strlen(text);
	struct suggest s;
	char hint[160];

	if (utf8_check(text, n) != n)
		return err_set(e, ERR_INPUT, "%s: %.60s: is not valid UTF-8", c->is->name, parameter);
	if (!p && (p = param_find(modifier_rows, parameter))) {
		if (!c->mods && !(c->mods = modifiers_new(e)))
			return -1;
		opts = c->mods;
	}
	if (p) {
		c->worded |= p->type == PARAM_TEXT;
		if (opts == c->opts)
			c->given |= row_bit(c, p);
		if (n && n < sizeof hint - 1 && text[n - 1] >= '0' && text[n - 1] <= '9' && call_in_hundredths(c, parameter)) {
			snprintf(hint, sizeof hint, "%s%%", text);
			text = hint;
		}
		return param_set(p, opts, text, e) < 0 ? err_wrap(e, "%s", c->is->name) : 0;
	}
	suggest_init(&s, parameter);
	param_each(q, c->is->params)
		if (!(q->flags & PARAM_INSIDE))
			suggest_try(&s, q->name);
	param_each(q, modifier_rows)
		suggest_try(&s, q->name);
	return err_set(e, ERR_INPUT, "%s has no parameter '%.60s'%s", c->is->name, parameter, suggest_text(&s, hint, sizeof hint));
}

static bool in_order(const struct param *low, const struct param *high, const char *opts)
{
	switch (low->type) {
	case PARAM_INT:
	case PARAM_SPAN:
	case PARAM_SIZE: return *(const int64_t *)(opts + low->offset) <= *(const int64_t *)(opts + high->offset);
	case PARAM_REAL:
	case PARAM_SHARE: return *(const double *)(opts + low->offset) <= *(const double *)(opts + high->offset);
	default: return true;
	}
}

/* What a row that is called min... says is not above what max... says, where both are numbers of a kind. */
static int pairs_in_order(const struct call *c, struct err *e)
{
	param_each(low, c->is->params) {
		char name[40];
		const struct param *high;
		struct buf a, b;

		snprintf(name, sizeof name, "max%s", strncmp(low->name, "min", 3) == 0 ? low->name + 3 : "?");
		high = param_find(c->is->params, name);
		if (!high || high->type != low->type || in_order(low, high, c->opts))
			continue;
		if (c->varies)          /* in one of many rows: nobody reads it, and it must take no memory */
			return err_set(e, ERR_INPUT, "%s: is above %s", low->name, high->name);
		buf_init(&a, 100);
		buf_init(&b, 100);
		param_text(low, c->opts, &a);
		param_text(high, c->opts, &b);
		err_set(e, ERR_INPUT, "%s: %s is above %s, which is %s", low->name, a.data, high->name, b.data);
		buf_free(&a);
		buf_free(&b);
		return -1;
	}
	return 0;
}

bool preset_next(const char **preset, struct presetting *to)
{
	const char *s = *preset;
	size_t n = 0, name = strcspn(s, "=");

	for (bool inside = false; s[n] && (inside || s[n] != ','); n++)
		inside = s[n] == '[' || (inside && s[n] != ']');
	if (!n)
		return false;
	snprintf(to->name, sizeof to->name, "%.*s", (int)name, s);
	snprintf(to->value, sizeof to->value, "%.*s", (int)(n - name - 1), s + name + 1);
	*preset = s + n + (s[n] == ',');
	return true;
}

int call_preset(struct call *c, const char *preset, struct err *e)
{
	struct presetting one;

	while (preset_next(&preset, &one))
		if (call_set(c, one.name, one.value, e) < 0)
			return -1;
	return 0;
}

/* What must be known before prepare(): the tables and the group. */
static int begin_modified(struct call *c, const char *path, struct err *e)
{
	struct modifiers *m = c->mods;

	if (modifiers_begin(m, path, e) < 0)
		return -1;
	c->dresses = modify_dresses(m);
	if (*m->locale)
		c->locale = m->locale;
	if (*m->group)
		c->groups_key = digest_bytes(m->group, strlen(m->group), c->groups_key);
	return 0;
}

static int call_again(struct call *c, struct err *e)
{
	if (c->is->release)
		c->is->release(c);
	memset(c->made, 0, c->is->made_size);
	c->scale = 0;
	c->kind = c->is->out;
	return c->is->prepare ? c->is->prepare(c, e) : 0;
}

int call_prepare(struct call *c, struct err *e)
{
	return pairs_in_order(c, e) < 0 || call_again(c, e) < 0 ? err_wrap(e, "%s", c->is->name) : 0;
}

void call_vary(struct call *c, const struct param *p)
{
	c->varies = true;
	c->worded |= p->type == PARAM_TEXT;
	c->given &= ~row_bit(c, p);
	c->steered |= row_bit(c, p);
}

/* Nothing is guessed; what the row has as its text is an example. */
int call_complete(const struct call *c, struct err *e)
{
	param_each(p, c->is->params)
		if (p->flags & PARAM_NEEDED && !((c->given | c->steered) & row_bit(c, p)))
			return err_set(e, ERR_INPUT, "%s: %s is needed, like %s", c->is->name, p->name, p->text);
	return 0;
}

/* What no repetition could bring back is for those who want none. */
static int ask_clock(struct call *c, struct err *e)
{
	const struct param *p = c->is->params ? param_find(c->is->params, "clock") : NULL;

	c->wall = p && param_number(p, c->opts) > 0;
	if (c->wall && !c->takes_wall)
		return err_set(e, ERR_INPUT, "%s: clock: the machine's time does not come again; wall is for generate without --seed and --now", c->is->name);
	return 0;
}

/* A null_rate of its own is the modifier, with another default. */
static int own_nulls(struct call *c, struct err *e)
{
	const struct param *p = c->is->params ? param_find(c->is->params, "null_rate") : NULL;

	if (p && !c->mods && !(c->mods = modifiers_new(e)))
		return -1;
	if (p)
		c->mods->null_rate = param_number(p, c->opts);
	return 0;
}

int call_begin(struct call *c, const char *path, const char *group_path, struct err *e)
{
	c->salt = digest_bytes(path, strlen(path), 0x76616c756531);
	c->groups_key = digest_bytes(group_path, strlen(group_path), 0x67726f757031);
	if (call_complete(c, e) < 0 || ask_clock(c, e) < 0 || own_nulls(c, e) < 0)
		return -1;
	if (c->mods && begin_modified(c, path, e) < 0)
		return err_wrap(e, "%s", c->is->name);
	c->group_salt = 0;
	if (c->is->group)
		c->group_salt = call_group_salt(c, c->is->group);
	if (call_prepare(c, e) < 0)
		return -1;
	if (c->mods && modify_fits(c->mods, c->kind, e) < 0)
		return err_wrap(e, "%s", c->is->name);
	if (!c->mods || !c->mods->unique)
		return 0;
	if (c->is->rows && c->is->pool)
		c->leader = c->mods;
	return modify_count_call(c, e) < 0 ? err_wrap(e, "%s", c->is->name) : 0;
}

/* ---- one record ---- */

/* Sets a row that nobody set; where that is refused, what was there comes back. */
static int steer(struct call *c, const struct param *p, const char *value, struct err *e)
{
	struct buf before;
	struct err why;
	int status = 0;

	buf_init(&before, 4096);
	param_text(p, c->opts, &before);
	c->steered |= row_bit(c, p);
	if (strcmp(before.data, value) != 0 && param_set(p, c->opts, value, &why) == 0 && (pairs_in_order(c, &why) < 0 || call_again(c, &why) < 0)) {
		status = param_set(p, c->opts, before.data, e);
		status = status < 0 ? -1 : call_again(c, e);
	}
	buf_free(&before);
	return status;
}

static bool same_group(const struct call *a, const struct call *b)
{
	return a->is->group && b->is->group && strcmp(a->is->group, b->is->group) == 0 && a->group_salt == b->group_salt;
}

/* Does it tell the other about the record's person, of whom that one shows something? */
static bool tells_of_person(const struct call *from, const struct call *to)
{
	return from->is->group && strcmp(from->is->group, "person") == 0 && param_find(to->is->params, "sex") &&
	       from->group_salt == call_group_salt(to, "person");
}

/* Does what was said of `p` hold for a row of another call? Some names mean the same everywhere; what is inside is a member of the
 * options that both have. */
static bool holds(const struct call *from, const struct param *p, const struct call *to, const struct param *q)
{
	static const struct { const char *said, *there; } everywhere[] = {
		{ "sex", "sex" }, { "country", "country" }, { "state", "state" }, { "issuer", "issuer" }, { "airline", "airline" },
		{ "provider", "provider" }, { "category", "category" }, { "os", "os" }, { "currency", "code" },
	};

	if (q->type != p->type || (to->given | to->steered) & row_bit(to, q))
		return false;
	for (size_t i = 0; i < COUNT_OF(everywhere); i++)
		if (strcmp(everywhere[i].said, p->name) == 0 && strcmp(q->name, everywhere[i].there) == 0)
			return true;
	return q->flags & PARAM_INSIDE && q->offset == p->offset && from->is->opts_size == to->is->opts_size && same_group(from, to);
}

/* It can be of the record's, and nobody said that it is to be elsewhere. */
static bool free_place(const struct call *to)
{
	static const char *const elsewhere[] = { "of", "country", "weight", "near", "currency" };

	if (!param_find(to->is->params, "here"))
		return false;
	for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++) {
		const struct param *q = param_find(to->is->params, elsewhere[i]);

		if (q && (to->given | to->steered) & row_bit(to, q))
			return false;
	}
	return true;
}

static int steer_other(const struct call *from, struct call *to, struct err *e)
{
	const struct param *by_name;

	param_each(p, from->is->params) {
		param_each(q, from->given & row_bit(from, p) ? to->is->params : NULL) {
			struct buf value;
			int status;

			if (!holds(from, p, to, q))
				continue;
			buf_init(&value, 4096);
			param_text(p, from->opts, &value);
			status = steer(to, q, value.data, e);
			buf_free(&value);
			if (status < 0)
				return -1;
		}
	}
	if (!from->is->places || !free_place(to))
		return 0;
	if (steer(to, param_find(to->is->params, "here"), "true", e) < 0)
		return -1;
	/* A row may ask whether just this one is there, as it is by itself. */
	by_name = from->given ? NULL : param_find(to->is->params, from->is->name);
	return by_name && by_name->flags & PARAM_INSIDE ? steer(to, by_name, "true", e) : 0;
}

/* Of two of a group the one that was there leads, where it does. */
static void follow(struct call *before, struct call *c)
{
	const struct modifiers *leader = before->leader ? before->leader : c->leader;

	if (leader && !c->varies && c->is->rows && c->is->rows(c) == leader->pool)
		c->leader = leader;
	if (leader && !before->varies && before->is->rows && before->is->rows(before) == leader->pool)
		before->leader = leader;
}

/* Steering changes how many values there are: a country is the city's. */
static int count_again(const struct call *c, const struct call *by, struct err *e)
{
	if (!c->mods || !c->mods->pool || !c->is->rows || c->is->rows(c) == c->mods->pool)
		return 0;
	return err_set(e, ERR_INPUT, "%s: unique: the record's %s follows from '%s'; one of the two needs a group of its own, as in group='other'",
		       c->is->name, c->is->group, by->is->name);
}

int call_join(struct call **all, struct call *c, struct err *e)
{
	for (; *all; all = &(*all)->next) {
		struct call *other = *all;

		if ((same_group(c, other) || tells_of_person(other, c)) && steer_other(other, c, e) < 0)
			return err_wrap(e, "%s", c->is->name);
		if ((same_group(c, other) || tells_of_person(c, other)) && steer_other(c, other, e) < 0)
			return err_wrap(e, "%s", c->is->name);
		if (!same_group(c, other))
			continue;
		if (count_again(other, c, e) < 0 || count_again(c, other, e) < 0)
			return -1;
		follow(other, c);
	}
	*all = c;
	return 0;
}

uint64_t call_group_salt(const struct call *c, const char *group)
{
	if (c->group_salt && c->is->group && strcmp(c->is->group, group) == 0)
		return c->group_salt;
	return digest_bytes(group, strlen(group), c->groups_key);
}

void call_free(struct call *c)
{
	if (!c)
		return;
	if (c->is->release && c->made)
		c->is->release(c);
	if (c->is->params && c->opts)
		param_free(c->is->params, c->opts);
	modifiers_free(c->mods);
	free(c->opts);
	free(c->made);
	free(c);
}

size_t call_room_plain(const struct call *c)
{
	if (c->is->max_len)
		return c->is->max_len(c) + VALUE_SLACK;
	return (c->is->room ? c->is->room : VALUE_TEXT) + VALUE_SLACK;
}

size_t call_room(const struct call *c)
{
	size_t n = call_room_plain(c);

	/* The plain value is made behind the place of the one that is shown. */
	return c->dresses ? modify_room(c->mods, n) + n : n;
}

bool call_plain(const struct call *c)
{
	return call_kind(c) != KIND_TEXT || (c->is->plain && !c->worded && !c->mods);
}

enum kind call_kind(const struct call *c)
{
	return c->dresses ? KIND_TEXT : c->kind;
}

bool call_is_null(const struct call *c, const struct row *r)
{
	return c->mods && modify_null(c->mods, r);
}

void call_value(const struct call *c, const struct row *r, union value *to)
{
	struct draws d = draws_of(r, c->salt);

	if (UNLIKELY(c->mods && c->mods->pool))
		c->is->nth(c, modify_nth(c->mods, r), to);
	else
		c->is->value(c, r, &d, to);
}

char *call_put(const struct call *c, const union value *v, char *to)
{
	switch (c->is->out) {
	case KIND_INT: return put_int(to, v->i);
	case KIND_DECIMAL: return to + num_put_decimal(to, v->i, c->scale);
	case KIND_BOOL: return v->b ? put_literal(to, "true") : put_literal(to, "false");
	case KIND_INSTANT: return put_instant(to, v->i, 3);
	default: return to + num_put_real(to, v->r);
	}
}

static char *plain_text(const struct call *c, const struct row *r, char *to)
{
	struct draws d = draws_of(r, c->salt);
	union value v;

	if (c->is->text)
		return UNLIKELY(c->mods && c->mods->pool && !c->leader) ? c->is->nth_text(c, modify_nth(c->mods, r), to) : c->is->text(c, r, &d, to);
	call_value(c, r, &v);
	return call_put(c, &v, to);
}

char *call_text(const struct call *c, const struct row *r, char *to)
{
	char *plain;

	if (LIKELY(!c->dresses))
		return plain_text(c, r, to);
	plain = to + modify_room(c->mods, call_room_plain(c));
	return modify_put(c->mods, plain, (size_t)(plain_text(c, r, plain) - plain), r->number, to);
}

/* ---- for the files of providers ---- */

static uint64_t drawn(void *from, uint64_t n)
{
	return draws_below(from, n);
}

char *put_pattern(char *to, const char *pattern, struct draws *d)
{
	return put_pattern_by(to, pattern, drawn, d);
}

int text_fits(const char *name, const char *text, size_t most, struct err *e)
{
	size_t n = text ? strlen(text) : 0;

	return n > most ? err_set(e, ERR_INPUT, "%s: takes at most %zu bytes, not %zu", name, most, n) : 0;
}

int parse_range(const char *text, int64_t *low, int64_t *high, struct err *e)
{
	const char *dots = strstr(text, "..");
	char first[40];

	if (!dots) {
		if (num_int(text, low, e) < 0)
			return -1;
		*high = *low;
		return 0;
	}
	snprintf(first, sizeof first, "%.*s", (int)(dots - text < 39 ? dots - text : 39), text);
	if (num_int(first, low, e) < 0 || num_int(dots + 2, high, e) < 0)
		return -1;
	return *low > *high ? err_set(e, ERR_INPUT, "'%.40s' is no range: the first is above the last", text) : 0;
}
