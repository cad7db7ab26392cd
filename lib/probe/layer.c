/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The layer of a file, by what the kernel says to a deduplication of it with itself.
 *
 * Overlayfs refuses to deduplicate a file on a lower layer, where it would have to copy it up
 * first; it asks the upper filesystem about the others. See sys_layer_probe and
 * docs/decisions/0011-which-layer.md. Nothing else tells: what stat, statx and file handles
 * show of a file that was copied up is what they showed before.
 */
#include "probe/layer.h"

#include "probe/mount_table.h"
#include "probe/overlay_defaults.h"
#include "probe/overlay_options.h"
#include "probe/overlay_relation.h"
#include "sys/flags.h"
#include "sys/share.h"
#include "sys/status.h"

#include <errno.h>
#include <linux/magic.h>
#include <string.h>
#include <unistd.h>

/* In linux/magic.h since Linux 5.13. */
#ifndef FUSE_SUPER_MAGIC
#define FUSE_SUPER_MAGIC 0x65735546
#endif

/* Who is not mapped in a user namespace has this number, whoever it is. */
#define OVERFLOW_UID 65534

bool layer_is_overlay(int fd)
{
	uint64_t magic;

	return sys_fs_magic(fd, &magic) == 0 && magic == OVERLAYFS_SUPER_MAGIC;
}

bool layer_is_fuse(int fd)
{
	uint64_t magic;

	return sys_fs_magic(fd, &magic) == 0 && magic == FUSE_SUPER_MAGIC;
}

/* Whether -EPERM can only mean the lower layer: the kernel would let the caller deduplicate. */
static bool may_ask(int fd, const struct stat *st)
{
	bool is_owner = st->st_uid == geteuid() && st->st_uid != OVERFLOW_UID;

	return (is_owner || sys_may_write(fd)) && !sys_is_immutable(fd);
}

/* Whether files of @o may have their metadata on the upper layer and their data below. */
static bool has_metacopy(const struct overlay_options *o)
{
	const char *value = overlay_option_listed(o, "metacopy");

	if (!value)
		value = overlay_default("metacopy");
	return !value || strcmp(value, "on") == 0;
}

/* -EROFS has three meanings, and only the options of the mount tell them apart. */
static enum ovlcp_layer of_read_only(int fd, mount_table_fn *layout, void *payload)
{
	const struct mount_table *l = layout(payload);
	bool is_read_only = sys_is_read_only(fd);
	enum ovlcp_layer layer = OVLCP_LAYER_UNKNOWN;
	struct overlay_options o;
	uint64_t id;

	if (!l || sys_mount_id(fd, &id) < 0 ||
	    overlay_options_parse(mount_table_overlay_options(l, id), &o) < 0)
		return is_read_only ? OVLCP_LAYER_UNKNOWN : OVLCP_LAYER_METADATA;
	if (!o.upper && !o.cut && o.lowers > 0)
		layer = OVLCP_LAYER_LOWER;
	else if (!is_read_only && has_metacopy(&o))
		layer = OVLCP_LAYER_METADATA;
	overlay_options_done(&o);
	return layer;
}

static enum ovlcp_layer of_overlay(int fd, const struct stat *st, mount_table_fn *layout,
				   void *payload)
{
	switch (sys_layer_probe(fd)) {
	case 0:
	case -EOPNOTSUPP:
	case -EINVAL:
	case -ETXTBSY: /* a swap file of the upper filesystem */
		return OVLCP_LAYER_UPPER;
	case -EPERM:
		return may_ask(fd, st) ? OVLCP_LAYER_LOWER : OVLCP_LAYER_UNKNOWN;
	case -EROFS:
		return of_read_only(fd, layout, payload);
	default:
		return OVLCP_LAYER_UNKNOWN;
	}
}

enum ovlcp_layer layer_of(int fd, const struct stat *st, mount_table_fn *layout, void *payload)
{
	uint64_t magic;

	if (sys_fs_magic(fd, &magic) < 0 || magic == FUSE_SUPER_MAGIC)
		return OVLCP_LAYER_UNKNOWN;
	if (magic != OVERLAYFS_SUPER_MAGIC)
		return OVLCP_LAYER_NONE;
	if (!S_ISREG(st->st_mode) || st->st_size == 0)
		return OVLCP_LAYER_UNKNOWN;
	return of_overlay(fd, st, layout, payload);
}
