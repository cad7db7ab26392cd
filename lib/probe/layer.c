/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The layer of a file, by the error of a deduplication of the file with itself.
 *
 * Overlayfs refuses to deduplicate a file on a lower layer, which would need a copy-up first; for
 * the others the filesystem of the upper layer answers. See sys_layer_probe and
 * docs/decisions/0011-which-layer.md. stat, statx and file handles do not tell: they are the same
 * before and after a copy-up.
 */
#include "probe/layer.h"

#include "base/fd.h"
#include "probe/metacopy.h"
#include "probe/mount_table.h"
#include "probe/overlay_defaults.h"
#include "probe/overlay_options.h"
#include "probe/overlay_relation.h"
#include "sys/descriptor.h"
#include "sys/flags.h"
#include "sys/pages.h"
#include "sys/process.h"
#include "sys/share.h"
#include "sys/status.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <string.h>
#include <unistd.h>

/* The uid of every owner that is not mapped in the user namespace (overflowuid). */
#define OVERFLOW_UID 65534

bool layer_is_fuse(int fd)
{
	return sys_fs_is(fd, FUSE_SUPER_MAGIC);
}

/* Whether the caller may deduplicate the file, so that -EPERM can only mean a lower layer. */
static bool may_dedupe(int fd, const struct stat *st)
{
	bool is_owner = st->st_uid == geteuid() && st->st_uid != OVERFLOW_UID;

	return (is_owner || sys_may_write(fd)) && sys_get_immutable(fd) == 0;
}

/* -EROFS has three meanings, which only the options of the mount tell apart. */
static enum ovlcp_layer layer_by_options(int fd, mount_table_fn *mounts, void *payload)
{
	const struct mount_table *table = mounts(payload);
	const bool is_writable = sys_get_read_only(fd) == 0;
	enum ovlcp_layer layer = OVLCP_LAYER_UNKNOWN;
	struct overlay_options o;
	uint64_t id;

	if (!table || sys_mount_id(fd, &id) < 0 ||
	    overlay_options_parse(mount_table_overlay_options(table, id), &o) < 0)
		return is_writable ? OVLCP_LAYER_METADATA : OVLCP_LAYER_UNKNOWN;
	if (!o.upper && !o.cut && o.lowers > 0)
		layer = OVLCP_LAYER_LOWER;
	else if (is_writable && metacopy_is_allowed(&o))
		layer = OVLCP_LAYER_METADATA;
	overlay_options_done(&o);
	return layer;
}

/*
 * An answer that no lower layer gives, but the data of a metacopy may have given it: before
 * Linux 6.7 (def3ae83da02, "store real path instead of fake path in backing file f_path") overlayfs
 * passed the deduplication on as if the data, too, were on a layer that can be written. In mappings
 * such a kernel shows the file of the layer.
 */
static enum ovlcp_layer upper_unless_metacopy(int fd, mount_table_fn *mounts, void *payload)
{
	const struct mount_table *table = mounts(payload);
	CLEANUP_FD int quiet = -EBADF;
	dev_t overlay;
	dev_t mapped;
	uint64_t id;

	if (!table || sys_mount_id(fd, &id) < 0)
		return OVLCP_LAYER_UNKNOWN;
	if (overlay_option_is(fd, mounts, payload, "metacopy", "on") == ANSWER_NO)
		return OVLCP_LAYER_UPPER;
	quiet = sys_reopen(fd, O_RDONLY | O_NOATIME); /* a mapping sets the time */
	if (quiet < 0 || mount_table_device(table, id, &overlay) < 0 ||
	    sys_mapped_device(quiet, &mapped) < 0)
		return OVLCP_LAYER_UNKNOWN;
	return mapped == overlay ? OVLCP_LAYER_UPPER : OVLCP_LAYER_UNKNOWN;
}

static enum ovlcp_layer layer_by_dedupe(int fd, const struct stat *st, mount_table_fn *mounts,
					void *payload)
{
	switch (sys_layer_probe(fd)) {
	case 0:
	case -EOPNOTSUPP:
	case -EINVAL:
	case -ETXTBSY: /* an active swap file on the upper layer */
		return upper_unless_metacopy(fd, mounts, payload);
	case -EPERM:
		return may_dedupe(fd, st) && !sys_is_dedupe_denied() ? OVLCP_LAYER_LOWER
								     : OVLCP_LAYER_UNKNOWN;
	case -EROFS:
		return layer_by_options(fd, mounts, payload);
	default:
		return OVLCP_LAYER_UNKNOWN;
	}
}

/* The type of the filesystem of @fd by the table of mounts; 0 for one that matters nowhere. 0, or
   -errno. */
static int type_by_table(int fd, mount_table_fn *mounts, void *payload, uint64_t *ret_magic)
{
	const struct mount_table *table = mounts(payload);
	struct mount_table_fs fs;
	uint64_t id;
	int r = table ? sys_mount_id(fd, &id) : -ENOENT;

	if (r < 0)
		return r;
	if (mount_table_overlay_options(table, id)) {
		*ret_magic = OVERLAYFS_SUPER_MAGIC;
		return 0;
	}
	r = mount_table_fs(table, id, &fs);
	if (r == 0)
		*ret_magic = strncmp(fs.type, "fuse", strlen("fuse")) == 0 ? FUSE_SUPER_MAGIC : 0;
	return r;
}

int layer_fs_magic(int fd, mount_table_fn *mounts, void *payload, uint64_t *ret_magic)
{
	int r = sys_fs_magic(fd, ret_magic);

	return r < 0 && type_by_table(fd, mounts, payload, ret_magic) == 0 ? 0 : r;
}

enum answer layer_on_overlay(int fd, mount_table_fn *mounts, void *payload)
{
	uint64_t magic;

	if (layer_fs_magic(fd, mounts, payload, &magic) < 0)
		return ANSWER_NOT_ASKED;
	return magic == OVERLAYFS_SUPER_MAGIC ? ANSWER_YES : ANSWER_NO;
}

enum ovlcp_layer layer_of(int fd, const struct stat *st, mount_table_fn *mounts, void *payload)
{
	uint64_t magic;

	if (layer_fs_magic(fd, mounts, payload, &magic) < 0 || magic == FUSE_SUPER_MAGIC)
		return OVLCP_LAYER_UNKNOWN;
	if (magic != OVERLAYFS_SUPER_MAGIC)
		return OVLCP_LAYER_NONE;
	if (!S_ISREG(st->st_mode) || st->st_size == 0)
		return OVLCP_LAYER_UNKNOWN;
	return layer_by_dedupe(fd, st, mounts, payload);
}
