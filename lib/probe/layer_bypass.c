/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * From a descriptor on an overlay to one in a layer: its path, its layer path, the look-up in the
 * layers, the proof.
 *
 * Not for the decision whether to bypass the overlay: that is a row of plan/method.c.
 */
#include "probe/layer_bypass.h"

#include "base/fd.h"
#include "probe/layer_lookup.h"
#include "probe/layer_path.h"
#include "probe/layer_resolve.h"
#include "probe/layer_visibility.h"
#include "probe/mount_table.h"
#include "probe/overlay_options.h"
#include "probe/same_inode.h"
#include "sys/descriptor.h"
#include "sys/names.h"
#include "sys/status.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/magic.h>

/* Errors that end the copy are returned; all others mean that there is no layer file. */
static int filter_error(int r)
{
	return r >= 0 || r == -ENOMEM || r == -EMFILE || r == -ENFILE ? r : -ENOENT;
}

/*
 * The path by which @fd is reached now. The kernel appends " (deleted)" to the path of an unlinked
 * file, which may be the path of another file: then the proof fails.
 */
static int read_path(int fd, char path[PATH_MAX])
{
	char link[SYS_FD_PATH_SIZE];
	int64_t len;

	sys_fd_path(fd, link);
	len = sys_readlink(AT_FDCWD, link, path, PATH_MAX);
	if (len < 0 || len == PATH_MAX)
		return -ENOENT;
	path[len] = '\0';
	return 0;
}

/* Look up the layer file of the source. 0 or -errno. */
static int find_layer_file(const struct layer_bypass_question *q, struct layer_file *ret_file)
{
	const struct mount_table *table = q->mounts(q->payload);
	CLEANUP_FREE char *layer_path = NULL;
	struct overlay_options overlay;
	char path[PATH_MAX];
	struct mount_table_fs fs;
	uint64_t id;
	int r;

	if (!table || sys_mount_id(q->src_fd, &id) < 0 || mount_table_fs(table, id, &fs) < 0 ||
	    !fs.target || !fs.root)
		return -ENOENT;
	r = read_path(q->src_fd, path);
	if (r == 0)
		r = layer_path_of(path, fs.target, fs.root, &layer_path);
	if (r == 0)
		r = overlay_options_parse(mount_table_overlay_options(table, id), &overlay);
	if (r < 0)
		return r;
	r = layer_resolve(table, id, &overlay);
	/* in a container the paths lead to other files or to none, and are not opened */
	if (r == 0 && !layers_are_local(table, &overlay, q->src_fd, id))
		r = -ENOENT;
	if (r == 0)
		r = layer_lookup(&overlay, layer_path, ret_file);
	overlay_options_done(&overlay);
	return r;
}

/* Whether @file may be on the filesystem of the destination. */
static bool may_share(const struct layer_bypass_question *q, const struct layer_file *file)
{
	return q->any_dev || file->st.st_dev == q->dst_dev ||
	       sys_fs_is(file->fd, BTRFS_SUPER_MAGIC);
}

/* Open @file for reading. */
static int open_data(const struct layer_file *file)
{
	const int flags = O_RDONLY | O_NONBLOCK;
	int fd = sys_reopen(file->fd, flags | O_NOATIME);

	return fd == -EPERM ? sys_reopen(file->fd, flags) : fd; /* not the owner */
}

static int prove(const struct layer_bypass_question *q, const struct stat *st,
		 const struct layer_file *file, int fd)
{
	const struct same_inode_question proof = {
		.src_fd = q->src_fd,
		.src = st,
		.data_fd = fd,
		.metadata = &file->metadata,
		.is_metacopy = file->is_metacopy,
		.has_origin = file->has_origin,
	};

	return same_inode_prove(&proof);
}

int layer_bypass_open(const struct layer_bypass_question *q)
{
	struct layer_file file = { .fd = -EBADF };
	CLEANUP_FD int fd = -EBADF;
	struct stat st;
	int r;

	if (!sys_fs_is(q->src_fd, OVERLAYFS_SUPER_MAGIC) || sys_fstat(q->src_fd, &st) < 0 ||
	    !S_ISREG(st.st_mode) || st.st_size == 0 || st.st_size != q->src->st_size)
		return -ENOENT;
	r = find_layer_file(q, &file);
	if (r == 0)
		fd = r = may_share(q, &file) ? open_data(&file) : -ENOENT;
	if (fd >= 0)
		r = prove(q, &st, &file, fd);
	fd_drop(&file.fd);
	return filter_error(r < 0 ? r : TAKE_FD(fd));
}
