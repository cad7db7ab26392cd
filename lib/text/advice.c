/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What can be done for each reason why data is not shared. Where nothing helps, the advice says so,
 * and why.
 *
 * tests/bats/explain/advice*.bats follow the advice and check that it helps.
 */
#include "text/advice.h"

#include "model/event.h"

#include <errno.h>
#include <stddef.h>

#define CAN_CLONE  "btrfs, bcachefs, or xfs made with reflink=1 (see xfs_info)"
#define NO_COPY_UP "a copy-up does not help: a volume or a cache mount is not part of the overlay"

static const char *const advice[OVLCP_REASON_COUNT] = {
	[OVLCP_REASON_REFLINK_NEVER] = "use %{reflink=auto}",
	[OVLCP_REASON_SPARSE] = "drop %{sparse}",
	[OVLCP_REASON_FILESYSTEM] =
		"put source and destination on one filesystem that can clone: " CAN_CLONE,
	[OVLCP_REASON_UPPER_FILESYSTEM] =
		"put the upper layer on a filesystem that can clone: " CAN_CLONE,
	[OVLCP_REASON_OTHER_FILESYSTEM] =
		"copy within one filesystem that can clone: two filesystems cannot share data, and "
		"a copy-up does not help",
	[OVLCP_REASON_OUTSIDE_OVERLAY] =
		"copy within the overlay, if its upper layer can clone; " NO_COPY_UP,
	[OVLCP_REASON_TWO_OVERLAYS] =
		"if both upper layers are on one filesystem, first copy it within its own overlay "
		"(%{copy-up=always}), then copy that copy, without %{require=clone}",
	[OVLCP_REASON_SWAP] = "run swapoff on it first",
	[OVLCP_REASON_OVERLAY_UNKNOWN] = "mount /proc, and allow fstatfs(2) and statx(2) if a "
					 "seccomp filter denies them",
	[OVLCP_REASON_FLAGS] =
		"use %{reflink=always}, which gives the copy the flag of the source (nodatacow)",
	[OVLCP_REASON_LOWER_NEVER] = "allow the copy-up: %{copy-up=always}",
	[OVLCP_REASON_LOWER_SMALL] = "use %{copy-up=always}, or a smaller %{copy-up-min}",
	[OVLCP_REASON_LOWER_DONOR] =
		"nothing needs to be done: the other destinations share this copy; with "
		"%{copy-up=always} they share with the source, too, if it can be copied up",
	[OVLCP_REASON_LOWER_TREE] = "use %{copy-up=always}, which copies up each file of the tree, "
				    "and flushes the disk for each",
	[OVLCP_REASON_LOWER_LINKS] = "mount the overlay with index=on",
	[OVLCP_REASON_LOWER_TIMES] =
		"use %{copy-up=always} as the owner of the source, or as root: "
		"its times are restored",
	[OVLCP_REASON_LOWER_RUNNING] = "copy it when the program has ended",
	[OVLCP_REASON_LOWER_PERMISSION] = "run this as a user with write permission for the source "
					  "(its contents do not change)",
	[OVLCP_REASON_LOWER_READ_ONLY] =
		"name the source by a path where the overlay is mounted read-write",
	[OVLCP_REASON_LOWER_UNMAPPED] =
		"map the owner of the source into the user namespace (see subuid(5))",
	[OVLCP_REASON_LOWER_LEASED] = "try again when the other process has given up its lease",
	[OVLCP_REASON_LOWER_INTERRUPTED] = "try again without the timer that keeps sending signals",
	[OVLCP_REASON_LOWER_REPLACED] = "try again",
	[OVLCP_REASON_LOWER_NO_SPACE] =
		"free space on the filesystem of the upper layer, or raise the quota there; if "
		"only an extended attribute does not fit, use one that can store it",
	[OVLCP_REASON_LOWER_IMMUTABLE] =
		"remove the attribute (chattr -i) in the layer itself, while the overlay is not "
		"mounted",
	[OVLCP_REASON_LOWER_LINKS_UNKNOWN] =
		"name the source by a path whose mount /proc/self/mountinfo lists, or mount the "
		"overlay with index=on",
	[OVLCP_REASON_LOWER_EXECUTABLE] =
		"use %{copy-up=always} when no process needs to execute it",
	[OVLCP_REASON_LOWER_SPARSE] = "use %{copy-up=always}",
	[OVLCP_REASON_LOWER_WORK_DIR] = "mount the overlay with a work directory in the same "
					"subvolume and project as the upper layer",
	[OVLCP_REASON_LOWER_REMEMBERED] = "nothing needs to be done: later copies share this one; "
					  "with %{copy-up=always} they "
					  "share with the source, too",
	[OVLCP_REASON_SIZE_LIMIT] = "raise the limit (ulimit -f)",
	[OVLCP_REASON_DEDUPE_IMMUTABLE] = "remove the attribute (chattr -i)",
	[OVLCP_REASON_DEDUPE_PERMISSION] = "run this as the owner of the destination, or as root",
	[OVLCP_REASON_DEDUPE_SWAP] = "run swapoff on it first",
	[OVLCP_REASON_LAYER_NEVER] = "drop %{no-layer-bypass}",
	[OVLCP_REASON_LAYER_SMALL] =
		"use %{reflink=always} or %{require=share}, which look it up whatever its size",
	[OVLCP_REASON_NO_TRIAL] =
		"run this as a user with write permission for the root directory of the overlay, "
		"or for the directory of the source",
	[OVLCP_REASON_FUSE_OVERLAY] =
		"use %{copy-up=always}, without %{reflink=always} and %{require=clone}; it helps "
		"if the source has at least 256 KiB of data and no other hard links, and the "
		"upper layer is on a filesystem that can clone: " CAN_CLONE,
	[OVLCP_REASON_CANNOT_TELL] = "nothing needs to be done: the copy tries it",
};

/* Whether %{fan-out} helps as well: the destinations can share among themselves. */
static const bool fan_out_helps[OVLCP_REASON_COUNT] = {
	[OVLCP_REASON_OTHER_FILESYSTEM] = true,	 [OVLCP_REASON_OUTSIDE_OVERLAY] = true,
	[OVLCP_REASON_TWO_OVERLAYS] = true,	 [OVLCP_REASON_LOWER_NEVER] = true,
	[OVLCP_REASON_LOWER_SMALL] = true,	 [OVLCP_REASON_LOWER_LINKS] = true,
	[OVLCP_REASON_LOWER_TIMES] = true,	 [OVLCP_REASON_LOWER_RUNNING] = true,
	[OVLCP_REASON_LOWER_PERMISSION] = true,	 [OVLCP_REASON_LOWER_READ_ONLY] = true,
	[OVLCP_REASON_LOWER_UNMAPPED] = true,	 [OVLCP_REASON_LOWER_LEASED] = true,
	[OVLCP_REASON_LOWER_INTERRUPTED] = true, [OVLCP_REASON_LOWER_NO_SPACE] = true,
	[OVLCP_REASON_LOWER_IMMUTABLE] = true,	 [OVLCP_REASON_LAYER_NEVER] = true,
	[OVLCP_REASON_LAYER_SMALL] = true,	 [OVLCP_REASON_LOWER_LINKS_UNKNOWN] = true,
	[OVLCP_REASON_LOWER_EXECUTABLE] = true,	 [OVLCP_REASON_LOWER_SPARSE] = true,
	[OVLCP_REASON_LOWER_WORK_DIR] = true,	 [OVLCP_REASON_FUSE_OVERLAY] = true,
};

/* Some hints depend on which of the files are on an overlay. */
static const char *text_on(const struct ovlcp_event *e, bool fan_out)
{
	const bool from = e->src_on_overlay;
	const bool to = e->dst_on_overlay;
	enum ovlcp_reason reason = e->outcome.reason;

	if (reason == OVLCP_REASON_FUSE_OVERLAY && e->err.op == OVLCP_OP_COPY_UP_REFUSED)
		return "put the upper layer on a filesystem that can clone: " CAN_CLONE
		       "; a source of less than 256 KiB of data, or with other hard links, is not "
		       "copied up there either";
	if (reason == OVLCP_REASON_FUSE_OVERLAY && fan_out)
		return "nothing needs to be done: the other destinations share this copy, if the "
		       "filesystem of the upper layer can clone";
	if (reason == OVLCP_REASON_NO_TRIAL && e->err.code == EROFS)
		return "mount the overlay read-write with an upper layer, or name the source by a "
		       "path where it is";
	if (reason == OVLCP_REASON_NO_TRIAL && e->err.code == ENOSPC)
		return "free space on the filesystem of the upper layer";
	if (reason == OVLCP_REASON_FILESYSTEM && to)
		reason = OVLCP_REASON_UPPER_FILESYSTEM;
	if (reason == OVLCP_REASON_OUTSIDE_OVERLAY && to && e->outcome.can_clone == 0)
		return "put the upper layer on a filesystem that can clone (" CAN_CLONE "), copy "
		       "it into the overlay once, and make all other copies from that one";
	if (reason == OVLCP_REASON_OUTSIDE_OVERLAY && to)
		return "copy it into the overlay once, and make all other copies from that "
		       "one; " NO_COPY_UP;
	if (reason == OVLCP_REASON_OUTSIDE_OVERLAY && from && e->outcome.can_clone > 0)
		return "copy within the overlay, or to the filesystem of the layer that the source "
		       "is on, if that filesystem is mounted here; a copy-up does not help";
	if (reason == OVLCP_REASON_CANNOT_TELL && to)
		return "nothing needs to be done: the copy tries it; to know in advance, run this "
		       "as a user with write permission for the root directory of the overlay, "
		       "with /proc mounted";
	/* it was given already: the flag of the source did not help, as with nodatasum */
	if (reason == OVLCP_REASON_FLAGS && e->type == OVLCP_EVENT_FAILED)
		return "write the data instead: drop %{reflink=always} and %{require}";
	return advice[reason];
}

const char *text_advice(const struct ovlcp_event *e, bool fan_out)
{
	const unsigned int reason = e->outcome.reason;

	return reason < OVLCP_REASON_COUNT && advice[reason] ? text_on(e, fan_out) : NULL;
}

const char *text_more_advice(const struct ovlcp_event *e, bool fan_out)
{
	const unsigned int reason = e->outcome.reason;

	/* destinations can share one copy only if their filesystem can clone, and not where the
	   first one must not be written either */
	if (reason < OVLCP_REASON_COUNT && fan_out_helps[reason] && !fan_out &&
	    e->type != OVLCP_EVENT_FAILED &&
	    (e->outcome.can_clone > 0 || reason == OVLCP_REASON_FUSE_OVERLAY))
		return "; with %{fan-out} several destinations of one call share one copy";
	return "";
}
