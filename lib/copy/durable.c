/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Whether an overlay is volatile is asked once for each filesystem: fsync(2) and syncfs(2) succeed
 * there without writing anything (kernel documentation of overlayfs, "Volatile mount").
 *
 * syncfs(2) is not enough everywhere. That of an overlay writes the upper filesystem, but does not
 * tell of data that could not be written (ovl_sync_fs asks for no errors of files). FIEMAP with
 * FIEMAP_FLAG_SYNC does, without the flush that makes fsync(2) dear: overlayfs passes it to the
 * file of the upper layer, whose pages are written (fiemap_prep, since Linux 5.8, as the errors of
 * syncfs(2) are). The syncfs(2) of FUSE does not ask the server (FUSE_SYNCFS, which only virtiofs
 * has).
 */
#include "copy/durable.h"

#include "base/fd.h"
#include "base/unsupported.h"
#include "exec/progress.h"
#include "probe/layer.h"
#include "probe/overlay_defaults.h"
#include "session/written_fs.h"
#include "sys/descriptor.h"
#include "sys/pages.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>

static int emit_failure(const struct target *t, const struct copy *c, const char *path, int r,
			enum ovlcp_op op)
{
	return event_emit_error(t->events, OVLCP_EVENT_FAILED, c->path.text, path,
				&(struct err){ -r, op });
}

/* Whether @fd is on an overlay that is mounted volatile. */
static enum answer is_volatile(struct ovlcp *o, int fd)
{
	enum answer on_overlay = layer_on_overlay(fd, session_mount_table, o);

	if (on_overlay != ANSWER_YES)
		return on_overlay;
	return overlay_option_is(fd, session_mount_table, o, "volatile", "on");
}

/* What syncfs(2) of the filesystem of @fd, which is that of @dev, leaves out. */
static enum syncfs_lack lack_of(struct ovlcp *o, dev_t dev, int fd)
{
	enum syncfs_lack known = written_fs_lack(&o->written, dev);
	uint64_t magic;

	if (known != SYNCFS_LACK_UNKNOWN)
		return known;
	if (layer_fs_magic(fd, session_mount_table, o, &magic) < 0 || magic == FUSE_SUPER_MAGIC)
		return SYNCFS_LACKS_ALL;
	return magic == OVERLAYFS_SUPER_MAGIC ? SYNCFS_LACKS_ERRORS : SYNCFS_LACKS_NOTHING;
}

/* Whether what is on the filesystem of @fd, which is that of @dev, is flushed file by file and
   directory by directory: as the options say, or because syncfs(2) may write nothing there. */
static bool is_by_file(const struct copy *c, dev_t dev, int fd)
{
	if (c->opt->fsync == OVLCP_FSYNC_FS)
		return lack_of(c->o, dev, fd) == SYNCFS_LACKS_ALL;
	return c->opt->fsync == OVLCP_FSYNC_FILE;
}

/* Note the filesystem of @fd, which is that of @dev, and fill t->not_durable. 0; or -errno, which
   was emitted. */
static int note_fs(struct copy *c, struct target *t, const char *path, dev_t dev, int fd)
{
	enum answer volatility;
	int r;

	if (written_fs_has(&c->o->written, dev))
		return 0;
	r = written_fs_add(&c->o->written, dev, fd, path, lack_of(c->o, dev, fd));
	if (r < 0)
		return emit_failure(t, c, path, r, OVLCP_OP_SYNC);
	volatility = is_volatile(c->o, fd);
	/* what is not known to be kept is not promised, either */
	t->not_durable = volatility == ANSWER_NO    ? OVLCP_OP_NONE
			 : volatility == ANSWER_YES ? OVLCP_OP_VOLATILE
						    : OVLCP_OP_VOLATILE_UNKNOWN;
	return 0;
}

int durable_verdict(struct copy *c, const struct target *t, const char *path)
{
	if (t->not_durable == OVLCP_OP_NONE)
		return 0;
	(void)emit_failure(t, c, path, 0, t->not_durable);
	return -EINVAL;
}

/* Make the kernel write the data of @fd now, and tell what could not be written. There is no flush:
   the syncfs(2) at the end stores it. 0, or -errno. */
static int write_for_errors(int fd)
{
	int r = sys_write_out(fd);

	return is_unsupported(r) ? sys_sync(fd) : r;
}

/* Write the data of the file @t as far as must be before it gets its name. 0, or -errno. */
static int write_data(const struct copy *c, const struct target *t, bool is_clone)
{
	if (is_by_file(c, t->st.st_dev, t->fd))
		return sys_sync(t->fd);
	/* a clone has written out its data, so syncfs(2) tells of all that is left */
	if (is_clone)
		return 0;
	if (t->staged.is_active)
		return sys_sync_data(t->fd);
	if (c->opt->fsync == OVLCP_FSYNC_FS &&
	    lack_of(c->o, t->st.st_dev, t->fd) == SYNCFS_LACKS_ERRORS)
		return write_for_errors(t->fd);
	return 0;
}

int durable_data(struct copy *c, const struct target *t, bool is_clone)
{
	const bool is_file = t->kind == KIND_DATA && S_ISREG(t->st.st_mode);
	struct exec_step step;
	int r;

	if (!is_file)
		return 0;
	exec_step_begin(&step, c->o->progress, OVLCP_STEP_SYNC, 0, -EBADF);
	r = write_data(c, t, is_clone);
	exec_step_end(&step);
	return r < 0 ? emit_failure(t, c, t->path, r, OVLCP_OP_SYNC) : 0;
}

/* Open the directory that @t is in, not O_PATH. A descriptor that the caller owns, or -errno. */
static int open_parent(const struct target *t)
{
	return sys_open(t->dir_fd, ".", O_RDONLY | O_DIRECTORY, 0);
}

/* Write the directory that @t is in; if it may not be read, the whole filesystem. 0, or -errno. */
static int sync_parent(const struct target *t)
{
	CLEANUP_FD int fd = open_parent(t);

	if (fd == -EACCES && t->kind == KIND_DATA)
		return sys_sync_fs(t->fd);
	return fd < 0 ? fd : sys_sync(fd);
}

enum ovlcp_fsync durable_promise(struct copy *c, const struct target *t)
{
	const int known = t->kind == KIND_DATA ? t->fd : t->dir_fd;
	CLEANUP_FD int cwd = -EBADF;

	if (c->opt->fsync == OVLCP_FSYNC_NONE)
		return OVLCP_FSYNC_NONE;
	if (known == AT_FDCWD)
		cwd = open_parent(t);
	return is_volatile(c->o, cwd < 0 ? known : cwd) == ANSWER_NO ? c->opt->fsync
								     : OVLCP_FSYNC_NONE;
}

int durable_name(struct copy *c, struct target *t, bool directory_follows)
{
	const bool is_data = t->kind == KIND_DATA;
	CLEANUP_FD int dir_fd = -EBADF;
	int r = 0;

	if (c->opt->fsync == OVLCP_FSYNC_NONE || directory_follows)
		return 0;
	if (!is_data)
		dir_fd = open_parent(t);
	if (!is_data && dir_fd < 0)
		return emit_failure(t, c, t->path, dir_fd, OVLCP_OP_SYNC);
	if (!t->would_exist && is_by_file(c, t->st.st_dev, is_data ? t->fd : dir_fd))
		r = sync_parent(t);
	if (r < 0)
		return emit_failure(t, c, t->path, r, OVLCP_OP_SYNC);
	return note_fs(c, t, t->path, t->st.st_dev, is_data ? t->fd : dir_fd);
}

/* Write the directory @fd; if it @is_new, the one above it, too, where its name is. 0, or -errno.
 */
static int sync_directory(int fd, bool is_new)
{
	CLEANUP_FD int above = is_new ? sys_open(fd, "..", O_RDONLY | O_DIRECTORY, 0) : -EBADF;
	int r = sys_sync(fd);

	if (r < 0 || !is_new)
		return r;
	return above < 0 ? above : sys_sync(above);
}

int durable_directory(struct copy *c, struct target *t, const char *path)
{
	CLEANUP_FD int fd = -EBADF;
	int r = 0;

	if (c->opt->fsync == OVLCP_FSYNC_NONE)
		return 0;
	/* in a dry run a new directory is not there, but the one that it would be in is */
	fd = sys_open(t->is_dry && t->created ? t->dir_fd : t->fd, ".", O_RDONLY | O_DIRECTORY, 0);
	r = fd < 0 ? fd : 0;
	if (r == 0 && !t->is_dry && is_by_file(c, t->st.st_dev, fd))
		r = sync_directory(fd, t->created);
	if (r < 0)
		return emit_failure(t, c, path, r, OVLCP_OP_SYNC);
	return note_fs(c, t, path, t->st.st_dev, fd);
}

int durable_end(struct ovlcp *o, const struct ovlcp_options *opt, struct event_sink *events)
{
	struct exec_step step;
	int r;

	if (opt->fsync != OVLCP_FSYNC_FS || (opt->flags & OVLCP_DRY_RUN)) {
		written_fs_done(&o->written);
		return 0;
	}
	exec_step_begin(&step, o->progress, OVLCP_STEP_SYNC, 0, -EBADF);
	r = written_fs_sync(&o->written, events);
	exec_step_end(&step);
	return r;
}
