/*
 * The sample of the generator interface, to be copied: a generator is a few structs and one function.
 *
 * Its only message is {"event":"custom","value":42}, its dump one line of CSV.
 */
#include "generators/table.h"

struct opts {
	int64_t value;
};

static const struct param params[] = {
	P_INT(struct opts, value, -1e9, 1e9, 42, .flags = PARAM_LIVE, .help = "The number in each event."),
	P_END
};

struct state {
	int handle;             /* of the event type */
};

enum { EVENT, VALUE };
static const struct leaf leaves[] = {
	[EVENT] = { .name = "event", .kind = KIND_TEXT },
	[VALUE] = { .name = "value", .kind = KIND_INT },
};
static const struct schema custom = SCHEMA("custom", leaves);

static int start(struct module *m, struct err *e)
{
	struct state *st = m->state;

	st->handle = module_declare(m, &custom, e);
	return st->handle < 0 ? -1 : 0;
}

static int make(struct module *m, struct err *e)
{
	const struct opts *opt = m->opts;
	const struct state *st = m->state;
	struct event *ev = module_event(m, st->handle, e);

	if (!ev)
		return -1;
	event_set_lasting(ev, EVENT, "custom", 6);
	event_set_int(ev, VALUE, opt->value);
	return module_emit(m, ev, e);
}

static void dump(const struct module *m, struct buf *b)
{
	(void)m;
	buf_text(b, "custom,data\n");
}

const struct generator_class generator_custom = {
	.name = "custom", .summary = "the sample of the generator interface", .params = params,
	.opts_size = sizeof(struct opts), .state_size = sizeof(struct state), .start = start, .make = make, .dump = dump,
};
