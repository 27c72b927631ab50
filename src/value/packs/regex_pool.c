/* The different texts of a regular expression: how many there are, and the i-th. */
#include <stdbool.h>

#include "value/packs/regex_nodes.h"

/* Which bytes can be the first of a text of the node; false: it can be empty. */
static bool first_bytes(const struct regex *x, uint32_t at, bool *in)
{
	const struct node *n = &x->nodes[at];
	bool all = true;

	switch (n->kind) {
	case LITERAL: in[n->a & 255] = true; return true;
	case SET:
		for (uint32_t i = 0; i < n->b; i++)
			in[(unsigned char)x->sets[n->a + i]] = true;
		return true;
	case REPEAT: return first_bytes(x, n->child, in) && n->a > 0;
	case SEQUENCE:
		for (uint32_t i = n->child; i; i = x->nodes[i].next)
			if (first_bytes(x, i, in))
				return true;
		return false;
	default:
		for (uint32_t i = n->child; i; i = x->nodes[i].next)
			all &= first_bytes(x, i, in);
		return all;
	}
}

static uint64_t times(uint64_t a, uint64_t b)
{
	return a && b && a <= (UINT64_C(1) << 62) / b ? a * b : 0;
}

static uint64_t count_node(struct regex *x, uint32_t at);

/* Alternatives that begin with different bytes: of a text it can be told which one it is of. */
static uint64_t count_choice(struct regex *x, const struct node *n)
{
	bool taken[256] = { false };
	uint64_t pool = 0;

	for (uint32_t i = n->child; i; i = x->nodes[i].next) {
		bool in[256] = { false };
		uint64_t one = count_node(x, i);

		if (!one || !first_bytes(x, i, in) || one > UINT64_C(1) << 62 || pool > UINT64_C(1) << 62)
			return 0;
		for (int k = 0; k < 256; k++) {
			if (in[k] && taken[k])
				return 0;
			taken[k] |= in[k];
		}
		pool += one;
	}
	return pool;
}

/* How many texts a node has, each made in one way only; 0: more than 2^62, or nobody knows. */
static uint64_t count_node(struct regex *x, uint32_t at)
{
	struct node *n = &x->nodes[at];
	uint64_t pool = 1, one;

	switch (n->kind) {
	case LITERAL: break;
	case SET: pool = n->b; break;
	case SEQUENCE:
		for (uint32_t i = n->child; i; i = x->nodes[i].next)
			pool = times(pool, count_node(x, i));
		break;
	case CHOICE: pool = count_choice(x, n); break;
	case REPEAT:
		one = count_node(x, n->child);
		for (uint32_t i = 0; i < n->a && pool && one != 1; i++)
			pool = times(pool, one);
		pool = n->a == n->b && one ? pool : 0;
		break;
	}
	n->pool = pool;
	return pool;
}

uint64_t regex_pool(struct regex *x)
{
	return count_node(x, x->root);
}

static char *put_node_nth(const struct regex *x, uint32_t at, uint64_t i, char *to)
{
	const struct node *n = &x->nodes[at];
	uint64_t one;

	switch (n->kind) {
	case LITERAL: *to++ = (char)n->a; break;
	case SET: *to++ = x->sets[n->a + i]; break;
	case SEQUENCE:
		for (uint32_t k = n->child; k; k = x->nodes[k].next) {
			to = put_node_nth(x, k, i % x->nodes[k].pool, to);
			i /= x->nodes[k].pool;
		}
		break;
	case CHOICE:
		for (at = n->child; i >= x->nodes[at].pool; at = x->nodes[at].next)
			i -= x->nodes[at].pool;
		to = put_node_nth(x, at, i, to);
		break;
	case REPEAT:
		one = x->nodes[n->child].pool;
		for (uint32_t k = 0; k < n->a; k++, i /= one)
			to = put_node_nth(x, n->child, i % one, to);
		break;
	}
	return to;
}

char *regex_nth(const struct regex *x, uint64_t i, char *to)
{
	return put_node_nth(x, x->root, i, to);
}
