/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * All is done by the thread that has called, with its rights and descriptors. Nothing is allocated
 * and no lock taken before it is known that a file is to be copied up.
 */
#include "preload/help.h"

#include "preload/next.h"
#include "preload/pause.h"
#include "preload/policy.h"
#include "run/copy_up.h"
#include "run/report.h"
#include "run/sendfile_range.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

/* This thread is within this library. A handler that leaves it by longjmp(3) leaves this set: the
   thread is not helped any more. The model of TLS is the one that allocates nothing. */
static _Thread_local volatile bool is_within __attribute__((tls_model("initial-exec")));

/* Whether there is a lock on @fd that may be one of this process (F_SETLK), which loses its locks
   when it closes any descriptor of the file, as that of the copy-up. True also if that is not
   known. Asked as another holder, to whom the locks of this process are shown, too. */
static bool is_locked(int fd)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };

	return fcntl(fd, F_OFD_GETLK, &lock) < 0 || lock.l_type != F_UNLCK;
}

/* Copy the source up. */
static void copy_up_here(int src_fd, int dst_fd, const struct policy *p)
{
	struct run_report *report = NULL;
	struct pause pause;

	if (!policy_has_own_root() || is_locked(src_fd))
		return;
	pause_begin(&pause);
	if (*p->report)
		(void)run_report_open(p->report, O_NONBLOCK, &report); /* a line is missing */
	copy_up_source(src_fd, dst_fd, &p->copy, report);
	run_report_close(report);
	pause_end(&pause);
}

/* A copy_file_range. The kernel has read the memory at the offsets. */
struct copy_range {
	/* NULL: at the position of the file */
	const off_t *src_off, *dst_off;
	size_t len;
};

static uint64_t offset_of(int fd, const off_t *offset)
{
	return (uint64_t)(offset ? *offset : lseek(fd, 0, SEEK_CUR));
}

/* Whether the copy_file_range @c can share. */
static bool can_share(int src_fd, int dst_fd, const struct files_facts *f,
		      const struct copy_range *c)
{
	const struct files_range r = { .src_off = offset_of(src_fd, c->src_off),
				       .dst_off = offset_of(dst_fd, c->dst_off),
				       .len = c->len };

	return copy_up_helps_range(f, &r);
}

/* As help_clone. @c: of a copy_file_range; otherwise NULL. */
static bool help(int src_fd, int dst_fd, const struct copy_range *c)
{
	const struct policy *p = policy_get();
	const int error = errno;
	struct files_facts f;
	bool is_wanted;

	if (!p || is_within)
		return false;
	is_within = true;
	f = files_look(src_fd, dst_fd);
	is_wanted = copy_up_is_wanted(&f, &p->copy) && (!c || can_share(src_fd, dst_fd, &f, c));
	if (is_wanted)
		copy_up_here(src_fd, dst_fd, p);
	is_within = false;
	errno = error;
	return is_wanted;
}

bool help_clone(int src_fd, int dst_fd)
{
	return help(src_fd, dst_fd, NULL);
}

bool help_copy_range(int src_fd, const off_t *src_off, int dst_fd, const off_t *dst_off, size_t len)
{
	return help(src_fd, dst_fd, &(struct copy_range){ src_off, dst_off, len });
}

/* What a clone has to share in place of a sendfile. Whether it can. A sendfile of nothing checks
   everything that the kernel would, also the memory at @offset. */
static bool plan_range(int dst_fd, int src_fd, off_t *offset, size_t count,
		       const struct files_facts *f, struct files_range *ret_r)
{
	struct rlimit limit;
	struct sendfile_request q = { .count = count };

	if (next_sendfile(dst_fd, src_fd, offset, 0) != 0 || getrlimit(RLIMIT_FSIZE, &limit) < 0)
		return false;
	q.src_off = offset ? *offset : lseek(src_fd, 0, SEEK_CUR);
	q.dst_off = lseek(dst_fd, 0, SEEK_CUR);
	q.size_limit = limit.rlim_cur;
	q.dst_flags = fcntl(dst_fd, F_GETFL);
	return sendfile_range(f, &q, ret_r);
}

/* Move the offsets behind what was cloned, as sendfile does. */
static void advance_offsets(int dst_fd, int src_fd, off_t *offset, const struct files_range *r)
{
	const off_t src_off = (off_t)(r->src_off + r->len);

	/* a position of a regular file within what it holds can be set */
	(void)lseek(dst_fd, (off_t)(r->dst_off + r->len), SEEK_SET);
	if (offset)
		*offset = src_off;
	else
		(void)lseek(src_fd, src_off, SEEK_SET);
}

/* As help_sendfile, within the library. */
static ssize_t share(int dst_fd, int src_fd, off_t *offset, size_t count, const struct policy *p)
{
	struct files_facts f;
	struct files_range r;

	if (lseek(dst_fd, 0, SEEK_CUR) < 0) /* usually a socket; cheaper than fstat */
		return 0;
	f = files_look(src_fd, dst_fd);
	if (!f.is_one_overlay || f.size < p->copy.copy_up_min ||
	    (f.is_apart && !copy_up_is_wanted(&f, &p->copy)) ||
	    !plan_range(dst_fd, src_fd, offset, count, &f, &r))
		return 0;
	if (f.is_apart)
		copy_up_here(src_fd, dst_fd, p);
	if (files_clone(src_fd, dst_fd, &r) < 0)
		return 0;
	advance_offsets(dst_fd, src_fd, offset, &r);
	return (ssize_t)r.len;
}

ssize_t help_sendfile(int dst_fd, int src_fd, off_t *offset, size_t count)
{
	const struct policy *p = policy_get();
	const int error = errno;
	ssize_t done;

	if (!p || is_within)
		return 0;
	is_within = true;
	done = share(dst_fd, src_fd, offset, count, p);
	is_within = false;
	errno = error;
	return done;
}
