/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Why data is not shared, in a sentence without its end.
 */
#include "text/reasons.h"

#include <stddef.h>

#define ON_LOWER "%S is on a lower layer, on another filesystem than the upper layer, and "

static const char *const reasons[OVLCP_REASON_COUNT] = {
	[OVLCP_REASON_REFLINK_NEVER] = "%{reflink=never} forbids sharing",
	[OVLCP_REASON_SPARSE] = "%{sparse} asks for holes of its own, or for none",
	[OVLCP_REASON_EMPTY] = "the source reports a size of 0, so there is nothing to share",
	[OVLCP_REASON_NOT_REGULAR] = "only regular files can be cloned",
	[OVLCP_REASON_FILESYSTEM] = "the filesystem of the destination%F cannot clone",
	[OVLCP_REASON_UPPER_FILESYSTEM] =
		"the filesystem of the overlay's upper layer%F cannot clone",
	[OVLCP_REASON_OTHER_FILESYSTEM] =
		"the destination is on another filesystem%F than the source, and data cannot be "
		"shared between two filesystems",
	[OVLCP_REASON_OUTSIDE_OVERLAY] =
		"source and destination%F are on two mounts, one of them an overlay, and the "
		"kernel clones nothing into an overlay or out of it",
	[OVLCP_REASON_OVERLAY_UNKNOWN] =
		"whether source and destination are on one overlay, or on any, cannot be told",
	[OVLCP_REASON_FLAGS] =
		"source and destination differ in whether btrfs keeps checksums of their data "
		"(nodatacow, which lsattr shows as C, or nodatasum)",
	[OVLCP_REASON_LOWER_NEVER] = ON_LOWER "%{copy-up=never} forbids copying it up",
	[OVLCP_REASON_LOWER_SMALL] =
		ON_LOWER "its data is smaller than %{copy-up-min} (1 MiB if that is not given)",
	[OVLCP_REASON_LOWER_DONOR] =
		ON_LOWER "one copy and clones of it cost less than a copy-up of a file of this "
			 "size",
	[OVLCP_REASON_LOWER_TREE] =
		ON_LOWER "files of a tree are not copied up one by one (see %{copy-up})",
	[OVLCP_REASON_LOWER_LINKS] =
		ON_LOWER "a copy-up would split its hard links, because the overlay is not mounted "
			 "with index=on",
	[OVLCP_REASON_LOWER_TIMES] =
		ON_LOWER "its metadata was copied up before: a copy-up would change its times, "
			 "which only its owner can restore",
	[OVLCP_REASON_LOWER_RUNNING] =
		ON_LOWER "a running program cannot be copied up where that takes an open for "
			 "writing: with metacopy=on, or by others than its owner",
	[OVLCP_REASON_LOWER_PERMISSION] =
		ON_LOWER "it cannot be copied up without permission to write to it",
	[OVLCP_REASON_LOWER_READ_ONLY] = ON_LOWER "it cannot be copied up in a read-only overlay",
	[OVLCP_REASON_LOWER_UNMAPPED] =
		ON_LOWER "it cannot be copied up because its owner is not mapped in this user "
			 "namespace",
	[OVLCP_REASON_LOWER_LEASED] = ON_LOWER "another process holds a lease on it",
	[OVLCP_REASON_LOWER_INTERRUPTED] = ON_LOWER "signals kept interrupting its copy-up",
	[OVLCP_REASON_LOWER_REPLACED] = ON_LOWER "it was replaced or removed in the meantime",
	[OVLCP_REASON_LOWER_NO_SPACE] =
		ON_LOWER "the upper layer has no room for it or for one of its attributes",
	[OVLCP_REASON_LOWER_FAILED] = ON_LOWER "its copy-up failed: %C",
	[OVLCP_REASON_CANNOT_TELL] =
		"whether %D could share anything cannot be told from here: no file without a name "
		"(O_TMPFILE) can be created there to try it",
	[OVLCP_REASON_TWO_OVERLAYS] =
		"source and destination are on two overlays: FICLONE never works between them, and "
		"copy_file_range shares only what is on the filesystem%F of the destination's "
		"upper layer",
	[OVLCP_REASON_SWAP] = "%S is in use as swap space",
	[OVLCP_REASON_REFUSED] = "the kernel refused to clone between these two files",
	[OVLCP_REASON_LOWER_IMMUTABLE] =
		ON_LOWER "an immutable file cannot be copied up (see lsattr: i)",
	[OVLCP_REASON_LOWER_LINKS_UNKNOWN] =
		ON_LOWER "a copy-up would split its hard links, unless the overlay is mounted with "
			 "index=on, which cannot be seen from here",
	[OVLCP_REASON_LOWER_EXECUTABLE] =
		ON_LOWER "nothing could execute it while it is copied up, because that takes an "
			 "open for writing: with metacopy=on, or by others than its owner",
	[OVLCP_REASON_LOWER_SPARSE] =
		ON_LOWER "a copy-up would write more zeros for its holes than it has data",
	[OVLCP_REASON_LOWER_WORK_DIR] =
		ON_LOWER "nothing can be copied up: the kernel cannot move files between the work "
			 "directory and the upper layer, which are in two subvolumes or belong to "
			 "two projects (EXDEV)",
	[OVLCP_REASON_LOWER_REMEMBERED] =
		ON_LOWER "this copy is remembered, so that later ones are cloned from it and the "
			 "source need not be copied up",
	[OVLCP_REASON_SIZE_LIMIT] = "the limit on the size of files (ulimit -f) is below its size",
	[OVLCP_REASON_NO_OVERLAY] = "it is not on an overlay",
	[OVLCP_REASON_UPPER_ALREADY] = "its data is on the upper layer already",
	[OVLCP_REASON_CLONABLE] =
		"it can be cloned already: its data is on the filesystem of the upper layer",
	[OVLCP_REASON_NO_TRIAL] =
		"whether the upper layer can clone cannot be told: no file without a name can be "
		"created to try it, neither in the root directory of the overlay nor beside %S",
	[OVLCP_REASON_FUSE_OVERLAY] =
		"fuse-overlayfs cannot clone; by copy_file_range it shares only what is on its "
		"upper layer, and if the filesystem of that can clone",
	[OVLCP_REASON_DEDUPE_IMMUTABLE] = "%D is immutable (see lsattr: i)",
	[OVLCP_REASON_DEDUPE_PERMISSION] =
		"that takes its owner, root, or somebody who may write to it",
	[OVLCP_REASON_DEDUPE_SWAP] = "one of them is in use as swap space",
	[OVLCP_REASON_LAYER_NEVER] = "%S is on an overlay and %D is not, and %{no-layer-bypass} "
				     "forbids cloning from its "
				     "file in a layer",
	[OVLCP_REASON_LAYER_SMALL] = "%S is on an overlay and %D is not, and its file in a layer "
				     "is looked up only if it "
				     "has at least 64 KiB",
};

const char *text_reason(enum ovlcp_reason reason)
{
	return (unsigned int)reason < OVLCP_REASON_COUNT ? reasons[reason] : NULL;
}
