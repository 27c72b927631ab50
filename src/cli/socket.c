/* The control socket. */
#include "cli/socket.h"

#include <errno.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/log.h"
#include "ui/line.h"

enum {
	CLIENTS = 16,
	PIECE = 512,            /* bytes read at once: what so many commands take stays within a turn */
};

struct client {
	struct line line;
	struct socket *socket;  /* NULL: this place is free */
	uv_poll_t poll;
	int fd;
	struct buf sending;     /* taken from the line; bytes up to `sent` are gone */
	size_t sent;
	bool heard;             /* it will say nothing more */
	bool closing;
};

struct socket {
	struct loop *loop;
	const struct deck *deck;
	char *path;
	dev_t device;           /* of the file, so that only our own is removed */
	ino_t inode;
	int fd;
	uv_poll_t poll;
	bool listening;
	struct client clients[CLIENTS];
};

/* ---- clients ---- */

static void client_gone(uv_handle_t *h)
{
	struct client *cl = h->data;

	close(cl->fd);
	cl->socket = NULL;
}

static void client_close(struct client *cl)
{
	if (cl->closing)
		return;
	cl->closing = true;
	line_free(&cl->line);
	buf_free(&cl->sending);
	uv_close((uv_handle_t *)&cl->poll, client_gone);
}

static bool all_sent(const struct client *cl)
{
	return cl->sent == cl->sending.n && cl->line.out.n == 0;
}

/* False when nobody took what was said. */
static bool reads(const struct client *cl)
{
	if (!buf_ok(&cl->line.out))
		log_warn("socket", "dropped a client that does not read: over 1 MiB waited for it");
	return buf_ok(&cl->line.out);
}

/* Sends what can be sent now; false when the client is gone. */
static bool client_send(struct client *cl)
{
	while (!all_sent(cl)) {
		ssize_t n;

		if (cl->sent == cl->sending.n) {
			line_take(&cl->line, &cl->sending);
			cl->sent = 0;
		}
		n = send(cl->fd, cl->sending.data + cl->sent, cl->sending.n - cl->sent, MSG_NOSIGNAL);
		if (n < 0 && errno != EINTR)
			return errno == EAGAIN;
		if (n > 0)
			cl->sent += (size_t)n;
	}
	return true;
}

static bool client_read(struct client *cl)
{
	char bytes[PIECE];
	ssize_t n = recv(cl->fd, bytes, sizeof bytes, 0);

	if (n > 0)
		line_feed(&cl->line, bytes, (size_t)n);
	else if (n == 0)
		line_bye(&cl->line, "nothing more was asked");  /* half a line stays undone: it may be the beginning of another value */
	else
		return errno == EAGAIN || errno == EINTR;
	return true;
}

static void on_client(uv_poll_t *h, int status, int events);

/* Reads as long as there is something to hear, writes as long as there is something to say; closes when there is neither. */
static void client_poll(struct client *cl)
{
	int events = (cl->line.ended ? 0 : UV_READABLE) | (all_sent(cl) ? 0 : UV_WRITABLE);

	if (cl->closing)
		return;
	if (events)
		uv_poll_start(&cl->poll, events, on_client);
	else
		client_close(cl);
}

static void on_client(uv_poll_t *h, int status, int events)
{
	struct client *cl = h->data;

	if (status < 0 || (events & UV_READABLE && !client_read(cl)) || !reads(cl) || !client_send(cl))
		client_close(cl);
	else
		client_poll(cl);
}

static void client_ready(struct line *l)
{
	struct client *cl = container_of(l, struct client, line);

	/* Sent from the loop: a change is told in the middle of it. */
	if (!cl->closing)
		uv_poll_start(&cl->poll, (l->ended ? 0 : UV_READABLE) | UV_WRITABLE, on_client);
}

/* ---- letting in ---- */

static void turn_away(int fd)
{
	char text[80];
	int n = snprintf(text, sizeof text, "error  there are %d clients already; try later\n", CLIENTS);

	send(fd, text, (size_t)n, MSG_NOSIGNAL);
	close(fd);
}

static void let_in(struct socket *so, int fd)
{
	struct client *cl = so->clients;

	while (cl < so->clients + CLIENTS && cl->socket)
		cl++;
	if (cl == so->clients + CLIENTS) {
		turn_away(fd);
		return;
	}
	*cl = (struct client){ .socket = so, .fd = fd };
	buf_init(&cl->sending, LINE_UNREAD);
	line_init(&cl->line, so->deck);
	cl->line.ready = client_ready;
	uv_poll_init(loop_uv(so->loop), &cl->poll, fd);
	cl->poll.data = cl;
	client_poll(cl);
}

static void on_listening(uv_poll_t *h, int status, int events)
{
	struct socket *so = h->data;

	(void)status;
	(void)events;
	for (;;) {
		int fd = accept4(so->fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);

		if (fd >= 0) {
			let_in(so, fd);
		} else if (errno == EAGAIN) {
			return;
		} else if (errno != EINTR && errno != ECONNABORTED) {
			/* No descriptor left, most likely: whoever knocks stays there, and the loop would turn for nothing else. */
			log_warn("socket", "cannot let a client in: %s", strerror(errno));
			uv_poll_stop(&so->poll);
			so->listening = false;
			return;
		}
	}
}

static void listen_again(struct socket *so)
{
	if (!so->listening)
		uv_poll_start(&so->poll, UV_READABLE, on_listening);
	so->listening = true;
}

void socket_serve(struct socket *so, const struct deck *deck)
{
	so->deck = deck;
	listen_again(so);
}

void socket_tick(struct socket *so)
{
	int64_t now = clock_wall_ns();

	listen_again(so);
	for (struct client *cl = so->clients; cl < so->clients + CLIENTS; cl++) {
		if (!cl->socket || cl->closing)
			continue;
		if (line_due(&cl->line) <= now)
			line_tick(&cl->line, now);
		if (!reads(cl))
			client_close(cl);
	}
}

/* ---- the file ---- */

int socket_address(const char *path, struct sockaddr_un *to, struct err *e)
{
	*to = (struct sockaddr_un){ .sun_family = AF_UNIX };
	if (!*path || strlen(path) >= sizeof to->sun_path)
		return err_set(e, ERR_INPUT, "the path of a socket has 1 to %zu bytes, not %zu", sizeof to->sun_path - 1, strlen(path));
	memcpy(to->sun_path, path, strlen(path) + 1);
	return 0;
}

/* In somebody else's folder they could put their own socket in the place of ours. */
static int check_folder(const char *path, struct err *e)
{
	char *copy = strdup(path);
	const char *folder = copy ? dirname(copy) : NULL;
	struct stat st;
	int result = 0;

	if (!folder)
		return err_memory(e);
	if (stat(folder, &st) < 0)
		result = err_set(e, ERR_INPUT, "the folder '%.200s': %s", folder, strerror(errno));
	else if (!S_ISDIR(st.st_mode))
		result = err_set(e, ERR_INPUT, "'%.200s' is not a folder", folder);
	else if (st.st_uid != geteuid())
		result = err_set(e, ERR_INPUT, "the folder '%.200s' belongs to somebody else; put the socket into one of yours", folder);
	free(copy);
	return result;
}

/* Makes the place free, if what stands there is the socket of a process that has died. */
static int clear_place(const char *path, const struct sockaddr_un *address, struct err *e)
{
	struct stat st;
	int fd, result, why;

	if (lstat(path, &st) < 0)
		return errno == ENOENT ? 0 : err_set(e, ERR_INPUT, "'%.200s': %s", path, strerror(errno));
	if (!S_ISSOCK(st.st_mode))
		return err_set(e, ERR_INPUT, "'%.200s' is there already, and is not a socket", path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return err_set(e, ERR_IO, "cannot make a socket: %s", strerror(errno));
	result = connect(fd, (const struct sockaddr *)address, sizeof *address);
	why = errno;
	close(fd);
	if (result == 0 || why == EAGAIN)
		return err_set(e, ERR_INPUT, "'%.200s' is the socket of another process, which is alive", path);
	if (why != ECONNREFUSED || unlink(path) < 0)
		return err_set(e, ERR_INPUT, "'%.200s': %s", path, strerror(why != ECONNREFUSED ? why : errno));
	return 0;
}

static int bind_and_listen(struct socket *so, const struct sockaddr_un *address, struct err *e)
{
	struct stat st;

	so->fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	/* The mode of the descriptor becomes the mode of the file: there is no moment in which others could connect. */
	if (so->fd < 0 || fchmod(so->fd, 0600) < 0 || bind(so->fd, (const struct sockaddr *)address, sizeof *address) < 0)
		return err_set(e, ERR_INPUT, "cannot make the socket '%.200s': %s", so->path, strerror(errno));
	if (listen(so->fd, CLIENTS) < 0 || lstat(so->path, &st) < 0) {
		unlink(so->path);
		return err_set(e, ERR_IO, "cannot listen at '%.200s': %s", so->path, strerror(errno));
	}
	so->device = st.st_dev;
	so->inode = st.st_ino;
	return 0;
}

static void socket_free(struct socket *so)
{
	if (so->fd >= 0)
		close(so->fd);
	free(so->path);
	free(so);
}

struct socket *socket_new(struct loop *l, const char *path, struct err *e)
{
	struct socket *so = calloc(1, sizeof *so);
	struct sockaddr_un address;

	if (!so) {
		err_memory(e);
		return NULL;
	}
	so->loop = l;
	so->fd = -1;
	so->path = strdup(path);
	if (!so->path)
		err_memory(e);
	else if (socket_address(path, &address, e) == 0 && check_folder(path, e) == 0 && clear_place(path, &address, e) == 0 &&
		 bind_and_listen(so, &address, e) == 0) {
		uv_poll_init(loop_uv(l), &so->poll, so->fd);
		so->poll.data = so;
		return so;
	}
	socket_free(so);
	return NULL;
}

void socket_close(struct socket *so)
{
	struct stat st;

	if (!so)
		return;
	for (struct client *cl = so->clients; cl < so->clients + CLIENTS; cl++) {
		if (!cl->socket || cl->closing)
			continue;
		line_tick(&cl->line, INT64_MIN);        /* what the log had to say at the end */
		line_bye(&cl->line, "the run has ended");
		client_send(cl);
		client_close(cl);
	}
	uv_close((uv_handle_t *)&so->poll, NULL);
	/* Somebody may have put another file there. */
	if (lstat(so->path, &st) == 0 && st.st_dev == so->device && st.st_ino == so->inode)
		unlink(so->path);
}

void socket_closed(struct socket *so)
{
	if (so)
		socket_free(so);
}
