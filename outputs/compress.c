/* Compressed frames by zlib, libzstd and liblz4. */
#include "outputs/compress.h"

#ifdef HAVE_ZLIB
#include <zlib.h>
#endif
#ifdef HAVE_ZSTD
#include <zstd.h>
#endif
#ifdef HAVE_LZ4
#include <lz4frame.h>
#endif

const char *const compression_names[] = { "none", "gzip", "zstd", "lz4", NULL };

const char *compress_suffix(enum compression c)
{
	static const char *const suffix[] = { "", ".gz", ".zst", ".lz4" };

	return suffix[c];
}

const char *compress_absent(enum compression c)
{
#ifndef HAVE_ZLIB
	if (c == COMPRESS_GZIP)
		return "built without zlib";
#endif
#ifndef HAVE_ZSTD
	if (c == COMPRESS_ZSTD)
		return "built without libzstd";
#endif
#ifndef HAVE_LZ4
	if (c == COMPRESS_LZ4)
		return "built without liblz4";
#endif
	(void)c;
	return NULL;
}

#ifdef HAVE_ZLIB
static int gzip_frame(int level, const char *bytes, size_t n, struct buf *to)
{
	z_stream z = { 0 };
	size_t most;
	char *out;
	int result;

	/* 15 + 16: a gzip header, whose time stays 0, so that equal bytes give equal files. */
	if (deflateInit2(&z, level ? level : 1, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK)
		return -1;
	most = deflateBound(&z, n) + 32;
	out = buf_reserve(to, most);
	z.next_in = (Bytef *)(uintptr_t)bytes;
	z.avail_in = (uInt)n;
	z.next_out = (Bytef *)out;
	z.avail_out = (uInt)most;
	result = out ? deflate(&z, Z_FINISH) : Z_MEM_ERROR;
	to->n = z.total_out;
	deflateEnd(&z);
	return result == Z_STREAM_END ? 0 : -1;
}
#endif

#ifdef HAVE_ZSTD
static int zstd_frame(int level, const char *bytes, size_t n, struct buf *to)
{
	char *out = buf_reserve(to, ZSTD_compressBound(n));
	size_t got = out ? ZSTD_compress(out, ZSTD_compressBound(n), bytes, n, level ? level : 1) : 0;

	if (!out || ZSTD_isError(got))
		return -1;
	to->n = got;
	return 0;
}
#endif

#ifdef HAVE_LZ4
static int lz4_frame(int level, const char *bytes, size_t n, struct buf *to)
{
	LZ4F_preferences_t how = { .compressionLevel = level };
	size_t most = LZ4F_compressFrameBound(n, &how), got;
	char *out = buf_reserve(to, most);

	got = out ? LZ4F_compressFrame(out, most, bytes, n, &how) : 0;
	if (!out || LZ4F_isError(got))
		return -1;
	to->n = got;
	return 0;
}
#endif

int compress_frame(enum compression c, int level, const char *bytes, size_t n, struct buf *to, struct err *e)
{
	int result = -1;

	buf_clear(to);
	switch (c) {
#ifdef HAVE_ZLIB
	case COMPRESS_GZIP: result = gzip_frame(level, bytes, n, to); break;
#endif
#ifdef HAVE_ZSTD
	case COMPRESS_ZSTD: result = zstd_frame(level, bytes, n, to); break;
#endif
#ifdef HAVE_LZ4
	case COMPRESS_LZ4: result = lz4_frame(level, bytes, n, to); break;
#endif
	default:
		(void)level;
		buf_add(to, bytes, n);
		result = buf_ok(to) ? 0 : -1;
		break;
	}
	return result < 0 ? err_set(e, ERR_MEMORY, "cannot compress %zu bytes", n) : 0;
}
