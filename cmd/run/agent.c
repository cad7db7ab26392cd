/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Nothing that a container or its runtime says is believed: of a message the listener is taken, all
 * else is asked of the kernel. A runtime that sends nothing, and a container whose calls take long,
 * keep one process busy, and no other container waiting.
 */
#include "agent.h"

#include "confine.h"
#include "detach.h"
#include "diag.h"
#include "launch.h"
#include "listener.h"
#include "supervise.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/* How long a runtime may take to send the listener, in seconds. */
#define RECEIVE_SECONDS 10

/* How long a connection waits that cannot be accepted, in milliseconds. */
#define ACCEPT_AGAIN_MS 100

/* The first descriptor of a service that is started with open sockets (sd_listen_fds(3)). */
#define FIRST_PASSED_FD 3

struct agent {
	int socket;
	/* of SIGCHLD, SIGTERM, SIGINT */
	int signals;
	const struct help_policy *policy;
	int containers;
};

/* Whether this process was started with open sockets. */
static bool has_passed_sockets(void)
{
	const char *pid = secure_getenv("LISTEN_PID");
	const char *count = secure_getenv("LISTEN_FDS");

	return pid && count && strtol(pid, NULL, 10) == (long)getpid() && strcmp(count, "0") != 0;
}

/* The option @name of the socket @fd; -1: it is none. */
static int socket_option(int fd, int name)
{
	int value = -1;
	socklen_t len = sizeof(value);

	return getsockopt(fd, SOL_SOCKET, name, &value, &len) < 0 ? -1 : value;
}

/* The socket that this process was started with; -1: it is none to accept connections from, or
   one of several. */
static int passed_socket(void)
{
	const int fd = FIRST_PASSED_FD;

	if (strcmp(secure_getenv("LISTEN_FDS"), "1") != 0 ||
	    socket_option(fd, SO_DOMAIN) != AF_UNIX || socket_option(fd, SO_ACCEPTCONN) != 1 ||
	    fcntl(fd, F_SETFD, FD_CLOEXEC) < 0)
		return -1;
	return fd;
}

/* Whether the socket @address is that of an agent that has ended. */
static bool is_stale(const struct sockaddr_un *address)
{
	struct stat st;
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool refused = fd >= 0 && lstat(address->sun_path, &st) == 0 && S_ISSOCK(st.st_mode) &&
		       connect(fd, (const struct sockaddr *)address, sizeof(*address)) < 0 &&
		       errno == ECONNREFUSED;

	if (fd >= 0)
		(void)close(fd);
	return refused;
}

/* Bind @fd to @address, in the place of a socket that an earlier agent has left. 0, or -errno. */
static int bind_to(int fd, const struct sockaddr_un *address)
{
	const struct sockaddr *a = (const struct sockaddr *)address;
	const mode_t mask = umask(0177); /* only its user may connect, and root */
	int r = bind(fd, a, sizeof(*address)) < 0 ? -errno : 0;

	if (r == -EADDRINUSE && is_stale(address) && unlink(address->sun_path) == 0)
		r = bind(fd, a, sizeof(*address)) < 0 ? -errno : 0;
	(void)umask(mask);
	return r;
}

/* A socket that listens at @path, or -errno. */
static int listen_at(const char *path)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd;
	int r;

	if (strlen(path) >= sizeof(address.sun_path))
		return -ENAMETOOLONG;
	strcpy(address.sun_path, path);
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	r = fd < 0 ? -errno : bind_to(fd, &address);
	if (r == 0 && listen(fd, SOMAXCONN) < 0)
		r = -errno;
	if (r < 0 && fd >= 0)
		(void)close(fd);
	return r < 0 ? r : fd;
}

/* A descriptor of the signals, which are blocked. Or -errno. */
static int catch_signals(void)
{
	sigset_t set;
	int fd;

	/* while it is ignored, as the one who has started this may do, they could not be counted */
	(void)signal(SIGCHLD, SIG_DFL);
	(void)signal(SIGPIPE, SIG_IGN); /* the reader of its messages, or of the report, may end */
	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	if (sigprocmask(SIG_BLOCK, &set, NULL) < 0)
		return -errno;
	fd = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
	return fd < 0 ? -errno : fd;
}

/* Whether the other end is root or the user of this process. */
static bool is_trusted(int connection)
{
	struct ucred peer;
	socklen_t len = sizeof(peer);

	return getsockopt(connection, SOL_SOCKET, SO_PEERCRED, &peer, &len) == 0 &&
	       (peer.uid == 0 || peer.uid == geteuid());
}

/* In a child: receive the listener, and answer the calls of a container. Does not return. */
static _Noreturn void serve_container(const struct agent *a, int connection)
{
	const struct timeval limit = { .tv_sec = RECEIVE_SECONDS };
	sigset_t none;
	int listener;

	sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	(void)close(a->socket); /* or it would be in use after the end of the agent */
	(void)close(a->signals);
	(void)setsid(); /* a signal to the agent's group does not end it */
	(void)setsockopt(connection, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit));
	listener = listener_receive(connection);
	if (listener < 0)
		_exit(1);
	detach(listener, run_report_fd(a->policy->report));
	_exit(supervise(listener, a->policy) < 0);
}

/* Accept a connection. */
static void accept_one(struct agent *a)
{
	int connection = accept4(a->socket, NULL, NULL, SOCK_CLOEXEC);
	pid_t child;

	if (connection < 0) {
		/* it has gone, or waits on while there are no descriptors or no memory */
		(void)poll(NULL, 0, ACCEPT_AGAIN_MS);
		return;
	}
	if (!is_trusted(connection)) {
		(void)diag_failure(0, "a connection of another user than root was refused");
	} else if (a->containers >= AGENT_CONTAINERS_MAX) {
		(void)diag_failure(0, "a container was refused: there are %d already",
				   AGENT_CONTAINERS_MAX);
	} else {
		child = fork();
		if (child == 0)
			serve_container(a, connection);
		if (child < 0)
			(void)diag_failure(errno, "cannot serve a container");
		else
			a->containers++;
	}
	(void)close(connection);
}

/* Read a signal. Whether it ends the agent. */
static bool read_signal(struct agent *a)
{
	struct signalfd_siginfo info;

	if (read(a->signals, &info, sizeof(info)) != (ssize_t)sizeof(info))
		return false;
	while (waitpid(-1, NULL, WNOHANG) > 0)
		a->containers--;
	return info.ssi_signo != SIGCHLD;
}

static int serve_all(struct agent *a)
{
	for (;;) {
		struct pollfd events[] = { { .fd = a->socket, .events = POLLIN },
					   { .fd = a->signals, .events = POLLIN } };

		if (poll(events, 2, -1) < 0 && errno != EINTR) {
			(void)diag_failure(errno, "cannot wait for containers");
			return LAUNCH_FAILURE;
		}
		if (events[1].revents && read_signal(a))
			return 0;
		if (events[0].revents)
			accept_one(a);
	}
}

int agent_run(const struct run_options *o, struct run_report *report)
{
	const struct help_policy policy = { .copy = o->copy,
					    .report = report,
					    .seconds_max = AGENT_SECONDS_MAX };
	const bool is_passed = has_passed_sockets();
	struct agent a = { .socket = is_passed ? passed_socket() : listen_at(o->agent),
			   .policy = &policy };
	int status;

	if (is_passed && a.socket < 0) {
		(void)diag_failure(0, "what LISTEN_FDS passes is not one listening UNIX socket; "
				      "see ListenStream= in systemd.socket(5)");
		return LAUNCH_FAILURE;
	}
	if (a.socket < 0) {
		(void)diag_failure_about(-a.socket, "cannot listen at", o->agent);
		return LAUNCH_FAILURE;
	}
	a.signals = catch_signals();
	if (a.signals < 0) {
		(void)diag_failure(-a.signals, "cannot catch signals");
		return LAUNCH_FAILURE;
	}
	confine_load_libraries();
	status = serve_all(&a);
	if (!is_passed)
		(void)unlink(o->agent); /* a new one makes it anew */
	return status;
}
