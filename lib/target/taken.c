/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A name is kept by its directory; if that does not exist either, by the lowest directory above it
 * that does, and the path below. A file is kept by itself, with no name.
 */
#include "target/taken.h"

#include "base/fd.h"
#include "base/inodeset.h"
#include "session/session.h"
#include "source/source.h"
#include "sys/status.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

/* Fill *ret_dir and *ret_name, which the caller owns, with the key of the destination. 0, or
   -errno. */
static int name_key(const struct target_request *q, const struct target *t, struct stat *ret_dir,
		    char **ret_name)
{
	if (asprintf(ret_name, "%s%s", q->missing ? q->missing : "", t->name) < 0) {
		*ret_name = NULL;
		return -ENOMEM;
	}
	return sys_stat(t->dir_fd, ".", true, ret_dir);
}

int taken_has(const struct ovlcp *o, const struct target_request *q, const struct target *t)
{
	CLEANUP_FREE char *name = NULL;
	struct stat dir;
	int r;

	/* a tree has no name twice */
	if (!q->is_dry || !q->src->from_caller)
		return 0;
	r = name_key(q, t, &dir, &name);
	return r < 0 ? r : inodeset_has(&o->would_exist, &dir, name);
}

bool taken_has_file(const struct ovlcp *o, const struct stat *st)
{
	return inodeset_has(&o->would_exist, st, "");
}

int taken_add(struct ovlcp *o, const struct target_request *q, struct target *t)
{
	struct stat dir;
	int r;

	if (!q->src->from_caller || q->kind == KIND_DIRECTORY ||
	    (q->kind == KIND_LINK_TO_COPY && (q->opt->flags & OVLCP_SAME_CALL)))
		return 0;
	r = name_key(q, t, &dir, &t->taken);
	return r < 0 ? r : inodeset_add(&o->would_exist, &dir, t->taken);
}

int taken_add_file(struct ovlcp *o, const struct target *t)
{
	return inodeset_add(&o->would_exist, &t->st, "");
}

void taken_remove(struct ovlcp *o, const struct target *t)
{
	struct stat st;

	if (t->taken && sys_stat(t->dir_fd, ".", true, &st) == 0)
		inodeset_remove(&o->would_exist, &st, t->taken);
	if (t->would_exist && !t->created && sys_stat(t->dir_fd, t->name, true, &st) == 0)
		inodeset_remove(&o->would_exist, &st, "");
}
