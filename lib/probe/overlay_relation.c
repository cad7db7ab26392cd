/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Where the two files lie, told without opening anything but the files themselves.
 *
 * statfs says whether a file is on an overlay, the mount id whether both are on the same
 * mount of it. Only two mounts, or a source with hard links, need the table of mounts.
 * Nothing else tells: st_dev, st_ino, f_fsid and file handles of an overlay look alike for
 * all its files or differ per layer (measured on Linux 6.18).
 */
#include "probe/overlay_relation.h"

#include "probe/layer.h"
#include "probe/mount_table.h"
#include "sys/process.h"
#include "sys/share.h"
#include "sys/status.h"

#include <errno.h>

static enum overlay_relation compare(const struct relation_question *q, uint64_t src_mnt,
				     uint64_t dst_mnt)
{
	const struct mount_table *l;
	dev_t src;
	dev_t dst;

	if (src_mnt == dst_mnt)
		return RELATION_SAME_OVERLAY;
	l = q->mounts(q->payload);
	if (!l || mount_table_device(l, src_mnt, &src) < 0 ||
	    mount_table_device(l, dst_mnt, &dst) < 0)
		return RELATION_UNCLEAR;
	return src == dst ? RELATION_SAME_OVERLAY : RELATION_TWO_OVERLAYS;
}

static enum ovlcp_reason harm(const struct relation_question *q, bool metadata_only)
{
	/* without an index the copied-up name becomes a file of its own (measured) */
	if (q->src->st_nlink > 1) {
		const struct mount_table *l = q->mounts(q->payload);
		uint64_t mnt;

		if (!l || sys_mount_id(q->src_fd, &mnt) < 0 || !mount_table_has_index(l, mnt))
			return OVLCP_REASON_LOWER_LINKS;
	}
	/* its mtime changes when its data follows (measured); only its owner can put the old
	   one back */
	if (metadata_only && !sys_owns(q->src->st_uid))
		return OVLCP_REASON_LOWER_TIMES;
	return OVLCP_REASON_NONE;
}

void relation_probe(const struct relation_question *q, struct facts *f)
{
	bool src_on_overlay = layer_is_overlay(q->src_fd);
	bool dst_on_overlay = layer_is_overlay(q->dst_fd);
	uint64_t src_mnt;
	uint64_t dst_mnt;

	f->relation = RELATION_APART;
	f->leaves_overlay = src_on_overlay && !dst_on_overlay;
	f->enters_overlay = dst_on_overlay && !src_on_overlay;
	if (!src_on_overlay || !dst_on_overlay)
		return;
	f->relation = RELATION_UNCLEAR;
	if (sys_mount_id(q->src_fd, &src_mnt) == 0 && sys_mount_id(q->dst_fd, &dst_mnt) == 0)
		f->relation = compare(q, src_mnt, dst_mnt);
}

void relation_probe_harm(const struct relation_question *q, struct facts *f)
{
	f->metadata_only = sys_dedupe_probe(q->src_fd, q->dst_fd) == -EXDEV;
	f->copy_up_harm = harm(q, f->metadata_only);
}
