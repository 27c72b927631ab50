/* Reading small files whole: a catalogue, a table, a template. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/buf.h"
#include "base/err.h"

/* Appends all of the file, and refuses one that is larger than the buffer's ceiling. */
int file_read(const char *path, struct buf *to, struct err *e);

#endif
