/* What a regular expression is made of, for the files that walk over it. */
#ifndef VALUE_PACKS_REGEX_NODES_H
#define VALUE_PACKS_REGEX_NODES_H

#include "value/packs/regex.h"

/* SEQUENCE and CHOICE have children, REPEAT has one; LITERAL is one byte; SET draws one of its bytes. */
enum node_kind { LITERAL, SET, SEQUENCE, CHOICE, REPEAT };

struct node {
	enum node_kind kind;
	uint32_t a, b;          /* LITERAL: the byte; SET: where its bytes begin, how many; REPEAT: least, most; CHOICE: how many */
	uint32_t child, next;   /* 0: none; node 0 is never a child */
	uint64_t room, steps;   /* bounds of the text, and of the walk */
	uint64_t pool;          /* how many texts, of regex_pool() */
};

struct regex {
	struct node *nodes;
	char *sets;
	uint32_t nodes_n, nodes_room, sets_n, sets_room, root;
};

#endif
