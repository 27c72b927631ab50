/*
 * The output that writes files: one for each path that `path` makes, rotated by size and simulated time, compressed by block.
 *
 * Everything in `struct pieces` belongs to the worker thread; the names of new places travel to it with the first block that needs
 * them, because the engine's own table may move. A full disk cuts the file back to its last whole record (or
 * compressed frame) and stops the output with the count of what is safe.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/map.h"
#include "base/num.h"
#include "base/words.h"
#include "outputs/compress.h"
#include "outputs/table.h"
#include "outputs/writer.h"

static const char *const exists_names[] = { "append", "replace", "refuse", NULL };
enum exists { EXISTS_APPEND, EXISTS_REPLACE, EXISTS_REFUSE };

struct opts {
	char *path, *paths;
	int64_t rotate, rotate_every, compress_level;
	int compress, exists;
	bool atomic, sync;
};

static const struct param params[] = {
	P_TEXT(struct opts, path, "", .flags = PARAM_PROGRAM, .help = "The file; ${...} with fields of the event, event.type or module makes several."),
	P_PAIRS(struct opts, paths, .flags = PARAM_PROGRAM,
		.help = "Instead of path: TYPE=FILE of each event type; default=FILE is for all others."),
	P_SIZE(struct opts, rotate, 0, 1e15, 0, .help = "Begin a new piece when this many bytes of events are in one; 0 is never."),
	P_SPAN(struct opts, rotate_every, 0, 31536000e9, 0, .help = "Begin a new piece at each multiple of this simulated time; 0 is never."),
	P_CHOICE(struct opts, compress, compression_names, COMPRESS_NONE, .help = "Compression; the suffix is added to the name."),
	P_INT(struct opts, compress_level, 0, 22, 0, .help = "Level of the compression; 0 is the fast default."),
	P_CHOICE(struct opts, exists, exists_names, EXISTS_APPEND, .help = "What to do with a file that is already there."),
	P_BOOL(struct opts, atomic, false, .help = "Write under the name with .part behind it, and rename when the piece is complete."),
	P_BOOL(struct opts, sync, true, .help = "Wait at the end of a piece until the disk has it."),
	P_END
};

/* The file that one place is written to at the moment. */
struct piece {
	int fd;                 /* -1: none open */
	uint32_t place;
	unsigned number;        /* of the rotation, from 1 */
	char *path, *temporary; /* final name, and the name while it is written, or NULL */
	int64_t window;         /* which multiple of rotate_every */
	int64_t bytes;          /* of events in this piece */
	off_t safe;             /* file size up to the last whole record or frame */
	bool begun;             /* it was emptied where `exists` says so, and has its header */
	bool created, spoilt;   /* it was not there before; the disk took no more of it */
};

/* A path that the thread has not heard of, and the CSV header of its files. */
struct place {
	struct place *next;
	uint32_t number;
	char *path;
	struct buf header;
};

struct pieces {
	struct piece *at;
	uint32_t n, room;
	struct place *places;
	struct buf frame;
	uint64_t records, total;        /* safe on disk */
};

struct state {
	struct writer writer;
	struct opts opts;       /* the thread's copy */
	struct pieces pieces;
	bool refused;           /* the run ended before it began */
	uint32_t told;          /* loop thread: places below this are known to the worker */
};

/* ---- names ---- */

/* "out/a.jsonl" and 3 make "out/a-000003.jsonl": before the first dot of the last component. */
static void piece_name(const struct opts *opt, const char *base, unsigned number, struct buf *to)
{
	const char *slash = strrchr(base, '/'), *name = slash ? slash + 1 : base, *dot = strchr(*name == '.' ? name + 1 : name, '.');
	const char *suffix = compress_suffix((enum compression)opt->compress);
	size_t n = strlen(base), m = strlen(suffix);

	if (opt->rotate || opt->rotate_every)
		buf_printf(to, "%.*s-%06u%s", (int)(dot ? dot - base : (ptrdiff_t)n), base, number, dot ? dot : "");
	else
		buf_text(to, base);
	if (to->n < m || strcmp(to->data + to->n - m, suffix) != 0)
		buf_text(to, suffix);
}

static int make_folders(const char *path, struct err *e)
{
	char copy[4200];
	size_t n = strlen(path);

	if (n >= sizeof copy)
		return err_set(e, ERR_INPUT, "the path is longer than %zu bytes", sizeof copy - 1);
	memcpy(copy, path, n + 1);
	for (char *s = strchr(copy + 1, '/'); s; s = strchr(s + 1, '/')) {
		*s = '\0';
		if (mkdir(copy, 0777) < 0 && errno != EEXIST)
			return err_set(e, ERR_FATAL, "cannot make folder '%s': %s", copy, strerror(errno));
		*s = '/';
	}
	return 0;
}

/* ---- places ---- */

static const struct place *place_of(const struct state *st, uint32_t number)
{
	const struct place *p = st->pieces.places;

	while (p->number != number)
		p = p->next;
	return p;
}

/* Names of the places that this block is the first to use. NULL: none, or no memory (`ok` says which). */
static struct place *new_places(struct output *o, struct state *st, const struct block *k, bool *ok)
{
	struct place *list = NULL;
	uint32_t most = st->told;

	*ok = true;
	for (uint32_t i = k->taken; i < k->n; i++)
		if (k->records[i].place >= most)
			most = k->records[i].place + 1;
	for (uint32_t number = st->told; number < most; number++) {
		struct place *p = calloc(1, sizeof *p);

		if (p) {
			buf_init(&p->header, 65536);
			output_header(o, number, &p->header);
			p->path = strdup(output_place(o, number));
			p->number = number;
			p->next = list;
			list = p;
		}
		*ok = *ok && p && p->path && buf_ok(&p->header);
	}
	return list;
}

static void free_places(struct place *p)
{
	while (p) {
		struct place *next = p->next;

		free(p->path);
		buf_free(&p->header);
		free(p);
		p = next;
	}
}

static void unpack(struct writer *w, void *luggage)
{
	struct state *st = container_of(w, struct state, writer);
	struct place *last = luggage;

	while (last->next)
		last = last->next;
	last->next = st->pieces.places;
	st->pieces.places = luggage;
}

/* ---- one piece ---- */

static int finish_piece(const struct opts *opt, struct piece *p, struct err *e)
{
	int result = 0;

	if (p->fd < 0)
		return 0;
	if (opt->sync && fsync(p->fd) < 0 && errno != EINVAL && errno != EROFS)
		result = err_set(e, ERR_FATAL, "%s: %s", p->path, strerror(errno));
	if (close(p->fd) < 0 && result == 0)
		result = err_set(e, ERR_FATAL, "%s: %s", p->path, strerror(errno));
	p->fd = -1;
	if (p->temporary && result == 0 && !p->spoilt && rename(p->temporary, p->path) < 0)
		result = err_set(e, ERR_FATAL, "cannot rename '%s': %s", p->temporary, strerror(errno));
	free(p->path);
	free(p->temporary);
	p->path = p->temporary = NULL;
	return result;
}

static int write_safely(struct state *st, struct piece *p, const char *bytes, size_t n, size_t *got, struct err *e)
{
	*got = writer_write(&st->writer, p->fd, bytes, n, e);
	if (*got == n) {
		p->safe += (off_t)n;
		return 0;
	}
	return -1;
}

static int write_header(struct state *st, struct piece *p, struct err *e)
{
	const struct buf *header = &place_of(st, p->place)->header;
	size_t got;
	int result = 0;

	if (header->n && st->opts.compress != COMPRESS_NONE) {
		result = compress_frame((enum compression)st->opts.compress, (int)st->opts.compress_level, header->data, header->n,
					&st->pieces.frame, e);
		if (result == 0)
			result = write_safely(st, p, st->pieces.frame.data, st->pieces.frame.n, &got, e);
	} else if (header->n) {
		result = write_safely(st, p, header->data, header->n, &got, e);
	}
	if (result < 0 && ftruncate(p->fd, 0) < 0)
		err_wrap(e, "cannot cut back");
	return result;
}

/* The first write: only now is anything that was there before given up. */
static int begin_piece(struct state *st, struct piece *p, struct err *e)
{
	if ((st->opts.exists == EXISTS_REPLACE || st->opts.atomic) && p->safe > 0) {
		if (ftruncate(p->fd, 0) < 0)
			return err_set(e, ERR_FATAL, "cannot empty '%s': %s", p->path, strerror(errno));
		p->safe = 0;
	}
	if (p->safe == 0 && write_header(st, p, e) < 0)
		return -1;
	p->begun = true;
	return 0;
}

static bool taken(const char *path)
{
	struct stat s;

	return stat(path, &s) == 0;
}

static int open_piece(struct state *st, struct piece *p, const char *base, struct err *e)
{
	const struct opts *opt = &st->opts;
	struct buf name, temporary;
	struct stat s;
	/* Non-blocking only for the opening: a FIFO without a reader would hold up the loop. */
	int flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_APPEND | O_NONBLOCK;

	buf_init(&name, 8192);
	buf_init(&temporary, 8192);
	do {
		buf_clear(&name);
		piece_name(opt, base, ++p->number, &name);
		/* Pieces that are there stay; numbering goes on behind them. */
	} while ((opt->rotate || opt->rotate_every) && opt->exists == EXISTS_APPEND && taken(name.data));
	if (opt->atomic)
		buf_printf(&temporary, "%s.part", name.data);
	if (opt->exists == EXISTS_REFUSE && taken(name.data)) {
		err_set(e, ERR_INPUT, "'%s' is already there, and `exists` says refuse", name.data);
		goto fail;
	}
	p->created = !taken(opt->atomic ? temporary.data : name.data);
	if (make_folders(name.data, e) < 0)
		goto fail;
	p->fd = open(opt->atomic ? temporary.data : name.data, flags, 0666);
	if (p->fd < 0 || fstat(p->fd, &s) < 0 || fcntl(p->fd, F_SETFL, O_APPEND) < 0) {
		err_set(e, ERR_FATAL, "cannot write '%s': %s", name.data, strerror(errno));
		goto fail;
	}
	if (opt->atomic && opt->exists == EXISTS_APPEND && taken(name.data)) {
		err_set(e, ERR_INPUT, "'%s' is already there; atomic files cannot be appended to (exists: replace)", name.data);
		close(p->fd);
		unlink(temporary.data);
		p->fd = -1;
		goto fail;
	}
	p->safe = s.st_size;
	p->bytes = 0;
	p->begun = p->spoilt = false;
	p->path = strdup(name.data);
	p->temporary = opt->atomic ? strdup(temporary.data) : NULL;
	buf_free(&name);
	buf_free(&temporary);
	return !p->path || (opt->atomic && !p->temporary) ? err_memory(e) : 0;
fail:
	p->number--;
	buf_free(&name);
	buf_free(&temporary);
	return -1;
}

static struct piece *piece_of(struct state *st, uint32_t place, struct err *e)
{
	struct pieces *all = &st->pieces;

	for (uint32_t i = 0; i < all->n; i++)
		if (all->at[i].place == place)
			return &all->at[i];
	if (all->n == all->room) {
		uint32_t room = all->room ? all->room * 2 : 8;
		struct piece *at = realloc(all->at, room * sizeof *at);

		if (!at) {
			err_memory(e);
			return NULL;
		}
		all->at = at;
		all->room = room;
	}
	all->at[all->n] = (struct piece){ .fd = -1, .place = place };
	return &all->at[all->n++];
}

/* The piece that a record goes into, rotated when its time has come. */
static struct piece *piece_for(struct state *st, const struct record *r, struct err *e)
{
	const struct opts *opt = &st->opts;
	struct piece *p = piece_of(st, r->place, e);
	int64_t window = opt->rotate_every ? r->time_ns / opt->rotate_every : 0;

	if (!p)
		return NULL;
	/* An empty piece takes any window: it may have been opened before the first event was known. */
	if (p->fd >= 0 && p->bytes > 0 && ((opt->rotate && p->bytes + r->n > opt->rotate) || window != p->window))
		if (finish_piece(opt, p, e) < 0)
			return NULL;
	if (p->fd < 0 && open_piece(st, p, place_of(st, r->place)->path, e) < 0)
		return NULL;
	p->window = window;
	return p;
}

/* Writes records a..b, which go to one piece. Returns how many are safe. */
static uint32_t write_run(struct state *st, struct piece *p, const struct block *k, uint32_t a, uint32_t b, struct err *e)
{
	const struct record *r = k->records;
	size_t start = r[a].at, n = r[b - 1].at + r[b - 1].n - start, got;
	uint32_t whole = a;
	off_t cut = p->safe;

	if (st->opts.compress != COMPRESS_NONE) {
		if (compress_frame((enum compression)st->opts.compress, (int)st->opts.compress_level, k->bytes.data + start, n,
				   &st->pieces.frame, e) < 0)
			return 0;
		if (write_safely(st, p, st->pieces.frame.data, st->pieces.frame.n, &got, e) == 0)
			whole = b;
	} else if (write_safely(st, p, k->bytes.data + start, n, &got, e) == 0) {
		whole = b;
	} else {
		while (whole < b && r[whole].at + r[whole].n <= start + got)
			whole++;
		cut += whole > a ? (off_t)(r[whole - 1].at + r[whole - 1].n - start) : 0;
	}
	if (whole < b) {
		/* Nothing half-done: back to the last whole record or frame. */
		if (ftruncate(p->fd, cut) < 0)
			err_wrap(e, "cannot cut back");
		p->safe = cut;
	}
	for (uint32_t i = a; i < whole; i++) {
		p->bytes += r[i].n;
		st->pieces.total += r[i].n;
	}
	st->pieces.records += whole - a;
	p->spoilt = whole < b;
	if (whole < b) {
		char bytes[NUM_TEXT];
		enum err_code code = e->code;

		num_human_bytes(bytes, (double)st->pieces.total);
		err_wrap(e, "%llu events (%s) are safe; %s", (unsigned long long)st->pieces.records, bytes, p->path);
		e->code = code;
	}
	return whole - a;
}

static uint32_t write_block(struct writer *w, const struct block *k, uint32_t from, struct err *e)
{
	struct state *st = container_of(w, struct state, writer);
	uint32_t at = from;

	while (at < k->n) {
		struct piece *p = piece_for(st, &k->records[at], e);
		uint32_t end = at + 1;
		int64_t bytes = k->records[at].n;

		if (!p || (!p->begun && begin_piece(st, p, e) < 0)) {
			if (p)
				p->spoilt = true;
			break;
		}
		/* As far as nothing asks for another piece. */
		for (; end < k->n && k->records[end].place == p->place; end++) {
			const struct record *r = &k->records[end];

			if ((st->opts.rotate && p->bytes + bytes + r->n > st->opts.rotate) ||
			    (st->opts.rotate_every && r->time_ns / st->opts.rotate_every != p->window))
				break;
			bytes += r->n;
		}
		at += write_run(st, p, k, at, end, e);
		if (at < end)
			break;
	}
	return at - from;
}

static void finish(struct writer *w, struct err *e)
{
	struct state *st = container_of(w, struct state, writer);

	for (uint32_t i = 0; i < st->pieces.n; i++) {
		struct piece *p = &st->pieces.at[i];

		/* A run that ends well leaves its file, even an empty one; a run that was refused leaves none. */
		if (p->fd >= 0 && !p->begun && !st->refused && begin_piece(st, p, e) < 0)
			p->spoilt = true;
		if (p->fd >= 0 && st->refused && p->created)
			unlink(p->temporary ? p->temporary : p->path);
		p->spoilt |= st->refused;
		finish_piece(&st->opts, p, e);
	}
	free(st->pieces.at);
	buf_free(&st->pieces.frame);
	free_places(st->pieces.places);
	st->pieces = (struct pieces){ 0 };
}

/* ---- the output ---- */

static int check(const void *opts, struct err *e)
{
	const struct opts *opt = opts;
	const char *absent = compress_absent((enum compression)opt->compress), *at = opt->paths;
	struct word_pair p;

	if (!*opt->path && !*opt->paths)
		return err_set(e, ERR_INPUT, "path is missing: where should the events go?");
	if (*opt->path && opt->path[strlen(opt->path) - 1] == '/')
		return err_set(e, ERR_INPUT, "path '%s' is a folder; name a file in it", opt->path);
	while (words_next_pair(&at, &p))
		if (!p.value_n || p.value[p.value_n - 1] == '/')
			return err_set(e, ERR_INPUT, "paths: '%.*s' is no file; name one for '%.*s'", (int)p.value_n, p.value, (int)p.key_n, p.key);
	if (opt->compress == COMPRESS_GZIP && opt->compress_level > 9)
		return err_set(e, ERR_INPUT, "compress_level of gzip must be 0 to 9, not %lld", (long long)opt->compress_level);
	if (absent)
		return err_set(e, ERR_INPUT, "compress: %s is not in this program: %s",
			       compression_names[opt->compress], absent);
	return 0;
}

/* Paths without ${...} are opened before anything runs, so that a wrong one is refused; nothing else is under way then. */
static int open_fixed(struct output *o, struct state *st, struct err *e)
{
	struct record last = { 0 };
	struct block none = { .records = &last, .n = 1 };
	bool ok;

	for (uint32_t i = 0; *output_place(o, i); i++) {
		struct piece *p;
		struct place *names;

		if (!output_place_is_fixed(o, output_place(o, i)))
			continue;
		last.place = i;
		names = new_places(o, st, &none, &ok);
		if (names)
			unpack(&st->writer, names);
		if (!ok)
			return err_memory(e);
		st->told = i + 1;
		p = piece_of(st, i, e);
		if (!p || open_piece(st, p, place_of(st, i)->path, e) < 0)
			return -1;
	}
	return 0;
}

/* Of what was opened nothing stays. */
static void close_refused(struct state *st)
{
	for (uint32_t i = 0; i < st->pieces.n; i++) {
		struct piece *p = &st->pieces.at[i];

		if (p->fd < 0)
			continue;
		close(p->fd);
		if (p->created)
			unlink(p->temporary ? p->temporary : p->path);
		free(p->path);
		free(p->temporary);
	}
	free(st->pieces.at);
	free_places(st->pieces.places);
	st->pieces = (struct pieces){ 0 };
	st->told = 0;
}

static int open_file(struct output *o, struct err *e)
{
	struct state *st = o->state;
	const struct opts *opt = o->opts;

	st->writer.write = write_block;
	st->writer.unpack = unpack;
	st->writer.finish = finish;
	st->writer.output = o;
	st->opts = *opt;
	if (o->again)
		st->opts.exists = EXISTS_APPEND;
	st->opts.path = st->opts.paths = NULL;  /* control's; the thread is told its places */
	buf_init(&st->pieces.frame, SIZE_MAX / 4);
	/* The thread first: it may be a thing that cannot be had now, and this is tried again. */
	if (writer_open(&st->writer, o, e) < 0)
		return -1;
	if (open_fixed(o, st, e) < 0) {
		worker_free(st->writer.worker);
		st->writer.worker = NULL;
		close_refused(st);
		return -1;
	}
	return 0;
}

static enum output_put put(struct output *o, struct block *k, struct err *e)
{
	struct state *st = o->state;
	bool ok;
	struct place *names = new_places(o, st, k, &ok);
	enum output_put result;

	if (!ok) {
		free_places(names);
		err_memory(e);
		return OUTPUT_BROKEN;
	}
	result = writer_put(&st->writer, k, names);
	if (result != OUTPUT_TAKEN)
		free_places(names);
	else if (names)
		st->told = names->number + 1;
	return result;
}

static void close_file(struct output *o, bool abandon)
{
	struct state *st = o->state;

	st->refused = abandon && st->writer.taken == 0;
	writer_close(&st->writer, abandon);
}

static void describe(struct output *o, struct buf *to)
{
	output_places(o, to);
}

const struct output_class output_file = {
	.name = "file", .summary = "files: ndjson, csv or text, rotated, compressed", .params = params,
	.opts_size = sizeof(struct opts), .state_size = sizeof(struct state), .place_row = "path", .places_row = "paths", .linger_ns = 200000000,
	.check = check, .open = open_file, .put = put, .close = close_file, .describe = describe,
};
