/* Regular expressions backwards: a pattern becomes nodes with bounds, a walk over them makes a text. */
#include "value/packs/regex_nodes.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "value/packs/packs.h"

enum { PATTERN_MOST = 4096, DEPTH_MOST = 64, ROOM_MOST = 65535, STEPS_MOST = 1 << 18, REPEAT_MOST = 65535 };

struct parser {
	struct regex *x;
	const char *pattern, *at;
	unsigned max_repeat, depth;
	struct err *e;
};

static uint32_t refuse(const struct parser *p, const char *at, const char *what)
{
	err_set(p->e, ERR_INPUT, "pattern: position %zu: %s", (size_t)(at - p->pattern) + 1, what);
	return 0;
}

/* ---- nodes ---- */

static uint32_t add_node(struct parser *p, struct node n)
{
	struct regex *x = p->x;

	if (x->nodes_n == x->nodes_room) {
		uint32_t room = x->nodes_room ? 2 * x->nodes_room : 64;
		struct node *grown = realloc(x->nodes, room * sizeof *grown);

		if (!grown) {
			err_memory(p->e);
			return 0;
		}
		x->nodes = grown;
		x->nodes_room = room;
		if (x->nodes_n == 0)
			x->nodes[x->nodes_n++] = (struct node){ .kind = SEQUENCE };
	}
	x->nodes[x->nodes_n] = n;
	return x->nodes_n++;
}

static uint32_t add_set(struct parser *p, const bool *in)
{
	struct regex *x = p->x;
	struct node n = { .kind = SET, .a = x->sets_n, .room = 1, .steps = 1 };

	if (x->sets_n + 256 > x->sets_room) {
		uint32_t room = x->sets_room ? 2 * x->sets_room : 1024;
		char *grown = realloc(x->sets, room);

		if (!grown) {
			err_memory(p->e);
			return 0;
		}
		x->sets = grown;
		x->sets_room = room;
	}
	for (int i = 0; i < 128; i++)
		if (in[i])
			x->sets[x->sets_n++] = (char)i;
	n.b = x->sets_n - n.a;
	return add_node(p, n);
}

/* ---- classes ---- */

static void add_range(bool *in, int low, int high)
{
	for (int i = low; i <= high; i++)
		in[i] = true;
}

static void invert(bool *in)
{
	for (int i = 0; i < 128; i++)
		in[i] = i >= 0x20 && i <= 0x7e && !in[i];
}

/* \d \w \s and their opposites, over printable ASCII; false: it is none of them. */
static bool add_short(bool *in, char c)
{
	bool own[128] = { false };

	if (!strchr("dDwWsS", c))
		return false;
	if (c == 'd' || c == 'D' || c == 'w' || c == 'W')
		add_range(own, '0', '9');
	if (c == 'w' || c == 'W') {
		add_range(own, 'a', 'z');
		add_range(own, 'A', 'Z');
		own['_'] = true;
	}
	if (c == 's' || c == 'S')
		own[' '] = true;
	if (c == 'D' || c == 'W' || c == 'S')
		invert(own);
	for (int i = 0; i < 128; i++)
		in[i] |= own[i];
	return true;
}

/* What one escaped character means, the text standing behind the backslash; -1: refused. */
static int escaped(struct parser *p)
{
	const char *at = p->at - 1;
	char c = *p->at++;
	int v = 0;

	switch (c) {
	case '\0': p->at--; refuse(p, at, "nothing follows the backslash"); return -1;
	case 'n': return '\n';
	case 't': return '\t';
	case 'r': return '\r';
	case 'x':
		for (int i = 0; i < 2; i++, p->at++) {
			const char *hex = *p->at ? strchr("00112233445566778899aAbBcCdDeEfF", *p->at) : NULL;

			if (!hex) {
				refuse(p, at, "\\x needs two hex digits");
				return -1;
			}
			v = v * 16 + (int)(hex - "00112233445566778899aAbBcCdDeEfF") / 2;
		}
		if (v == 0 || v > 127) {
			refuse(p, at, "\\x is taken from 01 to 7f");
			return -1;
		}
		return v;
	default: break;
	}
	if (c >= '0' && c <= '9') {
		refuse(p, at, "back references are not taken");
		return -1;
	}
	if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) {
		refuse(p, at, c == 'k' ? "back references are not taken" : "this escape is not taken");
		return -1;
	}
	return (unsigned char)c;
}

/* [:digit:] and its kin; the text stands at "[:". -1: refused. */
static int posix_class(struct parser *p, bool *in)
{
	static const struct { const char *name, *ranges; } known[] = {
		{ "alpha", "azAZ" }, { "digit", "09" }, { "alnum", "azAZ09" }, { "lower", "az" }, { "upper", "AZ" }, { "xdigit", "09afAF" },
		{ "space", "  " }, { "blank", "  " }, { "punct", "!/:@[`{~" }, { "print", " ~" }, { "graph", "!~" },
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
		size_t n = strlen(known[i].name);

		if (strncmp(p->at + 2, known[i].name, n) != 0 || strncmp(p->at + 2 + n, ":]", 2) != 0)
			continue;
		for (const char *s = known[i].ranges; *s; s += 2)
			add_range(in, s[0], s[1]);
		p->at += n + 4;
		return 0;
	}
	refuse(p, p->at, "this class is not known");
	return -1;
}

/* One end of a range; -1: refused. */
static int class_member(struct parser *p)
{
	int c = (unsigned char)*p->at++;

	if (c == '\\')
		return escaped(p);
	if (c > 127) {
		refuse(p, p->at - 1, "classes take ASCII only");
		return -1;
	}
	return c;
}

static uint32_t parse_class(struct parser *p)
{
	const char *start = p->at++;
	bool in[128] = { false }, opposite = *p->at == '^', any = false;

	p->at += opposite;
	for (bool first = true; first || *p->at != ']'; first = false) {
		int low, high;

		if (!*p->at)
			return refuse(p, start, "']' is missing");
		if (p->at[0] == '[' && p->at[1] == ':') {
			if (posix_class(p, in) < 0)
				return 0;
			continue;
		}
		if (p->at[0] == '\\' && p->at[1] && add_short(in, p->at[1])) {
			p->at += 2;
			continue;
		}
		low = high = class_member(p);
		if (low >= 0 && p->at[0] == '-' && p->at[1] && p->at[1] != ']') {
			p->at++;
			high = class_member(p);
			if (high >= 0 && high < low)
				return refuse(p, p->at - 1, "the range of the class runs backwards");
		}
		if (low < 0 || high < 0)
			return 0;
		add_range(in, low, high);
	}
	p->at++;
	if (opposite)
		invert(in);
	for (int i = 0; i < 128; i++)
		any |= in[i];
	return any ? add_set(p, in) : refuse(p, start, "the class is empty");
}

/* ---- atoms and repeats ---- */

static uint32_t parse_choice(struct parser *p);

static uint32_t parse_group(struct parser *p)
{
	const char *start = p->at++;
	uint32_t node;

	if (*p->at == '?') {
		const char *name = p->at + 1 + (p->at[1] == 'P');

		if (p->at[1] == '=' || p->at[1] == '!' || (p->at[1] == '<' && (p->at[2] == '=' || p->at[2] == '!')))
			return refuse(p, start, "look-around is not taken");
		if (p->at[1] == ':')
			p->at += 2;
		else if (*name == '<' && strchr(name, '>'))
			p->at = strchr(name, '>') + 1;
		else
			return refuse(p, start, "this kind of group is not taken");
	}
	if (++p->depth > DEPTH_MOST)
		return refuse(p, start, "nested too deeply");
	node = parse_choice(p);
	p->depth--;
	if (!node)
		return 0;
	if (*p->at != ')')
		return refuse(p, start, "')' is missing");
	p->at++;
	return node;
}

static uint32_t parse_escape(struct parser *p)
{
	bool in[128] = { false };
	int c;

	p->at++;
	if (*p->at && strchr("bBAzZG", *p->at)) {
		p->at++;
		return add_node(p, (struct node){ .kind = SEQUENCE, .steps = 1 });
	}
	if (*p->at && add_short(in, *p->at)) {
		p->at++;
		return add_set(p, in);
	}
	c = escaped(p);
	return c < 0 ? 0 : add_node(p, (struct node){ .kind = LITERAL, .a = (uint32_t)c, .room = 1, .steps = 1 });
}

static uint32_t parse_atom(struct parser *p)
{
	bool in[128] = { false };
	uint32_t first = 0, last = 0;
	unsigned char c = (unsigned char)*p->at;

	switch (c) {
	case '(': return parse_group(p);
	case '[': return parse_class(p);
	case '\\': return parse_escape(p);
	case '*':
	case '+':
	case '?': return refuse(p, p->at, "there is nothing to repeat");
	case '.':
		p->at++;
		invert(in);
		return add_set(p, in);
	case '^':
	case '$':
		p->at++;
		return add_node(p, (struct node){ .kind = SEQUENCE, .steps = 1 });
	default: break;
	}
	/* All bytes of one character stay together, so that a repeat means the character. */
	for (bool more = true; more; more = c > 127 && ((unsigned char)*p->at & 0xc0) == 0x80) {
		uint32_t n = add_node(p, (struct node){ .kind = LITERAL, .a = (unsigned char)*p->at++, .room = 1, .steps = 1 });

		if (!n)
			return 0;
		if (last)
			p->x->nodes[last].next = n;
		first = first ? first : n;
		last = n;
	}
	return first == last ? first : add_node(p, (struct node){ .kind = SEQUENCE, .child = first, .room = last - first + 1, .steps = last - first + 2 });
}

static uint32_t number(const char **at)
{
	uint32_t v = 0;

	for (; **at >= '0' && **at <= '9'; (*at)++)
		v = v > REPEAT_MOST ? v : v * 10 + (uint32_t)(**at - '0');
	return v;
}

/* {m}, {m,} and {m,n}; anything else is a brace that stands for itself. */
static bool braces(const char *at, const char **end, uint32_t *least, uint32_t *most, bool *open)
{
	*open = false;
	if (*at != '{' || at[1] < '0' || at[1] > '9')
		return false;
	at++;
	*least = *most = number(&at);
	if (*at == ',') {
		at++;
		*open = *at == '}';
		if (!*open)
			*most = number(&at);
	}
	*end = at + 1;
	return *at == '}';
}

static uint32_t parse_repeat(struct parser *p)
{
	uint32_t atom = parse_atom(p);

	while (atom) {
		const char *start = p->at, *end = p->at + 1;
		uint32_t least = 0, most = 1;
		bool open = *start == '*' || *start == '+';
		struct node n = { .kind = REPEAT, .child = atom };

		if (*start == '+')
			least = 1;
		if (!open && *start != '?' && !braces(start, &end, &least, &most, &open))
			return atom;
		if (open)
			most = least > p->max_repeat ? least : p->max_repeat;
		if (most < least)
			return refuse(p, start, "the repeat runs backwards");
		if (most > REPEAT_MOST)
			return refuse(p, start, "more than 65535 repeats");
		/* Lazy and possessive ones match the same texts. */
		p->at = end + (*end == '?' || *end == '+');
		n.a = least;
		n.b = most;
		n.room = p->x->nodes[atom].room * most;
		n.steps = (p->x->nodes[atom].steps + 1) * most + 1;
		if (n.room > ROOM_MOST || n.steps > STEPS_MOST)
			return refuse(p, start, "the text could be longer than 64 KiB");
		atom = add_node(p, n);
	}
	return 0;
}

static uint32_t parse_sequence(struct parser *p)
{
	struct node s = { .kind = SEQUENCE, .steps = 1 };
	uint32_t last = 0, first = 0;

	while (*p->at && *p->at != '|' && *p->at != ')') {
		const char *start = p->at;
		uint32_t n = parse_repeat(p);

		if (!n)
			return 0;
		s.room += p->x->nodes[n].room;
		s.steps += p->x->nodes[n].steps;
		if (s.room > ROOM_MOST || s.steps > STEPS_MOST)
			return refuse(p, start, "the text could be longer than 64 KiB");
		if (last)
			p->x->nodes[last].next = n;
		first = first ? first : n;
		last = n;
	}
	s.child = first;
	return first && first == last ? first : add_node(p, s);
}

static uint32_t parse_choice(struct parser *p)
{
	struct node s = { .kind = CHOICE, .b = 1 };
	uint32_t last = parse_sequence(p);

	s.child = last;
	while (last && *p->at == '|') {
		uint32_t n;

		p->at++;
		n = parse_sequence(p);
		if (!n)
			return 0;
		p->x->nodes[last].next = n;
		last = n;
		s.b++;
	}
	if (!last || s.b == 1)
		return last;
	for (uint32_t n = s.child; n; n = p->x->nodes[n].next) {
		s.room = p->x->nodes[n].room > s.room ? p->x->nodes[n].room : s.room;
		s.steps = p->x->nodes[n].steps > s.steps ? p->x->nodes[n].steps : s.steps;
	}
	s.steps += s.b;         /* the way along the alternatives */
	return add_node(p, s);
}

struct regex *regex_compile(const char *pattern, unsigned max_repeat, struct err *e)
{
	struct parser p = { .x = calloc(1, sizeof(struct regex)), .pattern = pattern, .at = pattern, .max_repeat = max_repeat, .e = e };

	if (!p.x) {
		err_memory(e);
		return NULL;
	}
	if (strlen(pattern) > PATTERN_MOST)
		err_set(e, ERR_INPUT, "pattern: it has more than %d bytes", PATTERN_MOST);
	else
		p.x->root = parse_choice(&p);
	if (p.x->root && *p.at)
		p.x->root = refuse(&p, p.at, "')' stands alone");
	if (p.x->root)
		return p.x;
	regex_free(p.x);
	return NULL;
}

void regex_free(struct regex *x)
{
	if (!x)
		return;
	free(x->nodes);
	free(x->sets);
	free(x);
}

size_t regex_room(const struct regex *x)
{
	return (size_t)x->nodes[x->root].room;
}

/* Several small picks from one draw, as long as 16 bits or more are left behind each. */
struct walk {
	const struct regex *x;
	struct draws *d;
	uint64_t bits, used;
};

static uint32_t pick(struct walk *w, uint32_t n)
{
	unsigned __int128 m;

	w->used *= n;
	if (w->used > UINT64_C(1) << 48 || !w->used) {
		w->bits = draws_next(w->d);
		w->used = n;
	}
	m = (unsigned __int128)w->bits * n;
	w->bits = (uint64_t)m;
	return (uint32_t)(m >> 64);
}

static char *put_node(struct walk *w, uint32_t at, char *to)
{
	const struct node *n = &w->x->nodes[at];
	uint32_t times;

	switch (n->kind) {
	case LITERAL: *to++ = (char)n->a; break;
	case SET: *to++ = w->x->sets[n->a + pick(w, n->b)]; break;
	case SEQUENCE:
		for (uint32_t i = n->child; i; i = w->x->nodes[i].next)
			to = put_node(w, i, to);
		break;
	case CHOICE:
		at = n->child;
		for (times = pick(w, n->b); times; times--)
			at = w->x->nodes[at].next;
		to = put_node(w, at, to);
		break;
	case REPEAT:
		times = n->a == n->b ? n->a : n->a + pick(w, n->b - n->a + 1);
		while (times-- > 0)
			to = put_node(w, n->child, to);
		break;
	}
	return to;
}

char *regex_put(const struct regex *x, struct draws *d, char *to)
{
	struct walk w = { .x = x, .d = d, .used = 0 };

	return put_node(&w, x->root, to);
}

/* ---- the provider ---- */

struct regex_opts {
	char *pattern;
	int64_t max_repeat;
};
struct regex_made {
	struct regex *x;
};

static const struct param regex_params[] = {
	P_TEXT(struct regex_opts, pattern, "[A-Z]{3}-[0-9]{4}", .flags = PARAM_NEEDED, .help = "Regular expression that the text matches."),
	P_INT(struct regex_opts, max_repeat, 1, 1024, 16, .help = "Where open repeats stop."),
	P_END
};

static int regex_prepare(struct call *c, struct err *e)
{
	const struct regex_opts *o = c->opts;
	struct regex_made *m = c->made;

	m->x = regex_compile(o->pattern, (unsigned)o->max_repeat, e);
	return m->x ? 0 : -1;
}

static void regex_release(struct call *c)
{
	regex_free(((struct regex_made *)c->made)->x);
}

static size_t regex_max_len(const struct call *c)
{
	return regex_room(((const struct regex_made *)c->made)->x);
}

static char *regex_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)r;
	return regex_put(((const struct regex_made *)c->made)->x, d, to);
}

static uint64_t pool_of_call(const struct call *c)
{
	return regex_pool(((const struct regex_made *)c->made)->x);
}

static char *nth_of_call(const struct call *c, uint64_t i, char *to)
{
	return regex_nth(((const struct regex_made *)c->made)->x, i, to);
}

const struct provider pack_regex[] = {
	{ ROW_NAME("regex"), .aliases = "regexify helpers.fromRegExp", .category = "Strings", .help = "A text that matches a regular expression.",
	  .example = "QKD-4817", .out = KIND_TEXT, .params = regex_params, .opts_size = sizeof(struct regex_opts), .made_size = sizeof(struct regex_made),
	  .prepare = regex_prepare, .release = regex_release, .max_len = regex_max_len, .text = regex_text,
	  .pool = pool_of_call, .nth_text = nth_of_call },
	{ .name = NULL },
};
