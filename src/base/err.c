/* One error report. */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int err_set(struct err *e, enum err_code code, const char *format, ...)
{
	va_list ap;

	if (!e)
		return -1;
	e->code = code;
	va_start(ap, format);
	vsnprintf(e->text, sizeof e->text, format, ap);
	va_end(ap);
	err_clean(e->text);
	return -1;
}

void err_clean(char *text)
{
	for (; *text; text++)
		if ((unsigned char)*text < 0x20 || *text == 0x7f)
			*text = '?';
}

int err_wrap(struct err *e, const char *format, ...)
{
	char old[sizeof e->text];
	size_t n;
	va_list ap;

	if (!e)
		return -1;
	memcpy(old, e->text, sizeof old);
	va_start(ap, format);
	vsnprintf(e->text, sizeof e->text, format, ap);
	va_end(ap);
	n = strlen(e->text);
	snprintf(e->text + n, sizeof e->text - n, ": %s", old);
	err_clean(e->text);
	return -1;
}

int err_memory(struct err *e)
{
	return err_set(e, ERR_MEMORY, "out of memory");
}
