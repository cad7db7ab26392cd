/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A directory that the walk has left, while files of it may still be copied: it gets its
 * attributes when every task that was submitted before it is complete.
 */
#include "tree/delayed_attrs.h"

#include "base/fd.h"
#include "sys/descriptor.h"
#include "walk/dirstack.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct delayed_attrs {
	struct pool_task task;
	/* of the walk, whose thread completes this */
	struct ovlcp *o;
	const struct copy_request *q;
	/* the directory of the source */
	int src_fd;
	struct stat src;
	char *src_path;
	/* ... and of the destination */
	struct target target;
	char *path;
};

int dir_set_attrs(struct copy *c, struct target *t, const char *path, int src_fd,
		  const struct stat *src)
{
	int r = c->source_lost ? 0 : copy_set_attrs(c, t, path, src_fd, src);

	if (r == 0)
		(void)event_emit(t->events, &(struct ovlcp_event){
						    .type = t->is_dry ? OVLCP_EVENT_PLANNED
								      : OVLCP_EVENT_COPIED,
						    .src = c->path.text,
						    .dst = path,
						    .outcome.method = OVLCP_METHOD_DIRECTORY,
					    });
	return r;
}

static void delayed_attrs_free(struct delayed_attrs *l)
{
	fd_drop(&l->src_fd);
	target_done(&l->target);
	free(l->src_path);
	free(l->path);
	free(l);
}

static int complete_delayed(struct pool_task *t, struct event_sink *events)
{
	struct delayed_attrs *l = (struct delayed_attrs *)t;
	struct copy c;
	int r = copy_init(
		&c,
		&(struct copy_args){ .o = l->o, .events = events, .q = l->q, .path = l->src_path });

	l->target.events = events;
	if (r == 0)
		r = dir_set_attrs(&c, &l->target, l->path, l->src_fd, &l->src);
	copy_done(&c);
	delayed_attrs_free(l);
	return r;
}

int dir_defer_attrs(struct traverse *w, const struct dest *p, struct target *t, int src_fd,
		    const struct stat *src)
{
	struct delayed_attrs *l = w->copy.source_lost ? NULL : calloc(1, sizeof(*l));

	if (!l)
		return -ENOMEM;
	l->task.complete = complete_delayed;
	l->o = w->copy.o;
	l->q = w->copy.q;
	l->src = *src;
	l->src_fd = src_fd < 0 ? src_fd : sys_dup(src_fd);
	l->src_path = strdup(w->copy.path.text);
	l->target.fd = sys_dup(dirstack_top(&p->dirs));
	l->path = strdup(p->path.text);
	if (!l->src_path || !l->path || l->target.fd < 0 || (src_fd >= 0 && l->src_fd < 0)) {
		delayed_attrs_free(l);
		return -ENOMEM;
	}
	t->fd = TAKE_FD(l->target.fd);
	l->target = *t; /* the task's own from now on */
	*t = (struct target){ .fd = -EBADF };
	pool_submit(&w->pool, &l->task);
	return 0;
}
