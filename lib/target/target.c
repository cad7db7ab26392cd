/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Ends a destination: closes it, frees it or undoes it.
 */
#include "target/target.h"

#include "base/fd.h"
#include "base/inodeset.h"
#include "base/path.h"
#include "model/event.h"
#include "model/plan.h"
#include "session/emit.h"
#include "sys/descriptor.h"
#include "sys/names.h"
#include "sys/status.h"
#include "target/rename_new.h"
#include "target/staged.h"

#include <errno.h>
#include <fcntl.h>

int target_emit(const struct target *t, const struct target_request *q, enum ovlcp_event_type type,
		enum ovlcp_op op, int error)
{
	const bool is_link = q->earlier && op == OVLCP_OP_CREATE_LINK_TO_COPY;

	return event_emit(q->events, &(struct ovlcp_event){
					     .type = type,
					     .src = q->src->path,
					     .dst = t->path,
					     .other = is_link ? q->earlier->path : NULL,
					     .err = { error, op },
				     });
}

int target_own_dir_fd(struct target *t)
{
	int fd = t->dir_fd == AT_FDCWD ? AT_FDCWD : sys_dup(t->dir_fd);

	if (fd == AT_FDCWD)
		return 0;
	if (fd < 0)
		return fd;
	t->dir_fd = fd;
	t->owns_dir = true;
	return 0;
}

int target_close(struct target *t)
{
	return sys_close(TAKE_FD(t->fd));
}

void superseded_free(struct superseded *s)
{
	if (s)
		fd_drop(&s->fd);
	free(s);
}

void target_done(struct target *t)
{
	fd_drop(&t->fd);
	if (t->owns_dir)
		fd_drop(&t->dir_fd);
	free(t->name);
	free(t->path);
	free(t->backup);
	free(t->taken);
	superseded_free(t->superseded);
	*t = (struct target){ .fd = -EBADF };
}

/* Remove the backup, a link, if the old file still has its own name: it has one too many then. 0;
   -EEXIST if another file has that name by now; or -errno. */
static int remove_backup_link(const struct target *t)
{
	struct stat backup;
	struct stat current;
	int r = sys_stat(t->dir_fd, t->backup, false, &backup);

	if (r == 0)
		r = sys_stat(t->dir_fd, t->name, false, &current);
	if (r == 0 && !inode_same(&backup, &current))
		return -EEXIST;
	return r < 0 ? r : sys_unlink(t->dir_fd, t->backup);
}

/* Rename the backup back to the name of the destination, unless another file has that by now. */
static void restore_backup(struct target *t, const char *src)
{
	CLEANUP_FREE char *path = NULL;
	int r = rename_new(t->dir_fd, t->backup, t->name);

	if (r == -EEXIST && t->backup_is_link) {
		r = remove_backup_link(t);
		if (r == 0)
			return;
	}
	if (r < 0) {
		(void)event_emit_error(t->events, OVLCP_EVENT_FAILED, src, t->path,
				       &(struct err){ -r, OVLCP_OP_UNDO_BACKUP });
		return;
	}
	path = path_sibling(t->path, t->backup);
	(void)event_emit(t->events, &(struct ovlcp_event){ .type = OVLCP_EVENT_RESTORED,
							   .src = src,
							   .dst = t->path,
							   .other = path });
}

static void emit_left(const struct target *t, const char *src, int error, enum ovlcp_op op)
{
	(void)event_emit_error(t->events, OVLCP_EVENT_WARNING, src, t->path,
			       &(struct err){ error, op });
}

/* Whether @current, which has the name of @t, is the file that was created or truncated. A new file
   whose stat was predicted (target/open.c) has no number, and is closed if it was the close that
   failed: then it is one that looks as predicted. */
static bool is_unfinished_file(const struct target *t, const struct stat *current)
{
	const struct stat *own = &t->st;

	if (own->st_ino)
		return inode_same(current, own);
	return current->st_dev == own->st_dev && S_ISREG(current->st_mode) &&
	       current->st_nlink == 1 && current->st_uid == own->st_uid &&
	       current->st_gid == own->st_gid;
}

/* Remove the file if it is the one that was created or truncated: another one may have got the name
   meanwhile. If it is longer or shorter than what was written, another process has written to it,
   and it is left. Whatever it is left for is said, because it is not complete. */
static void remove_unfinished(struct target *t, const char *src)
{
	struct stat current;
	int r = t->created && t->st.st_ino == 0 && t->fd >= 0 ? sys_fstat(t->fd, &t->st) : 0;

	if (r == 0)
		r = sys_stat(t->dir_fd, t->name, false, &current);
	if (r == 0 && !is_unfinished_file(t, &current))
		return;
	if (r == 0 &&
	    ((uint64_t)current.st_size > t->most || (uint64_t)current.st_size < t->least)) {
		emit_left(t, src, 0, OVLCP_OP_UNDO);
		return;
	}
	if (r == 0)
		r = sys_unlink(t->dir_fd, t->name);
	if (r < 0 && r != -ENOENT)
		emit_left(t, src, -r, OVLCP_OP_REMOVE);
}

void target_undo(struct target *t, const char *src)
{
	const bool is_staged = t->staged.is_active;

	if (t->would_exist) {
		target_done(t);
		return;
	}
	staged_drop(t);
	if (!is_staged && (t->created || t->emptied) && t->kind == KIND_DATA && t->name)
		remove_unfinished(t, src);
	if (t->backup)
		restore_backup(t, src);
	target_done(t);
}
