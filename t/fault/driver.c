/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A driver for tests: it stands before a real one, hands every call on to it, and
 * lets one thing go wrong. What it is told by the environment:
 *
 *     LIMBECK_FAULT_DRIVER  the real driver's shared object
 *     LIMBECK_FAULT         KIND:N, what happens at point N (none: nothing does)
 *     LIMBECK_FAULT_LOG     a file that gets a line for each point that is reached
 *     LIMBECK_FAULT_LOCK    what it leaves of the lock: none; plain, as a driver has it
 *                           that knows lock and unlock alone
 *
 * A point is a call of a member, and each statement of a batch, counted from 1
 * through the life of the process. The kinds:
 *
 *     kill-before, kill-after  SIGKILL to this process; before or after the server
 *                              has done what the call asks for
 *     fail                     the call fails, the server never hears of it
 *     lose-before              the connection breaks before the call is sent
 *     lose-after               the server does it, the answer never comes
 *     lose-reply               all is sent, and nothing is read any more
 *
 * A batch runs in one round trip up to the point, so what the server has done is
 * exact. The driver's own pointer is handed on as it is: members that this file
 * does not know go to the real one uncounted.
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <limbeck/driver.h>

enum kind {
	KIND_NONE, KIND_KILL_BEFORE, KIND_KILL_AFTER, KIND_FAIL, KIND_LOSE_BEFORE, KIND_LOSE_AFTER,
	KIND_LOSE_REPLY
};

static struct fault {
	struct limbeck_driver real;
	struct limbeck_driver table;
	struct limbeck_traits traits;
	struct limbeck_driver_entry entry;
	const struct limbeck_host *host;
	enum kind kind;
	unsigned long at;
	unsigned long count;
} fault;

static void write_log(const char *member, const char *text, size_t length)
{
	const char *path = getenv("LIMBECK_FAULT_LOG");
	char line[256];
	int fd = path ? open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666) : -1;
	int size;

	if (fd < 0)
		return;
	size = snprintf(line, sizeof line, "%lu %s %.*s", fault.count, member,
		(int)(length < 160 ? length : 160), text);
	for (int i = 0; i < size; i++)
		line[i] = line[i] == '\n' || line[i] == '\t' ? ' ' : line[i];
	line[size] = '\n';
	if (write(fd, line, (size_t)size + 1) < 0)
		abort();
	close(fd);
}

/* Counts a point; the kind of fault that is due at it. */
static enum kind reach(const char *member, const char *text, size_t length)
{
	fault.count++;
	write_log(member, text, length);
	return fault.count == fault.at ? fault.kind : KIND_NONE;
}

static void die(void)
{
	kill(getpid(), SIGKILL);
	pause();
}

/* Every connection of this process, whoever holds it. */
static void cut(int how)
{
	for (int fd = 3; fd < 256; fd++) {
		struct sockaddr_storage peer;
		socklen_t size = sizeof peer;

		if (getpeername(fd, (struct sockaddr *)&peer, &size) == 0)
			shutdown(fd, how);
	}
}

static int fail(struct limbeck_error *err)
{
	return fault.host->fail(err, LIMBECK_E_SQL, "fault %lu", fault.at);
}

static int lose(struct limbeck_error *err)
{
	cut(SHUT_RDWR);
	return fault.host->fail(err, LIMBECK_E_CONNECT, "fault %lu: the connection broke", fault.at);
}

/* What comes before the call; nonzero: it fails. */
static int before(enum kind kind, struct limbeck_error *err)
{
	if (kind == KIND_KILL_BEFORE)
		die();
	if (kind == KIND_LOSE_BEFORE)
		cut(SHUT_RDWR);
	if (kind == KIND_LOSE_REPLY)
		cut(SHUT_RD);
	return kind == KIND_FAIL ? fail(err) : 0;
}

static int after(enum kind kind, int result, struct limbeck_error *err)
{
	if (kind == KIND_KILL_AFTER)
		die();
	return kind == KIND_LOSE_AFTER && result >= 0 ? lose(err) : result;
}

static int fault_open(struct limbeck_session *session, const struct limbeck_open *how, void **conn,
	struct limbeck_error *err)
{
	enum kind kind = reach("open", "", 0);

	if (before(kind, err) < 0)
		return -1;
	if (kind == KIND_LOSE_BEFORE || kind == KIND_LOSE_AFTER || kind == KIND_LOSE_REPLY)
		return lose(err);
	return after(kind, fault.real.open(session, how, conn, err), err);
}

static void fault_close(void *conn)
{
	enum kind kind = reach("close", "", 0);

	if (kind == KIND_KILL_BEFORE)
		die();
	fault.real.close(conn);
	if (kind == KIND_KILL_AFTER)
		die();
}

/* An answer that nobody hears goes to no sink. */
static int execute(enum kind kind, void *conn, const struct limbeck_statement *statement,
	struct limbeck_sink *sink, struct limbeck_error *err)
{
	if (before(kind, err) < 0)
		return -1;
	return after(kind, fault.real.execute(conn, statement,
		kind == KIND_LOSE_AFTER ? NULL : sink, err), err);
}

static int fault_execute(void *conn, const struct limbeck_statement *statement,
	struct limbeck_sink *sink, struct limbeck_error *err)
{
	return execute(reach("execute", statement->sql, statement->length), conn, statement, sink,
		err);
}

/* The batch as it is, or up to the statement that is due. */
static int fault_batch(void *conn, const struct limbeck_statement *statements, size_t count,
	struct limbeck_sink *sink, size_t *done, struct limbeck_error *err)
{
	enum kind kind = KIND_NONE;
	size_t first = 0;

	*done = 0;
	while (first < count && (kind = reach("batch", statements[first].sql,
			statements[first].length)) == KIND_NONE)
		first++;
	if (kind == KIND_LOSE_REPLY)
		cut(SHUT_RD);
	if (first == count || kind == KIND_LOSE_REPLY)
		return fault.real.execute_batch(conn, statements, count, sink, done, err);
	if (kind == KIND_KILL_AFTER)
		first++;
	if (first > 0) {
		int result = fault.real.execute_batch(conn, statements, first, sink, done, err);

		if (result < 0 || *done < first)
			return result;
	}
	if (kind == KIND_KILL_AFTER)
		die();
	return execute(kind, conn, &statements[first], NULL, err);
}

static int fault_server(void *conn, struct limbeck_server *server, struct limbeck_error *err)
{
	enum kind kind = reach("server", "", 0);

	return before(kind, err) < 0 ? -1 : after(kind, fault.real.server(conn, server, err), err);
}

static int fault_lock(void *conn, const char *name, struct limbeck_error *err)
{
	enum kind kind = reach("lock", name, strlen(name));

	return before(kind, err) < 0 ? -1 : after(kind, fault.real.lock(conn, name, err), err);
}

static int fault_unlock(void *conn, const char *name, struct limbeck_error *err)
{
	enum kind kind = reach("unlock", name, strlen(name));

	return before(kind, err) < 0 ? -1 : after(kind, fault.real.unlock(conn, name, err), err);
}

static int fault_introspect(void *conn, struct limbeck_introspect *request,
	struct limbeck_catalog *catalog, struct limbeck_error *err)
{
	enum kind kind = reach("introspect", "", 0);

	return before(kind, err) < 0 ? -1
		: after(kind, fault.real.introspect(conn, request, catalog, err), err);
}

static int fault_scratch(void *conn, struct limbeck_session *session, unsigned flags,
	void **scratch, struct limbeck_error *err)
{
	enum kind kind = reach("scratch", "", 0);

	/* One that is open already would be lost with the answer. */
	if (kind == KIND_LOSE_AFTER)
		return lose(err);
	return before(kind, err) < 0 ? -1
		: after(kind, fault.real.scratch(conn, session, flags, scratch, err), err);
}

static int fault_probe(void *conn, struct limbeck_probe *probe, struct limbeck_error *err)
{
	enum kind kind = reach("probe", probe->statement->sql, probe->statement->length);

	return before(kind, err) < 0 ? -1 : after(kind, fault.real.probe(conn, probe, err), err);
}

static int fault_backup(void *conn, const char *path, struct limbeck_error *err)
{
	enum kind kind = reach("backup", path, strlen(path));

	return before(kind, err) < 0 ? -1 : after(kind, fault.real.backup(conn, path, err), err);
}

static void leave_of_lock(struct limbeck_driver *table, const char *what)
{
	if (!what)
		return;
	table->lock_check = NULL;
	table->lock_holder = NULL;
	if (strcmp(what, "none") == 0)
		table->lock = table->unlock = NULL;
}

/* A member that the real driver lacks stays absent. */
static void fill_table(void)
{
	struct limbeck_driver *table = &fault.table;

	*table = fault.real;
	table->traits = &fault.traits;
	table->open = fault_open;
	table->close = fault_close;
	table->execute = fault_execute;
	table->execute_batch = table->execute_batch ? fault_batch : NULL;
	table->server = table->server ? fault_server : NULL;
	table->lock = table->lock ? fault_lock : NULL;
	table->unlock = table->unlock ? fault_unlock : NULL;
	table->introspect = table->introspect ? fault_introspect : NULL;
	table->scratch = table->scratch ? fault_scratch : NULL;
	table->probe = table->probe ? fault_probe : NULL;
	table->backup = table->backup ? fault_backup : NULL;
	leave_of_lock(table, getenv("LIMBECK_FAULT_LOCK"));
}

static void read_order(void)
{
	static const char *const kinds[] = { "none", "kill-before", "kill-after", "fail",
		"lose-before", "lose-after", "lose-reply" };
	const char *order = getenv("LIMBECK_FAULT");
	const char *colon = order ? strchr(order, ':') : NULL;

	for (size_t i = 1; colon && i < sizeof kinds / sizeof *kinds; i++)
		if (strlen(kinds[i]) == (size_t)(colon - order)
			&& !strncmp(kinds[i], order, (size_t)(colon - order)))
			fault.kind = (enum kind)i;
	if (colon)
		fault.at = strtoul(colon + 1, NULL, 10);
}

static size_t smaller(size_t a, size_t b)
{
	return a < b ? a : b;
}

static bool load(const struct limbeck_host *host)
{
	const char *path = getenv("LIMBECK_FAULT_DRIVER");
	void *handle = path ? dlopen(path, RTLD_NOW | RTLD_LOCAL) : NULL;
	void *symbol = handle ? dlsym(handle, "limbeck_driver_entry") : NULL;
	const struct limbeck_driver_entry *real;
	limbeck_driver_entry_fn *entry;

	if (!symbol)
		return false;
	memcpy(&entry, &symbol, sizeof entry);
	real = entry(host);
	memcpy(&fault.real, real->driver, smaller(real->driver_size, sizeof fault.real));
	memcpy(&fault.traits, real->driver->traits, smaller(real->traits_size, sizeof fault.traits));
	fault.entry = *real;
	return true;
}

const struct limbeck_driver_entry *limbeck_driver_entry(const struct limbeck_host *host)
{
	/* Asked for again, it goes on counting. */
	if (!fault.host && !load(host))
		return NULL;
	if (!fault.host) {
		fault.host = host;
		read_order();
		fill_table();
		fault.entry.driver_size = smaller(fault.entry.driver_size, sizeof fault.table);
		fault.entry.traits_size = smaller(fault.entry.traits_size, sizeof fault.traits);
		fault.entry.driver = &fault.table;
	}
	return &fault.entry;
}
