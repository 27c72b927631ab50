/* The market by hand: shocks and halts of one instrument or of all, and the state as CSV. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mathx.h"
#include "base/num.h"
#include "base/suggest.h"
#include "generators/market.h"

static void jump(const struct market_opts *opt, struct instrument *it, double share)
{
	if (opt->model < MODEL_SINE) {
		it->x += mathx_log(1 + share);
		/* A shock is no excursion to come back from. */
		it->anchor += mathx_log(1 + share);
	} else {
		it->x *= 1 + share;
		it->anchor *= 1 + share;
	}
}

void market_jump_all(struct module *m, double share)
{
	struct market *st = m->state;

	for (uint32_t i = 0; i < st->n; i++)
		jump(m->opts, &st->at[i], share);
}

/* "ACME -5%", "* -5%", "-5%": which instruments (UINT32_MAX: all) and the rest of the text. */
static int read_target(const struct module *m, const char *argument, uint32_t *which, const char **rest, struct err *e)
{
	const struct market *st = m->state;
	size_t n = strcspn(argument, " ");
	struct suggest s;
	char name[80], hint[80];

	*which = UINT32_MAX;
	*rest = argument;
	if (argument[n] == '\0')
		return 0;
	*rest = argument + n + strspn(argument + n, " ");
	if (n == 1 && *argument == '*')
		return 0;
	snprintf(name, sizeof name, "%.*s", (int)n, argument);
	suggest_init(&s, name);
	for (uint32_t i = 0; i < st->n; i++) {
		if (st->name_n[i] == n && memcmp(st->names[i], argument, n) == 0) {
			*which = i;
			return 0;
		}
		if (i < 10000)
			suggest_try(&s, st->names[i]);
	}
	return err_set(e, ERR_INPUT, "module '%s' has no instrument '%s'%s", m->name, name, suggest_text(&s, hint, sizeof hint));
}

int market_act(struct module *m, const struct param *p, const char *argument, struct buf *back, struct err *e)
{
	struct market *st = m->state;
	bool shock = strcmp(p->name, "shock") == 0;
	const char *rest;
	uint32_t which;
	double share = 0;
	int64_t span = 0;

	(void)back;             /* what was traded meanwhile stays traded */
	if (read_target(m, argument, &which, &rest, e) < 0)
		return -1;
	if (shock) {
		if (num_real(rest, &share, e) < 0 || share <= -1 || share > 10)
			return err_set(e, ERR_INPUT, "shock takes a change from -99%% to +1000%%, like `shock ACME -5%%`, not '%.40s'", rest);
	} else if (num_span(rest, &span, e) < 0 || span < 0) {
		return err_set(e, ERR_INPUT, "halt takes a duration, like `halt ACME 30s`, not '%.40s'", rest);
	}
	for (uint32_t i = which == UINT32_MAX ? 0 : which; i < (which == UINT32_MAX ? st->n : which + 1); i++) {
		if (shock)
			jump(m->opts, &st->at[i], share);
		else
			st->at[i].halted_until_ns = m->now_ns + span;
	}
	return 0;
}

void market_dump(const struct module *m, struct buf *b)
{
	const struct market *st = m->state;

	buf_text(b, "id,price,bid,ask,volume\n");
	for (uint32_t i = 0; i < st->n; i++) {
		const struct instrument *it = &st->at[i];

		buf_printf(b, "%s,%.2f,%.2f,%.2f,%lld\n", st->names[i], it->price, it->bid, it->ask, (long long)it->volume);
	}
}
