/* Files and systems. Name, extension and MIME type of a record are of one file, its path of one folder. */
#include "value/packs/pick.h"

#include "base/mathx.h"
#include "value/packs/pieces.h"

static const char *const categories[] = { "any", "image", "text", "audio", "video", "office", "archive", "code", NULL };
static const char *const systems[] = { "linux", "windows", NULL };
static const char *const mime_as[] = { "full", "type", NULL };

struct file_opts {
	int category, as, os;
	char *extension, *words;
	bool absolute;
	int64_t depth;
};
struct file_made {
	struct subset mime, tops, adjectives;
	const struct table *folders, *words;
	int64_t low, high;
	uint32_t only;                  /* the row of the extension that was told; UINT32_MAX: none, or none of the table */
};

#define P_CATEGORY P_CHOICE(struct file_opts, category, categories, 0, .help = "What the file holds.")
#define P_DEPTH(d) P_INT(struct file_opts, depth, 1, 32, d, .help = "How many folders stand before the name.")
#define P_EXTENSION(f) P_TEXT(struct file_opts, extension, "", .flags = (f), \
	.help = "Extension without the dot, at most 16 bytes; empty: one that fits the category.")
#define P_WORDS(f) P_TEXT(struct file_opts, words, "1..3", .flags = (f), .help = "How many words, like 1..3 or 2; 1 to 8.")
#define P_OS P_CHOICE(struct file_opts, os, systems, 0, .help = "Whose paths.")

static const struct param name_params[] = {
	P_CATEGORY, P_EXTENSION(0), P_WORDS(0), P_END
};
static const struct param extension_params[] = { P_CATEGORY, P_EXTENSION(PARAM_INSIDE), P_END };
static const struct param mime_params[] = {
	P_CATEGORY,
	P_CHOICE(struct file_opts, as, mime_as, 0, .help = "The whole MIME type, or what stands before the slash."),
	P_EXTENSION(PARAM_INSIDE), P_END
};
static const struct param path_params[] = {
	P_DEPTH(3), P_OS, P_BOOL(struct file_opts, absolute, true, .help = "Whether it begins at the root."), P_CATEGORY,
	P_EXTENSION(PARAM_INSIDE), P_WORDS(PARAM_INSIDE), P_END
};
static const struct param directory_params[] = { P_DEPTH(3), P_OS, P_END };

static int file_prepare(struct call *c, struct err *e)
{
	const struct file_opts *o = c->opts;
	struct file_made *m = c->made;

	m->folders = table_find(c->locale, "directory");
	m->words = table_find(c->locale, "service");
	if (!m->folders || !m->words)
		return err_set(e, ERR_INPUT, "its words are not part of this build");
	if (range_parse("words", o->words ? o->words : "1..3", 1, 8, &m->low, &m->high, e) < 0)
		return -1;
	if (o->extension && (strlen(o->extension) > 16 || strpbrk(o->extension, "/\\")))
		return err_set(e, ERR_INPUT, "extension: at most 16 bytes without a slash");
	if (subset_init(&m->mime, c->locale, "mime", 2, categories[o->category], true, e) < 0 ||
	    subset_init(&m->tops, c->locale, "directory_top", 1, systems[o->os], false, e) < 0 ||
	    subset_init(&m->adjectives, c->locale, "adjective", 1, "descriptive", false, e) < 0)
		return -1;
	m->only = o->extension && *o->extension ? table_row(m->mime.t, 0, o->extension) : UINT32_MAX;
	return 0;
}

static void file_release(struct call *c)
{
	struct file_made *m = c->made;

	subset_free(&m->mime);
	subset_free(&m->tops);
	subset_free(&m->adjectives);
}

static size_t file_room(const struct call *c)
{
	const struct file_opts *o = c->opts;
	const struct file_made *m = c->made;

	/* A MIME type, or folders and a name of eight words at most. */
	return 120 + (size_t)o->depth * (m->folders->longest + 1u) + 8u * (m->adjectives.t->longest + m->words->longest + 2u);
}

/* What is common to the record: the first draw is the type, the second the name, the third the folders. */
static char *put_name(char *to, const struct call *c, const struct row *r)
{
	const struct file_opts *o = c->opts;
	const struct file_made *m = c->made;
	struct draws d = draws_of(r, c->group_salt);
	uint32_t type = subset_pick(&m->mime, draws_next(&d));
	uint64_t bits = draws_next(&d);
	int64_t n = m->low + take(&bits, (uint32_t)(m->high - m->low + 1));

	for (int64_t i = 1; i < n; i++) {
		to = put_cell(to, table_cell(m->adjectives.t, m->adjectives.rows[take(&bits, m->adjectives.n)], 0));
		*to++ = '-';
		if (i % 4 == 3)
			bits = rng_mix(bits);
	}
	to = put_word(to, m->words, &bits);
	*to++ = '.';
	return o->extension && *o->extension ? put_text(to, o->extension) : put_cell(to, table_cell(m->mime.t, type, 0));
}

static char *put_folder(char *to, const struct call *c, const struct row *r, bool absolute)
{
	const struct file_opts *o = c->opts;
	const struct file_made *m = c->made;
	struct draws d = draws_of(r, c->group_salt);
	char slash = o->os ? '\\' : '/';
	struct cell top;
	uint64_t bits;
	int64_t given = 0;

	draws_next(&d);
	draws_next(&d);
	bits = draws_next(&d);
	top = table_cell(m->tops.t, m->tops.rows[take(&bits, m->tops.n)], 0);
	/* A top that is deeper than asked for is cut; on Windows the drive stays. */
	for (uint32_t i = o->os ? 2 : 0; absolute && i < top.n; i++) {
		if (top.at[i] == slash && given++ == o->depth)
			break;
		if (i == (o->os ? 2 : 0) && o->os)
			to = put_bytes(to, top.at, 2);
		*to++ = top.at[i];
	}
	given = given > o->depth ? o->depth : given;
	for (; given < o->depth; given++) {
		if (absolute || given)
			*to++ = slash;
		to = put_word(to, m->folders, &bits);
		if (given % 6 == 5)
			bits = draws_next(&d);
	}
	return to;
}

static char *name_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return put_name(to, c, r);
}

static char *extension_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct file_made *m = c->made;
	const struct file_opts *o = c->opts;
	struct draws shared = draws_of(r, c->group_salt);

	(void)d;
	return o->extension && *o->extension ? put_text(to, o->extension) : subset_put(&m->mime, draws_next(&shared), 0, to);
}

static char *mime_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	static const char unknown[] = "application/octet-stream";
	const struct file_made *m = c->made;
	struct draws shared = draws_of(r, c->group_salt);
	const struct file_opts *o = c->opts;
	struct cell type = table_cell(m->mime.t, m->only != UINT32_MAX ? m->only : subset_pick(&m->mime, draws_next(&shared)), 1);

	(void)d;
	if (o->extension && *o->extension && m->only == UINT32_MAX)
		type = (struct cell){ unknown, sizeof unknown - 1 };
	if (o->as)
		type.n = (uint32_t)((const char *)memchr(type.at, '/', type.n) - type.at);
	return put_cell(to, type);
}

static char *path_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct file_opts *o = c->opts;

	(void)d;
	to = put_folder(to, c, r, o->absolute);
	*to++ = o->os ? '\\' : '/';
	return put_name(to, c, r);
}

static char *directory_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	(void)d;
	return put_folder(to, c, r, true);
}

/* ---- file_size ---- */

static const char *const dists[] = { "lognormal", "uniform", NULL };
static const char *const units[] = { "bytes", "KiB", "MiB", NULL };

struct size_opts {
	int64_t min, max;
	int dist, unit;
};

static const struct param size_params[] = {
	P_SIZE(struct size_opts, min, 0, 9e15, 0, .help = "Smallest file."),
	P_SIZE(struct size_opts, max, 0, 9e15, 1073741824, .help = "Largest file."),
	P_CHOICE(struct size_opts, dist, dists, 0, .help = "Many small and few large ones around 64 KiB, or all sizes alike."),
	P_CHOICE(struct size_opts, unit, units, 0, .help = "What is counted."),
	P_END
};

static void size_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	const struct size_opts *o = c->opts;
	struct draws shared = draws_of(r, c->group_salt);
	struct rng g = draws_rng(&shared);
	double v;

	(void)d;
	to->i = o->min + (int64_t)((unsigned __int128)rng_next(&g) * (uint64_t)(o->max - o->min + 1) >> 64);
	/* A size outside the bounds is drawn anew; where they hold little, the uniform one stays. */
	for (int i = 0; i < 16 && o->dist == 0; i++) {
		v = 65536 * mathx_exp(2.5 * rng_normal(&g));
		if (v >= (double)o->min && v <= (double)o->max && v < 9e18) {
			to->i = (int64_t)v;
			break;
		}
	}
	to->i >>= 10 * o->unit;
}

/* ---- systems ---- */

struct pid_opts {
	int64_t max;
};

static const struct param pid_params[] = {
	P_INT(struct pid_opts, max, 1, 4194304, 4194304, .help = "Largest number."),
	P_END
};

static void pid_value(const struct call *c, const struct row *r, struct draws *d, union value *to)
{
	(void)r;
	to->i = draws_between(d, 1, ((const struct pid_opts *)c->opts)->max);
}

struct os_opts {
	bool version;
};

static const struct param os_params[] = {
	P_BOOL(struct os_opts, version, true, .help = "Whether the version follows the name."),
	P_END
};

static int os_prepare(struct call *c, struct err *e)
{
	return pick_bind(c->made, c->locale, "os_name", true, e);
}

static char *os_text(const struct call *c, const struct row *r, struct draws *d, char *to)
{
	const struct pick *p = c->made;
	uint32_t row = table_pick(p->table, p->weights, d);
	struct cell version = table_cell(p->table, row, 1);

	(void)r;
	to = put_cell(to, table_cell(p->table, row, 0));
	if (!((const struct os_opts *)c->opts)->version || !version.n)
		return to;
	*to++ = ' ';
	return put_cell(to, version);
}

#define FILES .category = "Files and systems", .group = "file", .opts_size = sizeof(struct file_opts), .made_size = sizeof(struct file_made), \
	.prepare = file_prepare, .release = file_release, .max_len = file_room, .out = KIND_TEXT
#define SYSTEMS .category = "Files and systems"

const struct provider pack_files[] = {
	{ ROW_NAME("file_name"), .aliases = "system.fileName system.commonFileName", .help = "The name of a file.", .example = "quiet-report.pdf",
	  .params = name_params, .text = name_text, FILES },
	{ ROW_NAME("file_extension"), .aliases = "system.fileExt system.commonFileExt", .help = "The extension of a file.", .example = "pdf",
	  .params = extension_params, .text = extension_text, FILES },
	{ ROW_NAME("mime_type"), .aliases = "filemimetype system.mimeType system.fileType(as=type) system.commonFileType(as=type)",
	  .help = "The MIME type of a file, as its extension says.", .example = "application/pdf", .params = mime_params, .text = mime_text, FILES },
	{ ROW_NAME("file_path"), .aliases = "system.filePath", .help = "The path of a file.", .example = "/srv/data/records/quiet-report.pdf",
	  .params = path_params, .text = path_text, FILES },
	{ ROW_NAME("directory_path"), .aliases = "system.directoryPath", .help = "The path of a folder.", .example = "/var/lib/records",
	  .params = directory_params, .text = directory_text, FILES },
	{ ROW_NAME("file_size"), SYSTEMS, .group = "file", .help = "The size of a file.", .example = "48217", .out = KIND_INT, .params = size_params,
	  .opts_size = sizeof(struct size_opts), .value = size_value },
	{ PICKED("process_name"), SYSTEMS, .help = "The name of a process.", .example = "nginx" },
	{ ROW_NAME("pid"), SYSTEMS, .help = "The number of a process.", .example = "4817", .out = KIND_INT, .params = pid_params,
	  .opts_size = sizeof(struct pid_opts), .value = pid_value },
	{ ROW_NAME("os_name"), SYSTEMS, .help = "An operating system.", .example = "Debian 12", .out = KIND_TEXT, .params = os_params,
	  .opts_size = sizeof(struct os_opts), .made_size = sizeof(struct pick), .prepare = os_prepare, .text = os_text },
	{ .name = NULL },
};
