/* Fuzz target: any bytes as lines of the command language, into a live engine. */
#include <stdlib.h>
#include <string.h>

#include "core/command.h"
#include "generators/table.h"
#include "outputs/table.h"
#include "tests/fuzz/fuzz.h"
#include "value/setting.h"

static void lines(struct deck *d, char *text)
{
	struct buf said;
	struct err e;

	buf_init(&said, 1 << 20);
	for (char *s = text; *s;) {
		size_t len = strcspn(s, "\n");
		bool last = s[len] == '\0';

		s[len] = '\0';
		e.code = ERR_NONE;
		command_complete(d, s, &said);
		buf_clear(&said);
		command_run(d, s, &said, &e);
		engine_run(d->engine, 1000);
		buf_clear(&said);
		s += last ? len : len + 1;
	}
	buf_free(&said);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static const struct output_class *const outputs[] = { &output_null, NULL };
	static const struct catalogue cat = { .generators = generator_table, .outputs = outputs, .compile = setting_compile };
	static const struct command *const tables[] = { core_commands, NULL };
	struct control c;
	struct err e;
	struct engine *en;
	char *text = malloc(n + 1);

	if (!text)
		return 0;
	memcpy(text, bytes, n);
	text[n] = '\0';
	control_init(&c);
	en = engine_new(&cat, &c, NULL, &e);
	if (en && engine_add_output(en, "out", &output_null, &e) == 0 && engine_add_module(en, "ticks", &generator_market, &e) == 0 &&
	    engine_prepare(en, NULL, NULL, &e) == 0 && engine_open(en, &e) == 0) {
		struct deck d = { .engine = en, .control = &c, .scenario = "fuzz", .by = BY_COMMAND, .focus = "ticks", .tables = tables };

		lines(&d, text);
	}
	engine_free(en);
	control_free(&c);
	free(text);
	return 0;
}
