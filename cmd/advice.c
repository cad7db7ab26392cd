/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One sentence for each reason: what somebody can do who wants the data shared nevertheless.
 *
 * Where nothing helps, the sentence says so, and why.
 */
#include "advice.h"

#define FAN_OUT "; several destinations in one call share one copy with --fan-out"

static const char *const sentences[OVLCP_WHY_COUNT] = {
	[OVLCP_WHY_REFLINK_NEVER] = "leave --reflink=never away",
	[OVLCP_WHY_SPARSE] = "leave --sparse away",
	[OVLCP_WHY_FILESYSTEM] =
		"copy to a filesystem that can: xfs (made with reflink=1), btrfs, bcachefs",
	[OVLCP_WHY_UPPER_FILESYSTEM] =
		"put the upper layer on a filesystem that can: xfs (made with reflink=1), btrfs",
	[OVLCP_WHY_OTHER_FILESYSTEM] = "a copy-up does not help here, and nothing else does: copy "
				       "within one filesystem" FAN_OUT,
	[OVLCP_WHY_OUTSIDE_OVERLAY] =
		"a copy-up does not help here: a volume or a cache mount is another mount than the "
		"overlay; copy within the overlay" FAN_OUT,
	[OVLCP_WHY_OVERLAY_UNKNOWN] =
		"make /proc available and install libmount, or copy within one mount",
	[OVLCP_WHY_FLAGS] = "--reflink=always gives the copy the flag of the source (nodatacow)",
	[OVLCP_WHY_LOWER_NEVER] = "allow the copy-up: --copy-up=auto" FAN_OUT,
	[OVLCP_WHY_LOWER_SMALL] = "--copy-up=always, or a smaller --copy-up-min" FAN_OUT,
	[OVLCP_WHY_LOWER_DONOR] = "nothing: the other destinations share this copy; "
				  "to share with the source, too, use --copy-up=always",
	[OVLCP_WHY_LOWER_TREE] = "--copy-up=always copies up each file of the tree, "
				 "with one flush to disk for each",
	[OVLCP_WHY_LOWER_LINKS] = "mount the overlay with index=on" FAN_OUT,
	[OVLCP_WHY_LOWER_TIMES] = "do it as the owner of the source, or as root" FAN_OUT,
	[OVLCP_WHY_LOWER_RUNNING] = "copy it when the program has ended" FAN_OUT,
	[OVLCP_WHY_LOWER_PERMISSION] =
		"do it as somebody who may write the source (it is not changed)" FAN_OUT,
	[OVLCP_WHY_LOWER_READ_ONLY] = "mount the overlay read-write, with an upper layer",
	[OVLCP_WHY_LOWER_UNMAPPED] =
		"map the owner of the source into the user namespace (subuid)" FAN_OUT,
	[OVLCP_WHY_LOWER_LEASED] = "try again when the other process has given up its lease",
	[OVLCP_WHY_LOWER_INTERRUPTED] = "try again without the timer that sends signals",
	[OVLCP_WHY_LOWER_REPLACED] = "try again",
	[OVLCP_WHY_LOWER_NO_SPACE] = "make room on the filesystem of the upper layer",
	[OVLCP_WHY_TWO_OVERLAYS] =
		"if both upper layers are on one filesystem, copy it within its own overlay first "
		"(ovl-cp --copy-up=always), and then that copy, not with --require=clone" FAN_OUT,
	[OVLCP_WHY_NO_LAYER_BYPASS] = "leave --no-layer-bypass away, which helps if its layer is "
				      "on the filesystem of the "
				      "destination" FAN_OUT,
	[OVLCP_WHY_SWAP] = "swapoff it first",
	[OVLCP_WHY_CANNOT_TELL] = "nothing needs to be done: the copy tries it",
};

const char *advice_on(enum ovlcp_why why)
{
	return (unsigned int)why < OVLCP_WHY_COUNT ? sentences[why] : NULL;
}
