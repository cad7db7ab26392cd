/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * From a descriptor on an overlay to one in a layer: its name, its way, the layers, the proof.
 *
 * Not for choosing: whether the source is to be cloned at all is asked elsewhere.
 */
#include "probe/layer_bypass.h"

#include "base/fd.h"
#include "probe/layer_lookup.h"
#include "probe/layer_path.h"
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

static bool is_on(int fd, uint64_t type)
{
	uint64_t magic;

	return sys_fs_magic(fd, &magic) == 0 && magic == type;
}

/* Errors that end the copy are passed on; all others mean that there is no way past. */
static int only_ours(int r)
{
	return r >= 0 || r == -ENOMEM || r == -EMFILE || r == -ENFILE ? r : -ENOENT;
}

/*
 * The name by which @fd is reached now. The kernel says " (deleted)" after the name of a file that
 * has none any more, which may be the name of another one: the proof knows better.
 */
static int name_of(int fd, char name[PATH_MAX])
{
	char link[SYS_FD_PATH_SIZE];
	int64_t len;

	sys_fd_path(fd, link);
	len = sys_readlink(AT_FDCWD, link, name, PATH_MAX);
	if (len < 0 || len == PATH_MAX)
		return -ENOENT;
	name[len] = '\0';
	return 0;
}

/*
 * Whether the paths of the layers are of this namespace: in a container they lead nowhere, or to
 * something else, and are not opened. The numbers that tell change while others write, so one
 * look that they are equal is enough, and one that they are not is not.
 */
static bool sees_layers(const struct mount_table *l, const struct overlay_options *o, int fd,
			uint64_t id)
{
	for (int i = 0; i < 5; i++)
		if (layers_are_local(l, o, fd, id))
			return true;
	return false;
}

/* Find the source in the layers. 0 or -errno. */
static int find(const struct layer_bypass_question *q, struct layer_file *ret_found)
{
	const struct mount_table *l = q->mounts(q->payload);
	CLEANUP_FREE char *way = NULL;
	struct overlay_options overlay;
	char name[PATH_MAX];
	struct mount_table_fs fs;
	uint64_t id;
	int r;

	if (!l || sys_mount_id(q->src_fd, &id) < 0 || mount_table_fs(l, id, &fs) < 0 ||
	    !fs.target || !fs.root)
		return -ENOENT;
	r = name_of(q->src_fd, name);
	if (r == 0)
		r = layer_path_of(name, fs.target, fs.root, &way);
	if (r == 0)
		r = overlay_options_parse(mount_table_overlay_options(l, id), &overlay);
	if (r < 0)
		return r;
	r = -ENOENT;
	if (sees_layers(l, &overlay, q->src_fd, id))
		r = layer_lookup(&overlay, way, ret_found);
	overlay_options_done(&overlay);
	return r;
}

/* The data of @found, open for reading if it can lie on the destination's filesystem. */
static int open_data(const struct layer_bypass_question *q, const struct layer_file *found)
{
	const int flags = O_RDONLY | O_NONBLOCK;
	int fd;

	if (found->st.st_dev != q->dst_dev && !is_on(found->fd, BTRFS_SUPER_MAGIC))
		return -ENOENT;
	fd = sys_reopen(found->fd, flags | O_NOATIME);
	return fd == -EPERM ? sys_reopen(found->fd, flags) : fd;
}

static int prove(const struct layer_bypass_question *q, const struct stat *st,
		 const struct layer_file *found, int fd)
{
	const struct same_inode_question proof = {
		.src_fd = q->src_fd,
		.src = st,
		.data_fd = fd,
		.shown = &found->shown,
		.metadata_apart = found->metadata_apart,
		.has_origin = found->has_origin,
	};

	return same_inode_prove(&proof);
}

int layer_bypass_open(const struct layer_bypass_question *q)
{
	struct layer_file found = { .fd = -EBADF };
	CLEANUP_FD int fd = -EBADF;
	struct stat st;
	int r;

	if (!is_on(q->src_fd, OVERLAYFS_SUPER_MAGIC) || sys_fstat(q->src_fd, &st) < 0 ||
	    !S_ISREG(st.st_mode) || st.st_size == 0 || st.st_size != q->src->st_size)
		return -ENOENT;
	r = find(q, &found);
	if (r == 0)
		fd = r = open_data(q, &found);
	if (fd >= 0)
		r = prove(q, &st, &found, fd);
	fd_drop(&found.fd);
	return only_ours(r < 0 ? r : TAKE_FD(fd));
}
