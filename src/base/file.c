/* Reading small files whole. */
#include "base/file.h"

#include <errno.h>
#include <stdio.h>

int file_read(const char *path, struct buf *to, struct err *e)
{
	FILE *f = fopen(path, "rb");
	char piece[16384];
	size_t n;
	int result = 0;

	if (!f)
		return err_set(e, ERR_INPUT, "cannot read '%.200s': %s", path, strerror(errno));
	while (buf_ok(to) && (n = fread(piece, 1, sizeof piece, f)) > 0)
		buf_add(to, piece, n);
	if (ferror(f))
		result = err_set(e, ERR_INPUT, "cannot read '%.200s': %s", path, strerror(errno));
	else if (!buf_ok(to))
		result = err_set(e, ERR_INPUT, "'%.200s' is larger than %zu MiB", path, to->ceiling >> 20);
	fclose(f);
	return result;
}
