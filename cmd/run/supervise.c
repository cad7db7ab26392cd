/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * This process receives the calls, and other processes answer them, each one at a time, as a
 * copy-up takes as long as its file is large, and what is asked of a filesystem may never be
 * answered. So a call is in the hands of a process that does nothing dangerous until it is
 * answered: if a worker dies, its call goes on without help. If this process dies, all do
 * (PR_SET_PDEATHSIG), the listener is closed, and calls end (ENOSYS) instead of waiting for ever.
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
#include <stdint.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

/* How long what is under way at the end is waited for, in milliseconds at a time. */
#define ENDING_MS 20

/* The caller of a call that can be received may be killed before it is: then the next one is waited
   for, but not for longer than this, in seconds. Again and again, as the first signal may arrive
   before the wait has begun. */
#define RECEIVE_SECONDS 1

/* How long there must be no call before the workers that are idle end, in milliseconds. */
#define IDLE_MS 10000

/* A worker. In memory that it shares with the supervisor. */
struct worker {
	/* the process; 0: none. Of the supervisor alone. */
	pid_t pid;
	/* an eventfd that has it begin; owned by the supervisor */
	int begin;
	/* the call that it answers, while is_busy */
	struct seccomp_notif call;
	atomic_bool is_busy;
};

struct pool {
	int listener;
	const struct help_policy *policy;
	/* SUPERVISE_WORKERS_MAX; shared */
	struct worker *workers;
	/* an eventfd for each time that a worker has become idle */
	int idle;
	/* of SIGCHLD */
	int children;
	/* as large as the kernel wants them, which may be more than is known here */
	struct seccomp_notif *received;
	struct seccomp_notif_resp *go_on;
	size_t received_size;
};

/* A worker that is idle; NULL: none. */
static struct worker *find_idle(const struct pool *p)
{
	for (struct worker *w = p->workers; w < p->workers + SUPERVISE_WORKERS_MAX; w++)
		if (w->pid && !w->is_busy)
			return w;
	return NULL;
}

/* A place for one more worker; NULL: none. */
static struct worker *find_room(const struct pool *p)
{
	for (struct worker *w = p->workers; w < p->workers + SUPERVISE_WORKERS_MAX; w++)
		if (!w->pid)
			return w;
	return NULL;
}

static bool has_workers(const struct pool *p)
{
	for (size_t i = 0; i < SUPERVISE_WORKERS_MAX; i++)
		if (p->workers[i].pid)
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

static void signal_event(int fd)
{
	const uint64_t one = 1;

	(void)!write(fd, &one, sizeof(one)); /* it cannot be full */
}

/* The error of the function of libseccomp that has returned @r, which tells only that the system
   call has failed. 0, or -errno. */
static int notify_error(int r)
{
	return r == -ECANCELED ? -errno : r;
}

/* Answer a call. 0, also if its caller has gone; or -errno: it waits still. */
static int respond(const struct pool *p, struct seccomp_notif_resp *answer)
{
	int r = notify_error(seccomp_notify_respond(p->listener, answer));

	return r == -ENOENT ? 0 : r;
}

/* Let the call @id go on as without help. As respond. */
static int let_go_on(const struct pool *p, uint64_t id)
{
	*p->go_on =
		(struct seccomp_notif_resp){ .id = id, .flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE };
	return respond(p, p->go_on);
}

/* In a child: the life of the worker @w. Does not return. */
static _Noreturn void be_worker(struct pool *p, struct worker *w, pid_t supervisor)
{
	struct seccomp_notif_resp *answer = NULL;
	sigset_t none;
	uint64_t count;

	(void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	if (getppid() != supervisor || seccomp_notify_alloc(NULL, &answer) < 0)
		_exit(1);
	(void)signal(SIGALRM, SIG_DFL);
	sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	while (read(w->begin, &count, sizeof(count)) == (ssize_t)sizeof(count)) {
		(void)alarm(p->policy->seconds_max); /* it kills the worker */
		help_call(p->listener, &w->call, p->policy, answer);
		(void)alarm(0);
		if (respond(p, answer) < 0)
			_exit(1);
		w->is_busy = false;
		signal_event(p->idle);
	}
	_exit(0);
}

/* Start the worker @w. Whether that was possible. */
static bool start_worker(struct pool *p, struct worker *w)
{
	const pid_t supervisor = getpid();
	pid_t pid;

	w->is_busy = false;
	w->begin = eventfd(0, EFD_CLOEXEC);
	pid = w->begin < 0 ? -1 : fork();
	if (pid == 0)
		be_worker(p, w, supervisor);
	if (pid < 0 && w->begin >= 0)
		(void)close(w->begin);
	w->pid = pid < 0 ? 0 : pid;
	return pid > 0;
}

/* The worker @w has died: the call that it was to answer goes on, unless it was answered. As
   respond. */
static int bury(struct pool *p, struct worker *w)
{
	int r = w->is_busy ? let_go_on(p, w->call.id) : 0;

	(void)close(w->begin);
	w->pid = 0;
	w->is_busy = false;
	return r;
}

/* Bury those who have died. As respond. */
static int bury_all(struct pool *p)
{
	struct signalfd_siginfo info;
	pid_t pid;
	int r = 0;

	(void)!read(p->children, &info, sizeof(info)); /* its children are asked for below */
	while ((pid = waitpid(-1, NULL, WNOHANG)) > 0)
		for (size_t i = 0; i < SUPERVISE_WORKERS_MAX; i++)
			if (p->workers[i].pid == pid && r == 0)
				r = bury(p, &p->workers[i]);
	return r;
}

/* End the workers that are idle: there may be many supervisors. */
static void end_idle(struct pool *p)
{
	struct worker *w;

	while ((w = find_idle(p))) {
		(void)kill(w->pid, SIGKILL);
		(void)waitpid(w->pid, NULL, 0);
		(void)bury(p, w); /* it had no call */
	}
}

/* Wait for what is under way: its callers have gone, but what is done is reported. Then end the
   workers. */
static void end(struct pool *p)
{
	while (is_any_busy(p)) {
		(void)poll(&(struct pollfd){ .fd = p->children, .events = POLLIN }, 1, ENDING_MS);
		(void)bury_all(p); /* no caller waits any more */
	}
	for (size_t i = 0; i < SUPERVISE_WORKERS_MAX; i++)
		if (p->workers[i].pid)
			(void)kill(p->workers[i].pid, SIGKILL);
	while (wait(NULL) > 0)
		;
}

/* Receive a call, and give it to a worker. 0, also if its caller has gone; or -errno: no call can
   be received, or one waits still. */
static int receive(struct pool *p)
{
	const struct itimerval limit = { { RECEIVE_SECONDS, 0 }, { RECEIVE_SECONDS, 0 } };
	const struct itimerval none = { { 0, 0 }, { 0, 0 } };
	struct worker *w = find_idle(p);
	int r;

	memset(p->received, 0, p->received_size); /* or the kernel refuses it */
	(void)setitimer(ITIMER_REAL, &limit, NULL);
	r = notify_error(seccomp_notify_receive(p->listener, p->received));
	(void)setitimer(ITIMER_REAL, &none, NULL);
	if (r < 0)
		return r == -EINTR || r == -ENOENT ? 0 : r;
	if (!w) {
		w = find_room(p);
		if (!w || !start_worker(p, w))
			return let_go_on(p, p->received->id);
	}
	memcpy(&w->call, p->received, sizeof(w->call));
	w->is_busy = true;
	signal_event(w->begin);
	return 0;
}

/* Receive calls until there are no callers. 0, or -errno. */
static int receive_all(struct pool *p)
{
	uint64_t count;
	int r = 0;

	while (r == 0) {
		/* while all are busy, and there is no room for more, calls wait in the kernel */
		const bool is_ready = find_idle(p) || find_room(p);
		const int limit = has_workers(p) ? IDLE_MS : -1;
		struct pollfd events[] = { { .fd = p->listener, .events = is_ready ? POLLIN : 0 },
					   { .fd = p->children, .events = POLLIN },
					   { .fd = p->idle, .events = POLLIN } };

		int n = poll(events, 3, limit);

		if (n < 0 && errno != EINTR)
			return -errno;
		if (n == 0)
			end_idle(p);
		if (events[0].revents & (POLLHUP | POLLERR))
			return 0;
		if (events[1].revents)
			r = bury_all(p);
		if (events[2].revents)
			(void)!read(p->idle, &count, sizeof(count)); /* it is looked anew */
		if (r == 0 && (events[0].revents & POLLIN))
			r = receive(p);
	}
	return r;
}

/* Only to interrupt. */
static void on_alarm(int number)
{
	(void)number;
}

/* Have the signals that are needed, whatever this process was started with: of children that end
   while SIGCHLD is ignored nothing is heard (wait(2)). 0, or -errno. */
static int set_signals(void)
{
	const struct sigaction interrupt = { .sa_handler = on_alarm };
	const struct sigaction normal = { .sa_handler = SIG_DFL };
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGALRM);
	if (sigaction(SIGALRM, &interrupt, NULL) < 0 || sigaction(SIGCHLD, &normal, NULL) < 0 ||
	    sigprocmask(SIG_UNBLOCK, &set, NULL) < 0)
		return -errno;
	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	return sigprocmask(SIG_BLOCK, &set, NULL) < 0 ? -errno : 0;
}

/* Allocate what the kernel and this process exchange. 0, or -errno. */
static int allocate_messages(struct pool *p)
{
	struct seccomp_notif_sizes sizes;

	if (syscall(SYS_seccomp, SECCOMP_GET_NOTIF_SIZES, 0, &sizes) < 0)
		return -errno;
	p->received_size = sizes.seccomp_notif;
	return seccomp_notify_alloc(&p->received, &p->go_on) < 0 ? -ENOMEM : 0;
}

/* Get what a pool needs. 0, or -errno. */
static int open_pool(struct pool *p)
{
	int r = allocate_messages(p);
	sigset_t child;

	if (r < 0)
		return r;
	p->workers = mmap(NULL, SUPERVISE_WORKERS_MAX * sizeof(*p->workers), PROT_READ | PROT_WRITE,
			  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (p->workers == MAP_FAILED)
		return -ENOMEM;
	sigemptyset(&child);
	sigaddset(&child, SIGCHLD);
	p->idle = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	p->children = signalfd(-1, &child, SFD_CLOEXEC | SFD_NONBLOCK);
	return p->idle < 0 || p->children < 0 ? -errno : set_signals();
}

int supervise(int listener, const struct help_policy *policy)
{
	struct pool p = { .listener = listener, .policy = policy };
	int r = open_pool(&p);

	if (r == 0)
		r = receive_all(&p);
	if (r == 0)
		end(&p);
	return r;
}
