/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Why data is not shared, in a sentence without its end.
 */
#include "text/reasons.h"

#include <stddef.h>

#define ON_LOWER "%S is on a lower layer, on another filesystem than the upper layer, and "

static const char *const reasons[OVLCP_REASON_COUNT] = {
	[OVLCP_REASON_REFLINK_NEVER] = "%{reflink=never} forbids sharing",
	[OVLCP_REASON_SPARSE] =
		"%{sparse} decides where the copy has holes, and shared data has those of the "
		"source",
	[OVLCP_REASON_EMPTY] = "the source reports a size of 0, so there is nothing to share",
	[OVLCP_REASON_NOT_REGULAR] = "only regular files can be cloned",
	[OVLCP_REASON_FILESYSTEM] = "the filesystem of the destination%F cannot clone",
	[OVLCP_REASON_UPPER_FILESYSTEM] =
		"the filesystem of the overlay's upper layer%F cannot clone",
	[OVLCP_REASON_OTHER_FILESYSTEM] =
		"the destination is on another filesystem%F than the source, and data cannot be "
		"shared between two filesystems",
	[OVLCP_REASON_OUTSIDE_OVERLAY] =
		"the destination%F is on another mount than the source, one of them is an "
		"overlay, and the kernel does not clone into or out of an overlay",
	[OVLCP_REASON_OVERLAY_UNKNOWN] =
		"it is unknown which of the files are on an overlay, and on which one",
	[OVLCP_REASON_FLAGS] =
		"source and destination differ in whether btrfs keeps checksums of their data "
		"(nodatacow, which lsattr shows as C, or nodatasum)",
	[OVLCP_REASON_LOWER_NEVER] = ON_LOWER "%{copy-up=never} forbids copying it up",
	[OVLCP_REASON_LOWER_SMALL] =
		ON_LOWER "it has less data than %{copy-up-min} (default: 1 MiB)",
	[OVLCP_REASON_LOWER_DONOR] =
		ON_LOWER "for a file of this size one copy and clones of it cost less than a "
			 "copy-up",
	[OVLCP_REASON_LOWER_TREE] =
		ON_LOWER "files in a directory tree are copied up only with %{copy-up=always}",
	[OVLCP_REASON_LOWER_LINKS] =
		ON_LOWER "a copy-up would break its hard links, because the overlay is not mounted "
			 "with index=on",
	[OVLCP_REASON_LOWER_TIMES] =
		ON_LOWER "only its metadata was copied up (metacopy): copying up its data changes "
			 "its times, which only its owner can restore",
	[OVLCP_REASON_LOWER_RUNNING] =
		ON_LOWER "it is a running program that would have to be opened for writing, as on "
			 "fuse-overlayfs, with metacopy=on, or by another user than its owner",
	[OVLCP_REASON_LOWER_PERMISSION] =
		ON_LOWER "it cannot be copied up without write permission",
	[OVLCP_REASON_LOWER_READ_ONLY] = ON_LOWER "it cannot be copied up in a read-only overlay",
	[OVLCP_REASON_LOWER_UNMAPPED] =
		ON_LOWER "it cannot be copied up because its owner is not mapped in this user "
			 "namespace",
	[OVLCP_REASON_LOWER_LEASED] = ON_LOWER "another process holds a lease on it",
	[OVLCP_REASON_LOWER_INTERRUPTED] = ON_LOWER "signals kept interrupting its copy-up",
	[OVLCP_REASON_LOWER_REPLACED] = ON_LOWER "it was replaced or removed in the meantime",
	[OVLCP_REASON_LOWER_NO_SPACE] = ON_LOWER
	"the upper layer has no space for it, or for one of its extended attributes",
	[OVLCP_REASON_LOWER_FAILED] = ON_LOWER "its copy-up failed: %C",
	[OVLCP_REASON_CANNOT_TELL] =
		"whether %D can share data is unknown until it is copied: no unnamed temporary "
		"file (O_TMPFILE) can be created there to test it",
	[OVLCP_REASON_TWO_OVERLAYS] =
		"source and destination are on two overlays: FICLONE never works between them, and "
		"copy_file_range shares only what is on the filesystem%F of the destination's "
		"upper layer",
	[OVLCP_REASON_SWAP] = "%S is in use as swap space",
	[OVLCP_REASON_REFUSED] = "the kernel refused to clone between these two files",
	[OVLCP_REASON_LOWER_IMMUTABLE] =
		ON_LOWER "it is immutable (chattr +i), so it cannot be copied up",
	[OVLCP_REASON_LOWER_LINKS_UNKNOWN] =
		ON_LOWER "a copy-up would break its hard links, unless the overlay is mounted with "
			 "index=on, which is unknown",
	[OVLCP_REASON_LOWER_EXECUTABLE] =
		ON_LOWER "it could not be executed during its copy-up, which would have to open it "
			 "for writing, as on fuse-overlayfs, with metacopy=on, or by another user "
			 "than its owner",
	[OVLCP_REASON_LOWER_SPARSE] =
		ON_LOWER "a copy-up would fill its holes with more zeros than it has data",
	[OVLCP_REASON_LOWER_WORK_DIR] =
		ON_LOWER "nothing can be copied up: the kernel cannot move files from the work "
			 "directory to the upper layer (EXDEV), because they are in different "
			 "subvolumes or belong to different projects",
	[OVLCP_REASON_LOWER_REMEMBERED] =
		ON_LOWER "this copy is remembered: later ones are cloned from it, and the source "
			 "need not be copied up",
	[OVLCP_REASON_SIZE_LIMIT] = "the limit on the size of files (ulimit -f) is below its size",
	[OVLCP_REASON_NO_OVERLAY] = "it is not on an overlay",
	[OVLCP_REASON_UPPER_ALREADY] = "its data is on the upper layer already",
	[OVLCP_REASON_CLONABLE] =
		"it can be cloned already: its data is on the filesystem of the upper layer",
	[OVLCP_REASON_NO_TRIAL] =
		"whether the upper layer can clone is unknown: no unnamed temporary file "
		"(O_TMPFILE) can be created to test it, neither in the root directory of the "
		"overlay nor next to %S: %E",
	[OVLCP_REASON_FUSE_OVERLAY] =
		"fuse-overlayfs cannot clone; its copy_file_range shares only data on the upper "
		"layer, and only if the filesystem of that layer can clone",
	[OVLCP_REASON_DEDUPE_IMMUTABLE] = "%D is immutable (chattr +i)",
	[OVLCP_REASON_DEDUPE_PERMISSION] =
		"only its owner, root, and users with write permission may do that",
	[OVLCP_REASON_DEDUPE_SWAP] = "one of them is in use as swap space",
	[OVLCP_REASON_LAYER_NEVER] = "%S is on an overlay and %D is not, and %{no-layer-bypass} "
				     "forbids cloning from the file in its layer",
	[OVLCP_REASON_LAYER_SMALL] = "%S is on an overlay and %D is not, and a file of 64 KiB or "
				     "less is not looked up in its layer",
};

const char *text_reason(enum ovlcp_reason reason)
{
	return (unsigned int)reason < OVLCP_REASON_COUNT ? reasons[reason] : NULL;
}
