/* What `fluxdeck generate` says about its values instead of making one: -l, -c, -p and their like. */
#ifndef CLI_GENERATE_LIST_H
#define CLI_GENERATE_LIST_H

#include "cli/cli.h"
#include "value/provider.h"

/* Is that what the first word asks for? Then *status is the program's exit status, and all is printed. */
bool generate_lists(const struct cli_args *a, int *status);
/* A value, its parameters and the modifiers, as help. */
void generate_params(const struct provider *p, struct buf *b);
/* Values that other tools keep apart: base, health, aviation. False: there is no such industry, or the value is of another. */
bool industry_known(const char *industry);
bool industry_has(const char *industry, const struct provider *p);
/* Of a flag that other tools have and the value has not: what is written here instead, or NULL. */
const char *generate_instead(const char *flag);

#endif
