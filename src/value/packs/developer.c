/* Developer and cloud. Trace and span of a record belong together, region and instance to one provider. */
#include "value/packs/pick.h"
#include "value/packs/pieces.h"

/* ---- traces ---- */

static const char *const trace_formats[] = { "w3c", "b3", "datadog", NULL };

struct trace_opts {
	int format;
	double sampled_rate;
};

static const struct param trace_params[] = {
	P_CHOICE(struct trace_opts, format, trace_formats, 0, .help = "32 hex digits, 16 hex digits, or a number of 63 bits."),
	P_END
};
static const struct param traceparent_params[] = {
	P_SHARE(struct trace_opts, sampled_rate, 0, 1, 0.1, .help = "Share of those that are sampled."),
	P_END
};

struct trace {
	uint64_t high, low, span;
};

static struct trace trace_of(const struct call *c, const struct row *r)
{
	struct draws d = draws_of(r, c->group_salt);
	struct trace t = { draws_next(&d), draws_next(&d) | 1, draws_next(&d) | 1 };

	/* The ones keep them from being all zero. */
	return t;
}

static char *trace_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	struct trace t = trace_of(c, r);
	int format = ((const struct trace_opts *)c->opts)->format;

	(void)d;
	if (format == 2)
		return put_int(to, (int64_t)(t.low & INT64_MAX));
	if (format == 0)
		to = put_hex(to, t.high, 16);
	return put_hex(to, t.low, 16);
}

static uint64_t trace_pool(const struct call *c)
{
	return ((const struct trace_opts *)c->opts)->format == 0 ? pool_endless(c) : 0;
}

static char *span_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return put_hex(to, trace_of(c, r).span, 16);
}

static char *traceparent_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	struct trace t = trace_of(c, r);

	to = put_literal(to, "00-");
	to = put_hex(to, t.high, 16);
	to = put_hex(to, t.low, 16);
	*to++ = '-';
	to = put_hex(to, t.span, 16);
	return draws_unit(d) < ((const struct trace_opts *)c->opts)->sampled_rate ? put_literal(to, "-01") : put_literal(to, "-00");
}

/* ---- services ---- */

struct service_opts {
	int64_t pool;
	char *deployment;
	bool tag;
};
struct service_made {
	const struct table *services, *kinds;
	size_t deployment_n;
};

static const struct param service_params[] = {
	P_INT(struct service_opts, pool, 1, 1000, 20, .help = "How many different names."),
	P_END
};
static const struct param pod_params[] = {
	P_TEXT(struct service_opts, deployment, "", .help = "Name that it begins with, at most 200 bytes; empty: the name of a service."),
	P_END
};
static const struct param image_params[] = {
	P_BOOL(struct service_opts, tag, true, .help = "Whether a version follows."),
	P_END
};

static int service_prepare(struct call *c, struct err *e)
{
	const struct service_opts *o = c->opts;
	struct service_made *m = c->made;

	m->services = table_find(c->locale, "service");
	m->kinds = table_find(c->locale, "service_kind");
	if (!m->services || !m->kinds)
		return err_set(e, ERR_INPUT, "its words are not part of this build");
	m->deployment_n = o->deployment ? strlen(o->deployment) : 0;
	if (text_fits("deployment", o->deployment, 200, e) < 0)
		return -1;
	if (o->pool > 2 * (int64_t)m->services->rows * m->kinds->rows)
		return err_set(e, ERR_INPUT, "pool: there are only %u names", 2 * m->services->rows * m->kinds->rows);
	return 0;
}

/* The i-th name: services first, so that twenty names are twenty services; when all were there, their second versions. */
static char *put_service(char *to, const struct service_made *m, uint32_t i)
{
	uint32_t service = i % m->services->rows, kind = (service * 3 + i / m->services->rows) % m->kinds->rows;

	to = put_cell(to, table_cell(m->services, service, 0));
	*to++ = '-';
	to = put_cell(to, table_cell(m->kinds, kind, 0));
	return i < m->services->rows * m->kinds->rows ? to : put_literal(to, "-v2");
}

static char *service_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)r;
	return put_service(to, c->made, (uint32_t)draws_below(d, (uint64_t)((const struct service_opts *)c->opts)->pool));
}

static size_t pod_room(const struct call *c)
{
	return VALUE_TEXT + ((const struct service_made *)c->made)->deployment_n;
}

static char *pod_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	/* What Kubernetes draws from: no vowels, nothing that looks alike. */
	static const char safe[] = "bcdfghjklmnpqrstvwxz2456789";
	const struct service_made *m = c->made;

	(void)r;
	to = m->deployment_n ? put_bytes(to, ((const struct service_opts *)c->opts)->deployment, m->deployment_n) :
	     put_service(to, m, (uint32_t)draws_below(d, 20));
	*to++ = '-';
	to = put_from(to, safe, 27, 10, d);
	*to++ = '-';
	return put_from(to, safe, 27, 5, d);
}

static char *image_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	uint64_t bits;

	(void)r;
	to = put_literal(to, "registry.example.com/");
	to = put_service(to, c->made, (uint32_t)draws_below(d, 20));
	if (!((const struct service_opts *)c->opts)->tag)
		return to;
	bits = draws_next(d);
	*to++ = ':';
	return put_version(to, &bits);
}

/* ---- cloud ---- */

static const char *const region_providers[] = { "any", "aws", "gcp", "azure", NULL };
static const char *const providers[] = { "aws", "gcp", "azure", NULL };

struct cloud_opts {
	int provider;
};

static const struct param region_params[] = {
	P_CHOICE(struct cloud_opts, provider, region_providers, 0, .help = "Whose region."),
	P_END
};
static const struct param instance_params[] = {
	P_CHOICE(struct cloud_opts, provider, providers, 0, .help = "Whose machine."),
	P_END
};

static int region_prepare(struct call *c, struct err *e)
{
	return subset_init(c->made, c->locale, "cloud_region", 1, region_providers[((const struct cloud_opts *)c->opts)->provider], true, e);
}

static char *region_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return put_padded(to, table_cell(((const struct subset *)c->made)->t, subset_of_group(c, r), 0));
}

static char *instance_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	struct draws shared = draws_of(r, c->group_salt);
	uint64_t id = (draws_next(&shared), draws_next(&shared)), low;

	(void)d;
	switch (((const struct cloud_opts *)c->opts)->provider) {
	case 0:
		to = put_literal(to, "i-0");
		return put_hex(to, id, 16);
	case 1: return put_digits(to, id % UINT64_C(9000000000000000000) + UINT64_C(1000000000000000000), 19);
	default: break;
	}
	low = draws_next(&shared);
	uuid_version(&id, &low, 4);
	return put_uuid(to, id, low, false, true);
}

struct container_opts {
	bool shortened;
};

static const struct param container_params[] = {
	{ .name = "short", .type = PARAM_BOOL, .offset = PARAM_AT(struct container_opts, shortened, bool), .max = 1, .def = true,
	  .help = "Whether only the first twelve digits are given." },
	P_END
};

static char *container_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)r;
	to = put_hex(to, draws_next(d) >> 16, 12);
	if (((const struct container_opts *)c->opts)->shortened)
		return to;
	to = put_hex(to, draws_next(d) >> 16, 4);
	for (int i = 0; i < 3; i++)
		to = put_hex(to, draws_next(d), 16);
	return to;
}

static uint64_t container_pool(const struct call *c)
{
	return ((const struct container_opts *)c->opts)->shortened ? 0 : pool_endless(c);
}

#define CLOUD .category = "Developer and cloud", .out = KIND_TEXT
#define SERVICE .opts_size = sizeof(struct service_opts), .made_size = sizeof(struct service_made), .prepare = service_prepare

const struct provider pack_developer[] = {
	{ ROW_NAME("trace_id"), CLOUD, .group = "trace", .help = "The number of a trace.", .example = "4bf92f3577b34da6a3ce929d0e0e4737",
	  .params = trace_params, .opts_size = sizeof(struct trace_opts), .text = trace_text, .pool = trace_pool },
	{ ROW_NAME("span_id"), CLOUD, .group = "trace", .help = "The number of a span.", .example = "00f067aa0ba902b7", .text = span_text },
	{ ROW_NAME("traceparent"), CLOUD, .group = "trace", .help = "The header of W3C Trace Context.",
	  .example = "00-4bf92f3577b34da6a3ce929d0e0e4737-00f067aa0ba902b7-01", .params = traceparent_params, .opts_size = sizeof(struct trace_opts),
	  .text = traceparent_text, .pool = pool_endless },
	{ ROW_NAME("service_name"), CLOUD, .help = "The name of a service.", .example = "checkout-api", .params = service_params, .text = service_text,
	  SERVICE },
	{ ROW_NAME("k8s_pod_name"), CLOUD, .help = "The name of a pod.", .example = "checkout-api-6d4b75cb6d-x7k2p", .params = pod_params,
	  .max_len = pod_room, .text = pod_text, SERVICE },
	{ ROW_NAME("container_image"), CLOUD, .help = "The address of a container image.", .example = "registry.example.com/checkout-api:2.14.3",
	  .params = image_params, .text = image_text, SERVICE },
	{ PICKED("environment"), .category = "Developer and cloud", .help = "Where a program runs.", .example = "production", PICK_WEIGHTED },
	{ ROW_NAME("cloud_region"), CLOUD, .group = "cloud", .help = "A region of a cloud.", .example = "eu-central-1", .params = region_params,
	  .opts_size = sizeof(struct cloud_opts), .made_size = sizeof(struct subset),
	  .prepare = region_prepare, .release = subset_release, .text = region_text, .rows = subset_pool, .pool = subset_pool },
	{ ROW_NAME("cloud_instance_id"), CLOUD, .group = "cloud", .help = "The name that a cloud gives a machine.", .example = "i-0f067aa0ba902b7c1",
	  .params = instance_params, .opts_size = sizeof(struct cloud_opts), .text = instance_text },
	{ PICKED("k8s_namespace"), .category = "Developer and cloud", .help = "A namespace of Kubernetes.", .example = "payments" },
	{ ROW_NAME("container_id"), CLOUD, .help = "The number of a container.", .example = "4f81c0a29b7e", .params = container_params,
	  .opts_size = sizeof(struct container_opts), .text = container_text, .pool = container_pool },
	{ .name = NULL },
};
