/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A directory that the walk has left, while files of it may still be copied: it gets its
 * attributes when everything that was put in before it is done.
 */
#include "tree/delayed_attrs.h"

#include "base/fd.h"
#include "pool/pool.h"
#include "sys/descriptor.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct delayed_attrs {
	struct pool_task task;
	/* what of the walk's copy the attributes need */
	struct copy copy;
	int src_fd;
	struct stat src;
	struct target target;
	char *path;
};

static void leave_free(struct delayed_attrs *l)
{
	fd_drop(&l->src_fd);
	target_done(&l->target);
	pathbuf_done(&l->copy.path);
	free(l->path);
	free(l);
}

static int end(struct pool_task *t)
{
	struct delayed_attrs *l = (struct delayed_attrs *)t;
	int r = dir_set_attrs(&l->copy, &l->target, l->path, l->src_fd, &l->src);

	leave_free(l);
	return r;
}

int dir_defer_attrs(struct copy *c, const struct dest *p, struct target *t, int src_fd,
		    const struct stat *src)
{
	struct delayed_attrs *l = calloc(1, sizeof(*l));
	int r;

	if (!l)
		return -ENOMEM;
	l->task.end = end;
	l->copy = (struct copy){ .o = c->o, .q = c->q, .opt = c->opt, .lost = c->lost };
	l->src = *src;
	l->src_fd = src_fd < 0 ? src_fd : sys_dup(src_fd);
	l->target.fd = sys_dup(dirstack_top(&p->dirs));
	l->path = strdup(p->path.text);
	r = pathbuf_set(&l->copy.path, c->path.text);
	if (r < 0 || l->target.fd < 0 || !l->path || (src_fd >= 0 && l->src_fd < 0)) {
		leave_free(l);
		return -ENOMEM;
	}
	t->fd = TAKE_FD(l->target.fd);
	l->target = *t; /* it is theirs now */
	*t = (struct target){ .fd = -EBADF };
	pool_submit(c->pool, &l->task);
	return 0;
}
