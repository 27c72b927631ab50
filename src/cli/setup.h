/*
 * From the command line to a prepared engine: scenario file or ad-hoc form, parameter flags, FluxFakr's aliases. Shared by run,
 * console and check.
 */
#ifndef CLI_SETUP_H
#define CLI_SETUP_H

#include "cli/cli.h"
#include "core/preset.h"
#include "io/loop.h"
#include "scenario/load.h"

struct setup {
	const struct catalogue *cat;
	struct loop *loop;
	struct control control;
	struct engine *engine;
	struct scenario scenario;
	struct report report;
	bool fluxfakr;                  /* --module was used: the state dump is written at the end, under the old heading */
	bool from_now;                  /* the start is the present */
	char *text;                     /* of the scenario file */
	struct presets presets;
};

/* Options that run and console share; for their tables. */
#define SETUP_OPTIONS \
	{ "generator", "GENERATOR", "make a module of this generator, without a scenario" }, \
	{ "output", "OUTPUT[,OUTPUT]", "send its events there (default stdout)" }, \
	{ "for", "SPAN", "stop after this simulated time" }, \
	{ "drain", NULL, "then take no more arrivals, but let what is under way come to its end" }, \
	{ "events", "N", "stop after exactly so many events" }, \
	{ "speed", "FACTOR|max", "simulated seconds per second" }, \
	{ "seed", "N", "seed of all random streams" }, \
	{ "locale", "LOCALE", "of values of described events, like de_DE, or a mix like en_US=0.7,de_DE=0.3" }, \
	{ "start", "INSTANT|now", "simulated start, like 2024-01-01T09:00:00Z" }, \
	{ "set", "PATH=VALUE", "give any parameter a value, like ticks.rate=500" }, \
	{ "chdir", "DIR", "go there first: the scenario and all relative paths are of that folder" }, \
	{ "hash", NULL, "show the XXH64 of each output's bytes at the end" }, \
	{ "log", "FILE", "write the log there" }, \
	{ "eval", "COMMAND", "run a command right after the start; repeatable" }, \
	{ "socket", "PATH", "let others steer the run, in line mode, through a Unix socket" }, \
	{ "flush-limit", "SPAN", "at the end wait so long for outputs (default 5s)" }, \
	{ "module", "stock|market|market-data|supermarket", "FluxFakr's: --generator" }, \
	{ "mps", "N", "FluxFakr's: --rate" }, \
	{ "variants", "N", "FluxFakr's: --instruments or --stores" }, \
	{ "broker", "HOST:PORT", "FluxFakr's: --brokers" }, \
	{ "repeat", "N", "FluxFakr's: --events" }, \
	{ "prompt", "TEXT", "FluxFakr's, for a generator that this version lacks" }

/* Prepares; refusals are printed and EXIT_REFUSED is returned, 0 otherwise. setup_free() is needed in both cases. */
int setup_prepare(struct setup *s, const struct catalogue *cat, struct cli_args *args, bool demo_if_empty);
void setup_free(struct setup *s);
/* The text of a scenario: of a shipped one, or of a file, which `s` keeps. NULL: refused, with a shipped name that may be meant. */
const char *setup_read(struct setup *s, const char *name, size_t *n, struct err *e);
/* Prints a report, sorted by place; returns the number of complaints. */
unsigned setup_print_report(struct report *r);

#endif
