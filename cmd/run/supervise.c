/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Processes that answer calls, each one call at a time, as a copy-up takes as long as its file is
 * large, and what is asked of a filesystem may never be answered. One more is started while all are
 * busy. The call of one that dies goes on without help. All die with this process
 * (PR_SET_PDEATHSIG), so that the listener is closed then, and calls end instead of waiting for
 * ever.
 */
#include "supervise.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <seccomp.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

/* How long what is under way at the end is waited for, in milliseconds at a time. */
#define ENDING_MS 20

/* A worker. In memory that it shares with the supervisor. */
struct worker {
	/* the process; 0: none. Of the supervisor alone. */
	pid_t pid;
	/* the call that it answers, while is_busy */
	uint64_t id;
	atomic_bool is_busy;
};

struct pool {
	int listener;
	const struct help_policy *policy;
	/* SUPERVISE_WORKERS_MAX; shared */
	struct worker *workers;
	/* a byte for each time that the last worker became busy */
	int wake[2];
	/* of SIGCHLD */
	int children;
};

static bool is_any_idle(const struct pool *p)
{
	for (size_t i = 0; i < SUPERVISE_WORKERS_MAX; i++)
		if (p->workers[i].pid && !p->workers[i].is_busy)
			return true;
	return false;
}

static bool is_any_busy(const struct pool *p)
{
	for (size_t i = 0; i < SUPERVISE_WORKERS_MAX; i++)
		if (p->workers[i].pid && p->workers[i].is_busy)
			return true;
	return false;
}

/* Receive a call and answer it. Whether there are others. */
static bool serve_one(struct pool *p, struct worker *w, struct seccomp_notif *n,
		      struct seccomp_notif_resp *answer)
{
	int r;

	memset(n, 0, sizeof(*n));
	r = seccomp_notify_receive(p->listener, n);
	if (r < 0) /* its caller has gone, a signal came; ENOTCONN: all callers have gone */
		return r == -ENOENT || r == -EINTR || r == -ECANCELED;
	w->id = n->id;
	w->is_busy = true;
	if (!is_any_idle(p))
		(void)!write(p->wake[1], "", 1); /* full: there are others to be read */
	(void)alarm(p->policy->seconds_max);	 /* it kills the worker */
	help_call(p->listener, n, p->policy, answer);
	(void)alarm(0);
	(void)seccomp_notify_respond(p->listener, answer); /* ENOENT: the caller has gone */
	w->is_busy = false;
	return true;
}

/* In a child: the life of the worker @w. Does not return. */
static _Noreturn void be_worker(struct pool *p, struct worker *w, pid_t supervisor)
{
	struct seccomp_notif *n = NULL;
	struct seccomp_notif_resp *answer = NULL;
	sigset_t none;

	(void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	if (getppid() != supervisor || seccomp_notify_alloc(&n, &answer) < 0)
		_exit(1);
	sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	(void)close(p->children);
	(void)close(p->wake[0]);
	while (serve_one(p, w, n, answer))
		;
	_exit(0);
}

/* Start a worker, if there is room for one. 0, or -errno. */
static int start_worker(struct pool *p)
{
	const pid_t supervisor = getpid();
	struct worker *w = p->workers;
	pid_t pid;

	while (w < p->workers + SUPERVISE_WORKERS_MAX && w->pid)
		w++;
	if (w == p->workers + SUPERVISE_WORKERS_MAX)
		return 0;
	w->is_busy = false;
	pid = fork();
	if (pid == 0)
		be_worker(p, w, supervisor);
	if (pid < 0)
		return -errno;
	w->pid = pid;
	return 0;
}

/* The worker @w has died: the call that it was to answer goes on. */
static void bury(struct pool *p, struct worker *w)
{
	struct seccomp_notif_resp go_on = { .id = w->id,
					    .flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE };

	if (w->is_busy)
		(void)seccomp_notify_respond(p->listener, &go_on); /* ENOENT: it was answered */
	w->pid = 0;
	w->is_busy = false;
}

static void bury_all(struct pool *p)
{
	struct signalfd_siginfo info;
	pid_t pid;

	(void)!read(p->children, &info, sizeof(info)); /* its children are asked for below */
	while ((pid = waitpid(-1, NULL, WNOHANG)) > 0)
		for (size_t i = 0; i < SUPERVISE_WORKERS_MAX; i++)
			if (p->workers[i].pid == pid)
				bury(p, &p->workers[i]);
}

/* Wait for what is under way: its callers have gone, but what is done is reported. Then end the
   workers. */
static void end(struct pool *p)
{
	while (is_any_busy(p)) {
		(void)poll(&(struct pollfd){ .fd = p->children, .events = POLLIN }, 1, ENDING_MS);
		bury_all(p);
	}
	for (size_t i = 0; i < SUPERVISE_WORKERS_MAX; i++)
		if (p->workers[i].pid)
			(void)kill(p->workers[i].pid, SIGKILL);
	while (wait(NULL) > 0)
		;
}

/* Keep an idle worker, until there are no callers. 0, or -errno. */
static int keep_workers(struct pool *p)
{
	char byte[64];
	int r = 0;

	while (r >= 0) {
		struct pollfd events[] = { { .fd = p->listener },
					   { .fd = p->wake[0], .events = POLLIN },
					   { .fd = p->children, .events = POLLIN } };

		if (!is_any_idle(p))
			r = start_worker(p);
		if (r < 0 || (poll(events, 3, -1) < 0 && errno != EINTR))
			return r < 0 ? r : -errno;
		if (events[0].revents & (POLLHUP | POLLERR))
			return 0;
		if (events[1].revents)
			(void)!read(p->wake[0], byte, sizeof(byte)); /* it is looked anew */
		if (events[2].revents)
			bury_all(p);
	}
	return r;
}

/* Get what a pool needs. 0, or -errno. */
static int open_pool(struct pool *p)
{
	sigset_t child;

	p->workers = mmap(NULL, SUPERVISE_WORKERS_MAX * sizeof(*p->workers), PROT_READ | PROT_WRITE,
			  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (p->workers == MAP_FAILED)
		return -errno;
	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	if (pipe2(p->wake, O_CLOEXEC | O_NONBLOCK) < 0 || sigprocmask(SIG_BLOCK, &child, NULL) < 0)
		return -errno;
	p->children = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
	return p->children < 0 ? -errno : 0;
}

int supervise(int listener, const struct help_policy *policy)
{
	struct pool p = { .listener = listener, .policy = policy };
	int r = open_pool(&p);

	if (r == 0)
		r = keep_workers(&p);
	if (r == 0)
		end(&p);
	return r;
}
