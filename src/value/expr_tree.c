/* Trees and texts: constants both ways, and names of the environment. */
#include "value/expr_tree.h"

#include <string.h>

#include "base/num.h"

void tree_quote(struct buf *to, const char *s)
{
	buf_char(to, '\'');
	for (; *s; s++) {
		if (*s == '\'' || *s == '\\')
			buf_char(to, '\\');
		buf_char(to, *s);
	}
	buf_char(to, '\'');
}

bool tree_constant(const struct tree *t, struct buf *to)
{
	char text[NUM_TEXT];

	switch (t->kind) {
	case TREE_BOOL: buf_text(to, t->v.b ? "true" : "false"); return true;
	case TREE_INT: num_put_int(text, t->v.i); break;
	case TREE_REAL: num_put_real(text, t->v.r); break;
	case TREE_SPAN: num_put_span(text, t->v.i); break;
	case TREE_TEXT:
	case TREE_NAME: buf_add(to, t->v.t.at, t->v.t.n); return t->kind == TREE_TEXT || tree_is_word(t);
	case TREE_MINUS:
		buf_char(to, '-');
		return t->first->kind != TREE_TEXT && t->first->kind != TREE_NAME && tree_constant(t->first, to);
	case TREE_LIST:
		for (const struct tree *c = t->first; c; c = c->next) {
			if (c != t->first)
				buf_char(to, ',');
			if (c->label || !tree_constant(c, to))
				return false;
		}
		return true;
	default: return false;
	}
	buf_text(to, text);
	return true;
}

int tree_env(struct tree *t, const struct expr_env *env, void (*tell)(void *arg, const struct tree *name, const char *value), void *arg,
	     struct err *e)
{
	if (t->kind == TREE_NAME && strncmp(t->v.t.at, "env.", 4) == 0) {
		const char *name = t->v.t.at + 4;
		bool allowed = false;
		const char *value = env->get(env->arg, name, &allowed);

		if (!allowed)
			return err_set(e, ERR_INPUT, "column %u: the scenario may not read the environment name '%s'; list it under env: [%s]",
				       t->column, name, name);
		if (tell)
			tell(arg, t, value);
		t->kind = value ? TREE_TEXT : TREE_NULL;
		t->v.t = (struct text){ value, value ? (uint32_t)strlen(value) : 0 };
	}
	for (struct tree *c = t->first; c; c = c->next)
		if (tree_env(c, env, tell, arg, e) < 0)
			return -1;
	return 0;
}
