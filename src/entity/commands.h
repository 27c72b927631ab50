/* Entities in the command language: `entity` acts on one, `entities` lists. */
#ifndef ENTITY_COMMANDS_H
#define ENTITY_COMMANDS_H

#include "core/command.h"

extern const struct command entity_commands[];

#endif
