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

/* Without memory there are no faders; what the option says counts all the same. */
void module_lend(struct module *m, const char *whole, const struct param *rows, void *values)
{
	struct slot *s = container_of(m, struct slot, pub);

	if (s->parts.lent)
		control_reclaim_table(s->parts.lent);
	s->parts.lent = NULL;
	s->parts.whole = param_find(s->pub.class->params, whole);
	if (rows && rows->type != PARAM_END)
		s->parts.lent = control_lend(s->en->control, s->pub.name, rows, values, &slot_hooks, s, NULL);
}

bool parts_changed(struct slot *s, const struct param *p)
{
	const struct knobs *k = s->parts.lent;
	size_t skip = k ? strlen(s->parts.whole->name) + 1 : 0;
	struct buf text;

	if (!k || !(p->flags & PARAM_PART))
		return false;
	buf_init(&text, 65536);
	param_each(row, k->rows) {
		buf_printf(&text, "%s%s=", row == k->rows ? "" : "\n", row->name + skip);
		param_text(row, k->opts, &text);
	}
	if (buf_ok(&text))
		param_set(s->parts.whole, s->opts, text.data, NULL);
	buf_free(&text);
	return true;
}
