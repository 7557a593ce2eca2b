/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * proxy HOST PORT MICROSECONDS: makes a server farther away, and counts.
 *
 * Listens on a port of its own on the loopback, whose number is the first line
 * that it prints, and passes on to HOST:PORT what comes in, each byte half of
 * MICROSECONDS later than it came, in either direction. At the end of its
 * standard input it prints a line: round trips, connections, bytes from the
 * clients, bytes from the server.
 *
 * A round trip begins where a client sends after something has reached it from
 * the server, and where it sends for the first time. A client that goes on
 * sending without waiting for answers makes no more of them.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CHUNK = 16384, CONNECTIONS = 8 };

struct chunk {
	struct chunk *next;
	long long due;             /* microseconds */
	size_t length;             /* 0: the sender has ended */
	size_t sent;
	char bytes[CHUNK];
};

/* What is under way in one direction. */
struct way {
	int from, to;              /* to is -1 when it takes no more */
	int ended;                 /* nothing more comes from there */
	struct chunk *first, **last;
	unsigned long long bytes;
};

struct link {
	struct way up, down;       /* to the server, to the client */
	int answered;              /* something has reached the client since it sent */
	int used;
};

struct proxy {
	int listener;
	struct sockaddr_in server;
	long long delay;
	struct link links[CONNECTIONS];
	unsigned long trips, connections;
	unsigned long long up, down;
};

static void die(const char *what)
{
	fprintf(stderr, "proxy: %s: %s\n", what, strerror(errno));
	exit(1);
}

static long long now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (long long)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

static void at_once(int fd)
{
	int on = 1;

	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

static int listen_anywhere(void)
{
	struct sockaddr_in address = { .sin_family = AF_INET };
	socklen_t length = sizeof address;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0 || bind(fd, (struct sockaddr *)&address, sizeof address) < 0
		|| listen(fd, CONNECTIONS) < 0
		|| getsockname(fd, (struct sockaddr *)&address, &length) < 0)
		die("listen");
	printf("%u\n", (unsigned)ntohs(address.sin_port));
	fflush(stdout);
	return fd;
}

static void way_init(struct way *way, int from, int to)
{
	*way = (struct way) { .from = from, .to = to };
	way->last = &way->first;
}

static void greet(struct proxy *proxy)
{
	struct link *link = NULL;
	int client = accept(proxy->listener, NULL, NULL);
	int server = socket(AF_INET, SOCK_STREAM, 0);

	for (size_t i = 0; i < CONNECTIONS && !link; i++)
		if (!proxy->links[i].used)
			link = &proxy->links[i];
	if (client < 0 || server < 0 || !link
		|| connect(server, (struct sockaddr *)&proxy->server, sizeof proxy->server) < 0)
		die("a new connection");
	at_once(client);
	at_once(server);
	way_init(&link->up, client, server);
	way_init(&link->down, server, client);
	link->used = link->answered = 1;
	proxy->connections++;
}

/* Takes what has come and returns its length, 0 at the end. */
static size_t take(struct way *way, long long delay)
{
	struct chunk *chunk = malloc(sizeof *chunk);
	ssize_t got;

	if (!chunk)
		die("malloc");
	got = read(way->from, chunk->bytes, sizeof chunk->bytes);
	chunk->length = got > 0 ? (size_t)got : 0;
	chunk->sent = 0;
	chunk->next = NULL;
	chunk->due = now() + delay / 2;
	way->ended = got <= 0;
	way->bytes += chunk->length;
	*way->last = chunk;
	way->last = &chunk->next;
	return chunk->length;
}

static void drop_first(struct way *way)
{
	struct chunk *chunk = way->first;

	way->first = chunk->next;
	if (!way->first)
		way->last = &way->first;
	free(chunk);
}

/* Passes on what is due; true if something was. */
static int pass(struct way *way)
{
	int passed = 0;

	while (way->first && way->first->due <= now()) {
		struct chunk *chunk = way->first;
		ssize_t sent = 0;

		if (chunk->length == 0)
			shutdown(way->to, SHUT_WR);
		else
			sent = send(way->to, chunk->bytes + chunk->sent, chunk->length - chunk->sent,
				MSG_DONTWAIT | MSG_NOSIGNAL);
		if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR))
			break;
		/* Whoever has hung up gets no more, and that is no matter. */
		chunk->sent = sent < 0 ? chunk->length : chunk->sent + (size_t)sent;
		passed = 1;
		if (chunk->sent == chunk->length)
			drop_first(way);
	}
	return passed;
}

static void serve(struct proxy *proxy, struct link *link, const struct pollfd *client,
	const struct pollfd *server)
{
	if (client->revents && take(&link->up, proxy->delay) > 0) {
		proxy->trips += (unsigned long)link->answered;
		link->answered = 0;
	}
	if (server->revents)
		take(&link->down, proxy->delay);
	pass(&link->up);
	if (pass(&link->down))
		link->answered = 1;
	if (!link->up.ended || !link->down.ended || link->up.first || link->down.first)
		return;
	close(link->up.from);
	close(link->up.to);
	proxy->up += link->up.bytes;
	proxy->down += link->down.bytes;
	link->used = 0;
}

/* How long until the next byte is due, at most a second. */
static struct timespec until_due(const struct proxy *proxy)
{
	long long wait = 1000000, time = now();

	for (size_t i = 0; i < CONNECTIONS; i++) {
		const struct link *link = &proxy->links[i];
		const struct way *ways[] = { &link->up, &link->down };

		for (size_t j = 0; link->used && j < 2; j++)
			if (ways[j]->first && ways[j]->first->due - time < wait)
				wait = ways[j]->first->due - time;
	}
	/* Due, and yet here: the receiver is slow, look again soon. */
	wait = wait < 100 ? 100 : wait;
	return (struct timespec) { .tv_sec = wait / 1000000, .tv_nsec = wait % 1000000 * 1000 };
}

/* ppoll(), for the milliseconds of poll() are too coarse for a delay of a few. */
static void wait_for(const struct proxy *proxy, struct pollfd *fds, nfds_t count)
{
	struct timespec wait = until_due(proxy);

	if (ppoll(fds, count, &wait, NULL) < 0 && errno != EINTR)
		die("ppoll");
}

static int any_used(const struct proxy *proxy)
{
	int used = 0;

	for (size_t i = 0; i < CONNECTIONS; i++)
		used |= proxy->links[i].used;
	return used;
}

static struct pollfd watched(int fd, int wanted)
{
	return (struct pollfd) { .fd = wanted ? fd : -1, .events = POLLIN };
}

static void loop(struct proxy *proxy)
{
	struct pollfd fds[2 + 2 * CONNECTIONS];
	int over = 0;

	while (!over || any_used(proxy)) {
		fds[0] = watched(0, !over);
		fds[1] = watched(proxy->listener, 1);
		for (size_t i = 0; i < CONNECTIONS; i++) {
			const struct link *link = &proxy->links[i];

			fds[2 + 2 * i] = watched(link->up.from, link->used && !link->up.ended);
			fds[3 + 2 * i] = watched(link->down.from, link->used && !link->down.ended);
		}
		wait_for(proxy, fds, sizeof fds / sizeof fds[0]);
		for (size_t i = 0; i < CONNECTIONS; i++)
			if (proxy->links[i].used)
				serve(proxy, &proxy->links[i], &fds[2 + 2 * i], &fds[3 + 2 * i]);
		if (fds[1].revents)
			greet(proxy);
		if (fds[0].revents)
			over = 1;
	}
}

int main(int argc, char **argv)
{
	struct proxy proxy = { .server = { .sin_family = AF_INET } };

	if (argc != 4 || inet_pton(AF_INET, argv[1], &proxy.server.sin_addr) != 1) {
		fputs("usage: proxy HOST PORT MICROSECONDS\n", stderr);
		return 2;
	}
	proxy.server.sin_port = htons((unsigned short)atoi(argv[2]));
	proxy.delay = atoll(argv[3]);
	proxy.listener = listen_anywhere();
	loop(&proxy);
	printf("%lu %lu %llu %llu\n", proxy.trips, proxy.connections, proxy.up, proxy.down);
	return 0;
}
