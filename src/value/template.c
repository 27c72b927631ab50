/* JSON templates. */
#include "value/template.h"

#include <string.h>

#include "base/file.h"
#include "base/json_read.h"

/* "orders/paid.json" has events of the name "paid". */
static const char *name_of(const char *path, struct arena *a)
{
	const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path, *dot = strrchr(name, '.');

	return arena_copy(a, name, dot && dot > name ? (size_t)(dot - name) : strlen(name));
}

static void read_root(const struct describer *d, const struct node *root, const char *path, struct described *to)
{
	const struct node *events = node_get(root, "events");

	if (root->kind != NODE_MAP || !root->n)
		report_add(d->report, root, "a template is an object: the fields of an event, or {\"events\": {NAME: {\"fields\": {...}}}}");
	else if (events && root->n == 1 && events->kind == NODE_MAP)
		described_events(d, events, to);
	else
		described_event(d, name_of(path, d->arena), root, to);
}

int template_text(const struct describer *d, const char *text, size_t n, const char *path, struct described *to)
{
	struct node *root = json_nodes(text, n, d->arena, d->report);

	*to = (struct described){ 0 };
	if (root)
		read_root(d, root, path, to);
	return d->report->n ? -1 : 0;
}

int template_file(const struct describer *d, const char *path, struct described *to)
{
	struct buf b;
	struct err e;
	int result = -1;

	*to = (struct described){ 0 };
	buf_init(&b, JSON_BYTES);
	if (file_read(path, &b, &e) < 0)
		report_add_at(d->report, 0, 0, e.text);
	else
		result = template_text(d, b.data, b.n, path, to);
	buf_free(&b);
	return result;
}
