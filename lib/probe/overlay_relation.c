/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The relation of two files, from their descriptors only.
 *
 * statfs tells whether a file is on an overlay, the mount id whether both are on the same mount of
 * it. For two mounts, or before a copy-up, the table of mounts is read. Not usable:
 * st_dev, st_ino, f_fsid and file handles are on an overlay either equal for all files, or
 * different for each layer (measured on Linux 6.18).
 */
#include "probe/overlay_relation.h"

#include "probe/layer.h"
#include "probe/mount_table.h"
#include "probe/overlay_defaults.h"
#include "probe/work_dir.h"
#include "sys/process.h"
#include "sys/share.h"
#include "sys/status.h"

#include <errno.h>
#include <linux/magic.h>

/* The relation of two files on overlays, by the ids of their mounts. */
static enum overlay_relation compare_mounts(const struct relation_question *q, uint64_t src_mnt,
					    uint64_t dst_mnt)
{
	const struct mount_table *table;
	dev_t src;
	dev_t dst;

	if (src_mnt == dst_mnt)
		return RELATION_SAME_OVERLAY;
	table = q->mounts(q->payload);
	if (!table || mount_table_device(table, src_mnt, &src) < 0 ||
	    mount_table_device(table, dst_mnt, &dst) < 0)
		return RELATION_UNCLEAR;
	return src == dst ? RELATION_SAME_OVERLAY : RELATION_TWO_OVERLAYS;
}

/* Whether the overlay of the source is mounted with the value @value of the option @name. */
static enum answer has_option(const struct relation_question *q, const char *name,
			      const char *value)
{
	return overlay_option_is(q->src_fd, q->mounts, q->payload, name, value);
}

/* Without index=on a copy-up breaks hard links (measured on Linux 6.18). */
static enum ovlcp_reason harm_to_links(const struct relation_question *q)
{
	static const enum ovlcp_reason harms[] = {
		[ANSWER_NOT_ASKED] = OVLCP_REASON_LOWER_LINKS_UNKNOWN,
		[ANSWER_NO] = OVLCP_REASON_LOWER_LINKS,
		[ANSWER_YES] = OVLCP_REASON_NONE,
	};

	return q->src->st_nlink > 1 ? harms[has_option(q, "index", "on")] : OVLCP_REASON_NONE;
}

static enum ovlcp_reason copy_up_harm(const struct relation_question *q, bool metadata_only)
{
	enum ovlcp_reason links = harm_to_links(q);

	if (links != OVLCP_REASON_NONE)
		return links;
	if (work_dir_may_stop_copy_up(q->src_fd, q->dst_fd, q->mounts, q->payload))
		return OVLCP_REASON_LOWER_WORK_DIR;
	/* a copy-up of the data changes the mtime (measured on Linux 6.18), and only the owner can
	   restore it */
	if (metadata_only && !sys_owns(q->src->st_uid))
		return OVLCP_REASON_LOWER_TIMES;
	return OVLCP_REASON_NONE;
}

/* Whether a change of the atime would not copy up the data, or is not permitted. */
static bool needs_open(const struct relation_question *q)
{
	return !sys_owns(q->src->st_uid) || has_option(q, "metacopy", "off") != ANSWER_YES;
}

/* Whether the file @fd on FUSE is on fuse-overlayfs. */
static bool is_on_fuse_overlay(const struct relation_question *q, int fd)
{
	const struct mount_table *table = q->mounts(q->payload);
	uint64_t mnt;

	return table && sys_mount_id(fd, &mnt) == 0 && mount_table_is_fuse_overlay(table, mnt);
}

/* The relation of two files on overlays, or on FUSE. */
static enum overlay_relation relation_of_mounts(const struct relation_question *q)
{
	uint64_t src;
	uint64_t dst;

	if (sys_mount_id(q->src_fd, &src) < 0 || sys_mount_id(q->dst_fd, &dst) < 0)
		return RELATION_UNCLEAR;
	return compare_mounts(q, src, dst);
}

void relation_probe(const struct relation_question *q, struct facts *f)
{
	uint64_t src_type;
	uint64_t dst_type;
	bool src_on_overlay;
	bool dst_on_overlay;

	f->relation = RELATION_UNCLEAR;
	if (layer_fs_magic(q->src_fd, q->mounts, q->payload, &src_type) < 0 ||
	    layer_fs_magic(q->dst_fd, q->mounts, q->payload, &dst_type) < 0)
		return;
	src_on_overlay = src_type == OVERLAYFS_SUPER_MAGIC;
	dst_on_overlay = dst_type == OVERLAYFS_SUPER_MAGIC;
	f->relation = RELATION_APART;
	f->leaves_overlay = src_on_overlay && !dst_on_overlay;
	f->enters_overlay = dst_on_overlay && !src_on_overlay;
	f->dst_on_fuse_overlay = dst_type == FUSE_SUPER_MAGIC && is_on_fuse_overlay(q, q->dst_fd);
	if (src_on_overlay && dst_on_overlay)
		f->relation = relation_of_mounts(q);
	else if (f->dst_on_fuse_overlay && src_type == FUSE_SUPER_MAGIC &&
		 relation_of_mounts(q) == RELATION_SAME_OVERLAY)
		f->relation = RELATION_SAME_FUSE_OVERLAY;
}

void relation_probe_directories(const struct relation_question *q, dev_t src_dir, dev_t dst_dir,
				struct facts *f)
{
	if (layer_on_overlay(q->src_fd, q->mounts, q->payload) == ANSWER_YES &&
	    layer_on_overlay(q->dst_fd, q->mounts, q->payload) == ANSWER_YES)
		f->relation = src_dir == dst_dir ? RELATION_SAME_OVERLAY : RELATION_TWO_OVERLAYS;
}

/* Whether the metadata of the source was copied up without its data, or may have been: the probe
   has another answer than those of sys_dedupe_probe where it is refused. */
static bool may_be_metadata_only(const struct relation_question *q)
{
	int r = sys_dedupe_probe(q->src_fd, q->dst_fd);

	if (r == -EXDEV || r == -EINVAL || (r == -EPERM && !sys_is_dedupe_denied()))
		return r == -EXDEV;
	return has_option(q, "metacopy", "off") != ANSWER_YES;
}

/* fuse-overlayfs knows no copy-up of metadata alone, and splits hard links. Set to its old value,
   the atime of a file that is on the upper layer already, which cannot be told, would change its
   ctime. */
static void probe_harm_on_fuse(const struct relation_question *q, struct facts *f)
{
	f->executable = q->src->st_mode & (S_IXUSR | S_IXGRP | S_IXOTH);
	f->copy_up_opens = true;
	f->copy_up_harm = q->src->st_nlink > 1 ? OVLCP_REASON_LOWER_LINKS : OVLCP_REASON_NONE;
}

void relation_probe_harm(const struct relation_question *q, struct facts *f)
{
	if (f->relation == RELATION_SAME_FUSE_OVERLAY) {
		probe_harm_on_fuse(q, f);
		return;
	}
	f->metadata_only = may_be_metadata_only(q);
	f->executable = q->src->st_mode & (S_IXUSR | S_IXGRP | S_IXOTH);
	f->copy_up_opens = needs_open(q);
	f->copy_up_harm = copy_up_harm(q, f->metadata_only);
}
