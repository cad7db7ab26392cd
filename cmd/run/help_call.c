/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The data of the caller's file is brought to the upper layer, as if the caller had asked for that
 * itself; then its own call goes on (SECCOMP_USER_NOTIF_FLAG_CONTINUE) and does what the kernel
 * lets it do. So nothing that the caller changes meanwhile, a descriptor or its memory, gets it
 * more than it could have had: at worst a file is copied up that it holds open and may write.
 *
 * sendfile alone never shares. It is done here, by a clone with the caller's own descriptors.
 */
#include "help_call.h"

#include "caller.h"
#include "confine.h"
#include "copy_up.h"
#include "files.h"
#include "request.h"
#include "rights.h"
#include "sendfile_range.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/fs.h>
#include <seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* A call, its process, and its two files. */
struct call {
	int listener;
	uint64_t id;
	const struct help_policy *policy;
	struct caller caller;
	struct request request;
	/* the caller's; owned */
	int src_fd, dst_fd;
	/* both are duplicates of the caller's */
	bool has_positions;
	struct files_facts facts;
	/* the largest file that the caller may write, in bytes */
	uint64_t size_limit;
	/* the source is to be copied up */
	bool is_to_be_copied_up;
	/* what a sendfile is to share; nothing if its length is 0 */
	struct files_range clone;
};

/* The descriptor number of the source, which may be in memory; -1 if it cannot be read. It is read
   once: what the caller's own call reads later is its own affair. */
static int source_number(struct call *c)
{
	struct file_clone_range range;

	if (c->request.kind != REQUEST_CLONE_RANGE)
		return c->request.src;
	if (caller_read(&c->caller, c->request.memory, &range, sizeof(range)) < 0 ||
	    range.src_fd < 0 || range.src_fd > INT_MAX)
		return -1;
	return (int)range.src_fd;
}

/* Whether the call has still stopped, so that what was looked at was the caller's. */
static bool is_waiting(const struct call *c)
{
	return seccomp_notify_id_valid(c->listener, c->id) == 0;
}

static bool open_files(struct call *c)
{
	const struct caller_file src = caller_file(&c->caller, source_number(c), O_RDONLY);
	const struct caller_file dst = caller_file(&c->caller, c->request.dst, O_WRONLY);

	c->src_fd = src.fd;
	c->dst_fd = dst.fd;
	c->has_positions = src.is_duplicate && dst.is_duplicate;
	return src.fd >= 0 && dst.fd >= 0 && is_waiting(c);
}

/* Where the sendfile begins and ends, if it can be a clone; otherwise c->clone stays empty. */
static void plan_sendfile(struct call *c)
{
	struct sendfile_request q = { .src_off = lseek(c->src_fd, 0, SEEK_CUR),
				      .dst_off = lseek(c->dst_fd, 0, SEEK_CUR),
				      .count = c->request.count,
				      .size_limit = c->size_limit,
				      .dst_flags = fcntl(c->dst_fd, F_GETFL) };

	if (c->request.memory &&
	    (caller_read(&c->caller, c->request.memory, &q.src_off, sizeof(q.src_off)) < 0 ||
	     !caller_is_writable(&c->caller, c->request.memory, sizeof(q.src_off))))
		return;
	(void)sendfile_range(&c->facts, &q, &c->clone);
}

/* Move the offsets of the caller behind what was cloned, as sendfile does. 0, or -errno. */
static int advance(const struct call *c)
{
	const off_t src_off = (off_t)(c->clone.src_off + c->clone.len);

	if (lseek(c->dst_fd, (off_t)(c->clone.dst_off + c->clone.len), SEEK_SET) < 0)
		return -errno;
	if (c->request.memory)
		return caller_write(&c->caller, c->request.memory, &src_off, sizeof(src_off));
	return lseek(c->src_fd, src_off, SEEK_SET) < 0 ? -errno : 0;
}

/* Do what the call needs with the rights of this process, whose /proc need not be that of the
   others. Whether c->clone was made. */
static bool help(const struct call *c)
{
	if (c->is_to_be_copied_up)
		copy_up_source(c->src_fd, c->dst_fd, &c->policy->copy, c->policy->report);
	return c->clone.len > 0 && is_waiting(c) &&
	       files_clone(c->src_fd, c->dst_fd, &c->clone) == 0;
}

/* End with the worker, or as that. */
static void end_with_worker(const struct call *c)
{
	(void)prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	(void)alarm(c->policy->seconds_max);
}

/* Wait until @child has ended. A user whose rights it has may stop it, and never let it go on: then
   it is killed, so that a worker is not lost to the others. Whether it has ended. */
static bool await_end(pid_t child)
{
	int status;

	if (waitpid(child, &status, WUNTRACED) != child)
		return false;
	if (!WIFSTOPPED(status))
		return true;
	(void)kill(child, SIGKILL);
	return waitpid(child, NULL, 0) == child;
}

/* In a child of @worker: help with the rights @r, and leave the result in @ret. Does not return. */
static _Noreturn void help_as(const struct call *c, const struct rights *r, pid_t worker, bool *ret)
{
	pid_t child = 0;

	end_with_worker(c);
	/* a file system of the caller may let the way to its root directory wait for ever */
	if (getppid() != worker || confine() < 0 ||
	    rights_take(c->caller.pidfd, c->caller.proc, r, &child) < 0)
		_exit(1);
	/* once more: credentials that change undo it, and there is another process */
	end_with_worker(c);
	if (child > 0)
		_exit(!await_end(child));
	if (is_waiting(c))
		*ret = help(c);
	_exit(0);
}

/* Help with the rights @r, which are others than those of this process. As help. */
static bool help_by_child(const struct call *c, const struct rights *r)
{
	bool *shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
			    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	const pid_t worker = getpid();
	bool result = false;
	pid_t child;

	if (shared == MAP_FAILED)
		return false;
	child = fork();
	if (child == 0)
		help_as(c, r, worker, shared);
	if (child > 0 && await_end(child))
		result = *shared;
	(void)munmap(shared, sizeof(*shared));
	return result;
}

/* Help with the rights of the caller, never with more. As help. */
static bool help_with_its_rights(const struct call *c)
{
	static struct rights its;
	static struct rights mine;
	int r = rights_read_own(&mine);

	if (r == 0)
		r = rights_read(c->caller.proc, &its);
	if (r < 0 || !is_waiting(c))
		return false;
	return rights_equal(&its, &mine) ? help(c) : help_by_child(c, &its);
}

/* The offset where the call begins in the file @fd: what is at @address of the caller's memory, or
   its position (0). Whether it is known. */
static bool find_offset(struct call *c, int fd, uint64_t address, off_t *ret)
{
	if (address)
		return caller_read(&c->caller, address, ret, sizeof(*ret)) == 0;
	*ret = c->has_positions ? lseek(fd, 0, SEEK_CUR) : -1;
	return *ret >= 0;
}

/* Whether a copy_file_range can share. True also if that is not known. */
static bool can_share(struct call *c)
{
	struct files_range r = { .len = c->request.count };
	off_t src = 0;
	off_t dst = 0;

	if (!find_offset(c, c->src_fd, c->request.memory, &src) ||
	    !find_offset(c, c->dst_fd, c->request.dst_memory, &dst))
		return true;
	r.src_off = (uint64_t)src;
	r.dst_off = (uint64_t)dst;
	return copy_up_helps_range(&c->facts, &r);
}

/* Do what the call @c needs. The result of a sendfile that was done: bytes or -errno; 0: the call
   goes on. */
static int64_t serve_call(struct call *c)
{
	const struct ovlcp_options *o = &c->policy->copy;
	const bool is_sendfile = c->request.kind == REQUEST_SENDFILE;
	int r;

	c->facts = files_look(c->src_fd, c->dst_fd);
	if (!c->facts.is_one_overlay || (!is_sendfile && !c->facts.is_apart) ||
	    (c->request.kind == REQUEST_COPY_RANGE && !can_share(c)))
		return 0;
	c->size_limit = caller_file_size_limit(&c->caller);
	/* who copies up a larger file gets SIGXFSZ */
	c->is_to_be_copied_up = copy_up_is_wanted(&c->facts, o) && c->facts.size <= c->size_limit;
	if (c->facts.is_apart && !c->is_to_be_copied_up)
		return 0;
	if (is_sendfile && c->has_positions && c->facts.size >= o->copy_up_min)
		plan_sendfile(c);
	if ((is_sendfile && c->clone.len == 0) || !help_with_its_rights(c))
		return 0;
	/* a signal may have ended it during the clone, and its process gone on */
	if (!is_waiting(c))
		return 0;
	r = advance(c);
	return r < 0 ? r : (int64_t)c->clone.len;
}

void help_call(int listener, const struct seccomp_notif *n, const struct help_policy *p,
	       struct seccomp_notif_resp *ret_answer)
{
	struct call c = { .listener = listener,
			  .id = n->id,
			  .policy = p,
			  .caller = CALLER_CLOSED,
			  .src_fd = -1,
			  .dst_fd = -1 };
	int64_t done = 0;

	if (request_read(&n->data, &c.request) && caller_open((pid_t)n->pid, &c.caller) == 0 &&
	    open_files(&c))
		done = serve_call(&c);
	*ret_answer = (struct seccomp_notif_resp){ .id = n->id };
	if (done == 0)
		ret_answer->flags = SECCOMP_USER_NOTIF_FLAG_CONTINUE;
	else if (done > 0)
		ret_answer->val = done;
	else
		ret_answer->error = (int)done;
	if (c.src_fd >= 0)
		(void)close(c.src_fd);
	if (c.dst_fd >= 0)
		(void)close(c.dst_fd);
	caller_close(&c.caller);
}
