/* fluxdeck console --attach: a client of somebody's control socket. It has nothing else to do, so that it may wait. */
#include "cli/attach.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/socket.h"

static const char goodbye[] = "bye ";

struct attached {
	int fd;
	bool input;                     /* there may be more */
	char head[sizeof goodbye];      /* how the latest line begins */
	size_t head_n;
	bool fresh;                     /* the latest line is whole */
};

static bool write_all(int fd, const char *bytes, size_t n)
{
	while (n) {
		ssize_t done = write(fd, bytes, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return false;
		bytes += done;
		n -= (size_t)done;
	}
	return true;
}

/* Whether the other side went away in order is in the last line that it wrote. */
static void follow(struct attached *at, const char *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (at->fresh)
			at->head_n = 0;
		at->fresh = bytes[i] == '\n';
		if (at->head_n < sizeof at->head - 1)
			at->head[at->head_n++] = bytes[i];
	}
}

static bool said_goodbye(const struct attached *at)
{
	return at->fresh && strncmp(at->head, goodbye, sizeof goodbye - 1) == 0;
}

static void copy_input(struct attached *at)
{
	char bytes[4096];
	ssize_t n = read(STDIN_FILENO, bytes, sizeof bytes);

	if (n < 0 && (errno == EINTR || errno == EAGAIN))
		return;
	if (n > 0 && write_all(at->fd, bytes, (size_t)n))
		return;
	/* Nothing more to say, or nobody who listens: what the other side has to say is still to be read. */
	at->input = false;
	shutdown(at->fd, SHUT_WR);
}

/* Copies until the other side has nothing more to say. */
static int converse(struct attached *at)
{
	for (;;) {
		struct pollfd p[] = { { .fd = at->fd, .events = POLLIN }, { .fd = at->input ? STDIN_FILENO : -1, .events = POLLIN } };
		char bytes[4096];
		ssize_t n;

		if (poll(p, 2, -1) < 0)
			continue;
		if (p[1].revents)
			copy_input(at);
		if (!p[0].revents)
			continue;
		n = read(at->fd, bytes, sizeof bytes);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return said_goodbye(at) ? EXIT_DONE : EXIT_FAILED;
		follow(at, bytes, (size_t)n);
		if (!write_all(STDOUT_FILENO, bytes, (size_t)n))
			return errno == EPIPE ? EXIT_DONE : EXIT_FAILED;
	}
}

int attach(const char *path)
{
	struct attached at = { .input = true, .fresh = true };
	struct sockaddr_un address;
	struct err e;
	int status;

	if (socket_address(path, &address, &e) < 0)
		return cli_refuse("--attach: %s", e.text);
	signal(SIGPIPE, SIG_IGN);
	at.fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (at.fd < 0 || connect(at.fd, (const struct sockaddr *)&address, sizeof address) < 0) {
		status = cli_refuse("--attach: cannot reach '%s': %s", path, strerror(errno));
		if (at.fd >= 0)
			close(at.fd);
		return status;
	}
	status = converse(&at);
	if (status == EXIT_FAILED)
		fputs("fluxdeck: the connection broke\n", stderr);
	close(at.fd);
	return status;
}
