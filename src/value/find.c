/* Which provider a name means: canonical names, aliases, names of faker-js, and what other libraries mean by theirs. */
#include "value/provider.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/suggest.h"
#include "value/expr.h"

enum { NAME_ROOM = 80 };

static const char *const libraries[] = { "g", "js", "py", "mc", "df" };         /* gofakeit, faker-js, Python Faker, MockCraft, Deep Faker */

/* Where a library means something else by a name than the name does alone, or has other defaults. */
static const struct { const char *library, *name, *is; } meanings[] = {
	{ "df", "date_time", "date_time(start=1970-01-01)" },
	{ "df", "pyfloat", "float(min=0,max=1000)" },
	{ "df", "random_int", "random_int(min=1,max=100)" },
	{ "g", "date", "date_time(format=rfc3339)" },
	{ "g", "number", "random_int(min=-2147483648,max=2147483647)" },
	{ "g", "randomint", "pick" },
	{ "mc", "date", "date(start=-1y)" },
	{ "mc", "daterange", "sql_range(of=date)" },
	{ "mc", "datetime", "date_time(start=-1y)" },
	{ "mc", "diagnosis", "icd10_description" },
	{ "mc", "float", "float(min=0,max=100)" },
	{ "mc", "inet", "ipv4" },
	{ "mc", "ip", "ipv4" },
	{ "mc", "json", "json_document" },
	{ "mc", "number", "random_int(min=0,max=100)" },
	{ "mc", "phone", "phone_number" },
	{ "mc", "random_int", "random_int(min=0,max=100)" },
	{ "mc", "sentence", "sentence(words=10)" },
	{ "mc", "temperature", "body_temperature(unit=F)" },
	{ "mc", "text", "alphanumeric(min=10,max=100)" },
	{ "mc", "timestamp", "date_time(start=-1y)" },
	{ "mc", "xml", "xml(rows=1,fields=[id=uuid4,name=name,email=email])" },
	{ "py", "color", "hex_color" },
	{ "py", "rgb_color", "rgb_color(format=csv)" },
};

/* One of the names of a row, as its table has it: name, or name(parameter=value,...). */
struct spelling {
	const char *at;
	size_t n, name;                 /* bytes: all of it; its name */
};

static bool next_spelling(const char **aliases, struct spelling *a)
{
	const char *s = *aliases ? *aliases + strspn(*aliases, " ") : "";

	*a = (struct spelling){ s, strcspn(s, " "), strcspn(s, " (") };
	*aliases = s + a->n;
	return a->n;
}

static void put_preset(const struct spelling *a, char *preset, size_t room)
{
	snprintf(preset, room, "%.*s", a->name < a->n ? (int)(a->n - a->name - 2) : 0, a->at + a->name + 1);
}

/* Letters and digits in lower case: first_name, firstName and First-Name are one. Dots are kept or not. */
static void fold(const char *name, size_t n, bool dots, char to[NAME_ROOM])
{
	size_t at = 0;

	for (size_t i = 0; i < n && at + 1 < NAME_ROOM; i++)
		if (isalnum((unsigned char)name[i]) || (dots && name[i] == '.'))
			to[at++] = (char)tolower((unsigned char)name[i]);
	to[at] = '\0';
}

static bool same_name(const char *name, size_t n, bool dots, const char *key)
{
	char folded[NAME_ROOM];

	fold(name, n, dots, folded);
	return strcmp(folded, key) == 0;
}

static const struct provider *by_alias(const char *key, bool dotted, bool dots, char *preset, size_t room)
{
	struct spelling a;

	provider_each(p)
		for (const char *s = p->aliases; next_spelling(&s, &a);)
			if ((memchr(a.at, '.', a.name) != NULL) == dotted && same_name(a.at, a.name, dots, key)) {
				put_preset(&a, preset, room);
				return p;
			}
	return NULL;
}

/* Whose canonical name or alias it is. */
static const struct provider *named(const char *name, char *preset, size_t room)
{
	bool dotted = strchr(name, '.') != NULL;
	const struct provider *found;
	char key[NAME_ROOM];

	preset[0] = '\0';
	fold(name, strlen(name), dotted, key);
	if (!*key || strchr(name, ':'))
		return NULL;
	if (dotted)
		return by_alias(key, true, true, preset, room);
	/* Canonical names before aliases, whatever the order of the packs. */
	provider_each(p)
		if (same_name(p->name, strlen(p->name), false, key))
			return p;
	found = by_alias(key, false, false, preset, room);
	/* color.rgb is not color_rgb, but where only the one with a dot is known it is meant. */
	return found ? found : by_alias(key, true, false, preset, room);
}

/* fullName alone is person.fullName, as long as no other module has the name, too, and it is no word of expressions. */
static const struct provider *by_end(const char *name, char *preset, size_t room)
{
	const struct provider *found = NULL;
	char key[NAME_ROOM], other[200];
	struct spelling a;

	fold(name, strlen(name), false, key);
	if (!*key || strpbrk(name, ".:") || expr_is_word(key))
		return NULL;
	provider_each(p)
		for (const char *s = p->aliases; next_spelling(&s, &a);) {
			const char *dot = memchr(a.at, '.', a.name);

			if (!dot || !same_name(dot + 1, (size_t)(a.at + a.name - dot) - 1, false, key))
				continue;
			put_preset(&a, found ? other : preset, found ? sizeof other : room);
			if (found && (found != p || strcmp(other, preset) != 0))
				return NULL;
			found = p;
		}
	return found;
}

static const struct provider *find(const char *name, char *preset, size_t room)
{
	const struct provider *p = named(name, preset, room);

	return p ? p : by_end(name, preset, room);
}

/* What stands behind the prefix of a library, and which it is; NULL: there is no prefix. */
static const char *behind_prefix(const char *name, const char **library)
{
	for (size_t i = 0; i < COUNT_OF(libraries); i++) {
		size_t n = strlen(libraries[i]);

		if (strncasecmp(name, libraries[i], n) == 0 && (name[n] == ':' || name[n] == '.')) {
			*library = libraries[i];
			return name + n + 1;
		}
	}
	return NULL;
}

/* What a library means by a name, where that is not what the name means alone; else NULL. */
static const char *meaning(const char *library, const char *name)
{
	char key[NAME_ROOM];

	fold(name, strlen(name), true, key);
	for (size_t i = 0; i < COUNT_OF(meanings); i++)
		if (strcmp(meanings[i].library, library) == 0 && same_name(meanings[i].name, strlen(meanings[i].name), true, key))
			return meanings[i].is;
	return NULL;
}

bool library_name(const char *name, char *to, size_t room)
{
	const char *library, *rest = behind_prefix(name, &library), *is = rest ? meaning(library, rest) : NULL;

	if (rest)
		snprintf(to, room, "%.*s", (int)strcspn(is ? is : rest, "("), is ? is : rest);
	return rest;
}

static const struct provider *find_in_library(const char *library, const char *name, char *preset, size_t room)
{
	const char *is = meaning(library, name);
	const struct provider *p;
	char target[NAME_ROOM];
	struct spelling a;

	if (!is)
		return find(name, preset, room);
	next_spelling(&is, &a);
	snprintf(target, sizeof target, "%.*s", (int)a.name, a.at);
	p = named(target, preset, room);
	put_preset(&a, preset, room);
	return p;
}

/* The nearest name; where none is near, the nearest alias, which is copied. */
static const char *nearest(const char *name, char *kept, size_t room)
{
	struct suggest s;
	struct spelling a;

	suggest_init(&s, name);
	provider_each(p)
		suggest_try(&s, p->name);
	if (s.best)
		return s.best;
	provider_each(p)
		for (const char *at = p->aliases; next_spelling(&at, &a);) {
			char alias[NAME_ROOM];
			size_t before = s.distance;

			snprintf(alias, sizeof alias, "%.*s", (int)a.name, a.at);
			suggest_try(&s, alias);
			if (s.distance < before)
				snprintf(kept, room, "%s", alias);
			s.best = s.best ? kept : NULL;
		}
	return s.best;
}

static void refuse(const char *name, const char *library, const char *rest, struct err *e)
{
	const char *end = name + strlen(name), *hint;
	char preset[200], kept[NAME_ROOM], libraries_hint[80] = "";

	/* Whatever stands before it, the value behind the last dot or colon is known: that one. */
	while (end > rest && end[-1] != '.' && end[-1] != ':')
		end--;
	hint = end > rest && find(end, preset, sizeof preset) ? end : nearest(rest, kept, sizeof kept);
	if (!library && strchr(name, ':'))
		snprintf(libraries_hint, sizeof libraries_hint, ", and '%.*s' is none of the libraries g, js, py, mc, df",
			 (int)(strcspn(name, ":") < 20 ? strcspn(name, ":") : 20), name);
	if (hint)
		err_set(e, ERR_INPUT, "there is no value '%.60s'%s; did you mean '%.*s%.60s'?", name, libraries_hint, library ? (int)(rest - name) : 0,
			name, hint);
	else
		err_set(e, ERR_INPUT, "there is no value '%.60s'%s", name, libraries_hint);
}

const struct provider *provider_find(const char *name, char *preset, size_t room, struct err *e)
{
	const char *library = NULL, *rest = behind_prefix(name, &library);
	const struct provider *p;

	p = rest ? find_in_library(library, rest, preset, room) : find(name, preset, room);
	if (!p && e)
		refuse(name, library, rest ? rest : name, e);
	return p;
}

const struct provider *provider_named(const char *name)
{
	char preset[200];

	return named(name, preset, sizeof preset);
}
