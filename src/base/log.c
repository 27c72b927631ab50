/* The program's log. */
#include "base/log.h"

#include <stdarg.h>
#include <string.h>

#include "base/clock.h"
#include "base/num.h"
#include "base/utf8.h"

const char log_letters[] = "EWID";

/* The one global of the program: a log that had to be handed to every function would be handed to none. */
static struct log program_log = { .most = LOG_LEVEL_INFO };

struct log *log_of_program(void)
{
	return &program_log;
}

/* A line is one line, and valid UTF-8, whatever a library put into it. */
static void clean(char *s)
{
	size_t n = strlen(s);

	for (char *p = s; *p; p++)
		if ((unsigned char)*p < 0x20 || *p == 0x7f)
			*p = ' ';
	s[utf8_check(s, n)] = '\0';
}

static void write_out(const struct log *l, const struct log_line *line)
{
	char when[NUM_TEXT];

	if (!l->to || line->level > l->most)
		return;
	num_put_instant(when, line->epoch_ns, 3);
	fprintf(l->to, "%s %c %s: %s\n", when, log_letters[line->level], line->area, line->text);
	fflush(l->to);
}

void log_say(enum log_level level, const char *area, const char *format, ...)
{
	struct log *l = &program_log;
	struct log_line line = { .epoch_ns = clock_epoch_ns(), .level = level, .times = 1 }, *last;
	va_list ap;

	va_start(ap, format);
	vsnprintf(line.text, sizeof line.text, format, ap);
	va_end(ap);
	snprintf(line.area, sizeof line.area, "%s", area);
	clean(line.text);
	l->counts[level]++;
	last = l->n ? &l->ring[(l->n - 1) % LOG_RING] : NULL;
	if (last && last->level == level && strcmp(last->text, line.text) == 0 && strcmp(last->area, line.area) == 0) {
		last->times++;
		last->epoch_ns = line.epoch_ns;
		return;
	}
	l->ring[l->n++ % LOG_RING] = line;
	write_out(l, &line);
}
