/* Fuzz target: any bytes as what a client of line mode sends, in pieces of any size, while another one listens. */
#include "generators/table.h"
#include "outputs/table.h"
#include "tests/fuzz/fuzz.h"
#include "ui/line.h"
#include "value/setting.h"

static void talk(const struct deck *d, const uint8_t *bytes, size_t n)
{
	struct line speaks, listens;
	size_t piece = n ? bytes[0] % 61 + 1 : 1;
	int64_t wall_ns = 0;

	line_init(&speaks, d);
	line_init(&listens, d);
	for (size_t at = 0; at < n; at += piece) {
		line_feed(&speaks, (const char *)bytes + at, n - at < piece ? n - at : piece);
		engine_run(d->engine, 1000);
		wall_ns += 400000000;
		line_tick(&speaks, wall_ns);
		line_tick(&listens, wall_ns);
		if (line_due(&speaks) < wall_ns)
			__builtin_trap();
	}
	line_finish(&speaks);
	line_bye(&speaks, "the end");
	line_free(&listens);
	line_free(&speaks);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static const struct output_class *const outputs[] = { &output_null, NULL };
	static const struct catalogue cat = { .generators = generator_table, .outputs = outputs, .compile = setting_compile };
	static const struct command *const tables[] = { core_commands, NULL };
	struct control c;
	struct engine *en;
	struct err e;

	control_init(&c);
	en = engine_new(&cat, &c, NULL, &e);
	if (en && engine_add_output(en, "out", &output_null, &e) == 0 && engine_add_module(en, "ticks", &generator_market, &e) == 0 &&
	    engine_prepare(en, NULL, NULL, &e) == 0 && engine_open(en, &e) == 0) {
		struct deck d = { .engine = en, .control = &c, .scenario = "fuzz", .by = BY_COMMAND, .tables = tables };

		talk(&d, bytes, n);
	}
	engine_free(en);
	control_free(&c);
	return 0;
}
