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

/* Open the file by its name. -ENOENT if that is the name of another file by now; it is truncated
   when that is known. */
static int reopen_by_name(const struct existing *x, int flags)
{
	CLEANUP_FD int fd =
		sys_open(x->t->dir_fd, x->t->name, (flags & ~O_TRUNC) | inspected_nofollow(x), 0);
	struct stat st;
	int r = fd < 0 ? fd : sys_fstat(fd, &st);

	if (r == 0 && !inode_same(&st, &x->state.st))
		r = -ENOENT;
	if (r == 0 && (flags & O_TRUNC) && S_ISREG(st.st_mode))
		r = sys_truncate(fd, 0);
	return r < 0 ? r : TAKE_FD(fd);
}

int inspected_reopen(const struct existing *x, int held, int flags)
{
	int fd = sys_reopen(held, flags);

	/* without /proc by name, but not through a link that may have been exchanged */
	return fd == -ENOENT && !is_link_in_tree(x) ? reopen_by_name(x, flags) : fd;
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
		t->inherits = true; /* perhaps: it is another directory */
		t->via_symlink = true;
	}
	beneath_done(&b);
	return r;
}
