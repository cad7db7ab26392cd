/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A destination can be trusted until the last clone is made if it is new, belongs to the caller and
 * stays his, and no other user may write to it at any time.
 */
#include "transfer/unnamed.h"

#include "exec/data.h"
#include "exec/unnamed.h"
#include "plan/copyup.h"
#include "plan/method.h"
#include "sys/process.h"
#include "sys/share.h"

#include <errno.h>

#define OTHERS_WRITE (S_IWGRP | S_IWOTH)

/* Whether no other user can have the destination open for writing, now or later. The write bits of
   the group are also those of the mask of an ACL: acl(5). */
static bool is_exclusive(const struct transfer *t)
{
	const struct target *dst = t->q->dst;
	const struct stat *src = &t->q->src->st;
	const uint32_t preserve = t->q->opt->preserve;
	uid_t uid;
	gid_t gid;

	sys_identity(&uid, &gid);
	if (!dst->created || dst->st.st_uid != uid || (dst->st.st_mode & OTHERS_WRITE))
		return false;
	if ((preserve & OVLCP_PRESERVE_OWNERSHIP) && src->st_uid != uid)
		return false;
	return !(preserve & OVLCP_PRESERVE_MODE) || !(src->st_mode & OTHERS_WRITE);
}

/* Whether later destinations get their data by way of this one. */
static bool gives_data(const struct transfer *t)
{
	if (!t->q->more_follow || !S_ISREG(t->q->dst->st.st_mode))
		return false;
	return !t->q->src->regular || plan_is_donor(&t->facts, t->q->opt);
}

/* Open the unnamed file if the bytes have to go there. Whether they have. */
static bool is_needed(struct transfer *t)
{
	if (t->unnamed_fd >= 0)
		return true;
	if (t->cannot_give || !gives_data(t) || is_exclusive(t))
		return false;
	/* a small file is as quickly copied once more */
	if (!t->q->src->regular || t->q->src->size > PLAN_SMALL)
		t->unnamed_fd = exec_open_unnamed(t->q->dst->dir_fd);
	t->cannot_give = t->unnamed_fd < 0;
	return !t->cannot_give;
}

/* Give the destination the data of the unnamed file: by a clone, else by bytes. 0, or -errno. */
static int give_data(struct transfer *t)
{
	struct exec_copy bytes = t->copy;
	int r;

	if (sys_clone(t->q->dst->fd, t->unnamed_fd) == 0)
		return 0;
	bytes.src_fd = t->unnamed_fd;
	bytes.dst_fd = t->q->dst->fd;
	bytes.src_seekable = true;
	bytes.size = bytes.done;
	bytes.done = bytes.written = 0;
	bytes.sparse = true;
	bytes.buffer = session_buffer(t->o);
	r = bytes.buffer ? exec_read_write(&bytes) : -ENOMEM;
	t->copy.failed_op = bytes.failed_op;
	return r;
}

int unnamed_carry_out(struct transfer *t, int (*step)(struct transfer *t))
{
	int r;

	if (!is_needed(t))
		return step(t);
	t->copy.dst_fd = t->unnamed_fd;
	r = step(t);
	t->copy.dst_fd = t->q->dst->fd;
	return r == 0 ? give_data(t) : r;
}
