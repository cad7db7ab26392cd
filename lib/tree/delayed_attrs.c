/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The task that sets the attributes of a directory which the walk has left while files of it may
 * still be copied. It is completed after every task that was submitted before it.
 */
#include "tree/delayed_attrs.h"

#include "base/fd.h"
#include "copy/durable.h"
#include "sys/descriptor.h"
#include "walk/dirstack.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A directory that waits for its attributes. */
struct delayed_attrs {
	struct pool_task task;
	/* session of the walk, whose thread completes this task */
	struct ovlcp *o;
	const struct copy_request *q;
	/* the directory of the source, or negative; owned */
	int src_fd;
	struct stat src;
	char *src_path;
	/* the directory of the destination, and its path; owned */
	struct target target;
	char *path;
};

int dir_set_attrs(struct copy *c, struct target *t, const char *path, int src_fd,
		  const struct stat *src)
{
	int r = c->source_lost ? c->source_lost
			       : copy_set_attrs(c, t, path, c->path.text, src_fd, src);

	copy_warn_of_layer(c, t, path, src_fd, src);
	if (r == 0)
		r = durable_directory(c, t, path);
	/* it is there, also without what failed */
	if (r == 0 || (!t->is_dry && !c->source_lost))
		(void)event_emit(t->events, &(struct ovlcp_event){
						    .type = t->is_dry ? OVLCP_EVENT_PLANNED
								      : OVLCP_EVENT_COPIED,
						    .src = c->path.text,
						    .dst = path,
						    .outcome.method = OVLCP_METHOD_DIRECTORY,
						    .copied_up = t->old_copied_up,
					    });
	return r < 0 ? r : durable_verdict(c, t, path);
}

static void delayed_attrs_free(struct delayed_attrs *d)
{
	fd_drop(&d->src_fd);
	target_done(&d->target);
	free(d->src_path);
	free(d->path);
	free(d);
}

/* Set the attributes and emit the events; called by the walk's thread. */
static int complete_delayed(struct pool_task *t, struct event_sink *events)
{
	struct delayed_attrs *d = (struct delayed_attrs *)t;
	struct event_relay relay = event_relay_to(events, d->target.id);
	struct copy c;
	int r = copy_init(
		&c,
		&(struct copy_args){ .o = d->o, .events = events, .q = d->q, .path = d->src_path });

	d->target.events = &relay.sink;
	if (r == 0)
		r = dir_set_attrs(&c, &d->target, d->path, d->src_fd, &d->src);
	copy_done(&c);
	delayed_attrs_free(d);
	return r;
}

int dir_defer_attrs(struct traverse *w, const struct dest *p, struct target *t, int src_fd,
		    const struct stat *src)
{
	struct delayed_attrs *d = w->copy.source_lost ? NULL : calloc(1, sizeof(*d));

	if (!d)
		return -ENOMEM;
	d->task.complete = complete_delayed;
	d->o = w->copy.o;
	d->q = w->copy.q;
	d->src = *src;
	d->src_fd = src_fd < 0 ? src_fd : sys_dup(src_fd);
	d->src_path = strdup(w->copy.path.text);
	d->target.fd = sys_dup(dirstack_top(&p->dirs));
	d->path = strdup(p->path.text);
	if (!d->src_path || !d->path || d->target.fd < 0 || (src_fd >= 0 && d->src_fd < 0)) {
		delayed_attrs_free(d);
		return -ENOMEM;
	}
	t->fd = TAKE_FD(d->target.fd);
	d->target = *t; /* the task owns it from here on */
	*t = (struct target){ .fd = -EBADF };
	pool_submit(&w->pool, &d->task);
	return 0;
}
