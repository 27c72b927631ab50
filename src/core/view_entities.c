/* Entities of a view as text. */
#include "core/view_entities.h"

#include "base/json.h"

void view_entity_json(const struct view_class *c, const struct view_entity *row, struct buf *to)
{
	buf_char(to, '{');
	for (unsigned i = 0; row->values && i < c->field_n; i++) {
		if (i)
			buf_char(to, ',');
		json_cstr(to, c->fields[i].name);
		buf_char(to, ':');
		if (c->fields[i].bare && row->values[i])
			buf_text(to, row->values[i]);
		else
			json_cstr(to, row->values[i]);
	}
	buf_char(to, '}');
}
