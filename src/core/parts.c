/* Pieces of an option that are knobs of their own: the weights of `emit`, say. The option's text follows them. */
#include <stdio.h>

#include "core/inside.h"

void parts_lend(struct slot *s)
{
	if (s->pub.class->parts) {
		s->pub.world = s->en->set.world;
		s->pub.class->parts(&s->pub);
	}
}

/* The place of an option's pieces, or a free one. */
static struct parts *place_of(struct slot *s, const struct param *whole)
{
	struct parts *at = s->parts;

	while (at < s->parts + PARTS_MOST - 1 && at->whole && at->whole != whole)
		at++;
	return at;
}

/* Without memory there are no faders; what the option says counts all the same. */
void module_lend(struct module *m, const char *whole, const struct param *rows, void *values)
{
	struct slot *s = container_of(m, struct slot, pub);
	const struct param *option = param_find(s->pub.class->params, whole);
	struct parts *to = place_of(s, option);

	if (to->lent)
		control_reclaim_table(to->lent);
	to->lent = NULL;
	to->whole = option;
	if (rows && rows->type != PARAM_END)
		to->lent = control_lend(s->en->control, s->pub.name, rows, values, &slot_hooks, s, NULL);
}

bool parts_are_of(const struct slot *s, const struct param *whole)
{
	for (unsigned i = 0; i < PARTS_MOST; i++)
		if (s->parts[i].lent && s->parts[i].whole == whole)
			return true;
	return false;
}

bool parts_have(const struct slot *s, const char *knob)
{
	for (unsigned i = 0; i < PARTS_MOST; i++)
		if (s->parts[i].lent && param_find(s->parts[i].lent->rows, knob))
			return true;
	return false;
}

static void write_whole(struct slot *s, const struct parts *of)
{
	size_t skip = strlen(of->whole->name) + 1;
	struct buf text;

	buf_init(&text, 65536);
	param_each(row, of->lent->rows) {
		buf_printf(&text, "%s%s=", row == of->lent->rows ? "" : "\n", row->name + skip);
		param_text(row, of->lent->opts, &text);
	}
	if (buf_ok(&text))
		param_set(of->whole, s->opts, text.data, NULL);
	buf_free(&text);
}

bool parts_changed(struct slot *s, const struct param *p)
{
	if (!(p->flags & PARAM_PART))
		return false;
	for (unsigned i = 0; i < PARTS_MOST; i++)
		for (const struct param *row = s->parts[i].lent ? s->parts[i].lent->rows : NULL; row && row->type != PARAM_END; row++)
			if (row == p) {
				write_whole(s, &s->parts[i]);
				return true;
			}
	return false;
}
