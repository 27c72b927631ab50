/* fluxdeck console --attach: a client of somebody's control socket. It copies lines from standard input, and answers to standard
 * output, until either ends. */
#ifndef CLI_ATTACH_H
#define CLI_ATTACH_H

/* EXIT_DONE when the other side said goodbye, as it also does when our input has ended and is answered; EXIT_FAILED when the
 * connection broke; EXIT_REFUSED when there is none. */
int attach(const char *path);

#endif
