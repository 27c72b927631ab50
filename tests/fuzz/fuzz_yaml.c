/* Fuzz target: any bytes as a scenario file. */
#include "core/engine.h"
#include "generators/table.h"
#include "outputs/table.h"
#include "scenario/load.h"
#include "tests/fuzz/fuzz.h"

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
	if (en)
		scenario_load(&sc, (const char *)bytes, n, en, &c, &cat, &r);
	engine_free(en);
	report_free(&r);
	scenario_free(&sc);
	control_free(&c);
	return 0;
}
