/*
 * The control socket: a Unix stream socket whose clients speak line mode (ui/line.h). It belongs to the user alone: mode 0600, in a
 * folder that is theirs.
 *
 * A client that does not read what it gets is dropped; nothing ever waits for one.
 */
#ifndef CLI_SOCKET_H
#define CLI_SOCKET_H

#include "core/command.h"
#include "io/loop.h"

struct socket;

/* Makes the socket; nobody is let in yet. What a dead process left there is replaced; anything else that is there is refused. */
struct socket *socket_new(struct loop *l, const char *path, struct err *e);
/* From now on clients are let in; the deck must outlive the socket. */
void socket_serve(struct socket *so, const struct deck *deck);
/* Four times a second: watches, the log, and dropping who does not read. */
void socket_tick(struct socket *so);
/* Says goodbye to all, as far as they read, and removes the file. NULL is allowed. Then a turn of the loop, then socket_closed(). */
void socket_close(struct socket *so);
void socket_closed(struct socket *so);

/* The address of a path, for both ends; refuses one that is too long. */
struct sockaddr_un;
int socket_address(const char *path, struct sockaddr_un *to, struct err *e);

#endif
