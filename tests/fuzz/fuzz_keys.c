/* Fuzz target: any bytes as keys of a terminal, in pieces of any size. */
#include "tests/fuzz/fuzz.h"
#include "ui/keys.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct keys k = { 0 };
	struct key out[KEYS_ROOM];
	size_t piece = n ? bytes[0] % 17 + 1 : 1;

	for (size_t at = 0; at < n;) {
		size_t len = n - at < piece ? n - at : piece, used;

		keys_feed(&k, bytes + at, len, &used, out, KEYS_ROOM);
		at += used ? used : len;
		if (bytes[at - 1] % 13 == 0)
			keys_flush(&k, out, KEYS_ROOM);
	}
	keys_flush(&k, out, KEYS_ROOM);
	return 0;
}
