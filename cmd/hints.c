/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * One hint for each reason why data is not shared. Where nothing helps, the hint says so, and why.
 *
 * tests/bats/explain/advice*.bats follow the hints that are commands and check that they help.
 */
#include "hints.h"

#include <stdio.h>

#define CAN_CLONE  "btrfs, bcachefs, or xfs that was made with reflink=1 (see xfs_info)"
#define NO_COPY_UP "a copy-up does not help: a volume or a cache mount is not part of the overlay"

/* fan_out: whether --fan-out helps as well, as the destinations can share among themselves. */
struct hint {
	const char *text;
	bool fan_out;
};

static const struct hint hints[OVLCP_REASON_COUNT] = {
	[OVLCP_REASON_REFLINK_NEVER] = { "leave --reflink=never away", false },
	[OVLCP_REASON_SPARSE] = { "leave --sparse away", false },
	[OVLCP_REASON_FILESYSTEM] = { "have source and destination on one filesystem that can "
				      "clone: " CAN_CLONE,
				      false },
	[OVLCP_REASON_UPPER_FILESYSTEM] = { "put the upper layer on a filesystem that can "
					    "clone: " CAN_CLONE,
					    false },
	[OVLCP_REASON_OTHER_FILESYSTEM] = { "copy within one filesystem: between two nothing is "
					    "shared, and a copy-up does not help",
					    true },
	[OVLCP_REASON_OUTSIDE_OVERLAY] = { "copy within the overlay; " NO_COPY_UP, true },
	[OVLCP_REASON_TWO_OVERLAYS] = { "if both upper layers are on one filesystem, copy it "
					"within "
					"its own overlay first (ovl-cp --copy-up=always), and then "
					"that copy, not with --require=clone",
					true },
	[OVLCP_REASON_SWAP] = { "swapoff it first", false },
	[OVLCP_REASON_OVERLAY_UNKNOWN] = { "make /proc available and install libmount, or name "
					   "both "
					   "by paths of one mount",
					   false },
	[OVLCP_REASON_FLAGS] = { "--reflink=always gives the copy the flag of the source "
				 "(nodatacow)",
				 false },
	[OVLCP_REASON_LOWER_NEVER] = { "allow the copy-up: --copy-up=always", true },
	[OVLCP_REASON_LOWER_SMALL] = { "--copy-up=always, or a smaller --copy-up-min", true },
	[OVLCP_REASON_LOWER_DONOR] = { "nothing needs to be done: the other destinations share "
				       "this "
				       "copy; with --copy-up=always they share with the source, "
				       "too, "
				       "if it can be copied up",
				       false },
	[OVLCP_REASON_LOWER_TREE] = { "--copy-up=always copies up each file of the tree, with one "
				      "flush to disk for each",
				      false },
	[OVLCP_REASON_LOWER_LINKS] = { "mount the overlay with index=on", true },
	[OVLCP_REASON_LOWER_TIMES] = { "do it as the owner of the source, or as root", true },
	[OVLCP_REASON_LOWER_RUNNING] = { "copy it when the program has ended", true },
	[OVLCP_REASON_LOWER_PERMISSION] = { "do it as somebody who may write the source (what is "
					    "in "
					    "it does not change)",
					    true },
	[OVLCP_REASON_LOWER_READ_ONLY] = { "name the source by a path where the overlay is mounted "
					   "read-write",
					   true },
	[OVLCP_REASON_LOWER_UNMAPPED] = { "map the owner of the source into the user namespace "
					  "(see "
					  "subuid(5))",
					  true },
	[OVLCP_REASON_LOWER_LEASED] = { "try again when the other process has given up its lease",
					true },
	[OVLCP_REASON_LOWER_INTERRUPTED] = { "try again without the timer that sends signals",
					     true },
	[OVLCP_REASON_LOWER_REPLACED] = { "try again", false },
	[OVLCP_REASON_LOWER_NO_SPACE] = { "make room on the filesystem of the upper layer", true },
	[OVLCP_REASON_LOWER_IMMUTABLE] = { "take the flag away (chattr -i) on the layer itself, "
					   "while "
					   "the overlay is not mounted",
					   true },
	[OVLCP_REASON_LAYER_NEVER] = { "leave --no-layer-bypass away", true },
	[OVLCP_REASON_LAYER_SMALL] = { "--reflink=always or --require=share look for it whatever "
				       "its "
				       "size",
				       true },
	[OVLCP_REASON_CANNOT_TELL] = { "nothing needs to be done: the copy tries it", false },
};

/* Some hints depend on which of the files are on an overlay. */
static const char *text_on(const struct ovlcp_event *e)
{
	const bool from = ovlcp_event_on_overlay(e, OVLCP_SIDE_SOURCE);
	const bool to = ovlcp_event_on_overlay(e, OVLCP_SIDE_DESTINATION);
	enum ovlcp_reason reason = ovlcp_event_reason(e);

	if (reason == OVLCP_REASON_FILESYSTEM && to)
		reason = OVLCP_REASON_UPPER_FILESYSTEM;
	if (reason == OVLCP_REASON_OUTSIDE_OVERLAY && to)
		return "copy it into the overlay once, and from there as often as you "
		       "like; " NO_COPY_UP;
	if (reason == OVLCP_REASON_OUTSIDE_OVERLAY && from && ovlcp_event_can_clone(e) > 0)
		return "copy within the overlay, or to the filesystem of the layer that the source "
		       "is on, where that is mounted here; a copy-up does not help";
	if (reason == OVLCP_REASON_CANNOT_TELL && to)
		return "nothing needs to be done: the copy tries it; to know it before, ask as "
		       "somebody who may write the root directory of the overlay";
	return hints[reason].text;
}

char *hint_for(const struct ovlcp_event *e, bool fan_out)
{
	const unsigned int reason = ovlcp_event_reason(e);
	const char *more = "";
	char *text;

	if (reason >= OVLCP_REASON_COUNT || !hints[reason].text)
		return NULL;
	/* destinations can share one copy only if their filesystem can clone */
	if (hints[reason].fan_out && !fan_out && ovlcp_event_can_clone(e) > 0)
		more = "; with --fan-out several destinations of one call share one copy";
	return asprintf(&text, "%s%s", text_on(e), more) < 0 ? NULL : text;
}
