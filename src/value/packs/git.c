/* Names of programs, commits, branches, error messages. */
#include "value/packs/pick.h"
#include "value/packs/pieces.h"

struct git_made {
	struct subset first, second;
	struct pick kinds, topics;
	const struct table *verbs, *objects, *scopes;
};

static void git_release(struct call *c)
{
	struct git_made *m = c->made;

	subset_free(&m->first);
	subset_free(&m->second);
}

static int app_prepare(struct call *c, struct err *e)
{
	struct git_made *m = c->made;

	return subset_init(&m->first, c->locale, "app_part", 1, "first", false, e) < 0 ? -1 :
	       subset_init(&m->second, c->locale, "app_part", 1, "last", false, e);
}

static char *app_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct git_made *m = c->made;

	(void)r;
	to = subset_put(&m->first, draws_next(d), 0, to);
	return subset_put(&m->second, draws_next(d), 0, to);
}

static int branch_prepare(struct call *c, struct err *e)
{
	struct git_made *m = c->made;

	return pick_bind(&m->kinds, c->locale, "branch_kind", true, e) < 0 ? -1 : pick_bind(&m->topics, c->locale, "branch_topic", false, e);
}

static char *branch_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct git_made *m = c->made;

	(void)r;
	to = pick_put(&m->kinds, d, 0, to);
	*to++ = '/';
	return pick_put(&m->topics, d, 0, to);
}

/* ---- commits ---- */

static const char *const commit_as[] = { "message", "entry", "date", NULL };

struct git_opts {
	int64_t length;
	int as;
};

static const struct param sha_params[] = {
	P_INT(struct git_opts, length, 7, 64, 40, .help = "How many hex digits."),
	P_END
};
static const struct param commit_params[] = {
	P_CHOICE(struct git_opts, as, commit_as, 0, .help = "The message alone, an entry of the log, or a date of it."),
	P_END
};

static char *put_sha(char *to, int64_t n, struct draws *d)
{
	for (; n > 16; n -= 16)
		to = put_hex(to, draws_next(d), 16);
	return put_hex(to, draws_next(d), (unsigned)n);
}

static uint64_t sha_pool(const struct call *c)
{
	return ((const struct git_opts *)c->opts)->length >= 16 ? pool_endless(c) : 0;
}

static char *sha_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)r;
	return put_sha(to, ((const struct git_opts *)c->opts)->length, d);
}

static int commit_prepare(struct call *c, struct err *e)
{
	struct git_made *m = c->made;

	m->verbs = table_find(c->locale, "commit_verb");
	m->objects = table_find(c->locale, "commit_object");
	m->scopes = table_find(c->locale, "commit_scope");
	return m->verbs && m->objects && m->scopes ? 0 : err_set(e, ERR_INPUT, "its words are not part of this build");
}

static char *put_message(char *to, const struct git_made *m, struct draws *d)
{
	uint64_t bits = draws_next(d);

	to = put_word(to, m->verbs, &bits);
	*to++ = ' ';
	to = put_word(to, m->objects, &bits);
	if (take(&bits, 2)) {
		*to++ = ' ';
		to = put_word(to, m->scopes, &bits);
	}
	return to;
}

/* Within the last 30 days, as git log writes it. */
static char *put_commit_date(char *to, const struct row *r, struct draws *d)
{
	return put_time(to, 64, "%a %b %e %H:%M:%S %Y +0000", r->now_ns - (int64_t)draws_below(d, 30 * 86400) * 1000000000);
}

static char *commit_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	int as = ((const struct git_opts *)c->opts)->as;

	if (as == 0)
		return put_message(to, c->made, d);
	if (as == 2)
		return put_commit_date(to, r, d);
	to = put_literal(to, "commit ");
	to = put_sha(to, 40, d);
	to = put_literal(to, "\nAuthor: Developer <dev@example.com>\nDate: ");
	to = put_commit_date(to, r, d);
	to = put_literal(to, "\n\n    ");
	return put_message(to, c->made, d);
}

/* ---- errors ---- */

static const char *const error_kinds[] = { "any", "database", "grpc", "http", "http_client", "http_server", "runtime", "validation", NULL };

struct error_opts {
	int kind;
};

static const struct param error_params[] = {
	P_CHOICE(struct error_opts, kind, error_kinds, 0, .help = "Where the error comes from."),
	P_END
};

static int error_prepare(struct call *c, struct err *e)
{
	return subset_init(c->made, c->locale, "error_message", 1, error_kinds[((const struct error_opts *)c->opts)->kind], false, e);
}

#define CLOUD .category = "Developer and cloud", .out = KIND_TEXT
#define MADE .made_size = sizeof(struct git_made), .release = git_release

const struct provider pack_git[] = {
	{ ROW_NAME("app_name"), CLOUD, .help = "The name of a program.", .example = "Bluefinch", .prepare = app_prepare, .text = app_text, MADE },
	{ ROW_NAME("git_branch"), .aliases = "git.branch", CLOUD, .help = "The name of a branch.", .example = "fix/parser-overflow",
	  .prepare = branch_prepare, .text = branch_text, MADE },
	{ ROW_NAME("git_commit_sha"), .aliases = "git.commitSha", CLOUD, .help = "The number of a commit.",
	  .example = "9f1c2b7e4d3a4e8ba1c60d5e7f9b2a34c5d6e7f8", .params = sha_params, .opts_size = sizeof(struct git_opts),
	  .text = sha_text, .pool = sha_pool },
	{ ROW_NAME("git_commit_message"), .aliases = "git.commitMessage git.commitEntry(as=entry) git.commitDate(as=date)", CLOUD,
	  .help = "The message of a commit.", .example = "Fix the parser for empty input", .params = commit_params, .opts_size = sizeof(struct git_opts),
	  .prepare = commit_prepare, .room = 256, .text = commit_text, MADE },
	{ ROW_NAME("error_message"), .aliases = "error errorobject errordatabase(kind=database) errorgrpc(kind=grpc) errorhttp(kind=http) "
	  "errorhttpclient(kind=http_client) errorhttpserver(kind=http_server) errorruntime(kind=runtime) errorvalidation(kind=validation)", CLOUD,
	  .help = "What a program says when it fails.", .example = "deadlock detected", .params = error_params, .opts_size = sizeof(struct error_opts),
	  .made_size = sizeof(struct subset), .prepare = error_prepare, .release = subset_release, .max_len = subset_room, .text = subset_text,
	  .pool = subset_pool, .nth_text = subset_nth },
	{ .name = NULL },
};
