/* Versions, log levels and log lines. */
#include "value/packs/agents.h"
#include "value/packs/pick.h"
#include "value/packs/pieces.h"

/* ---- semver ---- */

struct semver_opts {
	double pre_rate;
	bool build;
};

static const struct param semver_params[] = {
	P_SHARE(struct semver_opts, pre_rate, 0, 1, 0, .help = "Share of pre-releases."),
	P_BOOL(struct semver_opts, build, false, .help = "Whether the build follows."),
	P_END
};

static char *semver_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	static const char *const stages[] = { "-alpha.", "-beta.", "-rc." };
	const struct semver_opts *o = c->opts;
	uint64_t bits = draws_next(d);

	(void)r;
	to = put_version(to, &bits);
	if (o->pre_rate > 0 && draws_unit(d) < o->pre_rate) {
		const char *stage = stages[take(&bits, 3)];

		to = put_text(to, stage);
		to = put_int(to, 1 + take(&bits, 9));
	}
	if (o->build) {
		to = put_literal(to, "+build.");
		to = put_int(to, 1 + take(&bits, 9999));
	}
	return to;
}

/* ---- log_level ---- */

static const char *const level_types[] = { "general", "syslog", "apache", NULL };

struct level_opts {
	int type;
	bool weighted;
};

static const struct param level_params[] = {
	P_CHOICE(struct level_opts, type, level_types, 0, .help = "Whose levels."),
	P_BOOL(struct level_opts, weighted, true, .help = "Whether frequent ones come more often."),
	P_END
};

static int level_prepare(struct call *c, struct err *e)
{
	const struct level_opts *o = c->opts;

	return subset_init(c->made, c->locale, "log_level", 1, level_types[o->type], o->weighted, e);
}

/* ---- log_line ---- */

static const char *const log_formats[] = { "common", "combined", "json", "syslog3164", "syslog5424", "nginx_error", "logfmt", NULL };
enum { COMMON, COMBINED, JSON, SYSLOG_OLD, SYSLOG_NEW, NGINX_ERROR, LOGFMT, LOG_ROOM = 640 };

struct log_opts {
	int format;
};
struct log_made {
	struct pick method, status, process;
	struct subset level;
	const struct table *paths, *messages, *services, *roles;
};

static const struct param log_params[] = {
	P_CHOICE(struct log_opts, format, log_formats, COMBINED, .help = "Whose format."),
	P_END
};

static int log_prepare(struct call *c, struct err *e)
{
	struct log_made *m = c->made;

	if (((const struct log_opts *)c->opts)->format == JSON)
		c->kind = KIND_JSON;
	m->paths = table_find(c->locale, "path_word");
	m->messages = table_find(c->locale, "log_message");
	m->services = table_find(c->locale, "service");
	m->roles = table_find(c->locale, "host_role");
	if (!m->paths || !m->messages || !m->services || !m->roles)
		return err_set(e, ERR_INPUT, "its words are not part of this build");
	return pick_bind(&m->method, c->locale, "http_method", true, e) < 0 || pick_bind(&m->status, c->locale, "http_status", true, e) < 0 ||
	       pick_bind(&m->process, c->locale, "process_name", false, e) < 0 ? -1 :
	       subset_init(&m->level, c->locale, "log_level", 1, "general", true, e);
}

static void log_release(struct call *c)
{
	subset_free(&((struct log_made *)c->made)->level);
}

static char *put_request_path(char *to, const struct log_made *m, uint64_t *bits)
{
	*to++ = '/';
	to = put_word(to, m->paths, bits);
	*to++ = '/';
	return put_word(to, m->paths, bits);
}

static char *put_access(char *to, const struct log_made *m, bool combined, const struct row *r, struct draws *d)
{
	uint64_t bits = draws_next(d);

	to = put_public_ipv4(to, d);
	to = put_literal(to, " - - [");
	to = put_time(to, 64, "%d/%b/%Y:%H:%M:%S %z", r->now_ns);
	to = put_literal(to, "] \"");
	to = pick_put(&m->method, d, 0, to);
	*to++ = ' ';
	to = put_request_path(to, m, &bits);
	to = put_literal(to, " HTTP/1.1\" ");
	to = pick_put(&m->status, d, 0, to);
	*to++ = ' ';
	to = put_int(to, 100 + take(&bits, 50000));
	if (!combined)
		return to;
	to = take(&bits, 3) ? put_literal(to, " \"https://www.example.com/\" \"") : put_literal(to, " \"-\" \"");
	to = agent_put(to, AGENT_ANY, AGENT_EVERYWHERE, d);
	*to++ = '"';
	return to;
}

static char *put_host(char *to, const struct log_made *m, uint64_t *bits)
{
	to = put_word(to, m->roles, bits);
	*to++ = '-';
	return put_digits(to, 1 + take(bits, 20), 2);
}

static char *put_syslog(char *to, const struct log_made *m, bool old, const struct row *r, struct draws *d)
{
	uint64_t bits = draws_next(d);

	*to++ = '<';
	to = put_int(to, take(&bits, 192));     /* facility * 8 + severity */
	*to++ = '>';
	if (old) {
		to = put_time(to, 64, "%b %e %H:%M:%S", r->now_ns);
	} else {
		to = put_literal(to, "1 ");
		to = put_instant(to, r->now_ns, 3);
	}
	*to++ = ' ';
	to = put_host(to, m, &bits);
	*to++ = ' ';
	to = pick_put(&m->process, d, 0, to);
	*to++ = old ? '[' : ' ';
	to = put_int(to, 100 + take(&bits, 32000));
	to = old ? put_literal(to, "]: ") : put_literal(to, " - - ");
	return put_word(to, m->messages, &bits);
}

static char *put_fields(char *to, const struct log_made *m, bool json, const struct row *r, struct draws *d)
{
	uint64_t bits = draws_next(d);

	to = json ? put_literal(to, "{\"time\":\"") : put_literal(to, "time=");
	to = put_instant(to, r->now_ns, 3);
	to = json ? put_literal(to, "\",\"level\":\"") : put_literal(to, " level=");
	to = subset_put(&m->level, draws_next(d), 0, to);
	to = json ? put_literal(to, "\",\"service\":\"") : put_literal(to, " service=");
	to = put_word(to, m->services, &bits);
	to = json ? put_literal(to, "\",\"msg\":\"") : put_literal(to, " msg=\"");
	to = put_word(to, m->messages, &bits);
	to = json ? put_literal(to, "\",\"duration_ms\":") : put_literal(to, "\" duration_ms=");
	to = put_int(to, 1 + take(&bits, 900));
	if (json)
		*to++ = '}';
	return to;
}

static char *put_nginx_error(char *to, const struct log_made *m, const struct row *r, struct draws *d)
{
	static const char *const levels[] = { "error", "warn", "crit", "alert" };
	uint64_t bits = draws_next(d);
	const char *level = levels[take(&bits, 8) < 5 ? 0 : take(&bits, 4)];

	to = put_time(to, 64, "%Y/%m/%d %H:%M:%S", r->now_ns);
	to = put_literal(to, " [");
	to = put_text(to, level);
	to = put_literal(to, "] ");
	to = put_int(to, 100 + take(&bits, 32000));
	to = put_literal(to, "#0: *");
	to = put_int(to, 1 + take(&bits, 100000));
	to = put_literal(to, " open() \"/usr/share/nginx/html/");
	to = put_word(to, m->paths, &bits);
	to = put_literal(to, "\" failed (2: No such file or directory), client: ");
	to = put_public_ipv4(to, d);
	to = put_literal(to, ", server: www.example.com, request: \"GET /");
	to = put_word(to, m->paths, &bits);
	return put_literal(to, " HTTP/1.1\", host: \"www.example.com\"");
}

static char *log_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct log_made *m = c->made;
	int format = ((const struct log_opts *)c->opts)->format;

	switch (format) {
	case JSON:
	case LOGFMT: return put_fields(to, m, format == JSON, r, d);
	case SYSLOG_OLD:
	case SYSLOG_NEW: return put_syslog(to, m, format == SYSLOG_OLD, r, d);
	case NGINX_ERROR: return put_nginx_error(to, m, r, d);
	default: return put_access(to, m, format == COMBINED, r, d);
	}
}

#define SYSTEMS .category = "Files and systems", .out = KIND_TEXT

const struct provider pack_logs[] = {
	{ ROW_NAME("semver"), .aliases = "appversion system.semver", SYSTEMS, .help = "A version by the rules of semver.org.", .example = "2.14.3",
	  .params = semver_params, .opts_size = sizeof(struct semver_opts), .text = semver_text },
	{ ROW_NAME("log_level"), SYSTEMS, .help = "A level of logs.", .example = "warn", .params = level_params, .opts_size = sizeof(struct level_opts),
	  .made_size = sizeof(struct subset), .prepare = level_prepare, .release = subset_release, .text = subset_text,
	  .pool = subset_pool, .nth_text = subset_nth },
	{ ROW_NAME("log_line"), SYSTEMS, .help = "A line of a log; its time is now.",
	  .example = "81.23.145.7 - - [01/Jan/2024:00:00:00 +0000] \"GET /catalog/items HTTP/1.1\" 200 5316 \"-\" \"curl/8.4\"", .params = log_params,
	  .opts_size = sizeof(struct log_opts), .made_size = sizeof(struct log_made), .prepare = log_prepare, .release = log_release,
	  .room = LOG_ROOM, .text = log_text },
	{ .name = NULL },
};
