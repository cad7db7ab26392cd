/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Everything is opened by way of a descriptor that was compared with what was inspected, or from
 * the directory without following a link.
 */
#include "target/inspected.h"

#include "base/fd.h"
#include "base/inodeset.h"
#include "sys/descriptor.h"
#include "sys/status.h"
#include "target/beneath.h"
#include "target/target.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>

int inspected_emit(struct existing *x, enum ovlcp_event_type type, enum ovlcp_op op, int error)
{
	return target_emit(x->t, x->q, type, op, error);
}

int inspected_nofollow(const struct existing *x)
{
	return x->q->top && !S_ISLNK(x->state.link.st_mode) ? O_NOFOLLOW : 0;
}

/* Whether the destination is a symbolic link in a tree, which must not lead out of it. One to a
   directory is followed only if the caller says that the destination is to be trusted with that
   (OVLCP_KEEP_DIRECTORY_SYMLINK). */
static bool is_link_in_tree(const struct existing *x)
{
	return x->q->top && S_ISLNK(x->state.link.st_mode) && x->step.action != DST_MERGE;
}

/* Open what the symbolic link in a tree leads to, O_PATH. A descriptor that the caller owns;
   -ESTALE if it does not lead where it did when it was inspected; or -errno. */
static int open_linked(const struct existing *x)
{
	struct beneath b;
	int r = beneath_follow(x->t->dir_fd, x->t->name, x->q->top, &b);
	int fd = r < 0 ? r : TAKE_FD(b.fd);

	beneath_done(&b);
	return fd == -EPERM || fd == -EXDEV ? -ESTALE : fd;
}

int inspected_hold(const struct existing *x)
{
	CLEANUP_FD int fd = is_link_in_tree(x) ? open_linked(x)
					       : sys_open(x->t->dir_fd, x->t->name,
							  O_PATH | inspected_nofollow(x), 0);
	struct stat st;
	int r = fd < 0 ? fd : sys_fstat(fd, &st);

	if (r == 0 && !inode_same(&st, &x->state.st))
		r = -ESTALE;
	return r < 0 ? r : TAKE_FD(fd);
}

int inspected_reopen(const struct existing *x, int held, int flags)
{
	int fd = sys_reopen(held, flags);

	/* without /proc by name, but not through a link that may have been exchanged */
	return fd == -ENOENT && !is_link_in_tree(x)
		       ? sys_open(x->t->dir_fd, x->t->name, flags | inspected_nofollow(x), 0)
		       : fd;
}

/* As inspected_create_linked, in a tree. */
static int create_beneath(const struct existing *x, mode_t mode)
{
	struct beneath b;
	int r = beneath_follow(x->t->dir_fd, x->t->name, x->q->top, &b);

	if (r == 0)
		r = sys_open(b.dir_fd, b.name, O_WRONLY | O_CREAT | O_EXCL, mode);
	beneath_done(&b);
	return r == -EPERM || r == -EXDEV ? -ESTALE : r;
}

int inspected_create_linked(const struct existing *x, mode_t mode)
{
	return is_link_in_tree(x) ? create_beneath(x, mode)
				  : sys_open(x->t->dir_fd, x->t->name, O_WRONLY | O_CREAT, mode);
}

int inspected_follow(struct existing *x)
{
	struct target *t = x->t;
	const bool is_dangling = x->state.facts.type == 0;
	struct beneath b;
	struct stat st;
	int r = beneath_follow(t->dir_fd, t->name, x->q->top, &b);

	if (r == 0 && !(is_dangling && b.fd == -ENOENT))
		r = b.fd < 0 ? b.fd : sys_fstat(b.fd, &st);
	if (r == 0 && b.fd >= 0 && (is_dangling || !inode_same(&st, &x->state.st)))
		r = -EXDEV;
	if (r == 0) {
		free(t->name);
		t->name = TAKE_PTR(b.name);
		t->dir_fd = TAKE_FD(b.dir_fd);
		t->owns_dir = true;
		t->inherits = true; /* perhaps: that is not asked of this directory */
	}
	beneath_done(&b);
	return r;
}
