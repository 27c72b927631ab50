/* Runs a fuzz target over the files of a corpus, and over each file cut short: what `make check` does without libFuzzer. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/fuzz/fuzz.h"

static void one(const char *path)
{
	static uint8_t bytes[1 << 20];
	FILE *f = fopen(path, "rb");
	size_t n = f ? fread(bytes, 1, sizeof bytes, f) : 0;

	if (!f)
		return;
	fclose(f);
	LLVMFuzzerTestOneInput(bytes, n);
	for (size_t cut = 0; cut < n && cut < 400; cut++)
		LLVMFuzzerTestOneInput(bytes, cut);
	/* And with each byte of the beginning turned. */
	for (size_t at = 0; at < n && at < 200; at++) {
		bytes[at] ^= 0x5a;
		LLVMFuzzerTestOneInput(bytes, n);
		bytes[at] ^= 0x5a;
	}
}

int main(int argc, char **argv)
{
	const char *root = getenv("srcdir"), *name = strrchr(argv[0], '_');
	char folder[4096], path[8192];
	struct dirent *d;
	DIR *dir;
	int n = 0;

	snprintf(folder, sizeof folder, "%s/tests/fuzz/corpus/%s", root ? root : ".", argc > 1 ? argv[1] : name ? name + 1 : "");
	dir = opendir(folder);
	while (dir && (d = readdir(dir))) {
		if (d->d_name[0] == '.')
			continue;
		snprintf(path, sizeof path, "%s/%s", folder, d->d_name);
		one(path);
		printf("ok %d - %s\n", ++n, d->d_name);
	}
	if (dir)
		closedir(dir);
	if (!n)
		printf("not ok %d - there is a corpus in %s\n", ++n, folder);
	printf("1..%d\n", n);
	return 0;
}
