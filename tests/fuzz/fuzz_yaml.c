/* Fuzz target: any bytes as a scenario file; flows that it has are run for a moment. */
#include <string.h>

#include "core/engine.h"
#include "generators/table.h"
#include "outputs/table.h"
#include "scenario/load.h"
#include "tests/fuzz/fuzz.h"

static void run(struct scenario *sc, struct engine *en, struct report *r)
{
	struct err e;

	if (scenario_prepare(sc, en, r) < 0 || engine_open(en, &e) < 0)
		return;
	for (int i = 0; i < 4 && !engine_run(en, 100000).done; i++)
		;
	engine_stop(en);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static const struct output_class *const outputs[] = { &output_null, &output_stdout, NULL };
	static const struct catalogue cat = { .generators = generator_table, .outputs = outputs, .compile = setting_compile };
	struct control c;
	struct scenario sc;
	struct report r;
	struct engine *en;

	control_init(&c);
	scenario_init(&sc);
	report_init(&r, "fuzz");
	en = engine_new(&cat, &c, NULL, NULL);
	if (en && scenario_load(&sc, (const char *)bytes, n, en, &c, &cat, &r) == 0 && sc.flows && !memmem(bytes, n, "stdout", 6))
		run(&sc, en, &r);
	engine_free(en);
	report_free(&r);
	scenario_free(&sc);
	control_free(&c);
	return 0;
}
