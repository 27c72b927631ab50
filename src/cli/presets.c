/* Presets in the user's folder. */
#include "cli/presets.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/json.h"
#include "base/log.h"
#include "scenario/load.h"

bool config_path(char *to, size_t room, const char *below)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");

	if (config && config[0] == '/')
		return (size_t)snprintf(to, room, "%s/fluxdeck%s%s", config, *below ? "/" : "", below) < room;
	return home && home[0] == '/' && (size_t)snprintf(to, room, "%s/.config/fluxdeck%s%s", home, *below ? "/" : "", below) < room;
}

int write_whole(const char *path, const struct buf *b, struct err *e)
{
	char part[4200];
	struct stat st;
	bool special = stat(path, &st) == 0 && !S_ISREG(st.st_mode), ok;
	FILE *f;

	if (!buf_ok(b))
		return err_memory(e);
	/* A device or a FIFO is written to, not replaced. */
	snprintf(part, sizeof part, "%.4090s%s", path, special ? "" : ".part");
	f = fopen(part, "w");
	ok = f && fwrite(b->data, 1, b->n, f) == b->n;
	ok = f && fflush(f) == 0 && (special || fsync(fileno(f)) == 0) && ok;
	ok = f && fclose(f) == 0 && ok;
	if (ok && (special || rename(part, path) == 0))
		return 0;
	err_set(e, ERR_IO, "cannot write '%.300s': %s", path, strerror(errno));
	if (f && !special)
		unlink(part);
	return -1;
}

static void read_one(struct presets *p, const char *generator, const char *name, const char *path)
{
	struct report r;
	struct arena a;
	struct buf text;
	struct node *root;
	struct err e;
	size_t n;
	char *bytes = scenario_read_file(path, &n, &e);

	if (!bytes) {
		log_warn("presets", "%s", e.text);
		return;
	}
	report_init(&r, path);
	arena_init(&a);
	buf_init(&text, PRESET_TEXT);
	root = node_parse(bytes, n, &a, &r);
	if (root && root->kind == NODE_MAP)
		node_each(v, root)
			if (v->kind == NODE_SCALAR && !strchr(v->text, '\n'))
				buf_printf(&text, "%s=%s\n", v->key->text, v->text);
	if (!root || root->kind != NODE_MAP)
		log_warn("presets", "%s: %s", path, r.first ? r.first->text : "not a map of values");
	else if (!buf_ok(&text) || preset_keep(p, generator, name, text.data, &e) < 0)
		log_warn("presets", "%s: %s", path, buf_ok(&text) ? e.text : "too long");
	buf_free(&text);
	arena_free(&a);
	report_free(&r);
	free(bytes);
}

static void read_folder(struct presets *p, const char *root, const char *generator)
{
	char folder[4096], path[4400], name[256];
	struct dirent **all = NULL;
	int n;

	snprintf(folder, sizeof folder, "%.3800s/%.200s", root, generator);
	n = scandir(folder, &all, NULL, alphasort);
	for (int i = 0; i < n; i++) {
		size_t len = strlen(all[i]->d_name);

		if (len > 5 && len < 70 && strcmp(all[i]->d_name + len - 5, ".yaml") == 0) {
			snprintf(name, sizeof name, "%.*s", (int)len - 5, all[i]->d_name);
			snprintf(path, sizeof path, "%s/%s", folder, all[i]->d_name);
			read_one(p, generator, name, path);
		}
		free(all[i]);
	}
	free(all);
}

void presets_read(struct presets *p)
{
	char root[4096];
	struct dirent **all = NULL;
	int n;

	if (!config_path(root, sizeof root, "presets"))
		return;
	n = scandir(root, &all, NULL, alphasort);
	for (int i = 0; i < n; i++) {
		if (all[i]->d_name[0] != '.')
			read_folder(p, root, all[i]->d_name);
		free(all[i]);
	}
	free(all);
}

void config_folders(const char *path)
{
	char part[4200];

	for (const char *s = strchr(path + 1, '/'); s; s = strchr(s + 1, '/')) {
		snprintf(part, sizeof part, "%.*s", (int)(s - path), path);
		mkdir(part, 0777);
	}
}

int preset_write(const struct preset *one, char *path, size_t room, struct err *e)
{
	char below[200];
	struct buf b;
	int result;

	snprintf(below, sizeof below, "presets/%.60s/%.64s.yaml", one->generator, one->name);
	if (!config_path(path, room, below))
		return err_set(e, ERR_INPUT, "there is no home folder to keep presets in");
	config_folders(path);
	buf_init(&b, PRESET_TEXT * 2);
	buf_printf(&b, "# A setting of %s; `preset load %s` gives it to a module.\n", one->generator, one->name);
	for (const char *s = one->text; *s;) {
		size_t n = strcspn(s, "\n"), key = strcspn(s, "=");

		buf_printf(&b, "%.*s: ", (int)key, s);
		json_text(&b, s + key + 1, n - key - 1);
		buf_char(&b, '\n');
		s += n + (s[n] == '\n');
	}
	result = write_whole(path, &b, e);
	buf_free(&b);
	return result;
}
