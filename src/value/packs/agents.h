/* User agents, for the values and the log lines that hold one. */
#ifndef VALUE_PACKS_AGENTS_H
#define VALUE_PACKS_AGENTS_H

#include "value/draws.h"

enum agent_browser { AGENT_ANY, AGENT_CHROME, AGENT_FIREFOX, AGENT_SAFARI, AGENT_EDGE, AGENT_OPERA, AGENT_IE, AGENT_API, AGENT_BOT };
enum agent_device { AGENT_EVERYWHERE, AGENT_DESKTOP, AGENT_MOBILE };
enum { AGENT_ROOM = 192 };

/* Platform, engine and version agree. Writes at most AGENT_ROOM bytes. */
char *agent_put(char *to, enum agent_browser browser, enum agent_device device, struct draws *d);

#endif
