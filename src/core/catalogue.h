/* What main hands down: the tables of this build. Everything that can be named in a scenario is found here. */
#ifndef CORE_CATALOGUE_H
#define CORE_CATALOGUE_H

#include "core/module.h"
#include "core/output.h"
#include "core/program.h"

struct catalogue {
	const struct generator_class *const *generators;        /* NULL-terminated */
	const struct output_class *const *outputs;
	program_compiler *compile;
};

/* Refuses an unknown name with the nearest, and one that this build lacks with the reason. */
const struct generator_class *catalogue_generator(const struct catalogue *cat, const char *name, struct err *e);
const struct output_class *catalogue_output(const struct catalogue *cat, const char *name, struct err *e);

#endif
